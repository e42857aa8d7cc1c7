/* Which declarations of functions make sense: a polymorphic or internal result must follow from the arguments
 * (parse_coerce.c: check_valid_polymorphic_signature, check_valid_internal_signature). */
#include "types/internal.h"

typedef struct SignatureRule {
    Oid results[5]; /* a result of one of these types … */
    Oid inputs[7];  /* … needs an argument of one of these */
    const char *names;
} SignatureRule;

static const SignatureRule rules[] = {
    {{TYPE_ANYRANGE, TYPE_ANYMULTIRANGE}, {TYPE_ANYRANGE, TYPE_ANYMULTIRANGE}, "anyrange or anymultirange"},
    {{TYPE_ANYCOMPATIBLERANGE, TYPE_ANYCOMPATIBLEMULTIRANGE},
     {TYPE_ANYCOMPATIBLERANGE, TYPE_ANYCOMPATIBLEMULTIRANGE},
     "anycompatiblerange or anycompatiblemultirange"},
    {{TYPE_ANYELEMENT, TYPE_ANYARRAY, TYPE_ANYNONARRAY, TYPE_ANYENUM},
     {TYPE_ANYELEMENT, TYPE_ANYARRAY, TYPE_ANYNONARRAY, TYPE_ANYENUM, TYPE_ANYRANGE, TYPE_ANYMULTIRANGE},
     "anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange"},
    {{TYPE_ANYCOMPATIBLE, TYPE_ANYCOMPATIBLEARRAY, TYPE_ANYCOMPATIBLENONARRAY},
     {TYPE_ANYCOMPATIBLE, TYPE_ANYCOMPATIBLEARRAY, TYPE_ANYCOMPATIBLENONARRAY, TYPE_ANYCOMPATIBLERANGE,
      TYPE_ANYCOMPATIBLEMULTIRANGE},
     "anycompatible, anycompatiblearray, anycompatiblenonarray, anycompatiblerange, or anycompatiblemultirange"},
    {{TYPE_INTERNAL}, {TYPE_INTERNAL}, "internal"},
};

/* The list ends with 0. */
static bool contains(const Oid *list, Oid type)
{
    for (; *list; list++)
        if (*list == type)
            return true;
    return false;
}

static const SignatureRule *violated_rule(Oid return_type, const Oid *declared, size_t n)
{
    for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++) {
        if (!contains(rules[r].results, return_type))
            continue;
        for (size_t i = 0; i < n; i++)
            if (contains(rules[r].inputs, declared[i]))
                return NULL;
        return &rules[r];
    }
    return NULL;
}

const char *polymorphic_check_signature(Arena *arena, Oid return_type, const Oid *declared, size_t n)
{
    const SignatureRule *rule = violated_rule(return_type, declared, n);
    return rule && return_type != TYPE_INTERNAL
               ? arena_printf(arena, "A result of type %s requires at least one input of type %s.",
                              polymorphic_name(return_type), rule->names)
               : NULL;
}

const char *polymorphic_check_internal_signature(Oid return_type, const Oid *declared, size_t n)
{
    if (return_type != TYPE_INTERNAL || !violated_rule(return_type, declared, n))
        return NULL;
    return "A result of type internal requires at least one input of type internal.";
}
