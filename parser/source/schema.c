/* The schema's files, in order, each with what it holds for the schema. */
#include "source/schema.h"

#include "source/migration.h"
#include "source/mixed.h"
#include "source/paths_private.h"
#include "source/psql.h"
#include "source/sqitch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void blank(char *text, StatementRange range)
{
    for (uint32_t at = range.start; at < range.end; at++)
        if (text[at] != '\n' && text[at] != '\r')
            text[at] = ' ';
}

/* Of psql's commands, those that would bring more of the schema. */
static void warn_of_include(SourceFile *file, const char *text, StatementRange range, Diags *diags)
{
    static const char *const commands[] = {"i", "ir", "include", "include_relative"};
    const char *command = text + range.start + 1;
    size_t len = text[range.start] == '\\' ? strspn(command, "abcdefghijklmnopqrstuvwxyz_") : 0;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strlen(commands[i]) != len || strncmp(commands[i], command, len) != 0)
            continue;
        Diag *diag =
            diag_warning(diags, (Span){file, range.start, range.end}, NULL,
                         "\\%s is passed over: what the file it names does to the schema is not seen", commands[i]);
        diag_hint(diags, diag, "Name that file under schema, before this one.");
    }
}

static void blank_psql(Arena *arena, SourceFile *file, char *text, Diags *diags)
{
    StatementRanges statements = {0}, skipped = {0};
    psql_split(arena, text, file->len, &statements, &skipped);
    for (size_t i = 0; i < skipped.len; i++) {
        warn_of_include(file, text, skipped.items[i], diags);
        blank(text, skipped.items[i]);
        if (skipped.items[i].terminated)
            text[skipped.items[i].start] = ';';
    }
}

SchemaFile schema_file(Arena *arena, SourceFile *file, Diags *diags)
{
    SchemaFile schema = {.file = file, .up = sqltext_of_file(arena, file)};
    if (!scan_check_encoding(schema.up, diags)) {
        schema.up->text = "";
        schema.up->len = 0;
        return schema;
    }
    schema.format = migration_format(file->text, file->len);
    bool mark = file->len >= 3 && memcmp(file->text, "\xEF\xBB\xBF", 3) == 0;
    bool backslash = memchr(file->text, '\\', file->len) != NULL;
    StatementRanges queries = {0};
    if (!mixed_has_queries(arena, file, &queries) && schema.format == SCHEMA_PLAIN && !mark && !backslash)
        return schema;
    char *text = arena_strndup(arena, file->text, file->len);
    if (mark)
        memset(text, ' ', 3);
    migration_blank_down(schema.format, text, file->len);
    if (backslash)
        blank_psql(arena, file, text, diags);
    for (size_t i = 0; i < queries.len; i++)
        blank(text, queries.items[i]);
    schema.up->text = text;
    return schema;
}

/* ---- a directory's order ---- */

static void note_read(Arena *arena, SchemaFiles *files, const char *path)
{
    files->read = vec_grow(arena, files->read, files->nread, &files->capread, sizeof *files->read);
    files->read[files->nread++] = path;
}

static bool in_atlas_directory(Arena *arena, const char *name, SchemaFiles *files)
{
    const char *sum = arena_printf(arena, "%.*satlas.sum", (int)(path_base(name) - name), name);
    struct stat st;
    if (stat(sum, &st) != 0)
        return false;
    for (size_t i = 0; i < files->nread; i++)
        if (strcmp(files->read[i], sum) == 0)
            return true;
    note_read(arena, files, sum);
    return true;
}

static int compare_bytes(const void *a, const void *b)
{
    const SchemaFile *x = a, *y = b;
    return strcmp(x->file->path, y->file->path);
}

/* Atlas skips what comes before its last checkpoint, a file that holds the whole schema up to there. */
static size_t last_checkpoint(const SchemaFile *files, size_t nfiles)
{
    size_t from = 0;
    for (size_t i = 0; i < nfiles; i++)
        if (strncmp(files[i].file->text, "-- atlas:checkpoint", 19) == 0)
            from = i;
    return from;
}

static void use_as_schema(Arena *arena, ReadFile *file)
{
    SchemaFile *schema = arena_new_of(arena, SchemaFile);
    *schema = schema_file(arena, file->file, &file->diags);
    file->made = schema;
}

/* The files that the path names, in the order of numbers. */
static void list_migrations(Arena *arena, const SourcePath *path, Diags *diags, PathNames *wanted)
{
    PathNames names = {0};
    paths_list(arena, path, diags, &names);
    bool listed = names.len > 1 || (names.len == 1 && strcmp(names.items[0], path->path) != 0);
    if (names.len > 1)
        qsort(names.items, names.len, sizeof *names.items, migration_compare);
    for (size_t i = 0; i < names.len; i++)
        if (!listed || !migration_is_undo(names.items[i]))
            vec_push(arena, wanted, names.items[i]);
}

static void read_path(Arena *arena, const SourcePath *path, Diags *diags, StrMap *seen, SchemaFiles *files)
{
    PathNames wanted = {0};
    const char *plan = sqitch_find_plan(arena, path->path);
    if (plan && sqitch_list(arena, path, plan, diags, &wanted))
        note_read(arena, files, plan);
    else if (!plan)
        list_migrations(arena, path, diags, &wanted);
    if (wanted.len == 0)
        return;
    bool atlas = !plan && in_atlas_directory(arena, wanted.items[0], files), by_bytes = atlas;
    ReadFiles reading = {0};
    paths_add_names(arena, path, &wanted, &reading);
    paths_read_all(arena, &reading, use_as_schema);
    VEC(SchemaFile) group = {0};
    for (size_t i = 0; i < reading.len; i++) {
        if (!paths_accept(arena, &reading.items[i], diags, seen))
            continue;
        const SchemaFile *schema = reading.items[i].made;
        note_read(arena, files, schema->file->path);
        by_bytes |= !plan && schema->format == SCHEMA_DBMATE;
        vec_push(arena, &group, *schema);
    }
    if (by_bytes && group.len > 1)
        qsort(group.items, group.len, sizeof *group.items, compare_bytes);
    for (size_t i = atlas ? last_checkpoint(group.items, group.len) : 0; i < group.len; i++)
        vec_push(arena, files, group.items[i]);
}

bool schema_read(Arena *arena, const SourcePath *paths, size_t npaths, Diags *diags, SchemaFiles *files)
{
    size_t errors = diags->nerrors;
    StrMap seen = {0};
    for (size_t i = 0; i < npaths; i++)
        read_path(arena, &paths[i], diags, &seen, files);
    return diags->nerrors == errors;
}
