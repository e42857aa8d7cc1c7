/* What a query's parameters are used for: from that their names, their nullability and the column they belong to.
 * Private to prove/. */
#ifndef QUERC_PROVE_PARAM_USE_H
#define QUERC_PROVE_PARAM_USE_H

#include "prove/prove.h"

typedef struct ParamUse {
    const char *name; /* suggested by the first use that suggests one, or NULL */
    const char *hint; /* the same by uses that say less: part of a larger expression, a function without names */
    Oid table;        /* of the column it is compared with or assigned to, or 0 */
    int16_t column;
    bool nullable_target;           /* stored in a column that takes NULL */
    bool not_null_target;           /* stored in one that does not */
    bool null_tested;               /* IS NULL, COALESCE, IS DISTINCT FROM: NULL means something */
    bool compared;                  /* an operand of a comparison, which NULL makes NULL */
    const Column *stored;           /* the column that decided nullable_target or not_null_target */
    const char *op;                 /* of the comparison */
    int32_t tested_at, compared_at; /* in the text, -1: nowhere */
} ParamUse;

/* Fills uses, indexed by number from 1 to n. */
void param_use_collect(NullProof *proof, Query *query, ParamUse *uses, size_t n);

#endif
