/* Holds `querc describe` against a live PostgreSQL.
 *
 *   scripts/pg-cluster with oracle QUERC SCRIPT...
 *
 * Each script gets an empty database of its own. Its statements are separated by blank lines, so that cutting it up
 * needs no SQL scanner; lines that begin with "--" before a statement are comments. What querc calls a query is
 * prepared without parameter types and described; everything else is run. The server's answer (types of parameters,
 * names and types of columns; or SQLSTATE, message, position, detail and hint) must be querc's for the same line. A
 * position counts where the server gives one: querc knows more of them.
 *
 * Prints every difference and "N passed, N failed". Exit code 0 when nothing differs, 1 when something does, 2 when
 * there is no comparing, 77 when the server is not the PostgreSQL that querc speaks. */
#include "base/strbuf.h"

#include <errno.h>
#include <jansson.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_DIFFERENT = 1, EXIT_USAGE = 2, EXIT_SKIPPED = 77, POSTGRES_MAJOR = 15 };

typedef struct Oracle {
    const char *querc;
    PGconn *conn;
    size_t passed, failed;
} Oracle;

/* One statement of a script; text is cut out of the script's. */
typedef struct Statement {
    const char *script;
    char *text;
    unsigned line; /* of the first token */
} Statement;

/* What one side says. A position of 0 is none, a hint of "" too. */
typedef struct Answer {
    StrBuf text, hint;
    long position;
} Answer;

static Answer answer_make(void)
{
    Answer answer = {.position = 0};
    strbuf_init(&answer.text);
    strbuf_init(&answer.hint);
    return answer;
}

static void answer_release(Answer *answer)
{
    strbuf_release(&answer->text);
    strbuf_release(&answer->hint);
}

static void answer_error(Answer *answer, const char *code, const char *message, const char *detail,
                         const char *hint)
{
    strbuf_printf(&answer->text, "    ERROR %s: %s\n", code ? code : "?", message ? message : "?");
    if (detail)
        strbuf_printf(&answer->text, "    DETAIL: %s\n", detail);
    if (hint)
        strbuf_add(&answer->hint, hint);
}

/* ---- the server ---- */

static void server_error(Answer *answer, const PGresult *result)
{
    answer_error(
        answer, PQresultErrorField(result, PG_DIAG_SQLSTATE), PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
        PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL), PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    answer->position = position ? strtol(position, NULL, 10) : 0;
}

/* A type as `querc describe` writes it: schema.type, of a true array schema.element[]; record[] is none. */
static void server_type(Answer *answer, PGconn *conn, Oid type)
{
    char query[512];
    snprintf(query, sizeof query,
             "SELECT n.nspname || '.' || coalesce(e.typname || '[]', t.typname) FROM pg_catalog.pg_type t "
             "LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid AND t.typtype <> 'p' "
             "JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(e.typnamespace, t.typnamespace) WHERE t.oid = %u",
             type);
    PGresult *result = PQexec(conn, query);
    if (PQntuples(result) == 1)
        strbuf_add(&answer->text, PQgetvalue(result, 0, 0));
    else
        strbuf_printf(&answer->text, "type %u", type);
    PQclear(result);
}

static void server_describe(Answer *answer, PGconn *conn)
{
    PGresult *result = PQdescribePrepared(conn, "");
    for (int i = 0; i < PQnparams(result); i++) {
        strbuf_printf(&answer->text, "    $%d ", i + 1);
        server_type(answer, conn, PQparamtype(result, i));
        strbuf_add_char(&answer->text, '\n');
    }
    for (int i = 0; i < PQnfields(result); i++) {
        strbuf_printf(&answer->text, "    \"%s\" ", PQfname(result, i));
        server_type(answer, conn, PQftype(result, i));
        strbuf_add_char(&answer->text, '\n');
    }
    PQclear(result);
}

static void server_ask(Answer *answer, PGconn *conn, const Statement *statement, bool query)
{
    PGresult *result = query ? PQprepare(conn, "", statement->text, 0, NULL) : PQexec(conn, statement->text);
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
    case PGRES_TUPLES_OK:
        if (query)
            server_describe(answer, conn);
        break;
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_FATAL_ERROR:
    case PGRES_COPY_BOTH:
    case PGRES_SINGLE_TUPLE:
    case PGRES_PIPELINE_SYNC:
    case PGRES_PIPELINE_ABORTED:
        server_error(answer, result);
        break;
    }
    PQclear(result);
}

/* ---- querc ---- */

static void querc_types(Answer *answer, json_t *object)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(object, "params"), i, item)
    {
        strbuf_printf(&answer->text, "    $%zu %s\n", i + 1, json_string_value(json_object_get(item, "type")));
    }
    json_array_foreach(json_object_get(object, "columns"), i, item)
    {
        strbuf_printf(&answer->text, "    \"%s\" %s\n", json_string_value(json_object_get(item, "name")),
                      json_string_value(json_object_get(item, "type")));
    }
}

/* object: what querc printed about the statement. */
static void querc_ask(Answer *answer, json_t *object)
{
    if (!object) {
        strbuf_add(&answer->text, "    nothing\n");
        return;
    }
    json_t *error = json_object_get(object, "error");
    if (!error) {
        querc_types(answer, object);
        return;
    }
    answer_error(answer, json_string_value(json_object_get(error, "code")),
                 json_string_value(json_object_get(error, "message")),
                 json_string_value(json_object_get(error, "detail")),
                 json_string_value(json_object_get(error, "hint")));
    answer->position = (long)json_integer_value(json_object_get(error, "position"));
}

