/* Nullability of expressions, one rule a kind. "true" means: may be NULL; why is left in the proof's reason, which
 * is that of the part that decided.
 *
 * What is not proved is nullable. */
#include "prove/nullness.h"

#include "catalog/builtin_oids.h"
#include "prove/cardinality.h"

bool null_any(NullScope *scope, const ExprList *args)
{
    for (size_t i = 0; i < args->len; i++)
        if (null_expr(scope, args->items[i]))
            return true;
    return false;
}

bool null_all(NullScope *scope, const ExprList *args)
{
    for (size_t i = 0; i < args->len; i++)
        if (!null_expr(scope, args->items[i]))
            return false;
    return true;
}

/* ---- columns ---- */

/* The outer join that may leave the entry without a row; its place is the joined side's. */
static bool null_by_join(NullScope *scope, const JoinNode *join, int rtindex)
{
    static const char *const names[] = {
        [JOIN_INNER] = "inner", [JOIN_LEFT] = "left", [JOIN_FULL] = "full", [JOIN_RIGHT] = "right"};
    const JoinNode *side = join->join == JOIN_LEFT ? join->right : join->left;
    int32_t location = join->join == JOIN_FULL ? scope->query->rtable[rtindex - 1]->location : side->location;
    return null_verdict(scope->proof, true, NULL_OUTER_JOIN, names[join->join], location);
}

static bool null_var(NullScope *scope, const Var *var)
{
    NullProof *proof = scope->proof;
    NullScope *level = scope;
    for (int i = 0; i < var->levels_up && level; i++)
        level = level->outer;
    if (!level || var->rtindex <= 0 || (size_t)var->rtindex > level->query->nrtable)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, var->expr.location);
    Var there = *var; /* as the level itself writes it */
    there.levels_up = 0;
    if (level != scope && null_by_grouping(level, &there.expr))
        return null_verdict(proof, true, NULL_GROUPING_SET, NULL, var->expr.location);
    const Expr *why = varset_find(&level->proved, var->rtindex, var->attribute);
    if (!why && level->assumed)
        why = varset_find(level->assumed, var->rtindex, var->attribute);
    if (why)
        return null_verdict(proof, false, NULL_CONDITION, NULL, expr_location(why));
    const JoinNode *join = level->extended[var->rtindex];
    if (join)
        return null_by_join(level, join, var->rtindex);
    return null_rte_column(level, var->rtindex, var->attribute);
}

/* ---- sub-selects ---- */

/* x op ANY/ALL (SELECT …). */
static bool null_quantified(NullScope *scope, const SubLink *sublink)
{
    NullProof *proof = scope->proof;
    const OpExpr *test = (const OpExpr *)sublink->test;
    if (!test || test->expr.kind != EXPR_OP || test->args.len != 2)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, sublink->expr.location);
    const Function *function = catalog_function(proof->catalog, test->function);
    if (!function || !function->never_null)
        return null_verdict(proof, true, NULL_FUNCTION, function ? function->name : "?", sublink->expr.location);
    return null_expr(scope, test->args.items[0]) || null_query_column(proof, sublink->query, scope, 1) ||
           null_verdict(proof, false, NULL_OPERANDS, NULL, sublink->expr.location);
}

static bool null_sublink(NullScope *scope, const SubLink *sublink)
{
    NullProof *proof = scope->proof;
    switch (sublink->sublink) {
    case SUBLINK_EXISTS:
    case SUBLINK_ARRAY:
        return null_verdict(proof, false, NULL_BY_ITSELF, NULL, sublink->expr.location);
    case SUBLINK_EXPR:
        if (!subquery_finds_row(scope, sublink->query))
            return null_verdict(proof, true, NULL_NO_ROW, NULL, sublink->expr.location);
        return null_query_column(proof, sublink->query, scope, 1);
    case SUBLINK_ANY:
    case SUBLINK_ALL:
        return null_quantified(scope, sublink);
    case SUBLINK_ROW_COMPARE:
    case SUBLINK_MULTI_EXPR:
        break;
    }
    return null_verdict(proof, true, NULL_UNPROVED, NULL, sublink->expr.location);
}

