/* The tree read from libpg_query's JSON is the one in its protobuf, for every statement that the project's own
 * scripts hold; with arguments, for those in the files they name instead. */
#include "ast/ast_private.h"

#include "source/lex.h"
#include "source/scan.h"

#include <check.h>
#include <glob.h>
#include <pg_query.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static char **files;
static size_t nfiles;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

typedef struct Packed {
    uint8_t *data;
    size_t len;
} Packed;

static Packed pack(const PgQuery__ParseResult *tree)
{
    size_t len = pg_query__parse_result__get_packed_size(tree);
    Packed packed = {arena_alloc(arena, len), len};
    pg_query__parse_result__pack(tree, packed.data);
    return packed;
}

static size_t left_to_protobuf;

/* False when the text does not parse. Of array bounds of 0 the JSON says nothing: none may be in the text. */
static bool compare(const char *text)
{
    PgQueryParseResult json = pg_query_parse(text);
    PgQueryProtobufParseResult protobuf = pg_query_parse_protobuf(text);
    bool parses = !protobuf.error;
    ck_assert_msg(!json.error == parses, "only one of the two refuses: %s", text);
    if (parses) {
        PgQuery__ParseResult *wanted = tree_from_protobuf(arena, protobuf.parse_tree.len, protobuf.parse_tree.data);
        PgQuery__ParseResult *got = tree_from_json(arena, json.parse_tree, text, strlen(text));
        if (!got) {
            left_to_protobuf++;
            if (getenv("QUERC_VERBOSE"))
                puts(text);
            got = wanted;
        }
        Packed a = pack(wanted), b = pack(got);
        ck_assert_msg(a.len == b.len && !memcmp(a.data, b.data, a.len), "differs: %.1000s\n%.2500s", text,
                      json.parse_tree);
    } else {
        ck_assert_str_eq(json.error->message, protobuf.error->message);
        ck_assert_int_eq(json.error->cursorpos, protobuf.error->cursorpos);
    }
    pg_query_free_parse_result(json);
    pg_query_free_protobuf_parse_result(protobuf);
    arena_clear(arena);
    return parses;
}

START_TEST(scripts_give_the_same_trees)
{
    size_t parsed = 0;
    for (size_t i = 0; i < nfiles; i++) {
        Arena *own = arena_new();
        SourceFile *file = source_read_file(own, files[i]);
        ck_assert_msg(file, "%s", files[i]);
        StatementRanges ranges = {0};
        statements_split(own, file->text, file->len, &ranges);
        for (size_t j = 0; j < ranges.len; j++)
            parsed += compare(arena_strndup(own, file->text + ranges.items[j].start,
                                            ranges.items[j].end - ranges.items[j].start));
        parsed += compare(file->text);
        arena_free(own);
    }
    printf("%zu texts in %zu files parse, %zu left to protobuf\n", parsed, nfiles, left_to_protobuf);
    ck_assert_uint_lt(left_to_protobuf, parsed / 10);
    ck_assert_uint_gt(parsed, nfiles);
}
END_TEST

START_TEST(strings_are_the_same)
{
    static const char *const texts[] = {
        "SELECT 'a\"b\\c/d', E'\\b\\f\\n\\r\\t\\x01\\x1f\\x7f', U&'\\0041\\+01F600', '\xc3\xa9\xf0\x9f\x98\x80'",
        "SELECT \"a\"\"b\", \"\\\", '', \"\x01\"",
        "SELECT 0, -0, 2147483647, 2147483648, -2147483648, 1e400, 0.0, B'101', X'1F', true, false, NULL",
        "SELECT $1, $2147483647, a[1:2][:], (b).*, c.*",
        "",
        ";;",
        "-- only a comment",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(compare(texts[i]), "%s", texts[i]);
}
END_TEST

static const char sql[] = "SELECT a, 'x\"', ARRAY[1, 0], $1::text[] FROM t WHERE NOT b OR c > 7";

static PgQuery__ParseResult *read_json(Arena *into, const char *json)
{
    return tree_from_json(into, json, sql, sizeof sql - 1);
}

static const char *sample(void)
{
    PgQueryParseResult json = pg_query_parse(sql);
    const char *text = arena_strdup(arena, json.parse_tree);
    pg_query_free_parse_result(json);
    return text;
}

START_TEST(what_is_cut_off_is_no_tree)
{
    const char *json = sample();
    ck_assert_ptr_nonnull(read_json(arena, json));
    for (size_t len = 0; json[len]; len++)
        ck_assert_ptr_null(read_json(arena, arena_strndup(arena, json, len)));
}
END_TEST

START_TEST(what_is_not_as_expected_is_no_tree)
{
    static const char *const texts[] = {
        "{\"stmts\":[{\"stmt\":{\"NoSuchStmt\":{}}}]}",
        "{\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"noSuchField\":1}}}]}",
        "{\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"op\":\"SETOP\"}}}]}",
        "{\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"op\":\"SETOP_NONESUCH\"}}}]}",
        "{\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"all\":1}}}]}",
        "{\"stmts\":[{\"stmt\":{\"SelectStmt\":[]}}]}",
        "{\"stmts\":{}}",
        "{\"stmts\":[],\"version\":99999999999999999999}",
        "{\"stmts\":[],\"version\":3000000000}",
        "{\"stmts\":[]} ",
        "{\"stmts\":[] ,\"version\":1}",
        "{\"stmts\":[{\"stmt\":{\"RangeVar\":{\"relname\":\"\\u00e9\"}}}]}",
        "{\"stmts\":[{\"stmt\":{\"RangeVar\":{\"relname\":\"\\q\"}}}]}",
        "{\"\":1}",
    };
    ck_assert_ptr_nonnull(
        read_json(arena, "{\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"all\":true}}}],\"version\":1}"));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!read_json(arena, texts[i]), "%s", texts[i]);
}
END_TEST

/* Read out of bounds by none of them, which the sanitizers tell. */
START_TEST(changed_bytes_do_no_harm)
{
    static const char bytes[] = "\"\\{}[],:0u-x";
    const char *json = sample();
    size_t len = strlen(json), read = 0;
    for (size_t i = 0; i < len; i++) {
        for (const char *byte = bytes; *byte; byte++) {
            Arena *own = arena_new();
            char *changed = arena_strndup(own, json, len);
            changed[i] = *byte;
            read += read_json(own, changed) != NULL;
            arena_free(own);
        }
    }
    ck_assert_uint_lt(read, len * (sizeof bytes - 1) / 2);
}
END_TEST

int main(int argc, char **argv)
{
    glob_t own = {0};
    files = argv + 1;
    nfiles = (size_t)argc - 1;
    if (!nfiles && !glob(QUERC_SOURCE_DIR "/testdata/*/*.sql", 0, NULL, &own)) {
        files = own.gl_pathv;
        nfiles = own.gl_pathc;
    }
    Suite *suite = suite_create("json_tree");
    TCase *tests = tcase_create("json_tree");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, scripts_give_the_same_trees);
    tcase_add_test(tests, strings_are_the_same);
    tcase_add_test(tests, what_is_cut_off_is_no_tree);
    tcase_add_test(tests, what_is_not_as_expected_is_no_tree);
    tcase_add_test(tests, changed_bytes_do_no_harm);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    globfree(&own);
    return failed != 0;
}
