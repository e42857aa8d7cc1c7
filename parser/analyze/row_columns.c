/* The columns of values that are rows: get_expr_result_type and get_expr_result_tupdesc (PostgreSQL's funcapi.c)
 * and expandRecordVariable (parse_target.c), which follows a RECORD variable to the expression it stands for. */
#include "analyze/query_parts.h"

#include <string.h>

static void allocate(ParseState *ps, RowColumns *columns, size_t n)
{
    columns->names = arena_array_of(ps_arena(ps), n, const char *);
    columns->types = arena_array_of(ps_arena(ps), n, Oid);
    columns->typmods = arena_array_of(ps_arena(ps), n, int32_t);
    columns->collations = arena_array_of(ps_arena(ps), n, Oid);
    columns->len = n;
}

static void set_column(RowColumns *columns, size_t i, const char *name, Oid type, int32_t typmod, Oid collation)
{
    columns->names[i] = name;
    columns->types[i] = type;
    columns->typmods[i] = typmod;
    columns->collations[i] = collation;
}

static void relation_columns(ParseState *ps, const Relation *relation, RowColumns *columns)
{
    allocate(ps, columns, relation->ncolumns);
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            set_column(columns, i, "", INVALID_OID, -1, INVALID_OID);
        else
            set_column(columns, i, column->name, column->type, column->typmod, column->collation);
    }
}

static bool is_output(char mode)
{
    return mode == ARGMODE_OUT || mode == ARGMODE_INOUT || mode == ARGMODE_TABLE;
}

/* build_function_result_tupdesc_t and resolve_polymorphic_tupdesc: the OUT columns of a function of type RECORD. */
static bool output_columns(ParseState *ps, const Function *function, const ExprList *args, RowColumns *columns)
{
    if (function->return_type != TYPE_RECORD || !function->nall)
        return false;
    size_t n = 0;
    for (size_t i = 0; i < function->nall; i++)
        n += is_output(function->all_modes[i]);
    if (!n)
        return false;
    allocate(ps, columns, n);
    n = 0;
    for (size_t i = 0; i < function->nall; i++) {
        if (!is_output(function->all_modes[i]))
            continue;
        const char *name = function->arg_names ? function->arg_names[i] : NULL;
        if (!name || !*name)
            name = arena_printf(ps_arena(ps), "column%zu", n + 1);
        set_column(columns, n++, name, function->all_types[i], -1, INVALID_OID);
    }
    Oid *actual = arena_array_of(ps_arena(ps), function->nargs, Oid);
    for (size_t i = 0; i < function->nargs && i < args->len; i++)
        actual[i] = args->items[i]->type;
    if (!polymorphic_resolve_outputs(ps_catalog(ps), function->nargs, actual, function->arg_types, n,
                                     columns->types))
        return false;
    for (size_t i = 0; i < n; i++)
        columns->collations[i] = type_collation(ps_catalog(ps), columns->types[i]);
    return true;
}

/* get_type_func_class */
static RowClass classify_type(ParseState *ps, Oid oid, RowColumns *columns)
{
    const Catalog *catalog = ps_catalog(ps);
    Oid relation = type_or_domain_relation(catalog, oid);
    if (relation) {
        relation_columns(ps, catalog_relation(catalog, relation), columns);
        return ROW_COMPOSITE;
    }
    const Type *type = catalog_type(catalog, oid);
    if (!type || type->typtype != TYPTYPE_PSEUDO)
        return type ? ROW_SCALAR : ROW_OTHER;
    if (oid == TYPE_RECORD)
        return ROW_RECORD;
    return oid == TYPE_VOID || oid == TYPE_CSTRING ? ROW_SCALAR : ROW_OTHER;
}

/* internal_get_result_type */
static RowClass classify_call(ParseState *ps, Oid oid, const ExprList *args, const Expr *call, RowColumns *columns)
{
    const Function *function = catalog_function(ps_catalog(ps), oid);
    if (!function)
        return ROW_OTHER;
    if (output_columns(ps, function, args, columns))
        return ROW_COMPOSITE;
    Oid result = type_is_polymorphic(function->return_type) ? call->type : function->return_type;
    return classify_type(ps, result, columns);
}

