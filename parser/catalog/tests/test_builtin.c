/* PostgreSQL's own objects: found by OID and by name, with the properties the server gives them. */
#include "catalog/builtin_oids.h"
#include "catalog/catalog.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

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

/* The overload of a built-in function with these argument types. */
static const Function *find_function(const char *name, size_t nargs, const Oid *types)
{
    FunctionList list = catalog_functions_named(catalog, arena, name);
    for (size_t i = 0; i < list.len; i++) {
        const Function *function = list.items[i];
        if (function->nargs == nargs && (!nargs || memcmp(function->arg_types, types, nargs * sizeof *types) == 0))
            return function;
    }
    return NULL;
}

#define FUNCTION(name, ...)                                                                                        \
    find_function(name, sizeof((Oid[]){__VA_ARGS__}) / sizeof(Oid), (const Oid[]){__VA_ARGS__})

START_TEST(test_types)
{
    const Type *int4 = catalog_type(catalog, TYPE_INT4);
    ck_assert_str_eq(int4->name, "int4");
    ck_assert_int_eq(int4->category, 'N');
    ck_assert(!int4->preferred);
    ck_assert_int_eq(int4->len, 4);
    ck_assert_uint_eq(int4->array, TYPE_INT4_ARRAY);
    ck_assert_uint_eq(int4->schema, SCHEMA_PG_CATALOG);
    const Type *array = catalog_find_type(catalog, "_int4");
    ck_assert_uint_eq(array->oid, TYPE_INT4_ARRAY);
    ck_assert_uint_eq(array->element, TYPE_INT4);
    ck_assert(catalog_is_array(array));
    ck_assert(catalog_is_array(catalog_type(catalog, TYPE_INT2VECTOR)));
    ck_assert(!catalog_is_array(catalog_type(catalog, TYPE_NAME)));
    ck_assert(catalog_type(catalog, TYPE_TEXT)->preferred);
    ck_assert_uint_eq(catalog_type(catalog, TYPE_TEXT)->collation, COLLATION_DEFAULT);
    ck_assert_uint_eq(catalog_type(catalog, TYPE_JSONB)->subscript, FUNCTION_JSONB_SUBSCRIPT_HANDLER);
    const Type *range = catalog_type(catalog, TYPE_INT4RANGE);
    ck_assert_uint_eq(range->subtype, TYPE_INT4);
    ck_assert_uint_eq(range->multirange, TYPE_INT4MULTIRANGE);
    ck_assert_uint_eq(catalog_type(catalog, TYPE_INT4MULTIRANGE)->range, TYPE_INT4RANGE);
    ck_assert_ptr_null(catalog_type(catalog, INVALID_OID));
    ck_assert_ptr_null(catalog_type(catalog, 3));
    ck_assert_ptr_null(catalog_type(catalog, FIRST_USER_OID));
    ck_assert_ptr_null(catalog_find_type(catalog, "integer"));
    ck_assert_ptr_eq(int4, catalog_find_type_in(catalog, SCHEMA_PG_CATALOG, "int4"));
    ck_assert_ptr_null(catalog_find_type_in(catalog, SCHEMA_PUBLIC, "int4"));
}
END_TEST

START_TEST(test_domains_of_the_information_schema)
{
    ck_assert_ptr_null(catalog_find_type(catalog, "sql_identifier"));
    const Type *domain = catalog_find_type_in(catalog, SCHEMA_INFORMATION_SCHEMA, "sql_identifier");
    ck_assert_int_eq(domain->typtype, TYPTYPE_DOMAIN);
    ck_assert_uint_eq(domain->base, TYPE_NAME);
}
END_TEST

