/* RENAME of columns, attributes and table constraints, in children too (PostgreSQL's renameatt,
 * rename_constraint_internal). */
#include "ddl/ddl_private.h"

typedef struct ColumnRename {
    const char *old, *new;
    bool recurse, recursing, cascade;
} ColumnRename;

static bool check_column(Ddl *ddl, const Relation *relation, const Column *column, const ColumnRename *rename,
                         int expected_parents)
{
    if (!column)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" does not exist", rename->old);
    if (column->number < 0)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot rename system column \"%s\"", rename->old);
    if (column->inherit_count > expected_parents)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "cannot rename inherited column \"%s\"",
                        rename->old);
    const Column *taken = catalog_find_column(relation, rename->new);
    if (!taken)
        return true;
    if (taken->number < 0)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN,
                        "column name \"%s\" conflicts with a system column name", rename->new);
    return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN, "column \"%s\" of relation \"%s\" already exists",
                    rename->new, relation->name);
}

static bool check_relation(Ddl *ddl, const Relation *relation, const ColumnRename *rename)
{
    if (!strchr("rvmcpf", relation->kind))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot rename columns of relation \"%s\"",
                        relation->name);
    if (relation->of_type && !rename->recursing)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot rename column of typed table");
    if (!rename->recurse && relation_has_children(ddl, relation->oid))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "inherited column \"%s\" must be renamed in child tables too", rename->old);
    return true;
}

/* Renames in the relation and all below it. */
static bool rename_in(Ddl *ddl, Oid root, const ColumnRename *rename)
{
    Oids relations = {0};
    Counts parents = {0};
    if (!check_relation(ddl, catalog_relation(ddl->catalog, root), rename))
        return false;
    inherit_collect(ddl, root, &relations, &parents);
    /* the root is the first of them, and last to be renamed */
    for (size_t i = 1; i <= relations.len; i++) {
        size_t k = i % relations.len;
        const Relation *relation = catalog_relation(ddl->catalog, relations.items[k]);
        const Column *column = catalog_find_column(relation, rename->old);
        if (!check_column(ddl, relation, column, rename, parents.items[k]))
            return false;
        Column *changed;
        Relation *edit = column_edit(ddl, relation->oid, column->number, &changed);
        changed->name = rename->new;
        catalog_put_relation(ddl->catalog, edit);
    }
    return true;
}

bool rename_column(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    size_t errors = ddl->diags->nerrors;
    const Relation *relation = rename_target(ddl, stmt, stmt->relation_type);
    if (!relation)
        return ddl->diags->nerrors == errors;
    if (relation->index)
        return true; /* the names of index columns are nobody's concern */
    ColumnRename rename = {
        .old = stmt->subname,
        .new = name,
        .recurse = stmt->relation->inh,
        .cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
    };
    /* Typed tables have the names of their type's attributes. */
    Oids tables = {0};
    if (relation->kind == RELKIND_COMPOSITE && !alter_typed_tables(ddl, relation, rename.cascade, &tables))
        return false;
    if (!rename_in(ddl, relation->oid, &rename))
        return false;
    rename.recurse = rename.recursing = true;
    for (size_t i = 0; i < tables.len; i++) {
        if (!rename_in(ddl, tables.items[i], &rename))
            return false;
    }
    return true;
}

/* ---- constraints ---- */

static bool rename_one_constraint(Ddl *ddl, Oid oid, const char *old_name, const char *name)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    const Constraint *old = relation_constraint(relation, old_name);
    bool indexed =
        old->type == CONSTRAINT_PRIMARY || old->type == CONSTRAINT_UNIQUE || old->type == CONSTRAINT_EXCLUSION;
    if (indexed)
        return rename_relation(ddl, old->index, name);
    if (!constraint_check_name_free(ddl, relation, name))
        return false;
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Constraint *constraints = arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
    constraints[old - relation->constraints].name = name;
    edit->constraints = constraints;
    catalog_put_relation(ddl->catalog, edit);
    name_register_constraint(ddl, name, address_of(CLASS_RELATION, oid));
    return true;
}

/* A CHECK that children inherit is renamed in all of them. */
static bool rename_inherited(Ddl *ddl, Oid root, const char *old_name, const char *name, bool recurse)
{
    Oids relations = {0};
    Counts parents = {0};
    if (!recurse && relation_has_children(ddl, root))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "inherited constraint \"%s\" must be renamed in child tables too", old_name);
    inherit_collect(ddl, root, &relations, &parents);
    for (size_t i = 0; i < relations.len; i++) {
        const Constraint *own = relation_constraint(catalog_relation(ddl->catalog, relations.items[i]), old_name);
        if (own && own->inherit_count > parents.items[i])
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "cannot rename inherited constraint \"%s\"",
                            old_name);
        if (own && !rename_one_constraint(ddl, relations.items[i], old_name, name))
            return false;
    }
    return true;
}

bool rename_constraint(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, stmt->missing_ok);
    if (!relation)
        return stmt->missing_ok;
    if (!owner_check_relation(ddl, relation))
        return false;
    const Constraint *old = relation_constraint(relation, stmt->subname);
    if (!old)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" for table \"%s\" does not exist",
                        stmt->subname, relation->name);
    if (old->type == CONSTRAINT_CHECK && !old->no_inherit)
        return rename_inherited(ddl, relation->oid, stmt->subname, name, stmt->relation->inh);
    return rename_one_constraint(ddl, relation->oid, stmt->subname, name);
}
