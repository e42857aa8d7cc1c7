/* The columns a query returns and what sqlc.embed makes of them. Private to prove/. */
#ifndef QUERC_PROVE_COLUMNS_H
#define QUERC_PROVE_COLUMNS_H

#include "prove/ir_types.h"

/* Fills columns, embeds and row_table; false after an error. */
bool columns_fill(ProveProject *project, const ProveInput *input, NullProof *proof, IrQuery *query);

#endif
