/* Indexes and the constraints they serve (PostgreSQL's DefineIndex, index_create). */
#include "ddl/ddl_private.h"

/* ---- names ---- */

/* ChooseIndexColumnNames: no two alike. */
static const char **column_names(Ddl *ddl, const IndexPlan *plan, size_t n)
{
    const char **names = arena_array_of(ddl->scratch, n + 1, const char *);
    StrMap seen = {0};
    for (size_t i = 0; i < n; i++) {
        const char *name = plan->columns.items[i].name;
        for (unsigned number = 1; strmap_get(&seen, name); number++)
            name = arena_printf(ddl->scratch, "%s%u", plan->columns.items[i].name, number);
        strmap_put(ddl->scratch, &seen, name, &seen);
        names[i] = name;
    }
    return names;
}

/* ChooseIndexName */
static const char *choose_name(Ddl *ddl, const Relation *relation, const IndexPlan *plan)
{
    if (plan->primary)
        return name_choose_relation(ddl, relation->name, NULL, "pkey", relation->schema, true);
    size_t n = plan->columns.len;
    const char *columns = name_columns(ddl->scratch, column_names(ddl, plan, n), n);
    const char *label = plan->exclusion ? "excl" : plan->is_constraint ? "key" : "idx";
    return name_choose_relation(ddl, relation->name, columns, label, relation->schema,
                                plan->exclusion || plan->is_constraint);
}

/* ---- checks ---- */

static const struct {
    Oid method;
    const char *name;
    bool unique, multicolumn, included;
} methods[] = {
    {AM_BTREE, "btree", true, true, true}, {AM_HASH, "hash", false, false, false},
    {AM_GIST, "gist", false, true, true},  {AM_GIN, "gin", false, true, false},
    {AM_BRIN, "brin", false, true, false}, {AM_SPGIST, "spgist", false, false, true},
};

static bool check_method(Ddl *ddl, const IndexPlan *plan)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (methods[i].method != plan->access_method)
            continue;
        const char *missing = NULL;
        if (plan->unique && !methods[i].unique)
            missing = "unique indexes";
        else if (plan->nkeys < plan->columns.len && !methods[i].included)
            missing = "included columns";
        else if (plan->nkeys > 1 && !methods[i].multicolumn)
            missing = "multicolumn indexes";
        else if (plan->exclusion && plan->access_method == AM_GIN)
            missing = "exclusion constraints";
        return !missing || ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                                    "access method \"%s\" does not support %s", methods[i].name, missing);
    }
    return true;
}

/* A unique index of a partitioned table contains its partition key. */
static bool check_partition_key(Ddl *ddl, const Relation *relation, const IndexPlan *plan)
{
    const PartitionKey *key = relation->partition_key;
    if (!key || (!plan->unique && !plan->exclusion))
        return true;
    const char *what = plan->primary ? "PRIMARY KEY" : plan->exclusion ? "EXCLUDE" : "UNIQUE";
    if (plan->exclusion)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot create exclusion constraints on partitioned table \"%s\"", relation->name);
    for (size_t i = 0; i < key->ncolumns; i++) {
        bool found = false;
        if (key->columns[i] == 0) {
            Diag *diag = ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                                   "unsupported %s constraint with partition key definition", what);
            ddl_detail(ddl, diag, "%s constraints cannot be used when partition keys include expressions.", what);
            return false;
        }
        for (size_t j = 0; j < plan->nkeys; j++)
            found |= plan->columns.items[j].number == key->columns[i];
        if (found)
            continue;
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                               "unique constraint on partitioned table must include all partitioning columns");
        ddl_detail(ddl, diag,
                   "%s constraint on table \"%s\" lacks column \"%s\" which is part of the partition key.", what,
                   relation->name, catalog_column(relation, key->columns[i])->name);
        return false;
    }
    return true;
}

bool index_check_primary(Ddl *ddl, const Relation *relation, const IndexPlan *plan)
{
    for (size_t i = 0; plan->primary && i < relation->nconstraints; i++) {
        if (relation->constraints[i].type == CONSTRAINT_PRIMARY)
            return ddl_fail(ddl, plan->location, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "multiple primary keys for table \"%s\" are not allowed", relation->name);
    }
    return true;
}

