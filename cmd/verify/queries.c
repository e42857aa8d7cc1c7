/* A set's queries, each prepared on the server in the text that the generated code runs. */
#include "cmd/verify/verify_run.h"

#include "analyze/analyze.h"
#include "base/map.h"
#include "base/vec.h"

#include <string.h>

/* An annotated query and both answers. */
typedef struct Compared {
    const AnnotatedQuery *source;
    const IrQuery *ir;     /* NULL when querc rejects it */
    const Diag *rejection; /* then, why */
    Answer offline, server;
} Compared;

typedef struct QueriesRun {
    VerifyRun *run;
    VEC(Compared) queries;
    StrMap ir;       /* IrQuery by name */
    StrMap errors;   /* the first error by query */
    StrMap nullable; /* columns that the server lets be NULL, as "schema.table.column" */
    json_t *results;
} QueriesRun;

/* ---- the offline side ---- */

static Answer ir_answer(Arena *arena, const IrQuery *query)
{
    Answer answer = {.nparams = query->nparams, .ncolumns = query->ncolumns};
    answer.params = arena_array_of(arena, query->nparams, const char *);
    answer.columns = arena_array_of(arena, query->ncolumns, AnswerColumn);
    for (size_t i = 0; i < query->nparams; i++)
        answer.params[i] = query->params[i].type->key;
    for (size_t i = 0; i < query->ncolumns; i++)
        answer.columns[i] = (AnswerColumn){query->columns[i].name, ir_type_base(query->columns[i].type)->key};
    return answer;
}

static void add_query(QueriesRun *queries, const AnnotatedQuery *source)
{
    Arena *arena = queries->run->arena;
    Compared *compared = vec_add(arena, &queries->queries);
    *compared = (Compared){.source = source, .ir = strmap_get(&queries->ir, source->name)};
    if (compared->ir) {
        compared->offline = ir_answer(arena, compared->ir);
        return;
    }
    compared->rejection = strmap_get(&queries->errors, source->name);
    if (compared->rejection)
        compared->offline = report_rejection(compared->rejection);
    else
        compared->offline.rejected = true;
}

/* The queries of the files as compile_set read them; what is wrong with the files is among its diagnostics. */
static void read_queries(QueriesRun *queries, const ConfigSet *set)
{
    Arena *arena = queries->run->arena;
    Diags reading = diags_make(arena);
    SourceFiles sources = {0};
    paths_read(arena, set->queries.items, set->queries.len, &reading, &sources);
    for (size_t i = 0; i < sources.len; i++) {
        QueryFile *file = arena_new_of(arena, QueryFile);
        queries_read(arena, sources.items[i], &reading, file);
        for (size_t j = 0; j < file->len; j++)
            add_query(queries, &file->items[j]);
    }
}

static void index_offline(QueriesRun *queries, const IrProject *ir, const Diags *diags)
{
    Arena *arena = queries->run->arena;
    for (size_t i = 0; i < ir->nfiles; i++)
        for (size_t j = 0; j < ir->files[i].nqueries; j++)
            strmap_put(arena, &queries->ir, ir->files[i].queries[j].name, (void *)&ir->files[i].queries[j]);
    for (const Diag *diag = diags->first; diag; diag = diag->next)
        if (diag->severity == DIAG_ERROR && diag->query && !strmap_get(&queries->errors, diag->query))
            strmap_put(arena, &queries->errors, diag->query, (void *)diag);
}

/* ---- the server's side ---- */

static const char *prepared_text(const Compared *compared)
{
    return compared->ir ? compared->ir->sql : compared->source->sql->text;
}

