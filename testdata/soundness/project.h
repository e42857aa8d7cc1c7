/* A project's schema and typed queries, for --project. */
#ifndef QUERC_SOUNDNESS_PROJECT_H
#define QUERC_SOUNDNESS_PROJECT_H

#include "soundness.h"

typedef struct ProjectSet {
    Subject *subject;
    const IrProject *project;
} ProjectSet;
typedef VEC(ProjectSet) ProjectSets;

/* One subject for each set of the configuration; false after a message. */
bool project_open(Arena *arena, const char *path, ProjectSets *sets);

#endif
