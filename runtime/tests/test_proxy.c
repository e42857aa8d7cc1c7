/*
 * A connection that breaks at every byte: the exchange of a small run is recorded between libpq and a server, and
 * then played as often as it has bytes, cut off one byte later each time, in whichever direction that byte goes;
 * and again with each byte of the server's inverted. The program sees an error and goes on; the sanitizers see no
 * leak and no read out of bounds. QUERC_PROXY_STEP=1 inverts every byte
 * and not only every seventh.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "proxy.h"
#include "workload.h"

enum { PORT = 5432 };

static char directory[] = "/tmp/querc-proxy.XXXXXX";
static char conninfo[64];
static int listener;
static Exchange exchange;

static querc_status run(void)
{
    querc_conn *db;
    querc_status status = querc_open(conninfo, NULL, &db);
    if (status == QUERC_OK)
        status = run_workload(db);
    querc_close(db);
    return status;
}

static void *record(void *argument)
{
    *(bool *)argument = proxy_record(listener, getenv("PGHOST"), PORT, &exchange);
    return NULL;
}

static void setup(void)
{
    pthread_t thread;
    bool recorded = false;
    querc_conn *db = open_db(NULL);
    create_books(db);
    querc_close(db);
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(conninfo, sizeof conninfo, "host=%s port=%d", directory, PORT);
    listener = proxy_listen(directory, PORT);
    ck_assert_int_ge(listener, 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, record, &recorded), 0);
    ck_assert_int_eq(run(), QUERC_OK);
    pthread_join(thread, NULL);
    ck_assert(recorded);
    ck_assert_uint_gt(exchange.bytes, 1000);
}

static void teardown(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/.s.PGSQL.%d", directory, PORT);
    close(listener);
    unlink(path);
    rmdir(directory);
    exchange_free(&exchange);
}

static void *play(void *argument)
{
    proxy_replay(listener, &exchange, *(const Fault *)argument);
    return NULL;
}

static querc_status run_with(Fault fault)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, play, &fault), 0);
    querc_status status = run();
    pthread_join(thread, NULL);
    return status;
}

static size_t step(void)
{
    const char *text = getenv("QUERC_PROXY_STEP");
    return text != NULL ? (size_t)strtoul(text, NULL, 10) : 7;
}

START_TEST(cut_at_every_byte)
{
    /* libpq says goodbye with five bytes that nobody needs. */
    size_t needed = exchange.bytes - 5;
    ck_assert_int_eq(run_with((Fault){SIZE_MAX, SIZE_MAX}), QUERC_OK);
    for (size_t cut = 0; cut < needed; cut++) {
        querc_status status = run_with((Fault){cut, SIZE_MAX});
        ck_assert_msg(status == QUERC_CONNECTION, "cut at byte %zu of %zu: %s", cut, needed,
                      querc_status_name(status));
    }
    ck_assert_int_eq(run_with((Fault){needed, SIZE_MAX}), QUERC_OK);
}
END_TEST

/* What comes of it depends on the byte; that the program goes on does not. */
START_TEST(every_byte_inverted)
{
    size_t errors = 0;
    for (size_t flip = 0; flip < exchange.bytes; flip += step())
        errors += run_with((Fault){SIZE_MAX, flip}) != QUERC_OK;
    ck_assert_uint_gt(errors, exchange.bytes / 20 / step());
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("proxy");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, cut_at_every_byte);
    tcase_add_test(tests, every_byte_inverted);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
