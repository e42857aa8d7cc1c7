/* Names: words, plurals, identifiers, scopes; and what the writer does with awkward text. */
#include "codegen/names.h"
#include "codegen/writer.h"

#include <check.h>
#include <string.h>

typedef struct Pair {
    const char *from, *to;
} Pair;

static const Pair snakes[] = {
    {"GetBookByISBN", "get_book_by_isbn"},
    {"getBook", "get_book"},
    {"get_book", "get_book"},
    {"HTTPServer", "http_server"},
    {"ListUserIDs", "list_user_ids"},
    {"GetURLsByHost", "get_urls_by_host"},
    {"ABs2", "a_bs2"},
    {"V2Thing", "v2_thing"},
    {"address2Line", "address2_line"},
    {"A", "a"},
    {"IDs", "ids"},
    {"__a--b  c__", "a_b_c"},
    {"Größe", "grosse"},
    {"ÆØÅ", "aeoa"},
    {"łódź", "lodz"},
    {"\xC5\xBF", "s"},
    {"日本", "u65e5_u672c"},
    {"a×b", "a_b"},
    {"\xFFx", "y_x"},
    {"\xF0\x9F\x98\x80", "u1f600"},
    {"\xE6\x97", "ae_"},
    {"?column?", "column"},
    {"!!", ""},
    {"", ""},
};

START_TEST(snake)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof snakes / sizeof snakes[0]; i++) {
        const char *found = name_snake(arena, snakes[i].from);
        if (strncmp(snakes[i].from, "\xE6\x97", 3) == 0 || snakes[i].from[0] == '\xFF')
            ck_assert(*found == '\0' || name_is_identifier(found)); /* not UTF-8: anything that C takes */
        else
            ck_assert_str_eq(found, snakes[i].to);
    }
    arena_free(arena);
}
END_TEST

static const Pair plurals[] = {
    {"books", "book"},
    {"book", "book"},
    {"statuses", "status"},
    {"status", "status"},
    {"user_statuses", "user_status"},
    {"categories", "category"},
    {"people", "person"},
    {"sales_people", "sales_person"},
    {"boxes", "box"},
    {"addresses", "address"},
    {"batches", "batch"},
    {"caches", "cache"},
    {"analyses", "analysis"},
    {"indices", "index"},
    {"indexes", "index"},
    {"matrices", "matrix"},
    {"wolves", "wolf"},
    {"wives", "wife"},
    {"archives", "archive"},
    {"moves", "move"},
    {"heroes", "hero"},
    {"shoes", "shoe"},
    {"series", "series"},
    {"metadata", "metadata"},
    {"data", "datum"},
    {"news", "news"},
    {"campuses", "campus"},
    {"buses", "bus"},
    {"houses", "house"},
    {"bases", "base"},
    {"crises", "crisis"},
    {"children", "child"},
    {"rule_evaluations", "rule_evaluation"},
    {"is", "is"},
    {"s", "s"},
    {"class", "class"},
};

START_TEST(singular)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof plurals / sizeof plurals[0]; i++)
        ck_assert_str_eq(name_singular(arena, plurals[i].from), plurals[i].to);
    arena_free(arena);
}
END_TEST

START_TEST(members)
{
    Arena *arena = arena_new();
    ck_assert_str_eq(name_member(arena, "int", "x"), "int_");
    ck_assert_str_eq(name_member(arena, "class", "x"), "class_");
    ck_assert_str_eq(name_member(arena, "co_await", "x"), "co_await_");
    ck_assert_str_eq(name_member(arena, "xor", "x"), "xor_");
    ck_assert_str_eq(name_member(arena, "errno", "x"), "errno_");
    ck_assert_str_eq(name_member(arena, "INT", "x"), "int_");
    ck_assert_str_eq(name_member(arena, "read", "x"), "read");
    ck_assert_str_eq(name_member(arena, "2fa", "x"), "n2fa");
    ck_assert_str_eq(name_member(arena, "_2fa", "x"), "_2fa");
    ck_assert_str_eq(name_member(arena, "**", "x"), "x");
    arena_free(arena);
}
END_TEST

