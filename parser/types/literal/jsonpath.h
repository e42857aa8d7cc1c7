/* Tokens of the SQL/JSON path language (jsonpath_scan.l). */
#ifndef QUERC_TYPES_LITERAL_JSONPATH_H
#define QUERC_TYPES_LITERAL_JSONPATH_H

#include "types/literal/check.h"

/* A character that is a token of its own stands for itself. */
typedef enum PathToken {
    PATH_END = 0,
    PATH_FIRST = 256,
    PATH_NAME,
    PATH_STRING,
    PATH_VARIABLE,
    PATH_NUMERIC,
    PATH_INTEGER,
    PATH_OR,
    PATH_AND,
    PATH_NOT,
    PATH_COMPARE, /* == != < <= > >= */
    PATH_ANY,     /* two stars */
    /* key words */
    PATH_TO,
    PATH_NULL,
    PATH_TRUE,
    PATH_FALSE,
    PATH_IS,
    PATH_UNKNOWN,
    PATH_EXISTS,
    PATH_STRICT,
    PATH_LAX,
    PATH_LAST,
    PATH_STARTS,
    PATH_WITH,
    PATH_LIKE_REGEX,
    PATH_FLAG,
    PATH_DATETIME,
    PATH_METHOD /* abs size type floor double ceiling keyvalue */
} PathToken;

typedef struct PathScanner {
    Literal *in;
    const char *at; /* behind the token in hand */
    int token;      /* a PathToken or a character */
    const char *start, *end;
    const char *value; /* the text of a string or number */
} PathScanner;

/* The next token; false after an error. */
bool path_scan(PathScanner *scanner);
/* "… at or near "x" of jsonpath input"; always false. */
bool path_fail(PathScanner *scanner, const char *message);

#endif
