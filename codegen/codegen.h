/* C from typed queries: the last stage of the street.
 *
 * codegen_generate turns an IrProject into the text of its C files: a header and a source file for each query file,
 * and one pair for what they share ("models": enums, table structs, the constraint enum, type descriptors). The
 * design of that code is in docs/; what it calls is runtime/querc.h. The output depends on the project and the
 * options alone: no time, no absolute path, the same bytes every time. Nothing is written to disk here. */
#ifndef QUERC_CODEGEN_CODEGEN_H
#define QUERC_CODEGEN_CODEGEN_H

#include "base/arena.h"
#include "base/diag.h"
#include "ir/ir.h"

#include <stdbool.h>
#include <stddef.h>

/* `rename: {from: to}`: the C name for a column, parameter, table or enum of that SQL name. Of a table or enum it
 * may also name the derived (singular) name, as in sqlc. `to` gets the prefix where the derived name would. */
typedef struct CodegenRename {
    const char *from, *to;
    Span span;
} CodegenRename;

/* An entry of `overrides`: another C type for a database type or for a column. Of the entries that match, one by
 * column wins over one by type, and then the first one. */
typedef struct CodegenOverride {
    const char *db_type; /* "uuid", "pg_catalog.uuid", "public.mood", "timestamp with time zone"; NULL: by column */
    const char *column;  /* "table.column" or "schema.table.column", * and ? as in file globs; NULL: by type */
    bool has_nullable;   /* the entry holds only for ... */
    bool nullable;       /* ... nullable (true) or not-null (false) uses */
    const char *c_type;  /* "const char *": the value's text; "querc_bytes": its binary form; or a type of the
                            user's, with decode and encode */
    const char *header;  /* to include, with its quotes or angle brackets; or NULL */
    const char *decode;  /* functions of the user's, or NULL */
    const char *encode;
    const char *json; /* the same for emit_json, or NULL */
    Span span;
} CodegenOverride;

/* `json_tags_case_style`: what becomes of a column's name as a key, word by word as in sqlc. */
typedef enum CodegenKeyStyle { KEY_STYLE_NONE, KEY_STYLE_CAMEL, KEY_STYLE_PASCAL, KEY_STYLE_SNAKE } CodegenKeyStyle;

/* Fill with codegen_default_options first. Strings are not copied. */
typedef struct CodegenOptions {
    const char *prefix;              /* of every global name, without the "_" that follows it; "" for none */
    size_t query_parameter_limit;    /* so many parameters are C arguments, more are a struct; 0: always a struct */
    const char *models_name;         /* of the shared files, without suffix: "models" */
    const char *output_files_suffix; /* put between a query file's name and ".h", ".c": "" */
    const char *runtime_header;      /* "querc.h" */
    const char *json_header;         /* "querc_json.h" */
    bool emit_exact_table_names;     /* name structs after their tables instead of the singular */
    bool emit_sql_as_comment;        /* show the SQL in the header: true */
    bool emit_proofs_as_comment;     /* show why columns are nullable or not; the project has the reasons then */
    bool emit_async;                 /* also functions that send a query and receive its answer */
    bool emit_json;                  /* also functions that make a JSON object of each struct */
    CodegenKeyStyle key_style;       /* of their keys */
    bool uppercase_id_in_keys;       /* "userID" for user_id in camel case, as Pascal case has it anyway */
    bool omit_unused_structs;        /* leave out tables and enums that no query uses */
    const char *const *inflection_exclude_table_names; /* tables that keep their exact name */
    size_t ninflection_exclude_table_names;
    const CodegenRename *renames;
    size_t nrenames;
    const CodegenOverride *overrides;
    size_t noverrides;
    Span span; /* of `gen: c:` in the configuration, for messages about the options as a whole; SPAN_NONE if unknown
                */
} CodegenOptions;

CodegenOptions codegen_default_options(void);

typedef struct CodegenFile {
    const char *name; /* to be put below `out` */
    const char *text; /* terminated */
    size_t len;
} CodegenFile;

typedef struct CodegenOutput {
    CodegenFile *files; /* query files in the project's order, header before source; then the models' */
    size_t nfiles;
} CodegenOutput;

/* Everything is in arena. False when something can't be generated, such as a type that is not supported;
 * what and where is in diags, and *output is empty. */
bool codegen_generate(Arena *arena, const IrProject *project, const CodegenOptions *options, Diags *diags,
                      CodegenOutput *output);

/* The names of the files that codegen_generate would make for query files of these base names ("books.sql"), in the
 * same order; *n is their number. Needs no analysis: for build systems that ask in advance. */
const char *const *codegen_output_names(Arena *arena, const CodegenOptions *options, const char *const *query_files,
                                        size_t nquery_files, size_t *n);

#endif
