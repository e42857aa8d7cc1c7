/* Questions about types as lines of text, answered by types/ and, in live_calls.c, by a server.
 *
 *     call NAME(TYPE, ...)    a function call; "over" after it makes it a window call
 *     invoke NAME(TYPE, ...)  CALL of a procedure
 *     op TYPE NAME TYPE       an operator; "op NAME TYPE" a prefix operator
 *     cast TYPE TYPE          an explicit cast from the first type to the second
 *     assign TYPE TYPE        assignment to a column of the second type
 *     common TYPE, ...        COALESCE of such expressions
 *     order TYPE              ORDER BY such a value
 *     equal TYPE              DISTINCT over such a value
 *
 * Types are names found in search_path, with [] for true arrays; "unknown" is an untyped parameter, "null" an
 * untyped literal. Arguments of a call may also be "name => TYPE" and "variadic TYPE".
 *
 * The answer is an SQLSTATE, or the type of the result (of a domain its base, as RowDescription tells) followed, in
 * parentheses, by the types that untyped parameters get. Where types/ says why, the SQLSTATE is followed by message
 * and detail. */
#ifndef QUERC_TYPES_TESTS_CASES_H
#define QUERC_TYPES_TESTS_CASES_H

#include "types/types.h"

typedef enum CaseKind {
    CASE_CALL,
    CASE_INVOKE,
    CASE_OP,
    CASE_CAST,
    CASE_ASSIGN,
    CASE_COMMON,
    CASE_ORDER,
    CASE_EQUAL
} CaseKind;

enum { CASE_ARGS = 8 };

typedef struct Case {
    CaseKind kind;
    const char *name;
    size_t nargs;
    Oid args[CASE_ARGS];
    bool literals[CASE_ARGS];     /* of the arguments of type unknown */
    const char *names[CASE_ARGS]; /* of the last nnames arguments, at their index */
    size_t nnames;
    bool variadic, over;
} Case;

/* False when the line is not in the form above or names a type that there is not. */
bool case_parse(const Catalog *catalog, Arena *arena, const char *line, Case *parsed);
const char *case_format(const Catalog *catalog, Arena *arena, const Case *asked);
/* What types/ answers. */
const char *case_answer(const Catalog *catalog, Arena *arena, const Case *asked);
/* The types that are the answer: shared by both sides. */
const char *case_answer_text(const Catalog *catalog, Arena *arena, const Case *asked, Oid result, const Oid *args);
/* An error with its message and detail (may be NULL). */
const char *case_error_text(Arena *arena, const char *code, const char *message, const char *detail);
const char *case_type_name(const Catalog *catalog, Arena *arena, Oid type);

#endif
