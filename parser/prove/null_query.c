/* Nullability of whole queries, and of the columns of what stands in FROM. */
#include "prove/nullness.h"

#include <string.h>

/* ---- common table expressions ---- */

/* SEARCH's sequence and CYCLE's path are always made; CYCLE's mark is what the user gave. */
static void judge_extra_columns(const CommonTableExpr *cte, NullVerdict *columns)
{
    size_t own = cte->ncolumns - cte->nextra;
    for (size_t i = own; i < cte->ncolumns; i++) {
        bool is_mark = cte->has_cycle && i + 2 == cte->ncolumns;
        columns[i].nullable = is_mark;
        columns[i].reason =
            (NullReason){.rule = is_mark ? NULL_UNPROVED : NULL_BY_ITSELF, .location = cte->location};
    }
}

/* The recursive term may give NULL where the first does not: assumed not null at first, then worked out again until
 * nothing changes. Every row is made from earlier ones, so what holds for all steps holds for all rows. */
static const NullVerdict *cte_columns(NullProof *proof, CommonTableExpr *cte, NullScope *defining)
{
    NullVerdict *columns = intmap_get(&proof->cte_columns, (uintptr_t)cte);
    if (columns)
        return columns;
    columns = arena_array_of(proof->arena, cte->ncolumns + 1, NullVerdict);
    intmap_put(proof->arena, &proof->cte_columns, (uintptr_t)cte, columns);
    judge_extra_columns(cte, columns);
    size_t own = cte->ncolumns - cte->nextra;
    size_t known = proof->cte_columns.len;
    bool changed = cte->query != NULL;
    while (changed) {
        changed = false;
        /* What was worked out inside under a weaker assumption does not count. */
        for (size_t i = known; i < proof->cte_columns.len; i++)
            proof->cte_columns.items[i].value = NULL;
        for (size_t i = 0; i < own; i++) {
            if (columns[i].nullable)
                continue;
            columns[i].nullable = null_query_column(proof, cte->query, defining, (int)i + 1);
            columns[i].reason = proof->reason;
            changed = changed || (columns[i].nullable && cte->recursive);
        }
    }
    return columns;
}

CommonTableExpr *null_find_cte(NullScope *scope, const RangeTblEntry *rte, NullScope **defining)
{
    NullScope *level = scope;
    for (int i = 0; i < rte->cte_levels_up && level; i++)
        level = level->outer;
    *defining = level;
    for (size_t i = 0; level && i < level->query->nctes; i++)
        if (strcmp(level->query->ctes[i]->name, rte->cte_name) == 0)
            return level->query->ctes[i];
    return NULL;
}

static bool null_cte_column(NullScope *scope, const RangeTblEntry *rte, int attribute)
{
    NullScope *defining;
    CommonTableExpr *cte = null_find_cte(scope, rte, &defining);
    if (!cte || (size_t)attribute > cte->ncolumns)
        return null_verdict(scope->proof, true, NULL_UNPROVED, NULL, rte->location);
    const NullVerdict *column = &cte_columns(scope->proof, cte, defining)[attribute - 1];
    scope->proof->reason = column->reason;
    return column->nullable;
}

/* ---- functions in FROM ---- */

/* A function that gives several columns gives them not null when its catalog entry says so of all rows; the fields
 * of a single composite value may be NULL. */
static bool null_one_function(NullScope *scope, const RangeTblEntry *rte, const RteFunction *function)
{
    NullProof *proof = scope->proof;
    bool is_set = function->expr->kind == EXPR_FUNC && ((const FuncExpr *)function->expr)->returns_set;
    if (rte->nfunctions > 1) /* side by side */
        return null_verdict(proof, true, NULL_PADDED, NULL, rte->location);
    if (function->has_column_definitions || (function->ncolumns != 1 && !is_set))
        return null_verdict(proof, true, NULL_FIELD, NULL, rte->location);
    return null_expr(scope, function->expr);
}

static bool null_function_column(NullScope *scope, const RangeTblEntry *rte, int attribute)
{
    size_t first = 1;
    for (size_t i = 0; i < rte->nfunctions; i++) {
        const RteFunction *function = &rte->functions[i];
        if ((size_t)attribute < first + function->ncolumns)
            return null_one_function(scope, rte, function);
        first += function->ncolumns;
    }
    /* the last column is the row number */
    return null_verdict(scope->proof, !rte->ordinality, rte->ordinality ? NULL_ORDINALITY : NULL_UNPROVED, NULL,
                        rte->location);
}

/* ---- range table entries ---- */

