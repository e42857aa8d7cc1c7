/* date, time, timetz, timestamp and timestamptz (datetime.c, date.c, timestamp.c): fields put together.
 *
 * The order of day, month and year is DateStyle's to decide, so a text is read in each of the three orders and is
 * wrong only if it is in all of them. Which instants a time zone's name or the session's zone give is not known:
 * such values are known to a day. */
#include "types/literal/datetime.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum DateOrder { DATE_ORDER_MDY, DATE_ORDER_DMY, DATE_ORDER_YMD } DateOrder;
enum { DATE_ORDERS = 3 };

/* What has been read of a date and time. */
typedef struct DateReader {
    const FieldList *fields;
    DateOrder order;
    bool time_only;
    uint32_t seen;  /* SEEN_* of the fields so far … */
    uint32_t found; /* … and of the one in hand */
    int64_t year;
    int month, day, day_of_year;
    ClockTime clock;
    DateUnit prefix; /* what the number that follows is, as in "y2001m02d04" */
    DateSpecial special;
    int meridian; /* 0 none, 1 am, 2 pm */
    bool bc, julian, two_digit_year, text_month;
    bool named_zone, dynamic_zone;
    bool zone_known;
    int zone;      /* seconds east, when known */
    bool relative; /* to the time of the statement */
} DateReader;

/* ---- The calendar ---- */

