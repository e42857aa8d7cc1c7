/* A bit of everything that a program does on a connection, for the tests in which something goes wrong. */
#ifndef QUERC_TESTS_WORKLOAD_H
#define QUERC_TESTS_WORKLOAD_H

#include "books.h"
#include "querc_async.h"

/* How long to wait for an answer in a pipeline. */
#ifndef WORKLOAD_WAIT_MS
#define WORKLOAD_WAIT_MS (-1)
#endif

static const querc_query first_books = {
    .name = "FirstBooks",
    .sql = "SELECT id, title, isbn, published FROM books WHERE id <= 3 ORDER BY id",
    .statement = "querc_first_books",
    .schema = &book_schema,
    .columns = book_columns,
    .row_size = sizeof(Book),
    .owner_offset = offsetof(Book, owner),
    .column_count = 4,
    .read_only = true,
};

static const uint32_t id_offsets[] = {0};
static const querc_item id_item = {id_offsets, sizeof(int64_t)};

static inline querc_status read_stream(querc_conn *db)
{
    querc_stream stream;
    Book book;
    querc_status status = querc_call_open(db, &first_books, NULL, &stream);
    while (status == QUERC_OK || status == QUERC_ROW)
        status = querc_call_next(&stream, &first_books, &book);
    querc_stream_close(&stream);
    return status == QUERC_DONE ? QUERC_OK : status;
}

static inline querc_status run_pipeline(querc_conn *db)
{
    Book book;
    querc_status status = querc_pipeline_begin(db, QUERC_BATCH_EACH);
    for (int64_t id = 1; status == QUERC_OK && id <= 3; id++) {
        const void *const args[] = {&id};
        status = querc_call_send(db, &get_book, args);
    }
    for (int i = 0; status == QUERC_OK && i < 3; i++) {
        status = querc_pipeline_wait(db, WORKLOAD_WAIT_MS);
        if (status == QUERC_OK)
            status = querc_call_recv_one(db, &get_book, &book);
        if (status == QUERC_OK)
            book_free(&book);
    }
    querc_status ended = querc_pipeline_end(db);
    return status == QUERC_OK ? ended : status;
}

static inline querc_status run_batch(querc_conn *db)
{
    static const int64_t ids[] = {998, 999, 1000};
    querc_batch batch = {NULL, 0, NULL};
    querc_status status = querc_call_batchexec(db, &touch_books, &id_item, ids, 3, QUERC_BATCH_ATOMIC, &batch);
    querc_batch_free(&batch);
    return status;
}

static inline querc_status violate(querc_conn *db)
{
    querc_status status = querc_savepoint(db, "s");
    if (status == QUERC_OK)
        status = call_add_book(db, 1, "duplicate", NULL, NULL);
    if (status == QUERC_CONSTRAINT)
        status = querc_rollback_to(db, "s");
    return status;
}

/* Each: QUERC_OK, or the first status that is not what it should be. Leaves nothing behind, in memory or in the
 * tables.
 */
static inline querc_status run_transaction(querc_conn *db)
{
    Book book;
    Books books = {NULL, 0, NULL};
    querc_status status = querc_begin(db, NULL);
    if (status == QUERC_OK)
        status = call_get_book(db, 1, &book);
    if (status == QUERC_OK)
        book_free(&book);
    if (status == QUERC_OK)
        status = querc_call_many(db, &first_books, NULL, &books);
    books_free(&books);
    if (status == QUERC_OK)
        status = read_stream(db);
    if (status == QUERC_OK)
        status = violate(db);
    return status == QUERC_OK ? querc_commit(db) : status;
}

static inline querc_status run_workload(querc_conn *db)
{
    querc_status status = run_transaction(db);
    if (status == QUERC_OK)
        status = run_pipeline(db);
    return status == QUERC_OK ? run_batch(db) : status;
}

#endif
