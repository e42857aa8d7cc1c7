/* SQL statements, PERFORM and EXECUTE (exec_stmt_execsql, exec_stmt_perform, exec_stmt_dynexecute of pl_exec.c). */
#include "plpgsql/runner.h"

#include <string.h>

/* FOUND after a query: whether it gave a row, or touched one. */
static Value found_of(const EvaluatedRows *rows)
{
    for (size_t i = 0; i < rows->len; i++)
        if (rows->items[i].certain && !rows->items[i].many)
            return value_bool(true);
    return rows->len ? value_unknown() : value_bool(false);
}

/* INTO STRICT wants one row. */
static bool check_strict(PlRunner *runner, const PlStatement *statement, const EvaluatedRows *rows)
{
    size_t certain = 0, possible = 0;
    for (size_t i = 0; i < rows->len; i++) {
        certain += rows->items[i].certain && !rows->items[i].many;
        possible++;
    }
    if (statement->is_strict && !possible) {
        run_error(runner, statement->start, "P0002", "query returned no rows");
        return false;
    }
    if (statement->is_strict && certain > 1) {
        diag_hint(runner->checker.context.diags,
                  run_error(runner, statement->start, "P0003", "query returned more than one row"),
                  "Make sure the query returns a single row, or use LIMIT 1.");
        return false;
    }
    return true;
}

static Flow run_utility(PlRunner *runner, const AstNode *node, const SqlText *sql, uint32_t start, uint32_t end)
{
    if (ast_kind(node) == AST_TRANSACTION_STMT) {
        diag_error(runner->checker.context.diags, runner->place, SQLSTATE_FEATURE_NOT_SUPPORTED,
                   "unsupported transaction command in PL/pgSQL");
        return FLOW_FAILED;
    }
    const AstCopyStmt *copy = ast_kind(node) == AST_COPY_STMT ? node->copy_stmt : NULL;
    if (copy && !copy->is_program && !ast_text(copy->filename)) {
        diag_error(runner->checker.context.diags, runner->place, SQLSTATE_FEATURE_NOT_SUPPORTED,
                   "cannot COPY to/from client in PL/pgSQL");
        return FLOW_FAILED;
    }
    return runner->host->apply(runner->host->data, node, sql, start, end) ? FLOW_ON : FLOW_FAILED;
}

static Flow run_call(PlRunner *runner, const PlStatement *statement, const AstNode *node)
{
    PlChecker *checker = &runner->checker;
    DiagsMark mark = diags_mark(checker->context.diags);
    checker->lookup.gave_up = false;
    checker->references.len = 0;
    FuncExpr *call = analyze_call(&checker->context, node->call_stmt->funccall, &checker->params);
    if (checker->lookup.gave_up)
        diags_rewind(checker->context.diags, mark);
    else if (!call)
        return FLOW_FAILED;
    runner->evaluation.failed = false;
    if (call)
        evaluate_expr(&runner->evaluation, &call->expr);
    /* what OUT arguments give is not known */
    for (size_t i = 0; call && i < call->args.len; i++)
        if (call->args.items[i]->kind == EXPR_PARAM && ((Param *)call->args.items[i])->number >= VARIABLE_FIRST) {
            size_t number = (size_t)(((Param *)call->args.items[i])->number - VARIABLE_FIRST);
            PlCell *cell = (PlCell *)(uintptr_t)checker->references.items[number].cell;
            cell->value = value_unknown();
        }
    record_assign(checker, statement, NULL);
    return runner->evaluation.failed ? FLOW_FAILED : FLOW_ON;
}

Flow run_sql(PlRunner *runner, const PlStatement *statement)
{
    const PlExpr *expr = statement->exprs.items[0];
    const SqlText *sql = runner->checker.body->sql_text;
    EvaluatedRows rows;
    const PlRow *row;
    if (!expr->node)
        return FLOW_ON;
    if (ast_kind(expr->node) == AST_CALL_STMT)
        return run_call(runner, statement, expr->node);
    uint32_t end = expr->at + (expr->range.end - expr->range.start);
    if (!analyze_is_optimizable(expr->node)) {
        Flow flow = run_utility(runner, expr->node, sql, expr->at, end);
        bool shows = ast_kind(expr->node) == AST_EXPLAIN_STMT || ast_kind(expr->node) == AST_VARIABLE_SHOW_STMT;
        if (flow == FLOW_ON && shows && !statement->targets.len)
            run_error(runner, statement->start, SQLSTATE_SYNTAX_ERROR, "query has no destination for result data");
        if (statement->targets.len)
            run_assign_row(runner, statement, NULL, NULL);
        return flow == FLOW_ON && shows && !statement->targets.len ? FLOW_FAILED : flow;
    }
    if (!run_statement_query(runner, statement, expr, &rows, &row) || !check_strict(runner, statement, &rows))
        return FLOW_FAILED;
    if (statement->targets.len)
        run_assign_first(runner, statement, &rows, row);
    if (statement->targets.len || statement->kind == PL_PERFORM_QUERY || ast_kind(expr->node) != AST_SELECT_STMT)
        run_set_found(runner, found_of(&rows));
    if (ast_kind(expr->node) != AST_SELECT_STMT)
        return FLOW_ON;
    return runner->host->apply(runner->host->data, expr->node, sql, expr->at, end) ? FLOW_ON : FLOW_FAILED;
}

