/*
 * COPY in binary format, from parameter structs: a header, then for each row the number of its values and each with
 * its length, then a trailer. (The format is described with the COPY command.)
 *
 * The server reads each value as the column's type, whatever was meant, so the types have to be right: the INSERT
 * that the COPY stands for is described by the server, and that compared like any other statement's description.
 */
#include "querc_private.h"

#include "querc_io.h"

/* Rows are handed to libpq in pieces of about this size. */
enum { PIECE = 32 * 1024 };

typedef struct Copy {
    querc_conn *db;
    const querc_copy *copy;
    const querc_query *query; /* the INSERT */
    const void **args;
    Writer writer;
    int64_t row; /* the current one, from 1 */
} Copy;

/* --- the server's description ------------------------------------------------------------------------------- */

/* Reads the answers to what open_copy has sent: those to BEGIN, Parse and Describe, in this order, the last of
 * which is what matters; and the end. */
static querc_status read_description(querc_conn *db, const Statement *statement, int expected)
{
    querc_status status = QUERC_OK;
    int answers = 0;
    int nothing = 0;
    while (nothing < 2 && PQstatus(db->pg) == CONNECTION_OK) {
        PGresult *result = qrt_next_description(db);
        ExecStatusType outcome = PQresultStatus(result);
        nothing = result == NULL ? nothing + 1 : 0;
        if (status == QUERC_OK && outcome == PGRES_COMMAND_OK && ++answers == expected)
            status = qrt_check_description(db, statement, result);
        else if (status == QUERC_OK && result != NULL && outcome == PGRES_FATAL_ERROR)
            status = qrt_fail_prepare(db, statement->query, result);
        PQclear(result);
    }
    return status != QUERC_OK || answers >= expected ? status : qrt_fail_result(db, statement->query, NULL);
}

/*
 * Describes the INSERT, every time and without leaving anything behind. It is done in the transaction that the COPY
 * is in, so that the lock which Parse takes keeps the table as it is; *begun says that it was begun for that.
 */
static querc_status open_copy(querc_conn *db, Statement *statement, bool *begun)
{
    const querc_query *query = statement->query;
    bool begin = PQtransactionStatus(db->pg) == PQTRANS_IDLE;
    *begun = false;
    if (!PQenterPipelineMode(db->pg))
        return qrt_fail_result(db, query, NULL);
    bool sent = qrt_send_begin(db);
    if (sent && begin)
        sent = *begun = PQsendQueryParams(db->pg, "BEGIN", 0, NULL, NULL, NULL, NULL, 0) != 0;
    sent = sent && PQsendPrepare(db->pg, "", query->sql, query->param_count, NULL) &&
           PQsendDescribePrepared(db->pg, "");
    querc_status status = sent ? QUERC_OK : qrt_fail_result(db, query, NULL);
    bool synced = PQpipelineSync(db->pg) != 0;
    (void)qrt_send_end(db, synced);
    querc_status answer = read_description(db, statement, begin ? 3 : 2);
    if (!PQexitPipelineMode(db->pg))
        qrt_drop(db);
    return status != QUERC_OK ? status : answer;
}

/* Ends the transaction that open_copy began; the error, if there was one, stays the one before. */
static querc_status close_copy(querc_conn *db, const querc_query *query, querc_status status, int64_t *rows)
{
    if (status != QUERC_OK) {
        qrt_start_cleanup(db);
        PQclear(qrt_exec(db, "ROLLBACK"));
        return status;
    }
    PGresult *result = qrt_exec(db, "COMMIT");
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        status = qrt_fail_result(db, query, result);
        *rows = 0;
    }
    PQclear(result);
    return status;
}

static querc_status check_forms(querc_conn *db, const querc_query *query)
{
    for (size_t i = 0; i < query->param_count; i++)
        if (qrt_is_sent_as_text(query->params[i].type))
            return qrt_fail(db, query, QUERC_MISUSE, "0A000",
                            "query \"%s\": parameter \"%s\" has no binary form to be copied in", query->name,
                            query->params[i].name);
    return QUERC_OK;
}

/* --- rows --------------------------------------------------------------------------------------------------- */

