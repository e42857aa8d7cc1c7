/*
 * Deadlines. libpq's blocking calls wait for ever; here a call that has a deadline sends and receives without
 * blocking, and waits in poll(2).
 *
 * When the deadline passes, the server is asked to cancel, over a second connection as the protocol has it
 * (cancel.c), and gets a grace to answer. What it then says ends the call, and the connection can be used again. A
 * server that says nothing, or a cancellation that is still on its way and so could hit a later statement, costs
 * the connection: its socket is shut down, which libpq takes as a lost connection.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "querc_io.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "querc_cancel.h"

enum { DEFAULT_GRACE_MS = 1000 };

/* --- time ------------------------------------------------------------------------------------------------ */

int64_t qrt_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int qrt_milliseconds_until(int64_t moment)
{
    if (moment == 0)
        return -1;
    int64_t left = moment - qrt_now();
    if (left <= 0)
        return 0;
    return left / 1000 >= INT_MAX ? INT_MAX : (int)((left + 999) / 1000);
}

static bool has_passed(int64_t moment)
{
    return moment != 0 && qrt_now() >= moment;
}

/* poll(2), again where a signal interrupted it. The number of descriptors with events; 0: the moment has passed. */
static int poll_until(struct pollfd *fds, nfds_t count, int64_t moment)
{
    for (;;) {
        int found = poll(fds, count, qrt_milliseconds_until(moment));
        if (found > 0 || (found < 0 && errno != EINTR))
            return found;
        if (found == 0 && has_passed(moment))
            return 0;
    }
}

bool qrt_poll(int fd, short events, int64_t moment)
{
    struct pollfd one = {fd, events, 0};
    return poll_until(&one, 1, moment) != 0;
}

static int64_t grace_from_now(const querc_conn *db)
{
    return qrt_now() + (int64_t)(db->grace_ms > 0 ? db->grace_ms : DEFAULT_GRACE_MS) * 1000;
}

void qrt_start_call(querc_conn *db)
{
    db->timed_out = false;
    db->call_deadline = db->deadline;
    if (db->timeout_ms <= 0)
        return;
    int64_t end = qrt_now() + (int64_t)db->timeout_ms * 1000;
    if (db->deadline == 0 || end < db->deadline)
        db->call_deadline = end;
}

void qrt_start_cleanup(querc_conn *db)
{
    qrt_start_call(db);
    if (db->call_deadline == 0)
        return;
    int64_t end = grace_from_now(db);
    if (db->call_deadline < end)
        db->call_deadline = end;
}

int querc_set_timeout(querc_conn *db, int milliseconds)
{
    int before = db->timeout_ms;
    db->timeout_ms = milliseconds > 0 ? milliseconds : 0;
    return before;
}

void querc_set_deadline(querc_conn *db, int milliseconds)
{
    db->deadline = milliseconds > 0 ? qrt_now() + (int64_t)milliseconds * 1000 : 0;
}

/* --- giving up --------------------------------------------------------------------------------------------- */

void qrt_drop(querc_conn *db)
{
    int fd = PQsocket(db->pg);
    if (fd < 0)
        return;
    shutdown(fd, SHUT_RDWR);
    /* libpq reads the end, and from now on knows. */
    PQsetnonblocking(db->pg, 1);
    while (PQstatus(db->pg) == CONNECTION_OK && PQconsumeInput(db->pg))
        (void)PQflush(db->pg);
    PQsetnonblocking(db->pg, 0);
}

/* Sends what libpq has to send and takes in what has come, as far as goes without waiting. *events is what to wait
 * for next; false: there is nothing more to wait for, the connection being lost. */
static bool pump(PGconn *pg, short *events)
{
    int unsent = PQflush(pg);
    if (unsent < 0 || PQsocket(pg) < 0)
        return false;
    *events = (short)(unsent > 0 ? POLLIN | POLLOUT : POLLIN);
    return true;
}

typedef bool (*Condition)(PGconn *pg);

static bool is_flushed(PGconn *pg)
{
    return PQflush(pg) <= 0;
}

static bool has_result(PGconn *pg)
{
    return PQflush(pg) <= 0 && !PQisBusy(pg);
}

/* Until condition holds or the connection is lost; false when the moment has passed. */
static bool wait_for(PGconn *pg, Condition condition, int64_t moment)
{
    short events;
    while (!condition(pg)) {
        if (!pump(pg, &events))
            return true;
        if (!qrt_poll(PQsocket(pg), events, moment))
            return false;
        if (!PQconsumeInput(pg))
            return true;
    }
    return true;
}

