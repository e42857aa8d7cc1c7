/* Golden tests: what is read from NAME.sql must be what NAME.expected says.
 *
 *     QUERC_RENEW=1 ctest -R source_golden
 *
 * writes the .expected files anew; look at the difference before committing it. */
#include "dump.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLDEN QUERC_SOURCE_DIR "/parser/source/tests/golden"

static void dump_schema(StrBuf *out, const SchemaFile *schema)
{
    static const char *const formats[] = {"plain",       "goose",           "dbmate",  "tern",
                                          "sql-migrate", "node-pg-migrate", "mybatis", "rambler"};
    strbuf_printf(out, "%s\n", formats[schema->format]);
    if (schema->up->len != schema->file->len)
        strbuf_add(out, "the text's length is not the file's\n");
    for (uint32_t line = 1, start = 0; start < schema->up->len; line++) {
        size_t len = strcspn(schema->up->text + start, "\n"), shown = len;
        while (shown > 0 && strchr(" \r", schema->up->text[start + shown - 1]))
            shown--;
        if (shown > 0)
            strbuf_printf(out, "%3u| %.*s\n", line, (int)shown, schema->up->text + start);
        start += (uint32_t)len + 1;
    }
}

static char *picture(const char *kind, SourceFile *file)
{
    Arena *arena = arena_new();
    Diags diags = diags_make(arena);
    StrBuf out;
    strbuf_init(&out);
    if (strcmp(kind, "queries") == 0) {
        QueryFile queries = {0};
        bool good = queries_read(arena, file, &diags, &queries);
        good &= queries_check_loose(&queries, false, &diags);
        dump_queries(&out, arena, &queries);
        if (good != (diags.nerrors == 0))
            strbuf_add(&out, "the result contradicts the diagnostics\n");
    } else if (strcmp(kind, "schema") == 0) {
        SchemaFile schema = schema_file(arena, file, &diags);
        dump_schema(&out, &schema);
    } else {
        Script script = {0};
        script_split(arena, file, &script);
        dump_script(&out, arena, &script);
    }
    dump_diags(&out, arena, &diags);
    char *text = strdup(out.text);
    strbuf_release(&out);
    arena_free(arena);
    return text;
}

static void check_case(const char *kind, const char *path)
{
    Arena *arena = arena_new();
    SourceFile *file = source_read_file(arena, path);
    ck_assert_ptr_nonnull(file);
    char *got = picture(kind, file);
    char *expected_path = arena_printf(arena, "%.*s.expected", (int)strlen(path) - 4, path);
    if (getenv("QUERC_RENEW")) {
        FILE *stream = fopen(expected_path, "w");
        ck_assert_ptr_nonnull(stream);
        fputs(got, stream);
        ck_assert_int_eq(fclose(stream), 0);
    } else {
        SourceFile *expected = source_read_file(arena, expected_path);
        ck_assert_msg(expected != NULL, "%s is missing", expected_path);
        ck_assert_msg(strcmp(got, expected->text) == 0, "%s differs. Got:\n%s", expected_path, got);
    }
    free(got);
    arena_free(arena);
}

static void check_folder(const char *kind)
{
    Arena *arena = arena_new();
    const char *folder = arena_printf(arena, "%s/%s", GOLDEN, kind);
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    size_t cases = 0;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        size_t len = strlen(entry->d_name);
        if (len < 5 || strcmp(entry->d_name + len - 4, ".sql") != 0)
            continue;
        check_case(kind, arena_printf(arena, "%s/%s", folder, entry->d_name));
        cases++;
    }
    closedir(dir);
    ck_assert_uint_gt(cases, 0);
    arena_free(arena);
}

START_TEST(test_queries)
{
    check_folder("queries");
}
END_TEST

START_TEST(test_schema)
{
    check_folder("schema");
}
END_TEST

START_TEST(test_script)
{
    check_folder("script");
}
END_TEST

/* source_golden KIND FILE shows the picture of one file. */
static int show(const char *kind, const char *path)
{
    Arena *arena = arena_new();
    SourceFile *file = source_read_file(arena, path);
    if (!file) {
        perror(path);
        return 2;
    }
    char *text = picture(kind, file);
    fputs(text, stdout);
    free(text);
    arena_free(arena);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return show(argv[1], argv[2]);
    Suite *suite = suite_create("source_golden");
    TCase *tcase = tcase_create("golden");
    tcase_add_test(tcase, test_queries);
    tcase_add_test(tcase, test_schema);
    tcase_add_test(tcase, test_script);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
