/* A whole configuration: every set compiled and turned into the text of its files. What generate, check and diff
 * have in common. */
#ifndef QUERC_CMD_PROJECT_H
#define QUERC_CMD_PROJECT_H

#include "cmd/command.h"
#include "cmd/compile.h"
#include "cmd/output.h"

typedef struct Project {
    Arena *arena;
    const Options *options;
    Diags diags;
    Timing timing;
    Compiler compiler;
    Config *config;
    OutputFiles outputs;
} Project;

/* The options that every command on a project takes. */
#define PROJECT_OPTIONS OPTION_CONFIG_FILE, OPTION_FORMAT, OPTION_TIMING

void project_init(Project *project, Invocation *call);
/* Reads the configuration; false when it is wrong. */
bool project_read_config(Project *project);
/* Everything up to the text of the output files; false when anything is wrong. */
bool project_build(Project *project);
/* Only the names of the output files. */
bool project_list_outputs(Project *project);
/* Reports what there is to report and gives the exit code. */
int project_finish(Project *project);

#endif
