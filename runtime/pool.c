/*
 * The pool's queue. Borrowers who find nothing free stand in a line; what becomes free is given to the first of the
 * line by whoever frees it, so nobody overtakes: a newcomer takes an idle connection only if nobody waits.
 *
 * What is given is either a connection or, after one was closed, a place: the right to open one. statistics.size
 * counts places, taken or being opened, and never exceeds max_size. Opening, checking and closing happen outside
 * the lock.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_pool_private.h"

#include <errno.h>
#include <time.h>

enum {
    DEFAULT_SIZE = 10,
    DEFAULT_IDLE_MS = 10 * 60 * 1000,
    DEFAULT_LIFETIME_MS = 30 * 60 * 1000,
    DEFAULT_CHECK_MS = 1000
};

/* On the stack of who waits. */
struct Waiter {
    pthread_cond_t wake;
    Waiter *next;
    querc_conn *db; /* given; or NULL, which is a place */
    bool is_served;
};

/* Why a connection was closed. */
typedef enum Reason { BROKEN, EXPIRED, IDLE } Reason;

/* --- opening and closing the pool -------------------------------------------------------------------------- */

static int or_default(int value, int standard)
{
    return value == 0 ? standard : value;
}

static char *copy_string(const querc_allocator *allocator, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = qrt_allocate(allocator, size);
    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}

static void pool_free(querc_pool *pool)
{
    querc_allocator allocator = pool->allocator;
    qrt_release(&allocator, pool->conninfo);
    qrt_release(&allocator, pool->reset_sql);
    qrt_release(&allocator, pool);
}

static void fill_in(querc_pool *pool, const querc_pool_options *options)
{
    if (options != NULL)
        pool->options = *options;
    querc_pool_options *o = &pool->options;
    o->max_size = o->max_size > 0 ? o->max_size : DEFAULT_SIZE;
    o->max_idle_ms = or_default(o->max_idle_ms, DEFAULT_IDLE_MS);
    o->max_lifetime_ms = or_default(o->max_lifetime_ms, DEFAULT_LIFETIME_MS);
    o->check_after_ms = or_default(o->check_after_ms, DEFAULT_CHECK_MS);
    /* The caller's allocator was copied; what the option pointed to may be gone when it is next used. */
    o->connection.allocator = &pool->allocator;
    pool->last_waiter = &pool->first_waiter;
    pool->seed = (uint64_t)qrt_now() ^ (uint64_t)(uintptr_t)pool;
}

querc_status querc_pool_open(const char *conninfo, const querc_pool_options *options, querc_pool **out)
{
    querc_allocator allocator;
    *out = NULL;
    qrt_allocator_init(&allocator, options != NULL ? options->connection.allocator : NULL);
    querc_pool *pool = qrt_allocate(&allocator, sizeof *pool);
    if (pool == NULL)
        return QUERC_NO_MEMORY;
    memset(pool, 0, sizeof *pool);
    pool->allocator = allocator;
    fill_in(pool, options);
    pool->conninfo = copy_string(&allocator, conninfo != NULL ? conninfo : "");
    if (pool->options.reset_sql != NULL)
        pool->reset_sql = copy_string(&allocator, pool->options.reset_sql);
    if (pool->conninfo == NULL || (pool->options.reset_sql != NULL && pool->reset_sql == NULL) ||
        pthread_mutex_init(&pool->mutex, NULL) != 0) {
        pool_free(pool);
        return QUERC_NO_MEMORY;
    }
    *out = pool;
    return QUERC_OK;
}

/* Ends what the lock protects. The pool is gone afterwards if it is closing and this was the last to leave. */
static void unlock(querc_pool *pool)
{
    bool is_last = pool->closing && pool->statistics.size == 0 && pool->statistics.waiting == 0;
    pthread_mutex_unlock(&pool->mutex);
    if (!is_last)
        return;
    pthread_mutex_destroy(&pool->mutex);
    pool_free(pool);
}

/* --- the line ---------------------------------------------------------------------------------------------- */

/* Gives db, or a place if db is NULL, to the first of the line; false if nobody waits. */
static bool serve_first(querc_pool *pool, querc_conn *db)
{
    Waiter *first = pool->first_waiter;
    if (first == NULL)
        return false;
    pool->first_waiter = first->next;
    if (pool->first_waiter == NULL)
        pool->last_waiter = &pool->first_waiter;
    first->db = db;
    first->is_served = true;
    pthread_cond_signal(&first->wake);
    return true;
}

