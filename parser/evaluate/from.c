/* FROM and WHERE: every way to choose a row of each range table entry that is not ruled out.
 *
 * Joins are nested loops. A condition that names an entry which has no row yet is unknown, so that all conditions
 * can be tried after every step: what is false then stays false. A row that is not ruled out is certain when its
 * parts are and every condition is true. */
#include "evaluate/evaluate_private.h"

typedef struct From {
    Evaluation *evaluation;
    Frame *frame;
    size_t nrtable;
    Conjuncts where; /* of WHERE and of the inner joins around the entry at hand */
} From;

void from_conjuncts(Arena *arena, Expr *quals, Conjuncts *conjuncts)
{
    const BoolExpr *both = (const BoolExpr *)quals;
    if (quals && quals->kind == EXPR_BOOL && both->op == BOOL_AND) {
        for (size_t i = 0; i < both->args.len; i++)
            from_conjuncts(arena, both->args.items[i], conjuncts);
    } else if (quals) {
        vec_push(arena, conjuncts, quals);
    }
}

/* A condition that is worth trying before all rows are chosen. */
static bool visit_costly(Expr *expr, void *context)
{
    if (expr->kind == EXPR_SUBLINK ||
        (expr->kind == EXPR_FUNC && ((const FuncExpr *)expr)->function >= FIRST_USER_OID))
        return true;
    return expr_walk(expr, visit_costly, context);
}

static bool is_plain(Expr *expr)
{
    return !visit_costly(expr, NULL);
}

/* Whether the conditions leave the binding; it stays certain only when all are true. */
static bool passes(From *from, const Conjuncts *conjuncts, Binding *binding, bool final)
{
    from->frame->rows = binding->rows;
    for (size_t i = 0; i < conjuncts->len; i++) {
        if (!final && !is_plain(conjuncts->items[i]))
            continue;
        bool outer = from->evaluation->in_doubt;
        from->evaluation->in_doubt |= !binding->certain || binding->many;
        Value value = evaluate_expr(from->evaluation, conjuncts->items[i]);
        from->evaluation->in_doubt = outer;
        if (value_is_not_true(&value))
            return false;
        if (final && value.state == VALUE_UNKNOWN)
            binding->certain = false;
    }
    return true;
}

/* ---- the rows of one range table entry ---- */

static void add(From *from, Bindings *out, const Binding *binding, int rtindex, BoundRow row, bool certain,
                bool many)
{
    Arena *arena = from->evaluation->arena;
    Binding extended = {arena_memdup(arena, binding->rows, from->nrtable * sizeof *binding->rows),
                        binding->certain && certain, binding->many || many};
    row.bound = true;
    extended.rows[rtindex - 1] = row;
    vec_push(arena, out, extended);
}

static void add_values(From *from, Bindings *out, const Binding *binding, int rtindex, const EvaluatedRows *rows)
{
    for (size_t i = 0; i < rows->len; i++)
        add(from, out, binding, rtindex, (BoundRow){.values = rows->items[i].values}, rows->items[i].certain,
            rows->items[i].many);
}

/* Any number of rows of which nothing is known. */
static void add_unknown(From *from, Bindings *out, const Binding *binding, int rtindex)
{
    add(from, out, binding, rtindex, (BoundRow){0}, false, true);
}

static void add_relation(From *from, Bindings *out, const Binding *binding, int rtindex, const RangeTblEntry *entry,
                         const Conjuncts *conjuncts)
{
    const Relation *relation = catalog_relation(from->evaluation->catalog, entry->relation);
    const CatalogTable *table = relation ? scan_find_table(relation) : NULL;
    if (!table || entry->has_tablesample) {
        add_unknown(from, out, binding, rtindex);
        return;
    }
    from->frame->rows = binding->rows;
    Scan scan = {.evaluation = from->evaluation,
                 .table = table,
                 .relation = relation,
                 .rtindex = rtindex,
                 .conjuncts = conjuncts};
    table->rows(&scan);
    /* the information schema shows what the role has a right to */
    const Catalog *catalog = from->evaluation->catalog;
    bool shown = table->schema == SCHEMA_PG_CATALOG ||
                 catalog_role_is_superuser(catalog, catalog_role(catalog)) == CERTAINLY;
    for (size_t i = 0; i < scan.rows.len; i++) {
        bool many = scan.many.items[i];
        add(from, out, binding, rtindex, (BoundRow){.catalog = scan.rows.items[i]}, shown && !many, many);
    }
}

