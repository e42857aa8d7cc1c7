/*
 * querc.h - what the code that querc generates calls, and what its users call beside it.
 *
 * With the headers it includes, one a group, this is the manual of libquerc. libpq is the only dependency.
 *
 *   querc_base.h      status and errors
 *   querc_conn.h      connections, transactions, results of commands, streams
 *   querc_async.h     queries sent ahead of their answers
 *   querc_pool.h      connections shared by threads; reading from replicas
 *   querc_batch.h     many runs of one statement in one round trip
 *   querc_values.h    what SQL values are in C; arrays
 *   querc_convert.h   conversions between values, text and what C has for them
 *   querc_types.h     the constants that describe types, and
 *   querc_query.h     those that describe queries: the contract between libquerc and the C that querc writes, of no
 *                     interest to anybody else
 *
 * Rules that hold everywhere:
 *  - A querc_conn is used by one thread at a time. Different connections share nothing; there is no global state.
 *  - No function exits, prints, raises a signal or leaves one changed. Every allocation is checked.
 *  - A struct filled with zeros is a valid empty one, and freeing it does nothing.
 *  - What a row's pointers point to lives until that row (or the array it came in) is freed, whatever happens to
 *    the connection in the meantime. A row read from a stream lives until the next call on that stream.
 *  - Text is in the connection's client_encoding: UTF-8 on a connection made by querc_open.
 */
#ifndef QUERC_H
#define QUERC_H

#include "querc_async.h"
#include "querc_base.h"
#include "querc_batch.h"
#include "querc_conn.h"
#include "querc_convert.h"
#include "querc_pool.h"
#include "querc_query.h"
#include "querc_types.h"
#include "querc_values.h"

#endif
