/* The rows of PostgreSQL's system catalogs and of the information schema, made from the catalog.
 *
 * A condition that gives a column's value is used to look the object up; without one all objects are gone through,
 * PostgreSQL's own included. Where there are rows of which nothing is held here (TOAST tables, triggers that serve
 * foreign keys), one row stands for all of them. */
#include "evaluate/evaluate_private.h"

#include <stdlib.h>

/* ---- conditions that name a row ---- */

/* Var = something: whether it is the scanned entry's column. */
static bool is_column(const Scan *scan, const Expr *expr, const char *column)
{
    expr = expr_without_relabel(expr);
    const Var *var = (const Var *)expr;
    if (expr->kind != EXPR_VAR || var->levels_up || var->rtindex != scan->rtindex)
        return false;
    const Column *found = catalog_column(scan->relation, var->attribute);
    return found && strcmp(found->name, column) == 0;
}

const char *scan_key(const Scan *scan, const char *column)
{
    Evaluation *evaluation = scan->evaluation;
    for (size_t i = 0; i < scan->conjuncts->len; i++) {
        const OpExpr *both = (const OpExpr *)scan->conjuncts->items[i];
        const Operator *op = both->expr.kind == EXPR_OP ? catalog_operator(evaluation->catalog, both->op) : NULL;
        if (!op || op->oid >= FIRST_USER_OID || both->args.len != 2 || strcmp(op->name, "=") != 0)
            continue;
        for (size_t side = 0; side < 2; side++) {
            if (!is_column(scan, both->args.items[side], column))
                continue;
            Value value = evaluate_expr(evaluation, both->args.items[1 - side]);
            if (value.state == VALUE_KNOWN && value.text)
                return value.text;
        }
    }
    return NULL;
}

bool scan_key_oid(const Scan *scan, const char *column, Oid *oid)
{
    int64_t number;
    Value value = value_text(scan_key(scan, column));
    if (!value_integer(&value, &number))
        return false;
    *oid = (Oid)number;
    return true;
}

/* Whether the condition on names, if there is one, leaves this name. */
static bool is_wanted(const Scan *scan, const char *name)
{
    return !scan->name || strcmp(scan->name, name) == 0;
}

CatalogRow *scan_add(Scan *scan)
{
    Arena *arena = scan->evaluation->arena;
    CatalogRow *row = arena_new_of(arena, CatalogRow);
    row->table = scan->table;
    scan->evaluation->steps++;
    vec_push(arena, &scan->rows, row);
    vec_push(arena, &scan->many, false);
    return row;
}

CatalogRow *scan_add_many(Scan *scan, const char *pattern)
{
    CatalogRow *row = scan_add(scan);
    row->pattern = pattern;
    vec_last(&scan->many) = true;
    return row;
}

/* ---- schemas ---- */

static OidList scan_schema_oids(Evaluation *evaluation)
{
    return catalog_all_objects(evaluation->catalog, evaluation->arena, CLASS_SCHEMA);
}

void scan_schemas(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    const char *name = scan_key(scan, scan->table->schema == SCHEMA_PG_CATALOG ? "nspname" : "schema_name");
    const Schema *found = name ? catalog_find_schema(catalog, name) : NULL;
    Oid oid;
    if (!found && !name && scan_key_oid(scan, "oid", &oid))
        found = catalog_schema(catalog, oid);
    if (found) {
        scan_add(scan)->schema = found;
        return;
    }
    if (name && strncmp(name, "pg_", 3) != 0)
        return;
    OidList list = scan_schema_oids(scan->evaluation);
    for (size_t i = 0; !name && i < list.len; i++)
        scan_add(scan)->schema = catalog_schema(catalog, list.items[i]);
    scan_add_many(scan, "pg_temp_\1");
    scan_add_many(scan, "pg_toast_temp_\1");
}

/* ---- relations ---- */

typedef void VisitRelation(Scan *scan, const Relation *relation);

