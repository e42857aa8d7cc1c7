/* The table of commands. */
#include "cmd/command.h"

#include <string.h>

const Command *const commands[] = {
    &command_init,     &command_generate, &command_check,   &command_diff, &command_inspect,
    &command_describe, &command_verify,   &command_version, &command_help, NULL,
};

const Command *command_find(const char *name)
{
    for (const Command *const *command = commands; *command; command++)
        if (!strcmp((*command)->name, name))
            return *command;
    return NULL;
}
