/* The passes, in order:
 *
 *   migrations  read and cut; parse; apply to the catalog
 *   queries     read and cut; parse and resolve; prove (compile_queries.c)
 *
 * Files are read and cut, texts parsed and resolved on all processors; the catalog and the project are made by one
 * thread meanwhile, in order. A statement that is wrong is reported and skipped; the others go on. */
#include "cmd/compile.h"

#include "analyze/analyze.h"
#include "base/parallel.h"
#include "base/vec.h"
#include "cmd/compile_queries.h"
#include "cmd/workers.h"

#include <string.h>
#include <sys/stat.h>

void compile_place_diags(Diags *diags, const Diag *before, Span span)
{
    for (Diag *diag = before ? before->next : diags->first; diag; diag = diag->next)
        if (!diag->span.file)
            diag->span = span;
}

/* ---- migrations ---- */

/* A query within a migration changes no types: what is wrong with it is a warning. (Some projects keep one set of
 * migrations for several databases and rewrite such statements as they run them.) */
static void check_query(Compiler *compiler, const DdlSession *session, const AstStatement *statement,
                        const SqlText *sql)
{
    if (ddl_transaction_aborted(session)) /* ddl_apply says so */
        return;
    Phase before = timing_enter(compiler->timing, PHASE_ANALYZE);
    Arena *scratch = arena_new();
    AnalyzeContext context = {ddl_session_catalog(session), scratch, compiler->diags, sql};
    ParamTypes no_params = {0};
    DiagsMark mark = diags_mark(compiler->diags);
    analyze_statement(&context, statement->node, &no_params);
    diags_demote(compiler->diags, mark);
    arena_free(scratch);
    timing_enter(compiler->timing, before);
}

void compile_schema_statement(Compiler *compiler, DdlSession *session, const AstStatement *statement,
                              const DdlParsedBody *body, const SqlText *sql)
{
    Phase before = timing_enter(compiler->timing, PHASE_DDL);
    compiler->timing->counts[PHASE_DDL]++;
    const Diag *before_it = compiler->diags->last;
    if (ddl_classify(statement->node) == DDL_QUERY)
        check_query(compiler, session, statement, sql);
    ddl_apply_parsed(session, statement, body, sql, compiler->diags);
    compile_place_diags(compiler->diags, before_it, sqltext_span(sql, statement->start));
    timing_enter(compiler->timing, before);
}

/* The folder that a path lists: itself, or of a glob what comes before the first part with a wildcard. NULL for a
 * file. */
static const char *listed_folder(Arena *arena, const char *path)
{
    struct stat status;
    if (!stat(path, &status))
        return S_ISDIR(status.st_mode) ? path : NULL;
    size_t len = strcspn(path, "*?[");
    while (len && path[len - 1] != '/')
        len--;
    return len > 1 ? arena_strndup(arena, path, len - 1) : len ? "/" : ".";
}

/* Folders are sources too: a file that is added to one changes the result. */
static void note_folders(Compiler *compiler, const SourcePath *paths, size_t npaths)
{
    for (size_t i = 0; i < npaths; i++) {
        const char *folder = listed_folder(compiler->arena, paths[i].path);
        if (folder)
            vec_push(compiler->arena, &compiler->sources, folder);
    }
}

/* The migrations in order, those that could be read. */
static SchemaFiles read_schema(Compiler *compiler, const SourcePath *paths, size_t npaths)
{
    Phase before = timing_enter(compiler->timing, PHASE_READ);
    SchemaFiles files = {0};
    schema_read(compiler->arena, paths, npaths, compiler->diags, &files);
    note_folders(compiler, paths, npaths);
    for (size_t i = 0; i < files.nread; i++)
        vec_push(compiler->arena, &compiler->sources, files.read[i]);
    compiler->timing->counts[PHASE_READ] += files.len;
    timing_enter(compiler->timing, before);
    return files;
}

/* A migration's statements, parsed by whichever thread is free and applied in turn. */
typedef struct Migration {
    AstStatements statements;
    const DdlParsedBody **bodies; /* one a statement */
    Diags diags;
} Migration;

typedef struct SchemaPass {
    Compiler *compiler;
    Workers workers;
    const SchemaFiles *files;
    Migration *migrations;
    DdlSession *session;
} SchemaPass;

