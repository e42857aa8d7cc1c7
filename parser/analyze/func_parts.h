/* How the files that resolve calls (func.c, func_error.c, ordered_set.c, srf.c) share what they know of one. */
#ifndef QUERC_ANALYZE_FUNC_PARTS_H
#define QUERC_ANALYZE_FUNC_PARTS_H

#include "analyze/parse_state.h"

typedef struct CallState {
    const PgQuery__FuncCall *fn;
    ExprList *args;     /* transformed, named ones as NamedArg; defaults are appended */
    Oid *actual;        /* their types */
    const char **names; /* of the last nnames of them */
    size_t nnames;
    Expr *filter;
    bool proc_call;      /* CALL: parameters of every mode are arguments */
    bool variadic;       /* the last argument is the array of a VARIADIC parameter */
    const char *display; /* the name as written */
    int32_t location;
} CallState;

/* ordered_set.c: WITHIN GROUP and what it demands; also that an ordinary aggregate has none. */
bool func_check_ordered_set(ParseState *ps, CallState *call, FunctionDetail *detail);

/* func_error.c */
void func_report_missing(ParseState *ps, const CallState *call, bool ambiguous, bool proc_call);

#endif
