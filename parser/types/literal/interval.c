/* interval (DecodeInterval and DecodeISO8601Interval of datetime.c): PostgreSQL's verbose form, the SQL standard's,
 * and ISO 8601 with designators or without. Amounts are added up to see whether they fit. */
#include "types/literal/datetime.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Bits of the type modifier's field mask: INTERVAL YEAR TO MONTH and the like. */
enum {
    RANGE_MONTH = 1 << 1,
    RANGE_YEAR = 1 << 2,
    RANGE_DAY = 1 << 3,
    RANGE_HOUR = 1 << 10,
    RANGE_MINUTE = 1 << 11,
    RANGE_SECOND = 1 << 12,
    RANGE_FULL = 0x7FFF
};

typedef struct Interval {
    int32_t years, months, days;
    int64_t usec;
} Interval;

static const int64_t usec_per_second = 1000000, usec_per_minute = INT64_C(60000000),
                     usec_per_hour = INT64_C(3600000000), usec_per_day = INT64_C(86400000000);

/* ---- Adding up: each false on overflow ---- */

static bool add_fraction_usec(Interval *sum, double fraction, int64_t scale)
{
    if (fraction == 0)
        return true;
    fraction *= (double)scale;
    int64_t usec = (int64_t)fraction;
    fraction -= (double)usec;
    if (fraction > 0.5)
        usec++;
    else if (fraction < -0.5)
        usec--;
    return !__builtin_add_overflow(sum->usec, usec, &sum->usec);
}

static bool add_usec(Interval *sum, int64_t value, double fraction, int64_t scale)
{
    int64_t usec;
    return !__builtin_mul_overflow(value, scale, &usec) && !__builtin_add_overflow(sum->usec, usec, &sum->usec) &&
           add_fraction_usec(sum, fraction, scale);
}

static bool add_count(int32_t *sum, int64_t value, int32_t scale)
{
    int32_t scaled;
    return value >= INT_MIN && value <= INT_MAX && !__builtin_mul_overflow((int32_t)value, scale, &scaled) &&
           !__builtin_add_overflow(*sum, scaled, sum);
}

static bool add_fraction_days(Interval *sum, double fraction, int scale)
{
    if (fraction == 0)
        return true;
    fraction *= scale;
    int days = (int)fraction;
    return !__builtin_add_overflow(sum->days, days, &sum->days) &&
           add_fraction_usec(sum, fraction - days, usec_per_day);
}

static bool add_years(Interval *sum, int64_t value, double fraction, int32_t scale)
{
    int months = (int)rint(fraction * scale * 12);
    return add_count(&sum->years, value, scale) && !__builtin_add_overflow(sum->months, months, &sum->months);
}

static bool add_months(Interval *sum, int64_t value, double fraction)
{
    return add_count(&sum->months, value, 1) && add_fraction_days(sum, fraction, 30);
}

static bool add_days(Interval *sum, int64_t value, double fraction)
{
    return add_count(&sum->days, value, 1) && add_fraction_usec(sum, fraction, usec_per_day);
}

static bool add_weeks(Interval *sum, int64_t value, double fraction)
{
    return add_count(&sum->days, value, 7) && add_fraction_days(sum, fraction, 7);
}

/* ---- Words and numbers ---- */

/* An interval is read from the end, so that units come before their numbers. */
typedef struct IntervalReader {
    int range; /* RANGE_* */
    uint32_t seen, found;
    bool unit_given; /* whether unit is what the next number to the left has */
    DateUnit unit;
    bool ago;
    Interval sum;
} IntervalReader;

/* What the rightmost number without a unit is. */
static DateUnit default_unit(int range)
{
    switch (range) {
    case RANGE_YEAR:
        return UNIT_YEAR;
    case RANGE_MONTH:
    case RANGE_YEAR | RANGE_MONTH:
        return UNIT_MONTH;
    case RANGE_DAY:
        return UNIT_DAY;
    case RANGE_HOUR:
    case RANGE_DAY | RANGE_HOUR:
        return UNIT_HOUR;
    case RANGE_MINUTE:
    case RANGE_HOUR | RANGE_MINUTE:
    case RANGE_DAY | RANGE_HOUR | RANGE_MINUTE:
        return UNIT_MINUTE;
    default:
        return UNIT_SECOND;
    }
}

static DateStatus read_clock(IntervalReader *reader, const char *text, bool negative)
{
    ClockTime clock;
    DateStatus status = clock_read(text, reader->range == (RANGE_MINUTE | RANGE_SECOND), &clock);
    if (status != DATE_OK)
        return status;
    Interval sum = {.usec = clock.usec};
    if (!add_usec(&sum, clock.hour, 0, usec_per_hour) || !add_usec(&sum, clock.minute, 0, usec_per_minute) ||
        !add_usec(&sum, clock.second, 0, usec_per_second))
        return DATE_FIELD_OVERFLOW;
    reader->sum.usec = negative ? -sum.usec : sum.usec;
    reader->found = SEEN_TIME;
    reader->unit = UNIT_DAY;
    reader->unit_given = true;
    return DATE_OK;
}

