/* Independent pieces of work on all processors. */
#ifndef QUERC_BASE_PARALLEL_H
#define QUERC_BASE_PARALLEL_H

#include <stddef.h>

/* How many threads are worth while for that many bytes of input: 1 for little. */
size_t parallel_workers(size_t bytes);

/* Calls run(context, worker, index) once for each index below n, in no particular order, from up to `workers`
 * threads, and waits for all of them. worker is below workers and tells the threads apart, for what each needs of
 * its own (an arena). The calling thread is worker 0; where the system gives no more threads it does all the work.
 */
void parallel_run(size_t n, size_t workers, void (*run)(void *context, size_t worker, size_t index), void *context);

#endif
