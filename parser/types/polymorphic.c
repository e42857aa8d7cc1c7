/* Polymorphic types (parse_coerce.c: check_generic_type_consistency, enforce_generic_type_consistency;
 * documentation, section 38.2.5).
 *
 * There are two families. In the first (anyelement, anyarray …) all arguments must agree on one element type
 * exactly; in the second (anycompatible …) on a common type that all can be coerced to. A Matching collects what
 * the arguments say, family by family, and then derives one from the other: the element type from the array, the
 * range from the multirange. Asking whether types are consistent and resolving them are the same work; only
 * resolving says what is wrong. */
#include "base/sqlstate.h"
#include "types/internal.h"

typedef enum Role { ROLE_ELEMENT, ROLE_ARRAY, ROLE_RANGE, ROLE_MULTIRANGE, NROLES } Role;

typedef struct PolymorphicType {
    Oid oid;
    const char *name;
    int family; /* 1 or 2 */
    Role role;
    bool not_array, is_enum;
} PolymorphicType;

static const PolymorphicType polymorphic_types[] = {
    {TYPE_ANYELEMENT, "anyelement", 1, ROLE_ELEMENT, false, false},
    {TYPE_ANYARRAY, "anyarray", 1, ROLE_ARRAY, false, false},
    {TYPE_ANYNONARRAY, "anynonarray", 1, ROLE_ELEMENT, true, false},
    {TYPE_ANYENUM, "anyenum", 1, ROLE_ELEMENT, false, true},
    {TYPE_ANYRANGE, "anyrange", 1, ROLE_RANGE, false, false},
    {TYPE_ANYMULTIRANGE, "anymultirange", 1, ROLE_MULTIRANGE, false, false},
    {TYPE_ANYCOMPATIBLE, "anycompatible", 2, ROLE_ELEMENT, false, false},
    {TYPE_ANYCOMPATIBLEARRAY, "anycompatiblearray", 2, ROLE_ARRAY, false, false},
    {TYPE_ANYCOMPATIBLENONARRAY, "anycompatiblenonarray", 2, ROLE_ELEMENT, true, false},
    {TYPE_ANYCOMPATIBLERANGE, "anycompatiblerange", 2, ROLE_RANGE, false, false},
    {TYPE_ANYCOMPATIBLEMULTIRANGE, "anycompatiblemultirange", 2, ROLE_MULTIRANGE, false, false},
};

static const PolymorphicType *find_polymorphic(Oid oid)
{
    for (size_t i = 0; i < sizeof polymorphic_types / sizeof polymorphic_types[0]; i++)
        if (polymorphic_types[i].oid == oid)
            return &polymorphic_types[i];
    return NULL;
}

const char *polymorphic_name(Oid type)
{
    const PolymorphicType *poly = find_polymorphic(type);
    return poly ? poly->name : NULL;
}

bool type_is_polymorphic(Oid type)
{
    return find_polymorphic(type) != NULL;
}

bool type_is_first_polymorphic(Oid type)
{
    const PolymorphicType *poly = find_polymorphic(type);
    return poly && poly->family == 1;
}

/* What the arguments of one family say. */
typedef struct Family {
    size_t nargs;
    bool not_array, is_enum; /* required of the element type */
    bool seen[NROLES];       /* declared so, whatever the argument */
    bool unknown;            /* some argument is an untyped literal */
    Oid types[NROLES];       /* of the second family, ELEMENT is the common type and found last */
} Family;

typedef struct Matching {
    const Catalog *catalog;
    Arena *arena;            /* for messages */
    PolymorphicError *error; /* NULL when nobody asks why */
    bool allow_poly;
    Family first, second;
    Oid *common; /* the types that determine the second family's */
    size_t ncommon;
    Oid second_subtype; /* of the second family's range */
} Matching;

/* A type's name for a message. */
static const char *format(const Matching *m, Oid type)
{
    return m->error ? catalog_format_type(m->catalog, m->arena, type) : "";
}

