/* A date or time being read, for the files that read its parts: calendar.c, datetime_number.c, datetime_read.c,
 * datetime.c. */
#ifndef QUERC_TYPES_LITERAL_DATETIME_READER_H
#define QUERC_TYPES_LITERAL_DATETIME_READER_H

#include "types/literal/datetime.h"

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

/* calendar.c: days since 2000-01-01 in the proleptic Gregorian calendar, the year 0 being 1 BC. */
enum {
    JULIAN_OF_2000 = 2451545,
    DATE_END_JULIAN = 2147483494 /* 5874898-01-01, the first day that is no date */
};
int64_t calendar_days(int64_t year, int month, int day);
void calendar_date(int64_t days, int64_t *year, int *month, int *day);
int calendar_month_days(int64_t year, int month);

static inline void reader_found_month(DateReader *reader, int value)
{
    reader->found = SEEN_MONTH;
    reader->month = value;
}

static inline void reader_found_day(DateReader *reader, int value)
{
    reader->found = SEEN_DAY;
    reader->day = value;
}

/* datetime_number.c: numbers of a date. Each sets what it found. */
/* DecodeNumberField: digits run together, a date (yymmdd, yyyymmdd) or a time (hhmm, hhmmss). */
DateStatus reader_run_together(DateReader *reader, const char *text, size_t len, bool have_date);
/* DecodeNumber: one number of a date, or a time run together once the date is there; seen is what there is, and
 * text_month whether the month among it was a word. */
DateStatus reader_number(DateReader *reader, const char *text, uint32_t seen, bool text_month);
/* DecodeDate: a date in one field. */
DateStatus reader_date(DateReader *reader, const char *text);

/* datetime_read.c: the field of that number, and what it found. */
DateStatus reader_field(DateReader *reader, size_t i);
/* time_overflows: whether a time of day is more than 24:00:00. */
bool clock_overflows(const ClockTime *clock);

#endif
