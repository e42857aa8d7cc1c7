/* tsvector and tsquery (tsvector_parser.c, tsvector.c, tsquery.c). */
#include "types/literal/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LEXEME_MAX = 2047 /* MAXSTRLEN */, POSITION_MAX = 16384 /* MAXENTRYPOS */ };

/* A text of words; those of a query end at an operator. */
typedef struct WordReader {
    Literal *in;
    const char *at;
    bool query;
} WordReader;

typedef enum WordResult { WORD_FOUND, WORD_NONE, WORD_FAILED } WordResult;

static WordResult word_syntax_error(WordReader *reader)
{
    literal_fail(reader->in, SQLSTATE_SYNTAX_ERROR, "syntax error in %s: \"%s\"",
                 reader->query ? "tsquery" : "tsvector", reader->in->text);
    return WORD_FAILED;
}

static WordResult check_word_length(WordReader *reader, size_t len)
{
    if (len <= LEXEME_MAX)
        return WORD_FOUND;
    if (reader->query)
        literal_fail(reader->in, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "word is too long in tsquery: \"%s\"",
                     reader->in->text);
    else
        literal_fail(reader->in, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "word is too long (%zu bytes, max %d bytes)", len,
                     LEXEME_MAX);
    return WORD_FAILED;
}

/* A character with any backslash before it: false at a backslash that ends the text. */
static bool take_character(WordReader *reader, size_t *len)
{
    if (*reader->at == '\\' && *++reader->at == '\0')
        return literal_fail(reader->in, SQLSTATE_SYNTAX_ERROR, "there is no escaped character: \"%s\"",
                            reader->in->text);
    size_t bytes = char_length(reader->at);
    *len += bytes;
    reader->at += bytes;
    return true;
}

static bool is_operator(char c)
{
    return c != '\0' && strchr("!&|()<", c);
}

/* A word in quotes, the cursor behind the first of them. */
static WordResult read_quoted_word(WordReader *reader, size_t *len)
{
    for (;;) {
        if (*reader->at == '\0')
            return word_syntax_error(reader);
        if (*reader->at == '\'' && reader->at[1] != '\'')
            break;
        reader->at += *reader->at == '\'';
        if (!take_character(reader, len))
            return WORD_FAILED;
    }
    reader->at++;
    return *len ? WORD_FOUND : word_syntax_error(reader);
}

static WordResult read_plain_word(WordReader *reader, size_t *len)
{
    do {
        if (!take_character(reader, len))
            return WORD_FAILED;
    } while (*reader->at && *reader->at != ':' && !char_is_space(*reader->at) &&
             !(reader->query && is_operator(*reader->at)));
    return WORD_FOUND;
}

/* Positions after a colon, "1A,2": the cursor on the first. */
static WordResult read_positions(WordReader *reader)
{
    for (;;) {
        if (!char_is_digit(*reader->at))
            return word_syntax_error(reader);
        if ((int)strtol(reader->at, NULL, 10) == 0) {
            literal_fail(reader->in, SQLSTATE_SYNTAX_ERROR, "wrong position info in tsvector: \"%s\"",
                         reader->in->text);
            return WORD_FAILED;
        }
        bool weighted = false;
        for (char c; (c = *++reader->at) != ',';) {
            if (c == '\0' || char_is_space(c) || (unsigned char)c >= 0x80)
                return WORD_FOUND; /* beyond ASCII, the locale says what is a space */
            if (strchr("aAbBcC*dD", c)) {
                if (weighted)
                    return word_syntax_error(reader);
                weighted = c != 'd' && c != 'D';
            } else if (!char_is_digit(c)) {
                return word_syntax_error(reader);
            }
        }
        reader->at++;
    }
}

/* gettoken_tsvector */
static WordResult read_word(WordReader *reader)
{
    reader->at = skip_spaces(reader->at);
    if (*reader->at == '\0')
        return WORD_NONE;
    if (reader->query && is_operator(*reader->at))
        return word_syntax_error(reader);
    size_t len = 0;
    WordResult result;
    if (*reader->at == '\'') {
        reader->at++;
        result = read_quoted_word(reader, &len);
    } else {
        result = read_plain_word(reader, &len);
    }
    if (result == WORD_FOUND && !reader->query && *reader->at == ':') {
        reader->at++;
        result = read_positions(reader);
    }
    return result == WORD_FOUND ? check_word_length(reader, len) : result;
}

bool input_tsvector(Literal *in)
{
    WordReader reader = {.in = in, .at = in->text};
    WordResult result;
    while ((result = read_word(&reader)) == WORD_FOUND)
        ;
    return result == WORD_NONE;
}

/* ---- Queries ---- */

/* Weights and the prefix mark after a word (get_modifiers). */
static void skip_modifiers(WordReader *reader)
{
    if (*reader->at == ':')
        reader->at += 1 + strspn(reader->at + 1, "aAbBcCdD*");
}

/* "<->" or "<n>", which must not end the text; false, and no error, when there is none. */
static bool read_phrase_operator(WordReader *reader, bool *found)
{
    const char *at = reader->at + 1;
    *found = false;
    if (*reader->at != '<')
        return true;
    if (*at == '-') {
        at++;
    } else if (char_is_digit(*at)) {
        char *end;
        errno = 0;
        long distance = strtol(at, &end, 10);
        if (errno == ERANGE || distance > POSITION_MAX)
            return literal_fail(
                reader->in, SQLSTATE_INVALID_PARAMETER_VALUE,
                "distance in phrase operator must be an integer value between zero and %d inclusive", POSITION_MAX);
        at = end;
    } else {
        return true;
    }
    *found = at[0] == '>' && at[1] != '\0';
    if (*found)
        reader->at = at + 1;
    return true;
}

/* What may stand before an operand, and the operand. *ended at the end of an empty query. */
static bool read_operand(WordReader *reader, bool first, size_t *open, bool *ended)
{
    for (;; first = false) {
        reader->at = skip_spaces(reader->at);
        if (*reader->at == '(')
            (*open)++;
        else if (*reader->at != '!')
            break;
        reader->at++;
    }
    *ended = false;
    if (*reader->at == ':')
        return word_syntax_error(reader) == WORD_FOUND;
    WordResult result = read_word(reader);
    if (result == WORD_NONE) {
        *ended = first;
        return first ||
               literal_fail(reader->in, SQLSTATE_SYNTAX_ERROR, "no operand in tsquery: \"%s\"", reader->in->text);
    }
    skip_modifiers(reader);
    return result == WORD_FOUND;
}

/* What stands between operands; *ended at the end of the query. */
static bool read_operator(WordReader *reader, size_t *open, bool *ended)
{
    for (;;) {
        reader->at = skip_spaces(reader->at);
        *ended = *reader->at == '\0' && *open == 0;
        if (*ended)
            return true;
        if (*reader->at == '&' || *reader->at == '|') {
            reader->at++;
            return true;
        }
        bool phrase;
        if (!read_phrase_operator(reader, &phrase))
            return false;
        if (phrase)
            return true;
        if (*reader->at != ')' || *open == 0)
            return word_syntax_error(reader) == WORD_FOUND;
        (*open)--;
        reader->at++;
    }
}

bool input_tsquery(Literal *in)
{
    WordReader reader = {.in = in, .at = in->text, .query = true};
    size_t open = 0;
    bool ended = false;
    for (bool first = true; !ended; first = false)
        if (!read_operand(&reader, first, &open, &ended) || (!ended && !read_operator(&reader, &open, &ended)))
            return false;
    return true;
}
