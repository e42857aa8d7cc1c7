/* Functions by name and signature, as DDL names them (PostgreSQL's LookupFuncName, LookupFuncWithArgs). */
#include "ddl/ddl_private.h"

/* Where the function stands in the search path: -1 when it cannot be found by this name. */
static int path_position(const Ddl *ddl, Oid schema, const Function *function)
{
    if (schema)
        return function->schema == schema ? 0 : -1;
    const SearchPath *path = catalog_search_path(ddl->catalog);
    for (size_t i = 0; i < path->len; i++) {
        if (path->schemas[i] == function->schema && path->schemas[i] != path->temporary)
            return (int)i;
    }
    return -1;
}

static bool has_types(const Function *function, const Oid *types, size_t n, bool all_modes)
{
    const Oid *own = function->arg_types;
    size_t nown = function->nargs;
    if (all_modes && function->nall) {
        own = function->all_types;
        nown = function->nall;
    }
    return nown == n && (n == 0 || memcmp(own, types, n * sizeof *types) == 0);
}

typedef struct Lookup {
    Oid schema; /* 0: search path */
    const char *name;
    const Oid *types; /* NULL: any, the name must be unique among those of the kind */
    size_t n;
    AstObjectType kind;
    bool all_modes;
} Lookup;

static bool is_of_kind(const Function *function, AstObjectType kind)
{
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE)
        return true;
    return (kind == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE) == (function->kind == PROKIND_PROCEDURE);
}

/* *count is how many there are in the first schema that has one. */
static const Function *find(Ddl *ddl, const Lookup *lookup, size_t *count)
{
    FunctionList list = catalog_functions_named(ddl->catalog, ddl->scratch, lookup->name);
    const Function *best = NULL;
    int best_position = -1;
    *count = 0;
    for (size_t i = 0; i < list.len; i++) {
        int position = path_position(ddl, lookup->schema, list.items[i]);
        if (position < 0 || (best && position > best_position))
            continue;
        if (!lookup->types && !is_of_kind(list.items[i], lookup->kind))
            continue;
        if (lookup->types && !has_types(list.items[i], lookup->types, lookup->n, lookup->all_modes))
            continue;
        *count = best && position == best_position ? *count + 1 : 1;
        best = list.items[i];
        best_position = position;
    }
    return best;
}

/* Sets the schema and name of a lookup. */
static bool split(Ddl *ddl, AstItems names, bool missing_ok, Lookup *lookup, bool *missing)
{
    const char *schema;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &lookup->name))
        return false;
    *missing = false;
    lookup->schema = INVALID_OID;
    if (schema) {
        lookup->schema = name_schema(ddl, schema, missing_ok);
        *missing = !lookup->schema;
    }
    return !*missing || missing_ok;
}

const Function *function_lookup(Ddl *ddl, AstItems names, const Oid *types, size_t n, bool missing_ok)
{
    static const Oid none[1] = {0};
    Lookup lookup = {.types = types ? types : none, .n = n};
    bool missing;
    size_t count;
    if (!split(ddl, names, missing_ok, &lookup, &missing))
        return NULL;
    const Function *function = missing ? NULL : find(ddl, &lookup, &count);
    if (!function && !missing_ok)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "function %s does not exist",
                 describe_signature(ddl, ast_name_text(ddl->scratch, names), types, n));
    return function;
}

bool function_arg_types(Ddl *ddl, AstItems args, Oids *types, bool missing_ok, bool *missing)
{
    for (size_t i = 0; i < args.len; i++) {
        if (ast_kind(args.items[i]) != AST_TYPE_NAME) {
            vec_push(ddl->scratch, types, INVALID_OID);
            continue;
        }
        const AstTypeName *name = args.items[i]->type_name;
        bool failed = false;
        DiagsMark mark = diags_mark(ddl->diags);
        Oid type = function_type(ddl, name, &failed);
        if (failed && missing_ok)
            diags_rewind(ddl->diags, mark);
        if (!type && missing_ok) {
            *missing = true;
            return true;
        }
        if (failed)
            return false;
        if (!type)
            return ddl_fail(ddl, name->location, SQLSTATE_UNDEFINED_OBJECT, "type \"%s\" does not exist",
                            analyze_type_name_string(ddl->diags->arena, name));
        vec_push(ddl->scratch, types, type);
    }
    return true;
}

