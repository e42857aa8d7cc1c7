/* querc version */
#include "ast/ast.h"
#include "cmd/command.h"
#include "cmd/postgres.h"

#include <stdio.h>

static int run(Invocation *call)
{
    printf("querc " QUERC_VERSION " (PostgreSQL %s; parser of PostgreSQL %d)\n", postgres_known(call->arena, "and"),
           ast_parser_version());
    return EXIT_FINE;
}

const Command command_version = {
    .name = "version",
    .usage = "",
    .summary = "print the version",
    .description = "Prints querc's version, the PostgreSQL versions whose rules and catalog it knows, and the one "
                   "whose grammar it reads SQL by.",
    .run = run,
};
