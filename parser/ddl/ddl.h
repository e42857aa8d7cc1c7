/* DDL statements applied to the catalog: what PostgreSQL's tcop/utility.c and commands/ do, as far as it bears on
 * the types of queries.
 *
 * A session goes through migrations or a script in order. It holds what a server session holds: the catalog with
 * its search_path, the transaction, prepared statements. Every statement can be given to ddl_apply; the caller
 * analyzes those that ddl_classify calls queries (after or before: they change nothing in the catalog).
 *
 *     DdlSession *session = ddl_session_new(catalog);
 *     for each file: ddl_begin_file(session);
 *         for each statement:
 *             if (ddl_classify(statement->node) == DDL_QUERY) … analyze_statement(…) …
 *             ddl_apply(session, statement, sql, &diags);
 *
 * Raw trees and texts given to ddl_apply must live as long as the catalog: constraints, indexes and function bodies
 * are analyzed again when a column's type changes. */
#ifndef QUERC_DDL_DDL_H
#define QUERC_DDL_DDL_H

#include "ast/ast.h"
#include "base/diag.h"
#include "catalog/catalog.h"

typedef struct DdlSession DdlSession;

typedef enum DdlClass {
    DDL_SCHEMA, /* changes the catalog: CREATE, ALTER, DROP, COMMENT, SELECT INTO … */
    DDL_QUERY,  /* SELECT, INSERT, UPDATE, DELETE, MERGE: for analyze_statement */
    DDL_UTILITY /* has no effect on types; what it names is still checked */
} DdlClass;

/* A session in its initial state. It lives in the catalog's arena. */
DdlSession *ddl_session_new(Catalog *catalog);
Catalog *ddl_session_catalog(const DdlSession *session);
/* An extension whose objects a file declares; its statements are applied by CREATE EXTENSION. It goes before one of
 * the same name that the catalog knows. */
typedef struct DdlExtension {
    const char *name;
    const SqlText *sql;
} DdlExtension;
/* The array belongs to the caller and must outlive the session. */
void ddl_declare_extensions(DdlSession *session, const DdlExtension *extensions, size_t n);
/* A new file: search_path and the settings are reset and an open transaction is over (its changes stay), as with a
 * new connection for each migration. Temporary objects stay. */
void ddl_begin_file(DdlSession *session);

DdlClass ddl_classify(const AstNode *statement);

/* Applies one statement; locations in it are offsets into sql. Of a query only its side effects on the session are
 * applied (set_config('search_path', …) as pg_dump writes it). False after an error was reported; the catalog is
 * then as it was before, and within a transaction block the transaction is aborted, so that everything up to its
 * end fails with 25P02. */
bool ddl_apply(DdlSession *session, const AstStatement *statement, const SqlText *sql, Diags *diags);
/* The same for a statement that a program will run one day, on this schema: the catalog is put back. Whether it
 * will be in a transaction block then, and after which savepoints, nobody knows: what wants a block has one. */
bool ddl_try(DdlSession *session, const AstStatement *statement, const SqlText *sql, Diags *diags);

/* The PL/pgSQL body in CREATE FUNCTION or DO, read ahead: any thread may do it, with an arena that lives as long as
 * the catalog. NULL of any other statement. */
typedef struct DdlParsedBody DdlParsedBody;
const DdlParsedBody *ddl_parse_body(Arena *arena, const AstStatement *statement, const SqlText *sql);
/* ddl_apply with what ddl_parse_body gave. */
bool ddl_apply_parsed(DdlSession *session, const AstStatement *statement, const DdlParsedBody *body,
                      const SqlText *sql, Diags *diags);

/* Checks the SQL in the PL/pgSQL functions that were created, against the catalog as it is now: to be called when
 * all migrations are applied. What is wrong is a warning, since the server finds it only when the statement is run.
 */
void ddl_check_bodies(DdlSession *session, Diags *diags);

/* Whether the transaction is aborted and a query would fail with 25P02. */
bool ddl_transaction_aborted(const DdlSession *session);
/* For the caller that runs queries in between: an error in one aborts an open transaction. */
void ddl_query_failed(DdlSession *session);

/* The columns that EXECUTE of a prepared statement gives, in *query, and its parameters' types; false when there is
 * none of the name. */
struct Query;
bool ddl_prepared_statement(const DdlSession *session, const char *name, struct Query **query, const Oid **params,
                            size_t *nparams);

#endif
