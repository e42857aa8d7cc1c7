/* RAISE and ASSERT (exec_stmt_raise, exec_stmt_assert of pl_exec.c). */
#include "plpgsql/condition.h"
#include "plpgsql/runner.h"

#include <string.h>
#include <strings.h>

typedef struct Report {
    const char *code, *message, *detail, *hint;
} Report;

static const char *format_literal(const PlExpr *format)
{
    const AstNode *node = format ? format->node : NULL;
    if (ast_kind(node) != AST_SELECT_STMT || node->select_stmt->n_target_list != 1)
        return NULL;
    node = node->select_stmt->target_list[0]->res_target->val;
    bool text = ast_kind(node) == AST_A_CONST && node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
    return text ? node->a_const->sval->sval : NULL;
}

/* The value as text, for people. */
static bool shown(PlRunner *runner, const PlExpr *expr, const char **text)
{
    Arena *arena = runner->checker.context.diags->arena;
    Value value;
    Oid type;
    if (!run_value(runner, expr, &value, &type))
        return false;
    Value out = type ? value_output(arena, runner->checker.context.catalog, &value, type) : value_unknown();
    *text = out.state == VALUE_NULL ? "<NULL>" : out.text ? run_legible(arena, out.text) : "...";
    return true;
}

/* A parameter for each % of the format. */
static bool make_message(PlRunner *runner, const PlStatement *statement, const char *format, const char **message)
{
    Arena *arena = runner->checker.context.diags->arena;
    const char *out = "";
    size_t next = 0;
    for (const char *at = format; *at; at++) {
        const char *piece = NULL;
        if (*at == '%' && at[1] == '%')
            at++;
        else if (*at == '%' && next < statement->exprs.len &&
                 !shown(runner, statement->exprs.items[next++], &piece))
            return false;
        out = piece ? arena_printf(arena, "%s%s", out, piece) : arena_printf(arena, "%s%c", out, *at);
    }
    *message = out;
    return true;
}

static bool read_options(PlRunner *runner, const PlStatement *statement, Report *report)
{
    const PlRaise *raise = statement->raise;
    size_t first = statement->exprs.len - raise->options.len;
    for (size_t i = 0; i < raise->options.len; i++) {
        const char *text;
        if (!shown(runner, statement->exprs.items[first + i], &text))
            return false;
        if (strcmp(raise->options.items[i], "errcode") == 0)
            report->code = condition_code(text) ? condition_code(text) : text;
        else if (strcmp(raise->options.items[i], "message") == 0)
            report->message = text;
        else if (strcmp(raise->options.items[i], "detail") == 0)
            report->detail = text;
        else if (strcmp(raise->options.items[i], "hint") == 0)
            report->hint = text;
    }
    return true;
}

static void again(PlRunner *runner, const Diag *caught)
{
    Diags *diags = runner->checker.context.diags;
    Diag *diag = diag_error(diags, caught->span, caught->code, "%s", caught->message);
    diag->detail = caught->detail;
    diag->hint = caught->hint;
}

Flow run_raise(PlRunner *runner, const PlStatement *statement)
{
    const PlRaise *raise = statement->raise;
    Diags *diags = runner->checker.context.diags;
    Report report = {0};
    const char *format = format_literal(raise->format);
    if (!raise->format && !raise->condition.range.end && !raise->options.len) {
        if (runner->caught)
            again(runner, runner->caught);
        else
            run_error(runner, statement->start, "0Z002",
                      "RAISE without parameters cannot be used outside an exception handler");
        return FLOW_FAILED;
    }
    if (format && !make_message(runner, statement, format, &report.message))
        return FLOW_FAILED;
    report.code = raise->condition.sqlstate ? raise->condition.sqlstate
                  : raise->condition.name   ? condition_code(raise->condition.name)
                                            : NULL;
    if (!read_options(runner, statement, &report))
        return FLOW_FAILED;
    if (!raise->is_error)
        return FLOW_ON;
    if (!report.message)
        report.message = raise->condition.name ? raise->condition.name : report.code ? report.code : "";
    const char *code = report.code ? arena_strdup(diags->arena, report.code) : "P0001";
    Diag *diag = run_error(runner, statement->start, code, "%s", report.message);
    diag->detail = report.detail;
    diag->hint = report.hint;
    return FLOW_FAILED;
}

Flow run_assert(PlRunner *runner, const PlStatement *statement)
{
    const char *message = "assertion failed";
    Value value;
    Oid type;
    if (!run_value(runner, statement->exprs.items[0], &value, &type))
        return FLOW_FAILED;
    if (!value_is_not_true(&value) || runner->host->ignores_asserts)
        return FLOW_ON;
    if (statement->exprs.len > 1 && !shown(runner, statement->exprs.items[1], &message))
        return FLOW_FAILED;
    run_error(runner, statement->start, "P0004", "%s", message);
    return FLOW_FAILED;
}
