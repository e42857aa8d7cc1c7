/* Expressions that put values together: CASE, COALESCE, GREATEST, ARRAY[], ROW(). From PostgreSQL's parse_expr.c.
 */
#include "analyze/expr_parts.h"

static Expr *null_constant(ParseState *ps)
{
    Const *constant = expr_make(ps_arena(ps), EXPR_CONST, Const, TYPE_UNKNOWN, -1);
    constant->is_null = true;
    return &constant->expr;
}

/* ---- CASE ---- */

/* The argument of a simple CASE; *test stands for its value in the comparisons. */
static bool transform_case_arg(ParseState *ps, const PgQuery__CaseExpr *raw, CaseExpr *expr)
{
    if (!raw->arg)
        return true;
    Expr *arg = expr_recurse(ps, raw->arg);
    if (arg && arg->type == TYPE_UNKNOWN)
        arg = coerce_to_common(ps, arg, TYPE_TEXT, "CASE");
    if (!arg)
        return false;
    expr->arg = arg;
    return true;
}

static Expr *case_test(ParseState *ps, const Expr *arg)
{
    Expr *test = expr_new(ps_arena(ps), EXPR_CASE_TEST, sizeof(Expr), arg->type, -1);
    test->typmod = arg->typmod;
    test->collation = arg->collation;
    return test;
}

static Expr *transform_when(ParseState *ps, const PgQuery__Node *raw, const CaseExpr *expr, int32_t location)
{
    Expr *condition = expr_recurse(ps, raw);
    if (condition && expr->arg)
        condition = oper_make_named(ps, "=", case_test(ps, expr->arg), condition, location);
    return condition ? coerce_to_boolean(ps, condition, "CASE/WHEN") : NULL;
}

Expr *expr_transform_case(ParseState *ps, const PgQuery__CaseExpr *raw)
{
    Arena *arena = ps_arena(ps);
    Expr *last_srf = ps->last_srf;
    CaseExpr *expr = expr_make(arena, EXPR_CASE, CaseExpr, INVALID_OID, raw->location);
    if (!transform_case_arg(ps, raw, expr))
        return NULL;
    if (expr->arg && !collate_assign_expr(ps, expr->arg))
        return NULL;
    ExprList results = {0};
    expr->whens = arena_array_of(arena, raw->n_args, CaseWhen);
    for (size_t i = 0; i < raw->n_args; i++) {
        const PgQuery__CaseWhen *when = raw->args[i]->case_when;
        expr->whens[i].condition = transform_when(ps, when->expr, expr, when->location);
        expr->whens[i].result = expr->whens[i].condition ? expr_recurse(ps, when->result) : NULL;
        if (!expr->whens[i].result)
            return NULL;
        exprlist_push(arena, &results, expr->whens[i].result);
        expr->nwhens++;
    }
    expr->has_else = raw->defresult != NULL;
    expr->otherwise = raw->defresult ? expr_recurse(ps, raw->defresult) : null_constant(ps);
    if (!expr->otherwise)
        return NULL;
    /* The default comes first in the choice of the type (transformCaseExpr says so "for historical reasons"). */
    ExprList all = {0};
    exprlist_push(arena, &all, expr->otherwise);
    for (size_t i = 0; i < results.len; i++)
        exprlist_push(arena, &all, results.items[i]);
    expr->expr.type = coerce_select_common(ps, &all, "CASE", NULL);
    if (!expr->expr.type)
        return NULL;
    expr->otherwise = coerce_to_common(ps, expr->otherwise, expr->expr.type, "CASE/ELSE");
    ExprList coerced = {0};
    exprlist_push(arena, &coerced, expr->otherwise);
    for (size_t i = 0; expr->otherwise && i < expr->nwhens; i++) {
        expr->whens[i].result = coerce_to_common(ps, expr->whens[i].result, expr->expr.type, "CASE/WHEN");
        if (!expr->whens[i].result)
            return NULL;
        exprlist_push(arena, &coerced, expr->whens[i].result);
    }
    if (!expr->otherwise)
        return NULL;
    expr->expr.typmod = coerce_common_typmod(&coerced, expr->expr.type);
    if (ps->last_srf != last_srf) {
        Diag *diag = ps_error(ps, expr_location(ps->last_srf), SQLSTATE_FEATURE_NOT_SUPPORTED,
                              "set-returning functions are not allowed in %s", "CASE");
        ps_hint(ps, diag, "You might be able to move the set-returning function into a LATERAL FROM item.");
        return NULL;
    }
    return &expr->expr;
}

