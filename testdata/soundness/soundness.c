/* Holds what querc proves against what a live PostgreSQL returns.
 *
 *   scripts/pg-cluster with soundness [OPTION...] FOLDER
 *
 * FOLDER has schemas/NAME.sql, each of which becomes a database and a catalog, and queries/NAME.sql with statements
 * separated by blank lines. The databases are filled with random rows again and again, with NULL wherever the
 * constraints allow one, and now and then with no rows at all; on each set of rows run the statements of the files
 * and random ones, with random parameters. A column proved not null must never be NULL, "exactly one" and "at most
 * one" must hold, and NULL must be taken for a nullable parameter.
 *
 * What fails is printed with all that is needed to see it again; random statements are made smaller first. At the
 * end come the numbers: a test that proves little, or whose statements do not run, tests nothing and fails too.
 *
 *   --seed N          other rows and statements (default 1)
 *   --count N         how many pairs of a random statement and rows (default 4000)
 *   --rounds N        on how many sets of rows the statements of the files run (default 8)
 *   --schema NAME     this one alone
 *   --max-failures N  stop then (default 20)
 *   --sql TEXT        this statement alone, on the rows of --data N
 *   --data N          the number of a set of rows, as failures name it
 *   --print           every random statement
 *   --no-shrink       print failing statements as they are
 *   --project FILE    instead of FOLDER: the schema and queries of this configuration
 *   --why             what the statements that do not count met with
 *
 * Exit code 0 when all proofs hold, 1 when one does not, 2 when there is no testing. */
#include "soundness.h"

#include "base/map.h"
#include "project.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_UNSOUND = 1, EXIT_USAGE = 2, BATCH = 20, MANY_PAIRS = 1000 };

typedef struct Run {
    Arena *arena;
    uint64_t seed, data;
    size_t count, rounds, max_failures;
    const char *schema, *sql, *folder, *project;
    bool print, why, no_shrink;
    size_t failures;
    StrMap seen; /* statements that have failed */
    VEC(Subject *) subjects;
    Statistics written, random;
} Run;

/* ---- failures ---- */

static void report(Run *run, Subject *subject, const char *sql, uint64_t seed, const Verdict *verdict)
{
    if (strmap_get(&run->seen, sql))
        return;
    strmap_put(run->arena, &run->seen, arena_strdup(run->arena, sql), run);
    run->failures++;
    printf("%s: %s\n  %s\n", subject->name, verdict->what, sql);
    printf("  rows: --data %llu, values: %llu%s\n", (unsigned long long)subject->data_seed,
           (unsigned long long)seed, verdict->params);
    data_print(subject, stdout);
    fflush(stdout);
}

static void explain(const Run *run, const Verdict *verdict, const char *sql)
{
    if (run->why && (verdict->outcome == OUTCOME_REJECTED || verdict->outcome == OUTCOME_REFUSED ||
                     verdict->outcome == OUTCOME_FAILED))
        printf("%s %s | %s\n",
               verdict->outcome == OUTCOME_REJECTED  ? "REJECTED"
               : verdict->outcome == OUTCOME_REFUSED ? "REFUSED"
                                                     : "FAILED",
               verdict->what, sql);
}

static bool may_go_on(const Run *run, const Verdict *verdict)
{
    if (verdict->outcome == OUTCOME_BROKEN)
        fprintf(stderr, "soundness: %s\n", verdict->what);
    return verdict->outcome != OUTCOME_BROKEN && run->failures < run->max_failures;
}

/* ---- statements of files ---- */

typedef VEC(const char *) Statements;

/* Cut at blank lines; lines of comments before a statement stay with it. */
static void cut_statements(Arena *arena, const char *text, Statements *statements)
{
    const char *start = text;
    while (*start) {
        const char *end = strstr(start, "\n\n");
        size_t len = end ? (size_t)(end - start) : strlen(start);
        const char *one = arena_strndup(arena, start, len);
        if (one[strspn(one, " \n")])
            vec_push(arena, statements, one);
        start += len;
        start += strspn(start, "\n");
    }
}