/* The relations that the conditions leave: by number, by name in every schema, or all. */
static void each_relation(Scan *scan, const char *oid_column, const char *name_column, const char *schema_column,
                          VisitRelation *visit)
{
    const Catalog *catalog = scan->evaluation->catalog;
    const char *name = name_column ? scan_key(scan, name_column) : NULL;
    const char *in = schema_column ? scan_key(scan, schema_column) : NULL;
    const Schema *schema = in ? catalog_find_schema(catalog, in) : NULL;
    const Relation *relation;
    Oid oid;
    if (in && !schema)
        return;
    if (oid_column && scan_key_oid(scan, oid_column, &oid)) {
        relation = catalog_relation(catalog, oid);
        if (relation)
            visit(scan, relation);
        return;
    }
    if (name) {
        OidList schemas = schema ? (OidList){&schema->oid, 1} : scan_schema_oids(scan->evaluation);
        for (size_t i = 0; i < schemas.len; i++)
            if ((relation = catalog_find_relation_in(catalog, schemas.items[i], name)))
                visit(scan, relation);
        return;
    }
    OidList all = catalog_all_objects(catalog, scan->evaluation->arena, CLASS_RELATION);
    for (size_t i = 0; i < all.len; i++) {
        relation = catalog_relation(catalog, all.items[i]);
        if (!schema || relation->schema == schema->oid)
            visit(scan, relation);
    }
}

static void add_relation(Scan *scan, const Relation *relation)
{
    scan_add(scan)->relation = relation;
}

void scan_relations(Scan *scan)
{
    each_relation(scan, "oid", "relname", NULL, add_relation);
    const char *name = scan_key(scan, "relname");
    if (!name || strncmp(name, "pg_toast_", strlen("pg_toast_")) == 0)
        scan_add_many(scan, "pg_toast_\1");
}

static void add_table(Scan *scan, const Relation *relation)
{
    if (strchr("rpfvm", relation->kind))
        scan_add(scan)->relation = relation;
}

static void add_plain_table(Scan *scan, const Relation *relation)
{
    if (strchr("rp", relation->kind))
        scan_add(scan)->relation = relation;
}

static void add_view(Scan *scan, const Relation *relation)
{
    if (relation->kind == (strcmp(scan->table->name, "pg_matviews") == 0 ? RELKIND_MATVIEW : RELKIND_VIEW))
        scan_add(scan)->relation = relation;
}

static void add_sequence(Scan *scan, const Relation *relation)
{
    if (relation->kind == RELKIND_SEQUENCE)
        scan_add(scan)->relation = relation;
}

/* pg_tables and information_schema.tables. */
void scan_tables(Scan *scan)
{
    if (scan->table->schema == SCHEMA_PG_CATALOG)
        each_relation(scan, NULL, "tablename", "schemaname", add_plain_table);
    else
        each_relation(scan, NULL, "table_name", "table_schema", add_table);
}

void scan_views(Scan *scan)
{
    if (scan->table->schema != SCHEMA_PG_CATALOG)
        each_relation(scan, NULL, "table_name", "table_schema", add_view);
    else
        each_relation(scan, NULL, strcmp(scan->table->name, "pg_views") == 0 ? "viewname" : "matviewname",
                      "schemaname", add_view);
}

void scan_sequences(Scan *scan)
{
    if (scan->table->schema != SCHEMA_PG_CATALOG)
        each_relation(scan, NULL, "sequence_name", "sequence_schema", add_sequence);
    else
        each_relation(scan, NULL, "sequencename", "schemaname", add_sequence);
}

static void add_columns(Scan *scan, const Relation *relation)
{
    if (scan->table->schema != SCHEMA_PG_CATALOG && !strchr("rpfvm", relation->kind))
        return;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        if (relation->columns[i].dropped || !is_wanted(scan, relation->columns[i].name))
            continue;
        CatalogRow *row = scan_add(scan);
        row->relation = relation;
        row->column = &relation->columns[i];
    }
}

void scan_table_columns(Scan *scan)
{
    if (scan->table->schema != SCHEMA_PG_CATALOG) {
        scan->name = scan_key(scan, "column_name");
        each_relation(scan, NULL, "table_name", "table_schema", add_columns);
        return;
    }
    scan->name = scan_key(scan, "attname");
    each_relation(scan, "attrelid", NULL, NULL, add_columns);
    if (!scan->name || catalog_find_system_column(scan->name))
        scan_add_many(scan, SCAN_SYSTEM_COLUMNS);
    if (!scan->name || *scan->name == '.')
        scan_add_many(scan, SCAN_DROPPED_COLUMNS);
}

