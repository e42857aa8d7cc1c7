/* The conversions of querc.h: no server, no connection. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "querc.h"

START_TEST(calendar_round_trips)
{
    /* Every day of four centuries and more before, around and at the two ends of the range follows the one before.
     */
    static const int starts[] = {-2451545, -200000, -1000, 2145031948 - 150000};
    for (size_t s = 0; s < sizeof starts / sizeof starts[0]; s++) {
        int py = 0, pm = 0, pd = 0;
        for (int days = starts[s]; days < starts[s] + 150000; days++) {
            int y, m, d;
            querc_date date = {days};
            querc_date back;
            /* One assertion a day at most: check writes each to a pipe. */
            bool right =
                querc_date_to_ymd(date, &y, &m, &d) && querc_date_from_ymd(y, m, d, &back) && back.days == days;
            bool follows = days == starts[s] || (y == py && m == pm && d == pd + 1) ||
                           (y == py && m == pm + 1 && d == 1) || (y == py + 1 && m == 1 && d == 1);
            if (!right || !follows)
                ck_abort_msg("day %d: %d-%d-%d", days, y, m, d);
            py = y;
            pm = m;
            pd = d;
        }
    }
}
END_TEST

START_TEST(calendar_known_days)
{
    static const struct {
        int year, month, day, days;
    } known[] = {{2000, 1, 1, 0},      {2000, 2, 29, 59},         {2000, 3, 1, 60},
                 {1970, 1, 1, -10957}, {1999, 12, 31, -1},        {2024, 2, 29, 8825},
                 {1900, 3, 1, -36465}, {-4713, 11, 24, -2451545}, {5874897, 12, 31, 2145031948}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        querc_date date;
        ck_assert(querc_date_from_ymd(known[i].year, known[i].month, known[i].day, &date));
        ck_assert_int_eq(date.days, known[i].days);
    }
    querc_date date;
    ck_assert(!querc_date_from_ymd(2023, 2, 29, &date));
    ck_assert(!querc_date_from_ymd(1900, 2, 29, &date));
    ck_assert(!querc_date_from_ymd(2000, 13, 1, &date));
    ck_assert(!querc_date_from_ymd(2000, 0, 1, &date));
    ck_assert(!querc_date_from_ymd(2000, 4, 31, &date));
    ck_assert(!querc_date_from_ymd(-4713, 11, 23, &date));
    ck_assert(!querc_date_from_ymd(5874898, 1, 1, &date));
    ck_assert(!querc_date_to_ymd((querc_date){QUERC_DATE_INFINITY}, &(int){0}, &(int){0}, &(int){0}));
}
END_TEST

