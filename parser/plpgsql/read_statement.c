/* Statements (proc_stmt of pl_gram.y), a function a kind; loops are in read_loop.c. */
#include "plpgsql/reader.h"

/* Of statements within statements; PostgreSQL's parser stops at some such depth too. */
enum { MOST_DEPTH = 2000 };

static const char *const semicolon[] = {";", NULL};
static const char *const comma_or_end[] = {",", ";", NULL};

PlStatement *reader_new(PlReader *reader, PlKind kind)
{
    PlStatement *statement = arena_new_of(reader->arena, PlStatement);
    statement->kind = kind;
    statement->start = reader_peek(reader, 0)->start;
    return statement;
}

static bool add(PlReader *reader, PlStatement *statement, PlExpr *expr)
{
    if (!expr)
        return false;
    vec_push(reader->arena, &statement->exprs, expr);
    return true;
}

static bool add_expression(PlReader *reader, PlStatement *statement, const char *until)
{
    return add(reader, statement, reader_expression(reader, until)) && reader_expect(reader, until);
}

/* expression, expression … up to one of the words, which is not taken */
static bool add_list(PlReader *reader, PlStatement *statement, const char *const *until)
{
    do {
        if (!add(reader, statement, reader_sql(reader, PL_EXPRESSION, until, ";")))
            return false;
    } while (reader_take(reader, ","));
    return true;
}

bool reader_statements(PlReader *reader, PlStatement *owner)
{
    PlStatements body = {0};
    if (++reader->depth > MOST_DEPTH)
        return reader_error(reader, reader_peek(reader, 0)->start, SQLSTATE_STATEMENT_TOO_COMPLEX,
                            "stack depth limit exceeded");
    while (!reader_is(reader, "end") && !reader_is(reader, "exception") && !reader_is(reader, "else") &&
           !reader_is(reader, "elsif") && !reader_is(reader, "elseif") && !reader_is(reader, "when")) {
        if (reader_at_end(reader))
            return reader_fail(reader, "syntax error");
        PlStatement *statement = reader_statement(reader);
        if (!statement)
            return false;
        vec_push(reader->arena, &body, statement);
    }
    vec_push(reader->arena, &owner->bodies, body);
    reader->depth--;
    return true;
}

/* ---- each kind, after its first word ---- */

typedef bool ReadStatement(PlReader *reader, PlStatement *statement);

static bool read_else(PlReader *reader, PlStatement *statement)
{
    statement->has_else = reader_take(reader, "else");
    return !statement->has_else || reader_statements(reader, statement);
}

static bool read_if(PlReader *reader, PlStatement *statement)
{
    statement->kind = PL_IF;
    do {
        if (!add_expression(reader, statement, "then") || !reader_statements(reader, statement))
            return false;
    } while (reader_take(reader, "elsif") || reader_take(reader, "elseif"));
    return read_else(reader, statement) && reader_expect(reader, "end") && reader_expect(reader, "if") &&
           reader_expect(reader, ";");
}

static bool read_case(PlReader *reader, PlStatement *statement)
{
    statement->kind = PL_CASE;
    statement->has_operand = !reader_is(reader, "when");
    if (statement->has_operand && !add(reader, statement, reader_expression(reader, "when")))
        return false;
    while (reader_take(reader, "when"))
        if (!add_expression(reader, statement, "then") || !reader_statements(reader, statement))
            return false;
    return read_else(reader, statement) && reader_expect(reader, "end") && reader_expect(reader, "case") &&
           reader_expect(reader, ";");
}

static bool read_exit(PlReader *reader, PlStatement *statement)
{
    statement->kind =
        token_is(reader->sql->text, &reader->tokens.items[reader->at - 1], "exit") ? PL_EXIT : PL_CONTINUE;
    statement->end = reader_peek(reader, 0)->start;
    if (reader_is_name(reader, 0) && !(statement->target_label = reader_name(reader)))
        return false;
    if (reader_take(reader, ";"))
        return true;
    return reader_expect(reader, "when") && add_expression(reader, statement, ";");
}

/* USING expression, … */
static bool read_using(PlReader *reader, PlStatement *statement, const char *const *until)
{
    return !reader_take(reader, "using") || add_list(reader, statement, until);
}

static bool read_return(PlReader *reader, PlStatement *statement)
{
    static const char *const using_or_end[] = {"using", ";", NULL};
    statement->kind = PL_RETURN;
    statement->end = reader_peek(reader, 0)->start;
    if (reader_is(reader, "next") || reader_is(reader, "query")) {
        bool next = reader_take(reader, "next");
        statement->kind = next ? PL_RETURN_NEXT : PL_RETURN_QUERY;
        reader->at += !next;
    }
    if (statement->kind == PL_RETURN_QUERY && reader_take(reader, "execute")) {
        statement->kind = PL_RETURN_DYNAMIC;
        reader->body->is_dynamic = true;
        return add(reader, statement, reader_sql(reader, PL_EXPRESSION, using_or_end, "; or USING")) &&
               read_using(reader, statement, comma_or_end) && reader_expect(reader, ";");
    }
    if (statement->kind == PL_RETURN_QUERY)
        return add(reader, statement, reader_sql(reader, PL_SQL, semicolon, ";")) && reader_expect(reader, ";");
    return reader_take(reader, ";") || add_expression(reader, statement, ";");
}

