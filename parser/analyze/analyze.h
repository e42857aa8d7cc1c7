/* Parse analysis: a raw statement and the catalog make a resolved tree, or one error.
 *
 * The public entry points; everything else in this folder is its own. Structure and rules are those of PostgreSQL's
 * parser/analyze.c and parse_*.c, one file a concept here as there. No function here changes the catalog. */
#ifndef QUERC_ANALYZE_ANALYZE_H
#define QUERC_ANALYZE_ANALYZE_H

#include "ast/ast.h"
#include "base/diag.h"
#include "tree/tree.h"
#include "types/types.h"

/* What one statement is analyzed with. */
typedef struct AnalyzeContext {
    const Catalog *catalog;
    Arena *arena; /* receives the tree */
    Diags *diags;
    const SqlText *sql; /* the text that locations in the raw statement are offsets into */
} AnalyzeContext;

/* What a language's variable is, or a field of one. */
typedef struct VariableMatch {
    size_t used; /* how many parts of the name it took: what follows are fields to select */
    Oid type;    /* 0: nobody knows */
    int32_t typmod;
    int number;         /* for the Param that stands for it: VARIABLE_FIRST or more; 0 when nobody asks */
    bool yields;        /* to a column of the name, instead of making the name ambiguous */
    const char *record; /* when the last part is no field of this record */
} VariableMatch;

/* The variables of a procedural language, looked up after columns (plpgsql_post_column_ref). */
typedef struct VariableLookup {
    /* Whether the name, of n parts, names a variable. */
    bool (*find)(void *data, const char *const *parts, size_t n, VariableMatch *match);
    void *data;
    bool gave_up; /* a variable of unknown type was met: what is reported about the statement means nothing */
} VariableLookup;

/* Parameters $1 … $n. With `variable`, types are found by use (parse_param.c, variable_paramref_hook): a type of 0
 * means not seen, TYPE_UNKNOWN seen but not typed yet. Without, they are given and others do not exist. */
typedef struct ParamTypes {
    bool variable;
    Oid *types;
    int32_t *locations;       /* where each was first used, -1 when never */
    const char *const *names; /* of an SQL function's arguments, else NULL; with function_name as their qualifier */
    const char *function_name;
    VariableLookup *variables; /* or NULL */
    size_t len, cap;
} ParamTypes;

/* A SELECT, INSERT, UPDATE, DELETE, MERGE or VALUES; NULL when an error was reported. */
Query *analyze_statement(const AnalyzeContext *context, const PgQuery__Node *statement, ParamTypes *params);
/* After a whole statement: every parameter has a type now (42P18 otherwise). */
bool analyze_check_params(const AnalyzeContext *context, const ParamTypes *params);

/* What PostgreSQL would accept when preparing the statement but always refuse when planning or running it: ON
 * CONFLICT without a unique index to match (42P10), targets that can't be changed. For those who want to run it. */
bool analyze_check_arbiters(const AnalyzeContext *context, const Query *query);

/* Whether the statement is one that analyze_statement takes. */
bool analyze_is_optimizable(const PgQuery__Node *statement);

/* Whether the statement is CALL, EXPLAIN or DECLARE CURSOR: a utility statement that can have parameters. */
bool analyze_has_params(const PgQuery__Node *statement);
/* Such a statement as a query of COMMAND_UTILITY, whose parameters are found as in any other. Its `returning` is
 * the row that it gives: of CALL the output arguments, of EXPLAIN a line. NULL when an error was reported; what
 * else is to be said against it is for ddl/ to say. */
Query *analyze_utility(const AnalyzeContext *context, const PgQuery__Node *statement, ParamTypes *params);

/* Where a stand-alone expression stands; decides what it may contain and how errors name it. */
typedef enum ParseExprKind {
    PARSE_NONE,
    PARSE_OTHER,
    PARSE_JOIN_ON,
    PARSE_JOIN_USING,
    PARSE_FROM_SUBSELECT,
    PARSE_FROM_FUNCTION,
    PARSE_WHERE,
    PARSE_HAVING,
    PARSE_FILTER,
    PARSE_WINDOW_PARTITION,
    PARSE_WINDOW_ORDER,
    PARSE_WINDOW_FRAME_RANGE,
    PARSE_WINDOW_FRAME_ROWS,
    PARSE_WINDOW_FRAME_GROUPS,
    PARSE_SELECT_TARGET,
    PARSE_INSERT_TARGET,
    PARSE_UPDATE_SOURCE,
    PARSE_UPDATE_TARGET,
    PARSE_MERGE_WHEN,
    PARSE_GROUP_BY,
    PARSE_ORDER_BY,
    PARSE_DISTINCT_ON,
    PARSE_LIMIT,
    PARSE_OFFSET,
    PARSE_RETURNING,
    PARSE_VALUES,
    PARSE_VALUES_SINGLE,
    PARSE_CHECK_CONSTRAINT,
    PARSE_DOMAIN_CHECK,
    PARSE_COLUMN_DEFAULT,
    PARSE_FUNCTION_DEFAULT,
    PARSE_INDEX_EXPRESSION,
    PARSE_INDEX_PREDICATE,
    PARSE_STATS_EXPRESSION,
    PARSE_ALTER_COL_TRANSFORM,
    PARSE_EXECUTE_PARAMETER,
    PARSE_TRIGGER_WHEN,
    PARSE_POLICY,
    PARSE_PARTITION_BOUND,
    PARSE_PARTITION_EXPRESSION,
    PARSE_CALL_ARGUMENT,
    PARSE_COPY_WHERE,
    PARSE_GENERATED_COLUMN,
    PARSE_CYCLE_MARK
} ParseExprKind;

