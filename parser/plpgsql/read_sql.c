/* Pieces of SQL in a body: where they end (read_sql_construct, make_execsql_stmt of pl_gram.y), and what they parse
 * to.
 *
 * All the SQL of a body is given to the parser in one text, a statement each: "SELECT " before what is an
 * expression, blanks where an INTO clause was. */
#include "base/strbuf.h"
#include "plpgsql/reader.h"

#include <string.h>

/* ---- where it ends ---- */

static bool is_one_of(const PlReader *reader, const char *const *words)
{
    for (; *words; words++)
        if (reader_is(reader, *words))
            return true;
    return false;
}

/* Moves over tokens to one of the words that is outside of all parentheses. */
static bool find_end(PlReader *reader, const char *const *until, const char *expected, bool is_expression)
{
    unsigned depth = 0;
    for (;; reader->at++) {
        if (depth == 0 && is_one_of(reader, until))
            return true;
        if (reader_at_end(reader) || reader_is(reader, ";")) {
            if (depth > 0)
                return reader_fail(reader, "mismatched parentheses");
            return reader_error(reader, reader_peek(reader, 0)->start, SQLSTATE_SYNTAX_ERROR,
                                is_expression ? "missing \"%s\" at end of SQL expression"
                                              : "missing \"%s\" at end of SQL statement",
                                expected);
        }
        if (reader_is(reader, "(") || reader_is(reader, "["))
            depth++;
        else if ((reader_is(reader, ")") || reader_is(reader, "]")) && depth-- == 0)
            return reader_fail(reader, "mismatched parentheses");
    }
}

PlExpr *reader_add(PlReader *reader, PlUse use, uint32_t start, uint32_t end)
{
    PlExpr *expr = arena_new_of(reader->arena, PlExpr);
    expr->use = use;
    expr->range = (PlRange){start, end};
    vec_push(reader->arena, &reader->body->exprs, expr);
    return expr;
}

PlExpr *reader_sql(PlReader *reader, PlUse use, const char *const *until, const char *expected)
{
    size_t first = reader->at;
    if (!find_end(reader, until, expected, use == PL_EXPRESSION))
        return NULL;
    if (reader->at == first) {
        reader_fail(reader, use == PL_EXPRESSION ? "missing expression" : "missing SQL statement");
        return NULL;
    }
    return reader_add(reader, use, reader->tokens.items[first].start, reader->tokens.items[reader->at - 1].end);
}

