/* interval (DecodeInterval of datetime.c): PostgreSQL's verbose form and the SQL standard's; what is neither may be
 * ISO 8601's. Amounts are added up to see whether they fit. */
#include "types/literal/interval.h"

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
    if (!interval_add_usec(&sum, clock.hour, 0, USEC_PER_HOUR) ||
        !interval_add_usec(&sum, clock.minute, 0, USEC_PER_MINUTE) ||
        !interval_add_usec(&sum, clock.second, 0, USEC_PER_SECOND))
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
        return interval_add_usec(sum, value, fraction, 1);
    case UNIT_MILLISECOND:
        reader->found = SEEN_MILLISECOND;
        return interval_add_usec(sum, value, fraction, 1000);
    case UNIT_SECOND:
        reader->found = fraction == 0 ? SEEN_SECOND : SEEN_ALL_SECONDS;
        return interval_add_usec(sum, value, fraction, USEC_PER_SECOND);
    case UNIT_MINUTE:
        reader->found = SEEN_MINUTE;
        return interval_add_usec(sum, value, fraction, USEC_PER_MINUTE);
    case UNIT_HOUR:
        reader->found = SEEN_HOUR;
        reader->unit = UNIT_DAY;
        return interval_add_usec(sum, value, fraction, USEC_PER_HOUR);
    case UNIT_DAY:
        reader->found = SEEN_DAY;
        return interval_add_days(sum, value, fraction);
    case UNIT_WEEK:
        reader->found = SEEN_WEEK;
        return interval_add_weeks(sum, value, fraction);
    case UNIT_MONTH:
        reader->found = SEEN_MONTH;
        return interval_add_months(sum, value, fraction);
    case UNIT_YEAR:
        reader->found = SEEN_YEAR;
        return interval_add_years(sum, value, fraction, 1);
    case UNIT_DECADE:
        reader->found = SEEN_DECADE;
        return interval_add_years(sum, value, fraction, 10);
    case UNIT_CENTURY:
        reader->found = SEEN_CENTURY;
        return interval_add_years(sum, value, fraction, 100);
    case UNIT_MILLENNIUM:
        reader->found = SEEN_MILLENNIUM;
        return interval_add_years(sum, value, fraction, 1000);
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

/* Since PostgreSQL 17. */
static bool is_infinite(const Literal *in)
{
    const char *at = skip_spaces(in->text);
    if (catalog_version(in->catalog) < 17)
        return false;
    if (*at == '-' || *at == '+')
        at++;
    return text_starts(at, "infinity") && !*skip_spaces(at + strlen("infinity"));
}

bool input_interval(Literal *in)
{
    if (is_infinite(in))
        return true;
    int range = in->typmod >= 0 ? (in->typmod >> 16) & RANGE_FULL : RANGE_FULL;
    Interval sum;
    DateStatus status = read_words(in->text, range, &sum);
    if (status == DATE_BAD_FORMAT)
        status = interval_read_iso(in->text, &sum);
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
