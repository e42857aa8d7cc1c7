/* From resolved trees to typed queries: what can be NULL, how many rows there can be, which constraints can be
 * violated, what the parameters are called. Reads the tree and the catalog, writes the ir; knows no syntax.
 *
 * Nullability is a proof: a column is "not null" only if no row can hold NULL there. PostgreSQL does not say; the
 * rules are in nullness.c and docs/nullability.md. */
#ifndef QUERC_PROVE_PROVE_H
#define QUERC_PROVE_PROVE_H

#include "base/diag.h"
#include "catalog/catalog.h"
#include "ir/ir.h"
#include "tree/tree.h"

/* What the user said of a parameter or column. */
typedef enum ProveNull { PROVE_NULL_UNSAID, PROVE_NOT_NULL, PROVE_NULLABLE } ProveNull;

typedef struct ProveParam {
    int number;
    const char *name; /* NULL: to be derived from its use */
    ProveNull null;
    bool is_slice;
    bool in_list; /* a slice that stands for the list of IN */
    Span span;    /* of its first use */
} ProveParam;

/* sqlc.embed: the star it became begins at this offset of the text. */
typedef struct ProveEmbed {
    uint32_t offset;
    const char *name;
    const char *as; /* its name in the row */
    Span span;
} ProveEmbed;

typedef struct ProveColumn {
    const char *name;
    bool nullable;
    Span span;
} ProveColumn;

/* An annotated query and what analysis made of it. */
typedef struct ProveInput {
    Arena *scratch; /* for the work on this query; the ir keeps nothing of it, nor of the tree */
    const char *name;
    IrCommand command;
    const char *file;
    uint32_t line;
    Span span; /* of the name in the annotation */
    const SqlText *sql;
    const char *docs;     /* NULL: none */
    const char *row_name; /* NULL: none */
    const ProveParam *params;
    size_t nparams;
    const ProveEmbed *embeds;
    size_t nembeds;
    const ProveColumn *columns;
    size_t ncolumns;
    Query *tree;
    const Oid *param_types; /* of $1 … */
    size_t nparam_types;
    const StarExpansion *stars;
    size_t nstars;
} ProveInput;

/* The types, tables and constraints that the queries of one project share. */
typedef struct ProveProject ProveProject;

typedef struct ProveOptions {
    bool explain;    /* fill in the reasons */
    bool strict_one; /* :one that may be many is an error */
    const char *dir; /* left out of the paths in reasons; NULL: none */
} ProveOptions;

/* Everything made for the project lives in the arena; the catalog must not change any more. */
ProveProject *prove_project_new(Arena *arena, const Catalog *catalog, Diags *diags);
/* Before the first query; without it all of them are off. */
void prove_project_set_options(ProveProject *project, ProveOptions options);
/* Fills in the query; false after an error. */
bool prove_query(ProveProject *project, const ProveInput *input, IrQuery *query);
/* Nullability alone, for a tree that is no part of a project: whether column number `column` (from 1) of what it
 * returns can be NULL, its parameters taken as not null. The proof holds what was found out so far, for one tree.
 */
typedef struct NullProof NullProof;
NullProof *prove_nullability_new(Arena *scratch, const Catalog *catalog, Query *tree);
bool prove_column_is_nullable(NullProof *proof, Query *tree, int column);
/* The project with its files, and the user's types, tables and constraints. */
const IrProject *prove_project_finish(ProveProject *project, const char *postgres, const IrFile *files,
                                      size_t nfiles);

#endif
