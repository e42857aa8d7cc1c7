/* Values of expressions, and their assignment to variables (exec_eval_expr, exec_assign_value, exec_move_row of
 * pl_exec.c). */
#include "plpgsql/runner.h"
#include "types/literal.h"

#include <string.h>

Diag *run_error(PlRunner *runner, uint32_t at, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Diag *diag = diag_add(runner->checker.context.diags, DIAG_ERROR, sqltext_span(runner->checker.body->sql, at),
                          code, format, args);
    va_end(args);
    return diag;
}

const char *run_legible(Arena *arena, const char *text)
{
    static const char dots[] = "...";
    VEC(char) out = {0};
    for (; text && *text; text++) {
        for (const char *dot = dots; *text == VALUE_HOLE && *dot; dot++)
            vec_push(arena, &out, *dot);
        if (*text != VALUE_HOLE)
            vec_push(arena, &out, *text);
    }
    vec_push(arena, &out, '\0');
    return out.items;
}

/* ---- queries ---- */

bool run_resolved(PlRunner *runner, Query *query, EvaluatedRows *rows)
{
    runner->evaluation.failed = false;
    runner->evaluation.steps = 0;
    *rows = evaluate_query(&runner->evaluation, query);
    return !runner->evaluation.failed;
}

/* An expression of types that are not known may call what changes the schema. */
static void pass_over_calls(PlRunner *runner, const PlExpr *expr)
{
    if (!expr->node || !runner->host->changes(runner->host->data, expr->node))
        return;
    PassReason reason = {sqltext_span(runner->checker.body->sql, expr->range.start),
                         "the types in this expression are not known here: the functions that it calls are not run",
                         "Declare the variables with types of their own instead of RECORD or polymorphic ones."};
    PlStatement none = {.start = expr->range.start};
    pass_over_self(runner, &none, &reason);
}

bool run_query(PlRunner *runner, const PlExpr *expr, EvaluatedRows *rows, const PlRow **row)
{
    return run_statement_query(runner, NULL, expr, rows, row);
}

bool run_statement_query(PlRunner *runner, const PlStatement *statement, const PlExpr *expr, EvaluatedRows *rows,
                         const PlRow **row)
{
    bool gave_up;
    *rows = (EvaluatedRows){0};
    *row = NULL;
    Query *query = check_resolve(&runner->checker, expr, &gave_up);
    if (!query) {
        if (gave_up)
            pass_over_calls(runner, expr);
        vec_push(runner->checker.context.arena, rows, ((EvaluatedRow){.many = true}));
        return gave_up;
    }
    *row = record_of_query(&runner->checker, query);
    return run_resolved(runner, query, rows) &&
           (!statement || check_destination(&runner->checker, statement, query));
}

bool run_value(PlRunner *runner, const PlExpr *expr, Value *value, Oid *type)
{
    EvaluatedRows rows;
    const PlRow *row;
    bool known;
    *value = value_unknown();
    *type = INVALID_OID;
    if (!run_query(runner, expr, &rows, &row))
        return false;
    if (!row || row->n < 1)
        return true;
    const EvaluatedRow *first = evaluate_first_row(&rows, &known);
    *type = row->types[0];
    if (known)
        *value = first ? first->values[0] : value_null();
    return true;
}

/* ---- variables ---- */

void run_set_found(PlRunner *runner, Value found)
{
    const char *const name = "found";
    size_t used;
    const PlDatum *datum = scope_find(&runner->checker, &name, 1, &used);
    if (datum)
        datum->cell->value = found;
}

static Value converted(const PlRunner *runner, const Value *value, Oid from, Oid to)
{
    Value result = value_unknown();
    if (from && to && !type_is_rowtype(runner->checker.context.catalog, to))
        result = value_convert(runner->checker.context.arena, runner->checker.context.catalog, value, from, to);
    return value->state == VALUE_NULL ? value_null() : result;
}

bool run_check_input(PlRunner *runner, uint32_t at, const Value *value, Oid from, const PlTarget *target)
{
    const AnalyzeContext *context = &runner->checker.context;
    size_t used;
    LiteralError error = {0};
    const PlDatum *datum = scope_find(&runner->checker, target->parts, target->n, &used);
    Oid base = type_base(context->catalog, from);
    bool is_text = base == TYPE_TEXT || base == TYPE_VARCHAR || base == TYPE_UNKNOWN || base == TYPE_NAME;
    if (!datum || used < target->n || !datum->type || value->state != VALUE_KNOWN || !value->text || !is_text ||
        literal_valid(context->catalog, context->diags->arena, type_base(context->catalog, datum->type), -1,
                      value->text, &error))
        return true;
    Diag *diag = run_error(runner, at, error.code, "%s", error.message);
    diag->detail = error.detail;
    diag->hint = error.hint;
    return false;
}

void run_assign(PlRunner *runner, const PlTarget *target, const Value *value, Oid type)
{
    size_t used;
    const PlDatum *datum = scope_find(&runner->checker, target->parts, target->n, &used);
    if (!datum)
        return;
    if (used < target->n) {
        datum->cell->value = value_unknown(); /* a field of it changes */
        return;
    }
    if (datum->is_record && !datum->type)
        datum->cell->row = NULL;
    datum->cell->value = converted(runner, value, type, datum->type);
}

/* The row as it is kept in a variable of a composite type: by attribute number. */
static Value composite(const PlRunner *runner, Oid type, const Value *values, const PlRow *row)
{
    const Catalog *catalog = runner->checker.context.catalog;
    const Relation *relation = catalog_relation(catalog, type_or_domain_relation(catalog, type));
    if (!relation || !values)
        return value_unknown();
    Value *items = arena_array_of(runner->checker.context.arena, relation->ncolumns + 1, Value);
    size_t next = 0;
    for (size_t i = 0; i < relation->ncolumns; i++)
        if (!relation->columns[i].dropped && next < row->n) {
            items[i] = converted(runner, &values[next], row->types[next], relation->columns[i].type);
            next++;
        }
    return value_list(items, relation->ncolumns);
}

static Value *all_null(Arena *arena, size_t n)
{
    Value *values = arena_array_of(arena, n + 1, Value);
    for (size_t i = 0; i < n; i++)
        values[i] = value_null();
    return values;
}

void run_assign_row(PlRunner *runner, const PlStatement *statement, const Value *values, const PlRow *row)
{
    PlChecker *checker = &runner->checker;
    size_t used;
    const PlTarget *target = &statement->targets.items[0];
    const PlDatum *datum = scope_find(checker, target->parts, target->n, &used);
    if (statement->targets.len == 1 && datum && datum->is_record && used == target->n) {
        if (!datum->type)
            datum->cell->row = row;
        datum->cell->value = !row          ? value_unknown()
                             : datum->type ? composite(runner, datum->type, values, row)
                             : values      ? value_list(values, row->n)
                                           : value_unknown();
        return;
    }
    Value unknown = value_unknown(), null = value_null();
    for (size_t i = 0; i < statement->targets.len; i++) {
        bool there = row && i < row->n;
        const Value *value = !row ? &unknown : !there ? &null : values ? &values[i] : &unknown;
        run_assign(runner, &statement->targets.items[i], value, there ? row->types[i] : TYPE_TEXT);
    }
}

void run_assign_first(PlRunner *runner, const PlStatement *statement, const EvaluatedRows *rows, const PlRow *row)
{
    bool known;
    const EvaluatedRow *first = evaluate_first_row(rows, &known);
    const Value *values = first ? first->values : row ? all_null(runner->checker.context.arena, row->n) : NULL;
    run_assign_row(runner, statement, known ? values : NULL, row);
}
