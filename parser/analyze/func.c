/* Calls: ParseFuncOrColumn of PostgreSQL's parse_func.c.
 *
 * What a call looks like is a function, an aggregate, a window function, a cast or, for a name and one row, a
 * column. Which function it is types/ decides; here are the rules on how each kind may be called, and the nodes
 * they become. The errors for calls that find nothing are in func_error.c. */
#include "analyze/func_parts.h"
#include "analyze/query_parts.h"

#include <string.h>

enum { MOST_ARGS = 100 };

/* ---- arguments ---- */

bool func_coerce_args(ParseState *ps, ExprList *args, const Oid *actual, const Oid *declared)
{
    for (size_t i = 0; i < args->len; i++) {
        if (actual[i] == declared[i])
            continue;
        Expr *arg = args->items[i];
        NamedArg *named = arg->kind == EXPR_NAMED_ARG ? (NamedArg *)arg : NULL;
        Expr *coerced = coerce_type(ps, named ? named->arg : arg, actual[i], declared[i], -1, COERCION_IMPLICIT,
                                    FORM_IMPLICIT_CAST, -1);
        if (!coerced)
            return false;
        if (named) {
            named->arg = coerced;
            named->expr.type = coerced->type;
        } else {
            args->items[i] = coerced;
        }
    }
    return true;
}

/* Named arguments come last and have different names. */
static bool collect_names(ParseState *ps, CallState *call)
{
    const ExprList *args = call->args;
    call->names = arena_array_of(ps_arena(ps), args->len, const char *);
    for (size_t i = 0; i < args->len; i++) {
        const Expr *arg = args->items[i];
        if (arg->kind != EXPR_NAMED_ARG) {
            if (call->nnames) {
                ps_error(ps, expr_location(arg), SQLSTATE_SYNTAX_ERROR,
                         "positional argument cannot follow named argument");
                return false;
            }
            continue;
        }
        const NamedArg *named = (const NamedArg *)arg;
        for (size_t j = 0; j < call->nnames; j++)
            if (strcmp(call->names[j], named->name) == 0) {
                ps_error(ps, arg->location, SQLSTATE_SYNTAX_ERROR, "argument name \"%s\" used more than once",
                         named->name);
                return false;
            }
        call->names[call->nnames++] = named->name;
    }
    return true;
}

static bool collect_args(ParseState *ps, CallState *call)
{
    size_t n = call->args->len;
    if (n > MOST_ARGS) {
        ps_error(ps, call->location, SQLSTATE_TOO_MANY_ARGUMENTS,
                 "cannot pass more than %d arguments to a function", MOST_ARGS);
        return false;
    }
    call->actual = arena_array_of(ps_arena(ps), n + 1, Oid);
    for (size_t i = 0; i < n; i++)
        call->actual[i] = call->args->items[i]->type;
    return collect_names(ps, call);
}

/* ---- column selection in the form of a call ---- */

/* ParseComplexProjection: field `name` of a composite value; NULL without an error when it has none. */
static Expr *project(ParseState *ps, const char *name, Expr *arg, int32_t location, bool *failed)
{
    if (arg->kind == EXPR_VAR && ((Var *)arg)->attribute == 0) {
        const Var *var = (const Var *)arg;
        NsItem *item = namespace_find_rtindex(ps, var->rtindex, var->levels_up);
        if (item)
            return relation_item_column(ps, item, var->levels_up, name, location, failed);
    }
    RowColumns columns;
    if (!relation_row_columns(ps, arg, &columns)) {
        *failed = arg->kind == EXPR_VAR && arg->type == TYPE_RECORD;
        if (*failed)
            ps_error(ps, location, SQLSTATE_WRONG_OBJECT_TYPE, "record type has not been registered");
        return NULL;
    }
    for (size_t i = 0; i < columns.len; i++) {
        if (!columns.types[i] || strcmp(columns.names[i], name) != 0)
            continue;
        FieldSelect *select = expr_make(ps_arena(ps), EXPR_FIELD_SELECT, FieldSelect, columns.types[i], location);
        select->arg = arg;
        select->field = (int16_t)(i + 1);
        select->expr.typmod = columns.typmods[i];
        select->expr.collation = columns.collations[i];
        return &select->expr;
    }
    return NULL;
}

static bool is_composite(ParseState *ps, Oid type)
{
    return type == TYPE_RECORD || type_or_domain_relation(ps_catalog(ps), type);
}

