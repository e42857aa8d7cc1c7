/* Batches and COPY, against a server. */
#include "books.h"

#include <stdio.h>

typedef struct Item {
    int64_t id;
    const char *title;
    const char *isbn;
    const querc_date *published;
} Item;

static const uint32_t item_offsets[] = {offsetof(Item, id), offsetof(Item, title), offsetof(Item, isbn),
                                        offsetof(Item, published)};
static const querc_item item = {item_offsets, sizeof(Item)};

typedef struct Id {
    int64_t id;
} Id;

static const uint32_t id_offsets[] = {0};
static const querc_item id_item = {id_offsets, sizeof(Id)};

static const querc_query list_from = {
    .name = "ListFrom",
    .sql = "SELECT id, title, isbn, published FROM books WHERE id >= $1 AND id < 1000 ORDER BY id",
    .statement = "querc_list_from",
    .schema = &book_schema,
    .params = id_param,
    .columns = book_columns,
    .row_size = sizeof(Book),
    .owner_offset = QUERC_NO_OWNER,
    .param_count = 1,
    .column_count = 4,
    .read_only = true,
};

typedef struct BookBatch {
    Book *items;
    size_t len;
    const querc_outcome *outcomes;
    querc_owner *owner;
} BookBatch;

typedef struct BookList {
    Book *items;
    size_t len;
} BookList;

typedef struct BookLists {
    BookList *items;
    size_t len;
    const querc_outcome *outcomes;
    querc_owner *owner;
} BookLists;

static const querc_copy copy_books = {
    &add_book, "COPY books (id, title, isbn, published) FROM STDIN (FORMAT binary)", {item_offsets, sizeof(Item)}};

static querc_conn *db;

static void setup(void)
{
    db = open_db(NULL);
    create_books(db);
}

static void teardown(void)
{
    querc_close(db);
}

static int64_t count_books(const char *condition)
{
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM books WHERE %s", condition);
    PGresult *result = PQexec(querc_pgconn(db), sql);
    ck_assert_int_eq(PQntuples(result), 1);
    int64_t count = atoll(PQgetvalue(result, 0, 0));
    PQclear(result);
    return count;
}

static Item *new_items(size_t n, int64_t first)
{
    Item *items = calloc(n, sizeof *items);
    ck_assert_ptr_nonnull(items);
    for (size_t i = 0; i < n; i++)
        items[i] = (Item){.id = first + (int64_t)i, .title = i % 2 == 0 ? "even" : "odd"};
    return items;
}

/* --- :batchexec --------------------------------------------------------------------------------------------- */

START_TEST(exec_runs_all)
{
    enum { N = 5000 };
    Item *items = new_items(N, 2000);
    querc_batch batch;
    querc_batch_mode mode = _i == 0 ? QUERC_BATCH_ATOMIC : QUERC_BATCH_EACH;
    assert_status(db, QUERC_OK, querc_call_batchexec(db, &add_book, &item, items, N, mode, &batch));
    ck_assert_uint_eq(batch.len, N);
    for (size_t i = 0; i < N; i++) {
        ck_assert_int_eq(batch.outcomes[i].status, QUERC_OK);
        ck_assert_int_eq(batch.outcomes[i].rows, 1);
        ck_assert_ptr_null(batch.outcomes[i].error);
    }
    ck_assert_int_eq(count_books("id >= 2000 AND title = 'odd'"), N / 2);
    querc_batch_free(&batch);
    ck_assert_uint_eq(batch.len, 0);
    querc_batch_free(&batch);
    querc_batch_free(NULL);
    assert_status(db, QUERC_OK, querc_call_batchexec(db, &add_book, &item, items, 0, mode, &batch));
    ck_assert_ptr_null(batch.outcomes);
    free(items);
}
END_TEST

