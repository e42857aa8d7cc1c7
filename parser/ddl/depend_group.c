/* Primary keys that a GROUP BY relies on: columns that are selected without being grouped depend on the key that is
 * (PostgreSQL's check_functional_grouping, Query.constraintDeps). */
#include "ddl/ddl_private.h"

typedef struct Grouping {
    const Query *query;
    const Relation *relation;
    int rtindex;
    bool needed;
} Grouping;

static const Expr *grouped_expr(const Query *query, uint32_t ref)
{
    for (size_t i = 0; i < query->targets.len; i++) {
        if (query->targets.items[i]->sort_group == ref)
            return query->targets.items[i]->expr;
    }
    return NULL;
}

static bool is_grouped(const Grouping *grouping, int attribute)
{
    for (size_t i = 0; i < grouping->query->group.len; i++) {
        const Expr *expr = grouped_expr(grouping->query, grouping->query->group.items[i].ref);
        const Var *var = expr && expr->kind == EXPR_VAR ? (const Var *)expr : NULL;
        if (var && var->levels_up == 0 && var->rtindex == grouping->rtindex && var->attribute == attribute)
            return true;
    }
    return false;
}

static bool visit(Expr *expr, void *context)
{
    Grouping *grouping = context;
    if (expr->kind == EXPR_AGGREF)
        return false;
    if (expr->kind == EXPR_VAR) {
        const Var *var = (const Var *)expr;
        if (var->levels_up == 0 && var->rtindex == grouping->rtindex && !is_grouped(grouping, var->attribute))
            grouping->needed = true;
        return grouping->needed;
    }
    return expr_walk(expr, visit, grouping);
}

/* Whether anything that is not grouped is selected. */
static bool selects_ungrouped(Grouping *grouping)
{
    const TargetList *targets = &grouping->query->targets;
    for (size_t i = 0; i < targets->len; i++) {
        if (!targets->items[i]->sort_group)
            visit(targets->items[i]->expr, grouping);
    }
    if (grouping->query->having)
        visit(grouping->query->having, grouping);
    return grouping->needed;
}

static Oid grouped_key(Grouping *grouping)
{
    for (size_t i = 0; i < grouping->relation->nconstraints; i++) {
        const Constraint *key = &grouping->relation->constraints[i];
        bool all = key->type == CONSTRAINT_PRIMARY && !key->deferrable;
        for (size_t j = 0; all && j < key->ncolumns; j++)
            all = is_grouped(grouping, key->columns[j]);
        if (all)
            return key->oid;
    }
    return INVALID_OID;
}

void depend_on_group_keys(Ddl *ddl, const Query *query, Oids *constraints)
{
    for (size_t i = 0; query->group.len && i < query->nrtable; i++) {
        if (query->rtable[i]->kind != RTE_RELATION)
            continue;
        Grouping grouping = {.query = query,
                             .relation = catalog_relation(ddl->catalog, query->rtable[i]->relation),
                             .rtindex = (int)i + 1};
        Oid key = grouping.relation ? grouped_key(&grouping) : INVALID_OID;
        if (key && selects_ungrouped(&grouping))
            vec_push(ddl->scratch, constraints, key);
    }
}
