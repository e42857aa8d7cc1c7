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

/* How a member of the parameter struct is written. */
typedef struct Cell {
    const querc_type *type; /* never a domain */
    uint32_t offset;
    int8_t width;    /* of a value whose bytes only want to be put in order; 0: of a string; -1: of any other */
    bool is_pointer; /* the member is the string's address, or the value's */
    bool is_string;  /* the address counts as the value */
    bool nullable;
} Cell;

typedef struct Copy {
    querc_conn *db;
    const querc_copy *copy;
    const querc_query *query; /* the INSERT */
    Cell *cells;
    size_t row_size; /* enough for a row whose values all have a width, and for one cell of another */
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

/* Where the kinds of values that are the same in C and on the wire, but for the order of their bytes, have them. */
static const int8_t widths[] = {
    [QUERC_KIND_BOOL] = 1,   [QUERC_KIND_INT2] = 2,      [QUERC_KIND_INT4] = 4,        [QUERC_KIND_INT8] = 8,
    [QUERC_KIND_UINT4] = 4,  [QUERC_KIND_UINT8] = 8,     [QUERC_KIND_LSN] = 8,         [QUERC_KIND_FLOAT4] = 4,
    [QUERC_KIND_FLOAT8] = 8, [QUERC_KIND_MONEY] = 8,     [QUERC_KIND_UUID] = 16,       [QUERC_KIND_DATE] = 4,
    [QUERC_KIND_TIME] = 8,   [QUERC_KIND_TIMESTAMP] = 8, [QUERC_KIND_TIMESTAMPTZ] = 8,
};

enum { WIDEST = 16 };

static void plan_cells(Copy *copy)
{
    const querc_query *query = copy->query;
    copy->row_size = 2;
    for (size_t i = 0; i < query->param_count; i++) {
        const querc_param *param = &query->params[i];
        Cell *cell = &copy->cells[i];
        cell->type = qrt_base_type(param->type);
        const Kind *kind = qrt_kind(cell->type->kind);
        size_t number = (size_t)cell->type->kind;
        cell->offset = copy->copy->item.offsets[i];
        cell->is_string = kind->is_pointer;
        cell->nullable = param->nullable;
        cell->is_pointer = kind->is_pointer || param->nullable;
        cell->width = -1;
        if (kind->to_binary == qrt_text_to_binary)
            cell->width = 0;
        else if (number < sizeof widths / sizeof widths[0] && widths[number] != 0)
            cell->width = widths[number];
        copy->row_size += 4 + WIDEST;
    }
}

/* A value of `width` bytes with its length before it; there is room. Returns where the next one goes. */
static inline char *put_fixed(char *at, const char *value, int width)
{
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    qrt_put_4(at, (uint32_t)width);
    at += 4;
    switch (width) {
    case 1:
        *at = *(const bool *)value;
        break;
    case 2:
        memcpy(&two, value, sizeof two);
        qrt_put_2(at, two);
        break;
    case 4:
        memcpy(&four, value, sizeof four);
        qrt_put_4(at, four);
        break;
    case 8:
        memcpy(&eight, value, sizeof eight);
        qrt_put_8(at, eight);
        break;
    default:
        memcpy(at, value, WIDEST);
    }
    return at + width;
}

/* Each of these: *at is where the value goes, and then the next one, for which and for the rest of the row there is
 * room again. */
static bool put_string(Copy *copy, const char *value, char **at)
{
    Writer *writer = &copy->writer;
    size_t len = strlen(value);
    writer->len = (size_t)(*at - writer->data);
    if (len > INT32_MAX) {
        writer->problem = "is too long";
        return false;
    }
    if (!qrt_writer_reserve(writer, len + copy->row_size))
        return false;
    *at = writer->data + writer->len;
    qrt_put_4(*at, (uint32_t)len);
    memcpy(*at + 4, value, len);
    *at += 4 + len;
    return true;
}

static bool put_any(Copy *copy, const Cell *cell, const char *value, char **at)
{
    Writer *writer = &copy->writer;
    writer->len = (size_t)(*at - writer->data);
    if (!qrt_write_sized(writer, cell->type, cell->is_string ? (const void *)&value : value) ||
        !qrt_writer_reserve(writer, copy->row_size))
        return false;
    *at = writer->data + writer->len;
    return true;
}

/* The cells of a row; the number of the first one that can't be written, or how many there are. */
static size_t put_cells(Copy *copy, const char *item, char **out)
{
    size_t count = copy->query->param_count;
    char *at = *out;
    for (size_t i = 0; i < count; i++) {
        const Cell *cell = &copy->cells[i];
        const void *member = item + cell->offset;
        const char *value = member;
        if (cell->is_pointer)
            memcpy(&value, member, sizeof value);
        if (value == NULL && cell->nullable) {
            qrt_put_4(at, UINT32_MAX);
            at += 4;
        } else if (value == NULL) {
            copy->writer.problem = "is NULL, but must not be";
            return i;
        } else if (QRT_LIKELY(cell->width > 0)) {
            at = put_fixed(at, value, cell->width);
        } else if (!(cell->width == 0 ? put_string(copy, value, &at) : put_any(copy, cell, value, &at))) {
            return i;
        }
    }
    *out = at;
    return count;
}

static querc_status write_row(Copy *copy, const void *item)
{
    const querc_query *query = copy->query;
    Writer *writer = &copy->writer;
    copy->row++;
    writer->problem = NULL;
    if (!qrt_writer_reserve(writer, copy->row_size))
        return qrt_fail_no_memory(copy->db, query);
    char *at = writer->data + writer->len;
    qrt_put_2(at, query->param_count);
    at += 2;
    size_t done = put_cells(copy, item, &at);
    if (QRT_LIKELY(done == query->param_count)) {
        writer->len = (size_t)(at - writer->data);
        return writer->len > INT32_MAX ? qrt_fail_param(copy->db, query, 0, "makes a row too long")
               : writer->len >= PIECE  ? put(copy)
                                       : QUERC_OK;
    }
    querc_status status = writer->problem == NULL ? qrt_fail_no_memory(copy->db, query)
                                                  : qrt_fail_param(copy->db, query, done, writer->problem);
    copy->db->error.row = copy->row;
    return status;
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
    enum { INLINE_CELLS = 32 };
    Cell cells[INLINE_CELLS];
    const querc_query *query = copy->insert;
    Copy work = {.db = db, .copy = copy, .query = query, .cells = cells};
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
    if (query->param_count > INLINE_CELLS)
        work.cells = qrt_allocate(&db->allocator, query->param_count * sizeof *work.cells);
    if (work.cells == NULL)
        return qrt_fail_no_memory(db, query);
    plan_cells(&work);
    qrt_writer_init(&work.writer, db, NULL, 0);
    status = open_copy(db, statement, &begun);
    if (status == QUERC_OK)
        status = run_copy(&work, source, rows);
    if (begun)
        status = close_copy(db, query, status, rows);
    qrt_writer_release(&work.writer);
    if (work.cells != cells)
        qrt_release(&db->allocator, work.cells);
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
