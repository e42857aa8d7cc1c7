/* Included before everything else where streams are tested with chunks of rows. What libpq has from version 17 on
 * is declared here for an older one; test_chunks.c then defines it. */
#ifndef QUERC_TESTS_CHUNK_MODE_H
#define QUERC_TESTS_CHUNK_MODE_H

#include <libpq-fe.h>

#ifndef LIBPQ_HAS_CHUNK_MODE
#define LIBPQ_HAS_CHUNK_MODE 1
#define FAKE_CHUNK_MODE 1
#define PGRES_TUPLES_CHUNK ((ExecStatusType)12)
int PQsetChunkedRowsMode(PGconn *conn, int chunk_size);
#endif

#endif
