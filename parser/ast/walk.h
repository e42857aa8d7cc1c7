/* Walking raw parse trees, whatever is in them. */
#ifndef QUERC_AST_WALK_H
#define QUERC_AST_WALK_H

#include "ast/nodes.h"

#include <stdbool.h>

/* Calls visit for each message directly inside this one, in the order of its fields, the Node wrappers included;
 * stops and gives true as soon as visit does. What a message is its descriptor tells: message->descriptor ==
 * &pg_query__range_var__descriptor. */
typedef bool AstVisitor(const ProtobufCMessage *message, void *context);
bool ast_walk(const ProtobufCMessage *message, AstVisitor *visit, void *context);

/* Whether two trees are the same, wherever they stand in the text; NULL is only equal to NULL. */
bool ast_equal(const ProtobufCMessage *a, const ProtobufCMessage *b);

#endif
