/* The keys of sqlc.yaml: one table a section. */
#include "cmd/config.h"

#include "ast/ast.h"
#include "cmd/postgres.h"

#include <stdio.h>
#include <string.h>

#define KEY(struct_, field, type_, required_, fallback_, help_)                                                    \
    {                                                                                                              \
        .name = #field, .type = type_, .offset = offsetof(struct_, field), .required = required_,                  \
        .fallback = fallback_, .help = help_                                                                       \
    }
#define IGNORED(name_, whose)                                                                                      \
    {                                                                                                              \
        .name = name_, .type = CONFIG_IGNORED, .help = whose                                                       \
    }
#define GO(name_)                                                                                                  \
    {                                                                                                              \
        .name = name_, .type = CONFIG_IGNORED, .unlisted = true, .help = "sqlc's Go generator"                     \
    }
#define END                                                                                                        \
    {                                                                                                              \
        .name = NULL                                                                                               \
    }

static const ConfigKey override_keys[] = {
    KEY(ConfigOverride, db_type, CONFIG_TEXT, false, NULL, "the PostgreSQL type to represent otherwise"),
    KEY(ConfigOverride, column, CONFIG_TEXT, false, NULL, "or the one column: table.column or schema.table.column"),
    KEY(ConfigOverride, nullable, CONFIG_CHOICE, false, NULL,
        "only for values that can be NULL, or only for others"),
    KEY(ConfigOverride, c_type, CONFIG_TEXT, false, NULL,
        "the C type; \"const char *\" is the value's text and querc_bytes its binary form"),
    KEY(ConfigOverride, header, CONFIG_TEXT, false, NULL, "the header that declares it: \"x.h\" or <x.h>"),
    KEY(ConfigOverride, decode, CONFIG_TEXT, false, NULL, "the function that reads a value from the wire"),
    KEY(ConfigOverride, encode, CONFIG_TEXT, false, NULL, "the function that writes one; needed for parameters"),
    KEY(ConfigOverride, json, CONFIG_TEXT, false, NULL,
        "the function that makes JSON of one; needed for emit_json"),
    {.name = "go_type",
     .type = CONFIG_IGNORED,
     .offset = offsetof(ConfigOverride, go_type),
     .unlisted = true,
     .help = "sqlc's Go generator"},
    GO("go_struct_tag"),
    GO("engine"),
    GO("unsigned"),
    END,
};

static void check_override(void *section, Diags *diags)
{
    const ConfigOverride *override = section;
    if (!override->db_type.text == !override->column.text)
        diag_error(diags, override->span, "config", "an override names either \"db_type\" or \"column\"");
    if (!override->c_type.text && !override->go_type)
        diag_error(diags, override->span, "config", "missing key \"c_type\" in gen.c.overrides[]: expected a text");
}

static const ConfigSection override_section = {"gen.c.overrides[]", sizeof(ConfigOverride), override_keys,
                                               check_override};

/* Options of sqlc's Go generator, which stand in `c` when it was made of a copy of `go`. */
#define GO_KEYS                                                                                                    \
    GO("package"), GO("sql_package"), GO("sql_driver"), GO("build_tags"), GO("initialisms"), GO("emit_interface"), \
        GO("emit_json_tags"), GO("emit_db_tags"), GO("emit_prepared_queries"), GO("emit_empty_slices"),            \
        GO("emit_exported_queries"), GO("emit_result_struct_pointers"), GO("emit_params_struct_pointers"),         \
        GO("emit_methods_with_db_argument"), GO("emit_pointers_for_null_types"), GO("emit_enum_valid_method"),     \
        GO("emit_all_enum_values"), GO("emit_embed_alias"), GO("output_batch_file_name"),                          \
        GO("output_db_file_name"), GO("output_querier_file_name"), GO("output_copyfrom_file_name"),                \
        GO("output_models_package"), GO("models_package_import_path"), GO("output_query_files_directory")

