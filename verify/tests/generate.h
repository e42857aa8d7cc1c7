/* Random statements over the catalog: every function and operator, with arguments that more or less fit them, and
 * every construct of expressions around them.
 *
 * A statement is a tree of text pieces, so that one that shows a difference can be made smaller part by part. The
 * same seed gives the same statement. */
#ifndef QUERC_VERIFY_TESTS_GENERATE_H
#define QUERC_VERIFY_TESTS_GENERATE_H

#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "types/types.h"

#include <stdint.h>

typedef struct Node Node;
struct Node {
    const char *format; /* each NODE_KID stands for the next of kids */
    Node **kids;
    size_t nkids;
    bool is_expr; /* may be replaced by another expression */
};
#define KID "\1"

/* What statements are made of. */
typedef struct Routine {
    const Function *function; /* or */
    const Operator *op;
} Routine;

typedef struct Routines {
    Routine *items;
    size_t len, cap;
} Routines;

typedef struct Stock {
    Arena *arena;
    const Catalog *catalog;
    VEC(Oid) types;                      /* that arguments may have, pseudo-types among them */
    VEC(Oid) columns;                    /* those of la.everything: column "c<OID>" */
    Routines routines, aggregates, sets; /* all; aggregate and window functions; set-returning ones */
    IntMap *by_result;                   /* Routines by type */
} Stock;

/* One statement in the making. */
typedef struct Generator {
    const Stock *stock;
    Arena *arena;
    uint64_t state;
    int nparams;
    int nfrom;   /* how many sub-selects deep */
    bool tame;   /* arguments fit what is declared, for expressions that hold together when deep */
    bool from;   /* the columns of la.everything are in scope, as e */
    Oid element; /* what polymorphic parameters stand for, mostly */
} Generator;

/* Lists all there is; the tables of expressions.sql are in the catalog. */
void stock_fill(Stock *stock);

Node *generate_statement(Generator *gen);
void node_print(StrBuf *out, const Node *node);

/* ---- among the files of the generator ---- */

size_t below(Generator *gen, size_t n);
bool chance(Generator *gen, size_t percent);
Node *node(Generator *gen, const char *format, size_t nkids, ...);
/* The nodes of a list with separators between them. */
Node *node_list(Generator *gen, const char *separator, Node **items, size_t n);
Node *as_expr(Node *made);

Oid draw_type(Generator *gen);
Oid draw_column_type(Generator *gen);
/* A true array. */
bool is_array(const Catalog *catalog, Oid type);
/* Some type for which the test holds, or any. */
Oid draw_such(Generator *gen, bool (*test)(const Catalog *, Oid));
/* A type for an argument of a parameter; 0 for an untyped one. */
Oid draw_argument(Generator *gen, Oid declared);
const char *type_text(Generator *gen, Oid type);

/* An expression that is mostly of the type (0: any), at most so deep. */
Node *generate_expr(Generator *gen, Oid type, int depth);
Node *generate_leaf(Generator *gen, Oid type);
Node *generate_call(Generator *gen, Oid type, int depth);
Node *generate_function(Generator *gen, const Function *function, int depth);
Node *generate_aggregate(Generator *gen, const Function *function, int depth);
Node *generate_construct(Generator *gen, Oid type, int depth);
/* A sub-select with so many columns, the first one of the type, in parentheses. */
Node *generate_subselect(Generator *gen, Oid type, size_t ncolumns, int depth);

#endif