static querc_status put(Copy *copy)
{
    querc_conn *db = copy->db;
    bool begun = qrt_send_begin(db);
    /* An int is enough: a piece is not much longer than one value. */
    bool sent = begun && PQputCopyData(db->pg, copy->writer.data, (int)copy->writer.len) == 1;
    copy->writer.len = 0;
    return qrt_send_end(db, sent) ? QUERC_OK : QUERC_ERROR;
}

static bool write_arg(Copy *copy, size_t i)
{
    const querc_param *param = &copy->query->params[i];
    const querc_type *type = qrt_base_type(param->type);
    if (copy->args[i] == NULL && param->nullable)
        return qrt_write_4(&copy->writer, UINT32_MAX);
    if (copy->args[i] == NULL) {
        copy->writer.problem = "is NULL, but must not be";
        return false;
    }
    /* Of a string args has the address itself, where values are given by their address. */
    const void *value = qrt_kind(type->kind)->is_pointer ? (const void *)&copy->args[i] : copy->args[i];
    return qrt_write_sized(&copy->writer, type, value);
}

static querc_status write_row(Copy *copy, const void *item)
{
    const querc_query *query = copy->query;
    copy->row++;
    copy->writer.problem = NULL;
    qrt_load_args(query, &copy->copy->item, item, copy->args);
    if (!qrt_write_2(&copy->writer, query->param_count))
        return qrt_fail_no_memory(copy->db, query);
    for (size_t i = 0; i < query->param_count; i++) {
        if (write_arg(copy, i))
            continue;
        const char *problem = copy->writer.problem;
        querc_status status =
            problem == NULL ? qrt_fail_no_memory(copy->db, query) : qrt_fail_param(copy->db, query, i, problem);
        copy->db->error.row = copy->row;
        return status;
    }
    return copy->writer.len > INT32_MAX ? qrt_fail_param(copy->db, query, 0, "makes a row too long")
           : copy->writer.len >= PIECE  ? put(copy)
                                        : QUERC_OK;
}

/* --- beginning and end -------------------------------------------------------------------------------------- */

static querc_status begin(Copy *copy)
{
    static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* and the terminator: 19 bytes */
    querc_conn *db = copy->db;
    if (!qrt_write(&copy->writer, header, sizeof header))
        return qrt_fail_no_memory(db, copy->query);
    PGresult *result = qrt_exec(db, copy->copy->sql);
    querc_status status = QUERC_OK;
    if (PQresultStatus(result) != PGRES_COPY_IN)
        status = qrt_fail_result(db, copy->query, result);
    PQclear(result);
    return status;
}

/* "COPY books, line 3, column isbn": the row that the server was at, in whatever language it says so. */
static int64_t failed_row(const PGresult *result)
{
    const char *context = result != NULL ? PQresultErrorField(result, PG_DIAG_CONTEXT) : NULL;
    while (context != NULL && strncmp(context, "COPY ", 5) != 0) {
        context = strchr(context, '\n');
        context = context != NULL ? context + 1 : NULL;
    }
    const char *comma = context != NULL ? strstr(context, ", ") : NULL;
    if (comma == NULL)
        return 0;
    comma += strcspn(comma, "0123456789\n");
    int64_t row = 0;
    qrt_parse_integer(comma, strspn(comma, "0123456789"), 1, INT64_MAX, &row);
    return row;
}

/* Reads the COPY's end. Whoever gave up has recorded why already: given_up is that status, or QUERC_OK. */
static querc_status finish(Copy *copy, querc_status given_up, int64_t *rows)
{
    querc_conn *db = copy->db;
    querc_status status = given_up;
    bool is_done = false;
    PGresult *result;
    while ((result = qrt_next_result(db)) != NULL) {
        if (status != QUERC_OK) {
            /* the consequences of what is known */
        } else if (PQresultStatus(result) == PGRES_COMMAND_OK) {
            *rows = qrt_count_of(result);
            is_done = true;
        } else {
            status = qrt_fail_result(db, copy->query, result);
            db->error.row = failed_row(result);
        }
        bool endless = PQresultStatus(result) == PGRES_COPY_IN;
        PQclear(result);
        if (endless)
            break;
    }
    return status != QUERC_OK || is_done ? status : qrt_fail_result(db, copy->query, NULL);
}

