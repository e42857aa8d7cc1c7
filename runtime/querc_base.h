/*
 * querc_base.h - part of querc.h: versions, attributes, status and errors.
 */
#ifndef QUERC_BASE_H
#define QUERC_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QUERC_VERSION "0.1.0"

/** Changes when generated code and runtime stop fitting each other; generated code checks it. */
#define QUERC_ABI 3

#if defined(__GNUC__)
#define QUERC_API __attribute__((visibility("default")))
#define QUERC_MUST_CHECK __attribute__((warn_unused_result))
#else
#define QUERC_API
#define QUERC_MUST_CHECK
#endif

/* On the constants of generated code: compilers would otherwise pad each to a multiple of 32 bytes. */
#if defined(__GNUC__)
#define QUERC_TABLE __attribute__((aligned(sizeof(void *))))
#else
#define QUERC_TABLE
#endif

struct pg_conn;  /* libpq's PGconn */
struct timespec; /* <time.h> */

typedef struct querc_conn querc_conn;
typedef struct querc_pool querc_pool;

/* ---------------------------------------------------------------------------------------------------------
 * Status and errors
 * --------------------------------------------------------------------------------------------------------- */

/** What a call came to. QUERC_OK is 0; everything from QUERC_ERROR on is an error (querc_is_error). */
typedef enum querc_status {
    QUERC_OK = 0,
    QUERC_ROW,           /**< a stream has put out a row */
    QUERC_DONE,          /**< a stream has no more rows */
    QUERC_NO_ROWS,       /**< a :one query found nothing; the row is zeroed */
    QUERC_TOO_MANY_ROWS, /**< a :one query found more than one row; the row is zeroed */
    QUERC_AGAIN,         /**< the answer to a query sent ahead is not there yet */

    QUERC_ERROR = 16,      /**< the server refused: see sqlstate and message */
    QUERC_CONSTRAINT,      /**< an integrity constraint was violated (SQLSTATE class 23): see constraint_id */
    QUERC_RETRY,           /**< serialization failure or deadlock (40001, 40P01): the transaction may be retried */
    QUERC_CANCELED,        /**< the statement was cancelled (57014) */
    QUERC_TIMEOUT,         /**< the call's time-out or deadline passed */
    QUERC_CONNECTION,      /**< no connection, or it was lost */
    QUERC_SCHEMA_DRIFT,    /**< the server's schema is not the one the query was compiled for */
    QUERC_UNEXPECTED_NULL, /**< NULL where the compiled query says there is none */
    QUERC_DECODE,          /**< a value from the server is not a value of its type */
    QUERC_ENCODE,          /**< an argument is not a value of its type */
    QUERC_NO_MEMORY,
    QUERC_MISUSE, /**< a call that is not allowed now, such as a query while a stream is open */
    QUERC_SKIPPED /**< an item of a batch that was not run, or was undone, because another one failed */
} querc_status;

/** The status's name, such as "QUERC_NO_ROWS"; "unknown status" for any other number. Never NULL. */
QUERC_API const char *querc_status_name(querc_status status);

static inline bool querc_is_error(querc_status status)
{
    return (int)status >= (int)QUERC_ERROR;
}

/**
 * An error in full. No string is ever NULL: what is not known is "".
 * The strings belong to the connection and live until its next failing call, or querc_close.
 */
typedef struct querc_error {
    querc_status status;
    char sqlstate[6];    /**< the server's, or one of PostgreSQL's codes that fits; "" if none does */
    const char *message; /**< one sentence, without a line end */
    const char *detail;
    const char *hint;
    const char *query;  /**< the name of the query that failed */
    const char *schema; /**< for violations, as the server reports them: of the table or of the data type */
    const char *table;
    const char *column;
    const char *data_type; /**< a domain whose constraint was violated */
    const char *constraint;
    int constraint_id; /**< the value of the generated enum of constraints; 0: none, or not a known one. What a
                          query's own enum makes of it: its _violated function */
    int64_t row;       /**< which item of a batch, or row of a COPY, counted from 1; 0: none, or not known */
    int position;      /**< where in the query's text, in characters from 1; 0: nowhere */
} querc_error;

/**
 * The last call on db that did not succeed (QUERC_NO_ROWS and QUERC_TOO_MANY_ROWS are recorded as well).
 * A successful call leaves it alone. Never NULL; if db is NULL, an error that says "out of memory".
 */
QUERC_API const querc_error *querc_last_error(const querc_conn *db);

#ifdef __cplusplus
}
#endif

#endif
