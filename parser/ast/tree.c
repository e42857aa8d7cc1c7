/* What parsing needs to know of whole trees. */
#include "ast/ast_private.h"
#include "ast/walk.h"

static bool deepest_part(const ProtobufCMessage *part, void *context)
{
    size_t *deepest = context, depth = tree_depth(part);
    if (depth > *deepest)
        *deepest = depth;
    return false;
}

size_t tree_depth(const ProtobufCMessage *message)
{
    size_t deepest = 0;
    ast_walk(message, deepest_part, &deepest);
    return deepest + 1;
}

static bool shift_part(const ProtobufCMessage *part, void *context)
{
    tree_shift((ProtobufCMessage *)part, *(const int32_t *)context);
    return false;
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
    ast_walk(message, shift_part, &shift);
}
