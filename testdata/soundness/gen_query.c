/* Random SELECTs, set operations and WITH. */
#include "generate.h"

enum { MAX_COLUMNS = 4 };

static const char *comma(Gen *gen, const char *list, const char *item)
{
    return list ? gen_print(gen, "%s, %s", list, item) : item;
}

/* ---- parts of a SELECT ---- */

typedef struct Select {
    Gen *gen;
    GenScope rows;    /* FROM's */
    GenScope grouped; /* what GROUP BY leaves */
    GenPlace place;   /* of the target list */
    GenTypes *types;
    bool free; /* the types are still to be chosen */
    int depth;
    const char *from, *where, *group, *having, *windows, *targets, *tail;
} Select;

static const char *where_clause(Select *select)
{
    Gen *gen = select->gen;
    GenPlace place = {.scope = &select->rows};
    const char *text = NULL;
    /* Keys first: without them there would be many rows everywhere. */
    if (select->rows.keys.len && gen_if(gen, 35)) {
        bool all = gen_if(gen, 30);
        size_t first = gen_choose(gen, (uint32_t)select->rows.keys.len);
        for (size_t i = all ? 0 : first; i < (all ? select->rows.keys.len : first + 1); i++) {
            const char *one = gen_key_condition(gen, &place, &select->rows.keys.items[i], select->depth);
            text = text ? gen_print(gen, "%s AND %s", text, one) : one;
        }
    }
    if (gen_if(gen, text ? 25 : 60)) {
        const char *other = gen_condition(gen, &place, select->depth > 2 ? 2 : select->depth);
        text = text ? gen_print(gen, "%s AND %s", text, other) : other;
    }
    return text ? gen_print(gen, " WHERE %s", text) : "";
}

/* What is grouped can be named as such, text by text. */
static const char *grouped_expr(Select *select)
{
    Gen *gen = select->gen;
    GenPlace place = {.scope = &select->rows};
    const GenColumn *column = gen_if(gen, 80) ? gen_any_column(gen, &select->rows) : NULL;
    GenColumn grouped = column ? *column : (GenColumn){.type = gen_random_type(gen)};
    if (!column)
        grouped.ref = gen_print(gen, "(%s)", gen_expr(gen, &place, grouped.type, 1));
    vec_push(gen->arena, &select->grouped.columns, grouped);
    return grouped.ref;
}

static const char *group_clause(Select *select, bool sets)
{
    Gen *gen = select->gen;
    const char *items[3] = {"1", "1", "1"};
    uint32_t n = 1 + gen_choose(gen, 3);
    const char *list = NULL;
    for (uint32_t i = 0; i < n; i++)
        list = comma(gen, list, items[i] = grouped_expr(select));
    if (!sets)
        return gen_print(gen, " GROUP BY %s%s", gen_if(gen, 5) ? "DISTINCT " : "", list);
    switch (gen_choose(gen, 7)) {
    case 0:
        return gen_print(gen, " GROUP BY ROLLUP (%s)", list);
    case 1:
        return gen_print(gen, " GROUP BY CUBE (%s)", list);
    case 2:
        return gen_print(gen, " GROUP BY GROUPING SETS ((%s), (%s))", list, items[0]);
    case 3:
        return gen_print(gen, " GROUP BY %s, GROUPING SETS ((%s), ())", items[0], list);
    case 4:
        return gen_print(gen, " GROUP BY GROUPING SETS ((%s))", list);
    case 5:
        select->grouped.columns.len = 0;
        return " GROUP BY ()";
    default:
        return gen_print(gen, " GROUP BY GROUPING SETS (%s, ROLLUP (%s))", items[0], list);
    }
}

static void choose_groups(Select *select)
{
    Gen *gen = select->gen;
    static const char *const names[] = {"win1", "win2"};
    uint32_t mode = gen_choose(gen, 12);
    select->place.scope = &select->rows;
    if (mode >= 6 && mode <= 9) {
        select->place.rows = &select->rows;
        select->place.scope = &select->grouped;
        if (mode == 7 || mode == 8)
            select->group = group_clause(select, false);
        else if (mode == 9)
            select->group = group_clause(select, true);
        if (gen_if(gen, 20))
            select->having = gen_print(gen, " HAVING %s", gen_condition(gen, &select->place, 1));
    }
    if (mode == 10 || mode == 11 || (mode >= 7 && mode <= 9 && gen_if(gen, 10))) {
        GenPlace plain = {.scope = select->place.scope};
        if (gen_if(gen, 30)) {
            select->windows =
                gen_print(gen, " WINDOW win1 AS (ORDER BY %s), win2 AS (PARTITION BY %s%s)",
                          gen_simple(gen, &plain, gen_type(KIND_INT)), gen_simple(gen, &plain, gen_type(KIND_TEXT)),
                          gen_if(gen, 40) ? " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING" : "");
            select->place.named_windows = names;
            select->place.nnamed_windows = 2;
        }
        select->place.windows = true;
    }
}

