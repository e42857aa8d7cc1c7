/* The pool: bounds, order, time-outs, repair. */
#include "books.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static void sleep_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static querc_pool *open_pool(const querc_pool_options *options)
{
    querc_pool *pool;
    ck_assert_int_eq(querc_pool_open("", options, &pool), QUERC_OK);
    return pool;
}

static querc_conn *acquire(querc_pool *pool, int timeout_ms)
{
    querc_conn *db;
    querc_status status = querc_pool_acquire(pool, timeout_ms, &db);
    ck_assert_msg(status == QUERC_OK, "%s: %s", querc_status_name(status), querc_last_error(db)->message);
    return db;
}

static querc_pool_statistics statistics_of(querc_pool *pool)
{
    querc_pool_statistics statistics;
    querc_pool_get_statistics(pool, &statistics);
    return statistics;
}

static void use(querc_conn *db)
{
    Book book;
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}

static void setup(void)
{
    querc_conn *db = open_db(NULL);
    create_books(db);
    querc_close(db);
}

START_TEST(connections_are_used_again)
{
    querc_pool *pool = open_pool(NULL);
    querc_conn *first = acquire(pool, 1000);
    use(first);
    querc_pool_release(first);
    querc_conn *second = acquire(pool, 1000);
    ck_assert_ptr_eq(first, second);
    use(second);
    querc_conn *third = acquire(pool, 1000);
    ck_assert_ptr_ne(second, third);
    querc_pool_statistics s = statistics_of(pool);
    ck_assert_int_eq(s.size, 2);
    ck_assert_int_eq(s.lent, 2);
    ck_assert_int_eq((int)s.acquired, 3);
    ck_assert_int_eq((int)s.opened, 2);
    querc_pool_release(second);
    querc_pool_release(third);
    querc_pool_release(NULL);
    ck_assert_int_eq(statistics_of(pool).idle, 2);
    querc_pool_close(pool);
    querc_pool_close(NULL);
}
END_TEST

START_TEST(size_is_bounded_and_waiting_ends)
{
    const querc_pool_options options = {.max_size = 1};
    querc_pool *pool = open_pool(&options);
    querc_conn *db = acquire(pool, -1);
    querc_conn *none;
    ck_assert_int_eq(querc_pool_acquire(pool, 0, &none), QUERC_TIMEOUT);
    ck_assert_str_eq(querc_last_error(none)->sqlstate, "53300");
    querc_pool_release(none);
    double start = seconds();
    ck_assert_int_eq(querc_pool_acquire(pool, 100, &none), QUERC_TIMEOUT);
    ck_assert_double_ge(seconds() - start, 0.09);
    ck_assert_double_lt(seconds() - start, 10);
    querc_close(none);
    querc_pool_statistics s = statistics_of(pool);
    ck_assert_int_eq((int)s.timeouts, 2);
    ck_assert_int_eq(s.waiting, 0);
    querc_pool_release(db);
    querc_pool_release(acquire(pool, 0));
    querc_pool_close(pool);
}
END_TEST

/* Borrowers stand in a line: with one connection they get it in the order in which they came. */
typedef struct Line {
    querc_pool *pool;
    atomic_int next_turn;
} Line;

typedef struct Place {
    Line *line;
    int number;
    int turn;
} Place;

static void *stand_in_line(void *argument)
{
    Place *place = argument;
    querc_conn *db = NULL;
    if (querc_pool_acquire(place->line->pool, 60000, &db) == QUERC_OK)
        place->turn = atomic_fetch_add(&place->line->next_turn, 1);
    querc_pool_release(db);
    return NULL;
}