static const ConfigKey c_keys[] = {
    KEY(ConfigC, out, CONFIG_TEXT, true, NULL, "folder for the generated files"),
    KEY(ConfigC, prefix, CONFIG_TEXT, false, "", "begins every generated name: prefix lib gives lib_get_book"),
    KEY(ConfigC, query_parameter_limit, CONFIG_INT, false, "4",
        "up to so many parameters are C arguments, more are a struct"),
    KEY(ConfigC, output_models_file_name, CONFIG_TEXT, false, "models",
        "name, without .h, of the file with enums and table structs"),
    KEY(ConfigC, output_files_suffix, CONFIG_TEXT, false, "", "stands between a query file's name and .h or .c"),
    KEY(ConfigC, emit_exact_table_names, CONFIG_BOOL, false, "false",
        "struct books for table books, instead of struct book"),
    KEY(ConfigC, inflection_exclude_table_names, CONFIG_TEXTS, false, NULL,
        "tables whose structs keep the table's exact name"),
    KEY(ConfigC, emit_sql_as_comment, CONFIG_BOOL, false, "true", "show each query's SQL in the header"),
    KEY(ConfigC, emit_proofs_as_comment, CONFIG_BOOL, false, "false",
        "show in the header why each column is nullable or not"),
    KEY(ConfigC, emit_async, CONFIG_BOOL, false, "false",
        "also functions that send a query and receive its answer, for event loops"),
    KEY(ConfigC, emit_json, CONFIG_BOOL, false, "false",
        "also functions that make a JSON object of each struct, with jansson"),
    KEY(ConfigC, json_tags_case_style, CONFIG_TEXT, false, "none",
        "style of the objects' keys: none (the columns' names), camel, pascal or snake"),
    KEY(ConfigC, json_tags_id_uppercase, CONFIG_BOOL, false, "false", "in camel style, userID instead of userId"),
    KEY(ConfigC, emit_runtime, CONFIG_BOOL, false, "false",
        "also the sources of libquerc, in the folder querc of \"out\""),
    KEY(ConfigC, omit_unused_structs, CONFIG_BOOL, false, "false", "leave out structs and enums no query uses"),
    {.name = "rename",
     .type = CONFIG_RENAMES,
     .offset = offsetof(ConfigC, rename),
     .help = "other names for C structs and fields, by database name"},
    {.name = "overrides",
     .type = CONFIG_SECTIONS,
     .offset = offsetof(ConfigC, overrides),
     .section = &override_section,
     .help = "other C types for database types or columns"},
    GO_KEYS,
    END,
};

/* Names go into C text as they are. */
static void check_prefix(const ConfigText *prefix, Diags *diags)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    static const char rest[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    if (*prefix->text && (!strchr(letters, *prefix->text) || prefix->text[strspn(prefix->text, rest)]))
        diag_error(diags, prefix->span, "config",
                   "invalid prefix \"%s\": expected letters, digits and underscores, a letter first", prefix->text);
}

static void check_key_style(ConfigC *c, Diags *diags)
{
    static const char *const names[] = {[KEY_STYLE_NONE] = "none",
                                        [KEY_STYLE_CAMEL] = "camel",
                                        [KEY_STYLE_PASCAL] = "pascal",
                                        [KEY_STYLE_SNAKE] = "snake"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(c->json_tags_case_style.text, names[i])) {
            c->key_style = (CodegenKeyStyle)i;
            return;
        }
    diag_error(diags, c->json_tags_case_style.span, "config",
               "invalid style \"%s\": expected none, camel, pascal or snake", c->json_tags_case_style.text);
}

static void check_c(void *section, Diags *diags)
{
    ConfigC *c = section;
    check_prefix(&c->prefix, diags);
    check_key_style(c, diags);
    const ConfigText *models = &c->output_models_file_name, *suffix = &c->output_files_suffix;
    const char *ending = strrchr(models->text, '.');
    if (!*models->text || strchr(models->text, '/') || *models->text == '.')
        diag_error(diags, models->span, "config", "invalid file name \"%s\": expected a name without folder",
                   models->text);
    else if (ending && (!strcmp(ending, ".go") || !strcmp(ending, ".h") || !strcmp(ending, ".c")))
        diag_error(diags, models->span, "config", "invalid file name \"%s\": expected a name without \"%s\"",
                   models->text, ending);
    if (strchr(suffix->text, '/'))
        diag_error(diags, suffix->span, "config", "invalid suffix \"%s\": expected a text without slash",
                   suffix->text);
}

static const ConfigSection c_section = {"gen.c", sizeof(ConfigC), c_keys, check_c};

