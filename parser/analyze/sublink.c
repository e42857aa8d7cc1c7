/* Sub-selects in expressions, and the sources of multi-column UPDATE items: transformSubLink and
 * transformMultiAssignRef of PostgreSQL's parse_expr.c. */
#include "analyze/expr_parts.h"

/* Why a sub-select can't stand where this kind of expression does; NULL when it can. */
static const char *refusal(ParseExprKind kind)
{
    switch ((int)kind) {
    case PARSE_CHECK_CONSTRAINT:
    case PARSE_DOMAIN_CHECK:
        return "cannot use subquery in check constraint";
    case PARSE_COLUMN_DEFAULT:
    case PARSE_FUNCTION_DEFAULT:
        return "cannot use subquery in DEFAULT expression";
    case PARSE_INDEX_EXPRESSION:
        return "cannot use subquery in index expression";
    case PARSE_INDEX_PREDICATE:
        return "cannot use subquery in index predicate";
    case PARSE_STATS_EXPRESSION:
        return "cannot use subquery in statistics expression";
    case PARSE_ALTER_COL_TRANSFORM:
        return "cannot use subquery in transform expression";
    case PARSE_EXECUTE_PARAMETER:
        return "cannot use subquery in EXECUTE parameter";
    case PARSE_TRIGGER_WHEN:
        return "cannot use subquery in trigger WHEN condition";
    case PARSE_PARTITION_BOUND:
        return "cannot use subquery in partition bound";
    case PARSE_PARTITION_EXPRESSION:
        return "cannot use subquery in partition key expression";
    case PARSE_CALL_ARGUMENT:
        return "cannot use subquery in CALL argument";
    case PARSE_COPY_WHERE:
        return "cannot use subquery in COPY FROM WHERE condition";
    case PARSE_GENERATED_COLUMN:
        return "cannot use subquery in column generation expression";
    default:
        return NULL;
    }
}

static size_t visible_columns(const Query *query, TargetEntry **first)
{
    size_t n = 0;
    const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    for (size_t i = 0; i < targets->len; i++) {
        if (targets->items[i]->junk)
            continue;
        if (n++ == 0 && first)
            *first = targets->items[i];
    }
    return n;
}

/* Sub-selects that give a value: EXPR and ARRAY. */
static Expr *value_sublink(ParseState *ps, SubLink *sublink)
{
    TargetEntry *target = NULL;
    if (visible_columns(sublink->query, &target) != 1) {
        ps_error(ps, sublink->expr.location, SQLSTATE_SYNTAX_ERROR, "subquery must return only one column");
        return NULL;
    }
    sublink->expr.type = target->expr->type;
    sublink->expr.typmod = target->expr->typmod;
    sublink->expr.collation = target->expr->collation;
    if (sublink->sublink == SUBLINK_ARRAY) {
        Oid element = sublink->expr.type;
        /* get_promoted_array_type: an array of arrays is the array type itself */
        Oid array = type_array(ps_catalog(ps), element);
        if (!array && type_element(ps_catalog(ps), element))
            array = element;
        if (!array) {
            ps_error(ps, sublink->expr.location, SQLSTATE_UNDEFINED_OBJECT,
                     "could not find array type for data type %s", ps_type(ps, element));
            return NULL;
        }
        sublink->expr.type = array;
    }
    return &sublink->expr;
}

/* The sub-select's columns as parameters -1, -2 … of the comparison. */
static ExprList sublink_params(ParseState *ps, const Query *query)
{
    ExprList params = {0};
    const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    for (size_t i = 0; i < targets->len; i++) {
        const TargetEntry *target = targets->items[i];
        if (target->junk)
            continue;
        Param *param = expr_make(ps_arena(ps), EXPR_PARAM, Param, target->expr->type, -1);
        param->number = -(int)(params.len + 1);
        param->expr.typmod = target->expr->typmod;
        param->expr.collation = target->expr->collation;
        exprlist_push(ps_arena(ps), &params, &param->expr);
    }
    return params;
}

/* ALL, ANY (IN) and row comparison: the left side is compared with the sub-select's columns. */
static Expr *comparing_sublink(ParseState *ps, const PgQuery__SubLink *raw, SubLink *sublink)
{
    PgQuery__Node *equals = oper_name_node(ps_arena(ps), "=");
    size_t nnames = raw->n_oper_name ? raw->n_oper_name : 1;
    PgQuery__Node *const *name = raw->n_oper_name ? raw->oper_name : &equals;
    Expr *left = expr_recurse(ps, raw->testexpr);
    if (!left)
        return NULL;
    if (left->kind == EXPR_ROW)
        sublink->lefts = ((RowExpr *)left)->args;
    else
        exprlist_push(ps_arena(ps), &sublink->lefts, left);
    ExprList rights = sublink_params(ps, sublink->query);
    if (sublink->lefts.len != rights.len) {
        ps_error(ps, raw->location, SQLSTATE_SYNTAX_ERROR,
                 sublink->lefts.len < rights.len ? "subquery has too many columns"
                                                 : "subquery has too few columns");
        return NULL;
    }
    sublink->test = row_compare_make(ps, nnames, name, &sublink->lefts, &rights, raw->location);
    return sublink->test ? &sublink->expr : NULL;
}

