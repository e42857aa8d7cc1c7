/*
 * The runtime against libpq written by hand, side by side in one run: 200,000 rows of (int8, text, timestamptz,
 * float8, bool), and look-ups of one row by key. What counts is the ratio; the two take turns, so that both meet
 * the same machine, and the medians and minima of their times are compared.
 *
 * usage: scripts/pg-cluster with runtime_bench [ROUNDS]
 */
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "querc.h"

enum { ROWS = 200000, LOOKUPS = 2000, MAX_ROUNDS = 1000 };

typedef struct Item {
    int64_t id;
    const char *name;
    int64_t created;
    double weight;
    bool active;
    querc_owner *owner;
} Item;

typedef struct Items {
    Item *items;
    size_t len;
    querc_owner *owner;
} Items;

static const querc_column item_columns[] = {
    {"id", &querc_type_int8, offsetof(Item, id), QUERC_NOT_NULL},
    {"name", &querc_type_text, offsetof(Item, name), QUERC_NOT_NULL},
    {"created", &querc_type_timestamptz, offsetof(Item, created), QUERC_NOT_NULL},
    {"weight", &querc_type_float8, offsetof(Item, weight), QUERC_NOT_NULL},
    {"active", &querc_type_bool, offsetof(Item, active), QUERC_NOT_NULL},
};
static const querc_param item_params[] = {{"id", &querc_type_int8, false}};

static const querc_query list_items = {.name = "ListItems",
                                       .sql = "SELECT id, name, created, weight, active FROM item",
                                       .statement = "list_items",
                                       .columns = item_columns,
                                       .row_size = sizeof(Item),
                                       .owner_offset = offsetof(Item, owner),
                                       .column_count = 5,
                                       .read_only = true};
static const querc_query get_item = {.name = "GetItem",
                                     .sql = "SELECT id, name, created, weight, active FROM item WHERE id = $1",
                                     .statement = "get_item",
                                     .params = item_params,
                                     .columns = item_columns,
                                     .row_size = sizeof(Item),
                                     .owner_offset = offsetof(Item, owner),
                                     .param_count = 1,
                                     .column_count = 5,
                                     .read_only = true};

static void fail(const char *what, const char *message)
{
    fprintf(stderr, "%s: %s\n", what, message);
    exit(1);
}

