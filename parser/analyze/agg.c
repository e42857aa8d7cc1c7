/* Aggregate calls and GROUPING: what level they belong to and where they may stand. From PostgreSQL's parse_agg.c.
 */
#include "analyze/parse_state.h"

/* ---- the level of an aggregate ---- */

typedef struct LevelSearch {
    ParseState *ps;
    int depth;             /* query levels entered below the aggregate */
    int min_var, min_agg;  /* -1: none met */
    const Expr *misplaced; /* the first window function or set-returning call met at depth 0 */
} LevelSearch;

static void note_level(int *min, int level)
{
    if (level >= 0 && (*min < 0 || level < *min))
        *min = level;
}

static bool search_query(Query *query, void *context);

static bool returns_set(const Expr *expr)
{
    return (expr->kind == EXPR_FUNC && ((const FuncExpr *)expr)->returns_set) ||
           (expr->kind == EXPR_OP && ((const OpExpr *)expr)->returns_set);
}

static bool search_expr(Expr *expr, void *context)
{
    LevelSearch *search = context;
    if (expr->kind == EXPR_VAR) {
        note_level(&search->min_var, ((Var *)expr)->levels_up - search->depth);
        return false;
    }
    if (expr->kind == EXPR_AGGREF)
        note_level(&search->min_agg, ((Aggref *)expr)->levels_up - search->depth);
    if (expr->kind == EXPR_GROUPING)
        note_level(&search->min_agg, ((GroupingFunc *)expr)->levels_up - search->depth);
    if (search->depth == 0 && !search->misplaced && (expr->kind == EXPR_WINDOW_FUNC || returns_set(expr)))
        search->misplaced = expr;
    if (expr->kind == EXPR_SUBLINK)
        search_query(((SubLink *)expr)->query, context);
    return expr_walk(expr, search_expr, context);
}

static bool search_query(Query *query, void *context)
{
    LevelSearch *search = context;
    search->depth++;
    query_walk_exprs(query, search_expr, context);
    query_walk_subqueries(query, search_query, context);
    search->depth--;
    return false;
}

static LevelSearch search_levels(ParseState *ps, const ExprList *list, Expr *filter)
{
    LevelSearch search = {.ps = ps, .min_var = -1, .min_agg = -1};
    for (size_t i = 0; i < list->len; i++)
        search_expr(list->items[i], &search);
    if (filter)
        search_expr(filter, &search);
    return search;
}

/* locate_agg_of_level */
typedef struct AggSearch {
    int level;
    int32_t location;
} AggSearch;

static bool locate_in_query(Query *query, void *context);

