#include "verify/server.h"

#include "base/map.h"
#include "base/vec.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The names of types by OID; "type 123" for one that is no longer there. */
struct ServerTypes {
    IntMap names;
};

static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static const char *text_or_null(Arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

/* libpq's messages end with a newline. */
static const char *connection_message(Arena *arena, const PGconn *conn)
{
    const char *message = PQerrorMessage(conn);
    size_t len = strlen(message);
    while (len && message[len - 1] == '\n')
        len--;
    return len ? arena_strndup(arena, message, len) : "the server is gone";
}

static bool settle(Server *server, const char *sql)
{
    PGresult *result = PQexec(server->conn, sql);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good;
}

Server *server_connect(Arena *arena, const char *conninfo, bool read_only, const char **error)
{
    const char *const keywords[] = {"dbname", "fallback_application_name", "client_encoding", NULL};
    const char *const values[] = {conninfo, "querc", "UTF8", NULL};
    Server *server = arena_new_of(arena, Server);
    server->arena = arena;
    server->types = arena_new_of(arena, struct ServerTypes);
    /* The first keyword only if there is something to say: an empty name would hide PGDATABASE. */
    int first = conninfo ? 0 : 1;
    server->conn = PQconnectdbParams(keywords + first, values + first, 1);
    if (PQstatus(server->conn) == CONNECTION_OK) {
        PQsetNoticeReceiver(server->conn, ignore_notice, NULL);
        settle(server, "SET lc_messages TO 'C'"); /* superusers may; only wording depends on it */
        if (!read_only || settle(server, "SET default_transaction_read_only TO on"))
            return server;
    }
    *error = connection_message(arena, server->conn);
    server_close(server);
    return NULL;
}

void server_close(Server *server)
{
    PQfinish(server->conn);
    server->conn = NULL;
}

int server_major(const Server *server)
{
    return PQserverVersion(server->conn) / 10000;
}

const char *server_version(const Server *server)
{
    const char *version = PQparameterStatus(server->conn, "server_version");
    return arena_strndup(server->arena, version, strcspn(version, " "));
}

bool server_in_transaction(const Server *server)
{
    return PQtransactionStatus(server->conn) != PQTRANS_IDLE;
}

PGresult *server_query(Server *server, const char *sql, const char **error)
{
    PGresult *result = PQexec(server->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return result;
    *error = connection_message(server->arena, server->conn);
    PQclear(result);
    return NULL;
}

/* ---- types ---- */

typedef struct OidList {
    Oid *items;
    size_t len, cap;
} OidList;

static void want_type(Server *server, Arena *arena, Oid type, OidList *wanted)
{
    if (intmap_get(&server->types->names, type))
        return;
    intmap_put(server->arena, &server->types->names, type, "");
    vec_push(arena, wanted, type);
}

static bool name_types(Server *server, const OidList *wanted)
{
    if (!wanted->len)
        return true;
    StrBuf sql;
    strbuf_init(&sql);
    strbuf_add(
        &sql,
        "SELECT t.oid, n.nspname || '.' || coalesce(e.typname || '[]', t.typname) FROM pg_catalog.pg_type t "
        "LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid AND t.typtype <> 'p' "
        "JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(e.typnamespace, t.typnamespace) WHERE t.oid IN (");
    for (size_t i = 0; i < wanted->len; i++) {
        strbuf_printf(&sql, "%s%u", i ? ", " : "", wanted->items[i]);
        intmap_put(server->arena, &server->types->names, wanted->items[i],
                   arena_printf(server->arena, "type %u", wanted->items[i]));
    }
    strbuf_add(&sql, ")");
    PGresult *result = PQexec(server->conn, sql.text);
    strbuf_release(&sql);
    bool good = PQresultStatus(result) == PGRES_TUPLES_OK;
    for (int i = 0; i < PQntuples(result); i++)
        intmap_put(server->arena, &server->types->names, strtoul(PQgetvalue(result, i, 0), NULL, 10),
                   arena_strdup(server->arena, PQgetvalue(result, i, 1)));
    PQclear(result);
    return good;
}

/* ---- preparing ---- */

static void take_error(Arena *arena, const PGresult *result, Answer *answer)
{
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    *answer = (Answer){
        .rejected = true,
        .code = text_or_null(arena, PQresultErrorField(result, PG_DIAG_SQLSTATE)),
        .message = text_or_null(arena, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)),
        .detail = text_or_null(arena, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL)),
        .hint = text_or_null(arena, PQresultErrorField(result, PG_DIAG_MESSAGE_HINT)),
        .position = position ? strtol(position, NULL, 10) : 0,
    };
}

/* What a description says, types still as OIDs. */
typedef struct Described {
    Oid *params, *columns;
} Described;