/* Always false, for the caller to return. */
__attribute__((format(printf, 3, 4))) static bool fail(Matching *m, const char *code, const char *message, ...)
{
    if (m->error) {
        va_list args;
        va_start(args, message);
        m->error->code = code;
        m->error->message = arena_vprintf(m->arena, message, args);
        va_end(args);
    }
    return false;
}

static bool fail_versus(Matching *m, Oid a, Oid b)
{
    if (m->error)
        m->error->detail = arena_printf(m->arena, "%s versus %s", format(m, a), format(m, b));
    return false;
}

static bool fail_not_alike(Matching *m, const char *name, Oid a, Oid b)
{
    fail(m, SQLSTATE_DATATYPE_MISMATCH, "arguments declared \"%s\" are not all alike", name);
    return fail_versus(m, a, b);
}

static bool fail_inconsistent(Matching *m, Oid container, Oid a, Oid element, Oid b)
{
    fail(m, SQLSTATE_DATATYPE_MISMATCH, "argument declared %s is not consistent with argument declared %s",
         find_polymorphic(container)->name, find_polymorphic(element)->name);
    return fail_versus(m, a, b);
}

static bool fail_not_a(Matching *m, Oid declared, Oid actual)
{
    static const char *const what[NROLES] = {"", "an array", "a range type", "a multirange type"};
    const PolymorphicType *poly = find_polymorphic(declared);
    return fail(m, SQLSTATE_DATATYPE_MISMATCH, "argument declared %s is not %s but type %s", poly->name,
                what[poly->role], format(m, actual));
}

static bool fail_unknown(Matching *m, Oid declared)
{
    return fail(m, SQLSTATE_DATATYPE_MISMATCH,
                "could not determine polymorphic type %s because input has type unknown",
                find_polymorphic(declared)->name);
}

static bool fail_no_array(Matching *m, Oid element)
{
    return fail(m, SQLSTATE_UNDEFINED_OBJECT, "could not find array type for data type %s", format(m, element));
}

/* The type argument i says something about; 0 when it says nothing. Domains over containers count as their base. */
static Oid informative_type(Matching *m, const PolymorphicType *poly, Oid declared, Oid actual, Family *family)
{
    family->nargs++;
    family->not_array |= poly->not_array;
    family->is_enum |= poly->is_enum;
    family->seen[poly->role] = true;
    if (actual == TYPE_UNKNOWN) {
        family->unknown = true;
        return INVALID_OID;
    }
    if (m->allow_poly && declared == actual)
        return INVALID_OID;
    return poly->role == ROLE_ELEMENT ? actual : type_base(m->catalog, actual);
}

/* Arguments of the second family: elements and array elements join in the common type, ranges must be alike. */
static bool collect_second(Matching *m, const PolymorphicType *poly, Oid actual)
{
    if (poly->role == ROLE_ELEMENT) {
        m->common[m->ncommon++] = actual;
        return true;
    }
    if (poly->role == ROLE_ARRAY) {
        Oid element = type_element(m->catalog, actual);
        m->common[m->ncommon++] = element;
        return element || fail_not_a(m, poly->oid, actual);
    }
    Oid *slot = &m->second.types[poly->role];
    if (*slot)
        return *slot == actual || fail_not_alike(m, poly->name, *slot, actual);
    *slot = actual;
    if (poly->role == ROLE_MULTIRANGE)
        return type_multirange_range(m->catalog, actual) || fail_not_a(m, poly->oid, actual);
    m->second_subtype = type_range_subtype(m->catalog, actual);
    m->common[m->ncommon++] = m->second_subtype;
    return m->second_subtype || fail_not_a(m, poly->oid, actual);
}

