/* Threads that take the next piece of work until there is none. */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_WORKERS = 16, BYTES_A_WORKER = 16 * 1024 };

typedef struct Work {
    size_t n;
    void (*run)(void *context, size_t worker, size_t index);
    void *context;
    atomic_size_t next;
} Work;

typedef struct Worker {
    Work *work;
    size_t number;
    pthread_t thread;
} Worker;

size_t parallel_workers(size_t bytes)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = online < 1 ? 1 : online > MOST_WORKERS ? MOST_WORKERS : (size_t)online;
    size_t useful = bytes / BYTES_A_WORKER + 1;
    return useful < most ? useful : most;
}

static void *work_on(void *context)
{
    Worker *worker = context;
    Work *work = worker->work;
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < work->n;)
        work->run(work->context, worker->number, i);
    return NULL;
}

void parallel_run(size_t n, size_t workers, void (*run)(void *context, size_t worker, size_t index), void *context)
{
    Work work = {.n = n, .run = run, .context = context};
    atomic_init(&work.next, 0);
    Worker all[MOST_WORKERS];
    size_t started = 1;
    all[0] = (Worker){.work = &work};
    while (started < workers && started < n && started < MOST_WORKERS) {
        all[started] = (Worker){.work = &work, .number = started};
        if (pthread_create(&all[started].thread, NULL, work_on, &all[started]))
            break;
        started++;
    }
    work_on(&all[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(all[i].thread, NULL);
}
