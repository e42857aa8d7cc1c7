/*
 * A server that fails: killed in mid-result, in mid-COPY, in a transaction, between two uses of a statement; a disk
 * that is full; a statement_timeout. Each time the program sees an error, and the pool recovers when the server is
 * back. (A changed schema is in test_drift.c, connections cut at every byte in test_proxy.c.)
 */
#include "books.h"

#include <stdio.h>

static querc_pool *pool;
static querc_conn *db;

static void control(const char *verb)
{
    char command[1024];
    snprintf(command, sizeof command, "'%s/scripts/pg-cluster' %s \"$PGHOST\" >/dev/null 2>&1", QUERC_SOURCE_DIR,
             verb);
    ck_assert_int_eq(system(command), 0);
}

static querc_conn *acquire(void)
{
    querc_conn *lent;
    querc_status status = querc_pool_acquire(pool, 20000, &lent);
    ck_assert_msg(status == QUERC_OK, "%s", querc_last_error(lent)->message);
    return lent;
}

static void setup(void)
{
    const querc_pool_options options = {.max_size = 2};
    ck_assert_int_eq(querc_pool_open("", &options, &pool), QUERC_OK);
    db = acquire();
    execute(db, "SET client_min_messages = warning");
    create_books(db);
}

static void teardown(void)
{
    querc_pool_release(db);
    querc_pool_close(pool);
}

/* The server is back, and so is the pool; the table has its thousand rows. */
static void check_recovery(void)
{
    Books books;
    querc_pool_release(db);
    control("restart");
    db = acquire();
    assert_status(db, QUERC_OK, querc_call_many(db, &list_books, NULL, &books));
    ck_assert_uint_eq(books.len, 1000);
    books_free(&books);
    assert_status(db, QUERC_OK, call_add_book(db, 9000, "as before", NULL, NULL));
}

typedef struct Number {
    int32_t i;
} Number;

static const querc_column number_columns[] = {{"i", &querc_type_int4, offsetof(Number, i), QUERC_NOT_NULL}};
static const querc_query numbers = {.name = "Numbers",
                                    .sql = "SELECT i FROM generate_series(1, 5000000) AS i",
                                    .statement = "querc_numbers",
                                    .columns = number_columns,
                                    .row_size = sizeof(Number),
                                    .owner_offset = QUERC_NO_OWNER,
                                    .column_count = 1,
                                    .read_only = true};

START_TEST(killed_in_mid_stream)
{
    querc_stream stream;
    Number number;
    querc_status status;
    int32_t rows = 0;
    assert_status(db, QUERC_OK, querc_call_open(db, &numbers, NULL, &stream));
    while ((status = querc_call_next(&stream, &numbers, &number)) == QUERC_ROW) {
        ck_assert_int_eq(number.i, ++rows);
        if (rows == 1000)
            control("crash");
    }
    ck_assert_int_eq(status, QUERC_CONNECTION);
    ck_assert_int_ge(rows, 1000);
    ck_assert_int_lt(rows, 5000000);
    querc_stream_close(&stream);
    check_recovery();
}
END_TEST

/* The process dies after it has sent a part of the rows. */
START_TEST(killed_in_mid_result)
{
    static const querc_query fatal = {
        .name = "Fatal",
        .sql = "SELECT CASE WHEN i = 50000 THEN pg_terminate_backend(pg_backend_pid())::int4 ELSE i END AS i"
               " FROM generate_series(1, 100000) AS i",
        .statement = "querc_fatal",
        .columns = number_columns,
        .row_size = sizeof(Number),
        .owner_offset = QUERC_NO_OWNER,
        .column_count = 1};
    struct {
        Number *items;
        size_t len;
        querc_owner *owner;
    } rows;
    assert_status(db, QUERC_CONNECTION, querc_call_many(db, &fatal, NULL, &rows));
    ck_assert_ptr_null(rows.items);
    control("crash");
    check_recovery();
}
END_TEST

typedef struct CopyItem {
    int64_t id;
    const char *title;
    const char *isbn;
    const querc_date *published;
} CopyItem;

static const uint32_t copy_offsets[] = {offsetof(CopyItem, id), offsetof(CopyItem, title), offsetof(CopyItem, isbn),
                                        offsetof(CopyItem, published)};
static const querc_copy copy_books = {.insert = &add_book,
                                      .sql = "COPY books (id, title, isbn, published) FROM STDIN (FORMAT binary)",
                                      .item = {copy_offsets, sizeof(CopyItem)}};

static querc_status next_item(void *context, void *item)
{
    int64_t *count = context;
    CopyItem *book = item;
    if (++*count == 20000)
        control("crash");
    if (*count > 400000)
        return QUERC_DONE;
    book->id = 10000 + *count;
    book->title = "copied";
    return QUERC_ROW;
}

