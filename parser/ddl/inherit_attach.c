/* ALTER TABLE ... INHERIT and NO INHERIT, and what ATTACH and DETACH PARTITION share with them (PostgreSQL's
 * CreateInheritance, RemoveInheritance). */
#include "ddl/ddl_private.h"

static bool check_column(Ddl *ddl, const Relation *child, const Column *column, const Column *own)
{
    if (!own)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "child table is missing column \"%s\"", column->name);
    if (own->type != column->type || own->typmod != column->typmod)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                        "child table \"%s\" has different type for column \"%s\"", child->name, column->name);
    if (own->collation != column->collation)
        return ddl_fail(ddl, -1, SQLSTATE_COLLATION_MISMATCH,
                        "child table \"%s\" has different collation for column \"%s\"", child->name, column->name);
    if (column->not_null && !own->not_null)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "column \"%s\" in child table must be marked NOT NULL",
                        column->name);
    if (column->generated && !own->generated)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                        "column \"%s\" in child table must be a generated column", column->name);
    if (!column->generated && own->generated)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                        "column \"%s\" in child table must not be a generated column", column->name);
    return true;
}

static bool attach_columns(Ddl *ddl, Relation *edit, const Relation *parent, bool partition)
{
    int16_t *map = remap_by_name(ddl->scratch, parent, edit);
    Column *columns = relation_own_columns(ddl, edit, 0);
    for (size_t i = 0; i < parent->ncolumns; i++) {
        if (parent->columns[i].dropped)
            continue;
        Column *own = map[i] ? &columns[map[i] - 1] : NULL;
        if (!check_column(ddl, edit, &parent->columns[i], own))
            return false;
        own->inherit_count++;
        if (partition)
            own->is_local = false;
    }
    return true;
}

static bool attach_checks(Ddl *ddl, Relation *edit, const Relation *parent, bool partition)
{
    int16_t *map = remap_by_name(ddl->scratch, parent, edit);
    Constraint *constraints = arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
    edit->constraints = constraints;
    for (size_t i = 0; i < parent->nconstraints; i++) {
        const Constraint *check = &parent->constraints[i];
        if (check->type != CONSTRAINT_CHECK || check->no_inherit)
            continue;
        Constraint *own = NULL;
        for (size_t j = 0; j < edit->nconstraints; j++) {
            if (constraints[j].type == CONSTRAINT_CHECK && strcmp(constraints[j].name, check->name) == 0)
                own = &constraints[j];
        }
        if (!own)
            return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "child table is missing constraint \"%s\"",
                            check->name);
        Expr *mapped = remap_expr(ddl->arena, check->check, map, parent->ncolumns);
        if (mapped && own->check && !expr_equal(mapped, own->check))
            return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                            "child table \"%s\" has different definition for check constraint \"%s\"", edit->name,
                            check->name);
        if (own->no_inherit)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                            "constraint \"%s\" conflicts with non-inherited constraint on child table \"%s\"",
                            check->name, edit->name);
        own->inherit_count++;
        if (partition)
            own->is_local = false;
    }
    return true;
}

void inherit_collect(Ddl *ddl, Oid root, Oids *relations, Counts *parents)
{
    IntMap seen = {0};
    vec_push(ddl->scratch, relations, root);
    vec_push(ddl->scratch, parents, 0);
    intmap_put(ddl->scratch, &seen, root, (void *)(uintptr_t)1);
    for (size_t i = 0; i < relations->len; i++) {
        OidList children = catalog_children(ddl->catalog, ddl->scratch, relations->items[i]);
        for (size_t j = 0; j < children.len; j++) {
            uintptr_t place = (uintptr_t)intmap_get(&seen, children.items[j]);
            if (place) {
                parents->items[place - 1]++;
                continue;
            }
            vec_push(ddl->scratch, relations, children.items[j]);
            vec_push(ddl->scratch, parents, 1);
            intmap_put(ddl->scratch, &seen, children.items[j], (void *)(uintptr_t)relations->len);
        }
    }
}

static bool is_ancestor(Ddl *ddl, Oid ancestor, Oid relation)
{
    if (ancestor == relation)
        return true;
    const Relation *found = catalog_relation(ddl->catalog, relation);
    for (size_t i = 0; i < found->nparents; i++) {
        if (is_ancestor(ddl, ancestor, found->parents[i]))
            return true;
    }
    return false;
}

