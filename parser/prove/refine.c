/* What a condition proves about the columns in it: find_nonnullable_vars of PostgreSQL's optimizer/util/clauses.c
 * does the same for outer joins.
 *
 * A strict operator gives NULL for a NULL argument, so where its result must not be NULL its arguments are not.
 * Other expressions than columns are remembered as they stand: after `j ->> 'a' IS NOT NULL` the same expression is
 * not NULL elsewhere. */
#include "prove/nullness.h"

/* Where what is found goes. */
typedef struct Refine {
    NullProof *proof;
    VarSet *set;
    const Expr *why; /* the condition at hand, shown to the user */
    int level;       /* levels_up of the columns looked for: inside EXISTS they are further out */
} Refine;

typedef void Refiner(const Refine *refine, Expr *condition);
static Refiner when_true, when_false, when_not_true, when_not_false, not_null;

/* ---- sets ---- */

static uint64_t var_key(int rtindex, int attribute)
{
    return ((uint64_t)(uint32_t)rtindex << 16) | (uint16_t)attribute;
}

int varset_rtindex(uint64_t key)
{
    return (int)(key >> 16);
}

const Expr *varset_find(const VarSet *set, int rtindex, int attribute)
{
    return intmap_get(&set->map, var_key(rtindex, attribute));
}

bool varset_has_any_of(const VarSet *set, int rtindex)
{
    for (size_t i = 0; i < set->map.len; i++)
        if (set->map.items[i].value && varset_rtindex(set->map.items[i].key) == rtindex)
            return true;
    return false;
}

void varset_copy(Arena *arena, VarSet *to, const VarSet *from)
{
    for (size_t i = 0; i < from->map.len; i++)
        intmap_put(arena, &to->map, from->map.items[i].key, from->map.items[i].value);
    for (size_t i = 0; i < from->exprs.len; i++)
        vec_push(arena, &to->exprs, from->exprs.items[i]);
}

/* Whether a second evaluation could give another result. */
static bool is_unrepeatable(Expr *expr, void *context)
{
    const Catalog *catalog = context;
    Oid oid = expr->kind == EXPR_FUNC ? ((FuncExpr *)expr)->function
              : expr->kind == EXPR_OP ? ((OpExpr *)expr)->function
                                      : INVALID_OID;
    const Function *function = oid ? catalog_function(catalog, oid) : NULL;
    if (expr->kind == EXPR_SUBLINK || expr->kind == EXPR_NEXT_VALUE ||
        (oid && (!function || function->volatility == 'v' || function->returns_set)))
        return true;
    return expr_walk(expr, is_unrepeatable, context);
}

bool varset_has_expr(const NullProof *proof, const VarSet *set, const Expr *expr)
{
    for (size_t i = 0; i < set->exprs.len; i++)
        if (expr_equal(set->exprs.items[i], expr))
            return !is_unrepeatable(set->exprs.items[i], (void *)(uintptr_t)proof->catalog);
    return false;
}

/* ---- what is known not to be NULL ---- */

static void add_var(const Refine *refine, const Var *var)
{
    if (var->levels_up == refine->level)
        intmap_put(refine->proof->arena, &refine->set->map, var_key(var->rtindex, var->attribute),
                   (void *)(uintptr_t)refine->why);
}

static bool is_strict(const Refine *refine, Oid function)
{
    const Function *found = catalog_function(refine->proof->catalog, function);
    return found && found->strict && !found->returns_set;
}

static void all_not_null(const Refine *refine, const ExprList *args)
{
    for (size_t i = 0; i < args->len; i++)
        if (args->items[i])
            not_null(refine, args->items[i]);
}

