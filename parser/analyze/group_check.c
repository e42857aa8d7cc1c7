/* Grouping rules of a finished query: parseCheckAggregates of PostgreSQL's parse_agg.c.
 *
 * Every column used outside an aggregate must be grouped, or depend on grouped columns through a primary key. */
#include "analyze/group_parts.h"

typedef struct GroupCheck {
    ParseState *ps;
    Query *query;
    ExprList groups;     /* the grouping expressions, join columns also as what they stand for */
    ExprList common;     /* those that are in every grouping set: what functional dependency may rest on */
    bool non_var;        /* some group expression is no plain column */
    int depth;           /* query levels entered */
    bool inner;          /* in what a join column that a sub-select names stands for; depth is 0 then */
    bool in_direct_args; /* of an ordered-set aggregate */
    bool *dependent;     /* by range table index: known to be functionally dependent */
    bool failed;
} GroupCheck;

/* What a Var of a join's column stands for; NULL when it is no such Var. */
static Expr *join_column(const GroupCheck *check, const Var *var)
{
    if (var->rtindex <= 0 || (size_t)var->rtindex > check->query->nrtable || var->attribute <= 0)
        return NULL;
    const RangeTblEntry *rte = check->query->rtable[var->rtindex - 1];
    if (rte->kind != RTE_JOIN || !rte->join_vars || (size_t)var->attribute > rte->ncolumns)
        return NULL;
    return rte->join_vars[var->attribute - 1];
}

static bool same_column(const Expr *expr, const Var *var)
{
    return expr->kind == EXPR_VAR && ((const Var *)expr)->rtindex == var->rtindex &&
           ((const Var *)expr)->attribute == var->attribute && ((const Var *)expr)->levels_up == 0;
}

static bool is_grouped(const ExprList *groups, const Var *var)
{
    for (size_t i = 0; i < groups->len; i++)
        if (same_column(groups->items[i], var))
            return true;
    return false;
}

/* check_functional_grouping: all columns of the relation's primary key are grouped. */
static bool depends_on_key(GroupCheck *check, const Var *var)
{
    if (check->dependent[var->rtindex])
        return true;
    const RangeTblEntry *rte = check->query->rtable[var->rtindex - 1];
    const Relation *relation =
        rte->kind == RTE_RELATION ? catalog_relation(ps_catalog(check->ps), rte->relation) : NULL;
    for (size_t i = 0; relation && i < relation->nconstraints; i++) {
        const Constraint *key = &relation->constraints[i];
        if (key->type != CONSTRAINT_PRIMARY || key->deferrable)
            continue;
        size_t found = 0;
        while (found < key->ncolumns) {
            Var column = *var;
            column.attribute = key->columns[found];
            if (!is_grouped(&check->common, &column))
                break;
            found++;
        }
        if (key->ncolumns && found == key->ncolumns)
            return check->dependent[var->rtindex] = true;
    }
    return false;
}

static void report_ungrouped(GroupCheck *check, const Var *var)
{
    const RangeTblEntry *rte = check->query->rtable[var->rtindex - 1];
    const char *column = "?";
    if (var->attribute > 0 && (size_t)var->attribute <= rte->ncolumns)
        column = rte->columns[var->attribute - 1].name;
    else if (var->attribute == 0)
        column = "*";
    else if (rte->kind == RTE_RELATION) {
        const Relation *relation = catalog_relation(ps_catalog(check->ps), rte->relation);
        const Column *system = relation ? catalog_column(relation, var->attribute) : NULL;
        column = system ? system->name : column;
    }
    check->failed = true;
    if (check->depth > 0 || check->inner) {
        ps_error(check->ps, var->expr.location, SQLSTATE_GROUPING_ERROR,
                 "subquery uses ungrouped column \"%s.%s\" from outer query", rte->ref_name, column);
        return;
    }
    Diag *diag = ps_error(check->ps, var->expr.location, SQLSTATE_GROUPING_ERROR,
                          "column \"%s.%s\" must appear in the GROUP BY clause or be used in an aggregate function",
                          rte->ref_name, column);
    if (check->in_direct_args)
        ps_detail(check->ps, diag, "Direct arguments of an ordered-set aggregate must use only grouped columns.");
}

