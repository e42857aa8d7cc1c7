/* The constructs of expressions that are neither calls nor operators. */
#include "generate.h"

#include "catalog/builtin_oids.h"

/* A construct: whether it gives the wanted type, and how it is made. */
typedef Node *ConstructMaker(Generator *gen, Oid type, int depth);

/* ---- That give what they are asked for ---- */

static Node *make_cast(Generator *gen, Oid type, int depth)
{
    static const char *const formats[] = {"CAST(" KID " AS %s)", "(" KID ")::%s", "(" KID ")::%s"};
    if (!type || type == TYPE_RECORD || type == TYPE_UNKNOWN)
        type = draw_column_type(gen);
    Oid from = chance(gen, gen->tame ? 95 : 30) ? type : chance(gen, 60) ? INVALID_OID : draw_column_type(gen);
    const char *suffix = "";
    if (type == TYPE_VARCHAR || type == TYPE_NUMERIC || type == TYPE_BIT || type == TYPE_TIMESTAMP)
        suffix = chance(gen, 30) ? "(5)" : "";
    size_t which = below(gen, 3);
    const char *name = arena_printf(gen->arena, "%s%s", type_text(gen, type), suffix);
    const char *format =
        which ? arena_printf(gen->arena, formats[1], name) : arena_printf(gen->arena, formats[0], name);
    return node(gen, format, 1, generate_expr(gen, from, depth));
}

/* Several expressions with a common type. */
static Node *some(Generator *gen, Oid type, size_t least, size_t most, int depth)
{
    enum { MOST = 6 };
    Node *items[MOST];
    size_t n = least + below(gen, most - least + 1);
    if (!type && chance(gen, 60))
        type = draw_column_type(gen);
    for (size_t i = 0; i < n; i++)
        items[i] = generate_expr(gen, chance(gen, 75) ? type : draw_argument(gen, type ? type : TYPE_ANY), depth);
    return node_list(gen, ", ", items, n);
}

static Node *make_coalesce(Generator *gen, Oid type, int depth)
{
    static const char *const formats[] = {"COALESCE(" KID ")", "GREATEST(" KID ")", "LEAST(" KID ")"};
    return node(gen, formats[below(gen, 3)], 1, some(gen, type, 1, 4, depth));
}

static Node *make_nullif(Generator *gen, Oid type, int depth)
{
    return node(gen, "NULLIF(" KID ")", 1, some(gen, type, 2, 2, depth));
}

static Node *make_case(Generator *gen, Oid type, int depth)
{
    if (!type && chance(gen, 60))
        type = draw_column_type(gen);
    Node *a = generate_expr(gen, type, depth), *b = generate_expr(gen, chance(gen, 80) ? type : INVALID_OID, depth);
    if (chance(gen, 60))
        return node(gen,
                    chance(gen, 70) ? "CASE WHEN " KID " THEN " KID " ELSE " KID " END"
                                    : "CASE WHEN " KID " THEN " KID " WHEN false THEN " KID " END",
                    3, generate_expr(gen, TYPE_BOOL, depth), a, b);
    Oid tested = chance(gen, 70) ? draw_column_type(gen) : INVALID_OID;
    return node(gen, "CASE " KID " WHEN " KID " THEN " KID " ELSE " KID " END", 4,
                generate_expr(gen, tested, depth),
                generate_expr(gen, chance(gen, 70) ? tested : INVALID_OID, depth), a, b);
}

static Node *make_scalar_subselect(Generator *gen, Oid type, int depth)
{
    return generate_subselect(gen, type, chance(gen, 95) ? 1 : 2, depth);
}

static Node *make_parentheses(Generator *gen, Oid type, int depth)
{
    return node(gen, "(" KID ")", 1, generate_expr(gen, type, depth));
}

static Node *make_subscript(Generator *gen, Oid type, int depth)
{
    Oid array = type ? type_array(gen->stock->catalog, type) : INVALID_OID;
    if (!array || chance(gen, 20))
        array = chance(gen, 60) ? draw_such(gen, is_array) : chance(gen, 50) ? TYPE_JSONB : draw_column_type(gen);
    Node *container = generate_expr(gen, array, depth);
    Oid index = chance(gen, 70) ? TYPE_INT4 : INVALID_OID;
    switch (below(gen, 5)) {
    case 0:
        return node(gen, "(" KID ")[" KID ":" KID "]", 3, container, generate_expr(gen, index, depth),
                    generate_expr(gen, index, depth));
    case 1:
        return node(gen, "(" KID ")[" KID "][" KID "]", 3, container, generate_expr(gen, index, depth),
                    generate_expr(gen, TYPE_INT4, depth));
    case 2:
        return node(gen, "(" KID ")[:" KID "]", 2, container, generate_expr(gen, index, depth));
    default:
        return node(gen, "(" KID ")[" KID "]", 2, container, generate_expr(gen, index, depth));
    }
}

