/* What the files that read annotated queries share. */
#ifndef QUERC_SOURCE_QUERIES_PRIVATE_H
#define QUERC_SOURCE_QUERIES_PRIVATE_H

#include "base/vec.h"
#include "source/queries.h"
#include "source/scan.h"

/* The code of mistakes that PostgreSQL has no SQLSTATE for. */
#define ANNOTATION_ERROR "annotation"

/* ---- annotation.c: what a comment says ---- */

/* A comment of the file, or one line of a block comment. `text` up to `text_end` is what it says, without signs and
 * outer blanks. */
typedef struct Comment {
    uint32_t start, end;
    uint32_t text, text_end;
    bool own_line;     /* nothing but blanks before it on its line */
    bool in_statement; /* it stands between the tokens of a statement */
    bool name_line;    /* it names a query, or was meant to */
    bool used;         /* an annotation that was read */
} Comment;

typedef struct Comments {
    Comment *items;
    size_t len, cap;
} Comments;

typedef enum NameLine { NAME_LINE_NONE, NAME_LINE_GOOD, NAME_LINE_BAD } NameLine;

/* Reads `name: X :command`. NONE: the comment is something else; BAD: it was meant to be one, and is reported.
 * Fills name, command and their spans. */
NameLine annotation_read_name(Arena *arena, SourceFile *file, const Comment *comment, Diags *diags,
                              AnnotatedQuery *query);

/* The comment is one of the annotations that only querc has, and so no accident. */
bool annotation_is_ours(SourceFile *file, const Comment *comment);
/* Reads `@column ...` and its like into the query; false when it is no annotation but documentation. `@param` needs
 * the query's parameters. */
bool annotation_read_flag(Arena *arena, SourceFile *file, const Comment *comment, Diags *diags,
                          AnnotatedQuery *query);

/* ---- macros.c ---- */

/* Makes query->sql, params and embeds of the statement at [start, end) of `text`, which has the file's length and
 * differs from it only in blanked bytes. false when a mistake was reported. */
bool macros_rewrite(Arena *arena, const SqlText *text, uint32_t start, uint32_t end, Diags *diags,
                    AnnotatedQuery *query);

/* ---- docs.c: which comments document a query ---- */

/* Where the run of comments directly above comment number `name` begins: on lines of their own, without an empty
 * line between, at or after byte `after`. It is `name` itself when there is none. */
size_t docs_begin(SourceFile *file, const Comments *comments, size_t name, uint32_t after);

/* The documentation of the query that comment number `name` names: the comments from `begin`, unless they are a
 * banner over a group of queries, and those after it that come before its statement at `end`. NULL for none. */
const char *docs_text(Arena *arena, SourceFile *file, const Comments *comments, size_t begin, size_t name,
                      uint32_t end);

#endif
