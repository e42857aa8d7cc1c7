/* How values of a type are compared, sorted and hashed: PostgreSQL's type cache (typcache.c,
 * get_sort_group_operators) and what lsyscache.c tells about operators from the families they are in.
 *
 * The operators come from the type's default operator classes. Those of arrays, rows and ranges serve a type only
 * as far as its parts can do the same. */
#include "types/internal.h"

/* What values of a type can do. */
typedef struct Comparison {
    Oid lt, eq, gt;
    bool ordered; /* has a btree comparison function */
    bool hashed;
} Comparison;

static Comparison comparison_of(const Catalog *catalog, Oid type);

static void limit_by(Comparison *whole, const Comparison *part)
{
    if (!part->eq)
        whole->eq = INVALID_OID;
    if (!part->ordered) {
        whole->lt = whole->gt = INVALID_OID;
        whole->ordered = false;
    }
    whole->hashed = whole->hashed && part->hashed;
}

/* Rows of a known type can do what all their columns can. Those of an unknown type are trusted to compare but not
 * to hash. */
static void limit_by_columns(const Catalog *catalog, Comparison *row, Oid type)
{
    if (type == TYPE_RECORD) {
        row->hashed = false;
        return;
    }
    const Relation *relation = catalog_relation(catalog, type_relation(catalog, type));
    if (!relation) {
        *row = (Comparison){0};
        return;
    }
    for (size_t i = 0; i < relation->ncolumns; i++) {
        if (relation->columns[i].dropped)
            continue;
        Comparison column = comparison_of(catalog, relation->columns[i].type);
        limit_by(row, &column);
    }
}

/* A range exists only over a subtype that can be ordered, but not every one can be hashed. */
static void limit_by_subtype(const Catalog *catalog, Comparison *range, Oid type)
{
    Comparison subtype = comparison_of(catalog, type_range_subtype(catalog, type));
    range->hashed = range->hashed && subtype.hashed;
}

static void limit_by_parts(const Catalog *catalog, Comparison *whole, Oid type, Oid class_input)
{
    if (class_input == TYPE_ANYARRAY) {
        Comparison element = comparison_of(catalog, type_element(catalog, type));
        limit_by(whole, &element);
    } else if (class_input == TYPE_RECORD) {
        limit_by_columns(catalog, whole, type);
    } else if (class_input == TYPE_ANYRANGE) {
        limit_by_subtype(catalog, whole, type);
    } else if (class_input == TYPE_ANYMULTIRANGE) {
        limit_by_subtype(catalog, whole, type_multirange_range(catalog, type));
    }
}

static Oid class_operator(const Catalog *catalog, const OpClass *class, int strategy)
{
    return class ? catalog_family_operator(catalog, class->family, class->input, class->input, strategy)
                 : INVALID_OID;
}

/* The hash function counts only when it goes with the same "=". */
static Comparison comparison_of(const Catalog *catalog, Oid type)
{
    enum { HASH_STANDARD_PROC = 1 };
    Comparison found = {0};
    type = type_base(catalog, type);
    if (!catalog_type(catalog, type))
        return found;
    const OpClass *btree = catalog_default_opclass(catalog, AM_BTREE, type);
    const OpClass *hash = catalog_default_opclass(catalog, AM_HASH, type);
    Oid hash_eq = class_operator(catalog, hash, HASH_EQ);
    found.lt = class_operator(catalog, btree, BTREE_LT);
    found.gt = class_operator(catalog, btree, BTREE_GT);
    found.eq = class_operator(catalog, btree, BTREE_EQ);
    if (!found.eq)
        found.eq = hash_eq;
    found.ordered =
        btree && catalog_family_function(catalog, btree->family, btree->input, btree->input, BTREE_ORDER_PROC);
    found.hashed = hash && (!found.eq || found.eq == hash_eq) &&
                   catalog_family_function(catalog, hash->family, hash->input, hash->input, HASH_STANDARD_PROC);
    if (btree || hash)
        limit_by_parts(catalog, &found, type, btree ? btree->input : hash->input);
    return found;
}

SortGroupOperators type_sort_group_operators(const Catalog *catalog, Oid type)
{
    Comparison found = comparison_of(catalog, type);
    return (SortGroupOperators){found.lt, found.eq, found.gt, found.hashed};
}

/* ---- Operators in their families ---- */

static bool is_btree(const Catalog *catalog, Oid family)
{
    const OpFamily *found = catalog_opfamily(catalog, family);
    return found && found->access_method == AM_BTREE;
}

bool operator_ordering_properties(const Catalog *catalog, Arena *arena, Oid op, OrderingOperator *properties)
{
    FamilyOperatorList families = catalog_operator_families(catalog, arena, op);
    for (size_t i = 0; i < families.len; i++) {
        const FamilyOperator *member = &families.items[i];
        if ((member->strategy != BTREE_LT && member->strategy != BTREE_GT) || member->left != member->right ||
            !is_btree(catalog, member->family))
            continue;
        *properties = (OrderingOperator){
            member->family, member->left, member->strategy == BTREE_GT,
            catalog_family_operator(catalog, member->family, member->left, member->left, BTREE_EQ)};
        return true;
    }
    return false;
}

bool operator_is_hashable(const Catalog *catalog, Oid oid, Oid left)
{
    const Operator *op = catalog_operator(catalog, oid);
    if (!op || !op->can_hash)
        return false;
    if (op->left == TYPE_ANYARRAY || op->left == TYPE_RECORD)
        return comparison_of(catalog, left).hashed;
    return true;
}

static void add_meanings(const Catalog *catalog, Arena *arena, BtreeMeaningList *list, Oid op, bool negated)
{
    FamilyOperatorList families = catalog_operator_families(catalog, arena, op);
    for (size_t i = 0; i < families.len; i++) {
        const FamilyOperator *member = &families.items[i];
        if (!is_btree(catalog, member->family) || (negated && member->strategy != BTREE_EQ))
            continue;
        BtreeMeaning meaning = {member->family, member->left, member->right, negated ? BTREE_NE : member->strategy};
        vec_push(arena, list, meaning);
    }
}

BtreeMeaningList operator_btree_meanings(const Catalog *catalog, Arena *arena, Oid oid)
{
    BtreeMeaningList list = {0};
    const Operator *op = catalog_operator(catalog, oid);
    add_meanings(catalog, arena, &list, oid, false);
    if (list.len == 0 && op && op->negator)
        add_meanings(catalog, arena, &list, op->negator, true);
    return list;
}
