/* The catalog: every schema, type, relation, function, operator and cast a query can name.
 *
 * Objects are those of PostgreSQL's system catalog (documentation, chapter "System Catalogs"), known by OID.
 * Built-in ones are constant tables generated from a live server; those of a user's schema get OIDs from
 * FIRST_USER_OID on. Both are the same structs behind the same look-ups.
 *
 * An object that is in the catalog is never changed: DDL copies it (catalog_edit_*), changes the copy and puts it
 * in place of the old one (catalog_put_*). What others hold by pointer therefore stays valid but may be out of
 * date: hold OIDs across statements. Every put and drop is written to a journal, so that a transaction or a
 * savepoint can be taken back (catalog_savepoint, catalog_rollback).
 *
 * Names are compared byte by byte: the parser has already folded and truncated them. */
#ifndef QUERC_CATALOG_CATALOG_H
#define QUERC_CATALOG_CATALOG_H

#include "base/arena.h"
#include "base/source.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t Oid;
#define INVALID_OID ((Oid)0)
#define FIRST_USER_OID ((Oid)16384)

/* tree/tree.h: the catalog keeps resolved expressions and queries but never looks into them. */
struct Expr;
struct Query;
/* ddl/: likewise */
struct PartitionBound;

/* ---- Objects ---- */

typedef struct Schema {
    Oid oid;
    const char *name;
    Span span; /* where it was created; SPAN_NONE for a built-in object, as everywhere below */
} Schema;

/* pg_type.typtype */
enum {
    TYPTYPE_BASE = 'b',
    TYPTYPE_COMPOSITE = 'c',
    TYPTYPE_DOMAIN = 'd',
    TYPTYPE_ENUM = 'e',
    TYPTYPE_MULTIRANGE = 'm',
    TYPTYPE_PSEUDO = 'p',
    TYPTYPE_RANGE = 'r'
};

typedef struct DomainCheck {
    Oid oid;
    const char *name;
    struct Expr *check; /* over CoerceToDomainValue; NULL when it could not be resolved */
    bool validated;
} DomainCheck;

typedef struct Type {
    Oid oid;
    const char *name;
    Oid schema;
    char typtype;  /* TYPTYPE_* */
    char category; /* pg_type.typcategory, e.g. 'N' numeric, 'S' string, 'U' user, 'P' pseudo */
    bool preferred;
    bool defined; /* false for a shell type */
    int16_t len;  /* pg_type.typlen: -1 varlena, -2 C string */
    char delimiter;
    Oid relation;   /* of a composite type */
    Oid subscript;  /* handler function of pg_type.typsubscript, 0 when not subscriptable */
    Oid element;    /* pg_type.typelem: of true arrays and of fixed-length array-like types */
    Oid array;      /* its array type, or 0 */
    Oid base;       /* of a domain */
    int32_t typmod; /* of a domain */
    int32_t ndims;  /* of a domain over an array */
    bool not_null;  /* of a domain */
    bool has_default;
    Oid collation; /* 0 when the type is not collatable */
    Oid input, output, receive, send, typmod_in, typmod_out;
    Oid subtype, multirange, range; /* range: subtype and its multirange; multirange: its range */
    bool own_order;                 /* of a range: its subtype is not ordered by the default operator class */
    Oid range_collation;
    Oid owner_extension;       /* 0 when none */
    const char *const *labels; /* of an enum, in sort order */
    size_t nlabels;
    const bool *unsafe;        /* of each label: added in the present transaction; NULL when none was */
    const DomainCheck *checks; /* of a domain, its own (not its base's) */
    size_t nchecks;
    struct Expr *default_expr; /* of a domain of the user's schema, its own */
    const char *comment;
    Span span;
} Type;

/* pg_attribute. Dropped columns stay, so that attribute numbers never shift. */
typedef struct Column {
    const char *name;
    int16_t number; /* from 1; negative for system columns */
    Oid type;
    int32_t typmod; /* -1: none */
    Oid collation;
    int32_t ndims;
    bool not_null;
    bool dropped;
    bool is_local; /* defined here, not only inherited */
    int32_t inherit_count;
    char identity;  /* 'a' always, 'd' by default, 0 none */
    char generated; /* 's' stored, 0 none */
    bool has_default;
    struct Expr *default_expr; /* default or generation expression; NULL for built-in relations */
    const char *comment;       /* COMMENT ON, NULL when there is none, as everywhere below */
    Span span;
} Column;

