/* What one side, querc or a server, says about a statement, and how two such answers differ.
 *
 * An answer is what Parse and Describe tell: the types of the parameters, names and types of the columns; or why
 * the statement is rejected. Types are named as in `querc inspect` ("schema.type", of a true array
 * "schema.element[]"). */
#ifndef QUERC_VERIFY_ANSWER_H
#define QUERC_VERIFY_ANSWER_H

#include "base/arena.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct AnswerColumn {
    const char *name, *type;
} AnswerColumn;

typedef struct Answer {
    bool rejected;
    const char *code, *message, *detail, *hint; /* of a rejected statement; any may be NULL */
    long position;                              /* in characters from 1; 0 for none */
    const char **params;                        /* types of $1 … */
    size_t nparams;
    AnswerColumn *columns;
    size_t ncolumns;
} Answer;

typedef enum AnswerPart { ANSWER_VERDICT, ANSWER_PARAM, ANSWER_COLUMN } AnswerPart;

typedef struct AnswerDifference {
    AnswerPart part;
    size_t number; /* of the parameter or column, from 1; 0 when it is about how many there are */
    const char *message;
} AnswerDifference;

typedef struct AnswerDifferences {
    AnswerDifference *items;
    size_t len, cap;
} AnswerDifferences;

/* Adds every difference. Of two rejections the SQLSTATEs are compared, and, `exactly`, message, detail, hint and
 * position too (the latter two where the server gives one: querc knows more of them). */
void answers_compare(Arena *arena, const Answer *offline, const Answer *server, bool exactly,
                     AnswerDifferences *differences);

/* The answer in lines, each with `indent` before it. */
void answer_print(StrBuf *out, const char *indent, const Answer *answer);

#endif
