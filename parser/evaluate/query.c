/* Queries: columns of rows, target lists, aggregates, LIMIT. What is not known here (window functions, GROUP BY …)
 * gives rows of which nothing is known. */
#include "base/map.h"
#include "evaluate/evaluate_private.h"

#include <stdlib.h>

/* ---- columns ---- */

static Value bound_column(Evaluation *evaluation, const RangeTblEntry *entry, const BoundRow *row, int attribute)
{
    if (!row->bound)
        return value_unknown();
    if (row->is_null)
        return value_null();
    if (attribute < 1 || (size_t)attribute > entry->ncolumns)
        return value_unknown();
    if (row->values)
        return row->values[attribute - 1];
    if (!row->catalog)
        return value_unknown();
    const Relation *relation = catalog_relation(evaluation->catalog, entry->relation);
    const Column *column = relation ? catalog_column(relation, attribute) : NULL;
    const CatalogColumn *known = row->catalog->table->columns;
    for (; column && known->name; known++)
        if (strcmp(known->name, column->name) == 0)
            return known->get(evaluation, row->catalog);
    return value_unknown();
}

Value query_var(Evaluation *evaluation, const Var *var)
{
    Frame *frame = evaluation->frame;
    for (int i = 0; frame && i < var->levels_up; i++)
        frame = frame->outer;
    if (!frame || !frame->rows || var->rtindex < 1 || (size_t)var->rtindex > frame->query->nrtable)
        return value_unknown();
    const RangeTblEntry *entry = frame->query->rtable[var->rtindex - 1];
    if (entry->kind == RTE_JOIN) {
        if (var->attribute < 1 || (size_t)var->attribute > entry->ncolumns || !entry->join_vars)
            return value_unknown();
        Frame *present = evaluation->frame;
        evaluation->frame = frame;
        Value value = evaluate_expr(evaluation, entry->join_vars[var->attribute - 1]);
        evaluation->frame = present;
        return value;
    }
    const BoundRow *row = &frame->rows[var->rtindex - 1];
    if (var->attribute != 0)
        return bound_column(evaluation, entry, row, var->attribute);
    if (!row->bound || row->is_null)
        return row->bound ? value_null() : value_unknown();
    Value *items = arena_array_of(evaluation->arena, entry->ncolumns + 1, Value);
    for (size_t i = 0; i < entry->ncolumns; i++)
        items[i] = bound_column(evaluation, entry, row, (int)i + 1);
    return value_list(items, entry->ncolumns);
}

/* ---- set-returning functions ---- */

static void add_value(Evaluation *evaluation, EvaluatedRows *rows, Value value)
{
    vec_push(evaluation->arena, rows,
             ((EvaluatedRow){arena_memdup(evaluation->arena, &value, sizeof value), true, false}));
}

static const EvaluatedRows *series(Evaluation *evaluation, const FuncExpr *call)
{
    enum { MOST_ROWS = 10000 };
    int64_t bounds[3] = {0, 0, 1};
    EvaluatedRows *rows = arena_new_of(evaluation->arena, EvaluatedRows);
    for (size_t i = 0; i < call->args.len && i < 3; i++) {
        Value arg = evaluate_expr(evaluation, call->args.items[i]);
        if (!value_integer(&arg, &bounds[i]) ||
            value_family(evaluation->catalog, call->args.items[i]->type) != FAMILY_INTEGER)
            return NULL;
    }
    int64_t step = bounds[2];
    if (!step || llabs(bounds[1] - bounds[0]) / llabs(step) > MOST_ROWS)
        return NULL;
    for (int64_t n = bounds[0]; step > 0 ? n <= bounds[1] : n >= bounds[1]; n += step)
        add_value(evaluation, rows, value_int(evaluation->arena, n));
    return rows;
}

const EvaluatedRows *evaluate_set(Evaluation *evaluation, const FuncExpr *call)
{
    const Function *function = catalog_function(evaluation->catalog, call->function);
    if (function->oid >= FIRST_USER_OID || !call->args.len)
        return NULL;
    if (strcmp(function->name, "generate_series") == 0)
        return series(evaluation, call);
    if (strcmp(function->name, "unnest") != 0 || call->args.len != 1)
        return NULL;
    Value array = evaluate_expr(evaluation, call->args.items[0]);
    EvaluatedRows *rows = arena_new_of(evaluation->arena, EvaluatedRows);
    if (array.state != VALUE_NULL && (array.state != VALUE_KNOWN || !array.is_list))
        return NULL;
    for (size_t i = 0; i < array.nitems; i++)
        add_value(evaluation, rows, array.items[i]);
    return rows;
}

