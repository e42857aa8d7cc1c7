/* User objects: names and search_path, the journal, dependencies, inheritance, and look-ups among many. */
#include "catalog/builtin_oids.h"
#include "catalog/catalog.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static Oid add_schema(const char *name)
{
    Schema *schema = arena_new_of(arena, Schema);
    schema->oid = catalog_new_oid(catalog);
    schema->name = name;
    catalog_put_schema(catalog, schema);
    return schema->oid;
}

static Oid add_table(Oid schema, const char *name)
{
    Relation *relation = arena_new_of(arena, Relation);
    relation->oid = catalog_new_oid(catalog);
    relation->name = name;
    relation->schema = schema;
    relation->kind = RELKIND_TABLE;
    catalog_put_relation(catalog, relation);
    return relation->oid;
}

static Oid add_function(Oid schema, const char *name)
{
    Function *function = arena_new_of(arena, Function);
    function->oid = catalog_new_oid(catalog);
    function->name = name;
    function->schema = schema;
    catalog_put_function(catalog, function);
    return function->oid;
}

static ObjectAddress table_address(Oid oid, int32_t column)
{
    return (ObjectAddress){CLASS_RELATION, oid, column};
}

static void check_path(size_t n, const Oid *schemas, Oid creation)
{
    const SearchPath *path = catalog_search_path(catalog);
    ck_assert_uint_eq(path->len, n);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(path->schemas[i], schemas[i]);
    ck_assert_uint_eq(path->creation, creation);
}

#define CHECK_PATH(creation, ...)                                                                                  \
    check_path(sizeof((Oid[]){__VA_ARGS__}) / sizeof(Oid), (const Oid[]){__VA_ARGS__}, (creation))

START_TEST(test_search_path)
{
    CHECK_PATH(SCHEMA_PUBLIC, SCHEMA_PG_CATALOG, SCHEMA_PUBLIC);
    const char *const names[] = {"app", "public", "app", "pg_catalog"};
    catalog_set_search_path(catalog, names, 4);
    CHECK_PATH(SCHEMA_PUBLIC, SCHEMA_PUBLIC, SCHEMA_PG_CATALOG);
    Oid app = add_schema("app");
    CHECK_PATH(app, app, SCHEMA_PUBLIC, SCHEMA_PG_CATALOG);
    Oid temporary = catalog_temp_schema(catalog);
    ck_assert_uint_eq(catalog_temp_schema(catalog), temporary);
    CHECK_PATH(app, temporary, app, SCHEMA_PUBLIC, SCHEMA_PG_CATALOG);
    ck_assert_uint_eq(catalog_search_path(catalog)->temporary, temporary);
    const char *const last[] = {"app", "pg_temp"};
    catalog_set_search_path(catalog, last, 2);
    CHECK_PATH(app, SCHEMA_PG_CATALOG, app, temporary);
    catalog_remove(catalog, (ObjectAddress){CLASS_SCHEMA, app, 0});
    CHECK_PATH(temporary, SCHEMA_PG_CATALOG, temporary);
    catalog_set_search_path(catalog, NULL, 0);
    CHECK_PATH(INVALID_OID, temporary, SCHEMA_PG_CATALOG);
    catalog_reset_search_path(catalog);
    CHECK_PATH(SCHEMA_PUBLIC, temporary, SCHEMA_PG_CATALOG, SCHEMA_PUBLIC);
}
END_TEST