static const ConfigKey gen_keys[] = {
    {.name = "c",
     .type = CONFIG_SECTION,
     .offset = offsetof(ConfigGen, c),
     .section = &c_section,
     .help = "what querc generates; without it queries are only checked"},
    IGNORED("go", "sqlc's Go generator"),
    IGNORED("kotlin", "sqlc's Kotlin generator"),
    IGNORED("python", "sqlc's Python generator"),
    IGNORED("typescript", "sqlc's TypeScript generator"),
    IGNORED("json", "sqlc's JSON generator"),
    END,
};
static const ConfigSection gen_section = {"gen", sizeof(ConfigGen), gen_keys, NULL};

static const ConfigKey set_keys[] = {
    KEY(ConfigSet, name, CONFIG_TEXT, false, NULL, "of the set, for messages and inspect"),
    KEY(ConfigSet, engine, CONFIG_TEXT, true, NULL, "postgresql, the only one"),
    KEY(ConfigSet, postgres, CONFIG_TEXT, false, NULL,
        "version of the server that the queries are for, else that of querc's parser"),
    KEY(ConfigSet, schema, CONFIG_PATHS, true, NULL, "migrations: files, directories or globs"),
    KEY(ConfigSet, queries, CONFIG_PATHS, true, NULL, "query files: files, directories or globs"),
    KEY(ConfigSet, extensions, CONFIG_RENAMES, false, NULL,
        "SQL files that declare the objects of extensions querc does not know, by the extension's name"),
    KEY(ConfigSet, strict_order_by, CONFIG_BOOL, false, "true",
        "for sqlc; PostgreSQL's rules for ORDER BY always hold here"),
    KEY(ConfigSet, strict_function_checks, CONFIG_BOOL, false, "true",
        "for sqlc; an unknown function is always an error here"),
    KEY(ConfigSet, strict_one, CONFIG_BOOL, false, "false",
        "an error, not a warning, for a :one that is not proved to return at most one row"),
    {.name = "gen",
     .type = CONFIG_SECTION,
     .offset = offsetof(ConfigSet, gen),
     .section = &gen_section,
     .help = "code generators"},
    IGNORED("database", "sqlc's database-backed analysis"),
    IGNORED("analyzer", "sqlc's database-backed analysis"),
    IGNORED("rules", "sqlc vet"),
    IGNORED("codegen", "sqlc's plugins"),
    END,
};

static void check_postgres(ConfigSet *set, Diags *diags)
{
    set->postgres_version = set->postgres.text ? postgres_of_text(set->postgres.text) : ast_parser_version();
    if (!set->postgres_version)
        diag_error(diags, set->postgres.span, "config", "PostgreSQL \"%s\" is not supported: expected %s",
                   set->postgres.text, postgres_known(diags->arena, "or"));
}

/* A set for another database than PostgreSQL is sqlc's, unless C is to be made of it. */
static bool is_for_sqlc(const ConfigSet *set)
{
    static const char *const engines[] = {"mysql", "sqlite", "clickhouse", "duckdb", "ydb", "mssql", "googlesql"};
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        if (!strcmp(set->engine.text, engines[i]))
            return !set->gen.c.span.file;
    return false;
}

static void refuse_engine(const ConfigSet *set, Diags *diags)
{
    NearestName nearest = {.wanted = set->engine.text};
    nearest_offer(&nearest, "postgresql");
    nearest_offer(&nearest, "postgres");
    Diag *diag = diag_error(diags, set->engine.span, "config",
                            "engine \"%s\" is not supported: expected \"postgresql\"", set->engine.text);
    if (nearest.found)
        diag_hint(diags, diag, "did you mean \"postgresql\"?");
}

static void check_set(void *section, Diags *diags)
{
    ConfigSet *set = section;
    check_postgres(set, diags);
    if (set->engine.text && strcmp(set->engine.text, "postgresql") != 0 && !is_for_sqlc(set))
        refuse_engine(set, diags);
}

static const ConfigSection set_section = {"sql[]", sizeof(ConfigSet), set_keys, check_set};

