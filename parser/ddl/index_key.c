/* The keys of table definitions, and ADD CONSTRAINT ... USING INDEX (PostgreSQL's transformIndexConstraints,
 * ATExecAddIndexConstraint). */
#include "ddl/ddl_private.h"

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
                           index->index->expressions ? "index " : "", name, wrong);
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
    if (!index_check_primary(ddl, relation, &plan) || !constraint_check_name_free(ddl, relation, name))
        return false;
    if (strcmp(name, index->name) != 0 && !name_claim_relation(ddl, relation->schema, name))
        return false;
    if (plan.primary && !index_primary_not_null(ddl, oid, index->index->columns, index->index->nkeys))
        return false;
    Oid constraint = index_make_constraint(ddl, catalog_relation(ddl->catalog, oid), index_oid, &plan, name);
    Relation *edit = catalog_edit_relation(ddl->catalog, index_oid);
    Index *adopted = arena_memdup(ddl->arena, edit->index, sizeof *adopted);
    adopted->is_primary = plan.primary;
    adopted->constraint = constraint;
    adopted->immediate = !plan.deferrable;
    edit->index = adopted;
    edit->name = name;
    catalog_put_relation(ddl->catalog, edit);
    catalog_remove_references(ddl->catalog, address_of(CLASS_RELATION, index_oid));
    index_depend(ddl, index_oid, adopted, constraint);
    return true;
}
