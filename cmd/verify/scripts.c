/* Scripts, statement by statement: what `querc describe` says against what a server does. This is how the project
 * holds itself against PostgreSQL (testdata/oracle). */
#include "cmd/verify/verify_run.h"

#include "cmd/describe.h"

#include <errno.h>
#include <string.h>

static Answer offline_answer(VerifyRun *run, DdlSession *session, const Description *description)
{
    if (description->error) {
        Answer answer = report_rejection(description->error);
        answer.position = describe_error_position(description);
        return answer;
    }
    Answer answer = {0};
    if (!description->query)
        return answer;
    const Catalog *catalog = ddl_session_catalog(session);
    const TargetList *list = describe_columns(description->query);
    answer.nparams = description->params.len;
    answer.params = arena_array_of(run->arena, answer.nparams, const char *);
    for (size_t i = 0; i < answer.nparams; i++)
        answer.params[i] = catalog_type_key(catalog, run->arena, description->params.types[i]);
    answer.columns = arena_array_of(run->arena, list->len, AnswerColumn);
    for (size_t i = 0; i < list->len; i++)
        if (!list->items[i]->junk)
            answer.columns[answer.ncolumns++] = (AnswerColumn){
                list->items[i]->name,
                catalog_type_key(catalog, run->arena, describe_column_type(catalog, list->items[i]->expr))};
    return answer;
}

static bool server_answer(VerifyRun *run, const char *text, bool query, Answer *answer)
{
    const char *error;
    if (!query) {
        *answer = server_run(run->server, run->arena, text);
        return true;
    }
    if (server_prepare(run->server, run->arena, &text, 1, answer, &error))
        return true;
    verify_lost(run, error);
    return false;
}

static bool compare(VerifyRun *run, DdlSession *session, const ScriptStatement *statement, json_t *results)
{
    Description description = describe_statement(session, run->arena, statement);
    Answer offline = offline_answer(run, session, &description), server;
    if (!server_answer(run, statement->sql->text, description.is_query, &server))
        return false;
    AnswerDifferences differences = {0};
    answers_compare(run->arena, &offline, &server, run->options->strict, &differences);
    for (size_t i = 0; i < differences.len; i++) {
        Diag *diag = report_difference(run, sqltext_span(statement->sql, 0), NULL, &differences.items[i], &server);
        if (differences.items[i].part == ANSWER_VERDICT && offline.rejected && server.rejected) {
            StrBuf both;
            strbuf_init(&both);
            strbuf_add(&both, "querc:\n");
            answer_print(&both, "      ", &offline);
            strbuf_add(&both, "    server:\n");
            answer_print(&both, "      ", &server);
            diag_detail(&run->diags, diag, "%s", both.text);
            strbuf_release(&both);
        }
    }
    json_t *entry = json_pack("{s:I}", "line", (json_int_t)statement->line);
    report_verdict(run, entry, differences.len ? VERDICT_DIFFERENT : VERDICT_SAME, &offline, &server);
    json_array_append_new(results, entry);
    run->nstatements++;
    return true;
}

static void verify_script(VerifyRun *run, const char *path)
{
    SourceFile *file = source_read_file(run->arena, path);
    if (!file) {
        diag_error(&run->diags, SPAN_NONE, "file", "cannot read \"%s\": %s", path, strerror(errno));
        return;
    }
    if (!verify_connect(run))
        return;
    Script script = {0};
    script_split(run->arena, file, &script);
    DdlSession *session = ddl_session_new(catalog_new_for(run->arena, run->postgres));
    json_t *results = json_array();
    for (size_t i = 0; i < script.len; i++)
        if (!compare(run, session, &script.items[i], results))
            break;
    json_array_append_new(run->results, json_pack("{s:s, s:o}", "script", path, "statements", results));
    verify_disconnect(run);
}

void verify_scripts(VerifyRun *run)
{
    for (size_t i = 0; i < run->options->nscripts; i++)
        verify_script(run, run->options->scripts[i]);
}
