/* How the parts of evaluate/ call each other. Private to evaluate/. */
#ifndef QUERC_EVALUATE_EVALUATE_PRIVATE_H
#define QUERC_EVALUATE_EVALUATE_PRIVATE_H

#include "catalog/builtin_oids.h"
#include "evaluate/evaluate.h"
#include "types/types.h"

#include <string.h>

/* ---- value.c ---- */

typedef enum Comparison {
    COMPARED_UNKNOWN,
    COMPARED_LESS,
    COMPARED_EQUAL,
    COMPARED_GREATER,
    COMPARED_DIFFERENT
} Comparison;

/* What kinds of types have in common for comparisons. */
typedef enum ValueFamily { FAMILY_OTHER, FAMILY_INTEGER, FAMILY_TEXT, FAMILY_BOOL } ValueFamily;
ValueFamily value_family(const Catalog *catalog, Oid type);
/* Two values that are not NULL. */
Comparison value_compare(Evaluation *evaluation, const Value *a, Oid a_type, const Value *b, Oid b_type);
/* Whether an unknown text cannot be the other one: their known ends differ. */
bool value_pattern_excludes(const char *pattern, const char *text);
Value value_concat(Arena *arena, const Value *a, const Value *b);
/* UNKNOWN of three-valued logic made of a comparison: true, false or unknown. */
Value value_truth(bool known, bool truth);
/* reg* types: the object of a name, 0 and known when there is none. */
Value value_reg_input(Arena *arena, const Catalog *catalog, const char *text, Oid type, bool missing_null);
Value value_reg_output(Arena *arena, const Catalog *catalog, Oid oid, Oid type);
/* A possibly qualified identifier; false when the text is none. schema is NULL when it is not written. */
bool value_split_name(Arena *arena, const char *text, const char **schema, const char **name);

/* ---- operator.c, function*.c ---- */

typedef struct Call {
    Evaluation *evaluation;
    const Value *args;
    const Oid *types; /* of the arguments */
    size_t n;
    bool variadic; /* the last argument is an array of them */
} Call;

Value operator_apply(Evaluation *evaluation, const Operator *op, const Value *args, const Oid *types, size_t n);
/* LIKE */
Value operator_like(const char *text, const char *pattern, bool fold);
Value function_apply(Evaluation *evaluation, const FuncExpr *expr, const Value *args, const Oid *types);

typedef Value FunctionImpl(const Call *call);
typedef struct FunctionEntry {
    const char *name;
    FunctionImpl *apply;
    bool takes_null; /* called with NULL and unknown arguments; else those give NULL and unknown */
} FunctionEntry;
extern const FunctionEntry function_text_entries[], function_catalog_entries[], function_array_entries[];
FunctionImpl function_format;

/* ---- sublink.c ---- */

Value sublink_array_op(Evaluation *evaluation, const ScalarArrayOp *expr);
Value sublink_evaluate(Evaluation *evaluation, SubLink *link);

/* ---- query.c, from.c, output.c ---- */

/* The present row of a range table entry. */
typedef struct CatalogRow CatalogRow;
typedef struct BoundRow {
    bool bound;
    bool is_null;              /* null-extended by an outer join */
    const Value *values;       /* by attribute number, or */
    const CatalogRow *catalog; /* a row of a system catalog */
} BoundRow;

typedef struct Aggregation Aggregation;
typedef struct Frame Frame;
struct Frame {
    Frame *outer;
    const Query *query;
    BoundRow *rows; /* by rtindex from 0 */
    EvaluatedRows *ctes;
    const struct Aggregation *aggregation; /* while targets over aggregates are evaluated */
};

/* One way to choose a row of every range table entry. */
typedef struct Binding {
    BoundRow *rows;
    bool certain, many;
} Binding;
typedef VEC(Binding) Bindings;

