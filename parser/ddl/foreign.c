/* Foreign-data wrappers, servers and user mappings (PostgreSQL's foreigncmds.c). Which options a wrapper knows is
 * its validator's business, on the server. */
#include "ddl/ddl_private.h"

/* ---- OPTIONS ---- */

bool foreign_change_options(Ddl *ddl, OptionNames old, AstItems options, OptionNames *result)
{
    Names names = {0};
    for (size_t i = 0; i < old.len; i++)
        vec_push(ddl->arena, &names, old.items[i]);
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        bool drop = option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP;
        bool wanted = drop || option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET;
        size_t at = 0;
        while (at < names.len && strcmp(names.items[at], option->defname) != 0)
            at++;
        if (wanted && at == names.len)
            return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "option \"%s\" not found", option->defname);
        if (!wanted && at < names.len)
            return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "option \"%s\" provided more than once",
                            option->defname);
        if (!wanted)
            vec_push(ddl->arena, &names, arena_strdup(ddl->arena, option->defname));
        else if (drop)
            names.items[at] = names.items[--names.len];
    }
    *result = (OptionNames){names.items, names.len};
    return true;
}

static bool change_options(Ddl *ddl, ObjectClass class, Oid oid, AstItems options)
{
    NamedObject *edit = catalog_edit_object(ddl->catalog, class, oid);
    if (!foreign_change_options(ddl, edit->options, options, &edit->options))
        return false;
    catalog_put_object(ddl->catalog, edit);
    return true;
}

bool foreign_set_options(Ddl *ddl, Oid table, AstItems options)
{
    Relation *edit = catalog_edit_relation(ddl->catalog, table);
    if (!foreign_change_options(ddl, edit->options, options, &edit->options))
        return false;
    catalog_put_relation(ddl->catalog, edit);
    return true;
}

/* ALTER FOREIGN TABLE … OPTIONS */
bool alter_foreign_options(Ddl *ddl, const AlterTarget *target, const AstAlterTableCmd *command)
{
    return foreign_set_options(ddl, target->relation, ast_items(command->def));
}

/* ---- wrappers ---- */

static bool refuse_wrapper(Ddl *ddl, const char *verb, const char *name)
{
    if (!role_lacks_superuser(ddl))
        return false;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                           "permission denied to %s foreign-data wrapper \"%s\"", verb, name);
    ddl_hint(ddl, diag, "Must be superuser to %s a foreign-data wrapper.", verb);
    return true;
}

/* parse_func_options: "handler" and "validator", without a value for none. */
static bool check_wrapper_functions(Ddl *ddl, AstItems options)
{
    static const Oid validated[] = {TYPE_TEXT_ARRAY, TYPE_OID};
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
        for (size_t k = 0; k < i; k++)
            if (strcmp(options.items[k]->def_elem->defname, option->defname) == 0)
                return ddl_fail(ddl, option->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
        if (!option->arg)
            continue;
        bool handler = strcmp(option->defname, "handler") == 0;
        AstItems names = definition_names(ddl, option);
        const Function *function = function_lookup(ddl, names, validated, handler ? 0 : 2, false);
        if (!function)
            return false;
        if (handler && function->return_type != TYPE_FDW_HANDLER)
            return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "function %s must return type %s",
                            ast_name_text(ddl->scratch, names), "fdw_handler");
    }
    return true;
}

bool create_wrapper(Ddl *ddl, const AstNode *node)
{
    const AstCreateFdwStmt *stmt = node->create_fdw_stmt;
    if (refuse_wrapper(ddl, "create", stmt->fdwname))
        return false;
    Oid oid = named_object_create(ddl, CLASS_FDW, INVALID_OID, stmt->fdwname);
    return oid && check_wrapper_functions(ddl, AST_ITEMS(stmt, func_options)) &&
           change_options(ddl, CLASS_FDW, oid, AST_ITEMS(stmt, options));
}

bool alter_wrapper(Ddl *ddl, const AstNode *node)
{
    const AstAlterFdwStmt *stmt = node->alter_fdw_stmt;
    if (refuse_wrapper(ddl, "alter", stmt->fdwname))
        return false;
    const NamedObject *wrapper = named_object_require(ddl, CLASS_FDW, stmt->fdwname);
    return wrapper && check_wrapper_functions(ddl, AST_ITEMS(stmt, func_options)) &&
           change_options(ddl, CLASS_FDW, wrapper->oid, AST_ITEMS(stmt, options));
}

/* ---- servers ---- */

bool create_server(Ddl *ddl, const AstNode *node)
{
    const AstCreateForeignServerStmt *stmt = node->create_foreign_server_stmt;
    if (stmt->if_not_exists && catalog_find_object(ddl->catalog, CLASS_SERVER, stmt->servername))
        return true;
    Oid server = named_object_create(ddl, CLASS_SERVER, INVALID_OID, stmt->servername);
    const NamedObject *wrapper = server ? named_object_require(ddl, CLASS_FDW, stmt->fdwname) : NULL;
    if (!wrapper || !privilege_check(ddl, address_of(CLASS_FDW, wrapper->oid), PRIVILEGE_USAGE) ||
        !change_options(ddl, CLASS_SERVER, server, AST_ITEMS(stmt, options)))
        return false;
    depend_on(ddl, address_of(CLASS_SERVER, server), address_of(CLASS_FDW, wrapper->oid), DEPENDENCY_NORMAL);
    return true;
}

