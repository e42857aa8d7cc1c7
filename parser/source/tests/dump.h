/* Text pictures of what the source module reads, for golden tests. */
#ifndef QUERC_SOURCE_TESTS_DUMP_H
#define QUERC_SOURCE_TESTS_DUMP_H

#include "base/strbuf.h"
#include "source/queries.h"
#include "source/schema.h"
#include "source/script.h"

void dump_diags(StrBuf *out, Arena *arena, const Diags *diags);
void dump_queries(StrBuf *out, Arena *arena, const QueryFile *queries);
void dump_script(StrBuf *out, Arena *arena, const Script *script);

#endif
