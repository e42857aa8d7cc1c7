/* Text for C files: templates, wrapped lists, comments and string literals.
 *
 * What generated code looks like is written in the templates of the print_*.c files; nothing there counts columns
 * or escapes characters by hand. */
#ifndef QUERC_CODEGEN_WRITER_H
#define QUERC_CODEGEN_WRITER_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

/* Lines of generated code are broken after this many columns where they can be. */
enum { WRITER_WIDTH = 112 };

/* What ${name} stands for. */
typedef struct Binding {
    const char *name, *value;
} Binding;

/* Writes the template with each ${name} replaced; a name that is not bound is a programming error. */
void write_template(StrBuf *out, const char *template, const Binding *bindings, size_t nbindings);
#define WRITE(out, template, ...)                                                                                  \
    write_template((out), (template), (const Binding[]){__VA_ARGS__},                                              \
                   sizeof((const Binding[]){__VA_ARGS__}) / sizeof(Binding))

/* "head" "item, item, item" "tail", broken between items when too long, with the items under one another. The head
 * starts at the beginning of a line. */
void write_list(StrBuf *out, const char *head, const char *const *items, size_t nitems, const char *tail);

/* The lines of text as lines of a block comment, the first one after first_start and others after line_start.
 * Whatever would end the comment, begin another or mean something to the preprocessor is taken apart; what would
 * display other than it reads becomes '?'. */
void write_comment_text(StrBuf *out, const char *first_start, const char *line_start, const char *text);
/* The same without line breaks, for a comment beside code. */
void write_comment_inline(StrBuf *out, const char *text);

/* A C string literal, in one piece a line of the text, further lines starting with indent. Longer texts than C99
 * promises to take (4,095 characters) can't be literals: see write_char_array. */
void write_string(StrBuf *out, const char *indent, const char *text);
bool writer_needs_char_array(const char *text);
/* The same as the initializer of a char array. */
void write_char_array(StrBuf *out, const char *indent, const char *text);

#endif
