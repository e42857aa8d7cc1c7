/* What calls over the built-in catalog don't show: the objects of a user's schema, messages, and the answers that
 * are no verdict on a statement. The expected answers are those of PostgreSQL 15 on the same objects. */
#include "types/types.h"

#include "base/sqlstate.h"
#include "catalog/builtin_oids.h"

#include <check.h>
#include <string.h>

static Arena *arena;
static Catalog *catalog;
static Oid schema_a, schema_b;

/* ---- Making objects ---- */

static Oid make_schema(const char *name)
{
    Schema *schema = arena_new_of(arena, Schema);
    *schema = (Schema){.oid = catalog_new_oid(catalog), .name = name};
    catalog_put_schema(catalog, schema);
    return schema->oid;
}

static Oid make_type(const char *name, Type given)
{
    Type *type = arena_new_of(arena, Type), *array = arena_new_of(arena, Type);
    *type = given;
    type->oid = catalog_new_oid(catalog);
    type->name = name;
    type->schema = schema_a;
    type->defined = true;
    type->array = catalog_new_oid(catalog);
    *array = (Type){.oid = type->array,
                    .name = arena_printf(arena, "_%s", name),
                    .schema = schema_a,
                    .typtype = TYPTYPE_BASE,
                    .category = 'A',
                    .defined = true,
                    .typmod = -1,
                    .element = type->oid,
                    .subscript = FUNCTION_ARRAY_SUBSCRIPT_HANDLER};
    catalog_put_type(catalog, type);
    catalog_put_type(catalog, array);
    return type->oid;
}

static Oid make_domain(const char *name, Oid base, int32_t typmod)
{
    return make_type(name, (Type){.typtype = TYPTYPE_DOMAIN,
                                  .category = type_category(catalog, base),
                                  .base = base,
                                  .typmod = typmod});
}

/* A table with columns of these types; gives its row type. */
static Oid make_table(const char *name, const Oid *types, size_t ntypes, Oid parent_type, Oid of_type)
{
    Relation *table = arena_new_of(arena, Relation);
    Column *columns = arena_array_of(arena, ntypes, Column);
    Oid *parent = arena_new_of(arena, Oid);
    for (size_t i = 0; i < ntypes; i++)
        columns[i] = (Column){
            .name = arena_printf(arena, "c%zu", i), .number = (int16_t)(i + 1), .type = types[i], .typmod = -1};
    *parent = type_relation(catalog, parent_type);
    *table = (Relation){.oid = catalog_new_oid(catalog),
                        .name = name,
                        .schema = schema_a,
                        .kind = RELKIND_TABLE,
                        .of_type = of_type,
                        .columns = columns,
                        .ncolumns = ntypes,
                        .parents = parent,
                        .nparents = parent_type != 0};
    table->row_type = make_type(
        name, (Type){.typtype = TYPTYPE_COMPOSITE, .category = 'C', .typmod = -1, .relation = table->oid});
    catalog_put_relation(catalog, table);
    return table->row_type;
}

static Function *new_function(Oid schema, const char *name, Oid result, const Oid *args, size_t nargs)
{
    Function *function = arena_new_of(arena, Function);
    *function = (Function){.oid = catalog_new_oid(catalog),
                           .name = name,
                           .schema = schema,
                           .kind = PROKIND_FUNCTION,
                           .nargs = (uint16_t)nargs,
                           .return_type = result,
                           .arg_types = arena_memdup(arena, args, nargs * sizeof *args)};
    return function;
}

#define OIDS(...) ((const Oid[]){__VA_ARGS__}), (sizeof((const Oid[]){__VA_ARGS__}) / sizeof(Oid))

static Function *make_function(Oid schema, const char *name, Oid result, const Oid *args, size_t nargs)
{
    Function *function = new_function(schema, name, result, args, nargs);
    catalog_put_function(catalog, function);
    return function;
}

static FunctionDetail resolve(Oid schema, const char *name, const Oid *args, size_t nargs)
{
    FunctionCall call = {.schema = schema,
                         .name = name,
                         .nargs = nargs,
                         .args = args,
                         .expand_variadic = true,
                         .expand_defaults = true};
    FunctionDetail detail;
    function_resolve(catalog, arena, &call, &detail);
    return detail;
}

static const char *operator_name(Oid oid)
{
    const Operator *op = catalog_operator(catalog, oid);
    return op ? op->name : NULL;
}

static void set_up(void)
{
    arena = arena_new();
    catalog = catalog_new(arena);
    schema_a = make_schema("a");
    schema_b = make_schema("b");
    catalog_set_search_path(catalog, (const char *const[]){"a", "b"}, 2);
}

static void tear_down(void)
{
    arena_free(arena);
}

/* ---- Facts ---- */

START_TEST(domains_are_seen_through)
{
    Oid word = make_domain("word", TYPE_VARCHAR, 14), deep = make_domain("deep", word, -1);
    Oid ints = make_domain("ints", TYPE_INT4_ARRAY, -1);
    int32_t typmod = -1;
    ck_assert_uint_eq(type_base_typmod(catalog, deep, &typmod), TYPE_VARCHAR);
    ck_assert_int_eq(typmod, 14);
    typmod = 7;
    ck_assert_uint_eq(type_base_typmod(catalog, TYPE_INT4, &typmod), TYPE_INT4);
    ck_assert_int_eq(typmod, 7);
    ck_assert_uint_eq(type_element(catalog, ints), 0);
    ck_assert_uint_eq(type_base_element(catalog, ints), TYPE_INT4);
    ck_assert(type_is_domain(catalog, deep));
    ck_assert(!type_is_domain(catalog, TYPE_VARCHAR));
}
END_TEST

