/* Nullability of calls: functions, aggregates, window functions, by what the catalog knows of them (never_null),
 * whose table is reviewed and tried on a server; STRICT says nothing about the result. */
#include "catalog/builtin_oids.h"
#include "prove/cardinality.h"
#include "prove/nullness.h"

/* With VARIADIC the array itself may be NULL, which no function takes for a value. */
bool null_call(NullScope *scope, Oid oid, const ExprList *args, bool variadic, int32_t location)
{
    NullProof *proof = scope->proof;
    const Function *function = catalog_function(proof->catalog, oid);
    if (!function)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, location);
    if (function->always_not_null && !variadic)
        return null_verdict(proof, false, NULL_CALL_ALWAYS, function->name, location);
    if (!function->never_null)
        return null_verdict(proof, true, NULL_FUNCTION, function->name, location);
    return null_any(scope, args) || null_verdict(proof, false, NULL_CALL, function->name, location);
}

/* ---- grouping sets ---- */

static bool set_always_has(const GroupingSet *set, uint32_t ref)
{
    switch (set->kind) {
    case GROUPING_SET_EMPTY:
    case GROUPING_SET_ROLLUP:
    case GROUPING_SET_CUBE:
        return false; /* they stand for the empty set too */
    case GROUPING_SET_SIMPLE:
        for (size_t i = 0; i < set->nrefs; i++)
            if (set->refs[i] == ref)
                return true;
        return false;
    case GROUPING_SET_SETS:
        for (size_t i = 0; i < set->nsets; i++)
            if (!set_always_has(set->sets[i], ref))
                return false;
        return set->nsets > 0;
    }
    return false;
}

static bool set_may_be_empty(const GroupingSet *set)
{
    switch (set->kind) {
    case GROUPING_SET_EMPTY:
    case GROUPING_SET_ROLLUP:
    case GROUPING_SET_CUBE:
        return true;
    case GROUPING_SET_SIMPLE:
        return set->nrefs == 0;
    case GROUPING_SET_SETS:
        for (size_t i = 0; i < set->nsets; i++)
            if (set_may_be_empty(set->sets[i]))
                return true;
        return set->nsets == 0;
    }
    return true;
}

/* The sets of several items are multiplied out: what one of them always has, all products have. */
static bool is_in_every_set(const Query *query, uint32_t ref)
{
    for (size_t i = 0; i < query->ngrouping_sets; i++)
        if (set_always_has(query->grouping_sets[i], ref))
            return true;
    return false;
}

static bool some_set_is_empty(const Query *query)
{
    for (size_t i = 0; i < query->ngrouping_sets; i++)
        if (!set_may_be_empty(query->grouping_sets[i]))
            return false;
    return true;
}

bool null_by_grouping(const NullScope *scope, const Expr *expr)
{
    const Query *query = scope->query;
    if (!query->ngrouping_sets || scope->in_aggregate)
        return false;
    for (size_t i = 0; i < query->group.len; i++)
        for (size_t j = 0; j < query->targets.len; j++)
            if (query->targets.items[j]->sort_group == query->group.items[i].ref &&
                expr_equal(query->targets.items[j]->expr, expr) &&
                !is_in_every_set(query, query->group.items[i].ref))
                return true;
    return false;
}

/* ---- aggregates ---- */

/* Those that take NULL for a value like others and keep it in what they make. OIDs as in pg_proc.dat. */
static bool keeps_nulls(Oid aggregate)
{
    enum {
        ARRAY_AGG = 2335,
        ARRAY_AGG_OF_ARRAYS = 4053,
        JSON_AGG = 3175,
        JSON_OBJECT_AGG = 3197,
        JSONB_AGG = 3267,
        JSONB_OBJECT_AGG = 3270
    };
    return aggregate == ARRAY_AGG || aggregate == ARRAY_AGG_OF_ARRAYS || aggregate == JSON_AGG ||
           aggregate == JSON_OBJECT_AGG || aggregate == JSONB_AGG || aggregate == JSONB_OBJECT_AGG;
}

/* Whether each result row is made of at least one: groups come from rows; without GROUP BY there may be none. */
static bool groups_have_rows(NullScope *level)
{
    const Query *query = level->query;
    if (query->ngrouping_sets)
        return !some_set_is_empty(query);
    return query->group.len || from_always_has_row(level);
}

