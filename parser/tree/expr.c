/* Making expressions, and where they stand in the text. */
#include "tree/shape.h"

void *expr_new(Arena *arena, ExprKind kind, size_t size, Oid type, int32_t location)
{
    Expr *expr = arena_alloc(arena, size);
    expr->kind = kind;
    expr->type = type;
    expr->typmod = -1;
    expr->location = location;
    return expr;
}

/* Stops at the first argument whose place is known. */
static bool note_location(Expr *expr, void *context)
{
    int32_t *location = context;
    *location = expr_location(expr);
    return *location >= 0;
}

int32_t expr_location(const Expr *expr)
{
    if (!expr)
        return -1;
    LocationRule rule = shape_of_expr(expr->kind)->location;
    if (rule == LOCATION_OWN)
        return expr->location;
    int32_t argument = -1;
    expr_walk((Expr *)expr, note_location, &argument);
    if (rule == LOCATION_ARGUMENT || expr->location < 0)
        return argument;
    return argument >= 0 && argument < expr->location ? argument : expr->location;
}

int32_t expr_list_location(const ExprList *list)
{
    for (size_t i = 0; i < list->len; i++) {
        int32_t location = expr_location(list->items[i]);
        if (location >= 0)
            return location;
    }
    return -1;
}

Expr *expr_without_relabel(const Expr *expr)
{
    while (expr->kind == EXPR_RELABEL)
        expr = ((const Coercion *)expr)->arg;
    return (Expr *)expr;
}
