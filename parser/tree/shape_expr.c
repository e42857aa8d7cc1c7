/* The shapes of expressions. PostgreSQL keeps the same knowledge in expression_tree_walker, equalfuncs.c and
 * exprLocation (nodes/nodeFuncs.c). */
#include "tree/shape.h"
#include "tree/shape_fields.h"

static const Field no_fields[] = {END};

#define FIELDS(name, ...) static const Field name[] = {__VA_ARGS__, END}

FIELDS(var, BYTES(Var, rtindex), BYTES(Var, attribute), BYTES(Var, levels_up));
FIELDS(constant, BYTES(Const, is_null), TEXT(Const, text));
FIELDS(param, BYTES(Param, number));
FIELDS(aggref, BYTES(Aggref, function), EXPRS(Aggref, direct_args), EXPRS(Aggref, args), EXPRS(Aggref, order_exprs),
       BYTES(Aggref, distinct), BYTES(Aggref, star), BYTES(Aggref, variadic), EXPR(Aggref, filter),
       BYTES(Aggref, levels_up), BYTES(Aggref, input_collation));
FIELDS(grouping, EXPRS(GroupingFunc, args), BYTES(GroupingFunc, levels_up));
FIELDS(window_func, BYTES(WindowFunc, function), EXPRS(WindowFunc, args), EXPR(WindowFunc, filter),
       BYTES(WindowFunc, window), BYTES(WindowFunc, star), BYTES(WindowFunc, is_aggregate),
       BYTES(WindowFunc, input_collation));
FIELDS(subscript, EXPR(Subscript, container), BYTES(Subscript, container_type), BYTES(Subscript, element_type),
       EXPRS(Subscript, upper), EXPRS(Subscript, lower), BYTES(Subscript, is_slice), EXPR(Subscript, assigned));
FIELDS(func, BYTES(FuncExpr, function), BYTES(FuncExpr, returns_set), BYTES(FuncExpr, variadic),
       EXPRS(FuncExpr, args), BYTES(FuncExpr, input_collation));
FIELDS(named_arg, EXPR(NamedArg, arg), TEXT(NamedArg, name), BYTES(NamedArg, position));
FIELDS(op, BYTES(OpExpr, op), BYTES(OpExpr, returns_set), EXPRS(OpExpr, args), BYTES(OpExpr, input_collation));
FIELDS(scalar_array_op, BYTES(ScalarArrayOp, op), BYTES(ScalarArrayOp, use_or), EXPR(ScalarArrayOp, scalar),
       EXPR(ScalarArrayOp, array), BYTES(ScalarArrayOp, input_collation));
FIELDS(boolean, BYTES(BoolExpr, op), EXPRS(BoolExpr, args));
FIELDS(sublink, BYTES(SubLink, sublink), BYTES(SubLink, multi_id), EXPR(SubLink, test), EXPRS(SubLink, lefts),
       QUERY(SubLink, query));
FIELDS(field_select, EXPR(FieldSelect, arg), BYTES(FieldSelect, field));
FIELDS(field_store, EXPR(FieldStore, arg), EXPRS(FieldStore, values), BYTES_ARRAY(FieldStore, fields, values.len));
FIELDS(coercion, EXPR(Coercion, arg));
FIELDS(array_coerce, EXPR(ArrayCoerce, arg), EXPR(ArrayCoerce, element));
FIELDS(case_when, EXPR(CaseWhen, condition), EXPR(CaseWhen, result));
static const Shape case_when_shape = {"CaseWhen", LOCATION_OWN, case_when};
FIELDS(case_expr, EXPR(CaseExpr, arg), STRUCT_ARRAY(CaseExpr, whens, nwhens, case_when_shape),
       EXPR(CaseExpr, otherwise));
FIELDS(array, BYTES(ArrayExpr, element_type), EXPRS(ArrayExpr, elements), BYTES(ArrayExpr, multidims));
FIELDS(row, EXPRS(RowExpr, args), TEXT_ARRAY(RowExpr, names, args.len));
FIELDS(row_compare, BYTES(RowCompare, compare), BYTES_ARRAY(RowCompare, ops, left.len), EXPRS(RowCompare, left),
       EXPRS(RowCompare, right));
FIELDS(variadic, EXPRS(VariadicExpr, args), BYTES(VariadicExpr, greatest), BYTES(VariadicExpr, input_collation));
FIELDS(sql_value_function, BYTES(SqlValueFunction, function));
FIELDS(xml, BYTES(XmlExpr, xml), TEXT(XmlExpr, name), EXPRS(XmlExpr, named_args),
       TEXT_ARRAY(XmlExpr, arg_names, named_args.len), EXPRS(XmlExpr, args));
