/* Coercions as nodes of the tree: parse_coerce.c of PostgreSQL.
 *
 * Which coercions exist is types/'s knowledge; here the expression is wrapped in what carries them out, literals
 * are read as their target type, and parameters of unknown type take it. */
#include "analyze/parse_state.h"

int32_t coerce_location(int32_t coercion_location, const Expr *input)
{
    return coercion_location >= 0 ? coercion_location : expr_location(input);
}

static Expr *new_coercion(ParseState *ps, ExprKind kind, Expr *arg, Oid type, int32_t typmod, CoercionForm form,
                          int32_t location)
{
    Coercion *coercion = expr_make(ps_arena(ps), kind, Coercion, type, location);
    coercion->expr.typmod = typmod;
    coercion->arg = arg;
    coercion->form = form;
    return &coercion->expr;
}

static Expr *new_int4_const(ParseState *ps, int32_t value)
{
    Const *constant = expr_make(ps_arena(ps), EXPR_CONST, Const, TYPE_INT4, -1);
    constant->text = arena_printf(ps_arena(ps), "%d", value);
    return &constant->expr;
}

static Expr *new_bool_const(ParseState *ps, bool value)
{
    Const *constant = expr_make(ps_arena(ps), EXPR_CONST, Const, TYPE_BOOL, -1);
    constant->text = value ? "true" : "false";
    return &constant->expr;
}

static Expr *apply_function(ParseState *ps, Expr *arg, Oid function, Oid target, int32_t typmod,
                            CoercionContext context, CoercionForm form, int32_t location)
{
    const Function *cast = catalog_function(ps_catalog(ps), function);
    FuncExpr *call = expr_make(ps_arena(ps), EXPR_FUNC, FuncExpr, target, location);
    call->function = function;
    call->form = form;
    exprlist_push(ps_arena(ps), &call->args, arg);
    if (cast && cast->nargs >= 2)
        exprlist_push(ps_arena(ps), &call->args, new_int4_const(ps, typmod));
    if (cast && cast->nargs == 3)
        exprlist_push(ps_arena(ps), &call->args, new_bool_const(ps, context == COERCION_EXPLICIT));
    /* The length-coercion functions are the ones whose result carries the modifier (exprTypmod of a FuncExpr). */
    if (cast && cast->nargs >= 2)
        call->expr.typmod = typmod;
    return &call->expr;
}

static Expr *apply_array_coercion(ParseState *ps, Expr *arg, Oid target, int32_t typmod, CoercionContext context,
                                  CoercionForm form, int32_t location)
{
    const Catalog *catalog = ps_catalog(ps);
    int32_t source_typmod = arg->typmod;
    Oid source = type_base_typmod(catalog, arg->type, &source_typmod);
    Expr *element = expr_new(ps_arena(ps), EXPR_CASE_TEST, sizeof(Expr), type_element(catalog, source), -1);
    element->typmod = source_typmod;
    element->collation = type_collation(catalog, element->type);
    bool failed = false;
    Oid target_element = type_element(catalog, target);
    Expr *coerced = coerce_to_target(ps, element, target_element, typmod, context, form, location, &failed);
    if (!coerced) {
        if (!failed)
            ps_error(ps, location, SQLSTATE_CANNOT_COERCE, "cannot cast type %s to %s", ps_type(ps, arg->type),
                     ps_type(ps, target));
        return NULL;
    }
    ArrayCoerce *coercion = expr_make(ps_arena(ps), EXPR_ARRAY_COERCE, ArrayCoerce, target, location);
    coercion->arg = arg;
    coercion->element = coerced;
    coercion->form = form;
    coercion->expr.typmod = coerced->typmod;
    return &coercion->expr;
}

/* build_coercion_expression */
static Expr *apply_path(ParseState *ps, Expr *arg, CoercionPath path, Oid function, Oid target, int32_t typmod,
                        CoercionContext context, CoercionForm form, int32_t location)
{
    switch (path) {
    case PATH_FUNCTION:
        return apply_function(ps, arg, function, target, typmod, context, form, location);
    case PATH_ARRAY_COERCE:
        return apply_array_coercion(ps, arg, target, typmod, context, form, location);
    case PATH_COERCE_VIA_IO:
        return new_coercion(ps, EXPR_COERCE_VIA_IO, arg, target, -1, form, location);
    case PATH_NONE:
    case PATH_RELABEL:
        break;
    }
    return new_coercion(ps, EXPR_RELABEL, arg, target, typmod, form, location);
}

