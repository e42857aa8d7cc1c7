/*
 * An event loop on poll(2): one connection, and always a hundred queries on their way. Nothing in the loop
 * waits for the server but poll itself, so that other descriptors could be served by the same loop.
 */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "pages.sql.h"

enum { IN_FLIGHT = 100, QUERIES = 10000 };

typedef struct Loop {
    querc_conn *db;
    int sent;
    int received;
    size_t most_in_flight;
    int64_t views;
} Loop;

static void check(const querc_conn *db, querc_status status)
{
    if (!querc_is_error(status))
        return;
    fprintf(stderr, "%s: %s\n", querc_status_name(status), querc_last_error(db)->message);
    exit(1);
}

/* Keeps the pipeline full. */
static void send_more(Loop *loop)
{
    while (loop->sent < QUERIES && querc_in_flight(loop->db) < IN_FLIGHT) {
        char path[32];
        snprintf(path, sizeof path, "/page/%d", loop->sent++ % 1000);
        check(loop->db, web_get_page_send(loop->db, path));
    }
    if (querc_in_flight(loop->db) > loop->most_in_flight)
        loop->most_in_flight = querc_in_flight(loop->db);
}

/* Takes the answers that have come. */
static void receive(Loop *loop)
{
    web_page page;
    querc_status status;
    while (loop->received < loop->sent && (status = web_get_page_recv(loop->db, &page)) != QUERC_AGAIN) {
        check(loop->db, status);
        loop->received++;
        loop->views += page.views;
        web_page_free(&page);
    }
}

static void run(Loop *loop)
{
    while (loop->received < QUERIES) {
        send_more(loop);
        int wants = querc_pipeline_wants(loop->db);
        struct pollfd fd = {.fd = querc_socket(loop->db)};
        fd.events = (short)((wants & QUERC_WANT_READ ? POLLIN : 0) | (wants & QUERC_WANT_WRITE ? POLLOUT : 0));
        if (poll(&fd, 1, 10000) <= 0) {
            fprintf(stderr, "no answer\n");
            exit(1);
        }
        check(loop->db, querc_pipeline_progress(loop->db));
        receive(loop);
    }
}

int main(void)
{
    Loop loop = {0};
    web_page page;
    check(NULL, querc_open("", NULL, &loop.db));
    /* The first use of a statement waits for it to be prepared, so it is made before the loop. */
    check(loop.db, web_get_page(loop.db, "/page/0", &page));
    web_page_free(&page);
    check(loop.db, querc_pipeline_begin(loop.db, QUERC_BATCH_EACH));
    run(&loop);
    check(loop.db, querc_pipeline_end(loop.db));
    printf("%d answers, %zu in flight at most, %" PRId64 " views\n", loop.received, loop.most_in_flight,
           loop.views);
    querc_close(loop.db);
    return 0;
}
