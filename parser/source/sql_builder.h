/* A text made of another one with parts replaced, and the segments that map it back. */
#ifndef QUERC_SOURCE_SQL_BUILDER_H
#define QUERC_SOURCE_SQL_BUILDER_H

#include "base/source.h"
#include "base/vec.h"

typedef struct SqlBuilder {
    Arena *arena;
    const SqlText *source; /* a whole file, unchanged: its offsets are the file's */
    uint32_t end;          /* of the part to copy */
    uint32_t copied;       /* the first byte not copied yet */
    VEC(char) out;
    VEC(SqlSegment) segments;
} SqlBuilder;

/* A byte that can be part of a word, number or parameter. */
bool builder_is_word_byte(char c);

/* Copies the source up to offset. */
void builder_copy(SqlBuilder *builder, uint32_t offset);
/* Adds a text that stands for [start, end) of the source. */
void builder_put(SqlBuilder *builder, const char *text, uint32_t start, uint32_t end);
/* Copies up to start, puts text for [start, end) and goes on after it, with a blank wherever the text would run
 * together with a word beside it. */
void builder_replace(SqlBuilder *builder, uint32_t start, uint32_t end, const char *text);
/* Copies the rest and gives the text. */
SqlText *builder_finish(SqlBuilder *builder);

#endif