/* Item 1,500 is a duplicate. */
START_TEST(exec_tells_which_failed)
{
    enum { N = 3000, BAD = 1499 };
    Item *items = new_items(N, 2000);
    querc_batch batch;
    items[BAD].id = 1;
    assert_status(db, QUERC_CONSTRAINT,
                  querc_call_batchexec(db, &add_book, &item, items, N, QUERC_BATCH_ATOMIC, &batch));
    ck_assert_int_eq(querc_last_error(db)->row, BAD + 1);
    ck_assert_str_eq(querc_last_error(db)->constraint, "books_pkey");
    for (size_t i = 0; i < N; i++)
        ck_assert_int_eq(batch.outcomes[i].status, i == BAD ? QUERC_CONSTRAINT : QUERC_SKIPPED);
    ck_assert_str_eq(batch.outcomes[BAD].error->query, "AddBook");
    ck_assert_int_eq(batch.outcomes[BAD].error->row, BAD + 1);
    ck_assert_int_eq(count_books("id >= 2000"), 0);
    querc_batch_free(&batch);

    items[BAD + 100].title = "";
    assert_status(db, QUERC_CONSTRAINT,
                  querc_call_batchexec(db, &add_book, &item, items, N, QUERC_BATCH_EACH, &batch));
    ck_assert_int_eq(querc_last_error(db)->row, BAD + 1);
    ck_assert_int_eq(batch.outcomes[BAD].status, QUERC_CONSTRAINT);
    ck_assert_int_eq(batch.outcomes[BAD + 100].status, QUERC_CONSTRAINT);
    ck_assert_int_eq(batch.outcomes[BAD + 100].error->constraint_id, BOOKS_TITLE_CHECK);
    ck_assert_int_eq(batch.outcomes[N - 1].status, QUERC_OK);
    ck_assert_int_eq(count_books("id >= 2000"), N - 2);
    querc_batch_free(&batch);
    free(items);
}
END_TEST

START_TEST(exec_checks_arguments_first)
{
    enum { N = 10 };
    Item *items = new_items(N, 2000);
    querc_batch batch;
    items[7].title = NULL;
    assert_status(db, QUERC_ENCODE,
                  querc_call_batchexec(db, &add_book, &item, items, N, QUERC_BATCH_ATOMIC, &batch));
    ck_assert_int_eq(querc_last_error(db)->row, 8);
    ck_assert_int_eq(batch.outcomes[0].status, QUERC_SKIPPED);
    ck_assert_int_eq(count_books("id >= 2000"), 0);
    querc_batch_free(&batch);
    assert_status(db, QUERC_ENCODE, querc_call_batchexec(db, &add_book, &item, items, N, QUERC_BATCH_EACH, &batch));
    ck_assert_int_eq(batch.outcomes[7].status, QUERC_ENCODE);
    ck_assert_int_eq(batch.outcomes[8].status, QUERC_OK);
    ck_assert_int_eq(count_books("id >= 2000"), N - 1);
    querc_batch_free(&batch);
    assert_status(db, QUERC_ENCODE, querc_call_batchexec(db, &add_book, &item, items, N, QUERC_BATCH_ATOMIC, NULL));
    free(items);
}
END_TEST

START_TEST(exec_in_a_transaction)
{
    Item *items = new_items(4, 2000);
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_OK, querc_call_batchexec(db, &add_book, &item, items, 4, QUERC_BATCH_ATOMIC, NULL));
    assert_status(db, QUERC_OK, querc_rollback(db));
    ck_assert_int_eq(count_books("id >= 2000"), 0);
    items[1].id = 1;
    querc_batch batch;
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_CONSTRAINT,
                  querc_call_batchexec(db, &add_book, &item, items, 4, QUERC_BATCH_EACH, &batch));
    ck_assert_int_eq(batch.outcomes[2].status, QUERC_ERROR);
    ck_assert_str_eq(batch.outcomes[2].error->sqlstate, "25P02");
    querc_batch_free(&batch);
    assert_status(db, QUERC_OK, querc_rollback(db));
    free(items);
}
END_TEST

