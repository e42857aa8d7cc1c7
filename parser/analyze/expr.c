/* Expressions: the one dispatch on raw node kinds, and the simple ones. parse_expr.c of PostgreSQL.
 *
 * Each kind of node has its own function; larger families live in files of their own: column_ref.c, expr_op.c
 * (A_Expr), expr_construct.c (CASE, COALESCE, ARRAY, ROW …), sublink.c, func.c, xml.c. */
#include "analyze/expr_parts.h"

#include <string.h>

static Expr *transform_const(ParseState *ps, const PgQuery__AConst *raw)
{
    Const *constant = expr_make(ps_arena(ps), EXPR_CONST, Const, TYPE_UNKNOWN, raw->location);
    if (raw->isnull) {
        constant->is_null = true;
        return &constant->expr;
    }
    switch (raw->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        constant->expr.type = TYPE_INT4;
        constant->text = arena_printf(ps_arena(ps), "%d", raw->ival->ival);
        break;
    case PG_QUERY__A__CONST__VAL_FVAL:
        constant->text = raw->fval->fval;
        constant->expr.type = literal_number_type(constant->text);
        break;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        constant->expr.type = TYPE_BOOL;
        constant->text = raw->boolval->boolval ? "true" : "false";
        break;
    case PG_QUERY__A__CONST__VAL_SVAL:
        constant->text = raw->sval->sval;
        break;
    case PG_QUERY__A__CONST__VAL_BSVAL:
        constant->expr.type = TYPE_BIT;
        constant->text = raw->bsval->bsval;
        if (!literal_check(ps, TYPE_BIT, -1, constant->text, raw->location))
            return NULL;
        break;
    case PG_QUERY__A__CONST__VAL__NOT_SET:
    case _PG_QUERY__A__CONST__VAL__CASE_IS_INT_SIZE:
        /* proto3 leaves a zero integer out altogether in some builds */
        constant->expr.type = TYPE_INT4;
        constant->text = "0";
        break;
    }
    return &constant->expr;
}

/* libpg_query takes a parameter where PostgreSQL's grammar wants a string constant: integer $1, EXTRACT($1 FROM …).
 */
static Expr *refuse_param(ParseState *ps, const PgQuery__ParamRef *raw)
{
    ps_error(ps, raw->location, SQLSTATE_SYNTAX_ERROR, "syntax error at or near \"$%d\"", raw->number);
    return NULL;
}

static Expr *transform_type_cast(ParseState *ps, const PgQuery__TypeCast *raw)
{
    if (raw->arg->node_case == PG_QUERY__NODE__NODE_PARAM_REF &&
        raw->type_name->location < raw->arg->param_ref->location)
        return refuse_param(ps, raw->arg->param_ref);
    AnalyzeContext context = ps_context(ps);
    int32_t typmod = -1;
    Oid target = analyze_type_name(&context, raw->type_name, &typmod);
    if (!target)
        return NULL;
    Expr *expr = NULL;
    if (raw->arg->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
        /* The elements are resolved as the target's, so that '{}'-less literals and ARRAY[] get its type. */
        int32_t base_typmod = typmod;
        Oid base = type_base_typmod(ps_catalog(ps), target, &base_typmod);
        Oid element = type_element(ps_catalog(ps), base);
        if (element)
            expr = expr_transform_array(ps, raw->arg->a_array_expr, base, element, base_typmod);
        else
            expr = expr_recurse(ps, raw->arg);
    } else {
        expr = expr_recurse(ps, raw->arg);
    }
    if (!expr)
        return NULL;
    int32_t location = raw->location >= 0 ? raw->location : raw->type_name->location;
    Oid input = expr->type;
    bool failed = false;
    Expr *result =
        coerce_to_target(ps, expr, target, typmod, COERCION_EXPLICIT, FORM_EXPLICIT_CAST, location, &failed);
    if (!result && !failed)
        ps_error(ps, coerce_location(location, expr), SQLSTATE_CANNOT_COERCE, "cannot cast type %s to %s",
                 ps_type(ps, input), ps_type(ps, target));
    return result;
}

static Expr *transform_collate(ParseState *ps, const PgQuery__CollateClause *raw)
{
    Expr *arg = expr_recurse(ps, raw->arg);
    if (!arg)
        return NULL;
    if (!type_collation(ps_catalog(ps), arg->type) && arg->type != TYPE_UNKNOWN) {
        ps_error(ps, raw->location, SQLSTATE_DATATYPE_MISMATCH, "collations are not supported by type %s",
                 ps_type(ps, arg->type));
        return NULL;
    }
    AnalyzeContext context = ps_context(ps);
    bool failed = false;
    Oid collation = analyze_collation_name(&context, raw->n_collname, raw->collname, raw->location, &failed);
    if (failed)
        return NULL;
    Coercion *collate = expr_make(ps_arena(ps), EXPR_COLLATE, Coercion, arg->type, raw->location);
    collate->arg = arg;
    collate->expr.typmod = arg->typmod;
    collate->expr.collation = collation;
    return &collate->expr;
}

