/* What the declarations of a table or view say of NULL. None of it depends on the query, so that it is worked out
 * once for all queries of a project. */
#include "prove/nullness.h"

/* ---- domains ---- */

/* CHECK (VALUE IS NOT NULL), alone or under AND. */
static bool domain_check_forbids_null(const Expr *check)
{
    if (check && check->kind == EXPR_BOOL && ((const BoolExpr *)check)->op == BOOL_AND) {
        const BoolExpr *both = (const BoolExpr *)check;
        for (size_t i = 0; i < both->args.len; i++)
            if (domain_check_forbids_null(both->args.items[i]))
                return true;
        return false;
    }
    if (!check || check->kind != EXPR_NULL_TEST || ((const NullTest *)check)->is_null ||
        ((const NullTest *)check)->arg_is_row)
        return false;
    return ((const NullTest *)check)->arg->kind == EXPR_DOMAIN_VALUE;
}

/* The domain over or below this type that takes no NULL, or NULL. */
static const Type *domain_without_null(const Catalog *catalog, Oid type)
{
    for (const Type *t = catalog_type(catalog, type); t && t->typtype == TYPTYPE_DOMAIN;
         t = catalog_type(catalog, t->base)) {
        if (t->not_null)
            return t;
        for (size_t i = 0; i < t->nchecks; i++)
            if (t->checks[i].validated && domain_check_forbids_null(t->checks[i].check))
                return t;
    }
    return NULL;
}

/* ---- one table by itself ---- */

/* Stands for a table of which no CHECK constraint proves anything. */
static const VarSet nothing;

/* CHECK constraints hold where they are not false. Their columns are those of entry 1. */
static const VarSet *checked_columns(NullProof *proof, const Relation *relation)
{
    bool has_check = false;
    for (size_t i = 0; i < relation->nconstraints; i++)
        has_check = has_check || relation->constraints[i].type == CONSTRAINT_CHECK;
    if (!has_check)
        return &nothing;
    RelationFacts *facts = proof->facts;
    VarSet *set = intmap_get(&facts->checked, relation->oid);
    if (set)
        return set;
    set = arena_new_of(facts->arena, VarSet);
    intmap_put(facts->arena, &facts->checked, relation->oid, set);
    NullProof own = {.catalog = proof->catalog, .arena = facts->arena, .facts = facts};
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        if (constraint->type == CONSTRAINT_CHECK && constraint->validated && constraint->check)
            refine_not_false(&own, constraint->check, set);
    }
    return set;
}

/* A scope in which the relation's columns are those of entry 1, as its expressions see them. */
static NullScope *scope_of_row(NullProof *proof, const Relation *relation)
{
    Arena *arena = proof->arena;
    RangeTblEntry *rte = arena_new_of(arena, RangeTblEntry);
    *rte =
        (RangeTblEntry){.kind = RTE_RELATION, .relation = relation->oid, .relkind = relation->kind, .location = -1};
    Query *query = arena_new_of(arena, Query);
    query->rtable = arena_array_of(arena, 1, RangeTblEntry *);
    query->rtable[0] = rte;
    query->nrtable = 1;
    return null_scope(proof, query, NULL);
}

static bool column_at(NullProof *proof, bool nullable, NullRule rule, const char *subject, Span span)
{
    null_verdict(proof, nullable, rule, subject, -1);
    proof->reason.span = span;
    return nullable;
}

/* A stored value is computed from the row as it is stored, after all triggers. */
static bool generated_may_be_null(NullProof *proof, const Relation *relation, const Column *column)
{
    return !column->generated || !column->default_expr ||
           null_expr(scope_of_row(proof, relation), column->default_expr);
}

