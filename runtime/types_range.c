/*
 * Ranges and multiranges on the wire (range_send, multirange_send): a byte of flags, then each bound that there is
 * with its length; and the number of ranges, each with its length.
 *
 * In C every range type has the layout of QUERC_RANGE_TYPE: two bounds of the subtype, then RangeFlags.
 */
#include "querc_private.h"

enum { WIRE_EMPTY = 1, WIRE_LOWER_INC = 2, WIRE_UPPER_INC = 4, WIRE_LOWER_INF = 8, WIRE_UPPER_INF = 16 };

typedef struct RangeFlags {
    bool is_empty;
    bool has_lower;
    bool has_upper;
    bool lower_inclusive;
    bool upper_inclusive;
} RangeFlags;

/* The layout of every QUERC_MULTIRANGE_TYPE. */
typedef struct Multirange {
    const char *items;
    size_t len;
} Multirange;

static bool cut_off(Reader *reader)
{
    return qrt_bad_value(reader, "a range that is cut off");
}

/* One bound, and what follows it. */
static bool read_bound(Reader *reader, const querc_type *subtype, const char **data, size_t *left, char *value)
{
    if (*left < 4)
        return cut_off(reader);
    size_t len = qrt_get_4(*data);
    if (len > *left - 4)
        return cut_off(reader);
    if (!qrt_kind(subtype->kind)->from_binary(reader, subtype, *data + 4, len, value))
        return false;
    *data += 4 + len;
    *left -= 4 + len;
    return true;
}

bool qrt_range_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    const querc_type *subtype = qrt_base_type(type->element);
    size_t size = qrt_type_size(subtype);
    char *range = value;
    memset(range, 0, type->size);
    if (len < 1)
        return cut_off(reader);
    unsigned wire = (unsigned char)data[0];
    if ((wire & ~31U) != 0)
        return qrt_bad_value(reader, "unknown flags %u of a range", wire);
    bool is_empty = (wire & WIRE_EMPTY) != 0;
    const RangeFlags flags = {is_empty, !is_empty && (wire & WIRE_LOWER_INF) == 0,
                              !is_empty && (wire & WIRE_UPPER_INF) == 0, !is_empty && (wire & WIRE_LOWER_INC) != 0,
                              !is_empty && (wire & WIRE_UPPER_INC) != 0};
    bool stable = reader->stable;
    size_t left = len - 1;
    data++;
    reader->stable = false;
    bool whole = (!flags.has_lower || read_bound(reader, subtype, &data, &left, range)) &&
                 (!flags.has_upper || read_bound(reader, subtype, &data, &left, range + size));
    reader->stable = stable;
    if (whole && left > 0)
        return qrt_bad_value(reader, "%zu bytes behind a range's end", left);
    memcpy(range + 2 * size, &flags, sizeof flags);
    return whole;
}

static bool write_bound(Writer *writer, const querc_type *subtype, const char *value)
{
    /* Of a bound that is a pointer, NULL is no value. */
    if (qrt_kind(subtype->kind)->is_pointer) {
        const char *text;
        memcpy(&text, value, sizeof text);
        if (text == NULL) {
            writer->problem = "has a bound that is NULL";
            return false;
        }
    }
    return qrt_write_sized(writer, subtype, value);
}

bool qrt_range_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_type *subtype = qrt_base_type(type->element);
    size_t size = qrt_type_size(subtype);
    const char *range = value;
    RangeFlags flags;
    memcpy(&flags, range + 2 * size, sizeof flags);
    unsigned wire = 0;
    if (flags.is_empty) {
        wire = WIRE_EMPTY;
        flags.has_lower = flags.has_upper = false;
    } else {
        wire |= flags.has_lower ? (flags.lower_inclusive ? WIRE_LOWER_INC : 0U) : WIRE_LOWER_INF;
        wire |= flags.has_upper ? (flags.upper_inclusive ? WIRE_UPPER_INC : 0U) : WIRE_UPPER_INF;
    }
    const unsigned char byte = (unsigned char)wire;
    return qrt_write(writer, &byte, 1) && (!flags.has_lower || write_bound(writer, subtype, range)) &&
           (!flags.has_upper || write_bound(writer, subtype, range + size));
}

/* --- multiranges --------------------------------------------------------------------------------------------- */

static bool read_ranges(Reader *reader, const querc_type *range, const char *data, size_t left, size_t count,
                        char *items)
{
    for (size_t i = 0; i < count; i++, items += range->size) {
        if (left < 4)
            return cut_off(reader);
        size_t len = qrt_get_4(data);
        if (len > left - 4)
            return cut_off(reader);
        if (!qrt_range_from_binary(reader, range, data + 4, len, items))
            return false;
        data += 4 + len;
        left -= 4 + len;
    }
    return left == 0 || qrt_bad_value(reader, "%zu bytes behind a multirange's end", left);
}

bool qrt_multirange_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    const querc_type *range = qrt_base_type(type->element);
    Multirange multirange = {NULL, 0};
    memcpy(value, &multirange, sizeof multirange);
    if (len < 4)
        return cut_off(reader);
    size_t count = qrt_get_4(data);
    /* Each takes five bytes at least, so that a false count is not given memory. */
    if (count > (len - 4) / 5)
        return cut_off(reader);
    char *items = qrt_arena_alloc(reader->arena, count * range->size + 1);
    if (items == NULL)
        return false;
    multirange.items = items;
    multirange.len = count;
    if (!read_ranges(reader, range, data + 4, len - 4, count, items))
        return false;
    memcpy(value, &multirange, sizeof multirange);
    return true;
}

bool qrt_multirange_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_type *range = qrt_base_type(type->element);
    Multirange multirange;
    memcpy(&multirange, value, sizeof multirange);
    if (multirange.len > INT32_MAX) {
        writer->problem = "is too long";
        return false;
    }
    if (!qrt_write_4(writer, (uint32_t)multirange.len))
        return false;
    for (size_t i = 0; i < multirange.len; i++)
        if (!qrt_write_sized(writer, range, multirange.items + i * range->size))
            return false;
    return true;
}
