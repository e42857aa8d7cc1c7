/*
 * Statements: what a connection knows of a query. The first use resolves the query's types, prepares it and checks
 * the server's description; later uses find it in a map and execute.
 *
 * Two things go stale behind libquerc's back and are put right when the server says so: the statement is gone
 * (26000: DISCARD, a pooler that changed the server, PQreset), or the schema changed so that the plan's result
 * would have another type (0A000 out of the plan cache's RevalidateCachedQuery). Within a transaction the error has
 * already aborted it, so it is reported; the next use prepares anew.
 */
#include "querc_io.h"

/* How often a statement is prepared for one use of it. Once more than needed, as a rule; behind a pooler that
 * changes servers between the steps, as often as it has servers. */
enum { ATTEMPTS = 16 };

static querc_status bad_descriptor(querc_conn *db, const querc_query *query, const char *what, const char *name)
{
    return qrt_fail(db, query, QUERC_MISUSE, "22023",
                    "query \"%s\": %s \"%s\" has a descriptor that this version "
                    "of libquerc does not know",
                    query->name, what, name);
}

static querc_status fill_in(querc_conn *db, Statement *statement)
{
    const querc_query *query = statement->query;
    for (size_t i = 0; i < query->param_count; i++) {
        if (qrt_type_kind(query->params[i].type) == NULL)
            return bad_descriptor(db, query, "parameter", query->params[i].name);
        statement->param_types[i] = qrt_type_oid(db, query->params[i].type);
    }
    for (size_t i = 0; i < query->column_count; i++) {
        /* A result's description has a domain's base type. */
        const querc_type *type = qrt_base_type(query->columns[i].type);
        const Kind *kind = qrt_type_kind(type);
        bool readable =
            kind != NULL && (type->kind == QUERC_KIND_VOID || !query->text_format || kind->from_text != NULL);
        if (!readable || (qrt_is_text_only(type) && !query->text_format))
            return bad_descriptor(db, query, "column", query->columns[i].name);
        statement->column_types[i] = qrt_type_oid(db, type);
        statement->has_pointers |= qrt_has_pointers(type);
    }
    return qrt_plan_columns(statement, &db->arena) ? QUERC_OK : qrt_fail_no_memory(db, query);
}

/* The query's name is for people who read pg_prepared_statements, and for two queries that differ in it alone. */
static const char *statement_name(querc_conn *db, const querc_query *query)
{
    enum { NAME_CHARS = 40, HASH_CHARS = 17 }; /* of the 63 that PostgreSQL keeps */
    if (query->statement != NULL)
        return query->statement;
    char *name = qrt_arena_alloc_bytes(&db->arena, NAME_CHARS + HASH_CHARS + 1);
    if (name == NULL)
        return NULL;
    TextBuffer out;
    qrt_text_init(&out, name, NAME_CHARS + HASH_CHARS + 1);
    qrt_text_printf(&out, "%.*s_%016llx", NAME_CHARS, query->name, (unsigned long long)query->hash);
    qrt_text_finish(&out);
    return name;
}

static querc_status statement_create(querc_conn *db, const querc_query *query, Statement **out)
{
    querc_status status = qrt_resolve_types(db, query);
    if (status != QUERC_OK)
        return status;
    size_t oids = (size_t)query->param_count + query->column_count;
    Statement *statement = qrt_arena_alloc(&db->arena, sizeof *statement);
    Oid *types = qrt_arena_alloc(&db->arena, (oids + 1) * sizeof *types);
    if (statement == NULL || types == NULL)
        return qrt_fail_no_memory(db, query);
    memset(statement, 0, sizeof *statement);
    statement->query = query;
    statement->name = statement_name(db, query);
    if (statement->name == NULL)
        return qrt_fail_no_memory(db, query);
    statement->param_types = types;
    statement->column_types = types + query->param_count;
    status = fill_in(db, statement);
    if (status == QUERC_OK && !qrt_map_put(&db->statements, &db->allocator, query, statement))
        status = qrt_fail_no_memory(db, query);
    *out = statement;
    return status;
}

/* A query that no longer passes the server's analysis is drift: it passed when it was compiled. Missing rights
 * (42501) are no matter of the schema. */