bool alter_server(Ddl *ddl, const AstNode *node)
{
    const AstAlterForeignServerStmt *stmt = node->alter_foreign_server_stmt;
    const NamedObject *server = named_object_require(ddl, CLASS_SERVER, stmt->servername);
    return server && owner_check(ddl, address_of(CLASS_SERVER, server->oid)) &&
           change_options(ddl, CLASS_SERVER, server->oid, AST_ITEMS(stmt, options));
}

/* ---- user mappings: one a role and server, known by a name made of both ---- */

typedef struct Mapping {
    Oid role;
    const char *role_name;
    const NamedObject *server;
    const char *key;
} Mapping;

static bool may_map(Ddl *ddl, const Mapping *mapping)
{
    ObjectAddress server = address_of(CLASS_SERVER, mapping->server->oid);
    if (!owner_is_other(ddl, server))
        return true;
    if (mapping->role == ddl->session->roles.current)
        return privilege_check(ddl, server, PRIVILEGE_USAGE);
    return owner_fail(ddl, owner_label(ddl, server));
}

static bool find_role(Ddl *ddl, const AstRoleSpec *user, Mapping *mapping)
{
    if (!role_or_public(ddl, user, &mapping->role))
        return false;
    mapping->role_name = mapping->role == ROLE_PUBLIC ? "public" : role_name(ddl, mapping->role);
    return true;
}

static bool find_server(Ddl *ddl, const char *name, Mapping *mapping)
{
    mapping->server = named_object_require(ddl, CLASS_SERVER, name);
    if (!mapping->server)
        return false;
    mapping->key = arena_printf(ddl->arena, "%u %u", mapping->role, mapping->server->oid);
    return true;
}

static const NamedObject *find_mapping(const Ddl *ddl, const Mapping *mapping)
{
    return catalog_find_object_in(ddl->catalog, CLASS_USER_MAPPING, INVALID_OID, mapping->key);
}

static bool no_mapping(Ddl *ddl, const Mapping *mapping)
{
    return ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "user mapping for \"%s\" does not exist for server \"%s\"",
                    mapping->role_name, mapping->server->name);
}

bool create_user_mapping(Ddl *ddl, const AstNode *node)
{
    const AstCreateUserMappingStmt *stmt = node->create_user_mapping_stmt;
    Mapping mapping;
    if (!find_role(ddl, stmt->user, &mapping) || !find_server(ddl, stmt->servername, &mapping) ||
        !may_map(ddl, &mapping))
        return false;
    if (find_mapping(ddl, &mapping))
        return stmt->if_not_exists || ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT,
                                               "user mapping for \"%s\" already exists for server \"%s\"",
                                               mapping.role_name, mapping.server->name);
    Oid oid = named_object_create(ddl, CLASS_USER_MAPPING, INVALID_OID, mapping.key);
    ObjectAddress self = address_of(CLASS_USER_MAPPING, oid);
    depend_on(ddl, self, address_of(CLASS_SERVER, mapping.server->oid), DEPENDENCY_NORMAL);
    catalog_set_owner(ddl->catalog, self, mapping.role == ROLE_PUBLIC ? ROLE_SUPERUSER : mapping.role);
    return change_options(ddl, CLASS_USER_MAPPING, oid, AST_ITEMS(stmt, options));
}

bool alter_user_mapping(Ddl *ddl, const AstNode *node)
{
    const AstAlterUserMappingStmt *stmt = node->alter_user_mapping_stmt;
    Mapping mapping;
    if (!find_role(ddl, stmt->user, &mapping) || !find_server(ddl, stmt->servername, &mapping))
        return false;
    const NamedObject *object = find_mapping(ddl, &mapping);
    if (!object)
        return no_mapping(ddl, &mapping);
    return may_map(ddl, &mapping) && change_options(ddl, CLASS_USER_MAPPING, object->oid, AST_ITEMS(stmt, options));
}

/* IF EXISTS forgives the role and the server too. */
bool drop_user_mapping(Ddl *ddl, const AstNode *node)
{
    const AstDropUserMappingStmt *stmt = node->drop_user_mapping_stmt;
    Mapping mapping;
    DiagsMark mark = diags_mark(ddl->diags);
    if (!find_role(ddl, stmt->user, &mapping) || !find_server(ddl, stmt->servername, &mapping)) {
        if (stmt->missing_ok)
            diags_rewind(ddl->diags, mark);
        return stmt->missing_ok;
    }
    const NamedObject *object = find_mapping(ddl, &mapping);
    if (!object)
        return stmt->missing_ok || no_mapping(ddl, &mapping);
    return may_map(ddl, &mapping) && delete_object(ddl, address_of(CLASS_USER_MAPPING, object->oid), false);
}

/* ---- IMPORT ---- */

bool import_foreign_schema(Ddl *ddl, const AstNode *node)
{
    return named_object_require(ddl, CLASS_SERVER, node->import_foreign_schema_stmt->server_name) &&
           ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "unsupported: IMPORT FOREIGN SCHEMA, as the foreign tables are only known to the server");
}
