/* The walkers meet every expression, equality sees every difference that means something and no other, and places
 * are those of exprLocation. */
#include "tree/tree.h"

#include <check.h>
#include <string.h>

static Arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

enum { INT4 = 23, BOOLEAN = 16 };

static Expr *var(int rtindex, int attribute, int levels_up, int32_t location)
{
    Var *made = expr_make(arena, EXPR_VAR, Var, INT4, location);
    made->rtindex = rtindex;
    made->attribute = (int16_t)attribute;
    made->levels_up = levels_up;
    return &made->expr;
}

static Expr *constant(const char *text, int32_t location)
{
    Const *made = expr_make(arena, EXPR_CONST, Const, INT4, location);
    made->text = text;
    return &made->expr;
}

static Expr *op(Oid oid, Expr *left, Expr *right, int32_t location)
{
    OpExpr *made = expr_make(arena, EXPR_OP, OpExpr, INT4, location);
    made->op = oid;
    if (left)
        vec_push(arena, &made->args, left);
    vec_push(arena, &made->args, right);
    return &made->expr;
}

static Query *query_of(Expr *target)
{
    Query *query = arena_new_of(arena, Query);
    TargetEntry *entry = arena_new_of(arena, TargetEntry);
    *entry = (TargetEntry){.expr = target, .number = 1, .name = "c"};
    vec_push(arena, &query->targets, entry);
    return query;
}

static Expr *sublink(Query *query)
{
    SubLink *made = expr_make(arena, EXPR_SUBLINK, SubLink, INT4, 5);
    made->sublink = SUBLINK_EXPR;
    made->query = query;
    return &made->expr;
}

/* ---- Walking ---- */

static bool count_expr(Expr *expr, void *context)
{
    size_t *count = context;
    *count += expr != NULL;
    return false;
}

static bool count_deep(Expr *expr, void *context)
{
    size_t *count = context;
    ++*count;
    return expr_walk(expr, count_deep, context);
}

static bool is_const(Expr *expr, void *context)
{
    Expr **found = context;
    if (expr->kind != EXPR_CONST)
        return expr_walk(expr, is_const, context);
    *found = expr;
    return true;
}

static bool count_query(Query *query, void *context)
{
    size_t *count = context;
    *count += query != NULL;
    return false;
}

static size_t direct(Expr *expr)
{
    size_t count = 0;
    expr_walk(expr, count_expr, &count);
    return count;
}

START_TEST(walks_all_children)
{
    CaseExpr *cases = expr_make(arena, EXPR_CASE, CaseExpr, INT4, 0);
    cases->whens = arena_array_of(arena, 2, CaseWhen);
    cases->nwhens = 2;
    for (size_t i = 0; i < 2; i++)
        cases->whens[i] = (CaseWhen){constant("a", 1), constant("b", 2)};
    cases->otherwise = constant("c", 3);
    ck_assert_uint_eq(direct(&cases->expr), 5);
    cases->arg = var(1, 1, 0, 4);
    ck_assert_uint_eq(direct(&cases->expr), 6);

    Subscript *subscript = expr_make(arena, EXPR_SUBSCRIPT, Subscript, INT4, 0);
    subscript->container = var(1, 1, 0, 0);
    vec_push(arena, &subscript->upper, constant("1", 1));
    vec_push(arena, &subscript->lower, NULL); /* an omitted bound */
    ck_assert_uint_eq(direct(&subscript->expr), 2);

    Aggref *aggregate = expr_make(arena, EXPR_AGGREF, Aggref, INT4, 0);
    vec_push(arena, &aggregate->direct_args, constant("1", 1));
    vec_push(arena, &aggregate->args, constant("1", 1));
    vec_push(arena, &aggregate->order_exprs, constant("1", 1));
    aggregate->filter = constant("t", 1);
    ck_assert_uint_eq(direct(&aggregate->expr), 4);

    SubLink *any = (SubLink *)sublink(query_of(constant("1", 1)));
    ck_assert_uint_eq(direct(&any->expr), 0);
    any->test = constant("t", 0);
    vec_push(arena, &any->lefts, var(1, 1, 0, 0));
    ck_assert_uint_eq(direct(&any->expr), 2);
}
END_TEST