/* applyRelabelType: a relabel of a relabel or of a constant needs no second node. */
static Expr *relabel(ParseState *ps, Expr *arg, Oid type, int32_t typmod, Oid collation, CoercionForm form,
                     int32_t location)
{
    while (arg->kind == EXPR_RELABEL)
        arg = ((Coercion *)arg)->arg;
    if (arg->kind == EXPR_CONST) {
        Const *copy = arena_memdup(ps_arena(ps), arg, sizeof(Const));
        copy->expr.type = type;
        copy->expr.typmod = typmod;
        copy->expr.collation = collation;
        return &copy->expr;
    }
    Expr *result = new_coercion(ps, EXPR_RELABEL, arg, type, typmod, form, location);
    result->collation = collation;
    return result;
}

/* coerce_type_typmod: applies a type modifier to an expression that has the type already. */
static Expr *apply_typmod(ParseState *ps, Expr *expr, Oid type, int32_t typmod, CoercionContext context,
                          CoercionForm form, int32_t location)
{
    if (!expr || expr->typmod == typmod)
        return expr;
    Oid function = INVALID_OID;
    CoercionPath path = typmod < 0 ? PATH_NONE : coercion_find_typmod_function(ps_catalog(ps), type, &function);
    if (path == PATH_NONE)
        return relabel(ps, expr, type, typmod, expr->collation, form, location);
    return apply_path(ps, expr, path, function, type, typmod, context, form, location);
}

/* coerce_to_domain: checks of a domain on top of its base type; the expression itself when the type is none. */
static Expr *to_domain(ParseState *ps, Expr *arg, Oid type, CoercionContext context, CoercionForm form,
                       int32_t location)
{
    int32_t typmod = -1;
    Oid base = type_base_typmod(ps_catalog(ps), type, &typmod);
    if (base == type || !arg)
        return arg;
    arg = apply_typmod(ps, arg, base, typmod, context, FORM_IMPLICIT_CAST, location);
    return arg ? new_coercion(ps, EXPR_COERCE_TO_DOMAIN, arg, type, -1, form, location) : NULL;
}

/* A literal of unknown type is read as the target type. */
static Expr *coerce_literal(ParseState *ps, Const *literal, Oid target, int32_t typmod, CoercionContext context,
                            CoercionForm form, int32_t location)
{
    const Catalog *catalog = ps_catalog(ps);
    int32_t base_typmod = typmod;
    Oid base = type_base_typmod(catalog, target, &base_typmod);
    int32_t input_typmod = base == TYPE_INTERVAL ? base_typmod : -1;
    /* An input function that is not strict is called for NULL too: those of pseudo-types refuse it. */
    const Function *input = catalog_function(catalog, catalog_type(catalog, base)->input);
    bool read = !literal->is_null || (input && !input->strict);
    if (read &&
        !literal_check(ps, base, input_typmod, literal->is_null ? "" : literal->text, literal->expr.location))
        return NULL;
    Const *typed = arena_memdup(ps_arena(ps), literal, sizeof *literal);
    typed->expr.type = base;
    typed->expr.typmod = input_typmod;
    typed->expr.collation = type_collation(catalog, base);
    if (base == target)
        return &typed->expr;
    return to_domain(ps, &typed->expr, target, context, form, location);
}

