/* Hash maps in an arena, from strings or from 64-bit integers to pointers.
 *
 * A zeroed map is a valid empty one. Keys of a StrMap are not copied. A stored value is never NULL: NULL means
 * absent. Iteration in insertion order: for (size_t i = 0; i < map.len; i++) map.items[i], skipping items whose
 * value is NULL (removed ones). */
#ifndef QUERC_BASE_MAP_H
#define QUERC_BASE_MAP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct StrMapEntry {
    const char *key;
    void *value;
    uint64_t hash;
} StrMapEntry;

typedef struct StrMap {
    StrMapEntry *items;
    size_t len, cap;
    uint32_t *slots; /* entry number + 1, open addressing; a power of two of them */
    size_t nslots;
} StrMap;

void *strmap_get(const StrMap *map, const char *key);
/* Stores value and gives the one it replaces, or NULL. Storing NULL removes. */
void *strmap_put(Arena *arena, StrMap *map, const char *key, void *value);

typedef struct IntMapEntry {
    uint64_t key;
    void *value;
} IntMapEntry;

typedef struct IntMap {
    IntMapEntry *items;
    size_t len, cap;
    uint32_t *slots;
    size_t nslots;
} IntMap;

void *intmap_get(const IntMap *map, uint64_t key);
void *intmap_put(Arena *arena, IntMap *map, uint64_t key, void *value);

/* FNV-1a over len bytes, continuing from seed (0 to begin). */
uint64_t map_hash_bytes(uint64_t seed, const void *data, size_t len);

#endif
