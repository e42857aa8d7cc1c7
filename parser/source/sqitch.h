/* Sqitch's plans: which scripts to apply, in which order. */
#ifndef QUERC_SOURCE_SQITCH_H
#define QUERC_SOURCE_SQITCH_H

#include "source/paths_private.h"

/* The plan that a schema path means: the path itself when it ends in .plan, for a folder "deploy" the sqitch.plan
 * beside it; NULL if none. */
const char *sqitch_find_plan(Arena *arena, const char *path);

/* The deploy scripts of the plan, in its order; reports and returns false when there are none. */
bool sqitch_list(Arena *arena, const SourcePath *path, const char *plan_path, Diags *diags, PathNames *names);

#endif
