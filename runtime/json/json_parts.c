/*
 * The text of arrays, composites, ranges, multiranges and hstore, each of which quotes its parts by rules of its
 * own: array_out, record_out, range_out, multirange_out and hstore_out.
 */
#include "json_private.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Adds a part, quoted if it is empty or has a space or one of `special`. With doubled set quotes and backslashes
 * are doubled, otherwise a backslash is put before them. */
static void add_quoted(JsonText *text, const JsonText *part, const char *special, bool quote, bool doubled)
{
    quote = quote || part->len == 0;
    for (size_t i = 0; i < part->len && !quote; i++) {
        char c = part->data[i];
        quote = is_space(c) || c == '"' || c == '\\' || strchr(special, c) != NULL;
    }
    if (quote)
        qrt_json_text_char(text, '"');
    for (size_t i = 0; i < part->len; i++) {
        char c = part->data[i];
        if (c == '"' || c == '\\')
            qrt_json_text_char(text, doubled ? c : '\\');
        qrt_json_text_char(text, c);
    }
    if (quote)
        qrt_json_text_char(text, '"');
    text->failed = text->failed || part->failed;
}

/* "NULL" in any case would be read as SQL NULL. */
static bool is_null_word(const JsonText *text)
{
    static const char word[] = "NULL";
    for (size_t i = 0; i < 4 && text->len == 4; i++)
        if ((text->data[i] & ~0x20) != word[i])
            return false;
    return text->len == 4;
}

static char delimiter_of(const querc_type *element)
{
    return element->kind == QUERC_KIND_BOX ? ';' : ',';
}

static void add_element(JsonText *text, const querc_type *element, const JsonArray *array, size_t i)
{
    JsonText part;
    if (qrt_json_element_is_null(array, element, i)) {
        qrt_json_text_string(text, "NULL");
        return;
    }
    const char special[] = {'{', '}', delimiter_of(element), '\0'};
    qrt_json_text_init(&part);
    qrt_json_text_value(&part, element, (const char *)array->items + i * qrt_json_type_size(element));
    add_quoted(text, &part, special, is_null_word(&part), false);
    qrt_json_text_release(&part);
}

/* The elements from *next on that make up the dimension and those within it. */
static void add_dimension(JsonText *text, const querc_type *element, const JsonArray *array, int dimension,
                          size_t *next)
{
    const querc_dimensions *dimensions = array->dimensions;
    bool last = dimensions == NULL || dimension + 1 == dimensions->count;
    size_t len = dimensions == NULL ? array->len : (size_t)dimensions->of[dimension].len;
    qrt_json_text_char(text, '{');
    for (size_t i = 0; i < len && *next <= array->len; i++) {
        if (i > 0)
            qrt_json_text_char(text, delimiter_of(element));
        if (!last)
            add_dimension(text, element, array, dimension + 1, next);
        else if (*next < array->len)
            add_element(text, element, array, (*next)++);
    }
    qrt_json_text_char(text, '}');
}

/* "[0:2]=" before an array with a dimension that does not begin at 1 */
static void add_bounds(JsonText *text, const querc_dimensions *dimensions)
{
    bool needed = false;
    for (int i = 0; dimensions != NULL && i < dimensions->count; i++)
        needed = needed || dimensions->of[i].lower_bound != 1;
    for (int i = 0; needed && i < dimensions->count; i++) {
        const querc_dimension *of = &dimensions->of[i];
        qrt_json_text_char(text, '[');
        qrt_json_text_int(text, of->lower_bound);
        qrt_json_text_char(text, ':');
        qrt_json_text_int(text, (int64_t)of->lower_bound + of->len - 1);
        qrt_json_text_char(text, ']');
    }
    if (needed)
        qrt_json_text_char(text, '=');
}

void qrt_json_text_array(JsonText *text, const querc_type *type, const void *value)
{
    JsonArray array;
    size_t next = 0;
    memcpy(&array, value, sizeof array);
    add_bounds(text, array.dimensions);
    add_dimension(text, qrt_json_base_type(type->element), &array, 0, &next);
}

void qrt_json_text_composite(JsonText *text, const querc_type *type, const void *value)
{
    const querc_composite *composite = type->composite;
    qrt_json_text_char(text, '(');
    for (uint16_t i = 0; i < composite->attribute_count; i++) {
        const querc_column *attribute = &composite->attributes[i];
        const void *member = qrt_json_attribute(attribute, value);
        JsonText part;
        if (i > 0)
            qrt_json_text_char(text, ',');
        if (member == NULL)
            continue;
        qrt_json_text_init(&part);
        qrt_json_text_value(&part, attribute->type, member);
        add_quoted(text, &part, "(),", false, true);
        qrt_json_text_release(&part);
    }
    qrt_json_text_char(text, ')');
}

/* What comes after the two bounds of a QUERC_RANGE_TYPE. */
typedef struct JsonRangeFlags {
    bool is_empty;
    bool has_lower;
    bool has_upper;
    bool lower_inclusive;
    bool upper_inclusive;
} JsonRangeFlags;

static void add_bound(JsonText *text, const querc_type *subtype, bool present, const char *bound)
{
    JsonText part;
    if (!present)
        return;
    qrt_json_text_init(&part);
    qrt_json_text_value(&part, subtype, bound);
    add_quoted(text, &part, "()[],", false, true);
    qrt_json_text_release(&part);
}

void qrt_json_text_range(JsonText *text, const querc_type *type, const void *value)
{
    const querc_type *subtype = qrt_json_base_type(type->element);
    size_t size = qrt_json_type_size(subtype);
    const char *bounds = (const char *)value;
    JsonRangeFlags flags;
    memcpy(&flags, bounds + 2 * size, sizeof flags);
    if (flags.is_empty) {
        qrt_json_text_string(text, "empty");
        return;
    }
    qrt_json_text_char(text, flags.has_lower && flags.lower_inclusive ? '[' : '(');
    add_bound(text, subtype, flags.has_lower, bounds);
    qrt_json_text_char(text, ',');
    add_bound(text, subtype, flags.has_upper, bounds + size);
    qrt_json_text_char(text, flags.has_upper && flags.upper_inclusive ? ']' : ')');
}

void qrt_json_text_multirange(JsonText *text, const querc_type *type, const void *value)
{
    const querc_type *range = qrt_json_base_type(type->element);
    querc_int4multirange multirange; /* all have the same members */
    size_t size = qrt_json_type_size(range);
    memcpy(&multirange, value, sizeof multirange);
    qrt_json_text_char(text, '{');
    for (size_t i = 0; i < multirange.len; i++) {
        if (i > 0)
            qrt_json_text_char(text, ',');
        qrt_json_text_range(text, range, (const char *)(const void *)multirange.items + i * size);
    }
    qrt_json_text_char(text, '}');
}

static void add_hstore_string(JsonText *text, const char *string)
{
    qrt_json_text_char(text, '"');
    for (const char *at = string; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            qrt_json_text_char(text, '\\');
        qrt_json_text_char(text, *at);
    }
    qrt_json_text_char(text, '"');
}

void qrt_json_text_hstore(JsonText *text, const querc_type *type, const void *value)
{
    const querc_hstore *hstore = (const querc_hstore *)value;
    (void)type;
    for (size_t i = 0; i < hstore->len; i++) {
        if (i > 0)
            qrt_json_text_string(text, ", ");
        add_hstore_string(text, hstore->pairs[i].key);
        qrt_json_text_string(text, "=>");
        if (hstore->pairs[i].value == NULL)
            qrt_json_text_string(text, "NULL");
        else
            add_hstore_string(text, hstore->pairs[i].value);
    }
}
