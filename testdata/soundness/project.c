/* A whole project as a subject: what its configuration names, compiled as `querc generate` does. */
#include "project.h"

#include "ast/ast.h"
#include "cmd/compile.h"

#include <stdio.h>
#include <string.h>

/* Foreign keys and checks that values are not made for leave few of them. */
enum { MORE_ROWS = 5 };

static void print_errors(Arena *arena, const Diags *diags)
{
    for (const Diag *diag = diags->first; diag; diag = diag->next)
        if (diag->severity == DIAG_ERROR)
            fprintf(stderr, "soundness: %s:%u: %s\n", diag->span.file ? diag->span.file->path : "",
                    diag->span.file ? source_position(arena, diag->span.file, diag->span.start).line : 0,
                    diag->message);
}

/* The migrations' statements, one by one: some may not share a transaction. */
static bool list_statements(Arena *arena, const ConfigSet *set, Diags *diags, DdlTexts *texts)
{
    SchemaFiles files = {0};
    if (!schema_read(arena, set->schema.items, set->schema.len, diags, &files))
        return false;
    for (size_t i = 0; i < files.len; i++) {
        vec_push(arena, texts, "RESET search_path");
        AstStatements statements = ast_parse(arena, files.items[i].up, diags);
        for (size_t k = 0; k < statements.len; k++) {
            const AstStatement *one = &statements.items[k];
            vec_push(arena, texts,
                     arena_strndup(arena, files.items[i].up->text + one->start, one->end - one->start));
        }
    }
    vec_push(arena, texts, "RESET search_path");
    return true;
}

static bool open_set(Arena *arena, const Config *config, const ConfigSet *set, Diags *diags, ProjectSet *out)
{
    Timing *timing = arena_new_of(arena, Timing);
    Compiler compiler = {.arena = arena, .diags = diags, .timing = timing};
    /* Also sets the version and the extensions that the schema is compiled with. */
    out->project = compile_set(&compiler, config, set);
    DdlTexts texts = {0};
    DdlSession *session = compile_schema(&compiler, set->schema.items, set->schema.len);
    if (!out->project || !session || !list_statements(arena, set, diags, &texts))
        return false;
    ddl_begin_file(session);
    const char *name = arena_printf(arena, "project_%s", set->name.text ? set->name.text : "set");
    out->subject = subject_of_catalog(arena, name, ddl_session_catalog(session), &texts);
    if (!out->subject || !out->subject->tables.len)
        return false;
    out->subject->effort = MORE_ROWS;
    return true;
}

bool project_open(Arena *arena, const char *path, ProjectSets *sets)
{
    Diags *diags = arena_new_of(arena, Diags);
    *diags = diags_make(arena);
    const Config *config = config_read(arena, path, diags);
    bool fine = config;
    for (size_t i = 0; fine && i < config->sets.len; i++) {
        ProjectSet set = {0};
        fine = open_set(arena, config, &config->sets.items[i], diags, &set);
        vec_push(arena, sets, set);
    }
    print_errors(arena, diags);
    return fine;
}