START_TEST(who_comes_first_is_served_first)
{
    enum { THREADS = 8 };
    const querc_pool_options options = {.max_size = 1};
    Line line = {.pool = open_pool(&options)};
    Place places[THREADS];
    pthread_t threads[THREADS];
    querc_conn *db = acquire(line.pool, 1000);
    for (int i = 0; i < THREADS; i++) {
        places[i] = (Place){&line, i, -1};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, stand_in_line, &places[i]), 0);
        while (statistics_of(line.pool).waiting <= i)
            sleep_ms(1);
    }
    querc_pool_release(db);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(places[i].turn, i);
    }
    querc_pool_statistics s = statistics_of(line.pool);
    ck_assert_int_eq((int)s.opened, 1);
    ck_assert_int_eq((int)s.waited, THREADS);
    ck_assert(s.wait_usec > 0);
    querc_pool_close(line.pool);
}
END_TEST

/* Many threads, few connections, some of which are thrown away or come back in a bad state. The line keeps it
 * fair: nobody gets much more than anybody else. */
enum { WORKERS = 8, ROUNDS = 150 };

typedef struct Worker {
    querc_pool *pool;
    unsigned seed;
    int served;
    int failures;
    atomic_int *lent;
    atomic_int *most;
} Worker;

static void *work(void *argument)
{
    Worker *worker = argument;
    for (int i = 0; i < ROUNDS; i++) {
        querc_conn *db;
        Book book;
        if (querc_pool_acquire(worker->pool, 60000, &db) != QUERC_OK) {
            worker->failures++;
            querc_pool_release(db);
            continue;
        }
        worker->served++;
        int lent = atomic_fetch_add(worker->lent, 1) + 1;
        if (lent > atomic_load(worker->most))
            atomic_store(worker->most, lent);
        worker->seed = worker->seed * 1103515245 + 12345;
        unsigned what = worker->seed >> 16 & 31;
        if (call_get_book(db, i % 1000 + 1, &book) != QUERC_OK || book.id != i % 1000 + 1)
            worker->failures++;
        book_free(&book);
        if (what < 4 && querc_begin(db, NULL) != QUERC_OK)
            worker->failures++;
        atomic_fetch_sub(worker->lent, 1);
        if (what == 31)
            querc_close(db);
        else
            querc_pool_release(db);
    }
    return NULL;
}

START_TEST(contention)
{
    const querc_pool_options options = {.max_size = 3, .max_lifetime_ms = 200, .max_idle_ms = 1};
    querc_pool *pool = open_pool(&options);
    Worker workers[WORKERS];
    pthread_t threads[WORKERS];
    atomic_int lent = 0;
    atomic_int most = 0;
    for (unsigned i = 0; i < WORKERS; i++) {
        workers[i] = (Worker){pool, i + 1, 0, 0, &lent, &most};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < WORKERS; i++) {
        ck_assert_int_eq(workers[i].failures, 0);
        ck_assert_int_eq(workers[i].served, ROUNDS);
    }
    ck_assert_int_le(atomic_load(&most), 3);
    querc_pool_statistics s = statistics_of(pool);
    ck_assert_int_le(s.size, 3);
    ck_assert_int_eq(s.lent, 0);
    ck_assert_int_eq((int)s.acquired, WORKERS * ROUNDS);
    ck_assert_int_gt((int)s.closed_broken, 0); /* those that were closed by querc_close */
    ck_assert_int_eq((int)(s.opened - s.closed_broken - s.closed_expired - s.closed_idle), s.size);
    querc_pool_close(pool);
}
END_TEST

START_TEST(returned_connections_are_clean)
{
    const querc_pool_options options = {
        .max_size = 1, .reset_sql = "RESET ALL", .connection = {.timeout_ms = 30000}};
    querc_pool *pool = open_pool(&options);
    querc_conn *db = acquire(pool, 1000);
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_OK, call_add_book(db, 7000, "never", NULL, NULL));
    execute(db, "SET work_mem = '64kB'");
    querc_set_timeout(db, 5);
    querc_set_deadline(db, 1);
    querc_pool_release(db);
    querc_conn *again = acquire(pool, 1000);
    ck_assert_ptr_eq(db, again);
    ck_assert_int_eq(PQtransactionStatus(querc_pgconn(again)), PQTRANS_IDLE);
    Book book;
    assert_status(again, QUERC_NO_ROWS, call_get_book(again, 7000, &book));
    PGresult *result = PQexec(querc_pgconn(again), "SHOW work_mem");
    ck_assert_str_ne(PQgetvalue(result, 0, 0), "64kB");
    PQclear(result);
    ck_assert_int_eq(querc_set_timeout(again, 0), 30000);
    querc_pool_release(again);
    querc_pool_close(pool);
}
END_TEST

