/* Builders of hand-made projects. */
#include "fixture.h"

#include <stdint.h>
#include <string.h>

#define BASE(NAME, OID, DISPLAY)                                                                                   \
    {                                                                                                              \
        .kind = IR_BASE, .oid = (OID), .schema = "pg_catalog", .name = NAME, .key = "pg_catalog." NAME,            \
        .display = DISPLAY, .has_send = true, .has_receive = true, .delimiter = ','                                \
    }

const IrType type_bool = BASE("bool", 16, "boolean");
const IrType type_int2 = BASE("int2", 21, "smallint");
const IrType type_int4 = BASE("int4", 23, "integer");
const IrType type_int8 = BASE("int8", 20, "bigint");
const IrType type_float8 = BASE("float8", 701, "double precision");
const IrType type_text = BASE("text", 25, "text");
const IrType type_varchar = BASE("varchar", 1043, "character varying");
const IrType type_numeric = BASE("numeric", 1700, "numeric");
const IrType type_date = BASE("date", 1082, "date");
const IrType type_timestamptz = BASE("timestamptz", 1184, "timestamp with time zone");
const IrType type_uuid = BASE("uuid", 2950, "uuid");
const IrType type_bytea = BASE("bytea", 17, "bytea");
const IrType type_jsonb = BASE("jsonb", 3802, "jsonb");
const IrType type_tsvector = BASE("tsvector", 3614, "tsvector");
const IrType type_aclitem = BASE("aclitem", 1033, "aclitem");
const IrType type_point = BASE("point", 600, "point");
const IrType type_regclass = BASE("regclass", 2205, "regclass");
const IrType type_int4range = {.kind = IR_RANGE,
                               .oid = 3904,
                               .schema = "pg_catalog",
                               .name = "int4range",
                               .key = "pg_catalog.int4range",
                               .display = "int4range",
                               .has_send = true,
                               .has_receive = true,
                               .subtype = &type_int4};
const IrType type_void = {.kind = IR_PSEUDO,
                          .oid = 2278,
                          .schema = "pg_catalog",
                          .name = "void",
                          .key = "pg_catalog.void",
                          .display = "void"};
const IrType type_record = {.kind = IR_PSEUDO,
                            .oid = 2249,
                            .schema = "pg_catalog",
                            .name = "record",
                            .key = "pg_catalog.record",
                            .display = "record"};

#define ARRAY(NAME, OID, ELEMENT, DISPLAY)                                                                         \
    {                                                                                                              \
        .kind = IR_ARRAY, .oid = (OID), .schema = "pg_catalog", .name = "_" NAME, .key = "pg_catalog." NAME "[]",  \
        .display = DISPLAY, .has_send = true, .has_receive = true, .element = &(ELEMENT), .delimiter = ','         \
    }

const IrType type_text_array = ARRAY("text", 1009, type_text, "text[]");
const IrType type_int8_array = ARRAY("int8", 1016, type_int8, "bigint[]");
const IrType type_uuid_array = ARRAY("uuid", 2951, type_uuid, "uuid[]");

/* ---- Types --------------------------------------------------------------------------------------------------- */

static IrType *user_type(Builder *b, IrTypeKind kind, const char *name)
{
    IrType *type = arena_new_of(b->arena, IrType);
    type->kind = kind;
    type->schema = "public";
    type->name = name;
    type->key = arena_printf(b->arena, "public.%s", name);
    type->display = name;
    type->has_send = type->has_receive = true;
    type->delimiter = ',';
    return type;
}

const IrType *build_enum(Builder *b, const char *name, const char *const *labels, size_t n)
{
    IrType *type = user_type(b, IR_ENUM, name);
    type->labels = labels;
    type->nlabels = n;
    vec_push(b->arena, &b->enums, type);
    return type;
}

const IrType *build_domain(Builder *b, const char *name, const IrType *base)
{
    IrType *type = user_type(b, IR_DOMAIN, name);
    type->base = base;
    return type;
}

const IrType *build_composite(Builder *b, const char *name, const IrField *fields, size_t n)
{
    IrType *type = user_type(b, IR_COMPOSITE, name);
    type->fields = fields;
    type->nfields = n;
    vec_push(b->arena, &b->composites, type);
    return type;
}

const IrType *build_array(Builder *b, const IrType *element)
{
    IrType *type = user_type(b, IR_ARRAY, arena_printf(b->arena, "_%s", element->name));
    type->key = arena_printf(b->arena, "%s[]", element->key);
    type->display = arena_printf(b->arena, "%s[]", element->display);
    type->element = element;
    return type;
}

