/* The parts of an interval, for the files that read its forms. */
#ifndef QUERC_TYPES_LITERAL_INTERVAL_H
#define QUERC_TYPES_LITERAL_INTERVAL_H

#include "types/literal/datetime.h"

typedef struct Interval {
    int32_t years, months, days;
    int64_t usec;
} Interval;

#define USEC_PER_SECOND INT64_C(1000000)
#define USEC_PER_MINUTE (60 * USEC_PER_SECOND)
#define USEC_PER_HOUR (60 * USEC_PER_MINUTE)
#define USEC_PER_DAY (24 * USEC_PER_HOUR)

/* Add an amount of whole units and a fraction of one; false when the sum overflows. usec and fraction_usec take the
 * unit in microseconds, years the unit in years. */
bool interval_add_usec(Interval *sum, int64_t value, double fraction, int64_t scale);
bool interval_add_fraction_usec(Interval *sum, double fraction, int64_t scale);
bool interval_add_days(Interval *sum, int64_t value, double fraction);
bool interval_add_weeks(Interval *sum, int64_t value, double fraction);
bool interval_add_months(Interval *sum, int64_t value, double fraction);
bool interval_add_years(Interval *sum, int64_t value, double fraction, int32_t scale);

/* interval_iso.c: ISO 8601's form, "P…" (DecodeISO8601Interval). */
DateStatus interval_read_iso(const char *text, Interval *sum);

#endif
