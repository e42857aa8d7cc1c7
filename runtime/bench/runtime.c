/* The runtime, with the descriptors that generated code has. */
#include "bench.h"

#include <pthread.h>
#include <string.h>

typedef struct Items {
    Item *items;
    size_t len;
    querc_owner *owner;
} Items;

typedef struct Wide {
    int64_t id;
    const char *body;
} Wide;

typedef struct Wides {
    Wide *items;
    size_t len;
    querc_owner *owner;
} Wides;

typedef struct AddItem {
    int64_t id;
    const char *name;
    double weight;
} AddItem;

static const querc_column item_columns[] = {
    {"id", &querc_type_int8, offsetof(Item, id), QUERC_NOT_NULL},
    {"name", &querc_type_text, offsetof(Item, name), QUERC_NOT_NULL},
    {"created", &querc_type_timestamptz, offsetof(Item, created), QUERC_NOT_NULL},
    {"weight", &querc_type_float8, offsetof(Item, weight), QUERC_NOT_NULL},
    {"active", &querc_type_bool, offsetof(Item, active), QUERC_NOT_NULL},
};
static const querc_column wide_columns[] = {{"id", &querc_type_int8, offsetof(Wide, id), QUERC_NOT_NULL},
                                            {"body", &querc_type_text, offsetof(Wide, body), QUERC_NOT_NULL}};
static const querc_param item_params[] = {{"id", &querc_type_int8, false}};
static const querc_param add_params[] = {
    {"id", &querc_type_int8, false}, {"name", &querc_type_text, false}, {"weight", &querc_type_float8, false}};
static const uint32_t add_offsets[] = {offsetof(AddItem, id), offsetof(AddItem, name), offsetof(AddItem, weight)};
static const querc_item add_layout = {add_offsets, sizeof(AddItem)};

static const querc_query list_items = {.name = "ListItems",
                                       .sql = "SELECT id, name, created, weight, active FROM item",
                                       .statement = "list_items",
                                       .columns = item_columns,
                                       .row_size = sizeof(Item),
                                       .owner_offset = offsetof(Item, owner),
                                       .column_count = 5,
                                       .read_only = true};