START_TEST(killed_in_mid_copy)
{
    CopyItem item;
    int64_t count = 0;
    int64_t rows = -1;
    assert_status(db, QUERC_CONNECTION, querc_call_copyfrom_next(db, &copy_books, next_item, &count, &item, &rows));
    ck_assert_int_eq(rows, 0);
    ck_assert_int_ge(count, 20000);
    check_recovery();
}
END_TEST

static querc_status lose_the_server(querc_conn *on, void *context)
{
    int *runs = context;
    ++*runs;
    querc_status status = call_add_book(on, 9001, "lost", NULL, NULL);
    control("crash");
    return status == QUERC_OK ? call_add_book(on, 9002, "never", NULL, NULL) : status;
}

START_TEST(killed_in_a_transaction)
{
    int runs = 0;
    Book book;
    assert_status(db, QUERC_CONNECTION, querc_transaction(db, NULL, lose_the_server, &runs));
    ck_assert_int_eq(runs, 1);
    check_recovery();
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 9001, &book));
}
END_TEST

START_TEST(killed_between_prepare_and_execute)
{
    Book book;
    querc_conn *second = acquire();
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    control("crash");
    assert_status(db, QUERC_CONNECTION, call_get_book(db, 1, &book));
    ck_assert_ptr_null(book.title);
    /* No server: acquiring is an error, at once. */
    querc_pool_release(second);
    ck_assert_int_eq(querc_pool_acquire(pool, 5000, &second), QUERC_CONNECTION);
    querc_pool_release(second);
    check_recovery();
}
END_TEST

START_TEST(reset_after_a_crash)
{
    Book book;
    control("crash");
    assert_status(db, QUERC_CONNECTION, call_get_book(db, 1, &book));
    control("restart");
    /* libpq's own way back; statements are prepared again. */
    PQreset(querc_pgconn(db));
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

START_TEST(statement_timeout)
{
    static const querc_query slow = {.name = "Slow",
                                     .sql = "SELECT i FROM generate_series(1, 10) AS i, pg_sleep(30)",
                                     .statement = "querc_slow",
                                     .columns = number_columns,
                                     .row_size = sizeof(Number),
                                     .owner_offset = QUERC_NO_OWNER,
                                     .column_count = 1};
    Number number;
    querc_stream stream;
    Book book;
    execute(db, "SET statement_timeout = 100");
    assert_status(db, QUERC_CANCELED, querc_call_one(db, &slow, NULL, &number));
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "57014");
    assert_status(db, QUERC_CANCELED, querc_call_open(db, &slow, NULL, &stream));
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

/* A tablespace on a file system of a few megabytes, which takes root to mount. */
START_TEST(disk_full)
{
    if (system("mount -t tmpfs -o size=4m tmpfs /mnt 2>/dev/null") != 0) {
        fprintf(stderr, "disk_full: skipped, a small file system can't be mounted here\n");
        return;
    }
    if (system("mkdir /mnt/full && chown $(stat -c %u \"$PGHOST/data\") /mnt/full") != 0)
        ck_abort_msg("cannot prepare the file system");
    execute(db, "CREATE TABLESPACE full_disk LOCATION '/mnt/full'");
    execute(db, "CREATE TABLE big (id int8, title text, isbn text, published date) TABLESPACE full_disk");
    static const querc_query fill = {
        .name = "Fill",
        .sql = "INSERT INTO big SELECT i, repeat('x', 1000) FROM generate_series(1, $1::int8) AS i",
        .statement = "querc_fill",
        .params = id_param,
        .owner_offset = QUERC_NO_OWNER,
        .param_count = 1};
    const int64_t count = 20000;
    const void *const args[] = {&count};
    int64_t rows;
    Book book;
    querc_status status = querc_call_execrows(db, &fill, args, &rows);
    char sqlstate[6];
    memcpy(sqlstate, querc_last_error(db)->sqlstate, sizeof sqlstate);
    querc_status after = call_get_book(db, 1, &book);
    book_free(&book);
    querc_status again = call_add_book(db, 9003, "elsewhere there is room", NULL, NULL);
    execute(db, "DROP TABLE big");
    execute(db, "DROP TABLESPACE full_disk");
    ck_assert_int_eq(system("umount /mnt"), 0);
    ck_assert_int_eq(status, QUERC_ERROR);
    ck_assert_str_eq(sqlstate, "53100");
    ck_assert_int_eq(after, QUERC_OK);
    ck_assert_int_eq(again, QUERC_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("faults");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, killed_in_mid_stream);
    tcase_add_test(tests, killed_in_mid_result);
    tcase_add_test(tests, killed_in_mid_copy);
    tcase_add_test(tests, killed_in_a_transaction);
    tcase_add_test(tests, killed_between_prepare_and_execute);
    tcase_add_test(tests, reset_after_a_crash);
    tcase_add_test(tests, statement_timeout);
    tcase_add_test(tests, disk_full);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
