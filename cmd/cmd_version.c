/* querc version */
#include "cmd/command.h"

#include <stdio.h>

static int run(Invocation *call)
{
    (void)call;
    puts("querc " QUERC_VERSION " (PostgreSQL " QUERC_POSTGRES ")");
    return EXIT_FINE;
}

const Command command_version = {
    .name = "version",
    .usage = "",
    .summary = "print the version",
    .description = "Prints querc's version and that of the PostgreSQL whose rules and catalog it knows.",
    .run = run,
};
