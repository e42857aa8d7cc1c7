/* The state of parse analysis, and how its parts call each other. Private to analyze/.
 *
 * Errors: a function that fails has reported one diagnostic and gives NULL or false; its caller just passes that
 * on. */
#ifndef QUERC_ANALYZE_PARSE_STATE_H
#define QUERC_ANALYZE_PARSE_STATE_H

#include "analyze/analyze.h"
#include "base/strbuf.h"
#include "catalog/builtin_oids.h"

typedef struct ParseState ParseState;

/* ParseNamespaceItem: a range table entry as names see it. */
typedef struct NsItem {
    const char *name; /* the alias or relation name qualifying references match */
    RangeTblEntry *rte;
    int rtindex; /* from 1 */
    /* One a column of rte->columns: what a reference to it becomes. For most entries Var(rtindex, number); for a
     * join's merged or pulled-up columns the Var or merge expression of the underlying entry. */
    struct NsColumn {
        int rtindex; /* 0: the column is dropped and cannot be referenced */
        int16_t attribute;
        Oid type;
        int32_t typmod;
        Oid collation;
        bool dont_expand; /* not part of a star (SEARCH/CYCLE columns hidden by name) */
    } * columns;
    size_t ncolumns;
    /* Attribute numbers of the columns as the alias names them are index + 1. */
    bool rel_visible, cols_visible, lateral_only, lateral_ok;
    const char *
        *names; /* column names as this item shows them (rte->columns[i].name unless a join alias renames) */
} NsItem;

typedef struct Namespace {
    NsItem **items;
    size_t len, cap;
} Namespace;

/* What is common to all query levels of one statement. */
typedef struct Analyzer {
    const Catalog *catalog;
    Arena *arena;
    Diags *diags;
    const SqlText *sql;
    ParamTypes *params;
    StarList *stars;        /* or NULL */
    int depth;              /* of expression and query nesting, against a stack overflow */
    const ExprScope *scope; /* of a stand-alone expression, for VALUE; or NULL */
} Analyzer;

/* One query level (PostgreSQL's ParseState). */
struct ParseState {
    Analyzer *an;
    ParseState *parent;  /* the enclosing level, or NULL */
    Query *query;        /* being built: its rtable is this level's range table */
    JoinNode **joinlist; /* FROM items collected so far */
    size_t njoinlist, joinlist_cap;
    Namespace namespace;    /* what names can currently refer to */
    bool lateral_active;    /* lateral_only items may be referenced */
    CommonTableExpr **ctes; /* WITH items visible at this level */
    size_t nctes, ctes_cap;
    CommonTableExpr **future_ctes; /* of a non-recursive WITH: to explain a forward reference */
    size_t nfuture_ctes;
    CommonTableExpr *parent_cte; /* this level is the query of that WITH item */
    PgQuery__Node **window_defs; /* raw WINDOW clause, OVER specifications appended */
    size_t nwindow_defs, window_defs_cap;
    ParseExprKind expr_kind;
    int next_resno;                /* next TargetEntry number, from 1 */
    ExprList multi_assign_sources; /* SubLinks (or rows) of multi-column UPDATE */
    PgQuery__Node *const *locking; /* FOR UPDATE clauses */
    size_t nlocking;
    bool locked_from_parent;
    bool resolve_unknowns; /* unknown literals in target lists become text */
    NsItem *target_item;   /* of the relation that INSERT, UPDATE, DELETE, MERGE change */
    const Relation *target_relation;
    bool is_insert;
    bool has_aggs, has_windows, has_target_srfs, has_sublinks, has_modifying_cte;
    Expr *last_srf;   /* the most recent set-returning call, for nesting checks */
    int exists_depth; /* inside EXISTS (SELECT …): stars do not matter */
};

ParseState *parse_state_new(Analyzer *an, ParseState *parent);
static inline Arena *ps_arena(const ParseState *ps)
{
    return ps->an->arena;
}
static inline const Catalog *ps_catalog(const ParseState *ps)
{
    return ps->an->catalog;
}

