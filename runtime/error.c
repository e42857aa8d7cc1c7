/*
 * The connection's last error: recorded in full where something fails, so that every function can return a plain
 * status. SQLSTATEs are the server's; where libquerc itself refuses something it uses the code of PostgreSQL that
 * says the same.
 */
#include "querc_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const querc_error no_memory_error = {.status = QUERC_NO_MEMORY,
                                            .sqlstate = "53200",
                                            .message = "out of memory",
                                            .detail = "",
                                            .hint = "",
                                            .query = "",
                                            .schema = "",
                                            .table = "",
                                            .column = "",
                                            .data_type = "",
                                            .constraint = ""};

const char *querc_status_name(querc_status status)
{
    switch (status) {
    case QUERC_OK:
        return "QUERC_OK";
    case QUERC_ROW:
        return "QUERC_ROW";
    case QUERC_DONE:
        return "QUERC_DONE";
    case QUERC_NO_ROWS:
        return "QUERC_NO_ROWS";
    case QUERC_TOO_MANY_ROWS:
        return "QUERC_TOO_MANY_ROWS";
    case QUERC_AGAIN:
        return "QUERC_AGAIN";
    case QUERC_ERROR:
        return "QUERC_ERROR";
    case QUERC_CONSTRAINT:
        return "QUERC_CONSTRAINT";
    case QUERC_RETRY:
        return "QUERC_RETRY";
    case QUERC_CANCELED:
        return "QUERC_CANCELED";
    case QUERC_TIMEOUT:
        return "QUERC_TIMEOUT";
    case QUERC_CONNECTION:
        return "QUERC_CONNECTION";
    case QUERC_SCHEMA_DRIFT:
        return "QUERC_SCHEMA_DRIFT";
    case QUERC_UNEXPECTED_NULL:
        return "QUERC_UNEXPECTED_NULL";
    case QUERC_DECODE:
        return "QUERC_DECODE";
    case QUERC_ENCODE:
        return "QUERC_ENCODE";
    case QUERC_NO_MEMORY:
        return "QUERC_NO_MEMORY";
    case QUERC_MISUSE:
        return "QUERC_MISUSE";
    case QUERC_SKIPPED:
        return "QUERC_SKIPPED";
    }
    return "unknown status";
}

const querc_error *querc_last_error(const querc_conn *db)
{
    return db != NULL ? &db->error : &no_memory_error;
}

/* An empty error of status, for the callers below to fill. */
static void begin_error(querc_conn *db, const querc_query *query, querc_status status, const char *sqlstate)
{
    if (db->error_arena.chunks != NULL)
        qrt_arena_release(&db->error_arena);
    qrt_arena_init(&db->error_arena, &db->allocator, db->error_buffer, sizeof db->error_buffer);
    db->error = no_memory_error;
    db->error.status = status;
    db->error.message = "";
    db->error.query = query != NULL ? query->name : "";
    memcpy(db->error.sqlstate, "\0\0\0\0\0", sizeof db->error.sqlstate);
    memcpy(db->error.sqlstate, sqlstate, strlen(sqlstate) < 6 ? strlen(sqlstate) : 5);
}

querc_status qrt_fail_no_memory(querc_conn *db, const querc_query *query)
{
    begin_error(db, query, QUERC_NO_MEMORY, "53200");
    db->error.message = no_memory_error.message;
    return QUERC_NO_MEMORY;
}

querc_status qrt_note(querc_conn *db, const querc_query *query, querc_status status, const char *message)
{
    begin_error(db, query, status, "");
    db->error.message = message;
    return status;
}

querc_status qrt_fail(querc_conn *db, const querc_query *query, querc_status status, const char *sqlstate,
                      const char *format, ...)
{
    /* The arguments may point into the old error's arena, so the new text is made before that goes. */
    va_list args;
    va_start(args, format);
    int needed = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = needed >= 0 ? qrt_allocate(&db->allocator, (size_t)needed + 1) : NULL;
    if (text == NULL)
        return qrt_fail_no_memory(db, query);
    va_start(args, format);
    vsnprintf(text, (size_t)needed + 1, format, args);
    va_end(args);
    begin_error(db, query, status, sqlstate);
    char *copy = qrt_arena_alloc_bytes(&db->error_arena, (size_t)needed + 1);
    if (copy != NULL)
        memcpy(copy, text, (size_t)needed + 1);
    qrt_release(&db->allocator, text);
    db->error.message = copy != NULL ? copy : no_memory_error.message;
    return status;
}

void qrt_set_hint(querc_conn *db, const char *hint)
{
    db->error.hint = hint;
}

void qrt_set_column(querc_conn *db, const char *column)
{
    db->error.column = column;
}

const char *qrt_sqlstate(const PGresult *result)
{
    const char *sqlstate = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    return sqlstate != NULL ? sqlstate : "";
}

bool qrt_is_own_error(const PGresult *result)
{
    return result != NULL && PQresultStatus(result) == PGRES_FATAL_ERROR && qrt_sqlstate(result)[0] == '\0';
}

/* text in the error's arena, without the line end that libpq's own messages have. */
static const char *keep(querc_conn *db, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return "";
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == '\n')
        len--;
    char *copy = qrt_arena_alloc_bytes(&db->error_arena, len + 1);
    if (copy == NULL)
        return "";
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

