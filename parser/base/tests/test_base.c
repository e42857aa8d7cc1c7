/* Arenas give zeroed memory however often they are cleared; pipelines do everything once and in order. */
#include "base/arena.h"
#include "base/parallel.h"
#include "base/strbuf.h"

#include <check.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

/* ---- arenas ---- */

enum { LARGEST = 3000000 };

static void fill(Arena *arena, size_t size)
{
    static const unsigned char zeros[LARGEST];
    unsigned char *memory = arena_alloc(arena, size);
    if (memcmp(memory, zeros, size) != 0)
        ck_abort_msg("%zu bytes are not all zero", size);
    memset(memory, 0xAB, size);
}

START_TEST(arena_memory_is_zeroed)
{
    static const size_t sizes[] = {1, 15, 16, 17, 4000, 16 * 1024, 100000, 700000, LARGEST};
    Arena *arena = arena_new();
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int k = 0; k < 3; k++)
                fill(arena, sizes[i]);
        for (int k = 0; k < 40000; k++) /* through every size of chunk */
            fill(arena, 64);
        arena_clear(arena);
    }
    arena_free(arena);
}
END_TEST

START_TEST(copies_end_where_they_should)
{
    Arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        for (size_t len = 0; len < 600; len++) {
            char text[601];
            memset(text, 'x', len);
            text[len] = '\0';
            ck_assert_str_eq(arena_strdup(arena, text), text);
            ck_assert_str_eq(arena_printf(arena, "%s", text), text);
            StrBuf buf;
            strbuf_init(&buf);
            strbuf_printf(&buf, "%s|%s", text, text);
            strbuf_add_char(&buf, '.');
            ck_assert_uint_eq(buf.len, 2 * len + 2);
            ck_assert_uint_eq(strlen(buf.text), buf.len);
            strbuf_release(&buf);
        }
        arena_clear(arena);
    }
    arena_free(arena);
}
END_TEST

/* ---- pipelines ---- */

enum { MANY = 600 };

typedef struct Tally {
    size_t window, consumed;
    atomic_int produced[MANY];
    size_t slots[MANY]; /* index + 1 of what each slot holds */
    bool crowded;       /* produced too early, or into a slot in use */
} Tally;

static void produce(void *context, size_t worker, size_t index)
{
    Tally *tally = context;
    (void)worker;
    atomic_fetch_add(&tally->produced[index], 1);
    size_t *slot = &tally->slots[index % tally->window];
    if (*slot)
        tally->crowded = true;
    *slot = index + 1;
}

static void consume(void *context, size_t index)
{
    Tally *tally = context;
    ck_assert_uint_eq(index, tally->consumed);
    ck_assert_int_eq(atomic_load(&tally->produced[index]), 1);
    ck_assert_uint_eq(tally->slots[index % tally->window], index + 1);
    tally->slots[index % tally->window] = 0;
    tally->consumed++;
}

START_TEST(pipelines_consume_in_order)
{
    static const size_t windows[] = {1, 2, 7, MANY};
    for (size_t workers = 1; workers <= 8; workers *= 2)
        for (size_t i = 0; i < sizeof windows / sizeof *windows; i++)
            for (size_t n = 0; n <= MANY; n = n ? n * 24 : 1) {
                static Tally tally;
                memset(&tally, 0, sizeof tally);
                tally.window = windows[i];
                Pipeline pipeline = {&tally, produce, consume, tally.window};
                parallel_pipeline(n, workers, &pipeline);
                ck_assert_uint_eq(tally.consumed, n);
                ck_assert(!tally.crowded);
            }
}
END_TEST

static void count(void *context, size_t worker, size_t index)
{
    (void)worker;
    atomic_int *counts = context;
    atomic_fetch_add(&counts[index], 1);
}

START_TEST(runs_do_each_piece_once)
{
    for (size_t workers = 1; workers <= 8; workers++) {
        atomic_int counts[MANY] = {0};
        parallel_run(MANY, workers, count, counts);
        for (size_t i = 0; i < MANY; i++)
            ck_assert_int_eq(atomic_load(&counts[i]), 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base");
    TCase *tests = tcase_create("base");
    tcase_add_test(tests, arena_memory_is_zeroed);
    tcase_add_test(tests, copies_end_where_they_should);
    tcase_add_test(tests, pipelines_consume_in_order);
    tcase_add_test(tests, runs_do_each_piece_once);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