static void parse_migration(void *context, size_t worker, size_t index)
{
    SchemaPass *pass = context;
    Migration *migration = &pass->migrations[index];
    Timing *timing = pass->workers.timings[worker];
    Phase before = timing_enter(timing, PHASE_PARSE);
    Arena *arena = pass->workers.arenas[worker];
    const SqlText *sql = pass->files->items[index].up;
    migration->diags = diags_make(arena);
    migration->statements = ast_parse(arena, sql, &migration->diags);
    migration->bodies = arena_array_of(arena, migration->statements.len, const DdlParsedBody *);
    for (size_t i = 0; i < migration->statements.len; i++)
        migration->bodies[i] = ddl_parse_body(arena, &migration->statements.items[i], sql);
    timing->counts[PHASE_PARSE] += migration->statements.len;
    timing_enter(timing, before);
}

static void apply_migration(void *context, size_t index)
{
    SchemaPass *pass = context;
    const Migration *migration = &pass->migrations[index];
    diags_append(pass->compiler->diags, &migration->diags);
    ddl_begin_file(pass->session);
    for (size_t i = 0; i < migration->statements.len; i++)
        compile_schema_statement(pass->compiler, pass->session, &migration->statements.items[i],
                                 migration->bodies[i], pass->files->items[index].up);
}

DdlSession *compile_schema(Compiler *compiler, const SourcePath *paths, size_t npaths)
{
    SchemaFiles files = read_schema(compiler, paths, npaths);
    size_t bytes = 0;
    for (size_t i = 0; i < files.len; i++)
        bytes += files.items[i].up->len;
    SchemaPass pass = {.compiler = compiler,
                       .workers = workers_new(compiler, bytes),
                       .files = &files,
                       .migrations = arena_array_of(compiler->arena, files.len, Migration),
                       .session = ddl_session_new(catalog_new_for(compiler->arena, compiler->postgres))};
    ddl_declare_extensions(pass.session, compiler->extensions, compiler->nextensions);
    Pipeline pipeline = {&pass, parse_migration, apply_migration, files.len};
    parallel_pipeline(files.len, pass.workers.n, &pipeline);
    workers_finish(&pass.workers);
    Phase before = timing_enter(compiler->timing, PHASE_DDL);
    ddl_check_bodies(pass.session, compiler->diags);
    timing_enter(compiler->timing, before);
    return pass.session;
}

/* ---- a set ---- */

/* The files that declare extensions. */
static void read_extensions(Compiler *compiler, const Config *config, const ConfigSet *set)
{
    const ConfigRenames *named = &set->extensions;
    compiler->extensions = arena_array_of(compiler->arena, named->len, DdlExtension);
    compiler->nextensions = 0;
    for (size_t i = 0; i < named->len; i++) {
        const ConfigText *file = &named->items[i].to;
        const char *dir = *file->text == '/' ? "" : config->dir;
        SourcePath path = {arena_printf(compiler->arena, "%s%s", dir, file->text), file->span};
        size_t errors = compiler->diags->nerrors;
        SchemaFiles files = read_schema(compiler, &path, 1);
        if (files.len == 1)
            compiler->extensions[compiler->nextensions++] =
                (DdlExtension){named->items[i].from.text, files.items[0].up};
        else if (compiler->diags->nerrors == errors)
            diag_error(compiler->diags, file->span, "config",
                       "extension \"%s\" is declared by %zu files: expected one", named->items[i].from.text,
                       files.len);
    }
}

/* The query files that could be read, cut into queries. What is wrong with them goes to diags. */
static QueryFiles read_queries(Compiler *compiler, const ConfigSet *set, Diags *diags)
{
    Phase before = timing_enter(compiler->timing, PHASE_READ);
    QueryFiles files = {0};
    query_files_read(compiler->arena, set->queries.items, set->queries.len, set->schema.items, set->schema.len,
                     diags, &files);
    note_folders(compiler, set->queries.items, set->queries.len);
    for (size_t i = 0; i < files.len; i++)
        vec_push(compiler->arena, &compiler->sources, files.items[i]->file->path);
    compiler->timing->counts[PHASE_READ] += files.len;
    timing_enter(compiler->timing, before);
    return files;
}

const IrProject *compile_set(Compiler *compiler, const Config *config, const ConfigSet *set)
{
    size_t errors = compiler->diags->nerrors;
    compiler->postgres = set->postgres_version;
    read_extensions(compiler, config, set);
    DdlSession *session = compile_schema(compiler, set->schema.items, set->schema.len);
    bool schema_is_right = compiler->diags->nerrors == errors;
    QueryFiles files = read_queries(compiler, set, compiler->diags);
    /* Against a schema with holes every query would be wrong once more. */
    if (!schema_is_right && !compiler->keep_going)
        return NULL;
    ddl_begin_file(session);
    ProveOptions options = {.explain = compiler->explain || set->gen.c.emit_proofs_as_comment,
                            .strict_one = set->strict_one,
                            .dir = config->dir};
    return compile_queries(compiler, session, &files, config->dir, options);
}
