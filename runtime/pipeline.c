/*
 * Pipelines: queries sent ahead of their answers.
 *
 * The queue below has an entry for everything that the server will answer, in order: the user's queries, and the
 * Syncs between them. Answers are taken out of libpq as soon as they are complete and kept in their entries until
 * they are received. So libpq's own queue empties without the user's help, and when it has, pipeline mode can be
 * left for a moment to prepare a statement in the ordinary way.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_io.h"

#include <poll.h>

#include "querc_async.h"

/* What every generated struct that :many fills looks like. */
typedef struct RowsLayout {
    void *items;
    size_t len;
    querc_owner *owner;
} RowsLayout;

typedef struct Entry {
    Statement *statement; /* NULL: a Sync */
    PGresult *result;     /* kept for the user */
    bool is_complete;
} Entry;

struct Pipeline {
    querc_batch_mode mode;
    /* A ring of capacity entries, a power of two: [first, answered) are complete, [answered, end) are not. The
     * three count up and are reduced when used. */
    Entry *entries;
    size_t capacity;
    size_t first;
    size_t answered;
    size_t end;
    size_t in_flight;        /* entries that are no Syncs */
    PGresult *failed_commit; /* of a transaction all of whose answers had been received */
    bool unsynced;           /* queries were sent after the last Sync */
    bool unflushed;          /* the server has not been asked to answer them before the Sync */
};

static Entry *entry_at(const Pipeline *pipeline, size_t i)
{
    return &pipeline->entries[i & (pipeline->capacity - 1)];
}

/* Room for two more entries. */
static bool reserve(querc_conn *db)
{
    Pipeline *pipeline = db->pipeline;
    if (pipeline->end - pipeline->first + 2 <= pipeline->capacity)
        return true;
    size_t capacity = pipeline->capacity == 0 ? 64 : pipeline->capacity * 2;
    Entry *entries = qrt_allocate(&db->allocator, capacity * sizeof *entries);
    if (entries == NULL)
        return false;
    for (size_t i = pipeline->first; i != pipeline->end; i++)
        entries[i & (capacity - 1)] = *entry_at(pipeline, i);
    qrt_release(&db->allocator, pipeline->entries);
    pipeline->entries = entries;
    pipeline->capacity = capacity;
    return true;
}

static void push(Pipeline *pipeline, Statement *statement)
{
    *entry_at(pipeline, pipeline->end++) = (Entry){.statement = statement};
    if (statement != NULL)
        pipeline->in_flight++;
}

void qrt_pipeline_release(querc_conn *db)
{
    Pipeline *pipeline = db->pipeline;
    if (pipeline == NULL)
        return;
    for (size_t i = pipeline->first; i != pipeline->end; i++)
        PQclear(entry_at(pipeline, i)->result);
    PQclear(pipeline->failed_commit);
    qrt_release(&db->allocator, pipeline->entries);
    qrt_release(&db->allocator, pipeline);
    db->pipeline = NULL;
}

/* --- answers ----------------------------------------------------------------------------------------------- */

/*
 * What the server says at a Sync. If the commit failed (a deferred constraint), that becomes the answer to the
 * transaction's last query; if that has been received already it is kept for querc_pipeline_sync and _end.
 */
static void take_sync(Pipeline *pipeline, PGresult *result)
{
    Entry *sync = entry_at(pipeline, pipeline->answered);
    Entry *last = pipeline->answered != pipeline->first ? entry_at(pipeline, pipeline->answered - 1) : NULL;
    PGresult **failed = last != NULL && last->statement != NULL ? &last->result : &pipeline->failed_commit;
    sync->is_complete = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    if (result != NULL && PQresultStatus(result) == PGRES_FATAL_ERROR) {
        PQclear(*failed);
        *failed = result;
    } else {
        PQclear(result);
    }
    if (sync->is_complete && last != NULL)
        last->is_complete = true;
    pipeline->answered += sync->is_complete;
}

