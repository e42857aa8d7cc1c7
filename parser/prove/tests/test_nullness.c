/* What is proved of queries: a line a query, with a letter a column (n: not null, ?: may be NULL) and how many rows
 * there can be (1: exactly one, 0: at most one, *: any number). The letters are what a careful reader can prove,
 * and no more. */
#include "fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    "CREATE DOMAIN label AS text NOT NULL;"
    "CREATE TABLE author (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, born date,"
    "    email text UNIQUE, tag label, mood mood, CHECK (mood IS NOT NULL));"
    "CREATE TABLE book (id serial PRIMARY KEY, title text NOT NULL, author_id bigint NOT NULL REFERENCES author,"
    "    editor_id bigint REFERENCES author, isbn text, price numeric(10,2), pages int NOT NULL DEFAULT 0,"
    "    UNIQUE (author_id, title));"
    "CREATE UNIQUE INDEX book_isbn ON book (isbn) WHERE price > 0;"
    "CREATE TABLE note (book_id int NOT NULL REFERENCES book, line int NOT NULL, body text, PRIMARY KEY (book_id, "
    "line));"
    "CREATE TABLE parent (a int NOT NULL, b int PRIMARY KEY);"
    "CREATE TABLE child (c int) INHERITS (parent);"
    "ALTER TABLE child ALTER a DROP NOT NULL;"
    "CREATE VIEW book_author AS SELECT b.id, b.title, a.name, e.name AS editor FROM book b JOIN author a"
    "    ON a.id = b.author_id LEFT JOIN author e ON e.id = b.editor_id;"
    "CREATE MATERIALIZED VIEW book_list AS SELECT id, title FROM book;"
    "CREATE VIEW watched AS SELECT id, title FROM book;"
    "CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    "CREATE TRIGGER watch INSTEAD OF INSERT ON watched FOR EACH ROW EXECUTE FUNCTION watch();";

