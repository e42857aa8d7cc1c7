/* Running a body: blocks, branches, handlers (exec_toplevel_block, exec_stmt_block, exec_stmt_if … of pl_exec.c).
 */
#include "plpgsql/run.h"
#include "plpgsql/condition.h"
#include "plpgsql/runner.h"

#include <string.h>

enum { MOST_STATEMENTS = 20000 }; /* that one body runs, rounds of loops counted */

bool run_step(PlRunner *runner)
{
    return runner->steps++ < MOST_STATEMENTS;
}

/* ---- variables ---- */

bool run_declare(PlRunner *runner, const PlVariables *variables)
{
    PlChecker *checker = &runner->checker;
    for (size_t i = 0; i < variables->len; i++) {
        const PlVariable *variable = &variables->items[i];
        Value value = value_null();
        Oid type = TYPE_UNKNOWN;
        if (variable->kind == PL_VARIABLE && variable->value && !run_value(runner, variable->value, &value, &type))
            return false;
        if (!scope_declare(checker, variable))
            return false;
        const PlDatum *datum = &vec_last(&checker->scope->datums);
        if (variable->kind == PL_ALIAS)
            continue;
        PlTarget target = {{variable->name}, 1, variable->range};
        if (variable->kind == PL_VARIABLE && variable->value &&
            !run_check_input(runner, variable->value->range.start, &value, type, &target))
            return false;
        if (variable->kind == PL_VARIABLE && !(datum->is_record && !variable->value))
            run_assign(runner, &target, &value, type);
        else
            datum->cell->value = variable->kind == PL_VARIABLE ? value_null() : value_unknown();
    }
    return true;
}

/* ---- blocks ---- */

static const PlStatements *find_handler(const PlStatement *block, const char *code)
{
    for (size_t i = 0; code && i < block->handlers.len; i++)
        for (size_t j = 0; j < block->handlers.items[i].len; j++)
            if (condition_matches(&block->handlers.items[i].items[j], code))
                return &block->bodies.items[i + 1];
    return NULL;
}

static Flow run_handler(PlRunner *runner, const PlStatements *handler, const Diag *error)
{
    const Diag *outer = runner->caught;
    PlChecker *checker = &runner->checker;
    scope_push(checker, NULL);
    scope_add(checker, "sqlstate", TYPE_TEXT, -1)->value = value_text(error->code);
    scope_add(checker, "sqlerrm", TYPE_TEXT, -1)->value = value_text(error->message);
    runner->caught = error;
    Flow flow = run_statements(runner, handler);
    runner->caught = outer;
    scope_pop(checker);
    return flow;
}

/* The error that was reported since then. */
static const Diag *first_error(const Diags *diags, DiagsMark mark)
{
    const Diag *diag = mark.last ? mark.last->next : diags->first;
    while (diag && diag->severity != DIAG_ERROR)
        diag = diag->next;
    return diag;
}

/* What PostgreSQL may well be able to do is not caught in silence: statements and extensions that are not known. */
static bool is_ours(const Diag *error)
{
    static const char *const starts[] = {"unsupported", "extension \""};
    for (size_t i = 0;
         strcmp(error->code, SQLSTATE_FEATURE_NOT_SUPPORTED) == 0 && i < sizeof starts / sizeof *starts; i++)
        if (strncmp(error->message, starts[i], strlen(starts[i])) == 0)
            return true;
    return strlen(error->code) != strlen("XX000");
}

/* The statements in a sub-transaction: an error that a handler takes rolls back what they did to the schema. */
static Flow run_guarded(PlRunner *runner, const PlStatement *block)
{
    Diags *diags = runner->checker.context.diags;
    DiagsMark mark = diags_mark(diags);
    const void *savepoint = runner->host->savepoint(runner->host->data);
    PlScope *scope = runner->checker.scope;
    runner->handlers++;
    Flow flow = run_statements(runner, &block->bodies.items[0]);
    runner->handlers--;
    if (flow == FLOW_LOST && runner->lost == LOST_HANDLER) {
        PassReason reason = {sqltext_span(runner->checker.body->sql, block->start),
                             "which way this block went is not known here: its handlers are not applied",
                             "Write the statements that change the schema outside of the handlers."};
        flow = FLOW_ON;
        for (size_t i = 1; i < block->bodies.len; i++)
            if (pass_over(runner, &block->bodies.items[i], &reason) == FLOW_LOST)
                flow = FLOW_LOST;
    }
    const Diag *error = flow == FLOW_FAILED ? first_error(diags, mark) : NULL;
    const PlStatements *handler = error && error->code && !is_ours(error) ? find_handler(block, error->code) : NULL;
    if (!handler)
        return flow;
    runner->checker.scope = scope;
    runner->evaluation.frame = NULL;
    runner->evaluation.failed = false;
    diags_rewind(diags, mark);
    runner->host->rollback(runner->host->data, savepoint);
    return run_handler(runner, handler, error);
}

