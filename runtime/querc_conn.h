/*
 * querc_conn.h - part of querc.h: connections, transactions, results of commands and streams.
 */
#ifndef QUERC_CONN_H
#define QUERC_CONN_H

#include "querc_base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Connections
 * --------------------------------------------------------------------------------------------------------- */

/** Where libquerc gets memory. (A PGresult's memory is libpq's own, from malloc.) */
typedef struct querc_allocator {
    /** size bytes aligned for any object, or NULL. size is never 0. */
    void *(*allocate)(void *context, size_t size);
    /** Gives back what allocate returned. Never called with NULL. */
    void (*release)(void *context, void *memory);
    void *context;
} querc_allocator;

typedef enum querc_mode {
    /** Each statement is prepared on its first use on a connection, checked against the schema, and reused. */
    QUERC_PREPARED = 0,
    /** Nothing is kept on the server: for poolers in transaction mode that don't know prepared statements. */
    QUERC_UNPREPARED
} querc_mode;

/** Zeros are the defaults. */
typedef struct querc_options {
    querc_mode mode;
    /** Don't compare the server's description of a statement with what was compiled. Results are still
     *  checked for the number and types of their columns. */
    bool skip_drift_check;
    /** NULL: malloc and free. Copied; its context must live as long as the connection and all results. */
    const querc_allocator *allocator;
    /** The longest that querc_open may take, over all hosts; 0: what conninfo's connect_timeout says, for each.
     * Names are looked up by libpq, which can't be interrupted; with hostaddr none are. */
    int connect_timeout_ms;
    /** As querc_set_timeout. */
    int timeout_ms;
    /** As querc_set_replicas. */
    querc_pool *replicas;
    int replicas_timeout_ms;
    /** How long a cancelled statement may take to end, before the connection is given up; 0: 1000. */
    int grace_ms;
} querc_options;

/**
 * Connects. conninfo is libpq's connection string or URI (several hosts, service files and the environment work
 * as they do there); client_encoding is UTF8 unless conninfo sets it. options may be NULL.
 * On failure *db is still a handle, on which querc_last_error works and which must be closed; it is NULL only
 * if memory ran out.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_open(const char *conninfo, const querc_options *options,
                                                   querc_conn **db);

/**
 * Adopts a connection that the program already has. It stays the program's: querc_close does not finish it, and
 * it may be used directly between calls, not while a stream is open. Prepared statements stay on the server.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_wrap(struct pg_conn *conn, const querc_options *options,
                                                   querc_conn **db);

/** Closes db; NULL is allowed. Results already returned stay valid; streams must be closed before. */
QUERC_API void querc_close(querc_conn *db);

/** The libpq connection, still db's; NULL if db is. */
QUERC_API struct pg_conn *querc_pgconn(const querc_conn *db);

/**
 * Forgets what was prepared and which types were resolved: after PQreset, DISCARD ALL, DEALLOCATE ALL or a
 * migration made behind libquerc's back. Never needed for correctness after the server has said no: a statement
 * that the server has lost is prepared again.
 */
QUERC_API void querc_forget(querc_conn *db);

/**
 * Each call on db from now on may take so many milliseconds; 0: no limit. Returns what it was. A call is everything
 * that one function does, preparing a statement and looking up types included; of a stream, each row.
 *
 * When the time has passed the statement is cancelled on the server, the call returns QUERC_TIMEOUT with SQLSTATE
 * 57014, and the connection is as usable as after any error. If the server does not answer to that within grace_ms
 * either, the connection is closed: QUERC_TIMEOUT with SQLSTATE 08006. The request to cancel is sent from a
 * short-lived thread, since libpq's waits; that is the only thread libquerc ever starts.
 */
QUERC_API int querc_set_timeout(querc_conn *db, int milliseconds);

/**
 * All calls on db from now on must have ended in so many milliseconds, together; 0: no such limit. Afterwards they
 * return QUERC_TIMEOUT at once. What ends a transaction by ROLLBACK still has grace_ms. The earlier of this and
 * the time-out counts.
 */
QUERC_API void querc_set_deadline(querc_conn *db, int milliseconds);

/* ---------------------------------------------------------------------------------------------------------
 * Transactions
 * --------------------------------------------------------------------------------------------------------- */

typedef enum querc_isolation {
    QUERC_ISOLATION_DEFAULT = 0, /**< the session's default_transaction_isolation */
    QUERC_READ_COMMITTED,
    QUERC_REPEATABLE_READ,
    QUERC_SERIALIZABLE
} querc_isolation;

/** Zeros are the defaults: BEGIN without further words; ten attempts, waiting at most a second in between. */
typedef struct querc_tx_options {
    querc_isolation isolation;
    bool read_only;
    bool deferrable;
    int max_attempts;   /**< of querc_transaction; 0: 10; 1: no retry */
    int max_backoff_ms; /**< longest wait between two attempts; 0: 1000 */
} querc_tx_options;

/** BEGIN. options may be NULL. QUERC_MISUSE in a transaction. */
QUERC_API QUERC_MUST_CHECK querc_status querc_begin(querc_conn *db, const querc_tx_options *options);
/** COMMIT. A transaction that had failed and so was rolled back is an error (25P02), never QUERC_OK. */
QUERC_API QUERC_MUST_CHECK querc_status querc_commit(querc_conn *db);
/** ROLLBACK. QUERC_OK if there is no transaction. */
QUERC_API querc_status querc_rollback(querc_conn *db);

/** SAVEPOINT, ROLLBACK TO SAVEPOINT and RELEASE SAVEPOINT. name is quoted as an identifier. */
QUERC_API QUERC_MUST_CHECK querc_status querc_savepoint(querc_conn *db, const char *name);
QUERC_API QUERC_MUST_CHECK querc_status querc_rollback_to(querc_conn *db, const char *name);
QUERC_API QUERC_MUST_CHECK querc_status querc_release(querc_conn *db, const char *name);

/** The body of a transaction: QUERC_OK commits, anything else rolls back. It may run more than once. */
typedef querc_status (*querc_transaction_function)(querc_conn *db, void *context);

/**
 * BEGIN, function, COMMIT. If any of them ends in a serialization failure or a deadlock, all is rolled back and
 * begun again after a wait that doubles from about a millisecond (with jitter), up to options->max_attempts.
 * Returns the commit's status, or else what function returned; querc_last_error is then of the failure, not of
 * the rollback.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_transaction(querc_conn *db, const querc_tx_options *options,
                                                          querc_transaction_function function, void *context);

/* ---------------------------------------------------------------------------------------------------------
 * Command results and streams
 * --------------------------------------------------------------------------------------------------------- */

/** What :execresult gives. */
typedef struct querc_command {
    char tag[64]; /**< the server's command tag, such as "INSERT 0 1" */
    int64_t rows; /**< rows the command touched; 0 for commands that count none */
} querc_command;

/**
 * Rows one at a time, in constant memory. Opened and read by generated functions. While it is open its connection
 * takes no other query. The members are private.
 */
typedef struct querc_stream {
    querc_conn *db;
    const struct querc_query *query;
    void *state;
} querc_stream;

/**
 * Ends a stream wherever it is; the connection can then be used again. Remaining rows are thrown away; where that
 * is harmless (a query that only reads, outside a transaction) the server is told to stop. A zeroed or already
 * closed stream is allowed, and NULL.
 */
QUERC_API void querc_stream_close(querc_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
