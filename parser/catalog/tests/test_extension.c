/* Extensions: their objects after CREATE EXTENSION, what they require, and all of them at once. */
#include "catalog/builtin_oids.h"
#include "catalog/catalog.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static Catalog *catalog;
static const char *missing;

static void set_up(void)
{
    arena = arena_new();
    catalog = catalog_new(arena);
}

static void tear_down(void)
{
    arena_free(arena);
}

static ExtensionResult create(const char *name, bool cascade)
{
    return catalog_create_extension(catalog, name, SCHEMA_PUBLIC, NULL, cascade, SPAN_NONE, &missing);
}

START_TEST(test_citext)
{
    CatalogSavepoint savepoint = catalog_savepoint(catalog);
    ck_assert_int_eq(create("citext", false), EXTENSION_CREATED);
    const Type *citext = catalog_find_type(catalog, "citext");
    ck_assert_uint_eq(citext->schema, SCHEMA_PUBLIC);
    ck_assert_int_eq(citext->category, 'S');
    ck_assert_uint_eq(catalog_type(catalog, citext->array)->element, citext->oid);
    ck_assert_uint_eq(citext->collation, COLLATION_DEFAULT);
    ck_assert_str_eq(catalog_function(catalog, citext->input)->name, "citextin");
    ck_assert_int_eq(catalog_find_cast(catalog, citext->oid, TYPE_TEXT)->method, 'b');
    ck_assert_int_eq(catalog_find_cast(catalog, TYPE_TEXT, citext->oid)->context, 'a');
    const OpClass *opclass = catalog_default_opclass(catalog, AM_BTREE, citext->oid);
    ck_assert_str_eq(opclass->name, "citext_ops");
    Oid equal = catalog_family_operator(catalog, opclass->family, citext->oid, citext->oid, BTREE_EQ);
    const Operator *op = catalog_operator(catalog, equal);
    ck_assert_str_eq(op->name, "=");
    ck_assert_uint_eq(op->left, citext->oid);
    ck_assert_uint_eq(catalog_function(catalog, op->function)->arg_types[1], citext->oid);
    ck_assert_uint_eq(catalog_operator_families(catalog, arena, equal).len, 3);
    const NamedObject *extension = catalog_find_object(catalog, CLASS_EXTENSION, "citext");
    ck_assert_uint_eq(citext->owner_extension, extension->oid);
    ObjectAddress address = {CLASS_EXTENSION, extension->oid, 0};
    DependencyList members = catalog_dependents(catalog, arena, address);
    ck_assert_uint_ge(members.len, 80);
    for (size_t i = 0; i < members.len; i++)
        ck_assert_int_eq(members.items[i].kind, DEPENDENCY_EXTENSION);
    catalog_rollback(catalog, savepoint);
    ck_assert_ptr_null(catalog_find_type(catalog, "citext"));
    ck_assert_ptr_null(catalog_find_object(catalog, CLASS_EXTENSION, "citext"));
    ck_assert_uint_eq(catalog_operator_families(catalog, arena, equal).len, 0);
}
END_TEST

START_TEST(test_requirements)
{
    ck_assert_int_eq(create("earthdistance", false), EXTENSION_MISSING_REQUIRED);
    ck_assert_str_eq(missing, "cube");
    ck_assert_ptr_null(catalog_find_object(catalog, CLASS_EXTENSION, "earthdistance"));
    ck_assert_int_eq(create("earthdistance", true), EXTENSION_CREATED);
    const Type *cube = catalog_find_type(catalog, "cube"), *earth = catalog_find_type(catalog, "earth");
    ck_assert_int_eq(earth->typtype, TYPTYPE_DOMAIN);
    ck_assert_uint_eq(earth->base, cube->oid);
    ck_assert_uint_ne(earth->owner_extension, cube->owner_extension);
    DependencyList list =
        catalog_references(catalog, arena, (ObjectAddress){CLASS_EXTENSION, earth->owner_extension, 0});
    ck_assert_uint_eq(list.len, 2);
    ck_assert_int_eq(list.items[0].referenced.class, CLASS_SCHEMA);
    ck_assert_uint_eq(list.items[1].referenced.oid, cube->owner_extension);
}
END_TEST

START_TEST(test_requirement_already_there)
{
    ck_assert_int_eq(create("hstore", false), EXTENSION_CREATED);
    ck_assert_int_eq(create("cube", false), EXTENSION_CREATED);
    ck_assert_int_eq(create("earthdistance", false), EXTENSION_CREATED);
    ck_assert_uint_eq(catalog_find_type(catalog, "earth")->base, catalog_find_type(catalog, "cube")->oid);
}
END_TEST