/* pg_constraint.contype */
enum {
    CONSTRAINT_CHECK = 'c',
    CONSTRAINT_FOREIGN = 'f',
    CONSTRAINT_PRIMARY = 'p',
    CONSTRAINT_UNIQUE = 'u',
    CONSTRAINT_TRIGGER = 't',
    CONSTRAINT_EXCLUSION = 'x'
};

typedef struct Constraint {
    Oid oid;
    const char *name;
    char type; /* CONSTRAINT_* */
    bool deferrable, deferred, validated;
    bool is_local, no_inherit;
    int32_t inherit_count;
    const int16_t *columns; /* attribute numbers of the constrained columns */
    size_t ncolumns;
    Oid index;            /* of primary, unique, exclusion; the referenced index of a foreign key */
    Oid foreign_relation; /* of a foreign key */
    const int16_t *foreign_columns;
    char on_update, on_delete, match; /* as in pg_constraint: a r c n d; f p s */
    struct Expr *check;
    Span span;
} Constraint;

/* pg_class.relkind */
enum {
    RELKIND_TABLE = 'r',
    RELKIND_INDEX = 'i',
    RELKIND_SEQUENCE = 'S',
    RELKIND_TOAST = 't',
    RELKIND_VIEW = 'v',
    RELKIND_MATVIEW = 'm',
    RELKIND_COMPOSITE = 'c',
    RELKIND_FOREIGN = 'f',
    RELKIND_PARTITIONED = 'p',
    RELKIND_PARTITIONED_INDEX = 'I'
};

/* pg_index; hangs on the index's own Relation. */
typedef struct Index {
    Oid table;
    Oid access_method;
    bool is_unique, is_primary, is_exclusion, immediate, valid, nulls_not_distinct;
    bool is_clustered, is_replica_identity;
    size_t nkeys, ncolumns;            /* key columns; key and included columns */
    const int16_t *columns;            /* attribute numbers, 0 for an expression */
    struct Expr *const *expressions;   /* one a column that is 0, else NULL at that place; may be NULL altogether */
    const Oid *opclasses, *collations; /* of the key columns */
    const uint16_t *options;           /* of the key columns: 1 DESC, 2 NULLS FIRST */
    struct Expr *predicate;
    Oid constraint; /* the constraint it serves, or 0 */
} Index;

typedef struct Rule {
    Oid oid;
    const char *name;
    char event; /* '1' select, '2' update, '3' insert, '4' delete */
    bool instead, enabled;
    struct Expr *condition;
    struct Query *const *actions;
    size_t nactions;
    Span span;
} Rule;

typedef struct Trigger {
    Oid oid;
    const char *name;
    Oid function;
    bool before, instead, row, enabled;
    bool on_insert, on_update, on_delete, on_truncate;
    bool has_transition_tables;
    Span span;
} Trigger;

typedef struct Policy {
    Oid oid;
    const char *name;
    const char *command; /* that it is for: "all", "select" … */
    Span span;
} Policy;

/* pg_partitioned_table */
typedef struct PartitionKey {
    char strategy; /* 'l' list, 'r' range, 'h' hash */
    size_t ncolumns;
    const int16_t *columns; /* 0 for an expression */
    struct Expr *const *expressions;
    const Oid *opclasses, *collations;
} PartitionKey;

/* pg_sequence */
typedef struct Sequence {
    Oid type;
    int64_t increment, min, max, start;
} Sequence;

/* The names of generic options: OPTIONS ( … ) */
typedef struct OptionNames {
    const char *const *items;
    size_t len;
} OptionNames;

typedef struct Relation {
    Oid oid;
    const char *name;
    Oid schema;
    char kind;        /* RELKIND_* */
    char persistence; /* 'p' permanent, 'u' unlogged, 't' temporary */
    Oid row_type, row_array_type;
    Oid of_type; /* of a typed table */
    Oid access_method;
    const Column *columns; /* by attribute number, from 1; dropped ones included */
    size_t ncolumns;
    const Constraint *constraints;
    size_t nconstraints;
    const Oid *indexes;
    size_t nindexes;
    const Oid *parents; /* inherited from, or the partitioned table, in order */
    size_t nparents;
    bool is_partition, is_default_partition;
    const struct PartitionBound *bound; /* of a partition that is not the default one */
    const PartitionKey *partition_key;
    const Rule *rules;
    size_t nrules;
    const Trigger *triggers;
    size_t ntriggers;
    const Policy *policies;
    size_t npolicies;
    bool row_security;
    bool populated;     /* of a materialized view */
    struct Query *view; /* of views and materialized views of the user's schema */
    char check_option;  /* of a view: 'l' local, 'c' cascaded, 0 none */
    const Index *index; /* of indexes */
    const Sequence *sequence;
    OptionNames options; /* of a foreign table */
    Oid owner_relation;  /* of a sequence owned by a column */
    int16_t owner_column;
    Oid owner_extension;
    const char *comment;
    Span span;
} Relation;

