/* Choosing between functions or operators of one name by the types of their arguments (parse_func.c:
 * func_match_argtypes, func_select_candidate; documentation, sections 10.2 and 10.3, steps 3 and 4).
 *
 * The rules are applied one after the other, each keeping only the candidates that it likes best, until one is
 * left. */
#include "types/internal.h"

size_t candidates_match(const Catalog *catalog, CandidateList *candidates, size_t nargs, const Oid *args)
{
    size_t kept = 0;
    for (size_t i = 0; i < candidates->len; i++)
        if (coercion_possible(catalog, nargs, args, candidates->items[i].args, COERCION_IMPLICIT))
            candidates->items[kept++] = candidates->items[i];
    return candidates->len = kept;
}

/* The types of the call as the rules see them: domains as their base types. */
typedef struct Call {
    const Catalog *catalog;
    size_t nargs;
    Oid *args;
    char *categories; /* of the arguments; of unknown ones what the candidates agree on */
    bool *preferred;  /* of unknown ones: some candidate takes a preferred type there */
    size_t nunknown;
} Call;

static Call make_call(const Catalog *catalog, Arena *arena, size_t nargs, const Oid *args)
{
    Call call = {.catalog = catalog, .nargs = nargs};
    call.args = arena_array_of(arena, nargs, Oid);
    call.categories = arena_array_of(arena, nargs, char);
    call.preferred = arena_array_of(arena, nargs, bool);
    for (size_t i = 0; i < nargs; i++) {
        call.args[i] = type_base(catalog, args[i]);
        call.categories[i] = type_category(catalog, call.args[i]);
        call.nunknown += args[i] == TYPE_UNKNOWN;
    }
    return call;
}

/* How many arguments of known type a candidate takes as they are; with preferred, or as the preferred type of their
 * category. */
static size_t count_matches(const Call *call, const Candidate *candidate, bool preferred)
{
    size_t n = 0;
    for (size_t i = 0; i < call->nargs; i++) {
        Oid type = candidate->args[i];
        if (call->args[i] == TYPE_UNKNOWN)
            continue;
        n += type == call->args[i] || (preferred && type_category(call->catalog, type) == call->categories[i] &&
                                       type_is_preferred(call->catalog, type));
    }
    return n;
}

static void keep_best(const Call *call, CandidateList *candidates, bool preferred)
{
    size_t best = 0, kept = 0;
    for (size_t i = 0; i < candidates->len; i++) {
        size_t n = count_matches(call, &candidates->items[i], preferred);
        if (n > best) {
            best = n;
            kept = 0;
        }
        if (n == best)
            candidates->items[kept++] = candidates->items[i];
    }
    candidates->len = kept;
}

/* Finds the category of an unknown argument: string if any candidate takes a string there, else what all candidates
 * have in common. False when they differ. */
static bool find_category(Call *call, const CandidateList *candidates, size_t arg)
{
    char found = 0;
    bool preferred = false, conflict = false;
    for (size_t i = 0; i < candidates->len; i++) {
        const Type *type = catalog_type(call->catalog, candidates->items[i].args[arg]);
        if (!type)
            continue;
        if (!found || (type->category == CATEGORY_STRING && found != CATEGORY_STRING)) {
            found = type->category;
            preferred = type->preferred;
        } else if (type->category == found) {
            preferred |= type->preferred;
        } else {
            conflict = true;
        }
    }
    call->categories[arg] = found;
    call->preferred[arg] = preferred;
    return !conflict || found == CATEGORY_STRING;
}

static bool find_categories(Call *call, const CandidateList *candidates)
{
    for (size_t i = 0; i < call->nargs; i++)
        if (call->args[i] == TYPE_UNKNOWN && !find_category(call, candidates, i))
            return false;
    return true;
}

static bool accepts_categories(const Call *call, const Candidate *candidate)
{
    for (size_t i = 0; i < call->nargs; i++) {
        if (call->args[i] != TYPE_UNKNOWN)
            continue;
        if (type_category(call->catalog, candidate->args[i]) != call->categories[i])
            return false;
        if (call->preferred[i] && !type_is_preferred(call->catalog, candidate->args[i]))
            return false;
    }
    return true;
}

/* Drops the candidates of other categories, unless that would leave none. */
static void keep_categories(const Call *call, CandidateList *candidates)
{
    size_t kept = 0;
    for (size_t i = 0; i < candidates->len; i++)
        if (accepts_categories(call, &candidates->items[i]))
            candidates->items[kept++] = candidates->items[i];
    if (kept)
        candidates->len = kept;
}

/* The type that all arguments of known type have, or 0. */
static Oid single_known_type(const Call *call)
{
    Oid known = INVALID_OID;
    for (size_t i = 0; i < call->nargs; i++) {
        if (call->args[i] == TYPE_UNKNOWN)
            continue;
        if (known && call->args[i] != known)
            return INVALID_OID;
        known = call->args[i];
    }
    return known;
}

/* The last rule: when the known arguments have one type, take the unknown ones to be of it too. */
static const Candidate *assume_same_type(Call *call, const CandidateList *candidates)
{
    Oid known = single_known_type(call);
    const Candidate *found = NULL;
    if (!known)
        return NULL;
    for (size_t i = 0; i < call->nargs; i++)
        call->args[i] = known;
    for (size_t i = 0; i < candidates->len; i++) {
        if (!coercion_possible(call->catalog, call->nargs, call->args, candidates->items[i].args,
                               COERCION_IMPLICIT))
            continue;
        if (found)
            return NULL;
        found = &candidates->items[i];
    }
    return found;
}

const Candidate *candidates_select(const Catalog *catalog, Arena *arena, CandidateList *candidates, size_t nargs,
                                   const Oid *args)
{
    Call call = make_call(catalog, arena, nargs, args);
    keep_best(&call, candidates, false);
    if (candidates->len > 1)
        keep_best(&call, candidates, true);
    if (candidates->len > 1 && call.nunknown == 0)
        return NULL;
    if (candidates->len > 1 && find_categories(&call, candidates))
        keep_categories(&call, candidates);
    if (candidates->len == 1)
        return &candidates->items[0];
    return assume_same_type(&call, candidates);
}
