/* What can't be generated is an error at the query, or at the option, and leaves no output. */
#include "support.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

typedef struct Fixture {
    Arena *arena;
    Builder b;
    CodegenOptions options;
    Diags diags;
} Fixture;

static Fixture begin(void)
{
    Fixture f = {.arena = arena_new(), .options = codegen_default_options()};
    f.b.arena = f.arena;
    f.diags = diags_make(f.arena);
    build_file(&f.b, "q.sql");
    return f;
}

/* Exactly one error, with this text, at the query's name if it is about one. */
static void expect(Fixture *f, const char *code, const char *query, const char *message)
{
    CodegenOutput output;
    ck_assert(!codegen_generate(f->arena, build_project(&f->b), &f->options, &f->diags, &output));
    ck_assert_uint_eq(output.nfiles, 0);
    ck_assert_uint_eq(f->diags.nerrors, 1);
    const Diag *diag = f->diags.first;
    ck_assert_str_eq(diag->message, message);
    ck_assert_str_eq(diag->code, code);
    if (query != NULL) {
        ck_assert_str_eq(diag->query, query);
        ck_assert_ptr_nonnull(diag->span.file);
        ck_assert_uint_eq(diag->span.end - diag->span.start, strlen(query));
        ck_assert_int_eq(strncmp(diag->span.file->text + diag->span.start, query, strlen(query)), 0);
    }
    ck_assert_ptr_null(f->diags.query);
    arena_free(f->arena);
}

START_TEST(commands)
{
    static const IrCommand with_items[] = {IR_COPYFROM,  IR_BATCHEXEC, IR_BATCHONE,
                                           IR_BATCHMANY, IR_BULKEXEC,  IR_BULKMANY};
    for (size_t i = 0; i < sizeof with_items / sizeof with_items[0]; i++) {
        Fixture f = begin();
        build_query(&f.b, "DoIt", with_items[i], "INSERT");
        char message[64];
        snprintf(message, sizeof message, "query \"DoIt\" is :%s but has no parameters",
                 ir_command_name(with_items[i]));
        expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "DoIt", message);
    }
    Fixture f = begin();
    build_param(&f.b, build_query(&f.b, "DoIt", IR_COPYFROM, "INSERT"), "mask", &type_aclitem, false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "DoIt",
           "query \"DoIt\" is :copyfrom, but parameter $1, \"mask\", of type aclitem has no binary form that could "
           "be copied");
}
END_TEST

START_TEST(types)
{
    Fixture f = begin();
    IrQuery *q = build_query(&f.b, "A", IR_ONE, "SELECT");
    build_column(&f.b, q, "id", &type_int4, false);
    build_column(&f.b, q, "at", &type_record, false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "A", "column 2, \"at\": type record is not supported");

    f = begin();
    q = build_query(&f.b, "B", IR_EXEC, "SELECT");
    build_param(&f.b, q, "span", &type_record, false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "B", "parameter $1, \"span\": type record is not supported");

    f = begin();
    q = build_query(&f.b, "C", IR_MANY, "SELECT");
    build_column(&f.b, q, "row", &type_record, false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "C", "column 1, \"row\": type record is not supported");

    f = begin();
    q = build_query(&f.b, "D", IR_MANY, "SELECT");
    build_column(&f.b, q, "points", build_array(&f.b, &type_record), false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "D", "column 1, \"points\": type record is not supported");

    f = begin();
    q = build_query(&f.b, "E", IR_EXEC, "SELECT");
    build_param(&f.b, q, "nothing", &type_void, false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "E", "parameter $1, \"nothing\": there are no values of its type");
}
END_TEST

START_TEST(composite_of_unsupported)
{
    static const IrField fields[] = {{"at", &type_record, true, NULL}};
    Fixture f = begin();
    const IrType *place = build_composite(&f.b, "place", fields, 1);
    IrQuery *q = build_query(&f.b, "A", IR_ONE, "SELECT");
    build_column(&f.b, q, "place", place, false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "A",
           "column 1, \"place\": type place is not supported: type record is not supported of its attribute "
           "\"at\"");
}
END_TEST

START_TEST(formats)
{
    Fixture f = begin();
    IrQuery *q = build_query(&f.b, "Mixed", IR_MANY, "SELECT");
    build_column(&f.b, q, "words", &type_aclitem, false);
    build_column(&f.b, q, "class", &type_regclass, false);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "Mixed",
           "columns \"words\" of type aclitem and \"class\" of type regclass can't be in one result");
}
END_TEST

START_TEST(no_values)
{
    Fixture f = begin();
    build_query(&f.b, "A", IR_ONE, "UPDATE");
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "A", "query \"A\" is :one but returns no values");

    f = begin();
    IrQuery *q = build_query(&f.b, "B", IR_MANY, "SELECT");
    build_column(&f.b, q, "pg_sleep", &type_void, true);
    expect(&f, SQLSTATE_FEATURE_NOT_SUPPORTED, "B", "query \"B\" is :many but returns no values");
}
END_TEST

START_TEST(clashes)
{
    Fixture f = begin();
    build_query(&f.b, "GetIt", IR_EXEC, "SELECT");
    build_query(&f.b, "get_it", IR_EXEC, "SELECT");
    expect(&f, SQLSTATE_DUPLICATE_OBJECT, "get_it",
           "the C name \"get_it\" of the function of query \"get_it\" is already that of query \"GetIt\" "
           "(queries/q.sql:10)");
}
END_TEST

static bool contains(const CodegenOutput *output, const char *text)
{
    for (size_t i = 0; i < output->nfiles; i++)
        if (strstr(output->files[i].text, text) != NULL)
            return true;
    return false;
}

