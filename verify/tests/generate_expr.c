/* Leaves, calls and operators. */
#include "generate.h"

#include "base/map.h"
#include "catalog/builtin_oids.h"

#include <string.h>

/* ---- Leaves ---- */

typedef struct Sample {
    Oid type;
    const char *text;
} Sample;

/* Text that the type takes. */
static const Sample samples[] = {
    {TYPE_BOOL, "t"},
    {TYPE_INT2, "7"},
    {TYPE_INT4, "42"},
    {TYPE_INT8, "-3"},
    {TYPE_OID, "11"},
    {TYPE_FLOAT4, "1.5"},
    {TYPE_FLOAT8, "Infinity"},
    {TYPE_NUMERIC, "0.10"},
    {TYPE_MONEY, "12.34"},
    {TYPE_BYTEA, "\\x00ff"},
    {TYPE_BIT, "1"},
    {TYPE_VARBIT, "101"},
    {TYPE_UUID, "00000000-0000-0000-0000-000000000000"},
    {TYPE_DATE, "2020-01-31"},
    {TYPE_TIME, "12:00"},
    {TYPE_TIMETZ, "12:00+01"},
    {TYPE_TIMESTAMP, "2020-01-31 12:00"},
    {TYPE_TIMESTAMPTZ, "2020-01-31 12:00+00"},
    {TYPE_INTERVAL, "1 day"},
    {TYPE_JSON, "{}"},
    {TYPE_JSONB, "[1]"},
    {TYPE_JSONPATH, "$.a"},
    {TYPE_INET, "10.0.0.1"},
    {TYPE_CIDR, "10.0.0.0/8"},
    {TYPE_POINT, "(1,2)"},
    {TYPE_BOX, "(1,2),(3,4)"},
    {TYPE_INT4RANGE, "[1,2)"},
    {TYPE_INT4MULTIRANGE, "{[1,2)}"},
    {TYPE_INT4_ARRAY, "{1,2}"},
    {TYPE_TEXT_ARRAY, "{a,b}"},
    {TYPE_TSVECTOR, "a b"},
    {TYPE_TSQUERY, "a & b"},
    {TYPE_REGCLASS, "pg_class"},
    {TYPE_REGTYPE, "int4"},
    {TYPE_XID, "3"},
    {TYPE_TID, "(0,1)"},
    {TYPE_PG_LSN, "0/0"},
    {TYPE_CHAR, "c"},
};

static const char *sample_of(Generator *gen, Oid type)
{
    static const char *const others[] = {"'x'", "'1'", "''", "'{}'", "'a b'"};
    if (chance(gen, 3))
        return others[below(gen, sizeof others / sizeof *others)];
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (samples[i].type == type)
            return arena_printf(gen->arena, "'%s'", samples[i].text);
    return is_array(gen->stock->catalog, type) ? "'{}'" : "NULL";
}

static const char *parameter(Generator *gen)
{
    if (gen->nparams && chance(gen, 30))
        return arena_printf(gen->arena, "$%zu", below(gen, (size_t)gen->nparams) + 1);
    return arena_printf(gen->arena, "$%d", ++gen->nparams);
}

static const char *constant(Generator *gen)
{
    static const char *const constants[] = {"1",     "-1",       "0",    "2147483648", "99999999999999999999",
                                            "1.5",   "1e10",     "true", "false",      "B'101'",
                                            "X'1F'", "''",       "NULL", "'1'",        "'a'",
                                            "32767", "E'\\\\x'", "-0.5", "$$q$$",      "U&'a'",
                                            "N'n'"};
    return constants[below(gen, sizeof constants / sizeof *constants)];
}

static const char *value_function(Generator *gen)
{
    static const char *const functions[] = {
        "CURRENT_DATE",         "CURRENT_TIME",    "CURRENT_TIME(3)", "CURRENT_TIMESTAMP",
        "CURRENT_TIMESTAMP(9)", "LOCALTIME",       "LOCALTIME(2)",    "LOCALTIMESTAMP",
        "LOCALTIMESTAMP(0)",    "CURRENT_ROLE",    "CURRENT_USER",    "USER",
        "SESSION_USER",         "CURRENT_CATALOG", "CURRENT_SCHEMA",  "CURRENT_TIMESTAMP(0)"};
    return functions[below(gen, sizeof functions / sizeof *functions)];
}

