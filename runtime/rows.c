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

enum { BLOCK_ROWS = 16 };

/* Values on their way from a result into structs. */
typedef struct Scan {
    const PGresult *result;
    size_t stride; /* of the structs */
    Reader *reader;
    int failed_row;
    bool copy; /* what values point to */
} Scan;

typedef bool (*ColumnLoop)(Scan *scan, const ColumnPlan *column, int first, int last, char *row);

struct ColumnPlan {
    ColumnLoop loop;
    Decoder decode; /* for generic_loop */
    const querc_column *descriptor;
    const querc_type *type; /* never a domain */
    int index;              /* in the result */
    bool has_flag;
    bool points; /* the C value refers to other memory */
};

/* --- owners ---------------------------------------------------------------------------------------------- */

/* An owner that nothing else has to follow lives in its result, which is cheaper than memory of its own. */
static querc_owner *owner_in_result(const querc_allocator *allocator, PGresult *result)
{
    querc_owner *owner = PQresultAlloc(result, sizeof *owner);
    if (owner == NULL)
        return NULL;
    qrt_arena_init(&owner->arena, allocator, NULL, 0);
    owner->result = result;
    owner->is_in_result = true;
    return owner;
}

querc_owner *qrt_owner_create(const querc_allocator *allocator, PGresult *result, size_t extra)
{
    size_t size = (sizeof(querc_owner) + 15) / 16 * 16;
    if (extra == 0)
        return owner_in_result(allocator, result);
    if (extra > SIZE_MAX - size)
        return NULL;
    querc_owner *owner = qrt_allocate(allocator, size + extra);
    if (owner == NULL)
        return NULL;
    qrt_arena_init(&owner->arena, allocator, NULL, 0);
    owner->result = result;
    owner->is_in_result = false;
    return owner;
}

void *qrt_owner_extra(querc_owner *owner)
{
    return (char *)owner + (sizeof(querc_owner) + 15) / 16 * 16;
}

void qrt_owner_free(querc_owner *owner, bool and_result)
{
    if (owner == NULL)
        return;
    bool is_in_result = owner->is_in_result;
    PGresult *result = owner->result;
    querc_allocator allocator = owner->arena.allocator;
    qrt_arena_release(&owner->arena);
    if (!is_in_result)
        qrt_release(&allocator, owner);
    if (and_result)
        PQclear(result);
}

void querc_free(void *value, size_t size, querc_owner *owner)
{
    qrt_owner_free(owner, true);
    if (value != NULL)
        memset(value, 0, size);
}

/* --- loops ----------------------------------------------------------------------------------------------- */

static void set_flag(const ColumnPlan *column, char *row)
{
    if (column->has_flag)
        *(bool *)(row + column->descriptor->null_at) = true;
}

/* A value that the loop can't take as it is: NULL, or malformed. */
static bool null_or_bad(Scan *scan, const ColumnPlan *column, int i, size_t expected, int len)
{
    if (PQgetisnull(scan->result, i, column->index)) {
        if (column->descriptor->null_at != QUERC_NOT_NULL)
            return true;
        qrt_bad_value(scan->reader, "NULL");
    } else {
        qrt_bad_length(scan->reader, expected, (size_t)len);
    }
    scan->failed_row = i;
    return false;
}

typedef void (*Store)(char *field, const char *data);

