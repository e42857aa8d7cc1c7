/* Whether a query only reads. Private to prove/. */
#ifndef QUERC_PROVE_READ_ONLY_H
#define QUERC_PROVE_READ_ONLY_H

#include "tree/tree.h"

bool query_is_read_only(const Catalog *catalog, Query *query);

#endif
