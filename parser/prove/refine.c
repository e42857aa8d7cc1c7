/* What a condition proves about the columns in it: find_nonnullable_vars of PostgreSQL's optimizer/util/clauses.c
 * does the same for outer joins.
 *
 * A strict operator gives NULL for a NULL argument, so where its result must not be NULL its arguments are not. */
#include "prove/nullness.h"

static uint64_t var_key(int rtindex, int attribute)
{
    return ((uint64_t)(uint32_t)rtindex << 16) | (uint16_t)attribute;
}

void varset_add(Arena *arena, VarSet *set, int rtindex, int attribute)
{
    static const bool present = true;
    intmap_put(arena, &set->map, var_key(rtindex, attribute), (void *)&present);
}

bool varset_has(const VarSet *set, int rtindex, int attribute)
{
    return intmap_get(&set->map, var_key(rtindex, attribute)) != NULL;
}

bool varset_has_any_of(const VarSet *set, int rtindex)
{
    for (size_t i = 0; i < set->map.len; i++)
        if (set->map.items[i].value && set->map.items[i].key >> 16 == (uint32_t)rtindex)
            return true;
    return false;
}

static bool is_strict(const NullProof *proof, Oid function)
{
    const Function *found = catalog_function(proof->catalog, function);
    return found && found->strict;
}

static void add_all(NullProof *proof, const ExprList *args, VarSet *set);

/* The expression is known not to be NULL. */
static void refine_not_null(NullProof *proof, Expr *expr, VarSet *set)
{
    switch ((int)expr->kind) {
    case EXPR_VAR:
        if (((Var *)expr)->levels_up == 0)
            varset_add(proof->arena, set, ((Var *)expr)->rtindex, ((Var *)expr)->attribute);
        break;
    case EXPR_RELABEL:
    case EXPR_COLLATE:
    case EXPR_COERCE_VIA_IO:
    case EXPR_CONVERT_ROWTYPE:
        refine_not_null(proof, ((Coercion *)expr)->arg, set);
        break;
    case EXPR_ARRAY_COERCE:
        refine_not_null(proof, ((ArrayCoerce *)expr)->arg, set);
        break;
    case EXPR_FIELD_SELECT:
        refine_not_null(proof, ((FieldSelect *)expr)->arg, set);
        break;
    case EXPR_FUNC:
        if (is_strict(proof, ((FuncExpr *)expr)->function) && !((FuncExpr *)expr)->returns_set)
            add_all(proof, &((FuncExpr *)expr)->args, set);
        break;
    case EXPR_OP:
        if (is_strict(proof, ((OpExpr *)expr)->function) && !((OpExpr *)expr)->returns_set)
            add_all(proof, &((OpExpr *)expr)->args, set);
        break;
    case EXPR_BOOL:
        if (((BoolExpr *)expr)->op == BOOL_NOT)
            refine_not_null(proof, ((BoolExpr *)expr)->args.items[0], set);
        break;
    default:
        break;
    }
}

static void add_all(NullProof *proof, const ExprList *args, VarSet *set)
{
    for (size_t i = 0; i < args->len; i++)
        refine_not_null(proof, args->items[i], set);
}

static void refine_false(NullProof *proof, Expr *condition, VarSet *set);

/* What every alternative proves. */
static void intersect(NullProof *proof, const ExprList *alternatives, VarSet *set,
                      void (*refine)(NullProof *, Expr *, VarSet *))
{
    VarSet common = {0};
    for (size_t i = 0; i < alternatives->len; i++) {
        VarSet one = {0}, both = {0};
        refine(proof, alternatives->items[i], &one);
        if (i == 0) {
            common = one;
            continue;
        }
        for (size_t k = 0; k < common.map.len; k++)
            if (intmap_get(&one.map, common.map.items[k].key))
                intmap_put(proof->arena, &both.map, common.map.items[k].key, common.map.items[k].value);
        common = both;
    }
    for (size_t k = 0; k < common.map.len; k++)
        intmap_put(proof->arena, &set->map, common.map.items[k].key, common.map.items[k].value);
}

