/* querc check: everything that generate does, but write. */
#include "cmd/project.h"

static int run(Invocation *call)
{
    Project project;
    project_init(&project, call);
    project_build(&project);
    return project_finish(&project);
}

static const Option options[] = {PROJECT_OPTIONS, OPTION_END};

const Command command_check = {
    .name = "check",
    .usage = "",
    .summary = "check every query against the schema",
    .description = "Checks the migrations and every query, without writing anything. Exits with 1 when any of\n"
                   "them is wrong.",
    .options = options,
    .run = run,
};