START_TEST(test_names_through_search_path)
{
    Oid app = add_schema("app");
    Oid in_public = add_table(SCHEMA_PUBLIC, "books"), in_app = add_table(app, "books");
    ck_assert_uint_eq(catalog_find_relation(catalog, "books")->oid, in_public);
    ck_assert(catalog_relation_is_visible(catalog, in_public));
    ck_assert(!catalog_relation_is_visible(catalog, in_app));
    catalog_set_search_path(catalog, (const char *const[]){"app", "public"}, 2);
    ck_assert_uint_eq(catalog_find_relation(catalog, "books")->oid, in_app);
    Oid shadow = add_table(SCHEMA_PUBLIC, "pg_class");
    ck_assert_uint_eq(catalog_find_relation(catalog, "pg_class")->oid, 1259);
    catalog_set_search_path(catalog, (const char *const[]){"public", "pg_catalog"}, 2);
    ck_assert_uint_eq(catalog_find_relation(catalog, "pg_class")->oid, shadow);
    Oid temporary = add_table(catalog_temp_schema(catalog), "books");
    ck_assert_uint_eq(catalog_find_relation(catalog, "books")->oid, temporary);
}
END_TEST

START_TEST(test_rename_and_move)
{
    Oid app = add_schema("app"), table = add_table(SCHEMA_PUBLIC, "books");
    const Relation *before = catalog_relation(catalog, table);
    Relation *relation = catalog_edit_relation(catalog, table);
    relation->name = "volumes";
    catalog_put_relation(catalog, relation);
    ck_assert_str_eq(before->name, "books");
    ck_assert_ptr_null(catalog_find_relation(catalog, "books"));
    ck_assert_uint_eq(catalog_find_relation(catalog, "volumes")->oid, table);
    relation = catalog_edit_relation(catalog, table);
    relation->schema = app;
    catalog_put_relation(catalog, relation);
    ck_assert_ptr_null(catalog_find_relation(catalog, "volumes"));
    ck_assert_uint_eq(catalog_find_relation_in(catalog, app, "volumes")->oid, table);
    /* A name given away before it is taken back belongs to its new owner. */
    Oid other = add_table(SCHEMA_PUBLIC, "books");
    catalog_remove(catalog, table_address(table, 0));
    ck_assert_uint_eq(catalog_find_relation(catalog, "books")->oid, other);
    ck_assert_ptr_null(catalog_relation(catalog, table));
}
END_TEST

START_TEST(test_overloads)
{
    size_t builtin = catalog_functions_named(catalog, arena, "lower").len;
    CatalogSavepoint start = catalog_savepoint(catalog);
    Oid mine = add_function(SCHEMA_PUBLIC, "lower");
    FunctionList with_mine = catalog_functions_named(catalog, arena, "lower");
    ck_assert_uint_eq(with_mine.len, builtin + 1);
    ck_assert_uint_eq(with_mine.items[builtin]->oid, mine);
    Function *edited = catalog_edit_function(catalog, mine);
    edited->strict = true;
    catalog_put_function(catalog, edited);
    ck_assert(!with_mine.items[builtin]->strict);
    with_mine = catalog_functions_named(catalog, arena, "lower");
    ck_assert_uint_eq(with_mine.len, builtin + 1);
    ck_assert_ptr_eq(with_mine.items[builtin], edited);
    Function *renamed = catalog_edit_function(catalog, mine);
    renamed->name = "shrink";
    catalog_put_function(catalog, renamed);
    ck_assert_uint_eq(catalog_functions_named(catalog, arena, "lower").len, builtin);
    ck_assert_uint_eq(catalog_functions_named(catalog, arena, "shrink").len, 1);
    catalog_remove(catalog, (ObjectAddress){CLASS_FUNCTION, mine, 0});
    ck_assert_uint_eq(catalog_functions_named(catalog, arena, "shrink").len, 0);
    catalog_rollback(catalog, start);
    ck_assert_uint_eq(catalog_functions_named(catalog, arena, "lower").len, builtin);
    ck_assert_ptr_null(catalog_function(catalog, mine));
}
END_TEST

