/* The columns of INSERT and the rows that go into them, also for MERGE: checkInsertTargets (PostgreSQL's
 * parse_target.c) and transformInsertRow (analyze.c). */
#include "analyze/declared.h"
#include "analyze/query_parts.h"

#include <string.h>

static void default_columns(ParseState *ps, InsertColumns *columns)
{
    const Relation *relation = ps->target_relation;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        if (relation->columns[i].dropped)
            continue;
        InsertColumn column = {.name = relation->columns[i].name, .number = relation->columns[i].number};
        vec_push(ps_arena(ps), columns, column);
    }
}

/* What a column has been assigned so far. */
enum { ASSIGNED_PART = 1, ASSIGNED_WHOLE = 2 };

static bool add_column(ParseState *ps, const AstResTarget *raw, unsigned char *assigned, InsertColumns *columns)
{
    const Column *column = catalog_find_column(ps->target_relation, raw->name);
    if (!column || column->number < 0) {
        declared_error_no_column(ps, raw->name, raw->location);
        return false;
    }
    unsigned char *before = &assigned[column->number];
    /* Parts of a column may be assigned one by one. */
    if (*before == ASSIGNED_WHOLE || (*before && !raw->n_indirection)) {
        ps_error(ps, raw->location, SQLSTATE_DUPLICATE_COLUMN, "column \"%s\" specified more than once", raw->name);
        return false;
    }
    *before = raw->n_indirection ? ASSIGNED_PART : ASSIGNED_WHOLE;
    InsertColumn item = {raw->name, column->number, raw};
    vec_push(ps_arena(ps), columns, item);
    return true;
}

bool insert_check_columns(ParseState *ps, size_t n, AstNode *const *raw, InsertColumns *columns)
{
    columns->given = n > 0;
    if (!n)
        default_columns(ps, columns);
    unsigned char *assigned = arena_alloc(ps_arena(ps), ps->target_relation->ncolumns + 1);
    for (size_t i = 0; i < n; i++) {
        if (!add_column(ps, raw[i]->res_target, assigned, columns))
            return false;
    }
    return true;
}

/* ---- rows ---- */

/* count_rowexpr_columns: how many columns a row value has, -1 for other values. */
static int64_t row_width(ParseState *ps, const Expr *expr)
{
    if (expr->kind == EXPR_ROW)
        return (int64_t)((const RowExpr *)expr)->args.len;
    if (expr->kind != EXPR_VAR || expr->type != TYPE_RECORD || ((const Var *)expr)->attribute <= 0)
        return -1;
    const Var *var = (const Var *)expr;
    const RangeTblEntry *rte = relation_rte(ps, var->rtindex, var->levels_up);
    if (rte->kind != RTE_SUBQUERY)
        return -1;
    for (size_t i = 0; i < rte->subquery->targets.len; i++) {
        const TargetEntry *entry = rte->subquery->targets.items[i];
        if (!entry->junk && entry->number == var->attribute && entry->expr->kind == EXPR_ROW)
            return (int64_t)((const RowExpr *)entry->expr)->args.len;
    }
    return -1;
}

static bool check_length(ParseState *ps, const ExprList *row, const InsertColumns *columns)
{
    if (row->len > columns->len) {
        ps_error(ps, expr_location(row->items[columns->len]), SQLSTATE_SYNTAX_ERROR,
                 "INSERT has more expressions than target columns");
        return false;
    }
    if (!columns->given || row->len == columns->len)
        return true;
    const AstResTarget *missing = columns->items[row->len].raw;
    Diag *diag =
        ps_error(ps, missing->location, SQLSTATE_SYNTAX_ERROR, "INSERT has more target columns than expressions");
    if (row->len == 1 && row_width(ps, row->items[0]) == (int64_t)columns->len)
        ps_hint(ps, diag,
                "The insertion source is a row expression containing the same number of columns expected by the "
                "INSERT. Did you accidentally use extra parentheses?");
    return false;
}

/* Of an assignment to a part of a column, what is assigned. */
static Expr *strip_assignment(Expr *expr)
{
    for (;;) {
        Expr *inner = expr;
        while (inner->kind == EXPR_COERCE_TO_DOMAIN)
            inner = ((Coercion *)inner)->arg;
        if (inner->kind == EXPR_FIELD_STORE)
            expr = ((FieldStore *)inner)->values.items[0];
        else if (inner->kind == EXPR_SUBSCRIPT && ((Subscript *)inner)->assigned)
            expr = ((Subscript *)inner)->assigned;
        else
            return expr;
    }
}

bool insert_transform_row(ParseState *ps, ExprList *row, const InsertColumns *columns, bool strip)
{
    if (!check_length(ps, row, columns))
        return false;
    for (size_t i = 0; i < row->len; i++) {
        const InsertColumn *column = &columns->items[i];
        const AstResTarget *raw = column->raw;
        Expr *expr = target_assigned_expr(ps, row->items[i], PARSE_INSERT_TARGET, column->name, column->number,
                                          raw ? raw->n_indirection : 0, raw ? raw->indirection : NULL,
                                          raw ? raw->location : -1);
        if (!expr)
            return false;
        row->items[i] = strip ? strip_assignment(expr) : expr;
    }
    return true;
}

void insert_make_targets(ParseState *ps, const ExprList *row, const InsertColumns *columns, TargetList *targets)
{
    for (size_t i = 0; i < row->len; i++) {
        const InsertColumn *column = &columns->items[i];
        TargetEntry *entry = target_new(ps, row->items[i], column->number, column->name, false);
        entry->location = column->raw ? column->raw->location : -1;
        targetlist_push(ps_arena(ps), targets, entry);
    }
}