/* ---- storage ---- */

static const Index *make_index(Ddl *ddl, Oid table, const IndexPlan *plan)
{
    size_t n = plan->columns.len, nkeys = plan->nkeys;
    int16_t *numbers = arena_array_of(ddl->arena, n + 1, int16_t);
    Expr **exprs = NULL;
    Oid *opclasses = arena_array_of(ddl->arena, nkeys + 1, Oid);
    Oid *collations = arena_array_of(ddl->arena, nkeys + 1, Oid);
    uint16_t *options = arena_array_of(ddl->arena, nkeys + 1, uint16_t);
    for (size_t i = 0; i < n; i++) {
        const IndexColumn *column = &plan->columns.items[i];
        numbers[i] = column->number;
        if (column->expr && !exprs)
            exprs = arena_array_of(ddl->arena, n, Expr *);
        if (column->expr)
            exprs[i] = column->expr;
        if (i < nkeys) {
            opclasses[i] = column->opclass;
            collations[i] = column->collation;
            options[i] = column->options;
        }
    }
    Index *index = arena_new_of(ddl->arena, Index);
    *index = (Index){
        .table = table,
        .access_method = plan->access_method,
        .is_unique = plan->unique,
        .is_primary = plan->primary,
        .is_exclusion = plan->exclusion,
        .immediate = !plan->deferrable,
        .valid = true,
        .nulls_not_distinct = plan->nulls_not_distinct,
        .nkeys = nkeys,
        .ncolumns = n,
        .columns = numbers,
        .expressions = exprs,
        .opclasses = opclasses,
        .collations = collations,
        .options = options,
        .predicate = plan->predicate,
    };
    return index;
}

void index_depend(Ddl *ddl, Oid oid, const Index *index, Oid constraint)
{
    ObjectAddress self = address_of(CLASS_RELATION, oid);
    bool any = false;
    if (constraint)
        depend_on(ddl, self, address_of(CLASS_CONSTRAINT, constraint), DEPENDENCY_INTERNAL);
    for (size_t i = 0; !constraint && i < index->ncolumns; i++) {
        any |= index->columns[i] != 0;
        if (index->columns[i])
            depend_on(ddl, self, address_of_column(index->table, index->columns[i]), DEPENDENCY_AUTO);
    }
    if (!constraint && !any)
        depend_on(ddl, self, address_of(CLASS_RELATION, index->table), DEPENDENCY_AUTO);
    for (size_t i = 0; index->expressions && i < index->ncolumns; i++)
        depend_on_expr(ddl, self, index->expressions[i], &index->table, 1, index->table, DEPENDENCY_AUTO);
    depend_on_expr(ddl, self, index->predicate, &index->table, 1, index->table, DEPENDENCY_AUTO);
    for (size_t i = 0; i < index->nkeys; i++) {
        depend_on(ddl, self, address_of(CLASS_OPCLASS, index->opclasses[i]), DEPENDENCY_NORMAL);
        depend_on(ddl, self, address_of(CLASS_COLLATION, index->collations[i]), DEPENDENCY_NORMAL);
    }
}

/* index_constraint_create */
Oid index_make_constraint(Ddl *ddl, const Relation *relation, Oid index, const IndexPlan *plan, const char *name)
{
    Numbers numbers = {0};
    for (size_t i = 0; i < plan->nkeys; i++) {
        if (plan->columns.items[i].number)
            vec_push(ddl->arena, &numbers, plan->columns.items[i].number);
    }
    Constraint constraint = {
        .name = name,
        .type = plan->primary     ? CONSTRAINT_PRIMARY
                : plan->exclusion ? CONSTRAINT_EXCLUSION
                                  : CONSTRAINT_UNIQUE,
        .deferrable = plan->deferrable,
        .deferred = plan->deferred,
        .validated = true,
        .is_local = !plan->parent,
        .inherit_count = plan->parent != INVALID_OID,
        .no_inherit = !plan->parent,
        .columns = numbers.items,
        .ncolumns = numbers.len,
        .index = index,
        .span = ddl_span(ddl, plan->location),
    };
    constraint_store(ddl, relation->oid, &constraint);
    depend_on(ddl, address_of(CLASS_CONSTRAINT, constraint.oid),
              address_of(CLASS_CONSTRAINT, plan->parent_constraint), DEPENDENCY_INTERNAL);
    return constraint.oid;
}

