/* What the files of the pool share. Not installed. pool.c has the queue, pool_conn.c the care of connections. */
#ifndef QUERC_POOL_PRIVATE_H
#define QUERC_POOL_PRIVATE_H

#include <pthread.h>

#include "querc_io.h"
#include "querc_pool.h"

typedef struct Waiter Waiter;

struct querc_pool {
    /* Constant after querc_pool_open. */
    querc_pool_options options; /* with the defaults filled in */
    querc_allocator allocator;
    char *conninfo;
    char *reset_sql;

    pthread_mutex_t mutex; /* of all that follows */
    querc_conn *idle;      /* most recently used first, linked by pooled.next */
    Waiter *first_waiter;
    Waiter **last_waiter;
    bool closing;
    uint64_t seed;                    /* of the lifetimes' spread */
    querc_pool_statistics statistics; /* size counts what is idle, lent or being opened */
};

/* Whether an idle connection can be lent: not too old, not hung up, and answering if it was idle for long. Talks to
 * the server until `moment`; called without the lock. *expired tells the reason for a false. */
bool qrt_pool_conn_is_good(querc_pool *pool, querc_conn *db, int64_t moment, bool *expired);

/* Brings a returned connection into the state of a new one; false if it has to be closed. Without the lock. */
bool qrt_pool_conn_reset(querc_pool *pool, querc_conn *db, bool *expired);

/* Opens a connection for the pool. *db is a handle on failure too, one that is not the pool's. Without the lock. */
querc_status qrt_pool_conn_open(querc_pool *pool, int64_t moment, querc_conn **db);

#endif
