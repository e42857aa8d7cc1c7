/* GROUP BY and its grouping sets: flatten_grouping_sets and transformGroupClause of PostgreSQL's parse_clause.c. */
#include "analyze/query_parts.h"

/* GROUP BY as written, once implicit rows (a, b) and nested GROUPING SETS are dissolved. */
typedef enum FlatKind {
    FLAT_EXPR,
    FLAT_ROW, /* several expressions that stand for one set */
    FLAT_SET
} FlatKind;
typedef struct Flat Flat;
typedef struct FlatList {
    Flat *items;
    size_t len, cap;
} FlatList;
struct Flat {
    FlatKind kind;
    const AstNode *raw;
    GroupingSetKind set; /* of FLAT_SET */
    FlatList content;    /* of FLAT_ROW and FLAT_SET */
};

/* The work on one GROUP BY. */
typedef struct Grouping {
    ParseState *ps;
    TargetList *targets;
    const SortGroupList *sort;
    ParseExprKind kind;
    bool use_sql99;
    SortGroupList *result;
} Grouping;

static GroupingSetKind set_kind(const AstGroupingSet *raw)
{
    switch ((int)raw->kind) {
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_SIMPLE:
        return GROUPING_SET_SIMPLE;
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_ROLLUP:
        return GROUPING_SET_ROLLUP;
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_CUBE:
        return GROUPING_SET_CUBE;
    case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_SETS:
        return GROUPING_SET_SETS;
    default:
        return GROUPING_SET_EMPTY;
    }
}

/* ---- flattening ---- */

static bool flatten_list(ParseState *ps, size_t n, AstNode *const *raw, bool top, bool *has_sets, FlatList *out);

static bool is_implicit_row(const AstNode *raw)
{
    return ast_kind(raw) == AST_ROW_EXPR &&
           raw->row_expr->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST;
}

/* Each member of a set stays one item, a row as FLAT_ROW; but a nested GROUPING SETS is spliced in. */
static bool flatten_members(ParseState *ps, const AstGroupingSet *raw, FlatList *out)
{
    for (size_t i = 0; i < raw->n_content; i++) {
        AstNode *member = raw->content[i];
        FlatList inner = {0};
        if (!flatten_list(ps, 1, &raw->content[i], false, NULL, &inner))
            return false;
        if (is_implicit_row(member)) {
            Flat row = {.kind = FLAT_ROW, .raw = member, .content = inner};
            vec_push(ps_arena(ps), out, row);
            continue;
        }
        for (size_t k = 0; k < inner.len; k++)
            vec_push(ps_arena(ps), out, inner.items[k]);
    }
    return true;
}

static bool flatten_set(ParseState *ps, const AstNode *raw, bool top, FlatList *out)
{
    Flat set = {.kind = FLAT_SET, .raw = raw, .set = set_kind(raw->grouping_set)};
    /* Empty sets at the top mean nothing beside others; the caller puts one back when nothing else is left. */
    if (top && set.set == GROUPING_SET_EMPTY)
        return true;
    if (!flatten_members(ps, raw->grouping_set, &set.content))
        return false;
    if (top || set.set != GROUPING_SET_SETS) {
        vec_push(ps_arena(ps), out, set);
        return true;
    }
    for (size_t i = 0; i < set.content.len; i++)
        vec_push(ps_arena(ps), out, set.content.items[i]);
    return true;
}

static bool flatten_item(ParseState *ps, const AstNode *raw, bool top, bool *has_sets, FlatList *out)
{
    if (is_implicit_row(raw))
        return flatten_list(ps, raw->row_expr->n_args, raw->row_expr->args, false, NULL, out);
    if (ast_kind(raw) == AST_GROUPING_SET) {
        if (has_sets)
            *has_sets = true;
        return flatten_set(ps, raw, top, out);
    }
    Flat flat = {.kind = FLAT_EXPR, .raw = raw};
    vec_push(ps_arena(ps), out, flat);
    return true;
}

static bool flatten_list(ParseState *ps, size_t n, AstNode *const *raw, bool top, bool *has_sets, FlatList *out)
{
    if (!ps_enter(ps))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = flatten_item(ps, raw[i], top, has_sets, out);
    ps_leave(ps);
    return ok;
}

/* ---- expressions ---- */

typedef VEC(uint32_t) Refs;

static bool contains(const Refs *refs, uint32_t ref)
{
    for (size_t i = 0; i < refs->len; i++) {
        if (refs->items[i] == ref)
            return true;
    }
    return false;
}

