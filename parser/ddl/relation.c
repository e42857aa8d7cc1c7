/* Relations and the types of their rows (PostgreSQL's catalog/heap.c). */
#include "ddl/ddl_private.h"

Relation *relation_new(Ddl *ddl, char kind, const char *name, Oid schema, char persistence, int32_t location)
{
    Relation *relation = arena_new_of(ddl->arena, Relation);
    relation->oid = catalog_new_oid(ddl->catalog);
    relation->name = name;
    relation->schema = schema;
    relation->kind = kind;
    relation->persistence = persistence;
    relation->populated = true;
    relation->span = ddl_span(ddl, location);
    return relation;
}

/* ---- checks of columns ---- */

bool relation_is_table(char kind)
{
    return kind == RELKIND_TABLE || kind == RELKIND_PARTITIONED || kind == RELKIND_FOREIGN;
}

static bool check_composite(Ddl *ddl, const char *name, const Type *type, Oid containing, int32_t location)
{
    if (type->oid == containing)
        return ddl_fail(ddl, location, SQLSTATE_INVALID_TABLE_DEFINITION,
                        "composite type %s cannot be made a member of itself", ddl_type_name(ddl, type->oid));
    const Relation *row = catalog_relation(ddl->catalog, type->relation);
    for (size_t i = 0; containing && row && i < row->ncolumns; i++) {
        if (!row->columns[i].dropped &&
            !relation_check_column_type(ddl, name, row->columns[i].type, containing, location))
            return false;
    }
    return true;
}

bool relation_check_column_type(Ddl *ddl, const char *name, Oid oid, Oid containing, int32_t location)
{
    const Type *type = catalog_type(ddl->catalog, oid);
    if (!type)
        return true;
    if (type->typtype == TYPTYPE_PSEUDO)
        return ddl_fail(ddl, location, SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%s\" has pseudo-type %s", name,
                        ddl_type_name(ddl, oid));
    if (oid < FIRST_USER_OID)
        return true;
    if (type->typtype == TYPTYPE_DOMAIN)
        return relation_check_column_type(ddl, name, type->base, containing, location);
    if (type->typtype == TYPTYPE_COMPOSITE)
        return check_composite(ddl, name, type, containing, location);
    if (type->typtype == TYPTYPE_RANGE)
        return relation_check_column_type(ddl, name, type->subtype, containing, location);
    if (type->element)
        return relation_check_column_type(ddl, name, type->element, containing, location);
    return true;
}

static bool has_system_columns(char kind)
{
    return kind != RELKIND_VIEW && kind != RELKIND_COMPOSITE;
}

static bool check_name(Ddl *ddl, const Relation *relation, const Column *column, StrMap *seen)
{
    if (has_system_columns(relation->kind) && catalog_find_system_column(column->name))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN,
                        "column name \"%s\" conflicts with a system column name", column->name);
    if (strmap_put(ddl->scratch, seen, column->name, seen))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_COLUMN, "column \"%s\" specified more than once", column->name);
    return true;
}

bool relation_check_columns(Ddl *ddl, const Relation *relation)
{
    if (relation->ncolumns > RELATION_MAX_COLUMNS)
        return ddl_fail(ddl, -1, SQLSTATE_TOO_MANY_COLUMNS, "tables can have at most %d columns",
                        RELATION_MAX_COLUMNS);
    StrMap seen = {0};
    for (size_t i = 0; i < relation->ncolumns; i++) {
        if (!relation->columns[i].dropped && !check_name(ddl, relation, &relation->columns[i], &seen))
            return false;
    }
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (!column->dropped &&
            !relation_check_column_type(ddl, column->name, column->type, relation->row_type, -1))
            return false;
    }
    return true;
}

/* ---- creation ---- */

static bool has_row_type(char kind)
{
    return kind != RELKIND_SEQUENCE && kind != RELKIND_INDEX && kind != RELKIND_PARTITIONED_INDEX &&
           kind != RELKIND_TOAST;
}

static bool create_row_type(Ddl *ddl, Relation *relation)
{
    if (!name_claim_type(ddl, relation->schema, relation->name,
                         "A relation has an associated type of the same name, so you must use a name that doesn't "
                         "conflict with any existing type."))
        return false;
    Type *type = type_new(ddl, TYPTYPE_COMPOSITE, relation->name, relation->schema, -1);
    type->span = relation->span;
    type->category = 'C';
    type->relation = relation->oid;
    relation->row_type = type->oid;
    type_create(ddl, type);
    relation->row_array_type = type->array;
    /* A composite type's relation belongs to its type, any other relation's row type to the relation. */
    ObjectAddress row = address_of(CLASS_TYPE, type->oid), self = address_of(CLASS_RELATION, relation->oid);
    if (relation->kind == RELKIND_COMPOSITE)
        depend_on(ddl, self, row, DEPENDENCY_INTERNAL);
    else
        depend_on(ddl, row, self, DEPENDENCY_INTERNAL);
    return true;
}

