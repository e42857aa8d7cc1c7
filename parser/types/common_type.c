/* The type that several expressions are brought to: UNION, CASE, VALUES, ARRAY, COALESCE, anycompatible
 * (select_common_type and its relatives in parse_coerce.c; documentation, section 10.5). */
#include "types/internal.h"

/* All alike: the only way a domain is the common type. */
static bool all_same(size_t n, const Oid *types)
{
    for (size_t i = 1; i < n; i++)
        if (types[i] != types[0])
            return false;
    return true;
}

/* Whether the candidate gives way to a type that it can become but that can't become it. A preferred type stays. */
static bool gives_way(const Catalog *catalog, Oid candidate, Oid type)
{
    return !type_is_preferred(catalog, candidate) &&
           coercion_possible(catalog, 1, &candidate, &type, COERCION_IMPLICIT) &&
           !coercion_possible(catalog, 1, &type, &candidate, COERCION_IMPLICIT);
}

Oid coercion_common_type(const Catalog *catalog, size_t n, const Oid *types, size_t *conflict, size_t *with)
{
    size_t unused;
    conflict = conflict ? conflict : &unused;
    with = with ? with : &unused;
    *with = 0;
    if (n == 0)
        return TYPE_TEXT;
    if (types[0] != TYPE_UNKNOWN && all_same(n, types))
        return types[0];

    Oid candidate = type_base(catalog, types[0]);
    for (size_t i = 1; i < n; i++) {
        Oid type = type_base(catalog, types[i]);
        if (type == TYPE_UNKNOWN || type == candidate)
            continue;
        if (candidate != TYPE_UNKNOWN) {
            if (type_category(catalog, type) != type_category(catalog, candidate)) {
                *conflict = i;
                return INVALID_OID;
            }
            if (!gives_way(catalog, candidate, type))
                continue;
        }
        candidate = type;
        *with = i;
    }
    return candidate == TYPE_UNKNOWN ? TYPE_TEXT : candidate;
}

bool coercion_common_type_fits(const Catalog *catalog, Oid common, size_t n, const Oid *types)
{
    for (size_t i = 0; i < n; i++)
        if (!coercion_possible(catalog, 1, &types[i], &common, COERCION_IMPLICIT))
            return false;
    return true;
}
