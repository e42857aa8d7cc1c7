/* Inside the catalog. How it is put together:
 *
 *   objects.c   the current version of every object, in slots found by OID
 *   index.c     one hash map from names (and from the operands of casts, families ...) to objects
 *   graph.c     edges between objects: dependencies and inheritance
 *   journal.c   what each of them looked like before every change, to go back to
 *   builtin.c   the constant tables of objectset.h, found by OID and by name
 *   record.c    structs of catalog.h from the records of those tables
 *   acl.c       roles, owners and privileges
 *
 * A look-up changes nothing that can be seen, but fills slots and index entries with built-in objects when they are
 * first asked for; that is why the parts hang on pointers: a const Catalog can be looked up in. Threads that look
 * up at the same time need a catalog_reader each, which has slots and entries of its own. */
#ifndef QUERC_CATALOG_STATE_H
#define QUERC_CATALOG_STATE_H

#include "base/map.h"
#include "catalog/builtin_oids.h"
#include "catalog/catalog.h"
#include "catalog/objectset.h"

/* ---- Built-in tables (builtin.c)
 * --------------------------------------------------------------------------------- */

/* PostgreSQL's own objects as one server version has them. */
typedef struct Builtin {
    const ObjectSet *set;
    uint8_t version; /* VERSION_BIT */
} Builtin;

/* Whether a version has an element of a table with these versions. */
static inline bool in_version(const uint8_t *versions, size_t number, uint8_t version)
{
    return !versions || (versions[number] & version);
}

/* The number of the record plus 1, 0 when there is none. class matters for RECORD_OBJECT only. */
uint32_t builtin_by_oid(Builtin builtin, RecordKind kind, ObjectClass class, Oid oid);
/* The place in by_name of the first record of that name; the table's end when there is none. */
uint32_t builtin_first_named(Builtin builtin, RecordKind kind, ObjectClass class, const char *name);
/* The first record of that name and of the version from a place on, which moves behind it; NULL when there is none.
 */
const Record *builtin_next_named(Builtin builtin, RecordKind kind, ObjectClass class, const char *name,
                                 uint32_t *place);
const Cast *builtin_cast(Builtin builtin, Oid source, Oid target);
const FamilyOperator *builtin_family_operator(Builtin builtin, Oid family, Oid left, Oid right, int strategy);
const FamilyFunction *builtin_family_function(Builtin builtin, Oid family, Oid left, Oid right, int number);
/* The place of an operator's first entry in family_operators_by_operator. */
size_t builtin_first_family_of(const ObjectSet *set, Oid op);

static inline const Record *builtin_record(const RecordTable *table, uint32_t number)
{
    return (const Record *)((const char *)table->records + (size_t)number * table->stride);
}

/* ---- Structs from records (record.c)
 * ------------------------------------------------------------------------------ */

typedef struct RecordReader {
    Arena *arena;
    const ObjectSet *set;
    /* What references of an extension's set stand for; NULL for PostgreSQL's own. */
    const Oid *bases; /* first OID of its own objects, of those of the first extension it requires ... */
    Oid schema, extension;
    Span span;
} RecordReader;

Oid record_reference(const RecordReader *reader, Oid reference);
/* The struct (Schema, Type ...) of a record. */
const void *record_object(const RecordReader *reader, RecordKind kind, uint32_t number);

/* ---- Objects (objects.c)
 * ------------------------------------------------------------------------------------------ */

/* Casts have slots too, but no table of records. */
enum { OBJECT_CAST = NRECORD_KINDS, NOBJECT_KINDS };

typedef struct Objects {
    const void **slots; /* built-in objects by kind and record, then user objects by OID */
    uint8_t *kinds;     /* of user objects, by OID: RecordKind + 1 */
    size_t nbuiltin, len, cap;
    size_t first[NRECORD_KINDS]; /* slot of the first record of a kind */
} Objects;

Objects *objects_new(Arena *arena, const ObjectSet *builtin);
/* Slots of its own, for the same objects. */
Objects *objects_copy(Arena *arena, const Objects *objects);
const void *objects_get(const Catalog *catalog, int kind, ObjectClass class, Oid oid);
/* object NULL removes. */
void objects_set(Catalog *catalog, int kind, ObjectClass class, Oid oid, const void *object);
void objects_undo(Objects *objects, uint32_t slot, const void *old);
/* The kind that holds objects of a class; -1 for what hangs on its relation. */
int objects_kind(ObjectClass class);

/* ---- Index (index.c)
 * ---------------------------------------------------------------------------------------------- */

/* What is found by name or by other properties; in brackets, the key. */
typedef enum IndexSpace {
    INDEX_SCHEMA,            /* OID (name) */
    INDEX_TYPE,              /* OID (schema, name) */
    INDEX_RELATION,          /* OID (schema, name) */
    INDEX_COLLATION,         /* OID (schema, name) */
    INDEX_OPCLASS,           /* OID (schema, access method, name) */
    INDEX_OPFAMILY,          /* OID (schema, access method, name) */
    INDEX_OBJECT,            /* OID (schema, class, name) */
    INDEX_FUNCTIONS,         /* list of Function (name) */
    INDEX_OPERATORS,         /* list of Operator (name) */
    INDEX_METHOD_OPCLASSES,  /* list of OpClass (access method) */
    INDEX_CAST,              /* Cast (source, target) */
    INDEX_FAMILY_OPERATORS,  /* list of FamilyOperator (family), without built-in ones */
    INDEX_FAMILY_FUNCTIONS,  /* list of FamilyFunction (family), without built-in ones */
    INDEX_OPERATOR_FAMILIES, /* list of FamilyOperator (operator), without built-in ones */
    INDEX_OWNER,             /* OID of a role (class, OID), where it is not the default */
    INDEX_ACL,               /* Acl (class, OID), likewise */
} IndexSpace;

