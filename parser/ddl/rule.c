/* Rules (PostgreSQL's DefineQueryRewrite). */
#include "ddl/ddl_private.h"

static char event_of(const AstRuleStmt *stmt)
{
    switch ((int)stmt->event) {
    case PG_QUERY__CMD_TYPE__CMD_SELECT:
        return '1';
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
        return '2';
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
        return '3';
    default:
        return '4';
    }
}

const Rule *address_rule(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->nrules; i++) {
        if (strcmp(relation->rules[i].name, name) == 0)
            return &relation->rules[i];
    }
    return NULL;
}

static bool analyze_condition_of(Ddl *ddl, const AstRuleStmt *stmt, const Relation *relation, Rule *rule)
{
    if (!stmt->where_clause)
        return true;
    const Relation *relations[] = {relation, relation};
    static const char *const aliases[] = {"old", "new"};
    ExprScope scope = {.relations = relations, .aliases = aliases, .nrelations = 2};
    if (rule->event == '3')
        scope = (ExprScope){.relations = relations, .aliases = aliases + 1, .nrelations = 1};
    else if (rule->event != '2')
        scope.nrelations = 1;
    rule->condition = analyze_condition(&ddl->context, stmt->where_clause, &scope, PARSE_WHERE, "WHERE");
    return rule->condition != NULL;
}

static bool analyze_actions(Ddl *ddl, const AstRuleStmt *stmt, const Relation *relation, Rule *rule)
{
    bool old_allowed = rule->event != '3', new_allowed = rule->event == '2' || rule->event == '3';
    Query **actions = arena_array_of(ddl->arena, stmt->n_actions + 1, Query *);
    for (size_t i = 0; i < stmt->n_actions; i++) {
        /* NOTIFY has no effect on types. */
        if (!analyze_is_optimizable(stmt->actions[i]))
            continue;
        Query *query = analyze_rule_action(&ddl->context, stmt->actions[i], relation, old_allowed, new_allowed);
        if (!query)
            return false;
        actions[rule->nactions++] = query;
    }
    rule->actions = actions;
    return true;
}

/* checkRuleResultList: the query must give just the table's columns. */
static bool check_targets(Ddl *ddl, const Relation *relation, const Relation *targets)
{
    for (size_t i = 0; i < targets->ncolumns; i++) {
        const Column *target = &targets->columns[i];
        if (i >= relation->ncolumns)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                            "SELECT rule's target list has too many entries");
        const Column *column = &relation->columns[i];
        if (column->dropped)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "cannot convert relation containing dropped columns to view");
        if (strcmp(target->name, column->name) != 0) {
            ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                     "SELECT rule's target entry %zu has different column name from column \"%s\"", i + 1,
                     column->name);
            diag_detail(ddl->diags, ddl->diags->last, "SELECT target entry is named \"%s\".", target->name);
            return false;
        }
        if (target->type != column->type) {
            ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                     "SELECT rule's target entry %zu has different type from column \"%s\"", i + 1, column->name);
            diag_detail(ddl->diags, ddl->diags->last, "SELECT target entry has type %s, but column has type %s.",
                        ddl_type_name(ddl, target->type), ddl_type_name(ddl, column->type));
            return false;
        }
    }
    return targets->ncolumns == relation->ncolumns ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "SELECT rule's target list has too few entries");
}

/* The same of a RETURNING list, of which only the types must be the table's. */
static bool check_returning(Ddl *ddl, const Relation *relation, const TargetList *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->len; i++) {
        const TargetEntry *target = list->items[i];
        if (target->junk)
            continue;
        if (n >= relation->ncolumns)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "RETURNING list has too many entries");
        const Column *column = &relation->columns[n++];
        if (column->dropped)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                            "cannot create a RETURNING list for a relation containing dropped columns");
        if (target->expr->type == column->type)
            continue;
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                               "RETURNING list's entry %zu has different type from column \"%s\"", n, column->name);
        ddl_detail(ddl, diag, "RETURNING list entry has type %s, but column has type %s.",
                   ddl_type_name(ddl, target->expr->type), ddl_type_name(ddl, column->type));
        return false;
    }
    return n == relation->ncolumns ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "RETURNING list has too few entries");
}

static bool check_returnings(Ddl *ddl, const Relation *relation, const Rule *rule)
{
    bool before = false;
    for (size_t i = 0; i < rule->nactions; i++) {
        const Query *action = rule->actions[i];
        if (action->command == COMMAND_SELECT || action->returning.len == 0)
            continue;
        const char *message = before            ? "cannot have multiple RETURNING lists in a rule"
                              : rule->condition ? "RETURNING lists are not supported in conditional rules"
                              : !rule->instead  ? "RETURNING lists are not supported in non-INSTEAD rules"
                                                : NULL;
        if (message)
            return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", message);
        if (!check_returning(ddl, relation, &action->returning))
            return false;
        before = true;
    }
    return true;
}

