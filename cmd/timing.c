/* Every moment of a thread belongs to exactly one phase. */
#include "cmd/timing.h"

#include <sys/resource.h>

static const struct {
    const char *name, *counted;
} phases[PHASE_COUNT] = {
    [PHASE_OTHER] = {"other", NULL},      [PHASE_CONFIG] = {"config", "sets"},
    [PHASE_READ] = {"read", "files"},     [PHASE_PARSE] = {"parse", "statements"},
    [PHASE_DDL] = {"ddl", "statements"},  [PHASE_ANALYZE] = {"analyze", "queries"},
    [PHASE_PROVE] = {"prove", "queries"}, [PHASE_CODEGEN] = {"codegen", "files"},
    [PHASE_WRITE] = {"write", "files"},
};

void timing_start(Timing *timing)
{
    *timing = (Timing){.threads = 1};
    clock_gettime(CLOCK_MONOTONIC, &timing->start);
    timing->since = timing->start;
}

static double seconds_between(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

Phase timing_enter(Timing *timing, Phase phase)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    timing->seconds[timing->current] += seconds_between(timing->since, now);
    timing->since = now;
    Phase before = timing->current;
    timing->current = phase;
    return before;
}

void timing_add(Timing *timing, const Timing *thread)
{
    for (int i = PHASE_OTHER + 1; i < PHASE_COUNT; i++) {
        timing->seconds[i] += thread->seconds[i];
        timing->counts[i] += thread->counts[i];
    }
}

void timing_print(Timing *timing, FILE *stream)
{
    timing_enter(timing, PHASE_OTHER);
    for (int i = PHASE_CONFIG; i <= PHASE_COUNT; i++) {
        Phase phase = (Phase)(i % PHASE_COUNT); /* "other" comes last */
        fprintf(stream, "%-8s %9.3f ms", phases[phase].name, timing->seconds[phase] * 1e3);
        if (phases[phase].counted)
            fprintf(stream, "  %zu %s", timing->counts[phase], phases[phase].counted);
        fputc('\n', stream);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stream, "%-8s %9.3f ms", "total", seconds_between(timing->start, timing->since) * 1e3);
    if (timing->threads > 1)
        fprintf(stream, "  on %zu threads, whose phases are added up above", timing->threads);
    fprintf(stream, "\npeak memory %ld kB\n", usage.ru_maxrss);
}
