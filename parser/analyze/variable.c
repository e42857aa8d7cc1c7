/* Variables of a procedural language in SQL: PL/pgSQL's hooks in parse analysis (plpgsql_post_column_ref and
 * resolve_column_ref of pl_comp.c). */
#include "analyze/expr_parts.h"

static Expr *select_fields(ParseState *ps, const PgQuery__ColumnRef *raw, size_t first, Expr *expr)
{
    for (size_t i = first; expr && i < raw->n_fields; i++)
        expr = expr_select_field(ps, expr, ast_string(raw->fields[i]), raw->location);
    return expr;
}

Expr *variable_column_ref(ParseState *ps, const PgQuery__ColumnRef *raw, Expr *column, bool *failed)
{
    VariableLookup *variables = ps->an->params ? ps->an->params->variables : NULL;
    const char *parts[3];
    VariableMatch match = {.typmod = -1};
    if (!variables || raw->n_fields > sizeof parts / sizeof *parts)
        return column;
    for (size_t i = 0; i < raw->n_fields; i++)
        if (!(parts[i] = ast_string(raw->fields[i])))
            return column;
    if (!variables->find(variables->data, parts, raw->n_fields, &match) || (column && match.yields))
        return column;
    *failed = true;
    if (match.record) {
        if (column) {
            *failed = false;
            return column;
        }
        ps_error(ps, raw->location, SQLSTATE_UNDEFINED_COLUMN, "record \"%s\" has no field \"%s\"", match.record,
                 parts[raw->n_fields - 1]);
        return NULL;
    }
    if (column) {
        Diag *diag = ps_error(ps, raw->location, SQLSTATE_AMBIGUOUS_COLUMN, "column reference \"%s\" is ambiguous",
                              ast_name_text(ps_arena(ps), AST_ITEMS(raw, fields)));
        ps_detail(ps, diag, "It could refer to either a PL/pgSQL variable or a table column.");
        return NULL;
    }
    if (!match.type) {
        variables->gave_up = true;
        return NULL;
    }
    Param *param = expr_make(ps_arena(ps), EXPR_PARAM, Param, match.type, raw->location);
    param->number = match.number;
    param->expr.typmod = match.typmod;
    param->expr.collation = type_collation(ps_catalog(ps), match.type);
    Expr *expr = select_fields(ps, raw, match.used, &param->expr);
    *failed = !expr;
    return expr;
}