/* ---- checks of how a function of each kind is called ---- */

static Expr *wrong_use(ParseState *ps, const CallState *call, const char *format_what, const char *format_why)
{
    ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE, "%s specified, but %s is not %s", format_what,
             call->display, format_why);
    return NULL;
}

static bool check_plain(ParseState *ps, const CallState *call)
{
    const PgQuery__FuncCall *fn = call->fn;
    static const char *const not_aggregate = "an aggregate function";
    if (fn->agg_star)
        ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE,
                 "%s(*) specified, but %s is not an aggregate function", call->display, call->display);
    else if (fn->agg_distinct)
        wrong_use(ps, call, "DISTINCT", not_aggregate);
    else if (fn->agg_within_group)
        wrong_use(ps, call, "WITHIN GROUP", not_aggregate);
    else if (fn->n_agg_order)
        wrong_use(ps, call, "ORDER BY", not_aggregate);
    else if (call->filter)
        wrong_use(ps, call, "FILTER", not_aggregate);
    else if (fn->over)
        wrong_use(ps, call, "OVER", "a window function nor an aggregate function");
    else
        return true;
    return false;
}

static bool check_window(ParseState *ps, const CallState *call)
{
    if (!call->fn->over) {
        ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE, "window function %s requires an OVER clause",
                 call->display);
        return false;
    }
    if (call->fn->agg_within_group) {
        ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE, "window function %s cannot have WITHIN GROUP",
                 call->display);
        return false;
    }
    return true;
}

/* ---- the nodes ---- */

/* Arguments that VARIADIC collects become one array. */
static bool collect_variadic(ParseState *ps, CallState *call, const FunctionDetail *detail)
{
    if (!detail->nvariadic || detail->variadic_element == TYPE_ANY)
        return true;
    Arena *arena = ps_arena(ps);
    size_t first = call->args->len - detail->nvariadic;
    ArrayExpr *array = expr_make(arena, EXPR_ARRAY, ArrayExpr, INVALID_OID, -1);
    for (size_t i = first; i < call->args->len; i++)
        exprlist_push(arena, &array->elements, call->args->items[i]);
    array->element_type = array->elements.items[0]->type;
    array->expr.type = type_array(ps_catalog(ps), array->element_type);
    array->expr.location = expr_location(array->elements.items[0]);
    if (!array->expr.type) {
        ps_error(ps, array->expr.location, SQLSTATE_UNDEFINED_OBJECT, "could not find array type for data type %s",
                 ps_type(ps, array->element_type));
        return false;
    }
    call->args->len = first;
    exprlist_push(arena, call->args, &array->expr);
    call->variadic = true;
    return true;
}

static Expr *make_function(ParseState *ps, CallState *call, const FunctionDetail *detail, Oid result,
                           Expr *last_srf)
{
    const PgQuery__FuncCall *fn = call->fn;
    FuncExpr *expr = expr_make(ps_arena(ps), EXPR_FUNC, FuncExpr, result, call->location);
    expr->function = detail->function->oid;
    expr->returns_set = detail->returns_set;
    expr->variadic = call->variadic;
    expr->form =
        fn && fn->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX ? FORM_SQL_SYNTAX : FORM_EXPLICIT_CALL;
    expr->args = *call->args;
    if (detail->returns_set) {
        if (!func_check_srf_placement(ps, last_srf, call->location))
            return NULL;
        ps->last_srf = &expr->expr;
    }
    return &expr->expr;
}

static Expr *make_aggregate(ParseState *ps, CallState *call, const FunctionDetail *detail, Oid result)
{
    const PgQuery__FuncCall *fn = call->fn;
    if (!call->args->len && !fn->agg_star && !fn->agg_within_group) {
        ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE,
                 "%s(*) must be used to call a parameterless aggregate function", call->display);
        return NULL;
    }
    if (detail->returns_set) {
        ps_error(ps, call->location, SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregates cannot return sets");
        return NULL;
    }
    if (call->nnames) {
        ps_error(ps, call->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "aggregates cannot use named arguments");
        return NULL;
    }
    Aggref *agg = expr_make(ps_arena(ps), EXPR_AGGREF, Aggref, result, call->location);
    agg->function = detail->function->oid;
    agg->star = fn->agg_star;
    agg->variadic = call->variadic;
    agg->filter = call->filter;
    if (!agg_transform_call(ps, agg, call->args, fn->n_agg_order, fn->agg_order, fn->agg_distinct))
        return NULL;
    return &agg->expr;
}