START_TEST(unknown_oids_are_nothing)
{
    Oid function;
    ck_assert_uint_eq(type_base(catalog, 999999), 999999);
    ck_assert_int_eq(type_category(catalog, 0), 0);
    ck_assert(!type_is_rowtype(catalog, 0));
    ck_assert_int_eq(coercion_find_path(catalog, 0, TYPE_INT4, COERCION_EXPLICIT, &function), PATH_NONE);
    ck_assert_uint_eq(type_sort_group_operators(catalog, 999999).eq, 0);
}
END_TEST

START_TEST(rows_inherit)
{
    Oid parent = make_table("parent", OIDS(TYPE_INT4), 0, 0);
    Oid child = make_table("child", OIDS(TYPE_INT4), parent, 0);
    Oid grandchild = make_table("grandchild", OIDS(TYPE_INT4), child, 0);
    Oid typed = make_table("typed", OIDS(TYPE_INT4), 0, parent);
    Oid domain = make_domain("over_child", child, -1);
    ck_assert(type_inherits_from(catalog, child, parent));
    ck_assert(type_inherits_from(catalog, grandchild, parent));
    ck_assert(type_inherits_from(catalog, domain, parent));
    ck_assert(!type_inherits_from(catalog, parent, child));
    ck_assert(!type_inherits_from(catalog, parent, parent));
    ck_assert(type_is_of_typed_table(catalog, typed, parent));
    ck_assert(!type_is_of_typed_table(catalog, child, parent));
    ck_assert(coercion_possible(catalog, 1, &grandchild, &parent, COERCION_IMPLICIT));
    ck_assert(!coercion_possible(catalog, 1, &parent, &child, COERCION_EXPLICIT));
    ck_assert(type_is_rowtype(catalog, domain));
    ck_assert_uint_eq(type_relation(catalog, domain), 0);
    ck_assert_uint_eq(type_or_domain_relation(catalog, domain), type_relation(catalog, child));
}
END_TEST

/* ---- Coercion ---- */

typedef struct PathCase {
    Oid source, target;
    CoercionContext context;
    CoercionPath path;
    const char *function; /* of PATH_FUNCTION */
} PathCase;

static const PathCase path_cases[] = {
    {TYPE_INT4, TYPE_INT8, COERCION_IMPLICIT, PATH_FUNCTION, "int8"},
    {TYPE_INT8, TYPE_INT4, COERCION_IMPLICIT, PATH_NONE, NULL},
    {TYPE_INT8, TYPE_INT4, COERCION_ASSIGNMENT, PATH_FUNCTION, "int4"},
    {TYPE_INT4, TYPE_BOOL, COERCION_ASSIGNMENT, PATH_NONE, NULL},
    {TYPE_INT4, TYPE_BOOL, COERCION_EXPLICIT, PATH_FUNCTION, "bool"},
    {TYPE_INT4, TYPE_BOOL, COERCION_PLPGSQL, PATH_COERCE_VIA_IO, NULL},
    {TYPE_VARCHAR, TYPE_TEXT, COERCION_IMPLICIT, PATH_RELABEL, NULL},
    {TYPE_INT4, TYPE_TEXT, COERCION_IMPLICIT, PATH_NONE, NULL},
    {TYPE_INT4, TYPE_TEXT, COERCION_ASSIGNMENT, PATH_COERCE_VIA_IO, NULL},
    {TYPE_TEXT, TYPE_INT4, COERCION_ASSIGNMENT, PATH_NONE, NULL},
    {TYPE_TEXT, TYPE_INT4, COERCION_EXPLICIT, PATH_COERCE_VIA_IO, NULL},
    {TYPE_JSON, TYPE_JSONB, COERCION_ASSIGNMENT, PATH_COERCE_VIA_IO, NULL},
    {TYPE_INT4_ARRAY, TYPE_INT8_ARRAY, COERCION_IMPLICIT, PATH_ARRAY_COERCE, NULL},
    {TYPE_INT4_ARRAY, TYPE_TEXT_ARRAY, COERCION_IMPLICIT, PATH_NONE, NULL},
    {TYPE_INT4_ARRAY, TYPE_TEXT_ARRAY, COERCION_ASSIGNMENT, PATH_ARRAY_COERCE, NULL},
    {TYPE_OID_ARRAY, TYPE_OIDVECTOR, COERCION_EXPLICIT, PATH_NONE, NULL},
    {TYPE_OIDVECTOR, TYPE_OID_ARRAY, COERCION_IMPLICIT, PATH_ARRAY_COERCE, NULL},
    {TYPE_POINT, TYPE_INT4, COERCION_EXPLICIT, PATH_NONE, NULL},
};

START_TEST(coercion_paths)
{
    const PathCase *asked = &path_cases[_i];
    Oid function;
    CoercionPath path = coercion_find_path(catalog, asked->target, asked->source, asked->context, &function);
    ck_assert_int_eq(path, asked->path);
    ck_assert_int_eq(function != 0, path == PATH_FUNCTION);
    if (path == PATH_FUNCTION)
        ck_assert_str_eq(catalog_function(catalog, function)->name, asked->function);
}
END_TEST

