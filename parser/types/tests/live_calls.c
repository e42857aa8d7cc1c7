/* Compares types/ with a live PostgreSQL 15: first the cases of calls.txt, then random ones, drawn from the
 * functions and operators there are and types that more or less fit them.
 *
 *     live_calls [COUNT [SEED]]     prints each case that is answered differently; exit code 1 if any
 *     live_calls -a FILE            prints the cases of FILE with the server's answers, as calls.txt has them
 *
 * The server is that of libpq's environment variables; what live_schema.sql makes in it is dropped first and left
 * behind. Exit code 77 when there is no server of version 15. */
#include "server.h"

#include "catalog/builtin_oids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Drawing ---- */

typedef struct Routine {
    const char *name;
    const Function *function; /* or */
    const Operator *op;
} Routine;

typedef struct Draw {
    Catalog *catalog;
    Arena *arena; /* of one case */
    uint64_t state;
    VEC(Oid) types;   /* that arguments may have */
    VEC(Oid) columns; /* that a table may have */
    VEC(Routine) routines;
    Oid element; /* what polymorphic parameters of the case in hand stand for, mostly */
} Draw;

static size_t below(Draw *draw, size_t n)
{
    draw->state = draw->state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(draw->state >> 33) % n;
}

static Oid any_type(Draw *draw)
{
    return draw->types.items[below(draw, draw->types.len)];
}

/* Some type for which the test holds, or any. */
static Oid any_such(Draw *draw, bool (*test)(const Catalog *, Oid))
{
    for (int i = 0; i < 200; i++) {
        Oid type = any_type(draw);
        if (test(draw->catalog, type))
            return type;
    }
    return any_type(draw);
}

static Oid same_category(Draw *draw, Oid type)
{
    for (int i = 0; i < 50; i++) {
        Oid other = any_type(draw);
        if (type_category(draw->catalog, other) == type_category(draw->catalog, type))
            return other;
    }
    return type;
}

static Oid domain_over(Draw *draw, Oid type)
{
    for (size_t i = 0; i < draw->types.len; i++)
        if (type_is_domain(draw->catalog, draw->types.items[i]) &&
            type_base(draw->catalog, draw->types.items[i]) == type_base(draw->catalog, type) && below(draw, 2))
            return draw->types.items[i];
    return type;
}

static Oid concrete(Draw *draw, Oid type)
{
    Oid element = below(draw, 5) ? draw->element : any_type(draw);
    switch (type) {
    case TYPE_ANYARRAY:
    case TYPE_ANYCOMPATIBLEARRAY:
        return type_array(draw->catalog, element) ? type_array(draw->catalog, element) : TYPE_INT4_ARRAY;
    case TYPE_ANYENUM:
        return any_such(draw, type_is_enum);
    case TYPE_ANYRANGE:
    case TYPE_ANYCOMPATIBLERANGE:
        return any_such(draw, type_is_range);
    case TYPE_ANYMULTIRANGE:
    case TYPE_ANYCOMPATIBLEMULTIRANGE:
        return any_such(draw, type_is_multirange);
    case TYPE_ANY:
        return any_type(draw);
    case TYPE_RECORD:
        return below(draw, 2) ? any_such(draw, type_is_rowtype) : TYPE_RECORD;
    default:
        return type_is_polymorphic(type) ? element : type;
    }
}

/* An argument for a parameter of the type. */
static Oid argument_for(Draw *draw, Oid type)
{
    size_t choice = below(draw, 100);
    type = concrete(draw, type);
    if (choice < 38)
        return type_is_pseudo(draw->catalog, type) && type != TYPE_RECORD ? TYPE_UNKNOWN : type;
    if (choice < 66)
        return TYPE_UNKNOWN;
    if (choice < 84)
        return same_category(draw, type);
    if (choice < 93)
        return domain_over(draw, type);
    return any_type(draw);
}

static void draw_names(Draw *draw, const Function *function, Case *asked)
{
    if (!function->arg_names || asked->nargs > function->nargs || below(draw, 3))
        return;
    size_t nnames = below(draw, asked->nargs + 1), first = asked->nargs - nnames;
    for (size_t i = first; i < asked->nargs; i++) {
        asked->names[i] = function->arg_names[i];
        if (!*asked->names[i])
            asked->names[i] = "nosuch";
    }
    asked->nnames = nnames;
    if (nnames > 1 && below(draw, 2)) { /* the last two in the other order */
        size_t a = asked->nargs - 1, b = asked->nargs - 2;
        const char *name = asked->names[a];
        Oid type = asked->args[a];
        asked->names[a] = asked->names[b];
        asked->args[a] = asked->args[b];
        asked->names[b] = name;
        asked->args[b] = type;
    }
}

