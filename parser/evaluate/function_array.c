/* Functions on arrays. */
#include "evaluate/evaluate_private.h"

static const Value *list(const Call *call, size_t i)
{
    return i < call->n && call->args[i].is_list ? &call->args[i] : NULL;
}

static Value count(const Call *call)
{
    const Value *array = list(call, 0);
    return array ? value_int(call->evaluation->arena, (int64_t)array->nitems) : value_unknown();
}

/* array_length, array_upper: NULL of an empty array. */
static Value upper(const Call *call)
{
    const Value *array = list(call, 0);
    int64_t dimension;
    if (!array || !value_integer(&call->args[1], &dimension))
        return value_unknown();
    return array->nitems && dimension == 1 ? count(call) : value_null();
}

static Value lower(const Call *call)
{
    Value last = upper(call);
    return last.state == VALUE_KNOWN ? value_text("1") : last;
}

static Value concat(const Call *call)
{
    const Value *a = list(call, 0), *b = list(call, 1);
    if (!a || !b)
        return value_unknown();
    Value *items = arena_array_of(call->evaluation->arena, a->nitems + b->nitems + 1, Value);
    for (size_t i = 0; i < a->nitems + b->nitems; i++)
        items[i] = i < a->nitems ? a->items[i] : b->items[i - a->nitems];
    return value_list(items, a->nitems + b->nitems);
}

static Value append(const Call *call)
{
    const Value *array = list(call, 0);
    if (!array)
        return value_unknown();
    Value *items = arena_array_of(call->evaluation->arena, array->nitems + 1, Value);
    for (size_t i = 0; i < array->nitems; i++)
        items[i] = array->items[i];
    items[array->nitems] = call->args[1];
    return value_list(items, array->nitems + 1);
}

static Value to_string(const Call *call)
{
    const Value *array = list(call, 0);
    Evaluation *evaluation = call->evaluation;
    if (!array || call->n > 2)
        return value_unknown();
    Oid element = type_base_element(evaluation->catalog, call->types[0]);
    Value out = value_text("");
    bool begun = false;
    for (size_t i = 0; i < array->nitems; i++) {
        if (array->items[i].state == VALUE_NULL)
            continue;
        Value item = value_output(evaluation->arena, evaluation->catalog, &array->items[i], element);
        if (begun)
            out = value_concat(evaluation->arena, &out, &call->args[1]);
        out = value_concat(evaluation->arena, &out, &item);
        begun = true;
    }
    return out;
}

static Value of_string(const Call *call)
{
    VEC(Value) items = {0};
    Arena *arena = call->evaluation->arena;
    const char *at = call->args[0].text, *by = call->args[1].text;
    if (!at || !by || !*by || call->n > 2)
        return value_unknown();
    if (!*at)
        return value_list(NULL, 0);
    for (const char *end; (end = strstr(at, by)); at = end + strlen(by))
        vec_push(arena, &items, value_text(arena_strndup(arena, at, (size_t)(end - at))));
    vec_push(arena, &items, value_text(at));
    return value_list(items.items, items.len);
}

const FunctionEntry function_array_entries[] = {
    {"cardinality", count, false},         {"array_length", upper, false},        {"array_upper", upper, false},
    {"array_lower", lower, false},         {"array_cat", concat, false},          {"array_append", append, false},
    {"array_to_string", to_string, false}, {"string_to_array", of_string, false}, {NULL, NULL, false},
};
