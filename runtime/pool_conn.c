/*
 * The care of pooled connections: opening, checking, cleaning. Nothing here knows of the queue, and all of it runs
 * without the pool's lock, since it talks to the server.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_pool_private.h"

#include <limits.h>
#include <poll.h>

/* A check that gets no answer in this time is a dead connection. */
enum { CHECK_MS = 5000, RESET_MS = 30000 };

static int64_t sooner(int64_t a, int64_t b)
{
    if (a == 0 || b == 0)
        return a == 0 ? b : a;
    return a < b ? a : b;
}

/* Between nine tenths and all of the life time. */
static int64_t life_time(querc_pool *pool)
{
    int64_t usec = (int64_t)pool->options.max_lifetime_ms * 1000;
    pthread_mutex_lock(&pool->mutex);
    pool->seed = pool->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t random = pool->seed >> 33;
    pthread_mutex_unlock(&pool->mutex);
    return usec - (int64_t)(random % (uint64_t)(usec / 10 + 1));
}

static int milliseconds_for_option(int64_t moment, int option)
{
    int left = qrt_milliseconds_until(moment);
    if (left < 0)
        return option;
    if (left == 0)
        left = 1;
    return option > 0 && option < left ? option : left;
}

querc_status qrt_pool_conn_open(querc_pool *pool, int64_t moment, querc_conn **db)
{
    querc_options options = pool->options.connection;
    options.connect_timeout_ms = milliseconds_for_option(moment, options.connect_timeout_ms);
    querc_status status = querc_open(pool->conninfo, &options, db);
    if (status != QUERC_OK)
        return status;
    if (pool->options.setup != NULL)
        status = pool->options.setup(*db, pool->options.context);
    if (status != QUERC_OK)
        return status;
    (*db)->pool = pool;
    (*db)->pooled.expires = pool->options.max_lifetime_ms < 0 ? 0 : qrt_now() + life_time(pool);
    return QUERC_OK;
}

static bool is_expired(const querc_conn *db)
{
    return db->pooled.expires != 0 && qrt_now() >= db->pooled.expires;
}

/* A round trip that does nothing. */
static bool answers(querc_conn *db, int64_t moment)
{
    db->timed_out = false;
    db->call_deadline = sooner(moment, qrt_now() + (int64_t)CHECK_MS * 1000);
    PGresult *result = qrt_exec(db, "");
    bool is_good = PQresultStatus(result) == PGRES_EMPTY_QUERY;
    PQclear(result);
    return is_good && PQtransactionStatus(db->pg) == PQTRANS_IDLE;
}

bool qrt_pool_conn_is_good(querc_pool *pool, querc_conn *db, int64_t moment, bool *expired)
{
    *expired = is_expired(db);
    if (*expired || PQstatus(db->pg) != CONNECTION_OK)
        return false;
    /* Something to read on an idle connection is a notice, or the end. */
    struct pollfd fd = {PQsocket(db->pg), POLLIN, 0};
    bool has_news = poll(&fd, 1, 0) != 0;
    if (has_news && !PQconsumeInput(db->pg))
        return false;
    int64_t check_after = (int64_t)pool->options.check_after_ms * 1000;
    bool is_long = check_after >= 0 && qrt_now() - db->pooled.idle_since >= check_after;
    return !(has_news || is_long) || answers(db, moment);
}

static bool leaves_transaction(querc_conn *db)
{
    PGTransactionStatusType state = PQtransactionStatus(db->pg);
    if (state == PQTRANS_IDLE)
        return true;
    if (state != PQTRANS_INTRANS && state != PQTRANS_INERROR)
        return false;
    PGresult *result = qrt_exec(db, "ROLLBACK");
    PQclear(result);
    return PQtransactionStatus(db->pg) == PQTRANS_IDLE;
}

bool qrt_pool_conn_reset(querc_pool *pool, querc_conn *db, bool *expired)
{
    *expired = false;
    if (db->streaming || PQstatus(db->pg) != CONNECTION_OK || PQpipelineStatus(db->pg) != PQ_PIPELINE_OFF)
        return false;
    *expired = is_expired(db);
    if (*expired)
        return false;
    db->timeout_ms = pool->options.connection.timeout_ms > 0 ? pool->options.connection.timeout_ms : 0;
    db->deadline = 0;
    querc_set_replicas(db, pool->options.connection.replicas, pool->options.connection.replicas_timeout_ms);
    db->timed_out = false;
    if (PQtransactionStatus(db->pg) == PQTRANS_IDLE && pool->reset_sql == NULL)
        return true;
    db->call_deadline = qrt_now() + (int64_t)RESET_MS * 1000;
    if (!leaves_transaction(db))
        return false;
    if (pool->reset_sql == NULL)
        return true;
    PGresult *result = qrt_exec(db, pool->reset_sql);
    ExecStatusType outcome = PQresultStatus(result);
    PQclear(result);
    return (outcome == PGRES_COMMAND_OK || outcome == PGRES_TUPLES_OK || outcome == PGRES_EMPTY_QUERY) &&
           PQtransactionStatus(db->pg) == PQTRANS_IDLE;
}
