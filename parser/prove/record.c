/* Anonymous records: what ROW(…), a sub-select's row and a function with OUT parameters are made of, and arrays of
 * these. The server says "record" of all of them and sends them as composite values, with each field's type. */
#include "prove/record.h"

#include "catalog/builtin_oids.h"

#include <string.h>

/* OIDs as in pg_proc.dat: array_agg(anynonarray). */
enum { FUNCTION_ARRAY_AGG = 2335, MAX_DEPTH = 32 };

typedef struct Shape {
    ProveProject *project;
    const char *name;
    int depth;
} Shape;

static const IrType *type_of(const Shape *shape, const Query *query, const Expr *expr);

/* A field of a record can always be NULL, like a composite type's. */
static bool add_field(const Shape *shape, IrType *record, IrField *fields, const char *name, const IrType *type)
{
    if (!type)
        return false;
    fields[record->nfields++] = (IrField){arena_strdup(shape->project->arena, name), type, true, NULL};
    record->has_send = record->has_send && type->has_send;
    return true;
}

/* A type like the system's record, with fields. */
static IrType *new_record(const Shape *shape, size_t nfields, IrField **fields)
{
    Arena *arena = shape->project->arena;
    IrType *record = arena_memdup(arena, ir_type_of(shape->project, TYPE_RECORD), sizeof *record);
    *fields = arena_array_of(arena, nfields, IrField);
    record->kind = IR_COMPOSITE;
    record->fields = *fields;
    record->anonymous = shape->name;
    record->has_send = true;
    return record;
}

static bool is_record(Oid type)
{
    return type == TYPE_RECORD || type == TYPE_RECORD_ARRAY;
}

/* A field's type: a record in a record has a struct of its own. */
static const IrType *field_type(const Shape *shape, const Query *query, const Expr *expr, Oid type,
                                const char *name)
{
    if (!is_record(type))
        return ir_type_of(shape->project, type);
    if (!expr || shape->depth >= MAX_DEPTH)
        return NULL;
    Shape inner = {shape->project, arena_printf(shape->project->arena, "%s_%s", shape->name, name),
                   shape->depth + 1};
    return type_of(&inner, query, expr);
}

static const IrType *row_type(const Shape *shape, const Query *query, const RowExpr *row)
{
    IrField *fields;
    IrType *record = new_record(shape, row->args.len, &fields);
    for (size_t i = 0; i < row->args.len; i++) {
        const Expr *arg = row->args.items[i];
        const char *name = arena_printf(shape->project->arena, "f%zu", i + 1);
        if (!add_field(shape, record, fields, name, field_type(shape, query, arg, arg->type, name)))
            return NULL;
    }
    return record;
}

/* The whole row of a sub-select, of VALUES or of functions. */
static const IrType *whole_row_type(const Shape *shape, const RangeTblEntry *rte)
{
    IrField *fields;
    IrType *record = new_record(shape, rte->ncolumns, &fields);
    for (size_t i = 0; i < rte->ncolumns; i++) {
        const RteColumn *column = &rte->columns[i];
        const Expr *expr =
            rte->kind == RTE_SUBQUERY && !rte->subquery->set_operations && i < rte->subquery->targets.len
                ? rte->subquery->targets.items[i]->expr
                : NULL;
        const Query *query = expr ? rte->subquery : NULL;
        if (!column->type || !add_field(shape, record, fields, column->name,
                                        field_type(shape, query, expr, column->type, column->name)))
            return NULL;
    }
    return record;
}

static const IrType *var_type(const Shape *shape, const Query *query, const Var *var)
{
    if (var->levels_up != 0 || var->attribute < 0)
        return NULL;
    const RangeTblEntry *rte = query->rtable[var->rtindex - 1];
    if (var->attribute == 0)
        return whole_row_type(shape, rte);
    size_t at = (size_t)var->attribute - 1;
    if (rte->kind == RTE_SUBQUERY && !rte->subquery->set_operations && at < rte->subquery->targets.len)
        return type_of(shape, rte->subquery, rte->subquery->targets.items[at]->expr);
    if (rte->kind == RTE_JOIN && at < rte->ncolumns)
        return type_of(shape, query, rte->join_vars[at]);
    return NULL;
}