static Flow run_block(PlRunner *runner, const PlStatement *block)
{
    bool ours;
    scope_push(&runner->checker, block->label);
    Flow flow = FLOW_FAILED;
    if (run_declare(runner, &block->variables))
        flow = block->handlers.len ? run_guarded(runner, block) : run_statements(runner, &block->bodies.items[0]);
    scope_pop(&runner->checker);
    ours = flow == FLOW_EXIT && runner->label && block->label && strcmp(runner->label, block->label) == 0;
    return ours ? FLOW_ON : flow;
}

/* ---- other statements ---- */

static Flow run_assignment(PlRunner *runner, const PlStatement *statement)
{
    Value value;
    Oid type;
    if (!run_value(runner, statement->exprs.items[0], &value, &type))
        return FLOW_FAILED;
    if (!statement->sliced && !run_check_input(runner, statement->exprs.items[0]->range.start, &value, type,
                                               &statement->targets.items[0]))
        return FLOW_FAILED;
    run_assign(runner, &statement->targets.items[0], &value, statement->sliced ? INVALID_OID : type);
    return FLOW_ON;
}

static Flow run_return(PlRunner *runner, const PlStatement *statement)
{
    const Function *function = runner->call->routine.function;
    Oid type;
    runner->result = value_unknown();
    if (statement->exprs.len && !run_value(runner, statement->exprs.items[0], &runner->result, &type))
        return FLOW_FAILED;
    if (statement->exprs.len && function && type)
        runner->result = value_convert(runner->checker.context.arena, runner->checker.context.catalog,
                                       &runner->result, type, function->return_type);
    return FLOW_RETURN;
}

/* COMMIT and ROLLBACK, outside of blocks with handlers. */
static Flow run_end_transaction(PlRunner *runner, const PlStatement *statement)
{
    bool commit = statement->kind == PL_COMMIT;
    if (runner->handlers) {
        run_error(runner, statement->start, "2D000",
                  commit ? "cannot commit while a subtransaction is active"
                         : "cannot roll back while a subtransaction is active");
        return FLOW_FAILED;
    }
    return runner->host->end_transaction(runner->host->data, commit, runner->place) ? FLOW_ON : FLOW_FAILED;
}

/* RETURN NEXT, RETURN QUERY, FETCH …: their SQL is evaluated for what it calls. */
static Flow run_others(PlRunner *runner, const PlStatement *statement)
{
    for (size_t i = 0; i < statement->exprs.len; i++) {
        EvaluatedRows rows;
        const PlRow *row;
        if (!run_query(runner, statement->exprs.items[i], &rows, &row))
            return FLOW_FAILED;
    }
    record_forget(&runner->checker, statement);
    if (statement->targets.len)
        run_assign_row(runner, statement, NULL, NULL);
    if (statement->kind == PL_OTHER && statement->targets.len)
        run_set_found(runner, value_unknown());
    return FLOW_ON;
}

static Flow run_kind(PlRunner *runner, const PlStatement *statement)
{
    switch (statement->kind) {
    case PL_BLOCK:
        return run_block(runner, statement);
    case PL_ASSIGN:
        return run_assignment(runner, statement);
    case PL_IF:
        return run_if(runner, statement);
    case PL_CASE:
        return run_case(runner, statement);
    case PL_LOOP:
    case PL_WHILE:
    case PL_FOREACH:
    case PL_FOR_COUNTER:
    case PL_FOR_QUERY:
    case PL_FOR_DYNAMIC:
    case PL_FOR_CURSOR: {
        scope_push(&runner->checker, statement->label);
        Flow flow = run_declare(runner, &statement->variables) ? run_loop(runner, statement) : FLOW_FAILED;
        scope_pop(&runner->checker);
        return flow;
    }
    case PL_EXIT:
    case PL_CONTINUE:
        return run_exit(runner, statement);
    case PL_RETURN:
        return run_return(runner, statement);
    case PL_EXECUTE:
    case PL_OPEN_DYNAMIC:
    case PL_RETURN_DYNAMIC:
        return run_execute(runner, statement);
    case PL_STATEMENT:
    case PL_PERFORM_QUERY:
        return run_sql(runner, statement);
    case PL_RAISE:
        return run_raise(runner, statement);
    case PL_ASSERT:
        return run_assert(runner, statement);
    case PL_COMMIT:
    case PL_ROLLBACK:
        return run_end_transaction(runner, statement);
    case PL_RETURN_NEXT:
    case PL_RETURN_QUERY:
    case PL_OTHER:
        return run_others(runner, statement);
    }
    return FLOW_ON;
}

