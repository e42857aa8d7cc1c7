/* How the shape tables write their fields. Only for the files that define shapes. */
#ifndef QUERC_TREE_SHAPE_FIELDS_H
#define QUERC_TREE_SHAPE_FIELDS_H

#include "tree/shape.h"

#define SIZE_OF(type, member) sizeof(((type *)0)->member)
#define ITEM_SIZE_OF(type, member) sizeof(*((type *)0)->member)

#define END                                                                                                        \
    {                                                                                                              \
        .kind = FIELD_END                                                                                          \
    }
#define BYTES(type, member)                                                                                        \
    {                                                                                                              \
        .kind = FIELD_BYTES, .offset = offsetof(type, member), .size = SIZE_OF(type, member)                       \
    }
#define TEXT(type, member)                                                                                         \
    {                                                                                                              \
        .kind = FIELD_TEXT, .offset = offsetof(type, member)                                                       \
    }
#define EXPR(type, member)                                                                                         \
    {                                                                                                              \
        .kind = FIELD_EXPR, .offset = offsetof(type, member)                                                       \
    }
#define EXPRS(type, member)                                                                                        \
    {                                                                                                              \
        .kind = FIELD_EXPRS, .offset = offsetof(type, member)                                                      \
    }
#define QUERY(type, member)                                                                                        \
    {                                                                                                              \
        .kind = FIELD_QUERY, .offset = offsetof(type, member)                                                      \
    }
#define STRUCT(type, member, of)                                                                                   \
    {                                                                                                              \
        .kind = FIELD_STRUCT, .offset = offsetof(type, member), .shape = &(of)                                     \
    }
#define POINTER(type, member, to)                                                                                  \
    {                                                                                                              \
        .kind = FIELD_POINTER, .offset = offsetof(type, member), .shape = &(to)                                    \
    }
#define ARRAY_OF(array_kind, type, member, count)                                                                  \
    .kind = (array_kind), .offset = offsetof(type, member), .size = ITEM_SIZE_OF(type, member),                    \
    .count_offset = offsetof(type, count)
#define BYTES_ARRAY(type, member, count)                                                                           \
    {                                                                                                              \
        ARRAY_OF(FIELD_BYTES_ARRAY, type, member, count)                                                           \
    }
#define TEXT_ARRAY(type, member, count)                                                                            \
    {                                                                                                              \
        ARRAY_OF(FIELD_TEXT_ARRAY, type, member, count)                                                            \
    }
#define EXPR_ARRAY(type, member, count)                                                                            \
    {                                                                                                              \
        ARRAY_OF(FIELD_EXPR_ARRAY, type, member, count)                                                            \
    }
#define DERIVED_EXPR_ARRAY(type, member, count)                                                                    \
    {                                                                                                              \
        ARRAY_OF(FIELD_EXPR_ARRAY, type, member, count), .derived = true                                           \
    }
#define STRUCT_ARRAY(type, member, count, of)                                                                      \
    {                                                                                                              \
        ARRAY_OF(FIELD_STRUCT_ARRAY, type, member, count), .shape = &(of)                                          \
    }
#define POINTER_ARRAY(type, member, count, to)                                                                     \
    {                                                                                                              \
        ARRAY_OF(FIELD_POINTER_ARRAY, type, member, count), .shape = &(to)                                         \
    }

#endif
