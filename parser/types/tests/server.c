#include "server.h"

#include "base/strbuf.h"
#include "catalog/builtin_oids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

PGresult *server_query(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fprintf(stderr, "%.200s\n%s", sql, PQerrorMessage(conn));
        exit(1);
    }
    return result;
}

uint32_t server_number(const PGresult *result, int row, int column)
{
    return (uint32_t)strtoul(PQgetvalue(result, row, column), NULL, 10);
}

/* ---- The user's objects ---- */

/* One row being read, column after column. */
typedef struct Row {
    Arena *arena;
    const PGresult *result;
    int row, column;
} Row;

static uint32_t next_number(Row *row)
{
    return server_number(row->result, row->row, row->column++);
}

static int32_t next_signed(Row *row)
{
    return (int32_t)strtol(PQgetvalue(row->result, row->row, row->column++), NULL, 10);
}

static char next_char(Row *row)
{
    return PQgetvalue(row->result, row->row, row->column++)[0];
}

static bool next_bool(Row *row)
{
    return next_char(row) == 't';
}

static const char *next_text(Row *row)
{
    return arena_strdup(row->arena, PQgetvalue(row->result, row->row, row->column++));
}

/* A list of OIDs separated by blanks. */
static const Oid *next_oids(Row *row, size_t *n)
{
    VEC(Oid) oids = {0};
    const char *text = next_text(row);
    char *end;
    for (unsigned long oid = strtoul(text, &end, 10); end != text; oid = strtoul(text, &end, 10)) {
        vec_push(row->arena, &oids, (Oid)oid);
        text = end;
    }
    *n = oids.len;
    return oids.items;
}

/* Names separated by commas; NULL for none. */
static const char *const *next_names(Row *row)
{
    VEC(const char *) names = {0};
    char *text = (char *)next_text(row);
    if (!*text)
        return NULL;
    for (char *comma; (comma = strchr(text, ',')); text = comma + 1) {
        *comma = '\0';
        vec_push(row->arena, &names, text);
    }
    vec_push(row->arena, &names, text);
    return names.items;
}

typedef void RowLoader(Catalog *catalog, Row *row);

static void load_schema(Catalog *catalog, Row *row)
{
    Schema *schema = arena_new_of(row->arena, Schema);
    schema->oid = next_number(row);
    schema->name = next_text(row);
    catalog_put_schema(catalog, schema);
}

static void load_type(Catalog *catalog, Row *row)
{
    Type *type = arena_new_of(row->arena, Type);
    type->oid = next_number(row);
    type->name = next_text(row);
    type->schema = next_number(row);
    type->typtype = next_char(row);
    type->category = next_char(row);
    type->preferred = next_bool(row);
    type->defined = next_bool(row);
    type->relation = next_number(row);
    type->subscript = next_number(row);
    type->element = next_number(row);
    type->array = next_number(row);
    type->base = next_number(row);
    type->typmod = next_signed(row);
    type->collation = next_number(row);
    type->subtype = next_number(row);
    type->multirange = next_number(row);
    type->range = next_number(row);
    catalog_put_type(catalog, type);
}

static void load_relation(Catalog *catalog, Row *row)
{
    Relation *relation = arena_new_of(row->arena, Relation);
    size_t ntypes;
    relation->oid = next_number(row);
    relation->name = next_text(row);
    relation->schema = next_number(row);
    relation->kind = next_char(row);
    relation->row_type = next_number(row);
    relation->of_type = next_number(row);
    relation->parents = next_oids(row, &relation->nparents);
    const Oid *types = next_oids(row, &ntypes);
    Column *columns = arena_array_of(row->arena, ntypes, Column);
    for (size_t i = 0; i < ntypes; i++)
        columns[i] = (Column){.name = "", .number = (int16_t)(i + 1), .type = types[i], .typmod = -1};
    relation->columns = columns;
    relation->ncolumns = ntypes;
    catalog_put_relation(catalog, relation);
}

