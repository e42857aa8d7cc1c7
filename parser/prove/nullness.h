/* Whether an expression can be NULL: the rules are in nullness.c, what conditions prove in refine.c, what joins do
 * in null_scope.c, whole queries and range table entries in null_query.c. Private to prove/. */
#ifndef QUERC_PROVE_NULLNESS_H
#define QUERC_PROVE_NULLNESS_H

#include "base/map.h"
#include "prove/prove.h"

/* What all levels of one statement share. */
struct NullProof {
    const Catalog *catalog;
    Arena *arena;
    const bool *nullable_params; /* by number, from 1; NULL: none is */
    size_t nparams;
    IntMap cte_columns; /* CommonTableExpr pointer to bool[]: nullable, worked out once */
    IntMap queries;     /* Query pointer to NullScope */
};

/* Columns known not to be NULL, as (range table index, attribute). */
typedef struct VarSet {
    IntMap map;
} VarSet;

/* One query level. */
typedef struct NullScope NullScope;
struct NullScope {
    NullProof *proof;
    Query *query;
    NullScope *outer;
    bool *null_extended; /* by range table index: the entry's row may be missing because of an outer join */
    VarSet proved;       /* by WHERE, inner ON and HAVING */
    size_t
        target_srfs; /* set-returning calls in the target list: of several the shorter ones are padded with NULL */
    const VarSet *assumed; /* within a CASE branch; may be NULL */
};

/* The scope of a query, worked out once. */
NullScope *null_scope(NullProof *proof, Query *query, NullScope *outer);
bool null_expr(NullScope *scope, Expr *expr);
/* Column `column` (from 1) of what the query returns. */
bool null_query_column(NullProof *proof, Query *query, NullScope *outer, int column);
/* A column of a range table entry, outer joins not considered. */
bool null_rte_column(NullScope *scope, int rtindex, int attribute);
bool null_relation_column(NullProof *proof, const Relation *relation, int attribute, bool inherit);

/* Adds the columns that cannot be NULL when the condition is true. */
void refine_true(NullProof *proof, Expr *condition, VarSet *set);
/* The same when it is false or NULL. */
void refine_not_true(NullProof *proof, Expr *condition, VarSet *set);
void varset_add(Arena *arena, VarSet *set, int rtindex, int attribute);
bool varset_has(const VarSet *set, int rtindex, int attribute);
bool varset_has_any_of(const VarSet *set, int rtindex);

#endif
