/* ATTACH and DETACH PARTITION, of tables and of indexes (PostgreSQL's ATExecAttachPartition,
 * ATExecDetachPartition).
 */
#include "ddl/ddl_private.h"

static bool check_attach(Ddl *ddl, const Relation *parent, const Relation *child)
{
    const char *message = NULL;
    if (!alter_check_kind(ddl, child, "rpf", "ATTACH PARTITION"))
        return false;
    if (child->is_partition)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is already a partition", child->name);
    if (child->of_type)
        message = "cannot attach a typed table as partition";
    else if (child->nparents)
        message = "cannot attach inheritance child as partition";
    else if (child->kind != RELKIND_PARTITIONED && relation_has_children(ddl, child->oid))
        message = "cannot attach inheritance parent as partition";
    if (message)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s", message);
    if (child->persistence == 't' && parent->persistence != 't')
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "cannot attach a temporary relation as partition of permanent relation \"%s\"",
                        parent->name);
    if (child->persistence != 't' && parent->persistence == 't')
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "cannot attach a permanent relation as partition of temporary relation \"%s\"",
                        parent->name);
    int16_t *map = remap_by_name(ddl->scratch, child, parent);
    for (size_t i = 0; i < child->ncolumns; i++) {
        if (child->columns[i].dropped || map[i])
            continue;
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                               "table \"%s\" contains column \"%s\" not found in parent \"%s\"", child->name,
                               child->columns[i].name, parent->name);
        ddl_detail(ddl, diag, "The new partition may contain only the columns present in parent.");
        return false;
    }
    return true;
}

static bool attach_index(Ddl *ddl, const Relation *parent, const Relation *child)
{
    if (!child->index)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not an index", child->name);
    if (child->nparents && child->parents[0] == parent->oid)
        return true;
    const Relation *partition = catalog_relation(ddl->catalog, child->index->table);
    const Relation *table = catalog_relation(ddl->catalog, parent->index->table);
    int16_t *map = remap_by_name(ddl->scratch, table, partition);
    const char *problem = NULL;
    if (child->nparents)
        problem = "The index is already attached to another index.";
    else if (partition->nparents == 0 || partition->parents[0] != table->oid)
        problem = "The index is not an index on any partition of the table.";
    else if (!index_same_definition(parent->index, child->index, map, table->ncolumns))
        problem = "The index definitions do not match.";
    if (problem) {
        Diag *diag = ddl_error(
            ddl, -1,
            child->nparents ? SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE : SQLSTATE_INVALID_OBJECT_DEFINITION,
            "cannot attach index \"%s\" as a partition of index \"%s\"", child->name, parent->name);
        ddl_detail(ddl, diag, "%s", problem);
        return false;
    }
    index_attach_partition(ddl, child, parent);
    index_check_partitions(ddl, parent->oid);
    return true;
}

bool partition_attach(Ddl *ddl, const Relation *parent, const AstPartitionCmd *command)
{
    if (!parent->index && !parent->partition_key)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "table \"%s\" is not partitioned",
                        parent->name);
    const Relation *child = analyze_range_var(&ddl->context, command->name, false);
    if (!child)
        return false;
    if (parent->index)
        return attach_index(ddl, parent, child);
    Oid oid = child->oid, parent_oid = parent->oid;
    return owner_check_relation(ddl, child) && check_attach(ddl, parent, child) &&
           partition_set_bound(ddl, oid, parent, command->bound) && inherit_attach(ddl, oid, parent_oid, true) &&
           partition_clone_objects(ddl, oid, parent_oid);
}

static void detach_indexes(Ddl *ddl, const Relation *partition)
{
    for (size_t i = 0; i < partition->nindexes; i++) {
        Relation *edit = catalog_edit_relation(ddl->catalog, partition->indexes[i]);
        if (!edit || !edit->nparents)
            continue;
        Oid parent = edit->parents[0];
        const Relation *parent_index = catalog_relation(ddl->catalog, parent);
        edit->nparents = 0;
        edit->is_partition = false;
        catalog_put_relation(ddl->catalog, edit);
        depend_forget(ddl, address_of(CLASS_RELATION, edit->oid), address_of(CLASS_RELATION, parent));
        if (edit->index->constraint && parent_index)
            depend_forget(ddl, address_of(CLASS_CONSTRAINT, edit->index->constraint),
                          address_of(CLASS_CONSTRAINT, parent_index->index->constraint));
    }
}

static void detach_constraints(Ddl *ddl, Oid partition, const Relation *parent)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, partition);
    Constraint *constraints = arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
    edit->constraints = constraints;
    for (size_t i = 0; i < edit->nconstraints; i++) {
        if (constraints[i].type == CONSTRAINT_CHECK || constraints[i].inherit_count == 0)
            continue;
        constraints[i].inherit_count = 0;
        constraints[i].is_local = true;
        for (size_t j = 0; constraints[i].type == CONSTRAINT_FOREIGN && j < parent->nconstraints; j++)
            depend_forget(ddl, address_of(CLASS_CONSTRAINT, constraints[i].oid),
                          address_of(CLASS_CONSTRAINT, parent->constraints[j].oid));
    }
    catalog_put_relation(ddl->catalog, edit);
}

static bool has_default_partition(Ddl *ddl, Oid parent)
{
    OidList children = catalog_children(ddl->catalog, ddl->scratch, parent);
    for (size_t i = 0; i < children.len; i++) {
        if (catalog_relation(ddl->catalog, children.items[i])->is_default_partition)
            return true;
    }
    return false;
}

bool partition_detach(Ddl *ddl, const Relation *parent, const AstPartitionCmd *command)
{
    if (!parent->partition_key)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "table \"%s\" is not partitioned",
                        parent->name);
    const Relation *child = analyze_range_var(&ddl->context, command->name, false);
    Oid parent_oid = parent->oid;
    if (!child)
        return false;
    if (command->concurrent && ddl->session->in_transaction)
        return ddl_fail(ddl, -1, SQLSTATE_ACTIVE_SQL_TRANSACTION,
                        "ALTER TABLE ... DETACH CONCURRENTLY cannot run inside a transaction block");
    if (command->concurrent && has_default_partition(ddl, parent_oid))
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "cannot detach partitions concurrently when a default partition exists");
    if (!inherit_detach(ddl, child->oid, parent_oid, true))
        return false;
    detach_indexes(ddl, catalog_relation(ddl->catalog, child->oid));
    detach_constraints(ddl, child->oid, catalog_relation(ddl->catalog, parent_oid));
    return trigger_detach_clones(ddl, child->oid, catalog_relation(ddl->catalog, parent_oid));
}
