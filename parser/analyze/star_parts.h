/* How star.c and star_text.c share the work on stars. */
#ifndef QUERC_ANALYZE_STAR_PARTS_H
#define QUERC_ANALYZE_STAR_PARTS_H

#include "analyze/query_parts.h"

/* Records in the statement's StarList that the target became the entries of targets from `first` on. */
void star_record(ParseState *ps, const AstResTarget *target, bool returning, const TargetList *targets,
                 size_t first);

#endif
