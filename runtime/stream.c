/*
 * Streams: the rows of a query as they arrive, in constant memory. libpq is asked for results of one row (or, from
 * libpq 17 on, of some rows), and each lives until the next is fetched.
 */
#include "querc_io.h"
#include "querc_pool.h"

enum { CHUNK_ROWS = 128 };

typedef struct StreamState {
    PGresult *result; /* NULL after the last */
    int next_row;
    int64_t rows_before; /* in earlier results */
    bool in_transaction; /* when it was opened */
    bool is_lent;        /* the connection is a replica's, to be given back when the stream is closed */
    Statement *statement;
    Arena arena; /* what the current row points to beside the result */
} StreamState;

static bool ask_for_single_rows(PGconn *pg)
{
#ifdef LIBPQ_HAS_CHUNK_MODE
    return PQsetChunkedRowsMode(pg, CHUNK_ROWS) != 0;
#else
    return PQsetSingleRowMode(pg) != 0;
#endif
}

static bool has_rows(const PGresult *result)
{
#ifdef LIBPQ_HAS_CHUNK_MODE
    if (PQresultStatus(result) == PGRES_TUPLES_CHUNK)
        return true;
#endif
    return PQresultStatus(result) == PGRES_SINGLE_TUPLE;
}

/* Reads what is left, so that the connection is free again. */
static void drain(querc_conn *db)
{
    PGresult *result;
    while ((result = qrt_next_result(db)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        /* These would come for ever. They can't, for a statement that was prepared with columns. */
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
            break;
    }
}

/* Executes and waits for the first result, so that errors, and statements gone stale, show here. */
static querc_status start(querc_conn *db, Statement *statement, const Arguments *arguments, PGresult **first)
{
    PGTransactionStatusType before = PQtransactionStatus(db->pg);
    for (bool retried = false;; retried = true) {
        querc_status status = QUERC_OK;
        *first = NULL;
        if (!qrt_send_begin(db) ||
            !qrt_send_end(db, qrt_statement_send(db, statement, arguments) && ask_for_single_rows(db->pg)))
            return qrt_fail_result(db, statement->query, NULL);
        *first = qrt_next_result(db);
        bool has_started = has_rows(*first) || PQresultStatus(*first) == PGRES_TUPLES_OK ||
                           PQresultStatus(*first) == PGRES_COMMAND_OK;
        if (has_started && !db->timed_out)
            return QUERC_OK;
        bool retry = qrt_statement_should_retry(db, statement, *first, before) && !retried;
        /* When the time is up, rows may come before the server's word of it. */
        if (!retry)
            status = qrt_fail_result(db, statement->query, has_started ? NULL : *first);
        PQclear(*first);
        *first = NULL;
        drain(db);
        if (!retry)
            return status;
        status = qrt_statement_get(db, statement->query, &statement);
        if (status != QUERC_OK)
            return status;
    }
}

static querc_status open_on_replica(querc_conn *replica, const querc_query *query, const void *const *args,
                                    querc_stream *stream)
{
    querc_status status = querc_call_open(replica, query, args, stream);
    if (status == QUERC_OK)
        ((StreamState *)stream->state)->is_lent = true;
    return status;
}

querc_status querc_call_open(querc_conn *db, const querc_query *query, const void *const *args,
                             querc_stream *stream)
{
    Statement *statement;
    Arguments arguments;
    QRT_TRY_REPLICA(db, query, open_on_replica(replica, query, args, stream));
    memset(stream, 0, sizeof *stream);
    querc_status status = qrt_conn_ready(db, query);
    if (status == QUERC_OK)
        status = qrt_statement_get(db, query, &statement);
    if (status != QUERC_OK)
        return status;
    StreamState *state = qrt_allocate(&db->allocator, sizeof *state);
    if (state == NULL)
        return qrt_fail_no_memory(db, query);
    state->next_row = 0;
    state->rows_before = 0;
    state->is_lent = false;
    state->result = NULL;
    state->statement = statement;
    state->in_transaction = PQtransactionStatus(db->pg) != PQTRANS_IDLE;
    qrt_arena_init(&state->arena, &db->allocator, NULL, 0);
    status = qrt_encode(db, query, args, &arguments);
    if (status == QUERC_OK)
        status = start(db, statement, &arguments, &state->result);
    qrt_arguments_release(&arguments);
    if (status == QUERC_OK) {
        status = qrt_check_result(db, statement, state->result);
        if (status != QUERC_OK) {
            PQclear(state->result);
            drain(db);
        }
    }
    if (status != QUERC_OK) {
        qrt_release(&db->allocator, state);
        return status;
    }
    stream->db = db;
    stream->query = query;
    stream->state = state;
    db->streaming = true;
    return QUERC_OK;
}

/* The connection is no longer the stream's. */
static void finish(querc_stream *stream)
{
    StreamState *state = stream->state;
    PQclear(state->result);
    state->result = NULL;
    drain(stream->db);
    stream->db->streaming = false;
}

/* Makes state->result one with a row to decode. */
static querc_status advance(querc_stream *stream)
{
    StreamState *state = stream->state;
    querc_conn *db = stream->db;
    for (;;) {
        if (state->result == NULL)
            return QUERC_DONE;
        if (state->next_row < PQntuples(state->result))
            return QUERC_ROW;
        bool last = !has_rows(state->result);
        PQclear(state->result);
        state->rows_before += state->next_row;
        state->result = last ? NULL : qrt_next_result(db);
        state->next_row = 0;
        if (last && !db->timed_out) {
            finish(stream);
            return QUERC_DONE;
        }
        if (db->timed_out || state->result == NULL)
            return qrt_fail_result(db, stream->query, NULL);
        if (!has_rows(state->result) && PQresultStatus(state->result) != PGRES_TUPLES_OK)
            return qrt_fail_result(db, stream->query, state->result);
        /* The first result was checked in full; libpq gives all of them the same description. That the fields are
         * there is what keeps decoding within bounds, so this much is checked again. */
        if (PQnfields(state->result) != stream->query->column_count)
            return qrt_check_result(db, state->statement, state->result);
    }
}

querc_status querc_call_next(querc_stream *stream, const querc_query *query, void *row)
{
    StreamState *state = stream->state;
    if (state == NULL)
        return QUERC_MISUSE;
    if (stream->query != query)
        return qrt_fail(stream->db, query, QUERC_MISUSE, "55000", "the stream is one of query \"%s\", not \"%s\"",
                        stream->query->name, query->name);
    memset(row, 0, query->row_size);
    qrt_arena_release(&state->arena);
    qrt_start_call(stream->db);
    querc_status status = advance(stream);
    if (status == QUERC_ROW) {
        const RowRange range = {.result = state->result,
                                .first = state->next_row,
                                .last = state->next_row + 1,
                                .before = state->rows_before};
        querc_status decoded = qrt_decode_rows(stream->db, state->statement, &range, &state->arena, row);
        state->next_row++;
        if (decoded != QUERC_OK) {
            memset(row, 0, query->row_size);
            status = decoded;
        }
    }
    if (querc_is_error(status))
        finish(stream);
    return status;
}

/* To stop a statement that writes would undo it, and in a transaction would abort that. */
static void cancel(const querc_stream *stream)
{
    const StreamState *state = stream->state;
    if (stream->query->read_only && !state->in_transaction)
        qrt_cancel(stream->db);
}

void querc_stream_close(querc_stream *stream)
{
    if (stream == NULL || stream->state == NULL)
        return;
    StreamState *state = stream->state;
    if (state->result != NULL) {
        qrt_start_cleanup(stream->db);
        if (has_rows(state->result))
            cancel(stream);
        finish(stream);
    }
    qrt_arena_release(&state->arena);
    bool is_lent = state->is_lent;
    qrt_release(&stream->db->allocator, state);
    if (is_lent)
        querc_pool_release(stream->db);
    memset(stream, 0, sizeof *stream);
}