/* The server has lost the statement. */
START_TEST(lost_statements_are_prepared_again)
{
    Item *items = new_items(6, 2000);
    for (int mode = 0; mode < 2; mode++) {
        querc_batch batch;
        execute(db, "DELETE FROM books WHERE id >= 2000; DEALLOCATE ALL");
        assert_status(db, QUERC_OK,
                      querc_call_batchexec(db, &add_book, &item, items, 6, (querc_batch_mode)mode, &batch));
        ck_assert_int_eq(count_books("id >= 2000"), 6);
        ck_assert_int_eq(batch.outcomes[5].rows, 1);
        querc_batch_free(&batch);
    }
    free(items);
}
END_TEST

START_TEST(unprepared)
{
    enum { N = 2000 };
    const querc_options options = {.mode = QUERC_UNPREPARED};
    Item *items = new_items(N, 2000);
    querc_conn *plain = db;
    db = open_db(&options);
    assert_status(db, QUERC_OK, querc_call_batchexec(db, &add_book, &item, items, N, QUERC_BATCH_ATOMIC, NULL));
    ck_assert_int_eq(count_books("id >= 2000"), N);
    querc_close(db);
    db = plain;
    free(items);
}
END_TEST

/* A constraint that is checked at commit fails when every item has been answered. */
START_TEST(a_failed_commit)
{
    const Item items[] = {
        {.id = 5001, .title = "new"}, {.id = 5002, .title = "title 1"}, {.id = 5003, .title = "last"}};
    querc_batch batch;
    execute(db, "ALTER TABLE books ADD CONSTRAINT late UNIQUE (title) DEFERRABLE INITIALLY DEFERRED");
    assert_status(db, QUERC_CONSTRAINT,
                  querc_call_batchexec(db, &add_book, &item, items, 3, QUERC_BATCH_ATOMIC, &batch));
    ck_assert_str_eq(querc_last_error(db)->constraint, "late");
    ck_assert_int_eq(batch.outcomes[0].status, QUERC_SKIPPED);
    querc_batch_free(&batch);
    assert_status(db, QUERC_CONSTRAINT,
                  querc_call_batchexec(db, &add_book, &item, items, 3, QUERC_BATCH_EACH, &batch));
    ck_assert_int_eq(batch.outcomes[0].status, QUERC_OK);
    ck_assert_int_eq(batch.outcomes[1].status, QUERC_CONSTRAINT);
    ck_assert_int_eq(batch.outcomes[2].status, QUERC_OK);
    querc_batch_free(&batch);
    Book book;
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 5002, &book));
}
END_TEST

/* The batch kills its own connection halfway. */
START_TEST(a_lost_connection)
{
    static const querc_column columns[] = {{"x", &querc_type_bool, 0, QUERC_NULL_IS_ZERO}};
    static const querc_query kill = {
        .name = "Kill",
        .sql = "SELECT CASE WHEN $1 = 1500::int8 THEN pg_terminate_backend(pg_backend_pid()) END AS x",
        .statement = "querc_kill",
        .params = id_param,
        .owner_offset = QUERC_NO_OWNER,
        .param_count = 1,
        .column_count = 1,
        .columns = columns};
    static Id ids[3000];
    for (int i = 0; i < 3000; i++)
        ids[i].id = i;
    querc_batch batch;
    querc_batch_mode mode = _i == 0 ? QUERC_BATCH_ATOMIC : QUERC_BATCH_EACH;
    assert_status(db, QUERC_CONNECTION, querc_call_batchexec(db, &kill, &id_item, ids, 3000, mode, &batch));
    /* On its own, the statement that kills is done before the server notices. */
    ck_assert_int_eq(batch.outcomes[1500 + _i].status, QUERC_CONNECTION);
    ck_assert_int_eq(batch.outcomes[0].status, _i == 0 ? QUERC_SKIPPED : QUERC_OK);
    querc_batch_free(&batch);
    PQreset(querc_pgconn(db));
    Book book;
    assert_status(db, QUERC_OK, call_get_book(db, 7, &book));
    book_free(&book);
}
END_TEST

