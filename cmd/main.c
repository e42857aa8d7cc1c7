/* querc: which command, and what it is run with. */
#include "cmd/command.h"

#include "base/diag.h"

#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

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

/* The process does not live long: what it gave back to the system it would only have to ask for again, a piece at a
 * time, while other threads wait. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    enum { PIECE = 32 << 20 }; /* of address space; only what is touched takes memory */
    mallopt(M_TOP_PAD, PIECE);
    mallopt(M_TRIM_THRESHOLD, 2 * PIECE);
    mallopt(M_MMAP_THRESHOLD, PIECE / 2);
#endif
}

int main(int argc, char **argv)
{
    keep_memory();
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
