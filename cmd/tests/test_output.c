/* Generated files on disk, and diffs. */
#include "cmd/diff.h"
#include "cmd/output.h"

#include "base/strbuf.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "/* " OUTPUT_MARK ". */\n"

static Arena *arena;
static Diags diags;
static OutputFiles files;
static const char *dir;

static void set_up(void)
{
    arena = arena_new();
    diags = diags_make(arena);
    files = (OutputFiles){0};
    char *name = arena_strdup(arena, "/tmp/querc-output.XXXXXX");
    dir = mkdtemp(name);
    ck_assert_ptr_nonnull(dir);
}

static void tear_down(void)
{
    ck_assert_int_eq(system(arena_printf(arena, "rm -rf %s", dir)), 0);
    arena_free(arena);
}

static const char *in_dir(const char *name)
{
    return arena_printf(arena, "%s/%s", dir, name);
}

static void add(const char *name, const char *text)
{
    output_add(arena, &files, (OutputFile){.path = in_dir(name), .text = text, .len = strlen(text)}, &diags);
}

static const char *content(const char *name)
{
    SourceFile *file = source_read_file(arena, in_dir(name));
    return file ? file->text : NULL;
}

/* How many entries the folder has, hidden ones included. */
static int count_entries(void)
{
    FILE *list = popen(arena_printf(arena, "ls -A %s | wc -l", dir), "r");
    int n = -1;
    ck_assert_int_eq(fscanf(list, "%d", &n), 1);
    pclose(list);
    return n;
}

START_TEST(writes_files_and_folders)
{
    size_t written;
    add("a/b/x.c", MARK "x");
    add("y.c", MARK "y");
    ck_assert(output_write(arena, &files, &diags, &written));
    ck_assert_uint_eq(written, 2);
    ck_assert_str_eq(content("a/b/x.c"), MARK "x");
    ck_assert_str_eq(content("y.c"), MARK "y");
    ck_assert_int_eq(count_entries(), 2);
}
END_TEST