static SubLinkKind kind_of(PgQuery__SubLinkType type)
{
    switch ((int)type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        return SUBLINK_EXISTS;
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
        return SUBLINK_ALL;
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
        return SUBLINK_ANY;
    case PG_QUERY__SUB_LINK_TYPE__ROWCOMPARE_SUBLINK:
        return SUBLINK_ROW_COMPARE;
    case PG_QUERY__SUB_LINK_TYPE__MULTIEXPR_SUBLINK:
        return SUBLINK_MULTI_EXPR;
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return SUBLINK_ARRAY;
    default:
        return SUBLINK_EXPR;
    }
}

Expr *expr_transform_sublink(ParseState *ps, const PgQuery__SubLink *raw)
{
    const char *why_not = refusal(ps->expr_kind);
    if (why_not) {
        ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", why_not);
        return NULL;
    }
    ps->has_sublinks = true;
    SubLink *sublink = expr_make(ps_arena(ps), EXPR_SUBLINK, SubLink, TYPE_BOOL, raw->location);
    sublink->sublink = kind_of(raw->sub_link_type);
    ps->exists_depth += sublink->sublink == SUBLINK_EXISTS;
    sublink->query = query_sub_analyze(ps, raw->subselect, NULL, false, true);
    ps->exists_depth -= sublink->sublink == SUBLINK_EXISTS;
    if (!sublink->query)
        return NULL;
    switch (sublink->sublink) {
    case SUBLINK_EXISTS:
        return &sublink->expr;
    case SUBLINK_EXPR:
    case SUBLINK_ARRAY:
        return value_sublink(ps, sublink);
    case SUBLINK_MULTI_EXPR:
        sublink->expr.type = TYPE_RECORD;
        return &sublink->expr;
    case SUBLINK_ALL:
    case SUBLINK_ANY:
    case SUBLINK_ROW_COMPARE:
        break;
    }
    return comparing_sublink(ps, raw, sublink);
}

/* ---- UPDATE … SET (a, b) = source ---- */

static bool matches_columns(ParseState *ps, size_t have, const PgQuery__MultiAssignRef *raw, int32_t location)
{
    if ((int64_t)have == raw->ncolumns)
        return true;
    ps_error(ps, location, SQLSTATE_SYNTAX_ERROR, "number of columns does not match number of values");
    return false;
}

/* The source, transformed when its first column is met. */
static bool transform_multi_source(ParseState *ps, const PgQuery__MultiAssignRef *raw)
{
    const PgQuery__Node *source = raw->source;
    if (source->node_case == PG_QUERY__NODE__NODE_SUB_LINK &&
        source->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK) {
        PgQuery__SubLink copy = *source->sub_link;
        copy.sub_link_type = PG_QUERY__SUB_LINK_TYPE__MULTIEXPR_SUBLINK;
        Expr *expr = expr_transform_sublink(ps, &copy);
        if (!expr || !matches_columns(ps, visible_columns(((SubLink *)expr)->query, NULL), raw, copy.location))
            return false;
        exprlist_push(ps_arena(ps), &ps->multi_assign_sources, expr);
        ((SubLink *)expr)->multi_id = (int)ps->multi_assign_sources.len;
        return true;
    }
    if (source->node_case == PG_QUERY__NODE__NODE_ROW_EXPR) {
        Expr *expr = expr_transform_row(ps, source->row_expr, true);
        if (!expr || !matches_columns(ps, ((RowExpr *)expr)->args.len, raw, source->row_expr->location))
            return false;
        exprlist_push(ps_arena(ps), &ps->multi_assign_sources, expr);
        return true;
    }
    ps_error(ps, ast_location(source), SQLSTATE_FEATURE_NOT_SUPPORTED,
             "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression");
    return false;
}

Expr *expr_transform_multi_assign(ParseState *ps, const PgQuery__MultiAssignRef *raw)
{
    if (raw->colno == 1 && !transform_multi_source(ps, raw))
        return NULL;
    Expr *source = vec_last(&ps->multi_assign_sources);
    if (source->kind == EXPR_ROW)
        return ((RowExpr *)source)->args.items[raw->colno - 1];
    SubLink *sublink = (SubLink *)source;
    int column = 0;
    for (size_t i = 0; i < sublink->query->targets.len; i++) {
        const TargetEntry *target = sublink->query->targets.items[i];
        if (target->junk || ++column != raw->colno)
            continue;
        MultiParam *param = expr_make(ps_arena(ps), EXPR_MULTI_PARAM, MultiParam, target->expr->type, -1);
        param->expr.typmod = target->expr->typmod;
        param->expr.collation = target->expr->collation;
        param->expr.location = expr_location(target->expr);
        param->multi_id = sublink->multi_id;
        param->column = column;
        param->source = sublink;
        return &param->expr;
    }
    return NULL;
}