/* A relation whose columns a stand-alone expression may name. For rules and triggers two: "old" and "new". */
typedef struct ExprScope {
    const Relation *const *relations;
    const char *const *aliases; /* NULL: their own names */
    size_t nrelations;
    Oid domain_value; /* type of VALUE in a domain's CHECK, or 0 */
} ExprScope;

/* An expression over a scope (NULL: no columns), coerced to a type unless target is 0, for DDL: defaults, checks,
 * indexes, triggers, policies, partition keys. `what` names it in "… is of type %s but expression is of type %s"
 * messages: "column" with `name`. NULL when an error was reported. */
Expr *analyze_expression(const AnalyzeContext *context, const PgQuery__Node *raw, const ExprScope *scope,
                         ParseExprKind kind, Oid target, int32_t target_typmod, const char *name);
/* A resolved expression assigned to a column of the type: with the coercion to it, or NULL when there is none; then
 * *failed tells whether an error was reported. */
Expr *analyze_assignment(const AnalyzeContext *context, Expr *expr, Oid target, int32_t typmod, bool *failed);
/* A boolean condition ("argument of WHERE must be type boolean, not type …"); construct is "CHECK", "WHERE" … */
Expr *analyze_condition(const AnalyzeContext *context, const PgQuery__Node *raw, const ExprScope *scope,
                        ParseExprKind kind, const char *construct);
/* A statement inside a rule, which sees OLD and NEW of a relation. */
Query *analyze_rule_action(const AnalyzeContext *context, const PgQuery__Node *statement, const Relation *relation,
                           bool old_allowed, bool new_allowed);
/* A CALL statement: the procedure's call, arguments resolved. */
FuncExpr *analyze_call(const AnalyzeContext *context, const PgQuery__FuncCall *call, ParamTypes *params);

/* ---- Type names (parse_type.c) ---- */

/* typenameTypeIdAndMod: 0 when an error was reported. */
Oid analyze_type_name(const AnalyzeContext *context, const PgQuery__TypeName *name, int32_t *typmod);
/* LookupTypeName: 0 without an error when there is no such type (or schema); shell types are found. */
Oid analyze_lookup_type_name(const AnalyzeContext *context, const PgQuery__TypeName *name, int32_t *typmod,
                             bool *failed);
/* TypeNameToString */
const char *analyze_type_name_string(Arena *arena, const PgQuery__TypeName *name);
/* GetColumnDefCollation / LookupCollation: the collation of a column of this type; sets *failed after an error. */
Oid analyze_collation_name(const AnalyzeContext *context, size_t n, PgQuery__Node *const *names, int32_t location,
                           bool *failed);

/* ---- Names of relations ---- */

/* The relation that a RangeVar names, search_path applied; NULL with or without (missing_ok) an error 42P01. */
const Relation *analyze_range_var(const AnalyzeContext *context, const PgQuery__RangeVar *name, bool missing_ok);
/* Splits a possibly qualified name list; false after an error (too many names, cross-database reference). */
bool analyze_qualified_name(const AnalyzeContext *context, size_t n, PgQuery__Node *const *names,
                            const char **schema, const char **name);

/* FigureIndexColname: the name an index column gets from its expression; NULL when it suggests none. */
const char *target_figure_index_name(const Catalog *catalog, Arena *arena, const PgQuery__Node *raw);

/* ---- Stars ---- */

/* Every star in a target list of the statement and its sub-queries, in order of text, recorded during
 * analyze_statement when `stars` is set in the context's ParamTypes owner; see StarList. */
typedef struct StarList {
    StarExpansion *items;
    size_t len, cap;
} StarList;
/* As analyze_statement, and records the stars. */
Query *analyze_statement_stars(const AnalyzeContext *context, const PgQuery__Node *statement, ParamTypes *params,
                               StarList *stars);

#endif
