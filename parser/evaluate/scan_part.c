/* Rows of system catalogs about what hangs on relations: constraints, triggers, policies, rules. */
#include "base/map.h"
#include "evaluate/evaluate_private.h"

static void add_constraints(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        /* the information schema does not show those of triggers and EXCLUDE */
        bool shown = scan->table->schema == SCHEMA_PG_CATALOG || strchr("cpuf", relation->constraints[i].type);
        if (!shown || !scan_wants(scan, relation->constraints[i].name))
            continue;
        CatalogRow *row = scan_add(scan);
        row->relation = relation;
        row->constraint = &relation->constraints[i];
    }
}

static void add_constraint_columns(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        if (!strchr("puf", constraint->type) || !scan_wants(scan, constraint->name))
            continue;
        for (size_t j = 0; j < constraint->ncolumns; j++) {
            CatalogRow *row = scan_add(scan);
            row->relation = relation;
            row->constraint = constraint;
            row->number = j;
            row->column = catalog_column(relation, constraint->columns[j]);
        }
    }
}

static void add_checks_of(Scan *scan, const Type *type)
{
    for (size_t i = 0; i < type->nchecks; i++) {
        if (!scan_wants(scan, type->checks[i].name))
            continue;
        CatalogRow *row = scan_add(scan);
        row->type = type;
        row->check = &type->checks[i];
    }
}

static void add_domain_checks(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    OidList types = catalog_user_objects(catalog, scan->evaluation->arena, CLASS_TYPE);
    for (size_t i = 0; i < types.len; i++)
        add_checks_of(scan, catalog_type(catalog, types.items[i]));
}

/* What an extension brings along has no known owner by name. */
static bool has_quick_way(const Scan *scan)
{
    return scan->name && scan->evaluation->constraint_owners &&
           !catalog_user_objects(scan->evaluation->catalog, scan->evaluation->arena, CLASS_EXTENSION).len;
}

/* By the name alone: PostgreSQL's own, and what is known to have one of the name. */
static void add_named_constraints(Scan *scan)
{
    Evaluation *evaluation = scan->evaluation;
    const Catalog *catalog = evaluation->catalog;
    AddressList owners = evaluation->constraint_owners(evaluation->catalog_data, scan->name);
    IntMap seen = {0};
    OidList builtin = catalog_builtin_objects(catalog, evaluation->arena, CLASS_RELATION);
    for (size_t i = 0; i < builtin.len; i++)
        add_constraints(scan, catalog_relation(catalog, builtin.items[i]));
    for (size_t i = 0; i < owners.len; i++) {
        const ObjectAddress *owner = &owners.items[i];
        if (intmap_get(&seen, owner->oid))
            continue;
        intmap_put(evaluation->arena, &seen, owner->oid, &seen);
        const Relation *relation = owner->class == CLASS_RELATION ? catalog_relation(catalog, owner->oid) : NULL;
        const Type *type = owner->class == CLASS_TYPE ? catalog_type(catalog, owner->oid) : NULL;
        if (relation)
            add_constraints(scan, relation);
        else if (owner->class == CLASS_TRIGGER) /* whether it is still there is not known */
            scan_add_many(scan, scan->name);
        else if (type && scan->table->schema == SCHEMA_PG_CATALOG)
            add_checks_of(scan, type);
    }
}

/* pg_constraint and the information schema's views of constraints. */
void scan_constraints(Scan *scan)
{
    enum { NOT_NULL_IN_CATALOG = 18 };
    scan->name = scan_key(scan, scan->table->schema == SCHEMA_PG_CATALOG ? "conname" : "constraint_name");
    if (scan->table->schema == SCHEMA_PG_CATALOG) {
        Oid oid;
        bool keyed = scan_key_oid(scan, "conrelid", &oid) && oid;
        if (!keyed && has_quick_way(scan)) {
            add_named_constraints(scan);
        } else {
            scan_each_relation(scan, "conrelid", NULL, NULL, add_constraints);
            if (!keyed)
                add_domain_checks(scan);
        }
        if (catalog_version(scan->evaluation->catalog) >= NOT_NULL_IN_CATALOG)
            scan_add_many(scan, "\1_not_null");
        return;
    }
    if (!scan_key(scan, "table_name") && has_quick_way(scan))
        add_named_constraints(scan);
    else
        scan_each_relation(scan, NULL, "table_name", "table_schema", add_constraints);
    if (strcmp(scan->table->name, "table_constraints") == 0)
        scan_add_many(scan, "\1_not_null");
}

void scan_key_columns(Scan *scan)
{
    scan->name = scan_key(scan, "constraint_name");
    scan_each_relation(scan, NULL, "table_name", "table_schema", add_constraint_columns);
}

static void add_triggers(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->ntriggers; i++) {
        if (!scan_wants(scan, relation->triggers[i].name))
            continue;
        CatalogRow *row = scan_add(scan);
        row->relation = relation;
        row->trigger = &relation->triggers[i];
    }
}

void scan_triggers(Scan *scan)
{
    scan->name = scan_key(scan, scan->table->schema == SCHEMA_PG_CATALOG ? "tgname" : "trigger_name");
    if (scan->table->schema == SCHEMA_PG_CATALOG) {
        scan_each_relation(scan, "tgrelid", NULL, NULL, add_triggers);
        scan_add_many(scan, "RI_ConstraintTrigger_\1");
        scan_add_many(scan, "PK_ConstraintTrigger_\1");
    } else {
        scan_each_relation(scan, NULL, "event_object_table", "event_object_schema", add_triggers);
    }
}

static void add_policies(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->npolicies; i++) {
        if (!scan_wants(scan, relation->policies[i].name))
            continue;
        CatalogRow *row = scan_add(scan);
        row->relation = relation;
        row->policy = &relation->policies[i];
    }
}

void scan_policies(Scan *scan)
{
    scan->name = scan_key(scan, strcmp(scan->table->name, "pg_policies") == 0 ? "policyname" : "polname");
    if (strcmp(scan->table->name, "pg_policies") == 0)
        scan_each_relation(scan, NULL, "tablename", "schemaname", add_policies);
    else
        scan_each_relation(scan, "polrelid", NULL, NULL, add_policies);
}

static void add_rules(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->nrules; i++) {
        CatalogRow *row = scan_add(scan);
        row->relation = relation;
        row->rule = &relation->rules[i];
    }
}

void scan_rules(Scan *scan)
{
    scan_each_relation(scan, NULL, "tablename", "schemaname", add_rules);
    scan_add_many(scan, "pg_settings_\1");
}
