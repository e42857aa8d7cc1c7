/* libFuzzer: any bytes as a migration and a query file, separated by the first byte 0x1F, through the whole
 * compiler. */
#include "analyze/analyze.h"
#include "cmd/compile.h"
#include "cmd/render.h"
#include "source/queries.h"
#include "source/schema.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run_schema(Compiler *compiler, DdlSession *session, SourceFile *file)
{
    SchemaFile schema = schema_file(compiler->arena, file, compiler->diags);
    if (!schema.up)
        return;
    AstStatements statements = ast_parse(compiler->arena, schema.up, compiler->diags);
    for (size_t i = 0; i < statements.len; i++)
        compile_schema_statement(compiler, session, &statements.items[i], NULL, schema.up);
}

static void run_queries(Compiler *compiler, DdlSession *session, SourceFile *file)
{
    QueryFile queries = {0};
    queries_read(compiler->arena, file, compiler->diags, &queries);
    for (size_t i = 0; i < queries.len; i++) {
        const SqlText *sql = queries.items[i].sql;
        AnalyzeContext context = {ddl_session_catalog(session), compiler->arena, compiler->diags, sql};
        AstStatements statements = ast_parse(compiler->arena, sql, compiler->diags);
        ParamTypes types = {.variable = true};
        if (statements.len == 1 && analyze_is_optimizable(statements.items[0].node) &&
            analyze_statement(&context, statements.items[0].node, &types))
            analyze_check_params(&context, &types);
    }
}

static SourceFile *make_file(Arena *arena, const char *path, const uint8_t *data, size_t size)
{
    return source_from_text(arena, path, arena_strndup(arena, (const char *)data, size), size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags diags = diags_make(arena);
    Timing timing;
    timing_start(&timing);
    Compiler compiler = {.arena = arena, .diags = &diags, .timing = &timing};
    DdlSession *session = ddl_session_new(catalog_new(arena));
    const uint8_t *cut = size ? memchr(data, 0x1F, size) : NULL;
    size_t schema = cut ? (size_t)(cut - data) : 0, queries = cut ? schema + 1 : 0;
    run_schema(&compiler, session, make_file(arena, "0001_schema.sql", data, schema));
    ddl_begin_file(session);
    run_queries(&compiler, session, make_file(arena, "query.sql", data + queries, size - queries));
    StrBuf out;
    strbuf_init(&out);
    for (const Diag *diag = diags.first; diag; diag = diag->next)
        render_text(arena, &out, diag, false);
    strbuf_release(&out);
    arena_free(arena);
    return 0;
}
