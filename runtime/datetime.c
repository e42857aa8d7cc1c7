/*
 * The calendar: proleptic Gregorian, as PostgreSQL uses it for all times, counted from 2000-01-01. Ranges are
 * PostgreSQL's: from 4714-11-24 BC, to 5874897-12-31 for dates and 294276-12-31 for timestamps. Conversions to text
 * are here too; datetime_parse.c and interval.c have the rest.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_private.h"

#include <time.h>

/* Days from 2000-01-01 to the first and last day of the ranges; microseconds likewise, the end not included. */
static const int64_t min_days = -2451545;
static const int64_t max_days = 2145031948;
static const int64_t min_usec = INT64_C(-211813488000000000);
static const int64_t end_usec = INT64_C(9223371331200000000);

/* From 1970-01-01 to 2000-01-01. */
static const int64_t unix_epoch_seconds = 946684800;

enum { DAYS_PER_400_YEARS = 146097, DAYS_PER_100_YEARS = 36524, DAYS_PER_4_YEARS = 1461, DAYS_PER_YEAR = 365 };

/* Days before each month in a year that begins in March, so that the leap day is its last. */
static const int16_t days_before_month[] = {0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337, 366};

static int64_t floor_divide(int64_t number, int64_t divisor)
{
    int64_t quotient = number / divisor;
    return number % divisor < 0 ? quotient - 1 : quotient;
}

static int64_t floor_modulo(int64_t number, int64_t divisor)
{
    int64_t rest = number % divisor;
    return rest < 0 ? rest + divisor : rest;
}

bool qrt_date_in_range(int64_t days)
{
    return days >= min_days && days <= max_days;
}

bool qrt_timestamp_in_range(int64_t usec)
{
    return usec >= min_usec && usec < end_usec;
}

bool qrt_is_valid_ymd(int64_t year, int month, int day)
{
    static const int8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month < 1 || month > 12 || day < 1)
        return false;
    return day <= lengths[month - 1] + (leap && month == 2 ? 1 : 0);
}

int64_t qrt_days_from_ymd(int64_t year, int month, int day)
{
    /* Years from 2000-03-01 on, each of which ends with February. */
    int64_t march_year = year - 2000 - (month < 3 ? 1 : 0);
    int64_t cycle = floor_divide(march_year, 400);
    int64_t in_cycle = march_year - cycle * 400;
    int64_t days = cycle * DAYS_PER_400_YEARS + in_cycle * DAYS_PER_YEAR + in_cycle / 4 - in_cycle / 100;
    /* 2000-03-01 is day 60. */
    return days + days_before_month[(month + 9) % 12] + day - 1 + 60;
}

static void ymd_from_days(int64_t days, int32_t *year, int32_t *month, int32_t *day)
{
    int64_t since = days - 60;
    int64_t cycle = floor_divide(since, DAYS_PER_400_YEARS);
    int64_t rest = since - cycle * DAYS_PER_400_YEARS;
    int64_t centuries = rest / DAYS_PER_100_YEARS;
    if (centuries > 3)
        centuries = 3; /* the cycle's last day, a leap day */
    rest -= centuries * DAYS_PER_100_YEARS;
    int64_t fours = rest / DAYS_PER_4_YEARS;
    rest -= fours * DAYS_PER_4_YEARS;
    int64_t ones = rest / DAYS_PER_YEAR;
    if (ones > 3)
        ones = 3;
    rest -= ones * DAYS_PER_YEAR;
    int m = 0;
    while (rest >= days_before_month[m + 1])
        m++;
    int64_t march_year = 2000 + cycle * 400 + centuries * 100 + fours * 4 + ones;
    *month = (m + 2) % 12 + 1;
    *year = (int32_t)(march_year + (*month < 3 ? 1 : 0));
    *day = (int32_t)(rest - days_before_month[m] + 1);
}

bool querc_date_to_ymd(querc_date date, int *year, int *month, int *day)
{
    int32_t y, m, d;
    if (date.days == QUERC_DATE_INFINITY || date.days == QUERC_DATE_MINUS_INFINITY)
        return false;
    ymd_from_days(date.days, &y, &m, &d);
    *year = y;
    *month = m;
    *day = d;
    return true;
}