static void take_description(Server *server, Arena *arena, const PGresult *result, OidList *wanted, Answer *answer,
                             Described *described)
{
    answer->nparams = (size_t)PQnparams(result);
    answer->ncolumns = (size_t)PQnfields(result);
    answer->params = arena_array_of(arena, answer->nparams, const char *);
    answer->columns = arena_array_of(arena, answer->ncolumns, AnswerColumn);
    described->params = arena_array_of(arena, answer->nparams, Oid);
    described->columns = arena_array_of(arena, answer->ncolumns, Oid);
    for (size_t i = 0; i < answer->nparams; i++) {
        described->params[i] = PQparamtype(result, (int)i);
        want_type(server, arena, described->params[i], wanted);
    }
    for (size_t i = 0; i < answer->ncolumns; i++) {
        described->columns[i] = PQftype(result, (int)i);
        want_type(server, arena, described->columns[i], wanted);
        answer->columns[i].name = arena_strdup(arena, PQfname(result, (int)i));
    }
}

/* Reads the results of one statement up to its synchronization point; false when the connection is lost. */
static bool take_results(Server *server, Arena *arena, OidList *wanted, Answer *answer, Described *described)
{
    int commands = 0; /* Parse, then Describe */
    for (;;) {
        PGresult *result = PQgetResult(server->conn);
        if (!result) {
            if (PQstatus(server->conn) != CONNECTION_OK)
                return false;
            continue; /* the end of one command's results */
        }
        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_FATAL_ERROR)
            take_error(arena, result, answer);
        else if (status == PGRES_COMMAND_OK && ++commands == 2)
            take_description(server, arena, result, wanted, answer, described);
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC)
            return true;
        if (PQstatus(server->conn) != CONNECTION_OK)
            return false;
    }
}

static bool prepare_batch(Server *server, Arena *arena, const char *const *statements, size_t n, Answer *answers)
{
    Described *described = arena_array_of(arena, n, Described);
    OidList wanted = {0};
    if (!PQenterPipelineMode(server->conn))
        return false;
    bool good = true;
    for (size_t i = 0; i < n && good; i++)
        good = PQsendPrepare(server->conn, "", statements[i], 0, NULL) &&
               PQsendDescribePrepared(server->conn, "") && PQpipelineSync(server->conn);
    for (size_t i = 0; i < n && good; i++) {
        answers[i] = (Answer){0};
        good = take_results(server, arena, &wanted, &answers[i], &described[i]);
    }
    if (!good || !PQexitPipelineMode(server->conn) || !name_types(server, &wanted))
        return false;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < answers[i].nparams; j++)
            answers[i].params[j] = intmap_get(&server->types->names, described[i].params[j]);
        for (size_t j = 0; j < answers[i].ncolumns; j++)
            answers[i].columns[j].type = intmap_get(&server->types->names, described[i].columns[j]);
    }
    return true;
}

bool server_prepare(Server *server, Arena *arena, const char *const *statements, size_t n, Answer *answers,
                    const char **error)
{
    enum { BATCH = 256 };
    for (size_t i = 0; i < n; i += BATCH)
        if (!prepare_batch(server, arena, statements + i, n - i < BATCH ? n - i : BATCH, answers + i)) {
            *error = connection_message(arena, server->conn);
            return false;
        }
    return true;
}

/* ---- running ---- */

Answer server_run(Server *server, Arena *arena, const char *sql)
{
    Answer answer = {0};
    server->types->names = (IntMap){0};
    if (!PQsendQuery(server->conn, sql)) {
        answer = (Answer){.rejected = true, .message = connection_message(arena, server->conn)};
        return answer;
    }
    for (PGresult *result; (result = PQgetResult(server->conn)); PQclear(result)) {
        switch (PQresultStatus(result)) {
        case PGRES_BAD_RESPONSE:
        case PGRES_FATAL_ERROR:
            if (!answer.rejected)
                take_error(arena, result, &answer);
            break;
        case PGRES_COPY_IN:
        case PGRES_COPY_BOTH:
            PQputCopyEnd(server->conn, NULL);
            break;
        case PGRES_COPY_OUT:
            for (char *row; PQgetCopyData(server->conn, &row, 0) > 0;)
                PQfreemem(row);
            break;
        case PGRES_EMPTY_QUERY:
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_NONFATAL_ERROR:
        case PGRES_SINGLE_TUPLE:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED:
            break;
        }
        if (PQstatus(server->conn) != CONNECTION_OK) {
            PQclear(result);
            break;
        }
    }
    return answer;
}

Answer server_plan(Server *server, Arena *arena, const char *sql)
{
    Answer answer = {0};
    PGresult *result = PQprepare(server->conn, "querc_plan", sql, 0, NULL);
    int nparams = 0;
    if (PQresultStatus(result) == PGRES_COMMAND_OK) {
        PQclear(result);
        result = PQdescribePrepared(server->conn, "querc_plan");
        nparams = PQnparams(result);
        PQclear(result);
        StrBuf explain;
        strbuf_init(&explain);
        strbuf_add(&explain, "EXPLAIN EXECUTE querc_plan");
        for (int i = 0; i < nparams; i++)
            strbuf_add(&explain, i ? ", NULL" : "(NULL");
        strbuf_add(&explain, nparams ? ")" : "");
        result = PQexec(server->conn, explain.text);
        strbuf_release(&explain);
    }
    if (PQresultStatus(result) == PGRES_FATAL_ERROR)
        take_error(arena, result, &answer);
    PQclear(result);
    settle(server, "DEALLOCATE ALL");
    return answer;
}
