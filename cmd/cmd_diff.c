/* querc diff: what generate would change. */
#include "cmd/diff.h"
#include "cmd/project.h"

#include <stdio.h>

/* False after an error. */
static bool diff_file(Project *project, const OutputFile *file, StrBuf *out)
{
    DiffSide old = {.label = file->path}, new = {file->path, file->text, file->len};
    if (!output_read_old(project->arena, file, &project->diags, &old.text, &old.len))
        return false;
    if (!old.text)
        old = (DiffSide){"/dev/null", "", 0};
    diff_unified(project->arena, out, &old, &new);
    return true;
}

static int run(Invocation *call)
{
    Project project;
    project_init(&project, call);
    StrBuf out;
    strbuf_init(&out);
    if (project_build(&project))
        for (size_t i = 0; i < project.outputs.len; i++)
            diff_file(&project, &project.outputs.items[i], &out);
    int code = project_finish(&project);
    if (code == EXIT_FINE && out.len) {
        fwrite(out.text, 1, out.len, stdout);
        code = EXIT_SQL;
    }
    strbuf_release(&out);
    return code;
}

static const Option options[] = {
    PROJECT_OPTIONS,
    {"output-dir", 'o', OPTION_STRING, "DIR", NULL, offsetof(Options, output_dir),
     "folder that \"out\" is relative to (default: the configuration's)"},
    OPTION_END,
};

const Command command_diff = {
    .name = "diff",
    .usage = "",
    .summary = "show what generate would change",
    .description = "Prints a unified diff from the files on disk to what generate would write. Exits with 1 when\n"
                   "there is any difference: the generated files are stale.",
    .options = options,
    .run = run,
};
