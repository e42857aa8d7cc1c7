/* The commands, streams, errors and transactions, against a server. */
#include "books.h"

#include <stdio.h>
#include <time.h>

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

START_TEST(one)
{
    Book book;
    assert_status(db, QUERC_OK, call_get_book(db, 7, &book));
    ck_assert_int_eq(book.id, 7);
    ck_assert_str_eq(book.title, "title 7");
    ck_assert_str_eq(book.isbn, "isbn 7");
    ck_assert(book.has_published && book.published.days == 7);
    Book kept = book;
    assert_status(db, QUERC_OK, call_get_book(db, 2, &book));
    ck_assert_ptr_null(book.isbn);
    book_free(&book);
    ck_assert_ptr_null(book.title);
    book_free(&book);
    /* A row outlives the connection. */
    assert_status(db, QUERC_OK, call_get_book(db, 3, &book));
    querc_close(db);
    ck_assert_str_eq(book.title, "title 3");
    ck_assert(!book.has_published && book.published.days == 0);
    ck_assert_str_eq(kept.title, "title 7");
    book_free(&book);
    book_free(&kept);
    db = open_db(NULL);
}
END_TEST

START_TEST(one_finds_none_or_many)
{
    static const querc_query any_book = {.name = "AnyBook",
                                         .sql = "SELECT id, title, isbn, published FROM books",
                                         .statement = "querc_any_book",
                                         .columns = book_columns,
                                         .row_size = sizeof(Book),
                                         .owner_offset = offsetof(Book, owner),
                                         .column_count = 4};
    static const Book zero;
    Book book;
    memset(&book, 0xAA, sizeof book);
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, -1, &book));
    ck_assert(memcmp(&book, &zero, sizeof book) == 0);
    ck_assert_int_eq(querc_last_error(db)->status, QUERC_NO_ROWS);
    ck_assert_str_eq(querc_last_error(db)->query, "GetBook");
    memset(&book, 0xAA, sizeof book);
    assert_status(db, QUERC_TOO_MANY_ROWS, querc_call_one(db, &any_book, NULL, &book));
    ck_assert(memcmp(&book, &zero, sizeof book) == 0);
    book_free(&book);
}
END_TEST

START_TEST(one_without_owner)
{
    typedef struct Count {
        int64_t count;
    } Count;
    static const querc_column columns[] = {{"count", &querc_type_int8, 0, QUERC_NOT_NULL}};
    static const querc_query count_books = {.name = "CountBooks",
                                            .sql = "SELECT count(*) FROM books",
                                            .statement = "querc_count_books",
                                            .columns = columns,
                                            .row_size = sizeof(Count),
                                            .owner_offset = QUERC_NO_OWNER,
                                            .column_count = 1};
    Count row;
    assert_status(db, QUERC_OK, querc_call_one(db, &count_books, NULL, &row));
    ck_assert_int_eq(row.count, 1000);
    querc_query wrong = get_book;
    wrong.owner_offset = QUERC_NO_OWNER;
    Book book;
    const int64_t id = 1;
    const void *const args[] = {&id};
    assert_status(db, QUERC_MISUSE, querc_call_one(db, &wrong, args, &book));
}
END_TEST

START_TEST(many)
{
    Books books;
    assert_status(db, QUERC_OK, querc_call_many(db, &list_books, NULL, &books));
    ck_assert_uint_eq(books.len, 1000);
    for (size_t i = 0; i < books.len; i++) {
        char title[32];
        snprintf(title, sizeof title, "title %zu", i + 1);
        ck_assert_int_eq(books.items[i].id, (int64_t)i + 1);
        ck_assert_str_eq(books.items[i].title, title);
        ck_assert((books.items[i].isbn == NULL) == (i == 1));
        ck_assert(books.items[i].has_published == (i != 2));
        ck_assert_ptr_null(books.items[i].owner);
    }
    /* Freeing an item frees nothing. */
    book_free(&books.items[0]);
    books_free(&books);
    ck_assert(books.items == NULL && books.len == 0);
    books_free(&books);
    execute(db, "DELETE FROM books");
    assert_status(db, QUERC_OK, querc_call_many(db, &list_books, NULL, &books));
    ck_assert(books.items == NULL && books.len == 0 && books.owner == NULL);
    books_free(&books);
}
END_TEST

