/* The constraints that a statement can violate, those of the data-modifying WITH items in it included.
 *
 * INSERT can violate all of its table's; UPDATE those about the columns it sets (all of them where a BEFORE trigger
 * may set others); DELETE, and UPDATE of a referenced key, the foreign keys of other tables that forbid it, also
 * those met on the way of ON DELETE CASCADE. */
#include "prove/violations.h"

typedef struct ViolationWalk {
    ProveProject *project;
    IrConstraints *list;
    IntMap seen;     /* IrConstraints */
    IntMap cascaded; /* relations whose rows go */
} ViolationWalk;

/* The attributes that an UPDATE sets. */
typedef struct Assigned {
    const bool *columns; /* by attribute number; NULL: any */
    size_t n;
} Assigned;

static bool sets_any(const Assigned *assigned, const int16_t *columns, size_t n)
{
    if (!assigned->columns)
        return true;
    for (size_t i = 0; i < n; i++)
        if (columns[i] <= 0 || (size_t)columns[i] >= assigned->n || assigned->columns[columns[i]])
            return true; /* attribute 0 is an expression over who knows what */
    return false;
}

static void add(ViolationWalk *walk, const IrConstraint *constraint)
{
    if (intmap_put(walk->project->arena, &walk->seen, (uintptr_t)constraint, (void *)(uintptr_t)constraint))
        return;
    vec_push(walk->project->arena, walk->list, constraint);
}

static void add_own(ViolationWalk *walk, const Relation *relation, const Assigned *assigned)
{
    ProveProject *project = walk->project;
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        if (constraint->type != CONSTRAINT_TRIGGER && sets_any(assigned, constraint->columns, constraint->ncolumns))
            add(walk, ir_constraint_of(project, relation, constraint->oid, constraint->name, constraint->type));
    }
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *index = catalog_relation(project->catalog, relation->indexes[i]);
        if (!index || !index->index || !index->index->is_unique || index->index->constraint)
            continue;
        if (index->index->predicate || sets_any(assigned, index->index->columns, index->index->nkeys))
            add(walk, ir_constraint_of(project, relation, index->oid, index->name, 'i'));
    }
}

/* A row of a partitioned table violates the constraint of the partition it goes to. Which columns a statement sets
 * is not followed into them, as their attribute numbers may differ. */
static void add_partitions(ViolationWalk *walk, const Relation *relation)
{
    static const Assigned any = {0};
    if (relation->kind != RELKIND_PARTITIONED)
        return;
    OidList children = catalog_children(walk->project->catalog, walk->project->arena, relation->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(walk->project->catalog, children.items[i]);
        if (!child)
            continue;
        add_own(walk, child, &any);
        add_partitions(walk, child);
    }
}

static void add_referencing(ViolationWalk *walk, const Relation *relation, const Assigned *assigned, bool deletes);

/* One foreign key of another table to this relation. */
static void add_foreign_key(ViolationWalk *walk, const Relation *other, const Constraint *key,
                            const Assigned *assigned, bool deletes)
{
    enum { CASCADE = 'c' };
    char action = deletes ? key->on_delete : key->on_update;
    if (!deletes && !sets_any(assigned, key->foreign_columns, key->ncolumns))
        return;
    if (action == 'a' || action == 'r') {
        add(walk, ir_constraint_of(walk->project, other, key->oid, key->name, key->type));
        return;
    }
    if (action == CASCADE && deletes) {
        static const Assigned any = {0};
        add_referencing(walk, other, &any, true);
    } else {
        /* the referencing rows are updated */
        bool *columns = arena_array_of(walk->project->arena, other->ncolumns + 1, bool);
        for (size_t i = 0; i < key->ncolumns; i++)
            columns[key->columns[i]] = true;
        add_own(walk, other, &(Assigned){columns, other->ncolumns + 1});
    }
}

static void add_referencing(ViolationWalk *walk, const Relation *relation, const Assigned *assigned, bool deletes)
{
    ProveProject *project = walk->project;
    if (deletes && intmap_put(project->arena, &walk->cascaded, relation->oid, (void *)(uintptr_t)relation))
        return;
    ObjectAddress address = {CLASS_RELATION, relation->oid, 0};
    DependencyList dependents = catalog_dependents(project->catalog, project->arena, address);
    for (size_t i = 0; i < dependents.len; i++) {
        ObjectAddress dependent = dependents.items[i].dependent;
        if (dependent.class != CLASS_CONSTRAINT)
            continue;
        DependencyList owners = catalog_references(project->catalog, project->arena, dependent);
        for (size_t k = 0; k < owners.len; k++) {
            const Relation *other = owners.items[k].referenced.class == CLASS_RELATION
                                        ? catalog_relation(project->catalog, owners.items[k].referenced.oid)
                                        : NULL;
            for (size_t c = 0; other && c < other->nconstraints; c++) {
                const Constraint *key = &other->constraints[c];
                if (key->oid == dependent.oid && key->type == CONSTRAINT_FOREIGN &&
                    key->foreign_relation == relation->oid)
                    add_foreign_key(walk, other, key, assigned, deletes);
            }
        }
    }
}

static void mark(bool *columns, const TargetList *targets)
{
    for (size_t i = 0; i < targets->len; i++)
        if (!targets->items[i]->junk && targets->items[i]->number > 0)
            columns[targets->items[i]->number] = true;
}

static bool trigger_may_set(const Relation *relation)
{
    for (size_t i = 0; i < relation->ntriggers; i++)
        if (relation->triggers[i].before && relation->triggers[i].row && relation->triggers[i].on_update)
            return true;
    return false;
}

static Assigned assigned_columns(ViolationWalk *walk, const Query *query, const Relation *relation)
{
    Assigned assigned = {0};
    if (query->command != COMMAND_UPDATE || relation->view || trigger_may_set(relation))
        return assigned;
    bool *columns = arena_array_of(walk->project->arena, relation->ncolumns + 1, bool);
    mark(columns, &query->targets);
    return (Assigned){columns, relation->ncolumns + 1};
}

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
    Assigned assigned = assigned_columns(walk, query, relation);
    if (query->command != COMMAND_DELETE) {
        add_own(walk, relation, &assigned);
        add_partitions(walk, relation);
    }
    if (query->command == COMMAND_UPDATE || query->command == COMMAND_MERGE || query->on_conflict)
        add_referencing(walk, relation, &assigned, false);
    if (query->command == COMMAND_DELETE || query->command == COMMAND_MERGE)
        add_referencing(walk, relation, &assigned, true);
    return false;
}

void violations_collect(ProveProject *project, Query *query, IrConstraints *list)
{
    ViolationWalk walk = {.project = project, .list = list};
    walk_query(query, &walk);
}