static const ConfigKey root_keys[] = {
    KEY(Config, version, CONFIG_TEXT, true, NULL, "\"2\""),
    {.name = "sql",
     .type = CONFIG_SECTIONS,
     .offset = offsetof(Config, sets),
     .required = true,
     .section = &set_section,
     .help = "sets of queries, each with its schema"},
    IGNORED("overrides", "sqlc's other generators"),
    IGNORED("plugins", "sqlc's plugins"),
    IGNORED("rules", "sqlc vet"),
    IGNORED("cloud", "sqlc cloud"),
    IGNORED("servers", "sqlc's managed databases"),
    IGNORED("options", "sqlc's plugins"),
    IGNORED("engines", "sqlc's plugins"),
    IGNORED("project", "sqlc cloud"),
    END,
};

static size_t count_for_sqlc(const ConfigSets *sets)
{
    size_t n = 0;
    for (size_t i = 0; i < sets->len; i++)
        n += is_for_sqlc(&sets->items[i]);
    return n;
}

static void leave_to_sqlc(ConfigSets *sets, Diags *diags)
{
    size_t n = 0;
    for (size_t i = 0; i < sets->len; i++) {
        const ConfigSet *set = &sets->items[i];
        if (is_for_sqlc(set))
            config_note(diags, set->engine.span, "this set is for %s: it is left to sqlc", set->engine.text);
        else
            sets->items[n++] = *set;
    }
    sets->len = n;
}

static void check_root(void *section, Diags *diags)
{
    Config *config = section;
    if (!config->sets.len)
        diag_error(diags, config->span, "config", "\"sql\" has no entry: expected at least one set of queries");
    else if (count_for_sqlc(&config->sets) == config->sets.len)
        refuse_engine(&config->sets.items[0], diags);
    else
        leave_to_sqlc(&config->sets, diags);
}

const ConfigSection config_root = {"the configuration", sizeof(Config), root_keys, check_root};

const char *config_type_expectation(ConfigType type)
{
    switch (type) {
    case CONFIG_TEXT:
        return "a text";
    case CONFIG_BOOL:
    case CONFIG_CHOICE:
        return "true or false";
    case CONFIG_INT:
        return "a number";
    case CONFIG_TEXTS:
        return "a text or a list of them";
    case CONFIG_PATHS:
        return "a file, a directory, a glob or a list of them";
    case CONFIG_RENAMES:
        return "a mapping of names to names";
    case CONFIG_SECTION:
        return "a mapping";
    case CONFIG_SECTIONS:
        return "a list of mappings";
    case CONFIG_IGNORED:
        return "anything";
    }
    return "";
}

static void walk(Arena *arena, const ConfigSection *section, const char *prefix, ConfigKeyVisitor *visit,
                 void *context)
{
    for (const ConfigKey *key = section->keys; key->name; key++) {
        const char *path = arena_printf(arena, "%s%s", prefix, key->name);
        visit(path, key, context);
        if (key->section)
            walk(arena, key->section, arena_printf(arena, "%s%s.", path, key->type == CONFIG_SECTIONS ? "[]" : ""),
                 visit, context);
    }
}

void config_walk_keys(Arena *arena, ConfigKeyVisitor *visit, void *context)
{
    walk(arena, &config_root, "", visit, context);
}

static void print_key(const char *path, const ConfigKey *key, void *context)
{
    (void)context;
    if (key->type == CONFIG_IGNORED)
        return;
    printf("%s\n    %s%s", path, config_type_expectation(key->type), key->required ? ", required" : "");
    if (key->fallback)
        printf(", default: %s", *key->fallback ? key->fallback : "\"\"");
    printf("\n    %s\n", key->help);
}

static void print_ignored(const char *path, const ConfigKey *key, void *context)
{
    (void)context;
    if (key->type == CONFIG_IGNORED && !key->unlisted)
        printf("    %s (%s)\n", path, key->help);
}

void config_print_keys(void)
{
    Arena *arena = arena_new();
    puts("The keys of sqlc.yaml (sqlc.yml, sqlc.json). Paths are relative to the file's own folder.\n");
    config_walk_keys(arena, print_key, NULL);
    puts("\nKeys of sqlc that are accepted and ignored, with a note:");
    config_walk_keys(arena, print_ignored, NULL);
    puts("    the options of sqlc's Go generator in sql[].gen.c and its overrides");
    arena_free(arena);
}