static bool ask_server(QueriesRun *queries)
{
    Arena *arena = queries->run->arena;
    size_t n = queries->queries.len;
    const char **texts = arena_array_of(arena, n, const char *), *error;
    Answer *answers = arena_array_of(arena, n, Answer);
    for (size_t i = 0; i < n; i++)
        texts[i] = prepared_text(&queries->queries.items[i]);
    if (!server_prepare(queries->run->server, arena, texts, n, answers, &error)) {
        verify_lost(queries->run, error);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        queries->queries.items[i].server = answers[i];
    return true;
}

/* Preparing a statement that has no parse analysis, such as TRUNCATE, says nothing about it. */
static bool is_analyzed(Arena *arena, const SqlText *sql)
{
    Diags diags = diags_make(arena);
    AstStatements statements = ast_parse(arena, sql, &diags);
    return statements.len == 1 && analyze_is_optimizable(statements.items[0].node);
}

/* What only querc reports, about the annotations or the generated code, stands outside of the statement. */
static bool is_about_statement(const Compared *compared)
{
    const Span *statement = &compared->source->span, *place = &compared->rejection->span;
    return report_is_sqlstate(compared->rejection->code) && place->file == statement->file &&
           place->start >= statement->start && place->start <= statement->end;
}

/* The server accepted what querc rejects. It may still be right, in planning, or not be the one to ask. */
static Verdict judge_rejection(QueriesRun *queries, Compared *compared)
{
    Arena *arena = queries->run->arena;
    if (!compared->rejection || !is_about_statement(compared) || !is_analyzed(arena, compared->source->sql))
        return VERDICT_UNCHECKED;
    Answer plan = server_plan(queries->run->server, arena, prepared_text(compared));
    if (!plan.rejected || !plan.code || strcmp(plan.code, compared->rejection->code) != 0)
        return VERDICT_DIFFERENT;
    compared->server = plan;
    return VERDICT_SAME;
}

/* ---- places ---- */

/* Where the server's error lies in the file: stars are not expanded in the text that has a map. */
static Span server_error_span(QueriesRun *queries, const Compared *compared)
{
    Arena *arena = queries->run->arena;
    const SqlText *sql = compared->source->sql;
    Answer answer;
    const char *error;
    bool asked = server_prepare(queries->run->server, arena, &sql->text, 1, &answer, &error);
    if (asked && answer.rejected && answer.position)
        return sqltext_span(sql, report_byte_of_position(sql->text, answer.position));
    return (Span){compared->source->span.file, compared->source->span.start, compared->source->span.start};
}

static Span difference_span(QueriesRun *queries, const Compared *compared, const AnswerDifference *difference)
{
    const AnnotatedQuery *source = compared->source;
    if (difference->part == ANSWER_VERDICT && compared->server.rejected)
        return server_error_span(queries, compared);
    if (difference->part == ANSWER_VERDICT && compared->rejection)
        return compared->rejection->span;
    if (difference->part == ANSWER_PARAM)
        for (size_t i = 0; i < source->nparams; i++)
            if ((size_t)source->params[i].number == difference->number && source->params[i].nspans)
                return source->params[i].spans[0];
    return (Span){source->span.file, source->span.start, source->span.start};
}

/* ---- NOT NULL ---- */

static bool read_nullable(QueriesRun *queries)
{
    static const char sql[] =
        "SELECT n.nspname || '.' || c.relname || '.' || a.attname FROM pg_catalog.pg_attribute a "
        "JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE c.relkind IN ('r', 'p', 'f') "
        "AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND a.attnum > 0 AND NOT a.attisdropped "
        "AND NOT a.attnotnull AND a.attgenerated = '' AND t.typtype <> 'd' AND NOT EXISTS (SELECT FROM "
        "pg_catalog.pg_constraint k "
        "WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey))";
    const char *error;
    PGresult *result = server_query(queries->run->server, sql, &error);
    if (!result) {
        verify_lost(queries->run, error);
        return false;
    }
    Arena *arena = queries->run->arena;
    for (int i = 0; i < PQntuples(result); i++)
        strmap_put(arena, &queries->nullable, arena_strdup(arena, PQgetvalue(result, i, 0)), (void *)"");
    PQclear(result);
    return true;
}

static bool declared_not_null(const IrColumn *column)
{
    for (size_t i = 0; i < column->table->ncolumns; i++)
        if (strcmp(column->table->columns[i].name, column->column) == 0)
            return !column->table->columns[i].nullable;
    return false;
}

/* A proof stands on what the migrations declare. Where nothing on the server keeps NULL out of such a column (no
 * NOT NULL, no domain, no CHECK about it, and it is not generated), the proof does not hold there. Each column is
 * reported once. */
static bool compare_not_null(QueriesRun *queries, const Compared *compared)
{
    Arena *arena = queries->run->arena;
    bool same = true;
    for (size_t i = 0; compared->ir && i < compared->ir->ncolumns; i++) {
        const IrColumn *column = &compared->ir->columns[i];
        if (column->nullable || !column->table || column->table->is_view || !declared_not_null(column))
            continue;
        char *key = arena_printf(arena, "%s.%s.%s", column->table->schema, column->table->name, column->column);
        if (!strmap_put(arena, &queries->nullable, key, NULL))
            continue;
        const char *message = arena_printf(
            arena, "column %s is NOT NULL in the migrations, but nothing on the server keeps NULL out of it", key);
        AnswerDifference difference = {ANSWER_COLUMN, i + 1, message};
        report_difference(queries->run, difference_span(queries, compared, &difference), compared->source->name,
                          &difference, &compared->server);
        same = false;
    }
    return same;
}

/* ---- comparing ---- */

static void compare_query(QueriesRun *queries, Compared *compared)
{
    VerifyRun *run = queries->run;
    AnswerDifferences differences = {0};
    Verdict verdict = VERDICT_SAME;
    if (compared->offline.rejected && !compared->server.rejected)
        verdict = judge_rejection(queries, compared);
    if (verdict != VERDICT_UNCHECKED)
        answers_compare(run->arena, &compared->offline, &compared->server, run->options->strict && !compared->ir,
                        &differences);
    for (size_t i = 0; i < differences.len; i++)
        report_difference(run, difference_span(queries, compared, &differences.items[i]), compared->source->name,
                          &differences.items[i], &compared->server);
    bool same = compare_not_null(queries, compared);
    if (differences.len || !same)
        verdict = VERDICT_DIFFERENT;
    SourceFile *file = compared->source->span.file;
    SourcePosition place = source_position(run->arena, file, compared->source->name_span.start);
    json_t *entry = json_pack("{s:s, s:s, s:I}", "query", compared->source->name, "file", file->path, "line",
                              (json_int_t)place.line);
    report_verdict(run, entry, verdict, &compared->offline, &compared->server);
    json_array_append_new(queries->results, entry);
    run->nqueries++;
}

void verify_queries(VerifyRun *run, const ConfigSet *set, const IrProject *ir, const Diags *diags, json_t *results)
{
    QueriesRun queries = {.run = run, .results = results};
    index_offline(&queries, ir, diags);
    read_queries(&queries, set);
    if (!ask_server(&queries) || !read_nullable(&queries))
        return;
    for (size_t i = 0; i < queries.queries.len; i++)
        compare_query(&queries, &queries.queries.items[i]);
}