static Expr *transform_null_test(ParseState *ps, const PgQuery__NullTest *raw)
{
    Expr *arg = expr_recurse(ps, raw->arg);
    if (!arg)
        return NULL;
    return expr_make_null_test(ps, arg, raw->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL, raw->location);
}

Expr *expr_make_null_test(ParseState *ps, Expr *arg, bool is_null, int32_t location)
{
    NullTest *test = expr_make(ps_arena(ps), EXPR_NULL_TEST, NullTest, TYPE_BOOL, location);
    test->arg = arg;
    test->is_null = is_null;
    test->arg_is_row = type_is_rowtype(ps_catalog(ps), arg->type);
    return &test->expr;
}

static Expr *transform_boolean_test(ParseState *ps, const PgQuery__BooleanTest *raw)
{
    static const struct {
        PgQuery__BoolTestType raw;
        BoolTestKind kind;
        const char *name;
    } tests[] = {
        {PG_QUERY__BOOL_TEST_TYPE__IS_TRUE, TEST_TRUE, "IS TRUE"},
        {PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE, TEST_NOT_TRUE, "IS NOT TRUE"},
        {PG_QUERY__BOOL_TEST_TYPE__IS_FALSE, TEST_FALSE, "IS FALSE"},
        {PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE, TEST_NOT_FALSE, "IS NOT FALSE"},
        {PG_QUERY__BOOL_TEST_TYPE__IS_UNKNOWN, TEST_UNKNOWN, "IS UNKNOWN"},
        {PG_QUERY__BOOL_TEST_TYPE__IS_NOT_UNKNOWN, TEST_NOT_UNKNOWN, "IS NOT UNKNOWN"},
    };
    size_t i = 0;
    while (i + 1 < sizeof tests / sizeof *tests && tests[i].raw != raw->booltesttype)
        i++;
    Expr *arg = expr_recurse(ps, raw->arg);
    arg = arg ? coerce_to_boolean(ps, arg, tests[i].name) : NULL;
    if (!arg)
        return NULL;
    BooleanTest *test = expr_make(ps_arena(ps), EXPR_BOOLEAN_TEST, BooleanTest, TYPE_BOOL, raw->location);
    test->arg = arg;
    test->test = tests[i].kind;
    return &test->expr;
}

static Expr *transform_value_function(ParseState *ps, const PgQuery__SQLValueFunction *raw)
{
    static const struct {
        SqlValueFunctionKind kind;
        Oid type;
    } functions[] = {
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE] = {SVF_CURRENT_DATE, TYPE_DATE},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME] = {SVF_CURRENT_TIME, TYPE_TIMETZ},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N] = {SVF_CURRENT_TIME, TYPE_TIMETZ},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP] = {SVF_CURRENT_TIMESTAMP, TYPE_TIMESTAMPTZ},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N] = {SVF_CURRENT_TIMESTAMP, TYPE_TIMESTAMPTZ},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME] = {SVF_LOCALTIME, TYPE_TIME},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N] = {SVF_LOCALTIME, TYPE_TIME},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP] = {SVF_LOCALTIMESTAMP, TYPE_TIMESTAMP},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N] = {SVF_LOCALTIMESTAMP, TYPE_TIMESTAMP},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE] = {SVF_CURRENT_ROLE, TYPE_NAME},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER] = {SVF_CURRENT_USER, TYPE_NAME},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER] = {SVF_USER, TYPE_NAME},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER] = {SVF_SESSION_USER, TYPE_NAME},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG] = {SVF_CURRENT_CATALOG, TYPE_NAME},
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA] = {SVF_CURRENT_SCHEMA, TYPE_NAME},
    };
    if (raw->op <= 0 || (size_t)raw->op >= sizeof functions / sizeof *functions) {
        ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported SQL value function");
        return NULL;
    }
    SqlValueFunction *call =
        expr_make(ps_arena(ps), EXPR_SQL_VALUE_FUNCTION, SqlValueFunction, functions[raw->op].type, raw->location);
    call->function = functions[raw->op].kind;
    call->expr.typmod = raw->typmod;
    call->expr.collation = type_collation(ps_catalog(ps), call->expr.type);
    return &call->expr;
}

static Expr *transform_current_of(ParseState *ps, const PgQuery__CurrentOfExpr *raw)
{
    CurrentOf *current = expr_make(ps_arena(ps), EXPR_CURRENT_OF, CurrentOf, TYPE_BOOL, -1);
    current->rtindex = ps->target_item ? ps->target_item->rtindex : 0;
    current->cursor = raw->cursor_name;
    current->param = raw->cursor_param;
    return &current->expr;
}

static Expr *transform_named_arg(ParseState *ps, const PgQuery__NamedArgExpr *raw)
{
    Expr *arg = expr_recurse(ps, raw->arg);
    if (!arg)
        return NULL;
    NamedArg *named = expr_make(ps_arena(ps), EXPR_NAMED_ARG, NamedArg, arg->type, raw->location);
    named->expr.typmod = arg->typmod;
    named->name = raw->name;
    named->arg = arg;
    named->position = -1;
    return &named->expr;
}

