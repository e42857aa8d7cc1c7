/* The few ways in which text gets into a generated file. */
#include "codegen/writer.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The longest string literal, without its NUL, that a C99 compiler has to take (C99 5.2.4.1). */
enum { LONGEST_LITERAL = 4095 };

static const char *binding_value(const Binding *bindings, size_t n, const char *name, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(bindings[i].name) == len && memcmp(bindings[i].name, name, len) == 0)
            return bindings[i].value;
    assert(false && "a name in a template is not bound");
    return "";
}

void write_template(StrBuf *out, const char *template, const Binding *bindings, size_t nbindings)
{
    for (const char *at = template; *at != '\0';) {
        const char *dollar = strstr(at, "${");
        if (dollar == NULL) {
            strbuf_add(out, at);
            return;
        }
        const char *end = strchr(dollar, '}');
        assert(end != NULL);
        strbuf_add_bytes(out, at, (size_t)(dollar - at));
        strbuf_add(out, binding_value(bindings, nbindings, dollar + 2, (size_t)(end - dollar - 2)));
        at = end + 1;
    }
}

void write_list(StrBuf *out, const char *head, const char *const *items, size_t nitems, const char *tail)
{
    size_t indent = strlen(head);
    size_t column = indent;
    strbuf_add(out, head);
    for (size_t i = 0; i < nitems; i++) {
        size_t room = strlen(items[i]) + (i + 1 < nitems ? 1 : strlen(tail));
        if (i > 0 && column + 1 + room > WRITER_WIDTH) {
            strbuf_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (i > 0) {
            strbuf_add_char(out, ' ');
            column++;
        }
        strbuf_add(out, items[i]);
        if (i + 1 < nitems)
            strbuf_add_char(out, ',');
        column += strlen(items[i]) + 1;
    }
    strbuf_add(out, tail);
}

/* ---- Characters ---------------------------------------------------------------------------------------------- */

/* The length of the well-formed UTF-8 sequence at text, or 0. *code is its code point. */
static size_t utf8_sequence(const char *text, uint32_t *code)
{
    const unsigned char *b = (const unsigned char *)text;
    size_t len = b[0] < 0x80                   ? 1
                 : b[0] >= 0xC2 && b[0] < 0xE0 ? 2
                 : (b[0] & 0xF0) == 0xE0       ? 3
                 : b[0] < 0xF5                 ? 4
                                               : 0;
    if (len <= 1) {
        *code = b[0];
        return len;
    }
    if (b[0] < 0xC2)
        return 0;
    *code = b[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0;
        *code = *code << 6 | (b[i] & 0x3F);
    }
    bool overlong = (len == 3 && *code < 0x800) || (len == 4 && *code < 0x10000);
    bool surrogate = *code >= 0xD800 && *code < 0xE000;
    return overlong || surrogate || *code > 0x10FFFF ? 0 : len;
}

/* Characters that change how the text around them is displayed: controls, and marks of direction, with which a
 * comment or literal could be made to look like code (compilers warn of them). */
static bool is_deceptive(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

/* ---- Comments ------------------------------------------------------------------------------------------------ */

/* Characters of a comment up to a line end, or the end of text; gives where it stopped. */
static const char *write_comment_line(StrBuf *out, const char *text)
{
    char last = ' ';
    while (*text != '\0' && *text != '\n') {
        uint32_t code;
        size_t len = utf8_sequence(text, &code);
        if (*text == '\r' && text[1] == '\n') {
            text++;
            continue;
        }
        /* the ends and beginnings of comments, and trigraphs */
        if ((last == '*' && *text == '/') || (last == '/' && *text == '*') || (last == '?' && *text == '?'))
            strbuf_add_char(out, ' ');
        if (*text == '\t')
            strbuf_add_char(out, '\t');
        else if (len == 0 || is_deceptive(code))
            strbuf_add_char(out, '?');
        else
            strbuf_add_bytes(out, text, len);
        last = len == 1 ? *text : 'x';
        text += len == 0 ? 1 : len;
    }
    return text;
}

static void trim_trailing_space(StrBuf *out)
{
    while (out->len > 0 && (out->text[out->len - 1] == ' ' || out->text[out->len - 1] == '\t'))
        out->text[--out->len] = '\0';
}

void write_comment_text(StrBuf *out, const char *first_start, const char *line_start, const char *text)
{
    for (const char *start = first_start;; start = line_start) {
        strbuf_add(out, start);
        text = write_comment_line(out, text);
        trim_trailing_space(out);
        strbuf_add_char(out, '\n');
        if (text[strspn(text, " \t\r\n")] == '\0')
            return;
        text++;
    }
}

void write_comment_inline(StrBuf *out, const char *text)
{
    while (*(text = write_comment_line(out, text)) == '\n') {
        strbuf_add_char(out, ' ');
        text++;
    }
}

/* ---- Literals ------------------------------------------------------------------------------------------------ */

/* One character of a literal; last is the one before it. Gives the number of bytes of text that it used. */
static size_t write_literal_char(StrBuf *out, const char *text, char last)
{
    uint32_t code;
    size_t len = utf8_sequence(text, &code);
    if (*text == '\n')
        strbuf_add(out, "\\n");
    else if (*text == '\t')
        strbuf_add(out, "\\t");
    else if (*text == '"' || *text == '\\' || (*text == '?' && last == '?'))
        strbuf_printf(out, "\\%c", *text);
    else if (len != 0 && !is_deceptive(code)) {
        strbuf_add_bytes(out, text, len);
        return len;
    } else {
        len = len == 0 ? 1 : len;
        for (size_t i = 0; i < len; i++)
            strbuf_printf(out, "\\%03o", (unsigned char)text[i]);
        return len;
    }
    return 1;
}

void write_string(StrBuf *out, const char *indent, const char *text)
{
    char last = ' ';
    strbuf_add_char(out, '"');
    while (*text != '\0') {
        size_t len = write_literal_char(out, text, last);
        last = *text;
        text += len;
        if (last == '\n' && *text != '\0') {
            strbuf_printf(out, "\"\n%s\"", indent);
            last = ' ';
        }
    }
    strbuf_add_char(out, '"');
}

bool writer_needs_char_array(const char *text)
{
    return strlen(text) > LONGEST_LITERAL;
}

static void write_char_constant(StrBuf *out, unsigned char c)
{
    if (c == '\n')
        strbuf_add(out, "'\\n'");
    else if (c == '\'' || c == '\\')
        strbuf_printf(out, "'\\%c'", c);
    else if (c >= 0x20 && c < 0x7F)
        strbuf_printf(out, "'%c'", c);
    else
        strbuf_printf(out, "'\\%03o'", c);
}

void write_char_array(StrBuf *out, const char *indent, const char *text)
{
    enum { PER_LINE = 16 };
    strbuf_add_char(out, '{');
    size_t n = 0;
    for (; text[n] != '\0'; n++) {
        if (n > 0)
            strbuf_add_char(out, ',');
        if (n % PER_LINE == 0)
            strbuf_printf(out, "\n%s", indent);
        else
            strbuf_add_char(out, ' ');
        write_char_constant(out, (unsigned char)text[n]);
    }
    strbuf_printf(out, "%s 0}", n > 0 ? "," : "");
}