START_TEST(walk_goes_down_and_stops)
{
    Expr *one = constant("1", 4), *tree = op(1, op(2, var(1, 1, 0, 0), one, 2), constant("2", 8), 6), *found = NULL;
    size_t count = 0;
    ck_assert(!count_deep(tree, &count));
    ck_assert_uint_eq(count, 5);
    ck_assert(is_const(tree, &found));
    ck_assert_ptr_eq(found, one);
    ck_assert(!expr_walk(NULL, count_deep, &count));
}
END_TEST

/* A query with one expression in every place there is for one. */
static Query *full_query(void)
{
    Query *query = query_of(constant("target", 0));
    TargetEntry *entry = arena_new_of(arena, TargetEntry);
    entry->expr = constant("returning", 0);
    vec_push(arena, &query->returning, entry);
    query->jointree = arena_new_of(arena, JoinNode);
    JoinNode *join = arena_new_of(arena, JoinNode), *leaf = arena_new_of(arena, JoinNode);
    *join = (JoinNode){.kind = NODE_JOIN, .left = leaf, .right = leaf, .quals = constant("on", 0)};
    *query->jointree = (JoinNode){.kind = NODE_FROM, .quals = constant("where", 0), .nitems = 1};
    query->jointree->items = arena_memdup(arena, &join, sizeof join);
    query->having = constant("having", 0);
    query->limit = constant("limit", 0);
    query->offset = constant("offset", 0);
    query->windows = arena_new_of(arena, WindowClause);
    query->nwindows = 1;
    query->windows->start_offset = constant("start", 0);
    query->windows->end_offset = constant("end", 0);
    query->on_conflict = arena_new_of(arena, OnConflict);
    query->on_conflict->where = constant("conflict where", 0);
    query->on_conflict->arbiters = arena_new_of(arena, InferenceElement);
    query->on_conflict->arbiters->expr = constant("arbiter", 0);
    query->on_conflict->narbiters = 1;
    query->merge_actions = arena_new_of(arena, MergeAction);
    query->nmerge_actions = 1;
    query->merge_actions->condition = constant("when", 0);
    vec_push(arena, &query->multi_exprs, constant("multi", 0));
    return query;
}

static RangeTblEntry *add_rte(Query *query)
{
    RangeTblEntry *rte = arena_new_of(arena, RangeTblEntry);
    query->rtable = vec_grow(arena, query->rtable, query->nrtable, &query->rtable_cap, sizeof *query->rtable);
    query->rtable[query->nrtable++] = rte;
    return rte;
}

START_TEST(walks_queries)
{
    Query *query = full_query();
    size_t count = 0;
    query_walk_exprs(query, count_expr, &count);
    ck_assert_uint_eq(count, 13);

    RangeTblEntry *values = add_rte(query), *function = add_rte(query), *join = add_rte(query);
    values->values = arena_array_of(arena, 2, ExprList);
    values->nrows = 2;
    vec_push(arena, &values->values[1], constant("value", 0));
    function->functions = arena_new_of(arena, RteFunction);
    function->nfunctions = 1;
    function->functions->expr = constant("function", 0);
    join->join_vars = arena_new_of(arena, Expr *);
    *join->join_vars = constant("merged", 0);
    join->ncolumns = 1;
    count = 0;
    query_walk_exprs(query, count_expr, &count);
    ck_assert_uint_eq(count, 15); /* what a join's columns stand for is not met */

    size_t queries = 0;
    query_walk_subqueries(query, count_query, &queries);
    ck_assert_uint_eq(queries, 0);
    add_rte(query)->subquery = query_of(constant("1", 0));
    CommonTableExpr *cte = arena_new_of(arena, CommonTableExpr);
    cte->query = query_of(constant("1", 0));
    query->ctes = arena_memdup(arena, &cte, sizeof cte);
    query->nctes = 1;
    query_walk_subqueries(query, count_query, &queries);
    ck_assert_uint_eq(queries, 2);
}
END_TEST

