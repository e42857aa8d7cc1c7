/* json and jsonb (jsonapi.c): RFC 8259. jsonb reads the values of strings and numbers too, and so refuses lone
 * surrogates, \u0000 and numbers that numeric can't hold. */
#include "types/literal/check.h"

#include <string.h>

typedef enum JsonToken {
    JSON_STRING,
    JSON_NUMBER,
    JSON_WORD, /* true, false, null */
    JSON_OBJECT_START,
    JSON_OBJECT_END,
    JSON_ARRAY_START,
    JSON_ARRAY_END,
    JSON_COMMA,
    JSON_COLON,
    JSON_END
} JsonToken;

typedef struct JsonReader {
    Literal *in;
    bool values; /* whether values count: jsonb */
    JsonToken token;
    const char *start, *end; /* of the token in hand */
    VEC(char) open;          /* '{' and '[' not closed yet */
} JsonReader;

/* ---- Errors ---- */

/* The line the error is in, cut to about fifty bytes before it (report_json_context). */
static const char *error_context(const JsonReader *reader)
{
    enum { CONTEXT_BYTES = 50 };
    int line = 1;
    const char *start = reader->in->text;
    for (const char *at = start; at < reader->end; at++)
        if (*at == '\n') {
            line++;
            start = at + 1;
        }
    const char *shown = start;
    while (reader->end - shown >= CONTEXT_BYTES)
        shown += char_length(shown);
    if (shown - start <= 3)
        shown = start;
    const char *more = *reader->end && *reader->end != '\n' && *reader->end != '\r' ? "..." : "";
    return arena_printf(reader->in->arena, "JSON data, line %d: %s%.*s%s", line, shown > start ? "..." : "",
                        reader->end > shown ? (int)(reader->end - shown) : 0, shown, more);
}

