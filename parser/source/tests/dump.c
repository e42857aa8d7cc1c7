#include "dump.h"

#include <string.h>

static void dump_span(StrBuf *out, Arena *arena, Span span)
{
    if (!span.file) {
        strbuf_add(out, "-");
        return;
    }
    SourcePosition from = source_position(arena, span.file, span.start);
    strbuf_printf(out, "%u:%u", from.line, from.column);
    if (span.end > span.start) {
        SourcePosition to = source_position(arena, span.file, span.end);
        strbuf_printf(out, "-%u:%u", to.line, to.column);
    }
}

void dump_diags(StrBuf *out, Arena *arena, const Diags *diags)
{
    static const char *const severities[] = {"error", "warning", "note"};
    for (const Diag *diag = diags->first; diag; diag = diag->next) {
        strbuf_printf(out, "%s[%s] ", severities[diag->severity], diag->code ? diag->code : "");
        dump_span(out, arena, diag->span);
        strbuf_printf(out, ": %s%s%s\n", diag->message, diag->query ? "  (in " : "",
                      diag->query ? diag->query : "");
        if (diag->query) {
            out->len--;
            strbuf_add(out, ")\n");
        }
        if (diag->detail)
            strbuf_printf(out, "  detail: %s\n", diag->detail);
        if (diag->hint)
            strbuf_printf(out, "  hint: %s\n", diag->hint);
        for (const DiagNote *note = diag->notes; note; note = note->next) {
            strbuf_add(out, "  note ");
            dump_span(out, arena, note->span);
            strbuf_printf(out, ": %s\n", note->message);
        }
    }
}

static void dump_param(StrBuf *out, Arena *arena, const QueryParam *param)
{
    static const char *const nulls[] = {"", " not null", " null"};
    strbuf_printf(out, "  $%d %s%s%s%s at", param->number, param->name ? param->name : "-", nulls[param->null],
                  param->is_slice ? " slice" : "", param->in_list ? " in list" : "");
    for (size_t i = 0; i < param->nspans; i++) {
        strbuf_add_char(out, ' ');
        dump_span(out, arena, param->spans[i]);
    }
    strbuf_add_char(out, '\n');
}

static void dump_lines(StrBuf *out, const char *sign, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        strbuf_printf(out, "  %s%.*s\n", sign, (int)len, text);
        text += len + (text[len] == '\n');
    }
}

void dump_queries(StrBuf *out, Arena *arena, const QueryFile *queries)
{
    for (size_t i = 0; i < queries->len; i++) {
        const AnnotatedQuery *query = &queries->items[i];
        strbuf_printf(out, "%s :%s name ", query->name, query_command_name(query->command));
        dump_span(out, arena, query->name_span);
        strbuf_add(out, " command ");
        dump_span(out, arena, query->command_span);
        strbuf_add(out, " statement ");
        dump_span(out, arena, query->span);
        strbuf_add_char(out, '\n');
        if (query->docs)
            dump_lines(out, "# ", query->docs);
        dump_lines(out, "| ", query->sql->text);
        for (size_t k = 0; k < query->nparams; k++)
            dump_param(out, arena, &query->params[k]);
        for (size_t k = 0; k < query->nembeds; k++) {
            strbuf_printf(out, "  embed %s as %s at offset %u: ", query->embeds[k].name, query->embeds[k].as,
                          query->embeds[k].offset);
            dump_span(out, arena, query->embeds[k].span);
            strbuf_add(out, ", mapped ");
            dump_span(out, arena, sqltext_span(query->sql, query->embeds[k].offset));
            strbuf_add_char(out, '\n');
        }
        for (size_t k = 0; k < query->ncolumns; k++) {
            strbuf_printf(out, "  column %s %s at ", query->columns[k].name,
                          query->columns[k].nullable ? "null" : "not null");
            dump_span(out, arena, query->columns[k].span);
            strbuf_add_char(out, '\n');
        }
        if (query->row)
            strbuf_printf(out, "  row %s\n", query->row);
        if (query->vet_disabled)
            strbuf_printf(out, "  vet disabled: \"%s\"\n", query->vet_disabled_what);
    }
}

void dump_script(StrBuf *out, Arena *arena, const Script *script)
{
    for (size_t i = 0; i < script->len; i++) {
        const ScriptStatement *statement = &script->items[i];
        strbuf_printf(out, "line %u ", statement->line);
        dump_span(out, arena, sqltext_range(statement->sql, 0, (int64_t)statement->sql->len));
        strbuf_add_char(out, '\n');
        dump_lines(out, "| ", statement->sql->text);
    }
}
