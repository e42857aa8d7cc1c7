/* What PostgreSQL's rewriter refuses: it runs as a part of preparing a statement. Views that can't be changed
 * through and what rules don't allow; what concerns columns is in rewrite_columns.c. RewriteQuery of
 * rewriteHandler.c; nothing is rewritten here, a change is only followed down to the relations it reaches. */
#include "analyze/rewrite_parts.h"

#include <string.h>

/* PostgreSQL's names for the commands in its messages. */
typedef struct CommandWords {
    const char *verb;  /* "cannot %s view" */
    const char *event; /* "an INSTEAD OF %s trigger" */
    const char *gerund;
    char rule_event;
} CommandWords;

static const CommandWords words[] = {
    [COMMAND_INSERT] = {"insert into", "INSERT", "inserting into", '3'},
    [COMMAND_UPDATE] = {"update", "UPDATE", "updating", '2'},
    [COMMAND_DELETE] = {"delete from", "DELETE", "deleting from", '4'},
};

/* ---- views ---- */

static void hint_instead(ParseState *ps, Diag *diag, CommandKind command)
{
    const CommandWords *word = &words[command];
    ps_hint(ps, diag,
            "To enable %s the view, provide an INSTEAD OF %s trigger or an unconditional ON %s DO INSTEAD rule.",
            word->gerund, word->event, word->event);
}

static bool refuse_view(ParseState *ps, const Change *change, const Relation *view, const char *why)
{
    Diag *diag = ps_error(ps, change->location, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot %s view \"%s\"",
                          words[change->command].verb, view->name);
    ps_detail(ps, diag, "%s", why);
    hint_instead(ps, diag, change->command);
    return false;
}

/* view_has_instead_trigger */
static bool has_instead_trigger(const Relation *view, CommandKind command)
{
    for (size_t i = 0; i < view->ntriggers; i++) {
        const Trigger *trigger = &view->triggers[i];
        if (trigger->instead && ((command == COMMAND_INSERT && trigger->on_insert) ||
                                 (command == COMMAND_UPDATE && trigger->on_update) ||
                                 (command == COMMAND_DELETE && trigger->on_delete)))
            return true;
    }
    return false;
}

/* A column changed through a view, as it reaches the base relation. A default of the view's own is a value there;
 * in UPDATE so is NULL, for a view's column without one. */
static ColumnChange pass_through(const ColumnChange *change, const Column *view_column, CommandKind command)
{
    ColumnChange base = *change;
    if (view_column->has_default && change->kind != CHANGE_VALUE)
        base.kind = change->kind == CHANGE_DEFAULT || command == COMMAND_INSERT ? CHANGE_VALUE : CHANGE_NONE;
    else if (change->kind == CHANGE_DEFAULT && command == COMMAND_UPDATE)
        base.kind = CHANGE_VALUE;
    return base;
}

/* The base relation's changes; NULL after an error. */
static ColumnChange *map_changes(ParseState *ps, const Change *change, const ColumnChange *changes,
                                 CommandKind command, const Relation *view, const Relation *base)
{
    ColumnChange *mapped = arena_array_of(ps_arena(ps), base->ncolumns + 1, ColumnChange);
    const TargetList *targets = &view->view->targets;
    for (size_t i = 0; i < targets->len; i++) {
        const TargetEntry *entry = targets->items[i];
        if (entry->junk || entry->number <= 0 || (size_t)entry->number > view->ncolumns)
            continue;
        ColumnChange passed = pass_through(&changes[entry->number], &view->columns[entry->number - 1], command);
        if (passed.kind == CHANGE_NONE)
            continue;
        int column;
        const char *why = view_column_not_updatable(view->view, entry, &column);
        if (why) {
            Diag *diag = ps_error(ps, passed.location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                                  "cannot %s column \"%s\" of view \"%s\"", words[change->command].verb,
                                  view->columns[entry->number - 1].name, view->name);
            ps_detail(ps, diag, "%s", why);
            return NULL;
        }
        if (mapped[column].kind != CHANGE_NONE && !(mapped[column].partial && passed.partial)) {
            rewrite_report_double(ps, base->columns[column - 1].name, passed.location);
            return NULL;
        }
        mapped[column] = passed;
    }
    return mapped;
}

