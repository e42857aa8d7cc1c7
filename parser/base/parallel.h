/* Independent pieces of work on all processors. */
#ifndef QUERC_BASE_PARALLEL_H
#define QUERC_BASE_PARALLEL_H

#include <stddef.h>

/* How many threads are worth while for that many bytes of input: 1 for little. */
size_t parallel_workers(size_t bytes);

/* Calls run(context, worker, index) once for each index below n, in no particular order, from up to `workers`
 * threads, and waits for all of them. worker is below workers and tells the threads apart, for what each needs of
 * its own (an arena). The calling thread is worker 0; where the system gives no more threads it does all the work.
 * The others have stacks of STACK_FOR_TREES (base/stack.h). */
void parallel_run(size_t n, size_t workers, void (*run)(void *context, size_t worker, size_t index), void *context);

/* Work in two steps, of which the second must be done one by one. */
typedef struct Pipeline {
    void *context;
    /* Done in no particular order by any thread, as above. */
    void (*produce)(void *context, size_t worker, size_t index);
    /* Done by the calling thread, for index after index, each once it is produced and while others are. */
    void (*consume)(void *context, size_t index);
    /* No index is produced before index - window is consumed, so that index % window can number what a piece of
     * work keeps between the steps. At least 1. */
    size_t window;
} Pipeline;

void parallel_pipeline(size_t n, size_t workers, const Pipeline *pipeline);

#endif
