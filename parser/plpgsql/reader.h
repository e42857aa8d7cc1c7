/* How the parts that read a body call each other. A function that fails has reported the error. */
#ifndef QUERC_PLPGSQL_READER_H
#define QUERC_PLPGSQL_READER_H

#include "plpgsql/plpgsql.h"
#include "source/scan.h"

typedef struct PlReader {
    Arena *arena;
    const SqlText *sql;
    Diags *diags;
    TokenList tokens; /* without comments */
    size_t at;
    PlBody *body;
    VEC(const char *) cursors; /* names of cursors declared so far */
    unsigned depth;            /* of statements in statements */
} PlReader;

/* ---- read.c: tokens ---- */

const Token *reader_peek(const PlReader *reader, size_t ahead);
bool reader_at_end(const PlReader *reader);
/* Whether the next token is this word or punctuation. */
bool reader_is(const PlReader *reader, const char *word);
bool reader_is_ahead(const PlReader *reader, size_t ahead, const char *word);
/* Takes it if it is. */
bool reader_take(PlReader *reader, const char *word);
/* Takes it, or reports a syntax error. */
bool reader_expect(PlReader *reader, const char *word);
/* plpgsql_yyerror: "… at or near …". False. */
bool reader_fail(PlReader *reader, const char *message);
bool reader_error(PlReader *reader, uint32_t at, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The next token is an identifier that PL/pgSQL does not reserve: takes it, folded. NULL after the error. */
const char *reader_name(PlReader *reader);
bool reader_is_name(const PlReader *reader, size_t ahead);
/* The name of a label that is written after END, EXIT … or nothing. */
bool reader_end_label(PlReader *reader);

/* ---- read_sql.c: pieces of SQL ---- */

/* read_sql_construct: up to one of the words at the same level of parentheses, which is not taken. `expected` names
 * them in errors. NULL after one. */
PlExpr *reader_sql(PlReader *reader, PlUse use, const char *const *until, const char *expected);
PlExpr *reader_expression(PlReader *reader, const char *until);
/* Passes over tokens up to one of the words. */
bool reader_skip(PlReader *reader, const char *const *until, const char *expected);
PlExpr *reader_add(PlReader *reader, PlUse use, uint32_t start, uint32_t end);
/* A statement up to its semicolon, INTO clause told apart. */
bool reader_statement_sql(PlReader *reader, PlStatement *statement);
/* a, b.c, … */
bool reader_targets(PlReader *reader, PlStatement *statement);
bool reader_target(PlReader *reader, PlTarget *target);
/* Parses what was collected. */
void reader_parse(PlReader *reader);

/* ---- read_statement.c, read_block.c ---- */

PlStatement *reader_new(PlReader *reader, PlKind kind);
/* Statements up to END, EXCEPTION, ELSE, WHEN … */
bool reader_statements(PlReader *reader, PlStatement *owner);
PlStatement *reader_statement(PlReader *reader);
/* [DECLARE …] BEGIN … END [label] */
PlStatement *reader_block(PlReader *reader, const char *label);
PlStatement *reader_loop(PlReader *reader, const char *label);
bool reader_label(PlReader *reader, const char **label);
/* The name of a condition, or SQLSTATE 'xxxxx'. */
bool reader_condition(PlReader *reader, PlCondition *condition);

#endif
