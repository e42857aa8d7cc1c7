/* PL/pgSQL bodies run as far as one can without a database: the statements that change the schema are applied, in
 * the order in which a server would come to them.
 *
 * What a condition, a loop's rows or the text of EXECUTE are is known when they depend on constants and the catalog
 * alone (evaluate/). Where they are not, the statements that depend on them are passed over; if these change the
 * schema, a warning says which could not be known. From then on an error is no more than a warning: what was passed
 * over might have prevented it. Statements that only touch rows are checked, and taken to succeed. */
#ifndef QUERC_PLPGSQL_RUN_H
#define QUERC_PLPGSQL_RUN_H

#include "evaluate/evaluate.h"
#include "plpgsql/plpgsql.h"

/* Whoever has the catalog that is changed. Functions that give false have reported an error. */
typedef struct PlHost {
    void *data;
    Arena *arena; /* the catalog's: for texts and trees of what is applied */
    bool ignores_asserts;
    bool *doubt; /* set once something that may change the schema was passed over, in any body */
    /* Applies a statement that is no query, from start to end in sql; of a SELECT its effect on settings. */
    bool (*apply)(void *data, const AstNode *node, const SqlText *sql, uint32_t start, uint32_t end);
    /* Runs a user's function that is called at a place. */
    bool (*call)(void *data, const EvaluateCall *call, Span place, Value *result);
    /* Whether the statement, or a function that it calls, may change the schema. */
    bool (*changes)(void *data, const AstNode *node);
    /* See Evaluation. */
    AddressList (*constraint_owners)(void *data, const char *name);
    /* Where a block with handlers begins, and back to there. */
    const void *(*savepoint)(void *data);
    void (*rollback)(void *data, const void *savepoint);
    /* COMMIT and ROLLBACK in a procedure or DO block. */
    bool (*end_transaction)(void *data, bool commit, Span place);
} PlHost;

typedef struct PlCall {
    PlRoutine routine;
    const Value *args; /* of the function's input arguments */
    bool checked;      /* what is not run has been checked, or will be */
} PlCall;

/* False after an error, which a server would have found as well. The arena of the context holds all there is while
 * the body runs. */
bool plpgsql_run(const AnalyzeContext *context, const PlBody *body, const PlCall *call, const PlHost *host,
                 Value *result);

/* Whether running the body may change the schema. */
bool plpgsql_may_change(const PlBody *body, const PlHost *host);

#endif
