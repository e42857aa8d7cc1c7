/* querc describe: the types of every statement of a script, offline.
 *
 * The script goes through one session, as in psql: DDL changes the catalog, every query is described, and an error
 * stops nothing but, as on a server, an open transaction. */
#include "cmd/command.h"

#include "analyze/analyze.h"
#include "prove/prove.h"
#include "base/strbuf.h"
#include "cmd/compile.h"
#include "cmd/render.h"
#include "source/script.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Describer {
    Arena *arena;
    DdlSession *session;
    const Options *options;
    bool failed; /* any statement was wrong */
} Describer;

/* What is said about one statement. */
typedef struct Description {
    const ScriptStatement *statement;
    bool is_query;
    Query *query; /* NULL unless it is a query that is right */
    ParamTypes params;
    Diags diags;
    const Diag *error; /* the first one, or NULL */
} Description;

/* PostgreSQL's error position: in characters, from 1, within the statement. 0 when it has none. */
static json_int_t error_position(const ScriptStatement *statement, Span span)
{
    if (!span.file || span.file != statement->sql->file || span.start < statement->start ||
        span.start > statement->end)
        return 0;
    json_int_t position = 1;
    for (uint32_t i = statement->start; i < span.start; i++)
        position += ((unsigned char)span.file->text[i] & 0xC0) != 0x80;
    return position;
}

/* The columns the client receives: those of SELECT, or of RETURNING. */
static const TargetList *result_columns(const Query *query)
{
    return query->command == COMMAND_SELECT ? &query->targets : &query->returning;
}

static json_t *error_json(const Description *description)
{
    json_t *error = json_object();
    if (description->error->code)
        json_object_set_new(error, "code", json_string(description->error->code));
    json_object_set_new(error, "message", json_string(description->error->message));
    json_int_t position = error_position(description->statement, description->error->span);
    if (position)
        json_object_set_new(error, "position", json_integer(position));
    if (description->error->detail)
        json_object_set_new(error, "detail", json_string(description->error->detail));
    if (description->error->hint)
        json_object_set_new(error, "hint", json_string(description->error->hint));
    return error;
}

/* The type that the server's RowDescription tells: of a domain its base type. */
static Oid reported_type(const Catalog *catalog, const Expr *expr)
{
    return type_base(catalog, expr->type);
}

static void set_result(Describer *describer, const Description *description, json_t *object)
{
    const Catalog *catalog = ddl_session_catalog(describer->session);
    Arena *arena = describer->arena;
    json_t *params = json_array(), *columns = json_array();
    for (size_t i = 0; i < description->params.len; i++)
        json_array_append_new(
            params, json_pack("{s:s}", "type", catalog_type_key(catalog, arena, description->params.types[i])));
    const TargetList *list = result_columns(description->query);
    NullProof *proof = prove_nullability_new(arena, catalog);
    int number = 0;
    for (size_t i = 0; i < list->len; i++) {
        if (list->items[i]->junk)
            continue;
        bool nullable = prove_column_is_nullable(proof, description->query, ++number);
        json_array_append_new(
            columns, json_pack("{s:s, s:s, s:b}", "name", list->items[i]->name, "type",
                               catalog_type_key(catalog, arena, reported_type(catalog, list->items[i]->expr)),
                               "nullable", nullable));
    }
    json_object_set_new(object, "params", params);
    json_object_set_new(object, "columns", columns);
}