static Node *text_leaf(Generator *gen, const char *text)
{
    return as_expr(node(gen, text, 0));
}

static const char *column_of(Generator *gen, Oid type)
{
    return arena_printf(gen->arena, "%sc%u", chance(gen, 50) ? "e." : "", type);
}

static bool has_column(const Generator *gen, Oid type)
{
    for (size_t i = 0; i < gen->stock->columns.len; i++)
        if (gen->stock->columns.items[i] == type)
            return true;
    return false;
}

Node *generate_leaf(Generator *gen, Oid type)
{
    Arena *arena = gen->arena;
    size_t choice = below(gen, 100);
    if (gen->tame && !type)
        type = gen->element;
    if (!type || type == TYPE_UNKNOWN) {
        if (choice < 30)
            return text_leaf(gen, parameter(gen));
        if (choice < 55)
            return text_leaf(gen, constant(gen));
        if (choice < 70)
            return text_leaf(gen, sample_of(gen, gen->element));
        if (choice < 75)
            return text_leaf(gen, value_function(gen));
        if (choice < 80)
            return text_leaf(gen, "NULL");
        type = draw_column_type(gen);
    }
    choice = below(gen, 100);
    if (type == TYPE_RECORD)
        return text_leaf(gen, choice < 50 || !gen->from ? "ROW(1, 'a')" : "e");
    if (choice < 40 && gen->from && has_column(gen, type))
        return text_leaf(gen, column_of(gen, type));
    if (choice < 55)
        return text_leaf(gen, arena_printf(arena, "%s::%s", sample_of(gen, type), type_text(gen, type)));
    if (choice < 70)
        return text_leaf(gen, arena_printf(arena, "NULL::%s", type_text(gen, type)));
    if (choice < 80)
        return text_leaf(gen, arena_printf(arena, "%s::%s", parameter(gen), type_text(gen, type)));
    if (choice < 86)
        return text_leaf(gen, parameter(gen));
    if (choice < 92)
        return text_leaf(gen, sample_of(gen, type));
    return text_leaf(gen, arena_printf(arena, "CAST(%s AS %s)", sample_of(gen, type), type_text(gen, type)));
}

/* ---- Calls ---- */

static const char *routine_name(Generator *gen, Oid schema, const char *name)
{
    const char *quoted = catalog_quote_identifier(gen->arena, name);
    if (chance(gen, 90))
        return quoted;
    return arena_printf(gen->arena, "%s.%s", catalog_schema(gen->stock->catalog, schema)->name, quoted);
}

/* How many arguments to give: what is declared, or with defaults left out, VARIADIC repeated, or one too few. */
static size_t draw_count(Generator *gen, const Function *function)
{
    size_t n = function->nargs;
    if (function->ndefaults && chance(gen, 50))
        return n - below(gen, function->ndefaults + 1U);
    if (function->variadic && chance(gen, 50))
        return n - 1 + below(gen, 4);
    if (n && chance(gen, 2))
        return n - 1;
    return chance(gen, 1) ? n + 1 : n;
}

/* Input arguments have names where the function has any; those of output are among them. */
static const char *input_name(const Function *function, size_t number)
{
    if (!function->arg_names)
        return NULL;
    if (!function->nall)
        return number < function->nargs ? function->arg_names[number] : NULL;
    for (size_t i = 0; i < function->nall; i++) {
        char mode = function->all_modes[i];
        if (mode != ARGMODE_IN && mode != ARGMODE_INOUT && mode != ARGMODE_VARIADIC)
            continue;
        if (!number--)
            return function->arg_names[i];
    }
    return NULL;
}

