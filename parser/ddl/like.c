/* CREATE TABLE … (LIKE …) (PostgreSQL's transformTableLikeClause, expandTableLikeClause). */
#include "ddl/ddl_private.h"

/* TableLikeOption: the clause's options are a bit set. */
enum {
    LIKE_COMMENTS = 1 << 0,
    LIKE_CONSTRAINTS = 1 << 2,
    LIKE_DEFAULTS = 1 << 3,
    LIKE_GENERATED = 1 << 4,
    LIKE_IDENTITY = 1 << 5,
    LIKE_INDEXES = 1 << 6
};

static AstConstraint *identity_like(Ddl *ddl, const Column *column)
{
    AstConstraint *identity = arena_new_of(ddl->arena, AstConstraint);
    char when[2] = {column->identity, '\0'};
    identity->generated_when = arena_strdup(ddl->arena, when);
    identity->location = -1;
    return identity;
}

static ColumnPlan column_like(Ddl *ddl, const Column *column, unsigned options)
{
    ColumnPlan plan = {.column = *column};
    plan.column.is_local = true;
    plan.column.inherit_count = 0;
    plan.column.identity = plan.column.generated = 0;
    plan.column.has_default = false;
    plan.column.default_expr = NULL;
    plan.column.span = ddl_span(ddl, -1);
    if (!(options & LIKE_COMMENTS))
        plan.column.comment = NULL;
    if (column->generated) {
        plan.column.generated = options & LIKE_GENERATED ? column->generated : 0;
    } else if (column->has_default && options & LIKE_DEFAULTS) {
        plan.column.has_default = true;
        plan.column.default_expr = column->default_expr;
    }
    if (column->identity && options & LIKE_IDENTITY) {
        plan.column.identity = column->identity;
        plan.identity = identity_like(ddl, column);
    }
    return plan;
}

bool like_add_columns(Ddl *ddl, TablePlan *plan, const AstTableLikeClause *like)
{
    const Relation *source = analyze_range_var(&ddl->context, like->relation, false);
    if (!source)
        return false;
    if (!strchr("rvmcfp", source->kind)) {
        Diag *diag = ddl_error(ddl, like->relation->location, SQLSTATE_WRONG_OBJECT_TYPE,
                               "relation \"%s\" is invalid in LIKE clause", source->name);
        describe_not_supported(ddl, diag, source->kind);
        return false;
    }
    bool composite = source->kind == RELKIND_COMPOSITE;
    if (!privilege_check(
            ddl, composite ? address_of(CLASS_TYPE, source->row_type) : address_of(CLASS_RELATION, source->oid),
            composite ? PRIVILEGE_USAGE : PRIVILEGE_SELECT))
        return false;
    for (size_t i = 0; i < source->ncolumns; i++) {
        if (source->columns[i].dropped)
            continue;
        ColumnPlan column = column_like(ddl, &source->columns[i], like->options);
        vec_push(ddl->scratch, &plan->columns, column);
    }
    vec_push(ddl->scratch, &plan->likes, like);
    vec_push(ddl->scratch, &plan->like_relations, source->oid);
    return true;
}

static bool copy_generated(Ddl *ddl, Oid oid, const Relation *source, const int16_t *map)
{
    for (size_t i = 0; i < source->ncolumns; i++) {
        const Column *from = &source->columns[i];
        if (from->dropped || !from->generated)
            continue;
        Column *column;
        Relation *edit = column_edit(ddl, oid, map[i], &column);
        column->default_expr = remap_expr(ddl->arena, from->default_expr, map, source->ncolumns);
        column->has_default = true;
        catalog_put_relation(ddl->catalog, edit);
        column_depend_default(ddl, oid, column);
    }
    return true;
}

static bool copy_checks(Ddl *ddl, Oid oid, const Relation *source, const int16_t *map)
{
    for (size_t i = 0; i < source->nconstraints; i++) {
        Constraint check = source->constraints[i];
        if (check.type != CONSTRAINT_CHECK)
            continue;
        if (check.no_inherit && catalog_relation(ddl->catalog, oid)->kind == RELKIND_PARTITIONED)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "cannot add NO INHERIT constraint to partitioned table \"%s\"",
                            catalog_relation(ddl->catalog, oid)->name);
        check.check = remap_expr(ddl->arena, check.check, map, source->ncolumns);
        check.validated = true;
        if (!constraint_merge_check(ddl, oid, &check, false))
            return false;
    }
    return true;
}

static bool copy_indexes(Ddl *ddl, Oid oid, const Relation *source, unsigned options)
{
    for (size_t i = 0; i < source->nindexes; i++) {
        const Relation *index = catalog_relation(ddl->catalog, source->indexes[i]);
        IndexPlan plan;
        if (!index || !index_plan_clone(ddl, source, index, catalog_relation(ddl->catalog, oid), &plan))
            return false;
        Oid copy = index_define(ddl, oid, &plan, true);
        if (!copy)
            return false;
        if (options & LIKE_COMMENTS && index->comment) {
            Relation *edit = catalog_edit_relation(ddl->catalog, copy);
            edit->comment = index->comment;
            catalog_put_relation(ddl->catalog, edit);
        }
    }
    return true;
}

bool like_finish(Ddl *ddl, Oid relation, const AstTableLikeClause *like, Oid source_oid)
{
    const Relation *source = catalog_relation(ddl->catalog, source_oid);
    unsigned options = like->options;
    const int16_t *map = remap_by_name(ddl->scratch, source, catalog_relation(ddl->catalog, relation));
    if (options & LIKE_GENERATED && !copy_generated(ddl, relation, source, map))
        return false;
    if (options & LIKE_CONSTRAINTS && !copy_checks(ddl, relation, source, map))
        return false;
    return !(options & LIKE_INDEXES) || copy_indexes(ddl, relation, source, options);
}