/* A function's OUT parameters are the fields. */
static const IrType *call_type(const Shape *shape, const FuncExpr *call)
{
    const Function *function = catalog_function(shape->project->catalog, call->function);
    if (!function || !function->nall || !function->arg_names)
        return NULL;
    IrField *fields;
    IrType *record = new_record(shape, function->nall, &fields);
    for (size_t i = 0; i < function->nall; i++) {
        char mode = function->all_modes[i];
        if (mode != ARGMODE_OUT && mode != ARGMODE_INOUT && mode != ARGMODE_TABLE)
            continue;
        const char *name = *function->arg_names[i]
                               ? function->arg_names[i]
                               : arena_printf(shape->project->arena, "column%zu", record->nfields + 1);
        const Type *type = catalog_type(shape->project->catalog, function->all_types[i]);
        if (!type || type->typtype == TYPTYPE_PSEUDO ||
            !add_field(shape, record, fields, name, ir_type_of(shape->project, type->oid)))
            return NULL;
    }
    return record->nfields > 1 ? record : NULL;
}

static const IrType *array_of(const Shape *shape, const IrType *element)
{
    if (!element || element->kind == IR_ARRAY)
        return NULL;
    IrType *array =
        arena_memdup(shape->project->arena, ir_type_of(shape->project, TYPE_RECORD_ARRAY), sizeof *array);
    array->kind = IR_ARRAY;
    array->element = element;
    array->has_send = element->has_send;
    return array;
}

static bool same_shape(const IrType *a, const IrType *b)
{
    if (!a || !b || a->kind != IR_COMPOSITE || b->kind != IR_COMPOSITE || a->nfields != b->nfields)
        return a == b;
    for (size_t i = 0; i < a->nfields; i++)
        if (!same_shape(a->fields[i].type, b->fields[i].type))
            return false;
    return true;
}

/* ARRAY[ROW(…), ROW(…)], if all are alike. */
static const IrType *items_type(const Shape *shape, const Query *query, const ArrayExpr *array)
{
    const IrType *first = NULL;
    for (size_t i = 0; i < array->elements.len; i++) {
        const IrType *type = type_of(shape, query, array->elements.items[i]);
        if (!type || (first && !same_shape(first, type)))
            return NULL;
        first = first ? first : type;
    }
    return array_of(shape, first);
}

static const IrType *sublink_type(const Shape *shape, const SubLink *link)
{
    const Query *query = link->query;
    if (query->set_operations || query->command != COMMAND_SELECT || query->targets.len == 0 ||
        (link->sublink != SUBLINK_EXPR && link->sublink != SUBLINK_ARRAY))
        return NULL;
    const IrType *type = type_of(shape, query, query->targets.items[0]->expr);
    return link->sublink == SUBLINK_ARRAY ? array_of(shape, type) : type;
}

static const IrType *type_of(const Shape *shape, const Query *query, const Expr *expr)
{
    if (!is_record(expr->type))
        return ir_type_of(shape->project, expr->type);
    switch ((int)expr->kind) {
    case EXPR_ROW:
        return row_type(shape, query, (const RowExpr *)expr);
    case EXPR_VAR:
        return var_type(shape, query, (const Var *)expr);
    case EXPR_FUNC:
        return expr->type == TYPE_RECORD ? call_type(shape, (const FuncExpr *)expr) : NULL;
    case EXPR_ARRAY:
        return items_type(shape, query, (const ArrayExpr *)expr);
    case EXPR_SUBLINK:
        return sublink_type(shape, (const SubLink *)expr);
    case EXPR_AGGREF: {
        const Aggref *call = (const Aggref *)expr;
        bool arrays = call->function == FUNCTION_ARRAY_AGG && call->levels_up == 0;
        return arrays ? array_of(shape, type_of(shape, query, call->args.items[0])) : NULL;
    }
    default:
        return NULL;
    }
}

const IrType *record_type(ProveProject *project, const Query *query, const Expr *expr, const char *name)
{
    const Shape shape = {project, name, 0};
    return is_record(expr->type) ? type_of(&shape, query, expr) : NULL;
}