START_TEST(exec_rows_and_result)
{
    int64_t rows = -1;
    const int64_t from = 991;
    const void *const args[] = {&from};
    querc_command command;
    assert_status(db, QUERC_OK, querc_call_exec(db, &touch_books, args));
    assert_status(db, QUERC_OK, querc_call_execrows(db, &touch_books, args, &rows));
    ck_assert_int_eq(rows, 10);
    assert_status(db, QUERC_OK, querc_call_execresult(db, &touch_books, args, &command));
    ck_assert_int_eq(command.rows, 10);
    ck_assert_str_eq(command.tag, "UPDATE 10");
    static const querc_query create = {
        .name = "C", .sql = "CREATE TABLE t ()", .statement = "querc_c", .owner_offset = QUERC_NO_OWNER};
    assert_status(db, QUERC_OK, querc_call_execrows(db, &create, NULL, &rows));
    ck_assert_int_eq(rows, 0);
}
END_TEST

/* --- streams ------------------------------------------------------------------------------------------------ */

START_TEST(stream_reads_all)
{
    querc_stream stream;
    Book book;
    int64_t count = 0;
    querc_status status;
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    while ((status = querc_call_next(&stream, &list_books, &book)) == QUERC_ROW) {
        ck_assert_int_eq(book.id, ++count);
        ck_assert_int_eq(strncmp(book.title, "title ", 6), 0);
        ck_assert_ptr_null(book.owner);
    }
    ck_assert_int_eq(status, QUERC_DONE);
    ck_assert_int_eq(count, 1000);
    /* The connection is free even before the stream is closed. */
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    ck_assert_int_eq(querc_call_next(&stream, &list_books, &book), QUERC_DONE);
    querc_stream_close(&stream);
    querc_stream_close(&stream);
    execute(db, "DELETE FROM books");
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    ck_assert_int_eq(querc_call_next(&stream, &list_books, &book), QUERC_DONE);
    querc_stream_close(&stream);
}
END_TEST

