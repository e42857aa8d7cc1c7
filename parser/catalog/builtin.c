/* Binary search in the constant tables of objectset.h. */
#include "catalog/state.h"

#include <string.h>

static ObjectClass record_class(const RecordTable *table, uint32_t number)
{
    return (ObjectClass)((const NamedRecord *)builtin_record(table, number))->class;
}

uint32_t builtin_by_oid(const ObjectSet *set, RecordKind kind, ObjectClass class, Oid oid)
{
    const RecordTable *table = &set->tables[kind];
    if (table->of_oid)
        return oid < table->limit ? table->of_oid[oid] : 0;
    uint32_t low = 0, high = table->nindexed;
    while (low < high) {
        uint32_t middle = (low + high) / 2, number = table->by_oid[middle];
        ObjectClass here = kind == RECORD_OBJECT ? record_class(table, number) : class;
        Oid found = builtin_record(table, number)->oid;
        if (here == class && found == oid)
            return number + 1;
        if (here < class || (here == class && found < oid))
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

uint32_t builtin_first_named(const ObjectSet *set, RecordKind kind, ObjectClass class, const char *name)
{
    const RecordTable *table = &set->tables[kind];
    uint32_t low = 0, high = table->nindexed;
    while (low < high) {
        uint32_t middle = (low + high) / 2, number = table->by_name[middle];
        int order = kind == RECORD_OBJECT ? (int)record_class(table, number) - (int)class : 0;
        if (order == 0)
            order = strcmp(set->strings + builtin_record(table, number)->name, name);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const Record *builtin_named_at(const ObjectSet *set, RecordKind kind, ObjectClass class, const char *name,
                               uint32_t place)
{
    const RecordTable *table = &set->tables[kind];
    if (place >= table->nindexed)
        return NULL;
    uint32_t number = table->by_name[place];
    const Record *record = builtin_record(table, number);
    if (kind == RECORD_OBJECT && record_class(table, number) != class)
        return NULL;
    return strcmp(set->strings + record->name, name) == 0 ? record : NULL;
}

const Cast *builtin_cast(const ObjectSet *set, Oid source, Oid target)
{
    size_t low = 0, high = set->ncasts;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const Cast *cast = &set->casts[middle];
        if (cast->source == source && cast->target == target)
            return cast;
        if (cast->source < source || (cast->source == source && cast->target < target))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int compare_oids(Oid a, Oid b)
{
    return (a > b) - (a < b);
}

const FamilyOperator *builtin_family_operator(const ObjectSet *set, Oid family, Oid left, Oid right, int strategy)
{
    size_t low = 0, high = set->nfamily_operators;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const FamilyOperator *member = &set->family_operators[middle];
        int order = compare_oids(member->family, family);
        order = order ? order : compare_oids(member->left, left);
        order = order ? order : compare_oids(member->right, right);
        order = order ? order : member->strategy - strategy;
        if (order == 0)
            return member;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const FamilyFunction *builtin_family_function(const ObjectSet *set, Oid family, Oid left, Oid right, int number)
{
    size_t low = 0, high = set->nfamily_functions;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const FamilyFunction *member = &set->family_functions[middle];
        int order = compare_oids(member->family, family);
        order = order ? order : compare_oids(member->left, left);
        order = order ? order : compare_oids(member->right, right);
        order = order ? order : member->number - number;
        if (order == 0)
            return member;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
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
