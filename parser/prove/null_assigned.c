/* Rows that a statement has just written, as RETURNING sees them: a column that takes NULL is not NULL where the
 * statement stores a value that is not, or where the old value was not and stays. Triggers that run BEFORE, rules
 * and foreign tables may put something else in its place; then the declarations alone count. */
#include "prove/nullness.h"

static Expr *assigned_value(const TargetList *targets, int attribute)
{
    for (size_t i = 0; i < targets->len; i++)
        if (!targets->items[i]->junk && targets->items[i]->number == attribute)
            return targets->items[i]->expr;
    return NULL;
}

/* The default stands outside of any query. */
static bool null_default(NullProof *proof, const Column *column)
{
    Query *empty = arena_new_of(proof->arena, Query);
    if (!column->default_expr || null_expr(null_scope(proof, empty, NULL), column->default_expr))
        return true;
    null_verdict(proof, false, NULL_DEFAULT, NULL, -1);
    proof->reason.span = column->span;
    return false;
}

static bool null_inserted(NullScope *scope, const Column *column)
{
    Expr *value = assigned_value(&scope->query->targets, column->number);
    if (!value || value->kind == EXPR_SET_TO_DEFAULT)
        return null_default(scope->proof, column);
    return null_expr(scope->before ? scope->before : scope, value) ||
           null_verdict(scope->proof, false, NULL_ASSIGNED, NULL, expr_location(value));
}

/* The values see the old row, and what the conditions prove of it. */
static bool null_updated(NullScope *scope, const TargetList *set, const Column *column)
{
    NullScope *before = scope->before;
    int target = scope->query->result_relation;
    Expr *value = assigned_value(set, column->number);
    if (!value) {
        const Expr *why = varset_find(&before->proved, target, column->number);
        return !why || null_verdict(scope->proof, false, NULL_CONDITION, NULL, expr_location(why));
    }
    if (value->kind == EXPR_SET_TO_DEFAULT)
        return null_default(scope->proof, column);
    return null_expr(before, value) || null_verdict(scope->proof, false, NULL_ASSIGNED, NULL, expr_location(value));
}

bool null_inserted_value(NullScope *scope, const Column *column)
{
    const Expr *value = assigned_value(&scope->query->targets, column->number);
    if (column->generated)
        return true;
    if (column->identity && (!value || value->kind == EXPR_SET_TO_DEFAULT))
        return false;
    return null_inserted(scope, column);
}

bool null_updated_value(NullScope *scope, const TargetList *set, const Column *column)
{
    return column->generated || (assigned_value(set, column->number) && null_updated(scope, set, column));
}

/* The view's own columns, without what its conditions prove: a row that is written need not meet them. */
static bool null_written_view_column(NullProof *proof, const Relation *view, int attribute)
{
    if (view->ntriggers || view->nrules || !view->view || view->view->set_operations)
        return null_verdict(proof, true, NULL_CHANGED_VIEW, NULL, -1);
    const TargetList *targets = &view->view->targets;
    Expr *value = attribute > 0 ? assigned_value(targets, attribute) : NULL;
    if (!value || value->kind != EXPR_VAR || ((Var *)value)->levels_up)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, -1);
    const Var *var = (const Var *)value;
    const RangeTblEntry *rte = view->view->rtable[var->rtindex - 1];
    const Relation *relation = rte->kind == RTE_RELATION ? catalog_relation(proof->catalog, rte->relation) : NULL;
    if (!relation)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, -1);
    if (relation->kind == RELKIND_VIEW)
        return null_written_view_column(proof, relation, var->attribute);
    if (relation->nrules)
        return null_verdict(proof, true, NULL_CHANGED_VIEW, NULL, -1);
    return null_relation_column(proof, relation, var->attribute, rte->inherit);
}

bool null_written_column(NullScope *scope, int attribute)
{
    NullProof *proof = scope->proof;
    const Query *query = scope->query;
    const RangeTblEntry *rte = query->rtable[query->result_relation - 1];
    const Relation *relation = catalog_relation(proof->catalog, rte->relation);
    if (!relation)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, -1);
    if (relation->kind == RELKIND_VIEW)
        return null_written_view_column(proof, relation, attribute);
    if (relation->nrules)
        return null_verdict(proof, true, NULL_CHANGED_VIEW, NULL, -1);
    if (!null_relation_column(proof, relation, attribute, rte->inherit))
        return false;
    NullReason declared = proof->reason;
    const Column *column = catalog_column(relation, attribute);
    bool nullable = true;
    if (column && attribute > 0 && !column->generated && !relation_may_change_rows(proof, relation)) {
        if (query->command == COMMAND_UPDATE)
            nullable = null_updated(scope, &query->targets, column);
        else if (query->command == COMMAND_INSERT)
            nullable = null_inserted(scope, column) || (query->on_conflict && query->on_conflict->do_update &&
                                                        null_updated(scope, &query->on_conflict->set, column));
    }
    if (nullable)
        proof->reason = declared;
    return nullable;
}

bool null_deleted_column(NullScope *scope, int attribute)
{
    NullProof *proof = scope->proof;
    const RangeTblEntry *rte = scope->query->rtable[scope->query->result_relation - 1];
    const Relation *relation = catalog_relation(proof->catalog, rte->relation);
    if (!relation || relation->nrules || (relation->kind == RELKIND_VIEW && relation->ntriggers))
        return null_verdict(proof, true, NULL_CHANGED_VIEW, NULL, -1);
    return null_relation_column(proof, relation, attribute, rte->inherit);
}