/* --- :batchone, :batchmany ------------------------------------------------------------------------------------ */

START_TEST(one)
{
    enum { N = 3000 };
    static Id ids[N];
    BookBatch batch;
    for (int i = 0; i < N; i++)
        ids[i].id = i % 1100 + 1;
    querc_batch_mode mode = _i == 0 ? QUERC_BATCH_ATOMIC : QUERC_BATCH_EACH;
    assert_status(db, QUERC_OK, querc_call_batchone(db, &get_book, &id_item, ids, N, mode, &batch));
    ck_assert_uint_eq(batch.len, N);
    for (size_t i = 0; i < N; i++) {
        if (ids[i].id > 1000) {
            ck_assert_int_eq(batch.outcomes[i].status, QUERC_NO_ROWS);
            ck_assert(batch.items[i].title == NULL && batch.outcomes[i].rows == 0);
            continue;
        }
        char title[32];
        snprintf(title, sizeof title, "title %d", (int)ids[i].id);
        ck_assert_int_eq(batch.outcomes[i].status, QUERC_OK);
        ck_assert_int_eq(batch.items[i].id, ids[i].id);
        ck_assert_str_eq(batch.items[i].title, title);
        ck_assert((batch.items[i].isbn == NULL) == (ids[i].id == 2));
        ck_assert(batch.items[i].has_published == (ids[i].id != 3));
        ck_assert_ptr_null(batch.items[i].owner);
    }
    querc_free_batch(&batch);
    ck_assert_ptr_null(batch.items);
    querc_free_batch(&batch);
}
END_TEST

START_TEST(one_with_a_bad_row)
{
    static const Id ids[] = {{1}, {2}, {3}};
    querc_query wrong = get_book;
    querc_column columns[4];
    BookBatch batch;
    memcpy(columns, book_columns, sizeof columns);
    columns[2].null_at = QUERC_NOT_NULL;
    wrong.columns = columns;
    wrong.statement = "querc_wrong";
    assert_status(db, QUERC_UNEXPECTED_NULL,
                  querc_call_batchone(db, &wrong, &id_item, ids, 3, QUERC_BATCH_EACH, &batch));
    ck_assert_int_eq(batch.outcomes[1].status, QUERC_UNEXPECTED_NULL);
    ck_assert_int_eq(batch.items[1].id, 0);
    ck_assert_str_eq(batch.items[2].title, "title 3");
    querc_free_batch(&batch);
}
END_TEST

START_TEST(many)
{
    enum { N = 40 };
    static Id ids[N];
    BookLists lists;
    for (int i = 0; i < N; i++)
        ids[i].id = 1000 - i;
    assert_status(db, QUERC_OK, querc_call_batchmany(db, &list_from, &id_item, ids, N, QUERC_BATCH_ATOMIC, &lists));
    ck_assert_uint_eq(lists.len, N);
    for (size_t i = 0; i < N; i++) {
        ck_assert_uint_eq(lists.items[i].len, i);
        ck_assert_int_eq(lists.outcomes[i].rows, (int64_t)i);
        for (size_t k = 0; k < i; k++) {
            char title[32];
            snprintf(title, sizeof title, "title %zu", 1000 - i + k);
            ck_assert_str_eq(lists.items[i].items[k].title, title);
        }
    }
    querc_free_batch(&lists);
    querc_free_batch(NULL);
}
END_TEST

/* --- COPY ------------------------------------------------------------------------------------------------------
 */

START_TEST(copy_an_array)
{
    enum { N = 20000 };
    static const querc_date date = {1000};
    Item *items = new_items(N, 2000);
    int64_t rows = -1;
    for (int i = 0; i < N; i += 10)
        items[i].published = &date;
    assert_status(db, QUERC_OK, querc_call_copyfrom(db, &copy_books, items, N, &rows));
    ck_assert_int_eq(rows, N);
    ck_assert_int_eq(count_books("id >= 2000 AND isbn IS NULL AND title IN ('even', 'odd')"), N);
    ck_assert_int_eq(count_books("id >= 2000 AND published = '2002-09-27'"), N / 10);
    assert_status(db, QUERC_OK, querc_call_copyfrom(db, &copy_books, NULL, 0, &rows));
    ck_assert_int_eq(rows, 0);
    free(items);
}
END_TEST

