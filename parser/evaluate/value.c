/* Values: made, compared, written and read as their types do. */
#include "evaluate/evaluate_private.h"
#include "types/literal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

Value value_unknown(void)
{
    return (Value){.state = VALUE_UNKNOWN};
}

Value value_null(void)
{
    return (Value){.state = VALUE_NULL};
}

Value value_text(const char *text)
{
    return text ? (Value){.state = VALUE_KNOWN, .text = text} : value_null();
}

Value value_bool(bool value)
{
    return value_text(value ? "t" : "f");
}

Value value_int(Arena *arena, int64_t value)
{
    return value_text(arena_printf(arena, "%" PRId64, value));
}

Value value_list(const Value *items, size_t n)
{
    return (Value){.state = VALUE_KNOWN, .is_list = true, .items = items, .nitems = n};
}

Value value_pattern(const char *text)
{
    return (Value){.state = strchr(text, VALUE_HOLE) ? VALUE_UNKNOWN : VALUE_KNOWN, .text = text};
}

Value value_truth(bool known, bool truth)
{
    return known ? value_bool(truth) : value_unknown();
}

bool value_is_true(const Value *value)
{
    return value->state == VALUE_KNOWN && value->text && value->text[0] == 't';
}

bool value_is_not_true(const Value *value)
{
    return value->state == VALUE_NULL || (value->state == VALUE_KNOWN && value->text && value->text[0] == 'f');
}

bool value_integer(const Value *value, int64_t *number)
{
    if (value->state != VALUE_KNOWN || !value->text || !*value->text)
        return false;
    char *end;
    errno = 0;
    *number = strtoll(value->text, &end, 10);
    return !errno && !*end;
}

/* ---- comparison ---- */

ValueFamily value_family(const Catalog *catalog, Oid type)
{
    switch (type_base(catalog, type)) {
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
    case TYPE_OID:
    case TYPE_REGCLASS:
    case TYPE_REGTYPE:
    case TYPE_REGPROC:
    case TYPE_REGPROCEDURE:
    case TYPE_REGNAMESPACE:
        return FAMILY_INTEGER;
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_NAME:
    case TYPE_CHAR:
    case TYPE_UNKNOWN:
    case TYPE_CSTRING:
        return FAMILY_TEXT;
    case TYPE_BOOL:
        return FAMILY_BOOL;
    default:
        return FAMILY_OTHER;
    }
}

bool value_pattern_excludes(const char *pattern, const char *text)
{
    size_t len = strlen(text), plen = strlen(pattern), prefix = strcspn(pattern, (char[]){VALUE_HOLE, 0});
    const char *last = strrchr(pattern, VALUE_HOLE);
    if (!last)
        return strcmp(pattern, text) != 0;
    size_t suffix = plen - (size_t)(last - pattern) - 1;
    return prefix > len || suffix > len || strncmp(pattern, text, prefix) != 0 ||
           strcmp(last + 1, text + len - suffix) != 0;
}

static bool bounds_of(const Value *value, int64_t *low, int64_t *high)
{
    if (value_integer(value, low)) {
        *high = *low;
        return true;
    }
    *low = value->low;
    *high = value->high;
    return value->state == VALUE_UNKNOWN && value->bounded;
}

static Comparison compare_integers(const Value *a, const Value *b)
{
    int64_t a_low, a_high, b_low, b_high;
    if (!bounds_of(a, &a_low, &a_high) || !bounds_of(b, &b_low, &b_high))
        return COMPARED_UNKNOWN;
    if (a_high < b_low)
        return COMPARED_LESS;
    if (a_low > b_high)
        return COMPARED_GREATER;
    return a_low == a_high && b_low == b_high ? COMPARED_EQUAL : COMPARED_UNKNOWN;
}

/* Names are ordered as bytes; of other texts the order is the collation's. */
static Comparison compare_texts(const Value *a, const Value *b, bool bytewise)
{
    if (a->state == VALUE_KNOWN && b->state == VALUE_KNOWN) {
        int order = strcmp(a->text, b->text);
        return order == 0  ? COMPARED_EQUAL
               : !bytewise ? COMPARED_DIFFERENT
               : order < 0 ? COMPARED_LESS
                           : COMPARED_GREATER;
    }
    const Value *unknown = a->state == VALUE_KNOWN ? b : a, *known = unknown == a ? b : a;
    if (known->state == VALUE_KNOWN && unknown->text && value_pattern_excludes(unknown->text, known->text))
        return COMPARED_DIFFERENT;
    return COMPARED_UNKNOWN;
}

static Comparison compare_enums(const Type *type, const char *a, const char *b)
{
    size_t at_a = type->nlabels, at_b = type->nlabels;
    for (size_t i = 0; i < type->nlabels; i++) {
        at_a = strcmp(type->labels[i], a) == 0 ? i : at_a;
        at_b = strcmp(type->labels[i], b) == 0 ? i : at_b;
    }
    if (at_a == type->nlabels || at_b == type->nlabels)
        return COMPARED_UNKNOWN;
    return at_a < at_b ? COMPARED_LESS : at_a > at_b ? COMPARED_GREATER : COMPARED_EQUAL;
}

