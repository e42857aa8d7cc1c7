/* Diagnostics as text and as JSON: the underline is under the token whatever stands before it. */
#include "cmd/render.h"
#include "cmd/text_width.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static Diags diags;
static StrBuf out;

static void set_up(void)
{
    arena = arena_new();
    diags = diags_make(arena);
    strbuf_init(&out);
}

static void tear_down(void)
{
    strbuf_release(&out);
    arena_free(arena);
}

/* A diagnostic at the first occurrence of token in text. */
static Diag *error_at(const char *text, const char *token, size_t len)
{
    SourceFile *file = source_from_text(arena, "q.sql", text, strlen(text));
    uint32_t start = (uint32_t)(strstr(text, token) - text);
    return diag_error(&diags, (Span){file, start, start + (uint32_t)len}, "42703", "message");
}

static const char *rendered(const Diag *diag)
{
    render_text(arena, &out, diag, false);
    return out.text;
}

START_TEST(shows_what_the_documentation_shows)
{
    const char *text = "-- name: GetBook :one\n\nSELECT id, titel FROM books WHERE id = $1;\n";
    Diag *diag = error_at(text, "titel", 0);
    diag->message = "column \"titel\" does not exist";
    diag_hint(&diags, diag, "did you mean \"%s\"?", "title");
    SourceFile *schema = source_from_text(arena, "0001.sql", "CREATE TABLE books (\n    title text);\n", 36);
    diag_note(&diags, diag, (Span){schema, 25, 30}, "books.title is declared here");
    ck_assert_str_eq(rendered(diag), "q.sql:3:12: error[42703]: column \"titel\" does not exist\n"
                                     "  3 | SELECT id, titel FROM books WHERE id = $1;\n"
                                     "    |            ^^^^^\n"
                                     "  hint: did you mean \"title\"?\n"
                                     "0001.sql:2:5: note: books.title is declared here\n");
}
END_TEST

START_TEST(keeps_tabs_and_counts_wide_characters)
{
    ck_assert_str_eq(rendered(error_at("\tSELECT '\xE6\x97\xA5\xE6\x9C\xAC', e\xCC\x81, titel", "titel", 0)),
                     "q.sql:1:19: error[42703]: message\n"
                     "  1 | \tSELECT '\xE6\x97\xA5\xE6\x9C\xAC', e\xCC\x81, titel\n"
                     "    | \t                  ^^^^^\n");
}
END_TEST

START_TEST(hides_control_characters)
{
    ck_assert_str_eq(rendered(error_at("SELECT '\033[31m\xFF' x", "x", 1)),
                     "q.sql:1:17: error[42703]: message\n"
                     "  1 | SELECT '\xEF\xBF\xBD[31m\xEF\xBF\xBD' x\n"
                     "    |                 ^\n");
}
END_TEST

START_TEST(underlines_only_the_first_line)
{
    ck_assert_str_eq(rendered(error_at("SELECT (a\nb)\r\n", "(", 5)), "q.sql:1:8: error[42703]: message\n"
                                                                      "  1 | SELECT (a\n"
                                                                      "    |        ^^\n");
}
END_TEST

START_TEST(points_behind_the_end_of_a_text)
{
    ck_assert_str_eq(rendered(error_at("SELECT ", "", 0)), "q.sql:1:1: error[42703]: message\n"
                                                           "  1 | SELECT \n"
                                                           "    | ^^^^^^\n");
    strbuf_clear(&out);
    Diag *diag = error_at("SELECT", "", 0);
    diag->span.start = diag->span.end = 6;
    ck_assert_str_eq(rendered(diag), "q.sql:1:7: error[42703]: message\n"
                                     "  1 | SELECT\n"
                                     "    |       ^\n");
}
END_TEST

START_TEST(shows_part_of_a_long_line)
{
    StrBuf text;
    strbuf_init(&text);
    for (int i = 0; i < 1000; i++)
        strbuf_add(&text, "aaaa ");
    strbuf_add(&text, "titel ");
    for (int i = 0; i < 1000; i++)
        strbuf_add(&text, "bbbb ");
    rendered(error_at(text.text, "titel", 5));
    ck_assert_uint_lt(out.len, 450);
    const char *caret = strchr(out.text, '^'), *token = strstr(out.text, "titel");
    const char *second = strrchr(caret, '\n') - 1;
    while (second[-1] != '\n')
        second--;
    const char *first = strchr(out.text, '\n') + 1;
    ck_assert_int_eq(caret - second, token - first);
    strbuf_release(&text);
}
END_TEST

