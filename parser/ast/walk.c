/* The walk follows protobuf's own description of each message, so that no kind of node can be forgotten. */
#include "ast/walk.h"

static const void *at(const ProtobufCMessage *message, unsigned offset)
{
    return (const char *)message + offset;
}

static bool visit_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, AstVisitor *visit,
                        void *context)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t n = *(const size_t *)at(message, field->quantifier_offset);
        ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)at(message, field->offset);
        for (size_t i = 0; i < n; i++)
            if (visit(items[i], context))
                return true;
        return false;
    }
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
        uint32_t chosen = *(const uint32_t *)at(message, field->quantifier_offset);
        if (chosen != field->id)
            return false;
    }
    const ProtobufCMessage *child = *(const ProtobufCMessage *const *)at(message, field->offset);
    return child && visit(child, context);
}

bool ast_walk(const ProtobufCMessage *message, AstVisitor *visit, void *context)
{
    const ProtobufCMessageDescriptor *descriptor = message->descriptor;
    if (descriptor == &pg_query__node__descriptor) {
        /* one of two hundred fields is set: find it by its number */
        const PgQuery__Node *node = (const PgQuery__Node *)message;
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field(descriptor, (unsigned)node->node_case);
        return field && visit_field(message, field, visit, context);
    }
    for (unsigned i = 0; i < descriptor->n_fields; i++)
        if (descriptor->fields[i].type == PROTOBUF_C_TYPE_MESSAGE &&
            visit_field(message, &descriptor->fields[i], visit, context))
            return true;
    return false;
}