static Node *arguments(Generator *gen, const Function *function, int depth)
{
    enum { MOST = 24 };
    size_t n = draw_count(gen, function), named = n;
    Node *items[MOST];
    if (n > MOST)
        n = named = MOST;
    if (function->arg_names && n && chance(gen, 20))
        named = below(gen, n);
    bool variadic = function->variadic && n == function->nargs && chance(gen, 35);
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 >= function->nargs;
        Oid declared = i < function->nargs ? function->arg_types[i] : TYPE_ANY;
        if (function->variadic && last && !variadic)
            declared = function->variadic;
        items[i] = generate_expr(gen, draw_argument(gen, declared), depth);
        const char *name = i >= named ? input_name(function, i) : NULL;
        const char *prefix = variadic && i + 1 == n ? "VARIADIC " : "";
        if (name && *name)
            items[i] = node(gen,
                            arena_printf(gen->arena, "%s%s %s " KID, prefix,
                                         catalog_quote_identifier(gen->arena, name), chance(gen, 70) ? "=>" : ":="),
                            1, items[i]);
        else if (*prefix)
            items[i] = node(gen, "VARIADIC " KID, 1, items[i]);
    }
    if (named + 2 <= n && chance(gen, 50)) { /* names in another order */
        Node *swapped = items[n - 1];
        items[n - 1] = items[n - 2];
        items[n - 2] = swapped;
    }
    return node_list(gen, ", ", items, n);
}

Node *generate_function(Generator *gen, const Function *function, int depth)
{
    const char *name = routine_name(gen, function->schema, function->name);
    return node(gen, arena_printf(gen->arena, "%s(" KID ")", name), 1, arguments(gen, function, depth));
}

static Node *order_by(Generator *gen, int depth)
{
    static const char *const ways[] = {"", " DESC", " NULLS FIRST", " USING <", " ASC NULLS LAST", " USING >="};
    return node(gen, arena_printf(gen->arena, "ORDER BY " KID "%s", ways[chance(gen, 70) ? 0 : below(gen, 6)]), 1,
                generate_expr(gen, chance(gen, 50) ? gen->element : INVALID_OID, depth));
}

static Node *frame(Generator *gen, int depth)
{
    static const char *const bounds[] = {"UNBOUNDED PRECEDING", KID " PRECEDING", "CURRENT ROW", KID " FOLLOWING",
                                         "UNBOUNDED FOLLOWING"};
    static const char *const modes[] = {"RANGE", "ROWS", "GROUPS"};
    static const char *const exclusions[] = {"", "", " EXCLUDE CURRENT ROW", " EXCLUDE TIES"};
    const char *mode = modes[below(gen, 3)], *from = bounds[below(gen, 5)], *to = bounds[below(gen, 5)];
    const char *exclusion = exclusions[below(gen, 4)];
    Node *kids[2];
    size_t n = 0;
    for (int i = 0; i < 2; i++)
        if (strchr(i ? to : from, *KID))
            kids[n++] = generate_expr(gen, chance(gen, 50) ? TYPE_INT8 : INVALID_OID, depth);
    return node(gen, arena_printf(gen->arena, "%s BETWEEN %s AND %s%s", mode, from, to, exclusion), n, kids[0],
                n > 1 ? kids[1] : NULL);
}

static Node *window(Generator *gen, int depth)
{
    if (chance(gen, 40))
        return node(gen, "()", 0);
    Node *order = chance(gen, 70) ? order_by(gen, depth) : node(gen, "", 0);
    Node *partition = chance(gen, 30)
                          ? node(gen, "PARTITION BY " KID " ", 1, generate_expr(gen, INVALID_OID, depth))
                          : node(gen, "", 0);
    Node *bounds = chance(gen, 40) ? node(gen, " " KID, 1, frame(gen, depth)) : node(gen, "", 0);
    return node(gen, "(" KID KID KID ")", 3, partition, order, bounds);
}

/* f(direct) WITHIN GROUP (ORDER BY …) */
static Node *ordered_set(Generator *gen, const Function *function, int depth)
{
    enum { MOST = 8 };
    Node *direct[MOST], *ordered[MOST];
    size_t ndirect = function->ndirect >= 0 ? (size_t)function->ndirect : 1, n = function->nargs;
    if (function->variadic && chance(gen, 50))
        ndirect = 1 + below(gen, 3), n = 2 * ndirect;
    if (n > MOST)
        n = MOST;
    if (ndirect > n)
        ndirect = n;
    for (size_t i = 0; i < n; i++) {
        Oid declared = i < function->nargs ? function->arg_types[i] : TYPE_ANY;
        Node *item = generate_expr(gen, draw_argument(gen, declared), depth);
        if (i < ndirect)
            direct[i] = item;
        else
            ordered[i - ndirect] = item;
    }
    return node(gen,
                arena_printf(gen->arena, "%s(" KID ") WITHIN GROUP (ORDER BY " KID ")",
                             routine_name(gen, function->schema, function->name)),
                2, node_list(gen, ", ", direct, ndirect), node_list(gen, ", ", ordered, n - ndirect));
}