static Comparison compare_literals(Evaluation *evaluation, const char *a, const char *b, Oid type)
{
    LiteralValue left, right;
    if (!literal_value(evaluation->catalog, evaluation->arena, type, -1, a, &left) ||
        !literal_value(evaluation->catalog, evaluation->arena, type, -1, b, &right))
        return COMPARED_UNKNOWN;
    switch (literal_compare(&left, &right, false)) {
    case COMPARE_UNKNOWN:
        return COMPARED_UNKNOWN;
    case COMPARE_LESS:
        return COMPARED_LESS;
    case COMPARE_EQUAL:
        return COMPARED_EQUAL;
    case COMPARE_GREATER:
        return COMPARED_GREATER;
    case COMPARE_DIFFERENT:
        return COMPARED_DIFFERENT;
    }
    return COMPARED_UNKNOWN;
}

Comparison value_compare(Evaluation *evaluation, const Value *a, Oid a_type, const Value *b, Oid b_type)
{
    const Catalog *catalog = evaluation->catalog;
    ValueFamily family = value_family(catalog, a_type);
    if (a->is_list || b->is_list)
        return COMPARED_UNKNOWN;
    if (a->symbol && b->symbol && strcmp(a->symbol, b->symbol) == 0)
        return COMPARED_EQUAL;
    if (family == FAMILY_INTEGER && value_family(catalog, b_type) == FAMILY_INTEGER)
        return compare_integers(a, b);
    if ((family == FAMILY_TEXT || family == FAMILY_BOOL) && value_family(catalog, b_type) == family)
        return compare_texts(a, b, family == FAMILY_BOOL || type_base(catalog, a_type) == TYPE_NAME);
    Oid base = type_base(catalog, a_type);
    if (a->state != VALUE_KNOWN || b->state != VALUE_KNOWN || base != type_base(catalog, b_type))
        return COMPARED_UNKNOWN;
    const Type *type = catalog_type(catalog, base);
    if (type && type->typtype == TYPTYPE_ENUM)
        return compare_enums(type, a->text, b->text);
    return compare_literals(evaluation, a->text, b->text, base);
}

/* ---- text ---- */

Value value_concat(Arena *arena, const Value *a, const Value *b)
{
    static const char hole[] = {VALUE_HOLE, 0};
    const char *left = a->text ? a->text : hole, *right = b->text ? b->text : hole;
    return value_pattern(arena_printf(arena, "%s%s", left, right));
}

/* Whether the text of a value of the type is how the type writes it. */
static bool is_written_so(const Catalog *catalog, const char *text, Oid type)
{
    Oid base = type_base(catalog, type);
    if (value_family(catalog, base) != FAMILY_OTHER || type_is_enum(catalog, base))
        return true;
    if (base != TYPE_NUMERIC)
        return false;
    text += *text == '-';
    return strspn(text, "0123456789.") == strlen(text) && *text >= '0' && *text <= '9' &&
           (*text != '0' || text[1] == '.' || !text[1]) && text[strlen(text) - 1] != '.';
}

/* array_out: elements that need it between double quotes. */
static Value array_output(Arena *arena, const Catalog *catalog, const Value *array, Oid element)
{
    Value out = value_text("{");
    for (size_t i = 0; i < array->nitems; i++) {
        Value comma = value_text(i ? "," : "");
        out = value_concat(arena, &out, &comma);
        Value item = value_output(arena, catalog, &array->items[i], element);
        if (item.state == VALUE_NULL) {
            item = value_text("NULL");
        } else if (item.state == VALUE_KNOWN &&
                   (!*item.text || strpbrk(item.text, "{}\",\\ \t\n\r\v\f") || strcmp(item.text, "NULL") == 0)) {
            Value quoted = value_text("\"");
            for (const char *c = item.text; *c; c++) {
                Value piece = value_text(arena_printf(arena, "%s%c", *c == '"' || *c == '\\' ? "\\" : "", *c));
                quoted = value_concat(arena, &quoted, &piece);
            }
            Value quote = value_text("\"");
            item = value_concat(arena, &quoted, &quote);
        }
        out = value_concat(arena, &out, &item);
    }
    Value end = value_text("}");
    return value_concat(arena, &out, &end);
}

Value value_output(Arena *arena, const Catalog *catalog, const Value *value, Oid type)
{
    if (value->state == VALUE_NULL)
        return value_null();
    Oid base = type_base(catalog, type), element = type_element(catalog, base);
    if (value->state == VALUE_KNOWN && value->is_list)
        return element ? array_output(arena, catalog, value, element) : value_unknown();
    if (value->state == VALUE_UNKNOWN)
        return value_family(catalog, base) == FAMILY_TEXT ? *value : value_unknown();
    int64_t oid;
    if ((base == TYPE_REGCLASS || base == TYPE_REGTYPE || base == TYPE_REGNAMESPACE || base == TYPE_REGPROC ||
         base == TYPE_REGPROCEDURE) &&
        value_integer(value, &oid))
        return value_reg_output(arena, catalog, (Oid)oid, base);
    /* the numbers of the user's objects are our own */
    if (base == TYPE_OID && value_integer(value, &oid) && oid >= FIRST_USER_OID)
        return value_unknown();
    return is_written_so(catalog, value->text, base) ? *value : value_unknown();
}

