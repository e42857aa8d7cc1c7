/* Which constraints a statement can violate. Private to prove/. */
#ifndef QUERC_PROVE_VIOLATIONS_H
#define QUERC_PROVE_VIOLATIONS_H

#include "prove/ir_types.h"

void violations_collect(ProveProject *project, Query *query, IrConstraints *list);

#endif
