/* What names mean: the look-ups of PostgreSQL's parse_relation.c through the namespaces of this query level and
 * those around it. A namespace item is visible by its name, by its columns' names, or both; items to the left of a
 * FROM item are visible only to LATERAL ones. */
#include "analyze/query_parts.h"

#include <string.h>

void namespace_push(ParseState *ps, Namespace *ns, NsItem *item)
{
    vec_push(ps_arena(ps), ns, item);
}

void namespace_append(ParseState *ps, Namespace *to, const Namespace *items)
{
    for (size_t i = 0; i < items->len; i++)
        namespace_push(ps, to, items->items[i]);
}

void namespace_set_lateral(Namespace *ns, bool only, bool ok)
{
    for (size_t i = 0; i < ns->len; i++) {
        ns->items[i]->lateral_only = only;
        ns->items[i]->lateral_ok = ok;
    }
}

NsItem *namespace_find_rtindex(ParseState *ps, int rtindex, int levels_up)
{
    while (levels_up-- > 0 && ps->parent)
        ps = ps->parent;
    for (size_t i = 0; i < ps->namespace.len; i++) {
        if (ps->namespace.items[i]->rtindex == rtindex)
            return ps->namespace.items[i];
    }
    return NULL;
}

void relation_add_to_query(ParseState *ps, NsItem *item, bool add_to_joinlist, bool rel_visible, bool cols_visible)
{
    if (add_to_joinlist)
        from_push_node(ps, from_make_reference(ps, item));
    if (rel_visible || cols_visible) {
        item->rel_visible = rel_visible;
        item->cols_visible = cols_visible;
        item->lateral_only = false;
        item->lateral_ok = true;
        namespace_push(ps, &ps->namespace, item);
    }
}

/* check_lateral_ref_ok; owner is the level the item belongs to. */
static bool check_lateral_reference(ParseState *ps, const ParseState *owner, const NsItem *item, int32_t location)
{
    if (!item->lateral_only || item->lateral_ok)
        return true;
    Diag *diag = ps_error(ps, location, SQLSTATE_INVALID_COLUMN_REFERENCE,
                          "invalid reference to FROM-clause entry for table \"%s\"", item->name);
    if (owner->target_item && owner->target_item->rte == item->rte)
        ps_hint(ps, diag,
                "There is an entry for table \"%s\", but it cannot be referenced from this part of the query.",
                item->name);
    else
        ps_detail(ps, diag, "The combining JOIN type must be INNER or LEFT for a LATERAL reference.");
    return false;
}

static bool can_see(const ParseState *ps, const NsItem *item)
{
    return !item->lateral_only || ps->lateral_active;
}

static bool is_unaliased(const NsItem *item, Oid relation)
{
    return item->rte->kind == RTE_RELATION && item->rte->relation == relation && !item->rte->alias_name;
}

/* scanNameSpaceForRefname, and with a relation scanNameSpaceForRelid */
static NsItem *find_in_level(ParseState *ps, ParseState *level, const char *name, Oid relation, int32_t location,
                             bool *failed)
{
    NsItem *found = NULL;
    for (size_t i = 0; i < level->namespace.len; i++) {
        NsItem *item = level->namespace.items[i];
        if (!item->rel_visible || !can_see(level, item))
            continue;
        if (relation ? !is_unaliased(item, relation) : strcmp(item->name, name) != 0)
            continue;
        if (found) {
            if (relation)
                ps_error(ps, location, SQLSTATE_AMBIGUOUS_ALIAS, "table reference %u is ambiguous", relation);
            else
                ps_error(ps, location, SQLSTATE_AMBIGUOUS_ALIAS, "table reference \"%s\" is ambiguous", name);
            *failed = true;
            return NULL;
        }
        if (!check_lateral_reference(ps, level, item, location)) {
            *failed = true;
            return NULL;
        }
        found = item;
    }
    return found;
}

NsItem *relation_find_item(ParseState *ps, const char *schema, const char *name, int32_t location, int *levels_up,
                           bool *failed)
{
    Oid relation = INVALID_OID;
    if (levels_up)
        *levels_up = 0;
    if (schema) {
        const Schema *in = catalog_find_schema(ps_catalog(ps), schema);
        const Relation *named = in ? catalog_find_relation_in(ps_catalog(ps), in->oid, name) : NULL;
        if (!named)
            return NULL;
        relation = named->oid;
    }
    for (ParseState *level = ps; level; level = level->parent) {
        NsItem *item = find_in_level(ps, level, name, relation, location, failed);
        if (item || *failed || !levels_up)
            return item;
        ++*levels_up;
    }
    return NULL;
}

CommonTableExpr *relation_find_cte(ParseState *ps, const char *name, int *levels_up)
{
    *levels_up = 0;
    for (const ParseState *level = ps; level; level = level->parent) {
        for (size_t i = 0; i < level->nctes; i++) {
            if (strcmp(level->ctes[i]->name, name) == 0)
                return level->ctes[i];
        }
        ++*levels_up;
    }
    return NULL;
}