/* An error at a location of the statement's text (-1: nowhere). Never NULL. */
Diag *ps_error(ParseState *ps, int32_t location, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5), returns_nonnull));
#define ps_detail(ps, diag, ...) diag_detail((ps)->an->diags, (diag), __VA_ARGS__)
#define ps_hint(ps, diag, ...) diag_hint((ps)->an->diags, (diag), __VA_ARGS__)
#define ps_note(ps, diag, location, ...)                                                                           \
    diag_note((ps)->an->diags, (diag), sqltext_span((ps)->an->sql, (location)), __VA_ARGS__)
/* format_type_be for messages. */
const char *ps_type(ParseState *ps, Oid type);
/* The context for the public helpers. */
AnalyzeContext ps_context(const ParseState *ps);
/* Counts nesting; false after "stack depth limit exceeded". Pair with ps_leave. */
bool ps_enter(ParseState *ps);
void ps_leave(ParseState *ps);

void exprlist_push(Arena *arena, ExprList *list, Expr *expr);
void targetlist_push(Arena *arena, TargetList *list, TargetEntry *entry);

/* ---- expr.c: expressions (parse_expr.c) ---- */

/* transformExpr: sets ps->expr_kind for the time. */
Expr *expr_transform(ParseState *ps, const PgQuery__Node *raw, ParseExprKind kind);
/* transformExprRecurse: within the current kind. */
Expr *expr_recurse(ParseState *ps, const PgQuery__Node *raw);
/* ---- expr_kind.c ---- */

/* ParseExprKindName: "WHERE", "JOIN/ON" … */
const char *expr_kind_label(ParseExprKind kind);
/* As what is refused there says it: "… are not allowed in JOIN conditions". */
const char *expr_kind_place(ParseExprKind kind);

/* ---- coerce.c: coercions as nodes (parse_coerce.c) ---- */

/* coerce_to_target_type: NULL *without* an error when there is no such coercion; *failed is set after one that was
 * reported. */
Expr *coerce_to_target(ParseState *ps, Expr *expr, Oid type, int32_t typmod, CoercionContext context,
                       CoercionForm form, int32_t location, bool *failed);
/* coerce_type: the coercion is known to exist. NULL after an error (a literal that is none, a conflicting
 * parameter). */
Expr *coerce_type(ParseState *ps, Expr *expr, Oid input, Oid target, int32_t typmod, CoercionContext context,
                  CoercionForm form, int32_t location);
Expr *coerce_to_boolean(ParseState *ps, Expr *expr, const char *construct);
Expr *coerce_to_specific(ParseState *ps, Expr *expr, Oid target, const char *construct);
Expr *coerce_to_specific_typmod(ParseState *ps, Expr *expr, Oid target, int32_t typmod, const char *construct);
/* coerce_to_common_type */
Expr *coerce_to_common(ParseState *ps, Expr *expr, Oid target, const char *construct);
/* select_common_type with its error; context NULL: no error, 0. *which (may be NULL) receives the deciding
 * expression. */
Oid coerce_select_common(ParseState *ps, const ExprList *exprs, const char *context, Expr **which);
/* select_common_typmod */
int32_t coerce_common_typmod(const ExprList *exprs, Oid common);
/* parser_coercion_errposition: the cast's location or the expression's. */
int32_t coerce_location(int32_t coercion_location, const Expr *input);

/* Whether the expression contains a set-returning call (expression_returns_set). */
bool expr_returns_set(Expr *expr);

/* ---- literal.c: the text of constants ---- */

/* Checks a literal by the input rules of its type (a base type, not a domain), where those are fixed; false after
 * an error. */
bool literal_check(ParseState *ps, Oid type, int32_t typmod, const char *text, int32_t location);

/* ---- func.c: calls (parse_func.c) ---- */

/* ParseFuncOrColumn of a call; proc_call for CALL. last_srf is ps->last_srf from before the arguments were
 * transformed. */
Expr *func_resolve(ParseState *ps, const PgQuery__FuncCall *fn, ExprList *args, Expr *last_srf, bool proc_call);
/* ParseFuncOrColumn of a column selection: arg.name, or name(arg) in its place. NULL without an error when there is
 * neither. */
Expr *func_column_selection(ParseState *ps, const char *name, Expr *arg, Expr *last_srf, int32_t location,
                            bool *failed);