static Expr *refuse(ParseState *ps, const CallState *call, const char *what)
{
    ps_error(ps, call->location, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", what);
    return NULL;
}

static Expr *make_window(ParseState *ps, CallState *call, const FunctionDetail *detail, Oid result, Expr *last_srf)
{
    const PgQuery__FuncCall *fn = call->fn;
    bool aggregate = detail->verdict == FUNCDETAIL_AGGREGATE;
    if (fn->agg_distinct)
        return refuse(ps, call, "DISTINCT is not implemented for window functions");
    if (aggregate && !call->args->len && !fn->agg_star) {
        ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE,
                 "%s(*) must be used to call a parameterless aggregate function", call->display);
        return NULL;
    }
    if (fn->n_agg_order)
        return refuse(ps, call, "aggregate ORDER BY is not implemented for window functions");
    if (!aggregate && call->filter)
        return refuse(ps, call, "FILTER is not implemented for non-aggregate window functions");
    if (ps->last_srf != last_srf) {
        Diag *diag = ps_error(ps, expr_location(ps->last_srf), SQLSTATE_FEATURE_NOT_SUPPORTED,
                              "window function calls cannot contain set-returning function calls");
        ps_hint(ps, diag, "You might be able to move the set-returning function into a LATERAL FROM item.");
        return NULL;
    }
    if (detail->returns_set) {
        ps_error(ps, call->location, SQLSTATE_INVALID_FUNCTION_DEFINITION, "window functions cannot return sets");
        return NULL;
    }
    WindowFunc *expr = expr_make(ps_arena(ps), EXPR_WINDOW_FUNC, WindowFunc, result, call->location);
    expr->function = detail->function->oid;
    expr->args = *call->args;
    expr->star = fn->agg_star;
    expr->is_aggregate = aggregate;
    expr->filter = call->filter;
    return window_transform_call(ps, expr, fn->over) ? &expr->expr : NULL;
}

/* ---- the call ---- */

/* How many parameters a call can address: those of every mode in CALL. */
static size_t parameter_count(const CallState *call, const Function *function)
{
    return call->proc_call && function->nall ? function->nall : function->nargs;
}

/* Fills in defaults of arguments that were left out: after the actual ones, in order of parameter. */
static void add_defaults(ParseState *ps, CallState *call, const FunctionDetail *detail)
{
    const Function *function = detail->function;
    size_t n = call->args->len, nparams = parameter_count(call, function);
    Oid *actual = arena_array_of(ps_arena(ps), n + detail->ndefaults + 1, Oid);
    for (size_t i = 0; i < n; i++)
        actual[i] = call->actual[i];
    for (size_t i = 0; i < detail->ndefaults; i++) {
        size_t first = nparams - function->ndefaults, param = (size_t)detail->default_params[i];
        Expr *value = function->defaults && param >= first ? function->defaults[param - first] : NULL;
        if (!value) /* of a built-in function: only its type matters */
            value = expr_new(ps_arena(ps), EXPR_SET_TO_DEFAULT, sizeof(Expr), detail->declared[n + i], -1);
        actual[n + i] = value->type;
        exprlist_push(ps_arena(ps), call->args, value);
    }
    call->actual = actual;
}

/* Arguments in the function's own order, NamedArgs unwrapped. */
static void reorder(ParseState *ps, CallState *call, const FunctionDetail *detail, size_t nactual)
{
    if (!call->nnames)
        return;
    ExprList ordered = {0};
    size_t n = call->args->len;
    size_t nslots = parameter_count(call, detail->function) + n;
    Expr **slots = arena_array_of(ps_arena(ps), nslots, Expr *);
    for (size_t i = 0; i < n; i++) {
        Expr *arg = call->args->items[i];
        if (arg->kind == EXPR_NAMED_ARG)
            arg = ((NamedArg *)arg)->arg;
        size_t slot = i < nactual ? (size_t)(detail->arg_numbers ? detail->arg_numbers[i] : (int)i)
                                  : (size_t)detail->default_params[i - nactual];
        slots[slot] = arg;
    }
    for (size_t i = 0; i < nslots; i++)
        if (slots[i])
            exprlist_push(ps_arena(ps), &ordered, slots[i]);
    *call->args = ordered;
}

