/* PostgreSQL's equal() on the tree: two trees are equal when they mean the same, wherever and however they were
 * written.
 *
 * An index's or constraint's expression knows its relation as range table entry 1; rtindex, when not 0, is the
 * entry that it stands for in the query whose expression is `a`. */
#include "tree/shape.h"

#include <string.h>

static bool equal_shape(const Shape *shape, const char *a, const char *b, int rtindex);
static bool equal_expr(const Expr *a, const Expr *b, int rtindex);

static bool equal_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool equal_query(const Query *a, const Query *b, int rtindex)
{
    return equal_shape(&shape_of_query, (const char *)a, (const char *)b, rtindex);
}

static bool equal_list(const ExprList *a, const ExprList *b, int rtindex)
{
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (!equal_expr(a->items[i], b->items[i], rtindex))
            return false;
    return true;
}

static bool equal_item(const Field *field, const char *a, const char *b, int rtindex)
{
    switch (field->kind) {
    case FIELD_BYTES_ARRAY:
        return memcmp(a, b, field->size) == 0;
    case FIELD_TEXT_ARRAY:
        return equal_text(*(const char *const *)a, *(const char *const *)b);
    case FIELD_EXPR_ARRAY:
        return equal_expr(*(Expr *const *)a, *(Expr *const *)b, rtindex);
    case FIELD_STRUCT_ARRAY:
        return equal_shape(field->shape, a, b, rtindex);
    case FIELD_POINTER_ARRAY:
        return equal_shape(field->shape, *(const char *const *)a, *(const char *const *)b, rtindex);
    case FIELD_END:
    case FIELD_BYTES:
    case FIELD_TEXT:
    case FIELD_EXPR:
    case FIELD_EXPRS:
    case FIELD_QUERY:
    case FIELD_STRUCT:
    case FIELD_POINTER:
        break;
    }
    return false;
}

/* An array that was never filled in is NULL, on both sides or on none. */
static bool equal_arrays(const Field *field, const char *a, const char *b, int rtindex)
{
    size_t count = *(const size_t *)(a + field->count_offset);
    const char *as = *(const char *const *)(a + field->offset), *bs = *(const char *const *)(b + field->offset);
    if (count != *(const size_t *)(b + field->count_offset))
        return false;
    if (!as || !bs)
        return count == 0 || as == bs;
    for (size_t i = 0; i < count; i++)
        if (!equal_item(field, as + i * field->size, bs + i * field->size, rtindex))
            return false;
    return true;
}

static bool equal_field(const Field *field, const char *a, const char *b, int rtindex)
{
    const char *at = a + field->offset, *bt = b + field->offset;
    switch (field->kind) {
    case FIELD_END:
        return true;
    case FIELD_BYTES:
        return memcmp(at, bt, field->size) == 0;
    case FIELD_TEXT:
        return equal_text(*(const char *const *)at, *(const char *const *)bt);
    case FIELD_EXPR:
        return equal_expr(*(Expr *const *)at, *(Expr *const *)bt, rtindex);
    case FIELD_EXPRS:
        return equal_list((const ExprList *)at, (const ExprList *)bt, rtindex);
    case FIELD_QUERY:
        return equal_query(*(Query *const *)at, *(Query *const *)bt, rtindex);
    case FIELD_STRUCT:
        return equal_shape(field->shape, at, bt, rtindex);
    case FIELD_POINTER:
        return equal_shape(field->shape, *(const char *const *)at, *(const char *const *)bt, rtindex);
    case FIELD_BYTES_ARRAY:
    case FIELD_TEXT_ARRAY:
    case FIELD_EXPR_ARRAY:
    case FIELD_STRUCT_ARRAY:
    case FIELD_POINTER_ARRAY:
        return equal_arrays(field, a, b, rtindex);
    }
    return false;
}

static bool equal_shape(const Shape *shape, const char *a, const char *b, int rtindex)
{
    if (!a || !b)
        return a == b;
    for (const Field *field = shape->fields; field->kind != FIELD_END; field++)
        if (!equal_field(field, a, b, rtindex))
            return false;
    return true;
}

static bool equal_var(const Var *a, const Var *b, int rtindex)
{
    return a->attribute == b->attribute && a->levels_up == b->levels_up && a->rtindex == rtindex && b->rtindex == 1;
}

static bool equal_expr(const Expr *a, const Expr *b, int rtindex)
{
    if (a == b && !rtindex)
        return true;
    if (!a || !b || a->kind != b->kind || a->type != b->type || a->typmod != b->typmod ||
        a->collation != b->collation)
        return !a && !b;
    if (rtindex && a->kind == EXPR_VAR && ((const Var *)b)->levels_up == 0)
        return equal_var((const Var *)a, (const Var *)b, rtindex);
    return equal_shape(shape_of_expr(a->kind), (const char *)a, (const char *)b, rtindex);
}

bool expr_equal(const Expr *a, const Expr *b)
{
    return equal_expr(a, b, 0);
}

bool expr_equal_at(const Expr *a, const Expr *b, int rtindex)
{
    return equal_expr(a, b, rtindex);
}

bool expr_list_equal(const ExprList *a, const ExprList *b)
{
    return equal_list(a, b, 0);
}

bool query_equal(const Query *a, const Query *b)
{
    return a == b || equal_query(a, b, 0);
}
