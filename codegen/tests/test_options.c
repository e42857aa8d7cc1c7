/* What each option changes, and naming rules that the golden projects don't reach. */
#include "support.h"

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const IrField book_columns[] = {
    {"id", &type_uuid, false, NULL},
    {"parent_id", &type_uuid, true, NULL},
    {"data", &type_jsonb, false, NULL},
};

typedef struct Fixture {
    Arena *arena;
    Builder b;
    CodegenOptions options;
    const IrTable *books;
} Fixture;

static Fixture begin(void)
{
    Fixture f = {.arena = arena_new(), .options = prefixed_options()};
    f.b.arena = f.arena;
    f.books = build_table(&f.b, "books", book_columns, sizeof book_columns / sizeof book_columns[0]);
    build_file(&f.b, "q.sql");
    return f;
}

static void assert_contains(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "there is no\n%s\nin\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "there is\n%s\nin\n%s", part, text);
}

static CodegenOutput finish(Fixture *f)
{
    return generate(f->arena, build_project(&f->b), &f->options);
}

static IrQuery *list_books(Fixture *f)
{
    IrQuery *q = build_query(&f->b, "ListBooks", IR_MANY, "SELECT id, parent_id, data FROM books");
    build_star(&f->b, q, f->books);
    return q;
}

/* ---- Names --------------------------------------------------------------------------------------------------- */

START_TEST(table_names)
{
    static const char *const exact[] = {"books"};
    Fixture f = begin();
    list_books(&f);
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "} lib_book;");
    f.options.emit_exact_table_names = true;
    output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "} lib_books;");
    assert_contains(file_text(&output, "q.sql.h"), "lib_books *items;");
    f.options.emit_exact_table_names = false;
    f.options.inflection_exclude_table_names = exact;
    f.options.ninflection_exclude_table_names = 1;
    output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "} lib_books;");
    arena_free(f.arena);
}
END_TEST

START_TEST(renaming)
{
    static const CodegenRename renames[] = {
        {.from = "book", .to = "Volume"}, {.from = "parent_id", .to = "parent"}, {.from = "mood", .to = "humour"}};
    static const char *const labels[] = {"good"};
    Fixture f = begin();
    build_enum(&f.b, "mood", labels, 1);
    list_books(&f);
    IrQuery *q = build_query(&f.b, "Move", IR_EXEC, "SELECT");
    build_param(&f.b, q, "parent_id", &type_uuid, false);
    f.options.renames = renames;
    f.options.nrenames = 3;
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "} lib_Volume;");
    assert_contains(file_text(&output, "models.h"), "    bool has_parent;\n    querc_uuid parent;");
    assert_contains(file_text(&output, "models.h"), "} lib_humour;");
    assert_contains(file_text(&output, "models.h"), "LIB_HUMOUR_GOOD");
    assert_contains(file_text(&output, "q.sql.h"), "lib_move(querc_conn *db, querc_uuid parent);");
    arena_free(f.arena);
}
END_TEST

START_TEST(other_schemas)
{
    Fixture f = begin();
    IrTable *other = (IrTable *)(uintptr_t)build_table(&f.b, "books", book_columns, 3);
    other->schema = "archive";
    other->in_default_schema = false;
    list_books(&f);
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "models.h"),
                    "/** A row of archive.books. */\ntypedef struct lib_archive_book {");
    arena_free(f.arena);
}
END_TEST

/* Files in other folders can't be told from the name; the prefix's separator is put once. */
START_TEST(prefixes)
{
    Fixture f = begin();
    list_books(&f);
    f.options.prefix = "lib__";
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "q.sql.h"), "querc_status lib_list_books(");
    arena_free(f.arena);
}
END_TEST

/* ---- Output -------------------------------------------------------------------------------------------------- */