/* ---- COALESCE, GREATEST, LEAST ---- */

static bool transform_args(ParseState *ps, size_t n, PgQuery__Node *const *raw, const char *construct,
                           VariadicExpr *expr)
{
    ExprList args = {0};
    for (size_t i = 0; i < n; i++) {
        Expr *arg = expr_recurse(ps, raw[i]);
        if (!arg)
            return false;
        exprlist_push(ps_arena(ps), &args, arg);
    }
    expr->expr.type = coerce_select_common(ps, &args, construct, NULL);
    if (!expr->expr.type)
        return false;
    for (size_t i = 0; i < n; i++) {
        Expr *arg = coerce_to_common(ps, args.items[i], expr->expr.type, construct);
        if (!arg)
            return false;
        exprlist_push(ps_arena(ps), &expr->args, arg);
    }
    expr->expr.typmod = coerce_common_typmod(&expr->args, expr->expr.type);
    return true;
}

Expr *expr_transform_coalesce(ParseState *ps, const PgQuery__CoalesceExpr *raw)
{
    Expr *last_srf = ps->last_srf;
    VariadicExpr *expr = expr_make(ps_arena(ps), EXPR_COALESCE, VariadicExpr, INVALID_OID, raw->location);
    if (!transform_args(ps, raw->n_args, raw->args, "COALESCE", expr))
        return NULL;
    if (ps->last_srf != last_srf) {
        Diag *diag = ps_error(ps, expr_location(ps->last_srf), SQLSTATE_FEATURE_NOT_SUPPORTED,
                              "set-returning functions are not allowed in %s", "COALESCE");
        ps_hint(ps, diag, "You might be able to move the set-returning function into a LATERAL FROM item.");
        return NULL;
    }
    return &expr->expr;
}

Expr *expr_transform_min_max(ParseState *ps, const PgQuery__MinMaxExpr *raw)
{
    VariadicExpr *expr = expr_make(ps_arena(ps), EXPR_MIN_MAX, VariadicExpr, INVALID_OID, raw->location);
    expr->greatest = raw->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
    if (!transform_args(ps, raw->n_args, raw->args, expr->greatest ? "GREATEST" : "LEAST", expr))
        return NULL;
    return &expr->expr;
}

/* ---- ARRAY[] ---- */

/* An element of this type is a sub-array; the two vector types are elements in spite of their subscripts. */
static bool is_array(ParseState *ps, Oid type)
{
    return type != TYPE_INT2VECTOR && type != TYPE_OIDVECTOR && type_element(ps_catalog(ps), type);
}

/* The elements, nested ARRAY[] ones as sub-arrays; false after an error. */
static bool transform_elements(ParseState *ps, const PgQuery__AArrayExpr *raw, Oid array, Oid element,
                               int32_t typmod, ArrayExpr *expr)
{
    for (size_t i = 0; i < raw->n_elements; i++) {
        const PgQuery__Node *item = raw->elements[i];
        Expr *value;
        if (item->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
            value = expr_transform_array(ps, item->a_array_expr, array, element, typmod);
            expr->multidims = true;
        } else {
            value = expr_recurse(ps, item);
            if (value && is_array(ps, value->type))
                expr->multidims = true;
        }
        if (!value)
            return false;
        exprlist_push(ps_arena(ps), &expr->elements, value);
    }
    return true;
}

