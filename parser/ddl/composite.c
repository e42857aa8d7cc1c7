/* Composite types: CREATE TYPE … AS (PostgreSQL's DefineCompositeType), and where one is in use. */
#include "ddl/ddl_private.h"

static bool add_attribute(Ddl *ddl, const char *type, const AstColumnDef *definition, Columns *columns)
{
    ColumnPlan plan;
    TableConstraints constraints = {0};
    if (!column_plan(ddl, type, definition, &plan, &constraints))
        return false;
    if (plan.serial)
        return ddl_fail(ddl, definition->type_name->location, SQLSTATE_UNDEFINED_OBJECT,
                        "type \"%s\" does not exist", ast_string(definition->type_name->names[0]));
    plan.column.number = (int16_t)(columns->len + 1);
    vec_push(ddl->arena, columns, plan.column);
    return true;
}

bool create_composite(Ddl *ddl, const AstNode *node)
{
    const AstCompositeTypeStmt *stmt = node->composite_type_stmt;
    char persistence;
    Oid schema = name_relation_schema(ddl, stmt->typevar, &persistence);
    if (!schema || !name_claim_type(ddl, schema, stmt->typevar->relname, NULL))
        return false;
    Relation *relation = relation_new(ddl, RELKIND_COMPOSITE, arena_strdup(ddl->arena, stmt->typevar->relname),
                                      schema, persistence, stmt->typevar->location);
    Columns columns = {0};
    for (size_t i = 0; i < stmt->n_coldeflist; i++) {
        if (!add_attribute(ddl, relation->name, stmt->coldeflist[i]->column_def, &columns))
            return false;
    }
    relation->columns = columns.items;
    relation->ncolumns = columns.len;
    if (!relation_create(ddl, relation))
        return false;
    depend_on_schema(ddl, address_of(CLASS_TYPE, relation->row_type), schema);
    return true;
}

static bool refuse_use(Ddl *ddl, const Relation *origin, const Relation *user, const Column *column)
{
    bool is_type = origin->kind == RELKIND_COMPOSITE;
    return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot alter %s \"%s\" because column \"%s.%s\" uses %s",
                    is_type ? "type" : describe_relation_kind(origin->kind), origin->name, user->name, column->name,
                    is_type ? "it" : "its row type");
}

static bool check_unused(Ddl *ddl, const Relation *origin, Oid type)
{
    DependencyList list = catalog_dependents(ddl->catalog, ddl->scratch, address_of(CLASS_TYPE, type));
    for (size_t i = 0; i < list.len; i++) {
        ObjectAddress user = list.items[i].dependent;
        if (user.class == CLASS_TYPE) {
            const Type *other = catalog_type(ddl->catalog, user.oid);
            bool carries = other && (other->typtype == TYPTYPE_DOMAIN || other->typtype == TYPTYPE_RANGE ||
                                     catalog_is_array(other));
            if (carries && !check_unused(ddl, origin, user.oid))
                return false;
            continue;
        }
        const Relation *relation =
            user.class == CLASS_RELATION && user.sub ? catalog_relation(ddl->catalog, user.oid) : NULL;
        if (!relation)
            continue;
        if (strchr("rmpf", relation->kind))
            return refuse_use(ddl, origin, relation, catalog_column(relation, user.sub));
        if (relation->row_type && relation->row_type != type && !check_unused(ddl, origin, relation->row_type))
            return false;
    }
    return true;
}

bool composite_check_unused(Ddl *ddl, const Relation *relation)
{
    return check_unused(ddl, relation, relation->row_type);
}
