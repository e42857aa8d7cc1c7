/* The functions that a call by name could mean, before their argument types are looked at (namespace.c:
 * FuncnameGetCandidates, MatchNamedCall). Each is put in the shape of the call: VARIADIC expanded, defaults
 * counted, named arguments in their places. Of functions that would look the same to the call only one stays: the
 * one of the earlier schema of search_path, else the one that is not variadic; between equals the call is
 * ambiguous. */
#include "types/internal.h"

#include <string.h>

/* Where a schema stands in the search path; -1 when functions are not looked for there. */
static int path_position(const SearchPath *path, Oid schema)
{
    if (schema == path->temporary)
        return -1;
    for (size_t i = 0; i < path->len; i++)
        if (path->schemas[i] == schema)
            return (int)i;
    return -1;
}

int schema_position(const Catalog *catalog, Oid qualifier, Oid schema)
{
    if (qualifier)
        return qualifier == schema ? 0 : -1;
    return path_position(catalog_search_path(catalog), schema);
}

/* A function's parameters as the call counts them: the input ones, or all of them for CALL. */
typedef struct Parameters {
    const Oid *types;
    size_t n;
} Parameters;

static Parameters parameters_of(const Function *function, const FunctionCall *call)
{
    if (call->include_out_arguments && function->nall)
        return (Parameters){function->all_types, function->nall};
    return (Parameters){function->arg_types, function->nargs};
}

static bool is_input(const Function *function, size_t i)
{
    if (!function->nall)
        return true;
    char mode = function->all_modes[i];
    return mode == ARGMODE_IN || mode == ARGMODE_INOUT || mode == ARGMODE_VARIADIC;
}

/* The number of the parameter of this name, -1 when there is none. */
static int parameter_named(const Function *function, const FunctionCall *call, const char *name)
{
    size_t nnames = function->nall ? function->nall : function->nargs;
    int number = 0;
    for (size_t i = 0; i < nnames; i++) {
        if (!call->include_out_arguments && !is_input(function, i))
            continue;
        if (function->arg_names[i] && strcmp(function->arg_names[i], name) == 0)
            return number;
        number++;
    }
    return -1;
}

/* MatchNamedCall: the parameter of each argument, followed by the parameters that take their defaults; NULL when a
 * name is not known or given twice, or a parameter without default is left. */
static int *match_names(Arena *arena, const Function *function, const FunctionCall *call, size_t nparams)
{
    if (!function->arg_names)
        return NULL;
    int *numbers = arena_array_of(arena, nparams, int);
    bool *given = arena_array_of(arena, nparams, bool);
    size_t npositional = call->nargs - call->nnames, n = 0;
    for (; n < npositional; n++) {
        numbers[n] = (int)n;
        given[n] = true;
    }
    for (size_t i = 0; i < call->nnames; i++) {
        int number = parameter_named(function, call, call->names[i]);
        if (number < 0 || given[number])
            return NULL;
        given[number] = true;
        numbers[n++] = number;
    }
    for (size_t p = npositional; p < nparams; p++) {
        if (given[p])
            continue;
        if (p < nparams - function->ndefaults)
            return NULL;
        numbers[n++] = (int)p;
    }
    return numbers;
}

static const Oid *types_in_order(Arena *arena, const Oid *types, const int *numbers, size_t n)
{
    Oid *ordered = arena_array_of(arena, n, Oid);
    for (size_t i = 0; i < n; i++)
        ordered[i] = types[numbers[i]];
    return ordered;
}

static const Oid *types_expanded(Arena *arena, Parameters params, size_t nargs, Oid element)
{
    Oid *types = arena_array_of(arena, nargs, Oid);
    memcpy(types, params.types, params.n * sizeof *types);
    for (size_t i = params.n - 1; i < nargs; i++)
        types[i] = element;
    return types;
}