START_TEST(stream_has_the_connection)
{
    querc_stream stream, second;
    Book book;
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    assert_status(db, QUERC_MISUSE, call_get_book(db, 1, &book));
    assert_status(db, QUERC_MISUSE, querc_begin(db, NULL));
    assert_status(db, QUERC_MISUSE, querc_call_open(db, &list_books, NULL, &second));
    ck_assert_ptr_null(second.state);
    assert_status(db, QUERC_MISUSE, querc_call_next(&stream, &get_book, &book));
    ck_assert_int_eq(querc_call_next(&stream, &list_books, &book), QUERC_ROW);
    querc_stream_close(&stream);
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

START_TEST(stream_closed_early_stops_the_server)
{
    typedef struct Number {
        int64_t n;
    } Number;
    static const querc_column columns[] = {{"n", &querc_type_int8, 0, QUERC_NOT_NULL}};
    static const querc_query endless = {.name = "Endless",
                                        .sql =
                                            "WITH RECURSIVE t(n) AS (SELECT 1::int8 UNION ALL SELECT n + 1 FROM t)"
                                            " SELECT n FROM t",
                                        .statement = "querc_endless",
                                        .columns = columns,
                                        .row_size = sizeof(Number),
                                        .owner_offset = QUERC_NO_OWNER,
                                        .column_count = 1,
                                        .read_only = true};
    Number row;
    querc_stream stream;
    Book book;
    double start = now();
    assert_status(db, QUERC_OK, querc_call_open(db, &endless, NULL, &stream));
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(querc_call_next(&stream, &endless, &row), QUERC_ROW);
    ck_assert_int_eq(row.n, 10);
    querc_stream_close(&stream);
    ck_assert(now() - start < 20);
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

START_TEST(stream_closed_early_in_a_transaction_keeps_it)
{
    querc_stream stream;
    Book book;
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_OK, call_add_book(db, 5000, "new", NULL, NULL));
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    ck_assert_int_eq(querc_call_next(&stream, &list_books, &book), QUERC_ROW);
    querc_stream_close(&stream);
    assert_status(db, QUERC_OK, querc_commit(db));
    assert_status(db, QUERC_OK, call_get_book(db, 5000, &book));
    book_free(&book);
}
END_TEST

START_TEST(stream_errors)
{
    typedef struct Number {
        int32_t n;
    } Number;
    static const querc_column columns[] = {{"n", &querc_type_int4, 0, QUERC_NOT_NULL}};
    static const querc_query fails_late = {.name = "FailsLate",
                                           .sql = "SELECT 1 / (500 - n) AS n FROM generate_series(1, 1000) AS n",
                                           .statement = "querc_fails_late",
                                           .columns = columns,
                                           .row_size = sizeof(Number),
                                           .owner_offset = QUERC_NO_OWNER,
                                           .column_count = 1};
    static const querc_query null_late = {.name = "NullLate",
                                          .sql = "SELECT NULLIF(n, 3) AS n FROM generate_series(1, 1000) AS n",
                                          .statement = "querc_null_late",
                                          .columns = columns,
                                          .row_size = sizeof(Number),
                                          .owner_offset = QUERC_NO_OWNER,
                                          .column_count = 1};
    static const querc_query fails_at_once = {.name = "FailsAtOnce",
                                              .sql = "SELECT 1 / (n - n) AS n FROM generate_series(1, 3) AS n",
                                              .statement = "querc_fails_at_once",
                                              .columns = columns,
                                              .row_size = sizeof(Number),
                                              .owner_offset = QUERC_NO_OWNER,
                                              .column_count = 1};
    Number row;
    querc_stream stream;
    Book book;
    querc_status status;
    int count = 0;
    assert_status(db, QUERC_OK, querc_call_open(db, &fails_late, NULL, &stream));
    while ((status = querc_call_next(&stream, &fails_late, &row)) == QUERC_ROW)
        count++;
    ck_assert_int_eq(status, QUERC_ERROR);
    ck_assert_int_eq(count, 499);
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "22012");
    querc_stream_close(&stream);

    assert_status(db, QUERC_OK, querc_call_open(db, &null_late, NULL, &stream));
    ck_assert_int_eq(querc_call_next(&stream, &null_late, &row), QUERC_ROW);
    ck_assert_int_eq(querc_call_next(&stream, &null_late, &row), QUERC_ROW);
    ck_assert_int_eq(querc_call_next(&stream, &null_late, &row), QUERC_UNEXPECTED_NULL);
    assert_contains(querc_last_error(db)->message, "in row 3");
    querc_stream_close(&stream);

    assert_status(db, QUERC_ERROR, querc_call_open(db, &fails_at_once, NULL, &stream));
    ck_assert_ptr_null(stream.state);
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

/* --- errors ------------------------------------------------------------------------------------------------- */

START_TEST(violations_are_told_apart)
{
    const querc_error *error = querc_last_error(db);
    assert_status(db, QUERC_CONSTRAINT, call_add_book(db, 2000, "x", "isbn 5", NULL));
    ck_assert_int_eq(error->constraint_id, BOOKS_ISBN_KEY);
    ck_assert_str_eq(error->sqlstate, "23505");
    ck_assert_str_eq(error->constraint, "books_isbn_key");
    ck_assert_str_eq(error->table, "books");
    ck_assert_str_eq(error->schema, "public");
    ck_assert_str_eq(error->query, "AddBook");
    ck_assert_str_eq(error->message, "duplicate key value violates unique constraint \"books_isbn_key\"");
    ck_assert_str_eq(error->detail, "Key (isbn)=(isbn 5) already exists.");
    assert_status(db, QUERC_CONSTRAINT, call_add_book(db, 2000, "", NULL, NULL));
    ck_assert_int_eq(error->constraint_id, BOOKS_TITLE_CHECK);
    /* One that was not known at compile time. */
    assert_status(db, QUERC_CONSTRAINT, call_add_book(db, 1, "x", NULL, NULL));
    ck_assert_int_eq(error->constraint_id, 0);
    ck_assert_str_eq(error->constraint, "books_pkey");
    /* A domain's. */
    static const querc_param params[] = {{"y", &querc_type_int4, false}};
    static const querc_column year_columns[] = {{"year", &querc_type_int4, 0, QUERC_NOT_NULL}};
    static const querc_query to_year = {.name = "ToYear",
                                        .sql = "SELECT $1::int4::year",
                                        .statement = "querc_year",
                                        .schema = &book_schema,
                                        .params = params,
                                        .param_count = 1,
                                        .owner_offset = QUERC_NO_OWNER,
                                        .column_count = 1,
                                        .columns = year_columns};
    const int32_t year = -1;
    const void *const args[] = {&year};
    assert_status(db, QUERC_CONSTRAINT, querc_call_exec(db, &to_year, args));
    ck_assert_int_eq(error->constraint_id, YEAR_CHECK);
    ck_assert_str_eq(error->data_type, "year");
    /* A NOT NULL column has a column and no constraint. */
    static const querc_query no_title = {.name = "NoTitle",
                                         .sql = "INSERT INTO books VALUES (7000, NULL)",
                                         .statement = "querc_no_title",
                                         .schema = &book_schema,
                                         .owner_offset = QUERC_NO_OWNER};
    assert_status(db, QUERC_CONSTRAINT, querc_call_exec(db, &no_title, NULL));
    ck_assert_str_eq(error->column, "title");
    ck_assert_int_eq(error->constraint_id, 0);
    /* Success leaves the last error alone. */
    assert_status(db, QUERC_OK, call_add_book(db, 2000, "x", NULL, NULL));
    ck_assert_int_eq(error->status, QUERC_CONSTRAINT);
}
END_TEST

START_TEST(cancel_is_told_apart)
{
    static const querc_column sleep_columns[] = {{"pg_sleep", &querc_type_void, 0, QUERC_NOT_NULL}};
    static const querc_query sleep = {.name = "Sleep",
                                      .sql = "SELECT pg_sleep(60)",
                                      .statement = "querc_sleep",
                                      .owner_offset = QUERC_NO_OWNER,
                                      .column_count = 1,
                                      .columns = sleep_columns};
    execute(db, "SET statement_timeout = 50");
    assert_status(db, QUERC_CANCELED, querc_call_exec(db, &sleep, NULL));
    execute(db, "RESET statement_timeout");
}
END_TEST

START_TEST(lost_connection)
{
    querc_conn *other = open_db(NULL);
    char sql[64];
    Book book;
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)", PQbackendPID(querc_pgconn(db)));
    execute(other, sql);
    querc_close(other);
    assert_status(db, QUERC_CONNECTION, call_get_book(db, 1, &book));
    ck_assert_str_ne(querc_last_error(db)->message, "");
    assert_status(db, QUERC_CONNECTION, call_get_book(db, 1, &book));
    /* After PQreset the statements are prepared again by themselves. */
    PQreset(querc_pgconn(db));
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

/* --- transactions --------------------------------------------------------------------------------------------- */

static void assert_setting(const char *sql, const char *expected)
{
    PGresult *result = PQexec(querc_pgconn(db), sql);
    ck_assert_str_eq(PQgetvalue(result, 0, 0), expected);
    PQclear(result);
}

START_TEST(transaction_options)
{
    const querc_tx_options options = {.isolation = QUERC_SERIALIZABLE, .read_only = true, .deferrable = true};
    assert_status(db, QUERC_OK, querc_begin(db, &options));
    assert_setting("SHOW transaction_isolation", "serializable");
    assert_setting("SHOW transaction_read_only", "on");
    assert_setting("SHOW transaction_deferrable", "on");
    assert_status(db, QUERC_MISUSE, querc_begin(db, NULL));
    assert_status(db, QUERC_OK, querc_commit(db));
    assert_status(db, QUERC_MISUSE, querc_commit(db));
    ck_assert_int_eq(querc_rollback(db), QUERC_OK);
    const querc_tx_options repeatable = {.isolation = QUERC_REPEATABLE_READ};
    assert_status(db, QUERC_OK, querc_begin(db, &repeatable));
    assert_setting("SHOW transaction_isolation", "repeatable read");
    assert_setting("SHOW transaction_read_only", "off");
    ck_assert_int_eq(querc_rollback(db), QUERC_OK);
    const querc_tx_options unknown = {.isolation = (querc_isolation)77};
    assert_status(db, QUERC_MISUSE, querc_begin(db, &unknown));
}
END_TEST

START_TEST(savepoints)
{
    Book book;
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_OK, call_add_book(db, 3000, "kept", NULL, NULL));
    assert_status(db, QUERC_OK, querc_savepoint(db, "odd \"name\""));
    assert_status(db, QUERC_CONSTRAINT, call_add_book(db, 3000, "again", NULL, NULL));
    assert_status(db, QUERC_OK, querc_rollback_to(db, "odd \"name\""));
    assert_status(db, QUERC_OK, querc_release(db, "odd \"name\""));
    assert_status(db, QUERC_ERROR, querc_release(db, "odd \"name\""));
    /* COMMIT of a failed transaction is not success. */
    assert_status(db, QUERC_ERROR, querc_commit(db));
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "25P02");
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 3000, &book));
}
END_TEST

