/* Records whose shape the query tells. Private to prove/. */
#ifndef QUERC_PROVE_RECORD_H
#define QUERC_PROVE_RECORD_H

#include "prove/ir_types.h"

/* The type of a column of the query that is a record, or an array of records, as a composite type that has no name
 * of its own but `name` for its struct. NULL when the shape is not to be seen. */
const IrType *record_type(ProveProject *project, const Query *query, const Expr *expr, const char *name);

#endif
