/* PostgreSQL's type conversion rules (documentation, chapter 10 "Type Conversion"), as questions about types.
 *
 * Nothing here knows expressions: arguments are type OIDs, TYPE_UNKNOWN for literals and parameters not typed yet.
 * What a question means and how it is decided is PostgreSQL's parse_coerce.c, parse_func.c and parse_oper.c. */
#ifndef QUERC_TYPES_TYPES_H
#define QUERC_TYPES_TYPES_H

#include "catalog/catalog.h"

/* ---- Facts about a type ---- */

/* A type that the catalog does not know, 0 included, is none of the things asked about: the answer to every
 * question about it is no, 0, or the type itself. */

/* The type under domains; with typmod, the modifier that the domains impose (unchanged when none). */
Oid type_base(const Catalog *catalog, Oid type);
Oid type_base_typmod(const Catalog *catalog, Oid type, int32_t *typmod);
char type_category(const Catalog *catalog, Oid type);
bool type_is_preferred(const Catalog *catalog, Oid type);
/* get_element_type: the element of a true array, else 0. */
Oid type_element(const Catalog *catalog, Oid type);
/* get_base_element_type: the same looking through domains. */
Oid type_base_element(const Catalog *catalog, Oid type);
Oid type_array(const Catalog *catalog, Oid type);
/* typcollation; 0 when the type is not collatable. */
Oid type_collation(const Catalog *catalog, Oid type);
bool type_is_polymorphic(Oid type);
/* anyelement, anyarray and their like; not the anycompatible ones. */
bool type_is_first_polymorphic(Oid type);
/* A composite type or a domain over one, or RECORD (type_is_rowtype of lsyscache). */
bool type_is_rowtype(const Catalog *catalog, Oid type);
/* typeidTypeRelid / typeOrDomainTypeRelid: the relation of a composite type, or 0. */
Oid type_relation(const Catalog *catalog, Oid type);
Oid type_or_domain_relation(const Catalog *catalog, Oid type);
bool type_is_domain(const Catalog *catalog, Oid type);
bool type_is_enum(const Catalog *catalog, Oid type);
bool type_is_range(const Catalog *catalog, Oid type);
bool type_is_multirange(const Catalog *catalog, Oid type);
/* Whether columns may have the type (CheckAttributeType's pseudo-type rule). */
bool type_is_pseudo(const Catalog *catalog, Oid type);

/* ---- Coercion ---- */

typedef enum CoercionContext {
    COERCION_IMPLICIT,
    COERCION_ASSIGNMENT,
    COERCION_PLPGSQL,
    COERCION_EXPLICIT
} CoercionContext;

typedef enum CoercionPath {
    PATH_NONE,
    PATH_FUNCTION,     /* apply the cast function */
    PATH_RELABEL,      /* binary-compatible */
    PATH_ARRAY_COERCE, /* element by element */
    PATH_COERCE_VIA_IO
} CoercionPath;

/* find_coercion_pathway: how source becomes target; *function is the cast function of PATH_FUNCTION. */
CoercionPath coercion_find_path(const Catalog *catalog, Oid target, Oid source, CoercionContext context,
                                Oid *function);
/* find_typmod_coercion_function: the length-coercion function of a type (of its element when it is an array). */
CoercionPath coercion_find_typmod_function(const Catalog *catalog, Oid type, Oid *function);
/* can_coerce_type for n arguments at once, polymorphic target types included. */
bool coercion_possible(const Catalog *catalog, size_t n, const Oid *sources, const Oid *targets,
                       CoercionContext context);
/* IsBinaryCoercible: the same bytes serve (domains, cast without function, any*). */
bool coercion_is_binary(const Catalog *catalog, Oid source, Oid target);
/* typeInheritsFrom / typeIsOfTypedTable: row types of child tables, of typed tables. */
bool type_inherits_from(const Catalog *catalog, Oid sub_type, Oid super_type);
bool type_is_of_typed_table(const Catalog *catalog, Oid row_type, Oid of_type);