static void load_function(Catalog *catalog, Row *row)
{
    Function *function = arena_new_of(row->arena, Function);
    size_t nargs, nall;
    function->oid = next_number(row);
    function->name = next_text(row);
    function->schema = next_number(row);
    function->kind = next_char(row);
    function->returns_set = next_bool(row);
    function->ndefaults = (uint16_t)next_number(row);
    function->return_type = next_number(row);
    function->variadic = next_number(row);
    function->arg_types = next_oids(row, &nargs);
    function->all_types = next_oids(row, &nall);
    function->all_modes = next_text(row);
    function->arg_names = next_names(row);
    function->aggregate_kind = next_char(row);
    function->nargs = (uint16_t)nargs;
    function->nall = (uint16_t)nall;
    catalog_put_function(catalog, function);
}

static void load_operator(Catalog *catalog, Row *row)
{
    Operator *op = arena_new_of(row->arena, Operator);
    op->oid = next_number(row);
    op->name = next_text(row);
    op->schema = next_number(row);
    op->left = next_number(row);
    op->right = next_number(row);
    op->result = next_number(row);
    op->function = next_number(row);
    catalog_put_operator(catalog, op);
}

static void load_cast(Catalog *catalog, Row *row)
{
    Cast *cast = arena_new_of(row->arena, Cast);
    cast->oid = next_number(row);
    cast->source = next_number(row);
    cast->target = next_number(row);
    cast->function = next_number(row);
    cast->context = next_char(row);
    cast->method = next_char(row);
    catalog_put_cast(catalog, cast);
}

typedef struct ObjectQuery {
    RowLoader *load;
    const char *sql; /* columns in the order the loader reads them */
} ObjectQuery;

static const ObjectQuery object_queries[] = {
    {load_schema, "select oid, nspname from pg_namespace where oid >= 16384 and nspname !~ '^pg_'"},
    {load_type,
     "select t.oid, typname, typnamespace, typtype, typcategory, typispreferred, typisdefined, typrelid,"
     " typsubscript::oid, typelem, typarray, typbasetype, typtypmod, typcollation, r.rngsubtype, r.rngmultitypid,"
     " m.rngtypid from pg_type t left join pg_range r on r.rngtypid = t.oid"
     " left join pg_range m on m.rngmultitypid = t.oid where t.oid >= 16384"},
    {load_relation,
     "select oid, relname, relnamespace, relkind, reltype, reloftype,"
     " (select string_agg(inhparent::text, ' ' order by inhseqno) from pg_inherits where inhrelid = c.oid),"
     " (select string_agg(atttypid::text, ' ' order by attnum) from pg_attribute where attrelid = c.oid and attnum "
     "> 0)"
     " from pg_class c where oid >= 16384 and relkind in ('r', 'c', 'v')"},
    {load_function,
     "select oid, proname, pronamespace, prokind, proretset, pronargdefaults, prorettype, provariadic, proargtypes,"
     " array_to_string(proallargtypes, ' '), array_to_string(proargmodes, ''), array_to_string(proargnames, ','),"
     " aggkind from pg_proc left join pg_aggregate on aggfnoid = oid where oid >= 16384"},
    {load_operator, "select oid, oprname, oprnamespace, oprleft, oprright, oprresult, oprcode::oid from pg_operator"
                    " where oid >= 16384"},
    {load_cast, "select oid, castsource, casttarget, castfunc, castcontext, castmethod from pg_cast"
                " where oid >= 16384"},
};

void server_load_catalog(PGconn *conn, Catalog *catalog)
{
    for (size_t i = 0; i < sizeof object_queries / sizeof object_queries[0]; i++) {
        PGresult *result = server_query(conn, object_queries[i].sql);
        for (int row = 0; row < PQntuples(result); row++)
            object_queries[i].load(catalog, &(Row){catalog_arena(catalog), result, row, 0});
        PQclear(result);
    }
}

/* ---- Its answers ---- */

/* Parameters are numbered by argument; a literal leaves its number out. */
static const char *argument(Arena *arena, const Case *asked, size_t i)
{
    return asked->literals[i] ? "null" : arena_printf(arena, "$%zu", i + 1);
}

