/* WITH: transformWithClause and analyzeCTE of PostgreSQL's parse_cte.c. Recursive clauses are put in order by
 * cte_recursion.c; SEARCH and CYCLE are in cte_cycle.c. */
#include "analyze/query_parts.h"

#include <string.h>

static void push_cte(ParseState *ps, CommonTableExpr *cte)
{
    struct {
        CommonTableExpr **items;
        size_t len, cap;
    } list = {ps->ctes, ps->nctes, ps->ctes_cap};
    vec_push(ps_arena(ps), &list, cte);
    ps->ctes = list.items;
    ps->nctes = list.len;
    ps->ctes_cap = list.cap;
}

/* ---- columns ---- */

static void set_column(CommonTableExpr *cte, size_t i, const char *name, Oid type, int32_t typmod, Oid collation)
{
    cte->names[i] = name;
    cte->types[i] = type;
    cte->typmods[i] = typmod;
    cte->collations[i] = collation;
}

/* A recursive item's untyped literals are text before its recursive term is looked at. */
static void set_output(CteItem *item, size_t i, const TargetEntry *entry)
{
    const AstCommonTableExpr *raw = item->raw;
    const char *name = i < raw->n_aliascolnames ? range_list_name(raw->aliascolnames, i) : entry->name;
    const Expr *expr = entry->expr;
    if (item->cte.recursive && expr->type == TYPE_UNKNOWN)
        set_column(&item->cte, i, name, TYPE_TEXT, -1, expr->collation ? expr->collation : COLLATION_DEFAULT);
    else
        set_column(&item->cte, i, name, expr->type, expr->typmod, expr->collation);
}

static void add_search_cycle_columns(CteItem *item, size_t i)
{
    const AstCTESearchClause *search = item->raw->search_clause;
    const AstCTECycleClause *cycle = item->raw->cycle_clause;
    if (search)
        set_column(&item->cte, i++, search->search_seq_column,
                   search->search_breadth_first ? TYPE_RECORD : TYPE_RECORD_ARRAY, -1, INVALID_OID);
    if (cycle) {
        set_column(&item->cte, i++, cycle->cycle_mark_column, item->mark_type, item->mark_typmod,
                   item->mark_collation);
        set_column(&item->cte, i, cycle->cycle_path_column, TYPE_RECORD_ARRAY, -1, INVALID_OID);
    }
}

bool cte_set_columns(ParseState *ps, CommonTableExpr *cte, const TargetList *outputs)
{
    CteItem *item = (CteItem *)cte;
    size_t n = 0;
    for (size_t i = 0; i < outputs->len; i++)
        n += !outputs->items[i]->junk;
    if (n < item->raw->n_aliascolnames) {
        ps_error(ps, cte->location, SQLSTATE_INVALID_COLUMN_REFERENCE,
                 "WITH query \"%s\" has %zu columns available but %zu columns specified", cte->name, n,
                 item->raw->n_aliascolnames);
        return false;
    }
    cte->nextra = (cte->has_search ? 1u : 0u) + (cte->has_cycle ? 2u : 0u);
    cte->ncolumns = n + cte->nextra;
    cte->names = arena_array_of(ps_arena(ps), cte->ncolumns, const char *);
    cte->types = arena_array_of(ps_arena(ps), cte->ncolumns, Oid);
    cte->typmods = arena_array_of(ps_arena(ps), cte->ncolumns, int32_t);
    cte->collations = arena_array_of(ps_arena(ps), cte->ncolumns, Oid);
    n = 0;
    for (size_t i = 0; i < outputs->len; i++) {
        if (!outputs->items[i]->junk)
            set_output(item, n++, outputs->items[i]);
    }
    add_search_cycle_columns(item, n);
    item->columns_known = true;
    return true;
}

static const char *collation_name(ParseState *ps, Oid oid)
{
    const Collation *collation = catalog_collation(ps_catalog(ps), oid);
    return collation ? collation->name : "?";
}

/* The recursive term must not have changed what the non-recursive one said. */
static bool check_recursive_column(ParseState *ps, const CommonTableExpr *cte, size_t i, const Expr *expr)
{
    const Catalog *catalog = ps_catalog(ps);
    Diag *diag;
    if (expr->type != cte->types[i] || expr->typmod != cte->typmods[i]) {
        diag = ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH,
                        "recursive query \"%s\" column %zu has type %s in non-recursive term but type %s overall",
                        cte->name, i + 1,
                        catalog_format_type_typmod(catalog, ps_arena(ps), cte->types[i], cte->typmods[i]),
                        catalog_format_type_typmod(catalog, ps_arena(ps), expr->type, expr->typmod));
        ps_hint(ps, diag, "Cast the output of the non-recursive term to the correct type.");
        return false;
    }
    if (expr->collation != cte->collations[i]) {
        diag =
            ps_error(ps, expr_location(expr), SQLSTATE_COLLATION_MISMATCH,
                     "recursive query \"%s\" column %zu has collation \"%s\" in non-recursive term but collation "
                     "\"%s\" overall",
                     cte->name, i + 1, collation_name(ps, cte->collations[i]), collation_name(ps, expr->collation));
        ps_hint(ps, diag, "Use the COLLATE clause to set the collation of the non-recursive term.");
        return false;
    }
    return true;
}

