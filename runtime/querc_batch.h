/*
 * querc_batch.h - part of querc.h: many runs of one statement, and rows copied in.
 */
#ifndef QUERC_BATCH_H
#define QUERC_BATCH_H

#include "querc_conn.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Batches
 *
 * A batch runs one statement once for each item of an array of parameter structs, without waiting for one answer
 * before the next is asked: for libpq, in pipeline mode. All items' arguments are checked before anything is sent.
 * The call returns QUERC_OK if every item did what it should, or else the status of the first that did not, which
 * querc_last_error then describes, with its number in `row`; what became of each is in the outcomes. An item of
 * :batchone that finds no row or too many is told there and is no failure of the call.
 * --------------------------------------------------------------------------------------------------------- */

typedef enum querc_batch_mode {
    /** All or nothing: an item that fails undoes those before it and keeps the later ones from being run. (Within
     *  a transaction it is that transaction which fails.) */
    QUERC_BATCH_ATOMIC = 0,
    /** Each item is a transaction of its own, and the others go on. (Within a transaction, as ATOMIC.) */
    QUERC_BATCH_EACH
} querc_batch_mode;

/** What became of one item of a batch. */
typedef struct querc_outcome {
    /** QUERC_OK, QUERC_NO_ROWS, QUERC_TOO_MANY_ROWS, or an error; QUERC_SKIPPED if it was not run, or undone,
     *  because another item failed. */
    querc_status status;
    int64_t rows;             /**< touched or returned */
    const querc_error *error; /**< in full, where status is an error other than QUERC_SKIPPED; else NULL */
} querc_outcome;

/** The outcomes of a :batchexec. */
typedef struct querc_batch {
    const querc_outcome *outcomes; /**< one an item */
    size_t len;
    struct querc_owner *owner;
} querc_batch;

/** Frees the outcomes; a zeroed one is allowed, and NULL. */
QUERC_API void querc_batch_free(querc_batch *batch);

#ifdef __cplusplus
}
#endif

#endif
