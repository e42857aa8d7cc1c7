/* libpq as a careful programmer writes it by hand: binary format, NULL and lengths checked. */
#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t load_8(const char *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return __builtin_bswap64(value);
}

static void check(PGconn *pg, const PGresult *result, ExecStatusType expected)
{
    if (PQresultStatus(result) != expected)
        fail("by hand", PQerrorMessage(pg));
}

static void prepare(PGconn *pg, const char *name, const char *sql)
{
    PGresult *result = PQprepare(pg, name, sql, 0, NULL);
    check(pg, result, PGRES_COMMAND_OK);
    PQclear(result);
}

void hand_prepare(Bench *bench)
{
    static const char get_item[] = "SELECT id, name, created, weight, active FROM item WHERE id = $1";
    prepare(bench->pg, "list_items", "SELECT id, name, created, weight, active FROM item");
    prepare(bench->pg, "list_wide", "SELECT id, body FROM wide");
    prepare(bench->pg, "get_item", get_item);
    prepare(bench->pg, "add_item", "INSERT INTO sink (id, name, weight) VALUES ($1, $2, $3)");
    for (int i = 0; i < THREADS; i++) {
        bench->threads[i] = PQconnectdb("");
        if (PQstatus(bench->threads[i]) != CONNECTION_OK)
            fail("by hand", PQerrorMessage(bench->threads[i]));
        prepare(bench->threads[i], "get_item", get_item);
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------
 */

/* Checks what a careful programmer checks: NULL, and the length. */
static bool decode(const PGresult *result, int row, Item *item)
{
    for (int column = 0; column < 5; column++)
        if (PQgetisnull(result, row, column))
            return false;
    if (PQgetlength(result, row, 0) != 8 || PQgetlength(result, row, 2) != 8 || PQgetlength(result, row, 3) != 8 ||
        PQgetlength(result, row, 4) != 1)
        return false;
    item->id = (int64_t)load_8(PQgetvalue(result, row, 0));
    item->name = PQgetvalue(result, row, 1);
    item->created = (int64_t)load_8(PQgetvalue(result, row, 2));
    uint64_t bits = load_8(PQgetvalue(result, row, 3));
    memcpy(&item->weight, &bits, sizeof bits);
    item->active = *PQgetvalue(result, row, 4) != 0;
    item->owner = NULL;
    return true;
}

/* The same without any check, which is as fast as it can be. */
static bool decode_careless(const PGresult *result, int row, Item *item)
{
    item->id = (int64_t)load_8(PQgetvalue(result, row, 0));
    item->name = PQgetvalue(result, row, 1);
    item->created = (int64_t)load_8(PQgetvalue(result, row, 2));
    uint64_t bits = load_8(PQgetvalue(result, row, 3));
    memcpy(&item->weight, &bits, sizeof bits);
    item->active = *PQgetvalue(result, row, 4) != 0;
    item->owner = NULL;
    return true;
}

/* Text, as most programs have it. The time stamp stays text, for want of a function that reads it. */
static bool decode_text(const PGresult *result, int row, Item *item)
{
    for (int column = 0; column < 5; column++)
        if (PQgetisnull(result, row, column))
            return false;
    item->id = strtoll(PQgetvalue(result, row, 0), NULL, 10);
    item->name = PQgetvalue(result, row, 1);
    item->created = (unsigned char)PQgetvalue(result, row, 2)[0];
    item->weight = strtod(PQgetvalue(result, row, 3), NULL);
    item->active = PQgetvalue(result, row, 4)[0] == 't';
    item->owner = NULL;
    return true;
}

typedef bool (*Decode)(const PGresult *result, int row, Item *item);

static void all_rows(PGconn *pg, int format, Decode decode_row)
{
    PGresult *result = PQexecPrepared(pg, "list_items", 0, NULL, NULL, NULL, format);
    check(pg, result, PGRES_TUPLES_OK);
    size_t len = (size_t)PQntuples(result);
    Item *items = malloc(len * sizeof *items);
    if (items == NULL)
        fail("by hand", "out of memory");
    for (size_t i = 0; i < len; i++)
        if (!decode_row(result, (int)i, &items[i]))
            fail("by hand", "bad row");
    use(items, len);
    free(items);
    PQclear(result);
}

void hand_rows(Bench *bench)
{
    all_rows(bench->pg, 1, decode);
}

void hand_careless_rows(Bench *bench)
{
    all_rows(bench->pg, 1, decode_careless);
}

void hand_text_rows(Bench *bench)
{
    all_rows(bench->pg, 0, decode_text);
}

void hand_stream(Bench *bench)
{
    PGresult *result;
    if (!PQsendQueryPrepared(bench->pg, "list_items", 0, NULL, NULL, NULL, 1) || !PQsetSingleRowMode(bench->pg))
        fail("by hand", PQerrorMessage(bench->pg));
    while ((result = PQgetResult(bench->pg)) != NULL) {
        Item item;
        for (int i = 0; i < PQntuples(result); i++) {
            if (!decode(result, i, &item))
                fail("by hand", "bad row");
            if (item.id % 1000 == 0)
                use(&item, 1);
        }
        PQclear(result);
    }
}

void hand_wide(Bench *bench)
{
    PGresult *result = PQexecPrepared(bench->pg, "list_wide", 0, NULL, NULL, NULL, 1);
    check(bench->pg, result, PGRES_TUPLES_OK);
    for (int i = 0; i < PQntuples(result); i++) {
        if (PQgetisnull(result, i, 0) || PQgetlength(result, i, 0) != 8 || PQgetisnull(result, i, 1))
            fail("by hand", "bad row");
        use_text(PQgetvalue(result, i, 1));
    }
    PQclear(result);
}

/* --- look-ups
 * ----------------------------------------------------------------------------------------------------- */

static void take_item(PGconn *pg, PGresult *result)
{
    Item item;
    check(pg, result, PGRES_TUPLES_OK);
    if (PQntuples(result) != 1 || !decode(result, 0, &item))
        fail("by hand", "bad row");
    use(&item, 1);
    PQclear(result);
}

static void lookups(PGconn *pg, int64_t first, int64_t last)
{
    for (int64_t id = first; id <= last; id++) {
        uint64_t wire = __builtin_bswap64((uint64_t)id);
        const char *values[] = {(const char *)&wire};
        const int lengths[] = {8};
        const int formats[] = {1};
        take_item(pg, PQexecPrepared(pg, "get_item", 1, values, lengths, formats, 1));
    }
}

void hand_lookups(Bench *bench)
{
    lookups(bench->pg, 1, LOOKUPS);
}

void hand_pipeline(Bench *bench)
{
    PGconn *pg = bench->pg;
    PQenterPipelineMode(pg);
    for (int64_t first = 1; first <= LOOKUPS; first += 100) {
        for (int64_t id = first; id < first + 100; id++) {
            uint64_t wire = __builtin_bswap64((uint64_t)id);
            const char *values[] = {(const char *)&wire};
            const int lengths[] = {8};
            const int formats[] = {1};
            PQsendQueryPrepared(pg, "get_item", 1, values, lengths, formats, 1);
        }
        PQpipelineSync(pg);
        for (int i = 0; i < 100; i++) {
            take_item(pg, PQgetResult(pg));
            PQclear(PQgetResult(pg));
        }
        PQclear(PQgetResult(pg));
    }
    PQexitPipelineMode(pg);
}

static void *thread_lookups(void *argument)
{
    lookups(argument, 1, LOOKUPS / THREADS);
    return NULL;
}

void hand_threads(Bench *bench)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, thread_lookups, bench->threads[i]) != 0)
            fail("by hand", "no thread");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* --- inserts
 * ------------------------------------------------------------------------------------------------------- */

