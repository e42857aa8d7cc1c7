#include "literal_cases.h"

#include "catalog/builtin_oids.h"

#include <string.h>

/* ---- The types of literal_schema.sql ---- */

typedef struct Maker {
    Catalog *catalog;
    Arena *arena;
    Oid schema;
} Maker;

static const Type *add_type(const Maker *maker, const char *name, Type given)
{
    Type *type = arena_new_of(maker->arena, Type), *array = arena_new_of(maker->arena, Type);
    *type = given;
    type->oid = catalog_new_oid(maker->catalog);
    type->name = name;
    type->schema = maker->schema;
    type->defined = true;
    type->delimiter = ',';
    type->array = catalog_new_oid(maker->catalog);
    *array = *catalog_type(maker->catalog, TYPE_INT4_ARRAY);
    array->oid = type->array;
    array->name = arena_printf(maker->arena, "_%s", name);
    array->schema = maker->schema;
    array->element = type->oid;
    catalog_put_type(maker->catalog, type);
    catalog_put_type(maker->catalog, array);
    return type;
}

static const Type *add_domain(const Maker *maker, const char *name, Oid base, int32_t typmod, bool not_null)
{
    return add_type(maker, name,
                    (Type){.typtype = TYPTYPE_DOMAIN, .base = base, .typmod = typmod, .not_null = not_null});
}

static const Type *add_composite(const Maker *maker, const char *name, size_t n, const Column *given)
{
    Relation *relation = arena_new_of(maker->arena, Relation);
    Column *columns = arena_array_of(maker->arena, n, Column);
    for (size_t i = 0; i < n; i++) {
        columns[i] = given[i];
        columns[i].number = (int16_t)(i + 1);
    }
    *relation = (Relation){.oid = catalog_new_oid(maker->catalog),
                           .name = name,
                           .schema = maker->schema,
                           .kind = RELKIND_COMPOSITE,
                           .columns = columns,
                           .ncolumns = n};
    const Type *type = add_type(maker, name, (Type){.typtype = TYPTYPE_COMPOSITE, .relation = relation->oid});
    relation->row_type = type->oid;
    catalog_put_relation(maker->catalog, relation);
    return type;
}

static void add_composites(const Maker *maker, Oid mood, Oid needed)
{
    enum { LABEL_TYPMOD = 4 + 5 };
    const Column pair[] = {{.name = "id", .type = TYPE_INT4, .typmod = -1},
                           {.name = "label", .type = TYPE_VARCHAR, .typmod = LABEL_TYPMOD},
                           {.name = "mood", .type = mood, .typmod = -1}};
    Oid pair_type = add_composite(maker, "pair", 3, pair)->oid;
    const Column nest[] = {{.name = "pair", .type = pair_type, .typmod = -1},
                           {.name = "list", .type = TYPE_INT4_ARRAY, .typmod = -1},
                           {.name = "span", .type = TYPE_INT4RANGE, .typmod = -1},
                           {.name = "need", .type = needed, .typmod = -1}};
    add_composite(maker, "nest", 4, nest);
}

void literal_make_types(Catalog *catalog)
{
    static const char *const moods[] = {"sad", "ok", "happy"};
    enum { HEADER = 4, PRICE = ((4 << 16) | 2) + HEADER, BIG = ((4 << 16) | (-2 & 0x7FF)) + HEADER };
    Maker maker = {.catalog = catalog, .arena = catalog_arena(catalog)};
    Schema *schema = arena_new_of(maker.arena, Schema);
    *schema = (Schema){.oid = maker.schema = catalog_new_oid(catalog), .name = "lit"};
    catalog_put_schema(catalog, schema);
    const Type *mood = add_type(&maker, "mood", (Type){.typtype = TYPTYPE_ENUM, .labels = moods, .nlabels = 3});
    add_domain(&maker, "short", TYPE_VARCHAR, HEADER + 3, false);
    add_domain(&maker, "fixed", TYPE_BPCHAR, HEADER + 3, false);
    add_domain(&maker, "price", TYPE_NUMERIC, PRICE, false);
    add_domain(&maker, "big", TYPE_NUMERIC, BIG, false);
    add_domain(&maker, "flags", TYPE_BIT, 3, false);
    add_domain(&maker, "marks", TYPE_VARBIT, 3, false);
    add_composites(&maker, mood->oid, add_domain(&maker, "needed", TYPE_INT4, -1, true)->oid);
    Oid multirange = catalog_new_oid(catalog);
    const Type *range = add_type(
        &maker, "floatrange", (Type){.typtype = TYPTYPE_RANGE, .subtype = TYPE_FLOAT8, .multirange = multirange});
    Type *set = arena_new_of(maker.arena, Type);
    *set = (Type){.oid = multirange,
                  .name = "floatmultirange",
                  .schema = maker.schema,
                  .typtype = TYPTYPE_MULTIRANGE,
                  .defined = true,
                  .range = range->oid};
    catalog_put_type(catalog, set);
}

