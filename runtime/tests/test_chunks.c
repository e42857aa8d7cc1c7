/*
 * Streams in chunks of rows, which libpq has from version 17 on. With an older one this program makes the chunks:
 * it stands between libquerc and libpq's PQgetResult, and puts results of single rows together. So it shows that
 * libquerc asks for chunks and reads them as libpq documents them, not that libpq does what it documents.
 */
#include "chunk_mode.h"

#include <stdio.h>

#include "books.h"

/* Results with rows that were handed to libquerc. */
static int results;

#ifdef FAKE_CHUNK_MODE
#include <dlfcn.h>

static int chunk_size;
/* A result that ended a chunk and comes next. */
static PGresult *kept;
/* The results that are chunks; libquerc has one at a time. */
static const PGresult *chunk;

typedef PGresult *(*GetResult)(PGconn *);
typedef ExecStatusType (*ResultStatus)(const PGresult *);

static PGresult *get_result(PGconn *pg)
{
    GetResult next;
    void *symbol = dlsym(RTLD_NEXT, "PQgetResult");
    memcpy(&next, &symbol, sizeof next);
    return next(pg);
}

static ExecStatusType result_status(const PGresult *result)
{
    ResultStatus next;
    void *symbol = dlsym(RTLD_NEXT, "PQresultStatus");
    memcpy(&next, &symbol, sizeof next);
    return next(result);
}

int PQsetChunkedRowsMode(PGconn *pg, int size)
{
    chunk_size = size;
    kept = NULL;
    return PQsetSingleRowMode(pg);
}

ExecStatusType PQresultStatus(const PGresult *result)
{
    return result != NULL && result == chunk ? PGRES_TUPLES_CHUNK : result_status(result);
}

static void add_row(PGresult *to, const PGresult *row)
{
    int at = PQntuples(to);
    for (int i = 0; i < PQnfields(row); i++) {
        char *value = PQgetisnull(row, 0, i) ? NULL : PQgetvalue(row, 0, i);
        ck_assert_int_eq(PQsetvalue(to, at, i, value, value != NULL ? PQgetlength(row, 0, i) : -1), 1);
    }
}

PGresult *PQgetResult(PGconn *pg)
{
    PGresult *result = kept != NULL ? kept : get_result(pg);
    kept = NULL;
    if (result_status(result) != PGRES_SINGLE_TUPLE) {
        chunk = chunk == result ? NULL : chunk;
        return result;
    }
    PGresult *rows = PQcopyResult(result, PG_COPYRES_ATTRS);
    ck_assert_ptr_nonnull(rows);
    while (result_status(result) == PGRES_SINGLE_TUPLE && PQntuples(rows) < chunk_size) {
        add_row(rows, result);
        PQclear(result);
        result = get_result(pg);
    }
    kept = result;
    chunk = rows;
    results++;
    return rows;
}
#endif

static querc_conn *db;

static void setup(void)
{
    db = open_db(NULL);
    create_books(db);
    /* Rows as they are read, and not all of them before the first. */
    execute(db, "SET enable_sort = off; SET enable_seqscan = off");
}

static void teardown(void)
{
    querc_close(db);
}

static const querc_query some_books = {
    .name = "SomeBooks",
    .sql =
        "SELECT 1000 / (501 - id) + id AS id, title, isbn, published FROM books WHERE id <= $1 ORDER BY books.id",
    .statement = "querc_some_books",
    .params = id_param,
    .columns = book_columns,
    .row_size = sizeof(Book),
    .owner_offset = offsetof(Book, owner),
    .param_count = 1,
    .column_count = 4,
    .read_only = true,
};

/* Reads what there is, and compares it with what create_books has put there. */
static int64_t read_books(querc_stream *stream, int64_t at_most, querc_status *status)
{
    int64_t count = 0;
    Book book;
    while (count < at_most && (*status = querc_call_next(stream, &some_books, &book)) == QUERC_ROW) {
        count++;
        char title[32];
        snprintf(title, sizeof title, "title %lld", (long long)count);
        ck_assert_int_eq(book.id, 1000 / (501 - count) + count);
        ck_assert_str_eq(book.title, title);
        ck_assert_int_eq(book.isbn == NULL, count == 2);
        ck_assert_int_eq(book.has_published, count != 3);
    }
    return count;
}

static void open_books(int64_t count, querc_stream *stream)
{
    const void *const args[] = {&count};
    results = 0;
    assert_status(db, QUERC_OK, querc_call_open(db, &some_books, args, stream));
}

/* 0 rows, less than a chunk, one chunk, one more, several. */
START_TEST(all_rows)
{
    static const int64_t counts[] = {0, 1, 127, 128, 129, 256, 500};
    querc_stream stream;
    querc_status status;
    open_books(counts[_i], &stream);
    ck_assert_int_eq(read_books(&stream, 1000, &status), counts[_i]);
    ck_assert_int_eq(status, QUERC_DONE);
    querc_stream_close(&stream);
#ifdef FAKE_CHUNK_MODE
    ck_assert_int_eq(results, (counts[_i] + 127) / 128);
#endif
    open_books(counts[_i], &stream);
    querc_stream_close(&stream);
}
END_TEST

/* The rows before the chunk in which it fails are there. */
START_TEST(error_in_mid_stream)
{
    querc_stream stream;
    querc_status status;
    open_books(1000, &stream);
    ck_assert_int_ge(read_books(&stream, 1000, &status), 384);
    ck_assert_int_eq(status, QUERC_ERROR);
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "22012");
    querc_stream_close(&stream);
    open_books(10, &stream);
    ck_assert_int_eq(read_books(&stream, 1000, &status), 10);
    querc_stream_close(&stream);
}
END_TEST

START_TEST(closed_in_mid_chunk)
{
    querc_stream stream;
    querc_status status;
    open_books(500, &stream);
    ck_assert_int_eq(read_books(&stream, 200, &status), 200);
    querc_stream_close(&stream);
    open_books(10, &stream);
    ck_assert_int_eq(read_books(&stream, 1000, &status), 10);
    querc_stream_close(&stream);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chunks");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, all_rows, 0, 7);
    tcase_add_test(tests, error_in_mid_stream);
    tcase_add_test(tests, closed_in_mid_chunk);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
