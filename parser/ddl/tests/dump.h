/* What a script has made of the catalog, as text: shared by the golden test and the one that asks a server. */
#ifndef QUERC_DDL_TESTS_DUMP_H
#define QUERC_DDL_TESTS_DUMP_H

#include "base/strbuf.h"
#include "catalog/catalog.h"

/* A line for each object of the user's schemas, sorted. dump.sql gives the same on a server. */
void dump_catalog(StrBuf *out, Arena *arena, const Catalog *catalog);

#endif
