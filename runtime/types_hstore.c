/*
 * hstore (hstore_send): the number of pairs, then for each the key's length and bytes and the value's, -1 for NULL.
 */
#include "querc_private.h"

typedef struct Bytes {
    const char *at;
    size_t left;
} Bytes;

static bool cut_off(Reader *reader)
{
    return qrt_bad_value(reader, "an hstore that is cut off");
}

/* A string into the arena; NULL for SQL NULL where that may be. */
static bool read_string(Reader *reader, Bytes *bytes, bool nullable, const char **out)
{
    if (bytes->left < 4)
        return cut_off(reader);
    uint32_t len = qrt_get_4(bytes->at);
    bytes->at += 4;
    bytes->left -= 4;
    *out = NULL;
    if (nullable && len == UINT32_MAX)
        return true;
    if (len > bytes->left)
        return cut_off(reader);
    char *copy = qrt_arena_alloc_bytes(reader->arena, (size_t)len + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, bytes->at, len);
    copy[len] = '\0';
    bytes->at += len;
    bytes->left -= len;
    *out = copy;
    return true;
}

bool qrt_hstore_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len < 4)
        return cut_off(reader);
    size_t count = qrt_get_4(data);
    Bytes bytes = {data + 4, len - 4};
    /* Each takes eight bytes at least, so that a false count is not given memory. */
    if (count > bytes.left / 8)
        return cut_off(reader);
    querc_hstore_pair *pairs = qrt_arena_alloc(reader->arena, count * sizeof *pairs + 1);
    if (pairs == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_string(reader, &bytes, false, &pairs[i].key) ||
            !read_string(reader, &bytes, true, &pairs[i].value))
            return false;
    if (bytes.left > 0)
        return qrt_bad_value(reader, "%zu bytes behind an hstore's end", bytes.left);
    const querc_hstore hstore = {pairs, count};
    memcpy(value, &hstore, sizeof hstore);
    return true;
}

static bool write_string(Writer *writer, const char *text)
{
    size_t len = strlen(text);
    if (len > INT32_MAX) {
        writer->problem = "is too long";
        return false;
    }
    return qrt_write_4(writer, (uint32_t)len) && qrt_write(writer, text, len);
}

bool qrt_hstore_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_hstore *hstore = value;
    (void)type;
    if (hstore->len > INT32_MAX) {
        writer->problem = "is too long";
        return false;
    }
    if (!qrt_write_4(writer, (uint32_t)hstore->len))
        return false;
    for (size_t i = 0; i < hstore->len; i++) {
        const querc_hstore_pair *pair = &hstore->pairs[i];
        if (pair->key == NULL) {
            writer->problem = "has a key that is NULL";
            return false;
        }
        if (!write_string(writer, pair->key))
            return false;
        if (pair->value == NULL ? !qrt_write_4(writer, UINT32_MAX) : !write_string(writer, pair->value))
            return false;
    }
    return true;
}
