/* Scripts for psql cut into statements: what `querc describe` reads.
 *
 * Backslash commands are passed over, as are the data lines of COPY ... FROM stdin; \g, \gset and their like end a
 * statement. Each statement gets a text of its own, so that a mistake in one does not hide the others. */
#ifndef QUERC_SOURCE_SCRIPT_H
#define QUERC_SOURCE_SCRIPT_H

#include "base/diag.h"
#include "base/source.h"

typedef struct ScriptStatement {
    SqlText *sql;        /* one statement, without semicolon, first token to last */
    uint32_t start, end; /* the same in the file */
    uint32_t line;       /* of the first token, from 1 */
} ScriptStatement;

typedef struct Script {
    ScriptStatement *items;
    size_t len, cap;
} Script;

/* Never fails: what is wrong inside a statement is for the parser to say. */
void script_split(Arena *arena, SourceFile *file, Script *script);

#endif
