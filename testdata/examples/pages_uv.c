/*
 * An event loop on libuv: one connection, a hundred queries on their way, and a timer that goes on ticking
 * meanwhile.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

#include "pages.sql.h"

enum { IN_FLIGHT = 100, QUERIES = 10000 };

typedef struct Client {
    uv_poll_t poll;
    uv_timer_t timer;
    querc_conn *db;
    int sent;
    int received;
    int ticks;
    size_t most_in_flight;
    int64_t views;
} Client;

static void check(const querc_conn *db, querc_status status)
{
    if (!querc_is_error(status))
        return;
    fprintf(stderr, "%s: %s\n", querc_status_name(status), querc_last_error(db)->message);
    exit(1);
}

static void send_more(Client *client)
{
    while (client->sent < QUERIES && querc_in_flight(client->db) < IN_FLIGHT) {
        char path[32];
        snprintf(path, sizeof path, "/page/%d", client->sent++ % 1000);
        check(client->db, web_get_page_send(client->db, path));
    }
    if (querc_in_flight(client->db) > client->most_in_flight)
        client->most_in_flight = querc_in_flight(client->db);
}

static void receive(Client *client)
{
    web_page page;
    querc_status status;
    while (client->received < client->sent && (status = web_get_page_recv(client->db, &page)) != QUERC_AGAIN) {
        check(client->db, status);
        client->received++;
        client->views += page.views;
        web_page_free(&page);
    }
}

static void on_ready(uv_poll_t *poll, int status, int events);

/* Asks libuv for what the connection needs next. */
static void watch(Client *client)
{
    int wants = querc_pipeline_wants(client->db);
    int events = (wants & QUERC_WANT_READ ? UV_READABLE : 0) | (wants & QUERC_WANT_WRITE ? UV_WRITABLE : 0);
    uv_poll_start(&client->poll, events, on_ready);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    Client *client = poll->data;
    (void)status;
    (void)events;
    check(client->db, querc_pipeline_progress(client->db));
    receive(client);
    send_more(client);
    if (client->received < QUERIES) {
        watch(client);
        return;
    }
    uv_close((uv_handle_t *)&client->poll, NULL);
    uv_close((uv_handle_t *)&client->timer, NULL);
}

static void on_tick(uv_timer_t *timer)
{
    Client *client = timer->data;
    client->ticks++;
}

int main(void)
{
    Client client = {.ticks = 0};
    web_page page;
    uv_loop_t *loop = uv_default_loop();
    check(NULL, querc_open("", NULL, &client.db));
    check(client.db, web_get_page(client.db, "/page/0", &page));
    web_page_free(&page);
    check(client.db, querc_pipeline_begin(client.db, QUERC_BATCH_EACH));

    uv_timer_init(loop, &client.timer);
    client.timer.data = &client;
    uv_timer_start(&client.timer, on_tick, 0, 1);
    uv_poll_init(loop, &client.poll, querc_socket(client.db));
    client.poll.data = &client;
    send_more(&client);
    watch(&client);
    uv_run(loop, UV_RUN_DEFAULT);
    uv_loop_close(loop);

    check(client.db, querc_pipeline_end(client.db));
    printf("%d answers, %zu in flight at most, %" PRId64 " views, %s\n", client.received, client.most_in_flight,
           client.views, client.ticks > 0 ? "the timer ticked" : "the timer stood still");
    querc_close(client.db);
    return 0;
}
