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

bool scan_wants(const Scan *scan, const char *name)
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

OidList scan_schema_oids(Evaluation *evaluation)
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

/* The relations that the conditions leave: by number, by name in every schema, or all. */
void scan_each_relation(Scan *scan, const char *oid_column, const char *name_column, const char *schema_column,
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
    scan_each_relation(scan, "oid", "relname", NULL, add_relation);
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
        scan_each_relation(scan, NULL, "tablename", "schemaname", add_plain_table);
    else
        scan_each_relation(scan, NULL, "table_name", "table_schema", add_table);
}

void scan_views(Scan *scan)
{
    if (scan->table->schema != SCHEMA_PG_CATALOG)
        scan_each_relation(scan, NULL, "table_name", "table_schema", add_view);
    else
        scan_each_relation(scan, NULL, strcmp(scan->table->name, "pg_views") == 0 ? "viewname" : "matviewname",
                           "schemaname", add_view);
}

void scan_sequences(Scan *scan)
{
    if (scan->table->schema != SCHEMA_PG_CATALOG)
        scan_each_relation(scan, NULL, "sequence_name", "sequence_schema", add_sequence);
    else
        scan_each_relation(scan, NULL, "sequencename", "schemaname", add_sequence);
}

static void add_columns(Scan *scan, const Relation *relation)
{
    if (scan->table->schema != SCHEMA_PG_CATALOG && !strchr("rpfvm", relation->kind))
        return;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        if (relation->columns[i].dropped || !scan_wants(scan, relation->columns[i].name))
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
        scan_each_relation(scan, NULL, "table_name", "table_schema", add_columns);
        return;
    }
    scan->name = scan_key(scan, "attname");
    scan_each_relation(scan, "attrelid", NULL, NULL, add_columns);
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
        scan_each_relation(scan, NULL, "tablename", "schemaname", add_indexes_of);
    else if (view)
        scan_each_relation(scan, NULL, "indexname", "schemaname", add_index);
    else if (!scan_key_oid(scan, "indexrelid", &oid) && scan_key_oid(scan, "indrelid", &oid))
        scan_each_relation(scan, "indrelid", NULL, NULL, add_indexes_of);
    else
        scan_each_relation(scan, "indexrelid", NULL, NULL, add_index);
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
    scan_each_relation(scan, "inhrelid", NULL, NULL, add_parents);
}
