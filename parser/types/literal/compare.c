/* The order of literals, where it is the same on every server. */
#include "types/literal/check.h"

#include "catalog/builtin_oids.h"

#include <math.h>
#include <string.h>

/* ---- Values ---- */

static LiteralValue bytes_value(const char *text)
{
    return (LiteralValue){.order = ORDER_BYTES, .text = text};
}

/* bpchar's trailing blanks do not count. */
static const char *without_blanks(Arena *arena, const char *text)
{
    size_t len = strlen(text);
    while (len && text[len - 1] == ' ')
        len--;
    return arena_strndup(arena, text, len);
}

static const char *uuid_digits(Arena *arena, const char *text)
{
    char *digits = arena_alloc(arena, strlen(text) + 1), *out = digits;
    for (; *text; text++)
        if (char_hex(*text) >= 0)
            *out++ = char_lower(*text);
    *out = '\0';
    return digits;
}

static LiteralValue enum_value(const Type *type, const char *label)
{
    for (size_t i = 0; i < type->nlabels; i++)
        if (strcmp(type->labels[i], label) == 0)
            return (LiteralValue){.order = ORDER_INTEGER, .integer = (int64_t)i};
    return (LiteralValue){0};
}

LiteralValue literal_text_value(Arena *arena, const Type *type, const char *text)
{
    if (type->typtype == TYPTYPE_ENUM)
        return enum_value(type, text);
    switch (type->oid) {
    case TYPE_BOOL:
        return (LiteralValue){.order = ORDER_INTEGER,
                              .integer =
                                  strchr("tTyY1", *skip_spaces(text)) || text_equals(skip_spaces(text), "on")};
    case TYPE_UUID:
        return bytes_value(uuid_digits(arena, text));
    case TYPE_BPCHAR:
        return bytes_value(without_blanks(arena, text));
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_NAME:
        return bytes_value(text);
    default:
        return (LiteralValue){0};
    }
}

bool literal_value(const Catalog *catalog, Arena *arena, Oid type, int32_t typmod, const char *text,
                   LiteralValue *value)
{
    LiteralError error = {0};
    Literal whole = {.catalog = catalog, .arena = arena, .text = text, .error = &error};
    return literal_part(&whole, type, typmod, text, value);
}

/* ---- Comparing ---- */

static LiteralComparison compare_integers(const LiteralValue *a, const LiteralValue *b)
{
    if (a->integer == b->integer)
        return a->slack || b->slack ? COMPARE_UNKNOWN : COMPARE_EQUAL;
    const LiteralValue *high = a->integer > b->integer ? a : b, *low = high == a ? b : a;
    int64_t difference;
    bool certain =
        __builtin_sub_overflow(high->integer, low->integer, &difference) || difference > a->slack + b->slack;
    return !certain ? COMPARE_UNKNOWN : high == a ? COMPARE_GREATER : COMPARE_LESS;
}

/* Numerics that round to one double may differ; NaN is the greatest. */
static LiteralComparison compare_floats(const LiteralValue *a, const LiteralValue *b)
{
    const double exact = 1e15;
    if (isnan(a->real) || isnan(b->real))
        return !isnan(b->real) ? COMPARE_GREATER : !isnan(a->real) ? COMPARE_LESS : COMPARE_EQUAL;
    if (a->real != b->real)
        return a->real > b->real ? COMPARE_GREATER : COMPARE_LESS;
    return fabs(a->real) < exact && a->real == trunc(a->real) ? COMPARE_EQUAL : COMPARE_UNKNOWN;
}

static LiteralComparison compare_bytes(const char *a, const char *b, bool bytewise)
{
    int order = strcmp(a, b);
    if (order == 0)
        return COMPARE_EQUAL;
    return !bytewise ? COMPARE_DIFFERENT : order < 0 ? COMPARE_LESS : COMPARE_GREATER;
}

LiteralComparison literal_compare(const LiteralValue *a, const LiteralValue *b, bool bytewise)
{
    if (a->order != b->order)
        return COMPARE_UNKNOWN;
    switch (a->order) {
    case ORDER_INTEGER:
        return compare_integers(a, b);
    case ORDER_FLOAT:
        return compare_floats(a, b);
    case ORDER_BYTES:
        return compare_bytes(a->text, b->text, bytewise);
    case ORDER_UNKNOWN:
        break;
    }
    return COMPARE_UNKNOWN;
}
