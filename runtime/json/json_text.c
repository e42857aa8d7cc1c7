/*
 * Values as PostgreSQL's output functions write them, which is what to_json puts between quotes: the text they are
 * collected in, the types of one part, and the table of kinds. Types of several parts are in json_parts.c.
 */
#include "json_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- text that grows ------------------------------------------------------------------------------------------ */

void qrt_json_text_init(JsonText *text)
{
    text->data = text->first;
    text->len = 0;
    text->capacity = sizeof text->first;
    text->failed = false;
}

void qrt_json_text_release(JsonText *text)
{
    json_malloc_t allocate;
    json_free_t release;
    json_get_alloc_funcs(&allocate, &release);
    if (text->data != text->first)
        release(text->data);
    qrt_json_text_init(text);
}

/* Room for len bytes more. */
static bool reserve(JsonText *text, size_t len)
{
    json_malloc_t allocate;
    json_free_t release;
    if (text->failed)
        return false;
    if (len <= text->capacity - text->len)
        return true;
    size_t capacity = text->capacity;
    while (capacity - text->len < len && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    json_get_alloc_funcs(&allocate, &release);
    char *data = capacity - text->len < len ? NULL : (char *)allocate(capacity);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    memcpy(data, text->data, text->len);
    if (text->data != text->first)
        release(text->data);
    text->data = data;
    text->capacity = capacity;
    return true;
}

void qrt_json_text_add(JsonText *text, const char *bytes, size_t len)
{
    if (len == 0 || !reserve(text, len))
        return;
    memcpy(text->data + text->len, bytes, len);
    text->len += len;
}

void qrt_json_text_char(JsonText *text, char c)
{
    qrt_json_text_add(text, &c, 1);
}

void qrt_json_text_string(JsonText *text, const char *string)
{
    qrt_json_text_add(text, string, strlen(string));
}

void qrt_json_text_uint(JsonText *text, uint64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    qrt_json_text_string(text, digits);
}

void qrt_json_text_int(JsonText *text, int64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    qrt_json_text_string(text, digits);
}

/* --- values of one part --------------------------------------------------------------------------------------- */

/* X(kind, C type, function of querc_convert.h) */
#define CONVERTED(X)                                                                                               \
    X(UUID, querc_uuid, querc_uuid_to_text)                                                                        \
    X(DATE, querc_date, querc_date_to_text)                                                                        \
    X(TIME, querc_time, querc_time_to_text)                                                                        \
    X(TIMETZ, querc_timetz, querc_timetz_to_text)                                                                  \
    X(TIMESTAMP, querc_timestamp, querc_timestamp_to_text)                                                         \
    X(TIMESTAMPTZ, querc_timestamptz, querc_timestamptz_to_text)                                                   \
    X(INTERVAL, querc_interval, querc_interval_to_text)                                                            \
    X(NUMERIC, querc_numeric, querc_numeric_to_text)                                                               \
    X(INET, querc_inet, querc_inet_to_text)                                                                        \
    X(MACADDR, querc_macaddr, querc_macaddr_to_text)                                                               \
    X(MACADDR8, querc_macaddr8, querc_macaddr8_to_text)

/* The ..._to_text functions say how long the text is, like snprintf. */
#define CONVERTER(KIND, C_TYPE, FUNCTION)                                                                          \
    static void text_##KIND(JsonText *text, const querc_type *type, const void *value)                             \
    {                                                                                                              \
        const C_TYPE *converted = (const C_TYPE *)value;                                                           \
        (void)type;                                                                                                \
        size_t len = FUNCTION(*converted, NULL, 0);                                                                \
        if (!reserve(text, len + 1))                                                                               \
            return;                                                                                                \
        FUNCTION(*converted, text->data + text->len, len + 1);                                                     \
        text->len += len;                                                                                          \
    }
CONVERTED(CONVERTER)

/* X(kind, C type, how it is added) */
#define PLAIN(X)                                                                                                   \
    X(BOOL, bool, qrt_json_text_char(text, plain ? 't' : 'f'))                                                     \
    X(INT2, int16_t, qrt_json_text_int(text, plain))                                                               \
    X(INT4, int32_t, qrt_json_text_int(text, plain))                                                               \
    X(INT8, int64_t, qrt_json_text_int(text, plain))                                                               \
    X(MONEY, int64_t, qrt_json_text_int(text, plain))                                                              \
    X(UINT4, uint32_t, qrt_json_text_uint(text, plain))                                                            \
    X(UINT8, uint64_t, qrt_json_text_uint(text, plain))                                                            \
    X(FLOAT4, float, qrt_json_text_double(text, (double)plain, true))                                              \
    X(FLOAT8, double, qrt_json_text_double(text, plain, false))

#define PLAIN_WRITER(KIND, C_TYPE, ADD)                                                                            \
    static void text_##KIND(JsonText *text, const querc_type *type, const void *value)                             \
    {                                                                                                              \
        C_TYPE plain;                                                                                              \
        (void)type;                                                                                                \
        memcpy(&plain, value, sizeof plain);                                                                       \
        ADD;                                                                                                       \
    }
PLAIN(PLAIN_WRITER)

static void text_string(JsonText *text, const querc_type *type, const void *value)
{
    const char *string;
    (void)type;
    memcpy(&string, value, sizeof string);
    if (string == NULL)
        text->failed = true;
    else
        qrt_json_text_string(text, string);
}

static void text_lsn(JsonText *text, const querc_type *type, const void *value)
{
    char written[32];
    uint64_t lsn = *(const uint64_t *)value;
    (void)type;
    snprintf(written, sizeof written, "%" PRIX32 "/%" PRIX32, (uint32_t)(lsn >> 32), (uint32_t)lsn);
    qrt_json_text_string(text, written);
}

/* As charout of PostgreSQL 16 writes it, which makes valid text of any byte. */
static void text_char(JsonText *text, const querc_type *type, const void *value)
{
    char written[8];
    unsigned char byte = *(const unsigned char *)value;
    (void)type;
    if (byte >= 0x80) {
        snprintf(written, sizeof written, "\\%03o", byte);
        qrt_json_text_string(text, written);
    } else if (byte != 0) {
        qrt_json_text_char(text, (char)byte);
    }
}

static void text_bytes(JsonText *text, const querc_type *type, const void *value)
{
    static const char hex[] = "0123456789abcdef";
    const querc_bytes *bytes = (const querc_bytes *)value;
    (void)type;
    qrt_json_text_string(text, "\\x");
    if (bytes->len > SIZE_MAX / 2 || !reserve(text, bytes->len * 2)) {
        text->failed = true;
        return;
    }
    for (size_t i = 0; i < bytes->len; i++) {
        text->data[text->len++] = hex[bytes->data[i] >> 4];
        text->data[text->len++] = hex[bytes->data[i] & 15];
    }
}

static void text_bits(JsonText *text, const querc_type *type, const void *value)
{
    const querc_bits *bits = (const querc_bits *)value;
    (void)type;
    for (size_t i = 0; i < bits->bit_count; i++)
        qrt_json_text_char(text, (bits->data[i / 8] >> (7 - i % 8) & 1) != 0 ? '1' : '0');
}

static void text_tid(JsonText *text, const querc_type *type, const void *value)
{
    const querc_tid *tid = (const querc_tid *)value;
    (void)type;
    qrt_json_text_char(text, '(');
    qrt_json_text_uint(text, tid->block);
    qrt_json_text_char(text, ',');
    qrt_json_text_uint(text, tid->offset);
    qrt_json_text_char(text, ')');
}

static void text_enum(JsonText *text, const querc_type *type, const void *value)
{
    int number;
    memcpy(&number, value, sizeof number);
    const char *label = querc_enum_label(type->labels, number);
    if (label == NULL)
        text->failed = true;
    else
        qrt_json_text_string(text, label);
}

/* --- geometry ------------------------------------------------------------------------------------------------- */

static void add_double(JsonText *text, double number)
{
    qrt_json_text_double(text, number, false);
}

static void add_point(JsonText *text, querc_point point)
{
    qrt_json_text_char(text, '(');
    add_double(text, point.x);
    qrt_json_text_char(text, ',');
    add_double(text, point.y);
    qrt_json_text_char(text, ')');
}

static void add_points(JsonText *text, const querc_point *points, size_t len, char open, char close)
{
    if (open != 0)
        qrt_json_text_char(text, open);
    for (size_t i = 0; i < len; i++) {
        if (i > 0)
            qrt_json_text_char(text, ',');
        add_point(text, points[i]);
    }
    if (close != 0)
        qrt_json_text_char(text, close);
}

static void text_point(JsonText *text, const querc_type *type, const void *value)
{
    (void)type;
    add_point(text, *(const querc_point *)value);
}

static void text_line(JsonText *text, const querc_type *type, const void *value)
{
    const querc_line *line = (const querc_line *)value;
    (void)type;
    qrt_json_text_char(text, '{');
    add_double(text, line->a);
    qrt_json_text_char(text, ',');
    add_double(text, line->b);
    qrt_json_text_char(text, ',');
    add_double(text, line->c);
    qrt_json_text_char(text, '}');
}

static void text_lseg(JsonText *text, const querc_type *type, const void *value)
{
    (void)type;
    add_points(text, ((const querc_lseg *)value)->ends, 2, '[', ']');
}

static void text_box(JsonText *text, const querc_type *type, const void *value)
{
    const querc_box *box = (const querc_box *)value;
    (void)type;
    add_point(text, box->high);
    qrt_json_text_char(text, ',');
    add_point(text, box->low);
}

static void text_path(JsonText *text, const querc_type *type, const void *value)
{
    const querc_path *path = (const querc_path *)value;
    (void)type;
    add_points(text, path->points, path->len, path->is_closed ? '(' : '[', path->is_closed ? ')' : ']');
}

static void text_polygon(JsonText *text, const querc_type *type, const void *value)
{
    const querc_polygon *polygon = (const querc_polygon *)value;
    (void)type;
    add_points(text, polygon->points, polygon->len, '(', ')');
}

static void text_circle(JsonText *text, const querc_type *type, const void *value)
{
    const querc_circle *circle = (const querc_circle *)value;
    (void)type;
    qrt_json_text_char(text, '<');
    add_point(text, circle->center);
    qrt_json_text_char(text, ',');
    add_double(text, circle->radius);
    qrt_json_text_char(text, '>');
}

/* --- the table of kinds --------------------------------------------------------------------------------------- */

typedef struct JsonKind {
    size_t size; /* of the C value; 0: the type knows */
    void (*add)(JsonText *text, const querc_type *type, const void *value);
    bool is_pointer;
} JsonKind;

static const JsonKind kinds[] = {
#define X(KIND, C_TYPE, FUNCTION) [QUERC_KIND_##KIND] = {sizeof(C_TYPE), text_##KIND, false},
    CONVERTED(X) PLAIN(X)
#undef X
        [QUERC_KIND_CIDR] = {sizeof(querc_inet), text_INET, false},
    [QUERC_KIND_TEXT] = {sizeof(char *), text_string, true},
    [QUERC_KIND_TEXT_V1] = {sizeof(char *), text_string, true},
    [QUERC_KIND_TEXT_FORM] = {sizeof(char *), text_string, true},
    [QUERC_KIND_TSVECTOR] = {sizeof(char *), text_string, true},
    [QUERC_KIND_TSQUERY] = {sizeof(char *), text_string, true},
    [QUERC_KIND_LSN] = {sizeof(uint64_t), text_lsn, false},
    [QUERC_KIND_CHAR] = {sizeof(char), text_char, false},
    [QUERC_KIND_BYTES] = {sizeof(querc_bytes), text_bytes, false},
    [QUERC_KIND_BITS] = {sizeof(querc_bits), text_bits, false},
    [QUERC_KIND_TID] = {sizeof(querc_tid), text_tid, false},
    [QUERC_KIND_ENUM] = {sizeof(int), text_enum, false},
    [QUERC_KIND_POINT] = {sizeof(querc_point), text_point, false},
    [QUERC_KIND_LINE] = {sizeof(querc_line), text_line, false},
    [QUERC_KIND_LSEG] = {sizeof(querc_lseg), text_lseg, false},
    [QUERC_KIND_BOX] = {sizeof(querc_box), text_box, false},
    [QUERC_KIND_PATH] = {sizeof(querc_path), text_path, false},
    [QUERC_KIND_POLYGON] = {sizeof(querc_polygon), text_polygon, false},
    [QUERC_KIND_CIRCLE] = {sizeof(querc_circle), text_circle, false},
    [QUERC_KIND_HSTORE] = {sizeof(querc_hstore), qrt_json_text_hstore, false},
    [QUERC_KIND_ARRAY] = {sizeof(JsonArray), qrt_json_text_array, false},
    [QUERC_KIND_COMPOSITE] = {0, qrt_json_text_composite, false},
    [QUERC_KIND_RANGE] = {0, qrt_json_text_range, false},
    [QUERC_KIND_MULTIRANGE] = {sizeof(querc_int4multirange), qrt_json_text_multirange, false},
    [QUERC_KIND_CUSTOM] = {0, NULL, false}, /* its text is not known: codegen refuses it as a part of one */
};

static const JsonKind *kind_of(const querc_type *type)
{
    static const JsonKind none = {0, NULL, false};
    return (size_t)type->kind < sizeof kinds / sizeof kinds[0] ? &kinds[type->kind] : &none;
}

const querc_type *qrt_json_base_type(const querc_type *type)
{
    while (type->kind == QUERC_KIND_DOMAIN)
        type = type->element;
    return type;
}

bool qrt_json_is_pointer(const querc_type *type)
{
    return kind_of(type)->is_pointer;
}

size_t qrt_json_type_size(const querc_type *type)
{
    if (type->kind == QUERC_KIND_COMPOSITE)
        return type->composite->size;
    size_t size = kind_of(type)->size;
    return size > 0 ? size : type->size;
}

bool qrt_json_element_is_null(const JsonArray *array, const querc_type *element, size_t i)
{
    const char *string;
    if (array->nulls != NULL && array->nulls[i])
        return true;
    if (!kind_of(element)->is_pointer)
        return false;
    memcpy(&string, (const char *)array->items + i * sizeof string, sizeof string);
    return string == NULL;
}

const void *qrt_json_attribute(const querc_column *attribute, const void *composite)
{
    const char *value = (const char *)composite + attribute->offset;
    const char *string;
    if (kind_of(qrt_json_base_type(attribute->type))->is_pointer) {
        memcpy(&string, value, sizeof string);
        return string == NULL ? NULL : value;
    }
    bool present = attribute->null_at == QUERC_NOT_NULL || attribute->null_at == QUERC_NULL_IS_ZERO ||
                   *((const bool *)composite + attribute->null_at);
    return present ? value : NULL;
}

void qrt_json_text_value(JsonText *text, const querc_type *type, const void *value)
{
    type = qrt_json_base_type(type);
    const JsonKind *kind = kind_of(type);
    if (kind->add == NULL)
        text->failed = true;
    else
        kind->add(text, type, value);
}
