/*
 * Batches: one statement run for each item of an array, in libpq's pipeline mode, so that all of them share a round
 * trip. Items are sent ahead of the answers by at most a window, which bounds the memory that either side needs for
 * what the other has not read yet.
 *
 * An atomic batch has one Sync at its end: the server runs what comes before it in one implicit transaction. When
 * each item is on its own, each has a Sync.
 */
#include "querc_private.h"

#include "querc_io.h"

#ifndef LIBPQ_HAS_PIPELINING
#error "libquerc needs libpq 14 or later"
#endif

/* Items sent whose answers have not been read. */
enum { WINDOW = 1024 };

typedef enum BatchRows { BATCH_EXEC, BATCH_ONE, BATCH_MANY } BatchRows;

/* What :batchmany gives an item, and the layout of the struct that it and :batchone fill. */
typedef struct RowList {
    void *items;
    size_t len;
} RowList;

typedef struct BatchResult {
    void *items;
    size_t len;
    const querc_outcome *outcomes;
    querc_owner *owner;
} BatchResult;

typedef struct Batch {
    querc_conn *db;
    Statement *statement;
    const querc_item *item;
    const char *items;
    size_t len;
    bool each;
    BatchRows rows;
    const void **args; /* of one item */
    querc_outcome *outcomes;
    bool *pending; /* items to be run, or whose answer has not come */
    char *results; /* a row or a RowList an item */
    size_t result_size;
    Arena *arena;  /* of the result */
    size_t failed; /* the first item with an error; len: none */
    PGTransactionStatusType before;
    bool may_retry; /* a statement that the server has lost may be prepared again */
    bool retry;
} Batch;

void qrt_load_args(const querc_query *query, const querc_item *item, const char *at, const void **args)
{
    for (size_t i = 0; i < query->param_count; i++) {
        const querc_param *param = &query->params[i];
        const char *member = at + item->offsets[i];
        if (param->nullable || qrt_type_kind(param->type)->is_pointer)
            memcpy(&args[i], member, sizeof args[i]);
        else
            args[i] = member;
    }
}

/* --- outcomes ---------------------------------------------------------------------------------------------- */

/* Item i came to the error that db has. */
static void fail_item(Batch *batch, size_t i)
{
    querc_conn *db = batch->db;
    db->error.row = (int64_t)i + 1;
    batch->outcomes[i].status = db->error.status;
    batch->outcomes[i].error = qrt_error_copy(batch->arena, &db->error);
    if (i < batch->failed)
        batch->failed = i;
}

static bool take_rows(Batch *batch, size_t i, const PGresult *result)
{
    const querc_query *query = batch->statement->query;
    int count = PQntuples(result);
    char *rows = batch->results + i * batch->result_size;
    if (batch->rows == BATCH_ONE && count != 1) {
        batch->outcomes[i].status = count == 0 ? QUERC_NO_ROWS : QUERC_TOO_MANY_ROWS;
        return true;
    }
    if (count == 0)
        return true;
    RowList list = {rows, (size_t)count};
    if (batch->rows == BATCH_MANY) {
        list.items = list.len > SIZE_MAX / query->row_size
                         ? NULL
                         : qrt_arena_alloc(batch->arena, list.len * query->row_size);
        if (list.items == NULL) {
            qrt_fail_no_memory(batch->db, query);
            return false;
        }
    }
    const RowRange range = {.result = result, .last = count, .copy = true};
    if (qrt_decode_rows(batch->db, batch->statement, &range, batch->arena, list.items) != QUERC_OK) {
        if (batch->rows == BATCH_ONE)
            memset(rows, 0, query->row_size);
        return false;
    }
    if (batch->rows == BATCH_MANY)
        memcpy(rows, &list, sizeof list);
    return true;
}

/* The answer to item i. */
static void take_result(Batch *batch, size_t i, PGresult *result)
{
    querc_conn *db = batch->db;
    querc_outcome *outcome = &batch->outcomes[i];
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_ABORTED)
        return; /* skipped, as it is from the beginning */
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        if (batch->may_retry && qrt_statement_should_retry(db, batch->statement, result, batch->before)) {
            batch->retry = true;
            batch->pending[i] = true;
            return;
        }
        qrt_fail_result(db, batch->statement->query, result);
        fail_item(batch, i);
        return;
    }
    outcome->status = QUERC_OK;
    outcome->rows = batch->rows == BATCH_EXEC ? qrt_count_of(result) : PQntuples(result);
    if (batch->rows == BATCH_EXEC)
        return;
    if (qrt_check_result(db, batch->statement, result) != QUERC_OK || !take_rows(batch, i, result))
        fail_item(batch, i);
}