Node *generate_aggregate(Generator *gen, const Function *function, int depth)
{
    Node *empty = node(gen, "", 0), *order = empty, *filter = empty, *over = empty, *call;
    bool is_window = function->kind == PROKIND_WINDOW;
    if (!is_window && function->aggregate_kind != 'n' && chance(gen, 90)) {
        call = ordered_set(gen, function, depth);
    } else {
        if (chance(gen, is_window ? 2 : 20))
            order = node(gen, " " KID, 1, order_by(gen, depth));
        const char *distinct = chance(gen, is_window ? 2 : 15) ? "DISTINCT " : "";
        call = node(gen,
                    arena_printf(gen->arena, "%s(%s" KID KID ")",
                                 routine_name(gen, function->schema, function->name), distinct),
                    2, arguments(gen, function, depth), order);
    }
    if (chance(gen, is_window ? 3 : 20))
        filter = node(gen, " FILTER (WHERE " KID ")", 1, generate_expr(gen, TYPE_BOOL, depth));
    if (chance(gen, is_window ? 95 : 20))
        over = node(gen, " OVER " KID, 1, window(gen, depth));
    return as_expr(node(gen, KID KID KID, 3, call, filter, over));
}

/* Functions of types that no expression has. */
static bool takes_internal(const Routine *routine)
{
    for (size_t i = 0; routine->function && i < routine->function->nargs; i++)
        if (routine->function->arg_types[i] == TYPE_INTERNAL || routine->function->arg_types[i] == TYPE_CSTRING)
            return true;
    return false;
}

/* A routine that gives the type, or whatever a polymorphic one gives; NULL when there is none that fits. */
static const Routine *draw_routine(Generator *gen, Oid type)
{
    static const Oid polymorphic[] = {TYPE_ANYELEMENT, TYPE_ANYARRAY,           TYPE_ANYCOMPATIBLE,
                                      TYPE_ANYRANGE,   TYPE_ANYCOMPATIBLEARRAY, TYPE_ANYMULTIRANGE,
                                      TYPE_ANYELEMENT};
    const Routines *list = type ? intmap_get(gen->stock->by_result, type) : &gen->stock->routines;
    if (!list && gen->tame)
        return NULL;
    if (!list || chance(gen, gen->tame ? 1 : 12))
        list = intmap_get(gen->stock->by_result, polymorphic[below(gen, sizeof polymorphic / sizeof *polymorphic)]);
    const Routine *routine = &list->items[below(gen, list->len)];
    for (int i = 0; i < 20 && gen->tame && takes_internal(routine); i++)
        routine = &list->items[below(gen, list->len)];
    return routine;
}

static Node *operation(Generator *gen, const Operator *op, int depth)
{
    const char *name = op->name;
    if (chance(gen, 3))
        name = arena_printf(gen->arena, "OPERATOR(%s.%s)", catalog_schema(gen->stock->catalog, op->schema)->name,
                            name);
    Node *right = generate_expr(gen, draw_argument(gen, op->right), depth);
    if (!op->left)
        return as_expr(node(gen, arena_printf(gen->arena, "(%s " KID ")", name), 1, right));
    Node *left = generate_expr(gen, draw_argument(gen, op->left), depth);
    return as_expr(node(gen, arena_printf(gen->arena, "(" KID " %s " KID ")", name), 2, left, right));
}

Node *generate_call(Generator *gen, Oid type, int depth)
{
    const Routine *routine = draw_routine(gen, type);
    if (!routine)
        return generate_construct(gen, type, depth);
    if (!type && chance(gen, 10))
        routine = &gen->stock->aggregates.items[below(gen, gen->stock->aggregates.len)];
    if (routine->op)
        return operation(gen, routine->op, depth);
    char kind = routine->function->kind;
    if (kind == PROKIND_AGGREGATE || kind == PROKIND_WINDOW)
        return generate_aggregate(gen, routine->function, depth);
    return as_expr(generate_function(gen, routine->function, depth));
}

Node *generate_expr(Generator *gen, Oid type, int depth)
{
    if (depth <= 0 || chance(gen, 10))
        return generate_leaf(gen, type);
    if (chance(gen, 55))
        return generate_call(gen, type, depth - 1);
    return generate_construct(gen, type, depth - 1);
}
