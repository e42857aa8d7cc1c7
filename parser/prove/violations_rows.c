/* What writing or deleting rows of a relation can violate: its own constraints, those of its children and of the
 * domains its columns have, and those of the tables that refer to it (documentation, CREATE TABLE, "REFERENCES").
 */
#include "prove/violations.h"

enum { NO_ACTION = 'a', RESTRICT = 'r', CASCADE = 'c', SET_NULL = 'n', SET_DEFAULT = 'd', MATCH_FULL = 'f' };

const Assigned violation_any = {0};

static bool sets_column(const Assigned *assigned, int16_t column)
{
    return !assigned->columns || (column > 0 && (size_t)column < assigned->n && assigned->columns[column]);
}

static bool sets_any(const Assigned *assigned, const int16_t *columns, size_t n)
{
    if (!assigned->columns)
        return true;
    for (size_t i = 0; i < n; i++)
        if (columns[i] <= 0 || sets_column(assigned, columns[i]))
            return true; /* attribute 0 is an expression over who knows what */
    return false;
}

Assigned violation_assigned_none(ViolationWalk *walk, const Relation *relation, bool **columns)
{
    *columns = arena_array_of(walk->project->arena, relation->ncolumns + 1, bool);
    return (Assigned){*columns, relation->ncolumns + 1};
}

bool violation_note_once(ViolationWalk *walk, IntMap *map, uint64_t key)
{
    return !intmap_put(walk->project->arena, map, key, walk);
}

static void add(ViolationWalk *walk, const IrConstraint *constraint)
{
    if (violation_note_once(walk, &walk->seen, (uintptr_t)constraint))
        vec_push(walk->project->arena, walk->list, constraint);
}

/* ---- Domains ------------------------------------------------------------------------------------------------- */

void violation_add_type(ViolationWalk *walk, Oid oid)
{
    const Catalog *catalog = walk->project->catalog;
    const Type *type = oid ? catalog_type(catalog, oid) : NULL;
    if (!type || type->owner_extension || !violation_note_once(walk, &walk->types, oid))
        return;
    IrConstraints own = {0};
    ir_domain_constraints(walk->project, type, &own);
    for (size_t i = 0; i < own.len; i++)
        add(walk, own.items[i]);
    violation_add_type(walk, type->base);
    violation_add_type(walk, type->element);
    violation_add_type(walk, type->subtype);
    violation_add_type(walk, type->range);
    const Relation *relation = type->relation ? catalog_relation(catalog, type->relation) : NULL;
    for (size_t i = 0; relation && i < relation->ncolumns; i++)
        if (!relation->columns[i].dropped)
            violation_add_type(walk, relation->columns[i].type);
}

/* ---- A relation's own ---------------------------------------------------------------------------------------- */

void violation_add_not_null(ViolationWalk *walk, const Relation *relation, const Column *column)
{
    if (column->not_null && !column->dropped)
        add(walk, ir_not_null_of(walk->project, relation, column));
}

void violation_add_not_nulls(ViolationWalk *walk, const Relation *relation, const Assigned *assigned)
{
    for (size_t i = 0; i < relation->ncolumns; i++)
        if (sets_column(assigned, relation->columns[i].number))
            violation_add_not_null(walk, relation, &relation->columns[i]);
}

/* A constraint that ON CONFLICT makes impossible to violate for the rows it inserts; all of them for DO NOTHING
 * without a target. */
static bool is_arbiter(const Query *query, const Constraint *constraint)
{
    const OnConflict *conflict = query ? query->on_conflict : NULL;
    bool unique = constraint->type == CONSTRAINT_PRIMARY || constraint->type == CONSTRAINT_UNIQUE ||
                  constraint->type == CONSTRAINT_EXCLUSION;
    if (!conflict || !unique || constraint->deferrable)
        return false;
    if (conflict->constraint)
        return conflict->constraint == constraint->oid;
    if (!conflict->narbiters)
        return !conflict->do_update;
    if (constraint->type == CONSTRAINT_EXCLUSION || conflict->arbiter_where ||
        conflict->narbiters != constraint->ncolumns)
        return false;
    for (size_t i = 0; i < conflict->narbiters; i++) {
        const Var *var = (const Var *)conflict->arbiters[i].expr;
        bool found = false;
        for (size_t k = 0; k < constraint->ncolumns && var->expr.kind == EXPR_VAR; k++)
            found = found || constraint->columns[k] == var->attribute;
        if (!found || conflict->arbiters[i].collation || conflict->arbiters[i].opclass)
            return false;
    }
    return true;
}

void violation_add_own(ViolationWalk *walk, const Relation *relation, const Assigned *assigned,
                       const Query *inserting, Oid except)
{
    ProveProject *project = walk->project;
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        if (constraint->type == CONSTRAINT_TRIGGER || constraint->oid == except ||
            is_arbiter(inserting, constraint))
            continue;
        if (sets_any(assigned, constraint->columns, constraint->ncolumns))
            add(walk, ir_constraint_of(project, relation, constraint->oid, constraint->name, constraint->type));
    }
    bool nothing = inserting && inserting->on_conflict && !inserting->on_conflict->do_update &&
                   !inserting->on_conflict->narbiters && !inserting->on_conflict->constraint;
    for (size_t i = 0; i < relation->nindexes && !nothing; i++) {
        const Relation *index = catalog_relation(project->catalog, relation->indexes[i]);
        if (!index || !index->index || !index->index->is_unique || index->index->constraint)
            continue;
        if (index->index->predicate || sets_any(assigned, index->index->columns, index->index->nkeys))
            add(walk, ir_constraint_of(project, relation, index->oid, index->name, IR_UNIQUE_INDEX));
    }
    for (size_t i = 0; i < relation->ncolumns; i++)
        if (!relation->columns[i].dropped && sets_column(assigned, relation->columns[i].number))
            violation_add_type(walk, relation->columns[i].type);
}

