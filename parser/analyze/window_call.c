/* Window function calls: where they may stand, and which window they use. transformWindowFuncCall of PostgreSQL's
 * parse_agg.c. */
#include "analyze/parse_state.h"
#include "ast/walk.h"

#include <string.h>

/* Where window functions are refused; NULL where they are not. */
static const char *refusing_place(ParseExprKind kind)
{
    switch ((int)kind) {
    case PARSE_NONE:
    case PARSE_OTHER:
    case PARSE_SELECT_TARGET:
    case PARSE_ORDER_BY:
    case PARSE_DISTINCT_ON:
        return NULL;
    case PARSE_WINDOW_FRAME_RANGE:
    case PARSE_WINDOW_FRAME_ROWS:
    case PARSE_WINDOW_FRAME_GROUPS:
        return "window definitions";
    default:
        return expr_kind_place(kind);
    }
}

static bool find_window(Expr *expr, void *context)
{
    if (expr->kind == EXPR_WINDOW_FUNC) {
        *(int32_t *)context = expr_location(expr);
        return true;
    }
    return expr_walk(expr, find_window, context);
}

static bool check_not_nested(ParseState *ps, const WindowFunc *func)
{
    int32_t location = -1;
    for (size_t i = 0; i < func->args.len; i++) {
        if (!find_window(func->args.items[i], &location))
            continue;
        ps_error(ps, location, SQLSTATE_WINDOWING_ERROR, "window function calls cannot be nested");
        return false;
    }
    return true;
}

static bool check_place(ParseState *ps, int32_t location)
{
    const char *where = refusing_place(ps->expr_kind);
    if (where)
        ps_error(ps, location, SQLSTATE_WINDOWING_ERROR, "window functions are not allowed in %s", where);
    return !where;
}

static int find_named(ParseState *ps, const PgQuery__WindowDef *over)
{
    for (size_t i = 0; i < ps->nwindow_defs; i++) {
        const PgQuery__WindowDef *def = ps->window_defs[i]->window_def;
        if (*def->name && strcmp(def->name, over->name) == 0)
            return (int)i;
    }
    ps_error(ps, over->location, SQLSTATE_UNDEFINED_OBJECT, "window \"%s\" does not exist", over->name);
    return -1;
}

/* Appends an OVER specification to the level's windows. */
static int add_window(ParseState *ps, const PgQuery__WindowDef *over)
{
    PgQuery__Node *node = arena_new_of(ps_arena(ps), PgQuery__Node);
    pg_query__node__init(node);
    node->node_case = PG_QUERY__NODE__NODE_WINDOW_DEF;
    node->window_def = arena_memdup(ps_arena(ps), over, sizeof *over);
    struct {
        PgQuery__Node **items;
        size_t len, cap;
    } list = {ps->window_defs, ps->nwindow_defs, ps->window_defs_cap};
    vec_push(ps_arena(ps), &list, node);
    ps->window_defs = list.items;
    ps->nwindow_defs = list.len;
    ps->window_defs_cap = list.cap;
    return (int)list.len - 1;
}

static bool equal_nodes(const PgQuery__Node *a, const PgQuery__Node *b)
{
    return ast_equal(a ? &a->base : NULL, b ? &b->base : NULL);
}

static bool equal_lists(size_t n, PgQuery__Node *const *a, size_t m, PgQuery__Node *const *b)
{
    bool equal = n == m;
    for (size_t i = 0; equal && i < n; i++)
        equal = equal_nodes(a[i], b[i]);
    return equal;
}

/* An OVER specification that was written before, or in WINDOW, is the same window; -1 when there is none. */
static int find_same(ParseState *ps, const PgQuery__WindowDef *over)
{
    for (size_t i = 0; i < ps->nwindow_defs; i++) {
        const PgQuery__WindowDef *def = ps->window_defs[i]->window_def;
        if (strcmp(def->refname, over->refname) == 0 && def->frame_options == over->frame_options &&
            equal_lists(def->n_partition_clause, def->partition_clause, over->n_partition_clause,
                        over->partition_clause) &&
            equal_lists(def->n_order_clause, def->order_clause, over->n_order_clause, over->order_clause) &&
            equal_nodes(def->start_offset, over->start_offset) && equal_nodes(def->end_offset, over->end_offset))
            return (int)i;
    }
    return -1;
}

bool window_transform_call(ParseState *ps, WindowFunc *func, const PgQuery__WindowDef *over)
{
    if (!check_not_nested(ps, func) || !check_place(ps, func->expr.location))
        return false;
    func->window = *over->name ? find_named(ps, over) : find_same(ps, over);
    if (func->window < 0 && !*over->name)
        func->window = add_window(ps, over);
    if (func->window < 0)
        return false;
    ps->has_windows = true;
    return true;
}
