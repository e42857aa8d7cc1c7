/* Typed queries made by hand, as prove/ would hand them over. */
#ifndef QUERC_CODEGEN_TESTS_FIXTURE_H
#define QUERC_CODEGEN_TESTS_FIXTURE_H

#include "base/arena.h"
#include "base/vec.h"
#include "ir/ir.h"

/* Types of pg_catalog. */
extern const IrType type_bool, type_int2, type_int4, type_int8, type_float8, type_text, type_varchar, type_numeric,
    type_date, type_timestamptz, type_uuid, type_bytea, type_jsonb, type_tsvector, type_aclitem, type_point,
    type_int4range, type_regclass, type_void, type_record;
extern const IrType type_text_array, type_int8_array, type_uuid_array;

/* A query file or project under construction; everything is in arena. */
typedef struct Builder {
    Arena *arena;
    VEC(IrFile) files;
    VEC(const IrType *) enums;
    VEC(const IrType *) composites;
    VEC(const IrTable *) tables;
    VEC(const IrConstraint *) constraints;
} Builder;

const IrType *build_enum(Builder *b, const char *name, const char *const *labels, size_t n);
const IrType *build_domain(Builder *b, const char *name, const IrType *base);
const IrType *build_composite(Builder *b, const char *name, const IrField *fields, size_t n);
const IrType *build_array(Builder *b, const IrType *element);
const IrTable *build_table(Builder *b, const char *name, const IrField *columns, size_t n);
const IrConstraint *build_constraint(Builder *b, const char *table, const char *name, char type);

/* A new file, to which build_query adds. The text of a query's annotation is its name, at a line of its own. */
void build_file(Builder *b, const char *name);
IrQuery *build_query(Builder *b, const char *name, IrCommand command, const char *sql);
/* Numbers parameters in the order given. */
/* A member of a bulk command's items; array is the parameter's type. */
void build_item(Builder *b, IrQuery *query, const char *name, const IrType *array, bool nullable);
void build_param(Builder *b, IrQuery *query, const char *name, const IrType *type, bool nullable);
void build_column(Builder *b, IrQuery *query, const char *name, const IrType *type, bool nullable);
/* All columns of a table, as `t.*`: the query then returns the table's rows, if nothing else is added. */
void build_star(Builder *b, IrQuery *query, const IrTable *table);
void build_embed(Builder *b, IrQuery *query, const char *name, const IrTable *table, bool optional);

/* The project so far. Pointers of build_query stay valid until the next query of that file. */
const IrProject *build_project(Builder *b);

/* The example of the golden files and of the run against a server; run_books.sql is its schema. */
const IrProject *books_project(Arena *arena);
/* Names of every unpleasant kind. */
const IrProject *names_project(Arena *arena);

#endif
