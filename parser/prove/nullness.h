/* Whether an expression can be NULL: the rules are in nullness.c and null_call.c, what conditions prove in
 * refine.c, what joins do in null_scope.c and foreign_key.c, what a table's declarations say in null_relation.c,
 * whole queries and range table entries in null_query.c, rows that a statement has just written in null_assigned.c.
 * Private to prove/. */
#ifndef QUERC_PROVE_NULLNESS_H
#define QUERC_PROVE_NULLNESS_H

#include "base/map.h"
#include "base/vec.h"
#include "prove/null_rules.h"
#include "prove/prove.h"

/* Why something can or cannot be NULL: the rule and what it is about. It has a place in the schema (span), or one
 * in the statement that was being looked at (location), which is a view's when view is set. */
typedef struct NullReason {
    NullRule rule;
    int32_t location;    /* -1: none */
    const char *subject; /* or NULL */
    Span span;
    const Relation *view; /* the outermost one that was looked into, or NULL */
} NullReason;

typedef struct NullVerdict {
    bool nullable;
    NullReason reason;
} NullVerdict;

/* What is known of relations, whatever the query: shared by the proofs of a project. */
typedef struct RelationFacts {
    Arena *arena;
    IntMap columns; /* relation, attribute and whether children count to NullVerdict */
    IntMap checked; /* relation to VarSet: what its CHECK constraints prove */
} RelationFacts;

typedef struct NullScope NullScope;
typedef struct RowCount RowCount;

/* What all levels of one statement share. */
struct NullProof {
    const Catalog *catalog;
    Arena *arena;
    RelationFacts *facts;
    const bool *nullable_params; /* by number, from 1; NULL: none is */
    size_t nparams;
    bool locks_rows;    /* FOR UPDATE somewhere: rows may be newer than the snapshot the rest is read with */
    NullReason reason;  /* of the last verdict */
    IntMap cte_columns; /* CommonTableExpr to NullVerdict[], worked out once */
    IntMap queries;     /* Query to NullScope */
    IntMap rows;        /* Query to RowCount */
};

/* Columns known not to be NULL, as (range table index, attribute), each with the condition that proves it; and
 * other expressions known not to be. */
typedef struct VarSet {
    IntMap map;
    VEC(Expr *) exprs;
} VarSet;

/* One query level. */
struct NullScope {
    NullProof *proof;
    Query *query;
    NullScope *outer;
    const JoinNode **extended; /* by range table index: the outer join that may leave the entry without a row */
    VarSet proved;             /* by WHERE, inner ON and HAVING */
    size_t
        target_srfs; /* set-returning calls in the target list: of several the shorter ones are padded with NULL */
    const VarSet *assumed; /* within a CASE branch; may be NULL */
    int in_aggregate;      /* inside an aggregate's arguments, which are of the rows before grouping */
    /* Of a statement that changes rows: the same level as the values to assign see it, with the target's old row.
     * NULL in that one itself, where is_before is set, and where there is no such thing. */
    NullScope *before;
    bool is_before;
};

/* Records why, and gives the verdict back. */
static inline bool null_verdict(NullProof *proof, bool nullable, NullRule rule, const char *subject,
                                int32_t location)
{
    proof->reason = (NullReason){.rule = rule, .location = location, .subject = subject};
    return nullable;
}

/* A proof for one statement; its facts are those of the project or, where they are NULL, its own. */
NullProof null_proof_make(Arena *arena, const Catalog *catalog, RelationFacts *facts, Query *tree);
/* The scope of a query, worked out once. */
NullScope *null_scope(NullProof *proof, Query *query, NullScope *outer);
bool null_expr(NullScope *scope, Expr *expr);
/* Whether any, whether all of them may be NULL. */
bool null_any(NullScope *scope, const ExprList *args);
bool null_all(NullScope *scope, const ExprList *args);
bool null_call(NullScope *scope, Oid function, const ExprList *args, bool variadic, int32_t location);
bool null_aggregate(NullScope *scope, Aggref *agg);
bool null_window(NullScope *scope, WindowFunc *call);
/* A column that is grouped, but not in every grouping set, is NULL where it is not. */
bool null_by_grouping(const NullScope *scope, const Expr *expr);
/* Column `column` (from 1) of what the query returns. */
bool null_query_column(NullProof *proof, Query *query, NullScope *outer, int column);
/* A column of a range table entry, outer joins not considered. */
bool null_rte_column(NullScope *scope, int rtindex, int attribute);
bool null_relation_column(NullProof *proof, const Relation *relation, int attribute, bool inherit);
/* The common table expression that an entry stands for, and the level that defines it; or NULL. */
CommonTableExpr *null_find_cte(NullScope *scope, const RangeTblEntry *rte, NullScope **defining);
/* A column of the row that an INSERT or UPDATE has written. */
bool null_written_column(NullScope *scope, int attribute);
/* The same of the row that a DELETE has taken away. */
bool null_deleted_column(NullScope *scope, int attribute);
/* Whether what an INSERT stores in the column may be NULL, if NOT NULL let it; the same of an UPDATE, or of ON
 * CONFLICT DO UPDATE, with the targets it sets: false for a column that it leaves alone. */
bool null_inserted_value(NullScope *scope, const Column *column);
bool null_updated_value(NullScope *scope, const TargetList *set, const Column *column);
/* Whether BEFORE triggers, rules or foreign tables come between the statement and the table or its partitions. */
bool relation_may_change_rows(NullProof *proof, const Relation *relation);

/* Adds what cannot be NULL when the condition is true. */
void refine_true(NullProof *proof, Expr *condition, VarSet *set);
/* The same when it is false or NULL; true or NULL. */
void refine_not_true(NullProof *proof, Expr *condition, VarSet *set);
void refine_not_false(NullProof *proof, Expr *condition, VarSet *set);
/* The same when the expression is known not to be NULL. */
void refine_not_null(NullProof *proof, Expr *expr, VarSet *set);
void varset_copy(Arena *arena, VarSet *to, const VarSet *from);
/* The condition that proves it, or NULL. */
const Expr *varset_find(const VarSet *set, int rtindex, int attribute);
bool varset_has_any_of(const VarSet *set, int rtindex);
bool varset_has_expr(const NullProof *proof, const VarSet *set, const Expr *expr);
/* The entry of a key of the map. */
int varset_rtindex(uint64_t key);

/* ---- Foreign keys (foreign_key.c) ---- */

/* Whether each row of the level `child` finds a row in entry `parent` of the query under the conditions, by a
 * foreign key. The conditions stand in the query, which is `levels` below the child's level. */
bool foreign_key_finds_row(NullScope *child, Query *query, int parent, Expr *conditions, int levels);
/* Whether a sub-select gives at least one row for each row of the scope it stands in. */
bool subquery_finds_row(NullScope *scope, Query *query);

#endif