static const Case columns[] = {
    {"SELECT id, name, born, email, tag, mood FROM author", "nn??nn*"},
    {"SELECT * FROM author WHERE id = $1", "nn??nn0"},
    {"SELECT * FROM author WHERE email = $1", "nn?nnn0"},
    {"SELECT 1, NULL, 'x', true", "n?nn1"},
    {"SELECT 1 WHERE $1 > 0", "n0"},
    /* joins */
    {"SELECT b.id, a.id FROM book b JOIN author a ON a.id = b.author_id", "nn*"},
    {"SELECT b.id, a.id FROM book b LEFT JOIN author a ON a.id = b.editor_id", "n?*"},
    {"SELECT b.id, a.id FROM book b RIGHT JOIN author a ON a.id = b.editor_id", "?n*"},
    {"SELECT b.id, a.id FROM book b FULL JOIN author a ON a.id = b.editor_id", "??*"},
    {"SELECT a.id FROM book b LEFT JOIN author a ON a.id = b.editor_id WHERE a.name = 'x'", "n*"},
    {"SELECT a.id FROM book b LEFT JOIN author a ON a.id = b.editor_id WHERE a.id IS NOT NULL", "n*"},
    {"SELECT a.id FROM book b LEFT JOIN author a ON a.id = b.editor_id WHERE a.id IS NULL", "?*"},
    {"SELECT a.id, n.line FROM book b LEFT JOIN author a ON a.id = b.editor_id LEFT JOIN note n ON n.book_id = b.id"
     " WHERE n.line > 1",
     "?n*"},
    {"SELECT n.body, x.id FROM book b LEFT JOIN (note n JOIN book x ON x.id = n.book_id) ON n.book_id = b.id",
     "??*"},
    {"SELECT s.name FROM book b LEFT JOIN (SELECT * FROM author) s ON s.id = b.editor_id", "?*"},
    {"SELECT id FROM book FULL JOIN author USING (id)", "?*"},
    {"SELECT b.title, l.body FROM book b CROSS JOIN LATERAL (SELECT body FROM note n WHERE n.book_id = b.id) l",
     "n?*"},
    {"SELECT l.line FROM book b LEFT JOIN LATERAL (SELECT line FROM note n WHERE n.book_id = b.id) l ON true",
     "?*"},
    /* conditions */
    {"SELECT born FROM author WHERE born > '2000-01-01'", "n*"},
    {"SELECT born FROM author WHERE born IS NOT NULL", "n*"},
    {"SELECT born FROM author WHERE NOT (born IS NULL)", "n*"},
    {"SELECT born FROM author WHERE born IS NULL", "?*"},
    {"SELECT born FROM author WHERE born > '2000-01-01' OR name = 'x'", "?*"},
    {"SELECT born FROM author WHERE born > '2000-01-01' OR born < '1900-01-01'", "n*"},
    {"SELECT born, email FROM author WHERE (born, email) > ($1, $2)", "n?*"},
    {"SELECT email FROM author WHERE email = ANY($1)", "n*"},
    {"SELECT email FROM author WHERE email <> ALL($1)", "?*"},
    {"SELECT email FROM author WHERE email IN ('a', 'b')", "n*"},
    {"SELECT email FROM author WHERE email IN (SELECT isbn FROM book)", "n*"},
    {"SELECT email FROM author WHERE email NOT IN (SELECT isbn FROM book)", "?*"},
    {"SELECT email FROM author WHERE lower(email) = $1", "n*"},
    {"SELECT email FROM author WHERE coalesce(email, 'x') = $1", "?*"},
    {"SELECT email FROM author WHERE email IS DISTINCT FROM $1", "?*"},
    {"SELECT email FROM author WHERE email LIKE 'a%' AND born IS NOT NULL", "n*"},
    {"SELECT isbn FROM book WHERE price IS NOT NULL IS TRUE AND (isbn = 'x') IS TRUE", "n*"},
    {"SELECT isbn FROM book WHERE (isbn = 'x') IS NOT FALSE", "?*"},
    /* expressions */
    {"SELECT coalesce(born, now()), coalesce(born, NULL), coalesce(email, isbn) FROM author, book", "n??*"},
    {"SELECT CASE WHEN born IS NULL THEN 'a' ELSE 'b' END, CASE WHEN born IS NULL THEN 'a' END FROM author", "n?*"},
    {"SELECT CASE WHEN born IS NOT NULL THEN born ELSE now() END FROM author", "n*"},
    {"SELECT CASE WHEN born IS NULL THEN now() ELSE born END FROM author", "n*"},
    {"SELECT CASE born WHEN NULL THEN 1 ELSE 2 END, nullif(id, 1), greatest(born, NULL) FROM author", "n??*"},
    {"SELECT greatest(born, now()), least(born, born) FROM author", "n?*"},
    {"SELECT name || 'x', name || email, upper(name), length(email) FROM author", "n?n?*"},
    {"SELECT id + 1, id::text, born::text, id::int FROM author", "nn?n*"},
    {"SELECT born = now(), born IS NULL, born IS DISTINCT FROM now(), id > 1 FROM author", "?nnn*"},
    {"SELECT ARRAY[born], ROW(born, id), (ARRAY[1, 2])[1] FROM author", "nn?*"},
    {"SELECT EXISTS (SELECT 1 FROM book), ARRAY(SELECT isbn FROM book)", "nn1"},
    {"SELECT (SELECT name FROM author WHERE id = $1), (SELECT count(*) FROM author)", "?n1"},
    {"SELECT (SELECT max(name) FROM author), coalesce((SELECT max(name) FROM author), '')", "?n1"},
    {"SELECT id IN (SELECT id FROM book), born IN (SELECT born FROM author) FROM author", "n?*"},
    {"SELECT id = ANY(ARRAY[1, 2]), id = ANY($1) FROM author", "n?*"},
    {"SELECT current_date, current_user, current_schema, now(), random()", "nn?nn1"},
    {"SELECT $1::int, sqrt($2)", "nn1"},
    {"SELECT '{}'::jsonb -> 'a', '{}'::jsonb ->> 'a', to_jsonb(1)", "??n1"},
    {"SELECT 'ok'::mood, NULL::mood", "n?1"},
    /* aggregates */
    {"SELECT count(*), count(born), sum(pages), max(title) FROM author, book", "nn??1"},
    {"SELECT author_id, count(*), sum(pages), max(title), max(isbn), avg(pages) FROM book GROUP BY author_id",
     "nnnn?n*"},
    {"SELECT sum(pages) FILTER (WHERE pages > 1), array_agg(title), string_agg(isbn, ',') FROM book GROUP BY "
     "author_id",
     "?n?*"},
    {"SELECT author_id, title, count(*) FROM book GROUP BY ROLLUP (author_id, title)", "??n*"},
    {"SELECT author_id FROM book GROUP BY GROUPING SETS ((author_id), ())", "?*"},
    {"SELECT sum(pages) FROM book HAVING count(*) > 1", "?0"},
    {"SELECT isbn, count(*) FROM book GROUP BY isbn HAVING isbn > 'x'", "nn*"},
    {"SELECT bool_or(pages > 1), array_agg(id) FROM book", "??1"},
    /* windows */
    {"SELECT row_number() OVER (), rank() OVER (ORDER BY id), lag(id) OVER (ORDER BY id) FROM book", "nn?*"},
    {"SELECT sum(pages) OVER (), count(*) OVER (), sum(pages) OVER (ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM "
     "book",
     "nn?*"},
    {"SELECT max(isbn) OVER (), first_value(title) OVER (ORDER BY id) FROM book", "?n*"},
    /* sub-queries, CTEs, views, set operations */
    {"SELECT * FROM (SELECT id, born FROM author) s", "n?*"},
    {"WITH a AS (SELECT id, born FROM author) SELECT a.id, a.born FROM a", "n?*"},
    {"WITH a AS (SELECT id, born FROM author WHERE born IS NOT NULL) SELECT * FROM a", "nn*"},
    {"WITH RECURSIVE t(n, m) AS (SELECT 1, 1 UNION ALL SELECT n + 1, nullif(n, 3) FROM t WHERE n < 9) SELECT * "
     "FROM t",
     "n?*"},
    {"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT x FROM (WITH u AS (SELECT n + 1 AS x FROM t) SELECT x FROM "
     "u) v"
     " WHERE x < 5) SELECT n FROM t",
     "n*"},
    {"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT x FROM (WITH u AS (SELECT nullif(n, 2) AS x FROM t) SELECT "
     "x FROM u) v)"
     " SELECT n FROM t",
     "?*"},
    {"WITH d AS (DELETE FROM book RETURNING id, isbn) SELECT * FROM d", "n?*"},
    {"SELECT id, title, name, editor FROM book_author", "nnn?*"},
    {"SELECT id FROM author UNION SELECT NULL", "?*"},
    {"SELECT id FROM author UNION ALL SELECT id FROM book", "n*"},
    {"SELECT born FROM author INTERSECT SELECT now()::date", "n0"},
    {"SELECT id FROM author EXCEPT SELECT NULL", "n*"},
    {"VALUES (1, 'a'), (2, NULL)", "n?*"},
    {"SELECT * FROM (VALUES (1), (NULL)) v(x)", "?*"},
    /* functions in FROM */
    {"SELECT g FROM generate_series(1, 3) g", "n*"},
    {"SELECT * FROM unnest(ARRAY[1, 2]) WITH ORDINALITY", "nn*"},
    {"SELECT * FROM generate_series(1, 2) a, ROWS FROM (generate_series(1, 2), generate_series(1, 3)) b", "n??*"},
    {"SELECT generate_series(1, 2)", "n*"},
    {"SELECT generate_series(1, 2), generate_series(1, 3)", "??*"},
    {"SELECT id, title FROM book_list", "??*"},
    {"INSERT INTO watched (id, title) VALUES ($1, $2) RETURNING id, title", "??0"},
    /* inheritance: a child may have dropped NOT NULL */
    {"SELECT a FROM parent", "?*"},
    {"SELECT a FROM ONLY parent", "n*"},
    /* RETURNING */
    {"INSERT INTO author (name) VALUES ($1) RETURNING id, name, born", "nn?1"},
    {"INSERT INTO author (name) VALUES ($1), ($2) RETURNING id", "n*"},
    {"INSERT INTO author (name) SELECT name FROM author WHERE id = $1 RETURNING id", "n0"},
    {"INSERT INTO author (name, email) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id", "n0"},
    {"INSERT INTO author (name, email) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET name = excluded.name"
     " RETURNING id",
     "n1"},
    {"UPDATE author SET born = NULL WHERE born IS NOT NULL RETURNING born", "?*"},
    {"UPDATE author SET name = $1 WHERE id = $2 RETURNING *", "nn??nn0"},
    {"DELETE FROM author WHERE born IS NOT NULL RETURNING born", "n*"},
    {"DELETE FROM author WHERE id = $1 RETURNING name", "n0"},
    /* how many rows */
    {"SELECT id FROM book WHERE author_id = $1 AND title = $2", "n0"},
    {"SELECT id FROM book WHERE author_id = $1", "n*"},
    {"SELECT id FROM book WHERE isbn = $1", "n*"},
    {"SELECT id FROM book WHERE author_id = $1 LIMIT 1", "n0"},
    {"SELECT b.id FROM book b JOIN author a ON a.id = b.author_id WHERE b.id = $1", "n0"},
    {"SELECT b.id FROM book b JOIN author a ON a.id = b.author_id WHERE a.id = $1", "n*"},
    {"SELECT b.id FROM book b LEFT JOIN author a ON a.id = b.editor_id WHERE b.id = $1", "n0"},
    {"SELECT b.id FROM book b LEFT JOIN note n ON n.book_id = b.id WHERE b.id = $1", "n*"},
    {"SELECT b.id FROM book b LEFT JOIN note n ON n.book_id = b.id AND n.line = 1 WHERE b.id = $1", "n0"},
    {"SELECT n.line FROM note n JOIN book b ON b.id = n.book_id WHERE n.book_id = $1 AND n.line = $2", "n0"},
    {"SELECT id FROM book WHERE id = (SELECT max(book_id) FROM note)", "n0"},
    {"SELECT id FROM book WHERE id > $1", "n*"},
    {"SELECT id FROM book WHERE id = $1 OR id = $2", "n*"},
    {"SELECT id FROM book WHERE id IN ($1, $2)", "n*"},
    {"SELECT a FROM parent WHERE b = $1", "?*"},
    {"SELECT generate_series(1, 3) FROM book WHERE id = $1", "n*"},
    {"SELECT id FROM book_author WHERE id = $1", "n0"},
};

