/*
 * querc_codec.h - part of querc.h: what functions that decode and encode types of your own can use.
 */
#ifndef QUERC_CODEC_H
#define QUERC_CODEC_H

#include "querc_base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Types of your own
 *
 * An override with decode and encode names two functions, which `header` declares:
 *
 *   bool vector_decode(querc_decoder *decoder, const void *data, size_t len, vector *value);
 *   bool vector_encode(querc_encoder *encoder, const vector *value);
 *
 * data is the value's binary form as PostgreSQL sends it, with a NUL behind it if it is not within an array or
 * composite value; it lives only during the call. *value is zeroed. What either returns false for is an error
 * (QUERC_DECODE, QUERC_ENCODE) that says what the ..._fail function was told, or "out of memory". SQL NULL comes to
 * neither.
 * --------------------------------------------------------------------------------------------------------- */

typedef struct querc_decoder querc_decoder;
typedef struct querc_encoder querc_encoder;

/** Memory that lives as long as the result, aligned for any object; NULL if there is none: then return false. */
QUERC_API QUERC_MUST_CHECK void *querc_decoder_alloc(querc_decoder *decoder, size_t size);
/** Says what is wrong with the value, in up to 159 bytes, and returns false. */
QUERC_API bool querc_decoder_fail(querc_decoder *decoder, const char *problem);

/** Appends bytes to the value's binary form; false if there is no memory. */
QUERC_API QUERC_MUST_CHECK bool querc_encoder_write(querc_encoder *encoder, const void *bytes, size_t len);
/** Says what is wrong with the argument, as in "is no prime", and returns false. problem is not copied: a literal.
 */
QUERC_API bool querc_encoder_fail(querc_encoder *encoder, const char *problem);

#ifdef __cplusplus
}
#endif

#endif
