/* A growing text buffer on the heap, after git's. Always terminated; `_init` once, `_release` at the end, `_clear`
 * to reuse. */
#ifndef QUERC_BASE_STRBUF_H
#define QUERC_BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

typedef struct StrBuf {
    char *text;
    size_t len, cap;
} StrBuf;

void strbuf_init(StrBuf *buf);
void strbuf_release(StrBuf *buf);
void strbuf_clear(StrBuf *buf);
void strbuf_add(StrBuf *buf, const char *text);
void strbuf_add_bytes(StrBuf *buf, const char *bytes, size_t len);
void strbuf_add_char(StrBuf *buf, char c);
void strbuf_printf(StrBuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vprintf(StrBuf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#endif
