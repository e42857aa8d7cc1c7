/* WHERE, HAVING, LIMIT and OFFSET (PostgreSQL's parse_clause.c), and where in an expression a column stands. */
#include "analyze/query_parts.h"

Expr *clause_transform_where(ParseState *ps, const AstNode *raw, ParseExprKind kind, const char *construct,
                             bool *failed)
{
    if (!raw)
        return NULL;
    Expr *expr = expr_transform(ps, raw, kind);
    expr = expr ? coerce_to_boolean(ps, expr, construct) : NULL;
    if (!expr)
        *failed = true;
    return expr;
}

/* ---- locating variables ---- */

typedef struct VarSearch {
    int level;
    int32_t location;
} VarSearch;

static bool locate_in_query(Query *query, void *context);

static bool locate_in_expr(Expr *expr, void *context)
{
    VarSearch *search = context;
    if (expr->kind == EXPR_VAR && ((Var *)expr)->levels_up == search->level && expr->location >= 0) {
        search->location = expr->location;
        return true;
    }
    if (expr->kind == EXPR_SUBLINK && locate_in_query(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, locate_in_expr, context);
}

static bool locate_in_query(Query *query, void *context)
{
    VarSearch *search = context;
    search->level++;
    bool found =
        query_walk_exprs(query, locate_in_expr, context) || query_walk_subqueries(query, locate_in_query, context);
    search->level--;
    return found;
}

int32_t clause_locate_var(Expr *expr, int level)
{
    VarSearch search = {level, -1};
    locate_in_expr(expr, &search);
    return search.location;
}

int32_t clause_locate_var_in_query(Query *query, int level)
{
    VarSearch search = {level - 1, -1};
    locate_in_query(query, &search);
    return search.location;
}

bool clause_check_var_free(ParseState *ps, Expr *expr, const char *construct)
{
    if (!expr_contains_vars_of_level(expr, 0))
        return true;
    ps_error(ps, clause_locate_var(expr, 0), SQLSTATE_INVALID_COLUMN_REFERENCE,
             "argument of %s must not contain variables", construct);
    return false;
}

/* ---- LIMIT ---- */

Expr *clause_transform_limit(ParseState *ps, const AstNode *raw, ParseExprKind kind, const char *construct,
                             bool with_ties, bool *failed)
{
    if (!raw)
        return NULL;
    Expr *expr = expr_transform(ps, raw, kind);
    expr = expr ? coerce_to_specific(ps, expr, TYPE_INT8, construct) : NULL;
    if (!expr || !clause_check_var_free(ps, expr, construct)) {
        *failed = true;
        return NULL;
    }
    if (kind == PARSE_LIMIT && with_ties && ast_kind(raw) == AST_A_CONST && raw->a_const->isnull) {
        ps_error(ps, -1, SQLSTATE_INVALID_ROW_COUNT_IN_LIMIT_CLAUSE,
                 "row count cannot be null in FETCH FIRST ... WITH TIES clause");
        *failed = true;
        return NULL;
    }
    return expr;
}

bool clause_transform_limits(ParseState *ps, const AstSelectStmt *raw)
{
    Query *query = ps->query;
    bool failed = false;
    query->limit_with_ties = raw->limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES;
    query->offset =
        clause_transform_limit(ps, raw->limit_offset, PARSE_OFFSET, "OFFSET", query->limit_with_ties, &failed);
    if (!failed)
        query->limit =
            clause_transform_limit(ps, raw->limit_count, PARSE_LIMIT, "LIMIT", query->limit_with_ties, &failed);
    return !failed;
}
