/* Grouping sets multiplied out: expand_grouping_sets of PostgreSQL's parse_agg.c, as far as querc needs it, which
 * is how many there are and what they have in common. */
#include "analyze/group_parts.h"

enum { MOST_SETS = 4096 };

/* How many sets an element stands for, capped just over the limit. */
static size_t count_sets(const GroupingSet *set)
{
    size_t n = 0;
    switch (set->kind) {
    case GROUPING_SET_EMPTY:
    case GROUPING_SET_SIMPLE:
        return 1;
    case GROUPING_SET_ROLLUP:
        return set->nsets + 1;
    case GROUPING_SET_CUBE:
        return set->nsets > 12 ? MOST_SETS + 1 : (size_t)1 << set->nsets;
    case GROUPING_SET_SETS:
        for (size_t i = 0; i < set->nsets && n <= MOST_SETS; i++)
            n += count_sets(set->sets[i]);
        return n;
    }
    return n;
}

static bool set_has(const GroupingSet *set, uint32_t ref);

/* Whether every set that the element stands for has the reference. */
static bool always_has(const GroupingSet *set, uint32_t ref)
{
    switch (set->kind) {
    case GROUPING_SET_EMPTY:
    case GROUPING_SET_ROLLUP:
    case GROUPING_SET_CUBE:
        return false; /* they all stand for the empty set too */
    case GROUPING_SET_SIMPLE:
        return set_has(set, ref);
    case GROUPING_SET_SETS:
        for (size_t i = 0; i < set->nsets; i++)
            if (!always_has(set->sets[i], ref))
                return false;
        return set->nsets > 0;
    }
    return false;
}

static bool set_has(const GroupingSet *set, uint32_t ref)
{
    for (size_t i = 0; i < set->nrefs; i++)
        if (set->refs[i] == ref)
            return true;
    return false;
}

bool group_common_refs(ParseState *ps, const Query *query, uint32_t **refs, size_t *nrefs)
{
    *nrefs = 0;
    *refs = arena_array_of(ps_arena(ps), query->group.len + 1, uint32_t);
    size_t total = 1;
    for (size_t i = 0; i < query->ngrouping_sets; i++) {
        total *= count_sets(query->grouping_sets[i]);
        if (total > MOST_SETS) {
            ps_error(ps, -1, SQLSTATE_STATEMENT_TOO_COMPLEX, "too many grouping sets present (maximum %d)",
                     MOST_SETS);
            return false;
        }
    }
    for (size_t i = 0; i < query->group.len; i++) {
        bool common = false;
        for (size_t j = 0; j < query->ngrouping_sets && !common; j++)
            common = always_has(query->grouping_sets[j], query->group.items[i].ref);
        if (common)
            (*refs)[(*nrefs)++] = query->group.items[i].ref;
    }
    return true;
}
