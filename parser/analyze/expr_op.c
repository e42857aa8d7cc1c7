/* Operator expressions of the grammar (A_Expr) and AND, OR, NOT: the transformAExpr… family of parse_expr.c. */
#include "analyze/expr_parts.h"

#include <string.h>

static bool is_null_constant(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->isnull;
}

static bool is_row(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR;
}

/* ROW(…) op (SELECT …) is a row comparison with a sub-select. */
static Expr *row_against_select(ParseState *ps, const PgQuery__AExpr *raw)
{
    PgQuery__SubLink *sublink = arena_memdup(ps_arena(ps), raw->rexpr->sub_link, sizeof(PgQuery__SubLink));
    sublink->sub_link_type = PG_QUERY__SUB_LINK_TYPE__ROWCOMPARE_SUBLINK;
    sublink->testexpr = raw->lexpr;
    sublink->n_oper_name = raw->n_name;
    sublink->oper_name = raw->name;
    sublink->location = raw->location;
    return expr_transform_sublink(ps, sublink);
}

/* Both sides as ROW expressions; false after an error. */
static bool transform_rows(ParseState *ps, const PgQuery__AExpr *raw, ExprList *left, ExprList *right)
{
    Expr *lrow = expr_recurse(ps, raw->lexpr);
    Expr *rrow = lrow ? expr_recurse(ps, raw->rexpr) : NULL;
    if (!rrow)
        return false;
    *left = ((RowExpr *)lrow)->args;
    *right = ((RowExpr *)rrow)->args;
    return true;
}

