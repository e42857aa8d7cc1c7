/*
 * numeric on the wire (numeric_send): four 16-bit words (number of digits, weight, sign, scale), then the digits.
 */
#include "querc_private.h"

/* The wire's words for the signs, in the order of querc_numeric_sign. */
static const uint16_t wire_signs[] = {0x0000, 0x4000, 0xC000, 0xD000, 0xF000};

enum { SIGN_COUNT = sizeof wire_signs / sizeof wire_signs[0] };

bool qrt_numeric_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_numeric numeric = {NULL, 0, 0, 0, 0};
    (void)type;
    if (len < 8)
        return qrt_bad_length(reader, 8, len);
    numeric.digit_count = qrt_get_2(data);
    numeric.weight = (int16_t)qrt_get_2(data + 2);
    numeric.scale = qrt_get_2(data + 6);
    uint16_t wire_sign = qrt_get_2(data + 4);
    while (numeric.sign < SIGN_COUNT && wire_signs[numeric.sign] != wire_sign)
        numeric.sign++;
    if (numeric.sign == SIGN_COUNT)
        return qrt_bad_value(reader, "sign 0x%04X", wire_sign);
    if (len != 8 + 2 * (size_t)numeric.digit_count)
        return qrt_bad_length(reader, 8 + 2 * (size_t)numeric.digit_count, len);
    if (numeric.digit_count > 0) {
        uint16_t *digits = qrt_arena_alloc(reader->arena, numeric.digit_count * sizeof *digits);
        if (digits == NULL)
            return false;
        for (size_t i = 0; i < numeric.digit_count; i++) {
            digits[i] = qrt_get_2(data + 8 + 2 * i);
            if (digits[i] > 9999)
                return qrt_bad_value(reader, "digit %d in base 10000", digits[i]);
        }
        numeric.digits = digits;
    }
    memcpy(value, &numeric, sizeof numeric);
    return true;
}

bool qrt_numeric_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    size_t capacity = QUERC_NUMERIC_DIGITS(len);
    uint16_t *digits = qrt_arena_alloc(reader->arena, capacity * sizeof *digits);
    querc_numeric numeric;
    (void)type;
    if (digits == NULL)
        return false;
    if (!qrt_numeric_parse(data, len, &numeric, digits, capacity))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    memcpy(value, &numeric, sizeof numeric);
    return true;
}

bool qrt_numeric_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_numeric *numeric = value;
    (void)type;
    if (numeric->sign >= SIGN_COUNT) {
        writer->problem = "has an unknown sign";
        return false;
    }
    if (!qrt_write_2(writer, numeric->digit_count) || !qrt_write_2(writer, (uint16_t)numeric->weight) ||
        !qrt_write_2(writer, wire_signs[numeric->sign]) || !qrt_write_2(writer, numeric->scale))
        return false;
    for (size_t i = 0; i < numeric->digit_count; i++)
        if (!qrt_write_2(writer, numeric->digits[i]))
            return false;
    return true;
}
