/* What is proved of queries, and why, as text: querc inspect --explain. */
#ifndef QUERC_CMD_EXPLAIN_H
#define QUERC_CMD_EXPLAIN_H

#include "ir/ir.h"

/* Result columns of all queries. */
typedef struct ExplainCounts {
    size_t columns;
    size_t not_null; /* proved or said */
    size_t declared; /* plain columns of tables that are declared NOT NULL, whatever a join does to them */
} ExplainCounts;

/* ir may be NULL. */
ExplainCounts explain_count(const IrProject *ir);
/* To standard output; name is the set's, or NULL. */
void explain_print(Arena *arena, const char *name, const IrProject *ir);

#endif
