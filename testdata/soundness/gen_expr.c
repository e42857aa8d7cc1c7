/* Random expressions of a wanted type: templates in which # stands for an argument. */
#include "generate.h"

#include <string.h>

uint32_t gen_choose(Gen *gen, uint32_t n)
{
    return choose(gen->choices, n);
}

bool gen_if(Gen *gen, uint32_t percent)
{
    return choose_if(gen->choices, percent);
}

/* ---- types ---- */

typedef struct KindFacts {
    const char *type; /* pg_type.typname */
    const char *name;
    const char *literals[6];
} KindFacts;

static const KindFacts kinds[] = {
    [KIND_INT] = {"int4", "integer", {"1", "2", "3", "0", "-1", "4"}},
    [KIND_TEXT] = {"text", "text", {"'a'::text", "'b'::text", "''::text", "'A'::text", "'1'::text", "'ab'::text"}},
    [KIND_BOOL] = {"bool", "boolean", {"true", "false", "true", "false", "true", "false"}},
    [KIND_BIGINT] = {"int8",
                     "bigint",
                     {"1::bigint", "2::bigint", "3::bigint", "0::bigint", "-1::bigint", "4::bigint"}},
    [KIND_NUMERIC] = {"numeric",
                      "numeric",
                      {"1.0::numeric", "2.5::numeric", "0.0::numeric", "-1.0::numeric", "10::numeric",
                       "'NaN'::numeric"}},
    [KIND_DATE] = {"date",
                   "date",
                   {"'2020-01-01'::date", "'2020-01-02'::date", "'2021-06-30'::date", "'infinity'::date",
                    "current_date", "'2020-01-01'::date"}},
    [KIND_TIMESTAMPTZ] = {"timestamptz",
                          "timestamp with time zone",
                          {"'2020-01-01'::timestamptz", "now()", "'infinity'::timestamptz", "now()", "now()",
                           "'2021-06-30'::timestamptz"}},
    [KIND_JSONB] = {"jsonb",
                    "jsonb",
                    {"'{}'::jsonb", "'null'::jsonb", "'{\"a\":null}'::jsonb", "'[null,1]'::jsonb",
                     "'{\"a\":{\"b\":1}}'::jsonb", "'1'::jsonb"}},
    [KIND_INTS] = {"_int4",
                   "integer[]",
                   {"'{1,2}'::int[]", "'{}'::int[]", "'{NULL}'::int[]", "'{1,NULL}'::int[]", "'{3}'::int[]",
                    "ARRAY[1,2]"}},
    [KIND_TEXTS] = {"_text",
                    "text[]",
                    {"'{a,b}'::text[]", "'{}'::text[]", "'{NULL}'::text[]", "'{a,NULL}'::text[]", "'{b}'::text[]",
                     "ARRAY['a','b']::text[]"}},
};
enum { NKINDS = sizeof kinds / sizeof *kinds };

GenType gen_type(Kind kind)
{
    return (GenType){kind, kinds[kind].name};
}

GenType gen_type_of(const IrType *type, const char *name)
{
    const IrType *base = ir_type_base(type);
    for (size_t i = 0; i < NKINDS; i++)
        if (base->oid && strcmp(base->name, kinds[i].type) == 0)
            return (GenType){(Kind)i, kinds[i].name};
    return (GenType){KIND_OTHER, name};
}

GenType gen_random_type(Gen *gen)
{
    static const Kind usual[] = {KIND_INT,   KIND_TEXT, KIND_INT,     KIND_BOOL, KIND_BIGINT,
                                 KIND_TEXT,  KIND_INT,  KIND_NUMERIC, KIND_DATE, KIND_TIMESTAMPTZ,
                                 KIND_JSONB, KIND_INTS, KIND_TEXTS};
    return gen_type(usual[gen_choose(gen, sizeof usual / sizeof *usual)]);
}

static bool same_type(GenType a, GenType b)
{
    return a.kind == b.kind && (a.kind != KIND_OTHER || strcmp(a.name, b.name) == 0);
}

/* ---- names, parameters, literals ---- */