START_TEST(leaves_what_is_up_to_date)
{
    size_t written;
    add("x.c", MARK "x");
    ck_assert(output_write(arena, &files, &diags, &written));
    struct timespec past[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    ck_assert_int_eq(utimensat(AT_FDCWD, in_dir("x.c"), past, 0), 0);
    ck_assert(output_write(arena, &files, &diags, &written));
    ck_assert_uint_eq(written, 0);
    struct stat status;
    ck_assert_int_eq(stat(in_dir("x.c"), &status), 0);
    ck_assert_int_eq(status.st_mtim.tv_sec, 1000);
}
END_TEST

START_TEST(writes_all_or_nothing)
{
    size_t written;
    ck_assert_int_eq(mkdir(in_dir("taken.c"), 0777), 0);
    add("new/a.c", MARK);
    add("taken.c", MARK);
    ck_assert(!output_write(arena, &files, &diags, &written));
    ck_assert_uint_eq(diags.nerrors, 1);
    ck_assert_str_eq(diags.first->message,
                     arena_printf(arena, "cannot read \"%s\": Is a directory", in_dir("taken.c")));
    ck_assert_int_eq(count_entries(), 1);
}
END_TEST

START_TEST(a_file_is_no_folder)
{
    size_t written;
    add("x.c", MARK);
    ck_assert(output_write(arena, &files, &diags, &written));
    add("x.c/y.c", MARK);
    ck_assert(!output_write(arena, &files, &diags, &written));
    ck_assert_ptr_nonnull(strstr(diags.first->message, "Not a directory"));
    ck_assert_int_eq(count_entries(), 1);
}
END_TEST

START_TEST(spares_what_others_wrote)
{
    size_t written;
    FILE *file = fopen(in_dir("models.c"), "w");
    fputs("int main(void);\n/* " OUTPUT_MARK " */\n", file);
    fclose(file);
    add("models.c", MARK);
    ck_assert(!output_write(arena, &files, &diags, &written));
    ck_assert_ptr_nonnull(strstr(diags.first->message, "exists and was not written by querc"));
    ck_assert_str_eq(diags.first->code, "output");
}
END_TEST

START_TEST(one_path_has_one_source)
{
    add("x.c", MARK);
    add("x.c", MARK);
    ck_assert_uint_eq(files.len, 1);
    ck_assert_uint_eq(diags.nerrors, 1);
}
END_TEST

START_TEST(depfiles_are_makes)
{
    const char *sources[] = {"a b.sql", "c#$.sql"};
    add("x.c", "");
    ck_assert(output_write_depfile(arena, in_dir("x.d"), &files, sources, 2, &diags));
    ck_assert_str_eq(content("x.d"), arena_printf(arena, "%s: \\\n a\\ b.sql \\\n c\\#$$.sql\n", in_dir("x.c")));
}
END_TEST

static const struct {
    const char *base, *path, *result;
} paths[] = {
    {"", "gen", "gen/"},     {"", "./a//b/", "a/b/"},  {"", "a/../b", "b/"},
    {"", ".", ""},           {"", "..", NULL},         {"", "a/../../b", NULL},
    {"p/", "gen", "p/gen/"}, {"p/", "../gen", NULL},   {"/p/", "/p/gen", "/p/gen/"},
    {"/p/", "/q/gen", NULL}, {"/p/", "/pq/gen", NULL}, {"", "/nowhere/gen", NULL},
    {"", "..a", "..a/"},     {"", "a/..", ""},
};

START_TEST(paths_stay_inside)
{
    const char *result = output_path_inside(arena, paths[_i].base, paths[_i].path);
    if (paths[_i].result) {
        ck_assert_ptr_nonnull(result);
        ck_assert_str_eq(result, paths[_i].result);
    } else {
        ck_assert_ptr_null(result);
    }
}
END_TEST

static const char *diff(const char *old, const char *new)
{
    StrBuf out;
    strbuf_init(&out);
    diff_unified(arena, &out, &(DiffSide){"old", old, strlen(old)}, &(DiffSide){"new", new, strlen(new)});
    const char *text = arena_strdup(arena, out.text);
    strbuf_release(&out);
    return text;
}

START_TEST(diffs)
{
    ck_assert_str_eq(diff("a\nb\n", "a\nb\n"), "");
    ck_assert_str_eq(diff("", "a\n"), "--- old\n+++ new\n@@ -0,0 +1,1 @@\n+a\n");
    ck_assert_str_eq(diff("a\n", ""), "--- old\n+++ new\n@@ -1,1 +0,0 @@\n-a\n");
    ck_assert_str_eq(diff("a\nb\nc\n", "a\nx\nc\n"), "--- old\n+++ new\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
    ck_assert_str_eq(diff("a", "a\n"), "--- old\n+++ new\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
    ck_assert_str_eq(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "1\n2\n3\nx\n5\n6\n7\n8\n9\n10\n11\ny\n"),
                     "--- old\n+++ new\n@@ -1,7 +1,7 @@\n 1\n 2\n 3\n-4\n+x\n 5\n 6\n 7\n"
                     "@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+y\n");
}
END_TEST

/* patch(1)'s view of random texts, when there is one. */
START_TEST(diffs_can_be_applied)
{
    if (system("command -v patch >/dev/null 2>&1") != 0)
        return;
    srand(42);
    for (int round = 0; round < 50; round++) {
        StrBuf old, new;
        strbuf_init(&old);
        strbuf_init(&new);
        for (int i = 0; i < 40; i++) {
            if (rand() % 4)
                strbuf_printf(&old, "%d\n", rand() % 5);
            if (rand() % 4)
                strbuf_printf(&new, "%d\n", rand() % 5);
        }
        FILE *file = fopen(in_dir("old"), "w");
        fputs(old.text, file);
        fclose(file);
        FILE *pipe = popen(arena_printf(arena, "cd %s && patch -s -p0", dir), "w");
        StrBuf out;
        strbuf_init(&out);
        diff_unified(arena, &out, &(DiffSide){"old", old.text, old.len}, &(DiffSide){"old", new.text, new.len});
        fputs(out.text, pipe);
        ck_assert_int_eq(pclose(pipe), 0);
        ck_assert_str_eq(content("old") ? content("old") : "", new.text);
        strbuf_release(&old);
        strbuf_release(&new);
        strbuf_release(&out);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("output");
    TCase *tests = tcase_create("output");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, writes_files_and_folders);
    tcase_add_test(tests, leaves_what_is_up_to_date);
    tcase_add_test(tests, writes_all_or_nothing);
    tcase_add_test(tests, a_file_is_no_folder);
    tcase_add_test(tests, spares_what_others_wrote);
    tcase_add_test(tests, one_path_has_one_source);
    tcase_add_test(tests, depfiles_are_makes);
    tcase_add_loop_test(tests, paths_stay_inside, 0, sizeof paths / sizeof *paths);
    tcase_add_test(tests, diffs);
    tcase_add_test(tests, diffs_can_be_applied);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
