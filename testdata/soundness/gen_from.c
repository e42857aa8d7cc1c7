/* Random FROM: trees of joins over tables, sub-queries, functions, VALUES and common table expressions. */
#include "generate.h"

#include <string.h>

static void add_column(Gen *gen, GenScope *scope, const char *alias, const char *name, GenType type)
{
    GenColumn column = {gen_print(gen, "%s.%s", alias, name), alias, name, type, true};
    vec_push(gen->arena, &scope->columns, column);
}

static const char *new_alias(Gen *gen)
{
    return gen_print(gen, "t%u", ++gen->naliases);
}

/* ---- leaves ---- */

static const char *table_leaf(Gen *gen, GenScope *scope)
{
    const SubjectTable *table = &gen->subject->tables.items[gen_choose(gen, (uint32_t)gen->subject->tables.len)];
    const char *alias = new_alias(gen);
    bool only = table->takes_rows && table->has_children && gen_if(gen, 20);
    bool renamed = gen_if(gen, 12);
    for (size_t i = 0; i < table->ncolumns; i++)
        add_column(gen, scope, alias, renamed && i < 2 ? (i ? "v" : "k") : table->columns[i].name,
                   gen_type_of(table->columns[i].type, table->columns[i].type_name));
    for (size_t i = 0; i < table->keys.len && !renamed; i++) {
        GenKey key = {alias, table, &table->keys.items[i]};
        vec_push(gen->arena, &scope->keys, key);
    }
    const char *columns = renamed ? (table->ncolumns > 1 ? "(k, v)" : "(k)") : "";
    const char *sample = table->takes_rows && gen_if(gen, 2) ? " TABLESAMPLE BERNOULLI (50)" : "";
    return gen_print(gen, "%s%s %s%s%s", only ? "ONLY " : "", table->name, alias, columns, sample);
}

static const char *query_leaf(Gen *gen, GenScope *scope, const GenScope *lateral, int depth)
{
    GenTypes types = {0};
    const char *query = gen_query(gen, lateral, &types, depth - 1);
    const char *alias = new_alias(gen);
    for (size_t i = 0; i < types.len; i++)
        add_column(gen, scope, alias, gen_print(gen, "c%zu", i + 1), types.items[i]);
    return gen_print(gen, "%s(%s) %s", lateral ? "LATERAL " : "", query, alias);
}

static const char *values_leaf(Gen *gen, GenScope *scope)
{
    const char *alias = new_alias(gen);
    GenType types[] = {gen_random_type(gen), gen_random_type(gen)};
    GenPlace nothing = {0};
    const char *rows = NULL;
    for (uint32_t i = 0, n = 1 + gen_choose(gen, 3); i < n; i++) {
        const char *row =
            gen_print(gen, "(%s, %s)", gen_simple(gen, &nothing, types[0]), gen_simple(gen, &nothing, types[1]));
        rows = rows ? gen_print(gen, "%s, %s", rows, row) : row;
    }
    add_column(gen, scope, alias, "k", types[0]);
    add_column(gen, scope, alias, "v", types[1]);
    return gen_print(gen, "(VALUES %s) %s(k, v)", rows, alias);
}

typedef struct Source {
    const char *call; /* # a simple expression */
    Kind argument;
    Kind columns[3];
    size_t ncolumns;
    bool whole; /* with its own column names in place */
} Source;

static const Source sources[] = {
    {"generate_series(1, #)", KIND_INT, {KIND_INT}, 1, false},
    {"unnest(#)", KIND_INTS, {KIND_INT}, 1, false},
    {"unnest(#)", KIND_TEXTS, {KIND_TEXT}, 1, false},
    {"jsonb_array_elements('[]'::jsonb || #)", KIND_JSONB, {KIND_JSONB}, 1, false},
    {"jsonb_array_elements_text('[]'::jsonb || #)", KIND_JSONB, {KIND_TEXT}, 1, false},
    {"jsonb_object_keys(jsonb_build_object('a', #))", KIND_INT, {KIND_TEXT}, 1, false},
    {"jsonb_each_text(jsonb_build_object('a', #))", KIND_INT, {KIND_TEXT, KIND_TEXT}, 2, false},
    {"jsonb_each(jsonb_build_object('a', #))", KIND_TEXT, {KIND_TEXT, KIND_JSONB}, 2, false},
    {"string_to_table(#, 'a')", KIND_TEXT, {KIND_TEXT}, 1, false},
    {"regexp_split_to_table(#, 'a')", KIND_TEXT, {KIND_TEXT}, 1, false},
    {"upper(#)", KIND_TEXT, {KIND_TEXT}, 1, false},
    {"abs(#)", KIND_INT, {KIND_INT}, 1, false},
    {"concat(#)", KIND_TEXT, {KIND_TEXT}, 1, false},
    {"ROWS FROM (unnest(#), generate_series(1, 2))", KIND_INTS, {KIND_INT, KIND_INT}, 2, false},
    {"ROWS FROM (generate_series(1, #), jsonb_each_text('{\"a\":null}'))",
     KIND_INT,
     {KIND_INT, KIND_TEXT, KIND_TEXT},
     3,
     false},
    {"unnest(#, ARRAY['a','b']::text[])", KIND_INTS, {KIND_INT, KIND_TEXT}, 2, false},
    {"jsonb_to_record(jsonb_build_object('a', #))", KIND_INT, {KIND_INT, KIND_TEXT}, 2, true},
    {"jsonb_to_recordset('[{}, {\"a\": 1}]'::jsonb || jsonb_build_object('a', #))",
     KIND_INT,
     {KIND_INT, KIND_TEXT},
     2,
     true},
};