static bool collect(Matching *m, size_t n, const Oid *actual, const Oid *declared)
{
    for (size_t i = 0; i < n; i++) {
        const PolymorphicType *poly = find_polymorphic(declared[i]);
        if (!poly)
            continue;
        Family *family = poly->family == 1 ? &m->first : &m->second;
        Oid type = informative_type(m, poly, declared[i], actual[i], family);
        if (!type)
            continue;
        if (poly->family == 2) {
            if (!collect_second(m, poly, type))
                return false;
            continue;
        }
        Oid *slot = &family->types[poly->role];
        if (*slot && *slot != type) {
            /* whichever was declared, PostgreSQL names the plain type of the role */
            return fail_not_alike(m, poly->role == ROLE_ELEMENT ? "anyelement" : poly->name, *slot, type);
        }
        *slot = type;
    }
    return true;
}

/* Takes an element type from a container or checks that it agrees with the one there is. */
static bool agree_on_element(Matching *m, Oid container, Oid container_type, Oid element)
{
    Oid *known = &m->first.types[ROLE_ELEMENT];
    if (!*known)
        *known = element;
    return *known == element || fail_inconsistent(m, container, container_type, TYPE_ANYELEMENT, *known);
}

/* An argument of type anyarray itself (columns of pg_statistic) is let through when nothing hangs on its element.
 */
static bool derive_from_array(Matching *m, Oid return_type)
{
    Oid array = m->first.types[ROLE_ARRAY];
    if (!array)
        return true;
    if (array == TYPE_ANYARRAY && !m->error)
        return true;
    if (array == TYPE_ANYARRAY) {
        const PolymorphicType *result = find_polymorphic(return_type);
        if (m->first.nargs != 1 || (result && result->family == 1 && return_type != TYPE_ANYARRAY))
            return fail(m, SQLSTATE_DATATYPE_MISMATCH, "cannot determine element type of \"anyarray\" argument");
        return agree_on_element(m, TYPE_ANYARRAY, array, TYPE_ANYELEMENT);
    }
    Oid element = type_element(m->catalog, array);
    if (!element)
        return fail_not_a(m, TYPE_ANYARRAY, array);
    return agree_on_element(m, TYPE_ANYARRAY, array, element);
}

static bool derive_from_ranges(Matching *m)
{
    Oid *range = &m->first.types[ROLE_RANGE], *multirange = &m->first.types[ROLE_MULTIRANGE];
    if (*multirange) {
        Oid of = type_multirange_range(m->catalog, *multirange);
        if (!of)
            return fail_not_a(m, TYPE_ANYMULTIRANGE, *multirange);
        if (!*range)
            *range = of;
        else if (*range != of)
            return fail_inconsistent(m, TYPE_ANYMULTIRANGE, *multirange, TYPE_ANYRANGE, *range);
    } else if (*range) {
        *multirange = type_range_multirange(m->catalog, *range);
    }
    if (!*range)
        return true;
    Oid subtype = type_range_subtype(m->catalog, *range);
    if (!subtype)
        return fail_not_a(m, TYPE_ANYRANGE, *range);
    return agree_on_element(m, TYPE_ANYRANGE, *range, subtype);
}

static bool check_element(Matching *m)
{
    Oid element = m->first.types[ROLE_ELEMENT];
    if (m->error && element == TYPE_ANYELEMENT) /* only a call that was chosen may leave it open */
        return true;
    if (m->first.not_array && type_base_element(m->catalog, element))
        return fail(m, SQLSTATE_DATATYPE_MISMATCH, "type matched to anynonarray is an array type: %s",
                    format(m, element));
    if (m->first.is_enum && !type_is_enum(m->catalog, element))
        return fail(m, SQLSTATE_DATATYPE_MISMATCH, "type matched to anyenum is not an enum type: %s",
                    format(m, element));
    return true;
}

static bool derive_first(Matching *m, Oid return_type)
{
    if (!derive_from_array(m, return_type) || !derive_from_ranges(m))
        return false;
    Oid *types = m->first.types;
    if (!types[ROLE_ELEMENT] && m->error) {
        if (!m->allow_poly)
            return fail(m, SQLSTATE_DATATYPE_MISMATCH,
                        "could not determine polymorphic type because input has type unknown");
        types[ROLE_ELEMENT] = TYPE_ANYELEMENT;
        types[ROLE_ARRAY] = TYPE_ANYARRAY;
        types[ROLE_RANGE] = TYPE_ANYRANGE;
        types[ROLE_MULTIRANGE] = TYPE_ANYMULTIRANGE;
    }
    return check_element(m);
}

