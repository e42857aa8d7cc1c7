/* Integers, floating-point numbers and numeric (numutils.c, float.c, numeric.c). */
#include "types/literal/check.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Integers ---- */

/* The value of a digit of any base up to 16, else 16. */
static unsigned digit_value(char c)
{
    if (char_is_digit(c))
        return (unsigned)(c - '0');
    char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? (unsigned)(low - 'a') + 10 : 16;
}

/* The base that the text's prefix tells; *at moves behind it. */
static unsigned number_base(const char **at)
{
    if (**at != '0')
        return 10;
    char letter = (char)((*at)[1] | 0x20);
    unsigned base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    *at += base == 10 ? 0 : 2;
    return base;
}

/* pg_strtoint16 and its kin since PostgreSQL 16: 0x1F, 0o17, 0b101 and 1_000 are numbers. */
static bool read_any_base(Literal *in, const char *type_name, int64_t max)
{
    const char *at = skip_spaces(in->text);
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    unsigned base = number_base(&at);
    const char *first = at;
    uint64_t limit = (uint64_t)max + 1, value = 0;
    for (;; at++) {
        unsigned digit = digit_value(*at);
        if (*at == '_' && digit_value(at[1]) < base && (at > first || base != 10))
            continue;
        if (digit >= base)
            break;
        if (value > limit / base)
            return literal_out_of_range(in, type_name);
        value = value * base + digit;
    }
    if (at == first || *skip_spaces(at))
        return literal_bad_syntax(in, type_name);
    if (value > limit || (!negative && value == limit))
        return literal_out_of_range(in, type_name);
    in->value.order = ORDER_INTEGER;
    in->value.integer = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

/* pg_strtoint16 and its kin before. A number with too many digits is out of range whatever follows it; one too many
 * for a positive value alone only when nothing does. */
static bool read_integer(Literal *in, const char *type_name, int64_t max)
{
    if (catalog_version(in->catalog) >= 16)
        return read_any_base(in, type_name, max);
    const char *at = skip_spaces(in->text);
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    if (!char_is_digit(*at))
        return literal_bad_syntax(in, type_name);
    uint64_t limit = (uint64_t)max + 1, value = 0;
    for (; char_is_digit(*at); at++) {
        uint64_t digit = (uint64_t)(*at - '0');
        if (value > (limit - digit) / 10)
            return literal_out_of_range(in, type_name);
        value = value * 10 + digit;
    }
    if (*skip_spaces(at))
        return literal_bad_syntax(in, type_name);
    if (!negative && value == limit)
        return literal_out_of_range(in, type_name);
    in->value.order = ORDER_INTEGER;
    in->value.integer = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

bool input_int2(Literal *in)
{
    return read_integer(in, "smallint", INT16_MAX);
}

bool input_int4(Literal *in)
{
    return read_integer(in, "integer", INT32_MAX);
}

bool input_int8(Literal *in)
{
    return read_integer(in, "bigint", INT64_MAX);
}

/* ---- Floating point ---- */

/* strtod and strtof read "infinity", "nan" and hexadecimal too, as the server lets them. An underflow to a
 * denormal number is none. */
static bool read_float(Literal *in, const char *type_name, bool single, const char **cursor, double *value)
{
    const char *at = skip_spaces(*cursor);
    char *end;
    errno = 0;
    *value = single ? (double)strtof(at, &end) : strtod(at, &end);
    if (end == at)
        return literal_bad_syntax(in, type_name);
    if (errno == ERANGE && (*value == 0 || isinf(*value)))
        return literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "\"%s\" is out of range for type %s",
                            single ? in->text : literal_slice(in, at, end), single ? "real" : "double precision");
    *cursor = skip_spaces(end);
    return true;
}

bool literal_scan_float(Literal *in, const char *type_name, const char **cursor, double *value)
{
    return read_float(in, type_name, false, cursor, value);
}

static bool read_whole_float(Literal *in, const char *type_name, bool single)
{
    const char *at = in->text;
    double value;
    if (!read_float(in, type_name, single, &at, &value))
        return false;
    if (*at)
        return literal_bad_syntax(in, type_name);
    in->value = (LiteralValue){.order = ORDER_FLOAT, .real = value};
    return true;
}

bool input_float4(Literal *in)
{
    return read_whole_float(in, "real", true);
}

bool input_float8(Literal *in)
{
    return read_whole_float(in, "double precision", false);
}

/* ---- Numeric ---- */

/* Largest scale that is stored, and largest weight of the first of the base-10000 digits. */
enum { NUMERIC_MAX_SCALE = 16383, NUMERIC_MAX_WEIGHT = 32767, DIGIT_DECIMALS = 4 };

/* A decimal number: digits of the text with at most one point among them, times ten to the exponent. */
typedef struct Decimal {
    const char *digits, *end; /* from the first digit that is not zero (or is the last) */
    int64_t weight;           /* power of ten of that digit */
    int64_t scale;            /* digits after the point, with the exponent applied */
    bool zero;
} Decimal;

/* set_var_from_str: digits with a point, an exponent. False on bad syntax; *overflow for an absurd exponent. */
static bool scan_decimal(const char **cursor, Decimal *number, bool *overflow)
{
    const char *at = *cursor, *point = NULL;
    if (*at == '+' || *at == '-')
        at++;
    const char *start = at;
    if (*at == '.')
        at++;
    if (!char_is_digit(*at))
        return false;
    for (at = start; char_is_digit(*at) || *at == '.'; at++)
        if (*at == '.') {
            if (point)
                return false;
            point = at;
        }
    number->end = at;
    int64_t before = (point ? point : at) - start;
    number->scale = point ? at - point - 1 : 0;
    int64_t exponent = 0;
    if (*at == 'e' || *at == 'E') {
        char *end;
        long given = strtol(at + 1, &end, 10);
        if (end == at + 1)
            return false;
        at = end;
        *overflow = given >= INT_MAX / 2 || given <= -(INT_MAX / 2);
        exponent = *overflow ? 0 : given;
    }
    *cursor = at;
    int64_t position = 0; /* of the digit in hand, counted without the point */
    for (number->digits = start; number->digits < number->end; number->digits++)
        if (*number->digits != '.') {
            if (*number->digits != '0')
                break;
            position++;
        }
    number->zero = number->digits == number->end;
    number->weight = before - 1 - position + exponent;
    number->scale = number->scale > exponent ? number->scale - exponent : 0;
    return true;
}

/* Whether rounding to a number of leading digits (0 or less: to none) carries into a new first digit. */
static bool carries(const Decimal *number, int64_t keep)
{
    const char *at = number->digits;
    for (; keep > 0 && at < number->end; at++)
        if (*at != '.') {
            if (*at != '9')
                return false;
            keep--;
        }
    if (at < number->end && *at == '.')
        at++;
    return keep == 0 && at < number->end && *at >= '5';
}

/* apply_typmod: numeric(precision, scale). */
static bool check_numeric_typmod(Literal *in, const Decimal *number)
{
    int precision = (int)(((uint32_t)(in->typmod - 4) >> 16) & 0xFFFF);
    int scale = (int)(((in->typmod - 4) & 0x7FF) ^ 1024) - 1024;
    if (!number) {
        literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
        return literal_detail(in, "A field with precision %d, scale %d cannot hold an infinite value.", precision,
                              scale);
    }
    if (number->zero)
        return true;
    int64_t kept = number->weight + 1 + scale, before_point = number->weight + 1;
    if (carries(number, kept))
        before_point++;
    else if (kept <= 0)
        return true; /* rounds to zero */
    int room = precision - scale;
    if (before_point <= room)
        return true;
    literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
    return literal_detail(in, "A field with precision %d, scale %d must round to an absolute value less than %s%d.",
                          precision, scale, room ? "10^" : "", room ? room : 1);
}

static bool check_decimal(Literal *in, const Decimal *number)
{
    /* floor division: weights below the point are negative */
    int64_t weight = number->weight >= 0 ? number->weight / DIGIT_DECIMALS : -1;
    if (number->scale > NUMERIC_MAX_SCALE && in->typmod < 4)
        return literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    if (!number->zero && weight > NUMERIC_MAX_WEIGHT)
        return literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    return in->typmod < 4 || check_numeric_typmod(in, number);
}

/* A number as it was written before PostgreSQL 16: 0x1F in base ten (rounded, which keeps its order and magnitude)
 * and 1_000 without underscores; what is no such number stays as it is. */
static const char *plain_number(const Literal *in, const char *text)
{
    const char *at = skip_spaces(text), *sign = *at == '-' ? "-" : "";
    if (catalog_version(in->catalog) < 16)
        return text;
    at += *at == '-' || *at == '+';
    unsigned base = number_base(&at);
    const char *first = at;
    char *plain = arena_strdup(in->arena, at), *end = plain;
    double value = 0;
    for (; *at; at++) {
        if (*at == '_' && digit_value(at[1]) < base && (base != 10 || (at > first && char_is_digit(at[-1]))))
            continue;
        if (base != 10 && digit_value(*at) >= base)
            break;
        value = value * base + digit_value(*at);
        *end++ = *at;
    }
    *end = '\0';
    if (base == 10)
        return end - plain == at - first ? text : arena_printf(in->arena, "%s%s", sign, plain);
    return at == first ? text : arena_printf(in->arena, "%s%.0f%s", sign, value, at);
}

/* numeric_in */
static bool read_numeric(Literal *in, const char *text)
{
    static const struct {
        const char *word;
        bool infinite;
    } words[] = {{"nan", false}, {"infinity", true}, {"+infinity", true}, {"-infinity", true},
                 {"inf", true},  {"+inf", true},     {"-inf", true}};
    text = plain_number(in, text);
    const char *at = skip_spaces(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(at, words[i].word)) {
            if (*skip_spaces(at + strlen(words[i].word)))
                return literal_bad_syntax(in, "numeric");
            in->value = (LiteralValue){.order = ORDER_FLOAT, .real = strtod(at, NULL)};
            return !words[i].infinite || in->typmod < 4 || check_numeric_typmod(in, NULL);
        }
    Decimal number = {0};
    bool overflow = false;
    const char *start = at;
    if (!scan_decimal(&at, &number, &overflow))
        return literal_bad_syntax(in, "numeric");
    if (overflow)
        return literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    if (*skip_spaces(at))
        return literal_bad_syntax(in, "numeric");
    /* Rounding to a double keeps the order of two numbers or makes them equal. */
    in->value = (LiteralValue){.order = ORDER_FLOAT, .real = strtod(start, NULL)};
    return check_decimal(in, &number);
}

bool input_numeric(Literal *in)
{
    return read_numeric(in, in->text);
}

bool literal_numeric_part(Literal *in, const char *text)
{
    Literal part = *in;
    part.text = text;
    part.typmod = -1;
    return read_numeric(&part, text);
}
