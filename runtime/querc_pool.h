/*
 * querc_pool.h - part of querc.h: connections shared by threads, and reading from replicas.
 */
#ifndef QUERC_POOL_H
#define QUERC_POOL_H

#include "querc_conn.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Pools
 *
 * A pool keeps connections to one conninfo and lends them, each to one borrower at a time. All functions of this
 * section may be called by any thread. Who waits is served in the order of arrival. The pool starts no threads:
 * what has to be closed is closed by the calls that come along.
 * --------------------------------------------------------------------------------------------------------- */

/* querc_pool itself is declared in querc_conn.h. */

/** Zeros are the defaults. Of the times, -1 is never. */
typedef struct querc_pool_options {
    int max_size;        /**< connections at most, lent and idle; 0: 10 */
    int min_idle;        /**< so many idle ones are kept however long they are idle */
    int max_idle_ms;     /**< longer idle ones are closed; 0: 10 minutes */
    int max_lifetime_ms; /**< older ones are replaced when they are next given back or asked for, up to a tenth
                              earlier so that not all go at once; 0: 30 minutes */
    int check_after_ms; /**< a connection that was idle so long is lent only after the server has answered on it; 0:
                             1000. That the server has hung up is noticed at any time. */
    /** Of each connection. Its allocator has to be thread-safe. */
    querc_options connection;
    /** Run on each new connection before it is first lent; an error closes it and is what querc_pool_acquire
     * returns. May be NULL. Runs in the thread that asked. */
    querc_status (*setup)(querc_conn *db, void *context);
    /** SQL run on each connection that is given back, such as DISCARD ALL; NULL: none. A transaction that is still
     *  open is always rolled back. */
    const char *reset_sql;
    void *context; /**< for setup */
} querc_pool_options;

typedef struct querc_pool_statistics {
    int size; /**< connections now, those being opened included */
    int idle;
    int lent;
    int waiting;        /**< threads */
    uint64_t acquired;  /**< from here on: since the pool was opened */
    uint64_t waited;    /**< of those: had to wait for another borrower */
    uint64_t wait_usec; /**< by all, together */
    uint64_t timeouts;  /**< waits that ended without a connection */
    uint64_t opened;    /**< connections */
    uint64_t open_failures;
    uint64_t closed_broken;  /**< lost, or found dead by a check */
    uint64_t closed_expired; /**< older than max_lifetime_ms */
    uint64_t closed_idle;    /**< idle for longer than max_idle_ms */
} querc_pool_statistics;

/**
 * Makes a pool, which opens connections as they are asked for. conninfo and options (which may be NULL) are copied,
 * the strings too; the allocator's context and `context` must outlive the pool. QUERC_OK, QUERC_NO_MEMORY or
 * QUERC_MISUSE; *pool is NULL unless it is QUERC_OK.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_pool_open(const char *conninfo, const querc_pool_options *options,
                                                        querc_pool **pool);

/**
 * Closes the idle connections and refuses new borrowers, those who wait included. Connections that are lent stay
 * usable and are closed when they are given back; the last one frees the pool. NULL is allowed.
 */
QUERC_API void querc_pool_close(querc_pool *pool);

/**
 * Borrows a connection, after waiting for at most timeout_ms (0: not at all, -1: without limit); opening and
 * checking a connection count as waiting. On failure - QUERC_TIMEOUT, or what opening failed with - *db is, as with
 * querc_open, a handle that querc_last_error explains. It is given back or closed like any other; it is NULL only
 * if memory ran out.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_pool_acquire(querc_pool *pool, int timeout_ms, querc_conn **db);

/**
 * Gives a connection back to the pool it is from; NULL is allowed. Streams must be closed. An open transaction is
 * rolled back; time-outs, deadlines and replicas are as the options say again. A connection that is broken, or that
 * ends in a state that can't be mended, is closed. Of a connection that no pool has lent it is querc_close; and
 * querc_close of one that a pool has lent closes it for good and lets the pool open another.
 */
QUERC_API void querc_pool_release(querc_conn *db);

QUERC_API void querc_pool_get_statistics(querc_pool *pool, querc_pool_statistics *statistics);

/**
 * Sends queries that only read to replicas: a call on db of a query that is marked read_only (querc decides that
 * from the SQL: a SELECT without locking clauses that calls no volatile function), outside of a transaction, runs
 * on a connection borrowed from `replicas` for just that call, or until the stream is closed. If there is none to
 * be had in acquire_timeout_ms, or it is lost, or the standby cancels the query in favour of recovery, the query
 * runs on db itself. Everything else always runs on db. Replicas lag behind: a program that has to read what it has
 * just written calls this with NULL, or reads in a transaction. The pool must outlive db's use of it.
 */
QUERC_API void querc_set_replicas(querc_conn *db, querc_pool *replicas, int acquire_timeout_ms);

#ifdef __cplusplus
}
#endif

#endif
