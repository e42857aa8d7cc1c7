/* The resolved query: what analyze/ makes of a raw statement and everything after reads.
 *
 * It has the shape of PostgreSQL's Query (nodes/parsenodes.h, nodes/primnodes.h): a range table, a join tree, a
 * target list and typed expressions in which every function, operator, coercion and default argument is explicit
 * and named by OID. Nothing in it points into the raw syntax tree.
 *
 * Every expression carries its type, type modifier and collation, so exprType() is a field. Locations are byte
 * offsets into the statement's SqlText, -1 where there is none. Lists are arrays with a count, in the query's
 * arena. */
#ifndef QUERC_TREE_TREE_H
#define QUERC_TREE_TREE_H

#include "catalog/catalog.h"

typedef struct Expr Expr;
typedef struct Query Query;
typedef struct TargetEntry TargetEntry;
typedef struct SortGroupClause SortGroupClause;

typedef struct ExprList {
    Expr **items;
    size_t len, cap;
} ExprList;

/* ---- Expressions ---- */

typedef enum ExprKind {
    EXPR_VAR,
    EXPR_CONST,
    EXPR_PARAM,
    EXPR_AGGREF,
    EXPR_GROUPING,
    EXPR_WINDOW_FUNC,
    EXPR_SUBSCRIPT,
    EXPR_FUNC,
    EXPR_NAMED_ARG, /* only while a call is being resolved */
    EXPR_OP,
    EXPR_DISTINCT, /* IS DISTINCT FROM; an OpExpr whose op is the equality operator */
    EXPR_NULLIF,   /* likewise */
    EXPR_SCALAR_ARRAY_OP,
    EXPR_BOOL,
    EXPR_SUBLINK,
    EXPR_FIELD_SELECT,
    EXPR_FIELD_STORE,
    EXPR_RELABEL,
    EXPR_COERCE_VIA_IO,
    EXPR_ARRAY_COERCE,
    EXPR_CONVERT_ROWTYPE,
    EXPR_COLLATE,
    EXPR_CASE,
    EXPR_CASE_TEST, /* the CASE's own argument; also the element in an ArrayCoerce */
    EXPR_ARRAY,
    EXPR_ROW,
    EXPR_ROW_COMPARE,
    EXPR_COALESCE,
    EXPR_MIN_MAX,
    EXPR_SQL_VALUE_FUNCTION,
    EXPR_XML,
    EXPR_NULL_TEST,
    EXPR_BOOLEAN_TEST,
    EXPR_COERCE_TO_DOMAIN,
    EXPR_DOMAIN_VALUE,
    EXPR_SET_TO_DEFAULT,
    EXPR_CURRENT_OF,
    EXPR_NEXT_VALUE,
    EXPR_MULTI_PARAM /* output n of a multi-column UPDATE SET (...) = (SELECT ...): PostgreSQL's PARAM_MULTIEXPR */
} ExprKind;

struct Expr {
    ExprKind kind;
    Oid type;
    int32_t typmod;
    Oid collation; /* of the result */
    int32_t location;
};

/* How an implicit or explicit coercion came about (CoercionForm). */
typedef enum CoercionForm {
    FORM_EXPLICIT_CALL,
    FORM_EXPLICIT_CAST,
    FORM_IMPLICIT_CAST,
    FORM_SQL_SYNTAX
} CoercionForm;

/* A column of a range table entry. levels_up counts query levels outward, 0 being the query the Var stands in.
 * attribute 0 is the whole row; negative ones are system columns. */
typedef struct Var {
    Expr expr;
    int rtindex; /* from 1 */
    int16_t attribute;
    int levels_up;
} Var;

/* A literal. The text is what stands in the query; for unknown literals coerced to a type it is still the text,
 * and the type says what it is read as. */
typedef struct Const {
    Expr expr;
    bool is_null;
    const char *text; /* NULL when is_null; "true"/"false" for booleans */
} Const;

