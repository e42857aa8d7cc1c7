/* How scope.c, compile.c and check.c share the walk through a body. */
#ifndef QUERC_PLPGSQL_CHECKER_H
#define QUERC_PLPGSQL_CHECKER_H

#include "catalog/builtin_oids.h"
#include "evaluate/evaluate.h"
#include "plpgsql/plpgsql.h"

/* The fields that a RECORD has at a moment. */
typedef struct PlRow {
    const char **names;
    Oid *types;
    int32_t *typmods;
    size_t n;
} PlRow;

/* What a variable holds: shared by its aliases. */
typedef struct PlCell {
    const PlRow *row; /* of a RECORD; NULL when it is not known */
    Value value;      /* when the body is run */
} PlCell;

typedef struct PlDatum {
    const char *name;
    Oid type; /* 0: not known */
    int32_t typmod;
    bool is_record; /* has fields: RECORD, or of a composite type */
    PlCell *cell;
} PlDatum;

/* What a Param of a resolved expression stands for: a variable, or a field of one (from 0). */
typedef struct PlReference {
    const PlCell *cell;
    int field; /* -1: the whole */
} PlReference;

typedef struct PlScope PlScope;
struct PlScope {
    PlScope *outer;
    const char *label;
    bool is_loop;
    VEC(PlDatum) datums;
};

typedef struct PlChecker {
    AnalyzeContext context; /* sql is the body's sql_text */
    const PlBody *body;
    const PlRoutine *routine;
    PlScope *scope;
    bool compiling; /* as CREATE FUNCTION does; else types are known to be right, and SQL is resolved */
    bool is_polymorphic;
    ParamTypes params;
    VariableLookup lookup;
    VEC(PlReference) references; /* of the expression that is being resolved, by Param number less VARIABLE_FIRST */
    PlMayExist *may_exist;
    void *data;
} PlChecker;

/* ---- scope.c: what names stand for ---- */

/* The outermost scope: arguments, FOUND, what a trigger has. */
void scope_begin(PlChecker *checker);
void scope_push(PlChecker *checker, const char *label);
void scope_pop(PlChecker *checker);
/* Adds a variable; false after an error about its type. */
bool scope_declare(PlChecker *checker, const PlVariable *variable);
PlCell *scope_add(PlChecker *checker, const char *name, Oid type, int32_t typmod);
/* plpgsql_ns_lookup: *used parts of the name are those of the datum. */
const PlDatum *scope_find(const PlChecker *checker, const char *const *parts, size_t n, size_t *used);
/* VariableLookup.find */
bool scope_find_variable(void *data, const char *const *parts, size_t n, VariableMatch *match);
Diag *checker_error(const PlChecker *checker, uint32_t at, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- record.c: fields of RECORD variables ---- */

/* The columns that a query gives. */
const PlRow *record_of_query(const PlChecker *checker, const Query *query);
/* The targets have been assigned a row; NULL: of a structure that is not known. */
void record_assign(PlChecker *checker, const PlStatement *statement, const PlRow *row);
/* Forgets the structure of every RECORD that the statement, or what is in it, assigns to. */
void record_forget(PlChecker *checker, const PlStatement *statement);

/* ---- check.c, compile.c: what is done with each statement ---- */

/* Resolves an expression or query; NULL after an error, or when *gave_up: a type in it is not known. */
Query *check_resolve(PlChecker *checker, const PlExpr *expr, bool *gave_up);

/* Rows of a statement must go somewhere; false after the error. */
bool check_destination(PlChecker *checker, const PlStatement *statement, const Query *query);
bool compile_statement(PlChecker *checker, const PlStatement *statement);
void check_statement(PlChecker *checker, const PlStatement *statement);
void check_expr(PlChecker *checker, const PlExpr *expr);

/* ---- walk.c ---- */

bool walk_statement(PlChecker *checker, const PlStatement *statement);

bool walk_body(PlChecker *checker);

#endif