static bool read_statements(Run *run, const Subject *subject, Statements *statements)
{
    const char *path = arena_printf(run->arena, "%s/queries/%s.sql", run->folder, subject->name);
    SourceFile *file = source_read_file(run->arena, path);
    if (!file)
        return errno == ENOENT;
    cut_statements(run->arena, file->text, statements);
    return true;
}

/* A statement of a file must be one that both sides take. */
static bool run_written(Run *run, Subject *subject, const Statements *statements, uint64_t seed)
{
    for (size_t i = 0; i < statements->len; i++) {
        Arena *scratch = arena_new();
        Verdict verdict = check_text(subject, scratch, statements->items[i], seed + i, &run->written);
        explain(run, &verdict, statements->items[i]);
        if (verdict.outcome == OUTCOME_WRONG || verdict.outcome == OUTCOME_REJECTED ||
            verdict.outcome == OUTCOME_REFUSED ||
            check_refused_null(subject, scratch, statements->items[i], seed + i, &verdict))
            report(run, subject, statements->items[i], seed + i, &verdict);
        arena_free(scratch);
        if (!may_go_on(run, &verdict))
            return false;
    }
    return true;
}

static bool all_written(Run *run)
{
    for (size_t i = 0; i < run->subjects.len; i++) {
        Statements statements = {0};
        if (!read_statements(run, run->subjects.items[i], &statements))
            return false;
        run->written.queries += statements.len;
        for (size_t round = 0; round < run->rounds && statements.len; round++)
            if (!data_refill(run->subjects.items[i], run->seed * 1000 + round) ||
                !run_written(run, run->subjects.items[i], &statements, (run->seed * 1000 + round) * 1000))
                return false;
    }
    return true;
}

/* ---- random statements ---- */

static bool run_random(Run *run, Subject *subject, uint64_t seed)
{
    Arena *scratch = arena_new();
    Choices choices = choices_make(scratch, seed);
    const char *sql = generate_statement(subject, scratch, &choices);
    if (run->print)
        printf("%s\n", sql);
    run->random.queries++;
    Verdict verdict = check_text(subject, scratch, sql, seed, &run->random);
    explain(run, &verdict, sql);
    if (verdict.outcome == OUTCOME_WRONG) {
        Verdict smaller = verdict;
        const char *small = run->no_shrink ? NULL : shrink_statement(subject, scratch, &choices, seed, &smaller);
        report(run, subject, small ? small : sql, seed, &smaller);
    }
    arena_free(scratch);
    return may_go_on(run, &verdict);
}

static bool all_random(Run *run)
{
    uint64_t seed = run->seed * 1000003;
    for (uint64_t round = 0; run->random.pairs < run->count; round++)
        for (size_t i = 0; i < run->subjects.len; i++) {
            if (!data_refill(run->subjects.items[i], run->seed * 1000 + round))
                return false;
            for (size_t k = 0; k < BATCH && run->random.pairs < run->count; k++)
                if (!run_random(run, run->subjects.items[i], seed++))
                    return false;
        }
    return true;
}

/* ---- a project ---- */

static bool run_query(Run *run, Subject *subject, const IrQuery *query, uint64_t seed)
{
    Arena *scratch = arena_new();
    Verdict verdict = check_query(subject, scratch, query, seed, &run->written);
    explain(run, &verdict, query->sql);
    if (verdict.outcome == OUTCOME_WRONG || verdict.outcome == OUTCOME_REFUSED)
        report(run, subject, query->sql, seed, &verdict);
    arena_free(scratch);
    return may_go_on(run, &verdict);
}

static bool whole_project(Run *run)
{
    ProjectSets sets = {0};
    if (!project_open(run->arena, run->project, &sets))
        return false;
    uint64_t seed = run->seed * 1000003;
    for (size_t i = 0; i < sets.len; i++) {
        Subject *subject = sets.items[i].subject;
        const IrProject *project = sets.items[i].project;
        vec_push(run->arena, &run->subjects, subject);
        for (size_t round = 0; round < run->rounds; round++) {
            if (!data_refill(subject, run->seed * 1000 + round))
                return false;
            for (size_t file = 0; file < project->nfiles; file++)
                for (size_t k = 0; k < project->files[file].nqueries; k++)
                    if (!run_query(run, subject, &project->files[file].queries[k], seed++))
                        return false;
        }
    }
    return true;
}

