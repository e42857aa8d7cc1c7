/* Whether raw parse trees say the same (PostgreSQL's equal() on parse nodes), by protobuf's own description of
 * them. */
#include "ast/walk.h"

#include <string.h>

static size_t scalar_size(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return sizeof(uint64_t);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_BOOL:
    case PROTOBUF_C_TYPE_ENUM:
        break;
    }
    return sizeof(uint32_t);
}

static bool equal_value(const ProtobufCFieldDescriptor *field, const char *a, const char *b)
{
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return ast_equal(*(const ProtobufCMessage *const *)a, *(const ProtobufCMessage *const *)b);
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        const char *left = *(const char *const *)a, *right = *(const char *const *)b;
        return left == right || (left && right && strcmp(left, right) == 0);
    }
    return memcmp(a, b, scalar_size(field)) == 0;
}

static bool equal_field(const ProtobufCFieldDescriptor *field, const char *a, const char *b)
{
    const char *left = a + field->offset, *right = b + field->offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t n = *(const size_t *)(a + field->quantifier_offset);
        if (n != *(const size_t *)(b + field->quantifier_offset))
            return false;
        size_t size = scalar_size(field);
        left = *(const char *const *)left;
        right = *(const char *const *)right;
        for (size_t i = 0; i < n; i++) {
            if (!equal_value(field, left + i * size, right + i * size))
                return false;
        }
        return true;
    }
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
        uint32_t chosen = *(const uint32_t *)(a + field->quantifier_offset);
        if (chosen != *(const uint32_t *)(b + field->quantifier_offset))
            return false;
        if (chosen != field->id)
            return true;
    }
    return equal_value(field, left, right);
}

bool ast_equal(const ProtobufCMessage *a, const ProtobufCMessage *b)
{
    if (!a || !b || a == b)
        return a == b;
    if (a->descriptor != b->descriptor)
        return false;
    for (unsigned i = 0; i < a->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &a->descriptor->fields[i];
        if (strcmp(field->name, "location") != 0 && !equal_field(field, (const char *)a, (const char *)b))
            return false;
    }
    return true;
}
