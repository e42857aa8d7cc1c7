/* Every case of cases/ applied to an empty catalog gives the verdicts and the catalog that NAME.expected holds.
 *
 *     QUERC_RENEW=1 ctest -R ddl_test_golden
 *
 * writes the .expected files anew; ddl_live then says whether a server agrees. */
#include "dump.h"
#include "golden.h"

#include "ddl/ddl.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static CaseNames names;

static void apply(StrBuf *out, DdlSession *session, Arena *arena, const ScriptStatement *statement)
{
    Diags diags = diags_make(arena);
    AstStatements parsed = ast_parse(arena, statement->sql, &diags);
    for (size_t i = 0; i < parsed.len; i++)
        ddl_apply(session, &parsed.items[i], statement->sql, &diags);
    const Diag *error = diags.first;
    while (error && error->severity != DIAG_ERROR)
        error = error->next;
    case_verdict(out, statement->line, error ? error->code : NULL, error ? error->message : NULL,
                 error ? error->detail : NULL, error ? error->hint : NULL);
}

static char *picture(const char *name)
{
    Arena *arena = arena_new();
    Catalog *catalog = catalog_new(arena);
    DdlSession *session = ddl_session_new(catalog);
    StrBuf out;
    strbuf_init(&out);
    Script script = case_script(arena, name);
    for (size_t i = 0; i < script.len; i++)
        apply(&out, session, arena, &script.items[i]);
    catalog_reset_search_path(catalog);
    strbuf_add(&out, "\n");
    dump_catalog(&out, arena, catalog);
    arena_free(arena);
    return out.text;
}

START_TEST(test_case)
{
    const char *name = names.items[_i];
    Arena *arena = arena_new();
    char *path = case_path(arena, name, "expected"), *got = picture(name);
    if (getenv("QUERC_RENEW")) {
        FILE *file = fopen(path, "w");
        ck_assert_ptr_nonnull(file);
        fputs(got, file);
        fclose(file);
    }
    SourceFile *expected = source_read_file(arena, path);
    ck_assert_msg(expected != NULL, "%s.expected cannot be read", name);
    ck_assert(case_same(name, expected->text, got));
    free(got);
    arena_free(arena);
}
END_TEST

int main(void)
{
    names = case_names();
    Suite *suite = suite_create("ddl");
    TCase *tcase = tcase_create("golden");
    tcase_add_loop_test(tcase, test_case, 0, (int)names.len);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    bool failed = srunner_ntests_failed(runner) > 0 || names.len == 0;
    srunner_free(runner);
    case_names_free(names);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
