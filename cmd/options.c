/* The command line, read by a command's table of options, and --help, written from the same table.
 *
 * GNU conventions: --name VALUE and --name=VALUE, -f VALUE and -fVALUE, options and operands in any order, "--"
 * ends the options. Long names may not be abbreviated: a build script should not break when an option is added. */
#include "cmd/command.h"

#include "base/diag.h"
#include "base/vec.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const option_formats[] = {"text", "json", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};

/* Every command takes these. */
static const Option common_options[] = {
    {"color", 0, OPTION_CHOICE, "auto|always|never", colors, offsetof(Options, color),
     "colour diagnostics (default: auto, on a terminal unless NO_COLOR is set)"},
    {"help", 'h', OPTION_FLAG, NULL, NULL, offsetof(Options, help), "show this help"},
    OPTION_END,
};

int usage_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("querc: error: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_USAGE;
}

/* The option that matches in either table: by name (len bytes) or, when name is NULL, by letter. */
static const Option *find_option(const Command *command, const char *name, size_t len, char letter)
{
    const Option *tables[] = {command->options, common_options};
    for (size_t t = 0; t < 2; t++)
        for (const Option *option = tables[t]; option && option->name; option++)
            if (name ? strlen(option->name) == len && !strncmp(option->name, name, len)
                     : option->letter && option->letter == letter)
                return option;
    return NULL;
}

static bool unknown_option(Arena *arena, const Command *command, const char *word)
{
    NearestName nearest = {.wanted = arena_strndup(arena, word, strcspn(word, "="))};
    const Option *tables[] = {command->options, common_options};
    for (size_t t = 0; t < 2; t++)
        for (const Option *option = tables[t]; option && option->name; option++)
            nearest_offer(&nearest, arena_printf(arena, "--%s", option->name));
    usage_error("%s: unknown option \"%s\"", command->name, nearest.wanted);
    if (nearest.found)
        fprintf(stderr, "  hint: did you mean \"%s\"?\n", nearest.found);
    else
        fprintf(stderr, "  hint: \"querc %s --help\" lists the options\n", command->name);
    return false;
}

static bool set_choice(const Command *command, const Option *option, const char *value, int *field)
{
    for (int i = 0; option->choices[i]; i++)
        if (!strcmp(option->choices[i], value)) {
            *field = i;
            return true;
        }
    usage_error("%s: --%s takes %s, not \"%s\"", command->name, option->name, option->argument, value);
    return false;
}

typedef VEC(const char *) Words;

static bool set_option(const Command *command, const Option *option, const char *value, Invocation *call)
{
    char *field = (char *)&call->options + option->offset;
    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_STRING:
        if (!*value) {
            usage_error("%s: --%s takes a value that is not empty", command->name, option->name);
            return false;
        }
        *(const char **)(void *)field = value;
        return true;
    case OPTION_LIST: {
        /* Rare and few: copied on every addition. */
        const char ***items = (const char ***)(void *)field;
        size_t *len = (size_t *)(void *)(field + sizeof *items);
        const char **grown = arena_array_of(call->arena, *len + 1, const char *);
        if (*len)
            memcpy(grown, *items, *len * sizeof *grown);
        grown[(*len)++] = value;
        *items = grown;
        return true;
    }
    case OPTION_CHOICE:
        return set_choice(command, option, value, (int *)(void *)field);
    }
    return false;
}

/* argv[*i] is an option's word. Moves *i over the value when that is a word of its own. */
static bool parse_word(const Command *command, int argc, char **argv, int *i, Invocation *call)
{
    const char *word = argv[*i], *value = NULL;
    const Option *option;
    if (word[1] == '-') {
        size_t len = strcspn(word + 2, "=");
        option = find_option(command, word + 2, len, 0);
        if (word[2 + len])
            value = word + 2 + len + 1;
    } else {
        option = find_option(command, NULL, 0, word[1]);
        if (word[2])
            value = word + 2;
    }
    if (!option)
        return unknown_option(call->arena, command, word);
    if (option->type == OPTION_FLAG) {
        if (value) {
            usage_error("%s: --%s takes no value", command->name, option->name);
            return false;
        }
    } else if (!value) {
        if (*i + 1 >= argc) {
            usage_error("%s: --%s takes a value: %s", command->name, option->name, option->argument);
            return false;
        }
        value = argv[++*i];
    }
    return set_option(command, option, value, call);
}

bool options_parse(const Command *command, int argc, char **argv, Invocation *call)
{
    Words operands = {0};
    bool no_more = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (no_more || word[0] != '-' || !word[1])
            vec_push(call->arena, &operands, word);
        else if (!strcmp(word, "--"))
            no_more = true;
        else if (!parse_word(command, argc, argv, &i, call))
            return false;
    }
    call->args = operands.items;
    call->nargs = operands.len;
    if (operands.len > command->max_args && !call->options.help) {
        usage_error("%s: unexpected argument \"%s\"", command->name, operands.items[command->max_args]);
        fprintf(stderr, "  hint: usage: querc %s [options] %s\n", command->name, command->usage);
        return false;
    }
    return true;
}

static void print_options(const Option *options)
{
    for (const Option *option = options; option && option->name; option++) {
        char letter[5] = "    ";
        if (option->letter)
            snprintf(letter, sizeof letter, "-%c, ", option->letter);
        int width = printf("  %s--%s", letter, option->name);
        if (option->argument)
            width += printf(" %s", option->argument);
        if (width > 28) {
            putchar('\n');
            width = 0;
        }
        printf("%*s%s\n", 30 - width, "", option->help);
    }
}

void command_print_help(const Command *command)
{
    printf("Usage: querc %s [options]%s%s\n\n%s\n\nOptions:\n", command->name, *command->usage ? " " : "",
           command->usage, command->description);
    print_options(command->options);
    print_options(common_options);
}

void command_print_overview(void)
{
    puts("querc compiles PostgreSQL queries to C, without a database.\n\n"
         "Usage: querc COMMAND [options]\n\nCommands:");
    for (const Command *const *command = commands; *command; command++)
        printf("  %-10s %s\n", (*command)->name, (*command)->summary);
    puts("\n\"querc COMMAND --help\" describes a command.\n"
         "Exit codes: 0 fine; 1 the SQL is wrong or stale; 2 usage, configuration or environment.");
}
