/* Indexes of partitioned tables and the ones of their partitions (PostgreSQL's DefineIndex, compareIndexInfo,
 * IndexSetParentIndex, validatePartitionedIndex). */
#include "ddl/ddl_private.h"

bool index_same_definition(const Index *a, const Index *b, const int16_t *map, size_t nmap)
{
    if (a->access_method != b->access_method || a->is_unique != b->is_unique || a->nkeys != b->nkeys ||
        a->ncolumns != b->ncolumns || a->nulls_not_distinct != b->nulls_not_distinct ||
        !a->predicate != !b->predicate || a->is_exclusion != b->is_exclusion || !a->constraint != !b->constraint ||
        a->is_primary != b->is_primary)
        return false;
    for (size_t i = 0; i < a->ncolumns; i++) {
        int16_t mapped = a->columns[i] && (size_t)a->columns[i] <= nmap ? map[a->columns[i] - 1] : 0;
        if (mapped != b->columns[i])
            return false;
        if (i < a->nkeys && (a->opclasses[i] != b->opclasses[i] || a->collations[i] != b->collations[i]))
            return false;
        if (!mapped && a->expressions && b->expressions && a->expressions[i] && b->expressions[i] &&
            !expr_equal(a->expressions[i], b->expressions[i]))
            return false;
    }
    return !a->predicate || expr_equal(a->predicate, b->predicate);
}

void index_attach_partition(Ddl *ddl, const Relation *child, const Relation *parent)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, child->oid);
    edit->parents = arena_memdup(ddl->arena, &parent->oid, sizeof parent->oid);
    edit->nparents = 1;
    edit->is_partition = true;
    catalog_put_relation(ddl->catalog, edit);
    depend_on(ddl, address_of(CLASS_RELATION, child->oid), address_of(CLASS_RELATION, parent->oid),
              DEPENDENCY_INTERNAL);
    if (child->index->constraint && parent->index->constraint)
        constraint_set_parent(ddl, child->index->table, child->index->constraint, parent->index->constraint);
}

bool index_extend_to_partition(Ddl *ddl, Oid partition, const Relation *parent, Oid parent_index)
{
    const Relation *relation = catalog_relation(ddl->catalog, partition);
    const Relation *index = catalog_relation(ddl->catalog, parent_index);
    if (relation->kind == RELKIND_FOREIGN)
        return !index->index->is_unique ||
               ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "cannot create unique index on partitioned table \"%s\"", parent->name);
    int16_t *map = remap_by_name(ddl->scratch, parent, relation);
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *own = catalog_relation(ddl->catalog, relation->indexes[i]);
        if (own && !own->is_partition && index_same_definition(index->index, own->index, map, parent->ncolumns)) {
            index_attach_partition(ddl, own, index);
            return true;
        }
    }
    IndexPlan plan;
    if (!index_plan_clone(ddl, parent, index, relation, &plan))
        return false;
    plan.parent = parent_index;
    plan.parent_constraint = index->index->constraint;
    return index_define(ddl, partition, &plan, true) != INVALID_OID;
}

/* Invalid until every partition has a valid index attached: ON ONLY makes none for them. */
void index_check_partitions(Ddl *ddl, Oid oid)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    OidList partitions = catalog_children(ddl->catalog, ddl->scratch, relation->index->table);
    OidList attached = catalog_children(ddl->catalog, ddl->scratch, oid);
    size_t needed = 0, valid = 0;
    for (size_t i = 0; i < partitions.len; i++)
        needed += catalog_relation(ddl->catalog, partitions.items[i])->kind != RELKIND_FOREIGN;
    for (size_t i = 0; i < attached.len; i++)
        valid += catalog_relation(ddl->catalog, attached.items[i])->index->valid;
    if (relation->index->valid == (valid == needed))
        return;
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Index *index = arena_memdup(ddl->arena, edit->index, sizeof *index);
    index->valid = valid == needed;
    edit->index = index;
    catalog_put_relation(ddl->catalog, edit);
    if (index->valid && edit->nparents)
        index_check_partitions(ddl, edit->parents[0]);
}
