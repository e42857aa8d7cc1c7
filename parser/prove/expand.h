/* Stars written out in a query's text. Private to prove/. */
#ifndef QUERC_PROVE_EXPAND_H
#define QUERC_PROVE_EXPAND_H

#include "tree/tree.h"

/* The text with every star of a target list replaced by the columns it stands for, so that a column added later
 * changes nothing. The text itself when there is none. */
const char *expand_stars(Arena *arena, const char *text, const StarExpansion *stars, size_t nstars);

#endif
