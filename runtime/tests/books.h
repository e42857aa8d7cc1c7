/* Queries on a small schema, as generated code would have them. */
#ifndef QUERC_TESTS_BOOKS_H
#define QUERC_TESTS_BOOKS_H

#include "support.h"

typedef struct Book {
    int64_t id;
    const char *title;
    const char *isbn;
    bool has_published;
    querc_date published;
    querc_owner *owner;
} Book;

typedef struct Books {
    Book *items;
    size_t len;
    querc_owner *owner;
} Books;

enum { BOOKS_ISBN_KEY = 1, BOOKS_TITLE_CHECK, YEAR_CHECK };

static const querc_constraint book_constraints[] = {
    {"public", "books", "books_isbn_key", BOOKS_ISBN_KEY},
    {"public", "books", "books_title_check", BOOKS_TITLE_CHECK},
    {"public", "year", "year_check", YEAR_CHECK},
};
static const querc_schema book_schema = {.constraints = book_constraints, .constraint_count = 3};

static const querc_column book_columns[] = {
    {"id", &querc_type_int8, offsetof(Book, id), QUERC_NOT_NULL},
    {"title", &querc_type_text, offsetof(Book, title), QUERC_NOT_NULL},
    {"isbn", &querc_type_text, offsetof(Book, isbn), QUERC_NULL_IS_ZERO},
    {"published", &querc_type_date, offsetof(Book, published), offsetof(Book, has_published)},
};
static const querc_param id_param[] = {{"id", &querc_type_int8, false}};

static const querc_query get_book = {
    .name = "GetBook",
    .sql = "SELECT id, title, isbn, published FROM books WHERE id = $1",
    .statement = "querc_get_book",
    .schema = &book_schema,
    .params = id_param,
    .columns = book_columns,
    .row_size = sizeof(Book),
    .owner_offset = offsetof(Book, owner),
    .param_count = 1,
    .column_count = 4,
    .read_only = true,
};

static const querc_query list_books = {
    .name = "ListBooks",
    .sql = "SELECT id, title, isbn, published FROM books ORDER BY id",
    .statement = "querc_list_books",
    .schema = &book_schema,
    .columns = book_columns,
    .row_size = sizeof(Book),
    .owner_offset = offsetof(Book, owner),
    .column_count = 4,
    .read_only = true,
};

static const querc_param add_params[] = {{"id", &querc_type_int8, false},
                                         {"title", &querc_type_text, false},
                                         {"isbn", &querc_type_text, true},
                                         {"published", &querc_type_date, true}};

static const querc_query add_book = {
    .name = "AddBook",
    .sql = "INSERT INTO books (id, title, isbn, published) VALUES ($1, $2, $3, $4)",
    .statement = "querc_add_book",
    .schema = &book_schema,
    .params = add_params,
    .owner_offset = QUERC_NO_OWNER,
    .param_count = 4,
};

static const querc_query touch_books = {
    .name = "TouchBooks",
    .sql = "UPDATE books SET title = title WHERE id >= $1",
    .statement = "querc_touch_books",
    .schema = &book_schema,
    .params = id_param,
    .owner_offset = QUERC_NO_OWNER,
    .param_count = 1,
};

static inline querc_status call_add_book(querc_conn *db, int64_t id, const char *title, const char *isbn,
                                         const querc_date *published)
{
    const void *const args[] = {&id, title, isbn, published};
    return querc_call_exec(db, &add_book, args);
}

static inline querc_status call_get_book(querc_conn *db, int64_t id, Book *book)
{
    const void *const args[] = {&id};
    return querc_call_one(db, &get_book, args, book);
}

static inline void book_free(Book *book)
{
    querc_free(book, sizeof *book, book->owner);
}

static inline void books_free(Books *books)
{
    querc_free(books, sizeof *books, books->owner);
}

static inline void create_books(querc_conn *db)
{
    execute(db, "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;"
                "CREATE DOMAIN year AS int4 CONSTRAINT year_check CHECK (value > 0);"
                "CREATE TABLE books (id int8 PRIMARY KEY, title text NOT NULL CHECK (title <> ''),"
                " isbn text UNIQUE, published date);"
                "INSERT INTO books SELECT i, 'title ' || i, NULLIF('isbn ' || i, 'isbn 2'),"
                " CASE WHEN i <> 3 THEN date '2000-01-01' + i::int4 END FROM generate_series(1, 1000) AS i");
}

#endif
