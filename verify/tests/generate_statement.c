/* Statements around the expressions. */
#include "generate.h"

#include "catalog/builtin_oids.h"

enum { DEEPEST = 3 };

static int draw_depth(Generator *gen)
{
    return 1 + (int)below(gen, DEEPEST);
}

static Node *target_list(Generator *gen, Oid type, size_t n, int depth, bool named)
{
    enum { MOST = 4 };
    Node *items[MOST];
    for (size_t i = 0; i < n; i++) {
        items[i] = generate_expr(gen, i ? INVALID_OID : type, depth);
        if (named && chance(gen, 10))
            items[i] = node(gen, KID " AS named", 1, items[i]);
        else if (chance(gen, 2))
            items[i] = node(gen, "(" KID ").*", 1, items[i]);
    }
    return node_list(gen, ", ", items, n);
}

/* A function in FROM, with what can stand behind it. */
static Node *from_function(Generator *gen, int depth)
{
    const Routine *routine = &gen->stock->sets.items[below(gen, gen->stock->sets.len)];
    if (chance(gen, 20))
        routine = &gen->stock->routines.items[below(gen, gen->stock->routines.len)];
    if (!routine->function)
        return NULL;
    static const char *const behind[] = {"",
                                         "",
                                         " f",
                                         " AS f(a)",
                                         " WITH ORDINALITY",
                                         " WITH ORDINALITY AS f(a, b, c)",
                                         " AS (a int4, b text)",
                                         " AS f(a int4)"};
    Node *call = generate_function(gen, routine->function, depth);
    return node(gen, arena_printf(gen->arena, KID "%s", behind[below(gen, gen->tame ? 4 : 8)]), 1, call);
}

static Node *from_item(Generator *gen, int depth)
{
    switch (below(gen, 8)) {
    case 0:
    case 1: {
        Node *function = from_function(gen, depth);
        if (function)
            return function;
        break;
    }
    case 2:
        return node(gen, "(VALUES (" KID "), (" KID ")) v", 2, target_list(gen, INVALID_OID, 2, depth, false),
                    target_list(gen, INVALID_OID, 2, depth, false));
    case 3:
        return node(gen, KID " s", 1, generate_subselect(gen, INVALID_OID, 2, depth));
    case 4:
        gen->from = true;
        return node(gen, "la.everything e JOIN la.parent ON " KID, 1, generate_expr(gen, TYPE_BOOL, depth));
    default:
        break;
    }
    gen->from = true;
    return node(gen, "la.everything e", 0);
}

/* FROM comes before the target list that sees it. */
static Node *select_statement(Generator *gen, Oid type, size_t ncolumns, int depth)
{
    bool outer = gen->from;
    Node *empty = node(gen, "", 0), *from = empty, *where = empty, *group = empty, *order = empty;
    if (chance(gen, gen->nfrom ? 20 : 65))
        from = node(gen, " FROM " KID, 1, from_item(gen, depth - 1));
    Node *targets = target_list(gen, type, ncolumns, depth, true);
    if (chance(gen, 10))
        where =
            node(gen, " WHERE " KID, 1, generate_expr(gen, chance(gen, 90) ? TYPE_BOOL : INVALID_OID, depth - 1));
    if (chance(gen, 6))
        group = node(gen,
                     chance(gen, 60)   ? " GROUP BY " KID
                     : chance(gen, 50) ? " GROUP BY ROLLUP (" KID ")"
                                       : " HAVING " KID,
                     1, generate_expr(gen, INVALID_OID, depth - 1));
    if (chance(gen, 10))
        order = node(gen,
                     chance(gen, 70)   ? " ORDER BY " KID
                     : chance(gen, 50) ? " LIMIT " KID
                                       : " OFFSET " KID,
                     1, generate_expr(gen, INVALID_OID, depth - 1));
    const char *distinct = chance(gen, 6) ? "DISTINCT " : "";
    gen->from = outer;
    return node(gen, arena_printf(gen->arena, "SELECT %s" KID KID KID KID KID, distinct), 5, targets, from, where,
                group, order);
}

Node *generate_subselect(Generator *gen, Oid type, size_t ncolumns, int depth)
{
    gen->nfrom++;
    Node *made = node(gen, "(" KID ")", 1, select_statement(gen, type, ncolumns, depth));
    gen->nfrom--;
    return as_expr(made);
}