START_TEST(file_names)
{
    static const char *const files[] = {"q.sql"};
    size_t n;
    Fixture f = begin();
    list_books(&f);
    f.options.models_name = "types";
    f.options.output_files_suffix = ".gen";
    CodegenOutput output = finish(&f);
    const char *const *names = codegen_output_names(f.arena, &f.options, files, 1, &n);
    ck_assert_uint_eq(n, output.nfiles);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(names[i], output.files[i].name);
    ck_assert_str_eq(names[0], "q.sql.gen.h");
    assert_contains(file_text(&output, "q.sql.gen.c"), "#include \"q.sql.gen.h\"");
    assert_contains(file_text(&output, "q.sql.gen.h"), "#include \"types.h\"");
    arena_free(f.arena);
}
END_TEST

/* Guards differ even where the names' letters don't, and are identifiers. */
START_TEST(guards)
{
    Fixture f = begin();
    build_file(&f.b, "a-b.sql");
    build_file(&f.b, "a_b.sql");
    build_file(&f.b, "2024.sql");
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "a-b.sql.h"), "#ifndef LIB_A_B_SQL_H\n#define LIB_A_B_SQL_H\n");
    assert_contains(file_text(&output, "a_b.sql.h"), "#ifndef LIB_A_B_SQL_H_2\n#define LIB_A_B_SQL_H_2\n");
    f.options.prefix = "";
    output = finish(&f);
    assert_contains(file_text(&output, "2024.sql.h"), "#ifndef QUERC_2024_SQL_H\n");
    assert_contains(file_text(&output, "models.h"), "#ifndef QUERC_MODELS_H\n");
    arena_free(f.arena);
}
END_TEST

START_TEST(sql_comments)
{
    Fixture f = begin();
    list_books(&f);
    f.options.emit_sql_as_comment = false;
    CodegenOutput output = finish(&f);
    assert_lacks(file_text(&output, "q.sql.h"), "SELECT");
    assert_contains(file_text(&output, "q.sql.h"), "/** Query ListBooks.\n");
    arena_free(f.arena);
}
END_TEST

START_TEST(unused_structs)
{
    static const IrField used[] = {{"id", &type_int8, false, NULL}};
    static const char *const labels[] = {"good"};
    Fixture f = begin();
    const IrTable *table = build_table(&f.b, "authors", used, 1);
    build_enum(&f.b, "mood", labels, 1);
    IrQuery *q = build_query(&f.b, "ListAuthors", IR_MANY, "SELECT");
    build_star(&f.b, q, table);
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "lib_book;");
    assert_contains(file_text(&output, "models.h"), "lib_mood;");
    f.options.omit_unused_structs = true;
    output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "} lib_author;");
    assert_lacks(file_text(&output, "models.h"), "lib_book;");
    assert_lacks(file_text(&output, "models.h"), "lib_mood;");
    arena_free(f.arena);
}
END_TEST

START_TEST(parameter_limit)
{
    Fixture f = begin();
    IrQuery *q = build_query(&f.b, "Touch", IR_EXEC, "SELECT");
    build_param(&f.b, q, "id", &type_uuid, false);
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "q.sql.h"), "lib_touch(querc_conn *db, querc_uuid id);");
    f.options.query_parameter_limit = 0;
    output = finish(&f);
    assert_contains(file_text(&output, "q.sql.h"), "lib_touch(querc_conn *db, const lib_touch_params *params);");
    assert_contains(file_text(&output, "q.sql.c"), "args[] = {&params->id};");
    arena_free(f.arena);
}
END_TEST

/* ---- Structs ------------------------------------------------------------------------------------------------- */

/* The table's struct serves a query that names it, if the shape is the same. */
START_TEST(row_of_a_table)
{
    Fixture f = begin();
    IrQuery *q = build_query(&f.b, "Find", IR_ONE, "SELECT");
    q->row_name = "Book";
    build_column(&f.b, q, "id", &type_uuid, false);
    build_column(&f.b, q, "parent_id", &type_uuid, true);
    build_column(&f.b, q, "data", &type_jsonb, false);
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "q.sql.h"), "lib_find(querc_conn *db, lib_book *row);");
    assert_contains(file_text(&output, "models.h"), "static inline void lib_book_free(lib_book *row)");
    arena_free(f.arena);
}
END_TEST

