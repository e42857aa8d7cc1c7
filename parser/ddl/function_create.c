/* Storing a function: signature checks, and what CREATE OR REPLACE may change (PostgreSQL's ProcedureCreate). */
#include "ddl/ddl_private.h"

static bool check_signature(Ddl *ddl, const Function *function)
{
    const char *detail =
        polymorphic_check_signature(ddl->scratch, function->return_type, function->arg_types, function->nargs);
    for (size_t i = 0; !detail && i < function->nall; i++) {
        char mode = function->all_modes[i];
        if (mode == ARGMODE_OUT || mode == ARGMODE_INOUT || mode == ARGMODE_TABLE)
            detail = polymorphic_check_signature(ddl->scratch, function->all_types[i], function->arg_types,
                                                 function->nargs);
    }
    if (detail) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "cannot determine result data type");
        ddl_detail(ddl, diag, "%s", detail);
        return false;
    }
    detail = polymorphic_check_internal_signature(function->return_type, function->arg_types, function->nargs);
    if (detail) {
        Diag *diag =
            ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "unsafe use of pseudo-type \"internal\"");
        ddl_detail(ddl, diag, "%s", detail);
        return false;
    }
    return true;
}

static const Function *find_same(Ddl *ddl, const Function *function)
{
    FunctionList list = catalog_functions_named(ddl->catalog, ddl->scratch, function->name);
    for (size_t i = 0; i < list.len; i++) {
        const Function *other = list.items[i];
        if (other->schema == function->schema && other->nargs == function->nargs &&
            (other->nargs == 0 ||
             memcmp(other->arg_types, function->arg_types, other->nargs * sizeof *other->arg_types) == 0))
            return other;
    }
    return NULL;
}

static void drop_first(Ddl *ddl, const Function *old, Diag *diag)
{
    ddl_hint(ddl, diag, "Use DROP %s %s first.",
             old->kind == PROKIND_PROCEDURE   ? "PROCEDURE"
             : old->kind == PROKIND_AGGREGATE ? "AGGREGATE"
                                              : "FUNCTION",
             describe_function(ddl, old));
}

static bool check_kind(Ddl *ddl, const Function *old, const Function *new)
{
    if (old->kind == new->kind && old->aggregate_kind == new->aggregate_kind)
        return true;
    const char *was = old->kind == PROKIND_AGGREGATE && new->kind == PROKIND_AGGREGATE
                          ? (old->aggregate_kind == 'n'   ? "an ordinary aggregate function"
                             : old->aggregate_kind == 'o' ? "an ordered-set aggregate"
                                                          : "a hypothetical-set aggregate")
                      : old->kind == PROKIND_AGGREGATE ? "an aggregate function"
                      : old->kind == PROKIND_PROCEDURE ? "a procedure"
                      : old->kind == PROKIND_WINDOW    ? "a window function"
                                                       : "a function";
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "cannot change routine kind");
    ddl_detail(ddl, diag, "\"%s\" is %s.", old->name, was);
    return false;
}

static bool check_result(Ddl *ddl, const Function *old, const Function *new)
{
    if (old->return_type != new->return_type || old->returns_set != new->returns_set) {
        Diag *diag =
            ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                      old->kind == PROKIND_PROCEDURE ? "cannot change whether a procedure has output parameters"
                                                     : "cannot change return type of existing function");
        drop_first(ddl, old, diag);
        return false;
    }
    if (new->return_type != TYPE_RECORD)
        return true;
    Oids old_types = {0}, new_types = {0};
    Names old_names = {0}, new_names = {0};
    size_t nold = function_outputs(ddl, old, &old_types, &old_names);
    size_t nnew = function_outputs(ddl, new, &new_types, &new_names);
    bool same = nold == nnew;
    for (size_t i = 0; same && i < nold; i++)
        same = old_types.items[i] == new_types.items[i] && strcmp(old_names.items[i], new_names.items[i]) == 0;
    if (same)
        return true;
    Diag *diag =
        ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "cannot change return type of existing function");
    ddl_detail(ddl, diag, "Row type defined by OUT parameters is different.");
    drop_first(ddl, old, diag);
    return false;
}