querc_status qrt_fail_prepare(querc_conn *db, const querc_query *query, const PGresult *result)
{
    querc_status status = qrt_fail_result(db, query, result);
    const char *sqlstate = db->error.sqlstate;
    if (status != QUERC_ERROR || strncmp(sqlstate, "42", 2) != 0 || strcmp(sqlstate, "42501") == 0)
        return status;
    const char *message = db->error.message;
    char *text = qrt_arena_alloc_bytes(&db->error_arena, strlen(message) + strlen(query->name) + 64);
    if (text != NULL) {
        TextBuffer out;
        qrt_text_init(&out, text, strlen(message) + strlen(query->name) + 64);
        qrt_text_add(&out, "query \"", 7);
        qrt_text_add(&out, query->name, strlen(query->name));
        qrt_text_printf(&out, "\" does not fit the server's schema: ");
        qrt_text_add(&out, message, strlen(message));
        qrt_text_finish(&out);
        db->error.message = text;
    }
    db->error.status = QUERC_SCHEMA_DRIFT;
    return QUERC_SCHEMA_DRIFT;
}

static querc_status deallocate(querc_conn *db, const Statement *statement)
{
    const querc_query *query = statement->query;
    char *name = PQescapeIdentifier(db->pg, statement->name, strlen(statement->name));
    if (name == NULL)
        return qrt_fail_no_memory(db, query);
    char sql[256];
    TextBuffer out;
    qrt_text_init(&out, sql, sizeof sql);
    qrt_text_add(&out, "DEALLOCATE ", 11);
    qrt_text_add(&out, name, strlen(name));
    qrt_text_finish(&out);
    PQfreemem(name);
    PGresult *result = qrt_exec(db, sql);
    querc_status status = QUERC_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK && strcmp(qrt_sqlstate(result), "26000") != 0)
        status = qrt_fail_result(db, query, result);
    PQclear(result);
    return status;
}

/*
 * A connection that was wrapped may already have the statement, from an earlier handle. Outside a transaction
 * PREPARE can just fail; within one that would abort it, so the server is asked.
 */
static bool already_prepared(querc_conn *db, const Statement *statement)
{
    static const char sql[] = "SELECT FROM pg_catalog.pg_prepared_statements WHERE name OPERATOR(pg_catalog.=) $1";
    const Oid types[] = {25};
    const char *const values[] = {statement->name};
    if (!db->may_have_statements || PQtransactionStatus(db->pg) != PQTRANS_INTRANS)
        return false;
    PGresult *result = qrt_exec_params(db, sql, 1, types, values, NULL, NULL, 0);
    bool found = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0;
    PQclear(result);
    return found;
}

/*
 * The parameters' types are left to the server where its answer is then compared with what was compiled: so a
 * changed column shows, where a declared type would quietly be cast. Without that check they are declared.
 */
static querc_status prepare_on_server(querc_conn *db, Statement *statement)
{
    const querc_query *query = statement->query;
    if (already_prepared(db, statement))
        return QUERC_OK;
    PGresult *result = qrt_prepare(db, statement->name, query->sql, query->param_count,
                                   db->skip_drift_check ? statement->param_types : NULL);
    querc_status status = QUERC_OK;
    /* 42P05: it exists; its name says that it is the same. */
    bool exists = strcmp(qrt_sqlstate(result), "42P05") == 0;
    if (exists && PQtransactionStatus(db->pg) == PQTRANS_INERROR) {
        db->may_have_statements = true;
        (void)qrt_fail_result(db, query, result);
        status = db->error.status = QUERC_RETRY;
    } else if (PQresultStatus(result) != PGRES_COMMAND_OK && !exists) {
        status = qrt_fail_prepare(db, query, result);
    }
    PQclear(result);
    return status;
}

/* The server does not know the statement: it was told to forget, or is another one than before. */
static bool is_lost_statement(const PGresult *result)
{
    return strcmp(qrt_sqlstate(result), "26000") == 0;
}

/* The plan is of an older schema, in which its result had other types. */
static bool is_stale_plan(const PGresult *result)
{
    const char *function = result != NULL ? PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION) : NULL;
    return strcmp(qrt_sqlstate(result), "0A000") == 0 && function != NULL &&
           strcmp(function, "RevalidateCachedQuery") == 0;
}

/* *again: the server has this statement with a plan that is stale, or a pooler has sent us to one that does not
 * have it at all. */
static querc_status check_drift(querc_conn *db, Statement *statement, bool *again)
{
    *again = false;
    if (db->skip_drift_check)
        return QUERC_OK;
    PGresult *description = qrt_describe_prepared(db, statement->name);
    querc_status status;
    if (PQresultStatus(description) == PGRES_COMMAND_OK) {
        status = qrt_check_description(db, statement, description);
    } else {
        statement->stale = is_stale_plan(description);
        *again = statement->stale || is_lost_statement(description);
        status = qrt_fail_result(db, statement->query, description);
    }
    PQclear(description);
    return status;
}

