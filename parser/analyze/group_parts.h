/* What the grouping check (group_check.c) needs of grouping sets (grouping_sets.c). */
#ifndef QUERC_ANALYZE_GROUP_PARTS_H
#define QUERC_ANALYZE_GROUP_PARTS_H

#include "analyze/parse_state.h"

/* The sort-group references that are in every grouping set of the query, after ROLLUP, CUBE and lists are
 * multiplied out; none without grouping sets. false after "too many grouping sets present". */
bool group_common_refs(ParseState *ps, const Query *query, uint32_t **refs, size_t *nrefs);

#endif
