/* Loops over what is known: conditions, counters, arrays, rows (exec_stmt_loop … exec_stmt_forc of pl_exec.c). */
#include "plpgsql/runner.h"

#include <string.h>

/* Whether the loop goes on after a round; *flow is then how the loop ends. */
static bool goes_on(PlRunner *runner, const PlStatement *loop, Flow *flow)
{
    bool ours = !runner->label || (loop->label && strcmp(runner->label, loop->label) == 0);
    if (*flow == FLOW_ON)
        return true;
    if ((*flow == FLOW_EXIT || *flow == FLOW_CONTINUE) && ours) {
        bool next = *flow == FLOW_CONTINUE;
        *flow = FLOW_ON;
        return next;
    }
    return false;
}

static PassReason rows_reason(const PlRunner *runner, const PlStatement *loop)
{
    uint32_t at = loop->exprs.len ? loop->exprs.items[0]->range.start : loop->start;
    return (PassReason){sqltext_span(runner->checker.body->sql, at),
                        "what this loop goes through is not known here: the statements in it are not applied",
                        "Loops over constants, arrays of them and the system catalogs are known; those over rows "
                        "of tables are not. "
                        "Write the statements out."};
}

static Flow pass_over_loop(PlRunner *runner, const PlStatement *loop, const PassReason *reason)
{
    Flow flow = pass_over(runner, &loop->bodies.items[0], reason);
    record_assign(&runner->checker, loop, NULL);
    if (loop->targets.len)
        run_assign_row(runner, loop, NULL, NULL);
    return flow == FLOW_LOST && runner->lost == LOST_LOOP ? FLOW_ON : flow;
}

/* One round; when it is not known where it went, the rest of the rounds is passed over. */
static bool round_goes_on(PlRunner *runner, const PlStatement *loop, Flow *flow)
{
    *flow = run_statements(runner, &loop->bodies.items[0]);
    if (*flow == FLOW_LOST && runner->lost == LOST_LOOP) {
        PassReason reason = rows_reason(runner, loop);
        *flow = pass_over_loop(runner, loop, &reason);
        return false;
    }
    return goes_on(runner, loop, flow);
}

static Flow loop_while(PlRunner *runner, const PlStatement *loop)
{
    Flow flow = FLOW_ON;
    do {
        Value condition = value_bool(true);
        Oid type;
        if (loop->kind == PL_WHILE && !run_value(runner, loop->exprs.items[0], &condition, &type))
            return FLOW_FAILED;
        if (value_is_not_true(&condition))
            return FLOW_ON;
        if (condition.state == VALUE_UNKNOWN || !run_step(runner)) {
            PassReason reason =
                loop->kind == PL_WHILE ? pass_condition(runner, loop->exprs.items[0]) : rows_reason(runner, loop);
            return pass_over_loop(runner, loop, &reason);
        }
    } while (round_goes_on(runner, loop, &flow));
    return flow;
}

static Flow loop_counter(PlRunner *runner, const PlStatement *loop)
{
    int64_t bounds[3] = {0, 0, 1};
    bool known = true;
    for (size_t i = 0; i < loop->exprs.len; i++) {
        Value value;
        Oid type;
        if (!run_value(runner, loop->exprs.items[i], &value, &type))
            return FLOW_FAILED;
        if (value.state == VALUE_NULL) {
            run_error(runner, loop->exprs.items[i]->range.start, "22004", "%s of FOR loop cannot be null",
                      i == 0   ? "lower bound"
                      : i == 1 ? "upper bound"
                               : "BY value");
            return FLOW_FAILED;
        }
        known &= value_integer(&value, &bounds[i]);
    }
    if (known && bounds[2] <= 0) {
        run_error(runner, loop->start, "22023", "BY value of FOR loop must be greater than zero");
        return FLOW_FAILED;
    }
    const char *const name = loop->variables.items[0].name;
    size_t used;
    PlCell *cell = scope_find(&runner->checker, &name, 1, &used)->cell;
    PassReason reason = rows_reason(runner, loop);
    Flow flow = FLOW_ON;
    int64_t step = loop->reverse ? -bounds[2] : bounds[2];
    for (int64_t i = bounds[0]; known && (loop->reverse ? i >= bounds[1] : i <= bounds[1]); i += step) {
        if (!run_step(runner))
            return pass_over_loop(runner, loop, &reason);
        cell->value = value_int(runner->checker.context.arena, i);
        if (!round_goes_on(runner, loop, &flow))
            return flow;
    }
    return known ? flow : pass_over_loop(runner, loop, &reason);
}

