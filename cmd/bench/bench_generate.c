/* How long `querc generate` takes from start to end, against the time libpg_query alone needs to parse the same
 * text:
 *
 *   bench_generate QUERC sqlc.yaml [ROUNDS]
 *
 * Both are the best of ROUNDS (default 20), in one run. Every round writes every file, to a folder of its own below
 * a temporary one that is removed in the end: a file system may be slow where files have just been removed. */
#include "cmd/config.h"
#include "source/queries.h"
#include "source/schema.h"

#include "base/vec.h"

#include <fcntl.h>
#include <pg_query.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct Texts {
    const SqlText **items;
    size_t len, cap;
    size_t bytes;
} Texts;

static void add(Arena *arena, Texts *texts, const SqlText *text)
{
    vec_push(arena, texts, text);
    texts->bytes += text->len;
}

/* What querc gives to the parser: each migration's way up, each query. */
static bool collect(Arena *arena, const Config *config, Diags *diags, Texts *texts)
{
    for (size_t i = 0; i < config->sets.len; i++) {
        const ConfigSet *set = &config->sets.items[i];
        SchemaFiles schema = {0};
        SourceFiles sources = {0};
        if (!schema_read(arena, set->schema.items, set->schema.len, diags, &schema) ||
            !paths_read(arena, set->queries.items, set->queries.len, diags, &sources))
            return false;
        for (size_t j = 0; j < schema.len; j++)
            add(arena, texts, schema.items[j].up);
        for (size_t j = 0; j < sources.len; j++) {
            QueryFile file = {0};
            queries_read(arena, sources.items[j], diags, &file);
            for (size_t k = 0; k < file.len; k++)
                add(arena, texts, file.items[k].sql);
        }
    }
    return true;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double time_parser(const Texts *texts)
{
    double start = now();
    for (size_t i = 0; i < texts->len; i++)
        pg_query_free_protobuf_parse_result(pg_query_parse_protobuf(texts->items[i]->text));
    return now() - start;
}

static bool run(char *const *command)
{
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        if (null >= 0)
            dup2(null, STDERR_FILENO);
        execvp(command[0], command);
        _exit(127);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static double time_querc(char *querc, char *config, char *folder, bool *good)
{
    char *const generate[] = {querc, "generate", "-f", config, "--output-dir", folder, NULL};
    double start = now();
    *good &= run(generate);
    return now() - start;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: bench_generate QUERC sqlc.yaml [ROUNDS]\n", stderr);
        return 2;
    }
    Arena *arena = arena_new();
    Diags diags = diags_make(arena);
    Config *config = config_read(arena, argv[2], &diags);
    Texts texts = {0};
    if (!config || !collect(arena, config, &diags, &texts)) {
        fprintf(stderr, "%s\n", diags.first->message);
        return 2;
    }
    const char *tmp = getenv("TMPDIR");
    char *folder = mkdtemp(arena_printf(arena, "%s/querc-bench.XXXXXX", tmp ? tmp : "/tmp"));
    if (!folder)
        return 2;
    int rounds = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 20;
    double parser = 1e9, querc = 1e9;
    bool good = true;
    for (int i = 0; i < rounds; i++) {
        double time = time_parser(&texts);
        parser = time < parser ? time : parser;
        time = time_querc(argv[1], argv[2], arena_printf(arena, "%s/%d", folder, i), &good);
        querc = time < querc ? time : querc;
    }
    char *const clean[] = {"rm", "-rf", folder, NULL};
    good &= run(clean);
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%zu texts, %zu bytes\nlibpg_query parse  %8.2f ms\nquerc generate     %8.2f ms  %.2f times\n"
           "peak memory of querc %ld kB\n",
           texts.len, texts.bytes, parser, querc, querc / parser, usage.ru_maxrss);
    arena_free(arena);
    return good ? 0 : 1;
}