/* Its operands, without which it would be NULL. */
static void operands_not_null(const Refine *refine, Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_RELABEL:
    case EXPR_COLLATE:
    case EXPR_COERCE_VIA_IO:
    case EXPR_CONVERT_ROWTYPE:
    case EXPR_COERCE_TO_DOMAIN:
        not_null(refine, ((Coercion *)expr)->arg);
        break;
    case EXPR_ARRAY_COERCE:
        not_null(refine, ((ArrayCoerce *)expr)->arg);
        break;
    case EXPR_FIELD_SELECT:
        not_null(refine, ((FieldSelect *)expr)->arg);
        break;
    case EXPR_SUBSCRIPT:
        if (!((Subscript *)expr)->assigned)
            not_null(refine, ((Subscript *)expr)->container);
        break;
    case EXPR_FUNC:
        if (is_strict(refine, ((FuncExpr *)expr)->function))
            all_not_null(refine, &((FuncExpr *)expr)->args);
        break;
    case EXPR_OP:
        if (is_strict(refine, ((OpExpr *)expr)->function))
            all_not_null(refine, &((OpExpr *)expr)->args);
        break;
    case EXPR_NULLIF:
        not_null(refine, ((OpExpr *)expr)->args.items[0]);
        break;
    case EXPR_SCALAR_ARRAY_OP:
        not_null(refine, ((ScalarArrayOp *)expr)->array);
        break;
    case EXPR_BOOL:
        if (((BoolExpr *)expr)->op == BOOL_NOT)
            not_null(refine, ((BoolExpr *)expr)->args.items[0]);
        break;
    default:
        break;
    }
}

static void not_null(const Refine *refine, Expr *expr)
{
    if (expr->kind == EXPR_VAR) {
        add_var(refine, (Var *)expr);
        return;
    }
    if (expr->kind == EXPR_CONST || expr->kind == EXPR_PARAM)
        return;
    if (refine->level == 0)
        vec_push(refine->proof->arena, &refine->set->exprs, expr);
    operands_not_null(refine, expr);
}

/* ---- combinations ---- */

static void each(const Refine *refine, const ExprList *conditions, Refiner *refiner)
{
    for (size_t i = 0; i < conditions->len; i++)
        refiner(refine, conditions->items[i]);
}

/* What every alternative proves. */
static void common(const Refine *refine, const ExprList *alternatives, Refiner *refiner)
{
    Arena *arena = refine->proof->arena;
    VarSet common = {0};
    for (size_t i = 0; i < alternatives->len; i++) {
        VarSet one = {0}, both = {0};
        refiner(&(Refine){refine->proof, &one, refine->why, refine->level}, alternatives->items[i]);
        for (size_t k = 0; i && k < common.map.len; k++)
            if (intmap_get(&one.map, common.map.items[k].key))
                intmap_put(arena, &both.map, common.map.items[k].key, common.map.items[k].value);
        common = i ? both : one;
        if (!common.map.len)
            return;
    }
    for (size_t k = 0; k < common.map.len; k++)
        intmap_put(arena, &refine->set->map, common.map.items[k].key, common.map.items[k].value);
}

/* ---- kinds of conditions ---- */

/* The sub-select has a row, for which its conditions on our columns hold. Aggregates without GROUP BY have one
 * anyway. */
static void sub_select_has_row(const Refine *refine, const JoinNode *node)
{
    if (!node)
        return;
    switch (node->kind) {
    case NODE_RTREF:
        return;
    case NODE_FROM:
        for (size_t i = 0; i < node->nitems; i++)
            sub_select_has_row(refine, node->items[i]);
        break;
    case NODE_JOIN:
        if (node->join == JOIN_INNER || node->join == JOIN_LEFT)
            sub_select_has_row(refine, node->left);
        if (node->join == JOIN_INNER || node->join == JOIN_RIGHT)
            sub_select_has_row(refine, node->right);
        if (node->join != JOIN_INNER)
            return;
        break;
    }
    if (node->quals)
        when_true(refine, node->quals);
}