static void refine_boolean_test(NullProof *proof, const BooleanTest *test, VarSet *set)
{
    switch (test->test) {
    case TEST_TRUE:
        refine_true(proof, test->arg, set);
        break;
    case TEST_FALSE:
        refine_false(proof, test->arg, set);
        break;
    case TEST_NOT_UNKNOWN:
        refine_not_null(proof, test->arg, set);
        break;
    case TEST_NOT_TRUE:
        refine_not_true(proof, test->arg, set);
        break;
    case TEST_NOT_FALSE:
    case TEST_UNKNOWN:
        break;
    }
}

static void refine_sublink(NullProof *proof, const SubLink *sublink, VarSet *set)
{
    if (sublink->sublink != SUBLINK_ANY || !sublink->test || sublink->test->kind != EXPR_OP)
        return;
    const OpExpr *test = (const OpExpr *)sublink->test;
    if (is_strict(proof, test->function) && test->args.len == 2)
        refine_not_null(proof, test->args.items[0], set);
}

void refine_true(NullProof *proof, Expr *condition, VarSet *set)
{
    switch ((int)condition->kind) {
    case EXPR_BOOL: {
        BoolExpr *expr = (BoolExpr *)condition;
        if (expr->op == BOOL_AND)
            for (size_t i = 0; i < expr->args.len; i++)
                refine_true(proof, expr->args.items[i], set);
        else if (expr->op == BOOL_OR)
            intersect(proof, &expr->args, set, refine_true);
        else
            refine_false(proof, expr->args.items[0], set);
        break;
    }
    case EXPR_NULL_TEST: {
        NullTest *test = (NullTest *)condition;
        if (!test->is_null)
            refine_not_null(proof, test->arg, set);
        break;
    }
    case EXPR_BOOLEAN_TEST:
        refine_boolean_test(proof, (BooleanTest *)condition, set);
        break;
    case EXPR_SCALAR_ARRAY_OP: {
        ScalarArrayOp *op = (ScalarArrayOp *)condition;
        /* ALL of an empty array is true whatever the scalar is */
        if (op->use_or && is_strict(proof, op->function)) {
            refine_not_null(proof, op->scalar, set);
            refine_not_null(proof, op->array, set);
        }
        break;
    }
    case EXPR_SUBLINK:
        refine_sublink(proof, (SubLink *)condition, set);
        break;
    case EXPR_ROW_COMPARE:
        /* true needs the first pair at least */
        refine_not_null(proof, ((RowCompare *)condition)->left.items[0], set);
        refine_not_null(proof, ((RowCompare *)condition)->right.items[0], set);
        break;
    default:
        refine_not_null(proof, condition, set);
    }
}

/* The condition is false, and not NULL. */
static void refine_false(NullProof *proof, Expr *condition, VarSet *set)
{
    if (condition->kind == EXPR_BOOL) {
        BoolExpr *expr = (BoolExpr *)condition;
        if (expr->op == BOOL_OR)
            for (size_t i = 0; i < expr->args.len; i++)
                refine_false(proof, expr->args.items[i], set);
        else if (expr->op == BOOL_AND)
            intersect(proof, &expr->args, set, refine_false);
        else
            refine_true(proof, expr->args.items[0], set);
        return;
    }
    if (condition->kind == EXPR_NULL_TEST) {
        refine_not_true(proof, condition, set);
        return;
    }
    if (condition->kind == EXPR_OP || condition->kind == EXPR_FUNC || condition->kind == EXPR_VAR)
        refine_not_null(proof, condition, set);
}

void refine_not_true(NullProof *proof, Expr *condition, VarSet *set)
{
    if (condition->kind == EXPR_NULL_TEST && ((NullTest *)condition)->is_null) {
        /* IS NULL is never NULL itself. ROW(...) IS NULL being false says little. */
        if (!((NullTest *)condition)->arg_is_row)
            refine_not_null(proof, ((NullTest *)condition)->arg, set);
        return;
    }
    if (condition->kind != EXPR_BOOL)
        return;
    BoolExpr *expr = (BoolExpr *)condition;
    if (expr->op == BOOL_OR)
        for (size_t i = 0; i < expr->args.len; i++)
            refine_not_true(proof, expr->args.items[i], set);
    else if (expr->op == BOOL_AND)
        intersect(proof, &expr->args, set, refine_not_true);
}
