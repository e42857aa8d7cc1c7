/* The project "books": a bit of everything, in the SQL of books_schema.sql. */
#include "fixture.h"

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof(ARRAY)[0])

typedef struct Schema {
    const IrTable *authors, *books;
    const IrType *status, *status_array, *isbn, *size, *size_array;
} Schema;

static const char *const statuses[] = {"draft", "in print", "sold-out", "unknown"};

static void make_types(Builder *b, Schema *s)
{
    static const IrField size_fields[] = {{"height", &type_int4, true, NULL}, {"unit", &type_text, true, NULL}};
    s->status = build_enum(b, "book_status", statuses, COUNT(statuses));
    s->status_array = build_array(b, s->status);
    s->isbn = build_domain(b, "isbn", &type_text);
    s->size = build_composite(b, "page_size", size_fields, COUNT(size_fields));
    s->size_array = build_array(b, s->size);
}

static void make_tables(Builder *b, Schema *s)
{
    static const IrField authors[] = {
        {"id", &type_int8, false, NULL},
        {"name", &type_text, false, "as printed on the cover"},
        {"born", &type_int4, true, NULL},
    };
    IrField *books = arena_array_of(b->arena, 10, IrField);
    size_t n = 0;
    books[n++] = (IrField){"id", &type_int8, false, NULL};
    books[n++] = (IrField){"author_id", &type_int8, false, NULL};
    books[n++] = (IrField){"title", &type_text, false, NULL};
    books[n++] = (IrField){"isbn", s->isbn, true, NULL};
    books[n++] = (IrField){"published", &type_date, true, NULL};
    books[n++] = (IrField){"status", s->status, false, NULL};
    books[n++] = (IrField){"tags", &type_text_array, false, "in no order"};
    books[n++] = (IrField){"size", s->size, true, NULL};
    s->authors = build_table(b, "authors", authors, COUNT(authors));
    s->books = build_table(b, "books", books, n);
    build_constraint(b, "authors", "authors_pkey", 'p');
    build_constraint(b, "books", "books_pkey", 'p');
    build_constraint(b, "books", "books_isbn_key", 'u');
    build_constraint(b, "books", "books_author_id_fkey", 'f');
    build_constraint(b, "books", "sensible", 'c');
    build_constraint(b, "isbn", "isbn_check", IR_DOMAIN_CHECK);
    build_constraint(b, "books", "title", IR_NOT_NULL);
    build_constraint(b, "authors", "sensible", 'c');
}

static void author_queries(Builder *b, const Schema *s)
{
    build_file(b, "authors.sql");
    IrQuery *q = build_query(b, "CreateAuthor", IR_ONE,
                             "INSERT INTO authors (id, name, born) VALUES ($1, $2, $3) RETURNING id, name, born");
    q->cardinality = IR_ROWS_EXACTLY_ONE;
    build_param(b, q, "id", &type_int8, false);
    build_param(b, q, "name", &type_text, false);
    build_param(b, q, "born", &type_int4, true);
    build_star(b, q, s->authors);
    q->constraints = b->constraints.items;
    q->nconstraints = 1;

    q = build_query(b, "GetAuthor", IR_OPT, "SELECT id, name, born FROM authors WHERE id = $1");
    q->cardinality = IR_ROWS_AT_MOST_ONE;
    q->read_only = true;
    build_param(b, q, "id", &type_int8, false);
    build_star(b, q, s->authors);

    q = build_query(b, "DeleteAuthor", IR_EXECRESULT, "DELETE FROM authors WHERE id = $1");
    build_param(b, q, "id", &type_int8, false);

    q = build_query(b, "CountAuthors", IR_ONE, "SELECT count(*), 1 + 1 FROM authors /* all */");
    q->docs = "How many there are.\nWell, **/ roughly: \"C:\\?\?/\" /* é */";
    q->cardinality = IR_ROWS_EXACTLY_ONE;
    build_column(b, q, "count", &type_int8, false);
    build_column(b, q, "?column?", &type_int4, true);
}

