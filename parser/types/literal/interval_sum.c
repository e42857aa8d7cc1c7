/* Amounts of time added up as an interval keeps them: years, months, days, microseconds. What a fraction of a unit
 * leaves over goes to the smaller ones (AdjustFractDays and its kin in datetime.c of PostgreSQL). */
#include "types/literal/interval.h"

#include <limits.h>
#include <math.h>

bool interval_add_fraction_usec(Interval *sum, double fraction, int64_t scale)
{
    if (fraction == 0)
        return true;
    fraction *= (double)scale;
    int64_t usec = (int64_t)fraction;
    fraction -= (double)usec;
    if (fraction > 0.5)
        usec++;
    else if (fraction < -0.5)
        usec--;
    return !__builtin_add_overflow(sum->usec, usec, &sum->usec);
}

bool interval_add_usec(Interval *sum, int64_t value, double fraction, int64_t scale)
{
    int64_t usec;
    return !__builtin_mul_overflow(value, scale, &usec) && !__builtin_add_overflow(sum->usec, usec, &sum->usec) &&
           interval_add_fraction_usec(sum, fraction, scale);
}

static bool add_count(int32_t *sum, int64_t value, int32_t scale)
{
    int32_t scaled;
    return value >= INT_MIN && value <= INT_MAX && !__builtin_mul_overflow((int32_t)value, scale, &scaled) &&
           !__builtin_add_overflow(*sum, scaled, sum);
}

static bool add_fraction_days(Interval *sum, double fraction, int scale)
{
    if (fraction == 0)
        return true;
    fraction *= scale;
    int days = (int)fraction;
    return !__builtin_add_overflow(sum->days, days, &sum->days) &&
           interval_add_fraction_usec(sum, fraction - days, USEC_PER_DAY);
}

bool interval_add_years(Interval *sum, int64_t value, double fraction, int32_t scale)
{
    int months = (int)rint(fraction * scale * 12);
    return add_count(&sum->years, value, scale) && !__builtin_add_overflow(sum->months, months, &sum->months);
}

bool interval_add_months(Interval *sum, int64_t value, double fraction)
{
    return add_count(&sum->months, value, 1) && add_fraction_days(sum, fraction, 30);
}

bool interval_add_days(Interval *sum, int64_t value, double fraction)
{
    return add_count(&sum->days, value, 1) && interval_add_fraction_usec(sum, fraction, USEC_PER_DAY);
}

bool interval_add_weeks(Interval *sum, int64_t value, double fraction)
{
    return add_count(&sum->days, value, 7) && add_fraction_days(sum, fraction, 7);
}
