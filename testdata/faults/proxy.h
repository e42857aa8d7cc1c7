/*
 * A proxy that injects faults. It stands between a client and PostgreSQL on Unix sockets, records one exchange, and
 * then plays the server's part of it again, as often as wanted and without the server: cut off after any number of
 * bytes in either direction, or with a byte changed.
 */
#ifndef QUERC_TESTDATA_PROXY_H
#define QUERC_TESTDATA_PROXY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Chunk {
    bool from_server;
    char *data;
    size_t len;
} Chunk;

typedef struct Exchange {
    Chunk *chunks; /* the directions take turns */
    size_t count;
    size_t bytes; /* of all */
} Exchange;

/* Listens as a server's socket in directory; the descriptor, or -1. */
int proxy_listen(const char *directory, int port);
/* Takes one client and passes on what it and the server at server_directory say, until one of them closes. */
bool proxy_record(int listener, const char *server_directory, int server_port, Exchange *exchange);

/* What is to go wrong; SIZE_MAX: nothing. Positions count the bytes of the exchange. */
typedef struct Fault {
    size_t cut;  /* the connection is closed before this byte */
    size_t flip; /* this byte, if it is the server's, arrives with all bits inverted */
} Fault;

/* Takes one client and plays the server. The client's bytes are counted, not compared. */
void proxy_replay(int listener, const Exchange *exchange, Fault fault);

void exchange_free(Exchange *exchange);

#endif
