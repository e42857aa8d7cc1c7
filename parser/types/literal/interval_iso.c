/* Intervals as ISO 8601 writes them (DecodeISO8601Interval of datetime.c): with designators, "P1Y2M3DT4H5M6S", or
 * without, "P0001-02-03T04:05:06" and "P00010203T040506". */
#include "types/literal/interval.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number of an ISO 8601 interval in its two parts. */
typedef struct IsoNumber {
    int64_t value;
    double fraction;
    size_t width; /* digits before anything else */
} IsoNumber;

static DateStatus iso_number(const char **cursor, IsoNumber *number)
{
    const char *at = *cursor;
    if (!char_is_digit(*at) && *at != '-' && *at != '.')
        return DATE_BAD_FORMAT;
    number->width = strspn(at + (*at == '-'), "0123456789");
    errno = 0;
    char *end;
    double value = strtod(at, &end);
    if (end == at || errno)
        return DATE_BAD_FORMAT;
    if (isnan(value) || value < -1.0e15 || value > 1.0e15)
        return DATE_FIELD_OVERFLOW;
    number->value = (int64_t)value;
    number->fraction = value - (double)number->value;
    *cursor = end;
    return DATE_OK;
}

static DateStatus added(bool fits)
{
    return fits ? DATE_OK : DATE_FIELD_OVERFLOW;
}

/* "1999-01-08" without designators, the first number read and separator what follows it. *ended tells whether the
 * text ends here rather than going on with a T. */
static DateStatus iso_plain_date(const char **cursor, IsoNumber number, char separator, Interval *sum, bool *ended)
{
    *ended = false;
    if (!interval_add_years(sum, number.value, number.fraction, 1))
        return DATE_FIELD_OVERFLOW;
    for (int part = 0; separator == '-' && part < 2; part++) {
        DateStatus status = iso_number(cursor, &number);
        if (status == DATE_OK)
            status = added(part == 0 ? interval_add_months(sum, number.value, number.fraction)
                                     : interval_add_days(sum, number.value, number.fraction));
        if (status != DATE_OK)
            return status;
        separator = *(*cursor);
        if (separator)
            (*cursor)++;
    }
    *ended = separator == '\0';
    return *ended || separator == 'T' ? DATE_OK : DATE_BAD_FORMAT;
}

/* "04:05:06" without designators. It must end the text. */
static DateStatus iso_plain_time(const char *at, IsoNumber number, char separator, Interval *sum)
{
    if (!interval_add_usec(sum, number.value, number.fraction, USEC_PER_HOUR))
        return DATE_FIELD_OVERFLOW;
    for (int part = 0; separator == ':' && part < 2; part++) {
        DateStatus status = iso_number(&at, &number);
        if (status == DATE_OK)
            status = added(interval_add_usec(sum, number.value, number.fraction,
                                             part == 0 ? USEC_PER_MINUTE : USEC_PER_SECOND));
        if (status != DATE_OK)
            return status;
        separator = *at;
        if (separator)
            at++;
    }
    return separator == '\0' ? DATE_OK : DATE_BAD_FORMAT;
}

static bool add_basic_date(Interval *sum, IsoNumber number)
{
    return interval_add_years(sum, number.value / 10000, 0, 1) &&
           interval_add_months(sum, number.value / 100 % 100, 0) &&
           interval_add_days(sum, number.value % 100, number.fraction);
}

static bool add_basic_time(Interval *sum, IsoNumber number)
{
    return interval_add_usec(sum, number.value / 10000, 0, USEC_PER_HOUR) &&
           interval_add_usec(sum, number.value / 100 % 100, 0, USEC_PER_MINUTE) &&
           interval_add_usec(sum, number.value % 100, 0, USEC_PER_SECOND) &&
           interval_add_fraction_usec(sum, number.fraction, 1);
}

/* Reads dates up to the T or the end: *time tells which. */
static DateStatus iso_date(const char **cursor, Interval *sum, bool *time)
{
    bool have_field = false;
    *time = false;
    while (**cursor) {
        if (**cursor == 'T') {
            (*cursor)++;
            *time = true;
            return DATE_OK;
        }
        IsoNumber number;
        DateStatus status = iso_number(cursor, &number);
        if (status != DATE_OK)
            return status;
        char unit = **cursor;
        if (unit)
            (*cursor)++;
        bool fits = true, plain = false;
        if (unit == 'Y')
            fits = interval_add_years(sum, number.value, number.fraction, 1);
        else if (unit == 'M')
            fits = interval_add_months(sum, number.value, number.fraction);
        else if (unit == 'W')
            fits = interval_add_weeks(sum, number.value, number.fraction);
        else if (unit == 'D')
            fits = interval_add_days(sum, number.value, number.fraction);
        else if (unit == 'T' || unit == '\0' || unit == '-')
            plain = true;
        else
            return DATE_BAD_FORMAT;
        if (plain && unit != '-' && number.width == 8 && !have_field) {
            *time = unit == 'T';
            return added(add_basic_date(sum, number));
        }
        if (plain) {
            bool ended = false;
            if (have_field)
                return DATE_BAD_FORMAT;
            status = iso_plain_date(cursor, number, unit, sum, &ended);
            *time = !ended;
            return status;
        }
        if (!fits)
            return DATE_FIELD_OVERFLOW;
        have_field = true;
    }
    return DATE_OK;
}

static DateStatus iso_time(const char *at, Interval *sum)
{
    bool have_field = false;
    while (*at) {
        if (*at == 'T') {
            have_field = false;
            at++;
            continue;
        }
        IsoNumber number;
        DateStatus status = iso_number(&at, &number);
        if (status != DATE_OK)
            return status;
        char unit = *at;
        if (unit)
            at++;
        bool fits;
        if (unit == 'H')
            fits = interval_add_usec(sum, number.value, number.fraction, USEC_PER_HOUR);
        else if (unit == 'M')
            fits = interval_add_usec(sum, number.value, number.fraction, USEC_PER_MINUTE);
        else if (unit == 'S')
            fits = interval_add_usec(sum, number.value, number.fraction, USEC_PER_SECOND);
        else if (unit == '\0' && number.width == 6 && !have_field)
            return added(add_basic_time(sum, number));
        else if ((unit == '\0' || unit == ':') && !have_field)
            return iso_plain_time(at, number, unit, sum);
        else
            return DATE_BAD_FORMAT;
        if (!fits)
            return DATE_FIELD_OVERFLOW;
        have_field = true;
    }
    return DATE_OK;
}

DateStatus interval_read_iso(const char *text, Interval *sum)
{
    *sum = (Interval){0};
    if (text[0] != 'P' || text[1] == '\0')
        return DATE_BAD_FORMAT;
    const char *at = text + 1;
    bool time;
    DateStatus status = iso_date(&at, sum, &time);
    return status == DATE_OK && time ? iso_time(at, sum) : status;
}