void qrt_cancel(querc_conn *db)
{
    int64_t end = grace_from_now(db);
    int request = qrt_cancel_start(db->pg);
    bool is_over = request >= 0 && qrt_poll(request, POLLIN, end);
    if (request >= 0)
        close(request);
    if (!is_over)
        qrt_drop(db);
}

/*
 * Waits for condition. If the deadline passes, the server is cancelled and what is left of the call, its last
 * words, has to come within the grace.
 */
static void wait_or_give_up(querc_conn *db, Condition condition)
{
    if (wait_for(db->pg, condition, db->call_deadline))
        return;
    if (!db->timed_out) {
        db->timed_out = true;
        qrt_cancel(db);
        db->call_deadline = grace_from_now(db);
        if (wait_for(db->pg, condition, db->call_deadline))
            return;
    }
    qrt_drop(db);
}

/* --- commands ---------------------------------------------------------------------------------------------- */

bool qrt_send_begin(querc_conn *db)
{
    if (db->call_deadline == 0)
        return true;
    if (has_passed(db->call_deadline)) {
        db->timed_out = true;
        return false;
    }
    PQsetnonblocking(db->pg, 1);
    return true;
}

bool qrt_send_end(querc_conn *db, bool sent)
{
    if (db->call_deadline == 0)
        return sent;
    if (sent)
        wait_or_give_up(db, is_flushed);
    PQsetnonblocking(db->pg, 0);
    return sent;
}

/* Whole, or an error. */
static PGresult *next_result(querc_conn *db, bool is_execution)
{
    if (db->call_deadline != 0)
        wait_or_give_up(db, has_result);
    PGresult *result = PQgetResult(db->pg);
    return is_execution ? qrt_whole(db, result) : result;
}

PGresult *qrt_whole(querc_conn *db, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    if (QRT_LIKELY((status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) || PQcmdStatus(result)[0] != '\0'))
        return result;
    PQclear(result);
    return PQmakeEmptyPGresult(db->pg, PGRES_FATAL_ERROR);
}

PGresult *qrt_next_result(querc_conn *db)
{
    return next_result(db, true);
}

PGresult *qrt_next_description(querc_conn *db)
{
    return next_result(db, false);
}

/* All results of a command; the last one counts, as in PQexec. */
static PGresult *last_result(querc_conn *db, bool is_execution)
{
    PGresult *last = NULL;
    PGresult *next;
    while ((next = next_result(db, is_execution)) != NULL) {
        PQclear(last);
        last = next;
        ExecStatusType status = PQresultStatus(last);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
            break;
    }
    return last;
}

/* A command: libpq's call that waits, unless there is a deadline; then the one that sends, and waiting here. */
#define RUN(DB, WAITING, SENDING, IS_EXECUTION)                                                                    \
    if ((DB)->call_deadline == 0)                                                                                  \
        return (IS_EXECUTION) ? qrt_whole(DB, WAITING) : (WAITING);                                                \
    if (!qrt_send_begin(DB))                                                                                       \
        return NULL;                                                                                               \
    return qrt_send_end(DB, (SENDING) != 0) ? last_result(DB, IS_EXECUTION) : NULL

PGresult *qrt_exec(querc_conn *db, const char *sql)
{
    RUN(db, PQexec(db->pg, sql), PQsendQuery(db->pg, sql), true);
}

PGresult *qrt_exec_params(querc_conn *db, const char *sql, int count, const Oid *types, const char *const *values,
                          const int *lengths, const int *formats, int result_format)
{
    RUN(db, PQexecParams(db->pg, sql, count, types, values, lengths, formats, result_format),
        PQsendQueryParams(db->pg, sql, count, types, values, lengths, formats, result_format), true);
}

PGresult *qrt_exec_prepared(querc_conn *db, const char *statement, int count, const char *const *values,
                            const int *lengths, const int *formats, int result_format)
{
    RUN(db, PQexecPrepared(db->pg, statement, count, values, lengths, formats, result_format),
        PQsendQueryPrepared(db->pg, statement, count, values, lengths, formats, result_format), true);
}

PGresult *qrt_prepare(querc_conn *db, const char *statement, const char *sql, int count, const Oid *types)
{
    RUN(db, PQprepare(db->pg, statement, sql, count, types), PQsendPrepare(db->pg, statement, sql, count, types),
        false);
}

PGresult *qrt_describe_prepared(querc_conn *db, const char *statement)
{
    RUN(db, PQdescribePrepared(db->pg, statement), PQsendDescribePrepared(db->pg, statement), false);
}