/* The element and array types of an array without an enclosing cast. */
static bool choose_element_type(ParseState *ps, ArrayExpr *expr, Oid *array, Oid *coerce_to)
{
    Oid common = coerce_select_common(ps, &expr->elements, "ARRAY", NULL);
    if (!common)
        return false;
    *coerce_to = common;
    if (expr->multidims) {
        *array = common;
        expr->element_type = type_element(ps_catalog(ps), common);
        if (!expr->element_type) {
            ps_error(ps, expr->expr.location, SQLSTATE_UNDEFINED_OBJECT,
                     "could not find element type for data type %s", ps_type(ps, common));
            return false;
        }
        return true;
    }
    expr->element_type = common;
    *array = type_array(ps_catalog(ps), common);
    if (!*array)
        ps_error(ps, expr->expr.location, SQLSTATE_UNDEFINED_OBJECT, "could not find array type for data type %s",
                 ps_type(ps, common));
    return *array != INVALID_OID;
}

static bool coerce_elements(ParseState *ps, ArrayExpr *expr, Oid target, int32_t typmod, bool explicit_cast)
{
    for (size_t i = 0; i < expr->elements.len; i++) {
        Expr *item = expr->elements.items[i], *coerced;
        bool failed = false;
        if (explicit_cast)
            coerced =
                coerce_to_target(ps, item, target, typmod, COERCION_EXPLICIT, FORM_EXPLICIT_CAST, -1, &failed);
        else
            coerced = coerce_to_common(ps, item, target, "ARRAY");
        if (!coerced) {
            if (explicit_cast && !failed)
                ps_error(ps, expr_location(item), SQLSTATE_CANNOT_COERCE, "cannot cast type %s to %s",
                         ps_type(ps, item->type), ps_type(ps, target));
            return false;
        }
        expr->elements.items[i] = coerced;
    }
    return true;
}

Expr *expr_transform_array(ParseState *ps, const PgQuery__AArrayExpr *raw, Oid array, Oid element, int32_t typmod)
{
    ArrayExpr *expr = expr_make(ps_arena(ps), EXPR_ARRAY, ArrayExpr, array, raw->location);
    if (!ps_enter(ps))
        return NULL;
    bool ok = transform_elements(ps, raw, array, element, typmod, expr);
    ps_leave(ps);
    if (!ok)
        return NULL;
    Oid coerce_to;
    if (array) {
        coerce_to = expr->multidims ? array : element;
        expr->element_type = element;
    } else if (!raw->n_elements) {
        Diag *diag =
            ps_error(ps, raw->location, SQLSTATE_INDETERMINATE_DATATYPE, "cannot determine type of empty array");
        ps_hint(ps, diag, "Explicitly cast to the desired type, for example ARRAY[]::integer[].");
        return NULL;
    } else if (!choose_element_type(ps, expr, &expr->expr.type, &coerce_to)) {
        return NULL;
    }
    bool explicit_cast = array != INVALID_OID;
    if (!coerce_elements(ps, expr, coerce_to, typmod, explicit_cast))
        return NULL;
    expr->expr.typmod =
        coerce_common_typmod(&expr->elements, expr->multidims ? expr->expr.type : expr->element_type);
    return &expr->expr;
}

/* ---- ROW() ---- */

Expr *expr_transform_row(ParseState *ps, const PgQuery__RowExpr *raw, bool allow_default)
{
    enum { MOST_COLUMNS = 1664 };
    Arena *arena = ps_arena(ps);
    RowExpr *expr = expr_make(arena, EXPR_ROW, RowExpr, TYPE_RECORD, raw->location);
    if (!target_transform_expressions(ps, raw->n_args, raw->args, ps->expr_kind, allow_default, &expr->args))
        return NULL;
    if (expr->args.len > MOST_COLUMNS) {
        ps_error(ps, raw->location, SQLSTATE_TOO_MANY_COLUMNS, "ROW expressions can have at most %d entries",
                 MOST_COLUMNS);
        return NULL;
    }
    expr->form =
        raw->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST ? FORM_IMPLICIT_CAST : FORM_EXPLICIT_CALL;
    expr->names = arena_array_of(arena, expr->args.len, const char *);
    for (size_t i = 0; i < expr->args.len; i++)
        expr->names[i] = arena_printf(arena, "f%zu", i + 1);
    return &expr->expr;
}
