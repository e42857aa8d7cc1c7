/* PostgreSQL's own scanner, and statement boundaries.
 *
 * scan_tokens gives the tokens of a text as PostgreSQL's lexer sees them (libpg_query), comments included, so that
 * nothing of ours ever looks for SQL inside strings, comments or dollar quotes. Offsets are bytes of the text. */
#ifndef QUERC_SOURCE_SCAN_H
#define QUERC_SOURCE_SCAN_H

#include "base/diag.h"
#include "base/source.h"

typedef enum TokenKind {
    TOKEN_IDENT,        /* an identifier that is no keyword, plain or quoted (U& too) */
    TOKEN_KEYWORD,      /* any of PostgreSQL's keywords, reserved or not */
    TOKEN_STRING,       /* every quoted constant: '', E'', U&'', $$, B'', X'', N'' */
    TOKEN_NUMBER,       /* integer or decimal */
    TOKEN_PARAM,        /* $1 */
    TOKEN_OPERATOR,     /* operator of any length; single-character ones as well, except "." */
    TOKEN_PUNCTUATION,  /* ( ) [ ] , ; : . and :: .. := => */
    TOKEN_LINE_COMMENT, /* -- to the end of the line, which is not part of it */
    TOKEN_BLOCK_COMMENT,
    TOKEN_UNKNOWN, /* a byte the grammar has no use for, such as a backslash */
} TokenKind;

typedef enum KeywordKind {
    KEYWORD_NONE,
    KEYWORD_UNRESERVED,
    KEYWORD_COL_NAME,
    KEYWORD_TYPE_FUNC_NAME,
    KEYWORD_RESERVED
} KeywordKind;

typedef struct Token {
    uint32_t start, end; /* bytes of the text */
    TokenKind kind;
    KeywordKind keyword;
} Token;

typedef struct TokenList {
    Token *items;
    size_t len, cap;
} TokenList;

/* The tokens of sql->text from `start` up to `end`. The text must be free of NUL bytes and valid UTF-8 (see
 * scan_check_encoding). On a scan error, reports it with PostgreSQL's words and place, gives the tokens before it
 * and returns false. */
bool scan_tokens(Arena *arena, const SqlText *sql, size_t start, size_t end, Diags *diags, TokenList *tokens);

/* Reports the first NUL byte or invalid UTF-8 sequence of the text (22021) as the server would; false if any. */
bool scan_check_encoding(const SqlText *sql, Diags *diags);

/* The token is exactly this text; word comparison ignores ASCII case. */
bool token_is(const char *text, const Token *token, const char *word);
bool token_is_comment(const Token *token);
/* An identifier's value: unquoted and with doubled quotes undone, or as it is written (not folded). */
const char *token_identifier(Arena *arena, const char *text, const Token *token);

/* An error of libpg_query. */
typedef struct ScanError {
    const char *message, *function;
    int cursorpos; /* in characters from 1; 0 when there is no place */
} ScanError;

/* Raises an error with the SQLSTATE and hint that PostgreSQL gives to its message. `parsed` is the text that was
 * given to libpg_query: it stands at byte `base` of sql. */
Diag *scan_report(Diags *diags, const SqlText *sql, size_t base, const char *parsed, ScanError error);

/* Where a statement lies, without the semicolon: from its first token to the end of its last. */
typedef struct StatementRange {
    uint32_t start, end;
    bool terminated; /* a semicolon (or, in a psql script, \g and its like) follows */
} StatementRange;

typedef struct StatementRanges {
    StatementRange *items;
    size_t len, cap;
} StatementRanges;

/* Cuts a text into statements as psql does, with nothing but the lexical structure: quotes, comments, parentheses
 * and the bodies of SQL-standard functions. It needs no valid SQL, never fails and takes linear time. */
void statements_split(Arena *arena, const char *text, size_t len, StatementRanges *ranges);

#endif
