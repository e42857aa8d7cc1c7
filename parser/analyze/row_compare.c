/* Comparisons of rows: (a, b) < (c, d), IN of rows, IS DISTINCT FROM of rows. From PostgreSQL's parse_expr.c
 * (make_row_comparison_op, make_row_distinct_op). */
#include "analyze/parse_state.h"

/* The ways in which btree families understand an operator: bit n set when it is RowCompareKind n in family[n-th
 * pair]. */
typedef struct Interpretation {
    Oid family;
    RowCompareKind kind;
} Interpretation;

typedef VEC(Interpretation) Interpretations;

static void add_families(ParseState *ps, Oid op, bool negated, Interpretations *list)
{
    const Catalog *catalog = ps_catalog(ps);
    FamilyOperatorList families = catalog_operator_families(catalog, ps_arena(ps), op);
    for (size_t i = 0; i < families.len; i++) {
        const OpFamily *family = catalog_opfamily(catalog, families.items[i].family);
        if (!family || family->access_method != AM_BTREE || families.items[i].purpose != 's')
            continue;
        RowCompareKind kind = (RowCompareKind)families.items[i].strategy;
        if (negated && kind != ROWCOMPARE_EQ)
            continue;
        vec_push(ps_arena(ps), list, ((Interpretation){family->oid, negated ? ROWCOMPARE_NE : kind}));
    }
}

/* get_op_btree_interpretation: <> is understood through its negator. */
static Interpretations interpret(ParseState *ps, Oid op)
{
    Interpretations list = {0};
    add_families(ps, op, false, &list);
    const Operator *known = catalog_operator(ps_catalog(ps), op);
    if (!list.len && known && known->negator)
        add_families(ps, known->negator, true, &list);
    return list;
}

static unsigned kinds_of(const Interpretations *list)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < list->len; i++)
        kinds |= 1u << list->items[i].kind;
    return kinds;
}

static void report_uninterpretable(ParseState *ps, size_t nnames, PgQuery__Node *const *name, int32_t location)
{
    Diag *diag = ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "could not determine interpretation of row comparison operator %s",
                          name[nnames - 1]->string->sval);
    ps_hint(ps, diag, "Row comparison operators must be associated with btree operator families.");
}

static Expr *combine(ParseState *ps, BoolOp op, const ExprList *tests, int32_t location)
{
    BoolExpr *expr = expr_make(ps_arena(ps), EXPR_BOOL, BoolExpr, TYPE_BOOL, location);
    expr->op = op;
    expr->args = *tests;
    return &expr->expr;
}

/* The pairwise comparisons; false after an error. */
static bool compare_pairs(ParseState *ps, size_t nnames, PgQuery__Node *const *name, const ExprList *left,
                          const ExprList *right, int32_t location, ExprList *tests)
{
    for (size_t i = 0; i < left->len; i++) {
        Expr *test = oper_make(ps, nnames, name, left->items[i], right->items[i], ps->last_srf, location);
        if (!test)
            return false;
        if (test->type != TYPE_BOOL) {
            ps_error(ps, location, SQLSTATE_DATATYPE_MISMATCH,
                     "row comparison operator must yield type boolean, not type %s", ps_type(ps, test->type));
            return false;
        }
        if (expr_returns_set(test)) {
            ps_error(ps, location, SQLSTATE_DATATYPE_MISMATCH, "row comparison operator must not return a set");
            return false;
        }
        exprlist_push(ps_arena(ps), tests, test);
    }
    return true;
}

static Expr *build_row_compare(ParseState *ps, RowCompareKind kind, const ExprList *tests, int32_t location)
{
    RowCompare *compare = expr_make(ps_arena(ps), EXPR_ROW_COMPARE, RowCompare, TYPE_BOOL, location);
    compare->compare = kind;
    compare->ops = arena_array_of(ps_arena(ps), tests->len, Oid);
    for (size_t i = 0; i < tests->len; i++) {
        OpExpr *test = (OpExpr *)tests->items[i];
        compare->ops[i] = test->op;
        exprlist_push(ps_arena(ps), &compare->left, test->args.items[0]);
        exprlist_push(ps_arena(ps), &compare->right, test->args.items[1]);
    }
    return &compare->expr;
}

Expr *row_compare_make(ParseState *ps, size_t nnames, PgQuery__Node *const *name, const ExprList *left,
                       const ExprList *right, int32_t location)
{
    if (left->len != right->len) {
        ps_error(ps, location, SQLSTATE_SYNTAX_ERROR, "unequal number of entries in row expressions");
        return NULL;
    }
    if (!left->len) {
        ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot compare rows of zero length");
        return NULL;
    }
    ExprList tests = {0};
    if (!compare_pairs(ps, nnames, name, left, right, location, &tests))
        return NULL;
    if (tests.len == 1)
        return tests.items[0];
    unsigned common = ~0u;
    for (size_t i = 0; i < tests.len; i++) {
        Interpretations list = interpret(ps, ((OpExpr *)tests.items[i])->op);
        common &= kinds_of(&list);
    }
    for (unsigned kind = ROWCOMPARE_LT; kind <= ROWCOMPARE_NE; kind++) {
        if (!(common & (1u << kind)))
            continue;
        if (kind == ROWCOMPARE_EQ)
            return combine(ps, BOOL_AND, &tests, location);
        if (kind == ROWCOMPARE_NE)
            return combine(ps, BOOL_OR, &tests, location);
        return build_row_compare(ps, (RowCompareKind)kind, &tests, location);
    }
    report_uninterpretable(ps, nnames, name, location);
    return NULL;
}

/* make_distinct_op */
Expr *row_distinct_make_scalar(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Expr *left, Expr *right,
                               int32_t location)
{
    Expr *expr = oper_make(ps, nnames, name, left, right, ps->last_srf, location);
    if (!expr)
        return NULL;
    if (expr->type != TYPE_BOOL) {
        ps_error(ps, location, SQLSTATE_DATATYPE_MISMATCH, "IS DISTINCT FROM requires = operator to yield boolean");
        return NULL;
    }
    if (((OpExpr *)expr)->returns_set) {
        ps_error(ps, location, SQLSTATE_DATATYPE_MISMATCH, "%s must not return a set", "IS DISTINCT FROM");
        return NULL;
    }
    expr->kind = EXPR_DISTINCT;
    return expr;
}

Expr *row_distinct_make(ParseState *ps, size_t nnames, PgQuery__Node *const *name, const ExprList *left,
                        const ExprList *right, int32_t location)
{
    if (left->len != right->len) {
        ps_error(ps, location, SQLSTATE_SYNTAX_ERROR, "unequal number of entries in row expressions");
        return NULL;
    }
    ExprList tests = {0};
    for (size_t i = 0; i < left->len; i++) {
        Expr *test = row_distinct_make_scalar(ps, nnames, name, left->items[i], right->items[i], location);
        if (!test)
            return NULL;
        exprlist_push(ps_arena(ps), &tests, test);
    }
    if (tests.len == 1)
        return tests.items[0];
    if (!tests.len) {
        Const *never = expr_make(ps_arena(ps), EXPR_CONST, Const, TYPE_BOOL, location);
        never->text = "false";
        return &never->expr;
    }
    return combine(ps, BOOL_OR, &tests, location);
}