const IrTable *build_table(Builder *b, const char *name, const IrField *columns, size_t n)
{
    IrTable *table = arena_new_of(b->arena, IrTable);
    *table =
        (IrTable){.schema = "public", .name = name, .in_default_schema = true, .columns = columns, .ncolumns = n};
    vec_push(b->arena, &b->tables, table);
    return table;
}

const IrConstraint *build_constraint(Builder *b, const char *table, const char *name, char type)
{
    IrConstraint *constraint = arena_new_of(b->arena, IrConstraint);
    *constraint =
        (IrConstraint){.schema = "public", .table = table, .name = name, .type = type, .in_default_schema = true};
    vec_push(b->arena, &b->constraints, constraint);
    return constraint;
}

/* ---- Queries ------------------------------------------------------------------------------------------------- */

enum { MAX_QUERIES = 64, MAX_ITEMS = 64 };

void build_file(Builder *b, const char *name)
{
    IrFile *file = vec_add(b->arena, &b->files);
    file->name = name;
    file->path = arena_printf(b->arena, "queries/%s", name);
    file->queries = arena_array_of(b->arena, MAX_QUERIES, IrQuery);
}

IrQuery *build_query(Builder *b, const char *name, IrCommand command, const char *sql)
{
    IrFile *file = &vec_last(&b->files);
    IrQuery *query = (IrQuery *)(uintptr_t)&file->queries[file->nqueries++];
    char *text = arena_printf(b->arena, "-- name: %s :%s", name, ir_command_name(command));
    SourceFile *source = source_from_text(b->arena, file->path, text, strlen(text));
    *query = (IrQuery){.name = name,
                       .command = command,
                       .file = file->path,
                       .line = (uint32_t)file->nqueries * 10,
                       .span = {source, 9, (uint32_t)(9 + strlen(name))},
                       .sql = sql,
                       .source_sql = sql,
                       .docs = ""};
    query->params = arena_array_of(b->arena, MAX_ITEMS, IrParam);
    query->columns = arena_array_of(b->arena, MAX_ITEMS, IrColumn);
    query->embeds = arena_array_of(b->arena, MAX_ITEMS, IrEmbed);
    return query;
}

void build_param(Builder *b, IrQuery *query, const char *name, const IrType *type, bool nullable)
{
    (void)b;
    IrParam *param = (IrParam *)(uintptr_t)&query->params[query->nparams++];
    *param = (IrParam){.number = (int)query->nparams, .name = name, .type = type, .nullable = nullable};
}

void build_item(Builder *b, IrQuery *query, const char *name, const IrType *array, bool nullable)
{
    build_param(b, query, name, array, nullable);
    IrParam *param = (IrParam *)(uintptr_t)&query->params[query->nparams - 1];
    param->item = array->element;
}

static IrColumn *add_column(IrQuery *query, const char *name, const IrType *type, bool nullable)
{
    IrColumn *column = (IrColumn *)(uintptr_t)&query->columns[query->ncolumns++];
    *column = (IrColumn){.name = name, .field = name, .type = type, .nullable = nullable, .embed = -1};
    return column;
}

void build_column(Builder *b, IrQuery *query, const char *name, const IrType *type, bool nullable)
{
    (void)b;
    add_column(query, name, type, nullable);
}

void build_star(Builder *b, IrQuery *query, const IrTable *table)
{
    (void)b;
    query->row_table = query->ncolumns == 0 ? table : NULL;
    for (size_t i = 0; i < table->ncolumns; i++) {
        const IrField *field = &table->columns[i];
        IrColumn *column = add_column(query, field->name, field->type, field->nullable);
        column->table = table;
        column->column = field->name;
    }
}

void build_embed(Builder *b, IrQuery *query, const char *name, const IrTable *table, bool optional)
{
    size_t first = query->ncolumns, number = query->nembeds++;
    IrEmbed *embed = (IrEmbed *)(uintptr_t)&query->embeds[number];
    *embed = (IrEmbed){
        .name = name, .table = table, .optional = optional, .first_column = first, .ncolumns = table->ncolumns};
    build_star(b, query, table);
    query->row_table = NULL;
    for (size_t i = first; i < query->ncolumns; i++) {
        IrColumn *column = (IrColumn *)(uintptr_t)&query->columns[i];
        column->embed = (int)number;
        column->nullable |= optional;
    }
}

const IrProject *build_project(Builder *b)
{
    IrProject *project = arena_new_of(b->arena, IrProject);
    *project = (IrProject){
        .postgres = "15",
        .files = b->files.items,
        .nfiles = b->files.len,
        .enums = b->enums.items,
        .nenums = b->enums.len,
        .composites = b->composites.items,
        .ncomposites = b->composites.len,
        .tables = b->tables.items,
        .ntables = b->tables.len,
        .constraints = b->constraints.items,
        .nconstraints = b->constraints.len,
    };
    return project;
}
