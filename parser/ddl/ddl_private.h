/* How the parts of ddl/ call each other. Private to ddl/.
 *
 * Errors: a function that fails has reported one diagnostic and gives false, NULL or INVALID_OID; its caller just
 * passes that on, and ddl_apply takes back what the statement had changed by then. */
#ifndef QUERC_DDL_DDL_PRIVATE_H
#define QUERC_DDL_DDL_PRIVATE_H

#include "analyze/analyze.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "catalog/builtin_oids.h"
#include "ddl/ddl.h"
#include "plpgsql/plpgsql.h"

#include <string.h>

/* PostgreSQL's NAMEDATALEN less the terminator, and MaxHeapAttributeNumber. */
enum { NAME_MAX_LENGTH = 63, RELATION_MAX_COLUMNS = 1600 };

typedef VEC(const char *) Names;
typedef VEC(Oid) Oids;
typedef VEC(int16_t) Numbers;
typedef VEC(int) Counts;
typedef VEC(Column) Columns;
typedef VEC(AstNode *) Items;
typedef VEC(ObjectAddress) Addresses;

typedef struct SearchPathNames {
    const char *const *items;
    size_t len;
    bool is_default;
} SearchPathNames;

/* session_user and current_user */
typedef struct SessionRoles {
    Oid session, current;
} SessionRoles;

typedef struct Savepoint {
    const char *name;
    CatalogSavepoint point;
    SearchPathNames path; /* as it was then */
    SessionRoles roles;   /* likewise */
} Savepoint;

typedef struct PreparedStatement {
    const char *name;
    Query *query; /* NULL for a utility statement */
    const Oid *params;
    size_t nparams;
} PreparedStatement;

/* The body of a function in PL/pgSQL or SQL, as it was created. */
typedef struct DdlBody {
    Oid function;
    const char *source; /* of the function as it was then: a body that was replaced is no longer its body */
    bool is_sql;
    const PlBody *body; /* of PL/pgSQL; NULL when it was not to be read on creation */
    const SqlText *sql;
    SearchPathNames path;            /* that it will run with, as far as one can know */
    bool sets_path;                  /* by its own SET search_path */
    const AstStatements *statements; /* of SQL, once they are parsed */
    size_t asked; /* how many bodies there were when it was asked whether it changes the schema */
    bool changes, asking;
} DdlBody;

struct DdlSession {
    Catalog *catalog;
    Arena *arena;   /* the catalog's */
    Arena *scratch; /* emptied after each statement */
    /* Transaction block: savepoints[0] is where it began. */
    bool in_transaction, aborted;
    bool trying; /* see ddl_try */
    VEC(Savepoint) savepoints;
    /* What SET LOCAL search_path hides until the transaction ends. */
    bool has_local_path, has_local_bodies;
    SearchPathNames path, outer_path;
    SessionRoles roles, outer_roles; /* outer ones: what SET LOCAL hides */
    bool has_local_roles;
    bool check_function_bodies, outer_check_function_bodies;
    bool ignores_asserts; /* plpgsql.check_asserts is off */
    Oid first_new;        /* everything the transaction creates has this number or a higher one */
    Oids unsafe_enums;    /* types to which it has added labels */
    Oids drop_on_commit;  /* temporary tables of the transaction; what is rolled back is no longer there */
    StrMap prepared;
    /* Names of constraints to everything that ever had one, for the choice of names: see name.c. */
    StrMap constraint_names;
    IntMap expression_sources;      /* see source.c */
    const DdlExtension *extensions; /* that the user's files declare */
    size_t nextensions;
    VEC(DdlBody *) bodies;         /* PL/pgSQL functions to be checked at the end */
    IntMap routines;               /* the latest DdlBody of a function */
    StrMap routine_names;          /* of functions that have one */
    VEC(DdlBody *) routine_bodies; /* of all functions that ever had one */
    size_t nlooked;                /* how many of them have been looked at for any_routine_changes */
    bool any_routine_changes;
    bool doubt;     /* something that may change the schema was passed over: see plpgsql/run.h */
    unsigned depth; /* of calls */
};

/* One statement while it is applied. */
typedef struct Ddl {
    DdlSession *session;
    Catalog *catalog;
    Arena *arena;   /* the catalog's: for everything the catalog keeps */
    Arena *scratch; /* until the end of the statement */
    Diags *diags;
    const SqlText *sql;
    int32_t start, end;               /* of the statement in sql */
    const DdlParsedBody *parsed_body; /* or NULL */
    AnalyzeContext context;           /* trees go to the catalog's arena */
} Ddl;

typedef PgQuery__ObjectType AstObjectType;

/* Applies one kind of statement. */
typedef bool DdlHandler(Ddl *ddl, const AstNode *node);

/* ---- Errors: location -1 is the statement's beginning ---- */

