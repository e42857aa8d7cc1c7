/*
 * Transactions and savepoints. querc_transaction runs a function in one and, where the server gave up on it for
 * reasons that a second try may not meet (serialization failure, deadlock), does it all again.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_io.h"

#include <stdio.h>
#include <time.h>

enum { DEFAULT_ATTEMPTS = 10, DEFAULT_BACKOFF_MS = 1000 };

/* Runs a command that returns no rows, and says what its tag was. */
static querc_status command(querc_conn *db, const char *sql, const char *expected_tag)
{
    PGresult *result = qrt_exec(db, sql);
    querc_status status = QUERC_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        status = qrt_fail_result(db, NULL, result);
    else if (expected_tag != NULL && strcmp(PQcmdStatus(result), expected_tag) != 0)
        status = qrt_fail(db, NULL, QUERC_ERROR, "25P02",
                          "the transaction had failed and was rolled back instead of committed");
    PQclear(result);
    return status;
}

querc_status querc_begin(querc_conn *db, const querc_tx_options *options)
{
    static const char *const isolation[] = {
        [QUERC_ISOLATION_DEFAULT] = "",
        [QUERC_READ_COMMITTED] = " ISOLATION LEVEL READ COMMITTED",
        [QUERC_REPEATABLE_READ] = " ISOLATION LEVEL REPEATABLE READ",
        [QUERC_SERIALIZABLE] = " ISOLATION LEVEL SERIALIZABLE",
    };
    static const querc_tx_options defaults = {QUERC_ISOLATION_DEFAULT, false, false, 0, 0};
    char sql[96];

    querc_status status = qrt_conn_ready(db, NULL);
    if (status != QUERC_OK)
        return status;
    if (options == NULL)
        options = &defaults;
    if ((size_t)options->isolation >= sizeof isolation / sizeof isolation[0])
        return qrt_fail(db, NULL, QUERC_MISUSE, "22023", "unknown isolation level %d", (int)options->isolation);
    PGTransactionStatusType state = PQtransactionStatus(db->pg);
    if (state == PQTRANS_INTRANS || state == PQTRANS_INERROR)
        return qrt_fail(db, NULL, QUERC_MISUSE, "25001", "there is already a transaction in progress");
    snprintf(sql, sizeof sql, "BEGIN%s%s%s", isolation[options->isolation], options->read_only ? " READ ONLY" : "",
             options->deferrable ? " DEFERRABLE" : "");
    return command(db, sql, NULL);
}

querc_status querc_commit(querc_conn *db)
{
    querc_status status = qrt_conn_ready(db, NULL);
    if (status != QUERC_OK)
        return status;
    if (PQtransactionStatus(db->pg) == PQTRANS_IDLE)
        return qrt_fail(db, NULL, QUERC_MISUSE, "25P01", "there is no transaction in progress");
    /* In a failed transaction the server answers COMMIT with ROLLBACK. */
    return command(db, "COMMIT", "COMMIT");
}

querc_status querc_rollback(querc_conn *db)
{
    querc_status status = qrt_conn_ready(db, NULL);
    if (status != QUERC_OK || PQtransactionStatus(db->pg) == PQTRANS_IDLE)
        return status;
    qrt_start_cleanup(db);
    return command(db, "ROLLBACK", NULL);
}

static querc_status savepoint_command(querc_conn *db, const char *verb, const char *name)
{
    querc_status status = qrt_conn_ready(db, NULL);
    if (status != QUERC_OK)
        return status;
    char *quoted = PQescapeIdentifier(db->pg, name, strlen(name));
    if (quoted == NULL)
        return qrt_fail_result(db, NULL, NULL);
    size_t size = strlen(verb) + strlen(quoted) + 2;
    char *sql = qrt_allocate(&db->allocator, size);
    if (sql == NULL) {
        PQfreemem(quoted);
        return qrt_fail_no_memory(db, NULL);
    }
    snprintf(sql, size, "%s %s", verb, quoted);
    PQfreemem(quoted);
    status = command(db, sql, NULL);
    qrt_release(&db->allocator, sql);
    return status;
}

querc_status querc_savepoint(querc_conn *db, const char *name)
{
    return savepoint_command(db, "SAVEPOINT", name);
}

querc_status querc_rollback_to(querc_conn *db, const char *name)
{
    return savepoint_command(db, "ROLLBACK TO SAVEPOINT", name);
}

querc_status querc_release(querc_conn *db, const char *name)
{
    return savepoint_command(db, "RELEASE SAVEPOINT", name);
}

/* Between half and all of 2^attempt milliseconds, so that two that collided don't collide again. */
static void back_off(const querc_conn *db, int attempt, int longest_ms)
{
    struct timespec now;
    long wait_ms = attempt < 20 ? 1L << attempt : longest_ms;
    if (wait_ms > longest_ms)
        wait_ms = longest_ms;
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t random = ((uint64_t)now.tv_nsec ^ (uint64_t)(uintptr_t)db) * UINT64_C(0x9E3779B97F4A7C15);
    int64_t wait_us = (int64_t)wait_ms * 500 + (int64_t)(random >> 33) % ((int64_t)wait_ms * 500 + 1);
    struct timespec wait = {.tv_sec = (time_t)(wait_us / 1000000), .tv_nsec = (long)(wait_us % 1000000) * 1000};
    nanosleep(&wait, NULL);
}

/* Rolls back without losing the error that led to it. */
static void abandon(querc_conn *db)
{
    if (db->streaming || PQstatus(db->pg) == CONNECTION_BAD || PQtransactionStatus(db->pg) == PQTRANS_IDLE)
        return;
    qrt_start_cleanup(db);
    PQclear(qrt_exec(db, "ROLLBACK"));
}

static querc_status attempt_once(querc_conn *db, const querc_tx_options *options,
                                 querc_transaction_function function, void *context)
{
    querc_status status = querc_begin(db, options);
    if (status != QUERC_OK)
        return status;
    status = function(db, context);
    if (status == QUERC_OK)
        status = querc_commit(db);
    if (status != QUERC_OK)
        abandon(db);
    return status;
}

querc_status querc_transaction(querc_conn *db, const querc_tx_options *options, querc_transaction_function function,
                               void *context)
{
    int attempts = options != NULL && options->max_attempts > 0 ? options->max_attempts : DEFAULT_ATTEMPTS;
    int longest_ms = options != NULL && options->max_backoff_ms > 0 ? options->max_backoff_ms : DEFAULT_BACKOFF_MS;
    querc_status status = QUERC_OK;
    for (int attempt = 0; attempt < attempts; attempt++) {
        if (attempt > 0)
            back_off(db, attempt - 1, longest_ms);
        status = attempt_once(db, options, function, context);
        if (status != QUERC_RETRY)
            break;
    }
    return status;
}
