/* Nullability of whole queries, and of the columns of what stands in FROM. */
#include "prove/nullness.h"

#include <string.h>

/* ---- relations ---- */

static bool type_forbids_null(const Catalog *catalog, Oid type)
{
    for (const Type *t = catalog_type(catalog, type); t && t->typtype == TYPTYPE_DOMAIN;
         t = catalog_type(catalog, t->base))
        if (t->not_null)
            return true;
    return false;
}

/* A validated CHECK that is no more than "x IS NOT NULL", alone or under AND. */
static bool check_forbids_null(const Expr *check, int attribute)
{
    if (!check)
        return false;
    if (check->kind == EXPR_BOOL && ((const BoolExpr *)check)->op == BOOL_AND) {
        const BoolExpr *both = (const BoolExpr *)check;
        for (size_t i = 0; i < both->args.len; i++)
            if (check_forbids_null(both->args.items[i], attribute))
                return true;
        return false;
    }
    if (check->kind != EXPR_NULL_TEST || ((const NullTest *)check)->is_null ||
        ((const NullTest *)check)->arg_is_row)
        return false;
    const Expr *arg = ((const NullTest *)check)->arg;
    return arg->kind == EXPR_VAR && ((const Var *)arg)->attribute == attribute;
}

static bool declared_not_null(const NullProof *proof, const Relation *relation, const Column *column)
{
    if (column->not_null || type_forbids_null(proof->catalog, column->type))
        return true;
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        if (constraint->type == CONSTRAINT_CHECK && constraint->validated &&
            check_forbids_null(constraint->check, column->number))
            return true;
    }
    return false;
}

bool null_relation_column(NullProof *proof, const Relation *relation, int attribute, bool inherit)
{
    if (attribute <= 0)
        return false; /* system columns and the whole row */
    const Column *column = catalog_column(relation, attribute);
    /* A foreign table's constraints are only believed, not enforced. The rows of a materialized view may be older
     * than the constraints of the tables they come from. */
    if (!column || column->dropped || relation->kind == RELKIND_FOREIGN || relation->kind == RELKIND_MATVIEW)
        return true;
    if (relation->view)
        return null_query_column(proof, relation->view, NULL, attribute);
    if (!declared_not_null(proof, relation, column))
        return true;
    if (!inherit)
        return false;
    /* A child may have dropped NOT NULL (only partitions can't); all of them are read too. */
    OidList children = catalog_children(proof->catalog, proof->arena, relation->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(proof->catalog, children.items[i]);
        const Column *own = child ? catalog_find_column(child, column->name) : NULL;
        if (!own || null_relation_column(proof, child, own->number, true))
            return true;
    }
    return false;
}

/* ---- common table expressions ---- */

/* The recursive term may give NULL where the first does not: assumed not null at first, then worked out again until
 * nothing changes. Every row is made from earlier ones, so what holds for all steps holds for all rows. */
static const bool *cte_columns(NullProof *proof, CommonTableExpr *cte, NullScope *defining)
{
    bool *nullable = intmap_get(&proof->cte_columns, (uintptr_t)cte);
    if (nullable)
        return nullable;
    nullable = arena_array_of(proof->arena, cte->ncolumns + 1, bool);
    intmap_put(proof->arena, &proof->cte_columns, (uintptr_t)cte, nullable);
    size_t own = cte->ncolumns - cte->nextra;
    for (size_t i = own; i < cte->ncolumns; i++)
        nullable[i] = true;
    size_t known = proof->cte_columns.len;
    bool changed = cte->query != NULL;
    while (changed) {
        changed = false;
        /* What was worked out inside under a weaker assumption does not count. */
        for (size_t i = known; i < proof->cte_columns.len; i++)
            proof->cte_columns.items[i].value = NULL;
        for (size_t i = 0; i < own; i++) {
            if (nullable[i] || !null_query_column(proof, cte->query, defining, (int)i + 1))
                continue;
            nullable[i] = true;
            changed = cte->recursive;
        }
    }
    return nullable;
}

static bool null_cte_column(NullScope *scope, const RangeTblEntry *rte, int attribute)
{
    NullScope *level = scope;
    for (int i = 0; i < rte->cte_levels_up && level; i++)
        level = level->outer;
    for (size_t i = 0; level && i < level->query->nctes; i++) {
        CommonTableExpr *cte = level->query->ctes[i];
        if (strcmp(cte->name, rte->cte_name) == 0 && (size_t)attribute <= cte->ncolumns)
            return cte_columns(scope->proof, cte, level)[attribute - 1];
    }
    return true;
}

