/* How many rows a query can return, proved from unique keys, LIMIT and aggregates. Private to prove/. */
#ifndef QUERC_PROVE_CARDINALITY_H
#define QUERC_PROVE_CARDINALITY_H

#include "ir/ir.h"
#include "tree/tree.h"

IrCardinality cardinality_of(const Catalog *catalog, Arena *arena, Query *query);

#endif
