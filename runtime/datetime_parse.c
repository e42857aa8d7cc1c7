/*
 * Dates and times from PostgreSQL's own output with DateStyle ISO: what results in text format have, and what a
 * program may write. The looser forms that the server's input functions take are left to the server.
 */
#include "querc_private.h"

typedef struct Cursor {
    const char *at;
    const char *end;
} Cursor;

static bool skip(Cursor *cursor, char c)
{
    if (cursor->at == cursor->end || *cursor->at != c)
        return false;
    cursor->at++;
    return true;
}

/* Between min and max digits. */
static bool take_digits(Cursor *cursor, int min, int max, int *value)
{
    int number = 0;
    int count = 0;
    while (count < max && cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9') {
        number = number * 10 + (*cursor->at - '0');
        cursor->at++;
        count++;
    }
    *value = number;
    return count >= min;
}

static bool take_ymd(Cursor *cursor, int *year, int *month, int *day)
{
    return take_digits(cursor, 4, 7, year) && skip(cursor, '-') && take_digits(cursor, 2, 2, month) &&
           skip(cursor, '-') && take_digits(cursor, 2, 2, day);
}

/* The fraction, with as many as six digits, as microseconds. */
static bool take_fraction(Cursor *cursor, int64_t *usec)
{
    int fraction;
    const char *first = cursor->at;
    if (!take_digits(cursor, 1, 6, &fraction))
        return false;
    for (int64_t digits = cursor->at - first; digits < 6; digits++)
        fraction *= 10;
    *usec += fraction;
    return true;
}

static bool take_time(Cursor *cursor, int64_t *usec)
{
    int hour, minute, second;
    if (!take_digits(cursor, 2, 2, &hour) || !skip(cursor, ':') || !take_digits(cursor, 2, 2, &minute) ||
        !skip(cursor, ':') || !take_digits(cursor, 2, 2, &second) || minute > 59 || second > 59)
        return false;
    *usec = ((int64_t)hour * 3600 + minute * 60 + second) * QRT_USEC_PER_SECOND;
    if (skip(cursor, '.') && !take_fraction(cursor, usec))
        return false;
    return *usec <= QRT_USEC_PER_DAY;
}

/* +hh[:mm[:ss]], in seconds east of UTC. */
static bool take_offset(Cursor *cursor, int32_t *east)
{
    int hour;
    int minute = 0;
    int second = 0;
    bool negative = skip(cursor, '-');
    if ((!negative && !skip(cursor, '+')) || !take_digits(cursor, 2, 2, &hour))
        return false;
    if (skip(cursor, ':') && !take_digits(cursor, 2, 2, &minute))
        return false;
    if (skip(cursor, ':') && !take_digits(cursor, 2, 2, &second))
        return false;
    if (hour > 15 || minute > 59 || second > 59) /* PostgreSQL's own limit is 15:59:59 */
        return false;
    *east = hour * 3600 + minute * 60 + second;
    if (negative)
        *east = -*east;
    return true;
}

static bool take_era(Cursor *cursor, int *year)
{
    if (cursor->end - cursor->at == 3 && memcmp(cursor->at, " BC", 3) == 0) {
        cursor->at += 3;
        *year = 1 - *year;
    }
    return true;
}

bool qrt_date_parse(const char *text, size_t len, querc_date *value)
{
    Cursor cursor = {text, text + len};
    int year, month, day;
    if (qrt_text_equal(text, len, "infinity")) {
        value->days = QUERC_DATE_INFINITY;
        return true;
    }
    if (qrt_text_equal(text, len, "-infinity")) {
        value->days = QUERC_DATE_MINUS_INFINITY;
        return true;
    }
    return take_ymd(&cursor, &year, &month, &day) && year > 0 && take_era(&cursor, &year) &&
           cursor.at == cursor.end && querc_date_from_ymd(year, month, day, value);
}

bool qrt_time_parse(const char *text, size_t len, querc_time *value)
{
    Cursor cursor = {text, text + len};
    int64_t usec;
    if (!take_time(&cursor, &usec) || cursor.at != cursor.end)
        return false;
    value->usec = usec;
    return true;
}

bool qrt_timetz_parse(const char *text, size_t len, querc_timetz *value)
{
    Cursor cursor = {text, text + len};
    int64_t usec;
    int32_t east;
    if (!take_time(&cursor, &usec) || !take_offset(&cursor, &east) || cursor.at != cursor.end)
        return false;
    value->usec = usec;
    value->utc_offset = east;
    return true;
}

/* east is NULL where no offset is allowed. */
static bool parse_timestamp(const char *text, size_t len, int32_t *east, int64_t *value)
{
    Cursor cursor = {text, text + len};
    int year, month, day;
    int64_t usec;
    if (qrt_text_equal(text, len, "infinity")) {
        *value = QUERC_TIMESTAMP_INFINITY;
        return true;
    }
    if (qrt_text_equal(text, len, "-infinity")) {
        *value = QUERC_TIMESTAMP_MINUS_INFINITY;
        return true;
    }
    if (!take_ymd(&cursor, &year, &month, &day) || year <= 0 || !skip(&cursor, ' ') || !take_time(&cursor, &usec))
        return false;
    if (east != NULL && !take_offset(&cursor, east))
        return false;
    take_era(&cursor, &year);
    if (cursor.at != cursor.end || !qrt_is_valid_ymd(year, month, day))
        return false;
    int64_t days = qrt_days_from_ymd(year, month, day);
    if (days > INT64_MAX / QRT_USEC_PER_DAY - 2 || days < INT64_MIN / QRT_USEC_PER_DAY + 2)
        return false;
    usec += days * QRT_USEC_PER_DAY - (east != NULL ? (int64_t)*east * QRT_USEC_PER_SECOND : 0);
    if (!qrt_timestamp_in_range(usec))
        return false;
    *value = usec;
    return true;
}

bool qrt_timestamp_parse(const char *text, size_t len, querc_timestamp *value)
{
    return parse_timestamp(text, len, NULL, &value->usec);
}

bool qrt_timestamptz_parse(const char *text, size_t len, querc_timestamptz *value)
{
    int32_t east = 0;
    return parse_timestamp(text, len, &east, &value->usec);
}

bool querc_date_from_text(const char *text, querc_date *value)
{
    return qrt_date_parse(text, strlen(text), value);
}

bool querc_time_from_text(const char *text, querc_time *value)
{
    return qrt_time_parse(text, strlen(text), value);
}

bool querc_timetz_from_text(const char *text, querc_timetz *value)
{
    return qrt_timetz_parse(text, strlen(text), value);
}

bool querc_timestamp_from_text(const char *text, querc_timestamp *value)
{
    return qrt_timestamp_parse(text, strlen(text), value);
}

bool querc_timestamptz_from_text(const char *text, querc_timestamptz *value)
{
    return qrt_timestamptz_parse(text, strlen(text), value);
}
