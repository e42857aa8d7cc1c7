/*
 * Arguments into the form libpq sends: binary wherever the type has a binary form. Strings and bytes are sent from
 * where the caller has them; all else is written, one value after the other, into one buffer, which for everyday
 * queries is on the stack.
 */
#include "querc_private.h"

#include <limits.h>

/* --- the buffer ------------------------------------------------------------------------------------------ */

/* From here on memory is more precious than the copies. */
enum { LARGE = 16 * 1024 * 1024 };

bool qrt_writer_grow(Writer *writer, size_t more)
{
    if (more > SIZE_MAX / 4 || writer->len > SIZE_MAX / 4)
        return false;
    size_t capacity = writer->len + more;
    capacity += capacity < LARGE ? capacity : capacity / 4;
    char *data = qrt_allocate(&writer->db->allocator, capacity);
    if (data == NULL)
        return false;
    if (writer->len > 0)
        memcpy(data, writer->data, writer->len);
    qrt_writer_release(writer);
    writer->data = data;
    writer->capacity = capacity;
    writer->on_heap = true;
    return true;
}

void qrt_writer_init(Writer *writer, querc_conn *db, char *data, size_t capacity)
{
    writer->db = db;
    writer->data = data;
    writer->len = 0;
    writer->capacity = capacity;
    writer->on_heap = false;
    writer->problem = NULL;
}

bool qrt_write(Writer *writer, const void *bytes, size_t len)
{
    if (!qrt_writer_reserve(writer, len))
        return false;
    if (len > 0)
        memcpy(writer->data + writer->len, bytes, len);
    writer->len += len;
    return true;
}

bool qrt_write_2(Writer *writer, uint16_t value)
{
    const unsigned char bytes[2] = {(unsigned char)(value >> 8), (unsigned char)(value & 0xFF)};
    return qrt_write(writer, bytes, sizeof bytes);
}

bool qrt_write_4(Writer *writer, uint32_t value)
{
    const unsigned char bytes[4] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16 & 0xFF),
                                    (unsigned char)(value >> 8 & 0xFF), (unsigned char)(value & 0xFF)};
    return qrt_write(writer, bytes, sizeof bytes);
}

bool qrt_write_8(Writer *writer, uint64_t value)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value >> (56 - 8 * i) & 0xFF);
    return qrt_write(writer, bytes, sizeof bytes);
}

bool qrt_write_sized(Writer *writer, const querc_type *type, const void *value)
{
    size_t start = writer->len;
    if (!qrt_write_4(writer, 0) || !qrt_kind(type->kind)->to_binary(writer, type, value))
        return false;
    size_t len = writer->len - start - 4;
    if (len > INT32_MAX) {
        writer->problem = "is too long";
        return false;
    }
    for (int i = 0; i < 4; i++)
        writer->data[start + (size_t)i] = (char)(unsigned char)(len >> (24 - 8 * i) & 0xFF);
    return true;
}

void qrt_writer_release(Writer *writer)
{
    if (writer->on_heap)
        qrt_release(&writer->db->allocator, writer->data);
    writer->on_heap = false;
}

/* --- arguments ------------------------------------------------------------------------------------------- */

static bool arguments_init(querc_conn *db, size_t count, Arguments *out)
{
    out->values = out->inline_values;
    out->lengths = out->inline_lengths;
    out->formats = out->inline_formats;
    out->block = NULL;
    qrt_writer_init(&out->writer, db, out->inline_bytes, sizeof out->inline_bytes);
    if (count <= QRT_INLINE_PARAMS)
        return true;
    out->block = qrt_allocate(&db->allocator, count * (sizeof *out->values + 2 * sizeof(int)));
    if (out->block == NULL)
        return false;
    out->values = out->block;
    out->lengths = (int *)(out->values + count);
    out->formats = out->lengths + count;
    return true;
}

void qrt_arguments_release(Arguments *arguments)
{
    qrt_writer_release(&arguments->writer);
    if (arguments->block != NULL)
        qrt_release(&arguments->writer.db->allocator, arguments->block);
}

querc_status qrt_fail_param(querc_conn *db, const querc_query *query, size_t i, const char *problem)
{
    const querc_param *param = &query->params[i];
    return qrt_fail(db, query, QUERC_ENCODE, "22023", "query \"%s\": parameter $%zu \"%s\" (%s.%s): %s",
                    query->name, i + 1, param->name, param->type->schema, param->type->name, problem);
}

/*
 * A value that was written into the buffer has no address yet, since the buffer may still move: formats[i] is
 * negative for it until place_values, with the format in the bits (-1 - format).
 */
static querc_status encode_param(querc_conn *db, const querc_query *query, size_t i, const void *arg,
                                 Arguments *out)
{
    const querc_param *param = &query->params[i];
    const querc_type *type = qrt_base_type(param->type);
    const Kind *kind = qrt_kind(type->kind);
    Writer *writer = &out->writer;

    out->values[i] = NULL;
    out->lengths[i] = 0;
    out->formats[i] = 1;
    if (arg == NULL)
        return param->nullable ? QUERC_OK : qrt_fail_param(db, query, i, "is NULL, but must not be");
    if (kind->is_pointer) {
        /* Text has its length for libpq only in binary format; jsonb has a text form that needs no copy. */
        size_t len = strlen(arg);
        if (len > INT_MAX)
            return qrt_fail_param(db, query, i, "is too long");
        out->values[i] = arg;
        out->lengths[i] = (int)len;
        out->formats[i] = kind->from_binary == qrt_text_from_binary;
        return QUERC_OK;
    }
    if (kind->to_binary == qrt_bytes_to_binary) {
        const querc_bytes *bytes = arg;
        if (bytes->len > INT_MAX)
            return qrt_fail_param(db, query, i, "is too long");
        out->values[i] = bytes->len > 0 ? (const char *)bytes->data : "";
        out->lengths[i] = (int)bytes->len;
        return QUERC_OK;
    }
    size_t start = writer->len;
    int format = !qrt_is_sent_as_text(type);
    bool encoded;
    writer->problem = NULL;
    if (format == 1)
        encoded = kind->to_binary(writer, type, arg);
    else
        encoded = qrt_array_to_text(writer, type, arg) && qrt_write(writer, "", 1);
    if (!encoded)
        return writer->problem != NULL ? qrt_fail_param(db, query, i, writer->problem)
                                       : qrt_fail_no_memory(db, query);
    if (writer->len - start > INT_MAX)
        return qrt_fail_param(db, query, i, "is too long");
    out->lengths[i] = (int)(writer->len - start);
    out->formats[i] = -1 - format;
    return QUERC_OK;
}

static void place_values(Arguments *out, size_t count)
{
    const char *at = out->writer.data;
    for (size_t i = 0; i < count; i++) {
        if (out->formats[i] >= 0)
            continue;
        out->values[i] = at;
        out->formats[i] = -1 - out->formats[i];
        at += out->lengths[i];
    }
}

querc_status qrt_encode(querc_conn *db, const querc_query *query, const void *const *args, Arguments *out)
{
    if (!arguments_init(db, query->param_count, out))
        return qrt_fail_no_memory(db, query);
    for (size_t i = 0; i < query->param_count; i++) {
        querc_status status = encode_param(db, query, i, args != NULL ? args[i] : NULL, out);
        if (status != QUERC_OK)
            return status;
    }
    place_values(out, query->param_count);
    return QUERC_OK;
}