/* The number of a field: an integer, with a fraction, or "years-months", which is months. */
static DateStatus read_amount(IntervalReader *reader, const char *text, int64_t *value, double *fraction)
{
    char *end;
    errno = 0;
    *value = strtoll(text, &end, 10);
    *fraction = 0;
    if (errno == ERANGE)
        return DATE_FIELD_OVERFLOW;
    if (*end == '-') {
        const char *rest;
        int months;
        if (!scan_int(end + 1, &rest, &months) || months < 0 || months >= 12)
            return DATE_FIELD_OVERFLOW;
        if (*rest)
            return DATE_BAD_FORMAT;
        reader->unit = UNIT_MONTH;
        return __builtin_mul_overflow(*value, 12, value) ||
                       __builtin_add_overflow(*value, *text == '-' ? -months : months, value)
                   ? DATE_FIELD_OVERFLOW
                   : DATE_OK;
    }
    if (*end == '.') {
        if (!fraction_read(end, fraction))
            return DATE_BAD_FORMAT;
        if (*text == '-')
            *fraction = -*fraction;
        return DATE_OK;
    }
    return *end ? DATE_BAD_FORMAT : DATE_OK;
}

/* Adds an amount of the unit; false on overflow. What it counts as being seen is set for the caller. */
static bool add_amount(IntervalReader *reader, int64_t value, double fraction)
{
    Interval *sum = &reader->sum;
    switch (reader->unit) {
    case UNIT_MICROSECOND:
        reader->found = SEEN_MICROSECOND;
        return add_usec(sum, value, fraction, 1);
    case UNIT_MILLISECOND:
        reader->found = SEEN_MILLISECOND;
        return add_usec(sum, value, fraction, 1000);
    case UNIT_SECOND:
        reader->found = fraction == 0 ? SEEN_SECOND : SEEN_ALL_SECONDS;
        return add_usec(sum, value, fraction, usec_per_second);
    case UNIT_MINUTE:
        reader->found = SEEN_MINUTE;
        return add_usec(sum, value, fraction, usec_per_minute);
    case UNIT_HOUR:
        reader->found = SEEN_HOUR;
        reader->unit = UNIT_DAY;
        return add_usec(sum, value, fraction, usec_per_hour);
    case UNIT_DAY:
        reader->found = SEEN_DAY;
        return add_days(sum, value, fraction);
    case UNIT_WEEK:
        reader->found = SEEN_WEEK;
        return add_weeks(sum, value, fraction);
    case UNIT_MONTH:
        reader->found = SEEN_MONTH;
        return add_months(sum, value, fraction);
    case UNIT_YEAR:
        reader->found = SEEN_YEAR;
        return add_years(sum, value, fraction, 1);
    case UNIT_DECADE:
        reader->found = SEEN_DECADE;
        return add_years(sum, value, fraction, 10);
    case UNIT_CENTURY:
        reader->found = SEEN_CENTURY;
        return add_years(sum, value, fraction, 100);
    case UNIT_MILLENNIUM:
        reader->found = SEEN_MILLENNIUM;
        return add_years(sum, value, fraction, 1000);
    case UNIT_NONE:
    case UNIT_JULIAN:
    case UNIT_TIME:
    case UNIT_OTHER:
        break;
    }
    return true; /* nothing found: a bad format */
}

static DateStatus read_number(IntervalReader *reader, const char *text)
{
    int64_t value;
    double fraction;
    if (!reader->unit_given)
        reader->unit = default_unit(reader->range);
    reader->unit_given = true;
    DateStatus status = read_amount(reader, text, &value, &fraction);
    if (status != DATE_OK)
        return status;
    if (!add_amount(reader, value, fraction))
        return DATE_FIELD_OVERFLOW;
    return reader->found ? DATE_OK : DATE_BAD_FORMAT;
}

static DateStatus read_word(IntervalReader *reader, const char *text)
{
    Word word = word_of_interval(text);
    if (word.kind != WORD_UNIT && word.kind != WORD_AGO)
        return DATE_BAD_FORMAT;
    reader->ago = reader->ago || word.kind == WORD_AGO;
    reader->unit = word.kind == WORD_UNIT ? (DateUnit)word.value : UNIT_NONE;
    reader->unit_given = true;
    return DATE_OK;
}

