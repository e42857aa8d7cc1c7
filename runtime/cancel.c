/*
 * Requests to cancel. PQcancel makes a connection of its own and waits until the server has closed it, which is
 * what tells that a cancellation is over and will not hit a later statement. It waits for ever if the host is gone
 * or the server is stopped, so it runs in a thread, the only one that libquerc ever starts. The thread holds
 * nothing of the connection's and tells that it is done by closing its end of a pipe; who started it may stop
 * listening.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_cancel.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/* From malloc and not from the connection's allocator, which need not live as long as the thread. */
typedef struct Request {
    PGcancel *cancel;
    int done; /* the end of the pipe to close */
} Request;

static void request_free(Request *request)
{
    if (request == NULL)
        return;
    PQfreeCancel(request->cancel);
    if (request->done >= 0)
        close(request->done);
    free(request);
}

static void *request_run(void *argument)
{
    Request *request = argument;
    char ignored[256];
    PQcancel(request->cancel, ignored, sizeof ignored);
    request_free(request);
    return NULL;
}

/* A thread that takes no signals, since they are the program's. */
static bool start_thread(Request *request)
{
    pthread_t thread;
    pthread_attr_t attributes;
    sigset_t all;
    sigset_t before;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&thread, &attributes, request_run, request) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return started;
}

static Request *request_create(PGconn *pg, int done)
{
    Request *request = malloc(sizeof *request);
    if (request == NULL) {
        close(done);
        return NULL;
    }
    request->done = done;
    request->cancel = PQgetCancel(pg);
    if (request->cancel != NULL)
        return request;
    request_free(request);
    return NULL;
}

int qrt_cancel_start(PGconn *pg)
{
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    Request *request = request_create(pg, ends[1]);
    if (request != NULL && start_thread(request))
        return ends[0];
    request_free(request);
    close(ends[0]);
    return -1;
}
