/* The table of C types against the runtime's header: the same kinds and the same types. */
#include "codegen/ctype_table.h"

#include <check.h>
#include <querc.h>
#include <string.h>

#define X(KIND, C_TYPE, ARRAY, FLAGS) ck_assert_int_eq((int)CKIND_##KIND, (int)QUERC_KIND_##KIND);
START_TEST(kinds)
{
    CTYPE_KINDS(X)
    ck_assert_int_eq(CKIND_COUNT, QUERC_KIND_CUSTOM + 1);
}
END_TEST
#undef X

#define X(NAME, SQL_NAME, OID, ARRAY_OID, KIND) {#NAME, SQL_NAME, (int)(KIND)},
static const struct {
    const char *name, *sql_name;
    int kind;
} system_types[] = {QUERC_SYSTEM_TYPES(X)};
#undef X

#define X(NAME, OID, ARRAY_OID, SUBTYPE, MULTI, MULTI_OID, MULTI_ARRAY_OID) #NAME, #MULTI,
static const char *const system_ranges[] = {QUERC_SYSTEM_RANGES(X)};
#undef X

START_TEST(types)
{
    for (size_t i = 0; i < sizeof system_types / sizeof system_types[0]; i++) {
        const CTypeEntry *entry = ctype_table_find("pg_catalog", NULL, system_types[i].sql_name);
        ck_assert_msg(entry != NULL, "%s is missing", system_types[i].sql_name);
        ck_assert_int_eq((int)entry->kind, system_types[i].kind);
        ck_assert_ptr_nonnull(entry->descriptor);
        ck_assert_str_eq(entry->descriptor + strlen("querc_type_"), system_types[i].name);
    }
    for (size_t i = 0; i < sizeof system_ranges / sizeof system_ranges[0]; i++) {
        const CTypeEntry *entry = ctype_table_find("pg_catalog", NULL, system_ranges[i]);
        ck_assert_msg(entry != NULL, "%s is missing", system_ranges[i]);
        ck_assert_int_eq((int)entry->kind, i % 2 == 0 ? CKIND_RANGE : CKIND_MULTIRANGE);
        ck_assert_str_eq(entry->descriptor + strlen("querc_type_"), system_ranges[i]);
        ck_assert_str_eq(entry->c_type + strlen("querc_"), system_ranges[i]);
    }
    ck_assert_ptr_null(ctype_table_find("public", NULL, "int4"));
    ck_assert_ptr_null(ctype_table_find("pg_catalog", NULL, "record"));
    ck_assert_ptr_nonnull(ctype_table_find("extensions", "citext", "citext"));
    ck_assert_ptr_null(ctype_table_find("public", NULL, "citext"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *tests = tcase_create("table");
    tcase_add_test(tests, kinds);
    tcase_add_test(tests, types);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