bool querc_date_from_ymd(int year, int month, int day, querc_date *date)
{
    if (!qrt_is_valid_ymd(year, month, day))
        return false;
    int64_t days = qrt_days_from_ymd(year, month, day);
    if (!qrt_date_in_range(days))
        return false;
    date->days = (int32_t)days;
    return true;
}

static void set_time(int64_t usec, querc_datetime *datetime)
{
    datetime->usec = (int32_t)(usec % QRT_USEC_PER_SECOND);
    int64_t seconds = usec / QRT_USEC_PER_SECOND;
    datetime->second = (int32_t)(seconds % 60);
    datetime->minute = (int32_t)(seconds / 60 % 60);
    datetime->hour = (int32_t)(seconds / 3600);
}

bool querc_timestamp_to_datetime(querc_timestamp timestamp, querc_datetime *datetime)
{
    if (timestamp.usec == QUERC_TIMESTAMP_INFINITY || timestamp.usec == QUERC_TIMESTAMP_MINUS_INFINITY)
        return false;
    int64_t days = floor_divide(timestamp.usec, QRT_USEC_PER_DAY);
    ymd_from_days(days, &datetime->year, &datetime->month, &datetime->day);
    set_time(floor_modulo(timestamp.usec, QRT_USEC_PER_DAY), datetime);
    return true;
}

bool querc_timestamp_from_datetime(const querc_datetime *datetime, querc_timestamp *timestamp)
{
    if (!qrt_is_valid_ymd(datetime->year, datetime->month, datetime->day) || datetime->hour < 0 ||
        datetime->hour > 23 || datetime->minute < 0 || datetime->minute > 59 || datetime->second < 0 ||
        datetime->second > 59 || datetime->usec < 0 || datetime->usec > 999999)
        return false;
    int64_t days = qrt_days_from_ymd(datetime->year, datetime->month, datetime->day);
    if (days < min_days || days >= end_usec / QRT_USEC_PER_DAY)
        return false;
    int64_t seconds = (int64_t)datetime->hour * 3600 + datetime->minute * 60 + datetime->second;
    timestamp->usec = days * QRT_USEC_PER_DAY + seconds * QRT_USEC_PER_SECOND + datetime->usec;
    return true;
}

bool querc_timestamptz_to_datetime(querc_timestamptz timestamp, querc_datetime *datetime)
{
    querc_timestamp utc = {timestamp.usec};
    return querc_timestamp_to_datetime(utc, datetime);
}

bool querc_timestamptz_from_datetime(const querc_datetime *datetime, querc_timestamptz *timestamp)
{
    querc_timestamp utc;
    if (!querc_timestamp_from_datetime(datetime, &utc))
        return false;
    timestamp->usec = utc.usec;
    return true;
}

bool querc_timestamptz_to_timespec(querc_timestamptz timestamp, struct timespec *time)
{
    if (timestamp.usec == QUERC_TIMESTAMP_INFINITY || timestamp.usec == QUERC_TIMESTAMP_MINUS_INFINITY)
        return false;
    int64_t seconds = floor_divide(timestamp.usec, QRT_USEC_PER_SECOND);
    int64_t unix_seconds = seconds + unix_epoch_seconds;
    if ((int64_t)(time_t)unix_seconds != unix_seconds)
        return false;
    time->tv_sec = (time_t)unix_seconds;
    time->tv_nsec = (long)floor_modulo(timestamp.usec, QRT_USEC_PER_SECOND) * 1000;
    return true;
}

bool querc_timestamptz_from_timespec(const struct timespec *time, querc_timestamptz *timestamp)
{
    if (time->tv_nsec < 0 || time->tv_nsec > 999999999)
        return false;
    int64_t seconds = (int64_t)time->tv_sec;
    if (seconds < INT64_MIN + unix_epoch_seconds)
        return false;
    seconds -= unix_epoch_seconds;
    if (seconds < min_usec / QRT_USEC_PER_SECOND || seconds >= end_usec / QRT_USEC_PER_SECOND)
        return false;
    timestamp->usec = seconds * QRT_USEC_PER_SECOND + time->tv_nsec / 1000;
    return true;
}

