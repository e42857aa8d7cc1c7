/* One statement of a script described: what `querc describe` prints and `querc verify --script` compares. */
#ifndef QUERC_CMD_DESCRIBE_H
#define QUERC_CMD_DESCRIBE_H

#include "analyze/analyze.h"
#include "ddl/ddl.h"
#include "source/script.h"

typedef struct Description {
    const ScriptStatement *statement;
    bool is_query;
    Query *query; /* NULL unless it is a query that is right */
    ParamTypes params;
    Diags diags;
    const Diag *error; /* the first one, or NULL */
} Description;

/* Describes the statement as the next one of the session, which DDL changes. Everything lives in the arena. */
Description describe_statement(DdlSession *session, Arena *arena, const ScriptStatement *statement);

/* PostgreSQL's error position: in characters, from 1, within the statement. 0 when the error has none. */
long describe_error_position(const Description *description);

/* The columns the client receives: those of SELECT, or of RETURNING. Junk is still among them. */
const TargetList *describe_columns(const Query *query);
/* The type that the server's RowDescription tells: of a domain its base type. */
Oid describe_column_type(const Catalog *catalog, const Expr *expr);

#endif