START_TEST(survives_a_long_line_of_invalid_text)
{
    char text[600];
    memset(text, 0xA1, sizeof text);
    text[sizeof text - 1] = '\0';
    Diag *diag = error_at(text, "", 0);
    for (uint32_t at = 0; at < sizeof text; at += 7) {
        diag->span.start = diag->span.end = at;
        rendered(diag);
    }
    ck_assert_ptr_nonnull(strchr(out.text, '^'));
}
END_TEST

START_TEST(colors_are_escape_sequences)
{
    render_text(arena, &out, error_at("SELECT x", "x", 1), true);
    ck_assert_ptr_nonnull(strstr(out.text, "\033[1;31merror[42703]:\033[0m message"));
    ck_assert_ptr_nonnull(strstr(out.text, "\033[1;31m^\033[0m\n"));
}
END_TEST

START_TEST(a_diagnostic_without_place)
{
    ck_assert_str_eq(rendered(diag_error(&diags, SPAN_NONE, NULL, "no file")), "querc: error: no file\n");
}
END_TEST

START_TEST(json_has_everything)
{
    Diag *diag = error_at("SELECT 1,\n  titel", "titel", 5);
    diag->query = "GetBook";
    diag_detail(&diags, diag, "d\xFF");
    diag_hint(&diags, diag, "h");
    diag_note(&diags, diag, diag->span, "n");
    json_t *json = render_json(arena, diag);
    char *text = json_dumps(json, JSON_PRESERVE_ORDER);
    ck_assert_str_eq(text,
                     "{\"severity\": \"error\", \"file\": \"q.sql\", \"line\": 2, \"column\": 3, \"end_line\": 2, "
                     "\"end_column\": 8, \"code\": \"42703\", \"message\": \"message\", \"detail\": \"d?\", "
                     "\"hint\": \"h\", \"query\": \"GetBook\", \"notes\": [{\"file\": \"q.sql\", \"line\": 2, "
                     "\"column\": 3, \"end_line\": 2, \"end_column\": 8, \"message\": \"n\"}]}");
    free(text);
    json_decref(json);
}
END_TEST

START_TEST(exit_codes)
{
    ck_assert_int_eq(diags_exit_code(&diags), 0);
    diag_warning(&diags, SPAN_NONE, NULL, "w");
    ck_assert_int_eq(diags_exit_code(&diags), 0);
    diag_error(&diags, SPAN_NONE, "42703", "e");
    ck_assert_int_eq(diags_exit_code(&diags), 1);
    diag_error(&diags, SPAN_NONE, "file", "e");
    ck_assert_int_eq(diags_exit_code(&diags), 2);
}
END_TEST

static const struct {
    const char *text;
    size_t extent;
} tokens[] = {
    {"titel FROM", 5}, {"\"a\"\"b\" c", 6}, {"'it''s' x", 7},  {"E'a' b", 4}, {"1.5e-3+2", 6},
    {"1..2", 1},       {"$1)", 2},          {"@name,", 5},     {"<> 2", 2},   {"::text", 2},
    {"(a", 1},         {"\xC3\xA4x y", 3},  {"", 0},           {"'open", 5},  {"- 1", 1},
    {"u$x_1 = 2", 5},  {"b.titel, c", 7},   {"\"A b\".x(", 7}, {"t.* x", 3},  {"a.1", 1},
    {"U&\"a\" b", 5},  {"\xFF'; a", 1},     {"$body$ x", 6},   {"x'ff'", 5},
};

START_TEST(extent_of_tokens)
{
    ck_assert_uint_eq(token_extent(tokens[_i].text, strlen(tokens[_i].text)), tokens[_i].extent);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render");
    TCase *tests = tcase_create("render");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, shows_what_the_documentation_shows);
    tcase_add_test(tests, keeps_tabs_and_counts_wide_characters);
    tcase_add_test(tests, hides_control_characters);
    tcase_add_test(tests, underlines_only_the_first_line);
    tcase_add_test(tests, points_behind_the_end_of_a_text);
    tcase_add_test(tests, shows_part_of_a_long_line);
    tcase_add_test(tests, survives_a_long_line_of_invalid_text);
    tcase_add_test(tests, colors_are_escape_sequences);
    tcase_add_test(tests, a_diagnostic_without_place);
    tcase_add_test(tests, json_has_everything);
    tcase_add_test(tests, exit_codes);
    tcase_add_loop_test(tests, extent_of_tokens, 0, sizeof tokens / sizeof *tokens);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