static bool check_in_query(Query *query, void *context);
static bool check_expr(Expr *expr, void *context);

static bool check_var(GroupCheck *check, Var *var);

/* A join's whole row is all its columns (flatten_join_alias_vars). */
static bool check_whole_join(GroupCheck *check, const Var *whole)
{
    const RangeTblEntry *rte = check->query->rtable[whole->rtindex - 1];
    for (size_t i = 0; i < rte->ncolumns; i++) {
        Var column = *whole;
        column.attribute = (int16_t)(i + 1);
        if (rte->columns[i].type && check_var(check, &column))
            return true;
    }
    return false;
}

static bool check_var(GroupCheck *check, Var *var)
{
    if (var->levels_up != check->depth || var->rtindex <= 0 || (size_t)var->rtindex > check->query->nrtable)
        return false;
    Expr *stands_for = join_column(check, var);
    /* a merged column is an expression, and those are not looked for in sub-selects */
    bool comparable = check->depth == 0 || !stands_for || stands_for->kind == EXPR_VAR;
    if (comparable && (is_grouped(&check->groups, var) || depends_on_key(check, var)))
        return false;
    if (var->attribute == 0 && check->query->rtable[var->rtindex - 1]->kind == RTE_JOIN)
        return check_whole_join(check, var);
    if (stands_for && stands_for->kind == EXPR_VAR) {
        Var inner = *(Var *)stands_for;
        inner.levels_up = check->depth;
        inner.expr.location = var->expr.location;
        return check_var(check, &inner);
    }
    if (stands_for && check->depth == 0)
        return check_expr(stands_for, check);
    if (stands_for) {
        int depth = check->depth;
        check->depth = 0;
        check->inner = true;
        bool failed = check_expr(stands_for, check);
        check->depth = depth;
        check->inner = false;
        return failed;
    }
    report_ungrouped(check, var);
    return true;
}

static bool check_aggregate(GroupCheck *check, Aggref *agg)
{
    if (agg->levels_up > check->depth)
        return false;
    if (agg->levels_up < check->depth)
        return expr_walk(&agg->expr, check_expr, check);
    /* Its arguments are free; only direct ones are bound to the groups. */
    check->in_direct_args = true;
    bool failed = false;
    for (size_t i = 0; i < agg->direct_args.len && !failed; i++)
        failed = check_expr(agg->direct_args.items[i], check);
    check->in_direct_args = false;
    return failed;
}

static bool check_list(const ExprList *list, void *context)
{
    for (size_t i = 0; i < list->len; i++) {
        if (list->items[i] && check_expr(list->items[i], context))
            return true;
    }
    return false;
}

/* The indices come first, as in PostgreSQL's walker. */
static bool check_subscript(const Subscript *subscript, void *context)
{
    return check_list(&subscript->upper, context) || check_list(&subscript->lower, context) ||
           check_expr(subscript->container, context) ||
           (subscript->assigned && check_expr(subscript->assigned, context));
}

/* check_ungrouped_columns_walker */
static bool check_expr(Expr *expr, void *context)
{
    GroupCheck *check = context;
    if (expr->kind == EXPR_CONST || expr->kind == EXPR_PARAM)
        return false;
    if (expr->kind == EXPR_AGGREF)
        return check_aggregate(check, (Aggref *)expr);
    if (expr->kind == EXPR_GROUPING && ((GroupingFunc *)expr)->levels_up >= check->depth)
        return false;
    for (size_t i = 0; check->non_var && check->depth == 0 && !check->inner && i < check->groups.len; i++)
        if (expr_equal(expr, check->groups.items[i]))
            return false;
    if (expr->kind == EXPR_VAR)
        return check_var(check, (Var *)expr);
    if (expr->kind == EXPR_SUBSCRIPT)
        return check_subscript((Subscript *)expr, context);
    if (expr_walk(expr, check_expr, context))
        return true;
    return expr->kind == EXPR_SUBLINK && check_in_query(((SubLink *)expr)->query, context);
}

