/* Names as text: identifiers quoted where they must be, and SQL names of types as PostgreSQL's format_type gives
 * them. */
#include "catalog/state.h"

#include <stdlib.h>
#include <string.h>

static int compare_words(const void *key, const void *word)
{
    return strcmp(key, ((const Keyword *)word)->word);
}

/* PostgreSQL's quote_identifier: lower-case letters, digits and underscores, not beginning with a digit, and no key
 * word but one that is unreserved in all of these versions. */
static bool is_safe_identifier(const char *name, uint8_t versions)
{
    if (!(*name >= 'a' && *name <= 'z') && *name != '_')
        return false;
    for (const char *c = name; *c; c++) {
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= '0' && *c <= '9') && *c != '_')
            return false;
    }
    const Keyword *keyword =
        bsearch(name, builtin_keywords, builtin_nkeywords, sizeof *builtin_keywords, compare_words);
    return !keyword || !(keyword->versions & versions);
}

static const char *quote(Arena *arena, const char *name, uint8_t versions)
{
    if (is_safe_identifier(name, versions))
        return arena_strdup(arena, name);
    char *quoted = arena_alloc(arena, 2 * strlen(name) + 3), *end = quoted;
    *end++ = '"';
    for (const char *c = name; *c; c++) {
        if (*c == '"')
            *end++ = '"';
        *end++ = *c;
    }
    *end = '"';
    return quoted;
}

const char *catalog_quote_identifier(Arena *arena, const char *name)
{
    return quote(arena, name, UINT8_MAX);
}

/* ---- Type modifiers
 * --------------------------------------------------------------------------------------------------- */

/* How a type modifier is shown: the built-in types' typmodout functions. */
typedef enum TypmodStyle {
    TYPMOD_NONE,
    TYPMOD_PLAIN,  /* (n) */
    TYPMOD_LENGTH, /* (n) with a header of 4 bytes counted in */
    TYPMOD_NUMERIC,
    TYPMOD_TIME,
    TYPMOD_TIMETZ,
    TYPMOD_INTERVAL
} TypmodStyle;

static const char *numeric_typmod(Arena *arena, int32_t typmod)
{
    if (typmod < 4)
        return "";
    int32_t value = typmod - 4;
    /* The scale is an 11-bit number with a sign. */
    int32_t scale = ((value & 0x7FF) ^ 1024) - 1024;
    return arena_printf(arena, "(%d,%d)", (value >> 16) & 0xFFFF, scale);
}

/* Bits of an interval's range of fields, as in PostgreSQL's utils/timestamp.h. */
enum {
    FIELD_MONTH = 1 << 1,
    FIELD_YEAR = 1 << 2,
    FIELD_DAY = 1 << 3,
    FIELD_HOUR = 1 << 10,
    FIELD_MINUTE = 1 << 11,
    FIELD_SECOND = 1 << 12,
    FIELDS_ALL = 0x7FFF,
    FULL_PRECISION = 0xFFFF
};

static const char *interval_typmod(Arena *arena, int32_t typmod)
{
    static const struct {
        int fields;
        const char *text;
    } ranges[] = {
        {FIELD_YEAR, " year"},
        {FIELD_MONTH, " month"},
        {FIELD_DAY, " day"},
        {FIELD_HOUR, " hour"},
        {FIELD_MINUTE, " minute"},
        {FIELD_SECOND, " second"},
        {FIELD_YEAR | FIELD_MONTH, " year to month"},
        {FIELD_DAY | FIELD_HOUR, " day to hour"},
        {FIELD_DAY | FIELD_HOUR | FIELD_MINUTE, " day to minute"},
        {FIELD_DAY | FIELD_HOUR | FIELD_MINUTE | FIELD_SECOND, " day to second"},
        {FIELD_HOUR | FIELD_MINUTE, " hour to minute"},
        {FIELD_HOUR | FIELD_MINUTE | FIELD_SECOND, " hour to second"},
        {FIELD_MINUTE | FIELD_SECOND, " minute to second"},
    };
    int fields = (typmod >> 16) & FIELDS_ALL, precision = typmod & 0xFFFF;
    const char *text = "";
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (ranges[i].fields == fields)
            text = ranges[i].text;
    }
    return precision == FULL_PRECISION ? text : arena_printf(arena, "%s(%d)", text, precision);
}

static const char *format_typmod(Arena *arena, TypmodStyle style, int32_t typmod)
{
    switch (style) {
    case TYPMOD_NONE:
        return "";
    case TYPMOD_PLAIN:
        return arena_printf(arena, "(%d)", typmod);
    case TYPMOD_LENGTH:
        return typmod > 4 ? arena_printf(arena, "(%d)", typmod - 4) : "";
    case TYPMOD_NUMERIC:
        return numeric_typmod(arena, typmod);
    case TYPMOD_TIME:
        return arena_printf(arena, "(%d) without time zone", typmod);
    case TYPMOD_TIMETZ:
        return arena_printf(arena, "(%d) with time zone", typmod);
    case TYPMOD_INTERVAL:
        return interval_typmod(arena, typmod);
    }
    return "";
}

