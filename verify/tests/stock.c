/* What there is to draw from, and the drawing. */
#include "generate.h"

#include "base/map.h"
#include "catalog/builtin_oids.h"

#include <stdarg.h>
#include <string.h>

/* ---- Listing ---- */

/* What a constant of theirs may be depends on the roles and locales there are. */
static bool depends_on_server(Oid type)
{
    return type == TYPE_ACLITEM || type == TYPE_ACLITEM_ARRAY || type == TYPE_REGROLE ||
           type == TYPE_REGROLE_ARRAY || type == TYPE_REGCOLLATION || type == TYPE_REGCOLLATION_ARRAY;
}

static bool takes_such(Oid result, const Oid *args, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (depends_on_server(args[i]))
            return true;
    return depends_on_server(result);
}

/* Types whose name no statement can give as that of a value. */
static bool is_drawn(const Type *type)
{
    return type->defined && !depends_on_server(type->oid) &&
           (type->typtype != TYPTYPE_PSEUDO || type->oid == TYPE_RECORD || type->oid == TYPE_UNKNOWN);
}

static void list_types(Stock *stock, Oid from, Oid to)
{
    for (Oid oid = from; oid < to; oid++) {
        const Type *type = catalog_type(stock->catalog, oid);
        if (type && is_drawn(type) && (!type->relation || oid >= FIRST_USER_OID))
            vec_push(stock->arena, &stock->types, oid);
    }
}

static void list_columns(Stock *stock)
{
    const Relation *everything = catalog_find_relation(stock->catalog, "everything");
    for (size_t i = 0; i < everything->ncolumns; i++)
        if (!depends_on_server(everything->columns[i].type))
            vec_push(stock->arena, &stock->columns, everything->columns[i].type);
}

static void add_routine(Stock *stock, Routine routine, Oid result, bool often)
{
    Routines *list = intmap_get(stock->by_result, result);
    if (!list) {
        list = arena_new_of(stock->arena, Routines);
        intmap_put(stock->arena, stock->by_result, result, list);
    }
    for (int i = 0; i < (often ? 6 : 1); i++) { /* the user's, to see more of them */
        vec_push(stock->arena, &stock->routines, routine);
        vec_push(stock->arena, list, routine);
    }
    if (!routine.function)
        return;
    if (routine.function->kind == PROKIND_AGGREGATE || routine.function->kind == PROKIND_WINDOW)
        vec_push(stock->arena, &stock->aggregates, routine);
    else if (routine.function->returns_set)
        vec_push(stock->arena, &stock->sets, routine);
}

static void list_routines(Stock *stock, Oid from, Oid to)
{
    for (Oid oid = from; oid < to; oid++) {
        const Function *function = catalog_function(stock->catalog, oid);
        if (function && !takes_such(function->return_type, function->arg_types, function->nargs))
            add_routine(stock, (Routine){.function = function}, function->return_type, oid >= FIRST_USER_OID);
        const Operator *op = catalog_operator(stock->catalog, oid);
        if (op && !takes_such(op->result, (Oid[]){op->left, op->right}, 2))
            add_routine(stock, (Routine){.op = op}, op->result, oid >= FIRST_USER_OID);
    }
}

void stock_fill(Stock *stock)
{
    enum { LAST_OID = 20000 };
    stock->by_result = arena_new_of(stock->arena, IntMap);
    list_types(stock, 1, LAST_OID);
    list_columns(stock);
    list_routines(stock, 1, LAST_OID);
}

/* ---- Drawing ---- */

size_t below(Generator *gen, size_t n)
{
    gen->state = gen->state * 6364136223846793005U + 1442695040888963407U;
    uint64_t mixed = gen->state ^ (gen->state >> 29);
    return (size_t)((mixed >> 20) % n);
}

bool chance(Generator *gen, size_t percent)
{
    return below(gen, 100) < percent;
}

