/* The expected output of the project "books", compiled and run against a server with the schema in
 * books_schema.sql. */
#include "authors.sql.h"
#include "batches.sql.h"
#include "books.sql.h"

#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static querc_conn *db;

static void assert_ok(querc_status status)
{
    ck_assert_msg(status == QUERC_OK, "%s: %s", querc_status_name(status), querc_last_error(db)->message);
}

static void execute(const char *sql)
{
    PGresult *result = PQexec(querc_pgconn(db), sql);
    ck_assert_msg(PQresultStatus(result) == PGRES_COMMAND_OK, "%s", PQresultErrorMessage(result));
    PQclear(result);
}

static void run_script(const char *path)
{
    char sql[4096];
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    size_t len = fread(sql, 1, sizeof sql - 1, file);
    fclose(file);
    ck_assert_uint_lt(len, sizeof sql - 1);
    sql[len] = '\0';
    execute(sql);
}

static void open_database(void)
{
    querc_status status = querc_open("", NULL, &db);
    assert_ok(status);
    execute("SET client_min_messages = warning; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
    run_script(QUERC_SOURCE_DIR "/codegen/tests/books_schema.sql");
}

static void close_database(void)
{
    querc_close(db);
}

/* ---- Data ---------------------------------------------------------------------------------------------------- */

static void add_author(int64_t id, const char *name, const int32_t *born)
{
    lib_author author;
    assert_ok(lib_create_author(db, id, name, born, &author));
    lib_author_free(&author);
}

static querc_status add_book(const char *title, const char *isbn, lib_book *book)
{
    const char *const tags[] = {"a", NULL, "c d"};
    querc_date day;
    ck_assert(querc_date_from_ymd(1999, 12, 31, &day));
    const lib_page_size size = {.has_height = true, .height = 21, .unit = "cm"};
    const lib_create_book_params params = {
        .author_id = 1,
        .title = title,
        .isbn = isbn,
        .published = isbn != NULL ? &day : NULL,
        .status = isbn != NULL ? LIB_BOOK_STATUS_SOLD_OUT : LIB_BOOK_STATUS_DRAFT,
        .tags = {.items = tags, .len = 3},
        .size = isbn != NULL ? &size : NULL,
    };
    return lib_create_book(db, &params, book);
}

static void add_two_books(void)
{
    lib_book book;
    const int32_t born = 1950;
    add_author(1, "Ann", &born);
    assert_ok(add_book("First", "1-2", &book));
    lib_book_free(&book);
    assert_ok(add_book("Second", NULL, &book));
    lib_book_free(&book);
}

/* ---- Tests --------------------------------------------------------------------------------------------------- */

START_TEST(one)
{
    lib_author author;
    lib_count_authors_row count;
    const int32_t born = 1950;
    assert_ok(lib_create_author(db, 1, "Ann", &born, &author));
    ck_assert_int_eq(author.id, 1);
    ck_assert_str_eq(author.name, "Ann");
    ck_assert(author.has_born);
    ck_assert_int_eq(author.born, 1950);
    lib_author_free(&author);
    lib_author_free(&author);
    ck_assert_ptr_null(author.name);

    assert_ok(lib_create_author(db, 2, "Bob", NULL, &author));
    ck_assert(!author.has_born);
    lib_author_free(&author);
    assert_ok(lib_get_author(db, 2, &author));
    ck_assert_str_eq(author.name, "Bob");
    lib_author_free(&author);
    ck_assert_int_eq(lib_get_author(db, 3, &author), QUERC_NO_ROWS);
    lib_author_free(&author);

    assert_ok(lib_count_authors(db, &count));
    ck_assert_int_eq(count.count, 2);
    ck_assert(count.has_column_2);
    ck_assert_int_eq(count.column_2, 2);
    lib_count_authors_row_free(&count);
}
END_TEST

START_TEST(struct_of_parameters)
{
    lib_book book;
    int year, month, day;
    add_author(1, "Ann", NULL);
    assert_ok(add_book("Title", "1-2", &book));
    ck_assert_str_eq(book.title, "Title");
    ck_assert_str_eq(book.isbn, "1-2");
    ck_assert(book.has_published);
    ck_assert(querc_date_to_ymd(book.published, &year, &month, &day));
    ck_assert_int_eq(year, 1999);
    ck_assert_int_eq(book.status, LIB_BOOK_STATUS_SOLD_OUT);
    ck_assert_str_eq(lib_book_status_label(book.status), "sold-out");
    ck_assert_int_eq(lib_book_status_from_label("in print"), LIB_BOOK_STATUS_IN_PRINT);
    ck_assert_int_eq(lib_book_status_from_label("lost"), LIB_BOOK_STATUS_UNKNOWN_LABEL);
    ck_assert_uint_eq(book.tags.len, 3);
    ck_assert_str_eq(book.tags.items[2], "c d");
    ck_assert_ptr_null(book.tags.items[1]);
    ck_assert(book.has_size && book.size.has_height);
    ck_assert_int_eq(book.size.height, 21);
    ck_assert_str_eq(book.size.unit, "cm");
    lib_book_free(&book);

    assert_ok(add_book("No ISBN", NULL, &book));
    ck_assert_ptr_null(book.isbn);
    ck_assert(!book.has_published && !book.has_size);
    lib_book_free(&book);
}
END_TEST

START_TEST(violations)
{
    lib_book book;
    lib_author author;
    add_two_books();
    ck_assert_int_eq(add_book("Again", "1-2", &book), QUERC_CONSTRAINT);
    ck_assert_int_eq(querc_last_error(db)->constraint_id, LIB_BOOKS_ISBN_KEY);
    ck_assert_int_eq(add_book("", "1-3", &book), QUERC_CONSTRAINT);
    ck_assert_int_eq(querc_last_error(db)->constraint_id, LIB_BOOKS_SENSIBLE);
    const int32_t born = 3000;
    ck_assert_int_eq(lib_create_author(db, 9, "Zed", &born, &author), QUERC_CONSTRAINT);
    ck_assert_int_eq(querc_last_error(db)->constraint_id, LIB_AUTHORS_SENSIBLE);
    ck_assert_str_eq(querc_last_error(db)->query, "CreateAuthor");
}
END_TEST

START_TEST(many_and_stream)
{
    lib_list_books_by_author_rows rows;
    querc_stream stream;
    lib_book book;
    add_two_books();
    assert_ok(lib_list_books_by_author(db, 1, 10, &rows));
    ck_assert_uint_eq(rows.len, 2);
    ck_assert_str_eq(rows.items[0].title, "First");
    ck_assert_str_eq(rows.items[1].title, "Second");
    lib_list_books_by_author_rows_free(&rows);
    lib_list_books_by_author_rows_free(&rows);
    ck_assert_uint_eq(rows.len, 0);
    assert_ok(lib_list_books_by_author(db, 7, 10, &rows));
    ck_assert_uint_eq(rows.len, 0);

    assert_ok(lib_list_books_by_author_open(db, 1, 10, &stream));
    ck_assert_int_eq(lib_list_books_by_author_next(&stream, &book), QUERC_ROW);
    ck_assert_str_eq(book.title, "First");
    ck_assert_int_eq(book.size.height, 21);
    ck_assert_int_eq(lib_list_books_by_author_next(&stream, &book), QUERC_ROW);
    ck_assert_str_eq(book.title, "Second");
    ck_assert(!book.has_size);
    ck_assert_int_eq(lib_list_books_by_author_next(&stream, &book), QUERC_DONE);
    querc_stream_close(&stream);
}
END_TEST

START_TEST(embedded)
{
    lib_list_books_with_authors_rows rows;
    add_two_books();
    assert_ok(lib_list_books_with_authors(db, &rows));
    ck_assert_uint_eq(rows.len, 2);
    ck_assert_str_eq(rows.items[0].book.isbn, "1-2");
    ck_assert(rows.items[0].has_author);
    ck_assert_str_eq(rows.items[0].author.name, "Ann");
    ck_assert_int_eq(rows.items[0].title_length, 5);
    lib_list_books_with_authors_rows_free(&rows);

    execute("UPDATE authors SET born = NULL");
    assert_ok(lib_list_books_with_authors(db, &rows));
    ck_assert(!rows.items[0].has_author);
    ck_assert_ptr_null(rows.items[0].author.name);
    ck_assert_str_eq(rows.items[0].book.title, "First");
    lib_list_books_with_authors_rows_free(&rows);
}
END_TEST

START_TEST(arrays_of_enums_and_composites)
{
    const lib_book_status wanted[] = {LIB_BOOK_STATUS_DRAFT, LIB_BOOK_STATUS_UNKNOWN};
    const lib_book_status unknown[] = {LIB_BOOK_STATUS_UNKNOWN_LABEL};
    lib_find_books_rows found;
    lib_list_sizes_rows sizes;
    lib_book_title title;
    add_two_books();
    assert_ok(lib_find_books(db, (lib_book_status_array){.items = wanted, .len = 2}, NULL, &found));
    ck_assert_uint_eq(found.len, 1);
    ck_assert_str_eq(found.items[0].title, "Second");
    assert_ok(lib_get_book_title(db, found.items[0].id, &title));
    ck_assert_str_eq(title.title, "Second");
    lib_book_title_free(&title);
    lib_find_books_rows_free(&found);
    ck_assert_int_eq(lib_find_books(db, (lib_book_status_array){.items = unknown, .len = 1}, NULL, &found),
                     QUERC_ENCODE);

    assert_ok(lib_list_sizes(db, &sizes));
    ck_assert_uint_eq(sizes.len, 1);
    ck_assert_uint_eq(sizes.items[0].sizes.len, 2);
    ck_assert_str_eq(sizes.items[0].sizes.items[0].unit, "cm");
    ck_assert(sizes.items[0].sizes.nulls[1]);
    ck_assert_int_eq(sizes.items[0].statuses.items[0], LIB_BOOK_STATUS_SOLD_OUT);
    lib_list_sizes_rows_free(&sizes);
}
END_TEST

START_TEST(text_format)
{
    lib_search_books_rows rows;
    add_two_books();
    assert_ok(lib_search_books(db, &rows));
    ck_assert_uint_eq(rows.len, 2);
    ck_assert_str_eq(rows.items[0].words, "'first':1");
    ck_assert(rows.items[0].has_published && !rows.items[1].has_published);
    ck_assert_str_eq(rows.items[0].tags.items[2], "c d");
    lib_search_books_rows_free(&rows);
}
END_TEST

START_TEST(commands)
{
    int64_t count;
    querc_command command;
    querc_date day;
    lib_list_books_by_author_rows rows;
    add_two_books();
    assert_ok(lib_wake(db));
    ck_assert(querc_date_from_ymd(2001, 2, 3, &day));
    assert_ok(lib_list_books_by_author(db, 1, 1, &rows));
    int64_t id = rows.items[0].id;
    lib_list_books_by_author_rows_free(&rows);
    assert_ok(lib_set_published(db, id, NULL));
    assert_ok(lib_list_books_by_author(db, 1, 1, &rows));
    ck_assert(!rows.items[0].has_published);
    lib_list_books_by_author_rows_free(&rows);
    assert_ok(lib_set_published(db, id, &day));
    assert_ok(lib_list_books_by_author(db, 1, 1, &rows));
    ck_assert_int_eq(rows.items[0].published.days, day.days);
    lib_list_books_by_author_rows_free(&rows);
    assert_ok(lib_delete_books_by_author(db, 1, &count));
    ck_assert_int_eq(count, 2);
    assert_ok(lib_delete_author(db, 1, &command));
    ck_assert_str_eq(command.tag, "DELETE 1");
}
END_TEST

static querc_status next_copy(void *context, lib_copy_books_params *item)
{
    int *left = context;
    if (*left == 0)
        return QUERC_DONE;
    --*left;
    item->author_id = 1;
    item->title = "Copied";
    item->status = LIB_BOOK_STATUS_DRAFT;
    return QUERC_ROW;
}

START_TEST(copies)
{
    static const char *const tags[] = {"x", NULL};
    static const lib_page_size size = {.unit = "in"};
    lib_copy_books_params books[] = {
        {.author_id = 1, .title = "C1", .isbn = "7-7", .status = LIB_BOOK_STATUS_IN_PRINT, .size = &size},
        {.author_id = 1, .title = "C2", .status = LIB_BOOK_STATUS_DRAFT, .tags = {.items = tags, .len = 2}},
    };
    lib_list_books_by_author_rows rows;
    int64_t count;
    int left = 5;
    add_author(1, "Ann", NULL);
    assert_ok(lib_copy_books(db, books, 2, &count));
    ck_assert_int_eq(count, 2);
    assert_ok(lib_list_books_by_author(db, 1, 10, &rows));
    ck_assert_uint_eq(rows.len, 2);
    ck_assert_str_eq(rows.items[0].isbn, "7-7");
    ck_assert(rows.items[0].has_size && !rows.items[0].size.has_height);
    ck_assert_str_eq(rows.items[0].size.unit, "in");
    ck_assert_int_eq(rows.items[0].status, LIB_BOOK_STATUS_IN_PRINT);
    ck_assert_ptr_null(rows.items[1].tags.items[1]);
    lib_list_books_by_author_rows_free(&rows);
    ck_assert_int_eq(lib_copy_books(db, books, 2, &count), QUERC_CONSTRAINT);
    ck_assert_int_eq(querc_last_error(db)->constraint_id, LIB_BOOKS_ISBN_KEY);
    ck_assert_int_eq(querc_last_error(db)->row, 1);
    assert_ok(lib_copy_books_from(db, next_copy, &left, &count));
    ck_assert_int_eq(count, 5);
}
END_TEST

START_TEST(batches)
{
    const querc_date day = {100};
    lib_list_books_by_author_rows rows;
    querc_batch batch;
    lib_get_books_batch found;
    lib_list_titles_batch titles;
    const lib_list_titles_params authors[] = {{1}, {2}};
    add_two_books();
    assert_ok(lib_list_books_by_author(db, 1, 10, &rows));
    const lib_publish_books_params changes[] = {{rows.items[0].id, NULL}, {rows.items[1].id, &day}, {-1, NULL}};
    const lib_get_books_params ids[] = {{rows.items[1].id}, {-1}, {rows.items[0].id}};
    lib_list_books_by_author_rows_free(&rows);
    assert_ok(lib_publish_books(db, changes, 3, QUERC_BATCH_EACH, &batch));
    ck_assert_int_eq(batch.outcomes[1].rows, 1);
    ck_assert_int_eq(batch.outcomes[2].rows, 0);
    querc_batch_free(&batch);
    assert_ok(lib_publish_books(db, changes, 3, QUERC_BATCH_ATOMIC, NULL));

    assert_ok(lib_get_books(db, ids, 3, QUERC_BATCH_ATOMIC, &found));
    ck_assert_str_eq(found.items[0].title, "Second");
    ck_assert_int_eq(found.items[0].published.days, 100);
    ck_assert_int_eq(found.outcomes[1].status, QUERC_NO_ROWS);
    ck_assert_str_eq(found.items[2].isbn, "1-2");
    ck_assert_str_eq(found.items[2].tags.items[2], "c d");
    lib_get_books_batch_free(&found);

    assert_ok(lib_list_titles(db, authors, 2, QUERC_BATCH_ATOMIC, &titles));
    ck_assert_uint_eq(titles.items[0].len, 2);
    ck_assert_str_eq(titles.items[0].items[1].title, "Second");
    ck_assert_uint_eq(titles.items[1].len, 0);
    lib_list_titles_batch_free(&titles);
}
END_TEST

/* What was violated, a switch without default, which -Wswitch checks. */
static const char *explain(const querc_error *error)
{
    switch (lib_create_book_violated(error)) {
    case LIB_CREATE_BOOK_VIOLATES_BOOKS_PKEY:
        return "primary key";
    case LIB_CREATE_BOOK_VIOLATES_BOOKS_ISBN_KEY:
        return "ISBN taken";
    case LIB_CREATE_BOOK_VIOLATES_BOOKS_AUTHOR_ID_FKEY:
        return "no such author";
    case LIB_CREATE_BOOK_VIOLATES_BOOKS_SENSIBLE:
        return "no title";
    case LIB_CREATE_BOOK_VIOLATES_ISBN_CHECK:
        return "no ISBN";
    case LIB_CREATE_BOOK_VIOLATES_BOOKS_TITLE_NOT_NULL:
        return "title is NULL";
    case LIB_CREATE_BOOK_VIOLATES_OTHER:
        break;
    }
    return "other";
}

static void drop_trigger(void)
{
    PQclear(PQexec(querc_pgconn(db), "DROP TRIGGER forget ON books"));
}

START_TEST(own_violations)
{
    lib_book book;
    add_author(1, "Ann", NULL);
    ck_assert_str_eq(explain(NULL), "other");
    assert_ok(add_book("A", "1-2", &book));
    lib_book_free(&book);
    ck_assert_int_eq(add_book("B", "1-2", &book), QUERC_CONSTRAINT);
    ck_assert_str_eq(explain(querc_last_error(db)), "ISBN taken");
    ck_assert_int_eq(add_book("", NULL, &book), QUERC_CONSTRAINT);
    ck_assert_str_eq(explain(querc_last_error(db)), "no title");
    ck_assert_int_eq(add_book("C", "X", &book), QUERC_CONSTRAINT);
    ck_assert_str_eq(explain(querc_last_error(db)), "no ISBN");
    /* Only a trigger makes it NULL, as the parameter can't be. */
    PQclear(PQexec(querc_pgconn(db),
                   "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS "
                   "'BEGIN IF new.title = ''D'' THEN new.title := NULL; ELSIF new.title = ''E'' THEN "
                   "new.status := NULL; END IF; RETURN new; END'"));
    PQclear(PQexec(querc_pgconn(db),
                   "CREATE TRIGGER forget BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION forget()"));
    ck_assert_int_eq(add_book("D", NULL, &book), QUERC_CONSTRAINT);
    ck_assert_str_eq(explain(querc_last_error(db)), "title is NULL");
    ck_assert_int_eq(querc_last_error(db)->constraint_id, LIB_BOOKS_TITLE_NOT_NULL);
    ck_assert_int_eq(add_book("E", NULL, &book), QUERC_CONSTRAINT);
    ck_assert_str_eq(querc_last_error(db)->column, "status");
    ck_assert_str_eq(explain(querc_last_error(db)), "other");
    drop_trigger();
}
END_TEST

/* One statement for all items, in which rows that are there already are changed; and the bulk of an UPDATE. */
START_TEST(bulk)
{
    const querc_date day = {8825};
    const lib_upsert_books_params items[] = {
        {.title = "First", .isbn = "1-2", .published = &day, .status = LIB_BOOK_STATUS_DRAFT},
        {.title = "Second", .status = LIB_BOOK_STATUS_SOLD_OUT},
    };
    lib_upsert_books_rows rows;
    lib_book book;
    int64_t count;
    add_author(1, "Ann", NULL);
    assert_ok(lib_upsert_books(db, 1, items, 2, &rows));
    ck_assert_uint_eq(rows.len, 2);
    int64_t first = rows.items[0].id;
    ck_assert_str_eq(rows.items[0].isbn, "1-2");
    ck_assert_ptr_null(rows.items[1].isbn);
    lib_retitle_books_params titles[] = {{rows.items[1].id, "2nd"}, {first, "1st"}, {first + 100, "none"}};
    lib_upsert_books_rows_free(&rows);
    assert_ok(lib_retitle_books(db, titles, 3, &count));
    ck_assert_int_eq(count, 2);

    const lib_upsert_books_params again = {.title = "Again", .isbn = "1-2", .status = LIB_BOOK_STATUS_DRAFT};
    assert_ok(lib_upsert_books(db, 1, &again, 1, &rows));
    ck_assert_uint_eq(rows.len, 1);
    ck_assert_int_eq(rows.items[0].id, first);
    lib_upsert_books_rows_free(&rows);
    const lib_get_books_params id = {first};
    lib_get_books_batch found;
    assert_ok(lib_get_books(db, &id, 1, QUERC_BATCH_EACH, &found));
    book = found.items[0];
    ck_assert_str_eq(book.title, "Again");
    ck_assert(book.has_published);
    ck_assert_int_eq(book.published.days, 8825);
    ck_assert_int_eq(book.status, LIB_BOOK_STATUS_DRAFT);
    lib_get_books_batch_free(&found);

    assert_ok(lib_upsert_books(db, 1, NULL, 0, &rows));
    ck_assert_uint_eq(rows.len, 0);
    lib_upsert_books_rows_free(&rows);
    assert_ok(lib_retitle_books(db, NULL, 0, &count));
    ck_assert_int_eq(count, 0);
}
END_TEST

static size_t allocations_left;

static void *failing_allocate(void *context, size_t size)
{
    (void)context;
    return allocations_left == 0 ? NULL : (allocations_left--, malloc(size));
}

static void release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

/* With each allocation failing in turn there is an error until there is enough, and nothing is lost. */
START_TEST(bulk_without_memory)
{
    const querc_allocator allocator = {.allocate = failing_allocate, .release = release};
    const querc_options options = {.allocator = &allocator};
    const lib_upsert_books_params items[] = {{.title = "A", .isbn = "1", .status = LIB_BOOK_STATUS_DRAFT},
                                             {.title = "B", .status = LIB_BOOK_STATUS_DRAFT}};
    lib_upsert_books_rows rows;
    querc_conn *own;
    size_t n = 0;
    add_author(1, "Ann", NULL);
    allocations_left = SIZE_MAX;
    assert_ok(querc_open("", &options, &own));
    for (querc_status status = QUERC_NO_MEMORY; status != QUERC_OK; n++) {
        ck_assert_uint_lt(n, 1000);
        allocations_left = n;
        status = lib_upsert_books(own, 1, items, 2, &rows);
        if (status != QUERC_OK)
            ck_assert_str_eq(querc_last_error(own)->message, "out of memory");
        ck_assert_uint_eq(rows.len, status == QUERC_OK ? 2 : 0);
    }
    ck_assert_uint_gt(n, 4);
    allocations_left = SIZE_MAX;
    lib_upsert_books_rows_free(&rows);
    querc_close(own);
}
END_TEST

/* All items or none; what the server says, and what is refused before. */
START_TEST(bulk_mistakes)
{
    enum { MANY = 5000 };
    lib_upsert_books_params items[] = {
        {.title = "First", .isbn = "1-2", .status = LIB_BOOK_STATUS_DRAFT},
        {.title = "", .status = LIB_BOOK_STATUS_SOLD_OUT},
    };
    lib_upsert_books_rows rows;
    int64_t count;
    add_author(1, "Ann", NULL);
    ck_assert_int_eq(lib_upsert_books(db, 1, items, 2, &rows), QUERC_CONSTRAINT);
    ck_assert_int_eq(querc_last_error(db)->constraint_id, LIB_BOOKS_SENSIBLE);
    items[1].title = NULL;
    ck_assert_int_eq(lib_upsert_books(db, 1, items, 2, &rows), QUERC_ENCODE);
    ck_assert_str_eq(querc_last_error(db)->message,
                     "query \"UpsertBooks\": parameter $2 \"title\" (pg_catalog.text[]): is NULL, but must not be");
    ck_assert_int_eq(querc_last_error(db)->row, 2);
    ck_assert_uint_eq(rows.len, 0);
    items[1].title = "Second";
    items[1].status = LIB_BOOK_STATUS_UNKNOWN_LABEL;
    ck_assert_int_eq(lib_upsert_books(db, 1, items, 2, &rows), QUERC_ENCODE);
    ck_assert_int_eq(lib_upsert_books(db, 7, items, 1, &rows), QUERC_CONSTRAINT);
    ck_assert_int_eq(querc_last_error(db)->constraint_id, LIB_BOOKS_AUTHOR_ID_FKEY);

    lib_upsert_books_params *many = calloc(MANY, sizeof *many);
    ck_assert_ptr_nonnull(many);
    for (size_t i = 0; i < MANY; i++)
        many[i] = (lib_upsert_books_params){.title = "A title", .status = LIB_BOOK_STATUS_DRAFT};
    assert_ok(lib_upsert_books(db, 1, many, MANY, &rows));
    ck_assert_uint_eq(rows.len, MANY);
    free(many);
    lib_upsert_books_rows_free(&rows);
    assert_ok(lib_delete_books_by_author(db, 1, &count));
    ck_assert_int_eq(count, MANY);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run");
    TCase *tests = tcase_create("books");
    tcase_add_checked_fixture(tests, open_database, close_database);
    tcase_add_test(tests, one);
    tcase_add_test(tests, struct_of_parameters);
    tcase_add_test(tests, violations);
    tcase_add_test(tests, many_and_stream);
    tcase_add_test(tests, embedded);
    tcase_add_test(tests, arrays_of_enums_and_composites);
    tcase_add_test(tests, text_format);
    tcase_add_test(tests, commands);
    tcase_add_test(tests, copies);
    tcase_add_test(tests, batches);
    tcase_add_test(tests, bulk);
    tcase_add_test(tests, own_violations);
    tcase_add_test(tests, bulk_mistakes);
    tcase_add_test(tests, bulk_without_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
