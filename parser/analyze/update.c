/* UPDATE and DELETE, and RETURNING: PostgreSQL's analyze.c. */
#include "analyze/declared.h"
#include "analyze/query_parts.h"

#include <string.h>

bool returning_transform(ParseState *ps, size_t n, AstNode *const *raw)
{
    if (!n)
        return true;
    TargetList *targets = &ps->query->returning;
    /* A list of its own, whose columns count from one. */
    int saved = ps->next_resno;
    ps->next_resno = 1;
    if (!target_transform_list(ps, n, raw, PARSE_RETURNING, targets) || !query_check_width(ps))
        return false;
    if (!targets->len) {
        ps_error(ps, ast_location(raw[0]), SQLSTATE_SYNTAX_ERROR, "RETURNING must have at least one column");
        return false;
    }
    target_mark_origins(ps, targets);
    if (ps->resolve_unknowns && !target_resolve_unknowns(ps, targets))
        return false;
    ps->next_resno = saved;
    return true;
}

bool update_transform_targets(ParseState *ps, size_t n, AstNode *const *raw, TargetList *targets)
{
    if (!target_transform_list(ps, n, raw, PARSE_UPDATE_SOURCE, targets))
        return false;
    for (size_t i = 0; i < targets->len; i++) {
        TargetEntry *entry = targets->items[i];
        const AstResTarget *target = raw[i]->res_target;
        const Column *column = catalog_find_column(ps->target_relation, target->name);
        if (!column) {
            declared_error_no_column(ps, target->name, target->location);
            if (target->n_indirection && strcmp(target->name, ps->target_item->name) == 0 &&
                catalog_version(ps_catalog(ps)) >= 17)
                ps_hint(ps, ps->an->diags->last, "SET target columns cannot be qualified with the relation name.");
            return false;
        }
        entry->expr = target_assigned_expr(ps, entry->expr, PARSE_UPDATE_TARGET, target->name, column->number,
                                           target->n_indirection, target->indirection, target->location);
        if (!entry->expr)
            return false;
        entry->number = column->number;
        entry->name = target->name;
    }
    return true;
}

/* The target relation can't be referred to by the other relations. */
static bool transform_sources(ParseState *ps, const AstRangeVar *relation, size_t n, AstNode *const *from)
{
    ps->query->result_relation = clause_set_target_table(ps, relation, relation->inh, true);
    if (!ps->query->result_relation)
        return false;
    ps->target_item->lateral_only = true;
    ps->target_item->lateral_ok = false;
    if (!clause_transform_from(ps, n, from))
        return false;
    ps->target_item->lateral_only = false;
    ps->target_item->lateral_ok = true;
    return true;
}

bool update_transform(ParseState *ps, const AstUpdateStmt *raw)
{
    Query *query = ps->query;
    query->command = COMMAND_UPDATE;
    ps->is_insert = false;
    if (!cte_transform_with(ps, raw->with_clause) ||
        !transform_sources(ps, raw->relation, raw->n_from_clause, raw->from_clause))
        return false;
    bool failed = false;
    Expr *quals = clause_transform_where(ps, raw->where_clause, PARSE_WHERE, "WHERE", &failed);
    if (failed || !returning_transform(ps, raw->n_returning_list, raw->returning_list) ||
        !update_transform_targets(ps, raw->n_target_list, raw->target_list, &query->targets))
        return false;
    query_finish(ps, quals);
    return query_check(ps, false);
}

bool delete_transform(ParseState *ps, const AstDeleteStmt *raw)
{
    ps->query->command = COMMAND_DELETE;
    if (!cte_transform_with(ps, raw->with_clause) ||
        !transform_sources(ps, raw->relation, raw->n_using_clause, raw->using_clause))
        return false;
    bool failed = false;
    Expr *quals = clause_transform_where(ps, raw->where_clause, PARSE_WHERE, "WHERE", &failed);
    if (failed || !returning_transform(ps, raw->n_returning_list, raw->returning_list))
        return false;
    query_finish(ps, quals);
    return query_check(ps, ps->has_aggs);
}
