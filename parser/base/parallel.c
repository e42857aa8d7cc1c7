/* Threads that take the next piece of work until there is none. */
#include "base/parallel.h"

#include "base/arena.h"
#include "base/stack.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { MOST_WORKERS = 16, BYTES_A_WORKER = 16 * 1024 };

size_t parallel_workers(size_t bytes)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = online < 1 ? 1 : online > MOST_WORKERS ? MOST_WORKERS : (size_t)online;
    size_t useful = bytes / BYTES_A_WORKER + 1;
    return useful < most ? useful : most;
}

/* ---- threads ---- */

typedef struct Crew Crew;

typedef struct Worker {
    Crew *crew;
    size_t number;
    pthread_t thread;
} Worker;

/* The threads besides the calling one. */
struct Crew {
    void (*work)(void *job, size_t worker);
    void *job;
    size_t n;
    Worker workers[MOST_WORKERS];
};

static void *start_work(void *context)
{
    const Worker *worker = context;
    worker->crew->work(worker->crew->job, worker->number);
    return NULL;
}

static void crew_start(Crew *crew, size_t n)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, STACK_FOR_TREES);
    while (crew->n < n && crew->n < MOST_WORKERS) {
        Worker *worker = &crew->workers[crew->n];
        *worker = (Worker){.crew = crew, .number = crew->n + 1};
        if (pthread_create(&worker->thread, &attributes, start_work, worker))
            break;
        crew->n++;
    }
    pthread_attr_destroy(&attributes);
}

static void crew_join(Crew *crew)
{
    for (size_t i = 0; i < crew->n; i++)
        pthread_join(crew->workers[i].thread, NULL);
}

/* Besides the calling thread. */
static size_t crew_size(size_t n, size_t workers)
{
    size_t useful = workers < n ? workers : n;
    return useful > 1 ? useful - 1 : 0;
}

/* ---- one step ---- */

typedef struct Work {
    size_t n;
    void (*run)(void *context, size_t worker, size_t index);
    void *context;
    atomic_size_t next;
} Work;

static void work_on(void *context, size_t worker)
{
    Work *work = context;
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < work->n;)
        work->run(work->context, worker, i);
}

void parallel_run(size_t n, size_t workers, void (*run)(void *context, size_t worker, size_t index), void *context)
{
    Work work = {.n = n, .run = run, .context = context};
    atomic_init(&work.next, 0);
    Crew crew = {.work = work_on, .job = &work};
    crew_start(&crew, crew_size(n, workers));
    work_on(&work, 0);
    crew_join(&crew);
}

/* ---- two steps ---- */

typedef struct Belt {
    const Pipeline *pipeline;
    size_t n;
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t produced, consumed;
    size_t next;  /* to be produced */
    size_t taken; /* consumed so far */
    bool *ready;  /* by index % window */
} Belt;

static bool has_room(const Belt *belt)
{
    return belt->next < belt->n && belt->next - belt->taken < belt->pipeline->window;
}

/* Produces the next one; holds the lock before and after, not meanwhile. */
static void produce_next(Belt *belt, size_t worker)
{
    const Pipeline *pipeline = belt->pipeline;
    size_t index = belt->next++;
    pthread_mutex_unlock(&belt->lock);
    pipeline->produce(pipeline->context, worker, index);
    pthread_mutex_lock(&belt->lock);
    belt->ready[index % pipeline->window] = true;
    if (index == belt->taken)
        pthread_cond_signal(&belt->produced);
}

static void produce_all(void *context, size_t worker)
{
    Belt *belt = context;
    pthread_mutex_lock(&belt->lock);
    while (belt->next < belt->n) {
        if (has_room(belt))
            produce_next(belt, worker);
        else
            pthread_cond_wait(&belt->consumed, &belt->lock);
    }
    pthread_mutex_unlock(&belt->lock);
}

/* The calling thread consumes what is ready, else produces, and waits only when it can do neither. */
static void consume_all(Belt *belt)
{
    const Pipeline *pipeline = belt->pipeline;
    pthread_mutex_lock(&belt->lock);
    while (belt->taken < belt->n) {
        bool *ready = &belt->ready[belt->taken % pipeline->window];
        if (*ready) {
            *ready = false;
            pthread_mutex_unlock(&belt->lock);
            pipeline->consume(pipeline->context, belt->taken);
            pthread_mutex_lock(&belt->lock);
            belt->taken++;
            pthread_cond_broadcast(&belt->consumed);
        } else if (has_room(belt)) {
            produce_next(belt, 0);
        } else {
            pthread_cond_wait(&belt->produced, &belt->lock);
        }
    }
    pthread_mutex_unlock(&belt->lock);
}

void parallel_pipeline(size_t n, size_t workers, const Pipeline *pipeline)
{
    size_t crew_wanted = crew_size(n, workers);
    if (crew_wanted == 0) {
        for (size_t i = 0; i < n; i++) {
            pipeline->produce(pipeline->context, 0, i);
            pipeline->consume(pipeline->context, i);
        }
        return;
    }
    Arena *arena = arena_new();
    Belt belt = {.pipeline = pipeline, .n = n, .ready = arena_array_of(arena, pipeline->window, bool)};
    pthread_mutex_init(&belt.lock, NULL);
    pthread_cond_init(&belt.produced, NULL);
    pthread_cond_init(&belt.consumed, NULL);
    Crew crew = {.work = produce_all, .job = &belt};
    crew_start(&crew, crew_wanted);
    consume_all(&belt);
    crew_join(&crew);
    pthread_cond_destroy(&belt.consumed);
    pthread_cond_destroy(&belt.produced);
    pthread_mutex_destroy(&belt.lock);
    arena_free(arena);
}
