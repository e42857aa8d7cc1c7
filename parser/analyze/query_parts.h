/* How the files that resolve whole queries call each other: range table entries, FROM items, clauses, target lists
 * and statements. What expressions need of them is in parse_state.h. */
#ifndef QUERC_ANALYZE_QUERY_PARTS_H
#define QUERC_ANALYZE_QUERY_PARTS_H

#include "analyze/parse_state.h"
#include "base/map.h"

/* PostgreSQL's MaxHeapAttributeNumber and MaxTupleAttributeNumber. */
enum { MOST_TABLE_COLUMNS = 1600, MOST_ROW_COLUMNS = 1664 };

/* ---- range.c: range table entries in general ---- */

/* An entry of ncolumns columns, still without names and types, known by the alias or else by ref_name. It is in no
 * range table yet. */
RangeTblEntry *range_new(ParseState *ps, RteKind kind, const AstAlias *alias, const char *ref_name,
                         size_t ncolumns);
void range_set_column(RangeTblEntry *rte, size_t index, const char *name, Oid type, int32_t typmod, Oid collation);
/* Gives the first columns (dropped ones skipped) the alias's column names. The error says that noun "name" `has` …
 * columns available. available is the number of columns that can be renamed. */
bool range_apply_alias(ParseState *ps, RangeTblEntry *rte, const AstAlias *alias, size_t available,
                       const char *noun, const char *has);
/* Appends the entry to this level's range table; the item by which names see it has a Var of the entry for each of
 * its columns. */
NsItem *range_append(ParseState *ps, RangeTblEntry *rte);
Expr *range_make_var(ParseState *ps, int rtindex, int attribute, Oid type, int32_t typmod, Oid collation,
                     int levels_up, int32_t location);
/* A reference to a column of a namespace item. */
Expr *range_column_var(ParseState *ps, const struct NsColumn *column, int levels_up, int32_t location);
/* The n-th item of a list of String nodes. */
const char *range_list_name(AstNode *const *names, size_t index);
/* An alias without column names, for entries that the query's text does not name. */
AstAlias *range_make_alias(ParseState *ps, const char *name);
/* The CTE that an RTE_CTE levels_up levels out refers to (GetCTEForRTE). */
CommonTableExpr *range_cte(ParseState *ps, const RangeTblEntry *rte, int levels_up);
/* The output columns of a query: its targets, or what it returns. */
const TargetList *query_outputs(const Query *query);

/* ---- range_query.c, range_function.c, range_table_func.c: the other kinds of entries ---- */

NsItem *range_add_values(ParseState *ps, ExprList *rows, size_t nrows, const RteColumn *columns, size_t ncolumns,
                         const AstAlias *alias, bool lateral);
NsItem *range_add_cte(ParseState *ps, CommonTableExpr *cte, int levels_up, const AstRangeVar *name);
/* The columns of a join: the merged ones first. names, vars and items have ncolumns entries. */
typedef struct JoinColumns {
    const char **names;
    Expr **vars;
    struct NsColumn *columns;
    size_t len, nmerged;
} JoinColumns;
NsItem *range_add_join(ParseState *ps, const JoinColumns *columns, JoinKind kind, const char *using_alias,
                       const AstAlias *alias, bool in_from);
NsItem *range_transform_function(ParseState *ps, const AstRangeFunction *raw);
NsItem *range_transform_table_func(ParseState *ps, const AstRangeTableFunc *raw);
bool range_transform_sample(ParseState *ps, const AstRangeTableSample *raw, RangeTblEntry *rte);

/* ---- row_columns.c ---- */

/* What a call or other expression gives as a row source (get_expr_result_type). */
typedef enum RowClass { ROW_SCALAR, ROW_COMPOSITE, ROW_RECORD, ROW_OTHER } RowClass;
/* With ROW_COMPOSITE *columns are filled in. */
RowClass row_classify(ParseState *ps, Expr *expr, RowColumns *columns);

