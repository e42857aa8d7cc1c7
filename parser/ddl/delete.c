/* Deletion with what depends on the objects (PostgreSQL's performMultipleDeletions, findDependentObjects). */
#include "ddl/ddl_private.h"

#include <stdlib.h>

enum { REACHED_ORIGINAL = 1, REACHED_NORMAL = 2, REACHED_AUTO = 4 };
enum { MAX_REPORTED = 100 };

typedef struct Victim {
    ObjectAddress object;
    unsigned reached;
    bool visited;
    ObjectAddress because; /* what it was reached from */
} Victim;

typedef struct Deletion {
    Ddl *ddl;
    VEC(Victim) victims;
    IntMap index;      /* of an address: place in victims + 1 */
    VEC(size_t) order; /* places, dependents first */
    size_t noriginals;
} Deletion;

static uint64_t key_of(ObjectAddress object)
{
    return (uint64_t)object.class << 56 ^ (uint64_t)(uint16_t)object.sub << 32 ^ object.oid;
}

static Victim *find(const Deletion *deletion, ObjectAddress object)
{
    uintptr_t place = (uintptr_t)intmap_get(&deletion->index, key_of(object));
    return place ? &deletion->victims.items[place - 1] : NULL;
}

static bool whole_relation_goes(const Deletion *deletion, Oid relation)
{
    return find(deletion, address_of(CLASS_RELATION, relation)) != NULL;
}

/* Gives the object's place among the victims. */
static size_t reach(Deletion *deletion, ObjectAddress object, unsigned how, ObjectAddress because)
{
    Victim *victim = find(deletion, object);
    if (!victim) {
        Arena *scratch = deletion->ddl->scratch;
        victim = vec_add(scratch, &deletion->victims);
        *victim = (Victim){.object = object, .because = because};
        intmap_put(scratch, &deletion->index, key_of(object), (void *)(uintptr_t)deletion->victims.len);
    }
    victim->reached |= how;
    return (size_t)(victim - deletion->victims.items);
}

/* ---- what is not to be deleted alone ---- */

static bool refuse_part(Ddl *ddl, ObjectAddress object, ObjectAddress owner)
{
    const char *what = describe_object(ddl, owner);
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST, "cannot drop %s because %s requires it",
                           describe_object(ddl, object), what);
    ddl_hint(ddl, diag, "You can drop %s instead.", what);
    return false;
}

static bool check_owner(Deletion *deletion, ObjectAddress object)
{
    Ddl *ddl = deletion->ddl;
    if (object.oid < FIRST_USER_OID && !(object.class == CLASS_SCHEMA && object.oid == SCHEMA_PUBLIC) &&
        object.oid != EXTENSION_PLPGSQL)
        return ddl_fail(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                        "cannot drop %s because it is required by the database system",
                        describe_object(ddl, object));
    DependencyList references = catalog_references(ddl->catalog, ddl->scratch, object);
    for (size_t i = 0; i < references.len; i++) {
        const Dependency *edge = &references.items[i];
        if (edge->kind != DEPENDENCY_INTERNAL && edge->kind != DEPENDENCY_EXTENSION)
            continue;
        ObjectAddress owner = edge->referenced;
        if (object.sub && edge->dependent.sub != object.sub)
            continue;
        if (!find(deletion, owner) && !(owner.class == CLASS_RELATION && whole_relation_goes(deletion, owner.oid)))
            return refuse_part(ddl, object, owner);
    }
    return true;
}

/* ---- collecting ---- */

/* By number, the newest first (object_address_comparator). */
static int compare(const void *a, const void *b)
{
    const Dependency *left = a, *right = b;
    if (left->dependent.oid != right->dependent.oid)
        return left->dependent.oid > right->dependent.oid ? -1 : 1;
    if (left->dependent.class != right->dependent.class)
        return left->dependent.class < right->dependent.class ? -1 : 1;
    return (left->dependent.sub > right->dependent.sub) - (left->dependent.sub < right->dependent.sub);
}