void violation_add_children(ViolationWalk *walk, const Relation *relation, const Assigned *assigned,
                            const Query *inserting)
{
    OidList children = catalog_children(walk->project->catalog, walk->project->arena, relation->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(walk->project->catalog, children.items[i]);
        if (!child)
            continue;
        Assigned mapped = violation_any;
        if (assigned->columns) {
            bool *columns;
            mapped = violation_assigned_none(walk, child, &columns);
            for (size_t k = 0; k < relation->ncolumns; k++) {
                const Column *own = sets_column(assigned, relation->columns[k].number)
                                        ? catalog_find_column(child, relation->columns[k].name)
                                        : NULL;
                if (own)
                    columns[own->number] = true;
            }
        }
        violation_add_own(walk, child, &mapped, inserting && !inserting->on_conflict ? inserting : NULL, 0);
        violation_add_not_nulls(walk, child, &mapped);
        violation_add_children(walk, child, &mapped, inserting);
    }
}

/* ---- Rows that refer to those changed ------------------------------------------------------------------------ */

/* Whether the value that ON UPDATE CASCADE takes over can be NULL. */
static bool key_can_be_null(const Relation *relation, const Constraint *key)
{
    for (size_t i = 0; i < key->ncolumns; i++) {
        const Column *column = catalog_column(relation, key->foreign_columns[i]);
        if (!column || !column->not_null)
            return true;
    }
    return false;
}

/* The key's columns of the referring rows are set. */
static void add_referring_update(ViolationWalk *walk, const Relation *relation, const Relation *other,
                                 const Constraint *key, char action)
{
    bool *columns;
    Assigned assigned = violation_assigned_none(walk, other, &columns);
    for (size_t i = 0; i < key->ncolumns; i++)
        if (key->columns[i] > 0)
            columns[key->columns[i]] = true;
    /* What it is set to satisfies the key itself. */
    bool satisfied = action == CASCADE || (action == SET_NULL && key->match != MATCH_FULL);
    violation_add_own(walk, other, &assigned, NULL, satisfied ? key->oid : 0);
    if (action != CASCADE || key_can_be_null(relation, key))
        violation_add_not_nulls(walk, other, &assigned);
    violation_add_children(walk, other, &assigned, NULL);
    violation_add_referencing(walk, other, &assigned, false);
}

/* One foreign key of another table to this relation. */
static void add_foreign_key(ViolationWalk *walk, const Relation *relation, const Relation *other,
                            const Constraint *key, const Assigned *assigned, bool deletes)
{
    char action = deletes ? key->on_delete : key->on_update;
    if (!deletes && !sets_any(assigned, key->foreign_columns, key->ncolumns))
        return;
    if (action == NO_ACTION || action == RESTRICT)
        add(walk, ir_constraint_of(walk->project, other, key->oid, key->name, key->type));
    else if (action == CASCADE && deletes)
        violation_add_referencing(walk, other, &violation_any, true);
    else if (violation_note_once(walk, &walk->deleted, (uint64_t)1 << 63 | (uint64_t)action << 32 | key->oid))
        add_referring_update(walk, relation, other, key, action);
}

static void add_keys_of(ViolationWalk *walk, const Relation *relation, ObjectAddress key, const Assigned *assigned,
                        bool deletes)
{
    ProveProject *project = walk->project;
    DependencyList owners = catalog_references(project->catalog, project->arena, key);
    for (size_t i = 0; i < owners.len; i++) {
        const Relation *other = owners.items[i].referenced.class == CLASS_RELATION
                                    ? catalog_relation(project->catalog, owners.items[i].referenced.oid)
                                    : NULL;
        for (size_t c = 0; other && c < other->nconstraints; c++) {
            const Constraint *constraint = &other->constraints[c];
            if (constraint->oid == key.oid && constraint->type == CONSTRAINT_FOREIGN &&
                constraint->foreign_relation == relation->oid)
                add_foreign_key(walk, relation, other, constraint, assigned, deletes);
        }
    }
}

void violation_add_referencing(ViolationWalk *walk, const Relation *relation, const Assigned *assigned,
                               bool deletes)
{
    ProveProject *project = walk->project;
    if (deletes && !violation_note_once(walk, &walk->deleted, relation->oid))
        return;
    ObjectAddress address = {CLASS_RELATION, relation->oid, 0};
    DependencyList dependents = catalog_dependents(project->catalog, project->arena, address);
    for (size_t i = 0; i < dependents.len; i++)
        if (dependents.items[i].dependent.class == CLASS_CONSTRAINT)
            add_keys_of(walk, relation, dependents.items[i].dependent, assigned, deletes);
    OidList children = catalog_children(project->catalog, project->arena, relation->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(project->catalog, children.items[i]);
        if (child)
            violation_add_referencing(walk, child, &violation_any, deletes);
    }
}