static void sublink_is_true(const Refine *refine, const SubLink *sublink)
{
    const Query *query = sublink->query;
    if (sublink->sublink != SUBLINK_ANY && sublink->sublink != SUBLINK_EXISTS)
        return;
    if (query->command == COMMAND_SELECT && !query->set_operations && !query->has_aggs && !query->group.len &&
        !query->ngrouping_sets && !query->having)
        sub_select_has_row(&(Refine){refine->proof, refine->set, refine->why, refine->level + 1}, query->jointree);
    if (sublink->sublink == SUBLINK_EXISTS || !sublink->test || sublink->test->kind != EXPR_OP)
        return;
    const OpExpr *test = (const OpExpr *)sublink->test;
    if (is_strict(refine, test->function) && test->args.len == 2)
        not_null(refine, test->args.items[0]);
}

static bool is_list_of_items(const Expr *array)
{
    return array->kind == EXPR_ARRAY && ((const ArrayExpr *)array)->elements.len &&
           !((const ArrayExpr *)array)->multidims;
}

/* The comparison came out as it does for at least one item (ANY true, ALL false), or for all of them: then there
 * may be none, unless they are written out. */
static void compared_with_items(const Refine *refine, const ScalarArrayOp *op, bool with_one)
{
    if (!is_strict(refine, op->function))
        return;
    not_null(refine, op->array);
    if (with_one || is_list_of_items(op->array))
        not_null(refine, op->scalar);
}

static bool is_value(const Refine *refine, const Expr *expr)
{
    const NullProof *proof = refine->proof;
    expr = expr_without_relabel(expr);
    if (expr->kind == EXPR_CONST)
        return !((const Const *)expr)->is_null;
    if (expr->kind != EXPR_PARAM)
        return false;
    int number = ((const Param *)expr)->number;
    return number > 0 &&
           !(proof->nullable_params && (size_t)number <= proof->nparams && proof->nullable_params[number]);
}

/* IS NOT DISTINCT FROM. */
static void is_the_same(const Refine *refine, const OpExpr *distinct)
{
    Expr *left = distinct->args.items[0], *right = distinct->args.items[1];
    if (is_value(refine, right))
        not_null(refine, left);
    if (is_value(refine, left))
        not_null(refine, right);
}

static void boolean_test(const Refine *refine, const BooleanTest *test, bool outcome)
{
    static Refiner *const refiners[][2] = {
        [TEST_TRUE] = {when_not_true, when_true},    [TEST_NOT_TRUE] = {when_true, when_not_true},
        [TEST_FALSE] = {when_not_false, when_false}, [TEST_NOT_FALSE] = {when_false, when_not_false},
        [TEST_UNKNOWN] = {not_null, NULL},           [TEST_NOT_UNKNOWN] = {NULL, not_null},
    };
    Refiner *refiner = refiners[test->test][outcome];
    if (refiner)
        refiner(refine, test->arg);
}

/* ROW(…) IS NOT NULL says it of every field; that it is not so says little. */
static void null_test(const Refine *refine, const NullTest *test, bool outcome)
{
    if (test->is_null == outcome)
        return;
    if (test->arg->kind == EXPR_ROW) {
        if (outcome)
            all_not_null(refine, &((RowExpr *)test->arg)->args);
    } else if (outcome || !test->arg_is_row) {
        not_null(refine, test->arg);
    }
}

/* ---- outcomes ---- */

static void when_true(const Refine *outer, Expr *condition)
{
    if (condition->kind == EXPR_BOOL) {
        BoolExpr *expr = (BoolExpr *)condition;
        if (expr->op == BOOL_AND)
            each(outer, &expr->args, when_true);
        else if (expr->op == BOOL_OR)
            common(outer, &expr->args, when_true);
        else
            when_false(outer, expr->args.items[0]);
        return;
    }
    Refine refine = *outer;
    refine.why = condition;
    switch ((int)condition->kind) {
    case EXPR_NULL_TEST:
        null_test(&refine, (NullTest *)condition, true);
        break;
    case EXPR_BOOLEAN_TEST:
        boolean_test(&refine, (BooleanTest *)condition, true);
        break;
    case EXPR_SCALAR_ARRAY_OP:
        compared_with_items(&refine, (ScalarArrayOp *)condition, ((ScalarArrayOp *)condition)->use_or);
        break;
    case EXPR_SUBLINK:
        sublink_is_true(&refine, (SubLink *)condition);
        break;
    case EXPR_ROW_COMPARE:
        /* true needs the first pair at least */
        not_null(&refine, ((RowCompare *)condition)->left.items[0]);
        not_null(&refine, ((RowCompare *)condition)->right.items[0]);
        break;
    case EXPR_VAR:
        add_var(&refine, (Var *)condition);
        break;
    default:
        operands_not_null(&refine, condition);
    }
}

