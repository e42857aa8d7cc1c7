/* CREATE FUNCTION, CREATE PROCEDURE, ALTER FUNCTION (PostgreSQL's CreateFunction, AlterFunction). */
#include "ddl/ddl_private.h"

#include <stdlib.h>

/* ---- options ---- */

typedef struct FunctionOptions {
    const AstDefElem *language, *as, *volatility, *strict, *security, *leakproof, *window, *rows, *cost, *support,
        *parallel, *transform;
} FunctionOptions;

static bool sort_options(Ddl *ddl, AstItems items, FunctionOptions *options)
{
    *options = (FunctionOptions){0};
    const struct {
        const char *name;
        const AstDefElem **place;
    } places[] = {
        {"language", &options->language},
        {"as", &options->as},
        {"volatility", &options->volatility},
        {"strict", &options->strict},
        {"security", &options->security},
        {"leakproof", &options->leakproof},
        {"window", &options->window},
        {"rows", &options->rows},
        {"cost", &options->cost},
        {"support", &options->support},
        {"parallel", &options->parallel},
        {"transform", &options->transform},
    };
    for (size_t i = 0; i < items.len; i++) {
        const AstDefElem *option = items.items[i]->def_elem;
        for (size_t j = 0; j < sizeof places / sizeof *places; j++) {
            if (strcmp(places[j].name, option->defname) != 0)
                continue;
            if (*places[j].place)
                return ddl_fail(ddl, option->location, SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
            *places[j].place = option;
        }
    }
    return true;
}

/* What a procedure cannot have. */
static bool check_procedure_options(Ddl *ddl, const FunctionOptions *options)
{
    const AstDefElem *const wrong[] = {options->volatility, options->strict,  options->leakproof, options->window,
                                       options->rows,       options->support, options->parallel};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (wrong[i])
            return ddl_fail(ddl, wrong[i]->location, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                            "invalid attribute in procedure definition");
    }
    return true;
}

static bool check_support(Ddl *ddl, const FunctionOptions *options)
{
    const Oid internal = TYPE_INTERNAL;
    return !options->support ||
           function_lookup(ddl, definition_names(ddl, options->support), &internal, 1, false) != NULL;
}

static void apply_options(Ddl *ddl, const FunctionOptions *options, Function *function)
{
    const char *volatility = ast_option_text(ddl->scratch, options->volatility);
    if (volatility)
        function->volatility = *volatility;
    if (options->strict)
        function->strict = ddl_option_bool(ddl, options->strict);
    if (options->security)
        function->security_definer = ddl_option_bool(ddl, options->security);
    if (options->leakproof)
        function->leakproof = ddl_option_bool(ddl, options->leakproof);
}

/* What only a superuser may declare. */
static bool check_superuser_options(Ddl *ddl, const FunctionOptions *options)
{
    if (!role_lacks_superuser(ddl))
        return true;
    if (options->leakproof && ddl_option_bool(ddl, options->leakproof))
        return ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "only superuser can define a leakproof function");
    return !options->support ||
           ddl_fail(ddl, -1, SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser to specify a support function");
}

/* Of untrusted languages only superusers may write functions, of others those who have USAGE. */
static bool check_language(Ddl *ddl, Oid language)
{
    ObjectAddress address = address_of(CLASS_LANGUAGE, language);
    if ((language == LANGUAGE_C || language == LANGUAGE_INTERNAL) && role_lacks_superuser(ddl))
        return privilege_fail(ddl, address);
    return privilege_check(ddl, address, PRIVILEGE_USAGE);
}

static bool find_language(Ddl *ddl, const FunctionOptions *options, bool has_sql_body, Oid *language)
{
    const char *name = ast_option_text(ddl->scratch, options->language);
    *language = LANGUAGE_SQL;
    if (!name)
        return has_sql_body || ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "no language specified");
    const NamedObject *found = catalog_find_object(ddl->catalog, CLASS_LANGUAGE, name);
    if (found) {
        *language = found->oid;
        return true;
    }
    language_missing(ddl, name);
    return false;
}

/* ---- return type ---- */

/* compute_return_type: C functions may return a type that is not there yet. */
static Oid return_type(Ddl *ddl, const AstTypeName *name, Oid language)
{
    bool failed = false;
    Oid oid = function_type(ddl, name, &failed);
    if (failed)
        return INVALID_OID;
    const char *text = analyze_type_name_string(ddl->diags->arena, name);
    if (oid && !catalog_type(ddl->catalog, oid)->defined && language == LANGUAGE_SQL) {
        ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "SQL function cannot return shell type %s", text);
        return INVALID_OID;
    }
    if (oid)
        return oid;
    if ((language != LANGUAGE_C && language != LANGUAGE_INTERNAL) || name->n_array_bounds) {
        ddl_fail(ddl, name->location, SQLSTATE_UNDEFINED_OBJECT, "type \"%s\" does not exist", text);
        return INVALID_OID;
    }
    const char *type;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(name, names), &type);
    return schema ? type_create_shell(ddl, schema, type) : INVALID_OID;
}

