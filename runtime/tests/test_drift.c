/* What happens when the server's schema is not the compiled one: at first use, and while a program runs. */
#include "books.h"

#include <stdio.h>

static querc_conn *db;

static const char *const moods[] = {"sad", "happy"};
static const querc_enum mood_labels = {moods, NULL, 2};
static const querc_type mood = {QUERC_KIND_ENUM, 0, "public", "mood", NULL, &mood_labels, NULL, 0, NULL};
static const querc_type mood_array = {QUERC_KIND_ARRAY, 0, "public", "mood[]", &mood, NULL, NULL, 0, NULL};
static const querc_type shape = {QUERC_KIND_ENUM, 0, "public", "shape", NULL, &mood_labels, NULL, 0, NULL};
static const querc_type missing = {QUERC_KIND_ENUM, 0, "public", "missing", NULL, &mood_labels, NULL, 0, NULL};
static const querc_type *const schema_types[] = {&mood, &shape, &missing};
static const querc_schema schema = {.types = schema_types, .type_count = 3};

static void setup(void)
{
    db = open_db(NULL);
    create_books(db);
    execute(db, "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE shape AS ENUM ('round');");
}

static void teardown(void)
{
    querc_close(db);
}

static void expect_drift(const char *sql, const char *message)
{
    Book book;
    execute(db, "BEGIN");
    execute(db, sql);
    querc_forget(db);
    assert_status(db, QUERC_SCHEMA_DRIFT, call_get_book(db, 1, &book));
    ck_assert_str_eq(querc_last_error(db)->message, message);
    ck_assert_str_eq(querc_last_error(db)->query, "GetBook");
    execute(db, "ROLLBACK");
    execute(db, "DEALLOCATE ALL");
}

START_TEST(messages)
{
    expect_drift("ALTER TABLE books ALTER COLUMN published TYPE timestamptz",
                 "query \"GetBook\" does not fit the server's schema: column \"published\": expected type "
                 "pg_catalog.date, found pg_catalog.timestamptz");
    expect_drift("ALTER TABLE books ALTER COLUMN isbn TYPE text[] USING NULL",
                 "query \"GetBook\" does not fit the server's schema: column \"isbn\": expected type "
                 "pg_catalog.text, found pg_catalog.text[]");
    expect_drift("ALTER TABLE books ALTER COLUMN id TYPE numeric",
                 "query \"GetBook\" does not fit the server's schema: parameter $1 \"id\": expected type "
                 "pg_catalog.int8, found pg_catalog.numeric");
    expect_drift("ALTER TABLE books DROP COLUMN isbn",
                 "query \"GetBook\" does not fit the server's schema: column \"isbn\" does not exist");
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "42703");
    expect_drift("DROP TABLE books",
                 "query \"GetBook\" does not fit the server's schema: relation \"books\" does not "
                 "exist");
    expect_drift("ALTER TABLE books ALTER COLUMN isbn TYPE shape USING NULL",
                 "query \"GetBook\" does not fit the server's schema: column \"isbn\": expected type "
                 "pg_catalog.text, found public.shape");
}
END_TEST

START_TEST(count_and_names)
{
    static const querc_query more = {.name = "More",
                                     .sql = "SELECT id, title, isbn, published, 1 FROM books",
                                     .statement = "querc_more",
                                     .columns = book_columns,
                                     .row_size = sizeof(Book),
                                     .owner_offset = offsetof(Book, owner),
                                     .column_count = 4};
    static const querc_query renamed = {.name = "Renamed",
                                        .sql = "SELECT id, title, isbn AS isbm, published FROM books",
                                        .statement = "querc_renamed",
                                        .columns = book_columns,
                                        .row_size = sizeof(Book),
                                        .owner_offset = offsetof(Book, owner),
                                        .column_count = 4};
    static const querc_query fewer_params = {.name = "FewerParams",
                                             .sql = "DELETE FROM books WHERE id = $1",
                                             .statement = "querc_fewer",
                                             .params = add_params,
                                             .owner_offset = QUERC_NO_OWNER,
                                             .param_count = 2};
    Books books;
    assert_status(db, QUERC_SCHEMA_DRIFT, querc_call_many(db, &more, NULL, &books));
    ck_assert_str_eq(querc_last_error(db)->message,
                     "query \"More\" does not fit the server's schema: expected 4 columns, found 5");
    assert_status(db, QUERC_SCHEMA_DRIFT, querc_call_many(db, &renamed, NULL, &books));
    ck_assert_str_eq(querc_last_error(db)->message, "query \"Renamed\" does not fit the server's schema: column 3: "
                                                    "expected name \"isbn\", found \"isbm\"");
    ck_assert_str_ne(querc_last_error(db)->hint, "");
    const int64_t id = 1;
    const void *const args[] = {&id, "x"};
    assert_status(db, QUERC_SCHEMA_DRIFT, querc_call_exec(db, &fewer_params, args));
    ck_assert_str_eq(querc_last_error(db)->message,
                     "query \"FewerParams\" does not fit the server's schema: expected 2 parameters, found 1");
}
END_TEST