START_TEST(test_columns)
{
    check_case(schema, &columns[_i]);
}
END_TEST

/* Names and nullability of parameters: "name" or "name?" each. */
static const Case params[] = {
    {"SELECT * FROM author WHERE id = $1", "id"},
    {"SELECT * FROM author WHERE $1 = id AND lower(email) = $2", "id email"},
    {"SELECT * FROM book WHERE pages BETWEEN $1 AND $2", "pages pages_2"},
    {"SELECT * FROM author ORDER BY id LIMIT $1 OFFSET $2", "limit offset"},
    {"INSERT INTO author (name, born, email) VALUES ($1, $2, $3)", "name born? email?"},
    {"INSERT INTO author (name, born) SELECT $1, $2", "name born?"},
    {"INSERT INTO author (name, born) VALUES ($1, $2), ($3, $4)", "name born? name_2 born_2?"},
    {"UPDATE author SET born = $2, name = $3 WHERE id = $1", "id born? name"},
    {"UPDATE author SET born = coalesce($1, born) WHERE id = $2", "born? id"},
    {"SELECT * FROM author WHERE id = ANY($1::bigint[])", "id"},
    {"SELECT * FROM author WHERE ($1::text IS NULL OR name = $1)", "name?"},
    {"SELECT $1::int + 1", "arg1"},
};

