/* The columns that INSERT and UPDATE assign, and those that take only DEFAULT: rewriteTargetListIU of PostgreSQL's
 * rewriteHandler.c. */
#include "analyze/rewrite_parts.h"

static const Expr *strip_domain(const Expr *expr)
{
    while (expr->kind == EXPR_COERCE_TO_DOMAIN)
        expr = ((const Coercion *)expr)->arg;
    return expr;
}

static bool is_partial(const Expr *expr)
{
    expr = strip_domain(expr);
    return expr->kind == EXPR_FIELD_STORE || (expr->kind == EXPR_SUBSCRIPT && ((const Subscript *)expr)->assigned);
}

bool rewrite_report_double(ParseState *ps, const char *column, int32_t location)
{
    ps_error(ps, location, SQLSTATE_SYNTAX_ERROR, "multiple assignments to same column \"%s\"", column);
    return false;
}

/* findDefaultOnlyColumns: a column of a VALUES list that has nothing but DEFAULT. */
static bool is_default_only(const Query *query, const Expr *expr)
{
    if (expr->kind != EXPR_VAR)
        return false;
    const Var *var = (const Var *)expr;
    const RangeTblEntry *rte = query->rtable[var->rtindex - 1];
    if (!query->insert_from_values || rte->kind != RTE_VALUES || var->attribute <= 0)
        return false;
    for (size_t i = 0; i < rte->nrows; i++) {
        if (rte->values[i].items[var->attribute - 1]->kind != EXPR_SET_TO_DEFAULT)
            return false;
    }
    return true;
}

/* What the target list assigns, by attribute number; NULL after an error. */
ColumnChange *rewrite_collect_changes(ParseState *ps, const Query *query, const TargetList *targets,
                                      const Relation *relation, const Change *outer)
{
    ColumnChange *changes = arena_array_of(ps_arena(ps), relation->ncolumns + 1, ColumnChange);
    for (size_t i = 0; i < targets->len; i++) {
        const TargetEntry *entry = targets->items[i];
        if (entry->junk || entry->number <= 0)
            continue;
        ColumnChange *change = &changes[entry->number];
        bool partial = is_partial(entry->expr);
        /* A rule's action stands in another text. */
        int32_t location = outer ? outer->location : entry->location;
        if (change->kind != CHANGE_NONE && !(partial && change->partial)) {
            rewrite_report_double(ps, entry->name, location);
            return NULL;
        }
        bool is_default = entry->expr->kind == EXPR_SET_TO_DEFAULT || is_default_only(query, entry->expr);
        *change = (ColumnChange){is_default ? CHANGE_DEFAULT : CHANGE_VALUE, partial, location};
    }
    return changes;
}

static bool check_inserted(ParseState *ps, const Column *column, const ColumnChange *change,
                           OverridingKind overriding)
{
    if (change->kind != CHANGE_VALUE)
        return true;
    bool identity = column->identity == 'a' && overriding == OVERRIDING_NONE;
    if (!identity && !column->generated)
        return true;
    Diag *diag = ps_error(ps, change->location, SQLSTATE_GENERATED_ALWAYS,
                          "cannot insert a non-DEFAULT value into column \"%s\"", column->name);
    if (identity) {
        ps_detail(ps, diag, "Column \"%s\" is an identity column defined as GENERATED ALWAYS.", column->name);
        ps_hint(ps, diag, "Use OVERRIDING SYSTEM VALUE to override.");
    } else {
        ps_detail(ps, diag, "Column \"%s\" is a generated column.", column->name);
    }
    return false;
}

static bool check_updated(ParseState *ps, const Column *column, const ColumnChange *change)
{
    if (change->kind != CHANGE_VALUE || (column->identity != 'a' && !column->generated))
        return true;
    Diag *diag = ps_error(ps, change->location, SQLSTATE_GENERATED_ALWAYS,
                          "column \"%s\" can only be updated to DEFAULT", column->name);
    if (column->generated)
        ps_detail(ps, diag, "Column \"%s\" is a generated column.", column->name);
    else
        ps_detail(ps, diag, "Column \"%s\" is an identity column defined as GENERATED ALWAYS.", column->name);
    return false;
}

/* rewriteTargetListIU */
bool rewrite_check_columns(ParseState *ps, const Relation *relation, const ColumnChange *changes,
                           CommandKind command, OverridingKind overriding)
{
    for (size_t i = 0; changes && i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            continue;
        if (command == COMMAND_INSERT ? !check_inserted(ps, column, &changes[i + 1], overriding)
                                      : !check_updated(ps, column, &changes[i + 1]))
            return false;
    }
    return true;
}