/* pg_proc.proargmodes */
enum { ARGMODE_IN = 'i', ARGMODE_OUT = 'o', ARGMODE_INOUT = 'b', ARGMODE_VARIADIC = 'v', ARGMODE_TABLE = 't' };
/* pg_proc.prokind */
enum { PROKIND_FUNCTION = 'f', PROKIND_PROCEDURE = 'p', PROKIND_AGGREGATE = 'a', PROKIND_WINDOW = 'w' };

typedef struct Function {
    Oid oid;
    const char *name;
    Oid schema;
    char kind; /* PROKIND_* */
    bool returns_set, strict, leakproof, security_definer;
    char volatility; /* 'i' immutable, 's' stable, 'v' volatile */
    uint16_t nargs, ndefaults;
    Oid return_type;
    Oid variadic;         /* element type of the last argument when VARIADIC ("any" for VARIADIC "any"), else 0 */
    const Oid *arg_types; /* nargs input arguments (IN, INOUT, VARIADIC) */
    uint16_t nall;        /* arguments of every mode; 0 when they are all IN */
    const Oid *all_types;
    const char *all_modes;        /* nall characters */
    const char *const *arg_names; /* (nall ? nall : nargs), "" for none; NULL when no argument has a name */
    struct Expr *const *defaults; /* the last ndefaults input arguments; NULL for built-in functions */
    Oid language;
    Oid support;
    /* Aggregates (pg_aggregate). */
    char aggregate_kind; /* 'n' normal, 'o' ordered set, 'h' hypothetical set */
    int16_t ndirect;     /* number of direct arguments */
    Oid transition_type;
    bool has_initial_value, final_strict;
    /* What the compiler knows about NULL. never_null: a non-NULL result for non-NULL arguments; of an aggregate,
     * over at least one row of them; of a set-returning function, in every row. always_not_null: whatever the
     * arguments (concat), and for an aggregate over no rows too (count); implies never_null. */
    bool never_null, always_not_null;
    Oid owner_extension;
    struct Query *const *body; /* of an SQL function whose body could be resolved */
    size_t nbody;
    const char *source; /* the body's text, user functions */
    const char *comment;
    Span span;
} Function;

typedef struct Operator {
    Oid oid;
    const char *name;
    Oid schema;
    Oid left; /* 0 for a prefix operator */
    Oid right, result;
    Oid function;
    Oid commutator, negator;
    bool can_merge, can_hash;
    Oid owner_extension;
    Span span;
} Operator;

typedef struct Cast {
    Oid oid;
    Oid source, target;
    Oid function; /* 0 for binary-coercible and I/O casts */
    char context; /* 'i' implicit, 'a' assignment, 'e' explicit */
    char method;  /* 'f' function, 'b' binary coercible, 'i' input/output functions */
    Oid owner_extension;
} Cast;

typedef struct OpClass {
    Oid oid;
    const char *name;
    Oid schema, access_method, family;
    Oid input; /* type */
    Oid key;   /* stored type when different, else 0 */
    bool is_default;
} OpClass;

typedef struct OpFamily {
    Oid oid;
    const char *name;
    Oid schema, access_method;
} OpFamily;

/* pg_amop: an operator of an operator family. */
typedef struct FamilyOperator {
    Oid family, left, right;
    int16_t strategy;
    char purpose; /* 's' search, 'o' ordering */
    Oid op;
    Oid sort_family;
} FamilyOperator;

/* pg_amproc: a support function of an operator family. */
typedef struct FamilyFunction {
    Oid family, left, right;
    int16_t number;
    Oid function;
} FamilyFunction;