typedef struct Attempts {
    int count;
    int fail_times;
    const char *sqlstate;
} Attempts;

static querc_status body(querc_conn *conn, void *context)
{
    Attempts *attempts = context;
    querc_status status = call_add_book(conn, 4000 + attempts->count, "in transaction", NULL, NULL);
    if (status != QUERC_OK)
        return status;
    if (attempts->count++ >= attempts->fail_times)
        return QUERC_OK;
    char sql[160];
    snprintf(sql, sizeof sql, "DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '%s'; END $$",
             attempts->sqlstate);
    const querc_query raise = {.name = "Raise", .sql = sql, .statement = "", .owner_offset = QUERC_NO_OWNER};
    status = querc_call_exec(conn, &raise, NULL);
    querc_forget(conn); /* the descriptor is on the stack */
    return status;
}

START_TEST(transactions_are_retried)
{
    Book book;
    Attempts attempts = {0, 2, "40001"};
    assert_status(db, QUERC_OK, querc_transaction(db, NULL, body, &attempts));
    ck_assert_int_eq(attempts.count, 3);
    assert_status(db, QUERC_OK, call_get_book(db, 4002, &book));
    book_free(&book);
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 4001, &book));

    attempts = (Attempts){100, 101, "40P01"};
    assert_status(db, QUERC_OK, querc_transaction(db, NULL, body, &attempts));
    ck_assert_int_eq(attempts.count, 102);

    const querc_tx_options thrice = {.max_attempts = 3, .max_backoff_ms = 2};
    attempts = (Attempts){200, 1000, "40001"};
    assert_status(db, QUERC_RETRY, querc_transaction(db, &thrice, body, &attempts));
    ck_assert_int_eq(attempts.count, 203);
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "40001");
    ck_assert_str_eq(querc_last_error(db)->query, "Raise");
    ck_assert_int_eq(PQtransactionStatus(querc_pgconn(db)), PQTRANS_IDLE);

    attempts = (Attempts){300, 1000, "22012"};
    assert_status(db, QUERC_ERROR, querc_transaction(db, NULL, body, &attempts));
    ck_assert_int_eq(attempts.count, 301);
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 4300, &book));
}
END_TEST

