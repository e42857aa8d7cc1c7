/*
 * querc_async.h - part of querc.h: queries sent ahead of their answers, for event loops and pipelines.
 */
#ifndef QUERC_ASYNC_H
#define QUERC_ASYNC_H

#include "querc_batch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Pipelines
 *
 * Between querc_pipeline_begin and querc_pipeline_end a connection takes the _send and _recv halves of the
 * generated functions (emit_async in the configuration) and nothing else. Any number of queries may be sent before
 * the first answer is received; answers are received in the order in which the queries were sent, each by its own
 * _recv.
 *
 *   _send  returns QUERC_OK when the query is on its way or in libpq's buffer. Arguments need not live any longer.
 *   _recv  returns what the whole function would have returned, or QUERC_AGAIN if the answer is not there yet.
 *
 * Neither waits for the server, with one exception: the first _send of a query on a connection waits until what is
 * in flight has been answered and the statement is prepared and checked. A program that minds calls the whole
 * function once before querc_pipeline_begin.
 *
 * In an event loop, wait for querc_socket as querc_pipeline_wants says, call querc_pipeline_progress when it is
 * ready, then _recv until QUERC_AGAIN. Without one, querc_pipeline_wait does all of that.
 *
 * With QUERC_BATCH_EACH a query is a transaction of its own. With QUERC_BATCH_ATOMIC everything up to the next
 * querc_pipeline_sync is one: if a query fails, what was sent before it is undone (answers already received
 * notwithstanding), and what was sent after it is QUERC_SKIPPED. That is faster too, there being less to commit.
 *
 * A statement that the server has lost, or whose plan became stale, is not repeated by itself: its _recv returns
 * QUERC_RETRY, the query was not run, and the next _send prepares it anew.
 * --------------------------------------------------------------------------------------------------------- */

enum {
    QUERC_WANT_READ = 1, /**< POLLIN */
    QUERC_WANT_WRITE = 2 /**< POLLOUT */
};

/** QUERC_MISUSE in a stream or, unless mode is QUERC_BATCH_EACH, in a transaction. */
QUERC_API QUERC_MUST_CHECK querc_status querc_pipeline_begin(querc_conn *db, querc_batch_mode mode);

/** Ends a transaction of QUERC_BATCH_ATOMIC. With QUERC_BATCH_EACH it does nothing. Where the commit itself fails
 * (by a deferred constraint) the transaction's last query says so, or, if its answer has already been received, the
 * next call of this or of querc_pipeline_end. */
QUERC_API QUERC_MUST_CHECK querc_status querc_pipeline_sync(querc_conn *db);

/** Ends the pipeline, when what is in flight has been answered; those answers are thrown away. Then the connection
 * is an ordinary one again. QUERC_OK if there is no pipeline. */
QUERC_API querc_status querc_pipeline_end(querc_conn *db);

/** What to poll; -1 if the connection is lost. It stays the same while the connection does. */
QUERC_API int querc_socket(const querc_conn *db);
/** QUERC_WANT_READ, and QUERC_WANT_WRITE if there is something left to send. */
QUERC_API int querc_pipeline_wants(querc_conn *db);
/** Sends and takes in what goes without waiting. QUERC_OK, or QUERC_CONNECTION: every _recv then says so too. */
QUERC_API querc_status querc_pipeline_progress(querc_conn *db);
/** Waits until the next answer is there: QUERC_OK; QUERC_DONE if nothing is in flight; QUERC_TIMEOUT after
 * timeout_ms
 *  (-1: no limit), with nothing cancelled; or QUERC_CONNECTION. */
QUERC_API querc_status querc_pipeline_wait(querc_conn *db, int timeout_ms);

/** How many queries have been sent and not received. */
QUERC_API size_t querc_in_flight(const querc_conn *db);

#ifdef __cplusplus
}
#endif

#endif
