/* Table inheritance (PostgreSQL's MergeAttributes, CreateInheritance, RemoveInheritance). */
#include "ddl/ddl_private.h"

/* ---- CREATE TABLE … INHERITS ---- */

typedef struct Merge {
    Ddl *ddl;
    TablePlan *plan;
    bool is_partition;
    VEC(ColumnPlan) columns;
    StrMap numbers; /* name to index + 1 into columns */
    VEC(bool) bogus_default;
} Merge;

static bool check_parent(Merge *merge, const Relation *parent)
{
    Ddl *ddl = merge->ddl;
    if (merge->is_partition)
        return parent->kind == RELKIND_PARTITIONED ||
               ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "\"%s\" is not partitioned", parent->name);
    if (parent->kind == RELKIND_PARTITIONED)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot inherit from partitioned table \"%s\"",
                        parent->name);
    if (parent->is_partition)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot inherit from partition \"%s\"", parent->name);
    if (parent->kind != RELKIND_TABLE && parent->kind != RELKIND_FOREIGN)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE,
                        "inherited relation \"%s\" is not a table or foreign table", parent->name);
    if (parent->persistence == 't' && merge->plan->relation->persistence != 't')
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot inherit from temporary relation \"%s\"",
                        parent->name);
    return true;
}

static bool same_type(Merge *merge, const Column *a, const Column *b, const char *what)
{
    Ddl *ddl = merge->ddl;
    if (a->type == b->type && a->typmod == b->typmod) {
        if (a->collation == b->collation)
            return true;
        ddl_error(ddl, -1, SQLSTATE_COLLATION_MISMATCH, "%s \"%s\" has a collation conflict", what, a->name);
        return false;
    }
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "%s \"%s\" has a type conflict", what, a->name);
    ddl_detail(ddl, diag, "%s versus %s",
               catalog_format_type_typmod(ddl->catalog, ddl->diags->arena, a->type, a->typmod),
               catalog_format_type_typmod(ddl->catalog, ddl->diags->arena, b->type, b->typmod));
    return false;
}

static bool same_default(const Expr *a, const Expr *b)
{
    return a && b && expr_equal(a, b);
}

/* A column that an earlier parent has too. */
static bool merge_inherited(Merge *merge, size_t i, const Column *column)
{
    Column *old = &merge->columns.items[i].column;
    if (!same_type(merge, old, column, "inherited column"))
        return false;
    if (old->generated != column->generated)
        return ddl_fail(merge->ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                        "inherited column \"%s\" has a generation conflict", column->name);
    old->inherit_count++;
    old->not_null |= column->not_null;
    if (column->has_default && !old->has_default) {
        old->has_default = true;
        old->default_expr = column->default_expr;
    } else if (column->has_default && !same_default(old->default_expr, column->default_expr)) {
        merge->bogus_default.items[i] = true;
    }
    return true;
}

static void add_inherited(Merge *merge, const Relation *parent, const Column *column)
{
    ColumnPlan plan = {.column = *column};
    plan.column.is_local = false;
    plan.column.inherit_count = 1;
    plan.column.identity = 0;
    plan.column.comment = NULL;
    (void)parent;
    vec_push(merge->ddl->scratch, &merge->columns, plan);
    vec_push(merge->ddl->scratch, &merge->bogus_default, false);
    strmap_put(merge->ddl->scratch, &merge->numbers, column->name, (void *)(uintptr_t)merge->columns.len);
}

static bool add_parent_columns(Merge *merge, const Relation *parent)
{
    for (size_t i = 0; i < parent->ncolumns; i++) {
        const Column *column = &parent->columns[i];
        if (column->dropped)
            continue;
        uintptr_t number = (uintptr_t)strmap_get(&merge->numbers, column->name);
        if (!number)
            add_inherited(merge, parent, column);
        else if (!merge_inherited(merge, number - 1, column))
            return false;
    }
    return true;
}

/* A column that is both inherited and written. */
static bool merge_own(Merge *merge, size_t i, const ColumnPlan *own)
{
    Ddl *ddl = merge->ddl;
    ColumnPlan *plan = &merge->columns.items[i];
    if (plan->column.is_local)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN, "column \"%s\" specified more than once",
                        own->column.name);
    if (!same_type(merge, &plan->column, &own->column, "column"))
        return false;
    if (plan->column.generated && !own->column.generated &&
        (own->raw_default || own->column.identity || own->serial)) {
        const char *what = own->column.identity ? "identity" : "default";
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_COLUMN_DEFINITION,
                        "column \"%s\" inherits from generated column but specifies %s", own->column.name, what);
    }
    if (plan->column.generated && own->column.generated) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_COLUMN_DEFINITION,
                               "child column \"%s\" specifies generation expression", own->column.name);
        ddl_hint(ddl, diag,
                 "Omit the generation expression in the definition of the child table column to inherit the "
                 "generation expression from the parent table.");
        return false;
    }
    Column inherited = plan->column;
    *plan = *own;
    plan->column.inherit_count = inherited.inherit_count;
    plan->column.not_null |= inherited.not_null;
    plan->column.generated |= inherited.generated;
    plan->column.ndims = inherited.ndims;
    if (!own->raw_default && !own->serial && !own->column.identity) {
        plan->column.has_default = inherited.has_default;
        plan->column.default_expr = inherited.default_expr;
    } else {
        merge->bogus_default.items[i] = false;
    }
    return true;
}

