/* A live server as the second opinion: its user objects in a Catalog, and its answers to cases. */
#ifndef QUERC_TYPES_TESTS_SERVER_H
#define QUERC_TYPES_TESTS_SERVER_H

#include "cases.h"

#include <libpq-fe.h>

/* Runs statements; on an error says so and exits with 1. The result is the caller's to clear. */
PGresult *server_query(PGconn *conn, const char *sql);
/* The number in a field, 0 for NULL. */
uint32_t server_number(const PGresult *result, int row, int column);
/* Copies every object of the user's that types/ looks at into the catalog, under the server's own OIDs. */
void server_load_catalog(PGconn *conn, Catalog *catalog);
/* What the server answers on parsing such a statement. A table "assign_targets" has a column c<OID> for each type
 * that is assigned to. */
const char *server_answer(PGconn *conn, const Catalog *catalog, Arena *arena, const Case *asked);

#endif