static double clock_ms(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* --- by hand -------------------------------------------------------------------------------------------------- */

static uint64_t load_8(const char *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return __builtin_bswap64(value);
}

/* Checks what a careful programmer checks: NULL, and the length. */
static bool hand_decode(const PGresult *result, int row, Item *item)
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
static bool careless_decode(const PGresult *result, int row, Item *item)
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

static double checksum;

static void use(const Item *items, size_t len)
{
    for (size_t i = 0; i < len; i += 1000)
        checksum += (double)items[i].id + items[i].weight + (double)items[i].name[0] + (double)items[i].active;
}

static void hand_many(PGconn *pg, bool (*decode)(const PGresult *, int, Item *))
{
    PGresult *result = PQexecPrepared(pg, "list_items", 0, NULL, NULL, NULL, 1);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail("by hand", PQerrorMessage(pg));
    size_t len = (size_t)PQntuples(result);
    Item *items = malloc(len * sizeof *items);
    if (items == NULL)
        fail("by hand", "out of memory");
    for (size_t i = 0; i < len; i++)
        if (!decode(result, (int)i, &items[i]))
            fail("by hand", "bad row");
    use(items, len);
    free(items);
    PQclear(result);
}

static void hand_lookups(PGconn *pg)
{
    for (int64_t id = 1; id <= LOOKUPS; id++) {
        Item item;
        uint64_t wire = __builtin_bswap64((uint64_t)id);
        const char *values[] = {(const char *)&wire};
        const int lengths[] = {8};
        const int formats[] = {1};
        PGresult *result = PQexecPrepared(pg, "get_item", 1, values, lengths, formats, 1);
        if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
            fail("by hand", PQerrorMessage(pg));
        if (!hand_decode(result, 0, &item))
            fail("by hand", "bad row");
        use(&item, 1);
        PQclear(result);
    }
}

/* --- with the runtime -------------------------------------------------------------------------------------------
 */

static void careful_many(querc_conn *db)
{
    hand_many(querc_pgconn(db), hand_decode);
}

static void careless_many(querc_conn *db)
{
    hand_many(querc_pgconn(db), careless_decode);
}

static void runtime_many(querc_conn *db)
{
    Items items;
    if (querc_call_many(db, &list_items, NULL, &items) != QUERC_OK)
        fail("runtime", querc_last_error(db)->message);
    use(items.items, items.len);
    querc_free(&items, sizeof items, items.owner);
}

static void runtime_stream(querc_conn *db)
{
    querc_stream stream;
    Item item;
    querc_status status = querc_call_open(db, &list_items, NULL, &stream);
    if (status != QUERC_OK)
        fail("stream", querc_last_error(db)->message);
    while ((status = querc_call_next(&stream, &list_items, &item)) == QUERC_ROW)
        if (item.id % 1000 == 0)
            use(&item, 1);
    if (status != QUERC_DONE)
        fail("stream", querc_last_error(db)->message);
    querc_stream_close(&stream);
}

static void hand_stream(querc_conn *db)
{
    PGconn *pg = querc_pgconn(db);
    PGresult *result;
    if (!PQsendQueryPrepared(pg, "list_items", 0, NULL, NULL, NULL, 1) || !PQsetSingleRowMode(pg))
        fail("by hand", PQerrorMessage(pg));
    while ((result = PQgetResult(pg)) != NULL) {
        Item item;
        for (int i = 0; i < PQntuples(result); i++) {
            if (!hand_decode(result, i, &item))
                fail("by hand", "bad row");
            if (item.id % 1000 == 0)
                use(&item, 1);
        }
        PQclear(result);
    }
}

static void careful_lookups(querc_conn *db)
{
    hand_lookups(querc_pgconn(db));
}

static void runtime_lookups(querc_conn *db)
{
    for (int64_t id = 1; id <= LOOKUPS; id++) {
        Item item;
        const void *const args[] = {&id};
        if (querc_call_one(db, &get_item, args, &item) != QUERC_OK)
            fail("runtime", querc_last_error(db)->message);
        use(&item, 1);
        querc_free(&item, sizeof item, item.owner);
    }
}

/* --- comparing -------------------------------------------------------------------------------------------------
 */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef void (*Contestant)(querc_conn *);

typedef struct Times {
    double wall[MAX_ROUNDS];
    double processor[MAX_ROUNDS];
} Times;

static void measure(querc_conn *db, Contestant contestant, Times *times, int round)
{
    double wall = clock_ms(CLOCK_MONOTONIC);
    double processor = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    contestant(db);
    times->processor[round] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - processor;
    times->wall[round] = clock_ms(CLOCK_MONOTONIC) - wall;
}

static void print_line(const char *what, const char *clock, double *hand, double *runtime, int rounds)
{
    qsort(hand, (size_t)rounds, sizeof *hand, compare_doubles);
    qsort(runtime, (size_t)rounds, sizeof *runtime, compare_doubles);
    printf("%-36s %-10s %8.2f %8.2f %8.2f %8.2f   %.3f  %.3f\n", what, clock, hand[0], hand[rounds / 2], runtime[0],
           runtime[rounds / 2], runtime[0] / hand[0], runtime[rounds / 2] / hand[rounds / 2]);
}

static void compare(querc_conn *db, const char *what, int rounds, Contestant hand, Contestant runtime)
{
    static Times by_hand;
    static Times by_runtime;
    hand(db);
    runtime(db);
    for (int i = 0; i < rounds; i++) {
        /* Who goes first takes turns too. */
        if (i % 2 == 0)
            measure(db, hand, &by_hand, i);
        measure(db, runtime, &by_runtime, i);
        if (i % 2 != 0)
            measure(db, hand, &by_hand, i);
    }
    print_line(what, "wall", by_hand.wall, by_runtime.wall, rounds);
    print_line("", "processor", by_hand.processor, by_runtime.processor, rounds);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 30;
    querc_conn *db;
    Item item;
    const int64_t first = 1;
    const void *const args[] = {&first};
    char setup[512];
    if (rounds < 1 || rounds > MAX_ROUNDS)
        fail("usage", "runtime_bench [ROUNDS]");
    if (querc_open("", NULL, &db) != QUERC_OK)
        fail("no server (run by scripts/pg-cluster with ...)", querc_last_error(db)->message);
    snprintf(setup, sizeof setup,
             "CREATE TEMP TABLE item AS SELECT i::int8 AS id, 'item number ' || i AS name,"
             " timestamptz '2024-01-01 00:00:00+00' + i * interval '1 second' AS created,"
             " i / 7.0::float8 AS weight, i %% 3 = 0 AS active FROM generate_series(1, %d) AS i;"
             "ALTER TABLE item ADD PRIMARY KEY (id); ANALYZE item",
             ROWS);
    PGresult *result = PQexec(querc_pgconn(db), setup);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail("set-up", PQerrorMessage(querc_pgconn(db)));
    PQclear(result);
    /* Both use the statements that the runtime prepares. */
    if (querc_call_one(db, &get_item, args, &item) != QUERC_OK)
        fail("runtime", querc_last_error(db)->message);
    querc_free(&item, sizeof item, item.owner);
    runtime_many(db);

    printf("%-36s %-10s %8s %8s %8s %8s   %s\n", "milliseconds", "", "hand min", "median", "runtime", "median",
           "ratio of minima, medians");
    compare(db, "200,000 rows, :many", rounds, careful_many, runtime_many);
    compare(db, "  against libpq without any check", rounds, careless_many, runtime_many);
    compare(db, "200,000 rows, stream", rounds, hand_stream, runtime_stream);
    compare(db, "2,000 look-ups, :one", rounds, careful_lookups, runtime_lookups);
    querc_close(db);
    return checksum > 0 ? 0 : 1;
}
