/* Annotated queries against a schema. Each is parsed and resolved by whichever thread is free, and proved in turn
 * by the one that makes the project; only what the project keeps of it outlives that. */
#include "cmd/compile_queries.h"

#include "analyze/analyze.h"
#include "base/parallel.h"
#include "base/vec.h"
#include "cmd/workers.h"
#include "prove/prove.h"

#include <pthread.h>
#include <string.h>

/* How many queries of a thread may wait to be proved: a long one holds up those after it. */
enum { SLOTS_A_WORKER = 12 };

typedef struct QueryTask {
    const AnnotatedQuery *query;
    IrQuery *out;
    bool good;     /* out is filled in */
    bool utility;  /* to be tried when no other query is looking at the catalog */
    bool analyzed; /* a utility statement that a tree was made of, or an error */
} QueryTask;

/* What is made of a query before its turn to be proved. */
typedef struct QuerySlot {
    Arena *scratch; /* from the pool */
    Diags diags;
    AstStatements statements;
    ParamTypes types;
    StarList stars;
    Query *tree; /* NULL: not to be proved */
} QuerySlot;

/* Arenas that hold a query between the two steps; the one used last is handed out first, since its memory is in the
 * processor's cache and there are only as many as queries are waiting. */
typedef struct ScratchPool {
    pthread_mutex_t lock; /* of what follows */
    Arena **free;
    size_t nfree;
} ScratchPool;

static Arena *scratch_take(ScratchPool *pool)
{
    pthread_mutex_lock(&pool->lock);
    Arena *arena = pool->nfree ? pool->free[--pool->nfree] : NULL;
    pthread_mutex_unlock(&pool->lock);
    return arena ? arena : arena_new();
}

static void scratch_give_back(ScratchPool *pool, Arena *arena)
{
    arena_clear(arena);
    pthread_mutex_lock(&pool->lock);
    pool->free[pool->nfree++] = arena;
    pthread_mutex_unlock(&pool->lock);
}

/* Nothing may be in use any more. */
static void scratch_finish(ScratchPool *pool)
{
    while (pool->nfree)
        arena_free(pool->free[--pool->nfree]);
    pthread_mutex_destroy(&pool->lock);
}

