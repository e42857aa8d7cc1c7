/* The constraints that a statement can violate, those of the data-modifying WITH items in it included, of views'
 * base tables, and of the statements that rules put in its place or beside it. What functions and triggers do
 * beside that is not followed; but a BEFORE trigger may change the row, so that all its table's constraints count
 * then.
 *
 * INSERT can violate all of its table's; UPDATE those about the columns it sets; DELETE, and UPDATE of a referenced
 * key, the foreign keys of other tables that forbid it, and what ON DELETE and ON UPDATE do to these tables' rows
 * can violate theirs in turn. NOT NULL is one a column, where the value may be NULL. A domain's constraints count
 * where a value is made one of it: parameters, casts, and columns that are written. */
#include "prove/violations.h"

static void mark(bool *columns, const TargetList *targets)
{
    for (size_t i = 0; i < targets->len; i++)
        if (!targets->items[i]->junk && targets->items[i]->number > 0)
            columns[targets->items[i]->number] = true;
}

/* NOT NULL columns that an INSERT may leave NULL. */
static void add_inserted_nulls(ViolationWalk *walk, const Query *query, const Relation *relation)
{
    bool changed = relation_may_change_rows(walk->proof, relation);
    NullScope *scope = null_scope(walk->proof, (Query *)(uintptr_t)query, NULL);
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->not_null && !column->dropped && (changed || null_inserted_value(scope, column)))
            violation_add_not_null(walk, relation, column);
    }
}

/* The same of an UPDATE, or of ON CONFLICT DO UPDATE. */
static void add_updated_nulls(ViolationWalk *walk, const Query *query, const TargetList *set,
                              const Relation *relation)
{
    bool changed = relation_may_change_rows(walk->proof, relation);
    NullScope *scope = null_scope(walk->proof, (Query *)(uintptr_t)query, NULL);
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->not_null && !column->dropped && (changed || null_updated_value(scope, set, column)))
            violation_add_not_null(walk, relation, column);
    }
}

static void add_insert(ViolationWalk *walk, const Query *query, const Relation *relation)
{
    violation_add_own(walk, relation, &violation_any, query, 0);
    add_inserted_nulls(walk, query, relation);
    if (relation->kind == RELKIND_PARTITIONED)
        violation_add_children(walk, relation, &violation_any, query);
}

static void add_update(ViolationWalk *walk, const Query *query, const TargetList *set, const Relation *relation,
                       bool inherit)
{
    bool *columns;
    Assigned assigned = violation_assigned_none(walk, relation, &columns);
    mark(columns, set);
    /* A generated column may be made of any of those, and a trigger may set others. */
    for (size_t i = 0; i < relation->ncolumns; i++)
        if (relation->columns[i].generated)
            columns[relation->columns[i].number] = true;
    if (relation_may_change_rows(walk->proof, relation))
        assigned = violation_any;
    violation_add_own(walk, relation, &assigned, NULL, 0);
    add_updated_nulls(walk, query, set, relation);
    if (inherit)
        violation_add_children(walk, relation, relation->kind == RELKIND_PARTITIONED ? &violation_any : &assigned,
                               NULL);
    violation_add_referencing(walk, relation, &assigned, false);
}

/* The commands that a statement gives to its target. */
typedef struct Effects {
    bool inserts, updates, deletes;
} Effects;

static Effects effects_of(const Query *query)
{
    Effects effects = {.inserts = query->command == COMMAND_INSERT,
                       .updates = query->command == COMMAND_UPDATE ||
                                  (query->on_conflict && query->on_conflict->do_update),
                       .deletes = query->command == COMMAND_DELETE};
    for (size_t i = 0; i < query->nmerge_actions; i++) {
        CommandKind command = query->merge_actions[i].command;
        effects.inserts = effects.inserts || command == COMMAND_INSERT;
        effects.updates = effects.updates || command == COMMAND_UPDATE;
        effects.deletes = effects.deletes || command == COMMAND_DELETE;
    }
    return effects;
}

