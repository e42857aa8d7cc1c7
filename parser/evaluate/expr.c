/* Expressions, a function a kind (PostgreSQL's execExprInterp.c). */
#include "evaluate/evaluate_private.h"

#include <stdio.h>
#include <stdlib.h>

bool evaluation_step(Evaluation *evaluation)
{
    return !evaluation->failed && evaluation->steps++ < EVALUATE_MOST_STEPS;
}

static Value not_of(const Value *value)
{
    if (value->state != VALUE_KNOWN)
        return value->state == VALUE_NULL ? value_null() : value_unknown();
    return value_bool(!value_is_true(value));
}

static Value evaluate_const(Evaluation *evaluation, const Const *constant)
{
    if (constant->is_null)
        return value_null();
    Value text = value_text(constant->text);
    return value_input(evaluation->arena, evaluation->catalog, &text, constant->expr.type);
}

static Value evaluate_param(Evaluation *evaluation, const Param *param)
{
    if (param->number >= VARIABLE_FIRST)
        return evaluation->variable ? evaluation->variable(evaluation->data, param->number) : value_unknown();
    if (param->number >= 1 && (size_t)param->number <= evaluation->nparams)
        return evaluation->params[param->number - 1];
    return value_unknown();
}

/* Evaluates what may not be evaluated at all: calls have no effect. */
static Value evaluate_in_doubt(Evaluation *evaluation, Expr *expr, bool doubt)
{
    bool outer = evaluation->in_doubt;
    evaluation->in_doubt |= doubt;
    Value value = evaluate_expr(evaluation, expr);
    evaluation->in_doubt = outer;
    return value;
}

static Value evaluate_bool(Evaluation *evaluation, const BoolExpr *expr)
{
    if (expr->op == BOOL_NOT) {
        Value arg = evaluate_expr(evaluation, expr->args.items[0]);
        return not_of(&arg);
    }
    bool unknown = false, null = false;
    for (size_t i = 0; i < expr->args.len; i++) {
        Value arg = evaluate_in_doubt(evaluation, expr->args.items[i], unknown);
        if (arg.state == VALUE_UNKNOWN)
            unknown = true;
        else if (arg.state == VALUE_NULL)
            null = true;
        else if (value_is_true(&arg) == (expr->op == BOOL_OR))
            return arg;
    }
    return unknown ? value_unknown() : null ? value_null() : value_bool(expr->op == BOOL_AND);
}

typedef struct Arguments {
    Value *values;
    Oid *types;
    size_t n;
} Arguments;

static Arguments evaluate_args(Evaluation *evaluation, const ExprList *list)
{
    Arguments args = {arena_array_of(evaluation->arena, list->len + 1, Value),
                      arena_array_of(evaluation->arena, list->len + 1, Oid), list->len};
    for (size_t i = 0; i < list->len; i++) {
        args.values[i] = evaluate_expr(evaluation, list->items[i]);
        args.types[i] = list->items[i]->type;
    }
    return args;
}

static Value evaluate_func(Evaluation *evaluation, const FuncExpr *expr)
{
    Arguments args = evaluate_args(evaluation, &expr->args);
    const Function *function = catalog_function(evaluation->catalog, expr->function);
    if (!function || evaluation->failed)
        return value_unknown();
    if (function->oid < FIRST_USER_OID)
        return function_apply(evaluation, expr, args.values, args.types);
    Value result = value_unknown();
    EvaluateCall call = {function, args.values, args.n, !evaluation->in_doubt, expr->expr.location};
    if (evaluation->call && !evaluation->call(evaluation->data, &call, &result))
        evaluation->failed = true;
    return result;
}

static Value evaluate_op(Evaluation *evaluation, const OpExpr *expr)
{
    Arguments args = evaluate_args(evaluation, &expr->args);
    const Operator *op = catalog_operator(evaluation->catalog, expr->op);
    if (!op || evaluation->failed)
        return value_unknown();
    if (expr->expr.kind == EXPR_OP)
        return operator_apply(evaluation, op, args.values, args.types, args.n);
    const Value *a = &args.values[0], *b = &args.values[1];
    bool distinct = expr->expr.kind == EXPR_DISTINCT;
    if (a->state == VALUE_NULL || b->state == VALUE_NULL) {
        if (!distinct)
            return *a;
        bool both = a->state == b->state, known = a->state != VALUE_UNKNOWN && b->state != VALUE_UNKNOWN;
        return value_truth(known, !both);
    }
    Value equal = operator_apply(evaluation, op, args.values, args.types, args.n);
    if (equal.state != VALUE_KNOWN)
        return value_unknown();
    if (distinct)
        return value_bool(!value_is_true(&equal));
    return value_is_true(&equal) ? value_null() : *a;
}

/* ---- the rest ---- */

