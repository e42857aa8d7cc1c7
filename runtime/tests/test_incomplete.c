/*
 * A server that breaks off: it says that a row description follows, or that the transaction is over, where the
 * command's tag should come. libpq hands over what it had before as if it were a complete result; the program must
 * not take it for one. What comes in between on a connection that is cut off is the same, but is a matter of chance
 * (test_proxy.c), so here is a server that does nothing else.
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "querc_io.h"
#include "proxy.h"
#include "querc_async.h"
#include "support.h"

enum { PORT = 5432 };

/* Messages, as text without NULs would spoil: a string and its length. */
typedef struct Bytes {
    const char *data;
    size_t len;
} Bytes;

#define BYTES(LITERAL)                                                                                             \
    {                                                                                                              \
        LITERAL, sizeof(LITERAL) - 1                                                                               \
    }
#define GREETING "R\0\0\0\10\0\0\0\0Z\0\0\0\5I"
#define PARSED "1\0\0\0\4"
#define BOUND "2\0\0\0\4"
#define COLUMN "T\0\0\0\32\0\1i\0\0\0\0\0\0\0\0\0\0\27\0\4\377\377\377\377\0\1"
#define ROW "D\0\0\0\16\0\1\0\0\0\4\0\0\0\52"
#define TAG "C\0\0\0\15SELECT 1\0"
#define READY "Z\0\0\0\5I"

static const Bytes whole = BYTES(PARSED BOUND COLUMN ROW TAG READY);
static const Bytes no_tag = BYTES(PARSED BOUND COLUMN ROW COLUMN READY);
/* In pipeline mode libpq loses the memory of rows that a ReadyForQuery cuts off; so here they end with a tag. */
static const Bytes late_tag = BYTES(PARSED BOUND COLUMN ROW COLUMN ROW TAG READY);
static const Bytes no_end = BYTES(PARSED BOUND COLUMN ROW READY);

static char directory[] = "/tmp/querc-incomplete.XXXXXX";
static int listener;
static pthread_t server;
static const Bytes *answer;
static querc_conn *db;

/* --- the server ---------------------------------------------------------------------------------------------- */

static bool receive_all(int fd, unsigned char *data, size_t len)
{
    while (len > 0) {
        ssize_t got = recv(fd, data, len, 0);
        if (got <= 0)
            return false;
        data += got;
        len -= (size_t)got;
    }
    return true;
}

/* A message's rest, after its type if it has one. */
static bool skip_message(int fd)
{
    unsigned char head[4];
    unsigned char byte;
    if (!receive_all(fd, head, sizeof head))
        return false;
    for (uint32_t left = qrt_get_4(head) - 4; left > 0; left--)
        if (!receive_all(fd, &byte, 1))
            return false;
    return true;
}

static void *serve(void *unused)
{
    static const Bytes greeting = BYTES(GREETING);
    unsigned char type;
    (void)unused;
    int fd = accept(listener, NULL, NULL);
    bool going = skip_message(fd) && send(fd, greeting.data, greeting.len, MSG_NOSIGNAL) > 0;
    while (going && receive_all(fd, &type, 1)) {
        going = skip_message(fd);
        if (type == 'S')
            going = send(fd, answer->data, answer->len, MSG_NOSIGNAL) > 0;
    }
    close(fd);
    return NULL;
}

static void setup(void)
{
    static const querc_options options = {.mode = QUERC_UNPREPARED, .skip_drift_check = true};
    char conninfo[64];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    listener = proxy_listen(directory, PORT);
    ck_assert_int_ge(listener, 0);
    ck_assert_int_eq(pthread_create(&server, NULL, serve, NULL), 0);
    snprintf(conninfo, sizeof conninfo, "host=%s port=%d user=nobody", directory, PORT);
    querc_status status = querc_open(conninfo, &options, &db);
    ck_assert_msg(status == QUERC_OK, "%s", querc_last_error(db)->message);
}

static void teardown(void)
{
    char path[128];
    querc_close(db);
    pthread_join(server, NULL);
    snprintf(path, sizeof path, "%s/.s.PGSQL.%d", directory, PORT);
    close(listener);
    unlink(path);
    rmdir(directory);
}

/* --- the program --------------------------------------------------------------------------------------------- */

typedef struct Number {
    int32_t i;
} Number;

typedef struct Numbers {
    Number *items;
    size_t len;
    querc_owner *owner;
} Numbers;

