/*
 * Generated code beside libpq written by hand, ECPG and libpqtypes, in one run. What counts is the ratio:
 * the contestants of a discipline take turns, so that all meet the same machine, and the medians of their times are
 * compared with the first one's.
 *
 *   scripts/pg-cluster with runtime_bench [ROUNDS]         all of it
 *   scripts/pg-cluster with runtime_bench run NAME TIMES   one contestant alone, for a profiler; see instructions
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_ROUNDS = 200, MAX_CONTESTANTS = 7 };

void fail(const char *what, const char *message)
{
    fprintf(stderr, "%s: %s\n", what, message);
    exit(1);
}

static double checksum;

void use(const Item *items, size_t len)
{
    for (size_t i = 0; i < len; i += 1000)
        checksum += (double)items[i].id + items[i].weight + (double)items[i].name[0] + (double)items[i].active;
}

void use_text(const char *text)
{
    checksum += (double)text[0];
}

typedef struct Contestant {
    const char *name;
    void (*run)(Bench *bench);
    double share; /* of the discipline's work that it does in one run; 0 is all of it */
} Contestant;

typedef struct Discipline {
    const char *name;
    int count;  /* of rows, look-ups ... in all of the work */
    int rounds; /* of a hundred of what was asked for */
    Contestant contestants[MAX_CONTESTANTS];
} Discipline;

static const double single = (double)SINGLE_INSERTS / INSERTS;

static const Discipline disciplines[] = {
    {"200,000 rows of five columns",
     ROWS,
     100,
     {{"hand_rows", hand_rows, 0},
      {"runtime_rows", runtime_rows, 0},
      {"hand_text_rows", hand_text_rows, 0},
#ifdef HAVE_PQTYPES
      {"pqtypes_rows", pqtypes_rows, 0},
#endif
#ifdef HAVE_ECPG
      {"ecpg_rows", ecpg_rows, 0},
#endif
      {"hand_careless_rows", hand_careless_rows, 0}}},
    {"the same rows, streamed",
     ROWS,
     100,
     {{"hand_stream", hand_stream, 0}, {"runtime_stream", runtime_stream, 0}}},
    {"20,000 rows of a wide text",
     WIDE_ROWS,
     100,
     {{"hand_wide", hand_wide, 0},
      {"runtime_wide", runtime_wide, 0},
#ifdef HAVE_ECPG
      {"ecpg_wide", ecpg_wide, 0}
#endif
     }},
    {"2,000 look-ups by key",
     LOOKUPS,
     100,
     {{"hand_lookups", hand_lookups, 0},
      {"runtime_lookups", runtime_lookups, 0},
#ifdef HAVE_PQTYPES
      {"pqtypes_lookups", pqtypes_lookups, 0},
#endif
#ifdef HAVE_ECPG
      {"ecpg_lookups", ecpg_lookups, 0}
#endif
     }},
    {"2,000 look-ups, a hundred in flight",
     LOOKUPS,
     100,
     {{"hand_pipeline", hand_pipeline, 0},
      {"runtime_pipeline_atomic", runtime_pipeline_atomic, 0},
      {"runtime_pipeline_each", runtime_pipeline_each, 0},
#ifdef HAVE_ECPG
      {"ecpg_lookups", ecpg_lookups, 0}
#endif
     }},
    {"2,000 look-ups by 8 threads",
     LOOKUPS,
     100,
     {{"hand_threads", hand_threads, 0}, {"runtime_threads", runtime_threads, 0}}},
    {"100,000 inserts",
     INSERTS,
     20,
     {{"hand_copy", hand_copy, 0},
      {"runtime_copy", runtime_copy, 0},
      {"runtime_batch", runtime_batch, 0},
      {"runtime_bulk", runtime_bulk, 0},
      {"hand_inserts", hand_inserts, single},
      {"runtime_inserts", runtime_inserts, single},
#ifdef HAVE_ECPG
      {"ecpg_inserts", ecpg_inserts, single}
#endif
     }},
};

enum { DISCIPLINES = sizeof disciplines / sizeof disciplines[0] };

/* --- set-up ----------------------------------------------------------------------------------------------------
 */

