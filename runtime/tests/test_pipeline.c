/* Queries sent ahead of their answers. */
#include "books.h"

#include <stdio.h>

static querc_conn *db;
static querc_conn *other_session;

static void setup(void)
{
    db = open_db(NULL);
    other_session = open_db(NULL);
    create_books(db);
}

static void teardown(void)
{
    querc_close(db);
    querc_close(other_session);
}

static void execute_elsewhere(const char *sql)
{
    execute(other_session, sql);
}

static querc_status send_get(querc_conn *on, int64_t id)
{
    const void *const args[] = {&id};
    return querc_call_send(on, &get_book, args);
}

static querc_status send_add(querc_conn *on, int64_t id, const char *title)
{
    const void *const args[] = {&id, title, NULL, NULL};
    return querc_call_send(on, &add_book, args);
}

static querc_status recv_get(querc_conn *on, Book *book)
{
    return querc_call_recv_one(on, &get_book, book);
}

/* Waits as an event loop would. */
static void await(querc_conn *on)
{
    assert_status(on, QUERC_OK, querc_pipeline_wait(on, 30000));
}

static void check_get(querc_conn *on, int64_t id)
{
    Book book;
    await(on);
    assert_status(on, QUERC_OK, recv_get(on, &book));
    ck_assert_int_eq(book.id, id);
    char title[32];
    snprintf(title, sizeof title, "title %d", (int)id);
    ck_assert_str_eq(book.title, title);
    book_free(&book);
}

START_TEST(hundreds_in_flight)
{
    querc_batch_mode modes[] = {QUERC_BATCH_EACH, QUERC_BATCH_ATOMIC};
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, modes[_i]));
    for (int64_t id = 1; id <= 300; id++)
        assert_status(db, QUERC_OK, send_get(db, id));
    ck_assert_uint_eq(querc_in_flight(db), 300);
    for (int64_t id = 1; id <= 300; id++) {
        check_get(db, id);
        /* The window is kept full. */
        assert_status(db, QUERC_OK, send_get(db, id + 300));
        ck_assert_uint_eq(querc_in_flight(db), 300);
    }
    for (int64_t id = 301; id <= 600; id++)
        check_get(db, id);
    assert_status(db, QUERC_DONE, querc_pipeline_wait(db, 1000));
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    Book book;
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

START_TEST(each_is_on_its_own)
{
    Book book;
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    assert_status(db, QUERC_OK, send_add(db, 2001, "one"));
    assert_status(db, QUERC_OK, send_add(db, 1, "duplicate"));
    assert_status(db, QUERC_OK, send_add(db, 2002, "two"));
    assert_status(db, QUERC_OK, send_get(db, 2002));
    assert_status(db, QUERC_OK, send_get(db, -1));
    await(db);
    assert_status(db, QUERC_OK, querc_call_recv_exec(db, &add_book));
    await(db);
    assert_status(db, QUERC_CONSTRAINT, querc_call_recv_exec(db, &add_book));
    ck_assert_str_eq(querc_last_error(db)->constraint, "books_pkey");
    ck_assert_str_eq(querc_last_error(db)->query, "AddBook");
    await(db);
    assert_status(db, QUERC_OK, querc_call_recv_exec(db, &add_book));
    await(db);
    assert_status(db, QUERC_OK, recv_get(db, &book));
    ck_assert_str_eq(book.title, "two");
    book_free(&book);
    await(db);
    assert_status(db, QUERC_NO_ROWS, recv_get(db, &book));
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    assert_status(db, QUERC_OK, call_get_book(db, 2001, &book));
    book_free(&book);
}
END_TEST

