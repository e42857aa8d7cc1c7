/* Utility statements in which a call or a query stands, and with it parameters: what transformStmt makes of CALL
 * (transformCallStmt), EXPLAIN and DECLARE CURSOR. */
#include "analyze/query_parts.h"

#include <string.h>

bool analyze_has_params(const AstNode *statement)
{
    return ast_kind(statement) == AST_CALL_STMT || ast_kind(statement) == AST_EXPLAIN_STMT ||
           ast_kind(statement) == AST_DECLARE_CURSOR_STMT;
}

static void return_column(Arena *arena, Query *query, const char *name, Expr *value)
{
    TargetEntry *entry = arena_new_of(arena, TargetEntry);
    *entry = (TargetEntry){.expr = value, .name = name, .location = -1};
    targetlist_push(arena, &query->returning, entry);
    entry->number = (int16_t)query->returning.len;
}

/* ---- CALL ---- */

static bool is_output(const Function *procedure, size_t i)
{
    return procedure->all_modes[i] == ARGMODE_OUT || procedure->all_modes[i] == ARGMODE_INOUT;
}

/* The output arguments are the columns of the row that CALL gives (CallStmtResultDesc). What a procedure leaves in
 * them is anything of their type: each stands as a call of its own. */
static void return_outputs(const AnalyzeContext *context, const FuncExpr *call, Query *query)
{
    const Function *procedure = catalog_function(context->catalog, call->function);
    for (size_t i = 0; i < procedure->nall && i < call->args.len; i++) {
        if (!is_output(procedure, i))
            continue;
        FuncExpr *value = arena_memdup(context->arena, call, sizeof *call);
        value->expr.type = call->args.items[i]->type;
        value->args = (ExprList){0};
        const char *name = procedure->arg_names ? procedure->arg_names[i] : "";
        if (!*name)
            name = arena_printf(context->arena, "column%zu", query->returning.len + 1);
        return_column(context->arena, query, name, &value->expr);
    }
}

static bool transform_call(const AnalyzeContext *context, const AstCallStmt *stmt, ParamTypes *params, Query *query)
{
    FuncExpr *call = analyze_call(context, stmt->funccall, params);
    if (!call)
        return false;
    TargetEntry *entry = arena_new_of(context->arena, TargetEntry);
    *entry = (TargetEntry){.expr = &call->expr, .number = 1, .junk = true, .location = -1};
    targetlist_push(context->arena, &query->targets, entry);
    return_outputs(context, call, query);
    return true;
}

/* ---- a query inside ---- */

/* The plan's type (ExplainResultDesc). */
static Oid plan_type(const AstExplainStmt *stmt)
{
    const AstDefElem *format = ast_option(AST_ITEMS(stmt, options), "format");
    const char *value = format && ast_kind(format->arg) == AST_STRING ? ast_string(format->arg) : "";
    if (strcmp(value, "xml") == 0)
        return TYPE_XML;
    return strcmp(value, "json") == 0 ? TYPE_JSON : TYPE_TEXT;
}

/* The inner query's parameters are the statement's; its rows are not. */
static bool transform_inner(const AnalyzeContext *context, const AstNode *inner, ParamTypes *params, Query *query)
{
    if (!analyze_is_optimizable(inner))
        return true;
    RangeTblEntry *entry = arena_new_of(context->arena, RangeTblEntry);
    entry->kind = RTE_SUBQUERY;
    entry->subquery = analyze_statement(context, inner, params);
    entry->location = -1;
    query->rtable = arena_array_of(context->arena, 1, RangeTblEntry *);
    query->rtable[0] = entry;
    query->nrtable = query->rtable_cap = 1;
    return entry->subquery;
}

Query *analyze_utility(const AnalyzeContext *context, const AstNode *statement, ParamTypes *params)
{
    Query *query = arena_new_of(context->arena, Query);
    query->command = COMMAND_UTILITY;
    query->location = ast_location(statement);
    bool good;
    if (ast_kind(statement) == AST_CALL_STMT) {
        good = transform_call(context, statement->call_stmt, params, query);
    } else if (ast_kind(statement) == AST_DECLARE_CURSOR_STMT) {
        good = transform_inner(context, statement->declare_cursor_stmt->query, params, query);
    } else {
        good = transform_inner(context, statement->explain_stmt->query, params, query);
        Const *line =
            expr_make(context->arena, EXPR_CONST, Const, plan_type(statement->explain_stmt), query->location);
        return_column(context->arena, query, "QUERY PLAN", &line->expr);
    }
    return good ? query : NULL;
}