/* Functions that handle values of type internal are for the server's own use, whatever they are given. */
static bool refuse_internal(ParseState *ps, const CallState *call, const FunctionDetail *detail)
{
    const char *what = detail->return_type == TYPE_INTERNAL ? "returning" : NULL;
    for (size_t i = 0; i < detail->ndeclared; i++)
        if (detail->declared[i] == TYPE_INTERNAL)
            what = "accepting";
    if (what)
        ps_error(ps, call->location, SQLSTATE_FEATURE_NOT_SUPPORTED,
                 "functions %s type \"internal\" cannot be called explicitly", what);
    return what != NULL;
}

static Expr *build_call(ParseState *ps, CallState *call, FunctionDetail *detail, Expr *last_srf)
{
    const PgQuery__FuncCall *fn = call->fn;
    size_t nactual = call->args->len;
    add_defaults(ps, call, detail);
    Oid *declared = arena_memdup(ps_arena(ps), detail->declared, call->args->len * sizeof *declared);
    Oid result =
        oper_resolve_polymorphic(ps, call->args->len, call->actual, declared, detail->return_type, call->location);
    if (!result || !func_coerce_args(ps, call->args, call->actual, declared))
        return NULL;
    if (refuse_internal(ps, call, detail))
        return NULL;
    if (call->variadic && detail->variadic_element == TYPE_ANY &&
        !type_base_element(ps_catalog(ps), call->actual[nactual - 1])) {
        ps_error(ps, expr_location(call->args->items[nactual - 1]), SQLSTATE_DATATYPE_MISMATCH,
                 "VARIADIC argument must be an array");
        return NULL;
    }
    reorder(ps, call, detail, nactual);
    if (!collect_variadic(ps, call, detail))
        return NULL;
    if (detail->verdict == FUNCDETAIL_NORMAL || detail->verdict == FUNCDETAIL_PROCEDURE)
        return make_function(ps, call, detail, result, last_srf);
    if (detail->verdict == FUNCDETAIL_AGGREGATE && !fn->over)
        return make_aggregate(ps, call, detail, result);
    return make_window(ps, call, detail, result, last_srf);
}

static bool check_kind(ParseState *ps, CallState *call, FunctionDetail *detail, bool proc_call)
{
    if (proc_call && (detail->verdict == FUNCDETAIL_NORMAL || detail->verdict == FUNCDETAIL_AGGREGATE ||
                      detail->verdict == FUNCDETAIL_WINDOW)) {
        Diag *diag =
            ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE, "%s is not a procedure",
                     func_signature(ps, call->display, call->args->len, call->actual, call->names, call->nnames));
        ps_hint(ps, diag, "To call a function, use SELECT.");
        return false;
    }
    if (!proc_call && detail->verdict == FUNCDETAIL_PROCEDURE) {
        Diag *diag =
            ps_error(ps, call->location, SQLSTATE_WRONG_OBJECT_TYPE, "%s is a procedure",
                     func_signature(ps, call->display, call->args->len, call->actual, call->names, call->nnames));
        ps_hint(ps, diag, "To call a procedure, use CALL.");
        return false;
    }
    switch (detail->verdict) {
    case FUNCDETAIL_NORMAL:
    case FUNCDETAIL_PROCEDURE:
    case FUNCDETAIL_COERCION:
        return check_plain(ps, call);
    case FUNCDETAIL_AGGREGATE:
        return func_check_ordered_set(ps, call, detail);
    case FUNCDETAIL_WINDOW:
        return check_window(ps, call);
    case FUNCDETAIL_NOT_FOUND:
    case FUNCDETAIL_MULTIPLE:
        break;
    }
    return true;
}

/* The schema of a qualified name: LookupExplicitNamespace's error when it does not exist. */
static bool resolve_schema(ParseState *ps, CallState *call, FunctionCall *wanted)
{
    AnalyzeContext context = ps_context(ps);
    const char *schema = NULL;
    if (!relation_split_name(&context, call->location, call->fn->n_funcname, call->fn->funcname, &schema,
                             &wanted->name))
        return false;
    if (!schema)
        return true;
    const Schema *found = catalog_find_schema(ps_catalog(ps), schema);
    if (found) {
        wanted->schema = found->oid;
        return relation_check_schema(&context, found, call->location);
    }
    ps_error(ps, call->location, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%s\" does not exist", schema);
    return false;
}

static bool could_be_projection(ParseState *ps, const CallState *call, bool proc_call)
{
    const PgQuery__FuncCall *fn = call->fn;
    return call->args->len == 1 && !proc_call && !fn->n_agg_order && !call->filter && !fn->agg_star &&
           !fn->agg_distinct && !fn->over && !fn->func_variadic && !call->nnames && fn->n_funcname == 1 &&
           is_composite(ps, call->actual[0]);
}

