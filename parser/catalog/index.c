/* One hash map for everything that is found by something else than its OID.
 *
 * Entries are made when a key is first set, and for keys that built-in objects may answer to when first asked for:
 * such an entry then holds what the built-in tables have, be it nothing. So one probe answers every look-up that
 * comes again. Entries are never taken out; going back restores their values. */
#include "catalog/state.h"

#include "base/vec.h"

#include <string.h>

static uint64_t hash_key(const IndexKey *key)
{
    uint64_t hash = map_hash_bytes(0, key->name, strlen(key->name));
    uint64_t numbers = ((uint64_t)key->a << 32 | key->b) + ((uint64_t)key->space << 58);
    hash = (hash ^ numbers ^ (numbers >> 29)) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
}

static bool same_key(const IndexKey *a, const IndexKey *b)
{
    return a->space == b->space && a->a == b->a && a->b == b->b && strcmp(a->name, b->name) == 0;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t find_slot(const KeyIndex *index, const IndexKey *key, uint64_t hash)
{
    size_t mask = index->nslots - 1;
    for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        uint32_t number = index->slots[slot];
        if (!number)
            return slot;
        const IndexEntry *entry = &index->items[number - 1];
        if (entry->hash == hash && same_key(&entry->key, key))
            return slot;
    }
}

static IndexEntry *find_entry(const KeyIndex *index, const IndexKey *key, uint64_t hash)
{
    if (!index->len)
        return NULL;
    uint32_t number = index->slots[find_slot(index, key, hash)];
    return number ? &index->items[number - 1] : NULL;
}

static void grow(Arena *arena, KeyIndex *index)
{
    index->nslots = index->nslots ? index->nslots * 2 : 256;
    index->slots = arena_array_of(arena, index->nslots, uint32_t);
    for (size_t i = 0; i < index->len; i++)
        index->slots[find_slot(index, &index->items[i].key, index->items[i].hash)] = (uint32_t)(i + 1);
}

static IndexEntry *add_entry(Arena *arena, KeyIndex *index, IndexKey key, uint64_t hash, IndexValue value)
{
    if ((index->len + 1) * 2 > index->nslots)
        grow(arena, index);
    key.name = *key.name ? arena_strdup(arena, key.name) : "";
    index->slots[find_slot(index, &key, hash)] = (uint32_t)(index->len + 1);
    vec_push(arena, index, ((IndexEntry){key, hash, value}));
    return &vec_last(index);
}

KeyIndex *index_copy(Arena *arena, const KeyIndex *index)
{
    KeyIndex *copy = arena_memdup(arena, index, sizeof *index);
    copy->items = arena_memdup(arena, index->items, index->len * sizeof *index->items);
    copy->cap = index->len;
    copy->slots = arena_memdup(arena, index->slots, index->nslots * sizeof *index->slots);
    return copy;
}

/* ---- Lists
 * -------------------------------------------------------------------------------------------------------- */

static const ObjectList *list_append(Arena *arena, const ObjectList *old, const void *item)
{
    ObjectList *list = arena_new_of(arena, ObjectList);
    *list = old ? *old : (ObjectList){0};
    if (!list->storage || list->storage->used != list->len || list->len == list->storage->cap) {
        size_t cap = list->len ? list->len * 2 : 4;
        const void **items = arena_array_of(arena, cap, const void *);
        if (list->len)
            memcpy(items, list->items, list->len * sizeof *items);
        list->items = items;
        list->storage = arena_new_of(arena, ListStorage);
        list->storage->cap = cap;
    }
    list->items[list->len++] = item;
    list->storage->used = list->len;
    return list;
}

/* A copy with item in place of old, or without old when item is NULL. */
static const ObjectList *list_replace(Arena *arena, const ObjectList *old_list, const void *old, const void *item)
{
    ObjectList *list = arena_new_of(arena, ObjectList);
    list->items = arena_array_of(arena, old_list->len, const void *);
    for (size_t i = 0; i < old_list->len; i++) {
        const void *here = old_list->items[i] == old ? item : old_list->items[i];
        if (here)
            list->items[list->len++] = here;
    }
    return list;
}

void index_list_put(Catalog *catalog, IndexKey key, const void *old, const void *item)
{
    const ObjectList *list = index_get(catalog, key).list;
    if (old && list)
        list = list_replace(catalog->arena, list, old, item);
    else
        list = list_append(catalog->arena, list, item);
    index_set(catalog, key, (IndexValue){.list = list});
}

void index_list_remove(Catalog *catalog, IndexKey key, const void *item)
{
    const ObjectList *list = index_get(catalog, key).list;
    if (list)
        index_set(catalog, key, (IndexValue){.list = list_replace(catalog->arena, list, item, NULL)});
}

/* ---- What the built-in tables have for a key
 * ------------------------------------------------------------------------ */

static Oid named_in_schema(const Catalog *catalog, RecordKind kind, const IndexKey *key)
{
    ObjectClass class = kind == RECORD_OBJECT ? (ObjectClass)key->b : CLASS_NONE;
    uint32_t place = builtin_first_named(catalog->builtin, kind, class, key->name);
    for (const Record *record; (record = builtin_next_named(catalog->builtin, kind, class, key->name, &place));) {
        if (record->schema == key->a)
            return record->oid;
    }
    return INVALID_OID;
}

static Oid opclass_in_schema(const Catalog *catalog, const IndexKey *key)
{
    uint32_t place = builtin_first_named(catalog->builtin, RECORD_OPCLASS, CLASS_NONE, key->name);
    for (const Record *record;
         (record = builtin_next_named(catalog->builtin, RECORD_OPCLASS, CLASS_NONE, key->name, &place));) {
        if (record->schema == key->a && ((const OpClassRecord *)(const void *)record)->access_method == key->b)
            return record->oid;
    }
    return INVALID_OID;
}

