/* Which operator an expression means (parse_oper.c: oper, left_oper, compatible_oper; namespace.c:
 * OpernameGetOprid, OpernameGetCandidates; documentation, section 10.2). Almost every use is an exact match, which
 * is looked for before any list of candidates is made. */
#include "types/internal.h"

const Operator *operator_find_exact(const Catalog *catalog, Arena *arena, Oid schema, const char *name, Oid left,
                                    Oid right)
{
    OperatorList operators = catalog_operators_named(catalog, arena, name);
    const Operator *found = NULL;
    int best = 0;
    for (size_t i = 0; i < operators.len; i++) {
        const Operator *op = operators.items[i];
        if (op->left != left || op->right != right)
            continue;
        int position = schema_position(catalog, schema, op->schema);
        if (position >= 0 && (!found || position < best)) {
            found = op;
            best = position;
        }
    }
    return found;
}

/* binary_oper_exact: an unknown operand is first taken to be of the other's type, then of that type's base. */
static const Operator *find_binary(const Catalog *catalog, Arena *arena, Oid schema, const char *name, Oid left,
                                   Oid right)
{
    bool unknown = left == TYPE_UNKNOWN || right == TYPE_UNKNOWN;
    if (left == TYPE_UNKNOWN)
        left = right;
    else if (right == TYPE_UNKNOWN)
        right = left;
    const Operator *op = operator_find_exact(catalog, arena, schema, name, left, right);
    Oid base = type_base(catalog, left);
    if (!op && unknown && base != left)
        op = operator_find_exact(catalog, arena, schema, name, base, base);
    return op;
}

typedef VEC(Candidate) CandidateVec;

/* An operator hides those of the same operand types in later schemas. The first of them met stands in `seen` by its
 * operand types. */
static CandidateVec operator_candidates(const Catalog *catalog, Arena *arena, Oid schema, const char *name,
                                        bool prefix)
{
    OperatorList operators = catalog_operators_named(catalog, arena, name);
    CandidateVec found = {0};
    IntMap seen = {0};
    for (size_t i = 0; i < operators.len; i++) {
        const Operator *op = operators.items[i];
        int position = schema_position(catalog, schema, op->schema);
        if ((op->left == INVALID_OID) != prefix || position < 0)
            continue;
        Candidate candidate = {.op = op, .path_position = position, .nargs = prefix ? 1 : 2};
        Oid *args = arena_array_of(arena, 2, Oid);
        args[0] = prefix ? op->right : op->left;
        args[1] = prefix ? INVALID_OID : op->right;
        candidate.args = args;
        uint64_t key = (uint64_t)op->left << 32 | op->right;
        size_t at = (size_t)(uintptr_t)intmap_get(&seen, key);
        if (!at) {
            vec_push(arena, &found, candidate);
            intmap_put(arena, &seen, key, (void *)(uintptr_t)found.len);
        } else if (position < found.items[at - 1].path_position) {
            found.items[at - 1] = candidate;
        }
    }
    return found;
}

/* oper_select_candidate */
static const Operator *select_operator(const Catalog *catalog, Arena *arena, CandidateList candidates, size_t nargs,
                                       const Oid *args, bool *ambiguous)
{
    if (candidates_match(catalog, &candidates, nargs, args) == 0)
        return NULL;
    const Candidate *best =
        candidates.len == 1 ? &candidates.items[0] : candidates_select(catalog, arena, &candidates, nargs, args);
    *ambiguous = !best;
    return best ? best->op : NULL;
}

const Operator *operator_resolve(const Catalog *catalog, Arena *arena, Oid schema, const char *name, Oid left,
                                 Oid right, bool *ambiguous)
{
    bool prefix = left == INVALID_OID;
    *ambiguous = false;
    const Operator *op = prefix ? operator_find_exact(catalog, arena, schema, name, INVALID_OID, right)
                                : find_binary(catalog, arena, schema, name, left, right);
    if (op)
        return op;
    CandidateVec found = operator_candidates(catalog, arena, schema, name, prefix);
    Oid args[2] = {prefix ? right : left, right};
    return select_operator(catalog, arena, (CandidateList){found.items, found.len}, prefix ? 1 : 2, args,
                           ambiguous);
}

const Operator *operator_resolve_compatible(const Catalog *catalog, Arena *arena, Oid schema, const char *name,
                                            Oid left, Oid right)
{
    bool ambiguous;
    const Operator *op = operator_resolve(catalog, arena, schema, name, left, right, &ambiguous);
    if (!op || !coercion_is_binary(catalog, right, op->right))
        return NULL;
    return left == INVALID_OID || coercion_is_binary(catalog, left, op->left) ? op : NULL;
}