START_TEST(test_params)
{
    Fixture fixture;
    set_up(&fixture, schema);
    IrQuery query = prove(&fixture, params[_i].sql);
    const char *found = "";
    for (size_t i = 0; i < query.nparams; i++)
        found = arena_printf(fixture.arena, "%s%s%s%s", found, i ? " " : "", query.params[i].name,
                             query.params[i].nullable ? "?" : "");
    ck_assert_msg(strcmp(found, params[_i].expected) == 0, "%s\n  expected %s, found %s", params[_i].sql,
                  params[_i].expected, found);
    arena_free(fixture.arena);
}
END_TEST

/* The text that runs. */
static const Case stars[] = {
    {"SELECT * FROM parent", "SELECT a, b FROM parent"},
    {"SELECT p.*, 1 FROM parent AS p", "SELECT p.a, p.b, 1 FROM parent AS p"},
    {"SELECT * FROM parent x JOIN parent y USING (b)",
     "SELECT x.b, x.a, y.a FROM parent x JOIN parent y USING (b)"},
    {"INSERT INTO parent VALUES ($1, $2) RETURNING *", "INSERT INTO parent VALUES ($1, $2) RETURNING a, b"},
    {"SELECT 1 WHERE EXISTS (SELECT * FROM parent)", "SELECT 1 WHERE EXISTS (SELECT * FROM parent)"},
    {"SELECT count(*) FROM parent", "SELECT count(*) FROM parent"},
    {"SELECT \"Odd\".* FROM parent \"Odd\"", "SELECT \"Odd\".a, \"Odd\".b FROM parent \"Odd\""},
    {"WITH w AS (SELECT * FROM parent) SELECT * FROM w", "WITH w AS (SELECT a, b FROM parent) SELECT a, b FROM w"},
};

START_TEST(test_stars)
{
    Fixture fixture;
    set_up(&fixture, schema);
    IrQuery query = prove(&fixture, stars[_i].sql);
    ck_assert_str_eq(query.sql, stars[_i].expected);
    arena_free(fixture.arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("prove");
    TCase *tests = tcase_create("prove");
    tcase_add_loop_test(tests, test_columns, 0, (int)(sizeof columns / sizeof *columns));
    tcase_add_loop_test(tests, test_params, 0, (int)(sizeof params / sizeof *params));
    tcase_add_loop_test(tests, test_stars, 0, (int)(sizeof stars / sizeof *stars));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