/* Whether the function can be called with so many arguments and such names; then fills the candidate in. */
static bool make_candidate(Arena *arena, const FunctionCall *call, const Function *function, Candidate *candidate)
{
    Parameters params = parameters_of(function, call);
    bool expand = call->expand_variadic && !call->variadic_call;
    bool variadic = expand && function->variadic && params.n <= call->nargs && !call->any_count;
    *candidate = (Candidate){.function = function, .nargs = params.n, .args = params.types};
    if (call->any_count)
        return true;
    if (call->nnames && expand && function->variadic)
        return false;
    if (params.n > call->nargs) {
        if (!call->expand_defaults || call->nargs + function->ndefaults < params.n)
            return false;
        candidate->ndefaults = params.n - call->nargs;
    } else if (params.n < call->nargs && !variadic) {
        return false;
    }
    if (call->nnames) {
        candidate->arg_numbers = match_names(arena, function, call, params.n);
        if (!candidate->arg_numbers)
            return false;
        candidate->args = types_in_order(arena, params.types, candidate->arg_numbers, params.n);
    } else if (variadic) {
        candidate->nvariadic = call->nargs - params.n + 1;
        candidate->nargs = call->nargs;
        candidate->args = types_expanded(arena, params, call->nargs, function->variadic);
    }
    return true;
}

/* ---- Candidates that look the same ---- */

typedef struct Candidates {
    Candidate *items;
    size_t len, cap;
    bool special; /* some are variadic, use defaults or names: the same schema may have several with equal arguments
                   */
    bool several; /* they come from several schemas */
    size_t *slots; /* hash table of item number + 1 by arguments */
    size_t nslots;
} Candidates;

static size_t given_args(const Candidate *candidate)
{
    return candidate->nargs - candidate->ndefaults;
}

static bool same_args(const Candidate *a, const Candidate *b)
{
    size_t n = given_args(a);
    return n == given_args(b) && (n == 0 || memcmp(a->args, b->args, n * sizeof *a->args) == 0);
}

/* The slot of the candidate with these arguments, or the empty one where it would go. */
static size_t *find_slot(const Candidates *found, const Candidate *candidate)
{
    size_t i =
        map_hash_bytes(0, candidate->args, given_args(candidate) * sizeof *candidate->args) & (found->nslots - 1);
    while (found->slots[i] && !same_args(&found->items[found->slots[i] - 1], candidate))
        i = (i + 1) & (found->nslots - 1);
    return &found->slots[i];
}

/* Settles between two candidates that look the same to the call. */
static void merge(Candidate *old, const Candidate *new)
{
    bool prefer_old = false, prefer_new = false;
    if (new->path_position != old->path_position) {
        prefer_old = new->path_position > old->path_position;
        prefer_new = !prefer_old;
    } else if ((new->nvariadic > 0) != (old->nvariadic > 0)) {
        prefer_old = new->nvariadic > 0;
        prefer_new = !prefer_old;
    }
    if (prefer_new)
        *old = *new;
    else if (!prefer_old)
        old->function = NULL;
}

static void drop_duplicates(Arena *arena, Candidates *found)
{
    size_t kept = 0;
    for (found->nslots = 8; found->nslots < 2 * found->len; found->nslots *= 2)
        continue;
    found->slots = arena_array_of(arena, found->nslots, size_t);
    for (size_t i = 0; i < found->len; i++) {
        size_t *slot = find_slot(found, &found->items[i]);
        if (*slot) {
            merge(&found->items[*slot - 1], &found->items[i]);
        } else {
            found->items[kept++] = found->items[i];
            *slot = kept;
        }
    }
    found->len = kept;
}

CandidateList function_candidates(const Catalog *catalog, Arena *arena, const FunctionCall *call)
{
    FunctionList functions = catalog_functions_named(catalog, arena, call->name);
    Candidates found = {0};
    for (size_t i = 0; i < functions.len; i++) {
        Candidate candidate;
        int position = schema_position(catalog, call->schema, functions.items[i]->schema);
        if (position < 0 || !make_candidate(arena, call, functions.items[i], &candidate))
            continue;
        candidate.path_position = position;
        found.special |= candidate.nvariadic || candidate.ndefaults || candidate.arg_numbers;
        found.several |= found.len && found.items[0].path_position != position;
        vec_push(arena, &found, candidate);
    }
    if (found.len > 1 && (found.special || found.several))
        drop_duplicates(arena, &found);
    return (CandidateList){found.items, found.len};
}