/* What a rule on SELECT must be. */
static bool check_select_rule(Ddl *ddl, const AstRuleStmt *stmt)
{
    if (stmt->n_actions == 0) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                               "INSTEAD NOTHING rules on SELECT are not implemented");
        ddl_hint(ddl, diag, "Use views instead.");
        return false;
    }
    const char *message = NULL;
    if (stmt->n_actions > 1)
        message = "multiple actions for rules on SELECT are not implemented";
    else if (!stmt->instead || ast_kind(stmt->actions[0]) != AST_SELECT_STMT)
        message = "rules on SELECT must have action INSTEAD SELECT";
    else if (stmt->where_clause)
        message = "event qualifications are not implemented for rules on SELECT";
    return !message || ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", message);
}

/* ON SELECT: the old way to make a view of an empty table. */
static bool make_view(Ddl *ddl, const AstRuleStmt *stmt, const Relation *relation)
{
    if (catalog_version(ddl->catalog) >= 16) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "relation \"%s\" cannot have ON SELECT rules",
                               relation->name);
        describe_not_supported(ddl, diag, relation->kind);
        return false;
    }
    if (!check_select_rule(ddl, stmt))
        return false;
    Query *query = view_analyze_query(ddl, stmt->actions[0]);
    Relation columns = {0};
    if (!query || !view_columns(ddl, query, (AstItems){0}, "", &columns))
        return false;
    if (!check_targets(ddl, relation, &columns))
        return false;
    if (strcmp(stmt->rulename, "_RETURN") != 0)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "view rule for \"%s\" must be named \"_RETURN\"", relation->name);
    Relation *edit = catalog_edit_relation(ddl->catalog, relation->oid);
    edit->kind = RELKIND_VIEW;
    edit->view = query;
    catalog_put_relation(ddl->catalog, edit);
    depend_on_query(ddl, address_of(CLASS_RELATION, edit->oid), query);
    return true;
}

static void store(Ddl *ddl, Oid relation, Rule *rule)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, relation);
    const Rule *old = address_rule(edit, rule->name);
    Rule *rules = arena_array_of(ddl->arena, edit->nrules + 1, Rule);
    if (edit->nrules)
        memcpy(rules, edit->rules, edit->nrules * sizeof *rules);
    rule->oid = old ? old->oid : catalog_new_oid(ddl->catalog);
    if (old)
        rules[old - edit->rules] = *rule;
    else
        rules[edit->nrules++] = *rule;
    edit->rules = rules;
    catalog_put_relation(ddl->catalog, edit);
    ObjectAddress self = address_of(CLASS_RULE, rule->oid);
    if (old)
        catalog_remove_references(ddl->catalog, self);
    depend_on(ddl, self, address_of(CLASS_RELATION, relation), DEPENDENCY_AUTO);
    const Oid scope[] = {relation, relation};
    depend_on_expr(ddl, self, rule->condition, scope, 2, INVALID_OID, DEPENDENCY_NORMAL);
    for (size_t i = 0; i < rule->nactions; i++)
        depend_on_query(ddl, self, rule->actions[i]);
}

bool create_rule(Ddl *ddl, const AstNode *node)
{
    const AstRuleStmt *stmt = node->rule_stmt;
    const Relation *relation = relation_open(ddl, stmt->relation, "rvmpf", "is not a table or view");
    if (!relation || !relation_check_not_system(ddl, relation) || !owner_check_relation(ddl, relation))
        return false;
    Rule rule = {
        .name = arena_strdup(ddl->arena, stmt->rulename),
        .event = event_of(stmt),
        .instead = stmt->instead,
        .enabled = true,
        .span = ddl_span(ddl, -1),
    };
    if (relation->kind == RELKIND_MATVIEW)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "rules on materialized views are not supported");
    if (rule.event == '1')
        return make_view(ddl, stmt, relation);
    if (address_rule(relation, rule.name) && !stmt->replace)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "rule \"%s\" for relation \"%s\" already exists",
                        rule.name, relation->name);
    Oid oid = relation->oid;
    if (!analyze_condition_of(ddl, stmt, relation, &rule) || !analyze_actions(ddl, stmt, relation, &rule) ||
        !check_returnings(ddl, relation, &rule))
        return false;
    store(ddl, oid, &rule);
    return true;
}