static void book_changes(Builder *b, const Schema *s)
{
    IrQuery *q = build_query(b, "CreateBook", IR_ONE,
                             "INSERT INTO books (author_id, title, isbn, published, status, tags, size)\n"
                             "VALUES ($1, $2, $3, $4, $5, $6, $7)\n"
                             "RETURNING id, author_id, title, isbn, published, status, tags, size");
    build_param(b, q, "author_id", &type_int8, false);
    build_param(b, q, "title", &type_text, false);
    build_param(b, q, "isbn", s->isbn, true);
    build_param(b, q, "published", &type_date, true);
    build_param(b, q, "status", s->status, false);
    build_param(b, q, "tags", &type_text_array, false);
    build_param(b, q, "size", s->size, true);
    build_star(b, q, s->books);
    q->cardinality = IR_ROWS_EXACTLY_ONE;
    q->constraints = b->constraints.items + 1;
    q->nconstraints = 6;

    q = build_query(b, "SetPublished", IR_EXEC, "UPDATE books SET published = $2 WHERE id = $1");
    build_param(b, q, "id", &type_int8, false);
    build_param(b, q, "published", &type_date, true);

    q = build_query(b, "DeleteBooksByAuthor", IR_EXECROWS, "DELETE FROM books WHERE author_id = $1");
    build_param(b, q, "author_id", &type_int8, false);
}

static void book_lists(Builder *b, const Schema *s)
{
    IrQuery *q = build_query(b, "ListBooksByAuthor", IR_MANY,
                             "SELECT id, author_id, title, isbn, published, status, tags, size\n"
                             "FROM books\n"
                             "WHERE author_id = $1\n"
                             "ORDER BY title\n"
                             "LIMIT $2");
    q->docs = "The books of an author, by title.";
    q->read_only = true;
    build_param(b, q, "author_id", &type_int8, false);
    build_param(b, q, "max_rows", &type_int8, false);
    build_star(b, q, s->books);

    q = build_query(
        b, "ListBooksWithAuthors", IR_MANY,
        "SELECT b.id, b.author_id, b.title, b.isbn, b.published, b.status, b.tags, b.size, a.id, a.name,\n"
        "       a.born, length(b.title) AS \"titleLength\"\n"
        "FROM books AS b LEFT JOIN authors AS a ON a.id = b.author_id AND a.born IS NOT NULL\n"
        "ORDER BY b.id");
    q->read_only = true;
    build_embed(b, q, "book", s->books, false);
    build_embed(b, q, "author", s->authors, true);
    build_column(b, q, "titleLength", &type_int4, false);

    q = build_query(
        b, "FindBooks", IR_MANY,
        "SELECT id, title FROM books WHERE status = ANY ($1) AND ($2::isbn IS NULL OR isbn = $2) ORDER BY id");
    q->row_name = "BookTitle";
    q->read_only = true;
    build_param(b, q, "statuses", s->status_array, false);
    build_param(b, q, "isbn", s->isbn, true);
    build_column(b, q, "id", &type_int8, false);
    build_column(b, q, "title", &type_text, false);

    q = build_query(b, "GetBookTitle", IR_ONE, "SELECT id, title FROM books WHERE id = $1");
    q->row_name = "BookTitle";
    q->read_only = true;
    build_param(b, q, "id", &type_int8, false);
    build_column(b, q, "id", &type_int8, false);
    build_column(b, q, "title", &type_text, false);

    q = build_query(
        b, "ListSizes", IR_MANY,
        "SELECT author_id, array_agg(size ORDER BY id) AS sizes, array_agg(status ORDER BY id) AS statuses\n"
        "FROM books GROUP BY author_id ORDER BY author_id");
    build_column(b, q, "author_id", &type_int8, false);
    build_column(b, q, "sizes", s->size_array, true);
    build_column(b, q, "statuses", s->status_array, true);

    q = build_query(b, "SearchBooks", IR_MANY,
                    "SELECT id, to_tsvector('simple', title) AS words, published, tags FROM books ORDER BY id");
    build_column(b, q, "id", &type_int8, false);
    build_column(b, q, "words", &type_tsvector, false);
    build_column(b, q, "published", &type_date, true);
    build_column(b, q, "tags", &type_text_array, false);

    q = build_query(b, "Wake", IR_EXEC, "SELECT pg_sleep(0), point(1, 2)");
    build_column(b, q, "pg_sleep", &type_void, true);
    build_column(b, q, "point", &type_point, true);
}