static bool set_result(Ddl *ddl, const AstCreateFunctionStmt *stmt, const FunctionArgs *args, Function *function)
{
    if (stmt->is_procedure) {
        function->return_type = args->result ? args->result : TYPE_VOID;
        return true;
    }
    if (!stmt->return_type) {
        function->return_type = args->result;
        return args->result ||
               ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "function result type must be specified");
    }
    function->return_type = return_type(ddl, stmt->return_type, function->language);
    function->returns_set = stmt->return_type->setof;
    if (!function->return_type)
        return false;
    if (args->result && args->result != function->return_type)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "function result type must be %s because of OUT parameters",
                        ddl_type_name(ddl, args->result));
    return true;
}

/* ---- body ---- */

/* The text of AS; of a C function the symbol. */
static const char *body_text(const FunctionOptions *options)
{
    AstItems parts = options->as ? ast_items(options->as->arg) : (AstItems){0};
    return parts.len ? ast_string(parts.items[parts.len - 1]) : NULL;
}

static bool check_body_given(Ddl *ddl, const AstCreateFunctionStmt *stmt, const FunctionOptions *options,
                             Oid language)
{
    if (!options->as && !stmt->sql_body)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "no function body specified");
    if (options->as && stmt->sql_body)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "duplicate function body specified");
    if (stmt->sql_body && language != LANGUAGE_SQL)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "inline SQL function body only valid for language SQL");
    if (options->as && language != LANGUAGE_C && ast_items(options->as->arg).len > 1)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "only one AS item needed for language \"%s\"",
                        catalog_object(ddl->catalog, CLASS_LANGUAGE, language)->name);
    return true;
}

/* Which pseudo-types the functions of a language take and return (its validator's checks). All return void and
 * record. */
typedef struct PseudoRules {
    const char *language, *who, *sqlstate;
    const char *cannot; /* take an argument of a type */
    bool polymorphic, triggers, event_triggers, record_arguments;
} PseudoRules;

static const PseudoRules pseudo_rules[] = {
    {"sql", "SQL", SQLSTATE_INVALID_FUNCTION_DEFINITION, "have arguments of", true, false, false, false},
    {"plpgsql", "PL/pgSQL", SQLSTATE_FEATURE_NOT_SUPPORTED, "accept", true, true, true, true},
    {"plperl", "PL/Perl", SQLSTATE_FEATURE_NOT_SUPPORTED, "accept", false, true, true, true},
    {"plperlu", "PL/Perl", SQLSTATE_FEATURE_NOT_SUPPORTED, "accept", false, true, true, true},
    {"plpython3u", "PL/Python", SQLSTATE_FEATURE_NOT_SUPPORTED, "accept", false, true, false, false},
};

static const PseudoRules *find_pseudo_rules(Ddl *ddl, Oid language)
{
    const char *name = catalog_object(ddl->catalog, CLASS_LANGUAGE, language)->name;
    for (size_t i = 0; i < sizeof pseudo_rules / sizeof *pseudo_rules; i++)
        if (strcmp(pseudo_rules[i].language, name) == 0)
            return &pseudo_rules[i];
    return NULL;
}

static bool check_pseudo_types(Ddl *ddl, const Function *function)
{
    const PseudoRules *rules = find_pseudo_rules(ddl, function->language);
    if (!rules)
        return true;
    Oid result = function->return_type;
    bool result_ok = !type_is_pseudo(ddl->catalog, result) || result == TYPE_RECORD || result == TYPE_VOID ||
                     (rules->polymorphic && type_is_polymorphic(result)) ||
                     (rules->triggers && result == TYPE_TRIGGER) ||
                     (rules->event_triggers && result == TYPE_EVENT_TRIGGER);
    if (!result_ok)
        return ddl_fail(ddl, -1, rules->sqlstate, "%s functions cannot return type %s", rules->who,
                        ddl_type_name(ddl, result));
    for (size_t i = 0; i < function->nargs; i++) {
        Oid type = function->arg_types[i];
        bool ok = !type_is_pseudo(ddl->catalog, type) || (rules->polymorphic && type_is_polymorphic(type)) ||
                  (rules->record_arguments && type == TYPE_RECORD);
        if (!ok)
            return ddl_fail(ddl, -1, rules->sqlstate, "%s functions cannot %s type %s", rules->who, rules->cannot,
                            ddl_type_name(ddl, type));
    }
    return true;
}

static bool check_positive(Ddl *ddl, const AstDefElem *option, const char *what)
{
    const char *text = option ? ast_option_text(ddl->scratch, option) : NULL;
    return !text || strtod(text, NULL) > 0 ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE, "%s must be positive", what);
}