START_TEST(test_unknown)
{
    ck_assert_int_eq(create("no_such_extension", true), EXTENSION_UNKNOWN);
    ck_assert_ptr_null(missing);
    ck_assert_int_eq(catalog_create_extension(catalog, "citext", SCHEMA_PUBLIC, "99", false, SPAN_NONE, &missing),
                     EXTENSION_UNKNOWN_VERSION);
    ck_assert_str_eq(missing, "99");
    ck_assert_int_eq(catalog_create_extension(catalog, "citext", SCHEMA_PUBLIC, "1.5", false, SPAN_NONE, &missing),
                     EXTENSION_CREATED);
    ck_assert_ptr_null(catalog_extension_info(catalog, arena, "no_such_extension"));
    ck_assert_str_eq(catalog_extension_info(catalog, arena, "adminpack")->schema, "pg_catalog");
}
END_TEST

/* Every reference of every object leads somewhere. */
static void check_type(Oid oid)
{
    ck_assert_msg(!oid || catalog_type(catalog, oid), "no type %u", oid);
}

static void check_function_exists(Oid oid)
{
    ck_assert_msg(!oid || catalog_function(catalog, oid), "no function %u", oid);
}

static void check_references(void)
{
    OidList list = catalog_user_objects(catalog, arena, CLASS_TYPE);
    ck_assert_uint_gt(list.len, 50);
    for (size_t i = 0; i < list.len; i++) {
        const Type *type = catalog_type(catalog, list.items[i]);
        check_type(type->element);
        check_type(type->array);
        check_type(type->base);
        check_function_exists(type->input);
        check_function_exists(type->output);
        check_function_exists(type->subscript);
        ck_assert(!type->relation || catalog_relation(catalog, type->relation)->row_type == type->oid);
        ck_assert_ptr_nonnull(catalog_schema(catalog, type->schema));
    }
    list = catalog_user_objects(catalog, arena, CLASS_FUNCTION);
    ck_assert_uint_gt(list.len, 800);
    for (size_t i = 0; i < list.len; i++) {
        const Function *function = catalog_function(catalog, list.items[i]);
        for (size_t j = 0; j < function->nargs; j++)
            check_type(function->arg_types[j]);
        for (size_t j = 0; j < function->nall; j++)
            check_type(function->all_types[j]);
        ck_assert_uint_eq(function->nall ? strlen(function->all_modes) : 0, function->nall);
        check_type(function->return_type);
        ck_assert_ptr_nonnull(catalog_object(catalog, CLASS_LANGUAGE, function->language));
        ck_assert_ptr_nonnull(catalog_object(catalog, CLASS_EXTENSION, function->owner_extension));
    }
    list = catalog_user_objects(catalog, arena, CLASS_OPERATOR);
    for (size_t i = 0; i < list.len; i++) {
        const Operator *op = catalog_operator(catalog, list.items[i]);
        check_type(op->left);
        check_type(op->right);
        check_function_exists(op->function);
        ck_assert(!op->commutator || catalog_operator(catalog, op->commutator));
        ck_assert(!op->negator || catalog_operator(catalog, op->negator));
    }
    list = catalog_user_objects(catalog, arena, CLASS_OPCLASS);
    for (size_t i = 0; i < list.len; i++) {
        const OpClass *opclass = catalog_opclass(catalog, list.items[i]);
        check_type(opclass->input);
        ck_assert_ptr_nonnull(catalog_opfamily(catalog, opclass->family));
        ck_assert_ptr_nonnull(catalog_object(catalog, CLASS_ACCESS_METHOD, opclass->access_method));
    }
    list = catalog_user_objects(catalog, arena, CLASS_RELATION);
    ck_assert_uint_gt(list.len, 3);
    for (size_t i = 0; i < list.len; i++) {
        const Relation *relation = catalog_relation(catalog, list.items[i]);
        for (size_t j = 0; j < relation->ncolumns; j++)
            check_type(relation->columns[j].type);
    }
}

START_TEST(test_all)
{
    size_t n;
    const char *const *names = catalog_extension_names(catalog, arena, &n);
    ck_assert_uint_ge(n, 44);
    for (size_t i = 0; i < n; i++) {
        if (!catalog_find_object(catalog, CLASS_EXTENSION, names[i]))
            ck_assert_int_eq(create(names[i], true), EXTENSION_CREATED);
        ck_assert_ptr_nonnull(catalog_find_object(catalog, CLASS_EXTENSION, names[i]));
    }
    check_references();
    ck_assert_ptr_nonnull(catalog_find_object(catalog, CLASS_FDW, "postgres_fdw"));
    ck_assert_ptr_nonnull(catalog_find_object(catalog, CLASS_ACCESS_METHOD, "bloom"));
    ck_assert_ptr_nonnull(catalog_find_object(catalog, CLASS_TS_DICT, "unaccent"));
    ck_assert_ptr_nonnull(catalog_find_column(catalog_find_relation(catalog, "pg_stat_statements"), "queryid"));
    ck_assert_uint_eq(catalog_functions_named(catalog, arena, "uuid_generate_v4").len, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("extensions");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_citext);
    tcase_add_test(tests, test_requirements);
    tcase_add_test(tests, test_requirement_already_there);
    tcase_add_test(tests, test_unknown);
    tcase_add_test(tests, test_all);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
