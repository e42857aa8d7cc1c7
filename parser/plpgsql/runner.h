/* How the parts that run a body call each other. */
#ifndef QUERC_PLPGSQL_RUNNER_H
#define QUERC_PLPGSQL_RUNNER_H

#include "plpgsql/checker.h"
#include "plpgsql/run.h"

/* How a statement ended. */
typedef enum Flow {
    FLOW_ON,
    FLOW_EXIT,
    FLOW_CONTINUE,
    FLOW_RETURN,
    FLOW_FAILED, /* an error was reported */
    FLOW_LOST    /* what follows may be reached or not, up to the end of what PlRunner.lost says */
} Flow;

typedef enum Lost { LOST_LOOP, LOST_HANDLER, LOST_BODY } Lost;

typedef struct PlRunner {
    PlChecker checker; /* scopes, and what names stand for */
    const PlHost *host;
    const PlCall *call;
    Evaluation evaluation;
    Value result;
    const char *label; /* of FLOW_EXIT and FLOW_CONTINUE, or NULL */
    Lost lost;
    VEC(uint32_t) warned; /* places of what was said to be passed over */
    unsigned handlers;    /* blocks with handlers around the statement */
    const Diag *caught;   /* the error that is being handled */
    size_t steps;         /* statements run */
    Span place;           /* of the statement at hand */
} PlRunner;

/* ---- run.c ---- */

Flow run_statement(PlRunner *runner, const PlStatement *statement);
Flow run_statements(PlRunner *runner, const PlStatements *statements);
/* Variables get their values; false after an error. */
bool run_declare(PlRunner *runner, const PlVariables *variables);
/* Whether there is room for one more statement. */
bool run_step(PlRunner *runner);

/* ---- run_expr.c ---- */

/* The value of an expression; false after an error. */
bool run_value(PlRunner *runner, const PlExpr *expr, Value *value, Oid *type);
/* The rows of a query, and their structure; *row is NULL when they are of types that are not known. */
bool run_query(PlRunner *runner, const PlExpr *expr, EvaluatedRows *rows, const PlRow **row);
/* The same of a statement, whose rows must go somewhere. */
bool run_statement_query(PlRunner *runner, const PlStatement *statement, const PlExpr *expr, EvaluatedRows *rows,
                         const PlRow **row);
bool run_resolved(PlRunner *runner, Query *query, EvaluatedRows *rows);
/* Whether a type reads the text that is to be assigned; false after the error that it does not. */
bool run_check_input(PlRunner *runner, uint32_t at, const Value *value, Oid from, const PlTarget *target);
/* Assigns a value of a type; a type of 0 makes the variable unknown. */
void run_assign(PlRunner *runner, const PlTarget *target, const Value *value, Oid type);
/* Assigns the fields of a row to the targets; values NULL: they are unknown, of a row with this structure. */
void run_assign_row(PlRunner *runner, const PlStatement *statement, const Value *values, const PlRow *row);
/* What INTO takes: the first row, or NULLs when there is none. */
void run_assign_first(PlRunner *runner, const PlStatement *statement, const EvaluatedRows *rows, const PlRow *row);
void run_set_found(PlRunner *runner, Value found);
Diag *run_error(PlRunner *runner, uint32_t at, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5), returns_nonnull));
/* A text for people: dots where it is not known. */
const char *run_legible(Arena *arena, const char *text);

/* ---- run_branch.c, run_sql.c, run_raise.c, run_loop.c: kinds of statements ---- */

Flow run_if(PlRunner *runner, const PlStatement *statement);
Flow run_case(PlRunner *runner, const PlStatement *statement);
Flow run_exit(PlRunner *runner, const PlStatement *statement);
Flow run_sql(PlRunner *runner, const PlStatement *statement);
Flow run_execute(PlRunner *runner, const PlStatement *statement);
/* The rows of FOR … IN EXECUTE; *row is NULL when they are not known. */
bool run_dynamic_rows(PlRunner *runner, const PlStatement *loop, EvaluatedRows *rows, const PlRow **row);
Flow run_raise(PlRunner *runner, const PlStatement *statement);
Flow run_assert(PlRunner *runner, const PlStatement *statement);
Flow run_loop(PlRunner *runner, const PlStatement *statement);

/* ---- pass.c: what is not run ---- */

/* What nobody knows, for the warning about statements that depend on it. */
typedef struct PassReason {
    Span place;
    const char *message, *hint;
} PassReason;
PassReason pass_condition(const PlRunner *runner, const PlExpr *expr);
/* The statements may be run or not, or who knows how often. */
Flow pass_over(PlRunner *runner, const PlStatements *statements, const PassReason *reason);
/* The same for what a statement itself does. */
void pass_over_self(PlRunner *runner, const PlStatement *statement, const PassReason *reason);
bool pass_changes(const PlHost *host, const PlStatement *statement);
/* Whether a text of SQL with holes may change the schema. */
bool pass_text_changes(const char *text);

#endif
