/*
 * A server with threads: each worker waits for a request, borrows a connection from the pool for as long as the
 * request takes, and gives it back. There are more workers than connections; who waits is served in turn.
 *
 * Requests are lines on standard input ("hit /index.html", "show /index.html"), so that the example needs no
 * network.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pages.sql.h"

enum { WORKERS = 8, CONNECTIONS = 3, LINE = 256 };

typedef struct Server {
    querc_pool *pool;
    pthread_mutex_t mutex; /* of all below */
    int answered;
    int not_found;
    int failed;
} Server;

/* --- one request ------------------------------------------------------------------------------------------------
 */

static querc_status answer(querc_conn *db, const char *verb, const char *path)
{
    if (strcmp(verb, "hit") == 0) {
        web_count_view_row row;
        return web_count_view(db, path, &row);
    }
    web_page page;
    querc_status status = web_get_page(db, path, &page);
    web_page_free(&page);
    return status;
}

static querc_status serve(Server *server, const char *verb, const char *path)
{
    querc_conn *db;
    querc_status status = querc_pool_acquire(server->pool, 5000, &db);
    if (status == QUERC_OK)
        status = answer(db, verb, path);
    if (querc_is_error(status))
        fprintf(stderr, "%s %s: %s\n", verb, path, querc_last_error(db)->message);
    querc_pool_release(db);
    return status;
}

static void *work(void *argument)
{
    Server *server = argument;
    char line[LINE];
    for (;;) {
        char verb[LINE];
        char path[LINE];
        /* Standard input has a lock of its own: each line goes to one worker. */
        if (fgets(line, sizeof line, stdin) == NULL)
            return NULL;
        if (sscanf(line, "%s %s", verb, path) != 2)
            continue;
        querc_status status = serve(server, verb, path);
        pthread_mutex_lock(&server->mutex);
        server->answered += status == QUERC_OK;
        server->not_found += status == QUERC_NO_ROWS;
        server->failed += querc_is_error(status);
        pthread_mutex_unlock(&server->mutex);
    }
}

/* --- the server --------------------------------------------------------------------------------------------------
 */

int main(void)
{
    const querc_pool_options options = {.max_size = CONNECTIONS, .connection = {.timeout_ms = 10000}};
    Server server = {.mutex = PTHREAD_MUTEX_INITIALIZER};
    if (querc_pool_open("", &options, &server.pool) != QUERC_OK)
        return 1;
    pthread_t workers[WORKERS];
    for (int i = 0; i < WORKERS; i++)
        if (pthread_create(&workers[i], NULL, work, &server) != 0)
            return 1;
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i], NULL);

    querc_pool_statistics statistics;
    querc_pool_get_statistics(server.pool, &statistics);
    printf("%d answered, %d not found, %d failed\n", server.answered, server.not_found, server.failed);
    printf("%s connections than workers\n", statistics.opened <= CONNECTIONS ? "fewer" : "no fewer");
    querc_pool_close(server.pool);
    return server.failed > 0;
}
