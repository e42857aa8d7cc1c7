/* sqlc.yaml: what is read, and where each mistake is reported. */
#include "base/strbuf.h"
#include "cmd/config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static Diags diags;

static void set_up(void)
{
    arena = arena_new();
    diags = diags_make(arena);
}

static void tear_down(void)
{
    arena_free(arena);
}

static Config *read_text(const char *path, const char *text)
{
    return config_of_file(arena, source_from_text(arena, path, text, strlen(text)), &diags);
}

/* The first error of a text that must be wrong, as "line:column: message". */
static const char *mistake(const char *text)
{
    ck_assert_ptr_null(read_text("sqlc.yaml", text));
    ck_assert_ptr_nonnull(diags.first);
    const Diag *diag = diags.first;
    while (diag->severity != DIAG_ERROR)
        diag = diag->next;
    ck_assert_str_eq(diag->code, "config");
    SourcePosition at = source_position(arena, diag->span.file, diag->span.start);
    return arena_printf(arena, "%u:%u: %s", at.line, at.column, diag->message);
}

#define HEAD "version: \"2\"\nsql:\n"
#define SET HEAD "  - engine: postgresql\n    schema: m\n    queries: q\n"

START_TEST(reads_a_whole_configuration)
{
    Config *config = read_text("db/sqlc.yaml", HEAD "  - name: app\n"
                                                    "    engine: postgresql\n"
                                                    "    schema: [migrations, ./extra.sql, /abs]\n"
                                                    "    queries: ../queries\n"
                                                    "    strict_order_by: no\n"
                                                    "    gen:\n"
                                                    "      c:\n"
                                                    "        out: gen\n"
                                                    "        prefix: lib\n"
                                                    "        query_parameter_limit: 2\n"
                                                    "        omit_unused_structs: true\n"
                                                    "        rename: {isbn: ISBN}\n"
                                                    "        overrides:\n"
                                                    "          - db_type: uuid\n"
                                                    "            nullable: true\n"
                                                    "            c_type: my_uuid\n"
                                                    "            decode: my_uuid_decode\n");
    ck_assert_ptr_nonnull(config);
    ck_assert_uint_eq(diags.nerrors, 0);
    ck_assert_str_eq(config->dir, "db/");
    ck_assert_uint_eq(config->sets.len, 1);
    const ConfigSet *set = &config->sets.items[0];
    ck_assert_str_eq(set->name.text, "app");
    ck_assert_uint_eq(set->schema.len, 3);
    ck_assert_str_eq(set->schema.items[0].path, "db/migrations");
    ck_assert_str_eq(set->schema.items[1].path, "db/extra.sql");
    ck_assert_str_eq(set->schema.items[2].path, "/abs");
    ck_assert_str_eq(set->queries.items[0].path, "db/../queries");
    ck_assert(!set->strict_order_by);
    ck_assert(set->strict_function_checks);
    const ConfigC *c = &set->gen.c;
    ck_assert_str_eq(c->out.text, "gen");
    ck_assert_str_eq(c->prefix.text, "lib");
    ck_assert_int_eq(c->query_parameter_limit, 2);
    ck_assert(c->omit_unused_structs);
    ck_assert_str_eq(c->rename.items[0].from.text, "isbn");
    ck_assert_str_eq(c->rename.items[0].to.text, "ISBN");
    ck_assert_uint_eq(c->overrides.len, 1);
    ck_assert(c->overrides.items[0].nullable.given && c->overrides.items[0].nullable.value);
    ck_assert_str_eq(c->overrides.items[0].decode.text, "my_uuid_decode");
}
END_TEST

START_TEST(fills_in_defaults)
{
    Config *config = read_text("sqlc.yaml", SET "    gen: {c: {out: o, prefix: }}\n");
    ck_assert_ptr_nonnull(config);
    const ConfigC *c = &config->sets.items[0].gen.c;
    ck_assert_str_eq(config->dir, "");
    ck_assert_str_eq(c->prefix.text, "");
    ck_assert_int_eq(c->query_parameter_limit, 4);
    ck_assert_str_eq(c->output_models_file_name.text, "models");
    ck_assert(c->emit_sql_as_comment);
    ck_assert(!c->emit_exact_table_names);
    ck_assert(config->sets.items[0].strict_order_by);
}
END_TEST

