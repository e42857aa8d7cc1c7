/* Statements inside rules, which see the rows OLD and NEW of the rule's relation: transformRuleStmt of PostgreSQL's
 * parse_utilcmd.c. */
#include "analyze/query_parts.h"

enum { OLD_RTINDEX = 1, NEW_RTINDEX = 2 };

/* OLD and NEW are names of tables only: no star and no unqualified column finds them. */
static bool add_row(ParseState *ps, const Relation *relation, const char *name)
{
    NsItem *item = relation_add_relation(ps, relation, range_make_alias(ps, name), name, false, false);
    if (!item)
        return false;
    relation_add_to_query(ps, item, false, true, false);
    return true;
}

/* ---- use of OLD or NEW (rangeTableEntry_used) ---- */

typedef struct UseSearch {
    int rtindex, level;
    int32_t location;
} UseSearch;

static bool query_uses(Query *query, void *context);

static bool expr_uses(Expr *expr, void *context)
{
    UseSearch *search = context;
    if (expr->kind == EXPR_VAR && ((Var *)expr)->rtindex == search->rtindex &&
        ((Var *)expr)->levels_up == search->level) {
        search->location = expr->location;
        return true;
    }
    if (expr->kind == EXPR_SUBLINK && query_uses(((SubLink *)expr)->query, context))
        return true;
    return expr_walk(expr, expr_uses, context);
}

static bool query_uses(Query *query, void *context)
{
    UseSearch *search = context;
    search->level++;
    bool uses = query_walk_exprs(query, expr_uses, context) || query_walk_subqueries(query, query_uses, context);
    search->level--;
    return uses;
}

static bool check_unused(ParseState *ps, Query *query, int rtindex, const char *message)
{
    UseSearch search = {.rtindex = rtindex, .level = -1, .location = -1};
    if (!query_uses(query, &search))
        return true;
    ps_error(ps, search.location, SQLSTATE_INVALID_OBJECT_DEFINITION, "%s", message);
    return false;
}

/* INSERT … SELECT has OLD and NEW in its SELECT (getInsertSelectQuery). */
static Query *query_with_rows(Query *query)
{
    if (query->command != COMMAND_INSERT || !query->jointree || query->jointree->nitems != 1)
        return query;
    const JoinNode *node = query->jointree->items[0];
    RangeTblEntry *rte = node->kind == NODE_RTREF ? query->rtable[node->rtindex - 1] : NULL;
    return rte && rte->kind == RTE_SUBQUERY ? rte->subquery : query;
}

Query *analyze_rule_action(const AnalyzeContext *context, const AstNode *statement, const Relation *relation,
                           bool old_allowed, bool new_allowed)
{
    Analyzer an = {
        .catalog = context->catalog, .arena = context->arena, .diags = context->diags, .sql = context->sql};
    ParseState *ps = parse_state_new(&an, NULL);
    if (!add_row(ps, relation, "old") || !add_row(ps, relation, "new"))
        return NULL;
    Query *query = query_transform(ps, statement);
    if (!query)
        return NULL;
    Query *rows = query_with_rows(query);
    if (!old_allowed && !check_unused(ps, rows, OLD_RTINDEX, "ON INSERT rule cannot use OLD"))
        return NULL;
    if (!new_allowed && !check_unused(ps, rows, NEW_RTINDEX, "ON DELETE rule cannot use NEW"))
        return NULL;
    return query;
}
