/* Migrations, applied to the catalog and to a server statement by statement.
 *
 * Each file begins as in a new connection: an open transaction is over and settings are reset (ddl_begin_file does
 * the same to our session). A statement's text is the one that querc reads, ways down and psql's commands blanked.
 */
#include "cmd/verify/verify_run.h"

#include "source/scan.h"

#include <string.h>

typedef struct SchemaRun {
    VerifyRun *run;
    Compiler compiler; /* its diagnostics are those of the statement in hand */
    DdlSession *session;
    const SqlText *sql;
    json_t *results;
} SchemaRun;

/* A diagnostic that is the statement's rejection. A query within a migration that is wrong is only a warning. */
static const Diag *find_rejection(const Diags *diags, bool query)
{
    const Diag *diag = diags->first;
    while (diag && diag->severity != DIAG_ERROR && !(query && report_is_sqlstate(diag->code)))
        diag = diag->next;
    return diag;
}

/* Roles belong to the cluster, not to the schema, and a new cluster has none of the project's. */
static bool make_missing_role(SchemaRun *schema, const Answer *answer)
{
    static const char before[] = "role \"", after[] = "\" does not exist";
    const char *message = answer->message;
    if (!answer->rejected || !message || strncmp(message, before, sizeof before - 1) != 0)
        return false;
    const char *name = message + sizeof before - 1, *end = strstr(name, after);
    if (!end || end[sizeof after - 1])
        return false;
    char *quoted = PQescapeIdentifier(schema->run->server->conn, name, (size_t)(end - name));
    if (!quoted)
        return false;
    const char *error = NULL;
    PQclear(server_query(schema->run->server, arena_printf(schema->run->arena, "CREATE ROLE %s", quoted), &error));
    PQfreemem(quoted);
    return !error;
}

static Answer run_statement(SchemaRun *schema, const char *text)
{
    Answer answer = server_run(schema->run->server, schema->run->arena, text);
    /* Inside a transaction block it is too late: the error has aborted it. */
    while (!server_in_transaction(schema->run->server) && make_missing_role(schema, &answer))
        answer = server_run(schema->run->server, schema->run->arena, text);
    return answer;
}

static void compare(SchemaRun *schema, uint32_t start, uint32_t end, const Answer *offline)
{
    VerifyRun *run = schema->run;
    const char *text = arena_strndup(run->arena, schema->sql->text + start, end - start);
    Answer server = run_statement(schema, text);
    Span span = sqltext_span(schema->sql, start);
    SourcePosition place = source_position(run->arena, span.file, span.start);
    AnswerDifferences differences = {0};
    answers_compare(run->arena, offline, &server, run->options->strict, &differences);
    if (server.rejected && server.position)
        span = sqltext_span(schema->sql, start + report_byte_of_position(text, server.position));
    for (size_t i = 0; i < differences.len; i++)
        report_difference(run, span, NULL, &differences.items[i], &server);
    json_t *entry = json_pack("{s:s, s:I}", "file", span.file->path, "line", (json_int_t)place.line);
    report_verdict(run, entry, differences.len ? VERDICT_DIFFERENT : VERDICT_SAME, offline, &server);
    json_array_append_new(schema->results, entry);
    run->nstatements++;
}

static void apply_statement(SchemaRun *schema, const AstStatement *statement)
{
    Diags *diags = schema->compiler.diags;
    *diags = diags_make(schema->run->arena);
    compile_schema_statement(&schema->compiler, schema->session, statement, NULL, schema->sql);
    const Diag *rejection = find_rejection(diags, ddl_classify(statement->node) == DDL_QUERY);
    Answer offline = rejection ? report_rejection(rejection) : (Answer){0};
    compare(schema, statement->start, statement->end, &offline);
}

/* Text that does not parse is no statement of the list; it is cut out as psql would. */
static void apply_unparsed(SchemaRun *schema, const Diags *errors)
{
    Arena *arena = schema->run->arena;
    StatementRanges ranges = {0};
    statements_split(arena, schema->sql->text, schema->sql->len, &ranges);
    size_t at = 0;
    for (const Diag *diag = errors->first; diag; diag = diag->next) {
        if (diag->severity != DIAG_ERROR || diag->span.file != schema->sql->file)
            continue;
        while (at < ranges.len && ranges.items[at].end < diag->span.start)
            at++;
        if (at == ranges.len)
            return;
        Answer offline = report_rejection(diag);
        compare(schema, ranges.items[at].start, ranges.items[at].end, &offline);
    }
}

static void apply_file(SchemaRun *schema, const SchemaFile *file)
{
    VerifyRun *run = schema->run;
    if (server_in_transaction(run->server))
        server_run(run->server, run->arena, "COMMIT");
    server_run(run->server, run->arena, "RESET SESSION AUTHORIZATION");
    server_run(run->server, run->arena, "RESET ALL");
    ddl_begin_file(schema->session);
    schema->sql = file->up;
    Diags errors = diags_make(run->arena);
    AstStatements statements = ast_parse(run->arena, file->up, &errors);
    for (size_t i = 0; i < statements.len; i++)
        apply_statement(schema, &statements.items[i]);
    apply_unparsed(schema, &errors);
}

void verify_schema(VerifyRun *run, const SourcePath *paths, size_t npaths, json_t *results)
{
    SchemaFiles files = {0};
    Diags reading = diags_make(run->arena), diags; /* what cannot be read is compile_set's to report */
    schema_read(run->arena, paths, npaths, &reading, &files);
    SchemaRun schema = {.run = run,
                        .compiler = {.arena = run->arena, .diags = &diags, .timing = &run->timing},
                        .session = ddl_session_new(catalog_new_for(run->arena, run->postgres)),
                        .results = results};
    for (size_t i = 0; i < files.len; i++)
        apply_file(&schema, &files.items[i]);
    if (server_in_transaction(run->server))
        server_run(run->server, run->arena, "COMMIT");
    server_run(run->server, run->arena, "RESET SESSION AUTHORIZATION");
    server_run(run->server, run->arena, "RESET ALL");
}
