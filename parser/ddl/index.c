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

static bool check_primary(Ddl *ddl, const Relation *relation, const IndexPlan *plan)
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

static void depend_index(Ddl *ddl, Oid oid, const Index *index, Oid constraint)
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
static Oid make_constraint(Ddl *ddl, const Relation *relation, Oid index, const IndexPlan *plan, const char *name)
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
        .no_inherit = !plan->parent && relation->kind != RELKIND_PARTITIONED,
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
        made->constraint = make_constraint(ddl, relation, index->oid, plan, name);
    index->index = made;
    if (plan->parent) {
        Oid *parents = arena_memdup(ddl->arena, &plan->parent, sizeof plan->parent);
        index->parents = parents;
        index->nparents = 1;
        index->is_partition = true;
    }
    catalog_put_relation(ddl->catalog, index);
    depend_index(ddl, index->oid, made, made->constraint);
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

/* ---- partitions ---- */

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
        depend_on(ddl, address_of(CLASS_CONSTRAINT, child->index->constraint),
                  address_of(CLASS_CONSTRAINT, parent->index->constraint), DEPENDENCY_INTERNAL);
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

/* ---- DefineIndex ---- */

static bool check_plan(Ddl *ddl, const Relation *relation, const IndexPlan *plan)
{
    return check_method(ddl, plan) && check_primary(ddl, relation, plan) &&
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
    if (relation->kind != RELKIND_PARTITIONED || !recurse)
        return index;
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    relation = catalog_relation(ddl->catalog, oid);
    for (size_t i = 0; i < children.len; i++) {
        if (!index_extend_to_partition(ddl, children.items[i], relation, index))
            return INVALID_OID;
    }
    return index;
}

/* ---- the keys of a table definition ---- */

static bool same_plan(const IndexPlan *a, const IndexPlan *b)
{
    if (a->exclusion || b->exclusion || a->columns.len != b->columns.len || a->nkeys != b->nkeys ||
        a->deferrable != b->deferrable || a->deferred != b->deferred ||
        a->nulls_not_distinct != b->nulls_not_distinct)
        return false;
    for (size_t i = 0; i < a->columns.len; i++) {
        if (a->columns.items[i].number != b->columns.items[i].number)
            return false;
    }
    return true;
}

typedef VEC(IndexPlan) Plans;

/* Adds a key unless an earlier one is the same; then only its name counts. */
static void add_plan(Ddl *ddl, Plans *plans, const IndexPlan *plan)
{
    for (size_t i = 0; i < plans->len; i++) {
        IndexPlan *prior = &plans->items[i];
        if (!same_plan(prior, plan))
            continue;
        if (!prior->name)
            prior->name = plan->name;
        return;
    }
    vec_push(ddl->scratch, plans, *plan);
}

static bool collect_plans(Ddl *ddl, const Relation *relation, const TableConstraints *constraints, bool primary,
                          Plans *plans)
{
    for (size_t i = 0; i < constraints->keys.len; i++) {
        const AstConstraint *key = constraints->keys.items[i];
        if ((key->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) != primary)
            continue;
        IndexPlan plan;
        if (!index_plan_constraint(ddl, relation, key, constraints->key_columns.items[i], &plan))
            return false;
        if (primary && plans->len)
            return ddl_fail(ddl, key->location, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "multiple primary keys for table \"%s\" are not allowed", relation->name);
        add_plan(ddl, plans, &plan);
    }
    return true;
}

bool index_define_keys(Ddl *ddl, Oid oid, const TableConstraints *constraints)
{
    Plans plans = {0};
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    if (!collect_plans(ddl, relation, constraints, true, &plans) ||
        !collect_plans(ddl, relation, constraints, false, &plans))
        return false;
    for (size_t i = 0; i < plans.len; i++) {
        if (!index_define(ddl, oid, &plans.items[i], true))
            return false;
    }
    return true;
}

/* ---- ADD CONSTRAINT … USING INDEX ---- */