START_TEST(test_lists_that_share_storage)
{
    Oid first = add_function(SCHEMA_PUBLIC, "f");
    CatalogSavepoint savepoint = catalog_savepoint(catalog);
    Oid second = add_function(SCHEMA_PUBLIC, "f");
    catalog_rollback(catalog, savepoint);
    Oid third = add_function(SCHEMA_PUBLIC, "f");
    FunctionList list = catalog_functions_named(catalog, arena, "f");
    ck_assert_uint_eq(list.len, 2);
    ck_assert_uint_eq(list.items[0]->oid, first);
    ck_assert_uint_eq(list.items[1]->oid, third);
    ck_assert_uint_ne(second, third);
}
END_TEST

START_TEST(test_rollback)
{
    ck_assert_uint_eq(catalog_savepoint(catalog), 0);
    Oid kept = add_table(SCHEMA_PUBLIC, "kept");
    CatalogSavepoint savepoint = catalog_savepoint(catalog);
    Oid app = add_schema("app"), table = add_table(app, "t");
    Relation *renamed = catalog_edit_relation(catalog, kept);
    renamed->name = "renamed";
    catalog_put_relation(catalog, renamed);
    catalog_depend(catalog, table_address(kept, 0), table_address(table, 0), DEPENDENCY_NORMAL);
    catalog_set_search_path(catalog, (const char *const[]){"app"}, 1);
    catalog_remove(catalog, (ObjectAddress){CLASS_SCHEMA, SCHEMA_PUBLIC, 0});
    ck_assert_ptr_null(catalog_find_schema(catalog, "public"));
    ck_assert_ptr_null(catalog_schema(catalog, SCHEMA_PUBLIC));
    Oid again = add_schema("public");
    ck_assert_uint_eq(catalog_find_schema(catalog, "public")->oid, again);
    catalog_rollback(catalog, savepoint);
    ck_assert_uint_eq(catalog_find_schema(catalog, "public")->oid, SCHEMA_PUBLIC);
    ck_assert_uint_eq(catalog_find_relation(catalog, "kept")->oid, kept);
    ck_assert_ptr_null(catalog_find_relation(catalog, "renamed"));
    ck_assert_ptr_null(catalog_find_schema(catalog, "app"));
    ck_assert_ptr_null(catalog_relation(catalog, table));
    ck_assert_uint_eq(catalog_references(catalog, arena, table_address(kept, 0)).len, 0);
    CHECK_PATH(SCHEMA_PUBLIC, SCHEMA_PG_CATALOG, SCHEMA_PUBLIC);
    catalog_rollback(catalog, 0);
    ck_assert_ptr_null(catalog_relation(catalog, kept));
    ck_assert_uint_eq(catalog_user_objects(catalog, arena, CLASS_RELATION).len, 0);
}
END_TEST

START_TEST(test_dependencies)
{
    Oid table = add_table(SCHEMA_PUBLIC, "t"), view = add_table(SCHEMA_PUBLIC, "v"),
        other = add_table(SCHEMA_PUBLIC, "o");
    catalog_depend(catalog, table_address(view, 0), table_address(table, 1), DEPENDENCY_NORMAL);
    catalog_depend(catalog, table_address(view, 0), table_address(table, 2), DEPENDENCY_NORMAL);
    catalog_depend(catalog, table_address(other, 3), table_address(table, 0), DEPENDENCY_AUTO);
    ck_assert_uint_eq(catalog_dependents(catalog, arena, table_address(table, 0)).len, 3);
    DependencyList list = catalog_dependents(catalog, arena, table_address(table, 2));
    ck_assert_uint_eq(list.len, 1);
    ck_assert_uint_eq(list.items[0].dependent.oid, view);
    ck_assert_uint_eq(catalog_references(catalog, arena, table_address(view, 0)).len, 2);
    ck_assert_uint_eq(catalog_references(catalog, arena, table_address(other, 3)).len, 1);
    ck_assert_uint_eq(catalog_references(catalog, arena, table_address(other, 4)).len, 0);

    CatalogSavepoint savepoint = catalog_savepoint(catalog);
    catalog_remove(catalog, table_address(table, 1));
    ck_assert_uint_eq(catalog_references(catalog, arena, table_address(view, 0)).len, 1);
    catalog_remove_references(catalog, table_address(view, 0));
    list = catalog_dependents(catalog, arena, table_address(table, 0));
    ck_assert_uint_eq(list.len, 1);
    ck_assert_int_eq(list.items[0].kind, DEPENDENCY_AUTO);
    catalog_remove(catalog, table_address(other, 0));
    ck_assert_uint_eq(catalog_dependents(catalog, arena, table_address(table, 0)).len, 0);
    catalog_depend(catalog, table_address(view, 0), table_address(table, 7), DEPENDENCY_NORMAL);
    catalog_rollback(catalog, savepoint);
    list = catalog_dependents(catalog, arena, table_address(table, 0));
    ck_assert_uint_eq(list.len, 3);
    for (int32_t i = 0; i < 2; i++)
        ck_assert_int_eq(list.items[i].referenced.sub, i + 1);
    ck_assert_uint_eq(list.items[2].dependent.oid, other);
}
END_TEST