RowClass row_classify(ParseState *ps, Expr *expr, RowColumns *columns)
{
    if (expr->kind == EXPR_FUNC) {
        FuncExpr *call = (FuncExpr *)expr;
        return classify_call(ps, call->function, &call->args, expr, columns);
    }
    if (expr->kind == EXPR_OP) {
        OpExpr *op = (OpExpr *)expr;
        return classify_call(ps, op->function, &op->args, expr, columns);
    }
    if (expr->kind == EXPR_ROW && expr->type == TYPE_RECORD) {
        RowExpr *row = (RowExpr *)expr;
        allocate(ps, columns, row->args.len);
        for (size_t i = 0; i < row->args.len; i++) {
            const Expr *arg = row->args.items[i];
            const char *name = row->names ? row->names[i] : arena_printf(ps_arena(ps), "f%zu", i + 1);
            set_column(columns, i, name, arg->type, arg->typmod, arg->collation);
        }
        return ROW_COMPOSITE;
    }
    return classify_type(ps, expr->type, columns);
}

/* ---- RECORD variables ---- */

static bool record_columns(ParseState *ps, const Var *var, int levels_up, RowColumns *columns);

static const Expr *output_expr(const Query *query, int attribute)
{
    const TargetList *outputs = query_outputs(query);
    for (size_t i = 0; i < outputs->len; i++) {
        if (!outputs->items[i]->junk && outputs->items[i]->number == attribute)
            return outputs->items[i]->expr;
    }
    return NULL;
}

/* A column of a query that stands levels_up levels out: its variables are those of a level below that one. */
static bool query_columns(ParseState *ps, Query *query, int attribute, int levels_up, RowColumns *columns)
{
    const Expr *expr = output_expr(query, attribute);
    if (!expr)
        return false;
    while (levels_up-- > 0 && ps->parent)
        ps = ps->parent;
    ParseState inside = {.an = ps->an, .parent = ps, .query = query, .ctes = query->ctes, .nctes = query->nctes};
    if (expr->kind == EXPR_VAR && expr->type == TYPE_RECORD)
        return record_columns(&inside, (const Var *)expr, 0, columns);
    return row_classify(&inside, (Expr *)expr, columns) == ROW_COMPOSITE;
}

static bool whole_row_columns(ParseState *ps, const RangeTblEntry *rte, RowColumns *columns)
{
    allocate(ps, columns, rte->ncolumns);
    size_t n = 0;
    for (size_t i = 0; i < rte->ncolumns; i++) {
        const RteColumn *column = &rte->columns[i];
        if (column->type)
            set_column(columns, n++, column->name, column->type, column->typmod, column->collation);
    }
    columns->len = n;
    return true;
}

static bool record_columns(ParseState *ps, const Var *var, int levels_up, RowColumns *columns)
{
    levels_up += var->levels_up;
    const RangeTblEntry *rte = relation_rte(ps, var->rtindex, levels_up);
    if (!var->attribute)
        return whole_row_columns(ps, rte, columns);
    if (rte->kind == RTE_SUBQUERY)
        return query_columns(ps, rte->subquery, var->attribute, levels_up, columns);
    if (rte->kind == RTE_CTE && !rte->self_reference) {
        const CommonTableExpr *cte = range_cte(ps, rte, levels_up);
        return cte && cte->query &&
               query_columns(ps, cte->query, var->attribute, levels_up + rte->cte_levels_up, columns);
    }
    if (rte->kind == RTE_JOIN) {
        Expr *expr = rte->join_vars[var->attribute - 1];
        if (expr->kind == EXPR_VAR && expr->type == TYPE_RECORD)
            return record_columns(ps, (const Var *)expr, levels_up, columns);
        return row_classify(ps, expr, columns) == ROW_COMPOSITE;
    }
    return false;
}

bool relation_row_columns(ParseState *ps, Expr *expr, RowColumns *columns)
{
    if (expr->kind == EXPR_VAR && expr->type == TYPE_RECORD)
        return record_columns(ps, (const Var *)expr, 0, columns);
    return row_classify(ps, expr, columns) == ROW_COMPOSITE;
}