static Node *make_array(Generator *gen, Oid type, int depth)
{
    Oid element = type ? type_element(gen->stock->catalog, type) : INVALID_OID;
    if (chance(gen, 15))
        return node(gen, "ARRAY" KID, 1, generate_subselect(gen, element, 1, depth));
    if (chance(gen, 15))
        return node(gen, "ARRAY[ARRAY[" KID "], ARRAY[" KID "]]", 2, some(gen, element, 1, 2, depth),
                    some(gen, element, 1, 2, depth));
    if (chance(gen, 10))
        return node(gen,
                    chance(gen, 80)
                        ? arena_printf(gen->arena, "ARRAY[]::%s", type_text(gen, draw_such(gen, is_array)))
                        : "ARRAY[]",
                    0);
    return node(gen, "ARRAY[" KID "]", 1, some(gen, element, 1, 3, depth));
}

static Node *make_row(Generator *gen, Oid type, int depth)
{
    (void)type;
    Node *fields[3];
    size_t n = below(gen, 4);
    for (size_t i = 0; i < n; i++)
        fields[i] = generate_expr(gen, INVALID_OID, depth);
    return node(gen, n > 1 && chance(gen, 50) ? "(" KID ")" : "ROW(" KID ")", 1, node_list(gen, ", ", fields, n));
}

static Node *make_field(Generator *gen, Oid type, int depth)
{
    static const char *const names[] = {"pa", "pb", "ga", "ja", "qa", "nosuch", "f1", "jb"};
    (void)type;
    Oid row = draw_such(gen, type_is_rowtype);
    return node(gen, arena_printf(gen->arena, "(" KID ").%s", names[below(gen, 8)]), 1,
                generate_expr(gen, row, depth));
}

/* ---- Conditions ---- */

/* A type whose values can be ordered, mostly. */
static Oid comparable_type(Generator *gen)
{
    for (int i = 0; i < 10; i++) {
        Oid type = draw_column_type(gen);
        if (type_sort_group_operators(gen->stock->catalog, type).lt)
            return type;
    }
    return draw_column_type(gen);
}

static Node *pair(Generator *gen, const char *format, Oid a, Oid b, int depth)
{
    return node(gen, format, 2, generate_expr(gen, a, depth), generate_expr(gen, b, depth));
}

static Node *make_in(Generator *gen, Oid type, int depth)
{
    type = chance(gen, 75) ? comparable_type(gen) : INVALID_OID;
    Node *tested = generate_expr(gen, type, depth);
    const char *not = chance(gen, 70) ? "" : "NOT ";
    if (chance(gen, 20))
        return node(gen, arena_printf(gen->arena, "(" KID " %sIN " KID ")", not ), 2, tested,
                    generate_subselect(gen, type, 1, depth));
    if (chance(gen, 12))
        return node(gen, arena_printf(gen->arena, "(" KID " %sIN ((" KID "), (" KID ")))", not ), 3,
                    node(gen, "(" KID ")", 1, some(gen, type, 2, 2, depth)), some(gen, type, 2, 2, depth),
                    some(gen, type, 2, 2, depth));
    return node(gen, arena_printf(gen->arena, "(" KID " %sIN (" KID "))", not ), 2, tested,
                some(gen, type, 1, 4, depth));
}

static Node *make_between(Generator *gen, Oid type, int depth)
{
    static const char *const words[] = {"BETWEEN", "NOT BETWEEN", "BETWEEN SYMMETRIC", "NOT BETWEEN SYMMETRIC"};
    type = chance(gen, 75) ? comparable_type(gen) : INVALID_OID;
    return node(gen, arena_printf(gen->arena, "(" KID " %s " KID " AND " KID ")", words[below(gen, 4)]), 3,
                generate_expr(gen, type, depth),
                generate_expr(gen, draw_argument(gen, type ? type : TYPE_ANY), depth),
                generate_expr(gen, type, depth));
}

static Node *make_like(Generator *gen, Oid type, int depth)
{
    static const char *const words[] = {"LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE", "SIMILAR TO", "NOT SIMILAR TO"};
    const char *word = words[below(gen, 6)];
    type = chance(gen, 60) ? TYPE_TEXT : chance(gen, 40) ? TYPE_BYTEA : draw_column_type(gen);
    if (chance(gen, 20))
        return node(gen, arena_printf(gen->arena, "(" KID " %s " KID " ESCAPE " KID ")", word), 3,
                    generate_expr(gen, type, depth), generate_expr(gen, type, depth),
                    generate_leaf(gen, TYPE_TEXT));
    return pair(gen, arena_printf(gen->arena, "(" KID " %s " KID ")", word), type,
                chance(gen, 70) ? type : INVALID_OID, depth);
}

