/* Types that are read character by character: bool, uuid, bytea, bit strings, and strings with a length
 * (bool.c, uuid.c, varlena.c, encode.c, varbit.c, varchar.c). */
#include "types/literal/check.h"

#include <string.h>

/* ---- Bool ---- */

/* parse_bool: any beginning of a word, in any case; "o" alone is not clear. */
bool input_bool(Literal *in)
{
    static const struct {
        const char *word;
        size_t shortest;
    } words[] = {{"true", 1}, {"false", 1}, {"yes", 1}, {"no", 1}, {"on", 2}, {"off", 2}, {"1", 1}, {"0", 1}};
    const char *start = skip_spaces(in->text), *end = start + strlen(start);
    while (end > start && char_is_space(end[-1]))
        end--;
    const char *given = literal_slice(in, start, end);
    size_t len = (size_t)(end - start);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (len >= words[i].shortest && len <= strlen(words[i].word)) {
            size_t same = 0;
            while (same < len && char_lower(given[same]) == words[i].word[same])
                same++;
            if (same == len)
                return true;
        }
    return literal_bad_syntax(in, "boolean");
}

/* ---- Uuid ---- */

/* string_to_uuid: sixteen bytes, a hyphen after any second one, braces around it all. */
bool input_uuid(Literal *in)
{
    enum { UUID_BYTES = 16 };
    const char *at = in->text;
    bool braces = *at == '{';
    if (braces)
        at++;
    for (int i = 0; i < UUID_BYTES; i++) {
        if (char_hex(at[0]) < 0 || char_hex(at[1]) < 0)
            return literal_bad_syntax(in, "uuid");
        at += 2;
        if (*at == '-' && i % 2 == 1 && i < UUID_BYTES - 1)
            at++;
    }
    if (braces && *at++ != '}')
        return literal_bad_syntax(in, "uuid");
    return *at == '\0' || literal_bad_syntax(in, "uuid");
}

/* ---- Bytea ---- */

/* hex_decode */
static bool read_hex_bytea(Literal *in, const char *at)
{
    bool half = false;
    for (; *at; at++) {
        if (!half && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r'))
            continue;
        if (char_hex(*at) < 0)
            return literal_fail(in, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid hexadecimal digit: \"%.*s\"",
                                (int)char_length(at), at);
        half = !half;
    }
    return !half ||
           literal_fail(in, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid hexadecimal data: odd number of digits");
}

/* byteain: hexadecimal, or text in which a backslash begins three octal digits or another backslash. */
bool input_bytea(Literal *in)
{
    const char *at = in->text;
    if (at[0] == '\\' && at[1] == 'x')
        return read_hex_bytea(in, at + 2);
    while (*at) {
        if (*at != '\\')
            at++;
        else if (at[1] == '\\')
            at += 2;
        else if (at[1] >= '0' && at[1] <= '3' && at[2] >= '0' && at[2] <= '7' && at[3] >= '0' && at[3] <= '7')
            at += 4;
        else
            return literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
    }
    return true;
}

/* ---- Bit strings ---- */

/* A bit string: binary digits or, after an x, hexadecimal ones. */
typedef struct BitText {
    const char *digits;
    bool hex;
    size_t bits;
} BitText;

static BitText bit_text(const char *text)
{
    BitText result = {.digits = text, .hex = *text == 'x' || *text == 'X'};
    if (result.hex || *text == 'b' || *text == 'B')
        result.digits++;
    result.bits = strlen(result.digits) * (result.hex ? 4 : 1);
    return result;
}

static bool check_bits(Literal *in, const BitText *text)
{
    for (const char *at = text->digits; *at; at++)
        if (text->hex ? char_hex(*at) < 0 : *at != '0' && *at != '1')
            return literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "\"%.*s\" is not a valid %s digit",
                                (int)char_length(at), at, text->hex ? "hexadecimal" : "binary");
    return true;
}

bool input_bit(Literal *in)
{
    BitText text = bit_text(in->text);
    if (in->typmod > 0 && text.bits != (size_t)in->typmod)
        return literal_fail(in, SQLSTATE_STRING_DATA_LENGTH_MISMATCH,
                            "bit string length %zu does not match type bit(%d)", text.bits, in->typmod);
    return check_bits(in, &text);
}

bool input_varbit(Literal *in)
{
    BitText text = bit_text(in->text);
    if (in->typmod > 0 && text.bits > (size_t)in->typmod)
        return literal_fail(in, SQLSTATE_STRING_DATA_RIGHT_TRUNCATION,
                            "bit string too long for type bit varying(%d)", in->typmod);
    return check_bits(in, &text);
}

/* ---- Strings with a length ---- */

/* Characters beyond the length may only be spaces. */
static bool check_length(Literal *in, const char *type_name)
{
    enum { LENGTH_HEADER = 4 }; /* that the type modifier counts in */
    int32_t limit = in->typmod - LENGTH_HEADER;
    if (limit < 0)
        return true;
    const char *at = in->text;
    for (; *at && limit > 0; limit--)
        at += char_length(at);
    return at[strspn(at, " ")] == '\0' ||
           literal_fail(in, SQLSTATE_STRING_DATA_RIGHT_TRUNCATION, "value too long for type %s(%d)", type_name,
                        in->typmod - LENGTH_HEADER);
}

bool input_bpchar(Literal *in)
{
    return check_length(in, "character");
}

bool input_varchar(Literal *in)
{
    return check_length(in, "character varying");
}
