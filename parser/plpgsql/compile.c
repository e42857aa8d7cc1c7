/* What CREATE FUNCTION refuses beyond a body's syntax (plpgsql_compile: the actions of pl_gram.y). */
#include "plpgsql/checker.h"
#include "plpgsql/condition.h"

#include <string.h>

/* cword_is_not_variable */
static bool not_a_variable(PlChecker *checker, const PlTarget *target)
{
    const char *name = target->parts[0];
    for (size_t i = 1; i < target->n; i++)
        name = arena_printf(checker->context.arena, "%s.%s", name, target->parts[i]);
    checker_error(checker, target->range.start, SQLSTATE_SYNTAX_ERROR, "\"%s\" is not a known variable", name);
    return false;
}

static bool check_targets(PlChecker *checker, const PlStatement *statement)
{
    for (size_t i = 0; i < statement->targets.len; i++) {
        const PlTarget *target = &statement->targets.items[i];
        size_t used;
        const PlDatum *datum = scope_find(checker, target->parts, target->n, &used);
        if (datum && (used == target->n || datum->is_record))
            continue;
        if (statement->kind != PL_FOR_QUERY)
            return not_a_variable(checker, target);
        checker_error(checker, target->range.start, SQLSTATE_SYNTAX_ERROR,
                      "loop variable of loop over rows must be a record variable or list of scalar variables");
        return false;
    }
    return true;
}

static bool has_outputs(const Function *function)
{
    for (size_t i = 0; i < function->nall; i++)
        if (function->all_modes[i] == ARGMODE_OUT || function->all_modes[i] == ARGMODE_INOUT ||
            function->all_modes[i] == ARGMODE_TABLE)
            return true;
    return false;
}

/* make_return_stmt */
static bool check_return(PlChecker *checker, const PlStatement *statement)
{
    const Function *function = checker->routine->function;
    const char *message = NULL;
    if (function && function->returns_set)
        message = "RETURN cannot have a parameter in function returning set";
    else if (function && function->kind == PROKIND_PROCEDURE && function->return_type == TYPE_VOID)
        message = "RETURN cannot have a parameter in a procedure";
    else if (!function || function->return_type == TYPE_VOID)
        message = "RETURN cannot have a parameter in function returning void";
    else if (has_outputs(function))
        message = "RETURN cannot have a parameter in function with OUT parameters";
    if (!message && !statement->exprs.len) {
        checker_error(checker, statement->end, SQLSTATE_SYNTAX_ERROR, "missing expression at or near \";\"");
        return false;
    }
    if (!message || !statement->exprs.len)
        return true;
    bool procedure = function && function->kind == PROKIND_PROCEDURE;
    Diag *diag = checker_error(checker, statement->exprs.items[0]->range.start,
                               procedure ? SQLSTATE_SYNTAX_ERROR : SQLSTATE_DATATYPE_MISMATCH, "%s", message);
    if (function && function->returns_set)
        diag_hint(checker->context.diags, diag, "Use RETURN NEXT or RETURN QUERY.");
    return false;
}

/* make_return_next_stmt, make_return_query_stmt */
static bool check_return_rows(PlChecker *checker, const PlStatement *statement)
{
    const Function *function = checker->routine->function;
    bool next = statement->kind == PL_RETURN_NEXT;
    if (!function || !function->returns_set) {
        checker_error(checker, statement->start, SQLSTATE_DATATYPE_MISMATCH,
                      "cannot use RETURN %s in a non-SETOF function", next ? "NEXT" : "QUERY");
        return false;
    }
    if (next && has_outputs(function) && statement->exprs.len) {
        checker_error(checker, statement->exprs.items[0]->range.start, SQLSTATE_DATATYPE_MISMATCH,
                      "RETURN NEXT cannot have a parameter in function with OUT parameters");
        return false;
    }
    return true;
}

/* stmt_exit: where it leads to. */
static bool check_exit(PlChecker *checker, const PlStatement *statement)
{
    const char *label = statement->target_label;
    bool exits = statement->kind == PL_EXIT;
    const PlScope *scope = checker->scope;
    while (scope && (label ? !scope->label || strcmp(scope->label, label) != 0 : !scope->is_loop))
        scope = scope->outer;
    if (scope && (exits || scope->is_loop))
        return true;
    if (scope)
        checker_error(checker, statement->end, SQLSTATE_SYNTAX_ERROR,
                      "block label \"%s\" cannot be used in CONTINUE", label);
    else if (label)
        checker_error(checker, statement->end, SQLSTATE_SYNTAX_ERROR,
                      "there is no label \"%s\" attached to any block or loop enclosing this statement", label);
    else
        checker_error(checker, statement->start, SQLSTATE_SYNTAX_ERROR,
                      exits ? "EXIT cannot be used outside a loop, unless it has a label"
                            : "CONTINUE cannot be used outside a loop");
    return false;
}

/* plpgsql_parse_err_condition */
static bool check_condition(PlChecker *checker, const PlCondition *condition)
{
    if (!condition->name || strcmp(condition->name, "others") == 0 || condition_code(condition->name))
        return true;
    checker_error(checker, condition->range.start, SQLSTATE_UNDEFINED_OBJECT,
                  "unrecognized exception condition \"%s\"", condition->name);
    return false;
}

static bool check_conditions(PlChecker *checker, const PlStatement *statement)
{
    if (statement->raise && statement->raise->condition.name && !condition_code(statement->raise->condition.name))
        return check_condition(checker, &statement->raise->condition);
    for (size_t i = 0; i < statement->handlers.len; i++) {
        const PlConditions *handler = &statement->handlers.items[i];
        for (size_t j = 0; j < handler->len; j++)
            if (!check_condition(checker, &handler->items[j]))
                return false;
    }
    return true;
}

bool compile_statement(PlChecker *checker, const PlStatement *statement)
{
    if (!check_targets(checker, statement) || !check_conditions(checker, statement))
        return false;
    if (statement->kind == PL_EXIT || statement->kind == PL_CONTINUE)
        return check_exit(checker, statement);
    if (statement->kind == PL_RETURN)
        return check_return(checker, statement);
    if (statement->kind == PL_RETURN_NEXT || statement->kind == PL_RETURN_QUERY ||
        statement->kind == PL_RETURN_DYNAMIC)
        return check_return_rows(checker, statement);
    return true;
}

bool plpgsql_compile(const AnalyzeContext *context, const PlBody *body, const PlRoutine *routine)
{
    PlChecker checker = {.context = *context, .body = body, .routine = routine, .compiling = true};
    checker.context.sql = body->sql_text;
    return walk_body(&checker);
}
