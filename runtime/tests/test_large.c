/*
 * Long values. PostgreSQL's own limit is a gigabyte a value, and a bit less for what a message has to carry; libpq
 * counts bytes in an int. Values of 16 MB go both ways here; QUERC_LARGE_MB=256 or more makes them as long as
 * memory allows (the server needs several times as much, this program three times). What no int can count is
 * refused before its bytes are looked at, so that for these tests there need not be any.
 */
#include <limits.h>
#include <stdio.h>

#include "support.h"

static querc_conn *db;

static void setup(void)
{
    db = open_db(NULL);
    execute(db, "DROP TABLE IF EXISTS blobs; CREATE TABLE blobs (id int8, data bytea, body text)");
}

static void teardown(void)
{
    querc_close(db);
}

static size_t large(void)
{
    const char *megabytes = getenv("QUERC_LARGE_MB");
    return (megabytes != NULL ? (size_t)strtoul(megabytes, NULL, 10) : 16) * 1024 * 1024;
}

typedef struct Blob {
    int64_t id;
    querc_bytes data;
    const char *body;
    querc_owner *owner;
} Blob;

static const querc_column blob_columns[] = {{"id", &querc_type_int8, offsetof(Blob, id), QUERC_NOT_NULL},
                                            {"data", &querc_type_bytea, offsetof(Blob, data), QUERC_NULL_IS_ZERO},
                                            {"body", &querc_type_text, offsetof(Blob, body), QUERC_NULL_IS_ZERO}};
static const querc_param blob_params[] = {
    {"id", &querc_type_int8, false}, {"data", &querc_type_bytea, true}, {"body", &querc_type_text, true}};
static const querc_query add_blob = {.name = "AddBlob",
                                     .sql = "INSERT INTO blobs (id, data, body) VALUES ($1, $2, $3)",
                                     .statement = "querc_add_blob",
                                     .params = blob_params,
                                     .owner_offset = QUERC_NO_OWNER,
                                     .param_count = 3};
static const querc_query get_blob = {.name = "GetBlob",
                                     .sql = "SELECT id, data, body FROM blobs WHERE id = $1",
                                     .statement = "querc_get_blob",
                                     .params = blob_params,
                                     .columns = blob_columns,
                                     .row_size = sizeof(Blob),
                                     .owner_offset = offsetof(Blob, owner),
                                     .param_count = 1,
                                     .column_count = 3};

typedef struct Item {
    int64_t id;
    const querc_bytes *data;
    const char *body;
} Item;

static const uint32_t offsets[] = {offsetof(Item, id), offsetof(Item, data), offsetof(Item, body)};
static const querc_copy copy_blobs = {.insert = &add_blob,
                                      .sql = "COPY blobs (id, data, body) FROM STDIN (FORMAT binary)",
                                      .item = {offsets, sizeof(Item)}};

static querc_status call_add(int64_t id, const querc_bytes *data, const char *body)
{
    const void *const args[] = {&id, data, body};
    return querc_call_exec(db, &add_blob, args);
}

/* Bytes of all values, without a period that blocks have. The caller's to free. */
static uint8_t *make_bytes(size_t len)
{
    uint8_t *bytes = malloc(len + 1);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(i % 251 + (i >> 20));
    bytes[len] = 0;
    return bytes;
}

static void check_blob(int64_t id, const uint8_t *data, const char *body, size_t len)
{
    const void *const args[] = {&id};
    Blob blob;
    assert_status(db, QUERC_OK, querc_call_one(db, &get_blob, args, &blob));
    ck_assert_uint_eq(blob.data.len, data != NULL ? len : 0);
    ck_assert(data == NULL || memcmp(blob.data.data, data, len) == 0);
    ck_assert_int_eq(blob.body == NULL, body == NULL);
    ck_assert(body == NULL || strcmp(blob.body, body) == 0);
    querc_free(&blob, sizeof blob, blob.owner);
}

START_TEST(large_bytes)
{
    size_t len = large();
    uint8_t *bytes = make_bytes(len);
    const querc_bytes data = {bytes, len};
    const Item item = {2, &data, NULL};
    int64_t rows;
    assert_status(db, QUERC_OK, call_add(1, &data, NULL));
    check_blob(1, bytes, NULL, len);
    assert_status(db, QUERC_OK, querc_call_copyfrom(db, &copy_blobs, &item, 1, &rows));
    check_blob(2, bytes, NULL, len);
    free(bytes);
}
END_TEST

