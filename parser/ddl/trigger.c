/* Triggers and event triggers (PostgreSQL's CreateTrigger). */
#include "ddl/ddl_private.h"

/* pg_trigger.tgtype */
enum { TIMING_BEFORE = 1 << 1, TIMING_INSTEAD = 1 << 6 };
enum { EVENT_INSERT = 1 << 2, EVENT_DELETE = 1 << 3, EVENT_UPDATE = 1 << 4, EVENT_TRUNCATE = 1 << 5 };

const Trigger *address_trigger(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->ntriggers; i++) {
        if (strcmp(relation->triggers[i].name, name) == 0)
            return &relation->triggers[i];
    }
    return NULL;
}

static bool wrong_relation(Ddl *ddl, const Relation *relation, const char *kind, const char *detail)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is a %s", relation->name, kind);
    ddl_detail(ddl, diag, "%s", detail);
    return false;
}

static bool check_relation(Ddl *ddl, const Relation *relation, const Trigger *trigger,
                           const AstCreateTrigStmt *stmt)
{
    if (relation_is_table(relation->kind)) {
        if (trigger->instead)
            return wrong_relation(ddl, relation, "table", "Tables cannot have INSTEAD OF triggers.");
        if (relation->kind == RELKIND_FOREIGN && stmt->isconstraint)
            return wrong_relation(ddl, relation, "foreign table",
                                  "Foreign tables cannot have constraint triggers.");
    } else if (relation->kind == RELKIND_VIEW) {
        if (!trigger->instead && trigger->row)
            return wrong_relation(ddl, relation, "view", "Views cannot have row-level BEFORE or AFTER triggers.");
        if (trigger->on_truncate)
            return wrong_relation(ddl, relation, "view", "Views cannot have TRUNCATE triggers.");
    } else {
        Diag *diag =
            ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "relation \"%s\" cannot have triggers", relation->name);
        describe_not_supported(ddl, diag, relation->kind);
        return false;
    }
    if (trigger->row && trigger->on_truncate)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "TRUNCATE FOR EACH ROW triggers are not supported");
    if (trigger->instead && stmt->when_clause)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "INSTEAD OF triggers cannot have WHEN conditions");
    if (trigger->instead && stmt->n_columns)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "INSTEAD OF triggers cannot have column lists");
    if (trigger->instead && !trigger->row)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "INSTEAD OF triggers must be FOR EACH ROW");
    return relation_check_not_system(ddl, relation);
}

static bool refuse_partitioned(Ddl *ddl, const Relation *relation)
{
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "\"%s\" is a partitioned table", relation->name);
    ddl_detail(ddl, diag, "ROW triggers with transition tables are not supported on partitioned tables.");
    return false;
}

static bool refuse_row_variable(Ddl *ddl)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                           "ROW variable naming in the REFERENCING clause is not supported");
    ddl_hint(ddl, diag, "Use OLD TABLE or NEW TABLE for naming transition tables.");
    return false;
}

/* OLD TABLE and NEW TABLE: each once, and not by one name. */
static bool check_transition_names(Ddl *ddl, const AstCreateTrigStmt *stmt)
{
    if (stmt->n_transition_rels < 2)
        return true;
    const PgQuery__TriggerTransition *a = stmt->transition_rels[0]->trigger_transition,
                                     *b = stmt->transition_rels[1]->trigger_transition;
    if (!a->is_new == !b->is_new)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "%s TABLE cannot be specified multiple times",
                        a->is_new ? "NEW" : "OLD");
    return strcmp(a->name, b->name) != 0 || ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                                                     "OLD TABLE name and NEW TABLE name cannot be the same");
}