/* ---- Types
 * ------------------------------------------------------------------------------------------------------------- */

/* Types that SQL has names of its own for: PostgreSQL's format_type_extended. */
static const struct SpecialName {
    Oid type;
    const char *name;          /* without a modifier */
    const char *name_modified; /* before the modifier's text */
    TypmodStyle style;
} special_names[] = {
    {TYPE_JSON, "json", NULL, TYPMOD_NONE}, /* since it is a key word */
    {TYPE_BIT, "bit", "bit", TYPMOD_PLAIN},
    {TYPE_BOOL, "boolean", NULL, TYPMOD_NONE},
    {TYPE_BPCHAR, "character", "character", TYPMOD_LENGTH},
    {TYPE_FLOAT4, "real", NULL, TYPMOD_NONE},
    {TYPE_FLOAT8, "double precision", NULL, TYPMOD_NONE},
    {TYPE_INT2, "smallint", NULL, TYPMOD_NONE},
    {TYPE_INT4, "integer", NULL, TYPMOD_NONE},
    {TYPE_INT8, "bigint", NULL, TYPMOD_NONE},
    {TYPE_NUMERIC, "numeric", "numeric", TYPMOD_NUMERIC},
    {TYPE_INTERVAL, "interval", "interval", TYPMOD_INTERVAL},
    {TYPE_TIME, "time without time zone", "time", TYPMOD_TIME},
    {TYPE_TIMETZ, "time with time zone", "time", TYPMOD_TIMETZ},
    {TYPE_TIMESTAMP, "timestamp without time zone", "timestamp", TYPMOD_TIME},
    {TYPE_TIMESTAMPTZ, "timestamp with time zone", "timestamp", TYPMOD_TIMETZ},
    {TYPE_VARBIT, "bit varying", "bit varying", TYPMOD_PLAIN},
    {TYPE_VARCHAR, "character varying", "character varying", TYPMOD_LENGTH},
};

/* given: a type modifier is asked for, though it may be -1. "bit" and "character" without one mean length 1 in SQL,
 * so that these types need another name then. */
static const char *special_name(const Catalog *catalog, Arena *arena, Oid type, int32_t typmod, bool given)
{
    if (given && typmod < 0 && (type == TYPE_BIT || type == TYPE_BPCHAR))
        return NULL;
    if (type == TYPE_JSON && catalog->version < 17)
        return NULL;
    for (size_t i = 0; i < sizeof special_names / sizeof *special_names; i++) {
        const struct SpecialName *special = &special_names[i];
        if (special->type != type)
            continue;
        if (typmod < 0 || !special->name_modified)
            return special->name;
        return arena_printf(arena, "%s%s", special->name_modified, format_typmod(arena, special->style, typmod));
    }
    return NULL;
}

/* The element type of an array type that is written with brackets: not int2vector and oidvector. */
static const Type *bracketed_element(const Catalog *catalog, const Type *type)
{
    const Type *element = catalog_is_array(type) ? catalog_type(catalog, type->element) : NULL;
    return element && element->array == type->oid ? element : NULL;
}

static const char *format_type(const Catalog *catalog, Arena *arena, Oid oid, int32_t typmod, bool given)
{
    const Type *type = catalog_type(catalog, oid);
    if (!oid)
        return "-";
    if (!type)
        return "???";
    const Type *element = bracketed_element(catalog, type);
    const Type *named = element ? element : type;
    const char *name = special_name(catalog, arena, named->oid, typmod, given);
    if (!name) {
        name = quote(arena, named->name, catalog->builtin.version);
        const Schema *schema = catalog_schema(catalog, named->schema);
        if (schema && !catalog_type_is_visible(catalog, named->oid))
            name = arena_printf(arena, "%s.%s", quote(arena, schema->name, catalog->builtin.version), name);
        if (typmod >= 0)
            name = arena_printf(arena, "%s(%d)", name, typmod);
    }
    return element ? arena_printf(arena, "%s[]", name) : name;
}

const char *catalog_format_type(const Catalog *catalog, Arena *arena, Oid type)
{
    return format_type(catalog, arena, type, -1, false);
}

const char *catalog_format_type_typmod(const Catalog *catalog, Arena *arena, Oid type, int32_t typmod)
{
    return format_type(catalog, arena, type, typmod, true);
}

const char *catalog_type_key(const Catalog *catalog, Arena *arena, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    if (!type)
        return "???";
    /* record[] is a pseudo-type and keeps its name */
    const Type *element = type->typtype == TYPTYPE_PSEUDO ? NULL : bracketed_element(catalog, type);
    const Type *named = element ? element : type;
    const Schema *schema = catalog_schema(catalog, named->schema);
    return arena_printf(arena, "%s.%s%s", schema ? schema->name : "???", named->name, element ? "[]" : "");
}
