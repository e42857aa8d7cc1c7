/* Cases of whole statements over the built-in catalog: queries.txt.
 *
 * A case is a line with a statement and, on lines that begin with a tab, the answer:
 *
 *     OK (types of the parameters)      then a line "name type origin" for each column
 *     ERROR code position message       then "DETAIL text", "HINT text"
 *
 * Types are schema.type, a position is a byte of the statement from 1, 0 for none. Empty lines and lines that begin
 * with # mean nothing. */
#ifndef QUERC_ANALYZE_TESTS_CASES_H
#define QUERC_ANALYZE_TESTS_CASES_H

#include "base/arena.h"
#include "base/strbuf.h"

typedef struct Case {
    const char *comment; /* the lines before it */
    const char *statement;
    const char *answer; /* without the tabs, each line ended */
} Case;

typedef struct Cases {
    Case *items;
    size_t len, cap;
    const char *tail; /* comments after the last */
} Cases;

/* Exits with 2 when the file can't be read. */
Cases cases_read(Arena *arena, const char *path);
/* Writes the file again with the answers of the cases; false when that fails. */
int cases_write(const Cases *cases, const char *path);
/* Adds formatted lines to an answer. */
void answer_error(StrBuf *answer, const char *code, long position, const char *message, const char *detail,
                  const char *hint);

#endif
