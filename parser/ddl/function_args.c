/* The arguments of functions, procedures and aggregates (PostgreSQL's interpret_function_parameter_list). */
#include "ddl/ddl_private.h"

enum { FUNCTION_MAX_ARGS = 100 };

typedef struct ArgReader {
    Ddl *ddl;
    char kind;
    Oid language;
    FunctionArgs *args;
    size_t nout;
    bool saw_variadic, saw_default;
} ArgReader;

static const char *kind_word(char kind)
{
    return kind == PROKIND_AGGREGATE ? "aggregates" : kind == PROKIND_PROCEDURE ? "procedures" : "functions";
}

Oid function_type(Ddl *ddl, const AstTypeName *name, bool *failed)
{
    int32_t typmod;
    /* RETURNS TABLE of several columns names RECORD by its number. */
    if (name->n_names == 0)
        return name->type_oid;
    return analyze_lookup_type_name(&ddl->context, name, &typmod, failed);
}

static Oid argument_type(ArgReader *reader, const AstFunctionParameter *parameter)
{
    Ddl *ddl = reader->ddl;
    bool failed = false;
    Oid oid = function_type(ddl, parameter->arg_type, &failed);
    if (failed)
        return INVALID_OID;
    const char *name = analyze_type_name_string(ddl->diags->arena, parameter->arg_type);
    if (!oid) {
        ddl_fail(ddl, parameter->arg_type->location, SQLSTATE_UNDEFINED_OBJECT, "type %s does not exist", name);
        return INVALID_OID;
    }
    if (!catalog_type(ddl->catalog, oid)->defined &&
        (reader->language == LANGUAGE_SQL || reader->kind == PROKIND_AGGREGATE)) {
        ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "%s cannot accept shell type %s",
                 reader->kind == PROKIND_AGGREGATE ? "aggregate" : "SQL function", name);
        return INVALID_OID;
    }
    if (parameter->arg_type->setof) {
        ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "%s cannot accept set arguments",
                 kind_word(reader->kind));
        return INVALID_OID;
    }
    return oid;
}

static char mode_of(const AstFunctionParameter *parameter)
{
    switch ((int)parameter->mode) {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT:
        return ARGMODE_OUT;
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT:
        return ARGMODE_INOUT;
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC:
        return ARGMODE_VARIADIC;
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE:
        return ARGMODE_TABLE;
    default:
        return ARGMODE_IN;
    }
}

static bool is_input(char mode)
{
    return mode != ARGMODE_OUT && mode != ARGMODE_TABLE;
}

static bool is_output(char mode)
{
    return mode == ARGMODE_OUT || mode == ARGMODE_TABLE || mode == ARGMODE_INOUT;
}

static bool read_variadic(ArgReader *reader, Oid type)
{
    Ddl *ddl = reader->ddl;
    reader->saw_variadic = true;
    switch (type) {
    case TYPE_ANYARRAY:
        reader->args->variadic = TYPE_ANYELEMENT;
        break;
    case TYPE_ANYCOMPATIBLEARRAY:
        reader->args->variadic = TYPE_ANYCOMPATIBLE;
        break;
    case TYPE_ANY:
        reader->args->variadic = TYPE_ANY;
        break;
    default:
        reader->args->variadic = type_element(ddl->catalog, type);
    }
    return reader->args->variadic ||
           ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "VARIADIC parameter must be an array");
}

/* A pure input and a pure output argument may have the same name. */
static bool check_name(ArgReader *reader, const char *name, char mode)
{
    FunctionArgs *args = reader->args;
    for (size_t i = 0; *name && i < args->names.len; i++) {
        char other = args->modes.items[i];
        bool apart = (!is_output(mode) && !is_input(other)) || (!is_output(other) && !is_input(mode));
        if (!apart && strcmp(args->names.items[i], name) == 0)
            return ddl_fail(reader->ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                            "parameter name \"%s\" used more than once", name);
    }
    return true;
}