/* btree strategies, as pg_amop numbers them */
enum { BTREE_LT = 1, BTREE_LE, BTREE_EQ, BTREE_GE, BTREE_GT };
/* hash's only strategy */
enum { HASH_EQ = 1 };
/* btree support function numbers */
enum { BTREE_ORDER_PROC = 1, BTREE_SORTSUPPORT_PROC, BTREE_INRANGE_PROC };

typedef struct Collation {
    Oid oid;
    const char *name;
    Oid schema;
    bool deterministic;
    Span span;
} Collation;

/* Objects of which a query needs only that they exist, by kind, schema and name. */
typedef enum ObjectClass {
    CLASS_NONE,
    CLASS_SCHEMA,
    CLASS_TYPE,
    CLASS_RELATION, /* sub-object: attribute number */
    CLASS_FUNCTION,
    CLASS_OPERATOR,
    CLASS_CAST,
    CLASS_COLLATION,
    CLASS_OPCLASS,
    CLASS_OPFAMILY,
    CLASS_CONSTRAINT,
    CLASS_DEFAULT,
    CLASS_RULE,
    CLASS_TRIGGER,
    CLASS_POLICY,
    CLASS_EXTENSION,
    CLASS_LANGUAGE,
    CLASS_ACCESS_METHOD,
    CLASS_CONVERSION,
    CLASS_TS_CONFIG,
    CLASS_TS_DICT,
    CLASS_TS_PARSER,
    CLASS_TS_TEMPLATE,
    CLASS_STATISTICS,
    CLASS_FDW,
    CLASS_SERVER,
    CLASS_EVENT_TRIGGER,
    CLASS_PUBLICATION,
    CLASS_SUBSCRIPTION,
    CLASS_TRANSFORM,
    CLASS_USER_MAPPING,
    CLASS_ROLE,
    CLASS_DATABASE /* the one that everything is in; it has no struct, only privileges */
} ObjectClass;

/* pg_extension */
typedef struct ExtensionState {
    const char *version;
    Oid schema; /* that its objects are in */
    bool relocatable;
    bool declared; /* by a file of the user's: its objects are not those of the built-in tables */
} ExtensionState;

/* pg_auth_members */
typedef struct RoleMembership {
    Oid role;
    bool admin;
    bool inherits; /* from version 16 on each grant says so, before it the member does */
} RoleMembership;

/* What is known about a role. */
typedef enum RoleKnowledge {
    ROLE_CREATED, /* everything: DDL made it */
    ROLE_ASSUMED, /* nothing but that it must be there, as DDL names it */
    ROLE_DROPPED  /* that there is none of the name */
} RoleKnowledge;

/* pg_authid */
typedef struct RoleState {
    RoleKnowledge knowledge;
    bool superuser, inherit, create_role;
    const RoleMembership *member_of;
    size_t nmember_of;
} RoleState;

/* pg_publication, pg_publication_rel and pg_publication_namespace. What was dropped since may still be listed. */
typedef struct PublicationState {
    bool all_tables, via_root;
    bool has_column_lists;
    const Oid *tables, *schemas;
    size_t ntables, nschemas;
} PublicationState;

/* pg_ts_config_map */
typedef struct TokenMapping {
    int token; /* number of the token's type; 0 when the parser's types are not known */
    Oid dictionary;
} TokenMapping;
typedef struct TokenMappings {
    const TokenMapping *items;
    size_t len;
} TokenMappings;

typedef struct NamedObject {
    Oid oid;
    ObjectClass class;
    Oid schema; /* 0 for classes without schemas */
    const char *name;
    Oid owner_extension;
    const ExtensionState *extension; /* of an extension */
    const RoleState *role;           /* of a role */
    OptionNames options;             /* of a wrapper, server, user mapping or text search dictionary */
    const PublicationState *publication;
    Oid made_of; /* of a text search dictionary its template, of a template its init function, of a parser the
                  * function that names its tokens, of a configuration its parser; of those that DDL made */
    TokenMappings mappings; /* of a text search configuration that DDL made */
    char method_type;       /* of an access method that DDL made: 'i' index, 't' table */
    Span span;
} NamedObject;

typedef struct ObjectAddress {
    ObjectClass class;
    Oid oid;
    int32_t sub; /* attribute number of a relation's column, else 0 */
} ObjectAddress;

/* ---- Life cycle ---- */

typedef struct Catalog Catalog;