/* Commands that take an array of parameter structs. */
static void batches(Builder *b, const Schema *s)
{
    build_file(b, "batches.sql");
    IrQuery *q = build_query(b, "CopyBooks", IR_COPYFROM,
                             "INSERT INTO books (author_id, title, isbn, published, status, tags, size)\n"
                             "VALUES ($1, $2, $3, $4, $5, $6, $7)");
    q->docs = "Many books.";
    q->copy_sql = "COPY books (author_id, title, isbn, published, status, tags, size) FROM STDIN (FORMAT binary)";
    build_param(b, q, "author_id", &type_int8, false);
    build_param(b, q, "title", &type_text, false);
    build_param(b, q, "isbn", s->isbn, true);
    build_param(b, q, "published", &type_date, true);
    build_param(b, q, "status", s->status, false);
    build_param(b, q, "tags", &type_text_array, false);
    build_param(b, q, "size", s->size, true);

    q = build_query(b, "PublishBooks", IR_BATCHEXEC, "UPDATE books SET published = $2 WHERE id = $1");
    build_param(b, q, "id", &type_int8, false);
    build_param(b, q, "published", &type_date, true);

    q = build_query(b, "GetBooks", IR_BATCHONE,
                    "SELECT id, author_id, title, isbn, published, status, tags, size FROM books WHERE id = $1");
    q->read_only = true;
    build_param(b, q, "id", &type_int8, false);
    build_star(b, q, s->books);

    q = build_query(b, "ListTitles", IR_BATCHMANY,
                    "SELECT title, isbn FROM books WHERE author_id = $1 ORDER BY title");
    q->read_only = true;
    build_param(b, q, "author_id", &type_int8, false);
    build_column(b, q, "title", &type_text, false);
    build_column(b, q, "isbn", s->isbn, true);

    q = build_query(b, "UpsertBooks", IR_BULKMANY,
                    "INSERT INTO books (author_id, title, isbn, published, status, tags)\n"
                    "SELECT $1, u.title, u.isbn, u.published, u.status, '{}'\n"
                    "FROM unnest($2::text[], $3::isbn[], $4::date[], $5::book_status[])\n"
                    "    AS u (title, isbn, published, status)\n"
                    "ON CONFLICT (isbn) DO UPDATE SET title = excluded.title\n"
                    "RETURNING id, isbn");
    build_param(b, q, "author_id", &type_int8, false);
    build_item(b, q, "title", &type_text_array, false);
    build_item(b, q, "isbn", build_array(b, s->isbn), true);
    build_item(b, q, "published", build_array(b, &type_date), true);
    build_item(b, q, "status", s->status_array, false);
    build_column(b, q, "id", &type_int8, false);
    build_column(b, q, "isbn", s->isbn, true);

    q = build_query(b, "RetitleBooks", IR_BULKEXEC,
                    "UPDATE books SET title = u.title FROM unnest($1::bigint[], $2::text[]) AS u (id, title)\n"
                    "WHERE books.id = u.id");
    build_item(b, q, "id", &type_int8_array, false);
    build_item(b, q, "title", &type_text_array, false);
}

const IrProject *books_project(Arena *arena)
{
    Builder b = {.arena = arena};
    Schema s;
    make_types(&b, &s);
    make_tables(&b, &s);
    author_queries(&b, &s);
    build_file(&b, "books.sql");
    book_changes(&b, &s);
    book_lists(&b, &s);
    batches(&b, &s);
    return build_project(&b);
}
