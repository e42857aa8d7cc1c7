/* Whether a query only reads: a SELECT without data-modifying WITH items, row locks or volatile functions of the
 * user's. Built-in volatile functions that change nothing outside the session (random, clock_timestamp …) do not
 * count; sequences do. */
#include "prove/read_only.h"

#include <string.h>

static bool writes_query(Query *query, void *context);

static bool function_writes(const Catalog *catalog, Oid oid)
{
    /* Volatile built-in functions that write or take effect outside the query. */
    static const char *const writers[] = {
        "nextval",    "setval",          "lo_",          "pg_advisory",        "pg_notify",
        "set_config", "pg_try_advisory", "txid_current", "pg_current_xact_id", "dblink"};
    const Function *function = catalog_function(catalog, oid);
    if (!function || function->volatility != 'v')
        return false;
    if (function->oid >= FIRST_USER_OID)
        return true;
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (strncmp(function->name, writers[i], strlen(writers[i])) == 0)
            return true;
    return false;
}

static bool writes_expr(Expr *expr, void *context)
{
    const Catalog *catalog = context;
    if (expr->kind == EXPR_NEXT_VALUE ||
        (expr->kind == EXPR_FUNC && function_writes(catalog, ((FuncExpr *)expr)->function)))
        return true;
    if (expr->kind == EXPR_SUBLINK && writes_query(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, writes_expr, context);
}

static bool writes_query(Query *query, void *context)
{
    return query->command != COMMAND_SELECT || query->has_for_update || query->nrow_marks ||
           query_walk_exprs(query, writes_expr, context) || query_walk_subqueries(query, writes_query, context);
}

bool query_is_read_only(const Catalog *catalog, Query *query)
{
    return !writes_query(query, (void *)(uintptr_t)catalog);
}