static const char *function_leaf(Gen *gen, GenScope *scope, const GenScope *lateral)
{
    const Source *source = &sources[gen_choose(gen, sizeof sources / sizeof *sources)];
    GenPlace place = {.scope = lateral};
    const char *argument = gen_simple(gen, &place, gen_type(source->argument));
    const char *hole = strchr(source->call, '#');
    const char *call = gen_print(gen, "%.*s%s%s", (int)(hole - source->call), source->call, argument, hole + 1);
    const char *alias = new_alias(gen);
    if (source->whole) {
        add_column(gen, scope, alias, "a", gen_type(KIND_INT));
        add_column(gen, scope, alias, "b", gen_type(KIND_TEXT));
        return gen_print(gen, "%s %s(a int, b text)", call, alias);
    }
    static const char *const names[] = {"k", "v", "w"};
    const char *list = names[0];
    for (size_t i = 0; i < source->ncolumns && i < sizeof names / sizeof *names; i++) {
        add_column(gen, scope, alias, names[i], gen_type(source->columns[i]));
        list = i ? gen_print(gen, "%s, %s", list, names[i]) : list;
    }
    bool ordinality = gen_if(gen, 25);
    if (ordinality)
        add_column(gen, scope, alias, "n", gen_type(KIND_BIGINT));
    return gen_print(gen, "%s%s %s(%s%s)", call, ordinality ? " WITH ORDINALITY" : "", alias, list,
                     ordinality ? ", n" : "");
}

static const char *cte_leaf(Gen *gen, GenScope *scope)
{
    const GenCte *cte = &gen->ctes.items[gen_choose(gen, (uint32_t)gen->ctes.len)];
    const char *alias = new_alias(gen);
    for (size_t i = 0; i < cte->ntypes; i++)
        add_column(gen, scope, alias, gen_print(gen, "c%zu", i + 1), cte->types[i]);
    return gen_print(gen, "%s %s", cte->name, alias);
}

static const char *leaf(Gen *gen, GenScope *scope, const GenScope *lateral, int depth)
{
    uint32_t which = gen_choose(gen, 20);
    if (gen->ctes.len && (which == 19 || gen_if(gen, 35)))
        return cte_leaf(gen, scope);
    if (which >= 14 && which <= 16 && depth > 0)
        return query_leaf(gen, scope, gen_if(gen, 40) ? lateral : NULL, depth);
    if (which == 17)
        return values_leaf(gen, scope);
    if (which == 18)
        return function_leaf(gen, scope, lateral);
    return table_leaf(gen, scope);
}

/* ---- joins ---- */

static void add_scope(Gen *gen, GenScope *scope, const GenScope *from)
{
    for (size_t i = 0; i < from->columns.len; i++)
        vec_push(gen->arena, &scope->columns, from->columns.items[i]);
    for (size_t i = 0; i < from->keys.len; i++)
        vec_push(gen->arena, &scope->keys, from->keys.items[i]);
}

/* A column of each side that can be compared; prefers those that reach the key of a table. */
static const char *equality(Gen *gen, const GenScope *left, const GenScope *right)
{
    GenPlace place = {.scope = &(GenScope){.columns = left->columns}};
    if (right->keys.len && gen_if(gen, 50))
        return gen_key_condition(gen, &place, &right->keys.items[gen_choose(gen, (uint32_t)right->keys.len)], 1);
    GenScope rights = {.columns = right->columns}, lefts = {.columns = left->columns};
    const GenColumn *to = gen_any_column(gen, &rights);
    const GenColumn *from = to && to->type.kind != KIND_OTHER ? gen_column(gen, &lefts, to->type) : NULL;
    return from ? gen_print(gen, "%s = %s", from->ref, to->ref) : NULL;
}

static const char *on_condition(Gen *gen, const GenScope *outer, const GenScope *left, const GenScope *right,
                                bool full, int depth)
{
    const char *equal = gen_if(gen, 12) ? NULL : equality(gen, left, right);
    if (full)
        return equal ? equal : "true";
    GenScope both = {.outer = outer};
    add_scope(gen, &both, left);
    add_scope(gen, &both, right);
    GenPlace place = {.scope = &both};
    if (equal && !gen_if(gen, 25))
        return equal;
    const char *other = gen_if(gen, 20) ? "true" : gen_condition(gen, &place, depth > 1 ? 2 : 1);
    return equal ? gen_print(gen, "%s AND %s", equal, other) : other;
}

