/* The range table: entries, their columns under aliases, and the items by which names see them. The parts of
 * PostgreSQL's parse_relation.c that every kind of entry shares, and entries for relations and sub-queries. */
#include "analyze/query_parts.h"

#include <string.h>

const char *range_list_name(AstNode *const *names, size_t index)
{
    const char *name = ast_string(names[index]);
    return name ? name : "";
}

AstAlias *range_make_alias(ParseState *ps, const char *name)
{
    AstAlias *alias = arena_new_of(ps_arena(ps), AstAlias);
    pg_query__alias__init(alias);
    alias->aliasname = arena_strdup(ps_arena(ps), name);
    return alias;
}

RangeTblEntry *range_new(ParseState *ps, RteKind kind, const AstAlias *alias, const char *ref_name, size_t ncolumns)
{
    RangeTblEntry *rte = arena_new_of(ps_arena(ps), RangeTblEntry);
    rte->kind = kind;
    rte->alias_name = alias ? alias->aliasname : NULL;
    rte->ref_name = alias ? alias->aliasname : ref_name;
    rte->columns = arena_array_of(ps_arena(ps), ncolumns, RteColumn);
    rte->ncolumns = ncolumns;
    rte->location = -1;
    return rte;
}

void range_set_column(RangeTblEntry *rte, size_t index, const char *name, Oid type, int32_t typmod, Oid collation)
{
    rte->columns[index] = (RteColumn){name, type, typmod, collation};
}

bool range_apply_alias(ParseState *ps, RangeTblEntry *rte, const AstAlias *alias, size_t available,
                       const char *noun, const char *has)
{
    if (!alias || !alias->n_colnames)
        return true;
    size_t used = 0, renameable = 0;
    for (size_t i = 0; i < available; i++) {
        if (!rte->columns[i].type)
            continue;
        renameable++;
        if (used < alias->n_colnames)
            rte->columns[i].name = range_list_name(alias->colnames, used++);
    }
    if (used == alias->n_colnames)
        return true;
    ps_error(ps, rte->location, SQLSTATE_INVALID_COLUMN_REFERENCE,
             "%s \"%s\" %s %zu columns available but %zu columns specified", noun, rte->ref_name, has, renameable,
             alias->n_colnames);
    return false;
}

NsItem *range_append(ParseState *ps, RangeTblEntry *rte)
{
    Query *query = ps->query;
    struct {
        RangeTblEntry **items;
        size_t len, cap;
    } list = {query->rtable, query->nrtable, query->rtable_cap};
    vec_push(ps_arena(ps), &list, rte);
    query->rtable = list.items;
    query->nrtable = list.len;
    query->rtable_cap = list.cap;

    NsItem *item = arena_new_of(ps_arena(ps), NsItem);
    item->name = rte->ref_name;
    item->rte = rte;
    item->rtindex = (int)query->nrtable;
    item->ncolumns = rte->ncolumns;
    item->columns = arena_array_of(ps_arena(ps), rte->ncolumns, struct NsColumn);
    item->names = arena_array_of(ps_arena(ps), rte->ncolumns, const char *);
    item->rel_visible = item->cols_visible = item->lateral_ok = true;
    for (size_t i = 0; i < rte->ncolumns; i++) {
        const RteColumn *column = &rte->columns[i];
        item->names[i] = column->name;
        if (!column->type)
            continue; /* dropped: the column's rtindex stays 0 */
        item->columns[i] = (struct NsColumn){.rtindex = item->rtindex,
                                             .attribute = (int16_t)(i + 1),
                                             .type = column->type,
                                             .typmod = column->typmod,
                                             .collation = column->collation};
    }
    return item;
}

RangeTblEntry *relation_rte(ParseState *ps, int rtindex, int levels_up)
{
    while (levels_up-- > 0 && ps->parent)
        ps = ps->parent;
    return ps->query->rtable[rtindex - 1];
}

CommonTableExpr *range_cte(ParseState *ps, const RangeTblEntry *rte, int levels_up)
{
    for (int i = rte->cte_levels_up + levels_up; i > 0 && ps->parent; i--)
        ps = ps->parent;
    for (size_t i = 0; i < ps->nctes; i++) {
        if (strcmp(ps->ctes[i]->name, rte->cte_name) == 0)
            return ps->ctes[i];
    }
    return NULL;
}

const TargetList *query_outputs(const Query *query)
{
    return query->command == COMMAND_SELECT ? &query->targets : &query->returning;
}

/* ---- references ---- */

Expr *range_make_var(ParseState *ps, int rtindex, int attribute, Oid type, int32_t typmod, Oid collation,
                     int levels_up, int32_t location)
{
    Var *var = expr_make(ps_arena(ps), EXPR_VAR, Var, type, location);
    var->rtindex = rtindex;
    var->attribute = (int16_t)attribute;
    var->levels_up = levels_up;
    var->expr.typmod = typmod;
    var->expr.collation = collation;
    return &var->expr;
}

Expr *range_column_var(ParseState *ps, const struct NsColumn *column, int levels_up, int32_t location)
{
    return range_make_var(ps, column->rtindex, column->attribute, column->type, column->typmod, column->collation,
                          levels_up, location);
}

