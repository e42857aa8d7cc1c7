/* ORDER BY, DISTINCT and DISTINCT ON: which operators sort and group the targets. PostgreSQL's parse_clause.c. */
#include "analyze/query_parts.h"

#include <string.h>

/* ---- references from clauses to targets ---- */

uint32_t clause_sort_group_ref(TargetEntry *entry, const TargetList *targets)
{
    if (entry->sort_group)
        return entry->sort_group;
    uint32_t most = 0;
    for (size_t i = 0; i < targets->len; i++) {
        if (targets->items[i]->sort_group > most)
            most = targets->items[i]->sort_group;
    }
    return entry->sort_group = most + 1;
}

TargetEntry *clause_target_of_ref(const TargetList *targets, uint32_t ref)
{
    for (size_t i = 0; i < targets->len; i++) {
        if (targets->items[i]->sort_group == ref)
            return targets->items[i];
    }
    return NULL;
}

bool clause_is_sorted(ParseState *ps, const TargetEntry *entry, Oid sort_op, const SortGroupList *list)
{
    for (size_t i = 0; entry->sort_group && i < list->len; i++) {
        const SortGroupClause *clause = &list->items[i];
        if (clause->ref != entry->sort_group)
            continue;
        const Operator *op = sort_op ? catalog_operator(ps_catalog(ps), clause->sort_op) : NULL;
        if (!sort_op || sort_op == clause->sort_op || (op && op->commutator == sort_op))
            return true;
    }
    return false;
}

/* An untyped literal is sorted as text. */
static bool settle_type(ParseState *ps, TargetEntry *entry)
{
    if (entry->expr->type != TYPE_UNKNOWN)
        return true;
    Expr *text = coerce_type(ps, entry->expr, TYPE_UNKNOWN, TYPE_TEXT, -1, COERCION_IMPLICIT, FORM_IMPLICIT_CAST,
                             expr_location(entry->expr));
    if (text)
        entry->expr = text;
    return text;
}

/* ---- ORDER BY ---- */

/* ORDER BY … USING operator */
static bool sort_by_operator(ParseState *ps, Oid type, const AstSortBy *by, int32_t location,
                             SortGroupClause *clause, bool *reverse)
{
    const Operator *op = oper_find_compatible(ps, by->n_use_op, by->use_op, type, type, location);
    if (!op)
        return false;
    OrderingOperator ordering;
    if (!operator_ordering_properties(ps_catalog(ps), ps_arena(ps), op->oid, &ordering) || !ordering.equality) {
        Diag *diag =
            ps_error(ps, location, SQLSTATE_WRONG_OBJECT_TYPE, "operator %s is not a valid ordering operator",
                     range_list_name(by->use_op, by->n_use_op - 1));
        ps_hint(ps, diag, "Ordering operators must be \"<\" or \">\" members of btree operator families.");
        return false;
    }
    clause->sort_op = op->oid;
    clause->eq_op = ordering.equality;
    clause->hashable = operator_is_hashable(ps_catalog(ps), ordering.equality, type);
    *reverse = ordering.reverse;
    return true;
}

bool clause_add_sort(ParseState *ps, TargetEntry *entry, SortGroupList *sort, TargetList *targets,
                     const AstSortBy *by)
{
    if (!settle_type(ps, entry))
        return false;
    int32_t location = by->location >= 0 ? by->location : ast_location(by->node);
    SortGroupClause clause = {0};
    bool reverse = by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    if (by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_USING) {
        if (!sort_by_operator(ps, entry->expr->type, by, location, &clause, &reverse))
            return false;
    } else {
        SortGroupOperators ops;
        if (!oper_sort_group(ps, entry->expr->type, !reverse, true, reverse, location, &ops))
            return false;
        clause.sort_op = reverse ? ops.gt : ops.lt;
        clause.eq_op = ops.eq;
        clause.hashable = ops.hashable;
    }
    if (clause_is_sorted(ps, entry, clause.sort_op, sort))
        return true;
    clause.ref = clause_sort_group_ref(entry, targets);
    clause.nulls_first = by->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                         (by->sortby_nulls != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST && reverse);
    vec_push(ps_arena(ps), sort, clause);
    return true;
}