/* ---- namespace.c ---- */

/* checkNameSpaceConflicts: no name stands in both. */
bool namespace_check_conflicts(ParseState *ps, const Namespace *a, const Namespace *b);
void namespace_append(ParseState *ps, Namespace *to, const Namespace *items);
void namespace_set_lateral(Namespace *ns, bool only, bool ok);
NsItem *namespace_find_rtindex(ParseState *ps, int rtindex, int levels_up);

/* ---- join.c, from.c ---- */

/* One FROM item: its join tree, the item for the whole of it, and all the names it brings. */
typedef struct FromItem {
    JoinNode *node;
    NsItem *top;
    Namespace names;
} FromItem;
/* A reference to the item's entry in the join tree; and one more item of FROM. */
JoinNode *from_make_reference(ParseState *ps, const NsItem *item);
void from_push_node(ParseState *ps, JoinNode *node);
bool from_transform_item(ParseState *ps, const AstNode *raw, FromItem *item);
bool join_transform(ParseState *ps, const AstJoinExpr *raw, FromItem *item);

/* ---- clause.c, sort_target.c, group.c, distinct.c, window_clause.c, locking.c, on_conflict.c ---- */

TargetEntry *clause_find_target(ParseState *ps, const AstNode *raw, TargetList *targets, ParseExprKind kind,
                                bool use_sql99);
bool clause_is_sorted(ParseState *ps, const TargetEntry *entry, Oid sort_op, const SortGroupList *list);
/* transformGroupClause; sets NULL where grouping sets can't stand. */
typedef struct GroupingSetList {
    GroupingSet **items;
    size_t len, cap;
} GroupingSetList;
bool clause_transform_group(ParseState *ps, size_t n, AstNode *const *raw, GroupingSetList *sets,
                            TargetList *targets, const SortGroupList *sort, ParseExprKind kind, bool use_sql99,
                            SortGroupList *result);
bool clause_transform_distinct_on(ParseState *ps, size_t n, AstNode *const *raw, TargetList *targets,
                                  const SortGroupList *sort, SortGroupList *result);
bool clause_transform_windows(ParseState *ps, TargetList *targets, Query *query);
/* LIMIT and OFFSET of the statement, into this level's query. */
bool clause_transform_limits(ParseState *ps, const AstSelectStmt *raw);
bool clause_check_var_free(ParseState *ps, Expr *expr, const char *construct);
/* locate_var_of_level */
int32_t clause_locate_var(Expr *expr, int level);
int32_t clause_locate_var_in_query(Query *query, int level);

const char *locking_name(PgQuery__LockClauseStrength strength);
bool locking_transform(ParseState *ps, Query *query, const AstLockingClause *raw);
/* isLockedRefname */
bool locking_applies(const ParseState *ps, const char *ref_name);

OnConflict *on_conflict_transform(ParseState *ps, const AstOnConflictClause *raw);

/* ---- star.c, assign.c ---- */

/* Whether the raw target is "something.*" */
bool star_is_star(const AstNode *raw);
/* Expands it to entries of targets, and to exprs instead when that is given. */
bool star_expand(ParseState *ps, const AstResTarget *target, const AstNode *raw, ParseExprKind kind,
                 TargetList *targets, ExprList *exprs);
/* The columns of an item as target entries. */
bool star_expand_item(ParseState *ps, NsItem *item, int levels_up, int32_t location, TargetList *targets);
TargetEntry *target_new(ParseState *ps, Expr *expr, int number, const char *name, bool junk);
/* FigureColname, looking for the names of sub-selects' columns in what raw became. */
const char *target_figure_name_of(const Catalog *catalog, Arena *arena, const AstNode *raw, Expr *expr);

/* ---- statements ---- */

