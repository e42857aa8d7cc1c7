/*
 * Composite types on the wire (record_send): the number of attributes, then for each its type's OID and its value
 * with a length, -1 for NULL. Dropped attributes are not sent. In C a composite is a struct like a row's, described
 * like one.
 */
#include "querc_private.h"

enum { MAX_NESTING = 32 };

typedef struct Bytes {
    const char *at;
    size_t left;
} Bytes;

static bool take_4(Bytes *bytes, uint32_t *value)
{
    if (bytes->left < 4)
        return false;
    *value = qrt_get_4(bytes->at);
    bytes->at += 4;
    bytes->left -= 4;
    return true;
}

static bool cut_off(Reader *reader)
{
    return qrt_bad_value(reader, "a composite value that is cut off");
}

/* --- decoding ------------------------------------------------------------------------------------------------ */

static bool read_attribute(Reader *reader, const querc_column *attribute, Bytes *bytes, char *value)
{
    uint32_t oid, length;
    if (!take_4(bytes, &oid) || !take_4(bytes, &length))
        return cut_off(reader);
    if (attribute->type->oid != 0 && oid != attribute->type->oid)
        return qrt_bad_value(reader, "attribute \"%.40s\" has the type of OID %u", attribute->name, (unsigned)oid);
    if (length == UINT32_MAX) {
        if (attribute->null_at == QUERC_NOT_NULL)
            return qrt_bad_value(reader, "attribute \"%.40s\" is NULL", attribute->name);
        return true;
    }
    if (length > bytes->left)
        return cut_off(reader);
    const querc_type *type = qrt_base_type(attribute->type);
    if (!qrt_kind(type->kind)->from_binary(reader, type, bytes->at, length, value + attribute->offset))
        return false;
    if (attribute->null_at < QUERC_NULL_IS_ZERO)
        *(bool *)(value + attribute->null_at) = true;
    bytes->at += length;
    bytes->left -= length;
    return true;
}

bool qrt_composite_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    const querc_composite *composite = type->composite;
    Bytes bytes = {data, len};
    uint32_t count;
    if (reader->depth == MAX_NESTING)
        return qrt_bad_value(reader, "composite values too deep in one another");
    if (!take_4(&bytes, &count))
        return cut_off(reader);
    if (count != composite->attribute_count)
        return qrt_bad_value(reader, "expected %u attributes, found %u", (unsigned)composite->attribute_count,
                             (unsigned)count);
    bool stable = reader->stable;
    bool complete = true;
    memset(value, 0, composite->size);
    reader->stable = false;
    reader->depth++;
    for (uint32_t i = 0; i < count && complete; i++)
        complete = read_attribute(reader, &composite->attributes[i], &bytes, value);
    reader->depth--;
    reader->stable = stable;
    if (complete && bytes.left > 0)
        return qrt_bad_value(reader, "%zu bytes behind a composite value's end", bytes.left);
    return complete;
}

/* --- encoding ------------------------------------------------------------------------------------------------ */

/* NULL is said by the flag, by the pointer itself, or not at all. */
static bool is_null(const querc_column *attribute, const Kind *kind, const char *value)
{
    if (attribute->null_at < QUERC_NULL_IS_ZERO)
        return !*(const bool *)(value + attribute->null_at);
    if (!kind->is_pointer)
        return false;
    const char *text;
    memcpy(&text, value + attribute->offset, sizeof text);
    return text == NULL;
}

static bool write_attribute(Writer *writer, const querc_column *attribute, const char *value)
{
    const querc_type *type = qrt_base_type(attribute->type);
    const Kind *kind = qrt_kind(type->kind);
    if (!qrt_write_4(writer, qrt_type_oid(writer->db, attribute->type)))
        return false;
    if (is_null(attribute, kind, value)) {
        if (attribute->null_at != QUERC_NOT_NULL)
            return qrt_write_4(writer, UINT32_MAX);
        writer->problem = "has an attribute that is NULL, but must not be";
        return false;
    }
    if (qrt_is_sent_as_text(type)) {
        writer->problem = "has an attribute that can't be sent in binary";
        return false;
    }
    return qrt_write_sized(writer, type, value + attribute->offset);
}

bool qrt_composite_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_composite *composite = type->composite;
    if (!qrt_write_4(writer, composite->attribute_count))
        return false;
    for (size_t i = 0; i < composite->attribute_count; i++)
        if (!write_attribute(writer, &composite->attributes[i], value))
            return false;
    return true;
}
