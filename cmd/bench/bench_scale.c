/* What a statement costs in a small schema and in a large one:
 *
 *   bench_scale [--check] [TABLES]
 *
 * makes schemas of TABLES/8 and TABLES tables (default 5000) with four times as many functions, resolves the same
 * number of queries over each, and drops everything again. Printed is the processor time a statement, without that
 * of parsing. --check: exit 1 when a statement in the large schema costs more than three times one in the small,
 * which caches alone do not explain. */
#include "analyze/analyze.h"
#include "ast/ast.h"
#include "base/strbuf.h"
#include "ddl/ddl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SIZES = 8, FUNCTIONS_PER_TABLE = 4, QUERIES = 500, DEFAULT_TABLES = 5000 };
static const double most_growth = 3;

typedef enum Phase { PHASE_CREATE, PHASE_QUERY, PHASE_DROP, PHASES } Phase;
static const char *const phase_names[PHASES] = {"create", "query", "drop"};

typedef struct Costs {
    double usec[PHASES]; /* a statement */
    bool failed;
} Costs;

static double cpu_usec(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static unsigned any_of(unsigned i, unsigned n)
{
    enum { PRIME = 7919 };
    return (unsigned)((uint64_t)i * PRIME % n);
}

/* ---- the texts ---- */

static void write_creates(StrBuf *out, unsigned tables)
{
    for (unsigned t = 0; t < tables; t++) {
        strbuf_printf(out,
                      "CREATE TABLE t%u (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, amount numeric(12,2) "
                      "CHECK (amount > 0), parent_id bigint REFERENCES t%u, made timestamptz DEFAULT now());\n"
                      "CREATE INDEX ON t%u (made);\nCREATE VIEW v%u AS SELECT id, name FROM t%u;\n",
                      t, t ? t - 1 : 0, t, t, t);
        for (unsigned f = 0; f < FUNCTIONS_PER_TABLE; f++)
            strbuf_printf(
                out, "CREATE FUNCTION f%u_%u(a integer, b text) RETURNS text LANGUAGE sql RETURN b || a;\n", t, f);
    }
}

static void write_queries(StrBuf *out, unsigned tables)
{
    for (unsigned q = 0; q < QUERIES; q++) {
        unsigned t = any_of(q, tables);
        strbuf_printf(
            out,
            "SELECT a.*, f%u_%u(1, b.name) FROM t%u a LEFT JOIN v%u b ON b.id = a.parent_id WHERE a.made > $1 "
            "AND lower(a.name) LIKE $2 GROUP BY a.id, b.name ORDER BY a.name;\n",
            any_of(q + 1, tables), q % FUNCTIONS_PER_TABLE, t, t ? t - 1 : 0);
    }
}

static void write_drops(StrBuf *out, unsigned tables)
{
    for (unsigned t = 0; t < tables; t++) {
        strbuf_printf(out, "DROP TABLE t%u CASCADE;\n", t);
        for (unsigned f = 0; f < FUNCTIONS_PER_TABLE; f++)
            strbuf_printf(out, "DROP FUNCTION f%u_%u;\n", t, f);
    }
}

/* ---- measuring ---- */

static bool apply(DdlSession *session, Phase phase, const AstStatement *statement, const SqlText *sql, Diags *diags)
{
    if (phase != PHASE_QUERY)
        return ddl_apply(session, statement, sql, diags);
    Arena *arena = arena_new();
    AnalyzeContext context = {.catalog = ddl_session_catalog(session), .arena = arena, .diags = diags, .sql = sql};
    ParamTypes params = {.variable = true};
    bool good = analyze_statement(&context, statement->node, &params) != NULL;
    arena_free(arena);
    return good;
}

static bool measure(DdlSession *session, Arena *arena, Phase phase, unsigned tables, double *usec)
{
    static void (*const writers[PHASES])(StrBuf *, unsigned) = {write_creates, write_queries, write_drops};
    StrBuf text;
    strbuf_init(&text);
    writers[phase](&text, tables);
    const char *copy = arena_strndup(arena, text.text, text.len);
    SourceFile *file = source_from_text(arena, phase_names[phase], copy, text.len);
    strbuf_release(&text);
    const SqlText *sql = sqltext_of_file(arena, file);
    Diags diags = diags_make(arena);
    AstStatements statements = ast_parse(arena, sql, &diags);
    double start = cpu_usec();
    for (size_t i = 0; i < statements.len; i++)
        if (!apply(session, phase, &statements.items[i], sql, &diags)) {
            fprintf(stderr, "bench_scale: %s\n", diags.first->message);
            return false;
        }
    *usec = (cpu_usec() - start) / (double)statements.len;
    return statements.len > 0;
}

static Costs measure_schema(unsigned tables)
{
    Costs costs = {.failed = false};
    Arena *arena = arena_new();
    DdlSession *session = ddl_session_new(catalog_new(arena));
    for (Phase phase = PHASE_CREATE; phase < PHASES && !costs.failed; phase++)
        costs.failed = !measure(session, arena, phase, tables, &costs.usec[phase]);
    arena_free(arena);
    return costs;
}

int main(int argc, char **argv)
{
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0;
    const char *number = argc > 1 + check ? argv[1 + check] : NULL;
    long tables = number ? strtol(number, NULL, 10) : DEFAULT_TABLES;
    if (tables < SIZES) {
        fputs("usage: bench_scale [--check] [TABLES]\n", stderr);
        return 2;
    }
    Costs small = measure_schema((unsigned)tables / SIZES), large = measure_schema((unsigned)tables);
    if (small.failed || large.failed)
        return 2;
    bool good = true;
    for (Phase phase = PHASE_CREATE; phase < PHASES; phase++) {
        double growth = large.usec[phase] / small.usec[phase];
        printf("%-6s %8.2f us with %ld tables, %8.2f us with %ld: %.2f times\n", phase_names[phase],
               small.usec[phase], tables / SIZES, large.usec[phase], tables, growth);
        good &= growth <= most_growth;
    }
    return !check || good ? 0 : 1;
}
