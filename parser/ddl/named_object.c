/* Objects of which queries need only that they exist: conversions, foreign data wrappers, servers, text search
 * objects, publications, languages … */
#include "ddl/ddl_private.h"

#include <ctype.h>

const char *named_object_label(ObjectClass class)
{
    switch ((int)class) {
    case CLASS_EXTENSION:
        return "extension";
    case CLASS_LANGUAGE:
        return "language";
    case CLASS_ACCESS_METHOD:
        return "access method";
    case CLASS_CONVERSION:
        return "conversion";
    case CLASS_TS_CONFIG:
        return "text search configuration";
    case CLASS_TS_DICT:
        return "text search dictionary";
    case CLASS_TS_PARSER:
        return "text search parser";
    case CLASS_TS_TEMPLATE:
        return "text search template";
    case CLASS_STATISTICS:
        return "statistics object";
    case CLASS_FDW:
        return "foreign-data wrapper";
    case CLASS_SERVER:
        return "server";
    case CLASS_EVENT_TRIGGER:
        return "event trigger";
    case CLASS_PUBLICATION:
        return "publication";
    case CLASS_SUBSCRIPTION:
        return "subscription";
    case CLASS_TRANSFORM:
        return "transform";
    default:
        return "object";
    }
}

Oid named_object_create(Ddl *ddl, ObjectClass class, Oid schema, const char *name)
{
    if (catalog_find_object_in(ddl->catalog, class, schema, name)) {
        ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "%s \"%s\" already exists", named_object_label(class), name);
        return INVALID_OID;
    }
    NamedObject *object = arena_new_of(ddl->arena, NamedObject);
    *object = (NamedObject){
        .oid = catalog_new_oid(ddl->catalog),
        .class = class,
        .schema = schema,
        .name = arena_strdup(ddl->arena, name),
        .span = ddl_span(ddl, -1),
    };
    catalog_put_object(ddl->catalog, object);
    if (schema)
        depend_on_schema(ddl, address_of(class, object->oid), schema);
    return object->oid;
}

static bool require(Ddl *ddl, ObjectClass class, const char *name)
{
    return catalog_find_object(ddl->catalog, class, name) ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s \"%s\" does not exist", named_object_label(class),
                    name);
}

/* ---- CREATE ---- */

/* pg_char_to_encoding: only letters and digits count. */
static bool check_encoding(Ddl *ddl, const char *name, const char *which)
{
    static const char known[] =
        " abc alt big5 euccn eucjis2004 eucjp euckr euctw gb18030 gbk iso88591 iso885910 iso885913 iso885914 "
        "iso885915 "
        "iso885916 iso88592 iso88593 iso88594 iso88595 iso88596 iso88597 iso88598 iso88599 johab koi8 koi8r koi8u "
        "latin1 latin10 latin2 latin3 latin4 latin5 latin6 latin7 latin8 latin9 mskanji muleinternal shiftjis "
        "shiftjis2004 sjis sqlascii tcvn tcvn5712 uhc unicode utf8 vscii win win1250 win1251 win1252 win1253 "
        "win1254 "
        "win1255 win1256 win1257 win1258 win866 win874 win932 win936 win949 win950 windows1250 windows1251 "
        "windows1252 windows1253 windows1254 windows1255 windows1256 windows1257 windows1258 windows866 windows874 "
        "windows932 windows936 windows949 windows950 ";
    char *plain = arena_alloc(ddl->scratch, strlen(name) + 3), *out = plain;
    *out++ = ' ';
    for (const char *c = name; *c; c++)
        if (isalnum((unsigned char)*c))
            *out++ = (char)tolower((unsigned char)*c);
    *out++ = ' ';
    *out = '\0';
    return strstr(known, plain) ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_OBJECT, "%s encoding \"%s\" does not exist", which, name);
}

