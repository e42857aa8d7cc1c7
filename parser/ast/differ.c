/* Nodes that differ between libpg_query 15, 16 and 17. */
#include "ast/ast.h"

#include <pg_query.h>

#include <string.h>

AstMergeMatch ast_merge_match(const AstMergeWhenClause *when)
{
#if PG_VERSION_NUM >= 170000
    switch ((int)when->match_kind) {
    case PG_QUERY__MERGE_MATCH_KIND__MERGE_WHEN_MATCHED:
        return AST_MERGE_MATCHED;
    case PG_QUERY__MERGE_MATCH_KIND__MERGE_WHEN_NOT_MATCHED_BY_SOURCE:
        return AST_MERGE_NOT_MATCHED_BY_SOURCE;
    default:
        return AST_MERGE_NOT_MATCHED;
    }
#else
    return when->matched ? AST_MERGE_MATCHED : AST_MERGE_NOT_MATCHED;
#endif
}

bool ast_merge_returns(const AstMergeStmt *merge)
{
#if PG_VERSION_NUM >= 170000
    return merge->n_returning_list > 0;
#else
    (void)merge;
    return false;
#endif
}

char ast_partition_strategy(const AstPartitionSpec *spec, const char **word)
{
    *word = NULL;
#if PG_VERSION_NUM >= 160000
    switch ((int)spec->strategy) {
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_LIST:
        return 'l';
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_RANGE:
        return 'r';
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_HASH:
        return 'h';
    default:
        return 0;
    }
#else
    static const char *const strategies[] = {"list", "range", "hash"};
    for (size_t i = 0; i < sizeof strategies / sizeof *strategies; i++) {
        if (strcmp(spec->strategy, strategies[i]) == 0)
            return *strategies[i];
    }
    *word = spec->strategy;
    return 0;
#endif
}

bool ast_grants_admin(const AstGrantRoleStmt *grant)
{
#if PG_VERSION_NUM >= 160000
    bool value = false;
    const AstDefElem *option = ast_option(AST_ITEMS(grant, opt), "admin");
    return option && ast_option_bool(option, &value) && value;
#else
    return grant->admin_opt;
#endif
}

int32_t ast_statistics_target(const AstAlterStatsStmt *stmt)
{
#if PG_VERSION_NUM >= 170000
    int32_t target = -1;
    return ast_integer(stmt->stxstattarget, &target) ? target : -1;
#else
    return stmt->stxstattarget;
#endif
}