static querc_status says_no(querc_conn *conn, void *context)
{
    (void)context;
    querc_status status = call_add_book(conn, 6000, "x", NULL, NULL);
    return status == QUERC_OK ? QUERC_NO_ROWS : status;
}

START_TEST(transaction_rolls_back_on_the_bodys_word)
{
    Book book;
    assert_status(db, QUERC_NO_ROWS, querc_transaction(db, NULL, says_no, NULL));
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 6000, &book));
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_MISUSE, querc_transaction(db, NULL, says_no, NULL));
    ck_assert_int_eq(PQtransactionStatus(querc_pgconn(db)), PQTRANS_INTRANS);
}
END_TEST

/* --- statements ------------------------------------------------------------------------------------------------
 */

START_TEST(statements_are_prepared_once)
{
    Book book;
    for (int i = 0; i < 5; i++) {
        assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
        book_free(&book);
    }
    assert_setting("SELECT count(*) FROM pg_prepared_statements", "1");
    assert_setting("SELECT generic_plans + custom_plans FROM pg_prepared_statements", "5");
    /* Thrown away behind our back. */
    execute(db, "DISCARD ALL");
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    execute(db, "DEALLOCATE ALL");
    querc_stream stream;
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    querc_stream_close(&stream);
    /* In a transaction the loss aborts it; the next use is right again. */
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    execute(db, "DEALLOCATE ALL");
    assert_status(db, QUERC_ERROR, querc_call_open(db, &list_books, NULL, &stream));
    ck_assert_int_eq(querc_rollback(db), QUERC_OK);
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    querc_stream_close(&stream);
}
END_TEST