/* coerce_record_to_complex: ROW(...) or a whole-row reference becomes a named composite, field by field. */
static Expr *coerce_record(ParseState *ps, Expr *expr, Oid target, CoercionContext context, CoercionForm form,
                           int32_t location)
{
    const Catalog *catalog = ps_catalog(ps);
    Arena *arena = ps_arena(ps);
    Oid base = type_base(catalog, target);
    const Relation *relation = catalog_relation(catalog, type_relation(catalog, base));
    ExprList args = {0};
    if (expr->kind == EXPR_ROW) {
        args = ((RowExpr *)expr)->args;
    } else if (expr->kind == EXPR_VAR && ((Var *)expr)->attribute == 0) {
        Var *var = (Var *)expr;
        ParseState *level = ps;
        for (int i = 0; i < var->levels_up && level; i++)
            level = level->parent;
        RangeTblEntry *rte = relation_rte(ps, var->rtindex, var->levels_up);
        for (size_t i = 0; rte && level && i < rte->ncolumns; i++) {
            if (!rte->columns[i].type)
                continue;
            Var *field = expr_make(arena, EXPR_VAR, Var, rte->columns[i].type, expr->location);
            field->rtindex = var->rtindex;
            field->attribute = (int16_t)(i + 1);
            field->levels_up = var->levels_up;
            field->expr.typmod = rte->columns[i].typmod;
            field->expr.collation = rte->columns[i].collation;
            exprlist_push(arena, &args, &field->expr);
        }
    } else {
        ps_error(ps, coerce_location(location, expr), SQLSTATE_CANNOT_COERCE, "cannot cast type %s to %s",
                 ps_type(ps, TYPE_RECORD), ps_type(ps, target));
        return NULL;
    }
    RowExpr *row = expr_make(arena, EXPR_ROW, RowExpr, base, location);
    row->form = form;
    row->names = arena_array_of(arena, relation ? relation->ncolumns : 1, const char *);
    size_t used = 0;
    const char *complaint = NULL;
    const Expr *culprit = expr;
    for (size_t i = 0; relation && i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        row->names[i] = column->name;
        if (column->dropped) {
            Const *null = expr_make(arena, EXPR_CONST, Const, TYPE_INT4, -1);
            null->is_null = true;
            exprlist_push(arena, &row->args, &null->expr);
            continue;
        }
        if (used >= args.len) {
            complaint = "Input has too few columns.";
            break;
        }
        Expr *arg = args.items[used++];
        Oid type = arg->type;
        bool failed = false;
        Expr *field =
            coerce_to_target(ps, arg, column->type, column->typmod, context, FORM_IMPLICIT_CAST, -1, &failed);
        if (failed)
            return NULL;
        if (!field) {
            complaint = arena_printf(arena, "Cannot cast type %s to %s in column %zu.", ps_type(ps, type),
                                     ps_type(ps, column->type), used);
            culprit = arg;
            break;
        }
        exprlist_push(arena, &row->args, field);
    }
    if (!complaint && used < args.len)
        complaint = "Input has too many columns.";
    if (complaint) {
        Diag *diag = ps_error(ps, coerce_location(location, culprit), SQLSTATE_CANNOT_COERCE,
                              "cannot cast type %s to %s", ps_type(ps, TYPE_RECORD), ps_type(ps, target));
        ps_detail(ps, diag, "%s", complaint);
        return NULL;
    }
    if (base != target)
        return to_domain(ps, &row->expr, target, context, form, location);
    return &row->expr;
}

static bool is_complex_array(const Catalog *catalog, Oid type)
{
    Oid element = type_element(catalog, type);
    return element && type_or_domain_relation(catalog, element);
}

static Expr *convert_rowtype(ParseState *ps, Expr *expr, Oid input, Oid target, CoercionForm form, int32_t location)
{
    const Catalog *catalog = ps_catalog(ps);
    Oid base = type_base(catalog, input);
    if (base != input)
        expr = new_coercion(ps, EXPR_RELABEL, expr, base, -1, FORM_IMPLICIT_CAST, location);
    return new_coercion(ps, EXPR_CONVERT_ROWTYPE, expr, target, -1, form, location);
}

/* What stands for arguments of any type, which are left as they are. */
static bool takes_anything(Oid target)
{
    return target == TYPE_ANY || target == TYPE_ANYELEMENT || target == TYPE_ANYNONARRAY ||
           target == TYPE_ANYCOMPATIBLE || target == TYPE_ANYCOMPATIBLENONARRAY;
}

