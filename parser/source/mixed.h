/* Files that are schema and queries at once. Private to source/. */
#ifndef QUERC_SOURCE_MIXED_H
#define QUERC_SOURCE_MIXED_H

#include "source/queries.h"
#include "source/scan.h"

/* The annotated queries of a schema file, which are no part of the schema: statements that make some, such as
 * `-- name: Setup :exec` above CREATE TABLE, are both. False when there are none. */
bool mixed_has_queries(Arena *arena, SourceFile *file, StatementRanges *ranges);

/* Whether the file is one that the paths of the schema name. */
bool mixed_is_schema(Arena *arena, const SourceFile *file, const SourcePath *schema, size_t nschema);

#endif
