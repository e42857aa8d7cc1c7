/* Collations of expressions: parse_collate.c of PostgreSQL.
 *
 * Works bottom-up. Each expression has a collation and how strong it is: from COLLATE (explicit), from a column or
 * a type's default (implicit), or none; implicit ones that differ are a conflict, which is an error only where a
 * collation is needed, explicit ones that differ are one at once. */
#include "analyze/parse_state.h"

typedef enum Strength { COLLATE_NONE, COLLATE_IMPLICIT, COLLATE_CONFLICT, COLLATE_EXPLICIT } Strength;

typedef struct Collating {
    ParseState *ps;
    Oid collation;
    Strength strength;
    int32_t location;
    Oid collation2; /* the other one of a conflict */
    int32_t location2;
    bool failed;
} Collating;

static const char *collation_name(ParseState *ps, Oid oid)
{
    const Collation *collation = catalog_collation(ps_catalog(ps), oid);
    return collation ? collation->name : "?";
}

/* merge_collation_state */
static bool merge(Collating *into, Oid collation, Strength strength, int32_t location, Oid collation2,
                  int32_t location2)
{
    if (strength > into->strength) {
        into->collation = collation;
        into->strength = strength;
        into->location = location;
        into->collation2 = collation2;
        into->location2 = location2;
        return true;
    }
    if (strength != into->strength || collation == into->collation)
        return true;
    switch (strength) {
    case COLLATE_NONE:
    case COLLATE_CONFLICT:
        break;
    case COLLATE_IMPLICIT:
        /* The default collation yields to any other. */
        if (into->collation == COLLATION_DEFAULT) {
            into->collation = collation;
            into->location = location;
        } else if (collation != COLLATION_DEFAULT) {
            into->strength = COLLATE_CONFLICT;
            into->collation2 = collation;
            into->location2 = location;
        }
        break;
    case COLLATE_EXPLICIT:
        ps_error(into->ps, location, SQLSTATE_COLLATION_MISMATCH,
                 "collation mismatch between explicit collations \"%s\" and \"%s\"",
                 collation_name(into->ps, into->collation), collation_name(into->ps, collation));
        into->failed = true;
        return false;
    }
    return true;
}

static bool assign(Expr *expr, void *context);

/* An expression whose collation has no bearing on that of its parent. */
static bool assign_alone(Collating *parent, Expr *expr)
{
    if (!expr)
        return true;
    Collating own = {.ps = parent->ps};
    if (!assign(expr, &own))
        return true;
    parent->failed = true;
    return false;
}

static bool assign_all_alone(Collating *parent, const ExprList *list)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i] && !assign_alone(parent, list->items[i]))
            return false;
    return true;
}

static bool assign_children(Collating *own, Expr *expr)
{
    expr_walk(expr, assign, own);
    return !own->failed;
}

static void set_input_collation(Expr *expr, Oid collation)
{
    switch ((int)expr->kind) {
    case EXPR_FUNC:
        ((FuncExpr *)expr)->input_collation = collation;
        break;
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
        ((OpExpr *)expr)->input_collation = collation;
        break;
    case EXPR_SCALAR_ARRAY_OP:
        ((ScalarArrayOp *)expr)->input_collation = collation;
        break;
    case EXPR_MIN_MAX:
        ((VariadicExpr *)expr)->input_collation = collation;
        break;
    case EXPR_AGGREF:
        ((Aggref *)expr)->input_collation = collation;
        break;
    case EXPR_WINDOW_FUNC:
        ((WindowFunc *)expr)->input_collation = collation;
        break;
    default:
        break;
    }
}

/* An expression's children, told apart by whether they contribute to its collation. */
static bool assign_parts(Collating *own, Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_CASE: {
        CaseExpr *cases = (CaseExpr *)expr;
        if (!assign_alone(own, cases->arg))
            return false;
        for (size_t i = 0; i < cases->nwhens; i++)
            if (!assign_alone(own, cases->whens[i].condition) || assign(cases->whens[i].result, own))
                return false;
        return !assign(cases->otherwise, own);
    }
    case EXPR_AGGREF: {
        Aggref *agg = (Aggref *)expr;
        if (!assign_alone(own, agg->filter) || !assign_all_alone(own, &agg->order_exprs))
            return false;
        for (size_t i = 0; i < agg->direct_args.len; i++)
            if (assign(agg->direct_args.items[i], own))
                return false;
        /* Several aggregated arguments of an ordered-set aggregate are sort columns of their own. */
        bool own_columns = agg->direct_args.len && agg->args.len > 1;
        for (size_t i = 0; i < agg->args.len; i++)
            if (own_columns ? !assign_alone(own, agg->args.items[i]) : assign(agg->args.items[i], own))
                return false;
        return true;
    }
    case EXPR_WINDOW_FUNC:
        if (!assign_alone(own, ((WindowFunc *)expr)->filter))
            return false;
        for (size_t i = 0; i < ((WindowFunc *)expr)->args.len; i++)
            if (assign(((WindowFunc *)expr)->args.items[i], own))
                return false;
        return true;
    case EXPR_SUBSCRIPT: {
        Subscript *subscript = (Subscript *)expr;
        if (!assign_all_alone(own, &subscript->upper) || !assign_all_alone(own, &subscript->lower))
            return false;
        if (subscript->container && assign(subscript->container, own))
            return false;
        return !subscript->assigned || !assign(subscript->assigned, own);
    }
    case EXPR_ARRAY_COERCE: /* the element expression is over a placeholder */
        return !assign(((ArrayCoerce *)expr)->arg, own);
    default:
        return assign_children(own, expr);
    }
}

