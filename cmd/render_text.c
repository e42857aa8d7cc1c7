/* Diagnostics for people:
 *
 *     queries/books.sql:12:12: error[42703]: column "titel" does not exist
 *       12 | SELECT id, titel FROM books WHERE id = $1;
 *          |            ^^^^^
 *       hint: did you mean "title"?
 *     migrations/0001_init.sql:3:5: note: books.title is declared here
 *
 * The whole token is underlined. Tabs are kept in the underline so that it stays aligned; control characters and
 * invalid UTF-8 never reach the terminal; of a very long line the part around the token is shown. */
#include "cmd/render.h"
#include "cmd/text_width.h"

#include <string.h>
#include <unistd.h>

typedef struct Style {
    const char *bold, *red, *yellow, *cyan, *green, *off;
} Style;

static const Style plain = {"", "", "", "", "", ""};
static const Style colored = {"\033[1m", "\033[1;31m", "\033[1;33m", "\033[1;36m", "\033[1;32m", "\033[0m"};

static const char *severity_name(DiagSeverity severity)
{
    switch (severity) {
    case DIAG_ERROR:
        return "error";
    case DIAG_WARNING:
        return "warning";
    case DIAG_NOTE:
        return "note";
    }
    return "";
}

static const char *severity_color(const Style *style, DiagSeverity severity)
{
    switch (severity) {
    case DIAG_ERROR:
        return style->red;
    case DIAG_WARNING:
        return style->yellow;
    case DIAG_NOTE:
        return style->cyan;
    }
    return "";
}

/* Text that may hold anything, on one line or several, without what a terminal would act on. */
static void add_safe(StrBuf *out, const char *text, size_t len)
{
    for (size_t i = 0, size; i < len; i += size) {
        uint32_t character = utf8_decode(text + i, len - i, &size);
        bool control =
            (character < 0x20 && character != '\t' && character != '\n') || (character >= 0x7F && character < 0xA0);
        if (control || character == 0xFFFD)
            strbuf_add(out, "\xEF\xBF\xBD");
        else
            strbuf_add_bytes(out, text + i, size);
    }
}

static void add_place(Arena *arena, StrBuf *out, Span span)
{
    if (!span.file) {
        strbuf_add(out, "querc: ");
        return;
    }
    SourcePosition at = source_position(arena, span.file, span.start);
    add_safe(out, span.file->path, strlen(span.file->path));
    strbuf_printf(out, ":%u:%u: ", at.line, at.column);
}

/* The part of a line to show: all of it, or for a very long one what is around [start, end). */
typedef struct Window {
    size_t first, last; /* bytes of the line */
    bool cut_left, cut_right;
} Window;

/* The character boundary at or up to three bytes before offset; text that is no UTF-8 has them everywhere. */
static size_t character_start(const char *line, size_t offset)
{
    size_t at = offset;
    while (at > 0 && offset - at < 4 && ((unsigned char)line[at] & 0xC0) == 0x80)
        at--;
    return offset - at < 4 ? at : offset;
}

static Window window_around(const char *line, size_t len, size_t start, size_t end)
{
    enum { LONGEST = 240, BEFORE = 60 };
    Window window = {0, len, false, false};
    if (len <= LONGEST)
        return window;
    if (start > BEFORE && end > LONGEST - BEFORE) {
        window.first = character_start(line, start - BEFORE);
        window.cut_left = true;
    }
    if (len - window.first > LONGEST) {
        window.last = character_start(line, window.first + LONGEST);
        window.cut_right = true;
    }
    return window;
}

/* Blanks as wide as the text, tabs kept. */
static void add_blanks(StrBuf *out, const char *text, size_t len)
{
    for (size_t i = 0, size; i < len; i += size) {
        uint32_t character = utf8_decode(text + i, len - i, &size);
        if (character == '\t')
            strbuf_add_char(out, '\t');
        else
            for (int n = character_width(character); n > 0; n--)
                strbuf_add_char(out, ' ');
    }
}

static void add_carets(StrBuf *out, const char *text, size_t len)
{
    size_t columns = 0;
    for (size_t i = 0, size; i < len; i += size)
        columns += (size_t)character_width(utf8_decode(text + i, len - i, &size));
    do
        strbuf_add_char(out, '^');
    while (columns-- > 1);
}

static int count_digits(uint32_t number)
{
    int digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

static void add_source(Arena *arena, StrBuf *out, Span span, const Style *style, const char *color)
{
    SourcePosition at = source_position(arena, span.file, span.start);
    size_t len;
    const char *line = source_line(arena, span.file, at.line, &len);
    size_t start = (size_t)(span.file->text + span.start - line);
    if (start > len)
        start = len;
    size_t end =
        span.end > span.start ? start + (span.end - span.start) : start + token_extent(line + start, len - start);
    if (end > len)
        end = len;
    Window window = window_around(line, len, start, end);
    if (end > window.last)
        end = window.last;
    const char *left = window.cut_left ? "..." : "", *right = window.cut_right ? "..." : "";
    strbuf_printf(out, "  %u | %s", at.line, left);
    add_safe(out, line + window.first, window.last - window.first);
    strbuf_printf(out, "%s\n  %*s | %*s", right, count_digits(at.line), "", (int)strlen(left), "");
    add_blanks(out, line + window.first, start - window.first);
    strbuf_add(out, color);
    add_carets(out, line + start, end - start);
    strbuf_printf(out, "%s\n", style->off);
}

static void add_remark(StrBuf *out, const Style *style, const char *label, const char *text)
{
    if (!text)
        return;
    strbuf_printf(out, "  %s%s:%s ", style->green, label, style->off);
    add_safe(out, text, strlen(text));
    strbuf_add_char(out, '\n');
}

void render_text(Arena *arena, StrBuf *out, const Diag *diag, bool color)
{
    const Style *style = color ? &colored : &plain;
    const char *hue = severity_color(style, diag->severity);
    strbuf_add(out, style->bold);
    add_place(arena, out, diag->span);
    strbuf_printf(out, "%s%s%s", style->off, hue, severity_name(diag->severity));
    if (diag->code)
        strbuf_printf(out, "[%s]", diag->code);
    strbuf_printf(out, ":%s ", style->off);
    add_safe(out, diag->message, strlen(diag->message));
    strbuf_add_char(out, '\n');
    if (diag->span.file)
        add_source(arena, out, diag->span, style, hue);
    add_remark(out, style, "detail", diag->detail);
    add_remark(out, style, "hint", diag->hint);
    for (const DiagNote *note = diag->notes; note; note = note->next) {
        strbuf_add(out, style->bold);
        add_place(arena, out, note->span);
        strbuf_printf(out, "%s%snote:%s ", style->off, style->cyan, style->off);
        add_safe(out, note->message, strlen(note->message));
        strbuf_add_char(out, '\n');
    }
}