/* The rows of FROM and WHERE. */
Bindings from_bindings(Evaluation *evaluation, Frame *frame);
/* AND-ed conditions. */
typedef VEC(Expr *) Conjuncts;
void from_conjuncts(Arena *arena, Expr *quals, Conjuncts *conjuncts);
size_t query_column_count(const Query *query);
/* A row of which nothing is known. */
EvaluatedRow query_unknown_row(Evaluation *evaluation, const Query *query, bool many);
/* aggregate.c: the one row of a query with aggregates and without groups. */
void query_add_aggregated(Evaluation *evaluation, Frame *frame, const Bindings *bindings, EvaluatedRows *out);
Value aggregate_value(Evaluation *evaluation, const Aggref *call);
Value query_var(Evaluation *evaluation, const Var *var);
/* The rows of a set-returning function; NULL when they are not known. */
const EvaluatedRows *evaluate_set(Evaluation *evaluation, const FuncExpr *call);
bool evaluation_step(Evaluation *evaluation);

/* ---- scan*.c: rows of system catalogs ---- */

struct CatalogRow {
    const struct CatalogTable *table;
    const Schema *schema;
    const Relation *relation, *other; /* other: the index of pg_indexes, the parent of pg_inherits */
    const Column *column;
    const Constraint *constraint;
    const DomainCheck *check;
    const Trigger *trigger;
    const Policy *policy;
    const Rule *rule;
    const Type *type;
    const Function *function;
    const NamedObject *object;
    const Collation *collation;
    size_t number;       /* of an enum's label, of a constraint's column */
    const char *pattern; /* of a row that stands for others of which only this is known of the name */
};

typedef struct Scan Scan;
/* The known value that the column must have, or NULL. */
const char *scan_key(const Scan *scan, const char *column);
bool scan_key_oid(const Scan *scan, const char *column, Oid *oid);
typedef void ScanRows(Scan *scan);
typedef Value ScanColumn(Evaluation *evaluation, const CatalogRow *row);
typedef struct CatalogColumn {
    const char *name;
    ScanColumn *get;
} CatalogColumn;
typedef struct CatalogTable {
    Oid schema; /* pg_catalog or information_schema */
    const char *name;
    ScanRows *rows;
    const CatalogColumn *columns; /* those that are known, ended by a NULL name */
} CatalogTable;
extern const CatalogTable scan_system_tables[], scan_information_tables[];

struct Scan {
    Evaluation *evaluation;
    const CatalogTable *table;
    const Relation *relation; /* the system catalog */
    int rtindex;
    const Conjuncts *conjuncts;
    const char *name; /* that the condition on names of columns, constraints … asks for, or NULL */
    VEC(CatalogRow *) rows;
    VEC(bool) many;
};
/* NULL when it is no system catalog that is known here. */
const CatalogTable *scan_find_table(const Relation *relation);
/* Whether the condition on names, if there is one, leaves this name. */
bool scan_wants(const Scan *scan, const char *name);
/* The relations that the conditions leave: by number, by name in every schema, or all. Columns may be NULL. */
typedef void VisitRelation(Scan *scan, const Relation *relation);
void scan_each_relation(Scan *scan, const char *oid_column, const char *name_column, const char *schema_column,
                        VisitRelation *visit);
OidList scan_schema_oids(Evaluation *evaluation);
CatalogRow *scan_add(Scan *scan);
/* A row that stands for any number of them; what is known of their names. */
CatalogRow *scan_add_many(Scan *scan, const char *pattern);
ScanRows scan_schemas, scan_relations, scan_tables, scan_views, scan_sequences, scan_table_columns, scan_indexes,
    scan_parents, scan_constraints, scan_key_columns, scan_triggers, scan_policies, scan_rules, scan_types,
    scan_labels, scan_functions, scan_named;

/* Patterns of rows in pg_attribute that stand for others. */
#define SCAN_SYSTEM_COLUMNS "\1"
#define SCAN_DROPPED_COLUMNS "........pg.dropped.\1"

#endif
