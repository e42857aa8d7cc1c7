/* Random conditions: what proves columns not to be NULL, and what only seems to. */
#include "generate.h"

static const char *const comparisons[] = {"=", "<", "<>", ">=", ">", "<="};

static const char *peer(Gen *gen, const GenPlace *place, GenType type, int depth)
{
    if (gen_if(gen, 30) && type.kind != KIND_OTHER)
        return gen_param(gen, type);
    return gen_expr(gen, place, type, depth - 1);
}

static const char *comparison(Gen *gen, const GenPlace *place, int depth)
{
    GenType type = gen_random_type(gen);
    const char *left = gen_expr(gen, place, type, depth - 1);
    return gen_print(gen, "%s %s %s", left, comparisons[gen_choose(gen, 6)], peer(gen, place, type, depth));
}

static const char *null_test(Gen *gen, const GenPlace *place, int depth)
{
    static const char *const tests[] = {"IS NOT NULL", "IS NULL", "IS NOT NULL"};
    const GenColumn *column = place->scope && gen_if(gen, 70) ? gen_any_column(gen, place->scope) : NULL;
    const char *arg = column ? column->ref : gen_expr(gen, place, gen_random_type(gen), depth - 1);
    return gen_print(gen, "%s %s", arg, tests[gen_choose(gen, 3)]);
}

static const char *row_test(Gen *gen, const GenPlace *place)
{
    GenType a = gen_random_type(gen), b = gen_type(KIND_INT);
    const char *left = gen_print(gen, "(%s, %s)", gen_simple(gen, place, a), gen_simple(gen, place, b));
    if (gen_if(gen, 30))
        return gen_print(gen, "%s IS %sNULL", left, gen_if(gen, 50) ? "NOT " : "");
    const char *right = gen_print(gen, "(%s, %s)", gen_simple(gen, place, a), gen_simple(gen, place, b));
    if (gen_if(gen, 20))
        return gen_print(gen, "%s IS NOT DISTINCT FROM %s", left, right);
    return gen_print(gen, "%s %s %s", left, comparisons[gen_choose(gen, 6)], right);
}

static const char *list_test(Gen *gen, const GenPlace *place, int depth)
{
    GenType type = gen_type(gen_if(gen, 50) ? KIND_TEXT : KIND_INT);
    GenType array = gen_type(type.kind == KIND_TEXT ? KIND_TEXTS : KIND_INTS);
    const char *left = gen_expr(gen, place, type, depth - 1);
    switch (gen_choose(gen, 6)) {
    case 0:
        return gen_print(gen, "%s IN (%s, %s)", left, peer(gen, place, type, 1), peer(gen, place, type, 1));
    case 1:
        return gen_print(gen, "%s NOT IN (%s, %s)", left, peer(gen, place, type, 1), peer(gen, place, type, 1));
    case 2:
        return gen_print(gen, "%s = ANY(%s)", left, peer(gen, place, array, depth));
    case 3:
        return gen_print(gen, "%s <> ALL(%s)", left, peer(gen, place, array, depth));
    case 4:
        return gen_print(gen, "%s < ALL(%s)", left, peer(gen, place, array, depth));
    default:
        return gen_print(gen, "%s = ANY(ARRAY[%s, %s])", left, peer(gen, place, type, 1),
                         peer(gen, place, type, 1));
    }
}

static const char *query_test(Gen *gen, const GenPlace *place, int depth)
{
    GenTypes types = {0};
    vec_push(gen->arena, &types, gen_random_type(gen));
    uint32_t which = gen_choose(gen, 8);
    if (which == 6)
        vec_push(gen->arena, &types, gen_type(KIND_INT));
    const char *query = gen_query(gen, place->scope, &types, depth - 1);
    const char *left = gen_expr(gen, place, types.items[0], depth - 1);
    switch (which) {
    case 0:
        return gen_print(gen, "EXISTS (%s)", query);
    case 1:
        return gen_print(gen, "NOT EXISTS (%s)", query);
    case 2:
        return gen_print(gen, "%s IN (%s)", left, query);
    case 3:
        return gen_print(gen, "%s NOT IN (%s)", left, query);
    case 4:
        return gen_print(gen, "%s %s ANY (%s)", left, comparisons[gen_choose(gen, 6)], query);
    case 5:
        return gen_print(gen, "%s %s ALL (%s)", left, comparisons[gen_choose(gen, 6)], query);
    case 6:
        return gen_print(gen, "(%s, %s) IN (%s)", left, gen_simple(gen, place, gen_type(KIND_INT)), query);
    default:
        return gen_print(gen, "%s = (%s LIMIT 1)", left, query);
    }
}

