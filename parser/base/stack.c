/* A large stack is a thread's: the only portable way to get one. */
#include "base/stack.h"

#include <pthread.h>

typedef struct StackCall {
    void (*run)(void *);
    void *context;
} StackCall;

static void *call(void *argument)
{
    const StackCall *wanted = argument;
    wanted->run(wanted->context);
    return NULL;
}

bool stack_run(size_t size, void (*run)(void *), void *context)
{
    pthread_attr_t attributes;
    pthread_t thread;
    StackCall wanted = {run, context};
    if (pthread_attr_init(&attributes) != 0)
        return false;
    bool started = pthread_attr_setstacksize(&attributes, size) == 0 &&
                   pthread_create(&thread, &attributes, call, &wanted) == 0;
    pthread_attr_destroy(&attributes);
    if (started)
        pthread_join(thread, NULL);
    return started;
}
