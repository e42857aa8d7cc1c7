/* What columns of PostgreSQL's system catalogs hold (documentation, chapter "System Catalogs"). Columns that are
 * not listed are unknown. */
#include "evaluate/scan_columns.h"

static Value number_of(Evaluation *evaluation, Oid oid)
{
    return value_int(evaluation->arena, oid);
}

static Value letter(Evaluation *evaluation, char c)
{
    return value_text(c ? arena_printf(evaluation->arena, "%c", c) : "");
}

static Oid schema_of(const CatalogRow *row)
{
    return row->schema     ? row->schema->oid
           : row->other    ? row->other->schema
           : row->relation ? row->relation->schema
           : row->type     ? row->type->schema
           : row->function ? row->function->schema
           : row->object   ? row->object->schema
                           : INVALID_OID;
}

/* The name of the temporary schema is the server's choice. */
Value column_schema_name(Evaluation *evaluation, const CatalogRow *row)
{
    const Catalog *catalog = evaluation->catalog;
    Oid oid = schema_of(row);
    const Schema *schema = catalog_schema(catalog, oid);
    if (oid && oid == catalog_search_path(catalog)->temporary)
        return value_pattern("pg_temp_\1");
    if (schema)
        return value_text(schema->name);
    return row->pattern && row->table->rows == scan_schemas ? value_pattern(row->pattern) : value_unknown();
}

COLUMN(schema_oid, schema, number_of(evaluation, row->schema->oid))
static Value of_schema(Evaluation *evaluation, const CatalogRow *row)
{
    if (row->pattern && strncmp(row->pattern, "pg_toast_", strlen("pg_toast_")) == 0)
        return number_of(evaluation, SCHEMA_PG_TOAST);
    Oid oid = schema_of(row);
    return oid ? number_of(evaluation, oid) : value_unknown();
}

COLUMN(relation_oid, relation, number_of(evaluation, row->relation->oid))
NAME(relation_name, relation, row->relation->name)
static Value relation_kind(Evaluation *evaluation, const CatalogRow *row)
{
    return row->relation ? letter(evaluation, row->relation->kind) : value_unknown();
}
COLUMN(relation_persistence, relation, letter(evaluation, row->relation->persistence))
COLUMN(relation_row_type, relation, number_of(evaluation, row->relation->row_type))
COLUMN(relation_is_partition, relation, value_bool(row->relation->is_partition))
COLUMN(relation_security, relation, value_bool(row->relation->row_security))
COLUMN(relation_width, relation, value_int(evaluation->arena, (int64_t)row->relation->ncolumns))
COLUMN(relation_has_index, relation, value_bool(row->relation->nindexes > 0))
COLUMN(view_populated, relation, value_bool(row->relation->populated))
COLUMN(other_oid, other, number_of(evaluation, row->other->oid))
COLUMN(other_name, other, value_text(row->other->name))

COLUMN(column_name, column, value_text(row->column->name))
static Value column_number(Evaluation *evaluation, const CatalogRow *row)
{
    enum { FIRST_SYSTEM_COLUMN = -7 };
    Value value = value_unknown();
    if (row->column)
        return value_int(evaluation->arena, row->column->number);
    value.bounded = strcmp(row->pattern, SCAN_SYSTEM_COLUMNS) == 0;
    value.low = FIRST_SYSTEM_COLUMN;
    value.high = -1;
    return value;
}
COLUMN(column_type, column, number_of(evaluation, row->column->type))
COLUMN(column_typmod, column, value_int(evaluation->arena, row->column->typmod))
COLUMN(column_not_null, column, value_bool(row->column->not_null))
static Value column_dropped(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    return value_bool(!row->column && strcmp(row->pattern, SCAN_DROPPED_COLUMNS) == 0);
}
COLUMN(column_has_default, column, value_bool(row->column->has_default))
COLUMN(column_identity, column, letter(evaluation, row->column->identity))
COLUMN(column_generated, column, letter(evaluation, row->column->generated))

