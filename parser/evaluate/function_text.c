/* Functions on texts. */
#include "evaluate/evaluate_private.h"

#include <ctype.h>

static Arena *arena_of(const Call *call)
{
    return call->evaluation->arena;
}

static Value output(const Call *call, size_t i)
{
    return value_output(arena_of(call), call->evaluation->catalog, &call->args[i], call->types[i]);
}

static const char *text_of(const Call *call, size_t i)
{
    return i < call->n && call->args[i].state == VALUE_KNOWN && call->args[i].text ? call->args[i].text : NULL;
}

/* ---- quoting ---- */

static const char *quote_literal(Arena *arena, const char *text)
{
    VEC(char) out = {0};
    if (strchr(text, '\\'))
        vec_push(arena, &out, 'E');
    vec_push(arena, &out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            vec_push(arena, &out, *text);
        vec_push(arena, &out, *text);
    }
    vec_push(arena, &out, '\'');
    vec_push(arena, &out, '\0');
    return out.items;
}

static Value quote_ident(const Call *call)
{
    return value_text(catalog_quote_identifier(arena_of(call), call->args[0].text));
}

static Value quote(const Call *call, size_t i)
{
    Value text = output(call, i);
    return text.state == VALUE_KNOWN ? value_text(quote_literal(arena_of(call), text.text)) : value_unknown();
}

static Value quote_of_literal(const Call *call)
{
    return quote(call, 0);
}

static Value quote_nullable(const Call *call)
{
    return call->args[0].state == VALUE_NULL ? value_text("NULL") : quote(call, 0);
}

/* ---- format ---- */

typedef struct Formatter {
    const Call *call;
    const Value *args;
    const Oid *types;
    size_t n, next;
    Value out;
} Formatter;

static void put(Formatter *formatter, Value text)
{
    formatter->out = value_concat(arena_of(formatter->call), &formatter->out, &text);
}

/* The argument of a conversion: NULL writes nothing for %s and is an error for %I. */
static bool put_argument(Formatter *formatter, size_t number, char conversion)
{
    Arena *arena = arena_of(formatter->call);
    if (number >= formatter->n)
        return false;
    const Value *arg = &formatter->args[number];
    Value text = value_output(arena, formatter->call->evaluation->catalog, arg, formatter->types[number]);
    if (arg->state == VALUE_NULL) {
        if (conversion == 'I')
            return false;
        put(formatter, value_text(conversion == 'L' ? "NULL" : ""));
    } else if (text.state == VALUE_UNKNOWN) {
        put(formatter, conversion == 's' ? text : value_unknown());
    } else {
        put(formatter, value_text(conversion == 's'   ? text.text
                                  : conversion == 'I' ? catalog_quote_identifier(arena, text.text)
                                                      : quote_literal(arena, text.text)));
    }
    return true;
}

/* One conversion after its percent sign: n$ and the letter; widths are not known here. */
static bool convert(Formatter *formatter, const char **at)
{
    size_t digits = strspn(*at, "0123456789"), number = formatter->next;
    if (digits) {
        if ((*at)[digits] != '$' || digits > 4)
            return false;
        number = 0;
        for (size_t i = 0; i < digits; i++)
            number = number * 10 + (size_t)((*at)[i] - '0');
        if (!number--)
            return false;
        *at += digits + 1;
    }
    if (!**at || !strchr("sIL", **at) || !put_argument(formatter, number, **at))
        return false;
    formatter->next = number + 1;
    ++*at;
    return true;
}

/* format('…', VARIADIC array) */
static void spread(Formatter *formatter, const Call *call)
{
    const Value *array = &call->args[call->n - 1];
    const Catalog *catalog = call->evaluation->catalog;
    Oid *types = arena_array_of(arena_of(call), array->nitems + 1, Oid);
    for (size_t i = 0; i < array->nitems; i++)
        types[i] = type_base_element(catalog, call->types[call->n - 1]);
    formatter->args = array->items;
    formatter->types = types;
    formatter->n = array->nitems;
}

static Value format(const Call *call)
{
    const char *at = text_of(call, 0);
    if (call->args[0].state == VALUE_NULL)
        return value_null();
    bool is_spread = call->variadic && call->n == 2 && call->args[1].is_list;
    if (!at || (call->variadic && !is_spread))
        return value_unknown();
    Formatter formatter = {call, call->args + 1, call->types + 1, call->n - 1, 0, value_text("")};
    if (is_spread)
        spread(&formatter, call);
    while (*at) {
        size_t len = strcspn(at, "%");
        put(&formatter, value_text(arena_strndup(arena_of(call), at, len)));
        at += len;
        if (!*at)
            break;
        at++;
        if (*at == '%') {
            put(&formatter, value_text("%"));
            at++;
        } else if (!convert(&formatter, &at)) {
            return value_unknown();
        }
    }
    return formatter.out;
}

/* ---- concat ---- */

static Value concat_from(const Call *call, size_t first, const Value *separator)
{
    Value out = value_text("");
    bool begun = false;
    if (call->variadic)
        return value_unknown();
    for (size_t i = first; i < call->n; i++) {
        if (call->args[i].state == VALUE_NULL)
            continue;
        if (call->args[i].state == VALUE_UNKNOWN && separator)
            return value_unknown(); /* it may be NULL */
        if (begun && separator)
            out = value_concat(arena_of(call), &out, separator);
        Value text = output(call, i);
        out = value_concat(arena_of(call), &out, &text);
        begun = true;
    }
    return out;
}

static Value concat(const Call *call)
{
    return concat_from(call, 0, NULL);
}

