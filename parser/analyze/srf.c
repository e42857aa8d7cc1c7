/* Where set-returning functions may stand: check_srf_call_placement of PostgreSQL's parse_func.c. */
#include "analyze/parse_state.h"

typedef enum SrfVerdict { SRF_ALLOWED, SRF_TARGET, SRF_FROM, SRF_REFUSED, SRF_REFUSED_IN } SrfVerdict;

/* How each kind of expression takes them, and for SRF_REFUSED_IN "… are not allowed in %s". */
static const struct {
    SrfVerdict verdict;
    const char *where;
} placement[] = {
    [PARSE_NONE] = {SRF_ALLOWED, NULL},
    [PARSE_OTHER] = {SRF_ALLOWED, NULL},
    [PARSE_JOIN_ON] = {SRF_REFUSED, "set-returning functions are not allowed in JOIN conditions"},
    [PARSE_JOIN_USING] = {SRF_REFUSED, "set-returning functions are not allowed in JOIN conditions"},
    [PARSE_FROM_SUBSELECT] = {SRF_REFUSED_IN, NULL},
    [PARSE_FROM_FUNCTION] = {SRF_FROM, NULL},
    [PARSE_WHERE] = {SRF_REFUSED_IN, NULL},
    [PARSE_HAVING] = {SRF_REFUSED_IN, NULL},
    [PARSE_FILTER] = {SRF_REFUSED_IN, NULL},
    [PARSE_WINDOW_PARTITION] = {SRF_TARGET, NULL},
    [PARSE_WINDOW_ORDER] = {SRF_TARGET, NULL},
    [PARSE_WINDOW_FRAME_RANGE] = {SRF_REFUSED, "set-returning functions are not allowed in window definitions"},
    [PARSE_WINDOW_FRAME_ROWS] = {SRF_REFUSED, "set-returning functions are not allowed in window definitions"},
    [PARSE_WINDOW_FRAME_GROUPS] = {SRF_REFUSED, "set-returning functions are not allowed in window definitions"},
    [PARSE_SELECT_TARGET] = {SRF_TARGET, NULL},
    [PARSE_INSERT_TARGET] = {SRF_TARGET, NULL},
    [PARSE_UPDATE_SOURCE] = {SRF_REFUSED_IN, NULL},
    [PARSE_UPDATE_TARGET] = {SRF_REFUSED_IN, NULL},
    [PARSE_MERGE_WHEN] = {SRF_REFUSED, "set-returning functions are not allowed in MERGE WHEN conditions"},
    [PARSE_GROUP_BY] = {SRF_TARGET, NULL},
    [PARSE_ORDER_BY] = {SRF_TARGET, NULL},
    [PARSE_DISTINCT_ON] = {SRF_TARGET, NULL},
    [PARSE_LIMIT] = {SRF_REFUSED_IN, NULL},
    [PARSE_OFFSET] = {SRF_REFUSED_IN, NULL},
    [PARSE_RETURNING] = {SRF_REFUSED_IN, NULL},
    [PARSE_VALUES] = {SRF_REFUSED_IN, NULL},
    [PARSE_VALUES_SINGLE] = {SRF_TARGET, NULL},
    [PARSE_CHECK_CONSTRAINT] = {SRF_REFUSED, "set-returning functions are not allowed in check constraints"},
    [PARSE_DOMAIN_CHECK] = {SRF_REFUSED, "set-returning functions are not allowed in check constraints"},
    [PARSE_COLUMN_DEFAULT] = {SRF_REFUSED, "set-returning functions are not allowed in DEFAULT expressions"},
    [PARSE_FUNCTION_DEFAULT] = {SRF_REFUSED, "set-returning functions are not allowed in DEFAULT expressions"},
    [PARSE_INDEX_EXPRESSION] = {SRF_REFUSED, "set-returning functions are not allowed in index expressions"},
    [PARSE_INDEX_PREDICATE] = {SRF_REFUSED, "set-returning functions are not allowed in index predicates"},
    [PARSE_STATS_EXPRESSION] = {SRF_REFUSED, "set-returning functions are not allowed in statistics expressions"},
    [PARSE_ALTER_COL_TRANSFORM] = {SRF_REFUSED, "set-returning functions are not allowed in transform expressions"},
    [PARSE_EXECUTE_PARAMETER] = {SRF_REFUSED, "set-returning functions are not allowed in EXECUTE parameters"},
    [PARSE_TRIGGER_WHEN] = {SRF_REFUSED, "set-returning functions are not allowed in trigger WHEN conditions"},
    [PARSE_POLICY] = {SRF_REFUSED, "set-returning functions are not allowed in policy expressions"},
    [PARSE_PARTITION_BOUND] = {SRF_REFUSED, "set-returning functions are not allowed in partition bound"},
    [PARSE_PARTITION_EXPRESSION] = {SRF_REFUSED,
                                    "set-returning functions are not allowed in partition key expressions"},
    [PARSE_CALL_ARGUMENT] = {SRF_REFUSED, "set-returning functions are not allowed in CALL arguments"},
    [PARSE_COPY_WHERE] = {SRF_REFUSED, "set-returning functions are not allowed in COPY FROM WHERE conditions"},
    [PARSE_GENERATED_COLUMN] = {SRF_REFUSED,
                                "set-returning functions are not allowed in column generation expressions"},
    [PARSE_CYCLE_MARK] = {SRF_REFUSED_IN, NULL},
};

/* Within a function of FROM only the outermost call may return a set. */
static bool check_from(ParseState *ps, Expr *last_srf, int32_t location)
{
    if (!ps->last_srf || ps->last_srf == last_srf)
        return true;
    ps_error(ps, expr_location(ps->last_srf), SQLSTATE_FEATURE_NOT_SUPPORTED,
             "set-returning functions must appear at top level of FROM");
    (void)location;
    return false;
}

bool func_check_srf_placement(ParseState *ps, Expr *last_srf, int32_t location)
{
    switch (placement[ps->expr_kind].verdict) {
    case SRF_ALLOWED:
        return true;
    case SRF_TARGET:
        ps->has_target_srfs = true;
        return true;
    case SRF_FROM:
        return check_from(ps, last_srf, location);
    case SRF_REFUSED:
        ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", placement[ps->expr_kind].where);
        return false;
    case SRF_REFUSED_IN:
        ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "set-returning functions are not allowed in %s",
                 expr_kind_label(ps->expr_kind));
        return false;
    }
    return true;
}
