/* Why a column or parameter can or cannot be NULL, in words and with a place in a file. Private to prove/. */
#ifndef QUERC_PROVE_REASON_H
#define QUERC_PROVE_REASON_H

#include "prove/ir_types.h"

/* What is decided at a place. The text is kept as it is; SPAN_NONE for no place. */
IrReason reason_at(ProveProject *project, const char *text, Span span);
/* sql is the text that the statement's locations are offsets into. */
IrReason reason_of(ProveProject *project, const NullReason *reason, const SqlText *sql);

#endif
