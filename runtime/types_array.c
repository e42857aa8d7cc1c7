/*
 * Arrays on the wire (array_send): number of dimensions, a flag for NULLs, the element type's OID; length and lower
 * bound of each dimension; then the elements, each with its length, -1 for NULL. Nothing the server says about
 * sizes is believed before it is compared with the bytes there are.
 */
#include "querc_private.h"

enum { MAX_NESTING = 8 };

typedef struct Bytes {
    const char *at;
    size_t left;
} Bytes;

static bool take_4(Bytes *bytes, int32_t *value)
{
    if (bytes->left < 4)
        return false;
    *value = (int32_t)qrt_get_4(bytes->at);
    bytes->at += 4;
    bytes->left -= 4;
    return true;
}

/* The dimensions, and how many elements they make. */
static bool read_dimensions(Reader *reader, Bytes *bytes, int32_t count, querc_dimensions *dimensions,
                            size_t *elements)
{
    if (count < 0 || count > QUERC_MAX_DIMENSIONS)
        return qrt_bad_value(reader, "an array of %d dimensions", (int)count);
    *elements = count > 0 ? 1 : 0;
    dimensions->count = count;
    for (int i = 0; i < count; i++) {
        querc_dimension *dimension = &dimensions->of[i];
        if (!take_4(bytes, &dimension->len) || !take_4(bytes, &dimension->lower_bound))
            return qrt_bad_value(reader, "an array that is cut off");
        if (dimension->len < 0)
            return qrt_bad_value(reader, "a dimension of length %d", (int)dimension->len);
        /* Every element takes four bytes at least. */
        if (dimension->len > 0 && *elements > SIZE_MAX / 4 / (size_t)dimension->len)
            return qrt_bad_value(reader, "an array that is cut off");
        *elements *= (size_t)dimension->len;
    }
    if (*elements > bytes->left / 4)
        return qrt_bad_value(reader, "an array that is cut off");
    return true;
}

static bool mark_null(Reader *reader, AnyArray *array, size_t i)
{
    if (array->nulls == NULL) {
        bool *nulls = qrt_arena_alloc_bytes(reader->arena, array->len);
        if (nulls == NULL)
            return false;
        memset(nulls, 0, array->len);
        array->nulls = nulls;
    }
    ((bool *)(uintptr_t)array->nulls)[i] = true;
    return true;
}

static bool read_elements(Reader *reader, const querc_type *element, Bytes *bytes, AnyArray *array, char *items)
{
    const Kind *kind = qrt_kind(element->kind);
    size_t size = qrt_type_size(element);
    for (size_t i = 0; i < array->len; i++) {
        int32_t len;
        if (!take_4(bytes, &len))
            return qrt_bad_value(reader, "an array that is cut off");
        if (len == -1) {
            if (!mark_null(reader, array, i))
                return false;
            continue;
        }
        if (len < 0 || (size_t)len > bytes->left)
            return qrt_bad_value(reader, "an array that is cut off");
        if (!kind->from_binary(reader, element, bytes->at, (size_t)len, items + i * size))
            return false;
        bytes->at += len;
        bytes->left -= (size_t)len;
    }
    return bytes->left == 0 || qrt_bad_value(reader, "%zu bytes behind an array's end", bytes->left);
}

static bool keep_dimensions(Reader *reader, const querc_dimensions *dimensions, AnyArray *array)
{
    if (dimensions->count == 0 || (dimensions->count == 1 && dimensions->of[0].lower_bound == 1))
        return true;
    querc_dimensions *kept = qrt_arena_alloc(reader->arena, sizeof *kept);
    if (kept == NULL)
        return false;
    *kept = *dimensions;
    array->dimensions = kept;
    return true;
}

