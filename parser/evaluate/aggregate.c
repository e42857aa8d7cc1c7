/* Aggregates over all rows of a query: count, bool_or, bool_and, array_agg, string_agg. */
#include "evaluate/evaluate_private.h"

struct Aggregation {
    Evaluation *evaluation;
    Frame *frame;
    const Bindings *bindings;
};

static bool all_certain(const Bindings *bindings)
{
    for (size_t i = 0; i < bindings->len; i++)
        if (!bindings->items[i].certain || bindings->items[i].many)
            return false;
    return true;
}

/* count(*): exact, or between what is certain and what is possible. */
static Value count_rows(const Aggregation *aggregation)
{
    Value value = value_unknown();
    bool many = false;
    value.bounded = true;
    for (size_t i = 0; i < aggregation->bindings->len; i++) {
        const Binding *binding = &aggregation->bindings->items[i];
        value.low += binding->certain && !binding->many;
        value.high++;
        many |= binding->many;
    }
    if (many)
        value.high = INT64_MAX;
    return value.low == value.high ? value_int(aggregation->evaluation->arena, value.low) : value;
}

/* The arguments' values in every row, NULLs left out. */
static Value collect(const Aggregation *aggregation, Expr *arg)
{
    VEC(Value) items = {0};
    for (size_t i = 0; i < aggregation->bindings->len; i++) {
        aggregation->frame->rows = aggregation->bindings->items[i].rows;
        Value value = evaluate_expr(aggregation->evaluation, arg);
        if (value.state == VALUE_UNKNOWN && !value.text)
            return value_unknown();
        vec_push(aggregation->evaluation->arena, &items, value);
    }
    return value_list(items.items, items.len);
}

static Value join_texts(const Aggregation *aggregation, const Value *items, Oid type, Expr *separator)
{
    Arena *arena = aggregation->evaluation->arena;
    const Catalog *catalog = aggregation->evaluation->catalog;
    Value out = value_null(), by = value_unknown();
    for (size_t i = 0; i < items->nitems; i++) {
        if (items->items[i].state == VALUE_NULL)
            continue;
        Value text = value_output(arena, catalog, &items->items[i], type);
        if (out.state != VALUE_NULL) {
            by = evaluate_expr(aggregation->evaluation, separator);
            out = value_concat(arena, &out, &by);
            text = value_concat(arena, &out, &text);
        }
        out = text;
    }
    return out;
}

static Value bool_and_or(const Value *items, bool any)
{
    Value result = value_null();
    for (size_t i = 0; i < items->nitems; i++) {
        if (items->items[i].state == VALUE_NULL)
            continue;
        if (result.state == VALUE_NULL || value_is_true(&items->items[i]) == any)
            result = items->items[i];
    }
    return result;
}

static Value aggregate(const Aggregation *aggregation, const Aggref *call)
{
    const Function *function = catalog_function(aggregation->evaluation->catalog, call->function);
    if (!function || function->oid >= FIRST_USER_OID || call->levels_up || call->filter)
        return value_unknown();
    bool counts = strcmp(function->name, "count") == 0;
    if (counts && call->star)
        return count_rows(aggregation);
    if (!all_certain(aggregation->bindings) || call->distinct || !call->args.len || call->variadic)
        return value_unknown();
    Value items = collect(aggregation, call->args.items[0]);
    if (items.state != VALUE_KNOWN)
        return value_unknown();
    Oid type = call->args.items[0]->type;
    int64_t n = 0;
    for (size_t i = 0; i < items.nitems; i++)
        n += items.items[i].state != VALUE_NULL;
    if (counts)
        return value_int(aggregation->evaluation->arena, n);
    if (strcmp(function->name, "bool_or") == 0 || strcmp(function->name, "bool_and") == 0 ||
        strcmp(function->name, "every") == 0)
        return bool_and_or(&items, function->name[strlen("bool_")] == 'o');
    if (call->order_exprs.len)
        return value_unknown();
    if (strcmp(function->name, "array_agg") == 0)
        return items.nitems ? items : value_null();
    if (strcmp(function->name, "string_agg") == 0 && call->args.len == 2)
        return join_texts(aggregation, &items, type, call->args.items[1]);
    return value_unknown();
}

Value aggregate_value(Evaluation *evaluation, const Aggref *call)
{
    const Aggregation *aggregation = evaluation->frame ? evaluation->frame->aggregation : NULL;
    if (!aggregation)
        return value_unknown();
    /* arguments are over single rows */
    evaluation->frame->aggregation = NULL;
    Value value = aggregate(aggregation, call);
    evaluation->frame->aggregation = aggregation;
    return value;
}

void query_add_aggregated(Evaluation *evaluation, Frame *frame, const Bindings *bindings, EvaluatedRows *out)
{
    const Query *query = frame->query;
    if (query->group.len || query->ngrouping_sets || query->having) {
        vec_push(evaluation->arena, out, query_unknown_row(evaluation, query, true));
        return;
    }
    Aggregation aggregation = {evaluation, frame, bindings};
    Value *values = arena_array_of(evaluation->arena, query_column_count(query) + 1, Value);
    size_t n = 0;
    frame->aggregation = &aggregation;
    for (size_t i = 0; i < query->targets.len; i++)
        if (!query->targets.items[i]->junk)
            values[n++] = evaluate_expr(evaluation, query->targets.items[i]->expr);
    frame->aggregation = NULL;
    vec_push(evaluation->arena, out, ((EvaluatedRow){values, true, false}));
}