/* The answers to a whole script, by line; NULL after a message when querc failed. */
static json_t *querc_run(const char *querc, const char *script)
{
    StrBuf command;
    strbuf_init(&command);
    strbuf_printf(&command, "'%s' describe --json '%s'", querc, script);
    FILE *pipe = popen(command.text, "r");
    strbuf_release(&command);
    if (!pipe) {
        fprintf(stderr, "oracle: cannot run %s: %s\n", querc, strerror(errno));
        return NULL;
    }
    json_t *lines = json_object(), *object;
    json_error_t why;
    while ((object = json_loadf(pipe, JSON_DISABLE_EOF_CHECK, &why))) {
        char key[16];
        snprintf(key, sizeof key, "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(object, "line")));
        json_object_set_new(lines, key, object);
    }
    int status = pclose(pipe);
    if (status != 0 && status != 1 << 8) {
        fprintf(stderr, "oracle: %s describe %s ended with status %d\n", querc, script, status);
        json_decref(lines);
        return NULL;
    }
    return lines;
}

/* ---- comparing ---- */

static void print_answer(const char *side, const Answer *answer)
{
    printf("  %s:\n%s", side, answer->text.text);
    if (answer->hint.len)
        printf("    HINT: %s\n", answer->hint.text);
    if (answer->position)
        printf("    at %ld\n", answer->position);
}

static void compare(Oracle *oracle, json_t *lines, const Statement *statement)
{
    Answer server = answer_make(), querc = answer_make();
    char key[16];
    snprintf(key, sizeof key, "%u", statement->line);
    json_t *object = json_object_get(lines, key);
    const char *kind = json_string_value(json_object_get(object, "kind"));
    server_ask(&server, oracle->conn, statement, kind && strcmp(kind, "query") == 0);
    querc_ask(&querc, object);
    if (strcmp(server.text.text, querc.text.text) == 0 && (!server.position || server.position == querc.position)) {
        oracle->passed++;
    } else {
        oracle->failed++;
        printf("%s:%u: %s\n", statement->script, statement->line, statement->text);
        print_answer("server", &server);
        print_answer("querc", &querc);
    }
    answer_release(&server);
    answer_release(&querc);
}

/* ---- scripts ---- */

static char *read_script(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "oracle: %s: %s\n", path, strerror(errno));
        return NULL;
    }
    StrBuf text;
    strbuf_init(&text);
    char chunk[65536];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        strbuf_add_bytes(&text, chunk, got);
    fclose(file);
    char *copy = strdup(text.text);
    strbuf_release(&text);
    return copy;
}

/* Cuts the next statement out of the text at *rest; false at the end. *line is the line of *rest. */
static bool next_statement(char **rest, unsigned *line, Statement *statement)
{
    char *at = *rest;
    while (*at == '\n' || strncmp(at, "--", 2) == 0) {
        at += strcspn(at, "\n");
        if (!*at)
            return false;
        at++;
        ++*line;
    }
    if (!*at)
        return false;
    char *end = strstr(at, "\n\n");
    if (!end)
        end = at + strlen(at);
    *rest = *end ? end + 1 : end;
    statement->text = at;
    statement->line = *line;
    for (const char *c = at; c < *rest; c++)
        *line += *c == '\n';
    while (end > at && (end[-1] == '\n' || end[-1] == ';'))
        end--;
    *end = '\0';
    return true;
}

static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static bool run_sql(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!fine)
        fprintf(stderr, "oracle: %s: %s", sql, PQresultErrorMessage(result));
    PQclear(result);
    return fine;
}

static bool compare_script(Oracle *oracle, const char *path)
{
    char *text = read_script(path);
    json_t *lines = text ? querc_run(oracle->querc, path) : NULL;
    oracle->conn = lines ? PQconnectdb("dbname=oracle") : NULL;
    bool fine = PQstatus(oracle->conn) == CONNECTION_OK;
    if (fine) {
        PQsetNoticeReceiver(oracle->conn, ignore_notice, NULL);
        char *rest = text;
        unsigned line = 1;
        Statement statement = {.script = path};
        while (next_statement(&rest, &line, &statement))
            compare(oracle, lines, &statement);
    } else if (oracle->conn) {
        fprintf(stderr, "oracle: %s", PQerrorMessage(oracle->conn));
    }
    PQfinish(oracle->conn);
    json_decref(lines);
    free(text);
    return fine;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: oracle QUERC SCRIPT...\n");
        return EXIT_USAGE;
    }
    PGconn *conn = PQconnectdb("");
    int code = 0;
    if (PQstatus(conn) != CONNECTION_OK) {
        fprintf(stderr, "oracle: %s", PQerrorMessage(conn));
        code = EXIT_USAGE;
    } else if (PQserverVersion(conn) / 10000 != POSTGRES_MAJOR) {
        fprintf(stderr, "oracle: the server is not PostgreSQL %d\n", POSTGRES_MAJOR);
        code = EXIT_SKIPPED;
    }
    PQsetNoticeReceiver(conn, ignore_notice, NULL);
    Oracle oracle = {.querc = argv[1]};
    for (int i = 2; i < argc && !code; i++) {
        if (!run_sql(conn, "DROP DATABASE IF EXISTS oracle") ||
            !run_sql(conn, "CREATE DATABASE oracle TEMPLATE template0") || !compare_script(&oracle, argv[i]))
            code = EXIT_USAGE;
    }
    PQfinish(conn);
    printf("%zu passed, %zu failed\n", oracle.passed, oracle.failed);
    return code ? code : oracle.failed ? EXIT_DIFFERENT : 0;
}