static Value constraint_name(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    if (row->constraint)
        return value_text(row->constraint->name);
    return row->check ? value_text(row->check->name) : value_pattern(row->pattern);
}
static Value constraint_kind(Evaluation *evaluation, const CatalogRow *row)
{
    if (row->constraint)
        return letter(evaluation, row->constraint->type);
    if (row->check)
        return letter(evaluation, CONSTRAINT_CHECK);
    return letter(evaluation, *row->pattern == VALUE_HOLE ? 'n' : CONSTRAINT_TRIGGER);
}
static Value constraint_relation(Evaluation *evaluation, const CatalogRow *row)
{
    return row->constraint ? number_of(evaluation, row->relation->oid)
           : row->check    ? value_text("0")
                           : value_unknown();
}
static Value constraint_type(Evaluation *evaluation, const CatalogRow *row)
{
    return row->check ? number_of(evaluation, row->type->oid) : row->constraint ? value_text("0") : value_unknown();
}
COLUMN(constraint_foreign, constraint, number_of(evaluation, row->constraint->foreign_relation))
COLUMN(constraint_index, constraint, number_of(evaluation, row->constraint->index))
COLUMN(constraint_validated, constraint, value_bool(row->constraint->validated))
COLUMN(constraint_deferrable, constraint, value_bool(row->constraint->deferrable))
COLUMN(constraint_deferred, constraint, value_bool(row->constraint->deferred))
COLUMN(constraint_oid, constraint, number_of(evaluation, row->constraint->oid))
COLUMN(constraint_on_delete, constraint, letter(evaluation, row->constraint->on_delete))
COLUMN(constraint_on_update, constraint, letter(evaluation, row->constraint->on_update))

COLUMN(index_unique, other, value_bool(row->other->index->is_unique))
COLUMN(index_primary, other, value_bool(row->other->index->is_primary))
COLUMN(index_valid, other, value_bool(row->other->index->valid))

NAME(trigger_name, trigger, row->trigger->name)
COLUMN(trigger_function, trigger, number_of(evaluation, row->trigger->function))
static Value trigger_internal(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    return value_bool(row->trigger == NULL);
}
COLUMN(policy_name, policy, value_text(row->policy->name))
NAME(rule_name, rule, row->rule->name)

COLUMN(type_oid, type, number_of(evaluation, row->type->oid))
COLUMN(type_name, type, value_text(row->type->name))
COLUMN(type_kind, type, letter(evaluation, row->type->typtype))
COLUMN(type_category_letter, type, letter(evaluation, row->type->category))
COLUMN(type_relation_oid, type, number_of(evaluation, row->type->relation))
COLUMN(type_element_oid, type, number_of(evaluation, row->type->element))
COLUMN(type_array_oid, type, number_of(evaluation, row->type->array))
COLUMN(type_base_oid, type, number_of(evaluation, row->type->base))
COLUMN(type_not_null, type, value_bool(row->type->not_null))
COLUMN(type_defined, type, value_bool(row->type->defined))
COLUMN(label_text, type, value_text(row->type->labels[row->number]))

COLUMN(function_oid, function, number_of(evaluation, row->function->oid))
COLUMN(function_name, function, value_text(row->function->name))
COLUMN(function_kind, function, letter(evaluation, row->function->kind))
COLUMN(function_result, function, number_of(evaluation, row->function->return_type))
COLUMN(function_nargs, function, value_int(evaluation->arena, row->function->nargs))
COLUMN(function_returns_set, function, value_bool(row->function->returns_set))

COLUMN(object_oid, object, number_of(evaluation, row->object->oid))
COLUMN(object_name, object, value_text(row->object->name))
static Value extension_schema(Evaluation *evaluation, const CatalogRow *row)
{
    return row->object->extension ? number_of(evaluation, row->object->extension->schema) : value_unknown();
}

/* ---- tables ---- */

static const CatalogColumn namespace_columns[] = {
    {"oid", schema_oid}, {"nspname", column_schema_name}, {NULL, NULL}};
static const CatalogColumn class_columns[] = {{"oid", relation_oid},
                                              {"relname", relation_name},
                                              {"relnamespace", of_schema},
                                              {"relkind", relation_kind},
                                              {"relpersistence", relation_persistence},
                                              {"reltype", relation_row_type},
                                              {"relispartition", relation_is_partition},
                                              {"relrowsecurity", relation_security},
                                              {"relnatts", relation_width},
                                              {"relhasindex", relation_has_index},
                                              {NULL, NULL}};
