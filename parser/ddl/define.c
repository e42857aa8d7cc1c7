/* CREATE of what PostgreSQL's grammar calls DefineStmt: aggregates, operators, types, collations, text search
 * objects. */
#include "ddl/ddl_private.h"

static Collation *copied_collation(Ddl *ddl, const AstDefineStmt *define)
{
    const AstDefElem *from = definition_option(define, "from");
    Collation *collation = arena_new_of(ddl->arena, Collation);
    collation->deterministic = true;
    if (!from)
        return collation;
    AstItems names = definition_names(ddl, from);
    bool failed = false;
    Oid oid = analyze_collation_name(&ddl->context, names.len, names.items, -1, &failed);
    return failed || !oid ? NULL : catalog_edit_collation(ddl->catalog, oid);
}

bool define_collation(Ddl *ddl, const AstDefineStmt *define)
{
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(define, defnames), &name);
    if (!schema)
        return false;
    if (catalog_find_collation_in(ddl->catalog, schema, name))
        return define->if_not_exists ||
               ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "collation \"%s\" already exists", name);
    Collation *collation = copied_collation(ddl, define);
    if (!collation)
        return false;
    collation->oid = catalog_new_oid(ddl->catalog);
    collation->name = arena_strdup(ddl->arena, name);
    collation->schema = schema;
    collation->span = ddl_span(ddl, -1);
    const AstDefElem *deterministic = definition_option(define, "deterministic");
    if (deterministic)
        collation->deterministic = ddl_option_bool(ddl, deterministic);
    catalog_put_collation(ddl->catalog, collation);
    depend_on_schema(ddl, address_of(CLASS_COLLATION, collation->oid), schema);
    return true;
}

static bool define_text_search(Ddl *ddl, const AstDefineStmt *define, ObjectClass class)
{
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(define, defnames), &name);
    return schema && named_object_create(ddl, class, schema, name);
}

bool define_object(Ddl *ddl, const AstNode *node)
{
    const AstDefineStmt *define = node->define_stmt;
    switch ((int)define->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return define_aggregate(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        return define_operator(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        return define_type(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
        return define_collation(ddl, define);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER:
        return define_text_search(ddl, define, CLASS_TS_PARSER);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY:
        return define_text_search(ddl, define, CLASS_TS_DICT);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE:
        return define_text_search(ddl, define, CLASS_TS_TEMPLATE);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION:
        return define_text_search(ddl, define, CLASS_TS_CONFIG);
    default:
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "unsupported kind of object");
    }
}