static Node *set_operation(Generator *gen)
{
    static const char *const words[] = {"UNION", "UNION ALL", "INTERSECT", "EXCEPT", "EXCEPT ALL"};
    size_t n = 1 + below(gen, 2), nbranches = 2 + below(gen, 2);
    Oid type = chance(gen, 80) ? draw_column_type(gen) : INVALID_OID;
    Node *branches[3];
    for (size_t i = 0; i < nbranches; i++) {
        branches[i] = select_statement(gen, chance(gen, 70) ? type : draw_argument(gen, type ? type : TYPE_ANY), n,
                                       draw_depth(gen) - 1);
        if (chance(gen, 30) || i + 1 < nbranches)
            branches[i] = node(gen, "(" KID ")", 1, branches[i]);
    }
    return node_list(gen, arena_printf(gen->arena, " %s ", words[below(gen, 5)]), branches, nbranches);
}

static Node *values(Generator *gen)
{
    size_t n = 1 + below(gen, 3), nrows = 1 + below(gen, 3);
    Node *rows[3];
    Oid type = draw_column_type(gen);
    for (size_t i = 0; i < nrows; i++)
        rows[i] = node(gen, "(" KID ")", 1,
                       target_list(gen, chance(gen, 80) ? type : INVALID_OID, chance(gen, 98) ? n : 1,
                                   draw_depth(gen) - 1, false));
    return node(gen, "VALUES " KID, 1, node_list(gen, ", ", rows, nrows));
}

/* Assignment to columns, also to parts of them. */
static const char *target_column(Generator *gen, Oid type)
{
    if (is_array(gen->stock->catalog, type) && chance(gen, 40))
        return arena_printf(gen->arena, "c%u[%s]", type, chance(gen, 70) ? "1" : "1:2");
    if (type == TYPE_JSONB && chance(gen, 40))
        return arena_printf(gen->arena, "c%u['a']", type);
    if (type_is_rowtype(gen->stock->catalog, type) && chance(gen, 50))
        return arena_printf(gen->arena, "c%u.%s", type, chance(gen, 50) ? "pa" : "pb");
    return arena_printf(gen->arena, "c%u", type);
}

static Oid source_type(Generator *gen, Oid type)
{
    return chance(gen, 50) ? type : draw_argument(gen, type);
}

static Node *insert(Generator *gen)
{
    Oid a = draw_column_type(gen), b = draw_column_type(gen);
    const char *columns = arena_printf(gen->arena, "INSERT INTO la.everything (%s, %s)", target_column(gen, a),
                                       target_column(gen, b));
    int depth = draw_depth(gen) - 1;
    Node *returning = chance(gen, 30) ? node(gen, " RETURNING " KID, 1, generate_expr(gen, INVALID_OID, depth))
                                      : node(gen, "", 0);
    Node *first = generate_expr(gen, source_type(gen, a), depth),
         *second = generate_expr(gen, source_type(gen, b), depth);
    if (chance(gen, 60))
        return node(gen, arena_printf(gen->arena, "%s VALUES (" KID ", " KID ")" KID, columns), 3, first, second,
                    returning);
    if (chance(gen, 40))
        return node(gen, arena_printf(gen->arena, "%s VALUES (" KID ", " KID "), (" KID ", " KID ")" KID, columns),
                    5, first, second, generate_expr(gen, source_type(gen, a), depth),
                    generate_expr(gen, source_type(gen, b), depth), returning);
    return node(gen, arena_printf(gen->arena, "%s SELECT " KID ", " KID KID, columns), 3, first, second, returning);
}

static Node *update(Generator *gen)
{
    Oid a = draw_column_type(gen), b = draw_column_type(gen);
    int depth = draw_depth(gen) - 1;
    gen->from = true;
    Node *first = generate_expr(gen, source_type(gen, a), depth),
         *second = generate_expr(gen, source_type(gen, b), depth);
    if (chance(gen, 30))
        return node(gen,
                    arena_printf(gen->arena, "UPDATE la.everything e SET (%s, %s) = (" KID ", " KID ")",
                                 target_column(gen, a), target_column(gen, b)),
                    2, first, second);
    if (chance(gen, 20))
        return node(gen,
                    arena_printf(gen->arena, "UPDATE la.everything e SET (%s, %s) = " KID, target_column(gen, a),
                                 target_column(gen, b)),
                    1, generate_subselect(gen, a, 2, depth));
    return node(gen,
                arena_printf(gen->arena, "UPDATE la.everything e SET %s = " KID ", %s = " KID " WHERE " KID,
                             target_column(gen, a), target_column(gen, b)),
                3, first, second, generate_expr(gen, TYPE_BOOL, depth));
}

Node *generate_statement(Generator *gen)
{
    gen->element = draw_column_type(gen);
    gen->tame = chance(gen, 60);
    size_t choice = below(gen, 100);
    if (choice < 76)
        return select_statement(gen, INVALID_OID, 1 + (chance(gen, 20) ? below(gen, 3) : 0), draw_depth(gen));
    if (choice < 84)
        return set_operation(gen);
    if (choice < 88)
        return values(gen);
    return choice < 94 ? insert(gen) : update(gen);
}