START_TEST(length_coercion)
{
    Oid function;
    ck_assert_int_eq(coercion_find_typmod_function(catalog, TYPE_VARCHAR, &function), PATH_FUNCTION);
    ck_assert_str_eq(catalog_function(catalog, function)->name, "varchar");
    ck_assert_int_eq(coercion_find_typmod_function(catalog, TYPE_NUMERIC_ARRAY, &function), PATH_ARRAY_COERCE);
    ck_assert_str_eq(catalog_function(catalog, function)->name, "numeric");
    ck_assert_int_eq(coercion_find_typmod_function(catalog, TYPE_INT4, &function), PATH_NONE);
    ck_assert_uint_eq(function, 0);
}
END_TEST

typedef struct BinaryCase {
    Oid source, target;
    bool binary;
} BinaryCase;

static const BinaryCase binary_cases[] = {
    {TYPE_INT4, TYPE_INT4, true},
    {TYPE_VARCHAR, TYPE_TEXT, true},
    {TYPE_TEXT, TYPE_VARCHAR, true},
    {TYPE_TEXT, TYPE_BPCHAR, true},
    {TYPE_BPCHAR, TYPE_TEXT, false},
    {TYPE_INT4, TYPE_OID, true},
    {TYPE_OID, TYPE_INT4, false},
    {TYPE_INT4, TYPE_INT8, false},
    {TYPE_CIDR, TYPE_INET, true},
    {TYPE_INET, TYPE_CIDR, false},
    {TYPE_INT4, TYPE_ANY, true},
    {TYPE_INT4_ARRAY, TYPE_ANYELEMENT, true},
    {TYPE_INT4_ARRAY, TYPE_ANYARRAY, true},
    {TYPE_INT4, TYPE_ANYARRAY, false},
    {TYPE_INT4, TYPE_ANYNONARRAY, true},
    {TYPE_INT4_ARRAY, TYPE_ANYCOMPATIBLENONARRAY, false},
    {TYPE_INT4RANGE, TYPE_ANYRANGE, true},
    {TYPE_INT4MULTIRANGE, TYPE_ANYRANGE, false},
    {TYPE_INT4MULTIRANGE, TYPE_ANYMULTIRANGE, true},
    {TYPE_INT4, TYPE_ANYENUM, false},
    {TYPE_INT4, TYPE_RECORD, false},
};

START_TEST(binary_coercible)
{
    const BinaryCase *asked = &binary_cases[_i];
    ck_assert_int_eq(coercion_is_binary(catalog, asked->source, asked->target), asked->binary);
}
END_TEST

START_TEST(binary_coercible_user_types)
{
    Oid row = make_table("t", OIDS(TYPE_INT4), 0, 0), domain = make_domain("d", TYPE_INT4, -1);
    Oid mood = make_type("mood", (Type){.typtype = TYPTYPE_ENUM, .category = 'E', .typmod = -1});
    ck_assert(coercion_is_binary(catalog, row, TYPE_RECORD));
    ck_assert(coercion_is_binary(catalog, type_array(catalog, row), TYPE_RECORD_ARRAY));
    ck_assert(!coercion_is_binary(catalog, type_array(catalog, domain), TYPE_RECORD_ARRAY));
    ck_assert(coercion_is_binary(catalog, domain, TYPE_INT4));
    ck_assert(!coercion_is_binary(catalog, TYPE_INT4, domain));
    ck_assert(coercion_is_binary(catalog, domain, TYPE_OID));
    ck_assert(coercion_is_binary(catalog, mood, TYPE_ANYENUM));
}
END_TEST

START_TEST(common_type_tells_which)
{
    size_t conflict = 99, with = 99;
    Oid types[] = {TYPE_UNKNOWN, TYPE_INT4, TYPE_INT8, TYPE_TEXT};
    Oid domain = make_domain("posint", TYPE_INT4, -1);
    ck_assert_uint_eq(coercion_common_type(catalog, 4, types, &conflict, &with), 0);
    ck_assert_uint_eq(conflict, 3);
    ck_assert_uint_eq(with, 2);
    ck_assert_uint_eq(coercion_common_type(catalog, 3, types, &conflict, &with), TYPE_INT8);
    ck_assert_uint_eq(with, 2);
    ck_assert_uint_eq(coercion_common_type(catalog, 2, (Oid[]){domain, domain}, NULL, NULL), domain);
    ck_assert_uint_eq(coercion_common_type(catalog, 2, (Oid[]){domain, TYPE_INT4}, NULL, NULL), TYPE_INT4);
    ck_assert_uint_eq(coercion_common_type(catalog, 2, (Oid[]){domain, TYPE_UNKNOWN}, NULL, NULL), TYPE_INT4);
    ck_assert_uint_eq(coercion_common_type(catalog, 1, (Oid[]){TYPE_UNKNOWN}, NULL, NULL), TYPE_TEXT);
    ck_assert(coercion_common_type_fits(catalog, TYPE_INT8, 3, types));
    ck_assert(!coercion_common_type_fits(catalog, TYPE_INT4, 3, types));
}
END_TEST

/* ---- Polymorphism ---- */

typedef struct PolymorphicCase {
    Oid declared[3], actual[3];
    Oid returns;
    Oid result; /* 0: an error */
    const char *code, *message, *detail;
} PolymorphicCase;