static bool derive_second_range(Matching *m)
{
    Oid *range = &m->second.types[ROLE_RANGE], *multirange = &m->second.types[ROLE_MULTIRANGE];
    if (*multirange) {
        Oid of = type_multirange_range(m->catalog, *multirange);
        if (*range)
            return *range == of ||
                   fail_inconsistent(m, TYPE_ANYCOMPATIBLEMULTIRANGE, *multirange, TYPE_ANYCOMPATIBLERANGE, *range);
        *range = of;
        m->second_subtype = type_range_subtype(m->catalog, of);
        m->common[m->ncommon++] = m->second_subtype;
        return m->second_subtype || fail_not_a(m, TYPE_ANYCOMPATIBLEMULTIRANGE, *multirange);
    }
    if (*range)
        *multirange = type_range_multirange(m->catalog, *range);
    return true;
}

/* The range type can't follow from its subtype: there may be several over one. */
static bool check_second_range(Matching *m, Oid declared, Role role)
{
    Oid type = m->second.types[role], common = m->second.types[ROLE_ELEMENT];
    if (!m->second.seen[role])
        return true;
    if (!type)
        return !m->error || fail_unknown(m, declared);
    return m->second_subtype == common ||
           fail(m, SQLSTATE_DATATYPE_MISMATCH, "%s type %s does not match anycompatible type %s",
                find_polymorphic(declared)->name, format(m, type), format(m, common));
}

static bool choose_common(Matching *m)
{
    size_t conflict = 0, with = 0;
    Oid common = coercion_common_type(m->catalog, m->ncommon, m->common, &conflict, &with);
    m->second.types[ROLE_ELEMENT] = common;
    if (!common)
        return fail(m, SQLSTATE_DATATYPE_MISMATCH, "argument types %s and %s cannot be matched",
                    format(m, type_base(m->catalog, m->common[with])),
                    format(m, type_base(m->catalog, m->common[conflict])));
    return coercion_common_type_fits(m->catalog, common, m->ncommon, m->common) ||
           fail(m, SQLSTATE_DATATYPE_MISMATCH, "arguments of anycompatible family cannot be cast to a common type");
}

/* No argument of the second family says anything: text it is, but never a range of text. */
static bool assume_second(Matching *m)
{
    Oid *types = m->second.types;
    if (m->allow_poly) {
        types[ROLE_ELEMENT] = TYPE_ANYCOMPATIBLE;
        types[ROLE_ARRAY] = TYPE_ANYCOMPATIBLEARRAY;
        types[ROLE_RANGE] = TYPE_ANYCOMPATIBLERANGE;
        types[ROLE_MULTIRANGE] = TYPE_ANYCOMPATIBLEMULTIRANGE;
        return true;
    }
    types[ROLE_ELEMENT] = TYPE_TEXT;
    types[ROLE_ARRAY] = TYPE_TEXT_ARRAY;
    return check_second_range(m, TYPE_ANYCOMPATIBLERANGE, ROLE_RANGE) &&
           check_second_range(m, TYPE_ANYCOMPATIBLEMULTIRANGE, ROLE_MULTIRANGE);
}

