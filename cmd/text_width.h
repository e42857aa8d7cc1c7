/* How text looks on a terminal: characters of UTF-8, and the columns they take. */
#ifndef QUERC_CMD_TEXT_WIDTH_H
#define QUERC_CMD_TEXT_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/* The character at the start of text (len > 0) and in *size the bytes it takes. An invalid byte is U+FFFD of one
 * byte. */
uint32_t utf8_decode(const char *text, size_t len, size_t *size);
/* Columns a terminal gives the character: 0 for combining ones, 2 for East Asian wide ones. */
int character_width(uint32_t character);
/* Bytes of the SQL token that begins at text. At least 1 unless len is 0. */
size_t token_extent(const char *text, size_t len);

#endif