/* The names of input arguments, "" for none. */
static const char *input_name(const Function *function, size_t input)
{
    if (!function->arg_names)
        return "";
    if (!function->nall)
        return function->arg_names[input];
    for (size_t i = 0; i < function->nall; i++) {
        char mode = function->all_modes[i];
        if (mode == ARGMODE_OUT || mode == ARGMODE_TABLE)
            continue;
        if (input-- == 0)
            return function->arg_names[i];
    }
    return "";
}

static bool check_names(Ddl *ddl, const Function *old, const Function *new)
{
    for (size_t i = 0; i < old->nargs; i++) {
        const char *name = input_name(old, i);
        if (!*name || strcmp(name, input_name(new, i)) == 0)
            continue;
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                               "cannot change name of input parameter \"%s\"", name);
        drop_first(ddl, old, diag);
        return false;
    }
    return true;
}

static bool check_defaults(Ddl *ddl, const Function *old, const Function *new)
{
    if (old->ndefaults == 0)
        return true;
    if (new->ndefaults < old->ndefaults) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                               "cannot remove parameter defaults from existing function");
        drop_first(ddl, old, diag);
        return false;
    }
    for (size_t i = 0; old->defaults && i < old->ndefaults; i++) {
        const Expr *was = old->defaults[i], *is = new->defaults[(size_t)(new->ndefaults - old->ndefaults) + i];
        if (was->type == is->type)
            continue;
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                               "cannot change data type of existing parameter default value");
        drop_first(ddl, old, diag);
        return false;
    }
    return true;
}

static bool check_replaces(Ddl *ddl, const Function *old, const Function *new, bool replace)
{
    if (!replace) {
        Diag *diag = ddl_error(ddl, -1, SQLSTATE_DUPLICATE_FUNCTION,
                               "function \"%s\" already exists with same argument types", new->name);
        if (old->span.file)
            diag_note(ddl->diags, diag, old->span, "function \"%s\" is created here", old->name);
        return false;
    }
    if (old->oid < FIRST_USER_OID)
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for function %s", new->name);
    if (!owner_check(ddl, address_of(CLASS_FUNCTION, old->oid)))
        return false;
    return check_kind(ddl, old, new) && check_result(ddl, old, new) && check_names(ddl, old, new) &&
           check_defaults(ddl, old, new);
}

static void depend_function(Ddl *ddl, const Function *function)
{
    ObjectAddress self = address_of(CLASS_FUNCTION, function->oid);
    depend_on_schema(ddl, self, function->schema);
    depend_on(ddl, self, address_of(CLASS_LANGUAGE, function->language), DEPENDENCY_NORMAL);
    depend_on_type(ddl, self, function->return_type);
    for (size_t i = 0; i < function->nargs; i++)
        depend_on_type(ddl, self, function->arg_types[i]);
    for (size_t i = 0; i < function->nall; i++)
        depend_on_type(ddl, self, function->all_types[i]);
    depend_on_type(ddl, self, function->transition_type);
    for (size_t i = 0; i < function->ndefaults; i++)
        depend_on_expr(ddl, self, function->defaults[i], NULL, 0, INVALID_OID, DEPENDENCY_NORMAL);
}

/* An extension's function stays its member when it is replaced. */
static void keep_membership(Ddl *ddl, const Function *old, Function *function)
{
    function->owner_extension = old->owner_extension;
    function->comment = old->comment;
    depend_on(ddl, address_of(CLASS_FUNCTION, old->oid), address_of(CLASS_EXTENSION, old->owner_extension),
              DEPENDENCY_EXTENSION);
}

Oid function_create(Ddl *ddl, Function *function, bool replace)
{
    if (!check_signature(ddl, function))
        return INVALID_OID;
    bool is_trigger = function->return_type == TYPE_TRIGGER || function->return_type == TYPE_EVENT_TRIGGER;
    if (is_trigger && function->nargs && function->language == LANGUAGE_PLPGSQL) {
        ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                 "%strigger functions cannot have declared arguments",
                 function->return_type == TYPE_EVENT_TRIGGER ? "event " : "");
        return INVALID_OID;
    }
    const Function *old = find_same(ddl, function);
    if (old && !check_replaces(ddl, old, function, replace))
        return INVALID_OID;
    function->oid = old ? old->oid : catalog_new_oid(ddl->catalog);
    if (old) {
        catalog_remove_references(ddl->catalog, address_of(CLASS_FUNCTION, old->oid));
        keep_membership(ddl, old, function);
    }
    catalog_put_function(ddl->catalog, function);
    depend_function(ddl, function);
    return function->oid;
}