/* Text that has to read back as itself. */
#define CHECK_TEXT(TYPE, TEXT)                                                                                     \
    do {                                                                                                           \
        querc_##TYPE value_;                                                                                       \
        char out_[128];                                                                                            \
        memset(&value_, 0, sizeof value_);                                                                         \
        ck_assert_msg(querc_##TYPE##_from_text((TEXT), &value_), "%s", (TEXT));                                    \
        ck_assert_uint_eq(querc_##TYPE##_to_text(value_, out_, sizeof out_), strlen(TEXT));                        \
        ck_assert_str_eq(out_, (TEXT));                                                                            \
    } while (0)

#define REFUSE_TEXT(TYPE, TEXT)                                                                                    \
    do {                                                                                                           \
        querc_##TYPE value_;                                                                                       \
        memset(&value_, 0, sizeof value_);                                                                         \
        ck_assert_msg(!querc_##TYPE##_from_text((TEXT), &value_), "%s", (TEXT));                                   \
    } while (0)

START_TEST(dates_and_times_as_text)
{
    CHECK_TEXT(date, "2024-02-29");
    CHECK_TEXT(date, "0001-01-01");
    CHECK_TEXT(date, "0044-03-15 BC");
    CHECK_TEXT(date, "4714-11-24 BC");
    CHECK_TEXT(date, "5874897-12-31");
    CHECK_TEXT(date, "infinity");
    CHECK_TEXT(date, "-infinity");
    CHECK_TEXT(time, "00:00:00");
    CHECK_TEXT(time, "24:00:00");
    CHECK_TEXT(time, "23:59:59.999999");
    CHECK_TEXT(time, "12:00:00.5");
    CHECK_TEXT(timetz, "12:34:56.789-05:30");
    CHECK_TEXT(timetz, "00:00:00+15:59:59");
    CHECK_TEXT(timestamp, "2024-02-29 12:34:56.000001");
    CHECK_TEXT(timestamp, "4714-11-24 00:00:00 BC");
    CHECK_TEXT(timestamp, "294276-12-31 23:59:59.999999");
    CHECK_TEXT(timestamp, "infinity");
    CHECK_TEXT(timestamptz, "1999-12-31 23:59:59.5+00");
    CHECK_TEXT(timestamptz, "0001-01-01 00:00:00+00 BC");
    CHECK_TEXT(timestamptz, "-infinity");

    querc_timestamptz instant;
    ck_assert(querc_timestamptz_from_text("2000-01-01 01:30:00+01:30", &instant));
    ck_assert_int_eq(instant.usec, 0);

    REFUSE_TEXT(date, "");
    REFUSE_TEXT(date, "2024-02-30");
    REFUSE_TEXT(date, "2024-02-29x");
    REFUSE_TEXT(date, "02/29/2024");
    REFUSE_TEXT(date, "0000-01-01");
    REFUSE_TEXT(date, "9999999-01-01");
    REFUSE_TEXT(time, "24:00:01");
    REFUSE_TEXT(time, "12:60:00");
    REFUSE_TEXT(time, "12:00:00.");
    REFUSE_TEXT(time, "12:00:00.1234567");
    REFUSE_TEXT(timetz, "12:00:00");
    REFUSE_TEXT(timetz, "12:00:00+16");
    REFUSE_TEXT(timestamp, "2024-02-29 12:34:56+00");
    REFUSE_TEXT(timestamp, "294277-01-01 00:00:00");
    REFUSE_TEXT(timestamptz, "2024-02-29 12:34:56");
}
END_TEST

START_TEST(intervals_as_text)
{
    CHECK_TEXT(interval, "00:00:00");
    CHECK_TEXT(interval, "1 year 2 mons 3 days 04:05:06.789");
    CHECK_TEXT(interval, "-1 years -2 mons +3 days -04:05:06.789");
    CHECK_TEXT(interval, "-1 mons +00:00:01");
    CHECK_TEXT(interval, "-1 days +02:00:00");
    CHECK_TEXT(interval, "1 day -00:00:00.000001");
    CHECK_TEXT(interval, "2562047788:00:54.775807");
    CHECK_TEXT(interval, "-2562047788:00:54.775808");
    CHECK_TEXT(interval, "178956970 years 7 mons");
    CHECK_TEXT(interval, "-178956970 years -8 mons");
    CHECK_TEXT(interval, "infinity");
    CHECK_TEXT(interval, "-infinity");
    REFUSE_TEXT(interval, "");
    REFUSE_TEXT(interval, "1");
    REFUSE_TEXT(interval, "1 fortnight");
    REFUSE_TEXT(interval, "1 day 2");
    REFUSE_TEXT(interval, "00:00");
    REFUSE_TEXT(interval, "00:00:00 1 day");
    REFUSE_TEXT(interval, "2562047788:00:54.775808");
    REFUSE_TEXT(interval, "P1Y");
    REFUSE_TEXT(interval, "178956970 years 8 mons");
}
END_TEST

START_TEST(timestamps_as_unix_time)
{
    querc_timestamptz instant;
    struct timespec time = {0, 0};
    ck_assert(querc_timestamptz_from_timespec(&time, &instant));
    ck_assert_int_eq(instant.usec, INT64_C(-946684800000000));
    time.tv_sec = -1;
    time.tv_nsec = 999999999;
    ck_assert(querc_timestamptz_from_timespec(&time, &instant));
    ck_assert_int_eq(instant.usec, INT64_C(-946684800000001));
    ck_assert(querc_timestamptz_to_timespec(instant, &time));
    ck_assert_int_eq(time.tv_sec, -1);
    ck_assert_int_eq(time.tv_nsec, 999999000);
    ck_assert(querc_timestamptz_to_unix((querc_timestamptz){0}) == 946684800.0);
    time.tv_nsec = -1;
    ck_assert(!querc_timestamptz_from_timespec(&time, &instant));
    time.tv_nsec = 1000000000;
    ck_assert(!querc_timestamptz_from_timespec(&time, &instant));
    time.tv_nsec = 0;
    time.tv_sec = (time_t)INT64_MAX;
    ck_assert(!querc_timestamptz_from_timespec(&time, &instant));
    time.tv_sec = (time_t)INT64_MIN;
    ck_assert(!querc_timestamptz_from_timespec(&time, &instant));
    ck_assert(!querc_timestamptz_to_timespec((querc_timestamptz){QUERC_TIMESTAMP_INFINITY}, &time));
    /* No value, however hostile, overflows. */
    ck_assert(querc_timestamptz_to_timespec((querc_timestamptz){INT64_MAX - 1}, &time));
    ck_assert(querc_timestamptz_to_timespec((querc_timestamptz){INT64_MIN + 1}, &time));
}
END_TEST

START_TEST(datetimes)
{
    querc_datetime parts;
    querc_timestamp timestamp;
    ck_assert(querc_timestamp_to_datetime((querc_timestamp){-1}, &parts));
    ck_assert_int_eq(parts.year, 1999);
    ck_assert_int_eq(parts.month, 12);
    ck_assert_int_eq(parts.day, 31);
    ck_assert_int_eq(parts.hour, 23);
    ck_assert_int_eq(parts.second, 59);
    ck_assert_int_eq(parts.usec, 999999);
    ck_assert(querc_timestamp_from_datetime(&parts, &timestamp));
    ck_assert_int_eq(timestamp.usec, -1);
    parts.second = 60;
    ck_assert(!querc_timestamp_from_datetime(&parts, &timestamp));
    parts = (querc_datetime){294277, 1, 1, 0, 0, 0, 0};
    ck_assert(!querc_timestamp_from_datetime(&parts, &timestamp));
    parts.year = INT32_MAX;
    ck_assert(!querc_timestamp_from_datetime(&parts, &timestamp));
    ck_assert(querc_timestamp_to_datetime((querc_timestamp){INT64_MAX - 1}, &parts));
    ck_assert(querc_timestamp_to_datetime((querc_timestamp){INT64_MIN + 1}, &parts));
}
END_TEST

START_TEST(fixed_structs_as_text)
{
    CHECK_TEXT(uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    CHECK_TEXT(macaddr, "08:00:2b:01:02:03");
    CHECK_TEXT(macaddr8, "08:00:2b:01:02:03:04:05");
    CHECK_TEXT(inet, "192.168.100.128/25");
    CHECK_TEXT(inet, "10.1.2.3");
    CHECK_TEXT(inet, "::1");
    CHECK_TEXT(inet, "2001:4f8:3:ba::/64");
    REFUSE_TEXT(uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1");
    REFUSE_TEXT(uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111");
    REFUSE_TEXT(uuid, "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    REFUSE_TEXT(uuid, "");
    REFUSE_TEXT(inet, "1.2.3");
    REFUSE_TEXT(inet, "1.2.3.4/33");
    REFUSE_TEXT(inet, "::1/129");
    REFUSE_TEXT(inet, "1.2.3.4/");
    REFUSE_TEXT(macaddr, "08:00:2b:01:02");
    querc_uuid uuid;
    ck_assert(querc_uuid_from_text("{A0EEBC999C0B4EF8BB6D6BB9BD380A11}", &uuid));
    querc_inet cidr = {.is_cidr = true};
    char text[64];
    ck_assert(querc_inet_from_text("10.0.0.0/32", &cidr));
    querc_inet_to_text(cidr, text, sizeof text);
    ck_assert_str_eq(text, "10.0.0.0/32");
}
END_TEST

START_TEST(text_is_cut_like_snprintf)
{
    char text[8];
    memset(text, 'x', sizeof text);
    ck_assert_uint_eq(querc_date_to_text((querc_date){0}, text, 5), 10);
    ck_assert_str_eq(text, "2000");
    ck_assert_int_eq(text[5], 'x');
    ck_assert_uint_eq(querc_date_to_text((querc_date){0}, NULL, 0), 10);
}
END_TEST

static void check_numeric(const char *text)
{
    uint16_t digits[256];
    char out[4096];
    querc_numeric value;
    ck_assert_msg(querc_numeric_from_text(text, &value, digits, QUERC_NUMERIC_DIGITS(strlen(text))), "%s", text);
    querc_numeric_to_text(value, out, sizeof out);
    ck_assert_str_eq(out, text);
}

START_TEST(numerics_as_text)
{
    static const char *const texts[] = {"0",
                                        "0.00",
                                        "1",
                                        "-1",
                                        "9999",
                                        "10000",
                                        "12345678",
                                        "0.0001",
                                        "0.00001",
                                        "-0.000000001230",
                                        "1234.5678",
                                        "100000000000000000000",
                                        "0.1000",
                                        "12345.6700",
                                        "99999999999999999999999999999999999999.99999999999999999999",
                                        "NaN",
                                        "Infinity",
                                        "-Infinity",
                                        "10000.0001"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_numeric(texts[i]);

    uint16_t digits[64];
    char out[64];
    querc_numeric value;
    ck_assert(querc_numeric_from_text("1.5e3", &value, digits, 64));
    querc_numeric_to_text(value, out, sizeof out);
    ck_assert_str_eq(out, "1500");
    ck_assert(querc_numeric_from_text("-0", &value, digits, 64));
    ck_assert_int_eq(value.sign, QUERC_NUMERIC_POSITIVE);
    static const char *const refused[] = {"", "-", ".", "1.2.3", "1e", "1x", "e5", "1e999999", " 1", "0x10"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        ck_assert_msg(!querc_numeric_from_text(refused[i], &value, digits, 64), "%s", refused[i]);
    ck_assert(!querc_numeric_from_text("123456789", &value, digits, 2));
}
END_TEST

START_TEST(numeric_room_always_suffices)
{
    /* Every length and every place of the point, with no zero to save room. */
    char text[64];
    uint16_t digits[64];
    querc_numeric value;
    for (size_t len = 1; len < 40; len++)
        for (size_t point = 0; point <= len; point++) {
            memset(text, '7', sizeof text);
            if (point < len)
                text[point] = '.';
            text[len] = '\0';
            if (strcmp(text, ".") != 0)
                ck_assert(querc_numeric_from_text(text, &value, digits, QUERC_NUMERIC_DIGITS(len)));
        }
}
END_TEST

static double through_numeric(double number)
{
    uint16_t digits[QUERC_NUMERIC_DOUBLE_DIGITS];
    return querc_numeric_to_double(querc_numeric_from_double(number, digits));
}

START_TEST(numerics_as_double)
{
    static const double numbers[] = {0,
                                     1,
                                     -1,
                                     0.1,
                                     1.0 / 3,
                                     1e22,
                                     1e-7,
                                     123456789.125,
                                     5e-324,
                                     2.2250738585072014e-308,
                                     1.7976931348623157e308,
                                     9007199254740993.0,
                                     -2.5e-310};
    uint16_t digits[512];
    char out[512];
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        ck_assert_msg(through_numeric(numbers[i]) == numbers[i], "%.17g", numbers[i]);
    ck_assert(isnan(through_numeric((double)NAN)));
    ck_assert(isinf(through_numeric((double)INFINITY)) && through_numeric((double)INFINITY) > 0);
    ck_assert(through_numeric(-(double)INFINITY) < 0);
    querc_numeric_to_text(querc_numeric_from_double(0.1, digits), out, sizeof out);
    ck_assert_str_eq(out, "0.1");
    querc_numeric_to_text(querc_numeric_from_double(1500, digits), out, sizeof out);
    ck_assert_str_eq(out, "1500");
    uint64_t seed = 42;
    for (int i = 0; i < 100000; i++) {
        double number;
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        memcpy(&number, &seed, sizeof number);
        if (isfinite(number) && through_numeric(number) != number)
            ck_abort_msg("%.17g", number);
    }
    /* Half way between two doubles, decided by a digit 900 places behind the point. */
    char text[1024] = "9007199254740993.";
    size_t len = strlen(text);
    memset(text + len, '0', 900);
    text[len + 900] = '1';
    text[len + 901] = '\0';
    querc_numeric value;
    ck_assert(querc_numeric_from_text(text, &value, digits, 512));
    ck_assert(querc_numeric_to_double(value) == 9007199254740994.0);
    ck_assert(querc_numeric_from_text("1e131071", &value, digits, 512));
    ck_assert(isinf(querc_numeric_to_double(value)));
}
END_TEST

START_TEST(numerics_as_integer)
{
    static const int64_t numbers[] = {0, 1, -1, 9999, 10000, -123456789, INT64_MAX, INT64_MIN, 1000000000000};
    uint16_t digits[64];
    int64_t back;
    querc_numeric value;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        uint16_t room[QUERC_NUMERIC_INT8_DIGITS];
        ck_assert(querc_numeric_to_int8(querc_numeric_from_int8(numbers[i], room), &back));
        ck_assert_int_eq(back, numbers[i]);
    }
    static const char *const refused[] = {"0.5",      "9223372036854775808", "-9223372036854775809", "NaN", "1e40",
                                          "Infinity", "1234567.00001"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        ck_assert(querc_numeric_from_text(refused[i], &value, digits, 64));
        ck_assert_msg(!querc_numeric_to_int8(value, &back), "%s", refused[i]);
    }
    ck_assert(querc_numeric_from_text("42.000", &value, digits, 64));
    ck_assert(querc_numeric_to_int8(value, &back) && back == 42);
}
END_TEST

START_TEST(status_names)
{
    ck_assert_str_eq(querc_status_name(QUERC_SCHEMA_DRIFT), "QUERC_SCHEMA_DRIFT");
    ck_assert_str_eq(querc_status_name((querc_status)9999), "unknown status");
    ck_assert(!querc_is_error(QUERC_NO_ROWS) && querc_is_error(QUERC_MISUSE));
    ck_assert_int_eq(querc_last_error(NULL)->status, QUERC_NO_MEMORY);
    ck_assert_ptr_null(querc_pgconn(NULL));
    querc_close(NULL);
    querc_stream_close(NULL);
    querc_stream stream = {NULL, NULL, NULL};
    querc_stream_close(&stream);
    querc_free(NULL, 0, NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("conversions");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, calendar_round_trips);
    tcase_add_test(tests, calendar_known_days);
    tcase_add_test(tests, dates_and_times_as_text);
    tcase_add_test(tests, intervals_as_text);
    tcase_add_test(tests, timestamps_as_unix_time);
    tcase_add_test(tests, datetimes);
    tcase_add_test(tests, fixed_structs_as_text);
    tcase_add_test(tests, text_is_cut_like_snprintf);
    tcase_add_test(tests, numerics_as_text);
    tcase_add_test(tests, numeric_room_always_suffices);
    tcase_add_test(tests, numerics_as_double);
    tcase_add_test(tests, numerics_as_integer);
    tcase_add_test(tests, status_names);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
