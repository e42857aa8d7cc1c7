/* Diagnostics for people and for programs. */
#ifndef QUERC_CMD_RENDER_H
#define QUERC_CMD_RENDER_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "cmd/command.h"

#include <jansson.h>
#include <stdio.h>

/* One diagnostic as docs/diagnostics.md shows it: place, message, the source line with the token underlined, detail
 * and hint, then second places. */
void render_text(Arena *arena, StrBuf *out, const Diag *diag, bool color);

/* The members that `querc inspect` documents; a new reference. */
json_t *render_json(Arena *arena, const Diag *diag);
/* All of a list; a new reference. */
json_t *render_json_list(Arena *arena, const Diags *diags);

/* Writes the list to stderr in the way the options ask for, and a count of errors after it. */
void render_diags(Arena *arena, const Diags *diags, const Options *options);

/* Whether to colour what goes to the stream. */
bool render_wants_color(const Options *options, FILE *stream);

/* EXIT_USAGE when configuration or environment is to blame for an error, else EXIT_SQL for any error, else
 * EXIT_FINE. */
int diags_exit_code(const Diags *diags);

#endif