START_TEST(a_group_is_one_transaction)
{
    Book book;
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_ATOMIC));
    assert_status(db, QUERC_OK, send_add(db, 3000, "before"));
    assert_status(db, QUERC_OK, querc_pipeline_sync(db));
    assert_status(db, QUERC_OK, send_add(db, 3001, "undone"));
    assert_status(db, QUERC_OK, send_add(db, 1, "duplicate"));
    assert_status(db, QUERC_OK, send_add(db, 3002, "skipped"));
    assert_status(db, QUERC_OK, querc_pipeline_sync(db));
    assert_status(db, QUERC_OK, querc_pipeline_sync(db));
    assert_status(db, QUERC_OK, send_add(db, 3003, "after"));
    const querc_status expected[] = {QUERC_OK, QUERC_OK, QUERC_CONSTRAINT, QUERC_SKIPPED, QUERC_OK};
    for (int i = 0; i < 5; i++) {
        await(db);
        assert_status(db, expected[i], querc_call_recv_exec(db, &add_book));
    }
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    const struct {
        int64_t id;
        querc_status status;
    } found[] = {{3000, QUERC_OK}, {3001, QUERC_NO_ROWS}, {3002, QUERC_NO_ROWS}, {3003, QUERC_OK}};
    for (int i = 0; i < 4; i++) {
        assert_status(db, found[i].status, call_get_book(db, found[i].id, &book));
        book_free(&book);
    }
}
END_TEST

/* A constraint that is checked at commit fails when all queries have been answered. */
START_TEST(a_failed_commit_is_told)
{
    execute_elsewhere("ALTER TABLE books ADD CONSTRAINT late UNIQUE (title) DEFERRABLE INITIALLY DEFERRED");
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    assert_status(db, QUERC_OK, send_add(db, 5001, "title 1"));
    assert_status(db, QUERC_OK, send_add(db, 5002, "another"));
    await(db);
    assert_status(db, QUERC_CONSTRAINT, querc_call_recv_exec(db, &add_book));
    ck_assert_str_eq(querc_last_error(db)->constraint, "late");
    await(db);
    assert_status(db, QUERC_OK, querc_call_recv_exec(db, &add_book));
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_ATOMIC));
    for (int before_sync = 0; before_sync < 2; before_sync++) {
        assert_status(db, QUERC_OK, send_add(db, 5003, "title 1"));
        if (before_sync) {
            await(db);
            assert_status(db, QUERC_OK, querc_call_recv_exec(db, &add_book));
            assert_status(db, QUERC_OK, querc_pipeline_sync(db));
        } else {
            assert_status(db, QUERC_OK, querc_pipeline_sync(db));
            await(db);
            assert_status(db, QUERC_CONSTRAINT, querc_call_recv_exec(db, &add_book));
        }
    }
    assert_status(db, QUERC_CONSTRAINT, querc_pipeline_end(db));
    Book book;
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 5003, &book));
}
END_TEST

START_TEST(all_commands)
{
    Books books;
    querc_command command;
    int64_t rows = 0;
    int64_t from = 991;
    const void *const args[] = {&from};
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    assert_status(db, QUERC_OK, querc_call_send(db, &list_books, NULL));
    assert_status(db, QUERC_OK, querc_call_send(db, &touch_books, args));
    assert_status(db, QUERC_OK, querc_call_send(db, &touch_books, args));
    await(db);
    assert_status(db, QUERC_OK, querc_call_recv_many(db, &list_books, &books));
    ck_assert_uint_eq(books.len, 1000);
    ck_assert_str_eq(books.items[999].title, "title 1000");
    await(db);
    assert_status(db, QUERC_OK, querc_call_recv_execrows(db, &touch_books, &rows));
    ck_assert_int_eq(rows, 10);
    await(db);
    assert_status(db, QUERC_OK, querc_call_recv_execresult(db, &touch_books, &command));
    ck_assert_str_eq(command.tag, "UPDATE 10");
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    books_free(&books);
}
END_TEST

