/*
 * Floating-point numbers as float4out and float8out write them: the fewest digits that read back the same, with an
 * exponent below 1e-4 and from the power of ten on that has more digits than every number of the type keeps.
 */
#include "json_private.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reads_back(const char *written, double number, bool is_float4)
{
    return is_float4 ? strtof(written, NULL) == (float)number : strtod(written, NULL) == number;
}

/* The significant digits of a positive number, without zeros at the end, and the power of ten of the first one.
 * snprintf and strtod write and read the same locale's point, which is passed over. */
static int shortest(double number, bool is_float4, char digits[24], size_t *count)
{
    char written[48];
    int most = is_float4 ? 9 : 17;
    /* What is not denormal has its digits in the first 6 or 15, or else needs the more that are tried. */
    bool is_denormal = number < (is_float4 ? (double)FLT_MIN : DBL_MIN);
    for (int precision = is_denormal ? 1 : most - (is_float4 ? 3 : 2); precision <= most; precision++) {
        snprintf(written, sizeof written, "%.*e", precision - 1, number);
        if (reads_back(written, number, is_float4))
            break;
    }
    const char *exponent = strchr(written, 'e');
    *count = 0;
    for (const char *at = written; exponent != NULL && at < exponent; at++)
        if (*at >= '0' && *at <= '9')
            digits[(*count)++] = *at;
    while (*count > 1 && digits[*count - 1] == '0')
        --*count;
    return exponent == NULL ? 0 : (int)strtol(exponent + 1, NULL, 10);
}

static void add_zeros(JsonText *text, int count)
{
    for (int i = 0; i < count; i++)
        qrt_json_text_char(text, '0');
}

/* digits and exponent without an "e" */
static void add_fixed(JsonText *text, const char *digits, size_t count, int exponent)
{
    size_t whole = exponent >= 0 ? (size_t)exponent + 1 : 0;
    if (exponent < 0) {
        qrt_json_text_string(text, "0.");
        add_zeros(text, -exponent - 1);
        qrt_json_text_add(text, digits, count);
    } else if (count <= whole) {
        qrt_json_text_add(text, digits, count);
        add_zeros(text, (int)(whole - count));
    } else {
        qrt_json_text_add(text, digits, whole);
        qrt_json_text_char(text, '.');
        qrt_json_text_add(text, digits + whole, count - whole);
    }
}

void qrt_json_text_double(JsonText *text, double number, bool is_float4)
{
    char digits[24];
    char exponent_text[16];
    size_t count = 0;
    if (isnan(number)) {
        qrt_json_text_string(text, "NaN");
        return;
    }
    if (signbit(number))
        qrt_json_text_char(text, '-');
    if (isinf(number)) {
        qrt_json_text_string(text, "Infinity");
        return;
    }
    if (number == 0) {
        qrt_json_text_char(text, '0');
        return;
    }
    int exponent = shortest(fabs(number), is_float4, digits, &count);
    if (exponent >= -4 && exponent < (is_float4 ? FLT_DIG : DBL_DIG)) {
        add_fixed(text, digits, count, exponent);
        return;
    }
    qrt_json_text_add(text, digits, 1);
    if (count > 1) {
        qrt_json_text_char(text, '.');
        qrt_json_text_add(text, digits + 1, count - 1);
    }
    snprintf(exponent_text, sizeof exponent_text, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
    qrt_json_text_string(text, exponent_text);
}