static bool read_default(ArgReader *reader, const AstFunctionParameter *parameter, Oid type, char mode)
{
    Ddl *ddl = reader->ddl;
    if (!parameter->defexpr) {
        if (is_input(mode) && reader->saw_default)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                            "input parameters after one with a default value must also have defaults");
        if (reader->kind == PROKIND_PROCEDURE && reader->saw_default)
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                            "procedure OUT parameters cannot appear after one with a default value");
        return true;
    }
    if (!is_input(mode))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "only input parameters can have default values");
    reader->saw_default = true;
    Expr *expr =
        analyze_expression(&ddl->context, parameter->defexpr, NULL, PARSE_FUNCTION_DEFAULT, type, -1, NULL);
    if (expr)
        vec_push(ddl->arena, &reader->args->defaults, expr);
    return expr != NULL;
}

static bool check_position(ArgReader *reader, char mode)
{
    if (!reader->saw_variadic)
        return true;
    if (is_input(mode))
        return ddl_fail(reader->ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "VARIADIC parameter must be the last input parameter");
    if (reader->kind == PROKIND_PROCEDURE)
        return ddl_fail(reader->ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "VARIADIC parameter must be the last parameter");
    return true;
}

static bool read_argument(ArgReader *reader, const AstFunctionParameter *parameter)
{
    Ddl *ddl = reader->ddl;
    FunctionArgs *args = reader->args;
    char mode = mode_of(parameter);
    Oid type = argument_type(reader, parameter);
    const char *name = parameter->name ? arena_strdup(ddl->arena, parameter->name) : "";
    if (!type || !check_position(reader, mode) || !check_name(reader, name, mode))
        return false;
    if (is_input(mode))
        vec_push(ddl->arena, &args->inputs, type);
    if (is_output(mode)) {
        args->result = reader->nout++ == 0 && reader->kind != PROKIND_PROCEDURE ? type : TYPE_RECORD;
        args->has_out = true;
    }
    if (mode == ARGMODE_VARIADIC && !read_variadic(reader, type))
        return false;
    args->has_names |= *name != '\0';
    vec_push(ddl->arena, &args->all, type);
    vec_push(ddl->arena, &args->modes, mode);
    vec_push(ddl->arena, &args->names, name);
    return read_default(reader, parameter, type, mode);
}

bool function_arguments(Ddl *ddl, AstItems parameters, char kind, Oid language, FunctionArgs *args)
{
    *args = (FunctionArgs){0};
    ArgReader reader = {.ddl = ddl, .kind = kind, .language = language, .args = args};
    for (size_t i = 0; i < parameters.len; i++) {
        if (!read_argument(&reader, parameters.items[i]->function_parameter))
            return false;
    }
    if (args->inputs.len > FUNCTION_MAX_ARGS)
        return ddl_fail(ddl, -1, SQLSTATE_TOO_MANY_ARGUMENTS, "%s cannot have more than %d arguments",
                        kind_word(kind), FUNCTION_MAX_ARGS);
    return true;
}

void function_set_arguments(Ddl *ddl, Function *function, const FunctionArgs *args)
{
    static const Oid none[1] = {0};
    function->nargs = (uint16_t)args->inputs.len;
    function->arg_types = args->inputs.len ? args->inputs.items : none;
    function->ndefaults = (uint16_t)args->defaults.len;
    function->defaults = args->defaults.items;
    function->variadic = args->variadic;
    bool all_in = true;
    for (size_t i = 0; i < args->modes.len; i++)
        all_in &= args->modes.items[i] == ARGMODE_IN;
    if (!all_in) {
        function->nall = (uint16_t)args->all.len;
        function->all_types = args->all.items;
        function->all_modes = arena_strndup(ddl->arena, args->modes.items, args->modes.len);
    }
    function->arg_names = args->has_names ? args->names.items : NULL;
}

size_t function_outputs(Ddl *ddl, const Function *function, Oids *types, Names *names)
{
    for (size_t i = 0; i < function->nall; i++) {
        if (!is_output(function->all_modes[i]))
            continue;
        vec_push(ddl->scratch, types, function->all_types[i]);
        vec_push(ddl->scratch, names, function->arg_names ? function->arg_names[i] : "");
    }
    return types->len;
}
