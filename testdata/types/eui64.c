#include "eui64.h"

bool eui64_decode(querc_decoder *decoder, const void *data, size_t len, eui64 *value)
{
    const unsigned char *bytes = data;
    if (len != 8)
        return querc_decoder_fail(decoder, "not eight bytes");
    value->number = 0;
    for (size_t i = 0; i < 8; i++)
        value->number = value->number << 8 | bytes[i];
    return true;
}

bool eui64_encode(querc_encoder *encoder, const eui64 *value)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value->number >> (56 - 8 * i) & 0xFF);
    if (value->number == 0)
        return querc_encoder_fail(encoder, "is zero");
    return querc_encoder_write(encoder, bytes, sizeof bytes);
}

json_t *eui64_json(const eui64 *value)
{
    return json_sprintf("%016llx", (unsigned long long)value->number);
}
