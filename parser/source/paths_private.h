/* What query paths and schema paths share. */
#ifndef QUERC_SOURCE_PATHS_PRIVATE_H
#define QUERC_SOURCE_PATHS_PRIVATE_H

#include "base/map.h"
#include "base/vec.h"
#include "source/paths.h"

#define FILE_ERROR "file"

typedef struct PathNames {
    const char **items;
    size_t len, cap;
} PathNames;

/* The files that one path names, in byte order; reports and returns false when there are none. */
bool paths_list(Arena *arena, const SourcePath *path, Diags *diags, PathNames *names);

/* A file to read, and what came of it. */
typedef struct ReadFile {
    const SourcePath *path; /* that named it */
    const char *name;
    SourceFile *file; /* NULL when it could not be read … */
    int error;        /* … and this errno tells why */
    void *made;       /* by `use` … */
    Diags diags;      /* … and what it reported */
} ReadFile;

typedef struct ReadFiles {
    ReadFile *items;
    size_t len, cap;
} ReadFiles;

void paths_add_names(Arena *arena, const SourcePath *path, const PathNames *names, ReadFiles *files);
/* Reads the files on all processors and calls `use` (may be NULL) for each that could be read. Call paths_accept
 * for file after file then. */
void paths_read_all(Arena *arena, ReadFiles *files, void (*use)(Arena *arena, ReadFile *file));
/* Reports what is wrong with the file. False when it could not be read, or is one that `seen` has already, under
 * whatever name. */
bool paths_accept(Arena *arena, ReadFile *file, Diags *diags, StrMap *seen);

/* The part of a path after its last slash. */
const char *path_base(const char *path);
bool path_has_suffix(const char *path, const char *suffix);

#endif
