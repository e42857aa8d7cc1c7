/* Unified diffs. */
#ifndef QUERC_CMD_DIFF_H
#define QUERC_CMD_DIFF_H

#include "base/arena.h"
#include "base/strbuf.h"

typedef struct DiffSide {
    const char *label; /* after --- or +++ */
    const char *text;
    size_t len;
} DiffSide;

/* Appends what turns one text into the other, as `diff -u` writes it; nothing when they are equal. */
void diff_unified(Arena *arena, StrBuf *out, const DiffSide *old, const DiffSide *new);

#endif
