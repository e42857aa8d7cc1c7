/* Schemas (PostgreSQL's CreateSchemaCommand). */
#include "ddl/ddl_private.h"

/* Without one of its own, a schema has its owner's name. */
static const char *schema_name(Ddl *ddl, const AstCreateSchemaStmt *stmt, Oid owner)
{
    const char *name = ast_text(stmt->schemaname);
    if (!name && owner != ROLE_SUPERUSER)
        name = role_name(ddl, owner);
    if (!name)
        ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "unsupported: the name of a schema that is the current role's");
    return name;
}

static Oid create(Ddl *ddl, const char *name)
{
    Schema *schema = arena_new_of(ddl->arena, Schema);
    *schema = (Schema){catalog_new_oid(ddl->catalog), arena_strdup(ddl->arena, name), ddl_span(ddl, -1)};
    catalog_put_schema(ddl->catalog, schema);
    return schema->oid;
}

/* The order in which transformCreateSchemaStmt has the elements made. */
static int rank(const AstNode *element)
{
    switch (ast_kind(element)) {
    case AST_CREATE_SEQ_STMT:
        return 0;
    case AST_CREATE_STMT:
        return 1;
    case AST_VIEW_STMT:
        return 2;
    case AST_INDEX_STMT:
        return 3;
    case AST_CREATE_TRIG_STMT:
        return 4;
    default:
        return 5;
    }
}

/* The elements see the new schema first. */
static bool apply_elements(Ddl *ddl, const AstCreateSchemaStmt *stmt, const char *name)
{
    SearchPathNames outer = ddl->session->path;
    Names path = {0};
    vec_push(ddl->arena, &path, arena_strdup(ddl->arena, name));
    for (size_t i = 0; i < outer.len; i++)
        vec_push(ddl->arena, &path, outer.items[i]);
    if (outer.is_default)
        vec_push(ddl->arena, &path, "public");
    search_path_set(ddl->session, path.items, path.len);
    bool ok = true;
    for (int order = 0; order <= 5; order++) {
        for (size_t i = 0; ok && i < stmt->n_schema_elts; i++)
            ok = rank(stmt->schema_elts[i]) != order || ddl_apply_node(ddl, stmt->schema_elts[i]);
    }
    search_path_restore(ddl->session, outer);
    return ok;
}

static bool check_may_create(Ddl *ddl, Oid owner)
{
    if (!privilege_check_database(ddl, PRIVILEGE_CREATE))
        return false;
    return catalog_role_is_member(ddl->catalog, ddl->session->roles.current, owner) != CERTAINLY_NOT ||
           ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be member of role \"%s\"",
                    role_name(ddl, owner));
}

/* The elements are made as the owner makes them. */
bool create_schema(Ddl *ddl, const AstNode *node)
{
    const AstCreateSchemaStmt *stmt = node->create_schema_stmt;
    SessionRoles roles = ddl->session->roles, inside = roles;
    if (stmt->authrole && !role_of_spec(ddl, stmt->authrole, &inside.current))
        return false;
    const char *name = schema_name(ddl, stmt, inside.current);
    if (!name || !check_may_create(ddl, inside.current))
        return false;
    if (strncmp(name, "pg_", 3) == 0) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_RESERVED_NAME, "unacceptable schema name \"%s\"", name);
        ddl_detail(ddl, diag, "The prefix \"pg_\" is reserved for system schemas.");
        return false;
    }
    const Schema *old = catalog_find_schema(ddl->catalog, name);
    if (old && stmt->if_not_exists)
        return true;
    if (old) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_SCHEMA, "schema \"%s\" already exists", name);
        if (old->span.file)
            diag_note(ddl->diags, diag, old->span, "schema \"%s\" is created here", name);
        return false;
    }
    session_role_restore(ddl->session, inside);
    bool ok = create(ddl, name) && apply_elements(ddl, stmt, name);
    session_role_restore(ddl->session, roles);
    return ok;
}