/* ---- functions in FROM ---- */

static bool null_function_column(NullScope *scope, const RangeTblEntry *rte, int attribute)
{
    size_t first = 1;
    for (size_t i = 0; i < rte->nfunctions; i++) {
        const RteFunction *function = &rte->functions[i];
        if ((size_t)attribute >= first + function->ncolumns) {
            first += function->ncolumns;
            continue;
        }
        /* Several functions side by side are padded with NULL. */
        if (rte->nfunctions > 1 || function->ncolumns != 1 || function->has_column_definitions)
            return true;
        return null_expr(scope, function->expr);
    }
    return !rte->ordinality; /* the last column is the row number */
}

static bool null_values_column(NullScope *scope, const RangeTblEntry *rte, int attribute)
{
    for (size_t i = 0; i < rte->nrows; i++)
        if ((size_t)attribute > rte->values[i].len || null_expr(scope, rte->values[i].items[attribute - 1]))
            return true;
    return rte->nrows == 0;
}

/* A sub-select's scope hangs on ours, as LATERAL lets it see our columns. */
bool null_rte_column(NullScope *scope, int rtindex, int attribute)
{
    const RangeTblEntry *rte = scope->query->rtable[rtindex - 1];
    if (attribute == 0)
        return rte->kind != RTE_RELATION;
    switch (rte->kind) {
    case RTE_RELATION: {
        const Relation *relation = catalog_relation(scope->proof->catalog, rte->relation);
        /* What comes back from a changed view is what its INSTEAD trigger or rule gives. */
        bool is_target = scope->query->result_relation == rtindex;
        if (relation && is_target && relation->kind == RELKIND_VIEW && (relation->ntriggers || relation->nrules))
            return true;
        return !relation || null_relation_column(scope->proof, relation, attribute, rte->inherit);
    }
    case RTE_SUBQUERY:
        return null_query_column(scope->proof, rte->subquery, scope, attribute);
    case RTE_JOIN:
        return !rte->join_vars || (size_t)attribute > rte->ncolumns || !rte->join_vars[attribute - 1] ||
               null_expr(scope, rte->join_vars[attribute - 1]);
    case RTE_FUNCTION:
        return null_function_column(scope, rte, attribute);
    case RTE_TABLEFUNC:
        return !rte->table_func_not_null || (size_t)attribute > rte->ncolumns ||
               !rte->table_func_not_null[attribute - 1];
    case RTE_VALUES:
        return null_values_column(scope, rte, attribute);
    case RTE_CTE:
        return null_cte_column(scope, rte, attribute);
    case RTE_NAMED_TUPLESTORE:
    case RTE_RESULT:
        break;
    }
    return true;
}

/* ---- queries ---- */

static bool null_set_column(NullScope *scope, const SetOpNode *node, int column)
{
    if (node->rtindex)
        return null_query_column(scope->proof, scope->query->rtable[node->rtindex - 1]->subquery, scope, column);
    bool left = null_set_column(scope, node->left, column);
    switch (node->op) {
    case SETOP_UNION:
        return left || null_set_column(scope, node->right, column);
    case SETOP_INTERSECT:
        return left && null_set_column(scope, node->right, column);
    case SETOP_EXCEPT:
        break;
    }
    return left;
}

bool null_query_column(NullProof *proof, Query *query, NullScope *outer, int column)
{
    NullScope *scope = null_scope(proof, query, outer);
    if (query->set_operations)
        return null_set_column(scope, query->set_operations, column);
    const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    int number = 0;
    for (size_t i = 0; i < targets->len; i++)
        if (!targets->items[i]->junk && ++number == column)
            return null_expr(scope, targets->items[i]->expr);
    return true;
}

NullProof *prove_nullability_new(Arena *scratch, const Catalog *catalog)
{
    NullProof *proof = arena_new_of(scratch, NullProof);
    proof->catalog = catalog;
    proof->arena = scratch;
    return proof;
}

bool prove_column_is_nullable(NullProof *proof, Query *tree, int column)
{
    return null_query_column(proof, tree, NULL, column);
}