bool clause_transform_sort(ParseState *ps, size_t n, AstNode *const *raw, TargetList *targets, ParseExprKind kind,
                           bool use_sql99, SortGroupList *result)
{
    for (size_t i = 0; i < n; i++) {
        const AstSortBy *by = raw[i]->sort_by;
        TargetEntry *entry = clause_find_target(ps, by->node, targets, kind, use_sql99);
        if (!entry || !clause_add_sort(ps, entry, result, targets, by))
            return false;
    }
    return true;
}

/* ---- GROUP BY, DISTINCT ---- */

bool clause_add_group(ParseState *ps, TargetEntry *entry, SortGroupList *group, TargetList *targets,
                      int32_t location)
{
    if (!settle_type(ps, entry))
        return false;
    if (clause_is_sorted(ps, entry, INVALID_OID, group))
        return true;
    SortGroupOperators ops;
    if (!oper_sort_group(ps, entry->expr->type, false, true, false, location, &ops))
        return false;
    SortGroupClause clause = {
        .ref = clause_sort_group_ref(entry, targets), .eq_op = ops.eq, .sort_op = ops.lt, .hashable = ops.hashable};
    vec_push(ps_arena(ps), group, clause);
    return true;
}

bool clause_transform_distinct(ParseState *ps, TargetList *targets, const SortGroupList *sort, bool is_agg,
                               SortGroupList *result)
{
    /* The sort columns come first, so that sorting serves both; a junk one would not be unique in its group. */
    for (size_t i = 0; i < sort->len; i++) {
        const TargetEntry *entry = clause_target_of_ref(targets, sort->items[i].ref);
        if (entry->junk) {
            ps_error(ps, expr_location(entry->expr), SQLSTATE_INVALID_COLUMN_REFERENCE, "%s",
                     is_agg ? "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
                            : "for SELECT DISTINCT, ORDER BY expressions must appear in select list");
            return false;
        }
        vec_push(ps_arena(ps), result, sort->items[i]);
    }
    for (size_t i = 0; i < targets->len; i++) {
        TargetEntry *entry = targets->items[i];
        if (!entry->junk && !clause_add_group(ps, entry, result, targets, expr_location(entry->expr)))
            return false;
    }
    if (!result->len)
        ps_error(ps, -1, SQLSTATE_SYNTAX_ERROR, "%s",
                 is_agg ? "an aggregate with DISTINCT must have at least one argument"
                        : "SELECT DISTINCT must have at least one column");
    return result->len;
}

static bool report_initial_order(ParseState *ps, const AstNode *raw)
{
    ps_error(ps, ast_location(raw), SQLSTATE_INVALID_COLUMN_REFERENCE,
             "SELECT DISTINCT ON expressions must match initial ORDER BY expressions");
    return false;
}

/* The sort columns among the DISTINCT ON expressions, which must be the first ones. */
static bool take_sort_columns(ParseState *ps, size_t n, AstNode *const *raw, const uint32_t *refs,
                              const SortGroupList *sort, SortGroupList *result, bool *skipped)
{
    for (size_t i = 0; i < sort->len; i++) {
        size_t which = 0;
        while (which < n && refs[which] != sort->items[i].ref)
            which++;
        if (which == n)
            *skipped = true;
        else if (*skipped)
            return report_initial_order(ps, raw[which]);
        else
            vec_push(ps_arena(ps), result, sort->items[i]);
    }
    return true;
}

bool clause_transform_distinct_on(ParseState *ps, size_t n, AstNode *const *raw, TargetList *targets,
                                  const SortGroupList *sort, SortGroupList *result)
{
    uint32_t *refs = arena_array_of(ps_arena(ps), n, uint32_t);
    for (size_t i = 0; i < n; i++) {
        TargetEntry *entry = clause_find_target(ps, raw[i], targets, PARSE_DISTINCT_ON, false);
        if (!entry)
            return false;
        refs[i] = clause_sort_group_ref(entry, targets);
    }
    bool skipped = false;
    if (!take_sort_columns(ps, n, raw, refs, sort, result, &skipped))
        return false;
    for (size_t i = 0; i < n; i++) {
        TargetEntry *entry = clause_target_of_ref(targets, refs[i]);
        if (clause_is_sorted(ps, entry, INVALID_OID, result))
            continue;
        if (skipped)
            return report_initial_order(ps, raw[i]);
        if (!clause_add_group(ps, entry, result, targets, ast_location(raw[i])))
            return false;
    }
    return true;
}