/* One result, or NULL, that libpq has for the first entry without an answer. False if what is to follow can't be
 * told: where libpq had no memory for a Sync's result, it gives an error of its own in its place. */
static bool take(Pipeline *pipeline, PGresult *result)
{
    Entry *entry = entry_at(pipeline, pipeline->answered);
    if (entry->statement == NULL) {
        bool in_step = !qrt_is_own_error(result);
        take_sync(pipeline, result);
        return in_step;
    }
    if (result != NULL) {
        PQclear(entry->result);
        entry->result = result;
    } else if (entry->result != NULL) {
        /* The NULL that ends a query's results. Before a Sync the commit is still to come. */
        pipeline->answered++;
        entry->is_complete =
            pipeline->answered == pipeline->end || entry_at(pipeline, pipeline->answered)->statement != NULL;
    }
    return true;
}

/* Everything that is still unanswered never will be. Of an answer before its transaction's end it is not known
 * whether that was committed, unless it is an error. */
static void lose(Pipeline *pipeline)
{
    for (size_t i = pipeline->first; i != pipeline->end; i++) {
        Entry *entry = entry_at(pipeline, i);
        if (!entry->is_complete && PQresultStatus(entry->result) != PGRES_FATAL_ERROR) {
            PQclear(entry->result);
            entry->result = NULL;
        }
        entry->is_complete = true;
    }
    pipeline->answered = pipeline->end;
}

/*
 * Takes complete answers out of libpq. A NULL ends what there is of each query, but two in a row say that libpq has
 * nothing more, although there are queries without an answer: the server is out of step.
 */
static void collect(querc_conn *db)
{
    Pipeline *pipeline = db->pipeline;
    int nothing = 0;
    while (pipeline->answered != pipeline->end && !PQisBusy(db->pg)) {
        PGresult *result = qrt_whole(db, PQgetResult(db->pg));
        nothing = result == NULL ? nothing + 1 : 0;
        bool in_step = take(pipeline, result);
        if (!in_step || nothing == 2)
            qrt_drop(db);
        if (PQstatus(db->pg) != CONNECTION_OK) {
            lose(pipeline);
            return;
        }
    }
}

/* Makes the server answer what it has, though its transaction goes on. */
static void ask_for_answers(querc_conn *db)
{
    Pipeline *pipeline = db->pipeline;
    if (pipeline->unflushed && PQsendFlushRequest(db->pg))
        pipeline->unflushed = false;
}

/* Sends and takes in what goes without waiting. False: the connection is lost. */
static bool progress(querc_conn *db)
{
    ask_for_answers(db);
    bool is_good = PQflush(db->pg) >= 0 && PQconsumeInput(db->pg);
    collect(db);
    if (is_good && PQstatus(db->pg) == CONNECTION_OK)
        return true;
    lose(db->pipeline);
    return false;
}

/* Until `answers` entries more are complete, or the moment has passed: QUERC_TIMEOUT, unrecorded. */
static querc_status wait_until_answered(querc_conn *db, size_t end, int64_t moment)
{
    Pipeline *pipeline = db->pipeline;
    while (pipeline->answered < end) {
        if (!progress(db))
            return qrt_fail_result(db, NULL, NULL);
        if (pipeline->answered >= end)
            break;
        int wants = querc_pipeline_wants(db);
        short events = (short)((wants & QUERC_WANT_READ ? POLLIN : 0) | (wants & QUERC_WANT_WRITE ? POLLOUT : 0));
        if (!qrt_poll(PQsocket(db->pg), events, moment))
            return QUERC_TIMEOUT;
    }
    return QUERC_OK;
}

/* --- beginning and ending ------------------------------------------------------------------------------------- */

/* Into pipeline mode and out of it; nothing is in flight for libpq. */
static querc_status enter(querc_conn *db)
{
    if (PQsetnonblocking(db->pg, 1) == 0 && PQenterPipelineMode(db->pg))
        return QUERC_OK;
    return qrt_fail_result(db, NULL, NULL);
}