START_TEST(test_functions)
{
    const Function *lower = FUNCTION("lower", TYPE_TEXT);
    ck_assert_uint_eq(lower->return_type, TYPE_TEXT);
    ck_assert(lower->strict && lower->never_null && !lower->always_not_null);
    ck_assert_int_eq(lower->volatility, 'i');
    ck_assert_ptr_null(lower->arg_names);
    ck_assert_ptr_eq(lower, catalog_function(catalog, lower->oid));
    ck_assert_ptr_nonnull(FUNCTION("lower", TYPE_ANYRANGE));
    ck_assert(!FUNCTION("lower", TYPE_ANYRANGE)->never_null);

    const Function *format = FUNCTION("format", TYPE_TEXT, TYPE_ANY);
    ck_assert_uint_eq(format->variadic, TYPE_ANY);
    const Function *each = FUNCTION("json_each", TYPE_JSON);
    ck_assert(each->returns_set);
    ck_assert_uint_eq(each->nall, 3);
    ck_assert_str_eq(each->all_modes, "ioo");
    ck_assert_str_eq(each->arg_names[2], "value");
    ck_assert_uint_eq(each->all_types[1], TYPE_TEXT);
    const Function *interval =
        FUNCTION("make_interval", TYPE_INT4, TYPE_INT4, TYPE_INT4, TYPE_INT4, TYPE_INT4, TYPE_INT4, TYPE_FLOAT8);
    ck_assert_uint_eq(interval->ndefaults, 7);
    ck_assert_str_eq(interval->arg_names[6], "secs");
    ck_assert_uint_eq(catalog_functions_named(catalog, arena, "no_such_function").len, 0);
    ck_assert_int_eq(FUNCTION("rank")->kind, PROKIND_WINDOW);
    const Function *xp = FUNCTION("pg_stat_get_activity", TYPE_INT4);
    ck_assert_ptr_nonnull(xp);
}
END_TEST

START_TEST(test_aggregates)
{
    const Function *count = FUNCTION("count", TYPE_ANY);
    ck_assert_int_eq(count->kind, PROKIND_AGGREGATE);
    ck_assert(count->never_null && count->always_not_null && count->has_initial_value);
    const Function *sum = FUNCTION("sum", TYPE_INT4);
    ck_assert_uint_eq(sum->return_type, TYPE_INT8);
    ck_assert(sum->never_null && !sum->always_not_null && !sum->has_initial_value);
    const Function *percentile = FUNCTION("percentile_cont", TYPE_FLOAT8, TYPE_FLOAT8);
    ck_assert_int_eq(percentile->aggregate_kind, 'o');
    ck_assert_int_eq(percentile->ndirect, 1);
    FunctionList ranks = catalog_functions_named(catalog, arena, "rank");
    ck_assert_uint_eq(ranks.len, 2);
}
END_TEST

START_TEST(test_operators)
{
    OperatorList list = catalog_operators_named(catalog, arena, "+");
    const Operator *plus = NULL, *prefix = NULL;
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i]->right == TYPE_INT4 && list.items[i]->left == TYPE_INT4)
            plus = list.items[i];
        if (list.items[i]->right == TYPE_INT4 && !list.items[i]->left)
            prefix = list.items[i];
    }
    ck_assert_ptr_nonnull(plus);
    ck_assert_ptr_nonnull(prefix);
    ck_assert_uint_eq(plus->result, TYPE_INT4);
    ck_assert_str_eq(catalog_function(catalog, plus->function)->name, "int4pl");
    ck_assert(catalog_function(catalog, plus->function)->never_null);
    ck_assert_uint_eq(plus->commutator, plus->oid);
    ck_assert_ptr_eq(catalog_operator(catalog, plus->oid), plus);
    const Operator *equal = catalog_operator(catalog, 96); /* int4 = int4 */
    ck_assert(equal->can_hash && equal->can_merge);
    ck_assert_str_eq(catalog_operator(catalog, equal->negator)->name, "<>");
}
END_TEST