typedef struct IndexKey {
    IndexSpace space;
    Oid a, b;
    const char *name;
} IndexKey;

/* A list of objects that is never changed: what others hold stays as it was. Lists that grow share their storage.
 */
typedef struct ListStorage {
    size_t used, cap;
} ListStorage;
typedef struct ObjectList {
    const void **items;
    size_t len;
    ListStorage *storage;
} ObjectList;

typedef union IndexValue {
    Oid oid;
    const void *pointer; /* Cast */
    const ObjectList *list;
} IndexValue;

typedef struct IndexEntry {
    IndexKey key;
    uint64_t hash;
    IndexValue value;
} IndexEntry;

typedef struct KeyIndex {
    IndexEntry *items;
    size_t len, cap;
    uint32_t *slots; /* entry number + 1, open addressing; a power of two of them */
    size_t nslots;
} KeyIndex;

KeyIndex *index_copy(Arena *arena, const KeyIndex *index);
IndexValue index_get(const Catalog *catalog, IndexKey key);
void index_set(Catalog *catalog, IndexKey key, IndexValue value);
/* Changes of the list a key stands for. In list_put, old is the item to be replaced, or NULL. */
void index_list_put(Catalog *catalog, IndexKey key, const void *old, const void *item);
void index_list_remove(Catalog *catalog, IndexKey key, const void *item);

/* ---- Edges (graph.c)
 * ---------------------------------------------------------------------------------------------- */

/* Edges are doubly linked into the list of those out of their dependent and of those into what they reference.
 * Taking one out leaves its own links alone, so that going back, last change first, can put it where it was. */
typedef struct GraphNode {
    uint32_t first_out, last_out, first_in, last_in; /* edge numbers from 1 */
} GraphNode;

typedef struct Edge {
    Dependency dependency;
    GraphNode *from, *to;
    uint32_t previous_out, next_out, previous_in, next_in;
} Edge;

typedef struct Graph {
    uint8_t number; /* GRAPH_* */
    IntMap nodes;   /* of class and OID */
    Edge *edges;
    size_t len, cap;
} Graph;

enum { GRAPH_DEPENDENCY, GRAPH_INHERITANCE, NGRAPHS };

void graph_add(Catalog *catalog, Graph *graph, const Dependency *dependency);
void graph_remove(Catalog *catalog, Graph *graph, uint32_t edge);
const GraphNode *graph_node(const Graph *graph, ObjectAddress object);
void graph_undo_add(Graph *graph);
void graph_undo_remove(Graph *graph, uint32_t edge);

/* ---- Journal (journal.c)
 * ------------------------------------------------------------------------------------------ */

typedef enum ChangeKind {
    CHANGE_SLOT,
    CHANGE_INDEX,
    CHANGE_EDGE_ADDED,
    CHANGE_EDGE_REMOVED,
    CHANGE_SEARCH_PATH,
} ChangeKind;

typedef struct Change {
    ChangeKind kind;
    uint32_t number; /* of the slot, index entry or edge */
    union {
        const void *object;
        IndexValue value;
        uint8_t graph;
        const struct PathSetting *path;
    } old;
} Change;

void journal_add(Catalog *catalog, Change change);

/* ---- search_path (search_path.c)
 * ---------------------------------------------------------------------------------- */

typedef struct PathSetting {
    const char *const *names;
    size_t n;
} PathSetting;

typedef struct PathState {
    const PathSetting *setting;
    SearchPath *resolved; /* NULL when it has to be worked out again */
} PathState;

/* ---- Roles (acl.c)
 * ---------------------------------------------------------------------------------- */

typedef struct RoleSetting {
    Oid current;
    bool doubtful;
    uint64_t doubtful_grants; /* a bit for each class */
} RoleSetting;

/* ---- The whole
 * ---------------------------------------------------------------------------------------------------- */

struct Catalog {
    Arena *arena;
    int version; /* of the server */
    Builtin builtin;
    Objects *objects;
    KeyIndex *index;
    Graph *graphs[NGRAPHS];
    PathState *path;
    RoleSetting role;
    IntMap *default_opclasses; /* memo of catalog_default_opclass; emptied when anything it depends on changes */
    VEC(Change) journal;
    VEC(Oid) schemas; /* the user's, those included that are gone */
    Oid next_oid;
};

/* Whether built-in objects live in the schema. */
static inline bool builtin_schema(Oid schema)
{
    return schema == SCHEMA_PG_CATALOG || schema == SCHEMA_INFORMATION_SCHEMA;
}

/* Reserves n consecutive OIDs and gives the first. */
Oid catalog_reserve_oids(Catalog *catalog, size_t n);
void opclass_forget_defaults(Catalog *catalog);

#endif
