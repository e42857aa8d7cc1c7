/* PostgreSQL's own operators on values that are known. */
#include "evaluate/evaluate_private.h"

#include <ctype.h>

/* ---- comparison ---- */

static const char comparisons[][4] = {"=", "<>", "<", "<=", ">", ">="};

static Value compare(const char *op, Comparison comparison)
{
    bool less = comparison == COMPARED_LESS, equal = comparison == COMPARED_EQUAL;
    if (comparison == COMPARED_UNKNOWN)
        return value_unknown();
    if (comparison == COMPARED_DIFFERENT && strcmp(op, "=") != 0 && strcmp(op, "<>") != 0)
        return value_unknown();
    bool truth = strcmp(op, "=") == 0    ? equal
                 : strcmp(op, "<>") == 0 ? !equal
                 : strcmp(op, "<") == 0  ? less
                 : strcmp(op, "<=") == 0 ? less || equal
                 : strcmp(op, ">") == 0  ? !less && !equal
                                         : !less;
    return value_bool(truth);
}

/* Numbers of which only the bounds are known can decide what a single comparison of them cannot. */
static Comparison within(const char *op, const Value *a, const Value *b, Comparison comparison)
{
    int64_t number;
    if (comparison != COMPARED_UNKNOWN || !a->bounded || !value_integer(b, &number))
        return comparison;
    if ((strcmp(op, ">=") == 0 && a->low >= number) || (strcmp(op, "<") == 0 && a->low >= number))
        return COMPARED_GREATER;
    if ((strcmp(op, "<=") == 0 && a->high <= number) || (strcmp(op, ">") == 0 && a->high <= number))
        return COMPARED_LESS;
    return COMPARED_UNKNOWN;
}

static bool is_comparison(const char *op)
{
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (strcmp(op, comparisons[i]) == 0)
            return true;
    return false;
}

/* ---- patterns ---- */

/* The character after the one at c, of UTF-8. */
static const char *next(const char *c)
{
    for (c++; ((unsigned char)*c & 0xC0) == 0x80; c++)
        ;
    return c;
}

static bool like(const char *text, const char *pattern, bool fold)
{
    for (; *pattern; pattern++) {
        if (*pattern == '%') {
            for (pattern++; *pattern == '%'; pattern++)
                ;
            for (;; text++) {
                if (like(text, pattern, fold))
                    return true;
                if (!*text)
                    return false;
            }
        }
        if (!*text)
            return false;
        if (*pattern == '_') {
            text = next(text);
            continue;
        }
        if (*pattern == '\\' && pattern[1])
            pattern++;
        bool same = fold ? tolower((unsigned char)*text) == tolower((unsigned char)*pattern) : *text == *pattern;
        if (!same)
            return false;
        text++;
    }
    return !*text;
}

Value operator_like(const char *text, const char *pattern, bool fold)
{
    enum { MOST_WILDCARDS = 8 }; /* the matching takes time exponential in them */
    size_t wildcards = 0;
    for (const char *c = pattern; *c; c++)
        wildcards += *c == '%' && c[1] != '%';
    return value_truth(wildcards <= MOST_WILDCARDS, wildcards <= MOST_WILDCARDS && like(text, pattern, fold));
}

/* A regular expression of nothing but plain characters, with an anchor at either end perhaps. */
static Value regex(const char *text, const char *pattern)
{
    bool start = *pattern == '^';
    pattern += start;
    size_t len = strlen(pattern);
    bool end = len && pattern[len - 1] == '$';
    len -= end;
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)pattern[i]) && pattern[i] != '_' && pattern[i] != '-' && pattern[i] != ' ')
            return value_unknown();
    size_t size = strlen(text);
    for (size_t at = 0; at + len <= size; at++) {
        if ((start && at) || (end && at + len != size))
            continue;
        if (strncmp(text + at, pattern, len) == 0)
            return value_bool(true);
    }
    return value_bool(false);
}

/* LIKE 'abc%' of a text of which only the beginning is known. */
static Value like_prefix(const char *text, const char *pattern)
{
    size_t known = strcspn(text, (char[]){VALUE_HOLE, 0}), len = strlen(pattern);
    if (!len || strcspn(pattern, "%_\\") != len - 1 || pattern[len - 1] != '%')
        return value_unknown();
    if (strncmp(text, pattern, known < len - 1 ? known : len - 1) != 0)
        return value_bool(false);
    return value_truth(known >= len - 1, true);
}