START_TEST(test_relations)
{
    const Relation *pg_class = catalog_find_relation(catalog, "pg_class");
    ck_assert_uint_eq(pg_class->oid, 1259);
    ck_assert_int_eq(pg_class->kind, RELKIND_TABLE);
    const Column *relname = catalog_find_column(pg_class, "relname");
    ck_assert_int_eq(relname->number, 2);
    ck_assert_uint_eq(relname->type, TYPE_NAME);
    ck_assert(relname->not_null);
    ck_assert(!catalog_find_column(pg_class, "relacl")->not_null);
    ck_assert_int_eq(catalog_find_column(pg_class, "ctid")->number, -1);
    ck_assert_ptr_eq(catalog_column(pg_class, 2), relname);
    ck_assert_str_eq(catalog_column(pg_class, -6)->name, "tableoid");
    ck_assert_ptr_null(catalog_column(pg_class, 0));
    ck_assert_ptr_null(catalog_column(pg_class, -7));
    ck_assert_ptr_null(catalog_column(pg_class, 1000));
    const Type *row = catalog_type(catalog, pg_class->row_type);
    ck_assert_uint_eq(row->relation, pg_class->oid);
    ck_assert_uint_eq(row->array, pg_class->row_array_type);

    ck_assert_ptr_null(catalog_find_relation(catalog, "tables"));
    const Relation *tables = catalog_find_relation_in(catalog, SCHEMA_INFORMATION_SCHEMA, "tables");
    ck_assert_int_eq(tables->kind, RELKIND_VIEW);
    ck_assert_ptr_nonnull(catalog_find_column(tables, "table_name"));
    ck_assert_uint_eq(catalog_find_relation(catalog, "pg_settings")->nrules, 2);
}
END_TEST

START_TEST(test_indexes_of_system_tables)
{
    const Relation *pg_class = catalog_find_relation(catalog, "pg_class");
    const Constraint *primary = NULL;
    for (size_t i = 0; i < pg_class->nconstraints; i++) {
        if (pg_class->constraints[i].type == CONSTRAINT_PRIMARY)
            primary = &pg_class->constraints[i];
    }
    ck_assert_ptr_nonnull(primary);
    ck_assert_uint_eq(primary->ncolumns, 1);
    ck_assert_str_eq(catalog_column(pg_class, primary->columns[0])->name, "oid");
    const Relation *relation = catalog_relation(catalog, primary->index);
    ck_assert_str_eq(relation->name, "pg_class_oid_index");
    ck_assert(relation->index->is_unique && relation->index->is_primary && relation->index->immediate);
    ck_assert_uint_eq(relation->index->table, pg_class->oid);
    ck_assert_uint_eq(relation->index->access_method, AM_BTREE);
    ck_assert_uint_eq(catalog_opclass(catalog, relation->index->opclasses[0])->input, TYPE_OID);
    bool found = false;
    for (size_t i = 0; i < pg_class->nindexes; i++)
        found |= pg_class->indexes[i] == primary->index;
    ck_assert(found);
}
END_TEST

START_TEST(test_casts)
{
    const Cast *cast = catalog_find_cast(catalog, TYPE_INT4, TYPE_INT8);
    ck_assert_int_eq(cast->context, 'i');
    ck_assert_int_eq(cast->method, 'f');
    ck_assert_str_eq(catalog_function(catalog, cast->function)->name, "int8");
    ck_assert_int_eq(catalog_find_cast(catalog, TYPE_VARCHAR, TYPE_TEXT)->method, 'b');
    ck_assert_int_eq(catalog_find_cast(catalog, TYPE_FLOAT8, TYPE_INT4)->context, 'a');
    ck_assert_ptr_null(catalog_find_cast(catalog, TYPE_TEXT, TYPE_INT4));
}
END_TEST

static Oid default_input(Oid method, Oid type)
{
    const OpClass *opclass = catalog_default_opclass(catalog, method, type);
    return opclass ? opclass->input : INVALID_OID;
}

START_TEST(test_default_opclasses)
{
    for (int round = 0; round < 2; round++) { /* the second time from memory */
        ck_assert_uint_eq(default_input(AM_BTREE, TYPE_INT4), TYPE_INT4);
        ck_assert_uint_eq(default_input(AM_BTREE, TYPE_VARCHAR), TYPE_TEXT);
        ck_assert_uint_eq(default_input(AM_HASH, TYPE_VARCHAR), TYPE_TEXT);
        ck_assert_uint_eq(default_input(AM_BTREE, TYPE_CIDR), TYPE_INET);
        ck_assert_uint_eq(default_input(AM_BTREE, TYPE_INT4_ARRAY), TYPE_ANYARRAY);
        ck_assert_uint_eq(default_input(AM_BTREE, TYPE_INT4RANGE), TYPE_ANYRANGE);
        ck_assert_uint_eq(default_input(AM_BTREE, TYPE_JSON), INVALID_OID);
        ck_assert_uint_eq(default_input(AM_BTREE, TYPE_POINT), INVALID_OID);
        ck_assert_uint_eq(default_input(AM_BTREE, catalog_find_relation(catalog, "pg_class")->row_type),
                          TYPE_RECORD);
        ck_assert_uint_eq(default_input(AM_GIN, TYPE_JSONB), TYPE_JSONB);
    }
}
END_TEST