START_TEST(drift_is_found_again_and_mended)
{
    Book book;
    execute(db, "ALTER TABLE books ALTER COLUMN published TYPE timestamp");
    assert_status(db, QUERC_SCHEMA_DRIFT, call_get_book(db, 1, &book));
    assert_status(db, QUERC_SCHEMA_DRIFT, call_get_book(db, 1, &book));
    execute(db, "ALTER TABLE books ALTER COLUMN published TYPE date");
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
}
END_TEST

/* The plan's result would change: the server refuses it, and the statement is checked anew. */
START_TEST(changes_under_a_prepared_statement)
{
    Book book;
    Books books;
    querc_stream stream;
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    querc_stream_close(&stream);
    execute(db, "ALTER TABLE books ALTER COLUMN isbn TYPE varchar(40)");
    assert_status(db, QUERC_SCHEMA_DRIFT, call_get_book(db, 1, &book));
    assert_contains(querc_last_error(db)->message, "found pg_catalog.varchar");
    assert_status(db, QUERC_SCHEMA_DRIFT, querc_call_open(db, &list_books, NULL, &stream));
    execute(db, "ALTER TABLE books ALTER COLUMN isbn TYPE text");
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    assert_status(db, QUERC_OK, querc_call_many(db, &list_books, NULL, &books));
    books_free(&books);
}
END_TEST

/* Another handle left a statement of the same name whose plan is of an older schema. */
START_TEST(stale_plan_found_when_preparing)
{
    Book book;
    execute(db, "ALTER TABLE books ALTER COLUMN title TYPE varchar(100)");
    PQclear(PQprepare(querc_pgconn(db), get_book.statement, get_book.sql, 0, NULL));
    execute(db, "ALTER TABLE books ALTER COLUMN title TYPE text");
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    ck_assert_str_eq(book.title, "title 1");
    book_free(&book);
}
END_TEST

START_TEST(plan_of_another_result_type)
{
    Book book;
    querc_stream stream;
    /* The plans are made while title is a varchar, unknown to libquerc, so that they are stale when they are used.
     */
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    querc_stream_close(&stream);
    execute(db, "ALTER TABLE books ALTER COLUMN title TYPE varchar(100); DEALLOCATE querc_get_book;"
                "DEALLOCATE querc_list_books");
    PQclear(PQprepare(querc_pgconn(db), get_book.statement, get_book.sql, 0, NULL));
    PQclear(PQprepare(querc_pgconn(db), list_books.statement, list_books.sql, 0, NULL));
    execute(db, "ALTER TABLE books ALTER COLUMN title TYPE text");
    /* In a transaction it is an error, which another try of the transaction mends: the next use prepares anew. */
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    assert_status(db, QUERC_RETRY, call_get_book(db, 1, &book));
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "0A000");
    ck_assert_int_eq(querc_rollback(db), QUERC_OK);
    assert_status(db, QUERC_OK, call_get_book(db, 1, &book));
    book_free(&book);
    assert_status(db, QUERC_OK, querc_call_open(db, &list_books, NULL, &stream));
    ck_assert_int_eq(querc_call_next(&stream, &list_books, &book), QUERC_ROW);
    querc_stream_close(&stream);
}
END_TEST

START_TEST(rights_are_not_drift)
{
    Book book;
    execute(db, "DROP ROLE IF EXISTS guest; CREATE ROLE guest; GRANT USAGE ON SCHEMA public TO guest;"
                "SET ROLE guest");
    assert_status(db, QUERC_ERROR, call_get_book(db, 1, &book));
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "42501");
    execute(db, "RESET ROLE");
}
END_TEST

/* --- types that are resolved by name ---------------------------------------------------------------------------
 */

typedef struct Mood {
    int value;
    querc_text_array list;
    querc_owner *owner;
} Mood;

static const querc_column mood_columns[] = {{"mood", &mood, offsetof(Mood, value), QUERC_NOT_NULL},
                                            {"list", &mood_array, offsetof(Mood, list), QUERC_NULL_IS_ZERO}};
static const querc_param mood_params[] = {{"mood", &mood, false}, {"list", &mood_array, true}};

static querc_status call_mood(const querc_query *query, Mood *row)
{
    const int happy = 2;
    const void *const args[] = {&happy, NULL};
    return querc_call_one(db, query, args, row);
}