/* rewriteTargetView */
static bool check_view(ParseState *ps, const Change *change, const Relation *view)
{
    /* The queries of built-in views are not known. */
    if (!view->view)
        return true;
    const char *why = view_not_updatable(ps_catalog(ps), view->view, change->command != COMMAND_DELETE);
    if (why)
        return refuse_view(ps, change, view, why);
    const Relation *base = view_base(ps_catalog(ps), view->view);
    Change below = *change;
    below.outer = change;
    if (change->columns) {
        below.columns = map_changes(ps, change, change->columns, change->command, view, base);
        if (!below.columns)
            return false;
    }
    if (change->conflict_columns) {
        below.conflict_columns = map_changes(ps, change, change->conflict_columns, COMMAND_UPDATE, view, base);
        if (!below.conflict_columns)
            return false;
    }
    return rewrite_check_change(ps, &below, base);
}

/* ---- rules ---- */

/* What the rules of an event come to (fireRules). */
typedef struct Fired {
    bool instead;           /* one of them is unconditional INSTEAD */
    bool conditional;       /* one is INSTEAD under a condition */
    bool also;              /* one is in addition */
    bool returning, update; /* an INSTEAD rule returns rows; the relation has rules on UPDATE */
    size_t nactions;
} Fired;

static Fired fire_rules(const Relation *relation, CommandKind command)
{
    Fired fired = {0};
    for (size_t i = 0; i < relation->nrules; i++) {
        const Rule *rule = &relation->rules[i];
        if (!rule->enabled)
            continue;
        fired.update |= rule->event == words[COMMAND_UPDATE].rule_event;
        if (rule->event != words[command].rule_event)
            continue;
        fired.instead |= rule->instead && !rule->condition;
        fired.conditional |= rule->instead && rule->condition;
        fired.also |= !rule->instead;
        fired.nactions += rule->nactions;
        for (size_t k = 0; k < rule->nactions; k++)
            fired.returning |= rule->instead && rule->actions[k]->returning.len;
    }
    return fired;
}

/* The actions are statements like any other, with rules of their own. */
static bool check_actions(ParseState *ps, const Change *change, const Relation *relation)
{
    for (size_t i = 0; i < relation->nrules; i++) {
        const Rule *rule = &relation->rules[i];
        if (!rule->enabled || rule->event != words[change->command].rule_event)
            continue;
        for (size_t k = 0; k < rule->nactions; k++) {
            if (!rewrite_check_nested(ps, rule->actions[k], change))
                return false;
        }
    }
    return true;
}

static bool check_recursion(ParseState *ps, const Change *change, const Relation *relation)
{
    for (const Change *outer = change->outer; outer; outer = outer->outer) {
        if (outer->relation != relation->oid || outer->command != change->command)
            continue;
        ps_error(ps, change->location, SQLSTATE_INVALID_OBJECT_DEFINITION,
                 "infinite recursion detected in rules for relation \"%s\"", relation->name);
        return false;
    }
    return true;
}

static bool check_returning(ParseState *ps, const Change *change, const Relation *relation, const Fired *fired)
{
    if (!change->returning || !(fired->instead || fired->conditional) || fired->returning)
        return true;
    const char *event = words[change->command].event;
    Diag *diag = ps_error(ps, change->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "cannot perform %s RETURNING on relation \"%s\"", event, relation->name);
    ps_hint(ps, diag, "You need an unconditional ON %s DO INSTEAD rule with a RETURNING clause.", event);
    return false;
}

/* RewriteQuery for one relation that a change reaches. */
bool rewrite_check_change(ParseState *ps, Change *change, const Relation *relation)
{
    change->relation = relation->oid;
    if (!rewrite_check_columns(ps, relation, change->columns, change->command, change->overriding) ||
        !rewrite_check_columns(ps, relation, change->conflict_columns, COMMAND_UPDATE, change->overriding))
        return false;
    Fired fired = fire_rules(relation, change->command);
    bool through_view =
        !fired.instead && relation->kind == RELKIND_VIEW && !has_instead_trigger(relation, change->command);
    if (through_view && fired.conditional)
        return refuse_view(ps, change, relation,
                           "Views with conditional DO INSTEAD rules are not automatically updatable.");
    if ((fired.nactions || through_view) && !check_recursion(ps, change, relation))
        return false;
    if (through_view && !check_view(ps, change, relation))
        return false;
    if (!check_actions(ps, change, relation))
        return false;
    if (through_view)
        return true;
    if (!check_returning(ps, change, relation, &fired))
        return false;
    if (change->on_conflict && (fired.nactions || fired.update)) {
        ps_error(ps, change->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "INSERT with ON CONFLICT clause cannot be used with table that has INSERT or UPDATE rules");
        return false;
    }
    return true;
}

