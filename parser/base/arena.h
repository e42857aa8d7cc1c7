/* Region allocation for the compiler.
 *
 * Everything the compiler builds lives in an arena: one for the run (catalog), one a file (AST, ir), one a
 * statement (scratch). Nothing is freed singly. Memory is zeroed. An arena never returns NULL: when the system has
 * no memory left the process says so and exits with code 2, as there is nothing useful a compiler can do then. */
#ifndef QUERC_BASE_ARENA_H
#define QUERC_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

/* A new empty arena, to be released with arena_free. */
Arena *arena_new(void);
/* Releases the arena and everything allocated from it; NULL is allowed. */
void arena_free(Arena *arena);
/* What a thread allocates from in place of the arena, which is not to be shared: the arena itself for worker 0 (see
 * base/parallel.h), else one of its own for each number, made when it is first asked for and released with the
 * arena. To be called by the thread that the arena belongs to. */
Arena *arena_of_worker(Arena *arena, size_t worker);
/* Forgets all allocations but keeps one chunk for reuse. */
void arena_clear(Arena *arena);
/* Bytes obtained from the system for this arena. */
size_t arena_footprint(const Arena *arena);

/* size zeroed bytes, aligned for any type; size 0 gives a valid unique pointer. */
void *arena_alloc(Arena *arena, size_t size) __attribute__((malloc, alloc_size(2), returns_nonnull));
/* count * size zeroed bytes, checked for overflow. */
void *arena_alloc_array(Arena *arena, size_t count, size_t size) __attribute__((malloc, returns_nonnull));
/* A copy of size bytes. */
void *arena_memdup(Arena *arena, const void *data, size_t size);
char *arena_strdup(Arena *arena, const char *text);
/* A terminated copy of the first len bytes. */
char *arena_strndup(Arena *arena, const char *text, size_t len);
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array_of(arena, count, type) ((type *)arena_alloc_array((arena), (count), sizeof(type)))

/* malloc, realloc that exit with code 2 when the system has no memory left. */
void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *old, size_t size) __attribute__((returns_nonnull));
void xfree(void *memory);

#endif