FIELDS(null_test, EXPR(NullTest, arg), BYTES(NullTest, is_null), BYTES(NullTest, arg_is_row));
FIELDS(boolean_test, EXPR(BooleanTest, arg), BYTES(BooleanTest, test));
FIELDS(current_of, BYTES(CurrentOf, rtindex), TEXT(CurrentOf, cursor), BYTES(CurrentOf, param));
FIELDS(multi_param, BYTES(MultiParam, multi_id), BYTES(MultiParam, column));

static const Shape shapes[] = {
    [EXPR_VAR] = {"Var", LOCATION_OWN, var},
    [EXPR_CONST] = {"Const", LOCATION_OWN, constant},
    [EXPR_PARAM] = {"Param", LOCATION_OWN, param},
    [EXPR_AGGREF] = {"Aggref", LOCATION_OWN, aggref},
    [EXPR_GROUPING] = {"GroupingFunc", LOCATION_OWN, grouping},
    [EXPR_WINDOW_FUNC] = {"WindowFunc", LOCATION_OWN, window_func},
    [EXPR_SUBSCRIPT] = {"SubscriptingRef", LOCATION_ARGUMENT, subscript},
    [EXPR_FUNC] = {"FuncExpr", LOCATION_LEFTMOST, func},
    [EXPR_NAMED_ARG] = {"NamedArgExpr", LOCATION_LEFTMOST, named_arg},
    [EXPR_OP] = {"OpExpr", LOCATION_LEFTMOST, op},
    [EXPR_DISTINCT] = {"DistinctExpr", LOCATION_LEFTMOST, op},
    [EXPR_NULLIF] = {"NullIfExpr", LOCATION_LEFTMOST, op},
    [EXPR_SCALAR_ARRAY_OP] = {"ScalarArrayOpExpr", LOCATION_LEFTMOST, scalar_array_op},
    [EXPR_BOOL] = {"BoolExpr", LOCATION_LEFTMOST, boolean},
    [EXPR_SUBLINK] = {"SubLink", LOCATION_LEFTMOST, sublink},
    [EXPR_FIELD_SELECT] = {"FieldSelect", LOCATION_ARGUMENT, field_select},
    [EXPR_FIELD_STORE] = {"FieldStore", LOCATION_ARGUMENT, field_store},
    [EXPR_RELABEL] = {"RelabelType", LOCATION_LEFTMOST, coercion},
    [EXPR_COERCE_VIA_IO] = {"CoerceViaIO", LOCATION_LEFTMOST, coercion},
    [EXPR_ARRAY_COERCE] = {"ArrayCoerceExpr", LOCATION_LEFTMOST, array_coerce},
    [EXPR_CONVERT_ROWTYPE] = {"ConvertRowtypeExpr", LOCATION_LEFTMOST, coercion},
    [EXPR_COLLATE] = {"CollateExpr", LOCATION_ARGUMENT, coercion},
    [EXPR_CASE] = {"CaseExpr", LOCATION_OWN, case_expr},
    [EXPR_CASE_TEST] = {"CaseTestExpr", LOCATION_OWN, no_fields},
    [EXPR_ARRAY] = {"ArrayExpr", LOCATION_OWN, array},
    [EXPR_ROW] = {"RowExpr", LOCATION_OWN, row},
    [EXPR_ROW_COMPARE] = {"RowCompareExpr", LOCATION_ARGUMENT, row_compare},
    [EXPR_COALESCE] = {"CoalesceExpr", LOCATION_OWN, variadic},
    [EXPR_MIN_MAX] = {"MinMaxExpr", LOCATION_OWN, variadic},
    [EXPR_SQL_VALUE_FUNCTION] = {"SQLValueFunction", LOCATION_OWN, sql_value_function},
    [EXPR_XML] = {"XmlExpr", LOCATION_LEFTMOST, xml},
    [EXPR_NULL_TEST] = {"NullTest", LOCATION_LEFTMOST, null_test},
    [EXPR_BOOLEAN_TEST] = {"BooleanTest", LOCATION_LEFTMOST, boolean_test},
    [EXPR_COERCE_TO_DOMAIN] = {"CoerceToDomain", LOCATION_LEFTMOST, coercion},
    [EXPR_DOMAIN_VALUE] = {"CoerceToDomainValue", LOCATION_OWN, no_fields},
    [EXPR_SET_TO_DEFAULT] = {"SetToDefault", LOCATION_OWN, no_fields},
    [EXPR_CURRENT_OF] = {"CurrentOfExpr", LOCATION_OWN, current_of},
    [EXPR_NEXT_VALUE] = {"NextValueExpr", LOCATION_OWN, no_fields},
    [EXPR_MULTI_PARAM] = {"multi-column assignment", LOCATION_OWN, multi_param},
};

const Shape *shape_of_expr(ExprKind kind)
{
    return &shapes[kind];
}

const char *expr_kind_name(ExprKind kind)
{
    return shapes[kind].name;
}