START_TEST(misuse_is_told)
{
    Book book;
    int64_t rows;
    assert_status(db, QUERC_MISUSE, send_get(db, 1));
    assert_status(db, QUERC_MISUSE, recv_get(db, &book));
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_ATOMIC));
    assert_status(db, QUERC_MISUSE, querc_pipeline_begin(db, QUERC_BATCH_ATOMIC));
    assert_status(db, QUERC_MISUSE, call_get_book(db, 1, &book));
    assert_status(db, QUERC_MISUSE, querc_begin(db, NULL));
    assert_status(db, QUERC_MISUSE, recv_get(db, &book));
    assert_contains(querc_last_error(db)->message, "no query is in flight");
    assert_status(db, QUERC_OK, send_get(db, 1));
    assert_status(db, QUERC_MISUSE, querc_call_recv_execrows(db, &touch_books, &rows));
    assert_contains(querc_last_error(db)->message, "GetBook");
    /* A statement that is new can't be prepared within the transaction. */
    assert_status(db, QUERC_MISUSE, send_add(db, 1, "x"));
    check_get(db, 1);
    /* A wrong argument is no harm to the rest. */
    const void *const args[] = {NULL};
    assert_status(db, QUERC_ENCODE, querc_call_send(db, &get_book, args));
    assert_status(db, QUERC_OK, send_get(db, 2));
    check_get(db, 2);
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_MISUSE, querc_pipeline_begin(db, QUERC_BATCH_ATOMIC));
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    assert_status(db, QUERC_OK, querc_rollback(db));
}
END_TEST

START_TEST(answers_come_in_time)
{
    Book book;
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    execute_elsewhere("BEGIN; LOCK books");
    assert_status(db, QUERC_OK, send_get(db, 1));
    assert_status(db, QUERC_AGAIN, recv_get(db, &book));
    ck_assert_ptr_null(book.title);
    assert_status(db, QUERC_TIMEOUT, querc_pipeline_wait(db, 50));
    ck_assert_int_eq(querc_pipeline_wants(db), QUERC_WANT_READ);
    execute_elsewhere("ROLLBACK");
    check_get(db, 1);
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
}
END_TEST

/* New statements in the middle, while others are in flight. */
START_TEST(statements_are_prepared_on_the_way)
{
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    for (int64_t id = 1; id <= 50; id++)
        assert_status(db, QUERC_OK, send_get(db, id));
    assert_status(db, QUERC_OK, send_add(db, 4000, "new"));
    assert_status(db, QUERC_OK, send_get(db, 51));
    for (int64_t id = 1; id <= 50; id++)
        check_get(db, id);
    await(db);
    assert_status(db, QUERC_OK, querc_call_recv_exec(db, &add_book));
    check_get(db, 51);
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
}
END_TEST

START_TEST(lost_and_stale_statements)
{
    Book book;
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    execute(db, "DEALLOCATE ALL");
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    assert_status(db, QUERC_OK, send_get(db, 1));
    await(db);
    assert_status(db, QUERC_RETRY, recv_get(db, &book));
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "26000");
    assert_status(db, QUERC_OK, send_get(db, 1));
    check_get(db, 1);
    execute_elsewhere("ALTER TABLE books ALTER COLUMN isbn TYPE varchar(20)");
    assert_status(db, QUERC_OK, send_get(db, 1));
    await(db);
    assert_status(db, QUERC_RETRY, recv_get(db, &book));
    assert_status(db, QUERC_SCHEMA_DRIFT, send_get(db, 1));
    execute_elsewhere("ALTER TABLE books ALTER COLUMN isbn TYPE text");
    assert_status(db, QUERC_OK, send_get(db, 1));
    check_get(db, 1);
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
}
END_TEST

START_TEST(lost_connection)
{
    Book book;
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    assert_status(db, QUERC_OK, send_get(db, 1));
    check_get(db, 1);
    execute_elsewhere("BEGIN; LOCK books");
    for (int i = 0; i < 10; i++)
        assert_status(db, QUERC_OK, send_get(db, 1));
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d)", PQbackendPID(querc_pgconn(db)));
    execute_elsewhere(sql);
    execute_elsewhere("ROLLBACK");
    for (int i = 0; i < 10; i++) {
        querc_status waited = querc_pipeline_wait(db, 30000);
        ck_assert(waited == QUERC_CONNECTION || waited == QUERC_OK);
        assert_status(db, QUERC_CONNECTION, recv_get(db, &book));
    }
    ck_assert_uint_eq(querc_in_flight(db), 0);
    assert_status(db, QUERC_CONNECTION, send_get(db, 1));
    querc_pipeline_end(db);
}
END_TEST

