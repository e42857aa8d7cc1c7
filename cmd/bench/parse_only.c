/* How long libpg_query itself takes for a text: the least that any tool built on it must spend.
 *
 *     parse_only [-n RUNS] FILE...
 *
 * reads each file, has libpg_query parse it to protobuf and unpacks that, RUNS times (default 1), and prints the
 * milliseconds of the fastest run. Query files are cut at their annotations first and each query is parsed by
 * itself, as a compiler has to; sqlc's macros are parsed as the function calls they look like. */
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        perror(path);
        exit(2);
    }
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(2);
    }
    text[size] = '\0';
    fclose(file);
    return text;
}

static void parse(const char *text)
{
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(text);
    if (!result.error) {
        PgQuery__ParseResult *tree =
            pg_query__parse_result__unpack(NULL, result.parse_tree.len, (const uint8_t *)result.parse_tree.data);
        if (tree)
            pg_query__parse_result__free_unpacked(tree, NULL);
    }
    pg_query_free_protobuf_parse_result(result);
}

static void parse_pieces(char *text)
{
    char *start = text;
    for (char *next; (next = strstr(start + 1, "-- name:")); start = next) {
        char kept = *next;
        *next = '\0';
        parse(start);
        *next = kept;
    }
    parse(start);
}

int main(int argc, char **argv)
{
    int runs = 1, first = 1;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        runs = atoi(argv[2]);
        first = 3;
    }
    int nfiles = argc - first;
    if (nfiles < 1) {
        fprintf(stderr, "usage: parse_only [-n RUNS] FILE...\n");
        return 2;
    }
    char **texts = malloc((size_t)nfiles * sizeof *texts);
    if (!texts)
        return 2;
    double best = 0;
    for (int run = 0; run < runs; run++) {
        double start = now_ms();
        for (int i = 0; i < nfiles; i++) {
            texts[i] = read_file(argv[first + i]);
            parse_pieces(texts[i]);
            free(texts[i]);
        }
        double took = now_ms() - start;
        if (run == 0 || took < best)
            best = took;
    }
    free(texts);
    printf("%.2f\n", best);
    return 0;
}
