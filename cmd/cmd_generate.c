/* querc generate: the main job. */
#include "cmd/project.h"

#include <stdio.h>

static int list_outputs(Project *project)
{
    if (project_list_outputs(project))
        for (size_t i = 0; i < project->outputs.len; i++)
            puts(project->outputs.items[i].path);
    return project_finish(project);
}

static bool nothing_to_generate(const Config *config)
{
    for (size_t i = 0; i < config->sets.len; i++)
        if (config->sets.items[i].gen.c.span.file)
            return false;
    return true;
}

static int run(Invocation *call)
{
    Project project;
    project_init(&project, call);
    if (call->options.list_outputs)
        return list_outputs(&project);
    if (project_build(&project)) {
        if (nothing_to_generate(project.config)) {
            Diag *diag = diag_warning(&project.diags, project.config->span, NULL,
                                      "no set has \"gen\" with \"c\": there is nothing to generate");
            diag_hint(&project.diags, diag, "write gen: {c: {out: DIR}}");
        }
        timing_enter(&project.timing, PHASE_WRITE);
        if (output_write(call->arena, &project.outputs, &project.diags, &project.timing.counts[PHASE_WRITE]) &&
            call->options.depfile)
            output_write_depfile(call->arena, call->options.depfile, &project.outputs,
                                 project.compiler.sources.items, project.compiler.sources.len, &project.diags);
    }
    return project_finish(&project);
}

static const Option options[] = {
    PROJECT_OPTIONS,
    {"output-dir", 'o', OPTION_STRING, "DIR", NULL, offsetof(Options, output_dir),
     "folder that \"out\" is relative to (default: the configuration's)"},
    {"depfile", 0, OPTION_STRING, "FILE", NULL, offsetof(Options, depfile),
     "write what the output depends on, for make and ninja"},
    {"list-outputs", 0, OPTION_FLAG, NULL, NULL, offsetof(Options, list_outputs),
     "print the names of the files that would be generated, and stop"},
    OPTION_END,
};

const Command command_generate = {
    .name = "generate",
    .usage = "",
    .summary = "check every query and write the C files",
    .description = "Checks the migrations and every query, then writes the C files. Writes nothing when anything\n"
                   "is wrong, and leaves a file that is up to date alone.",
    .options = options,
    .run = run,
};
