/*
 * Rows out of a result, into structs.
 *
 * The rows are done in blocks, and within a block column by column: so the loop over a column's values knows its
 * type and is as tight as one written by hand, while the block's part of the result and of the structs stays in the
 * cache. What is often used has a loop of its own below (column_loops); the rest goes through the kind's decoder.
 *
 * Rows are zeroed beforehand, so SQL NULL, where it is allowed, is nothing to do.
 */
#include "querc_private.h"

enum { BLOCK_ROWS = 64 };

/* A column of a result on its way into structs. */
typedef struct Column {
    const PGresult *result;
    int index;
    const querc_column *descriptor;
    const querc_type *type; /* never a domain */
    size_t stride;          /* of the row structs */
    bool has_flag;
    Decoder decode;
    Reader *reader;
    int failed_row;
} Column;

typedef bool (*ColumnLoop)(Column *column, int first, int last, char *row);

/* --- owners ---------------------------------------------------------------------------------------------- */

querc_owner *qrt_owner_create(const querc_allocator *allocator, PGresult *result, size_t extra)
{
    size_t size = (sizeof(querc_owner) + 15) / 16 * 16;
    if (extra > SIZE_MAX - size)
        return NULL;
    querc_owner *owner = qrt_allocate(allocator, size + extra);
    if (owner == NULL)
        return NULL;
    qrt_arena_init(&owner->arena, allocator, NULL, 0);
    owner->result = result;
    return owner;
}

void *qrt_owner_extra(querc_owner *owner)
{
    return (char *)owner + (sizeof(querc_owner) + 15) / 16 * 16;
}

void qrt_owner_free(querc_owner *owner)
{
    if (owner == NULL)
        return;
    querc_allocator allocator = owner->arena.allocator;
    PQclear(owner->result);
    qrt_arena_release(&owner->arena);
    qrt_release(&allocator, owner);
}

void querc_free(void *value, size_t size, querc_owner *owner)
{
    qrt_owner_free(owner);
    if (value != NULL)
        memset(value, 0, size);
}

/* --- loops ----------------------------------------------------------------------------------------------- */

static void set_flag(const Column *column, char *row)
{
    if (column->has_flag)
        *(bool *)(row + column->descriptor->null_at) = true;
}

/* A value that the loop can't take as it is: NULL, or malformed. */
static bool null_or_bad(Column *column, int i, size_t expected, int len)
{
    if (PQgetisnull(column->result, i, column->index)) {
        if (column->descriptor->null_at != QUERC_NOT_NULL)
            return true;
        qrt_bad_value(column->reader, "NULL");
    } else {
        qrt_bad_length(column->reader, expected, (size_t)len);
    }
    column->failed_row = i;
    return false;
}

typedef void (*Store)(char *field, const char *data);

/* The loop for values of a fixed number of bytes. Inlined into each of the functions below, and store into it. */
static inline bool fixed_loop(Column *column, int first, int last, char *row, int width, Store store)
{
    const PGresult *result = column->result;
    int index = column->index;
    size_t stride = column->stride;
    size_t offset = column->descriptor->offset;
    for (int i = first; i < last; i++, row += stride) {
        /* The length of NULL is 0: one call tells that the value is there and whole. */
        int len = PQgetlength(result, i, index);
        if (QRT_LIKELY(len == width)) {
            store(row + offset, PQgetvalue(result, i, index));
            set_flag(column, row);
        } else if (!null_or_bad(column, i, (size_t)width, len)) {
            return false;
        }
    }
    return true;
}

static inline void store_bool(char *field, const char *data)
{
    *(bool *)field = *data != 0;
}

static inline void store_2(char *field, const char *data)
{
    uint16_t value = qrt_get_2(data);
    memcpy(field, &value, sizeof value);
}

static inline void store_4(char *field, const char *data)
{
    uint32_t value = qrt_get_4(data);
    memcpy(field, &value, sizeof value);
}

static inline void store_8(char *field, const char *data)
{
    uint64_t value = qrt_get_8(data);
    memcpy(field, &value, sizeof value);
}

static inline void store_16(char *field, const char *data)
{
    memcpy(field, data, 16);
}

static bool bool_loop(Column *column, int first, int last, char *row)
{
    return fixed_loop(column, first, last, row, 1, store_bool);
}

static bool loop_2(Column *column, int first, int last, char *row)
{
    return fixed_loop(column, first, last, row, 2, store_2);
}

static bool loop_4(Column *column, int first, int last, char *row)
{
    return fixed_loop(column, first, last, row, 4, store_4);
}

static bool loop_8(Column *column, int first, int last, char *row)
{
    return fixed_loop(column, first, last, row, 8, store_8);
}

static bool loop_16(Column *column, int first, int last, char *row)
{
    return fixed_loop(column, first, last, row, 16, store_16);
}

/* Strings stay where libpq has put them, with a NUL behind. */
static bool text_loop(Column *column, int first, int last, char *row)
{
    const PGresult *result = column->result;
    int index = column->index;
    size_t stride = column->stride;
    size_t offset = column->descriptor->offset;
    bool nullable = column->descriptor->null_at != QUERC_NOT_NULL;
    for (int i = first; i < last; i++, row += stride) {
        if (QRT_LIKELY(!PQgetisnull(result, i, index))) {
            const char *value = PQgetvalue(result, i, index);
            memcpy(row + offset, &value, sizeof value);
            set_flag(column, row);
        } else if (!nullable) {
            return null_or_bad(column, i, 0, 0);
        }
    }
    return true;
}

