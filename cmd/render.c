/* Diagnostics for programs, and the choice between both forms. */
#include "cmd/render.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Source text may be no valid UTF-8, which JSON must be. */
static json_t *json_text(const char *text)
{
    json_t *string = json_string(text);
    if (string)
        return string;
    StrBuf clean;
    strbuf_init(&clean);
    for (; *text; text++)
        strbuf_add_char(&clean, (unsigned char)*text < 0x80 ? *text : '?');
    string = json_string(clean.text);
    strbuf_release(&clean);
    return string;
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_text(text));
}

static void set_place(Arena *arena, json_t *object, Span span)
{
    if (!span.file)
        return;
    SourcePosition start = source_position(arena, span.file, span.start);
    set_text(object, "file", span.file->path);
    json_object_set_new(object, "line", json_integer(start.line));
    json_object_set_new(object, "column", json_integer(start.column));
    if (span.end <= span.start)
        return;
    SourcePosition end = source_position(arena, span.file, span.end);
    json_object_set_new(object, "end_line", json_integer(end.line));
    json_object_set_new(object, "end_column", json_integer(end.column));
}

json_t *render_json(Arena *arena, const Diag *diag)
{
    static const char *const severities[] = {
        [DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note"};
    json_t *object = json_object();
    json_object_set_new(object, "severity", json_string(severities[diag->severity]));
    set_place(arena, object, diag->span);
    set_text(object, "code", diag->code);
    set_text(object, "message", diag->message);
    set_text(object, "detail", diag->detail);
    set_text(object, "hint", diag->hint);
    set_text(object, "query", diag->query);
    if (diag->notes) {
        json_t *notes = json_array();
        for (const DiagNote *note = diag->notes; note; note = note->next) {
            json_t *item = json_object();
            set_place(arena, item, note->span);
            set_text(item, "message", note->message);
            json_array_append_new(notes, item);
        }
        json_object_set_new(object, "notes", notes);
    }
    return object;
}

json_t *render_json_list(Arena *arena, const Diags *diags)
{
    json_t *list = json_array();
    for (const Diag *diag = diags->first; diag; diag = diag->next)
        json_array_append_new(list, render_json(arena, diag));
    return list;
}

bool render_wants_color(const Options *options, FILE *stream)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    return !(none && *none) && !(term && !strcmp(term, "dumb")) && isatty(fileno(stream));
}

static void render_as_text(Arena *arena, const Diags *diags, bool color)
{
    StrBuf out;
    strbuf_init(&out);
    for (const Diag *diag = diags->first; diag; diag = diag->next)
        render_text(arena, &out, diag, color);
    if (diags->nerrors)
        strbuf_printf(&out, "%zu error%s", diags->nerrors, diags->nerrors == 1 ? "" : "s");
    if (diags->nerrors && diags->nwarnings)
        strbuf_printf(&out, ", %zu warning%s", diags->nwarnings, diags->nwarnings == 1 ? "" : "s");
    if (diags->nerrors)
        strbuf_add_char(&out, '\n');
    fwrite(out.text, 1, out.len, stderr);
    strbuf_release(&out);
}

void render_diags(Arena *arena, const Diags *diags, const Options *options)
{
    if (options->format == FORMAT_TEXT) {
        render_as_text(arena, diags, render_wants_color(options, stderr));
        return;
    }
    json_t *document = json_pack("{s:o}", "diagnostics", render_json_list(arena, diags));
    json_dumpf(document, stderr, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    fputc('\n', stderr);
    json_decref(document);
}

int diags_exit_code(const Diags *diags)
{
    static const char *const environment[] = {"config", "file", "output", "server"};
    int code = EXIT_FINE;
    for (const Diag *diag = diags->first; diag; diag = diag->next) {
        if (diag->severity != DIAG_ERROR)
            continue;
        code = EXIT_SQL;
        for (size_t i = 0; diag->code && i < sizeof environment / sizeof *environment; i++)
            if (!strcmp(diag->code, environment[i]))
                return EXIT_USAGE;
    }
    return code;
}