static const int month_days[2][12] = {{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
                                      {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}};

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 2000-01-01 of a date in the proleptic Gregorian calendar. Years begin in March here, so that the leap
 * day is their last. */
static int64_t days_of_date(int64_t year, int month, int day)
{
    enum { DAYS_TO_2000 = 730425 }; /* from the first of March of the year 0 */
    int64_t from_march = (month + 9) % 12;
    year -= month <= 2;
    return year * 365 + floor_divide(year, 4) - floor_divide(year, 100) + floor_divide(year, 400) +
           (from_march * 153 + 2) / 5 + day - 1 - DAYS_TO_2000;
}

static void date_of_days(int64_t days, int64_t *year, int *month, int *day)
{
    enum { DAYS_OF_400_YEARS = 146097 };
    *year = 2000 + floor_divide(days, DAYS_OF_400_YEARS) * 400;
    int64_t rest = days - floor_divide(days, DAYS_OF_400_YEARS) * DAYS_OF_400_YEARS;
    while (rest >= 365 + is_leap(*year))
        rest -= 365 + is_leap((*year)++);
    for (*month = 1; rest >= month_days[is_leap(*year)][*month - 1]; (*month)++)
        rest -= month_days[is_leap(*year)][*month - 1];
    *day = (int)rest + 1;
}

/* The last but not the next to be a date is DATE_END_JULIAN, 5874898-01-01. */
enum { JULIAN_OF_2000 = 2451545, DATE_END_JULIAN = 2147483494 };

static void date_of_julian(DateReader *reader, int julian)
{
    date_of_days((int64_t)julian - JULIAN_OF_2000, &reader->year, &reader->month, &reader->day);
    reader->julian = true;
}

/* ---- Numbers ---- */

/* The number that some digits are, wrapped as atoi does. */
static int number_of(const char *digits, size_t n)
{
    char copy[FIELDS_BUFFER];
    memcpy(copy, digits, n);
    copy[n] = '\0';
    return (int)strtol(copy, NULL, 10);
}

static bool read_usec(const char *text, int64_t *usec)
{
    double fraction;
    if (!fraction_read(text, &fraction))
        return false;
    *usec = (int64_t)rint(fraction * 1e6);
    return true;
}

/* DecodeNumberField: digits run together, a date (yymmdd, yyyymmdd) or a time (hhmm, hhmmss). */
static DateStatus read_run_together(DateReader *reader, const char *text, size_t len, bool have_date)
{
    const char *point = memchr(text, '.', len);
    if (point) {
        errno = 0;
        double fraction = point[1] ? strtod(point, NULL) : 0;
        if (errno)
            return DATE_BAD_FORMAT;
        reader->clock.usec = (int64_t)rint(fraction * 1e6);
        len = (size_t)(point - text);
    } else if (!have_date && len >= 6) {
        reader->found = SEEN_DATE;
        reader->day = number_of(text + len - 2, 2);
        reader->month = number_of(text + len - 4, 2);
        reader->year = number_of(text, len - 4);
        if (len == 6)
            reader->two_digit_year = true;
        return DATE_OK;
    }
    if ((reader->seen & SEEN_TIME) == SEEN_TIME || (len != 4 && len != 6))
        return DATE_BAD_FORMAT;
    reader->found = SEEN_TIME;
    reader->clock.hour = number_of(text, 2);
    reader->clock.minute = number_of(text + 2, 2);
    reader->clock.second = len == 6 ? number_of(text + 4, 2) : 0;
    return DATE_OK;
}

static void found_year(DateReader *reader, int value, size_t len)
{
    reader->found = SEEN_YEAR;
    reader->year = value;
    reader->two_digit_year = len <= 2;
}

static void found_month(DateReader *reader, int value)
{
    reader->found = SEEN_MONTH;
    reader->month = value;
}

static void found_day(DateReader *reader, int value)
{
    reader->found = SEEN_DAY;
    reader->day = value;
}

/* Which part of the date a number is, by what is there already (DecodeNumber's switch). False when it can be none.
 */
static bool place_number(DateReader *reader, uint32_t seen, bool text_month, int value, size_t len)
{
    bool year_first = len >= 3 || reader->order == DATE_ORDER_YMD;
    switch (seen & SEEN_DATE) {
    case 0:
        if (year_first)
            found_year(reader, value, len);
        else if (reader->order == DATE_ORDER_DMY)
            found_day(reader, value);
        else
            found_month(reader, value);
        return true;
    case SEEN_YEAR:
    case SEEN_DAY:
        found_month(reader, value);
        return true;
    case SEEN_MONTH:
        if (text_month && year_first)
            found_year(reader, value, len);
        else
            found_day(reader, value);
        return true;
    case SEEN_YEAR | SEEN_MONTH:
        if (text_month && len >= 3 && reader->two_digit_year) {
            /* "05-jan-1999" was taken to begin with the year */
            found_day(reader, (int)reader->year);
            reader->year = value;
            reader->two_digit_year = false;
        } else {
            found_day(reader, value);
        }
        return true;
    case SEEN_MONTH | SEEN_DAY:
        found_year(reader, value, len);
        return true;
    default:
        return false;
    }
}

/* DecodeNumber: one number of a date, or a time run together once the date is there. */
static DateStatus read_number(DateReader *reader, const char *text, uint32_t seen, bool text_month)
{
    size_t len = strlen(text);
    int value;
    const char *end;
    reader->found = 0;
    if (!scan_int(text, &end, &value))
        return DATE_FIELD_OVERFLOW;
    if (end == text)
        return DATE_BAD_FORMAT;
    if (*end == '.') {
        if (end - text > 2)
            return read_run_together(reader, text, len, true);
        if (!read_usec(end, &reader->clock.usec))
            return DATE_BAD_FORMAT;
    } else if (*end) {
        return DATE_BAD_FORMAT;
    }
    if (len == 3 && (seen & SEEN_DATE) == SEEN_YEAR && value >= 1 && value <= 366) {
        reader->found = SEEN_DAY_OF_YEAR | SEEN_MONTH | SEEN_DAY;
        reader->day_of_year = value;
        return DATE_OK;
    }
    if ((seen & SEEN_DATE) == SEEN_DATE)
        return read_run_together(reader, text, len, true);
    return place_number(reader, seen, text_month, value, len) ? DATE_OK : DATE_BAD_FORMAT;
}

/* ---- Dates in one field ---- */

enum { DATE_PARTS_MAX = FIELDS_MAX };

/* Cuts a date into runs of digits and of letters; whatever character follows a run is dropped. */
static bool split_date(char *text, char **parts, size_t *n)
{
    for (*n = 0; *text && *n < DATE_PARTS_MAX; (*n)++) {
        while (*text && !char_is_alnum(*text))
            text++;
        if (!*text)
            return false;
        parts[*n] = text;
        bool (*same)(char) = char_is_digit(*text) ? char_is_digit : char_is_alpha;
        while (same(*text))
            text++;
        if (*text)
            *text++ = '\0';
    }
    return true;
}

/* DecodeDate: first the month if it is a word, then the numbers. */
static DateStatus read_date(DateReader *reader, const char *text)
{
    char copy[FIELDS_BUFFER];
    char *parts[DATE_PARTS_MAX];
    size_t n;
    memcpy(copy, text, strlen(text) + 1);
    if (!split_date(copy, parts, &n))
        return DATE_BAD_FORMAT;
    uint32_t seen = reader->seen, all = 0;
    bool text_month = false;
    for (size_t i = 0; i < n; i++) {
        if (!char_is_alpha(*parts[i]))
            continue;
        Word word = word_of_date(parts[i]);
        if (word.kind != WORD_MONTH || (seen & SEEN_MONTH))
            return DATE_BAD_FORMAT;
        reader->month = word.value;
        text_month = true;
        seen |= SEEN_MONTH;
        all |= SEEN_MONTH;
    }
    for (size_t i = 0; i < n; i++) {
        if (char_is_alpha(*parts[i]))
            continue;
        DateStatus status = read_number(reader, parts[i], seen, text_month);
        if (status != DATE_OK)
            return status;
        if (seen & reader->found)
            return DATE_BAD_FORMAT;
        seen |= reader->found;
        all |= reader->found;
    }
    reader->found = all;
    return (seen & ~(uint32_t)(SEEN_DAY_OF_YEAR | SEEN_ZONE)) == SEEN_DATE ? DATE_OK : DATE_BAD_FORMAT;
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
    status = read_run_together(reader, text, (size_t)(sign - text), have_date);
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
            return read_date(reader, text);
        return char_is_digit(*text) ? read_time_with_zone(reader, text, true) : read_zone_name(reader);
    }
    if (reader->prefix == UNIT_JULIAN)
        return read_julian_with_zone(reader, text);
    bool have_day = (reader->seen & (SEEN_MONTH | SEEN_DAY)) == (SEEN_MONTH | SEEN_DAY);
    if (reader->prefix == UNIT_NONE && !have_day)
        return read_date(reader, text);
    if (reader->prefix == UNIT_NONE && !char_is_digit(*text))
        return read_zone_name(reader);
    if (reader->prefix != UNIT_NONE && reader->prefix != UNIT_TIME)
        return DATE_BAD_FORMAT;
    reader->prefix = UNIT_NONE;
    return read_time_with_zone(reader, text, (reader->seen & SEEN_DATE) == SEEN_DATE);
}