static const GenColumn *column_of(Gen *gen, const GenScope *scope, GenType type, bool any, bool outer)
{
    size_t n = 0;
    for (size_t i = 0; i < scope->columns.len; i++)
        n += (any || same_type(scope->columns.items[i].type, type)) && (!outer || scope->columns.items[i].plain);
    if (!n)
        return NULL;
    size_t wanted = gen_choose(gen, (uint32_t)n);
    for (size_t i = 0; i < scope->columns.len; i++) {
        const GenColumn *column = &scope->columns.items[i];
        if ((any || same_type(column->type, type)) && (!outer || column->plain) && wanted-- == 0)
            return column;
    }
    return NULL;
}

const GenColumn *gen_column(Gen *gen, const GenScope *scope, GenType type)
{
    const GenColumn *found = NULL;
    bool outer = false;
    for (; scope; scope = scope->outer, outer = true) {
        const GenColumn *here = column_of(gen, scope, type, false, outer);
        found = here ? here : found;
        if (found && !gen_if(gen, 25))
            break;
    }
    return found;
}

const GenColumn *gen_any_column(Gen *gen, const GenScope *scope)
{
    return column_of(gen, scope, gen_type(KIND_INT), true, false);
}

const char *gen_param(Gen *gen, GenType type)
{
    if (gen_if(gen, 40))
        for (size_t i = 0; i < gen->params.len; i++)
            if (same_type(gen->params.items[i], type))
                return gen_print(gen, "$%zu", i + 1);
    vec_push(gen->arena, &gen->params, type);
    return gen_print(gen, "$%zu", gen->params.len);
}

const char *gen_literal(Gen *gen, GenType type)
{
    uint32_t which = gen_choose(gen, 7);
    if (which == 6 || type.kind == KIND_OTHER)
        return gen_print(gen, "NULL::%s", type.name);
    return kinds[type.kind].literals[which];
}

const char *gen_simple(Gen *gen, const GenPlace *place, GenType type)
{
    const GenColumn *column = place->scope && !gen_if(gen, 15) ? gen_column(gen, place->scope, type) : NULL;
    if (column)
        return column->ref;
    if (gen_if(gen, 30) && type.kind != KIND_OTHER)
        return gen_print(gen, "%s::%s", gen_param(gen, type), type.name);
    return gen_literal(gen, type);
}

/* ---- templates ---- */

/* # is an expression of the type itself; #i #t #b #g #n #d #z #j #I #T one of another type. */
typedef struct Template {
    Kind kind; /* KIND_OTHER: any */
    const char *text;
} Template;

