/*
 * Strings of characters, bytes and bits, and enums, whose values travel as their labels.
 *
 * Where libpq's own value can be pointed to it is (Reader.stable); elements of arrays are copied into the arena,
 * for the NUL they need behind them.
 */
#include "querc_private.h"

static const char *keep_text(Reader *reader, const char *data, size_t len)
{
    if (reader->stable)
        return data;
    char *copy = qrt_arena_alloc_bytes(reader->arena, len + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, data, len);
    copy[len] = '\0';
    return copy;
}

bool qrt_text_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    const char *text = keep_text(reader, data, len);
    memcpy(value, &text, sizeof text);
    return text != NULL;
}

bool qrt_text_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_text_from_binary(reader, type, data, len, value);
}

/* value is the address of the string's address: this is for elements of arrays. */
bool qrt_text_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const char *text;
    (void)type;
    memcpy(&text, value, sizeof text);
    return qrt_write(writer, text, strlen(text));
}

bool qrt_text_v1_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    if (len < 1 || data[0] != 1)
        return qrt_bad_value(reader, "version %d of the type's binary form, expected 1", len < 1 ? 0 : data[0]);
    return qrt_text_from_binary(reader, type, data + 1, len - 1, value);
}

bool qrt_text_v1_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const char version = 1;
    return qrt_write(writer, &version, 1) && qrt_text_to_binary(writer, type, value);
}

bool qrt_char_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len != 1)
        return qrt_bad_length(reader, 1, len);
    *(char *)value = data[0];
    return true;
}

/* Nothing is NUL; from PostgreSQL 16 on, \ooo is a byte above 127. */
bool qrt_char_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    unsigned byte = 0;
    if (len == 4 && data[0] == '\\') {
        for (size_t i = 1; i < 4; i++) {
            if (data[i] < '0' || data[i] > '7')
                return qrt_bad_value(reader, "\"%.40s\"", data);
            byte = byte * 8 + (unsigned)(data[i] - '0');
        }
    } else if (len == 1) {
        byte = (unsigned char)data[0];
    } else if (len != 0) {
        return qrt_bad_value(reader, "\"%.40s\"", data);
    }
    *(unsigned char *)value = (unsigned char)(byte & 0xFF);
    return true;
}

bool qrt_char_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    (void)type;
    return qrt_write(writer, value, 1);
}

/* --- bytes ------------------------------------------------------------------------------------------------ */

bool qrt_bytes_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_bytes bytes = {(const uint8_t *)data, len};
    (void)reader;
    (void)type;
    memcpy(value, &bytes, sizeof bytes);
    return true;
}

static bool bytes_from_hex(Reader *reader, const char *data, size_t len, querc_bytes *bytes)
{
    if (len % 2 != 0)
        return qrt_bad_value(reader, "an odd number of hexadecimal digits");
    uint8_t *out = qrt_arena_alloc_bytes(reader->arena, len / 2 + 1);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < len; i += 2) {
        int high = qrt_hex_digit(data[i]);
        int low = qrt_hex_digit(data[i + 1]);
        if (high < 0 || low < 0)
            return qrt_bad_value(reader, "a character that is no hexadecimal digit");
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    bytes->data = out;
    bytes->len = len / 2;
    return true;
}

/* bytea_output = escape: \\ and \ooo. */
static bool bytes_from_escape(Reader *reader, const char *data, size_t len, querc_bytes *bytes)
{
    uint8_t *out = qrt_arena_alloc_bytes(reader->arena, len + 1);
    size_t count = 0;
    if (out == NULL)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned byte = 0;
        if (data[i] != '\\') {
            out[count++] = (uint8_t)data[i];
            continue;
        }
        if (i + 1 < len && data[i + 1] == '\\') {
            out[count++] = '\\';
            i++;
            continue;
        }
        for (size_t digit = i + 1; digit <= i + 3; digit++) {
            if (digit >= len || data[digit] < '0' || data[digit] > '7')
                return qrt_bad_value(reader, "a backslash without \"\\\" or three octal digits behind it");
            byte = byte * 8 + (unsigned)(data[digit] - '0');
        }
        out[count++] = (uint8_t)(byte & 0xFF);
        i += 3;
    }
    bytes->data = out;
    bytes->len = count;
    return true;
}

