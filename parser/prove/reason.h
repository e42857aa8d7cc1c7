/* Why a column or parameter can or cannot be NULL, in words and with a place in a file. Private to prove/. */
#ifndef QUERC_PROVE_REASON_H
#define QUERC_PROVE_REASON_H

#include "ir/ir.h"
#include "prove/nullness.h"

/* Everything it holds is in the arena. sql is the text that the statement's locations are offsets into. */
IrReason reason_text(Arena *arena, const NullReason *reason, const SqlText *sql);

#endif
