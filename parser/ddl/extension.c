/* Extensions: their objects come from the catalog's own tables (PostgreSQL's CreateExtension, ExecAlterExtension…).
 */
#include "ddl/ddl_private.h"

static bool unknown_extension(Ddl *ddl, const char *name)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "extension \"%s\" is not available", name);
    NearestName near = {.wanted = name};
    size_t n;
    const char *const *known = catalog_extension_names(ddl->catalog, ddl->scratch, &n);
    for (size_t i = 0; i < n; i++)
        nearest_offer(&near, known[i]);
    if (near.found)
        ddl_hint(ddl, diag, "did you mean \"%s\"?", near.found);
    else
        ddl_hint(
            ddl, diag,
            "Its objects are not known here. Declare the types and functions of it that queries use with CREATE "
            "TYPE and CREATE FUNCTION in a schema file of their own instead.");
    return false;
}

/* The schema the extension's objects go to: the one asked for, its own fixed one, or the current one. */
static Oid target_schema(Ddl *ddl, const AstCreateExtensionStmt *stmt, const ExtensionInfo *info)
{
    const char *name = ast_option_text(ddl->scratch, ast_option(AST_ITEMS(stmt, options), "schema"));
    bool cascade = ddl_option_bool(ddl, ast_option(AST_ITEMS(stmt, options), "cascade"));
    if (name && info->schema && strcmp(name, info->schema) != 0 && !cascade) {
        ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "extension \"%s\" must be installed in schema \"%s\"",
                 info->name, info->schema);
        return INVALID_OID;
    }
    if (name && !info->schema)
        return name_schema(ddl, name, false);
    /* A fixed schema is made by the catalog. */
    Oid current = catalog_search_path(ddl->catalog)->creation;
    return current || info->schema ? (current ? current : SCHEMA_PUBLIC) : name_default_schema(ddl);
}

bool create_extension(Ddl *ddl, const AstNode *node)
{
    const AstCreateExtensionStmt *stmt = node->create_extension_stmt;
    const char *name = stmt->extname;
    if (catalog_find_object(ddl->catalog, CLASS_EXTENSION, name))
        return stmt->if_not_exists ||
               ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "extension \"%s\" already exists", name);
    const ExtensionInfo *info = catalog_extension_info(ddl->catalog, ddl->scratch, name);
    if (!info)
        return unknown_extension(ddl, name);
    Oid schema = target_schema(ddl, stmt, info);
    if (!schema)
        return false;
    AstItems options = AST_ITEMS(stmt, options);
    const char *missing = NULL, *version = ast_option_text(ddl->scratch, ast_option(options, "new_version"));
    ExtensionResult result =
        catalog_create_extension(ddl->catalog, name, schema, version ? arena_strdup(ddl->arena, version) : NULL,
                                 ddl_option_bool(ddl, ast_option(options, "cascade")), ddl_span(ddl, -1), &missing);
    if (result == EXTENSION_UNKNOWN)
        return unknown_extension(ddl, name);
    if (result == EXTENSION_MISSING_REQUIRED) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "required extension \"%s\" is not installed",
                               missing ? missing : "");
        ddl_hint(ddl, diag, "Use CREATE EXTENSION ... CASCADE to install required extensions too.");
        return false;
    }
    const NamedObject *extension = catalog_find_object(ddl->catalog, CLASS_EXTENSION, name);
    if (extension)
        depend_on_schema(ddl, address_of(CLASS_EXTENSION, extension->oid), schema);
    return true;
}

static const NamedObject *require(Ddl *ddl, const char *name)
{
    const NamedObject *extension = catalog_find_object(ddl->catalog, CLASS_EXTENSION, name);
    if (!extension)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "extension \"%s\" does not exist", name);
    return extension;
}

bool alter_extension(Ddl *ddl, const AstNode *node)
{
    /* UPDATE: only the newest version's objects are known. */
    return require(ddl, node->alter_extension_stmt->extname) != NULL;
}

bool alter_extension_contents(Ddl *ddl, const AstNode *node)
{
    const AstAlterExtensionContentsStmt *stmt = node->alter_extension_contents_stmt;
    const NamedObject *extension = require(ddl, stmt->extname);
    ObjectAddress object;
    if (!extension || !address_find(ddl, stmt->objtype, stmt->object, false, &object))
        return false;
    if (object.class == CLASS_NONE)
        return true;
    ObjectAddress owner = address_of(CLASS_EXTENSION, extension->oid);
    if (stmt->action > 0)
        depend_on(ddl, object, owner, DEPENDENCY_EXTENSION);
    else
        depend_forget(ddl, object, owner);
    return true;
}
