/* Columns of relations, system columns included (documentation, "System Columns"). */
#include "catalog/catalog.h"
#include "catalog/builtin_oids.h"

#include <string.h>

#define SYSTEM_COLUMN(column_name, attribute_number, column_type)                                                  \
    {                                                                                                              \
        .name = (column_name), .number = (attribute_number), .type = (column_type), .typmod = -1,                  \
        .not_null = true, .is_local = true                                                                         \
    }

static const Column system_columns[] = {
    SYSTEM_COLUMN("ctid", -1, TYPE_TID), SYSTEM_COLUMN("xmin", -2, TYPE_XID),
    SYSTEM_COLUMN("cmin", -3, TYPE_CID), SYSTEM_COLUMN("xmax", -4, TYPE_XID),
    SYSTEM_COLUMN("cmax", -5, TYPE_CID), SYSTEM_COLUMN("tableoid", -6, TYPE_OID),
};

enum { NSYSTEM_COLUMNS = sizeof system_columns / sizeof *system_columns };

const Column *catalog_find_system_column(const char *name)
{
    for (size_t i = 0; i < NSYSTEM_COLUMNS; i++) {
        if (strcmp(system_columns[i].name, name) == 0)
            return &system_columns[i];
    }
    return NULL;
}

const Column *catalog_find_column(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (!column->dropped && strcmp(column->name, name) == 0)
            return column;
    }
    return catalog_find_system_column(name);
}

const Column *catalog_column(const Relation *relation, int number)
{
    if (number > 0 && (size_t)number <= relation->ncolumns)
        return &relation->columns[number - 1];
    if (number < 0 && number >= -NSYSTEM_COLUMNS)
        return &system_columns[-number - 1];
    return NULL;
}

bool catalog_is_array(const Type *type)
{
    return type->element && type->subscript == FUNCTION_ARRAY_SUBSCRIPT_HANDLER;
}
