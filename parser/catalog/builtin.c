/* Binary search in the constant tables of objectset.h. */
#include "catalog/state.h"

#include <string.h>

static ObjectClass record_class(const RecordTable *table, uint32_t number)
{
    return (ObjectClass)((const NamedRecord *)builtin_record(table, number))->class;
}

/* The first record that is not before the class and OID. */
static uint32_t first_of_oid(const RecordTable *table, RecordKind kind, ObjectClass class, Oid oid)
{
    uint32_t low = 0, high = table->n;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        ObjectClass here = kind == RECORD_OBJECT ? record_class(table, middle) : class;
        if (here < class || (here == class && builtin_record(table, middle)->oid < oid))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t builtin_by_oid(Builtin builtin, RecordKind kind, ObjectClass class, Oid oid)
{
    const RecordTable *table = &builtin.set->tables[kind];
    uint32_t number;
    if (!table->of_oid)
        number = first_of_oid(table, kind, class, oid);
    else if (oid >= table->limit || !table->of_oid[oid])
        return 0;
    else
        number = table->of_oid[oid] - 1U;
    for (; number < table->n && builtin_record(table, number)->oid == oid; number++) {
        if (kind == RECORD_OBJECT && record_class(table, number) != class)
            break;
        if (in_version(table->versions, number, builtin.version))
            return number + 1;
    }
    return 0;
}

uint32_t builtin_first_named(Builtin builtin, RecordKind kind, ObjectClass class, const char *name)
{
    const RecordTable *table = &builtin.set->tables[kind];
    uint32_t low = 0, high = table->n;
    while (low < high) {
        uint32_t middle = (low + high) / 2, number = table->by_name[middle];
        int order = kind == RECORD_OBJECT ? (int)record_class(table, number) - (int)class : 0;
        if (order == 0)
            order = strcmp(builtin.set->strings + builtin_record(table, number)->name, name);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const Record *builtin_next_named(Builtin builtin, RecordKind kind, ObjectClass class, const char *name,
                                 uint32_t *place)
{
    const RecordTable *table = &builtin.set->tables[kind];
    while (*place < table->n) {
        uint32_t number = table->by_name[(*place)++];
        const Record *record = builtin_record(table, number);
        if (kind == RECORD_OBJECT && record_class(table, number) != class)
            return NULL;
        if (strcmp(builtin.set->strings + record->name, name) != 0)
            return NULL;
        if (in_version(table->versions, number, builtin.version))
            return record;
    }
    return NULL;
}

static int compare_oids(Oid a, Oid b)
{
    return (a > b) - (a < b);
}

static int compare_cast(const Cast *cast, Oid source, Oid target)
{
    int order = compare_oids(cast->source, source);
    return order ? order : compare_oids(cast->target, target);
}

const Cast *builtin_cast(Builtin builtin, Oid source, Oid target)
{
    const ObjectSet *set = builtin.set;
    size_t low = 0, high = set->ncasts;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_cast(&set->casts[middle], source, target) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < set->ncasts && compare_cast(&set->casts[low], source, target) == 0; low++) {
        if (in_version(set->cast_versions, low, builtin.version))
            return &set->casts[low];
    }
    return NULL;
}

static int compare_member(const FamilyOperator *member, Oid family, Oid left, Oid right, int strategy)
{
    int order = compare_oids(member->family, family);
    order = order ? order : compare_oids(member->left, left);
    order = order ? order : compare_oids(member->right, right);
    return order ? order : member->strategy - strategy;
}

const FamilyOperator *builtin_family_operator(Builtin builtin, Oid family, Oid left, Oid right, int strategy)
{
    const ObjectSet *set = builtin.set;
    const FamilyOperator *members = set->family_operators;
    size_t low = 0, high = set->nfamily_operators;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_member(&members[middle], family, left, right, strategy) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < set->nfamily_operators && compare_member(&members[low], family, left, right, strategy) == 0;
         low++) {
        if (in_version(set->family_operator_versions, low, builtin.version))
            return &members[low];
    }
    return NULL;
}

static int compare_support(const FamilyFunction *member, Oid family, Oid left, Oid right, int number)
{
    int order = compare_oids(member->family, family);
    order = order ? order : compare_oids(member->left, left);
    order = order ? order : compare_oids(member->right, right);
    return order ? order : member->number - number;
}

const FamilyFunction *builtin_family_function(Builtin builtin, Oid family, Oid left, Oid right, int number)
{
    const ObjectSet *set = builtin.set;
    const FamilyFunction *members = set->family_functions;
    size_t low = 0, high = set->nfamily_functions;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_support(&members[middle], family, left, right, number) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < set->nfamily_functions && compare_support(&members[low], family, left, right, number) == 0;
         low++) {
        if (in_version(set->family_function_versions, low, builtin.version))
            return &members[low];
    }
    return NULL;
}

size_t builtin_first_family_of(const ObjectSet *set, Oid op)
{
    size_t low = 0, high = set->nfamily_operators;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (set->family_operators[set->family_operators_by_operator[middle]].op < op)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