typedef struct Param {
    Expr expr;
    int number; /* $n */
} Param;
/* Numbers from here on stand for a procedural language's variables. */
enum { VARIABLE_FIRST = 1 << 16 };

typedef struct Aggref {
    Expr expr;
    Oid function;
    ExprList direct_args; /* of ordered-set aggregates */
    ExprList args;        /* aggregated arguments, ORDER BY-only expressions not included */
    ExprList order_exprs; /* expressions of ORDER BY inside the call (WITHIN GROUP's are args) */
    bool distinct, star, variadic;
    Expr *filter;
    int levels_up;
    Oid input_collation;
} Aggref;

typedef struct GroupingFunc {
    Expr expr;
    ExprList args;
    int levels_up;
} GroupingFunc;

typedef struct WindowFunc {
    Expr expr;
    Oid function;
    ExprList args;
    Expr *filter;
    int window; /* index into Query.windows, from 0 */
    bool star, is_aggregate;
    Oid input_collation;
} WindowFunc;

/* container[i], container[l:u], and assignment to it when assigned is set. An omitted slice bound is NULL in its
 * list. */
typedef struct Subscript {
    Expr expr;
    Expr *container;
    Oid container_type, element_type;
    ExprList upper, lower; /* lower is empty unless a slice */
    bool is_slice;
    Expr *assigned;
} Subscript;

typedef struct FuncExpr {
    Expr expr;
    Oid function;
    bool returns_set, variadic;
    CoercionForm form;
    ExprList args; /* in the function's order, defaults filled in */
    Oid input_collation;
} FuncExpr;

typedef struct NamedArg {
    Expr expr;
    const char *name;
    Expr *arg;
    int position; /* from 0, once known */
} NamedArg;

/* EXPR_OP, EXPR_DISTINCT, EXPR_NULLIF. One argument for a prefix operator. */
typedef struct OpExpr {
    Expr expr;
    Oid op, function;
    bool returns_set;
    ExprList args;
    Oid input_collation;
} OpExpr;

/* scalar op ANY/ALL (array) */
typedef struct ScalarArrayOp {
    Expr expr;
    Oid op, function;
    bool use_or; /* ANY */
    Expr *scalar, *array;
    Oid input_collation;
} ScalarArrayOp;

typedef enum BoolOp { BOOL_AND, BOOL_OR, BOOL_NOT } BoolOp;
typedef struct BoolExpr {
    Expr expr;
    BoolOp op;
    ExprList args;
} BoolExpr;

typedef enum SubLinkKind {
    SUBLINK_EXISTS,
    SUBLINK_ALL,
    SUBLINK_ANY, /* IN too; NOT IN is NOT (… = ANY …) */
    SUBLINK_ROW_COMPARE,
    SUBLINK_EXPR,
    SUBLINK_MULTI_EXPR,
    SUBLINK_ARRAY
} SubLinkKind;
typedef struct SubLink {
    Expr expr;
    SubLinkKind sublink;
    int multi_id; /* of SUBLINK_MULTI_EXPR, from 1 */
    Expr *test;   /* of ALL, ANY, ROW_COMPARE: the comparison, with the sub-select's columns as EXPR_PARAM numbered
                   * -1, -2 … (PARAM_SUBLINK) */
    ExprList lefts; /* the left-hand expressions of the test */
    Query *query;
} SubLink;

typedef struct MultiParam {
    Expr expr;
    int multi_id; /* which SubLink or row of Query.multi_exprs, from 1 */
    int column;   /* from 1 */
    SubLink *source;
} MultiParam;

typedef struct FieldSelect {
    Expr expr;
    Expr *arg;
    int16_t field;
} FieldSelect;

typedef struct FieldStore {
    Expr expr;
    Expr *arg;
    ExprList values;
    int16_t *fields; /* one a value */
} FieldStore;