double querc_timestamptz_to_unix(querc_timestamptz timestamp)
{
    return (double)timestamp.usec / 1e6 + (double)unix_epoch_seconds;
}

/* --- to text ---------------------------------------------------------------------------------------------- */

static void add_date(TextBuffer *out, int32_t year, int32_t month, int32_t day)
{
    qrt_text_printf(out, "%04d-%02d-%02d", (int)(year > 0 ? year : 1 - year), (int)month, (int)day);
}

static void add_era(TextBuffer *out, int32_t year)
{
    if (year <= 0)
        qrt_text_add(out, " BC", 3);
}

static void add_fraction(TextBuffer *out, int32_t usec)
{
    int digits = 6;
    if (usec == 0)
        return;
    while (usec % 10 == 0) {
        usec /= 10;
        digits--;
    }
    qrt_text_printf(out, ".%0*d", digits, (int)usec);
}

/* usec is within a day; what a hostile server sends beside that must only be harmless. */
static void add_time(TextBuffer *out, int64_t usec)
{
    querc_datetime parts;
    set_time(usec < 0 ? 0 : usec, &parts);
    qrt_text_printf(out, "%02d:%02d:%02d", (int)parts.hour, (int)parts.minute, (int)parts.second);
    add_fraction(out, parts.usec);
}

static void add_offset(TextBuffer *out, int32_t east)
{
    int64_t seconds = east < 0 ? -(int64_t)east : east;
    qrt_text_printf(out, "%c%02d", east < 0 ? '-' : '+', (int)(seconds / 3600));
    if (seconds % 3600 != 0)
        qrt_text_printf(out, ":%02d", (int)(seconds / 60 % 60));
    if (seconds % 60 != 0)
        qrt_text_printf(out, ":%02d", (int)(seconds % 60));
}

size_t querc_date_to_text(querc_date value, char *text, size_t size)
{
    TextBuffer out;
    int year, month, day;
    qrt_text_init(&out, text, size);
    if (querc_date_to_ymd(value, &year, &month, &day)) {
        add_date(&out, year, month, day);
        add_era(&out, year);
    } else {
        qrt_text_printf(&out, "%s", value.days > 0 ? "infinity" : "-infinity");
    }
    return qrt_text_finish(&out);
}

size_t querc_time_to_text(querc_time value, char *text, size_t size)
{
    TextBuffer out;
    qrt_text_init(&out, text, size);
    add_time(&out, value.usec);
    return qrt_text_finish(&out);
}

size_t querc_timetz_to_text(querc_timetz value, char *text, size_t size)
{
    TextBuffer out;
    qrt_text_init(&out, text, size);
    add_time(&out, value.usec);
    add_offset(&out, value.utc_offset);
    return qrt_text_finish(&out);
}

static size_t timestamp_to_text(querc_timestamp value, const char *zone, char *text, size_t size)
{
    TextBuffer out;
    querc_datetime parts;
    qrt_text_init(&out, text, size);
    if (querc_timestamp_to_datetime(value, &parts)) {
        add_date(&out, parts.year, parts.month, parts.day);
        qrt_text_printf(&out, " %02d:%02d:%02d", (int)parts.hour, (int)parts.minute, (int)parts.second);
        add_fraction(&out, parts.usec);
        qrt_text_add(&out, zone, strlen(zone));
        add_era(&out, parts.year);
    } else {
        qrt_text_printf(&out, "%s", value.usec > 0 ? "infinity" : "-infinity");
    }
    return qrt_text_finish(&out);
}

size_t querc_timestamp_to_text(querc_timestamp value, char *text, size_t size)
{
    return timestamp_to_text(value, "", text, size);
}

size_t querc_timestamptz_to_text(querc_timestamptz value, char *text, size_t size)
{
    querc_timestamp utc = {value.usec};
    return timestamp_to_text(utc, "+00", text, size);
}
