/* The bridge to libpg_query: SQL text in, PostgreSQL's raw parse tree in an arena out.
 *
 * All that depends on libpg_query's version is in this folder. Nodes are libpg_query's protobuf messages under the
 * short names of nodes.h; locations in them are byte offsets into the SqlText that was parsed, -1 when unknown. */
#ifndef QUERC_AST_AST_H
#define QUERC_AST_AST_H

#include "ast/nodes.h"
#include "base/diag.h"
#include "base/source.h"

/* ---- parsing ---- */

typedef struct AstStatement {
    const AstNode *node;
    uint32_t start, end; /* first token to the end of the last, without the semicolon */
} AstStatement;

typedef struct AstStatements {
    AstStatement *items;
    size_t len, cap;
} AstStatements;

/* Parses a text of any number of statements. Each statement that does not parse gives one error, with PostgreSQL's
 * message, SQLSTATE and place; all the others are returned, in order. Never fails otherwise: invalid UTF-8, NUL
 * bytes and nesting deeper than the server would take (54001) are errors like any other. */
AstStatements ast_parse(Arena *arena, const SqlText *sql, Diags *diags);

/* Parses a text that must be one statement (a query, a function's body); NULL when reported. A text without any
 * statement is an error too. */
const AstNode *ast_parse_one(Arena *arena, const SqlText *sql, Diags *diags);

/* Parses an expression that stands alone, as in `pg_get_expr` texts and PL/pgSQL: NULL when reported. */
const AstNode *ast_parse_expression(Arena *arena, const SqlText *sql, Diags *diags);

/* ---- versions ---- */

/* The PostgreSQL version whose grammar libpg_query has, such as 15. */
int ast_parser_version(void);
/* Whether the grammar of another server version takes the statement too; false after a syntax error, which names
 * the version in its hint, at the place where that grammar stumbles. Words are looked for in sql from start on. A
 * newer grammar takes all that an older one does. */
bool ast_check_version(const SqlText *sql, const AstNode *statement, uint32_t start, int version, Diags *diags);

/* ---- MERGE and partitions, whose nodes differ between versions of libpg_query ---- */

typedef enum AstMergeMatch {
    AST_MERGE_MATCHED,
    AST_MERGE_NOT_MATCHED,
    AST_MERGE_NOT_MATCHED_BY_SOURCE
} AstMergeMatch;
AstMergeMatch ast_merge_match(const AstMergeWhenClause *when);
bool ast_merge_returns(const AstMergeStmt *merge);
/* 'l', 'r' or 'h', as in pg_partitioned_table; 0 for a word that is none, then *word is that. */
char ast_partition_strategy(const AstPartitionSpec *spec, const char **word);
/* Of SET STATISTICS; -1, also for DEFAULT: the system's. */
int32_t ast_statistics_target(const AstAlterStatsStmt *stmt);
/* WITH ADMIN OPTION, or ADMIN OPTION FOR */
bool ast_grants_admin(const AstGrantRoleStmt *grant);

/* ---- nodes ---- */

/* AST_* of the node; AST_NONE for NULL and for an absent list element. */
static inline int ast_kind(const AstNode *node)
{
    return node ? (int)node->node_case : AST_NONE;
}

/* "SelectStmt", for "unsupported ..." messages; "(none)" for AST_NONE. */
const char *ast_kind_name(const AstNode *node);

/* What PostgreSQL calls a statement: its command tag ("CREATE TABLE"), or the node's name for what is none. */
const char *ast_command_tag(const AstNode *node);

/* The leftmost place of an expression or other raw node, as PostgreSQL's exprLocation gives it; -1 when unknown. */
int ast_location(const AstNode *node);

/* The place of an explicit node type in a typed pointer has no AstNode around it; these give what exprLocation
 * would. */
int ast_func_call_location(const AstFuncCall *call);
int ast_select_location(const AstSelectStmt *select);

/* ---- lists, strings and names ---- */

/* A repeated field: AST_ITEMS(stmt, target_list). */
typedef struct AstItems {
    AstNode *const *items;
    size_t len;
} AstItems;
#define AST_ITEMS(message, field) ((AstItems){(message)->field, (message)->n_##field})

/* The items of a List node; none for any other node and for NULL. */
AstItems ast_items(const AstNode *node);
/* The location of the first item that has one, -1 if none has. */
int ast_items_location(AstItems items);

/* Protobuf has no NULL strings: "" becomes NULL. */
static inline const char *ast_text(const char *string)
{
    return string && *string ? string : NULL;
}
/* The value of a String node; NULL for any other kind. */
const char *ast_string(const AstNode *node);
/* The value of an Integer node or of an integer constant. */
bool ast_integer(const AstNode *node, int32_t *value);

/* A possibly qualified name. Parts that were not written are NULL. */
typedef struct AstName {
    const char *catalog, *schema, *name;
} AstName;
/* A list of String nodes as a qualified name, as DeconstructQualifiedName does; false when it has too many parts
 * ("improper qualified name (too many dotted names)", for the caller to report) or a part is no string. */
bool ast_name(AstItems list, AstName *name);
AstName ast_range_var_name(const AstRangeVar *relation);
/* "a.b.c" of String nodes ("*" for A_Star), unquoted, as NameListToString. */
const char *ast_name_text(Arena *arena, AstItems list);

/* The option named so of a list of DefElem nodes, or NULL. */
const AstDefElem *ast_option(AstItems options, const char *name);
/* The values of a DefElem, as defGetString and defGetBoolean; NULL or false when it has none that fits. The text of
 * no option at all (NULL) is NULL. */
const char *ast_option_text(Arena *arena, const AstDefElem *option);
bool ast_option_bool(const AstDefElem *option, bool *value);

#endif
