/* querc verify: the offline answers held against a server's. What it does is in verify/ below this folder, a
 * program of its own with libpq; here is what it takes. docs/verify.md is the user's description. */
#include "cmd/command.h"

static const Option options[] = {
    OPTION_CONFIG_FILE,
    {"database", 0, OPTION_STRING, "URL", NULL, offsetof(Options, database),
     "the server: a connection string or URI (default: PGHOST, PGDATABASE … of the environment)"},
    {"ephemeral", 0, OPTION_FLAG, NULL, NULL, offsetof(Options, ephemeral),
     "start a throwaway server, apply the migrations to it, and remove it afterwards"},
    {"bindir", 0, OPTION_STRING, "DIR", NULL, offsetof(Options, bindir),
     "folder of initdb and pg_ctl, for --ephemeral (default: PATH, pg_config, /usr/lib/postgresql)"},
    {"strict", 0, OPTION_FLAG, NULL, NULL, offsetof(Options, strict),
     "compare the text and the place of errors too, not only their SQLSTATE"},
    {"postgres", 0, OPTION_STRING, "VERSION", NULL, offsetof(Options, postgres),
     "version that scripts are for, from 14 to 18 (default: that of querc's parser)"},
    {"script", 0, OPTION_LIST, "FILE", NULL, offsetof(Options, scripts),
     "instead of the project, a script as \"querc describe\" reads it; needs --ephemeral; may be repeated"},
    OPTION_FORMAT,
    OPTION_END,
};

const Command command_verify = {
    .name = "verify",
    .usage = "",
    .summary = "compare every query with what a PostgreSQL server says",
    .description =
        "Prepares every query on a server, executing none, and compares the types of parameters and\n"
        "columns, and of wrong queries the SQLSTATE, with what querc works out without one. Nothing is\n"
        "written to the database; with --ephemeral the migrations are applied to a server of their own,\n"
        "and their verdicts compared too. Exits with 1 when anything differs or is wrong, with 2 when\n"
        "there is no server.",
    .options = options,
    .program = "querc-verify",
};
