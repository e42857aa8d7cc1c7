/* querc help [COMMAND | configuration] */
#include "cmd/command.h"
#include "cmd/config.h"

#include <string.h>

static int run(Invocation *call)
{
    if (!call->nargs) {
        command_print_overview();
        return EXIT_FINE;
    }
    const char *topic = call->args[0];
    if (!strcmp(topic, "configuration")) {
        config_print_keys();
        return EXIT_FINE;
    }
    const Command *command = command_find(topic);
    if (!command)
        return usage_error("help: no command or topic \"%s\"; \"querc help\" lists the commands", topic);
    command_print_help(command);
    return EXIT_FINE;
}

const Command command_help = {
    .name = "help",
    .usage = "[COMMAND | configuration]",
    .summary = "describe a command, or the keys of the configuration file",
    .description = "Lists the commands, describes one, or (querc help configuration) lists the keys of sqlc.yaml.",
    .max_args = 1,
    .run = run,
};