/* check_raise_parameters: a parameter for each % of the format. */
static bool check_format(PlReader *reader, const Token *format, size_t nparams)
{
    size_t wanted = 0;
    for (uint32_t i = format->start; i < format->end; i++) {
        if (reader->sql->text[i] != '%')
            continue;
        if (reader->sql->text[i + 1] == '%')
            i++;
        else
            wanted++;
    }
    return wanted == nparams || reader_error(reader, format->start, SQLSTATE_SYNTAX_ERROR,
                                             wanted < nparams ? "too many parameters specified for RAISE"
                                                              : "too few parameters specified for RAISE");
}

static bool read_raise(PlReader *reader, PlStatement *statement)
{
    static const char *const levels[] = {"debug", "log", "info", "notice", "warning"};
    static const char *const after[] = {",", "using", ";", NULL};
    PlRaise *raise = arena_new_of(reader->arena, PlRaise);
    statement->kind = PL_RAISE;
    statement->raise = raise;
    raise->is_error = true;
    for (size_t i = 0; raise->is_error && i < sizeof levels / sizeof *levels; i++)
        raise->is_error = !reader_take(reader, levels[i]);
    if (raise->is_error)
        reader_take(reader, "exception");
    if (reader_peek(reader, 0)->kind == TOKEN_STRING) {
        const Token *format = &reader->tokens.items[reader->at++];
        raise->format = reader_add(reader, PL_EXPRESSION, format->start, format->end);
        while (reader_take(reader, ","))
            if (!add(reader, statement, reader_sql(reader, PL_EXPRESSION, after, ", or ; or USING")))
                return false;
        if (!check_format(reader, format, statement->exprs.len))
            return false;
    } else if (reader_is_name(reader, 0) && !reader_is(reader, "using")) {
        if (!reader_condition(reader, &raise->condition))
            return false;
    }
    if (reader_take(reader, "using")) {
        do {
            const char *option = reader_name(reader);
            if (!option || (!reader_take(reader, "=") && !reader_expect(reader, ":=")) ||
                !add(reader, statement, reader_sql(reader, PL_EXPRESSION, comma_or_end, ", or ;")))
                return false;
            vec_push(reader->arena, &raise->options, option);
        } while (reader_take(reader, ","));
    }
    return reader_expect(reader, ";");
}

static bool read_assert(PlReader *reader, PlStatement *statement)
{
    statement->kind = PL_ASSERT;
    return add_list(reader, statement, comma_or_end) && reader_expect(reader, ";");
}

/* EXECUTE query [INTO [STRICT] targets] [USING …], in either order. */
static bool read_execute(PlReader *reader, PlStatement *statement)
{
    static const char *const after_query[] = {"into", "using", ";", NULL};
    static const char *const after_item[] = {",", "into", ";", NULL};
    statement->kind = PL_EXECUTE;
    reader->body->is_dynamic = true;
    if (!add(reader, statement, reader_sql(reader, PL_EXPRESSION, after_query, "; or INTO or USING")))
        return false;
    while (!reader_take(reader, ";")) {
        if (reader_take(reader, "into")) {
            statement->is_strict = reader_take(reader, "strict");
            if (!reader_targets(reader, statement))
                return false;
        } else if (!reader_is(reader, "using")) {
            return reader_fail(reader, "syntax error");
        } else if (!read_using(reader, statement, after_item)) {
            return false;
        }
    }
    return true;
}

static bool read_perform(PlReader *reader, PlStatement *statement)
{
    statement->kind = PL_PERFORM_QUERY;
    return add(reader, statement, reader_sql(reader, PL_PERFORM, semicolon, ";")) && reader_expect(reader, ";");
}

/* GET [CURRENT | STACKED] DIAGNOSTICS target = item, … */
static bool read_get(PlReader *reader, PlStatement *statement)
{
    if (!reader_take(reader, "current"))
        reader_take(reader, "stacked");
    if (!reader_expect(reader, "diagnostics"))
        return false;
    do {
        PlTarget target;
        if (!reader_target(reader, &target) || (!reader_take(reader, "=") && !reader_expect(reader, ":=")) ||
            !reader_name(reader))
            return false;
        vec_push(reader->arena, &statement->targets, target);
    } while (reader_take(reader, ","));
    return reader_expect(reader, ";");
}

/* The values in parentheses after a cursor with arguments: a list, with names perhaps. */
static bool read_cursor_values(PlReader *reader)
{
    static const char *const close[] = {")", NULL};
    return !reader_take(reader, "(") || (reader_skip(reader, close, ")") && reader_expect(reader, ")"));
}