static const PolymorphicCase polymorphic_cases[] = {
    {{TYPE_ANYELEMENT, TYPE_ANYARRAY}, {TYPE_INT4, TYPE_INT4_ARRAY}, TYPE_ANYARRAY, TYPE_INT4_ARRAY, 0, 0, 0},
    {{TYPE_ANYELEMENT, TYPE_ANYARRAY}, {TYPE_UNKNOWN, TYPE_INT4_ARRAY}, TYPE_ANYELEMENT, TYPE_INT4, 0, 0, 0},
    {{TYPE_ANYRANGE}, {TYPE_INT4RANGE}, TYPE_ANYMULTIRANGE, TYPE_INT4MULTIRANGE, 0, 0, 0},
    {{TYPE_ANYCOMPATIBLE, TYPE_ANYCOMPATIBLE},
     {TYPE_INT4, TYPE_FLOAT8},
     TYPE_ANYCOMPATIBLEARRAY,
     TYPE_FLOAT8_ARRAY,
     0,
     0,
     0},
    {{TYPE_ANYCOMPATIBLE}, {TYPE_UNKNOWN}, TYPE_ANYCOMPATIBLE, TYPE_TEXT, 0, 0, 0},
    {{TYPE_TEXT}, {TYPE_TEXT}, TYPE_ANYELEMENT, TYPE_ANYELEMENT, 0, 0, 0},
    {{TYPE_ANYELEMENT, TYPE_ANYELEMENT},
     {TYPE_INT4, TYPE_TEXT},
     TYPE_BOOL,
     0,
     "42804",
     "arguments declared \"anyelement\" are not all alike",
     "integer versus text"},
    {{TYPE_ANYARRAY, TYPE_ANYARRAY},
     {TYPE_INT4_ARRAY, TYPE_TEXT_ARRAY},
     TYPE_BOOL,
     0,
     "42804",
     "arguments declared \"anyarray\" are not all alike",
     "integer[] versus text[]"},
    {{TYPE_ANYARRAY, TYPE_ANYELEMENT},
     {TYPE_INT4_ARRAY, TYPE_TEXT},
     TYPE_BOOL,
     0,
     "42804",
     "argument declared anyarray is not consistent with argument declared anyelement",
     "integer[] versus text"},
    {{TYPE_ANYARRAY},
     {TYPE_INT4},
     TYPE_BOOL,
     0,
     "42804",
     "argument declared anyarray is not an array but type integer",
     NULL},
    {{TYPE_ANYRANGE},
     {TYPE_INT4},
     TYPE_BOOL,
     0,
     "42804",
     "argument declared anyrange is not a range type but type integer",
     NULL},
    {{TYPE_ANYNONARRAY},
     {TYPE_INT4_ARRAY},
     TYPE_BOOL,
     0,
     "42804",
     "type matched to anynonarray is an array type: integer[]",
     NULL},
    {{TYPE_ANYENUM},
     {TYPE_INT4},
     TYPE_BOOL,
     0,
     "42804",
     "type matched to anyenum is not an enum type: integer",
     NULL},
    {{TYPE_ANYELEMENT},
     {TYPE_UNKNOWN},
     TYPE_BOOL,
     0,
     "42804",
     "could not determine polymorphic type because input has type unknown",
     NULL},
    {{TYPE_ANYCOMPATIBLE, TYPE_ANYCOMPATIBLE},
     {TYPE_INT4, TYPE_POINT},
     TYPE_BOOL,
     0,
     "42804",
     "argument types integer and point cannot be matched",
     NULL},
    {{TYPE_ANYCOMPATIBLERANGE, TYPE_ANYCOMPATIBLE},
     {TYPE_INT4RANGE, TYPE_NUMERIC},
     TYPE_BOOL,
     0,
     "42804",
     "anycompatiblerange type int4range does not match anycompatible type numeric",
     NULL},
    {{TYPE_ANYELEMENT},
     {TYPE_INT4_ARRAY},
     TYPE_ANYARRAY,
     0,
     "42704",
     "could not find array type for data type integer[]",
     NULL},
};

START_TEST(polymorphic_results)
{
    const PolymorphicCase *asked = &polymorphic_cases[_i];
    Oid declared[3];
    size_t n = asked->declared[1] ? 2 : 1;
    PolymorphicError error;
    memcpy(declared, asked->declared, sizeof declared);
    Oid result = polymorphic_resolve(catalog, arena, n, asked->actual, declared, asked->returns, false, &error);
    ck_assert_uint_eq(result, asked->result);
    for (size_t i = 0; result && i < n; i++)
        ck_assert(!type_is_polymorphic(declared[i]));
    if (!result) {
        ck_assert_str_eq(error.code, asked->code);
        ck_assert_str_eq(error.message, asked->message);
        ck_assert_pstr_eq(error.detail, asked->detail);
    }
}
END_TEST

START_TEST(polymorphic_definitions)
{
    Oid declared[] = {TYPE_ANYELEMENT, TYPE_ANYARRAY};
    PolymorphicError error;
    Oid result = polymorphic_resolve(catalog, arena, 2, (Oid[]){TYPE_ANYELEMENT, TYPE_ANYARRAY}, declared,
                                     TYPE_ANYARRAY, true, &error);
    ck_assert_uint_eq(result, TYPE_ANYARRAY);
    ck_assert_uint_eq(declared[0], TYPE_ANYELEMENT);
}
END_TEST

START_TEST(polymorphic_outputs)
{
    Oid outputs[] = {TYPE_INT8, TYPE_ANYARRAY, TYPE_ANYCOMPATIBLE};
    const Oid declared[] = {TYPE_ANYELEMENT, TYPE_ANYCOMPATIBLEARRAY}, actual[] = {TYPE_DATE, TYPE_TEXT_ARRAY};
    ck_assert(polymorphic_resolve_outputs(catalog, 2, actual, declared, 3, outputs));
    ck_assert_uint_eq(outputs[0], TYPE_INT8);
    ck_assert_uint_eq(outputs[1], TYPE_DATE_ARRAY);
    ck_assert_uint_eq(outputs[2], TYPE_TEXT);
    ck_assert(!polymorphic_resolve_outputs(catalog, 1, actual, declared, 1, (Oid[]){TYPE_ANYRANGE}));
}
END_TEST

