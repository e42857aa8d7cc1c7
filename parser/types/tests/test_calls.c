/* Asks types/ every question of calls.txt, over the built-in catalog, and compares with the answers there. */
#include "cases.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line is a case, a tab and the answer. */
static bool line_holds(const Catalog *catalog, Arena *arena, char *line)
{
    Case asked;
    char *tab = strchr(line, '\t');
    if (!tab) {
        printf("no answer: %s\n", line);
        return false;
    }
    *tab = '\0';
    if (!case_parse(catalog, arena, line, &asked) || strcmp(case_format(catalog, arena, &asked), line) != 0) {
        printf("not a case: %s\n", line);
        return false;
    }
    const char *answer = case_answer(catalog, arena, &asked);
    if (strcmp(answer, tab + 1) == 0)
        return true;
    printf("%s => %s, not %s\n", line, tab + 1, answer);
    return false;
}

START_TEST(builtin_calls)
{
    enum { CASES_AT_LEAST = 700 };
    FILE *file = fopen(QUERC_SOURCE_DIR "/parser/types/tests/calls.txt", "r");
    char *line = NULL;
    size_t size = 0, held = 0, failed = 0;
    Arena *arena = arena_new(), *scratch = arena_new();
    Catalog *catalog = catalog_new(arena);
    ck_assert_ptr_nonnull(file);
    while (getline(&line, &size, file) >= 0) {
        line[strcspn(line, "\n")] = '\0';
        if (!*line || *line == '#')
            continue;
        if (line_holds(catalog, scratch, line))
            held++;
        else
            failed++;
        arena_clear(scratch);
    }
    free(line);
    fclose(file);
    arena_free(scratch);
    arena_free(arena);
    ck_assert_uint_eq(failed, 0);
    ck_assert_uint_ge(held, CASES_AT_LEAST);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("types: calls");
    TCase *calls = tcase_create("built-in calls");
    tcase_set_timeout(calls, 60);
    tcase_add_test(calls, builtin_calls);
    suite_add_tcase(suite, calls);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
