/* Assignments to columns, their fields and elements: transformAssignedExpr and transformAssignmentIndirection of
 * PostgreSQL's parse_target.c. */
#include "analyze/declared.h"
#include "analyze/query_parts.h"

/* What is assigned to, and how: constant through the nesting of one assignment. */
typedef struct Assignment {
    ParseState *ps;
    AstNode *const *indirection;
    size_t n;
    Expr *source;
    int32_t location;
} Assignment;

/* The place assigned to at one level of nesting. */
typedef struct Place {
    const char *name;
    bool element; /* of a container, rather than a field */
    Oid type;
    int32_t typmod;
    Oid collation;
} Place;

static Expr *assign_place(const Assignment *assignment, Expr *base, const Place *place, size_t from);

/* The innermost place takes the source. */
static Expr *coerce_source(const Assignment *assignment, const Place *place)
{
    ParseState *ps = assignment->ps;
    Oid type = assignment->source->type;
    bool failed = false;
    Expr *expr = coerce_to_target(ps, assignment->source, place->type, place->typmod, COERCION_ASSIGNMENT,
                                  FORM_IMPLICIT_CAST, -1, &failed);
    if (expr || failed)
        return expr;
    Diag *diag = place->element
                     ? ps_error(ps, assignment->location, SQLSTATE_DATATYPE_MISMATCH,
                                "subscripted assignment to \"%s\" requires type %s but expression is of type %s",
                                place->name, ps_type(ps, place->type), ps_type(ps, type))
                     : ps_error(ps, assignment->location, SQLSTATE_DATATYPE_MISMATCH,
                                "subfield \"%s\" is of type %s but expression is of type %s", place->name,
                                ps_type(ps, place->type), ps_type(ps, type));
    ps_hint(ps, diag, "You will need to rewrite or cast the expression.");
    return NULL;
}

/* transformAssignmentSubscripts: indirection items from `from` up to `to` are subscripts. */
static Expr *assign_element(const Assignment *assignment, Expr *base, const Place *place, size_t from, size_t to)
{
    ParseState *ps = assignment->ps;
    Oid container = place->type;
    int32_t typmod = place->typmod;
    subscript_container_type(ps, &container, &typmod);
    Subscript *subscript =
        subscript_transform(ps, base, container, typmod, to - from, assignment->indirection + from, true);
    if (!subscript)
        return NULL;
    Place element = {.name = place->name,
                     .element = true,
                     .type = subscript->expr.type,
                     .typmod = subscript->expr.typmod,
                     .collation =
                         container == place->type ? place->collation : type_collation(ps_catalog(ps), container)};
    subscript->assigned = assign_place(assignment, NULL, &element, to);
    if (!subscript->assigned)
        return NULL;
    subscript->expr.type = container;
    subscript->expr.typmod = typmod;
    if (container == place->type)
        return &subscript->expr;
    bool failed = false;
    Expr *domain = coerce_to_target(ps, &subscript->expr, place->type, place->typmod, COERCION_ASSIGNMENT,
                                    FORM_IMPLICIT_CAST, -1, &failed);
    if (!domain && !failed)
        ps_error(ps, assignment->location, SQLSTATE_CANNOT_COERCE, "cannot cast type %s to %s",
                 ps_type(ps, container), ps_type(ps, place->type));
    return domain;
}

/* The field's column; NULL after an error. */
static const Column *find_field(const Assignment *assignment, const Place *place, const char *name)
{
    ParseState *ps = assignment->ps;
    const Relation *row = catalog_relation(ps_catalog(ps), type_or_domain_relation(ps_catalog(ps), place->type));
    if (!row) {
        ps_error(ps, assignment->location, SQLSTATE_DATATYPE_MISMATCH,
                 "cannot assign to field \"%s\" of column \"%s\" because its type %s is not a composite type", name,
                 place->name, ps_type(ps, place->type));
        return NULL;
    }
    const Column *column = catalog_find_column(row, name);
    if (column && column->number < 0) {
        ps_error(ps, assignment->location, SQLSTATE_UNDEFINED_COLUMN, "cannot assign to system column \"%s\"",
                 name);
        return NULL;
    }
    if (!column)
        ps_error(ps, assignment->location, SQLSTATE_UNDEFINED_COLUMN,
                 "cannot assign to field \"%s\" of column \"%s\" because there is no such column in data type %s",
                 name, place->name, ps_type(ps, place->type));
    return column;
}

