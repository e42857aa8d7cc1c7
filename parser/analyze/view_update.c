/* Which views can be changed through: view_query_is_auto_updatable and its kin of PostgreSQL's rewriteHandler.c
 * (documentation, CREATE VIEW, "Updatable Views"). */
#include "analyze/query_parts.h"

static const char not_single[] =
    "Views that do not select from a single table or view are not automatically updatable.";

static const RangeTblEntry *base_entry(const Query *view)
{
    if (!view->jointree || view->jointree->nitems != 1 || view->jointree->items[0]->kind != NODE_RTREF)
        return NULL;
    return view->rtable[view->jointree->items[0]->rtindex - 1];
}

const Relation *view_base(const Catalog *catalog, const Query *view)
{
    const RangeTblEntry *base = base_entry(view);
    return base ? catalog_relation(catalog, base->relation) : NULL;
}

const char *view_column_not_updatable(const Query *view, const TargetEntry *entry, int *base_column)
{
    const Var *var = (const Var *)entry->expr;
    if (entry->junk)
        return "Junk view columns are not updatable.";
    if (entry->expr->kind != EXPR_VAR || var->levels_up || var->rtindex != view->jointree->items[0]->rtindex)
        return "View columns that are not columns of their base relation are not updatable.";
    if (var->attribute < 0)
        return "View columns that refer to system columns are not updatable.";
    if (var->attribute == 0)
        return "View columns that return whole-row references are not updatable.";
    *base_column = var->attribute;
    return NULL;
}

/* What the query does with its rows must not lose any. */
static const char *clause_not_updatable(const Query *view)
{
    if (view->distinct.len)
        return "Views containing DISTINCT are not automatically updatable.";
    if (view->group.len || view->ngrouping_sets)
        return "Views containing GROUP BY are not automatically updatable.";
    if (view->having)
        return "Views containing HAVING are not automatically updatable.";
    if (view->set_operations)
        return "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable.";
    if (view->nctes)
        return "Views containing WITH are not automatically updatable.";
    if (view->offset || view->limit)
        return "Views containing LIMIT or OFFSET are not automatically updatable.";
    if (view->has_aggs)
        return "Views that return aggregate functions are not automatically updatable.";
    if (view->has_windows)
        return "Views that return window functions are not automatically updatable.";
    if (view->has_target_srfs)
        return "Views that return set-returning functions are not automatically updatable.";
    return NULL;
}

const char *view_not_updatable(const Catalog *catalog, const Query *view, bool need_columns)
{
    const char *why = clause_not_updatable(view);
    if (why)
        return why;
    const RangeTblEntry *base = base_entry(view);
    const Relation *relation =
        base && base->kind == RTE_RELATION ? catalog_relation(catalog, base->relation) : NULL;
    if (!relation || (relation->kind != RELKIND_TABLE && relation->kind != RELKIND_FOREIGN &&
                      relation->kind != RELKIND_VIEW && relation->kind != RELKIND_PARTITIONED))
        return not_single;
    if (base->has_tablesample)
        return "Views containing TABLESAMPLE are not automatically updatable.";
    for (size_t i = 0; need_columns && i < view->targets.len; i++) {
        int column;
        if (!view_column_not_updatable(view, view->targets.items[i], &column))
            need_columns = false;
    }
    return need_columns ? "Views that have no updatable columns are not automatically updatable." : NULL;
}