static uint64_t swap_double(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return __builtin_bswap64(bits);
}

void hand_inserts(Bench *bench)
{
    for (int64_t id = 1; id <= SINGLE_INSERTS; id++) {
        uint64_t wire_id = __builtin_bswap64((uint64_t)id);
        uint64_t wire_weight = swap_double((double)id / 7.0);
        const char *values[] = {(const char *)&wire_id, "a name", (const char *)&wire_weight};
        const int lengths[] = {8, 6, 8};
        const int formats[] = {1, 1, 1};
        PGresult *result = PQexecPrepared(bench->pg, "add_item", 3, values, lengths, formats, 1);
        check(bench->pg, result, PGRES_COMMAND_OK);
        PQclear(result);
    }
}

static char *put(char *at, const void *bytes, size_t len)
{
    uint32_t wire = __builtin_bswap32((uint32_t)len);
    memcpy(at, &wire, 4);
    memcpy(at + 4, bytes, len);
    return at + 4 + len;
}

void hand_copy(Bench *bench)
{
    static const char header[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
    enum { BLOCK = 65536 };
    char buffer[BLOCK];
    char *at = buffer;
    PGresult *result = PQexec(bench->pg, "COPY sink (id, name, weight) FROM STDIN (FORMAT binary)");
    check(bench->pg, result, PGRES_COPY_IN);
    PQclear(result);
    memcpy(at, header, sizeof header);
    at += sizeof header;
    for (int64_t id = 1; id <= INSERTS; id++) {
        uint64_t wire_id = __builtin_bswap64((uint64_t)id);
        uint64_t wire_weight = swap_double((double)id / 7.0);
        memcpy(at, "\0\3", 2);
        at = put(at + 2, &wire_id, 8);
        at = put(at, "a name", 6);
        at = put(at, &wire_weight, 8);
        if (at - buffer > BLOCK - 256) {
            if (PQputCopyData(bench->pg, buffer, (int)(at - buffer)) != 1)
                fail("by hand", PQerrorMessage(bench->pg));
            at = buffer;
        }
    }
    memcpy(at, "\377\377", 2);
    if (PQputCopyData(bench->pg, buffer, (int)(at + 2 - buffer)) != 1 || PQputCopyEnd(bench->pg, NULL) != 1)
        fail("by hand", PQerrorMessage(bench->pg));
    result = PQgetResult(bench->pg);
    check(bench->pg, result, PGRES_COMMAND_OK);
    PQclear(result);
    PQclear(PQgetResult(bench->pg));
}
