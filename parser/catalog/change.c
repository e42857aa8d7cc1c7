/* Changes: copies to edit, putting objects in, taking them out. Each keeps the index in step with the slots. */
#include "catalog/state.h"

#include <string.h>

/* ---- Copies
 * --------------------------------------------------------------------------------------------------------- */

#define COPY(catalog, object) arena_memdup((catalog)->arena, (object), sizeof *(object))

Type *catalog_edit_type(Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    return type ? COPY(catalog, type) : NULL;
}

Relation *catalog_edit_relation(Catalog *catalog, Oid oid)
{
    const Relation *relation = catalog_relation(catalog, oid);
    return relation ? COPY(catalog, relation) : NULL;
}

Function *catalog_edit_function(Catalog *catalog, Oid oid)
{
    const Function *function = catalog_function(catalog, oid);
    return function ? COPY(catalog, function) : NULL;
}

Operator *catalog_edit_operator(Catalog *catalog, Oid oid)
{
    const Operator *op = catalog_operator(catalog, oid);
    return op ? COPY(catalog, op) : NULL;
}

Collation *catalog_edit_collation(Catalog *catalog, Oid oid)
{
    const Collation *collation = catalog_collation(catalog, oid);
    return collation ? COPY(catalog, collation) : NULL;
}

OpClass *catalog_edit_opclass(Catalog *catalog, Oid oid)
{
    const OpClass *opclass = catalog_opclass(catalog, oid);
    return opclass ? COPY(catalog, opclass) : NULL;
}

OpFamily *catalog_edit_opfamily(Catalog *catalog, Oid oid)
{
    const OpFamily *family = catalog_opfamily(catalog, oid);
    return family ? COPY(catalog, family) : NULL;
}

Schema *catalog_edit_schema(Catalog *catalog, Oid oid)
{
    const Schema *schema = catalog_schema(catalog, oid);
    return schema ? COPY(catalog, schema) : NULL;
}

NamedObject *catalog_edit_object(Catalog *catalog, ObjectClass class, Oid oid)
{
    const NamedObject *object = catalog_object(catalog, class, oid);
    return object ? COPY(catalog, object) : NULL;
}

/* ---- Keys
 * ------------------------------------------------------------------------------------------------------------ */

static IndexKey schema_key(const Schema *schema)
{
    return (IndexKey){INDEX_SCHEMA, 0, 0, schema->name};
}

static IndexKey type_key(const Type *type)
{
    return (IndexKey){INDEX_TYPE, type->schema, 0, type->name};
}

static IndexKey relation_key(const Relation *relation)
{
    return (IndexKey){INDEX_RELATION, relation->schema, 0, relation->name};
}

static IndexKey collation_key(const Collation *collation)
{
    return (IndexKey){INDEX_COLLATION, collation->schema, 0, collation->name};
}

static IndexKey opclass_key(const OpClass *opclass)
{
    return (IndexKey){INDEX_OPCLASS, opclass->schema, opclass->access_method, opclass->name};
}

static IndexKey opfamily_key(const OpFamily *family)
{
    return (IndexKey){INDEX_OPFAMILY, family->schema, family->access_method, family->name};
}

static IndexKey object_key(const NamedObject *object)
{
    return (IndexKey){INDEX_OBJECT, object->schema, (Oid)object->class, object->name};
}

static IndexKey function_key(const Function *function)
{
    return (IndexKey){INDEX_FUNCTIONS, 0, 0, function->name};
}

static IndexKey operator_key(const Operator *op)
{
    return (IndexKey){INDEX_OPERATORS, 0, 0, op->name};
}

static IndexKey cast_key(const Cast *cast)
{
    return (IndexKey){INDEX_CAST, cast->source, cast->target, ""};
}

static bool same_key(IndexKey a, IndexKey b)
{
    return a.a == b.a && a.b == b.b && strcmp(a.name, b.name) == 0;
}

