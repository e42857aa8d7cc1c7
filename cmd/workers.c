#include "cmd/workers.h"

#include "base/parallel.h"

Workers workers_new(Compiler *compiler, size_t bytes)
{
    size_t n = parallel_workers(bytes);
    Workers workers = {compiler, n, arena_array_of(compiler->arena, n, Arena *),
                       arena_array_of(compiler->arena, n, Timing *), arena_array_of(compiler->arena, n, Timing)};
    for (size_t i = 0; i < n; i++) {
        workers.arenas[i] = arena_of_worker(compiler->arena, i);
        timing_start(&workers.own[i]);
        workers.timings[i] = i ? &workers.own[i] : compiler->timing;
    }
    if (compiler->timing->threads < n)
        compiler->timing->threads = n;
    return workers;
}

void workers_finish(Workers *workers)
{
    for (size_t i = 1; i < workers->n; i++)
        timing_add(workers->compiler->timing, &workers->own[i]);
}