static Node *make_distinct(Generator *gen, Oid type, int depth)
{
    type = chance(gen, 75) ? comparable_type(gen) : INVALID_OID;
    return pair(gen,
                chance(gen, 50) ? "(" KID " IS DISTINCT FROM " KID ")" : "(" KID " IS NOT DISTINCT FROM " KID ")",
                type, chance(gen, 70) ? type : INVALID_OID, depth);
}

static Node *make_test(Generator *gen, Oid type, int depth)
{
    static const char *const tests[] = {
        "IS NULL",        "IS NOT NULL", "IS TRUE",       "IS NOT FALSE",           "IS UNKNOWN",
        "IS NOT UNKNOWN", "IS DOCUMENT", "IS NORMALIZED", "IS NOT NFKC NORMALIZED", "ISNULL"};
    size_t which = below(gen, 10);
    type = which < 2 || which == 9 ? INVALID_OID : which < 6 ? TYPE_BOOL : which == 6 ? TYPE_XML : TYPE_TEXT;
    return node(gen, arena_printf(gen->arena, "(" KID " %s)", tests[which]), 1,
                generate_expr(gen, chance(gen, 85) ? type : INVALID_OID, depth));
}

static const char *const comparisons[] = {"=", "<>", "<", ">", "<=", ">=", "=", "~", "@>", "||", "&&", "+"};

static Node *make_any(Generator *gen, Oid type, int depth)
{
    const char *op = comparisons[below(gen, 12)], *word = chance(gen, 60) ? "ANY" : "ALL";
    type = chance(gen, 75) ? comparable_type(gen) : INVALID_OID;
    Oid array = type ? type_array(gen->stock->catalog, type) : INVALID_OID;
    if (chance(gen, 25))
        return node(gen, arena_printf(gen->arena, "(" KID " %s %s " KID ")", op, word), 2,
                    generate_expr(gen, type, depth), generate_subselect(gen, type, 1, depth));
    return pair(gen, arena_printf(gen->arena, "(" KID " %s %s (" KID "))", op, word), type,
                chance(gen, 85) ? array : draw_column_type(gen), depth);
}

static Node *make_row_comparison(Generator *gen, Oid type, int depth)
{
    (void)type;
    const char *op = comparisons[below(gen, 12)];
    Oid a = draw_column_type(gen), b = draw_column_type(gen);
    Node *left = node(gen, "(" KID ", " KID ")", 2, generate_expr(gen, a, depth), generate_expr(gen, b, depth));
    if (chance(gen, 20))
        return node(gen, arena_printf(gen->arena, "(" KID " %s " KID ")", op), 2, left,
                    generate_subselect(gen, a, 2, depth));
    Node *right = node(gen, "(" KID ", " KID ")", 2, generate_expr(gen, a, depth), generate_expr(gen, b, depth));
    return node(gen,
                chance(gen, 15) ? "(" KID " IS DISTINCT FROM " KID ")"
                                : arena_printf(gen->arena, "(" KID " %s " KID ")", op),
                2, left, right);
}

static Node *make_logic(Generator *gen, Oid type, int depth)
{
    static const char *const formats[] = {"(" KID " AND " KID ")", "(" KID " OR " KID ")",
                                          "(NOT " KID " AND " KID ")"};
    (void)type;
    return pair(gen, formats[below(gen, 3)], TYPE_BOOL, chance(gen, 85) ? TYPE_BOOL : INVALID_OID, depth);
}

static Node *make_exists(Generator *gen, Oid type, int depth)
{
    return node(gen, "EXISTS " KID, 1, generate_subselect(gen, type, 1 + below(gen, 2), depth));
}

static Node *make_overlaps(Generator *gen, Oid type, int depth)
{
    static const Oid times[] = {TYPE_DATE, TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ, TYPE_TIME, TYPE_TIMETZ};
    Oid a = times[below(gen, 5)];
    (void)type;
    Oid b = chance(gen, 50) ? a : TYPE_INTERVAL;
    return node(gen, "((" KID ", " KID ") OVERLAPS (" KID ", " KID "))", 4, generate_expr(gen, a, depth),
                generate_expr(gen, b, depth), generate_expr(gen, chance(gen, 70) ? a : INVALID_OID, depth),
                generate_expr(gen, b, depth));
}

/* ---- Functions with a grammar of their own ---- */

static Node *make_extract(Generator *gen, Oid type, int depth)
{
    static const char *const fields[] = {"year", "epoch", "'day'", "nosuch"};
    type = chance(gen, 80) ? (chance(gen, 50) ? TYPE_TIMESTAMP : TYPE_INTERVAL) : INVALID_OID;
    return node(gen, arena_printf(gen->arena, "EXTRACT(%s FROM " KID ")", fields[below(gen, 4)]), 1,
                generate_expr(gen, type, depth));
}

