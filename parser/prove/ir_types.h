/* Catalog objects as the ir shows them, each made once. Private to prove/. */
#ifndef QUERC_PROVE_IR_TYPES_H
#define QUERC_PROVE_IR_TYPES_H

#include "base/map.h"
#include "base/vec.h"
#include "prove/nullness.h"

struct ProveProject {
    Arena *arena;
    const Catalog *catalog;
    Diags *diags;
    RelationFacts facts; /* of the relations' columns */
    NullProof proof;     /* for them alone */
    ProveOptions options;
    IntMap types;       /* by OID: IrType */
    IntMap tables;      /* by OID: IrTable */
    IntMap constraints; /* by OID: IrConstraint */
};

const IrType *ir_type_of(ProveProject *project, Oid oid);
const IrTable *ir_table_of(ProveProject *project, Oid oid);
const IrConstraint *ir_constraint_of(ProveProject *project, const Relation *relation, Oid oid, const char *name,
                                     char type);
/* NOT NULL of a column. */
const IrConstraint *ir_not_null_of(ProveProject *project, const Relation *relation, const Column *column);
/* Adds what a relation's rows must satisfy: its constraints and its unique indexes that are none. */
typedef VEC(const IrConstraint *) IrConstraints;
void ir_relation_constraints(ProveProject *project, const Relation *relation, IrConstraints *list);
/* Adds a domain's own checks and NOT NULL, not those of the domain it is over. */
void ir_domain_constraints(ProveProject *project, const Type *domain, IrConstraints *list);

#endif
