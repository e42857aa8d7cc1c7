/* Tokens of a body, and its outermost level: options and the block (pl_scanner.c, pl_gram.y's pl_function). */
#include "plpgsql/reader.h"

#include <pg_query.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#define LEAKS_BEGIN() __lsan_disable()
#define LEAKS_END() __lsan_enable()
#else
#define LEAKS_BEGIN() ((void)0)
#define LEAKS_END() ((void)0)
#endif

/* ---- tokens ---- */

const Token *reader_peek(const PlReader *reader, size_t ahead)
{
    size_t at = reader->at + ahead;
    return &reader->tokens.items[at < reader->tokens.len ? at : reader->tokens.len - 1];
}

bool reader_at_end(const PlReader *reader)
{
    return reader->at + 1 >= reader->tokens.len;
}

bool reader_is_ahead(const PlReader *reader, size_t ahead, const char *word)
{
    const Token *token = reader_peek(reader, ahead);
    return token->end > token->start && token_is(reader->sql->text, token, word);
}

bool reader_is(const PlReader *reader, const char *word)
{
    return reader_is_ahead(reader, 0, word);
}

bool reader_take(PlReader *reader, const char *word)
{
    if (!reader_is(reader, word))
        return false;
    reader->at++;
    return true;
}

bool reader_expect(PlReader *reader, const char *word)
{
    return reader_take(reader, word) || reader_fail(reader, "syntax error");
}

bool reader_fail(PlReader *reader, const char *message)
{
    const Token *token = reader_peek(reader, 0);
    if (reader_at_end(reader))
        return reader_error(reader, token->start, SQLSTATE_SYNTAX_ERROR, "%s at end of input", message);
    return reader_error(reader, token->start, SQLSTATE_SYNTAX_ERROR, "%s at or near \"%.*s\"", message,
                        (int)(token->end - token->start), reader->sql->text + token->start);
}

bool reader_error(PlReader *reader, uint32_t at, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_add(reader->diags, DIAG_ERROR, sqltext_span(reader->sql, at), code, format, args);
    va_end(args);
    return false;
}

/* pl_reserved_kwlist.h */
static bool is_reserved(const char *text, const Token *token)
{
    static const char *const words[] = {"all",  "begin",   "by",     "case", "declare", "else",  "end",  "execute",
                                        "for",  "foreach", "from",   "if",   "in",      "into",  "loop", "not",
                                        "null", "or",      "strict", "then", "to",      "using", "when", "while"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is(text, token, words[i]))
            return true;
    return false;
}

bool reader_is_name(const PlReader *reader, size_t ahead)
{
    const Token *token = reader_peek(reader, ahead);
    return token->kind == TOKEN_IDENT || (token->kind == TOKEN_KEYWORD && !is_reserved(reader->sql->text, token));
}

/* downcase_identifier, for ASCII letters as a UTF-8 server does, and the limit of 63 bytes. */
static const char *fold(Arena *arena, const char *text, const Token *token)
{
    char *name = arena_strdup(arena, token_identifier(arena, text, token));
    if (text[token->start] != '"')
        for (char *c = name; *c; c++)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
    enum { NAME_BYTES = 63 };
    size_t len = strlen(name);
    if (len > NAME_BYTES) {
        len = NAME_BYTES;
        while (len && ((unsigned char)name[len] & 0xC0) == 0x80)
            len--;
        name[len] = '\0';
    }
    return name;
}

const char *reader_name(PlReader *reader)
{
    if (!reader_is_name(reader, 0)) {
        reader_fail(reader, "syntax error");
        return NULL;
    }
    return fold(reader->arena, reader->sql->text, &reader->tokens.items[reader->at++]);
}

bool reader_end_label(PlReader *reader)
{
    if (reader_is_name(reader, 0))
        reader->at++;
    return true;
}

/* ---- the whole ---- */

/* The statement's own tokens: comments have no meaning, and one more stands for the end. */
static bool scan(PlReader *reader)
{
    TokenList all = {0};
    if (!scan_tokens(reader->arena, reader->sql, 0, reader->sql->len, reader->diags, &all))
        return false;
    for (size_t i = 0; i < all.len; i++)
        if (!token_is_comment(&all.items[i]))
            vec_push(reader->arena, &reader->tokens, all.items[i]);
    uint32_t end = (uint32_t)reader->sql->len;
    vec_push(reader->arena, &reader->tokens, ((Token){end, end, TOKEN_UNKNOWN, KEYWORD_NONE}));
    return true;
}

/* #option dump, #print_strict_params on, #variable_conflict use_column */
static bool read_options(PlReader *reader)
{
    while (reader_take(reader, "#")) {
        if (reader_take(reader, "variable_conflict"))
            reader->body->conflict = reader_is(reader, "use_column")     ? 'c'
                                     : reader_is(reader, "use_variable") ? 'v'
                                                                         : 'e';
        else if (!reader_take(reader, "option") && !reader_take(reader, "print_strict_params"))
            return reader_fail(reader, "syntax error");
        if (reader_at_end(reader))
            return reader_fail(reader, "syntax error");
        reader->at++;
    }
    return true;
}

PlBody *plpgsql_read(Arena *arena, const SqlText *sql, Diags *diags)
{
    PlBody *body = arena_new_of(arena, PlBody);
    body->sql = sql;
    body->conflict = 'e';
    PlReader reader = {.arena = arena, .sql = sql, .diags = diags, .body = body};
    const char *label = NULL;
    if (!scan(&reader) || !read_options(&reader) || !reader_label(&reader, &label))
        return NULL;
    body->block = reader_block(&reader, label);
    if (!body->block)
        return NULL;
    reader_take(&reader, ";");
    if (!reader_at_end(&reader)) {
        reader_fail(&reader, "syntax error");
        return NULL;
    }
    reader_parse(&reader);
    return body;
}

bool plpgsql_is_refused(const char *statement)
{
    /* libpg_query 15 does not free what it read from its standard error there */
    LEAKS_BEGIN();
    PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(statement);
    LEAKS_END();
    bool refused = result.error != NULL;
    pg_query_free_plpgsql_parse_result(result);
    return refused;
}
