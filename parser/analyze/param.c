/* Parameters, typed by their use: parse_param.c of PostgreSQL. */
#include "analyze/parse_state.h"

/* The largest number that libpq's protocol can carry. */
enum { MOST_PARAMS = 65535 };

static bool known(ParseState *ps, int32_t number, int32_t location)
{
    ParamTypes *params = ps->an->params;
    if (number > 0 && params && (params->variable ? number <= MOST_PARAMS : (size_t)number <= params->len))
        return true;
    ps_error(ps, location, SQLSTATE_UNDEFINED_PARAMETER, "there is no parameter $%d", number);
    return false;
}

static void grow(ParseState *ps, size_t wanted)
{
    ParamTypes *params = ps->an->params;
    if (wanted > params->cap) {
        size_t cap = params->cap ? params->cap : 8;
        while (cap < wanted)
            cap *= 2;
        Oid *types = arena_array_of(ps_arena(ps), cap, Oid);
        int32_t *locations = arena_array_of(ps_arena(ps), cap, int32_t);
        for (size_t i = 0; i < params->len; i++) {
            types[i] = params->types[i];
            locations[i] = params->locations[i];
        }
        params->types = types;
        params->locations = locations;
        params->cap = cap;
    }
    for (; params->len < wanted; params->len++) {
        params->types[params->len] = INVALID_OID;
        params->locations[params->len] = -1;
    }
}

Expr *param_transform(ParseState *ps, const PgQuery__ParamRef *ref)
{
    if (!known(ps, ref->number, ref->location))
        return NULL;
    ParamTypes *params = ps->an->params;
    size_t index = (size_t)ref->number - 1;
    if (params->variable) {
        grow(ps, (size_t)ref->number);
        if (!params->types[index])
            params->types[index] = TYPE_UNKNOWN;
        if (params->locations[index] < 0)
            params->locations[index] = ref->location;
    }
    Param *param = expr_make(ps_arena(ps), EXPR_PARAM, Param, params->types[index], ref->location);
    param->number = ref->number;
    param->expr.collation = type_collation(ps_catalog(ps), param->expr.type);
    return &param->expr;
}

Expr *param_coerce(ParseState *ps, Param *param, Oid target, int32_t typmod, int32_t location, bool *applies)
{
    (void)typmod;
    ParamTypes *params = ps->an->params;
    *applies = param->number > 0 && param->expr.type == TYPE_UNKNOWN && params && params->variable;
    if (!*applies)
        return NULL;
    Oid *type = &params->types[param->number - 1];
    if (*type == TYPE_UNKNOWN) {
        *type = target;
    } else if (*type != target) {
        Diag *diag = ps_error(ps, param->expr.location, SQLSTATE_AMBIGUOUS_PARAMETER,
                              "inconsistent types deduced for parameter $%d", param->number);
        ps_detail(ps, diag, "%s versus %s", ps_type(ps, *type), ps_type(ps, target));
        if (params->locations[param->number - 1] >= 0 &&
            params->locations[param->number - 1] != param->expr.location)
            ps_note(ps, diag, params->locations[param->number - 1], "$%d is used as %s here", param->number,
                    ps_type(ps, *type));
        return NULL;
    }
    param->expr.type = target;
    param->expr.typmod = -1;
    param->expr.collation = type_collation(ps_catalog(ps), target);
    if (param->expr.location >= 0 && location >= 0 && location < param->expr.location)
        param->expr.location = location;
    return &param->expr;
}

typedef struct ParamCheck {
    ParseState *ps;
    bool failed;
} ParamCheck;

static bool check_in_query(Query *query, void *context);

/* check_parameter_resolution_walker: a use that took the parameter before any other gave it its type cannot have
 * been meant to. */
static bool check_in_expr(Expr *expr, void *context)
{
    ParamCheck *check = context;
    if (expr->kind == EXPR_PARAM && ((Param *)expr)->number > 0) {
        Param *param = (Param *)expr;
        if (expr->type != check->ps->an->params->types[param->number - 1]) {
            ps_error(check->ps, expr->location, SQLSTATE_AMBIGUOUS_PARAMETER,
                     "could not determine data type of parameter $%d", param->number);
            check->failed = true;
            return true;
        }
        return false;
    }
    if (expr->kind == EXPR_SUBLINK && check_in_query(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, check_in_expr, context);
}

static bool check_in_query(Query *query, void *context)
{
    return query_walk_exprs(query, check_in_expr, context) || query_walk_subqueries(query, check_in_query, context);
}

bool param_check_query(ParseState *ps, Query *query)
{
    ParamTypes *params = ps->an->params;
    if (!params || !params->variable || !params->len)
        return true;
    ParamCheck check = {ps, false};
    check_in_query(query, &check);
    return !check.failed;
}

bool analyze_check_params(const AnalyzeContext *context, const ParamTypes *params)
{
    for (size_t i = 0; i < params->len; i++) {
        if (params->types[i] && params->types[i] != TYPE_UNKNOWN)
            continue;
        Span span = sqltext_span(context->sql, params->locations[i]);
        Diag *diag = diag_error(context->diags, span, SQLSTATE_INDETERMINATE_DATATYPE,
                                "could not determine data type of parameter $%zu", i + 1);
        if (params->types[i])
            diag_hint(context->diags, diag, "Cast it, as in $%zu::text.", i + 1);
        return false;
    }
    return true;
}
