/*
 * querc_convert.h - part of querc.h: conversions between values, text, and what C has for them.
 */
#ifndef QUERC_CONVERT_H
#define QUERC_CONVERT_H

#include "querc_values.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Conversions
 *
 * ..._to_text writes at most size bytes, the ending NUL included, and returns the length of the whole text as
 * snprintf does. The text is PostgreSQL's own (ISO dates, "postgres" intervals). ..._from_text reads that form and
 * returns whether the whole text is one; *value is only changed if so. None of them knows about locales.
 * --------------------------------------------------------------------------------------------------------- */

/** A point in time in the proleptic Gregorian calendar. Year 0 is 1 BC. */
typedef struct querc_datetime {
    int32_t year;
    int32_t month; /**< 1 to 12 */
    int32_t day;   /**< 1 to 31 */
    int32_t hour;
    int32_t minute;
    int32_t second;
    int32_t usec;
} querc_datetime;

/** false, with nothing changed, for an infinity. */
QUERC_API bool querc_date_to_ymd(querc_date date, int *year, int *month, int *day);
/** false if there is no such day, or if it is outside PostgreSQL's range. */
QUERC_API bool querc_date_from_ymd(int year, int month, int day, querc_date *date);
QUERC_API bool querc_timestamp_to_datetime(querc_timestamp timestamp, querc_datetime *datetime);
QUERC_API bool querc_timestamp_from_datetime(const querc_datetime *datetime, querc_timestamp *timestamp);
/** In UTC. */
QUERC_API bool querc_timestamptz_to_datetime(querc_timestamptz timestamp, querc_datetime *datetime);
QUERC_API bool querc_timestamptz_from_datetime(const querc_datetime *datetime, querc_timestamptz *timestamp);
/** Unix time. false for an infinity or what time_t can't hold. */
QUERC_API bool querc_timestamptz_to_timespec(querc_timestamptz timestamp, struct timespec *time);
/** Rounded down to a microsecond. false if outside PostgreSQL's range or time->tv_nsec is not valid. */
QUERC_API bool querc_timestamptz_from_timespec(const struct timespec *time, querc_timestamptz *timestamp);
/** Seconds since 1970-01-01 00:00:00 UTC, with less than a microsecond's precision far from there. */
QUERC_API double querc_timestamptz_to_unix(querc_timestamptz timestamp);

QUERC_API size_t querc_date_to_text(querc_date value, char *text, size_t size);
QUERC_API bool querc_date_from_text(const char *text, querc_date *value);
QUERC_API size_t querc_time_to_text(querc_time value, char *text, size_t size);
QUERC_API bool querc_time_from_text(const char *text, querc_time *value);
QUERC_API size_t querc_timetz_to_text(querc_timetz value, char *text, size_t size);
QUERC_API bool querc_timetz_from_text(const char *text, querc_timetz *value);
QUERC_API size_t querc_timestamp_to_text(querc_timestamp value, char *text, size_t size);
QUERC_API bool querc_timestamp_from_text(const char *text, querc_timestamp *value);
/** Written in UTC ("+00"); read with any offset. */
QUERC_API size_t querc_timestamptz_to_text(querc_timestamptz value, char *text, size_t size);
QUERC_API bool querc_timestamptz_from_text(const char *text, querc_timestamptz *value);
QUERC_API size_t querc_interval_to_text(querc_interval value, char *text, size_t size);
QUERC_API bool querc_interval_from_text(const char *text, querc_interval *value);

QUERC_API size_t querc_uuid_to_text(querc_uuid value, char *text, size_t size);
QUERC_API bool querc_uuid_from_text(const char *text, querc_uuid *value);
QUERC_API size_t querc_inet_to_text(querc_inet value, char *text, size_t size);
/** is_cidr is taken from *value as it was: set it before. */
QUERC_API bool querc_inet_from_text(const char *text, querc_inet *value);
QUERC_API size_t querc_macaddr_to_text(querc_macaddr value, char *text, size_t size);
QUERC_API bool querc_macaddr_from_text(const char *text, querc_macaddr *value);
QUERC_API size_t querc_macaddr8_to_text(querc_macaddr8 value, char *text, size_t size);
QUERC_API bool querc_macaddr8_from_text(const char *text, querc_macaddr8 *value);

/** How many base-10000 digits a numeric written in text_length characters can have. */
#define QUERC_NUMERIC_DIGITS(text_length) ((text_length) / 4 + 2)

/** An integer has at most this many digits; so many have to be at hand for querc_numeric_from_int8. */
#define QUERC_NUMERIC_INT8_DIGITS 5
/** The same for querc_numeric_from_double. */
#define QUERC_NUMERIC_DOUBLE_DIGITS 8

QUERC_API size_t querc_numeric_to_text(querc_numeric value, char *text, size_t size);
/** digits, room for capacity of them, stay the caller's and have to live as long as *value. false also if there is
 *  not enough room: QUERC_NUMERIC_DIGITS(strlen(text)) always is. */
QUERC_API bool querc_numeric_from_text(const char *text, querc_numeric *value, uint16_t *digits, size_t capacity);
/** The nearest double; an infinity beyond its range. */
QUERC_API double querc_numeric_to_double(querc_numeric value);
/** The shortest decimal that reads back as number. */
QUERC_API querc_numeric querc_numeric_from_double(double number, uint16_t digits[QUERC_NUMERIC_DOUBLE_DIGITS]);
/** false if value is not a whole number or does not fit. */
QUERC_API bool querc_numeric_to_int8(querc_numeric value, int64_t *number);
QUERC_API querc_numeric querc_numeric_from_int8(int64_t number, uint16_t digits[QUERC_NUMERIC_INT8_DIGITS]);

#ifdef __cplusplus
}
#endif

#endif
