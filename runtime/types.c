/*
 * The table of kinds: everything libquerc knows about a kind of type, in one place, and the constants for the
 * system's types. A new kind is a line here and three functions in a types_*.c.
 */
#include "querc_private.h"

#include <stdarg.h>
#include <stdio.h>

#define BINARY(NAME) qrt_##NAME##_from_binary, NULL, qrt_##NAME##_to_binary
#define CODEC(NAME) qrt_##NAME##_from_binary, qrt_##NAME##_from_text, qrt_##NAME##_to_binary

static const Kind kinds[] = {
    /*                          name           size               string points decoders and encoder */
    [QUERC_KIND_VOID] = {"void", 0, false, false, NULL, NULL, NULL},
    [QUERC_KIND_BOOL] = {"bool", sizeof(bool), false, false, CODEC(bool)},
    [QUERC_KIND_INT2] = {"int2", sizeof(int16_t), false, false, CODEC(int2)},
    [QUERC_KIND_INT4] = {"int4", sizeof(int32_t), false, false, CODEC(int4)},
    [QUERC_KIND_INT8] = {"int8", sizeof(int64_t), false, false, CODEC(int8)},
    [QUERC_KIND_UINT4] = {"uint4", sizeof(uint32_t), false, false, CODEC(uint4)},
    [QUERC_KIND_UINT8] = {"uint8", sizeof(uint64_t), false, false, CODEC(uint8)},
    [QUERC_KIND_LSN] = {"lsn", sizeof(uint64_t), false, false, CODEC(lsn)},
    [QUERC_KIND_FLOAT4] = {"float4", sizeof(float), false, false, CODEC(float4)},
    [QUERC_KIND_FLOAT8] = {"float8", sizeof(double), false, false, CODEC(float8)},
    [QUERC_KIND_MONEY] = {"money", sizeof(int64_t), false, false, CODEC(money)},
    [QUERC_KIND_CHAR] = {"char", sizeof(char), false, false, CODEC(char)},
    [QUERC_KIND_TEXT] = {"text", sizeof(const char *), true, true, CODEC(text)},
    [QUERC_KIND_TEXT_V1] = {"text_v1", sizeof(const char *), true, true, qrt_text_v1_from_binary,
                            qrt_text_from_text, qrt_text_v1_to_binary},
    [QUERC_KIND_TEXT_FORM] = {"text_form", sizeof(const char *), true, true, NULL, qrt_text_from_text, NULL},
    [QUERC_KIND_BYTES] = {"bytes", sizeof(querc_bytes), false, true, CODEC(bytes)},
    [QUERC_KIND_UUID] = {"uuid", sizeof(querc_uuid), false, false, CODEC(uuid)},
    [QUERC_KIND_DATE] = {"date", sizeof(querc_date), false, false, CODEC(date)},
    [QUERC_KIND_TIME] = {"time", sizeof(querc_time), false, false, CODEC(time)},
    [QUERC_KIND_TIMETZ] = {"timetz", sizeof(querc_timetz), false, false, CODEC(timetz)},
    [QUERC_KIND_TIMESTAMP] = {"timestamp", sizeof(querc_timestamp), false, false, CODEC(timestamp)},
    [QUERC_KIND_TIMESTAMPTZ] = {"timestamptz", sizeof(querc_timestamptz), false, false, CODEC(timestamptz)},
    [QUERC_KIND_INTERVAL] = {"interval", sizeof(querc_interval), false, false, CODEC(interval)},
    [QUERC_KIND_NUMERIC] = {"numeric", sizeof(querc_numeric), false, true, CODEC(numeric)},
    [QUERC_KIND_INET] = {"inet", sizeof(querc_inet), false, false, CODEC(inet)},
    [QUERC_KIND_CIDR] = {"cidr", sizeof(querc_inet), false, false, CODEC(inet)},
    [QUERC_KIND_MACADDR] = {"macaddr", sizeof(querc_macaddr), false, false, CODEC(macaddr)},
    [QUERC_KIND_MACADDR8] = {"macaddr8", sizeof(querc_macaddr8), false, false, CODEC(macaddr8)},
    [QUERC_KIND_BITS] = {"bits", sizeof(querc_bits), false, true, CODEC(bits)},
    [QUERC_KIND_TID] = {"tid", sizeof(querc_tid), false, false, CODEC(tid)},
    [QUERC_KIND_ENUM] = {"enum", sizeof(int), false, false, CODEC(enum)},
    [QUERC_KIND_ARRAY] = {"array", sizeof(AnyArray), false, true, CODEC(array)},
    [QUERC_KIND_COMPOSITE] = {"composite", 0, false, false, BINARY(composite)},
    [QUERC_KIND_POINT] = {"point", sizeof(querc_point), false, false, BINARY(point)},
    [QUERC_KIND_LINE] = {"line", sizeof(querc_line), false, false, BINARY(line)},
    [QUERC_KIND_LSEG] = {"lseg", sizeof(querc_lseg), false, false, BINARY(lseg)},
    [QUERC_KIND_BOX] = {"box", sizeof(querc_box), false, false, BINARY(box)},
    [QUERC_KIND_PATH] = {"path", sizeof(querc_path), false, true, BINARY(path)},
    [QUERC_KIND_POLYGON] = {"polygon", sizeof(querc_polygon), false, true, BINARY(polygon)},
    [QUERC_KIND_CIRCLE] = {"circle", sizeof(querc_circle), false, false, BINARY(circle)},
    [QUERC_KIND_HSTORE] = {"hstore", sizeof(querc_hstore), false, true, BINARY(hstore)},
    [QUERC_KIND_TSVECTOR] = {"tsvector", sizeof(const char *), true, true, qrt_tsvector_from_binary,
                             qrt_text_from_text, NULL},
    [QUERC_KIND_TSQUERY] = {"tsquery", sizeof(const char *), true, true, qrt_tsquery_from_binary,
                            qrt_text_from_text, NULL},
    [QUERC_KIND_RANGE] = {"range", 0, false, false, BINARY(range)},
    [QUERC_KIND_MULTIRANGE] = {"multirange", sizeof(querc_int4multirange), false, true, BINARY(multirange)},
    [QUERC_KIND_CUSTOM] = {"custom", 0, false, true, BINARY(custom)},
};