static bool json_fail(JsonReader *reader, const char *detail)
{
    literal_fail(reader->in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json");
    reader->in->error->detail = detail;
    reader->in->error->context = error_context(reader);
    return false;
}

static bool invalid_token(JsonReader *reader)
{
    return json_fail(reader, arena_printf(reader->in->arena, "Token \"%.*s\" is invalid.",
                                          (int)(reader->end - reader->start), reader->start));
}

/* The token in hand is not what has to be there. */
static bool unexpected(JsonReader *reader, const char *expected)
{
    if (reader->token == JSON_END)
        return json_fail(reader, "The input string ended unexpectedly.");
    return json_fail(reader, arena_printf(reader->in->arena, "Expected %s, but found \"%.*s\".", expected,
                                          (int)(reader->end - reader->start), reader->start));
}

/* ---- Tokens ---- */

static bool is_word_character(char c)
{
    return char_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static const char *skip_digits(const char *at)
{
    while (char_is_digit(*at))
        at++;
    return at;
}

static bool lex_number(JsonReader *reader)
{
    const char *at = reader->start + (*reader->start == '-');
    bool valid = char_is_digit(*at);
    at = *at == '0' ? at + 1 : skip_digits(at);
    if (*at == '.') {
        at++;
        valid = valid && char_is_digit(*at);
        at = skip_digits(at);
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        if (*at == '+' || *at == '-')
            at++;
        valid = valid && char_is_digit(*at);
        at = skip_digits(at);
    }
    for (; is_word_character(*at); at++)
        valid = false;
    reader->end = at;
    reader->token = JSON_NUMBER;
    return valid || invalid_token(reader);
}

static bool surrogate_error(JsonReader *reader, bool second_high)
{
    return json_fail(reader, second_high ? "Unicode high surrogate must not follow a high surrogate."
                                         : "Unicode low surrogate must follow a high surrogate.");
}

/* What \uXXXX means for a value: surrogates come in pairs, and text has no zero. */
static bool check_code_point(JsonReader *reader, unsigned code, bool *high)
{
    bool is_high = code >= 0xD800 && code <= 0xDBFF, is_low = code >= 0xDC00 && code <= 0xDFFF;
    if (is_high && *high)
        return surrogate_error(reader, true);
    if (!is_high && is_low != *high)
        return surrogate_error(reader, false);
    *high = is_high;
    if (code)
        return true;
    literal_fail(reader->in, SQLSTATE_UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence");
    reader->in->error->detail = "\\u0000 cannot be converted to text.";
    reader->in->error->context = error_context(reader);
    return false;
}

/* The escape after a backslash, reader->end being on the character after it. */
static bool lex_escape(JsonReader *reader, bool *high)
{
    const char *at = reader->end;
    if (*at != 'u') {
        if (*at && strchr("\"\\/bfnrt", *at)) {
            reader->end = at + 1;
            return !*high || surrogate_error(reader, false);
        }
        if (*at == '\0')
            return invalid_token(reader);
        if (*high)
            return surrogate_error(reader, false);
        reader->start = at;
        reader->end = at + char_length(at);
        return json_fail(reader, arena_printf(reader->in->arena, "Escape sequence \"\\%.*s\" is invalid.",
                                              (int)char_length(at), at));
    }
    unsigned code = 0;
    for (int i = 1; i <= 4; i++) {
        reader->end = at + i;
        if (at[i] == '\0')
            return invalid_token(reader);
        if (char_hex(at[i]) < 0) {
            reader->end += char_length(at + i);
            return json_fail(reader, "\"\\u\" must be followed by four hexadecimal digits.");
        }
        code = code << 4 | (unsigned)char_hex(at[i]);
    }
    reader->end = at + 5;
    return !reader->values || check_code_point(reader, code, high);
}

static bool lex_string(JsonReader *reader)
{
    bool high = false; /* the first half of a surrogate pair was read */
    reader->token = JSON_STRING;
    reader->end = reader->start + 1;
    while (*reader->end != '"') {
        unsigned char c = (unsigned char)*reader->end;
        if (c == '\0')
            return invalid_token(reader);
        if (c == '\\') {
            reader->end++;
            if (!lex_escape(reader, &high))
                return false;
            continue;
        }
        if (c < 32)
            return json_fail(reader,
                             arena_printf(reader->in->arena, "Character with value 0x%02x must be escaped.", c));
        reader->end++;
        if (high)
            return surrogate_error(reader, false);
    }
    reader->end++;
    return !high || surrogate_error(reader, false);
}

static bool lex_word(JsonReader *reader)
{
    static const char *const words[] = {"true", "false", "null"};
    while (is_word_character(*reader->end))
        reader->end++;
    size_t len = (size_t)(reader->end - reader->start);
    if (len == 0)
        reader->end++;
    reader->token = JSON_WORD;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && memcmp(words[i], reader->start, len) == 0)
            return true;
    return invalid_token(reader);
}

/* json_lex: the next token. */
static bool next_token(JsonReader *reader)
{
    static const char punctuation[] = "{}[],:";
    static const JsonToken tokens[] = {JSON_OBJECT_START, JSON_OBJECT_END, JSON_ARRAY_START,
                                       JSON_ARRAY_END,    JSON_COMMA,      JSON_COLON};
    const char *at = reader->end;
    at += strspn(at, " \t\n\r");
    if (*at == '\0') {
        reader->token = JSON_END;
        return true;
    }
    reader->start = reader->end = at;
    const char *found = strchr(punctuation, *at);
    if (found) {
        reader->token = tokens[found - punctuation];
        reader->end++;
        return true;
    }
    if (*at == '"')
        return lex_string(reader);
    return *at == '-' || char_is_digit(*at) ? lex_number(reader) : lex_word(reader);
}

/* ---- Grammar ---- */

/* A scalar, the token in hand; the one after it is read before jsonb looks at a number's value. */
static bool read_scalar(JsonReader *reader)
{
    if (reader->token != JSON_STRING && reader->token != JSON_NUMBER && reader->token != JSON_WORD)
        return unexpected(reader, "JSON value");
    bool number = reader->token == JSON_NUMBER && reader->values;
    const char *start = reader->start, *end = reader->end;
    if (!next_token(reader))
        return false;
    return !number || literal_numeric_part(reader->in, literal_slice(reader->in, start, end));
}

/* "key" : */
static bool read_key(JsonReader *reader, const char *expected)
{
    if (reader->token != JSON_STRING)
        return unexpected(reader, expected);
    if (!next_token(reader))
        return false;
    if (reader->token != JSON_COLON)
        return unexpected(reader, "\":\"");
    return next_token(reader);
}

/* Begins a value: a scalar is read whole; of an object or array that is not empty, the brackets and a first key.
 * *complete tells whether the value's end has been read. */
static bool begin_value(JsonReader *reader, bool *complete)
{
    *complete = true;
    if (reader->token != JSON_OBJECT_START && reader->token != JSON_ARRAY_START)
        return read_scalar(reader);
    bool object = reader->token == JSON_OBJECT_START;
    if (!next_token(reader))
        return false;
    if (reader->token == (object ? JSON_OBJECT_END : JSON_ARRAY_END))
        return next_token(reader);
    *complete = false;
    vec_push(reader->in->arena, &reader->open, object ? '{' : '[');
    return !object || read_key(reader, "string or \"}\"");
}

/* After a value: closes what ends with it, up to a comma. *complete tells whether the outermost value has ended. */
static bool end_value(JsonReader *reader, bool *complete)
{
    while (reader->open.len) {
        bool object = vec_last(&reader->open) == '{';
        if (reader->token == JSON_COMMA) {
            *complete = false;
            return next_token(reader) && (!object || read_key(reader, "string"));
        }
        if (reader->token != (object ? JSON_OBJECT_END : JSON_ARRAY_END))
            return unexpected(reader, object ? "\",\" or \"}\"" : "\",\" or \"]\"");
        reader->open.len--;
        if (!next_token(reader))
            return false;
    }
    *complete = true;
    return true;
}

static bool read_json(Literal *in, bool values)
{
    JsonReader reader = {.in = in, .values = values, .end = in->text};
    if (!next_token(&reader))
        return false;
    for (bool complete = false; !complete;)
        if (!begin_value(&reader, &complete) || (complete && !end_value(&reader, &complete)))
            return false;
    return reader.token == JSON_END || unexpected(&reader, "end of input");
}

bool input_json(Literal *in)
{
    return read_json(in, false);
}

bool input_jsonb(Literal *in)
{
    return read_json(in, true);
}
