/* Versions of target servers as users name them. */
#ifndef QUERC_CMD_POSTGRES_H
#define QUERC_CMD_POSTGRES_H

#include "cmd/command.h"

/* The version of "16"; 0 when it is none that the catalog knows. */
int postgres_of_text(const char *text);
/* "14, 15, 16, 17 or 18", for messages; last is the word before the last one. */
const char *postgres_known(Arena *arena, const char *last);

/* The version that --postgres names, the parser's without; 0 after a usage error. */
int postgres_of_option(const Invocation *call);

#endif
