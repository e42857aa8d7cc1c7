/* What querc makes of schema.sql and bench.sql. */
#include "bench.h"

#include <pthread.h>

#include "bench.sql.h"

static void check(querc_conn *db, querc_status status)
{
    if (status != QUERC_OK)
        fail("runtime", querc_last_error(db)->message);
}

static void use_rows(const gen_item *items, size_t len)
{
    for (size_t i = 0; i < len; i += 1000) {
        const Item item = {items[i].id,     items[i].name,   items[i].created.usec,
                           items[i].weight, items[i].active, NULL};
        use(&item, 1);
    }
}

static void lookups(querc_conn *db, int64_t first, int64_t last)
{
    for (int64_t id = first; id <= last; id++) {
        gen_item item;
        check(db, gen_get_item(db, id, &item));
        use_rows(&item, 1);
        gen_item_free(&item);
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
    gen_list_items_rows items;
    check(bench->db, gen_list_items(bench->db, &items));
    use_rows(items.items, items.len);
    gen_list_items_rows_free(&items);
}

void runtime_stream(Bench *bench)
{
    querc_stream stream;
    gen_item item;
    querc_status status;
    check(bench->db, gen_list_items_open(bench->db, &stream));
    while ((status = gen_list_items_next(&stream, &item)) == QUERC_ROW)
        if (item.id % 1000 == 0)
            use_rows(&item, 1);
    if (status != QUERC_DONE)
        fail("stream", querc_last_error(bench->db)->message);
    querc_stream_close(&stream);
}

void runtime_wide(Bench *bench)
{
    gen_list_wide_rows wides;
    check(bench->db, gen_list_wide(bench->db, &wides));
    for (size_t i = 0; i < wides.len; i++)
        use_text(wides.items[i].body);
    gen_list_wide_rows_free(&wides);
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
    gen_item item;
    check(db, querc_pipeline_begin(db, mode));
    for (int64_t first = 1; first <= LOOKUPS; first += 100) {
        for (int64_t id = first; id < first + 100; id++)
            check(db, gen_get_item_send(db, id));
        check(db, querc_pipeline_sync(db));
        for (int i = 0; i < 100; i++) {
            querc_status status = gen_get_item_recv(db, &item);
            if (status == QUERC_AGAIN) {
                check(db, querc_pipeline_wait(db, -1));
                status = gen_get_item_recv(db, &item);
            }
            check(db, status);
            use_rows(&item, 1);
            gen_item_free(&item);
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
    for (int64_t id = 1; id <= SINGLE_INSERTS; id++)
        check(bench->db, gen_add_item(bench->db, id, "a name", (double)id / 7.0));
}

/* The members are the same, but each query has a parameter struct of its own. */
#define FILL(ITEMS, ID, NAME, WEIGHT)                                                                              \
    for (int64_t id = 1; id <= INSERTS && (ITEMS)[0].NAME == NULL; id++) {                                         \
        (ITEMS)[INSERTS - id].ID = id;                                                                             \
        (ITEMS)[INSERTS - id].NAME = "a name";                                                                     \
        (ITEMS)[INSERTS - id].WEIGHT = (double)id / 7.0;                                                           \
    }

void runtime_batch(Bench *bench)
{
    static gen_batch_items_params items[INSERTS];
    FILL(items, id, name, weight)
    check(bench->db, gen_batch_items(bench->db, items, INSERTS, QUERC_BATCH_ATOMIC, NULL));
}

void runtime_copy(Bench *bench)
{
    static gen_copy_items_params items[INSERTS];
    int64_t rows;
    FILL(items, id, name, weight)
    check(bench->db, gen_copy_items(bench->db, items, INSERTS, &rows));
}

void runtime_bulk(Bench *bench)
{
    static gen_bulk_items_params items[INSERTS];
    int64_t rows;
    FILL(items, ids, names, weights)
    check(bench->db, gen_bulk_items(bench->db, items, INSERTS, &rows));
}