/* EXPR_RELABEL, EXPR_COERCE_VIA_IO, EXPR_CONVERT_ROWTYPE, EXPR_COERCE_TO_DOMAIN, EXPR_COLLATE */
typedef struct Coercion {
    Expr expr;
    Expr *arg;
    CoercionForm form;
} Coercion;

typedef struct ArrayCoerce {
    Expr expr;
    Expr *arg;
    Expr *element; /* over EXPR_CASE_TEST */
    CoercionForm form;
} ArrayCoerce;

typedef struct CaseWhen {
    Expr *condition, *result; /* with an argument: condition is CASE_TEST = value */
} CaseWhen;
typedef struct CaseExpr {
    Expr expr;
    Expr *arg; /* of a simple CASE, or NULL */
    CaseWhen *whens;
    size_t nwhens;
    Expr *otherwise; /* never NULL: a NULL Const when there is no ELSE */
    bool has_else;
} CaseExpr;

/* EXPR_CASE_TEST, EXPR_DOMAIN_VALUE, EXPR_SET_TO_DEFAULT, EXPR_NEXT_VALUE have no more than an Expr. */

typedef struct ArrayExpr {
    Expr expr;
    Oid element_type;
    ExprList elements;
    bool multidims; /* elements are arrays themselves */
} ArrayExpr;

typedef struct RowExpr {
    Expr expr; /* type RECORD, or a named composite after coercion */
    ExprList args;
    const char **names; /* one an argument */
    CoercionForm form;
} RowExpr;

typedef enum RowCompareKind {
    ROWCOMPARE_LT = 1,
    ROWCOMPARE_LE,
    ROWCOMPARE_EQ,
    ROWCOMPARE_GE,
    ROWCOMPARE_GT,
    ROWCOMPARE_NE
} RowCompareKind;
typedef struct RowCompare {
    Expr expr;
    RowCompareKind compare;
    Oid *ops;
    ExprList left, right;
} RowCompare;

/* EXPR_COALESCE, EXPR_MIN_MAX */
typedef struct VariadicExpr {
    Expr expr;
    ExprList args;
    bool greatest; /* of EXPR_MIN_MAX */
    Oid input_collation;
} VariadicExpr;

typedef enum SqlValueFunctionKind {
    SVF_CURRENT_DATE,
    SVF_CURRENT_TIME,
    SVF_CURRENT_TIMESTAMP,
    SVF_LOCALTIME,
    SVF_LOCALTIMESTAMP,
    SVF_CURRENT_ROLE,
    SVF_CURRENT_USER,
    SVF_USER,
    SVF_SESSION_USER,
    SVF_CURRENT_CATALOG,
    SVF_CURRENT_SCHEMA
} SqlValueFunctionKind;
typedef struct SqlValueFunction {
    Expr expr;
    SqlValueFunctionKind function;
} SqlValueFunction;

typedef enum XmlKind {
    XML_CONCAT,
    XML_ELEMENT,
    XML_FOREST,
    XML_PARSE,
    XML_PI,
    XML_ROOT,
    XML_SERIALIZE,
    XML_IS_DOCUMENT
} XmlKind;
typedef struct XmlExpr {
    Expr expr;
    XmlKind xml;
    const char *name;
    ExprList named_args;
    const char **arg_names;
    ExprList args;
} XmlExpr;

typedef struct NullTest {
    Expr expr;
    Expr *arg;
    bool is_null; /* IS NULL, else IS NOT NULL */
    bool arg_is_row;
} NullTest;

typedef enum BoolTestKind {
    TEST_TRUE,
    TEST_NOT_TRUE,
    TEST_FALSE,
    TEST_NOT_FALSE,
    TEST_UNKNOWN,
    TEST_NOT_UNKNOWN
} BoolTestKind;
typedef struct BooleanTest {
    Expr expr;
    Expr *arg;
    BoolTestKind test;
} BooleanTest;

