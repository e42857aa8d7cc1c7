/* What verify says: differences as diagnostics on stderr, the summary or a JSON document on stdout. */
#include "cmd/verify/verify_run.h"

#include "cmd/render.h"

#include <stdio.h>
#include <string.h>

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

static json_t *rejection_json(const Answer *answer)
{
    json_t *error = json_object();
    set_text(error, "code", answer->code);
    set_text(error, "message", answer->message);
    set_text(error, "detail", answer->detail);
    set_text(error, "hint", answer->hint);
    if (answer->position)
        json_object_set_new(error, "position", json_integer(answer->position));
    return json_pack("{s:o}", "error", error);
}

json_t *report_answer(const Answer *answer)
{
    if (answer->rejected)
        return rejection_json(answer);
    json_t *params = json_array(), *columns = json_array();
    for (size_t i = 0; i < answer->nparams; i++)
        json_array_append_new(params, json_pack("{s:s}", "type", answer->params[i]));
    for (size_t i = 0; i < answer->ncolumns; i++)
        json_array_append_new(
            columns, json_pack("{s:s, s:s}", "name", answer->columns[i].name, "type", answer->columns[i].type));
    return json_pack("{s:o, s:o}", "params", params, "columns", columns);
}

void report_verdict(VerifyRun *run, json_t *entry, Verdict verdict, const Answer *offline, const Answer *server)
{
    static const char *const names[] = {
        [VERDICT_SAME] = "same", [VERDICT_DIFFERENT] = "different", [VERDICT_UNCHECKED] = "unchecked"};
    json_object_set_new(entry, "verdict", json_string(names[verdict]));
    run->ndifferent += verdict == VERDICT_DIFFERENT;
    run->nunchecked += verdict == VERDICT_UNCHECKED;
    run->nrejected += verdict == VERDICT_SAME && offline->rejected;
    if (verdict == VERDICT_SAME)
        return;
    json_object_set_new(entry, "offline", report_answer(offline));
    if (server)
        json_object_set_new(entry, "server", report_answer(server));
}

Diag *report_difference(VerifyRun *run, Span span, const char *query, const AnswerDifference *difference,
                        const Answer *server)
{
    run->diags.query = query;
    Diag *diag = diag_error(&run->diags, span, VERIFY_DIFFERENCE, "%s", difference->message);
    run->diags.query = NULL;
    if (difference->part == ANSWER_VERDICT && server->detail)
        diag_detail(&run->diags, diag, "%s", server->detail);
    if (difference->part == ANSWER_VERDICT && server->hint)
        diag_hint(&run->diags, diag, "%s", server->hint);
    return diag;
}

Answer report_rejection(const Diag *diag)
{
    return (Answer){
        .rejected = true, .code = diag->code, .message = diag->message, .detail = diag->detail, .hint = diag->hint};
}

bool report_is_sqlstate(const char *code)
{
    enum { SQLSTATE_LENGTH = 5 };
    return code && strlen(code) == SQLSTATE_LENGTH &&
           strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == SQLSTATE_LENGTH;
}

uint32_t report_byte_of_position(const char *text, long position)
{
    uint32_t byte = 0;
    for (long at = 1; at < position && text[byte]; at++)
        do
            byte++;
        while (((unsigned char)text[byte] & 0xC0) == 0x80);
    return byte;
}

static void print_document(VerifyRun *run)
{
    json_t *document = json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:O}", "querc", QUERC_VERSION,
                                 "postgres", arena_printf(run->arena, "%d", run->postgres), "server", run->version,
                                 "queries", (json_int_t)run->nqueries, "statements", (json_int_t)run->nstatements,
                                 "different", (json_int_t)run->ndifferent, "unchecked", (json_int_t)run->nunchecked,
                                 "rejected", (json_int_t)run->nrejected, "results", run->results);
    json_dumpf(document, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(document);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void print_summary(const VerifyRun *run)
{
    if (run->options->nscripts)
        printf("%zu statement%s", run->nstatements, plural(run->nstatements));
    else
        printf("%zu quer%s", run->nqueries, run->nqueries == 1 ? "y" : "ies");
    if (!run->options->nscripts && run->nstatements)
        printf(" and %zu statement%s of migrations", run->nstatements, plural(run->nstatements));
    printf(" compared with PostgreSQL %s: ", run->version);
    if (run->ndifferent)
        printf("%zu differ%s", run->ndifferent, run->ndifferent == 1 ? "s" : "");
    else
        printf("no difference");
    if (run->nrejected)
        printf(", %zu rejected by both", run->nrejected);
    if (run->nunchecked)
        printf(", %zu not comparable", run->nunchecked);
    putchar('\n');
}

void report_print(VerifyRun *run)
{
    diags_sort(&run->diags);
    render_diags(run->arena, &run->diags, run->options);
    if (run->version && run->options->format == FORMAT_JSON)
        print_document(run);
    else if (run->version)
        print_summary(run);
}