/* A column made nullable by an outer join is not the table's. */
START_TEST(nullability_is_shape)
{
    Fixture f = begin();
    IrQuery *q = list_books(&f);
    ((IrColumn *)(uintptr_t)&q->columns[0])->nullable = true;
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "q.sql.h"), "} lib_list_books_row;");
    assert_contains(file_text(&output, "q.sql.h"), "    bool has_id;\n");
    arena_free(f.arena);
}
END_TEST

/* One that the query proves not null is: its flag is that of the table. */
START_TEST(proofs_keep_the_shape)
{
    static const IrField columns[] = {{"a", &type_int8, true, NULL}, {"b", &type_int8, false, NULL}};
    Fixture f = begin();
    IrQuery *q = build_query(&f.b, "Get", IR_ONE, "SELECT");
    q->row_table = build_table(&f.b, "pairs", columns, 2);
    build_column(&f.b, q, "a", &type_int8, false);
    build_column(&f.b, q, "b", &type_int8, false);
    CodegenOutput output = finish(&f);
    assert_contains(file_text(&output, "q.sql.h"), "lib_pair *row);");
    assert_contains(file_text(&output, "models.h"), "    bool has_a;\n");
    assert_contains(file_text(&output, "q.sql.c"), "offsetof(lib_pair, has_a)");
    arena_free(f.arena);
}
END_TEST

/* No column is there to tell that the row is absent. */
START_TEST(embed_without_flag)
{
    static const IrField columns[] = {{"a", &type_int8, true, NULL}, {"b", &type_bool, true, NULL}};
    Fixture f = begin();
    const IrTable *table = build_table(&f.b, "pairs", columns, 2);
    IrQuery *q = build_query(&f.b, "Join", IR_ONE, "SELECT");
    build_embed(&f.b, q, "pair", table, true);
    CodegenOutput output = finish(&f);
    assert_lacks(file_text(&output, "q.sql.h"), "has_pair");
    assert_contains(file_text(&output, "q.sql.c"), "offsetof(lib_join_row, pair.has_a)},");
    arena_free(f.arena);
}
END_TEST

START_TEST(shared_descriptors)
{
    Fixture f = begin();
    list_books(&f);
    CodegenOutput output = finish(&f);
    assert_lacks(file_text(&output, "models.h"), "lib_book_columns");
    IrQuery *q = build_query(&f.b, "Again", IR_MANY, "SELECT");
    build_star(&f.b, q, f.books);
    output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "extern const querc_column lib_book_columns[];");
    assert_lacks(file_text(&output, "q.sql.c"), "static const querc_column");
    arena_free(f.arena);
}
END_TEST

/* ---- Types --------------------------------------------------------------------------------------------------- */

START_TEST(overriding)
{
    static const CodegenOverride overrides[] = {
        {.db_type = "uuid", .has_nullable = true, .nullable = true, .c_type = "const char *"},
        {.column = "bo*.data", .c_type = "querc_bytes", .header = "data.h"},
        {.column = "other.books.id", .c_type = "const char *"},
    };
    Fixture f = begin();
    list_books(&f);
    f.options.overrides = overrides;
    f.options.noverrides = 2;
    ck_assert_str_eq(overrides[2].column, "other.books.id");
    CodegenOutput output;
    Diags diags = diags_make(f.arena);
    /* the bytes of jsonb can't be read from a result in text format, which the uuid's text needs */
    ck_assert(!codegen_generate(f.arena, build_project(&f.b), &f.options, &diags, &output));
    ck_assert_ptr_nonnull(strstr(diags.first->message, "can't be in one result"));

    f.options.noverrides = 1;
    output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "    querc_uuid id;\n    const char *parent_id;");
    assert_contains(file_text(&output, "models.c"), "lib_type_uuid_text = {\n    .kind = QUERC_KIND_TEXT_FORM");
    assert_contains(file_text(&output, "q.sql.c"), ".text_format = true");

    f.options.overrides = overrides + 1;
    f.options.noverrides = 2;
    output = finish(&f);
    assert_contains(file_text(&output, "models.h"), "    querc_uuid id;\n");
    assert_contains(file_text(&output, "models.h"), "    querc_bytes data;\n");
    assert_contains(file_text(&output, "models.h"), "#include \"data.h\"\n");
    arena_free(f.arena);
}
END_TEST