static Expr *assign_field(const Assignment *assignment, Expr *base, const Place *place, size_t from)
{
    ParseState *ps = assignment->ps;
    const char *name = range_list_name(assignment->indirection, from);
    const Column *column = find_field(assignment, place, name);
    if (!column)
        return NULL;
    Place field = {.name = name, .type = column->type, .typmod = column->typmod, .collation = column->collation};
    Expr *value = assign_place(assignment, NULL, &field, from + 1);
    if (!value)
        return NULL;
    Oid row_type = type_base(ps_catalog(ps), place->type);
    FieldStore *store = expr_make(ps_arena(ps), EXPR_FIELD_STORE, FieldStore, row_type, assignment->location);
    store->arg = base;
    exprlist_push(ps_arena(ps), &store->values, value);
    store->fields = arena_memdup(ps_arena(ps), &column->number, sizeof column->number);
    if (row_type == place->type)
        return &store->expr;
    bool failed = false;
    return coerce_to_target(ps, &store->expr, place->type, place->typmod, COERCION_IMPLICIT, FORM_IMPLICIT_CAST,
                            assignment->location, &failed);
}

/* transformAssignmentIndirection from the item `from` on; base is the old value, NULL within another one. */
static Expr *assign_place(const Assignment *assignment, Expr *base, const Place *place, size_t from)
{
    ParseState *ps = assignment->ps;
    if (from == assignment->n)
        return coerce_source(assignment, place);
    if (!base) {
        base = expr_new(ps_arena(ps), EXPR_CASE_TEST, sizeof(Expr), place->type, -1);
        base->typmod = place->typmod;
        base->collation = place->collation;
    }
    size_t to = from;
    while (to < assignment->n && ast_kind(assignment->indirection[to]) == AST_A_INDICES)
        to++;
    if (to < assignment->n && ast_kind(assignment->indirection[to]) == AST_A_STAR) {
        ps_error(ps, assignment->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "row expansion via \"*\" is not supported here");
        return NULL;
    }
    return to > from ? assign_element(assignment, base, place, from, to)
                     : assign_field(assignment, base, place, from);
}

/* ---- whole columns ---- */

/* DEFAULT takes the column's type, and can't be part of a column. */
static bool settle_default(ParseState *ps, Expr *expr, const Column *column, size_t nindirection,
                           AstNode *const *indirection, int32_t location)
{
    if (expr->kind != EXPR_SET_TO_DEFAULT)
        return true;
    expr->type = column->type;
    expr->typmod = column->typmod;
    expr->collation = column->collation;
    if (nindirection)
        ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s",
                 ast_kind(indirection[0]) == AST_A_INDICES ? "cannot set an array element to DEFAULT"
                                                           : "cannot set a subfield to DEFAULT");
    return !nindirection;
}

/* The column's old value: nothing yet in INSERT. */
static Expr *old_value(ParseState *ps, const Column *column, int32_t location)
{
    if (!ps->is_insert)
        return range_make_var(ps, ps->target_item->rtindex, column->number, column->type, column->typmod,
                              column->collation, 0, location);
    Const *null = expr_make(ps_arena(ps), EXPR_CONST, Const, column->type, -1);
    null->is_null = true;
    null->expr.typmod = column->typmod;
    null->expr.collation = column->collation;
    return &null->expr;
}

static Expr *assign_column(ParseState *ps, Expr *expr, const char *name, const Column *column)
{
    Oid type = expr->type;
    bool failed = false;
    Expr *coerced = coerce_to_target(ps, expr, column->type, column->typmod, COERCION_ASSIGNMENT,
                                     FORM_IMPLICIT_CAST, -1, &failed);
    if (!coerced && !failed) {
        Diag *diag = ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH,
                              "column \"%s\" is of type %s but expression is of type %s", name,
                              ps_type(ps, column->type), ps_type(ps, type));
        ps_hint(ps, diag, "You will need to rewrite or cast the expression.");
        declared_column(ps, diag, ps->target_relation, column->name);
    }
    return coerced;
}

Expr *target_assigned_expr(ParseState *ps, Expr *expr, ParseExprKind kind, const char *column, int attribute,
                           size_t nindirection, AstNode *const *indirection, int32_t location)
{
    if (attribute <= 0) {
        ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot assign to system column \"%s\"", column);
        return NULL;
    }
    const Column *target = catalog_column(ps->target_relation, attribute);
    if (!settle_default(ps, expr, target, nindirection, indirection, location))
        return NULL;
    /* Subscripts in the indirection are expressions of this kind. */
    ParseExprKind saved = ps->expr_kind;
    ps->expr_kind = kind;
    Expr *result;
    if (nindirection) {
        Assignment assignment = {ps, indirection, nindirection, expr, location};
        Place place = {column, false, target->type, target->typmod, target->collation};
        result = assign_place(&assignment, old_value(ps, target, location), &place, 0);
    } else {
        result = assign_column(ps, expr, column, target);
    }
    ps->expr_kind = saved;
    return result;
}