/* A catalog with the built-in objects of a PostgreSQL version and an empty schema "public"; search_path is "$user",
 * public. Costs no more than its hash tables: built-in objects are constants. It lives in the arena. */
Catalog *catalog_new_for(Arena *arena, int version);
/* The same for PostgreSQL 15. */
Catalog *catalog_new(Arena *arena);
/* The server version whose objects it has, such as 15: the place to ask for rules that differ between versions. */
int catalog_version(const Catalog *catalog);
/* The versions that a catalog can be made for, in order. */
bool catalog_knows_version(int version);
const int *catalog_versions(size_t *n);
/* The same objects for another thread: look-ups keep notes in the catalog, so that no two threads may look up in
 * one. The catalog itself can be looked up in meanwhile, but must not change while the reader is in use. Lives in
 * arena. */
const Catalog *catalog_reader(Arena *arena, const Catalog *catalog);
Arena *catalog_arena(const Catalog *catalog);
/* The next free OID. */
Oid catalog_new_oid(Catalog *catalog);

/* A point to go back to, 0 before any change. */
typedef size_t CatalogSavepoint;
CatalogSavepoint catalog_savepoint(const Catalog *catalog);
/* Takes back every change since the savepoint, search_path included. */
void catalog_rollback(Catalog *catalog, CatalogSavepoint savepoint);

/* ---- Look-ups by OID: NULL when there is no such object ---- */

const Schema *catalog_schema(const Catalog *catalog, Oid oid);
const Type *catalog_type(const Catalog *catalog, Oid oid);
const Relation *catalog_relation(const Catalog *catalog, Oid oid);
const Function *catalog_function(const Catalog *catalog, Oid oid);
const Operator *catalog_operator(const Catalog *catalog, Oid oid);
const Cast *catalog_cast(const Catalog *catalog, Oid oid);
const Collation *catalog_collation(const Catalog *catalog, Oid oid);
const OpClass *catalog_opclass(const Catalog *catalog, Oid oid);
const OpFamily *catalog_opfamily(const Catalog *catalog, Oid oid);
const NamedObject *catalog_object(const Catalog *catalog, ObjectClass class, Oid oid);

/* ---- Look-ups by name in one schema ---- */

const Schema *catalog_find_schema(const Catalog *catalog, const char *name);
const Type *catalog_find_type_in(const Catalog *catalog, Oid schema, const char *name);
const Relation *catalog_find_relation_in(const Catalog *catalog, Oid schema, const char *name);
const Collation *catalog_find_collation_in(const Catalog *catalog, Oid schema, const char *name);
const OpClass *catalog_find_opclass_in(const Catalog *catalog, Oid access_method, Oid schema, const char *name);
const OpFamily *catalog_find_opfamily_in(const Catalog *catalog, Oid access_method, Oid schema, const char *name);
/* schema is 0 for classes without schemas. */
const NamedObject *catalog_find_object_in(const Catalog *catalog, ObjectClass class, Oid schema, const char *name);

/* All functions / operators of a name, in every schema, in no particular order but always the same. */
typedef struct FunctionList {
    const Function *const *items;
    size_t len;
} FunctionList;
typedef struct OperatorList {
    const Operator *const *items;
    size_t len;
} OperatorList;
/* The list belongs to arena. */
FunctionList catalog_functions_named(const Catalog *catalog, Arena *arena, const char *name);
OperatorList catalog_operators_named(const Catalog *catalog, Arena *arena, const char *name);

/* ---- Names through search_path ---- */

/* The schemas searched for an unqualified name, in order: pg_temp (relations and types only) and pg_catalog
 * included where they implicitly are. */
typedef struct SearchPath {
    const Oid *schemas;
    size_t len;
    Oid creation;  /* where new objects go; 0 when no schema of the path exists */
    Oid temporary; /* pg_temp once it exists, else 0; it is searched for relations and types but never functions */
} SearchPath;
const SearchPath *catalog_search_path(const Catalog *catalog);
/* Sets search_path to these names; those that name no schema, or one that the role may not use, are ignored until
 * they do, as PostgreSQL does. "$user" is the role's name. */
void catalog_set_search_path(Catalog *catalog, const char *const *names, size_t n);
/* Back to "$user", public. */
void catalog_reset_search_path(Catalog *catalog);
/* The temporary schema, created on first use. */
Oid catalog_temp_schema(Catalog *catalog);

