/* The configuration: sqlc.yaml, version 2, with `gen: c:`.
 *
 * One table of keys (config_keys.c) drives reading, defaults, "did you mean", `querc help configuration` and the
 * test that docs/configuration.md and sqlc.yaml.example name every key. */
#ifndef QUERC_CMD_CONFIG_H
#define QUERC_CMD_CONFIG_H

#include "base/diag.h"
#include "codegen/codegen.h"
#include "source/paths.h"

/* A value with its place, for messages about what it leads to. */
typedef struct ConfigText {
    const char *text; /* NULL when not given */
    Span span;
} ConfigText;

typedef struct ConfigTexts {
    ConfigText *items;
    size_t len, cap;
} ConfigTexts;

typedef struct ConfigPaths {
    SourcePath *items; /* relative to the working directory: the configuration's folder is prefixed */
    size_t len, cap;
} ConfigPaths;

/* rename: NAME: other_name */
typedef struct ConfigRename {
    ConfigText from, to;
} ConfigRename;

typedef struct ConfigRenames {
    ConfigRename *items;
    size_t len;
} ConfigRenames;

/* A truth value for which "not given" means something else than either. */
typedef struct ConfigChoice {
    bool value, given;
} ConfigChoice;

/* gen.c.overrides[] */
typedef struct ConfigOverride {
    Span span;
    ConfigText db_type, column; /* one of the two */
    ConfigChoice nullable;
    ConfigText c_type, header, decode, encode, json;
    bool go_type; /* one for sqlc's Go generator, in a list that both share; without c_type it is nothing to C */
} ConfigOverride;

typedef struct ConfigOverrides {
    ConfigOverride *items;
    size_t len;
} ConfigOverrides;

/* gen.c */
typedef struct ConfigC {
    Span span;
    ConfigText out;    /* as written, relative to the configuration's folder */
    ConfigText prefix; /* "" when not given */
    int query_parameter_limit;
    ConfigText output_models_file_name, output_files_suffix;
    bool emit_exact_table_names, emit_sql_as_comment, omit_unused_structs;
    bool emit_async, emit_runtime, emit_proofs_as_comment;
    bool emit_json, json_tags_id_uppercase;
    ConfigText json_tags_case_style;
    CodegenKeyStyle key_style; /* that it names */
    ConfigTexts inflection_exclude_table_names;
    ConfigRenames rename;
    ConfigOverrides overrides;
} ConfigC;

typedef struct ConfigGen {
    Span span; /* no file when there is no `gen` */
    ConfigC c; /* c.span has no file when there is no `gen.c` */
} ConfigGen;

/* sql[] */
typedef struct ConfigSet {
    Span span;
    ConfigText name, engine, postgres;
    int postgres_version; /* of the target server, one that the catalog knows */
    ConfigPaths schema, queries;
    ConfigRenames extensions; /* name to file */
    bool strict_order_by, strict_function_checks, strict_one;
    ConfigGen gen;
} ConfigSet;

typedef struct ConfigSets {
    ConfigSet *items;
    size_t len;
} ConfigSets;

typedef struct Config {
    Span span;
    const char *dir; /* the configuration's folder with a slash at the end, "" for the working directory */
    ConfigText version;
    ConfigSets sets;
} Config;

/* Reads the configuration; path NULL searches the working directory. NULL when anything was reported as an error.
 */
Config *config_read(Arena *arena, const char *path, Diags *diags);
/* The same for a text already read. */
Config *config_of_file(Arena *arena, SourceFile *file, Diags *diags);
/* The names that are searched for, in order; ends with NULL. */
extern const char *const config_names[];

/* ---- the table of keys ---- */

typedef enum ConfigType {
    CONFIG_TEXT,     /* ConfigText */
    CONFIG_BOOL,     /* bool */
    CONFIG_CHOICE,   /* ConfigChoice */
    CONFIG_INT,      /* int, from 0 on */
    CONFIG_TEXTS,    /* ConfigTexts: a text or a list of them */
    CONFIG_PATHS,    /* ConfigPaths: likewise */
    CONFIG_RENAMES,  /* ConfigRenames: a mapping of texts */
    CONFIG_SECTION,  /* a struct that begins with its Span */
    CONFIG_SECTIONS, /* { struct *items; size_t len; }: a list of such */
    CONFIG_IGNORED   /* sqlc's, without meaning here; with an offset a bool that tells of it */
} ConfigType;

typedef struct ConfigSection ConfigSection;
typedef struct ConfigKey {
    const char *name;
    ConfigType type;
    size_t offset; /* of the field in the section's struct */
    bool required;
    bool unlisted;        /* not offered in place of an unknown key */
    const char *fallback; /* default as it would be written, NULL for none */
    const ConfigSection *section;
    const char *help; /* of CONFIG_IGNORED: whose it is */
} ConfigKey;

struct ConfigSection {
    const char *what; /* "the configuration", "sql[]", as messages name it */
    size_t size;
    const ConfigKey *keys; /* ends with a nameless one */
    /* Checks what no single key can tell; may be NULL. */
    void (*check)(void *section, Diags *diags);
};

extern const ConfigSection config_root;

/* Something to know that is no mistake. */
void config_note(Diags *diags, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Calls visit for every key of every section, path being "sql[].gen.c.out". */
typedef void ConfigKeyVisitor(const char *path, const ConfigKey *key, void *context);
void config_walk_keys(Arena *arena, ConfigKeyVisitor *visit, void *context);
/* The table on stdout. */
void config_print_keys(void);
/* "a file, a directory, a glob or a list of them", as messages say what was expected. */
const char *config_type_expectation(ConfigType type);

#endif
