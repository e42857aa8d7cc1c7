/* Growable arrays in an arena.
 *
 *     typedef VEC(const char *) Names;
 *     Names names = {0};
 *     vec_push(arena, &names, "id");
 *     for (size_t i = 0; i < names.len; i++) use(names.items[i]);
 *
 * A zeroed vector is a valid empty one. Growth copies within the arena; the old items stay where they were. */
#ifndef QUERC_BASE_VEC_H
#define QUERC_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                                  \
    struct {                                                                                                       \
        type *items;                                                                                               \
        size_t len, cap;                                                                                           \
    }

/* Appends one item. */
#define vec_push(arena, vec, item)                                                                                 \
    ((vec)->items = vec_grow((arena), (vec)->items, (vec)->len, &(vec)->cap, sizeof *(vec)->items),                \
     (vec)->items[(vec)->len++] = (item))
/* Appends a zeroed item and gives a pointer to it, valid until the next growth. */
#define vec_add(arena, vec)                                                                                        \
    ((vec)->items = vec_grow((arena), (vec)->items, (vec)->len, &(vec)->cap, sizeof *(vec)->items),                \
     &(vec)->items[(vec)->len++])
#define vec_last(vec) ((vec)->items[(vec)->len - 1])

/* The items, or a larger copy of them when there is no room for one more. */
void *vec_grow(Arena *arena, void *items, size_t len, size_t *cap, size_t size);

#endif
