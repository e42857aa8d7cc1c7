/* Whether the bytes of one type's values serve as another's (IsBinaryCoercible): what decides about operator
 * classes, aggregates' transition types, and operators of which an expression must keep its type. */
#include "types/internal.h"

/* Whether a pseudo-type accepts the type by what kind of type it is. */
static bool pseudo_accepts(const Catalog *catalog, Oid pseudo, Oid type)
{
    switch (pseudo) {
    case TYPE_ANYARRAY:
    case TYPE_ANYCOMPATIBLEARRAY:
        return type_element(catalog, type) != INVALID_OID;
    case TYPE_ANYNONARRAY:
    case TYPE_ANYCOMPATIBLENONARRAY:
        return type_element(catalog, type) == INVALID_OID;
    case TYPE_ANYENUM:
        return type_is_enum(catalog, type);
    case TYPE_ANYRANGE:
    case TYPE_ANYCOMPATIBLERANGE:
        return type_is_range(catalog, type);
    case TYPE_ANYMULTIRANGE:
    case TYPE_ANYCOMPATIBLEMULTIRANGE:
        return type_is_multirange(catalog, type);
    case TYPE_RECORD:
        return type_is_complex(catalog, type);
    case TYPE_RECORD_ARRAY:
        return type_is_complex_array(catalog, type);
    default:
        return false;
    }
}

bool coercion_is_binary(const Catalog *catalog, Oid source, Oid target)
{
    if (source == target || target == TYPE_ANY || target == TYPE_ANYELEMENT || target == TYPE_ANYCOMPATIBLE)
        return true;
    source = type_base(catalog, source);
    if (source == target || pseudo_accepts(catalog, target, source))
        return true;
    const Cast *cast = catalog_find_cast(catalog, source, target);
    return cast && cast->method == 'b' && cast->context == 'i';
}