Oid draw_type(Generator *gen)
{
    return gen->stock->types.items[below(gen, gen->stock->types.len)];
}

Oid draw_column_type(Generator *gen)
{
    return gen->stock->columns.items[below(gen, gen->stock->columns.len)];
}

bool is_array(const Catalog *catalog, Oid type)
{
    return catalog_is_array(catalog_type(catalog, type));
}

Oid draw_such(Generator *gen, bool (*test)(const Catalog *, Oid))
{
    for (int i = 0; i < 400; i++) {
        Oid type = draw_type(gen);
        if (test(gen->stock->catalog, type))
            return type;
    }
    return draw_type(gen);
}

static Oid same_category(Generator *gen, Oid type)
{
    for (int i = 0; i < 60; i++) {
        Oid other = draw_type(gen);
        if (type_category(gen->stock->catalog, other) == type_category(gen->stock->catalog, type))
            return other;
    }
    return type;
}

static Oid concrete(Generator *gen, Oid type)
{
    Oid element = gen->tame || chance(gen, 80) ? gen->element : draw_column_type(gen);
    switch (type) {
    case TYPE_ANYARRAY:
    case TYPE_ANYCOMPATIBLEARRAY: {
        Oid array = type_array(gen->stock->catalog, element);
        return array ? array : TYPE_INT4_ARRAY;
    }
    case TYPE_ANYENUM:
        return draw_such(gen, type_is_enum);
    case TYPE_ANYRANGE:
    case TYPE_ANYCOMPATIBLERANGE:
        return draw_such(gen, type_is_range);
    case TYPE_ANYMULTIRANGE:
    case TYPE_ANYCOMPATIBLEMULTIRANGE:
        return draw_such(gen, type_is_multirange);
    case TYPE_ANY:
        return draw_column_type(gen);
    case TYPE_RECORD:
        return chance(gen, 50) ? draw_such(gen, type_is_rowtype) : TYPE_RECORD;
    default:
        return type_is_polymorphic(type) ? element : type;
    }
}

Oid draw_argument(Generator *gen, Oid declared)
{
    size_t choice = below(gen, gen->tame ? 86 : 100);
    Oid type = concrete(gen, declared);
    if (type_is_pseudo(gen->stock->catalog, type) && type != TYPE_RECORD)
        return INVALID_OID;
    if (choice < 84)
        return type;
    if (choice < 92)
        return INVALID_OID;
    if (choice < 97)
        return same_category(gen, type);
    return draw_type(gen);
}

const char *type_text(Generator *gen, Oid type)
{
    return catalog_format_type(gen->stock->catalog, gen->arena, type);
}

/* ---- Trees ---- */

Node *node(Generator *gen, const char *format, size_t nkids, ...)
{
    Node *made = arena_new_of(gen->arena, Node);
    *made = (Node){.format = format, .kids = arena_array_of(gen->arena, nkids, Node *), .nkids = nkids};
    va_list kids;
    va_start(kids, nkids);
    for (size_t i = 0; i < nkids; i++)
        made->kids[i] = va_arg(kids, Node *);
    va_end(kids);
    return made;
}

Node *node_list(Generator *gen, const char *separator, Node **items, size_t n)
{
    StrBuf format;
    strbuf_init(&format);
    for (size_t i = 0; i < n; i++) {
        strbuf_add(&format, i ? separator : "");
        strbuf_add(&format, KID);
    }
    Node *made = node(gen, arena_strdup(gen->arena, format.text), 0);
    strbuf_release(&format);
    made->kids = arena_memdup(gen->arena, items, n * sizeof *items);
    made->nkids = n;
    return made;
}

Node *as_expr(Node *made)
{
    made->is_expr = true;
    return made;
}

void node_print(StrBuf *out, const Node *node)
{
    size_t kid = 0;
    for (const char *c = node->format; *c; c++)
        if (*c == *KID)
            node_print(out, node->kids[kid++]);
        else
            strbuf_add_char(out, *c);
}