/* Answers that nobody fetches do no harm, at the end of the pipeline or of the connection. */
START_TEST(answers_may_be_left)
{
    Book book;
    for (int round = 0; round < 2; round++) {
        Meter meter;
        const querc_allocator allocator = metered(&meter);
        const querc_options options = {.allocator = &allocator};
        querc_conn *other = open_db(&options);
        assert_status(other, QUERC_OK, querc_pipeline_begin(other, QUERC_BATCH_EACH));
        for (int64_t id = 1; id <= 200; id++)
            assert_status(other, QUERC_OK, send_get(other, id));
        check_get(other, 1);
        if (round == 0) {
            assert_status(other, QUERC_OK, querc_pipeline_end(other));
            assert_status(other, QUERC_OK, call_get_book(other, 5, &book));
            book_free(&book);
        }
        querc_close(other);
        ck_assert_int_eq(meter.live, 0);
    }
}
END_TEST

START_TEST(memory_may_run_out)
{
    long fail_at = 1;
    for (bool failed = true; failed; fail_at++) {
        Meter meter;
        const querc_allocator allocator = metered(&meter);
        const querc_options options = {.allocator = &allocator};
        querc_conn *other;
        Book book;
        meter.fail_at = fail_at;
        querc_status status = querc_open("", &options, &other);
        if (status == QUERC_OK)
            status = querc_pipeline_begin(other, QUERC_BATCH_EACH);
        for (int64_t id = 1; status == QUERC_OK && id <= 100; id++)
            status = send_get(other, id);
        for (int64_t id = 1; status == QUERC_OK && id <= 100; id++) {
            status = querc_pipeline_wait(other, -1);
            if (status == QUERC_OK)
                status = recv_get(other, &book);
            if (status == QUERC_OK)
                book_free(&book);
        }
        failed = meter.total >= fail_at;
        ck_assert_msg(status == (failed ? QUERC_NO_MEMORY : QUERC_OK), "%ld: %s", fail_at,
                      querc_status_name(status));
        querc_close(other);
        ck_assert_int_eq(meter.live, 0);
    }
    ck_assert_int_gt(fail_at, 5);
}
END_TEST

/* More is sent, and more answered, than the buffers between hold. */
START_TEST(large_values_in_both_directions)
{
    typedef struct Echo {
        const char *text;
        querc_owner *owner;
    } Echo;
    enum { SIZE = 200000, COUNT = 60 };
    static const querc_column columns[] = {{"text", &querc_type_text, offsetof(Echo, text), QUERC_NOT_NULL}};
    static const querc_param params[] = {{"text", &querc_type_text, false}};
    static const querc_query echo = {.name = "Echo",
                                     .sql = "SELECT $1::text AS text",
                                     .statement = "querc_echo",
                                     .params = params,
                                     .columns = columns,
                                     .row_size = sizeof(Echo),
                                     .owner_offset = offsetof(Echo, owner),
                                     .param_count = 1,
                                     .column_count = 1};
    char *text = malloc(SIZE + 1);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    const void *const args[] = {text};
    Echo row;
    assert_status(db, QUERC_OK, querc_pipeline_begin(db, QUERC_BATCH_EACH));
    for (int i = 0; i < COUNT; i++)
        assert_status(db, QUERC_OK, querc_call_send(db, &echo, args));
    for (int i = 0; i < COUNT; i++) {
        await(db);
        assert_status(db, QUERC_OK, querc_call_recv_one(db, &echo, &row));
        ck_assert_uint_eq(strlen(row.text), SIZE);
        querc_free(&row, sizeof row, row.owner);
    }
    assert_status(db, QUERC_OK, querc_pipeline_end(db));
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pipeline");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, hundreds_in_flight, 0, 2);
    tcase_add_test(tests, each_is_on_its_own);
    tcase_add_test(tests, a_group_is_one_transaction);
    tcase_add_test(tests, a_failed_commit_is_told);
    tcase_add_test(tests, all_commands);
    tcase_add_test(tests, misuse_is_told);
    tcase_add_test(tests, answers_come_in_time);
    tcase_add_test(tests, statements_are_prepared_on_the_way);
    tcase_add_test(tests, lost_and_stale_statements);
    tcase_add_test(tests, lost_connection);
    tcase_add_test(tests, answers_may_be_left);
    tcase_add_test(tests, memory_may_run_out);
    tcase_add_test(tests, large_values_in_both_directions);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
