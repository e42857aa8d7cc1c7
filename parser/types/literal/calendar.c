/* The proleptic Gregorian calendar. */
#include "types/literal/datetime_reader.h"

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

/* Years begin in March here, so that the leap day is their last. */
int64_t calendar_days(int64_t year, int month, int day)
{
    enum { DAYS_TO_2000 = 730425 }; /* from the first of March of the year 0 */
    int64_t from_march = (month + 9) % 12;
    year -= month <= 2;
    return year * 365 + floor_divide(year, 4) - floor_divide(year, 100) + floor_divide(year, 400) +
           (from_march * 153 + 2) / 5 + day - 1 - DAYS_TO_2000;
}

void calendar_date(int64_t days, int64_t *year, int *month, int *day)
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

int calendar_month_days(int64_t year, int month)
{
    return month_days[is_leap(year)][month - 1];
}