/* REFERENCING OLD TABLE, NEW TABLE */
static bool check_transition_tables(Ddl *ddl, const AstCreateTrigStmt *stmt, const Relation *relation,
                                    const Trigger *trigger)
{
    if (stmt->n_transition_rels == 0)
        return true;
    const char *message = NULL;
    if (relation->kind == RELKIND_VIEW)
        return wrong_relation(ddl, relation, "view", "Triggers on views cannot have transition tables.");
    if (relation->kind == RELKIND_FOREIGN)
        return wrong_relation(ddl, relation, "foreign table",
                              "Triggers on foreign tables cannot have transition tables.");
    if (trigger->row && relation->kind == RELKIND_PARTITIONED)
        return refuse_partitioned(ddl, relation);
    if (trigger->row && relation->is_partition)
        message = "ROW triggers with transition tables are not supported on partitions";
    else if (trigger->row && relation->nparents)
        message = "ROW triggers with transition tables are not supported on inheritance children";
    else if (trigger->on_truncate)
        message = "TRUNCATE triggers with transition tables are not supported";
    else if (trigger->on_insert + trigger->on_update + trigger->on_delete > 1)
        message = "transition tables cannot be specified for triggers with more than one event";
    else if (stmt->n_columns)
        message = "transition tables cannot be specified for triggers with column lists";
    if (message)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", message);
    for (size_t i = 0; i < stmt->n_transition_rels; i++) {
        if (!stmt->transition_rels[i]->trigger_transition->is_table)
            return refuse_row_variable(ddl);
        bool is_new = stmt->transition_rels[i]->trigger_transition->is_new;
        if (is_new ? trigger->on_delete : trigger->on_insert)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                            "%s TABLE can only be specified for %s trigger", is_new ? "NEW" : "OLD",
                            is_new ? "an INSERT or UPDATE" : "a DELETE or UPDATE");
    }
    if (trigger->before)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "transition table name can only be specified for an AFTER trigger");
    return check_transition_names(ddl, stmt);
}

static const Function *trigger_function(Ddl *ddl, AstItems names, Oid result, const char *result_name)
{
    const Function *function = function_lookup(ddl, names, NULL, 0, false);
    if (!function || function->return_type == result)
        return function;
    ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "function %s must return type %s",
             ast_name_text(ddl->scratch, names), result_name);
    return NULL;
}

typedef struct WhenCheck {
    Ddl *ddl;
    const Trigger *trigger;
} WhenCheck;

/* Which rows the condition may look at: stops at the first column of another. */
static bool refuse_var(Expr *expr, void *context)
{
    if (expr->kind != EXPR_VAR)
        return expr_walk(expr, refuse_var, context);
    const WhenCheck *check = context;
    const Trigger *trigger = check->trigger;
    const Var *var = (const Var *)expr;
    bool old = var->rtindex == 1;
    const char *message = NULL, *code = SQLSTATE_INVALID_OBJECT_DEFINITION;
    if (!trigger->row)
        message = "statement trigger's WHEN condition cannot reference column values";
    else if (old && trigger->on_insert)
        message = "INSERT trigger's WHEN condition cannot reference OLD values";
    else if (!old && trigger->on_delete)
        message = "DELETE trigger's WHEN condition cannot reference NEW values";
    else if (!old && var->attribute < 0 && trigger->before) {
        message = "BEFORE trigger's WHEN condition cannot reference NEW system columns";
        code = SQLSTATE_FEATURE_NOT_SUPPORTED;
    }
    return message && !ddl_fail(check->ddl, expr->location, code, "%s", message);
}

static bool check_when(Ddl *ddl, const Trigger *trigger, Expr *when)
{
    WhenCheck check = {ddl, trigger};
    return !refuse_var(when, &check);
}

static Expr *analyze_when(Ddl *ddl, const AstNode *when, const Relation *relation)
{
    const Relation *relations[] = {relation, relation};
    static const char *const aliases[] = {"old", "new"};
    ExprScope scope = {.relations = relations, .aliases = aliases, .nrelations = 2};
    return analyze_condition(&ddl->context, when, &scope, PARSE_TRIGGER_WHEN, "WHEN");
}

static void store(Ddl *ddl, Oid relation, Trigger *trigger)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, relation);
    const Trigger *old = address_trigger(edit, trigger->name);
    Trigger *triggers = arena_array_of(ddl->arena, edit->ntriggers + 1, Trigger);
    if (edit->ntriggers)
        memcpy(triggers, edit->triggers, edit->ntriggers * sizeof *triggers);
    trigger->oid = old ? old->oid : catalog_new_oid(ddl->catalog);
    if (old)
        triggers[old - edit->triggers] = *trigger;
    else
        triggers[edit->ntriggers++] = *trigger;
    edit->triggers = triggers;
    catalog_put_relation(ddl->catalog, edit);
    ObjectAddress self = address_of(CLASS_TRIGGER, trigger->oid);
    if (old)
        catalog_remove_references(ddl->catalog, self);
    depend_on(ddl, self, address_of(CLASS_RELATION, relation), DEPENDENCY_AUTO);
    depend_on(ddl, self, address_of(CLASS_FUNCTION, trigger->function), DEPENDENCY_NORMAL);
}

