/* A schema in both places: applied to querc's catalog and to a database of its own. */
#include "soundness.h"

#include "analyze/analyze.h"
#include "ddl/ddl.h"
#include "prove/ir_types.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- what is in the catalog ---- */

static bool holds_rows(char kind)
{
    return kind == RELKIND_TABLE || kind == RELKIND_PARTITIONED;
}

static const char *qualified_name(const Catalog *catalog, Arena *arena, const Relation *relation)
{
    const char *name = catalog_quote_identifier(arena, relation->name);
    if (catalog_relation_is_visible(catalog, relation->oid))
        return name;
    return arena_printf(arena, "%s.%s",
                        catalog_quote_identifier(arena, catalog_schema(catalog, relation->schema)->name), name);
}

static void add_key(Arena *arena, SubjectTable *table, const size_t *by_number, const Index *index)
{
    SubjectKey key = {arena_array_of(arena, index->nkeys, size_t), 0};
    for (size_t i = 0; i < index->nkeys; i++) {
        if (index->columns[i] <= 0)
            return;
        key.columns[key.len++] = by_number[index->columns[i]];
    }
    vec_push(arena, &table->keys, key);
}

static void add_table(Subject *subject, ProveProject *project, const Relation *relation)
{
    Arena *arena = subject->arena;
    const Catalog *catalog = subject->catalog;
    SubjectTable *table = vec_add(arena, &subject->tables);
    *table = (SubjectTable){.name = qualified_name(catalog, arena, relation), .kind = relation->kind};
    table->has_children = catalog_children(catalog, arena, relation->oid).len > 0;
    table->takes_rows = holds_rows(relation->kind);
    table->is_target = table->takes_rows || relation->kind == RELKIND_VIEW;
    SubjectColumn *columns = arena_array_of(arena, relation->ncolumns, SubjectColumn);
    size_t *by_number = arena_array_of(arena, relation->ncolumns + 1, size_t);
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *from = &relation->columns[i];
        if (from->dropped)
            continue;
        by_number[from->number] = table->ncolumns;
        columns[table->ncolumns++] = (SubjectColumn){
            catalog_quote_identifier(arena, from->name),     from->name,     ir_type_of(project, from->type),
            catalog_format_type(catalog, arena, from->type), from->not_null, !from->generated};
    }
    table->columns = columns;
    for (size_t i = 0; i < relation->nindexes; i++) {
        const Relation *index = catalog_relation(catalog, relation->indexes[i]);
        if (index && index->index && index->index->is_unique)
            add_key(arena, table, by_number, index->index);
    }
}

static void list_tables(Subject *subject)
{
    Diags *diags = arena_new_of(subject->arena, Diags);
    *diags = diags_make(subject->arena);
    ProveProject *project = prove_project_new(subject->arena, subject->catalog, diags);
    OidList oids = catalog_user_objects(subject->catalog, subject->arena, CLASS_RELATION);
    for (size_t i = 0; i < oids.len; i++) {
        const Relation *relation = catalog_relation(subject->catalog, oids.items[i]);
        if (relation &&
            (holds_rows(relation->kind) || relation->kind == RELKIND_VIEW || relation->kind == RELKIND_MATVIEW))
            add_table(subject, project, relation);
    }
}

/* ---- the server's side ---- */

static const char helpers[] =
    "CREATE SCHEMA soundness;"
    "CREATE FUNCTION soundness.try(statements text[], deferred bool) RETURNS void LANGUAGE plpgsql AS $$"
    " DECLARE statement text;"
    " BEGIN"
    "  IF to_regproc('public.break_constraints') IS NOT NULL THEN PERFORM public.break_constraints(); END IF;"
    "  FOREACH statement IN ARRAY statements LOOP"
    "   BEGIN"
    "    EXECUTE statement;"
    "    IF NOT deferred THEN SET CONSTRAINTS ALL IMMEDIATE; END IF;"
    "   EXCEPTION WHEN OTHERS THEN NULL; END;"
    "  END LOOP;"
    " END $$;";

static bool run(PGconn *conn, const char *name, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    if (!fine)
        fprintf(stderr, "soundness: %s: %s\n", name, PQresultErrorMessage(result));
    PQclear(result);
    return fine;
}

static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

