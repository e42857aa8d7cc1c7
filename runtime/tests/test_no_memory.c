/*
 * No memory, at every allocation of a run, be it libquerc's or libpq's: this program's malloc fails the n-th time
 * it is called, or from the n-th time on, for n from 1 until a run goes through. The program sees an error or
 * nothing of it; nothing is lost, and connection and pool work again as soon as there is memory. (test_memory.c
 * does the same for the allocator that a program can give to libquerc, under the sanitizers.)
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define WORKLOAD_WAIT_MS 300
#include "workload.h"

/* --- malloc ----------------------------------------------------------------------------------------------------
 */

/* glibc's own, which does not mind being called from a malloc that stands before it. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

/* A malloc is told nothing but a size, so what it is to do has to be here. */
static atomic_bool armed;
static atomic_bool for_good; /* from the n-th on */
static atomic_long allocations;
static atomic_long fail_at;
static atomic_long live;

static bool refuses(void)
{
    if (!atomic_load(&armed))
        return false;
    long n = atomic_fetch_add(&allocations, 1) + 1;
    return n == fail_at || (for_good && n > fail_at);
}

static void *counted(void *memory)
{
    if (memory != NULL)
        atomic_fetch_add(&live, 1);
    return memory;
}

void *malloc(size_t size)
{
    return refuses() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return refuses() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    if (refuses())
        return NULL;
    void *moved = __libc_realloc(memory, size);
    return memory == NULL ? counted(moved) : moved;
}

void free(void *memory)
{
    if (memory != NULL)
        atomic_fetch_sub(&live, 1);
    __libc_free(memory);
}

static void arm(long n, bool forever)
{
    fail_at = n;
    for_good = forever;
    allocations = 0;
    armed = true;
}

/* --- runs: no assertion in them, since these allocate -----------------------------------------------------------
 */

static const char conninfo[] = "sslmode=disable gssencmode=disable";

static querc_status next_book(void *context, void *item)
{
    int *count = context;
    int64_t *id = item;
    if (++*count > 3)
        return QUERC_DONE;
    *id = 5000 + *count;
    return QUERC_ROW;
}

static const querc_query add_number = {.name = "AddNumber",
                                       .sql = "INSERT INTO numbers (i) VALUES ($1)",
                                       .statement = "querc_add_number",
                                       .params = id_param,
                                       .owner_offset = QUERC_NO_OWNER,
                                       .param_count = 1};
static const querc_copy copy_numbers = {
    .insert = &add_number, .sql = "COPY numbers (i) FROM STDIN (FORMAT binary)", .item = {id_offsets, 8}};

static querc_status run_copy(querc_conn *db)
{
    int64_t item;
    int64_t rows;
    int count = 0;
    return querc_call_copyfrom_next(db, &copy_numbers, next_book, &count, &item, &rows);
}

static querc_status run_batchone(querc_conn *db)
{
    static const int64_t ids[] = {1, 2, -1, 3};
    struct {
        Book *items;
        size_t len;
        const querc_outcome *outcomes;
        querc_owner *owner;
    } batch;
    querc_status status = querc_call_batchone(db, &get_book, &id_item, ids, 4, QUERC_BATCH_EACH, &batch);
    querc_free_batch(&batch);
    return status;
}

static const querc_query collide = {.name = "Collide",
                                    .sql = "SELECT id, title, isbn, published FROM collide($1) AS books",
                                    .statement = "querc_collide",
                                    .params = id_param,
                                    .columns = book_columns,
                                    .row_size = sizeof(Book),
                                    .owner_offset = offsetof(Book, owner),
                                    .param_count = 1,
                                    .column_count = 4};

/* A serialization failure the first time. */
static querc_status try_it(querc_conn *db, void *context)
{
    int64_t *attempt = context;
    ++*attempt;
    const void *const args[] = {attempt};
    Book book;
    querc_status status = querc_call_one(db, &collide, args, &book);
    book_free(&book);
    return status;
}

static querc_status run_retry(querc_conn *db)
{
    int64_t attempt = 0;
    return querc_transaction(db, NULL, try_it, &attempt);
}

static querc_status run_all(querc_conn *db)
{
    querc_status status = run_workload(db);
    if (status == QUERC_OK)
        status = run_copy(db);
    if (status == QUERC_OK)
        status = run_batchone(db);
    return status == QUERC_OK ? run_retry(db) : status;
}

static querc_status run_simple(querc_conn *db)
{
    querc_status status = run_transaction(db);
    return status == QUERC_OK ? run_retry(db) : status;
}

/* What a run came to, when there is memory again. */
typedef struct Outcome {
    querc_status status;
    querc_status afterwards; /* of a query on the same connection, or out of the same pool */
    bool is_described;       /* an error had a message */
} Outcome;

static querc_status look_up(querc_conn *db)
{
    Book book;
    querc_status status = call_get_book(db, 1, &book);
    book_free(&book);
    return status;
}

/* As a program goes on: roll back, and connect again if the connection is gone. */
static querc_status recover(querc_conn *db)
{
    (void)querc_pipeline_end(db);
    if (PQstatus(querc_pgconn(db)) == CONNECTION_OK && querc_rollback(db) == QUERC_OK && look_up(db) == QUERC_OK)
        return QUERC_OK;
    PQreset(querc_pgconn(db));
    return look_up(db);
}

