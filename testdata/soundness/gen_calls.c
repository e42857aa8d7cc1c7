/* Random aggregates and window functions. */
#include "generate.h"

#include <string.h>

/* In templates # is an argument of the type itself and #i … as in gen_expr.c; they see the rows. */
typedef struct Call {
    Kind kind; /* KIND_OTHER: any that has an order */
    const char *text;
} Call;

static const Call aggregates[] = {
    {KIND_OTHER, "max(#)"},
    {KIND_OTHER, "min(#)"},
    {KIND_OTHER, "(array_agg(#))[1]"},
    {KIND_OTHER, "mode() WITHIN GROUP (ORDER BY #)"},
    {KIND_OTHER, "percentile_disc(0.5) WITHIN GROUP (ORDER BY #)"},
    {KIND_INT, "count(*)::int"},
    {KIND_INT, "bit_or(#)"},
    {KIND_INT, "sum(#)::int"},
    {KIND_INT, "(count(#) + 1)::int"},
    {KIND_BIGINT, "count(*)"},
    {KIND_BIGINT, "count(#t)"},
    {KIND_BIGINT, "count(DISTINCT #i)"},
    {KIND_BIGINT, "sum(#i)"},
    {KIND_BIGINT, "rank(1) WITHIN GROUP (ORDER BY #i)"},
    {KIND_BIGINT, "regr_count(#i, #i)"},
    {KIND_NUMERIC, "sum(#)"},
    {KIND_NUMERIC, "avg(#i)"},
    {KIND_NUMERIC, "stddev(#i)"},
    {KIND_NUMERIC, "stddev_pop(#)"},
    {KIND_NUMERIC, "var_samp(#)"},
    {KIND_NUMERIC, "variance(#i)"},
    {KIND_NUMERIC, "var_pop(#i)"},
    {KIND_NUMERIC, "corr(#i, #i)::numeric"},
    {KIND_NUMERIC, "regr_slope(#i, #i)::numeric"},
    {KIND_TEXT, "string_agg(#, ',')"},
    {KIND_TEXT, "string_agg(#, # ORDER BY #i)"},
    {KIND_BOOL, "bool_or(#)"},
    {KIND_BOOL, "every(#)"},
    {KIND_BOOL, "(count(*) > 1)"},
    {KIND_JSONB, "jsonb_agg(#i)"},
    {KIND_JSONB, "jsonb_object_agg(coalesce(#t, 'x'), #i)"},
    {KIND_INTS, "array_agg(#i)"},
    {KIND_INTS, "array_agg(DISTINCT #i)"},
    {KIND_TEXTS, "array_agg(#t ORDER BY #i)"},
};

static const Call windows[] = {
    {KIND_OTHER, "lag(#)"},
    {KIND_OTHER, "lead(#, 1)"},
    {KIND_OTHER, "lag(#, #i, #)"},
    {KIND_OTHER, "lead(#, 1, #)"},
    {KIND_OTHER, "first_value(#)"},
    {KIND_OTHER, "last_value(#)"},
    {KIND_OTHER, "nth_value(#, 2)"},
    {KIND_OTHER, "max(#)"},
    {KIND_OTHER, "min(#)"},
    {KIND_BIGINT, "row_number()"},
    {KIND_BIGINT, "rank()"},
    {KIND_BIGINT, "count(*)"},
    {KIND_BIGINT, "count(#i)"},
    {KIND_BIGINT, "sum(#i)"},
    {KIND_INT, "ntile(2)"},
    {KIND_INT, "ntile(#i)"},
    {KIND_NUMERIC, "avg(#i)"},
    {KIND_NUMERIC, "stddev(#i)"},
    {KIND_TEXT, "string_agg(#, ',')"},
    {KIND_BOOL, "bool_and(#)"},
    {KIND_INTS, "array_agg(#i)"},
    {KIND_JSONB, "jsonb_agg(#i)"},
};

static bool has_order(Kind kind)
{
    return kind != KIND_OTHER && kind != KIND_BOOL && kind != KIND_JSONB;
}