static const char *set_function(Gen *gen, const GenPlace *place, GenType type)
{
    switch ((int)type.kind) {
    case KIND_INT:
        return gen_print(gen, gen_if(gen, 50) ? "unnest(%s)" : "generate_series(1, cardinality(%s))",
                         gen_simple(gen, place, gen_type(KIND_INTS)));
    case KIND_TEXT:
        return gen_print(gen, "unnest(%s)", gen_simple(gen, place, gen_type(KIND_TEXTS)));
    default:
        return gen_expr(gen, place, type, 1);
    }
}

/* A plain column, an expression, or a set-returning call. */
static const char *target(Select *select, GenType type, bool sets)
{
    Gen *gen = select->gen;
    GenPlace place = select->place;
    if (sets && gen_if(gen, 50))
        return set_function(gen, &place, type);
    return gen_expr(gen, &place, type, gen_if(gen, 60) ? (select->depth > 2 ? 2 : select->depth) : 0);
}

static void make_targets(Select *select)
{
    Gen *gen = select->gen;
    size_t n = select->free ? 1 + gen_choose(gen, MAX_COLUMNS) : select->types->len;
    bool sets = !select->place.rows && !select->place.windows && gen_if(gen, 5);
    for (size_t i = 0; i < n; i++) {
        const GenColumn *column = NULL;
        if (select->free) {
            column = gen_if(gen, 60) ? gen_any_column(gen, select->place.scope) : NULL;
            vec_push(gen->arena, select->types, column ? column->type : gen_random_type(gen));
        }
        GenType type = select->types->items[i];
        const char *text = column && gen_if(gen, 60) ? column->ref : target(select, type, sets);
        select->targets = comma(gen, select->targets, gen_print(gen, "%s AS c%zu", text, i + 1));
    }
}

static const char *limit(Gen *gen)
{
    switch (gen_choose(gen, 8)) {
    case 0:
    case 1:
        return " LIMIT 1";
    case 2:
        return gen_print(gen, " LIMIT %s", gen_param(gen, gen_type(KIND_BIGINT)));
    case 3:
        return " LIMIT 2 OFFSET 1";
    case 4:
        return " LIMIT NULL";
    case 5:
        return gen_print(gen, " OFFSET %s", gen_param(gen, gen_type(KIND_BIGINT)));
    case 6:
        return " FETCH FIRST ROW ONLY";
    default:
        return " ORDER BY 1 FETCH FIRST 1 ROWS WITH TIES";
    }
}

static const char *select_text(Select *select)
{
    Gen *gen = select->gen;
    static const char *const distinct[] = {"", "DISTINCT ", "DISTINCT ON (1) "};
    const char *prefix = distinct[gen_if(gen, 8) ? 1 + gen_choose(gen, 2) : 0];
    return gen_print(gen, "SELECT %s%s%s%s%s%s%s%s", prefix, select->targets, select->from ? " FROM " : "",
                     select->from ? select->from : "", select->where, select->group, select->having,
                     select->windows);
}

/* No LIMIT: the caller adds one. */
static const char *plain_select(Gen *gen, const GenScope *outer, GenTypes *types, int depth)
{
    Select select = {.gen = gen, .types = types, .free = types->len == 0, .depth = depth};
    select.rows.outer = select.grouped.outer = outer;
    select.where = select.group = select.having = select.windows = "";
    if (!gen_if(gen, 8))
        select.from = gen_from(gen, &select.rows, depth);
    select.where = where_clause(&select);
    if (select.from)
        choose_groups(&select);
    else
        select.place.scope = &select.rows;
    make_targets(&select);
    return select_text(&select);
}

/* ---- queries ---- */

static const char *values_query(Gen *gen, const GenScope *outer, const GenTypes *types)
{
    GenPlace place = {.scope = outer};
    const char *rows = NULL;
    for (uint32_t i = 0, n = 1 + gen_choose(gen, 2); i < n; i++) {
        const char *row = NULL;
        for (size_t k = 0; k < types->len; k++)
            row = comma(gen, row,
                        gen_print(gen, "%s::%s", gen_simple(gen, &place, types->items[k]), types->items[k].name));
        rows = comma(gen, rows, gen_print(gen, "(%s)", row));
    }
    /* The columns of VALUES have other names. */
    const char *names = NULL;
    for (size_t k = 0; k < types->len; k++)
        names = comma(gen, names, gen_print(gen, "c%zu", k + 1));
    return gen_print(gen, "SELECT * FROM (VALUES %s) v%u(%s)", rows, ++gen->naliases, names);
}

static const char *set_operation(Gen *gen, const GenScope *outer, GenTypes *types, int depth)
{
    static const char *const words[] = {"UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"};
    if (!types->len)
        for (uint32_t i = 0, n = 1 + gen_choose(gen, 3); i < n; i++)
            vec_push(gen->arena, types, gen_random_type(gen));
    const char *left = gen_query(gen, outer, types, depth - 1);
    const char *right = gen_query(gen, outer, types, depth - 1);
    return gen_print(gen, "(%s) %s (%s)", left, words[gen_choose(gen, 6)], right);
}