START_TEST(unprepared_mode)
{
    const querc_options options = {.mode = QUERC_UNPREPARED};
    querc_conn *other = open_db(&options);
    Book book;
    Books books;
    querc_stream stream;
    assert_status(other, QUERC_OK, call_get_book(other, 7, &book));
    ck_assert_str_eq(book.title, "title 7");
    book_free(&book);
    assert_status(other, QUERC_OK, querc_call_many(other, &list_books, NULL, &books));
    books_free(&books);
    assert_status(other, QUERC_OK, querc_call_open(other, &list_books, NULL, &stream));
    ck_assert_int_eq(querc_call_next(&stream, &list_books, &book), QUERC_ROW);
    querc_stream_close(&stream);
    PGresult *result = PQexec(querc_pgconn(other), "SELECT FROM pg_prepared_statements");
    ck_assert_int_eq(PQntuples(result), 0);
    PQclear(result);
    /* The columns' types are compared with each result. */
    execute(other, "ALTER TABLE books ALTER COLUMN published TYPE timestamp");
    assert_status(other, QUERC_SCHEMA_DRIFT, call_get_book(other, 7, &book));
    assert_contains(querc_last_error(other)->message, "column \"published\"");
    querc_close(other);
}
END_TEST

START_TEST(wrapped_connections)
{
    PGconn *pg = PQconnectdb("");
    querc_conn *wrapped;
    Book book;
    ck_assert_int_eq(PQstatus(pg), CONNECTION_OK);
    for (int i = 0; i < 3; i++) {
        assert_status(wrapped, QUERC_OK, querc_wrap(pg, NULL, &wrapped));
        ck_assert_ptr_eq(querc_pgconn(wrapped), pg);
        assert_status(wrapped, QUERC_OK, call_get_book(wrapped, 7, &book));
        querc_close(wrapped);
        ck_assert_str_eq(book.title, "title 7");
        book_free(&book);
    }
    /* A statement that an earlier handle left does not abort a transaction. */
    PQclear(PQexec(pg, "BEGIN"));
    assert_status(wrapped, QUERC_OK, querc_wrap(pg, NULL, &wrapped));
    assert_status(wrapped, QUERC_OK, call_get_book(wrapped, 7, &book));
    book_free(&book);
    querc_forget(wrapped);
    assert_status(wrapped, QUERC_OK, call_get_book(wrapped, 7, &book));
    book_free(&book);
    assert_status(wrapped, QUERC_OK, querc_commit(wrapped));
    querc_close(wrapped);
    ck_assert_int_eq(PQstatus(pg), CONNECTION_OK);
    PQfinish(pg);
}
END_TEST