static querc_status prepare_once(querc_conn *db, Statement *statement, bool *again)
{
    querc_status status = statement->stale ? deallocate(db, statement) : QUERC_OK;
    *again = false;
    if (status == QUERC_OK) {
        statement->stale = false;
        status = prepare_on_server(db, statement);
    }
    if (status != QUERC_OK)
        return status;
    status = check_drift(db, statement, again);
    statement->prepared = status == QUERC_OK;
    statement->stale = status != QUERC_OK;
    return status;
}

static querc_status statement_prepare(querc_conn *db, Statement *statement)
{
    bool again;
    bool idle = PQtransactionStatus(db->pg) == PQTRANS_IDLE;
    querc_status status = prepare_once(db, statement, &again);
    for (int attempt = 1; again && idle && attempt < ATTEMPTS; attempt++)
        status = prepare_once(db, statement, &again);
    return status;
}

querc_status qrt_statement_find(querc_conn *db, const querc_query *query, Statement **out)
{
    *out = qrt_map_get(&db->statements, query);
    return *out != NULL ? QUERC_OK : statement_create(db, query, out);
}

querc_status qrt_statement_get(querc_conn *db, const querc_query *query, Statement **out)
{
    querc_status status = qrt_statement_find(db, query, out);
    if (status == QUERC_OK && !(*out)->prepared && db->mode == QUERC_PREPARED)
        status = statement_prepare(db, *out);
    return status;
}

bool qrt_statement_should_retry(querc_conn *db, Statement *statement, const PGresult *result,
                                PGTransactionStatusType before)
{
    if (db->mode != QUERC_PREPARED)
        return false;
    if (is_lost_statement(result)) {
        statement->prepared = false;
        db->may_have_statements = true;
    } else if (is_stale_plan(result)) {
        statement->prepared = false;
        statement->stale = true;
    } else {
        return false;
    }
    return before == PQTRANS_IDLE;
}

bool qrt_statement_send(querc_conn *db, const Statement *statement, const Arguments *a)
{
    const querc_query *query = statement->query;
    if (db->mode == QUERC_PREPARED)
        return PQsendQueryPrepared(db->pg, statement->name, query->param_count, a->values, a->lengths, a->formats,
                                   !query->text_format) != 0;
    return PQsendQueryParams(db->pg, query->sql, query->param_count, statement->param_types, a->values, a->lengths,
                             a->formats, !query->text_format) != 0;
}

static PGresult *execute(querc_conn *db, const Statement *statement, const Arguments *a)
{
    const querc_query *query = statement->query;
    if (db->mode == QUERC_PREPARED)
        return qrt_exec_prepared(db, statement->name, query->param_count, a->values, a->lengths, a->formats,
                                 !query->text_format);
    return qrt_exec_params(db, query->sql, query->param_count, statement->param_types, a->values, a->lengths,
                           a->formats, !query->text_format);
}

/* A statement that was not even begun, for a reason that the next use mends, is worth another try of the
 * transaction that it has aborted. */
static querc_status fail_execution(querc_conn *db, const Statement *statement, const PGresult *result)
{
    querc_status status = qrt_fail_result(db, statement->query, result);
    if (status == QUERC_ERROR && db->mode == QUERC_PREPARED && !statement->prepared)
        status = db->error.status = QUERC_RETRY;
    return status;
}

querc_status qrt_statement_execute(querc_conn *db, Statement *statement, const Arguments *arguments,
                                   PGresult **result)
{
    PGTransactionStatusType before = PQtransactionStatus(db->pg);
    for (int attempt = 1;; attempt++) {
        *result = execute(db, statement, arguments);
        ExecStatusType outcome = PQresultStatus(*result);
        if (QRT_LIKELY(outcome == PGRES_TUPLES_OK || outcome == PGRES_COMMAND_OK))
            return QUERC_OK;
        bool retry = qrt_statement_should_retry(db, statement, *result, before) && attempt < ATTEMPTS;
        querc_status status = retry ? statement_prepare(db, statement) : fail_execution(db, statement, *result);
        PQclear(*result);
        *result = NULL;
        if (!retry || status != QUERC_OK)
            return status;
    }
}
