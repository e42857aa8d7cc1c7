/* Walks over protobuf messages of any kind by their descriptors. */
#include "ast/ast_private.h"

#include <string.h>

/* Calls visit for each message directly inside one. */
static void each_part(ProtobufCMessage *message, void (*visit)(ProtobufCMessage *part, void *context),
                      void *context)
{
    const ProtobufCMessageDescriptor *descriptor = message->descriptor;
    char *base = (char *)message;
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
            size_t n = *(size_t *)(void *)(base + field->quantifier_offset);
            ProtobufCMessage **parts = *(ProtobufCMessage ***)(void *)(base + field->offset);
            for (size_t k = 0; k < n; k++)
                visit(parts[k], context);
            continue;
        }
        /* all members of a oneof share one place */
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) &&
            *(uint32_t *)(void *)(base + field->quantifier_offset) != field->id)
            continue;
        ProtobufCMessage *part = *(ProtobufCMessage **)(void *)(base + field->offset);
        if (part)
            visit(part, context);
    }
}

static void deepest_part(ProtobufCMessage *part, void *context)
{
    size_t *deepest = context, depth = tree_depth(part);
    if (depth > *deepest)
        *deepest = depth;
}

size_t tree_depth(const ProtobufCMessage *message)
{
    size_t deepest = 0;
    each_part((ProtobufCMessage *)message, deepest_part, &deepest);
    return deepest + 1;
}

static void shift_part(ProtobufCMessage *part, void *context)
{
    tree_shift(part, *(const int32_t *)context);
}

void tree_shift(ProtobufCMessage *message, int32_t shift)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, "location");
    if (field && field->type == PROTOBUF_C_TYPE_INT32) {
        int32_t *location = (int32_t *)(void *)((char *)message + field->offset);
        if (*location >= 0)
            *location += shift;
    }
    each_part(message, shift_part, &shift);
}