START_TEST(polymorphic_signatures)
{
    const Oid args[] = {TYPE_INT4, TYPE_ANYRANGE};
    ck_assert_ptr_null(polymorphic_check_signature(arena, TYPE_ANYMULTIRANGE, args, 2));
    ck_assert_ptr_null(polymorphic_check_signature(arena, TYPE_ANYELEMENT, args, 2));
    ck_assert_ptr_null(polymorphic_check_signature(arena, TYPE_INT4, args, 1));
    ck_assert_str_eq(polymorphic_check_signature(arena, TYPE_ANYRANGE, args, 1),
                     "A result of type anyrange requires at least one input of type anyrange or anymultirange.");
    ck_assert_str_eq(polymorphic_check_signature(arena, TYPE_ANYELEMENT, args, 1),
                     "A result of type anyelement requires at least one input of type anyelement, anyarray, "
                     "anynonarray, anyenum, anyrange, or anymultirange.");
    ck_assert_str_eq(polymorphic_check_signature(arena, TYPE_ANYCOMPATIBLEARRAY, args, 2),
                     "A result of type anycompatiblearray requires at least one input of type anycompatible, "
                     "anycompatiblearray, anycompatiblenonarray, anycompatiblerange, or anycompatiblemultirange.");
    ck_assert_str_eq(polymorphic_check_internal_signature(TYPE_INTERNAL, args, 2),
                     "A result of type internal requires at least one input of type internal.");
    ck_assert_ptr_null(polymorphic_check_internal_signature(TYPE_INTERNAL, (Oid[]){TYPE_INTERNAL}, 1));
}
END_TEST

/* ---- Functions ---- */

START_TEST(search_path_decides)
{
    Function *in_a = make_function(schema_a, "f", TYPE_INT4, OIDS(TYPE_INT4));
    Function *in_b = make_function(schema_b, "f", TYPE_TEXT, OIDS(TYPE_INT4));
    make_function(schema_b, "f", TYPE_DATE, OIDS(TYPE_TEXT));
    ck_assert_ptr_eq(resolve(0, "f", OIDS(TYPE_INT4)).function, in_a);
    ck_assert_ptr_eq(resolve(schema_b, "f", OIDS(TYPE_INT4)).function, in_b);
    ck_assert_uint_eq(resolve(0, "f", OIDS(TYPE_TEXT)).return_type, TYPE_DATE);
    ck_assert_int_eq(resolve(schema_a, "f", OIDS(TYPE_TEXT)).verdict, FUNCDETAIL_NOT_FOUND);
    catalog_set_search_path(catalog, (const char *const[]){"b", "a"}, 2);
    ck_assert_ptr_eq(resolve(0, "f", OIDS(TYPE_INT4)).function, in_b);
    catalog_set_search_path(catalog, (const char *const[]){"a"}, 1);
    ck_assert_int_eq(resolve(0, "f", OIDS(TYPE_DATE)).verdict, FUNCDETAIL_NOT_FOUND);
}
END_TEST

START_TEST(temporary_functions_need_their_schema)
{
    Oid temporary = catalog_temp_schema(catalog);
    Function *function = make_function(temporary, "f", TYPE_INT4, OIDS(TYPE_INT4));
    ck_assert_int_eq(resolve(0, "f", OIDS(TYPE_INT4)).verdict, FUNCDETAIL_NOT_FOUND);
    ck_assert_ptr_eq(resolve(temporary, "f", OIDS(TYPE_INT4)).function, function);
}
END_TEST

START_TEST(defaults_and_variadic)
{
    Function *plain = make_function(schema_a, "v", TYPE_INT4, OIDS(TYPE_INT4));
    Function *variadic = new_function(schema_a, "v", TYPE_TEXT, OIDS(TYPE_INT4_ARRAY));
    variadic->variadic = TYPE_INT4;
    catalog_put_function(catalog, variadic);
    ck_assert_ptr_eq(resolve(0, "v", OIDS(TYPE_INT4)).function, plain);
    FunctionDetail detail = resolve(0, "v", OIDS(TYPE_INT4, TYPE_INT2));
    ck_assert_ptr_eq(detail.function, variadic);
    ck_assert_uint_eq(detail.nvariadic, 2);
    ck_assert_uint_eq(detail.declared[1], TYPE_INT4);
    ck_assert_int_eq(resolve(0, "v", NULL, 0).verdict, FUNCDETAIL_NOT_FOUND);

    Function *defaulted = new_function(schema_a, "v", TYPE_DATE, OIDS(TYPE_INT4, TYPE_DATE, TYPE_TEXT));
    defaulted->ndefaults = 2;
    catalog_put_function(catalog, defaulted);
    ck_assert_int_eq(resolve(0, "v", OIDS(TYPE_INT4)).verdict, FUNCDETAIL_MULTIPLE);
    detail = resolve(0, "v", OIDS(TYPE_INT4, TYPE_DATE));
    ck_assert_ptr_eq(detail.function, defaulted);
    ck_assert_uint_eq(detail.ndefaults, 1);
    ck_assert_int_eq(detail.default_params[0], 2);
    ck_assert_uint_eq(detail.ndeclared, 3);
}
END_TEST