/* OIDs that differ between servers are looked up by name; an extension's type has its kind in any schema. */
START_TEST(descriptors)
{
    IrType cardinal = type_int4, citext = type_text;
    cardinal.kind = IR_DOMAIN;
    cardinal.base = &type_int4;
    cardinal.oid = 13000;
    cardinal.schema = "information_schema";
    cardinal.name = "cardinal_number";
    cardinal.key = "information_schema.cardinal_number";
    citext.oid = 0;
    citext.schema = "ext";
    citext.name = "citext";
    citext.key = "ext.citext";
    citext.extension = "citext";
    Fixture f = begin();
    IrQuery *q = build_query(&f.b, "Types", IR_EXEC, "SELECT");
    build_param(&f.b, q, "number", &cardinal, false);
    build_param(&f.b, q, "text", &citext, false);
    build_param(&f.b, q, "texts", build_array(&f.b, &citext), false);
    CodegenOutput output = finish(&f);
    const char *models = file_text(&output, "models.c");
    assert_contains(models, "lib_type_information_schema_cardinal_number = {\n    .kind = QUERC_KIND_DOMAIN,\n"
                            "    .oid = 0,\n");
    assert_contains(models, "lib_type_ext_citext = {\n    .kind = QUERC_KIND_TEXT,\n");
    assert_contains(models, "types[] = {\n    &lib_type_ext_citext,\n    "
                            "&lib_type_information_schema_cardinal_number,\n};");
    assert_contains(file_text(&output, "q.sql.h"),
                    "lib_types(querc_conn *db, int32_t number, const char *text, querc_text_array texts);");
    arena_free(f.arena);
}
END_TEST

/* The hash that names the statement changes with the text and with the types of parameters, and with nothing else.
 */
START_TEST(statement_names)
{
    unsigned long long hashes[4];
    for (int i = 0; i < 4; i++) {
        Fixture f = begin();
        IrQuery *q = build_query(&f.b, "Touch", IR_EXEC, i == 1 ? "SELECT $1 " : "SELECT $1");
        build_param(&f.b, q, i == 3 ? "other" : "id", i == 2 ? &type_int8 : &type_uuid, false);
        CodegenOutput output = finish(&f);
        const char *start = strstr(file_text(&output, "q.sql.c"), ".hash = UINT64_C(0x");
        ck_assert_ptr_nonnull(start);
        ck_assert_int_eq(sscanf(start, ".hash = UINT64_C(0x%16llx)", &hashes[i]), 1);
        arena_free(f.arena);
    }
    ck_assert(hashes[0] != hashes[1]);
    ck_assert(hashes[0] != hashes[2]);
    ck_assert(hashes[0] == hashes[3]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *tests = tcase_create("options");
    tcase_add_test(tests, table_names);
    tcase_add_test(tests, renaming);
    tcase_add_test(tests, other_schemas);
    tcase_add_test(tests, prefixes);
    tcase_add_test(tests, file_names);
    tcase_add_test(tests, guards);
    tcase_add_test(tests, sql_comments);
    tcase_add_test(tests, unused_structs);
    tcase_add_test(tests, parameter_limit);
    tcase_add_test(tests, row_of_a_table);
    tcase_add_test(tests, nullability_is_shape);
    tcase_add_test(tests, proofs_keep_the_shape);
    tcase_add_test(tests, embed_without_flag);
    tcase_add_test(tests, shared_descriptors);
    tcase_add_test(tests, overriding);
    tcase_add_test(tests, descriptors);
    tcase_add_test(tests, statement_names);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
