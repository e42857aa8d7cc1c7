/* Asks a live PostgreSQL 15 (PGHOST …) to prepare the statements of queries.txt and compares its answers with the
 * file's. Positions count only where the server gives one. Exit code 77 when the server is of another version. */
#include "cases.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char path[] = QUERC_SOURCE_DIR "/parser/analyze/tests/queries.txt";

/* A name that the server finds for OIDs; "" when there is none. */
static char *look_up(PGconn *conn, const char *query, Oid oid, int number)
{
    char text[512];
    snprintf(text, sizeof text, query, oid, number);
    PGresult *result = PQexec(conn, text);
    char *name = strdup(PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    return name;
}

static void add_type(StrBuf *answer, PGconn *conn, Oid type)
{
    char *name = look_up(conn,
                         "SELECT n.nspname || '.' || t.typname FROM pg_type t JOIN pg_namespace n "
                         "ON n.oid = t.typnamespace WHERE t.oid = %u",
                         type, 0);
    strbuf_add(answer, name);
    free(name);
}

static void describe(StrBuf *answer, PGconn *conn)
{
    PGresult *result = PQdescribePrepared(conn, "");
    strbuf_add(answer, "OK (");
    for (int i = 0; i < PQnparams(result); i++) {
        strbuf_add(answer, i ? ", " : "");
        add_type(answer, conn, PQparamtype(result, i));
    }
    strbuf_add(answer, ")\n");
    for (int i = 0; i < PQnfields(result); i++) {
        strbuf_printf(answer, "%s ", PQfname(result, i));
        add_type(answer, conn, PQftype(result, i));
        char *origin = look_up(conn,
                               "SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a "
                               "ON a.attrelid = c.oid WHERE c.oid = %u AND a.attnum = %d",
                               PQftable(result, i), PQftablecol(result, i));
        strbuf_printf(answer, "%s%s\n", *origin ? " " : "", origin);
        free(origin);
    }
    PQclear(result);
}

static void ask(StrBuf *answer, PGconn *conn, const char *statement)
{
    PGresult *result = PQprepare(conn, "", statement, 0, NULL);
    if (PQresultStatus(result) == PGRES_COMMAND_OK) {
        describe(answer, conn);
    } else {
        const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
        answer_error(answer, PQresultErrorField(result, PG_DIAG_SQLSTATE),
                     position ? strtol(position, NULL, 10) : 0, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
                     PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL),
                     PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    }
    PQclear(result);
}

/* "ERROR 42703 0 …" fits any position. */
static int fits(const char *server, const char *file)
{
    enum { CODE = sizeof "ERROR 42703 " - 1 };
    if (strncmp(server, "ERROR ", 6) != 0 || strncmp(server, file, CODE) != 0)
        return strcmp(server, file) == 0;
    char *server_rest, *file_rest;
    long server_position = strtol(server + CODE, &server_rest, 10);
    long file_position = strtol(file + CODE, &file_rest, 10);
    return (!server_position || server_position == file_position) && strcmp(server_rest, file_rest) == 0;
}

static int compare_all(PGconn *conn, const Cases *cases)
{
    int differences = 0;
    for (size_t i = 0; i < cases->len; i++) {
        StrBuf answer;
        strbuf_init(&answer);
        ask(&answer, conn, cases->items[i].statement);
        if (!fits(answer.text, cases->items[i].answer)) {
            printf("%s\nserver:\n%sfile:\n%s\n", cases->items[i].statement, answer.text, cases->items[i].answer);
            differences++;
        }
        strbuf_release(&answer);
    }
    return differences;
}

int main(void)
{
    enum { SKIPPED = 77, POSTGRES_15 = 15 };
    PGconn *conn = PQconnectdb("");
    if (PQstatus(conn) != CONNECTION_OK) {
        fprintf(stderr, "%s", PQerrorMessage(conn));
        PQfinish(conn);
        return 2;
    }
    if (PQserverVersion(conn) / 10000 != POSTGRES_15) {
        PQfinish(conn);
        return SKIPPED;
    }
    Arena *arena = arena_new();
    Cases cases = cases_read(arena, path);
    int differences = compare_all(conn, &cases);
    arena_free(arena);
    PQfinish(conn);
    return differences ? 1 : 0;
}