/* A place is free. */
static void give_up_place(querc_pool *pool)
{
    if (pool->closing || !serve_first(pool, NULL))
        pool->statistics.size--;
}

static void leave_line(querc_pool *pool, const Waiter *waiter)
{
    Waiter **link = &pool->first_waiter;
    while (*link != waiter)
        link = &(*link)->next;
    *link = waiter->next;
    if (waiter->next == NULL)
        pool->last_waiter = link;
}

static bool init_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool done = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                pthread_cond_init(condition, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return done;
}

/* Until served, the pool closes, or the moment has passed. */
static void wait_in_line(querc_pool *pool, Waiter *waiter, int64_t moment)
{
    struct timespec until = {.tv_sec = (time_t)(moment / 1000000), .tv_nsec = (long)(moment % 1000000) * 1000};
    int64_t since = qrt_now();
    waiter->next = NULL;
    *pool->last_waiter = waiter;
    pool->last_waiter = &waiter->next;
    pool->statistics.waiting++;
    while (!waiter->is_served && !pool->closing) {
        if (moment == 0)
            pthread_cond_wait(&waiter->wake, &pool->mutex);
        else if (pthread_cond_timedwait(&waiter->wake, &pool->mutex, &until) == ETIMEDOUT)
            break;
    }
    if (!waiter->is_served)
        leave_line(pool, waiter);
    pool->statistics.waiting--;
    pool->statistics.waited++;
    pool->statistics.wait_usec += (uint64_t)(qrt_now() - since);
}

/* --- connections out of and into the pool --------------------------------------------------------------------- */

static querc_conn *pop_idle(querc_pool *pool)
{
    querc_conn *db = pool->idle;
    pool->idle = db->pooled.next;
    pool->statistics.idle--;
    return db;
}

/* Takes the connections that were idle for too long out of the pool and returns them, linked. They are at the end
 * of the list, which has the most recently used first. */
static querc_conn *take_stale(querc_pool *pool)
{
    int64_t limit = (int64_t)pool->options.max_idle_ms * 1000;
    if (limit < 0 || pool->idle == NULL)
        return NULL;
    int64_t now = qrt_now();
    querc_conn **link = &pool->idle;
    for (int kept = 0; *link != NULL; kept++, link = &(*link)->pooled.next)
        if (kept >= pool->options.min_idle && now - (*link)->pooled.idle_since > limit)
            break;
    querc_conn *stale = *link;
    *link = NULL;
    for (const querc_conn *db = stale; db != NULL; db = db->pooled.next) {
        pool->statistics.idle--;
        pool->statistics.size--;
        pool->statistics.closed_idle++;
    }
    return stale;
}

/* Closes connections that the pool no longer counts. */
static void close_all(querc_conn *db)
{
    while (db != NULL) {
        querc_conn *next = db->pooled.next;
        db->pool = NULL;
        querc_close(db);
        db = next;
    }
}

static void count_closed(querc_pool *pool, Reason reason)
{
    if (reason == EXPIRED)
        pool->statistics.closed_expired++;
    else if (reason == BROKEN)
        pool->statistics.closed_broken++;
    else
        pool->statistics.closed_idle++;
}

void querc_pool_close(querc_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->mutex);
    pool->closing = true;
    querc_conn *idle = pool->idle;
    pool->idle = NULL;
    pool->statistics.size -= pool->statistics.idle;
    pool->statistics.idle = 0;
    for (Waiter *waiter = pool->first_waiter; waiter != NULL; waiter = waiter->next)
        pthread_cond_signal(&waiter->wake);
    unlock(pool);
    close_all(idle);
}

/* A handle that says why there is no connection. */
static querc_status refuse(const querc_allocator *allocator, querc_status status, const char *sqlstate,
                           const char *message, querc_conn **db)
{
    const querc_options options = {.allocator = allocator};
    *db = qrt_conn_create(&options);
    return *db != NULL ? qrt_fail(*db, NULL, status, sqlstate, "%s", message) : QUERC_NO_MEMORY;
}

