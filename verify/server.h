/* A PostgreSQL server that is asked what it thinks of statements.
 *
 * Statements are prepared without parameter types and described, many in one pipeline; nothing is executed unless
 * server_run is called. */
#ifndef QUERC_VERIFY_SERVER_H
#define QUERC_VERIFY_SERVER_H

#include "verify/answer.h"

#include <libpq-fe.h>

typedef struct Server {
    Arena *arena; /* for the names of types */
    PGconn *conn;
    struct ServerTypes *types;
} Server;

/* Connects as libpq does: conninfo is a connection string or URI, NULL leaves everything to the environment. With
 * `read_only` no transaction of the session can write. NULL and a message in *error when there is no connection. */
Server *server_connect(Arena *arena, const char *conninfo, bool read_only, const char **error);
void server_close(Server *server);

/* 15 of PostgreSQL 15.8 */
int server_major(const Server *server);
/* "15.8" */
const char *server_version(const Server *server);

/* Prepares and describes n statements; answers live in the arena. False and a message in *error when the connection
 * was lost on the way. */
bool server_prepare(Server *server, Arena *arena, const char *const *statements, size_t n, Answer *answers,
                    const char **error);
/* Runs statements by the simple protocol, results thrown away; COPY FROM STDIN gets no rows. Forgets the names of
 * types, which the statements may have changed. */
Answer server_run(Server *server, Arena *arena, const char *sql);
/* Prepares and plans a statement with its parameters NULL, for what the server only finds out when planning. */
Answer server_plan(Server *server, Arena *arena, const char *sql);
/* Whether a transaction is open, be it aborted. */
bool server_in_transaction(const Server *server);

/* Runs a query of our own that has to work; NULL and a message in *error otherwise. PQclear the result. */
PGresult *server_query(Server *server, const char *sql, const char **error);

#endif