/* --- the pipeline ------------------------------------------------------------------------------------------ */

static bool sync_pipeline(Batch *batch, bool last)
{
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
    if (!last)
        return PQsendPipelineSync(batch->db->pg) != 0;
#endif
    (void)last;
    return PQpipelineSync(batch->db->pg) != 0;
}

/* Sends item i; its arguments have been looked at already, so that only memory can be lacking. */
static bool send_item(Batch *batch, size_t i)
{
    const querc_query *query = batch->statement->query;
    Arguments arguments;
    qrt_load_args(query, batch->item, batch->items + i * batch->item->size, batch->args);
    bool sent = qrt_encode(batch->db, query, batch->args, &arguments) == QUERC_OK;
    if (sent && !qrt_statement_send(batch->db, batch->statement, &arguments)) {
        qrt_fail_result(batch->db, query, NULL);
        sent = false;
    }
    qrt_arguments_release(&arguments);
    if (!sent || !batch->each || sync_pipeline(batch, false))
        return sent;
    qrt_fail_result(batch->db, query, NULL);
    return false;
}

/* What has been sent must not be committed: something that fails is sent after it. */
static void spoil(const Batch *batch)
{
    (void)PQsendQueryParams(batch->db->pg, "an incomplete batch is undone", 0, NULL, NULL, NULL, NULL, 0);
}

static size_t next_pending(const Batch *batch, size_t i)
{
    while (i < batch->len && !batch->pending[i])
        i++;
    return i;
}

/*
 * Reads the end of a transaction that item i was the last of. Its commit can fail, by a deferred constraint for
 * one. False when the connection is lost.
 */
static bool receive_sync(Batch *batch, size_t i)
{
    querc_conn *db = batch->db;
    int nothing = 0;
    while (nothing < 2 && PQstatus(db->pg) == CONNECTION_OK) {
        PGresult *result = qrt_next_result(db);
        ExecStatusType status = PQresultStatus(result);
        nothing = result == NULL ? nothing + 1 : 0;
        if (result != NULL && status == PGRES_FATAL_ERROR && batch->outcomes[i].error == NULL) {
            qrt_fail_result(db, batch->statement->query, result);
            fail_item(batch, i);
        }
        /* Where libpq had no memory for the Sync's own result, nobody knows what the next one belongs to. */
        if (qrt_is_own_error(result))
            qrt_drop(db);
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC)
            return true;
    }
    if (batch->outcomes[i].error == NULL) {
        qrt_fail_result(db, batch->statement->query, NULL);
        fail_item(batch, i);
    }
    return false;
}

/* Reads the answer to item i, up to the NULL behind it and the end of its transaction. False when the connection is
 * lost. */
static bool receive_item(Batch *batch, size_t i)
{
    PGresult *result = qrt_next_result(batch->db);
    if (result == NULL) {
        qrt_fail_result(batch->db, batch->statement->query, NULL);
        fail_item(batch, i);
        return false;
    }
    batch->pending[i] = false;
    take_result(batch, i, result);
    bool lost = PQstatus(batch->db->pg) != CONNECTION_OK;
    do {
        PQclear(result);
        result = qrt_next_result(batch->db);
    } while (result != NULL);
    return batch->each ? receive_sync(batch, i) : !lost;
}

/* The connection was lost at item i: what became of it and of those sent behind it, nobody knows, nor of an atomic
 * batch that was sent as a whole. */
static void lose_items(Batch *batch, size_t i, size_t next)
{
    querc_outcome lost = batch->outcomes[i];
    for (size_t other = !batch->each && next == batch->len ? 0 : i; other < next; other++)
        if (batch->outcomes[other].error == NULL && (batch->pending[other] || !batch->each))
            batch->outcomes[other] = lost;
}

/* Reads on to the end of the pipeline: results that nobody waits for any more, and the Sync. Two NULLs in a row say
 * that there is nothing more to come. */