typedef struct CurrentOf {
    Expr expr;
    int rtindex;
    const char *cursor;
    int param;
} CurrentOf;

/* ---- Queries ---- */

typedef enum CommandKind {
    COMMAND_SELECT,
    COMMAND_INSERT,
    COMMAND_UPDATE,
    COMMAND_DELETE,
    COMMAND_MERGE,
    COMMAND_UTILITY
} CommandKind;

struct TargetEntry {
    Expr *expr;
    int16_t number;   /* result column, from 1; of an INSERT or UPDATE target: the attribute assigned */
    const char *name; /* NULL for junk */
    bool junk;
    uint32_t sort_group; /* nonzero when referenced by a SortGroupClause */
    Oid origin_table;    /* the relation and column a plain column comes from, as RowDescription tells; 0 else */
    int16_t origin_column;
    int32_t location; /* of the target in the text, -1 when it comes from a star */
};
typedef struct TargetList {
    TargetEntry **items;
    size_t len, cap;
} TargetList;

struct SortGroupClause {
    uint32_t ref;
    Oid eq_op, sort_op;
    bool nulls_first, hashable;
};
typedef struct SortGroupList {
    SortGroupClause *items;
    size_t len, cap;
} SortGroupList;

typedef enum GroupingSetKind {
    GROUPING_SET_EMPTY,
    GROUPING_SET_SIMPLE,
    GROUPING_SET_ROLLUP,
    GROUPING_SET_CUBE,
    GROUPING_SET_SETS
} GroupingSetKind;
typedef struct GroupingSet GroupingSet;
struct GroupingSet {
    GroupingSetKind kind;
    uint32_t *refs; /* of SIMPLE: sort_group references */
    size_t nrefs;
    GroupingSet **sets;
    size_t nsets;
};

typedef struct WindowClause {
    const char *name, *refname;
    SortGroupList partition, order;
    int frame_options; /* as in the raw WindowDef */
    Expr *start_offset, *end_offset;
    Oid start_inrange, end_inrange;
} WindowClause;

typedef enum JoinKind { JOIN_INNER, JOIN_LEFT, JOIN_FULL, JOIN_RIGHT } JoinKind;

typedef enum JoinNodeKind { NODE_RTREF, NODE_JOIN, NODE_FROM } JoinNodeKind;
typedef struct JoinNode JoinNode;
struct JoinNode {
    JoinNodeKind kind;
    int rtindex;            /* NODE_RTREF; of NODE_JOIN its own range table entry */
    JoinKind join;          /* NODE_JOIN */
    JoinNode *left, *right; /* NODE_JOIN */
    Expr *quals;            /* ON or USING condition; WHERE of the NODE_FROM; may be NULL */
    JoinNode **items;       /* NODE_FROM */
    size_t nitems;
    int32_t location;
};

typedef enum RteKind {
    RTE_RELATION,
    RTE_SUBQUERY,
    RTE_JOIN,
    RTE_FUNCTION,
    RTE_TABLEFUNC,
    RTE_VALUES,
    RTE_CTE,
    RTE_NAMED_TUPLESTORE,
    RTE_RESULT
} RteKind;

typedef struct RteFunction {
    Expr *expr; /* FuncExpr, or another expression for SQL syntax functions */
    size_t ncolumns;
    bool has_column_definitions;
    Oid *column_types; /* with column definitions */
    int32_t *column_typmods;
    const char **column_names;
} RteFunction;

typedef struct RteColumn {
    const char *name; /* after aliases; "" for a dropped column */
    Oid type;         /* 0 for a dropped column */
    int32_t typmod;
    Oid collation;
} RteColumn;

