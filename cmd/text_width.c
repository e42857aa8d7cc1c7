/* Characters, their widths, and the extent of a token whose first byte is known.
 *
 * Widths follow Unicode's East Asian Width (W and F) and the combining classes in ranges wide enough for the
 * purpose of putting a caret under the right column; wcwidth() would depend on the locale. */
#include "cmd/text_width.h"

#include <stdbool.h>
#include <string.h>

uint32_t utf8_decode(const char *text, size_t len, size_t *size)
{
    const unsigned char *byte = (const unsigned char *)text;
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = byte[0] < 0x80 ? 1 : (byte[0] & 0xE0) == 0xC0 ? 2 : (byte[0] & 0xF0) == 0xE0 ? 3 : 4;
    *size = 1;
    if (n == 1)
        return byte[0];
    if (n > len || byte[0] < 0xC2 || byte[0] > 0xF4)
        return 0xFFFD;
    uint32_t character = byte[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0xFFFD;
        character = character << 6 | (byte[i] & 0x3F);
    }
    if (character < smallest[n] || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
        return 0xFFFD;
    *size = n;
    return character;
}

typedef struct Range {
    uint32_t first, last;
} Range;

static bool in_ranges(uint32_t character, const Range *ranges, size_t n)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (character > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && ranges[low].first <= character;
}

int character_width(uint32_t character)
{
    static const Range zero[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x0610, 0x061A}, {0x064B, 0x065F},
        {0x0900, 0x0902}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
        {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},   {0x20D0, 0x20F0}, {0xFE00, 0xFE0F},
        {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
    };
    static const Range wide[] = {
        {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
    };
    if (character < 0x300)
        return 1;
    if (in_ranges(character, zero, sizeof zero / sizeof *zero))
        return 0;
    return in_ranges(character, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

/* PostgreSQL's ident_cont. */
static bool is_identifier_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Up to and with the closing quote; a doubled one is part of the token. */
static size_t quoted_extent(const char *text, size_t len)
{
    size_t i = 1;
    while (i < len) {
        if (text[i] != text[0])
            i++;
        else if (i + 1 < len && text[i + 1] == text[0])
            i += 2;
        else
            return i + 1;
    }
    return len;
}

static size_t number_extent(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && (is_identifier_byte(text[i]) || (text[i] == '.' && i + 1 < len && is_digit(text[i + 1])) ||
                       ((text[i] == '+' || text[i] == '-') && (text[i - 1] == 'e' || text[i - 1] == 'E'))))
        i++;
    return i;
}

static size_t identifier_extent(const char *text, size_t len)
{
    size_t i = 1;
    while (i < len && is_identifier_byte(text[i]))
        i++;
    return i;
}

/* E'…', B'…', X'…', N'…', U&'…' and U&"…": the length of what stands before the quote, else 0. */
static size_t quote_prefix(const char *text, size_t len)
{
    if (len > 1 && strchr("eEbBxXnN", *text) && text[1] == '\'')
        return 1;
    return len > 2 && (*text == 'u' || *text == 'U') && text[1] == '&' && (text[2] == '\'' || text[2] == '"') ? 2
                                                                                                              : 0;
}

static bool begins_identifier(const char *text, size_t len)
{
    return len && (is_identifier_byte(*text) || *text == '"') && !is_digit(*text);
}

/* A name with its qualification: what a position points to when it points to a column or relation. */
static size_t name_extent(const char *text, size_t len)
{
    size_t i = *text == '"' ? quoted_extent(text, len) : identifier_extent(text, len);
    if (i + 1 < len && text[i] == '.' && text[i + 1] == '*')
        return i + 2;
    if (i + 1 < len && text[i] == '.' && begins_identifier(text + i + 1, len - i - 1))
        return i + 1 + name_extent(text + i + 1, len - i - 1);
    return i;
}

size_t token_extent(const char *text, size_t len)
{
    static const char operators[] = "+-*/<>=~!@#%^&|`?";
    if (!len)
        return 0;
    size_t i = quote_prefix(text, len);
    if (i || *text == '\'')
        return i + quoted_extent(text + i, len - i);
    if (is_digit(*text) || (*text == '.' && len > 1 && is_digit(text[1])))
        return number_extent(text, len);
    if (*text == '$' || (*text == '@' && len > 1 && is_identifier_byte(text[1])))
        return identifier_extent(text, len);
    if (begins_identifier(text, len))
        return name_extent(text, len);
    while (i < len && text[i] && strchr(operators, text[i]))
        i++;
    if (!i && len > 1 && !strncmp(text, "::", 2))
        return 2;
    return i ? i : 1;
}
