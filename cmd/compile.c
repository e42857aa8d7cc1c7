/* The passes, in order:
 *
 *   migrations  read, cut, parse, apply to the catalog
 *   queries     read, cut, parse, resolve, prove
 *
 * A statement that is wrong is reported and skipped; the others go on. */
#include "cmd/compile.h"

#include "analyze/analyze.h"
#include "base/vec.h"

#include <string.h>
#include <sys/stat.h>

/* ---- migrations ---- */

/* A query within a migration changes no types, but must be right for the migration to run. */
static bool check_query(Compiler *compiler, const DdlSession *session, const AstStatement *statement,
                        const SqlText *sql)
{
    if (ddl_transaction_aborted(session)) /* ddl_apply says so */
        return true;
    Phase before = timing_enter(compiler->timing, PHASE_ANALYZE);
    Arena *scratch = arena_new();
    AnalyzeContext context = {ddl_session_catalog(session), scratch, compiler->diags, sql};
    ParamTypes no_params = {0};
    bool good = analyze_statement(&context, statement->node, &no_params);
    arena_free(scratch);
    timing_enter(compiler->timing, before);
    return good;
}

void compile_schema_statement(Compiler *compiler, DdlSession *session, const AstStatement *statement,
                              const SqlText *sql)
{
    Phase before = timing_enter(compiler->timing, PHASE_DDL);
    compiler->timing->counts[PHASE_DDL]++;
    if (ddl_classify(statement->node) == DDL_QUERY && !check_query(compiler, session, statement, sql))
        ddl_query_failed(session);
    else
        ddl_apply(session, statement, sql, compiler->diags);
    timing_enter(compiler->timing, before);
}

/* Folders are sources too: a file that is added to one changes the result. */
static void note_folders(Compiler *compiler, const SourcePath *paths, size_t npaths)
{
    struct stat status;
    for (size_t i = 0; i < npaths; i++)
        if (!stat(paths[i].path, &status) && S_ISDIR(status.st_mode))
            vec_push(compiler->arena, &compiler->sources, paths[i].path);
}

DdlSession *compile_schema(Compiler *compiler, const SourcePath *paths, size_t npaths)
{
    Phase before = timing_enter(compiler->timing, PHASE_READ);
    SchemaFiles files = {0};
    schema_read(compiler->arena, paths, npaths, compiler->diags, &files);
    note_folders(compiler, paths, npaths);
    for (size_t i = 0; i < files.nread; i++)
        vec_push(compiler->arena, &compiler->sources, files.read[i]);
    compiler->timing->counts[PHASE_READ] += files.len;
    timing_enter(compiler->timing, PHASE_DDL);
    DdlSession *session = ddl_session_new(catalog_new(compiler->arena));
    for (size_t i = 0; i < files.len; i++) {
        timing_enter(compiler->timing, PHASE_PARSE);
        AstStatements statements = ast_parse(compiler->arena, files.items[i].up, compiler->diags);
        compiler->timing->counts[PHASE_PARSE] += statements.len;
        timing_enter(compiler->timing, PHASE_DDL);
        ddl_begin_file(session);
        for (size_t j = 0; j < statements.len; j++)
            compile_schema_statement(compiler, session, &statements.items[j], files.items[i].up);
    }
    timing_enter(compiler->timing, before);
    return session;
}