static size_t count_named(const GenScope *scope, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < scope->columns.len; i++)
        n += scope->columns.items[i].name && strcmp(scope->columns.items[i].name, name) == 0;
    return n;
}

static const GenColumn *find_named(const GenScope *scope, const char *name)
{
    for (size_t i = 0; i < scope->columns.len; i++)
        if (scope->columns.items[i].name && strcmp(scope->columns.items[i].name, name) == 0)
            return &scope->columns.items[i];
    return NULL;
}

/* A name that both sides have once, with one type; it is added as a merged column. */
static const char *merge_column(Gen *gen, const GenScope *left, const GenScope *right, GenScope *scope)
{
    for (size_t i = 0; i < left->columns.len; i++) {
        const GenColumn *column = &left->columns.items[i];
        const GenColumn *other = column->name ? find_named(right, column->name) : NULL;
        if (!other || count_named(left, column->name) != 1 || count_named(right, column->name) != 1 ||
            other->type.kind != column->type.kind || other->type.kind == KIND_OTHER)
            continue;
        GenColumn merged = *column;
        merged.ref = column->name;
        merged.qualifier = NULL;
        merged.name = NULL; /* not to be merged again */
        vec_push(gen->arena, &scope->columns, merged);
        vec_push(gen->arena, &scope->columns, merged); /* twice as likely */
        return column->name;
    }
    return NULL;
}

/* The names inside are hidden behind the alias. */
static const char *alias_join(Gen *gen, const char *join, GenScope *scope)
{
    const char *alias = new_alias(gen);
    GenScope renamed = {0};
    for (size_t i = 0; i < scope->columns.len; i++)
        if (scope->columns.items[i].name && count_named(scope, scope->columns.items[i].name) == 1)
            add_column(gen, &renamed, alias, scope->columns.items[i].name, scope->columns.items[i].type);
    scope->aliased = renamed.columns.len > 0;
    if (!scope->aliased)
        return join;
    scope->columns = renamed.columns;
    scope->keys.len = 0;
    return gen_print(gen, "(%s) %s", join, alias);
}

static const char *tree(Gen *gen, GenScope *scope, const GenScope *before, const GenScope *outer, int joins,
                        int depth);

static const char *join(Gen *gen, GenScope *scope, const GenScope *before, const GenScope *outer, int joins,
                        int depth)
{
    static const char *const words[] = {"JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"};
    GenScope left = {.outer = outer}, right = {.outer = outer};
    uint32_t which = gen_choose(gen, 6);
    const char *a = tree(gen, &left, before, outer, joins - 1, depth);
    /* LATERAL sees the left side unless it may be without a row. */
    GenScope seen = {.outer = outer};
    if (before)
        add_scope(gen, &seen, before);
    if (which != 3 && which != 4)
        add_scope(gen, &seen, &left);
    bool nested = joins > 1 && gen_if(gen, 40);
    const char *b = nested ? tree(gen, &right, &seen, outer, joins - 1, depth) : leaf(gen, &right, &seen, depth);
    if (nested && !right.aliased)
        b = gen_print(gen, "(%s)", b);
    const char *text;
    const char *name = which != 5 && gen_if(gen, 15) ? merge_column(gen, &left, &right, scope) : NULL;
    if (which == 5)
        text = gen_print(gen, "%s CROSS JOIN %s", a, b);
    else if (name)
        text = gen_print(gen, "%s %s %s USING (%s)", a, words[which], b, name);
    else
        text = gen_print(gen, "%s %s %s ON %s", a, words[which], b,
                         on_condition(gen, outer, &left, &right, which == 4, depth));
    add_scope(gen, scope, &left);
    add_scope(gen, scope, &right);
    scope->aliased = gen_if(gen, 6);
    return scope->aliased ? alias_join(gen, text, scope) : text;
}

static const char *tree(Gen *gen, GenScope *scope, const GenScope *before, const GenScope *outer, int joins,
                        int depth)
{
    return joins > 0 ? join(gen, scope, before, outer, joins, depth) : leaf(gen, scope, before, depth);
}

const char *gen_from_item(Gen *gen, GenScope *scope)
{
    return leaf(gen, scope, scope->outer, 0);
}

const char *gen_from(Gen *gen, GenScope *scope, int depth)
{
    static const int joins[] = {0, 0, 1, 1, 1, 2, 2, 3};
    const char *text = NULL;
    for (uint32_t i = 0, n = gen_if(gen, 20) ? 2 : 1; i < n; i++) {
        GenScope item = {.outer = scope->outer};
        GenScope before = {.outer = scope->outer};
        add_scope(gen, &before, scope);
        int njoins = joins[gen_choose(gen, 8)];
        const char *one = tree(gen, &item, &before, scope->outer,
                               depth > 1    ? njoins
                               : njoins > 1 ? 1
                                            : njoins,
                               depth);
        add_scope(gen, scope, &item);
        text = text ? gen_print(gen, "%s, %s", text, one) : one;
    }
    return text;
}
