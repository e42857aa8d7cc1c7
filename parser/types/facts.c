/* Facts about one type, as PostgreSQL's lsyscache.c gives them: what it is under its domains, its element, its
 * relation, its category. */
#include "types/types.h"
#include "types/internal.h"

static char typtype_of(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type ? type->typtype : 0;
}

Oid type_base(const Catalog *catalog, Oid type)
{
    int32_t typmod = -1;
    return type_base_typmod(catalog, type, &typmod);
}

Oid type_base_typmod(const Catalog *catalog, Oid oid, int32_t *typmod)
{
    const Type *type = catalog_type(catalog, oid);
    while (type && type->typtype == TYPTYPE_DOMAIN) {
        if (type->typmod != -1)
            *typmod = type->typmod;
        oid = type->base;
        type = catalog_type(catalog, oid);
    }
    return oid;
}

char type_category(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type ? type->category : 0;
}

bool type_is_preferred(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type && type->preferred;
}

Oid type_element(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type && type->subscript == FUNCTION_ARRAY_SUBSCRIPT_HANDLER ? type->element : INVALID_OID;
}

Oid type_base_element(const Catalog *catalog, Oid type)
{
    return type_element(catalog, type_base(catalog, type));
}

Oid type_array(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type ? type->array : INVALID_OID;
}

Oid type_collation(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type ? type->collation : INVALID_OID;
}

bool type_is_rowtype(const Catalog *catalog, Oid type)
{
    Oid base = type_base(catalog, type);
    return type == TYPE_RECORD || typtype_of(catalog, base) == TYPTYPE_COMPOSITE;
}

Oid type_relation(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type ? type->relation : INVALID_OID;
}

Oid type_or_domain_relation(const Catalog *catalog, Oid type)
{
    return type_relation(catalog, type_base(catalog, type));
}

bool type_is_domain(const Catalog *catalog, Oid type)
{
    return typtype_of(catalog, type) == TYPTYPE_DOMAIN;
}

bool type_is_enum(const Catalog *catalog, Oid type)
{
    return typtype_of(catalog, type) == TYPTYPE_ENUM;
}

bool type_is_range(const Catalog *catalog, Oid type)
{
    return typtype_of(catalog, type) == TYPTYPE_RANGE;
}

bool type_is_multirange(const Catalog *catalog, Oid type)
{
    return typtype_of(catalog, type) == TYPTYPE_MULTIRANGE;
}

bool type_is_pseudo(const Catalog *catalog, Oid type)
{
    return typtype_of(catalog, type) == TYPTYPE_PSEUDO;
}

Oid type_range_subtype(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type && type->typtype == TYPTYPE_RANGE ? type->subtype : INVALID_OID;
}

Oid type_range_multirange(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type && type->typtype == TYPTYPE_RANGE ? type->multirange : INVALID_OID;
}

Oid type_multirange_range(const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type && type->typtype == TYPTYPE_MULTIRANGE ? type->range : INVALID_OID;
}

bool type_is_complex(const Catalog *catalog, Oid type)
{
    return type_or_domain_relation(catalog, type) != INVALID_OID;
}

bool type_is_complex_array(const Catalog *catalog, Oid type)
{
    Oid element = type_element(catalog, type);
    return element && type_is_complex(catalog, element);
}

/* ---- Row types related through their tables ---- */

typedef VEC(Oid) OidVec;

static void push_parents(const Catalog *catalog, Arena *arena, OidVec *pending, Oid oid)
{
    const Relation *relation = catalog_relation(catalog, oid);
    for (size_t i = 0; relation && i < relation->nparents; i++)
        vec_push(arena, pending, relation->parents[i]);
}

bool type_inherits_from(const Catalog *catalog, Oid sub_type, Oid super_type)
{
    Oid child = type_or_domain_relation(catalog, sub_type);
    Oid wanted = type_relation(catalog, super_type);
    const Relation *relation = catalog_relation(catalog, child);
    if (!wanted || !relation || relation->nparents == 0)
        return false;
    Arena *arena = arena_new();
    OidVec pending = {0};
    IntMap seen = {0};
    bool found = false;
    push_parents(catalog, arena, &pending, child);
    for (size_t i = 0; i < pending.len && !found; i++) {
        Oid parent = pending.items[i];
        found = parent == wanted;
        if (!intmap_put(arena, &seen, parent, (void *)relation))
            push_parents(catalog, arena, &pending, parent);
    }
    arena_free(arena);
    return found;
}

bool type_is_of_typed_table(const Catalog *catalog, Oid row_type, Oid of_type)
{
    const Relation *relation = catalog_relation(catalog, type_or_domain_relation(catalog, row_type));
    return of_type && relation && relation->of_type == of_type;
}
