/*
 * Memory that is given back all at once. A result has one arena; so has a connection for what it remembers, and its
 * last error for its strings. All of it comes from the connection's querc_allocator.
 */
#include "querc_private.h"

#include <stdlib.h>

/* Every type of querc.h is aligned to at most this. */
enum { ALIGNMENT = 8, FIRST_CHUNK = 2048, LARGEST_CHUNK = 1 << 20 };

struct Chunk {
    Chunk *previous;
    size_t size; /* without this header */
};

static void *malloc_allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void malloc_release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

void qrt_allocator_init(querc_allocator *allocator, const querc_allocator *chosen)
{
    if (chosen != NULL) {
        *allocator = *chosen;
        return;
    }
    allocator->allocate = malloc_allocate;
    allocator->release = malloc_release;
    allocator->context = NULL;
}

void *qrt_allocate(const querc_allocator *allocator, size_t size)
{
    return allocator->allocate(allocator->context, size);
}

void qrt_release(const querc_allocator *allocator, void *memory)
{
    if (memory != NULL)
        allocator->release(allocator->context, memory);
}

void qrt_arena_init(Arena *arena, const querc_allocator *allocator, void *buffer, size_t size)
{
    arena->allocator = *allocator;
    arena->chunks = NULL;
    arena->next = buffer;
    arena->left = size;
}

/* A new chunk with room for size bytes. Chunks double, so that their number stays small. */
static bool grow(Arena *arena, size_t size)
{
    size_t chunk_size = arena->chunks == NULL ? FIRST_CHUNK : arena->chunks->size * 2;
    if (chunk_size > LARGEST_CHUNK)
        chunk_size = LARGEST_CHUNK;
    if (chunk_size < size)
        chunk_size = size;
    if (chunk_size > SIZE_MAX - sizeof(Chunk))
        return false;
    Chunk *chunk = qrt_allocate(&arena->allocator, sizeof(Chunk) + chunk_size);
    if (chunk == NULL)
        return false;
    chunk->previous = arena->chunks;
    chunk->size = chunk_size;
    arena->chunks = chunk;
    arena->next = (char *)(chunk + 1);
    arena->left = chunk_size;
    return true;
}

void *qrt_arena_alloc_bytes(Arena *arena, size_t size)
{
    if (size == 0)
        size = 1; /* NULL means no memory, and nothing else */
    if (size > arena->left && !grow(arena, size))
        return NULL;
    void *memory = arena->next;
    arena->next += size;
    arena->left -= size;
    return memory;
}

void *qrt_arena_alloc(Arena *arena, size_t size)
{
    if (size == 0)
        size = 1;
    size_t skip = (ALIGNMENT - (uintptr_t)arena->next % ALIGNMENT) % ALIGNMENT;
    if (skip <= arena->left && size <= arena->left - skip) {
        arena->next += skip;
        arena->left -= skip;
    } else if (!grow(arena, size)) {
        return NULL;
    }
    return qrt_arena_alloc_bytes(arena, size);
}

void qrt_arena_release(Arena *arena)
{
    Chunk *chunk = arena->chunks;
    while (chunk != NULL) {
        Chunk *previous = chunk->previous;
        qrt_release(&arena->allocator, chunk);
        chunk = previous;
    }
    arena->chunks = NULL;
    arena->next = NULL;
    arena->left = 0;
}