/* ---- one statement ---- */

static bool one_statement(Run *run)
{
    for (size_t i = 0; i < run->subjects.len; i++) {
        Subject *subject = run->subjects.items[i];
        Arena *scratch = arena_new();
        IrQuery query;
        const char *why;
        if (!subject_compile(subject, scratch, run->sql, &query, &why)) {
            printf("%s: rejected: %s\n", subject->name, why);
        } else if (data_refill(subject, run->data)) {
            static const char *const counts[] = {"many", "at most one", "exactly one"};
            printf("%s: rows: %s, columns:", subject->name, counts[query.cardinality]);
            for (size_t k = 0; k < query.ncolumns; k++)
                printf(" %s%s", query.columns[k].name, query.columns[k].nullable ? "?" : "");
            for (size_t k = 0; k < query.nparams; k++)
                printf(" $%zu%s", k + 1, query.params[k].nullable ? "?" : "");
            printf("\n");
            for (uint64_t seed = 0; seed < 50; seed++) {
                Verdict verdict = check_query(subject, scratch, &query, seed, NULL);
                explain(run, &verdict, run->sql);
                if (verdict.outcome == OUTCOME_WRONG)
                    report(run, subject, run->sql, seed, &verdict);
            }
        }
        arena_free(scratch);
    }
    return true;
}

/* ---- the numbers ---- */

static void print_statistics(const char *what, const Statistics *s)
{
    printf("%s: %zu statements, %zu pairs with rows, %zu rows came back\n", what, s->queries, s->pairs,
           s->returned);
    printf("  columns: %zu, proved not null: %zu (%.1f %%), NULLs in the others: %zu\n", s->columns,
           s->columns_proved, s->columns ? 100.0 * (double)s->columns_proved / (double)s->columns : 0, s->nulls);
    printf("  rows: exactly one %zu, at most one %zu, many %zu\n", s->rows[IR_ROWS_EXACTLY_ONE],
           s->rows[IR_ROWS_AT_MOST_ONE], s->rows[IR_ROWS_MANY]);
    printf("  rejected %zu, refused by the server alone %zu, failed at run time %zu, wrong %zu\n",
           s->outcomes[OUTCOME_REJECTED], s->outcomes[OUTCOME_REFUSED], s->outcomes[OUTCOME_FAILED],
           s->outcomes[OUTCOME_WRONG]);
}

static bool expect(bool holds, const char *what)
{
    if (!holds)
        printf("soundness: too %s to be a test\n", what);
    return holds;
}

/* With fewer pairs chance decides. */
static bool is_a_test(const Statistics *s)
{
    size_t single = s->rows[IR_ROWS_EXACTLY_ONE] + s->rows[IR_ROWS_AT_MOST_ONE];
    bool fine = expect(s->columns_proved * 4 >= s->columns, "few columns are proved not null");
    fine = expect(s->rows[IR_ROWS_EXACTLY_ONE] * 100 >= s->pairs, "few statements have exactly one row") && fine;
    fine = expect(s->rows[IR_ROWS_AT_MOST_ONE] * 25 >= s->pairs, "few statements have at most one row") && fine;
    fine = expect(single * 10 <= s->pairs * 9, "few statements have many rows") && fine;
    fine = expect(s->returned * 2 >= s->pairs, "few rows come back") && fine;
    fine = expect(s->nulls * 10 >= s->pairs, "few NULLs come back") && fine;
    fine = expect(s->outcomes[OUTCOME_REJECTED] * 3 <= s->queries, "many statements are rejected") && fine;
    fine = expect(s->outcomes[OUTCOME_FAILED] * 5 <= s->queries, "many statements fail at run time") && fine;
    return expect(s->outcomes[OUTCOME_REFUSED] * 50 <= s->queries, "many statements are refused by the server") &&
           fine;
}

