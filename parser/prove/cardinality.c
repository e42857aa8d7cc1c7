/* How many rows a query can return: from FROM and WHERE (unique_key.c) up through grouping, LIMIT, set operations
 * and RETURNING. */
#include "prove/cardinality.h"

#include <string.h>

/* ---- LIMIT ---- */

static const Const *limit_constant(const Expr *limit)
{
    while (limit && limit->kind == EXPR_RELABEL)
        limit = ((const Coercion *)limit)->arg;
    if (limit && limit->kind == EXPR_FUNC && ((const FuncExpr *)limit)->form != FORM_EXPLICIT_CALL &&
        ((const FuncExpr *)limit)->args.len == 1)
        limit = ((const FuncExpr *)limit)->args.items[0]; /* int4 literal made int8 */
    return limit && limit->kind == EXPR_CONST ? (const Const *)limit : NULL;
}

bool limit_is(const Expr *limit, const char *number)
{
    const Const *constant = limit_constant(limit);
    return constant && !constant->is_null && strcmp(constant->text, number) == 0;
}

/* LIMIT ALL, or a number from 1 on. */
static bool limit_lets_a_row_through(const Query *query)
{
    if (query->offset && !limit_is(query->offset, "0"))
        return false;
    const Const *constant = query->limit ? limit_constant(query->limit) : NULL;
    return !query->limit ||
           (constant && (constant->is_null || (constant->text[0] >= '1' && constant->text[0] <= '9')));
}

/* ---- at least one row ---- */

static bool is_true(const Expr *quals)
{
    return !quals || (quals->kind == EXPR_CONST && !((const Const *)quals)->is_null &&
                      strcmp(((const Const *)quals)->text, "true") == 0);
}

/* The first row of any of several functions side by side is a row. */
static bool function_has_row(const RangeTblEntry *rte)
{
    for (size_t i = 0; i < rte->nfunctions; i++) {
        const Expr *expr = rte->functions[i].expr;
        bool is_set = (expr->kind == EXPR_FUNC && ((const FuncExpr *)expr)->returns_set) ||
                      (expr->kind == EXPR_OP && ((const OpExpr *)expr)->returns_set);
        if (!is_set)
            return true;
    }
    return false;
}

bool entry_always_has_row(NullScope *scope, int rtindex)
{
    const RangeTblEntry *rte = scope->query->rtable[rtindex - 1];
    NullProof *proof = scope->proof;
    switch (rte->kind) {
    case RTE_RESULT:
        return true;
    case RTE_VALUES:
        return rte->nrows > 0;
    case RTE_FUNCTION:
        return function_has_row(rte);
    case RTE_SUBQUERY:
        return query_always_has_row(proof, rte->subquery, scope);
    case RTE_RELATION: {
        const Relation *relation = catalog_relation(proof->catalog, rte->relation);
        return relation && relation->view && relation->kind == RELKIND_VIEW &&
               scope->query->result_relation != rtindex && query_always_has_row(proof, relation->view, NULL);
    }
    case RTE_CTE: {
        NullScope *defining;
        CommonTableExpr *cte = null_find_cte(scope, rte, &defining);
        return cte && cte->query && !cte->recursive && query_always_has_row(proof, cte->query, defining);
    }
    case RTE_JOIN:
    case RTE_TABLEFUNC:
    case RTE_NAMED_TUPLESTORE:
        break;
    }
    return false;
}

static bool node_always_has_row(NullScope *scope, const JoinNode *node)
{
    switch (node->kind) {
    case NODE_RTREF:
        return entry_always_has_row(scope, node->rtindex);
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems; i++)
            if (!node_always_has_row(scope, node->items[i]))
                return false;
        return is_true(node->quals);
    case NODE_JOIN:
        break;
    }
    bool left = node_always_has_row(scope, node->left), right = node_always_has_row(scope, node->right);
    switch (node->join) {
    case JOIN_INNER:
        return left && right && is_true(node->quals);
    case JOIN_LEFT:
        return left;
    case JOIN_RIGHT:
        return right;
    case JOIN_FULL:
        return left || right;
    }
    return false;
}

bool from_always_has_row(NullScope *scope)
{
    return !scope->query->jointree || node_always_has_row(scope, scope->query->jointree);
}

bool query_always_has_row(NullProof *proof, Query *query, NullScope *outer)
{
    cardinality_of(proof, query, outer);
    return count_of_query(proof, query, outer)->always_has_row;
}

static bool set_always_has_row(NullScope *scope, const SetOpNode *node)
{
    if (node->rtindex)
        return query_always_has_row(scope->proof, scope->query->rtable[node->rtindex - 1]->subquery, scope);
    return node->op == SETOP_UNION &&
           (set_always_has_row(scope, node->left) || set_always_has_row(scope, node->right));
}

static bool select_always_has_row(NullScope *scope)
{
    const Query *query = scope->query;
    if (!limit_lets_a_row_through(query))
        return false;
    if (query->set_operations)
        return set_always_has_row(scope, query->set_operations);
    if (query->has_target_srfs || query->having || query->ngrouping_sets || query->nrow_marks)
        return false;
    return (query->has_aggs && !query->group.len) || from_always_has_row(scope);
}

/* ---- at most one row ---- */

static bool set_gives_one(NullScope *scope, const SetOpNode *node)
{
    if (node->rtindex)
        return cardinality_of(scope->proof, scope->query->rtable[node->rtindex - 1]->subquery, scope) !=
               IR_ROWS_MANY;
    switch (node->op) {
    case SETOP_UNION:
        break;
    case SETOP_INTERSECT:
        return set_gives_one(scope, node->left) || set_gives_one(scope, node->right);
    case SETOP_EXCEPT:
        return set_gives_one(scope, node->left);
    }
    return false;
}

