/* The constraints that a statement can violate, those of the data-modifying WITH items in it included. */
#include "prove/violations.h"

static void add(ProveProject *project, IrConstraints *list, IntMap *seen, const IrConstraint *constraint)
{
    if (intmap_put(project->arena, seen, (uintptr_t)constraint, (void *)constraint))
        return;
    vec_push(project->arena, list, constraint);
}

/* DELETE, and UPDATE of a key, can leave rows of other tables without what they refer to. */
static void add_referencing(ProveProject *project, Oid relation, IrConstraints *list, IntMap *seen)
{
    ObjectAddress address = {CLASS_RELATION, relation, 0};
    DependencyList dependents = catalog_dependents(project->catalog, project->arena, address);
    for (size_t i = 0; i < dependents.len; i++) {
        if (dependents.items[i].dependent.class != CLASS_CONSTRAINT)
            continue;
        DependencyList owners = catalog_references(project->catalog, project->arena, dependents.items[i].dependent);
        for (size_t k = 0; k < owners.len; k++) {
            const Relation *other = owners.items[k].referenced.class == CLASS_RELATION
                                        ? catalog_relation(project->catalog, owners.items[k].referenced.oid)
                                        : NULL;
            for (size_t c = 0; other && c < other->nconstraints; c++) {
                const Constraint *constraint = &other->constraints[c];
                if (constraint->oid == dependents.items[i].dependent.oid &&
                    constraint->type == CONSTRAINT_FOREIGN && constraint->foreign_relation == relation)
                    add(project, list, seen,
                        ir_constraint_of(project, other, constraint->oid, constraint->name, constraint->type));
            }
        }
    }
}

typedef struct ViolationWalk {
    ProveProject *project;
    IrConstraints *list;
    IntMap seen;
} ViolationWalk;

static bool walk_query(Query *query, void *context)
{
    ViolationWalk *walk = context;
    query_walk_subqueries(query, walk_query, walk);
    if (!query->result_relation)
        return false;
    Oid oid = query->rtable[query->result_relation - 1]->relation;
    const Relation *relation = catalog_relation(walk->project->catalog, oid);
    if (!relation)
        return false;
    if (query->command != COMMAND_DELETE) {
        IrConstraints own = {0};
        ir_relation_constraints(walk->project, relation, &own);
        for (size_t i = 0; i < own.len; i++)
            add(walk->project, walk->list, &walk->seen, own.items[i]);
    }
    if (query->command != COMMAND_INSERT)
        add_referencing(walk->project, oid, walk->list, &walk->seen);
    return false;
}

void violations_collect(ProveProject *project, Query *query, IrConstraints *list)
{
    ViolationWalk walk = {project, list, {0}};
    walk_query(query, &walk);
}
