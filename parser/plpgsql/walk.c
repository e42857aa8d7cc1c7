/* The walk through a body: statements in the order of the text, each with the variables that it sees. */
#include "plpgsql/checker.h"

#include <stddef.h>

static bool walk_statements(PlChecker *checker, const PlStatements *statements)
{
    for (size_t i = 0; i < statements->len; i++)
        if (!walk_statement(checker, statements->items[i]))
            return false;
    return true;
}

/* A cursor's query sees its arguments. */
static bool walk_cursor(PlChecker *checker, const PlVariable *cursor)
{
    bool good = true;
    scope_push(checker, cursor->name);
    for (size_t i = 0; i < cursor->args.len; i++)
        good &= scope_declare(checker, &cursor->args.items[i]);
    if (!checker->compiling)
        check_expr(checker, cursor->value);
    scope_pop(checker);
    return good;
}

static bool walk_variables(PlChecker *checker, const PlVariables *variables)
{
    for (size_t i = 0; i < variables->len; i++) {
        const PlVariable *variable = &variables->items[i];
        /* a default sees the variables before its own */
        if (!checker->compiling && variable->kind == PL_VARIABLE && variable->value)
            check_expr(checker, variable->value);
        bool good = scope_declare(checker, variable);
        if (variable->kind == PL_CURSOR)
            good &= walk_cursor(checker, variable);
        if (checker->compiling && !good)
            return false;
    }
    return true;
}

static bool is_loop(const PlStatement *statement)
{
    return statement->kind >= PL_LOOP && statement->kind <= PL_FOR_CURSOR;
}

/* Whether what the statement assigns depends on which way it went. */
static bool branches(const PlStatement *statement)
{
    return statement->bodies.len > 1 ||
           (statement->bodies.len && (statement->kind != PL_BLOCK || statement->label));
}

bool walk_statement(PlChecker *checker, const PlStatement *statement)
{
    if (is_loop(statement)) /* what a round leaves is there in the next one */
        record_forget(checker, statement);
    if (checker->compiling) {
        if (!compile_statement(checker, statement))
            return false;
    } else {
        check_statement(checker, statement);
    }
    scope_push(checker, statement->label);
    checker->scope->is_loop = is_loop(statement);
    bool good = walk_variables(checker, &statement->variables);
    for (size_t i = 0; good && i < statement->bodies.len; i++) {
        bool handler = statement->kind == PL_BLOCK && i > 0;
        if (i > 0)
            record_forget(checker, statement);
        if (handler) {
            scope_push(checker, NULL);
            scope_add(checker, "sqlstate", TYPE_TEXT, -1);
            scope_add(checker, "sqlerrm", TYPE_TEXT, -1);
        }
        good = walk_statements(checker, &statement->bodies.items[i]);
        if (handler)
            scope_pop(checker);
    }
    scope_pop(checker);
    if (branches(statement))
        record_forget(checker, statement);
    return good;
}

bool walk_body(PlChecker *checker)
{
    scope_begin(checker);
    return walk_statement(checker, checker->body->block);
}

static void visit_created(const AstNode *node, void (*visit)(void *data, const char *name), void *data)
{
    if (ast_kind(node) == AST_CREATE_STMT)
        visit(data, node->create_stmt->relation->relname);
    else if (ast_kind(node) == AST_CREATE_TABLE_AS_STMT)
        visit(data, node->create_table_as_stmt->into->rel->relname);
    else if (ast_kind(node) == AST_VIEW_STMT)
        visit(data, node->view_stmt->view->relname);
    else if (ast_kind(node) == AST_CREATE_SEQ_STMT)
        visit(data, node->create_seq_stmt->sequence->relname);
}

void plpgsql_created_tables(const PlBody *body, void (*visit)(void *data, const char *name), void *data)
{
    for (size_t i = 0; i < body->exprs.len; i++)
        visit_created(body->exprs.items[i]->node, visit, data);
}
