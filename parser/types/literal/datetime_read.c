/* The fields of a date and time by kind: what DecodeDateTime and, for a time alone, DecodeTimeOnly (datetime.c of
 * PostgreSQL) make of each. */
#include "types/literal/datetime_reader.h"

#include <limits.h>
#include <string.h>

static void date_of_julian(DateReader *reader, int julian)
{
    calendar_date((int64_t)julian - JULIAN_OF_2000, &reader->year, &reader->month, &reader->day);
    reader->julian = true;
}

/* ---- Time zones ---- */

static DateStatus read_zone(DateReader *reader, const char *text)
{
    DateStatus status = zone_read(text, &reader->zone);
    reader->zone_known = status == DATE_OK;
    reader->found |= SEEN_ZONE;
    return status;
}

/* "hhmmss-zz" */
static DateStatus read_time_with_zone(DateReader *reader, const char *text, bool have_date)
{
    const char *sign = strchr(text, '-');
    if ((reader->seen & SEEN_TIME) == SEEN_TIME || !sign)
        return DATE_BAD_FORMAT;
    DateStatus status = read_zone(reader, sign);
    if (status != DATE_OK)
        return status;
    reader->found = 0;
    status = reader_run_together(reader, text, (size_t)(sign - text), have_date);
    reader->found |= SEEN_ZONE;
    return status;
}

/* A time zone's name: which ones there are is up to the server's files. */
static DateStatus read_zone_name(DateReader *reader)
{
    reader->named_zone = true;
    reader->found = SEEN_ZONE;
    return DATE_OK;
}

/* "J2451187-08": a Julian day with a time zone behind it. */
static DateStatus read_julian_with_zone(DateReader *reader, const char *text)
{
    int value;
    const char *end;
    if (!scan_int(text, &end, &value) || value < 0)
        return DATE_FIELD_OVERFLOW;
    date_of_julian(reader, value);
    DateStatus status = read_zone(reader, end);
    reader->found = SEEN_DATE | SEEN_TIME | SEEN_ZONE;
    reader->prefix = UNIT_NONE;
    return status;
}

/* ---- Fields by kind ---- */

static DateStatus read_date_field(DateReader *reader, size_t i)
{
    const char *text = reader->fields->texts[i];
    if (reader->time_only) {
        const FieldList *fields = reader->fields;
        if (i == 0 && fields->n >= 2 &&
            (fields->kinds[fields->n - 1] == FIELD_DATE || fields->kinds[1] == FIELD_TIME))
            return reader_date(reader, text);
        return char_is_digit(*text) ? read_time_with_zone(reader, text, true) : read_zone_name(reader);
    }
    if (reader->prefix == UNIT_JULIAN)
        return read_julian_with_zone(reader, text);
    bool have_day = (reader->seen & (SEEN_MONTH | SEEN_DAY)) == (SEEN_MONTH | SEEN_DAY);
    if (reader->prefix == UNIT_NONE && !have_day)
        return reader_date(reader, text);
    if (reader->prefix == UNIT_NONE && !char_is_digit(*text))
        return read_zone_name(reader);
    if (reader->prefix != UNIT_NONE && reader->prefix != UNIT_TIME)
        return DATE_BAD_FORMAT;
    reader->prefix = UNIT_NONE;
    return read_time_with_zone(reader, text, (reader->seen & SEEN_DATE) == SEEN_DATE);
}

bool clock_overflows(const ClockTime *clock)
{
    if (clock->hour < 0 || clock->hour > 24 || clock->minute < 0 || clock->minute > 59 || clock->second < 0 ||
        clock->second > 60 || clock->usec < 0 || clock->usec > 1000000)
        return true;
    return ((clock->hour * 60 + clock->minute) * 60 + clock->second) * 1000000 + clock->usec > INT64_C(86400000000);
}

static DateStatus read_time_field(DateReader *reader, const char *text)
{
    if (!reader->time_only && reader->prefix != UNIT_NONE && reader->prefix != UNIT_TIME)
        return DATE_BAD_FORMAT;
    if (!reader->time_only)
        reader->prefix = UNIT_NONE;
    reader->found = SEEN_TIME;
    DateStatus status = clock_read(text, false, &reader->clock);
    if (status == DATE_OK &&
        (reader->clock.hour > INT_MAX || (!reader->time_only && clock_overflows(&reader->clock))))
        return DATE_FIELD_OVERFLOW;
    return status;
}