/* After something that may have changed the schema was passed over, an error need not be one. */
Flow run_statement(PlRunner *runner, const PlStatement *statement)
{
    Diags *diags = runner->checker.context.diags;
    runner->place = sqltext_span(runner->checker.body->sql, statement->start);
    if (!*runner->host->doubt || statement->bodies.len)
        return run_kind(runner, statement);
    DiagsMark mark = diags_mark(diags);
    const void *savepoint = runner->host->savepoint(runner->host->data);
    PlScope *scope = runner->checker.scope;
    Flow flow = run_kind(runner, statement);
    if (flow != FLOW_FAILED || statement->kind == PL_RAISE)
        return flow;
    runner->checker.scope = scope;
    runner->evaluation.frame = NULL;
    runner->evaluation.failed = false;
    runner->host->rollback(runner->host->data, savepoint);
    diags_demote(diags, mark);
    record_forget(&runner->checker, statement);
    if (statement->targets.len)
        run_assign_row(runner, statement, NULL, NULL);
    return FLOW_ON;
}

Flow run_statements(PlRunner *runner, const PlStatements *statements)
{
    Flow flow = FLOW_ON;
    for (size_t i = 0; i < statements->len && flow == FLOW_ON; i++) {
        flow = run_statement(runner, statements->items[i]);
        if (flow != FLOW_LOST)
            continue;
        PlStatements rest = {statements->items + i + 1, statements->len - i - 1, 0};
        PassReason reason = {
            sqltext_span(runner->checker.body->sql, statements->items[i]->start),
            "whether the body goes on after this is not known here: the statements that follow are not applied",
            "Write the statements that change the schema before it, or outside of the body."};
        Lost lost = runner->lost;
        if (pass_over(runner, &rest, &reason) == FLOW_LOST && runner->lost != lost)
            lost = LOST_BODY;
        runner->lost = lost;
    }
    return flow;
}

/* ---- the whole ---- */

static Value variable_value(void *data, int number)
{
    const PlRunner *runner = data;
    size_t index = (size_t)(number - VARIABLE_FIRST);
    if (index >= runner->checker.references.len)
        return value_unknown();
    const PlReference *reference = &runner->checker.references.items[index];
    const Value *value = &reference->cell->value;
    if (reference->field < 0)
        return *value;
    if (value->state == VALUE_NULL)
        return value_null();
    bool there = value->is_list && (size_t)reference->field < value->nitems;
    return there ? value->items[reference->field] : value_unknown();
}

static bool call_function(void *data, const EvaluateCall *call, Value *result)
{
    PlRunner *runner = data;
    return runner->host->call(runner->host->data, call, runner->place, result);
}

/* Input arguments get their values, the others begin as NULL. */
static void set_arguments(PlRunner *runner, const Function *function)
{
    size_t n = function->nall ? function->nall : function->nargs, next = 0;
    for (size_t i = 0; i < n; i++) {
        char mode = function->nall ? function->all_modes[i] : ARGMODE_IN;
        bool in = mode != ARGMODE_OUT && mode != ARGMODE_TABLE;
        const char *name = arena_printf(runner->checker.context.arena, "$%zu", i + 1);
        size_t used;
        const PlDatum *datum = scope_find(&runner->checker, &name, 1, &used);
        datum->cell->value = !in ? value_null() : runner->call->args ? runner->call->args[next++] : value_unknown();
    }
}

bool plpgsql_run(const AnalyzeContext *context, const PlBody *body, const PlCall *call, const PlHost *host,
                 Value *result)
{
    const Function *function = call->routine.function;
    bool numbered = function && call->args && !function->nall; /* $n counts arguments of all kinds */
    PlRunner runner = {.host = host, .call = call, .result = value_unknown()};
    runner.checker = (PlChecker){.context = *context, .body = body, .routine = &call->routine};
    runner.checker.context.sql = body->sql_text;
    runner.evaluation = (Evaluation){.catalog = context->catalog,
                                     .arena = context->arena,
                                     .params = call->args,
                                     .nparams = numbered ? function->nargs : 0,
                                     .variable = variable_value,
                                     .call = call_function,
                                     .data = &runner,
                                     .constraint_owners = host->constraint_owners,
                                     .catalog_data = host->data};
    scope_begin(&runner.checker);
    if (function)
        set_arguments(&runner, function);
    run_set_found(&runner, value_bool(false));
    Flow flow = run_statement(&runner, body->block);
    *result = flow == FLOW_RETURN ? runner.result : value_unknown();
    return flow != FLOW_FAILED;
}
