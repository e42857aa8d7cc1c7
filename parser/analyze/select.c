/* SELECT: transformSelectStmt of PostgreSQL's analyze.c. */
#include "analyze/query_parts.h"

/* DISTINCT is a list of one absent node, DISTINCT ON a list of expressions. */
static bool transform_distinct(ParseState *ps, const AstSelectStmt *raw)
{
    Query *query = ps->query;
    if (!raw->n_distinct_clause)
        return true;
    if (ast_kind(raw->distinct_clause[0]) == AST_NONE)
        return clause_transform_distinct(ps, &query->targets, &query->sort, false, &query->distinct);
    query->distinct_on = true;
    return clause_transform_distinct_on(ps, raw->n_distinct_clause, raw->distinct_clause, &query->targets,
                                        &query->sort, &query->distinct);
}

/* ORDER BY comes first: GROUP BY and DISTINCT take operators from it. */
static bool transform_sorting(ParseState *ps, const AstSelectStmt *raw)
{
    Query *query = ps->query;
    GroupingSetList sets = {0};
    if (!clause_transform_sort(ps, raw->n_sort_clause, raw->sort_clause, &query->targets, PARSE_ORDER_BY, false,
                               &query->sort) ||
        !clause_transform_group(ps, raw->n_group_clause, raw->group_clause, &sets, &query->targets, &query->sort,
                                PARSE_GROUP_BY, false, &query->group))
        return false;
    query->grouping_sets = sets.items;
    query->ngrouping_sets = sets.len;
    query->group_distinct = raw->group_distinct;
    return transform_distinct(ps, raw);
}

static bool transform_targets(ParseState *ps, const AstSelectStmt *raw)
{
    TargetList *targets = &ps->query->targets;
    if (!target_transform_list(ps, raw->n_target_list, raw->target_list, PARSE_SELECT_TARGET, targets))
        return false;
    target_mark_origins(ps, targets);
    return true;
}

bool select_transform(ParseState *ps, const AstSelectStmt *raw)
{
    Query *query = ps->query;
    query->command = COMMAND_SELECT;
    if (!cte_transform_with(ps, raw->with_clause))
        return false;
    if (raw->into_clause) {
        ps_error(ps, raw->into_clause->rel ? raw->into_clause->rel->location : -1, SQLSTATE_SYNTAX_ERROR,
                 "SELECT ... INTO is not allowed here");
        return false;
    }
    ps->locking = raw->locking_clause;
    ps->nlocking = raw->n_locking_clause;
    ps->window_defs = raw->window_clause;
    ps->nwindow_defs = ps->window_defs_cap = raw->n_window_clause;
    if (!clause_transform_from(ps, raw->n_from_clause, raw->from_clause) || !transform_targets(ps, raw))
        return false;

    bool failed = false;
    Expr *quals = clause_transform_where(ps, raw->where_clause, PARSE_WHERE, "WHERE", &failed);
    if (!failed)
        query->having = clause_transform_where(ps, raw->having_clause, PARSE_HAVING, "HAVING", &failed);
    if (failed || !transform_sorting(ps, raw) || !clause_transform_limits(ps, raw) ||
        !clause_transform_windows(ps, &query->targets, query))
        return false;
    if (ps->resolve_unknowns && !target_resolve_unknowns(ps, &query->targets))
        return false;
    query_finish(ps, quals);
    for (size_t i = 0; i < raw->n_locking_clause; i++) {
        if (!locking_transform(ps, query, raw->locking_clause[i]->locking_clause))
            return false;
    }
    return query_check(ps, ps->has_aggs || query->group.len || query->ngrouping_sets || query->having);
}
