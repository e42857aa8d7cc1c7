/* Network addresses: inet, cidr, macaddr, macaddr8 (network.c, inet_net_pton.c, mac.c, mac8.c). */
#include "types/literal/check.h"

#include <stdio.h>
#include <string.h>

enum { IPV4_BYTES = 4, IPV6_BYTES = 16 };

/* An address being read: bytes so far, and the length of its prefix, -1 while none is given. */
typedef struct Address {
    uint8_t bytes[IPV6_BYTES];
    size_t n;
    int32_t bits;
} Address;

/* A number of an address: false when it is over 255. The text must begin with a digit. */
static bool scan_octet(const char **cursor, uint8_t *octet)
{
    unsigned value = 0;
    for (; char_is_digit(**cursor); (*cursor)++) {
        value = value * 10 + (unsigned)(**cursor - '0');
        if (value > UINT8_MAX)
            return false;
    }
    *octet = (uint8_t)value;
    return true;
}

/* "/bits", which ends the text. Digits are counted modulo 2^32, as the server does. */
static bool scan_ipv4_prefix(const char *at, Address *address)
{
    enum { IPV4_BITS = 32 };
    if (*at != '/' || !char_is_digit(at[1]) || address->n == 0)
        return *at == '\0';
    uint32_t bits = 0;
    for (at++; char_is_digit(*at); at++)
        bits = bits * 10 + (uint32_t)(*at - '0');
    address->bits = (int32_t)bits;
    return *at == '\0' && address->bits <= IPV4_BITS;
}

/* inet_net_pton_ipv4: up to four octets; with fewer there must be a prefix that needs no more. */
static bool read_host_ipv4(const char *at, Address *address)
{
    while (char_is_digit(*at)) {
        if (address->n == IPV4_BYTES || !scan_octet(&at, &address->bytes[address->n]))
            return false;
        address->n++;
        if (*at == '\0' || *at == '/')
            break;
        if (*at++ != '.')
            return false;
    }
    if (!scan_ipv4_prefix(at, address) || address->n == 0)
        return false;
    if (address->bits == -1) {
        address->bits = IPV4_BYTES * 8;
        return address->n == IPV4_BYTES;
    }
    return address->bits / 8 <= (int32_t)address->n;
}

/* Two digits a byte after "0x". */
static bool read_hex_octets(const char **cursor, Address *address)
{
    bool half = false;
    for (; char_hex(**cursor) >= 0; (*cursor)++, half = !half) {
        if (!half && address->n == IPV4_BYTES)
            return false;
        if (half)
            address->bytes[address->n++] |= (uint8_t)char_hex(**cursor);
        else
            address->bytes[address->n] = (uint8_t)(char_hex(**cursor) << 4);
    }
    address->n += half;
    return true;
}

static bool read_dotted_octets(const char **cursor, Address *address)
{
    for (;;) {
        if (!char_is_digit(**cursor) || address->n == IPV4_BYTES ||
            !scan_octet(cursor, &address->bytes[address->n]))
            return false;
        address->n++;
        if (**cursor == '\0' || **cursor == '/')
            return true;
        if (*(*cursor)++ != '.')
            return false;
    }
}

/* The prefix of a network without one: that of its class, and all octets that were given. */
static int32_t class_bits(const Address *address)
{
    uint8_t first = address->bytes[0];
    int32_t bits = first >= 240 ? 32 : first >= 224 ? 8 : first >= 192 ? 24 : first >= 128 ? 16 : 8;
    if (bits < (int32_t)address->n * 8)
        bits = (int32_t)address->n * 8;
    return bits == 8 && first == 224 ? 4 : bits;
}

/* inet_cidr_pton_ipv4 */
static bool read_network_ipv4(const char *at, Address *address)
{
    bool read;
    if (*at == '0' && (at[1] == 'x' || at[1] == 'X') && char_hex(at[2]) >= 0) {
        at += 2;
        read = read_hex_octets(&at, address);
    } else {
        read = read_dotted_octets(&at, address);
    }
    if (!read || !scan_ipv4_prefix(at, address))
        return false;
    if (address->bits == -1)
        address->bits = class_bits(address);
    return true;
}

/* The prefix of an IPv6 address: no leading zeros. */
static bool scan_ipv6_prefix(const char *at, Address *address)
{
    enum { IPV6_BITS = 128 };
    int32_t bits = 0;
    if (!char_is_digit(*at))
        return false;
    for (const char *start = at; char_is_digit(*at); at++) {
        if (at > start && bits == 0)
            return false;
        bits = bits * 10 + (*at - '0');
        if (bits > IPV6_BITS)
            return false;
    }
    address->bits = bits;
    return *at == '\0';
}

/* An IPv4 address at the end of an IPv6 one, its prefix included: no leading zeros. Octets left out are zero, but
 * the address can't end with a point (getv4). */
static bool read_tail_ipv4(const char *at, Address *address)
{
    uint8_t *octets = address->bytes + address->n;
    address->n += IPV4_BYTES;
    for (int i = 0; i < IPV4_BYTES; i++) {
        const char *start = at;
        if (*at == '0' && char_is_digit(at[1]))
            return false;
        if (char_is_digit(*at) && !scan_octet(&at, &octets[i]))
            return false;
        if (*at == '/')
            return scan_ipv6_prefix(at + 1, address);
        if (*at == '\0')
            return at > start;
        if (*at++ != '.')
            return false;
    }
    return false;
}