static querc_status leave(querc_conn *db)
{
    if (PQexitPipelineMode(db->pg) && PQsetnonblocking(db->pg, 0) == 0)
        return QUERC_OK;
    return qrt_fail_result(db, NULL, NULL);
}

querc_status querc_pipeline_begin(querc_conn *db, querc_batch_mode mode)
{
    querc_status status = qrt_conn_ready(db, NULL);
    if (status != QUERC_OK)
        return status;
    if (mode == QUERC_BATCH_ATOMIC && PQtransactionStatus(db->pg) != PQTRANS_IDLE)
        return qrt_fail(db, NULL, QUERC_MISUSE, "25001", "there is already a transaction in progress");
    Pipeline *pipeline = qrt_allocate(&db->allocator, sizeof *pipeline);
    if (pipeline == NULL)
        return qrt_fail_no_memory(db, NULL);
    memset(pipeline, 0, sizeof *pipeline);
    pipeline->mode = mode;
    status = enter(db);
    if (status == QUERC_OK)
        db->pipeline = pipeline;
    else
        qrt_release(&db->allocator, pipeline);
    return status;
}

/* Ends the transaction of what was sent, if it is still open. */
static querc_status send_sync(querc_conn *db)
{
    Pipeline *pipeline = db->pipeline;
    if (!pipeline->unsynced)
        return QUERC_OK;
    if (!reserve(db))
        return qrt_fail_no_memory(db, NULL);
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
    bool sent = PQsendPipelineSync(db->pg) != 0;
#else
    bool sent = PQpipelineSync(db->pg) != 0;
#endif
    if (!sent)
        return qrt_fail_result(db, NULL, NULL);
    push(pipeline, NULL);
    pipeline->unsynced = false;
    pipeline->unflushed = false;
    return QUERC_OK;
}

static querc_status no_pipeline(querc_conn *db, const querc_query *query)
{
    return qrt_fail(db, query, QUERC_MISUSE, "55000", "the connection has no pipeline: call querc_pipeline_begin");
}

/* Tells of a commit that failed when nobody was waiting for it. */
static querc_status tell_failed_commit(querc_conn *db)
{
    PGresult *failed = db->pipeline->failed_commit;
    if (failed == NULL)
        return QUERC_OK;
    querc_status status = qrt_fail_result(db, NULL, failed);
    PQclear(failed);
    db->pipeline->failed_commit = NULL;
    return status;
}

querc_status querc_pipeline_sync(querc_conn *db)
{
    if (db->pipeline == NULL)
        return no_pipeline(db, NULL);
    querc_status status = send_sync(db);
    return status == QUERC_OK ? tell_failed_commit(db) : status;
}

/* Until all is answered and kept, so that libpq has nothing in flight. */
static querc_status settle(querc_conn *db)
{
    querc_status status = send_sync(db);
    if (status == QUERC_OK)
        status = wait_until_answered(db, db->pipeline->end, db->call_deadline);
    if (status == QUERC_TIMEOUT) {
        /* Nobody knows what would be cancelled: the connection goes. */
        db->timed_out = true;
        qrt_drop(db);
        lose(db->pipeline);
        status = qrt_fail_result(db, NULL, NULL);
    }
    return status;
}

querc_status querc_pipeline_end(querc_conn *db)
{
    if (db->pipeline == NULL)
        return QUERC_OK;
    qrt_start_call(db);
    querc_status status = settle(db);
    if (status == QUERC_OK)
        status = leave(db);
    if (status == QUERC_OK)
        status = tell_failed_commit(db);
    qrt_pipeline_release(db);
    return status;
}

/* --- the event loop's side ---------------------------------------------------------------------------------------
 */

int querc_socket(const querc_conn *db)
{
    return PQsocket(db->pg);
}

int querc_pipeline_wants(querc_conn *db)
{
    if (db->pipeline != NULL)
        ask_for_answers(db);
    return PQflush(db->pg) > 0 ? QUERC_WANT_READ | QUERC_WANT_WRITE : QUERC_WANT_READ;
}