static Expr *transform_op(ParseState *ps, const PgQuery__AExpr *raw)
{
    if (is_row(raw->lexpr) && raw->rexpr && raw->rexpr->node_case == PG_QUERY__NODE__NODE_SUB_LINK &&
        raw->rexpr->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        return row_against_select(ps, raw);
    if (is_row(raw->lexpr) && is_row(raw->rexpr)) {
        ExprList left, right;
        if (!transform_rows(ps, raw, &left, &right))
            return NULL;
        return row_compare_make(ps, raw->n_name, raw->name, &left, &right, raw->location);
    }
    Expr *last_srf = ps->last_srf;
    Expr *left = NULL;
    if (raw->lexpr && !(left = expr_recurse(ps, raw->lexpr)))
        return NULL;
    Expr *right = expr_recurse(ps, raw->rexpr);
    return right ? oper_make(ps, raw->n_name, raw->name, left, right, last_srf, raw->location) : NULL;
}

static Expr *transform_any_all(ParseState *ps, const PgQuery__AExpr *raw, bool use_or)
{
    Expr *left = expr_recurse(ps, raw->lexpr);
    Expr *right = left ? expr_recurse(ps, raw->rexpr) : NULL;
    if (!right)
        return NULL;
    return oper_make_scalar_array(ps, raw->n_name, raw->name, use_or, left, right, raw->location);
}

static Expr *negate(ParseState *ps, Expr *expr, int32_t location)
{
    if (!expr)
        return NULL;
    BoolExpr *not = expr_make(ps_arena(ps), EXPR_BOOL, BoolExpr, TYPE_BOOL, location);
    not ->op = BOOL_NOT;
    exprlist_push(ps_arena(ps), &not ->args, expr);
    return &not ->expr;
}

static Expr *transform_distinct(ParseState *ps, const PgQuery__AExpr *raw, bool is_distinct)
{
    /* IS [NOT] DISTINCT FROM NULL is a test for NULL. */
    if (is_null_constant(raw->rexpr) || is_null_constant(raw->lexpr)) {
        Expr *arg = expr_recurse(ps, is_null_constant(raw->rexpr) ? raw->lexpr : raw->rexpr);
        if (!arg)
            return NULL;
        return expr_make_null_test(ps, arg, !is_distinct, raw->location);
    }
    Expr *expr = NULL;
    Expr *left = expr_recurse(ps, raw->lexpr);
    Expr *right = left ? expr_recurse(ps, raw->rexpr) : NULL;
    if (!right)
        return NULL;
    if (left->kind == EXPR_ROW && right->kind == EXPR_ROW)
        expr = row_distinct_make(ps, raw->n_name, raw->name, &((RowExpr *)left)->args, &((RowExpr *)right)->args,
                                 raw->location);
    else
        expr = row_distinct_make_scalar(ps, raw->n_name, raw->name, left, right, raw->location);
    return is_distinct ? expr : negate(ps, expr, raw->location);
}

static Expr *transform_nullif(ParseState *ps, const PgQuery__AExpr *raw)
{
    Expr *left = expr_recurse(ps, raw->lexpr);
    Expr *right = left ? expr_recurse(ps, raw->rexpr) : NULL;
    Expr *expr = right ? oper_make(ps, raw->n_name, raw->name, left, right, ps->last_srf, raw->location) : NULL;
    if (!expr)
        return NULL;
    if (expr->type != TYPE_BOOL) {
        ps_error(ps, raw->location, SQLSTATE_DATATYPE_MISMATCH, "NULLIF requires = operator to yield boolean");
        return NULL;
    }
    OpExpr *op = (OpExpr *)expr;
    if (op->returns_set) {
        ps_error(ps, raw->location, SQLSTATE_DATATYPE_MISMATCH, "%s must not return a set", "NULLIF");
        return NULL;
    }
    op->expr.kind = EXPR_NULLIF;
    op->expr.type = op->args.items[0]->type;
    op->expr.typmod = op->args.items[0]->typmod;
    return expr;
}

static bool contains_vars(Expr *expr)
{
    return expr_contains_vars_of_level(expr, 0);
}

/* IN (list): several items without Vars become one ScalarArrayOp over a common array type, the rest = comparisons.
 */
static Expr *in_as_array(ParseState *ps, const PgQuery__AExpr *raw, bool use_or, Expr *left, const ExprList *items,
                         bool *applies)
{
    Arena *arena = ps_arena(ps);
    ExprList all = {0};
    exprlist_push(arena, &all, left);
    for (size_t i = 0; i < items->len; i++)
        exprlist_push(arena, &all, items->items[i]);
    *applies = false;
    /* The common type is taken of the left side too, as PostgreSQL does, and not when it is RECORD. */
    Oid scalar = coerce_select_common(ps, &all, NULL, NULL);
    Oid array = scalar && scalar != TYPE_RECORD ? type_array(ps_catalog(ps), scalar) : INVALID_OID;
    for (size_t i = 0; array && i < all.len; i++) {
        Oid type = all.items[i]->type;
        if (!coercion_possible(ps_catalog(ps), 1, &type, &scalar, COERCION_IMPLICIT))
            array = INVALID_OID;
    }
    if (!array)
        return NULL;
    *applies = true;
    ArrayExpr *list = expr_make(arena, EXPR_ARRAY, ArrayExpr, array, -1);
    list->element_type = scalar;
    for (size_t i = 0; i < items->len; i++) {
        Expr *item = coerce_to_common(ps, items->items[i], scalar, "IN");
        if (!item)
            return NULL;
        exprlist_push(arena, &list->elements, item);
    }
    return oper_make_scalar_array(ps, raw->n_name, raw->name, use_or, left, &list->expr, raw->location);
}

/* A copy of what a comparison could change in place: the type of a parameter that has none yet. */
static Expr *fresh_params(Arena *arena, Expr *expr)
{
    if (expr->kind == EXPR_PARAM) {
        Param *param = arena_new_of(arena, Param);
        *param = *(Param *)expr;
        return &param->expr;
    }
    if (expr->kind == EXPR_COLLATE) {
        Coercion *collate = arena_new_of(arena, Coercion);
        *collate = *(Coercion *)expr;
        collate->arg = fresh_params(arena, collate->arg);
        return &collate->expr;
    }
    if (expr->kind == EXPR_ROW) {
        RowExpr *row = arena_new_of(arena, RowExpr);
        *row = *(RowExpr *)expr;
        row->args = (ExprList){0};
        for (size_t i = 0; i < ((RowExpr *)expr)->args.len; i++)
            exprlist_push(arena, &row->args, fresh_params(arena, ((RowExpr *)expr)->args.items[i]));
        return &row->expr;
    }
    return expr;
}

static Expr *in_comparison(ParseState *ps, const PgQuery__AExpr *raw, Expr *left, Expr *right)
{
    Expr *test;
    if (left->kind == EXPR_ROW && right->kind == EXPR_ROW)
        test = row_compare_make(ps, raw->n_name, raw->name, &((RowExpr *)left)->args, &((RowExpr *)right)->args,
                                raw->location);
    else
        test = oper_make(ps, raw->n_name, raw->name, left, right, ps->last_srf, raw->location);
    return test ? coerce_to_boolean(ps, test, "IN") : NULL;
}

static Expr *transform_in(ParseState *ps, const PgQuery__AExpr *raw)
{
    Arena *arena = ps_arena(ps);
    bool use_or = strcmp(raw->name[raw->n_name - 1]->string->sval, "<>") != 0;
    Expr *left = expr_recurse(ps, raw->lexpr);
    if (!left)
        return NULL;
    ExprList all = {0}, with_vars = {0}, without = {0}, tests = {0};
    const PgQuery__List *list = raw->rexpr->list;
    for (size_t i = 0; i < list->n_items; i++) {
        Expr *item = expr_recurse(ps, list->items[i]);
        if (!item)
            return NULL;
        exprlist_push(arena, &all, item);
        exprlist_push(arena, contains_vars(item) ? &with_vars : &without, item);
    }
    const ExprList *rest = &all;
    if (without.len > 1) {
        bool applies;
        Expr *test = in_as_array(ps, raw, use_or, left, &without, &applies);
        if (applies && !test)
            return NULL;
        if (test) {
            exprlist_push(arena, &tests, test);
            rest = &with_vars;
        }
    }
    for (size_t i = 0; i < rest->len; i++) {
        Expr *test = in_comparison(ps, raw, fresh_params(arena, left), rest->items[i]);
        if (!test)
            return NULL;
        exprlist_push(arena, &tests, test);
    }
    if (tests.len == 1)
        return tests.items[0];
    BoolExpr *result = expr_make(arena, EXPR_BOOL, BoolExpr, TYPE_BOOL, raw->location);
    result->op = use_or ? BOOL_OR : BOOL_AND;
    result->args = tests;
    return &result->expr;
}

/* ---- BETWEEN: rewritten as comparisons, each side transformed anew ---- */

static PgQuery__Node *raw_op(Arena *arena, const char *name, PgQuery__Node *left, PgQuery__Node *right,
                             int32_t location)
{
    PgQuery__AExpr *op = arena_new_of(arena, PgQuery__AExpr);
    pg_query__a__expr__init(op);
    op->kind = PG_QUERY__A__EXPR__KIND__AEXPR_OP;
    op->name = arena_new_of(arena, PgQuery__Node *);
    op->name[0] = oper_name_node(arena, name);
    op->n_name = 1;
    op->lexpr = left;
    op->rexpr = right;
    op->location = location;
    PgQuery__Node *node = arena_new_of(arena, PgQuery__Node);
    pg_query__node__init(node);
    node->node_case = PG_QUERY__NODE__NODE_A_EXPR;
    node->a_expr = op;
    return node;
}

static PgQuery__Node *raw_bool(Arena *arena, PgQuery__BoolExprType type, PgQuery__Node *left, PgQuery__Node *right,
                               int32_t location)
{
    PgQuery__BoolExpr *expr = arena_new_of(arena, PgQuery__BoolExpr);
    pg_query__bool_expr__init(expr);
    expr->boolop = type;
    expr->args = arena_array_of(arena, 2, PgQuery__Node *);
    expr->args[0] = left;
    expr->args[1] = right;
    expr->n_args = 2;
    expr->location = location;
    PgQuery__Node *node = arena_new_of(arena, PgQuery__Node);
    pg_query__node__init(node);
    node->node_case = PG_QUERY__NODE__NODE_BOOL_EXPR;
    node->bool_expr = expr;
    return node;
}

static PgQuery__Node *raw_range(Arena *arena, const PgQuery__AExpr *raw, bool inside, bool swapped)
{
    PgQuery__Node *low = raw->rexpr->list->items[swapped ? 1 : 0];
    PgQuery__Node *high = raw->rexpr->list->items[swapped ? 0 : 1];
    PgQuery__Node *first = raw_op(arena, inside ? ">=" : "<", raw->lexpr, low, raw->location);
    PgQuery__Node *second = raw_op(arena, inside ? "<=" : ">", raw->lexpr, high, raw->location);
    return raw_bool(arena, inside ? PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR : PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR, first,
                    second, raw->location);
}

static Expr *transform_between(ParseState *ps, const PgQuery__AExpr *raw, bool inside, bool symmetric)
{
    Arena *arena = ps_arena(ps);
    PgQuery__Node *range = raw_range(arena, raw, inside, false);
    if (symmetric)
        range = raw_bool(arena, inside ? PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR : PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR,
                         range, raw_range(arena, raw, inside, true), raw->location);
    return expr_recurse(ps, range);
}

Expr *expr_transform_a_expr(ParseState *ps, const PgQuery__AExpr *raw)
{
    switch ((int)raw->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        return transform_op(ps, raw);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        return transform_any_all(ps, raw, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        return transform_any_all(ps, raw, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
        return transform_distinct(ps, raw, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        return transform_distinct(ps, raw, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return transform_nullif(ps, raw);
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return transform_in(ps, raw);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        return transform_between(ps, raw, true, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        return transform_between(ps, raw, false, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
        return transform_between(ps, raw, true, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        return transform_between(ps, raw, false, true);
    default:
        ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported operator expression");
        return NULL;
    }
}

Expr *expr_transform_bool(ParseState *ps, const PgQuery__BoolExpr *raw)
{
    static const struct {
        const char *name;
        BoolOp op;
    } ops[] = {
        [PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR] = {"AND", BOOL_AND},
        [PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR] = {"OR", BOOL_OR},
        [PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR] = {"NOT", BOOL_NOT},
    };
    BoolExpr *expr = expr_make(ps_arena(ps), EXPR_BOOL, BoolExpr, TYPE_BOOL, raw->location);
    expr->op = ops[raw->boolop].op;
    for (size_t i = 0; i < raw->n_args; i++) {
        Expr *arg = expr_recurse(ps, raw->args[i]);
        arg = arg ? coerce_to_boolean(ps, arg, ops[raw->boolop].name) : NULL;
        if (!arg)
            return NULL;
        exprlist_push(ps_arena(ps), &expr->args, arg);
    }
    return &expr->expr;
}
