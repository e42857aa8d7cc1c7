/* Second places: where what an error is about was declared. Nothing is said of built-in objects. */
#ifndef QUERC_ANALYZE_DECLARED_H
#define QUERC_ANALYZE_DECLARED_H

#include "analyze/parse_state.h"

/* A column of that name; of a view, whose columns have no place of their own, the view. */
void declared_column(ParseState *ps, Diag *diag, const Relation *relation, const char *column);
void declared_relation(const AnalyzeContext *context, Diag *diag, const Relation *relation);
/* A type under its domains and arrays. */
void declared_type(ParseState *ps, Diag *diag, Oid type);
/* The functions of a name that can be seen, the first few. */
void declared_functions(ParseState *ps, Diag *diag, const char *name);

/* The error that the relation to be changed has no column of that name, with the nearest one it has. */
void declared_error_no_column(ParseState *ps, const char *column, int32_t location);

#endif
