/* Whether a partition's bound makes sense beside the others' (PostgreSQL's check_new_partition_bound). Bounds of
 * which it is not known how they compare are taken to be good. */
#include "ddl/partition_bound.h"

static bool overlaps(Ddl *ddl, int32_t location, const Relation *partition, const Relation *with)
{
    return ddl_fail(ddl, location, SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "partition \"%s\" would overlap partition \"%s\"", partition->name, with->name);
}

/* ---- HASH ---- */

/* Of the existing moduli the greatest that is not above the new one, and the least that is. */
static bool check_modulus(Ddl *ddl, const OidList *children, const PartitionBound *bound)
{
    const Relation *below = NULL, *above = NULL;
    for (size_t i = 0; i < children->len; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children->items[i]);
        if (!child->bound)
            continue;
        bool is_above = child->bound->modulus > bound->modulus;
        const Relation **best = is_above ? &above : &below;
        if (!*best || (is_above ? child->bound->modulus < (*best)->bound->modulus
                                : child->bound->modulus > (*best)->bound->modulus))
            *best = child;
    }
    bool divides_below = !below || bound->modulus % below->bound->modulus == 0;
    if (divides_below && (!above || above->bound->modulus % bound->modulus == 0))
        return true;
    Diag *diag = ddl_error(ddl, -1, SQLSTATE_INVALID_OBJECT_DEFINITION,
                           "every hash partition modulus must be a factor of the next larger modulus");
    const Relation *other = divides_below ? above : below;
    ddl_detail(ddl, diag, "The new modulus %d is not %s %d, the modulus of existing partition \"%s\".",
               bound->modulus, divides_below ? "a factor of" : "divisible by", other->bound->modulus, other->name);
    return false;
}

/* One modulus is a factor of the other: rows meet when the remainders agree by the lesser. */
static bool check_hash(Ddl *ddl, const OidList *children, const Relation *partition, const PartitionBound *bound)
{
    if (!check_modulus(ddl, children, bound))
        return false;
    for (size_t i = 0; i < children->len; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children->items[i]);
        const PartitionBound *other = child->bound;
        if (!other)
            continue;
        int32_t lesser = other->modulus < bound->modulus ? other->modulus : bound->modulus;
        if (other->remainder % lesser == bound->remainder % lesser)
            return overlaps(ddl, bound->location, partition, child);
    }
    return true;
}

/* ---- LIST ---- */

static bool same_value(const BoundDatum *a, const BoundDatum *b)
{
    if (a->kind == DATUM_NULL || b->kind == DATUM_NULL)
        return a->kind == b->kind;
    return literal_compare(&a->value, &b->value, false) == COMPARE_EQUAL;
}

static bool list_has(const PartitionBound *bound, const BoundDatum *datum)
{
    for (size_t i = 0; i < bound->nvalues; i++)
        if (same_value(&bound->lower[i], datum))
            return true;
    return false;
}

static bool check_list(Ddl *ddl, const OidList *children, const Relation *partition, const PartitionBound *bound)
{
    for (size_t i = 0; i < bound->nvalues; i++)
        for (size_t j = 0; j < children->len; j++) {
            const Relation *child = catalog_relation(ddl->catalog, children->items[j]);
            if (child->bound && list_has(child->bound, &bound->lower[i]))
                return overlaps(ddl, bound->lower[i].location, partition, child);
        }
    return true;
}

/* ---- RANGE ---- */

/* Two bounds of ranges, column by column (partition_rbound_cmp); *at is the column that decides. */
static LiteralComparison compare_bounds(const PartitionKey *key, const BoundDatum *a, const BoundDatum *b,
                                        size_t *at)
{
    *at = 0;
    for (size_t i = 0; i < key->ncolumns; i++) {
        *at = i;
        if (a[i].kind != b[i].kind)
            return a[i].kind < b[i].kind ? COMPARE_LESS : COMPARE_GREATER;
        if (a[i].kind != DATUM_VALUE)
            break; /* both are without limit, and so is the rest */
        bool bytewise = key->collations[i] == COLLATION_C || key->collations[i] == COLLATION_POSIX;
        LiteralComparison order = literal_compare(&a[i].value, &b[i].value, bytewise);
        if (order != COMPARE_EQUAL)
            return order;
    }
    return COMPARE_EQUAL;
}

