/* Which comments document a query, and what they say. */
#include "source/queries_private.h"

#include "base/strbuf.h"

#include <string.h>

/* The number of line ends in [start, end). */
static size_t count_lines(SourceFile *file, uint32_t start, uint32_t end)
{
    size_t n = 0;
    for (uint32_t i = start; i < end; i++)
        n += file->text[i] == '\n';
    return n;
}

size_t docs_begin(SourceFile *file, const Comments *comments, size_t name, uint32_t after)
{
    size_t begin = name;
    while (begin > 0) {
        const Comment *above = &comments->items[begin - 1];
        if (!above->own_line || above->name_line || above->in_statement || above->start < after ||
            count_lines(file, above->end, comments->items[begin].start) > 1)
            break;
        begin--;
    }
    return begin;
}

/* A line drawn with signs, as around the headings of a file. */
static bool is_rule(SourceFile *file, const Comment *comment)
{
    size_t len = comment->text_end - comment->text;
    if (len < 3)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!strchr("-=*#_~+", file->text[comment->text + i]))
            return false;
    return true;
}

static void add_lines(StrBuf *text, SourceFile *file, const Comments *comments, size_t from, size_t to,
                      uint32_t end)
{
    for (size_t i = from; i < to; i++) {
        const Comment *comment = &comments->items[i];
        if (comment->start >= end || comment->in_statement || comment->used)
            continue;
        if (text->len > 0)
            strbuf_add_char(text, '\n');
        else if (comment->text == comment->text_end)
            continue; /* no empty lines at the beginning */
        strbuf_add_bytes(text, file->text + comment->text, comment->text_end - comment->text);
    }
}

const char *docs_text(Arena *arena, SourceFile *file, const Comments *comments, size_t begin, size_t name,
                      uint32_t end)
{
    bool banner = false;
    for (size_t i = begin; i < name; i++)
        banner |= is_rule(file, &comments->items[i]);
    StrBuf text;
    strbuf_init(&text);
    if (!banner)
        add_lines(&text, file, comments, begin, name, end);
    size_t after = name + 1;
    while (after < comments->len && !comments->items[after].name_line && comments->items[after].start < end)
        after++;
    add_lines(&text, file, comments, name + 1, after, end);
    size_t len = text.len;
    while (len > 0 && text.text[len - 1] == '\n')
        len--;
    const char *docs = len > 0 ? arena_strndup(arena, text.text, len) : NULL;
    strbuf_release(&text);
    return docs;
}
