/* Target lists: transformTargetList and what becomes of its entries. PostgreSQL's parse_target.c; stars are in
 * star.c, assignments in assign.c, names in colname.c. */
#include "analyze/query_parts.h"

TargetEntry *target_new(ParseState *ps, Expr *expr, int number, const char *name, bool junk)
{
    TargetEntry *entry = arena_new_of(ps_arena(ps), TargetEntry);
    entry->expr = expr;
    entry->number = (int16_t)number;
    entry->name = name;
    entry->junk = junk;
    entry->location = -1;
    return entry;
}

/* DEFAULT as an item of INSERT or UPDATE; its type is that of the column it is assigned to. */
static Expr *default_item(ParseState *ps, const AstNode *raw)
{
    return expr_new(ps_arena(ps), EXPR_SET_TO_DEFAULT, sizeof(Expr), INVALID_OID, raw->set_to_default->location);
}

TargetEntry *target_transform_entry(ParseState *ps, const AstNode *raw, Expr *expr, ParseExprKind kind,
                                    const char *name, bool junk)
{
    if (!expr) {
        if (kind == PARSE_UPDATE_SOURCE && ast_kind(raw) == AST_SET_TO_DEFAULT)
            expr = default_item(ps, raw);
        else
            expr = expr_transform(ps, raw, kind);
        if (!expr)
            return NULL;
    }
    if (!name && !junk)
        name = target_figure_name_of(ps_catalog(ps), ps_arena(ps), raw, expr);
    return target_new(ps, expr, ps->next_resno++, name, junk);
}

bool target_transform_list(ParseState *ps, size_t n, AstNode *const *raw, ParseExprKind kind, TargetList *targets)
{
    /* In UPDATE a star means the whole row. */
    bool expand = kind != PARSE_UPDATE_SOURCE;
    for (size_t i = 0; i < n; i++) {
        const AstResTarget *target = raw[i]->res_target;
        if (expand && star_is_star(target->val)) {
            if (!star_expand(ps, target, target->val, kind, targets, NULL))
                return false;
            continue;
        }
        TargetEntry *entry = target_transform_entry(ps, target->val, NULL, kind, ast_text(target->name), false);
        if (!entry)
            return false;
        entry->location = target->location;
        targetlist_push(ps_arena(ps), targets, entry);
    }
    return true;
}

bool target_transform_expressions(ParseState *ps, size_t n, AstNode *const *raw, ParseExprKind kind,
                                  bool allow_default, ExprList *exprs)
{
    for (size_t i = 0; i < n; i++) {
        if (star_is_star(raw[i])) {
            if (!star_expand(ps, NULL, raw[i], kind, NULL, exprs))
                return false;
            continue;
        }
        Expr *expr = allow_default && ast_kind(raw[i]) == AST_SET_TO_DEFAULT ? default_item(ps, raw[i])
                                                                             : expr_transform(ps, raw[i], kind);
        if (!expr)
            return false;
        exprlist_push(ps_arena(ps), exprs, expr);
    }
    return true;
}

bool target_resolve_unknowns(ParseState *ps, TargetList *targets)
{
    for (size_t i = 0; i < targets->len; i++) {
        TargetEntry *entry = targets->items[i];
        if (entry->expr->type != TYPE_UNKNOWN)
            continue;
        Expr *text =
            coerce_type(ps, entry->expr, TYPE_UNKNOWN, TYPE_TEXT, -1, COERCION_IMPLICIT, FORM_IMPLICIT_CAST, -1);
        if (!text)
            return false;
        entry->expr = text;
    }
    return true;
}

/* ---- origins ---- */

static void copy_origin(TargetEntry *entry, const TargetList *from, int attribute)
{
    for (size_t i = 0; i < from->len; i++) {
        const TargetEntry *source = from->items[i];
        if (source->junk || source->number != attribute)
            continue;
        entry->origin_table = source->origin_table;
        entry->origin_column = source->origin_column;
        return;
    }
}

/* markTargetListOrigin: through sub-queries and WITH items down to a table's or view's column. */
static void mark_origin(ParseState *ps, TargetEntry *entry)
{
    if (entry->expr->kind != EXPR_VAR)
        return;
    const Var *var = (const Var *)entry->expr;
    const RangeTblEntry *rte = relation_rte(ps, var->rtindex, var->levels_up);
    if (rte->kind == RTE_RELATION) {
        entry->origin_table = rte->relation;
        entry->origin_column = var->attribute;
    } else if (rte->kind == RTE_SUBQUERY && var->attribute) {
        copy_origin(entry, query_outputs(rte->subquery), var->attribute);
    } else if (rte->kind == RTE_CTE && var->attribute && !rte->self_reference) {
        const CommonTableExpr *cte = range_cte(ps, rte, var->levels_up);
        if (cte && cte->query)
            copy_origin(entry, query_outputs(cte->query), var->attribute);
    }
}

void target_mark_origins(ParseState *ps, TargetList *targets)
{
    for (size_t i = 0; i < targets->len; i++)
        mark_origin(ps, targets->items[i]);
}