static void terminate_all(void)
{
    querc_conn *admin = open_db(NULL);
    execute(admin, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                   " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    querc_close(admin);
}

START_TEST(dead_connections_are_replaced)
{
    const querc_pool_options options = {.max_size = 3};
    querc_pool *pool = open_pool(&options);
    querc_conn *all[3];
    for (int i = 0; i < 3; i++) {
        all[i] = acquire(pool, 1000);
        use(all[i]);
    }
    querc_pool_release(all[1]);
    querc_pool_release(all[2]);
    terminate_all();
    /* The one in use fails, and is not kept. */
    Book book;
    assert_status(all[0], QUERC_CONNECTION, call_get_book(all[0], 1, &book));
    querc_pool_release(all[0]);
    for (int i = 0; i < 3; i++) {
        all[i] = acquire(pool, 5000);
        use(all[i]);
    }
    for (int i = 0; i < 3; i++)
        querc_pool_release(all[i]);
    querc_pool_statistics s = statistics_of(pool);
    ck_assert_int_eq((int)s.closed_broken, 3);
    ck_assert_int_eq((int)s.opened, 6);
    ck_assert_int_eq(s.size, 3);
    querc_pool_close(pool);
}
END_TEST

/* A connection whose server hangs is found out when it was idle for long enough to be asked. */
START_TEST(silent_connections_are_replaced)
{
    const querc_pool_options options = {.max_size = 1, .check_after_ms = 1};
    querc_pool *pool = open_pool(&options);
    querc_conn *db = acquire(pool, 1000);
    int pid = PQbackendPID(querc_pgconn(db));
    querc_pool_release(db);
    ck_assert_int_eq(kill(pid, SIGSTOP), 0);
    sleep_ms(20);
    /* This time is too short for asking, giving up and opening another, */
    querc_conn *none;
    querc_status status = querc_pool_acquire(pool, 300, &none);
    querc_pool_release(none);
    /* but by now it is known. */
    db = acquire(pool, 20000);
    ck_assert_int_ne(PQbackendPID(querc_pgconn(db)), pid);
    use(db);
    querc_pool_release(db);
    kill(pid, SIGCONT);
    ck_assert(status == QUERC_OK || status == QUERC_TIMEOUT);
    ck_assert_int_eq((int)statistics_of(pool).closed_broken, 1);
    querc_pool_close(pool);
}
END_TEST

START_TEST(old_and_idle_ones_are_closed)
{
    const querc_pool_options options = {.max_size = 4, .max_lifetime_ms = 100, .min_idle = 1, .max_idle_ms = 1};
    querc_pool *pool = open_pool(&options);
    querc_conn *all[3];
    for (int i = 0; i < 3; i++)
        all[i] = acquire(pool, 1000);
    for (int i = 0; i < 3; i++)
        querc_pool_release(all[i]);
    sleep_ms(150);
    use(all[0] = acquire(pool, 1000));
    querc_pool_statistics s = statistics_of(pool);
    ck_assert_int_ge((int)s.closed_expired, 1);
    ck_assert_int_ge((int)s.closed_idle, 1);
    ck_assert_int_le(s.size, 2);
    querc_pool_release(all[0]);
    querc_pool_close(pool);
}
END_TEST

static querc_status set_name(querc_conn *db, void *context)
{
    int *times = context;
    (*times)++;
    if (*times == 2)
        return call_add_book(db, 1, "duplicate", NULL, NULL);
    execute(db, "SET application_name = 'of the pool'");
    return QUERC_OK;
}

START_TEST(setup_runs_once_a_connection)
{
    int times = 0;
    const querc_pool_options options = {.setup = set_name, .context = &times};
    querc_pool *pool = open_pool(&options);
    querc_conn *db = acquire(pool, 1000);
    ck_assert_str_eq(PQparameterStatus(querc_pgconn(db), "application_name"), "of the pool");
    querc_conn *failed;
    ck_assert_int_eq(querc_pool_acquire(pool, 1000, &failed), QUERC_CONSTRAINT);
    ck_assert_str_eq(querc_last_error(failed)->sqlstate, "23505");
    querc_pool_release(failed);
    querc_pool_release(db);
    querc_pool_release(acquire(pool, 1000));
    ck_assert_int_eq(times, 2);
    ck_assert_int_eq(statistics_of(pool).size, 1);
    querc_pool_close(pool);
}
END_TEST

START_TEST(no_server_is_an_error_each_time)
{
    querc_pool *pool;
    querc_conn *db;
    ck_assert_int_eq(querc_pool_open("host=/nonexistent", NULL, &pool), QUERC_OK);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(querc_pool_acquire(pool, 1000, &db), QUERC_CONNECTION);
        ck_assert_str_eq(querc_last_error(db)->sqlstate, "08001");
        querc_pool_release(db);
    }
    ck_assert_int_eq(statistics_of(pool).size, 0);
    ck_assert_int_eq((int)statistics_of(pool).open_failures, 20);
    querc_pool_close(pool);
}
END_TEST

