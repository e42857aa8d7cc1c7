/* The example program: what generated code is like to use. Connects by libpq's environment (PGHOST and so on). */
#include "books.sql.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static querc_conn *db;

/* Ends the program after an error it does not expect. */
static void check(querc_status status)
{
    if (status == QUERC_OK)
        return;
    const querc_error *error = querc_last_error(db);
    fprintf(stderr, "%s: %s %s: %s\n", error->query, querc_status_name(status), error->sqlstate, error->message);
    exit(1);
}

static const char *date_text(bool has_date, querc_date date)
{
    static char text[32];
    if (!has_date)
        return "not published";
    querc_date_to_text(date, text, sizeof text);
    return text;
}

static int64_t add_author(const char *name, const char *born)
{
    lib_add_author_row author = {0};
    querc_date date;
    bool has_born = born && querc_date_from_text(born, &date);
    check(lib_add_author(db, name, has_born ? &date : NULL, &author));
    printf("added author %s as %" PRId64 "\n", name, author.id);
    int64_t id = author.id;
    lib_add_author_row_free(&author);
    return id;
}

static int64_t add_book(const lib_add_book_params *params)
{
    lib_book book = {0};
    check(lib_add_book(db, params, &book));
    printf("added %s \"%s\" as %" PRId64 "\n", lib_genre_label(book.genre), book.title, book.id);
    int64_t id = book.id;
    lib_book_free(&book);
    return id;
}

/* Which constraint was violated is an enumerator, not a name to be compared; -Wswitch checks that none is
 * forgotten. */
static void explain_violation(void)
{
    const querc_error *error = querc_last_error(db);
    switch (lib_add_book_violated(error)) {
    case LIB_ADD_BOOK_VIOLATES_BOOKS_ISBN_KEY:
        printf("refused: there is a book with this ISBN (%s)\n", error->detail);
        break;
    case LIB_ADD_BOOK_VIOLATES_BOOKS_TITLE_NOT_EMPTY:
        printf("refused: a book needs a title\n");
        break;
    case LIB_ADD_BOOK_VIOLATES_BOOKS_AUTHOR_ID_FKEY:
        printf("refused: no such author\n");
        break;
    case LIB_ADD_BOOK_VIOLATES_BOOKS_PKEY:
    case LIB_ADD_BOOK_VIOLATES_OTHER:
        printf("refused: %s\n", error->message);
        break;
    }
}

static void must_be_refused(const lib_add_book_params *params)
{
    lib_book book = {0};
    if (lib_add_book(db, params, &book) != QUERC_CONSTRAINT) {
        fprintf(stderr, "a book that violates a constraint was not refused\n");
        exit(1);
    }
    explain_violation();
}

static void show_book(int64_t id)
{
    lib_get_book_row book = {0};
    querc_status status = lib_get_book(db, id, &book);
    if (status == QUERC_NO_ROWS) {
        printf("book %" PRId64 ": there is none\n", id);
        return;
    }
    check(status);
    printf("book %" PRId64 ": %s, ISBN %s, %s\n", book.id, book.title, book.isbn ? book.isbn : "NULL",
           date_text(book.has_published, book.published));
    lib_get_book_row_free(&book);
}

/* Any number of rows in one statement. */
static void save_books(int64_t author_id)
{
    static const lib_save_books_params books[] = {
        {.title = "Emma", .isbn = "978-0-14-143958-7"},
        {.title = "Pride & Prejudice", .isbn = "978-0-14-143951-8"},
        {.title = "Sanditon"},
    };
    lib_save_books_rows saved = {0};
    check(lib_save_books(db, author_id, books, 3, &saved));
    for (size_t i = 0; i < saved.len; i++)
        printf("saved \"%s\" as %" PRId64 "\n", saved.items[i].title, saved.items[i].id);
    lib_save_books_rows_free(&saved);
}

static void list_books(int64_t author_id)
{
    lib_list_books_by_author_rows books = {0};
    check(lib_list_books_by_author(db, author_id, 10, &books));
    for (size_t i = 0; i < books.len; i++)
        printf("  %s (%s, %s)\n", books.items[i].title, lib_genre_label(books.items[i].genre),
               date_text(books.items[i].has_published, books.items[i].published));
    lib_list_books_by_author_rows_free(&books);
}

/* The same kind of query, row by row in constant memory. */
static void count_books(void)
{
    querc_stream stream = {0};
    lib_count_books_row row;
    querc_status status = lib_count_books_open(db, &stream);
    while (status == QUERC_OK || status == QUERC_ROW) {
        status = lib_count_books_next(&stream, &row);
        if (status == QUERC_ROW)
            printf("  %s: %" PRId64 " books, latest: %s\n", row.name, row.books,
                   date_text(row.has_latest, row.latest));
    }
    querc_stream_close(&stream);
    if (status != QUERC_DONE)
        check(status);
}

int main(void)
{
    if (querc_open("", NULL, &db) != QUERC_OK) {
        fprintf(stderr, "cannot connect: %s\n", querc_last_error(db)->message);
        return 1;
    }
    int64_t austen = add_author("Jane Austen", "1775-12-16");
    int64_t homer = add_author("Homer", NULL);
    querc_date published;
    querc_date_from_ymd(1813, 1, 28, &published);
    lib_add_book_params pride = {.author_id = austen,
                                 .title = "Pride and Prejudice",
                                 .genre = LIB_GENRE_NOVEL,
                                 .isbn = "978-0-14-143951-8",
                                 .published = &published};
    lib_add_book_params odyssey = {.author_id = homer, .title = "Odyssey", .genre = LIB_GENRE_POETRY};
    int64_t first = add_book(&pride);
    int64_t second = add_book(&odyssey);

    must_be_refused(&pride);
    must_be_refused(&(lib_add_book_params){.author_id = austen, .title = "", .genre = LIB_GENRE_ESSAY});
    must_be_refused(&(lib_add_book_params){.author_id = 99, .title = "Nobody's", .genre = LIB_GENRE_ESSAY});

    show_book(first);
    show_book(second);
    show_book(99);
    save_books(austen);
    printf("books of Jane Austen:\n");
    list_books(austen);
    printf("all authors:\n");
    count_books();

    int64_t changed = 0;
    check(lib_set_published(db, NULL, first, &changed));
    printf("took the date of %" PRId64 " book away\n", changed);
    show_book(first);
    check(lib_remove_book(db, first));
    show_book(first);
    querc_close(db);
    return 0;
}
