/* Checks, indexes and foreign keys made anew over a column whose type has changed (PostgreSQL's
 * ATPostAlterTypeCleanup). */
#include "ddl/ddl_private.h"

/* A context whose places are those of the text the expression was written in. */
static AnalyzeContext context_of(const Ddl *ddl, const ExprSource *source)
{
    AnalyzeContext context = ddl->context;
    context.sql = source->sql;
    return context;
}

static bool redo_check(Ddl *ddl, Oid oid, const Constraint *check)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    size_t place = (size_t)(check - relation->constraints);
    ExprSource source;
    Expr *expr = check->check;
    if (source_find(ddl, check->oid, 0, relation, &source)) {
        AnalyzeContext context = context_of(ddl, &source);
        ExprScope scope = {.relations = &source.relation, .nrelations = 1};
        expr = analyze_condition(&context, source.raw, &scope, PARSE_CHECK_CONSTRAINT, "CHECK");
        if (!expr)
            return false;
    }
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Constraint *constraints = arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
    constraints[place].check = expr;
    edit->constraints = constraints;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool redo_constraints(Ddl *ddl, Oid oid, int column)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    for (size_t i = 0; i < relation->nconstraints; i++) {
        const Constraint *constraint = &relation->constraints[i];
        bool about = false;
        for (size_t j = 0; j < constraint->ncolumns; j++)
            about |= constraint->columns[j] == column;
        if (!about)
            continue;
        if (constraint->type == CONSTRAINT_CHECK && !redo_check(ddl, oid, constraint))
            return false;
        if (constraint->type == CONSTRAINT_FOREIGN && !constraint_check_foreign_key(ddl, relation, constraint))
            return false;
        relation = catalog_relation(ddl->catalog, oid);
    }
    return true;
}

/* Foreign keys that reference the column. */
static bool check_referencing(Ddl *ddl, Oid oid, int column)
{
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of_column(oid, column));
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i].dependent.class != CLASS_CONSTRAINT || list.items[i].kind != DEPENDENCY_NORMAL)
            continue;
        const Relation *relation = catalog_relation(ddl->catalog, depend_owner(ddl, list.items[i].dependent).oid);
        const Constraint *fk = relation ? relation_constraint_by_oid(relation, list.items[i].dependent.oid) : NULL;
        if (fk && fk->type == CONSTRAINT_FOREIGN && !constraint_check_foreign_key(ddl, relation, fk))
            return false;
    }
    return true;
}

/* ---- indexes ---- */

/* An operator class that was written stays, else the new type's default one comes. */
static Oid redo_opclass(Ddl *ddl, const Index *index, size_t i, Oid type)
{
    const OpClass *old = catalog_opclass(ddl->catalog, index->opclasses[i]);
    if (old && !old->is_default) {
        if (coercion_is_binary(ddl->catalog, type_base(ddl->catalog, type), old->input))
            return old->oid;
        ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "operator class \"%s\" does not accept data type %s",
                 old->name, ddl_type_name(ddl, type));
        return INVALID_OID;
    }
    const NamedObject *method = catalog_object(ddl->catalog, CLASS_ACCESS_METHOD, index->access_method);
    return index_opclass(ddl, (AstItems){0}, type, method ? method->name : "", index->access_method);
}

static bool redo_expression(Ddl *ddl, const Relation *index, size_t i, const Relation *table, Expr **expr)
{
    ExprSource source;
    *expr = index->index->expressions ? index->index->expressions[i] : NULL;
    if (!source_find(ddl, index->oid, (int)i + 1, table, &source))
        return true;
    AnalyzeContext context = context_of(ddl, &source);
    ExprScope scope = {.relations = &source.relation, .nrelations = 1};
    *expr = analyze_expression(&context, source.raw, &scope, PARSE_INDEX_EXPRESSION, INVALID_OID, -1, NULL);
    if (*expr && expr_is_mutable(ddl->catalog, *expr))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "functions in index expression must be marked IMMUTABLE");
    return *expr != NULL;
}