static bool add_own_columns(Merge *merge)
{
    for (size_t i = 0; i < merge->plan->columns.len; i++) {
        const ColumnPlan *own = &merge->plan->columns.items[i];
        uintptr_t number = (uintptr_t)strmap_get(&merge->numbers, own->column.name);
        if (number) {
            if (!merge_own(merge, number - 1, own))
                return false;
        } else {
            vec_push(merge->ddl->scratch, &merge->columns, *own);
            vec_push(merge->ddl->scratch, &merge->bogus_default, false);
        }
    }
    return true;
}

static bool check_defaults(Merge *merge)
{
    for (size_t i = 0; i < merge->columns.len; i++) {
        if (!merge->bogus_default.items[i])
            continue;
        const Column *column = &merge->columns.items[i].column;
        bool generated = column->generated != 0;
        Diag *diag =
            ddl_error(merge->ddl, -1, SQLSTATE_INVALID_COLUMN_DEFINITION, "column \"%s\" inherits conflicting %s",
                      column->name, generated ? "generation expressions" : "default values");
        if (!generated)
            ddl_hint(merge->ddl, diag, "To resolve the conflict, specify a default explicitly.");
        return false;
    }
    return true;
}

/* A stand-in for the table to be, to map the parents' attribute numbers. */
static Relation *future_relation(Merge *merge)
{
    Relation *relation = arena_memdup(merge->ddl->scratch, merge->plan->relation, sizeof *relation);
    Column *columns = arena_array_of(merge->ddl->scratch, merge->columns.len + 1, Column);
    for (size_t i = 0; i < merge->columns.len; i++) {
        columns[i] = merge->columns.items[i].column;
        columns[i].number = (int16_t)(i + 1);
    }
    relation->columns = columns;
    relation->ncolumns = merge->columns.len;
    return relation;
}

/* MergeCheckConstraint */
static bool add_check(Merge *merge, const Constraint *check)
{
    for (size_t i = 0; i < merge->plan->inherited_checks.len; i++) {
        const Constraint *old = &merge->plan->inherited_checks.items[i];
        if (strcmp(old->name, check->name) != 0)
            continue;
        if (!old->check || !check->check || expr_equal(old->check, check->check))
            break;
        return ddl_fail(merge->ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                        "check constraint name \"%s\" appears multiple times but with different expressions",
                        check->name);
    }
    vec_push(merge->ddl->scratch, &merge->plan->inherited_checks, *check);
    return true;
}

/* Checks and generation expressions, in the child's attribute numbers. */
static bool map_expressions(Merge *merge, const Relation *parent, const Relation *child)
{
    int16_t *map = remap_by_name(merge->ddl->scratch, parent, child);
    for (size_t i = 0; i < parent->nconstraints; i++) {
        Constraint check = parent->constraints[i];
        if (check.type != CONSTRAINT_CHECK || check.no_inherit)
            continue;
        check.check = remap_expr(merge->ddl->arena, check.check, map, parent->ncolumns);
        if (!add_check(merge, &check))
            return false;
    }
    for (size_t i = 0; i < parent->ncolumns; i++) {
        const Column *column = &parent->columns[i];
        if (column->dropped || !column->generated)
            continue;
        ColumnPlan *own = &merge->columns.items[map[i] - 1];
        if (own->column.default_expr == column->default_expr)
            own->column.default_expr = remap_expr(merge->ddl->arena, column->default_expr, map, parent->ncolumns);
    }
    return true;
}

bool inherit_merge_columns(Ddl *ddl, TablePlan *plan, bool is_partition)
{
    if (plan->parents.len == 0)
        return true;
    Merge merge = {.ddl = ddl, .plan = plan, .is_partition = is_partition};
    for (size_t i = 0; i < plan->parents.len; i++) {
        const Relation *parent = catalog_relation(ddl->catalog, plan->parents.items[i]);
        if (!check_parent(&merge, parent) || !add_parent_columns(&merge, parent))
            return false;
    }
    if (!add_own_columns(&merge) || !check_defaults(&merge))
        return false;
    const Relation *child = future_relation(&merge);
    for (size_t i = 0; i < plan->parents.len; i++) {
        if (!map_expressions(&merge, catalog_relation(ddl->catalog, plan->parents.items[i]), child))
            return false;
    }
    plan->columns.len = 0;
    for (size_t i = 0; i < merge.columns.len; i++)
        vec_push(ddl->scratch, &plan->columns, merge.columns.items[i]);
    return true;
}