/* A fraction of a Julian day is a time of day. */
static DateStatus read_julian_fraction(DateReader *reader, const char *text)
{
    double fraction;
    if (!fraction_read(text, &fraction))
        return DATE_BAD_FORMAT;
    int64_t usec = (int64_t)(fraction * 86400e6);
    reader->clock = (ClockTime){.hour = usec / INT64_C(3600000000),
                                .minute = (int)(usec / 60000000 % 60),
                                .second = (int)(usec / 1000000 % 60),
                                .usec = usec % 1000000};
    reader->found |= SEEN_TIME;
    return DATE_OK;
}

/* A number whose meaning a word before it gives. */
static DateStatus read_labelled_number(DateReader *reader, const char *text)
{
    DateUnit unit = reader->prefix;
    int value;
    const char *end;
    if (!scan_int(text, &end, &value))
        return DATE_FIELD_OVERFLOW;
    if (*end && (*end != '.' || (unit != UNIT_JULIAN && unit != UNIT_TIME && unit != UNIT_SECOND)))
        return DATE_BAD_FORMAT;
    reader->prefix = UNIT_NONE;
    reader->special = SPECIAL_NONE;
    /* a month after an hour is a minute */
    if (unit == UNIT_MONTH && (reader->seen & SEEN_MONTH) && (reader->seen & SEEN_HOUR))
        unit = UNIT_MINUTE;
    if (unit == UNIT_YEAR) {
        reader->year = value;
        reader->found = SEEN_YEAR;
    } else if (unit == UNIT_MONTH) {
        reader_found_month(reader, value);
    } else if (unit == UNIT_DAY) {
        reader_found_day(reader, value);
    } else if (unit == UNIT_HOUR) {
        reader->clock.hour = value;
        reader->found = SEEN_HOUR;
    } else if (unit == UNIT_MINUTE) {
        reader->clock.minute = value;
        reader->found = SEEN_MINUTE;
    } else if (unit == UNIT_SECOND) {
        reader->clock.second = value;
        reader->found = *end == '.' ? SEEN_ALL_SECONDS : SEEN_SECOND;
        if (*end == '.' && !usec_read(end, &reader->clock.usec))
            return DATE_BAD_FORMAT;
    } else if (unit == UNIT_JULIAN) {
        if (value < 0)
            return DATE_FIELD_OVERFLOW;
        date_of_julian(reader, value);
        reader->found = SEEN_DATE;
        if (*end == '.')
            return read_julian_fraction(reader, end);
    } else if (unit == UNIT_TIME) {
        DateStatus status = reader_run_together(reader, text, strlen(text), true);
        return status == DATE_OK && reader->found != SEEN_TIME ? DATE_BAD_FORMAT : status;
    } else {
        return DATE_BAD_FORMAT;
    }
    return DATE_OK;
}

static DateStatus read_number_field(DateReader *reader, size_t i)
{
    const FieldList *fields = reader->fields;
    const char *text = fields->texts[i], *point = strchr(text, '.');
    size_t len = strlen(text);
    if (reader->prefix != UNIT_NONE)
        return read_labelled_number(reader, text);
    bool long_before_point = point && point - text > 2;
    if (reader->time_only) {
        if (point && i == 0 && fields->n >= 2 && fields->kinds[fields->n - 1] == FIELD_DATE)
            return reader_date(reader, text);
        if (long_before_point || (!point && len > 4))
            return reader_run_together(reader, text, len, true);
        return point ? DATE_BAD_FORMAT : reader_number(reader, text, reader->seen | SEEN_DATE, false);
    }
    if (point && !(reader->seen & SEEN_DATE))
        return reader_date(reader, text);
    if (long_before_point || (len >= 6 && (!(reader->seen & SEEN_DATE) || !(reader->seen & SEEN_TIME))))
        return reader_run_together(reader, text, len, (reader->seen & SEEN_DATE) == SEEN_DATE);
    return reader_number(reader, text, reader->seen, reader->text_month);
}

/* Words that stand for a time. Later parts of a date may take the place of "infinity" and its like again. */
static DateStatus read_reserved(DateReader *reader, DateSpecial special)
{
    switch (special) {
    case SPECIAL_MIDNIGHT:
        reader->found = SEEN_TIME | SEEN_ZONE;
        reader->clock = (ClockTime){0};
        reader->zone = 0;
        reader->zone_known = true;
        reader->special = SPECIAL_NONE;
        return DATE_OK;
    case SPECIAL_NOW:
    case SPECIAL_DAY:
        reader->relative = true;
        reader->special = SPECIAL_NONE;
        if (reader->time_only) {
            reader->found = SEEN_TIME;
            return special == SPECIAL_NOW ? DATE_OK : DATE_BAD_FORMAT;
        }
        reader->found = special == SPECIAL_DAY ? SEEN_DATE : SEEN_DATE | SEEN_TIME | SEEN_ZONE;
        reader->year = 2000;
        reader->month = reader->day = 1;
        return DATE_OK;
    case SPECIAL_EARLY:
    case SPECIAL_LATE:
    case SPECIAL_EPOCH:
        reader->found = SEEN_SPECIAL;
        reader->special = special;
        return reader->time_only ? DATE_BAD_FORMAT : DATE_OK;
    case SPECIAL_NONE:
        break;
    }
    return DATE_BAD_FORMAT;
}

