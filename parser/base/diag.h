/* Diagnostics: what is wrong, where, and how to mend it.
 *
 * A diagnostic is raised where the rule is known; the NULL or false that is then returned means "already reported".
 * Messages are PostgreSQL's own wording wherever PostgreSQL has one. */
#ifndef QUERC_BASE_DIAG_H
#define QUERC_BASE_DIAG_H

#include "base/source.h"
#include "base/sqlstate.h"

#include <stdarg.h>
#include <stdbool.h>

typedef enum DiagSeverity { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE } DiagSeverity;

typedef struct DiagNote DiagNote;
struct DiagNote {
    Span span;
    const char *message;
    DiagNote *next;
};

typedef struct Diag Diag;
struct Diag {
    DiagSeverity severity;
    const char *code; /* a SQLSTATE, or NULL; for what PostgreSQL has no code a name such as "config" */
    Span span;
    const char *message;
    const char *detail, *hint; /* or NULL */
    DiagNote *notes;           /* second places, in order */
    const char *query;         /* the name of the query it is about, or NULL */
    Diag *next;
};

typedef struct Diags {
    Arena *arena;
    Diag *first, *last;
    size_t nerrors, nwarnings;
    const char *query; /* given to each diagnostic raised while it is set */
} Diags;

/* An empty list whose diagnostics live in arena. */
Diags diags_make(Arena *arena);
/* Adds an error; code is one of SQLSTATE_*. Never NULL, for hints and notes to be added. */
Diag *diag_error(Diags *diags, Span span, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5), returns_nonnull));
Diag *diag_warning(Diags *diags, Span span, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5), returns_nonnull));
Diag *diag_add(Diags *diags, DiagSeverity severity, Span span, const char *code, const char *format, va_list args)
    __attribute__((format(printf, 5, 0), returns_nonnull));
Diag *diag_detail(Diags *diags, Diag *diag, const char *format, ...) __attribute__((format(printf, 3, 4)));
Diag *diag_hint(Diags *diags, Diag *diag, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Adds a second place. */
Diag *diag_note(Diags *diags, Diag *diag, Span span, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A point to go back to: used where PostgreSQL tries something and takes its error back. */
typedef struct DiagsMark {
    Diag *last;
    size_t nerrors, nwarnings;
} DiagsMark;
DiagsMark diags_mark(const Diags *diags);
void diags_rewind(Diags *diags, DiagsMark mark);
/* Adds all of `from`, in order, to the end; what lives in from's arena stays there. */
void diags_append(Diags *diags, const Diags *from);
/* By place: files in the order in which they first come, places within a file as they stand there; what has no
 * place comes first. Those at one place keep their order. */
void diags_sort(Diags *diags);
/* Makes warnings of the errors raised since then. */
void diags_demote(Diags *diags, DiagsMark mark);

/* The nearest of the candidates offered one by one, by edit distance: best starts as a zeroed struct with `wanted`
 * set; `found` stays NULL when nothing is near enough to be worth a hint. */
typedef struct NearestName {
    const char *wanted;
    const char *found;
    size_t distance;
} NearestName;
void nearest_offer(NearestName *best, const char *candidate);

#endif
