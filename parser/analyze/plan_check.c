/* What PostgreSQL refuses only when a prepared statement is planned or run, although the schema alone tells: ON
 * CONFLICT without a fitting unique index (infer_arbiter_indexes of plancat.c) and targets that can't be changed
 * (CheckValidResultRel of execMain.c). */
#include "analyze/query_parts.h"

/* ---- ON CONFLICT ---- */

typedef struct Arbiter {
    const AnalyzeContext *context;
    const OnConflict *conflict;
    const Relation *target;
} Arbiter;

static bool is_key_attribute(const Index *index, int16_t attribute)
{
    for (size_t i = 0; i < index->nkeys; i++) {
        if (index->columns[i] == attribute)
            return true;
    }
    return false;
}

static const Var *as_var(const Expr *expr)
{
    return expr->kind == EXPR_VAR ? (const Var *)expr : NULL;
}

/* The plain columns of both are the same set. */
static bool columns_match(const Arbiter *arbiter, const Index *index)
{
    const OnConflict *conflict = arbiter->conflict;
    for (size_t i = 0; i < conflict->narbiters; i++) {
        const Var *var = as_var(conflict->arbiters[i].expr);
        if (var && !is_key_attribute(index, var->attribute))
            return false;
    }
    for (size_t i = 0; i < index->nkeys; i++) {
        bool found = !index->columns[i];
        for (size_t k = 0; !found && k < conflict->narbiters; k++) {
            const Var *var = as_var(conflict->arbiters[k].expr);
            found = var && var->attribute == index->columns[i];
        }
        if (!found)
            return false;
    }
    return true;
}

/* infer_collation_opclass_match: an explicit collation or operator class must be the one of a key that fits. */
static bool options_match(const Arbiter *arbiter, const Index *index, const InferenceElement *element)
{
    if (!element->collation && !element->opclass)
        return true;
    const OpClass *wanted = element->opclass ? catalog_opclass(arbiter->context->catalog, element->opclass) : NULL;
    const Var *var = as_var(element->expr);
    for (size_t i = 0; i < index->nkeys; i++) {
        const OpClass *actual = catalog_opclass(arbiter->context->catalog, index->opclasses[i]);
        if (wanted && (!actual || actual->family != wanted->family || actual->input != wanted->input))
            continue;
        if (element->collation && index->collations[i] != element->collation)
            continue;
        if (var ? index->columns[i] == var->attribute
                : index->expressions && index->expressions[i] && expr_equal(index->expressions[i], element->expr))
            return true;
    }
    return false;
}

static bool has_expression(const Index *index, const Expr *expr)
{
    for (size_t i = 0; index->expressions && i < index->nkeys; i++) {
        if (index->expressions[i] && expr_equal(index->expressions[i], expr))
            return true;
    }
    return false;
}

static bool expressions_match(const Arbiter *arbiter, const Index *index)
{
    const OnConflict *conflict = arbiter->conflict;
    for (size_t i = 0; i < conflict->narbiters; i++) {
        const InferenceElement *element = &conflict->arbiters[i];
        if (!options_match(arbiter, index, element))
            return false;
        if (!as_var(element->expr) && !has_expression(index, element->expr))
            return false;
    }
    for (size_t i = 0; index->expressions && i < index->nkeys; i++) {
        bool found = !index->expressions[i];
        for (size_t k = 0; !found && k < conflict->narbiters; k++)
            found = expr_equal(index->expressions[i], conflict->arbiters[k].expr);
        if (!found)
            return false;
    }
    return true;
}

/* Whether the index's predicate may follow from the clause's WHERE. Only its absence is a proof that it does not:
 * PostgreSQL can prove more than equality. */
static bool predicate_may_match(const Arbiter *arbiter, const Index *index)
{
    return !index->predicate || arbiter->conflict->arbiter_where;
}

static bool index_matches(const Arbiter *arbiter, const Index *index)
{
    return index->valid && index->is_unique && columns_match(arbiter, index) && expressions_match(arbiter, index) &&
           predicate_may_match(arbiter, index);
}

