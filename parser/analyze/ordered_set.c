/* Ordered-set and hypothetical-set aggregates: how WITHIN GROUP must fit the aggregate. From PostgreSQL's
 * ParseFuncOrColumn and unify_hypothetical_args (parse_func.c). */
#include "analyze/func_parts.h"

/* "function f(…) does not exist", for a hint to be added. */
static Diag *report(ParseState *ps, const CallState *call)
{
    return ps_error(ps, call->location, SQLSTATE_UNDEFINED_FUNCTION, "function %s does not exist",
                    func_signature(ps, call->display, call->args->len, call->actual, NULL, 0));
}

/* The number of direct arguments that the call has must be what the aggregate wants. */
static bool check_direct_args(ParseState *ps, CallState *call, const FunctionDetail *detail)
{
    const Function *function = detail->function;
    size_t aggregated = call->fn->n_agg_order;
    size_t direct = call->args->len - aggregated;
    size_t wanted = (size_t)function->ndirect;
    const char *plural = wanted == 1 ? "" : "s";
    if (!function->variadic) {
        if (direct == wanted)
            return true;
        ps_hint(ps, report(ps, call),
                "There is an ordered-set aggregate %s, but it requires %zu direct argument%s, not %zu.",
                call->display, wanted, plural, direct);
        return false;
    }
    if (function->aggregate_kind == 'h') {
        if (direct == aggregated)
            return true;
        ps_hint(ps, report(ps, call),
                "To use the hypothetical-set aggregate %s, the number of hypothetical direct arguments (here %zu) "
                "must match the number of ordering columns (here %zu).",
                call->display, direct, aggregated);
        return false;
    }
    if (direct >= wanted)
        return true;
    ps_hint(ps, report(ps, call),
            "There is an ordered-set aggregate %s, but it requires at least %zu direct argument%s.", call->display,
            wanted, plural);
    return false;
}

/* unify_hypothetical_args: each hypothetical argument and its ordering column take their common type. */
static bool unify_hypothetical(ParseState *ps, CallState *call, FunctionDetail *detail)
{
    size_t aggregated = call->fn->n_agg_order, n = call->args->len;
    size_t direct = n - aggregated;
    if (direct < aggregated)
        return true;
    size_t first = direct - aggregated;
    for (size_t i = first; i < direct; i++) {
        size_t other = i + aggregated;
        /* Only where both are VARIADIC "any" */
        if (detail->declared[i] != TYPE_ANY)
            continue;
        ExprList pair = {0};
        exprlist_push(ps_arena(ps), &pair, call->args->items[other]);
        exprlist_push(ps_arena(ps), &pair, call->args->items[i]);
        Oid common = coerce_select_common(ps, &pair, "WITHIN GROUP", NULL);
        if (!common)
            return false;
        int32_t typmod = coerce_common_typmod(&pair, common);
        const size_t places[] = {i, other};
        for (size_t k = 0; k < 2; k++) {
            Expr *arg = call->args->items[places[k]];
            Expr *coerced =
                coerce_type(ps, arg, arg->type, common, typmod, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1);
            if (!coerced)
                return false;
            call->args->items[places[k]] = coerced;
            call->actual[places[k]] = common;
        }
    }
    return true;
}

bool func_check_ordered_set(ParseState *ps, CallState *call, FunctionDetail *detail)
{
    const PgQuery__FuncCall *fn = call->fn;
    const Function *function = detail->function;
    if (function->aggregate_kind == 'n') {
        if (!fn->agg_within_group)
            return true;
        ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE,
                 "%s is not an ordered-set aggregate, so it cannot have WITHIN GROUP", call->display);
        return false;
    }
    if (!fn->agg_within_group) {
        ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE,
                 "WITHIN GROUP is required for ordered-set aggregate %s", call->display);
        return false;
    }
    if (fn->over) {
        ps_error(ps, call->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "OVER is not supported for ordered-set aggregate %s", call->display);
        return false;
    }
    if (!check_direct_args(ps, call, detail))
        return false;
    return function->aggregate_kind != 'h' || unify_hypothetical(ps, call, detail);
}