static void finish_pipeline(Batch *batch)
{
    if (!batch->each && batch->failed == batch->len && !batch->retry) {
        /* All items did what they should; now they are committed, or not. */
        if (!receive_sync(batch, batch->len - 1))
            lose_items(batch, batch->len - 1, batch->len);
    }
    int nothing = 0;
    while (nothing < 2 && PQstatus(batch->db->pg) == CONNECTION_OK) {
        PGresult *result = qrt_next_result(batch->db);
        nothing = result == NULL ? nothing + 1 : 0;
        PQclear(result);
    }
    if (!PQexitPipelineMode(batch->db->pg))
        qrt_drop(batch->db);
}

/* Sends pending items from *next on, so many that the window is full. False after an error. */
static bool fill_window(Batch *batch, size_t *next, size_t *waiting)
{
    bool sent = qrt_send_begin(batch->db);
    if (!sent)
        qrt_fail_result(batch->db, batch->statement->query, NULL);
    while (sent && *next < batch->len && *waiting < WINDOW) {
        sent = send_item(batch, *next);
        if (!sent)
            break;
        ++*waiting;
        *next = next_pending(batch, *next + 1);
    }
    bool more = *next < batch->len;
    if (!sent) {
        fail_item(batch, *next);
        batch->pending[*next] = false;
        if (!batch->each)
            spoil(batch);
    }
    bool ended = sent && more ? PQsendFlushRequest(batch->db->pg) != 0 : sync_pipeline(batch, true);
    if (!qrt_send_end(batch->db, ended) && sent) {
        qrt_fail_result(batch->db, batch->statement->query, NULL);
        fail_item(batch, *next < batch->len ? *next : batch->len - 1);
        return false;
    }
    return sent;
}

/* Runs what is pending, once. */
static void run_pipeline(Batch *batch)
{
    size_t next = next_pending(batch, 0);
    size_t answer = next;
    size_t waiting = 0;
    bool going = true;
    batch->before = PQtransactionStatus(batch->db->pg);
    if (!PQenterPipelineMode(batch->db->pg)) {
        qrt_fail_result(batch->db, batch->statement->query, NULL);
        fail_item(batch, next);
        return;
    }
    while (going && (next < batch->len || waiting > 0)) {
        going = next == batch->len || fill_window(batch, &next, &waiting);
        /* Half of the window goes on its way while the other half is read. */
        size_t keep = going && next < batch->len ? WINDOW / 2 : 0;
        for (; waiting > keep; waiting--) {
            if (!receive_item(batch, answer)) {
                lose_items(batch, answer, next);
                going = false;
                break;
            }
            answer = next_pending(batch, answer + 1);
        }
    }
    finish_pipeline(batch);
}

/* A lost statement is prepared again. In an atomic batch nothing has been done, so all of it is run again. */
static querc_status prepare_again(Batch *batch)
{
    batch->retry = false;
    batch->may_retry = false;
    for (size_t i = 0; i < batch->len && !batch->each; i++) {
        batch->outcomes[i] = (querc_outcome){.status = QUERC_SKIPPED};
        batch->pending[i] = true;
    }
    return qrt_statement_get(batch->db, batch->statement->query, &batch->statement);
}

/* --- a batch ----------------------------------------------------------------------------------------------- */

/* All arguments, before anything is sent. False if nothing is to be sent. */
static bool check_items(Batch *batch)
{
    const querc_query *query = batch->statement->query;
    for (size_t i = 0; i < batch->len; i++) {
        Arguments arguments;
        qrt_load_args(query, batch->item, batch->items + i * batch->item->size, batch->args);
        querc_status status = qrt_encode(batch->db, query, batch->args, &arguments);
        qrt_arguments_release(&arguments);
        batch->outcomes[i] = (querc_outcome){.status = QUERC_SKIPPED};
        batch->pending[i] = status == QUERC_OK;
        if (status != QUERC_OK) {
            fail_item(batch, i);
            if (!batch->each)
                return false;
        }
    }
    return true;
}

/* When an atomic batch failed nothing is left of what its items did, rows included. */
static void undo_outcomes(Batch *batch)
{
    for (size_t i = 0; i < batch->len; i++)
        if (batch->outcomes[i].error == NULL)
            batch->outcomes[i] = (querc_outcome){.status = QUERC_SKIPPED};
    if (batch->rows != BATCH_EXEC)
        memset(batch->results, 0, batch->len * batch->result_size);
}