static bool takes_any_container(Oid target)
{
    return target == TYPE_ANYARRAY || target == TYPE_ANYENUM || target == TYPE_ANYRANGE ||
           target == TYPE_ANYMULTIRANGE || target == TYPE_ANYCOMPATIBLEARRAY || target == TYPE_ANYCOMPATIBLERANGE ||
           target == TYPE_ANYCOMPATIBLEMULTIRANGE;
}

static Expr *coerce_collate(ParseState *ps, Coercion *collate, Oid input, Oid target, int32_t typmod,
                            CoercionContext context, CoercionForm form, int32_t location)
{
    Expr *arg = coerce_type(ps, collate->arg, input, target, typmod, context, form, location);
    if (!arg || !type_collation(ps_catalog(ps), target))
        return arg;
    Coercion *copy = arena_memdup(ps_arena(ps), collate, sizeof *collate);
    copy->arg = arg;
    copy->expr.type = arg->type;
    copy->expr.typmod = arg->typmod;
    return &copy->expr;
}

static Expr *coerce_by_path(ParseState *ps, Expr *expr, CoercionPath path, Oid function, Oid target, int32_t typmod,
                            CoercionContext context, CoercionForm form, int32_t location)
{
    if (path == PATH_RELABEL) {
        Expr *result = to_domain(ps, expr, target, context, form, location);
        if (result != expr)
            return result;
        return new_coercion(ps, EXPR_RELABEL, expr, target, -1, form, location);
    }
    int32_t base_typmod = typmod;
    Oid base = type_base_typmod(ps_catalog(ps), target, &base_typmod);
    Expr *result = apply_path(ps, expr, path, function, base, base_typmod, context, form, location);
    return base == target ? result : to_domain(ps, result, target, context, form, location);
}

Expr *coerce_type(ParseState *ps, Expr *expr, Oid input, Oid target, int32_t typmod, CoercionContext context,
                  CoercionForm form, int32_t location)
{
    const Catalog *catalog = ps_catalog(ps);
    if (!expr || target == input || takes_anything(target))
        return expr;
    if (takes_any_container(target) && input != TYPE_UNKNOWN) {
        Oid base = type_base(catalog, input);
        if (base == input)
            return expr;
        return new_coercion(ps, EXPR_RELABEL, expr, base, -1, form, location);
    }
    if (input == TYPE_UNKNOWN && expr->kind == EXPR_CONST)
        return coerce_literal(ps, (Const *)expr, target, typmod, context, form, location);
    if (expr->kind == EXPR_PARAM) {
        bool applies = false;
        Expr *settled = param_coerce(ps, (Param *)expr, target, typmod, location, &applies);
        if (applies)
            return settled;
    }
    if (expr->kind == EXPR_COLLATE)
        return coerce_collate(ps, (Coercion *)expr, input, target, typmod, context, form, location);
    Oid function = INVALID_OID;
    CoercionPath path = coercion_find_path(catalog, target, input, context, &function);
    if (path != PATH_NONE)
        return coerce_by_path(ps, expr, path, function, target, typmod, context, form, location);
    if (target == TYPE_RECORD && type_or_domain_relation(catalog, input))
        return expr;
    if (input == TYPE_RECORD && type_or_domain_relation(catalog, target))
        return coerce_record(ps, expr, target, context, form, location);
    if (input == TYPE_RECORD_ARRAY && is_complex_array(catalog, target))
        return expr;
    if (target == TYPE_RECORD_ARRAY && is_complex_array(catalog, input))
        return expr;
    if (type_inherits_from(catalog, input, target) || type_is_of_typed_table(catalog, input, target))
        return convert_rowtype(ps, expr, input, target, form, location);
    /* an unknown that is no constant: the field of a ROW(…) */
    ps_error(ps, coerce_location(location, expr), SQLSTATE_INTERNAL_ERROR,
             "failed to find conversion function from %s to %s", ps_type(ps, input), ps_type(ps, target));
    return NULL;
}