START_TEST(test_inheritance)
{
    Oid parent = add_table(SCHEMA_PUBLIC, "parent"), first = add_table(SCHEMA_PUBLIC, "first"),
        second = add_table(SCHEMA_PUBLIC, "second");
    const Oid parents[] = {parent};
    for (int i = 0; i < 2; i++) {
        Relation *child = catalog_edit_relation(catalog, i ? second : first);
        child->parents = parents;
        child->nparents = 1;
        catalog_put_relation(catalog, child);
        catalog_put_relation(catalog, catalog_edit_relation(catalog, child->oid));
    }
    OidList children = catalog_children(catalog, arena, parent);
    ck_assert_uint_eq(children.len, 2);
    ck_assert_uint_eq(children.items[0], first);
    ck_assert_uint_eq(children.items[1], second);
    CatalogSavepoint savepoint = catalog_savepoint(catalog);
    Relation *loose = catalog_edit_relation(catalog, first);
    loose->nparents = 0;
    catalog_put_relation(catalog, loose);
    catalog_remove(catalog, table_address(second, 0));
    ck_assert_uint_eq(catalog_children(catalog, arena, parent).len, 0);
    catalog_rollback(catalog, savepoint);
    ck_assert_uint_eq(catalog_children(catalog, arena, parent).len, 2);
}
END_TEST

START_TEST(test_casts_and_opclasses)
{
    Type *type = arena_new_of(arena, Type);
    *type = (Type){.oid = catalog_new_oid(catalog),
                   .name = "mytext",
                   .schema = SCHEMA_PUBLIC,
                   .typtype = 'b',
                   .category = 'S',
                   .defined = true};
    catalog_put_type(catalog, type);
    ck_assert_ptr_null(catalog_default_opclass(catalog, AM_BTREE, type->oid));
    CatalogSavepoint savepoint = catalog_savepoint(catalog);
    Cast *cast = arena_new_of(arena, Cast);
    *cast = (Cast){
        .oid = catalog_new_oid(catalog), .source = type->oid, .target = TYPE_TEXT, .context = 'i', .method = 'b'};
    catalog_put_cast(catalog, cast);
    ck_assert_ptr_eq(catalog_find_cast(catalog, type->oid, TYPE_TEXT), cast);
    ck_assert_uint_eq(catalog_default_opclass(catalog, AM_BTREE, type->oid)->input, TYPE_TEXT);
    OpClass *opclass = arena_new_of(arena, OpClass);
    *opclass = (OpClass){.oid = catalog_new_oid(catalog),
                         .name = "mytext_ops",
                         .schema = SCHEMA_PUBLIC,
                         .access_method = AM_BTREE,
                         .input = type->oid,
                         .is_default = true};
    catalog_put_opclass(catalog, opclass);
    ck_assert_ptr_eq(catalog_default_opclass(catalog, AM_BTREE, type->oid), opclass);
    catalog_remove(catalog, (ObjectAddress){CLASS_OPCLASS, opclass->oid, 0});
    ck_assert_uint_eq(catalog_default_opclass(catalog, AM_BTREE, type->oid)->input, TYPE_TEXT);
    catalog_remove(catalog, (ObjectAddress){CLASS_CAST, cast->oid, 0});
    ck_assert_ptr_null(catalog_find_cast(catalog, type->oid, TYPE_TEXT));
    catalog_rollback(catalog, savepoint);
    ck_assert_ptr_null(catalog_find_cast(catalog, type->oid, TYPE_TEXT));
    ck_assert_ptr_null(catalog_default_opclass(catalog, AM_BTREE, type->oid));
    /* PostgreSQL's own can be dropped too. */
    Oid builtin = catalog_find_cast(catalog, TYPE_INT4, TYPE_INT8)->oid;
    catalog_remove(catalog, (ObjectAddress){CLASS_CAST, builtin, 0});
    ck_assert_ptr_null(catalog_find_cast(catalog, TYPE_INT4, TYPE_INT8));
    catalog_rollback(catalog, savepoint);
    ck_assert_ptr_nonnull(catalog_find_cast(catalog, TYPE_INT4, TYPE_INT8));
}
END_TEST