static bool push_group(Address *address, unsigned value)
{
    if (address->n + 2 > IPV6_BYTES)
        return false;
    address->bytes[address->n++] = (uint8_t)(value >> 8);
    address->bytes[address->n++] = (uint8_t)value;
    return true;
}

/* Groups up to the end: *gap is where "::" was, -1 without one. */
static bool read_groups(const char *at, Address *address, int *gap)
{
    enum { GROUP_DIGITS = 4 };
    const char *group = at;
    unsigned value = 0;
    bool have_digit = false;
    for (; *at; at++) {
        if (char_hex(*at) >= 0) {
            if (at - group >= GROUP_DIGITS)
                return false;
            value = value << 4 | (unsigned)char_hex(*at);
            have_digit = true;
        } else if (*at == ':') {
            if (have_digit ? at[1] == '\0' || !push_group(address, value) : *gap >= 0)
                return false;
            if (!have_digit)
                *gap = (int)address->n;
            group = at + 1;
            value = 0;
            have_digit = false;
        } else if (*at == '.') {
            return address->n + IPV4_BYTES <= IPV6_BYTES && read_tail_ipv4(group, address);
        } else if (*at == '/') {
            return scan_ipv6_prefix(at + 1, address) && (!have_digit || push_group(address, value));
        } else {
            return false;
        }
    }
    return !have_digit || push_group(address, value);
}

/* inet_cidr_pton_ipv6, which serves inet too */
static bool read_ipv6(const char *at, Address *address)
{
    int gap = -1;
    if (*at == ':' && *++at != ':')
        return false;
    if (!read_groups(at, address, &gap))
        return false;
    if (address->bits == -1)
        address->bits = IPV6_BYTES * 8;
    if (gap < 0)
        return address->n == IPV6_BYTES;
    if (address->n == IPV6_BYTES)
        return false;
    size_t tail = address->n - (size_t)gap;
    memmove(address->bytes + IPV6_BYTES - tail, address->bytes + gap, tail);
    memset(address->bytes + gap, 0, IPV6_BYTES - tail - (size_t)gap);
    address->n = IPV6_BYTES;
    return true;
}

/* addressOK: no bits beyond the prefix. */
static bool is_network(const Address *address, size_t size)
{
    size_t bits = (size_t)address->bits;
    for (size_t i = bits / 8; i < size; i++) {
        unsigned beyond = i == bits / 8 ? 0xFFu >> bits % 8 : 0xFFu;
        if (address->bytes[i] & beyond)
            return false;
    }
    return true;
}

static bool read_address(Literal *in, bool cidr)
{
    Address address = {.bits = -1};
    bool ipv6 = strchr(in->text, ':') != NULL;
    bool read =
        ipv6 ? read_ipv6(in->text, &address) : (cidr ? read_network_ipv4 : read_host_ipv4)(in->text, &address);
    if (!read || address.bits < 0)
        return literal_bad_syntax(in, cidr ? "cidr" : "inet");
    if (!cidr || is_network(&address, ipv6 ? IPV6_BYTES : IPV4_BYTES))
        return true;
    literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid cidr value: \"%s\"", in->text);
    return literal_detail(in, "Value has bits set to right of mask.");
}

bool input_inet(Literal *in)
{
    return read_address(in, false);
}

bool input_cidr(Literal *in)
{
    return read_address(in, true);
}

/* ---- Hardware addresses ---- */

/* macaddr_in is defined by scanf: each form, then nothing but white space. */
bool input_macaddr(Literal *in)
{
    enum { OCTETS = 6 };
    static const char *const forms[] = {
        "%x:%x:%x:%x:%x:%x%1s",    "%x-%x-%x-%x-%x-%x%1s",    "%2x%2x%2x:%2x%2x%2x%1s", "%2x%2x%2x-%2x%2x%2x%1s",
        "%2x%2x.%2x%2x.%2x%2x%1s", "%2x%2x-%2x%2x-%2x%2x%1s", "%2x%2x%2x%2x%2x%2x%1s",
    };
    unsigned octets[OCTETS];
    char junk[2];
    int read = 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && read != OCTETS; i++)
        read = sscanf(in->text, forms[i], &octets[0], &octets[1], &octets[2], &octets[3], &octets[4], &octets[5],
                      junk);
    if (read != OCTETS)
        return literal_bad_syntax(in, "macaddr");
    for (int i = 0; i < OCTETS; i++)
        if (octets[i] > UINT8_MAX)
            return literal_fail(in, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                                "invalid octet value in \"macaddr\" value: \"%s\"", in->text);
    return true;
}

/* Six or eight bytes of two digits each, all with the same separator or none. */
static bool read_macaddr8(const char *text)
{
    enum { SHORT_BYTES = 6, BYTES = 8 };
    const char *at = skip_spaces(text);
    char separator = '\0';
    int n = 0;
    while (at[0] && at[1]) {
        if (++n > BYTES || char_hex(at[0]) < 0 || char_hex(at[1]) < 0)
            return false;
        at += 2;
        if (*at == ':' || *at == '-' || *at == '.') {
            if (separator && separator != *at)
                return false;
            separator = *at++;
        }
        if ((n == SHORT_BYTES || n == BYTES) && char_is_space(*at)) {
            at = skip_spaces(at);
            if (*at)
                return false;
        }
    }
    return n == SHORT_BYTES || n == BYTES;
}

bool input_macaddr8(Literal *in)
{
    return read_macaddr8(in->text) || literal_bad_syntax(in, "macaddr8");
}