START_TEST(copy_tells_the_row)
{
    enum { N = 5000 };
    Item *items = new_items(N, 2000);
    int64_t rows = -1;
    items[3210].title = "";
    assert_status(db, QUERC_CONSTRAINT, querc_call_copyfrom(db, &copy_books, items, N, &rows));
    ck_assert_int_eq(querc_last_error(db)->row, 3211);
    ck_assert_int_eq(querc_last_error(db)->constraint_id, BOOKS_TITLE_CHECK);
    ck_assert_int_eq(rows, 0);
    ck_assert_int_eq(count_books("id >= 2000"), 0);
    items[3210].title = NULL;
    assert_status(db, QUERC_ENCODE, querc_call_copyfrom(db, &copy_books, items, N, &rows));
    ck_assert_int_eq(querc_last_error(db)->row, 3211);
    ck_assert_int_eq(count_books("id >= 2000"), 0);
    free(items);
}
END_TEST

typedef struct Counter {
    int64_t next, end;
    querc_status last;
    char title[32];
} Counter;

static querc_status next_book(void *context, void *room)
{
    Counter *counter = context;
    Item *next = room;
    Book book;
    if (counter->next == counter->end)
        return counter->last;
    if (counter->next == 2000) /* the connection is taken */
        ck_assert_int_eq(call_get_book(db, 1, &book), QUERC_MISUSE);
    snprintf(counter->title, sizeof counter->title, "book %d", (int)counter->next);
    next->id = counter->next++;
    next->title = counter->title;
    return QUERC_ROW;
}

START_TEST(copy_from_a_function)
{
    Counter counter = {.next = 2000, .end = 12000, .last = QUERC_DONE};
    Item room;
    int64_t rows = -1;
    assert_status(db, QUERC_OK, querc_call_copyfrom_next(db, &copy_books, next_book, &counter, &room, &rows));
    ck_assert_int_eq(rows, 10000);
    ck_assert_int_eq(count_books("id >= 2000 AND title = 'book ' || id"), 10000);
    counter = (Counter){.next = 20000, .end = 30000, .last = QUERC_NO_ROWS};
    assert_status(db, QUERC_NO_ROWS, querc_call_copyfrom_next(db, &copy_books, next_book, &counter, &room, &rows));
    ck_assert_int_eq(rows, 0);
    ck_assert_int_eq(querc_last_error(db)->status, QUERC_NO_ROWS);
    ck_assert_int_eq(count_books("id >= 20000"), 0);
}
END_TEST

/* COPY would read a date as whatever the column is by now. */
START_TEST(copy_checks_types)
{
    static const querc_options modes[] = {{0}, {.mode = QUERC_UNPREPARED}, {.skip_drift_check = true}};
    Item *items = new_items(10, 2000);
    int64_t rows;
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        querc_conn *other;
        assert_status(db, QUERC_OK, querc_open("", &modes[i], &other));
        assert_status(other, QUERC_OK, querc_call_copyfrom(other, &copy_books, items, 10, &rows));
        assert_status(other, QUERC_CONSTRAINT, querc_call_copyfrom(other, &copy_books, items, 10, &rows));
        querc_forget(other);
        execute(db, "DELETE FROM books WHERE id >= 2000; ALTER TABLE books ALTER published TYPE int USING 1");
        assert_status(other, QUERC_SCHEMA_DRIFT, querc_call_copyfrom(other, &copy_books, items, 10, &rows));
        execute(db, "ALTER TABLE books ALTER published TYPE date USING '2000-01-01'");
        assert_status(other, QUERC_OK, querc_call_copyfrom(other, &copy_books, items, 10, &rows));
        execute(db, "DELETE FROM books WHERE id >= 2000");
        querc_close(other);
    }
    free(items);
}
END_TEST

