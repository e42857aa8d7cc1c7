/* Chunked bump allocation. Chunks double up to a limit, so that a small run stays small and a large one makes few
 * system calls; a request larger than a chunk gets a chunk of its own behind the current one. */
#define _DEFAULT_SOURCE /* anonymous memory, huge pages */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_CHUNK = 16 * 1024, LARGEST_MALLOC = 128 * 1024, HUGE_PAGE = 2 * 1024 * 1024 };

typedef struct Chunk Chunk;
struct Chunk {
    Chunk *next;
    size_t size;   /* of data */
    size_t dirty;  /* so many bytes from the start may not be zero */
    size_t mapped; /* bytes to unmap, 0 of a chunk from malloc */
    alignas(max_align_t) unsigned char data[];
};

enum { HUGE_CHUNK = HUGE_PAGE - sizeof(Chunk) };

struct Arena {
    Chunk *chunks; /* the current one first */
    size_t used;   /* of the current chunk */
    size_t next_size;
    size_t footprint;
    Arena *of_next_worker; /* or NULL */
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

/* With the address sanitizer nothing is kept, so that it sees who still uses what was forgotten. */
#if defined(__SANITIZE_ADDRESS__)
#define KEEPS_A_CHUNK 0
#elif defined(__has_feature)
#define KEEPS_A_CHUNK !__has_feature(address_sanitizer)
#else
#define KEEPS_A_CHUNK 1
#endif

static void free_chunk_list(Chunk *chunk)
{
    for (Chunk *next; chunk; chunk = next) {
        next = chunk->next;
        if (chunk->mapped)
            munmap(chunk, chunk->mapped);
        else
            free(chunk);
    }
}

static void free_chunks(Arena *arena)
{
    free_chunk_list(arena->chunks);
    arena->chunks = NULL;
    arena->used = arena->footprint = 0;
}

void arena_free(Arena *arena)
{
    for (Arena *next; arena; arena = next) {
        next = arena->of_next_worker;
        free_chunks(arena);
        free(arena);
    }
}

Arena *arena_of_worker(Arena *arena, size_t worker)
{
    for (; worker; worker--) {
        if (!arena->of_next_worker)
            arena->of_next_worker = arena_new();
        arena = arena->of_next_worker;
    }
    return arena;
}

void arena_clear(Arena *arena)
{
    if (!KEEPS_A_CHUNK)
        free_chunks(arena);
    Chunk *kept = arena->chunks;
    if (!kept)
        return;
    free_chunk_list(kept->next);
    kept->next = NULL;
    arena->footprint = arena->next_size = kept->size;
    kept->dirty = kept->dirty > arena->used ? kept->dirty : arena->used;
    arena->used = 0;
}

size_t arena_footprint(const Arena *arena)
{
    return arena->footprint;
}

/* A chunk that one huge page fits: where the system has them, as much memory comes with one page fault instead of
 * 512. Any system is asked for the address space around it only. */
static Chunk *map_huge(void)
{
    unsigned char *space = mmap(NULL, 2 * HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (space == MAP_FAILED)
        return NULL;
    size_t before = (size_t)(HUGE_PAGE - (uintptr_t)space % HUGE_PAGE) % HUGE_PAGE;
    if (before)
        munmap(space, before);
    munmap(space + before + HUGE_PAGE, HUGE_PAGE - before);
    Chunk *chunk = (Chunk *)(void *)(space + before);
#ifdef MADV_HUGEPAGE
    madvise(chunk, HUGE_PAGE, MADV_HUGEPAGE);
#endif
    chunk->mapped = HUGE_PAGE;
    return chunk;
}

/* Zeroing waits for the allocations, as most of a chunk may never be used. */
static Chunk *new_chunk(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(Chunk) - HUGE_PAGE)
        out_of_memory();
    Chunk *chunk;
    if (size == HUGE_CHUNK) {
        chunk = map_huge();
    } else {
        chunk = malloc(sizeof(Chunk) + size);
        if (chunk)
            *chunk = (Chunk){.dirty = size};
    }
    if (!chunk)
        out_of_memory();
    chunk->size = size;
    arena->footprint += size;
    return chunk;
}

/* Memory as it comes; *dirty tells how many bytes of it may not be zero. */
static void *take(Arena *arena, size_t size, size_t *dirty)
{
    size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX - unit)
        out_of_memory();
    size = size ? (size + unit - 1) / unit * unit : unit;
    Chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - arena->used < size) {
        if (size > arena->next_size / 4 && chunk) {
            Chunk *own = new_chunk(arena, size);
            own->next = chunk->next;
            chunk->next = own;
            *dirty = own->dirty;
            return own->data;
        }
        chunk = new_chunk(arena, size > arena->next_size ? size : arena->next_size);
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        arena->used = 0;
        arena->next_size = arena->next_size < LARGEST_MALLOC ? arena->next_size * 2 : HUGE_CHUNK;
    }
    void *memory = chunk->data + arena->used;
    *dirty = chunk->dirty > arena->used ? chunk->dirty - arena->used : 0;
    arena->used += size;
    return memory;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size_t dirty;
    void *memory = take(arena, size, &dirty);
    dirty = dirty < size ? dirty : size;
    if (dirty)
        memset(memory, 0, dirty);
    return memory;
}

void *arena_alloc_array(Arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    return arena_alloc(arena, count * size);
}

void *arena_memdup(Arena *arena, const void *data, size_t size)
{
    size_t dirty;
    void *copy = take(arena, size, &dirty);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *arena_strndup(Arena *arena, const char *text, size_t len)
{
    size_t dirty;
    char *copy = take(arena, len + 1, &dirty);
    memcpy(copy, text, len);
    copy[len] = '\0';
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
    char most[256]; /* fit here, and are formatted once */
    int len = vsnprintf(most, sizeof most, format, args);
    if (len < 0)
        out_of_memory();
    char *text = arena_alloc(arena, (size_t)len + 1);
    if ((size_t)len < sizeof most)
        memcpy(text, most, (size_t)len);
    else
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