Diag *ddl_error(Ddl *ddl, int32_t location, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5), returns_nonnull));
/* Reports and gives false. */
bool ddl_fail(Ddl *ddl, int32_t location, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
#define ddl_detail(ddl, diag, ...) diag_detail((ddl)->diags, (diag), __VA_ARGS__)
#define ddl_hint(ddl, diag, ...) diag_hint((ddl)->diags, (diag), __VA_ARGS__)
Span ddl_span(const Ddl *ddl, int32_t location);
const char *ddl_type_name(const Ddl *ddl, Oid type);
/* Applies a statement that is part of another one. */
bool ddl_apply_node(Ddl *ddl, const AstNode *node);
bool ddl_option_bool(const Ddl *ddl, const AstDefElem *option);
/* A name as statements give it: a list of strings or a single one. */
AstItems ddl_names(Ddl *ddl, const AstNode *node);

/* ---- name.c: the choice of names, and of schemas to create in (namespace.c, indexcmds.c) ---- */

/* makeObjectName: name1_name2_label, shortened to fit; name2 and label may be NULL. */
const char *name_make(Arena *arena, const char *name1, const char *name2, const char *label);
/* ChooseRelationName */
const char *name_choose_relation(Ddl *ddl, const char *name1, const char *name2, const char *label, Oid schema,
                                 bool is_constraint);
/* ChooseConstraintName; others are names about to be used. */
const char *name_choose_constraint(Ddl *ddl, const char *name1, const char *name2, const char *label, Oid schema,
                                   const Names *others);
/* ChooseIndexNameAddition, ChooseForeignKeyConstraintNameAddition */
const char *name_columns(Arena *arena, const char *const *names, size_t n);
/* Makes the name of a constraint of a relation or domain known to the above. */
void name_register_constraint(Ddl *ddl, const char *name, ObjectAddress owner);
/* All that were made known under the name, whether they still have it or not. */
AddressList name_constraint_owners(const Ddl *ddl, const char *name);
/* A name for the array type of a type (makeArrayTypeName). */
const char *name_choose_array_type(Ddl *ddl, const char *name, Oid schema);
/* Makes a type name free for a new object: an automatic array type of that name is renamed, anything else is an
 * error. */
bool name_claim_type(Ddl *ddl, Oid schema, const char *name, const char *hint);
bool name_claim_relation(Ddl *ddl, Oid schema, const char *name);
/* QualifiedNameGetCreationNamespace; 0 after an error. */
Oid name_creation_schema(Ddl *ddl, AstItems names, const char **name);
/* The same for a RangeVar; *persistence becomes 't' when the schema is temporary. */
Oid name_relation_schema(Ddl *ddl, const AstRangeVar *relation, char *persistence);
/* LookupExplicitNamespace: "pg_temp" included. 0 after the error, or without one when missing_ok. */
Oid name_schema(Ddl *ddl, const char *name, bool missing_ok);
/* The same for a schema that the statement is about, or that it creates in: USAGE is not needed. */
Oid name_schema_itself(Ddl *ddl, const char *name);
/* The schema new objects go to; 0 after the error. */
Oid name_default_schema(Ddl *ddl);
bool name_is_temporary_schema(const Ddl *ddl, Oid schema);

/* ---- describe.c: objects in messages (getObjectDescription) ---- */

const char *describe_object(Ddl *ddl, ObjectAddress object);
/* A relation's name, qualified unless visible. */
const char *describe_relation_name(Ddl *ddl, const Relation *relation);
/* "table", "view" … */
const char *describe_relation_kind(char kind);
/* errdetail_relkind_not_supported: "This operation is not supported for views." */
void describe_not_supported(Ddl *ddl, Diag *diag, char kind);
/* format_procedure: name(argument types), qualified unless visible. */
const char *describe_function(Ddl *ddl, const Function *function);
/* funcname_signature_string of a name and input types. */
const char *describe_signature(Ddl *ddl, const char *name, const Oid *types, size_t n);

/* ---- depend.c: what an object needs (dependency.c) ---- */

ObjectAddress address_of(ObjectClass class, Oid oid);
ObjectAddress address_of_column(Oid relation, int number);
/* An edge unless the referenced object is a built-in one. */
void depend_on(Ddl *ddl, ObjectAddress dependent, ObjectAddress referenced, DependencyKind kind);
void depend_on_type(Ddl *ddl, ObjectAddress dependent, Oid type);
void depend_on_schema(Ddl *ddl, ObjectAddress dependent, Oid schema);
/* Everything that an expression names. scope holds the relations its Vars refer to, by range table index; edges to
 * columns of `self` are of kind self_kind, all others NORMAL. */
void depend_on_expr(Ddl *ddl, ObjectAddress dependent, Expr *expr, const Oid *scope, size_t nscope, Oid self,
                    DependencyKind self_kind);
void depend_on_query(Ddl *ddl, ObjectAddress dependent, Query *query);
/* The primary keys that a query's GROUP BY relies on. */
void depend_on_group_keys(Ddl *ddl, const Query *query, Oids *constraints);
/* The columns of the first scope relation that the expression names. */
void depend_columns(Ddl *ddl, Expr *expr, Numbers *numbers);
/* Takes the edges from one object to another away, whatever their kind. */
void depend_forget(Ddl *ddl, ObjectAddress from, ObjectAddress to);
/* The object that a constraint, trigger, rule, policy … hangs on. */
ObjectAddress depend_owner(Ddl *ddl, ObjectAddress object);

/* ---- remap.c: expressions moved to another relation ---- */

/* A copy whose Vars of the first relation have attribute numbers map[number - 1] instead; NULL (no error) when it
 * names a column that has no counterpart. expr may be NULL. */
Expr *remap_expr(Arena *arena, Expr *expr, const int16_t *map, size_t n);
/* The map that goes by column names from one relation to another. */
int16_t *remap_by_name(Arena *arena, const Relation *from, const Relation *to);

/* ---- mutable.c ---- */

/* contain_mutable_functions: whether it could give different results for the same arguments. */
bool expr_is_mutable(const Catalog *catalog, Expr *expr);

/* ---- source.c: raw expressions kept for a second analysis ---- */

typedef struct ExprSource {
    const AstNode *raw; /* NULL: there is none, e.g. of an inherited one */
    const SqlText *sql;
    const Relation *relation; /* as it was then: the names in the text are its columns' */
} ExprSource;
/* slot: 0 the only or first expression; of an index 0 the predicate, n its nth column. */
void source_keep(Ddl *ddl, Oid object, int slot, const AstNode *raw, const Relation *relation);
void source_copy(Ddl *ddl, Oid from, Oid to, const Relation *relation, int nslots);
/* The raw expression, its text and the relation with its columns' present types and former names. */
bool source_find(Ddl *ddl, Oid object, int slot, const Relation *now, ExprSource *source);

/* ---- relation.c: relations and their row types (heap.c) ---- */

/* A new relation: number, name, place; columns are added by the caller before relation_create. */
Relation *relation_new(Ddl *ddl, char kind, const char *name, Oid schema, char persistence, int32_t location);
/* heap_create_with_catalog: checks the columns, gives it its types, puts it into the catalog with what it depends
 * on. */
bool relation_create(Ddl *ddl, Relation *relation);
/* CheckAttributeNamesTypes */
bool relation_check_columns(Ddl *ddl, const Relation *relation);
/* CheckAttributeType */
bool relation_check_column_type(Ddl *ddl, const char *name, Oid type, Oid containing, int32_t location);
void relation_depend_column(Ddl *ddl, Oid relation, const Column *column);
/* Whether the relation has children to which a command would have to go. */
bool relation_has_children(Ddl *ddl, Oid relation);
/* An own copy of the columns, with room for `more`. */
Column *relation_own_columns(Ddl *ddl, Relation *edit, size_t more);
void relation_add_index(Ddl *ddl, Oid relation, Oid index);
const Constraint *relation_constraint(const Relation *relation, const char *name);
const Constraint *relation_constraint_by_oid(const Relation *relation, Oid oid);
/* The column of a name, not a system column, not a dropped one. */
const Column *relation_user_column(const Relation *relation, const char *name);
/* get_attnum with its error 42703 `column "%s" of relation "%s" does not exist`. */
const Column *relation_require_column(Ddl *ddl, const Relation *relation, const char *name, int32_t location);
/* The column a relation's own new index or constraint is about must exist; "column \"%s\" does not exist". */
/* Whether the relation is a table in the widest sense (plain, partitioned, foreign). */
bool relation_is_table(char kind);
/* analyze_range_var with what the statement needs: a bit set of kinds, `wrong` is the message's end ("is not a
 * table"). */
const Relation *relation_open(Ddl *ddl, const AstRangeVar *name, const char *kinds, const char *wrong);
/* The table access method of a name; 0 after an error. */
Oid relation_access_method(Ddl *ddl, const char *name);
bool relation_is_system(const Relation *relation);
/* Changes to a user's relation only ("permission denied: \"%s\" is a system catalog"). */
bool relation_check_not_system(Ddl *ddl, const Relation *relation);

/* ---- reloption.c: storage parameters ---- */

/* What they are of. Partitioned tables have none. */
enum {
    RELOPT_HEAP = 1 << 0,
    RELOPT_TOAST = 1 << 1,
    RELOPT_PARTITIONED = 1 << 2,
    RELOPT_VIEW = 1 << 3,
    RELOPT_ATTRIBUTE = 1 << 4,
    RELOPT_BTREE = 1 << 5,
    RELOPT_HASH = 1 << 6,
    RELOPT_GIST = 1 << 7,
    RELOPT_GIN = 1 << 8,
    RELOPT_SPGIST = 1 << 9,
    RELOPT_BRIN = 1 << 10
};
/* The one of a relation that is not an index. */
unsigned reloption_of_kind(char kind);
/* Names and values of WITH or SET, or only the form of RESET. */
bool reloption_check(Ddl *ddl, AstItems options, unsigned target, bool reset);
bool reloption_check_index(Ddl *ddl, AstItems options, Oid access_method, bool reset);

/* ---- column.c: column definitions (parse_utilcmd.c) ---- */

typedef VEC(const AstConstraint *) Constraints;

/* A column definition resolved, its constraints sorted. */
typedef struct ColumnPlan {
    Column column;
    const AstColumnDef *definition;
    const AstNode *raw_default; /* or generation expression */
    const AstConstraint *identity;
    Oid serial; /* the type of a serial column's sequence, or 0 */
    bool not_null_given, null_given;
} ColumnPlan;

/* What a table's definition asks for beyond its columns. */
typedef struct TableConstraints {
    Constraints checks, keys, foreign_keys; /* keys: PRIMARY KEY, UNIQUE, EXCLUDE */
    Names key_columns;                      /* one a key: the column it is written at, or NULL */
    Names fk_columns;                       /* likewise of foreign keys */
} TableConstraints;

/* transformColumnDefinition: the type, collation and constraints of a column. */
bool column_plan(Ddl *ddl, const char *relation, const AstColumnDef *definition, ColumnPlan *plan,
                 TableConstraints *constraints);
/* transformTableConstraint */
bool column_plan_constraint(Ddl *ddl, const AstConstraint *constraint, const char *column,
                            TableConstraints *constraints);
/* Analyzes a default or generation expression (the column says which); NULL after an error. */
Expr *column_analyze_default(Ddl *ddl, const Relation *relation, const Column *column, const AstNode *raw);
/* StoreAttrDefault: DEFAULT NULL is none at all. */
void column_put_default(Column *column, Expr *expr);
/* The edges of a column's default. */
void column_depend_default(Ddl *ddl, Oid relation, const Column *column);
/* Analyzes and stores the default of a column that the relation already has. */
bool column_set_default(Ddl *ddl, Oid relation, int number, const AstNode *raw);
void column_drop_default(Ddl *ddl, Oid relation, int number);
/* An own version of the relation in which this column can be changed; to be put. */
Relation *column_edit(Ddl *ddl, Oid relation, int number, Column **column);
/* nextval('sequence'::regclass) as a default of the type */
Expr *column_nextval(Ddl *ddl, Oid sequence, Oid type);
/* Makes the sequence of a serial or identity column and ties it to the column; 0 after an error. */
Oid column_create_sequence(Ddl *ddl, const Relation *relation, const Column *column, Oid type, AstItems options,
                           bool identity);
/* GetAttributeCompression; the method may be NULL. */
bool column_check_compression(Ddl *ddl, Oid type, const char *method);
bool column_check_identity_type(Ddl *ddl, Oid type);

/* ---- create_table.c, inherit.c, like.c, partition.c ---- */

DdlHandler create_table, create_foreign_table, create_table_as, alter_table, alter_table_move_all;

/* A table being defined: its columns so far and what is done once it exists. */
typedef struct TablePlan {
    Relation *relation;
    VEC(ColumnPlan) columns;
    TableConstraints constraints;
    /* inherited */
    Oids parents;
    VEC(Constraint) inherited_checks; /* check expressions already in the table's own attribute numbers */
    /* LIKE clauses, in order */
    VEC(const AstTableLikeClause *) likes;
    Oids like_relations;
} TablePlan;

/* SELECT … INTO */
bool create_table_select_into(Ddl *ddl, const AstNode *node, const AstIntoClause *into);
/* MergeAttributes: puts the parents' columns before the table's own, merging those of the same name. */
bool inherit_merge_columns(Ddl *ddl, TablePlan *plan, bool is_partition);
/* find_all_inheritors: the relation and all below it, each once; and how many of its parents are among them. */
void inherit_collect(Ddl *ddl, Oid root, Oids *relations, Counts *parents);
/* ATExecAddInherit's rules for an existing table and a new parent. */
bool inherit_attach(Ddl *ddl, Oid child, Oid parent, bool partition);
bool inherit_detach(Ddl *ddl, Oid child, Oid parent, bool partition);
/* transformTableLikeClause: adds the columns. */
bool like_add_columns(Ddl *ddl, TablePlan *plan, const AstTableLikeClause *like);
/* expandTableLikeClause: checks, indexes, identity … once the table exists. */
bool like_finish(Ddl *ddl, Oid relation, const AstTableLikeClause *like, Oid source);
/* transformPartitionSpec and ComputePartitionAttrs for a table that is in the catalog */
bool partition_set_key(Ddl *ddl, Oid relation, const AstPartitionSpec *spec);
/* Whether the partition key names the column, in an expression or as it is. */
bool partition_key_uses(Ddl *ddl, const Relation *relation, int number);
/* transformPartitionBound and check_new_partition_bound: the bound becomes the relation's. */
bool partition_set_bound(Ddl *ddl, Oid partition, const Relation *parent, const AstPartitionBoundSpec *spec);
/* Gives a new or attached partition the indexes, foreign keys and triggers of its parent. */
bool partition_clone_objects(Ddl *ddl, Oid partition, Oid parent);
bool partition_attach(Ddl *ddl, const Relation *parent, const AstPartitionCmd *command);
bool partition_detach(Ddl *ddl, const Relation *parent, const AstPartitionCmd *command);

/* ---- constraint.c, foreign_key.c ---- */

/* Stores a constraint with its own edges; `owner` is the relation. */
Oid constraint_store(Ddl *ddl, Oid relation, Constraint *constraint);
/* AddRelationNewConstraints for one CHECK: to the relation and, unless `only`, its children. inherited: from a
 * parent's command. */
bool constraint_add_check(Ddl *ddl, Oid relation, const AstConstraint *check, bool recurse);
/* A CHECK that is already resolved (inherited, LIKE): merged with one of the same name. */
bool constraint_merge_check(Ddl *ddl, Oid relation, const Constraint *check, bool inherited);
bool constraint_check_name_free(Ddl *ddl, const Relation *relation, const char *name);
bool constraint_add_foreign_key(Ddl *ddl, Oid relation, const AstConstraint *fk, const char *column, bool recurse);
/* Whether the key's columns can still be compared after a change of type; an error if not. */
bool constraint_check_foreign_key(Ddl *ddl, const Relation *relation, const Constraint *fk);
/* Copies a foreign key to a partition. */
bool constraint_clone_foreign_key(Ddl *ddl, Oid relation, const Relation *parent, const Constraint *fk);
/* ConstraintSetParentConstraint: makes a partition's own constraint a part of the parent's. */
void constraint_set_parent(Ddl *ddl, Oid relation, Oid constraint, Oid parent);
/* Takes the constraint off its relation or domain (the edges are not touched). */
void constraint_detach(Ddl *ddl, ObjectAddress owner, Oid constraint);

/* ---- index.c, index_plan.c (indexcmds.c) ---- */

DdlHandler create_index;

typedef struct IndexColumn {
    int16_t number; /* 0: expression */
    Expr *expr;
    const AstNode *raw;   /* of the expression */
    const char *name;     /* for the index's name and its own column */
    Oid opclass;          /* 0: the default one */
    Oid collation;        /* 0: the column's or none */
    bool collation_given; /* collation is what was written */
    uint16_t options;
    Oid exclusion_operator;
} IndexColumn;

typedef struct IndexPlan {
    const char *name; /* NULL: to be chosen */
    const char *constraint_name;
    Oid access_method;
    bool unique, primary, exclusion, is_constraint, deferrable, deferred, nulls_not_distinct;
    bool if_not_exists, concurrent;
    VEC(IndexColumn) columns;
    size_t nkeys;
    Expr *predicate;
    const AstNode *raw_predicate;
    Oid parent; /* the partitioned index that this one is a part of */
    Oid parent_constraint;
    int32_t location;
} IndexPlan;

/* DefineIndex; gives the index's OID, or 0 after an error. *skipped (may be NULL): IF NOT EXISTS found it. */
Oid index_define(Ddl *ddl, Oid relation, IndexPlan *plan, bool recurse);
/* A plan from PRIMARY KEY, UNIQUE or EXCLUDE (transformIndexConstraint); column: where it was written, or NULL. */
bool index_plan_constraint(Ddl *ddl, const Relation *relation, const AstConstraint *key, const char *column,
                           IndexPlan *plan);
/* A plan that repeats an index on another relation (generateClonedIndexStmt). */
bool index_plan_clone(Ddl *ddl, const Relation *source, const Relation *index, const Relation *target,
                      IndexPlan *plan);
bool index_plan_column(Ddl *ddl, const Relation *relation, const AstIndexElem *element, Oid access_method,
                       IndexColumn *column);
/* All the keys of a table definition, primary key first, without repetitions (transformIndexConstraints). */
bool index_define_keys(Ddl *ddl, Oid relation, const TableConstraints *constraints);
bool index_same_definition(const Index *a, const Index *b, const int16_t *map, size_t nmap);
Oid index_access_method(Ddl *ddl, const char *name);
/* ResolveOpClass: 0 after an error. */
Oid index_opclass(Ddl *ddl, AstItems names, Oid type, const char *method_name, Oid method);
/* A second primary key is an error. */
bool index_check_primary(Ddl *ddl, const Relation *relation, const IndexPlan *plan);
/* The constraint that an index serves. */
Oid index_make_constraint(Ddl *ddl, const Relation *relation, Oid index, const IndexPlan *plan, const char *name);
void index_depend(Ddl *ddl, Oid oid, const Index *index, Oid constraint);
/* Gives a partition its part of a partitioned index: an index it has already, or a new one. */
bool index_extend_to_partition(Ddl *ddl, Oid partition, const Relation *parent, Oid parent_index);
/* Makes an existing index a part of a partitioned one. */
void index_attach_partition(Ddl *ddl, const Relation *child, const Relation *parent);
/* Whether the index of a partitioned table is valid now, after it was made or had one attached. */
void index_check_partitions(Ddl *ddl, Oid index);
/* ADD CONSTRAINT … USING INDEX */
bool index_adopt(Ddl *ddl, Oid relation, const AstConstraint *key);
/* Sets the constrained columns NOT NULL, in children too. */
bool index_primary_not_null(Ddl *ddl, Oid relation, const int16_t *columns, size_t n);

/* ---- sequence.c ---- */

DdlHandler create_sequence, alter_sequence;
/* A sequence with options; type is the default for AS. */
Oid sequence_create(Ddl *ddl, const char *name, Oid schema, char persistence, AstItems options, Oid type,
                    bool for_identity, int32_t location);
/* ALTER SEQUENCE's options but for OWNED BY; a new type alone. */
bool sequence_alter(Ddl *ddl, Oid sequence, AstItems options, bool for_identity);
bool sequence_set_type(Ddl *ddl, Oid sequence, Oid type);
void sequence_set_owner(Ddl *ddl, Oid sequence, Oid relation, int column, DependencyKind kind);
/* The identity sequence of a column, or 0. */
Oid sequence_of_column(Ddl *ddl, Oid relation, int column);

/* ---- types: type.c, enum.c, composite.c, domain.c, range.c, base_type.c ---- */

DdlHandler create_enum, alter_enum, create_composite, create_domain, alter_domain, create_range, alter_type;
/* The labels that the transaction has added can be used from now on. */
void enum_commit_labels(DdlSession *session);
/* A zeroed type with name, place and what most types have in common. */
Type *type_new(Ddl *ddl, char typtype, const char *name, Oid schema, int32_t location);
/* Puts the type into the catalog, and its array type unless type->array is already chosen or it is a shell. */
void type_create(Ddl *ddl, Type *type);
void type_depend(Ddl *ddl, const Type *type);
/* The shell or nothing that a new type takes the place of: *oid is that of the shell; false after an error. */
bool type_claim(Ddl *ddl, Oid schema, const char *name, Oid *shell);
Oid type_create_shell(Ddl *ddl, Oid schema, const char *name);
/* The names in an option's value: a qualified name is read as a type's. */
AstItems definition_names(Ddl *ddl, const AstDefElem *option);
const AstDefElem *definition_option(const AstDefineStmt *define, const char *name);
bool define_type(Ddl *ddl, const AstDefineStmt *define);
/* A type by list of names or TypeName node, which must exist and be defined; 0 after an error. */
Oid type_require(Ddl *ddl, AstItems names, int32_t location);
AstTypeName *type_name_of(Ddl *ddl, AstItems names);
/* Error 0A000 when a column somewhere is of the relation's row type (find_composite_type_dependencies). */
bool composite_check_unused(Ddl *ddl, const Relation *relation);
bool domain_add_check(Ddl *ddl, Type *domain, const AstConstraint *check);

/* ---- functions ---- */

DdlHandler create_function, alter_function;
typedef struct FunctionArgs {
    Oids inputs, all;
    VEC(char) modes;
    Names names; /* "" for none, one an argument of any mode */
    VEC(Expr *) defaults;
    Oid variadic, result; /* result: what OUT and TABLE arguments make, 0 when there are none */
    bool has_out, has_names;
} FunctionArgs;
/* interpret_function_parameter_list; kind is PROKIND_*. */
bool function_arguments(Ddl *ddl, AstItems parameters, char kind, Oid language, FunctionArgs *args);
/* Stores the arguments in the function. */
void function_set_arguments(Ddl *ddl, Function *function, const FunctionArgs *args);
/* ProcedureCreate: the checks of a new function against its signature and an old one of the same, and storage under
 * the old one's number, if there is one. 0 after an error. */
Oid function_create(Ddl *ddl, Function *function, bool replace);
/* The output columns that OUT, INOUT and TABLE arguments make: their number. */
size_t function_outputs(Ddl *ddl, const Function *function, Oids *types, Names *names);
/* Analyzes an SQL function's body (fmgr_sql_validator); text is that of AS, or NULL for sql_body. */
bool function_check_body(Ddl *ddl, Oid function, const AstNode *sql_body, const char *text, int32_t location);
/* A text of its own for the body that AS gives at location. Where it stands in the statement word for word, as it
 * does between dollar quotes, its places are those in the file; else every place in it is that of AS. */
const SqlText *function_body_sql(Arena *arena, const SqlText *statement, const char *text, int32_t location);
const SqlText *function_body_text(Ddl *ddl, const char *text, int32_t location);
/* LookupFuncName: exactly these input types. Missing gives NULL and, unless missing_ok, the error. */
const Function *function_lookup(Ddl *ddl, AstItems name, const Oid *types, size_t n, bool missing_ok);
/* LookupFuncWithArgs; NULL without an error only when missing_ok. */
const Function *function_lookup_with_args(Ddl *ddl, const AstObjectWithArgs *object, AstObjectType kind,
                                          bool missing_ok, bool *failed);
/* The types that a list of TypeName nodes (absent ones: 0) names; with missing_ok a missing one sets *missing. */
bool function_arg_types(Ddl *ddl, AstItems args, Oids *types, bool missing_ok, bool *missing);
/* LookupTypeName for what may be a shell; 0 without an error when there is none. */
Oid function_type(Ddl *ddl, const AstTypeName *name, bool *failed);

bool define_aggregate(Ddl *ddl, const AstDefineStmt *define);
bool define_operator(Ddl *ddl, const AstDefineStmt *define);
bool define_collation(Ddl *ddl, const AstDefineStmt *define);
bool define_text_search(Ddl *ddl, const AstDefineStmt *define, ObjectClass class);
/* text_search.c: an object by name; NULL after the error that there is none, or that it is somebody else's. */
const NamedObject *text_search_require(Ddl *ddl, ObjectClass class, AstItems names);
const NamedObject *text_search_require_own(Ddl *ddl, ObjectClass class, AstItems names);
/* A new object, to be completed and put; NULL after the error that there is one of the name. */
NamedObject *text_search_create(Ddl *ddl, ObjectClass class, Oid schema, const char *name);
/* ts_parameters.c: whether a dictionary of the template can have these parameters besides the old ones; altering:
 * those without a value go. *names: those that it has then. */
bool ts_parameters_check(Ddl *ddl, const NamedObject *template, OptionNames old, AstItems given, bool altering,
                         OptionNames *names);
bool ts_configuration_define(Ddl *ddl, const AstDefineStmt *define, Oid schema, const char *name);
DdlHandler define_object; /* DefineStmt of any kind */
DdlHandler alter_operator, create_opclass, create_opfamily, alter_opfamily, create_cast;
const Operator *operator_lookup_with_args(Ddl *ddl, const AstObjectWithArgs *object, bool missing_ok, bool *failed);
bool operator_split_name(Ddl *ddl, AstItems names, Oid *schema, const char **name);

/* ---- the rest, a file a kind ---- */

DdlHandler create_view, refresh_matview;
DdlHandler create_schema, create_extension, alter_extension, alter_extension_contents;
DdlHandler create_rule, create_trigger, create_policy, alter_policy, create_event_trigger, alter_event_trigger;
DdlHandler create_statistics, alter_statistics;
DdlHandler create_conversion, alter_collation; /* named_object.c */
DdlHandler create_wrapper, alter_wrapper, create_server, alter_server, create_user_mapping, alter_user_mapping,
    drop_user_mapping, import_foreign_schema; /* foreign.c */
DdlHandler create_language, create_transform, create_access_method;
DdlHandler create_subscription, alter_subscription, drop_subscription;
/* transformGenericOptions: OPTIONS ( … ) applied to the names of those there are. */
bool foreign_change_options(Ddl *ddl, OptionNames old, AstItems options, OptionNames *result);
/* The same for a foreign table's own. */
bool foreign_set_options(Ddl *ddl, Oid table, AstItems options);
DdlHandler create_publication, alter_publication, alter_ts_dictionary, alter_ts_configuration;
DdlHandler comment_on, drop_objects, rename_object, alter_object_schema, alter_depends, security_label;
DdlHandler apply_transaction, set_variable, discard, apply_select, apply_modification, prepare, execute, deallocate;
/* prepared.c, utility.c */
DdlHandler accept, do_block, explain, declare_cursor, copy, truncate_table, lock_table, vacuum, cluster, reindex,
    call;

/* ---- role.c, session_role.c: who there is, and who acts (user.c) ---- */

DdlHandler create_role, alter_role, alter_role_set, drop_role, grant_role;
/* The role of a name, a new one that is taken to be there if nobody knows of it; 0 when it is known to be none. */
Oid role_find(Ddl *ddl, const char *name);
/* get_rolespec_oid: false after the error 42704. */
bool role_of_spec(Ddl *ddl, const AstRoleSpec *spec, Oid *role);
/* The same where PUBLIC is allowed. */
bool role_or_public(Ddl *ddl, const AstRoleSpec *spec, Oid *role);
/* Roles or PUBLIC of which nothing else is wanted. */
bool role_check_exists(Ddl *ddl, AstItems specs);
const char *role_name(const Ddl *ddl, Oid role);
/* Whether two roles are one: the role that the session began with may be any that no statement has created. */
Certainty role_same(const Ddl *ddl, Oid a, Oid b);
bool role_lacks_superuser(const Ddl *ddl);
/* Nobody knows when and how far a body is run: if it may give a role powers, whatever is missing may be there. */
void role_doubt_body(Ddl *ddl, const char *text);
bool rename_role(Ddl *ddl, const char *old_name, const char *name);
bool session_role_is_setting(const char *setting);
/* SET role or session_authorization; name NULL: the default. */
bool session_role_set(Ddl *ddl, const char *setting, const char *name, bool is_local);
void session_role_restore(DdlSession *session, SessionRoles roles);
void session_role_reset(DdlSession *session);

/* ---- owner.c: what only owners may do (aclcheck_error) ---- */

DdlHandler alter_owner, reassign_owned, drop_owned;
/* What messages call an object: "table", its name. */
typedef struct ObjectLabel {
    const char *what, *name;
} ObjectLabel;
ObjectLabel owner_label(const Ddl *ddl, ObjectAddress object);
/* Whether the object is certainly not the current role's. */
bool owner_is_other(const Ddl *ddl, ObjectAddress object);
/* "must be owner of %s %s"; gives false. */
bool owner_fail(Ddl *ddl, ObjectLabel label);
bool owner_check(Ddl *ddl, ObjectAddress object);
bool owner_check_relation(Ddl *ddl, const Relation *relation);
/* check_object_ownership: of a column, constraint, trigger … the relation is asked for. */
bool owner_check_part(Ddl *ddl, ObjectAddress object);
bool owner_may_drop(const Ddl *ddl, ObjectAddress object);
/* RENAME and SET SCHEMA need CREATE in the schema too. */
bool owner_check_rename(Ddl *ddl, ObjectAddress object);
bool owner_check_move(Ddl *ddl, ObjectAddress object, Oid schema);

/* ---- privilege.c: GRANT, and what it takes (aclchk.c) ---- */

DdlHandler grant, alter_default_privileges;
/* Whether the current role certainly has none of the privileges. */
bool privilege_is_missing(const Ddl *ddl, ObjectAddress object, unsigned privileges);
/* "permission denied for %s %s"; gives false. */
bool privilege_fail(Ddl *ddl, ObjectAddress object);
bool privilege_check(Ddl *ddl, ObjectAddress object, unsigned privilege);
bool privilege_check_database(Ddl *ddl, unsigned privilege);
/* ALTER DATABASE … OWNER TO */
bool database_give(Ddl *ddl, Oid role);

/* plpgsql.c: the body of a function that is in the catalog, and of DO; false after an error. */
bool plpgsql_create_body(Ddl *ddl, const Function *function, AstItems options, int32_t location);
bool plpgsql_do_block(Ddl *ddl, const char *text, int32_t location);
/* parsed_body.c: the body that AS gives at location, in *sql its text; NULL when its errors were reported, or it
 * has none that libpg_query finds as well. */
const PlBody *parsed_body(Ddl *ddl, const char *text, int32_t location, const SqlText **sql);

/* ---- routine.c, run.c: bodies that are run ---- */

/* Keeps the body of a new function, for when it is called. */
void routine_keep(Ddl *ddl, DdlBody *body, const Function *function);
bool routine_keep_sql(Ddl *ddl, const Function *function, AstItems options, int32_t location);
/* The body of a function as it is now, or NULL. */
DdlBody *routine_find(const DdlSession *session, const Function *function);
/* Whether running it may change the schema, itself or by what it calls. */
bool routine_changes(DdlSession *session, DdlBody *body);
/* The same of a statement. */
bool routine_statement_changes(DdlSession *session, const AstNode *node);
/* SET search_path among the options of CREATE FUNCTION, or what is set now unless that is nothing. */
SearchPathNames routine_path(Ddl *ddl, AstItems options, bool *sets_path);
ParamTypes function_parameters(Ddl *ddl, const Function *function);
/* RETURN expression in an SQL function, as the SELECT it means. */
const AstNode *function_select_of_return(Ddl *ddl, const AstNode *node);

/* Runs the body of DO. */
bool run_do_block(Ddl *ddl, const PlBody *body);
/* Runs the functions that a query or CALL calls, if they may change the schema. */
bool run_calls(Ddl *ddl, const AstNode *node);
/* prepared.c: set_config of search_path in a target list. */
bool select_settings(Ddl *ddl, const AstNode *node);

/* extension.c, extension_declared.c, extension_language.c. `asked` and `version` are those that the statement
 * names, or NULL. */
bool extension_create(Ddl *ddl, const char *name, const char *asked, const char *version, bool cascade);
const DdlExtension *extension_find_declared(Ddl *ddl, const char *name);
bool extension_create_declared(Ddl *ddl, const DdlExtension *declared, Oid schema, const char *version);
/* A procedural language of PostgreSQL's distribution, or a transform for one. */
typedef struct LanguageExtension LanguageExtension;
const LanguageExtension *extension_find_language(const char *name);
/* Reports that there is no such language, and how it comes to be there. */
void language_missing(Ddl *ddl, const char *name);
bool extension_create_language(Ddl *ddl, const LanguageExtension *extension, const char *asked, const char *version,
                               bool cascade);
/* Makes the extension, applies the script in its schema; what that creates are its members. */
bool extension_run_script(Ddl *ddl, const char *name, const SqlText *sql, const ExtensionState *state);
/* The schema that the extension's objects go to: the one asked for, its own fixed one (which the caller sees to),
 * or the current one. 0 after an error. */
Oid extension_target_schema(Ddl *ddl, const char *asked, const char *extension, const char *fixed, bool cascade);
/* Report the error. */
bool extension_unknown_version(Ddl *ddl, const ExtensionInfo *info, const char *version);
bool extension_missing_requirement(Ddl *ddl, ExtensionResult result, const char *extension, const char *missing);
/* After its members have gone to another schema. */
void extension_moved(Ddl *ddl, Oid extension, Oid schema);

/* Repeats a row trigger of a partitioned table on a partition. */
bool trigger_clone(Ddl *ddl, Oid partition, const Trigger *trigger, bool replace);
/* The clones of a trigger on partitions, of whatever depth, with the relations they are on. */
void trigger_clones(Ddl *ddl, Oid trigger, Oids *relations);
bool trigger_is_clone(Ddl *ddl, const Trigger *trigger);
/* Takes the triggers that a partition has of its parent off it. */
bool trigger_detach_clones(Ddl *ddl, Oid partition, const Relation *parent);

/* The query of CREATE VIEW, CREATE TABLE AS …, analyzed without parameters. */
Query *view_analyze_query(Ddl *ddl, const AstNode *query);
/* The columns that a query gives, names from aliases. */
bool view_columns(Ddl *ddl, const Query *query, AstItems aliases, const char *too_many, Relation *relation);
/* isQueryUsingTempRelation */
bool view_uses_temporary(Ddl *ddl, Query *query);

/* A user's NamedObject, new; 0 after the error that there is one of the name. */
Oid named_object_create(Ddl *ddl, ObjectClass class, Oid schema, const char *name);
/* The object of a name in a class without schemas; NULL after the error that there is none. */
const NamedObject *named_object_require(Ddl *ddl, ObjectClass class, const char *name);
/* What messages call the class: "statistics object", "foreign-data wrapper" … */
const char *named_object_label(ObjectClass class);

/* ---- address.c (objectaddress.c) ---- */

/* get_object_address: false after an error; with missing_ok, a missing object gives class CLASS_NONE. Objects of
 * which nothing is known (roles, databases …) give CLASS_NONE too. */
bool address_find(Ddl *ddl, AstObjectType type, const AstNode *object, bool missing_ok, ObjectAddress *address);
/* The relation of a list of names. */
const Relation *address_relation(Ddl *ddl, AstItems names, bool missing_ok, bool *failed);
/* The class of a NamedObject, else CLASS_NONE. */
ObjectClass address_named_class(AstObjectType type);
/* A trigger, rule or policy of a relation by name, or NULL. */
const Trigger *address_trigger(const Relation *relation, const char *name);
const Rule *address_rule(const Relation *relation, const char *name);
const Policy *address_policy(const Relation *relation, const char *name);

/* ---- delete.c (dependency.c) ---- */

/* performMultipleDeletions */
bool delete_objects(Ddl *ddl, const Addresses *objects, bool cascade);
bool delete_object(Ddl *ddl, ObjectAddress object, bool cascade);

/* ---- rename.c, rename_column.c ---- */

bool rename_relation(Ddl *ddl, Oid relation, const char *name);
/* The relation that a RENAME is about; NULL after an error, or without one when IF EXISTS does not find it. */
const Relation *rename_target(Ddl *ddl, const AstRenameStmt *stmt, AstObjectType type);
bool rename_column(Ddl *ddl, const AstRenameStmt *stmt, const char *name);
bool rename_constraint(Ddl *ddl, const AstRenameStmt *stmt, const char *name);
/* Whether no function of that name and the function's input types is in the schema; an error if there is. */
bool rename_function_free(Ddl *ddl, const Function *function, Oid schema, const char *name);

/* ---- alter_*.c: subcommands of ALTER TABLE ---- */

/* A column whose type has changed. */
typedef struct RetypedColumn {
    Oid relation;
    int16_t number;
    Oid collation; /* before */
} RetypedColumn;
typedef VEC(RetypedColumn) RetypedColumns;

typedef struct AlterTarget {
    Oid relation;
    bool recurse;              /* to children: ONLY is not written */
    bool recursing;            /* on behalf of a parent */
    TableConstraints *pending; /* constraints written at added columns, for later passes */
    RetypedColumns *retyped;   /* columns with a new type, for what is written over them to be made anew */
} AlterTarget;
typedef bool AlterHandler(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command);
AlterHandler alter_add_column, alter_drop_column, alter_column_default, alter_drop_not_null, alter_set_not_null,
    alter_drop_expression, alter_column_type, alter_check_column_type, alter_column_check, alter_add_identity,
    alter_set_identity, alter_drop_identity, alter_add_constraint, alter_drop_constraint, alter_constraint,
    alter_validate_constraint, alter_add_inherit, alter_drop_inherit, alter_add_of, alter_drop_of,
    alter_attach_partition, alter_detach_partition, alter_set_logged, alter_set_unlogged, alter_row_security,
    alter_trigger_state, alter_rule_state, alter_replica_identity, alter_cluster_on, alter_drop_cluster,
    alter_set_access_method, alter_options, alter_column_options, alter_compression, alter_statistics_target,
    alter_storage, alter_change_owner, alter_foreign_options, alter_accept;
/* The constraints that ADD COLUMN left, once all columns are there. */
bool alter_add_pending(Ddl *ddl, const AlterTarget *target);
/* A column that a command changes: not a system column. NULL after an error. */
const Column *alter_find_column(Ddl *ddl, const Relation *relation, const char *name);
/* Whether the action can be performed on the relation: the check of ATSimplePermissions. */
bool alter_check_kind(Ddl *ddl, const Relation *relation, const char *kinds, const char *action);
/* Analyzes and stores again what was written over columns whose types have changed. */
bool alter_reanalyze_dependents(Ddl *ddl, const RetypedColumns *columns);
/* Typed tables of a composite type go along with CASCADE; else they are an error. */
bool alter_typed_tables(Ddl *ddl, const Relation *row, bool cascade, Oids *tables);

/* ---- search_path.c, transaction.c ---- */

void search_path_set(DdlSession *session, const char *const *names, size_t n);
void search_path_reset(DdlSession *session);
void search_path_restore(DdlSession *session, SearchPathNames path);
/* The same from a list as set_config takes it; false after an error. */
bool search_path_set_text(Ddl *ddl, const char *text, bool is_local);
void transaction_begin(DdlSession *session);
void transaction_end(DdlSession *session, bool commit);
/* PreventInTransactionBlock's contrary (RequireTransactionBlock); command is what the error names. */
bool transaction_require_block(Ddl *ddl, const char *command);
/* ON COMMIT DROP */
bool transaction_drop_tables(Ddl *ddl);

#endif