START_TEST(test_families)
{
    const OpClass *opclass = catalog_default_opclass(catalog, AM_BTREE, TYPE_INT4);
    ck_assert_uint_eq(catalog_family_operator(catalog, opclass->family, TYPE_INT4, TYPE_INT4, BTREE_EQ), 96);
    Oid cross = catalog_family_operator(catalog, opclass->family, TYPE_INT4, TYPE_INT8, BTREE_LT);
    ck_assert_uint_eq(catalog_operator(catalog, cross)->right, TYPE_INT8);
    ck_assert_uint_eq(catalog_family_operator(catalog, opclass->family, TYPE_INT4, TYPE_TEXT, BTREE_LT),
                      INVALID_OID);
    Oid order = catalog_family_function(catalog, opclass->family, TYPE_INT4, TYPE_INT4, BTREE_ORDER_PROC);
    ck_assert_str_eq(catalog_function(catalog, order)->name, "btint4cmp");
    FamilyOperatorList members = catalog_operator_families(catalog, arena, 96);
    bool btree = false, hash = false;
    for (size_t i = 0; i < members.len; i++) {
        ck_assert_uint_eq(members.items[i].op, 96);
        Oid method = catalog_opfamily(catalog, members.items[i].family)->access_method;
        btree |= method == AM_BTREE && members.items[i].strategy == BTREE_EQ;
        hash |= method == AM_HASH && members.items[i].strategy == HASH_EQ;
    }
    ck_assert(btree && hash);
    ck_assert_uint_eq(catalog_operator_families(catalog, arena, INVALID_OID).len, 0);
    ck_assert_ptr_nonnull(catalog_find_opclass(catalog, AM_BTREE, "text_pattern_ops"));
    ck_assert_ptr_null(catalog_find_opclass(catalog, AM_GIN, "text_pattern_ops"));
    ck_assert_uint_eq(catalog_find_opfamily(catalog, AM_BTREE, "integer_ops")->oid, opclass->family);
}
END_TEST

START_TEST(test_other_objects)
{
    ck_assert_uint_eq(catalog_find_object(catalog, CLASS_ACCESS_METHOD, "btree")->oid, AM_BTREE);
    ck_assert_uint_eq(catalog_find_object(catalog, CLASS_LANGUAGE, "plpgsql")->oid, LANGUAGE_PLPGSQL);
    ck_assert_uint_eq(catalog_find_object(catalog, CLASS_EXTENSION, "plpgsql")->oid, EXTENSION_PLPGSQL);
    ck_assert_ptr_nonnull(catalog_find_object(catalog, CLASS_TS_CONFIG, "english"));
    ck_assert_ptr_null(catalog_find_object(catalog, CLASS_TS_DICT, "english"));
    ck_assert_ptr_nonnull(catalog_find_object_in(catalog, CLASS_TS_DICT, SCHEMA_PG_CATALOG, "english_stem"));
    ck_assert_str_eq(catalog_object(catalog, CLASS_LANGUAGE, LANGUAGE_SQL)->name, "sql");
    ck_assert_ptr_null(catalog_object(catalog, CLASS_ACCESS_METHOD, LANGUAGE_SQL));
    ck_assert_uint_eq(catalog_find_collation(catalog, "C")->oid, COLLATION_C);
    ck_assert_ptr_nonnull(catalog_find_collation(catalog, "en-x-icu"));
    ck_assert_ptr_null(catalog_find_collation(catalog, "c"));
    ck_assert_uint_eq(catalog_find_schema(catalog, "public")->oid, SCHEMA_PUBLIC);
    ck_assert_ptr_null(catalog_find_schema(catalog, "nowhere"));
}
END_TEST