const Type *catalog_find_type(const Catalog *catalog, const char *name);
const Relation *catalog_find_relation(const Catalog *catalog, const char *name);
const Collation *catalog_find_collation(const Catalog *catalog, const char *name);
const OpClass *catalog_find_opclass(const Catalog *catalog, Oid access_method, const char *name);
const OpFamily *catalog_find_opfamily(const Catalog *catalog, Oid access_method, const char *name);
const NamedObject *catalog_find_object(const Catalog *catalog, ObjectClass class, const char *name);
/* Whether an unqualified name finds just this object. */
bool catalog_type_is_visible(const Catalog *catalog, Oid type);
bool catalog_relation_is_visible(const Catalog *catalog, Oid relation);

/* ---- Casts and operator families ---- */

/* The entry of pg_cast for exactly this pair. */
const Cast *catalog_find_cast(const Catalog *catalog, Oid source, Oid target);
/* The default operator class of a type for an access method (PostgreSQL's GetDefaultOpClass: an exact match, else
 * the one binary-coercible class that is preferred or unique); the type must not be a domain. */
const OpClass *catalog_default_opclass(const Catalog *catalog, Oid access_method, Oid type);
/* The operator of a family for a strategy and a pair of input types, or 0. */
Oid catalog_family_operator(const Catalog *catalog, Oid family, Oid left, Oid right, int strategy);
Oid catalog_family_function(const Catalog *catalog, Oid family, Oid left, Oid right, int number);
/* Every membership of an operator. The list belongs to arena. */
typedef struct FamilyOperatorList {
    const FamilyOperator *items;
    size_t len;
} FamilyOperatorList;
FamilyOperatorList catalog_operator_families(const Catalog *catalog, Arena *arena, Oid op);

/* ---- Relations ---- */

/* A column that is not dropped, or a system column (ctid, xmin, cmin, xmax, cmax, tableoid); NULL when there is
 * none. */
const Column *catalog_find_column(const Relation *relation, const char *name);
/* By attribute number, system columns included; also gives dropped columns. */
const Column *catalog_column(const Relation *relation, int number);
/* Whether the relation kind has system columns is the caller's to check; this finds one by name. */
const Column *catalog_find_system_column(const char *name);
/* The relations that inherit directly from this one. The list belongs to arena. */
typedef struct OidList {
    const Oid *items;
    size_t len;
} OidList;
OidList catalog_children(const Catalog *catalog, Arena *arena, Oid relation);
/* All relations, types, functions of the user's schema in order of creation, for those who list them. */
OidList catalog_user_objects(const Catalog *catalog, Arena *arena, ObjectClass class);
/* PostgreSQL's own objects of the class. */
OidList catalog_builtin_objects(const Catalog *catalog, Arena *arena, ObjectClass class);
/* Those, then the user's. */
OidList catalog_all_objects(const Catalog *catalog, Arena *arena, ObjectClass class);

/* ---- Changes ---- */

/* A copy to change; arrays are shared with the original until replaced. */
Type *catalog_edit_type(Catalog *catalog, Oid oid);
Relation *catalog_edit_relation(Catalog *catalog, Oid oid);
Function *catalog_edit_function(Catalog *catalog, Oid oid);
Operator *catalog_edit_operator(Catalog *catalog, Oid oid);
Collation *catalog_edit_collation(Catalog *catalog, Oid oid);
OpClass *catalog_edit_opclass(Catalog *catalog, Oid oid);
OpFamily *catalog_edit_opfamily(Catalog *catalog, Oid oid);
Schema *catalog_edit_schema(Catalog *catalog, Oid oid);
NamedObject *catalog_edit_object(Catalog *catalog, ObjectClass class, Oid oid);

/* Adds the object, or puts it in place of the one with its OID. The catalog keeps the pointer. The caller has
 * checked that the name is free. */
