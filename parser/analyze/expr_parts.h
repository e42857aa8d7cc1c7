/* How the files that make up expressions (expr.c and those named in its opening) call each other. */
#ifndef QUERC_ANALYZE_EXPR_PARTS_H
#define QUERC_ANALYZE_EXPR_PARTS_H

#include "analyze/parse_state.h"

/* column_ref.c */
Expr *expr_transform_column_ref(ParseState *ps, const PgQuery__ColumnRef *raw);
Expr *expr_transform_indirection(ParseState *ps, const PgQuery__AIndirection *raw);

/* arg.name, with PostgreSQL's error when there is no such field */
Expr *expr_select_field(ParseState *ps, Expr *expr, const char *name, int32_t location);

/* expr_op.c */
Expr *expr_transform_a_expr(ParseState *ps, const PgQuery__AExpr *raw);
Expr *expr_transform_bool(ParseState *ps, const PgQuery__BoolExpr *raw);

/* expr_construct.c. The array type, element type and modifier are those of an enclosing cast, or 0 and -1. */
Expr *expr_transform_array(ParseState *ps, const PgQuery__AArrayExpr *raw, Oid array, Oid element, int32_t typmod);
Expr *expr_transform_case(ParseState *ps, const PgQuery__CaseExpr *raw);
Expr *expr_transform_row(ParseState *ps, const PgQuery__RowExpr *raw, bool allow_default);
Expr *expr_transform_coalesce(ParseState *ps, const PgQuery__CoalesceExpr *raw);
Expr *expr_transform_min_max(ParseState *ps, const PgQuery__MinMaxExpr *raw);
Expr *expr_make_null_test(ParseState *ps, Expr *arg, bool is_null, int32_t location);

/* sublink.c */
Expr *expr_transform_sublink(ParseState *ps, const PgQuery__SubLink *raw);
Expr *expr_transform_multi_assign(ParseState *ps, const PgQuery__MultiAssignRef *raw);

/* xml.c */
Expr *expr_transform_xml(ParseState *ps, const PgQuery__XmlExpr *raw);
Expr *expr_transform_xml_serialize(ParseState *ps, const PgQuery__XmlSerialize *raw);

/* literal.c: the type of a number that is not a plain Integer node: bigint, numeric or, of -2147483648, integer */
Oid literal_number_type(const char *text);

/* variable.c: a procedural language's variable by that name; column is what the name is otherwise, or NULL, and
 * comes back when there is no variable. */
Expr *variable_column_ref(ParseState *ps, const PgQuery__ColumnRef *raw, Expr *column, bool *failed);

#endif
