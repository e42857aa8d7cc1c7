/* INSERT: transformInsertStmt of PostgreSQL's analyze.c. A single row of VALUES becomes the target list itself,
 * several rows a range table entry, anything else a sub-query. */
#include "analyze/query_parts.h"

#include <string.h>

OverridingKind insert_overriding(PgQuery__OverridingKind raw)
{
    if (raw == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE)
        return OVERRIDING_USER;
    return raw == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE ? OVERRIDING_SYSTEM : OVERRIDING_NONE;
}

/* ---- INSERT … SELECT ---- */

/* VALUES with clauses of its own is a query too, without DEFAULT items. */
static bool is_general_select(const AstSelectStmt *select)
{
    return select && (!select->n_values_lists || select->n_sort_clause || select->limit_offset ||
                      select->limit_count || select->n_locking_clause || select->with_clause);
}

/* An untyped literal is not referred to but copied, so that it can take the column's type. */
static Expr *source_column(ParseState *ps, const TargetEntry *entry, int rtindex)
{
    Expr *expr = entry->expr;
    if ((expr->kind == EXPR_CONST || expr->kind == EXPR_PARAM) && expr->type == TYPE_UNKNOWN)
        return expr;
    return range_make_var(ps, rtindex, entry->number, expr->type, expr->typmod, expr->collation, 0,
                          expr_location(expr));
}

/* The source query, which inside a rule gets OLD and NEW that this level had. */
static bool transform_source(ParseState *ps, ParseState *source_ps, const AstNode *raw, ExprList *row)
{
    source_ps->resolve_unknowns = false;
    Query *source = query_transform(source_ps, raw);
    if (!source)
        return false;
    NsItem *item = relation_add_subquery(ps, source, range_make_alias(ps, "*SELECT*"), NULL, false, false);
    if (!item)
        return false;
    relation_add_to_query(ps, item, true, false, false);
    for (size_t i = 0; i < source->targets.len; i++) {
        if (!source->targets.items[i]->junk)
            exprlist_push(ps_arena(ps), row, source_column(ps, source->targets.items[i], item->rtindex));
    }
    return true;
}

/* ---- INSERT … VALUES ---- */

static bool transform_values_rows(ParseState *ps, const AstSelectStmt *raw, const InsertColumns *columns,
                                  ExprList *rows)
{
    size_t length = 0;
    for (size_t i = 0; i < raw->n_values_lists; i++) {
        AstItems items = ast_items(raw->values_lists[i]);
        if (!target_transform_expressions(ps, items.len, items.items, PARSE_VALUES, true, &rows[i]))
            return false;
        if (i == 0)
            length = rows[i].len;
        if (rows[i].len != length) {
            ps_error(ps, expr_list_location(&rows[i]), SQLSTATE_SYNTAX_ERROR,
                     "VALUES lists must all be the same length");
            return false;
        }
        /* Each row takes its own collations: what is stored in a column has none. */
        if (!insert_transform_row(ps, &rows[i], columns, true) || !collate_assign_list(ps, &rows[i]))
            return false;
    }
    return true;
}

static bool transform_values(ParseState *ps, const AstSelectStmt *raw, const InsertColumns *columns, ExprList *row)
{
    size_t nrows = raw->n_values_lists;
    ExprList *rows = arena_array_of(ps_arena(ps), nrows, ExprList);
    if (!transform_values_rows(ps, raw, columns, rows))
        return false;
    size_t ncolumns = rows[0].len;
    RteColumn *types = arena_array_of(ps_arena(ps), ncolumns, RteColumn);
    for (size_t i = 0; i < ncolumns; i++)
        types[i] = (RteColumn){.type = rows[0].items[i]->type, .typmod = rows[0].items[i]->typmod};
    bool lateral = false;
    for (size_t i = 0; ps->query->nrtable != 1 && i < nrows && !lateral; i++)
        for (size_t k = 0; k < rows[i].len && !lateral; k++)
            lateral = expr_contains_vars_of_level(rows[i].items[k], 0);
    NsItem *item = range_add_values(ps, rows, nrows, types, ncolumns, NULL, lateral);
    if (!item)
        return false;
    relation_add_to_query(ps, item, true, false, false);
    relation_expand_item(ps, item, 0, -1, row, NULL);
    ps->query->insert_from_values = true;
    return true;
}

/* ---- the statement ---- */

/* The row to insert, not yet fitted to the columns except for what VALUES of several rows needs. */
static bool transform_row_source(ParseState *ps, ParseState *source_ps, const AstInsertStmt *raw,
                                 const InsertColumns *columns, ExprList *row)
{
    const AstSelectStmt *select = raw->select_stmt ? raw->select_stmt->select_stmt : NULL;
    Query *query = ps->query;
    if (!select) {
        query->insert_rows = 1;
        return true;
    }
    if (source_ps)
        return transform_source(ps, source_ps, raw->select_stmt, row);
    query->insert_rows = select->n_values_lists;
    if (select->n_values_lists > 1)
        return transform_values(ps, select, columns, row);
    AstItems items = ast_items(select->values_lists[0]);
    return target_transform_expressions(ps, items.len, items.items, PARSE_VALUES_SINGLE, true, row);
}

/* ON CONFLICT and RETURNING see the target relation alone. */
static bool transform_tail(ParseState *ps, const AstInsertStmt *raw)
{
    if (!raw->on_conflict_clause && !raw->n_returning_list)
        return true;
    ps->namespace = (Namespace){0};
    relation_add_to_query(ps, ps->target_item, false, true, true);
    if (raw->on_conflict_clause) {
        ps->query->on_conflict = on_conflict_transform(ps, raw->on_conflict_clause);
        if (!ps->query->on_conflict)
            return false;
    }
    return returning_transform(ps, raw->n_returning_list, raw->returning_list);
}

/* For INSERT … SELECT: a level below this one, which takes over the range table that a rule gave it. */
static ParseState *make_source_level(ParseState *ps, const AstInsertStmt *raw)
{
    if (!raw->select_stmt || !is_general_select(raw->select_stmt->select_stmt))
        return NULL;
    ParseState *source = parse_state_new(ps->an, ps);
    source->query->rtable = ps->query->rtable;
    source->query->nrtable = ps->query->nrtable;
    source->query->rtable_cap = ps->query->rtable_cap;
    source->namespace = ps->namespace;
    ps->query->rtable = NULL;
    ps->query->nrtable = ps->query->rtable_cap = 0;
    ps->namespace = (Namespace){0};
    return source;
}

bool insert_transform(ParseState *ps, const AstInsertStmt *raw)
{
    Query *query = ps->query;
    query->command = COMMAND_INSERT;
    ps->is_insert = true;
    if (!cte_transform_with(ps, raw->with_clause))
        return false;
    query->overriding = insert_overriding(raw->override);
    ParseState *source_ps = make_source_level(ps, raw);
    query->result_relation = clause_set_target_table(ps, raw->relation, false, false);
    InsertColumns columns = {0};
    ExprList row = {0};
    if (!query->result_relation || !insert_check_columns(ps, raw->n_cols, raw->cols, &columns) ||
        !transform_row_source(ps, source_ps, raw, &columns, &row))
        return false;
    if (raw->select_stmt && !insert_transform_row(ps, &row, &columns, false))
        return false;
    insert_make_targets(ps, &row, &columns, &query->targets);
    if (!transform_tail(ps, raw))
        return false;
    query_finish(ps, NULL);
    return query_check(ps, false);
}