Expr *coerce_to_target(ParseState *ps, Expr *expr, Oid type, int32_t typmod, CoercionContext context,
                       CoercionForm form, int32_t location, bool *failed)
{
    Oid input = expr->type;
    if (!coercion_possible(ps_catalog(ps), 1, &input, &type, context))
        return NULL;
    Expr *original = expr;
    while (expr->kind == EXPR_COLLATE)
        expr = ((Coercion *)expr)->arg;
    Expr *result = coerce_type(ps, expr, input, type, typmod, context, form, location);
    result = apply_typmod(ps, result, type, typmod, context, form, location);
    if (!result) {
        *failed = true;
        return NULL;
    }
    if (expr != original && type_collation(ps_catalog(ps), type)) {
        Coercion *collate = arena_memdup(ps_arena(ps), original, sizeof *collate);
        collate->arg = result;
        collate->expr.type = result->type;
        collate->expr.typmod = result->typmod;
        return &collate->expr;
    }
    return result;
}

Expr *coerce_to_boolean(ParseState *ps, Expr *expr, const char *construct)
{
    return coerce_to_specific(ps, expr, TYPE_BOOL, construct);
}

Expr *coerce_to_specific(ParseState *ps, Expr *expr, Oid target, const char *construct)
{
    return coerce_to_specific_typmod(ps, expr, target, -1, construct);
}

Expr *coerce_to_specific_typmod(ParseState *ps, Expr *expr, Oid target, int32_t typmod, const char *construct)
{
    if (!expr)
        return NULL;
    if (expr->type != target) {
        bool failed = false;
        Expr *coerced =
            coerce_to_target(ps, expr, target, typmod, COERCION_ASSIGNMENT, FORM_IMPLICIT_CAST, -1, &failed);
        if (!coerced) {
            if (!failed)
                ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH,
                         "argument of %s must be type %s, not type %s", construct, ps_type(ps, target),
                         ps_type(ps, expr->type));
            return NULL;
        }
        expr = coerced;
    }
    if (expr_returns_set(expr)) {
        ps_error(ps, expr_location(expr), SQLSTATE_DATATYPE_MISMATCH, "argument of %s must not return a set",
                 construct);
        return NULL;
    }
    return expr;
}

Expr *coerce_to_common(ParseState *ps, Expr *expr, Oid target, const char *construct)
{
    if (!expr || expr->type == target)
        return expr;
    Oid input = expr->type;
    if (coercion_possible(ps_catalog(ps), 1, &input, &target, COERCION_IMPLICIT))
        return coerce_type(ps, expr, input, target, -1, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1);
    ps_error(ps, expr_location(expr), SQLSTATE_CANNOT_COERCE, "%s could not convert type %s to %s", construct,
             ps_type(ps, input), ps_type(ps, target));
    return NULL;
}

Oid coerce_select_common(ParseState *ps, const ExprList *exprs, const char *context, Expr **which)
{
    Oid *types = arena_array_of(ps_arena(ps), exprs->len, Oid);
    for (size_t i = 0; i < exprs->len; i++)
        types[i] = exprs->items[i]->type;
    size_t conflict = 0, with = 0;
    Oid common = coercion_common_type(ps_catalog(ps), exprs->len, types, &conflict, &with);
    if (!common && context)
        ps_error(ps, expr_location(exprs->items[conflict]), SQLSTATE_DATATYPE_MISMATCH,
                 "%s types %s and %s cannot be matched", context,
                 ps_type(ps, type_base(ps_catalog(ps), types[with])),
                 ps_type(ps, type_base(ps_catalog(ps), types[conflict])));
    if (which) {
        *which = exprs->items[0];
        for (size_t i = 0; i < exprs->len; i++)
            if (type_base(ps_catalog(ps), types[i]) == common || types[i] == common) {
                *which = exprs->items[i];
                break;
            }
    }
    return common;
}

int32_t coerce_common_typmod(const ExprList *exprs, Oid common)
{
    int32_t typmod = -1;
    for (size_t i = 0; i < exprs->len; i++) {
        const Expr *expr = exprs->items[i];
        if (expr->type != common || (i > 0 && expr->typmod != typmod))
            return -1;
        typmod = expr->typmod;
    }
    return typmod;
}
