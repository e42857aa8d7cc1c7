/* SEARCH and CYCLE of a recursive WITH item: the checks of PostgreSQL's analyzeCTE (parse_cte.c). */
#include "analyze/query_parts.h"

#include <string.h>

/* ---- the cycle mark ---- */

bool cte_transform_mark(ParseState *ps, CteItem *item)
{
    const AstCTECycleClause *cycle = item->raw->cycle_clause;
    if (!cycle)
        return true;
    ExprList both = {0};
    Expr *value = expr_transform(ps, cycle->cycle_mark_value, PARSE_CYCLE_MARK);
    Expr *otherwise = value ? expr_transform(ps, cycle->cycle_mark_default, PARSE_CYCLE_MARK) : NULL;
    if (!otherwise)
        return false;
    exprlist_push(ps_arena(ps), &both, value);
    exprlist_push(ps_arena(ps), &both, otherwise);
    item->mark_type = coerce_select_common(ps, &both, "CYCLE", NULL);
    if (!item->mark_type)
        return false;
    both.items[0] = coerce_to_common(ps, value, item->mark_type, "CYCLE/SET/TO");
    both.items[1] = both.items[0] ? coerce_to_common(ps, otherwise, item->mark_type, "CYCLE/SET/DEFAULT") : NULL;
    if (!both.items[1])
        return false;
    item->mark_typmod = coerce_common_typmod(&both, item->mark_type);
    bool failed = false;
    item->mark_collation = collate_select_common(ps, &both, true, &failed);
    if (failed)
        return false;
    const Operator *equal =
        catalog_operator(ps_catalog(ps), type_sort_group_operators(ps_catalog(ps), item->mark_type).eq);
    if (!equal || !equal->negator) {
        ps_error(ps, cycle->location, SQLSTATE_UNDEFINED_FUNCTION, "could not identify an %s operator for type %s",
                 equal ? "inequality" : "equality", ps_type(ps, item->mark_type));
        return false;
    }
    return true;
}

/* ---- names ---- */

typedef struct Check {
    ParseState *ps;
    StrMap columns; /* of the WITH item itself */
} Check;

static bool report(Check *check, int32_t location, const char *message)
{
    ps_error(check->ps, location, SQLSTATE_SYNTAX_ERROR, "%s", message);
    return false;
}

/* The columns to search by or to find cycles in; what is "search" or "cycle". */
static bool check_list(Check *check, size_t n, AstNode *const *names, const char *what, int32_t location)
{
    StrMap seen = {0};
    for (size_t i = 0; i < n; i++) {
        const char *name = range_list_name(names, i);
        if (!strmap_get(&check->columns, name)) {
            ps_error(check->ps, location, SQLSTATE_SYNTAX_ERROR, "%s column \"%s\" not in WITH query column list",
                     what, name);
            return false;
        }
        if (strmap_put(ps_arena(check->ps), &seen, name, (void *)name)) {
            ps_error(check->ps, location, SQLSTATE_DUPLICATE_COLUMN, "%s column \"%s\" specified more than once",
                     what, name);
            return false;
        }
    }
    return true;
}

static bool check_new_name(Check *check, const char *name, const char *what, int32_t location)
{
    if (!strmap_get(&check->columns, name))
        return true;
    ps_error(check->ps, location, SQLSTATE_SYNTAX_ERROR,
             "%s column name \"%s\" already used in WITH query column list", what, name);
    return false;
}

static bool check_search(Check *check, const AstCTESearchClause *search)
{
    return !search ||
           (check_list(check, search->n_search_col_list, search->search_col_list, "search", search->location) &&
            check_new_name(check, search->search_seq_column, "search sequence", search->location));
}

static bool check_cycle(Check *check, const AstCTECycleClause *cycle)
{
    if (!cycle)
        return true;
    if (!check_list(check, cycle->n_cycle_col_list, cycle->cycle_col_list, "cycle", cycle->location) ||
        !check_new_name(check, cycle->cycle_mark_column, "cycle mark", cycle->location) ||
        !check_new_name(check, cycle->cycle_path_column, "cycle path", cycle->location))
        return false;
    return strcmp(cycle->cycle_mark_column, cycle->cycle_path_column) != 0 ||
           report(check, cycle->location, "cycle mark column name and cycle path column name are the same");
}

static bool check_both(Check *check, const AstCTESearchClause *search, const AstCTECycleClause *cycle)
{
    if (!search || !cycle)
        return true;
    if (strcmp(search->search_seq_column, cycle->cycle_mark_column) == 0)
        return report(check, search->location,
                      "search sequence column name and cycle mark column name are the same");
    return strcmp(search->search_seq_column, cycle->cycle_path_column) != 0 ||
           report(check, search->location, "search sequence column name and cycle path column name are the same");
}

/* The query must be SELECT … UNION SELECT …, neither of them a set operation itself. */
static bool check_form(Check *check, const CommonTableExpr *cte)
{
    if (!cte->recursive)
        return report(check, cte->location, "WITH query is not recursive");
    const SetOpNode *top = cte->query->set_operations;
    bool left = top->left->rtindex != 0;
    if (left && top->right->rtindex)
        return true;
    ps_error(check->ps, cte->location, left ? SQLSTATE_SYNTAX_ERROR : SQLSTATE_FEATURE_NOT_SUPPORTED,
             "with a SEARCH or CYCLE clause, the %s side of the UNION must be a SELECT", left ? "right" : "left");
    return false;
}

/* rewriteSearchAndCycle adds its columns to the recursive SELECT, which must therefore name the item itself. */
static bool check_reference(Check *check, const CommonTableExpr *cte)
{
    const Query *query = cte->query;
    const Query *right = query->rtable[query->set_operations->right->rtindex - 1]->subquery;
    for (size_t i = 0; i < right->nrtable; i++)
        if (right->rtable[i]->kind == RTE_CTE && right->rtable[i]->self_reference)
            return true;
    ps_error(
        check->ps, cte->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
        "with a SEARCH or CYCLE clause, the recursive reference to WITH query \"%s\" must be at the top level of "
        "its right-hand SELECT",
        cte->name);
    return false;
}

bool cte_check_search_cycle(ParseState *ps, const CteItem *item)
{
    const AstCTESearchClause *search = item->raw->search_clause;
    const AstCTECycleClause *cycle = item->raw->cycle_clause;
    if (!search && !cycle)
        return true;
    const CommonTableExpr *cte = &item->cte;
    Check check = {.ps = ps};
    for (size_t i = 0; i < cte->ncolumns - cte->nextra; i++)
        strmap_put(ps_arena(ps), &check.columns, cte->names[i], (void *)cte);
    return check_form(&check, cte) && check_search(&check, search) && check_cycle(&check, cycle) &&
           check_both(&check, search, cycle) && check_reference(&check, cte);
}