static bool locate_agg(Expr *expr, void *context)
{
    AggSearch *search = context;
    if ((expr->kind == EXPR_AGGREF && ((Aggref *)expr)->levels_up == search->level && expr->location >= 0) ||
        (expr->kind == EXPR_GROUPING && ((GroupingFunc *)expr)->levels_up == search->level &&
         expr->location >= 0)) {
        search->location = expr->location;
        return true;
    }
    if (expr->kind == EXPR_SUBLINK && locate_in_query(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, locate_agg, context);
}

static bool locate_in_query(Query *query, void *context)
{
    AggSearch *search = context;
    search->level++;
    bool found =
        query_walk_exprs(query, locate_agg, context) || query_walk_subqueries(query, locate_in_query, context);
    search->level--;
    return found;
}

static int32_t agg_location(const ExprList *list, int level)
{
    AggSearch search = {level, -1};
    for (size_t i = 0; i < list->len && search.location < 0; i++)
        locate_agg(list->items[i], &search);
    return search.location;
}

int32_t agg_locate(Query *query)
{
    AggSearch search = {-1, -1};
    locate_in_query(query, &search);
    return search.location;
}

static int report_misplaced(ParseState *ps, const Expr *expr)
{
    if (expr->kind == EXPR_WINDOW_FUNC) {
        ps_error(ps, expr_location(expr), SQLSTATE_GROUPING_ERROR,
                 "aggregate function calls cannot contain window function calls");
        return -1;
    }
    Diag *diag = ps_error(ps, expr_location(expr), SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "aggregate function calls cannot contain set-returning function calls");
    ps_hint(ps, diag, "You might be able to move the set-returning function into a LATERAL FROM item.");
    return -1;
}

/* check_agg_arguments: the level an aggregate belongs to; -1 after an error. */
static int find_level(ParseState *ps, const ExprList *direct, const ExprList *args, Expr *filter)
{
    LevelSearch search = search_levels(ps, args, filter);
    if (search.misplaced)
        return report_misplaced(ps, search.misplaced);
    int level = search.min_var;
    if (level < 0 || (search.min_agg >= 0 && search.min_agg < level))
        level = search.min_agg;
    if (level < 0)
        level = 0;
    if (level == search.min_agg) {
        int32_t location = agg_location(args, level);
        ps_error(ps, location, SQLSTATE_GROUPING_ERROR, "aggregate function calls cannot be nested");
        return -1;
    }
    LevelSearch directs = search_levels(ps, direct, NULL);
    if (directs.misplaced)
        return report_misplaced(ps, directs.misplaced);
    if (directs.min_var >= 0 && directs.min_var < level) {
        ps_error(ps, direct->len ? expr_location(direct->items[0]) : -1, SQLSTATE_GROUPING_ERROR,
                 "outer-level aggregate cannot contain a lower-level variable in its direct arguments");
        return -1;
    }
    if (directs.min_agg >= 0 && directs.min_agg <= level) {
        ps_error(ps, agg_location(direct, directs.min_agg), SQLSTATE_GROUPING_ERROR,
                 "aggregate function calls cannot be nested");
        return -1;
    }
    return level;
}

/* ---- where they may stand ---- */

/* Where aggregates are refused; NULL where they are not. */
static const char *refusing_place(ParseExprKind kind)
{
    switch ((int)kind) {
    case PARSE_NONE:
    case PARSE_OTHER:
    case PARSE_HAVING:
    case PARSE_WINDOW_PARTITION:
    case PARSE_WINDOW_ORDER:
    case PARSE_SELECT_TARGET:
    case PARSE_ORDER_BY:
    case PARSE_DISTINCT_ON:
        return NULL;
    default:
        return expr_kind_place(kind);
    }
}

static bool allowed_here(ParseState *level, ParseState *ps, bool grouping, int32_t location)
{
    const char *what = grouping ? "grouping operations" : "aggregate functions";
    if (level->expr_kind == PARSE_FROM_SUBSELECT) {
        ps_error(ps, location, SQLSTATE_GROUPING_ERROR,
                 "%s are not allowed in FROM clause of their own query level", what);
        return false;
    }
    const char *where = refusing_place(level->expr_kind);
    if (where)
        ps_error(ps, location, SQLSTATE_GROUPING_ERROR, "%s are not allowed in %s", what, where);
    return !where;
}

/* check_agglevels_and_constraints; the level found, or -1 after an error. */
static int check_level(ParseState *ps, const ExprList *direct, const ExprList *args, Expr *filter, bool grouping,
                       int32_t location)
{
    int level = find_level(ps, direct, args, filter);
    if (level < 0)
        return -1;
    ParseState *owner = ps;
    for (int i = 0; i < level && owner->parent; i++)
        owner = owner->parent;
    owner->has_aggs = true;
    return allowed_here(owner, ps, grouping, location) ? level : -1;
}

/* ---- the calls ---- */

static TargetEntry *new_entry(ParseState *ps, Expr *expr, size_t number)
{
    TargetEntry *entry = arena_new_of(ps_arena(ps), TargetEntry);
    entry->expr = expr;
    entry->number = (int16_t)number;
    entry->location = -1;
    return entry;
}

/* WITHIN GROUP: the last norder arguments are the aggregated ones, sorted as written. */
static bool split_ordered_set(ParseState *ps, Aggref *agg, const ExprList *args, size_t norder,
                              PgQuery__Node *const *order, TargetList *targets)
{
    size_t ndirect = args->len - norder;
    for (size_t i = 0; i < ndirect; i++)
        exprlist_push(ps_arena(ps), &agg->direct_args, args->items[i]);
    SortGroupList sort = {0};
    for (size_t i = 0; i < norder; i++) {
        TargetEntry *entry = new_entry(ps, args->items[ndirect + i], i + 1);
        targetlist_push(ps_arena(ps), targets, entry);
        if (!clause_add_sort(ps, entry, &sort, targets, order[i]->sort_by))
            return false;
    }
    return true;
}

/* DISTINCT inside an aggregate needs operators to sort by. */
static bool check_distinct(ParseState *ps, const TargetList *targets, const SortGroupList *distinct)
{
    for (size_t i = 0; i < distinct->len; i++) {
        if (distinct->items[i].sort_op)
            continue;
        const TargetEntry *entry = clause_target_of_ref(targets, distinct->items[i].ref);
        Diag *diag =
            ps_error(ps, expr_location(entry->expr), SQLSTATE_UNDEFINED_FUNCTION,
                     "could not identify an ordering operator for type %s", ps_type(ps, entry->expr->type));
        ps_detail(ps, diag, "Aggregates with DISTINCT must be able to sort their inputs.");
        return false;
    }
    return true;
}

static bool sort_args(ParseState *ps, const ExprList *args, size_t norder, PgQuery__Node *const *order,
                      bool distinct, TargetList *targets)
{
    for (size_t i = 0; i < args->len; i++)
        targetlist_push(ps_arena(ps), targets, new_entry(ps, args->items[i], i + 1));
    int next = ps->next_resno;
    ps->next_resno = (int)args->len + 1;
    SortGroupList sort = {0}, distincts = {0};
    bool ok = clause_transform_sort(ps, norder, order, targets, PARSE_ORDER_BY, true, &sort);
    if (ok && distinct)
        ok = clause_transform_distinct(ps, targets, &sort, true, &distincts) &&
             check_distinct(ps, targets, &distincts);
    ps->next_resno = next;
    return ok;
}

bool agg_transform_call(ParseState *ps, Aggref *agg, ExprList *args, size_t norder, PgQuery__Node *const *order,
                        bool distinct)
{
    const Function *function = catalog_function(ps_catalog(ps), agg->function);
    TargetList targets = {0};
    bool ordered_set = function && function->aggregate_kind != 'n';
    agg->distinct = distinct;
    if (ordered_set ? !split_ordered_set(ps, agg, args, norder, order, &targets)
                    : !sort_args(ps, args, norder, order, distinct, &targets))
        return false;
    ExprList all = {0};
    for (size_t i = 0; i < targets.len; i++) {
        bool is_arg = ordered_set || i < args->len;
        exprlist_push(ps_arena(ps), is_arg ? &agg->args : &agg->order_exprs, targets.items[i]->expr);
        exprlist_push(ps_arena(ps), &all, targets.items[i]->expr);
    }
    int level = check_level(ps, &agg->direct_args, &all, agg->filter, false, agg->expr.location);
    if (level < 0)
        return false;
    agg->levels_up = level;
    return true;
}

Expr *agg_transform_grouping(ParseState *ps, const PgQuery__GroupingFunc *raw)
{
    enum { MOST_ARGS = 31 };
    if (raw->n_args > MOST_ARGS) {
        ps_error(ps, raw->location, SQLSTATE_TOO_MANY_ARGUMENTS, "GROUPING must have fewer than 32 arguments");
        return NULL;
    }
    GroupingFunc *grouping = expr_make(ps_arena(ps), EXPR_GROUPING, GroupingFunc, TYPE_INT4, raw->location);
    for (size_t i = 0; i < raw->n_args; i++) {
        Expr *arg = expr_recurse(ps, raw->args[i]);
        if (!arg)
            return NULL;
        exprlist_push(ps_arena(ps), &grouping->args, arg);
    }
    const ExprList none = {0};
    grouping->levels_up = check_level(ps, &none, &grouping->args, NULL, true, raw->location);
    return grouping->levels_up < 0 ? NULL : &grouping->expr;
}
