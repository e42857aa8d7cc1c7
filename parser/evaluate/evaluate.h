/* What expressions and queries give without a database, as far as one can know.
 *
 * There are no rows of tables here, but there is the catalog: pg_type, pg_class, information_schema.columns … have
 * the rows that a server would have after the same migrations. A condition in a DO block, the text that it executes
 * or a loop over constants can therefore often be known, and this says what they give: a value, NULL, or that it is
 * unknown. Nothing is guessed: what depends on rows of tables, on the clock, on roles or settings is unknown, and
 * so is every function that is not listed in function.c; the logic is three-valued throughout. Of an unknown text
 * the parts that are known are kept ("ALTER TABLE … ADD"), of an unknown number its bounds (server_version_num).
 */
#ifndef QUERC_EVALUATE_EVALUATE_H
#define QUERC_EVALUATE_EVALUATE_H

#include "base/vec.h"
#include "tree/tree.h"

typedef enum ValueState { VALUE_UNKNOWN, VALUE_NULL, VALUE_KNOWN } ValueState;

/* Stands in the text of an unknown value for a part of it that is not known. */
#define VALUE_HOLE '\1'

typedef struct Value Value;
struct Value {
    ValueState state;
    /* A scalar as the type's output function writes it; reg* types are numbers. Of an unknown one its known parts
     * between holes, or NULL. */
    const char *text;
    bool is_list;       /* an array of one dimension, or a row: no text but items */
    const Value *items; /* fields of a row may be unknown in a row that is known */
    size_t nitems;
    bool bounded; /* an unknown integer from low to high */
    int64_t low, high;
    const char *symbol; /* of an unknown value that is the same wherever it comes from this: "current_user" */
};

Value value_unknown(void);
Value value_null(void);
Value value_text(const char *text);
Value value_bool(bool value);
Value value_int(Arena *arena, int64_t value);
Value value_list(const Value *items, size_t n);
/* 'x', or a string with holes. */
Value value_pattern(const char *text);
bool value_is_true(const Value *value);
/* Not true: false or NULL. */
bool value_is_not_true(const Value *value);
/* The value as an integer; false when it is none. */
bool value_integer(const Value *value, int64_t *number);
/* The text that the type's output function would write; with holes where it is not known. */
Value value_output(Arena *arena, const Catalog *catalog, const Value *value, Oid type);
/* The value of the text as the type reads it. */
Value value_input(Arena *arena, const Catalog *catalog, const Value *text, Oid type);
/* A value converted for a variable of another type, as PL/pgSQL assigns it. */
Value value_convert(Arena *arena, const Catalog *catalog, const Value *value, Oid from, Oid to);

/* A call of a user's function, which the evaluation cannot know itself. certain: it is made for sure and once;
 * otherwise it must have no effect. */
typedef struct EvaluateCall {
    const Function *function;
    const Value *args;
    size_t nargs;
    bool certain;
    int32_t location;
} EvaluateCall;

typedef struct Evaluation {
    const Catalog *catalog;
    Arena *arena;
    const char *const *path; /* search_path as it is set; NULL for the default */
    size_t npath;
    const Value *params; /* $1 … */
    size_t nparams;
    /* A parameter with a number from VARIABLE_FIRST on is a variable's. */
    Value (*variable)(void *data, int number);
    /* Runs the function; false after an error was reported. NULL: nothing is known of such calls. */
    bool (*call)(void *data, const EvaluateCall *call, Value *result);
    void *data;
    /* What may have a constraint of the name, each perhaps more than once: a quick way to find it. Or NULL. */
    AddressList (*constraint_owners)(void *catalog_data, const char *name);
    void *catalog_data;
    bool failed;         /* a call gave an error: what is given then means nothing */
    bool in_doubt;       /* while what may not be evaluated at all is */
    size_t steps;        /* taken so far; beyond MOST_STEPS everything is unknown */
    Value case_value;    /* the argument of the CASE around */
    struct Frame *frame; /* of the query being evaluated */
} Evaluation;

/* Rows of catalogs and expressions that one statement may take. */
enum { EVALUATE_MOST_STEPS = 2000000 };

Value evaluate_expr(Evaluation *evaluation, Expr *expr);

/* A row that a query gives, or may give: `certain` rows are there; others may be, and `many` stands for any number
 * of rows alike. */
typedef struct EvaluatedRow {
    const Value *values; /* one a column, junk left out */
    bool certain, many;
} EvaluatedRow;
typedef struct EvaluatedRows {
    EvaluatedRow *items;
    size_t len, cap;
} EvaluatedRows;

/* The rows of a SELECT in order; those of other statements are unknown. */
EvaluatedRows evaluate_query(Evaluation *evaluation, Query *query);
/* The one row that INTO takes: NULL when there is none for sure; *known is false when nobody knows. */
const EvaluatedRow *evaluate_first_row(const EvaluatedRows *rows, bool *known);

#endif