static const querc_column columns[] = {{"i", &querc_type_int4, offsetof(Number, i), QUERC_NOT_NULL}};
static const querc_query get_number = {.name = "GetNumber",
                                       .sql = "SELECT 42 AS i",
                                       .statement = "get_number",
                                       .columns = columns,
                                       .row_size = sizeof(Number),
                                       .owner_offset = QUERC_NO_OWNER,
                                       .column_count = 1};

static querc_status call_one(void)
{
    Number number;
    querc_status status = querc_call_one(db, &get_number, NULL, &number);
    ck_assert_int_eq(number.i, status == QUERC_OK ? 42 : 0);
    return status;
}

static querc_status call_many(void)
{
    Numbers numbers;
    querc_status status = querc_call_many(db, &get_number, NULL, &numbers);
    ck_assert_uint_eq(numbers.len, status == QUERC_OK);
    querc_free_rows(&numbers);
    return status;
}

static querc_status call_exec(void)
{
    return querc_call_exec(db, &get_number, NULL);
}

/* The row comes; that there are no more is what must not be said. */
static querc_status call_stream(void)
{
    querc_stream stream;
    Number number;
    querc_status status = querc_call_open(db, &get_number, NULL, &stream);
    ck_assert_int_eq(status, QUERC_OK);
    ck_assert_int_eq(querc_call_next(&stream, &get_number, &number), QUERC_ROW);
    ck_assert_int_eq(number.i, 42);
    status = querc_call_next(&stream, &get_number, &number);
    querc_stream_close(&stream);
    return status == QUERC_DONE ? QUERC_OK : status;
}

static querc_status call_batch_as(querc_batch_mode mode)
{
    static const querc_item item = {NULL, 1};
    struct {
        Number *items;
        size_t len;
        const querc_outcome *outcomes;
        querc_owner *owner;
    } batch;
    querc_status status = querc_call_batchone(db, &get_number, &item, "xy", 2, mode, &batch);
    ck_assert_int_eq(batch.items[0].i, status == QUERC_OK ? 42 : 0);
    querc_free_batch(&batch);
    return status;
}

static querc_status call_batch(void)
{
    return call_batch_as(QUERC_BATCH_EACH);
}

static querc_status call_pipeline(void)
{
    Number number;
    querc_status status = querc_pipeline_begin(db, QUERC_BATCH_EACH);
    for (int i = 0; status == QUERC_OK && i < 2; i++)
        status = querc_call_send(db, &get_number, NULL);
    for (int i = 0; status == QUERC_OK && i < 2; i++) {
        status = querc_pipeline_wait(db, -1);
        if (status == QUERC_OK)
            status = querc_call_recv_one(db, &get_number, &number);
        ck_assert_int_eq(number.i, status == QUERC_OK ? 42 : 0);
    }
    querc_status ended = querc_pipeline_end(db);
    return status == QUERC_OK ? ended : status;
}

static querc_status (*const calls[])(void) = {call_one,    call_many,  call_exec,
                                              call_stream, call_batch, call_pipeline};
enum { CALLS = sizeof calls / sizeof calls[0], PLAIN_CALLS = 4 };

/* Each call without a time-out, and with one, which takes another way through libpq. */
static querc_status call(int i, const Bytes *reply)
{
    answer = reply;
    (void)querc_set_timeout(db, i < CALLS ? 0 : 20000);
    return calls[i % CALLS]();
}

START_TEST(a_whole_answer)
{
    assert_status(db, QUERC_OK, call(_i, &whole));
    assert_status(db, QUERC_OK, call(_i, &whole));
}
END_TEST

START_TEST(an_answer_without_its_tag)
{
    querc_status status = call(_i, _i % CALLS < PLAIN_CALLS ? &no_tag : &late_tag);
    ck_assert_msg(querc_is_error(status), "%s", querc_status_name(status));
    ck_assert_str_ne(querc_last_error(db)->message, "");
}
END_TEST

START_TEST(an_answer_that_just_ends)
{
    if (_i % CALLS >= PLAIN_CALLS)
        return;
    querc_status status = call(_i, &no_end);
    ck_assert_msg(querc_is_error(status), "%s", querc_status_name(status));
    ck_assert_str_ne(querc_last_error(db)->message, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("incomplete");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_whole_answer, 0, 2 * CALLS);
    tcase_add_loop_test(tests, an_answer_without_its_tag, 0, 2 * CALLS);
    tcase_add_loop_test(tests, an_answer_that_just_ends, 0, 2 * CALLS);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