START_TEST(levels)
{
    Expr *outer = var(1, 1, 1, 0), *inner = var(1, 1, 0, 0);
    ck_assert(expr_contains_vars_of_level(inner, 0));
    ck_assert(!expr_contains_vars_of_level(inner, 1));
    ck_assert(expr_contains_vars_of_level(op(1, constant("1", 0), outer, 0), 1));
    ck_assert(expr_contains_vars_of_level(sublink(query_of(outer)), 0));
    ck_assert(!expr_contains_vars_of_level(sublink(query_of(inner)), 0));
    ck_assert(query_contains_vars_of_level(query_of(outer), 1));
    ck_assert(!query_contains_vars_of_level(query_of(inner), 1));
    Query *query = query_of(constant("1", 0));
    add_rte(query)->subquery = query_of(var(1, 1, 2, 0));
    ck_assert(query_contains_vars_of_level(query, 1));
    ck_assert(!query_contains_vars_of_level(query, 2));
}
END_TEST

/* ---- Equality ---- */

START_TEST(equal_whatever_the_place)
{
    Expr *a = op(96, var(1, 2, 0, 10), constant("1", 20), 15), *b = op(96, var(1, 2, 0, 7), constant("1", 9), 8);
    ((OpExpr *)b)->function = 65;
    ck_assert(expr_equal(a, b));
    ck_assert(expr_equal(NULL, NULL));
    ck_assert(!expr_equal(a, NULL));
    FuncExpr *call = expr_make(arena, EXPR_FUNC, FuncExpr, INT4, 0),
             *cast = expr_make(arena, EXPR_FUNC, FuncExpr, INT4, 9);
    cast->form = FORM_EXPLICIT_CAST;
    ck_assert(expr_equal(&call->expr, &cast->expr));
}
END_TEST

START_TEST(unequal)
{
    Expr *a = op(96, var(1, 2, 0, 0), constant("1", 0), 0);
    ck_assert(!expr_equal(a, op(97, var(1, 2, 0, 0), constant("1", 0), 0)));
    ck_assert(!expr_equal(a, op(96, var(1, 3, 0, 0), constant("1", 0), 0)));
    ck_assert(!expr_equal(a, op(96, var(2, 2, 0, 0), constant("1", 0), 0)));
    ck_assert(!expr_equal(a, op(96, var(1, 2, 1, 0), constant("1", 0), 0)));
    ck_assert(!expr_equal(a, op(96, var(1, 2, 0, 0), constant("2", 0), 0)));
    ck_assert(!expr_equal(a, op(96, NULL, constant("1", 0), 0)));
    ck_assert(!expr_equal(a, constant("1", 0)));
    Expr *typed = constant("1", 0), *modified = constant("1", 0), *collated = constant("1", 0),
         *null = constant(NULL, 0);
    typed->type = BOOLEAN;
    modified->typmod = 8;
    collated->collation = 950;
    ((Const *)null)->is_null = true;
    ck_assert(!expr_equal(typed, constant("1", 0)));
    ck_assert(!expr_equal(modified, constant("1", 0)));
    ck_assert(!expr_equal(collated, constant("1", 0)));
    ck_assert(!expr_equal(null, constant("1", 0)));
    ck_assert(expr_equal(null, null));
}
END_TEST

static Expr *row_of(const char *name)
{
    RowExpr *row = expr_make(arena, EXPR_ROW, RowExpr, INT4, 0);
    vec_push(arena, &row->args, constant("1", 0));
    row->names = arena_memdup(arena, &name, sizeof name);
    return &row->expr;
}

START_TEST(equal_arrays)
{
    RowExpr *nameless = (RowExpr *)row_of("a");
    nameless->names = NULL;
    ck_assert(expr_equal(row_of("a"), row_of("a")));
    ck_assert(!expr_equal(row_of("a"), row_of("b")));
    ck_assert(!expr_equal(row_of("a"), &nameless->expr));
    RowCompare *a = expr_make(arena, EXPR_ROW_COMPARE, RowCompare, BOOLEAN, 0),
               *b = arena_memdup(arena, a, sizeof *a);
    vec_push(arena, &a->left, constant("1", 0));
    vec_push(arena, &b->left, constant("1", 0));
    a->ops = (Oid[]){97};
    b->ops = (Oid[]){98};
    ck_assert(!expr_equal(&a->expr, &b->expr));
    b->ops = (Oid[]){97};
    ck_assert(expr_equal(&a->expr, &b->expr));
}
END_TEST

