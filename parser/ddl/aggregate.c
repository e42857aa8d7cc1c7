/* Aggregates (PostgreSQL's DefineAggregate, AggregateCreate). */
#include "ddl/ddl_private.h"
#include "types/literal.h"

typedef struct AggregateBuilder {
    Ddl *ddl;
    const AstDefineStmt *define;
    Function *aggregate;
    FunctionArgs args;
    bool moving_strict;
} AggregateBuilder;

/* An option under its name or the one it had in old versions. */
static const AstDefElem *option(const AggregateBuilder *builder, const char *name, const char *old)
{
    const AstDefElem *found = definition_option(builder->define, name);
    return found || !old ? found : definition_option(builder->define, old);
}

/* ---- arguments ---- */

static bool read_arguments(AggregateBuilder *builder)
{
    Ddl *ddl = builder->ddl;
    const AstDefineStmt *define = builder->define;
    AstItems parameters = define->n_args ? ast_items(define->args[0]) : (AstItems){0};
    if (parameters.len && ast_kind(parameters.items[0]) != AST_FUNCTION_PARAMETER)
        parameters.len = 0;
    int32_t ndirect = -1;
    if (define->n_args > 1)
        ast_integer(define->args[1], &ndirect);
    if (!function_arguments(ddl, parameters, PROKIND_AGGREGATE, LANGUAGE_INTERNAL, &builder->args))
        return false;
    builder->aggregate->aggregate_kind = 'n';
    if (ndirect >= 0) {
        bool hypothetical = ddl_option_bool(ddl, option(builder, "hypothetical", NULL));
        builder->aggregate->aggregate_kind = hypothetical ? 'h' : 'o';
        builder->aggregate->ndirect = (int16_t)ndirect;
    }
    return true;
}

/* The old syntax: BASETYPE = type, or "ANY" for none. */
static bool read_base_type(AggregateBuilder *builder)
{
    Ddl *ddl = builder->ddl;
    const AstDefElem *base = option(builder, "basetype", NULL);
    builder->aggregate->aggregate_kind = 'n';
    if (!base)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate input type must be specified");
    AstItems names = definition_names(builder->ddl, base);
    const char *text = names.len == 1 ? ast_string(names.items[0]) : NULL;
    builder->args = (FunctionArgs){0};
    if (text && (strcmp(text, "ANY") == 0 || strcmp(text, "any") == 0))
        return true;
    int32_t typmod;
    Oid type = ast_kind(base->arg) == AST_TYPE_NAME
                   ? analyze_type_name(&ddl->context, base->arg->type_name, &typmod)
                   : type_require(ddl, names, -1);
    if (type)
        vec_push(ddl->arena, &builder->args.inputs, type);
    return type != INVALID_OID;
}

static Oid option_type(AggregateBuilder *builder, const AstDefElem *given)
{
    int32_t typmod;
    if (ast_kind(given->arg) == AST_TYPE_NAME)
        return analyze_type_name(&builder->ddl->context, given->arg->type_name, &typmod);
    return type_require(builder->ddl, ddl_names(builder->ddl, given->arg), -1);
}

static bool transition_type(AggregateBuilder *builder, const AstDefElem *given, Oid *type)
{
    Ddl *ddl = builder->ddl;
    *type = option_type(builder, given);
    if (!*type)
        return false;
    if (type_is_pseudo(ddl->catalog, *type) && !type_is_polymorphic(*type) && *type != TYPE_INTERNAL)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "aggregate transition data type cannot be %s", ddl_type_name(ddl, *type));
    const char *detail =
        polymorphic_check_signature(ddl->scratch, *type, builder->args.inputs.items, builder->args.inputs.len);
    if (!detail)
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "cannot determine transition data type");
    ddl_detail(ddl, diag, "%s", detail);
    return false;
}

/* ---- support functions ---- */

