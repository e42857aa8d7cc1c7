/* Where the time goes: --timing.
 *
 * Each thread has a Timing of its own; what the others did is added to the main thread's in the end. */
#ifndef QUERC_CMD_TIMING_H
#define QUERC_CMD_TIMING_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

typedef enum Phase {
    PHASE_OTHER,
    PHASE_CONFIG,
    PHASE_READ,
    PHASE_PARSE,
    PHASE_DDL,
    PHASE_ANALYZE,
    PHASE_PROVE,
    PHASE_CODEGEN,
    PHASE_WRITE,
    PHASE_COUNT
} Phase;

typedef struct Timing {
    Phase current;
    struct timespec start, since;
    size_t threads; /* that were at work at once, at most */
    double seconds[PHASE_COUNT];
    size_t counts[PHASE_COUNT]; /* of what the phase works on: files, statements, queries */
} Timing;

void timing_start(Timing *timing);
/* From now on time belongs to this phase; gives the one before, to be gone back to. */
Phase timing_enter(Timing *timing, Phase phase);
/* Adds another thread's phases. The time between them, when it waited, is nobody's. */
void timing_add(Timing *timing, const Timing *thread);
/* Phases, counts, and the process's peak memory. */
void timing_print(Timing *timing, FILE *stream);

#endif