static Value input_integer(Arena *arena, const char *text, Oid type)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    end += strspn(end, " \t\n\r\f\v");
    bool fits = type == TYPE_INT8   ? true
                : type == TYPE_INT4 ? number >= INT32_MIN && number <= INT32_MAX
                : type == TYPE_INT2 ? number >= INT16_MIN && number <= INT16_MAX
                                    : number >= 0 && number <= UINT32_MAX;
    return !errno && end != text && !*end && fits ? value_int(arena, number) : value_unknown();
}

static Value input_bool(const char *text)
{
    static const char *const words[] = {"ttrue",  "tt", "tyes", "ty", "ton",  "t1",
                                        "ffalse", "ff", "fno",  "fn", "foff", "f0"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i] + 1, text) == 0)
            return value_bool(words[i][0] == 't');
    return value_unknown();
}

/* array_in for one dimension, with neither escapes nor bounds. */
static Value input_array(Arena *arena, const Catalog *catalog, const char *text, Oid element)
{
    VEC(Value) items = {0};
    size_t len = strlen(text);
    if (len < 2 || text[0] != '{' || text[len - 1] != '}' || strpbrk(text + 1, "{\\"))
        return value_unknown();
    const char *at = text + 1, *end = text + len - 1;
    while (at < end) {
        bool quoted = *at == '"';
        at += quoted ? 1 : strspn(at, " ");
        size_t n = quoted ? strcspn(at, "\"") : strcspn(at, ",}");
        const char *word = arena_strndup(arena, at, n);
        bool is_null = !quoted && strcasecmp(word, "NULL") == 0;
        at += n + quoted;
        if (at > end || (at < end && *at != ',') || (!quoted && (!n || strpbrk(word, " \t\n\r\v\f\""))))
            return value_unknown();
        Value item = value_text(word);
        item = is_null ? value_null() : value_input(arena, catalog, &item, element);
        vec_push(arena, &items, item);
        at++;
    }
    return value_list(items.items, items.len);
}

Value value_input(Arena *arena, const Catalog *catalog, const Value *text, Oid type)
{
    enum { NAME_BYTES = 63 };
    Oid base = type_base(catalog, type), element = type_element(catalog, base);
    if (text->state == VALUE_NULL)
        return value_null();
    if (text->state == VALUE_UNKNOWN) {
        bool kept = value_family(catalog, base) == FAMILY_TEXT ||
                    (text->bounded && value_family(catalog, base) == FAMILY_INTEGER);
        return kept ? *text : value_unknown();
    }
    if (element && text->text)
        return input_array(arena, catalog, text->text, element);
    if (!text->text)
        return value_unknown();
    switch (base) {
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
    case TYPE_OID:
        return input_integer(arena, text->text, base);
    case TYPE_REGCLASS:
    case TYPE_REGTYPE:
    case TYPE_REGPROC:
    case TYPE_REGPROCEDURE:
    case TYPE_REGNAMESPACE:
        return value_reg_input(arena, catalog, text->text, base, false);
    case TYPE_BOOL:
        return input_bool(text->text);
    case TYPE_NAME:
        return strlen(text->text) > NAME_BYTES ? value_unknown() : *text;
    case TYPE_CHAR:
        return strlen(text->text) > 1 ? value_unknown() : *text;
    case TYPE_BPCHAR:
        return value_unknown();
    default:
        break;
    }
    LiteralError error = {0};
    return literal_valid(catalog, arena, base, -1, text->text, &error) ? *text : value_unknown();
}

Value value_convert(Arena *arena, const Catalog *catalog, const Value *value, Oid from, Oid to)
{
    if (value->state == VALUE_NULL || from == to || type_base(catalog, from) == type_base(catalog, to))
        return *value;
    ValueFamily family = value_family(catalog, from);
    if (value->is_list)
        return type_element(catalog, type_base(catalog, from)) && type_element(catalog, type_base(catalog, to))
                   ? *value
                   : value_unknown();
    if (family == FAMILY_INTEGER && value_family(catalog, to) == FAMILY_INTEGER)
        return *value;
    /* the cast to text writes the whole word, which the output function does not */
    Oid target = type_base(catalog, to);
    if (family == FAMILY_BOOL && (target == TYPE_TEXT || target == TYPE_VARCHAR))
        return value->state == VALUE_KNOWN ? value_text(value_is_true(value) ? "true" : "false") : value_unknown();
    Value text = value_output(arena, catalog, value, from);
    return value_input(arena, catalog, &text, to);
}
