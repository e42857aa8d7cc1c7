/* Expressions moved from one relation to another, as inheritance, LIKE and partitions do with checks, generation
 * expressions and indexes (PostgreSQL's map_variable_attnos). */
#include "ddl/ddl_private.h"

#include "tree/shape.h"

static const size_t expr_sizes[] = {
    [EXPR_VAR] = sizeof(Var),
    [EXPR_CONST] = sizeof(Const),
    [EXPR_PARAM] = sizeof(Param),
    [EXPR_AGGREF] = sizeof(Aggref),
    [EXPR_GROUPING] = sizeof(GroupingFunc),
    [EXPR_WINDOW_FUNC] = sizeof(WindowFunc),
    [EXPR_SUBSCRIPT] = sizeof(Subscript),
    [EXPR_FUNC] = sizeof(FuncExpr),
    [EXPR_NAMED_ARG] = sizeof(NamedArg),
    [EXPR_OP] = sizeof(OpExpr),
    [EXPR_DISTINCT] = sizeof(OpExpr),
    [EXPR_NULLIF] = sizeof(OpExpr),
    [EXPR_SCALAR_ARRAY_OP] = sizeof(ScalarArrayOp),
    [EXPR_BOOL] = sizeof(BoolExpr),
    [EXPR_SUBLINK] = sizeof(SubLink),
    [EXPR_FIELD_SELECT] = sizeof(FieldSelect),
    [EXPR_FIELD_STORE] = sizeof(FieldStore),
    [EXPR_RELABEL] = sizeof(Coercion),
    [EXPR_COERCE_VIA_IO] = sizeof(Coercion),
    [EXPR_ARRAY_COERCE] = sizeof(ArrayCoerce),
    [EXPR_CONVERT_ROWTYPE] = sizeof(Coercion),
    [EXPR_COLLATE] = sizeof(Coercion),
    [EXPR_CASE] = sizeof(CaseExpr),
    [EXPR_CASE_TEST] = sizeof(Expr),
    [EXPR_ARRAY] = sizeof(ArrayExpr),
    [EXPR_ROW] = sizeof(RowExpr),
    [EXPR_ROW_COMPARE] = sizeof(RowCompare),
    [EXPR_COALESCE] = sizeof(VariadicExpr),
    [EXPR_MIN_MAX] = sizeof(VariadicExpr),
    [EXPR_SQL_VALUE_FUNCTION] = sizeof(SqlValueFunction),
    [EXPR_XML] = sizeof(XmlExpr),
    [EXPR_NULL_TEST] = sizeof(NullTest),
    [EXPR_BOOLEAN_TEST] = sizeof(BooleanTest),
    [EXPR_COERCE_TO_DOMAIN] = sizeof(Coercion),
    [EXPR_DOMAIN_VALUE] = sizeof(Expr),
    [EXPR_SET_TO_DEFAULT] = sizeof(Expr),
    [EXPR_CURRENT_OF] = sizeof(CurrentOf),
    [EXPR_NEXT_VALUE] = sizeof(Expr),
    [EXPR_MULTI_PARAM] = sizeof(MultiParam),
};

typedef struct Remap {
    Arena *arena;
    const int16_t *map;
    size_t n;
    bool failed;
} Remap;

static Expr *copy_expr(Remap *remap, const Expr *expr);

/* Gives the fields of a node, itself already a copy, copies of what they point to. */
static void copy_fields(Remap *remap, const Shape *shape, char *node)
{
    for (const Field *field = shape->fields; field->kind != FIELD_END; field++) {
        char *place = node + field->offset;
        size_t count = field->count_offset ? *(size_t *)(node + field->count_offset) : 0;
        switch (field->kind) {
        case FIELD_EXPR:
            *(Expr **)place = copy_expr(remap, *(Expr **)place);
            break;
        case FIELD_EXPRS: {
            ExprList *list = (ExprList *)place;
            list->items = arena_memdup(remap->arena, list->items, list->len * sizeof *list->items);
            for (size_t i = 0; i < list->len; i++)
                list->items[i] = copy_expr(remap, list->items[i]);
            break;
        }
        case FIELD_STRUCT:
            copy_fields(remap, field->shape, place);
            break;
        case FIELD_STRUCT_ARRAY: {
            char *items = arena_memdup(remap->arena, *(char **)place, count * field->size);
            for (size_t i = 0; i < count; i++)
                copy_fields(remap, field->shape, items + i * field->size);
            *(char **)place = items;
            break;
        }
        case FIELD_EXPR_ARRAY: {
            Expr **items = arena_memdup(remap->arena, *(Expr ***)place, count * sizeof *items);
            for (size_t i = 0; i < count; i++)
                items[i] = copy_expr(remap, items[i]);
            *(Expr ***)place = items;
            break;
        }
        /* Queries cannot stand in the expressions of a relation. */
        case FIELD_QUERY:
        case FIELD_POINTER:
        case FIELD_POINTER_ARRAY:
        case FIELD_END:
        case FIELD_BYTES:
        case FIELD_TEXT:
        case FIELD_BYTES_ARRAY:
        case FIELD_TEXT_ARRAY:
            break;
        }
    }
}

static Expr *copy_expr(Remap *remap, const Expr *expr)
{
    if (!expr)
        return NULL;
    Expr *copy = arena_memdup(remap->arena, expr, expr_sizes[expr->kind]);
    if (copy->kind == EXPR_VAR) {
        Var *var = (Var *)copy;
        if (var->attribute <= 0) {
            remap->failed |= var->attribute == 0;
        } else {
            int16_t number = (size_t)var->attribute <= remap->n ? remap->map[var->attribute - 1] : 0;
            remap->failed |= number == 0;
            var->attribute = number;
        }
    }
    copy_fields(remap, shape_of_expr(expr->kind), (char *)copy);
    return copy;
}

Expr *remap_expr(Arena *arena, Expr *expr, const int16_t *map, size_t n)
{
    bool same = true;
    for (size_t i = 0; i < n; i++)
        same &= map[i] == (int16_t)(i + 1);
    if (!expr || same)
        return expr;
    Remap remap = {.arena = arena, .map = map, .n = n};
    Expr *copy = copy_expr(&remap, expr);
    return remap.failed ? NULL : copy;
}

int16_t *remap_by_name(Arena *arena, const Relation *from, const Relation *to)
{
    int16_t *map = arena_array_of(arena, from->ncolumns + 1, int16_t);
    StrMap targets = {0};
    for (size_t i = 0; i < to->ncolumns; i++) {
        if (!to->columns[i].dropped)
            strmap_put(arena, &targets, to->columns[i].name, (void *)(uintptr_t)to->columns[i].number);
    }
    for (size_t i = 0; i < from->ncolumns; i++) {
        if (!from->columns[i].dropped)
            map[i] = (int16_t)(uintptr_t)strmap_get(&targets, from->columns[i].name);
    }
    return map;
}