START_TEST(reads_json)
{
    Config *config = read_text("sqlc.json", "{\n\t\"version\": \"2\",\n\t\"sql\": [{\"engine\": \"postgresql\", "
                                            "\"schema\": \"m\", \"queries\": [\"a\", \"b\"]}]\n}\n");
    ck_assert_ptr_nonnull(config);
    ck_assert_uint_eq(config->sets.items[0].queries.len, 2);
    ck_assert_ptr_null(config->sets.items[0].gen.c.span.file);
}
END_TEST

START_TEST(other_generators_are_ignored_with_a_note)
{
    ck_assert_ptr_nonnull(read_text("sqlc.yaml", SET "    gen: {go: {package: db, out: db, nonsense: [1]}}\n"));
    ck_assert_uint_eq(diags.nerrors, 0);
    ck_assert_uint_eq(diags.nwarnings, 0);
    ck_assert_int_eq(diags.first->severity, DIAG_NOTE);
    ck_assert_str_eq(diags.first->message, "ignored, for sqlc alone: gen.go");
}
END_TEST

/* Each once, in one note, wherever they stand: a copy of `go` may have become `c`. */
START_TEST(one_note_tells_what_is_ignored)
{
    Config *config = read_text(
        "sqlc.yaml", "cloud: {project: x}\n" SET "    rules: [a]\n"
                     "    gen: {go: {out: x}, c: {out: gen, package: db, overrides: [{db_type: uuid, go_type: X},"
                     " {db_type: text, go_type: Y, c_type: T}]}}\n"
                     "  - {engine: postgresql, schema: m, queries: q, rules: [b]}\n");
    ck_assert_ptr_nonnull(config);
    ck_assert_uint_eq(diags.nwarnings, 0);
    ck_assert_ptr_null(diags.first->next);
    ck_assert_str_eq(diags.first->message, "ignored, for sqlc alone: cloud, sql[].rules, gen.go, gen.c.package and "
                                           "gen.c.overrides[].go_type");
    ck_assert_ptr_null(config->sets.items[0].gen.c.overrides.items[0].c_type.text);
    ck_assert_str_eq(config->sets.items[0].gen.c.overrides.items[1].c_type.text, "T");
}
END_TEST

START_TEST(sets_of_other_engines_are_left_to_sqlc)
{
    Config *config = read_text("sqlc.yaml", SET "  - {engine: mysql, schema: m, queries: q, gen: {go: {out: x}}}\n"
                                                "  - {engine: postgresql, schema: m, queries: last}\n");
    ck_assert_ptr_nonnull(config);
    ck_assert_uint_eq(config->sets.len, 2);
    ck_assert_str_eq(config->sets.items[1].queries.items[0].path, "last");
    ck_assert_str_eq(diags.first->message, "this set is for mysql: it is left to sqlc");
}
END_TEST

typedef struct Case {
    const char *text, *message, *hint;
} Case;