static bool generic_loop(Column *column, int first, int last, char *row)
{
    size_t offset = column->descriptor->offset;
    for (int i = first; i < last; i++, row += column->stride) {
        if (PQgetisnull(column->result, i, column->index)) {
            if (!null_or_bad(column, i, 0, 0))
                return false;
            continue;
        }
        if (!column->decode(column->reader, column->type, PQgetvalue(column->result, i, column->index),
                            (size_t)PQgetlength(column->result, i, column->index), row + offset)) {
            column->failed_row = i;
            return false;
        }
        set_flag(column, row);
    }
    return true;
}

/* The kinds whose binary form is the C value but for the order of its bytes. */
static const ColumnLoop column_loops[] = {
    [QUERC_KIND_BOOL] = bool_loop,     [QUERC_KIND_INT2] = loop_2,    [QUERC_KIND_INT4] = loop_4,
    [QUERC_KIND_INT8] = loop_8,        [QUERC_KIND_UINT4] = loop_4,   [QUERC_KIND_UINT8] = loop_8,
    [QUERC_KIND_LSN] = loop_8,         [QUERC_KIND_FLOAT4] = loop_4,  [QUERC_KIND_FLOAT8] = loop_8,
    [QUERC_KIND_MONEY] = loop_8,       [QUERC_KIND_TEXT] = text_loop, [QUERC_KIND_UUID] = loop_16,
    [QUERC_KIND_DATE] = loop_4,        [QUERC_KIND_TIME] = loop_8,    [QUERC_KIND_TIMESTAMP] = loop_8,
    [QUERC_KIND_TIMESTAMPTZ] = loop_8,
};

/* --- results --------------------------------------------------------------------------------------------- */

querc_status qrt_check_result(querc_conn *db, const Statement *statement, const PGresult *result)
{
    const querc_query *query = statement->query;
    /* A prepared statement's types were compared when it was prepared, and its plan keeps them. */
    if (PQnfields(result) != query->column_count || db->mode != QUERC_PREPARED || db->skip_drift_check) {
        querc_status status = qrt_check_columns(db, statement, result, false);
        if (status != QUERC_OK)
            return status;
    }
    int format = query->text_format ? 0 : 1;
    for (int i = 0; i < query->column_count; i++)
        if (PQfformat(result, i) != format)
            return qrt_fail(db, query, QUERC_DECODE, "08P01",
                            "query \"%s\": the server sent column \"%s\" in another format than asked for",
                            query->name, query->columns[i].name);
    return QUERC_OK;
}

static querc_status fail_value(querc_conn *db, const querc_query *query, const Column *column, int64_t before)
{
    long long row = (long long)before + column->failed_row + 1;
    const querc_column *descriptor = column->descriptor;
    querc_status status;
    if (column->reader->problem[0] == '\0') {
        return qrt_fail_no_memory(db, query);
    } else if (PQgetisnull(column->result, column->failed_row, column->index)) {
        status = qrt_fail(db, query, QUERC_UNEXPECTED_NULL, "22004",
                          "query \"%s\": column \"%s\" is NULL in row %lld, but was compiled as not null",
                          query->name, descriptor->name, row);
    } else {
        status = qrt_fail(db, query, QUERC_DECODE, query->text_format ? "22P02" : "22P03",
                          "query \"%s\": column \"%s\" in row %lld is not a value of type %s.%s: %s", query->name,
                          descriptor->name, row, descriptor->type->schema, descriptor->type->name,
                          column->reader->problem);
    }
    qrt_set_column(db, descriptor->name);
    return status;
}

/* Prepares column i for its loop; NULL: the column has no field. */
static ColumnLoop choose_loop(const querc_query *query, int i, Column *column)
{
    const querc_column *descriptor = &query->columns[i];
    column->index = i;
    column->descriptor = descriptor;
    column->type = qrt_base_type(descriptor->type);
    column->has_flag = descriptor->null_at < QUERC_NULL_IS_ZERO;
    const Kind *kind = qrt_kind(column->type->kind);
    column->decode = query->text_format ? kind->from_text : kind->from_binary;
    if (column->decode == NULL)
        return NULL;
    if (kind->is_pointer && column->decode == qrt_text_from_text)
        return text_loop;
    size_t own = (size_t)column->type->kind;
    if (!query->text_format && own < sizeof column_loops / sizeof column_loops[0] && column_loops[own] != NULL)
        return column_loops[own];
    return generic_loop;
}

querc_status qrt_decode_rows(querc_conn *db, const querc_query *query, const RowRange *range, Arena *arena,
                             void *rows)
{
    int last = range->last;
    Reader reader;
    reader.arena = arena;
    reader.problem[0] = '\0';
    reader.stable = true;
    reader.depth = 0;
    Column column = {.result = range->result, .stride = query->row_size, .reader = &reader};
    char *at = rows;
    for (int block = range->first; block < last; block += BLOCK_ROWS) {
        int end = last - block < BLOCK_ROWS ? last : block + BLOCK_ROWS;
        size_t size = (size_t)(end - block) * query->row_size;
        memset(at, 0, size);
        for (int i = 0; i < query->column_count; i++) {
            ColumnLoop loop = choose_loop(query, i, &column);
            if (loop != NULL && !loop(&column, block, end, at))
                return fail_value(db, query, &column, range->before);
        }
        at += size;
    }
    return QUERC_OK;
}
