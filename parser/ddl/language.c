/* Procedural languages, transforms and access methods (PostgreSQL's proclang.c, CreateTransform, amcmds.c). */
#include "ddl/ddl_private.h"

static bool wrong_result(Ddl *ddl, AstItems name, const char *type)
{
    return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "function %s must return type %s",
                    ast_name_text(ddl->scratch, name), type);
}

/* ---- CREATE LANGUAGE ---- */

/* The call handler, and those of DO blocks and of validation where there are some. */
static const Function *language_handler(Ddl *ddl, const AstCreatePLangStmt *stmt)
{
    const Oid internal = TYPE_INTERNAL, oid = TYPE_OID;
    AstItems inlined = AST_ITEMS(stmt, plinline), validator = AST_ITEMS(stmt, plvalidator);
    const Function *handler = function_lookup(ddl, AST_ITEMS(stmt, plhandler), NULL, 0, false);
    if (!handler)
        return NULL;
    if (handler->return_type != TYPE_LANGUAGE_HANDLER) {
        wrong_result(ddl, AST_ITEMS(stmt, plhandler), "language_handler");
        return NULL;
    }
    if ((inlined.len && !function_lookup(ddl, inlined, &internal, 1, false)) ||
        (validator.len && !function_lookup(ddl, validator, &oid, 1, false)))
        return NULL;
    return handler;
}

/* Without a handler it is an old way to write CREATE EXTENSION, which the parser makes of it. */
bool create_language(Ddl *ddl, const AstNode *node)
{
    const AstCreatePLangStmt *stmt = node->create_plang_stmt;
    if (role_lacks_superuser(ddl))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                        "must be superuser to create custom procedural language");
    const Function *handler = language_handler(ddl, stmt);
    if (!handler)
        return false;
    if (stmt->replace && catalog_find_object(ddl->catalog, CLASS_LANGUAGE, stmt->plname))
        return true;
    Oid oid = named_object_create(ddl, CLASS_LANGUAGE, INVALID_OID, stmt->plname);
    if (oid)
        depend_on(ddl, address_of(CLASS_LANGUAGE, oid), address_of(CLASS_FUNCTION, handler->oid),
                  DEPENDENCY_NORMAL);
    return oid != INVALID_OID;
}

/* ---- CREATE TRANSFORM ---- */

static bool bad_transform(Ddl *ddl, const char *message)
{
    return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "%s", message);
}

/* check_transform_function */
static bool check_transform_function(Ddl *ddl, const Function *function)
{
    if (function->volatility == 'v')
        return bad_transform(ddl, "transform function must not be volatile");
    if (function->kind != PROKIND_FUNCTION)
        return bad_transform(ddl, "transform function must be a normal function");
    if (function->returns_set)
        return bad_transform(ddl, "transform function must not return a set");
    if (function->nargs != 1)
        return bad_transform(ddl, "transform function must take one argument");
    return function->arg_types[0] == TYPE_INTERNAL ||
           bad_transform(ddl, "first argument of transform function must be type internal");
}

/* FROM SQL gives internal, TO SQL the type. *oid stays 0 where the clause is not written. */
static bool find_transform_function(Ddl *ddl, const AstObjectWithArgs *name, Oid result, const char *wrong,
                                    Oid *oid)
{
    bool failed;
    if (!name)
        return true;
    const Function *function =
        function_lookup_with_args(ddl, name, PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, false, &failed);
    if (!function || !owner_check(ddl, address_of(CLASS_FUNCTION, function->oid)) ||
        !privilege_check(ddl, address_of(CLASS_FUNCTION, function->oid), PRIVILEGE_EXECUTE) ||
        !check_transform_function(ddl, function))
        return false;
    *oid = function->oid;
    return function->return_type == result || bad_transform(ddl, wrong);
}

