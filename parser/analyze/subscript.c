/* Subscripts: container[i], container[l:u] and assignment to them. PostgreSQL's transformContainerSubscripts
 * (parse_node.c) and the transform functions of its two handlers, for arrays (arraysubs.c) and for jsonb
 * (jsonbsubs.c). */
#include "analyze/parse_state.h"

#include <string.h>

enum { DEEPEST_ARRAY = 6 };

void subscript_container_type(ParseState *ps, Oid *type, int32_t *typmod)
{
    *type = type_base_typmod(ps_catalog(ps), *type, typmod);
    /* int2vector and oidvector behave as int2[] and oid[] */
    if (*type == TYPE_INT2VECTOR)
        *type = TYPE_INT2_ARRAY;
    else if (*type == TYPE_OIDVECTOR)
        *type = TYPE_OID_ARRAY;
}

/* One index of an array: an integer, by assignment cast. */
static bool array_index(ParseState *ps, const PgQuery__Node *raw, ExprList *list)
{
    Expr *index = NULL;
    if (raw) {
        index = expr_recurse(ps, raw);
        if (!index)
            return false;
        bool failed = false;
        index = coerce_to_target(ps, index, TYPE_INT4, -1, COERCION_ASSIGNMENT, FORM_IMPLICIT_CAST, -1, &failed);
        if (!index) {
            if (!failed)
                ps_error(ps, ast_location(raw), SQLSTATE_DATATYPE_MISMATCH,
                         "array subscript must have type integer");
            return false;
        }
    }
    exprlist_push(ps_arena(ps), list, index);
    return true;
}

static bool array_subscripts(ParseState *ps, Subscript *subscript, size_t n, PgQuery__Node *const *indices,
                             int32_t location)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__AIndices *index = indices[i]->a_indices;
        if (subscript->is_slice) {
            if (!index->is_slice) {
                /* a plain index among slices means [1:index] */
                Const *one = expr_make(ps_arena(ps), EXPR_CONST, Const, TYPE_INT4, -1);
                one->text = "1";
                exprlist_push(ps_arena(ps), &subscript->lower, &one->expr);
            } else if (!array_index(ps, index->lidx, &subscript->lower)) {
                return false;
            }
        }
        if (!array_index(ps, index->uidx, &subscript->upper))
            return false;
    }
    if (n > DEEPEST_ARRAY) {
        ps_error(ps, location, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                 "number of array dimensions (%zu) exceeds the maximum allowed (%d)", n, DEEPEST_ARRAY);
        return false;
    }
    subscript->expr.type = subscript->is_slice ? subscript->container_type : subscript->element_type;
    return true;
}

/* An index of a jsonb value: int4 or text; an untyped literal counts as text. */
static Expr *jsonb_index(ParseState *ps, Expr *index)
{
    if (index->type == TYPE_UNKNOWN)
        return coerce_type(ps, index, TYPE_UNKNOWN, TYPE_TEXT, -1, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1);
    const Oid targets[] = {TYPE_INT4, TYPE_TEXT};
    Oid target = INVALID_OID;
    for (size_t i = 0; i < 2; i++) {
        if (!coercion_possible(ps_catalog(ps), 1, &index->type, &targets[i], COERCION_IMPLICIT))
            continue;
        if (target) {
            Diag *diag = ps_error(ps, expr_location(index), SQLSTATE_DATATYPE_MISMATCH,
                                  "subscript type %s is not supported", ps_type(ps, index->type));
            ps_hint(ps, diag, "jsonb subscript must be coercible to only one type, integer or text.");
            return NULL;
        }
        target = targets[i];
    }
    if (!target) {
        Diag *diag = ps_error(ps, expr_location(index), SQLSTATE_DATATYPE_MISMATCH,
                              "subscript type %s is not supported", ps_type(ps, index->type));
        ps_hint(ps, diag, "jsonb subscript must be coercible to either integer or text.");
        return NULL;
    }
    return coerce_type(ps, index, index->type, target, -1, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1);
}