/* transformGroupClauseExpr: the item's reference, 0 for a repetition within `seen`; false after an error. */
static bool add_expression(Grouping *grouping, const AstNode *raw, const Refs *seen, bool top, uint32_t *ref)
{
    ParseState *ps = grouping->ps;
    TargetEntry *entry = clause_find_target(ps, raw, grouping->targets, grouping->kind, grouping->use_sql99);
    if (!entry)
        return false;
    *ref = 0;
    if (entry->sort_group) {
        if (seen && contains(seen, entry->sort_group))
            return true;
        *ref = entry->sort_group;
        if (clause_is_sorted(ps, entry, INVALID_OID, grouping->result))
            return true;
        /* A column that is also sorted groups by the sort's notion of equality. */
        for (size_t i = 0; i < grouping->sort->len; i++) {
            SortGroupClause clause = grouping->sort->items[i];
            if (clause.ref != entry->sort_group)
                continue;
            if (!top)
                clause.nulls_first = false;
            vec_push(ps_arena(ps), grouping->result, clause);
            return true;
        }
    }
    if (!clause_add_group(ps, entry, grouping->result, grouping->targets, ast_location(raw)))
        return false;
    *ref = entry->sort_group;
    return true;
}

/* ---- grouping sets ---- */

static GroupingSet *new_set(Grouping *grouping, GroupingSetKind kind)
{
    GroupingSet *set = arena_new_of(ps_arena(grouping->ps), GroupingSet);
    set->kind = kind;
    return set;
}

static GroupingSet *simple_set(Grouping *grouping, uint32_t ref)
{
    GroupingSet *set = new_set(grouping, GROUPING_SET_SIMPLE);
    set->refs = arena_memdup(ps_arena(grouping->ps), &ref, sizeof ref);
    set->nrefs = 1;
    return set;
}

/* A row of expressions as one set. */
static GroupingSet *transform_row(Grouping *grouping, const FlatList *row)
{
    Refs refs = {0};
    for (size_t i = 0; i < row->len; i++) {
        uint32_t ref;
        if (!add_expression(grouping, row->items[i].raw, &refs, false, &ref))
            return NULL;
        if (ref)
            vec_push(ps_arena(grouping->ps), &refs, ref);
    }
    GroupingSet *set = new_set(grouping, GROUPING_SET_SIMPLE);
    set->refs = refs.items;
    set->nrefs = refs.len;
    return set;
}

static GroupingSet *transform_set(Grouping *grouping, const Flat *flat);

static GroupingSet *transform_member(Grouping *grouping, const Flat *flat)
{
    uint32_t ref;
    switch (flat->kind) {
    case FLAT_ROW:
        return transform_row(grouping, &flat->content);
    case FLAT_SET:
        return transform_set(grouping, flat);
    case FLAT_EXPR:
        return add_expression(grouping, flat->raw, NULL, false, &ref) ? simple_set(grouping, ref) : NULL;
    }
    return NULL;
}

static GroupingSet *transform_set(Grouping *grouping, const Flat *flat)
{
    enum { LARGEST_CUBE = 12 }; /* its sets are 2 to this power */
    ParseState *ps = grouping->ps;
    GroupingSet *set = new_set(grouping, flat->set);
    set->sets = arena_array_of(ps_arena(ps), flat->content.len, GroupingSet *);
    for (size_t i = 0; i < flat->content.len; i++) {
        GroupingSet *member = transform_member(grouping, &flat->content.items[i]);
        if (!member)
            return NULL;
        set->sets[set->nsets++] = member;
    }
    if (flat->set == GROUPING_SET_CUBE && set->nsets > LARGEST_CUBE) {
        ps_error(ps, flat->raw->grouping_set->location, SQLSTATE_TOO_MANY_COLUMNS, "CUBE is limited to %d elements",
                 LARGEST_CUBE);
        return NULL;
    }
    return set;
}

/* ---- the clause ---- */

static bool transform_top(Grouping *grouping, const FlatList *flats, bool has_sets, GroupingSetList *sets)
{
    Arena *arena = ps_arena(grouping->ps);
    Refs seen = {0};
    for (size_t i = 0; i < flats->len; i++) {
        const Flat *flat = &flats->items[i];
        if (flat->kind == FLAT_SET) {
            GroupingSet *set = transform_set(grouping, flat);
            if (!set)
                return false;
            vec_push(arena, sets, set);
            continue;
        }
        uint32_t ref;
        if (!add_expression(grouping, flat->raw, &seen, true, &ref))
            return false;
        if (!ref)
            continue;
        vec_push(arena, &seen, ref);
        if (has_sets)
            vec_push(arena, sets, simple_set(grouping, ref));
    }
    if (has_sets && !flats->len)
        vec_push(arena, sets, new_set(grouping, GROUPING_SET_EMPTY));
    return true;
}

bool clause_transform_group(ParseState *ps, size_t n, AstNode *const *raw, GroupingSetList *sets,
                            TargetList *targets, const SortGroupList *sort, ParseExprKind kind, bool use_sql99,
                            SortGroupList *result)
{
    Grouping grouping = {ps, targets, sort, kind, use_sql99, result};
    FlatList flats = {0};
    bool has_sets = false;
    GroupingSetList none = {0};
    return flatten_list(ps, n, raw, true, &has_sets, &flats) &&
           transform_top(&grouping, &flats, has_sets, sets ? sets : &none);
}