static Oid opfamily_in_schema(const Catalog *catalog, const IndexKey *key)
{
    uint32_t place = builtin_first_named(catalog->builtin, RECORD_OPFAMILY, CLASS_NONE, key->name);
    for (const Record *record;
         (record = builtin_next_named(catalog->builtin, RECORD_OPFAMILY, CLASS_NONE, key->name, &place));) {
        if (record->schema == key->a && ((const OpFamilyRecord *)(const void *)record)->access_method == key->b)
            return record->oid;
    }
    return INVALID_OID;
}

static const ObjectList *list_named(const Catalog *catalog, RecordKind kind, const char *name)
{
    const ObjectList *list = NULL;
    uint32_t place = builtin_first_named(catalog->builtin, kind, CLASS_NONE, name);
    for (const Record *record; (record = builtin_next_named(catalog->builtin, kind, CLASS_NONE, name, &place));)
        list = list_append(catalog->arena, list, objects_get(catalog, (int)kind, CLASS_NONE, record->oid));
    return list;
}

static const ObjectList *opclasses_of_method(const Catalog *catalog, Oid access_method)
{
    const RecordTable *table = &catalog->builtin.set->tables[RECORD_OPCLASS];
    const ObjectList *list = NULL;
    for (uint32_t i = 0; i < table->n; i++) {
        const Record *record = builtin_record(table, i);
        if (in_version(table->versions, i, catalog->builtin.version) &&
            ((const OpClassRecord *)(const void *)record)->access_method == access_method)
            list = list_append(catalog->arena, list, objects_get(catalog, RECORD_OPCLASS, CLASS_NONE, record->oid));
    }
    return list;
}

static IndexValue builtin_value(const Catalog *catalog, const IndexKey *key)
{
    IndexValue value = {.pointer = NULL};
    switch (key->space) {
    case INDEX_SCHEMA:
        value.oid = named_in_schema(catalog, RECORD_SCHEMA, key);
        break;
    case INDEX_TYPE:
        value.oid = named_in_schema(catalog, RECORD_TYPE, key);
        break;
    case INDEX_RELATION:
        value.oid = named_in_schema(catalog, RECORD_RELATION, key);
        break;
    case INDEX_COLLATION:
        value.oid = named_in_schema(catalog, RECORD_COLLATION, key);
        break;
    case INDEX_OPCLASS:
        value.oid = opclass_in_schema(catalog, key);
        break;
    case INDEX_OPFAMILY:
        value.oid = opfamily_in_schema(catalog, key);
        break;
    case INDEX_OBJECT:
        value.oid = named_in_schema(catalog, RECORD_OBJECT, key);
        break;
    case INDEX_FUNCTIONS:
        value.list = list_named(catalog, RECORD_FUNCTION, key->name);
        break;
    case INDEX_OPERATORS:
        value.list = list_named(catalog, RECORD_OPERATOR, key->name);
        break;
    case INDEX_METHOD_OPCLASSES:
        value.list = opclasses_of_method(catalog, key->a);
        break;
    case INDEX_CAST:
        value.pointer = builtin_cast(catalog->builtin, key->a, key->b);
        break;
    case INDEX_FAMILY_OPERATORS:
    case INDEX_FAMILY_FUNCTIONS:
    case INDEX_OPERATOR_FAMILIES:
    case INDEX_OWNER:
    case INDEX_ACL:
        break;
    }
    return value;
}

/* Whether the built-in tables have to be asked, and the answer is worth an entry: not where user objects alone can
 * be, nor for casts, which are quickly found and asked for in many pairs. */
static bool worth_keeping(const IndexKey *key)
{
    switch (key->space) {
    case INDEX_TYPE:
    case INDEX_RELATION:
    case INDEX_COLLATION:
    case INDEX_OPCLASS:
    case INDEX_OPFAMILY:
        return builtin_schema(key->a);
    case INDEX_OBJECT:
        return !key->a || builtin_schema(key->a);
    case INDEX_SCHEMA:
    case INDEX_FUNCTIONS:
    case INDEX_OPERATORS:
    case INDEX_METHOD_OPCLASSES:
        return true;
    case INDEX_CAST:
    case INDEX_FAMILY_OPERATORS:
    case INDEX_FAMILY_FUNCTIONS:
    case INDEX_OPERATOR_FAMILIES:
    case INDEX_OWNER:
    case INDEX_ACL:
        return false;
    }
    return false;
}

/* ---- Look-up and change
 * --------------------------------------------------------------------------------------------- */

IndexValue index_get(const Catalog *catalog, IndexKey key)
{
    uint64_t hash = hash_key(&key);
    const IndexEntry *entry = find_entry(catalog->index, &key, hash);
    if (entry)
        return entry->value;
    IndexValue value = builtin_value(catalog, &key);
    if (worth_keeping(&key))
        add_entry(catalog->arena, catalog->index, key, hash, value);
    return value;
}

void index_set(Catalog *catalog, IndexKey key, IndexValue value)
{
    uint64_t hash = hash_key(&key);
    IndexEntry *entry = find_entry(catalog->index, &key, hash);
    if (!entry)
        entry = add_entry(catalog->arena, catalog->index, key, hash, builtin_value(catalog, &key));
    uint32_t number = (uint32_t)(entry - catalog->index->items);
    journal_add(catalog, (Change){CHANGE_INDEX, number, {.value = entry->value}});
    entry->value = value;
}