/* The loop for values of a fixed number of bytes. Inlined into each of the functions below, and store into it. */
static inline bool fixed_loop(Scan *scan, const ColumnPlan *column, int first, int last, char *row, int width,
                              Store store)
{
    const PGresult *result = scan->result;
    int index = column->index;
    size_t stride = scan->stride;
    size_t offset = column->descriptor->offset;
    for (int i = first; i < last; i++, row += stride) {
        /* The length of NULL is 0: one call tells that the value is there and whole. */
        int len = PQgetlength(result, i, index);
        if (QRT_LIKELY(len == width)) {
            store(row + offset, PQgetvalue(result, i, index));
            set_flag(column, row);
        } else if (!null_or_bad(scan, column, i, (size_t)width, len)) {
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

static bool bool_loop(Scan *scan, const ColumnPlan *column, int first, int last, char *row)
{
    return fixed_loop(scan, column, first, last, row, 1, store_bool);
}

static bool loop_2(Scan *scan, const ColumnPlan *column, int first, int last, char *row)
{
    return fixed_loop(scan, column, first, last, row, 2, store_2);
}

static bool loop_4(Scan *scan, const ColumnPlan *column, int first, int last, char *row)
{
    return fixed_loop(scan, column, first, last, row, 4, store_4);
}

static bool loop_8(Scan *scan, const ColumnPlan *column, int first, int last, char *row)
{
    return fixed_loop(scan, column, first, last, row, 8, store_8);
}

static bool loop_16(Scan *scan, const ColumnPlan *column, int first, int last, char *row)
{
    return fixed_loop(scan, column, first, last, row, 16, store_16);
}

/* Strings stay where libpq has them, with a NUL behind. For NULL libpq gives an empty string, so that only for one
 * of these it has to be asked. */
static bool text_loop(Scan *scan, const ColumnPlan *column, int first, int last, char *row)
{
    const PGresult *result = scan->result;
    int index = column->index;
    size_t stride = scan->stride;
    size_t offset = column->descriptor->offset;
    for (int i = first; i < last; i++, row += stride) {
        const char *value = PQgetvalue(result, i, index);
        if (QRT_LIKELY(*value != '\0') || !PQgetisnull(result, i, index)) {
            memcpy(row + offset, &value, sizeof value);
            set_flag(column, row);
        } else if (!null_or_bad(scan, column, i, 0, 0)) {
            return false;
        }
    }
    return true;
}

/* A value's bytes, where they may stay. NULL: out of memory. */
static const char *value_bytes(const Scan *scan, int row, int index, size_t len)
{
    const char *data = PQgetvalue(scan->result, row, index);
    if (!scan->copy)
        return data;
    char *copy = qrt_arena_alloc_bytes(scan->reader->arena, len + 1);
    if (copy != NULL) {
        memcpy(copy, data, len);
        copy[len] = '\0';
    }
    return copy;
}

static bool generic_loop(Scan *scan, const ColumnPlan *column, int first, int last, char *row)
{
    const PGresult *result = scan->result;
    int index = column->index;
    size_t offset = column->descriptor->offset;
    for (int i = first; i < last; i++, row += scan->stride) {
        if (PQgetisnull(result, i, index)) {
            if (!null_or_bad(scan, column, i, 0, 0))
                return false;
            continue;
        }
        size_t len = (size_t)PQgetlength(result, i, index);
        const char *data = value_bytes(scan, i, index, len);
        if (data == NULL || !column->decode(scan->reader, column->type, data, len, row + offset)) {
            scan->failed_row = i;
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
    if (PQbinaryTuples(result) != (query->column_count > 0 && !query->text_format))
        return qrt_fail(db, query, QUERC_DECODE, "08P01",
                        "query \"%s\": the server sent the rows in another format than asked for", query->name);
    return QUERC_OK;
}

static querc_status fail_value(querc_conn *db, const querc_query *query, const Scan *scan, const ColumnPlan *column,
                               int64_t before)
{
    const querc_column *descriptor = column->descriptor;
    long long row = (long long)before + scan->failed_row + 1;
    querc_status status;
    if (scan->reader->problem[0] == '\0')
        return qrt_fail_no_memory(db, query);
    if (PQgetisnull(scan->result, scan->failed_row, column->index))
        status = qrt_fail(db, query, QUERC_UNEXPECTED_NULL, "22004",
                          "query \"%s\": column \"%s\" is NULL in row %lld, but was compiled as not null",
                          query->name, descriptor->name, row);
    else
        status = qrt_fail(db, query, QUERC_DECODE, query->text_format ? "22P02" : "22P03",
                          "query \"%s\": column \"%s\" in row %lld is not a value of type %s.%s: %s", query->name,
                          descriptor->name, row, descriptor->type->schema, descriptor->type->name,
                          scan->reader->problem);
    qrt_set_column(db, descriptor->name);
    return status;
}

static ColumnLoop choose_loop(const querc_query *query, const Kind *kind, const ColumnPlan *plan)
{
    size_t own = (size_t)plan->type->kind;
    if (kind->is_pointer && plan->decode == qrt_text_from_text)
        return text_loop;
    if (!query->text_format && own < sizeof column_loops / sizeof column_loops[0] && column_loops[own] != NULL)
        return column_loops[own];
    return generic_loop;
}

bool qrt_plan_columns(Statement *statement, Arena *arena)
{
    const querc_query *query = statement->query;
    statement->column_count = 0;
    statement->columns = qrt_arena_alloc(arena, query->column_count * sizeof *statement->columns);
    if (statement->columns == NULL)
        return false;
    for (int i = 0; i < query->column_count; i++) {
        ColumnPlan *plan = &statement->columns[statement->column_count];
        plan->descriptor = &query->columns[i];
        plan->type = qrt_base_type(plan->descriptor->type);
        const Kind *kind = qrt_kind(plan->type->kind);
        if (plan->type->kind == QUERC_KIND_VOID)
            continue; /* no field */
        plan->index = i;
        plan->has_flag = plan->descriptor->null_at < QUERC_NULL_IS_ZERO;
        plan->decode = query->text_format ? kind->from_text : kind->from_binary;
        plan->points = qrt_has_pointers(plan->type);
        plan->loop = choose_loop(query, kind, plan);
        statement->column_count++;
    }
    return true;
}

querc_status qrt_decode_rows(querc_conn *db, const Statement *statement, const RowRange *range, Arena *arena,
                             void *rows)
{
    size_t stride = statement->query->row_size;
    Reader reader;
    reader.arena = arena;
    reader.problem[0] = '\0';
    reader.stable = true;
    reader.depth = 0;
    Scan scan = {range->result, stride, &reader, 0, range->copy};
    char *at = rows;
    for (int block = range->first; block < range->last; block += BLOCK_ROWS) {
        int end = range->last - block < BLOCK_ROWS ? range->last : block + BLOCK_ROWS;
        size_t size = (size_t)(end - block) * stride;
        memset(at, 0, size);
        for (int i = 0; i < statement->column_count; i++) {
            const ColumnPlan *column = &statement->columns[i];
            ColumnLoop loop = range->copy && column->points ? generic_loop : column->loop;
            if (!loop(&scan, column, block, end, at))
                return fail_value(db, statement->query, &scan, column, range->before);
        }
        at += size;
    }
    return QUERC_OK;
}
