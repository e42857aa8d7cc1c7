/* What libpg_query's grammar takes and PostgreSQL's does not: a parameter in place of a string constant, for texts
 * that pg_stat_statements made anonymous. (integer $1 and EXTRACT($1 FROM …) are refused where they are resolved.)
 */
#include "ast/ast_private.h"
#include "ast/walk.h"

#include "source/scan.h"

typedef struct Search {
    bool settings_only; /* only in SET clauses: elsewhere in the statement a parameter is an expression */
    const PgQuery__ParamRef *found;
} Search;

static bool find_param(const ProtobufCMessage *message, void *context)
{
    Search *search = context;
    if (message->descriptor == &pg_query__param_ref__descriptor && !search->settings_only) {
        search->found = (const PgQuery__ParamRef *)message;
        return true;
    }
    Search inside = {.settings_only =
                         search->settings_only && message->descriptor != &pg_query__variable_set_stmt__descriptor};
    if (!ast_walk(message, find_param, &inside))
        return false;
    search->found = inside.found;
    return true;
}

bool grammar_check(const SqlText *sql, size_t base, const AstNode *statement, Diags *diags)
{
    Search search = {0};
    switch ((int)ast_kind(statement)) {
    case AST_CREATE_FUNCTION_STMT:
    case AST_ALTER_FUNCTION_STMT:
        search.settings_only = true;
        break;
    case AST_VARIABLE_SET_STMT:
    case AST_CREATE_ROLE_STMT:
    case AST_ALTER_ROLE_STMT:
    case AST_ALTER_ROLE_SET_STMT:
    case AST_ALTER_DATABASE_SET_STMT:
    case AST_ALTER_SYSTEM_STMT:
        break;
    default:
        return true;
    }
    if (!ast_walk(&statement->base, find_param, &search))
        return true;
    diag_error(diags, sqltext_span(sql, (int64_t)base + search.found->location), SQLSTATE_SYNTAX_ERROR,
               "syntax error at or near \"$%d\"", search.found->number);
    return false;
}
