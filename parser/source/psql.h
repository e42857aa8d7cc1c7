/* psql's reading of a script: statements, and what lies between them that is no SQL. */
#ifndef QUERC_SOURCE_PSQL_H
#define QUERC_SOURCE_PSQL_H

#include "source/scan.h"

/* Cuts a script into statements; `skipped` receives the stretches that the server never sees: backslash commands
 * and the data lines of COPY ... FROM stdin. There `terminated` says that the command ended a statement, as \g
 * does. */
void psql_split(Arena *arena, const char *text, size_t len, StatementRanges *statements, StatementRanges *skipped);

#endif
