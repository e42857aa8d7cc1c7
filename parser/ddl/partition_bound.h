/* Bounds of partitions, for the files that read and compare them. */
#ifndef QUERC_DDL_PARTITION_BOUND_H
#define QUERC_DDL_PARTITION_BOUND_H

#include "ddl/ddl_private.h"
#include "types/literal.h"

/* PartitionRangeDatumKind, and NULL in a list. */
typedef enum DatumKind { DATUM_MINVALUE = -1, DATUM_VALUE = 0, DATUM_MAXVALUE = 1, DATUM_NULL } DatumKind;

typedef struct BoundDatum {
    DatumKind kind;
    LiteralValue value; /* ORDER_UNKNOWN when it is not known before it is evaluated */
    const char *text;   /* as messages quote it; NULL when not known */
    int32_t location;
} BoundDatum;

typedef struct PartitionBound {
    int32_t modulus, remainder; /* hash */
    BoundDatum *lower, *upper;  /* range: one a key column; list: the values are in lower */
    size_t nvalues;
    int32_t location;
} PartitionBound;

/* Reads FROM … TO …, IN … or WITH … against the parent's key; NULL after an error. */
PartitionBound *partition_read_bound(Ddl *ddl, const Relation *parent, const AstPartitionBoundSpec *spec);
/* check_new_partition_bound: whether the bound makes sense and takes no row of another partition. */
bool partition_check_overlap(Ddl *ddl, const Relation *parent, const Relation *partition,
                             const PartitionBound *bound);

#endif
