/* Random statements, as text. They are made with types in mind, so that most of them are right; one that is not is
 * rejected by both sides and counts for nothing. Choice 0 is always the simplest, for shrinking. */
#ifndef QUERC_SOUNDNESS_GENERATE_H
#define QUERC_SOUNDNESS_GENERATE_H

#include "soundness.h"

/* Types that expressions are made of. All others can be passed on and compared with NULL. */
typedef enum Kind {
    KIND_INT,
    KIND_TEXT,
    KIND_BOOL,
    KIND_BIGINT,
    KIND_NUMERIC,
    KIND_DATE,
    KIND_TIMESTAMPTZ,
    KIND_JSONB,
    KIND_INTS,
    KIND_TEXTS,
    KIND_OTHER
} Kind;

typedef struct GenType {
    Kind kind;
    const char *name; /* as SQL writes it */
} GenType;

/* What an expression can name. */
typedef struct GenColumn {
    const char *ref;       /* "t1.a", or of a grouped query the whole expression */
    const char *qualifier; /* NULL: none */
    const char *name;
    GenType type;
    bool plain; /* a column, not an expression */
} GenColumn;
typedef VEC(GenColumn) GenColumns;

/* A unique key of a table in FROM. */
typedef struct GenKey {
    const char *alias;
    const SubjectTable *table;
    const SubjectKey *key;
} GenKey;

/* The names that one query level adds. */
typedef struct GenScope GenScope;
struct GenScope {
    const GenScope *outer;
    GenColumns columns;
    VEC(GenKey) keys;
    bool aliased; /* a join behind an alias: not to be put in parentheses again */
};

/* What may stand in an expression. */
typedef struct GenPlace {
    const GenScope *scope;
    const GenScope *rows; /* what aggregates see; NULL: no aggregates here */
    bool windows;
    const char *const *named_windows;
    size_t nnamed_windows;
} GenPlace;

typedef struct GenCte {
    const char *name;
    GenType *types; /* of columns c1 … */
    size_t ntypes;
} GenCte;

typedef struct Gen {
    const Subject *subject;
    Arena *arena;
    Choices *choices;
    unsigned naliases;
    bool no_with; /* the next query follows a WITH */
    VEC(GenType) params;
    VEC(GenCte) ctes;
} Gen;

typedef VEC(GenType) GenTypes;

#define gen_print(gen, ...) arena_printf((gen)->arena, __VA_ARGS__)
uint32_t gen_choose(Gen *gen, uint32_t n);
bool gen_if(Gen *gen, uint32_t percent);
GenType gen_type(Kind kind);
GenType gen_type_of(const IrType *type, const char *name);
GenType gen_random_type(Gen *gen);
/* A column of that type, or NULL. */
const GenColumn *gen_column(Gen *gen, const GenScope *scope, GenType type);
const GenColumn *gen_any_column(Gen *gen, const GenScope *scope);
/* $n; one of that type again, now and then. */
const char *gen_param(Gen *gen, GenType type);
const char *gen_literal(Gen *gen, GenType type);

const char *gen_expr(Gen *gen, const GenPlace *place, GenType type, int depth);
/* Without aggregates, windows and the like. */
const char *gen_simple(Gen *gen, const GenPlace *place, GenType type);
const char *gen_aggregate(Gen *gen, const GenPlace *place, GenType type, int depth);
const char *gen_window_call(Gen *gen, const GenPlace *place, GenType type, int depth);
const char *gen_condition(Gen *gen, const GenPlace *place, int depth);
/* alias.a = … AND alias.b = … */
const char *gen_key_condition(Gen *gen, const GenPlace *place, const GenKey *key, int depth);

/* What follows FROM; the names go to scope. */
const char *gen_from(Gen *gen, GenScope *scope, int depth);
/* One item without joins. */
const char *gen_from_item(Gen *gen, GenScope *scope);
/* SELECT, VALUES or set operations. With `types` empty the columns are free and their types are added to it;
 * columns are called c1 … */
const char *gen_query(Gen *gen, const GenScope *outer, GenTypes *types, int depth);
/* With one column and, most often, not more than one row. */
const char *gen_scalar_query(Gen *gen, const GenScope *outer, GenType type, int depth);
/* INSERT, UPDATE or DELETE with RETURNING. */
const char *gen_change(Gen *gen, GenTypes *types, int depth);
/* "WITH …", or "". */
const char *gen_with(Gen *gen, int depth, bool changes);

#endif