static bool create_conversion(Ddl *ddl, const AstCreateConversionStmt *stmt)
{
    static const Oid args[] = {TYPE_INT4, TYPE_INT4, TYPE_CSTRING, TYPE_INTERNAL, TYPE_INT4, TYPE_BOOL};
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(stmt, conversion_name), &name);
    if (!schema || !check_encoding(ddl, stmt->for_encoding_name, "source") ||
        !check_encoding(ddl, stmt->to_encoding_name, "destination"))
        return false;
    const Function *function =
        function_lookup(ddl, AST_ITEMS(stmt, func_name), args, sizeof args / sizeof *args, false);
    if (!function)
        return false;
    if (function->return_type != TYPE_INT4)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "encoding conversion function %s must return type %s",
                        ast_name_text(ddl->scratch, AST_ITEMS(stmt, func_name)), "integer");
    return named_object_create(ddl, CLASS_CONVERSION, schema, name) != INVALID_OID;
}

/* parse_func_options: "handler" and "validator", without a value for none. */
static bool check_wrapper_functions(Ddl *ddl, AstItems options)
{
    static const Oid validated[] = {TYPE_TEXT_ARRAY, TYPE_OID};
    for (size_t i = 0; i < options.len; i++) {
        const AstDefElem *option = options.items[i]->def_elem;
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

static bool create_wrapper(Ddl *ddl, const AstCreateFdwStmt *stmt)
{
    return named_object_create(ddl, CLASS_FDW, INVALID_OID, stmt->fdwname) &&
           check_wrapper_functions(ddl, AST_ITEMS(stmt, func_options));
}

static bool create_server(Ddl *ddl, const AstCreateForeignServerStmt *stmt)
{
    if (stmt->if_not_exists && catalog_find_object(ddl->catalog, CLASS_SERVER, stmt->servername))
        return true;
    if (!require(ddl, CLASS_FDW, stmt->fdwname))
        return false;
    Oid server = named_object_create(ddl, CLASS_SERVER, INVALID_OID, stmt->servername);
    if (server)
        depend_on(ddl, address_of(CLASS_SERVER, server),
                  address_of(CLASS_FDW, catalog_find_object(ddl->catalog, CLASS_FDW, stmt->fdwname)->oid),
                  DEPENDENCY_NORMAL);
    return server != INVALID_OID;
}

static bool create_transform(Ddl *ddl, const AstCreateTransformStmt *stmt)
{
    int32_t typmod;
    Oid type = analyze_type_name(&ddl->context, stmt->type_name, &typmod);
    if (!type || !require(ddl, CLASS_LANGUAGE, stmt->lang))
        return false;
    const char *name = arena_printf(ddl->arena, "%u %s", type, stmt->lang);
    if (stmt->replace && catalog_find_object(ddl->catalog, CLASS_TRANSFORM, name))
        return true;
    return named_object_create(ddl, CLASS_TRANSFORM, INVALID_OID, name) != INVALID_OID;
}

static bool create_language(Ddl *ddl, const AstCreatePLangStmt *stmt)
{
    if (stmt->replace && catalog_find_object(ddl->catalog, CLASS_LANGUAGE, stmt->plname))
        return true;
    return named_object_create(ddl, CLASS_LANGUAGE, INVALID_OID, stmt->plname) != INVALID_OID;
}

static bool create_access_method(Ddl *ddl, const AstCreateAmStmt *stmt)
{
    const Oid internal = TYPE_INTERNAL;
    bool is_index = *stmt->amtype == 'i';
    const Function *handler = function_lookup(ddl, AST_ITEMS(stmt, handler_name), &internal, 1, false);
    if (!handler)
        return false;
    if (handler->return_type != (is_index ? TYPE_INDEX_AM_HANDLER : TYPE_TABLE_AM_HANDLER))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "function %s must return type %s",
                        ast_name_text(ddl->scratch, AST_ITEMS(stmt, handler_name)),
                        is_index ? "index_am_handler" : "table_am_handler");
    Oid oid = named_object_create(ddl, CLASS_ACCESS_METHOD, INVALID_OID, stmt->amname);
    if (oid)
        depend_on(ddl, address_of(CLASS_ACCESS_METHOD, oid), address_of(CLASS_FUNCTION, handler->oid),
                  DEPENDENCY_NORMAL);
    return oid != INVALID_OID;
}

bool create_named_object(Ddl *ddl, const AstNode *node)
{
    switch (ast_kind(node)) {
    case AST_CREATE_CONVERSION_STMT:
        return create_conversion(ddl, node->create_conversion_stmt);
    case AST_CREATE_FDW_STMT:
        return create_wrapper(ddl, node->create_fdw_stmt);
    case AST_CREATE_FOREIGN_SERVER_STMT:
        return create_server(ddl, node->create_foreign_server_stmt);
    case AST_CREATE_TRANSFORM_STMT:
        return create_transform(ddl, node->create_transform_stmt);
    case AST_CREATE_AM_STMT:
        return create_access_method(ddl, node->create_am_stmt);
    case AST_CREATE_SUBSCRIPTION_STMT:
        return named_object_create(ddl, CLASS_SUBSCRIPTION, INVALID_OID, node->create_subscription_stmt->subname) !=
               INVALID_OID;
    default:
        return create_language(ddl, node->create_plang_stmt);
    }
}

/* ---- ALTER: the object must exist ---- */

static bool drop_subscription(Ddl *ddl, const AstDropSubscriptionStmt *stmt)
{
    const NamedObject *object = catalog_find_object(ddl->catalog, CLASS_SUBSCRIPTION, stmt->subname);
    if (!object)
        return stmt->missing_ok || require(ddl, CLASS_SUBSCRIPTION, stmt->subname);
    return delete_object(ddl, address_of(CLASS_SUBSCRIPTION, object->oid), false);
}

static bool refuse_import(Ddl *ddl, const AstImportForeignSchemaStmt *stmt)
{
    return require(ddl, CLASS_SERVER, stmt->server_name) &&
           ddl_fail(ddl, -1, SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "unsupported: IMPORT FOREIGN SCHEMA, as the foreign tables are only known to the server");
}

bool alter_named_object(Ddl *ddl, const AstNode *node)
{
    switch (ast_kind(node)) {
    case AST_ALTER_COLLATION_STMT: {
        bool failed = false;
        const AstAlterCollationStmt *stmt = node->alter_collation_stmt;
        analyze_collation_name(&ddl->context, stmt->n_collname, stmt->collname, -1, &failed);
        return !failed;
    }
    case AST_ALTER_FDW_STMT:
        return require(ddl, CLASS_FDW, node->alter_fdw_stmt->fdwname) &&
               check_wrapper_functions(ddl, AST_ITEMS(node->alter_fdw_stmt, func_options));
    case AST_ALTER_FOREIGN_SERVER_STMT:
        return require(ddl, CLASS_SERVER, node->alter_foreign_server_stmt->servername);
    case AST_ALTER_SUBSCRIPTION_STMT:
        return require(ddl, CLASS_SUBSCRIPTION, node->alter_subscription_stmt->subname);
    case AST_DROP_SUBSCRIPTION_STMT:
        return drop_subscription(ddl, node->drop_subscription_stmt);
    case AST_CREATE_USER_MAPPING_STMT:
        return require(ddl, CLASS_SERVER, node->create_user_mapping_stmt->servername);
    case AST_ALTER_USER_MAPPING_STMT:
        return require(ddl, CLASS_SERVER, node->alter_user_mapping_stmt->servername);
    case AST_DROP_USER_MAPPING_STMT:
        return node->drop_user_mapping_stmt->missing_ok ||
               require(ddl, CLASS_SERVER, node->drop_user_mapping_stmt->servername);
    default:
        return refuse_import(ddl, node->import_foreign_schema_stmt);
    }
}