static bool null_own_column(NullProof *proof, const Relation *relation, const Column *column)
{
    if (column->not_null)
        return column_at(proof, false, NULL_DECLARED, NULL, column->span);
    const Type *domain = domain_without_null(proof->catalog, column->type);
    if (domain)
        return column_at(proof, false, NULL_DOMAIN_NOT_NULL, domain->name, domain->span);
    const VarSet *checked = checked_columns(proof, relation);
    if (checked->map.len && varset_find(checked, 1, column->number))
        for (size_t i = 0; i < relation->nconstraints; i++) {
            const Constraint *constraint = &relation->constraints[i];
            VarSet one = {0};
            if (constraint->type != CONSTRAINT_CHECK || !constraint->validated || !constraint->check)
                continue;
            refine_not_false(proof, constraint->check, &one);
            if (varset_find(&one, 1, column->number))
                return column_at(proof, false, NULL_CHECK, constraint->name, constraint->span);
        }
    if (!generated_may_be_null(proof, relation, column))
        return column_at(proof, false, NULL_GENERATED, NULL, column->span);
    return column_at(proof, true, NULL_COLUMN, NULL, column->span);
}

/* ---- with its children, and views ---- */

/* A child may have dropped NOT NULL (only partitions can't); all of them are read too. */
static bool null_in_children(NullProof *proof, const Relation *relation, const Column *column)
{
    NullReason reason = proof->reason;
    OidList children = catalog_children(proof->catalog, proof->arena, relation->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(proof->catalog, children.items[i]);
        const Column *own = child ? catalog_find_column(child, column->name) : NULL;
        if (!own)
            return column_at(proof, true, NULL_UNPROVED, NULL, column->span);
        if (null_relation_column(proof, child, own->number, true))
            return column_at(proof, true, NULL_CHILD, child->name, own->span);
    }
    proof->reason = reason;
    return false;
}

static bool null_view_column(NullProof *proof, const Relation *view, int attribute)
{
    bool nullable = null_query_column(proof, view->view, NULL, attribute);
    proof->reason.view = view;
    return nullable;
}

static bool null_column(NullProof *proof, const Relation *relation, int attribute, bool inherit)
{
    const Column *column = catalog_column(relation, attribute);
    /* A foreign table's constraints are only believed, not enforced. The rows of a materialized view may be older
     * than the constraints of the tables they come from. */
    if (!column || column->dropped)
        return column_at(proof, true, NULL_UNPROVED, NULL, relation->span);
    if (relation->kind == RELKIND_FOREIGN)
        return column_at(proof, true, NULL_FOREIGN_TABLE, NULL, column->span);
    if (attribute <= 0) /* system columns and the whole row */
        return column_at(proof, false, NULL_SYSTEM_COLUMN, NULL, relation->span);
    if (relation->kind == RELKIND_MATVIEW)
        return column_at(proof, true, NULL_MATVIEW, NULL, relation->span);
    if (relation->view)
        return null_view_column(proof, relation, attribute);
    return null_own_column(proof, relation, column) || (inherit && null_in_children(proof, relation, column));
}

bool null_relation_column(NullProof *proof, const Relation *relation, int attribute, bool inherit)
{
    RelationFacts *facts = proof->facts;
    uint64_t key = ((uint64_t)relation->oid << 32) | ((uint64_t)(uint16_t)attribute << 1) | inherit;
    NullVerdict *known = intmap_get(&facts->columns, key);
    if (!known) {
        known = arena_new_of(facts->arena, NullVerdict);
        known->nullable = null_column(proof, relation, attribute, inherit);
        known->reason = proof->reason;
        intmap_put(facts->arena, &facts->columns, key, known);
    }
    proof->reason = known->reason;
    return known->nullable;
}

/* ---- whether the rows written are those the statement says ---- */

bool relation_may_change_rows(NullProof *proof, const Relation *relation)
{
    if ((relation->kind != RELKIND_TABLE && relation->kind != RELKIND_PARTITIONED) || relation->nrules)
        return true;
    for (size_t i = 0; i < relation->ntriggers; i++)
        if (relation->triggers[i].row && (relation->triggers[i].before || relation->triggers[i].instead))
            return true;
    OidList children = catalog_children(proof->catalog, proof->arena, relation->oid);
    for (size_t i = 0; i < children.len; i++) {
        const Relation *child = catalog_relation(proof->catalog, children.items[i]);
        if (!child || relation_may_change_rows(proof, child))
            return true;
    }
    return false;
}