/* make_fn_arguments: coerces actual arguments to declared types in place; false after an error. */
bool func_coerce_args(ParseState *ps, ExprList *args, const Oid *actual, const Oid *declared);
/* check_srf_call_placement */
bool func_check_srf_placement(ParseState *ps, Expr *last_srf, int32_t location);
/* func_signature_string */
const char *func_signature(ParseState *ps, const char *name, size_t n, const Oid *types,
                           const char *const *arg_names, size_t nnames);

/* ---- oper.c: operators (parse_oper.c) ---- */

/* make_op; left NULL for a prefix operator. */
Expr *oper_make(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Expr *left, Expr *right, Expr *last_srf,
                int32_t location);
/* make_scalar_array_op */
Expr *oper_make_scalar_array(ParseState *ps, size_t nnames, PgQuery__Node *const *name, bool use_or, Expr *scalar,
                             Expr *array, int32_t location);
/* The result type of an operator or call whose declared types may be polymorphic; they are replaced. 0 after an
 * error. */
Oid oper_resolve_polymorphic(ParseState *ps, size_t n, const Oid *actual, Oid *declared, Oid result,
                             int32_t location);
/* A String node, for names made here. */
PgQuery__Node *oper_name_node(Arena *arena, const char *name);
/* the same for an unqualified name known here, such as "=" */
Expr *oper_make_named(ParseState *ps, const char *name, Expr *left, Expr *right, int32_t location);
/* get_sort_group_operators with its errors; need_* tell which must exist. */
bool oper_sort_group(ParseState *ps, Oid type, bool need_lt, bool need_eq, bool need_gt, int32_t location,
                     SortGroupOperators *ops);
/* compatible_oper_opid / SortByOperator: the operator of USING. NULL after an error. */
const Operator *oper_find_compatible(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Oid left, Oid right,
                                     int32_t location);
/* LookupOperName's split: schema oid (0 unqualified), name. false after an error. */
bool oper_split_name(ParseState *ps, size_t nnames, PgQuery__Node *const *name, int32_t location, Oid *schema,
                     const char **opname);

/* ---- row_compare.c: comparisons of rows (parse_expr.c) ---- */

Expr *row_compare_make(ParseState *ps, size_t nnames, PgQuery__Node *const *name, const ExprList *left,
                       const ExprList *right, int32_t location);
Expr *row_distinct_make(ParseState *ps, size_t nnames, PgQuery__Node *const *name, const ExprList *left,
                        const ExprList *right, int32_t location);
/* make_distinct_op */
Expr *row_distinct_make_scalar(ParseState *ps, size_t nnames, PgQuery__Node *const *name, Expr *left, Expr *right,
                               int32_t location);

/* ---- agg.c, window_call.c: aggregates and window calls (parse_agg.c) ---- */

bool agg_transform_call(ParseState *ps, Aggref *agg, ExprList *args, size_t norder, PgQuery__Node *const *order,
                        bool distinct);
Expr *agg_transform_grouping(ParseState *ps, const PgQuery__GroupingFunc *raw);
bool window_transform_call(ParseState *ps, WindowFunc *func, const PgQuery__WindowDef *over);
/* parseCheckAggregates: grouping rules once a query is complete. */
bool agg_check_query(ParseState *ps, Query *query);
/* The place of an aggregate of this level (locate_agg_of_level); -1 when there is none. */
int32_t agg_locate(Query *query);

/* ---- subscript.c (parse_node.c, array_subscripting …) ---- */

/* transformContainerSubscripts; assigned true when it is the target of an assignment. Indices are A_Indices nodes.
 */
Subscript *subscript_transform(ParseState *ps, Expr *container, Oid container_type, int32_t container_typmod,
                               size_t n, PgQuery__Node *const *indices, bool assigned);
/* transformContainerType: looks through domains. */
void subscript_container_type(ParseState *ps, Oid *type, int32_t *typmod);

/* ---- param.c (parse_param.c) ---- */

Expr *param_transform(ParseState *ps, const PgQuery__ParamRef *ref);
/* variable_coerce_param_hook: the parameter with its type settled, or NULL with *failed after a conflict; *applies
 * is false when the hook has nothing to say. */
