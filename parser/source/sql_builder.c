/* Texts with parts replaced. */
#include "source/sql_builder.h"

#include <string.h>

bool builder_is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static void put_bytes(SqlBuilder *builder, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        vec_push(builder->arena, &builder->out, bytes[i]);
}

void builder_copy(SqlBuilder *builder, uint32_t offset)
{
    if (offset <= builder->copied)
        return;
    vec_push(builder->arena, &builder->segments,
             ((SqlSegment){.text = (uint32_t)builder->out.len, .file = builder->copied}));
    put_bytes(builder, builder->source->text + builder->copied, offset - builder->copied);
    builder->copied = offset;
}

void builder_put(SqlBuilder *builder, const char *text, uint32_t start, uint32_t end)
{
    vec_push(builder->arena, &builder->segments,
             ((SqlSegment){.text = (uint32_t)builder->out.len, .file = start, .file_end = end, .fixed = true}));
    put_bytes(builder, text, strlen(text));
}

void builder_replace(SqlBuilder *builder, uint32_t start, uint32_t end, const char *text)
{
    builder_copy(builder, start);
    bool before =
        builder_is_word_byte(text[0]) && builder->out.len > 0 && builder_is_word_byte(vec_last(&builder->out));
    bool after = builder_is_word_byte(text[strlen(text) - 1]) && end < builder->end &&
                 builder_is_word_byte(builder->source->text[end]);
    const char *padded = arena_printf(builder->arena, "%s%s%s", before ? " " : "", text, after ? " " : "");
    builder_put(builder, padded, start, end);
    builder->copied = end;
}

SqlText *builder_finish(SqlBuilder *builder)
{
    builder_copy(builder, builder->end);
    SqlText *sql = arena_new_of(builder->arena, SqlText);
    sql->file = builder->source->file;
    sql->len = builder->out.len;
    vec_push(builder->arena, &builder->out, '\0');
    sql->text = builder->out.items;
    sql->segments = builder->segments.items;
    sql->nsegments = builder->segments.len;
    return sql;
}