/* ---- Cases ---- */

/* Interval's fields as its type modifier has them; only interval's input function is given the modifier. */
static const struct {
    const char *name;
    int32_t fields;
} interval_types[] = {
    {"interval year", 1 << 2},
    {"interval month", 1 << 1},
    {"interval day", 1 << 3},
    {"interval hour", 1 << 10},
    {"interval minute", 1 << 11},
    {"interval second", 1 << 12},
    {"interval year to month", 1 << 1 | 1 << 2},
    {"interval day to hour", 1 << 3 | 1 << 10},
    {"interval day to minute", 1 << 3 | 1 << 10 | 1 << 11},
    {"interval day to second", 1 << 3 | 1 << 10 | 1 << 11 | 1 << 12},
    {"interval hour to minute", 1 << 10 | 1 << 11},
    {"interval hour to second", 1 << 10 | 1 << 11 | 1 << 12},
    {"interval minute to second", 1 << 11 | 1 << 12},
};

Oid literal_find_type(const Catalog *catalog, const char *type_name, int32_t *typmod)
{
    enum { FULL_PRECISION = 0xFFFF };
    *typmod = -1;
    for (size_t i = 0; i < sizeof interval_types / sizeof *interval_types; i++)
        if (strcmp(type_name, interval_types[i].name) == 0) {
            *typmod = interval_types[i].fields << 16 | FULL_PRECISION;
            return TYPE_INTERVAL;
        }
    bool own = strncmp(type_name, "lit.", 4) == 0;
    char *bare = arena_strdup(catalog_arena(catalog), own ? type_name + 4 : type_name);
    size_t len = strlen(bare);
    bool array = len > 2 && strcmp(bare + len - 2, "[]") == 0;
    if (array)
        bare[len - 2] = '\0';
    if (*bare == '"') {
        bare[len - 1] = '\0';
        bare++;
    }
    const Schema *schema = catalog_find_schema(catalog, own ? "lit" : "pg_catalog");
    const Type *type = schema ? catalog_find_type_in(catalog, schema->oid, bare) : NULL;
    return !type ? INVALID_OID : array ? type->array : type->oid;
}

static void unescape(char *text)
{
    char *out = text;
    for (; *text; text++) {
        if (text[0] == '\\' && text[1]) {
            text++;
            *out++ = *text == 'n' ? '\n' : *text == 't' ? '\t' : *text;
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
}

bool literal_case_parse(char *line, LiteralCase *result)
{
    static const char separator[] = " | ";
    line[strcspn(line, "\n")] = '\0';
    char *text = strstr(line, separator), *answer = NULL;
    if (*line == '#' || !text)
        return false;
    *text = '\0';
    text += strlen(separator);
    for (char *at = text; (at = strstr(at, separator)); at++)
        answer = at;
    if (answer)
        *answer = '\0';
    unescape(text);
    *result = (LiteralCase){.type_name = line, .text = text, .answer = answer ? answer + strlen(separator) : NULL};
    return true;
}

const char *literal_case_format(Arena *arena, const char *type_name, const char *text, const char *answer)
{
    char *escaped = arena_alloc(arena, 2 * strlen(text) + 1), *out = escaped;
    for (; *text; text++) {
        if (*text == '\n' || *text == '\t' || *text == '\\')
            *out++ = '\\';
        *out++ = *text == '\n' ? 'n' : *text == '\t' ? 't' : *text;
    }
    return arena_printf(arena, "%s | %s | %s", type_name, escaped, answer);
}