/* A relation and its columns are one, but a generated column needs others. */
static bool is_itself(ObjectAddress object, ObjectAddress dependent)
{
    return dependent.class == object.class && dependent.oid == object.oid &&
           (!object.sub || !dependent.sub || object.sub == dependent.sub);
}

/* findDependentObjects: everything that depends on the victim, then the victim itself, into the order of deletion.
 */
static void collect(Deletion *deletion, size_t place)
{
    Ddl *ddl = deletion->ddl;
    ObjectAddress object = deletion->victims.items[place].object;
    deletion->victims.items[place].visited = true;
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, object);
    Dependency *dependents = arena_memdup(ddl->scratch, list.items, list.len * sizeof *dependents);
    if (list.len)
        qsort(dependents, list.len, sizeof *dependents, compare);
    for (size_t i = 0; i < list.len; i++) {
        if (is_itself(object, dependents[i].dependent))
            continue;
        bool normal = dependents[i].kind == DEPENDENCY_NORMAL;
        size_t at = reach(deletion, dependents[i].dependent, normal ? REACHED_NORMAL : REACHED_AUTO, object);
        if (!deletion->victims.items[at].visited)
            collect(deletion, at);
    }
    vec_push(ddl->scratch, &deletion->order, place);
}

/* ---- RESTRICT ---- */

static bool in_the_way(const Deletion *deletion, const Victim *victim)
{
    if (victim->reached & (REACHED_ORIGINAL | REACHED_AUTO))
        return false;
    bool part_of_relation =
        (victim->object.class == CLASS_RELATION && victim->object.sub) || victim->object.class == CLASS_DEFAULT;
    return !part_of_relation || !whole_relation_goes(deletion, victim->object.oid);
}

static bool check_restrict(Deletion *deletion)
{
    Ddl *ddl = deletion->ddl;
    StrBuf detail;
    size_t count = 0;
    strbuf_init(&detail);
    for (size_t i = deletion->order.len; i-- > 0;) {
        const Victim *victim = &deletion->victims.items[deletion->order.items[i]];
        if (!in_the_way(deletion, victim))
            continue;
        if (count < MAX_REPORTED)
            strbuf_printf(&detail, "%s%s depends on %s", count ? "\n" : "", describe_object(ddl, victim->object),
                          describe_object(ddl, victim->because));
        count++;
    }
    if (count > MAX_REPORTED)
        strbuf_printf(&detail, "\nand %zu other objects", count - MAX_REPORTED);
    if (count) {
        Diag *diag;
        if (deletion->noriginals == 1)
            diag = ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                             "cannot drop %s because other objects depend on it",
                             describe_object(ddl, deletion->victims.items[0].object));
        else
            diag = ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                             "cannot drop desired object(s) because other objects depend on them");
        ddl_detail(ddl, diag, "%s", detail.text);
        ddl_hint(ddl, diag, "Use DROP ... CASCADE to drop the dependent objects too.");
    }
    strbuf_release(&detail);
    return count == 0;
}

/* ---- deletion ---- */

static void forget_index(Ddl *ddl, const Relation *index)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, index->index->table);
    if (!edit)
        return;
    Oid *indexes = arena_array_of(ddl->arena, edit->nindexes + 1, Oid);
    size_t n = 0;
    for (size_t i = 0; i < edit->nindexes; i++) {
        if (edit->indexes[i] != index->oid)
            indexes[n++] = edit->indexes[i];
    }
    edit->indexes = indexes;
    edit->nindexes = n;
    catalog_put_relation(ddl->catalog, edit);
}

static void drop_column(Ddl *ddl, ObjectAddress object)
{
    Column *column;
    Relation *edit = column_edit(ddl, object.oid, object.sub, &column);
    *column = (Column){
        .name = arena_printf(ddl->arena, "........pg.dropped.%d........", (int)object.sub),
        .number = (int16_t)object.sub,
        .typmod = column->typmod,
        .is_local = column->is_local,
        .inherit_count = column->inherit_count,
        .dropped = true,
    };
    catalog_put_relation(ddl->catalog, edit);
}

