/* querc: which command, and what it is run with. */
#include "cmd/command.h"

#include "base/diag.h"
#include "base/stack.h"

#include <stdio.h>
#include <string.h>

static int unknown_command(const char *name)
{
    NearestName nearest = {.wanted = name};
    for (const Command *const *command = commands; *command; command++)
        nearest_offer(&nearest, (*command)->name);
    usage_error("unknown command \"%s\"", name);
    if (nearest.found)
        fprintf(stderr, "  hint: did you mean \"%s\"?\n", nearest.found);
    else
        fputs("  hint: \"querc help\" lists the commands\n", stderr);
    return EXIT_USAGE;
}

static int run_command(const Command *command, int argc, char **argv)
{
    Invocation call = {.arena = arena_new()};
    int code = EXIT_USAGE;
    if (options_parse(command, argc, argv, &call)) {
        if (call.options.help) {
            command_print_help(command);
            code = EXIT_FINE;
        } else {
            code = command->run(&call);
        }
    }
    arena_free(call.arena);
    return code;
}

typedef struct Run {
    const Command *command;
    int argc;
    char **argv;
    int code;
} Run;

static void run_call(void *context)
{
    Run *run = context;
    run->code = run_command(run->command, run->argc, run->argv);
}

/* On a stack that the deepest tree fits, as the default one is not large enough for every statement that PostgreSQL
 * takes. */
static int run_deeply(const Command *command, int argc, char **argv)
{
    Run call = {command, argc, argv, EXIT_USAGE};
    if (!stack_run(STACK_FOR_TREES, run_call, &call))
        run_call(&call);
    return call.code;
}

int main(int argc, char **argv)
{
    int code;
    if (argc < 2) {
        command_print_overview();
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (!strcmp(name, "--help") || !strcmp(name, "-h"))
        name = "help";
    else if (!strcmp(name, "--version") || !strcmp(name, "-V"))
        name = "version";
    const Command *command = command_find(name);
    code = command ? run_deeply(command, argc - 2, argv + 2) : unknown_command(name);
    /* What could not be written is a failure, whatever the command thought of its work. */
    if (fflush(stdout) || ferror(stdout)) {
        perror("querc: error: cannot write to standard output");
        return EXIT_USAGE;
    }
    return code;
}
