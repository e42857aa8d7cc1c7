/* Growing text buffers. */
#include "base/strbuf.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void strbuf_grow(StrBuf *buf, size_t extra)
{
    size_t need = buf->len + extra + 1;
    if (need <= buf->cap)
        return;
    buf->cap = need > buf->cap * 2 ? need : buf->cap * 2;
    buf->text = xrealloc(buf->text, buf->cap);
}

void strbuf_init(StrBuf *buf)
{
    *buf = (StrBuf){0};
    strbuf_grow(buf, 63);
    buf->text[0] = '\0';
}

void strbuf_release(StrBuf *buf)
{
    free(buf->text);
    *buf = (StrBuf){0};
}

void strbuf_clear(StrBuf *buf)
{
    buf->len = 0;
    buf->text[0] = '\0';
}

void strbuf_add_bytes(StrBuf *buf, const char *bytes, size_t len)
{
    strbuf_grow(buf, len);
    if (len)
        memcpy(buf->text + buf->len, bytes, len);
    buf->len += len;
    buf->text[buf->len] = '\0';
}

void strbuf_add(StrBuf *buf, const char *text)
{
    strbuf_add_bytes(buf, text, strlen(text));
}

void strbuf_add_char(StrBuf *buf, char c)
{
    strbuf_grow(buf, 1);
    buf->text[buf->len++] = c;
    buf->text[buf->len] = '\0';
}

void strbuf_vprintf(StrBuf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    size_t room = buf->cap - buf->len;
    int len = vsnprintf(buf->text + buf->len, room, format, args);
    if (len > 0 && (size_t)len >= room) {
        strbuf_grow(buf, (size_t)len);
        vsnprintf(buf->text + buf->len, (size_t)len + 1, format, again);
    }
    if (len > 0)
        buf->len += (size_t)len;
    va_end(again);
}

void strbuf_printf(StrBuf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vprintf(buf, format, args);
    va_end(args);
}
