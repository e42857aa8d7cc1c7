/* Calls of PostgreSQL's own functions. What is in none of the tables is unknown. */
#include "evaluate/evaluate_private.h"

static const FunctionEntry *find_in(const FunctionEntry *entries, const char *name)
{
    for (; entries->name; entries++)
        if (strcmp(entries->name, name) == 0)
            return entries;
    return NULL;
}

static const FunctionEntry *find(const char *name)
{
    const FunctionEntry *const tables[] = {function_text_entries, function_catalog_entries, function_array_entries};
    const FunctionEntry *found = NULL;
    for (size_t i = 0; !found && i < sizeof tables / sizeof *tables; i++)
        found = find_in(tables[i], name);
    return found;
}

/* A call that only converts: its function has the name of the type. */
static Value cast(Evaluation *evaluation, const FuncExpr *expr, const Value *args, const Oid *types)
{
    enum { VARHDRSZ = 4 };
    Oid to = expr->expr.type;
    if (args[0].state == VALUE_NULL)
        return value_null();
    int64_t typmod;
    if (expr->args.len > 1) {
        /* the length of varchar(n) */
        bool fits = to == TYPE_VARCHAR && args[0].state == VALUE_KNOWN && value_integer(&args[1], &typmod) &&
                    (int64_t)strlen(args[0].text) <= typmod - VARHDRSZ;
        return fits ? args[0] : value_unknown();
    }
    return value_convert(evaluation->arena, evaluation->catalog, &args[0], types[0], to);
}

static bool is_conversion(const FuncExpr *expr)
{
    if (expr->args.len < 1)
        return false;
    switch (expr->expr.type) {
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_NAME:
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
    case TYPE_OID:
    case TYPE_REGCLASS:
        return expr->form == FORM_EXPLICIT_CAST || expr->form == FORM_IMPLICIT_CAST;
    default:
        return false;
    }
}

Value function_apply(Evaluation *evaluation, const FuncExpr *expr, const Value *args, const Oid *types)
{
    const Function *function = catalog_function(evaluation->catalog, expr->function);
    if (function->schema != SCHEMA_PG_CATALOG)
        return value_unknown();
    if (is_conversion(expr))
        return cast(evaluation, expr, args, types);
    const FunctionEntry *entry = find(function->name);
    if (!entry)
        return value_unknown();
    bool unknown = false;
    for (size_t i = 0; !entry->takes_null && i < expr->args.len; i++) {
        if (args[i].state == VALUE_NULL)
            return value_null();
        unknown |= args[i].state == VALUE_UNKNOWN;
    }
    Call call = {evaluation, args, types, expr->args.len, expr->variadic};
    return unknown ? value_unknown() : entry->apply(&call);
}