/* ---- conditions ---- */

/* AND and OR are NULL only where no operand decides alone: each is judged knowing that the others did not. So
 * `x IS NOT NULL AND x > 1` is never NULL. */
static bool null_and_or(NullScope *scope, BoolExpr *expr)
{
    NullProof *proof = scope->proof;
    if (!null_any(scope, &expr->args))
        return null_verdict(proof, false, NULL_OPERANDS, NULL, expr->expr.location);
    const VarSet *outside = scope->assumed;
    bool nullable = false;
    for (size_t i = 0; i < expr->args.len && !nullable; i++) {
        VarSet others = {0};
        if (outside)
            varset_copy(proof->arena, &others, outside);
        for (size_t k = 0; k < expr->args.len; k++)
            if (k != i && expr->op == BOOL_AND)
                refine_not_false(proof, expr->args.items[k], &others);
            else if (k != i)
                refine_not_true(proof, expr->args.items[k], &others);
        scope->assumed = &others;
        nullable = null_expr(scope, expr->args.items[i]);
    }
    scope->assumed = outside;
    return nullable || null_verdict(proof, false, NULL_OPERANDS, NULL, expr->expr.location);
}

static bool null_bool(NullScope *scope, BoolExpr *expr)
{
    return expr->op == BOOL_NOT ? null_any(scope, &expr->args) : null_and_or(scope, expr);
}

/* What holds when CASE x WHEN y takes the branch: the comparison is true, so neither side is NULL. */
static void refine_simple_when(NullProof *proof, const CaseExpr *expr, Expr *condition, VarSet *set)
{
    if (condition->kind != EXPR_OP || ((OpExpr *)condition)->args.len != 2)
        return;
    const Function *function = catalog_function(proof->catalog, ((OpExpr *)condition)->function);
    if (!function || !function->strict)
        return;
    refine_true(proof, condition, set);
    refine_not_null(proof, expr->arg, set);
}

/* A branch of CASE is judged knowing its condition, and that those before it did not hold. */
static bool null_case(NullScope *scope, CaseExpr *expr)
{
    NullProof *proof = scope->proof;
    const VarSet *outside = scope->assumed;
    VarSet passed = {0}; /* proved by the conditions that did not hold */
    if (outside)
        varset_copy(proof->arena, &passed, outside);
    bool nullable = false;
    for (size_t i = 0; i < expr->nwhens && !nullable; i++) {
        VarSet here = {0};
        varset_copy(proof->arena, &here, &passed);
        if (expr->arg)
            refine_simple_when(proof, expr, expr->whens[i].condition, &here);
        else
            refine_true(proof, expr->whens[i].condition, &here);
        scope->assumed = &here;
        nullable = null_expr(scope, expr->whens[i].result);
        if (!expr->arg)
            refine_not_true(proof, expr->whens[i].condition, &passed);
    }
    scope->assumed = &passed;
    nullable = nullable || null_expr(scope, expr->otherwise);
    scope->assumed = outside;
    return nullable || null_verdict(proof, false, NULL_CASE, NULL, expr->expr.location);
}

/* x op ANY/ALL (array): NULL items make it NULL, so only items that are written out will do. */
static bool null_scalar_array(NullScope *scope, const ScalarArrayOp *op)
{
    NullProof *proof = scope->proof;
    const Function *function = catalog_function(proof->catalog, op->function);
    if (!function || !function->never_null)
        return null_verdict(proof, true, NULL_FUNCTION, function ? function->name : "?", op->expr.location);
    if (null_expr(scope, op->scalar))
        return true;
    const ArrayExpr *array = (const ArrayExpr *)op->array;
    if (array->expr.kind != EXPR_ARRAY || array->multidims)
        return null_verdict(proof, true, NULL_LIST, NULL, op->expr.location);
    return null_any(scope, &array->elements) || null_verdict(proof, false, NULL_OPERANDS, NULL, op->expr.location);
}

/* ---- the others ---- */

