/* How many rows a query can return: cardinality.c for whole queries, unique_key.c for what stands in FROM, fixed.c
 * for what that is compared with, rows_text.c for the words that explain it. Private to prove/. */
#ifndef QUERC_PROVE_CARDINALITY_H
#define QUERC_PROVE_CARDINALITY_H

#include "ir/ir.h"
#include "prove/nullness.h"

/* Worked out once a query; outer is the scope it stands in, NULL for a whole statement or a view. */
IrCardinality cardinality_of(NullProof *proof, Query *query, NullScope *outer);
/* In words: what proves it, or what is missing. In the proof's arena. */
const char *cardinality_reason(NullProof *proof, Query *query);

/* Whether FROM and WHERE, an entry of FROM, a query give at least one row. */
bool from_always_has_row(NullScope *scope);
bool entry_always_has_row(NullScope *scope, int rtindex);
bool query_always_has_row(NullProof *proof, Query *query, NullScope *outer);

/* Whether LIMIT is this number. */
bool limit_is(const Expr *limit, const char *number);
bool operator_is_equality(const NullProof *proof, Oid op, Oid opclass);

/* ---- Shared by these files ---- */

/* column = value, where only entries in `owners` (all when NULL) may be determined by it: the ON of an outer join
 * says nothing about its outer side. */
typedef struct Equality {
    Expr *column; /* or an expression, for indexes over expressions */
    Expr *value;  /* NULL: one that is fixed from outside */
    Oid op;
    Oid collation;
    bool null_too; /* IS NOT DISTINCT FROM, IS NULL */
    const bool *owners;
} Equality;

/* A condition that holds, for the same entries. */
typedef struct Condition {
    Expr *expr;
    const bool *owners;
} Condition;

/* One query level. A column is determined when an equality ties it to a value that is the same for all rows; an
 * entry of FROM all of whose unique key is determined gives at most one row, whose columns are all fixed then. */
struct RowCount {
    NullScope *scope;
    Query *query;
    bool is_known;
    IrCardinality rows;
    bool always_has_row;
    bool *single;      /* by range table index: at most one row for each of the others */
    bool *fixed;       /* by range table index: the same row, or none, in all rows of the query */
    const char **keys; /* by range table index: the unique key that makes it single, or NULL */
    IntMap determined; /* (range table index, attribute) to Equality */
    VEC(Equality) equalities;
    VEC(Condition) conditions;
};

/* A column of a sub-select that is fixed from outside. */
typedef struct GivenColumn {
    int column;
    Oid op, collation;
} GivenColumn;
typedef VEC(GivenColumn) GivenColumns;

static inline const Catalog *count_catalog(const RowCount *count)
{
    return count->scope->proof->catalog;
}

static inline Arena *count_arena(const RowCount *count)
{
    return count->scope->proof->arena;
}

/* The conditions that fix columns, from FROM and WHERE; one more of them. */
void count_collect_equalities(RowCount *count);
void count_add_equality(RowCount *count, Equality equality);
/* Finds more determined columns; false when there are none. */
bool count_find_determined(RowCount *count);
/* Whether all rows of the query have the same row of the entry. */
bool count_entry_is_fixed(const RowCount *count, int rtindex);
/* Whether the value may differ between rows that the query returns; whether it is fixed as far as the equality of
 * the operator family can tell. */
bool count_varies(RowCount *count, Expr *value);
bool count_is_fixed(RowCount *count, Expr *value, Oid family);
bool collation_is_deterministic(const Catalog *catalog, Oid collation);
/* Fills single and determined until nothing changes. */
void count_find_single(RowCount *count, const GivenColumns *given);
/* The kind of join it is where conditions or foreign keys leave no side without a row. */
JoinKind count_effective_join(const RowCount *count, const JoinNode *node);
/* Whether the expression is equal in all rows, by the equality of its type. */
bool count_is_determined(RowCount *count, Expr *expr);
/* Whether at most one row of the query has these values. */
bool query_gives_one_for(NullProof *proof, Query *query, NullScope *outer, const GivenColumns *given);
bool count_index_predicate_holds(RowCount *count, int rtindex, const Index *index);
bool count_key_column_is_tied(RowCount *count, int rtindex, const Index *index, size_t i);
RowCount *count_of_query(NullProof *proof, Query *query, NullScope *outer);

#endif