typedef struct RangeTblEntry {
    RteKind kind;
    const char *alias_name; /* explicit alias, or NULL */
    const char *ref_name;   /* the name it is known by */
    RteColumn *columns;     /* by attribute number from 1 */
    size_t ncolumns;
    bool lateral, in_from_clause, inherit;
    Oid relation; /* RTE_RELATION */
    char relkind; /* RTE_RELATION: its kind; RELKIND_COMPOSITE for EXCLUDED, which is no real relation */
    bool has_tablesample;
    ExprList tablesample_args;
    Query *subquery;  /* RTE_SUBQUERY */
    JoinKind join;    /* RTE_JOIN */
    size_t nmerged;   /* USING columns; they come first */
    Expr **join_vars; /* RTE_JOIN: what each column stands for: a Var of an input, or a merge expression */
    const char *join_using_alias;
    RteFunction *functions; /* RTE_FUNCTION */
    size_t nfunctions;
    bool ordinality;
    Expr *table_func_doc, *table_func_row; /* RTE_TABLEFUNC */
    ExprList table_func_exprs;
    bool *table_func_not_null; /* one a column */
    ExprList *values;          /* RTE_VALUES: rows */
    size_t nrows;
    const char *cte_name; /* RTE_CTE */
    int cte_levels_up;
    bool self_reference; /* the recursive reference inside the CTE itself */
    int32_t location;
} RangeTblEntry;

typedef struct CommonTableExpr {
    const char *name;
    Query *query; /* NULL while a recursive one is being resolved */
    bool recursive;
    const char **names; /* column names */
    Oid *types;
    int32_t *typmods;
    Oid *collations;
    size_t ncolumns;
    bool has_search, has_cycle;
    size_t nextra; /* columns that SEARCH and CYCLE add after the query's own; included in ncolumns */
    int refcount;
    int32_t location;
} CommonTableExpr;

typedef enum SetOp { SETOP_UNION, SETOP_INTERSECT, SETOP_EXCEPT } SetOp;
typedef struct SetOpNode SetOpNode;
struct SetOpNode {
    int rtindex; /* a leaf: the RTE_SUBQUERY; 0 for an inner node */
    SetOp op;
    bool all;
    SetOpNode *left, *right;
    Oid *types;
    int32_t *typmods;
    Oid *collations;
    size_t ncolumns;
    SortGroupList group; /* of a set operation that is not ALL */
};

typedef enum OverridingKind { OVERRIDING_NONE, OVERRIDING_USER, OVERRIDING_SYSTEM } OverridingKind;

typedef struct InferenceElement {
    Expr *expr;
    Oid collation, opclass; /* 0 when not given */
} InferenceElement;

typedef struct OnConflict {
    bool do_update;
    InferenceElement *arbiters;
    size_t narbiters;
    Expr *arbiter_where;
    Oid constraint; /* ON CONSTRAINT, or 0 */
    TargetList set;
    Expr *where;
    int excluded_rtindex;
} OnConflict;

typedef struct MergeAction {
    bool matched;
    CommandKind command; /* COMMAND_UTILITY stands for DO NOTHING */
    OverridingKind overriding;
    TargetList targets;
    Expr *condition;
} MergeAction;

typedef struct RowMark {
    int rtindex;
    int strength; /* 1 KEY SHARE .. 4 UPDATE, as LockClauseStrength */
    bool nowait, skip_locked;
} RowMark;

/* A star in a target list and the columns it became, for the expansion of the query's text. */
typedef struct StarExpansion {
    int32_t start, end;  /* bytes of the text from the first qualifier to the star */
    Query *query;        /* whose target list it stands in */
    size_t first, count; /* the TargetEntries it became, by index into targets (or returning) */
    bool returning;
    bool in_exists; /* inside EXISTS (SELECT * …): its columns do not matter */
    /* The columns as SQL can name them at this place: qualifier (NULL: none needed) and column name, not yet
     * quoted. prefix replaces the qualifier for "(expr).*". */
    const char **qualifiers, **names;
    const char *prefix;
} StarExpansion;