/* The condition is false, and not NULL. */
static void when_false(const Refine *outer, Expr *condition)
{
    if (condition->kind == EXPR_BOOL) {
        BoolExpr *expr = (BoolExpr *)condition;
        if (expr->op == BOOL_OR)
            each(outer, &expr->args, when_false);
        else if (expr->op == BOOL_AND)
            common(outer, &expr->args, when_false);
        else
            when_true(outer, expr->args.items[0]);
        return;
    }
    Refine refine = *outer;
    refine.why = condition;
    switch ((int)condition->kind) {
    case EXPR_NULL_TEST:
        null_test(&refine, (NullTest *)condition, false);
        break;
    case EXPR_BOOLEAN_TEST:
        boolean_test(&refine, (BooleanTest *)condition, false);
        break;
    case EXPR_SCALAR_ARRAY_OP:
        compared_with_items(&refine, (ScalarArrayOp *)condition, !((ScalarArrayOp *)condition)->use_or);
        break;
    case EXPR_DISTINCT:
        is_the_same(&refine, (OpExpr *)condition);
        break;
    case EXPR_OP:
    case EXPR_FUNC:
        operands_not_null(&refine, condition);
        break;
    case EXPR_VAR:
        add_var(&refine, (Var *)condition);
        break;
    default:
        break;
    }
}

/* Tests are never NULL themselves: not true is false. */
static bool is_never_null(const Expr *condition)
{
    return condition->kind == EXPR_NULL_TEST || condition->kind == EXPR_BOOLEAN_TEST ||
           condition->kind == EXPR_DISTINCT ||
           (condition->kind == EXPR_SUBLINK && ((const SubLink *)condition)->sublink == SUBLINK_EXISTS);
}

static void when_not_true(const Refine *refine, Expr *condition)
{
    if (is_never_null(condition)) {
        when_false(refine, condition);
        return;
    }
    if (condition->kind != EXPR_BOOL)
        return;
    BoolExpr *expr = (BoolExpr *)condition;
    if (expr->op == BOOL_OR)
        each(refine, &expr->args, when_not_true);
    else if (expr->op == BOOL_AND)
        common(refine, &expr->args, when_not_true);
    else
        when_not_false(refine, expr->args.items[0]);
}

static void when_not_false(const Refine *refine, Expr *condition)
{
    if (is_never_null(condition)) {
        when_true(refine, condition);
        return;
    }
    if (condition->kind != EXPR_BOOL)
        return;
    BoolExpr *expr = (BoolExpr *)condition;
    if (expr->op == BOOL_AND)
        each(refine, &expr->args, when_not_false);
    else if (expr->op == BOOL_OR)
        common(refine, &expr->args, when_not_false);
    else
        when_not_true(refine, expr->args.items[0]);
}

void refine_true(NullProof *proof, Expr *condition, VarSet *set)
{
    when_true(&(Refine){.proof = proof, .set = set, .why = condition}, condition);
}

void refine_not_true(NullProof *proof, Expr *condition, VarSet *set)
{
    when_not_true(&(Refine){.proof = proof, .set = set, .why = condition}, condition);
}

void refine_not_false(NullProof *proof, Expr *condition, VarSet *set)
{
    when_not_false(&(Refine){.proof = proof, .set = set, .why = condition}, condition);
}

void refine_not_null(NullProof *proof, Expr *expr, VarSet *set)
{
    not_null(&(Refine){.proof = proof, .set = set, .why = expr}, expr);
}
