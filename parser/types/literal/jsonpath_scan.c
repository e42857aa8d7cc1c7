/* Tokens of the SQL/JSON path language (jsonpath_scan.l): names and strings with JavaScript's escapes, numbers,
 * comments. */
#include "types/literal/jsonpath.h"

#include <string.h>

bool path_fail(PathScanner *scanner, const char *message)
{
    if (*scanner->start == '\0' || scanner->end == scanner->start)
        return literal_fail(scanner->in, SQLSTATE_SYNTAX_ERROR, "%s at end of jsonpath input", message);
    return literal_fail(scanner->in, SQLSTATE_SYNTAX_ERROR, "%s at or near \"%.*s\" of jsonpath input", message,
                        (int)(scanner->end - scanner->start), scanner->start);
}

/* ---- Characters ---- */

static bool is_special(char c)
{
    return c != '\0' && strchr("?%$.[]{}()|&!=<>@#,*:-+/", c);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* What may be in a name. */
static bool is_other(char c)
{
    return c != '\0' && c != '\\' && c != '"' && !is_special(c) && !is_blank(c);
}

/* ---- Escapes ---- */

static bool bad_unicode(PathScanner *scanner)
{
    scanner->end = scanner->at;
    return path_fail(scanner, "invalid unicode sequence");
}

static bool surrogate_error(PathScanner *scanner, bool second_high)
{
    literal_fail(scanner->in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid input syntax for type jsonpath");
    scanner->in->error->detail = second_high ? "Unicode high surrogate must not follow a high surrogate."
                                             : "Unicode low surrogate must follow a high surrogate.";
    return false;
}

static bool zero_character(PathScanner *scanner)
{
    literal_fail(scanner->in, SQLSTATE_UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence");
    scanner->in->error->detail = "\\u0000 cannot be converted to text.";
    return false;
}

/* The digits after "\u": four of them, or up to six in braces. */
static bool read_code_point(PathScanner *scanner, unsigned *code)
{
    const char *at = scanner->at + 2;
    bool braces = *at == '{';
    int most = braces ? 6 : 4, n = 0;
    at += braces;
    for (*code = 0; n < most && char_hex(*at) >= 0; n++)
        *code = *code << 4 | (unsigned)char_hex(*at++);
    scanner->at = at;
    if (n == 0 || (braces ? *at != '}' : n < most))
        return bad_unicode(scanner);
    scanner->at += braces;
    return true;
}

/* A run of "\u" escapes: surrogates come in pairs. */
static bool read_unicode(PathScanner *scanner)
{
    enum { UNICODE_MAX = 0x10FFFF };
    bool high = false;
    while (scanner->at[0] == '\\' && scanner->at[1] == 'u') {
        unsigned code;
        if (!read_code_point(scanner, &code))
            return false;
        bool is_high = code >= 0xD800 && code <= 0xDBFF, is_low = code >= 0xDC00 && code <= 0xDFFF;
        if (is_high && high)
            return surrogate_error(scanner, true);
        if (!is_high && is_low != high)
            return surrogate_error(scanner, false);
        high = is_high;
        if (code == 0)
            return zero_character(scanner);
        if (code > UNICODE_MAX)
            return literal_fail(scanner->in, SQLSTATE_SYNTAX_ERROR, "invalid Unicode code point");
    }
    return !high || surrogate_error(scanner, false);
}

static bool read_escape(PathScanner *scanner)
{
    const char *at = scanner->at;
    if (at[1] == 'u')
        return read_unicode(scanner);
    if (at[1] == 'x') {
        scanner->at += 2;
        for (int i = 0; i < 2; i++, scanner->at++)
            if (char_hex(*scanner->at) < 0) {
                scanner->end = scanner->at;
                return path_fail(scanner, "invalid hex character sequence");
            }
        return at[2] != '0' || at[3] != '0' || zero_character(scanner);
    }
    if (at[1] == '\0' || at[1] == '\n') {
        scanner->end = at + 1;
        return path_fail(scanner, "unexpected end after backslash");
    }
    scanner->at += 1 + char_length(at + 1);
    return true;
}

/* The text without escapes, as far as key words and flags need it: what is beyond ASCII need not be right. */
static const char *unescape(const Literal *in, const char *at, const char *end)
{
    char *text = arena_alloc(in->arena, (size_t)(end - at) + 1), *out = text;
    while (at < end) {
        if (*at != '\\') {
            *out++ = *at++;
            continue;
        }
        at++;
        char c = *at++;
        if (c == 'u' || c == 'x') {
            unsigned code = 0;
            int digits = c == 'x' ? 2 : 4;
            if (*at == '{') {
                digits = 6;
                at++;
            }
            for (; digits > 0 && char_hex(*at) >= 0; digits--)
                code = code << 4 | (unsigned)char_hex(*at++);
            at += c == 'u' && *at == '}';
            c = code < 0x80 ? (char)code : '?';
        } else {
            static const char letters[] = "bfnrtv", meanings[] = "\b\f\n\r\t\v";
            const char *letter = strchr(letters, c);
            c = letter ? meanings[letter - letters] : c;
        }
        *out++ = c;
    }
    *out = '\0';
    return text;
}

/* ---- Names and strings ---- */

static const struct {
    const char *word;
    PathToken token;
    bool lower; /* in lower case only */
} keywords[] = {
    {"abs", PATH_METHOD, false},
    {"ceiling", PATH_METHOD, false},
    {"datetime", PATH_DATETIME, false},
    {"double", PATH_METHOD, false},
    {"exists", PATH_EXISTS, false},
    {"false", PATH_FALSE, true},
    {"flag", PATH_FLAG, false},
    {"floor", PATH_METHOD, false},
    {"is", PATH_IS, false},
    {"keyvalue", PATH_METHOD, false},
    {"last", PATH_LAST, false},
    {"lax", PATH_LAX, false},
    {"like_regex", PATH_LIKE_REGEX, false},
    {"null", PATH_NULL, true},
    {"size", PATH_METHOD, false},
    {"starts", PATH_STARTS, false},
    {"strict", PATH_STRICT, false},
    {"to", PATH_TO, false},
    {"true", PATH_TRUE, true},
    {"type", PATH_METHOD, false},
    {"unknown", PATH_UNKNOWN, false},
    {"with", PATH_WITH, false},
};

static PathToken name_token(const char *name)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (keywords[i].lower ? strcmp(name, keywords[i].word) == 0 : text_equals(name, keywords[i].word))
            return keywords[i].token;
    return PATH_NAME;
}

/* A name ends at a blank, a special character, a quote. */
static bool scan_name(PathScanner *scanner)
{
    while (*scanner->at == '\\' || is_other(*scanner->at)) {
        if (*scanner->at != '\\')
            scanner->at++;
        else if (!read_escape(scanner))
            return false;
    }
    scanner->value = unescape(scanner->in, scanner->start, scanner->at);
    scanner->token = (int)name_token(scanner->value);
    /* What ended it is what PostgreSQL's scanner has in hand: blanks, which it takes, or nothing. */
    scanner->start = scanner->at;
    while (is_blank(*scanner->at))
        scanner->at++;
    return true;
}

/* A string or quoted variable, the cursor behind its quote. */
static bool scan_quoted(PathScanner *scanner, PathToken token)
{
    const char *start = scanner->at;
    while (*scanner->at != '"') {
        if (*scanner->at == '\0') {
            scanner->start = scanner->at;
            return path_fail(scanner, "unexpected end of quoted string");
        }
        if (*scanner->at != '\\')
            scanner->at++;
        else if (!read_escape(scanner))
            return false;
    }
    scanner->value = unescape(scanner->in, start, scanner->at);
    scanner->at++;
    scanner->token = (int)token;
    return true;
}

/* ---- Numbers ---- */

/* An integer: 0, or digits that do not begin with it. Its start when there is none. */
static const char *skip_integer(const char *at)
{
    if (*at == '0')
        return at + 1;
    while (char_is_digit(*at))
        at++;
    return at;
}

/* The longest number that begins here, with its exponent. *whole when it is an integer, *broken when the exponent
 * has no digits. The start when there is none. */
static const char *skip_number(const char *start, bool *whole, bool *broken)
{
    const char *at = skip_integer(start);
    *whole = at > start;
    *broken = false;
    if (*at == '.' && (at > start || char_is_digit(at[1]))) {
        *whole = false;
        for (at++; char_is_digit(*at);)
            at++;
    }
    if (at > start && (*at == 'e' || *at == 'E')) {
        const char *digits = at + 1 + (at[1] == '+' || at[1] == '-');
        *broken = !char_is_digit(*digits);
        *whole = false;
        for (at = digits; char_is_digit(*at);)
            at++;
    }
    return at;
}

/* A number, unless the characters of a name go on for longer than it and one more: then it is a name. */
static bool scan_number(PathScanner *scanner, bool *found)
{
    bool whole, broken;
    const char *start = scanner->at, *end = skip_number(start, &whole, &broken), *name = start;
    while (is_other(*name))
        name++;
    *found = end > start && name <= end + (is_other(*end) ? 1 : 0);
    if (!*found)
        return true;
    scanner->at = end;
    if (is_other(*end) || broken) {
        scanner->end = is_other(*end) ? end + 1 : end;
        return path_fail(scanner, "trailing junk after numeric literal");
    }
    scanner->value = literal_slice(scanner->in, start, end);
    scanner->token = (int)(whole ? PATH_INTEGER : PATH_NUMERIC);
    return true;
}

/* ---- Tokens ---- */

/* Blanks and comments. */
static bool skip_blanks(PathScanner *scanner)
{
    for (;;) {
        if (is_blank(*scanner->at)) {
            scanner->at++;
        } else if (scanner->at[0] == '/' && scanner->at[1] == '*') {
            const char *end = strstr(scanner->at + 2, "*/");
            if (!end) {
                scanner->start = scanner->at + strlen(scanner->at);
                return path_fail(scanner, "unexpected end of comment");
            }
            scanner->at = end + 2;
        } else {
            return true;
        }
    }
}

static bool scan_special(PathScanner *scanner)
{
    static const struct {
        const char *text;
        PathToken token;
    } operators[] = {{"&&", PATH_AND},     {"||", PATH_OR},      {"**", PATH_ANY},     {"<=", PATH_COMPARE},
                     {"==", PATH_COMPARE}, {"<>", PATH_COMPARE}, {"!=", PATH_COMPARE}, {">=", PATH_COMPARE},
                     {"<", PATH_COMPARE},  {">", PATH_COMPARE},  {"!", PATH_NOT}};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t len = strlen(operators[i].text);
        if (strncmp(scanner->at, operators[i].text, len) == 0) {
            scanner->at += len;
            scanner->token = (int)operators[i].token;
            return true;
        }
    }
    if (scanner->at[0] == '$' && scanner->at[1] == '"') {
        scanner->at += 2;
        return scan_quoted(scanner, PATH_VARIABLE);
    }
    scanner->token = (unsigned char)*scanner->at++;
    if (scanner->token == '$' && is_other(*scanner->at)) {
        while (is_other(*scanner->at))
            scanner->at++;
        scanner->token = PATH_VARIABLE;
    }
    return true;
}

static bool scan_token(PathScanner *scanner)
{
    bool number = false;
    char c = *scanner->at;
    if (c == '"') {
        scanner->at++;
        return scan_quoted(scanner, PATH_STRING);
    }
    if (char_is_digit(c) || c == '.') {
        if (!scan_number(scanner, &number))
            return false;
        if (number)
            return true;
    }
    return is_special(c) ? scan_special(scanner) : scan_name(scanner);
}

bool path_scan(PathScanner *scanner)
{
    /* A comment right behind a name swallows the name in PostgreSQL's scanner. */
    for (bool swallowed = true; swallowed;) {
        if (!skip_blanks(scanner))
            return false;
        scanner->start = scanner->at;
        scanner->value = NULL;
        scanner->token = PATH_END;
        if (*scanner->at && !scan_token(scanner))
            return false;
        bool name = scanner->token == (int)PATH_NAME || scanner->token >= (int)PATH_TO;
        swallowed = name && scanner->at[0] == '/' && scanner->at[1] == '*';
    }
    scanner->end = scanner->at;
    return true;
}