void catalog_put_schema(Catalog *catalog, const Schema *schema);
void catalog_put_type(Catalog *catalog, const Type *type);
void catalog_put_relation(Catalog *catalog, const Relation *relation);
void catalog_put_function(Catalog *catalog, const Function *function);
void catalog_put_operator(Catalog *catalog, const Operator *op);
void catalog_put_cast(Catalog *catalog, const Cast *cast);
void catalog_put_collation(Catalog *catalog, const Collation *collation);
void catalog_put_opclass(Catalog *catalog, const OpClass *opclass);
void catalog_put_opfamily(Catalog *catalog, const OpFamily *family);
void catalog_put_family_operator(Catalog *catalog, const FamilyOperator *member);
void catalog_put_family_function(Catalog *catalog, const FamilyFunction *member);
/* Takes a member that DDL has added out of its family; false when there is none. */
bool catalog_remove_family_operator(Catalog *catalog, Oid family, Oid left, Oid right, int strategy);
bool catalog_remove_family_function(Catalog *catalog, Oid family, Oid left, Oid right, int number);
void catalog_put_object(Catalog *catalog, const NamedObject *object);
/* Removes exactly this object from the catalog and its dependency edges with it; dependents are the caller's
 * matter. For constraints, rules, triggers, policies and defaults, which hang on their relation, it only removes
 * the edges. */
void catalog_remove(Catalog *catalog, ObjectAddress object);

/* ---- Dependencies (pg_depend) ---- */

typedef enum DependencyKind {
    DEPENDENCY_NORMAL = 'n',   /* DROP of the referenced object needs CASCADE */
    DEPENDENCY_AUTO = 'a',     /* goes with the referenced object */
    DEPENDENCY_INTERNAL = 'i', /* part of the referenced object's implementation: can't be dropped alone */
    DEPENDENCY_EXTENSION = 'e'
} DependencyKind;

typedef struct Dependency {
    ObjectAddress dependent, referenced;
    DependencyKind kind;
} Dependency;
typedef struct DependencyList {
    const Dependency *items;
    size_t len;
} DependencyList;

void catalog_depend(Catalog *catalog, ObjectAddress dependent, ObjectAddress referenced, DependencyKind kind);
/* Edges into an object; with sub == 0 of a relation also those into its columns. The list belongs to arena. */
DependencyList catalog_dependents(const Catalog *catalog, Arena *arena, ObjectAddress referenced);
/* Edges out of an object. */
DependencyList catalog_references(const Catalog *catalog, Arena *arena, ObjectAddress dependent);
void catalog_remove_references(Catalog *catalog, ObjectAddress dependent);

/* ---- Roles, owners and privileges (acl.c) ----
 *
 * The role that DDL starts with is a superuser without a name, ROLE_SUPERUSER; it owns what was there before. Roles
 * that DDL did not create are known by name alone, so that a question about them may have no answer. */

#define ROLE_SUPERUSER ((Oid)10)
#define ROLE_PUBLIC INVALID_OID /* everybody, as the one who has a privilege */

typedef enum Certainty { CERTAINLY_NOT, CERTAINLY, UNCERTAIN } Certainty;

/* The role that new objects are to belong to; it is not taken back by catalog_rollback. */
void catalog_set_role(Catalog *catalog, Oid role);
Oid catalog_role(const Catalog *catalog);
/* From now on there may be privileges and memberships that nobody knows of: no answer is CERTAINLY_NOT any more. */
void catalog_doubt_privileges(Catalog *catalog);
bool catalog_doubts_privileges(const Catalog *catalog);
/* The same for what was granted on objects of a class alone. */
void catalog_doubt_grants(Catalog *catalog, ObjectClass class);
/* NULL for ROLE_SUPERUSER and ROLE_PUBLIC. */
const RoleState *catalog_role_state(const Catalog *catalog, Oid role);
Certainty catalog_role_is_superuser(const Catalog *catalog, Oid role);
/* has_privs_of_role: whether all that `of` may do, the role may do without SET ROLE. */
Certainty catalog_role_has_privileges_of(const Catalog *catalog, Oid role, Oid of);
/* is_member_of_role: whether the role can SET ROLE to `of`. */
Certainty catalog_role_is_member(const Catalog *catalog, Oid role, Oid of);

/* Whether somebody owns objects like this one, and not because he owns the table or element type: indexes, row
 * types and array types go along with those. */
bool catalog_has_own_owner(const Catalog *catalog, ObjectAddress object);
Oid catalog_owner(const Catalog *catalog, ObjectAddress object);
/* Of an object of a class without owners, nothing is kept. */
void catalog_set_owner(Catalog *catalog, ObjectAddress object, Oid role);