static const char *kind_word(AstObjectType kind)
{
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE)
        return "procedure";
    return kind == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE ? "aggregate" : "function";
}

static const Function *not_found(Ddl *ddl, const AstObjectWithArgs *object, AstObjectType kind, const Oids *types)
{
    const char *name = ast_name_text(ddl->scratch, AST_ITEMS(object, objname));
    if (object->args_unspecified)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "could not find a %s named \"%s\"", kind_word(kind), name);
    else if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE && types->len == 0)
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "aggregate %s(*) does not exist", name);
    else
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "%s %s does not exist", kind_word(kind),
                 describe_signature(ddl, name, types->items, types->len));
    return NULL;
}

static const Function *not_unique(Ddl *ddl, const AstObjectWithArgs *object, AstObjectType kind)
{
    const char *word = kind == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ? "routine" : kind_word(kind);
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_AMBIGUOUS_FUNCTION, "%s name \"%s\" is not unique", word,
                           ast_name_text(ddl->scratch, AST_ITEMS(object, objname)));
    if (object->args_unspecified)
        ddl_hint(ddl, diag, "Specify the argument list to select the %s unambiguously.", word);
    return NULL;
}

static bool kind_matches(Ddl *ddl, const Function *function, AstObjectType kind)
{
    const char *signature = describe_signature(ddl, function->name, function->arg_types, function->nargs);
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION && function->kind == PROKIND_PROCEDURE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not a function", signature);
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE && function->kind != PROKIND_PROCEDURE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not a procedure", signature);
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE && function->kind != PROKIND_AGGREGATE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "function %s is not an aggregate", signature);
    return true;
}

/* An argument list without any mode written may also be a procedure's whole one, OUT arguments included. */
static const Function *find_by_all(Ddl *ddl, const AstObjectWithArgs *object, const Lookup *lookup, size_t *count)
{
    for (size_t i = 0; i < object->n_objfuncargs; i++) {
        if (object->objfuncargs[i]->function_parameter->mode !=
            PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_DEFAULT)
            return NULL;
    }
    Lookup all = *lookup;
    all.all_modes = true;
    const Function *found = lookup->types && lookup->n ? find(ddl, &all, count) : NULL;
    return found && found->kind == PROKIND_PROCEDURE ? found : NULL;
}

const Function *function_lookup_with_args(Ddl *ddl, const AstObjectWithArgs *object, AstObjectType kind,
                                          bool missing_ok, bool *failed)
{
    static const Oid none[1] = {0};
    Lookup lookup = {.kind = kind};
    Oids types = {0};
    bool missing = false, missing_schema = false;
    size_t count = 0;
    *failed = true;
    if (!function_arg_types(ddl, AST_ITEMS(object, objargs), &types, missing_ok, &missing) ||
        !split(ddl, AST_ITEMS(object, objname), missing_ok, &lookup, &missing_schema))
        return NULL;
    const Function *function = NULL;
    if (!missing && !missing_schema) {
        lookup.types = object->args_unspecified ? NULL : types.items ? types.items : none;
        lookup.n = types.len;
        function = find(ddl, &lookup, &count);
        bool routine =
            kind == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE || kind == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE;
        size_t all_count = 0;
        const Function *by_all = routine ? find_by_all(ddl, object, &lookup, &all_count) : NULL;
        if (function && (all_count > 1 || (by_all && by_all != function)))
            return not_unique(ddl, object, kind);
        if (!function)
            function = by_all;
    }
    if (!function && missing_ok) {
        *failed = false;
        return NULL;
    }
    if (!function)
        return not_found(ddl, object, kind, &types);
    if (object->args_unspecified && count > 1) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_AMBIGUOUS_FUNCTION, "%s name \"%s\" is not unique",
                               kind_word(kind), ast_name_text(ddl->scratch, AST_ITEMS(object, objname)));
        ddl_hint(ddl, diag, "Specify the argument list to select the %s unambiguously.", kind_word(kind));
        return NULL;
    }
    if (!kind_matches(ddl, function, kind))
        return NULL;
    *failed = false;
    return function;
}
