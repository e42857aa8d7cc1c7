/* The reg* types: objects by name and names of objects (PostgreSQL's regproc.c). */
#include "evaluate/evaluate_private.h"

#include <ctype.h>

/* One identifier of a qualified name, folded; NULL when there is none. */
static const char *read_identifier(Arena *arena, const char **at)
{
    VEC(char) name = {0};
    const char *c = *at;
    if (*c == '"') {
        for (c++; *c && (*c != '"' || c[1] == '"'); c++) {
            c += *c == '"';
            vec_push(arena, &name, *c);
        }
        if (*c++ != '"')
            return NULL;
    } else {
        if (!isalpha((unsigned char)*c) && *c != '_' && !((unsigned char)*c & 0x80))
            return NULL;
        for (; isalnum((unsigned char)*c) || *c == '_' || *c == '$' || ((unsigned char)*c & 0x80); c++)
            vec_push(arena, &name, *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c);
    }
    *at = c;
    vec_push(arena, &name, '\0');
    return name.items;
}

bool value_split_name(Arena *arena, const char *text, const char **schema, const char **name)
{
    *schema = NULL;
    text += strspn(text, " \t\n\r\f\v");
    *name = read_identifier(arena, &text);
    if (*name && *text == '.') {
        text++;
        *schema = *name;
        *name = read_identifier(arena, &text);
    }
    text += strspn(text, " \t\n\r\f\v");
    return *name && !*text;
}

static Oid find_relation(const Catalog *catalog, const char *schema, const char *name)
{
    const Schema *in = schema ? catalog_find_schema(catalog, schema) : NULL;
    const Relation *relation = !schema ? catalog_find_relation(catalog, name)
                               : in    ? catalog_find_relation_in(catalog, in->oid, name)
                                       : NULL;
    return relation ? relation->oid : INVALID_OID;
}

/* Words of which PostgreSQL's grammar makes types that the catalog has under other names. */
static const char *type_of_word(const char *name)
{
    static const char *const words[][2] = {
        {"int", "int4"},     {"integer", "int4"}, {"bigint", "int8"},      {"smallint", "int2"},
        {"real", "float4"},  {"float", "float8"}, {"dec", "numeric"},      {"decimal", "numeric"},
        {"boolean", "bool"}, {"char", "bpchar"},  {"character", "bpchar"}, {"nchar", "bpchar"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], name) == 0)
            return words[i][1];
    return name;
}

static Oid find_type(const Catalog *catalog, const char *schema, const char *name)
{
    const Schema *in = schema ? catalog_find_schema(catalog, schema) : NULL;
    const Type *type = !schema ? catalog_find_type(catalog, type_of_word(name))
                       : in    ? catalog_find_type_in(catalog, in->oid, name)
                               : NULL;
    return type ? type->oid : INVALID_OID;
}

/* A function's name without arguments: known when at most one has it. */
static bool find_function(Arena *arena, const Catalog *catalog, const char *schema, const char *name, Oid *oid)
{
    FunctionList list = catalog_functions_named(catalog, arena, name);
    const Schema *in = schema ? catalog_find_schema(catalog, schema) : NULL;
    const SearchPath *path = catalog_search_path(catalog);
    size_t n = 0;
    *oid = INVALID_OID;
    for (size_t i = 0; i < list.len; i++) {
        bool visible = schema && in && list.items[i]->schema == in->oid;
        for (size_t j = 0; !schema && j < path->len; j++)
            visible |= list.items[i]->schema == path->schemas[j];
        if (visible) {
            *oid = list.items[i]->oid;
            n++;
        }
    }
    return n <= 1;
}

Value value_reg_input(Arena *arena, const Catalog *catalog, const char *text, Oid type, bool missing_null)
{
    const char *schema, *name;
    Oid oid = INVALID_OID;
    int64_t number;
    Value given = value_text(text);
    if (value_integer(&given, &number))
        return given;
    if (!value_split_name(arena, text, &schema, &name))
        return value_unknown();
    if (type == TYPE_REGCLASS) {
        oid = find_relation(catalog, schema, name);
    } else if (type == TYPE_REGTYPE) {
        oid = find_type(catalog, schema, name);
    } else if (type == TYPE_REGNAMESPACE) {
        const Schema *found = schema ? NULL : catalog_find_schema(catalog, name);
        oid = found ? found->oid : INVALID_OID;
    } else if (type != TYPE_REGPROC || !find_function(arena, catalog, schema, name, &oid)) {
        return value_unknown();
    }
    if (oid)
        return value_int(arena, oid);
    return missing_null ? value_null() : value_unknown();
}

static Value qualified(Arena *arena, const Catalog *catalog, Oid schema, const char *name, bool visible)
{
    const char *quoted = catalog_quote_identifier(arena, name);
    const Schema *in = catalog_schema(catalog, schema);
    if (visible || !in)
        return value_text(quoted);
    return value_text(arena_printf(arena, "%s.%s", catalog_quote_identifier(arena, in->name), quoted));
}

Value value_reg_output(Arena *arena, const Catalog *catalog, Oid oid, Oid type)
{
    if (type == TYPE_REGTYPE)
        return catalog_type(catalog, oid) ? value_text(catalog_format_type(catalog, arena, oid)) : value_unknown();
    if (type == TYPE_REGNAMESPACE) {
        const Schema *schema = catalog_schema(catalog, oid);
        return schema ? value_text(catalog_quote_identifier(arena, schema->name)) : value_unknown();
    }
    if (type != TYPE_REGCLASS)
        return value_unknown();
    const Relation *relation = catalog_relation(catalog, oid);
    return relation ? qualified(arena, catalog, relation->schema, relation->name,
                                catalog_relation_is_visible(catalog, oid))
                    : value_unknown();
}