/* Whether the time of day is more than 24:00:00 (time_overflows). */
static bool clock_overflows(const ClockTime *clock)
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
        found_month(reader, value);
    } else if (unit == UNIT_DAY) {
        found_day(reader, value);
    } else if (unit == UNIT_HOUR) {
        reader->clock.hour = value;
        reader->found = SEEN_HOUR;
    } else if (unit == UNIT_MINUTE) {
        reader->clock.minute = value;
        reader->found = SEEN_MINUTE;
    } else if (unit == UNIT_SECOND) {
        reader->clock.second = value;
        reader->found = *end == '.' ? SEEN_ALL_SECONDS : SEEN_SECOND;
        if (*end == '.' && !read_usec(end, &reader->clock.usec))
            return DATE_BAD_FORMAT;
    } else if (unit == UNIT_JULIAN) {
        if (value < 0)
            return DATE_FIELD_OVERFLOW;
        date_of_julian(reader, value);
        reader->found = SEEN_DATE;
        if (*end == '.')
            return read_julian_fraction(reader, end);
    } else if (unit == UNIT_TIME) {
        DateStatus status = read_run_together(reader, text, strlen(text), true);
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
            return read_date(reader, text);
        if (long_before_point || (!point && len > 4))
            return read_run_together(reader, text, len, true);
        return point ? DATE_BAD_FORMAT : read_number(reader, text, reader->seen | SEEN_DATE, false);
    }
    if (point && !(reader->seen & SEEN_DATE))
        return read_date(reader, text);
    if (long_before_point || (len >= 6 && (!(reader->seen & SEEN_DATE) || !(reader->seen & SEEN_TIME))))
        return read_run_together(reader, text, len, (reader->seen & SEEN_DATE) == SEEN_DATE);
    return read_number(reader, text, reader->seen, reader->text_month);
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
        found_day(reader, reader->month);
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