/* Lets the key find the object; old is the key it had before, or NULL. */
static void set_name(Catalog *catalog, const IndexKey *old, IndexKey key, Oid oid)
{
    if (old && same_key(*old, key))
        return;
    if (old && index_get(catalog, *old).oid == oid)
        index_set(catalog, *old, (IndexValue){.pointer = NULL});
    index_set(catalog, key, (IndexValue){.oid = oid});
}

static void clear_name(Catalog *catalog, IndexKey key, Oid oid)
{
    if (index_get(catalog, key).oid == oid)
        index_set(catalog, key, (IndexValue){.pointer = NULL});
}

/* ---- Putting in
 * ------------------------------------------------------------------------------------------------------ */

void catalog_put_schema(Catalog *catalog, const Schema *schema)
{
    const Schema *old = catalog_schema(catalog, schema->oid);
    IndexKey old_key = old ? schema_key(old) : (IndexKey){0};
    if (!old && schema->oid >= FIRST_USER_OID)
        vec_push(catalog->arena, &catalog->schemas, schema->oid);
    objects_set(catalog, RECORD_SCHEMA, CLASS_SCHEMA, schema->oid, schema);
    set_name(catalog, old ? &old_key : NULL, schema_key(schema), schema->oid);
    catalog->path->resolved = NULL;
}

void catalog_put_type(Catalog *catalog, const Type *type)
{
    const Type *old = catalog_type(catalog, type->oid);
    IndexKey old_key = old ? type_key(old) : (IndexKey){0};
    objects_set(catalog, RECORD_TYPE, CLASS_TYPE, type->oid, type);
    set_name(catalog, old ? &old_key : NULL, type_key(type), type->oid);
    if (old && !old->defined)
        opclass_forget_defaults(catalog);
}

static bool same_parents(const Relation *a, const Relation *b)
{
    if (a->nparents != b->nparents)
        return false;
    return a->nparents == 0 || memcmp(a->parents, b->parents, a->nparents * sizeof *a->parents) == 0;
}

static void remove_parents(Catalog *catalog, Oid relation)
{
    Graph *graph = catalog->graphs[GRAPH_INHERITANCE];
    const GraphNode *node = graph_node(graph, (ObjectAddress){CLASS_RELATION, relation, 0});
    while (node->first_out)
        graph_remove(catalog, graph, node->first_out);
}

static void add_parents(Catalog *catalog, const Relation *relation)
{
    for (size_t i = 0; i < relation->nparents; i++) {
        Dependency edge = {
            {CLASS_RELATION, relation->oid, 0}, {CLASS_RELATION, relation->parents[i], 0}, DEPENDENCY_AUTO};
        graph_add(catalog, catalog->graphs[GRAPH_INHERITANCE], &edge);
    }
}

void catalog_put_relation(Catalog *catalog, const Relation *relation)
{
    const Relation *old = catalog_relation(catalog, relation->oid);
    IndexKey old_key = old ? relation_key(old) : (IndexKey){0};
    objects_set(catalog, RECORD_RELATION, CLASS_RELATION, relation->oid, relation);
    set_name(catalog, old ? &old_key : NULL, relation_key(relation), relation->oid);
    if (old && same_parents(old, relation))
        return;
    if (old)
        remove_parents(catalog, relation->oid);
    add_parents(catalog, relation);
}

void catalog_put_function(Catalog *catalog, const Function *function)
{
    const Function *old = catalog_function(catalog, function->oid);
    if (old && strcmp(old->name, function->name) != 0) {
        index_list_remove(catalog, function_key(old), old);
        old = NULL;
    }
    index_list_put(catalog, function_key(function), old, function);
    objects_set(catalog, RECORD_FUNCTION, CLASS_FUNCTION, function->oid, function);
}

void catalog_put_operator(Catalog *catalog, const Operator *op)
{
    const Operator *old = catalog_operator(catalog, op->oid);
    if (old && strcmp(old->name, op->name) != 0) {
        index_list_remove(catalog, operator_key(old), old);
        old = NULL;
    }
    index_list_put(catalog, operator_key(op), old, op);
    objects_set(catalog, RECORD_OPERATOR, CLASS_OPERATOR, op->oid, op);
}

