/* Outer joins: which range table entries may be without a row.
 *
 * A condition that fails for NULL, above an outer join, makes the join as good as an inner one (PostgreSQL's
 * reduce_outer_joins); its own condition then holds too and may prove more, so the walk is repeated until nothing
 * changes. Each round turns at least one join, so there are at most as many rounds as joins. */
#include "prove/nullness.h"

static bool side_is_proved(const NullScope *scope, const JoinNode *node)
{
    if (!node)
        return false;
    switch (node->kind) {
    case NODE_RTREF:
        return varset_has_any_of(&scope->proved, node->rtindex);
    case NODE_JOIN:
        return varset_has_any_of(&scope->proved, node->rtindex) || side_is_proved(scope, node->left) ||
               side_is_proved(scope, node->right);
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems; i++)
            if (side_is_proved(scope, node->items[i]))
                return true;
        break;
    }
    return false;
}

/* Which sides a join may leave without a row, given what is proved. */
static void extended_sides(const NullScope *scope, const JoinNode *node, bool *left, bool *right)
{
    *left = (node->join == JOIN_RIGHT || node->join == JOIN_FULL) && !side_is_proved(scope, node->left);
    *right = (node->join == JOIN_LEFT || node->join == JOIN_FULL) && !side_is_proved(scope, node->right);
}

/* Collects the conditions that hold for every row that comes out, and marks the entries. */
static void walk(NullScope *scope, const JoinNode *node, bool extended)
{
    if (!node)
        return;
    switch (node->kind) {
    case NODE_RTREF:
        scope->null_extended[node->rtindex] = extended;
        break;
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems; i++)
            walk(scope, node->items[i], extended);
        if (node->quals && !extended)
            refine_true(scope->proof, node->quals, &scope->proved);
        break;
    case NODE_JOIN: {
        bool left, right;
        extended_sides(scope, node, &left, &right);
        if (node->rtindex > 0)
            scope->null_extended[node->rtindex] = extended;
        if (node->quals && !extended && !left && !right)
            refine_true(scope->proof, node->quals, &scope->proved);
        walk(scope, node->left, extended || left);
        walk(scope, node->right, extended || right);
        break;
    }
    }
}

/* The row that UPDATE gives back is the new one: conditions on the old one prove nothing about it. */
static void forget_result_relation(NullScope *scope)
{
    const Query *query = scope->query;
    if (query->command != COMMAND_UPDATE && query->command != COMMAND_MERGE)
        return;
    VarSet kept = {0};
    for (size_t i = 0; i < scope->proved.map.len; i++)
        if (scope->proved.map.items[i].key >> 16 != (uint32_t)query->result_relation)
            intmap_put(scope->proof->arena, &kept.map, scope->proved.map.items[i].key,
                       scope->proved.map.items[i].value);
    scope->proved = kept;
}

static bool count_srf(Expr *expr, void *context)
{
    bool returns_set = (expr->kind == EXPR_FUNC && ((FuncExpr *)expr)->returns_set) ||
                       (expr->kind == EXPR_OP && ((OpExpr *)expr)->returns_set);
    *(size_t *)context += returns_set;
    return expr_walk(expr, count_srf, context);
}

NullScope *null_scope(NullProof *proof, Query *query, NullScope *outer)
{
    NullScope *scope = intmap_get(&proof->queries, (uintptr_t)query);
    if (scope)
        return scope;
    scope = arena_new_of(proof->arena, NullScope);
    scope->proof = proof;
    scope->query = query;
    scope->outer = outer;
    scope->null_extended = arena_array_of(proof->arena, query->nrtable + 1, bool);
    intmap_put(proof->arena, &proof->queries, (uintptr_t)query, scope);
    if (query->having)
        refine_true(proof, query->having, &scope->proved);
    size_t before;
    do {
        before = scope->proved.map.len;
        walk(scope, query->jointree, false);
    } while (scope->proved.map.len != before);
    forget_result_relation(scope);
    for (size_t i = 0; query->has_target_srfs && i < query->targets.len; i++)
        count_srf(query->targets.items[i]->expr, &scope->target_srfs);
    return scope;
}