querc_status querc_pipeline_progress(querc_conn *db)
{
    if (db->pipeline == NULL)
        return no_pipeline(db, NULL);
    return progress(db) ? QUERC_OK : qrt_fail_result(db, NULL, NULL);
}

size_t querc_in_flight(const querc_conn *db)
{
    return db->pipeline != NULL ? db->pipeline->in_flight : 0;
}

/* The query whose answer is the next to be received; NULL if none is in flight. Syncs before it are forgotten when
 * they have been answered. */
static Entry *next_query(Pipeline *pipeline)
{
    while (pipeline->first != pipeline->answered && entry_at(pipeline, pipeline->first)->statement == NULL)
        pipeline->first++;
    for (size_t i = pipeline->first; i != pipeline->end; i++)
        if (entry_at(pipeline, i)->statement != NULL)
            return entry_at(pipeline, i);
    return NULL;
}

querc_status querc_pipeline_wait(querc_conn *db, int timeout_ms)
{
    Pipeline *pipeline = db->pipeline;
    if (pipeline == NULL)
        return no_pipeline(db, NULL);
    int64_t moment = timeout_ms < 0 ? 0 : qrt_now() + (int64_t)timeout_ms * 1000;
    const Entry *next;
    while ((next = next_query(pipeline)) != NULL && !next->is_complete) {
        querc_status status = wait_until_answered(db, pipeline->answered + 1, moment);
        next = next_query(pipeline);
        if (next != NULL && next->is_complete)
            break;
        if (status == QUERC_TIMEOUT)
            return qrt_fail(db, NULL, QUERC_TIMEOUT, "57014", "no answer in %d ms", timeout_ms);
        if (status != QUERC_OK)
            return status;
    }
    return next != NULL ? QUERC_OK : QUERC_DONE;
}

/* --- the halves ---------------------------------------------------------------------------------------------- */

/* Out of pipeline mode for as long as it takes to prepare the statement. */
static querc_status prepare(querc_conn *db, const querc_query *query, Statement **statement)
{
    if (db->pipeline->mode == QUERC_BATCH_ATOMIC && db->pipeline->unsynced)
        return qrt_fail(
            db, query, QUERC_MISUSE, "55000",
            "query \"%s\" is not prepared yet, which can't be done within the transaction of a pipeline: "
            "send it first, or call it once before the pipeline",
            query->name);
    qrt_start_call(db);
    querc_status status = settle(db);
    if (status == QUERC_OK)
        status = leave(db);
    if (status != QUERC_OK)
        return status;
    status = qrt_statement_get(db, query, statement);
    querc_status entered = PQstatus(db->pg) == CONNECTION_OK ? enter(db) : status;
    return status != QUERC_OK ? status : entered;
}

static querc_status ready_statement(querc_conn *db, const querc_query *query, Statement **statement)
{
    *statement = qrt_map_get(&db->statements, query);
    if (*statement != NULL && ((*statement)->prepared || db->mode == QUERC_UNPREPARED))
        return QUERC_OK;
    return prepare(db, query, statement);
}

querc_status querc_call_send(querc_conn *db, const querc_query *query, const void *const *args)
{
    Statement *statement;
    if (db == NULL)
        return QUERC_MISUSE;
    if (db->pipeline == NULL)
        return no_pipeline(db, query);
    db->timed_out = false;
    querc_status status = ready_statement(db, query, &statement);
    if (status == QUERC_OK && !reserve(db))
        status = qrt_fail_no_memory(db, query);
    if (status != QUERC_OK)
        return status;
    Arguments arguments;
    status = qrt_encode(db, query, args, &arguments);
    if (status == QUERC_OK && !qrt_statement_send(db, statement, &arguments))
        status = qrt_fail_result(db, query, NULL);
    qrt_arguments_release(&arguments);
    if (status != QUERC_OK)
        return status;
    push(db->pipeline, statement);
    db->pipeline->unsynced = true;
    db->pipeline->unflushed = true;
    return db->pipeline->mode == QUERC_BATCH_EACH ? send_sync(db) : QUERC_OK;
}