START_TEST(named_arguments)
{
    static const char *const arg_names[] = {"one", "two", "three", "four"};
    Function *function = new_function(schema_a, "n", TYPE_DATE, OIDS(TYPE_INT4, TYPE_TEXT, TYPE_DATE, TYPE_BOOL));
    function->arg_names = arg_names;
    function->ndefaults = 3;
    catalog_put_function(catalog, function);
    FunctionCall call = {.name = "n",
                         .nargs = 2,
                         .args = (const Oid[]){TYPE_INT4, TYPE_DATE},
                         .names = (const char *const[]){"three"},
                         .nnames = 1,
                         .expand_variadic = true,
                         .expand_defaults = true};
    FunctionDetail detail;
    function_resolve(catalog, arena, &call, &detail);
    ck_assert_ptr_eq(detail.function, function);
    ck_assert_int_eq(detail.arg_numbers[1], 2);
    ck_assert_uint_eq(detail.ndefaults, 2);
    ck_assert_int_eq(detail.default_params[0], 1);
    ck_assert_int_eq(detail.default_params[1], 3);
    ck_assert_uint_eq(detail.declared[2], TYPE_TEXT);
    call.names = (const char *const[]){"one"}; /* given twice */
    function_resolve(catalog, arena, &call, &detail);
    ck_assert_int_eq(detail.verdict, FUNCDETAIL_NOT_FOUND);
}
END_TEST

START_TEST(output_parameters_of_call)
{
    Function *procedure = new_function(schema_a, "p", TYPE_RECORD, OIDS(TYPE_INT4));
    procedure->kind = PROKIND_PROCEDURE;
    procedure->nall = 2;
    procedure->all_types = (const Oid[]){TYPE_TEXT, TYPE_INT4};
    procedure->all_modes = "oi";
    catalog_put_function(catalog, procedure);
    FunctionCall call = {.name = "p", .nargs = 2, .args = (const Oid[]){TYPE_UNKNOWN, TYPE_INT4}};
    FunctionDetail detail;
    call.include_out_arguments = true;
    function_resolve(catalog, arena, &call, &detail);
    ck_assert_int_eq(detail.verdict, FUNCDETAIL_PROCEDURE);
    ck_assert_uint_eq(detail.declared[0], TYPE_TEXT);
    call.include_out_arguments = false;
    function_resolve(catalog, arena, &call, &detail);
    ck_assert_int_eq(detail.verdict, FUNCDETAIL_NOT_FOUND);
    ck_assert_int_eq(resolve(0, "p", OIDS(TYPE_INT4)).verdict, FUNCDETAIL_PROCEDURE);
}
END_TEST

/* Each is reachable through a default, so that each has to be looked up among the others. */
START_TEST(many_overloads)
{
    enum { MANY = 20000 };
    Oid first = make_domain("d", TYPE_INT4, -1);
    for (Oid i = 0; i < MANY; i++) {
        Function *function = new_function(schema_a, "many", TYPE_INT4, OIDS(first, FIRST_USER_OID + i, TYPE_INT4));
        function->ndefaults = 1;
        catalog_put_function(catalog, function);
    }
    const Oid args[] = {first, FIRST_USER_OID + MANY / 2};
    FunctionCall call = {.name = "many", .nargs = 2, .args = args, .expand_defaults = true};
    ck_assert_uint_eq(function_candidates(catalog, arena, &call).len, MANY);
    FunctionDetail detail;
    function_resolve(catalog, arena, &call, &detail);
    ck_assert_uint_eq(detail.function->arg_types[1], FIRST_USER_OID + MANY / 2);
}
END_TEST

static const Function *find_exact(const char *name, const Oid *args, size_t nargs, bool any_count, char kind,
                                  bool *ambiguous)
{
    FunctionCall call = {.name = name, .args = args, .nargs = nargs, .any_count = any_count};
    return function_find_exact(catalog, arena, &call, kind, ambiguous);
}

START_TEST(exact_functions)
{
    Function *function = make_function(schema_a, "g", TYPE_INT4, OIDS(TYPE_INT4));
    Function *procedure = new_function(schema_b, "g", TYPE_VOID, OIDS(TYPE_TEXT));
    bool ambiguous;
    procedure->kind = PROKIND_PROCEDURE;
    catalog_put_function(catalog, procedure);
    ck_assert_ptr_eq(find_exact("g", OIDS(TYPE_INT4), false, 0, &ambiguous), function);
    ck_assert_ptr_null(find_exact("g", OIDS(TYPE_INT2), false, 0, &ambiguous));
    ck_assert(!ambiguous);
    ck_assert_ptr_null(find_exact("g", NULL, 0, true, 0, &ambiguous));
    ck_assert(ambiguous);
    ck_assert_ptr_eq(find_exact("g", NULL, 0, true, PROKIND_FUNCTION, &ambiguous), function);
    ck_assert_ptr_eq(find_exact("g", NULL, 0, true, PROKIND_PROCEDURE, &ambiguous), procedure);
    ck_assert_ptr_null(find_exact("g", OIDS(TYPE_TEXT), false, PROKIND_FUNCTION, &ambiguous));
    ck_assert_ptr_null(find_exact("nosuch", NULL, 0, true, 0, &ambiguous));
    ck_assert(!ambiguous);
}
END_TEST

/* ---- Operators ---- */

static Operator *make_operator(Oid schema, const char *name, Oid left, Oid right)
{
    Operator *op = arena_new_of(arena, Operator);
    *op = (Operator){.oid = catalog_new_oid(catalog),
                     .name = name,
                     .schema = schema,
                     .left = left,
                     .right = right,
                     .result = TYPE_BOOL};
    catalog_put_operator(catalog, op);
    return op;
}

