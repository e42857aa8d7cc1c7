/*
 * Dates and times on the wire: PostgreSQL's counts since 2000-01-01 in binary; in text, DateStyle ISO and
 * IntervalStyle postgres, which a session has unless someone chose otherwise.
 */
#include "querc_private.h"

static bool bad_text(Reader *reader, const char *data)
{
    return qrt_bad_value(reader, "\"%.40s\" (DateStyle has to be ISO, IntervalStyle postgres)", data);
}

bool qrt_date_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int4_from_binary(reader, type, data, len, value);
}

bool qrt_date_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_date_parse(data, len, value) || bad_text(reader, data);
}

bool qrt_date_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int4_to_binary(writer, type, value);
}

bool qrt_time_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int8_from_binary(reader, type, data, len, value);
}

bool qrt_time_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_time_parse(data, len, value) || bad_text(reader, data);
}

bool qrt_time_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int8_to_binary(writer, type, value);
}

/* The zone on the wire is in seconds west. */
bool qrt_timetz_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_timetz *timetz = value;
    (void)type;
    if (len != 12)
        return qrt_bad_length(reader, 12, len);
    int64_t west = (int32_t)qrt_get_4(data + 8);
    if (west < -86400 || west > 86400)
        return qrt_bad_value(reader, "a time zone %lld seconds from UTC", (long long)west);
    timetz->usec = (int64_t)qrt_get_8(data);
    timetz->utc_offset = (int32_t)-west;
    return true;
}

bool qrt_timetz_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_timetz_parse(data, len, value) || bad_text(reader, data);
}

bool qrt_timetz_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_timetz *timetz = value;
    (void)type;
    return qrt_write_8(writer, (uint64_t)timetz->usec) &&
           qrt_write_4(writer, (uint32_t)0 - (uint32_t)timetz->utc_offset);
}

bool qrt_timestamp_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int8_from_binary(reader, type, data, len, value);
}

bool qrt_timestamp_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_timestamp_parse(data, len, value) || bad_text(reader, data);
}

bool qrt_timestamp_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int8_to_binary(writer, type, value);
}

bool qrt_timestamptz_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_int8_from_binary(reader, type, data, len, value);
}

bool qrt_timestamptz_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_timestamptz_parse(data, len, value) || bad_text(reader, data);
}

bool qrt_timestamptz_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    return qrt_int8_to_binary(writer, type, value);
}

bool qrt_interval_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_interval *interval = value;
    (void)type;
    if (len != 16)
        return qrt_bad_length(reader, 16, len);
    interval->usec = (int64_t)qrt_get_8(data);
    interval->days = (int32_t)qrt_get_4(data + 8);
    interval->months = (int32_t)qrt_get_4(data + 12);
    return true;
}

bool qrt_interval_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_interval_parse(data, len, value) || bad_text(reader, data);
}

bool qrt_interval_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_interval *interval = value;
    (void)type;
    return qrt_write_8(writer, (uint64_t)interval->usec) && qrt_write_4(writer, (uint32_t)interval->days) &&
           qrt_write_4(writer, (uint32_t)interval->months);
}
