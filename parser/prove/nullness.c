/* Nullability of expressions, one rule a kind. "true" means: may be NULL.
 *
 * What is not proved is nullable. Functions and operators are judged by the catalog alone (never_null), whose table
 * is reviewed against a server; STRICT says nothing about the result. */
#include "prove/nullness.h"

#include "prove/cardinality.h"

static bool any_null(NullScope *scope, const ExprList *args)
{
    for (size_t i = 0; i < args->len; i++)
        if (null_expr(scope, args->items[i]))
            return true;
    return false;
}

static bool all_null(NullScope *scope, const ExprList *args)
{
    for (size_t i = 0; i < args->len; i++)
        if (!null_expr(scope, args->items[i]))
            return false;
    return true;
}

/* A call of a function, by what the catalog knows of it. With VARIADIC the array itself may be NULL, which no
 * function takes for a value. */
static bool null_call(NullScope *scope, Oid function, const ExprList *args, bool variadic)
{
    const Function *found = catalog_function(scope->proof->catalog, function);
    if (!found)
        return true;
    if (found->always_not_null && !variadic)
        return false;
    return !found->never_null || any_null(scope, args);
}

/* A column that is grouped, but not in every grouping set, is NULL where it is not. */
static bool is_grouping_set_column(const NullScope *scope, const Expr *expr)
{
    const Query *query = scope->query;
    if (!query->ngrouping_sets)
        return false;
    for (size_t i = 0; i < query->group.len; i++)
        for (size_t j = 0; j < query->targets.len; j++)
            if (query->targets.items[j]->sort_group == query->group.items[i].ref &&
                expr_equal(query->targets.items[j]->expr, expr))
                return true;
    return false;
}

static bool null_var(NullScope *scope, const Var *var)
{
    NullScope *level = scope;
    for (int i = 0; i < var->levels_up && level; i++)
        level = level->outer;
    if (!level || var->rtindex <= 0 || (size_t)var->rtindex > level->query->nrtable)
        return true;
    if (level->query->ngrouping_sets)
        return true;
    if (varset_has(&level->proved, var->rtindex, var->attribute) ||
        (level->assumed && varset_has(level->assumed, var->rtindex, var->attribute)))
        return false;
    return level->null_extended[var->rtindex] || null_rte_column(level, var->rtindex, var->attribute);
}

/* Aggregates see at least one row of every group there is; without GROUP BY there may be none. */
static bool null_aggregate(NullScope *scope, const Aggref *agg)
{
    const Function *function = catalog_function(scope->proof->catalog, agg->function);
    if (!function)
        return true;
    if (function->always_not_null)
        return false;
    NullScope *level = scope;
    for (int i = 0; i < agg->levels_up && level; i++)
        level = level->outer;
    bool has_rows = level && level->query->group.len && !level->query->ngrouping_sets && !agg->filter;
    return !function->never_null || !has_rows || agg->levels_up || any_null(scope, &agg->args) ||
           any_null(scope, &agg->direct_args);
}

static bool null_window(NullScope *scope, const WindowFunc *call)
{
    enum { FRAME_NOT_DEFAULT = 1 };
    const Function *function = catalog_function(scope->proof->catalog, call->function);
    if (!function)
        return true;
    if (function->always_not_null)
        return false;
    if (!function->never_null || call->filter || any_null(scope, &call->args))
        return true;
    if (!call->is_aggregate)
        return false;
    /* The default frame holds the current row; others may be empty. */
    const Query *query = scope->query;
    return (size_t)call->window >= query->nwindows ||
           (query->windows[call->window].frame_options & FRAME_NOT_DEFAULT);
}

static bool null_sublink(NullScope *scope, const SubLink *sublink)
{
    switch (sublink->sublink) {
    case SUBLINK_EXISTS:
    case SUBLINK_ARRAY:
        return false;
    case SUBLINK_EXPR:
        return cardinality_of(scope->proof->catalog, scope->proof->arena, sublink->query) != IR_ROWS_EXACTLY_ONE ||
               null_query_column(scope->proof, sublink->query, scope, 1);
    case SUBLINK_ANY:
    case SUBLINK_ALL: {
        const OpExpr *test = (const OpExpr *)sublink->test;
        if (!test || test->expr.kind != EXPR_OP || test->args.len != 2)
            return true;
        const Function *function = catalog_function(scope->proof->catalog, test->function);
        return !function || !function->never_null || null_expr(scope, test->args.items[0]) ||
               null_query_column(scope->proof, sublink->query, scope, 1);
    }
    case SUBLINK_ROW_COMPARE:
    case SUBLINK_MULTI_EXPR:
        break;
    }
    return true;
}

/* A branch of CASE is judged knowing its condition, and that those before it did not hold. */
static bool null_case(NullScope *scope, CaseExpr *expr)
{
    NullProof *proof = scope->proof;
    const VarSet *outside = scope->assumed;
    VarSet passed = {0}; /* proved by the conditions that did not hold */
    if (outside)
        for (size_t i = 0; i < outside->map.len; i++)
            intmap_put(proof->arena, &passed.map, outside->map.items[i].key, outside->map.items[i].value);
    bool nullable = false;
    for (size_t i = 0; i < expr->nwhens && !nullable; i++) {
        VarSet here = {0};
        for (size_t k = 0; k < passed.map.len; k++)
            intmap_put(proof->arena, &here.map, passed.map.items[k].key, passed.map.items[k].value);
        if (!expr->arg)
            refine_true(proof, expr->whens[i].condition, &here);
        scope->assumed = &here;
        nullable = null_expr(scope, expr->whens[i].result);
        if (!expr->arg)
            refine_not_true(proof, expr->whens[i].condition, &passed);
    }
    scope->assumed = &passed;
    nullable = nullable || null_expr(scope, expr->otherwise);
    scope->assumed = outside;
    return nullable;
}

