/* FROM: transformFromClause and its items, except joins (join.c), and the target table of a modifying statement.
 * PostgreSQL's parse_clause.c. */
#include "analyze/query_parts.h"

/* ---- items ---- */

/* A WITH item hides a relation of the same name, unless the name is qualified. */
static NsItem *transform_range_var(ParseState *ps, const AstRangeVar *raw)
{
    if (!ast_text(raw->schemaname)) {
        int levels_up;
        CommonTableExpr *cte = relation_find_cte(ps, raw->relname, &levels_up);
        if (cte)
            return range_add_cte(ps, cte, levels_up, raw);
    }
    return relation_add_table(ps, raw, raw->alias, raw->inh, true);
}

static NsItem *transform_subselect(ParseState *ps, const AstRangeSubselect *raw)
{
    ps->expr_kind = PARSE_FROM_SUBSELECT;
    ps->lateral_active = raw->lateral;
    const char *name = raw->alias ? raw->alias->aliasname : NULL;
    Query *query = query_sub_analyze(ps, raw->subquery, NULL, locking_applies(ps, name), true);
    ps->lateral_active = false;
    ps->expr_kind = PARSE_NONE;
    return query ? relation_add_subquery(ps, query, raw->alias, "unnamed_subquery", raw->lateral, true) : NULL;
}

JoinNode *from_make_reference(ParseState *ps, const NsItem *item)
{
    JoinNode *node = arena_new_of(ps_arena(ps), JoinNode);
    node->kind = NODE_RTREF;
    node->rtindex = item->rtindex;
    node->location = item->rte->location;
    return node;
}

static bool single_item(ParseState *ps, NsItem *top, FromItem *item)
{
    if (!top)
        return false;
    item->node = from_make_reference(ps, top);
    item->top = top;
    item->names = (Namespace){0};
    namespace_push(ps, &item->names, top);
    return true;
}

static bool transform_item(ParseState *ps, const AstNode *raw, FromItem *item)
{
    switch (ast_kind(raw)) {
    case AST_RANGE_VAR:
        return single_item(ps, transform_range_var(ps, raw->range_var), item);
    case AST_RANGE_SUBSELECT:
        return single_item(ps, transform_subselect(ps, raw->range_subselect), item);
    case AST_RANGE_FUNCTION:
        return single_item(ps, range_transform_function(ps, raw->range_function), item);
    case AST_RANGE_TABLE_FUNC:
        return single_item(ps, range_transform_table_func(ps, raw->range_table_func), item);
    case AST_RANGE_TABLE_SAMPLE:
        return from_transform_item(ps, raw->range_table_sample->relation, item) &&
               range_transform_sample(ps, raw->range_table_sample, item->top->rte);
    case AST_JOIN_EXPR:
        return join_transform(ps, raw->join_expr, item);
    default:
        ps_error(ps, ast_location(raw), SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported FROM item: %s",
                 ast_kind_name(raw));
        return false;
    }
}

bool from_transform_item(ParseState *ps, const AstNode *raw, FromItem *item)
{
    if (!ps_enter(ps))
        return false;
    bool ok = transform_item(ps, raw, item);
    ps_leave(ps);
    return ok;
}

/* ---- the clause ---- */

void from_push_node(ParseState *ps, JoinNode *node)
{
    struct {
        JoinNode **items;
        size_t len, cap;
    } list = {ps->joinlist, ps->njoinlist, ps->joinlist_cap};
    vec_push(ps_arena(ps), &list, node);
    ps->joinlist = list.items;
    ps->njoinlist = list.len;
    ps->joinlist_cap = list.cap;
}

bool clause_transform_from(ParseState *ps, size_t n, AstNode *const *from)
{
    for (size_t i = 0; i < n; i++) {
        FromItem item;
        if (!from_transform_item(ps, from[i], &item) || !namespace_check_conflicts(ps, &ps->namespace, &item.names))
            return false;
        /* Until the clause is done, only LATERAL items to the right can see it. */
        namespace_set_lateral(&item.names, true, true);
        from_push_node(ps, item.node);
        namespace_append(ps, &ps->namespace, &item.names);
    }
    namespace_set_lateral(&ps->namespace, false, true);
    return true;
}

int clause_set_target_table(ParseState *ps, const AstRangeVar *name, bool inherit, bool also_source)
{
    ps->target_relation = relation_open_named(ps, name);
    if (!ps->target_relation)
        return 0;
    NsItem *item = relation_add_relation(ps, ps->target_relation, name->alias, name->relname, inherit, false);
    if (!item)
        return 0;
    item->rte->location = name->location;
    ps->target_item = item;
    if (also_source)
        relation_add_to_query(ps, item, true, true, true);
    return item->rtindex;
}