/* ---- columns ---- */

/* scanRTEForColumn without fuzziness: the attribute number, 0 when there is none. */
static int find_attribute(ParseState *ps, const NsItem *item, const char *name, int32_t location, bool *failed)
{
    int found = 0;
    for (size_t i = 0; i < item->ncolumns; i++) {
        if (strcmp(item->names[i], name) != 0)
            continue;
        if (found) {
            ps_error(ps, location, SQLSTATE_AMBIGUOUS_COLUMN, "column reference \"%s\" is ambiguous", name);
            *failed = true;
            return 0;
        }
        found = (int)i + 1;
    }
    if (found || item->rte->kind != RTE_RELATION)
        return found;
    /* Views have no system columns, and EXCLUDED is no real relation. */
    char kind = item->rte->relkind;
    const Column *column =
        kind == RELKIND_VIEW || kind == RELKIND_COMPOSITE ? NULL : catalog_find_system_column(name);
    return column ? column->number : 0;
}

/* Where system columns other than tableoid are refused. */
static bool check_system_column(ParseState *ps, const Column *column, int32_t location)
{
    enum { TABLEOID = -6 };
    const char *before = "cannot use system column", *after = NULL;
    if (ps->expr_kind == PARSE_CHECK_CONSTRAINT) {
        before = "system column";
        after = "reference in check constraint is invalid";
    } else if (ps->expr_kind == PARSE_GENERATED_COLUMN) {
        after = "in column generation expression";
    } else if (ps->expr_kind == PARSE_MERGE_WHEN) {
        after = "in MERGE WHEN condition";
    }
    if (!after || column->number == TABLEOID)
        return true;
    ps_error(ps, location, SQLSTATE_INVALID_COLUMN_REFERENCE, "%s \"%s\" %s", before, column->name, after);
    return false;
}

Expr *relation_item_column(ParseState *ps, NsItem *item, int levels_up, const char *name, int32_t location,
                           bool *failed)
{
    int attribute = find_attribute(ps, item, name, location, failed);
    if (!attribute)
        return NULL;
    if (attribute < 0) {
        const Column *column = catalog_find_system_column(name);
        if (!check_system_column(ps, column, location)) {
            *failed = true;
            return NULL;
        }
        return range_make_var(ps, item->rtindex, attribute, column->type, -1, INVALID_OID, levels_up, location);
    }
    const struct NsColumn *column = &item->columns[attribute - 1];
    if (!column->rtindex) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" of relation \"%s\" does not exist", name,
                 item->name);
        *failed = true;
        return NULL;
    }
    return range_column_var(ps, column, levels_up, location);
}

Expr *relation_column_var(ParseState *ps, const char *name, bool local_only, int32_t location, bool *failed)
{
    Expr *found = NULL;
    int levels_up = 0;
    for (ParseState *level = ps; level && !found; level = local_only ? NULL : level->parent) {
        for (size_t i = 0; i < level->namespace.len; i++) {
            NsItem *item = level->namespace.items[i];
            if (!item->cols_visible || !can_see(level, item))
                continue;
            Expr *column = relation_item_column(ps, item, levels_up, name, location, failed);
            if (*failed)
                return NULL;
            if (!column)
                continue;
            if (found) {
                ps_error(ps, location, SQLSTATE_AMBIGUOUS_COLUMN, "column reference \"%s\" is ambiguous", name);
                *failed = true;
                return NULL;
            }
            if (!check_lateral_reference(ps, level, item, location)) {
                *failed = true;
                return NULL;
            }
            found = column;
        }
        levels_up++;
    }
    return found;
}

/* ---- conflicts ---- */

/* Two relations of the same name in different schemas get along, as long as neither has an alias. */
static bool names_conflict(const NsItem *a, const NsItem *b)
{
    if (strcmp(a->name, b->name) != 0)
        return false;
    return !(a->rte->kind == RTE_RELATION && !a->rte->alias_name && b->rte->kind == RTE_RELATION &&
             !b->rte->alias_name && a->rte->relation != b->rte->relation);
}

bool namespace_check_conflicts(ParseState *ps, const Namespace *a, const Namespace *b)
{
    for (size_t i = 0; i < a->len; i++) {
        if (!a->items[i]->rel_visible)
            continue;
        for (size_t k = 0; k < b->len; k++) {
            if (!b->items[k]->rel_visible || !names_conflict(a->items[i], b->items[k]))
                continue;
            ps_error(ps, b->items[k]->rte->location, SQLSTATE_DUPLICATE_ALIAS,
                     "table name \"%s\" specified more than once", b->items[k]->name);
            return false;
        }
    }
    return true;
}
