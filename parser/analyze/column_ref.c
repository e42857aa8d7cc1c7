/* References to columns, SQL function arguments and the parts of composite values: transformColumnRef and
 * transformIndirection of PostgreSQL's parse_expr.c, and the hooks that give names to parameters and to VALUE. */
#include "analyze/expr_parts.h"

#include <string.h>

static const char *field_name(const PgQuery__Node *field)
{
    return field->node_case == PG_QUERY__NODE__NODE_STRING ? field->string->sval : NULL;
}

/* The kinds of expression that can name no column at all. */
static bool columns_allowed(ParseState *ps, int32_t location)
{
    const char *message = NULL;
    if (ps->expr_kind == PARSE_COLUMN_DEFAULT)
        message = "cannot use column reference in DEFAULT expression";
    else if (ps->expr_kind == PARSE_PARTITION_BOUND)
        message = "cannot use column reference in partition bound expression";
    if (message)
        ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", message);
    return !message;
}

/* An SQL function's argument by its name (sql_fn_resolve_param_name). */
static Expr *argument_by_name(ParseState *ps, const char *name, int32_t location)
{
    const ParamTypes *params = ps->an->params;
    if (!params || !params->names)
        return NULL;
    for (size_t i = 0; i < params->len; i++) {
        if (!params->names[i] || strcmp(params->names[i], name) != 0)
            continue;
        Param *param = expr_make(ps_arena(ps), EXPR_PARAM, Param, params->types[i], location);
        param->number = (int)i + 1;
        param->expr.collation = type_collation(ps_catalog(ps), param->expr.type);
        return &param->expr;
    }
    return NULL;
}

/* sql_fn_post_column_ref: A is an argument; A.B an argument of function A, or field B of argument A. */
static Expr *function_argument(ParseState *ps, const PgQuery__ColumnRef *raw, bool *failed)
{
    const ParamTypes *params = ps->an->params;
    if (!params || !params->names || raw->n_fields > 3)
        return NULL;
    size_t n = raw->n_fields;
    const char *parts[3] = {0};
    for (size_t i = 0; i < n; i++)
        parts[i] = field_name(raw->fields[i]);
    bool star = !parts[n - 1];
    if (star)
        n--;
    if (!n || !parts[0])
        return NULL;
    bool qualified = n >= 2 && params->function_name && strcmp(parts[0], params->function_name) == 0;
    Expr *param = NULL;
    const char *field = NULL;
    if (n == 3) {
        param = qualified ? argument_by_name(ps, parts[1], raw->location) : NULL;
        field = parts[2];
    } else if (n == 2) {
        param = qualified ? argument_by_name(ps, parts[1], raw->location) : NULL;
        if (!param) {
            param = argument_by_name(ps, parts[0], raw->location);
            field = parts[1];
        }
    } else {
        param = argument_by_name(ps, parts[0], raw->location);
    }
    if (!param || !field)
        return param;
    return func_column_selection(ps, field, param, ps->last_srf, raw->location, failed);
}

/* VALUE in a domain's CHECK (replace_domain_constraint_value). */
static Expr *domain_value(ParseState *ps, const PgQuery__ColumnRef *raw)
{
    const ExprScope *scope = ps->an->scope;
    const char *name = raw->n_fields == 1 ? field_name(raw->fields[0]) : NULL;
    if (!scope || !scope->domain_value || !name || strcmp(name, "value") != 0)
        return NULL;
    int32_t typmod = -1;
    type_base_typmod(ps_catalog(ps), scope->domain_value, &typmod);
    Expr *value = expr_new(ps_arena(ps), EXPR_DOMAIN_VALUE, sizeof(Expr), scope->domain_value, raw->location);
    value->typmod = typmod;
    value->collation = type_collation(ps_catalog(ps), value->type);
    return value;
}

static Expr *unqualified(ParseState *ps, const char *name, int32_t location, bool *failed)
{
    Expr *column = relation_column_var(ps, name, false, location, failed);
    if (column || *failed)
        return column;
    int levels_up;
    NsItem *item = relation_find_item(ps, NULL, name, location, &levels_up, failed);
    if (!item)
        return NULL;
    Expr *row = relation_whole_row(ps, item, levels_up, location);
    *failed = !row;
    return row;
}

typedef enum MissingWhat { MISSING_NOTHING, MISSING_COLUMN, MISSING_TABLE, MISSING_WRONG_DATABASE } MissingWhat;

/* [schema.]table.column; column NULL stands for a star. */
static Expr *qualified(ParseState *ps, const char *schema, const char *table, const char *column, int32_t location,
                       MissingWhat *missing, bool *failed)
{
    int levels_up;
    NsItem *item = relation_find_item(ps, schema, table, location, &levels_up, failed);
    if (!item) {
        *missing = MISSING_TABLE;
        return NULL;
    }
    if (!column) {
        Expr *row = relation_whole_row(ps, item, levels_up, location);
        *failed = !row;
        return row;
    }
    Expr *expr = relation_item_column(ps, item, levels_up, column, location, failed);
    if (expr || *failed)
        return expr;
    Expr *row = relation_whole_row(ps, item, levels_up, location);
    if (row)
        expr = func_column_selection(ps, column, row, ps->last_srf, location, failed);
    else
        *failed = true;
    if (!expr)
        *missing = MISSING_COLUMN;
    return expr;
}