/* get_range_partbound_string; NULL when a value is not known. */
static const char *bound_text(Ddl *ddl, const BoundDatum *datums, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++) {
        const char *datum = datums[i].kind == DATUM_MINVALUE   ? "MINVALUE"
                            : datums[i].kind == DATUM_MAXVALUE ? "MAXVALUE"
                                                               : datums[i].text;
        if (!datum)
            return NULL;
        text = arena_printf(ddl->scratch, "%s%s%s", text, i ? ", " : "", datum);
    }
    return arena_printf(ddl->scratch, "(%s)", text);
}

static bool check_not_empty(Ddl *ddl, const PartitionKey *key, const Relation *partition,
                            const PartitionBound *bound)
{
    size_t at;
    LiteralComparison order = compare_bounds(key, bound->lower, bound->upper, &at);
    if (order != COMPARE_EQUAL && order != COMPARE_GREATER)
        return true;
    Diag *diag = ddl_error(ddl, bound->lower[at].location, SQLSTATE_INVALID_OBJECT_DEFINITION,
                           "empty range bound specified for partition \"%s\"", partition->name);
    const char *lower = bound_text(ddl, bound->lower, bound->nvalues),
               *upper = bound_text(ddl, bound->upper, bound->nvalues);
    if (lower && upper)
        ddl_detail(ddl, diag, "Specified lower bound %s is greater than or equal to upper bound %s.", lower, upper);
    return false;
}

/* Whether the new range begins within the other: the other does not begin after it and ends after its beginning. */
static bool begins_within(const PartitionKey *key, const PartitionBound *bound, const PartitionBound *other,
                          size_t *at)
{
    size_t ignored;
    LiteralComparison begin = compare_bounds(key, bound->lower, other->lower, at);
    if (begin == COMPARE_EQUAL)
        *at = 0;
    return (begin == COMPARE_EQUAL || begin == COMPARE_GREATER) &&
           compare_bounds(key, bound->lower, other->upper, &ignored) == COMPARE_LESS;
}

/* Whether the new range begins before the other and reaches into it. */
static bool reaches_into(const PartitionKey *key, const PartitionBound *bound, const PartitionBound *other,
                         size_t *at)
{
    size_t ignored;
    return compare_bounds(key, bound->lower, other->lower, &ignored) == COMPARE_LESS &&
           compare_bounds(key, bound->upper, other->lower, at) == COMPARE_GREATER;
}

/* The first partition that the range meets, in the order of the key. */
static bool check_range(Ddl *ddl, const OidList *children, const PartitionKey *key, const Relation *partition,
                        const PartitionBound *bound)
{
    const Relation *met = NULL;
    size_t at, met_at = 0;
    if (!check_not_empty(ddl, key, partition, bound))
        return false;
    for (size_t i = 0; i < children->len; i++) {
        const Relation *child = catalog_relation(ddl->catalog, children->items[i]);
        if (!child->bound)
            continue;
        if (begins_within(key, bound, child->bound, &at))
            return overlaps(ddl, bound->lower[at].location, partition, child);
        if (!reaches_into(key, bound, child->bound, &at))
            continue;
        size_t ignored;
        if (!met || compare_bounds(key, child->bound->lower, met->bound->lower, &ignored) == COMPARE_LESS) {
            met = child;
            met_at = at;
        }
    }
    return !met || overlaps(ddl, bound->upper[met_at].location, partition, met);
}

bool partition_check_overlap(Ddl *ddl, const Relation *parent, const Relation *partition,
                             const PartitionBound *bound)
{
    OidList children = catalog_children(ddl->catalog, ddl->scratch, parent->oid);
    switch (parent->partition_key->strategy) {
    case 'h':
        return check_hash(ddl, &children, partition, bound);
    case 'l':
        return check_list(ddl, &children, partition, bound);
    default:
        return check_range(ddl, &children, parent->partition_key, partition, bound);
    }
}