static bool null_xml(NullScope *scope, const XmlExpr *expr)
{
    switch (expr->xml) {
    case XML_ELEMENT:
        return null_verdict(scope->proof, false, NULL_BY_ITSELF, NULL, expr->expr.location);
    case XML_FOREST:
        return null_all(scope, &expr->named_args);
    case XML_CONCAT:
        return null_all(scope, &expr->args);
    case XML_PARSE:
    case XML_SERIALIZE:
    case XML_IS_DOCUMENT:
    case XML_ROOT:
    case XML_PI:
        break;
    }
    if (expr->args.len)
        return null_expr(scope, expr->args.items[0]);
    return null_verdict(scope->proof, false, NULL_BY_ITSELF, NULL, expr->expr.location);
}

static bool null_domain(NullScope *scope, const Coercion *coercion)
{
    NullProof *proof = scope->proof;
    for (const Type *type = catalog_type(proof->catalog, coercion->expr.type);
         type && type->typtype == TYPTYPE_DOMAIN; type = catalog_type(proof->catalog, type->base))
        if (type->not_null) /* a NULL would be an error */
            return null_verdict(proof, false, NULL_DOMAIN_NOT_NULL, type->name, coercion->expr.location);
    return null_expr(scope, coercion->arg);
}

static bool null_param(const NullScope *scope, const Param *param)
{
    NullProof *proof = scope->proof;
    int32_t location = param->expr.location;
    if (param->number <= 0)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, location);
    bool nullable =
        proof->nullable_params && (size_t)param->number <= proof->nparams && proof->nullable_params[param->number];
    return null_verdict(proof, nullable, nullable ? NULL_PARAM : NULL_PARAM_NOT_NULL, NULL, location);
}

/* A field of ROW(…) written out is what stands there; of any other value it may be NULL. */
static bool null_field(NullScope *scope, const FieldSelect *select)
{
    const RowExpr *row = (const RowExpr *)select->arg;
    if (row->expr.kind == EXPR_ROW && row->expr.type == TYPE_RECORD && select->field > 0 &&
        (size_t)select->field <= row->args.len)
        return null_expr(scope, row->args.items[select->field - 1]);
    return null_verdict(scope->proof, true, NULL_FIELD, NULL, select->expr.location);
}

/* unnest(ARRAY[…]) gives what is written there; of composite values their fields. OID as in pg_proc.dat. */
static const ArrayExpr *unnested_items(const NullProof *proof, const FuncExpr *call)
{
    enum { FUNCTION_UNNEST = 2331 };
    if (call->function != FUNCTION_UNNEST || call->args.items[0]->kind != EXPR_ARRAY)
        return NULL;
    const ArrayExpr *array = (const ArrayExpr *)call->args.items[0];
    const Type *type = catalog_type(proof->catalog, array->element_type);
    bool is_scalar = type && (type->typtype == TYPTYPE_BASE || type->typtype == TYPTYPE_ENUM);
    return array->multidims || !is_scalar ? NULL : array;
}

static bool null_function(NullScope *scope, const FuncExpr *call)
{
    NullProof *proof = scope->proof;
    if (call->returns_set && scope->target_srfs > 1)
        return null_verdict(proof, true, NULL_PADDED, NULL, call->expr.location);
    const ArrayExpr *items = unnested_items(proof, call);
    if (items && !null_any(scope, &items->elements))
        return false;
    return null_call(scope, call->function, &call->args, call->variadic, call->expr.location);
}

static bool null_operator(NullScope *scope, const OpExpr *op)
{
    if (op->returns_set && scope->target_srfs > 1)
        return null_verdict(scope->proof, true, NULL_PADDED, NULL, op->expr.location);
    return null_call(scope, op->function, &op->args, false, op->expr.location);
}

static bool null_svf(const NullScope *scope, const SqlValueFunction *call)
{
    /* the schema is NULL when search_path names none that exists */
    if (call->function == SVF_CURRENT_SCHEMA)
        return null_verdict(scope->proof, true, NULL_FUNCTION, "current_schema", call->expr.location);
    return null_verdict(scope->proof, false, NULL_BY_ITSELF, NULL, call->expr.location);
}