/* lookup_agg_function: a function for these argument types and what it returns for them. */
static const Function *support_function(AggregateBuilder *builder, const AstDefElem *given, const Oids *types,
                                        Oid variadic, Oid *result)
{
    Ddl *ddl = builder->ddl;
    AstItems names = definition_names(builder->ddl, given);
    FunctionCall call = {.nargs = types->len, .args = types->items, .no_cast = true};
    const char *schema;
    if (!analyze_qualified_name(&ddl->context, names.len, names.items, &schema, &call.name))
        return NULL;
    if (schema && !(call.schema = name_schema(ddl, schema, false)))
        return NULL;
    FunctionDetail detail;
    function_resolve(ddl->catalog, ddl->scratch, &call, &detail);
    const char *text = ast_name_text(ddl->scratch, names);
    if (detail.verdict != FUNCDETAIL_NORMAL || !detail.function) {
        ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "function %s does not exist",
                 describe_signature(ddl, text, types->items, types->len));
        return NULL;
    }
    if (detail.returns_set) {
        ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "function %s returns a set",
                 describe_signature(ddl, text, types->items, types->len));
        return NULL;
    }
    if (variadic == TYPE_ANY && detail.variadic_element != TYPE_ANY) {
        ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH,
                 "function %s must accept VARIADIC ANY to be used in this aggregate",
                 describe_signature(ddl, text, types->items, types->len));
        return NULL;
    }
    PolymorphicError error;
    Oid *declared = arena_memdup(ddl->scratch, detail.declared, (detail.ndeclared + 1) * sizeof *declared);
    *result = polymorphic_resolve(ddl->catalog, ddl->scratch, types->len, types->items, declared,
                                  detail.return_type, true, &error);
    if (!*result) {
        ddl_fail(ddl, -1, error.code, "%s", error.message);
        return NULL;
    }
    for (size_t i = 0; i < types->len && i < detail.ndeclared; i++) {
        if (coercion_is_binary(ddl->catalog, types->items[i], declared[i]))
            continue;
        ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "function %s requires run-time type coercion",
                 describe_signature(ddl, text, declared, types->len));
        return NULL;
    }
    return detail.function;
}

/* The argument types of a transition function: state and aggregated arguments. */
static Oids transition_arguments(AggregateBuilder *builder, Oid state)
{
    Oids types = {0};
    vec_push(builder->ddl->scratch, &types, state);
    size_t skip = builder->aggregate->aggregate_kind == 'o' ? (size_t)builder->aggregate->ndirect : 0;
    if (builder->aggregate->aggregate_kind == 'h')
        skip = (size_t)builder->aggregate->ndirect;
    size_t n = builder->args.inputs.len;
    /* Of VARIADIC "any" both direct and aggregated arguments are part. */
    if (skip >= n && builder->args.variadic && n)
        skip = n - 1;
    if (builder->aggregate->aggregate_kind == 'h' && skip >= n)
        skip = n / 2;
    for (size_t i = skip; i < n; i++)
        vec_push(builder->ddl->scratch, &types, builder->args.inputs.items[i]);
    return types;
}

static bool check_transition(AggregateBuilder *builder, const AstDefElem *given)
{
    Ddl *ddl = builder->ddl;
    Function *aggregate = builder->aggregate;
    Oids types = transition_arguments(builder, aggregate->transition_type);
    Oid result;
    const Function *function = support_function(builder, given, &types, builder->args.variadic, &result);
    if (!function)
        return false;
    if (result != aggregate->transition_type)
        return ddl_fail(ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "return type of transition function %s is not %s",
                        ast_name_text(ddl->scratch, definition_names(builder->ddl, given)),
                        ddl_type_name(ddl, aggregate->transition_type));
    if (function->strict && !aggregate->has_initial_value && aggregate->aggregate_kind == 'n' &&
        (builder->args.inputs.len < 1 ||
         !coercion_is_binary(ddl->catalog, builder->args.inputs.items[0], aggregate->transition_type)))
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "must not omit initial value when transition function is strict and transition type is not "
                        "compatible with input type");
    return true;
}

