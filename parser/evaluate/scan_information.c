/* What columns of the information schema's views hold (documentation, chapter "The Information Schema"). The views
 * show what the user may see: all of it, since migrations are run by the owner. */
#include "evaluate/scan_columns.h"

static Value catalog_name(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    (void)row;
    Value value = value_unknown();
    value.symbol = "current_database";
    return value;
}

static Value yes_or_no(bool yes)
{
    return value_text(yes ? "YES" : "NO");
}

/* ---- schemata, tables, columns ---- */

COLUMN(table_name, relation, value_text(row->relation->name))
COLUMN(sequence_name, relation, value_text(row->relation->name))

static Value table_kind(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    if (row->relation->persistence == 't')
        return value_text("LOCAL TEMPORARY");
    switch (row->relation->kind) {
    case RELKIND_VIEW:
        return value_text("VIEW");
    case RELKIND_FOREIGN:
        return value_text("FOREIGN");
    default:
        return value_text("BASE TABLE");
    }
}

COLUMN(column_name, column, value_text(row->column->name))
COLUMN(column_default, column,
       row->column->has_default && !row->column->generated ? value_pattern("\1") : value_null())
COLUMN(column_is_identity, column, yes_or_no(row->column->identity != 0))
COLUMN(column_is_generated, column, value_text(row->column->generated ? "ALWAYS" : "NEVER"))

/* Dropped columns leave gaps. */
COLUMN(column_position, column, value_int(evaluation->arena, row->column->number))

static Value column_is_nullable(Evaluation *evaluation, const CatalogRow *row)
{
    if (!row->column)
        return value_unknown();
    const Type *type = catalog_type(evaluation->catalog, row->column->type);
    return yes_or_no(!row->column->not_null && !(type && type->typtype == TYPTYPE_DOMAIN && type->not_null));
}

/* "ARRAY", "USER-DEFINED", or the SQL name without its modifier. */
static Value column_data_type(Evaluation *evaluation, const CatalogRow *row)
{
    if (!row->column)
        return value_unknown();
    Oid base = type_base(evaluation->catalog, row->column->type);
    const Type *type = catalog_type(evaluation->catalog, base);
    if (!type)
        return value_unknown();
    if (catalog_is_array(type))
        return value_text("ARRAY");
    if (type->schema != SCHEMA_PG_CATALOG)
        return value_text("USER-DEFINED");
    return value_text(catalog_format_type(evaluation->catalog, evaluation->arena, base));
}

static Value column_udt_name(Evaluation *evaluation, const CatalogRow *row)
{
    const Type *type =
        row->column ? catalog_type(evaluation->catalog, type_base(evaluation->catalog, row->column->type)) : NULL;
    return type ? value_text(type->name) : value_unknown();
}

static Value column_udt_schema(Evaluation *evaluation, const CatalogRow *row)
{
    const Type *type =
        row->column ? catalog_type(evaluation->catalog, type_base(evaluation->catalog, row->column->type)) : NULL;
    const Schema *schema = type ? catalog_schema(evaluation->catalog, type->schema) : NULL;
    return schema ? value_text(schema->name) : value_unknown();
}

static Value column_max_length(Evaluation *evaluation, const CatalogRow *row)
{
    enum { VARHDRSZ = 4 };
    if (!row->column)
        return value_unknown();
    int32_t typmod = row->column->typmod;
    Oid base = type_base_typmod(evaluation->catalog, row->column->type, &typmod);
    if (base == TYPE_VARCHAR || base == TYPE_BPCHAR)
        return typmod < 0 ? value_null() : value_int(evaluation->arena, typmod - VARHDRSZ);
    return base == TYPE_TEXT || base == TYPE_INT4 || base == TYPE_INT8 ? value_null() : value_unknown();
}

/* ---- constraints ---- */

static Value constraint_name(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    return row->constraint ? value_text(row->constraint->name) : value_pattern(row->pattern);
}

static Value constraint_kind(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    if (!row->constraint)
        return value_text("CHECK");
    switch (row->constraint->type) {
    case CONSTRAINT_CHECK:
        return value_text("CHECK");
    case CONSTRAINT_FOREIGN:
        return value_text("FOREIGN KEY");
    case CONSTRAINT_PRIMARY:
        return value_text("PRIMARY KEY");
    case CONSTRAINT_UNIQUE:
        return value_text("UNIQUE");
    default:
        return value_unknown(); /* those of triggers and EXCLUDE are not shown */
    }
}

COLUMN(key_position, column, value_int(evaluation->arena, (int64_t)row->number + 1))

/* ---- triggers, routines, domains ---- */

