/* Look-ups by OID, and by name within one schema. */
#include "catalog/state.h"

const Schema *catalog_schema(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_SCHEMA, CLASS_SCHEMA, oid);
}

const Type *catalog_type(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_TYPE, CLASS_TYPE, oid);
}

const Relation *catalog_relation(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_RELATION, CLASS_RELATION, oid);
}

const Function *catalog_function(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_FUNCTION, CLASS_FUNCTION, oid);
}

const Operator *catalog_operator(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_OPERATOR, CLASS_OPERATOR, oid);
}

const Collation *catalog_collation(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_COLLATION, CLASS_COLLATION, oid);
}

const OpClass *catalog_opclass(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_OPCLASS, CLASS_OPCLASS, oid);
}

const OpFamily *catalog_opfamily(const Catalog *catalog, Oid oid)
{
    return objects_get(catalog, RECORD_OPFAMILY, CLASS_OPFAMILY, oid);
}

const NamedObject *catalog_object(const Catalog *catalog, ObjectClass class, Oid oid)
{
    return objects_get(catalog, RECORD_OBJECT, class, oid);
}

static Oid find(const Catalog *catalog, IndexSpace space, Oid a, Oid b, const char *name)
{
    return index_get(catalog, (IndexKey){space, a, b, name}).oid;
}

const Schema *catalog_find_schema(const Catalog *catalog, const char *name)
{
    return catalog_schema(catalog, find(catalog, INDEX_SCHEMA, 0, 0, name));
}

const Type *catalog_find_type_in(const Catalog *catalog, Oid schema, const char *name)
{
    return catalog_type(catalog, find(catalog, INDEX_TYPE, schema, 0, name));
}

const Relation *catalog_find_relation_in(const Catalog *catalog, Oid schema, const char *name)
{
    return catalog_relation(catalog, find(catalog, INDEX_RELATION, schema, 0, name));
}

const Collation *catalog_find_collation_in(const Catalog *catalog, Oid schema, const char *name)
{
    return catalog_collation(catalog, find(catalog, INDEX_COLLATION, schema, 0, name));
}

const OpClass *catalog_find_opclass_in(const Catalog *catalog, Oid access_method, Oid schema, const char *name)
{
    return catalog_opclass(catalog, find(catalog, INDEX_OPCLASS, schema, access_method, name));
}

const OpFamily *catalog_find_opfamily_in(const Catalog *catalog, Oid access_method, Oid schema, const char *name)
{
    return catalog_opfamily(catalog, find(catalog, INDEX_OPFAMILY, schema, access_method, name));
}

const NamedObject *catalog_find_object_in(const Catalog *catalog, ObjectClass class, Oid schema, const char *name)
{
    return catalog_object(catalog, class, find(catalog, INDEX_OBJECT, schema, (Oid) class, name));
}

FunctionList catalog_functions_named(const Catalog *catalog, Arena *arena, const char *name)
{
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_FUNCTIONS, 0, 0, name}).list;
    if (!list || !list->len)
        return (FunctionList){0};
    const Function **items = arena_array_of(arena, list->len, const Function *);
    for (size_t i = 0; i < list->len; i++)
        items[i] = list->items[i];
    return (FunctionList){items, list->len};
}

OperatorList catalog_operators_named(const Catalog *catalog, Arena *arena, const char *name)
{
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_OPERATORS, 0, 0, name}).list;
    if (!list || !list->len)
        return (OperatorList){0};
    const Operator **items = arena_array_of(arena, list->len, const Operator *);
    for (size_t i = 0; i < list->len; i++)
        items[i] = list->items[i];
    return (OperatorList){items, list->len};
}

OidList catalog_user_objects(const Catalog *catalog, Arena *arena, ObjectClass class)
{
    const Objects *objects = catalog->objects;
    int kind = objects_kind(class);
    VEC(Oid) oids = {0};
    if (class == CLASS_SCHEMA) {
        for (size_t i = 0; i < catalog->schemas.len; i++)
            if (catalog_schema(catalog, catalog->schemas.items[i]))
                vec_push(arena, &oids, catalog->schemas.items[i]);
        return (OidList){oids.items, oids.len};
    }
    for (size_t i = 0; kind >= 0 && i < objects->len - objects->nbuiltin; i++) {
        Oid oid = FIRST_USER_OID + (Oid)i;
        if (objects->kinds[i] == kind + 1 && objects_get(catalog, kind, class, oid))
            vec_push(arena, &oids, oid);
    }
    return (OidList){oids.items, oids.len};
}

OidList catalog_builtin_objects(const Catalog *catalog, Arena *arena, ObjectClass class)
{
    int kind = objects_kind(class);
    VEC(Oid) oids = {0};
    const RecordTable *table = kind >= 0 && kind < NRECORD_KINDS ? &catalog->builtin.set->tables[kind] : NULL;
    for (uint32_t i = 0; table && i < table->n; i++) {
        Oid oid = builtin_record(table, i)->oid;
        if (in_version(table->versions, i, catalog->builtin.version) && objects_get(catalog, kind, class, oid))
            vec_push(arena, &oids, oid);
    }
    return (OidList){oids.items, oids.len};
}

OidList catalog_all_objects(const Catalog *catalog, Arena *arena, ObjectClass class)
{
    OidList builtin = catalog_builtin_objects(catalog, arena, class);
    OidList user = catalog_user_objects(catalog, arena, class);
    Oid *oids = arena_array_of(arena, builtin.len + user.len + 1, Oid);
    for (size_t i = 0; i < builtin.len + user.len; i++)
        oids[i] = i < builtin.len ? builtin.items[i] : user.items[i - builtin.len];
    return (OidList){oids, builtin.len + user.len};
}