/* Only what ADD PRIMARY KEY or UNIQUE would have made itself will do. */
static bool check_default_sorting(Ddl *ddl, const Relation *relation, const Relation *index,
                                  const AstConstraint *key)
{
    for (size_t i = 0; i < index->index->nkeys; i++) {
        const Column *column = catalog_column(relation, index->index->columns[i]);
        const OpClass *usual =
            catalog_default_opclass(ddl->catalog, AM_BTREE, type_base(ddl->catalog, column->type));
        if (index->index->options[i] == 0 && usual && usual->oid == index->index->opclasses[i] &&
            index->index->collations[i] == column->collation)
            continue;
        Diag *diag = ddl_error(ddl, key->location, SQLSTATE_WRONG_OBJECT_TYPE,
                               "index \"%s\" column number %d does not have default sorting behavior", index->name,
                               (int)i + 1);
        ddl_detail(ddl, diag, "Cannot create a primary key or unique constraint using such an index.");
        return false;
    }
    return true;
}

static bool check_adoptable(Ddl *ddl, const Relation *relation, const Relation *index, const AstConstraint *key)
{
    const char *name = index->name;
    if (relation->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables");
    if (index->index->table != relation->oid)
        return ddl_fail(ddl, key->location, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "index \"%s\" does not belong to table \"%s\"", name, relation->name);
    if (index->index->constraint)
        return ddl_fail(ddl, key->location, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "index \"%s\" is already associated with a constraint", name);
    const char *wrong = NULL;
    if (!index->index->is_unique)
        wrong = "is not a unique index";
    else if (index->index->expressions)
        wrong = "contains expressions";
    else if (index->index->predicate)
        wrong = "is a partial index";
    if (!wrong)
        return check_default_sorting(ddl, relation, index, key);
    Diag *diag = ddl_error(ddl, key->location, SQLSTATE_WRONG_OBJECT_TYPE, "%s\"%s\" %s",
                           index->index->is_unique ? "index " : "", name, wrong);
    ddl_detail(ddl, diag, "Cannot create a primary key or unique constraint using such an index.");
    return false;
}

bool index_adopt(Ddl *ddl, Oid oid, const AstConstraint *key)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    const Relation *index = catalog_find_relation_in(ddl->catalog, relation->schema, key->indexname);
    if (!index || !index->index)
        return ddl_fail(ddl, key->location, SQLSTATE_UNDEFINED_OBJECT, "index \"%s\" does not exist",
                        key->indexname);
    if (!check_adoptable(ddl, relation, index, key))
        return false;
    const Oid index_oid = index->oid;
    IndexPlan plan;
    if (!index_plan_clone(ddl, relation, index, relation, &plan))
        return false;
    plan.primary = key->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
    plan.deferrable = key->deferrable;
    plan.deferred = key->initdeferred;
    plan.location = key->location;
    const char *name = ast_text(key->conname) ? arena_strdup(ddl->arena, key->conname) : index->name;
    if (!check_primary(ddl, relation, &plan) || !constraint_check_name_free(ddl, relation, name))
        return false;
    if (strcmp(name, index->name) != 0 && !name_claim_relation(ddl, relation->schema, name))
        return false;
    if (plan.primary && !index_primary_not_null(ddl, oid, index->index->columns, index->index->nkeys))
        return false;
    Oid constraint = make_constraint(ddl, catalog_relation(ddl->catalog, oid), index_oid, &plan, name);
    Relation *edit = catalog_edit_relation(ddl->catalog, index_oid);
    Index *adopted = arena_memdup(ddl->arena, edit->index, sizeof *adopted);
    adopted->is_primary = plan.primary;
    adopted->constraint = constraint;
    adopted->immediate = !plan.deferrable;
    edit->index = adopted;
    edit->name = name;
    catalog_put_relation(ddl->catalog, edit);
    catalog_remove_references(ddl->catalog, address_of(CLASS_RELATION, index_oid));
    depend_index(ddl, index_oid, adopted, constraint);
    return true;
}