/* What a query came to that did not succeed. */
static querc_status fail_answer(querc_conn *db, Statement *statement, const PGresult *result)
{
    if (PQresultStatus(result) == PGRES_PIPELINE_ABORTED)
        return qrt_fail(db, statement->query, QUERC_SKIPPED, "25P02",
                        "the query was not run because one before it in the same transaction failed");
    querc_status status = qrt_fail_result(db, statement->query, result);
    (void)qrt_statement_should_retry(db, statement, result, PQTRANS_IDLE);
    if (status == QUERC_ERROR && db->mode == QUERC_PREPARED && !statement->prepared) {
        db->error.status = QUERC_RETRY;
        status = QUERC_RETRY;
    }
    return status;
}

/* The answer to query, which is the next one. On QUERC_OK *result is the caller's. */
static querc_status receive(querc_conn *db, const querc_query *query, Statement **statement, PGresult **result)
{
    *statement = NULL;
    *result = NULL;
    if (db == NULL)
        return QUERC_MISUSE;
    Pipeline *pipeline = db->pipeline;
    if (pipeline == NULL)
        return no_pipeline(db, query);
    const Entry *next = next_query(pipeline);
    if (next != NULL && !next->is_complete) {
        (void)progress(db);
        next = next_query(pipeline);
    }
    if (next == NULL)
        return qrt_fail(db, query, QUERC_MISUSE, "55000", "no query is in flight");
    if (next->statement->query != query)
        return qrt_fail(db, query, QUERC_MISUSE, "55000", "the next answer is of query \"%s\", not \"%s\"",
                        next->statement->query->name, query->name);
    if (!next->is_complete)
        return QUERC_AGAIN;
    *statement = next->statement;
    *result = next->result;
    pipeline->first++;
    pipeline->in_flight--;
    ExecStatusType outcome = PQresultStatus(*result);
    if (QRT_LIKELY(outcome == PGRES_TUPLES_OK || outcome == PGRES_COMMAND_OK))
        return QUERC_OK;
    querc_status status = fail_answer(db, *statement, *result);
    PQclear(*result);
    return status;
}

querc_status querc_call_recv_one(querc_conn *db, const querc_query *query, void *row)
{
    Statement *statement;
    PGresult *result;
    querc_status status = receive(db, query, &statement, &result);
    if (status == QUERC_OK)
        return qrt_finish_one(db, statement, result, row);
    memset(row, 0, query->row_size);
    return status;
}

querc_status querc_call_recv_many(querc_conn *db, const querc_query *query, void *rows)
{
    Statement *statement;
    PGresult *result;
    querc_status status = receive(db, query, &statement, &result);
    if (status == QUERC_OK)
        return qrt_finish_many(db, statement, result, rows);
    memset(rows, 0, sizeof(RowsLayout));
    return status;
}

querc_status querc_call_recv_exec(querc_conn *db, const querc_query *query)
{
    Statement *statement;
    PGresult *result;
    querc_status status = receive(db, query, &statement, &result);
    if (status == QUERC_OK)
        PQclear(result);
    return status;
}

querc_status querc_call_recv_execrows(querc_conn *db, const querc_query *query, int64_t *rows)
{
    Statement *statement;
    PGresult *result;
    *rows = 0;
    querc_status status = receive(db, query, &statement, &result);
    if (status == QUERC_OK)
        *rows = qrt_finish_rows(result);
    return status;
}

querc_status querc_call_recv_execresult(querc_conn *db, const querc_query *query, querc_command *command)
{
    Statement *statement;
    PGresult *result;
    memset(command, 0, sizeof *command);
    querc_status status = receive(db, query, &statement, &result);
    if (status == QUERC_OK)
        qrt_finish_result(result, command);
    return status;
}