static bool draw_call(Draw *draw, const Function *function, Case *asked)
{
    bool procedure = function->kind == PROKIND_PROCEDURE;
    size_t nparams = procedure && function->nall ? function->nall : function->nargs, nargs = nparams;
    const Oid *types = procedure && function->nall ? function->all_types : function->arg_types;
    asked->kind = procedure && below(draw, 10) ? CASE_INVOKE : CASE_CALL;
    asked->over = function->kind == PROKIND_WINDOW;
    if (function->ndefaults && below(draw, 2))
        nargs -= below(draw, function->ndefaults + 1U);
    else if (function->variadic && below(draw, 2))
        nargs += below(draw, 3);
    else if (nargs && below(draw, 20) == 0)
        nargs--;
    if (nargs > CASE_ARGS)
        return false;
    asked->variadic = function->variadic && nargs == nparams && below(draw, 3) == 0;
    for (size_t i = 0; i < nargs; i++) {
        bool expanded = function->variadic && i + 1U >= nparams && !asked->variadic;
        Oid declared = expanded ? function->variadic : types[i];
        asked->args[i] = argument_for(draw, declared);
    }
    asked->nargs = nargs;
    if (!asked->variadic || below(draw, 2))
        draw_names(draw, function, asked);
    return true;
}

static bool draw_op(Draw *draw, const Operator *op, Case *asked)
{
    asked->kind = CASE_OP;
    if (op->left)
        asked->args[asked->nargs++] = argument_for(draw, op->left);
    asked->args[asked->nargs++] = argument_for(draw, op->right);
    return true;
}

static bool draw_other(Draw *draw, Case *asked)
{
    static const CaseKind others[] = {CASE_CAST,   CASE_CAST,  CASE_ASSIGN, CASE_COMMON,
                                      CASE_COMMON, CASE_ORDER, CASE_EQUAL};
    asked->kind = others[below(draw, sizeof others / sizeof others[0])];
    asked->nargs = asked->kind == CASE_COMMON                               ? 1 + below(draw, 4)
                   : asked->kind == CASE_ORDER || asked->kind == CASE_EQUAL ? 1
                                                                            : 2;
    for (size_t i = 0; i < asked->nargs; i++)
        asked->args[i] = i && below(draw, 3) ? same_category(draw, asked->args[0]) : any_type(draw);
    if (asked->kind == CASE_COMMON)
        for (size_t i = 0; i < asked->nargs; i++)
            if (below(draw, 5) == 0)
                asked->args[i] = TYPE_UNKNOWN;
    if (asked->kind == CASE_ASSIGN || asked->kind == CASE_CAST)
        while (type_is_pseudo(draw->catalog, asked->args[1]))
            asked->args[1] = draw->columns.items[below(draw, draw->columns.len)];
    return (asked->kind != CASE_ORDER && asked->kind != CASE_EQUAL) || asked->args[0] != TYPE_UNKNOWN;
}

static bool draw_asked(Draw *draw, Case *asked)
{
    draw->element = any_type(draw);
    if (below(draw, 8) == 0)
        return draw_other(draw, asked);
    const Routine *routine = &draw->routines.items[below(draw, draw->routines.len)];
    asked->name = routine->name;
    return routine->op ? draw_op(draw, routine->op, asked) : draw_call(draw, routine->function, asked);
}

static Case draw_case(Draw *draw)
{
    for (;;) {
        Case asked = {0};
        if (!draw_asked(draw, &asked))
            continue;
        for (size_t i = 0; i < asked.nargs; i++)
            asked.literals[i] = asked.args[i] == TYPE_UNKNOWN && below(draw, 3) == 0;
        return asked;
    }
}

/* ---- Setting up ---- */

