/* A project of 1,000 queries over 50 tables, in the mix of commands that real projects have, written into a folder
 * for bench/object-size to compile; prints how long generating took. Usage: codegen_bench FOLDER */
#include "fixture.h"

#include "codegen/codegen.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TABLES = 50, COLUMNS = 8, ROUNDS = 2 };

/* Of each table; the queries that write can violate them. */
static const struct {
    const char *name;
    char type;
} constraints[] = {{"pkey", 'p'}, {"name_key", 'u'}, {"project_id_fkey", 'f'}, {"name", IR_NOT_NULL}};
enum { CONSTRAINTS = sizeof constraints / sizeof constraints[0] };

static void can_violate(const Builder *b, IrQuery *q, int table)
{
    q->constraints = b->constraints.items + (size_t)table * CONSTRAINTS;
    q->nconstraints = CONSTRAINTS;
}

static const IrTable *make_table(Builder *b, int number)
{
    const IrType *const types[COLUMNS] = {&type_int8,  &type_text,        &type_text, &type_uuid,
                                          &type_jsonb, &type_timestamptz, &type_bool, &type_int4};
    static const char *const names[COLUMNS] = {"id",       "name",       "description", "project_id",
                                               "metadata", "created_at", "is_active",   "priority"};
    IrField *columns = arena_array_of(b->arena, COLUMNS, IrField);
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = (IrField){names[i], types[i], i == 2 || i == 7, NULL};
    const char *name = arena_printf(b->arena, "entities_%02d", number);
    for (int i = 0; i < CONSTRAINTS; i++)
        build_constraint(
            b, name,
            arena_printf(b->arena, "%s%s", i < 3 ? arena_printf(b->arena, "%s_", name) : "", constraints[i].name),
            constraints[i].type);
    return build_table(b, name, columns, COLUMNS);
}

static const char star[] = "id, name, description, project_id, metadata, created_at, is_active, priority";

static IrQuery *query(Builder *b, const char *verb, int table, int round, IrCommand command, const char *format)
{
    const char *sql = arena_printf(b->arena, "%s /* %d */", format, table * ROUNDS + round);
    IrQuery *q = build_query(b, arena_printf(b->arena, "%sEntity%02dRound%d", verb, table, round), command, sql);
    q->docs = "What it is for, in a sentence.";
    return q;
}

/* Ten queries: four :one, three :many, three that return nothing. */
static void make_queries(Builder *b, const IrTable *t, int n, int round)
{
    Arena *a = b->arena;
    IrQuery *q =
        query(b, "Get", n, round, IR_ONE, arena_printf(a, "SELECT %s FROM %s WHERE id = $1", star, t->name));
    build_param(b, q, "id", &type_int8, false);
    build_star(b, q, t);
    q = query(b, "Create", n, round, IR_ONE,
              arena_printf(a,
                           "INSERT INTO %s (name, description, project_id, metadata, is_active)\n"
                           "VALUES ($1, $2, $3, $4, $5)\nRETURNING %s",
                           t->name, star));
    build_param(b, q, "name", &type_text, false);
    build_param(b, q, "description", &type_text, true);
    build_param(b, q, "project_id", &type_uuid, false);
    build_param(b, q, "metadata", &type_jsonb, false);
    build_param(b, q, "is_active", &type_bool, false);
    build_star(b, q, t);
    can_violate(b, q, n);
    q = query(b, "Count", n, round, IR_ONE,
              arena_printf(a, "SELECT count(*) FROM %s WHERE project_id = $1", t->name));
    build_param(b, q, "project_id", &type_uuid, false);
    build_column(b, q, "count", &type_int8, false);
    q = query(b, "Find", n, round, IR_ONE,
              arena_printf(a, "SELECT id, name, priority\nFROM %s\nWHERE name = $1 AND project_id = $2", t->name));
    build_param(b, q, "name", &type_text, false);
    build_param(b, q, "project_id", &type_uuid, false);
    build_column(b, q, "id", &type_int8, false);
    build_column(b, q, "name", &type_text, false);
    build_column(b, q, "priority", &type_int4, true);
    q = query(b, "List", n, round, IR_MANY,
              arena_printf(a, "SELECT %s\nFROM %s\nWHERE project_id = $1\nORDER BY name", star, t->name));
    build_param(b, q, "project_id", &type_uuid, false);
    build_star(b, q, t);
    q = query(b, "Page", n, round, IR_MANY,
              arena_printf(a, "SELECT %s\nFROM %s\nWHERE id > $1\nORDER BY id\nLIMIT $2", star, t->name));
    build_param(b, q, "after", &type_int8, false);
    build_param(b, q, "max_rows", &type_int8, false);
    build_star(b, q, t);
    q = query(
        b, "Summarize", n, round, IR_MANY,
        arena_printf(a,
                     "SELECT e.id, e.name, p.name AS parent, count(*) AS children, max(e.created_at) AS newest\n"
                     "FROM %s AS e\nLEFT JOIN %s AS p ON p.id = e.priority\nGROUP BY e.id, p.name",
                     t->name, t->name));
    build_column(b, q, "id", &type_int8, false);
    build_column(b, q, "name", &type_text, false);
    build_column(b, q, "parent", &type_text, true);
    build_column(b, q, "children", &type_int8, false);
    build_column(b, q, "newest", &type_timestamptz, true);
    q = query(b, "Update", n, round, IR_EXEC,
              arena_printf(a, "UPDATE %s SET name = $2, description = $3 WHERE id = $1", t->name));
    build_param(b, q, "id", &type_int8, false);
    build_param(b, q, "name", &type_text, false);
    build_param(b, q, "description", &type_text, true);
    can_violate(b, q, n);
    q = query(b, "Delete", n, round, IR_EXEC, arena_printf(a, "DELETE FROM %s WHERE id = $1", t->name));
    build_param(b, q, "id", &type_int8, false);
    q = query(b, "Expire", n, round, IR_EXECROWS, arena_printf(a, "DELETE FROM %s WHERE created_at < $1", t->name));
    build_param(b, q, "before", &type_timestamptz, false);
}

static void write_file(const char *folder, const CodegenFile *file)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    FILE *out = fopen(path, "wb");
    if (out == NULL || fwrite(file->text, 1, file->len, out) != file->len || fclose(out) != 0) {
        perror(path);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    Arena *arena = arena_new();
    Builder b = {.arena = arena};
    for (int i = 0; i < TABLES; i++) {
        const IrTable *table = make_table(&b, i);
        build_file(&b, arena_printf(arena, "entities_%02d.sql", i));
        for (int round = 0; round < ROUNDS; round++)
            make_queries(&b, table, i, round);
    }
    const IrProject *project = build_project(&b);
    CodegenOptions options = codegen_default_options();
    options.prefix = "app";
    Diags diags = diags_make(arena);
    CodegenOutput output;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (!codegen_generate(arena, project, &options, &diags, &output)) {
        fprintf(stderr, "%s\n", diags.first->message);
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    size_t bytes = 0, queries = 0;
    for (size_t i = 0; i < output.nfiles; i++) {
        write_file(argv[1], &output.files[i]);
        bytes += output.files[i].len;
    }
    for (size_t i = 0; i < project->nfiles; i++)
        queries += project->files[i].nqueries;
    printf("%zu queries in %zu files, %zu kB of C, generated in %.1f ms\n", queries, project->nfiles, bytes / 1000,
           (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6);
    arena_free(arena);
    return 0;
}
