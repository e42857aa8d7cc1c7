/* Lexemes, and the semicolons between statements. */
#include "source/lex.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_word_part(char c)
{
    return is_word_start(c) || is_digit(c) || c == '$';
}

static char at(const Lexer *lexer, size_t offset)
{
    return offset < lexer->len ? lexer->text[offset] : '\0';
}

Lexer lexer_of(const char *text, size_t len)
{
    bool mark = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    return (Lexer){.text = text, .len = len, .at = mark ? 3 : 0};
}

/* The offset of the end of the line that offset is in. */
static size_t line_end(const Lexer *lexer, size_t offset)
{
    while (offset < lexer->len && lexer->text[offset] != '\n' && lexer->text[offset] != '\r')
        offset++;
    return offset;
}

/* Past the quote that closes a string opened before offset; doubled quotes are two strings side by side here. */
static size_t quoted_end(const Lexer *lexer, size_t offset, char quote, bool escapes, bool *closed)
{
    for (; offset < lexer->len; offset++) {
        if (escapes && lexer->text[offset] == '\\') {
            offset++;
        } else if (lexer->text[offset] == quote) {
            *closed = true;
            return offset + 1;
        }
    }
    *closed = false;
    return lexer->len;
}

/* The opening quote of a constant's continuation on a later line, or 0: a constant with escapes keeps them there
 * (documentation 4.1.2.1). */
static size_t continuation(const Lexer *lexer, size_t offset)
{
    bool newline = false;
    while (offset < lexer->len) {
        if (at(lexer, offset) == '-' && at(lexer, offset + 1) == '-') {
            offset = line_end(lexer, offset);
        } else if (is_space(at(lexer, offset))) {
            newline |= at(lexer, offset) == '\n' || at(lexer, offset) == '\r';
            offset++;
        } else {
            return newline && at(lexer, offset) == '\'' ? offset : 0;
        }
    }
    return 0;
}

static size_t escape_string_end(const Lexer *lexer, size_t offset, bool *closed)
{
    for (;;) {
        offset = quoted_end(lexer, offset, '\'', true, closed);
        if (!*closed)
            return offset;
        if (at(lexer, offset) == '\'') { /* a doubled quote */
            offset++;
            continue;
        }
        size_t next = continuation(lexer, offset);
        if (!next)
            return offset;
        offset = next + 1;
    }
}

static size_t block_comment_end(const Lexer *lexer, size_t offset, bool *closed)
{
    unsigned depth = 1;
    offset += 2;
    while (offset < lexer->len) {
        if (at(lexer, offset) == '*' && at(lexer, offset + 1) == '/') {
            offset += 2;
            if (--depth == 0) {
                *closed = true;
                return offset;
            }
        } else if (at(lexer, offset) == '/' && at(lexer, offset + 1) == '*') {
            offset += 2;
            depth++;
        } else {
            offset++;
        }
    }
    *closed = false;
    return lexer->len;
}

/* The length of the $tag$ at offset, or 0. */
static size_t dollar_tag(const Lexer *lexer, size_t offset)
{
    size_t end = offset + 1;
    if (is_word_start(at(lexer, end)))
        while (end < lexer->len && at(lexer, end) != '$' && is_word_part(at(lexer, end)))
            end++;
    return at(lexer, end) == '$' ? end + 1 - offset : 0;
}

static size_t dollar_end(const Lexer *lexer, size_t offset, size_t tag, bool *closed)
{
    const char *opening = lexer->text + offset;
    size_t from = offset + tag;
    while (lexer->len - from >= tag) {
        const char *found = memchr(lexer->text + from, '$', lexer->len - from - tag + 1);
        if (!found)
            break;
        if (memcmp(found, opening, tag) == 0) {
            *closed = true;
            return (size_t)(found - lexer->text) + tag;
        }
        from = (size_t)(found - lexer->text) + 1;
    }
    *closed = false;
    return lexer->len;
}

/* `# name` at the start of a line, up to the colon. */
static bool is_hash_name(const Lexer *lexer, size_t offset)
{
    size_t before = offset;
    while (before > 0 && (lexer->text[before - 1] == ' ' || lexer->text[before - 1] == '\t'))
        before--;
    if (before > 0 && lexer->text[before - 1] != '\n' && lexer->text[before - 1] != '\r')
        return false;
    size_t after = offset + 1;
    while (at(lexer, after) == ' ' || at(lexer, after) == '\t')
        after++;
    if (lexer->len - after < 4 || memcmp(lexer->text + after, "name", 4) != 0)
        return false;
    after += 4;
    while (at(lexer, after) == ' ' || at(lexer, after) == '\t')
        after++;
    return at(lexer, after) == ':';
}

static size_t word_end(const Lexer *lexer, size_t offset)
{
    while (offset < lexer->len && is_word_part(lexer->text[offset]))
        offset++;
    return offset;
}

