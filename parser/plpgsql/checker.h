/* How scope.c, compile.c and check.c share the walk through a body. */
#ifndef QUERC_PLPGSQL_CHECKER_H
#define QUERC_PLPGSQL_CHECKER_H

#include "catalog/builtin_oids.h"
#include "plpgsql/plpgsql.h"

typedef struct PlDatum {
    const char *name;
    Oid type; /* 0: not known */
    int32_t typmod;
    bool is_record; /* has fields: RECORD, or of a composite type */
} PlDatum;

typedef struct PlScope PlScope;
struct PlScope {
    PlScope *outer;
    const char *label;
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
void scope_add(PlChecker *checker, const char *name, Oid type, int32_t typmod);
/* plpgsql_ns_lookup: *used parts of the name are those of the datum. */
const PlDatum *scope_find(const PlChecker *checker, const char *const *parts, size_t n, size_t *used);
/* VariableLookup.find */
bool scope_find_variable(void *data, const char *const *parts, size_t n, VariableMatch *match);
Diag *checker_error(const PlChecker *checker, uint32_t at, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- check.c, compile.c: what is done with each statement ---- */

bool compile_statement(PlChecker *checker, const PlStatement *statement);
void check_statement(PlChecker *checker, const PlStatement *statement);
void check_expr(PlChecker *checker, const PlExpr *expr);

/* ---- walk.c ---- */

bool walk_body(PlChecker *checker);

#endif