static bool check_recursive_columns(ParseState *ps, const CommonTableExpr *cte, const TargetList *outputs)
{
    size_t n = 0;
    for (size_t i = 0; i < outputs->len; i++) {
        if (!outputs->items[i]->junk && !check_recursive_column(ps, cte, n++, outputs->items[i]->expr))
            return false;
    }
    return true;
}

/* ---- items ---- */

/* analyzeCTE */
static bool analyze_item(ParseState *ps, CteItem *item)
{
    CommonTableExpr *cte = &item->cte;
    if (!cte_transform_mark(ps, item))
        return false;
    Query *query = query_sub_analyze(ps, item->raw->ctequery, cte, false, true);
    if (!query)
        return false;
    cte->query = query;
    if (query->command != COMMAND_SELECT && ps->parent) {
        ps_error(ps, cte->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "WITH clause containing a data-modifying statement must be at the top level");
        return false;
    }
    const TargetList *outputs = query_outputs(query);
    bool ok = item->columns_known ? check_recursive_columns(ps, cte, outputs) : cte_set_columns(ps, cte, outputs);
    return ok && cte_check_search_cycle(ps, item);
}

static CteItem *new_item(ParseState *ps, const AstCommonTableExpr *raw)
{
    CteItem *item = arena_new_of(ps_arena(ps), CteItem);
    item->raw = raw;
    item->mark_typmod = -1;
    item->cte.name = raw->ctename;
    item->cte.location = raw->location;
    item->cte.has_search = raw->search_clause != NULL;
    item->cte.has_cycle = raw->cycle_clause != NULL;
    return item;
}

/* The clause's items, checked for what can be told from their names and kinds. */
static CteItem **make_items(ParseState *ps, const AstWithClause *raw)
{
    CteItem **items = arena_array_of(ps_arena(ps), raw->n_ctes, CteItem *);
    StrMap names = {0};
    for (size_t i = 0; i < raw->n_ctes; i++) {
        const AstCommonTableExpr *cte = raw->ctes[i]->common_table_expr;
        if (ast_kind(cte->ctequery) == AST_MERGE_STMT && catalog_version(ps_catalog(ps)) < 17) {
            ps_error(ps, cte->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "MERGE not supported in WITH query");
            return NULL;
        }
        items[i] = new_item(ps, cte);
        items[i]->place = i;
        if (strmap_put(ps_arena(ps), &names, cte->ctename, items[i])) {
            ps_error(ps, cte->location, SQLSTATE_DUPLICATE_ALIAS, "WITH query name \"%s\" specified more than once",
                     cte->ctename);
            return NULL;
        }
        if (ast_kind(cte->ctequery) != AST_SELECT_STMT)
            ps->has_modifying_cte = true;
    }
    return items;
}

static bool analyze_recursive(ParseState *ps, CteItem **items, size_t n)
{
    if (!cte_order_recursive(ps, items, n))
        return false;
    for (size_t i = 0; i < n; i++)
        push_cte(ps, &items[i]->cte);
    for (size_t i = 0; i < n; i++) {
        if (!analyze_item(ps, items[i]))
            return false;
    }
    return true;
}

/* Each item sees those before it; those to come are kept to explain a reference to them. */
static bool analyze_in_sequence(ParseState *ps, CteItem **items, size_t n)
{
    CommonTableExpr **future = arena_array_of(ps_arena(ps), n, CommonTableExpr *);
    for (size_t i = 0; i < n; i++)
        future[i] = &items[i]->cte;
    for (size_t i = 0; i < n; i++) {
        ps->future_ctes = future + i;
        ps->nfuture_ctes = n - i;
        if (!analyze_item(ps, items[i]))
            return false;
        push_cte(ps, &items[i]->cte);
    }
    ps->nfuture_ctes = 0;
    return true;
}

bool cte_transform_with(ParseState *ps, const AstWithClause *raw)
{
    if (!raw)
        return true;
    CteItem **items = make_items(ps, raw);
    if (!items)
        return false;
    bool ok =
        raw->recursive ? analyze_recursive(ps, items, raw->n_ctes) : analyze_in_sequence(ps, items, raw->n_ctes);
    ps->query->recursive = raw->recursive;
    ps->query->ctes = ps->ctes;
    ps->query->nctes = ps->nctes;
    ps->query->has_modifying_cte = ps->has_modifying_cte;
    return ok;
}