/* Takes a trigger, rule or policy off its relation. */
#define REMOVE_PART(ddl, edit, items, count, part_type, number)                                                    \
    do {                                                                                                           \
        part_type *kept = arena_array_of((ddl)->arena, (edit)->count + 1, part_type);                              \
        size_t nkept = 0;                                                                                          \
        for (size_t part = 0; part < (edit)->count; part++) {                                                      \
            if ((edit)->items[part].oid != (number))                                                               \
                kept[nkept++] = (edit)->items[part];                                                               \
        }                                                                                                          \
        (edit)->items = kept;                                                                                      \
        (edit)->count = nkept;                                                                                     \
    } while (0)

static void detach_part(Ddl *ddl, ObjectAddress owner, ObjectAddress object)
{
    if (object.class == CLASS_CONSTRAINT) {
        constraint_detach(ddl, owner, object.oid);
        return;
    }
    Relation *edit = catalog_edit_relation(ddl->catalog, owner.oid);
    if (object.class == CLASS_TRIGGER)
        REMOVE_PART(ddl, edit, triggers, ntriggers, Trigger, object.oid);
    else if (object.class == CLASS_RULE)
        REMOVE_PART(ddl, edit, rules, nrules, Rule, object.oid);
    else
        REMOVE_PART(ddl, edit, policies, npolicies, Policy, object.oid);
    catalog_put_relation(ddl->catalog, edit);
}

static bool hangs_on_relation(ObjectClass class)
{
    return class == CLASS_CONSTRAINT || class == CLASS_TRIGGER || class == CLASS_RULE || class == CLASS_POLICY;
}

static void delete_part(Deletion *deletion, ObjectAddress object)
{
    Ddl *ddl = deletion->ddl;
    ObjectAddress owner = depend_owner(ddl, object);
    if (owner.oid && !find(deletion, owner))
        detach_part(ddl, owner, object);
    catalog_remove(ddl->catalog, object);
}

static void delete_relation(Deletion *deletion, ObjectAddress object)
{
    Ddl *ddl = deletion->ddl;
    const Relation *relation = catalog_relation(ddl->catalog, object.oid);
    if (relation && relation->index && !whole_relation_goes(deletion, relation->index->table))
        forget_index(ddl, relation);
    catalog_remove(ddl->catalog, object);
}

static void delete_one(Deletion *deletion, ObjectAddress object)
{
    Ddl *ddl = deletion->ddl;
    bool relation_goes = whole_relation_goes(deletion, object.oid);
    if (hangs_on_relation(object.class)) {
        delete_part(deletion, object);
    } else if (object.class == CLASS_DEFAULT) {
        if (relation_goes)
            catalog_remove_references(ddl->catalog, object);
        else
            column_drop_default(ddl, object.oid, object.sub);
    } else if (object.class == CLASS_RELATION && object.sub) {
        catalog_remove_references(ddl->catalog, object);
        if (!relation_goes)
            drop_column(ddl, object);
    } else if (object.class == CLASS_RELATION) {
        delete_relation(deletion, object);
    } else {
        catalog_remove(ddl->catalog, object);
    }
}

bool delete_objects(Ddl *ddl, const Addresses *objects, bool cascade)
{
    Deletion deletion = {.ddl = ddl};
    for (size_t i = 0; i < objects->len; i++)
        reach(&deletion, objects->items[i], REACHED_ORIGINAL, objects->items[i]);
    deletion.noriginals = deletion.victims.len;
    for (size_t i = 0; i < deletion.noriginals; i++) {
        if (!check_owner(&deletion, deletion.victims.items[i].object))
            return false;
    }
    for (size_t i = 0; i < deletion.noriginals; i++) {
        if (!deletion.victims.items[i].visited)
            collect(&deletion, i);
    }
    if (!cascade && !check_restrict(&deletion))
        return false;
    for (size_t i = 0; i < deletion.order.len; i++)
        delete_one(&deletion, deletion.victims.items[deletion.order.items[i]].object);
    return true;
}

bool delete_object(Ddl *ddl, ObjectAddress object, bool cascade)
{
    Addresses objects = {0};
    vec_push(ddl->scratch, &objects, object);
    return delete_objects(ddl, &objects, cascade);
}