/* Which status a SQLSTATE comes to; an entry with fewer than five characters stands for a class. */
static querc_status status_of_sqlstate(const char *sqlstate)
{
    static const struct {
        const char *prefix;
        querc_status status;
    } table[] = {
        {"08", QUERC_CONNECTION},    {"23", QUERC_CONSTRAINT},    {"40001", QUERC_RETRY},
        {"40P01", QUERC_RETRY},      {"53200", QUERC_ERROR},      {"57014", QUERC_CANCELED},
        {"57P01", QUERC_CONNECTION}, {"57P02", QUERC_CONNECTION}, {"57P03", QUERC_CONNECTION},
        {"57P05", QUERC_CONNECTION},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strncmp(sqlstate, table[i].prefix, strlen(table[i].prefix)) == 0)
            return table[i].status;
    return QUERC_ERROR;
}

static int compare_constraint(const querc_constraint *constraint, const char *schema, const char *relation,
                              const char *name)
{
    int order = strcmp(constraint->schema, schema);
    if (order == 0)
        order = strcmp(constraint->relation, relation);
    if (order == 0)
        order = strcmp(constraint->name, name);
    return order;
}

static int find_constraint(const querc_schema *schema, const querc_error *error)
{
    const char *relation = error->table[0] != '\0' ? error->table : error->data_type;
    bool not_null = strcmp(error->sqlstate, "23502") == 0;
    const char *name = not_null ? error->column : error->constraint;
    const querc_constraint *constraints = not_null ? schema->not_nulls : schema->constraints;
    size_t low = 0;
    size_t high = not_null ? schema->not_null_count : schema->constraint_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const querc_constraint *constraint = &constraints[middle];
        int order = compare_constraint(constraint, error->schema, relation, name);
        if (order == 0)
            return constraint->id;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* The call's time is up: the server has cancelled the statement, or nobody heard of it again. */
static querc_status fail_timeout(querc_conn *db, const querc_query *query, bool lost)
{
    begin_error(db, query, QUERC_TIMEOUT, lost ? "08006" : "57014");
    db->error.message = lost ? "the time-out passed, and the server did not answer to the cancellation: the "
                               "connection was closed"
                             : "the statement was cancelled because its time-out passed";
    return QUERC_TIMEOUT;
}

querc_status qrt_fail_result(querc_conn *db, const querc_query *query, const PGresult *result)
{
    const char *sqlstate = qrt_sqlstate(result);
    /* An error that is not the server's is mostly the end of the connection, which libpq may not have read yet. */
    if (sqlstate[0] == '\0' && PQstatus(db->pg) == CONNECTION_OK)
        (void)PQconsumeInput(db->pg);
    bool lost = PQstatus(db->pg) == CONNECTION_BAD;
    if (db->timed_out && (lost || result == NULL || strcmp(sqlstate, "57014") == 0))
        return fail_timeout(db, query, lost);
    begin_error(db, query, lost ? QUERC_CONNECTION : status_of_sqlstate(sqlstate),
                lost && sqlstate[0] == '\0' ? "08006" : sqlstate);
    querc_error *error = &db->error;
    const char *message = result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (message == NULL && result != NULL)
        message = PQresultErrorMessage(result);
    if (message == NULL || message[0] == '\0')
        message = PQerrorMessage(db->pg);
    error->message = keep(db, message);
    if (error->message[0] == '\0')
        error->message = result == NULL ? no_memory_error.message : "the server's answer is not what was expected";
    if (result == NULL)
        return error->status;
    error->detail = keep(db, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    error->hint = keep(db, PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    error->schema = keep(db, PQresultErrorField(result, PG_DIAG_SCHEMA_NAME));
    error->table = keep(db, PQresultErrorField(result, PG_DIAG_TABLE_NAME));
    error->column = keep(db, PQresultErrorField(result, PG_DIAG_COLUMN_NAME));
    error->data_type = keep(db, PQresultErrorField(result, PG_DIAG_DATATYPE_NAME));
    error->constraint = keep(db, PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    int64_t at = 0;
    if (position != NULL && qrt_parse_integer(position, strlen(position), 1, INT32_MAX, &at))
        error->position = (int)at;
    if (error->status == QUERC_CONSTRAINT && query != NULL && query->schema != NULL)
        error->constraint_id = find_constraint(query->schema, error);
    return error->status;
}

/* --- errors kept for later --------------------------------------------------------------------------------- */

/* Copies every string of the error into the arena; those for which there is no memory become "". */
static void copy_strings(Arena *arena, querc_error *error)
{
    const char **const strings[] = {&error->message, &error->detail,    &error->hint,
                                    &error->query,   &error->schema,    &error->table,
                                    &error->column,  &error->data_type, &error->constraint};
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        size_t len = strlen(*strings[i]);
        char *copy = len > 0 ? qrt_arena_alloc_bytes(arena, len + 1) : NULL;
        if (copy != NULL)
            memcpy(copy, *strings[i], len + 1);
        *strings[i] = copy != NULL ? copy : "";
    }
}

const querc_error *qrt_error_copy(Arena *arena, const querc_error *error)
{
    querc_error *copy = qrt_arena_alloc(arena, sizeof *copy);
    if (copy == NULL)
        return &no_memory_error;
    *copy = *error;
    copy_strings(arena, copy);
    return copy;
}

void qrt_error_restore(querc_conn *db, const querc_error *error)
{
    begin_error(db, NULL, error->status, error->sqlstate);
    db->error = *error;
    copy_strings(&db->error_arena, &db->error);
}