/* assign_collations_walker's ordinary case: the children's collation becomes the result's where the type has one.
 */
static bool assign_ordinary(Collating *parent, Expr *expr)
{
    Collating own = {.ps = parent->ps};
    if (!assign_parts(&own, expr)) {
        parent->failed = true;
        return true;
    }
    Oid type_default = type_collation(ps_catalog(parent->ps), expr->type);
    Oid collation = INVALID_OID;
    Strength strength = COLLATE_NONE;
    int32_t location = expr_location(expr);
    if (type_default) {
        if (own.strength != COLLATE_NONE) {
            collation = own.collation;
            strength = own.strength;
            location = own.location;
        } else {
            collation = type_default;
            strength = COLLATE_IMPLICIT;
        }
    }
    expr->collation = strength == COLLATE_CONFLICT ? INVALID_OID : collation;
    set_input_collation(expr, own.strength == COLLATE_CONFLICT ? INVALID_OID : own.collation);
    return !merge(parent, collation, strength, location, own.collation2, own.location2);
}

static bool merge_own(Collating *parent, const Expr *expr)
{
    return !merge(parent, expr->collation, expr->collation ? COLLATE_IMPLICIT : COLLATE_NONE, expr->location, 0,
                  -1);
}

/* A sub-select's collation is that of its column. */
static bool assign_sublink(Collating *parent, SubLink *sublink)
{
    if (!assign_alone(parent, sublink->test))
        return true;
    if (sublink->sublink == SUBLINK_EXPR || sublink->sublink == SUBLINK_ARRAY) {
        if (!type_collation(ps_catalog(parent->ps), sublink->expr.type))
            sublink->expr.collation = INVALID_OID;
    } else {
        sublink->expr.collation = INVALID_OID;
    }
    return merge_own(parent, &sublink->expr);
}

/* The visitor: true stops the walk, after an error. */
static bool assign(Expr *expr, void *context)
{
    Collating *parent = context;
    switch ((int)expr->kind) {
    case EXPR_COLLATE:
        if (!assign_alone(parent, ((Coercion *)expr)->arg))
            return true;
        return !merge(parent, expr->collation, COLLATE_EXPLICIT, expr->location, 0, -1);
    case EXPR_FIELD_SELECT:
        if (!assign_alone(parent, ((FieldSelect *)expr)->arg))
            return true;
        return merge_own(parent, expr);
    case EXPR_ROW:
        if (!assign_all_alone(parent, &((RowExpr *)expr)->args))
            return true;
        expr->collation = INVALID_OID;
        return false;
    case EXPR_SUBLINK:
        return assign_sublink(parent, (SubLink *)expr);
    case EXPR_CONST:
        if (!expr->collation)
            expr->collation = type_collation(ps_catalog(parent->ps), expr->type);
        return merge_own(parent, expr);
    case EXPR_PARAM:
        if (((Param *)expr)->number > 0)
            expr->collation = type_collation(ps_catalog(parent->ps), expr->type);
        return merge_own(parent, expr);
    case EXPR_VAR:
    case EXPR_CASE_TEST:
    case EXPR_DOMAIN_VALUE:
    case EXPR_SET_TO_DEFAULT:
    case EXPR_CURRENT_OF:
    case EXPR_NEXT_VALUE:
    case EXPR_SQL_VALUE_FUNCTION:
    case EXPR_MULTI_PARAM:
        return merge_own(parent, expr);
    default:
        return assign_ordinary(parent, expr);
    }
}

static bool assign_top(Expr *expr, void *context)
{
    Collating *all = context;
    return !assign_alone(all, expr);
}

static void report_conflict(const Collating *of)
{
    Diag *diag = ps_error(of->ps, of->location2, SQLSTATE_COLLATION_MISMATCH,
                          "collation mismatch between implicit collations \"%s\" and \"%s\"",
                          collation_name(of->ps, of->collation), collation_name(of->ps, of->collation2));
    ps_hint(of->ps, diag,
            "You can choose the collation by applying the COLLATE clause to one or both expressions.");
}

/* What is sorted or grouped by needs a collation. */
static bool assign_sorted(ParseState *ps, const TargetList *targets)
{
    for (size_t i = 0; i < targets->len; i++) {
        Collating own = {.ps = ps};
        if (!targets->items[i]->sort_group)
            continue;
        if (assign(targets->items[i]->expr, &own))
            return false;
        if (own.strength == COLLATE_CONFLICT) {
            report_conflict(&own);
            return false;
        }
    }
    return true;
}

bool collate_assign_query(ParseState *ps, Query *query)
{
    Collating all = {.ps = ps};
    if (!assign_sorted(ps, &query->targets))
        return false;
    query_walk_exprs(query, assign_top, &all);
    return !all.failed;
}

bool collate_assign_expr(ParseState *ps, Expr *expr)
{
    Collating all = {.ps = ps};
    return assign_alone(&all, expr);
}

bool collate_assign_list(ParseState *ps, ExprList *list)
{
    Collating all = {.ps = ps};
    return assign_all_alone(&all, list);
}

Oid collate_select_common(ParseState *ps, ExprList *list, bool none_ok, bool *failed)
{
    Collating all = {.ps = ps};
    for (size_t i = 0; i < list->len; i++) {
        if (assign(list->items[i], &all)) {
            *failed = true;
            return INVALID_OID;
        }
    }
    if (all.strength == COLLATE_CONFLICT) {
        *failed = !none_ok;
        if (!none_ok)
            report_conflict(&all);
        return INVALID_OID;
    }
    return all.collation;
}
