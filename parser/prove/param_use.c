/* A walk over the tree that notes, at each place a parameter stands, what that place tells of it. */
#include "prove/param_name.h"

#include "catalog/builtin_oids.h"

#include "prove/nullness.h"

#include <string.h>

static bool is_input(char mode)
{
    return mode == ARGMODE_IN || mode == ARGMODE_INOUT || mode == ARGMODE_VARIADIC;
}

/* The arguments' names, or the function's. A procedure's call has output arguments too. */
static void note_call(UseWalk *walk, const FuncExpr *call)
{
    const Function *function = catalog_function(walk->catalog, call->function);
    if (!function || call->form != FORM_EXPLICIT_CALL)
        return;
    bool all = function->kind == PROKIND_PROCEDURE;
    size_t n = 0;
    for (size_t i = 0; i < (function->nall ? function->nall : function->nargs); i++) {
        bool input = !function->nall || all || is_input(function->all_modes[i]);
        ParamUse *use = input && n < call->args.len ? param_of(walk, call->args.items[n]) : NULL;
        n += input;
        if (!use)
            continue;
        if (function->arg_names)
            param_suggest(use, function->arg_names[i]);
        param_hint(use, arena_strdup(walk->arena, function->name));
    }
}

static void note_null_meaning(UseWalk *walk, const ExprList *args)
{
    for (size_t i = 0; i < args->len; i++) {
        ParamUse *use = param_of(walk, args->items[i]);
        if (use && !use->null_tested)
            use->tested_at = expr_location(args->items[i]);
        if (use)
            use->null_tested = true;
    }
}

/* x = $1 that must hold: no row meets it when the parameter is NULL. Inside CASE or OR that may be meant. */
static void note_comparison(UseWalk *walk, Expr *operand, Oid op)
{
    ParamUse *use = param_of(walk, operand);
    const Operator *found = use && !use->compared ? catalog_operator(walk->catalog, op) : NULL;
    const Function *function = found ? catalog_function(walk->catalog, found->function) : NULL;
    if (!function || !function->strict || found->result != TYPE_BOOL)
        return;
    use->compared = true;
    use->compared_at = expr_location(operand);
    use->op = found->name;
}

static bool walk_query(Query *query, void *context);

static bool note_expr(Expr *expr, void *context)
{
    UseWalk *walk = context;
    switch ((int)expr->kind) {
    case EXPR_OP:
    case EXPR_NULLIF:
        if (((OpExpr *)expr)->args.len == 2)
            param_note_pair(walk, ((OpExpr *)expr)->args.items[0], ((OpExpr *)expr)->args.items[1]);
        break;
    case EXPR_DISTINCT:
        param_note_pair(walk, ((OpExpr *)expr)->args.items[0], ((OpExpr *)expr)->args.items[1]);
        note_null_meaning(walk, &((OpExpr *)expr)->args);
        break;
    case EXPR_SCALAR_ARRAY_OP: {
        ScalarArrayOp *op = (ScalarArrayOp *)expr;
        param_note_pair(walk, op->scalar, op->array);
        for (size_t i = 0; op->array->kind == EXPR_ARRAY && i < ((ArrayExpr *)op->array)->elements.len; i++)
            param_note_pair(walk, op->scalar, ((ArrayExpr *)op->array)->elements.items[i]);
        break;
    }
    case EXPR_ROW_COMPARE: {
        RowCompare *compare = (RowCompare *)expr;
        for (size_t i = 0; i < compare->left.len; i++)
            param_note_pair(walk, compare->left.items[i], compare->right.items[i]);
        break;
    }
    case EXPR_NULL_TEST: {
        ExprList one = {&((NullTest *)expr)->arg, 1, 1};
        note_null_meaning(walk, &one);
        break;
    }
    case EXPR_COALESCE: {
        const ExprList *args = &((VariadicExpr *)expr)->args;
        note_null_meaning(walk, args);
        for (size_t i = 1; i < args->len; i++)
            param_note_pair(walk, args->items[0], args->items[i]);
        break;
    }
    case EXPR_FUNC:
        note_call(walk, (FuncExpr *)expr);
        break;
    case EXPR_SUBLINK:
        walk_query(((SubLink *)expr)->query, walk);
        break;
    default:
        break;
    }
    return expr_walk(expr, note_expr, context);
}

/* A value on its way into a column. */
static void note_assignment(UseWalk *walk, const Relation *relation, int attribute, Expr *value)
{
    const Column *column = catalog_column(relation, attribute);
    ParamUse *use = param_of(walk, value);
    if (!column)
        return;
    if (!use) {
        param_hint(param_sole(walk, value), column->name);
        return;
    }
    param_suggest(use, column->name);
    use->table = relation->oid;
    use->column = column->number;
    bool takes_null = null_relation_column(walk->proof, relation, attribute, false);
    use->stored = takes_null && use->not_null_target ? use->stored : column;
    use->nullable_target = use->nullable_target || takes_null;
    use->not_null_target = use->not_null_target || !takes_null;
}

