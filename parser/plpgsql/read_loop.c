/* LOOP, WHILE, FOR, FOREACH (stmt_loop, stmt_for, for_control … of pl_gram.y). */
#include "plpgsql/reader.h"

#include <string.h>

static const char *const loop_word[] = {"loop", NULL};

static bool add(PlReader *reader, PlStatement *loop, PlExpr *expr)
{
    if (!expr)
        return false;
    vec_push(reader->arena, &loop->exprs, expr);
    return true;
}

/* LOOP statements END LOOP [label]; */
static bool read_body(PlReader *reader, PlStatement *loop)
{
    return reader_expect(reader, "loop") && reader_statements(reader, loop) && reader_expect(reader, "end") &&
           reader_expect(reader, "loop") && reader_end_label(reader) && reader_expect(reader, ";");
}

static bool is_cursor(const PlReader *reader)
{
    if (!reader_is_name(reader, 0) || (!reader_is_ahead(reader, 1, "loop") && !reader_is_ahead(reader, 1, "(")))
        return false;
    for (size_t i = 0; i < reader->cursors.len; i++)
        if (reader_is(reader, reader->cursors.items[i]))
            return true;
    return false;
}

/* Whether ".." comes before LOOP: the loop counts. */
static bool counts(const PlReader *reader)
{
    unsigned depth = 0;
    for (size_t ahead = 0; reader->at + ahead + 1 < reader->tokens.len; ahead++) {
        if (depth == 0 && reader_is_ahead(reader, ahead, ".."))
            return true;
        if (reader_is_ahead(reader, ahead, ";") || (depth == 0 && reader_is_ahead(reader, ahead, "loop")))
            return false;
        depth += reader_is_ahead(reader, ahead, "(") || reader_is_ahead(reader, ahead, "[");
        if (depth && (reader_is_ahead(reader, ahead, ")") || reader_is_ahead(reader, ahead, "]")))
            depth--;
    }
    return false;
}

/* FOR counter IN [REVERSE] from .. to [BY step] */
static bool read_counter(PlReader *reader, PlStatement *loop)
{
    static const char *const loop_or_by[] = {"loop", "by", NULL};
    loop->kind = PL_FOR_COUNTER;
    if (loop->targets.len != 1 || loop->targets.items[0].n != 1)
        return reader_error(reader, loop->targets.items[0].range.start, SQLSTATE_SYNTAX_ERROR,
                            "integer FOR loop must have only one target variable");
    const PlTarget *target = &loop->targets.items[0];
    *vec_add(reader->arena, &loop->variables) =
        (PlVariable){.kind = PL_COUNTER, .name = target->parts[0], .range = target->range};
    loop->targets.len = 0; /* the counter is a variable of its own */
    loop->reverse = reader_take(reader, "reverse");
    if (!add(reader, loop, reader_expression(reader, "..")) || !reader_expect(reader, "..") ||
        !add(reader, loop, reader_sql(reader, PL_EXPRESSION, loop_or_by, "LOOP")))
        return false;
    return !reader_take(reader, "by") || add(reader, loop, reader_expression(reader, "loop"));
}

static bool read_dynamic(PlReader *reader, PlStatement *loop)
{
    static const char *const loop_or_using[] = {"loop", "using", NULL};
    static const char *const loop_or_comma[] = {"loop", ",", NULL};
    loop->kind = PL_FOR_DYNAMIC;
    reader->body->is_dynamic = true;
    if (!add(reader, loop, reader_sql(reader, PL_EXPRESSION, loop_or_using, "LOOP or USING")))
        return false;
    if (reader_take(reader, "using")) {
        do {
            if (!add(reader, loop, reader_sql(reader, PL_EXPRESSION, loop_or_comma, ", or LOOP")))
                return false;
        } while (reader_take(reader, ","));
    }
    return true;
}

static bool read_for(PlReader *reader, PlStatement *loop)
{
    if (!reader_targets(reader, loop) || !reader_expect(reader, "in"))
        return false;
    if (reader_take(reader, "execute"))
        return read_dynamic(reader, loop);
    if (is_cursor(reader)) {
        /* the row is a RECORD of the loop's own */
        loop->kind = PL_FOR_CURSOR;
        const PlTarget *row = &loop->targets.items[0];
        *vec_add(reader->arena, &loop->variables) =
            (PlVariable){.kind = PL_VARIABLE, .name = row->parts[0], .range = row->range, .is_record = true};
        loop->targets.len = 0;
        return reader_skip(reader, loop_word, "LOOP");
    }
    if (counts(reader))
        return read_counter(reader, loop);
    loop->kind = PL_FOR_QUERY;
    return add(reader, loop, reader_sql(reader, PL_SQL, loop_word, "LOOP"));
}

/* FOREACH target [SLICE n] IN ARRAY expression */
static bool read_foreach(PlReader *reader, PlStatement *loop)
{
    loop->kind = PL_FOREACH;
    if (!reader_targets(reader, loop))
        return false;
    loop->sliced = reader_take(reader, "slice");
    reader->at += loop->sliced;
    return reader_expect(reader, "in") && reader_expect(reader, "array") &&
           add(reader, loop, reader_expression(reader, "loop"));
}

PlStatement *reader_loop(PlReader *reader, const char *label)
{
    PlStatement *loop = reader_new(reader, PL_LOOP);
    loop->label = label;
    bool good = true;
    if (reader_take(reader, "while")) {
        loop->kind = PL_WHILE;
        good = add(reader, loop, reader_expression(reader, "loop"));
    } else if (reader_take(reader, "for")) {
        good = read_for(reader, loop);
    } else if (reader_take(reader, "foreach")) {
        good = read_foreach(reader, loop);
    }
    return good && read_body(reader, loop) ? loop : NULL;
}
