/* UNION, INTERSECT, EXCEPT: transformSetOperationStmt of PostgreSQL's analyze.c. */
#include "analyze/query_parts.h"

static SetOp set_op(const AstSelectStmt *raw)
{
    if (raw->op == PG_QUERY__SET_OPERATION__SETOP_INTERSECT)
        return SETOP_INTERSECT;
    return raw->op == PG_QUERY__SET_OPERATION__SETOP_EXCEPT ? SETOP_EXCEPT : SETOP_UNION;
}

static const char *const contexts[] = {
    [SETOP_UNION] = "UNION", [SETOP_INTERSECT] = "INTERSECT", [SETOP_EXCEPT] = "EXCEPT"};

static bool refuse_locking(ParseState *ps, const AstSelectStmt *raw)
{
    if (raw->n_locking_clause)
        ps_error(ps, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not allowed with UNION/INTERSECT/EXCEPT",
                 locking_name(raw->locking_clause[0]->locking_clause->strength));
    return raw->n_locking_clause;
}

static const RangeTblEntry *leftmost(const ParseState *ps, const SetOpNode *node)
{
    while (node->left)
        node = node->left;
    return ps->query->rtable[node->rtindex - 1];
}

/* ---- leaves ---- */

/* A SELECT of its own, whose untyped literals still wait for the other side's type. */
static SetOpNode *transform_leaf(ParseState *ps, const AstSelectStmt *raw, TargetList *columns)
{
    AstNode node = {.node_case = PG_QUERY__NODE__NODE_SELECT_STMT, .select_stmt = (AstSelectStmt *)raw};
    Query *query = query_sub_analyze(ps, &node, NULL, false, false);
    if (!query)
        return NULL;
    /* Only possible inside a rule, where OLD and NEW are names of this level. */
    if (ps->namespace.len && query_contains_vars_of_level(query, 1)) {
        ps_error(ps, clause_locate_var_in_query(query, 1), SQLSTATE_INVALID_COLUMN_REFERENCE,
                 "UNION/INTERSECT/EXCEPT member statement cannot refer to other relations of same query level");
        return NULL;
    }
    for (size_t i = 0; i < query->targets.len; i++) {
        if (!query->targets.items[i]->junk)
            targetlist_push(ps_arena(ps), columns, query->targets.items[i]);
    }
    const char *name = arena_printf(ps_arena(ps), "*SELECT* %zu", ps->query->nrtable + 1);
    NsItem *item = relation_add_subquery(ps, query, range_make_alias(ps, name), name, false, false);
    if (!item)
        return NULL;
    SetOpNode *leaf = arena_new_of(ps_arena(ps), SetOpNode);
    leaf->rtindex = item->rtindex;
    return leaf;
}

/* ---- inner nodes ---- */

/* determineRecursiveColTypes: a recursive WITH item has the columns of its non-recursive term. */
static bool settle_recursive_columns(ParseState *ps, const SetOpNode *left, const TargetList *columns)
{
    const TargetList *names = &leftmost(ps, left)->subquery->targets;
    TargetList dummies = {0};
    for (size_t i = 0; i < columns->len; i++)
        targetlist_push(ps_arena(ps), &dummies,
                        target_new(ps, columns->items[i]->expr, (int)i + 1, names->items[i]->name, false));
    return cte_set_columns(ps, ps->parent_cte, &dummies);
}

/* One side of a column. The child query keeps its own type, except that an untyped literal or parameter takes the
 * common one; NULL after an error. */
static Expr *coerce_side(ParseState *ps, TargetEntry *entry, Oid type, const char *context)
{
    Expr *expr = entry->expr;
    if (expr->type != TYPE_UNKNOWN)
        return coerce_to_common(ps, expr, type, context);
    if (expr->kind != EXPR_CONST && expr->kind != EXPR_PARAM)
        return expr;
    expr = coerce_to_common(ps, expr, type, context);
    if (expr)
        entry->expr = expr;
    return expr;
}