START_TEST(types_are_resolved_by_name)
{
    static const querc_query with_schema = {.name = "Mood",
                                            .sql = "SELECT $1::mood AS mood, $2::mood[] AS list",
                                            .statement = "querc_mood",
                                            .schema = &schema,
                                            .params = mood_params,
                                            .columns = mood_columns,
                                            .row_size = sizeof(Mood),
                                            .owner_offset = offsetof(Mood, owner),
                                            .param_count = 2,
                                            .column_count = 2};
    querc_query without_schema = with_schema;
    Mood row;
    without_schema.schema = NULL;
    without_schema.statement = "querc_mood_2";
    assert_status(db, QUERC_OK, call_mood(&with_schema, &row));
    ck_assert_int_eq(row.value, 2);
    querc_free(&row, sizeof row, row.owner);
    ck_assert_uint_eq(db->types.count, 2); /* mood and shape in one go; what is missing is not minded */
    assert_status(db, QUERC_OK, call_mood(&without_schema, &row));
    querc_free(&row, sizeof row, row.owner);
    /* The session's search_path and its objects have no say. */
    querc_forget(db);
    execute(db, "DEALLOCATE ALL; CREATE SCHEMA evil; CREATE TYPE evil.mood AS ENUM ('x');"
                "CREATE FUNCTION evil.unnest(name[]) RETURNS SETOF name LANGUAGE sql AS 'SELECT ''x''::name';"
                "SET search_path = evil, pg_catalog, public");
    assert_status(db, QUERC_SCHEMA_DRIFT, call_mood(&with_schema, &row));
    assert_contains(querc_last_error(db)->message, "expected type public.mood, found evil.mood");
    execute(db, "DROP SCHEMA evil CASCADE");
}
END_TEST

START_TEST(a_type_is_missing)
{
    static const querc_column columns[] = {{"m", &missing, 0, QUERC_NOT_NULL}};
    static const querc_query query = {.name = "Missing",
                                      .sql = "SELECT 'round'::missing AS m",
                                      .statement = "querc_missing",
                                      .schema = &schema,
                                      .columns = columns,
                                      .row_size = sizeof(int),
                                      .owner_offset = QUERC_NO_OWNER,
                                      .column_count = 1};
    int row;
    assert_status(db, QUERC_SCHEMA_DRIFT, querc_call_one(db, &query, NULL, &row));
    ck_assert_str_eq(querc_last_error(db)->message,
                     "query \"Missing\" does not fit the server's schema: type public.missing does not exist");
    /* It is looked for again: a migration may have made it. */
    execute(db, "CREATE TYPE missing AS ENUM ('sad', 'happy', 'round')");
    assert_status(db, QUERC_OK, querc_call_one(db, &query, NULL, &row));
    ck_assert_int_eq(row, 0);
}
END_TEST

START_TEST(descriptors_that_are_not_ours)
{
    static const querc_type future = {(querc_kind)99, 23, "pg_catalog", "int4", NULL, NULL, NULL, 0, NULL};
    static const querc_type text_only = {
        QUERC_KIND_TEXT_FORM, 3904, "pg_catalog", "int4range", NULL, NULL, NULL, 0, NULL};
    static querc_type loop = {QUERC_KIND_DOMAIN, 23, "public", "loop", NULL, NULL, NULL, 0, NULL};
    loop.element = &loop;
    const querc_type *types[] = {&future, &text_only, &loop};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const querc_column column = {"v", types[i], 0, QUERC_NOT_NULL};
        const querc_query query = {.name = "Q",
                                   .sql = "SELECT 1 AS v",
                                   .statement = "q",
                                   .columns = &column,
                                   .column_count = 1,
                                   .row_size = 64,
                                   .owner_offset = QUERC_NO_OWNER};
        char row[64];
        assert_status(db, QUERC_MISUSE, querc_call_one(db, &query, NULL, row));
        querc_forget(db);
    }
}
END_TEST

START_TEST(the_check_can_be_left_out)
{
    const querc_options options = {.skip_drift_check = true};
    querc_conn *other = open_db(&options);
    Book book;
    execute(other, "ALTER TABLE books ALTER COLUMN id TYPE int4");
    /* The parameter's type was declared and still fits; the result's column does not. */
    assert_status(other, QUERC_OK, call_add_book(other, 2000, "x", NULL, NULL));
    assert_status(other, QUERC_SCHEMA_DRIFT, call_get_book(other, 2000, &book));
    querc_close(other);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("drift");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, messages);
    tcase_add_test(tests, count_and_names);
    tcase_add_test(tests, drift_is_found_again_and_mended);
    tcase_add_test(tests, changes_under_a_prepared_statement);
    tcase_add_test(tests, stale_plan_found_when_preparing);
    tcase_add_test(tests, plan_of_another_result_type);
    tcase_add_test(tests, rights_are_not_drift);
    tcase_add_test(tests, types_are_resolved_by_name);
    tcase_add_test(tests, a_type_is_missing);
    tcase_add_test(tests, descriptors_that_are_not_ours);
    tcase_add_test(tests, the_check_can_be_left_out);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
