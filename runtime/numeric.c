/*
 * numeric: exact decimals in base 10000, to and from text, double and int64_t. No function here needs memory: a
 * numeric's digits are its maker's.
 */
#include "querc_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { BASE = 10000, MAX_SCALE = 16383 };

static const uint16_t powers_of_ten[] = {1, 10, 100, 1000};

static querc_numeric special(querc_numeric_sign sign)
{
    querc_numeric value = {NULL, 0, 0, 0, (uint16_t)sign};
    return value;
}

/* --- from text ---------------------------------------------------------------------------------------------- */

/* Where the digits of a decimal are and what they count. */
typedef struct Decimal {
    bool negative;
    const char *digits; /* with at most one '.' among them */
    size_t len;
    int64_t power; /* the power of ten of the first digit */
    int64_t scale; /* digits behind the point */
} Decimal;

static bool scan_decimal(const char *text, size_t len, Decimal *decimal)
{
    size_t i = 0;
    size_t before = 0;
    size_t after = 0;
    bool point = false;
    int64_t exponent = 0;

    decimal->negative = len > 0 && text[0] == '-';
    if (len > 0 && (text[0] == '-' || text[0] == '+'))
        i++;
    decimal->digits = text + i;
    for (; i < len && text[i] != 'e' && text[i] != 'E'; i++) {
        if (text[i] == '.' && !point)
            point = true;
        else if (text[i] < '0' || text[i] > '9')
            return false;
        else if (point)
            after++;
        else
            before++;
    }
    decimal->len = (size_t)(text + i - decimal->digits);
    if (before + after == 0)
        return false;
    if (i < len) {
        bool plus = i + 1 < len && text[i + 1] == '+';
        i += 1 + plus;
        if (!qrt_parse_integer(text + i, len - i, -1000000, 1000000, &exponent))
            return false;
    }
    decimal->power = (int64_t)before - 1 + exponent;
    decimal->scale = (int64_t)after - exponent;
    if (decimal->scale < 0)
        decimal->scale = 0;
    return decimal->scale <= MAX_SCALE;
}

static int64_t group_of(int64_t power)
{
    return power >= 0 ? power / 4 : -((-power + 3) / 4);
}

/* Puts the decimal's digits into groups of four that are aligned with the point. */
static bool group_digits(const Decimal *decimal, querc_numeric *value, uint16_t *digits, size_t capacity)
{
    int64_t power = decimal->power;
    int64_t weight = 0;
    size_t count = 0;
    for (size_t i = 0; i < decimal->len; i++) {
        if (decimal->digits[i] == '.')
            continue;
        if (decimal->digits[i] != '0') {
            int64_t group = group_of(power);
            if (count == 0)
                weight = group;
            size_t index = (size_t)(weight - group);
            if (index >= capacity || index >= UINT16_MAX)
                return false;
            while (count <= index)
                digits[count++] = 0;
            unsigned digit = (unsigned)(decimal->digits[i] - '0');
            digits[index] = (uint16_t)(digits[index] + digit * powers_of_ten[power - group * 4]);
        }
        power--;
    }
    if (weight < INT16_MIN || weight > INT16_MAX)
        return false;
    value->digits = count > 0 ? digits : NULL;
    value->digit_count = (uint16_t)count;
    value->weight = (int16_t)weight;
    value->scale = (uint16_t)decimal->scale;
    value->sign = decimal->negative && count > 0 ? QUERC_NUMERIC_NEGATIVE : QUERC_NUMERIC_POSITIVE;
    return true;
}

bool qrt_numeric_parse(const char *text, size_t len, querc_numeric *value, uint16_t *digits, size_t capacity)
{
    Decimal decimal;
    querc_numeric parsed;
    if (qrt_text_equal(text, len, "NaN"))
        parsed = special(QUERC_NUMERIC_NAN);
    else if (qrt_text_equal(text, len, "Infinity"))
        parsed = special(QUERC_NUMERIC_INFINITY);
    else if (qrt_text_equal(text, len, "-Infinity"))
        parsed = special(QUERC_NUMERIC_MINUS_INFINITY);
    else if (!scan_decimal(text, len, &decimal) || !group_digits(&decimal, &parsed, digits, capacity))
        return false;
    *value = parsed;
    return true;
}

bool querc_numeric_from_text(const char *text, querc_numeric *value, uint16_t *digits, size_t capacity)
{
    return qrt_numeric_parse(text, strlen(text), value, digits, capacity);
}

/* --- to text ------------------------------------------------------------------------------------------------ */

/* The group of weight w, 0 where none is stored. */
static unsigned group_at(querc_numeric value, int w)
{
    int index = value.weight - w;
    return index >= 0 && index < value.digit_count ? value.digits[index] : 0;
}

static const char *special_name(querc_numeric value)
{
    switch ((querc_numeric_sign)value.sign) {
    case QUERC_NUMERIC_NAN:
        return "NaN";
    case QUERC_NUMERIC_INFINITY:
        return "Infinity";
    case QUERC_NUMERIC_MINUS_INFINITY:
        return "-Infinity";
    case QUERC_NUMERIC_POSITIVE:
    case QUERC_NUMERIC_NEGATIVE:
        break;
    }
    return NULL;
}