bool select_transform(ParseState *ps, const AstSelectStmt *raw);
bool values_transform(ParseState *ps, const AstSelectStmt *raw);
bool set_operation_transform(ParseState *ps, const AstSelectStmt *raw);
bool insert_transform(ParseState *ps, const AstInsertStmt *raw);
bool update_transform(ParseState *ps, const AstUpdateStmt *raw);
bool delete_transform(ParseState *ps, const AstDeleteStmt *raw);
bool merge_transform(ParseState *ps, const AstMergeStmt *raw);
/* transformReturningList */
bool returning_transform(ParseState *ps, size_t n, AstNode *const *raw);
/* transformUpdateTargetList */
bool update_transform_targets(ParseState *ps, size_t n, AstNode *const *raw, TargetList *targets);

/* A target column of INSERT: what was written (NULL for the default list), and the attribute it names. */
typedef struct InsertColumn {
    const char *name;
    int number;
    const AstResTarget *raw;
} InsertColumn;
typedef struct InsertColumns {
    InsertColumn *items;
    size_t len, cap;
    bool given; /* the statement lists them */
} InsertColumns;
/* checkInsertTargets */
bool insert_check_columns(ParseState *ps, size_t n, AstNode *const *raw, InsertColumns *columns);
/* transformInsertRow: coerces in place. */
bool insert_transform_row(ParseState *ps, ExprList *row, const InsertColumns *columns, bool strip);
/* The prepared row as the statement's target list. */
void insert_make_targets(ParseState *ps, const ExprList *row, const InsertColumns *columns, TargetList *targets);
OverridingKind insert_overriding(PgQuery__OverridingKind raw);

/* Copies to the query what its level has met: aggregates, windows, sub-selects, multi-column sources. */
void query_finish(ParseState *ps, Expr *quals);
/* Everything that follows the last clause: collations, then grouping rules when there is something to check. */
bool query_check(ParseState *ps, bool grouping);
/* Too many result columns (free_parsestate). */
bool query_check_width(ParseState *ps);

/* ---- cte.c, cte_recursion.c, cte_cycle.c ---- */

/* transformWithClause; raw may be NULL. */
bool cte_transform_with(ParseState *ps, const AstWithClause *raw);
/* A WITH item with what is needed to resolve it. Every CommonTableExpr begins one. */
typedef struct CteItem {
    CommonTableExpr cte;
    const AstCommonTableExpr *raw;
    bool columns_known;
    /* the type of the cycle mark */
    Oid mark_type;
    int32_t mark_typmod;
    Oid mark_collation;
    /* while the items of a recursive WITH are put in order: the items it refers to, by their place in the clause */
    size_t place;
    bool *depends;
    size_t ndepends;
} CteItem;
/* analyzeCTETargetList: names and types of the item's columns, those that SEARCH and CYCLE add included. */
bool cte_set_columns(ParseState *ps, CommonTableExpr *cte, const TargetList *outputs);
/* Puts the items into an order in which each only needs those before it, marks those that refer to themselves, and
 * checks the form of those. */
bool cte_order_recursive(ParseState *ps, CteItem **items, size_t n);
/* SEARCH and CYCLE: the type of the cycle mark, before the query is resolved; and the checks after that. */
bool cte_transform_mark(ParseState *ps, CteItem *item);
bool cte_check_search_cycle(ParseState *ps, const CteItem *item);

/* ---- rewrite_check.c, view_update.c ---- */

/* What PostgreSQL's rewriter refuses, after a statement was resolved. */
bool rewrite_check_query(ParseState *ps, Query *query);
/* view_query_is_auto_updatable: NULL, or why not. */
const char *view_not_updatable(const Catalog *catalog, const Query *view, bool need_columns);
/* view_col_is_auto_updatable: NULL and the base relation's column, or why not. */
const char *view_column_not_updatable(const Query *view, const TargetEntry *entry, int *base_column);
/* The base relation of an updatable view. */
const Relation *view_base(const Catalog *catalog, const Query *view);
/* errdetail_relkind_not_supported */
const char *relation_kind_detail(char kind);

#endif
