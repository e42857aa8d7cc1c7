/* Whole statements: the entry points, and the one dispatch on statement kinds. PostgreSQL's analyze.c. */
#include "analyze/query_parts.h"

#include <stdlib.h>

/* ---- what all statements end with ---- */

void query_finish(ParseState *ps, Expr *quals)
{
    Query *query = ps->query;
    JoinNode *from = arena_new_of(ps_arena(ps), JoinNode);
    from->kind = NODE_FROM;
    from->items = ps->joinlist;
    from->nitems = ps->njoinlist;
    from->quals = quals;
    from->location = -1;
    query->jointree = from;
    query->has_aggs = ps->has_aggs;
    query->has_windows = ps->has_windows;
    query->has_target_srfs = ps->has_target_srfs;
    query->has_sublinks = ps->has_sublinks;
    query->multi_exprs = ps->multi_assign_sources;
}

bool query_check(ParseState *ps, bool grouping)
{
    return collate_assign_query(ps, ps->query) && (!grouping || agg_check_query(ps, ps->query));
}

bool query_check_width(ParseState *ps)
{
    if (ps->next_resno - 1 <= MOST_ROW_COLUMNS)
        return true;
    ps_error(ps, ps->query->location, SQLSTATE_TOO_MANY_COLUMNS, "target lists can have at most %d entries",
             MOST_ROW_COLUMNS);
    return false;
}

/* ---- dispatch ---- */

/* RETURN expression, the body of an SQL function: SELECT expression. */
static bool transform_return(ParseState *ps, const AstReturnStmt *raw)
{
    Query *query = ps->query;
    query->command = COMMAND_SELECT;
    Expr *expr = expr_transform(ps, raw->returnval, PARSE_SELECT_TARGET);
    if (!expr)
        return false;
    targetlist_push(ps_arena(ps), &query->targets, target_new(ps, expr, ps->next_resno++, "?column?", false));
    if (ps->resolve_unknowns && !target_resolve_unknowns(ps, &query->targets))
        return false;
    query_finish(ps, NULL);
    return query_check(ps, ps->has_aggs);
}

static bool transform_select(ParseState *ps, const AstSelectStmt *raw)
{
    if (raw->n_values_lists)
        return values_transform(ps, raw);
    return raw->op == PG_QUERY__SET_OPERATION__SETOP_NONE ? select_transform(ps, raw)
                                                          : set_operation_transform(ps, raw);
}

static bool transform_statement(ParseState *ps, const AstNode *raw)
{
    switch (ast_kind(raw)) {
    case AST_SELECT_STMT:
        return transform_select(ps, raw->select_stmt);
    case AST_INSERT_STMT:
        return insert_transform(ps, raw->insert_stmt);
    case AST_UPDATE_STMT:
        return update_transform(ps, raw->update_stmt);
    case AST_DELETE_STMT:
        return delete_transform(ps, raw->delete_stmt);
    case AST_MERGE_STMT:
        return merge_transform(ps, raw->merge_stmt);
    case AST_RETURN_STMT:
        return transform_return(ps, raw->return_stmt);
    default:
        ps_error(ps, ast_location(raw), SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported statement: %s",
                 ast_kind_name(raw));
        return false;
    }
}

Query *query_transform(ParseState *ps, const AstNode *raw)
{
    if (!ps_enter(ps))
        return NULL;
    ps->query->location = ast_location(raw);
    bool ok = transform_statement(ps, raw) && query_check_width(ps);
    ps_leave(ps);
    return ok ? ps->query : NULL;
}

Query *query_sub_analyze(ParseState *parent, const AstNode *raw, CommonTableExpr *parent_cte,
                         bool locked_from_parent, bool resolve_unknowns)
{
    ParseState *ps = parse_state_new(parent->an, parent);
    ps->parent_cte = parent_cte;
    ps->locked_from_parent = locked_from_parent;
    ps->resolve_unknowns = resolve_unknowns;
    return query_transform(ps, raw);
}

/* ---- entry points ---- */

bool analyze_is_optimizable(const AstNode *statement)
{
    switch (ast_kind(statement)) {
    case AST_SELECT_STMT: {
        /* SELECT INTO makes a table. */
        const AstSelectStmt *select = statement->select_stmt;
        while (select->op != PG_QUERY__SET_OPERATION__SETOP_NONE && select->larg)
            select = select->larg;
        return !select->into_clause;
    }
    case AST_INSERT_STMT:
    case AST_UPDATE_STMT:
    case AST_DELETE_STMT:
    case AST_MERGE_STMT:
    case AST_RETURN_STMT:
        return true;
    default:
        return false;
    }
}

static bool params_are_settled(const ParamTypes *params)
{
    for (size_t i = 0; params && params->variable && i < params->len; i++) {
        if (!params->types[i] || params->types[i] == TYPE_UNKNOWN)
            return false;
    }
    return true;
}

static int by_start(const void *a, const void *b)
{
    const StarExpansion *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

Query *analyze_statement_stars(const AnalyzeContext *context, const AstNode *statement, ParamTypes *params,
                               StarList *stars)
{
    Analyzer an = {.catalog = context->catalog,
                   .arena = context->arena,
                   .diags = context->diags,
                   .sql = context->sql,
                   .params = params,
                   .stars = stars};
    if (!ast_check_version(context->sql, statement, 0, catalog_version(context->catalog), context->diags))
        return NULL;
    ParseState *ps = parse_state_new(&an, NULL);
    Query *query = query_transform(ps, statement);
    if (!query || !param_check_query(ps, query))
        return NULL;
    /* PostgreSQL looks at undetermined parameters, which the caller reports, before it rewrites. */
    if (params_are_settled(params) && !rewrite_check_query(ps, query))
        return NULL;
    if (stars && stars->len)
        qsort(stars->items, stars->len, sizeof *stars->items, by_start);
    return query;
}

Query *analyze_statement(const AnalyzeContext *context, const AstNode *statement, ParamTypes *params)
{
    return analyze_statement_stars(context, statement, params, NULL);
}
