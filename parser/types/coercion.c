/* Whether and how a value of one type becomes one of another (parse_coerce.c: find_coercion_pathway,
 * can_coerce_type; documentation, section 10.2 and CREATE CAST). */
#include "types/internal.h"

/* pg_cast.castcontext as the weakest context the cast may be used in. */
static CoercionContext cast_context(const Cast *cast)
{
    switch (cast->context) {
    case 'i':
        return COERCION_IMPLICIT;
    case 'a':
        return COERCION_ASSIGNMENT;
    default:
        return COERCION_EXPLICIT;
    }
}

static CoercionPath path_of_cast(const Cast *cast, CoercionContext context, Oid *function)
{
    if (context < cast_context(cast))
        return PATH_NONE;
    if (cast->method == 'f') {
        *function = cast->function;
        return PATH_FUNCTION;
    }
    return cast->method == 'i' ? PATH_COERCE_VIA_IO : PATH_RELABEL;
}

/* Without an entry in pg_cast: arrays go element by element; any type is assigned to a string type, and a string is
 * cast to any type, through its text. int2vector and oidvector are no targets for arrays, as they would capture
 * what should go to true arrays. */
static CoercionPath path_without_cast(const Catalog *catalog, Oid target, Oid source, CoercionContext context)
{
    if (target != TYPE_OIDVECTOR && target != TYPE_INT2VECTOR) {
        Oid target_element = type_element(catalog, target), source_element = type_element(catalog, source);
        Oid function;
        if (target_element && source_element &&
            coercion_find_path(catalog, target_element, source_element, context, &function) != PATH_NONE)
            return PATH_ARRAY_COERCE;
    }
    if (context >= COERCION_ASSIGNMENT && type_category(catalog, target) == CATEGORY_STRING)
        return PATH_COERCE_VIA_IO;
    if (context >= COERCION_EXPLICIT && type_category(catalog, source) == CATEGORY_STRING)
        return PATH_COERCE_VIA_IO;
    return PATH_NONE;
}

CoercionPath coercion_find_path(const Catalog *catalog, Oid target, Oid source, CoercionContext context,
                                Oid *function)
{
    *function = INVALID_OID;
    source = type_base(catalog, source);
    target = type_base(catalog, target);
    if (source == target)
        return PATH_RELABEL;
    const Cast *cast = catalog_find_cast(catalog, source, target);
    CoercionPath path =
        cast ? path_of_cast(cast, context, function) : path_without_cast(catalog, target, source, context);
    if (path == PATH_NONE && context == COERCION_PLPGSQL)
        path = PATH_COERCE_VIA_IO;
    return path;
}

CoercionPath coercion_find_typmod_function(const Catalog *catalog, Oid type, Oid *function)
{
    CoercionPath path = PATH_FUNCTION;
    Oid element = type_element(catalog, type);
    if (element) {
        type = element;
        path = PATH_ARRAY_COERCE;
    }
    const Cast *cast = catalog_find_cast(catalog, type, type);
    *function = cast ? cast->function : INVALID_OID;
    return *function ? path : PATH_NONE;
}

static bool one_possible(const Catalog *catalog, Oid source, Oid target, CoercionContext context)
{
    Oid function;
    if (coercion_find_path(catalog, target, source, context, &function) != PATH_NONE)
        return true;
    if (source == TYPE_RECORD && type_is_complex(catalog, target))
        return true;
    if (target == TYPE_RECORD && type_is_complex(catalog, source))
        return true;
    if (target == TYPE_RECORD_ARRAY && type_is_complex_array(catalog, source))
        return true;
    return type_inherits_from(catalog, source, target) || type_is_of_typed_table(catalog, source, target);
}

/* Nothing but itself goes to or from "internal": no statement can call the functions that take it. */
bool coercion_possible(const Catalog *catalog, size_t n, const Oid *sources, const Oid *targets,
                       CoercionContext context)
{
    bool polymorphic = false;
    for (size_t i = 0; i < n; i++) {
        Oid source = sources[i], target = targets[i];
        if (source == target)
            continue;
        if (source == TYPE_INTERNAL || target == TYPE_INTERNAL)
            return false;
        if (target == TYPE_ANY)
            continue;
        if (type_is_polymorphic(target)) {
            polymorphic = true;
            continue;
        }
        if (source != TYPE_UNKNOWN && !one_possible(catalog, source, target, context))
            return false;
    }
    return !polymorphic || polymorphic_consistent(catalog, n, sources, targets);
}