static const char *other_test(Gen *gen, const GenPlace *place, int depth)
{
    GenType text = gen_type(KIND_TEXT), number = gen_type(KIND_INT);
    switch (gen_choose(gen, 9)) {
    case 0:
        return gen_print(gen, "%s LIKE %s", gen_expr(gen, place, text, depth - 1), peer(gen, place, text, 1));
    case 1:
        return gen_print(gen, "%s BETWEEN %s AND %s", gen_expr(gen, place, number, depth - 1),
                         peer(gen, place, number, 1), peer(gen, place, number, 1));
    case 2:
        return gen_print(gen, "%s IS DISTINCT FROM %s", gen_expr(gen, place, text, depth - 1),
                         peer(gen, place, text, 1));
    case 3:
        return gen_print(gen, "%s IS NOT DISTINCT FROM %s", gen_expr(gen, place, number, depth - 1),
                         peer(gen, place, number, 1));
    case 4: {
        const char *param = gen_param(gen, number);
        return gen_print(gen, "(%s::int IS NULL OR %s = %s)", param, gen_expr(gen, place, number, depth - 1),
                         param);
    }
    case 5:
        return gen_print(gen, "%s ~ 'a'", gen_expr(gen, place, text, depth - 1));
    case 6:
        return gen_print(gen, "%s @> %s", gen_expr(gen, place, gen_type(KIND_INTS), depth - 1),
                         peer(gen, place, gen_type(KIND_INTS), 1));
    case 7:
        return gen_print(gen, "%s ? 'a'", gen_expr(gen, place, gen_type(KIND_JSONB), depth - 1));
    default:
        return gen_print(gen, "coalesce(%s, %s) = %s", gen_expr(gen, place, number, depth - 1),
                         gen_simple(gen, place, number), peer(gen, place, number, 1));
    }
}

static const char *boolean_test(Gen *gen, const GenPlace *place, int depth)
{
    static const char *const tests[] = {"TRUE", "FALSE", "UNKNOWN", "NOT TRUE", "NOT FALSE", "NOT UNKNOWN"};
    return gen_print(gen, "(%s) IS %s", gen_condition(gen, place, depth - 1), tests[gen_choose(gen, 6)]);
}

const char *gen_condition(Gen *gen, const GenPlace *place, int depth)
{
    if (depth <= 0)
        return comparison(gen, place, 1);
    switch (gen_choose(gen, 16)) {
    case 0:
    case 1:
    case 2:
    default:
        return comparison(gen, place, depth);
    case 4:
    case 5:
        return null_test(gen, place, depth);
    case 6:
        return gen_print(gen, "(%s AND %s)", gen_condition(gen, place, depth - 1),
                         gen_condition(gen, place, depth - 1));
    case 7:
    case 8:
        return gen_print(gen, "(%s OR %s)", gen_condition(gen, place, depth - 1),
                         gen_condition(gen, place, depth - 1));
    case 9:
        return gen_print(gen, "NOT (%s)", gen_condition(gen, place, depth - 1));
    case 10:
        return row_test(gen, place);
    case 11:
        return list_test(gen, place, depth);
    case 12:
        return depth > 1 ? query_test(gen, place, depth) : list_test(gen, place, depth);
    case 13:
        return other_test(gen, place, depth);
    case 14:
        return boolean_test(gen, place, depth);
    case 15:
        return gen_simple(gen, place, gen_type(KIND_BOOL));
    }
}

/* All columns of the key but, now and then, one. */
const char *gen_key_condition(Gen *gen, const GenPlace *place, const GenKey *key, int depth)
{
    const char *text = NULL;
    size_t left_out = gen_if(gen, 15) ? gen_choose(gen, (uint32_t)key->key->len) : key->key->len;
    for (size_t i = 0; i < key->key->len; i++) {
        const SubjectColumn *column = &key->table->columns[key->key->columns[i]];
        GenType type = gen_type_of(column->type, column->type_name);
        const char *value;
        if (i == left_out)
            continue;
        switch (gen_choose(gen, 5)) {
        case 0:
        case 1:
            value = gen_param(gen, type);
            break;
        case 2:
            value = gen_literal(gen, type);
            break;
        default:
            value = gen_expr(gen, place, type, depth > 1 ? 1 : 0);
            break;
        }
        const char *one = gen_if(gen, 10) ? gen_print(gen, "%s = %s.%s", value, key->alias, column->name)
                                          : gen_print(gen, "%s.%s = %s", key->alias, column->name, value);
        text = text ? gen_print(gen, "%s AND %s", text, one) : one;
    }
    return text ? text : "true";
}
