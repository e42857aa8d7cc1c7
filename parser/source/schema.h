/* Migrations and schema files: what to apply, in which order.
 *
 * Knows the file formats of the tools in migration.c, plain SQL and the output of pg_dump. The text that comes out
 * has the length of the file: what is no SQL for the schema (the way down, psql commands, COPY data) is blanked
 * with spaces, so offsets and lines are those of the file. */
#ifndef QUERC_SOURCE_SCHEMA_H
#define QUERC_SOURCE_SCHEMA_H

#include "source/paths.h"

typedef enum SchemaFormat {
    SCHEMA_PLAIN, /* also pg_dump and the tools that go by file names: the whole file is the way up */
    SCHEMA_GOOSE,
    SCHEMA_DBMATE,
    SCHEMA_TERN,
    SCHEMA_SQL_MIGRATE,
    SCHEMA_NODE_PG_MIGRATE,
    SCHEMA_MYBATIS,
    SCHEMA_RAMBLER
} SchemaFormat;

typedef struct SchemaFile {
    SourceFile *file;
    SchemaFormat format;
    SqlText *up;
} SchemaFile;

typedef struct SchemaFiles {
    SchemaFile *items; /* in the order in which they apply */
    size_t len, cap;
    const char **read; /* every path read, directories' index files included: for --depfile */
    size_t nread, capread;
} SchemaFiles;

/* Reads the migrations that the paths name. Paths apply in the order given; within a directory or glob the tool's
 * own order holds (numbers compare as numbers). Reports what is missing, unreadable, empty of SQL or malformed and
 * returns false then. */
bool schema_read(Arena *arena, const SourcePath *paths, size_t npaths, Diags *diags, SchemaFiles *files);

/* The up part of one file already read. */
SchemaFile schema_file(Arena *arena, SourceFile *file, Diags *diags);

#endif