COLUMN(trigger_name, trigger, value_text(row->trigger->name))
COLUMN(routine_name, function, value_text(row->function->name))

static Value routine_kind(Evaluation *evaluation, const CatalogRow *row)
{
    (void)evaluation;
    return row->function->kind == PROKIND_PROCEDURE  ? value_text("PROCEDURE")
           : row->function->kind == PROKIND_FUNCTION ? value_text("FUNCTION")
                                                     : value_null();
}

COLUMN(domain_name, type, value_text(row->type->name))

/* ---- tables ---- */

static const CatalogColumn schemata[] = {
    {"catalog_name", catalog_name}, {"schema_name", column_schema_name}, {NULL, NULL}};
static const CatalogColumn tables[] = {{"table_catalog", catalog_name},
                                       {"table_schema", column_schema_name},
                                       {"table_name", table_name},
                                       {"table_type", table_kind},
                                       {NULL, NULL}};
static const CatalogColumn views[] = {{"table_catalog", catalog_name},
                                      {"table_schema", column_schema_name},
                                      {"table_name", table_name},
                                      {NULL, NULL}};
static const CatalogColumn columns[] = {{"table_catalog", catalog_name},
                                        {"table_schema", column_schema_name},
                                        {"table_name", table_name},
                                        {"column_name", column_name},
                                        {"ordinal_position", column_position},
                                        {"column_default", column_default},
                                        {"is_nullable", column_is_nullable},
                                        {"data_type", column_data_type},
                                        {"character_maximum_length", column_max_length},
                                        {"udt_catalog", catalog_name},
                                        {"udt_schema", column_udt_schema},
                                        {"udt_name", column_udt_name},
                                        {"is_identity", column_is_identity},
                                        {"is_generated", column_is_generated},
                                        {NULL, NULL}};
static const CatalogColumn constraints[] = {
    {"constraint_catalog", catalog_name}, {"constraint_schema", column_schema_name},
    {"constraint_name", constraint_name}, {"table_catalog", catalog_name},
    {"table_schema", column_schema_name}, {"table_name", table_name},
    {"constraint_type", constraint_kind}, {NULL, NULL}};
static const CatalogColumn key_columns[] = {{"constraint_catalog", catalog_name},
                                            {"constraint_schema", column_schema_name},
                                            {"constraint_name", constraint_name},
                                            {"table_catalog", catalog_name},
                                            {"table_schema", column_schema_name},
                                            {"table_name", table_name},
                                            {"column_name", column_name},
                                            {"ordinal_position", key_position},
                                            {NULL, NULL}};
static const CatalogColumn sequences[] = {{"sequence_catalog", catalog_name},
                                          {"sequence_schema", column_schema_name},
                                          {"sequence_name", sequence_name},
                                          {NULL, NULL}};
static const CatalogColumn triggers[] = {
    {"trigger_catalog", catalog_name},  {"trigger_schema", column_schema_name},
    {"trigger_name", trigger_name},     {"event_object_schema", column_schema_name},
    {"event_object_table", table_name}, {NULL, NULL}};
static const CatalogColumn routines[] = {{"routine_catalog", catalog_name}, {"routine_schema", column_schema_name},
                                         {"routine_name", routine_name},    {"specific_schema", column_schema_name},
                                         {"routine_type", routine_kind},    {NULL, NULL}};
static const CatalogColumn domains[] = {{"domain_catalog", catalog_name},
                                        {"domain_schema", column_schema_name},
                                        {"domain_name", domain_name},
                                        {NULL, NULL}};

const CatalogTable scan_information_tables[] = {
    {SCHEMA_INFORMATION_SCHEMA, "schemata", scan_schemas, schemata},
    {SCHEMA_INFORMATION_SCHEMA, "tables", scan_tables, tables},
    {SCHEMA_INFORMATION_SCHEMA, "views", scan_views, views},
    {SCHEMA_INFORMATION_SCHEMA, "columns", scan_table_columns, columns},
    {SCHEMA_INFORMATION_SCHEMA, "table_constraints", scan_constraints, constraints},
    {SCHEMA_INFORMATION_SCHEMA, "key_column_usage", scan_key_columns, key_columns},
    {SCHEMA_INFORMATION_SCHEMA, "sequences", scan_sequences, sequences},
    {SCHEMA_INFORMATION_SCHEMA, "triggers", scan_triggers, triggers},
    {SCHEMA_INFORMATION_SCHEMA, "routines", scan_functions, routines},
    {SCHEMA_INFORMATION_SCHEMA, "domains", scan_types, domains},
    {INVALID_OID, NULL, NULL, NULL},
};
