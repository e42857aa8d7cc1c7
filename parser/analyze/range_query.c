/* Range table entries for VALUES lists, WITH items and joins (PostgreSQL's parse_relation.c). */
#include "analyze/query_parts.h"

NsItem *range_add_values(ParseState *ps, ExprList *rows, size_t nrows, const RteColumn *columns, size_t ncolumns,
                         const AstAlias *alias, bool lateral)
{
    RangeTblEntry *rte = range_new(ps, RTE_VALUES, alias, "*VALUES*", ncolumns);
    rte->values = rows;
    rte->nrows = nrows;
    rte->lateral = lateral;
    rte->in_from_clause = true;
    for (size_t i = 0; i < ncolumns; i++) {
        rte->columns[i] = columns[i];
        rte->columns[i].name = arena_printf(ps_arena(ps), "column%zu", i + 1);
    }
    if (!range_apply_alias(ps, rte, alias, ncolumns, "VALUES lists", "have"))
        return NULL;
    return range_append(ps, rte);
}

/* ---- WITH items ---- */

static bool check_returning(ParseState *ps, const CommonTableExpr *cte, int32_t location)
{
    if (!cte->query || cte->query->command == COMMAND_SELECT || cte->query->returning.len)
        return true;
    ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "WITH query \"%s\" does not have a RETURNING clause",
             cte->name);
    return false;
}

NsItem *range_add_cte(ParseState *ps, CommonTableExpr *cte, int levels_up, const AstRangeVar *name)
{
    RangeTblEntry *rte = range_new(ps, RTE_CTE, name->alias, cte->name, cte->ncolumns);
    rte->cte_name = cte->name;
    rte->cte_levels_up = levels_up;
    rte->self_reference = !cte->query;
    rte->in_from_clause = true;
    rte->location = name->location;
    if (cte->query)
        cte->refcount++;
    if (!check_returning(ps, cte, name->location))
        return NULL;
    for (size_t i = 0; i < cte->ncolumns; i++)
        range_set_column(rte, i, cte->names[i], cte->types[i], cte->typmods[i], cte->collations[i]);
    /* The columns that SEARCH and CYCLE add keep their names. */
    if (!range_apply_alias(ps, rte, name->alias, cte->ncolumns - cte->nextra, "table", "has"))
        return NULL;
    NsItem *item = range_append(ps, rte);
    /* … and inside the WITH item's own query no star shows them. */
    if (levels_up > 0)
        for (size_t i = cte->ncolumns - cte->nextra; i < cte->ncolumns; i++)
            item->columns[i].dont_expand = true;
    return item;
}

/* ---- joins ---- */

NsItem *range_add_join(ParseState *ps, const JoinColumns *columns, JoinKind kind, const char *using_alias,
                       const AstAlias *alias, bool in_from)
{
    enum { MOST_JOIN_COLUMNS = INT16_MAX };
    if (columns->len > MOST_JOIN_COLUMNS) {
        ps_error(ps, -1, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "joins can have at most %d columns", MOST_JOIN_COLUMNS);
        return NULL;
    }
    RangeTblEntry *rte = range_new(ps, RTE_JOIN, alias, "unnamed_join", columns->len);
    rte->join = kind;
    rte->nmerged = columns->nmerged;
    rte->join_vars = columns->vars;
    rte->join_using_alias = using_alias;
    rte->in_from_clause = in_from;
    for (size_t i = 0; i < columns->len; i++) {
        const Expr *var = columns->vars[i];
        range_set_column(rte, i, columns->names[i], var->type, var->typmod, var->collation);
    }
    if (!range_apply_alias(ps, rte, alias, columns->len, "join expression", "has"))
        return NULL;
    NsItem *item = range_append(ps, rte);
    item->columns = columns->columns;
    return item;
}