static bool all_single(const RowCount *count, const JoinNode *node)
{
    if (!node)
        return true;
    switch (node->kind) {
    case NODE_RTREF:
        return count->single[node->rtindex];
    case NODE_JOIN:
        return count_effective_join(count, node) != JOIN_FULL && all_single(count, node->left) &&
               all_single(count, node->right);
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems; i++)
            if (!all_single(count, node->items[i]))
                return false;
        break;
    }
    return true;
}

static Expr *sort_group_expr(const Query *query, uint32_t ref)
{
    for (size_t i = 0; i < query->targets.len; i++)
        if (query->targets.items[i]->sort_group == ref)
            return query->targets.items[i]->expr;
    return NULL;
}

static bool all_determined(RowCount *count, const SortGroupList *list)
{
    for (size_t i = 0; i < list->len; i++) {
        Expr *expr = sort_group_expr(count->query, list->items[i].ref);
        if (!expr || !count_is_determined(count, expr))
            return false;
    }
    return list->len > 0;
}

static bool select_gives_one(RowCount *count, const GivenColumns *given)
{
    const Query *query = count->query;
    if (!query->limit_with_ties && (limit_is(query->limit, "1") || limit_is(query->limit, "0")))
        return true;
    if (query->set_operations)
        return set_gives_one(count->scope, query->set_operations);
    if (query->has_target_srfs || query->ngrouping_sets)
        return false;
    if (!query->group.len && (query->has_aggs || query->having))
        return true;
    count_find_single(count, given);
    return all_single(count, query->jointree) || all_determined(count, &query->group) ||
           (!query->group.len && all_determined(count, &query->distinct));
}

/* ---- statements that change rows ---- */

static const Relation *target_relation(const RowCount *count)
{
    const RangeTblEntry *target = count->query->rtable[count->query->result_relation - 1];
    return catalog_relation(count->scope->proof->catalog, target->relation);
}

static IrCardinality of_insert(const RowCount *count, const Relation *relation)
{
    NullProof *proof = count->scope->proof;
    const Query *query = count->query;
    IrCardinality rows = query->insert_rows == 1 ? IR_ROWS_EXACTLY_ONE : IR_ROWS_MANY;
    if (!query->insert_rows && query->jointree && query->jointree->nitems == 1 &&
        query->jointree->items[0]->kind == NODE_RTREF) {
        const RangeTblEntry *rte = query->rtable[query->jointree->items[0]->rtindex - 1];
        if (rte->kind == RTE_SUBQUERY)
            rows = cardinality_of(proof, rte->subquery, count->scope);
    }
    if (rows != IR_ROWS_EXACTLY_ONE)
        return rows;
    const OnConflict *conflict = query->on_conflict;
    bool skips =
        (conflict && (!conflict->do_update || conflict->where)) || relation_may_change_rows(proof, relation);
    return skips ? IR_ROWS_AT_MOST_ONE : IR_ROWS_EXACTLY_ONE;
}

/* A row of a table is changed once, whatever it is joined with; an INSTEAD trigger or a foreign server is called
 * for every pair. */
static bool changes_once(const Relation *relation)
{
    return relation->kind == RELKIND_TABLE || relation->kind == RELKIND_PARTITIONED ||
           (relation->kind == RELKIND_VIEW && !relation->ntriggers);
}

/* What a rule returns is the rule's matter. */
static IrCardinality of_change(RowCount *count)
{
    const Query *query = count->query;
    if (query->command == COMMAND_UTILITY) /* CALL gives one row, EXPLAIN several */
        return query->targets.len ? IR_ROWS_EXACTLY_ONE : IR_ROWS_MANY;
    const Relation *relation = target_relation(count);
    if (!relation || relation->nrules || query->command == COMMAND_MERGE)
        return IR_ROWS_MANY;
    if (query->command == COMMAND_INSERT)
        return of_insert(count, relation);
    count_find_single(count, NULL);
    if (!count->single[query->result_relation] || (!changes_once(relation) && !all_single(count, query->jointree)))
        return IR_ROWS_MANY;
    return IR_ROWS_AT_MOST_ONE;
}

/* ---- queries ---- */

RowCount *count_of_query(NullProof *proof, Query *query, NullScope *outer)
{
    RowCount *count = intmap_get(&proof->rows, (uintptr_t)query);
    if (count)
        return count;
    count = arena_new_of(proof->arena, RowCount);
    intmap_put(proof->arena, &proof->rows, (uintptr_t)query, count);
    count->query = query;
    count->scope = null_scope(proof, query, outer);
    return count;
}

IrCardinality cardinality_of(NullProof *proof, Query *query, NullScope *outer)
{
    RowCount *count = count_of_query(proof, query, outer);
    if (count->is_known)
        return count->rows;
    count->is_known = true; /* many, should it be asked for meanwhile */
    count->rows = IR_ROWS_MANY;
    NullReason reason = proof->reason;
    if (query->command == COMMAND_SELECT) {
        count->always_has_row = select_always_has_row(count->scope);
        if (select_gives_one(count, NULL))
            count->rows = count->always_has_row ? IR_ROWS_EXACTLY_ONE : IR_ROWS_AT_MOST_ONE;
    } else {
        count->rows = of_change(count);
        count->always_has_row = count->rows == IR_ROWS_EXACTLY_ONE;
    }
    proof->reason = reason;
    return count->rows;
}

bool query_gives_one_for(NullProof *proof, Query *query, NullScope *outer, const GivenColumns *given)
{
    if (query->command != COMMAND_SELECT)
        return false;
    RowCount count = {.query = query, .scope = null_scope(proof, query, outer)};
    return select_gives_one(&count, given);
}