struct Query {
    CommandKind command;
    RangeTblEntry **rtable;
    size_t nrtable, rtable_cap;
    JoinNode *jointree; /* a NODE_FROM */
    TargetList targets;
    TargetList returning;
    int result_relation; /* range table index of the target, or 0 */
    CommonTableExpr **ctes;
    size_t nctes;
    bool recursive;
    SortGroupList group;
    GroupingSet **grouping_sets;
    size_t ngrouping_sets;
    bool group_distinct;
    Expr *having;
    WindowClause *windows;
    size_t nwindows;
    SortGroupList distinct;
    bool distinct_on;
    SortGroupList sort;
    Expr *limit, *offset;
    bool limit_with_ties;
    RowMark *row_marks;
    size_t nrow_marks;
    SetOpNode *set_operations;
    bool has_aggs, has_windows, has_target_srfs, has_sublinks, has_modifying_cte;
    bool has_for_update;
    /* INSERT */
    OverridingKind overriding;
    OnConflict *on_conflict;
    bool insert_from_values; /* a VALUES list of several rows */
    size_t insert_rows;      /* rows of VALUES; 0 when INSERT … SELECT; 1 for DEFAULT VALUES */
    /* MERGE */
    MergeAction *merge_actions;
    size_t nmerge_actions;
    /* multi-column UPDATE sources, MultiParam.multi_id from 1 */
    ExprList multi_exprs;
    /* SELECT INTO, CREATE TABLE AS, utility statements that carry a query, handled by ddl/ */
    int32_t location; /* of the statement */
};

/* ---- Building and walking ---- */

/* A zeroed node of the kind with type, typmod -1, no collation and the location. size is that of the struct. */
void *expr_new(Arena *arena, ExprKind kind, size_t size, Oid type, int32_t location);
#define expr_make(arena, kind, struct_type, type, location)                                                        \
    ((struct_type *)expr_new((arena), (kind), sizeof(struct_type), (type), (location)))

/* Calls visit for each direct sub-expression (sub-queries not entered: a SubLink gives its test and lefts). Stops
 * and gives true as soon as visit does. */
typedef bool ExprVisitor(Expr *expr, void *context);
bool expr_walk(Expr *expr, ExprVisitor *visit, void *context);
/* Calls visit for each expression that stands directly in the query: targets, returning, quals, having, limits,
 * values, function arguments, join vars not included … not those of sub-queries. */
bool query_walk_exprs(Query *query, ExprVisitor *visit, void *context);
/* Calls visit for each sub-query: CTEs, RTE_SUBQUERYs; those in SubLinks are met through the expressions. */
typedef bool QueryVisitor(Query *query, void *context);
bool query_walk_subqueries(Query *query, QueryVisitor *visit, void *context);

/* PostgreSQL's equal() on expressions: structure, ignoring locations. */
bool expr_equal(const Expr *a, const Expr *b);
/* The same where b stands outside of any query, over the columns of one relation (an index's expression), and that
 * relation is entry rtindex of the range table for a. */
bool expr_equal_at(const Expr *a, const Expr *b, int rtindex);
/* The same for the items of two lists, and for two queries. */
bool expr_list_equal(const ExprList *a, const ExprList *b);
bool query_equal(const Query *a, const Query *b);
/* exprLocation: the leftmost place of the expression, -1 when unknown. */
int32_t expr_location(const Expr *expr);
/* The first of the list's locations that is known, -1 for none. */
int32_t expr_list_location(const ExprList *list);
/* contain_vars_of_level: whether the expression contains a Var of this level (levels_up == level), its sub-queries
 * included, which stand one level deeper. */
bool expr_contains_vars_of_level(Expr *expr, int level);
/* What is inside of relabels, which change the type and not the value. */
Expr *expr_without_relabel(const Expr *expr);
/* The same for a query, level 1 being the query that contains it. */
bool query_contains_vars_of_level(Query *query, int level);
/* The type's name for "unsupported" messages. */
const char *expr_kind_name(ExprKind kind);

#endif