static bool check_final(AggregateBuilder *builder, const AstDefElem *given, bool extra)
{
    Ddl *ddl = builder->ddl;
    Function *aggregate = builder->aggregate;
    aggregate->return_type = aggregate->transition_type;
    if (!given)
        return true;
    Oids types = {0};
    vec_push(ddl->scratch, &types, aggregate->transition_type);
    size_t n = extra ? builder->args.inputs.len : (size_t)aggregate->ndirect;
    for (size_t i = 0; i < n && i < builder->args.inputs.len; i++)
        vec_push(ddl->scratch, &types, builder->args.inputs.items[i]);
    Oid variadic = n == builder->args.inputs.len ? builder->args.variadic : INVALID_OID;
    const Function *function = support_function(builder, given, &types, variadic, &aggregate->return_type);
    if (!function)
        return false;
    aggregate->final_strict = function->strict;
    if (extra && function->strict)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "final function with extra arguments must not be declared STRICT");
    return true;
}

/* A function that only moving or parallel aggregation uses. */
static bool check_other(AggregateBuilder *builder, const char *name, Oid state, size_t nstates)
{
    const AstDefElem *given = option(builder, name, NULL);
    if (!given)
        return true;
    Oids types = {0};
    Oid result;
    if (nstates == 1)
        types = transition_arguments(builder, state);
    for (size_t i = 0; nstates > 1 && i < nstates; i++)
        vec_push(builder->ddl->scratch, &types, state);
    const Function *function = support_function(builder, given, &types, INVALID_OID, &result);
    if (function && result != state)
        return ddl_fail(builder->ddl, -1, SQLSTATE_DATATYPE_MISMATCH, "return type of %s function %s is not %s",
                        nstates > 1                   ? "combine"
                        : strcmp(name, "msfunc") == 0 ? "transition"
                                                      : "inverse transition",
                        ast_name_text(builder->ddl->scratch, definition_names(builder->ddl, given)),
                        ddl_type_name(builder->ddl, state));
    if (function && strcmp(name, "msfunc") == 0)
        builder->moving_strict = function->strict;
    if (function && strcmp(name, "minvfunc") == 0 && builder->moving_strict != function->strict)
        return ddl_fail(builder->ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "strictness of aggregate's forward and inverse transition functions must match");
    return function != NULL;
}

static bool check_moving(AggregateBuilder *builder)
{
    Ddl *ddl = builder->ddl;
    const AstDefElem *mstype = option(builder, "mstype", NULL);
    static const char *const parts[] = {"msfunc", "minvfunc"};
    static const char *const others[] = {"msfunc", "minvfunc", "mfinalfunc", "msspace", "minitcond"};
    for (size_t i = 0; mstype && i < sizeof parts / sizeof *parts; i++) {
        if (!option(builder, parts[i], NULL))
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                            "aggregate %s must be specified when mstype is specified", parts[i]);
    }
    for (size_t i = 0; !mstype && i < sizeof others / sizeof *others; i++) {
        if (option(builder, others[i], NULL))
            return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                            "aggregate %s must not be specified without mstype", others[i]);
    }
    Oid state;
    if (!mstype)
        return true;
    return transition_type(builder, mstype, &state) && check_other(builder, "msfunc", state, 1) &&
           check_other(builder, "minvfunc", state, 1);
}

static bool check_serialization(AggregateBuilder *builder)
{
    const Oid internal[] = {TYPE_INTERNAL}, both[] = {TYPE_BYTEA, TYPE_INTERNAL};
    const AstDefElem *serial = option(builder, "serialfunc", NULL),
                     *deserial = option(builder, "deserialfunc", NULL);
    Ddl *ddl = builder->ddl;
    if ((serial || deserial) && builder->aggregate->transition_type != TYPE_INTERNAL)
        return ddl_fail(
            ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
            "serialization functions may be specified only when the aggregate transition data type is %s",
            "internal");
    if (!serial != !deserial)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "must specify both or neither of serialization and deserialization functions");
    return (!serial || function_lookup(ddl, definition_names(ddl, serial), internal, 1, false)) &&
           (!deserial || function_lookup(ddl, definition_names(ddl, deserial), both, 2, false));
}

