/* Chunked bump allocation. Chunks double up to a limit, so that a small run stays small and a large one makes few
 * system calls; a request larger than a chunk gets a chunk of its own behind the current one. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024 };

typedef struct Chunk Chunk;
struct Chunk {
    Chunk *next;
    size_t size;
    alignas(max_align_t) unsigned char data[];
};

struct Arena {
    Chunk *chunks; /* the current one first */
    size_t used;   /* of the current chunk */
    size_t next_size;
    size_t footprint;
    Arena *adopted; /* the first of them … */
    Arena *sibling; /* … and the next one of the same parent */
};

static _Noreturn void out_of_memory(void)
{
    fputs("querc: out of memory\n", stderr);
    exit(2);
}

void *xmalloc(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        out_of_memory();
    return memory;
}

void *xrealloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);
    if (!memory)
        out_of_memory();
    return memory;
}

void xfree(void *memory)
{
    free(memory);
}

Arena *arena_new(void)
{
    Arena *arena = xmalloc(sizeof *arena);
    *arena = (Arena){.next_size = FIRST_CHUNK};
    return arena;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    for (Chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    for (Arena *child = arena->adopted, *next; child; child = next) {
        next = child->sibling;
        arena_free(child);
    }
    free(arena);
}

void arena_adopt(Arena *arena, Arena *child)
{
    child->sibling = arena->adopted;
    arena->adopted = child;
}

void arena_clear(Arena *arena)
{
    Chunk *kept = arena->chunks;
    if (!kept)
        return;
    for (Chunk *chunk = kept->next, *next; chunk; chunk = next) {
        next = chunk->next;
        arena->footprint -= chunk->size;
        free(chunk);
    }
    kept->next = NULL;
    memset(kept->data, 0, arena->used);
    arena->used = 0;
}

size_t arena_footprint(const Arena *arena)
{
    return arena->footprint;
}

static Chunk *new_chunk(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(Chunk))
        out_of_memory();
    Chunk *chunk = calloc(1, sizeof(Chunk) + size);
    if (!chunk)
        out_of_memory();
    chunk->size = size;
    arena->footprint += size;
    return chunk;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX - unit)
        out_of_memory();
    size = size ? (size + unit - 1) / unit * unit : unit;
    if (arena->chunks && arena->chunks->size - arena->used >= size) {
        void *memory = arena->chunks->data + arena->used;
        arena->used += size;
        return memory;
    }
    if (size > arena->next_size / 4 && arena->chunks) {
        Chunk *own = new_chunk(arena, size);
        own->next = arena->chunks->next;
        arena->chunks->next = own;
        return own->data;
    }
    Chunk *chunk = new_chunk(arena, size > arena->next_size ? size : arena->next_size);
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->used = size;
    if (arena->next_size < LARGEST_CHUNK)
        arena->next_size *= 2;
    return chunk->data;
}

void *arena_alloc_array(Arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    return arena_alloc(arena, count * size);
}

void *arena_memdup(Arena *arena, const void *data, size_t size)
{
    void *copy = arena_alloc(arena, size);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *arena_strndup(Arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        out_of_memory();
    char *text = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
