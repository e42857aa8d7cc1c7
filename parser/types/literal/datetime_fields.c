/* A text of dates and times cut into fields, and what is in a field on its own: ParseDateTime and the DecodeX
 * functions of PostgreSQL that need nothing but their field. */
#include "types/literal/datetime.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Fields ---- */

/* A field being copied. */
typedef struct Splitter {
    const char *at; /* in the text */
    char *out, *limit;
    bool full;
} Splitter;

static void take(Splitter *split)
{
    if (split->out + 1 >= split->limit)
        split->full = true;
    else
        *split->out++ = char_lower(*split->at++);
}

static void take_while(Splitter *split, bool (*test)(char))
{
    while (!split->full && test(*split->at))
        take(split);
}

static bool is_time_rest(char c)
{
    return char_is_digit(c) || c == ':' || c == '.';
}

static bool is_zone_rest(char c)
{
    return is_time_rest(c) || c == '-';
}

static bool is_word_date(char c)
{
    return char_is_alnum(c) || (c != '\0' && strchr("+-/_.:", c));
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !char_is_alnum(c);
}

/* A field that begins with a digit: a time, a date with two or three parts, or a number. */
static FieldKind split_digits(Splitter *split)
{
    take_while(split, char_is_digit);
    char delimiter = *split->at;
    if (delimiter == ':') {
        take(split);
        take_while(split, is_time_rest);
        return FIELD_TIME;
    }
    if (delimiter != '-' && delimiter != '/' && delimiter != '.')
        return FIELD_NUMBER;
    take(split);
    if (!char_is_digit(*split->at)) {
        while (!split->full && (char_is_alnum(*split->at) || *split->at == delimiter))
            take(split);
        return FIELD_DATE;
    }
    take_while(split, char_is_digit);
    if (*split->at != delimiter)
        return delimiter == '.' ? FIELD_NUMBER : FIELD_DATE;
    while (!split->full && (char_is_digit(*split->at) || *split->at == delimiter))
        take(split);
    return FIELD_DATE;
}

/* A word; with punctuation in it a date ("jan-5-1999") or the name of a time zone. A digit or + right behind it
 * does the same, unless it is a word of its own right ("t0405", "j2451187"). */
static FieldKind split_word(Splitter *split, const char *start)
{
    take_while(split, char_is_alpha);
    char next = *split->at;
    bool joined = next == '-' || next == '/' || next == '.';
    if (next == '+' || char_is_digit(next)) {
        *split->out = '\0';
        joined = word_of_date(start).kind == WORD_UNKNOWN;
    }
    if (!joined)
        return FIELD_STRING;
    take(split);
    take_while(split, is_word_date);
    return FIELD_DATE;
}

/* A sign: a number with it, or a word ("-infinity"). False when it is neither. */
static bool split_sign(Splitter *split, FieldKind *kind)
{
    take(split);
    split->at = skip_spaces(split->at);
    if (char_is_digit(*split->at)) {
        *kind = FIELD_ZONE;
        take_while(split, is_zone_rest);
        return true;
    }
    *kind = FIELD_SPECIAL;
    if (!char_is_alpha(*split->at))
        return false;
    take_while(split, char_is_alpha);
    return true;
}

bool fields_split(const char *text, size_t capacity, FieldList *fields)
{
    fields->n = 0;
    Splitter split = {.at = text, .out = fields->buffer, .limit = fields->buffer + capacity};
    while (*(split.at = skip_spaces(split.at))) {
        if (fields->n >= FIELDS_MAX)
            return false;
        char first = *split.at;
        char *start = split.out;
        FieldKind kind = FIELD_NUMBER;
        if (char_is_digit(first)) {
            kind = split_digits(&split);
        } else if (first == '.') {
            take(&split);
            take_while(&split, char_is_digit);
        } else if (char_is_alpha(first)) {
            kind = split_word(&split, start);
        } else if (first == '+' || first == '-') {
            if (!split_sign(&split, &kind))
                return false;
        } else if (is_punctuation(first)) {
            split.at++;
            continue;
        } else {
            return false;
        }
        if (split.full)
            return false;
        *split.out++ = '\0';
        fields->kinds[fields->n] = kind;
        fields->texts[fields->n++] = start;
    }
    return true;
}