/* A value that the state's type reads; that of "internal" and polymorphic ones is not looked at. */
static bool check_initial_value(AggregateBuilder *builder)
{
    Ddl *ddl = builder->ddl;
    Oid type = builder->aggregate->transition_type;
    const char *text = ast_option_text(ddl->scratch, option(builder, "initcond", "initcond1"));
    LiteralError error = {0};
    if (!text || catalog_type(ddl->catalog, type)->typtype == TYPTYPE_PSEUDO ||
        literal_valid(ddl->catalog, ddl->scratch, type, -1, text, &error))
        return true;
    return ddl_fail(ddl, -1, error.code, "%s", error.message);
}

static bool check_sort_operator(AggregateBuilder *builder)
{
    Ddl *ddl = builder->ddl;
    const AstDefElem *given = option(builder, "sortop", NULL);
    const Oids *inputs = &builder->args.inputs;
    if (!given)
        return true;
    if (inputs->len != 1)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "sort operator can only be specified for single-argument aggregates");
    AstItems names = definition_names(ddl, given);
    Oid schema;
    const char *name, *type = ddl_type_name(ddl, inputs->items[0]);
    if (!operator_split_name(ddl, names, &schema, &name))
        return false;
    return operator_find_exact(ddl->catalog, ddl->scratch, schema, name, inputs->items[0], inputs->items[0]) ||
           ddl_fail(ddl, -1, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %s %s %s", type,
                    ast_name_text(ddl->scratch, names), type);
}

static bool build(AggregateBuilder *builder)
{
    Ddl *ddl = builder->ddl;
    Function *aggregate = builder->aggregate;
    const AstDefElem *stype = option(builder, "stype", "stype1"), *sfunc = option(builder, "sfunc", "sfunc1");
    if (!stype)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate stype must be specified");
    if (!sfunc)
        return ddl_fail(ddl, -1, SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate sfunc must be specified");
    if (!(builder->define->oldstyle ? read_base_type(builder) : read_arguments(builder)) ||
        !transition_type(builder, stype, &aggregate->transition_type))
        return false;
    aggregate->has_initial_value = option(builder, "initcond", "initcond1") != NULL;
    const char *parallel = ast_option_text(ddl->scratch, option(builder, "parallel", NULL));
    if (parallel && strcmp(parallel, "safe") != 0 && strcmp(parallel, "restricted") != 0 &&
        strcmp(parallel, "unsafe") != 0)
        return ddl_fail(ddl, -1, SQLSTATE_SYNTAX_ERROR,
                        "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
    return check_initial_value(builder) && check_moving(builder) && check_transition(builder, sfunc) &&
           check_final(builder, option(builder, "finalfunc", NULL),
                       ddl_option_bool(ddl, option(builder, "finalfunc_extra", NULL))) &&
           check_other(builder, "combinefunc", aggregate->transition_type, 2) && check_serialization(builder) &&
           check_sort_operator(builder);
}

bool define_aggregate(Ddl *ddl, const AstDefineStmt *define)
{
    const char *name;
    Oid schema = name_creation_schema(ddl, AST_ITEMS(define, defnames), &name);
    if (!schema)
        return false;
    Function *aggregate = arena_new_of(ddl->arena, Function);
    *aggregate = (Function){
        .name = arena_strdup(ddl->arena, name),
        .schema = schema,
        .kind = PROKIND_AGGREGATE,
        .volatility = 'i',
        .language = LANGUAGE_INTERNAL,
        .span = ddl_span(ddl, -1),
    };
    AggregateBuilder builder = {.ddl = ddl, .define = define, .aggregate = aggregate};
    if (!build(&builder))
        return false;
    function_set_arguments(ddl, aggregate, &builder.args);
    return function_create(ddl, aggregate, define->replace) != INVALID_OID;
}
