/* Reading the files that paths name, on all processors, in an order that does not depend on which was faster. */
#include "base/parallel.h"
#include "source/mixed.h"
#include "source/paths_private.h"
#include "source/queries.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

/* To tell whether threads are worth while before the files' sizes are known. */
enum { GUESSED_FILE_BYTES = 4096 };

typedef struct Reading {
    ReadFile *files;
    void (*use)(Arena *arena, ReadFile *file);
    Arena **arenas; /* one a worker */
} Reading;

void paths_add_names(Arena *arena, const SourcePath *path, const PathNames *names, ReadFiles *files)
{
    for (size_t i = 0; i < names->len; i++)
        vec_push(arena, files, ((ReadFile){.path = path, .name = names->items[i]}));
}

static void read_one(void *context, size_t worker, size_t index)
{
    Reading *reading = context;
    ReadFile *file = &reading->files[index];
    Arena *arena = reading->arenas[worker];
    file->diags = diags_make(arena);
    file->file = source_read_file(arena, file->name);
    if (!file->file)
        file->error = errno;
    else if (reading->use)
        reading->use(arena, file);
}

void paths_read_all(Arena *arena, ReadFiles *files, void (*use)(Arena *arena, ReadFile *file))
{
    size_t workers = parallel_workers(files->len * GUESSED_FILE_BYTES);
    Reading reading = {files->items, use, arena_array_of(arena, workers, Arena *)};
    for (size_t i = 0; i < workers; i++)
        reading.arenas[i] = arena_of_worker(arena, i);
    parallel_run(files->len, workers, read_one, &reading);
}

bool paths_accept(Arena *arena, ReadFile *file, Diags *diags, StrMap *seen)
{
    if (!file->file) {
        diag_error(diags, file->path->span, FILE_ERROR, "could not read \"%s\": %s", file->name,
                   strerror(file->error));
        return false;
    }
    const char *identity =
        arena_printf(arena, "%ju:%ju", (uintmax_t)file->file->device, (uintmax_t)file->file->inode);
    if (strmap_put(arena, seen, identity, file->file) != NULL)
        return false;
    diags_append(diags, &file->diags);
    return true;
}

static void list_all(Arena *arena, const SourcePath *paths, size_t npaths, Diags *diags, ReadFiles *files)
{
    for (size_t i = 0; i < npaths; i++) {
        PathNames names = {0};
        paths_list(arena, &paths[i], diags, &names);
        paths_add_names(arena, &paths[i], &names, files);
    }
}

bool paths_read(Arena *arena, const SourcePath *paths, size_t npaths, Diags *diags, SourceFiles *files)
{
    size_t errors = diags->nerrors;
    ReadFiles reading = {0};
    StrMap seen = {0};
    list_all(arena, paths, npaths, diags, &reading);
    paths_read_all(arena, &reading, NULL);
    for (size_t i = 0; i < reading.len; i++)
        if (paths_accept(arena, &reading.items[i], diags, &seen))
            vec_push(arena, files, reading.items[i].file);
    return diags->nerrors == errors;
}

static void cut_queries(Arena *arena, ReadFile *file)
{
    QueryFile *queries = arena_new_of(arena, QueryFile);
    queries_read(arena, file->file, &file->diags, queries);
    file->made = queries;
}

bool query_files_read(Arena *arena, const SourcePath *paths, size_t npaths, const SourcePath *schema,
                      size_t nschema, Diags *diags, QueryFiles *files)
{
    size_t errors = diags->nerrors;
    ReadFiles reading = {0};
    StrMap seen = {0};
    list_all(arena, paths, npaths, diags, &reading);
    paths_read_all(arena, &reading, cut_queries);
    for (size_t i = 0; i < reading.len; i++)
        if (paths_accept(arena, &reading.items[i], diags, &seen)) {
            QueryFile *file = reading.items[i].made;
            vec_push(arena, files, file);
            if (file->nloose > 0)
                queries_check_loose(file, mixed_is_schema(arena, file->file, schema, nschema), diags);
        }
    queries_check_names(arena, (const QueryFile *const *)files->items, files->len, diags);
    return diags->nerrors == errors;
}