static DateStatus read_field(DateReader *reader, size_t i)
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

/* ---- The whole ---- */

/* ValidateDate's first half: the year as it counts, 1 BC being 0. */
static DateStatus settle_year(DateReader *reader)
{
    if (!(reader->seen & SEEN_YEAR) || reader->julian)
        return DATE_OK;
    if (reader->two_digit_year && !reader->bc) {
        if (reader->year < 0)
            return DATE_FIELD_OVERFLOW;
        if (reader->year < 100)
            reader->year += reader->year < 70 ? 2000 : 1900;
        return DATE_OK;
    }
    if (reader->year <= 0)
        return DATE_FIELD_OVERFLOW;
    if (reader->bc)
        reader->year = 1 - reader->year;
    return DATE_OK;
}

/* The server counts these days in 32 bits, from where its Julian days begin. */
static void settle_day_of_year(DateReader *reader)
{
    enum { JULIAN_ORIGIN = 32044 };
    int64_t days = days_of_date(reader->year, 1, 1) + reader->day_of_year - 1;
    uint32_t julian = (uint32_t)(days + JULIAN_OF_2000 + JULIAN_ORIGIN);
    date_of_days((int64_t)julian - JULIAN_ORIGIN - JULIAN_OF_2000, &reader->year, &reader->month, &reader->day);
}

/* ValidateDate */
static DateStatus validate_date(DateReader *reader)
{
    DateStatus status = settle_year(reader);
    if (status != DATE_OK)
        return status;
    if (reader->seen & SEEN_DAY_OF_YEAR)
        settle_day_of_year(reader);
    if ((reader->seen & SEEN_MONTH) && (reader->month < 1 || reader->month > 12))
        return DATE_ORDER_OVERFLOW;
    if ((reader->seen & SEEN_DAY) && (reader->day < 1 || reader->day > 31))
        return DATE_ORDER_OVERFLOW;
    if ((reader->seen & SEEN_DATE) == SEEN_DATE &&
        reader->day > month_days[is_leap(reader->year)][reader->month - 1])
        return DATE_FIELD_OVERFLOW;
    return DATE_OK;
}

/* What DecodeDateTime and DecodeTimeOnly ask once all fields are read. */
static DateStatus finish(DateReader *reader)
{
    DateStatus status = validate_date(reader);
    if (status != DATE_OK)
        return status;
    if (reader->meridian && reader->clock.hour > 12)
        return DATE_FIELD_OVERFLOW;
    if (reader->meridian && reader->clock.hour == 12)
        reader->clock.hour = 0;
    if (reader->meridian == 2)
        reader->clock.hour += 12;
    if (reader->time_only && clock_overflows(&reader->clock))
        return DATE_FIELD_OVERFLOW;
    uint32_t needed = reader->time_only ? SEEN_TIME : SEEN_DATE;
    if (reader->special == SPECIAL_NONE && (reader->seen & needed) != needed)
        return DATE_BAD_FORMAT;
    /* "DST" goes with the abbreviation of a standard time only. */
    bool fixed_zone = (reader->seen & SEEN_ZONE) && !reader->named_zone && !reader->dynamic_zone;
    if (reader->special == SPECIAL_NONE && (reader->seen & SEEN_DAYLIGHT_MODIFIER) && !fixed_zone)
        return DATE_BAD_FORMAT;
    /* The session's time zone is asked what it is on the date, if there is any. */
    uint32_t date = reader->seen & SEEN_DATE;
    if (reader->time_only && !(reader->seen & SEEN_ZONE) && date && date != SEEN_DATE)
        return DATE_BAD_FORMAT;
    return DATE_OK;
}

