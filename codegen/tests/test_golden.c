/* The generated text beside what is expected, and the same bytes again. QUERC_RENEW=1 in the environment writes the
 * expected files anew. */
#include "support.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Case {
    const char *name;
    const IrProject *(*project)(Arena *arena);
    const char *prefix;
    bool json; /* in camelCase */
} Case;

static const Case cases[] = {
    {"books", books_project, "lib", false},
    {"json", books_project, "lib", true},
    {"names", names_project, "", false},
};

static char *expected_path(Arena *arena, const Case *c, const char *file)
{
    return arena_printf(arena, "%s/codegen/tests/expected/%s/%s", QUERC_SOURCE_DIR, c->name, file);
}

static void renew(const char *path, const CodegenFile *file)
{
    FILE *out = fopen(path, "wb");
    ck_assert_msg(out != NULL, "can't write %s", path);
    ck_assert_uint_eq(fwrite(file->text, 1, file->len, out), file->len);
    ck_assert_int_eq(fclose(out), 0);
}

/* The first line that differs tells more than two whole files. */
static void assert_same_text(const char *name, const char *expected, const char *found)
{
    unsigned line = 1;
    while (*expected != '\0' && *found != '\0') {
        size_t a = strcspn(expected, "\n"), b = strcspn(found, "\n");
        if (a != b || strncmp(expected, found, a) != 0)
            ck_abort_msg("%s:%u: expected\n%.*s\nfound\n%.*s", name, line, (int)a, expected, (int)b, found);
        expected += a + (expected[a] != '\0');
        found += b + (found[b] != '\0');
        line++;
    }
    ck_assert_msg(*expected == *found, "%s has more or fewer than %u lines", name, line);
}

START_TEST(golden)
{
    const Case *c = &cases[_i];
    Arena *arena = arena_new();
    CodegenOptions options = codegen_default_options();
    options.prefix = c->prefix;
    options.emit_json = c->json;
    options.key_style = c->json ? KEY_STYLE_CAMEL : KEY_STYLE_NONE;
    options.uppercase_id_in_keys = c->json;
    CodegenOutput output = generate(arena, c->project(arena), &options);
    CodegenOutput again = generate(arena, c->project(arena), &options);
    ck_assert_uint_eq(output.nfiles, again.nfiles);
    for (size_t i = 0; i < output.nfiles; i++) {
        const CodegenFile *file = &output.files[i];
        const char *path = expected_path(arena, c, file->name);
        ck_assert_uint_eq(file->len, strlen(file->text));
        ck_assert_str_eq(file->text, again.files[i].text);
        if (getenv("QUERC_RENEW") != NULL)
            renew(path, file);
        SourceFile *expected = source_read_file(arena, path);
        ck_assert_msg(expected != NULL, "%s is missing: make it with QUERC_RENEW=1", path);
        assert_same_text(path, expected->text, file->text);
    }
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("golden");
    TCase *tests = tcase_create("golden");
    tcase_add_loop_test(tests, golden, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
