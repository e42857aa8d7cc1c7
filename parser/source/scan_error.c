/* What is wrong with a text, in the server's words: encoding errors, and libpg_query's errors with the SQLSTATE and
 * hint that it drops. */
#include "base/strbuf.h"
#include "source/scan.h"

#include <string.h>

/* What PostgreSQL's scan.l, gram.y, parser.c and the functions they call raise, apart from plain syntax errors
 * (42601). `function` is the C function that raises it, NULL for any. A message is known by how it begins, or with
 * `anywhere` by what it contains. */
typedef struct KnownError {
    const char *message;
    const char *function;
    const char *sqlstate;
    const char *hint;
    bool anywhere;
} KnownError;

static const KnownError known_errors[] = {
    {"invalid Unicode escape", "core_yylex", SQLSTATE_INVALID_ESCAPE_SEQUENCE,
     "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.", false},
    {"invalid Unicode escape value", NULL, SQLSTATE_SYNTAX_ERROR, NULL, false},
    {"invalid Unicode escape", NULL, SQLSTATE_SYNTAX_ERROR, "Unicode escapes must be \\XXXX or \\+XXXXXX.", false},
    {"unsafe use of \\' in a string literal", NULL, SQLSTATE_NONSTANDARD_USE_OF_ESCAPE_CHARACTER,
     "Use '' to write quotes in strings. \\' is insecure in client-only encodings.", false},
    {"unsafe use of string constant with Unicode escapes", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, false},
    {"invalid byte sequence for encoding", NULL, SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE, NULL, false},
    {"stack depth limit exceeded", NULL, SQLSTATE_STATEMENT_TOO_COMPLEX, NULL, false},
    {"frame start cannot be", NULL, SQLSTATE_WINDOWING_ERROR, NULL, false},
    {"frame end cannot be", NULL, SQLSTATE_WINDOWING_ERROR, NULL, false},
    {"frame starting from", NULL, SQLSTATE_WINDOWING_ERROR, NULL, false},
    {"precision for type float must be", NULL, SQLSTATE_INVALID_PARAMETER_VALUE, NULL, false},
    {"column number must be in range", NULL, SQLSTATE_INVALID_PARAMETER_VALUE, NULL, false},
    {"UNENCRYPTED PASSWORD is no longer supported", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED,
     "Remove UNENCRYPTED to store the password in encrypted form instead.", false},
    {"modulus for hash partition provided more than once", NULL, SQLSTATE_DUPLICATE_OBJECT, NULL, false},
    {"remainder for hash partition provided more than once", NULL, SQLSTATE_DUPLICATE_OBJECT, NULL, false},
    {"an ordered-set aggregate with a VARIADIC direct argument", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, false},
    {"current database cannot be changed", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, false},
    {"dropping an enum value is not implemented", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, false},
    {"WITH CHECK OPTION not supported on recursive views", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, false},
    {"a column list with ", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, false},
    {"CREATE SCHEMA IF NOT EXISTS cannot include", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, false},
    {"role name \"", NULL, SQLSTATE_RESERVED_NAME, NULL, false},
    {"cannot be used as a role name here", NULL, SQLSTATE_RESERVED_NAME, NULL, true},
    {"constraints cannot be marked", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, true},
    {"not yet implemented", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, true},
    {"is not implemented", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED, NULL, true},
    {"subquery in FROM must have an alias", NULL, SQLSTATE_SYNTAX_ERROR, "For example, FROM (SELECT ...) [AS] foo.",
     false},
    {"VALUES in FROM must have an alias", NULL, SQLSTATE_SYNTAX_ERROR, "For example, FROM (VALUES ...) [AS] foo.",
     false},
    {"LIMIT #,# syntax is not supported", NULL, SQLSTATE_SYNTAX_ERROR, "Use separate LIMIT and OFFSET clauses.",
     false},
    {"missing argument", NULL, SQLSTATE_SYNTAX_ERROR,
     "Use NONE to denote the missing argument of a unary operator.", false},
};

static const KnownError *find_known(ScanError error)
{
    const char *function = error.function ? error.function : "";
    for (size_t i = 0; i < sizeof known_errors / sizeof *known_errors; i++) {
        const KnownError *known = &known_errors[i];
        if (known->function && strcmp(known->function, function) != 0)
            continue;
        if (known->anywhere ? strstr(error.message, known->message) != NULL
                            : strncmp(error.message, known->message, strlen(known->message)) == 0)
            return known;
    }
    return NULL;
}

