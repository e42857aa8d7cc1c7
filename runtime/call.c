/*
 * What generated code calls: one function a command. The wrappers are thin, so everything that takes more than
 * passing on arguments is here.
 */
#include "querc_private.h"

#include <stdlib.h>

/* Ready, encode, execute: what all commands begin with. *result is the caller's on QUERC_OK. */
static querc_status run(querc_conn *db, const querc_query *query, const void *const *args, Statement **statement,
                        PGresult **result)
{
    querc_status status = qrt_conn_ready(db, query);
    if (status == QUERC_OK)
        status = qrt_statement_get(db, query, statement);
    if (status != QUERC_OK)
        return status;
    Arguments arguments;
    status = qrt_encode(db, query, args, &arguments);
    if (status == QUERC_OK)
        status = qrt_statement_execute(db, *statement, &arguments, result);
    qrt_arguments_release(&arguments);
    return status;
}

/* The one row of result into *row. Takes over result if it returns QUERC_OK. */
static querc_status take_row(querc_conn *db, const Statement *statement, PGresult *result, void *row)
{
    const querc_query *query = statement->query;
    const RowRange range = {.result = result, .last = 1};
    if (query->owner_offset == QUERC_NO_OWNER) {
        /* No field points anywhere, so nothing is allocated and nothing has to stay. */
        Arena none;
        qrt_arena_init(&none, &db->allocator, NULL, 0);
        querc_status status = qrt_decode_rows(db, statement, &range, &none, row);
        qrt_arena_release(&none);
        if (status == QUERC_OK)
            PQclear(result);
        return status;
    }
    querc_owner *owner = qrt_owner_create(&db->allocator, result, 0);
    if (owner == NULL)
        return qrt_fail_no_memory(db, query);
    querc_status status = qrt_decode_rows(db, statement, &range, &owner->arena, row);
    if (status == QUERC_OK) {
        memcpy((char *)row + query->owner_offset, &owner, sizeof owner);
    } else {
        qrt_owner_free(owner, false);
    }
    return status;
}

querc_status qrt_finish_one(querc_conn *db, Statement *statement, PGresult *result, void *row)
{
    const querc_query *query = statement->query;
    querc_status status;
    if (statement->has_pointers && query->owner_offset == QUERC_NO_OWNER)
        status = qrt_fail(db, query, QUERC_MISUSE, "22023", "query \"%s\": the row has pointers but no owner",
                          query->name);
    else
        status = qrt_check_result(db, statement, result);
    if (status == QUERC_OK && PQntuples(result) == 0)
        status = qrt_note(db, query, QUERC_NO_ROWS, "the query returned no rows");
    else if (status == QUERC_OK && PQntuples(result) > 1)
        status = qrt_note(db, query, QUERC_TOO_MANY_ROWS, "the query returned more than one row");
    if (status == QUERC_OK)
        status = take_row(db, statement, result, row);
    if (status != QUERC_OK) {
        PQclear(result);
        memset(row, 0, query->row_size);
    }
    return status;
}

querc_status querc_call_one(querc_conn *db, const querc_query *query, const void *const *args, void *row)
{
    Statement *statement;
    PGresult *result;
    QRT_TRY_REPLICA(db, query, querc_call_one(replica, query, args, row));
    querc_status status = run(db, query, args, &statement, &result);
    if (status != QUERC_OK) {
        memset(row, 0, query->row_size);
        return status;
    }
    return qrt_finish_one(db, statement, result, row);
}

/* The layout of every generated struct that :many fills. */
typedef struct Rows {
    void *items;
    size_t len;
    querc_owner *owner;
} Rows;

void querc_free_rows(void *rows)
{
    Rows taken;
    if (rows == NULL)
        return;
    memcpy(&taken, rows, sizeof taken);
    querc_free(rows, sizeof taken, taken.owner);
}

