/* Values for the types that schemas have, few of each: so that rows meet in joins, and what is unique is so by
 * chance. */
#include "soundness.h"

#include <string.h>

typedef struct ValuesOf {
    const char *type; /* pg_type.typname */
    const char *values[8];
} ValuesOf;

static const ValuesOf values_of[] = {
    {"int2", {"1", "2", "3", "4", "0", "-1"}},
    {"int4", {"1", "2", "3", "4", "0", "-1"}},
    {"int8", {"1", "2", "3", "4", "0", "-1"}},
    {"oid", {"1", "2", "3"}},
    {"numeric", {"1", "2", "2.5", "0", "-1", "10"}},
    {"float4", {"1", "2", "2.5", "0", "NaN"}},
    {"float8", {"1", "2", "2.5", "0", "NaN"}},
    {"money", {"1", "2.50"}},
    {"bool", {"true", "false"}},
    {"text", {"a", "b", "A", "ab", "", "1"}},
    {"varchar", {"a", "b", "A", "ab", "", "1"}},
    {"bpchar", {"a", "b", "A", "1"}},
    {"name", {"a", "b", "A"}},
    {"citext", {"a", "b", "A", "ab", ""}},
    {"bytea", {"\\x", "\\x00", "\\x6162"}},
    {"uuid",
     {"00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002",
      "00000000-0000-0000-0000-000000000003"}},
    {"date", {"2020-01-01", "2020-01-02", "2021-06-30", "infinity"}},
    {"time", {"00:00", "12:30", "24:00"}},
    {"timetz", {"00:00+00", "12:30+02"}},
    {"timestamp", {"2020-01-01 00:00", "2020-01-02 12:00", "2021-06-30", "infinity"}},
    {"timestamptz", {"2020-01-01 00:00+00", "2020-01-02 12:00+00", "2021-06-30+02", "-infinity"}},
    {"interval", {"0", "1 day", "-1 month", "2 hours"}},
    {"json", {"null", "{}", "{\"a\":null}", "{\"a\":1,\"b\":[null]}", "[null,1]", "\"x\""}},
    {"jsonb", {"null", "{}", "{\"a\":null}", "{\"a\":1,\"b\":[null]}", "[null,1]", "\"x\"", "[]"}},
    {"xml", {"<a/>", "<a>1</a>"}},
    {"inet", {"10.0.0.1", "10.0.0.0/8", "::1"}},
    {"cidr", {"10.0.0.0/8", "::/0"}},
    {"macaddr", {"08:00:2b:01:02:03"}},
    {"point", {"(0,0)", "(1,2)"}},
    {"bit", {"1", "0"}},
    {"varbit", {"", "1", "101"}},
    {"tsvector", {"", "a b", "'a':1"}},
    {"tsquery", {"a", "a & b"}},
    {"int4range", {"empty", "[1,3)", "(,)", "[2,)"}},
    {"int8range", {"empty", "[1,3)", "(,)", "[2,)"}},
    {"numrange", {"empty", "[1,3)", "(,)"}},
    {"daterange", {"empty", "[2020-01-01,2020-02-01)", "(,)"}},
    {"tsrange", {"empty", "[2020-01-01,2020-02-01)", "(,)"}},
    {"tstzrange", {"empty", "[2020-01-01,2020-02-01)", "(,)"}},
    {"int4multirange", {"{}", "{[1,3)}"}},
};

static const char *base_value(Choices *choices, const IrType *type)
{
    for (size_t i = 0; i < sizeof values_of / sizeof *values_of; i++) {
        if (strcmp(values_of[i].type, type->name) != 0)
            continue;
        uint32_t n = 0;
        while (n < sizeof values_of[i].values / sizeof *values_of[i].values && values_of[i].values[n])
            n++;
        return values_of[i].values[choose(choices, n)];
    }
    return NULL;
}

/* Adds a part of an array or composite, quoted so that it can hold anything. */
static void add_quoted(StrBuf *out, const char *text)
{
    strbuf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *text);
    }
    strbuf_add_char(out, '"');
}

static const char *array_value(Arena *arena, Choices *choices, const IrType *type)
{
    StrBuf out;
    strbuf_init(&out);
    strbuf_add_char(&out, '{');
    uint32_t n = choose(choices, 4);
    for (uint32_t i = 0; i < n; i++) {
        const char *element = choose_if(choices, 30) ? NULL : value_random(arena, choices, type->element);
        strbuf_add(&out, i ? "," : "");
        if (element)
            add_quoted(&out, element);
        else
            strbuf_add(&out, "NULL");
    }
    strbuf_add_char(&out, '}');
    const char *text = arena_strdup(arena, out.text);
    strbuf_release(&out);
    return text;
}

static const char *composite_value(Arena *arena, Choices *choices, const IrType *type)
{
    StrBuf out;
    strbuf_init(&out);
    strbuf_add_char(&out, '(');
    for (size_t i = 0; i < type->nfields; i++) {
        const char *field = choose_if(choices, 40) ? NULL : value_random(arena, choices, type->fields[i].type);
        strbuf_add(&out, i ? "," : "");
        if (field)
            add_quoted(&out, field);
    }
    strbuf_add_char(&out, ')');
    const char *text = arena_strdup(arena, out.text);
    strbuf_release(&out);
    return text;
}

const char *value_random(Arena *arena, Choices *choices, const IrType *type)
{
    switch (type->kind) {
    case IR_ENUM:
        return type->nlabels ? type->labels[choose(choices, (uint32_t)type->nlabels)] : NULL;
    case IR_DOMAIN:
        return value_random(arena, choices, ir_type_base(type));
    case IR_ARRAY:
        return array_value(arena, choices, type);
    case IR_COMPOSITE:
        return composite_value(arena, choices, type);
    case IR_BASE:
    case IR_RANGE:
    case IR_MULTIRANGE:
    case IR_PSEUDO:
        break;
    }
    return base_value(choices, type);
}
