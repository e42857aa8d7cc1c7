/* Which rules read which type: the table from input functions to their rules. */
#include "types/literal/check.h"

#include "base/diag.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- Errors ---- */

bool literal_fail(Literal *in, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *in->error = (LiteralError){.code = code, .message = arena_vprintf(in->arena, format, args)};
    va_end(args);
    return false;
}

bool literal_detail(Literal *in, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    in->error->detail = arena_vprintf(in->arena, format, args);
    va_end(args);
    return false;
}

bool literal_bad_syntax(Literal *in, const char *type_name)
{
    return literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid input syntax for type %s: \"%s\"",
                        type_name, in->text);
}

bool literal_out_of_range(Literal *in, const char *type_name)
{
    return literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value \"%s\" is out of range for type %s",
                        in->text, type_name);
}

/* ---- Characters ---- */

size_t char_length(const char *text)
{
    unsigned char lead = (unsigned char)*text;
    size_t expected = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, n = 1;
    while (n < expected && ((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

bool text_starts(const char *text, const char *lower_word)
{
    while (*lower_word)
        if (char_lower(*text++) != *lower_word++)
            return false;
    return true;
}

bool text_equals(const char *text, const char *lower_word)
{
    return text_starts(text, lower_word) && text[strlen(lower_word)] == '\0';
}

bool scan_int(const char *text, const char **end, int *value)
{
    errno = 0;
    char *stop;
    long wide = strtol(text, &stop, 10);
    *end = stop;
    *value = (int)wide;
    return errno != ERANGE && wide >= INT_MIN && wide <= INT_MAX;
}

const char *literal_unquote(const Literal *in, const char **cursor, const char *ends)
{
    const char *at = *cursor, *end = at;
    bool quoted = false;
    for (; quoted || !*end || !strchr(ends, *end); end++) {
        if (*end == '"')
            quoted = !quoted;
        if (*end == '\\')
            end++;
        if (*end == '\0')
            return NULL;
    }
    char *text = arena_alloc(in->arena, (size_t)(end - at) + 1), *out = text;
    for (quoted = false; at < end; at++) {
        if (*at == '\\')
            *out++ = *++at;
        else if (*at != '"')
            *out++ = *at;
        else if (quoted && at[1] == '"')
            *out++ = *at++;
        else
            quoted = !quoted;
    }
    *cursor = end;
    return text;
}

/* ---- Types whose rule is a word on their kind ---- */

/* check_safe_enum_use */
static bool use_of_new_value(Literal *in)
{
    literal_fail(in, SQLSTATE_UNSAFE_NEW_ENUM_VALUE_USAGE, "unsafe use of new value \"%s\" of enum type %s",
                 in->text, catalog_format_type(in->catalog, in->arena, in->type->oid));
    in->error->hint = "New enum values must be committed before they can be used.";
    return false;
}

/* enum_in; the server's message for an unknown value has no hint. */
bool input_enum(Literal *in)
{
    const Type *type = in->type;
    for (size_t i = 0; i < type->nlabels; i++)
        if (strcmp(type->labels[i], in->text) == 0)
            return !type->unsafe || !type->unsafe[i] || use_of_new_value(in);
    literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid input value for enum %s: \"%s\"",
                 catalog_format_type(in->catalog, in->arena, type->oid), in->text);
    NearestName best = {.wanted = in->text};
    for (size_t i = 0; i < type->nlabels; i++)
        nearest_offer(&best, type->labels[i]);
    if (best.found)
        in->error->hint = arena_printf(in->arena, "did you mean \"%s\"?", best.found);
    return false;
}

/* Pseudo-types and types whose values only the server makes (PSEUDOTYPE_DUMMY_INPUT_FUNC). */
static bool input_refused(Literal *in)
{
    return literal_fail(in, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot accept a value of type %s", in->type->name);
}

/* PostgreSQL 15 and earlier have a name of their own for it in the message. */
static bool input_gtsvector(Literal *in)
{
    if (catalog_version(in->catalog) > 15)
        return input_refused(in);
    return literal_fail(in, SQLSTATE_FEATURE_NOT_SUPPORTED, "gtsvector_in not implemented");
}

static bool input_minmax_multi(Literal *in)
{
    return literal_fail(in, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot accept a value of type brin_minmax_multi_summary");
}

/* ---- The table ---- */

/* By the name of the input function, in order. Functions that read any text (textin, namein, charin, xidin, …) or
 * whose rules the server's settings or roles decide (cash_in, aclitemin, xml_in) are not in it. */
static const struct {
    const char *function;
    LiteralInput *input;
} inputs[] = {
    {"any_in", input_refused},
    {"anyarray_in", input_refused},
    {"anycompatible_in", input_refused},
    {"anycompatiblearray_in", input_refused},
    {"anycompatiblemultirange_in", input_refused},
    {"anycompatiblenonarray_in", input_refused},
    {"anycompatiblerange_in", input_refused},
    {"anyelement_in", input_refused},
    {"anyenum_in", input_refused},
    {"anymultirange_in", input_refused},
    {"anynonarray_in", input_refused},
    {"anyrange_in", input_refused},
    {"array_in", input_array},
    {"bit_in", input_bit},
    {"boolin", input_bool},
    {"box_in", input_box},
    {"bpcharin", input_bpchar},
    {"brin_bloom_summary_in", input_refused},
    {"brin_minmax_multi_summary_in", input_minmax_multi},
    {"byteain", input_bytea},
    {"cidr_in", input_cidr},
    {"circle_in", input_circle},
    {"date_in", input_date},
    {"enum_in", input_enum},
    {"event_trigger_in", input_refused},
    {"fdw_handler_in", input_refused},
    {"float4in", input_float4},
    {"float8in", input_float8},
    {"gtsvectorin", input_gtsvector},
    {"index_am_handler_in", input_refused},
    {"inet_in", input_inet},
    {"int2in", input_int2},
    {"int2vectorin", input_int2vector},
    {"int4in", input_int4},
    {"int8in", input_int8},
    {"internal_in", input_refused},
    {"interval_in", input_interval},
    {"json_in", input_json},
    {"jsonb_in", input_jsonb},
    {"jsonpath_in", input_jsonpath},
    {"language_handler_in", input_refused},
    {"line_in", input_line},
    {"lseg_in", input_lseg},
    {"macaddr8_in", input_macaddr8},
    {"macaddr_in", input_macaddr},
    {"multirange_in", input_multirange},
    {"numeric_in", input_numeric},
    {"oidin", input_oid},
    {"oidvectorin", input_oidvector},
    {"path_in", input_path},
    {"pg_ddl_command_in", input_refused},
    {"pg_dependencies_in", input_refused},
    {"pg_lsn_in", input_lsn},
    {"pg_mcv_list_in", input_refused},
    {"pg_ndistinct_in", input_refused},
    {"pg_node_tree_in", input_refused},
    {"pg_snapshot_in", input_snapshot},
    {"point_in", input_point},
    {"poly_in", input_polygon},
    {"range_in", input_range},
    {"record_in", input_record},
    {"regclassin", input_regclass},
    {"regcollationin", input_regcollation},
    {"regconfigin", input_regconfig},
    {"regdictionaryin", input_regdictionary},
    {"regnamespacein", input_regnamespace},
    {"regoperatorin", input_regoperator},
    {"regoperin", input_regoper},
    {"regprocedurein", input_regprocedure},
    {"regprocin", input_regproc},
    {"regrolein", input_regrole},
    {"regtypein", input_regtype},
    {"table_am_handler_in", input_refused},
    {"tidin", input_tid},
    {"time_in", input_time},
    {"timestamp_in", input_timestamp},
    {"timestamptz_in", input_timestamptz},
    {"timetz_in", input_timetz},
    {"trigger_in", input_refused},
    {"tsm_handler_in", input_refused},
    {"tsqueryin", input_tsquery},
    {"tsvectorin", input_tsvector},
    {"txid_snapshot_in", input_snapshot},
    {"uuid_in", input_uuid},
    {"varbit_in", input_varbit},
    {"varcharin", input_varchar},
};

/* The C function behind a type's input function: built-in functions have the name of theirs, a user's function in
 * language internal has it as its text. */
static const char *input_symbol(const Catalog *catalog, const Type *type)
{
    const Function *function = catalog_function(catalog, type->input);
    if (!function)
        return NULL;
    if (function->oid < FIRST_USER_OID)
        return function->name;
    const NamedObject *language = catalog_object(catalog, CLASS_LANGUAGE, function->language);
    return language && strcmp(language->name, "internal") == 0 ? function->source : NULL;
}

static LiteralInput *find_input(const char *symbol)
{
    size_t low = 0, high = sizeof inputs / sizeof *inputs;
    while (symbol && low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(symbol, inputs[middle].function);
        if (order == 0)
            return inputs[middle].input;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static LiteralInput *input_of_type(const Catalog *catalog, const Type *type)
{
    switch (type->typtype) {
    case TYPTYPE_ENUM:
        return input_enum;
    case TYPTYPE_COMPOSITE:
        return input_record;
    case TYPTYPE_RANGE:
        return input_range;
    case TYPTYPE_MULTIRANGE:
        return input_multirange;
    default:
        return find_input(input_symbol(catalog, type));
    }
}

bool literal_part(Literal *whole, Oid type, int32_t typmod, const char *text, LiteralValue *value)
{
    const Catalog *catalog = whole->catalog;
    /* domain_in: NOT NULL of any of the domains, and the base type's rules with the modifier they impose. */
    for (const Type *at = catalog_type(catalog, type); at && at->typtype == TYPTYPE_DOMAIN;
         at = catalog_type(catalog, at->base))
        if (!text && at->not_null)
            return literal_fail(whole, SQLSTATE_NOT_NULL_VIOLATION, "domain %s does not allow null values",
                                catalog_format_type(catalog, whole->arena, type));
    Literal part = {
        .catalog = catalog, .arena = whole->arena, .typmod = typmod, .text = text, .error = whole->error};
    part.type = catalog_type(catalog, type_base_typmod(catalog, type, &part.typmod));
    LiteralInput *input = text && part.type ? input_of_type(catalog, part.type) : NULL;
    bool valid = !input || input(&part);
    if (value)
        *value = part.value;
    if (value && valid && part.type && part.value.order == ORDER_UNKNOWN)
        *value = literal_text_value(part.arena, part.type, text);
    return valid;
}

bool literal_valid(const Catalog *catalog, Arena *arena, Oid type, int32_t typmod, const char *text,
                   LiteralError *error)
{
    Literal whole = {.catalog = catalog, .arena = arena, .text = text, .error = error};
    return literal_part(&whole, type, typmod, text, NULL);
}