static DateStatus read_in_order(const FieldList *fields, DateOrder order, bool time_only, DateReader *reader)
{
    *reader = (DateReader){.fields = fields, .order = order, .time_only = time_only};
    for (size_t i = 0; i < fields->n; i++) {
        reader->found = 0;
        DateStatus status = read_field(reader, i);
        if (status != DATE_OK)
            return status;
        if (reader->seen & reader->found)
            return DATE_BAD_FORMAT;
        reader->seen |= reader->found;
    }
    return finish(reader);
}

static int64_t reader_days(const DateReader *reader)
{
    return days_of_date(reader->year, reader->month, reader->day);
}

/* In whichever order of day, month and year the text makes sense, first of all MDY; *spread is by how many days the
 * others may be off. */
static DateStatus read_fields(const char *text, size_t capacity, bool time_only, DateReader *reader,
                              int64_t *spread)
{
    FieldList fields;
    *spread = 0;
    if (!fields_split(text, capacity, &fields))
        return DATE_BAD_FORMAT;
    DateStatus first = read_in_order(&fields, DATE_ORDER_MDY, time_only, reader), status = first;
    for (int order = DATE_ORDER_DMY; order < DATE_ORDERS && !time_only; order++) {
        DateReader other;
        if (read_in_order(&fields, (DateOrder)order, time_only, &other) != DATE_OK)
            continue;
        if (status != DATE_OK)
            *reader = other;
        status = DATE_OK;
        int64_t apart = reader->special || other.special ? 0 : reader_days(reader) - reader_days(&other);
        if (apart < 0)
            apart = -apart;
        if (*spread < apart)
            *spread = apart;
    }
    return status == DATE_OK ? DATE_OK : first;
}

bool date_report(Literal *in, DateStatus status, const char *type_name)
{
    switch (status) {
    case DATE_FIELD_OVERFLOW:
    case DATE_ORDER_OVERFLOW:
        literal_fail(in, SQLSTATE_DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"%s\"", in->text);
        if (status == DATE_ORDER_OVERFLOW)
            in->error->hint = "Perhaps you need a different \"datestyle\" setting.";
        return false;
    case DATE_ZONE_OVERFLOW:
        return literal_fail(in, SQLSTATE_INVALID_TIME_ZONE_DISPLACEMENT,
                            "time zone displacement out of range: \"%s\"", in->text);
    case DATE_OK:
    case DATE_BAD_FORMAT:
        break;
    }
    return literal_fail(in, SQLSTATE_INVALID_DATETIME_FORMAT, "invalid input syntax for type %s: \"%s\"", type_name,
                        in->text);
}

/* ---- Input functions ---- */

/* MAXDATELEN + 1, and for timestamps MAXDATELEN + MAXDATEFIELDS */
enum { DATE_CAPACITY = 129, TIMESTAMP_CAPACITY = 153 };

/* IS_VALID_JULIAN */
static bool is_valid_julian(const DateReader *reader)
{
    return (reader->year > -4713 || (reader->year == -4713 && reader->month >= 11)) &&
           (reader->year < 5874898 || (reader->year == 5874898 && reader->month < 6));
}