/* Each version's catalog has what that server has: nothing that came later or has gone before. */
START_TEST(test_versions)
{
    static const struct {
        const char *function;
        int first, last;
    } functions[] = {
        {"lower", 14, 18},  {"regexp_like", 15, 18}, {"any_value", 16, 18},       {"to_bin", 17, 18},
        {"uuidv7", 18, 18}, {"array_sort", 18, 18},  {"pg_start_backup", 14, 14}, {"pg_backup_start", 15, 18},
    };
    size_t n;
    const int *versions = catalog_versions(&n);
    ck_assert_uint_eq(n, 5);
    for (size_t v = 0; v < n; v++) {
        const Catalog *of = catalog_new_for(arena, versions[v]);
        ck_assert_int_eq(catalog_version(of), versions[v]);
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
            ck_assert_int_eq(catalog_functions_named(of, arena, functions[i].function).len > 0,
                             versions[v] >= functions[i].first && versions[v] <= functions[i].last);
        const Relation *database = catalog_find_relation(of, "pg_database");
        ck_assert_int_eq(catalog_find_column(database, "daticulocale") != NULL,
                         versions[v] == 15 || versions[v] == 16);
        ck_assert_int_eq(catalog_find_column(database, "datlocale") != NULL, versions[v] >= 17);
        /* "char" was of the category of strings */
        ck_assert_int_eq(catalog_type(of, TYPE_CHAR)->category, versions[v] >= 15 ? 'Z' : 'S');
        ck_assert_int_eq(catalog_find_cast(of, TYPE_BYTEA, TYPE_INT4) != NULL, versions[v] >= 18);
        ck_assert_int_eq(catalog_find_relation(of, "pg_stat_io") != NULL, versions[v] >= 16);
        ck_assert_int_eq(catalog_extension_info(of, arena, "adminpack") != NULL, versions[v] <= 16);
        ck_assert_int_eq(catalog_extension_info(of, arena, "pg_logicalinspect") != NULL, versions[v] >= 18);
    }
    ck_assert(!catalog_knows_version(13));
    ck_assert(!catalog_knows_version(19));
}
END_TEST

/* Whatever a record of a version names by OID is there in that version. */
START_TEST(test_versions_are_whole)
{
    size_t n;
    const int *versions = catalog_versions(&n);
    for (size_t v = 0; v < n; v++) {
        const Catalog *of = catalog_new_for(arena, versions[v]);
        for (Oid oid = 1; oid < FIRST_USER_OID; oid++) {
            const Type *type = catalog_type(of, oid);
            if (type) {
                ck_assert(!type->element || catalog_type(of, type->element));
                ck_assert(!type->relation || catalog_relation(of, type->relation));
                ck_assert(catalog_function(of, type->input) && catalog_function(of, type->output));
            }
            const Function *function = catalog_function(of, oid);
            for (size_t i = 0; function && i < function->nargs; i++)
                ck_assert(catalog_type(of, function->arg_types[i]));
            ck_assert(!function || catalog_type(of, function->return_type));
            const Operator *op = catalog_operator(of, oid);
            ck_assert(!op || (catalog_function(of, op->function) && catalog_type(of, op->result)));
            const Relation *relation = catalog_relation(of, oid);
            for (size_t i = 0; relation && i < relation->ncolumns; i++)
                ck_assert(relation->columns[i].dropped || catalog_type(of, relation->columns[i].type));
            const OpClass *opclass = catalog_opclass(of, oid);
            ck_assert(!opclass || (catalog_opfamily(of, opclass->family) && catalog_type(of, opclass->input)));
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("built-in objects");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_types);
    tcase_add_test(tests, test_domains_of_the_information_schema);
    tcase_add_test(tests, test_functions);
    tcase_add_test(tests, test_aggregates);
    tcase_add_test(tests, test_operators);
    tcase_add_test(tests, test_relations);
    tcase_add_test(tests, test_indexes_of_system_tables);
    tcase_add_test(tests, test_casts);
    tcase_add_test(tests, test_default_opclasses);
    tcase_add_test(tests, test_families);
    tcase_add_test(tests, test_other_objects);
    tcase_add_test(tests, test_versions);
    tcase_add_test(tests, test_versions_are_whole);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