static void add_value_rows(From *from, Bindings *out, const Binding *binding, int rtindex,
                           const RangeTblEntry *entry)
{
    for (size_t i = 0; i < entry->nrows; i++) {
        const ExprList *row = &entry->values[i];
        Value *values = arena_array_of(from->evaluation->arena, row->len + 1, Value);
        from->frame->rows = binding->rows;
        for (size_t j = 0; j < row->len; j++)
            values[j] = evaluate_expr(from->evaluation, row->items[j]);
        add(from, out, binding, rtindex, (BoundRow){.values = values}, true, false);
    }
}

/* unnest, generate_series of integers, regexp_split_to_table … and what gives one value; NULL when it is not known.
 */
static const EvaluatedRows *function_rows(Evaluation *evaluation, const RteFunction *function)
{
    EvaluatedRows *rows = arena_new_of(evaluation->arena, EvaluatedRows);
    const FuncExpr *call = (const FuncExpr *)function->expr;
    const Function *found =
        function->expr->kind == EXPR_FUNC ? catalog_function(evaluation->catalog, call->function) : NULL;
    if (!found || function->has_column_definitions)
        return NULL;
    if (!call->returns_set || found->oid >= FIRST_USER_OID) {
        Value value = evaluate_expr(evaluation, function->expr);
        bool scalar = !call->returns_set && function->ncolumns == 1 &&
                      !type_is_rowtype(evaluation->catalog, function->expr->type);
        if (scalar)
            vec_push(evaluation->arena, rows,
                     ((EvaluatedRow){arena_memdup(evaluation->arena, &value, sizeof value), true, false}));
        return scalar ? rows : NULL;
    }
    return evaluate_set(evaluation, call);
}

static void add_function_rows(From *from, Bindings *out, const Binding *binding, int rtindex,
                              const RangeTblEntry *entry)
{
    Evaluation *evaluation = from->evaluation;
    from->frame->rows = binding->rows;
    const EvaluatedRows *rows = entry->nfunctions == 1 ? function_rows(evaluation, &entry->functions[0]) : NULL;
    if (!rows) {
        add_unknown(from, out, binding, rtindex);
        return;
    }
    for (size_t i = 0; i < rows->len; i++) {
        Value *values = arena_array_of(evaluation->arena, 2, Value);
        values[0] = rows->items[i].values[0];
        values[1] = value_int(evaluation->arena, (int64_t)i + 1);
        add(from, out, binding, rtindex, (BoundRow){.values = values}, true, false);
    }
}

static const EvaluatedRows *cte_rows(Frame *frame, const RangeTblEntry *entry)
{
    for (int i = 0; frame && i < entry->cte_levels_up; i++)
        frame = frame->outer;
    for (size_t i = 0; frame && frame->ctes && i < frame->query->nctes; i++)
        if (strcmp(frame->query->ctes[i]->name, entry->cte_name) == 0)
            return &frame->ctes[i];
    return NULL;
}

static void add_rows(From *from, Bindings *out, const Binding *binding, int rtindex, const Conjuncts *conjuncts)
{
    const RangeTblEntry *entry = from->frame->query->rtable[rtindex - 1];
    const EvaluatedRows *rows = NULL;
    if (entry->kind == RTE_RELATION) {
        add_relation(from, out, binding, rtindex, entry, conjuncts);
    } else if (entry->kind == RTE_VALUES) {
        add_value_rows(from, out, binding, rtindex, entry);
    } else if (entry->kind == RTE_FUNCTION) {
        add_function_rows(from, out, binding, rtindex, entry);
    } else if (entry->kind == RTE_SUBQUERY) {
        EvaluatedRows sub;
        from->frame->rows = binding->rows;
        sub = evaluate_query(from->evaluation, entry->subquery);
        add_values(from, out, binding, rtindex, &sub);
    } else if (entry->kind == RTE_CTE && (rows = cte_rows(from->frame, entry))) {
        add_values(from, out, binding, rtindex, rows);
    } else if (entry->kind == RTE_RESULT) {
        add(from, out, binding, rtindex, (BoundRow){0}, true, false);
    } else {
        add_unknown(from, out, binding, rtindex);
    }
}

/* ---- joins ---- */

static Bindings expand(From *from, const Bindings *in, const JoinNode *node, const Conjuncts *conjuncts);

