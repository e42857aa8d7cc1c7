/* Memory: everything comes from the allocator and goes back to it, and its failure, at whatever place, is an error.
 */
#include "books.h"

#include <stdio.h>

typedef struct Lists {
    querc_int4_array numbers;
    querc_numeric amount;
    const char *text;
    querc_owner *owner;
} Lists;

static const querc_column list_columns[] = {
    {"numbers", &querc_type_int4_array, offsetof(Lists, numbers), QUERC_NOT_NULL},
    {"amount", &querc_type_numeric, offsetof(Lists, amount), QUERC_NOT_NULL},
    {"text", &querc_type_text, offsetof(Lists, text), QUERC_NOT_NULL}};
static const querc_param list_params[] = {{"numbers", &querc_type_int4_array, false}};
static const querc_query get_lists = {
    .name = "GetLists",
    .sql = "SELECT $1::int4[] AS numbers, n + 0.5 AS amount, n::text AS text FROM generate_series(1, 100) AS n",
    .statement = "querc_get_lists",
    .params = list_params,
    .columns = list_columns,
    .row_size = sizeof(Lists),
    .owner_offset = offsetof(Lists, owner),
    .param_count = 1,
    .column_count = 3,
    .read_only = true};

/* A bit of everything; whatever fails must leave nothing behind. Returns the first status that is an error. */
static querc_status work(querc_conn *db)
{
    int32_t numbers[200] = {0};
    const querc_int4_array array = {.items = numbers, .len = 200};
    const void *const args[] = {&array};
    Book book;
    struct {
        Lists *items;
        size_t len;
        querc_owner *owner;
    } lists;
    querc_stream stream;
    Lists row;

    querc_status status = querc_begin(db, NULL);
    if (status == QUERC_OK)
        status = call_get_book(db, 1, &book);
    if (status == QUERC_OK)
        book_free(&book);
    if (status == QUERC_OK) {
        status = querc_call_many(db, &get_lists, args, &lists);
        querc_free(&lists, sizeof lists, lists.owner);
    }
    if (status == QUERC_OK) {
        status = querc_call_open(db, &get_lists, args, &stream);
        while (status == QUERC_OK || status == QUERC_ROW)
            status = querc_call_next(&stream, &get_lists, &row);
        querc_stream_close(&stream);
        if (status == QUERC_DONE)
            status = QUERC_OK;
    }
    if (status == QUERC_OK)
        status = querc_savepoint(db, "s");
    if (status == QUERC_OK && call_add_book(db, 1, "duplicate", NULL, NULL) == QUERC_NO_MEMORY)
        status = QUERC_NO_MEMORY;
    return status;
}

START_TEST(all_memory_is_given_back)
{
    Meter meter;
    const querc_allocator allocator = metered(&meter);
    const querc_options options = {.allocator = &allocator};
    querc_conn *db = open_db(&options);
    create_books(db);
    assert_status(db, QUERC_OK, work(db));
    ck_assert_int_gt(meter.total, 10);
    querc_close(db);
    ck_assert_int_eq(meter.live, 0);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    long fail_at = 1;
    bool failed = true;
    querc_conn *plain = open_db(NULL);
    create_books(plain);
    querc_close(plain);
    for (; failed; fail_at++) {
        Meter meter;
        const querc_allocator allocator = metered(&meter);
        const querc_options options = {.allocator = &allocator};
        querc_conn *db;
        meter.fail_at = fail_at;
        querc_status status = querc_open("", &options, &db);
        if (status == QUERC_OK) {
            status = work(db);
            failed = meter.total >= fail_at;
            if (status != QUERC_OK)
                ck_assert_msg(status == QUERC_NO_MEMORY, "allocation %ld: %s: %s", fail_at,
                              querc_status_name(status), querc_last_error(db)->message);
        } else {
            ck_assert_int_eq(status, QUERC_NO_MEMORY);
            ck_assert_int_eq(querc_last_error(db)->status, QUERC_NO_MEMORY);
        }
        querc_close(db);
        ck_assert_int_eq(meter.live, 0);
    }
    ck_assert_int_gt(fail_at, 10);
}
END_TEST

/* A connection that lives long must not grow. */
START_TEST(use_does_not_accumulate)
{
    Meter meter;
    const querc_allocator allocator = metered(&meter);
    const querc_options options = {.allocator = &allocator};
    querc_conn *db = open_db(&options);
    create_books(db);
    Book book;
    long live = 0;
    for (int i = 0; i < 100; i++) {
        assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
        book_free(&book);
        assert_status(db, QUERC_NO_ROWS, call_get_book(db, -1, &book));
        assert_status(db, QUERC_CONSTRAINT, call_add_book(db, 1, "x", NULL, NULL));
        execute(db, "ALTER TABLE books ALTER COLUMN isbn TYPE varchar(9) USING NULL");
        assert_status(db, QUERC_SCHEMA_DRIFT, call_get_book(db, 1, &book));
        execute(db, "ALTER TABLE books ALTER COLUMN isbn TYPE text USING NULL");
        if (i == 10)
            live = meter.live;
    }
    ck_assert_int_eq(meter.live, live);
    querc_close(db);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, all_memory_is_given_back);
    tcase_add_test(tests, every_allocation_may_fail);
    tcase_add_test(tests, use_does_not_accumulate);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