static bool check_in_query(Query *query, void *context)
{
    GroupCheck *check = context;
    check->depth++;
    bool failed =
        query_walk_exprs(query, check_expr, context) || query_walk_subqueries(query, check_in_query, context);
    check->depth--;
    return failed;
}

/* ---- GROUPING() ---- */

static bool check_grouping_in_query(Query *query, void *context);

/* finalize_grouping_exprs_walker: its arguments are grouping expressions of its level. */
static bool check_grouping(Expr *expr, void *context)
{
    GroupCheck *check = context;
    GroupingFunc *grouping = (GroupingFunc *)expr;
    if (expr->kind == EXPR_GROUPING && grouping->levels_up == check->depth) {
        for (size_t i = 0; i < grouping->args.len; i++) {
            Expr *arg = grouping->args.items[i];
            bool found = false;
            for (size_t j = 0; j < check->groups.len && !found; j++) {
                if (arg->kind == EXPR_VAR) {
                    Var local = *(Var *)arg;
                    found = local.levels_up == check->depth && is_grouped(&check->groups, &local);
                } else {
                    found = check->depth == 0 && expr_equal(arg, check->groups.items[j]);
                }
            }
            if (!found) {
                ps_error(check->ps, expr_location(arg), SQLSTATE_GROUPING_ERROR,
                         "arguments to GROUPING must be grouping expressions of the associated query level");
                check->failed = true;
                return true;
            }
        }
    }
    if (expr->kind == EXPR_SUBLINK && check_grouping_in_query(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, check_grouping, context);
}

static bool check_grouping_in_query(Query *query, void *context)
{
    GroupCheck *check = context;
    check->depth++;
    bool failed = query_walk_exprs(query, check_grouping, context) ||
                  query_walk_subqueries(query, check_grouping_in_query, context);
    check->depth--;
    return failed;
}

/* ---- the query ---- */

static void add_group(GroupCheck *check, Expr *expr, bool common)
{
    Arena *arena = ps_arena(check->ps);
    for (;;) {
        exprlist_push(arena, &check->groups, expr);
        if (common)
            exprlist_push(arena, &check->common, expr);
        if (expr->kind != EXPR_VAR) {
            check->non_var = true;
            return;
        }
        expr = join_column(check, (Var *)expr);
        if (!expr)
            return;
    }
}

static bool has_self_reference(const Query *query)
{
    for (size_t i = 0; i < query->nrtable; i++)
        if (query->rtable[i]->kind == RTE_CTE && query->rtable[i]->self_reference)
            return true;
    return false;
}

static bool collect_groups(GroupCheck *check)
{
    Query *query = check->query;
    size_t nrefs;
    uint32_t *refs;
    if (!group_common_refs(check->ps, query, &refs, &nrefs))
        return false;
    for (size_t i = 0; i < query->group.len; i++) {
        uint32_t ref = query->group.items[i].ref;
        TargetEntry *entry = clause_target_of_ref(&query->targets, ref);
        bool common = !query->ngrouping_sets;
        for (size_t j = 0; j < nrefs; j++)
            common = common || refs[j] == ref;
        if (entry)
            add_group(check, entry->expr, common);
    }
    return true;
}

bool agg_check_query(ParseState *ps, Query *query)
{
    GroupCheck check = {.ps = ps, .query = query};
    check.dependent = arena_array_of(ps_arena(ps), query->nrtable + 1, bool);
    if (!collect_groups(&check))
        return false;
    for (size_t i = 0; i < query->targets.len && !check.failed; i++)
        check_grouping(query->targets.items[i]->expr, &check);
    for (size_t i = 0; i < query->targets.len && !check.failed; i++)
        check_expr(query->targets.items[i]->expr, &check);
    if (query->having && !check.failed && !check_grouping(query->having, &check))
        check_expr(query->having, &check);
    if (check.failed)
        return false;
    if (ps->has_aggs && has_self_reference(query)) {
        ps_error(ps, agg_locate(query), SQLSTATE_INVALID_RECURSION,
                 "aggregate functions are not allowed in a recursive query's recursive term");
        return false;
    }
    return true;
}