size_t querc_numeric_to_text(querc_numeric value, char *text, size_t size)
{
    TextBuffer out;
    const char *name = special_name(value);
    qrt_text_init(&out, text, size);
    if (name != NULL) {
        qrt_text_add(&out, name, strlen(name));
        return qrt_text_finish(&out);
    }
    if (value.sign == QUERC_NUMERIC_NEGATIVE)
        qrt_text_add(&out, "-", 1);
    int highest = value.digit_count > 0 && value.weight > 0 ? value.weight : 0;
    for (int w = highest; w >= 0; w--)
        qrt_text_printf(&out, w == highest ? "%u" : "%04u", group_at(value, w));
    if (value.scale > 0)
        qrt_text_add(&out, ".", 1);
    int left = value.scale;
    for (int w = -1; left > 0; w--, left -= 4) {
        char group[8];
        snprintf(group, sizeof group, "%04u", group_at(value, w) % BASE);
        qrt_text_add(&out, group, (size_t)(left < 4 ? left : 4));
    }
    return qrt_text_finish(&out);
}

/* --- double ------------------------------------------------------------------------------------------------- */

double querc_numeric_to_double(querc_numeric value)
{
    /* More digits than decide any rounding; qrt_decimal_to_double knows that the rest is "a little more". */
    enum { MAX_GROUPS = 202 };
    char text[MAX_GROUPS * 4 + 8];
    if (value.sign == QUERC_NUMERIC_NAN)
        return (double)NAN;
    if (value.sign == QUERC_NUMERIC_INFINITY)
        return (double)INFINITY;
    if (value.sign == QUERC_NUMERIC_MINUS_INFINITY)
        return -(double)INFINITY;
    int groups = value.digit_count < MAX_GROUPS ? value.digit_count : MAX_GROUPS;
    for (int i = 0; i < groups; i++)
        snprintf(text + (size_t)i * 4, 8, "%04u", value.digits[i] % BASE);
    return qrt_decimal_to_double(value.sign == QUERC_NUMERIC_NEGATIVE, text, (size_t)groups * 4,
                                 ((long)value.weight - groups + 1) * 4);
}

/* number as "d.ddde-dd" with as few digits as read back the same; the point is the locale's. */
static void shortest(double number, char *text, size_t size)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*e", digits - 1, number);
        double back = strtod(text, NULL);
        if (memcmp(&back, &number, sizeof back) == 0)
            return;
    }
}

querc_numeric querc_numeric_from_double(double number, uint16_t digits[QUERC_NUMERIC_DOUBLE_DIGITS])
{
    char written[64];
    char plain[64];
    size_t count = 0;
    size_t significant = 0;
    querc_numeric value = special(QUERC_NUMERIC_POSITIVE);

    if (isnan(number))
        return special(QUERC_NUMERIC_NAN);
    if (isinf(number))
        return special(number > 0 ? QUERC_NUMERIC_INFINITY : QUERC_NUMERIC_MINUS_INFINITY);
    shortest(number, written, sizeof written);
    const char *exponent = strchr(written, 'e');
    if (exponent == NULL)
        return value;
    /* The digits alone, without the zeros at their end, make an integer times a power of ten. */
    if (number < 0)
        plain[count++] = '-';
    size_t first = count;
    for (const char *at = written; at < exponent; at++) {
        if (*at < '0' || *at > '9')
            continue;
        plain[count++] = *at;
        if (*at != '0')
            significant = count;
    }
    if (significant == 0)
        return value;
    long power = strtol(exponent + 1, NULL, 10) - (long)(significant - first) + 1;
    snprintf(plain + significant, sizeof plain - significant, "e%ld", power);
    qrt_numeric_parse(plain, strlen(plain), &value, digits, QUERC_NUMERIC_DOUBLE_DIGITS);
    return value;
}

/* --- int64_t ------------------------------------------------------------------------------------------------ */

bool querc_numeric_to_int8(querc_numeric value, int64_t *number)
{
    bool negative = value.sign == QUERC_NUMERIC_NEGATIVE;
    uint64_t limit = negative ? UINT64_C(1) << 63 : (uint64_t)INT64_MAX;
    uint64_t magnitude = 0;
    if (special_name(value) != NULL)
        return false;
    for (int i = 0; i < value.digit_count; i++)
        if (value.weight - i < 0 && value.digits[i] != 0)
            return false;
    for (int w = value.digit_count > 0 ? value.weight : -1; w >= 0; w--) {
        unsigned group = group_at(value, w);
        if (magnitude > (limit - group) / BASE)
            return false;
        magnitude = magnitude * BASE + group;
    }
    if (!negative)
        *number = (int64_t)magnitude;
    else
        *number = magnitude == limit ? INT64_MIN : -(int64_t)magnitude;
    return true;
}

querc_numeric querc_numeric_from_int8(int64_t number, uint16_t digits[QUERC_NUMERIC_INT8_DIGITS])
{
    char text[24];
    querc_numeric value = special(QUERC_NUMERIC_POSITIVE);
    snprintf(text, sizeof text, "%lld", (long long)number);
    qrt_numeric_parse(text, strlen(text), &value, digits, QUERC_NUMERIC_INT8_DIGITS);
    return value;
}