void catalog_put_cast(Catalog *catalog, const Cast *cast)
{
    objects_set(catalog, OBJECT_CAST, CLASS_CAST, cast->oid, cast);
    index_set(catalog, cast_key(cast), (IndexValue){.pointer = cast});
    opclass_forget_defaults(catalog);
}

void catalog_put_collation(Catalog *catalog, const Collation *collation)
{
    const Collation *old = catalog_collation(catalog, collation->oid);
    IndexKey old_key = old ? collation_key(old) : (IndexKey){0};
    objects_set(catalog, RECORD_COLLATION, CLASS_COLLATION, collation->oid, collation);
    set_name(catalog, old ? &old_key : NULL, collation_key(collation), collation->oid);
}

void catalog_put_opclass(Catalog *catalog, const OpClass *opclass)
{
    const OpClass *old = catalog_opclass(catalog, opclass->oid);
    IndexKey old_key = old ? opclass_key(old) : (IndexKey){0};
    index_list_put(catalog, (IndexKey){INDEX_METHOD_OPCLASSES, opclass->access_method, 0, ""}, old, opclass);
    objects_set(catalog, RECORD_OPCLASS, CLASS_OPCLASS, opclass->oid, opclass);
    set_name(catalog, old ? &old_key : NULL, opclass_key(opclass), opclass->oid);
    opclass_forget_defaults(catalog);
}

void catalog_put_opfamily(Catalog *catalog, const OpFamily *family)
{
    const OpFamily *old = catalog_opfamily(catalog, family->oid);
    IndexKey old_key = old ? opfamily_key(old) : (IndexKey){0};
    objects_set(catalog, RECORD_OPFAMILY, CLASS_OPFAMILY, family->oid, family);
    set_name(catalog, old ? &old_key : NULL, opfamily_key(family), family->oid);
}

void catalog_put_family_operator(Catalog *catalog, const FamilyOperator *member)
{
    index_list_put(catalog, (IndexKey){INDEX_FAMILY_OPERATORS, member->family, 0, ""}, NULL, member);
    index_list_put(catalog, (IndexKey){INDEX_OPERATOR_FAMILIES, member->op, 0, ""}, NULL, member);
}

void catalog_put_family_function(Catalog *catalog, const FamilyFunction *member)
{
    index_list_put(catalog, (IndexKey){INDEX_FAMILY_FUNCTIONS, member->family, 0, ""}, NULL, member);
}

void catalog_put_object(Catalog *catalog, const NamedObject *object)
{
    const NamedObject *old = catalog_object(catalog, object->class, object->oid);
    IndexKey old_key = old ? object_key(old) : (IndexKey){0};
    objects_set(catalog, RECORD_OBJECT, object->class, object->oid, object);
    set_name(catalog, old ? &old_key : NULL, object_key(object), object->oid);
    if (object->class == CLASS_ROLE)
        catalog->path->resolved = NULL;
}

/* ---- Taking out
 * ------------------------------------------------------------------------------------------------------ */

/* Casts of PostgreSQL's own have no slot. */
const Cast *catalog_cast(const Catalog *catalog, Oid oid)
{
    if (oid >= FIRST_USER_OID)
        return objects_get(catalog, OBJECT_CAST, CLASS_CAST, oid);
    const ObjectSet *builtin = catalog->builtin.set;
    for (size_t i = 0; i < builtin->ncasts; i++) {
        if (builtin->casts[i].oid == oid && in_version(builtin->cast_versions, i, catalog->builtin.version))
            return &builtin->casts[i];
    }
    return NULL;
}

static void remove_cast(Catalog *catalog, Oid oid)
{
    const Cast *cast = catalog_cast(catalog, oid);
    if (cast && index_get(catalog, cast_key(cast)).pointer == cast)
        index_set(catalog, cast_key(cast), (IndexValue){.pointer = NULL});
    opclass_forget_defaults(catalog);
}