static Value evaluate_coercion(Evaluation *evaluation, const Coercion *coercion)
{
    Value arg = evaluate_expr(evaluation, coercion->arg);
    Oid from = coercion->arg->type, to = coercion->expr.type;
    if (coercion->expr.kind == EXPR_COLLATE || coercion->expr.kind == EXPR_COERCE_TO_DOMAIN)
        return arg;
    if (coercion->expr.kind == EXPR_RELABEL) {
        /* varchar(5) and its like come by functions; a name stays what it is */
        ValueFamily a = value_family(evaluation->catalog, from), b = value_family(evaluation->catalog, to);
        return a == b || arg.state != VALUE_KNOWN || arg.is_list
                   ? arg
                   : value_convert(evaluation->arena, evaluation->catalog, &arg, from, to);
    }
    if (coercion->expr.kind != EXPR_COERCE_VIA_IO)
        return value_unknown();
    return value_convert(evaluation->arena, evaluation->catalog, &arg, from, to);
}

static Value evaluate_array_coerce(Evaluation *evaluation, const ArrayCoerce *coercion)
{
    Value array = evaluate_expr(evaluation, coercion->arg);
    if (array.state != VALUE_KNOWN || !array.is_list)
        return array;
    const Catalog *catalog = evaluation->catalog;
    Oid from = type_base_element(catalog, coercion->arg->type),
        to = type_base_element(catalog, coercion->expr.type);
    Value *items = arena_array_of(evaluation->arena, array.nitems + 1, Value);
    for (size_t i = 0; i < array.nitems; i++)
        items[i] = value_convert(evaluation->arena, catalog, &array.items[i], from, to);
    return value_list(items, array.nitems);
}

static Value evaluate_case(Evaluation *evaluation, const CaseExpr *expr)
{
    bool doubt = false;
    Expr *chosen = expr->otherwise;
    Value outer = evaluation->case_value;
    Value argument = expr->arg ? evaluate_expr(evaluation, expr->arg) : value_unknown();
    for (size_t i = 0; i < expr->nwhens && chosen == expr->otherwise; i++) {
        evaluation->case_value = argument;
        Value condition = evaluate_in_doubt(evaluation, expr->whens[i].condition, doubt);
        evaluation->case_value = outer;
        if (!doubt && value_is_true(&condition))
            chosen = expr->whens[i].result;
        bool may_be_chosen = condition.state == VALUE_UNKNOWN || (doubt && value_is_true(&condition));
        doubt |= condition.state == VALUE_UNKNOWN;
        if (may_be_chosen)
            evaluate_in_doubt(evaluation, expr->whens[i].result, true);
    }
    Value result = evaluate_in_doubt(evaluation, chosen, doubt);
    return doubt ? value_unknown() : result;
}

static Value evaluate_coalesce(Evaluation *evaluation, const VariadicExpr *expr)
{
    if (expr->expr.kind != EXPR_COALESCE)
        return value_unknown();
    bool doubt = false;
    for (size_t i = 0; i < expr->args.len; i++) {
        Value arg = evaluate_in_doubt(evaluation, expr->args.items[i], doubt);
        if (arg.state == VALUE_KNOWN && !doubt)
            return arg;
        doubt |= arg.state != VALUE_NULL;
    }
    return doubt ? value_unknown() : value_null();
}

static Value evaluate_null_test(Evaluation *evaluation, const NullTest *test)
{
    Value arg = evaluate_expr(evaluation, test->arg);
    if (arg.state == VALUE_UNKNOWN && (arg.text || arg.bounded || arg.symbol) && !test->arg_is_row)
        return value_bool(!test->is_null); /* what has known parts is there */
    if (arg.state == VALUE_UNKNOWN || (test->arg_is_row && arg.state == VALUE_KNOWN))
        return value_unknown();
    return value_bool((arg.state == VALUE_NULL) == test->is_null);
}

static Value evaluate_boolean_test(Evaluation *evaluation, const BooleanTest *test)
{
    Value arg = evaluate_expr(evaluation, test->arg);
    if (arg.state == VALUE_UNKNOWN)
        return value_unknown();
    bool null = arg.state == VALUE_NULL, truth = value_is_true(&arg);
    switch (test->test) {
    case TEST_TRUE:
        return value_bool(!null && truth);
    case TEST_NOT_TRUE:
        return value_bool(null || !truth);
    case TEST_FALSE:
        return value_bool(!null && !truth);
    case TEST_NOT_FALSE:
        return value_bool(null || truth);
    case TEST_UNKNOWN:
        return value_bool(null);
    case TEST_NOT_UNKNOWN:
        return value_bool(!null);
    }
    return value_unknown();
}

static Value evaluate_subscript(Evaluation *evaluation, const Subscript *expr)
{
    Value array = evaluate_expr(evaluation, expr->container);
    if (expr->is_slice || expr->assigned || expr->upper.len != 1 || array.state != VALUE_KNOWN || !array.is_list)
        return array.state == VALUE_NULL && !expr->assigned ? value_null() : value_unknown();
    Value subscript = evaluate_expr(evaluation, expr->upper.items[0]);
    int64_t number;
    if (!value_integer(&subscript, &number))
        return subscript.state == VALUE_NULL ? value_null() : value_unknown();
    return number >= 1 && (uint64_t)number <= array.nitems ? array.items[number - 1] : value_null();
}

