/* querc init: a project to start from. */
#include "cmd/command.h"

#include "cmd/config.h"
#include "cmd/output.h"
#include "cmd/render.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The first project. */
typedef struct InitFile {
    const char *path, *text;
} InitFile;
static const InitFile init_files[] = {
    {"sqlc.yaml", "# querc's configuration, in sqlc's format. \"querc help configuration\" lists every key.\n"
                  "version: \"2\"\n"
                  "sql:\n"
                  "  - engine: postgresql\n"
                  "    # Migrations: plain SQL, goose, dbmate, tern and others; files, directories or globs.\n"
                  "    schema: migrations\n"
                  "    # Annotated queries: -- name: GetBook :one\n"
                  "    queries: queries\n"
                  "    gen:\n"
                  "      c:\n"
                  "        # Where the C files go.\n"
                  "        out: gen\n"
                  "        # Begins every generated name: app_get_book.\n"
                  "        prefix: app\n"},
    {"migrations/0001_init.sql", "CREATE TABLE books (\n"
                                 "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
                                 "    title text NOT NULL,\n"
                                 "    published date\n"
                                 ");\n"},
    {"queries/books.sql", "-- name: GetBook :one\n"
                          "-- One book by its id.\n"
                          "SELECT id, title, published FROM books WHERE id = $1;\n"
                          "\n"
                          "-- name: ListBooks :many\n"
                          "SELECT id, title, published FROM books ORDER BY title LIMIT @max_rows;\n"
                          "\n"
                          "-- name: AddBook :one\n"
                          "INSERT INTO books (title, published) VALUES (@title, @published) RETURNING id;\n"},
};
enum { INIT_FILES = sizeof init_files / sizeof *init_files };

static int run(Invocation *call)
{
    const char *dir = call->nargs ? call->args[0] : ".";
    const char *prefix = strcmp(dir, ".") ? arena_printf(call->arena, "%s/", dir) : "";
    Diags diags = diags_make(call->arena);
    OutputFiles files = {0};
    for (const char *const *name = config_names + 1; *name; name++) /* the first one is among the files */
        if (!access(arena_printf(call->arena, "%s%s", prefix, *name), F_OK))
            diag_error(&diags, SPAN_NONE, "output", "\"%s%s\" exists already: this is a project", prefix, *name);
    for (size_t i = 0; i < INIT_FILES; i++) {
        const char *path = arena_printf(call->arena, "%s%s", prefix, init_files[i].path);
        OutputFile file = {.path = path, .text = init_files[i].text, .len = strlen(init_files[i].text)};
        output_add(call->arena, &files, file, &diags);
        if (!access(path, F_OK))
            diag_error(&diags, SPAN_NONE, "output", "\"%s\" exists already and is left alone", path);
    }
    size_t written;
    if (!diags.nerrors && output_write(call->arena, &files, &diags, &written))
        for (size_t i = 0; i < files.len; i++)
            printf("wrote %s\n", files.items[i].path);
    render_diags(call->arena, &diags, &call->options);
    if (!diags.nerrors)
        printf("Next: querc generate%s%s%s\n", *prefix ? " -f " : "", prefix, *prefix ? "sqlc.yaml" : "");
    return diags_exit_code(&diags);
}

const Command command_init = {
    .name = "init",
    .usage = "[DIR]",
    .summary = "write a commented sqlc.yaml, a migration and first queries",
    .description = "Starts a project in DIR (default: the working directory). Nothing that exists is overwritten.",
    .max_args = 1,
    .run = run,
};
