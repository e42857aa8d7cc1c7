/*
 * Rows as JSON, by PostgreSQL's to_json (datum_to_json): numbers and booleans as they are, arrays as arrays,
 * composites and hstore as objects, json and jsonb as what they contain, all else as its text, with dates and times
 * in ISO 8601.
 */
#include "json_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Types whose text is JSON itself. */
enum { JSON_OID = 114, JSONB_OID = 3802 };

/* --- strings -------------------------------------------------------------------------------------------------- */

static json_t *json_of_text(JsonText *text)
{
    json_t *json = text->failed ? NULL : json_stringn(text->data, text->len);
    qrt_json_text_release(text);
    return json;
}

static json_t *json_text(const querc_type *type, const void *value)
{
    JsonText text;
    qrt_json_text_init(&text);
    qrt_json_text_value(&text, type, value);
    return json_of_text(&text);
}

/* "2024-02-29 12:00:00.5+00 BC" as "2024-02-29T12:00:00.5+00:00 BC". An infinity has neither. */
static json_t *json_timestamp(const querc_type *type, const void *value)
{
    JsonText from, to;
    bool has_zone = type->kind == QUERC_KIND_TIMESTAMPTZ;
    qrt_json_text_init(&from);
    qrt_json_text_init(&to);
    qrt_json_text_value(&from, type, value);
    qrt_json_text_char(&from, '\0');
    char *space = from.failed ? NULL : strchr(from.data, ' ');
    if (space != NULL) {
        *space = 'T';
        size_t len = strcspn(space, " ");
        qrt_json_text_add(&to, from.data, (size_t)(space - from.data) + len);
        if (has_zone)
            qrt_json_text_string(&to, ":00");
        qrt_json_text_string(&to, space + len);
    } else if (!from.failed) {
        qrt_json_text_string(&to, from.data);
    }
    to.failed = to.failed || from.failed;
    qrt_json_text_release(&from);
    return json_of_text(&to);
}

/* --- numbers -------------------------------------------------------------------------------------------------- */

static json_t *json_number(double number, bool is_float4)
{
    JsonText text;
    if (isfinite(number) && !is_float4)
        return json_real(number);
    qrt_json_text_init(&text);
    qrt_json_text_double(&text, number, is_float4);
    if (!isfinite(number))
        return json_of_text(&text);
    /* The double that the float's digits stand for, not the one that it is: 0.1 and not 0.10000000149011612. */
    querc_numeric decimal;
    uint16_t digits[QUERC_NUMERIC_DIGITS(64)];
    qrt_json_text_char(&text, '\0');
    bool good =
        !text.failed && querc_numeric_from_text(text.data, &decimal, digits, sizeof digits / sizeof *digits);
    qrt_json_text_release(&text);
    if (good && number != 0)
        number = querc_numeric_to_double(decimal);
    return good ? json_real(number) : NULL;
}

static json_t *json_of_number(const querc_type *type, const void *value)
{
    switch ((int)type->kind) {
    case QUERC_KIND_INT2:
        return json_integer(*(const int16_t *)value);
    case QUERC_KIND_INT4:
        return json_integer(*(const int32_t *)value);
    case QUERC_KIND_FLOAT4:
        return json_number((double)*(const float *)value, true);
    case QUERC_KIND_FLOAT8:
        return json_number(*(const double *)value, false);
    default:
        return json_integer(*(const int64_t *)value);
    }
}

static json_t *json_of_bool(const querc_type *type, const void *value)
{
    (void)type;
    return json_boolean(*(const bool *)value);
}

/* --- json and jsonb ------------------------------------------------------------------------------------------- */

/* The text with "e0" behind each integer that has more digits than an int64_t is sure to take, which makes it a
 * floating-point number to jansson. */
static void widen_integers(JsonText *to, const char *from)
{
    enum { SURE_DIGITS = 18 };
    bool in_string = false;
    for (const char *at = from; *at != '\0';) {
        size_t digits = in_string ? 0 : strspn(at, "0123456789");
        size_t len = digits > 0 ? strspn(at, "0123456789.eE+-") : 1;
        if (in_string && *at == '\\' && at[1] != '\0')
            len = 2;
        else if (*at == '"')
            in_string = !in_string;
        qrt_json_text_add(to, at, len);
        if (digits > SURE_DIGITS && digits == len)
            qrt_json_text_string(to, "e0");
        at += len;
    }
    qrt_json_text_char(to, '\0');
}

/* The value that the text is. */
static json_t *json_embedded(const char *text)
{
    enum { FLAGS = JSON_DECODE_ANY | JSON_ALLOW_NUL };
    json_error_t error = {.line = 0}; /* which without memory jansson does not fill in */
    json_t *json = json_loads(text, FLAGS, &error);
    if (json != NULL || json_error_code(&error) != json_error_numeric_overflow)
        return json;
    JsonText wide;
    qrt_json_text_init(&wide);
    widen_integers(&wide, text);
    json = wide.failed ? NULL : json_loads(wide.data, FLAGS, &error);
    qrt_json_text_release(&wide);
    return json;
}

static json_t *json_of_string(const querc_type *type, const void *value)
{
    const char *string;
    memcpy(&string, value, sizeof string);
    if (string == NULL)
        return json_null();
    return type->oid == JSON_OID || type->oid == JSONB_OID ? json_embedded(string) : json_string(string);
}

/* --- values of several parts ---------------------------------------------------------------------------------- */

static json_t *json_element(const querc_type *element, const JsonArray *array, size_t i)
{
    if (qrt_json_element_is_null(array, element, i))
        return json_null();
    return querc_json_value(element, (const char *)array->items + i * qrt_json_type_size(element));
}