static const char *const type_names[] = {"bool",
                                         "bytea",
                                         "char",
                                         "name",
                                         "int8",
                                         "int2",
                                         "int4",
                                         "text",
                                         "oid",
                                         "regclass",
                                         "regproc",
                                         "json",
                                         "jsonb",
                                         "xml",
                                         "point",
                                         "box",
                                         "circle",
                                         "polygon",
                                         "path",
                                         "lseg",
                                         "line",
                                         "cidr",
                                         "inet",
                                         "float4",
                                         "float8",
                                         "money",
                                         "macaddr",
                                         "macaddr8",
                                         "bpchar",
                                         "varchar",
                                         "date",
                                         "time",
                                         "timestamp",
                                         "timestamptz",
                                         "interval",
                                         "timetz",
                                         "bit",
                                         "varbit",
                                         "numeric",
                                         "uuid",
                                         "tsvector",
                                         "tsquery",
                                         "pg_lsn",
                                         "xid",
                                         "xid8",
                                         "cid",
                                         "tid",
                                         "refcursor",
                                         "jsonpath",
                                         "int2vector",
                                         "oidvector",
                                         "int4range",
                                         "int8range",
                                         "numrange",
                                         "tsrange",
                                         "tstzrange",
                                         "daterange",
                                         "int4multirange",
                                         "int8multirange",
                                         "nummultirange",
                                         "tsmultirange",
                                         "datemultirange",
                                         "record",
                                         "regtype",
                                         "pg_node_tree",
                                         "txid_snapshot",
                                         "aclitem",
                                         "unknown"};

static void add_type(Draw *draw, Oid oid)
{
    const Type *type = catalog_type(draw->catalog, oid);
    Arena *arena = catalog_arena(draw->catalog);
    vec_push(arena, &draw->types, oid);
    if (type->typtype != TYPTYPE_PSEUDO)
        vec_push(arena, &draw->columns, oid);
    if (type->array)
        vec_push(arena, &draw->types, type->array);
    if (type->array && type->array != TYPE_RECORD_ARRAY)
        vec_push(arena, &draw->columns, type->array);
}

static void list_types(Draw *draw, PGconn *conn)
{
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++)
        add_type(draw, catalog_find_type(draw->catalog, type_names[i])->oid);
    PGresult *result = server_query(conn, "select oid from pg_type where typnamespace = 'la'::regnamespace"
                                          " and typelem = 0 and typname <> 'assign_targets' order by typname");
    for (int i = 0; i < PQntuples(result); i++)
        add_type(draw, server_number(result, i, 0));
    PQclear(result);
}

/* Those of the search path, and the user's several times, to see more of them. */
static void list_routines(Draw *draw, PGconn *conn)
{
    Arena *arena = catalog_arena(draw->catalog);
    PGresult *result =
        server_query(conn, "select 0, oid from pg_proc, generate_series(1, case when oid < 16384 then 1 else 8 end)"
                           " where pronamespace in ('pg_catalog'::regnamespace, 'la'::regnamespace,"
                           " 'lb'::regnamespace) and (oid < 10000 or oid >= 16384) union all"
                           " select 1, oid from pg_operator, generate_series(1, 3)"
                           " where oid < 10000 or oid >= 16384");
    for (int i = 0; i < PQntuples(result); i++) {
        Routine routine = {0};
        Oid oid = server_number(result, i, 1);
        if (server_number(result, i, 0)) {
            routine.op = catalog_operator(draw->catalog, oid);
            routine.name = routine.op ? routine.op->name : NULL;
        } else {
            routine.function = catalog_function(draw->catalog, oid);
            routine.name = routine.function ? routine.function->name : NULL;
        }
        if (routine.name)
            vec_push(arena, &draw->routines, routine);
        else
            printf("unknown to the catalog: %u\n", oid);
    }
    PQclear(result);
}

static void set_up_server(PGconn *conn, Arena *arena)
{
    SourceFile *file = source_read_file(arena, QUERC_SOURCE_DIR "/parser/types/tests/live_schema.sql");
    if (!file) {
        perror("live_schema.sql");
        exit(1);
    }
    PQclear(server_query(conn, "set client_min_messages = warning; drop schema if exists la, lb, lhidden cascade"));
    PQclear(server_query(conn, file->text));
}

static void make_targets(Draw *draw, PGconn *conn)
{
    PQclear(server_query(conn, "create table la.assign_targets ()"));
    for (size_t i = 0; i < draw->columns.len; i++) {
        const Type *type = catalog_type(draw->catalog, draw->columns.items[i]);
        const char *sql = arena_printf(draw->arena, "alter table la.assign_targets add column c%u \"%s\".\"%s\"",
                                       type->oid, catalog_schema(draw->catalog, type->schema)->name, type->name);
        PQclear(server_query(conn, sql));
    }
}

/* ---- Comparing ---- */