START_TEST(large_text)
{
    size_t len = large();
    char *text = malloc(len + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, 'x', len);
    text[len] = '\0';
    const Item item = {2, NULL, text};
    int64_t rows;
    assert_status(db, QUERC_OK, call_add(1, NULL, text));
    check_blob(1, NULL, text, len);
    assert_status(db, QUERC_OK, querc_call_copyfrom(db, &copy_blobs, &item, 1, &rows));
    check_blob(2, NULL, text, len);
    free(text);
}
END_TEST

/* The server refuses to make it, and the connection goes on. */
START_TEST(more_than_the_server_takes)
{
    static const querc_query repeat = {
        .name = "Repeat",
        .sql = "SELECT 1::int8 AS id, NULL::bytea AS data, repeat('x', 1073741824) AS body",
        .statement = "querc_repeat",
        .columns = blob_columns,
        .row_size = sizeof(Blob),
        .owner_offset = offsetof(Blob, owner),
        .column_count = 3};
    Blob blob;
    assert_status(db, QUERC_ERROR, querc_call_one(db, &repeat, NULL, &blob));
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "54000");
    assert_status(db, QUERC_OK, call_add(1, NULL, "short"));
}
END_TEST

/* --- lengths of which there is nothing behind -------------------------------------------------------------------
 */

static const size_t too_long[] = {(size_t)INT_MAX + 1, SIZE_MAX / 2, SIZE_MAX};

static void check_refusal(querc_status status)
{
    ck_assert_int_eq(status, QUERC_ENCODE);
    assert_contains(querc_last_error(db)->message, "too long");
    ck_assert_int_eq(PQtransactionStatus(querc_pgconn(db)), PQTRANS_IDLE);
}

START_TEST(bytes_that_no_int_counts)
{
    const querc_bytes data = {(const uint8_t *)"x", too_long[_i]};
    const Item items[] = {{1, NULL, "first"}, {2, &data, NULL}};
    int64_t rows;
    check_refusal(call_add(1, &data, NULL));
    check_refusal(querc_call_copyfrom(db, &copy_blobs, items, 2, &rows));
    ck_assert_int_eq(querc_last_error(db)->row, 2);
}
END_TEST

START_TEST(elements_that_no_int_counts)
{
    static const querc_param params[] = {{"list", &querc_type_bytea_array, false}};
    static const querc_query count = {.name = "Count",
                                      .sql = "DELETE FROM blobs WHERE id = cardinality($1::bytea[])",
                                      .statement = "querc_count",
                                      .params = params,
                                      .owner_offset = QUERC_NO_OWNER,
                                      .param_count = 1};
    const querc_bytes items[] = {{(const uint8_t *)"x", 1}, {(const uint8_t *)"x", too_long[_i]}};
    const querc_bytes_array list = {.items = items, .len = 2};
    const void *const args[] = {&list};
    check_refusal(querc_call_exec(db, &count, args));
    const querc_bytes_array many = {.items = items, .len = too_long[_i]};
    const void *const too_many[] = {&many};
    ck_assert_int_eq(querc_call_exec(db, &count, too_many), QUERC_ENCODE);
}
END_TEST

START_TEST(bits_that_no_int_counts)
{
    static const querc_param params[] = {{"bits", &querc_type_varbit, false}};
    static const querc_query length = {.name = "Length",
                                       .sql = "DELETE FROM blobs WHERE id = length($1::varbit)",
                                       .statement = "querc_length",
                                       .params = params,
                                       .owner_offset = QUERC_NO_OWNER,
                                       .param_count = 1};
    const querc_bits bits = {(const uint8_t *)"x", too_long[_i]};
    const void *const args[] = {&bits};
    check_refusal(querc_call_exec(db, &length, args));
}
END_TEST

/* A writer is not led to believe that it has room by a sum that wraps around. */
START_TEST(sums_do_not_wrap)
{
    Writer writer;
    char byte = 0;
    qrt_writer_init(&writer, db, &byte, 1);
    ck_assert(qrt_write(&writer, "x", 1));
    ck_assert(!qrt_writer_reserve(&writer, SIZE_MAX));
    ck_assert(!qrt_writer_reserve(&writer, SIZE_MAX - 1));
    ck_assert_uint_eq(writer.len, 1);
    qrt_writer_release(&writer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("large");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, large_bytes);
    tcase_add_test(tests, large_text);
    tcase_add_test(tests, more_than_the_server_takes);
    tcase_add_loop_test(tests, bytes_that_no_int_counts, 0, 3);
    tcase_add_loop_test(tests, elements_that_no_int_counts, 0, 3);
    tcase_add_loop_test(tests, bits_that_no_int_counts, 0, 3);
    tcase_add_test(tests, sums_do_not_wrap);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