static const CatalogColumn attribute_columns[] = {{"attrelid", relation_oid},
                                                  {"attname", column_name},
                                                  {"attnum", column_number},
                                                  {"atttypid", column_type},
                                                  {"atttypmod", column_typmod},
                                                  {"attnotnull", column_not_null},
                                                  {"attisdropped", column_dropped},
                                                  {"atthasdef", column_has_default},
                                                  {"attidentity", column_identity},
                                                  {"attgenerated", column_generated},
                                                  {NULL, NULL}};
static const CatalogColumn type_columns[] = {{"oid", type_oid},
                                             {"typname", type_name},
                                             {"typnamespace", of_schema},
                                             {"typtype", type_kind},
                                             {"typcategory", type_category_letter},
                                             {"typrelid", type_relation_oid},
                                             {"typelem", type_element_oid},
                                             {"typarray", type_array_oid},
                                             {"typbasetype", type_base_oid},
                                             {"typnotnull", type_not_null},
                                             {"typisdefined", type_defined},
                                             {NULL, NULL}};
static const CatalogColumn enum_columns[] = {{"enumtypid", type_oid}, {"enumlabel", label_text}, {NULL, NULL}};
static const CatalogColumn constraint_columns[] = {{"oid", constraint_oid},
                                                   {"conname", constraint_name},
                                                   {"connamespace", of_schema},
                                                   {"contype", constraint_kind},
                                                   {"conrelid", constraint_relation},
                                                   {"contypid", constraint_type},
                                                   {"confrelid", constraint_foreign},
                                                   {"conindid", constraint_index},
                                                   {"convalidated", constraint_validated},
                                                   {"condeferrable", constraint_deferrable},
                                                   {"condeferred", constraint_deferred},
                                                   {"confdeltype", constraint_on_delete},
                                                   {"confupdtype", constraint_on_update},
                                                   {NULL, NULL}};
static const CatalogColumn index_columns[] = {{"indexrelid", other_oid},     {"indrelid", relation_oid},
                                              {"indisunique", index_unique}, {"indisprimary", index_primary},
                                              {"indisvalid", index_valid},   {NULL, NULL}};
static const CatalogColumn indexes_columns[] = {
    {"schemaname", column_schema_name}, {"tablename", relation_name}, {"indexname", other_name}, {NULL, NULL}};
static const CatalogColumn inherits_columns[] = {
    {"inhrelid", relation_oid}, {"inhparent", other_oid}, {NULL, NULL}};
static const CatalogColumn tables_columns[] = {{"schemaname", column_schema_name},
                                               {"tablename", relation_name},
                                               {"hasindexes", relation_has_index},
                                               {"rowsecurity", relation_security},
                                               {NULL, NULL}};
static const CatalogColumn views_columns[] = {
    {"schemaname", column_schema_name}, {"viewname", relation_name}, {NULL, NULL}};
static const CatalogColumn matviews_columns[] = {{"schemaname", column_schema_name},
                                                 {"matviewname", relation_name},
                                                 {"ispopulated", view_populated},
                                                 {NULL, NULL}};
static const CatalogColumn sequences_columns[] = {
    {"schemaname", column_schema_name}, {"sequencename", relation_name}, {NULL, NULL}};
static const CatalogColumn proc_columns[] = {{"oid", function_oid},
                                             {"proname", function_name},
                                             {"pronamespace", of_schema},
                                             {"prokind", function_kind},
                                             {"prorettype", function_result},
                                             {"pronargs", function_nargs},
                                             {"proretset", function_returns_set},
                                             {NULL, NULL}};
static const CatalogColumn trigger_columns[] = {{"tgname", trigger_name},
                                                {"tgrelid", relation_oid},
                                                {"tgfoid", trigger_function},
                                                {"tgisinternal", trigger_internal},
                                                {NULL, NULL}};
static const CatalogColumn policy_columns[] = {{"polname", policy_name}, {"polrelid", relation_oid}, {NULL, NULL}};
static const CatalogColumn policies_columns[] = {
    {"schemaname", column_schema_name}, {"tablename", relation_name}, {"policyname", policy_name}, {NULL, NULL}};
