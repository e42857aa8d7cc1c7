/* What a typed query is: the only thing code generation sees.
 *
 * prove/ makes it from resolved trees and the catalog; codegen/ and `querc inspect` read it. Nothing in it refers
 * to the syntax tree, the tree or the catalog. Everything lives in one arena; strings are terminated UTF-8. */
#ifndef QUERC_IR_IR_H
#define QUERC_IR_IR_H

#include "base/arena.h"
#include "base/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum IrTypeKind {
    IR_BASE,
    IR_ENUM,
    IR_DOMAIN,
    IR_COMPOSITE,
    IR_ARRAY,
    IR_RANGE,
    IR_MULTIRANGE,
    IR_PSEUDO
} IrTypeKind;

typedef struct IrType IrType;
typedef struct IrTable IrTable;

typedef struct IrField {
    const char *name;
    const IrType *type;
    bool nullable;
    const char *comment; /* COMMENT ON COLUMN, or NULL */
} IrField;

/* Types are unique: two uses of one type are the same pointer. */
struct IrType {
    IrTypeKind kind;
    uint32_t oid; /* the server's OID of a built-in type; 0 for those of the user's schema and of extensions */
    const char *schema; /* of an array: those of the array type itself ("_int4") */
    const char *name;
    const char *key;            /* "pg_catalog.int4", of an array "pg_catalog.int4[]" */
    const char *display;        /* as SQL writes it: "integer", "character varying" (format_type) */
    bool has_send, has_receive; /* a binary form exists, of every part too */
    const char *extension;      /* the extension it belongs to, or NULL */
    const IrType *element;      /* IR_ARRAY */
    const IrType *base;         /* IR_DOMAIN: the type under all domains is base->…->base */
    bool domain_not_null;
    char delimiter;
    const IrType *subtype;     /* IR_RANGE, IR_MULTIRANGE: of the range's bounds */
    const IrType *range;       /* IR_MULTIRANGE */
    const char *const *labels; /* IR_ENUM, in order */
    size_t nlabels;
    const char
        *anonymous; /* of a record, IR_COMPOSITE: what its struct is called after; it has no type of its own */
    const IrField *fields; /* IR_COMPOSITE */
    size_t nfields;
    const char *comment;
};

/* A table or view whose rows a query can return whole. */
struct IrTable {
    const char *schema, *name;
    bool is_view;
    bool in_default_schema; /* the schema unqualified names resolve to: its name isn't part of the struct's name */
    const IrField *columns;
    size_t ncolumns;
    const char *comment;
};

/* Beside those of pg_constraint.contype. */
enum { IR_UNIQUE_INDEX = 'i', IR_DOMAIN_CHECK = 'd', IR_NOT_NULL = 'n' };

typedef struct IrConstraint {
    const char *schema, *table; /* or the domain */
    const char *name;           /* of NOT NULL the column's, "" of a domain's */
    char type;                  /* pg_constraint.contype: c f p u x; or one of the above */
    bool in_default_schema;
} IrConstraint;

typedef enum IrCommand {
    IR_ONE,
    IR_OPT,
    IR_MANY,
    IR_EXEC,
    IR_EXECROWS,
    IR_EXECRESULT,
    IR_COPYFROM,
    IR_BATCHEXEC,
    IR_BATCHONE,
    IR_BATCHMANY,
    IR_BULKEXEC,
    IR_BULKMANY,
    IR_COMMANDS /* how many there are */
} IrCommand;

typedef enum IrCardinality { IR_ROWS_MANY, IR_ROWS_AT_MOST_ONE, IR_ROWS_EXACTLY_ONE } IrCardinality;

/* Why something is what it is, for `inspect --explain`: in words, and the place in the schema or query that
 * decides. */
typedef struct IrReason {
    const char *text;  /* NULL when nobody asked for reasons */
    const char *place; /* "queries/books.sql:7:3", the path as in IrQuery.file; NULL: none */
} IrReason;

/* $number of a query. Numbers that no use gives a type are an error before this point, so there are no gaps. */
typedef struct IrParam {
    int number;
    const char
        *name; /* from @name or sqlc.arg, else derived from its use ("id" in id = $1); unique within the query */
    bool named_by_user;
    const IrType *type;
    bool nullable;
    bool is_slice;      /* sqlc.slice: the type is an array */
    bool in_list;       /* … written as the list of IN: to the user its elements are the parameter */
    const IrType *item; /* of a bulk command: the parameter is an array with a value of each item, of this type, and
                           nullable says whether these can be NULL; else NULL */
    const IrTable
        *table; /* the column it is compared with or assigned to, for documentation and overrides, or NULL */
    const char *column;
    IrReason reason; /* of being nullable or not */
} IrParam;

typedef struct IrColumn {
    const char *name;  /* as the server reports it; "?column?" included, duplicates included */
    const char *field; /* its name in C: without the ! or ? of an alias that says whether it is NULL */
    const IrType *type;
    bool nullable;
    bool declared_not_null; /* a plain column of a table that is declared so, whatever joins do to it */
    bool always_null;       /* NULL is what the query says */
    IrReason reason;        /* of being nullable or not */
    const IrTable *table;   /* the table a plain column comes from, or NULL */
    const char *column;
    int embed; /* index into IrQuery.embeds, or -1 */
} IrColumn;

/* sqlc.embed(t): consecutive columns that form a table's struct. */
typedef struct IrEmbed {
    const char *name; /* of the field */
    const IrTable *table;
    bool optional; /* the table is on the nullable side of an outer join: no row there gives no struct */
    size_t first_column, ncolumns;
} IrEmbed;

typedef struct IrQuery {
    const char *name;
    IrCommand command;
    const char *file;       /* path of the query file as shown */
    uint32_t line;          /* of the annotation */
    Span span;              /* of the annotation's name, for messages */
    const char *sql;        /* what runs: placeholders numbered, stars expanded */
    const char *source_sql; /* as the user wrote it */
    const char *docs;       /* comment lines without their marks, separated by newlines; "" when none */
    const char *row_name;   /* -- @row Name, or NULL */
    const IrParam *params;
    size_t nparams;
    const IrColumn *columns;
    size_t ncolumns;
    const IrEmbed *embeds;
    size_t nembeds;
    /* When the columns are exactly those of this table, in order; some may be proved not null that are not so
     * there. */
    const IrTable *row_table;
    bool read_only;
    IrCardinality cardinality;
    IrReason rows_reason;                   /* of the cardinality; without a place */
    const IrConstraint *const *constraints; /* that the statement can violate */
    size_t nconstraints;
    const char *copy_sql; /* of IR_COPYFROM: the COPY, with a column a parameter */
} IrQuery;

/* One query file. */
typedef struct IrFile {
    const char *path; /* as given */
    const char *name; /* base name: "books.sql" */
    const IrQuery *queries;
    size_t nqueries;
} IrFile;

typedef struct IrProject {
    const char *postgres; /* major version of the catalog */
    const IrFile *files;
    size_t nfiles;
    const IrType *const *enums, *const *composites; /* of the user's schema, in order of creation */
    size_t nenums, ncomposites;
    const IrTable *const *tables; /* in order of creation */
    size_t ntables;
    /* In order of table and creation, then the domains', then NOT NULL where some query can violate it. */
    const IrConstraint *const *constraints;
    size_t nconstraints;
} IrProject;

/* "one" and so on, as in the annotation and in JSON. */
const char *ir_command_name(IrCommand command);
/* The type under domains. */
const IrType *ir_type_base(const IrType *type);

#endif
