/* Which function a call means (parse_func.c: func_get_detail, LookupFuncName; documentation, section 10.3). */
#include "types/internal.h"

#include <string.h>

static bool takes_exactly(const Candidate *candidate, size_t nargs, const Oid *args)
{
    return nargs == 0 || memcmp(candidate->args, args, nargs * sizeof *args) == 0;
}

/* FuncNameAsType: the type that a function-like cast of this name would go to; composite types are no target. */
static Oid type_named(const Catalog *catalog, Oid schema, const char *name)
{
    const Type *type = NULL;
    const SearchPath *path = catalog_search_path(catalog);
    if (schema)
        type = catalog_find_type_in(catalog, schema, name);
    for (size_t i = 0; !schema && !type && i < path->len; i++)
        if (path->schemas[i] != path->temporary)
            type = catalog_find_type_in(catalog, path->schemas[i], name);
    return type && type->defined && !type->relation ? type->oid : INVALID_OID;
}

/* Whether a call that matches no function exactly is a cast written like one: typename('literal'), or one that only
 * relabels or goes through text. A row that goes to a string is left to functions, as it may be f(row) for row.f.
 */
static bool is_cast(const Catalog *catalog, Oid target, const FunctionCall *call)
{
    Oid function, source = call->args[0];
    if (!target)
        return false;
    if (source == TYPE_UNKNOWN && call->literal)
        return true;
    CoercionPath path = coercion_find_path(catalog, target, source, COERCION_EXPLICIT, &function);
    if (path == PATH_COERCE_VIA_IO)
        return !((source == TYPE_RECORD || type_is_complex(catalog, source)) &&
                 type_category(catalog, target) == CATEGORY_STRING);
    return path == PATH_RELABEL;
}

static FunctionVerdict verdict_of(const Function *function)
{
    switch (function->kind) {
    case PROKIND_PROCEDURE:
        return FUNCDETAIL_PROCEDURE;
    case PROKIND_AGGREGATE:
        return FUNCDETAIL_AGGREGATE;
    case PROKIND_WINDOW:
        return FUNCDETAIL_WINDOW;
    default:
        return FUNCDETAIL_NORMAL;
    }
}

static int *defaulted_parameters(Arena *arena, const Candidate *candidate)
{
    size_t first = candidate->nargs - candidate->ndefaults;
    int *params = arena_array_of(arena, candidate->ndefaults, int);
    for (size_t i = 0; i < candidate->ndefaults; i++)
        params[i] = candidate->arg_numbers ? candidate->arg_numbers[first + i] : (int)(first + i);
    return params;
}

static void describe(Arena *arena, const FunctionCall *call, const Candidate *best, FunctionDetail *detail)
{
    const Function *function = best->function;
    if (!function) {
        detail->verdict = FUNCDETAIL_MULTIPLE;
        return;
    }
    /* With names and the VARIADIC keyword, the last argument must be the one for the last parameter. */
    if (call->nnames && (call->variadic_call || !call->expand_variadic) && call->nargs &&
        best->arg_numbers[call->nargs - 1] != (int)call->nargs - 1)
        return;
    *detail = (FunctionDetail){.verdict = verdict_of(function),
                               .function = function,
                               .return_type = function->return_type,
                               .returns_set = function->returns_set,
                               .nvariadic = best->nvariadic,
                               .variadic_element = function->variadic,
                               .declared = best->args,
                               .ndeclared = best->nargs,
                               .ndefaults = best->ndefaults,
                               .default_params = defaulted_parameters(arena, best),
                               .arg_numbers = best->arg_numbers};
}

static const Candidate *find_exact(const CandidateList *candidates, const FunctionCall *call)
{
    for (size_t i = 0; i < candidates->len; i++)
        if (takes_exactly(&candidates->items[i], call->nargs, call->args))
            return &candidates->items[i];
    return NULL;
}

void function_resolve(const Catalog *catalog, Arena *arena, const FunctionCall *call, FunctionDetail *detail)
{
    *detail = (FunctionDetail){.verdict = FUNCDETAIL_NOT_FOUND};
    CandidateList candidates = function_candidates(catalog, arena, call);
    const Candidate *best = find_exact(&candidates, call);
    if (!best && call->nargs == 1 && !call->nnames && !call->no_cast) {
        Oid target = type_named(catalog, call->schema, call->name);
        if (is_cast(catalog, target, call)) {
            *detail = (FunctionDetail){.verdict = FUNCDETAIL_COERCION,
                                       .return_type = target,
                                       .declared = arena_memdup(arena, call->args, sizeof *call->args),
                                       .ndeclared = 1};
            return;
        }
    }
    if (!best && candidates_match(catalog, &candidates, call->nargs, call->args) == 0)
        return;
    if (!best)
        best = candidates.len == 1 ? &candidates.items[0]
                                   : candidates_select(catalog, arena, &candidates, call->nargs, call->args);
    if (best)
        describe(arena, call, best, detail);
    else
        detail->verdict = FUNCDETAIL_MULTIPLE;
}

static bool is_of_kind(const Candidate *candidate, char kind)
{
    return !candidate->function || !kind ||
           (candidate->function->kind == PROKIND_PROCEDURE) == (kind == PROKIND_PROCEDURE);
}

const Function *function_find_exact(const Catalog *catalog, Arena *arena, const FunctionCall *call, char kind,
                                    bool *ambiguous)
{
    FunctionCall plain = {.schema = call->schema,
                          .name = call->name,
                          .nargs = call->nargs,
                          .args = call->args,
                          .any_count = call->any_count,
                          .include_out_arguments = call->include_out_arguments};
    CandidateList candidates = function_candidates(catalog, arena, &plain);
    const Candidate *found = NULL;
    *ambiguous = false;
    for (size_t i = 0; i < candidates.len && !*ambiguous; i++) {
        const Candidate *candidate = &candidates.items[i];
        if (!is_of_kind(candidate, kind) ||
            (!call->any_count && !takes_exactly(candidate, call->nargs, call->args)))
            continue;
        *ambiguous = found || !candidate->function;
        found = candidate;
    }
    return found && !*ambiguous ? found->function : NULL;
}
