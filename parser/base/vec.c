/* Growth of arena vectors: by doubling, so that pushing stays linear. */
#include "base/vec.h"

#include <string.h>

void *vec_grow(Arena *arena, void *items, size_t len, size_t *cap, size_t size)
{
    if (len < *cap)
        return items;
    size_t grown = *cap ? *cap * 2 : 8;
    void *memory = arena_alloc_array(arena, grown, size);
    if (len)
        memcpy(memory, items, len * size);
    *cap = grown;
    return memory;
}
