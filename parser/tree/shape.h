/* What the structs of tree.h are made of, as data: one table drives the walkers and equality.
 *
 * A shape lists the fields of a struct that mean something. Left out are locations, function OIDs that follow from
 * an operator's, and how a coercion was written: what PostgreSQL's equal() ignores. */
#ifndef QUERC_TREE_SHAPE_H
#define QUERC_TREE_SHAPE_H

#include "tree/tree.h"

typedef enum FieldKind {
    FIELD_END,
    FIELD_BYTES,       /* a plain value of `size` bytes: number, OID, enum, bool */
    FIELD_TEXT,        /* const char *, may be NULL */
    FIELD_EXPR,        /* Expr *, may be NULL */
    FIELD_EXPRS,       /* ExprList */
    FIELD_QUERY,       /* Query *, may be NULL */
    FIELD_STRUCT,      /* a struct by value */
    FIELD_POINTER,     /* a pointer to a struct, may be NULL */
    FIELD_BYTES_ARRAY, /* the arrays' lengths stand in the size_t at count_offset */
    FIELD_TEXT_ARRAY,
    FIELD_EXPR_ARRAY, /* Expr **; its items may be NULL */
    FIELD_STRUCT_ARRAY,
    FIELD_POINTER_ARRAY
} FieldKind;

typedef struct Shape Shape;

typedef struct Field {
    FieldKind kind;
    uint16_t offset;
    uint16_t size;         /* of BYTES, and of an item of the array kinds */
    uint16_t count_offset; /* of the array kinds */
    bool derived;          /* repeats expressions that stand elsewhere: not walked */
    const Shape *shape;    /* of STRUCT, POINTER and their arrays */
} Field;

/* Where exprLocation looks. */
typedef enum LocationRule {
    LOCATION_OWN,      /* the node's own place */
    LOCATION_LEFTMOST, /* the node's own or, further left, its first argument's */
    LOCATION_ARGUMENT  /* its first argument's */
} LocationRule;

struct Shape {
    const char *name;
    LocationRule location;
    const Field *fields; /* up to FIELD_END */
};

/* The shape of an expression beyond its Expr. */
const Shape *shape_of_expr(ExprKind kind);
extern const Shape shape_of_query;

#endif