static void add_index(Scan *scan, const Relation *index)
{
    if (!index->index)
        return;
    const char *table = scan_key(scan, "tablename");
    const Relation *of = catalog_relation(scan->evaluation->catalog, index->index->table);
    if (!of || (table && strcmp(table, of->name) != 0))
        return;
    CatalogRow *row = scan_add(scan);
    row->relation = of;
    row->other = index;
}

static void add_indexes_of(Scan *scan, const Relation *table)
{
    for (size_t i = 0; i < table->nindexes; i++) {
        const Relation *index = catalog_relation(scan->evaluation->catalog, table->indexes[i]);
        if (index)
            add_index(scan, index);
    }
}

/* pg_indexes and pg_index. */
void scan_indexes(Scan *scan)
{
    Oid oid;
    bool view = strcmp(scan->table->name, "pg_indexes") == 0;
    if (view && !scan_key(scan, "indexname") && scan_key(scan, "tablename"))
        each_relation(scan, NULL, "tablename", "schemaname", add_indexes_of);
    else if (view)
        each_relation(scan, NULL, "indexname", "schemaname", add_index);
    else if (!scan_key_oid(scan, "indexrelid", &oid) && scan_key_oid(scan, "indrelid", &oid))
        each_relation(scan, "indrelid", NULL, NULL, add_indexes_of);
    else
        each_relation(scan, "indexrelid", NULL, NULL, add_index);
    if (!view && !scan->rows.len && !scan_key_oid(scan, "indrelid", &oid))
        scan_add_many(scan, "pg_toast_\1");
}

static void add_parents(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->nparents; i++) {
        CatalogRow *row = scan_add(scan);
        row->relation = relation;
        row->other = catalog_relation(scan->evaluation->catalog, relation->parents[i]);
    }
}

void scan_parents(Scan *scan)
{
    each_relation(scan, "inhrelid", NULL, NULL, add_parents);
}

/* ---- what hangs on relations ---- */

static void add_constraints(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        /* the information schema does not show those of triggers and EXCLUDE */
        bool shown = scan->table->schema == SCHEMA_PG_CATALOG || strchr("cpuf", relation->constraints[i].type);
        if (!shown || !is_wanted(scan, relation->constraints[i].name))
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
        if (!strchr("puf", constraint->type) || !is_wanted(scan, constraint->name))
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
            if (!is_wanted(scan, type->checks[j].name))
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
        each_relation(scan, "conrelid", NULL, NULL, add_constraints);
        if (!scan_key_oid(scan, "conrelid", &oid) || !oid)
            add_domain_checks(scan);
        if (catalog_version(scan->evaluation->catalog) >= NOT_NULL_IN_CATALOG)
            scan_add_many(scan, "\1_not_null");
        return;
    }
    each_relation(scan, NULL, "table_name", "table_schema", add_constraints);
    if (strcmp(scan->table->name, "table_constraints") == 0)
        scan_add_many(scan, "\1_not_null");
}

void scan_key_columns(Scan *scan)
{
    scan->name = scan_key(scan, "constraint_name");
    each_relation(scan, NULL, "table_name", "table_schema", add_constraint_columns);
}

static void add_triggers(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->ntriggers; i++) {
        if (!is_wanted(scan, relation->triggers[i].name))
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
        each_relation(scan, "tgrelid", NULL, NULL, add_triggers);
        scan_add_many(scan, "RI_ConstraintTrigger_\1");
        scan_add_many(scan, "PK_ConstraintTrigger_\1");
    } else {
        each_relation(scan, NULL, "event_object_table", "event_object_schema", add_triggers);
    }
}