bool relation_expand_item(ParseState *ps, NsItem *item, int levels_up, int32_t location, ExprList *vars,
                          const char ***names)
{
    const char **kept = arena_array_of(ps_arena(ps), item->ncolumns, const char *);
    size_t n = 0;
    for (size_t i = 0; i < item->ncolumns; i++) {
        if (!*item->names[i] || item->columns[i].dont_expand)
            continue;
        exprlist_push(ps_arena(ps), vars, range_column_var(ps, &item->columns[i], levels_up, location));
        kept[n++] = item->names[i];
    }
    if (names)
        *names = kept;
    return true;
}

/* The columns that JOIN … USING (…) AS alias names, as a row. */
static Expr *using_alias_row(ParseState *ps, NsItem *item, int levels_up, int32_t location)
{
    RowExpr *row = expr_make(ps_arena(ps), EXPR_ROW, RowExpr, TYPE_RECORD, location);
    row->form = FORM_IMPLICIT_CAST;
    relation_expand_item(ps, item, levels_up, location, &row->args, &row->names);
    return &row->expr;
}

/* makeWholeRowVar for a function: a single one may return a named row type, or no row at all. */
static Expr *function_row(ParseState *ps, NsItem *item, int levels_up, int32_t location)
{
    const RangeTblEntry *rte = item->rte;
    if (rte->ordinality || rte->nfunctions != 1)
        return range_make_var(ps, item->rtindex, 0, TYPE_RECORD, -1, INVALID_OID, levels_up, location);
    const Expr *function = rte->functions[0].expr;
    if (type_is_rowtype(ps_catalog(ps), function->type))
        return range_make_var(ps, item->rtindex, 0, function->type, -1, INVALID_OID, levels_up, location);
    return range_make_var(ps, item->rtindex, 1, function->type, -1, function->collation, levels_up, location);
}

Expr *relation_whole_row(ParseState *ps, NsItem *item, int levels_up, int32_t location)
{
    const RangeTblEntry *rte = item->rte;
    if (rte->kind == RTE_JOIN && rte->join_using_alias && item->name == rte->join_using_alias)
        return using_alias_row(ps, item, levels_up, location);
    if (rte->kind == RTE_FUNCTION)
        return function_row(ps, item, levels_up, location);
    Oid type = TYPE_RECORD;
    if (rte->kind == RTE_RELATION) {
        const Relation *relation = catalog_relation(ps_catalog(ps), rte->relation);
        type = relation ? relation->row_type : INVALID_OID;
        if (!type) {
            ps_error(ps, location, SQLSTATE_WRONG_OBJECT_TYPE, "relation \"%s\" does not have a composite type",
                     relation ? relation->name : rte->ref_name);
            return NULL;
        }
    }
    return range_make_var(ps, item->rtindex, 0, type, -1, INVALID_OID, levels_up, location);
}

/* ---- relations and sub-queries ---- */

NsItem *relation_add_relation(ParseState *ps, const Relation *relation, const AstAlias *alias, const char *ref_name,
                              bool inherit, bool in_from)
{
    RangeTblEntry *rte =
        range_new(ps, RTE_RELATION, alias, ref_name ? ref_name : relation->name, relation->ncolumns);
    rte->relation = relation->oid;
    rte->relkind = relation->kind;
    rte->inherit = inherit;
    rte->in_from_clause = in_from;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            range_set_column(rte, i, "", INVALID_OID, -1, INVALID_OID);
        else
            range_set_column(rte, i, column->name, column->type, column->typmod, column->collation);
    }
    if (!range_apply_alias(ps, rte, alias, rte->ncolumns, "table", "has"))
        return NULL;
    return range_append(ps, rte);
}

NsItem *relation_add_table(ParseState *ps, const AstRangeVar *name, const AstAlias *alias, bool inherit,
                           bool in_from)
{
    const Relation *relation = relation_open_named(ps, name);
    if (!relation)
        return NULL;
    NsItem *item = relation_add_relation(ps, relation, alias, name->relname, inherit, in_from);
    if (item)
        item->rte->location = name->location;
    return item;
}

NsItem *relation_add_subquery(ParseState *ps, Query *query, const AstAlias *alias, const char *ref_name,
                              bool lateral, bool in_from)
{
    const TargetList *outputs = query_outputs(query);
    size_t n = 0;
    for (size_t i = 0; i < outputs->len; i++)
        n += !outputs->items[i]->junk;
    RangeTblEntry *rte = range_new(ps, RTE_SUBQUERY, alias, ref_name, n);
    rte->subquery = query;
    rte->lateral = lateral;
    rte->in_from_clause = in_from;
    rte->location = query->location;
    n = 0;
    for (size_t i = 0; i < outputs->len; i++) {
        const TargetEntry *entry = outputs->items[i];
        if (!entry->junk)
            range_set_column(rte, n++, entry->name ? entry->name : "?column?", entry->expr->type,
                             entry->expr->typmod, entry->expr->collation);
    }
    if (!range_apply_alias(ps, rte, alias, n, "table", "has"))
        return NULL;
    return range_append(ps, rte);
}