void relation_depend_column(Ddl *ddl, Oid relation, const Column *column)
{
    ObjectAddress self = address_of_column(relation, column->number);
    depend_on_type(ddl, self, column->type);
    depend_on(ddl, self, address_of(CLASS_COLLATION, column->collation), DEPENDENCY_NORMAL);
}

bool relation_create(Ddl *ddl, Relation *relation)
{
    if (relation->schema == SCHEMA_PG_CATALOG) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                               "permission denied to create \"pg_catalog.%s\"", relation->name);
        ddl_detail(ddl, diag, "System catalog modifications are currently disallowed.");
        return false;
    }
    if (!relation_check_columns(ddl, relation) || !name_claim_relation(ddl, relation->schema, relation->name))
        return false;
    if (has_row_type(relation->kind) && !create_row_type(ddl, relation))
        return false;
    catalog_put_relation(ddl->catalog, relation);
    if (relation->kind != RELKIND_COMPOSITE)
        depend_on_schema(ddl, address_of(CLASS_RELATION, relation->oid), relation->schema);
    for (size_t i = 0; i < relation->ncolumns; i++)
        relation_depend_column(ddl, relation->oid, &relation->columns[i]);
    return true;
}

/* ---- parts ---- */

Column *relation_own_columns(Ddl *ddl, Relation *edit, size_t more)
{
    Column *columns = arena_array_of(ddl->arena, edit->ncolumns + more + 1, Column);
    if (edit->ncolumns)
        memcpy(columns, edit->columns, edit->ncolumns * sizeof *columns);
    edit->columns = columns;
    return columns;
}

void relation_add_index(Ddl *ddl, Oid oid, Oid index)
{
    Relation *relation = catalog_edit_relation(ddl->catalog, oid);
    Oid *indexes = arena_array_of(ddl->arena, relation->nindexes + 1, Oid);
    if (relation->nindexes)
        memcpy(indexes, relation->indexes, relation->nindexes * sizeof *indexes);
    indexes[relation->nindexes++] = index;
    relation->indexes = indexes;
    catalog_put_relation(ddl->catalog, relation);
}

const Constraint *relation_constraint(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        if (strcmp(relation->constraints[i].name, name) == 0)
            return &relation->constraints[i];
    }
    return NULL;
}

const Constraint *relation_constraint_by_oid(const Relation *relation, Oid oid)
{
    for (size_t i = 0; i < relation->nconstraints; i++) {
        if (relation->constraints[i].oid == oid)
            return &relation->constraints[i];
    }
    return NULL;
}

const Column *relation_user_column(const Relation *relation, const char *name)
{
    const Column *column = catalog_find_column(relation, name);
    return column && column->number > 0 ? column : NULL;
}

const Column *relation_require_column(Ddl *ddl, const Relation *relation, const char *name, int32_t location)
{
    const Column *column = catalog_find_column(relation, name);
    if (!column) {
        Diag *diag = ddl_error(ddl, location, SQLSTATE_UNDEFINED_COLUMN,
                               "column \"%s\" of relation \"%s\" does not exist", name, relation->name);
        NearestName near = {.wanted = name};
        for (size_t i = 0; i < relation->ncolumns; i++) {
            if (!relation->columns[i].dropped)
                nearest_offer(&near, relation->columns[i].name);
        }
        if (near.found)
            ddl_hint(ddl, diag, "did you mean \"%s\"?", near.found);
    }
    return column;
}

bool relation_has_children(Ddl *ddl, Oid relation)
{
    return catalog_children(ddl->catalog, ddl->scratch, relation).len > 0;
}

Oid relation_access_method(Ddl *ddl, const char *name)
{
    const NamedObject *method = catalog_find_object(ddl->catalog, CLASS_ACCESS_METHOD, name);
    if (!method)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "access method \"%s\" does not exist", name);
    bool of_indexes =
        method && (method->method_type == 'i' || (method->oid < FIRST_USER_OID && method->oid != AM_HEAP));
    if (of_indexes)
        ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE, "access method \"%s\" is not of type TABLE",
                 name);
    return method && !of_indexes ? method->oid : INVALID_OID;
}

/* ---- opening ---- */

bool relation_is_system(const Relation *relation)
{
    return relation->oid < FIRST_USER_OID;
}

bool relation_check_not_system(Ddl *ddl, const Relation *relation)
{
    if (!relation_is_system(relation))
        return true;
    return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied: \"%s\" is a system catalog",
                    relation->name);
}

const Relation *relation_open(Ddl *ddl, const AstRangeVar *name, const char *kinds, const char *wrong)
{
    const Relation *relation = analyze_range_var(&ddl->context, name, false);
    if (!relation)
        return NULL;
    if (!strchr(kinds, relation->kind)) {
        ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" %s", relation->name, wrong);
        return NULL;
    }
    return relation;
}