static bool is_extract_of_param(const PgQuery__FuncCall *raw)
{
    return raw->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX && raw->n_funcname == 2 &&
           strcmp(raw->funcname[1]->string->sval, "extract") == 0 && raw->n_args &&
           raw->args[0]->node_case == PG_QUERY__NODE__NODE_PARAM_REF;
}

static Expr *transform_func_call(ParseState *ps, const PgQuery__FuncCall *raw)
{
    Expr *last_srf = ps->last_srf;
    ExprList args = {0};
    if (is_extract_of_param(raw))
        return refuse_param(ps, raw->args[0]->param_ref);
    for (size_t i = 0; i < raw->n_args; i++) {
        Expr *arg = expr_recurse(ps, raw->args[i]);
        if (!arg)
            return NULL;
        exprlist_push(ps_arena(ps), &args, arg);
    }
    for (size_t i = 0; raw->agg_within_group && i < raw->n_agg_order; i++) {
        Expr *arg = expr_transform(ps, raw->agg_order[i]->sort_by->node, PARSE_ORDER_BY);
        if (!arg)
            return NULL;
        exprlist_push(ps_arena(ps), &args, arg);
    }
    return func_resolve(ps, raw, &args, last_srf, false);
}

static Expr *dispatch(ParseState *ps, const PgQuery__Node *raw)
{
    switch ((int)raw->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        if (newer_is_construct(ps, raw->column_ref->n_fields, raw->column_ref->fields, false,
                               raw->column_ref->location))
            return NULL;
        return expr_transform_column_ref(ps, raw->column_ref);
    case PG_QUERY__NODE__NODE_PARAM_REF:
        return param_transform(ps, raw->param_ref);
    case PG_QUERY__NODE__NODE_A_CONST:
        return transform_const(ps, raw->a_const);
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        return expr_transform_indirection(ps, raw->a_indirection);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return expr_transform_array(ps, raw->a_array_expr, INVALID_OID, INVALID_OID, -1);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return transform_type_cast(ps, raw->type_cast);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return transform_collate(ps, raw->collate_clause);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return expr_transform_a_expr(ps, raw->a_expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return expr_transform_bool(ps, raw->bool_expr);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return transform_func_call(ps, raw->func_call);
    case PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF:
        return expr_transform_multi_assign(ps, raw->multi_assign_ref);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return agg_transform_grouping(ps, raw->grouping_func);
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
        return transform_named_arg(ps, raw->named_arg_expr);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return expr_transform_sublink(ps, raw->sub_link);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return expr_transform_case(ps, raw->case_expr);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return expr_transform_row(ps, raw->row_expr, false);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return expr_transform_coalesce(ps, raw->coalesce_expr);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return expr_transform_min_max(ps, raw->min_max_expr);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return transform_value_function(ps, raw->sqlvalue_function);
    case PG_QUERY__NODE__NODE_XML_EXPR:
        return expr_transform_xml(ps, raw->xml_expr);
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
        return expr_transform_xml_serialize(ps, raw->xml_serialize);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return transform_null_test(ps, raw->null_test);
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return transform_boolean_test(ps, raw->boolean_test);
    case PG_QUERY__NODE__NODE_CURRENT_OF_EXPR:
        return transform_current_of(ps, raw->current_of_expr);
    case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
        ps_error(ps, raw->set_to_default->location, SQLSTATE_SYNTAX_ERROR,
                 "DEFAULT is not allowed in this context");
        return NULL;
    default:
        ps_error(ps, ast_location(raw), SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported expression: %s",
                 ast_kind_name(raw));
        return NULL;
    }
}

Expr *expr_recurse(ParseState *ps, const PgQuery__Node *raw)
{
    if (!ps_enter(ps))
        return NULL;
    Expr *expr = dispatch(ps, raw);
    ps_leave(ps);
    return expr;
}

Expr *expr_transform(ParseState *ps, const PgQuery__Node *raw, ParseExprKind kind)
{
    ParseExprKind outer = ps->expr_kind;
    ps->expr_kind = kind;
    Expr *expr = expr_recurse(ps, raw);
    ps->expr_kind = outer;
    return expr;
}

static bool returns_set(Expr *expr, void *context)
{
    if ((expr->kind == EXPR_FUNC && ((FuncExpr *)expr)->returns_set) ||
        (expr->kind == EXPR_OP && ((OpExpr *)expr)->returns_set))
        return true;
    /* Aggregates and window functions swallow what is inside them. */
    if (expr->kind == EXPR_AGGREF || expr->kind == EXPR_WINDOW_FUNC || expr->kind == EXPR_GROUPING)
        return false;
    return expr_walk(expr, returns_set, context);
}

bool expr_returns_set(Expr *expr)
{
    return expr && returns_set(expr, NULL);
}