const char *gen_query(Gen *gen, const GenScope *outer, GenTypes *types, int depth)
{
    bool may_have_with = !gen->no_with && depth > 1;
    gen->no_with = false;
    uint32_t which = gen_choose(gen, 20);
    if (which >= 17 && depth > 1)
        return gen_print(gen, "%s%s", set_operation(gen, outer, types, depth), gen_if(gen, 8) ? limit(gen) : "");
    if (which == 16 && types->len)
        return values_query(gen, outer, types);
    size_t nctes = gen->ctes.len;
    const char *with = may_have_with && gen_if(gen, 10) ? gen_with(gen, depth - 1, false) : "";
    const char *select = plain_select(gen, outer, types, depth);
    gen->ctes.len = nctes;
    return gen_print(gen, "%s%s%s", with, select, gen_if(gen, 12) ? limit(gen) : "");
}

const char *gen_scalar_query(Gen *gen, const GenScope *outer, GenType type, int depth)
{
    GenTypes types = {0};
    vec_push(gen->arena, &types, type);
    switch (gen_choose(gen, 10)) {
    case 0:
    case 1:
        return gen_query(gen, outer, &types, depth);
    case 2:
    case 3:
    case 4: { /* exactly one row */
        GenScope rows = {.outer = outer};
        const char *from = gen_from(gen, &rows, depth);
        GenScope none = {.outer = outer};
        GenPlace place = {.scope = &none, .rows = &rows}, where = {.scope = &rows};
        const char *value = gen_aggregate(gen, &place, type, 2);
        return gen_print(gen, "SELECT %s AS c1 FROM %s%s", value, from,
                         gen_if(gen, 50) ? gen_print(gen, " WHERE %s", gen_condition(gen, &where, 1)) : "");
    }
    case 5: {
        GenScope none = {.outer = outer};
        GenPlace place = {.scope = &none};
        return gen_print(gen, "SELECT %s", gen_expr(gen, &place, type, depth));
    }
    default:
        return gen_print(gen, "SELECT c1 FROM (%s) s%u LIMIT 1", gen_query(gen, outer, &types, depth),
                         ++gen->naliases);
    }
}

/* ---- WITH ---- */

static const char *recursive_query(Gen *gen, const char *name, GenTypes *types, int depth)
{
    vec_push(gen->arena, types, gen_type(KIND_INT));
    vec_push(gen->arena, types, gen_random_type(gen));
    const char *first = gen_query(gen, NULL, types, depth);
    const char *alias = gen_print(gen, "r%u", ++gen->naliases);
    GenScope rows = {0};
    GenColumn depth_column = {gen_print(gen, "%s.c1", alias), alias, "c1", types->items[0], true};
    GenColumn other = {gen_print(gen, "%s.c2", alias), alias, "c2", types->items[1], true};
    vec_push(gen->arena, &rows.columns, depth_column);
    vec_push(gen->arena, &rows.columns, other);
    const char *join = "";
    if (gen_if(gen, 50)) {
        GenScope more = {0};
        const char *from = gen_from_item(gen, &more);
        join = gen_print(gen, "%s JOIN %s ON true", gen_if(gen, 50) ? "" : " LEFT", from);
        for (size_t i = 0; i < more.columns.len; i++)
            vec_push(gen->arena, &rows.columns, more.columns.items[i]);
    }
    GenPlace place = {.scope = &rows};
    /* UNION over a bounded counter: it ends. */
    return gen_print(gen, "(%s) UNION SELECT %s.c1 + 1, %s FROM %s %s %s WHERE %s.c1 < 4", first, alias,
                     gen_expr(gen, &place, types->items[1], 1), name, alias, join, alias);
}

const char *gen_with(Gen *gen, int depth, bool changes)
{
    const char *list = NULL;
    bool recursive = gen_if(gen, 30);
    for (uint32_t i = 0, n = 1 + gen_choose(gen, 2); i < n; i++) {
        const char *name = gen_print(gen, "q%u", ++gen->naliases);
        GenTypes types = {0};
        const char *query;
        bool repeats = recursive && i == 0;
        if (repeats)
            query = recursive_query(gen, name, &types, 1);
        else if (changes && gen_if(gen, 30))
            query = gen_change(gen, &types, depth);
        else
            query = gen_query(gen, NULL, &types, depth);
        const char *columns = NULL;
        for (size_t k = 0; k < types.len; k++)
            columns = comma(gen, columns, gen_print(gen, "c%zu", k + 1));
        list = comma(gen, list,
                     gen_print(gen, "%s(%s) AS %s(%s)", name, columns,
                               repeats || !gen_if(gen, 15) ? "" : "MATERIALIZED ", query));
        GenCte cte = {name, types.items, types.len};
        vec_push(gen->arena, &gen->ctes, cte);
    }
    return gen_print(gen, "WITH %s%s ", recursive ? "RECURSIVE " : "", list);
}