static Bindings expand_entry(From *from, const Bindings *in, int rtindex, const Conjuncts *conjuncts)
{
    Bindings out = {0}, all = {0};
    for (size_t i = 0; i < in->len && evaluation_step(from->evaluation); i++) {
        all.len = 0;
        add_rows(from, &all, &in->items[i], rtindex, conjuncts);
        for (size_t j = 0; j < all.len; j++)
            if (passes(from, conjuncts, &all.items[j], false))
                vec_push(from->evaluation->arena, &out, all.items[j]);
    }
    return out;
}

static void mark_null(From *from, const JoinNode *node, BoundRow *rows)
{
    if (node->kind == NODE_RTREF) {
        rows[node->rtindex - 1] = (BoundRow){.bound = true, .is_null = true};
    } else if (node->kind == NODE_JOIN) {
        mark_null(from, node->left, rows);
        mark_null(from, node->right, rows);
    }
}

/* LEFT JOIN: a row without a partner for sure, or perhaps. */
static Bindings expand_left(From *from, const Bindings *in, const JoinNode *node, const Conjuncts *conjuncts)
{
    Arena *arena = from->evaluation->arena;
    Bindings left = expand(from, in, node->left, conjuncts), out = {0};
    Conjuncts on = {0};
    from_conjuncts(arena, node->quals, &on);
    for (size_t i = 0; i < left.len; i++) {
        Bindings one = {&left.items[i], 1, 1};
        Bindings right = expand(from, &one, node->right, &on);
        bool matched = false, maybe = false;
        for (size_t j = 0; j < right.len; j++) {
            if (!passes(from, &on, &right.items[j], true))
                continue;
            matched |= right.items[j].certain && !right.items[j].many;
            maybe = true;
            vec_push(arena, &out, right.items[j]);
        }
        if (matched)
            continue;
        Binding alone = left.items[i];
        alone.rows = arena_memdup(arena, alone.rows, from->nrtable * sizeof *alone.rows);
        alone.certain &= !maybe;
        mark_null(from, node->right, alone.rows);
        vec_push(arena, &out, alone);
    }
    return out;
}

/* FULL and RIGHT JOIN: nothing is known of the rows. */
static Bindings expand_unknown(From *from, const Bindings *in)
{
    Bindings out = {0};
    for (size_t i = 0; i < in->len; i++) {
        Binding binding = in->items[i];
        binding.certain = false;
        binding.many = true;
        vec_push(from->evaluation->arena, &out, binding);
    }
    return out;
}

static Bindings expand(From *from, const Bindings *in, const JoinNode *node, const Conjuncts *conjuncts)
{
    if (node->kind == NODE_RTREF)
        return expand_entry(from, in, node->rtindex, conjuncts);
    if (node->kind != NODE_JOIN)
        return expand_unknown(from, in);
    if (node->join == JOIN_LEFT)
        return expand_left(from, in, node, conjuncts);
    if (node->join != JOIN_INNER)
        return expand_unknown(from, in);
    Conjuncts all = {0}, on = {0};
    for (size_t i = 0; i < conjuncts->len; i++)
        vec_push(from->evaluation->arena, &all, conjuncts->items[i]);
    from_conjuncts(from->evaluation->arena, node->quals, &on);
    for (size_t i = 0; i < on.len; i++)
        vec_push(from->evaluation->arena, &all, on.items[i]);
    Bindings left = expand(from, in, node->left, &all), right = expand(from, &left, node->right, &all), out = {0};
    for (size_t i = 0; i < right.len; i++)
        if (passes(from, &on, &right.items[i], true))
            vec_push(from->evaluation->arena, &out, right.items[i]);
    return out;
}

Bindings from_bindings(Evaluation *evaluation, Frame *frame)
{
    const Query *query = frame->query;
    From from = {.evaluation = evaluation, .frame = frame, .nrtable = query->nrtable + 1};
    Binding start = {arena_array_of(evaluation->arena, query->nrtable + 1, BoundRow), true, false};
    Bindings all = {0}, out = {0};
    vec_push(evaluation->arena, &all, start);
    from_conjuncts(evaluation->arena, query->jointree ? query->jointree->quals : NULL, &from.where);
    for (size_t i = 0; query->jointree && i < query->jointree->nitems; i++)
        all = expand(&from, &all, query->jointree->items[i], &from.where);
    for (size_t i = 0; i < all.len; i++)
        if (passes(&from, &from.where, &all.items[i], true))
            vec_push(evaluation->arena, &out, all.items[i]);
    if (evaluation->steps >= EVALUATE_MOST_STEPS) {
        /* not all was looked at */
        start.certain = false;
        start.many = true;
        vec_push(evaluation->arena, &out, start);
    }
    return out;
}
