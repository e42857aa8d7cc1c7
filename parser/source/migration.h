/* Migration tools: the order of their files and the part of each that leads up. */
#ifndef QUERC_SOURCE_MIGRATION_H
#define QUERC_SOURCE_MIGRATION_H

#include "source/schema.h"

/* Compares two paths as the tools do: directories and names that begin with a number by that number, then the rest
 * by bytes; Flyway's V1.2__ names by version and its repeatable R__ ones after all others. For qsort. */
int migration_compare(const void *a, const void *b);

/* A file of a directory that leads down: Flyway's U1__x.sql, Postgrator's 1.undo.x.sql, yoyo's x.rollback.sql, and
 * Diesel's and Hasura's down.sql, which stands beside an up.sql. */
bool migration_is_undo(const char *path);

/* Which tool's marks the text has. */
SchemaFormat migration_format(const char *text, size_t len);
/* Blanks, in a text of that format, everything that is not on the way up. */
void migration_blank_down(SchemaFormat format, char *text, size_t len);

#endif
