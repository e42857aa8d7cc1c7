/* Casts, operator classes and operator families. */
#include "catalog/state.h"

const Cast *catalog_find_cast(const Catalog *catalog, Oid source, Oid target)
{
    return index_get(catalog, (IndexKey){INDEX_CAST, source, target, ""}).pointer;
}

/* ---- Families
 * --------------------------------------------------------------------------------------------------------- */

Oid catalog_family_operator(const Catalog *catalog, Oid family, Oid left, Oid right, int strategy)
{
    const FamilyOperator *builtin = builtin_family_operator(catalog->builtin, family, left, right, strategy);
    if (builtin)
        return builtin->op;
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_FAMILY_OPERATORS, family, 0, ""}).list;
    for (size_t i = 0; list && i < list->len; i++) {
        const FamilyOperator *member = list->items[i];
        if (member->left == left && member->right == right && member->strategy == strategy &&
            catalog_operator(catalog, member->op))
            return member->op;
    }
    return INVALID_OID;
}

Oid catalog_family_function(const Catalog *catalog, Oid family, Oid left, Oid right, int number)
{
    const FamilyFunction *builtin = builtin_family_function(catalog->builtin, family, left, right, number);
    if (builtin)
        return builtin->function;
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_FAMILY_FUNCTIONS, family, 0, ""}).list;
    for (size_t i = 0; list && i < list->len; i++) {
        const FamilyFunction *member = list->items[i];
        if (member->left == left && member->right == right && member->number == number &&
            catalog_function(catalog, member->function))
            return member->function;
    }
    return INVALID_OID;
}

FamilyOperatorList catalog_operator_families(const Catalog *catalog, Arena *arena, Oid op)
{
    const ObjectSet *builtin = catalog->builtin.set;
    VEC(FamilyOperator) members = {0};
    for (size_t i = builtin_first_family_of(builtin, op); i < builtin->nfamily_operators; i++) {
        uint16_t number = builtin->family_operators_by_operator[i];
        const FamilyOperator *member = &builtin->family_operators[number];
        if (member->op != op)
            break;
        if (in_version(builtin->family_operator_versions, number, catalog->builtin.version))
            vec_push(arena, &members, *member);
    }
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_OPERATOR_FAMILIES, op, 0, ""}).list;
    for (size_t i = 0; list && i < list->len; i++) {
        const FamilyOperator *member = list->items[i];
        if (catalog_opfamily(catalog, member->family))
            vec_push(arena, &members, *member);
    }
    return (FamilyOperatorList){members.items, members.len};
}

/* ---- Default operator classes
 * ----------------------------------------------------------------------------------------- */

static const Type *base_type(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    while (type && type->typtype == TYPTYPE_DOMAIN)
        type = catalog_type(catalog, type->base);
    return type;
}

/* Whether a pseudo-type stands for the type, when it is the input type of an operator class. */
static bool stands_for(const Catalog *catalog, Oid pseudo, const Type *type)
{
    switch (pseudo) {
    case TYPE_ANY:
    case TYPE_ANYELEMENT:
    case TYPE_ANYCOMPATIBLE:
        return true;
    case TYPE_ANYARRAY:
    case TYPE_ANYCOMPATIBLEARRAY:
        return catalog_is_array(type);
    case TYPE_ANYNONARRAY:
    case TYPE_ANYCOMPATIBLENONARRAY:
        return !catalog_is_array(type);
    case TYPE_ANYENUM:
        return type->typtype == TYPTYPE_ENUM;
    case TYPE_ANYRANGE:
    case TYPE_ANYCOMPATIBLERANGE:
        return type->typtype == TYPTYPE_RANGE;
    case TYPE_ANYMULTIRANGE:
    case TYPE_ANYCOMPATIBLEMULTIRANGE:
        return type->typtype == TYPTYPE_MULTIRANGE;
    case TYPE_RECORD:
        return type->typtype == TYPTYPE_COMPOSITE;
    case TYPE_RECORD_ARRAY: {
        const Type *element = catalog_is_array(type) ? base_type(catalog, type->element) : NULL;
        return element && element->typtype == TYPTYPE_COMPOSITE;
    }
    default:
        return false;
    }
}

/* PostgreSQL's IsBinaryCoercible. */
static bool is_binary_coercible(const Catalog *catalog, const Type *source, Oid target)
{
    if (source->oid == target || stands_for(catalog, target, source))
        return true;
    const Cast *cast = catalog_find_cast(catalog, source->oid, target);
    return cast && cast->method == 'b' && cast->context == 'i';
}

/* PostgreSQL's GetDefaultOpClass: an exact match; else the one class for a preferred type of the same category that
 * is binary coercible; else the one binary coercible class. */
static const OpClass *choose_default(const Catalog *catalog, Oid access_method, const Type *type)
{
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_METHOD_OPCLASSES, access_method, 0, ""}).list;
    const OpClass *preferred = NULL, *compatible = NULL;
    size_t npreferred = 0, ncompatible = 0;
    for (size_t i = 0; list && i < list->len; i++) {
        const OpClass *opclass = list->items[i];
        if (opclass->is_default && opclass->input == type->oid)
            return opclass;
    }
    for (size_t i = 0; list && i < list->len; i++) {
        const OpClass *opclass = list->items[i];
        if (!opclass->is_default || !is_binary_coercible(catalog, type, opclass->input))
            continue;
        const Type *input = catalog_type(catalog, opclass->input);
        if (input && input->preferred && input->category == type->category) {
            npreferred++;
            preferred = opclass;
        } else {
            ncompatible++;
            compatible = opclass;
        }
    }
    if (npreferred == 1)
        return preferred;
    return npreferred == 0 && ncompatible == 1 ? compatible : NULL;
}

void opclass_forget_defaults(Catalog *catalog)
{
    if (catalog->default_opclasses->len)
        *catalog->default_opclasses = (IntMap){0};
}

const OpClass *catalog_default_opclass(const Catalog *catalog, Oid access_method, Oid oid)
{
    IntMap *memo = catalog->default_opclasses;
    uint64_t key = (uint64_t)access_method << 32 | oid;
    const void *known = intmap_get(memo, key);
    if (known) /* a map holds no NULL: its own address stands for "none" */
        return known == memo ? NULL : known;
    const Type *type = base_type(catalog, oid);
    if (!type)
        return NULL;
    const OpClass *opclass = choose_default(catalog, access_method, type);
    intmap_put(catalog->arena, memo, key, opclass ? (void *)opclass : (void *)memo);
    return opclass;
}