Expr *param_coerce(ParseState *ps, Param *param, Oid target, int32_t typmod, int32_t location, bool *applies);
/* check_variable_parameters: the Params of a finished query carry their final types. */
bool param_check_query(ParseState *ps, Query *query);

/* ---- collate.c (parse_collate.c) ---- */

bool collate_assign_query(ParseState *ps, Query *query);
bool collate_assign_expr(ParseState *ps, Expr *expr);
bool collate_assign_list(ParseState *ps, ExprList *list);
/* select_common_collation; *failed after an error. */
Oid collate_select_common(ParseState *ps, ExprList *list, bool none_ok, bool *failed);

/* ---- relation.c, nsitem.c: the range table and names (parse_relation.c) ---- */

NsItem *relation_find_item(ParseState *ps, const char *schema, const char *name, int32_t location, int *levels_up,
                           bool *failed);
CommonTableExpr *relation_find_cte(ParseState *ps, const char *name, int *levels_up);
/* colNameToVar: an unqualified column; NULL without error when there is none. */
Expr *relation_column_var(ParseState *ps, const char *name, bool local_only, int32_t location, bool *failed);
/* scanNSItemForColumn: a column of an item, system columns too; NULL without error when there is none. */
Expr *relation_item_column(ParseState *ps, NsItem *item, int levels_up, const char *name, int32_t location,
                           bool *failed);
/* transformWholeRowRef */
Expr *relation_whole_row(ParseState *ps, NsItem *item, int levels_up, int32_t location);
/* errorMissingRTE and errorMissingColumn, with PostgreSQL's hints. */
/* newer.c: whether a newer server than libpg_query takes a name that was written without quotes for a construct of
 * its own, a call or something that looks like a column; true after saying that it is not supported. */