static DateStatus read_field(IntervalReader *reader, FieldKind kind, const char *text)
{
    reader->found = 0;
    switch (kind) {
    case FIELD_TIME:
        return read_clock(reader, text, false);
    case FIELD_ZONE:
        if (strchr(text + 1, ':') && read_clock(reader, text + 1, *text == '-') == DATE_OK)
            return DATE_OK;
        return read_number(reader, text);
    case FIELD_DATE:
    case FIELD_NUMBER:
        return read_number(reader, text);
    case FIELD_STRING:
    case FIELD_SPECIAL:
        return read_word(reader, text);
    }
    return DATE_BAD_FORMAT;
}

static bool can_negate(const Interval *sum)
{
    return sum->usec != INT64_MIN && sum->days != INT_MIN && sum->months != INT_MIN && sum->years != INT_MIN;
}

static DateStatus read_words(const char *text, int range, Interval *sum)
{
    FieldList fields;
    if (!fields_split(text, FIELDS_BUFFER, &fields))
        return DATE_BAD_FORMAT;
    IntervalReader reader = {.range = range};
    for (size_t i = fields.n; i-- > 0;) {
        DateStatus status = read_field(&reader, fields.kinds[i], fields.texts[i]);
        if (status != DATE_OK)
            return status;
        if (reader.seen & reader.found)
            return DATE_BAD_FORMAT;
        reader.seen |= reader.found;
    }
    if (!reader.seen)
        return DATE_BAD_FORMAT;
    if (reader.ago && !can_negate(&reader.sum))
        return DATE_FIELD_OVERFLOW;
    *sum = reader.sum;
    return DATE_OK;
}

/* ---- ISO 8601 ---- */

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
    if (!add_years(sum, number.value, number.fraction, 1))
        return DATE_FIELD_OVERFLOW;
    for (int part = 0; separator == '-' && part < 2; part++) {
        DateStatus status = iso_number(cursor, &number);
        if (status == DATE_OK)
            status = added(part == 0 ? add_months(sum, number.value, number.fraction)
                                     : add_days(sum, number.value, number.fraction));
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
    if (!add_usec(sum, number.value, number.fraction, usec_per_hour))
        return DATE_FIELD_OVERFLOW;
    for (int part = 0; separator == ':' && part < 2; part++) {
        DateStatus status = iso_number(&at, &number);
        if (status == DATE_OK)
            status =
                added(add_usec(sum, number.value, number.fraction, part == 0 ? usec_per_minute : usec_per_second));
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
    return add_years(sum, number.value / 10000, 0, 1) && add_months(sum, number.value / 100 % 100, 0) &&
           add_days(sum, number.value % 100, number.fraction);
}

static bool add_basic_time(Interval *sum, IsoNumber number)
{
    return add_usec(sum, number.value / 10000, 0, usec_per_hour) &&
           add_usec(sum, number.value / 100 % 100, 0, usec_per_minute) &&
           add_usec(sum, number.value % 100, 0, usec_per_second) && add_fraction_usec(sum, number.fraction, 1);
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
            fits = add_years(sum, number.value, number.fraction, 1);
        else if (unit == 'M')
            fits = add_months(sum, number.value, number.fraction);
        else if (unit == 'W')
            fits = add_weeks(sum, number.value, number.fraction);
        else if (unit == 'D')
            fits = add_days(sum, number.value, number.fraction);
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
            fits = add_usec(sum, number.value, number.fraction, usec_per_hour);
        else if (unit == 'M')
            fits = add_usec(sum, number.value, number.fraction, usec_per_minute);
        else if (unit == 'S')
            fits = add_usec(sum, number.value, number.fraction, usec_per_second);
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

static DateStatus read_iso(const char *text, Interval *sum)
{
    *sum = (Interval){0};
    if (text[0] != 'P' || text[1] == '\0')
        return DATE_BAD_FORMAT;
    const char *at = text + 1;
    bool time;
    DateStatus status = iso_date(&at, sum, &time);
    return status == DATE_OK && time ? iso_time(at, sum) : status;
}

bool input_interval(Literal *in)
{
    int range = in->typmod >= 0 ? (in->typmod >> 16) & RANGE_FULL : RANGE_FULL;
    Interval sum;
    DateStatus status = read_words(in->text, range, &sum);
    if (status == DATE_BAD_FORMAT)
        status = read_iso(in->text, &sum);
    if (status == DATE_FIELD_OVERFLOW)
        return literal_fail(in, SQLSTATE_INTERVAL_FIELD_OVERFLOW, "interval field value out of range: \"%s\"",
                            in->text);
    if (status != DATE_OK)
        return date_report(in, status, "interval");
    int64_t months = (int64_t)sum.years * 12 + sum.months;
    if (months < INT_MIN || months > INT_MAX)
        return literal_fail(in, SQLSTATE_DATETIME_FIELD_OVERFLOW, "interval out of range");
    return true;
}