static const Case cases[] = {
    {"", "1:1: the configuration is empty", NULL},
    {"# only a comment\n", "1:1: the configuration is empty", NULL},
    {"a: b: c\n", "1:5: invalid YAML: mapping values are not allowed in this context", NULL},
    {"version: \"2\"\nsql:\n\t- engine: x\n", "3:1: invalid YAML: found character that cannot start any token",
     "YAML is indented with blanks, not with tabs"},
    {"version: \"2\"\nsql:\n  engine: x\n", "3:3: \"sql\" must be a list of mappings, not a mapping",
     "begin each entry with \"- \""},
    {"version: \"2\"\nsql: [{engine: sqlite, schema: m, queries: q}]\n",
     "2:16: engine \"sqlite\" is not supported: expected \"postgresql\"", NULL},
    {"version: \"2\"\nsql: [{engine: sqlite, schema: m, queries: q, gen: {c: {out: x}}}]\n",
     "2:16: engine \"sqlite\" is not supported: expected \"postgresql\"", NULL},
    {"version: \"2\"\nsql: []\n", "1:1: \"sql\" has no entry: expected at least one set of queries", NULL},
    {"sql: []\n", "1:1: missing key \"version\"", "write version: \"2\""},
    {"version: 2\n", "1:1: missing key \"sql\" in the configuration: expected a list of mappings", NULL},
    {"version: \"1\"\npackages: []\n",
     "1:10: version 1 of the configuration is not supported: expected version \"2\"",
     "write version: \"2\", rename \"packages\" to \"sql\", and give each entry \"engine: postgresql\" and "
     "\"gen: {c: {out: DIR}}\" in place of \"name\", \"path\" and the emit_ options"},
    {SET "    gen: {c: {out: o, output_models_file_name: entities.go}}\n",
     "6:48: invalid file name \"entities.go\": expected a name without \".go\"", NULL},
    {"version: 3\n", "1:10: unknown version \"3\" of the configuration: expected \"2\"", NULL},
    {"version: \"2\"\nsql: {a: b}\n", "2:6: \"sql\" must be a list of mappings, not a mapping", NULL},
    {"- a\n", "1:1: the configuration must be a mapping, not a list", NULL},
    {HEAD "  - engine: postgresql\n    schema: m\n    querys: q\n", "5:5: unknown key \"querys\" in sql[]",
     "did you mean \"queries\"?"},
    {HEAD "  - engine: postgresql\n    schema: m\n",
     "3:5: missing key \"queries\" in sql[]: expected a file, a "
     "directory, a glob or a list of them",
     NULL},
    {HEAD "  - engine: mysql\n    schema: m\n    queries: q\n",
     "3:13: engine \"mysql\" is not supported: expected \"postgresql\"", NULL},
    {HEAD "  - engine: postgres\n    schema: m\n    queries: q\n",
     "3:13: engine \"postgres\" is not supported: expected \"postgresql\"", "did you mean \"postgresql\"?"},
    {HEAD "  - engine: postgresql\n    schema: {dir: m}\n    queries: q\n",
     "4:13: \"schema\" must be a file, a directory, a glob or a list of them, not a mapping", NULL},
    {HEAD "  - engine: postgresql\n    schema: []\n    queries: q\n",
     "4:13: \"schema\" is an empty list: expected a file, a directory, a glob or a list of them", NULL},
    {HEAD "  - engine: postgresql\n    schema: [[m]]\n    queries: q\n",
     "4:14: \"schema\" must be a file, a directory, a glob or a list of them, not a list", NULL},
    {HEAD "  - engine: postgresql\n    schema: ''\n    queries: q\n", "4:13: a path may not be empty", NULL},
    {SET "    queries: q2\n", "6:5: duplicate key \"queries\"", NULL},
    {SET "    strict_order_by: \"true\"\n", "6:22: \"strict_order_by\" must be true or false, not \"true\"", NULL},
    {SET "    strict_order_by: maybe\n", "6:22: \"strict_order_by\" must be true or false, not \"maybe\"", NULL},
    {SET "    gen: {c: {prefix: x}}\n", "6:14: missing key \"out\" in gen.c: expected a text", NULL},
    {SET "    gen: {c: {out: o, prefix: 1x}}\n",
     "6:31: invalid prefix \"1x\": expected letters, digits and underscores, a letter first", NULL},
    {SET "    gen: {c: {out: o, query_parameter_limit: -1}}\n",
     "6:46: \"query_parameter_limit\" must be a number, not \"-1\"", NULL},
    {SET "    gen: {c: {out: o, query_parameter_limit: 99999999999}}\n",
     "6:46: \"query_parameter_limit\" must be a number, not \"99999999999\"", NULL},
    {SET "    gen: {c: {out: o, output_models_file_name: a/b}}\n",
     "6:48: invalid file name \"a/b\": expected a name without folder", NULL},
    {SET "    gen: {c: {out: o, rename: [a]}}\n",
     "6:31: \"rename\" must be a mapping of names to names, not a list", NULL},
    {SET "    gen: {c: {out: o, overrides: [{c_type: x}]}}\n",
     "6:35: an override names either \"db_type\" or \"column\"", NULL},
    {SET "    gen: {rust: {}}\n", "6:11: unknown key \"rust\" in gen",
     "expected one of: c, go, kotlin, python, typescript, json"},
    {SET "    name: \xC3\xA4\xC3\xB6 # \xE2\x82\xAC\n    gen: {x: 1}\n", "7:11: unknown key \"x\" in gen",
     "did you mean \"c\"?"},
    {SET "---\na: b\n", "6:1: a second document: the configuration must be a single one", NULL},
    {SET "    name: \"a\\0b\"\n", "6:11: a value may not contain a NUL character", NULL},
    {SET "    name: \xFF\n", "6:11: invalid YAML: invalid leading UTF-8 octet", NULL},
    {SET "    gen: *nowhere\n", "6:10: invalid YAML: found undefined alias", NULL},
    {SET "    [a, b]: c\n", "6:5: expected a key of sql[], not a list", NULL},
};

