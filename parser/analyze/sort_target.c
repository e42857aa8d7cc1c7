/* What an item of ORDER BY, GROUP BY, DISTINCT ON refers to: findTargetlistEntrySQL92 and SQL99 of PostgreSQL's
 * parse_clause.c.
 *
 * By SQL:1992, a bare name or an integer constant is an output column. Anything else is an expression by SQL:1999;
 * one that is not among the targets is added to them as junk. */
#include "analyze/query_parts.h"

#include <string.h>

/* ---- SQL:1992 ---- */

typedef struct KindSearch {
    bool windows;
    int32_t location;
} KindSearch;

/* An aggregate of this level or a window function. Aggregates of sub-selects belong to their own or to other
 * levels; those of this level found in there are rare enough to be left to the grouping check. */
static bool find_forbidden(Expr *expr, void *context)
{
    KindSearch *search = context;
    bool hit = search->windows ? expr->kind == EXPR_WINDOW_FUNC
                               : (expr->kind == EXPR_AGGREF && !((Aggref *)expr)->levels_up) ||
                                     (expr->kind == EXPR_GROUPING && !((GroupingFunc *)expr)->levels_up);
    if (hit) {
        search->location = expr->location;
        return true;
    }
    return expr_walk(expr, find_forbidden, context);
}

/* checkTargetlistEntrySQL92: an output column named in GROUP BY is still no place for an aggregate. */
static TargetEntry *check_entry(ParseState *ps, TargetEntry *entry, ParseExprKind kind)
{
    if (kind != PARSE_GROUP_BY)
        return entry;
    KindSearch aggs = {.location = -1}, windows = {.windows = true, .location = -1};
    if (ps->has_aggs && find_forbidden(entry->expr, &aggs)) {
        ps_error(ps, aggs.location, SQLSTATE_GROUPING_ERROR, "aggregate functions are not allowed in %s",
                 expr_kind_label(kind));
        return NULL;
    }
    if (ps->has_windows && find_forbidden(entry->expr, &windows)) {
        ps_error(ps, windows.location, SQLSTATE_WINDOWING_ERROR, "window functions are not allowed in %s",
                 expr_kind_label(kind));
        return NULL;
    }
    return entry;
}

/* A name of the target list; NULL without *failed when there is none. */
static TargetEntry *find_by_name(ParseState *ps, const char *name, int32_t location, TargetList *targets,
                                 ParseExprKind kind, bool *failed)
{
    if (kind == PARSE_GROUP_BY) {
        /* A column of FROM is preferred there. */
        if (relation_column_var(ps, name, true, location, failed) || *failed)
            return NULL;
    }
    TargetEntry *found = NULL;
    for (size_t i = 0; i < targets->len; i++) {
        TargetEntry *entry = targets->items[i];
        if (entry->junk || strcmp(entry->name, name) != 0)
            continue;
        if (found && !expr_equal(found->expr, entry->expr)) {
            ps_error(ps, location, SQLSTATE_AMBIGUOUS_COLUMN, "%s \"%s\" is ambiguous", expr_kind_label(kind),
                     name);
            *failed = true;
            return NULL;
        }
        if (!found)
            found = entry;
    }
    if (found && !check_entry(ps, found, kind))
        *failed = true;
    return *failed ? NULL : found;
}

static TargetEntry *find_by_position(ParseState *ps, const AstNode *raw, TargetList *targets, ParseExprKind kind)
{
    const AstAConst *constant = raw->a_const;
    if (constant->isnull || constant->val_case != PG_QUERY__A__CONST__VAL_IVAL) {
        ps_error(ps, constant->location, SQLSTATE_SYNTAX_ERROR, "non-integer constant in %s",
                 expr_kind_label(kind));
        return NULL;
    }
    int32_t wanted = constant->ival->ival, position = 0;
    for (size_t i = 0; i < targets->len; i++) {
        if (!targets->items[i]->junk && ++position == wanted)
            return check_entry(ps, targets->items[i], kind);
    }
    ps_error(ps, constant->location, SQLSTATE_INVALID_COLUMN_REFERENCE, "%s position %d is not in select list",
             expr_kind_label(kind), wanted);
    return NULL;
}

/* ---- SQL:1999 ---- */

/* strip_implicit_coercions */
static const Expr *strip_implicit(const Expr *expr)
{
    for (;;) {
        const Expr *arg = NULL;
        switch ((int)expr->kind) {
        case EXPR_FUNC:
            if (((const FuncExpr *)expr)->form == FORM_IMPLICIT_CAST)
                arg = ((const FuncExpr *)expr)->args.items[0];
            break;
        case EXPR_RELABEL:
        case EXPR_COERCE_VIA_IO:
        case EXPR_CONVERT_ROWTYPE:
        case EXPR_COERCE_TO_DOMAIN:
            if (((const Coercion *)expr)->form == FORM_IMPLICIT_CAST)
                arg = ((const Coercion *)expr)->arg;
            break;
        case EXPR_ARRAY_COERCE:
            if (((const ArrayCoerce *)expr)->form == FORM_IMPLICIT_CAST)
                arg = ((const ArrayCoerce *)expr)->arg;
            break;
        default:
            break;
        }
        if (!arg)
            return expr;
        expr = arg;
    }
}

static TargetEntry *find_expression(ParseState *ps, const AstNode *raw, TargetList *targets, ParseExprKind kind)
{
    Expr *expr = expr_transform(ps, raw, kind);
    if (!expr)
        return NULL;
    for (size_t i = 0; i < targets->len; i++) {
        if (expr_equal(expr, strip_implicit(targets->items[i]->expr)))
            return targets->items[i];
    }
    TargetEntry *entry = target_transform_entry(ps, raw, expr, kind, NULL, true);
    if (entry)
        targetlist_push(ps_arena(ps), targets, entry);
    return entry;
}

TargetEntry *clause_find_target(ParseState *ps, const AstNode *raw, TargetList *targets, ParseExprKind kind,
                                bool use_sql99)
{
    if (use_sql99)
        return find_expression(ps, raw, targets, kind);
    if (ast_kind(raw) == AST_COLUMN_REF && raw->column_ref->n_fields == 1) {
        const char *name = ast_string(raw->column_ref->fields[0]);
        bool failed = false;
        TargetEntry *entry =
            name ? find_by_name(ps, name, raw->column_ref->location, targets, kind, &failed) : NULL;
        if (entry || failed)
            return entry;
    }
    if (ast_kind(raw) == AST_A_CONST)
        return find_by_position(ps, raw, targets, kind);
    return find_expression(ps, raw, targets, kind);
}