/* A connection (*db) or a place (*db is NULL), at once or after waiting. QUERC_TIMEOUT if there is neither. */
static querc_status take(querc_pool *pool, int timeout_ms, int64_t moment, querc_conn **db)
{
    Waiter waiter = {.next = NULL};
    *db = NULL;
    if (pool->first_waiter == NULL && pool->idle != NULL) {
        *db = pop_idle(pool);
        return QUERC_OK;
    }
    if (pool->first_waiter == NULL && pool->statistics.size < pool->options.max_size) {
        pool->statistics.size++;
        return QUERC_OK;
    }
    if (timeout_ms == 0)
        return QUERC_TIMEOUT;
    if (!init_condition(&waiter.wake))
        return QUERC_NO_MEMORY;
    wait_in_line(pool, &waiter, moment);
    pthread_cond_destroy(&waiter.wake);
    *db = waiter.db;
    return waiter.is_served ? QUERC_OK : QUERC_TIMEOUT;
}

/* After take() with a connection: whether that can be lent. If not it is closed, and its place is left. */
static bool check(querc_pool *pool, querc_conn *db, int64_t moment)
{
    bool expired;
    if (qrt_pool_conn_is_good(pool, db, moment, &expired))
        return true;
    db->pool = NULL;
    querc_close(db);
    pthread_mutex_lock(&pool->mutex);
    count_closed(pool, expired ? EXPIRED : BROKEN);
    pthread_mutex_unlock(&pool->mutex);
    return false;
}

querc_status querc_pool_acquire(querc_pool *pool, int timeout_ms, querc_conn **db)
{
    int64_t moment = timeout_ms < 0 ? 0 : qrt_now() + (int64_t)timeout_ms * 1000;
    querc_allocator allocator = pool->allocator;
    pthread_mutex_lock(&pool->mutex);
    querc_status status = take(pool, timeout_ms, moment, db);
    querc_conn *stale = take_stale(pool);
    bool closed = pool->closing;
    pool->statistics.timeouts += status == QUERC_TIMEOUT && !closed;
    unlock(pool);
    close_all(stale);
    if (status == QUERC_TIMEOUT && closed)
        return refuse(&allocator, QUERC_MISUSE, "55000", "the pool is closed", db);
    if (status == QUERC_TIMEOUT)
        return refuse(&allocator, status, "53300", "no connection of the pool became free in time", db);
    if (status != QUERC_OK)
        return status;
    /* A connection that was there is not worth more than the time that is left; opening one is given a little. */
    bool is_new = *db == NULL || !check(pool, *db, moment);
    if (is_new)
        status = qrt_pool_conn_open(pool, timeout_ms == 0 ? 0 : moment, db);
    pthread_mutex_lock(&pool->mutex);
    if (is_new && status == QUERC_OK)
        pool->statistics.opened++;
    if (status == QUERC_OK) {
        pool->statistics.acquired++;
    } else {
        pool->statistics.open_failures++;
        give_up_place(pool);
    }
    unlock(pool);
    return status;
}

/* A lent connection has been closed: its place goes to who waits. */
void qrt_pool_forget(querc_pool *pool, bool expired)
{
    pthread_mutex_lock(&pool->mutex);
    count_closed(pool, expired ? EXPIRED : BROKEN);
    give_up_place(pool);
    unlock(pool);
}

void querc_pool_release(querc_conn *db)
{
    if (db == NULL)
        return;
    querc_pool *pool = db->pool;
    if (pool == NULL) {
        querc_close(db);
        return;
    }
    bool expired;
    if (!qrt_pool_conn_reset(pool, db, &expired)) {
        db->pool = NULL;
        querc_close(db);
        qrt_pool_forget(pool, expired);
        return;
    }
    db->pooled.idle_since = qrt_now();
    db->pooled.next = NULL;
    pthread_mutex_lock(&pool->mutex);
    querc_conn *to_close = db;
    if (pool->closing) {
        pool->statistics.size--;
    } else {
        to_close = NULL;
        if (!serve_first(pool, db)) {
            db->pooled.next = pool->idle;
            pool->idle = db;
            pool->statistics.idle++;
            to_close = take_stale(pool);
        }
    }
    unlock(pool);
    close_all(to_close);
}

void querc_pool_get_statistics(querc_pool *pool, querc_pool_statistics *statistics)
{
    pthread_mutex_lock(&pool->mutex);
    *statistics = pool->statistics;
    pthread_mutex_unlock(&pool->mutex);
    statistics->lent = statistics->size - statistics->idle;
}