/* ---- target lists ---- */

size_t query_column_count(const Query *query)
{
    const TargetList *targets = query->command == COMMAND_SELECT ? &query->targets : &query->returning;
    size_t n = 0;
    for (size_t i = 0; i < targets->len; i++)
        n += !targets->items[i]->junk;
    return n;
}

EvaluatedRow query_unknown_row(Evaluation *evaluation, const Query *query, bool many)
{
    return (EvaluatedRow){arena_array_of(evaluation->arena, query_column_count(query) + 1, Value), false, many};
}

/* SELECT unnest(…): a set in the target list, alone. False when its rows are not known. */
static bool add_set_rows(Evaluation *evaluation, const Query *query, const Binding *binding, EvaluatedRows *out)
{
    const TargetList *targets = &query->targets;
    const FuncExpr *call = (const FuncExpr *)targets->items[0]->expr;
    if (targets->len != 1 || call->expr.kind != EXPR_FUNC || !call->returns_set)
        return false;
    const EvaluatedRows *set = evaluate_set(evaluation, call);
    for (size_t i = 0; set && i < set->len; i++)
        vec_push(evaluation->arena, out, ((EvaluatedRow){set->items[i].values, binding->certain, binding->many}));
    return set != NULL;
}

static void add_target_row(Evaluation *evaluation, Frame *frame, const Binding *binding, EvaluatedRows *out)
{
    const Query *query = frame->query;
    frame->rows = binding->rows;
    bool outer = evaluation->in_doubt;
    evaluation->in_doubt |= !binding->certain || binding->many;
    if (!query->has_target_srfs || !add_set_rows(evaluation, query, binding, out)) {
        EvaluatedRow row = query_unknown_row(evaluation, query, binding->many || query->has_target_srfs);
        Value *values = arena_array_of(evaluation->arena, query_column_count(query) + 1, Value);
        size_t n = 0;
        for (size_t i = 0; i < query->targets.len; i++)
            if (!query->targets.items[i]->junk)
                values[n++] = evaluate_expr(evaluation, query->targets.items[i]->expr);
        row.values = values;
        row.certain = binding->certain && !query->has_target_srfs;
        vec_push(evaluation->arena, out, row);
    }
    evaluation->in_doubt = outer;
}

/* ---- LIMIT ---- */

static void make_unknown(EvaluatedRows *rows)
{
    for (size_t i = 0; i < rows->len; i++)
        rows->items[i].certain = false;
}

static void limit(Evaluation *evaluation, const Query *query, EvaluatedRows *rows)
{
    int64_t n = INT64_MAX, skip = 0;
    Value count = query->limit ? evaluate_expr(evaluation, query->limit) : value_null();
    Value offset = query->offset ? evaluate_expr(evaluation, query->offset) : value_null();
    bool known = (count.state == VALUE_NULL || value_integer(&count, &n)) &&
                 (offset.state == VALUE_NULL || value_integer(&offset, &skip)) && !query->limit_with_ties;
    size_t certain = 0;
    if (query->sort.len && rows->len > 1)
        known = false; /* which come first is not known */
    while (certain < rows->len && rows->items[certain].certain && !rows->items[certain].many)
        certain++;
    if (!known || n < 0 || skip < 0 || (certain < rows->len && skip)) {
        make_unknown(rows);
        return;
    }
    if (certain < rows->len) {
        /* rows that may come before others do not take their place for sure */
        if (certain >= (size_t)n)
            rows->len = (size_t)n;
        else
            make_unknown(rows);
        return;
    }
    size_t first = (uint64_t)skip < rows->len ? (size_t)skip : rows->len;
    rows->items += first;
    rows->len -= first;
    if ((uint64_t)n < rows->len)
        rows->len = (size_t)n;
}

/* ---- DISTINCT ---- */

