/*
 * Types whose C form is the user's: overrides with functions that decode and encode. The functions see the value's
 * binary form and have a reader's and a writer's little services (querc_codec.h).
 */
#include "querc_private.h"

#include <stdio.h>

/* The names that users know them by. */
static Reader *reader_of(querc_decoder *decoder)
{
    return (Reader *)(void *)decoder;
}

static Writer *writer_of(querc_encoder *encoder)
{
    return (Writer *)(void *)encoder;
}

void *querc_decoder_alloc(querc_decoder *decoder, size_t size)
{
    return qrt_arena_alloc(reader_of(decoder)->arena, size > 0 ? size : 1);
}

bool querc_decoder_fail(querc_decoder *decoder, const char *problem)
{
    return qrt_bad_value(reader_of(decoder), "%s", problem);
}

bool querc_encoder_write(querc_encoder *encoder, const void *bytes, size_t len)
{
    return qrt_write(writer_of(encoder), bytes, len);
}

bool querc_encoder_fail(querc_encoder *encoder, const char *problem)
{
    writer_of(encoder)->problem = problem;
    return false;
}

bool qrt_custom_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    if (type->codec->decode == NULL)
        return qrt_bad_value(reader, "there is no function that decodes it");
    memset(value, 0, type->size);
    return type->codec->decode((querc_decoder *)(void *)reader, data, len, value);
}

bool qrt_custom_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    if (type->codec->encode == NULL) {
        writer->problem = "has no function that encodes it";
        return false;
    }
    return type->codec->encode((querc_encoder *)(void *)writer, value);
}
