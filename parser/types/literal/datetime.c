/* date, time, timetz, timestamp and timestamptz (datetime.c, date.c, timestamp.c): fields put together.
 *
 * The order of day, month and year is DateStyle's to decide, so a text is read in each of the three orders and is
 * wrong only if it is in all of them. Which instants a time zone's name or the session's zone give is not known:
 * such values are known to a day. */
#include "types/literal/datetime_reader.h"

/* ---- Fields put together ---- */

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
    int64_t days = calendar_days(reader->year, 1, 1) + reader->day_of_year - 1;
    uint32_t julian = (uint32_t)(days + JULIAN_OF_2000 + JULIAN_ORIGIN);
    calendar_date((int64_t)julian - JULIAN_ORIGIN - JULIAN_OF_2000, &reader->year, &reader->month, &reader->day);
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
    if ((reader->seen & SEEN_DATE) == SEEN_DATE && reader->day > calendar_month_days(reader->year, reader->month))
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
        DateStatus status = reader_field(reader, i);
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
    return calendar_days(reader->year, reader->month, reader->day);
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
        return order_special(in, reader.special, calendar_days(1970, 1, 1));
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
        return order_special(in, reader.special, calendar_days(1970, 1, 1) * day);
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