static const char *fill(Gen *gen, const GenPlace *place, GenType type, const char *template, int depth)
{
    static const char letters[] = "itbgnj";
    static const Kind of[] = {KIND_INT, KIND_TEXT, KIND_BOOL, KIND_BIGINT, KIND_NUMERIC, KIND_JSONB};
    StrBuf out;
    strbuf_init(&out);
    for (const char *c = template; *c; c++) {
        if (*c != '#') {
            strbuf_add_char(&out, *c);
            continue;
        }
        const char *letter = c[1] ? strchr(letters, c[1]) : NULL;
        c += letter != NULL;
        strbuf_add(&out, gen_expr(gen, place, letter ? gen_type(of[letter - letters]) : type, depth - 1));
    }
    const char *text = arena_strdup(gen->arena, out.text);
    strbuf_release(&out);
    return text;
}

static const char *pick(Gen *gen, const Call *calls, size_t n, GenType type)
{
    size_t fitting = 0;
    for (size_t i = 0; i < n; i++)
        fitting += calls[i].kind == type.kind || (calls[i].kind == KIND_OTHER && has_order(type.kind));
    if (!fitting)
        return NULL;
    size_t wanted = gen_choose(gen, (uint32_t)fitting);
    for (size_t i = 0; i < n; i++)
        if ((calls[i].kind == type.kind || (calls[i].kind == KIND_OTHER && has_order(type.kind))) && wanted-- == 0)
            return calls[i].text;
    return NULL;
}

const char *gen_aggregate(Gen *gen, const GenPlace *place, GenType type, int depth)
{
    GenPlace rows = {.scope = place->rows};
    const char *template = pick(gen, aggregates, sizeof aggregates / sizeof *aggregates, type);
    if (!template)
        return gen_simple(gen, place, type);
    const char *call = fill(gen, &rows, type, template, depth < 3 ? depth : 2);
    /* A FILTER goes to the end of the call, so only where the template is nothing but one. */
    if (template[strlen(template) - 1] == ')' && template[0] != '(' && gen_if(gen, 20))
        return gen_print(gen, "%s FILTER (WHERE %s)", call, gen_condition(gen, &rows, 1));
    return call;
}

static const char *frame_bound(Gen *gen, bool start)
{
    static const char *const starts[] = {"UNBOUNDED PRECEDING", "CURRENT ROW", "2 PRECEDING", "1 PRECEDING",
                                         "1 FOLLOWING"};
    static const char *const ends[] = {"CURRENT ROW", "UNBOUNDED FOLLOWING", "1 FOLLOWING", "1 PRECEDING",
                                       "2 FOLLOWING"};
    return (start ? starts : ends)[gen_choose(gen, 5)];
}

static const char *frame(Gen *gen)
{
    static const char *const units[] = {"ROWS", "RANGE", "GROUPS"};
    static const char *const exclusions[] = {"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES",
                                             " EXCLUDE NO OTHERS"};
    if (!gen_if(gen, 40))
        return "";
    return gen_print(gen, " %s BETWEEN %s AND %s%s", units[gen_choose(gen, 3)], frame_bound(gen, true),
                     frame_bound(gen, false), exclusions[gen_choose(gen, 5)]);
}

const char *gen_window_call(Gen *gen, const GenPlace *place, GenType type, int depth)
{
    GenPlace inner = *place;
    inner.windows = false;
    const char *template = pick(gen, windows, sizeof windows / sizeof *windows, type);
    if (!template)
        return gen_simple(gen, place, type);
    const char *call = fill(gen, &inner, type, template, depth < 3 ? depth : 2);
    if (strchr(call, ':') == NULL && gen_if(gen, 10) && strstr("count(*) sum( max( min( avg( ", template) != NULL)
        call = gen_print(gen, "%s FILTER (WHERE %s)", call, gen_condition(gen, &inner, 1));
    if (place->nnamed_windows && gen_if(gen, 30))
        return gen_print(gen, "%s OVER %s", call,
                         place->named_windows[gen_choose(gen, (uint32_t)place->nnamed_windows)]);
    const char *partition =
        gen_if(gen, 40) ? gen_print(gen, "PARTITION BY %s ", gen_expr(gen, &inner, gen_type(KIND_TEXT), 1)) : "";
    const char *order =
        gen_if(gen, 70) ? gen_print(gen, "ORDER BY %s", gen_expr(gen, &inner, gen_type(KIND_INT), 1)) : "";
    return gen_print(gen, "%s OVER (%s%s%s)", call, partition, order, frame(gen));
}