/* ---- statements ---- */

/* Since PostgreSQL 17, MERGE changes views through what they are made of, as the actions would one by one. */
static bool check_merge_into_view(ParseState *ps, const Query *query, const MergeAction *action,
                                  const Relation *view, const Change *outer)
{
    Change change = {.outer = outer,
                     .command = action->command,
                     .overriding = action->overriding,
                     .location = query->rtable[query->result_relation - 1]->location};
    if (action->command != COMMAND_DELETE) {
        change.columns = rewrite_collect_changes(ps, query, &action->targets, view, outer);
        if (!change.columns)
            return false;
    }
    return rewrite_check_change(ps, &change, view);
}

static bool check_merge(ParseState *ps, const Query *query, const Relation *target, const Change *outer)
{
    for (size_t i = 0; i < query->nmerge_actions; i++) {
        const MergeAction *action = &query->merge_actions[i];
        if (target->kind == RELKIND_VIEW && action->command != COMMAND_UTILITY) {
            if (!check_merge_into_view(ps, query, action, target, outer))
                return false;
            continue;
        }
        if (action->command != COMMAND_INSERT && action->command != COMMAND_UPDATE)
            continue;
        ColumnChange *changes = rewrite_collect_changes(ps, query, &action->targets, target, outer);
        if (!changes || !rewrite_check_columns(ps, target, changes, action->command, action->overriding))
            return false;
    }
    return true;
}

/* A data-modifying statement in WITH must stay exactly one statement. */
static bool check_with_rules(ParseState *ps, const Query *query)
{
    if (query->command == COMMAND_SELECT || !query->result_relation)
        return true;
    const RangeTblEntry *rte = query->rtable[query->result_relation - 1];
    const Relation *relation = catalog_relation(ps_catalog(ps), rte->relation);
    if (!relation || query->command == COMMAND_MERGE)
        return true;
    Fired fired = fire_rules(relation, query->command);
    size_t nstatements = (fired.instead ? 0 : 1) + fired.nactions;
    const char *what = NULL;
    if (!nstatements)
        what = "DO INSTEAD NOTHING";
    else if (nstatements > 1)
        what = fired.conditional ? "conditional DO INSTEAD" : fired.also ? "DO ALSO" : "multi-statement DO INSTEAD";
    if (what)
        ps_error(ps, rte->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "%s rules are not supported for data-modifying statements in WITH", what);
    return !what;
}

bool rewrite_check_nested(ParseState *ps, Query *query, const Change *outer)
{
    for (size_t i = 0; i < query->nctes; i++) {
        Query *cte = query->ctes[i]->query;
        if (cte && cte->command != COMMAND_SELECT &&
            (!rewrite_check_nested(ps, cte, outer) || !check_with_rules(ps, cte)))
            return false;
    }
    if (query->command == COMMAND_SELECT || !query->result_relation)
        return true;
    const RangeTblEntry *rte = query->rtable[query->result_relation - 1];
    const Relation *target = catalog_relation(ps_catalog(ps), rte->relation);
    if (!target)
        return true;
    if (query->command == COMMAND_MERGE)
        return check_merge(ps, query, target, outer);
    Change change = {.outer = outer,
                     .command = query->command,
                     .overriding = query->overriding,
                     .location = outer ? outer->location : rte->location,
                     .returning = query->returning.len > 0,
                     .on_conflict = query->on_conflict != NULL};
    if (query->command != COMMAND_DELETE) {
        change.columns = rewrite_collect_changes(ps, query, &query->targets, target, outer);
        if (!change.columns)
            return false;
    }
    if (query->on_conflict && query->on_conflict->do_update) {
        change.conflict_columns = rewrite_collect_changes(ps, query, &query->on_conflict->set, target, outer);
        if (!change.conflict_columns)
            return false;
    }
    return rewrite_check_change(ps, &change, target);
}

bool rewrite_check_query(ParseState *ps, Query *query)
{
    return rewrite_check_nested(ps, query, NULL);
}
