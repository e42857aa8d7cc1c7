/* Names of types and quoted identifiers, as PostgreSQL's format_type and quote_ident give them. */
#include "catalog/builtin_oids.h"
#include "catalog/catalog.h"

#include <check.h>
#include <stdlib.h>

static Arena *arena;
static Catalog *catalog;

static void set_up(void)
{
    arena = arena_new();
    catalog = catalog_new(arena);
}

static void tear_down(void)
{
    arena_free(arena);
}

static const struct {
    Oid type;
    int32_t typmod;
    const char *name, *name_with_typmod;
} types[] = {
    {TYPE_INT4, -1, "integer", "integer"},
    {TYPE_INT4_ARRAY, -1, "integer[]", "integer[]"},
    {TYPE_VARCHAR, 14, "character varying", "character varying(10)"},
    {TYPE_VARCHAR_ARRAY, 14, "character varying[]", "character varying(10)[]"},
    {TYPE_VARCHAR, -1, "character varying", "character varying"},
    {TYPE_BPCHAR, 5, "character", "character(1)"},
    {TYPE_BPCHAR, -1, "character", "bpchar"},
    {TYPE_BIT, -1, "bit", "\"bit\""},
    {TYPE_BIT, 3, "bit", "bit(3)"},
    {TYPE_VARBIT, 3, "bit varying", "bit varying(3)"},
    {TYPE_NUMERIC, ((10 << 16) | 2) + 4, "numeric", "numeric(10,2)"},
    {TYPE_NUMERIC, ((3 << 16) | (0x7FF & -5)) + 4, "numeric", "numeric(3,-5)"},
    {TYPE_TIMESTAMPTZ, 3, "timestamp with time zone", "timestamp(3) with time zone"},
    {TYPE_TIME, 0, "time without time zone", "time(0) without time zone"},
    {TYPE_INTERVAL, 0x7FFFFFFF, "interval", "interval"},
    {TYPE_INTERVAL, (0x7FFF << 16) | 3, "interval", "interval(3)"},
    {TYPE_INTERVAL, (0x1C08 << 16) | 0xFFFF, "interval", "interval day to second"},
    {TYPE_INTERVAL, (4 << 16) | 0xFFFF, "interval", "interval year"},
    {TYPE_CHAR, -1, "\"char\"", "\"char\""},
    {TYPE_CHAR_ARRAY, -1, "\"char\"[]", "\"char\"[]"},
    {TYPE_OIDVECTOR, -1, "oidvector", "oidvector"},
    {TYPE_RECORD_ARRAY, -1, "record[]", "record[]"},
    {TYPE_ANY, -1, "\"any\"", "\"any\""},
    {INVALID_OID, -1, "-", "-"},
    {FIRST_USER_OID, -1, "\?\?\?", "\?\?\?"},
};

START_TEST(test_format_type)
{
    ck_assert_str_eq(catalog_format_type(catalog, arena, types[_i].type), types[_i].name);
    ck_assert_str_eq(catalog_format_type_typmod(catalog, arena, types[_i].type, types[_i].typmod),
                     types[_i].name_with_typmod);
}
END_TEST

START_TEST(test_qualified)
{
    Type *type = arena_new_of(arena, Type);
    *type = (Type){.oid = catalog_new_oid(catalog), .name = "Mood", .schema = SCHEMA_PUBLIC};
    catalog_put_type(catalog, type);
    ck_assert_str_eq(catalog_format_type(catalog, arena, type->oid), "\"Mood\"");
    ck_assert_str_eq(catalog_type_key(catalog, arena, type->oid), "public.Mood");
    catalog_set_search_path(catalog, NULL, 0);
    ck_assert_str_eq(catalog_format_type(catalog, arena, type->oid), "public.\"Mood\"");
    ck_assert_str_eq(catalog_type_key(catalog, arena, TYPE_TEXT_ARRAY), "pg_catalog.text[]");
    ck_assert_str_eq(catalog_type_key(catalog, arena, TYPE_INT2VECTOR), "pg_catalog.int2vector");
    const Type *domain = catalog_find_type_in(catalog, SCHEMA_INFORMATION_SCHEMA, "yes_or_no");
    ck_assert_str_eq(catalog_format_type(catalog, arena, domain->oid), "information_schema.yes_or_no");
}
END_TEST

START_TEST(test_quote_identifier)
{
    static const char *const names[][2] = {
        {"title", "title"},
        {"_a1", "_a1"},
        {"1a", "\"1a\""},
        {"Title", "\"Title\""},
        {"select", "\"select\""},
        {"between", "\"between\""},
        {"name", "name"},
        {"a\"b", "\"a\"\"b\""},
        {"", "\"\""},
        {"caf\xc3\xa9", "\"caf\xc3\xa9\""},
        {"all", "\"all\""},
        {"xmltable", "\"xmltable\""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_str_eq(catalog_quote_identifier(arena, names[i][0]), names[i][1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names as text");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, test_format_type, 0, sizeof types / sizeof *types);
    tcase_add_test(tests, test_qualified);
    tcase_add_test(tests, test_quote_identifier);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
