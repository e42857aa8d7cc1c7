/* VALUES as a query: transformValuesClause of PostgreSQL's analyze.c. */
#include "analyze/query_parts.h"

/* The rows, transformed and of the same length. */
static bool transform_rows(ParseState *ps, const AstSelectStmt *raw, ExprList *rows)
{
    for (size_t i = 0; i < raw->n_values_lists; i++) {
        AstItems items = ast_items(raw->values_lists[i]);
        if (!target_transform_expressions(ps, items.len, items.items, PARSE_VALUES, false, &rows[i]))
            return false;
        if (rows[i].len != rows[0].len) {
            ps_error(ps, expr_list_location(&rows[i]), SQLSTATE_SYNTAX_ERROR,
                     "VALUES lists must all be the same length");
            return false;
        }
    }
    return true;
}

/* Brings a column of all rows to its common type. */
static bool unify_column(ParseState *ps, ExprList *rows, size_t nrows, size_t index, RteColumn *column)
{
    ExprList cells = {0};
    for (size_t i = 0; i < nrows; i++)
        exprlist_push(ps_arena(ps), &cells, rows[i].items[index]);
    column->type = coerce_select_common(ps, &cells, "VALUES", NULL);
    if (!column->type)
        return false;
    for (size_t i = 0; i < nrows; i++) {
        Expr *cell = coerce_to_common(ps, cells.items[i], column->type, "VALUES");
        if (!cell)
            return false;
        rows[i].items[index] = cells.items[i] = cell;
    }
    column->typmod = coerce_common_typmod(&cells, column->type);
    bool failed = false;
    column->collation = collate_select_common(ps, &cells, true, &failed);
    return !failed;
}

/* Inside a rule, OLD and NEW may be mentioned. */
static bool mentions_this_level(const ParseState *ps, const ExprList *rows, size_t nrows)
{
    if (!ps->query->nrtable)
        return false;
    for (size_t i = 0; i < nrows; i++)
        for (size_t k = 0; k < rows[i].len; k++)
            if (expr_contains_vars_of_level(rows[i].items[k], 0))
                return true;
    return false;
}

static NsItem *add_entry(ParseState *ps, const AstSelectStmt *raw)
{
    size_t nrows = raw->n_values_lists;
    ExprList *rows = arena_array_of(ps_arena(ps), nrows, ExprList);
    if (!transform_rows(ps, raw, rows))
        return NULL;
    size_t ncolumns = rows[0].len;
    RteColumn *columns = arena_array_of(ps_arena(ps), ncolumns, RteColumn);
    for (size_t i = 0; i < ncolumns; i++) {
        if (!unify_column(ps, rows, nrows, i, &columns[i]))
            return NULL;
    }
    return range_add_values(ps, rows, nrows, columns, ncolumns, NULL, mentions_this_level(ps, rows, nrows));
}

bool values_transform(ParseState *ps, const AstSelectStmt *raw)
{
    Query *query = ps->query;
    query->command = COMMAND_SELECT;
    if (!cte_transform_with(ps, raw->with_clause))
        return false;
    NsItem *item = add_entry(ps, raw);
    if (!item)
        return false;
    relation_add_to_query(ps, item, true, true, true);
    if (!star_expand_item(ps, item, 0, -1, &query->targets) ||
        !clause_transform_sort(ps, raw->n_sort_clause, raw->sort_clause, &query->targets, PARSE_ORDER_BY, false,
                               &query->sort))
        return false;
    if (!clause_transform_limits(ps, raw))
        return false;
    if (raw->n_locking_clause) {
        ps_error(ps, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s cannot be applied to VALUES",
                 locking_name(raw->locking_clause[0]->locking_clause->strength));
        return false;
    }
    query_finish(ps, NULL);
    return query_check(ps, false);
}
