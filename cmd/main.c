/* querc: which command, and what it is run with. */
#include "cmd/command.h"

#include "base/diag.h"

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

int main(int argc, char **argv)
{
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
    return command ? command_run(command, argc - 2, argv + 2) : unknown_command(name);
}
