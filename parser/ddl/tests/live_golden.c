/* Applies every case of cases/ to a live PostgreSQL 15 (PGHOST …), each in a database of its own, and compares the
 * verdicts and the catalog it leaves with NAME.expected. Exit code 77 when the server is of another version. */
#include "golden.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRONG_VERSION = 77 };

static PGconn *connect_to(const char *database)
{
    const char *keys[] = {"dbname", NULL}, *values[] = {database, NULL};
    PGconn *conn = PQconnectdbParams(keys, values, 0);
    if (PQstatus(conn) == CONNECTION_OK)
        return conn;
    fprintf(stderr, "%s", PQerrorMessage(conn));
    exit(EXIT_FAILURE);
}

static void silence(void *context, const PGresult *result)
{
    (void)context, (void)result;
}

static void apply(StrBuf *out, PGconn *conn, const ScriptStatement *statement)
{
    PGresult *result = PQexec(conn, statement->sql->text);
    bool failed = PQresultStatus(result) == PGRES_FATAL_ERROR;
    case_verdict(out, statement->line, failed ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL,
                 failed ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL,
                 failed ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL,
                 failed ? PQresultErrorField(result, PG_DIAG_MESSAGE_HINT) : NULL);
    PQclear(result);
}

static void dump_server(StrBuf *out, PGconn *conn, const char *query)
{
    PQclear(PQexec(conn, "ROLLBACK"));
    PQclear(PQexec(conn, "RESET search_path"));
    PGresult *result = PQexec(conn, query);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        strbuf_add(out, PQerrorMessage(conn));
    for (int i = 0; i < PQntuples(result); i++)
        strbuf_printf(out, "%s\n", PQgetvalue(result, i, 0));
    PQclear(result);
}

static bool is_available(PGconn *conn, const char *extension)
{
    const char *values[] = {extension};
    PGresult *result = PQexecParams(conn, "SELECT FROM pg_catalog.pg_available_extensions WHERE name = $1", 1, NULL,
                                    values, NULL, NULL, 0);
    bool found = PQntuples(result) == 1;
    PQclear(result);
    return found;
}

/* A case can begin with "-- extensions: NAME..." where it needs some that a server does not always have. */
static bool has_extensions(PGconn *conn, Arena *arena, const char *name)
{
    static const char mark[] = "-- extensions:";
    SourceFile *file = source_read_file(arena, case_path(arena, name, "sql"));
    if (!file || strncmp(file->text, mark, strlen(mark)) != 0)
        return true;
    size_t end = strcspn(file->text, "\n");
    for (size_t at = strlen(mark); at < end;) {
        at += strspn(file->text + at, " ");
        size_t len = strcspn(file->text + at, " \n");
        const char *extension = arena_strndup(arena, file->text + at, len);
        at += len;
        if (len && !is_available(conn, extension)) {
            printf("%s is not compared: the server has no extension %s\n", name, extension);
            return false;
        }
    }
    return true;
}

static bool check_case(PGconn *main_conn, const char *name, const char *query)
{
    Arena *arena = arena_new();
    PQclear(PQexec(main_conn, "DROP DATABASE IF EXISTS ddl_case"));
    PQclear(PQexec(main_conn, "CREATE DATABASE ddl_case TEMPLATE template0"));
    PGconn *conn = connect_to("ddl_case");
    PQsetNoticeReceiver(conn, silence, NULL);
    StrBuf out;
    strbuf_init(&out);
    Script script = case_script(arena, name);
    for (size_t i = 0; i < script.len; i++)
        apply(&out, conn, &script.items[i]);
    strbuf_add(&out, "\n");
    dump_server(&out, conn, query);
    PQfinish(conn);
    SourceFile *expected = source_read_file(arena, case_path(arena, name, "expected"));
    const char *save = getenv("QUERC_SAVE_SERVER");
    if (save) {
        FILE *file = fopen(arena_printf(arena, "%s/%s.server", save, name), "w");
        if (file) {
            fputs(out.text, file);
            fclose(file);
        }
    }
    bool same = expected && case_same(name, out.text, expected->text);
    strbuf_release(&out);
    arena_free(arena);
    return same;
}

int main(void)
{
    PGconn *conn = connect_to(NULL);
    PQsetNoticeReceiver(conn, silence, NULL);
    if (PQserverVersion(conn) / 10000 != 15) {
        PQfinish(conn);
        return WRONG_VERSION;
    }
    Arena *arena = arena_new();
    SourceFile *query = source_read_file(arena, QUERC_SOURCE_DIR "/parser/ddl/tests/dump.sql");
    CaseNames names = case_names();
    bool good = query && names.len > 0;
    for (size_t i = 0; query && i < names.len; i++)
        if (has_extensions(conn, arena, names.items[i]))
            good &= check_case(conn, names.items[i], query->text);
    PQclear(PQexec(conn, "DROP DATABASE IF EXISTS ddl_case"));
    PQfinish(conn);
    arena_free(arena);
    case_names_free(names);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