/* A text that is the same for equal rows alone; NULL when it is not known which rows are equal. */
static const char *row_key(Arena *arena, const EvaluatedRow *row, size_t n)
{
    const char *key = "";
    for (size_t i = 0; i < n; i++) {
        const Value *value = &row->values[i];
        if (value->state == VALUE_UNKNOWN || value->is_list)
            return NULL;
        key = value->state == VALUE_NULL ? arena_printf(arena, "%sN", key)
                                         : arena_printf(arena, "%s%zu:%s", key, strlen(value->text), value->text);
    }
    return key;
}

/* Of equal rows the first stays; where that is not known all but the first may be there. */
static void make_distinct(Evaluation *evaluation, EvaluatedRows *rows, size_t n, bool on_some)
{
    StrMap seen = {0};
    EvaluatedRows out = {0};
    bool known = !on_some;
    for (size_t i = 0; i < rows->len; i++) {
        EvaluatedRow row = rows->items[i];
        const char *key = row_key(evaluation->arena, &row, n);
        known &= key && row.certain && !row.many;
        if (key && !on_some && row.certain && strmap_get(&seen, key))
            continue;
        if (key && row.certain)
            strmap_put(evaluation->arena, &seen, key, &seen);
        row.certain &= known || i == 0;
        vec_push(evaluation->arena, &out, row);
    }
    *rows = out;
}

/* ---- the whole ---- */

static void evaluate_ctes(Evaluation *evaluation, Frame *frame)
{
    const Query *query = frame->query;
    if (!query->nctes)
        return;
    frame->ctes = arena_array_of(evaluation->arena, query->nctes, EvaluatedRows);
    for (size_t i = 0; i < query->nctes; i++) {
        const CommonTableExpr *cte = query->ctes[i];
        if (!cte->recursive && cte->query && cte->query->command == COMMAND_SELECT && !cte->nextra)
            frame->ctes[i] = evaluate_query(evaluation, cte->query);
        else
            vec_push(evaluation->arena, &frame->ctes[i],
                     ((EvaluatedRow){arena_array_of(evaluation->arena, cte->ncolumns + 1, Value), false, true}));
    }
}

/* UNION ALL of known rows; other operations are not known but for their emptiness. */
static void evaluate_set_operation(Evaluation *evaluation, Frame *frame, const SetOpNode *node, EvaluatedRows *out)
{
    if (node->rtindex) {
        EvaluatedRows rows = evaluate_query(evaluation, frame->query->rtable[node->rtindex - 1]->subquery);
        for (size_t i = 0; i < rows.len; i++)
            vec_push(evaluation->arena, out, rows.items[i]);
        return;
    }
    EvaluatedRows right = {0};
    evaluate_set_operation(evaluation, frame, node->left, out);
    evaluate_set_operation(evaluation, frame, node->right, &right);
    for (size_t i = 0; node->op == SETOP_UNION && i < right.len; i++)
        vec_push(evaluation->arena, out, right.items[i]);
    if (node->op != SETOP_UNION)
        make_unknown(out);
    if (node->op == SETOP_UNION && !node->all)
        make_distinct(evaluation, out, node->ncolumns, false);
}

EvaluatedRows evaluate_query(Evaluation *evaluation, Query *query)
{
    EvaluatedRows rows = {0};
    Frame frame = {.outer = evaluation->frame, .query = query};
    evaluation->frame = &frame;
    evaluate_ctes(evaluation, &frame);
    if (query->command != COMMAND_SELECT) {
        vec_push(evaluation->arena, &rows, query_unknown_row(evaluation, query, true));
    } else if (query->set_operations) {
        evaluate_set_operation(evaluation, &frame, query->set_operations, &rows);
    } else {
        Bindings bindings = from_bindings(evaluation, &frame);
        if (query->has_aggs || query->group.len || query->ngrouping_sets || query->having)
            query_add_aggregated(evaluation, &frame, &bindings, &rows);
        else
            for (size_t i = 0; i < bindings.len && !evaluation->failed; i++)
                add_target_row(evaluation, &frame, &bindings.items[i], &rows);
    }
    if (query->distinct.len)
        make_distinct(evaluation, &rows, query_column_count(query), query->distinct_on);
    if (query->limit || query->offset)
        limit(evaluation, query, &rows);
    evaluation->frame = frame.outer;
    return rows;
}

const EvaluatedRow *evaluate_first_row(const EvaluatedRows *rows, bool *known)
{
    const EvaluatedRow *first = rows->len ? &rows->items[0] : NULL;
    *known = !first || (first->certain && !first->many);
    return first && *known ? first : NULL;
}
