/* What the files of the bridge share. */
#ifndef QUERC_AST_PRIVATE_H
#define QUERC_AST_PRIVATE_H

#include "ast/ast.h"

/* The tree that libpg_query gave for sql. NULL when it could not be read. */
PgQuery__ParseResult *tree_from_json(Arena *arena, const char *json, const char *sql, size_t len);
PgQuery__ParseResult *tree_from_protobuf(Arena *arena, size_t len, const char *data);

/* An upper bound of how deeply the parse tree of the text nests, from its lexemes: the deepest statement counts. A
 * bound up to `enough` need not be sharp. */
size_t depth_estimate(const char *text, size_t len, size_t enough);

/* How deeply messages nest in the tree. */
size_t tree_depth(const ProtobufCMessage *message);
/* Adds shift to every known location in the tree. */
void tree_shift(ProtobufCMessage *message, int32_t shift);

/* Reports what libpg_query's grammar takes and PostgreSQL's does not; `base` is where the text that was parsed
 * begins in the SqlText. */
bool grammar_check(const SqlText *sql, size_t base, const AstNode *statement, Diags *diags);

#endif
