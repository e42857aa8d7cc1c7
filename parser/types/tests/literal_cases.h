/* Cases of literals for the offline test and the live comparison: literals.txt has a case a line, the type as SQL
 * writes it, the literal, and the SQLSTATE of PostgreSQL 15's answer or "ok", separated by " | ". Lines that begin
 * with # are comments. A ~ before the SQLSTATE marks what depends on the server's settings or files, and therefore
 * is accepted here. In a literal, \n stands for a line break, \t for a tab and \\ for a backslash. */
#ifndef QUERC_TYPES_TESTS_LITERAL_CASES_H
#define QUERC_TYPES_TESTS_LITERAL_CASES_H

#include "types/literal.h"

typedef struct LiteralCase {
    const char *type_name, *text, *answer; /* answer: NULL when the line has none */
} LiteralCase;

/* Adds what literal_schema.sql creates: the types of schema lit. */
void literal_make_types(Catalog *catalog);
/* The type of a case; 0 when the catalog has none of that name. */
Oid literal_find_type(const Catalog *catalog, const char *type_name, int32_t *typmod);
/* Cuts a line into its parts, in place; false when it is no case. */
bool literal_case_parse(char *line, LiteralCase *result);
/* The line of a case, with an answer. */
const char *literal_case_format(Arena *arena, const char *type_name, const char *text, const char *answer);

#endif