static querc_status take_rows(querc_conn *db, const Statement *statement, PGresult *result, Rows *rows)
{
    const querc_query *query = statement->query;
    int count = PQntuples(result);
    const RowRange range = {.result = result, .last = count};
    if (query->row_size != 0 && (size_t)count > SIZE_MAX / query->row_size)
        return qrt_fail_no_memory(db, query);
    querc_owner *owner = qrt_owner_create(&db->allocator, result, (size_t)count * query->row_size);
    if (owner == NULL)
        return qrt_fail_no_memory(db, query);
    querc_status status = qrt_decode_rows(db, statement, &range, &owner->arena, qrt_owner_extra(owner));
    if (status != QUERC_OK) {
        qrt_owner_free(owner, false);
        return status;
    }
    rows->items = qrt_owner_extra(owner);
    rows->len = (size_t)count;
    rows->owner = owner;
    return QUERC_OK;
}

querc_status qrt_finish_many(querc_conn *db, Statement *statement, PGresult *result, void *rows)
{
    Rows taken = {NULL, 0, NULL};
    querc_status status = qrt_check_result(db, statement, result);
    if (status == QUERC_OK && PQntuples(result) > 0)
        status = take_rows(db, statement, result, &taken);
    if (taken.owner == NULL)
        PQclear(result);
    else if (!statement->has_pointers && !taken.owner->is_in_result) {
        /* Nothing points into the result, so its memory need not wait for the rows'. */
        PQclear(result);
        taken.owner->result = NULL;
    }
    memcpy(rows, &taken, sizeof taken);
    return status;
}

querc_status querc_call_many(querc_conn *db, const querc_query *query, const void *const *args, void *rows)
{
    Statement *statement;
    PGresult *result;
    QRT_TRY_REPLICA(db, query, querc_call_many(replica, query, args, rows));
    memset(rows, 0, sizeof(Rows));
    querc_status status = run(db, query, args, &statement, &result);
    return status == QUERC_OK ? qrt_finish_many(db, statement, result, rows) : status;
}

/* Commands that count nothing have "" for it. */
int64_t qrt_count_of(PGresult *result)
{
    const char *text = PQcmdTuples(result);
    int64_t count = 0;
    if (!qrt_parse_integer(text, strlen(text), 0, INT64_MAX, &count))
        return 0;
    return count;
}

int64_t qrt_finish_rows(PGresult *result)
{
    int64_t count = qrt_count_of(result);
    PQclear(result);
    return count;
}

void qrt_finish_result(PGresult *result, querc_command *command)
{
    TextBuffer tag;
    qrt_text_init(&tag, command->tag, sizeof command->tag);
    qrt_text_add(&tag, PQcmdStatus(result), strlen(PQcmdStatus(result)));
    qrt_text_finish(&tag);
    command->rows = qrt_count_of(result);
    PQclear(result);
}

querc_status querc_call_exec(querc_conn *db, const querc_query *query, const void *const *args)
{
    Statement *statement;
    PGresult *result;
    QRT_TRY_REPLICA(db, query, querc_call_exec(replica, query, args));
    querc_status status = run(db, query, args, &statement, &result);
    if (status == QUERC_OK)
        PQclear(result);
    return status;
}

querc_status querc_call_execrows(querc_conn *db, const querc_query *query, const void *const *args, int64_t *rows)
{
    Statement *statement;
    PGresult *result;
    QRT_TRY_REPLICA(db, query, querc_call_execrows(replica, query, args, rows));
    *rows = 0;
    querc_status status = run(db, query, args, &statement, &result);
    if (status == QUERC_OK)
        *rows = qrt_finish_rows(result);
    return status;
}

querc_status querc_call_execresult(querc_conn *db, const querc_query *query, const void *const *args,
                                   querc_command *command)
{
    Statement *statement;
    PGresult *result;
    QRT_TRY_REPLICA(db, query, querc_call_execresult(replica, query, args, command));
    memset(command, 0, sizeof *command);
    querc_status status = run(db, query, args, &statement, &result);
    if (status == QUERC_OK)
        qrt_finish_result(result, command);
    return status;
}