static bool redo_predicate(Ddl *ddl, const Relation *index, const Relation *table, Index *made)
{
    ExprSource source;
    if (!made->predicate)
        return true;
    if (!source_find(ddl, index->oid, 0, table, &source))
        return true;
    AnalyzeContext context = context_of(ddl, &source);
    ExprScope scope = {.relations = &source.relation, .nrelations = 1};
    made->predicate = analyze_condition(&context, source.raw, &scope, PARSE_INDEX_PREDICATE, "WHERE");
    return made->predicate != NULL;
}

static Oid collation_before(const RetypedColumns *retyped, Oid relation, const Column *column)
{
    for (size_t i = 0; i < retyped->len; i++) {
        if (retyped->items[i].relation == relation && retyped->items[i].number == column->number)
            return retyped->items[i].collation;
    }
    return column->collation;
}

/* A collation that was written stays, else that of the column or expression comes. */
static Oid redo_collation(Oid old, Oid implied_before, Oid implied)
{
    return implied && old != implied_before ? old : implied;
}

static bool redo_index(Ddl *ddl, const Relation *index, const Relation *table, const RetypedColumns *retyped)
{
    Index *made = arena_memdup(ddl->arena, index->index, sizeof *made);
    Oid *opclasses = arena_memdup(ddl->arena, made->opclasses, (made->nkeys + 1) * sizeof *opclasses);
    Oid *collations = arena_memdup(ddl->arena, made->collations, (made->nkeys + 1) * sizeof *collations);
    Expr **exprs = arena_array_of(ddl->arena, made->ncolumns + 1, Expr *);
    bool has_exprs = false;
    for (size_t i = 0; i < made->nkeys; i++) {
        Oid type, before, collation;
        if (made->columns[i]) {
            const Column *column = catalog_column(table, made->columns[i]);
            type = column->type;
            collation = column->collation;
            before = collation_before(retyped, table->oid, column);
        } else {
            if (!redo_expression(ddl, index, i, table, &exprs[i]))
                return false;
            has_exprs = true;
            if (!exprs[i])
                continue;
            type = exprs[i]->type;
            collation = exprs[i]->collation;
            before = made->expressions && made->expressions[i] ? made->expressions[i]->collation : INVALID_OID;
        }
        opclasses[i] = redo_opclass(ddl, made, i, type);
        if (!opclasses[i])
            return false;
        collations[i] = redo_collation(collations[i], before, collation);
    }
    made->opclasses = opclasses;
    made->collations = collations;
    made->expressions = has_exprs ? exprs : NULL;
    if (!redo_predicate(ddl, index, table, made))
        return false;
    Relation *edit = catalog_edit_relation(ddl->catalog, index->oid);
    edit->index = made;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

static bool index_uses(Ddl *ddl, const Relation *index, Oid table, int column)
{
    for (size_t i = 0; i < index->index->ncolumns; i++) {
        if (index->index->columns[i] == column)
            return true;
    }
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of_column(table, column));
    for (size_t i = 0; i < list.len; i++) {
        if (list.items[i].dependent.class == CLASS_RELATION && list.items[i].dependent.oid == index->oid)
            return true;
    }
    return false;
}

/* The indexes that use the column; each is made anew once, however many of its columns have changed. */
static bool redo_indexes(Ddl *ddl, const RetypedColumns *retyped, const RetypedColumn *column, IntMap *done)
{
    const Relation *table = catalog_relation(ddl->catalog, column->relation);
    for (size_t i = 0; i < table->nindexes; i++) {
        const Relation *index = catalog_relation(ddl->catalog, table->indexes[i]);
        if (!index_uses(ddl, index, table->oid, column->number) || intmap_put(ddl->scratch, done, index->oid, done))
            continue;
        if (!redo_index(ddl, index, table, retyped))
            return false;
    }
    return true;
}

bool alter_reanalyze_dependents(Ddl *ddl, const RetypedColumns *columns)
{
    IntMap done = {0};
    for (size_t i = 0; i < columns->len; i++) {
        if (!redo_indexes(ddl, columns, &columns->items[i], &done))
            return false;
    }
    for (size_t i = 0; i < columns->len; i++) {
        Oid relation = columns->items[i].relation;
        int number = columns->items[i].number;
        if (!redo_constraints(ddl, relation, number) || !check_referencing(ddl, relation, number))
            return false;
    }
    return true;
}