/* The byte offset of character number `character`, from 1. */
static size_t byte_offset(const char *text, int character)
{
    size_t offset = 0;
    for (int left = character - 1; left > 0 && text[offset]; left--)
        do
            offset++;
        while (((unsigned char)text[offset] & 0xC0) == 0x80);
    return offset;
}

/* The rest, from the parsed text, of the word that a message about trailing junk names: newer scanners name all of
 * it, libpg_query's only up to its first letter. */
static size_t rest_of_junk(const char *parsed, size_t offset, const char *message, const char **rest)
{
    const char *quoted = strchr(message, '"');
    *rest = "";
    if (strncmp(message, "trailing junk", 13) != 0 || !quoted)
        return 0;
    size_t named = strlen(quoted + 1) - 1; /* without the closing quote */
    for (size_t i = 0; i < named; i++)
        if (parsed[offset + i] != quoted[1 + i])
            return 0;
    const char *end = *rest = parsed + offset + named;
    while ((*end >= '0' && *end <= '9') || ((*end | 32) >= 'a' && (*end | 32) <= 'z') || *end == '_' ||
           *end == '$' || (unsigned char)*end >= 0x80)
        end++;
    return (size_t)(end - *rest);
}

Diag *scan_report(Diags *diags, const SqlText *sql, size_t base, const char *parsed, ScanError error)
{
    /* The quoted token of a plain syntax error is the user's text: it must not be taken for a known message. */
    bool plain = strncmp(error.message, "syntax error", 12) == 0 ||
                 strncmp(error.message, "unterminated", 12) == 0 ||
                 strncmp(error.message, "trailing junk", 13) == 0;
    /* What is unterminated is quoted to the end of the text: its first line will do. */
    size_t len = strlen(error.message);
    size_t shown = strncmp(error.message, "unterminated", 12) == 0 ? strcspn(error.message, "\r\n") : len;
    const KnownError *known = plain ? NULL : find_known(error);
    size_t offset = error.cursorpos > 0 ? byte_offset(parsed, error.cursorpos) : 0;
    const char *junk;
    size_t njunk = rest_of_junk(parsed, offset, error.message, &junk);
    if (njunk)
        shown = len - 1;
    StrBuf message;
    strbuf_init(&message);
    strbuf_add_bytes(&message, error.message, shown);
    strbuf_add_bytes(&message, junk, njunk);
    strbuf_add(&message, shown < len ? "\"" : "");
    Diag *diag = diag_error(diags, sqltext_span(sql, (int64_t)(base + offset)),
                            known ? known->sqlstate : SQLSTATE_SYNTAX_ERROR, "%s", message.text);
    strbuf_release(&message);
    if (known && known->hint)
        diag_hint(diags, diag, "%s", known->hint);
    return diag;
}

/* The length that a UTF-8 sequence's first byte announces. */
static size_t announced_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if ((first & 0xE0) == 0xC0)
        return 2;
    if ((first & 0xF0) == 0xE0)
        return 3;
    if ((first & 0xF8) == 0xF0)
        return 4;
    return 1;
}

/* The length of the valid UTF-8 sequence at s, 0 if there is none: no overlong forms, no surrogates, nothing past
 * U+10FFFF. */
static size_t valid_length(const unsigned char *s, size_t left)
{
    size_t len = announced_length(s[0]);
    if (len == 1)
        return s[0] != 0 && s[0] < 0x80;
    if (len > left || s[0] < 0xC2 || s[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF0 && s[1] < 0x90) ||
        (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return len;
}

bool scan_check_encoding(const SqlText *sql, Diags *diags)
{
    const unsigned char *text = (const unsigned char *)sql->text;
    size_t len;
    for (size_t i = 0; i < sql->len; i += len) {
        len = 1;
        if (text[i] - 1u < 0x7F)
            continue;
        len = valid_length(text + i, sql->len - i);
        if (len)
            continue;
        char bytes[4 * sizeof " 0xff"] = "";
        size_t announced = announced_length(text[i]);
        for (size_t k = 0; k < announced && i + k < sql->len; k++) {
            static const char digits[] = "0123456789abcdef";
            unsigned char c = text[i + k];
            strcat(bytes, (char[]){' ', '0', 'x', digits[c >> 4], digits[c & 15], '\0'});
        }
        diag_error(diags, sqltext_span(sql, (int64_t)i), SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE,
                   "invalid byte sequence for encoding \"UTF8\":%s", bytes);
        return false;
    }
    return true;
}