static Oid store_index(Ddl *ddl, const Relation *relation, const IndexPlan *plan, const char *name)
{
    char kind = relation->kind == RELKIND_PARTITIONED ? RELKIND_PARTITIONED_INDEX : RELKIND_INDEX;
    Relation *index = relation_new(ddl, kind, name, relation->schema, relation->persistence, plan->location);
    Index *made = arena_memdup(ddl->arena, make_index(ddl, relation->oid, plan), sizeof *made);
    Oid table = relation->oid;
    if (plan->is_constraint)
        made->constraint = index_make_constraint(ddl, relation, index->oid, plan, name);
    index->index = made;
    if (plan->parent) {
        Oid *parents = arena_memdup(ddl->arena, &plan->parent, sizeof plan->parent);
        index->parents = parents;
        index->nparents = 1;
        index->is_partition = true;
    }
    catalog_put_relation(ddl->catalog, index);
    index_depend(ddl, index->oid, made, made->constraint);
    depend_on(ddl, address_of(CLASS_RELATION, index->oid), address_of(CLASS_RELATION, plan->parent),
              DEPENDENCY_INTERNAL);
    relation_add_index(ddl, table, index->oid);
    const Relation *now = catalog_relation(ddl->catalog, table);
    source_keep(ddl, index->oid, 0, plan->raw_predicate, now);
    for (size_t i = 0; i < plan->columns.len; i++)
        source_keep(ddl, index->oid, (int)i + 1, plan->columns.items[i].raw, now);
    return index->oid;
}

bool index_primary_not_null(Ddl *ddl, Oid oid, const int16_t *numbers, size_t n)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    bool all = true;
    for (size_t i = 0; i < n; i++)
        all &= catalog_column(relation, numbers[i])->not_null;
    if (!all) {
        Relation *edit = catalog_edit_relation(ddl->catalog, oid);
        Column *columns = relation_own_columns(ddl, edit, 0);
        for (size_t i = 0; i < n; i++)
            columns[numbers[i] - 1].not_null = true;
        catalog_put_relation(ddl->catalog, edit);
    }
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children.items[i]);
        int16_t *map = remap_by_name(ddl->scratch, relation, child);
        int16_t *mapped = arena_array_of(ddl->scratch, n + 1, int16_t);
        for (size_t j = 0; j < n; j++)
            mapped[j] = map[numbers[j] - 1];
        if (!index_primary_not_null(ddl, child->oid, mapped, n))
            return false;
    }
    return true;
}

/* ---- DefineIndex ---- */

static bool check_plan(Ddl *ddl, const Relation *relation, const IndexPlan *plan)
{
    return check_method(ddl, plan) && index_check_primary(ddl, relation, plan) &&
           check_partition_key(ddl, relation, plan);
}

Oid index_define(Ddl *ddl, Oid oid, IndexPlan *plan, bool recurse)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    if (!check_plan(ddl, relation, plan))
        return INVALID_OID;
    const char *name = plan->name;
    if (!name)
        name = choose_name(ddl, relation, plan);
    else if (!name_claim_relation(ddl, relation->schema, name))
        return INVALID_OID;
    if (plan->is_constraint && !constraint_check_name_free(ddl, relation, name))
        return INVALID_OID;
    if (plan->primary) {
        Numbers numbers = {0};
        for (size_t i = 0; i < plan->nkeys; i++)
            vec_push(ddl->scratch, &numbers, plan->columns.items[i].number);
        if (!index_primary_not_null(ddl, oid, numbers.items, numbers.len))
            return INVALID_OID;
        relation = catalog_relation(ddl->catalog, oid);
    }
    Oid index = store_index(ddl, relation, plan, name);
    if (relation->kind != RELKIND_PARTITIONED)
        return index;
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    relation = catalog_relation(ddl->catalog, oid);
    for (size_t i = 0; recurse && i < children.len; i++) {
        if (!index_extend_to_partition(ddl, children.items[i], relation, index))
            return INVALID_OID;
    }
    index_check_partitions(ddl, index);
    return index;
}