static bool merge_column(ParseState *ps, SetOpNode *node, TargetEntry *left, TargetEntry *right, size_t i,
                         TargetList *columns)
{
    const char *context = contexts[node->op];
    ExprList both = {0};
    exprlist_push(ps_arena(ps), &both, left->expr);
    exprlist_push(ps_arena(ps), &both, right->expr);
    Expr *best = NULL;
    Oid type = coerce_select_common(ps, &both, context, &best);
    if (!type)
        return false;
    int32_t location = best ? expr_location(best) : -1;
    both.items[0] = coerce_side(ps, left, type, context);
    both.items[1] = both.items[0] ? coerce_side(ps, right, type, context) : NULL;
    if (!both.items[1])
        return false;
    bool all_union = node->op == SETOP_UNION && node->all, failed = false;
    node->types[i] = type;
    node->typmods[i] = coerce_common_typmod(&both, type);
    node->collations[i] = collate_select_common(ps, &both, all_union, &failed);
    if (failed)
        return false;
    if (!all_union) {
        SortGroupOperators ops;
        if (!oper_sort_group(ps, type, false, true, false, location, &ops))
            return false;
        SortGroupClause clause = {.eq_op = ops.eq, .sort_op = ops.lt, .hashable = ops.hashable};
        vec_push(ps_arena(ps), &node->group, clause);
    }
    Expr *dummy = expr_new(ps_arena(ps), EXPR_SET_TO_DEFAULT, sizeof(Expr), type, location);
    dummy->typmod = node->typmods[i];
    dummy->collation = node->collations[i];
    targetlist_push(ps_arena(ps), columns, target_new(ps, dummy, (int)i + 1, NULL, false));
    return true;
}

static bool merge_columns(ParseState *ps, SetOpNode *node, const TargetList *left, const TargetList *right,
                          TargetList *columns)
{
    if (left->len != right->len) {
        ps_error(ps, right->len ? expr_location(right->items[0]->expr) : -1, SQLSTATE_SYNTAX_ERROR,
                 "each %s query must have the same number of columns", contexts[node->op]);
        return false;
    }
    node->ncolumns = left->len;
    node->types = arena_array_of(ps_arena(ps), left->len, Oid);
    node->typmods = arena_array_of(ps_arena(ps), left->len, int32_t);
    node->collations = arena_array_of(ps_arena(ps), left->len, Oid);
    for (size_t i = 0; i < left->len; i++) {
        if (!merge_column(ps, node, left->items[i], right->items[i], i, columns))
            return false;
    }
    return true;
}

static SetOpNode *transform_tree(ParseState *ps, const AstSelectStmt *raw, bool top, TargetList *columns);

static SetOpNode *transform_inner(ParseState *ps, const AstSelectStmt *raw, bool top, TargetList *columns)
{
    SetOpNode *node = arena_new_of(ps_arena(ps), SetOpNode);
    TargetList left = {0}, right = {0};
    node->op = set_op(raw);
    node->all = raw->all;
    node->left = transform_tree(ps, raw->larg, false, &left);
    if (!node->left)
        return NULL;
    if (top && ps->parent_cte && ps->parent_cte->recursive && !settle_recursive_columns(ps, node->left, &left))
        return NULL;
    node->right = transform_tree(ps, raw->rarg, false, &right);
    return node->right && merge_columns(ps, node, &left, &right, columns) ? node : NULL;
}

/* A SELECT with clauses of its own is a leaf, set operation or not. */
static bool is_leaf(const AstSelectStmt *raw, bool top)
{
    if (raw->op == PG_QUERY__SET_OPERATION__SETOP_NONE)
        return true;
    return !top && (raw->n_sort_clause || raw->limit_offset || raw->limit_count || raw->n_locking_clause ||
                    raw->with_clause);
}

static SetOpNode *transform_tree(ParseState *ps, const AstSelectStmt *raw, bool top, TargetList *columns)
{
    if (raw->into_clause) {
        ps_error(ps, raw->into_clause->rel ? raw->into_clause->rel->location : -1, SQLSTATE_SYNTAX_ERROR,
                 "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT");
        return NULL;
    }
    if (refuse_locking(ps, raw))
        return NULL;
    if (!ps_enter(ps))
        return NULL;
    SetOpNode *node = is_leaf(raw, top) ? transform_leaf(ps, raw, columns) : transform_inner(ps, raw, top, columns);
    ps_leave(ps);
    return node;
}

