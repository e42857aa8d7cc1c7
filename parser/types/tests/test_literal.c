/* Literals judged as PostgreSQL 15 judges them: the cases of literals.txt, whose answers are a server's, and the
 * wording of errors. */
#include "literal_cases.h"

#include "catalog/builtin_oids.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static Catalog *catalog;

static void set_up(void)
{
    arena = arena_new();
    catalog = catalog_new(arena);
    literal_make_types(catalog);
}

static void tear_down(void)
{
    arena_free(arena);
}

START_TEST(cases_have_the_servers_answers)
{
    FILE *file = fopen(QUERC_SOURCE_DIR "/parser/types/tests/literals.txt", "r");
    char *line = NULL;
    size_t size = 0;
    int cases = 0, wrong = 0;
    ck_assert_ptr_nonnull(file);
    while (getline(&line, &size, file) >= 0) {
        LiteralCase asked;
        if (!literal_case_parse(line, &asked))
            continue;
        cases++;
        int32_t typmod;
        Oid type = literal_find_type(catalog, asked.type_name, &typmod);
        ck_assert_msg(type != INVALID_OID, "no type %s", asked.type_name);
        LiteralError error = {0};
        const char *ours = literal_valid(catalog, arena, type, typmod, asked.text, &error) ? "ok" : error.code;
        if (strcmp(ours, *asked.answer == '~' ? "ok" : asked.answer) != 0) {
            wrong++;
            fprintf(stderr, "%s '%s' => %s, not %s\n", asked.type_name, asked.text, asked.answer, ours);
        }
    }
    free(line);
    fclose(file);
    ck_assert_int_gt(cases, 3000);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

static const struct {
    const char *type_name, *text, *code, *message, *detail;
} messages[] = {
    {"int4", "12x", "22P02", "invalid input syntax for type integer: \"12x\"", NULL},
    {"int2", "40000", "22003", "value \"40000\" is out of range for type smallint", NULL},
    {"float4", "1e99", "22003", "\"1e99\" is out of range for type real", NULL},
    {"bool", "maybe", "22P02", "invalid input syntax for type boolean: \"maybe\"", NULL},
    {"date", "tommorrow", "22007", "invalid input syntax for type date: \"tommorrow\"", NULL},
    {"date", "2023-02-29", "22008", "date/time field value out of range: \"2023-02-29\"", NULL},
    {"interval", "1 fortnight", "22007", "invalid input syntax for type interval: \"1 fortnight\"", NULL},
    {"json", "{\"a\": x}", "22P02", "invalid input syntax for type json", "Token \"x\" is invalid."},
    {"jsonb", "[1, 2", "22P02", "invalid input syntax for type json", "The input string ended unexpectedly."},
    {"json", "{\"a\" 1}", "22P02", "invalid input syntax for type json", "Expected \":\", but found \"1\"."},
    {"int4[]", "1,2", "22P02", "malformed array literal: \"1,2\"",
     "Array value must start with \"{\" or dimension information."},
    {"int4[]", "{1,2", "22P02", "malformed array literal: \"{1,2\"", "Unexpected end of input."},
    {"int4[]", "{1,b}", "22P02", "invalid input syntax for type integer: \"b\"", NULL},
    {"int4range", "[1,2", "22P02", "malformed range literal: \"[1,2\"", "Unexpected end of input."},
    {"int4range", "[3,2]", "22000", "range lower bound must be less than or equal to range upper bound", NULL},
    {"lit.pair", "(1,a)", "22P02", "malformed record literal: \"(1,a)\"", "Too few columns."},
    {"lit.mood", "hapy", "22P02", "invalid input value for enum lit.mood: \"hapy\"", NULL},
    {"cidr", "10.0.0.1/8", "22P02", "invalid cidr value: \"10.0.0.1/8\"", "Value has bits set to right of mask."},
    {"lit.price[]", "{123.4}", "22003", "numeric field overflow",
     "A field with precision 4, scale 2 must round to an absolute value less than 10^2."},
    {"regclass", "nowhere", "42P01", "relation \"nowhere\" does not exist", NULL},
    {"lit.needed[]", "{null}", "23502", "domain lit.needed does not allow null values", NULL},
};

START_TEST(errors_are_worded_as_the_servers)
{
    int32_t typmod;
    Oid type = literal_find_type(catalog, messages[_i].type_name, &typmod);
    LiteralError error = {0};
    ck_assert(!literal_valid(catalog, arena, type, typmod, messages[_i].text, &error));
    ck_assert_str_eq(error.code, messages[_i].code);
    ck_assert_str_eq(error.message, messages[_i].message);
    ck_assert_pstr_eq(error.detail, messages[_i].detail);
}
END_TEST

START_TEST(an_enum_error_names_the_nearest_label)
{
    LiteralError error = {0};
    int32_t typmod;
    Oid mood = literal_find_type(catalog, "lit.mood", &typmod);
    ck_assert(!literal_valid(catalog, arena, mood, -1, "hapy", &error));
    ck_assert_str_eq(error.hint, "did you mean \"happy\"?");
}
END_TEST

START_TEST(a_json_error_shows_its_line)
{
    LiteralError error = {0};
    ck_assert(!literal_valid(catalog, arena, TYPE_JSON, -1, "{\n\"a\": x, 1\n}", &error));
    ck_assert_str_eq(error.context, "JSON data, line 2: \"a\": x...");
}
END_TEST

/* Which orders of day and month there are is the server's to say. */
START_TEST(what_a_setting_decides_is_accepted)
{
    static const struct {
        Oid type;
        const char *text;
    } cases[] = {{TYPE_DATE, "25/12/2024"},
                 {TYPE_DATE, "24-12-25"},
                 {TYPE_TIMESTAMPTZ, "2024-01-01 00:00 Some/Where"},
                 {TYPE_TIMESTAMPTZ, "294277-01-01 05:00"},
                 {TYPE_MONEY, "1.234,56 kr"},
                 {TYPE_REGROLE, "somebody"}};
    LiteralError error = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(literal_valid(catalog, arena, cases[i].type, -1, cases[i].text, &error), "%s", cases[i].text);
}
END_TEST

/* A type made with the input function of another reads what that reads. */
START_TEST(a_user_type_reads_by_its_input_function)
{
    const NamedObject *internal = catalog_find_object_in(catalog, CLASS_LANGUAGE, INVALID_OID, "internal");
    ck_assert_ptr_nonnull(internal);
    Function function = {.oid = catalog_new_oid(catalog),
                         .name = "whole_in",
                         .schema = catalog_find_schema(catalog, "public")->oid,
                         .kind = PROKIND_FUNCTION,
                         .language = internal->oid,
                         .source = "int4in"};
    catalog_put_function(catalog, &function);
    Type type = {.oid = catalog_new_oid(catalog),
                 .name = "whole",
                 .schema = function.schema,
                 .typtype = TYPTYPE_BASE,
                 .defined = true,
                 .input = function.oid};
    catalog_put_type(catalog, &type);
    LiteralError error = {0};
    ck_assert(literal_valid(catalog, arena, type.oid, -1, " 12 ", &error));
    ck_assert(!literal_valid(catalog, arena, type.oid, -1, "1.5", &error));
    ck_assert_str_eq(error.code, "22P02");
}
END_TEST

/* Nesting is not followed by recursion, or not without end. */
START_TEST(deep_nesting_is_harmless)
{
    enum { DEPTH = 200000 };
    static const struct {
        Oid type;
        char open;
    } cases[] = {{TYPE_JSONB, '['}, {TYPE_JSONPATH, '('}, {TYPE_TSQUERY, '('}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = arena_alloc(arena, DEPTH + 1);
        memset(text, cases[i].open, DEPTH);
        LiteralError error = {0};
        bool valid = literal_valid(catalog, arena, cases[i].type, -1, text, &error);
        ck_assert(valid || error.code);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("literal");
    TCase *tests = tcase_create("literal");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, cases_have_the_servers_answers);
    tcase_add_loop_test(tests, errors_are_worded_as_the_servers, 0, sizeof messages / sizeof *messages);
    tcase_add_test(tests, an_enum_error_names_the_nearest_label);
    tcase_add_test(tests, a_json_error_shows_its_line);
    tcase_add_test(tests, what_a_setting_decides_is_accepted);
    tcase_add_test(tests, a_user_type_reads_by_its_input_function);
    tcase_add_test(tests, deep_nesting_is_harmless);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
