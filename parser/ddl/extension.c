/* Extensions: their objects come from the catalog's own tables, or from a file of the user's (PostgreSQL's
 * CreateExtension, ExecAlterExtensionStmt, AlterExtensionNamespace, ExecAlterExtensionContentsStmt). */
#include "ddl/ddl_private.h"

/* ---- CREATE EXTENSION ---- */

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
        ddl_hint(ddl, diag,
                 "Its objects are not known here. Name a SQL file that declares them in sqlc.yaml, under "
                 "extensions: %s: FILE.",
                 name);
    return false;
}

bool extension_unknown_version(Ddl *ddl, const ExtensionInfo *info, const char *version)
{
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "extension \"%s\" has no installation script nor update path for version \"%s\"",
                           info->name, version);
    ddl_hint(ddl, diag, "Version \"%s\" is the one whose objects are known here.", info->version);
    return false;
}

Oid extension_target_schema(Ddl *ddl, const char *asked, const char *extension, const char *fixed, bool cascade)
{
    Oid schema = asked ? name_schema_itself(ddl, asked) : INVALID_OID;
    if (asked && !schema)
        return INVALID_OID;
    if (asked && fixed && strcmp(asked, fixed) != 0 && !cascade) {
        ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED, "extension \"%s\" must be installed in schema \"%s\"",
                 extension, fixed);
        return INVALID_OID;
    }
    if (schema)
        return schema;
    Oid current = catalog_search_path(ddl->catalog)->creation;
    if (fixed && !current)
        return SCHEMA_PUBLIC;
    return name_default_schema(ddl);
}

bool extension_missing_requirement(Ddl *ddl, ExtensionResult result, const char *extension, const char *missing)
{
    if (result == EXTENSION_UNKNOWN)
        return unknown_extension(ddl, missing);
    if (result == EXTENSION_DECLARED_REQUIRED) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                               "extension \"%s\" is not available where extension \"%s\" is declared by a file",
                               extension, missing);
        ddl_hint(ddl, diag, "Declare it by a file too, under \"extensions\" in sqlc.yaml.");
        return false;
    }
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "required extension \"%s\" is not installed", missing);
    ddl_hint(ddl, diag, "Use CREATE EXTENSION ... CASCADE to install required extensions too.");
    return false;
}

static bool create_known(Ddl *ddl, const ExtensionInfo *info, const char *asked, const char *version, bool cascade)
{
    Oid schema = extension_target_schema(ddl, asked, info->name, info->schema, cascade);
    if (!schema)
        return false;
    const char *missing = NULL;
    ExtensionResult result = catalog_create_extension(ddl->catalog, info->name, schema,
                                                      version ? arena_strdup(ddl->arena, version) : NULL, cascade,
                                                      ddl_span(ddl, -1), &missing);
    if (result == EXTENSION_UNKNOWN_VERSION)
        return extension_unknown_version(ddl, info, missing);
    if (result != EXTENSION_CREATED)
        return extension_missing_requirement(ddl, result, info->name, missing ? missing : info->name);
    if (version && strcmp(version, info->version) != 0)
        diag_warning(
            ddl->diags, ddl_span(ddl, -1), NULL,
            "the objects of extension \"%s\" are taken to be those of version \"%s\", which are known here",
            info->name, info->version);
    return true;
}

bool extension_create(Ddl *ddl, const char *name, const char *asked, const char *version, bool cascade)
{
    const DdlExtension *declared = extension_find_declared(ddl, name);
    if (declared) {
        Oid schema = extension_target_schema(ddl, asked, name, NULL, cascade);
        return schema && extension_create_declared(ddl, declared, schema, version ? version : "");
    }
    const LanguageExtension *language = extension_find_language(name);
    if (language)
        return extension_create_language(ddl, language, asked, version, cascade);
    const ExtensionInfo *info = catalog_extension_info(ddl->catalog, ddl->scratch, name);
    return info ? create_known(ddl, info, asked, version, cascade) : unknown_extension(ddl, name);
}