bool qrt_bytes_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_bytes bytes = {NULL, 0};
    (void)type;
    bool hex = len >= 2 && data[0] == '\\' && data[1] == 'x';
    if (hex ? !bytes_from_hex(reader, data + 2, len - 2, &bytes) : !bytes_from_escape(reader, data, len, &bytes))
        return false;
    memcpy(value, &bytes, sizeof bytes);
    return true;
}

bool qrt_bytes_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_bytes *bytes = value;
    (void)type;
    if (bytes->len > INT32_MAX) {
        writer->problem = "is too long";
        return false;
    }
    return qrt_write(writer, bytes->data, bytes->len);
}

/* --- bits ------------------------------------------------------------------------------------------------- */

bool qrt_bits_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len < 4)
        return qrt_bad_length(reader, 4, len);
    uint32_t bit_count = qrt_get_4(data);
    size_t needed = ((size_t)bit_count + 7) / 8;
    if (bit_count > INT32_MAX || len - 4 != needed)
        return qrt_bad_length(reader, 4 + needed, len);
    querc_bits bits = {(const uint8_t *)data + 4, bit_count};
    memcpy(value, &bits, sizeof bits);
    return true;
}

bool qrt_bits_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    uint8_t *out = qrt_arena_alloc_bytes(reader->arena, len / 8 + 1);
    if (out == NULL)
        return false;
    memset(out, 0, len / 8 + 1);
    for (size_t i = 0; i < len; i++) {
        if (data[i] != '0' && data[i] != '1')
            return qrt_bad_value(reader, "a character that is no binary digit");
        out[i / 8] = (uint8_t)(out[i / 8] | (data[i] - '0') << (7 - i % 8));
    }
    querc_bits bits = {out, len};
    memcpy(value, &bits, sizeof bits);
    return true;
}

bool qrt_bits_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_bits *bits = value;
    (void)type;
    if (bits->bit_count > INT32_MAX) {
        writer->problem = "is too long";
        return false;
    }
    return qrt_write_4(writer, (uint32_t)bits->bit_count) &&
           qrt_write(writer, bits->data, (bits->bit_count + 7) / 8);
}

/* --- enums ------------------------------------------------------------------------------------------------ */

/* strcmp of a label with text that has no NUL. */
static int compare_label(const char *label, const char *text, size_t len)
{
    int order = strncmp(label, text, len);
    return order == 0 && label[len] != '\0' ? 1 : order;
}

static int find_label(const querc_enum *labels, const char *text, size_t len)
{
    if (memchr(text, '\0', len) != NULL)
        return 0;
    if (labels->sorted == NULL) {
        for (int i = 0; i < labels->count; i++)
            if (compare_label(labels->labels[i], text, len) == 0)
                return i + 1;
        return 0;
    }
    size_t low = 0;
    size_t high = labels->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_label(labels->labels[labels->sorted[middle]], text, len);
        if (order == 0)
            return labels->sorted[middle] + 1;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* A label that the compiled schema does not have is 0: the program decides what a newer schema's values mean. */
bool qrt_enum_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    int number = find_label(type->labels, data, len);
    (void)reader;
    memcpy(value, &number, sizeof number);
    return true;
}

bool qrt_enum_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    return qrt_enum_from_binary(reader, type, data, len, value);
}

bool qrt_enum_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    int number;
    memcpy(&number, value, sizeof number);
    if (number < 1 || number > type->labels->count) {
        writer->problem = "is not one of the enum's labels";
        return false;
    }
    const char *label = type->labels->labels[number - 1];
    return qrt_write(writer, label, strlen(label));
}

const char *querc_enum_label(const querc_enum *labels, int value)
{
    return value < 1 || value > labels->count ? NULL : labels->labels[value - 1];
}

int querc_enum_value(const querc_enum *labels, const char *label)
{
    return label == NULL ? 0 : find_label(labels, label, strlen(label));
}