static Outcome run_connection(const querc_options *options, querc_status (*run)(querc_conn *))
{
    querc_conn *db;
    Outcome outcome = {.status = querc_open(conninfo, options, &db), .afterwards = QUERC_OK};
    bool is_open = outcome.status == QUERC_OK;
    if (is_open)
        outcome.status = run(db);
    armed = false;
    outcome.is_described = querc_last_error(db)->message[0] != '\0';
    if (is_open)
        outcome.afterwards = recover(db);
    querc_close(db);
    return outcome;
}

static Outcome run_plain(void)
{
    return run_connection(NULL, run_simple);
}

static Outcome run_timed(void)
{
    static const querc_options options = {.timeout_ms = 300, .grace_ms = 200, .connect_timeout_ms = 60000};
    return run_connection(&options, run_all);
}

static Outcome run_pool(void)
{
    querc_pool *pool;
    querc_conn *first = NULL;
    querc_conn *second = NULL;
    const querc_pool_options options = {.max_size = 2, .check_after_ms = 1, .setup = NULL};
    Outcome outcome = {.status = querc_pool_open(conninfo, &options, &pool), .afterwards = QUERC_OK};
    outcome.is_described = true;
    for (int i = 0; outcome.status == QUERC_OK && i < 2; i++) {
        outcome.status = querc_pool_acquire(pool, 60000, &first);
        if (outcome.status == QUERC_OK)
            outcome.status = querc_pool_acquire(pool, 60000, &second);
        if (outcome.status == QUERC_OK)
            outcome.status = look_up(second);
        if (outcome.status == QUERC_OK)
            outcome.status = run_retry(first);
        querc_pool_release(first);
        querc_pool_release(second);
        first = second = NULL;
    }
    armed = false;
    if (pool == NULL)
        return outcome;
    outcome.afterwards = querc_pool_acquire(pool, 60000, &first);
    if (outcome.afterwards == QUERC_OK)
        outcome.afterwards = look_up(first);
    if (outcome.afterwards == QUERC_OK)
        outcome.afterwards = querc_pool_acquire(pool, 60000, &second);
    querc_pool_release(first);
    querc_pool_release(second);
    querc_pool_close(pool);
    return outcome;
}

/* --- the tests ---------------------------------------------------------------------------------------------------
 */

static Outcome (*const runs[])(void) = {run_plain, run_timed, run_pool};
enum { RUNS = sizeof runs / sizeof runs[0] };

static void *do_nothing(void *argument)
{
    return argument;
}

static void setup(void)
{
    /* glibc keeps what it allocates for a thread, such as the one that delivers a cancellation. */
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, do_nothing, NULL), 0);
    pthread_join(thread, NULL);
    querc_conn *db = open_db(NULL);
    create_books(db);
    execute(db, "CREATE TABLE numbers (i int8);"
                "CREATE FUNCTION collide(int8) RETURNS SETOF books LANGUAGE plpgsql AS $$ BEGIN"
                " IF $1 = 1 THEN RAISE EXCEPTION 'try again' USING ERRCODE = '40001'; END IF;"
                " RETURN QUERY SELECT * FROM books WHERE id = 1; END $$");
    querc_close(db);
}

static void fail_everywhere(Outcome (*run)(void), bool forever)
{
    /* What the C library and libpq keep for ever they have after one run. */
    arm(0, false);
    Outcome outcome = run();
    ck_assert_int_eq(outcome.status, QUERC_OK);
    long total = allocations;
    ck_assert_int_gt(total, 50);
    long errors = 0;
    /* To have no memory any more is much the same two allocations earlier. */
    const char *all = getenv("QUERC_EVERY_ALLOCATION");
    long step = forever && all == NULL ? 3 : 1;
    for (long n = 1; n <= total; n += step) {
        long before = live;
        arm(n, forever);
        outcome = run();
        long lost = live - before;
        ck_assert_msg(outcome.status == QUERC_OK || querc_is_error(outcome.status), "allocation %ld: %s", n,
                      querc_status_name(outcome.status));
        ck_assert_msg(outcome.status == QUERC_OK || outcome.is_described, "allocation %ld: no message", n);
        ck_assert_msg(outcome.afterwards == QUERC_OK, "allocation %ld of %ld: %s, and afterwards %s", n, total,
                      querc_status_name(outcome.status), querc_status_name(outcome.afterwards));
        ck_assert_msg(lost == 0, "allocation %ld of %ld: %ld not freed", n, total, lost);
        errors += outcome.status != QUERC_OK;
    }
    ck_assert_int_gt(errors, total / 4 / step);
    fprintf(stderr, "%ld allocations, %ld errors\n", total, errors);
}

START_TEST(one_allocation_fails)
{
    fail_everywhere(runs[_i], false);
}
END_TEST

START_TEST(memory_runs_out)
{
    fail_everywhere(runs[_i], true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("no_memory");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, one_allocation_fails, 0, RUNS);
    tcase_add_loop_test(tests, memory_runs_out, 0, RUNS);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
