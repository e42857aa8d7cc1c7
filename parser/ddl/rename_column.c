/* RENAME of columns, attributes and table constraints, in children too (PostgreSQL's renameatt,
 * rename_constraint_internal). */
#include "ddl/ddl_private.h"

typedef struct ColumnRename {
    const char *old, *new;
    bool recurse, recursing;
    int expected_parents;
    bool cascade;
} ColumnRename;

static bool rename_in(Ddl *ddl, Oid relation, ColumnRename rename);

static bool check_column(Ddl *ddl, const Relation *relation, const Column *column, const ColumnRename *rename)
{
    if (!column)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_COLUMN, "column \"%s\" does not exist", rename->old);
    if (column->number < 0)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot rename system column \"%s\"", rename->old);
    if (column->inherit_count > rename->expected_parents)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "cannot rename inherited column \"%s\"",
                        rename->old);
    const Column *taken = catalog_find_column(relation, rename->new);
    if (!taken)
        return true;
    if (taken->number < 0)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN,
                        "column name \"%s\" conflicts with a system column name", rename->new);
    return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN, "column \"%s\" of relation \"%s\" already exists",
                    rename->new, relation->name);
}

static bool rename_in_children(Ddl *ddl, const Relation *relation, ColumnRename rename)
{
    OidList children = catalog_children(ddl->catalog, ddl->scratch, relation->oid);
    if (children.len && !rename.recurse)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "inherited column \"%s\" must be renamed in child tables too", rename.old);
    rename.recursing = true;
    rename.expected_parents = 1;
    for (size_t i = 0; i < children.len; i++) {
        if (!rename_in(ddl, children.items[i], rename))
            return false;
    }
    return true;
}

/* Typed tables have the names of their type's attributes. */
static bool rename_in_typed_tables(Ddl *ddl, const Relation *row, ColumnRename rename)
{
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of(CLASS_TYPE, row->row_type));
    for (size_t i = 0; i < list.len; i++) {
        ObjectAddress user = list.items[i].dependent;
        const Relation *table = user.class == CLASS_RELATION ? catalog_relation(ddl->catalog, user.oid) : NULL;
        if (!table || user.sub || table->of_type != row->row_type)
            continue;
        if (!rename.cascade) {
            Diag *diag = ddl_error(ddl, -1, SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                                   "cannot alter type \"%s\" because it is the type of a typed table", row->name);
            ddl_hint(ddl, diag, "Use ALTER ... CASCADE to alter the typed tables too.");
            return false;
        }
        rename.recursing = true;
        if (!rename_in(ddl, table->oid, rename))
            return false;
    }
    return true;
}

static bool rename_in(Ddl *ddl, Oid oid, ColumnRename rename)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    if (!strchr("rvmcpfiI", relation->kind))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot rename columns of relation \"%s\"",
                        relation->name);
    if (relation->of_type && !rename.recursing)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot rename column of typed table");
    const Column *column = catalog_find_column(relation, rename.old);
    if (!check_column(ddl, relation, column, &rename) || !rename_in_children(ddl, relation, rename))
        return false;
    if (relation->kind == RELKIND_COMPOSITE && !rename_in_typed_tables(ddl, relation, rename))
        return false;
    Column *changed;
    Relation *edit = column_edit(ddl, oid, column->number, &changed);
    changed->name = rename.new;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

bool rename_column(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    size_t errors = ddl->diags->nerrors;
    const Relation *relation = rename_target(ddl, stmt, stmt->relation_type);
    if (!relation)
        return ddl->diags->nerrors == errors;
    if (relation->index)
        return true; /* the names of index columns are nobody's concern */
    ColumnRename rename = {
        .old = stmt->subname,
        .new = name,
        .recurse = stmt->relation->inh,
        .cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
    };
    return rename_in(ddl, relation->oid, rename);
}

/* ---- constraints ---- */

static bool rename_constraint_in(Ddl *ddl, Oid oid, const char *old_name, const char *name, bool recurse,
                                 int parents)
{
    const Relation *relation = catalog_relation(ddl->catalog, oid);
    const Constraint *old = relation_constraint(relation, old_name);
    if (!old)
        return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "constraint \"%s\" for table \"%s\" does not exist",
                        old_name, relation->name);
    OidList children = catalog_children(ddl->catalog, ddl->scratch, oid);
    if (old->type == CONSTRAINT_CHECK && !old->no_inherit) {
        if (children.len && !recurse)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION,
                            "inherited constraint \"%s\" must be renamed in child tables too", old_name);
        for (size_t i = 0; i < children.len; i++) {
            if (!rename_constraint_in(ddl, children.items[i], old_name, name, true, 1))
                return false;
        }
        if (old->inherit_count > parents)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_TABLE_DEFINITION, "cannot rename inherited constraint \"%s\"",
                            old_name);
    }
    bool indexed =
        old->type == CONSTRAINT_PRIMARY || old->type == CONSTRAINT_UNIQUE || old->type == CONSTRAINT_EXCLUSION;
    if (indexed)
        return rename_relation(ddl, old->index, name);
    if (!constraint_check_name_free(ddl, relation, name))
        return false;
    Relation *edit = catalog_edit_relation(ddl->catalog, oid);
    Constraint *constraints = arena_memdup(ddl->arena, edit->constraints, edit->nconstraints * sizeof *constraints);
    constraints[old - relation->constraints].name = name;
    edit->constraints = constraints;
    catalog_put_relation(ddl->catalog, edit);
    name_register_constraint(ddl, name, address_of(CLASS_RELATION, oid));
    return true;
}

bool rename_constraint(Ddl *ddl, const AstRenameStmt *stmt, const char *name)
{
    const Relation *relation = analyze_range_var(&ddl->context, stmt->relation, stmt->missing_ok);
    if (!relation)
        return stmt->missing_ok;
    return rename_constraint_in(ddl, relation->oid, stmt->subname, name, stmt->relation->inh, 0);
}
