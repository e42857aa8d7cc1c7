/* Names for parameters by what stands around them: the part of param_use.c that looks for one. Private to prove/.
 */
#ifndef QUERC_PROVE_PARAM_NAME_H
#define QUERC_PROVE_PARAM_NAME_H

#include "prove/param_use.h"

typedef struct UseWalk {
    NullProof *proof;
    const Catalog *catalog;
    Arena *arena;
    Query *query; /* the level being walked */
    struct UseWalk *outer;
    ParamUse *uses;
    size_t n;
} UseWalk;

/* The parameter under coercions, or NULL. */
ParamUse *param_of(UseWalk *walk, Expr *expr);
/* The one parameter that the expression's value is made of, or NULL: '%' || $1, coalesce($1, ''), CASE … THEN $1.
 */
ParamUse *param_sole(UseWalk *walk, Expr *expr);
/* The expression below relabelings and conversions by text. */
const Expr *without_coercions(const Expr *expr);

/* A name that the parameter takes if no use before suggested another. */
void param_suggest(ParamUse *use, const char *name);
/* The same by a use that says less: it goes after every suggestion. use may be NULL. */
void param_hint(ParamUse *use, const char *name);
/* The two sides of an operator: what is compared with a column, or with an expression of one, is called like it. */
void param_note_pair(UseWalk *walk, Expr *left, Expr *right);

#endif
