/*
 * Types whose OIDs differ between databases (enums, domains, types of extensions): found by name in the server's
 * catalog, once a connection, all that are needed in one round trip. Names are qualified throughout, so that the
 * session's search_path has no say.
 */
#include "querc_io.h"

#include <stdlib.h>

typedef struct ResolvedType {
    Oid oid; /* InvalidOid: not found so far */
    Oid array_oid;
} ResolvedType;

/* The types to ask for. */
typedef struct Wanted {
    const querc_type **types;
    size_t count;
    size_t capacity;
} Wanted;

/* The type whose row in pg_type answers for this one; NULL if there is nothing to ask. */
static const querc_type *lookup_key(const querc_type *type)
{
    if (type->oid != InvalidOid)
        return NULL;
    return type->kind == QUERC_KIND_ARRAY ? type->element : type;
}

static const ResolvedType *find_resolved(const querc_conn *db, const querc_type *key)
{
    const ResolvedType *resolved = qrt_map_get(&db->types, key);
    return resolved != NULL && resolved->oid != InvalidOid ? resolved : NULL;
}

Oid qrt_type_oid(querc_conn *db, const querc_type *type)
{
    const querc_type *key = lookup_key(type);
    if (key == NULL)
        return type->oid;
    const ResolvedType *resolved = find_resolved(db, key);
    if (resolved == NULL)
        return InvalidOid;
    return key == type ? resolved->oid : resolved->array_oid;
}

static bool is_wanted(const Wanted *wanted, const querc_type *key)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->types[i] == key)
            return true;
    return false;
}

static bool want_key(querc_conn *db, Wanted *wanted, const querc_type *key)
{
    if (wanted->count == wanted->capacity) {
        size_t capacity = wanted->capacity == 0 ? 16 : wanted->capacity * 2;
        const querc_type **types = qrt_allocate(&db->allocator, capacity * sizeof *types);
        if (types == NULL)
            return false;
        if (wanted->count > 0)
            memcpy(types, wanted->types, wanted->count * sizeof *types);
        qrt_release(&db->allocator, wanted->types);
        wanted->types = types;
        wanted->capacity = capacity;
    }
    wanted->types[wanted->count++] = key;
    return true;
}

/* Adds what type, and the types it is made of, still need. */
static bool want_type_at(querc_conn *db, Wanted *wanted, const querc_type *type, int depth)
{
    for (; type != NULL && depth < 64; depth++, type = type->element) {
        const querc_type *key = lookup_key(type);
        if (type->kind == QUERC_KIND_COMPOSITE && type->composite != NULL)
            for (size_t i = 0; i < type->composite->attribute_count; i++)
                if (!want_type_at(db, wanted, type->composite->attributes[i].type, depth + 1))
                    return false;
        if (key == NULL || find_resolved(db, key) != NULL || is_wanted(wanted, key))
            continue;
        if (!want_key(db, wanted, key))
            return false;
    }
    return true;
}

static bool want_type(querc_conn *db, Wanted *wanted, const querc_type *type)
{
    return want_type_at(db, wanted, type, 0);
}

static bool want_query(querc_conn *db, Wanted *wanted, const querc_query *query)
{
    for (size_t i = 0; i < query->param_count; i++)
        if (!want_type(db, wanted, query->params[i].type))
            return false;
    for (size_t i = 0; i < query->column_count; i++)
        if (!want_type(db, wanted, query->columns[i].type))
            return false;
    return true;
}

/* If the query needs anything, all of its schema's types are asked for with it. */
static bool want_schema(querc_conn *db, Wanted *wanted, const querc_schema *schema)
{
    size_t from_query = wanted->count;
    for (size_t i = 0; i < schema->type_count; i++) {
        const querc_type *key = lookup_key(schema->types[i]);
        if (key == NULL || find_resolved(db, key) != NULL)
            continue;
        Wanted of_query = {.types = wanted->types, .count = from_query};
        if (!is_wanted(&of_query, key) && !want_key(db, wanted, key))
            return false;
    }
    return true;
}

static PGresult *ask(querc_conn *db, const Wanted *wanted)
{
    static const char sql[] =
        "SELECT w.i::pg_catalog.text, t.oid::pg_catalog.text, t.typarray::pg_catalog.text"
        " FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)) WITH ORDINALITY AS w(s, n, i)"
        " JOIN pg_catalog.pg_namespace AS s ON s.nspname OPERATOR(pg_catalog.=) w.s"
        " JOIN pg_catalog.pg_type AS t ON t.typnamespace OPERATOR(pg_catalog.=) s.oid"
        " AND t.typname OPERATOR(pg_catalog.=) w.n";
    static const querc_type name_array = {
        QUERC_KIND_ARRAY, 1003, "pg_catalog", "name[]", &querc_type_name, NULL, NULL, 0, NULL};
    static const querc_param params[] = {{"schemas", &name_array, false}, {"names", &name_array, false}};
    static const querc_query query = {.name = "", .sql = sql, .params = params, .param_count = 2};
    const Oid types[] = {1003, 1003};

    const char **texts = qrt_allocate(&db->allocator, 2 * wanted->count * sizeof *texts);
    if (texts == NULL)
        return NULL;
    for (size_t i = 0; i < wanted->count; i++) {
        texts[i] = wanted->types[i]->schema;
        texts[wanted->count + i] = wanted->types[i]->name;
    }
    const querc_text_array schemas = {.items = texts, .len = wanted->count};
    const querc_text_array names = {.items = texts + wanted->count, .len = wanted->count};
    const void *const args[] = {&schemas, &names};
    Arguments arguments;
    PGresult *result = NULL;
    if (qrt_encode(db, &query, args, &arguments) == QUERC_OK)
        result = qrt_exec_params(db, sql, 2, types, arguments.values, arguments.lengths, arguments.formats, 0);
    qrt_arguments_release(&arguments);
    qrt_release(&db->allocator, texts);
    return result;
}