static bool store_in_partitions(Ddl *ddl, Oid relation, const Trigger *trigger, bool replace)
{
    OidList children = catalog_children(ddl->catalog, ddl->scratch, relation);
    for (size_t i = 0; i < children.len; i++) {
        if (!trigger_clone(ddl, children.items[i], trigger, replace))
            return false;
    }
    return true;
}

void trigger_clones(Ddl *ddl, Oid trigger, Oids *relations)
{
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of(CLASS_TRIGGER, trigger));
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i].dependent.class != CLASS_TRIGGER)
            continue;
        vec_push(ddl->scratch, relations, depend_owner(ddl, list.items[i].dependent).oid);
        trigger_clones(ddl, list.items[i].dependent.oid, relations);
    }
}

/* Whether the trigger comes from a partitioned table. */
bool trigger_is_clone(Ddl *ddl, const Trigger *trigger)
{
    DependencyList list = catalog_references(ddl->catalog, ddl->scratch, address_of(CLASS_TRIGGER, trigger->oid));
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i].referenced.class == CLASS_TRIGGER)
            return true;
    }
    return false;
}

bool trigger_clone(Ddl *ddl, Oid partition, const Trigger *trigger, bool replace)
{
    const Relation *relation = catalog_relation(ddl->catalog, partition);
    const Trigger *old = address_trigger(relation, trigger->name);
    if (old && !replace && !trigger_is_clone(ddl, old))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "trigger \"%s\" for relation \"%s\" already exists",
                        trigger->name, relation->name);
    Trigger copy = *trigger;
    store(ddl, partition, &copy);
    depend_on(ddl, address_of(CLASS_TRIGGER, copy.oid), address_of(CLASS_TRIGGER, trigger->oid),
              DEPENDENCY_INTERNAL);
    return store_in_partitions(ddl, partition, &copy, replace);
}

bool trigger_detach_clones(Ddl *ddl, Oid partition, const Relation *parent)
{
    const Relation *relation = catalog_relation(ddl->catalog, partition);
    Addresses clones = {0};
    for (size_t i = 0; i < relation->ntriggers; i++) {
        const Trigger *own = &relation->triggers[i], *of_parent = address_trigger(parent, own->name);
        if (!of_parent || !of_parent->row || !trigger_is_clone(ddl, own))
            continue;
        depend_forget(ddl, address_of(CLASS_TRIGGER, own->oid), address_of(CLASS_TRIGGER, of_parent->oid));
        vec_push(ddl->scratch, &clones, address_of(CLASS_TRIGGER, own->oid));
    }
    return clones.len == 0 || delete_objects(ddl, &clones, true);
}

static bool check_names(Ddl *ddl, const AstCreateTrigStmt *stmt, const Relation *relation)
{
    for (size_t i = 0; i < stmt->n_columns; i++) {
        if (!relation_require_column(ddl, relation, ast_string(stmt->columns[i]), -1))
            return false;
        for (size_t j = 0; j < i; j++) {
            if (strcmp(ast_string(stmt->columns[i]), ast_string(stmt->columns[j])) == 0)
                return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN, "column \"%s\" specified more than once",
                                ast_string(stmt->columns[i]));
        }
    }
    if (stmt->constrrel && !analyze_range_var(&ddl->context, stmt->constrrel, false))
        return false;
    const Trigger *old = address_trigger(relation, stmt->trigname);
    if (old && stmt->replace && trigger_is_clone(ddl, old))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                        "trigger \"%s\" for relation \"%s\" is an internal or a child trigger", stmt->trigname,
                        relation->name);
    if (old && !stmt->replace)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "trigger \"%s\" for relation \"%s\" already exists",
                        stmt->trigname, relation->name);
    return true;
}

