#include "verify/answer.h"

#include "base/vec.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void add(Arena *arena, AnswerDifferences *differences, AnswerPart part, size_t number, const char *message)
{
    vec_push(arena, differences, ((AnswerDifference){part, number, message}));
}

static bool same_error(const Answer *offline, const Answer *server, bool exactly)
{
    if (!same_text(offline->code, server->code))
        return false;
    return !exactly ||
           (same_text(offline->message, server->message) && same_text(offline->detail, server->detail) &&
            (!server->hint || same_text(offline->hint, server->hint)) &&
            (!server->position || server->position == offline->position));
}

static void compare_params(Arena *arena, const Answer *offline, const Answer *server,
                           AnswerDifferences *differences)
{
    if (offline->nparams != server->nparams)
        add(arena, differences, ANSWER_PARAM, 0,
            arena_printf(arena, "%zu parameters, the server finds %zu", offline->nparams, server->nparams));
    for (size_t i = 0; i < offline->nparams && i < server->nparams; i++)
        if (!same_text(offline->params[i], server->params[i]))
            add(arena, differences, ANSWER_PARAM, i + 1,
                arena_printf(arena, "parameter $%zu is of type %s, on the server %s", i + 1, offline->params[i],
                             server->params[i]));
}

static void compare_columns(Arena *arena, const Answer *offline, const Answer *server,
                            AnswerDifferences *differences)
{
    if (offline->ncolumns != server->ncolumns)
        add(arena, differences, ANSWER_COLUMN, 0,
            arena_printf(arena, "%zu columns, the server returns %zu", offline->ncolumns, server->ncolumns));
    for (size_t i = 0; i < offline->ncolumns && i < server->ncolumns; i++) {
        const AnswerColumn *ours = &offline->columns[i], *theirs = &server->columns[i];
        if (!same_text(ours->name, theirs->name))
            add(arena, differences, ANSWER_COLUMN, i + 1,
                arena_printf(arena, "column %zu is called \"%s\", on the server \"%s\"", i + 1, ours->name,
                             theirs->name));
        if (!same_text(ours->type, theirs->type))
            add(arena, differences, ANSWER_COLUMN, i + 1,
                arena_printf(arena, "column \"%s\" is of type %s, on the server %s", ours->name, ours->type,
                             theirs->type));
    }
}

static const char *error_text(Arena *arena, const Answer *answer)
{
    return arena_printf(arena, "%s (%s)", answer->message ? answer->message : "no message",
                        answer->code ? answer->code : "no SQLSTATE");
}

void answers_compare(Arena *arena, const Answer *offline, const Answer *server, bool exactly,
                     AnswerDifferences *differences)
{
    if (offline->rejected && server->rejected) {
        if (!same_error(offline, server, exactly))
            add(arena, differences, ANSWER_VERDICT, 0,
                arena_printf(arena, "the server has another error: %s", error_text(arena, server)));
    } else if (server->rejected) {
        add(arena, differences, ANSWER_VERDICT, 0,
            arena_printf(arena, "the server rejects this: %s", error_text(arena, server)));
    } else if (offline->rejected) {
        add(arena, differences, ANSWER_VERDICT, 0,
            arena_printf(arena, "the server accepts this, querc does not: %s", error_text(arena, offline)));
    } else {
        compare_params(arena, offline, server, differences);
        compare_columns(arena, offline, server, differences);
    }
}

static void print_line(StrBuf *out, const char *indent, const char *label, const char *text)
{
    if (text)
        strbuf_printf(out, "%s%s%s\n", indent, label, text);
}

void answer_print(StrBuf *out, const char *indent, const Answer *answer)
{
    if (answer->rejected) {
        strbuf_printf(out, "%sERROR %s: %s\n", indent, answer->code ? answer->code : "?",
                      answer->message ? answer->message : "?");
        print_line(out, indent, "DETAIL: ", answer->detail);
        print_line(out, indent, "HINT: ", answer->hint);
        if (answer->position)
            strbuf_printf(out, "%sat %ld\n", indent, answer->position);
        return;
    }
    for (size_t i = 0; i < answer->nparams; i++)
        strbuf_printf(out, "%s$%zu %s\n", indent, i + 1, answer->params[i]);
    for (size_t i = 0; i < answer->ncolumns; i++)
        strbuf_printf(out, "%s\"%s\" %s\n", indent, answer->columns[i].name, answer->columns[i].type);
    if (!answer->nparams && !answer->ncolumns)
        strbuf_printf(out, "%saccepted\n", indent);
}