/* Everything that the effects on a relation can violate, where what exactly is written is not followed. */
static void add_all(ViolationWalk *walk, const Relation *relation, Effects effects)
{
    if (effects.inserts || effects.updates) {
        violation_add_own(walk, relation, &violation_any, NULL, 0);
        violation_add_not_nulls(walk, relation, &violation_any);
        violation_add_children(walk, relation, &violation_any, NULL);
    }
    if (effects.updates)
        violation_add_referencing(walk, relation, &violation_any, false);
    if (effects.deletes)
        violation_add_referencing(walk, relation, &violation_any, true);
}

static bool walk_query(Query *query, void *context);

/* The rules for what the statement does; true if it does not come to the relation itself then. */
static bool follow_rules(ViolationWalk *walk, const Relation *relation, Effects effects)
{
    bool replaced = false;
    for (size_t i = 0; i < relation->nrules; i++) {
        const Rule *rule = &relation->rules[i];
        bool fits = (rule->event == '2' && effects.updates) || (rule->event == '3' && effects.inserts) ||
                    (rule->event == '4' && effects.deletes);
        if (!fits || !rule->enabled)
            continue;
        replaced = replaced || (rule->instead && !rule->condition);
        bool is_new = violation_note_once(walk, &walk->rules, rule->oid);
        for (size_t k = 0; is_new && k < rule->nactions; k++)
            walk_query(rule->actions[k], walk);
    }
    return replaced;
}

/* Through views down to a table. */
static void add_through_view(ViolationWalk *walk, const Relation *view, Effects effects)
{
    if (follow_rules(walk, view, effects))
        return;
    if (view->kind != RELKIND_VIEW) {
        add_all(walk, view, effects);
        return;
    }
    for (size_t i = 0; i < view->ntriggers; i++)
        if (view->triggers[i].instead)
            return;
    for (size_t i = 0; view->view && i < view->view->nrtable; i++) {
        const RangeTblEntry *rte = view->view->rtable[i];
        const Relation *base =
            rte->kind == RTE_RELATION ? catalog_relation(walk->project->catalog, rte->relation) : NULL;
        if (base && base->oid != view->oid)
            add_through_view(walk, base, effects);
    }
}

static void add_statement(ViolationWalk *walk, const Query *query)
{
    const RangeTblEntry *target = query->rtable[query->result_relation - 1];
    const Relation *relation = catalog_relation(walk->project->catalog, target->relation);
    Effects effects = effects_of(query);
    if (!relation)
        return;
    if (relation->kind == RELKIND_VIEW || query->nmerge_actions) {
        add_through_view(walk, relation, effects);
        return;
    }
    if (follow_rules(walk, relation, effects))
        return;
    if (effects.inserts)
        add_insert(walk, query, relation);
    if (effects.updates)
        add_update(walk, query, query->on_conflict ? &query->on_conflict->set : &query->targets, relation,
                   target->inherit || query->on_conflict);
    if (effects.deletes)
        violation_add_referencing(walk, relation, &violation_any, true);
}

/* Casts to domains, and statements in sublinks. */
static bool walk_expr(Expr *expr, void *context)
{
    ViolationWalk *walk = context;
    if (expr->kind == EXPR_COERCE_TO_DOMAIN || expr->kind == EXPR_PARAM)
        violation_add_type(walk, expr->type);
    if (expr->kind == EXPR_SUBLINK)
        walk_query(((SubLink *)expr)->query, walk);
    return expr_walk(expr, walk_expr, context);
}

static bool walk_query(Query *query, void *context)
{
    ViolationWalk *walk = context;
    query_walk_subqueries(query, walk_query, walk);
    query_walk_exprs(query, walk_expr, walk);
    if (query->result_relation)
        add_statement(walk, query);
    return false;
}

void violations_collect(ProveProject *project, NullProof *proof, Query *query, IrConstraints *list)
{
    ViolationWalk walk = {.project = project, .proof = proof, .list = list};
    walk_query(query, &walk);
}
