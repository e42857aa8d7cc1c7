/* The text of a literal, judged by the input function of its type.
 *
 * PostgreSQL reads an untyped literal while it analyses the statement, so a literal that its type cannot read is an
 * error of the statement. This is the same judgement without a server: a pure question about the catalog, a type
 * and a text. Rules are those of PostgreSQL's input functions, known by the function's name, so that a type made
 * with the input function of a built-in one is read alike.
 *
 * Only what is the same on every server is refused. What depends on a setting (DateStyle, the session's time zone,
 * lc_monetary), on files beside the server (time zone names), on roles or on a domain's CHECK is accepted. The
 * server's encoding is taken to be UTF-8. */
#ifndef QUERC_TYPES_LITERAL_H
#define QUERC_TYPES_LITERAL_H

#include "catalog/catalog.h"

/* What PostgreSQL says about the literal; strings live in the arena, all but code and message may be NULL. */
typedef struct LiteralError {
    const char *code; /* SQLSTATE */
    const char *message, *detail, *hint, *context;
} LiteralError;

/* Whether the type reads the text; false with *error filled. typmod is that of the type, -1 for none. Takes time
 * linear in the text; scratch memory comes from the arena. */
bool literal_valid(const Catalog *catalog, Arena *arena, Oid type, int32_t typmod, const char *text,
                   LiteralError *error);

#endif