/* -infinity, infinity and epoch; the latter is what is given. */
static bool order_special(Literal *in, DateSpecial special, int64_t epoch)
{
    int64_t value = special == SPECIAL_EARLY ? INT64_MIN : special == SPECIAL_LATE ? INT64_MAX : epoch;
    in->value = (LiteralValue){.order = ORDER_INTEGER, .integer = value};
    return true;
}

static void order_value(Literal *in, const DateReader *reader, int64_t value, int64_t slack)
{
    if (!reader->relative)
        in->value = (LiteralValue){.order = ORDER_INTEGER, .integer = value, .slack = slack};
}

bool input_date(Literal *in)
{
    DateReader reader;
    int64_t spread;
    DateStatus status = read_fields(in->text, DATE_CAPACITY, false, &reader, &spread);
    if (status != DATE_OK)
        return date_report(in, status, "date");
    if (reader.special != SPECIAL_NONE)
        return order_special(in, reader.special, days_of_date(1970, 1, 1));
    int64_t days = reader_days(&reader);
    if (days < -(int64_t)JULIAN_OF_2000 || days >= DATE_END_JULIAN - JULIAN_OF_2000)
        return literal_fail(in, SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range: \"%s\"", in->text);
    order_value(in, &reader, days, spread);
    return true;
}

static bool read_time(Literal *in, const char *type_name)
{
    DateReader reader;
    int64_t spread;
    DateStatus status = read_fields(in->text, DATE_CAPACITY, true, &reader, &spread);
    if (status != DATE_OK)
        return date_report(in, status, type_name);
    return true;
}

bool input_time(Literal *in)
{
    return read_time(in, "time");
}

bool input_timetz(Literal *in)
{
    return read_time(in, "time with time zone");
}

/* tm2timestamp: microseconds since 2000-01-01. False when they overflow. Minutes may be any number here ("mm99");
 * the server counts a day's seconds in 32 bits. */
static bool timestamp_of(const DateReader *reader, int64_t *usec)
{
    const ClockTime *clock = &reader->clock;
    int64_t days = reader_days(reader);
    int32_t seconds = (int32_t)(uint32_t)((clock->hour * 60 + clock->minute) * 60 + clock->second);
    int64_t time = seconds * INT64_C(1000000) + clock->usec;
    if (!is_valid_julian(reader) || __builtin_mul_overflow(days, INT64_C(86400000000), usec) ||
        __builtin_add_overflow(*usec, time, usec))
        return false;
    return !(*usec < 0 && days > 0) && !(*usec > 0 && days < -1);
}

static bool read_timestamp(Literal *in, bool with_zone, const char *type_name)
{
    /* from 4714-11-24 BC to before 294277-01-01 */
    const int64_t first = INT64_C(-211813488000000000), end = INT64_C(9223371331200000000);
    const int64_t day = INT64_C(86400000000);
    DateReader reader;
    int64_t spread;
    DateStatus status = read_fields(in->text, TIMESTAMP_CAPACITY, false, &reader, &spread);
    if (status != DATE_OK)
        return date_report(in, status, type_name);
    if (reader.special != SPECIAL_NONE)
        return order_special(in, reader.special, days_of_date(1970, 1, 1) * day);
    int64_t usec, slack = with_zone && !reader.zone_known ? day : 0;
    bool valid = timestamp_of(&reader, &usec);
    if (valid && with_zone && reader.zone_known)
        valid = !__builtin_sub_overflow(usec, reader.zone * INT64_C(1000000), &usec);
    if (!valid || usec < first - slack || (usec >= end && usec - end >= slack))
        return literal_fail(in, SQLSTATE_DATETIME_FIELD_OVERFLOW, "timestamp out of range: \"%s\"", in->text);
    order_value(in, &reader, usec, slack + spread * day);
    return true;
}

bool input_timestamp(Literal *in)
{
    return read_timestamp(in, false, "timestamp");
}

bool input_timestamptz(Literal *in)
{
    return read_timestamp(in, true, "timestamp with time zone");
}
