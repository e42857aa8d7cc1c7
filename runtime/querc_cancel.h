/* Requests to cancel, which do not hold up whoever makes them. Not installed; see cancel.c. */
#ifndef QUERC_CANCEL_H
#define QUERC_CANCEL_H

#include <libpq-fe.h>

/*
 * Sends a request to cancel what the server is doing for pg. Returns a descriptor, the caller's to close, which
 * becomes readable (at its end) when the request is over: the server has signalled its process, or could not be
 * reached. -1 if the request could not be begun.
 */
int qrt_cancel_start(PGconn *pg);

#endif
