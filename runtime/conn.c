/*
 * Connections: opening, adopting and closing them, and the maps in which a connection remembers what it has
 * prepared and resolved. The maps are keyed by the addresses of generated constants, which never move.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_io.h"
#include "querc_pool.h"

#include <libpq-fe.h>
#include <poll.h>

/* --- maps ---------------------------------------------------------------------------------------------- */

static size_t map_slot(const PointerMap *map, const void *key)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (map->capacity - 1);
    while (map->keys[slot] != NULL && map->keys[slot] != key)
        slot = (slot + 1) & (map->capacity - 1);
    return slot;
}

void *qrt_map_get(const PointerMap *map, const void *key)
{
    if (map->capacity == 0)
        return NULL;
    size_t slot = map_slot(map, key);
    return map->keys[slot] == key ? map->values[slot] : NULL;
}

static bool map_grow(PointerMap *map, const querc_allocator *allocator)
{
    PointerMap bigger = {.capacity = map->capacity == 0 ? 32 : map->capacity * 2, .count = map->count};
    bigger.keys = qrt_allocate(allocator, bigger.capacity * sizeof *bigger.keys);
    bigger.values = qrt_allocate(allocator, bigger.capacity * sizeof *bigger.values);
    if (bigger.keys == NULL || bigger.values == NULL) {
        qrt_map_clear(&bigger, allocator);
        return false;
    }
    for (size_t i = 0; i < bigger.capacity; i++)
        bigger.keys[i] = NULL;
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->keys[i] == NULL)
            continue;
        size_t slot = map_slot(&bigger, map->keys[i]);
        bigger.keys[slot] = map->keys[i];
        bigger.values[slot] = map->values[i];
    }
    qrt_map_clear(map, allocator);
    *map = bigger;
    return true;
}

bool qrt_map_put(PointerMap *map, const querc_allocator *allocator, const void *key, void *value)
{
    if (map->count * 2 >= map->capacity && !map_grow(map, allocator))
        return false;
    size_t slot = map_slot(map, key);
    if (map->keys[slot] == NULL)
        map->count++;
    map->keys[slot] = key;
    map->values[slot] = value;
    return true;
}

void qrt_map_clear(PointerMap *map, const querc_allocator *allocator)
{
    qrt_release(allocator, map->keys);
    qrt_release(allocator, map->values);
    memset(map, 0, sizeof *map);
}

/* --- connections ---------------------------------------------------------------------------------------- */

querc_conn *qrt_conn_create(const querc_options *options)
{
    querc_allocator allocator;
    qrt_allocator_init(&allocator, options != NULL ? options->allocator : NULL);
    querc_conn *db = qrt_allocate(&allocator, sizeof *db);
    if (db == NULL)
        return NULL;
    memset(db, 0, sizeof *db);
    db->allocator = allocator;
    if (options != NULL) {
        db->mode = options->mode;
        db->skip_drift_check = options->skip_drift_check;
        db->timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : 0;
        db->grace_ms = options->grace_ms;
        querc_set_replicas(db, options->replicas, options->replicas_timeout_ms);
    }
    qrt_arena_init(&db->arena, &allocator, NULL, 0);
    qrt_note(db, NULL, QUERC_OK, "");
    return db;
}

/* Connects, or finds that it is not possible; false when the moment has passed. */
static bool connect_until(PGconn *pg, int64_t moment)
{
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    while (PQstatus(pg) != CONNECTION_BAD && next != PGRES_POLLING_OK && next != PGRES_POLLING_FAILED) {
        if (!qrt_poll(PQsocket(pg), next == PGRES_POLLING_READING ? POLLIN : POLLOUT, moment))
            return false;
        next = PQconnectPoll(pg);
    }
    return true;
}

querc_status querc_open(const char *conninfo, const querc_options *options, querc_conn **db)
{
    /* conninfo comes second and is expanded, so that what it says about the encoding wins. */
    const char *const keywords[] = {"client_encoding", "dbname", NULL};
    const char *const values[] = {"UTF8", conninfo != NULL ? conninfo : "", NULL};
    int64_t limit = options != NULL ? options->connect_timeout_ms : 0;

    *db = qrt_conn_create(options);
    if (*db == NULL)
        return QUERC_NO_MEMORY;
    (*db)->owns_pg = true;
    (*db)->pg = limit > 0 ? PQconnectStartParams(keywords, values, 1) : PQconnectdbParams(keywords, values, 1);
    if ((*db)->pg == NULL)
        return qrt_fail_no_memory(*db, NULL);
    if (limit > 0 && !connect_until((*db)->pg, qrt_now() + limit * 1000))
        return qrt_fail(*db, NULL, QUERC_TIMEOUT, "08001", "could not connect within %d ms", (int)limit);
    if (PQstatus((*db)->pg) != CONNECTION_OK)
        return qrt_fail(*db, NULL, QUERC_CONNECTION, "08001", "%.*s", (int)strcspn(PQerrorMessage((*db)->pg), "\n"),
                        PQerrorMessage((*db)->pg));
    return QUERC_OK;
}

querc_status querc_wrap(struct pg_conn *conn, const querc_options *options, querc_conn **db)
{
    *db = qrt_conn_create(options);
    if (*db == NULL)
        return QUERC_NO_MEMORY;
    (*db)->pg = conn;
    (*db)->may_have_statements = true;
    if (conn == NULL)
        return qrt_fail(*db, NULL, QUERC_MISUSE, "08003", "querc_wrap was given no connection");
    return QUERC_OK;
}

void querc_forget(querc_conn *db)
{
    /* Within a pipeline, queries in flight need what is known of their statements. */
    if (db == NULL || db->pipeline != NULL)
        return;
    qrt_map_clear(&db->statements, &db->allocator);
    qrt_map_clear(&db->types, &db->allocator);
    qrt_arena_release(&db->arena);
    db->may_have_statements = true;
}

void querc_close(querc_conn *db)
{
    if (db == NULL)
        return;
    querc_allocator allocator = db->allocator;
    querc_pool *pool = db->pool;
    qrt_pipeline_release(db);
    querc_forget(db);
    qrt_arena_release(&db->error_arena);
    if (db->owns_pg && db->pg != NULL)
        PQfinish(db->pg);
    qrt_release(&allocator, db);
    if (pool != NULL)
        qrt_pool_forget(pool, false);
}

struct pg_conn *querc_pgconn(const querc_conn *db)
{
    return db != NULL ? db->pg : NULL;
}

querc_status qrt_conn_ready(querc_conn *db, const querc_query *query)
{
    if (db == NULL)
        return QUERC_MISUSE;
    if (db->pg == NULL)
        return qrt_fail(db, query, QUERC_CONNECTION, "08003", "there is no connection");
    qrt_start_call(db);
    if (db->streaming)
        return qrt_fail(db, query, QUERC_MISUSE, "55000", "a stream is open on this connection");
    if (db->pipeline != NULL)
        return qrt_fail(db, query, QUERC_MISUSE, "55000", "the connection has a pipeline: call querc_pipeline_end");
    return QUERC_OK;
}
