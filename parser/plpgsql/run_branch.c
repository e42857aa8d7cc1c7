/* IF, CASE, EXIT and CONTINUE (exec_stmt_if, exec_stmt_case, exec_stmt_exit of pl_exec.c). */
#include "plpgsql/runner.h"

#include <string.h>

/* The bodies from one on, of which one may be run. */
static Flow pass_over_rest(PlRunner *runner, const PlStatement *statement, size_t first, const PlExpr *condition)
{
    PassReason reason = pass_condition(runner, condition);
    Flow flow = FLOW_ON;
    PlStatements all = {0};
    for (size_t i = first; i < statement->bodies.len; i++)
        for (size_t j = 0; j < statement->bodies.items[i].len; j++)
            vec_push(runner->checker.context.arena, &all, statement->bodies.items[i].items[j]);
    if (all.len)
        flow = pass_over(runner, &all, &reason);
    return flow;
}

Flow run_if(PlRunner *runner, const PlStatement *statement)
{
    for (size_t i = 0; i < statement->exprs.len; i++) {
        Value value;
        Oid type;
        if (!run_value(runner, statement->exprs.items[i], &value, &type))
            return FLOW_FAILED;
        if (value_is_true(&value))
            return run_statements(runner, &statement->bodies.items[i]);
        if (!value_is_not_true(&value))
            return pass_over_rest(runner, statement, i, statement->exprs.items[i]);
    }
    return statement->has_else ? run_statements(runner, &vec_last(&statement->bodies)) : FLOW_ON;
}

/* The searched CASE is an IF; the one with an operand compares it with each value of a list. */
static Value case_matches(PlRunner *runner, const PlExpr *list, const Value *operand, Oid type, bool *failed)
{
    EvaluatedRows rows;
    const PlRow *row;
    bool known;
    *failed = !run_query(runner, list, &rows, &row);
    const EvaluatedRow *values = evaluate_first_row(&rows, &known);
    if (*failed || !row || !known || !values || operand->state != VALUE_KNOWN)
        return operand->state == VALUE_NULL ? value_bool(false) : value_unknown();
    for (size_t i = 0; i < row->n; i++) {
        Value item = value_convert(runner->checker.context.arena, runner->checker.context.catalog,
                                   &values->values[i], row->types[i], type);
        if (item.state == VALUE_NULL)
            continue;
        if (item.state != VALUE_KNOWN || !item.text || !operand->text)
            return value_unknown();
        if (strcmp(item.text, operand->text) == 0)
            return value_bool(true);
    }
    return value_bool(false);
}

Flow run_case(PlRunner *runner, const PlStatement *statement)
{
    Value operand = value_null(), value;
    Oid type = INVALID_OID, ignored;
    size_t first = statement->has_operand;
    if (first && !run_value(runner, statement->exprs.items[0], &operand, &type))
        return FLOW_FAILED;
    for (size_t i = first; i < statement->exprs.len; i++) {
        bool failed = false;
        if (first)
            value =
                type ? case_matches(runner, statement->exprs.items[i], &operand, type, &failed) : value_unknown();
        else
            failed = !run_value(runner, statement->exprs.items[i], &value, &ignored);
        if (failed)
            return FLOW_FAILED;
        if (value_is_true(&value))
            return run_statements(runner, &statement->bodies.items[i - first]);
        if (!value_is_not_true(&value))
            return pass_over_rest(runner, statement, i - first, statement->exprs.items[i]);
    }
    if (statement->has_else)
        return run_statements(runner, &vec_last(&statement->bodies));
    diag_hint(runner->checker.context.diags, run_error(runner, statement->start, "20000", "case not found"),
              "CASE statement is missing ELSE part.");
    return FLOW_FAILED;
}

/* EXIT and CONTINUE, WHEN a condition perhaps. */
Flow run_exit(PlRunner *runner, const PlStatement *statement)
{
    Value value = value_bool(true);
    Oid type;
    if (statement->exprs.len && !run_value(runner, statement->exprs.items[0], &value, &type))
        return FLOW_FAILED;
    if (value_is_not_true(&value))
        return FLOW_ON;
    runner->label = statement->target_label;
    if (value_is_true(&value))
        return statement->kind == PL_EXIT ? FLOW_EXIT : FLOW_CONTINUE;
    runner->lost = statement->target_label ? LOST_BODY : LOST_LOOP;
    return FLOW_LOST;
}