static DateStatus read_month_word(DateReader *reader, int month)
{
    reader->found = SEEN_MONTH;
    /* "5 January": the number before it was the day */
    if ((reader->seen & SEEN_MONTH) && !reader->text_month && !(reader->seen & SEEN_DAY) && reader->month >= 1 &&
        reader->month <= 31)
        reader_found_day(reader, reader->month);
    reader->text_month = true;
    reader->month = month;
    return DATE_OK;
}

/* The T of ISO 8601 stands before a time and, where there must be one, behind a date. */
static DateStatus read_iso_time(DateReader *reader, size_t i)
{
    const FieldList *fields = reader->fields;
    if (!reader->time_only && (reader->seen & SEEN_DATE) != SEEN_DATE)
        return DATE_BAD_FORMAT;
    if (i + 1 >= fields->n || (fields->kinds[i + 1] != FIELD_NUMBER && fields->kinds[i + 1] != FIELD_TIME &&
                               fields->kinds[i + 1] != FIELD_DATE))
        return DATE_BAD_FORMAT;
    reader->prefix = UNIT_TIME;
    return DATE_OK;
}

static DateStatus read_zone_word(DateReader *reader, Word word)
{
    reader->found = SEEN_ZONE;
    if (word.kind == WORD_DAYLIGHT_ZONE)
        reader->found |= SEEN_DAYLIGHT_ZONE;
    if (word.kind == WORD_DYNAMIC_ZONE) {
        reader->found |= SEEN_DYNAMIC_ZONE;
        reader->dynamic_zone = true;
    }
    reader->zone = 0;
    reader->zone_known = word.value != 0;
    return DATE_OK;
}

static DateStatus read_word(DateReader *reader, size_t i)
{
    const char *text = reader->fields->texts[i];
    Word word = word_of_zone(text);
    if (word.kind == WORD_UNKNOWN)
        word = word_of_date(text);
    if (word.kind == WORD_UNKNOWN)
        word = word_of_zone_name(text);
    switch (word.kind) {
    case WORD_IGNORED:
        return DATE_OK;
    case WORD_RESERVED:
        return read_reserved(reader, (DateSpecial)word.value);
    case WORD_MONTH:
        return reader->time_only ? DATE_BAD_FORMAT : read_month_word(reader, word.value);
    case WORD_WEEKDAY:
        reader->found = SEEN_WEEKDAY;
        return reader->time_only ? DATE_BAD_FORMAT : DATE_OK;
    case WORD_UNIT:
        reader->prefix = (DateUnit)word.value;
        return DATE_OK;
    case WORD_MERIDIAN:
        reader->meridian = word.value + 1;
        reader->found = SEEN_MERIDIAN;
        return DATE_OK;
    case WORD_ERA:
        reader->bc = word.value;
        reader->found = SEEN_ERA;
        return DATE_OK;
    case WORD_ISO_TIME:
        return read_iso_time(reader, i);
    case WORD_DAYLIGHT_MODIFIER:
        reader->found = SEEN_DAYLIGHT_MODIFIER | SEEN_DAYLIGHT_ZONE;
        reader->zone_known = false;
        return DATE_OK;
    case WORD_ZONE:
    case WORD_DAYLIGHT_ZONE:
    case WORD_DYNAMIC_ZONE:
        return read_zone_word(reader, word);
    case WORD_NAMED_ZONE:
        return read_zone_name(reader);
    case WORD_AGO:
    case WORD_UNKNOWN:
        return DATE_BAD_FORMAT;
    }
    return DATE_BAD_FORMAT;
}

DateStatus reader_field(DateReader *reader, size_t i)
{
    switch (reader->fields->kinds[i]) {
    case FIELD_DATE:
        return read_date_field(reader, i);
    case FIELD_TIME:
        return read_time_field(reader, reader->fields->texts[i]);
    case FIELD_ZONE:
        return read_zone(reader, reader->fields->texts[i]);
    case FIELD_NUMBER:
        return read_number_field(reader, i);
    case FIELD_STRING:
    case FIELD_SPECIAL:
        return read_word(reader, i);
    }
    return DATE_BAD_FORMAT;
}
