/* How a command is run: here, or by a program of its own. */
#include "cmd/command.h"

#include "base/stack.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The folder that querc was started from, with a slash; NULL where the system does not tell. */
static const char *own_folder(Arena *arena)
{
    enum { LONGEST = 4096 };
    char *path = arena_alloc(arena, LONGEST + 1);
    ssize_t len = readlink("/proc/self/exe", path, LONGEST);
    if (len <= 0 || len == LONGEST)
        return NULL;
    path[len] = '\0';
    strrchr(path, '/')[1] = '\0';
    return path;
}

/* Becomes the program: the one beside querc, or else that in PATH. */
static int become(Arena *arena, const char *program, int argc, char **argv)
{
    char **words = arena_array_of(arena, (size_t)argc + 2, char *);
    words[0] = arena_strdup(arena, program);
    for (int i = 0; i < argc; i++)
        words[i + 1] = argv[i];
    fflush(stdout);
    const char *folder = own_folder(arena);
    if (folder)
        execv(arena_printf(arena, "%s%s", folder, program), words);
    execvp(program, words);
    usage_error("cannot run \"%s\": %s", program, strerror(errno));
    if (errno == ENOENT)
        fputs("  hint: it is built together with querc where libpq is there, and installed beside it\n", stderr);
    return EXIT_USAGE;
}

typedef struct Run {
    const Command *command;
    int argc;
    char **argv;
    int code;
} Run;

static void run_here(void *context)
{
    Run *run = context;
    Invocation call = {.arena = arena_new()};
    run->code = EXIT_USAGE;
    if (options_parse(run->command, run->argc, run->argv, &call)) {
        if (call.options.help) {
            command_print_help(run->command);
            run->code = EXIT_FINE;
        } else if (run->command->program) {
            run->code = become(call.arena, run->command->program, run->argc, run->argv);
        } else {
            run->code = run->command->run(&call);
        }
    }
    arena_free(call.arena);
}

int command_run(const Command *command, int argc, char **argv)
{
    /* The default stack is not large enough for every statement that PostgreSQL takes. */
    Run run = {command, argc, argv, EXIT_USAGE};
    if (!stack_run(STACK_FOR_TREES, run_here, &run))
        run_here(&run);
    /* What could not be written is a failure, whatever the command thought of its work. */
    if (fflush(stdout) || ferror(stdout)) {
        perror("querc: error: cannot write to standard output");
        return EXIT_USAGE;
    }
    return run.code;
}
