/* What the contestants of the benchmark share. Each does the same work with its own means; see bench.c. */
#ifndef QUERC_BENCH_H
#define QUERC_BENCH_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "querc.h"

enum { ROWS = 200000, WIDE_ROWS = 20000, LOOKUPS = 2000, INSERTS = 100000, SINGLE_INSERTS = 5000, THREADS = 8 };

typedef struct Item {
    int64_t id;
    const char *name;
    int64_t created;
    double weight;
    bool active;
    void *owner; /* as generated rows have one */
} Item;

/* Ends the program. */
void fail(const char *what, const char *message);
/* Looks at some of the values, so that nobody gets away without reading them. */
void use(const Item *items, size_t len);
void use_text(const char *text);

/* Connections, one each: they must not share prepared statements' plans by chance. */
typedef struct Bench {
    PGconn *pg;     /* by hand, and libpqtypes */
    querc_conn *db; /* the runtime */
    querc_pool *pool;
    PGconn *threads[THREADS]; /* by hand, one a thread */
} Bench;

/* hand.c */
void hand_prepare(Bench *bench);
void hand_rows(Bench *bench);
void hand_careless_rows(Bench *bench);
void hand_text_rows(Bench *bench);
void hand_stream(Bench *bench);
void hand_wide(Bench *bench);
void hand_lookups(Bench *bench);
void hand_pipeline(Bench *bench);
void hand_threads(Bench *bench);
void hand_inserts(Bench *bench);
void hand_copy(Bench *bench);

/* runtime.c: generated code */
void runtime_prepare(Bench *bench);
void runtime_rows(Bench *bench);
void runtime_stream(Bench *bench);
void runtime_wide(Bench *bench);
void runtime_lookups(Bench *bench);
void runtime_pipeline_each(Bench *bench);
void runtime_pipeline_atomic(Bench *bench);
void runtime_threads(Bench *bench);
void runtime_inserts(Bench *bench);
void runtime_batch(Bench *bench);
void runtime_copy(Bench *bench);
void runtime_bulk(Bench *bench);

/* ecpg.pgc and pqtypes.c, where the libraries are installed */
void ecpg_prepare(Bench *bench);
void ecpg_rows(Bench *bench);
void ecpg_wide(Bench *bench);
void ecpg_lookups(Bench *bench);
void ecpg_inserts(Bench *bench);
void pqtypes_prepare(Bench *bench);
void pqtypes_rows(Bench *bench);
void pqtypes_lookups(Bench *bench);

#endif