/* What COST, ROWS and PARALLEL may be: the planner's business otherwise. */
static bool check_planner_options(Ddl *ddl, const FunctionOptions *options)
{
    const char *parallel = options->parallel ? ast_option_text(ddl->scratch, options->parallel) : NULL;
    if (!check_positive(ddl, options->cost, "COST") || !check_positive(ddl, options->rows, "ROWS"))
        return false;
    return !parallel || strcmp(parallel, "safe") == 0 || strcmp(parallel, "restricted") == 0 ||
           strcmp(parallel, "unsafe") == 0 ||
           ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR, "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
}

static bool create(Ddl *ddl, const AstCreateFunctionStmt *stmt, const FunctionOptions *options, Function *function)
{
    FunctionArgs args;
    if (!find_language(ddl, options, stmt->sql_body != NULL, &function->language) ||
        !check_language(ddl, function->language) || !check_superuser_options(ddl, options) ||
        !function_arguments(ddl, AST_ITEMS(stmt, parameters), function->kind, function->language, &args) ||
        !set_result(ddl, stmt, &args, function) || !check_body_given(ddl, stmt, options, function->language))
        return false;
    if (!check_support(ddl, options))
        return false;
    function_set_arguments(ddl, function, &args);
    apply_options(ddl, options, function);
    if (options->rows && !function->returns_set)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "ROWS is not applicable when function does not return a set");
    const char *text = body_text(options);
    function->source = text ? arena_strdup(ddl->arena, text) : NULL;
    if (text)
        role_doubt_body(ddl, text);
    Oid oid = function_create(ddl, function, stmt->replace);
    if (!oid || (ddl->session->check_function_bodies && !check_pseudo_types(ddl, function)))
        return false;
    if (function->language == LANGUAGE_PLPGSQL)
        return plpgsql_create_body(ddl, catalog_function(ddl->catalog, oid), AST_ITEMS(stmt, options),
                                   options->as->location);
    if (function->language == LANGUAGE_SQL && text)
        routine_keep_sql(ddl, catalog_function(ddl->catalog, oid), AST_ITEMS(stmt, options), options->as->location);
    if (function->language != LANGUAGE_SQL || (text && !ddl->session->check_function_bodies))
        return true;
    return function_check_body(ddl, oid, stmt->sql_body, text, options->as ? options->as->location : -1);
}

bool create_function(Ddl *ddl, const AstNode *node)
{
    const AstCreateFunctionStmt *stmt = node->create_function_stmt;
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(stmt, funcname), &name);
    FunctionOptions options;
    if (!schema || !sort_options(ddl, AST_ITEMS(stmt, options), &options))
        return false;
    if ((stmt->is_procedure && !check_procedure_options(ddl, &options)) || !check_planner_options(ddl, &options))
        return false;
    Function *function = arena_new_of(ddl->arena, Function);
    *function = (Function){
        .name = arena_strdup(ddl->arena, name),
        .schema = schema,
        .kind = stmt->is_procedure ? PROKIND_PROCEDURE : PROKIND_FUNCTION,
        .volatility = 'v',
        .span = ddl_span(ddl, -1),
    };
    if (ddl_option_bool(ddl, options.window))
        function->kind = PROKIND_WINDOW;
    return create(ddl, stmt, &options, function);
}

static bool check_owner(Ddl *ddl, const AstAlterFunctionStmt *stmt, Oid oid)
{
    const char *what = stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE ? "procedure"
                       : stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ? "routine"
                                                                                : "function";
    return !owner_is_other(ddl, address_of(CLASS_FUNCTION, oid)) ||
           owner_fail(ddl, (ObjectLabel){what, ast_name_text(ddl->scratch, AST_ITEMS(stmt->func, objname))});
}

bool alter_function(Ddl *ddl, const AstNode *node)
{
    const AstAlterFunctionStmt *stmt = node->alter_function_stmt;
    bool failed;
    const Function *found = function_lookup_with_args(ddl, stmt->func, stmt->objtype, false, &failed);
    FunctionOptions options;
    if (!found || !check_owner(ddl, stmt, found->oid) || !sort_options(ddl, AST_ITEMS(stmt, actions), &options))
        return false;
    if (found->kind == PROKIND_AGGREGATE)
        return ddl_fail(ddl, -1, SQLSTATE_WRONG_OBJECT_TYPE, "\"%s\" is an aggregate function", found->name);
    if (options.rows && !found->returns_set)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_PARAMETER_VALUE,
                        "ROWS is not applicable when function does not return a set");
    if ((found->kind == PROKIND_PROCEDURE && !check_procedure_options(ddl, &options)) ||
        !check_planner_options(ddl, &options) || !check_superuser_options(ddl, &options) ||
        !check_support(ddl, &options))
        return false;
    Function *edit = catalog_edit_function(ddl->catalog, found->oid);
    apply_options(ddl, &options, edit);
    catalog_put_function(ddl->catalog, edit);
    return true;
}