static Value concat_ws(const Call *call)
{
    if (call->args[0].state != VALUE_KNOWN)
        return call->args[0].state == VALUE_NULL ? value_null() : value_unknown();
    return concat_from(call, 1, &call->args[0]);
}

/* ---- parts ---- */

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static Value fold(const Call *call, int (*change)(int))
{
    if (!text_of(call, 0) || !is_ascii(call->args[0].text))
        return value_unknown();
    char *text = arena_strdup(arena_of(call), call->args[0].text);
    for (char *c = text; *c; c++)
        *c = (char)change((unsigned char)*c);
    return value_text(text);
}

static Value lower(const Call *call)
{
    return fold(call, tolower);
}

static Value upper(const Call *call)
{
    return fold(call, toupper);
}

static Value replace(const Call *call)
{
    const char *at = text_of(call, 0), *from = text_of(call, 1), *to = text_of(call, 2);
    if (!at || !from || !to || !*from)
        return at && from && to ? call->args[0] : value_unknown();
    Value out = value_text("");
    for (const char *found; (found = strstr(at, from)); at = found + strlen(from))
        out = value_text(arena_printf(arena_of(call), "%s%.*s%s", out.text, (int)(found - at), at, to));
    return value_text(arena_printf(arena_of(call), "%s%s", out.text, at));
}

static Value length(const Call *call)
{
    const char *text = text_of(call, 0);
    return text && is_ascii(text) ? value_int(arena_of(call), (int64_t)strlen(text)) : value_unknown();
}

/* substring's rule: what lies from start (counted from 1) up to end, both perhaps outside. */
static Value part(const Call *call, int64_t start, int64_t end)
{
    const char *text = text_of(call, 0);
    if (!text || !is_ascii(text))
        return value_unknown();
    int64_t len = (int64_t)strlen(text);
    start = start < 1 ? 1 : start;
    end = end > len + 1 ? len + 1 : end;
    return value_text(end > start ? arena_strndup(arena_of(call), text + start - 1, (size_t)(end - start)) : "");
}

static Value substring(const Call *call)
{
    int64_t start, n;
    if (!value_integer(&call->args[1], &start) || start > INT32_MAX)
        return value_unknown();
    if (call->n == 2)
        return part(call, start, INT64_MAX);
    return value_integer(&call->args[2], &n) && n >= 0 && n <= INT32_MAX ? part(call, start, start + n)
                                                                         : value_unknown();
}

static Value left(const Call *call)
{
    int64_t n;
    const char *text = text_of(call, 0);
    if (!text || !value_integer(&call->args[1], &n))
        return value_unknown();
    return part(call, 1, n >= 0 ? n + 1 : (int64_t)strlen(text) + n + 1);
}

static Value right(const Call *call)
{
    int64_t n;
    const char *text = text_of(call, 0);
    if (!text || !value_integer(&call->args[1], &n))
        return value_unknown();
    return part(call, n >= 0 ? (int64_t)strlen(text) - n + 1 : 1 - n, INT64_MAX);
}

static Value strpos(const Call *call)
{
    const char *text = text_of(call, 0), *part_text = text_of(call, 1);
    if (!text || !part_text || !is_ascii(text))
        return value_unknown();
    const char *found = strstr(text, part_text);
    return value_int(arena_of(call), found ? found - text + 1 : 0);
}

static Value starts_with(const Call *call)
{
    const char *text = text_of(call, 0), *start = text_of(call, 1);
    return text && start ? value_bool(strncmp(text, start, strlen(start)) == 0) : value_unknown();
}

static Value split_part(const Call *call)
{
    const char *at = text_of(call, 0), *by = text_of(call, 1);
    int64_t n;
    if (!at || !by || !*by || !value_integer(&call->args[2], &n) || n < 1)
        return value_unknown();
    const char *end;
    while ((end = strstr(at, by)) && --n)
        at = end + strlen(by);
    if (!end && n > 1)
        return value_text("");
    return value_text(end ? arena_strndup(arena_of(call), at, (size_t)(end - at)) : at);
}

static Value trim(const Call *call, bool from_left, bool from_right)
{
    const char *text = text_of(call, 0), *chars = call->n > 1 ? text_of(call, 1) : " ";
    if (!text || !chars || !is_ascii(chars))
        return value_unknown();
    size_t len = strlen(text), start = from_left ? strspn(text, chars) : 0;
    while (from_right && len > start && strchr(chars, text[len - 1]))
        len--;
    return value_text(arena_strndup(arena_of(call), text + start, len - start));
}

static Value btrim(const Call *call)
{
    return trim(call, true, true);
}

static Value ltrim(const Call *call)
{
    return trim(call, true, false);
}

static Value rtrim(const Call *call)
{
    return trim(call, false, true);
}

const FunctionEntry function_text_entries[] = {
    {"quote_ident", quote_ident, false},
    {"quote_literal", quote_of_literal, false},
    {"quote_nullable", quote_nullable, true},
    {"format", format, true},
    {"concat", concat, true},
    {"concat_ws", concat_ws, true},
    {"lower", lower, false},
    {"upper", upper, false},
    {"replace", replace, false},
    {"length", length, false},
    {"char_length", length, false},
    {"character_length", length, false},
    {"substring", substring, false},
    {"substr", substring, false},
    {"left", left, false},
    {"right", right, false},
    {"strpos", strpos, false},
    {"position", strpos, false},
    {"starts_with", starts_with, false},
    {"split_part", split_part, false},
    {"btrim", btrim, false},
    {"ltrim", ltrim, false},
    {"rtrim", rtrim, false},
    {NULL, NULL, false},
};