START_TEST(operators_in_schemas)
{
    bool ambiguous;
    Oid word = make_domain("word", TYPE_TEXT, -1);
    make_operator(schema_b, "<+>", TYPE_INT4, TYPE_INT4);
    Operator *in_a = make_operator(schema_a, "<+>", TYPE_INT4, TYPE_INT4);
    Operator *words = make_operator(schema_b, "<+>", word, word);
    ck_assert_ptr_eq(operator_resolve(catalog, arena, 0, "<+>", TYPE_INT4, TYPE_INT4, &ambiguous), in_a);
    ck_assert_ptr_eq(operator_resolve(catalog, arena, 0, "<+>", TYPE_INT2, TYPE_INT4, &ambiguous), in_a);
    ck_assert_ptr_eq(operator_resolve(catalog, arena, 0, "<+>", word, TYPE_UNKNOWN, &ambiguous), words);
    ck_assert_ptr_null(operator_resolve(catalog, arena, schema_a, "<+>", word, TYPE_UNKNOWN, &ambiguous));
    ck_assert(!ambiguous);
    ck_assert_ptr_null(operator_find_exact(catalog, arena, schema_a, "<+>", word, word));
}
END_TEST

START_TEST(operators_of_domains)
{
    bool ambiguous;
    Oid posint = make_domain("posint", TYPE_INT4, -1);
    const Operator *op = operator_resolve(catalog, arena, 0, "+", posint, TYPE_UNKNOWN, &ambiguous);
    ck_assert_uint_eq(op->left, TYPE_INT4);
    ck_assert_uint_eq(op->right, TYPE_INT4);
}
END_TEST

START_TEST(compatible_operators)
{
    Oid pairs[][3] = {{TYPE_VARCHAR, TYPE_VARCHAR, TYPE_TEXT}, {TYPE_INT4, TYPE_INT8, TYPE_INT4}};
    for (size_t i = 0; i < 2; i++) {
        const Operator *op = operator_resolve_compatible(catalog, arena, 0, "=", pairs[i][0], pairs[i][1]);
        ck_assert_ptr_nonnull(op);
        ck_assert_uint_eq(op->left, pairs[i][2]);
    }
    ck_assert_ptr_null(operator_resolve_compatible(catalog, arena, 0, "=", TYPE_INT4, TYPE_NUMERIC));
    ck_assert_ptr_null(operator_resolve_compatible(catalog, arena, 0, "=", TYPE_JSON, TYPE_JSON));
}
END_TEST

/* ---- Sorting ---- */

typedef struct SortCase {
    Oid type;
    const char *lt, *eq;
    bool hashable;
} SortCase;

static const SortCase sort_cases[] = {
    {TYPE_INT4, "<", "=", true},           {TYPE_TEXT, "<", "=", true},
    {TYPE_JSON, NULL, NULL, false},        {TYPE_JSONB, "<", "=", true},
    {TYPE_MONEY, "<", "=", false},         {TYPE_BIT, "<", "=", false},
    {TYPE_XID, NULL, "=", true},           {TYPE_POINT, NULL, NULL, false},
    {TYPE_RECORD, "<", "=", false},        {TYPE_INT4_ARRAY, "<", "=", true},
    {TYPE_MONEY_ARRAY, "<", "=", false},   {TYPE_JSON_ARRAY, NULL, NULL, false},
    {TYPE_XID_ARRAY, NULL, "=", true},     {TYPE_INT4RANGE, "<", "=", true},
    {TYPE_INT4MULTIRANGE, "<", "=", true}, {TYPE_RECORD_ARRAY, "<", "=", false},
    {TYPE_ANYARRAY, NULL, NULL, false},
};

START_TEST(sort_operators)
{
    const SortCase *asked = &sort_cases[_i];
    SortGroupOperators found = type_sort_group_operators(catalog, asked->type);
    ck_assert_pstr_eq(operator_name(found.lt), asked->lt);
    ck_assert_pstr_eq(operator_name(found.eq), asked->eq);
    ck_assert_pstr_eq(operator_name(found.gt), asked->lt ? ">" : NULL);
    ck_assert_int_eq(found.hashable, asked->hashable);
}
END_TEST

START_TEST(sort_operators_of_rows)
{
    Oid sorts = make_table("sorts", OIDS(TYPE_INT4, TYPE_MONEY), 0, 0);
    Oid compares = make_table("compares", OIDS(TYPE_INT4, TYPE_XID), 0, 0);
    Oid nothing = make_table("nothing", OIDS(TYPE_INT4, TYPE_POINT), 0, 0);
    Oid nested = make_table("nested", OIDS(type_array(catalog, compares)), 0, 0);
    Oid hashes = make_domain("hashes", make_table("h", OIDS(TYPE_INT4), 0, 0), -1);
    SortGroupOperators found = type_sort_group_operators(catalog, sorts);
    ck_assert(found.lt && found.eq && found.gt && !found.hashable);
    found = type_sort_group_operators(catalog, nested);
    ck_assert(!found.lt && found.eq && !found.gt && found.hashable);
    found = type_sort_group_operators(catalog, nothing);
    ck_assert(!found.lt && !found.eq && !found.gt && !found.hashable);
    found = type_sort_group_operators(catalog, hashes);
    ck_assert(found.lt && found.eq && found.gt && found.hashable);
}
END_TEST

