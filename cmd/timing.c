/* Every moment of a run belongs to exactly one phase, so that the sum is the whole. */
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
    *timing = (Timing){0};
    clock_gettime(CLOCK_MONOTONIC, &timing->since);
}

Phase timing_enter(Timing *timing, Phase phase)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    timing->seconds[timing->current] +=
        (double)(now.tv_sec - timing->since.tv_sec) + (double)(now.tv_nsec - timing->since.tv_nsec) / 1e9;
    timing->since = now;
    Phase before = timing->current;
    timing->current = phase;
    return before;
}

void timing_print(Timing *timing, FILE *stream)
{
    timing_enter(timing, PHASE_OTHER);
    double total = 0;
    for (int i = 0; i < PHASE_COUNT; i++)
        total += timing->seconds[i];
    for (int i = PHASE_CONFIG; i <= PHASE_COUNT; i++) {
        Phase phase = (Phase)(i % PHASE_COUNT); /* "other" comes last */
        fprintf(stream, "%-8s %9.3f ms", phases[phase].name, timing->seconds[phase] * 1e3);
        if (phases[phase].counted)
            fprintf(stream, "  %zu %s", timing->counts[phase], phases[phase].counted);
        fputc('\n', stream);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stream, "%-8s %9.3f ms\npeak memory %ld kB\n", "total", total * 1e3, usage.ru_maxrss);
}
