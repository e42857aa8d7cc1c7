/* Whole statements over the built-in catalog, against queries.txt, whose answers a server gave (live_queries.c).
 * UPDATE_GOLDEN=1 writes querc's own answers into the file. */
#include "analyze/analyze.h"
#include "base/stack.h"
#include "cases.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char path[] = QUERC_SOURCE_DIR "/parser/analyze/tests/queries.txt";

static void add_type(StrBuf *answer, const Catalog *catalog, Oid oid)
{
    const Type *type = catalog_type(catalog, oid);
    ck_assert_ptr_nonnull(type);
    strbuf_printf(answer, "%s.%s", catalog_schema(catalog, type->schema)->name, type->name);
}

static void add_columns(StrBuf *answer, const Catalog *catalog, const TargetList *targets)
{
    for (size_t i = 0; i < targets->len; i++) {
        const TargetEntry *entry = targets->items[i];
        if (entry->junk)
            continue;
        strbuf_printf(answer, "%s ", entry->name);
        /* The protocol tells a domain's base type. */
        add_type(answer, catalog, type_base(catalog, entry->expr->type));
        const Relation *origin = entry->origin_table ? catalog_relation(catalog, entry->origin_table) : NULL;
        const Column *column = origin ? catalog_column(origin, entry->origin_column) : NULL;
        if (column)
            strbuf_printf(answer, " %s.%s", origin->name, column->name);
        strbuf_add_char(answer, '\n');
    }
}

static void add_query(StrBuf *answer, const Catalog *catalog, const Query *query, const ParamTypes *params)
{
    strbuf_add(answer, "OK (");
    for (size_t i = 0; i < params->len; i++) {
        strbuf_add(answer, i ? ", " : "");
        add_type(answer, catalog, params->types[i]);
    }
    strbuf_add(answer, ")\n");
    add_columns(answer, catalog, query->command == COMMAND_SELECT ? &query->targets : &query->returning);
}

/* The hint that the server would give: "did you mean" is querc's own, where PostgreSQL has none. */
static const char *server_hint(const Diag *diag)
{
    return diag->hint && strncmp(diag->hint, "did you mean", 12) == 0 ? NULL : diag->hint;
}

static void answer_statement(const Catalog *catalog, const char *statement, StrBuf *answer)
{
    Arena *arena = arena_new();
    Diags diags = diags_make(arena);
    SqlText *sql = sqltext_of_file(arena, source_from_text(arena, "t.sql", statement, strlen(statement)));
    AnalyzeContext context = {catalog, arena, &diags, sql};
    ParamTypes params = {.variable = true};
    const AstNode *node = ast_parse_one(arena, sql, &diags);
    Query *query = node ? analyze_statement(&context, node, &params) : NULL;
    if (query && !analyze_check_params(&context, &params))
        query = NULL;
    ck_assert_msg(diags.nerrors == (query ? 0 : 1), "%s: %zu errors", statement, diags.nerrors);
    if (query) {
        add_query(answer, catalog, query, &params);
    } else {
        const Diag *diag = diags.first;
        long position = diag->span.file ? (long)diag->span.start + 1 : 0;
        answer_error(answer, diag->code, position, diag->message, diag->detail, server_hint(diag));
    }
    arena_free(arena);
}

static void answer_all(void *context)
{
    Cases *cases = context;
    Arena *arena = arena_new();
    const Catalog *catalog = catalog_new(arena);
    bool renew = getenv("UPDATE_GOLDEN") && strcmp(getenv("UPDATE_GOLDEN"), "1") == 0;
    for (size_t i = 0; i < cases->len; i++) {
        Case *asked = &cases->items[i];
        StrBuf answer;
        strbuf_init(&answer);
        answer_statement(catalog, asked->statement, &answer);
        if (renew)
            asked->answer = arena_strdup(arena, answer.text);
        else
            ck_assert_msg(strcmp(answer.text, asked->answer) == 0, "%s\nexpected:\n%sgot:\n%s", asked->statement,
                          asked->answer, answer.text);
        strbuf_release(&answer);
    }
    ck_assert(!renew || cases_write(cases, path));
    arena_free(arena);
}

START_TEST(test_cases)
{
    Arena *arena = arena_new();
    Cases cases = cases_read(arena, path);
    ck_assert_uint_gt(cases.len, 0);
    ck_assert(stack_run(STACK_FOR_TREES, answer_all, &cases));
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("queries");
    TCase *tcase = tcase_create("queries");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_cases);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
