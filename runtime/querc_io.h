/*
 * Talking to the server under a deadline: what the files of libquerc use in place of libpq's blocking calls. Not
 * installed. Without a deadline these are those calls; with one they never wait past it by more than the grace.
 */
#ifndef QUERC_IO_H
#define QUERC_IO_H

#include "querc_private.h"

/* Microseconds of a clock that is never set back. */
int64_t qrt_now(void);
/* Milliseconds until a moment of it, for poll(2): rounded up, 0 if it has passed, -1 for the moment 0 ("never"). */
int qrt_milliseconds_until(int64_t moment);
/* Waits until events come on fd; false when the moment has passed. An error of fd counts as an event. */
bool qrt_poll(int fd, short events, int64_t moment);

/* Each call of querc.h starts with one of these (qrt_conn_ready does the first): from here on its time counts. */
void qrt_start_call(querc_conn *db);
/* For what cleans up, such as ROLLBACK: it gets the grace, even if the deadline of all calls has passed. */
void qrt_start_cleanup(querc_conn *db);

/* PQexec and its kin. NULL also if the deadline had passed before. */
PGresult *qrt_exec(querc_conn *db, const char *sql);
PGresult *qrt_exec_params(querc_conn *db, const char *sql, int count, const Oid *types, const char *const *values,
                          const int *lengths, const int *formats, int result_format);
PGresult *qrt_exec_prepared(querc_conn *db, const char *statement, int count, const char *const *values,
                            const int *lengths, const int *formats, int result_format);
PGresult *qrt_prepare(querc_conn *db, const char *statement, const char *sql, int count, const Oid *types);
PGresult *qrt_describe_prepared(querc_conn *db, const char *statement);

/* Around PQsend...: false if the deadline has passed already; then, after PQsend... , false if the bytes could not
 * be sent, the deadline and the grace included. Between the two the connection does not block. */
bool qrt_send_begin(querc_conn *db);
bool qrt_send_end(querc_conn *db, bool sent);

/* What every result of an execution goes through: one that libpq calls complete, but which lacks the command's tag,
 * is replaced by an error. The tag is the last that the server sends; libpq may hand over the rows before it when
 * the connection ends there. NULL, too, if there is no memory. */
PGresult *qrt_whole(querc_conn *db, PGresult *result);

/* PQgetResult. When the deadline passes, the statement is cancelled on the server and its last words are returned;
 * if the server does not say any, the connection is closed. */
PGresult *qrt_next_result(querc_conn *db);
/* The same while statements are prepared and described, for which there are no tags. */
PGresult *qrt_next_description(querc_conn *db);

/* Cancels what the server is doing for db, and returns when no cancellation is under way any more; the connection
 * is closed if that takes longer than the grace. What the server answers is still to be read. */
void qrt_cancel(querc_conn *db);

/* Closes the connection's socket under libpq, which then finds the connection lost. */
void qrt_drop(querc_conn *db);

#endif