static void report_missing(ParseState *ps, const PgQuery__ColumnRef *raw, MissingWhat missing, const char *schema,
                           const char *table, const char *column)
{
    switch (missing) {
    case MISSING_TABLE:
        relation_error_missing_table(ps, schema, table, raw->location);
        break;
    case MISSING_WRONG_DATABASE:
        ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "cross-database references are not implemented: %s",
                 ast_name_text(ps_arena(ps), (AstItems){raw->fields, raw->n_fields}));
        break;
    case MISSING_NOTHING:
    case MISSING_COLUMN:
        relation_error_missing_column(ps, table, column, raw->location);
        break;
    }
}

Expr *expr_transform_column_ref(ParseState *ps, const PgQuery__ColumnRef *raw)
{
    if (!columns_allowed(ps, raw->location))
        return NULL;
    Expr *expr = domain_value(ps, raw);
    if (expr)
        return expr;
    const char *parts[4] = {0};
    if (raw->n_fields > 4) {
        ps_error(ps, raw->location, SQLSTATE_SYNTAX_ERROR, "improper qualified name (too many dotted names): %s",
                 ast_name_text(ps_arena(ps), (AstItems){raw->fields, raw->n_fields}));
        return NULL;
    }
    for (size_t i = 0; i < raw->n_fields; i++)
        parts[i] = field_name(raw->fields[i]);
    bool failed = false;
    MissingWhat missing = MISSING_COLUMN;
    const char *schema = NULL, *table = NULL, *column = parts[raw->n_fields - 1];
    switch (raw->n_fields) {
    case 1:
        if (column)
            expr = unqualified(ps, column, raw->location, &failed);
        break;
    case 2:
        table = parts[0];
        break;
    case 3:
        schema = parts[0];
        table = parts[1];
        break;
    default:
        /* catalog.schema.table.column: the catalog can only be the current database, whose name nobody knows here
         */
        missing = MISSING_WRONG_DATABASE;
        break;
    }
    if (table)
        expr = qualified(ps, schema, table, column, raw->location, &missing, &failed);
    if (!expr && !failed)
        expr = function_argument(ps, raw, &failed);
    if (!failed)
        expr = variable_column_ref(ps, raw, expr, &failed);
    if (!expr && !failed)
        report_missing(ps, raw, missing, schema, table, column ? column : "*");
    return expr;
}

/* The subscripts collected so far are applied. */
static Expr *apply_subscripts(ParseState *ps, Expr *expr, size_t n, PgQuery__Node *const *indices)
{
    Subscript *subscript = subscript_transform(ps, expr, expr->type, expr->typmod, n, indices, false);
    return subscript ? &subscript->expr : NULL;
}

/* unknown_attribute */
static void report_no_field(ParseState *ps, Expr *expr, const char *name, int32_t location)
{
    if (expr->kind == EXPR_VAR && ((Var *)expr)->attribute == 0) {
        RangeTblEntry *rte = relation_rte(ps, ((Var *)expr)->rtindex, ((Var *)expr)->levels_up);
        ps_error(ps, location, SQLSTATE_UNDEFINED_COLUMN, "column %s.%s does not exist",
                 rte && rte->ref_name ? rte->ref_name : "?", name);
    } else if (type_or_domain_relation(ps_catalog(ps), expr->type)) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" not found in data type %s", name,
                 ps_type(ps, expr->type));
    } else if (expr->type == TYPE_RECORD) {
        ps_error(ps, location, SQLSTATE_UNDEFINED_COLUMN, "could not identify column \"%s\" in record data type",
                 name);
    } else {
        ps_error(ps, location, SQLSTATE_WRONG_OBJECT_TYPE,
                 "column notation .%s applied to type %s, which is not a composite type", name,
                 ps_type(ps, expr->type));
    }
}

Expr *expr_select_field(ParseState *ps, Expr *expr, const char *name, int32_t location)
{
    bool failed = false;
    Expr *selected = func_column_selection(ps, name, expr, ps->last_srf, location, &failed);
    if (!selected && !failed)
        report_no_field(ps, expr, name, location);
    return selected;
}

Expr *expr_transform_indirection(ParseState *ps, const PgQuery__AIndirection *raw)
{
    Expr *expr = expr_recurse(ps, raw->arg);
    size_t first = 0; /* of the subscripts not yet applied */
    for (size_t i = 0; expr && i < raw->n_indirection; i++) {
        const PgQuery__Node *part = raw->indirection[i];
        if (part->node_case == PG_QUERY__NODE__NODE_A_INDICES)
            continue;
        int32_t location = expr_location(expr);
        if (part->node_case == PG_QUERY__NODE__NODE_A_STAR) {
            ps_error(ps, location, SQLSTATE_FEATURE_NOT_SUPPORTED, "row expansion via \"*\" is not supported here");
            return NULL;
        }
        if (i > first)
            expr = apply_subscripts(ps, expr, i - first, raw->indirection + first);
        first = i + 1;
        expr = expr ? expr_select_field(ps, expr, part->string->sval, location) : NULL;
    }
    if (expr && first < raw->n_indirection)
        expr = apply_subscripts(ps, expr, raw->n_indirection - first, raw->indirection + first);
    return expr;
}