START_TEST(open_errors)
{
    querc_conn *other;
    assert_status(other, QUERC_CONNECTION, querc_open("dbname=there_is_none", NULL, &other));
    assert_contains(querc_last_error(other)->message, "there_is_none");
    querc_close(other);
    assert_status(other, QUERC_CONNECTION, querc_open("no such = option", NULL, &other));
    querc_close(other);
    assert_status(other, QUERC_OK, querc_open("client_encoding=LATIN1", NULL, &other));
    ck_assert_str_eq(PQparameterStatus(querc_pgconn(other), "client_encoding"), "LATIN1");
    querc_close(other);
    ck_assert_str_eq(PQparameterStatus(querc_pgconn(db), "client_encoding"), "UTF8");
}
END_TEST

START_TEST(many_parameters_and_statements)
{
    enum { COUNT = 200 };
    static querc_param params[COUNT];
    static char sql[COUNT * 16];
    int32_t numbers[COUNT];
    const void *args[COUNT];
    size_t len = (size_t)snprintf(sql, sizeof sql, "SELECT (0");
    for (int i = 0; i < COUNT; i++) {
        params[i] = (querc_param){"p", &querc_type_int4, false};
        numbers[i] = i;
        args[i] = &numbers[i];
        len += (size_t)snprintf(sql + len, sizeof sql - len, "+$%d::int4", i + 1);
    }
    snprintf(sql + len, sizeof sql - len, ")::int8 AS n");
    static const querc_column columns[] = {{"n", &querc_type_int8, 0, QUERC_NOT_NULL}};
    static querc_query queries[COUNT];
    static char names[COUNT][16];
    for (int i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "s%d", i);
        queries[i] = (querc_query){.name = "Sum",
                                   .sql = sql,
                                   .statement = names[i],
                                   .params = params,
                                   .columns = columns,
                                   .row_size = sizeof(int64_t),
                                   .param_count = COUNT,
                                   .column_count = 1,
                                   .owner_offset = QUERC_NO_OWNER};
        int64_t sum = 0;
        assert_status(db, QUERC_OK, querc_call_one(db, &queries[i], args, &sum));
        ck_assert_int_eq(sum, COUNT * (COUNT - 1) / 2);
    }
    assert_setting("SELECT count(*) FROM pg_prepared_statements", "200");
    int64_t sum = 0;
    assert_status(db, QUERC_OK, querc_call_one(db, &queries[0], args, &sum));
    assert_setting("SELECT count(*) FROM pg_prepared_statements", "200");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("calls");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, one);
    tcase_add_test(tests, one_finds_none_or_many);
    tcase_add_test(tests, one_without_owner);
    tcase_add_test(tests, many);
    tcase_add_test(tests, exec_rows_and_result);
    tcase_add_test(tests, stream_reads_all);
    tcase_add_test(tests, stream_has_the_connection);
    tcase_add_test(tests, stream_closed_early_stops_the_server);
    tcase_add_test(tests, stream_closed_early_in_a_transaction_keeps_it);
    tcase_add_test(tests, stream_errors);
    tcase_add_test(tests, violations_are_told_apart);
    tcase_add_test(tests, cancel_is_told_apart);
    tcase_add_test(tests, lost_connection);
    tcase_add_test(tests, transaction_options);
    tcase_add_test(tests, savepoints);
    tcase_add_test(tests, transactions_are_retried);
    tcase_add_test(tests, transaction_rolls_back_on_the_bodys_word);
    tcase_add_test(tests, statements_are_prepared_once);
    tcase_add_test(tests, unprepared_mode);
    tcase_add_test(tests, wrapped_connections);
    tcase_add_test(tests, open_errors);
    tcase_add_test(tests, many_parameters_and_statements);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
