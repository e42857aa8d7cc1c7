/* Stars: *, table.*, schema.table.* and (expression).*. ExpandColumnRefStar, ExpandIndirectionStar and what they
 * call in PostgreSQL's parse_target.c. Which text each star of a target list stands for is recorded by
 * star_text.c. */
#include "analyze/star_parts.h"

bool star_is_star(const AstNode *raw)
{
    if (ast_kind(raw) == AST_COLUMN_REF)
        return ast_kind(raw->column_ref->fields[raw->column_ref->n_fields - 1]) == AST_A_STAR;
    if (ast_kind(raw) == AST_A_INDIRECTION)
        return ast_kind(raw->a_indirection->indirection[raw->a_indirection->n_indirection - 1]) == AST_A_STAR;
    return false;
}

/* Where the columns go: to one of the two. */
typedef struct Output {
    TargetList *targets;
    ExprList *exprs;
} Output;

static void add_column(ParseState *ps, const Output *out, Expr *expr, const char *name)
{
    if (out->exprs)
        exprlist_push(ps_arena(ps), out->exprs, expr);
    else
        targetlist_push(ps_arena(ps), out->targets, target_new(ps, expr, ps->next_resno++, name, false));
}

static void expand_item(ParseState *ps, NsItem *item, int levels_up, int32_t location, const Output *out)
{
    ExprList vars = {0};
    const char **names;
    relation_expand_item(ps, item, levels_up, location, &vars, &names);
    for (size_t i = 0; i < vars.len; i++)
        add_column(ps, out, vars.items[i], names[i]);
}

bool star_expand_item(ParseState *ps, NsItem *item, int levels_up, int32_t location, TargetList *targets)
{
    expand_item(ps, item, levels_up, location, &(Output){targets, NULL});
    return true;
}

/* ---- * ---- */

static bool expand_all(ParseState *ps, int32_t location, const Output *out)
{
    bool found = false;
    for (size_t i = 0; i < ps->namespace.len; i++) {
        NsItem *item = ps->namespace.items[i];
        if (!item->cols_visible)
            continue;
        found = true;
        expand_item(ps, item, 0, location, out);
    }
    if (!found)
        ps_error(ps, location, SQLSTATE_SYNTAX_ERROR, "SELECT * with no tables specified is not valid");
    return found;
}

/* ---- (expression).* ---- */

/* A sub-row of its own for each column, as PostgreSQL does it. */
static bool expand_row(ParseState *ps, Expr *row, const Output *out)
{
    if (row->kind == EXPR_VAR && ((Var *)row)->attribute == 0) {
        const Var *var = (const Var *)row;
        NsItem *item = namespace_find_rtindex(ps, var->rtindex, var->levels_up);
        if (item) {
            expand_item(ps, item, var->levels_up, row->location, out);
            return true;
        }
    }
    RowColumns columns;
    if (!relation_row_columns(ps, row, &columns)) {
        if (row->type == TYPE_RECORD)
            ps_error(ps, expr_location(row), SQLSTATE_WRONG_OBJECT_TYPE, "record type has not been registered");
        else
            ps_error(ps, expr_location(row), SQLSTATE_WRONG_OBJECT_TYPE, "type %s is not composite",
                     ps_type(ps, row->type));
        return false;
    }
    for (size_t i = 0; i < columns.len; i++) {
        if (!columns.types[i])
            continue;
        FieldSelect *field = expr_make(ps_arena(ps), EXPR_FIELD_SELECT, FieldSelect, columns.types[i], -1);
        field->expr.typmod = columns.typmods[i];
        field->expr.collation = columns.collations[i];
        field->arg = row;
        field->field = (int16_t)(i + 1);
        add_column(ps, out, &field->expr, columns.names[i]);
    }
    return true;
}

static bool expand_indirection(ParseState *ps, const AstAIndirection *raw, ParseExprKind kind, const Output *out)
{
    AstAIndirection without_star = *raw;
    without_star.n_indirection--;
    AstNode node = {.node_case = PG_QUERY__NODE__NODE_A_INDIRECTION, .a_indirection = &without_star};
    Expr *row = expr_transform(ps, &node, kind);
    return row && expand_row(ps, row, out);
}

/* ---- table.* ---- */

/* An SQL function's argument, arg.* or function.arg.*, or a variable; NULL when it is none. */
static Expr *function_argument(ParseState *ps, const AstColumnRef *raw)
{
    const ParamTypes *params = ps->an->params;
    if (!params || (!params->names && !params->variables))
        return NULL;
    const AstColumnRef without_star = {
        .fields = raw->fields, .n_fields = raw->n_fields - 1, .location = raw->location};
    DiagsMark mark = diags_mark(ps->an->diags);
    AstNode node = {.node_case = PG_QUERY__NODE__NODE_COLUMN_REF, .column_ref = (AstColumnRef *)&without_star};
    Expr *expr = expr_recurse(ps, &node);
    if (!expr)
        diags_rewind(ps->an->diags, mark);
    return expr && expr->kind == EXPR_PARAM ? expr : NULL;
}

static bool expand_column_ref(ParseState *ps, const AstColumnRef *raw, const Output *out)
{
    AstItems fields = AST_ITEMS(raw, fields);
    if (raw->n_fields == 1)
        return expand_all(ps, raw->location, out);
    const char *schema = raw->n_fields == 3 ? ast_string(raw->fields[0]) : NULL;
    const char *table = raw->n_fields <= 3 ? ast_string(raw->fields[raw->n_fields - 2]) : NULL;
    if (table) {
        bool failed = false;
        int levels_up;
        NsItem *item = relation_find_item(ps, schema, table, raw->location, &levels_up, &failed);
        if (failed)
            return false;
        if (item) {
            expand_item(ps, item, levels_up, raw->location, out);
            return true;
        }
    }
    Expr *argument = function_argument(ps, raw);
    if (argument)
        return expand_row(ps, argument, out);
    if (table)
        relation_error_missing_table(ps, schema, table, raw->location);
    else if (raw->n_fields == 4)
        ps_error(ps, raw->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "cross-database references are not implemented: %s", ast_name_text(ps_arena(ps), fields));
    else
        ps_error(ps, raw->location, SQLSTATE_SYNTAX_ERROR, "improper qualified name (too many dotted names): %s",
                 ast_name_text(ps_arena(ps), fields));
    return false;
}

bool star_expand(ParseState *ps, const AstResTarget *target, const AstNode *raw, ParseExprKind kind,
                 TargetList *targets, ExprList *exprs)
{
    Output out = {targets, exprs};
    size_t first = targets ? targets->len : 0;
    bool ok = ast_kind(raw) == AST_COLUMN_REF ? expand_column_ref(ps, raw->column_ref, &out)
                                              : expand_indirection(ps, raw->a_indirection, kind, &out);
    if (ok && target && ps->an->stars && (kind == PARSE_SELECT_TARGET || kind == PARSE_RETURNING))
        star_record(ps, target, kind == PARSE_RETURNING, targets, first);
    return ok;
}
