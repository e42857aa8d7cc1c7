/* What the parts of the soundness test share; soundness.c says what it does. */
#ifndef QUERC_SOUNDNESS_H
#define QUERC_SOUNDNESS_H

#include "base/strbuf.h"
#include "base/vec.h"
#include "catalog/catalog.h"
#include "ir/ir.h"

#include <libpq-fe.h>
#include <stdint.h>

/* ---- choices ---- */

/* Random numbers that are remembered, so that what was made of them can be made again, or made smaller: a tape that
 * ends early or holds zeros makes the simplest thing of its kind. */
typedef struct Choices {
    Arena *arena; /* of the tape */
    uint64_t state;
    VEC(uint32_t) tape;
    bool replay; /* take from the tape, and 0 after its end */
    size_t next;
} Choices;

Choices choices_make(Arena *arena, uint64_t seed);
Choices choices_replay(Arena *arena, const uint32_t *tape, size_t len);
/* A number below n; n > 0. */
uint32_t choose(Choices *choices, uint32_t n);
/* True so many times in a hundred; false when choices are 0. */
bool choose_if(Choices *choices, uint32_t percent);

/* ---- the schema ---- */

typedef struct SubjectColumn {
    const char *name; /* quoted */
    const char *bare;
    const IrType *type;
    const char *type_name; /* as SQL writes it */
    bool declared_not_null, writable;
} SubjectColumn;

typedef struct SubjectKey {
    size_t *columns; /* indexes into SubjectTable.columns */
    size_t len;
} SubjectKey;

typedef struct SubjectTable {
    const char *name; /* quoted, with the schema where needed */
    char kind;        /* RELKIND_* */
    bool has_children, is_target, takes_rows;
    const SubjectColumn *columns;
    size_t ncolumns;
    VEC(SubjectKey) keys;
} SubjectTable;

/* One schema, in querc's catalog and in a database. */
typedef struct Subject {
    Arena *arena;
    const char *name;
    Catalog *catalog;
    PGconn *conn;
    size_t refused; /* statements of the schema that the server did not take */
    VEC(SubjectTable) tables;
    uint32_t effort;      /* how many times more rows are tried than usual */
    uint64_t data_seed;   /* of the rows that are there now */
    bool deferred_broken; /* they are in an open transaction and break deferred constraints */
} Subject;

/* A database of that name is made with the schema of the file; NULL after a message. */
Subject *subject_new(Arena *arena, const char *name, const char *path);
/* The same for a catalog that is there already, and the texts that make the database; those that the server does
 * not take are reported and left out. */
typedef VEC(const char *) DdlTexts;
Subject *subject_of_catalog(Arena *arena, const char *name, Catalog *catalog, const DdlTexts *ddl);
void subject_close(Subject *subject);
/* Types and proves a query; false with the reason in *why when querc rejects it. */
bool subject_compile(const Subject *subject, Arena *arena, const char *sql, IrQuery *query, const char **why);

/* ---- data ---- */

/* An input text for the type, or NULL when there is none that is known. Composites and arrays have NULL parts. */
const char *value_random(Arena *arena, Choices *choices, const IrType *type);
/* Other rows: which depends on the seed alone. False after a message. */
bool data_refill(Subject *subject, uint64_t seed);
/* The INSERTs that were tried for the rows that are there. */
void data_print(Subject *subject, FILE *out);

/* ---- checks ---- */

typedef enum Outcome {
    OUTCOME_RIGHT,
    OUTCOME_REJECTED, /* by querc */
    OUTCOME_REFUSED,  /* by the server, though querc takes it */
    OUTCOME_FAILED,   /* at run time: division by zero and the like */
    OUTCOME_WRONG,    /* a proof does not hold */
    OUTCOME_BROKEN    /* the connection is gone */
} Outcome;

typedef struct Verdict {
    Outcome outcome;
    char state[6]; /* SQLSTATE */
    const char *what;
    const char *params;
} Verdict;

typedef struct Statistics {
    size_t pairs, queries, outcomes[OUTCOME_BROKEN + 1];
    size_t columns, columns_proved, rows[IR_ROWS_EXACTLY_ONE + 1], returned, nulls;
} Statistics;

/* Runs the query with random parameters in a transaction that is taken back. `statistics` may be NULL. */
Verdict check_query(Subject *subject, Arena *arena, const IrQuery *query, uint64_t seed, Statistics *statistics);
/* The same from the text. */
Verdict check_text(Subject *subject, Arena *arena, const char *sql, uint64_t seed, Statistics *statistics);
/* Whether a nullable parameter's NULL was refused for what it is: with a value in its place the query runs. (Of
 * random statements that says little: another row of theirs may be the reason, or another table.) */
bool check_refused_null(const Subject *subject, Arena *arena, const char *sql, uint64_t seed,
                        const Verdict *verdict);

/* ---- random queries ---- */

/* A statement over the subject's tables, in the arena. */
const char *generate_statement(const Subject *subject, Arena *arena, Choices *choices);
/* A smaller tape whose statement fails too, in the same way. */
const char *shrink_statement(Subject *subject, Arena *arena, const Choices *choices, uint64_t seed,
                             Verdict *verdict);

#endif
