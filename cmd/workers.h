/* What the threads of a pass over a set have of their own. */
#ifndef QUERC_CMD_WORKERS_H
#define QUERC_CMD_WORKERS_H

#include "cmd/compile.h"

typedef struct Workers {
    Compiler *compiler;
    size_t n;
    Arena **arenas;   /* parts of the run's arena, for what outlives the pass */
    Timing **timings; /* the first is the compiler's */
    Timing *own;      /* of the others */
} Workers;

/* As many as that many bytes of SQL are worth. */
Workers workers_new(Compiler *compiler, size_t bytes);
/* Adds up their time. */
void workers_finish(Workers *workers);

#endif
