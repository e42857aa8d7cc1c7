/* The second half of the street: annotated queries against a schema. */
#ifndef QUERC_CMD_COMPILE_QUERIES_H
#define QUERC_CMD_COMPILE_QUERIES_H

#include "cmd/compile.h"
#include "prove/prove.h"

/* The queries that are right, typed; dir is the configuration's folder, which is left out of paths. */
const IrProject *compile_queries(Compiler *compiler, DdlSession *session, const QueryFiles *files, const char *dir,
                                 ProveOptions options);

#endif
