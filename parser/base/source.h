/* Source files and places in them.
 *
 * Every place is a byte offset into a file; lines and columns are worked out only when something is reported. The
 * text given to the SQL parser is often not the file's: macros are rewritten, psql commands blanked. An SqlText
 * ties such a text to its file, so that a position PostgreSQL reports can be mapped back to where the user wrote
 * it. */
#ifndef QUERC_BASE_SOURCE_H
#define QUERC_BASE_SOURCE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct SourceFile {
    const char *path; /* as shown to the user */
    const char *text; /* terminated */
    size_t len;
    uint32_t *line_starts; /* made on first use */
    size_t nlines;
    uint64_t device, inode; /* which file it is, whatever its name; 0 of a text that was not read */
} SourceFile;

/* A stretch of a file: bytes start up to end. end == start means "the token that begins here". A NULL file means no
 * known place. */
typedef struct Span {
    SourceFile *file;
    uint32_t start, end;
} Span;

#define SPAN_NONE ((Span){0})

/* A line and a column, both counted from 1; the column counts characters (UTF-8), not bytes. */
typedef struct SourcePosition {
    uint32_t line, column;
} SourcePosition;

/* Reads a whole file. NULL with errno set when it cannot be read (EFBIG for 2 GB and more). */
SourceFile *source_read_file(Arena *arena, const char *path);
/* A file made of a text; neither is copied. */
SourceFile *source_from_text(Arena *arena, const char *path, const char *text, size_t len);
SourcePosition source_position(Arena *arena, SourceFile *file, uint32_t offset);
/* The bytes of a line (from 1) without its end. */
const char *source_line(Arena *arena, SourceFile *file, uint32_t line, size_t *len);

/* One stretch of an SqlText: from offset `text` on, bytes are those of the file from offset `file` on. `fixed`
 * marks a replacement: every byte of it stands for [file, file_end). */
typedef struct SqlSegment {
    uint32_t text, file, file_end;
    bool fixed;
} SqlSegment;

/* A text for the SQL parser and where each byte of it comes from. */
typedef struct SqlText {
    SourceFile *file;
    const char *text; /* terminated */
    size_t len;
    const SqlSegment *segments; /* by text offset; the first one starts at 0 */
    size_t nsegments;
} SqlText;

/* The place in the file that byte `offset` of the text stands for; SPAN_NONE for a negative offset. */
Span sqltext_span(const SqlText *sql, int64_t offset);
/* The same for a stretch of the text. */
Span sqltext_range(const SqlText *sql, int64_t start, int64_t end);
/* A whole file, unchanged. */
SqlText *sqltext_of_file(Arena *arena, SourceFile *file);

#endif
