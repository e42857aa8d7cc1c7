/* Windows: the WINDOW clause and OVER specifications, their frames and what RANGE offsets need.
 * transformWindowDefinitions and transformFrameOffset of PostgreSQL's parse_clause.c. */
#include "analyze/query_parts.h"

#include <string.h>

/* Bits of WindowDef.frame_options (PostgreSQL's FRAMEOPTION_*). */
enum {
    FRAME_RANGE = 0x2,
    FRAME_ROWS = 0x4,
    FRAME_GROUPS = 0x8,
    FRAME_START_OFFSET = 0x800 | 0x2000,
    FRAME_END_OFFSET = 0x1000 | 0x4000,
    FRAME_DEFAULTS = FRAME_RANGE | 0x20 | 0x400 /* UNBOUNDED PRECEDING to CURRENT ROW */
};

static const WindowClause *find_window(const Query *query, const char *name)
{
    for (size_t i = 0; i < query->nwindows; i++) {
        if (query->windows[i].name && strcmp(query->windows[i].name, name) == 0)
            return &query->windows[i];
    }
    return NULL;
}

/* ---- frames ---- */

/* The in_range functions of a family for a column type: which offset types there are (pg_amproc). */
typedef struct InRange {
    size_t nfuncs, nmatches;
    Oid type, function;
} InRange;

static InRange find_in_range(ParseState *ps, const OrderingOperator *ordering, Oid offset, Oid preferred)
{
    enum { IN_RANGE_ARGS = 5 };
    const Catalog *catalog = ps_catalog(ps);
    InRange found = {0};
    FunctionList functions = catalog_functions_named(catalog, ps_arena(ps), "in_range");
    for (size_t i = 0; i < functions.len; i++) {
        const Function *function = functions.items[i];
        if (function->nargs != IN_RANGE_ARGS || function->arg_types[0] != ordering->input)
            continue;
        Oid type = function->arg_types[2];
        if (catalog_family_function(catalog, ordering->family, ordering->input, type, BTREE_INRANGE_PROC) !=
            function->oid)
            continue;
        found.nfuncs++;
        if (!coercion_possible(catalog, 1, &offset, &type, COERCION_IMPLICIT))
            continue;
        found.nmatches++;
        if (found.type != preferred) {
            found.type = type;
            found.function = function->oid;
        }
    }
    return found;
}

static Expr *transform_range_offset(ParseState *ps, const AstNode *raw, const OrderingOperator *ordering,
                                    Oid *function)
{
    Expr *expr = expr_transform(ps, raw, PARSE_WINDOW_FRAME_RANGE);
    if (!expr)
        return NULL;
    Oid preferred = expr->type == TYPE_UNKNOWN ? ordering->input : expr->type;
    InRange found = find_in_range(ps, ordering, expr->type, preferred);
    int32_t location = expr_location(expr);
    const char *column = ps_type(ps, ordering->input), *offset = ps_type(ps, expr->type);
    if (!found.nfuncs) {
        ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s", column);
        return NULL;
    }
    if (!found.nmatches) {
        Diag *diag = ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                              "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s and "
                              "offset type %s",
                              column, offset);
        ps_hint(ps, diag, "Cast the offset value to an appropriate type.");
        return NULL;
    }
    if (found.nmatches != 1 && found.type != preferred) {
        Diag *diag = ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                              "RANGE with offset PRECEDING/FOLLOWING has multiple interpretations for column type "
                              "%s and offset type %s",
                              column, offset);
        ps_hint(ps, diag, "Cast the offset value to the exact intended type.");
        return NULL;
    }
    *function = found.function;
    return coerce_to_specific(ps, expr, found.type, "RANGE");
}

static bool transform_offset(ParseState *ps, int options, const AstNode *raw, const OrderingOperator *ordering,
                             Expr **result, Oid *function)
{
    if (!raw)
        return true;
    const char *construct = options & FRAME_ROWS ? "ROWS" : options & FRAME_GROUPS ? "GROUPS" : "RANGE";
    Expr *expr;
    if (options & FRAME_RANGE) {
        expr = transform_range_offset(ps, raw, ordering, function);
    } else {
        expr = expr_transform(ps, raw, options & FRAME_ROWS ? PARSE_WINDOW_FRAME_ROWS : PARSE_WINDOW_FRAME_GROUPS);
        expr = expr ? coerce_to_specific(ps, expr, TYPE_INT8, construct) : NULL;
    }
    *result = expr;
    return expr && clause_check_var_free(ps, expr, construct);
}

