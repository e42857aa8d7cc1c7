/*
 * uuid, network addresses and tid: fixed structs of a few bytes.
 */
#include "querc_private.h"

#include <arpa/inet.h>

/* Hexadecimal pairs; '-', ':' and '.' may stand between two of them. */
bool qrt_hex_bytes_parse(const char *text, size_t len, uint8_t *bytes, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && at < len && (text[at] == '-' || text[at] == ':' || text[at] == '.'))
            at++;
        int high = at + 1 < len ? qrt_hex_digit(text[at]) : -1;
        int low = at + 1 < len ? qrt_hex_digit(text[at + 1]) : -1;
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
        at += 2;
    }
    return at == len;
}

static bool fixed_from_binary(Reader *reader, const char *data, size_t len, size_t expected, void *value)
{
    if (len != expected)
        return qrt_bad_length(reader, expected, len);
    memcpy(value, data, len);
    return true;
}

static void add_hex(TextBuffer *out, const uint8_t *bytes, size_t count, const char *separator)
{
    for (size_t i = 0; i < count; i++)
        qrt_text_printf(out, "%s%02x", i > 0 ? separator : "", bytes[i]);
}

/* --- uuid -------------------------------------------------------------------------------------------------- */

bool qrt_uuid_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return fixed_from_binary(reader, data, len, 16, value);
}

bool qrt_uuid_parse(const char *text, size_t len, querc_uuid *value)
{
    querc_uuid uuid;
    if (len >= 2 && text[0] == '{' && text[len - 1] == '}') {
        text++;
        len -= 2;
    }
    if (!qrt_hex_bytes_parse(text, len, uuid.bytes, sizeof uuid.bytes))
        return false;
    *value = uuid;
    return true;
}

bool qrt_uuid_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_uuid_parse(data, len, value) || qrt_bad_value(reader, "\"%.40s\"", data);
}

bool qrt_uuid_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    (void)type;
    return qrt_write(writer, value, 16);
}

size_t querc_uuid_to_text(querc_uuid value, char *text, size_t size)
{
    static const uint8_t groups[] = {4, 2, 2, 2, 6};
    TextBuffer out;
    const uint8_t *at = value.bytes;
    qrt_text_init(&out, text, size);
    for (size_t i = 0; i < sizeof groups; i++) {
        if (i > 0)
            qrt_text_add(&out, "-", 1);
        add_hex(&out, at, groups[i], "");
        at += groups[i];
    }
    return qrt_text_finish(&out);
}

bool querc_uuid_from_text(const char *text, querc_uuid *value)
{
    return qrt_uuid_parse(text, strlen(text), value);
}

/* --- inet and cidr ----------------------------------------------------------------------------------------- */

/* The server's numbers for the families, whatever the client's AF_INET6 is. */
enum { WIRE_IPV4 = 2, WIRE_IPV6 = 3 };

bool qrt_inet_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_inet *inet = value;
    (void)type;
    if (len < 4)
        return qrt_bad_length(reader, 4, len);
    unsigned char family = (unsigned char)data[0];
    unsigned char prefix = (unsigned char)data[1];
    size_t bytes = (unsigned char)data[3];
    size_t expected = family == WIRE_IPV4 ? 4 : 16;
    if ((family != WIRE_IPV4 && family != WIRE_IPV6) || bytes != expected || prefix > expected * 8)
        return qrt_bad_value(reader, "family %d with %d bits and %zu bytes", family, prefix, bytes);
    if (len != 4 + expected)
        return qrt_bad_length(reader, 4 + expected, len);
    memset(inet, 0, sizeof *inet);
    inet->family = family == WIRE_IPV4 ? 4 : 6;
    inet->prefix = prefix;
    inet->is_cidr = data[2] != 0;
    memcpy(inet->address, data + 4, expected);
    return true;
}

bool qrt_inet_parse(const char *text, size_t len, querc_inet *value)
{
    char address[64];
    querc_inet inet = {0};
    const char *slash = memchr(text, '/', len);
    size_t address_len = slash != NULL ? (size_t)(slash - text) : len;
    uint64_t prefix = 0;
    if (address_len >= sizeof address)
        return false;
    memcpy(address, text, address_len);
    address[address_len] = '\0';
    if (inet_pton(AF_INET, address, inet.address) == 1)
        inet.family = 4;
    else if (inet_pton(AF_INET6, address, inet.address) == 1)
        inet.family = 6;
    else
        return false;
    inet.prefix = inet.family == 4 ? 32 : 128;
    if (slash != NULL) {
        if (!qrt_parse_unsigned(slash + 1, len - address_len - 1, 128, &prefix) || prefix > inet.prefix)
            return false;
        inet.prefix = (uint8_t)prefix;
    }
    inet.is_cidr = value->is_cidr;
    *value = inet;
    return true;
}

