/*
 * bool, integers of every kind, floating point and money. Binary forms are PostgreSQL's ...send and ...recv:
 * network byte order, IEEE 754.
 */
#include "querc_private.h"

/* Each integer kind: its C type, its size on the wire, and its range as text. */
#define DEFINE_INTEGER(NAME, TYPE, UNSIGNED, BYTES, MIN, MAX)                                                      \
    bool qrt_##NAME##_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len,            \
                                  void *value)                                                                     \
    {                                                                                                              \
        (void)type;                                                                                                \
        if (len != (BYTES))                                                                                        \
            return qrt_bad_length(reader, BYTES, len);                                                             \
        UNSIGNED bits = qrt_get_##BYTES(data);                                                                     \
        memcpy(value, &bits, sizeof bits);                                                                         \
        return true;                                                                                               \
    }                                                                                                              \
    bool qrt_##NAME##_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value) \
    {                                                                                                              \
        int64_t number = 0;                                                                                        \
        (void)type;                                                                                                \
        if (!qrt_parse_integer(data, len, MIN, MAX, &number))                                                      \
            return qrt_bad_value(reader, "\"%.40s\"", data);                                                       \
        *(TYPE *)value = (TYPE)number;                                                                             \
        return true;                                                                                               \
    }                                                                                                              \
    bool qrt_##NAME##_to_binary(Writer *writer, const querc_type *type, const void *value)                         \
    {                                                                                                              \
        UNSIGNED bits;                                                                                             \
        (void)type;                                                                                                \
        memcpy(&bits, value, sizeof bits);                                                                         \
        return qrt_write_##BYTES(writer, bits);                                                                    \
    }

DEFINE_INTEGER(int2, int16_t, uint16_t, 2, INT16_MIN, INT16_MAX)
DEFINE_INTEGER(int4, int32_t, uint32_t, 4, INT32_MIN, INT32_MAX)
DEFINE_INTEGER(int8, int64_t, uint64_t, 8, INT64_MIN, INT64_MAX)
DEFINE_INTEGER(uint4, uint32_t, uint32_t, 4, 0, UINT32_MAX)

bool qrt_bool_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len != 1)
        return qrt_bad_length(reader, 1, len);
    *(bool *)value = data[0] != 0;
    return true;
}

bool qrt_bool_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len != 1 || (data[0] != 't' && data[0] != 'f'))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    *(bool *)value = data[0] == 't';
    return true;
}

bool qrt_bool_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const char byte = *(const bool *)value ? 1 : 0;
    (void)type;
    return qrt_write(writer, &byte, 1);
}

bool qrt_uint8_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int8_from_binary(reader, type, data, len, value);
}

bool qrt_uint8_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    uint64_t number = 0;
    (void)type;
    if (!qrt_parse_unsigned(data, len, UINT64_MAX, &number))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    *(uint64_t *)value = number;
    return true;
}

bool qrt_uint8_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int8_to_binary(writer, type, value);
}

bool qrt_lsn_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int8_from_binary(reader, type, data, len, value);
}

static bool parse_hex_32(const char *text, size_t len, uint32_t *value)
{
    uint32_t number = 0;
    if (len < 1 || len > 8)
        return false;
    for (size_t i = 0; i < len; i++) {
        int digit = qrt_hex_digit(text[i]);
        if (digit < 0)
            return false;
        number = number << 4 | (uint32_t)digit;
    }
    *value = number;
    return true;
}

/* Two hexadecimal numbers with a slash between: 16/B374D848. */
bool qrt_lsn_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    const char *slash = memchr(data, '/', len);
    uint32_t high = 0;
    uint32_t low = 0;
    (void)type;
    if (slash == NULL || !parse_hex_32(data, (size_t)(slash - data), &high) ||
        !parse_hex_32(slash + 1, len - (size_t)(slash - data) - 1, &low))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    *(uint64_t *)value = (uint64_t)high << 32 | low;
    return true;
}

bool qrt_lsn_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int8_to_binary(writer, type, value);
}

bool qrt_float4_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int4_from_binary(reader, type, data, len, value);
}

bool qrt_float4_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    double number = 0;
    (void)type;
    /* The shortest text of a float4 reads back through double: what is between two floats is far from both. */
    if (!qrt_parse_double(data, len, &number))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    *(float *)value = (float)number;
    return true;
}

bool qrt_float4_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int4_to_binary(writer, type, value);
}

bool qrt_float8_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int8_from_binary(reader, type, data, len, value);
}

bool qrt_float8_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (!qrt_parse_double(data, len, value))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    return true;
}

bool qrt_float8_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int8_to_binary(writer, type, value);
}

bool qrt_money_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int8_from_binary(reader, type, data, len, value);
}

/*
 * cash_out always writes all fractional digits of lc_monetary, whose number the binary value's unit depends on as
 * well: so the digits, in sequence, are the value, whatever symbols stand around them. A minus sign or
 * parentheses say that it is negative.
 */
bool qrt_money_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    char digits[24];
    size_t count = 0;
    (void)type;
    digits[count++] = memchr(data, '-', len) != NULL || memchr(data, '(', len) != NULL ? '-' : '0';
    for (size_t i = 0; i < len && count < sizeof digits; i++)
        if (data[i] >= '0' && data[i] <= '9')
            digits[count++] = data[i];
    if (count < 2 || !qrt_parse_integer(digits, count, INT64_MIN, INT64_MAX, value))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    return true;
}

bool qrt_money_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int8_to_binary(writer, type, value);
}
