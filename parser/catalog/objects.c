/* The current version of every object, found by OID.
 *
 * One array of slots: first one for each record of the built-in tables, NULL until somebody asks for the object;
 * then one for each OID from FIRST_USER_OID on, NULL when the OID stands for nothing. */
#include "catalog/state.h"

#include <string.h>

/* Stands in the slot of a built-in object that was dropped (schema public, most often). */
static const char removed;

Objects *objects_new(Arena *arena, const ObjectSet *builtin)
{
    Objects *objects = arena_new_of(arena, Objects);
    for (int kind = 0; kind < NRECORD_KINDS; kind++) {
        objects->first[kind] = objects->nbuiltin;
        objects->nbuiltin += builtin->tables[kind].n;
    }
    objects->len = objects->cap = objects->nbuiltin;
    objects->slots = arena_array_of(arena, objects->cap, const void *);
    return objects;
}

Objects *objects_copy(Arena *arena, const Objects *objects)
{
    Objects *copy = arena_memdup(arena, objects, sizeof *objects);
    copy->slots = arena_memdup(arena, objects->slots, objects->len * sizeof *objects->slots);
    copy->cap = objects->len;
    return copy;
}

int objects_kind(ObjectClass class)
{
    switch (class) {
    case CLASS_SCHEMA:
        return RECORD_SCHEMA;
    case CLASS_TYPE:
        return RECORD_TYPE;
    case CLASS_RELATION:
        return RECORD_RELATION;
    case CLASS_FUNCTION:
        return RECORD_FUNCTION;
    case CLASS_OPERATOR:
        return RECORD_OPERATOR;
    case CLASS_CAST:
        return OBJECT_CAST;
    case CLASS_COLLATION:
        return RECORD_COLLATION;
    case CLASS_OPCLASS:
        return RECORD_OPCLASS;
    case CLASS_OPFAMILY:
        return RECORD_OPFAMILY;
    case CLASS_NONE:
    case CLASS_CONSTRAINT:
    case CLASS_DEFAULT:
    case CLASS_RULE:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_DATABASE:
        return -1;
    case CLASS_EXTENSION:
    case CLASS_LANGUAGE:
    case CLASS_ACCESS_METHOD:
    case CLASS_CONVERSION:
    case CLASS_TS_CONFIG:
    case CLASS_TS_DICT:
    case CLASS_TS_PARSER:
    case CLASS_TS_TEMPLATE:
    case CLASS_STATISTICS:
    case CLASS_FDW:
    case CLASS_SERVER:
    case CLASS_EVENT_TRIGGER:
    case CLASS_PUBLICATION:
    case CLASS_SUBSCRIPTION:
    case CLASS_TRANSFORM:
    case CLASS_USER_MAPPING:
    case CLASS_ROLE:
        return RECORD_OBJECT;
    }
    return -1;
}

static const void *builtin_object(const Catalog *catalog, int kind, ObjectClass class, Oid oid)
{
    if (kind == OBJECT_CAST)
        return NULL;
    uint32_t number = builtin_by_oid(catalog->builtin, (RecordKind)kind, class, oid);
    if (!number)
        return NULL;
    const void **slot = &catalog->objects->slots[catalog->objects->first[kind] + number - 1];
    if (!*slot) {
        RecordReader reader = {.arena = catalog->arena, .set = catalog->builtin.set};
        *slot = record_object(&reader, (RecordKind)kind, number - 1);
    }
    return *slot == &removed ? NULL : *slot;
}

const void *objects_get(const Catalog *catalog, int kind, ObjectClass class, Oid oid)
{
    if (oid < FIRST_USER_OID)
        return builtin_object(catalog, kind, class, oid);
    const Objects *objects = catalog->objects;
    size_t number = oid - FIRST_USER_OID;
    if (number >= objects->len - objects->nbuiltin || objects->kinds[number] != kind + 1)
        return NULL;
    const void *object = objects->slots[objects->nbuiltin + number];
    if (kind == RECORD_OBJECT && object && ((const NamedObject *)object)->class != class)
        return NULL;
    return object;
}

/* Makes slots for all OIDs up to that of the last slot wanted. */
static void grow(Arena *arena, Objects *objects, size_t len)
{
    if (len > objects->cap) {
        size_t cap = len + (len - objects->nbuiltin) + 256;
        const void **slots = arena_array_of(arena, cap, const void *);
        uint8_t *kinds = arena_array_of(arena, cap - objects->nbuiltin, uint8_t);
        memcpy(slots, objects->slots, objects->len * sizeof *slots);
        if (objects->kinds)
            memcpy(kinds, objects->kinds, objects->len - objects->nbuiltin);
        objects->slots = slots;
        objects->kinds = kinds;
        objects->cap = cap;
    }
    objects->len = len;
}

void objects_set(Catalog *catalog, int kind, ObjectClass class, Oid oid, const void *object)
{
    Objects *objects = catalog->objects;
    size_t slot;
    if (oid < FIRST_USER_OID) {
        uint32_t number = kind == OBJECT_CAST ? 0 : builtin_by_oid(catalog->builtin, (RecordKind)kind, class, oid);
        if (!number)
            return;
        slot = objects->first[kind] + number - 1;
        object = object ? object : &removed;
    } else {
        slot = objects->nbuiltin + (oid - FIRST_USER_OID);
        if (slot >= objects->len)
            grow(catalog->arena, objects, slot + 1);
        objects->kinds[oid - FIRST_USER_OID] = (uint8_t)(kind + 1);
    }
    bool is_new = object && !objects->slots[slot] && oid >= FIRST_USER_OID;
    journal_add(catalog, (Change){CHANGE_SLOT, (uint32_t)slot, {.object = objects->slots[slot]}});
    objects->slots[slot] = object;
    if (is_new && catalog->role.current != ROLE_SUPERUSER)
        catalog_set_owner(catalog, (ObjectAddress){class, oid, 0}, catalog->role.current);
}

void objects_undo(Objects *objects, uint32_t slot, const void *old)
{
    objects->slots[slot] = old;
}