static void print_json(Describer *describer, const Description *description)
{
    json_t *object = json_pack("{s:I, s:s}", "line", (json_int_t)description->statement->line, "kind",
                               description->is_query ? "query" : "schema");
    if (description->error)
        json_object_set_new(object, "error", error_json(description));
    else if (description->query)
        set_result(describer, description, object);
    json_dumpf(object, stdout, JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(object);
}

static void print_text(Describer *describer, const Description *description)
{
    const Catalog *catalog = ddl_session_catalog(describer->session);
    if (description->error) {
        StrBuf out;
        strbuf_init(&out);
        render_text(describer->arena, &out, description->error, render_wants_color(describer->options, stdout));
        fwrite(out.text, 1, out.len, stdout);
        strbuf_release(&out);
        return;
    }
    if (!description->query)
        return;
    printf("line %u:\n", description->statement->line);
    for (size_t i = 0; i < description->params.len; i++)
        printf("  $%-20zu %s\n", i + 1,
               catalog_format_type(catalog, describer->arena, description->params.types[i]));
    const TargetList *list = result_columns(description->query);
    NullProof *proof = prove_nullability_new(describer->arena, catalog);
    int number = 0;
    for (size_t i = 0; i < list->len; i++) {
        if (list->items[i]->junk)
            continue;
        bool nullable = prove_column_is_nullable(proof, description->query, ++number);
        printf("  %-21s %s%s\n", list->items[i]->name,
               catalog_format_type_typmod(catalog, describer->arena, list->items[i]->expr->type,
                                          list->items[i]->expr->typmod),
               nullable ? "" : " not null");
    }
}

static void describe_query(Describer *describer, const AstStatement *parsed, Description *description)
{
    const SqlText *sql = description->statement->sql;
    AnalyzeContext context = {ddl_session_catalog(describer->session), describer->arena, &description->diags, sql};
    if (ddl_transaction_aborted(describer->session)) {
        diag_error(&description->diags, sqltext_span(sql, parsed->start), SQLSTATE_IN_FAILED_SQL_TRANSACTION,
                   "current transaction is aborted, commands ignored until end of transaction block");
        return;
    }
    description->params.variable = true;
    Query *query = analyze_statement(&context, parsed->node, &description->params);
    if (query && analyze_check_params(&context, &description->params))
        description->query = query;
    else
        ddl_query_failed(describer->session);
}

static void describe_statement(Describer *describer, const ScriptStatement *statement)
{
    Description description = {.statement = statement, .is_query = true, .diags = diags_make(describer->arena)};
    Diags *diags = &description.diags;
    AstStatements parsed = ast_parse(describer->arena, statement->sql, diags);
    for (size_t i = 0; i < parsed.len && !diags->nerrors; i++) {
        description.is_query = ddl_classify(parsed.items[i].node) == DDL_QUERY;
        if (description.is_query)
            describe_query(describer, &parsed.items[i], &description);
        if (!diags->nerrors)
            ddl_apply(describer->session, &parsed.items[i], statement->sql, diags);
    }
    if (!parsed.len && diags->nerrors)
        ddl_query_failed(describer->session);
    for (description.error = diags->first; description.error && description.error->severity != DIAG_ERROR;)
        description.error = description.error->next;
    describer->failed |= description.error != NULL;
    if (describer->options->json)
        print_json(describer, &description);
    else
        print_text(describer, &description);
    fflush(stdout);
}

static SourceFile *read_stdin(Arena *arena)
{
    StrBuf text;
    strbuf_init(&text);
    char chunk[65536];
    ssize_t got;
    while ((got = read(STDIN_FILENO, chunk, sizeof chunk)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            strbuf_add_bytes(&text, chunk, (size_t)got);
    SourceFile *file =
        got < 0 ? NULL : source_from_text(arena, "<stdin>", arena_strndup(arena, text.text, text.len), text.len);
    strbuf_release(&text);
    return file;
}

static int run(Invocation *call)
{
    Diags diags = diags_make(call->arena);
    Timing timing;
    timing_start(&timing);
    Compiler compiler = {.arena = call->arena, .diags = &diags, .timing = &timing, .keep_going = true};
    SourcePath *paths = arena_array_of(call->arena, call->options.nschemas, SourcePath);
    for (size_t i = 0; i < call->options.nschemas; i++)
        paths[i] = (SourcePath){call->options.schemas[i], SPAN_NONE};
    DdlSession *session = compile_schema(&compiler, paths, call->options.nschemas);
    const char *path = call->nargs ? call->args[0] : "-";
    SourceFile *file = strcmp(path, "-") ? source_read_file(call->arena, path) : read_stdin(call->arena);
    if (!file)
        diag_error(&diags, SPAN_NONE, "file", "cannot read \"%s\": %s", path, strerror(errno));
    Describer describer = {call->arena, session, &call->options, diags.nerrors > 0};
    if (file && session) {
        Script script = {0};
        script_split(call->arena, file, &script);
        for (size_t i = 0; i < script.len; i++)
            describe_statement(&describer, &script.items[i]);
    }
    render_diags(call->arena, &diags, &call->options);
    int code = diags_exit_code(&diags);
    return code == EXIT_FINE && describer.failed ? EXIT_SQL : code;
}

static const Option options[] = {
    {"schema", 0, OPTION_LIST, "PATH", NULL, offsetof(Options, schemas),
     "migrations to apply first: a file, directory or glob; may be repeated"},
    {"json", 0, OPTION_FLAG, NULL, NULL, offsetof(Options, json), "print one JSON object a statement"},
    OPTION_END,
};

const Command command_describe = {
    .name = "describe",
    .usage = "[FILE]",
    .summary = "print the types of every statement of a script",
    .description =
        "Goes through a script (standard input without FILE) in order: DDL changes the catalog, every\n"
        "other statement is described by the types of its parameters and columns. An error stops nothing;\n"
        "the exit code is 1 when there was any.",
    .options = options,
    .max_args = 1,
    .run = run,
};