static const Template templates[] = {
    {KIND_OTHER, "coalesce(#, #)"},
    {KIND_OTHER, "CASE WHEN #b THEN # ELSE # END"},
    {KIND_OTHER, "CASE WHEN #b THEN # END"},
    {KIND_OTHER, "CASE WHEN #b THEN # WHEN #b THEN # ELSE # END"},
    {KIND_OTHER, "CASE #i WHEN #i THEN # WHEN 2 THEN # ELSE # END"},
    {KIND_OTHER, "(ARRAY[#, #])[#i]"},
    {KIND_OTHER, "coalesce(#, #, #)"},
    {KIND_INT, "(# + #)"},
    {KIND_INT, "(# - #)"},
    {KIND_INT, "(- #)"},
    {KIND_INT, "abs(#)"},
    {KIND_INT, "length(#t)"},
    {KIND_INT, "nullif(#, #)"},
    {KIND_INT, "greatest(#, #)"},
    {KIND_INT, "least(#, #, #)"},
    {KIND_INT, "cardinality(#I)"},
    {KIND_INT, "array_length(#I, 1)"},
    {KIND_INT, "array_upper(#T, 1)"},
    {KIND_INT, "array_ndims(#I)"},
    {KIND_INT, "(#I)[#]"},
    {KIND_INT, "(#I)[1]"},
    {KIND_INT, "array_position(#T, #t)"},
    {KIND_INT, "(#j ->> 'a')::int"},
    {KIND_INT, "(#b)::int"},
    {KIND_INT, "strpos(#t, #t)"},
    {KIND_INT, "ascii(#t)"},
    {KIND_INT, "jsonb_array_length('[1]'::jsonb || #j)"},
    {KIND_INT, "extract(day FROM #d)::int"},
    {KIND_INT, "num_nulls(#t, #)"},
    {KIND_INT, "(ROW(#, #t)).f1"},
    {KIND_INT, "(#d - #d)"},
    {KIND_INT, "sign(#n)::int"},
    {KIND_INT, "width_bucket(#n, 0, 10, 3)"},
    {KIND_INT, "(#::text)::int"},
    {KIND_TEXT, "(# || #)"},
    {KIND_TEXT, "upper(#)"},
    {KIND_TEXT, "concat(#, #)"},
    {KIND_TEXT, "concat_ws('-', #, #)"},
    {KIND_TEXT, "(#i)::text"},
    {KIND_TEXT, "(#j)::text"},
    {KIND_TEXT, "(#d)::text"},
    {KIND_TEXT, "nullif(#, #)"},
    {KIND_TEXT, "greatest(#, #)"},
    {KIND_TEXT, "least(#, #)"},
    {KIND_TEXT, "substring(# FROM 'a(b)?')"},
    {KIND_TEXT, "substr(#, #i)"},
    {KIND_TEXT, "left(#, 1)"},
    {KIND_TEXT, "replace(#, 'a', #)"},
    {KIND_TEXT, "split_part(#, 'a', 1)"},
    {KIND_TEXT, "format('%s-%s', #, #i)"},
    {KIND_TEXT, "to_char(#z, 'YYYY')"},
    {KIND_TEXT, "to_char(#n, '99')"},
    {KIND_TEXT, "(#j ->> 'a')"},
    {KIND_TEXT, "(#j ->> #i)"},
    {KIND_TEXT, "(#j #>> '{a,b}')"},
    {KIND_TEXT, "(#T)[1]"},
    {KIND_TEXT, "array_to_string(#T, ',')"},
    {KIND_TEXT, "array_to_string(#I, ',', 'x')"},
    {KIND_TEXT, "jsonb_typeof(#j)"},
    {KIND_TEXT, "quote_literal(#)"},
    {KIND_TEXT, "quote_nullable(#)"},
    {KIND_TEXT, "regexp_replace(#, 'a', 'b')"},
    {KIND_TEXT, "(regexp_match(#, 'a'))[1]"},
    {KIND_TEXT, "trim(#)"},
    {KIND_TEXT, "array_dims(#I)"},
    {KIND_TEXT, "(# COLLATE \"C\")"},
    {KIND_TEXT, "(ROW(#i, #)).f2"},
    {KIND_TEXT, "(#z AT TIME ZONE 'UTC')::text"},
    {KIND_TEXT, "md5(#)"},
    {KIND_TEXT, "jsonb_extract_path_text(#j, 'a')"},
    {KIND_BIGINT, "(# + #i)"},
    {KIND_BIGINT, "(#i)::bigint"},
    {KIND_BIGINT, "nullif(#, #)"},
    {KIND_BIGINT, "greatest(#, #)"},
    {KIND_NUMERIC, "(# * #)"},
    {KIND_NUMERIC, "(#i)::numeric"},
    {KIND_NUMERIC, "round(#, 1)"},
    {KIND_NUMERIC, "nullif(#, 0.0)"},
    {KIND_NUMERIC, "(# / nullif(#, 0))"},
    {KIND_NUMERIC, "extract(epoch FROM #d)"},
    {KIND_NUMERIC, "extract(year FROM #z)"},
    {KIND_DATE, "(# + #i)"},
    {KIND_DATE, "(#z)::date"},
    {KIND_DATE, "least(#, #)"},
    {KIND_DATE, "nullif(#, #)"},
    {KIND_TIMESTAMPTZ, "(#d)::timestamptz"},
    {KIND_TIMESTAMPTZ, "(# + interval '1 day')"},
    {KIND_TIMESTAMPTZ, "date_trunc('day', #)"},
    {KIND_TIMESTAMPTZ, "greatest(#, #)"},
    {KIND_JSONB, "(# -> 'a')"},
    {KIND_JSONB, "(# -> #i)"},
    {KIND_JSONB, "(# #> '{a,b}')"},
    {KIND_JSONB, "(#)['a']"},
    {KIND_JSONB, "to_jsonb(#i)"},
    {KIND_JSONB, "to_jsonb(#t)"},
    {KIND_JSONB, "(# || #)"},
    {KIND_JSONB, "jsonb_build_object('a', #i)"},
    {KIND_JSONB, "jsonb_build_array(#i, #t)"},
    {KIND_JSONB, "jsonb_strip_nulls(#)"},
    {KIND_JSONB, "jsonb_path_query_first(#, '$.a')"},
    {KIND_JSONB, "to_jsonb(ROW(#i, #t))"},
    {KIND_JSONB, "nullif(#, #)"},
    {KIND_INTS, "ARRAY[#i, #i]"},
    {KIND_INTS, "array_append(#, #i)"},
    {KIND_INTS, "(# || #)"},
    {KIND_INTS, "(# || #i)"},
    {KIND_INTS, "array_remove(#, #i)"},
    {KIND_INTS, "(#)[1:#i]"},
    {KIND_INTS, "array_cat(#, #)"},
    {KIND_INTS, "array_fill(#i, ARRAY[2])"},
    {KIND_INTS, "array_positions(#, #i)"},
    {KIND_INTS, "(#T)::text[]::varchar[]::text::text[]::int[]"},
    {KIND_TEXTS, "ARRAY[#t]"},
    {KIND_TEXTS, "string_to_array(#t, 'a')"},
    {KIND_TEXTS, "regexp_match(#t, 'a')"},
    {KIND_TEXTS, "(#I)::text[]"},
    {KIND_TEXTS, "array_replace(#, #t, #t)"},
};

