/* Rows of system catalogs about what hangs on relations: constraints, triggers, policies, rules. */
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

static void add_domain_checks(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    OidList types = catalog_user_objects(catalog, scan->evaluation->arena, CLASS_TYPE);
    for (size_t i = 0; i < types.len; i++) {
        const Type *type = catalog_type(catalog, types.items[i]);
        for (size_t j = 0; j < type->nchecks; j++) {
            if (!scan_wants(scan, type->checks[j].name))
                continue;
            CatalogRow *row = scan_add(scan);
            row->type = type;
            row->check = &type->checks[j];
        }
    }
}

/* pg_constraint and the information schema's views of constraints. */
void scan_constraints(Scan *scan)
{
    enum { NOT_NULL_IN_CATALOG = 18 };
    scan->name = scan_key(scan, scan->table->schema == SCHEMA_PG_CATALOG ? "conname" : "constraint_name");
    if (scan->table->schema == SCHEMA_PG_CATALOG) {
        Oid oid;
        scan_each_relation(scan, "conrelid", NULL, NULL, add_constraints);
        if (!scan_key_oid(scan, "conrelid", &oid) || !oid)
            add_domain_checks(scan);
        if (catalog_version(scan->evaluation->catalog) >= NOT_NULL_IN_CATALOG)
            scan_add_many(scan, "\1_not_null");
        return;
    }
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