/* ---- Parts of fields ---- */

bool fraction_read(const char *text, double *fraction)
{
    *fraction = 0;
    if (text[1] == '\0')
        return true;
    errno = 0;
    char *end;
    *fraction = strtod(text, &end);
    return *end == '\0' && errno == 0;
}

bool usec_read(const char *text, int64_t *usec)
{
    double fraction;
    if (!fraction_read(text, &fraction))
        return false;
    *usec = (int64_t)rint(fraction * 1e6);
    return true;
}

/* "m:s" and "m:s.f" as what their fields mean, after they were read as hours and minutes. */
static DateStatus shift_to_seconds(ClockTime *clock)
{
    if (clock->hour > INT_MAX || clock->hour < INT_MIN)
        return DATE_FIELD_OVERFLOW;
    clock->second = clock->minute;
    clock->minute = (int)clock->hour;
    clock->hour = 0;
    return DATE_OK;
}

static DateStatus clock_seconds(const char *at, bool minute_to_second, ClockTime *clock)
{
    if (*at == '\0')
        return minute_to_second ? shift_to_seconds(clock) : DATE_OK;
    if (*at == '.')
        return usec_read(at, &clock->usec) ? shift_to_seconds(clock) : DATE_BAD_FORMAT;
    if (*at != ':')
        return DATE_BAD_FORMAT;
    if (!scan_int(at + 1, &at, &clock->second))
        return DATE_FIELD_OVERFLOW;
    if (*at == '\0')
        return DATE_OK;
    return *at == '.' && usec_read(at, &clock->usec) ? DATE_OK : DATE_BAD_FORMAT;
}

DateStatus clock_read(const char *text, bool minute_to_second, ClockTime *clock)
{
    *clock = (ClockTime){0};
    errno = 0;
    char *end;
    clock->hour = strtoll(text, &end, 10);
    if (errno == ERANGE)
        return DATE_FIELD_OVERFLOW;
    if (*end != ':')
        return DATE_BAD_FORMAT;
    const char *at;
    if (!scan_int(end + 1, &at, &clock->minute))
        return DATE_FIELD_OVERFLOW;
    DateStatus status = clock_seconds(at, minute_to_second, clock);
    if (status != DATE_OK)
        return status;
    if (clock->hour < 0 || clock->minute < 0 || clock->minute > 59 || clock->second < 0 || clock->second > 60 ||
        clock->usec < 0 || clock->usec > 1000000)
        return DATE_FIELD_OVERFLOW;
    return DATE_OK;
}

DateStatus zone_read(const char *text, int *seconds)
{
    enum { HOUR_MAX = 15 };
    if (*text != '+' && *text != '-')
        return DATE_BAD_FORMAT;
    int hour, minute = 0, second = 0;
    const char *at;
    if (!scan_int(text + 1, &at, &hour))
        return DATE_ZONE_OVERFLOW;
    if (*at == ':') {
        if (!scan_int(at + 1, &at, &minute))
            return DATE_ZONE_OVERFLOW;
        if (*at == ':' && !scan_int(at + 1, &at, &second))
            return DATE_ZONE_OVERFLOW;
    } else if (*at == '\0' && strlen(text) > 3) {
        minute = hour % 100;
        hour = hour / 100;
    }
    if (hour < 0 || hour > HOUR_MAX || minute < 0 || minute > 59 || second < 0 || second > 59)
        return DATE_ZONE_OVERFLOW;
    if (*at)
        return DATE_BAD_FORMAT;
    *seconds = (hour * 60 + minute) * 60 + second;
    if (*text == '-')
        *seconds = -*seconds;
    return DATE_OK;
}