static const CatalogColumn rules_columns[] = {
    {"schemaname", column_schema_name}, {"tablename", relation_name}, {"rulename", rule_name}, {NULL, NULL}};
static const CatalogColumn extension_columns[] = {
    {"oid", object_oid}, {"extname", object_name}, {"extnamespace", extension_schema}, {NULL, NULL}};
#define NAMED_COLUMNS(name_column)                                                                                 \
    (const CatalogColumn[])                                                                                        \
    {                                                                                                              \
        {"oid", object_oid}, {name_column, object_name},                                                           \
        {                                                                                                          \
            NULL, NULL                                                                                             \
        }                                                                                                          \
    }

const CatalogTable scan_system_tables[] = {
    {SCHEMA_PG_CATALOG, "pg_namespace", scan_schemas, namespace_columns},
    {SCHEMA_PG_CATALOG, "pg_class", scan_relations, class_columns},
    {SCHEMA_PG_CATALOG, "pg_attribute", scan_table_columns, attribute_columns},
    {SCHEMA_PG_CATALOG, "pg_type", scan_types, type_columns},
    {SCHEMA_PG_CATALOG, "pg_enum", scan_labels, enum_columns},
    {SCHEMA_PG_CATALOG, "pg_constraint", scan_constraints, constraint_columns},
    {SCHEMA_PG_CATALOG, "pg_index", scan_indexes, index_columns},
    {SCHEMA_PG_CATALOG, "pg_indexes", scan_indexes, indexes_columns},
    {SCHEMA_PG_CATALOG, "pg_inherits", scan_parents, inherits_columns},
    {SCHEMA_PG_CATALOG, "pg_tables", scan_tables, tables_columns},
    {SCHEMA_PG_CATALOG, "pg_views", scan_views, views_columns},
    {SCHEMA_PG_CATALOG, "pg_matviews", scan_views, matviews_columns},
    {SCHEMA_PG_CATALOG, "pg_sequences", scan_sequences, sequences_columns},
    {SCHEMA_PG_CATALOG, "pg_proc", scan_functions, proc_columns},
    {SCHEMA_PG_CATALOG, "pg_trigger", scan_triggers, trigger_columns},
    {SCHEMA_PG_CATALOG, "pg_policy", scan_policies, policy_columns},
    {SCHEMA_PG_CATALOG, "pg_policies", scan_policies, policies_columns},
    {SCHEMA_PG_CATALOG, "pg_rules", scan_rules, rules_columns},
    {SCHEMA_PG_CATALOG, "pg_extension", scan_named, extension_columns},
    {SCHEMA_PG_CATALOG, "pg_language", scan_named, NAMED_COLUMNS("lanname")},
    {SCHEMA_PG_CATALOG, "pg_event_trigger", scan_named, NAMED_COLUMNS("evtname")},
    {SCHEMA_PG_CATALOG, "pg_publication", scan_named, NAMED_COLUMNS("pubname")},
    {SCHEMA_PG_CATALOG, "pg_subscription", scan_named, NAMED_COLUMNS("subname")},
    {SCHEMA_PG_CATALOG, "pg_foreign_server", scan_named, NAMED_COLUMNS("srvname")},
    {SCHEMA_PG_CATALOG, "pg_foreign_data_wrapper", scan_named, NAMED_COLUMNS("fdwname")},
    {SCHEMA_PG_CATALOG, "pg_statistic_ext", scan_named, NAMED_COLUMNS("stxname")},
    {SCHEMA_PG_CATALOG, "pg_ts_config", scan_named, NAMED_COLUMNS("cfgname")},
    {SCHEMA_PG_CATALOG, "pg_ts_dict", scan_named, NAMED_COLUMNS("dictname")},
    {INVALID_OID, NULL, NULL, NULL},
};

const CatalogTable *scan_find_table(const Relation *relation)
{
    const CatalogTable *const tables[] = {scan_system_tables, scan_information_tables};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const CatalogTable *table = tables[i]; table->name; table++)
            if (table->schema == relation->schema && table->columns && strcmp(table->name, relation->name) == 0)
                return table;
    return NULL;
}
