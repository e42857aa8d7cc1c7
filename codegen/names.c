/* Identifiers: words, transliteration, scopes. */
#include "codegen/names.h"

#include "base/strbuf.h"

#include <stdint.h>
#include <string.h>

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_upper(c) || is_lower(c) || is_digit(c);
}

/* ---- Transliteration ----------------------------------------------------------------------------------------- */

/* U+00C0 to U+017F, the letters of most languages in Latin script, without their marks. */
static const char *const latin[] = {
    "A", "A", "A",  "A", "A", "A", "AE", "C",  "E", "E", "E",  "E",  "I", "I", "I",  "I",  "D", "N", "O",  "O",
    "O", "O", "O",  "",  "O", "U", "U",  "U",  "U", "Y", "Th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e", "i", "i", "i",  "i",  "d", "n", "o",  "o",  "o", "o", "o",  "",   "o", "u", "u",  "u",
    "u", "y", "th", "y", "A", "a", "A",  "a",  "A", "a", "C",  "c",  "C", "c", "C",  "c",  "C", "c", "D",  "d",
    "D", "d", "E",  "e", "E", "e", "E",  "e",  "E", "e", "E",  "e",  "G", "g", "G",  "g",  "G", "g", "G",  "g",
    "H", "h", "H",  "h", "I", "i", "I",  "i",  "I", "i", "I",  "i",  "I", "i", "IJ", "ij", "J", "j", "K",  "k",
    "k", "L", "l",  "L", "l", "L", "l",  "L",  "l", "L", "l",  "N",  "n", "N", "n",  "N",  "n", "n", "N",  "n",
    "O", "o", "O",  "o", "O", "o", "OE", "oe", "R", "r", "R",  "r",  "R", "r", "S",  "s",  "S", "s", "S",  "s",
    "S", "s", "T",  "t", "T", "t", "T",  "t",  "U", "u", "U",  "u",  "U", "u", "U",  "u",  "U", "u", "U",  "u",
    "W", "w", "Y",  "y", "Y", "Z", "z",  "Z",  "z", "Z", "z",  "s",
};

/* The code point at *text, which is moved on; a byte that begins none counts as itself. */
static uint32_t next_code(const char **text)
{
    const unsigned char *b = (const unsigned char *)*text;
    size_t len = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : b[0] >= 0xC0 ? 2 : 1;
    uint32_t code = len == 1 ? b[0] : b[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((b[i] & 0xC0) != 0x80) {
            len = 1;
            code = b[0];
            break;
        }
        code = code << 6 | (b[i] & 0x3F);
    }
    *text += len;
    return code;
}

/* The name in ASCII: letters and digits as they are or as they can be written, "_" for all else. A letter of
 * another script is a word of its own, "u0436". */
static void transliterate(StrBuf *out, const char *name)
{
    while (*name != '\0') {
        uint32_t code = next_code(&name);
        if (code < 0x80)
            strbuf_add_char(out, is_word((char)code) ? (char)code : '_');
        else if (code < 0xC0)
            strbuf_add_char(out, '_');
        else if (code < 0xC0 + sizeof latin / sizeof latin[0])
            strbuf_add(out, latin[code - 0xC0][0] == '\0' ? "_" : latin[code - 0xC0]);
        else
            strbuf_printf(out, "_u%04x_", code);
    }
}

/* ---- Words --------------------------------------------------------------------------------------------------- */

/* Whether a word begins at text[i], i > 0, both it and the character before being letters or digits. An acronym's
 * last capital begins the next word ("HTTPServer"), but not before the "s" of its plural ("UserIDs"). */
static bool word_begins(const char *text, size_t i)
{
    if (!is_upper(text[i]))
        return false;
    if (!is_upper(text[i - 1]))
        return true;
    bool plural = text[i + 1] == 's' && !is_lower(text[i + 2]) && !is_digit(text[i + 2]);
    return is_lower(text[i + 1]) && !plural;
}

const char *name_snake(Arena *arena, const char *name)
{
    StrBuf ascii, out;
    strbuf_init(&ascii);
    strbuf_init(&out);
    transliterate(&ascii, name);
    for (size_t i = 0; i < ascii.len; i++) {
        char c = ascii.text[i];
        if (!is_word(c))
            continue;
        bool begins = i > 0 && (!is_word(ascii.text[i - 1]) || word_begins(ascii.text, i));
        if (begins && out.len > 0)
            strbuf_add_char(&out, '_');
        strbuf_add_char(&out, is_upper(c) ? (char)(c - 'A' + 'a') : c);
    }
    char *snake = arena_strndup(arena, out.len == 0 ? "" : out.text, out.len);
    strbuf_release(&ascii);
    strbuf_release(&out);
    return snake;
}

const char *name_upper(Arena *arena, const char *name)
{
    char *upper = arena_strdup(arena, name);
    for (char *c = upper; *c != '\0'; c++)
        if (is_lower(*c))
            *c = (char)(*c - 'a' + 'A');
    return upper;
}

/* ---- Identifiers --------------------------------------------------------------------------------------------- */

bool name_is_identifier(const char *name)
{
    if (*name == '\0' || is_digit(*name))
        return false;
    for (; *name != '\0'; name++)
        if (!is_word(*name) && *name != '_')
            return false;
    return true;
}

static const char *legal_start(Arena *arena, const char *name)
{
    return is_digit(name[0]) ? arena_printf(arena, "n%s", name) : name;
}

const char *name_member(Arena *arena, const char *name, const char *fallback)
{
    const char *snake = name_snake(arena, name);
    if (*snake == '\0')
        return fallback;
    if (name[0] == '_')
        return arena_printf(arena, "_%s", snake);
    snake = legal_start(arena, snake);
    return name_is_keyword(snake) ? arena_printf(arena, "%s_", snake) : snake;
}

const char *name_derive(Arena *arena, const char *name, const char *suffix)
{
    size_t len = strlen(name);
    bool separated = len > 0 && name[len - 1] == '_';
    return arena_printf(arena, "%s%s%s", name, separated ? "" : "_", suffix);
}

/* ---- Scopes -------------------------------------------------------------------------------------------------- */

static const char *numbered(Arena *arena, const StrMap *taken, const char *name)
{
    const char *candidate = name;
    for (unsigned n = 2; strmap_get(taken, candidate) != NULL; n++)
        candidate = name_derive(arena, name, arena_printf(arena, "%u", n));
    return candidate;
}

const char *scope_take(NameScope *scope, const char *name)
{
    const char *free_name = numbered(scope->arena, &scope->taken, name);
    strmap_put(scope->arena, &scope->taken, free_name, (void *)(uintptr_t)free_name);
    return free_name;
}

const char *globals_name(const Globals *globals, const char *base)
{
    Arena *arena = globals->arena;
    if (globals->prefix[0] != '\0')
        return arena_printf(arena, "%s%s", globals->prefix, base);
    base = legal_start(arena, base);
    return name_is_keyword(base) || name_is_library(base) ? arena_printf(arena, "%s_", base) : base;
}

const char *globals_claim(Globals *globals, const char *name, const char *owner)
{
    const char *other = strmap_get(&globals->owners, name);
    if (other == NULL)
        strmap_put(globals->arena, &globals->owners, name, (void *)(uintptr_t)owner);
    return other;
}

const char *globals_take(Globals *globals, const char *name, const char *owner)
{
    const char *free_name = numbered(globals->arena, &globals->owners, name);
    globals_claim(globals, free_name, owner);
    return free_name;
}