/* select_common_type's rule: the type that all should be brought to (UNION, CASE, VALUES, ARRAY …), 0 when two of
 * them are of different categories; then *conflict is the index of the type that did not fit. *with is always the
 * index of the type chosen or, in a conflict, of the candidate until then (PostgreSQL's message names the base
 * types of both, the candidate first). Either may be NULL. All unknown gives TYPE_TEXT. It is not certain that
 * everything can be coerced to the result. */
Oid coercion_common_type(const Catalog *catalog, size_t n, const Oid *types, size_t *conflict, size_t *with);
/* verify_common_type: whether each of the types can be coerced to the common one implicitly. */
bool coercion_common_type_fits(const Catalog *catalog, Oid common, size_t n, const Oid *types);

/* ---- Polymorphism ---- */

/* check_generic_type_consistency: whether actual types could match declared ones. */
bool polymorphic_consistent(const Catalog *catalog, size_t n, const Oid *actual, const Oid *declared);

/* Why a polymorphic call can't be resolved: an SQLSTATE, and message and detail in PostgreSQL's words (in the
 * arena). */
typedef struct PolymorphicError {
    const char *code, *message, *detail;
} PolymorphicError;
/* enforce_generic_type_consistency: replaces polymorphic entries of declared by the types they stand for and gives
 * the result type for return_type; 0 when it fails, with *error filled. allow_poly: for the actual types of
 * polymorphic functions being defined. */
Oid polymorphic_resolve(const Catalog *catalog, Arena *arena, size_t n, const Oid *actual, Oid *declared,
                        Oid return_type, bool allow_poly, PolymorphicError *error);
/* resolve_polymorphic_tupdesc: replaces polymorphic entries of the output columns of a call (OUT and TABLE
 * parameters), given the declared types of its arguments (as in pg_proc, not yet resolved) and the actual ones
 * after coercion. False when one stays undetermined. */
bool polymorphic_resolve_outputs(const Catalog *catalog, size_t n, const Oid *actual, const Oid *declared,
                                 size_t noutputs, Oid *outputs);
/* check_valid_polymorphic_signature / check_valid_internal_signature: NULL when the declared types can determine
 * the result type, else the DETAIL that says what is missing. */
const char *polymorphic_check_signature(Arena *arena, Oid return_type, const Oid *declared, size_t n);
const char *polymorphic_check_internal_signature(Oid return_type, const Oid *declared, size_t n);

/* ---- Functions ---- */

/* A function considered for a call, with its arguments put in the order of the call (FuncnameGetCandidates). */
typedef struct Candidate {
    const Function *function; /* NULL also for arguments that several functions match equally well */
    const Operator *op;       /* of operator candidates */
    int path_position;        /* in the search path; smaller wins between equals */
    size_t nargs;     /* arguments after VARIADIC expansion and defaults: number of actual arguments considered */
    const Oid *args;  /* their declared types, VARIADIC expanded, in the order of the call */
    size_t nvariadic; /* how many arguments the VARIADIC parameter was expanded to, 0 when not expanded */
    size_t ndefaults; /* how many defaults are used */
    int *arg_numbers; /* with named notation: the input parameter each argument goes to; else NULL */
} Candidate;

typedef enum FunctionVerdict {
    FUNCDETAIL_NOT_FOUND,
    FUNCDETAIL_MULTIPLE, /* not unique */
    FUNCDETAIL_NORMAL,
    FUNCDETAIL_PROCEDURE,
    FUNCDETAIL_AGGREGATE,
    FUNCDETAIL_WINDOW,
    FUNCDETAIL_COERCION /* a function-like cast: the only argument goes to the type */
} FunctionVerdict;

typedef struct FunctionCall {
    Oid schema; /* 0 when the name is not qualified */
    const char *name;
    size_t nargs;             /* actual arguments, named ones last */
    const Oid *args;          /* their types */
    const char *const *names; /* of the last nnames arguments */
    size_t nnames;
    bool variadic_call; /* VARIADIC keyword: the last argument is the array; expand_variadic is then ignored */
    bool expand_variadic, expand_defaults;
    bool include_out_arguments; /* CALL: parameters of every mode are arguments, and "parameter" below means all */
    bool any_count;             /* function_candidates alone: nargs is ignored */
    bool no_cast;               /* don't try FUNCDETAIL_COERCION on a call with a single argument */
    bool literal; /* the single argument is an untyped literal, not a parameter: typename('x') is a cast */
} FunctionCall;