/* ---- the query around them ---- */

static bool refuse_into(ParseState *ps, const AstSelectStmt *raw)
{
    const AstSelectStmt *select = raw->larg;
    while (select && select->op != PG_QUERY__SET_OPERATION__SETOP_NONE)
        select = select->larg;
    if (!select || !select->into_clause)
        return false;
    ps_error(ps, select->into_clause->rel ? select->into_clause->rel->location : -1, SQLSTATE_SYNTAX_ERROR,
             "SELECT ... INTO is not allowed here");
    return true;
}

/* The outer query's targets: variables of the leftmost query, with the types of the whole. */
static void make_targets(ParseState *ps, const SetOpNode *top, JoinColumns *join)
{
    const SetOpNode *node = top;
    while (node->left)
        node = node->left;
    const TargetList *names = &leftmost(ps, top)->subquery->targets;
    join->names = arena_array_of(ps_arena(ps), top->ncolumns, const char *);
    join->vars = arena_array_of(ps_arena(ps), top->ncolumns, Expr *);
    join->columns = arena_array_of(ps_arena(ps), top->ncolumns, struct NsColumn);
    for (size_t i = 0; i < top->ncolumns; i++) {
        const TargetEntry *named = names->items[i];
        Expr *var = range_make_var(ps, node->rtindex, named->number, top->types[i], top->typmods[i],
                                   top->collations[i], 0, expr_location(named->expr));
        targetlist_push(ps_arena(ps), &ps->query->targets,
                        target_new(ps, var, ps->next_resno++, named->name, false));
        join->names[i] = named->name;
        join->vars[i] = var;
        join->columns[i] = (struct NsColumn){.rtindex = node->rtindex,
                                             .attribute = named->number,
                                             .type = var->type,
                                             .typmod = var->typmod,
                                             .collation = var->collation};
    }
    join->len = top->ncolumns;
}

/* ORDER BY sees the output columns only, as if they were those of a join; and may name but not compute. */
static bool transform_order(ParseState *ps, const AstSelectStmt *raw, const JoinColumns *join)
{
    Query *query = ps->query;
    size_t nrtable = query->nrtable, ntargets = query->targets.len;
    NsItem *item = range_add_join(ps, join, JOIN_INNER, NULL, NULL, false);
    if (!item)
        return false;
    Namespace saved = ps->namespace;
    ps->namespace = (Namespace){0};
    relation_add_to_query(ps, item, false, false, true);
    bool ok = clause_transform_sort(ps, raw->n_sort_clause, raw->sort_clause, &query->targets, PARSE_ORDER_BY,
                                    false, &query->sort);
    ps->namespace = saved;
    query->nrtable = nrtable;
    if (!ok || query->targets.len == ntargets)
        return ok;
    Diag *diag = ps_error(ps, expr_location(query->targets.items[ntargets]->expr), SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "invalid UNION/INTERSECT/EXCEPT ORDER BY clause");
    ps_detail(ps, diag, "Only result column names can be used, not expressions or functions.");
    ps_hint(ps, diag, "Add the expression/function to every SELECT, or move the UNION into a FROM clause.");
    return false;
}

bool set_operation_transform(ParseState *ps, const AstSelectStmt *raw)
{
    Query *query = ps->query;
    query->command = COMMAND_SELECT;
    if (refuse_into(ps, raw) || refuse_locking(ps, raw) || !cte_transform_with(ps, raw->with_clause))
        return false;
    TargetList columns = {0};
    query->set_operations = transform_tree(ps, raw, true, &columns);
    if (!query->set_operations)
        return false;
    JoinColumns join = {0};
    make_targets(ps, query->set_operations, &join);
    if (!transform_order(ps, raw, &join))
        return false;
    if (!clause_transform_limits(ps, raw))
        return false;
    query_finish(ps, NULL);
    return query_check(ps, ps->has_aggs);
}