static bool null_values_column(NullScope *scope, const RangeTblEntry *rte, int attribute)
{
    for (size_t i = 0; i < rte->nrows; i++)
        if ((size_t)attribute > rte->values[i].len || null_expr(scope, rte->values[i].items[attribute - 1]))
            return true;
    return rte->nrows == 0;
}

static bool null_relation_entry(NullScope *scope, int rtindex, int attribute)
{
    if (scope->query->result_relation == rtindex && !scope->is_before)
        return scope->query->command == COMMAND_DELETE ? null_deleted_column(scope, attribute)
                                                       : null_written_column(scope, attribute);
    const RangeTblEntry *rte = scope->query->rtable[rtindex - 1];
    const Relation *relation = catalog_relation(scope->proof->catalog, rte->relation);
    if (!relation)
        return null_verdict(scope->proof, true, NULL_UNPROVED, NULL, rte->location);
    return null_relation_column(scope->proof, relation, attribute, rte->inherit);
}

/* The whole row of a table or sub-select is never NULL itself; a function may give NULL for one. */
static bool null_whole_row(NullScope *scope, const RangeTblEntry *rte)
{
    bool is_row =
        rte->kind == RTE_RELATION || rte->kind == RTE_SUBQUERY || rte->kind == RTE_VALUES || rte->kind == RTE_CTE;
    return null_verdict(scope->proof, !is_row, is_row ? NULL_ROW : NULL_UNPROVED, NULL, rte->location);
}

static bool null_table_function(NullScope *scope, const RangeTblEntry *rte, int attribute)
{
    bool nullable =
        !rte->table_func_not_null || (size_t)attribute > rte->ncolumns || !rte->table_func_not_null[attribute - 1];
    return null_verdict(scope->proof, nullable, nullable ? NULL_TABLE_FUNCTION : NULL_DECLARED, NULL,
                        rte->location);
}

/* A sub-select's scope hangs on ours, as LATERAL lets it see our columns. */
bool null_rte_column(NullScope *scope, int rtindex, int attribute)
{
    const RangeTblEntry *rte = scope->query->rtable[rtindex - 1];
    if (attribute == 0)
        return null_whole_row(scope, rte);
    switch (rte->kind) {
    case RTE_RELATION:
        return null_relation_entry(scope, rtindex, attribute);
    case RTE_SUBQUERY:
        return null_query_column(scope->proof, rte->subquery, scope, attribute);
    case RTE_JOIN:
        if (!rte->join_vars || (size_t)attribute > rte->ncolumns || !rte->join_vars[attribute - 1])
            break;
        return null_expr(scope, rte->join_vars[attribute - 1]);
    case RTE_FUNCTION:
        return null_function_column(scope, rte, attribute);
    case RTE_TABLEFUNC:
        return null_table_function(scope, rte, attribute);
    case RTE_VALUES:
        return null_values_column(scope, rte, attribute);
    case RTE_CTE:
        return null_cte_column(scope, rte, attribute);
    case RTE_NAMED_TUPLESTORE:
    case RTE_RESULT:
        break;
    }
    return null_verdict(scope->proof, true, NULL_UNPROVED, NULL, rte->location);
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
    return null_verdict(proof, true, NULL_UNPROVED, NULL, query->location);
}

static bool locks_rows_expr(Expr *expr, void *context);

static bool locks_rows(Query *query, void *context)
{
    return query->nrow_marks || query_walk_subqueries(query, locks_rows, context) ||
           (query->has_sublinks && query_walk_exprs(query, locks_rows_expr, context));
}

static bool locks_rows_expr(Expr *expr, void *context)
{
    return (expr->kind == EXPR_SUBLINK && locks_rows(((SubLink *)expr)->query, context)) ||
           expr_walk(expr, locks_rows_expr, context);
}

NullProof null_proof_make(Arena *arena, const Catalog *catalog, RelationFacts *facts, Query *tree)
{
    NullProof proof = {.catalog = catalog, .arena = arena, .facts = facts, .locks_rows = locks_rows(tree, NULL)};
    if (!facts || proof.locks_rows) {
        proof.facts = arena_new_of(arena, RelationFacts);
        proof.facts->arena = arena;
    }
    return proof;
}

NullProof *prove_nullability_new(Arena *scratch, const Catalog *catalog, Query *tree)
{
    NullProof *proof = arena_new_of(scratch, NullProof);
    *proof = null_proof_make(scratch, catalog, NULL, tree);
    return proof;
}

bool prove_column_is_nullable(NullProof *proof, Query *tree, int column)
{
    return null_query_column(proof, tree, NULL, column);
}