/* ---- the command line ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool open_subjects(Run *run)
{
    const char *folder = arena_printf(run->arena, "%s/schemas", run->folder);
    DIR *dir = opendir(folder);
    if (!dir) {
        fprintf(stderr, "soundness: %s: %s\n", folder, strerror(errno));
        return false;
    }
    Statements names = {0};
    for (const struct dirent *entry; (entry = readdir(dir));) {
        size_t len = strlen(entry->d_name);
        if (len > 4 && strcmp(entry->d_name + len - 4, ".sql") == 0)
            vec_push(run->arena, &names, arena_strndup(run->arena, entry->d_name, len - 4));
    }
    closedir(dir);
    if (names.len)
        qsort(names.items, names.len, sizeof *names.items, by_name);
    for (size_t i = 0; i < names.len; i++) {
        if (run->schema && strcmp(run->schema, names.items[i]) != 0)
            continue;
        Subject *subject =
            subject_new(run->arena, names.items[i], arena_printf(run->arena, "%s/%s.sql", folder, names.items[i]));
        if (!subject)
            return false;
        vec_push(run->arena, &run->subjects, subject);
    }
    if (!run->subjects.len)
        fprintf(stderr, "soundness: no schema in %s\n", folder);
    return run->subjects.len > 0;
}

typedef struct NumberOption {
    const char *name;
    uint64_t *value;
} NumberOption;

static bool parse_number(const char *text, uint64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text && !*end && !errno;
}

static bool parse_options(Run *run, int argc, char **argv)
{
    uint64_t count = 4000, rounds = 8, failures = 20;
    const NumberOption numbers[] = {{"--seed", &run->seed},
                                    {"--count", &count},
                                    {"--rounds", &rounds},
                                    {"--max-failures", &failures},
                                    {"--data", &run->data}};
    bool fine = true;
    for (int i = 1; i < argc && fine; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : "";
        bool taken = false;
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers && !taken; k++)
            if (strcmp(argv[i], numbers[k].name) == 0) {
                fine = parse_number(next, numbers[k].value);
                taken = true;
                i++;
            }
        if (taken)
            continue;
        if (strcmp(argv[i], "--print") == 0)
            run->print = true;
        else if (strcmp(argv[i], "--why") == 0)
            run->why = true;
        else if (strcmp(argv[i], "--no-shrink") == 0)
            run->no_shrink = true;
        else if (strcmp(argv[i], "--schema") == 0)
            run->schema = argv[++i];
        else if (strcmp(argv[i], "--sql") == 0)
            run->sql = argv[++i];
        else if (strcmp(argv[i], "--project") == 0)
            run->project = argv[++i];
        else
            fine = argv[i][0] != '-' && !run->folder && (run->folder = argv[i]);
    }
    run->count = (size_t)count;
    run->rounds = (size_t)rounds;
    run->max_failures = (size_t)failures;
    fine = fine && (run->folder || run->project);
    if (!fine)
        fprintf(stderr, "usage: soundness [--seed N] [--count N] [--rounds N] [--schema NAME] [--max-failures N]\n"
                        "                 [--sql TEXT] [--data N] [--print] [--why] [--no-shrink]\n"
                        "                 FOLDER | --project FILE\n");
    return fine;
}

int main(int argc, char **argv)
{
    Run run = {.arena = arena_new(), .seed = 1};
    int status = EXIT_USAGE;
    if (parse_options(&run, argc, argv) && (run.project || open_subjects(&run))) {
        bool finished = run.project ? whole_project(&run) && all_random(&run)
                        : run.sql   ? one_statement(&run)
                                    : all_written(&run) && all_random(&run);
        print_statistics("files", &run.written);
        print_statistics("random", &run.random);
        bool fine = finished && !run.failures &&
                    (run.count < MANY_PAIRS || run.sql || run.project || is_a_test(&run.random));
        status = fine ? 0 : EXIT_UNSOUND;
    }
    for (size_t i = 0; i < run.subjects.len; i++)
        subject_close(run.subjects.items[i]);
    arena_free(run.arena);
    return status;
}