START_TEST(closing_waits_for_nobody)
{
    const querc_pool_options options = {.max_size = 1};
    Line line = {.pool = open_pool(&options)};
    Place place = {&line, 0, -1};
    pthread_t thread;
    querc_conn *db = acquire(line.pool, 1000);
    ck_assert_int_eq(pthread_create(&thread, NULL, stand_in_line, &place), 0);
    while (statistics_of(line.pool).waiting == 0)
        sleep_ms(1);
    querc_pool_close(line.pool);
    pthread_join(thread, NULL);
    ck_assert_int_eq(place.turn, -1);
    use(db);
    querc_pool_release(db); /* and with it the pool's memory */
}
END_TEST

START_TEST(memory_may_run_out)
{
    bool failed = true;
    for (long fail_at = 1; failed; fail_at++) {
        Meter meter;
        const querc_allocator allocator = metered(&meter);
        const querc_pool_options options = {.reset_sql = "RESET ALL", .connection = {.allocator = &allocator}};
        querc_pool *pool;
        querc_conn *db;
        meter.fail_at = fail_at;
        querc_status status = querc_pool_open("", &options, &pool);
        if (status == QUERC_OK) {
            status = querc_pool_acquire(pool, 1000, &db);
            querc_pool_release(db);
        }
        querc_pool_close(pool);
        failed = meter.total >= fail_at;
        ck_assert_int_eq(status, failed ? QUERC_NO_MEMORY : QUERC_OK);
        ck_assert_int_eq(meter.live, 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pool");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, connections_are_used_again);
    tcase_add_test(tests, size_is_bounded_and_waiting_ends);
    tcase_add_test(tests, who_comes_first_is_served_first);
    tcase_add_test(tests, contention);
    tcase_add_test(tests, returned_connections_are_clean);
    tcase_add_test(tests, dead_connections_are_replaced);
    tcase_add_test(tests, silent_connections_are_replaced);
    tcase_add_test(tests, old_and_idle_ones_are_closed);
    tcase_add_test(tests, setup_runs_once_a_connection);
    tcase_add_test(tests, no_server_is_an_error_each_time);
    tcase_add_test(tests, closing_waits_for_nobody);
    tcase_add_test(tests, memory_may_run_out);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
