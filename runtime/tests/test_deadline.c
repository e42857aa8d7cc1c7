/* Time-outs and deadlines: the server is cancelled and the connection survives; where nobody answers, the program
 * goes on without it. */
#include "books.h"

#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <netinet/in.h>

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

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const querc_param sleep_params[] = {{"seconds", &querc_type_float8, false}};
static const querc_query sleep_query = {.name = "Sleep",
                                        .sql = "SELECT pg_sleep($1)",
                                        .statement = "querc_sleep",
                                        .params = sleep_params,
                                        .columns = &(const querc_column){"pg_sleep", &querc_type_void, 0, 0},
                                        .owner_offset = QUERC_NO_OWNER,
                                        .param_count = 1,
                                        .column_count = 1};

static querc_status call_sleep(querc_conn *on, double duration)
{
    const void *const args[] = {&duration};
    return querc_call_exec(on, &sleep_query, args);
}

static void check_usable(querc_conn *on)
{
    Book book;
    assert_status(on, QUERC_OK, call_get_book(on, 1, &book));
    ck_assert_int_eq(book.id, 1);
    book_free(&book);
}

START_TEST(time_out_cancels_and_the_connection_lives)
{
    ck_assert_int_eq(querc_set_timeout(db, 150), 0);
    for (int i = 0; i < 3; i++) {
        double start = seconds();
        assert_status(db, QUERC_TIMEOUT, call_sleep(db, 30));
        ck_assert_double_lt(seconds() - start, 10);
        ck_assert_double_ge(seconds() - start, 0.14);
        ck_assert_str_eq(querc_last_error(db)->sqlstate, "57014");
        ck_assert_str_eq(querc_last_error(db)->query, "Sleep");
        assert_contains(querc_last_error(db)->message, "time-out");
        querc_set_timeout(db, 10000);
        check_usable(db);
        ck_assert_int_eq(querc_set_timeout(db, 150), 10000);
    }
    /* The server has nothing to do any more. */
    PGresult *result =
        PQexec(querc_pgconn(db), "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'");
    ck_assert_str_eq(PQgetvalue(result, 0, 0), "0");
    PQclear(result);
}
END_TEST

START_TEST(options_have_the_time_out)
{
    const querc_options options = {.timeout_ms = 100};
    querc_conn *other = open_db(&options);
    assert_status(other, QUERC_TIMEOUT, call_sleep(other, 30));
    querc_set_timeout(other, 0);
    assert_status(other, QUERC_OK, call_sleep(other, 0.2));
    querc_close(other);
}
END_TEST

START_TEST(deadline_is_for_all_calls)
{
    double start = seconds();
    querc_set_deadline(db, 400);
    querc_status status = QUERC_OK;
    int calls = 0;
    while (status == QUERC_OK && calls < 100) {
        status = call_sleep(db, 0.05);
        calls++;
    }
    ck_assert_int_eq(status, QUERC_TIMEOUT);
    ck_assert_int_le(calls, 9);
    ck_assert_double_lt(seconds() - start, 10);
    /* Later ones fail without asking the server. */
    Book book;
    assert_status(db, QUERC_TIMEOUT, call_get_book(db, 1, &book));
    querc_set_deadline(db, 0);
    check_usable(db);
}
END_TEST

static querc_status slow_body(querc_conn *on, void *context)
{
    (void)context;
    querc_status status = call_add_book(on, 5000, "too late", NULL, NULL);
    return status == QUERC_OK ? call_sleep(on, 30) : status;
}

START_TEST(transaction_is_rolled_back_past_the_deadline)
{
    querc_set_deadline(db, 300);
    assert_status(db, QUERC_TIMEOUT, querc_transaction(db, NULL, slow_body, NULL));
    ck_assert_int_eq(PQtransactionStatus(querc_pgconn(db)), PQTRANS_IDLE);
    querc_set_deadline(db, 0);
    Book book;
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, 5000, &book));
}
END_TEST

typedef struct Tick {
    int32_t i;
} Tick;

static const querc_column tick_columns[] = {{"i", &querc_type_int4, offsetof(Tick, i), QUERC_NOT_NULL},
                                            {"pg_sleep", &querc_type_void, 0, QUERC_NULL_IS_ZERO}};
static const querc_query ticks = {.name = "Ticks",
                                  .sql = "SELECT i, pg_sleep(i / 20.0) FROM generate_series(1, 100) AS i",
                                  .statement = "querc_ticks",
                                  .columns = tick_columns,
                                  .row_size = sizeof(Tick),
                                  .owner_offset = QUERC_NO_OWNER,
                                  .column_count = 2};

START_TEST(stream_times_out_by_the_row)
{
    querc_stream stream;
    Tick tick;
    querc_status status;
    int32_t rows = 0;
    /* The server sends rows when it has a buffer full, or at the end: so this times out at the first. */
    querc_set_timeout(db, 300);
    status = querc_call_open(db, &ticks, NULL, &stream);
    while (status == QUERC_OK || status == QUERC_ROW) {
        status = querc_call_next(&stream, &ticks, &tick);
        rows++;
    }
    ck_assert_int_eq(status, QUERC_TIMEOUT);
    ck_assert_int_lt(rows, 100);
    querc_stream_close(&stream);
    check_usable(db);
}
END_TEST

