/* querc describe: the types of every statement of a script, offline.
 *
 * The script goes through one session, as in psql: DDL changes the catalog, every query is described, and an error
 * stops nothing but, as on a server, an open transaction. */
#include "cmd/command.h"
#include "cmd/postgres.h"

#include "base/strbuf.h"
#include "cmd/compile.h"
#include "cmd/describe.h"
#include "cmd/render.h"
#include "prove/prove.h"

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

static json_t *error_json(const Description *description)
{
    json_t *error = json_object();
    if (description->error->code)
        json_object_set_new(error, "code", json_string(description->error->code));
    json_object_set_new(error, "message", json_string(description->error->message));
    json_int_t position = describe_error_position(description);
    if (position)
        json_object_set_new(error, "position", json_integer(position));
    if (description->error->detail)
        json_object_set_new(error, "detail", json_string(description->error->detail));
    if (description->error->hint)
        json_object_set_new(error, "hint", json_string(description->error->hint));
    return error;
}

static void set_result(Describer *describer, const Description *description, json_t *object)
{
    const Catalog *catalog = ddl_session_catalog(describer->session);
    Arena *arena = describer->arena;
    json_t *params = json_array(), *columns = json_array();
    for (size_t i = 0; i < description->params.len; i++)
        json_array_append_new(
            params, json_pack("{s:s}", "type", catalog_type_key(catalog, arena, description->params.types[i])));
    const TargetList *list = describe_columns(description->query);
    NullProof *proof = prove_nullability_new(arena, catalog, description->query);
    int number = 0;
    for (size_t i = 0; i < list->len; i++) {
        if (list->items[i]->junk)
            continue;
        bool nullable = prove_column_is_nullable(proof, description->query, ++number);
        json_array_append_new(
            columns,
            json_pack("{s:s, s:s, s:b}", "name", list->items[i]->name, "type",
                      catalog_type_key(catalog, arena, describe_column_type(catalog, list->items[i]->expr)),
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
    const TargetList *list = describe_columns(description->query);
    NullProof *proof = prove_nullability_new(describer->arena, catalog, description->query);
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

static void describe_next(Describer *describer, const ScriptStatement *statement)
{
    Description description = describe_statement(describer->session, describer->arena, statement);
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
    int postgres = postgres_of_option(call);
    if (!postgres)
        return EXIT_USAGE;
    Diags diags = diags_make(call->arena);
    Timing timing;
    timing_start(&timing);
    Compiler compiler = {
        .arena = call->arena, .diags = &diags, .timing = &timing, .postgres = postgres, .keep_going = true};
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
            describe_next(&describer, &script.items[i]);
    }
    render_diags(call->arena, &diags, &call->options);
    int code = diags_exit_code(&diags);
    return code == EXIT_FINE && describer.failed ? EXIT_SQL : code;
}

static const Option options[] = {
    {"schema", 0, OPTION_LIST, "PATH", NULL, offsetof(Options, schemas),
     "migrations to apply first: a file, directory or glob; may be repeated"},
    {"postgres", 0, OPTION_STRING, "VERSION", NULL, offsetof(Options, postgres),
     "version of the server, from 14 to 18 (default: that of querc's parser)"},
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
