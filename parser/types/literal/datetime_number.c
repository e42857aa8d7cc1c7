/* Numbers of dates: which part of a date each is follows from what is there already and from the order of day,
 * month and year (DecodeNumber, DecodeNumberField and DecodeDate of datetime.c of PostgreSQL). */
#include "types/literal/datetime_reader.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The number that some digits are, wrapped as atoi does. */
static int number_of(const char *digits, size_t n)
{
    char copy[FIELDS_BUFFER];
    memcpy(copy, digits, n);
    copy[n] = '\0';
    return (int)strtol(copy, NULL, 10);
}

DateStatus reader_run_together(DateReader *reader, const char *text, size_t len, bool have_date)
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
            reader_found_day(reader, value);
        else
            reader_found_month(reader, value);
        return true;
    case SEEN_YEAR:
    case SEEN_DAY:
        reader_found_month(reader, value);
        return true;
    case SEEN_MONTH:
        if (text_month && year_first)
            found_year(reader, value, len);
        else
            reader_found_day(reader, value);
        return true;
    case SEEN_YEAR | SEEN_MONTH:
        if (text_month && len >= 3 && reader->two_digit_year) {
            /* "05-jan-1999" was taken to begin with the year */
            reader_found_day(reader, (int)reader->year);
            reader->year = value;
            reader->two_digit_year = false;
        } else {
            reader_found_day(reader, value);
        }
        return true;
    case SEEN_MONTH | SEEN_DAY:
        found_year(reader, value, len);
        return true;
    default:
        return false;
    }
}

DateStatus reader_number(DateReader *reader, const char *text, uint32_t seen, bool text_month)
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
            return reader_run_together(reader, text, len, true);
        if (!usec_read(end, &reader->clock.usec))
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
        return reader_run_together(reader, text, len, true);
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

/* First the month if it is a word, then the numbers. */
DateStatus reader_date(DateReader *reader, const char *text)
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
        DateStatus status = reader_number(reader, parts[i], seen, text_month);
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
