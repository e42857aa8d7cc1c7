/* Expressions that stand alone: defaults, checks, index expressions and what else DDL has of them; and CALL. What
 * PostgreSQL does in cookDefault, cookConstraint (catalog/heap.c), transformIndexStmt (parse_utilcmd.c) and
 * ExecuteCallStmt. */
#include "analyze/expr_parts.h"

static Analyzer make_analyzer(const AnalyzeContext *context, ParamTypes *params, const ExprScope *scope)
{
    return (Analyzer){.catalog = context->catalog,
                      .arena = context->arena,
                      .diags = context->diags,
                      .sql = context->sql,
                      .params = params,
                      .scope = scope};
}

/* The scope's relations become this level's range table. */
static bool enter_scope(ParseState *ps, const ExprScope *scope)
{
    for (size_t i = 0; scope && i < scope->nrelations; i++) {
        const char *alias = scope->aliases ? scope->aliases[i] : NULL;
        PgQuery__Alias *raw = NULL;
        if (alias) {
            raw = arena_new_of(ps_arena(ps), PgQuery__Alias);
            pg_query__alias__init(raw);
            raw->aliasname = arena_strdup(ps_arena(ps), alias);
        }
        NsItem *item = relation_add_relation(ps, scope->relations[i], raw, alias, false, true);
        if (!item)
            return false;
        relation_add_to_query(ps, item, false, true, true);
    }
    return true;
}

static bool may_not_have_vars(ParseExprKind kind)
{
    return kind == PARSE_COLUMN_DEFAULT || kind == PARSE_FUNCTION_DEFAULT || kind == PARSE_PARTITION_BOUND;
}

/* cookDefault's coercion, and its error. */
static Expr *coerce_default(ParseState *ps, Expr *expr, Oid target, int32_t typmod, const char *name)
{
    Oid type = expr->type;
    bool failed = false;
    Expr *coerced =
        coerce_to_target(ps, expr, target, typmod, COERCION_ASSIGNMENT, FORM_IMPLICIT_CAST, -1, &failed);
    if (!coerced && !failed && ps->expr_kind == PARSE_PARTITION_BOUND) {
        ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH,
                 "specified value cannot be cast to type %s for column \"%s\"", ps_type(ps, target), name);
    } else if (!coerced && !failed) {
        Diag *diag =
            name
                ? ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH,
                           "column \"%s\" is of type %s but %s expression is of type %s", name, ps_type(ps, target),
                           ps->expr_kind == PARSE_GENERATED_COLUMN ? "generation" : "default", ps_type(ps, type))
                : ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH,
                           "argument of %s must be type %s, not type %s", expr_kind_label(ps->expr_kind),
                           ps_type(ps, target), ps_type(ps, type));
        ps_hint(ps, diag, "You will need to rewrite or cast the expression.");
    }
    return coerced;
}

/* The expression with collations; when no target is given, an untyped literal becomes text. */
static Expr *finish(ParseState *ps, Expr *expr, Oid target, int32_t typmod, const char *name)
{
    if (expr && target)
        expr = coerce_default(ps, expr, target, typmod, name);
    else if (expr && expr->type == TYPE_UNKNOWN)
        expr = coerce_type(ps, expr, TYPE_UNKNOWN, TYPE_TEXT, -1, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1);
    return expr && collate_assign_expr(ps, expr) ? expr : NULL;
}

Expr *analyze_expression(const AnalyzeContext *context, const PgQuery__Node *raw, const ExprScope *scope,
                         ParseExprKind kind, Oid target, int32_t target_typmod, const char *name)
{
    Analyzer an = make_analyzer(context, NULL, scope);
    ParseState *ps = parse_state_new(&an, NULL);
    if (!may_not_have_vars(kind) && !enter_scope(ps, scope))
        return NULL;
    Expr *expr = expr_transform(ps, raw, kind);
    ps->expr_kind = kind;
    return finish(ps, expr, target, target_typmod, name);
}

Expr *analyze_assignment(const AnalyzeContext *context, Expr *expr, Oid target, int32_t typmod, bool *failed)
{
    Analyzer an = make_analyzer(context, NULL, NULL);
    ParseState *ps = parse_state_new(&an, NULL);
    *failed = false;
    return coerce_to_target(ps, expr, target, typmod, COERCION_ASSIGNMENT, FORM_IMPLICIT_CAST, -1, failed);
}

Expr *analyze_condition(const AnalyzeContext *context, const PgQuery__Node *raw, const ExprScope *scope,
                        ParseExprKind kind, const char *construct)
{
    Analyzer an = make_analyzer(context, NULL, scope);
    ParseState *ps = parse_state_new(&an, NULL);
    if (!enter_scope(ps, scope))
        return NULL;
    Expr *expr = expr_transform(ps, raw, kind);
    expr = expr ? coerce_to_boolean(ps, expr, construct) : NULL;
    return expr && collate_assign_expr(ps, expr) ? expr : NULL;
}

FuncExpr *analyze_call(const AnalyzeContext *context, const PgQuery__FuncCall *call, ParamTypes *params)
{
    Analyzer an = make_analyzer(context, params, NULL);
    ParseState *ps = parse_state_new(&an, NULL);
    ExprList args = {0};
    for (size_t i = 0; i < call->n_args; i++) {
        Expr *arg = expr_transform(ps, call->args[i], PARSE_CALL_ARGUMENT);
        if (!arg)
            return NULL;
        exprlist_push(context->arena, &args, arg);
    }
    ps->expr_kind = PARSE_CALL_ARGUMENT;
    Expr *expr = func_resolve(ps, call, &args, ps->last_srf, true);
    if (!expr || !collate_assign_expr(ps, expr))
        return NULL;
    return (FuncExpr *)expr;
}
