/* Casts (PostgreSQL's CreateCast). */
#include "ddl/ddl_private.h"

static bool bad_cast(Ddl *ddl, const char *message)
{
    return ddl_fail(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION, "%s", message);
}

static bool check_function(Ddl *ddl, const Function *function, Oid source, Oid target)
{
    if (function->nargs < 1 || function->nargs > 3)
        return bad_cast(ddl, "cast function must take one to three arguments");
    if (!coercion_is_binary(ddl->catalog, source, function->arg_types[0]))
        return bad_cast(ddl, "argument of cast function must match or be binary-coercible from source data type");
    if (function->nargs > 1 && function->arg_types[1] != TYPE_INT4)
        return bad_cast(ddl, "second argument of cast function must be type integer");
    if (function->nargs > 2 && function->arg_types[2] != TYPE_BOOL)
        return bad_cast(ddl, "third argument of cast function must be type boolean");
    if (!coercion_is_binary(ddl->catalog, function->return_type, target))
        return bad_cast(ddl,
                        "return data type of cast function must match or be binary-coercible to target data type");
    if (function->kind != PROKIND_FUNCTION)
        return bad_cast(ddl, "cast function must be a normal function");
    if (function->returns_set)
        return bad_cast(ddl, "cast function must not return a set");
    return function->nargs > 1 || source != target ||
           bad_cast(ddl, "source data type and target data type are the same");
}

/* WITHOUT FUNCTION */
static bool check_binary(Ddl *ddl, const Type *source, const Type *target)
{
    if (source->len != target->len)
        return bad_cast(ddl, "source and target data types are not physically compatible");
    if (source->typtype == TYPTYPE_COMPOSITE || target->typtype == TYPTYPE_COMPOSITE)
        return bad_cast(ddl, "composite data types are not binary-compatible");
    if (source->typtype == TYPTYPE_ENUM || target->typtype == TYPTYPE_ENUM)
        return bad_cast(ddl, "enum data types are not binary-compatible");
    if (catalog_is_array(source) || catalog_is_array(target))
        return bad_cast(ddl, "array data types are not binary-compatible");
    if (source->typtype == TYPTYPE_DOMAIN || target->typtype == TYPTYPE_DOMAIN)
        return bad_cast(ddl, "domain data types must not be marked binary-compatible");
    return source->oid != target->oid || bad_cast(ddl, "source data type and target data type are the same");
}

static bool check_types(Ddl *ddl, Oid source, Oid target)
{
    if (type_is_pseudo(ddl->catalog, source))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "source data type %s is a pseudo-type",
                        ddl_type_name(ddl, source));
    if (type_is_pseudo(ddl->catalog, target))
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "target data type %s is a pseudo-type",
                        ddl_type_name(ddl, target));
    if (catalog_find_cast(ddl->catalog, source, target))
        return ddl_fail(ddl, -1, SQLSTATE_DUPLICATE_OBJECT, "cast from type %s to type %s already exists",
                        ddl_type_name(ddl, source), ddl_type_name(ddl, target));
    return true;
}

static bool check_owner(Ddl *ddl, Oid source, Oid target)
{
    return !owner_is_other(ddl, address_of(CLASS_TYPE, source)) ||
           !owner_is_other(ddl, address_of(CLASS_TYPE, target)) ||
           ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of type %s or type %s",
                    ddl_type_name(ddl, source), ddl_type_name(ddl, target));
}

static char context_of(const AstCreateCastStmt *stmt)
{
    if (stmt->context == PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT)
        return 'i';
    return stmt->context == PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT ? 'a' : 'e';
}

bool create_cast(Ddl *ddl, const AstNode *node)
{
    const AstCreateCastStmt *stmt = node->create_cast_stmt;
    int32_t typmod;
    Oid source = analyze_type_name(&ddl->context, stmt->sourcetype, &typmod);
    Oid target = source ? analyze_type_name(&ddl->context, stmt->targettype, &typmod) : INVALID_OID;
    if (!target || !check_types(ddl, source, target) || !check_owner(ddl, source, target))
        return false;
    Cast *cast = arena_new_of(ddl->arena, Cast);
    *cast =
        (Cast){.source = source, .target = target, .context = context_of(stmt), .method = stmt->inout ? 'i' : 'b'};
    if (stmt->func) {
        bool failed;
        const Function *function =
            function_lookup_with_args(ddl, stmt->func, PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, false, &failed);
        if (!function || !check_function(ddl, function, source, target))
            return false;
        cast->method = 'f';
        cast->function = function->oid;
    } else if (!stmt->inout && role_lacks_superuser(ddl)) {
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                        "must be superuser to create a cast WITHOUT FUNCTION");
    } else if (!stmt->inout &&
               !check_binary(ddl, catalog_type(ddl->catalog, source), catalog_type(ddl->catalog, target))) {
        return false;
    }
    cast->oid = catalog_new_oid(ddl->catalog);
    catalog_put_cast(ddl->catalog, cast);
    ObjectAddress self = address_of(CLASS_CAST, cast->oid);
    depend_on_type(ddl, self, source);
    depend_on_type(ddl, self, target);
    depend_on(ddl, self, address_of(CLASS_FUNCTION, cast->function), DEPENDENCY_NORMAL);
    return true;
}