typedef struct FunctionDetail {
    FunctionVerdict verdict;
    const Function *function;
    Oid return_type; /* declared; of COERCION the target type */
    bool returns_set;
    size_t nvariadic;
    Oid variadic_element; /* declared variadic type */
    const Oid *declared;  /* declared types of the arguments in the order of the call, then of defaults used */
    size_t ndeclared;
    size_t ndefaults;    /* how many defaults are used … */
    int *default_params; /* … and for which parameters, in order. Parameter p has the default expression
                          * function->defaults[p - (number of parameters - function->ndefaults)] */
    int *arg_numbers;    /* parameter of each actual argument, NULL when positional */
} FunctionDetail;

/* func_get_detail: candidate selection as documentation section 10.3 has it. */
void function_resolve(const Catalog *catalog, Arena *arena, const FunctionCall *call, FunctionDetail *detail);
/* FuncnameGetCandidates alone, for error messages and DDL. */
typedef struct CandidateList {
    Candidate *items;
    size_t len;
} CandidateList;
CandidateList function_candidates(const Catalog *catalog, Arena *arena, const FunctionCall *call);
/* LookupFuncName: the function with exactly these input types (of all parameters with include_out_arguments); with
 * any_count the only one of that name. kind is PROKIND_PROCEDURE for procedures alone, PROKIND_FUNCTION for
 * everything else, 0 for both. NULL when there is none, or several: then *ambiguous is set. The call's names are
 * not looked at. */
const Function *function_find_exact(const Catalog *catalog, Arena *arena, const FunctionCall *call, char kind,
                                    bool *ambiguous);

/* ---- Operators ---- */

/* oper / left_oper: section 10.2. left is 0 for a prefix operator. *ambiguous tells why NULL came back. */
const Operator *operator_resolve(const Catalog *catalog, Arena *arena, Oid schema, const char *name, Oid left,
                                 Oid right, bool *ambiguous);
/* compatible_oper: as above, and the arguments must be binary-compatible with its inputs. */
const Operator *operator_resolve_compatible(const Catalog *catalog, Arena *arena, Oid schema, const char *name,
                                            Oid left, Oid right);
/* Exactly this operator (OpernameGetOprid). */
const Operator *operator_find_exact(const Catalog *catalog, Arena *arena, Oid schema, const char *name, Oid left,
                                    Oid right);

/* The type cache's answers for a type (get_sort_group_operators): 0 where there is none. Arrays, composites, ranges
 * and records depend on their parts. */
typedef struct SortGroupOperators {
    Oid lt, eq, gt;
    bool hashable;
} SortGroupOperators;
SortGroupOperators type_sort_group_operators(const Catalog *catalog, Oid type);

/* get_ordering_op_properties: the btree family in which op is "<" or ">" of one type; false when there is none. */
typedef struct OrderingOperator {
    Oid family, input; /* input: the type it compares, as the operator class has it */
    bool reverse;      /* ">" */
    Oid equality;      /* the family's "=" for the type, or 0 */
} OrderingOperator;
bool operator_ordering_properties(const Catalog *catalog, Arena *arena, Oid op, OrderingOperator *properties);
/* op_hashjoinable: whether an equality operator can be hashed for inputs of this type. */
bool operator_is_hashable(const Catalog *catalog, Oid op, Oid left);

/* get_op_btree_interpretation: what an operator means in each btree family that it or its negator belongs to. */
enum { BTREE_NE = 6 };
typedef struct BtreeMeaning {
    Oid family, left, right;
    int strategy; /* BTREE_LT … BTREE_GT, BTREE_NE */
} BtreeMeaning;
typedef struct BtreeMeaningList {
    BtreeMeaning *items;
    size_t len, cap;
} BtreeMeaningList;
BtreeMeaningList operator_btree_meanings(const Catalog *catalog, Arena *arena, Oid op);

#endif