static bool null_scalar_array(NullScope *scope, const ScalarArrayOp *op)
{
    const Function *function = catalog_function(scope->proof->catalog, op->function);
    if (!function || !function->never_null || null_expr(scope, op->scalar) || op->array->kind != EXPR_ARRAY)
        return true;
    return ((ArrayExpr *)op->array)->multidims || any_null(scope, &((ArrayExpr *)op->array)->elements);
}

static bool null_xml(NullScope *scope, const XmlExpr *expr)
{
    switch (expr->xml) {
    case XML_ELEMENT:
        return false;
    case XML_FOREST:
        return all_null(scope, &expr->named_args);
    case XML_CONCAT:
        return all_null(scope, &expr->args);
    case XML_PARSE:
    case XML_SERIALIZE:
    case XML_IS_DOCUMENT:
    case XML_ROOT:
    case XML_PI:
        break;
    }
    return expr->args.len && null_expr(scope, expr->args.items[0]);
}

static bool null_domain(NullScope *scope, const Coercion *coercion)
{
    for (const Type *type = catalog_type(scope->proof->catalog, coercion->expr.type);
         type && type->typtype == TYPTYPE_DOMAIN; type = catalog_type(scope->proof->catalog, type->base))
        if (type->not_null)
            return false; /* a NULL would be an error */
    return null_expr(scope, coercion->arg);
}

static bool null_param(const NullScope *scope, const Param *param)
{
    const NullProof *proof = scope->proof;
    if (param->number <= 0)
        return true;
    return proof->nullable_params && (size_t)param->number <= proof->nparams &&
           proof->nullable_params[param->number];
}

bool null_expr(NullScope *scope, Expr *expr)
{
    if (expr->kind != EXPR_CONST && is_grouping_set_column(scope, expr))
        return true;
    switch (expr->kind) {
    case EXPR_VAR:
        return null_var(scope, (Var *)expr);
    case EXPR_CONST:
        return ((Const *)expr)->is_null;
    case EXPR_PARAM:
        return null_param(scope, (Param *)expr);
    case EXPR_AGGREF:
        return null_aggregate(scope, (Aggref *)expr);
    case EXPR_WINDOW_FUNC:
        return null_window(scope, (WindowFunc *)expr);
    case EXPR_FUNC:
        if (((FuncExpr *)expr)->returns_set && scope->target_srfs > 1)
            return true;
        return null_call(scope, ((FuncExpr *)expr)->function, &((FuncExpr *)expr)->args,
                         ((FuncExpr *)expr)->variadic);
    case EXPR_OP:
        if (((OpExpr *)expr)->returns_set && scope->target_srfs > 1)
            return true;
        return null_call(scope, ((OpExpr *)expr)->function, &((OpExpr *)expr)->args, false);
    case EXPR_SCALAR_ARRAY_OP:
        return null_scalar_array(scope, (ScalarArrayOp *)expr);
    case EXPR_BOOL:
        return any_null(scope, &((BoolExpr *)expr)->args);
    case EXPR_SUBLINK:
        return null_sublink(scope, (SubLink *)expr);
    case EXPR_RELABEL:
    case EXPR_COERCE_VIA_IO:
    case EXPR_CONVERT_ROWTYPE:
    case EXPR_COLLATE:
        return null_expr(scope, ((Coercion *)expr)->arg);
    case EXPR_ARRAY_COERCE:
        return null_expr(scope, ((ArrayCoerce *)expr)->arg);
    case EXPR_COERCE_TO_DOMAIN:
        return null_domain(scope, (Coercion *)expr);
    case EXPR_CASE:
        return null_case(scope, (CaseExpr *)expr);
    case EXPR_COALESCE:
    case EXPR_MIN_MAX:
        return all_null(scope, &((VariadicExpr *)expr)->args);
    case EXPR_SQL_VALUE_FUNCTION: /* the schema is NULL when search_path names none that exists */
        return ((SqlValueFunction *)expr)->function == SVF_CURRENT_SCHEMA;
    case EXPR_XML:
        return null_xml(scope, (XmlExpr *)expr);
    case EXPR_ROW_COMPARE:
        return any_null(scope, &((RowCompare *)expr)->left) || any_null(scope, &((RowCompare *)expr)->right);
    case EXPR_GROUPING:
    case EXPR_DISTINCT:
    case EXPR_ARRAY:
    case EXPR_ROW:
    case EXPR_NULL_TEST:
    case EXPR_BOOLEAN_TEST:
    case EXPR_NEXT_VALUE:
        return false;
    case EXPR_SUBSCRIPT:
    case EXPR_NAMED_ARG:
    case EXPR_NULLIF:
    case EXPR_FIELD_SELECT:
    case EXPR_FIELD_STORE:
    case EXPR_CASE_TEST:
    case EXPR_DOMAIN_VALUE:
    case EXPR_SET_TO_DEFAULT:
    case EXPR_CURRENT_OF:
    case EXPR_MULTI_PARAM:
        break;
    }
    return true;
}