static bool read_open(PlReader *reader, PlStatement *statement)
{
    static const char *const using_or_end[] = {"using", ";", NULL};
    PlTarget cursor;
    if (!reader_target(reader, &cursor))
        return false;
    reader_take(reader, "no");
    reader_take(reader, "scroll");
    if (!reader_take(reader, "for"))
        return read_cursor_values(reader) && reader_expect(reader, ";");
    if (!reader_take(reader, "execute"))
        return add(reader, statement, reader_sql(reader, PL_SQL, semicolon, ";")) && reader_expect(reader, ";");
    statement->kind = PL_OPEN_DYNAMIC;
    reader->body->is_dynamic = true;
    return add(reader, statement, reader_sql(reader, PL_EXPRESSION, using_or_end, "; or USING")) &&
           read_using(reader, statement, comma_or_end) && reader_expect(reader, ";");
}

static bool read_fetch(PlReader *reader, PlStatement *statement)
{
    static const char *const into_or_end[] = {"into", ";", NULL};
    if (!reader_skip(reader, into_or_end, ";"))
        return false;
    return (!reader_take(reader, "into") || reader_targets(reader, statement)) && reader_expect(reader, ";");
}

static bool read_close(PlReader *reader, PlStatement *statement)
{
    (void)statement;
    PlTarget cursor;
    return reader_target(reader, &cursor) && reader_expect(reader, ";");
}

/* NULL; COMMIT and ROLLBACK [AND [NO] CHAIN]; */
static bool read_rest(PlReader *reader, PlStatement *statement)
{
    const Token *word = &reader->tokens.items[reader->at - 1];
    statement->kind = token_is(reader->sql->text, word, "commit")     ? PL_COMMIT
                      : token_is(reader->sql->text, word, "rollback") ? PL_ROLLBACK
                                                                      : PL_OTHER;
    if (reader_take(reader, "and")) {
        reader_take(reader, "no");
        if (!reader_expect(reader, "chain"))
            return false;
    }
    return reader_expect(reader, ";");
}

/* ---- which kind ---- */

static const struct {
    const char *word;
    ReadStatement *read;
} statements[] = {
    {"if", read_if},           {"case", read_case},   {"exit", read_exit},     {"continue", read_exit},
    {"return", read_return},   {"raise", read_raise}, {"assert", read_assert}, {"execute", read_execute},
    {"perform", read_perform}, {"get", read_get},     {"open", read_open},     {"fetch", read_fetch},
    {"move", read_fetch},      {"close", read_close}, {"null", read_rest},     {"commit", read_rest},
    {"rollback", read_rest},
};

/* Whether a name, with fields and subscripts perhaps, and an assignment operator come next. */
static bool is_assignment(const PlReader *reader)
{
    size_t ahead = 1;
    if (!reader_is_name(reader, 0) && reader_peek(reader, 0)->kind != TOKEN_PARAM)
        return false;
    for (;;) {
        if (reader_is_ahead(reader, ahead, "[")) {
            unsigned depth = 0;
            do {
                depth += reader_is_ahead(reader, ahead, "[");
                depth -= reader_is_ahead(reader, ahead, "]");
                if (reader->at + ahead + 1 >= reader->tokens.len)
                    return false;
                ahead++;
            } while (depth);
        } else if (reader_is_ahead(reader, ahead, ".")) {
            ahead += 2;
        } else {
            return reader_is_ahead(reader, ahead, ":=") || reader_is_ahead(reader, ahead, "=");
        }
    }
}

/* Only the value and the first parts of the target are kept: what stands in subscripts comes along in no table. */
static bool read_assignment(PlReader *reader, PlStatement *statement)
{
    static const char *const assign[] = {":=", "=", NULL};
    PlTarget target;
    statement->kind = PL_ASSIGN;
    if (!reader_target(reader, &target))
        return false;
    statement->sliced = reader_is(reader, "[") || reader_is(reader, ".");
    if (!reader_skip(reader, assign, "="))
        return false;
    reader->at++;
    vec_push(reader->arena, &statement->targets, target);
    return add_expression(reader, statement, ";");
}

PlStatement *reader_statement(PlReader *reader)
{
    const char *label;
    if (!reader_label(reader, &label))
        return NULL;
    if (reader_is(reader, "declare") || reader_is(reader, "begin")) {
        PlStatement *block = reader_block(reader, label);
        return block && reader_expect(reader, ";") ? block : NULL;
    }
    if (label || reader_is(reader, "loop") || reader_is(reader, "while") || reader_is(reader, "for") ||
        reader_is(reader, "foreach"))
        return reader_loop(reader, label);
    PlStatement *statement = reader_new(reader, PL_OTHER);
    if (is_assignment(reader))
        return read_assignment(reader, statement) ? statement : NULL;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (reader_take(reader, statements[i].word))
            return statements[i].read(reader, statement) ? statement : NULL;
    if (reader_peek(reader, 0)->kind != TOKEN_KEYWORD && !reader_is(reader, "(")) {
        reader_fail(reader, "syntax error");
        return NULL;
    }
    statement->kind = PL_STATEMENT;
    return reader_statement_sql(reader, statement) ? statement : NULL;
}