/* Like its text, an array of arrays where it has several dimensions; see json_parts.c. */
static json_t *json_dimension(const querc_type *element, const JsonArray *array, int dimension, size_t *next)
{
    const querc_dimensions *dimensions = array->dimensions;
    bool last = dimensions == NULL || dimension + 1 == dimensions->count;
    size_t len = dimensions == NULL ? array->len : (size_t)dimensions->of[dimension].len;
    json_t *json = json_array();
    for (size_t i = 0; i < len && json != NULL && *next < array->len; i++) {
        json_t *item =
            last ? json_element(element, array, (*next)++) : json_dimension(element, array, dimension + 1, next);
        if (json_array_append_new(json, item) != 0) {
            json_decref(json);
            json = NULL;
        }
    }
    return json;
}

static json_t *json_of_array(const querc_type *type, const void *value)
{
    JsonArray array;
    size_t next = 0;
    memcpy(&array, value, sizeof array);
    return json_dimension(qrt_json_base_type(type->element), &array, 0, &next);
}

/* Takes the reference to value, and gives back the one to json on failure. */
static bool set_member(json_t *json, const char *key, json_t *value)
{
    if (json_object_set_new(json, key, value) == 0)
        return true;
    json_decref(json);
    return false;
}

static json_t *json_of_composite(const querc_type *type, const void *value)
{
    const querc_composite *composite = type->composite;
    json_t *json = json_object();
    for (uint16_t i = 0; i < composite->attribute_count && json != NULL; i++) {
        const querc_column *attribute = &composite->attributes[i];
        const char *key = composite->keys != NULL ? composite->keys[i] : attribute->name;
        const void *member = qrt_json_attribute(attribute, value);
        if (!set_member(json, key, member == NULL ? json_null() : querc_json_value(attribute->type, member)))
            return NULL;
    }
    return json;
}

static json_t *json_of_hstore(const querc_type *type, const void *value)
{
    const querc_hstore *hstore = (const querc_hstore *)value;
    json_t *json = json_object();
    (void)type;
    for (size_t i = 0; i < hstore->len && json != NULL; i++) {
        const querc_hstore_pair *pair = &hstore->pairs[i];
        if (!set_member(json, pair->key, pair->value == NULL ? json_null() : json_string(pair->value)))
            return NULL;
    }
    return json;
}

static json_t *json_of_custom(const querc_type *type, const void *value)
{
    return type->codec == NULL || type->codec->json == NULL ? NULL : type->codec->json(value);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

typedef json_t *(*JsonWriter)(const querc_type *type, const void *value);

/* Kinds that are not just their text. */
static const JsonWriter writers[] = {
    [QUERC_KIND_BOOL] = json_of_bool,        [QUERC_KIND_INT2] = json_of_number,
    [QUERC_KIND_INT4] = json_of_number,      [QUERC_KIND_INT8] = json_of_number,
    [QUERC_KIND_FLOAT4] = json_of_number,    [QUERC_KIND_FLOAT8] = json_of_number,
    [QUERC_KIND_MONEY] = json_of_number,     [QUERC_KIND_TEXT] = json_of_string,
    [QUERC_KIND_TEXT_V1] = json_of_string,   [QUERC_KIND_TEXT_FORM] = json_of_string,
    [QUERC_KIND_TSVECTOR] = json_of_string,  [QUERC_KIND_TSQUERY] = json_of_string,
    [QUERC_KIND_TIMESTAMP] = json_timestamp, [QUERC_KIND_TIMESTAMPTZ] = json_timestamp,
    [QUERC_KIND_ARRAY] = json_of_array,      [QUERC_KIND_COMPOSITE] = json_of_composite,
    [QUERC_KIND_HSTORE] = json_of_hstore,    [QUERC_KIND_CUSTOM] = json_of_custom,
};

json_t *querc_json_value(const querc_type *type, const void *value)
{
    if (type == NULL || value == NULL)
        return NULL;
    type = qrt_json_base_type(type);
    bool has_writer = (size_t)type->kind < sizeof writers / sizeof writers[0] && writers[type->kind] != NULL;
    return has_writer ? writers[type->kind](type, value) : json_text(type, value);
}

/* Where the field's value is; NULL: SQL NULL. */
static const void *find_value(const querc_json_field *field, const char *row)
{
    const void *pointer;
    const char *value = row + field->offset;
    if (field->null_at == QUERC_JSON_POINTER) {
        memcpy(&pointer, value, sizeof pointer);
        return pointer;
    }
    if (field->null_at == QUERC_NOT_NULL || field->null_at == QUERC_NULL_IS_ZERO)
        return value;
    return *(const bool *)(row + field->null_at) ? value : NULL;
}

json_t *querc_json_object(const querc_json_shape *shape, const void *row)
{
    json_t *json = shape == NULL || row == NULL ? NULL : json_object();
    for (uint16_t i = 0; json != NULL && i < shape->len; i++) {
        const querc_json_field *field = &shape->fields[i];
        const void *value = find_value(field, (const char *)row);
        json_t *member = value == NULL         ? json_null()
                         : field->type == NULL ? querc_json_object(field->shape, value)
                                               : querc_json_value(field->type, value);
        if (!set_member(json, field->key, member))
            return NULL;
    }
    return json;
}

json_t *querc_json_array(const querc_json_shape *shape, const void *rows, size_t len)
{
    json_t *json = shape == NULL || (rows == NULL && len > 0) ? NULL : json_array();
    for (size_t i = 0; json != NULL && i < len; i++)
        if (json_array_append_new(json, querc_json_object(shape, (const char *)rows + i * shape->size)) != 0) {
            json_decref(json);
            json = NULL;
        }
    return json;
}
