/*
 * Numbers from text and text into buffers, the same in every locale. The C library's strtod and printf take the
 * decimal point from the locale, so no text that passes through them here ever has one.
 */
#include "querc_private.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool qrt_text_equal(const char *text, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(text, word, len) == 0;
}

int qrt_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool qrt_parse_unsigned(const char *text, size_t len, uint64_t max, uint64_t *value)
{
    uint64_t number = 0;
    if (len == 0)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9 || number > (max - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *value = number;
    return number <= max;
}

bool qrt_parse_integer(const char *text, size_t len, int64_t min, int64_t max, int64_t *value)
{
    bool negative = len > 0 && text[0] == '-';
    uint64_t magnitude = 0;
    uint64_t limit = negative ? UINT64_C(1) << 63 : (uint64_t)INT64_MAX;
    if (!qrt_parse_unsigned(text + negative, len - negative, limit, &magnitude))
        return false;
    int64_t number;
    if (!negative)
        number = (int64_t)magnitude;
    else if (magnitude == limit)
        number = INT64_MIN;
    else
        number = -(int64_t)magnitude;
    if (number < min || number > max)
        return false;
    *value = number;
    return true;
}

/* More digits than decide the rounding of any double (767), so that what is cut off is one digit that says
 * "and a little more". */
enum { MAX_DECIMAL_DIGITS = 800 };

double qrt_decimal_to_double(bool negative, const char *digits, size_t len, long exponent)
{
    char text[MAX_DECIMAL_DIGITS + 32];
    size_t kept = 0;
    while (len > 0 && digits[0] == '0') {
        digits++;
        len--;
    }
    if (negative)
        text[kept++] = '-';
    size_t used = len < MAX_DECIMAL_DIGITS ? len : MAX_DECIMAL_DIGITS;
    memcpy(text + kept, digits, used);
    kept += used;
    if (used == 0)
        text[kept++] = '0';
    if (used < len) {
        text[kept++] = '1';
        exponent += (long)(len - used) - 1;
    }
    snprintf(text + kept, sizeof text - kept, "e%ld", exponent);
    return strtod(text, NULL);
}

static bool parse_special_double(const char *text, size_t len, double *value)
{
    if (qrt_text_equal(text, len, "NaN"))
        *value = (double)NAN;
    else if (qrt_text_equal(text, len, "Infinity"))
        *value = (double)INFINITY;
    else if (qrt_text_equal(text, len, "-Infinity"))
        *value = -(double)INFINITY;
    else
        return false;
    return true;
}

bool qrt_parse_double(const char *text, size_t len, double *value)
{
    char digits[64]; /* a float8 takes at most 17 */
    size_t count = 0;
    long exponent = 0;
    size_t i = 0;
    bool point = false;

    if (parse_special_double(text, len, value))
        return true;
    bool negative = len > 0 && text[0] == '-';
    if (negative)
        i++;
    for (; i < len && text[i] != 'e' && text[i] != 'E'; i++) {
        if (text[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || count == sizeof digits)
            return false;
        digits[count++] = text[i];
        exponent -= point;
    }
    if (count == 0)
        return false;
    if (i < len) {
        int64_t written = 0;
        i++;
        if (i < len && text[i] == '+')
            i++;
        if (!qrt_parse_integer(text + i, len - i, -100000, 100000, &written))
            return false;
        exponent += (long)written;
    }
    *value = qrt_decimal_to_double(negative, digits, count, exponent);
    return true;
}

void qrt_text_init(TextBuffer *out, char *text, size_t size)
{
    out->text = text;
    out->size = size;
    out->len = 0;
}

void qrt_text_add(TextBuffer *out, const char *bytes, size_t len)
{
    if (out->len < out->size) {
        size_t room = out->size - out->len;
        memcpy(out->text + out->len, bytes, len < room ? len : room);
    }
    out->len += len;
}

void qrt_text_printf(TextBuffer *out, const char *format, ...)
{
    char piece[96]; /* numbers and short words only */
    va_list args;
    va_start(args, format);
    int len = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    if (len > 0)
        qrt_text_add(out, piece, (size_t)len < sizeof piece ? (size_t)len : sizeof piece - 1);
}

size_t qrt_text_finish(TextBuffer *out)
{
    if (out->size > 0)
        out->text[out->len < out->size ? out->len : out->size - 1] = '\0';
    return out->len;
}