/* (Names are pasted where they are given: one macro that expands in another would find a macro called bool.) */
#define ARRAY_OF(ELEMENT, SQL_NAME, OID)                                                                           \
    {                                                                                                              \
        .kind = QUERC_KIND_ARRAY, .oid = (OID), .schema = "pg_catalog", .name = SQL_NAME "[]",                     \
        .element = (ELEMENT)                                                                                       \
    }
#define DEFINE_TYPE(NAME, SQL_NAME, OID, ARRAY_OID, KIND)                                                          \
    const querc_type querc_type_##NAME = {.kind = (KIND), .oid = (OID), .schema = "pg_catalog", .name = SQL_NAME}; \
    const querc_type querc_type_##NAME##_array = ARRAY_OF(&querc_type_##NAME, SQL_NAME, ARRAY_OID);
QUERC_SYSTEM_TYPES(DEFINE_TYPE)

#define DEFINE_RANGE(NAME, OID, ARRAY_OID, SUBTYPE, MULTI, MULTI_OID, MULTI_ARRAY_OID)                             \
    const querc_type querc_type_##NAME = {.kind = QUERC_KIND_RANGE,                                                \
                                          .oid = (OID),                                                            \
                                          .schema = "pg_catalog",                                                  \
                                          .name = #NAME,                                                           \
                                          .element = &querc_type_##SUBTYPE,                                        \
                                          .size = sizeof(querc_##NAME)};                                           \
    const querc_type querc_type_##MULTI = {.kind = QUERC_KIND_MULTIRANGE,                                          \
                                           .oid = (MULTI_OID),                                                     \
                                           .schema = "pg_catalog",                                                 \
                                           .name = #MULTI,                                                         \
                                           .element = &querc_type_##NAME};                                         \
    const querc_type querc_type_##NAME##_array = ARRAY_OF(&querc_type_##NAME, #NAME, ARRAY_OID);                   \
    const querc_type querc_type_##MULTI##_array = ARRAY_OF(&querc_type_##MULTI, #MULTI, MULTI_ARRAY_OID);
QUERC_SYSTEM_RANGES(DEFINE_RANGE)

const querc_type querc_type_void = {.kind = QUERC_KIND_VOID, .oid = 2278, .schema = "pg_catalog", .name = "void"};
const querc_type querc_type_unknown = {
    .kind = QUERC_KIND_TEXT, .oid = 705, .schema = "pg_catalog", .name = "unknown"};
const querc_type querc_type_int2vector = {
    .kind = QUERC_KIND_ARRAY, .oid = 22, .schema = "pg_catalog", .name = "int2vector", .element = &querc_type_int2};
const querc_type querc_type_oidvector = {
    .kind = QUERC_KIND_ARRAY, .oid = 30, .schema = "pg_catalog", .name = "oidvector", .element = &querc_type_oid};

/* Descriptors are trees of constants; what is deeper than this is not one. */
enum { MAX_TYPE_DEPTH = 32 };

const Kind *qrt_kind(querc_kind kind)
{
    size_t i = (size_t)kind;
    return i < sizeof kinds / sizeof kinds[0] && kinds[i].name != NULL ? &kinds[i] : NULL;
}

const querc_type *qrt_base_type(const querc_type *type)
{
    for (int depth = 0; type != NULL && type->kind == QUERC_KIND_DOMAIN; depth++) {
        if (depth == MAX_TYPE_DEPTH)
            return NULL;
        type = type->element;
    }
    return type;
}

static const Kind *checked_kind(const querc_type *type, int depth);

/* Whether every attribute is a value that has a binary form, at a place within the struct. */
static bool is_valid_composite(const querc_composite *composite, int depth)
{
    if (composite == NULL || depth == MAX_TYPE_DEPTH)
        return false;
    for (size_t i = 0; i < composite->attribute_count; i++) {
        const querc_column *attribute = &composite->attributes[i];
        const Kind *kind = checked_kind(attribute->type, depth + 1);
        if (kind == NULL || kind->from_binary == NULL || attribute->offset >= composite->size)
            return false;
        if (attribute->null_at < QUERC_NULL_IS_ZERO && attribute->null_at >= composite->size)
            return false;
    }
    return composite->size > 0;
}

/* A range of values that have a size and a binary form, in a struct that has room for two of them and the flags. */
static bool is_valid_range(const querc_type *type, int depth)
{
    const querc_type *subtype = qrt_base_type(type->element);
    const Kind *kind = depth < MAX_TYPE_DEPTH ? checked_kind(subtype, depth + 1) : NULL;
    return kind != NULL && kind->from_binary != NULL && kind->to_binary != NULL && qrt_type_size(subtype) > 0 &&
           type->size >= 2 * qrt_type_size(subtype) + 5;
}

/* Whether the descriptor has what its kind needs. */
static bool is_complete(const querc_type *type, int depth)
{
    const querc_type *element = qrt_base_type(type->element);
    if (type->kind == QUERC_KIND_ENUM)
        return type->labels != NULL;
    if (type->kind == QUERC_KIND_COMPOSITE)
        return is_valid_composite(type->composite, depth);
    if (type->kind == QUERC_KIND_RANGE)
        return is_valid_range(type, depth);
    if (type->kind == QUERC_KIND_MULTIRANGE)
        return element != NULL && element->kind == QUERC_KIND_RANGE && is_valid_range(element, depth);
    if (type->kind == QUERC_KIND_CUSTOM)
        return type->codec != NULL && type->size > 0;
    return true;
}

static const Kind *checked_kind(const querc_type *type, int depth)
{
    type = qrt_base_type(type);
    if (type == NULL || !is_complete(type, depth))
        return NULL;
    if (type->kind == QUERC_KIND_ARRAY) {
        const querc_type *element = qrt_base_type(type->element);
        if (element == NULL || element->kind == QUERC_KIND_VOID || qrt_kind(element->kind) == NULL ||
            !is_complete(element, depth))
            return NULL;
    }
    return qrt_kind(type->kind);
}

const Kind *qrt_type_kind(const querc_type *type)
{
    return checked_kind(type, 0);
}

bool qrt_has_pointers(const querc_type *type)
{
    type = qrt_base_type(type);
    if (type->kind == QUERC_KIND_RANGE)
        return qrt_has_pointers(type->element);
    if (type->kind != QUERC_KIND_COMPOSITE)
        return qrt_kind(type->kind)->has_pointers;
    for (size_t i = 0; i < type->composite->attribute_count; i++)
        if (qrt_has_pointers(type->composite->attributes[i].type))
            return true;
    return false;
}

size_t qrt_type_size(const querc_type *type)
{
    if (type->kind == QUERC_KIND_RANGE || type->kind == QUERC_KIND_CUSTOM)
        return type->size;
    return type->kind == QUERC_KIND_COMPOSITE ? type->composite->size : qrt_kind(type->kind)->size;
}

/* What an array is of. */
static const querc_type *innermost(const querc_type *type)
{
    type = qrt_base_type(type);
    for (int depth = 0; type != NULL && type->kind == QUERC_KIND_ARRAY && depth < MAX_TYPE_DEPTH; depth++)
        type = qrt_base_type(type->element);
    return type;
}

bool qrt_is_text_only(const querc_type *type)
{
    type = innermost(type);
    return type == NULL || type->kind == QUERC_KIND_TEXT_FORM;
}

bool qrt_is_sent_as_text(const querc_type *type)
{
    type = innermost(type);
    return type == NULL || qrt_kind(type->kind)->to_binary == NULL;
}

bool qrt_is_vector(const querc_type *type)
{
    return type->oid == querc_type_int2vector.oid || type->oid == querc_type_oidvector.oid;
}

bool qrt_bad_value(Reader *reader, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(reader->problem, sizeof reader->problem, format, args);
    va_end(args);
    return false;
}

bool qrt_bad_length(Reader *reader, size_t expected, size_t found)
{
    return qrt_bad_value(reader, "expected %zu bytes, found %zu", expected, found);
}