START_TEST(mistakes_have_their_place)
{
    const Case *test = &cases[_i];
    ck_assert_str_eq(mistake(test->text), test->message);
    const Diag *diag = diags.first;
    while (diag->severity != DIAG_ERROR)
        diag = diag->next;
    if (test->hint)
        ck_assert_str_eq(diag->hint, test->hint);
}
END_TEST

START_TEST(all_mistakes_are_reported)
{
    mistake(
        HEAD
        "  - engine: oracle\n    schema: m\n    queries: q\n  - engin: postgresql\n    schema: 1\n    foo: 1\n");
    ck_assert_uint_eq(diags.nerrors, 4);
}
END_TEST

START_TEST(cyclic_aliases_end)
{
    mistake("&a\nversion: \"2\"\nsql: [*a]\n");
}
END_TEST

START_TEST(a_missing_file_is_reported)
{
    ck_assert_ptr_null(config_read(arena, "/nowhere/sqlc.yaml", &diags));
    ck_assert_str_eq(diags.first->message, "cannot read \"/nowhere/sqlc.yaml\": No such file or directory");
}
END_TEST

static const char *read_document(const char *name)
{
    SourceFile *file = source_read_file(arena, arena_printf(arena, "%s/%s", QUERC_SOURCE_DIR, name));
    ck_assert_msg(file != NULL, "%s cannot be read", name);
    return file->text;
}

static void check_documented(const char *path, const ConfigKey *key, void *context)
{
    const char *const *texts = context;
    if (key->type == CONFIG_IGNORED)
        return;
    ck_assert_msg(strstr(texts[0], arena_printf(arena, "%s:", key->name)) != NULL,
                  "sqlc.yaml.example does not show %s", path);
    ck_assert_msg(strstr(texts[1], arena_printf(arena, "`%s`", path)) != NULL,
                  "docs/configuration.md does not describe %s", path);
    if (key->fallback && *key->fallback)
        ck_assert_msg(strstr(texts[1], key->fallback) != NULL, "docs/configuration.md lacks the default of %s",
                      path);
}

START_TEST(every_key_is_documented)
{
    const char *texts[2] = {read_document("sqlc.yaml.example"), read_document("docs/configuration.md")};
    config_walk_keys(arena, check_documented, texts);
}
END_TEST

START_TEST(the_example_is_right)
{
    ck_assert_ptr_nonnull(config_read(arena, QUERC_SOURCE_DIR "/sqlc.yaml.example", &diags));
    ck_assert_uint_eq(diags.nerrors, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config");
    TCase *tests = tcase_create("config");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, reads_a_whole_configuration);
    tcase_add_test(tests, fills_in_defaults);
    tcase_add_test(tests, reads_json);
    tcase_add_test(tests, other_generators_are_ignored_with_a_note);
    tcase_add_test(tests, one_note_tells_what_is_ignored);
    tcase_add_test(tests, sets_of_other_engines_are_left_to_sqlc);
    tcase_add_loop_test(tests, mistakes_have_their_place, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tests, all_mistakes_are_reported);
    tcase_add_test(tests, cyclic_aliases_end);
    tcase_add_test(tests, a_missing_file_is_reported);
    tcase_add_test(tests, every_key_is_documented);
    tcase_add_test(tests, the_example_is_right);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
