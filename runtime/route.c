/*
 * Queries that only read, on replicas. Where a call is sent is decided here, once for each call: to a connection of
 * the pool of replicas if the query is marked as only reading and the connection asked is in no transaction, which
 * it would have to see. A replica that fails to serve is no error: the query then runs where it was asked for.
 */
#include "querc_pool.h"
#include "querc_private.h"

void querc_set_replicas(querc_conn *db, querc_pool *replicas, int acquire_timeout_ms)
{
    db->replicas = replicas;
    db->replicas_timeout_ms = acquire_timeout_ms;
}

querc_conn *qrt_route(querc_conn *db, const querc_query *query)
{
    if (!query->read_only || db->streaming || db->pipeline != NULL ||
        (PQstatus(db->pg) == CONNECTION_OK && PQtransactionStatus(db->pg) != PQTRANS_IDLE))
        return NULL;
    querc_conn *replica;
    if (querc_pool_acquire(db->replicas, db->replicas_timeout_ms, &replica) != QUERC_OK) {
        querc_pool_release(replica);
        return NULL;
    }
    replica->timeout_ms = db->timeout_ms;
    replica->deadline = db->deadline;
    return replica;
}

/* Reasons that are the replica's own: it is gone, or recovery was in the way (40001), or it is too far behind to
 * have the schema. */
static bool is_replicas_fault(querc_status status)
{
    return status == QUERC_CONNECTION || status == QUERC_RETRY || status == QUERC_SCHEMA_DRIFT;
}

bool qrt_route_end(querc_conn *db, querc_conn *replica, querc_status status)
{
    bool is_answer = !is_replicas_fault(status);
    if (is_answer && status != QUERC_OK)
        qrt_error_restore(db, &replica->error);
    /* An open stream keeps it until it is closed. */
    if (!replica->streaming)
        querc_pool_release(replica);
    return is_answer;
}