START_TEST(copy_refused)
{
    static const querc_copy missing = {
        &add_book, "COPY nowhere (id) FROM STDIN (FORMAT binary)", {item_offsets, sizeof(Item)}};
    Item *items = new_items(1, 2000);
    int64_t rows;
    assert_status(db, QUERC_ERROR, querc_call_copyfrom(db, &missing, items, 1, &rows));
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "42P01");
    assert_status(db, QUERC_OK, querc_call_copyfrom(db, &copy_books, items, 1, &rows));
    free(items);
}
END_TEST

/* --- memory ----------------------------------------------------------------------------------------------------
 */

static querc_status work(querc_conn *conn)
{
    static const Id ids[] = {{1}, {2}, {3}, {3000}};
    static const Item items[] = {{.id = 5000, .title = "x"}, {.id = 5001, .title = "y"}, {.id = 1, .title = "z"}};
    BookBatch batch;
    BookLists lists;
    int64_t rows;
    querc_status status = querc_begin(conn, NULL);
    if (status == QUERC_OK) {
        status = querc_call_batchone(conn, &get_book, &id_item, ids, 4, QUERC_BATCH_EACH, &batch);
        querc_free_batch(&batch);
    }
    if (status == QUERC_OK) {
        status = querc_call_batchmany(conn, &list_from, &id_item, ids, 4, QUERC_BATCH_ATOMIC, &lists);
        querc_free_batch(&lists);
    }
    if (status == QUERC_OK)
        status = querc_call_copyfrom(conn, &copy_books, items, 2, &rows);
    if (status == QUERC_OK) {
        querc_batch failed;
        if (querc_call_batchexec(conn, &add_book, &item, items, 3, QUERC_BATCH_ATOMIC, &failed) == QUERC_NO_MEMORY)
            status = QUERC_NO_MEMORY;
        querc_batch_free(&failed);
    }
    return status;
}

START_TEST(every_allocation_may_fail)
{
    long fail_at = 1;
    bool failed = true;
    for (; failed; fail_at++) {
        Meter meter;
        const querc_allocator allocator = metered(&meter);
        const querc_options options = {.allocator = &allocator};
        querc_conn *other;
        meter.fail_at = fail_at;
        querc_status status = querc_open("", &options, &other);
        if (status == QUERC_OK)
            status = work(other);
        failed = meter.total >= fail_at;
        if (status != QUERC_OK)
            ck_assert_msg(status == QUERC_NO_MEMORY, "allocation %ld: %s: %s", fail_at, querc_status_name(status),
                          querc_last_error(other)->message);
        /* Whatever happened, the connection can be used. */
        if (other != NULL && PQstatus(querc_pgconn(other)) == CONNECTION_OK)
            ck_assert_int_eq(querc_rollback(other), QUERC_OK);
        querc_close(other);
        ck_assert_int_eq(meter.live, 0);
    }
    ck_assert_int_gt(fail_at, 15);
    ck_assert_int_eq(count_books("id >= 2000"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("batch");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, exec_runs_all, 0, 2);
    tcase_add_test(tests, exec_tells_which_failed);
    tcase_add_test(tests, exec_checks_arguments_first);
    tcase_add_test(tests, exec_in_a_transaction);
    tcase_add_test(tests, lost_statements_are_prepared_again);
    tcase_add_test(tests, unprepared);
    tcase_add_test(tests, a_failed_commit);
    tcase_add_loop_test(tests, a_lost_connection, 0, 2);
    tcase_add_loop_test(tests, one, 0, 2);
    tcase_add_test(tests, one_with_a_bad_row);
    tcase_add_test(tests, many);
    tcase_add_test(tests, copy_an_array);
    tcase_add_test(tests, copy_tells_the_row);
    tcase_add_test(tests, copy_from_a_function);
    tcase_add_test(tests, copy_checks_types);
    tcase_add_test(tests, copy_refused);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