/* The entries of a VALUES list that feed an INSERT are assigned too: target Var(values, i) stands for its column i.
 */
static void note_target(UseWalk *walk, const Relation *relation, const TargetEntry *entry)
{
    const Expr *value = without_coercions(entry->expr);
    if (value->kind == EXPR_VAR && ((const Var *)value)->levels_up == 0 && ((const Var *)value)->attribute > 0) {
        const Var *var = (const Var *)value;
        const RangeTblEntry *rte = walk->query->rtable[var->rtindex - 1];
        for (size_t i = 0; rte->kind == RTE_VALUES && i < rte->nrows; i++)
            if ((size_t)var->attribute <= rte->values[i].len)
                note_assignment(walk, relation, entry->number, rte->values[i].items[var->attribute - 1]);
        if (rte->kind == RTE_SUBQUERY && (size_t)var->attribute <= rte->subquery->targets.len &&
            !rte->subquery->set_operations) {
            UseWalk inner = {walk->proof, walk->catalog, walk->arena, rte->subquery, walk, walk->uses, walk->n};
            note_assignment(&inner, relation, entry->number,
                            rte->subquery->targets.items[var->attribute - 1]->expr);
        }
        return;
    }
    note_assignment(walk, relation, entry->number, entry->expr);
}

static void note_targets(UseWalk *walk, const TargetList *targets)
{
    const Query *query = walk->query;
    if (!query->result_relation)
        return;
    const Relation *relation = catalog_relation(walk->catalog, query->rtable[query->result_relation - 1]->relation);
    for (size_t i = 0; relation && i < targets->len; i++)
        if (!targets->items[i]->junk && targets->items[i]->expr)
            note_target(walk, relation, targets->items[i]);
}

static void note_limits(UseWalk *walk)
{
    ParamUse *use = walk->query->limit ? param_of(walk, walk->query->limit) : NULL;
    if (use)
        param_suggest(use, "limit");
    use = walk->query->offset ? param_of(walk, walk->query->offset) : NULL;
    if (use)
        param_suggest(use, "offset");
}

/* A parameter that is a column of its own takes that column's name. */
static void note_columns(UseWalk *walk)
{
    const Query *query = walk->query;
    for (size_t i = 0; query->command == COMMAND_SELECT && i < query->targets.len; i++) {
        ParamUse *use = param_of(walk, query->targets.items[i]->expr);
        if (use && query->targets.items[i]->location >= 0)
            param_suggest(use, query->targets.items[i]->name);
    }
}

static void note_condition(UseWalk *walk, Expr *condition)
{
    if (!condition)
        return;
    switch ((int)condition->kind) {
    case EXPR_BOOL: {
        const BoolExpr *expr = (const BoolExpr *)condition;
        for (size_t i = 0; expr->op == BOOL_AND && i < expr->args.len; i++)
            note_condition(walk, expr->args.items[i]);
        break;
    }
    case EXPR_OP: {
        const OpExpr *op = (const OpExpr *)condition;
        for (size_t i = 0; i < op->args.len; i++)
            note_comparison(walk, op->args.items[i], op->op);
        break;
    }
    case EXPR_SCALAR_ARRAY_OP: {
        const ScalarArrayOp *op = (const ScalarArrayOp *)condition;
        note_comparison(walk, op->scalar, op->op);
        note_comparison(walk, op->array, op->op);
        break;
    }
    default:
        break;
    }
}

static void note_conditions(UseWalk *walk, const JoinNode *node)
{
    if (!node || node->kind == NODE_RTREF)
        return;
    note_condition(walk, node->quals);
    for (size_t i = 0; node->kind == NODE_FROM && i < node->nitems; i++)
        note_conditions(walk, node->items[i]);
    if (node->kind == NODE_JOIN) {
        note_conditions(walk, node->left);
        note_conditions(walk, node->right);
    }
}

static bool walk_query(Query *query, void *context)
{
    UseWalk *outer = context;
    UseWalk walk = {outer->proof, outer->catalog, outer->arena, query, outer->query ? outer : NULL,
                    outer->uses,  outer->n};
    if (query->command == COMMAND_INSERT || query->command == COMMAND_UPDATE)
        note_targets(&walk, &query->targets);
    for (size_t i = 0; i < query->nmerge_actions; i++)
        note_targets(&walk, &query->merge_actions[i].targets);
    if (query->on_conflict && query->on_conflict->do_update)
        note_targets(&walk, &query->on_conflict->set);
    note_limits(&walk);
    note_conditions(&walk, query->jointree);
    note_condition(&walk, query->having);
    query_walk_exprs(query, note_expr, &walk);
    query_walk_subqueries(query, walk_query, &walk);
    note_columns(&walk);
    return false;
}

void param_use_collect(NullProof *proof, Query *query, ParamUse *uses, size_t n)
{
    for (size_t i = 0; i <= n; i++)
        uses[i].tested_at = uses[i].compared_at = -1;
    UseWalk top = {proof, proof->catalog, proof->arena, NULL, NULL, uses, n};
    walk_query(query, &top);
}