static querc_status end(Copy *copy, int64_t *rows)
{
    querc_conn *db = copy->db;
    querc_status status = QUERC_OK;
    if (!qrt_write_2(&copy->writer, UINT16_MAX))
        status = qrt_fail_no_memory(db, copy->query);
    else if (put(copy) == QUERC_OK && qrt_send_begin(db))
        (void)qrt_send_end(db, PQputCopyEnd(db->pg, NULL) == 1);
    if (status != QUERC_OK)
        (void)PQputCopyEnd(db->pg, "out of memory");
    return finish(copy, status, rows);
}

static querc_status give_up(Copy *copy, querc_status status, int64_t *rows)
{
    if (qrt_send_begin(copy->db))
        (void)qrt_send_end(copy->db, PQputCopyEnd(copy->db->pg, "the client gave up") == 1);
    return finish(copy, status, rows);
}

/* The sources of rows: an array, or a function. *item is the next; QUERC_ROW, QUERC_DONE or why to give up. */
typedef struct Source {
    const char *items;
    size_t left;
    querc_next_item next;
    void *context;
    void *room;
} Source;

static querc_status next_item(Copy *copy, Source *source, const void **item)
{
    size_t size = copy->copy->item.size;
    if (source->next == NULL) {
        if (source->left == 0)
            return QUERC_DONE;
        *item = source->items;
        source->items += size;
        source->left--;
        return QUERC_ROW;
    }
    memset(source->room, 0, size);
    *item = source->room;
    querc_status status = source->next(source->context, source->room);
    if (status != QUERC_ROW && status != QUERC_DONE && copy->db->error.status != status)
        qrt_fail(copy->db, copy->query, status, "57014", "query \"%s\": what yields the rows gave up",
                 copy->query->name);
    return status;
}

static querc_status copy_rows(Copy *copy, Source *source, int64_t *rows)
{
    for (;;) {
        const void *item;
        querc_status status = next_item(copy, source, &item);
        if (status == QUERC_DONE)
            return end(copy, rows);
        if (status != QUERC_ROW)
            return give_up(copy, status, rows);
        status = write_row(copy, item);
        /* What put could not send is the server's doing, which tells why. */
        if (status == QUERC_ERROR)
            return finish(copy, QUERC_OK, rows);
        if (status != QUERC_OK)
            return give_up(copy, status, rows);
    }
}

/* The COPY itself, in a transaction. */
static querc_status run_copy(Copy *copy, Source *source, int64_t *rows)
{
    querc_conn *db = copy->db;
    querc_status status = begin(copy);
    if (status != QUERC_OK)
        return status;
    db->streaming = true;
    status = copy_rows(copy, source, rows);
    db->streaming = false;
    return status;
}

static querc_status call_copy(querc_conn *db, const querc_copy *copy, Source *source, int64_t *rows)
{
    enum { INLINE_ARGS = 64 };
    const void *args[INLINE_ARGS];
    const querc_query *query = copy->insert;
    Copy work = {.db = db, .copy = copy, .query = query, .args = args};
    Statement *statement;
    bool begun;
    *rows = 0;
    querc_status status = qrt_conn_ready(db, query);
    if (status == QUERC_OK)
        status = qrt_statement_find(db, query, &statement);
    if (status == QUERC_OK)
        status = check_forms(db, query);
    if (status != QUERC_OK)
        return status;
    if (query->param_count > INLINE_ARGS)
        work.args = qrt_allocate(&db->allocator, query->param_count * sizeof *work.args);
    if (work.args == NULL)
        return qrt_fail_no_memory(db, query);
    qrt_writer_init(&work.writer, db, NULL, 0);
    status = open_copy(db, statement, &begun);
    if (status == QUERC_OK)
        status = run_copy(&work, source, rows);
    if (begun)
        status = close_copy(db, query, status, rows);
    qrt_writer_release(&work.writer);
    if (work.args != args)
        qrt_release(&db->allocator, work.args);
    return status;
}

querc_status querc_call_copyfrom(querc_conn *db, const querc_copy *copy, const void *items, size_t len,
                                 int64_t *rows)
{
    Source source = {.items = items, .left = len};
    return call_copy(db, copy, &source, rows);
}

querc_status querc_call_copyfrom_next(querc_conn *db, const querc_copy *copy, querc_next_item next, void *context,
                                      void *item, int64_t *rows)
{
    Source source = {.next = next, .context = context, .room = item};
    return call_copy(db, copy, &source, rows);
}