bool null_aggregate(NullScope *scope, Aggref *agg)
{
    NullProof *proof = scope->proof;
    const Function *function = catalog_function(proof->catalog, agg->function);
    int32_t location = agg->expr.location;
    if (!function)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, location);
    if (function->always_not_null)
        return null_verdict(proof, false, NULL_CALL_ALWAYS, function->name, location);
    if (!function->never_null || agg->levels_up)
        return null_verdict(proof, true, NULL_FUNCTION, function->name, location);
    if (agg->filter)
        return null_verdict(proof, true, NULL_FILTERED, function->name, location);
    if (!groups_have_rows(scope))
        return null_verdict(proof, true, NULL_NO_ROWS, function->name, location);
    scope->in_aggregate++;
    bool nullable =
        !keeps_nulls(function->oid) && (null_any(scope, &agg->args) || null_any(scope, &agg->direct_args));
    scope->in_aggregate--;
    return nullable || null_verdict(proof, false, NULL_AGGREGATE, function->name, location);
}

/* ---- windows ---- */

/* Bits of WindowClause.frame_options (PostgreSQL's FRAMEOPTION_*). */
enum {
    FRAME_NOT_DEFAULT = 0x1,
    FRAME_RANGE = 0x2,
    FRAME_START_UNBOUNDED = 0x20,
    FRAME_END_UNBOUNDED = 0x100,
    FRAME_START_CURRENT = 0x200,
    FRAME_END_CURRENT = 0x400,
    FRAME_START_PRECEDING = 0x800,
    FRAME_END_FOLLOWING = 0x4000,
    FRAME_EXCLUDE_CURRENT = 0x8000 | 0x10000, /* CURRENT ROW, GROUP */
    FRAME_OFFSETS = FRAME_START_PRECEDING | FRAME_END_FOLLOWING
};

static bool is_whole_number(const Expr *offset)
{
    return !offset || offset->type == TYPE_INT2 || offset->type == TYPE_INT4 || offset->type == TYPE_INT8;
}

/* From the current row or before to the current row or after. An offset of RANGE is trusted only where it is a
 * whole number: adding a positive interval may lead to an earlier day. */
static bool frame_holds_current_row(const WindowClause *window)
{
    int options = window->frame_options;
    if (!(options & FRAME_NOT_DEFAULT))
        return true;
    if ((options & FRAME_RANGE) && (options & FRAME_OFFSETS) &&
        !(is_whole_number(window->start_offset) && is_whole_number(window->end_offset)))
        return false;
    return (options & (FRAME_START_UNBOUNDED | FRAME_START_CURRENT | FRAME_START_PRECEDING)) &&
           (options & (FRAME_END_UNBOUNDED | FRAME_END_CURRENT | FRAME_END_FOLLOWING)) &&
           !(options & FRAME_EXCLUDE_CURRENT);
}

/* Window functions that give a value of the frame, or of another row with a default for where there is none. */
/* Their OIDs are those of pg_proc.dat, the same in every version. */
enum {
    FUNCTION_LAG_DEFAULT = 3108,
    FUNCTION_LEAD_DEFAULT = 3111,
    FUNCTION_FIRST_VALUE = 3112,
    FUNCTION_LAST_VALUE = 3113
};
typedef enum WindowValue { WINDOW_OTHER, WINDOW_OF_FRAME, WINDOW_WITH_DEFAULT } WindowValue;

static WindowValue window_value(Oid function)
{
    switch (function) {
    case FUNCTION_FIRST_VALUE:
    case FUNCTION_LAST_VALUE:
        return WINDOW_OF_FRAME;
    case FUNCTION_LAG_DEFAULT:
    case FUNCTION_LEAD_DEFAULT:
        return WINDOW_WITH_DEFAULT;
    default:
        return WINDOW_OTHER;
    }
}

bool null_window(NullScope *scope, WindowFunc *call)
{
    NullProof *proof = scope->proof;
    const Function *function = catalog_function(proof->catalog, call->function);
    int32_t location = call->expr.location;
    if (!function)
        return null_verdict(proof, true, NULL_UNPROVED, NULL, location);
    if (function->always_not_null)
        return null_verdict(proof, false, NULL_CALL_ALWAYS, function->name, location);
    WindowValue value = window_value(function->oid);
    if (!function->never_null && value == WINDOW_OTHER)
        return null_verdict(proof, true, NULL_FUNCTION, function->name, location);
    if (call->filter)
        return null_verdict(proof, true, NULL_FILTERED, function->name, location);
    if (!keeps_nulls(function->oid) && null_any(scope, &call->args))
        return true;
    const Query *query = scope->query;
    bool of_frame = call->is_aggregate || value == WINDOW_OF_FRAME;
    if (of_frame &&
        ((size_t)call->window >= query->nwindows || !frame_holds_current_row(&query->windows[call->window])))
        return null_verdict(proof, true, NULL_FRAME, function->name, location);
    return null_verdict(proof, false, of_frame ? NULL_WINDOW : NULL_CALL, function->name, location);
}
