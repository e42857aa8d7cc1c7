/* The names of output columns that have none: FigureColname of PostgreSQL's parse_target.c. */
#include "analyze/query_parts.h"

#include <string.h>

/* How good a name is: none; a type's or CASE, which anything better replaces; a column's or function's. */
typedef enum Strength { NAME_NONE, NAME_WEAK, NAME_STRONG } Strength;

typedef struct Naming {
    const Catalog *catalog;
    Arena *arena;
    Expr *expr; /* what the raw expression became, or NULL */
} Naming;

static Strength figure(const Naming *naming, const AstNode *raw, const char **name);

static Strength strong(const char **name, const char *found)
{
    *name = found;
    return NAME_STRONG;
}

/* The last name in a list that also has stars and subscripts. */
static Strength last_name(size_t n, AstNode *const *items, const char **name)
{
    const char *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (ast_string(items[i]))
            found = ast_string(items[i]);
    }
    return found ? strong(name, found) : NAME_NONE;
}

/* ---- sub-selects: the name of their column ---- */

typedef struct SubLinkSearch {
    int32_t location;
    const SubLink *found;
} SubLinkSearch;

static bool find_sublink(Expr *expr, void *context)
{
    SubLinkSearch *search = context;
    if (expr->kind == EXPR_SUBLINK && expr->location == search->location) {
        search->found = (const SubLink *)expr;
        return true;
    }
    return expr_walk(expr, find_sublink, context);
}

/* From the raw sub-select alone: good unless its first target is a star. */
static Strength raw_select_name(const Naming *naming, const AstSelectStmt *select, const char **name)
{
    while (select->op != PG_QUERY__SET_OPERATION__SETOP_NONE && select->larg)
        select = select->larg;
    if (select->n_values_lists)
        return strong(name, "column1");
    if (!select->n_target_list)
        return NAME_NONE;
    const AstResTarget *target = select->target_list[0]->res_target;
    if (*target->name)
        return strong(name, target->name);
    Naming inner = {naming->catalog, naming->arena, NULL};
    *name = NULL;
    if (figure(&inner, target->val, name) == NAME_NONE || !*name)
        *name = "?column?";
    return NAME_STRONG;
}

static Strength sublink_name(const Naming *naming, const AstSubLink *raw, const char **name)
{
    if (raw->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK)
        return strong(name, "exists");
    if (raw->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK)
        return strong(name, "array");
    if (raw->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        return NAME_NONE;
    SubLinkSearch search = {raw->location, NULL};
    if (naming->expr)
        find_sublink(naming->expr, &search);
    if (search.found) {
        const TargetList *outputs = query_outputs(search.found->query);
        if (outputs->len && outputs->items[0]->name)
            return strong(name, outputs->items[0]->name);
    }
    if (ast_kind(raw->subselect) == AST_SELECT_STMT)
        return raw_select_name(naming, raw->subselect->select_stmt, name);
    return NAME_NONE;
}

/* ---- SQL syntax that acts like a function ---- */

static const char *sql_value_name(PgQuery__SQLValueFunctionOp op)
{
    switch ((int)op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
        return "current_date";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
        return "current_time";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
        return "current_timestamp";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
        return "localtime";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
        return "localtimestamp";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
        return "current_role";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
        return "current_user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
        return "user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
        return "session_user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
        return "current_catalog";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
        return "current_schema";
    default:
        return NULL;
    }
}

static const char *xml_name(PgQuery__XmlExprOp op)
{
    switch ((int)op) {
    case PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT:
        return "xmlconcat";
    case PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT:
        return "xmlelement";
    case PG_QUERY__XML_EXPR_OP__IS_XMLFOREST:
        return "xmlforest";
    case PG_QUERY__XML_EXPR_OP__IS_XMLPARSE:
        return "xmlparse";
    case PG_QUERY__XML_EXPR_OP__IS_XMLPI:
        return "xmlpi";
    case PG_QUERY__XML_EXPR_OP__IS_XMLROOT:
        return "xmlroot";
    case PG_QUERY__XML_EXPR_OP__IS_XMLSERIALIZE:
        return "xmlserialize";
    default:
        return NULL;
    }
}

static const char *syntax_name(const AstNode *raw)
{
    switch (ast_kind(raw)) {
    case AST_A_EXPR:
        return raw->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? "nullif" : NULL;
    case AST_GROUPING_FUNC:
        return "grouping";
    case AST_A_ARRAY_EXPR:
        return "array";
    case AST_ROW_EXPR:
        return "row";
    case AST_COALESCE_EXPR:
        return "coalesce";
    case AST_MIN_MAX_EXPR:
        return raw->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least";
    case AST_SQLVALUE_FUNCTION:
        return sql_value_name(raw->sqlvalue_function->op);
    case AST_XML_EXPR:
        return xml_name(raw->xml_expr->op);
    case AST_XML_SERIALIZE:
        return "xmlserialize";
    default:
        return NULL;
    }
}

/* ---- any expression ---- */

static Strength figure(const Naming *naming, const AstNode *raw, const char **name)
{
    Strength strength;
    switch (ast_kind(raw)) {
    case AST_COLUMN_REF:
        return last_name(raw->column_ref->n_fields, raw->column_ref->fields, name);
    case AST_A_INDIRECTION:
        strength = last_name(raw->a_indirection->n_indirection, raw->a_indirection->indirection, name);
        return strength ? strength : figure(naming, raw->a_indirection->arg, name);
    case AST_FUNC_CALL:
        return strong(name, range_list_name(raw->func_call->funcname, raw->func_call->n_funcname - 1));
    case AST_TYPE_CAST:
        strength = figure(naming, raw->type_cast->arg, name);
        if (strength == NAME_STRONG || !raw->type_cast->type_name || !raw->type_cast->type_name->n_names)
            return strength;
        *name = range_list_name(raw->type_cast->type_name->names, raw->type_cast->type_name->n_names - 1);
        return NAME_WEAK;
    case AST_COLLATE_CLAUSE:
        return figure(naming, raw->collate_clause->arg, name);
    case AST_SUB_LINK:
        return sublink_name(naming, raw->sub_link, name);
    case AST_A_CONST:
        /* TRUE was a cast of 't' before PostgreSQL 15 */
        if (raw->a_const->val_case != PG_QUERY__A__CONST__VAL_BOOLVAL || catalog_version(naming->catalog) >= 15)
            return NAME_NONE;
        *name = "bool";
        return NAME_WEAK;
    case AST_CASE_EXPR:
        strength = figure(naming, raw->case_expr->defresult, name);
        if (strength == NAME_STRONG)
            return strength;
        *name = "case";
        return NAME_WEAK;
    default:
        return syntax_name(raw) ? strong(name, syntax_name(raw)) : NAME_NONE;
    }
}

const char *target_figure_name_of(const Catalog *catalog, Arena *arena, const AstNode *raw, Expr *expr)
{
    const char *name = NULL;
    Naming naming = {catalog, arena, expr};
    figure(&naming, raw, &name);
    return name ? name : "?column?";
}

const char *target_figure_name(const Catalog *catalog, Arena *arena, const AstNode *raw)
{
    return target_figure_name_of(catalog, arena, raw, NULL);
}

const char *target_figure_index_name(const Catalog *catalog, Arena *arena, const AstNode *raw)
{
    const char *name = NULL;
    Naming naming = {catalog, arena, NULL};
    figure(&naming, raw, &name);
    return name;
}
