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

/* Reads a file unless `seen` has it already, under whatever name. NULL when seen or reported. */
SourceFile *paths_read_file(Arena *arena, const SourcePath *path, const char *name, Diags *diags, StrMap *seen);

/* The part of a path after its last slash. */
const char *path_base(const char *path);
bool path_has_suffix(const char *path, const char *suffix);

#endif