static void execute(PGconn *pg, const char *sql)
{
    PGresult *result = PQexec(pg, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail("set-up", PQerrorMessage(pg));
    PQclear(result);
}

/* The tables that the generated code was made for. */
static void create_tables(PGconn *pg)
{
    static char sql[16 * 1024];
    FILE *file = fopen(BENCH_SCHEMA, "r");
    size_t len = file != NULL ? fread(sql, 1, sizeof sql - 1, file) : 0;
    if (len == 0 || len == sizeof sql - 1)
        fail("cannot read", BENCH_SCHEMA);
    fclose(file);
    execute(pg, sql);
}

static void set_up(Bench *bench)
{
    char sql[1024];
    bench->pg = PQconnectdb("");
    if (PQstatus(bench->pg) != CONNECTION_OK)
        fail("no server (run by scripts/pg-cluster with ...)", PQerrorMessage(bench->pg));
    create_tables(bench->pg);
    snprintf(sql, sizeof sql,
             "INSERT INTO item SELECT i, 'item number ' || i,"
             " timestamptz '2024-01-01 00:00:00+00' + i * interval '1 second',"
             " i / 7.0::float8, i %% 3 = 0 FROM generate_series(1, %d) AS i;"
             "INSERT INTO wide SELECT i, repeat(md5(i::text), 40) FROM generate_series(1, %d) AS i",
             ROWS, WIDE_ROWS);
    execute(bench->pg, sql);
    execute(bench->pg, "VACUUM ANALYZE");
    if (querc_open("", NULL, &bench->db) != QUERC_OK)
        fail("runtime", querc_last_error(bench->db)->message);
    hand_prepare(bench);
    runtime_prepare(bench);
#ifdef HAVE_PQTYPES
    pqtypes_prepare(bench);
#endif
#ifdef HAVE_ECPG
    ecpg_prepare(bench);
#endif
}

/* --- comparing -------------------------------------------------------------------------------------------------
 */

static double now_ms(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times, int rounds)
{
    qsort(times, (size_t)rounds, sizeof *times, compare_doubles);
    return times[rounds / 2];
}

static void compare(Bench *bench, const Discipline *discipline, int rounds)
{
    static double wall[MAX_CONTESTANTS][MAX_ROUNDS];
    static double processor[MAX_CONTESTANTS][MAX_ROUNDS];
    const Contestant *contestants = discipline->contestants;
    int count = 0;
    rounds = rounds * discipline->rounds / 100;
    rounds = rounds > 0 ? rounds : 1;
    while (count < MAX_CONTESTANTS && contestants[count].run != NULL)
        count++;
    for (int round = -1; round < rounds; round++) {
        for (int turn = 0; turn < count; turn++) {
            int i = (turn + round + 1) % count;
            double share = contestants[i].share > 0 ? contestants[i].share : 1;
            double wall_start = now_ms(CLOCK_MONOTONIC);
            double processor_start = now_ms(CLOCK_PROCESS_CPUTIME_ID);
            contestants[i].run(bench);
            if (round < 0)
                continue; /* to warm up */
            processor[i][round] = (now_ms(CLOCK_PROCESS_CPUTIME_ID) - processor_start) / share;
            wall[i][round] = (now_ms(CLOCK_MONOTONIC) - wall_start) / share;
        }
        execute(bench->pg, "TRUNCATE sink");
    }
    printf("\n%s\n", discipline->name);
    double first_wall = median(wall[0], rounds);
    double first_processor = median(processor[0], rounds);
    for (int i = 0; i < count; i++) {
        double its_wall = median(wall[i], rounds);
        double its_processor = median(processor[i], rounds);
        printf("  %-28s %10.2f %8.3f   %10.2f %8.3f\n", contestants[i].name, its_wall, its_wall / first_wall,
               its_processor, its_processor / first_processor);
    }
    fflush(stdout);
}

static int run_alone(Bench *bench, const char *name, int times)
{
    for (int i = 0; i < DISCIPLINES; i++)
        for (int j = 0; j < MAX_CONTESTANTS && disciplines[i].contestants[j].run != NULL; j++) {
            const Contestant *contestant = &disciplines[i].contestants[j];
            if (strcmp(contestant->name, name) != 0)
                continue;
            for (int k = 0; k < times; k++)
                contestant->run(bench);
            double share = contestant->share > 0 ? contestant->share : 1;
            printf("%.0f\n", disciplines[i].count * share);
            return 0;
        }
    fprintf(stderr, "there is no contestant %s\n", name);
    return 1;
}

int main(int argc, char **argv)
{
    Bench bench = {.pg = NULL};
    set_up(&bench);
    if (argc == 4 && strcmp(argv[1], "run") == 0)
        return run_alone(&bench, argv[2], (int)strtol(argv[3], NULL, 10));
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 20;
    if (rounds < 1 || rounds > MAX_ROUNDS)
        fail("usage", "runtime_bench [ROUNDS] | run NAME TIMES");
    printf("%-30s %10s %8s   %10s %8s\n", "medians, milliseconds", "wall", "ratio", "processor", "ratio");
    for (int i = 0; i < DISCIPLINES; i++)
        compare(&bench, &disciplines[i], rounds);
    querc_pool_close(bench.pool);
    querc_close(bench.db);
    PQfinish(bench.pg);
    return checksum > 0 ? 0 : 1;
}