bool create_trigger(Ddl *ddl, const AstNode *node)
{
    const AstCreateTrigStmt *stmt = node->create_trig_stmt;
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, false);
    if (!relation)
        return false;
    Trigger trigger = {
        .name = arena_strdup(ddl->arena, stmt->trigname),
        .before = (stmt->timing & TIMING_BEFORE) != 0,
        .instead = (stmt->timing & TIMING_INSTEAD) != 0,
        .row = stmt->row,
        .enabled = true,
        .on_insert = (stmt->events & EVENT_INSERT) != 0,
        .on_update = (stmt->events & EVENT_UPDATE) != 0,
        .on_delete = (stmt->events & EVENT_DELETE) != 0,
        .on_truncate = (stmt->events & EVENT_TRUNCATE) != 0,
        .has_transition_tables = stmt->n_transition_rels > 0,
        .span = ddl_span(ddl, -1),
    };
    if (!check_relation(ddl, relation, &trigger, stmt) ||
        !privilege_check(ddl, address_of(CLASS_RELATION, relation->oid), PRIVILEGE_TRIGGER) ||
        !check_transition_tables(ddl, stmt, relation, &trigger))
        return false;
    Expr *when = NULL;
    if (stmt->when_clause &&
        (!(when = analyze_when(ddl, stmt->when_clause, relation)) || !check_when(ddl, &trigger, when)))
        return false;
    const Function *function = trigger_function(ddl, AST_ITEMS(stmt, funcname), TYPE_TRIGGER, "trigger");
    if (!function || !privilege_check(ddl, address_of(CLASS_FUNCTION, function->oid), PRIVILEGE_EXECUTE) ||
        !check_names(ddl, stmt, relation))
        return false;
    trigger.function = function->oid;
    const Oid oid = relation->oid, scope[] = {oid, oid};
    bool partitioned = relation->kind == RELKIND_PARTITIONED;
    store(ddl, oid, &trigger);
    if (stmt->isconstraint)
        name_register_constraint(ddl, trigger.name, address_of(CLASS_TRIGGER, trigger.oid));
    depend_on_expr(ddl, address_of(CLASS_TRIGGER, trigger.oid), when, scope, 2, INVALID_OID, DEPENDENCY_NORMAL);
    for (size_t i = 0; i < stmt->n_columns; i++)
        depend_on(ddl, address_of(CLASS_TRIGGER, trigger.oid),
                  address_of_column(oid, catalog_find_column(relation, ast_string(stmt->columns[i]))->number),
                  DEPENDENCY_NORMAL);
    return !partitioned || !trigger.row || store_in_partitions(ddl, oid, &trigger, stmt->replace);
}

/* ---- event triggers ---- */

/* WHEN tag IN (…): the only variable, once. */
static bool check_event_filter(Ddl *ddl, AstItems filters)
{
    for (size_t i = 0; i < filters.len; i++) {
        const char *name = filters.items[i]->def_elem->defname;
        if (strcmp(name, "tag") != 0)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unrecognized filter variable \"%s\"", name);
        if (i)
            return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "filter variable \"%s\" specified more than once",
                            name);
    }
    return true;
}

bool create_event_trigger(Ddl *ddl, const AstNode *node)
{
    const AstCreateEventTrigStmt *stmt = node->create_event_trig_stmt;
    if (role_lacks_superuser(ddl)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                               "permission denied to create event trigger \"%s\"", stmt->trigname);
        ddl_hint(ddl, diag, "Must be superuser to create an event trigger.");
        return false;
    }
    static const char *const events[] = {"ddl_command_start", "ddl_command_end", "sql_drop", "table_rewrite"};
    bool known = false;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        known |= strcmp(stmt->eventname, events[i]) == 0;
    if (!known)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "unrecognized event name \"%s\"", stmt->eventname);
    if (!check_event_filter(ddl, AST_ITEMS(stmt, whenclause)))
        return false;
    const Function *function =
        trigger_function(ddl, AST_ITEMS(stmt, funcname), TYPE_EVENT_TRIGGER, "event_trigger");
    Oid oid = function ? named_object_create(ddl, CLASS_EVENT_TRIGGER, INVALID_OID, stmt->trigname) : INVALID_OID;
    if (oid)
        depend_on(ddl, address_of(CLASS_EVENT_TRIGGER, oid), address_of(CLASS_FUNCTION, function->oid),
                  DEPENDENCY_NORMAL);
    return oid != INVALID_OID;
}

bool alter_event_trigger(Ddl *ddl, const AstNode *node)
{
    const char *name = node->alter_event_trig_stmt->trigname;
    const NamedObject *trigger = catalog_find_object(ddl->catalog, CLASS_EVENT_TRIGGER, name);
    if (!trigger)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "event trigger \"%s\" does not exist", name);
    return owner_check(ddl, address_of(CLASS_EVENT_TRIGGER, trigger->oid));
}
