/* What golden files cannot hold: bytes that are no text, places on disk, sizes. */
#include "base/strbuf.h"
#include "source/lex.h"
#include "source/paths.h"
#include "source/queries.h"
#include "source/scan.h"
#include "source/schema.h"
#include "source/script.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *arena;
static Diags diags;
static char folder[64];

static void set_up(void)
{
    arena = arena_new();
    diags = diags_make(arena);
    strcpy(folder, "/tmp/querc-source-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
    const char *command = arena_printf(arena, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    arena_free(arena);
}

static const char *in_folder(const char *name)
{
    return arena_printf(arena, "%s/%s", folder, name);
}

static void put(const char *name, const char *text)
{
    FILE *stream = fopen(in_folder(name), "w");
    ck_assert_ptr_nonnull(stream);
    fputs(text, stream);
    ck_assert_int_eq(fclose(stream), 0);
}

static void make_directory(const char *name)
{
    ck_assert_int_eq(mkdir(in_folder(name), 0700), 0);
}

static SourceFile *file_of(const char *text, size_t len)
{
    return source_from_text(arena, "test.sql", arena_strndup(arena, text, len), len);
}

/* The base names of the schema's files, joined by blanks. */
static const char *schema_names(const SourcePath *paths, size_t npaths)
{
    SchemaFiles files = {0};
    schema_read(arena, paths, npaths, &diags, &files);
    StrBuf names;
    strbuf_init(&names);
    for (size_t i = 0; i < files.len; i++)
        strbuf_printf(&names, "%s%s", i > 0 ? " " : "", files.items[i].file->path + strlen(folder) + 1);
    const char *copy = arena_strdup(arena, names.text);
    strbuf_release(&names);
    return copy;
}

static const char *folder_names(void)
{
    SourcePath path = {folder, SPAN_NONE};
    return schema_names(&path, 1);
}

static void check_error(const char *code, uint32_t offset, const char *message)
{
    ck_assert_uint_eq(diags.nerrors, 1);
    ck_assert_str_eq(diags.first->code, code);
    ck_assert_str_eq(diags.first->message, message);
    ck_assert_uint_eq(diags.first->span.start, offset);
}

START_TEST(test_encoding)
{
    static const struct {
        const char *bytes;
        size_t len;
        uint32_t offset;
        const char *shown;
    } bad[] = {
        {"ab\0cd", 5, 2, "0x00"},
        {"\xff", 1, 0, "0xff"},
        {"é\xc3(", 4, 2, "0xc3 0x28"},
        {"\xc0\xaf", 2, 0, "0xc0 0xaf"},
        {"\xed\xa0\x80", 3, 0, "0xed 0xa0 0x80"},
        {"a\xf4\x90\x80\x80", 5, 1, "0xf4 0x90 0x80 0x80"},
        {"a\xe2\x82", 3, 1, "0xe2 0x82"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        diags = diags_make(arena);
        QueryFile queries = {0};
        ck_assert(!queries_read(arena, file_of(bad[i].bytes, bad[i].len), &diags, &queries));
        check_error("22021", bad[i].offset,
                    arena_printf(arena, "invalid byte sequence for encoding \"UTF8\": %s", bad[i].shown));
        diags = diags_make(arena);
        SchemaFile schema = schema_file(arena, file_of(bad[i].bytes, bad[i].len), &diags);
        ck_assert_uint_eq(diags.nerrors, 1);
        ck_assert_uint_eq(schema.up->len, 0);
    }
    diags = diags_make(arena);
    const char *good = "-- é € 😀\n";
    SqlText *sql = sqltext_of_file(arena, file_of(good, strlen(good)));
    ck_assert(scan_check_encoding(sql, &diags));
}
END_TEST

START_TEST(test_tokens)
{
    const char *text = "SELECT é, \"q\"\"x\" , 1.5 <> $2::int /*c*/ := 'a' @ [u] \\ -- z";
    static const TokenKind kinds[] = {TOKEN_KEYWORD,     TOKEN_IDENT,    TOKEN_PUNCTUATION,   TOKEN_IDENT,
                                      TOKEN_PUNCTUATION, TOKEN_NUMBER,   TOKEN_OPERATOR,      TOKEN_PARAM,
                                      TOKEN_PUNCTUATION, TOKEN_KEYWORD,  TOKEN_BLOCK_COMMENT, TOKEN_PUNCTUATION,
                                      TOKEN_STRING,      TOKEN_OPERATOR, TOKEN_PUNCTUATION,   TOKEN_IDENT,
                                      TOKEN_PUNCTUATION, TOKEN_UNKNOWN,  TOKEN_LINE_COMMENT};
    SqlText *sql = sqltext_of_file(arena, file_of(text, strlen(text)));
    TokenList tokens = {0};
    ck_assert(scan_tokens(arena, sql, 0, sql->len, &diags, &tokens));
    ck_assert_uint_eq(tokens.len, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < tokens.len; i++)
        ck_assert_msg(tokens.items[i].kind == kinds[i], "token %zu is of kind %d", i, (int)tokens.items[i].kind);
    ck_assert(token_is(text, &tokens.items[0], "select"));
    ck_assert(tokens.items[0].keyword == KEYWORD_RESERVED);
    ck_assert_str_eq(token_identifier(arena, text, &tokens.items[3]), "q\"x");
    ck_assert_str_eq(token_identifier(arena, text, &tokens.items[1]), "é");
}
END_TEST

/* Comments and parameters are where PostgreSQL's scanner sees them. */
static void compare_with_scanner(SourceFile *file)
{
    SqlText *sql = sqltext_of_file(arena, file);
    TokenList tokens = {0};
    if (!scan_tokens(arena, sql, 0, sql->len, &diags, &tokens))
        return;
    Lexer lexer = lexer_of(file->text, file->len);
    Lexeme lexeme;
    size_t i = 0;
    while (lex_next(&lexer, &lexeme)) {
        if (lexeme.kind != LEX_PARAM && !lexeme_is_comment(&lexeme))
            continue;
        while (i < tokens.len && tokens.items[i].kind != TOKEN_PARAM && !token_is_comment(&tokens.items[i]))
            i++;
        ck_assert_uint_lt(i, tokens.len);
        ck_assert_uint_eq(lexeme.start, tokens.items[i].start);
        ck_assert_uint_eq(lexeme.end, tokens.items[i].end);
        i++;
    }
    while (i < tokens.len && tokens.items[i].kind != TOKEN_PARAM && !token_is_comment(&tokens.items[i]))
        i++;
    ck_assert_uint_eq(i, tokens.len);
}

START_TEST(test_lexer_agrees)
{
    static const char *const texts[] = {
        "SELECT E'\\'' -- $1'\n , $2, e'a'\n'\\'$3', 'a'\n'\\', $4",
        "SELECT a$1, $1, $a$ $2 $b$ $a$, $$ $3 $$, 1$4, $_$x$_$ $5 $é$ $6 $é$",
        "SELECT \"a\"\"--$1\" /* /* $2 */ ' */ $3 --$4\r $5 +--$6\n $7 <@-$8 */*$9*/$10",
        "SELECT U&'\\' $1, U&\"\\\" $2, N'\\' $3, b'1' $4, x'f' $5, ne'\\' $6, 'a''b' $7",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t errors = diags.nerrors;
        compare_with_scanner(file_of(texts[i], strlen(texts[i])));
        ck_assert_msg(diags.nerrors == errors, "%s", texts[i]);
    }
    const char *base = texts[2];
    for (size_t i = 0; base[i]; i++) {
        char *changed = arena_strdup(arena, base);
        changed[i] = "'\"$(e-*/@\n1"[i % 11];
        compare_with_scanner(file_of(changed, strlen(changed)));
    }
}
END_TEST

START_TEST(test_numbers_order)
{
    static const char *const names[] = {"10_x.sql",  "9_x.sql", "0001_a.sql",           "1_b.sql",
                                        "b.sql",     "a.sql",   "20240101120000_t.sql", "2.10_x.sql",
                                        "2.9_x.sql", "2_x.sql"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put(names[i], "SELECT 1;");
    put(".hidden.sql", "");
    put("notes.txt", "");
    make_directory("below.sql");
    ck_assert_str_eq(folder_names(), "0001_a.sql 1_b.sql 2_x.sql 2.9_x.sql 2.10_x.sql 9_x.sql 10_x.sql "
                                     "20240101120000_t.sql a.sql b.sql");
    ck_assert_uint_eq(diags.nerrors, 0);
}
END_TEST

START_TEST(test_down_files)
{
    put("1_a.up.sql", "CREATE TABLE a();");
    put("1_a.down.sql", "DROP TABLE a;");
    put("2_b.up.sql", "CREATE TABLE b();");
    ck_assert_str_eq(folder_names(), "1_a.up.sql 2_b.up.sql");
    SourcePath named = {in_folder("1_a.down.sql"), SPAN_NONE};
    ck_assert_str_eq(schema_names(&named, 1), "1_a.down.sql");
}
END_TEST

START_TEST(test_other_ways_down)
{
    static const char *const names[] = {"1.do.a.sql", "1.undo.a.sql", "2.do.b.sql", "3_c.rollback.sql",
                                        "3_c.sql",    "down.sql"}; /* a table named so, as no up.sql is there */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put(names[i], "");
    ck_assert_str_eq(folder_names(), "1.do.a.sql 2.do.b.sql 3_c.sql down.sql");
    make_directory("2024-01-02-000010_b");
    make_directory("2024-01-02-000009_a");
    put("2024-01-02-000010_b/up.sql", "");
    put("2024-01-02-000010_b/down.sql", "");
    put("2024-01-02-000009_a/up.sql", "");
    put("2024-01-02-000009_a/down.sql", "");
    SourcePath each = {in_folder("2024*"), SPAN_NONE};
    ck_assert_str_eq(schema_names(&each, 1), "2024-01-02-000009_a/up.sql 2024-01-02-000010_b/up.sql");
}
END_TEST

START_TEST(test_dbmate_order)
{
    put("10_x.sql", "-- migrate:up\n");
    put("9_x.sql", "-- migrate:up\n");
    ck_assert_str_eq(folder_names(), "10_x.sql 9_x.sql");
}
END_TEST

START_TEST(test_flyway_order)
{
    static const char *const names[] = {"V10__a.sql",  "V9__b.sql",   "V1_10__c.sql",
                                        "V1.9__d.sql", "R__view.sql", "U9__b.sql"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put(names[i], "");
    ck_assert_str_eq(folder_names(), "V1.9__d.sql V1_10__c.sql V9__b.sql V10__a.sql R__view.sql");
}
END_TEST

START_TEST(test_atlas)
{
    put("atlas.sum", "h1:x\n");
    put("10_x.sql", "CREATE TABLE x();");
    put("9_y.sql", "CREATE TABLE y();");
    ck_assert_str_eq(folder_names(), "10_x.sql 9_y.sql");
    SourcePath path = {folder, SPAN_NONE};
    put("3_z.sql", "-- atlas:checkpoint\nCREATE TABLE z();");
    SchemaFiles files = {0};
    ck_assert(schema_read(arena, &path, 1, &diags, &files));
    ck_assert_uint_eq(files.len, 2);
    ck_assert_str_eq(files.items[0].file->path, in_folder("3_z.sql"));
    ck_assert_uint_eq(files.nread, 4);
    ck_assert_str_eq(files.read[0], in_folder("atlas.sum"));
}
END_TEST

START_TEST(test_psql_includes)
{
    put("all.sql",
        "-- +goose Up\n\\if :x\n\\ir one.sql\n\\endif\nCREATE TABLE a ();\n-- +goose Down\n\\i two.sql\n");
    ck_assert_str_eq(folder_names(), "all.sql");
    ck_assert_uint_eq(diags.nerrors, 0);
    ck_assert_ptr_nonnull(diags.first);
    ck_assert_ptr_eq(diags.first, diags.last);
    ck_assert_int_eq(diags.first->severity, DIAG_WARNING);
    ck_assert_ptr_nonnull(strstr(diags.first->message, "\\ir is passed over"));
    ck_assert_uint_eq(diags.first->span.start, 20);
}
END_TEST

START_TEST(test_sqitch)
{
    put("sqitch.plan",
        "%syntax-version=1.0.0\n%project=shop\n\n# first things first\n"
        "users 2024-01-02T03:04:05Z Ann <a@example.org> # the users\n"
        "shop/books [users other:x] 2024-01-02T03:04:05Z Ann <a@example.org> # books\r\n"
        "@v1 2024-01-02T03:04:05Z Ann <a@example.org>\n@v2 2024-01-02T03:04:05Z Ann <a@example.org>\n"
        "  + authors 2024-01-02T03:04:05Z Ann <a@example.org>\n"
        "users [users@v2] 2024-01-02T03:04:05Z Ann <a@example.org> # once more\n");
    make_directory("deploy");
    make_directory("deploy/shop");
    static const char *const names[] = {"deploy/users.sql", "deploy/users@v2.sql", "deploy/authors.sql",
                                        "deploy/shop/books.sql", "deploy/unplanned.sql"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put(names[i], "");
    const char *order = "deploy/users@v2.sql deploy/shop/books.sql deploy/authors.sql deploy/users.sql";
    SourcePath directory = {in_folder("deploy/"), SPAN_NONE}, plan = {in_folder("sqitch.plan"), SPAN_NONE};
    ck_assert_str_eq(schema_names(&directory, 1), order);
    ck_assert_str_eq(schema_names(&plan, 1), order);
    ck_assert_uint_eq(diags.nerrors, 0);
    put("empty.plan", "%project=empty\n");
    SourcePath empty = {in_folder("empty.plan"), SPAN_NONE};
    schema_names(&empty, 1);
    ck_assert_uint_eq(diags.nerrors, 1);
}
END_TEST

START_TEST(test_globs_and_lists)
{
    make_directory("one");
    make_directory("two");
    put("one/migration.sql", "");
    put("two/migration.sql", "");
    put("last.sql", "");
    SourcePath paths[] = {{in_folder("last.sql"), SPAN_NONE},
                          {in_folder("*/migration.sql"), SPAN_NONE},
                          {in_folder("one"), SPAN_NONE}};
    ck_assert_str_eq(schema_names(paths, 3), "last.sql one/migration.sql two/migration.sql");
    SourceFiles files = {0};
    ck_assert(paths_read(arena, paths, 3, &diags, &files));
    ck_assert_uint_eq(files.len, 3);
}
END_TEST

START_TEST(test_bad_paths)
{
    Span written = {file_of("schema: x", 9), 8, 9};
    make_directory("empty");
    make_directory("outer");
    make_directory("outer/inner");
    const char *const paths[] = {in_folder("missing"), in_folder("empty"), in_folder("outer"),
                                 in_folder("*.nothing")};
    const char *const messages[] = {"could not open \"%s\": No such file or directory",
                                    "no .sql file in directory \"%s\"", "no .sql file in directory \"%s\"",
                                    "no .sql file matches \"%s\""};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        diags = diags_make(arena);
        SourceFiles files = {0};
        SourcePath path = {paths[i], written};
        ck_assert(!paths_read(arena, &path, 1, &diags, &files));
        const char *percent = strstr(messages[i], "%s");
        check_error(
            "file", 8,
            arena_printf(arena, "%.*s%s%s", (int)(percent - messages[i]), messages[i], paths[i], percent + 2));
        ck_assert((diags.first->hint != NULL) == (i == 2));
    }
}
END_TEST

START_TEST(test_one_bad_path_of_two)
{
    put("a.sql", "");
    SourcePath paths[] = {{in_folder("missing.sql"), SPAN_NONE}, {in_folder("a.sql"), SPAN_NONE}};
    SchemaFiles files = {0};
    ck_assert(!schema_read(arena, paths, 2, &diags, &files));
    ck_assert_uint_eq(files.len, 1);
    ck_assert_uint_eq(diags.nerrors, 1);
}
END_TEST

START_TEST(test_names_across_files)
{
    const char *first = "-- name: A :one\nSELECT 1;\n-- name: B :one\nSELECT 1;",
               *second = "-- name: B :one\nSELECT 1;";
    QueryFile one = {0}, two = {0};
    ck_assert(queries_read(arena, file_of(first, strlen(first)), &diags, &one));
    ck_assert(queries_read(arena, file_of(second, strlen(second)), &diags, &two));
    const QueryFile *files[] = {&one, &two};
    ck_assert(queries_check_names(arena, files, 1, &diags));
    ck_assert(!queries_check_names(arena, files, 2, &diags));
    check_error("annotation", 9, "query \"B\" is defined more than once");
    ck_assert_ptr_eq(diags.first->span.file, two.file);
    ck_assert_ptr_eq(diags.first->notes->span.file, one.file);
}
END_TEST

/* Every byte of a rewritten text stands for the byte, or the macro, it came from. */
START_TEST(test_mapping)
{
    const char *text = "-- name: A :one\nSELECT x, sqlc.arg(long_name), y, sqlc.embed(t), @b::int FROM t";
    QueryFile queries = {0};
    ck_assert(queries_read(arena, file_of(text, strlen(text)), &diags, &queries));
    const SqlText *sql = queries.items[0].sql;
    ck_assert_str_eq(sql->text, "SELECT x, $1, y, t.*, $2::int FROM t");
    for (size_t i = 0; i < sql->len; i++) {
        Span span = sqltext_span(sql, (int64_t)i);
        if (span.end == span.start)
            ck_assert_int_eq(sql->text[i], text[span.start]);
    }
    Span macro = sqltext_span(sql, 11);
    ck_assert_uint_eq(macro.start, (size_t)(strstr(text, "sqlc.arg") - text));
    ck_assert_uint_eq(macro.end - macro.start, strlen("sqlc.arg(long_name)"));
    Span embed = sqltext_range(sql, 17, 20);
    ck_assert_uint_eq(embed.start, (size_t)(strstr(text, "t), @b") - text));
}
END_TEST

START_TEST(test_large_files)
{
    enum { QUERIES = 100000 };
    StrBuf text;
    strbuf_init(&text);
    for (int i = 0; i < QUERIES; i++)
        strbuf_printf(&text, "-- name: Q%d :one\nSELECT @a, $1, 'padding of some length', sqlc.arg(b) FROM t;\n",
                      i);
    SourceFile *file = source_from_text(arena, "large.sql", text.text, text.len);
    QueryFile queries = {0};
    ck_assert(queries_read(arena, file, &diags, &queries));
    ck_assert_uint_eq(queries.len, QUERIES);
    ck_assert_str_eq(queries.items[QUERIES - 1].sql->text, "SELECT $2, $1, 'padding of some length', $3 FROM t");
    Script script = {0};
    script_split(arena, file, &script);
    ck_assert_uint_eq(script.len, QUERIES);
    ck_assert_uint_eq(script.items[QUERIES - 1].line, 2 * QUERIES);
    strbuf_release(&text);
}
END_TEST

/* Many COPY commands without data must not each search the rest of the script for its end. */
START_TEST(test_copy_without_end)
{
    enum { COPIES = 50000 };
    StrBuf text;
    strbuf_init(&text);
    for (int i = 0; i < COPIES; i++)
        strbuf_add(&text, "COPY some_table FROM stdin;\n");
    Script script = {0};
    script_split(arena, source_from_text(arena, "copy.sql", text.text, text.len), &script);
    ck_assert_uint_eq(script.len, COPIES);
    strbuf_release(&text);
}
END_TEST

/* Texts cut off anywhere, and bytes changed anywhere, are read without a fault. */
START_TEST(test_mutilated)
{
    SourceFile *file = source_read_file(arena, QUERC_SOURCE_DIR "/parser/source/tests/golden/queries/forms.sql");
    ck_assert_ptr_nonnull(file);
    for (size_t len = 0; len < file->len; len++) {
        Arena *scratch = arena_new();
        Diags found = diags_make(scratch);
        QueryFile queries = {0};
        SourceFile *cut = source_from_text(scratch, "cut.sql", arena_strndup(scratch, file->text, len), len);
        queries_read(scratch, cut, &found, &queries);
        char *changed = arena_strndup(scratch, file->text, file->len);
        changed[len] = "'\"$\\(;-*/@#\n"[len % 12];
        queries_read(scratch, source_from_text(scratch, "changed.sql", changed, file->len), &found, &queries);
        Script script = {0};
        script_split(scratch, cut, &script);
        schema_file(scratch, cut, &found);
        arena_free(scratch);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("source");
    TCase *tcase = tcase_create("source");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, test_encoding);
    tcase_add_test(tcase, test_tokens);
    tcase_add_test(tcase, test_lexer_agrees);
    tcase_add_test(tcase, test_numbers_order);
    tcase_add_test(tcase, test_down_files);
    tcase_add_test(tcase, test_other_ways_down);
    tcase_add_test(tcase, test_dbmate_order);
    tcase_add_test(tcase, test_flyway_order);
    tcase_add_test(tcase, test_atlas);
    tcase_add_test(tcase, test_psql_includes);
    tcase_add_test(tcase, test_sqitch);
    tcase_add_test(tcase, test_globs_and_lists);
    tcase_add_test(tcase, test_bad_paths);
    tcase_add_test(tcase, test_one_bad_path_of_two);
    tcase_add_test(tcase, test_names_across_files);
    tcase_add_test(tcase, test_mapping);
    tcase_add_test(tcase, test_large_files);
    tcase_add_test(tcase, test_copy_without_end);
    tcase_add_test(tcase, test_mutilated);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
