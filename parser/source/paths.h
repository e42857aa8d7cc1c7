/* Which files a configuration's paths mean.
 *
 * A path is a file, a directory (its *.sql files, not those below it) or a glob. Hidden files and files of other
 * kinds in a directory are passed over; a named file is taken whatever it is called. */
#ifndef QUERC_SOURCE_PATHS_H
#define QUERC_SOURCE_PATHS_H

#include "base/diag.h"
#include "base/source.h"

typedef struct SourcePath {
    const char *path;
    Span span; /* where it was written (sqlc.yaml), for messages; SPAN_NONE for the command line */
} SourcePath;

typedef struct SourceFiles {
    SourceFile **items;
    size_t len, cap;
} SourceFiles;

/* All files of the paths, read: paths in the order given, a directory's or glob's files in byte order of their
 * names, each file once. Reports what is missing, unreadable or without any SQL file, and returns false then; what
 * could be read is in files all the same. For query files; schema_read is for migrations. */
bool paths_read(Arena *arena, const SourcePath *paths, size_t npaths, Diags *diags, SourceFiles *files);

#endif