bool newer_is_construct(ParseState *ps, size_t n, PgQuery__Node *const *name, bool call, int32_t location);
/* Likewise a table named "old" or "new" in RETURNING. */
bool newer_is_returning_alias(ParseState *ps, const char *table, int32_t location);
/* Tells that what is meant cannot be referenced from here: a hint, since PostgreSQL 16 a detail. */
void name_explain_unreachable(ParseState *ps, Diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void relation_error_missing_table(ParseState *ps, const char *schema, const char *name, int32_t location);
void relation_error_missing_column(ParseState *ps, const char *table, const char *column, int32_t location);
/* GetRTEByRangeTablePosn */
RangeTblEntry *relation_rte(ParseState *ps, int rtindex, int levels_up);
/* addRangeTableEntry*: each appends to this level's range table and gives the namespace item, or NULL after an
 * error. */
NsItem *relation_add_table(ParseState *ps, const PgQuery__RangeVar *name, const PgQuery__Alias *alias, bool inherit,
                           bool in_from);
NsItem *relation_add_relation(ParseState *ps, const Relation *relation, const PgQuery__Alias *alias,
                              const char *ref_name, bool inherit, bool in_from);
NsItem *relation_add_subquery(ParseState *ps, Query *query, const PgQuery__Alias *alias, const char *ref_name,
                              bool lateral, bool in_from);
/* addNSItemToQuery */
void relation_add_to_query(ParseState *ps, NsItem *item, bool add_to_joinlist, bool rel_visible, bool cols_visible);
void namespace_push(ParseState *ps, Namespace *ns, NsItem *item);
/* A relation name in FROM or as target that may also be a CTE: parserOpenTable's errors. */
const Relation *relation_open_named(ParseState *ps, const PgQuery__RangeVar *name);
/* analyze_qualified_name with a place for its errors. */
bool relation_split_name(const AnalyzeContext *context, int32_t location, size_t n, PgQuery__Node *const *names,
                         const char **schema, const char **name);
/* Whether the current role may name what is in the schema (LookupExplicitNamespace); false after the error. */
bool relation_check_schema(const AnalyzeContext *context, const Schema *schema, int32_t location);
/* expandNSItemVars: the columns of an item as Vars with their names (dropped ones left out). */
bool relation_expand_item(ParseState *ps, NsItem *item, int levels_up, int32_t location, ExprList *vars,
                          const char ***names);
/* The row type's columns of a composite or RECORD-valued expression (expandRecordVariable,
 * get_expr_result_tupdesc): false without an error when it has none. Index + 1 is the attribute number; a dropped
 * column has the name "" and no type. */
typedef struct RowColumns {
    const char **names;
    Oid *types;
    int32_t *typmods;
    Oid *collations;
    size_t len;
} RowColumns;
bool relation_row_columns(ParseState *ps, Expr *expr, RowColumns *columns);

/* ---- clause.c and friends (parse_clause.c) ---- */

bool clause_transform_from(ParseState *ps, size_t n, PgQuery__Node *const *from);
/* setTargetTable: the range table index, 0 after an error. */
int clause_set_target_table(ParseState *ps, const PgQuery__RangeVar *name, bool inherit, bool also_source);
/* transformWhereClause; NULL raw gives NULL and leaves *failed alone. */
Expr *clause_transform_where(ParseState *ps, const PgQuery__Node *raw, ParseExprKind kind, const char *construct,
                             bool *failed);
Expr *clause_transform_limit(ParseState *ps, const PgQuery__Node *raw, ParseExprKind kind, const char *construct,
                             bool with_ties, bool *failed);
bool clause_transform_sort(ParseState *ps, size_t n, PgQuery__Node *const *raw, TargetList *targets,
                           ParseExprKind kind, bool use_sql99, SortGroupList *result);
bool clause_transform_distinct(ParseState *ps, TargetList *targets, const SortGroupList *sort, bool is_agg,
                               SortGroupList *result);
/* addTargetToSortList / addTargetToGroupList */
bool clause_add_sort(ParseState *ps, TargetEntry *entry, SortGroupList *sort, TargetList *targets,
                     const PgQuery__SortBy *by);
bool clause_add_group(ParseState *ps, TargetEntry *entry, SortGroupList *group, TargetList *targets,
                      int32_t location);
/* assignSortGroupRef */
uint32_t clause_sort_group_ref(TargetEntry *entry, const TargetList *targets);
/* get_sortgroupref_tle */
TargetEntry *clause_target_of_ref(const TargetList *targets, uint32_t ref);

/* ---- target.c (parse_target.c) ---- */

bool target_transform_list(ParseState *ps, size_t n, PgQuery__Node *const *raw, ParseExprKind kind,
                           TargetList *targets);
/* transformExpressionList: a VALUES row, ROW(…)'s arguments: stars expanded, no names. */
bool target_transform_expressions(ParseState *ps, size_t n, PgQuery__Node *const *raw, ParseExprKind kind,
                                  bool allow_default, ExprList *exprs);
TargetEntry *target_transform_entry(ParseState *ps, const PgQuery__Node *raw, Expr *expr, ParseExprKind kind,
                                    const char *name, bool junk);
/* transformAssignedExpr: an expression made fit to be stored in a column of the target relation. */
Expr *target_assigned_expr(ParseState *ps, Expr *expr, ParseExprKind kind, const char *column, int attribute,
                           size_t nindirection, PgQuery__Node *const *indirection, int32_t location);
/* FigureColname; never NULL ("?column?"). */
const char *target_figure_name(const Catalog *catalog, Arena *arena, const PgQuery__Node *raw);
/* FigureIndexColname; NULL when the expression suggests none. */
const char *target_figure_index_name(const Catalog *catalog, Arena *arena, const PgQuery__Node *raw);
/* markTargetListOrigins and resolveTargetListUnknowns */
void target_mark_origins(ParseState *ps, TargetList *targets);
bool target_resolve_unknowns(ParseState *ps, TargetList *targets);

/* ---- query.c and friends: whole queries (analyze.c, parse_cte.c, parse_merge.c) ---- */

/* parse_sub_analyze: a sub-query of this level. */
Query *query_sub_analyze(ParseState *parent, const PgQuery__Node *raw, CommonTableExpr *parent_cte,
                         bool locked_from_parent, bool resolve_unknowns);
/* transformStmt at this level. */
Query *query_transform(ParseState *ps, const PgQuery__Node *raw);

#endif