bool qrt_array_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    const querc_type *element = qrt_base_type(type->element);
    const Kind *kind = qrt_kind(element->kind);
    Bytes bytes = {data, len};
    int32_t dimension_count, flags, oid;
    querc_dimensions dimensions;
    AnyArray array = {NULL, 0, NULL, NULL};

    memset(&dimensions, 0, sizeof dimensions);
    if (kind->from_binary == NULL || reader->depth == MAX_NESTING)
        return qrt_bad_value(reader, "an array whose elements have no known binary form");
    if (!take_4(&bytes, &dimension_count) || !take_4(&bytes, &flags) || !take_4(&bytes, &oid))
        return qrt_bad_length(reader, 12, len);
    if (type->element->oid != 0 && (uint32_t)oid != type->element->oid)
        return qrt_bad_value(reader, "an array of the type of OID %u", (unsigned)oid);
    if (!read_dimensions(reader, &bytes, dimension_count, &dimensions, &array.len))
        return false;
    if (!keep_dimensions(reader, &dimensions, &array))
        return false;
    size_t size = qrt_type_size(element);
    if (array.len > SIZE_MAX / size)
        return qrt_bad_value(reader, "an array that is cut off");
    char *items = qrt_arena_alloc(reader->arena, array.len * size);
    if (items == NULL)
        return false;
    memset(items, 0, array.len * size);
    array.items = items;
    bool stable = reader->stable;
    reader->stable = false;
    reader->depth++;
    bool complete = read_elements(reader, element, &bytes, &array, items);
    reader->depth--;
    reader->stable = stable;
    memcpy(value, &array, sizeof array);
    return complete;
}

/* --- encoding ------------------------------------------------------------------------------------------------ */

static bool write_dimensions(Writer *writer, const querc_type *type, const AnyArray *array)
{
    const querc_dimensions *dimensions = array->dimensions;
    if (dimensions == NULL) {
        int32_t lower_bound = qrt_is_vector(type) ? 0 : 1;
        if (array->len == 0)
            return true;
        return qrt_write_4(writer, (uint32_t)array->len) && qrt_write_4(writer, (uint32_t)lower_bound);
    }
    for (int i = 0; i < dimensions->count; i++)
        if (!qrt_write_4(writer, (uint32_t)dimensions->of[i].len) ||
            !qrt_write_4(writer, (uint32_t)dimensions->of[i].lower_bound))
            return false;
    return true;
}

/* Whether the dimensions, if given, make as many elements as there are. */
bool qrt_is_consistent(const AnyArray *array)
{
    const querc_dimensions *dimensions = array->dimensions;
    size_t elements = 1;
    if (array->len > INT32_MAX || (array->len > 0 && array->items == NULL))
        return false;
    if (dimensions == NULL)
        return true;
    if (dimensions->count < 0 || dimensions->count > QUERC_MAX_DIMENSIONS)
        return false;
    if (dimensions->count == 0)
        return array->len == 0;
    for (int i = 0; i < dimensions->count; i++) {
        if (dimensions->of[i].len < 0 || elements > INT32_MAX)
            return false;
        elements *= (size_t)dimensions->of[i].len;
    }
    return elements == array->len;
}

static bool write_element(Writer *writer, const querc_type *element, const Kind *kind, const void *item,
                          bool is_null)
{
    if (!is_null && kind->is_pointer) {
        const char *text;
        memcpy(&text, item, sizeof text);
        is_null = text == NULL;
    }
    if (is_null)
        return qrt_write_4(writer, UINT32_MAX);
    size_t start = writer->len;
    if (!qrt_write_4(writer, 0) || !kind->to_binary(writer, element, item))
        return false;
    size_t len = writer->len - start - 4;
    if (len > INT32_MAX) {
        writer->problem = "has an element that is too long";
        return false;
    }
    for (int i = 0; i < 4; i++)
        writer->data[start + (size_t)i] = (char)(unsigned char)(len >> (24 - 8 * i) & 0xFF);
    return true;
}

bool qrt_array_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_type *element = qrt_base_type(type->element);
    const Kind *kind = qrt_kind(element->kind);
    AnyArray array;
    memcpy(&array, value, sizeof array);
    if (!qrt_is_consistent(&array)) {
        writer->problem = "has dimensions that don't make its number of elements";
        return false;
    }
    int32_t dimensions = array.dimensions != NULL ? array.dimensions->count : array.len > 0;
    if (!qrt_write_4(writer, (uint32_t)dimensions) || !qrt_write_4(writer, array.nulls != NULL) ||
        !qrt_write_4(writer, qrt_type_oid(writer->db, type->element)) || !write_dimensions(writer, type, &array))
        return false;
    for (size_t i = 0; i < array.len; i++)
        if (!write_element(writer, element, kind, array.items + i * qrt_type_size(element),
                           array.nulls != NULL && array.nulls[i]))
            return false;
    return true;
}
