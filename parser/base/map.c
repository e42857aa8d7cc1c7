/* Open-addressing hash maps that keep insertion order: slots hold numbers of items. */
#include "base/map.h"

#include "base/vec.h"

#include <string.h>

uint64_t map_hash_bytes(uint64_t seed, const void *data, size_t len)
{
    uint64_t hash = seed ? seed : 14695981039346656037u;
    const unsigned char *bytes = data;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash;
}

static uint64_t hash_int(uint64_t key)
{
    key = (key ^ (key >> 31)) * 0x9E3779B97F4A7C15u;
    return key ^ (key >> 32);
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t strmap_slot(const StrMap *map, const char *key, uint64_t hash)
{
    size_t mask = map->nslots - 1;
    for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        uint32_t number = map->slots[slot];
        if (!number)
            return slot;
        const StrMapEntry *entry = &map->items[number - 1];
        if (entry->hash == hash && strcmp(entry->key, key) == 0)
            return slot;
    }
}

void *strmap_get(const StrMap *map, const char *key)
{
    if (!map->len)
        return NULL;
    uint32_t number = map->slots[strmap_slot(map, key, map_hash_bytes(0, key, strlen(key)))];
    return number ? map->items[number - 1].value : NULL;
}

static void strmap_grow(Arena *arena, StrMap *map)
{
    map->nslots = map->nslots ? map->nslots * 2 : 16;
    map->slots = arena_array_of(arena, map->nslots, uint32_t);
    for (size_t i = 0; i < map->len; i++)
        map->slots[strmap_slot(map, map->items[i].key, map->items[i].hash)] = (uint32_t)(i + 1);
}

void *strmap_put(Arena *arena, StrMap *map, const char *key, void *value)
{
    uint64_t hash = map_hash_bytes(0, key, strlen(key));
    if ((map->len + 1) * 2 > map->nslots)
        strmap_grow(arena, map);
    size_t slot = strmap_slot(map, key, hash);
    if (map->slots[slot]) {
        StrMapEntry *entry = &map->items[map->slots[slot] - 1];
        void *old = entry->value;
        entry->value = value;
        return old;
    }
    if (!value)
        return NULL;
    vec_push(arena, map, ((StrMapEntry){key, value, hash}));
    map->slots[slot] = (uint32_t)map->len;
    return NULL;
}

static size_t intmap_slot(const IntMap *map, uint64_t key)
{
    size_t mask = map->nslots - 1;
    for (size_t slot = hash_int(key) & mask;; slot = (slot + 1) & mask) {
        uint32_t number = map->slots[slot];
        if (!number || map->items[number - 1].key == key)
            return slot;
    }
}

void *intmap_get(const IntMap *map, uint64_t key)
{
    if (!map->len)
        return NULL;
    uint32_t number = map->slots[intmap_slot(map, key)];
    return number ? map->items[number - 1].value : NULL;
}

static void intmap_grow(Arena *arena, IntMap *map)
{
    map->nslots = map->nslots ? map->nslots * 2 : 16;
    map->slots = arena_array_of(arena, map->nslots, uint32_t);
    for (size_t i = 0; i < map->len; i++)
        map->slots[intmap_slot(map, map->items[i].key)] = (uint32_t)(i + 1);
}

void *intmap_put(Arena *arena, IntMap *map, uint64_t key, void *value)
{
    if ((map->len + 1) * 2 > map->nslots)
        intmap_grow(arena, map);
    size_t slot = intmap_slot(map, key);
    if (map->slots[slot]) {
        IntMapEntry *entry = &map->items[map->slots[slot] - 1];
        void *old = entry->value;
        entry->value = value;
        return old;
    }
    if (!value)
        return NULL;
    vec_push(arena, map, ((IntMapEntry){key, value}));
    map->slots[slot] = (uint32_t)map->len;
    return NULL;
}
