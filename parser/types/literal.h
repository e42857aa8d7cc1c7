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

/* A value as far as its place among others is the same on every server. A number lies within slack of what is
 * given: a timestamp whose time zone is the session's is known to a day. */
typedef enum LiteralOrder { ORDER_UNKNOWN, ORDER_INTEGER, ORDER_FLOAT, ORDER_BYTES } LiteralOrder;
typedef struct LiteralValue {
    LiteralOrder order;
    int64_t integer, slack;
    double real;
    const char *text; /* of ORDER_BYTES: equal values have equal texts */
} LiteralValue;

/* The value of a literal; false when its type does not read it. */
bool literal_value(const Catalog *catalog, Arena *arena, Oid type, int32_t typmod, const char *text,
                   LiteralValue *value);

typedef enum LiteralComparison {
    COMPARE_UNKNOWN,
    COMPARE_LESS,
    COMPARE_EQUAL,
    COMPARE_GREATER,
    COMPARE_DIFFERENT /* less or greater: the collation decides */
} LiteralComparison;
/* Two values of one type. bytewise: the collation, if the type has one, orders texts as their bytes. */
LiteralComparison literal_compare(const LiteralValue *a, const LiteralValue *b, bool bytewise);

#endif
