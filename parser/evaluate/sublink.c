/* ANY and ALL over arrays, and sub-queries in expressions. */
#include "evaluate/evaluate_private.h"

/* The verdict of ANY or ALL over single comparisons. */
typedef struct Quantifier {
    bool use_or, unknown, null, decided;
} Quantifier;

static void quantify(Quantifier *quantifier, const Value *comparison, bool certain)
{
    if (comparison->state == VALUE_NULL)
        quantifier->null = true;
    else if (comparison->state == VALUE_UNKNOWN)
        quantifier->unknown = true;
    else if (value_is_true(comparison) == quantifier->use_or && certain)
        quantifier->decided = true;
    else if (value_is_true(comparison) == quantifier->use_or)
        quantifier->unknown = true;
}

static Value quantified(const Quantifier *quantifier)
{
    if (quantifier->decided)
        return value_bool(quantifier->use_or);
    if (quantifier->unknown)
        return value_unknown();
    return quantifier->null ? value_null() : value_bool(!quantifier->use_or);
}

Value sublink_array_op(Evaluation *evaluation, const ScalarArrayOp *expr)
{
    Value scalar = evaluate_expr(evaluation, expr->scalar), array = evaluate_expr(evaluation, expr->array);
    const Operator *op = catalog_operator(evaluation->catalog, expr->op);
    Oid element = type_base_element(evaluation->catalog, expr->array->type);
    if (array.state == VALUE_NULL)
        return value_null();
    if (array.state != VALUE_KNOWN || !array.is_list || !op)
        return value_unknown();
    Quantifier quantifier = {.use_or = expr->use_or};
    for (size_t i = 0; i < array.nitems && !quantifier.decided; i++) {
        Value args[] = {scalar, array.items[i]};
        Oid types[] = {expr->scalar->type, element};
        Value one = operator_apply(evaluation, op, args, types, 2);
        quantify(&quantifier, &one, true);
    }
    return quantified(&quantifier);
}

/* ---- sub-queries ---- */

static Value evaluate_exists(Evaluation *evaluation, Query *query)
{
    EvaluatedRows rows = evaluate_query(evaluation, query);
    for (size_t i = 0; i < rows.len; i++)
        if (rows.items[i].certain && !rows.items[i].many)
            return value_bool(true);
    return value_truth(!rows.len, false);
}

/* The test with the row's values for the sub-select's columns. */
static Value evaluate_test(Evaluation *evaluation, const SubLink *link, const EvaluatedRow *row)
{
    if (!link->test || link->test->kind != EXPR_OP || link->lefts.len != 1)
        return value_unknown();
    const OpExpr *test = (const OpExpr *)link->test;
    const Operator *op = catalog_operator(evaluation->catalog, test->op);
    Value left = evaluate_expr(evaluation, link->lefts.items[0]);
    Value args[] = {left, row->values[0]};
    Oid types[] = {link->lefts.items[0]->type, test->args.items[1]->type};
    return op ? operator_apply(evaluation, op, args, types, 2) : value_unknown();
}

Value sublink_evaluate(Evaluation *evaluation, SubLink *link)
{
    if (link->sublink == SUBLINK_EXISTS)
        return evaluate_exists(evaluation, link->query);
    EvaluatedRows rows = evaluate_query(evaluation, link->query);
    if (link->sublink == SUBLINK_ANY || link->sublink == SUBLINK_ALL) {
        Quantifier quantifier = {.use_or = link->sublink == SUBLINK_ANY};
        for (size_t i = 0; i < rows.len && !quantifier.decided; i++) {
            Value one = evaluate_test(evaluation, link, &rows.items[i]);
            quantify(&quantifier, &one, rows.items[i].certain && !rows.items[i].many);
        }
        return quantified(&quantifier);
    }
    if (link->sublink == SUBLINK_ARRAY) {
        Value *items = arena_array_of(evaluation->arena, rows.len + 1, Value);
        for (size_t i = 0; i < rows.len; i++) {
            if (!rows.items[i].certain || rows.items[i].many)
                return value_unknown();
            items[i] = rows.items[i].values[0];
        }
        return value_list(items, rows.len);
    }
    bool known;
    const EvaluatedRow *row = evaluate_first_row(&rows, &known);
    if (link->sublink != SUBLINK_EXPR || !known || rows.len > 1)
        return value_unknown();
    return row ? row->values[0] : value_null();
}
