/* The passes, in order:
 *
 *   migrations  read, cut, parse, apply to the catalog
 *   queries     read, cut, parse, resolve, prove
 *
 * A statement that is wrong is reported and skipped; the others go on. */
#include "cmd/compile.h"

#include "analyze/analyze.h"
#include "base/vec.h"
#include "cmd/parse_texts.h"
#include "prove/prove.h"

#include <string.h>
#include <sys/stat.h>

/* What PostgreSQL reports without a position is about the statement as a whole. */
static void place_diags(Diags *diags, const Diag *before, Span span)
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
                              const SqlText *sql)
{
    Phase before = timing_enter(compiler->timing, PHASE_DDL);
    compiler->timing->counts[PHASE_DDL]++;
    const Diag *before_it = compiler->diags->last;
    if (ddl_classify(statement->node) == DDL_QUERY)
        check_query(compiler, session, statement, sql);
    ddl_apply(session, statement, sql, compiler->diags);
    place_diags(compiler->diags, before_it, sqltext_span(sql, statement->start));
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

/* The migrations, as texts to parse. */
static ParsedText *read_schema(Compiler *compiler, const SourcePath *paths, size_t npaths, size_t *n)
{
    timing_enter(compiler->timing, PHASE_READ);
    SchemaFiles files = {0};
    schema_read(compiler->arena, paths, npaths, compiler->diags, &files);
    note_folders(compiler, paths, npaths);
    for (size_t i = 0; i < files.nread; i++)
        vec_push(compiler->arena, &compiler->sources, files.read[i]);
    compiler->timing->counts[PHASE_READ] += files.len;
    ParsedText *texts = arena_array_of(compiler->arena, files.len, ParsedText);
    for (size_t i = 0; i < files.len; i++)
        texts[i].sql = files.items[i].up;
    *n = files.len;
    return texts;
}

static DdlSession *apply_schema(Compiler *compiler, const ParsedText *files, size_t n)
{
    timing_enter(compiler->timing, PHASE_DDL);
    DdlSession *session = ddl_session_new(catalog_new(compiler->arena));
    for (size_t i = 0; i < n; i++) {
        compiler->timing->counts[PHASE_PARSE] += files[i].statements.len;
        diags_append(compiler->diags, &files[i].diags);
        ddl_begin_file(session);
        for (size_t j = 0; j < files[i].statements.len; j++)
            compile_schema_statement(compiler, session, &files[i].statements.items[j], files[i].sql);
    }
    return session;
}

DdlSession *compile_schema(Compiler *compiler, const SourcePath *paths, size_t npaths)
{
    Phase before = timing_enter(compiler->timing, PHASE_READ);
    size_t n;
    ParsedText *files = read_schema(compiler, paths, npaths, &n);
    timing_enter(compiler->timing, PHASE_PARSE);
    parse_texts(compiler->arena, files, n);
    DdlSession *session = apply_schema(compiler, files, n);
    timing_enter(compiler->timing, before);
    return session;
}

/* ---- queries ---- */

/* What the queries of one set are compiled with. */
typedef struct QueryCompiler {
    Compiler *compiler;
    DdlSession *session;
    ProveProject *prove;
    Arena *scratch;  /* emptied after each query */
    const char *dir; /* of the configuration, left out of the paths in generated code */
} QueryCompiler;

/* A path as seen from the configuration's folder, so that the output does not depend on where the build runs. */
static const char *relative_path(const QueryCompiler *qc, const char *path)
{
    size_t len = strlen(qc->dir);
    return strncmp(path, qc->dir, len) ? path : path + len;
}

static IrCommand ir_command(QueryCommand command)
{
    static const IrCommand commands[] = {
        [QUERY_ONE] = IR_ONE,           [QUERY_OPT] = IR_OPT,
        [QUERY_MANY] = IR_MANY,         [QUERY_EXEC] = IR_EXEC,
        [QUERY_EXECROWS] = IR_EXECROWS, [QUERY_EXECRESULT] = IR_EXECRESULT,
        [QUERY_COPYFROM] = IR_COPYFROM, [QUERY_BATCHEXEC] = IR_BATCHEXEC,
        [QUERY_BATCHONE] = IR_BATCHONE, [QUERY_BATCHMANY] = IR_BATCHMANY,
    };
    return commands[command];
}

static ProveNull prove_null(QueryNull null)
{
    static const ProveNull nulls[] = {[QUERY_NULL_UNSAID] = PROVE_NULL_UNSAID,
                                      [QUERY_NOT_NULL] = PROVE_NOT_NULL,
                                      [QUERY_NULLABLE] = PROVE_NULLABLE};
    return nulls[null];
}

/* What the annotations say, in prove's terms. */
static ProveInput prove_input(QueryCompiler *qc, const AnnotatedQuery *query)
{
    ProveParam *params = arena_array_of(qc->scratch, query->nparams, ProveParam);
    for (size_t i = 0; i < query->nparams; i++) {
        const QueryParam *from = &query->params[i];
        params[i] = (ProveParam){from->number, from->name, prove_null(from->null), from->is_slice, from->in_list};
    }
    ProveEmbed *embeds = arena_array_of(qc->scratch, query->nembeds, ProveEmbed);
    for (size_t i = 0; i < query->nembeds; i++)
        embeds[i] = (ProveEmbed){query->embeds[i].offset, query->embeds[i].name, query->embeds[i].span};
    ProveColumn *columns = arena_array_of(qc->scratch, query->ncolumns, ProveColumn);
    for (size_t i = 0; i < query->ncolumns; i++)
        columns[i] = (ProveColumn){query->columns[i].name, query->columns[i].nullable, query->columns[i].span};
    SourceFile *file = query->name_span.file;
    return (ProveInput){
        .name = query->name,
        .command = ir_command(query->command),
        .file = relative_path(qc, file->path),
        .line = source_position(qc->compiler->arena, file, query->name_span.start).line,
        .span = query->name_span,
        .sql = query->sql,
        .docs = query->docs,
        .row_name = query->row,
        .params = params,
        .nparams = query->nparams,
        .embeds = embeds,
        .nembeds = query->nembeds,
        .columns = columns,
        .ncolumns = query->ncolumns,
    };
}

/* A statement without parse analysis, such as TRUNCATE or REFRESH MATERIALIZED VIEW: tried on the catalog, which is
 * then put back. It has no parameters, and those that return rows are not supported. */
static bool compile_utility(QueryCompiler *qc, const AnnotatedQuery *query, const AstStatement *statement,
                            IrQuery *out)
{
    Diags *diags = qc->compiler->diags;
    IrCommand command = ir_command(query->command);
    if (command != IR_EXEC && command != IR_EXECRESULT) {
        Diag *diag =
            diag_error(diags, query->command_span, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s as :%s is not supported",
                       ast_command_tag(statement->node), query_command_name(query->command));
        diag_hint(diags, diag, "such a statement can be :exec or :execresult");
        return false;
    }
    Catalog *catalog = ddl_session_catalog(qc->session);
    CatalogSavepoint savepoint = catalog_savepoint(catalog);
    ddl_begin_file(qc->session);
    bool good = ddl_apply(qc->session, statement, query->sql, diags);
    ddl_begin_file(qc->session);
    catalog_rollback(catalog, savepoint);
    ProveInput input = prove_input(qc, query);
    *out = (IrQuery){.name = input.name,
                     .command = command,
                     .file = input.file,
                     .line = input.line,
                     .span = input.span,
                     .sql = query->sql->text,
                     .source_sql = query->sql->text,
                     .docs = query->docs ? query->docs : ""};
    return good;
}

static bool compile_query(QueryCompiler *qc, const AnnotatedQuery *query, const ParsedText *parsed, IrQuery *out)
{
    Compiler *compiler = qc->compiler;
    compiler->timing->counts[PHASE_PARSE]++;
    diags_append(compiler->diags, &parsed->diags);
    if (parsed->statements.len != 1)
        return false;
    const AstStatement *statement = &parsed->statements.items[0];
    if (!analyze_is_optimizable(statement->node))
        return compile_utility(qc, query, statement, out);

    timing_enter(compiler->timing, PHASE_ANALYZE);
    compiler->timing->counts[PHASE_ANALYZE]++;
    AnalyzeContext context = {ddl_session_catalog(qc->session), qc->scratch, compiler->diags, query->sql};
    ParamTypes types = {.variable = true};
    StarList stars = {0};
    Query *tree = analyze_statement_stars(&context, statement->node, &types, &stars);
    if (!tree || !analyze_check_params(&context, &types) || !analyze_check_arbiters(&context, tree))
        return false;

    timing_enter(compiler->timing, PHASE_PROVE);
    compiler->timing->counts[PHASE_PROVE]++;
    ProveInput input = prove_input(qc, query);
    input.scratch = qc->scratch;
    input.tree = tree;
    input.param_types = types.types;
    input.nparam_types = types.len;
    input.stars = stars.items;
    input.nstars = stars.len;
    return prove_query(qc->prove, &input, out);
}

/* The queries of a file that are right; parsed has one text for each query. */
static IrFile compile_file(QueryCompiler *qc, const QueryFile *file, const ParsedText *parsed)
{
    Compiler *compiler = qc->compiler;
    IrQuery *queries = arena_array_of(compiler->arena, file->len, IrQuery);
    size_t n = 0;
    for (size_t i = 0; i < file->len; i++) {
        const Diag *before = compiler->diags->last;
        compiler->diags->query = file->items[i].name;
        n += compile_query(qc, &file->items[i], &parsed[i], &queries[n]);
        place_diags(compiler->diags, before, file->items[i].name_span);
        arena_clear(qc->scratch);
    }
    compiler->diags->query = NULL;
    const char *slash = strrchr(file->file->path, '/');
    return (IrFile){.path = relative_path(qc, file->file->path),
                    .name = slash ? slash + 1 : file->file->path,
                    .queries = queries,
                    .nqueries = n};
}

/* The query files that could be read, cut into queries. What is wrong with them goes to diags. */
static CutFile *read_queries(Compiler *compiler, const ConfigSet *set, Diags *diags, size_t *n)
{
    timing_enter(compiler->timing, PHASE_READ);
    SourceFiles sources = {0};
    paths_read(compiler->arena, set->queries.items, set->queries.len, diags, &sources);
    note_folders(compiler, set->queries.items, set->queries.len);
    CutFile *files = arena_array_of(compiler->arena, sources.len, CutFile);
    for (size_t i = 0; i < sources.len; i++) {
        files[i].source = sources.items[i];
        vec_push(compiler->arena, &compiler->sources, sources.items[i]->path);
    }
    cut_files(compiler->arena, files, sources.len);
    const QueryFile **pointers = arena_array_of(compiler->arena, sources.len, const QueryFile *);
    for (size_t i = 0; i < sources.len; i++) {
        diags_append(diags, &files[i].diags);
        pointers[i] = &files[i].queries;
    }
    queries_check_names(compiler->arena, pointers, sources.len, diags);
    compiler->timing->counts[PHASE_READ] += sources.len;
    *n = sources.len;
    return files;
}

/* Everything a set consists of, read and parsed: the migrations' texts first, then one a query. */
typedef struct SetTexts {
    ParsedText *items;
    size_t nmigrations;
    CutFile *files;
    size_t nfiles;
} SetTexts;

static SetTexts read_set(Compiler *compiler, const ConfigSet *set, Diags *query_diags)
{
    SetTexts texts = {0};
    ParsedText *migrations = read_schema(compiler, set->schema.items, set->schema.len, &texts.nmigrations);
    texts.files = read_queries(compiler, set, query_diags, &texts.nfiles);
    size_t n = texts.nmigrations;
    for (size_t i = 0; i < texts.nfiles; i++)
        n += texts.files[i].queries.len;
    texts.items = arena_array_of(compiler->arena, n, ParsedText);
    for (size_t i = 0; i < texts.nmigrations; i++)
        texts.items[i] = migrations[i];
    n = texts.nmigrations;
    for (size_t i = 0; i < texts.nfiles; i++)
        for (size_t j = 0; j < texts.files[i].queries.len; j++, n++) {
            texts.items[n].sql = texts.files[i].queries.items[j].sql;
            texts.items[n].query = texts.files[i].queries.items[j].name;
        }
    timing_enter(compiler->timing, PHASE_PARSE);
    parse_texts(compiler->arena, texts.items, n);
    return texts;
}

const IrProject *compile_set(Compiler *compiler, const Config *config, const ConfigSet *set)
{
    size_t errors = compiler->diags->nerrors;
    Diags query_diags = diags_make(compiler->arena);
    SetTexts texts = read_set(compiler, set, &query_diags);
    DdlSession *session = apply_schema(compiler, texts.items, texts.nmigrations);
    bool schema_is_right = compiler->diags->nerrors == errors;
    diags_append(compiler->diags, &query_diags);
    const IrProject *project = NULL;
    /* Against a schema with holes every query would be wrong once more. */
    if (schema_is_right || compiler->keep_going) {
        Catalog *catalog = ddl_session_catalog(session);
        ddl_begin_file(session);
        QueryCompiler qc = {compiler, session, prove_project_new(compiler->arena, catalog, compiler->diags),
                            arena_new(), config->dir};
        IrFile *compiled = arena_array_of(compiler->arena, texts.nfiles, IrFile);
        const ParsedText *parsed = texts.items + texts.nmigrations;
        for (size_t i = 0; i < texts.nfiles; i++) {
            compiled[i] = compile_file(&qc, &texts.files[i].queries, parsed);
            parsed += texts.files[i].queries.len;
        }
        project = prove_project_finish(qc.prove, QUERC_POSTGRES, compiled, texts.nfiles);
        arena_free(qc.scratch);
    }
    timing_enter(compiler->timing, PHASE_OTHER);
    return project;
}