/* What types/ can't know: whether a row of unknown type can become one of known type depends on the row's
 * expression, arguments of type void are not passed at all, and NULL may be no value of a pseudo-type. What the
 * server has an internal error for is no answer. */
static bool is_no_answer(const Case *asked, const char *theirs)
{
    for (size_t i = 0; i < asked->nargs; i++) {
        Oid type = asked->args[i];
        if ((type == TYPE_RECORD || type == TYPE_RECORD_ARRAY) && strcmp(theirs, "42846") == 0)
            return true;
        if (type == TYPE_VOID || (asked->literals[i] && strcmp(theirs, "0A000") == 0))
            return true;
    }
    return strcmp(theirs, "XX000") == 0;
}

static bool agrees(Draw *draw, PGconn *conn, const Case *asked)
{
    const char *ours = case_answer(draw->catalog, draw->arena, asked);
    const char *theirs = server_answer(conn, draw->catalog, draw->arena, asked);
    if (strcmp(ours, theirs) == 0 || is_no_answer(asked, theirs))
        return true;
    printf("%s => %s, not %s\n", case_format(draw->catalog, draw->arena, asked), theirs, ours);
    return false;
}

/* Prints the cases of a file with the server's answers, in place of those it has; comments as they are. */
static int print_answers(Draw *draw, PGconn *conn, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    if (!file) {
        perror(path);
        return 2;
    }
    while (getline(&line, &size, file) >= 0) {
        Case asked;
        line[strcspn(line, "\t\n")] = '\0';
        if (!*line || *line == '#')
            printf("%s\n", line);
        else if (case_parse(draw->catalog, draw->arena, line, &asked))
            printf("%s\t%s\n", line, server_answer(conn, draw->catalog, draw->arena, &asked));
        else
            fprintf(stderr, "not a case: %s\n", line);
    }
    free(line);
    fclose(file);
    return 0;
}

/* The cases of calls.txt; gives how many are answered differently. */
static long compare_file(Draw *draw, PGconn *conn)
{
    FILE *file = fopen(QUERC_SOURCE_DIR "/parser/types/tests/calls.txt", "r");
    char *line = NULL;
    size_t size = 0;
    long different = 0;
    while (file && getline(&line, &size, file) >= 0) {
        Case asked;
        line[strcspn(line, "\t\n")] = '\0';
        if (*line && *line != '#')
            different += !case_parse(draw->catalog, draw->arena, line, &asked) || !agrees(draw, conn, &asked);
        arena_clear(draw->arena);
    }
    free(line);
    if (!file)
        perror("calls.txt");
    else
        fclose(file);
    return different + !file;
}

static int compare_random(Draw *draw, PGconn *conn, long count)
{
    long different = compare_file(draw, conn), accepted = 0;
    for (long i = 0; i < count; i++) {
        Case asked = draw_case(draw);
        different += !agrees(draw, conn, &asked);
        accepted += strncmp(case_answer(draw->catalog, draw->arena, &asked), "42", 2) != 0;
        arena_clear(draw->arena);
    }
    printf("%ld cases, %ld of them accepted, %ld answered differently\n", count, accepted, different);
    return different ? 1 : 0;
}

int main(int argc, char **argv)
{
    PGconn *conn = PQconnectdb("");
    if (PQstatus(conn) != CONNECTION_OK || PQserverVersion(conn) / 10000 != 15) {
        fprintf(stderr, "no PostgreSQL 15 to compare with: %s", PQerrorMessage(conn));
        PQfinish(conn);
        return 77;
    }
    Arena *arena = arena_new();
    Draw draw = {.catalog = catalog_new(arena), .arena = arena_new()};
    bool answer = argc == 3 && strcmp(argv[1], "-a") == 0;
    long count = argc > 1 && !answer ? strtol(argv[1], NULL, 10) : 20000;
    draw.state = argc > 2 && !answer ? strtoull(argv[2], NULL, 10) : 1;
    set_up_server(conn, arena);
    server_load_catalog(conn, draw.catalog);
    catalog_set_search_path(draw.catalog, (const char *const[]){"la", "lb"}, 2);
    list_types(&draw, conn);
    list_routines(&draw, conn);
    make_targets(&draw, conn);
    int status = answer ? print_answers(&draw, conn, argv[2]) : compare_random(&draw, conn, count);
    PQfinish(conn);
    arena_free(draw.arena);
    arena_free(arena);
    return status;
}