START_TEST(equal_queries)
{
    ck_assert(query_equal(full_query(), full_query()));
    ck_assert(expr_equal(sublink(full_query()), sublink(full_query())));
    Query *query = full_query();
    ((Const *)query->jointree->items[0]->quals)->text = "other";
    ck_assert(!query_equal(query, full_query()));
    query = full_query();
    query->targets.items[0]->name = "d";
    ck_assert(!query_equal(query, full_query()));
    query = full_query();
    query->distinct_on = true;
    ck_assert(!query_equal(query, full_query()));
    query = full_query();
    SortGroupClause sort = {.ref = 1, .eq_op = 96};
    vec_push(arena, &query->sort, sort);
    ck_assert(!query_equal(query, full_query()));
    ck_assert(!expr_equal(sublink(query), sublink(full_query())));
    ck_assert(!query_equal(query, NULL));
    query = full_query();
    add_rte(query)->relation = 1259;
    ck_assert(!query_equal(query, full_query()));
}
END_TEST

/* ---- Places ---- */

START_TEST(locations)
{
    Expr *sum = op(1, var(1, 1, 0, 3), constant("1", 9), 6);
    ck_assert_int_eq(expr_location(sum), 3);
    ck_assert_int_eq(expr_location(op(1, NULL, constant("1", 9), 6)), 6);
    ck_assert_int_eq(expr_location(op(1, constant("1", -1), var(1, 1, 0, 4), 6)), 4);
    ck_assert_int_eq(expr_location(op(1, constant("1", -1), sum, -1)), 3);
    ck_assert_int_eq(expr_location(NULL), -1);
    Coercion *cast = expr_make(arena, EXPR_RELABEL, Coercion, INT4, 12);
    cast->arg = sum;
    ck_assert_int_eq(expr_location(&cast->expr), 3);
    FieldSelect *field = expr_make(arena, EXPR_FIELD_SELECT, FieldSelect, INT4, 1);
    field->arg = sum;
    ck_assert_int_eq(expr_location(&field->expr), 3);
    VariadicExpr *coalesce = expr_make(arena, EXPR_COALESCE, VariadicExpr, INT4, 7);
    vec_push(arena, &coalesce->args, sum);
    ck_assert_int_eq(expr_location(&coalesce->expr), 7);
    ExprList list = {0};
    ck_assert_int_eq(expr_list_location(&list), -1);
    vec_push(arena, &list, constant("1", -1));
    vec_push(arena, &list, sum);
    ck_assert_int_eq(expr_list_location(&list), 3);
}
END_TEST

START_TEST(new_expressions)
{
    Const *made = expr_make(arena, EXPR_CONST, Const, INT4, 17);
    ck_assert_int_eq(made->expr.kind, EXPR_CONST);
    ck_assert_uint_eq(made->expr.type, INT4);
    ck_assert_int_eq(made->expr.typmod, -1);
    ck_assert_int_eq(made->expr.location, 17);
    ck_assert_ptr_null(made->text);
    for (ExprKind kind = EXPR_VAR; kind <= EXPR_MULTI_PARAM; kind++)
        ck_assert_ptr_nonnull(expr_kind_name(kind));
    ck_assert_str_eq(expr_kind_name(EXPR_ROW_COMPARE), "RowCompareExpr");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tree");
    TCase *tests = tcase_create("tree");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, walks_all_children);
    tcase_add_test(tests, walk_goes_down_and_stops);
    tcase_add_test(tests, walks_queries);
    tcase_add_test(tests, levels);
    tcase_add_test(tests, equal_whatever_the_place);
    tcase_add_test(tests, unequal);
    tcase_add_test(tests, equal_arrays);
    tcase_add_test(tests, equal_queries);
    tcase_add_test(tests, locations);
    tcase_add_test(tests, new_expressions);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