static Oid operator_oid(const char *name, Oid left, Oid right)
{
    const Operator *op = operator_find_exact(catalog, arena, SCHEMA_PG_CATALOG, name, left, right);
    ck_assert_ptr_nonnull(op);
    return op->oid;
}

START_TEST(ordering_operators)
{
    OrderingOperator found;
    ck_assert(operator_ordering_properties(catalog, arena, operator_oid("<", TYPE_INT4, TYPE_INT4), &found));
    ck_assert(!found.reverse);
    ck_assert_uint_eq(found.input, TYPE_INT4);
    ck_assert_uint_eq(found.equality, operator_oid("=", TYPE_INT4, TYPE_INT4));
    ck_assert(operator_ordering_properties(catalog, arena, operator_oid("~>~", TYPE_TEXT, TYPE_TEXT), &found));
    ck_assert(found.reverse);
    ck_assert_uint_eq(found.equality, operator_oid("=", TYPE_TEXT, TYPE_TEXT));
    ck_assert(!operator_ordering_properties(catalog, arena, operator_oid("=", TYPE_INT4, TYPE_INT4), &found));
    ck_assert(!operator_ordering_properties(catalog, arena, operator_oid("<", TYPE_INT4, TYPE_INT8), &found));
    ck_assert(!operator_ordering_properties(catalog, arena, operator_oid("<<", TYPE_BOX, TYPE_BOX), &found));
}
END_TEST

START_TEST(hashable_operators)
{
    Oid arrays = operator_oid("=", TYPE_ANYARRAY, TYPE_ANYARRAY);
    ck_assert(operator_is_hashable(catalog, operator_oid("=", TYPE_INT4, TYPE_INT4), TYPE_INT4));
    ck_assert(!operator_is_hashable(catalog, operator_oid("<", TYPE_INT4, TYPE_INT4), TYPE_INT4));
    ck_assert(operator_is_hashable(catalog, arrays, TYPE_INT4_ARRAY));
    ck_assert(!operator_is_hashable(catalog, arrays, TYPE_MONEY_ARRAY));
}
END_TEST

START_TEST(btree_meanings)
{
    BtreeMeaningList found = operator_btree_meanings(catalog, arena, operator_oid("<=", TYPE_INT4, TYPE_INT8));
    ck_assert_uint_eq(found.len, 1);
    ck_assert_int_eq(found.items[0].strategy, BTREE_LE);
    ck_assert_uint_eq(found.items[0].right, TYPE_INT8);
    found = operator_btree_meanings(catalog, arena, operator_oid("<>", TYPE_INT4, TYPE_INT4));
    ck_assert_uint_eq(found.len, 1);
    ck_assert_int_eq(found.items[0].strategy, BTREE_NE);
    found = operator_btree_meanings(catalog, arena, operator_oid("=", TYPE_TEXT, TYPE_TEXT));
    ck_assert_uint_eq(found.len, 2); /* text_ops and text_pattern_ops */
    ck_assert_uint_eq(operator_btree_meanings(catalog, arena, operator_oid("+", TYPE_INT4, TYPE_INT4)).len, 0);
}
END_TEST

#define LENGTH(array) ((int)(sizeof(array) / sizeof *(array)))

static TCase *new_case(Suite *suite, const char *name)
{
    TCase *tests = tcase_create(name);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return tests;
}

static void add_coercion_tests(Suite *suite)
{
    TCase *facts = new_case(suite, "facts");
    tcase_add_test(facts, domains_are_seen_through);
    tcase_add_test(facts, unknown_oids_are_nothing);
    tcase_add_test(facts, rows_inherit);
    TCase *coercion = new_case(suite, "coercion");
    tcase_add_loop_test(coercion, coercion_paths, 0, LENGTH(path_cases));
    tcase_add_test(coercion, length_coercion);
    tcase_add_loop_test(coercion, binary_coercible, 0, LENGTH(binary_cases));
    tcase_add_test(coercion, binary_coercible_user_types);
    tcase_add_test(coercion, common_type_tells_which);
    TCase *polymorphism = new_case(suite, "polymorphism");
    tcase_add_loop_test(polymorphism, polymorphic_results, 0, LENGTH(polymorphic_cases));
    tcase_add_test(polymorphism, polymorphic_definitions);
    tcase_add_test(polymorphism, polymorphic_outputs);
    tcase_add_test(polymorphism, polymorphic_signatures);
}

static void add_resolution_tests(Suite *suite)
{
    TCase *functions = new_case(suite, "functions");
    tcase_add_test(functions, search_path_decides);
    tcase_add_test(functions, temporary_functions_need_their_schema);
    tcase_add_test(functions, defaults_and_variadic);
    tcase_add_test(functions, named_arguments);
    tcase_add_test(functions, output_parameters_of_call);
    tcase_add_test(functions, many_overloads);
    tcase_add_test(functions, exact_functions);
    TCase *operators = new_case(suite, "operators");
    tcase_add_test(operators, operators_in_schemas);
    tcase_add_test(operators, operators_of_domains);
    tcase_add_test(operators, compatible_operators);
    TCase *sorting = new_case(suite, "sorting");
    tcase_add_loop_test(sorting, sort_operators, 0, LENGTH(sort_cases));
    tcase_add_test(sorting, sort_operators_of_rows);
    tcase_add_test(sorting, ordering_operators);
    tcase_add_test(sorting, hashable_operators);
    tcase_add_test(sorting, btree_meanings);
}

int main(void)
{
    Suite *suite = suite_create("types");
    add_coercion_tests(suite);
    add_resolution_tests(suite);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