bool create_extension(Ddl *ddl, const AstNode *node)
{
    const AstCreateExtensionStmt *stmt = node->create_extension_stmt;
    AstItems options = AST_ITEMS(stmt, options);
    if (catalog_find_object(ddl->catalog, CLASS_EXTENSION, stmt->extname))
        return stmt->if_not_exists ||
               ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "extension \"%s\" already exists", stmt->extname);
    return extension_create(ddl, stmt->extname, ast_option_text(ddl->scratch, ast_option(options, "schema")),
                            ast_option_text(ddl->scratch, ast_option(options, "new_version")),
                            ddl_option_bool(ddl, ast_option(options, "cascade")));
}

/* ---- ALTER EXTENSION ---- */

static const NamedObject *require(Ddl *ddl, const char *name)
{
    const NamedObject *extension = catalog_find_object(ddl->catalog, CLASS_EXTENSION, name);
    if (!extension)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "extension \"%s\" does not exist", name);
    return extension;
}

static void put_state(Ddl *ddl, Oid oid, const ExtensionState *state)
{
    NamedObject *edit = catalog_edit_object(ddl->catalog, CLASS_EXTENSION, oid);
    edit->extension = arena_memdup(ddl->arena, state, sizeof *state);
    catalog_put_object(ddl->catalog, edit);
}

/* UPDATE [TO version] */
bool alter_extension(Ddl *ddl, const AstNode *node)
{
    const AstAlterExtensionStmt *stmt = node->alter_extension_stmt;
    const NamedObject *extension = require(ddl, stmt->extname);
    if (!extension)
        return false;
    if (!extension->extension)
        return true;
    ExtensionState state = *extension->extension;
    const ExtensionInfo *info = catalog_extension_info(ddl->catalog, ddl->scratch, stmt->extname);
    const char *version = ast_option_text(ddl->scratch, ast_option(AST_ITEMS(stmt, options), "new_version"));
    if (!version)
        version = state.declared || !info ? state.version : info->version;
    if (strcmp(version, state.version) == 0)
        return true;
    if (!state.declared && !catalog_extension_updates(ddl->catalog, stmt->extname, state.version, version))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "extension \"%s\" has no update path from version \"%s\" to version \"%s\"", stmt->extname,
                        state.version, version);
    state.version = arena_strdup(ddl->arena, version);
    put_state(ddl, extension->oid, &state);
    return true;
}

void extension_moved(Ddl *ddl, Oid oid, Oid schema)
{
    ExtensionState state = *catalog_object(ddl->catalog, CLASS_EXTENSION, oid)->extension;
    depend_forget(ddl, address_of(CLASS_EXTENSION, oid), address_of(CLASS_SCHEMA, state.schema));
    depend_on_schema(ddl, address_of(CLASS_EXTENSION, oid), schema);
    state.schema = schema;
    put_state(ddl, oid, &state);
}

/* The extension that an object is a member of, or NULL (getExtensionOfObject). */
static const NamedObject *extension_of(Ddl *ddl, ObjectAddress object)
{
    DependencyList list = catalog_references(ddl->catalog, ddl->scratch, object);
    for (size_t i = 0; i < list.len; i++)
        if (list.items[i].kind == DEPENDENCY_EXTENSION)
            return catalog_object(ddl->catalog, CLASS_EXTENSION, list.items[i].referenced.oid);
    return NULL;
}

/* ADD and DROP of members */
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
    const NamedObject *present = extension_of(ddl, object);
    if (stmt->action <= 0) {
        if (present != extension)
            return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "%s is not a member of extension \"%s\"", describe_object(ddl, object),
                            extension->name);
        depend_forget(ddl, object, owner);
        return true;
    }
    if (present)
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "%s is already a member of extension \"%s\"", describe_object(ddl, object), present->name);
    if (object.class == CLASS_SCHEMA && extension->extension && extension->extension->schema == object.oid)
        return ddl_fail(ddl, -1, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "cannot add schema \"%s\" to extension \"%s\" because the schema contains the extension",
                        catalog_schema(ddl->catalog, object.oid)->name, extension->name);
    depend_on(ddl, object, owner, DEPENDENCY_EXTENSION);
    return true;
}
