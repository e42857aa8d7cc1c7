/* A command of `querc`: what it is called, what it takes and what it does.
 *
 * One file a command (cmd_<name>.c), which opens with its record; main.c lists the records. The record drives
 * parsing of the command line and --help, so that the two cannot differ. */
#ifndef QUERC_CMD_COMMAND_H
#define QUERC_CMD_COMMAND_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* What the process exits with, documented in docs/diagnostics.md. */
enum {
    EXIT_FINE = 0,
    EXIT_SQL = 1,  /* the user's SQL is wrong, stale or unsafe */
    EXIT_USAGE = 2 /* usage, configuration, environment */
};

typedef enum ColorMode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorMode;
typedef enum OutputFormat { FORMAT_TEXT, FORMAT_JSON } OutputFormat;

/* The values of all options of all commands; an option's record says which field it sets. */
typedef struct Options {
    const char *config_file; /* NULL: search */
    int color;               /* ColorMode */
    int format;              /* OutputFormat */
    bool timing;
    bool help;
    bool json;
    bool list_outputs;
    bool explain;
    const char *depfile, *output_dir;
    const char *postgres; /* --postgres */
    const char **schemas; /* --schema, in order */
    size_t nschemas;
    const char *database, *bindir;
    bool ephemeral, strict;
    const char **scripts; /* --script, in order */
    size_t nscripts;
} Options;

typedef enum OptionType {
    OPTION_FLAG,   /* bool */
    OPTION_STRING, /* const char * */
    OPTION_LIST,   /* const char ** followed by size_t: may be given several times */
    OPTION_CHOICE  /* int: index into choices */
} OptionType;

typedef struct Option {
    const char *name; /* without the dashes */
    char letter;      /* 0 for none */
    OptionType type;
    const char *argument; /* as help shows it; NULL for flags */
    const char *const *choices;
    size_t offset; /* of the field in Options */
    const char *help;
} Option;

/* What a command is run with. */
typedef struct Invocation {
    Arena *arena; /* for the run */
    Options options;
    const char *const *args; /* operands */
    size_t nargs;
} Invocation;

typedef struct Command {
    const char *name;
    const char *usage;   /* operands, "" for none */
    const char *summary; /* one line */
    const char *description;
    const Option *options; /* ends with a nameless one; NULL for none besides the common ones */
    size_t max_args;
    int (*run)(Invocation *call); /* gives the exit code */
    /* Instead of run, the program beside querc that does it: what talks to a server is in one of its own, so that
     * the compiler neither needs libpq nor pays for loading it. */
    const char *program;
} Command;

extern const Command command_init, command_generate, command_check, command_diff, command_inspect, command_describe,
    command_verify, command_version, command_help;

/* Every command, in the order help lists them; ends with NULL. */
extern const Command *const commands[];
const Command *command_find(const char *name);

/* Options that most commands share, to be listed in their tables. */
#define OPTION_CONFIG_FILE                                                                                         \
    {                                                                                                              \
        "file", 'f', OPTION_STRING, "FILE", NULL, offsetof(Options, config_file),                                  \
            "configuration file (default: sqlc.yaml, sqlc.yml or sqlc.json)"                                       \
    }
#define OPTION_FORMAT                                                                                              \
    {                                                                                                              \
        "format", 0, OPTION_CHOICE, "text|json", option_formats, offsetof(Options, format),                        \
            "how diagnostics are written (default: text)"                                                          \
    }
#define OPTION_TIMING                                                                                              \
    {                                                                                                              \
        "timing", 0, OPTION_FLAG, NULL, NULL, offsetof(Options, timing), "show the cost of each phase"             \
    }
#define OPTION_END                                                                                                 \
    {                                                                                                              \
        .name = NULL                                                                                               \
    }
extern const char *const option_formats[];

/* Fills call->options and call->args from the words after the command's name. On a mistake says what is wrong on
 * stderr, with the nearest option as a hint, and returns false. */
bool options_parse(const Command *command, int argc, char **argv, Invocation *call);
/* Runs a command with the words after its name, on a stack that the deepest tree fits; gives the exit code. */
int command_run(const Command *command, int argc, char **argv);
/* The command's --help, on stdout. */
void command_print_help(const Command *command);
/* The list of commands. */
void command_print_overview(void);

/* "querc: error: …" on stderr; for what has no place in a file. Returns EXIT_USAGE. */
int usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
