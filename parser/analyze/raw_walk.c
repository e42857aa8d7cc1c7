/* Walking raw parse trees without knowing their nodes: protobuf messages describe themselves. Children are met in
 * the order of the fields, which is that of PostgreSQL's raw_expression_tree_walker. */
#include "analyze/query_parts.h"

static bool meet(const ProtobufCMessage *child, RawVisitor *visit, void *context)
{
    if (!child)
        return true;
    if (child->descriptor == &pg_query__node__descriptor)
        child = raw_message((const AstNode *)child);
    else if (child->descriptor == &pg_query__list__descriptor)
        return raw_walk(child, visit, context);
    if (!child)
        return true;
    if (child->descriptor == &pg_query__list__descriptor)
        return raw_walk(child, visit, context);
    return visit(child, context);
}

static bool is_set(const char *base, const ProtobufCFieldDescriptor *field)
{
    if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
        return true;
    return *(const uint32_t *)(base + field->quantifier_offset) == field->id;
}

bool raw_walk(const ProtobufCMessage *message, RawVisitor *visit, void *context)
{
    const char *base = (const char *)message;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE || !is_set(base, field))
            continue;
        const void *place = base + field->offset;
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            if (!meet(*(ProtobufCMessage *const *)place, visit, context))
                return false;
            continue;
        }
        size_t n = *(const size_t *)(base + field->quantifier_offset);
        ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)place;
        for (size_t k = 0; k < n; k++) {
            if (!meet(items[k], visit, context))
                return false;
        }
    }
    return true;
}

const ProtobufCMessage *raw_message(const AstNode *node)
{
    /* Every member of the union that is a message is a pointer to one. */
    return ast_kind(node) == AST_NONE ? NULL : (const ProtobufCMessage *)node->alias;
}