static size_t digits_end(const Lexer *lexer, size_t offset)
{
    while (offset < lexer->len && is_digit(lexer->text[offset]))
        offset++;
    return offset;
}

static LexKind single(char c)
{
    switch (c) {
    case ';':
        return LEX_SEMICOLON;
    case '(':
        return LEX_OPEN;
    case ')':
        return LEX_CLOSE;
    case ',':
        return LEX_COMMA;
    case '\\':
        return LEX_BACKSLASH;
    default:
        return LEX_OTHER;
    }
}

bool lex_next(Lexer *lexer, Lexeme *lexeme)
{
    while (lexer->at < lexer->len && is_space(lexer->text[lexer->at]))
        lexer->at++;
    if (lexer->at >= lexer->len)
        return false;
    size_t start = lexer->at, end = start + 1, tag;
    char c = lexer->text[start], next = at(lexer, start + 1);
    bool closed = true;
    LexKind kind = single(c);
    if ((c == 'e' || c == 'E') && next == '\'') {
        kind = LEX_STRING;
        end = escape_string_end(lexer, start + 2, &closed);
    } else if (is_word_start(c)) {
        kind = LEX_WORD;
        end = word_end(lexer, start);
    } else if (is_digit(c)) {
        kind = LEX_WORD;
        end = digits_end(lexer, start);
    } else if (c == '\'') {
        kind = LEX_STRING;
        end = quoted_end(lexer, start + 1, '\'', false, &closed);
    } else if (c == '"') {
        kind = LEX_QUOTED_NAME;
        end = quoted_end(lexer, start + 1, '"', false, &closed);
    } else if (c == '-' && next == '-') {
        kind = LEX_LINE_COMMENT;
        end = line_end(lexer, start);
    } else if (c == '/' && next == '*') {
        kind = LEX_BLOCK_COMMENT;
        end = block_comment_end(lexer, start, &closed);
    } else if (c == '$' && is_digit(next)) {
        kind = LEX_PARAM;
        end = digits_end(lexer, start + 1);
    } else if (c == '$' && (tag = dollar_tag(lexer, start)) > 0) {
        kind = LEX_STRING;
        end = dollar_end(lexer, start, tag, &closed);
    } else if (c == '#' && lexer->hash_names && is_hash_name(lexer, start)) {
        kind = LEX_LINE_COMMENT;
        end = line_end(lexer, start);
    }
    *lexeme = (Lexeme){kind, (uint32_t)start, (uint32_t)end, !closed};
    lexer->at = end;
    return true;
}

bool lexeme_is(const char *text, const Lexeme *lexeme, const char *word)
{
    size_t len = lexeme->end - lexeme->start;
    if (lexeme->kind != LEX_WORD || strlen(word) != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[lexeme->start + i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != word[i])
            return false;
    }
    return true;
}

/* Follows BEGIN ATOMIC ... END in the body of CREATE FUNCTION and CREATE PROCEDURE, where a semicolon ends a
 * statement of the body only. */
static void feed_body(StatementCut *cut, const char *text, const Lexeme *word)
{
    if (cut->body > 0) {
        if (lexeme_is(text, word, "case"))
            cut->body++;
        else if (lexeme_is(text, word, "end"))
            cut->body--;
    } else if (cut->begin && lexeme_is(text, word, "atomic")) {
        cut->body = 1;
    }
    cut->begin = lexeme_is(text, word, "begin");
}

static void feed_word(StatementCut *cut, const char *text, const Lexeme *word)
{
    unsigned number = cut->words++;
    if (number == 0) {
        cut->create = lexeme_is(text, word, "create");
        cut->copy = lexeme_is(text, word, "copy");
    } else if (cut->create && !cut->routine && number <= 3) {
        cut->routine = lexeme_is(text, word, "function") || lexeme_is(text, word, "procedure");
        if (!cut->routine && !lexeme_is(text, word, "or") && !lexeme_is(text, word, "replace"))
            cut->create = false;
    }
    if (cut->routine)
        feed_body(cut, text, word);
    if (cut->copy && cut->depth == 0) {
        cut->stdin_ |= cut->from && lexeme_is(text, word, "stdin");
        cut->from = lexeme_is(text, word, "from");
    }
}

bool statement_feed(StatementCut *cut, const char *text, const Lexeme *lexeme)
{
    if (lexeme->kind == LEX_SEMICOLON && cut->depth == 0 && cut->body == 0)
        return true;
    if (!cut->begun)
        cut->start = lexeme->start;
    cut->begun = true;
    cut->end = lexeme->end;
    if (lexeme->kind == LEX_OPEN)
        cut->depth++;
    else if (lexeme->kind == LEX_CLOSE && cut->depth > 0)
        cut->depth--;
    else if (lexeme->kind == LEX_WORD)
        feed_word(cut, text, lexeme);
    return false;
}
