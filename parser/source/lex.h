/* The lexical structure of SQL, as far as it matters for finding where statements and comments lie.
 *
 * This is the part of PostgreSQL's lexical rules (documentation 4.1) that psql itself relies on: quotes, dollar
 * quotes, comments, words and parentheses. It accepts any bytes, never fails and never looks back, so it can be
 * used before the text is known to be SQL at all. Constants are read with standard_conforming_strings on. */
#ifndef QUERC_SOURCE_LEX_H
#define QUERC_SOURCE_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum LexKind {
    LEX_WORD, /* keyword, identifier or number */
    LEX_STRING,
    LEX_QUOTED_NAME,
    LEX_LINE_COMMENT,
    LEX_BLOCK_COMMENT,
    LEX_SEMICOLON,
    LEX_OPEN,  /* ( */
    LEX_CLOSE, /* ) */
    LEX_COMMA,
    LEX_BACKSLASH,
    LEX_PARAM, /* $1 */
    LEX_OTHER  /* one byte of anything else */
} LexKind;

typedef struct Lexer {
    const char *text;
    size_t len, at;
    bool hash_names; /* a line `# name: ...` is a comment */
} Lexer;

typedef struct Lexeme {
    LexKind kind;
    uint32_t start, end;
    bool unterminated; /* the text ended inside the quotes or the comment */
} Lexeme;

/* A lexer at the start of a text; a byte order mark there is passed over. */
Lexer lexer_of(const char *text, size_t len);
/* The next lexeme; false at the end of the text. */
bool lex_next(Lexer *lexer, Lexeme *lexeme);
/* The lexeme is this word (lower case), whatever its case. */
bool lexeme_is(const char *text, const Lexeme *lexeme, const char *word);
static inline bool lexeme_is_comment(const Lexeme *lexeme)
{
    return lexeme->kind == LEX_LINE_COMMENT || lexeme->kind == LEX_BLOCK_COMMENT;
}

/* Where in a statement the lexemes fed so far have come to. Zeroed before each statement. */
typedef struct StatementCut {
    bool begun;
    uint32_t start, end;     /* of what was fed */
    unsigned depth;          /* of parentheses */
    unsigned body;           /* of BEGIN ATOMIC and CASE in a routine's SQL-standard body */
    unsigned words;          /* how many of the leading words were seen */
    bool create, routine;    /* CREATE [OR REPLACE] FUNCTION or PROCEDURE */
    bool begin;              /* the last word was BEGIN */
    bool copy, from, stdin_; /* COPY ... FROM STDIN */
} StatementCut;

/* Feeds a lexeme that is no comment; true when it is the semicolon that ends the statement. */
bool statement_feed(StatementCut *cut, const char *text, const Lexeme *lexeme);

#endif
