/*
 * Intervals to and from PostgreSQL's own text with IntervalStyle postgres: "1 year 2 mons -3 days +04:05:06.789".
 * From PostgreSQL 17 on there are infinite ones, which are the extremes of all three members.
 */
#include "querc_private.h"

static bool is_infinite(querc_interval value, bool negative)
{
    return negative ? value.months == INT32_MIN && value.days == INT32_MIN && value.usec == INT64_MIN
                    : value.months == INT32_MAX && value.days == INT32_MAX && value.usec == INT64_MAX;
}

/* "3 days"; a plus sign where a negative part went before, as the server writes it. */
static void add_part(TextBuffer *out, int64_t number, const char *unit, bool *after_negative)
{
    if (number == 0)
        return;
    qrt_text_printf(out, "%s%s%lld %s%s", out->len > 0 ? " " : "", *after_negative && number > 0 ? "+" : "",
                    (long long)number, unit, number != 1 ? "s" : "");
    *after_negative = number < 0;
}

static void add_clock(TextBuffer *out, int64_t usec, bool after_negative)
{
    uint64_t magnitude = usec < 0 ? (uint64_t)0 - (uint64_t)usec : (uint64_t)usec;
    uint64_t seconds = magnitude / 1000000;
    uint64_t fraction = magnitude % 1000000;
    int digits = 6;
    const char *sign = usec < 0 ? "-" : after_negative ? "+" : "";
    qrt_text_printf(out, "%s%s%02llu:%02d:%02d", out->len > 0 ? " " : "", sign,
                    (unsigned long long)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    if (fraction == 0)
        return;
    while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
    }
    qrt_text_printf(out, ".%0*d", digits, (int)fraction);
}

size_t querc_interval_to_text(querc_interval value, char *text, size_t size)
{
    TextBuffer out;
    bool after_negative = false;
    qrt_text_init(&out, text, size);
    if (is_infinite(value, false) || is_infinite(value, true)) {
        qrt_text_printf(&out, "%s", value.months > 0 ? "infinity" : "-infinity");
        return qrt_text_finish(&out);
    }
    add_part(&out, value.months / 12, "year", &after_negative);
    add_part(&out, value.months % 12, "mon", &after_negative);
    add_part(&out, value.days, "day", &after_negative);
    if (value.usec != 0 || out.len == 0)
        add_clock(&out, value.usec, after_negative);
    return qrt_text_finish(&out);
}

/* The parts read so far, wide enough that their sums can be checked. */
typedef struct Parts {
    int64_t months;
    int64_t days;
    int64_t usec;
} Parts;

static bool is_unit(const char *word, size_t len, const char *unit)
{
    if (len > 0 && word[len - 1] == 's')
        len--;
    return qrt_text_equal(word, len, unit);
}

static bool parse_clock(const char *text, size_t len, int64_t *usec)
{
    bool negative = len > 0 && text[0] == '-';
    if (len > 0 && (text[0] == '-' || text[0] == '+')) {
        text++;
        len--;
    }
    const char *colon = memchr(text, ':', len);
    uint64_t hours = 0;
    if (colon == NULL || !qrt_parse_unsigned(text, (size_t)(colon - text), UINT64_C(2562047788), &hours))
        return false;
    /* What follows the hours reads like a time of day. */
    char rest[16] = "00";
    size_t rest_len = len - (size_t)(colon - text);
    querc_time clock = {0};
    if (rest_len > sizeof rest - 2)
        return false;
    memcpy(rest + 2, colon, rest_len);
    if (!qrt_time_parse(rest, rest_len + 2, &clock))
        return false;
    uint64_t magnitude = hours * UINT64_C(3600000000) + (uint64_t)clock.usec;
    uint64_t limit = negative ? UINT64_C(1) << 63 : (uint64_t)INT64_MAX;
    if (magnitude > limit)
        return false;
    if (negative)
        *usec = magnitude == limit ? INT64_MIN : -(int64_t)magnitude;
    else
        *usec = (int64_t)magnitude;
    return true;
}

/* A word and the space behind it. */
static size_t take_word(const char **at, const char *end, const char **word)
{
    *word = *at;
    const char *space = memchr(*at, ' ', (size_t)(end - *at));
    size_t len = (size_t)((space != NULL ? space : end) - *at);
    *at = space != NULL ? space + 1 : end;
    return len;
}

static bool parse_part(const char **at, const char *end, Parts *parts)
{
    const char *number;
    const char *unit;
    int64_t value = 0;
    size_t number_len = take_word(at, end, &number);
    if (memchr(number, ':', number_len) != NULL)
        return *at == end && parse_clock(number, number_len, &parts->usec);
    size_t unit_len = take_word(at, end, &unit);
    bool plus = number_len > 0 && number[0] == '+';
    if (!qrt_parse_integer(number + plus, number_len - plus, INT32_MIN, INT32_MAX, &value))
        return false;
    if (is_unit(unit, unit_len, "year"))
        parts->months += value * 12;
    else if (is_unit(unit, unit_len, "mon"))
        parts->months += value;
    else if (is_unit(unit, unit_len, "day"))
        parts->days += value;
    else
        return false;
    return true;
}

bool qrt_interval_parse(const char *text, size_t len, querc_interval *value)
{
    static const querc_interval infinity = {INT64_MAX, INT32_MAX, INT32_MAX};
    static const querc_interval minus_infinity = {INT64_MIN, INT32_MIN, INT32_MIN};
    const char *at = text;
    const char *end = text + len;
    Parts parts = {0, 0, 0};
    if (qrt_text_equal(text, len, "infinity") || qrt_text_equal(text, len, "-infinity")) {
        *value = text[0] == '-' ? minus_infinity : infinity;
        return true;
    }
    if (len == 0)
        return false;
    while (at < end) {
        if (!parse_part(&at, end, &parts))
            return false;
        if (parts.months < INT32_MIN || parts.months > INT32_MAX || parts.days < INT32_MIN ||
            parts.days > INT32_MAX)
            return false;
    }
    value->months = (int32_t)parts.months;
    value->days = (int32_t)parts.days;
    value->usec = parts.usec;
    return true;
}

bool querc_interval_from_text(const char *text, querc_interval *value)
{
    return qrt_interval_parse(text, strlen(text), value);
}
