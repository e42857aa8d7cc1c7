/* Annotated query files: `-- name: X :command` and a statement, with sqlc's macros.
 *
 * A file is cut into queries, each one's macros become numbered parameters, and what the annotations say is
 * recorded. Positions in the rewritten text map back to the file the user edits. docs/annotations.md is the
 * user's description of all of this. */
#ifndef QUERC_SOURCE_QUERIES_H
#define QUERC_SOURCE_QUERIES_H

#include "base/diag.h"
#include "base/source.h"
#include "source/paths.h"

typedef enum QueryCommand {
    QUERY_ONE,
    QUERY_OPT,
    QUERY_MANY,
    QUERY_EXEC,
    QUERY_EXECROWS,
    QUERY_EXECRESULT,
    QUERY_COPYFROM,
    QUERY_BATCHEXEC,
    QUERY_BATCHONE,
    QUERY_BATCHMANY,
    QUERY_BULKEXEC,
    QUERY_BULKMANY
} QueryCommand;

/* "one" and so on, without the colon. */
const char *query_command_name(QueryCommand command);

typedef enum QueryNull { QUERY_NULL_UNSAID, QUERY_NOT_NULL, QUERY_NULLABLE } QueryNull;

/* A parameter of the rewritten statement. */
typedef struct QueryParam {
    int number;       /* of $number */
    const char *name; /* as first written in @name or sqlc.arg, or NULL for a bare $number */
    QueryNull null;   /* sqlc.narg: nullable; `-- @param NAME [not] null` overrules */
    bool is_slice;    /* sqlc.slice: an array */
    bool in_list; /* a slice as the list of IN or NOT IN, rewritten to ANY and ALL: the user sees element types */
    const Span *spans; /* where it is used, in text order */
    size_t nspans;
} QueryParam;

/* sqlc.embed(name), which stands as `name.*` in the rewritten statement. */
typedef struct QueryEmbed {
    uint32_t offset;  /* of `name` in the rewritten text: the place of the ColumnRef */
    const char *name; /* the table or alias, folded as PostgreSQL does; the last part of a qualified one */
    const char *as;   /* sqlc.embed(t) AS name: what the struct is called in the row; else as `name` */
    Span span;        /* of the macro's argument */
} QueryEmbed;

/* `-- @column NAME [not] null` */
typedef struct QueryColumnNull {
    const char *name;
    bool nullable;
    Span span;
} QueryColumnNull;

/* Not called Query: that is the resolved tree (tree/tree.h), and some files need both. */
typedef struct AnnotatedQuery {
    const char *name;
    QueryCommand command;
    Span name_span, command_span;
    Span span;        /* of the statement in the file, first token to last */
    const char *docs; /* documentation text, lines separated by \n, without comment signs; NULL if none */
    SqlText *sql;     /* exactly one statement: no semicolon, macros rewritten, trimmed */
    QueryParam *params;
    size_t nparams; /* by number; a gap ($1 and $3) stays a gap */
    QueryEmbed *embeds;
    size_t nembeds;
    QueryColumnNull *columns;
    size_t ncolumns;
    const char *row; /* -- @row NAME, or NULL */
    Span row_span;
    bool vet_disabled;             /* -- @sqlc-vet-disable */
    const char *vet_disabled_what; /* the rules it names, "" for all; NULL when not given */
} AnnotatedQuery;

/* A statement that no name line names. */
typedef struct LooseStatement {
    uint32_t start, end;
    const char *query; /* that it comes after, or NULL */
    Span after;        /* of that query's name; SPAN_NONE */
} LooseStatement;

typedef struct QueryFile {
    SourceFile *file;
    AnnotatedQuery *items;
    size_t len, cap;
    LooseStatement *loose;
    size_t nloose, cap_loose;
} QueryFile;

/* The queries of a file, in order. Those with mistakes in annotation or macros are reported and left out; false
 * when anything was reported as an error. Two queries of one name in the file are reported here, across files by
 * queries_check_names; loose statements by queries_check_loose. */
bool queries_read(Arena *arena, SourceFile *file, Diags *diags, QueryFile *queries);

/* Reports the statements without a name line: all of them, or, when the file is part of the schema, those that can
 * only be meant as queries. False when there were any. */
bool queries_check_loose(const QueryFile *queries, bool is_schema, Diags *diags);

typedef struct QueryFiles {
    QueryFile **items;
    size_t len, cap;
} QueryFiles;

/* paths_read and queries_read of all files together, on all processors, and what is to be checked then. What could
 * be read is in files even when something was reported. The schema's paths tell which files may have its
 * statements. */
bool query_files_read(Arena *arena, const SourcePath *paths, size_t npaths, const SourcePath *schema,
                      size_t nschema, Diags *diags, QueryFiles *files);

/* Reports every name that an earlier query of the files has already, with the first place as a note. */
bool queries_check_names(Arena *arena, const QueryFile *const *files, size_t nfiles, Diags *diags);

#endif
