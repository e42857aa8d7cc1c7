/* The street from migrations and query files to typed queries; the passes are in compile.c and compile_queries.c.
 */
#ifndef QUERC_CMD_COMPILE_H
#define QUERC_CMD_COMPILE_H

#include "cmd/config.h"
#include "cmd/timing.h"
#include "ddl/ddl.h"
#include "ir/ir.h"
#include "source/queries.h"
#include "source/schema.h"

typedef struct Paths {
    const char **items;
    size_t len, cap;
} Paths;

typedef struct Compiler {
    Arena *arena; /* for the run */
    Diags *diags;
    Timing *timing;
    int postgres;             /* version of the target server */
    DdlExtension *extensions; /* that the set declares by files */
    size_t nextensions;
    Paths sources;   /* every file and folder read so far, for dependency files */
    bool keep_going; /* type the queries even when a migration is wrong */
    bool explain;    /* say why columns are nullable or not */
} Compiler;

/* The schema that migrations make: a session that has gone through all of them. NULL when a file could not be read;
 * statements that are wrong are reported and skipped. */
DdlSession *compile_schema(Compiler *compiler, const SourcePath *paths, size_t npaths);
/* One statement of a migration or script, in the session; body as ddl_apply_parsed takes it. */
void compile_schema_statement(Compiler *compiler, DdlSession *session, const AstStatement *statement,
                              const DdlParsedBody *body, const SqlText *sql);

/* What PostgreSQL reports without a position, since `before`, is about the statement as a whole. */
void compile_place_diags(Diags *diags, const Diag *before, Span span);

/* The typed queries of a set, those that are right; NULL when the set could not be read at all. */
const IrProject *compile_set(Compiler *compiler, const Config *config, const ConfigSet *set);

#endif
