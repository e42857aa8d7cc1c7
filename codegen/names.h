/* C names from SQL names.
 *
 * Every name is made in the same steps: the words of the SQL or query name in snake_case, characters other than
 * ASCII letters and digits transliterated, then whatever C asks for: no leading digit, no keyword of C or C++,
 * nothing that another symbol of the program has. Each step depends on the name alone, so that names stay what they
 * are when something else is added to a project. */
#ifndef QUERC_CODEGEN_NAMES_H
#define QUERC_CODEGEN_NAMES_H

#include "base/arena.h"
#include "base/map.h"

#include <stdbool.h>

/* "GetBookByISBN" to "get_book_by_isbn", "größe" to "grosse"; "" when no letter or digit is in it. */
const char *name_snake(Arena *arena, const char *name);
const char *name_upper(Arena *arena, const char *name);
/* Of a plural English noun, as sqlc has it: "books" to "book", "user_statuses" to "user_status". */
const char *name_singular(Arena *arena, const char *name);

/* Letters, digits and "_", no digit first. */
bool name_is_identifier(const char *name);
/* Of C up to C23 or C++ up to C++20, or a macro or type that <stdint.h>, <errno.h> and the like define. */
bool name_is_keyword(const char *name);
/* A global name that the C library has, or that libquerc may have. */
bool name_is_library(const char *name);

/* For a struct member or parameter; fallback is taken when nothing of the name is left. */
const char *name_member(Arena *arena, const char *name, const char *fallback);

/* name_suffix, with one "_" between them: C++ keeps names with two in a row for itself. */
const char *name_derive(Arena *arena, const char *name, const char *suffix);

/* The names taken within a struct or a parameter list. A zeroed one, but for the arena, is empty. */
typedef struct NameScope {
    Arena *arena;
    StrMap taken;
} NameScope;

/* name, or name_2, name_3 ... */
const char *scope_take(NameScope *scope, const char *name);

/* The names that a project's files define at file scope. */
typedef struct Globals {
    Arena *arena;
    const char *prefix; /* "" or with the "_" at its end */
    StrMap owners;      /* name to what has it, for messages */
} Globals;

/* base with the prefix before it; with a "_" at the end if C would not take it. */
const char *globals_name(const Globals *globals, const char *base);
/* Takes a name for what is described by owner. Gives NULL, or the owner that has it already. */
const char *globals_claim(Globals *globals, const char *name, const char *owner);
/* name, or name_2, name_3 ..., claimed. */
const char *globals_take(Globals *globals, const char *name, const char *owner);

#endif
