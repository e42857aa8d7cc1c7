/* PL/pgSQL: bodies read, and the SQL in them checked.
 *
 * plpgsql_read is PostgreSQL's pl_gram.y and pl_scanner.c: the structure of a body, with every SQL expression and
 * statement in it parsed. libpg_query has a PL/pgSQL parser too, but what it gives knows neither places in the text
 * nor which variable a block declares, and it takes no variable of a row type. It is asked only to confirm an error
 * before one is reported.
 *
 * plpgsql_compile does what CREATE FUNCTION does with a body beyond its syntax: the types of variables and the
 * names that are assigned to. plpgsql_check resolves the SQL, as the server does when a statement is first run.
 * What it cannot know (fields of a RECORD, polymorphic types, tables that the body creates) it says nothing about.
 */
#ifndef QUERC_PLPGSQL_PLPGSQL_H
#define QUERC_PLPGSQL_PLPGSQL_H

#include "analyze/analyze.h"
#include "base/vec.h"

/* ---- the structure of a body ---- */

/* Bytes of the body; an empty range is something that is not there. */
typedef struct PlRange {
    uint32_t start, end;
} PlRange;

typedef enum PlUse {
    PL_EXPRESSION, /* what could stand after SELECT */
    PL_SQL,        /* a statement */
    PL_PERFORM,    /* what follows PERFORM */
    PL_TYPE        /* the name of a type */
} PlUse;

/* A piece of SQL. */
typedef struct PlExpr {
    PlUse use;
    PlRange range, into; /* into: the INTO clause in it, which is PL/pgSQL's */
    const AstNode *node; /* NULL when it does not parse, or is not parsed yet */
    uint32_t at;         /* where it starts in PlBody.sql_text */
} PlExpr;

/* Something that is assigned to: up to three parts of a name, perhaps with subscripts. */
typedef struct PlTarget {
    const char *parts[3];
    size_t n;
    PlRange range;
} PlTarget;

typedef enum PlVariableKind { PL_VARIABLE, PL_ALIAS, PL_CURSOR, PL_COUNTER } PlVariableKind;

typedef struct PlVariable PlVariable;
typedef struct PlVariables {
    PlVariable *items;
    size_t len, cap;
} PlVariables;

struct PlVariable {
    PlVariableKind kind;
    const char *name;
    PlRange range; /* of the name */
    PlExpr *type;  /* NULL when it is one of those that follow */
    PlTarget like; /* of name%TYPE and name%ROWTYPE */
    bool is_rowtype, is_record;
    PlTarget alias;   /* of an alias: what it stands for */
    PlExpr *value;    /* default, or a cursor's query; may be NULL */
    PlVariables args; /* of a cursor */
};

typedef enum PlKind {
    PL_BLOCK, /* bodies: its own, then those of its handlers */
    PL_ASSIGN,
    PL_IF,   /* a body for each condition, then that of ELSE */
    PL_CASE, /* likewise; exprs begin with the operand if it has one */
    PL_LOOP,
    PL_WHILE,
    PL_FOREACH,
    PL_FOR_COUNTER, /* exprs: from, to, step perhaps */
    PL_FOR_QUERY,
    PL_FOR_DYNAMIC, /* exprs: the text, then those of USING; likewise the other dynamic ones */
    PL_FOR_CURSOR,
    PL_EXIT,
    PL_CONTINUE,
    PL_RETURN,
    PL_RETURN_NEXT,
    PL_RETURN_QUERY,
    PL_RETURN_DYNAMIC,
    PL_EXECUTE,
    PL_OPEN_DYNAMIC, /* OPEN … FOR EXECUTE */
    PL_STATEMENT,
    PL_PERFORM_QUERY,
    PL_RAISE, /* exprs: those of the format, then those of USING */
    PL_ASSERT,
    PL_COMMIT,
    PL_ROLLBACK,
    PL_OTHER /* NULL, GET, OPEN, FETCH, MOVE, CLOSE: expressions and targets say it all */
} PlKind;

/* EXCEPTION WHEN: names of conditions, or the five characters of SQLSTATE '…'. */
typedef struct PlCondition {
    const char *name, *sqlstate; /* one of them */
    PlRange range;
} PlCondition;
typedef VEC(PlCondition) PlConditions;

typedef struct PlRaise {
    bool is_error;  /* its level is EXCEPTION */
    PlExpr *format; /* a literal, or NULL */
    PlCondition condition;
    VEC(const char *) options; /* of USING, folded: the last exprs of the statement are their values */
} PlRaise;

typedef struct PlStatement PlStatement;
typedef struct PlStatements {
    PlStatement **items;
    size_t len, cap;
} PlStatements;

struct PlStatement {
    PlKind kind;
    uint32_t start, end;   /* where it begins; of RETURN, its semicolon; of EXIT, its label */
    const char *label;     /* or NULL */
    PlVariables variables; /* that its bodies see */
    VEC(PlExpr *) exprs;   /* in the order of the text */
    VEC(PlTarget) targets; /* assigned to */
    VEC(PlStatements) bodies;
    VEC(PlConditions) handlers; /* of a block: of each body but the first */
    const char *target_label;   /* of EXIT and CONTINUE, or NULL */
    bool has_operand;           /* of CASE */
    bool has_else;              /* the last body is that of ELSE */
    bool reverse;               /* of FOR with a counter */
    bool sliced;                /* FOREACH … SLICE; an assignment to a part of the target */
    bool is_strict;             /* INTO STRICT */
    PlRaise *raise;
};

typedef struct PlBody {
    const SqlText *sql; /* the body's text */
    PlStatement *block;
    VEC(PlExpr *) exprs;     /* all of them, in the order of the text */
    const SqlText *sql_text; /* the SQL in it, one statement after the other */
    bool is_dynamic;         /* runs SQL that is made up as it goes */
    char conflict;           /* #variable_conflict: 'e' error, 'c' use_column, 'v' use_variable */
} PlBody;

/* Reads a body; NULL when an error was reported. What the SQL parser says about the SQL in it goes to diags as
 * well, and leaves the expression without a node. */
PlBody *plpgsql_read(Arena *arena, const SqlText *sql, Diags *diags);
/* Whether libpg_query's own parser refuses the statement (CREATE FUNCTION or DO) as well. */
bool plpgsql_is_refused(const char *statement);

/* ---- what it is the body of ---- */

typedef struct PlRoutine {
    const Function *function; /* NULL of a DO block */
    const Relation *relation; /* of the trigger, else NULL */
} PlRoutine;

/* Types of variables and names of targets, with the errors that CREATE FUNCTION gives. */
bool plpgsql_compile(const AnalyzeContext *context, const PlBody *body, const PlRoutine *routine);

/* Resolves the SQL in a body; what is wrong goes to diags as errors. Catalog and search_path are those of the
 * moment. may_exist tells of a relation that is not in the catalog whether it could be there when the statement
 * runs. */
typedef bool PlMayExist(void *data, const char *relation);
void plpgsql_check(const AnalyzeContext *context, const PlBody *body, const PlRoutine *routine,
                   PlMayExist *may_exist, void *data);
/* Calls visit for each relation that a statement of the body creates. */
void plpgsql_created_tables(const PlBody *body, void (*visit)(void *data, const char *name), void *data);

#endif