/* The type itself must be known, not a pseudo-type or a domain; only its owner may say how it is seen. */
static bool check_transform_type(Ddl *ddl, Oid type)
{
    const char *wrong = type_is_pseudo(ddl->catalog, type)                            ? "pseudo-type"
                        : catalog_type(ddl->catalog, type)->typtype == TYPTYPE_DOMAIN ? "domain"
                                                                                      : NULL;
    if (wrong)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "data type %s is a %s", ddl_type_name(ddl, type),
                        wrong);
    return owner_check(ddl, address_of(CLASS_TYPE, type));
}

bool create_transform(Ddl *ddl, const AstNode *node)
{
    const AstCreateTransformStmt *stmt = node->create_transform_stmt;
    int32_t typmod;
    Oid from = INVALID_OID, to = INVALID_OID;
    Oid type = analyze_type_name(&ddl->context, stmt->type_name, &typmod);
    if (!type || !check_transform_type(ddl, type))
        return false;
    const NamedObject *language = named_object_require(ddl, CLASS_LANGUAGE, stmt->lang);
    if (!language || !privilege_check(ddl, address_of(CLASS_LANGUAGE, language->oid), PRIVILEGE_USAGE) ||
        !find_transform_function(ddl, stmt->fromsql, TYPE_INTERNAL,
                                 "return data type of FROM SQL function must be internal", &from) ||
        !find_transform_function(ddl, stmt->tosql, type,
                                 "return data type of TO SQL function must be the transform data type", &to))
        return false;
    const char *name = arena_printf(ddl->arena, "%u %s", type, stmt->lang);
    const NamedObject *old = catalog_find_object(ddl->catalog, CLASS_TRANSFORM, name);
    if (old && !stmt->replace)
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "transform for type %s language \"%s\" already exists",
                        ddl_type_name(ddl, type), stmt->lang);
    Oid oid = old ? old->oid : named_object_create(ddl, CLASS_TRANSFORM, INVALID_OID, name);
    ObjectAddress self = address_of(CLASS_TRANSFORM, oid);
    catalog_remove_references(ddl->catalog, self);
    depend_on_type(ddl, self, type);
    depend_on(ddl, self, address_of(CLASS_LANGUAGE, language->oid), DEPENDENCY_NORMAL);
    depend_on(ddl, self, address_of(CLASS_FUNCTION, from), DEPENDENCY_NORMAL);
    depend_on(ddl, self, address_of(CLASS_FUNCTION, to), DEPENDENCY_NORMAL);
    return true;
}

/* ---- CREATE ACCESS METHOD ---- */

bool create_access_method(Ddl *ddl, const AstNode *node)
{
    const AstCreateAmStmt *stmt = node->create_am_stmt;
    const Oid internal = TYPE_INTERNAL;
    bool is_index = *stmt->amtype == 'i';
    if (role_lacks_superuser(ddl)) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                               "permission denied to create access method \"%s\"", stmt->amname);
        ddl_hint(ddl, diag, "Must be superuser to create an access method.");
        return false;
    }
    Oid oid = named_object_create(ddl, CLASS_ACCESS_METHOD, INVALID_OID, stmt->amname);
    const Function *handler = oid ? function_lookup(ddl, AST_ITEMS(stmt, handler_name), &internal, 1, false) : NULL;
    if (!handler)
        return false;
    if (handler->return_type != (is_index ? TYPE_INDEX_AM_HANDLER : TYPE_TABLE_AM_HANDLER))
        return wrong_result(ddl, AST_ITEMS(stmt, handler_name), is_index ? "index_am_handler" : "table_am_handler");
    NamedObject *edit = catalog_edit_object(ddl->catalog, CLASS_ACCESS_METHOD, oid);
    edit->method_type = *stmt->amtype;
    catalog_put_object(ddl->catalog, edit);
    depend_on(ddl, address_of(CLASS_ACCESS_METHOD, oid), address_of(CLASS_FUNCTION, handler->oid),
              DEPENDENCY_NORMAL);
    return true;
}