enum {
    PRIVILEGE_INSERT = 1 << 0,
    PRIVILEGE_SELECT = 1 << 1,
    PRIVILEGE_UPDATE = 1 << 2,
    PRIVILEGE_DELETE = 1 << 3,
    PRIVILEGE_TRUNCATE = 1 << 4,
    PRIVILEGE_REFERENCES = 1 << 5,
    PRIVILEGE_TRIGGER = 1 << 6,
    PRIVILEGE_EXECUTE = 1 << 7,
    PRIVILEGE_USAGE = 1 << 8,
    PRIVILEGE_CREATE = 1 << 9,
    PRIVILEGE_TEMPORARY = 1 << 10,
    PRIVILEGE_CONNECT = 1 << 11,
    PRIVILEGE_SET = 1 << 12,
    PRIVILEGE_ALTER_SYSTEM = 1 << 13,
    PRIVILEGE_MAINTAIN = 1 << 14
};

/* An aclitem */
typedef struct AclItem {
    Oid grantee, grantor;
    unsigned privileges, grantable; /* PRIVILEGE_* */
} AclItem;
typedef struct Acl {
    const AclItem *items;
    size_t len;
} Acl;

/* The privileges that there are for objects of a kind; kind is that of a relation. */
unsigned catalog_all_privileges(ObjectClass class, char kind);
/* Those of an object: what was granted, or acldefault. The list belongs to arena. */
Acl catalog_acl(const Catalog *catalog, Arena *arena, ObjectAddress object);
void catalog_set_acl(Catalog *catalog, ObjectAddress object, Acl acl);
/* Whether the current role may name the objects of a schema, as far as is known. */
bool catalog_may_use_schema(const Catalog *catalog, Oid schema);
/* Whether the role has one of the privileges. */
Certainty catalog_role_may(const Catalog *catalog, Oid role, ObjectAddress object, unsigned privileges);

/* ---- Extensions ---- */

typedef enum ExtensionResult {
    EXTENSION_CREATED,
    EXTENSION_UNKNOWN,
    EXTENSION_UNKNOWN_VERSION,
    EXTENSION_MISSING_REQUIRED,
    EXTENSION_DECLARED_REQUIRED /* *missing is there, but not with the objects of the built-in tables */
} ExtensionResult;
/* Adds the objects of a known extension to a schema; an extension with a fixed schema goes to that, which is made
 * when it is not there. With cascade, what it requires is created too; else *missing names the one that is not
 * there. version may be NULL; whichever it is, the objects are those of the default version. */
ExtensionResult catalog_create_extension(Catalog *catalog, const char *name, Oid schema, const char *version,
                                         bool cascade, Span span, const char **missing);
/* The names of known extensions in a list of the arena, for hints. */
const char *const *catalog_extension_names(const Catalog *catalog, Arena *arena, size_t *n);
/* Whether ALTER EXTENSION … UPDATE can go from one version to the other. */
bool catalog_extension_updates(const Catalog *catalog, const char *name, const char *from, const char *to);
/* A new extension of the user's own, without any object yet. */
Oid catalog_declare_extension(Catalog *catalog, const char *name, const ExtensionState *state, Span span);
/* The objects with OIDs from `first` on that are known by OID, in order. The list belongs to arena. */
typedef struct AddressList {
    const ObjectAddress *items;
    size_t len;
} AddressList;
AddressList catalog_objects_since(const Catalog *catalog, Arena *arena, Oid first);
/* What is known about an extension; NULL when it is unknown. */
typedef struct ExtensionInfo {
    const char *name, *version; /* the default version */
    const char *schema;         /* where it must be, or NULL */
    bool relocatable;
} ExtensionInfo;
const ExtensionInfo *catalog_extension_info(const Catalog *catalog, Arena *arena, const char *name);

/* ---- Text ---- */

/* format_type_be: the SQL name of a type ("integer", "text[]", schema-qualified when not visible). */
const char *catalog_format_type(const Catalog *catalog, Arena *arena, Oid type);
/* With the type modifier: "character varying(10)", "numeric(10,2)". */
const char *catalog_format_type_typmod(const Catalog *catalog, Arena *arena, Oid type, int32_t typmod);
/* "schema.type", a true array's "schema.element[]": the stable name in machine-readable output. */
const char *catalog_type_key(const Catalog *catalog, Arena *arena, Oid type);
/* An identifier, quoted where PostgreSQL's quote_identifier would, of any of the versions. */
const char *catalog_quote_identifier(Arena *arena, const char *name);
/* Whether the type is a true array (typelem set and array subscripting), as int2vector and oidvector are too. */
bool catalog_is_array(const Type *type);

#endif
