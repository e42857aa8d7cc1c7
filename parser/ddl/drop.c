/* DROP of everything (PostgreSQL's RemoveRelations, RemoveObjects). */
#include "ddl/ddl_private.h"

/* ---- relations: dropmsgstringarray ---- */

static const struct {
    AstObjectType type;
    const char *kinds;
    const char *code, *missing, *wrong, *hint;
} relation_drops[] = {
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, "rp", SQLSTATE_UNDEFINED_TABLE, "table", "a table",
     "Use DROP TABLE to remove a table."},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, "S", SQLSTATE_UNDEFINED_TABLE, "sequence", "a sequence",
     "Use DROP SEQUENCE to remove a sequence."},
    {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, "v", SQLSTATE_UNDEFINED_TABLE, "view", "a view",
     "Use DROP VIEW to remove a view."},
    {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, "m", SQLSTATE_UNDEFINED_TABLE, "materialized view",
     "a materialized view", "Use DROP MATERIALIZED VIEW to remove a materialized view."},
    {PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, "iI", SQLSTATE_UNDEFINED_OBJECT, "index", "an index",
     "Use DROP INDEX to remove an index."},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, "f", SQLSTATE_UNDEFINED_OBJECT, "foreign table",
     "a foreign table", "Use DROP FOREIGN TABLE to remove a foreign table."},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, "c", SQLSTATE_UNDEFINED_OBJECT, "type", "a type",
     "Use DROP TYPE to remove a type."},
};
enum { NRELATION_DROPS = sizeof relation_drops / sizeof *relation_drops };

static size_t entry_of(AstObjectType type)
{
    size_t i = 0;
    while (i < NRELATION_DROPS && relation_drops[i].type != type)
        i++;
    return i;
}

static bool wrong_kind(Ddl *ddl, const Relation *relation, size_t wanted)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is not %s", relation->name,
                           relation_drops[wanted].wrong);
    for (size_t i = 0; i < NRELATION_DROPS; i++) {
        if (strchr(relation_drops[i].kinds, relation->kind))
            ddl_hint(ddl, diag, "%s", relation_drops[i].hint);
    }
    return false;
}

static bool find_relation(Ddl *ddl, size_t entry, const AstNode *object, bool missing_ok, Addresses *found)
{
    AstItems names = ast_items(object);
    const char *schema, *name;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &name))
        return false;
    Oid in = schema ? name_schema(ddl, schema, missing_ok) : INVALID_OID;
    if (schema && !in)
        return missing_ok;
    const Relation *relation =
        schema ? catalog_find_relation_in(ddl->catalog, in, name) : catalog_find_relation(ddl->catalog, name);
    if (!relation)
        return missing_ok || ddl_fail(ddl, -1, relation_drops[entry].code, "%s \"%s\" does not exist",
                                      relation_drops[entry].missing, name);
    if (!strchr(relation_drops[entry].kinds, relation->kind))
        return wrong_kind(ddl, relation, entry);
    ObjectAddress address = address_of(CLASS_RELATION, relation->oid);
    if (!owner_may_drop(ddl, address))
        return owner_fail(ddl, owner_label(ddl, address));
    if (!relation_check_not_system(ddl, relation))
        return false;
    vec_push(ddl->scratch, found, address);
    return true;
}

static bool check_concurrent(Ddl *ddl, const AstDropStmt *stmt)
{
    if (!stmt->concurrent)
        return true;
    if (stmt->n_objects != 1)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
    if (stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        return ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "DROP INDEX CONCURRENTLY does not support CASCADE");
    return !ddl->session->in_transaction ||
           ddl_fail(ddl, -1, SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "DROP INDEX CONCURRENTLY cannot run inside a transaction block");
}

/* ---- other objects ---- */

static bool check_function(Ddl *ddl, AstObjectType type, ObjectAddress address)
{
    if (type != PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION || address.class != CLASS_FUNCTION)
        return true;
    const Function *function = catalog_function(ddl->catalog, address.oid);
    if (function->kind != PROKIND_AGGREGATE)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is an aggregate function", function->name);
    ddl_hint(ddl, diag, "Use DROP AGGREGATE to drop aggregate functions.");
    return false;
}

/* check_object_ownership: messages have the words of the statement. */
static bool check_owner(Ddl *ddl, AstObjectType type, const AstNode *object, ObjectAddress address)
{
    static const struct {
        AstObjectType type;
        const char *what;
    } routines[] = {{PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, "function"},
                    {PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE, "procedure"},
                    {PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE, "routine"},
                    {PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE, "aggregate"}};
    if (address.class == CLASS_NONE)
        return true;
    if (address.class == CLASS_CAST) {
        const Cast *cast = catalog_cast(ddl->catalog, address.oid);
        return !owner_is_other(ddl, address_of(CLASS_TYPE, cast->source)) ||
               !owner_is_other(ddl, address_of(CLASS_TYPE, cast->target)) ||
               ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of type %s or type %s",
                        ddl_type_name(ddl, cast->source), ddl_type_name(ddl, cast->target));
    }
    bool part = address.class == CLASS_CONSTRAINT || address.class == CLASS_TRIGGER ||
                address.class == CLASS_RULE || address.class == CLASS_POLICY;
    if (part)
        return owner_check_part(ddl, address);
    if (address.class != CLASS_TYPE && !catalog_has_own_owner(ddl->catalog, address))
        return address.class == CLASS_TRANSFORM || !role_lacks_superuser(ddl) ||
               ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser");
    if (owner_may_drop(ddl, address))
        return true;
    ObjectLabel label = owner_label(ddl, address);
    if (ast_kind(object) == AST_LIST && address.class != CLASS_TYPE)
        label.name = ast_name_text(ddl->scratch, ast_items(object));
    for (size_t i = 0; i < sizeof routines / sizeof *routines; i++)
        if (routines[i].type == type)
            label = (ObjectLabel){routines[i].what,
                                  ast_name_text(ddl->scratch, AST_ITEMS(object->object_with_args, objname))};
    return owner_fail(ddl, label);
}

bool drop_objects(Ddl *ddl, const AstNode *node)
{
    const AstDropStmt *stmt = node->drop_stmt;
    Addresses found = {0};
    size_t entry =
        stmt->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE ? NRELATION_DROPS : entry_of(stmt->remove_type);
    if (!check_concurrent(ddl, stmt))
        return false;
    for (size_t i = 0; i < stmt->n_objects; i++) {
        ObjectAddress address;
        if (entry < NRELATION_DROPS) {
            if (!find_relation(ddl, entry, stmt->objects[i], stmt->missing_ok, &found))
                return false;
            continue;
        }
        if (!address_find(ddl, stmt->remove_type, stmt->objects[i], stmt->missing_ok, &address) ||
            !check_function(ddl, stmt->remove_type, address) ||
            !check_owner(ddl, stmt->remove_type, stmt->objects[i], address))
            return false;
        if (address.class != CLASS_NONE)
            vec_push(ddl->scratch, &found, address);
    }
    return found.len == 0 || delete_objects(ddl, &found, stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE);
}
