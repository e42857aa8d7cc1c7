/* Generated code is clean under every compiler there is: sources as C99, headers alone as C99 and C++17, with the
 * warnings the design names, all of them errors. */
#include "support.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WARNINGS "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only"

typedef struct Compiler {
    const char *program, *flags, *header_flags;
} Compiler;

static const Compiler compilers[] = {
    {"gcc", "-std=c99 " WARNINGS, "-std=c99 -x c " WARNINGS},
    {"clang", "-std=c99 " WARNINGS, "-std=c99 -x c " WARNINGS},
    {"g++", NULL, "-std=c++17 -x c++ " WARNINGS},
    {"clang++", NULL, "-std=c++17 -x c++ " WARNINGS},
};

typedef const IrProject *(*Project)(Arena *arena);
static const Project projects[] = {books_project, names_project};
static const char *const prefixes[] = {"", "lib", "X_"};
static const size_t limits[] = {0, 4, 100};

static bool is_installed(Arena *arena, const char *program)
{
    return system(arena_printf(arena, "command -v '%s' >/dev/null 2>&1", program)) == 0;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* A header is included by a file of its own, as -x with a header as the main file has warnings of its own. */
static void compile(Arena *arena, const char *dir, const Compiler *compiler, const char *name)
{
    bool is_header = strstr(name, ".h") != NULL && strcmp(strstr(name, ".h"), ".h") == 0;
    const char *flags = is_header ? compiler->header_flags : compiler->flags;
    if (flags == NULL)
        return;
    const char *source = arena_printf(arena, "%s/%s", dir, name);
    if (is_header) {
        source = arena_printf(arena, "%s/include", dir);
        write_file(source, arena_printf(arena, "#include \"%s\"\n#include \"%s\"\n", name, name));
    }
    const char *command =
        arena_printf(arena, "cd '%s' && %s %s -I'%s' -I'%s/runtime' -I'%s/runtime/json' '%s'", dir,
                     compiler->program, flags, dir, QUERC_SOURCE_DIR, QUERC_SOURCE_DIR, source);
    ck_assert_msg(system(command) == 0, "%s fails", command);
}

static void compile_all(Arena *arena, const CodegenOutput *output)
{
    char dir[] = "/tmp/querc-codegen-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(dir));
    for (size_t i = 0; i < output->nfiles; i++)
        write_file(arena_printf(arena, "%s/%s", dir, output->files[i].name), output->files[i].text);
    for (size_t c = 0; c < sizeof compilers / sizeof compilers[0]; c++)
        for (size_t i = 0; is_installed(arena, compilers[c].program) && i < output->nfiles; i++)
            compile(arena, dir, &compilers[c], output->files[i].name);
    ck_assert_int_eq(system(arena_printf(arena, "rm -r '%s'", dir)), 0);
}

START_TEST(compiles)
{
    enum { NPROJECTS = sizeof projects / sizeof projects[0] };
    Arena *arena = arena_new();
    CodegenOptions options = codegen_default_options();
    options.prefix = prefixes[_i / NPROJECTS];
    options.query_parameter_limit = limits[_i / NPROJECTS];
    options.omit_unused_structs = _i / NPROJECTS == 1;
    options.emit_json = _i / NPROJECTS > 0;
    options.key_style = _i / NPROJECTS == 1 ? KEY_STYLE_NONE : KEY_STYLE_PASCAL;
    CodegenOutput output = generate(arena, projects[_i % NPROJECTS](arena), &options);
    compile_all(arena, &output);
    arena_free(arena);
}
END_TEST

/* A project without anything is still C. */
START_TEST(empty_compiles)
{
    Arena *arena = arena_new();
    CodegenOptions options = codegen_default_options();
    Builder b = {.arena = arena};
    build_file(&b, "none.sql");
    CodegenOutput output = generate(arena, build_project(&b), &options);
    ck_assert_uint_eq(output.nfiles, 4);
    compile_all(arena, &output);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compile");
    TCase *tests = tcase_create("compile");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, compiles, 0, 3 * (int)(sizeof projects / sizeof projects[0]));
    tcase_add_test(tests, empty_compiles);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
