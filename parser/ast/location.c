/* Where a raw node is, for error messages: PostgreSQL's exprLocation (src/backend/nodes/nodeFuncs.c). */
#include "ast/ast.h"

/* The lower of two locations that is known. */
static int leftmost(int a, int b)
{
    if (a < 0)
        return b;
    if (b < 0)
        return a;
    return a < b ? a : b;
}

/* The location of the first item that has one, as exprLocation does for a list. */
int ast_items_location(AstItems items)
{
    for (size_t i = 0; i < items.len; i++) {
        int location = ast_location(items.items[i]);
        if (location >= 0)
            return location;
    }
    return -1;
}

/* The function's name is leftmost unless it stands for an operator such as AT TIME ZONE. */
int ast_func_call_location(const AstFuncCall *call)
{
    return leftmost(call->location, ast_items_location(AST_ITEMS(call, args)));
}

int ast_select_location(const AstSelectStmt *select)
{
    while (select->larg)
        select = select->larg;
    int location = ast_items_location(AST_ITEMS(select, target_list));
    return location >= 0 ? location : ast_items_location(AST_ITEMS(select, values_lists));
}

static int type_cast_location(const AstTypeCast *cast)
{
    int location = leftmost(ast_location(cast->arg), cast->type_name ? cast->type_name->location : -1);
    return leftmost(location, cast->location);
}

/* Operators and what else may have an operand on its left. */
static int operator_location(const AstNode *node)
{
    switch (ast_kind(node)) {
    case AST_A_EXPR:
        return leftmost(ast_location(node->a_expr->lexpr), node->a_expr->location);
    case AST_BOOL_EXPR:
        return leftmost(node->bool_expr->location, ast_items_location(AST_ITEMS(node->bool_expr, args)));
    case AST_SUB_LINK:
        return leftmost(ast_location(node->sub_link->testexpr), node->sub_link->location);
    case AST_NULL_TEST:
        return leftmost(node->null_test->location, ast_location(node->null_test->arg));
    case AST_BOOLEAN_TEST:
        return leftmost(node->boolean_test->location, ast_location(node->boolean_test->arg));
    case AST_NAMED_ARG_EXPR:
        return leftmost(node->named_arg_expr->location, ast_location(node->named_arg_expr->arg));
    case AST_XML_EXPR:
        return leftmost(node->xml_expr->location, ast_items_location(AST_ITEMS(node->xml_expr, args)));
    case AST_FUNC_CALL:
        return ast_func_call_location(node->func_call);
    case AST_TYPE_CAST:
        return type_cast_location(node->type_cast);
    case AST_COLLATE_CLAUSE:
        return ast_location(node->collate_clause->arg);
    case AST_COLLATE_EXPR:
        return ast_location(node->collate_expr->arg);
    default:
        return -1;
    }
}

/* Nodes whose location is that of a part. */
static int part_location(const AstNode *node)
{
    switch (ast_kind(node)) {
    case AST_LIST:
        return ast_items_location(AST_ITEMS(node->list, items));
    case AST_SORT_BY:
        return ast_location(node->sort_by->node);
    case AST_MULTI_ASSIGN_REF:
        return ast_location(node->multi_assign_ref->source);
    case AST_FUNCTION_PARAMETER:
        return node->function_parameter->arg_type ? node->function_parameter->arg_type->location : -1;
    case AST_INTO_CLAUSE:
        return node->into_clause->rel ? node->into_clause->rel->location : -1;
    default:
        return operator_location(node);
    }
}

/* Nodes that begin where their own location is. */
#define WITH_LOCATION(X)                                                                                           \
    X(RANGE_VAR, range_var)                                                                                        \
    X(COLUMN_REF, column_ref)                                                                                      \
    X(PARAM_REF, param_ref)                                                                                        \
    X(A_CONST, a_const)                                                                                            \
    X(A_ARRAY_EXPR, a_array_expr)                                                                                  \
    X(GROUPING_FUNC, grouping_func)                                                                                \
    X(GROUPING_SET, grouping_set)                                                                                  \
    X(CASE_EXPR, case_expr)                                                                                        \
    X(CASE_WHEN, case_when)                                                                                        \
    X(ROW_EXPR, row_expr)                                                                                          \
    X(COALESCE_EXPR, coalesce_expr)                                                                                \
    X(MIN_MAX_EXPR, min_max_expr)                                                                                  \
    X(SQLVALUE_FUNCTION, sqlvalue_function)                                                                        \
    X(XML_SERIALIZE, xml_serialize)                                                                                \
    X(SET_TO_DEFAULT, set_to_default)                                                                              \
    X(RES_TARGET, res_target)                                                                                      \
    X(WINDOW_DEF, window_def)                                                                                      \
    X(RANGE_TABLE_SAMPLE, range_table_sample)                                                                      \
    X(RANGE_TABLE_FUNC, range_table_func)                                                                          \
    X(RANGE_TABLE_FUNC_COL, range_table_func_col)                                                                  \
    X(TYPE_NAME, type_name)                                                                                        \
    X(COLUMN_DEF, column_def)                                                                                      \
    X(CONSTRAINT, constraint)                                                                                      \
    X(DEF_ELEM, def_elem)                                                                                          \
    X(ROLE_SPEC, role_spec)                                                                                        \
    X(WITH_CLAUSE, with_clause)                                                                                    \
    X(INFER_CLAUSE, infer_clause)                                                                                  \
    X(ON_CONFLICT_CLAUSE, on_conflict_clause)                                                                      \
    X(CTESEARCH_CLAUSE, ctesearch_clause)                                                                          \
    X(CTECYCLE_CLAUSE, ctecycle_clause)                                                                            \
    X(COMMON_TABLE_EXPR, common_table_expr)                                                                        \
    X(PARTITION_ELEM, partition_elem)                                                                              \
    X(PARTITION_SPEC, partition_spec)                                                                              \
    X(PARTITION_BOUND_SPEC, partition_bound_spec)                                                                  \
    X(PARTITION_RANGE_DATUM, partition_range_datum)

int ast_location(const AstNode *node)
{
    switch (ast_kind(node)) {
#define LOCATION(kind, member)                                                                                     \
    case AST_##kind:                                                                                               \
        return node->member->location;
        WITH_LOCATION(LOCATION)
#undef LOCATION
    default:
        return part_location(node);
    }
}