static void add_call(Arena *arena, const Case *asked, StrBuf *sql)
{
    strbuf_printf(sql, "%s \"%s\"(", asked->kind == CASE_CALL ? "select" : "call", asked->name);
    for (size_t i = 0; i < asked->nargs; i++) {
        strbuf_add(sql, i ? ", " : "");
        if (asked->variadic && i + 1 == asked->nargs)
            strbuf_add(sql, "variadic ");
        if (asked->names[i])
            strbuf_printf(sql, "\"%s\" => ", asked->names[i]);
        strbuf_add(sql, argument(arena, asked, i));
    }
    strbuf_add(sql, asked->over ? ") over ()" : ")");
}

static void add_cast(const Catalog *catalog, Arena *arena, const Case *asked, StrBuf *sql)
{
    const Type *type = catalog_type(catalog, asked->args[1]);
    strbuf_printf(sql, "select %s::\"%s\".\"%s\"", argument(arena, asked, 0),
                  catalog_schema(catalog, type->schema)->name, type->name);
}

static void add_sql(const Catalog *catalog, Arena *arena, const Case *asked, StrBuf *sql)
{
    switch (asked->kind) {
    case CASE_CALL:
    case CASE_INVOKE:
        add_call(arena, asked, sql);
        break;
    case CASE_OP:
        if (asked->nargs == 1)
            strbuf_printf(sql, "select %s %s", asked->name, argument(arena, asked, 0));
        else
            strbuf_printf(sql, "select %s %s %s", argument(arena, asked, 0), asked->name,
                          argument(arena, asked, 1));
        break;
    case CASE_CAST:
        add_cast(catalog, arena, asked, sql);
        break;
    case CASE_ASSIGN:
        strbuf_printf(sql, "insert into assign_targets (c%u) values (%s)", asked->args[1],
                      argument(arena, asked, 0));
        break;
    case CASE_COMMON:
        strbuf_add(sql, "select coalesce(");
        for (size_t i = 0; i < asked->nargs; i++)
            strbuf_printf(sql, "%s%s", i ? ", " : "", argument(arena, asked, i));
        strbuf_add(sql, ")");
        break;
    case CASE_ORDER:
        strbuf_add(sql, "select 1 order by $1");
        break;
    case CASE_EQUAL:
        strbuf_add(sql, "select distinct $1");
        break;
    }
}

static const char *describe(PGconn *conn, const Catalog *catalog, Arena *arena, const Case *asked)
{
    PGresult *result = PQdescribePrepared(conn, "");
    Oid args[CASE_ARGS] = {0};
    for (int i = 0; i < PQnparams(result) && i < CASE_ARGS; i++)
        args[i] = PQparamtype(result, i);
    bool typed = asked->kind != CASE_ORDER && asked->kind != CASE_EQUAL && asked->kind != CASE_ASSIGN &&
                 asked->kind != CASE_INVOKE;
    Oid type = typed && PQnfields(result) ? PQftype(result, 0) : INVALID_OID;
    PQclear(result);
    return case_answer_text(catalog, arena, asked, type, args);
}

static const char *error_answer(Arena *arena, const Case *asked, const PGresult *result)
{
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    bool explained = asked->kind != CASE_CAST && asked->kind != CASE_ASSIGN;
    if (explained && (strcmp(code, "42804") == 0 || strcmp(code, "42704") == 0))
        return case_error_text(arena, code, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
                               PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    return arena_strdup(arena, code);
}

const char *server_answer(PGconn *conn, const Catalog *catalog, Arena *arena, const Case *asked)
{
    StrBuf sql;
    Oid types[CASE_ARGS];
    size_t nparams = asked->kind == CASE_CAST || asked->kind == CASE_ASSIGN ? 1 : asked->nargs;
    strbuf_init(&sql);
    add_sql(catalog, arena, asked, &sql);
    for (size_t i = 0; i < nparams; i++)
        types[i] = asked->literals[i] ? TYPE_TEXT : asked->args[i] == TYPE_UNKNOWN ? INVALID_OID : asked->args[i];
    PGresult *result = PQprepare(conn, "", sql.text, (int)nparams, types);
    const char *answer = PQresultStatus(result) == PGRES_COMMAND_OK ? describe(conn, catalog, arena, asked)
                                                                    : error_answer(arena, asked, result);
    PQclear(result);
    strbuf_release(&sql);
    return answer;
}