static Flow loop_rows(PlRunner *runner, const PlStatement *loop, const EvaluatedRows *rows, const PlRow *row)
{
    PassReason reason = rows_reason(runner, loop);
    Flow flow = FLOW_ON;
    bool known = row != NULL;
    for (size_t i = 0; i < rows->len; i++)
        known &= rows->items[i].certain && !rows->items[i].many;
    if (!known) {
        /* what the loop's variable is made of is known all the same */
        record_assign(&runner->checker, loop, row);
        return pass_over_loop(runner, loop, &reason);
    }
    for (size_t i = 0; i < rows->len; i++) {
        if (!run_step(runner))
            return pass_over_loop(runner, loop, &reason);
        if (loop->targets.len)
            run_assign_row(runner, loop, rows->items[i].values, row);
        if (!round_goes_on(runner, loop, &flow))
            break;
    }
    if (flow == FLOW_ON)
        run_set_found(runner, value_bool(rows->len > 0));
    return flow;
}

static Flow loop_query(PlRunner *runner, const PlStatement *loop)
{
    EvaluatedRows rows;
    const PlRow *row;
    bool good = loop->kind == PL_FOR_DYNAMIC ? run_dynamic_rows(runner, loop, &rows, &row)
                                             : run_query(runner, loop->exprs.items[0], &rows, &row);
    return good ? loop_rows(runner, loop, &rows, row) : FLOW_FAILED;
}

static Flow loop_array(PlRunner *runner, const PlStatement *loop)
{
    Value array;
    Oid type;
    PassReason reason = rows_reason(runner, loop);
    if (!run_value(runner, loop->exprs.items[0], &array, &type))
        return FLOW_FAILED;
    if (array.state == VALUE_NULL) {
        run_error(runner, loop->start, "22004", "FOREACH expression must not be null");
        return FLOW_FAILED;
    }
    Oid element = type ? type_base_element(runner->checker.context.catalog, type) : INVALID_OID;
    if (array.state != VALUE_KNOWN || !array.is_list || loop->sliced || loop->targets.len != 1)
        return pass_over_loop(runner, loop, &reason);
    Flow flow = FLOW_ON;
    for (size_t i = 0; i < array.nitems; i++) {
        if (!run_step(runner))
            return pass_over_loop(runner, loop, &reason);
        run_assign(runner, &loop->targets.items[0], &array.items[i], element);
        if (!round_goes_on(runner, loop, &flow))
            break;
    }
    if (flow == FLOW_ON)
        run_set_found(runner, value_bool(array.nitems > 0));
    return flow;
}

Flow run_loop(PlRunner *runner, const PlStatement *loop)
{
    PassReason reason = rows_reason(runner, loop);
    switch ((int)loop->kind) {
    case PL_LOOP:
    case PL_WHILE:
        return loop_while(runner, loop);
    case PL_FOR_COUNTER:
        return loop_counter(runner, loop);
    case PL_FOR_QUERY:
    case PL_FOR_DYNAMIC:
        return loop_query(runner, loop);
    case PL_FOREACH:
        return loop_array(runner, loop);
    default: /* over a cursor */
        return pass_over_loop(runner, loop, &reason);
    }
}