/* ---- EXECUTE ---- */

/* The values of USING; false after an error. *known: all have types. */
static bool using_values(PlRunner *runner, const PlStatement *statement, ParamTypes *params, bool *known)
{
    Arena *arena = runner->checker.context.arena;
    size_t n = statement->exprs.len - 1;
    Value *values = arena_array_of(arena, n + 1, Value);
    *params = (ParamTypes){.len = n, .cap = n};
    params->types = arena_array_of(arena, n + 1, Oid);
    params->locations = arena_array_of(arena, n + 1, int32_t);
    *known = true;
    for (size_t i = 0; i < n; i++) {
        if (!run_value(runner, statement->exprs.items[i + 1], &values[i], &params->types[i]))
            return false;
        params->locations[i] = -1;
        *known &= params->types[i] != INVALID_OID;
    }
    runner->evaluation.params = values;
    runner->evaluation.nparams = n;
    return true;
}

/* A text of its own, every byte of which stands for the expression that made it. */
static const SqlText *executed_text(const PlRunner *runner, const PlExpr *expr, const char *text)
{
    Arena *arena = runner->host->arena;
    Span span = sqltext_range(runner->checker.body->sql, expr->range.start, expr->range.end);
    SqlText *sql = arena_new_of(arena, SqlText);
    SqlSegment *segment = arena_new_of(arena, SqlSegment);
    *segment = (SqlSegment){0, span.start, span.end, true};
    *sql = (SqlText){span.file, arena_strdup(arena, text), strlen(text), segment, 1};
    return sql;
}

typedef struct Executed {
    const SqlText *sql;
    ParamTypes params;
    bool params_known;
    EvaluatedRows rows;
    const PlRow *row;
} Executed;

static Flow execute_query(PlRunner *runner, const AstNode *node, Executed *executed)
{
    AnalyzeContext context = runner->checker.context;
    context.sql = executed->sql;
    if (!executed->params_known) {
        vec_push(context.arena, &executed->rows, ((EvaluatedRow){.many = true}));
        return FLOW_ON;
    }
    Query *query = analyze_statement(&context, node, &executed->params);
    if (!query)
        return FLOW_FAILED;
    executed->row = record_of_query(&runner->checker, query);
    if (!run_resolved(runner, query, &executed->rows))
        return FLOW_FAILED;
    bool settings = ast_kind(node) == AST_SELECT_STMT;
    return !settings ||
                   runner->host->apply(runner->host->data, node, executed->sql, 0, (uint32_t)executed->sql->len)
               ? FLOW_ON
               : FLOW_FAILED;
}

/* What EXECUTE does not take. */
static bool is_refused(PlRunner *runner, const AstNode *node)
{
    Diags *diags = runner->checker.context.diags;
    if (ast_kind(node) == AST_TRANSACTION_STMT) {
        diag_error(diags, runner->place, SQLSTATE_FEATURE_NOT_SUPPORTED,
                   "EXECUTE of transaction commands is not implemented");
        return true;
    }
    const AstSelectStmt *leftmost = ast_kind(node) == AST_SELECT_STMT ? node->select_stmt : NULL;
    while (leftmost && leftmost->larg)
        leftmost = leftmost->larg;
    if (!leftmost || !leftmost->into_clause)
        return false;
    diag_hint(diags,
              diag_error(diags, runner->place, SQLSTATE_FEATURE_NOT_SUPPORTED,
                         "EXECUTE of SELECT ... INTO is not implemented"),
              "You might want to use EXECUTE ... INTO or EXECUTE CREATE TABLE ... AS instead.");
    return true;
}