static const querc_query list_wide = {.name = "ListWide",
                                      .sql = "SELECT id, body FROM wide",
                                      .statement = "list_wide",
                                      .columns = wide_columns,
                                      .row_size = sizeof(Wide),
                                      .owner_offset = QUERC_NO_OWNER,
                                      .column_count = 2,
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
static const querc_query add_item = {.name = "AddItem",
                                     .sql = "INSERT INTO sink (id, name, weight) VALUES ($1, $2, $3)",
                                     .statement = "add_item",
                                     .params = add_params,
                                     .owner_offset = QUERC_NO_OWNER,
                                     .param_count = 3};
static const querc_copy copy_items = {.insert = &add_item,
                                      .sql = "COPY sink (id, name, weight) FROM STDIN (FORMAT binary)",
                                      .item = {add_offsets, sizeof(AddItem)}};

static void check(querc_conn *db, querc_status status)
{
    if (status != QUERC_OK)
        fail("runtime", querc_last_error(db)->message);
}

static querc_status get(querc_conn *db, int64_t id, Item *item)
{
    const void *const args[] = {&id};
    return querc_call_one(db, &get_item, args, item);
}

static void lookups(querc_conn *db, int64_t first, int64_t last)
{
    for (int64_t id = first; id <= last; id++) {
        Item item;
        check(db, get(db, id, &item));
        use(&item, 1);
        querc_free(&item, sizeof item, item.owner);
    }
}

void runtime_prepare(Bench *bench)
{
    const querc_pool_options options = {.max_size = THREADS};
    check(NULL, querc_pool_open("", &options, &bench->pool));
    lookups(bench->db, 1, 1);
}

/* --- rows --------------------------------------------------------------------------------------------------------
 */

void runtime_rows(Bench *bench)
{
    Items items;
    check(bench->db, querc_call_many(bench->db, &list_items, NULL, &items));
    use(items.items, items.len);
    querc_free(&items, sizeof items, items.owner);
}

void runtime_stream(Bench *bench)
{
    querc_stream stream;
    Item item;
    querc_status status;
    check(bench->db, querc_call_open(bench->db, &list_items, NULL, &stream));
    while ((status = querc_call_next(&stream, &list_items, &item)) == QUERC_ROW)
        if (item.id % 1000 == 0)
            use(&item, 1);
    if (status != QUERC_DONE)
        fail("stream", querc_last_error(bench->db)->message);
    querc_stream_close(&stream);
}

void runtime_wide(Bench *bench)
{
    Wides wides;
    check(bench->db, querc_call_many(bench->db, &list_wide, NULL, &wides));
    for (size_t i = 0; i < wides.len; i++)
        use_text(wides.items[i].body);
    querc_free(&wides, sizeof wides, wides.owner);
}

/* --- look-ups
 * ----------------------------------------------------------------------------------------------------- */

void runtime_lookups(Bench *bench)
{
    lookups(bench->db, 1, LOOKUPS);
}

/* A hundred queries in flight. */
static void pipeline(querc_conn *db, querc_batch_mode mode)
{
    Item item;
    check(db, querc_pipeline_begin(db, mode));
    for (int64_t first = 1; first <= LOOKUPS; first += 100) {
        for (int64_t id = first; id < first + 100; id++) {
            const void *const args[] = {&id};
            check(db, querc_call_send(db, &get_item, args));
        }
        check(db, querc_pipeline_sync(db));
        for (int i = 0; i < 100; i++) {
            querc_status status = querc_call_recv_one(db, &get_item, &item);
            if (status == QUERC_AGAIN) {
                check(db, querc_pipeline_wait(db, -1));
                status = querc_call_recv_one(db, &get_item, &item);
            }
            check(db, status);
            use(&item, 1);
            querc_free(&item, sizeof item, item.owner);
        }
    }
    check(db, querc_pipeline_end(db));
}

void runtime_pipeline_each(Bench *bench)
{
    pipeline(bench->db, QUERC_BATCH_EACH);
}

void runtime_pipeline_atomic(Bench *bench)
{
    pipeline(bench->db, QUERC_BATCH_ATOMIC);
}

/* Each look-up borrows a connection anew. */
static void *thread_lookups(void *argument)
{
    for (int64_t id = 1; id <= LOOKUPS / THREADS; id++) {
        querc_conn *db;
        check(NULL, querc_pool_acquire(argument, -1, &db));
        lookups(db, id, id);
        querc_pool_release(db);
    }
    return NULL;
}

void runtime_threads(Bench *bench)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, thread_lookups, bench->pool) != 0)
            fail("runtime", "no thread");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* --- inserts
 * ------------------------------------------------------------------------------------------------------- */

void runtime_inserts(Bench *bench)
{
    for (int64_t id = 1; id <= SINGLE_INSERTS; id++) {
        double weight = (double)id / 7.0;
        const void *const args[] = {&id, "a name", &weight};
        check(bench->db, querc_call_exec(bench->db, &add_item, args));
    }
}

static const AddItem *new_items(void)
{
    static AddItem items[INSERTS];
    for (int64_t id = 1; id <= INSERTS && items[0].id == 0; id++)
        items[INSERTS - id] = (AddItem){id, "a name", (double)id / 7.0};
    return items;
}

void runtime_batch(Bench *bench)
{
    check(bench->db,
          querc_call_batchexec(bench->db, &add_item, &add_layout, new_items(), INSERTS, QUERC_BATCH_ATOMIC, NULL));
}

void runtime_copy(Bench *bench)
{
    int64_t rows;
    check(bench->db, querc_call_copyfrom(bench->db, &copy_items, new_items(), INSERTS, &rows));
}