static void add_policies(Scan *scan, const Relation *relation)
{
    for (size_t i = 0; i < relation->npolicies; i++) {
        if (!is_wanted(scan, relation->policies[i].name))
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
        each_relation(scan, NULL, "tablename", "schemaname", add_policies);
    else
        each_relation(scan, "polrelid", NULL, NULL, add_policies);
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
    each_relation(scan, NULL, "tablename", "schemaname", add_rules);
    scan_add_many(scan, "pg_settings_\1");
}

/* ---- types and functions ---- */

static void add_type(Scan *scan, const Type *type)
{
    scan_add(scan)->type = type;
}

void scan_types(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    bool domains = scan->table->schema != SCHEMA_PG_CATALOG;
    const char *name = scan_key(scan, domains ? "domain_name" : "typname");
    const Type *type;
    Oid oid;
    if (name) {
        OidList schemas = scan_schema_oids(scan->evaluation);
        for (size_t i = 0; i < schemas.len; i++)
            if ((type = catalog_find_type_in(catalog, schemas.items[i], name)) &&
                (!domains || type->typtype == TYPTYPE_DOMAIN))
                add_type(scan, type);
        return;
    }
    if (!domains && scan_key_oid(scan, "oid", &oid)) {
        if ((type = catalog_type(catalog, oid)))
            add_type(scan, type);
        return;
    }
    OidList all = catalog_all_objects(catalog, scan->evaluation->arena, CLASS_TYPE);
    for (size_t i = 0; i < all.len; i++) {
        type = catalog_type(catalog, all.items[i]);
        if (!domains || type->typtype == TYPTYPE_DOMAIN)
            add_type(scan, type);
    }
}

static void add_labels(Scan *scan, const Type *type)
{
    for (size_t i = 0; type && i < type->nlabels; i++) {
        CatalogRow *row = scan_add(scan);
        row->type = type;
        row->number = i;
    }
}

void scan_labels(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    Oid oid;
    if (scan_key_oid(scan, "enumtypid", &oid)) {
        add_labels(scan, catalog_type(catalog, oid));
        return;
    }
    OidList all = catalog_user_objects(catalog, scan->evaluation->arena, CLASS_TYPE);
    for (size_t i = 0; i < all.len; i++)
        add_labels(scan, catalog_type(catalog, all.items[i]));
}

void scan_functions(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    Arena *arena = scan->evaluation->arena;
    bool is_catalog = scan->table->schema == SCHEMA_PG_CATALOG;
    const char *name = scan_key(scan, is_catalog ? "proname" : "routine_name");
    Oid oid;
    if (name) {
        FunctionList list = catalog_functions_named(catalog, arena, name);
        for (size_t i = 0; i < list.len; i++)
            scan_add(scan)->function = list.items[i];
        return;
    }
    if (is_catalog && scan_key_oid(scan, "oid", &oid)) {
        const Function *function = catalog_function(catalog, oid);
        if (function)
            scan_add(scan)->function = function;
        return;
    }
    OidList all = catalog_all_objects(catalog, arena, CLASS_FUNCTION);
    for (size_t i = 0; i < all.len; i++)
        scan_add(scan)->function = catalog_function(catalog, all.items[i]);
}

/* ---- named objects ---- */

static const struct {
    const char *table;
    ObjectClass class;
    const char *name;
} named[] = {
    {"pg_extension", CLASS_EXTENSION, "extname"},         {"pg_language", CLASS_LANGUAGE, "lanname"},
    {"pg_event_trigger", CLASS_EVENT_TRIGGER, "evtname"}, {"pg_publication", CLASS_PUBLICATION, "pubname"},
    {"pg_subscription", CLASS_SUBSCRIPTION, "subname"},   {"pg_foreign_server", CLASS_SERVER, "srvname"},
    {"pg_foreign_data_wrapper", CLASS_FDW, "fdwname"},    {"pg_statistic_ext", CLASS_STATISTICS, "stxname"},
    {"pg_ts_config", CLASS_TS_CONFIG, "cfgname"},         {"pg_ts_dict", CLASS_TS_DICT, "dictname"},
};

void scan_named(Scan *scan)
{
    const Catalog *catalog = scan->evaluation->catalog;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(named[i].table, scan->table->name) != 0)
            continue;
        const char *name = scan_key(scan, named[i].name);
        OidList all = catalog_all_objects(catalog, scan->evaluation->arena, named[i].class);
        for (size_t j = 0; j < all.len; j++) {
            const NamedObject *object = catalog_object(catalog, named[i].class, all.items[j]);
            if (!name || strcmp(object->name, name) == 0)
                scan_add(scan)->object = object;
        }
    }
}