/* Parameters of type void are no arguments: drivers stand them for those of output. */
static void drop_void_params(ExprList *args)
{
    size_t kept = 0;
    for (size_t i = 0; i < args->len; i++)
        if (args->items[i]->kind != EXPR_PARAM || args->items[i]->type != TYPE_VOID)
            args->items[kept++] = args->items[i];
    args->len = kept;
}

Expr *func_resolve(ParseState *ps, const PgQuery__FuncCall *fn, ExprList *args, Expr *last_srf, bool proc_call)
{
    CallState call = {
        .fn = fn, .args = args, .location = fn->location, .variadic = fn->func_variadic, .proc_call = proc_call};
    call.display = ast_name_text(ps_arena(ps), (AstItems){fn->funcname, fn->n_funcname});
    if (newer_is_construct(ps, fn->n_funcname, fn->funcname, true, fn->location))
        return NULL;
    if (fn->agg_filter) {
        bool failed = false;
        call.filter = clause_transform_where(ps, fn->agg_filter, PARSE_FILTER, "FILTER", &failed);
        if (failed)
            return NULL;
    }
    if (!fn->agg_within_group)
        drop_void_params(args);
    if (!collect_args(ps, &call))
        return NULL;
    FunctionCall wanted = {.nargs = args->len,
                           .args = call.actual,
                           .names = call.names,
                           .nnames = call.nnames,
                           .variadic_call = fn->func_variadic,
                           .expand_variadic = !fn->func_variadic,
                           .expand_defaults = true,
                           .include_out_arguments = proc_call,
                           .literal = args->len == 1 && args->items[0]->kind == EXPR_CONST};
    if (!resolve_schema(ps, &call, &wanted))
        return NULL;
    FunctionDetail detail = {0};
    function_resolve(ps_catalog(ps), ps_arena(ps), &wanted, &detail);
    if (!check_kind(ps, &call, &detail, proc_call))
        return NULL;
    if (detail.verdict == FUNCDETAIL_COERCION)
        return coerce_type(ps, args->items[0], call.actual[0], detail.return_type, -1, COERCION_EXPLICIT,
                           FORM_EXPLICIT_CALL, call.location);
    if (detail.verdict != FUNCDETAIL_NOT_FOUND && detail.verdict != FUNCDETAIL_MULTIPLE)
        return build_call(ps, &call, &detail, last_srf);
    if (could_be_projection(ps, &call, proc_call)) {
        bool failed = false;
        Expr *field = project(ps, wanted.name, args->items[0], call.location, &failed);
        if (field || failed)
            return field;
    }
    func_report_missing(ps, &call, detail.verdict == FUNCDETAIL_MULTIPLE, proc_call);
    return NULL;
}

Expr *func_column_selection(ParseState *ps, const char *name, Expr *arg, Expr *last_srf, int32_t location,
                            bool *failed)
{
    if (is_composite(ps, arg->type)) {
        Expr *field = project(ps, name, arg, location, failed);
        if (field || *failed)
            return field;
    }
    FunctionCall wanted = {.name = name,
                           .nargs = 1,
                           .args = &arg->type,
                           .expand_variadic = true,
                           .expand_defaults = true,
                           .literal = arg->kind == EXPR_CONST};
    FunctionDetail detail = {0};
    function_resolve(ps_catalog(ps), ps_arena(ps), &wanted, &detail);
    PgQuery__FuncCall fn;
    pg_query__func_call__init(&fn);
    ExprList args = {0};
    exprlist_push(ps_arena(ps), &args, arg);
    CallState call = {.fn = &fn, .args = &args, .location = location, .display = name};
    if (detail.verdict == FUNCDETAIL_NOT_FOUND || detail.verdict == FUNCDETAIL_MULTIPLE)
        return NULL;
    Expr *result = NULL;
    /* An aggregate will do too: t.count is count(t). */
    if (collect_args(ps, &call) && check_kind(ps, &call, &detail, false))
        result = detail.verdict == FUNCDETAIL_COERCION
                     ? coerce_type(ps, arg, arg->type, detail.return_type, -1, COERCION_EXPLICIT,
                                   FORM_EXPLICIT_CALL, location)
                     : build_call(ps, &call, &detail, last_srf);
    *failed = !result;
    return result;
}
