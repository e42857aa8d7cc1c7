/* Dates, times and intervals: what their readers share (datetime.c of PostgreSQL; documentation, appendix B). */
#ifndef QUERC_TYPES_LITERAL_DATETIME_H
#define QUERC_TYPES_LITERAL_DATETIME_H

#include "types/literal/check.h"

/* How reading ends (DTERR_*). */
typedef enum DateStatus {
    DATE_OK,
    DATE_BAD_FORMAT,
    DATE_FIELD_OVERFLOW,
    DATE_ORDER_OVERFLOW, /* a month or day that another order of the fields might make good */
    DATE_ZONE_OVERFLOW
} DateStatus;

/* Reports a status other than DATE_OK (DateTimeParseError). */
bool date_report(Literal *in, DateStatus status, const char *type_name);

/* ---- Fields: datetime_fields.c ---- */

typedef enum FieldKind {
    FIELD_NUMBER,
    FIELD_STRING,
    FIELD_DATE, /* digits and letters with separators: a date, or the name of a time zone */
    FIELD_TIME, /* with a colon */
    FIELD_ZONE, /* signed number */
    FIELD_SPECIAL
} FieldKind;

enum { FIELDS_MAX = 25, FIELDS_BUFFER = 256 };

typedef struct FieldList {
    size_t n;
    FieldKind kinds[FIELDS_MAX];
    const char *texts[FIELDS_MAX]; /* in lower case */
    char buffer[FIELDS_BUFFER];
} FieldList;

/* ParseDateTime: cuts a text into fields; false when there are too many, they need more than capacity bytes, or a
 * character belongs to none. */
bool fields_split(const char *text, size_t capacity, FieldList *fields);

/* What has been found so far: the parts of a date that were named. */
enum {
    SEEN_YEAR = 1 << 0,
    SEEN_MONTH = 1 << 1,
    SEEN_DAY = 1 << 2,
    SEEN_DATE = SEEN_YEAR | SEEN_MONTH | SEEN_DAY,
    SEEN_HOUR = 1 << 3,
    SEEN_MINUTE = 1 << 4,
    SEEN_SECOND = 1 << 5,
    SEEN_MILLISECOND = 1 << 6,
    SEEN_MICROSECOND = 1 << 7,
    SEEN_ALL_SECONDS = SEEN_SECOND | SEEN_MILLISECOND | SEEN_MICROSECOND,
    SEEN_TIME = SEEN_HOUR | SEEN_MINUTE | SEEN_ALL_SECONDS,
    SEEN_DAY_OF_YEAR = 1 << 8,
    SEEN_WEEKDAY = 1 << 9,
    SEEN_MERIDIAN = 1 << 10,
    SEEN_ERA = 1 << 11,
    SEEN_ZONE = 1 << 12,
    SEEN_DAYLIGHT_ZONE = 1 << 13,
    SEEN_DYNAMIC_ZONE = 1 << 14,
    SEEN_DAYLIGHT_MODIFIER = 1 << 15,
    SEEN_WEEK = 1 << 16,
    SEEN_DECADE = 1 << 17,
    SEEN_CENTURY = 1 << 18,
    SEEN_MILLENNIUM = 1 << 19,
    SEEN_SPECIAL = 1 << 20
};

/* A time of day as written: hours may be many in an interval. */
typedef struct ClockTime {
    int64_t hour;
    int minute, second;
    int64_t usec; /* below the second */
} ClockTime;

/* DecodeTimeCommon: "h:m", "h:m:s", "m:s.fraction"; minute_to_second reads "m:s" instead of "h:m". */
DateStatus clock_read(const char *text, bool minute_to_second, ClockTime *clock);
/* ParseFraction: ".digits", "." alone being zero; nothing may follow. */
bool fraction_read(const char *text, double *fraction);
/* ParseFractionalSecond: the same in microseconds of a second. */
bool usec_read(const char *text, int64_t *usec);
/* DecodeTimezone: "+hh", "+hhmm", "+hh:mm", "+hh:mm:ss"; seconds east of Greenwich. */
DateStatus zone_read(const char *text, int *seconds);

/* ---- Words: datetime_words.c ---- */

typedef enum WordKind {
    WORD_UNKNOWN,
    WORD_IGNORED,
    WORD_RESERVED, /* value: a DateSpecial */
    WORD_MONTH,    /* value: from 1 */
    WORD_WEEKDAY,
    WORD_UNIT,     /* value: a DateUnit */
    WORD_MERIDIAN, /* value: 1 for pm */
    WORD_ERA,      /* value: 1 for BC */
    WORD_ISO_TIME, /* the T of ISO 8601 */
    WORD_AGO,
    WORD_DAYLIGHT_MODIFIER,
    WORD_ZONE, /* abbreviation of a time zone; value: 1 for Greenwich's */
    WORD_DAYLIGHT_ZONE,
    WORD_DYNAMIC_ZONE, /* an abbreviation whose meaning changed over time */
    WORD_NAMED_ZONE    /* the name of a time zone, in letters alone */
} WordKind;

typedef enum DateSpecial {
    SPECIAL_NONE,
    SPECIAL_EARLY,
    SPECIAL_LATE,
    SPECIAL_EPOCH,
    SPECIAL_NOW,
    SPECIAL_DAY, /* today, yesterday, tomorrow */
    SPECIAL_MIDNIGHT
} DateSpecial;

typedef enum DateUnit {
    UNIT_NONE,
    UNIT_MICROSECOND,
    UNIT_MILLISECOND,
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY,
    UNIT_MILLENNIUM,
    UNIT_JULIAN,
    UNIT_TIME, /* after an ISO 8601 T */
    UNIT_OTHER /* a unit that input does not take */
} DateUnit;

typedef struct Word {
    WordKind kind;
    int value;
} Word;

/* A word within dates and times. Only its first ten letters count. */
Word word_of_date(const char *text);
/* A unit, or "ago", within intervals. */
Word word_of_interval(const char *text);
/* A time zone: its abbreviation, else its name. */
Word word_of_zone(const char *text);
Word word_of_zone_name(const char *text);

#endif