/* What the queries of one set are compiled with. */
typedef struct QueryCompiler {
    Compiler *compiler;
    DdlSession *session;
    ProveProject *prove;
    Workers workers;
    const Catalog **catalogs; /* one a worker */
    QueryTask *tasks;
    QuerySlot *slots;
    size_t nslots;
    ScratchPool pool;
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
        [QUERY_BULKEXEC] = IR_BULKEXEC, [QUERY_BULKMANY] = IR_BULKMANY,
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
static ProveInput prove_input(const QueryCompiler *qc, Arena *scratch, const AnnotatedQuery *query)
{
    ProveParam *params = arena_array_of(scratch, query->nparams, ProveParam);
    for (size_t i = 0; i < query->nparams; i++) {
        const QueryParam *from = &query->params[i];
        params[i] = (ProveParam){.number = from->number,
                                 .name = from->name,
                                 .null = prove_null(from->null),
                                 .is_slice = from->is_slice,
                                 .in_list = from->in_list,
                                 .span = from->nspans ? from->spans[0] : SPAN_NONE};
    }
    ProveEmbed *embeds = arena_array_of(scratch, query->nembeds, ProveEmbed);
    for (size_t i = 0; i < query->nembeds; i++)
        embeds[i] = (ProveEmbed){query->embeds[i].offset, query->embeds[i].name, query->embeds[i].as,
                                 query->embeds[i].span};
    ProveColumn *columns = arena_array_of(scratch, query->ncolumns, ProveColumn);
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

/* ---- any thread ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Parameters as other tools write them are syntax errors: `?`, `:name`, `$name`. */
static void hint_parameters(Diags *diags)
{
    Diag *diag = diags->last;
    if (!diag || !diag->span.file || strncmp(diag->message, "syntax error", 12) != 0)
        return;
    const char *text = diag->span.file->text, *at = text + diag->span.start, *before = at;
    while (before > text && strchr(" \t\r\n", before[-1]))
        before--;
    bool named = (*at == ':' || *at == '$') && is_letter(at[1]);
    if (named || (before > text && before[-1] == '?'))
        diag_hint(diags, diag, "a parameter is $1, @name or sqlc.arg(name)");
}

/* NULL when it is wrong, or no statement for parse analysis. */
static Query *resolve(const Catalog *catalog, QueryTask *task, QuerySlot *slot, Timing *timing)
{
    const SqlText *sql = task->query->sql;
    timing_enter(timing, PHASE_PARSE);
    timing->counts[PHASE_PARSE]++;
    slot->statements = ast_parse(slot->scratch, sql, &slot->diags);
    if (slot->statements.len != 1) {
        hint_parameters(&slot->diags);
        return NULL;
    }
    const PgQuery__Node *statement = slot->statements.items[0].node;
    task->utility = !analyze_is_optimizable(statement);
    task->analyzed = task->utility && analyze_has_params(statement);
    if (task->utility && !task->analyzed)
        return NULL;
    timing_enter(timing, PHASE_ANALYZE);
    timing->counts[PHASE_ANALYZE]++;
    AnalyzeContext context = {catalog, slot->scratch, &slot->diags, sql};
    Query *tree = task->analyzed ? analyze_utility(&context, statement, &slot->types)
                                 : analyze_statement_stars(&context, statement, &slot->types, &slot->stars);
    bool good = tree && analyze_check_params(&context, &slot->types) && analyze_check_arbiters(&context, tree);
    return good ? tree : NULL;
}

static void resolve_query(void *context, size_t worker, size_t index)
{
    QueryCompiler *qc = context;
    QueryTask *task = &qc->tasks[index];
    QuerySlot *slot = &qc->slots[index % qc->nslots];
    Timing *timing = qc->workers.timings[worker];
    Phase before = timing_enter(timing, PHASE_OTHER);
    slot->scratch = scratch_take(&qc->pool);
    slot->types = (ParamTypes){.variable = true};
    slot->stars = (StarList){0};
    slot->diags = diags_make(qc->workers.arenas[worker]);
    slot->diags.query = task->query->name;
    slot->tree = resolve(qc->catalogs[worker], task, slot, timing);
    timing_enter(timing, before);
}

/* ---- one thread ---- */

static bool prove_tree(QueryCompiler *qc, const QueryTask *task, QuerySlot *slot)
{
    Timing *timing = qc->compiler->timing;
    Phase before = timing_enter(timing, PHASE_PROVE);
    timing->counts[PHASE_PROVE]++;
    ProveInput input = prove_input(qc, slot->scratch, task->query);
    input.scratch = slot->scratch;
    input.tree = slot->tree;
    input.param_types = slot->types.types;
    input.nparam_types = slot->types.len;
    input.stars = slot->stars.items;
    input.nstars = slot->stars.len;
    bool good = prove_query(qc->prove, &input, task->out);
    timing_enter(timing, before);
    return good;
}

static void prove_resolved(void *context, size_t index)
{
    QueryCompiler *qc = context;
    QueryTask *task = &qc->tasks[index];
    QuerySlot *slot = &qc->slots[index % qc->nslots];
    Diags *diags = qc->compiler->diags;
    const Diag *before = diags->last;
    diags_append(diags, &slot->diags);
    diags->query = task->query->name;
    task->good = slot->tree && prove_tree(qc, task, slot);
    compile_place_diags(diags, before, task->query->name_span);
    diags->query = NULL;
    scratch_give_back(&qc->pool, slot->scratch);
}

static bool refuse_command(Diags *diags, const AnnotatedQuery *query, const AstStatement *statement)
{
    Diag *diag =
        diag_error(diags, query->command_span, SQLSTATE_FEATURE_NOT_SUPPORTED, "%s as :%s is not supported",
                   ast_command_tag(statement->node), query_command_name(query->command));
    diag_hint(diags, diag, "such a statement can be :exec or :execresult");
    return false;
}

/* A statement without parse analysis, such as TRUNCATE or REFRESH MATERIALIZED VIEW, has no parameters, and those
 * that return rows are not supported. */
static bool fill_utility(QueryCompiler *qc, const AnnotatedQuery *query, const AstStatement *statement,
                         IrQuery *out)
{
    IrCommand command = ir_command(query->command);
    if (command != IR_EXEC && command != IR_EXECRESULT)
        return refuse_command(qc->compiler->diags, query, statement);
    ProveInput input = prove_input(qc, qc->compiler->arena, query);
    *out = (IrQuery){.name = input.name,
                     .command = command,
                     .file = input.file,
                     .line = input.line,
                     .span = input.span,
                     .sql = query->sql->text,
                     .source_sql = query->sql->text,
                     .docs = query->docs ? query->docs : ""};
    return true;
}

/* What DDL has to say of it is found out by trying it on the catalog. */
static bool compile_utility(QueryCompiler *qc, const QueryTask *task)
{
    Diags *diags = qc->compiler->diags;
    const AnnotatedQuery *query = task->query;
    if (task->analyzed && !task->good)
        return false;
    const AstStatement *statement = ast_parse(qc->compiler->arena, query->sql, diags).items;
    if (task->analyzed && query->command == QUERY_EXECROWS)
        return refuse_command(diags, query, statement);
    if (!task->analyzed && !fill_utility(qc, query, statement, task->out))
        return false;
    return ddl_try(qc->session, statement, query->sql, diags);
}

static void compile_utilities(QueryCompiler *qc, size_t n)
{
    Diags *diags = qc->compiler->diags;
    Phase phase = timing_enter(qc->compiler->timing, PHASE_DDL);
    for (size_t i = 0; i < n; i++) {
        QueryTask *task = &qc->tasks[i];
        if (!task->utility)
            continue;
        const Diag *before = diags->last;
        diags->query = task->query->name;
        task->good = compile_utility(qc, task);
        compile_place_diags(diags, before, task->query->name_span);
        diags->query = NULL;
    }
    timing_enter(qc->compiler->timing, phase);
}

/* ---- files ---- */

static QueryTask *make_tasks(Arena *arena, const QueryFiles *files, size_t *n, size_t *bytes)
{
    *n = *bytes = 0;
    for (size_t i = 0; i < files->len; i++)
        *n += files->items[i]->len;
    QueryTask *tasks = arena_array_of(arena, *n, QueryTask);
    IrQuery *out = arena_array_of(arena, *n, IrQuery);
    size_t at = 0;
    for (size_t i = 0; i < files->len; i++)
        for (size_t j = 0; j < files->items[i]->len; j++, at++) {
            tasks[at] = (QueryTask){.query = &files->items[i]->items[j], .out = &out[at]};
            *bytes += tasks[at].query->sql->len;
        }
    return tasks;
}

/* The file's queries that are right, moved together. */
static IrFile collect_file(const QueryCompiler *qc, const QueryFile *file, const QueryTask *tasks)
{
    IrQuery *queries = file->len ? tasks[0].out : NULL;
    size_t n = 0;
    for (size_t i = 0; i < file->len; i++)
        if (tasks[i].good)
            queries[n++] = *tasks[i].out;
    const char *slash = strrchr(file->file->path, '/');
    return (IrFile){.path = relative_path(qc, file->file->path),
                    .name = slash ? slash + 1 : file->file->path,
                    .queries = queries,
                    .nqueries = n};
}

const IrProject *compile_queries(Compiler *compiler, DdlSession *session, const QueryFiles *files, const char *dir,
                                 ProveOptions options)
{
    Arena *arena = compiler->arena;
    size_t n, bytes;
    QueryCompiler *qc = arena_new_of(arena, QueryCompiler);
    *qc = (QueryCompiler){
        .compiler = compiler,
        .session = session,
        .prove = prove_project_new(arena, ddl_session_catalog(session), compiler->diags),
        .tasks = make_tasks(arena, files, &n, &bytes),
        .dir = dir,
    };
    prove_project_set_options(qc->prove, options);
    qc->workers = workers_new(compiler, bytes);
    qc->nslots = qc->workers.n * SLOTS_A_WORKER;
    qc->slots = arena_array_of(arena, qc->nslots, QuerySlot);
    pthread_mutex_init(&qc->pool.lock, NULL);
    qc->pool.free = arena_array_of(arena, qc->nslots, Arena *);
    qc->catalogs = arena_array_of(arena, qc->workers.n, const Catalog *);
    for (size_t i = 0; i < qc->workers.n; i++) {
        const Catalog *catalog = ddl_session_catalog(session);
        qc->catalogs[i] = i ? catalog_reader(qc->workers.arenas[i], catalog) : catalog;
    }
    Pipeline pipeline = {qc, resolve_query, prove_resolved, qc->nslots};
    parallel_pipeline(n, qc->workers.n, &pipeline);
    workers_finish(&qc->workers);
    scratch_finish(&qc->pool);
    compile_utilities(qc, n);
    IrFile *compiled = arena_array_of(arena, files->len, IrFile);
    const QueryTask *tasks = qc->tasks;
    for (size_t i = 0; i < files->len; i++) {
        compiled[i] = collect_file(qc, files->items[i], tasks);
        tasks += files->items[i]->len;
    }
    const char *postgres = arena_printf(arena, "%d", catalog_version(ddl_session_catalog(session)));
    return prove_project_finish(qc->prove, postgres, compiled, files->len);
}