START_TEST(stream_is_not_timed_out_while_it_flows)
{
    static const querc_column columns[] = {{"i", &querc_type_int4, offsetof(Tick, i), QUERC_NOT_NULL}};
    static const querc_query numbers = {.name = "Numbers",
                                        .sql = "SELECT i FROM generate_series(1, 50000) AS i",
                                        .statement = "querc_numbers",
                                        .columns = columns,
                                        .row_size = sizeof(Tick),
                                        .owner_offset = QUERC_NO_OWNER,
                                        .column_count = 1};
    querc_stream stream;
    Tick tick;
    querc_status status;
    int32_t rows = 0;
    querc_set_timeout(db, 20000);
    assert_status(db, QUERC_OK, querc_call_open(db, &numbers, NULL, &stream));
    while ((status = querc_call_next(&stream, &numbers, &tick)) == QUERC_ROW)
        ck_assert_int_eq(tick.i, ++rows);
    ck_assert_int_eq(status, QUERC_DONE);
    ck_assert_int_eq(rows, 50000);
    querc_stream_close(&stream);
}
END_TEST

/* Large arguments and large results while a deadline is set go through the calls that do not block. */
START_TEST(large_values_in_time)
{
    typedef struct Length {
        int32_t len;
    } Length;
    static const querc_column columns[] = {{"len", &querc_type_int4, offsetof(Length, len), QUERC_NOT_NULL}};
    static const querc_param params[] = {{"text", &querc_type_text, false}};
    static const querc_query measure = {.name = "Measure",
                                        .sql = "SELECT length($1::text) AS len",
                                        .statement = "querc_measure",
                                        .params = params,
                                        .columns = columns,
                                        .row_size = sizeof(Length),
                                        .owner_offset = QUERC_NO_OWNER,
                                        .param_count = 1,
                                        .column_count = 1};
    enum { SIZE = 8 << 20 };
    char *text = malloc(SIZE + 1);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    const void *const args[] = {text};
    Length length;
    querc_set_timeout(db, 60000);
    assert_status(db, QUERC_OK, querc_call_one(db, &measure, args, &length));
    ck_assert_int_eq(length.len, SIZE);
    free(text);
}
END_TEST

/* The process of the server behind a connection. Stopped, it is what a machine that hangs looks like. */
static void stop_server_process(querc_conn *on, int signal)
{
    int pid = PQbackendPID(querc_pgconn(on));
    ck_assert_int_gt(pid, 1);
    ck_assert_msg(kill(pid, signal) == 0, "cannot signal the server's process");
}

START_TEST(server_that_hangs_costs_the_connection_only)
{
    const querc_options options = {.timeout_ms = 200, .grace_ms = 300};
    querc_conn *other = open_db(&options);
    check_usable(other);
    int pid = PQbackendPID(querc_pgconn(other));
    stop_server_process(other, SIGSTOP);
    double start = seconds();
    Book book;
    assert_status(other, QUERC_TIMEOUT, call_get_book(other, 2, &book));
    ck_assert_double_lt(seconds() - start, 10);
    ck_assert_str_eq(querc_last_error(other)->sqlstate, "08006");
    ck_assert_int_eq(PQstatus(querc_pgconn(other)), CONNECTION_BAD);
    assert_status(other, QUERC_CONNECTION, call_get_book(other, 2, &book));
    kill(pid, SIGCONT);
    querc_close(other);
}
END_TEST

START_TEST(server_that_does_not_read_costs_the_connection_only)
{
    enum { SIZE = 16 << 20 };
    const querc_options options = {.timeout_ms = 200, .grace_ms = 300};
    querc_conn *other = open_db(&options);
    char *text = malloc(SIZE + 1);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    assert_status(other, QUERC_OK, call_add_book(other, 6000, "small", NULL, NULL));
    int pid = PQbackendPID(querc_pgconn(other));
    stop_server_process(other, SIGSTOP);
    double start = seconds();
    assert_status(other, QUERC_TIMEOUT, call_add_book(other, 6001, text, NULL, NULL));
    ck_assert_double_lt(seconds() - start, 10);
    ck_assert_int_eq(PQstatus(querc_pgconn(other)), CONNECTION_BAD);
    kill(pid, SIGCONT);
    querc_close(other);
    free(text);
}
END_TEST

/* A port where nobody ever answers. */
static int silent_port(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(listen(fd, 16), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return fd;
}

START_TEST(opening_has_a_time_out)
{
    const querc_options options = {.connect_timeout_ms = 200};
    int port;
    int fd = silent_port(&port);
    char conninfo[128];
    snprintf(conninfo, sizeof conninfo, "hostaddr=127.0.0.1 port=%d user=nobody sslmode=disable gssencmode=disable",
             port);
    querc_conn *other;
    double start = seconds();
    ck_assert_int_eq(querc_open(conninfo, &options, &other), QUERC_TIMEOUT);
    ck_assert_double_lt(seconds() - start, 10);
    assert_contains(querc_last_error(other)->message, "200 ms");
    querc_close(other);
    close(fd);
    /* It does not get in the way of one that works, nor of another error. */
    const querc_options long_enough = {.connect_timeout_ms = 20000};
    other = open_db(&long_enough);
    check_usable(other);
    querc_close(other);
    ck_assert_int_eq(querc_open("host=/nonexistent", &long_enough, &other), QUERC_CONNECTION);
    querc_close(other);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deadlines");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, time_out_cancels_and_the_connection_lives);
    tcase_add_test(tests, options_have_the_time_out);
    tcase_add_test(tests, deadline_is_for_all_calls);
    tcase_add_test(tests, transaction_is_rolled_back_past_the_deadline);
    tcase_add_test(tests, stream_times_out_by_the_row);
    tcase_add_test(tests, stream_is_not_timed_out_while_it_flows);
    tcase_add_test(tests, large_values_in_time);
    tcase_add_test(tests, server_that_hangs_costs_the_connection_only);
    tcase_add_test(tests, server_that_does_not_read_costs_the_connection_only);
    tcase_add_test(tests, opening_has_a_time_out);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