static bool derive_second(Matching *m)
{
    if (!derive_second_range(m))
        return false;
    if (m->ncommon == 0)
        return assume_second(m);
    if (!choose_common(m))
        return false;
    Oid common = m->second.types[ROLE_ELEMENT];
    m->second.types[ROLE_ARRAY] = type_array(m->catalog, common);
    if (m->error && m->second.seen[ROLE_ARRAY] && !m->second.types[ROLE_ARRAY])
        return fail_no_array(m, common);
    if (!check_second_range(m, TYPE_ANYCOMPATIBLERANGE, ROLE_RANGE) ||
        !check_second_range(m, TYPE_ANYCOMPATIBLEMULTIRANGE, ROLE_MULTIRANGE))
        return false;
    if (m->second.types[ROLE_RANGE] && m->second_subtype != common)
        return fail(m, SQLSTATE_DATATYPE_MISMATCH,
                    "anycompatiblerange type %s does not match anycompatible type %s",
                    format(m, m->second.types[ROLE_RANGE]), format(m, common));
    if (m->second.not_array && type_base_element(m->catalog, common))
        return fail(m, SQLSTATE_DATATYPE_MISMATCH, "type matched to anycompatiblenonarray is an array type: %s",
                    format(m, common));
    return true;
}

enum { FEW_ARGS = 16 };

/* Fills in what the arguments say about both families. */
static bool match(Matching *m, size_t n, const Oid *actual, const Oid *declared, Oid return_type)
{
    Oid few[FEW_ARGS + 1]; /* one more than arguments: a multirange adds its subtype */
    const PolymorphicType *result = find_polymorphic(return_type);
    if (result) /* a result of the range type asks for it as an argument would */
        (result->family == 1 ? &m->first : &m->second)->seen[result->role] = true;
    m->common = n > FEW_ARGS ? xmalloc((n + 1) * sizeof *m->common) : few;
    bool matched = collect(m, n, actual, declared) && (!m->first.nargs || derive_first(m, return_type)) &&
                   (!m->second.nargs || derive_second(m));
    if (m->common != few)
        xfree(m->common);
    m->common = NULL;
    return matched;
}

bool polymorphic_consistent(const Catalog *catalog, size_t n, const Oid *actual, const Oid *declared)
{
    return match(&(Matching){.catalog = catalog}, n, actual, declared, INVALID_OID);
}

/* The type that a polymorphic one stands for, once everything is matched. */
static Oid resolve_one(Matching *m, const PolymorphicType *poly)
{
    Family *family = poly->family == 1 ? &m->first : &m->second;
    Oid *type = &family->types[poly->role];
    if (!*type && poly->role == ROLE_ARRAY && family->types[ROLE_ELEMENT]) {
        *type = type_array(m->catalog, family->types[ROLE_ELEMENT]);
        if (!*type)
            fail_no_array(m, family->types[ROLE_ELEMENT]);
    } else if (!*type) {
        fail_unknown(m, poly->oid);
    }
    return *type;
}

Oid polymorphic_resolve(const Catalog *catalog, Arena *arena, size_t n, const Oid *actual, Oid *declared,
                        Oid return_type, bool allow_poly, PolymorphicError *error)
{
    Matching m = {.catalog = catalog, .arena = arena, .error = error, .allow_poly = allow_poly};
    *error = (PolymorphicError){0};
    if (!match(&m, n, actual, declared, return_type))
        return INVALID_OID;
    if (m.first.nargs == 0 && m.second.nargs == 0)
        return return_type;
    for (size_t i = 0; i < n; i++) {
        const PolymorphicType *poly = find_polymorphic(declared[i]);
        if (poly && !(declared[i] = resolve_one(&m, poly)))
            return INVALID_OID;
    }
    const PolymorphicType *result = find_polymorphic(return_type);
    return result ? resolve_one(&m, result) : return_type;
}

bool polymorphic_resolve_outputs(const Catalog *catalog, size_t n, const Oid *actual, const Oid *declared,
                                 size_t noutputs, Oid *outputs)
{
    Arena *arena = arena_new();
    PolymorphicError error = {0};
    Matching m = {.catalog = catalog, .arena = arena, .error = &error};
    bool matched = match(&m, n, actual, declared, INVALID_OID);
    for (size_t i = 0; matched && i < noutputs; i++) {
        const PolymorphicType *poly = find_polymorphic(outputs[i]);
        if (poly)
            matched = (outputs[i] = resolve_one(&m, poly)) != INVALID_OID;
    }
    arena_free(arena);
    return matched;
}
