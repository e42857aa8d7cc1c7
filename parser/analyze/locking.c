/* FOR UPDATE and its kin: transformLockingClause of PostgreSQL's analyze.c. */
#include "analyze/query_parts.h"

#include <string.h>

const char *locking_name(PgQuery__LockClauseStrength strength)
{
    switch ((int)strength) {
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORKEYSHARE:
        return "FOR KEY SHARE";
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORSHARE:
        return "FOR SHARE";
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORNOKEYUPDATE:
        return "FOR NO KEY UPDATE";
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORUPDATE:
        return "FOR UPDATE";
    default:
        return "FOR some";
    }
}

bool locking_applies(const ParseState *ps, const char *ref_name)
{
    if (ps->locked_from_parent)
        return true;
    for (size_t i = 0; i < ps->nlocking; i++) {
        const AstLockingClause *clause = ps->locking[i]->locking_clause;
        if (!clause->n_locked_rels)
            return true;
        for (size_t k = 0; ref_name && k < clause->n_locked_rels; k++) {
            if (strcmp(clause->locked_rels[k]->range_var->relname, ref_name) == 0)
                return true;
        }
    }
    return false;
}

/* CheckSelectLocking: there must be rows of tables to lock. */
static bool check_lockable(ParseState *ps, const Query *query, PgQuery__LockClauseStrength strength)
{
    const char *with = NULL;
    if (query->set_operations)
        with = "UNION/INTERSECT/EXCEPT";
    else if (query->distinct.len)
        with = "DISTINCT clause";
    else if (query->group.len || query->ngrouping_sets)
        with = "GROUP BY clause";
    else if (query->having)
        with = "HAVING clause";
    else if (query->has_aggs)
        with = "aggregate functions";
    else if (query->has_windows)
        with = "window functions";
    else if (query->has_target_srfs)
        with = "set-returning functions in the target list";
    if (with)
        ps_error(ps, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not allowed with %s", locking_name(strength), with);
    return !with;
}

/* applyLockingClause: the strongest wish wins; so does NOWAIT over SKIP LOCKED over waiting. */
static void add_mark(ParseState *ps, Query *query, int rtindex, const AstLockingClause *raw)
{
    int strength = (int)raw->strength - (int)PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_NONE;
    bool nowait = raw->wait_policy == PG_QUERY__LOCK_WAIT_POLICY__LockWaitError;
    bool skip = raw->wait_policy == PG_QUERY__LOCK_WAIT_POLICY__LockWaitSkip;
    query->has_for_update = true;
    RowMark *mark = NULL;
    for (size_t i = 0; i < query->nrow_marks && !mark; i++) {
        if (query->row_marks[i].rtindex == rtindex)
            mark = &query->row_marks[i];
    }
    if (!mark) {
        RowMark *marks = arena_array_of(ps_arena(ps), query->nrow_marks + 1, RowMark);
        if (query->nrow_marks)
            memcpy(marks, query->row_marks, query->nrow_marks * sizeof *marks);
        query->row_marks = marks;
        mark = &marks[query->nrow_marks++];
        mark->rtindex = rtindex;
    }
    if (strength > mark->strength)
        mark->strength = strength;
    mark->nowait |= nowait;
    mark->skip_locked = !mark->nowait && (mark->skip_locked || skip);
}

/* A table, or a sub-query with all its tables. */
static bool lock_entry(ParseState *ps, Query *query, int rtindex, const AstLockingClause *raw)
{
    RangeTblEntry *rte = query->rtable[rtindex - 1];
    add_mark(ps, query, rtindex, raw);
    if (rte->kind != RTE_SUBQUERY)
        return true;
    AstLockingClause all = *raw;
    all.n_locked_rels = 0;
    return locking_transform(ps, rte->subquery, &all);
}

static bool lock_all(ParseState *ps, Query *query, const AstLockingClause *raw)
{
    for (size_t i = 0; i < query->nrtable; i++) {
        const RangeTblEntry *rte = query->rtable[i];
        if (rte->in_from_clause && (rte->kind == RTE_RELATION || rte->kind == RTE_SUBQUERY) &&
            !lock_entry(ps, query, (int)i + 1, raw))
            return false;
    }
    return true;
}

/* The name that FOR UPDATE OF can use; NULL when the entry has none. */
static const char *lock_name(const RangeTblEntry *rte)
{
    if (rte->kind == RTE_JOIN && !rte->alias_name)
        return rte->join_using_alias;
    return rte->ref_name;
}

static const char *what_it_is(RteKind kind)
{
    switch (kind) {
    case RTE_RELATION:
    case RTE_SUBQUERY:
    case RTE_RESULT:
        return NULL;
    case RTE_JOIN:
        return "a join";
    case RTE_FUNCTION:
        return "a function";
    case RTE_TABLEFUNC:
        return "a table function";
    case RTE_VALUES:
        return "VALUES";
    case RTE_CTE:
        return "a WITH query";
    case RTE_NAMED_TUPLESTORE:
        return "a named tuplestore";
    }
    return NULL;
}

static bool lock_named(ParseState *ps, Query *query, const AstLockingClause *raw, const AstRangeVar *name)
{
    const char *clause = locking_name(raw->strength);
    if (ast_text(name->catalogname) || ast_text(name->schemaname)) {
        ps_error(ps, name->location, SQLSTATE_SYNTAX_ERROR, "%s must specify unqualified relation names", clause);
        return false;
    }
    for (size_t i = 0; i < query->nrtable; i++) {
        const RangeTblEntry *rte = query->rtable[i];
        const char *shown = lock_name(rte);
        if (!rte->in_from_clause || !shown || strcmp(shown, name->relname) != 0)
            continue;
        const char *what = what_it_is(rte->kind);
        if (what) {
            ps_error(ps, name->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s cannot be applied to %s", clause,
                     what);
            return false;
        }
        return lock_entry(ps, query, (int)i + 1, raw);
    }
    ps_error(ps, name->location, SQLSTATE_UNDEFINED_TABLE, "relation \"%s\" in %s clause not found in FROM clause",
             name->relname, clause);
    return false;
}

bool locking_transform(ParseState *ps, Query *query, const AstLockingClause *raw)
{
    if (!check_lockable(ps, query, raw->strength))
        return false;
    if (!raw->n_locked_rels)
        return lock_all(ps, query, raw);
    for (size_t i = 0; i < raw->n_locked_rels; i++) {
        if (!lock_named(ps, query, raw, raw->locked_rels[i]->range_var))
            return false;
    }
    return true;
}