static bool connect_database(Subject *subject, const DdlTexts *ddl)
{
    PGconn *conn = PQconnectdb("");
    bool fine = PQstatus(conn) == CONNECTION_OK;
    if (!fine)
        fprintf(stderr, "soundness: %s\n", PQerrorMessage(conn));
    PQsetNoticeReceiver(conn, ignore_notice, NULL);
    fine = fine && run(conn, subject->name,
                       arena_printf(subject->arena, "DROP DATABASE IF EXISTS %s",
                                    catalog_quote_identifier(subject->arena, subject->name)));
    fine = fine && run(conn, subject->name,
                       arena_printf(subject->arena, "CREATE DATABASE %s",
                                    catalog_quote_identifier(subject->arena, subject->name)));
    PQfinish(conn);
    if (!fine)
        return false;
    const char *keys[] = {"dbname", "options", NULL};
    const char *values[] = {subject->name, "-c timezone=UTC -c jit=off -c max_parallel_workers_per_gather=0", NULL};
    subject->conn = PQconnectdbParams(keys, values, 0);
    PQsetNoticeReceiver(subject->conn, ignore_notice, NULL);
    for (size_t i = 0; i < ddl->len; i++)
        subject->refused += !run(subject->conn, subject->name, ddl->items[i]);
    return run(subject->conn, subject->name, helpers);
}

Subject *subject_of_catalog(Arena *arena, const char *name, Catalog *catalog, const DdlTexts *ddl)
{
    Subject *subject = arena_new_of(arena, Subject);
    subject->arena = arena;
    subject->name = name;
    subject->catalog = catalog;
    subject->effort = 1;
    list_tables(subject);
    return connect_database(subject, ddl) ? subject : NULL;
}

static Catalog *apply_ddl(Arena *arena, SourceFile *file)
{
    Diags *diags = arena_new_of(arena, Diags);
    *diags = diags_make(arena);
    DdlSession *session = ddl_session_new(catalog_new(arena));
    ddl_begin_file(session);
    const SqlText *sql = sqltext_of_file(arena, file);
    AstStatements statements = ast_parse(arena, sql, diags);
    for (size_t i = 0; i < statements.len; i++)
        ddl_apply(session, &statements.items[i], sql, diags);
    ddl_begin_file(session);
    for (const Diag *diag = diags->first; diag; diag = diag->next)
        if (diag->severity == DIAG_ERROR)
            fprintf(stderr, "soundness: %s:%u: %s\n", file->path,
                    diag->span.file ? source_position(arena, file, diag->span.start).line : 0, diag->message);
    return diags->nerrors ? NULL : ddl_session_catalog(session);
}

Subject *subject_new(Arena *arena, const char *name, const char *path)
{
    SourceFile *file = source_read_file(arena, path);
    if (!file) {
        fprintf(stderr, "soundness: %s: %s\n", path, strerror(errno));
        return NULL;
    }
    Catalog *catalog = apply_ddl(arena, file);
    DdlTexts ddl = {0};
    vec_push(arena, &ddl, file->text);
    Subject *subject = catalog ? subject_of_catalog(arena, name, catalog, &ddl) : NULL;
    return subject && !subject->refused ? subject : NULL;
}

void subject_close(Subject *subject)
{
    PQfinish(subject->conn);
}

/* ---- queries ---- */

bool subject_compile(const Subject *subject, Arena *arena, const char *sql, IrQuery *query, const char **why)
{
    Diags diags = diags_make(arena);
    SourceFile *file = source_from_text(arena, "query", sql, strlen(sql));
    const SqlText *text = sqltext_of_file(arena, file);
    const AstNode *node = ast_parse_one(arena, text, &diags);
    AnalyzeContext context = {subject->catalog, arena, &diags, text};
    ParamTypes types = {.variable = true};
    StarList stars = {0};
    Query *tree =
        node && analyze_is_optimizable(node) ? analyze_statement_stars(&context, node, &types, &stars) : NULL;
    bool fine = tree && analyze_check_params(&context, &types) && analyze_check_arbiters(&context, tree);
    if (fine) {
        ProveInput input = {.scratch = arena,
                            .name = "query",
                            .command = IR_EXEC,
                            .file = "query",
                            .sql = text,
                            .tree = tree,
                            .param_types = types.types,
                            .nparam_types = types.len,
                            .stars = stars.items,
                            .nstars = stars.len};
        fine = prove_query(prove_project_new(arena, subject->catalog, &diags), &input, query);
    }
    *why = diags.first
               ? arena_printf(arena, "%s: %s", diags.first->code ? diags.first->code : "", diags.first->message)
               : "not a query";
    return fine;
}