/* What a program calls keeps its name; a table's struct that has it already gets another. */
START_TEST(tables_give_way)
{
    static const IrField columns[] = {{"id", &type_int4, false, NULL}};
    Fixture f = begin();
    CodegenOutput output;
    build_table(&f.b, "books", columns, 1);
    build_table(&f.b, "get_rows", columns, 1);
    build_query(&f.b, "Book", IR_EXEC, "SELECT");
    IrQuery *q = build_query(&f.b, "Get", IR_ONE, "SELECT");
    build_column(&f.b, q, "id", &type_int8, false);
    f.options.omit_unused_structs = false;
    ck_assert(codegen_generate(f.arena, build_project(&f.b), &f.options, &f.diags, &output));
    ck_assert(contains(&output, "} book_record;"));
    ck_assert(contains(&output, "querc_status book("));
    ck_assert(contains(&output, "} get_row_record;"));
    ck_assert(contains(&output, "} get_row;"));
    arena_free(f.arena);
}
END_TEST

START_TEST(row_shapes)
{
    Fixture f = begin();
    IrQuery *q = build_query(&f.b, "A", IR_MANY, "SELECT");
    q->row_name = "Pair";
    build_column(&f.b, q, "id", &type_int8, false);
    q = build_query(&f.b, "B", IR_MANY, "SELECT");
    q->row_name = "Pair";
    build_column(&f.b, q, "id", &type_int8, true);
    expect(&f, SQLSTATE_DATATYPE_MISMATCH, "B", "the columns of query \"B\" are not those of row struct \"Pair\"");
}
END_TEST

START_TEST(files)
{
    Fixture f = begin();
    build_query(&f.b, "A", IR_EXEC, "SELECT");
    build_file(&f.b, "Q.sql");
    build_query(&f.b, "B", IR_EXEC, "SELECT");
    expect(&f, SQLSTATE_DUPLICATE_OBJECT, NULL, "queries/Q.sql would be written to Q.sql.h, as is queries/q.sql");

    f = begin();
    f.options.models_name = "q.sql";
    expect(&f, SQLSTATE_DUPLICATE_OBJECT, NULL,
           "queries/q.sql would be written to q.sql.h, as is what the query files share");

    f = begin();
    build_file(&f.b, "a\"b.sql");
    expect(&f, SQLSTATE_INVALID_NAME, NULL,
           "a header can't be called after query file queries/a\"b.sql: quotes, backslashes and line ends are not "
           "allowed");
}
END_TEST

START_TEST(options)
{
    static const CodegenRename rename = {.from = "id", .to = "the id"};
    static const CodegenOverride both = {.db_type = "uuid", .column = "a.b", .c_type = "querc_bytes"};
    static const CodegenOverride custom = {.db_type = "uuid", .c_type = "my_uuid", .decode = "d", .encode = "e"};
    static const CodegenOverride half = {.db_type = "uuid", .c_type = "my_uuid", .decode = "d", .header = "my.h"};
    static const CodegenOverride no_json = {
        .db_type = "uuid", .c_type = "my_uuid", .decode = "d", .encode = "e", .header = "my.h"};
    static const CodegenOverride unknown = {.db_type = "uuid", .c_type = "my_uuid"};

    Fixture f = begin();
    f.options.prefix = "my-lib";
    expect(&f, "config", NULL, "prefix \"my-lib\" is not a C identifier");
    f = begin();
    f.options.prefix = "querc_";
    expect(&f, "config", NULL, "prefix \"querc_\" belongs to the runtime library");
    f = begin();
    f.options.renames = &rename;
    f.options.nrenames = 1;
    expect(&f, "config", NULL, "\"the id\" is not a C identifier");
    f = begin();
    f.options.noverrides = 1;
    f.options.overrides = &both;
    expect(&f, "config", NULL, "an override needs either db_type or column");
    f = begin();
    f.options.noverrides = 1;
    f.options.overrides = &custom;
    expect(&f, "config", NULL, "an override with decode and encode needs the header that declares them");
    f = begin();
    f.options.noverrides = 1;
    f.options.overrides = &half;
    expect(&f, "config", NULL, "an override needs both decode and encode, or neither");
    f = begin();
    f.options.noverrides = 1;
    f.options.overrides = &no_json;
    f.options.emit_json = true;
    expect(
        &f, "config", NULL,
        "an override with decode and encode needs json too because of emit_json: the function that makes JSON of a "
        "value");
    f = begin();
    f.options.noverrides = 1;
    f.options.overrides = &unknown;
    expect(&f, "config", NULL, "c_type \"my_uuid\" needs decode and encode functions");
}
END_TEST

/* One mistake does not hide those of other queries. */
START_TEST(all_queries)
{
    Fixture f = begin();
    CodegenOutput output;
    build_query(&f.b, "A", IR_COPYFROM, "SELECT");
    build_query(&f.b, "B", IR_BATCHONE, "SELECT");
    IrQuery *q = build_query(&f.b, "C", IR_EXEC, "SELECT");
    build_param(&f.b, q, "at", &type_record, false);
    ck_assert(!codegen_generate(f.arena, build_project(&f.b), &f.options, &f.diags, &output));
    ck_assert_uint_eq(f.diags.nerrors, 3);
    arena_free(f.arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("errors");
    TCase *tests = tcase_create("errors");
    tcase_add_test(tests, commands);
    tcase_add_test(tests, types);
    tcase_add_test(tests, composite_of_unsupported);
    tcase_add_test(tests, formats);
    tcase_add_test(tests, no_values);
    tcase_add_test(tests, clashes);
    tcase_add_test(tests, tables_give_way);
    tcase_add_test(tests, row_shapes);
    tcase_add_test(tests, files);
    tcase_add_test(tests, options);
    tcase_add_test(tests, all_queries);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
