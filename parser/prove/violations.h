/* Which constraints a statement can violate. Private to prove/. */
#ifndef QUERC_PROVE_VIOLATIONS_H
#define QUERC_PROVE_VIOLATIONS_H

#include "prove/ir_types.h"

void violations_collect(ProveProject *project, NullProof *proof, Query *query, IrConstraints *list);

/* ---- violations_rows.c, for violations.c: what writing or deleting rows of a relation can violate --------------
 */

typedef struct ViolationWalk {
    ProveProject *project;
    NullProof *proof;
    IrConstraints *list;
    IntMap seen;    /* IrConstraints */
    IntMap deleted; /* relations whose rows go, to what references them */
    IntMap types;   /* whose domains are noted */
    IntMap rules;   /* that are followed */
} ViolationWalk;

/* The attributes that are written. */
typedef struct Assigned {
    const bool *columns; /* by attribute number; NULL: any */
    size_t n;
} Assigned;

extern const Assigned violation_any;

/* Attributes of the relation, none of them so far; *columns is what to set. */
Assigned violation_assigned_none(ViolationWalk *walk, const Relation *relation, bool **columns);
/* Whether the key is new to the map. */
bool violation_note_once(ViolationWalk *walk, IntMap *map, uint64_t key);
/* The domains that values of the type are made of. */
void violation_add_type(ViolationWalk *walk, Oid type);
void violation_add_not_null(ViolationWalk *walk, const Relation *relation, const Column *column);
void violation_add_not_nulls(ViolationWalk *walk, const Relation *relation, const Assigned *assigned);
/* All but NOT NULL. inserting is the INSERT whose ON CONFLICT matters, or NULL; except is not looked at. */
void violation_add_own(ViolationWalk *walk, const Relation *relation, const Assigned *assigned,
                       const Query *inserting, Oid except);
/* Partitions and inheriting tables have constraints of their own, which are those that errors name. Which columns a
 * statement sets is followed into them by name. */
void violation_add_children(ViolationWalk *walk, const Relation *relation, const Assigned *assigned,
                            const Query *inserting);
/* The foreign keys to the relation, and what they do to the rows that have them. */
void violation_add_referencing(ViolationWalk *walk, const Relation *relation, const Assigned *assigned,
                               bool deletes);

#endif
