/* A type of the program's own for macaddr8: a number. */
#ifndef EUI64_H
#define EUI64_H

#include <jansson.h>
#include <querc.h>

typedef struct eui64 {
    uint64_t number;
} eui64;

#ifdef __cplusplus
extern "C" {
#endif

bool eui64_decode(querc_decoder *decoder, const void *data, size_t len, eui64 *value);
bool eui64_encode(querc_encoder *encoder, const eui64 *value);
json_t *eui64_json(const eui64 *value);

#ifdef __cplusplus
}
#endif

#endif
