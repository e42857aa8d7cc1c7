/* The COPY that a :copyfrom query stands for. */
#ifndef QUERC_PROVE_COPY_H
#define QUERC_PROVE_COPY_H

#include "prove/ir_types.h"

/* "COPY books (id, title) FROM STDIN (FORMAT binary)", with a column a parameter in the order of their numbers.
 * NULL after an error: the statement is none that COPY does the same as. */
const char *copy_from_insert(ProveProject *project, const ProveInput *input);

#endif
