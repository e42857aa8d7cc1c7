/* Outer joins: which range table entries may be without a row.
 *
 * A condition that fails for NULL, above an outer join, makes the join as good as an inner one (PostgreSQL's
 * reduce_outer_joins); its own condition then holds too and may prove more, so the walk is repeated until nothing
 * changes. Each round turns at least one join, so there are at most as many rounds as joins. */
#include "prove/cardinality.h"
#include "prove/nullness.h"

#include <string.h>

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

static bool is_true(const Expr *quals)
{
    return !quals || (quals->kind == EXPR_CONST && !((const Const *)quals)->is_null &&
                      strcmp(((const Const *)quals)->text, "true") == 0);
}

/* Whether the inner side of an outer join always has a row to give: found by a foreign key, or a sub-select that
 * never comes back empty, joined without a condition. */
static bool always_matches(NullScope *scope, const JoinNode *inner, Expr *quals)
{
    if (inner->kind != NODE_RTREF)
        return false;
    const RangeTblEntry *rte = scope->query->rtable[inner->rtindex - 1];
    if (rte->kind == RTE_RELATION)
        return quals && foreign_key_finds_row(scope, scope->query, inner->rtindex, quals, 0);
    if (!is_true(quals))
        return false;
    if (rte->kind == RTE_SUBQUERY)
        return subquery_finds_row(scope, rte->subquery);
    return entry_always_has_row(scope, inner->rtindex);
}

static void walk(NullScope *scope, const JoinNode *node, const JoinNode *extended);

/* A side is walked before it is asked whether its columns find a row on the other. */
static void walk_join(NullScope *scope, const JoinNode *node, const JoinNode *extended)
{
    const JoinNode *left = NULL, *right = NULL;
    if ((node->join == JOIN_RIGHT || node->join == JOIN_FULL) && !side_is_proved(scope, node->left))
        left = node;
    if ((node->join == JOIN_LEFT || node->join == JOIN_FULL) && !side_is_proved(scope, node->right))
        right = node;
    if (node->rtindex > 0)
        scope->extended[node->rtindex] = extended;
    if (node->quals && !extended && !left && !right)
        refine_true(scope->proof, node->quals, &scope->proved);
    if (node->join == JOIN_RIGHT) {
        walk(scope, node->right, extended);
        if (left && always_matches(scope, node->left, node->quals))
            left = NULL;
        walk(scope, node->left, extended ? extended : left);
        return;
    }
    walk(scope, node->left, extended ? extended : left);
    if (right && node->join == JOIN_LEFT && always_matches(scope, node->right, node->quals))
        right = NULL;
    walk(scope, node->right, extended ? extended : right);
}

/* Collects the conditions that hold for every row that comes out, and marks the entries. */
static void walk(NullScope *scope, const JoinNode *node, const JoinNode *extended)
{
    if (!node)
        return;
    switch (node->kind) {
    case NODE_RTREF:
        scope->extended[node->rtindex] = extended;
        break;
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems; i++)
            walk(scope, node->items[i], extended);
        if (node->quals && !extended)
            refine_true(scope->proof, node->quals, &scope->proved);
        break;
    case NODE_JOIN:
        walk_join(scope, node, extended);
        break;
    }
}

static bool target_has_rules(const NullScope *scope)
{
    const RangeTblEntry *rte = scope->query->rtable[scope->query->result_relation - 1];
    const Relation *relation = catalog_relation(scope->proof->catalog, rte->relation);
    return !relation || relation->nrules;
}

static void forget_entry(NullScope *scope, int rtindex)
{
    VarSet kept = {0};
    for (size_t i = 0; i < scope->proved.map.len; i++)
        if (varset_rtindex(scope->proved.map.items[i].key) != rtindex)
            intmap_put(scope->proof->arena, &kept.map, scope->proved.map.items[i].key,
                       scope->proved.map.items[i].value);
    scope->proved = kept;
}

/* The row that UPDATE gives back is the new one: conditions on the old one prove nothing about it. What a rule
 * gives back is what its own action does. */
static void split_written_row(NullScope *scope)
{
    const Query *query = scope->query;
    if (!query->result_relation)
        return;
    Arena *arena = scope->proof->arena;
    scope->before = arena_new_of(arena, NullScope);
    *scope->before = *scope;
    scope->before->before = NULL;
    scope->before->is_before = true;
    scope->before->proved = (VarSet){0};
    varset_copy(arena, &scope->before->proved, &scope->proved);
    if (query->on_conflict && query->on_conflict->where)
        refine_true(scope->proof, query->on_conflict->where, &scope->before->proved);
    if (query->command != COMMAND_DELETE || target_has_rules(scope))
        forget_entry(scope, query->result_relation);
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
    scope->extended = arena_array_of(proof->arena, query->nrtable + 1, const JoinNode *);
    intmap_put(proof->arena, &proof->queries, (uintptr_t)query, scope);
    size_t before;
    do {
        before = scope->proved.map.len;
        scope->proved.exprs.len = 0; /* the round collects them anew */
        if (query->having)
            refine_true(proof, query->having, &scope->proved);
        walk(scope, query->jointree, NULL);
    } while (scope->proved.map.len != before);
    split_written_row(scope);
    for (size_t i = 0; query->has_target_srfs && i < query->targets.len; i++)
        count_srf(query->targets.items[i]->expr, &scope->target_srfs);
    return scope;
}