bool catalog_remove_family_operator(Catalog *catalog, Oid family, Oid left, Oid right, int strategy)
{
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_FAMILY_OPERATORS, family, 0, ""}).list;
    for (size_t i = 0; list && i < list->len; i++) {
        const FamilyOperator *member = list->items[i];
        if (member->left != left || member->right != right || member->strategy != strategy)
            continue;
        index_list_remove(catalog, (IndexKey){INDEX_OPERATOR_FAMILIES, member->op, 0, ""}, member);
        index_list_remove(catalog, (IndexKey){INDEX_FAMILY_OPERATORS, family, 0, ""}, member);
        return true;
    }
    return false;
}

bool catalog_remove_family_function(Catalog *catalog, Oid family, Oid left, Oid right, int number)
{
    const ObjectList *list = index_get(catalog, (IndexKey){INDEX_FAMILY_FUNCTIONS, family, 0, ""}).list;
    for (size_t i = 0; list && i < list->len; i++) {
        const FamilyFunction *member = list->items[i];
        if (member->left != left || member->right != right || member->number != number)
            continue;
        index_list_remove(catalog, (IndexKey){INDEX_FAMILY_FUNCTIONS, family, 0, ""}, member);
        return true;
    }
    return false;
}

static void remove_opclass(Catalog *catalog, const OpClass *opclass)
{
    clear_name(catalog, opclass_key(opclass), opclass->oid);
    index_list_remove(catalog, (IndexKey){INDEX_METHOD_OPCLASSES, opclass->access_method, 0, ""}, opclass);
    opclass_forget_defaults(catalog);
}

/* The index entries of an object that is about to go. */
static void remove_keys(Catalog *catalog, int kind, Oid oid, const void *object)
{
    switch (kind) {
    case RECORD_SCHEMA:
        clear_name(catalog, schema_key(object), oid);
        catalog->path->resolved = NULL;
        break;
    case RECORD_TYPE:
        clear_name(catalog, type_key(object), oid);
        break;
    case RECORD_RELATION:
        clear_name(catalog, relation_key(object), oid);
        remove_parents(catalog, oid);
        break;
    case RECORD_FUNCTION:
        index_list_remove(catalog, function_key(object), object);
        break;
    case RECORD_OPERATOR:
        index_list_remove(catalog, operator_key(object), object);
        break;
    case RECORD_COLLATION:
        clear_name(catalog, collation_key(object), oid);
        break;
    case RECORD_OPCLASS:
        remove_opclass(catalog, object);
        break;
    case RECORD_OPFAMILY:
        clear_name(catalog, opfamily_key(object), oid);
        break;
    case RECORD_OBJECT:
        clear_name(catalog, object_key(object), oid);
        break;
    default:
        break;
    }
}

static void remove_edges(Catalog *catalog, ObjectAddress object)
{
    Graph *graph = catalog->graphs[GRAPH_DEPENDENCY];
    const GraphNode *node = graph_node(graph, object);
    for (uint32_t edge = node->first_out, next; edge; edge = next) {
        next = graph->edges[edge - 1].next_out;
        if (!object.sub || graph->edges[edge - 1].dependency.dependent.sub == object.sub)
            graph_remove(catalog, graph, edge);
    }
    for (uint32_t edge = node->first_in, next; edge; edge = next) {
        next = graph->edges[edge - 1].next_in;
        if (!object.sub || graph->edges[edge - 1].dependency.referenced.sub == object.sub)
            graph_remove(catalog, graph, edge);
    }
}

void catalog_remove(Catalog *catalog, ObjectAddress address)
{
    remove_edges(catalog, address);
    int kind = objects_kind(address.class);
    if (address.sub || kind < 0)
        return;
    if (kind == OBJECT_CAST) {
        remove_cast(catalog, address.oid);
        if (address.oid >= FIRST_USER_OID)
            objects_set(catalog, kind, address.class, address.oid, NULL);
        return;
    }
    const void *object = objects_get(catalog, kind, address.class, address.oid);
    if (!object)
        return;
    remove_keys(catalog, kind, address.oid, object);
    objects_set(catalog, kind, address.class, address.oid, NULL);
}