static bool jsonb_subscripts(ParseState *ps, Subscript *subscript, size_t n, PgQuery__Node *const *indices)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__AIndices *index = indices[i]->a_indices;
        if (index->is_slice) {
            const PgQuery__Node *bound = index->uidx ? index->uidx : index->lidx;
            ps_error(ps, ast_location(bound), SQLSTATE_DATATYPE_MISMATCH,
                     "jsonb subscript does not support slices");
            return false;
        }
        Expr *value = expr_recurse(ps, index->uidx);
        value = value ? jsonb_index(ps, value) : NULL;
        if (!value)
            return false;
        exprlist_push(ps_arena(ps), &subscript->upper, value);
    }
    subscript->expr.type = subscript->container_type;
    subscript->expr.typmod = -1;
    return true;
}

/* Types of extensions bring a handler of their own; hstore's is the one that contrib has. */
static bool extension_subscript(ParseState *ps, Subscript *subscript, Oid handler, size_t n,
                                PgQuery__Node *const *indices)
{
    const Function *function = catalog_function(ps_catalog(ps), handler);
    const PgQuery__AIndices *index = indices[0]->a_indices;
    if (!function || strcmp(function->name, "hstore_subscript_handler") != 0) {
        ps_error(ps, subscript->expr.location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "unsupported subscripting of type %s", ps_type(ps, subscript->container_type));
        return false;
    }
    if (n != 1 || index->is_slice) {
        ps_error(ps, subscript->expr.location, SQLSTATE_FEATURE_NOT_SUPPORTED, "hstore allows only one subscript");
        return false;
    }
    Expr *key = expr_recurse(ps, index->uidx);
    bool failed = false;
    Expr *text =
        key ? coerce_to_target(ps, key, TYPE_TEXT, -1, COERCION_ASSIGNMENT, FORM_IMPLICIT_CAST, -1, &failed) : NULL;
    if (key && !text && !failed)
        ps_error(ps, expr_location(key), SQLSTATE_DATATYPE_MISMATCH, "hstore subscript must have type text");
    if (!text)
        return false;
    exprlist_push(ps_arena(ps), &subscript->upper, text);
    subscript->element_type = TYPE_TEXT;
    subscript->expr.type = TYPE_TEXT;
    subscript->expr.typmod = -1;
    return true;
}

static Subscript *report_not_subscriptable(ParseState *ps, Oid type, int32_t location)
{
    ps_error(ps, location, SQLSTATE_DATATYPE_MISMATCH,
             "cannot subscript type %s because it does not support subscripting", ps_type(ps, type));
    return NULL;
}

Subscript *subscript_transform(ParseState *ps, Expr *container, Oid container_type, int32_t container_typmod,
                               size_t n, PgQuery__Node *const *indices, bool assigned)
{
    int32_t location = container ? expr_location(container) : -1;
    if (!assigned)
        subscript_container_type(ps, &container_type, &container_typmod);
    const Type *type = catalog_type(ps_catalog(ps), container_type);
    if (!type || !type->subscript)
        return report_not_subscriptable(ps, container_type, location);
    Subscript *subscript = expr_make(ps_arena(ps), EXPR_SUBSCRIPT, Subscript, container_type, location);
    subscript->container = container;
    subscript->container_type = container_type;
    subscript->element_type = type->element;
    subscript->expr.typmod = container_typmod;
    for (size_t i = 0; i < n; i++)
        subscript->is_slice = subscript->is_slice || indices[i]->a_indices->is_slice;
    bool ok;
    if (type->subscript == FUNCTION_JSONB_SUBSCRIPT_HANDLER)
        ok = jsonb_subscripts(ps, subscript, n, indices);
    else if (type->subscript == FUNCTION_ARRAY_SUBSCRIPT_HANDLER ||
             type->subscript == FUNCTION_RAW_ARRAY_SUBSCRIPT_HANDLER)
        ok = array_subscripts(ps, subscript, n, indices, location);
    else
        ok = extension_subscript(ps, subscript, type->subscript, n, indices);
    return ok ? subscript : NULL;
}