static bool parse_oid(const char *text, Oid *oid)
{
    uint64_t number = 0;
    if (!qrt_parse_unsigned(text, strlen(text), UINT32_MAX, &number))
        return false;
    *oid = (Oid)number;
    return true;
}

static bool keep_answers(querc_conn *db, const Wanted *wanted, const PGresult *result)
{
    for (int row = 0; row < PQntuples(result); row++) {
        uint64_t i = 0;
        ResolvedType *resolved = qrt_arena_alloc(&db->arena, sizeof *resolved);
        const char *number = PQgetvalue(result, row, 0);
        if (resolved == NULL)
            return false;
        if (!qrt_parse_unsigned(number, strlen(number), wanted->count, &i) || i == 0 ||
            !parse_oid(PQgetvalue(result, row, 1), &resolved->oid) ||
            !parse_oid(PQgetvalue(result, row, 2), &resolved->array_oid))
            continue; /* the type then counts as missing */
        if (!qrt_map_put(&db->types, &db->allocator, wanted->types[i - 1], resolved))
            return false;
    }
    return true;
}

static querc_status check_all_found(querc_conn *db, const querc_query *query, const Wanted *wanted,
                                    size_t from_query)
{
    for (size_t i = 0; i < from_query; i++)
        if (find_resolved(db, wanted->types[i]) == NULL)
            return qrt_fail(db, query, QUERC_SCHEMA_DRIFT, "42704",
                            "query \"%s\" does not fit the server's schema: type %s.%s does not exist", query->name,
                            wanted->types[i]->schema, wanted->types[i]->name);
    return QUERC_OK;
}

querc_status qrt_resolve_types(querc_conn *db, const querc_query *query)
{
    Wanted wanted = {NULL, 0, 0};
    querc_status status = QUERC_OK;
    PGresult *result = NULL;

    bool wanted_ok = want_query(db, &wanted, query);
    size_t from_query = wanted.count;
    if (wanted_ok && from_query > 0 && query->schema != NULL && query->schema->types != NULL)
        wanted_ok = want_schema(db, &wanted, query->schema);
    if (!wanted_ok) {
        status = qrt_fail_no_memory(db, query);
    } else if (from_query > 0) {
        result = ask(db, &wanted);
        if (PQresultStatus(result) != PGRES_TUPLES_OK || PQnfields(result) != 3)
            status = qrt_fail_result(db, query, result);
        else if (!keep_answers(db, &wanted, result))
            status = qrt_fail_no_memory(db, query);
        else
            status = check_all_found(db, query, &wanted, from_query);
    }
    PQclear(result);
    qrt_release(&db->allocator, wanted.types);
    return status;
}

const char *qrt_type_name(querc_conn *db, Oid oid)
{
    static const char sql[] = "SELECT s.nspname::pg_catalog.text, t.typname::pg_catalog.text,"
                              " e.typname::pg_catalog.text, es.nspname::pg_catalog.text"
                              " FROM pg_catalog.pg_type AS t"
                              " JOIN pg_catalog.pg_namespace AS s ON s.oid OPERATOR(pg_catalog.=) t.typnamespace"
                              " LEFT JOIN pg_catalog.pg_type AS e ON e.typarray OPERATOR(pg_catalog.=) t.oid"
                              " LEFT JOIN pg_catalog.pg_namespace AS es ON es.oid OPERATOR(pg_catalog.=) "
                              "e.typnamespace"
                              " WHERE t.oid OPERATOR(pg_catalog.=) $1";
    const Oid types[] = {26};
    char text[16];
    TextBuffer number;
    qrt_text_init(&number, text, sizeof text);
    qrt_text_printf(&number, "%u", oid);
    qrt_text_finish(&number);
    const char *const values[] = {text};

    PGresult *result = qrt_exec_params(db, sql, 1, types, values, NULL, NULL, 0);
    /* Long enough for two identifiers of the usual 63 bytes; a longer name is cut, in a message only. */
    enum { NAME_SIZE = 160 };
    char *name = qrt_arena_alloc_bytes(&db->error_arena, NAME_SIZE);
    if (name == NULL) {
        PQclear(result);
        return "another type";
    }
    TextBuffer out;
    qrt_text_init(&out, name, NAME_SIZE);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 && PQnfields(result) == 4) {
        bool is_array = PQgetisnull(result, 0, 2) == 0;
        const char *schema = PQgetvalue(result, 0, is_array ? 3 : 0);
        const char *type = PQgetvalue(result, 0, is_array ? 2 : 1);
        qrt_text_add(&out, schema, strlen(schema));
        qrt_text_add(&out, ".", 1);
        qrt_text_add(&out, type, strlen(type));
        if (is_array)
            qrt_text_add(&out, "[]", 2);
    } else {
        qrt_text_printf(&out, "the type of OID %u", oid);
    }
    qrt_text_finish(&out);
    PQclear(result);
    return name;
}