static bool report(const Arbiter *arbiter, const char *code, const char *message)
{
    int32_t location = -1;
    for (size_t i = 0; i < arbiter->conflict->narbiters && location < 0; i++)
        location = expr_location(arbiter->conflict->arbiters[i].expr);
    diag_error(arbiter->context->diags, sqltext_span(arbiter->context->sql, location), code, "%s", message);
    return false;
}

static const Index *index_of(const Arbiter *arbiter, Oid oid)
{
    const Relation *relation = catalog_relation(arbiter->context->catalog, oid);
    return relation ? relation->index : NULL;
}

static bool check_constraint(const Arbiter *arbiter)
{
    const OnConflict *conflict = arbiter->conflict;
    for (size_t i = 0; i < arbiter->target->nconstraints; i++) {
        const Constraint *constraint = &arbiter->target->constraints[i];
        if (constraint->oid != conflict->constraint)
            continue;
        bool has_index = constraint->type == CONSTRAINT_PRIMARY || constraint->type == CONSTRAINT_UNIQUE ||
                         constraint->type == CONSTRAINT_EXCLUSION;
        if (!has_index)
            return report(arbiter, SQLSTATE_WRONG_OBJECT_TYPE,
                          "constraint in ON CONFLICT clause has no associated index");
        if (constraint->type == CONSTRAINT_EXCLUSION && conflict->do_update)
            return report(arbiter, SQLSTATE_WRONG_OBJECT_TYPE,
                          "ON CONFLICT DO UPDATE not supported with exclusion constraints");
        if (constraint->deferrable)
            return report(arbiter, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                          "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as "
                          "arbiters");
    }
    return true;
}

static bool check_inference(const Arbiter *arbiter)
{
    bool found = false;
    for (size_t i = 0; i < arbiter->conflict->narbiters; i++) {
        const Var *var = as_var(arbiter->conflict->arbiters[i].expr);
        if (var && !var->attribute)
            return report(arbiter, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "whole row unique index inference specifications are not supported");
    }
    for (size_t i = 0; i < arbiter->target->nindexes; i++) {
        const Index *index = index_of(arbiter, arbiter->target->indexes[i]);
        if (!index || !index_matches(arbiter, index))
            continue;
        found = true;
        if (!index->immediate)
            return report(arbiter, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                          "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as "
                          "arbiters");
    }
    return found || report(arbiter, SQLSTATE_INVALID_COLUMN_REFERENCE,
                           "there is no unique or exclusion constraint matching the ON CONFLICT specification");
}

static bool check_arbiter(const AnalyzeContext *context, const Query *query, const Relation *target)
{
    const OnConflict *conflict = query->on_conflict;
    /* The stored expressions of indexes are about range table entry 1, as INSERT's target is outside of rules. */
    if (!conflict || target->kind == RELKIND_VIEW || query->result_relation != 1)
        return true;
    Arbiter arbiter = {context, conflict, target};
    if (conflict->constraint)
        return check_constraint(&arbiter);
    return !conflict->narbiters || check_inference(&arbiter);
}

/* ---- targets ---- */

/* The kinds of relation that no statement can change. */
static bool check_target(const AnalyzeContext *context, const RangeTblEntry *rte, const Relation *target)
{
    const char *what = NULL;
    if (target->kind == RELKIND_SEQUENCE)
        what = "sequence";
    else if (target->kind == RELKIND_TOAST)
        what = "TOAST relation";
    else if (target->kind == RELKIND_MATVIEW)
        what = "materialized view";
    if (what)
        diag_error(context->diags, sqltext_span(context->sql, rte->location), SQLSTATE_WRONG_OBJECT_TYPE,
                   "cannot change %s \"%s\"", what, target->name);
    return !what;
}

bool analyze_check_arbiters(const AnalyzeContext *context, const Query *query)
{
    for (size_t i = 0; i < query->nctes; i++) {
        if (query->ctes[i]->query && !analyze_check_arbiters(context, query->ctes[i]->query))
            return false;
    }
    if (query->command == COMMAND_SELECT || !query->result_relation)
        return true;
    const RangeTblEntry *rte = query->rtable[query->result_relation - 1];
    const Relation *target = catalog_relation(context->catalog, rte->relation);
    return !target || (check_target(context, rte, target) && check_arbiter(context, query, target));
}
