/* :bulkexec and :bulkmany: arrays that the statement unnests, filled from an array of structs. Private to prove/.
 */
#ifndef QUERC_PROVE_BULK_H
#define QUERC_PROVE_BULK_H

#include "prove/prove.h"

bool bulk_is_command(IrCommand command);

/* Marks the parameters that are members of the structs: those that the statement unnests. False, with an error
 * reported, when there are none. params are the query's, indexed from 0. */
bool bulk_mark_items(ProveProject *project, const ProveInput *input, NullProof *proof, IrParam *params);

#endif
