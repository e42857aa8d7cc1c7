/* The golden cases: cases/NAME.sql, and NAME.expected with the verdict on every statement and the catalog it
 * leaves. */
#ifndef QUERC_DDL_TESTS_GOLDEN_H
#define QUERC_DDL_TESTS_GOLDEN_H

#include "base/strbuf.h"
#include "source/script.h"

#define CASES QUERC_SOURCE_DIR "/parser/ddl/tests/cases"

/* The names of all cases, sorted. */
typedef struct CaseNames {
    char **items;
    size_t len;
} CaseNames;
CaseNames case_names(void);
void case_names_free(CaseNames names);
/* The statements of a case. */
Script case_script(Arena *arena, const char *name);
char *case_path(Arena *arena, const char *name, const char *suffix);
/* "12 ok", or "12 42P07 message" and on lines of their own the detail and the hint. */
void case_verdict(StrBuf *out, uint32_t line, const char *code, const char *message, const char *detail,
                  const char *hint);
/* Prints the first line in which two texts differ; true when there is none. */
bool case_same(const char *name, const char *wanted, const char *got);

#endif