static GenType letter_type(char letter)
{
    static const char letters[] = "itbgndzjIT";
    static const Kind of[] = {KIND_INT,  KIND_TEXT,        KIND_BOOL,  KIND_BIGINT, KIND_NUMERIC,
                              KIND_DATE, KIND_TIMESTAMPTZ, KIND_JSONB, KIND_INTS,   KIND_TEXTS};
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? gen_type(of[found - letters]) : (GenType){KIND_OTHER, NULL};
}

/* A # followed by an operator character belongs to that operator. */
static const char *fill_template(Gen *gen, const GenPlace *place, GenType type, const char *template, int depth)
{
    StrBuf out;
    strbuf_init(&out);
    for (const char *c = template; *c; c++) {
        if (*c != '#' || c[1] == '>') {
            strbuf_add_char(&out, *c);
            continue;
        }
        GenType part = letter_type(c[1]);
        if (part.name)
            c++;
        strbuf_add(&out, gen_expr(gen, place, part.name ? part : type, depth - 1));
    }
    const char *text = arena_strdup(gen->arena, out.text);
    strbuf_release(&out);
    return text;
}

static const char *from_template(Gen *gen, const GenPlace *place, GenType type, int depth)
{
    size_t n = 0;
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++)
        n += templates[i].kind == KIND_OTHER || templates[i].kind == type.kind;
    size_t wanted = gen_choose(gen, (uint32_t)n);
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++)
        if ((templates[i].kind == KIND_OTHER || templates[i].kind == type.kind) && wanted-- == 0)
            return fill_template(gen, place, type, templates[i].text, depth);
    return gen_simple(gen, place, type);
}

static const char *array_of_query(Gen *gen, const GenPlace *place, GenType type, int depth)
{
    GenTypes types = {0};
    vec_push(gen->arena, &types, gen_type(type.kind == KIND_INTS ? KIND_INT : KIND_TEXT));
    return gen_print(gen, "ARRAY(%s)", gen_query(gen, place->scope, &types, depth - 1));
}

const char *gen_expr(Gen *gen, const GenPlace *place, GenType type, int depth)
{
    if (depth <= 0)
        return gen_simple(gen, place, type);
    switch (gen_choose(gen, 12)) {
    case 5:
    case 6:
        return type.kind == KIND_BOOL ? gen_print(gen, "(%s)", gen_condition(gen, place, depth))
                                      : from_template(gen, place, type, depth);
    case 7:
        return from_template(gen, place, type, depth);
    case 8:
        if (place->rows)
            return gen_aggregate(gen, place, type, depth);
        break;
    case 9:
        if (place->windows)
            return gen_window_call(gen, place, type, depth);
        if (place->rows)
            return gen_aggregate(gen, place, type, depth);
        break;
    case 10:
        if (depth > 1)
            return gen_print(gen, "(%s)", gen_scalar_query(gen, place->scope, type, depth - 1));
        break;
    case 11:
        if (depth > 1 && (type.kind == KIND_INTS || type.kind == KIND_TEXTS))
            return array_of_query(gen, place, type, depth);
        break;
    default:
        break;
    }
    return gen_simple(gen, place, type);
}