START_TEST(test_user_objects_in_order)
{
    Oid a = add_table(SCHEMA_PUBLIC, "zebra");
    add_function(SCHEMA_PUBLIC, "between");
    Oid b = add_table(SCHEMA_PUBLIC, "ant"), c = add_table(SCHEMA_PUBLIC, "gnu");
    catalog_remove(catalog, table_address(b, 0));
    OidList list = catalog_user_objects(catalog, arena, CLASS_RELATION);
    ck_assert_uint_eq(list.len, 2);
    ck_assert_uint_eq(list.items[0], a);
    ck_assert_uint_eq(list.items[1], c);
    ck_assert_ptr_null(catalog_type(catalog, a));
}
END_TEST

/* Seconds for a million look-ups of one name. */
static double time_lookups(const char *table, const char *function)
{
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (int i = 0; i < 20000; i++) {
        ck_assert_ptr_nonnull(catalog_find_relation(catalog, table));
        ck_assert_uint_ge(catalog_functions_named(catalog, arena, function).len, 1);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

START_TEST(test_many_objects)
{
    add_table(SCHEMA_PUBLIC, "table0");
    add_function(SCHEMA_PUBLIC, "function0");
    double few = time_lookups("table0", "function0");
    for (int i = 1; i < 5000; i++)
        add_table(SCHEMA_PUBLIC, arena_printf(arena, "table%d", i));
    for (int i = 1; i < 20000; i++)
        add_function(SCHEMA_PUBLIC, arena_printf(arena, "function%d", i));
    double many = time_lookups("table4321", "function12345");
    ck_assert_msg(many < 20 * few + 0.01, "look-ups take %g s among few objects, %g s among many", few, many);
    ck_assert_uint_eq(catalog_user_objects(catalog, arena, CLASS_FUNCTION).len, 20000);
    catalog_rollback(catalog, 0);
    ck_assert_ptr_null(catalog_find_relation(catalog, "table4321"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("user objects");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_search_path);
    tcase_add_test(tests, test_names_through_search_path);
    tcase_add_test(tests, test_rename_and_move);
    tcase_add_test(tests, test_overloads);
    tcase_add_test(tests, test_lists_that_share_storage);
    tcase_add_test(tests, test_rollback);
    tcase_add_test(tests, test_dependencies);
    tcase_add_test(tests, test_inheritance);
    tcase_add_test(tests, test_casts_and_opclasses);
    tcase_add_test(tests, test_user_objects_in_order);
    tcase_add_test(tests, test_many_objects);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