bool qrt_inet_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_inet *inet = value;
    inet->is_cidr = type->kind == QUERC_KIND_CIDR;
    return qrt_inet_parse(data, len, inet) || qrt_bad_value(reader, "\"%.40s\"", data);
}

bool qrt_inet_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_inet *inet = value;
    uint8_t bytes = inet->family == 4 ? 4 : 16;
    if ((inet->family != 4 && inet->family != 6) || inet->prefix > bytes * 8) {
        writer->problem = "has a family other than 4 and 6, or too long a prefix";
        return false;
    }
    const uint8_t header[4] = {inet->family == 4 ? WIRE_IPV4 : WIRE_IPV6, inet->prefix,
                               type->kind == QUERC_KIND_CIDR, bytes};
    return qrt_write(writer, header, sizeof header) && qrt_write(writer, inet->address, bytes);
}

size_t querc_inet_to_text(querc_inet value, char *text, size_t size)
{
    TextBuffer out;
    char address[64];
    qrt_text_init(&out, text, size);
    if (inet_ntop(value.family == 4 ? AF_INET : AF_INET6, value.address, address, sizeof address) != NULL)
        qrt_text_add(&out, address, strlen(address));
    if (value.is_cidr || value.prefix != (value.family == 4 ? 32 : 128))
        qrt_text_printf(&out, "/%d", value.prefix);
    return qrt_text_finish(&out);
}

bool querc_inet_from_text(const char *text, querc_inet *value)
{
    return qrt_inet_parse(text, strlen(text), value);
}

/* --- macaddr, macaddr8 --------------------------------------------------------------------------------------- */

bool qrt_macaddr_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return fixed_from_binary(reader, data, len, 6, value);
}

bool qrt_macaddr_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_hex_bytes_parse(data, len, value, 6) || qrt_bad_value(reader, "\"%.40s\"", data);
}

bool qrt_macaddr_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    (void)type;
    return qrt_write(writer, value, 6);
}

size_t querc_macaddr_to_text(querc_macaddr value, char *text, size_t size)
{
    TextBuffer out;
    qrt_text_init(&out, text, size);
    add_hex(&out, value.bytes, sizeof value.bytes, ":");
    return qrt_text_finish(&out);
}

bool querc_macaddr_from_text(const char *text, querc_macaddr *value)
{
    querc_macaddr address;
    if (!qrt_hex_bytes_parse(text, strlen(text), address.bytes, sizeof address.bytes))
        return false;
    *value = address;
    return true;
}

bool qrt_macaddr8_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return fixed_from_binary(reader, data, len, 8, value);
}

bool qrt_macaddr8_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    return qrt_hex_bytes_parse(data, len, value, 8) || qrt_bad_value(reader, "\"%.40s\"", data);
}

bool qrt_macaddr8_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    (void)type;
    return qrt_write(writer, value, 8);
}

size_t querc_macaddr8_to_text(querc_macaddr8 value, char *text, size_t size)
{
    TextBuffer out;
    qrt_text_init(&out, text, size);
    add_hex(&out, value.bytes, sizeof value.bytes, ":");
    return qrt_text_finish(&out);
}

bool querc_macaddr8_from_text(const char *text, querc_macaddr8 *value)
{
    querc_macaddr8 address;
    if (!qrt_hex_bytes_parse(text, strlen(text), address.bytes, sizeof address.bytes))
        return false;
    *value = address;
    return true;
}

/* --- tid ------------------------------------------------------------------------------------------------------ */

bool qrt_tid_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    (void)type;
    if (len != 6)
        return qrt_bad_length(reader, 6, len);
    querc_tid tid = {.block = qrt_get_4(data), .offset = qrt_get_2(data + 4)};
    memcpy(value, &tid, sizeof tid);
    return true;
}

bool qrt_tid_from_text(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    const char *comma = memchr(data, ',', len);
    uint64_t block = 0;
    uint64_t offset = 0;
    (void)type;
    if (comma == NULL || data[0] != '(' || data[len - 1] != ')' || comma + 1 > data + len - 1 ||
        !qrt_parse_unsigned(data + 1, (size_t)(comma - data - 1), UINT32_MAX, &block) ||
        !qrt_parse_unsigned(comma + 1, (size_t)(data + len - 1 - (comma + 1)), UINT16_MAX, &offset))
        return qrt_bad_value(reader, "\"%.40s\"", data);
    querc_tid tid = {.block = (uint32_t)block, .offset = (uint16_t)offset};
    memcpy(value, &tid, sizeof tid);
    return true;
}

bool qrt_tid_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_tid *tid = value;
    (void)type;
    return qrt_write_4(writer, tid->block) && qrt_write_2(writer, tid->offset);
}