static Node *make_string_function(Generator *gen, Oid type, int depth)
{
    static const char *const formats[] = {
        "SUBSTRING(" KID " FROM " KID ")",    "SUBSTRING(" KID " FOR 1 + " KID ")",
        "POSITION(" KID " IN " KID ")",       "TRIM(LEADING " KID " FROM " KID ")",
        "TRIM(" KID " FROM " KID ")",         "OVERLAY(" KID " PLACING " KID " FROM 1)",
        "NORMALIZE(" KID " || " KID ", NFC)", "(" KID " COLLATE \"C\" < " KID ")",
        "TREAT(" KID " AS text) || " KID,     "COLLATION FOR (" KID " || " KID ")"};
    type = chance(gen, 70) ? TYPE_TEXT : chance(gen, 50) ? TYPE_BYTEA : TYPE_BIT;
    size_t which = below(gen, 10);
    return pair(gen, formats[which], type, which < 2 ? TYPE_INT4 : type, depth);
}

static Node *make_at_time_zone(Generator *gen, Oid type, int depth)
{
    static const Oid times[] = {TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ, TYPE_TIMETZ, TYPE_DATE, TYPE_TIME};
    (void)type;
    return pair(gen, "(" KID " AT TIME ZONE " KID ")", chance(gen, 80) ? times[below(gen, 5)] : INVALID_OID,
                chance(gen, 70) ? TYPE_TEXT : TYPE_INTERVAL, depth);
}

static Node *make_xml(Generator *gen, Oid type, int depth)
{
    static const char *const formats[] = {"XMLELEMENT(NAME a, XMLATTRIBUTES(" KID " AS b), " KID ")",
                                          "XMLFOREST(" KID " AS a, " KID " AS b)", "XMLCONCAT(" KID ", " KID ")",
                                          "XMLPARSE(CONTENT " KID " || " KID ")"};
    size_t which = below(gen, 4);
    type = which == 2 ? TYPE_XML : which == 3 ? TYPE_TEXT : INVALID_OID;
    return pair(gen, formats[which], type, type, depth);
}

static Node *make_grouping(Generator *gen, Oid type, int depth)
{
    (void)type;
    return node(gen, "GROUPING(" KID ")", 1, generate_expr(gen, INVALID_OID, depth));
}

/* ---- Which ---- */

typedef struct Construct {
    ConstructMaker *make;
    size_t weight;
} Construct;

static const Construct any_type[] = {
    {make_cast, 14},
    {make_coalesce, 8},
    {make_nullif, 4},
    {make_case, 8},
    {make_scalar_subselect, 6},
    {make_parentheses, 1},
    {make_subscript, 6},
    {make_field, 3},
    {make_string_function, 3},
    {make_at_time_zone, 2},
    {make_extract, 2},
    {make_xml, 2},
    {make_row, 3},
    {make_array, 5},
    {make_grouping, 1},
};

static const Construct exact_type[] = {
    {make_cast, 8},        {make_coalesce, 8},  {make_nullif, 4}, {make_case, 8}, {make_scalar_subselect, 6},
    {make_parentheses, 1}, {make_subscript, 2},
};

static const Construct conditions[] = {
    {make_in, 8},  {make_between, 5},        {make_like, 5},  {make_distinct, 5}, {make_test, 6},
    {make_any, 8}, {make_row_comparison, 5}, {make_logic, 8}, {make_exists, 3},   {make_overlaps, 2},
};

static const Construct containers[] = {{make_array, 6}, {make_cast, 2}, {make_coalesce, 1}, {make_case, 1}};
static const Construct rows[] = {{make_row, 6}, {make_cast, 1}, {make_case, 1}, {make_coalesce, 1}};

static Node *draw_construct(Generator *gen, const Construct *table, size_t n, Oid type, int depth)
{
    size_t total = 0, at;
    for (size_t i = 0; i < n; i++)
        total += table[i].weight;
    at = below(gen, total);
    while (at >= table->weight)
        at -= table++->weight;
    return as_expr(table->make(gen, type, depth));
}

#define DRAW(table) draw_construct(gen, table, sizeof table / sizeof *table, type, depth)

Node *generate_construct(Generator *gen, Oid type, int depth)
{
    const Catalog *catalog = gen->stock->catalog;
    if (type == TYPE_BOOL ? chance(gen, 80) : !type && chance(gen, 40))
        return DRAW(conditions);
    if (type && is_array(catalog, type) && chance(gen, 70))
        return DRAW(containers);
    if (type && type_is_rowtype(catalog, type) && chance(gen, 70))
        return DRAW(rows);
    return type && gen->tame ? DRAW(exact_type) : DRAW(any_type);
}
