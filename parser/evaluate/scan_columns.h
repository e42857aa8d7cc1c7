/* How columns of catalogs are written down. Private to evaluate/. */
#ifndef QUERC_EVALUATE_SCAN_COLUMNS_H
#define QUERC_EVALUATE_SCAN_COLUMNS_H

#include "evaluate/evaluate_private.h"

/* A column that has a value in the rows which are about the object. */
#define COLUMN(function, object, value)                                                                            \
    static Value function(Evaluation *evaluation, const CatalogRow *row)                                           \
    {                                                                                                              \
        (void)evaluation;                                                                                          \
        return (row->object) ? (value) : value_unknown();                                                          \
    }
/* The name of the object, or what is known of the names of those that the row stands for. */
#define NAME(function, object, value)                                                                              \
    static Value function(Evaluation *evaluation, const CatalogRow *row)                                           \
    {                                                                                                              \
        (void)evaluation;                                                                                          \
        return (row->object) ? value_text(value) : row->pattern ? value_pattern(row->pattern) : value_unknown();   \
    }

/* The schema of what the row is about. */
Value column_schema_name(Evaluation *evaluation, const CatalogRow *row);

#endif
