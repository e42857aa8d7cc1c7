/* The shapes of a query and of what it is made of, apart from expressions (PostgreSQL's query_tree_walker and
 * equalfuncs.c). */
#include "tree/shape.h"
#include "tree/shape_fields.h"

/* Most shapes refer to others: this defines a shape and its fields at once. */
#define SHAPE(variable, name, ...)                                                                                 \
    static const Field variable##_fields[] = {__VA_ARGS__, END};                                                   \
    static const Shape variable = {name, LOCATION_OWN, variable##_fields}

SHAPE(target_entry, "TargetEntry", EXPR(TargetEntry, expr), BYTES(TargetEntry, number), TEXT(TargetEntry, name),
      BYTES(TargetEntry, junk), BYTES(TargetEntry, sort_group), BYTES(TargetEntry, origin_table),
      BYTES(TargetEntry, origin_column));
SHAPE(target_list, "TargetList", POINTER_ARRAY(TargetList, items, len, target_entry));

SHAPE(sort_group_clause, "SortGroupClause", BYTES(SortGroupClause, ref), BYTES(SortGroupClause, eq_op),
      BYTES(SortGroupClause, sort_op), BYTES(SortGroupClause, nulls_first), BYTES(SortGroupClause, hashable));
SHAPE(sort_group_list, "SortGroupList", STRUCT_ARRAY(SortGroupList, items, len, sort_group_clause));

static const Shape grouping_set;
static const Field grouping_set_fields[] = {BYTES(GroupingSet, kind), BYTES_ARRAY(GroupingSet, refs, nrefs),
                                            POINTER_ARRAY(GroupingSet, sets, nsets, grouping_set), END};
static const Shape grouping_set = {"GroupingSet", LOCATION_OWN, grouping_set_fields};

SHAPE(window_clause, "WindowClause", TEXT(WindowClause, name), TEXT(WindowClause, refname),
      STRUCT(WindowClause, partition, sort_group_list), STRUCT(WindowClause, order, sort_group_list),
      BYTES(WindowClause, frame_options), EXPR(WindowClause, start_offset), EXPR(WindowClause, end_offset),
      BYTES(WindowClause, start_inrange), BYTES(WindowClause, end_inrange));

static const Shape join_node;
static const Field join_node_fields[] = {BYTES(JoinNode, kind),
                                         BYTES(JoinNode, rtindex),
                                         BYTES(JoinNode, join),
                                         POINTER(JoinNode, left, join_node),
                                         POINTER(JoinNode, right, join_node),
                                         POINTER_ARRAY(JoinNode, items, nitems, join_node),
                                         EXPR(JoinNode, quals),
                                         END};
static const Shape join_node = {"JoinNode", LOCATION_OWN, join_node_fields};

SHAPE(rte_function, "RangeTblFunction", EXPR(RteFunction, expr), BYTES(RteFunction, has_column_definitions),
      BYTES(RteFunction, ncolumns));
SHAPE(rte_column, "column", TEXT(RteColumn, name), BYTES(RteColumn, type), BYTES(RteColumn, typmod),
      BYTES(RteColumn, collation));
SHAPE(expr_list, "expression list", EXPR_ARRAY(ExprList, items, len));
SHAPE(range_table_entry, "RangeTblEntry", BYTES(RangeTblEntry, kind), TEXT(RangeTblEntry, alias_name),
      TEXT(RangeTblEntry, ref_name), STRUCT_ARRAY(RangeTblEntry, columns, ncolumns, rte_column),
      BYTES(RangeTblEntry, lateral), BYTES(RangeTblEntry, in_from_clause), BYTES(RangeTblEntry, inherit),
      BYTES(RangeTblEntry, relation), BYTES(RangeTblEntry, has_tablesample), EXPRS(RangeTblEntry, tablesample_args),
      QUERY(RangeTblEntry, subquery), BYTES(RangeTblEntry, join), BYTES(RangeTblEntry, nmerged),
      TEXT(RangeTblEntry, join_using_alias), STRUCT_ARRAY(RangeTblEntry, functions, nfunctions, rte_function),
      BYTES(RangeTblEntry, ordinality), EXPR(RangeTblEntry, table_func_doc), EXPR(RangeTblEntry, table_func_row),
      EXPRS(RangeTblEntry, table_func_exprs), STRUCT_ARRAY(RangeTblEntry, values, nrows, expr_list),
      TEXT(RangeTblEntry, cte_name), BYTES(RangeTblEntry, cte_levels_up), BYTES(RangeTblEntry, self_reference));

SHAPE(common_table_expr, "CommonTableExpr", TEXT(CommonTableExpr, name), QUERY(CommonTableExpr, query),
      BYTES(CommonTableExpr, recursive), TEXT_ARRAY(CommonTableExpr, names, ncolumns),
      BYTES(CommonTableExpr, has_search), BYTES(CommonTableExpr, has_cycle), BYTES(CommonTableExpr, nextra));

static const Shape set_op_node;
static const Field set_op_node_fields[] = {BYTES(SetOpNode, rtindex),
                                           BYTES(SetOpNode, op),
                                           BYTES(SetOpNode, all),
                                           POINTER(SetOpNode, left, set_op_node),
                                           POINTER(SetOpNode, right, set_op_node),
                                           BYTES_ARRAY(SetOpNode, types, ncolumns),
                                           STRUCT(SetOpNode, group, sort_group_list),
                                           END};
static const Shape set_op_node = {"SetOperationStmt", LOCATION_OWN, set_op_node_fields};

SHAPE(inference_element, "InferenceElem", EXPR(InferenceElement, expr), BYTES(InferenceElement, collation),
      BYTES(InferenceElement, opclass));
SHAPE(on_conflict_clause, "OnConflictExpr", BYTES(OnConflict, do_update),
      STRUCT_ARRAY(OnConflict, arbiters, narbiters, inference_element), EXPR(OnConflict, arbiter_where),
      BYTES(OnConflict, constraint), STRUCT(OnConflict, set, target_list), EXPR(OnConflict, where),
      BYTES(OnConflict, excluded_rtindex));
SHAPE(merge_action, "MergeAction", BYTES(MergeAction, matched), BYTES(MergeAction, command),
      BYTES(MergeAction, overriding), STRUCT(MergeAction, targets, target_list), EXPR(MergeAction, condition));
SHAPE(row_mark, "RowMarkClause", BYTES(RowMark, rtindex), BYTES(RowMark, strength), BYTES(RowMark, nowait),
      BYTES(RowMark, skip_locked));

static const Field query_fields[] = {BYTES(Query, command),
                                     BYTES(Query, result_relation),
                                     BYTES(Query, recursive),
                                     STRUCT(Query, targets, target_list),
                                     BYTES(Query, overriding),
                                     BYTES(Query, insert_from_values),
                                     BYTES(Query, insert_rows),
                                     POINTER(Query, on_conflict, on_conflict_clause),
                                     STRUCT_ARRAY(Query, merge_actions, nmerge_actions, merge_action),
                                     EXPRS(Query, multi_exprs),
                                     STRUCT(Query, returning, target_list),
                                     POINTER(Query, jointree, join_node),
                                     STRUCT(Query, group, sort_group_list),
                                     POINTER_ARRAY(Query, grouping_sets, ngrouping_sets, grouping_set),
                                     BYTES(Query, group_distinct),
                                     EXPR(Query, having),
                                     STRUCT_ARRAY(Query, windows, nwindows, window_clause),
                                     STRUCT(Query, distinct, sort_group_list),
                                     BYTES(Query, distinct_on),
                                     STRUCT(Query, sort, sort_group_list),
                                     EXPR(Query, limit),
                                     EXPR(Query, offset),
                                     BYTES(Query, limit_with_ties),
                                     STRUCT_ARRAY(Query, row_marks, nrow_marks, row_mark),
                                     POINTER(Query, set_operations, set_op_node),
                                     POINTER_ARRAY(Query, ctes, nctes, common_table_expr),
                                     POINTER_ARRAY(Query, rtable, nrtable, range_table_entry),
                                     END};
const Shape shape_of_query = {"Query", LOCATION_OWN, query_fields};
