/* Behind PgBouncer in transaction mode, of a version that does not know prepared statements (Debian 12 has 1.18) or
 * of one that does: with few servers for many connections, so that a statement is often on another one. */
#include "books.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { THREADS = 8, ROUNDS = 60 };

static querc_options options;
static atomic_int failures;

static void note(querc_conn *db, querc_status status, querc_status expected)
{
    if (status == expected)
        return;
    fprintf(stderr, "%s: %s\n", querc_status_name(status), querc_last_error(db)->message);
    atomic_fetch_add(&failures, 1);
}

typedef struct Transfer {
    int64_t id;
    int tries;
} Transfer;

static querc_status add_and_read(querc_conn *db, void *context)
{
    Transfer *transfer = context;
    Book book;
    transfer->tries++;
    querc_status status = call_add_book(db, transfer->id, "of a transaction", NULL, NULL);
    if (status == QUERC_OK)
        status = call_get_book(db, transfer->id, &book);
    if (status == QUERC_OK)
        book_free(&book);
    return status;
}

static void *use(void *argument)
{
    int64_t number = *(const int64_t *)argument;
    querc_conn *db;
    querc_status opened = querc_open("", &options, &db);
    note(db, opened, QUERC_OK);
    for (int64_t i = 0; opened == QUERC_OK && i < ROUNDS; i++) {
        Book book;
        Books books;
        Transfer transfer = {10000 + number * ROUNDS + i, 0};
        note(db, call_get_book(db, i + 1, &book), QUERC_OK);
        book_free(&book);
        note(db, querc_transaction(db, NULL, add_and_read, &transfer), QUERC_OK);
        note(db, call_add_book(db, i + 1, "duplicate", NULL, NULL), QUERC_CONSTRAINT);
        if (i % 20 == 0) {
            note(db, querc_call_many(db, &list_books, NULL, &books), QUERC_OK);
            books_free(&books);
        }
    }
    querc_close(db);
    return NULL;
}

START_TEST(many_connections_on_few_servers)
{
    pthread_t threads[THREADS];
    int64_t numbers[THREADS];
    char direct[512];
    options = (querc_options){.mode = _i == 0 ? QUERC_PREPARED : QUERC_UNPREPARED, .skip_drift_check = _i == 2};
    if (_i == 2)
        options.mode = QUERC_PREPARED;
    snprintf(direct, sizeof direct, "host=%s port=%s", getenv("DIRECT_HOST"), getenv("DIRECT_PORT"));
    querc_conn *db;
    ck_assert_int_eq(querc_open(direct, NULL, &db), QUERC_OK);
    execute(db, "SET client_min_messages = warning");
    create_books(db);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, use, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    ck_assert_int_eq(atomic_load(&failures), 0);
    PGresult *result = PQexec(querc_pgconn(db), "SELECT count(*) FROM books WHERE id >= 10000");
    ck_assert_int_eq(strtol(PQgetvalue(result, 0, 0), NULL, 10), THREADS * ROUNDS);
    PQclear(result);
    querc_close(db);
}
END_TEST

/* A time-out's cancellation goes through the pooler. */
START_TEST(cancellation)
{
    static const querc_column columns[] = {{"pg_sleep", &querc_type_void, 0, 0}};
    static const querc_query sleep_query = {.name = "Sleep",
                                            .sql = "SELECT pg_sleep(30)",
                                            .statement = "querc_sleep_long",
                                            .columns = columns,
                                            .owner_offset = QUERC_NO_OWNER,
                                            .column_count = 1};
    Book book;
    querc_conn *db;
    options = (querc_options){.mode = QUERC_UNPREPARED, .timeout_ms = 200, .grace_ms = 20000};
    ck_assert_int_eq(querc_open("", &options, &db), QUERC_OK);
    assert_status(db, QUERC_TIMEOUT, querc_call_exec(db, &sleep_query, NULL));
    querc_set_timeout(db, 20000);
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    querc_close(db);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pgbouncer");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, many_connections_on_few_servers, 0, 3);
    tcase_add_test(tests, cancellation);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
