/* Reading and parsing, the larger part of a run, on all processors. */
#ifndef QUERC_CMD_PARSE_TEXTS_H
#define QUERC_CMD_PARSE_TEXTS_H

#include "ast/ast.h"
#include "source/queries.h"

/* A text to parse and what came of it. Its diagnostics wait here until its turn comes, so that their order does not
 * depend on which thread was faster. */
typedef struct ParsedText {
    const SqlText *sql;
    const char *query; /* for its diagnostics, or NULL */
    AstStatements statements;
    Diags diags;
} ParsedText;

/* Parses all of them. Trees live in the arena, in parts of it of each thread's own. */
void parse_texts(Arena *arena, ParsedText *texts, size_t n);

/* A query file and the queries it was cut into. */
typedef struct CutFile {
    SourceFile *source;
    QueryFile queries;
    Diags diags;
} CutFile;

void cut_files(Arena *arena, CutFile *files, size_t n);

#endif