static bool null_const(const NullScope *scope, const Const *constant)
{
    bool nullable = constant->is_null;
    return null_verdict(scope->proof, nullable, nullable ? NULL_NULL_LITERAL : NULL_CONSTANT, NULL,
                        constant->expr.location);
}

/* The kinds with a rule of their own. */
static bool null_by_kind(NullScope *scope, Expr *expr)
{
    NullProof *proof = scope->proof;
    switch (expr->kind) {
    case EXPR_VAR:
        return null_var(scope, (Var *)expr);
    case EXPR_CONST:
        return null_const(scope, (Const *)expr);
    case EXPR_PARAM:
        return null_param(scope, (Param *)expr);
    case EXPR_AGGREF:
        return null_aggregate(scope, (Aggref *)expr);
    case EXPR_WINDOW_FUNC:
        return null_window(scope, (WindowFunc *)expr);
    case EXPR_FUNC:
        return null_function(scope, (FuncExpr *)expr);
    case EXPR_OP:
        return null_operator(scope, (OpExpr *)expr);
    case EXPR_SCALAR_ARRAY_OP:
        return null_scalar_array(scope, (ScalarArrayOp *)expr);
    case EXPR_BOOL:
        return null_bool(scope, (BoolExpr *)expr);
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
        return null_all(scope, &((VariadicExpr *)expr)->args) ||
               null_verdict(proof, false, NULL_COALESCE, NULL, expr->location);
    case EXPR_SQL_VALUE_FUNCTION:
        return null_svf(scope, (SqlValueFunction *)expr);
    case EXPR_XML:
        return null_xml(scope, (XmlExpr *)expr);
    case EXPR_ROW_COMPARE:
        return null_any(scope, &((RowCompare *)expr)->left) || null_any(scope, &((RowCompare *)expr)->right) ||
               null_verdict(proof, false, NULL_OPERANDS, NULL, expr->location);
    case EXPR_FIELD_SELECT:
        return null_field(scope, (FieldSelect *)expr);
    case EXPR_GROUPING:
    case EXPR_DISTINCT:
    case EXPR_ARRAY:
    case EXPR_ROW:
    case EXPR_NULL_TEST:
    case EXPR_BOOLEAN_TEST:
    case EXPR_NEXT_VALUE:
        return null_verdict(proof, false, NULL_BY_ITSELF, NULL, expr->location);
    case EXPR_SUBSCRIPT:
        return null_verdict(proof, true, NULL_SUBSCRIPT, NULL, expr->location);
    case EXPR_NULLIF:
        return null_verdict(proof, true, NULL_NULLIF, NULL, expr->location);
    case EXPR_NAMED_ARG:
    case EXPR_FIELD_STORE:
    case EXPR_CASE_TEST:
    case EXPR_DOMAIN_VALUE:
    case EXPR_SET_TO_DEFAULT:
    case EXPR_CURRENT_OF:
    case EXPR_MULTI_PARAM:
        break;
    }
    return null_verdict(proof, true, NULL_UNPROVED, NULL, expr->location);
}

bool null_expr(NullScope *scope, Expr *expr)
{
    NullProof *proof = scope->proof;
    if (null_by_grouping(scope, expr))
        return null_verdict(proof, true, NULL_GROUPING_SET, NULL, expr->location);
    if (!null_by_kind(scope, expr))
        return false;
    bool has_exprs = scope->proved.exprs.len || (scope->assumed && scope->assumed->exprs.len);
    /* Before grouping sets take columns away the expression was not NULL; that says nothing of it afterwards. */
    if (!has_exprs || expr->kind == EXPR_VAR || (scope->query->ngrouping_sets && !scope->in_aggregate))
        return true;
    if (varset_has_expr(proof, &scope->proved, expr) ||
        (scope->assumed && varset_has_expr(proof, scope->assumed, expr)))
        return null_verdict(proof, false, NULL_CONDITION, NULL, expr->location);
    return true;
}