static querc_status run_batch(Batch *batch)
{
    batch->failed = batch->len;
    batch->may_retry = true;
    if (check_items(batch) && next_pending(batch, 0) < batch->len) {
        run_pipeline(batch);
        if (batch->retry && (batch->each || batch->failed == batch->len)) {
            querc_status status = prepare_again(batch);
            if (status != QUERC_OK)
                return status;
            run_pipeline(batch);
        }
    }
    if (batch->failed == batch->len)
        return QUERC_OK;
    if (!batch->each)
        undo_outcomes(batch);
    qrt_error_restore(batch->db, batch->outcomes[batch->failed].error);
    return batch->outcomes[batch->failed].status;
}

/* The memory of a batch: its owner's, but for what is of no use afterwards. */
static querc_owner *create_memory(Batch *batch, void **scratch)
{
    const querc_allocator *allocator = &batch->db->allocator;
    size_t params = batch->statement->query->param_count;
    size_t len = batch->len;
    *scratch = NULL;
    if (len > SIZE_MAX / 2 / (sizeof *batch->outcomes + batch->result_size + 1))
        return NULL;
    size_t outcomes = (len * sizeof *batch->outcomes + 15) / 16 * 16;
    querc_owner *owner = qrt_owner_create(allocator, NULL, outcomes + len * batch->result_size);
    void *memory = qrt_allocate(allocator, (params + 1) * sizeof *batch->args + len * sizeof *batch->pending);
    if (owner == NULL || memory == NULL) {
        qrt_owner_free(owner, true);
        qrt_release(allocator, memory);
        return NULL;
    }
    *scratch = memory;
    batch->args = memory;
    batch->pending = (bool *)(batch->args + params + 1);
    batch->outcomes = qrt_owner_extra(owner);
    batch->results = (char *)batch->outcomes + outcomes;
    memset(batch->results, 0, len * batch->result_size);
    batch->arena = &owner->arena;
    return owner;
}

static querc_status call_batch(Batch *batch, const querc_query *query, BatchResult *result)
{
    querc_conn *db = batch->db;
    *result = (BatchResult){NULL, 0, NULL, NULL};
    querc_status status = qrt_conn_ready(db, query);
    if (status == QUERC_OK && batch->len > 0)
        status = qrt_statement_get(db, query, &batch->statement);
    if (status != QUERC_OK || batch->len == 0)
        return status;
    void *scratch;
    querc_owner *owner = create_memory(batch, &scratch);
    if (owner == NULL)
        return qrt_fail_no_memory(db, query);
    status = run_batch(batch);
    qrt_release(&db->allocator, scratch);
    *result = (BatchResult){batch->results, batch->len, batch->outcomes, owner};
    return status;
}

/* --- what generated code calls ----------------------------------------------------------------------------- */

querc_status querc_call_batchexec(querc_conn *db, const querc_query *query, const querc_item *item,
                                  const void *items, size_t len, querc_batch_mode mode, querc_batch *batch)
{
    Batch work = {.db = db, .item = item, .items = items, .len = len, .each = mode == QUERC_BATCH_EACH};
    BatchResult result;
    querc_status status = call_batch(&work, query, &result);
    if (batch != NULL)
        *batch = (querc_batch){result.outcomes, result.len, result.owner};
    else
        qrt_owner_free(result.owner, true);
    return status;
}

querc_status querc_call_batchone(querc_conn *db, const querc_query *query, const querc_item *item,
                                 const void *items, size_t len, querc_batch_mode mode, void *batch)
{
    Batch work = {.db = db, .item = item, .items = items, .len = len, .each = mode == QUERC_BATCH_EACH};
    BatchResult result;
    work.rows = BATCH_ONE;
    work.result_size = query->row_size;
    querc_status status = call_batch(&work, query, &result);
    memcpy(batch, &result, sizeof result);
    return status;
}

querc_status querc_call_batchmany(querc_conn *db, const querc_query *query, const querc_item *item,
                                  const void *items, size_t len, querc_batch_mode mode, void *batch)
{
    Batch work = {.db = db, .item = item, .items = items, .len = len, .each = mode == QUERC_BATCH_EACH};
    BatchResult result;
    work.rows = BATCH_MANY;
    work.result_size = sizeof(RowList);
    querc_status status = call_batch(&work, query, &result);
    memcpy(batch, &result, sizeof result);
    return status;
}

void querc_batch_free(querc_batch *batch)
{
    if (batch != NULL)
        querc_free(batch, sizeof *batch, batch->owner);
}

void querc_free_batch(void *batch)
{
    BatchResult result;
    if (batch == NULL)
        return;
    memcpy(&result, batch, sizeof result);
    querc_free(batch, sizeof result, result.owner);
}
