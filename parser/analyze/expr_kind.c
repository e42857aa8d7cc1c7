/* How messages name the places where expressions stand. */
#include "analyze/parse_state.h"

const char *expr_kind_label(ParseExprKind kind)
{
    static const char *const labels[] = {
        [PARSE_NONE] = "invalid expression context",
        [PARSE_OTHER] = "extension expression",
        [PARSE_JOIN_ON] = "JOIN/ON",
        [PARSE_JOIN_USING] = "JOIN/USING",
        [PARSE_FROM_SUBSELECT] = "sub-SELECT in FROM",
        [PARSE_FROM_FUNCTION] = "function in FROM",
        [PARSE_WHERE] = "WHERE",
        [PARSE_HAVING] = "HAVING",
        [PARSE_FILTER] = "FILTER",
        [PARSE_WINDOW_PARTITION] = "window PARTITION BY",
        [PARSE_WINDOW_ORDER] = "window ORDER BY",
        [PARSE_WINDOW_FRAME_RANGE] = "window RANGE",
        [PARSE_WINDOW_FRAME_ROWS] = "window ROWS",
        [PARSE_WINDOW_FRAME_GROUPS] = "window GROUPS",
        [PARSE_SELECT_TARGET] = "SELECT",
        [PARSE_INSERT_TARGET] = "INSERT",
        [PARSE_UPDATE_SOURCE] = "UPDATE",
        [PARSE_UPDATE_TARGET] = "UPDATE",
        [PARSE_MERGE_WHEN] = "MERGE WHEN",
        [PARSE_GROUP_BY] = "GROUP BY",
        [PARSE_ORDER_BY] = "ORDER BY",
        [PARSE_DISTINCT_ON] = "DISTINCT ON",
        [PARSE_LIMIT] = "LIMIT",
        [PARSE_OFFSET] = "OFFSET",
        [PARSE_RETURNING] = "RETURNING",
        [PARSE_VALUES] = "VALUES",
        [PARSE_VALUES_SINGLE] = "VALUES",
        [PARSE_CHECK_CONSTRAINT] = "CHECK",
        [PARSE_DOMAIN_CHECK] = "CHECK",
        [PARSE_COLUMN_DEFAULT] = "DEFAULT",
        [PARSE_FUNCTION_DEFAULT] = "DEFAULT",
        [PARSE_INDEX_EXPRESSION] = "index expression",
        [PARSE_INDEX_PREDICATE] = "index predicate",
        [PARSE_STATS_EXPRESSION] = "statistics expression",
        [PARSE_ALTER_COL_TRANSFORM] = "USING",
        [PARSE_EXECUTE_PARAMETER] = "EXECUTE",
        [PARSE_TRIGGER_WHEN] = "WHEN",
        [PARSE_POLICY] = "POLICY",
        [PARSE_PARTITION_BOUND] = "partition bound",
        [PARSE_PARTITION_EXPRESSION] = "PARTITION BY",
        [PARSE_CALL_ARGUMENT] = "CALL",
        [PARSE_COPY_WHERE] = "WHERE",
        [PARSE_GENERATED_COLUMN] = "GENERATED AS",
        [PARSE_CYCLE_MARK] = "CYCLE",
    };
    return labels[kind];
}

const char *expr_kind_place(ParseExprKind kind)
{
    static const char *const places[] = {
        [PARSE_JOIN_ON] = "JOIN conditions",
        [PARSE_JOIN_USING] = "JOIN conditions",
        [PARSE_FROM_FUNCTION] = "functions in FROM",
        [PARSE_WINDOW_PARTITION] = "window definitions",
        [PARSE_WINDOW_ORDER] = "window definitions",
        [PARSE_MERGE_WHEN] = "MERGE WHEN conditions",
        [PARSE_CHECK_CONSTRAINT] = "check constraints",
        [PARSE_DOMAIN_CHECK] = "check constraints",
        [PARSE_COLUMN_DEFAULT] = "DEFAULT expressions",
        [PARSE_FUNCTION_DEFAULT] = "DEFAULT expressions",
        [PARSE_INDEX_EXPRESSION] = "index expressions",
        [PARSE_INDEX_PREDICATE] = "index predicates",
        [PARSE_STATS_EXPRESSION] = "statistics expressions",
        [PARSE_ALTER_COL_TRANSFORM] = "transform expressions",
        [PARSE_EXECUTE_PARAMETER] = "EXECUTE parameters",
        [PARSE_TRIGGER_WHEN] = "trigger WHEN conditions",
        [PARSE_POLICY] = "policy expressions",
        [PARSE_PARTITION_EXPRESSION] = "partition key expressions",
        [PARSE_CALL_ARGUMENT] = "CALL arguments",
        [PARSE_COPY_WHERE] = "COPY FROM WHERE conditions",
        [PARSE_GENERATED_COLUMN] = "column generation expressions",
    };
    size_t known = sizeof places / sizeof *places;
    const char *place = (size_t)kind < known ? places[kind] : NULL;
    return place ? place : expr_kind_label(kind);
}