/* What a frame demands of the window's ORDER BY. */
static bool check_frame_order(ParseState *ps, const AstWindowDef *raw, const WindowClause *window,
                              OrderingOperator *ordering)
{
    int options = window->frame_options;
    if ((options & FRAME_RANGE) && (options & (FRAME_START_OFFSET | FRAME_END_OFFSET))) {
        if (window->order.len != 1) {
            ps_error(ps, raw->location, SQLSTATE_WINDOWING_ERROR,
                     "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column");
            return false;
        }
        Oid op = window->order.items[0].sort_op;
        if (!operator_ordering_properties(ps_catalog(ps), ps_arena(ps), op, ordering)) {
            ps_error(ps, raw->location, SQLSTATE_INTERNAL_ERROR, "operator %u is not a valid ordering operator",
                     op);
            return false;
        }
    }
    if ((options & FRAME_GROUPS) && !window->order.len) {
        ps_error(ps, raw->location, SQLSTATE_WINDOWING_ERROR, "GROUPS mode requires an ORDER BY clause");
        return false;
    }
    return true;
}

/* ---- definitions ---- */

/* A window based on another copies its partitions, and its order unless it had none; it can't have its frame. */
static bool inherit(ParseState *ps, const AstWindowDef *raw, const WindowClause *base, WindowClause *window)
{
    if (window->partition.len) {
        ps_error(ps, raw->location, SQLSTATE_WINDOWING_ERROR,
                 "cannot override PARTITION BY clause of window \"%s\"", raw->refname);
        return false;
    }
    if (window->order.len && base->order.len) {
        ps_error(ps, raw->location, SQLSTATE_WINDOWING_ERROR, "cannot override ORDER BY clause of window \"%s\"",
                 raw->refname);
        return false;
    }
    if (base->frame_options != FRAME_DEFAULTS) {
        Diag *diag = ps_error(ps, raw->location, SQLSTATE_WINDOWING_ERROR,
                              "cannot copy window \"%s\" because it has a frame clause", raw->refname);
        if (!*raw->name && !window->order.len && raw->frame_options == FRAME_DEFAULTS)
            ps_hint(ps, diag, "Omit the parentheses in this OVER clause.");
        return false;
    }
    window->partition = base->partition;
    if (!window->order.len)
        window->order = base->order;
    return true;
}

static bool transform_window(ParseState *ps, const AstWindowDef *raw, TargetList *targets, const Query *query,
                             WindowClause *window)
{
    window->name = ast_text(raw->name);
    window->refname = ast_text(raw->refname);
    window->frame_options = raw->frame_options;
    if (window->name && find_window(query, window->name)) {
        ps_error(ps, raw->location, SQLSTATE_WINDOWING_ERROR, "window \"%s\" is already defined", window->name);
        return false;
    }
    const WindowClause *base = window->refname ? find_window(query, window->refname) : NULL;
    if (window->refname && !base) {
        ps_error(ps, raw->location, SQLSTATE_UNDEFINED_OBJECT, "window \"%s\" does not exist", window->refname);
        return false;
    }
    if (!clause_transform_sort(ps, raw->n_order_clause, raw->order_clause, targets, PARSE_WINDOW_ORDER, true,
                               &window->order) ||
        !clause_transform_group(ps, raw->n_partition_clause, raw->partition_clause, NULL, targets, &window->order,
                                PARSE_WINDOW_PARTITION, true, &window->partition))
        return false;
    OrderingOperator ordering = {0};
    return (!base || inherit(ps, raw, base, window)) && check_frame_order(ps, raw, window, &ordering) &&
           transform_offset(ps, window->frame_options, raw->start_offset, &ordering, &window->start_offset,
                            &window->start_inrange) &&
           transform_offset(ps, window->frame_options, raw->end_offset, &ordering, &window->end_offset,
                            &window->end_inrange);
}

bool clause_transform_windows(ParseState *ps, TargetList *targets, Query *query)
{
    query->windows = arena_array_of(ps_arena(ps), ps->nwindow_defs, WindowClause);
    for (size_t i = 0; i < ps->nwindow_defs; i++) {
        if (!transform_window(ps, ps->window_defs[i]->window_def, targets, query, &query->windows[i]))
            return false;
        query->nwindows++;
    }
    return true;
}
