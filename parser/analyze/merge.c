/* MERGE: PostgreSQL's parse_merge.c. */
#include "analyze/query_parts.h"

#include <string.h>

/* A WHEN clause after an unconditional one of the same kind would never be reached. */
static bool check_reachable(ParseState *ps, const AstMergeStmt *raw)
{
    bool terminal[] = {false, false, false}; /* by AstMergeMatch */
    for (size_t i = 0; i < raw->n_merge_when_clauses; i++) {
        const AstMergeWhenClause *when = raw->merge_when_clauses[i]->merge_when_clause;
        bool *ended = &terminal[ast_merge_match(when)];
        if (*ended) {
            ps_error(ps, ast_location(when->condition), SQLSTATE_SYNTAX_ERROR,
                     "unreachable WHEN clause specified after unconditional WHEN clause");
            return false;
        }
        *ended = !when->condition;
    }
    return true;
}

static bool check_target(ParseState *ps, const AstMergeStmt *raw)
{
    const Relation *target = ps->target_relation;
    const char *detail = NULL;
    bool view = target->kind == RELKIND_VIEW && catalog_version(ps_catalog(ps)) >= 17;
    if (target->kind != RELKIND_TABLE && target->kind != RELKIND_PARTITIONED && !view)
        detail = relation_kind_detail(target->kind);
    else if (target->nrules)
        detail = "MERGE is not supported for relations with rules.";
    if (!detail)
        return true;
    Diag *diag = ps_error(ps, raw->relation->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "cannot execute MERGE on relation \"%s\"", target->name);
    ps_detail(ps, diag, "%s", detail);
    return false;
}

/* The data source, with a name of its own; NULL after an error. */
static NsItem *transform_source(ParseState *ps, const AstMergeStmt *raw)
{
    AstNode *source = raw->source_relation;
    if (!clause_transform_from(ps, 1, &source))
        return NULL;
    NsItem *item = namespace_find_rtindex(ps, (int)ps->query->nrtable, 0);
    if (strcmp(ps->target_item->name, item->name) == 0) {
        Diag *diag = ps_error(ps, ast_location(source), SQLSTATE_DUPLICATE_ALIAS,
                              "name \"%s\" specified more than once", item->name);
        ps_detail(ps, diag, "The name is used both as MERGE target table and data source.");
        return NULL;
    }
    return item;
}

/* ---- actions ---- */

static CommandKind command_of(const AstMergeWhenClause *when)
{
    switch ((int)when->command_type) {
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
        return COMMAND_INSERT;
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
        return COMMAND_UPDATE;
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
        return COMMAND_DELETE;
    default:
        return COMMAND_UTILITY;
    }
}

static bool transform_insert(ParseState *ps, const AstMergeWhenClause *raw, MergeAction *action)
{
    InsertColumns columns = {0};
    ExprList row = {0};
    ps->is_insert = true;
    action->overriding = insert_overriding(raw->override);
    if (!insert_check_columns(ps, raw->n_target_list, raw->target_list, &columns))
        return false;
    if (raw->n_values &&
        (!target_transform_expressions(ps, raw->n_values, raw->values, PARSE_VALUES_SINGLE, true, &row) ||
         !insert_transform_row(ps, &row, &columns, false)))
        return false;
    insert_make_targets(ps, &row, &columns, &action->targets);
    return true;
}

static bool transform_action(ParseState *ps, const AstMergeWhenClause *raw, NsItem *source, MergeAction *action)
{
    AstMergeMatch match = ast_merge_match(raw);
    if (match == AST_MERGE_NOT_MATCHED_BY_SOURCE) {
        ps_error(ps, ast_location(raw->condition), SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "unsupported: MERGE ... WHEN NOT MATCHED BY SOURCE");
        return false;
    }
    action->matched = match == AST_MERGE_MATCHED;
    action->command = command_of(raw);
    /* Without a match there is no target row to refer to. */
    ps->target_item->rel_visible = ps->target_item->cols_visible = action->matched;
    source->rel_visible = source->cols_visible = true;
    bool failed = false;
    action->condition = clause_transform_where(ps, raw->condition, PARSE_MERGE_WHEN, "WHEN", &failed);
    if (failed)
        return false;
    if (action->command == COMMAND_INSERT)
        return transform_insert(ps, raw, action);
    ps->is_insert = false;
    return action->command != COMMAND_UPDATE ||
           update_transform_targets(ps, raw->n_target_list, raw->target_list, &action->targets);
}

bool merge_transform(ParseState *ps, const AstMergeStmt *raw)
{
    Query *query = ps->query;
    query->command = COMMAND_MERGE;
    if (ast_merge_returns(raw)) {
        ps_error(ps, raw->relation->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported: MERGE ... RETURNING");
        return false;
    }
    if (raw->with_clause && raw->with_clause->recursive) {
        ps_error(ps, raw->with_clause->location, SQLSTATE_SYNTAX_ERROR,
                 "WITH RECURSIVE is not supported for MERGE statement");
        return false;
    }
    if (!cte_transform_with(ps, raw->with_clause) || !check_reachable(ps, raw))
        return false;
    query->result_relation = clause_set_target_table(ps, raw->relation, raw->relation->inh, false);
    if (!query->result_relation || !check_target(ps, raw))
        return false;
    NsItem *source = transform_source(ps, raw);
    if (!source)
        return false;
    relation_add_to_query(ps, ps->target_item, false, true, true);
    Expr *condition = expr_transform(ps, raw->join_condition, PARSE_JOIN_ON);
    if (!condition)
        return false;
    query->merge_actions = arena_array_of(ps_arena(ps), raw->n_merge_when_clauses, MergeAction);
    query->nmerge_actions = raw->n_merge_when_clauses;
    for (size_t i = 0; i < raw->n_merge_when_clauses; i++) {
        if (!transform_action(ps, raw->merge_when_clauses[i]->merge_when_clause, source, &query->merge_actions[i]))
            return false;
    }
    query_finish(ps, condition);
    return query_check(ps, false);
}