static Flow execute_text(PlRunner *runner, Executed *executed)
{
    Diags *diags = runner->checker.context.diags;
    size_t errors = diags->nerrors;
    AstStatements statements = ast_parse(runner->host->arena, executed->sql, diags);
    Flow flow = diags->nerrors > errors ? FLOW_FAILED : FLOW_ON;
    for (size_t i = 0; flow == FLOW_ON && i < statements.len; i++) {
        const AstStatement *one = &statements.items[i];
        executed->rows.len = 0;
        executed->row = NULL;
        if (is_refused(runner, one->node))
            return FLOW_FAILED;
        flow = analyze_is_optimizable(one->node)
                   ? execute_query(runner, one->node, executed)
                   : run_utility(runner, one->node, executed->sql, one->start, one->end);
    }
    return flow;
}

/* The text that an EXECUTE runs was not written by anyone: it is shown with what is wrong in it. */
static void show_text(PlRunner *runner, DiagsMark mark, const SqlText *sql)
{
    Diags *diags = runner->checker.context.diags;
    for (Diag *diag = mark.last ? mark.last->next : diags->first; diag; diag = diag->next)
        if (diag->span.file == runner->place.file)
            diag_note(diags, diag, runner->place, "the statement is: %s", sql->text);
}

static Flow execute_known(PlRunner *runner, const PlStatement *statement, const char *text, EvaluatedRows *rows,
                          const PlRow **row)
{
    Diags *diags = runner->checker.context.diags;
    Executed executed = {.sql = executed_text(runner, statement->exprs.items[0], text)};
    const Value *outer = runner->evaluation.params;
    size_t nouter = runner->evaluation.nparams;
    if (!using_values(runner, statement, &executed.params, &executed.params_known))
        return FLOW_FAILED;
    DiagsMark mark = diags_mark(diags);
    Flow flow = execute_text(runner, &executed);
    runner->evaluation.params = outer;
    runner->evaluation.nparams = nouter;
    show_text(runner, mark, executed.sql);
    *rows = executed.rows;
    *row = executed.row;
    return flow;
}

static void pass_over_text(PlRunner *runner, const PlStatement *statement, const Value *text)
{
    Arena *arena = runner->checker.context.diags->arena;
    const char *shown = text->text ? run_legible(arena, text->text) : "...";
    if (!text->text && !pass_changes(runner->host, statement)) {
        record_forget(&runner->checker, statement);
        run_assign_row(runner, statement, NULL, NULL);
        return;
    }
    PassReason reason = {
        sqltext_span(runner->checker.body->sql, statement->exprs.items[0]->range.start),
        arena_printf(arena, "the statement that is executed is not known here, and not applied: %s", shown),
        "Texts are known that are made of constants, of variables that hold such, and of names out of the system "
        "catalogs."};
    pass_over_self(runner, statement, &reason);
}

/* The text of a dynamic statement; false after an error. */
static bool dynamic_text(PlRunner *runner, const PlStatement *statement, Value *text)
{
    Value value;
    Oid type;
    const PlExpr *expr = statement->exprs.items[0];
    *text = value_unknown();
    if (!run_value(runner, expr, &value, &type))
        return false;
    if (value.state == VALUE_NULL) {
        run_error(runner, expr->range.start, "22004", "query string argument of EXECUTE is null");
        return false;
    }
    if (type)
        *text = value_output(runner->checker.context.arena, runner->checker.context.catalog, &value, type);
    return true;
}

Flow run_execute(PlRunner *runner, const PlStatement *statement)
{
    Value text;
    EvaluatedRows rows;
    const PlRow *row;
    if (!dynamic_text(runner, statement, &text))
        return FLOW_FAILED;
    if (text.state != VALUE_KNOWN) {
        if (!text.text || pass_text_changes(text.text))
            pass_over_text(runner, statement, &text);
        else if (statement->targets.len)
            run_assign_row(runner, statement, NULL, NULL);
        return FLOW_ON;
    }
    Flow flow = execute_known(runner, statement, text.text, &rows, &row);
    if (flow != FLOW_ON || statement->kind != PL_EXECUTE || !statement->targets.len)
        return flow;
    if (!check_strict(runner, statement, &rows))
        return FLOW_FAILED;
    run_assign_first(runner, statement, &rows, row);
    return FLOW_ON;
}

bool run_dynamic_rows(PlRunner *runner, const PlStatement *loop, EvaluatedRows *rows, const PlRow **row)
{
    Value text;
    *rows = (EvaluatedRows){0};
    *row = NULL;
    if (!dynamic_text(runner, loop, &text))
        return false;
    if (text.state == VALUE_KNOWN)
        return execute_known(runner, loop, text.text, rows, row) == FLOW_ON;
    return true;
}
