/* See proxy.h. One client at a time, and blocking, since each side waits for the other's turn. */
#include "proxy.h"

#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static bool socket_address(const char *directory, int port, struct sockaddr_un *address)
{
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    int len = snprintf(address->sun_path, sizeof address->sun_path, "%s/.s.PGSQL.%d", directory, port);
    return len > 0 && (size_t)len < sizeof address->sun_path;
}

int proxy_listen(const char *directory, int port)
{
    struct sockaddr_un address;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd >= 0 && socket_address(directory, port, &address) &&
        bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 8) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* --- recording ------------------------------------------------------------------------------------------------ */

static bool append(Exchange *exchange, bool from_server, const char *data, size_t len)
{
    Chunk *last = exchange->count > 0 ? &exchange->chunks[exchange->count - 1] : NULL;
    if (last == NULL || last->from_server != from_server) {
        Chunk *chunks = realloc(exchange->chunks, (exchange->count + 1) * sizeof *chunks);
        if (chunks == NULL)
            return false;
        exchange->chunks = chunks;
        last = &chunks[exchange->count++];
        *last = (Chunk){from_server, NULL, 0};
    }
    char *longer = realloc(last->data, last->len + len);
    if (longer == NULL)
        return false;
    memcpy(longer + last->len, data, len);
    last->data = longer;
    last->len += len;
    exchange->bytes += len;
    return true;
}

static bool send_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, data, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        len -= (size_t)sent;
    }
    return true;
}

static bool pass_on(Exchange *exchange, int from, int to, bool from_server)
{
    char buffer[4096];
    ssize_t len = recv(from, buffer, sizeof buffer, 0);
    return len > 0 && append(exchange, from_server, buffer, (size_t)len) && send_all(to, buffer, (size_t)len);
}

static void pass_all(Exchange *exchange, int client, int server)
{
    for (;;) {
        struct pollfd fds[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        if (poll(fds, 2, -1) < 0)
            return;
        if (fds[1].revents != 0 && !pass_on(exchange, server, client, true))
            return;
        if (fds[0].revents != 0 && !pass_on(exchange, client, server, false))
            return;
    }
}

bool proxy_record(int listener, const char *server_directory, int server_port, Exchange *exchange)
{
    struct sockaddr_un address;
    *exchange = (Exchange){NULL, 0, 0};
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    int client = accept(listener, NULL, NULL);
    bool connected = server >= 0 && client >= 0 && socket_address(server_directory, server_port, &address) &&
                     connect(server, (struct sockaddr *)&address, sizeof address) == 0;
    if (connected)
        pass_all(exchange, client, server);
    if (client >= 0)
        close(client);
    if (server >= 0)
        close(server);
    return connected;
}

/* --- playing ---------------------------------------------------------------------------------------------------
 */

/* A client that was told nonsense may wait for more of it: then, after patience milliseconds, its turn is over. */
static bool receive_exactly(int fd, size_t len, int patience)
{
    char buffer[4096];
    while (len > 0) {
        struct pollfd one = {fd, POLLIN, 0};
        if (poll(&one, 1, patience) <= 0)
            return false;
        ssize_t got = recv(fd, buffer, len < sizeof buffer ? len : sizeof buffer, 0);
        if (got <= 0)
            return false;
        len -= (size_t)got;
    }
    return true;
}

static bool send_chunk(int client, const Chunk *chunk, size_t len, size_t start, Fault fault)
{
    if (fault.flip < start || fault.flip - start >= len)
        return send_all(client, chunk->data, len);
    size_t at = fault.flip - start;
    char flipped = (char)~chunk->data[at];
    return send_all(client, chunk->data, at) && send_all(client, &flipped, 1) &&
           send_all(client, chunk->data + at + 1, len - at - 1);
}

void proxy_replay(int listener, const Exchange *exchange, Fault fault)
{
    int client = accept(listener, NULL, NULL);
    if (client < 0)
        return;
    int patience = fault.flip == SIZE_MAX ? -1 : 20;
    size_t start = 0;
    bool going = true;
    for (size_t i = 0; going && i < exchange->count && start < fault.cut; i++) {
        const Chunk *chunk = &exchange->chunks[i];
        size_t len = chunk->len < fault.cut - start ? chunk->len : fault.cut - start;
        going = chunk->from_server ? send_chunk(client, chunk, len, start, fault)
                                   : receive_exactly(client, len, patience);
        start += chunk->len;
    }
    /* With bytes of the client's unread this is a reset. */
    close(client);
}

void exchange_free(Exchange *exchange)
{
    for (size_t i = 0; i < exchange->count; i++)
        free(exchange->chunks[i].data);
    free(exchange->chunks);
    *exchange = (Exchange){NULL, 0, 0};
}