PlExpr *reader_expression(PlReader *reader, const char *until)
{
    const char *const words[] = {until, NULL};
    char *expected = arena_strdup(reader->arena, until);
    for (char *c = expected; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    return reader_sql(reader, PL_EXPRESSION, words, expected);
}

bool reader_skip(PlReader *reader, const char *const *until, const char *expected)
{
    return find_end(reader, until, expected, true);
}

bool reader_target(PlReader *reader, PlTarget *target)
{
    *target = (PlTarget){.range = {reader_peek(reader, 0)->start, 0}};
    if (reader_peek(reader, 0)->kind == TOKEN_PARAM) {
        const Token *param = &reader->tokens.items[reader->at++];
        target->parts[target->n++] =
            arena_strndup(reader->arena, reader->sql->text + param->start, param->end - param->start);
        target->range.end = param->end;
        return true;
    }
    do {
        if (target->n == sizeof target->parts / sizeof *target->parts)
            return reader_fail(reader, "syntax error");
        const char *part = reader_name(reader);
        if (!part)
            return false;
        target->parts[target->n++] = part;
    } while (reader_take(reader, "."));
    target->range.end = reader->tokens.items[reader->at - 1].end;
    return true;
}

bool reader_targets(PlReader *reader, PlStatement *statement)
{
    do {
        PlTarget target;
        if (!reader_target(reader, &target))
            return false;
        vec_push(reader->arena, &statement->targets, target);
    } while (reader_take(reader, ","));
    return true;
}

/* INTO [STRICT] targets, unless it is the INTO of INSERT, MERGE or IMPORT. */
static bool read_into(PlReader *reader, PlStatement *statement, size_t first, PlRange *into)
{
    const Token *before = &reader->tokens.items[reader->at - 1];
    if (reader->at == first || token_is(reader->sql->text, before, "insert") ||
        token_is(reader->sql->text, before, "merge") ||
        token_is(reader->sql->text, &reader->tokens.items[first], "import")) {
        reader->at++;
        return true;
    }
    if (into->end)
        return reader_fail(reader, "INTO specified more than once");
    into->start = reader_peek(reader, 0)->start;
    reader->at++;
    statement->is_strict = reader_take(reader, "strict");
    if (!reader_targets(reader, statement))
        return false;
    into->end = reader->tokens.items[reader->at - 1].end;
    return true;
}

bool reader_statement_sql(PlReader *reader, PlStatement *statement)
{
    size_t first = reader->at;
    PlRange into = {0, 0};
    while (!reader_is(reader, ";")) {
        if (reader_at_end(reader))
            return reader_fail(reader, "unexpected end of function definition");
        if (!reader_is(reader, "into"))
            reader->at++;
        else if (!read_into(reader, statement, first, &into))
            return false;
    }
    PlExpr *expr =
        reader_add(reader, PL_SQL, reader->tokens.items[first].start, reader->tokens.items[reader->at - 1].end);
    expr->into = into;
    vec_push(reader->arena, &statement->exprs, expr);
    reader->at++;
    return true;
}

/* ---- what it parses to ---- */

typedef struct SqlWriter {
    Arena *arena;
    const SqlText *body;
    StrBuf out;
    VEC(SqlSegment) segments;
} SqlWriter;

/* Text of ours that stands for what begins at a byte of the body. */
static void write_fixed(SqlWriter *writer, const char *text, size_t len, uint32_t at)
{
    Span span = sqltext_span(writer->body, at);
    vec_push(writer->arena, &writer->segments,
             ((SqlSegment){(uint32_t)writer->out.len, span.start, span.end, true}));
    strbuf_add_bytes(&writer->out, text, len);
}

/* Bytes of the body: a segment for each of the body's that they lie in. */
static void write_range(SqlWriter *writer, PlRange range)
{
    const SqlText *body = writer->body;
    for (size_t i = 0; i < body->nsegments; i++) {
        uint32_t first = body->segments[i].text;
        uint32_t end = i + 1 < body->nsegments ? body->segments[i + 1].text : (uint32_t)body->len;
        if (first < range.start)
            first = range.start;
        if (end > range.end)
            end = range.end;
        if (first >= end)
            continue;
        Span span = sqltext_range(body, first, end);
        vec_push(writer->arena, &writer->segments,
                 ((SqlSegment){(uint32_t)writer->out.len, span.start, span.end, body->segments[i].fixed}));
        strbuf_add_bytes(&writer->out, body->text + first, end - first);
    }
}

static void write_expr(SqlWriter *writer, PlExpr *expr)
{
    const char *prefix = expr->use == PL_SQL ? "" : expr->use == PL_TYPE ? "SELECT NULL::" : "SELECT ";
    if (*prefix)
        write_fixed(writer, prefix, strlen(prefix), expr->range.start);
    expr->at = (uint32_t)writer->out.len;
    if (!expr->into.end) {
        write_range(writer, expr->range);
        return;
    }
    size_t len = expr->into.end - expr->into.start;
    char *blanks = arena_alloc(writer->arena, len);
    memset(blanks, ' ', len);
    write_range(writer, (PlRange){expr->range.start, expr->into.start});
    write_fixed(writer, blanks, len, expr->into.start);
    write_range(writer, (PlRange){expr->into.end, expr->range.end});
}

static const SqlText *finish(SqlWriter *writer)
{
    SqlText *sql = arena_new_of(writer->arena, SqlText);
    sql->file = writer->body->file;
    sql->len = writer->out.len;
    sql->text = arena_strndup(writer->arena, writer->out.text, writer->out.len);
    strbuf_release(&writer->out);
    sql->segments = writer->segments.items;
    sql->nsegments = writer->segments.len;
    return sql;
}

/* The statement that begins at or before a byte of the text and ends after it. */
static const AstNode *statement_at(const AstStatements *statements, uint32_t at)
{
    size_t low = 0, high = statements->len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (statements->items[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < statements->len && statements->items[low].start <= at ? statements->items[low].node : NULL;
}

/* The error of an expression as PostgreSQL words it, which parses each on its own. */
static void report(PlReader *reader, const PlExpr *expr)
{
    SqlWriter writer = {.arena = reader->arena, .body = reader->sql};
    PlExpr alone = *expr;
    strbuf_init(&writer.out);
    write_expr(&writer, &alone);
    ast_parse_one(reader->arena, finish(&writer), reader->diags);
}

void reader_parse(PlReader *reader)
{
    PlBody *body = reader->body;
    SqlWriter writer = {.arena = reader->arena, .body = reader->sql};
    strbuf_init(&writer.out);
    for (size_t i = 0; i < body->exprs.len; i++) {
        PlExpr *expr = body->exprs.items[i];
        write_expr(&writer, expr);
        write_fixed(&writer, ";\n", 2, expr->range.end - 1);
    }
    body->sql_text = finish(&writer);
    if (!body->exprs.len)
        return;
    Diags diags = diags_make(reader->arena);
    AstStatements statements = ast_parse(reader->arena, body->sql_text, &diags);
    for (size_t i = 0; i < body->exprs.len; i++) {
        PlExpr *expr = body->exprs.items[i];
        expr->node = statement_at(&statements, expr->at);
        if (diags.nerrors && !expr->node)
            report(reader, expr);
    }
}
