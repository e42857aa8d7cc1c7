/* One piece of work a text or file; each thread allocates from an arena of its own, which the run's arena adopts.
 */
#include "cmd/parse_texts.h"

#include "base/parallel.h"

typedef struct Job {
    Arena **arenas; /* one a worker */
    ParsedText *texts;
    CutFile *files;
} Job;

static void run_job(Arena *arena, Job *job, size_t n, size_t bytes, void (*run)(void *, size_t, size_t))
{
    size_t workers = parallel_workers(bytes);
    job->arenas = arena_array_of(arena, workers, Arena *);
    for (size_t i = 0; i < workers; i++) {
        job->arenas[i] = arena_new();
        arena_adopt(arena, job->arenas[i]);
    }
    parallel_run(n, workers, run, job);
}

static void parse_one(void *context, size_t worker, size_t index)
{
    Job *job = context;
    ParsedText *text = &job->texts[index];
    Arena *arena = job->arenas[worker];
    text->diags = diags_make(arena);
    text->diags.query = text->query;
    text->statements = ast_parse(arena, text->sql, &text->diags);
}

void parse_texts(Arena *arena, ParsedText *texts, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += texts[i].sql->len;
    run_job(arena, &(Job){.texts = texts}, n, bytes, parse_one);
}

static void cut_one(void *context, size_t worker, size_t index)
{
    Job *job = context;
    CutFile *file = &job->files[index];
    file->diags = diags_make(job->arenas[worker]);
    queries_read(job->arenas[worker], file->source, &file->diags, &file->queries);
    file->queries.file = file->source;
}

void cut_files(Arena *arena, CutFile *files, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += files[i].source->len;
    run_job(arena, &(Job){.files = files}, n, bytes, cut_one);
}
