/* Walking the tree along the shapes: the direct sub-expressions of an expression, the expressions and sub-queries
 * of a query. What a walk means to find below that, its visitor asks for by walking on. */
#include "tree/shape.h"

/* Exactly one of the two is set: what is being looked for. */
typedef struct Walk {
    ExprVisitor *visit_expr;
    QueryVisitor *visit_query;
    void *context;
} Walk;

static bool walk_shape(const Walk *walk, const Shape *shape, const char *node);

static bool meet_expr(const Walk *walk, Expr *expr)
{
    return expr && walk->visit_expr && walk->visit_expr(expr, walk->context);
}

static bool walk_items(const Walk *walk, const Field *field, const char *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *item = items + i * field->size;
        if (field->kind == FIELD_EXPR_ARRAY) {
            if (meet_expr(walk, *(Expr *const *)item))
                return true;
        } else if (field->kind == FIELD_STRUCT_ARRAY) {
            if (walk_shape(walk, field->shape, item))
                return true;
        } else if (walk_shape(walk, field->shape, *(const char *const *)item)) {
            return true;
        }
    }
    return false;
}

static bool walk_field(const Walk *walk, const Field *field, const char *node)
{
    const char *place = node + field->offset;
    switch (field->kind) {
    case FIELD_END:
    case FIELD_BYTES:
    case FIELD_TEXT:
    case FIELD_BYTES_ARRAY:
    case FIELD_TEXT_ARRAY:
        return false;
    case FIELD_EXPR:
        return meet_expr(walk, *(Expr *const *)place);
    case FIELD_EXPRS: {
        const ExprList *list = (const ExprList *)place;
        for (size_t i = 0; i < list->len; i++)
            if (meet_expr(walk, list->items[i]))
                return true;
        return false;
    }
    case FIELD_QUERY: {
        Query *query = *(Query *const *)place;
        return query && walk->visit_query && walk->visit_query(query, walk->context);
    }
    case FIELD_STRUCT:
        return walk_shape(walk, field->shape, place);
    case FIELD_POINTER:
        return walk_shape(walk, field->shape, *(const char *const *)place);
    case FIELD_EXPR_ARRAY:
    case FIELD_STRUCT_ARRAY:
    case FIELD_POINTER_ARRAY:
        return walk_items(walk, field, *(const char *const *)place, *(const size_t *)(node + field->count_offset));
    }
    return false;
}

static bool walk_shape(const Walk *walk, const Shape *shape, const char *node)
{
    if (!node)
        return false;
    for (const Field *field = shape->fields; field->kind != FIELD_END; field++)
        if (!field->derived && walk_field(walk, field, node))
            return true;
    return false;
}

bool expr_walk(Expr *expr, ExprVisitor *visit, void *context)
{
    Walk walk = {.visit_expr = visit, .context = context};
    return expr && walk_shape(&walk, shape_of_expr(expr->kind), (const char *)expr);
}

bool query_walk_exprs(Query *query, ExprVisitor *visit, void *context)
{
    Walk walk = {.visit_expr = visit, .context = context};
    return walk_shape(&walk, &shape_of_query, (const char *)query);
}

bool query_walk_subqueries(Query *query, QueryVisitor *visit, void *context)
{
    Walk walk = {.visit_query = visit, .context = context};
    return walk_shape(&walk, &shape_of_query, (const char *)query);
}

/* The level that is looked for, as seen from the query level the walk is in. */
typedef struct LevelSearch {
    int level;
} LevelSearch;

static bool query_has_level(Query *query, void *context);

static bool expr_has_level(Expr *expr, void *context)
{
    LevelSearch *search = context;
    if (expr->kind == EXPR_VAR)
        return ((Var *)expr)->levels_up == search->level;
    if (expr->kind == EXPR_CURRENT_OF)
        return search->level == 0;
    if (expr->kind == EXPR_SUBLINK && ((SubLink *)expr)->query && query_has_level(((SubLink *)expr)->query, search))
        return true;
    return expr_walk(expr, expr_has_level, search);
}

static bool query_has_level(Query *query, void *context)
{
    LevelSearch *outer = context;
    LevelSearch inner = {outer->level + 1};
    return query_walk_exprs(query, expr_has_level, &inner) || query_walk_subqueries(query, query_has_level, &inner);
}

bool expr_contains_vars_of_level(Expr *expr, int level)
{
    return expr && expr_has_level(expr, &(LevelSearch){level});
}

bool query_contains_vars_of_level(Query *query, int level)
{
    return query && query_has_level(query, &(LevelSearch){level - 1});
}
