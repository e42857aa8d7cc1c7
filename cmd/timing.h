/* Where the time goes: --timing. */
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
    struct timespec since;
    double seconds[PHASE_COUNT];
    size_t counts[PHASE_COUNT]; /* of what the phase works on: files, statements, queries */
} Timing;

void timing_start(Timing *timing);
/* From now on time belongs to this phase; gives the one before, to be gone back to. */
Phase timing_enter(Timing *timing, Phase phase);
/* Phases, counts, and the process's peak memory. */
void timing_print(Timing *timing, FILE *stream);

#endif
