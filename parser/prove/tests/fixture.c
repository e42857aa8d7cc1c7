#include "fixture.h"

#include <check.h>
#include <string.h>

static SqlText *text_of(Arena *arena, const char *text)
{
    return sqltext_of_file(arena, source_from_text(arena, "test.sql", text, strlen(text)));
}

void set_up(Fixture *fixture, const char *schema)
{
    *fixture = (Fixture){.arena = arena_new(), .command = IR_MANY};
    fixture->diags = diags_make(fixture->arena);
    fixture->session = ddl_session_new(catalog_new(fixture->arena));
    SqlText *sql = text_of(fixture->arena, schema);
    AstStatements statements = ast_parse(fixture->arena, sql, &fixture->diags);
    for (size_t i = 0; i < statements.len; i++)
        ddl_apply(fixture->session, &statements.items[i], sql, &fixture->diags);
    ck_assert_msg(!fixture->diags.nerrors, "%s", fixture->diags.first ? fixture->diags.first->message : "");
}

IrQuery prove_text(Fixture *fixture, const char *text, bool *good)
{
    Arena *arena = fixture->arena;
    Catalog *catalog = ddl_session_catalog(fixture->session);
    SqlText *sql = text_of(arena, text);
    AstStatements statements = ast_parse(arena, sql, &fixture->diags);
    ck_assert_msg(statements.len == 1, "%s", text);
    AnalyzeContext context = {catalog, arena, &fixture->diags, sql};
    ParamTypes types = {.variable = true};
    StarList stars = {0};
    Query *tree = analyze_statement_stars(&context, statements.items[0].node, &types, &stars);
    ck_assert_msg(tree != NULL, "%s: %s", text, fixture->diags.last ? fixture->diags.last->message : "no tree");
    ProveProject *project = prove_project_new(arena, catalog, &fixture->diags);
    prove_project_set_options(project, fixture->options);
    ProveInput input = {.scratch = arena,
                        .name = "Q",
                        .command = fixture->command,
                        .file = "test.sql",
                        .sql = sql,
                        .tree = tree,
                        .param_types = types.types,
                        .nparam_types = types.len,
                        .columns = fixture->said,
                        .ncolumns = fixture->nsaid,
                        .stars = stars.items,
                        .nstars = stars.len};
    IrQuery query = {0};
    *good = prove_query(project, &input, &query);
    return query;
}

IrQuery prove(Fixture *fixture, const char *text)
{
    bool good;
    return prove_text(fixture, text, &good);
}

const char *verdicts(const Fixture *fixture, const IrQuery *query)
{
    static const char rows[] = {[IR_ROWS_MANY] = '*', [IR_ROWS_AT_MOST_ONE] = '0', [IR_ROWS_EXACTLY_ONE] = '1'};
    char *found = arena_alloc(fixture->arena, query->ncolumns + 2);
    for (size_t i = 0; i < query->ncolumns; i++)
        found[i] = query->columns[i].nullable ? '?' : 'n';
    found[query->ncolumns] = rows[query->cardinality];
    found[query->ncolumns + 1] = '\0';
    return found;
}

void check_case(const char *schema, const Case *wanted)
{
    Fixture fixture;
    set_up(&fixture, schema);
    IrQuery query = prove(&fixture, wanted->sql);
    const char *found = verdicts(&fixture, &query);
    ck_assert_msg(strcmp(found, wanted->expected) == 0, "%s\n  expected %s, found %s", wanted->sql,
                  wanted->expected, found);
    arena_free(fixture.arena);
}
