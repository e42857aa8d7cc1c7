/* Ranges and multiranges (rangetypes.c, multirangetypes.c). */
#include "types/literal/check.h"

#include <string.h>

static const char empty_word[] = "empty";

static bool malformed(Literal *in, const char *kind, const char *detail)
{
    literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "malformed %s literal: \"%s\"", kind, in->text);
    in->error->detail = detail;
    return false;
}

/* A bound as written: text is NULL for an infinite one. */
typedef struct Bound {
    const char *text;
    bool inclusive;
    LiteralValue value;
} Bound;

/* range_parse_bound: nothing before the comma or bracket is no bound. */
static bool read_bound(Literal *in, const char **cursor, Bound *bound)
{
    static const char ends[] = ",)]";
    if (strchr(ends, **cursor) && **cursor)
        return true;
    bound->text = literal_unquote(in, cursor, ends);
    return bound->text || malformed(in, "range", "Unexpected end of input.");
}

/* range_parse: both bounds of a range that is not empty. */
static bool read_bounds(Literal *in, const char *at, Bound *lower, Bound *upper)
{
    if (*at != '[' && *at != '(')
        return malformed(in, "range", "Missing left parenthesis or bracket.");
    lower->inclusive = *at++ == '[';
    if (!read_bound(in, &at, lower))
        return false;
    if (*at != ',')
        return malformed(in, "range", "Missing comma after lower bound.");
    at++;
    if (!read_bound(in, &at, upper))
        return false;
    if (*at == ',')
        return malformed(in, "range", "Too many commas.");
    upper->inclusive = *at++ == ']';
    return *skip_spaces(at) == '\0' || malformed(in, "range", "Junk after right parenthesis or bracket.");
}

/* Range types whose canonical form is "[)", and the last value that can be put there. */
static const struct {
    Oid type;
    int64_t last;
    const char *code, *message;
} canonical_ranges[] = {
    {TYPE_INT4RANGE, INT32_MAX, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range"},
    {TYPE_INT8RANGE, INT64_MAX, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range"},
    {TYPE_DATERANGE, INT64_C(2145031948), SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range"},
};

/* int4range_canonical and its like: a bound that moves to the next value must have one. */
static bool check_canonical(Literal *in, const Bound *lower, const Bound *upper)
{
    for (size_t i = 0; i < sizeof canonical_ranges / sizeof *canonical_ranges; i++) {
        if (canonical_ranges[i].type != in->type->oid)
            continue;
        int64_t last = canonical_ranges[i].last;
        bool lower_moves = lower->value.order == ORDER_INTEGER && !lower->inclusive && lower->value.integer == last;
        bool upper_moves = upper->value.order == ORDER_INTEGER && upper->inclusive && upper->value.integer == last;
        if (lower_moves || upper_moves)
            return literal_fail(in, canonical_ranges[i].code, "%s", canonical_ranges[i].message);
    }
    return true;
}

/* make_range. How an operator class of the user's orders values is not known. */
static bool check_order(Literal *in, const Bound *lower, const Bound *upper)
{
    if (in->type->own_order)
        return true;
    bool bytewise = in->type->range_collation == COLLATION_C || in->type->range_collation == COLLATION_POSIX;
    const LiteralValue *low = &lower->value, *high = &upper->value;
    if (lower->text && upper->text && literal_compare(low, high, bytewise) == COMPARE_GREATER)
        return literal_fail(in, SQLSTATE_DATA_EXCEPTION,
                            "range lower bound must be less than or equal to range upper bound");
    bool both = low->order == ORDER_INTEGER && high->order == ORDER_INTEGER;
    bool empty = both && low->integer == high->integer && !(lower->inclusive && upper->inclusive);
    return empty || check_canonical(in, lower, upper);
}

bool input_range(Literal *in)
{
    const char *at = skip_spaces(in->text);
    if (text_starts(at, empty_word))
        return *skip_spaces(at + strlen(empty_word)) == '\0' ||
               malformed(in, "range", "Junk after \"empty\" key word.");
    Bound lower = {0}, upper = {0};
    if (!read_bounds(in, at, &lower, &upper))
        return false;
    Oid subtype = in->type->subtype;
    if ((lower.text && !literal_part(in, subtype, in->typmod, lower.text, &lower.value)) ||
        (upper.text && !literal_part(in, subtype, in->typmod, upper.text, &upper.value)))
        return false;
    return check_order(in, &lower, &upper);
}

/* The end of a range within a multirange: behind the first closing bracket that is neither quoted nor escaped.
 * White space does not count as what a backslash escapes. NULL when there is none. */
static const char *range_end(const char *at)
{
    bool quoted = false;
    for (; *at; at++) {
        if (*at == '\\') {
            at = skip_spaces(at + 1);
            if (*at == '\0')
                return NULL;
        } else if (*at == '"') {
            quoted = !quoted;
        } else if (!quoted && (*at == ']' || *at == ')')) {
            return at + 1;
        }
    }
    return NULL;
}

/* One range of a multirange, the cursor on its first character. */
static bool read_member(Literal *in, const char **cursor)
{
    const char *at = *cursor;
    if (*at == '[' || *at == '(') {
        const char *end = range_end(at + 1);
        if (!end)
            return malformed(in, "multirange", "Unexpected end of input.");
        *cursor = end;
        return literal_part(in, in->type->range, in->typmod, literal_slice(in, at, end), NULL);
    }
    if (*at == '\0')
        return malformed(in, "multirange", "Unexpected end of input.");
    if (!text_starts(at, empty_word))
        return malformed(in, "multirange", "Expected range start.");
    *cursor = at + strlen(empty_word);
    return true;
}

bool input_multirange(Literal *in)
{
    const char *at = skip_spaces(in->text);
    if (*at != '{')
        return malformed(in, "multirange", "Missing left brace.");
    at = skip_spaces(at + 1);
    if (*at != '}') {
        while (read_member(in, &at) && *(at = skip_spaces(at)) == ',')
            at = skip_spaces(at + 1);
        if (in->error->code)
            return false;
        if (*at == '\0')
            return malformed(in, "multirange", "Unexpected end of input.");
        if (*at != '}')
            return malformed(in, "multirange", "Expected comma or end of multirange.");
    }
    return *skip_spaces(at + 1) == '\0' || malformed(in, "multirange", "Junk after closing right brace.");
}