static Value match(const char *op, const Value *args)
{
    bool negated = *op == '!';
    op += negated;
    Value result = value_unknown();
    if (args[0].state == VALUE_UNKNOWN && args[0].text && args[1].state == VALUE_KNOWN && strcmp(op, "~~") == 0) {
        result = like_prefix(args[0].text, args[1].text);
        return result.state == VALUE_KNOWN ? value_bool(value_is_true(&result) != negated) : result;
    }
    if (args[0].state != VALUE_KNOWN || args[1].state != VALUE_KNOWN || !args[0].text || !args[1].text)
        return result;
    if (strcmp(op, "~~") == 0 || strcmp(op, "~~*") == 0)
        result = operator_like(args[0].text, args[1].text, op[2] == '*');
    else if (strcmp(op, "~") == 0)
        result = regex(args[0].text, args[1].text);
    return result.state == VALUE_KNOWN ? value_bool(value_is_true(&result) != negated) : result;
}

/* ---- numbers ---- */

static Value calculate(Evaluation *evaluation, char op, const Value *args, Oid type)
{
    int64_t a, b, result = 0;
    bool overflow = false;
    if (!value_integer(&args[0], &a) || !value_integer(&args[1], &b))
        return value_unknown();
    if ((op == '/' || op == '%') && (b == 0 || b == -1))
        return value_unknown();
    switch (op) {
    case '+':
        overflow = __builtin_add_overflow(a, b, &result);
        break;
    case '-':
        overflow = __builtin_sub_overflow(a, b, &result);
        break;
    case '*':
        overflow = __builtin_mul_overflow(a, b, &result);
        break;
    case '/':
        result = a / b;
        break;
    default:
        result = a % b;
    }
    if (type != TYPE_INT8 && (result < INT32_MIN || result > INT32_MAX))
        overflow = true;
    return overflow || type == TYPE_INT2 ? value_unknown() : value_int(evaluation->arena, result);
}

/* ---- || ---- */

static Value append(Evaluation *evaluation, const Value *args, const Oid *types)
{
    const Catalog *catalog = evaluation->catalog;
    Arena *arena = evaluation->arena;
    bool left = type_base_element(catalog, types[0]) != INVALID_OID,
         right = type_base_element(catalog, types[1]) != INVALID_OID;
    if (!left && !right) {
        if (args[0].state == VALUE_NULL || args[1].state == VALUE_NULL)
            return value_null();
        Value a = value_convert(arena, catalog, &args[0], types[0], TYPE_TEXT);
        Value b = value_convert(arena, catalog, &args[1], types[1], TYPE_TEXT);
        return value_concat(arena, &a, &b);
    }
    if (args[0].state != VALUE_KNOWN || args[1].state != VALUE_KNOWN || (left && !args[0].is_list) ||
        (right && !args[1].is_list))
        return value_unknown();
    size_t n = left ? args[0].nitems : 1, m = right ? args[1].nitems : 1;
    Value *items = arena_array_of(arena, n + m + 1, Value);
    for (size_t i = 0; i < n; i++)
        items[i] = left ? args[0].items[i] : args[0];
    for (size_t i = 0; i < m; i++)
        items[n + i] = right ? args[1].items[i] : args[1];
    return value_list(items, n + m);
}

/* The types for which || puts texts together or arrays. */
static bool appends(const Catalog *catalog, const Oid *types)
{
    for (int i = 0; i < 2; i++) {
        ValueFamily family = value_family(catalog, types[i]);
        if (family == FAMILY_TEXT || type_base_element(catalog, types[i]))
            return true;
    }
    return false;
}

Value operator_apply(Evaluation *evaluation, const Operator *op, const Value *args, const Oid *types, size_t n)
{
    const Catalog *catalog = evaluation->catalog;
    if (op->oid >= FIRST_USER_OID || n != 2)
        return value_unknown();
    if (strcmp(op->name, "||") == 0)
        return appends(catalog, types) ? append(evaluation, args, types) : value_unknown();
    for (size_t i = 0; i < n; i++)
        if (args[i].state == VALUE_NULL)
            return value_null();
    if (is_comparison(op->name))
        return compare(op->name, within(op->name, &args[0], &args[1],
                                        value_compare(evaluation, &args[0], types[0], &args[1], types[1])));
    if (value_family(catalog, types[0]) == FAMILY_TEXT && strchr("~!", op->name[0]))
        return match(op->name, args);
    bool integers =
        value_family(catalog, types[0]) == FAMILY_INTEGER && value_family(catalog, types[1]) == FAMILY_INTEGER;
    if (integers && !op->name[1] && strchr("+-*/%", op->name[0]))
        return calculate(evaluation, op->name[0], args, op->result);
    return value_unknown();
}