START_TEST(reserved)
{
    /* the first, the last and some in between of each list, which a search finds only if they are sorted */
    static const char *const keywords[] = {"alignas",     "and",    "char16_t", "int64_t",
                                           "static_cast", "struct", "xor_eq"};
    static const char *const functions[] = {"a64l", "connect", "exit", "index", "link", "select", "write", "yn"};
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        ck_assert_msg(name_is_keyword(keywords[i]), "%s", keywords[i]);
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        ck_assert_msg(name_is_library(functions[i]), "%s", functions[i]);
    ck_assert(!name_is_keyword("select"));
    ck_assert(!name_is_library("get_book"));
    ck_assert(name_is_library("querc_open"));
}
END_TEST

START_TEST(scopes)
{
    Arena *arena = arena_new();
    NameScope scope = {.arena = arena};
    ck_assert_str_eq(scope_take(&scope, "id"), "id");
    ck_assert_str_eq(scope_take(&scope, "id"), "id_2");
    ck_assert_str_eq(scope_take(&scope, "id_2"), "id_2_2");
    ck_assert_str_eq(scope_take(&scope, "id"), "id_3");
    ck_assert_str_eq(scope_take(&scope, "int_"), "int_");
    ck_assert_str_eq(scope_take(&scope, "int_"), "int_2");
    Globals bare = {.arena = arena, .prefix = ""}, prefixed = {.arena = arena, .prefix = "lib_"};
    ck_assert_str_eq(globals_name(&bare, "select"), "select_");
    ck_assert_str_eq(globals_name(&bare, "2go"), "n2go");
    ck_assert_str_eq(globals_name(&prefixed, "select"), "lib_select");
    ck_assert_str_eq(globals_name(&prefixed, "2go"), "lib_2go");
    ck_assert_ptr_null(globals_claim(&bare, "a", "first"));
    ck_assert_str_eq(globals_claim(&bare, "a", "second"), "first");
    ck_assert_str_eq(globals_take(&bare, "a", "third"), "a_2");
    arena_free(arena);
}
END_TEST

static const Pair comments[] = {
    {"plain", "plain"}, {"a */ b", "a * / b"},         {"/* b", "/ * b"},   {"*//*/", "* // * /"},
    {"?\?/", "? ?/"},   {"tab\there", "tab\there"},    {"bell\a", "bell?"}, {"a\xE2\x80\xAE b", "a? b"},
    {"é\xC3", "é?"},    {"line\r\nnext", "line next"},
};

START_TEST(comment)
{
    for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++) {
        StrBuf out;
        strbuf_init(&out);
        write_comment_inline(&out, comments[i].from);
        ck_assert_str_eq(out.text, comments[i].to);
        strbuf_release(&out);
    }
}
END_TEST

static const Pair literals[] = {
    {"", "\"\""},
    {"a\"\\", "\"a\\\"\\\\\""},
    {"a\nb", "\"a\\n\"\n  \"b\""},
    {"a\n", "\"a\\n\""},
    {"?\?=", "\"?\\?=\""},
    {"\a1", "\"\\0071\""},
    {"é\xC3", "\"é\\303\""},
    {"\xE2\x80\xAE", "\"\\342\\200\\256\""},
};

START_TEST(literal)
{
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
        StrBuf out;
        strbuf_init(&out);
        write_string(&out, "  ", literals[i].from);
        ck_assert_str_eq(out.text, literals[i].to);
        strbuf_release(&out);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names");
    TCase *tests = tcase_create("names");
    tcase_add_test(tests, snake);
    tcase_add_test(tests, singular);
    tcase_add_test(tests, members);
    tcase_add_test(tests, reserved);
    tcase_add_test(tests, scopes);
    tcase_add_test(tests, comment);
    tcase_add_test(tests, literal);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
