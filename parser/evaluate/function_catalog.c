/* Functions about the catalog, the session and the server (documentation, "System Information Functions"). */
#include "evaluate/evaluate_private.h"

static Arena *arena_of(const Call *call)
{
    return call->evaluation->arena;
}

static const Catalog *catalog_of(const Call *call)
{
    return call->evaluation->catalog;
}

static Value reg(const Call *call, Oid type)
{
    Value *arg = arena_memdup(arena_of(call), &call->args[0], sizeof *arg);
    return arg->text ? value_reg_input(arena_of(call), catalog_of(call), arg->text, type, true) : value_unknown();
}

static Value to_regclass(const Call *call)
{
    return reg(call, TYPE_REGCLASS);
}

static Value to_regtype(const Call *call)
{
    return reg(call, TYPE_REGTYPE);
}

static Value to_regnamespace(const Call *call)
{
    return reg(call, TYPE_REGNAMESPACE);
}

static Value to_regproc(const Call *call)
{
    return reg(call, TYPE_REGPROC);
}

static Value current_schema(const Call *call)
{
    const Schema *schema = catalog_schema(catalog_of(call), catalog_search_path(catalog_of(call))->creation);
    return schema ? value_text(schema->name) : value_null();
}

static Value current_schemas(const Call *call)
{
    const SearchPath *path = catalog_search_path(catalog_of(call));
    Value *items = arena_array_of(arena_of(call), path->len + 1, Value);
    size_t n = 0;
    if (call->args[0].state != VALUE_KNOWN)
        return value_unknown();
    for (size_t i = 0; i < path->len; i++) {
        const Schema *schema = catalog_schema(catalog_of(call), path->schemas[i]);
        /* where pg_catalog was written in the path is not known any more */
        bool implicit = path->schemas[i] == SCHEMA_PG_CATALOG || path->schemas[i] == path->temporary;
        if (schema && (!implicit || value_is_true(&call->args[0])))
            items[n++] = value_text(schema->name);
    }
    return value_list(items, n);
}

static Value symbol(const char *name)
{
    Value value = value_unknown();
    value.symbol = name;
    return value;
}

static Value current_database(const Call *call)
{
    (void)call;
    return symbol("current_database");
}

static Value current_user(const Call *call)
{
    (void)call;
    return symbol("current_user");
}

static Value session_user(const Call *call)
{
    (void)call;
    return symbol("session_user");
}

/* The major version is known, the minor one is not. */
static Value server_version(const Call *call)
{
    Value value = value_unknown();
    int version = catalog_version(catalog_of(call));
    value.bounded = true;
    value.low = version * 10000;
    value.high = version * 10000 + 9999;
    return value;
}

static Value search_path(const Call *call)
{
    const Evaluation *evaluation = call->evaluation;
    if (!evaluation->path)
        return value_text("\"$user\", public");
    const char *text = "";
    for (size_t i = 0; i < evaluation->npath; i++)
        text = arena_printf(arena_of(call), "%s%s%s", text, i ? ", " : "",
                            catalog_quote_identifier(arena_of(call), evaluation->path[i]));
    return value_text(*text ? text : "\"\"");
}

static Value current_setting(const Call *call)
{
    const char *name = call->args[0].text;
    if (!name)
        return value_unknown();
    if (strcmp(name, "server_version_num") == 0)
        return server_version(call);
    if (strcmp(name, "search_path") == 0)
        return search_path(call);
    if (strcmp(name, "server_version") == 0)
        return value_pattern(arena_printf(arena_of(call), "%d.%c", catalog_version(catalog_of(call)), VALUE_HOLE));
    return value_unknown();
}

static Value version(const Call *call)
{
    return value_pattern(
        arena_printf(arena_of(call), "PostgreSQL %d.%c", catalog_version(catalog_of(call)), VALUE_HOLE));
}

static Value table_is_visible(const Call *call)
{
    int64_t oid;
    bool known = value_integer(&call->args[0], &oid) && catalog_relation(catalog_of(call), (Oid)oid);
    return value_truth(known, known && catalog_relation_is_visible(catalog_of(call), (Oid)oid));
}

static Value type_is_visible(const Call *call)
{
    int64_t oid;
    bool known = value_integer(&call->args[0], &oid) && catalog_type(catalog_of(call), (Oid)oid);
    return value_truth(known, known && catalog_type_is_visible(catalog_of(call), (Oid)oid));
}

static Value format_type(const Call *call)
{
    int64_t oid, typmod = -1;
    if (!value_integer(&call->args[0], &oid) || !catalog_type(catalog_of(call), (Oid)oid))
        return value_unknown();
    if (call->args[1].state == VALUE_NULL)
        return value_text(catalog_format_type(catalog_of(call), arena_of(call), (Oid)oid));
    if (!value_integer(&call->args[1], &typmod))
        return value_unknown();
    return value_text(catalog_format_type_typmod(catalog_of(call), arena_of(call), (Oid)oid, (int32_t)typmod));
}

/* pg_get_serial_sequence: the sequence that a column owns. */
static Value get_serial_sequence(const Call *call)
{
    const char *schema, *name;
    const Catalog *catalog = catalog_of(call);
    Arena *arena = arena_of(call);
    if (!call->args[0].text || !call->args[1].text || !value_split_name(arena, call->args[0].text, &schema, &name))
        return value_unknown();
    Value table = value_reg_input(arena, catalog, call->args[0].text, TYPE_REGCLASS, true);
    int64_t oid;
    const Relation *relation = value_integer(&table, &oid) ? catalog_relation(catalog, (Oid)oid) : NULL;
    const Column *column = relation ? catalog_find_column(relation, call->args[1].text) : NULL;
    if (!column)
        return value_unknown(); /* an error */
    DependencyList list =
        catalog_dependents(catalog, arena, (ObjectAddress){CLASS_RELATION, relation->oid, column->number});
    for (size_t i = 0; i < list.len; i++) {
        const Relation *sequence = list.items[i].dependent.class == CLASS_RELATION
                                       ? catalog_relation(catalog, list.items[i].dependent.oid)
                                       : NULL;
        const Schema *in =
            sequence && sequence->kind == RELKIND_SEQUENCE && sequence->owner_relation == relation->oid
                ? catalog_schema(catalog, sequence->schema)
                : NULL;
        if (in && sequence->owner_column == column->number)
            return value_text(arena_printf(arena, "%s.%s", catalog_quote_identifier(arena, in->name),
                                           catalog_quote_identifier(arena, sequence->name)));
    }
    return value_null();
}

const FunctionEntry function_catalog_entries[] = {
    {"to_regclass", to_regclass, false},
    {"to_regtype", to_regtype, false},
    {"to_regnamespace", to_regnamespace, false},
    {"to_regproc", to_regproc, false},
    {"current_schema", current_schema, false},
    {"current_schemas", current_schemas, false},
    {"current_database", current_database, false},
    {"current_catalog", current_database, false},
    {"current_user", current_user, false},
    {"session_user", session_user, false},
    {"current_setting", current_setting, false},
    {"version", version, false},
    {"pg_table_is_visible", table_is_visible, false},
    {"pg_type_is_visible", type_is_visible, false},
    {"format_type", format_type, true},
    {"pg_get_serial_sequence", get_serial_sequence, false},
    {NULL, NULL, false},
};