static Value evaluate_list(Evaluation *evaluation, const ExprList *list, bool nested)
{
    Arguments args = evaluate_args(evaluation, list);
    return nested ? value_unknown() : value_list(args.values, args.n);
}

static Value evaluate_field(Evaluation *evaluation, const FieldSelect *select)
{
    Value row = evaluate_expr(evaluation, select->arg);
    if (row.state == VALUE_NULL)
        return value_null();
    bool there =
        row.state == VALUE_KNOWN && row.is_list && select->field >= 1 && (size_t)select->field <= row.nitems;
    return there ? row.items[select->field - 1] : value_unknown();
}

static Value evaluate_value_function(Evaluation *evaluation, const SqlValueFunction *expr)
{
    Value value = value_unknown();
    switch (expr->function) {
    case SVF_CURRENT_ROLE:
    case SVF_CURRENT_USER:
    case SVF_USER:
        value.symbol = "current_user";
        break;
    case SVF_SESSION_USER:
        value.symbol = "session_user";
        break;
    case SVF_CURRENT_CATALOG:
        value.symbol = "current_database";
        break;
    case SVF_CURRENT_SCHEMA: {
        const Schema *schema =
            catalog_schema(evaluation->catalog, catalog_search_path(evaluation->catalog)->creation);
        return schema ? value_text(schema->name) : value_null();
    }
    case SVF_CURRENT_DATE:
    case SVF_CURRENT_TIME:
    case SVF_CURRENT_TIMESTAMP:
    case SVF_LOCALTIME:
    case SVF_LOCALTIMESTAMP:
        break;
    }
    return value;
}

/* Evaluates the parts of what is not known itself, for the calls in them. */
static bool visit_unknown(Expr *expr, void *context)
{
    evaluate_in_doubt(context, expr, true);
    return false;
}

Value evaluate_expr(Evaluation *evaluation, Expr *expr)
{
    if (!evaluation_step(evaluation))
        return value_unknown();
    switch ((int)expr->kind) {
    case EXPR_CONST:
        return evaluate_const(evaluation, (const Const *)expr);
    case EXPR_PARAM:
        return evaluate_param(evaluation, (const Param *)expr);
    case EXPR_VAR:
        return query_var(evaluation, (const Var *)expr);
    case EXPR_BOOL:
        return evaluate_bool(evaluation, (const BoolExpr *)expr);
    case EXPR_FUNC:
        return evaluate_func(evaluation, (const FuncExpr *)expr);
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
        return evaluate_op(evaluation, (const OpExpr *)expr);
    case EXPR_SCALAR_ARRAY_OP:
        return sublink_array_op(evaluation, (const ScalarArrayOp *)expr);
    case EXPR_SUBLINK:
        return sublink_evaluate(evaluation, (SubLink *)expr);
    case EXPR_RELABEL:
    case EXPR_COERCE_VIA_IO:
    case EXPR_COLLATE:
    case EXPR_COERCE_TO_DOMAIN:
        return evaluate_coercion(evaluation, (const Coercion *)expr);
    case EXPR_ARRAY_COERCE:
        return evaluate_array_coerce(evaluation, (const ArrayCoerce *)expr);
    case EXPR_CASE:
        return evaluate_case(evaluation, (const CaseExpr *)expr);
    case EXPR_CASE_TEST:
        return evaluation->case_value;
    case EXPR_COALESCE:
    case EXPR_MIN_MAX:
        return evaluate_coalesce(evaluation, (const VariadicExpr *)expr);
    case EXPR_NULL_TEST:
        return evaluate_null_test(evaluation, (const NullTest *)expr);
    case EXPR_BOOLEAN_TEST:
        return evaluate_boolean_test(evaluation, (const BooleanTest *)expr);
    case EXPR_SUBSCRIPT:
        return evaluate_subscript(evaluation, (const Subscript *)expr);
    case EXPR_ARRAY:
        return evaluate_list(evaluation, &((const ArrayExpr *)expr)->elements,
                             ((const ArrayExpr *)expr)->multidims);
    case EXPR_ROW:
        return evaluate_list(evaluation, &((const RowExpr *)expr)->args, false);
    case EXPR_FIELD_SELECT:
        return evaluate_field(evaluation, (const FieldSelect *)expr);
    case EXPR_SQL_VALUE_FUNCTION:
        return evaluate_value_function(evaluation, (const SqlValueFunction *)expr);
    case EXPR_AGGREF:
        return aggregate_value(evaluation, (const Aggref *)expr);
    case EXPR_WINDOW_FUNC:
        return value_unknown();
    default:
        expr_walk(expr, visit_unknown, evaluation);
        return value_unknown();
    }
}