static bool refuse_trigger(Ddl *ddl, const Relation *relation, const Trigger *trigger, bool partition)
{
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "trigger \"%s\" prevents table \"%s\" from becoming %s",
                  trigger->name, relation->name, partition ? "a partition" : "an inheritance child");
    ddl_detail(ddl, diag, "ROW triggers with transition tables are not supported %s.",
               partition ? "on partitions" : "in inheritance hierarchies");
    return false;
}

bool inherit_attach(Ddl *ddl, Oid child, Oid parent_oid, bool partition)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, child);
    const Relation *parent = catalog_relation(ddl->catalog, parent_oid);
    for (size_t i = 0; i < edit->nparents; i++) {
        if (edit->parents[i] == parent_oid)
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_TABLE,
                            "relation \"%s\" would be inherited from more than once", parent->name);
    }
    if (is_ancestor(ddl, child, parent_oid)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_TABLE, "circular inheritance not allowed");
        ddl_detail(ddl, diag, "\"%s\" is already a child of \"%s\".", parent->name, edit->name);
        return false;
    }
    for (size_t i = 0; i < edit->ntriggers; i++) {
        if (edit->triggers[i].row && edit->triggers[i].has_transition_tables)
            return refuse_trigger(ddl, edit, &edit->triggers[i], partition);
    }
    if (!attach_columns(ddl, edit, parent, partition) || !attach_checks(ddl, edit, parent, partition))
        return false;
    Oid *parents = arena_array_of(ddl->arena, edit->nparents + 1, Oid);
    if (edit->nparents)
        memcpy(parents, edit->parents, edit->nparents * sizeof *parents);
    parents[edit->nparents++] = parent_oid;
    edit->parents = parents;
    edit->is_partition = partition;
    catalog_put_relation(ddl->catalog, edit);
    depend_on(ddl, address_of(CLASS_RELATION, child), address_of(CLASS_RELATION, parent_oid),
              partition ? DEPENDENCY_AUTO : DEPENDENCY_NORMAL);
    return true;
}

static void detach_columns(Ddl *ddl, Relation *edit, const Relation *parent)
{
    int16_t *map = remap_by_name(ddl->scratch, parent, edit);
    Column *columns = relation_own_columns(ddl, edit, 0);
    for (size_t i = 0; i < parent->ncolumns; i++) {
        Column *own = map[i] ? &columns[map[i] - 1] : NULL;
        if (own && own->inherit_count > 0 && --own->inherit_count == 0)
            own->is_local = true;
    }
    Constraint *constraints = arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
    edit->constraints = constraints;
    for (size_t i = 0; i < edit->nconstraints; i++) {
        const Constraint *of_parent = relation_constraint(parent, constraints[i].name);
        if (constraints[i].type == CONSTRAINT_CHECK && of_parent && constraints[i].inherit_count > 0 &&
            --constraints[i].inherit_count == 0)
            constraints[i].is_local = true;
    }
}

bool inherit_detach(Ddl *ddl, Oid child, Oid parent_oid, bool partition)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, child);
    const Relation *parent = catalog_relation(ddl->catalog, parent_oid);
    Oid *parents = arena_array_of(ddl->arena, edit->nparents + 1, Oid);
    size_t n = 0;
    for (size_t i = 0; i < edit->nparents; i++) {
        if (edit->parents[i] != parent_oid)
            parents[n++] = edit->parents[i];
    }
    if (n == edit->nparents)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_TABLE, "relation \"%s\" is not a %s of relation \"%s\"",
                        partition ? edit->name : parent->name, partition ? "partition" : "parent",
                        partition ? parent->name : edit->name);
    edit->parents = parents;
    edit->nparents = n;
    if (partition) {
        edit->is_partition = edit->is_default_partition = false;
        edit->bound = NULL;
    }
    detach_columns(ddl, edit, parent);
    catalog_put_relation(ddl->catalog, edit);
    depend_forget(ddl, address_of(CLASS_RELATION, child), address_of(CLASS_RELATION, parent_oid));
    return true;
}
