/* What is refused after a statement was resolved: columns that take only DEFAULT, views that can't be changed
 * through, rules, and ON CONFLICT without a fitting index. The relations are made by hand: DDL is not this layer's.
 */
#include "analyze/analyze.h"
#include "catalog/builtin_oids.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static Catalog *catalog;
static Diags diags;

/* ---- making relations ---- */

static Column column(const char *name, int16_t number, Oid type)
{
    return (Column){.name = name, .number = number, .type = type, .typmod = -1, .is_local = true};
}

static Relation *put_relation(const char *name, char kind, const Column *columns, size_t n)
{
    Relation *relation = arena_new_of(arena, Relation);
    relation->oid = catalog_new_oid(catalog);
    relation->name = name;
    relation->schema = SCHEMA_PUBLIC;
    relation->kind = kind;
    relation->persistence = 'p';
    relation->columns = arena_memdup(arena, columns, n * sizeof *columns);
    relation->ncolumns = n;
    catalog_put_relation(catalog, relation);
    return relation;
}

static Query *analyze(const char *text)
{
    diags = diags_make(arena);
    SqlText *sql = sqltext_of_file(arena, source_from_text(arena, "t.sql", text, strlen(text)));
    AnalyzeContext context = {catalog, arena, &diags, sql};
    ParamTypes params = {.variable = true};
    const AstNode *node = ast_parse_one(arena, sql, &diags);
    ck_assert_ptr_nonnull(node);
    Query *query = analyze_statement(&context, node, &params);
    return query && analyze_check_params(&context, &params) && analyze_check_arbiters(&context, query) ? query
                                                                                                       : NULL;
}

static Relation *put_view(const char *name, const char *select)
{
    Query *query = analyze(select);
    ck_assert_ptr_nonnull(query);
    Column *columns = arena_array_of(arena, query->targets.len, Column);
    for (size_t i = 0; i < query->targets.len; i++) {
        const TargetEntry *entry = query->targets.items[i];
        columns[i] = column(entry->name, entry->number, entry->expr->type);
    }
    Relation *view = put_relation(name, RELKIND_VIEW, columns, query->targets.len);
    view->view = query;
    return view;
}

static Query *rule_action(const Relation *relation, const char *text)
{
    diags = diags_make(arena);
    SqlText *sql = sqltext_of_file(arena, source_from_text(arena, "rule.sql", text, strlen(text)));
    AnalyzeContext context = {catalog, arena, &diags, sql};
    return analyze_rule_action(&context, ast_parse_one(arena, sql, &diags), relation, true, true);
}

/* A rule ON INSERT, unconditional; actions NULL is NOTHING. */
static void put_rule(Relation *relation, bool instead, const char *action)
{
    Rule *rule = arena_new_of(arena, Rule);
    *rule = (Rule){.name = "rule", .event = '3', .instead = instead, .enabled = true};
    if (action) {
        Query **actions = arena_new_of(arena, Query *);
        actions[0] = rule_action(relation, action);
        ck_assert_ptr_nonnull(actions[0]);
        rule->actions = actions;
        rule->nactions = 1;
    }
    relation->rules = rule;
    relation->nrules = 1;
}

static void put_unique_index(Relation *table, const char *name, int16_t key, bool immediate)
{
    Index *index = arena_new_of(arena, Index);
    *index = (Index){.table = table->oid,
                     .access_method = AM_BTREE,
                     .is_unique = true,
                     .immediate = immediate,
                     .valid = true,
                     .nkeys = 1,
                     .ncolumns = 1,
                     .columns = arena_memdup(arena, &key, sizeof key)};
    Relation *relation = put_relation(name, RELKIND_INDEX, NULL, 0);
    relation->index = index;
    Oid *indexes = arena_array_of(arena, table->nindexes + 1, Oid);
    if (table->nindexes)
        memcpy(indexes, table->indexes, table->nindexes * sizeof *indexes);
    indexes[table->nindexes++] = relation->oid;
    table->indexes = indexes;
}

static void set_up(void)
{
    arena = arena_new();
    catalog = catalog_new(arena);
    Column columns[] = {column("id", 1, TYPE_INT4), column("name", 2, TYPE_TEXT), column("twice", 3, TYPE_INT4)};
    columns[0].identity = 'a';
    columns[2].generated = 's';
    Relation *table = put_relation("t", RELKIND_TABLE, columns, 3);
    put_unique_index(table, "t_id", 1, true);
    put_unique_index(table, "t_name", 2, false);
    put_relation("plain", RELKIND_TABLE, (Column[]){column("x", 1, TYPE_INT4)}, 1);
    put_relation("mat", RELKIND_MATVIEW, (Column[]){column("x", 1, TYPE_INT4)}, 1);
    put_view("simple", "SELECT id, name FROM t WHERE id > 0");
    put_view("nested", "SELECT name, id AS number, 1 AS one FROM simple");
    put_view("grouped", "SELECT id FROM t GROUP BY id");
    put_view("joined", "SELECT t.id FROM t, plain");
    Relation *nothing = put_view("nothing", "SELECT id FROM t LIMIT 1");
    put_rule(nothing, true, NULL);
    Relation *also = put_relation("also", RELKIND_TABLE, (Column[]){column("x", 1, TYPE_INT4)}, 1);
    put_rule(also, false, "INSERT INTO plain VALUES (new.x)");
    Relation *loop = put_relation("loop", RELKIND_TABLE, (Column[]){column("x", 1, TYPE_INT4)}, 1);
    put_rule(loop, false, "INSERT INTO loop VALUES (new.x + 1)");
}

static void tear_down(void)
{
    arena_free(arena);
}

/* ---- cases ---- */

typedef struct RefusalCase {
    const char *statement;
    const char *code; /* NULL: accepted */
    const char *message;
    int offset; /* of the place that is marked */
} RefusalCase;

static const RefusalCase cases[] = {
    /* columns that take only DEFAULT */
    {"INSERT INTO t (name) VALUES ('a')", NULL, NULL, 0},
    {"INSERT INTO t (id, name) VALUES (DEFAULT, 'a'), (DEFAULT, 'b')", NULL, NULL, 0},
    {"INSERT INTO t (id, name) VALUES (DEFAULT, 'a'), (1, 'b')", "428C9",
     "cannot insert a non-DEFAULT value into column \"id\"", 15},
    {"INSERT INTO t (id, name) VALUES ($1, 'a')", "428C9", "cannot insert a non-DEFAULT value into column \"id\"",
     15},
    {"INSERT INTO t (id, name) OVERRIDING SYSTEM VALUE VALUES ($1, 'a')", NULL, NULL, 0},
    {"INSERT INTO t (twice) OVERRIDING SYSTEM VALUE VALUES (1)", "428C9",
     "cannot insert a non-DEFAULT value into column \"twice\"", 15},
    {"UPDATE t SET id = DEFAULT, twice = DEFAULT", NULL, NULL, 0},
    {"UPDATE t SET id = 1", "428C9", "column \"id\" can only be updated to DEFAULT", 13},
    {"UPDATE t SET name = 'a', name = 'b'", "42601", "multiple assignments to same column \"name\"", 25},
    {"MERGE INTO t USING plain ON id = x WHEN MATCHED THEN UPDATE SET twice = 1", "428C9",
     "column \"twice\" can only be updated to DEFAULT", 64},
    /* views */
    {"INSERT INTO simple (name) VALUES ($1) RETURNING id", NULL, NULL, 0},
    {"INSERT INTO simple (id) VALUES (1)", "428C9", "cannot insert a non-DEFAULT value into column \"id\"", 20},
    {"UPDATE nested SET number = 1", "428C9", "column \"id\" can only be updated to DEFAULT", 18},
    {"UPDATE nested SET one = 1", "0A000", "cannot update column \"one\" of view \"nested\"", 18},
    {"DELETE FROM nested", NULL, NULL, 0},
    {"DELETE FROM grouped", "55000", "cannot delete from view \"grouped\"", 12},
    {"INSERT INTO joined VALUES (1)", "55000", "cannot insert into view \"joined\"", 12},
    /* rules */
    {"INSERT INTO nothing VALUES (1)", NULL, NULL, 0},
    {"INSERT INTO nothing VALUES (1) RETURNING id", "0A000",
     "cannot perform INSERT RETURNING on relation \"nothing\"", 12},
    {"UPDATE nothing SET id = 1", "55000", "cannot update view \"nothing\"", 7},
    {"INSERT INTO also VALUES (1) RETURNING x", NULL, NULL, 0},
    {"INSERT INTO also VALUES (1) ON CONFLICT DO NOTHING", "0A000",
     "INSERT with ON CONFLICT clause cannot be used with table that has INSERT or UPDATE rules", 12},
    {"WITH i AS (INSERT INTO also VALUES (1) RETURNING x) SELECT * FROM i", "0A000",
     "DO ALSO rules are not supported for data-modifying statements in WITH", 23},
    {"INSERT INTO loop VALUES (1)", "42P17", "infinite recursion detected in rules for relation \"loop\"", 12},
    /* when it would be planned or run */
    {"INSERT INTO t (name) VALUES ('a') ON CONFLICT (id) DO UPDATE SET name = excluded.name", NULL, NULL, 0},
    {"INSERT INTO t (name) VALUES ('a') ON CONFLICT (id, name) DO NOTHING", "42P10",
     "there is no unique or exclusion constraint matching the ON CONFLICT specification", 46},
    {"INSERT INTO t (name) VALUES ('a') ON CONFLICT (name) DO NOTHING", "55000",
     "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters", 46},
    {"INSERT INTO mat VALUES (1)", "42809", "cannot change materialized view \"mat\"", 12},
};

START_TEST(test_refusal)
{
    const RefusalCase *expected = &cases[_i];
    Query *query = analyze(expected->statement);
    if (!expected->code) {
        ck_assert_msg(query != NULL, "%s: %s", expected->statement, diags.first ? diags.first->message : "?");
        return;
    }
    ck_assert_msg(!query, "%s", expected->statement);
    ck_assert_uint_eq(diags.nerrors, 1);
    ck_assert_str_eq(diags.first->message, expected->message);
    ck_assert_str_eq(diags.first->code, expected->code);
    ck_assert_msg((int)diags.first->span.start == expected->offset, "%s: at %u", expected->statement,
                  diags.first->span.start);
}
END_TEST

START_TEST(test_rule_rows)
{
    const Relation *plain = catalog_find_relation(catalog, "plain");
    Query *action = rule_action(plain, "INSERT INTO t (name) SELECT new.x::text FROM t WHERE id = old.x");
    ck_assert_ptr_nonnull(action);
    ck_assert_ptr_null(rule_action(plain, "DELETE FROM t WHERE id = x"));
    ck_assert_str_eq(diags.first->message, "column \"x\" does not exist");
    const char *text = "DELETE FROM t WHERE id = old.x";
    SqlText *sql = sqltext_of_file(arena, source_from_text(arena, "rule.sql", text, strlen(text)));
    AnalyzeContext context = {catalog, arena, &diags, sql};
    ck_assert_ptr_null(analyze_rule_action(&context, ast_parse_one(arena, sql, &diags), plain, false, true));
    ck_assert_str_eq(diags.last->message, "ON INSERT rule cannot use OLD");
    ck_assert_str_eq(diags.last->code, "42P17");
}
END_TEST

/* ---- stars ---- */

typedef struct StarCase {
    const char *statement;
    const char *text;  /* of the only star */
    const char *names; /* qualified where needed, "-" for a column that no name reaches */
} StarCase;

static const StarCase star_cases[] = {
    {"SELECT * FROM t", "*", "id name twice"},
    {"SELECT 1, p . * FROM plain p, t", "p . *", "p.x"},
    {"SELECT \"p\"/* .* */.* FROM plain p", "\"p\"/* .* */.*", "p.x"},
    {"SELECT * FROM plain a, plain b", "*", "a.x b.x"},
    {"SELECT * FROM plain a JOIN plain b USING (x)", "*", "a.x"},
    {"SELECT * FROM plain a FULL JOIN plain b USING (x)", "*", "x"},
    {"SELECT * FROM plain a FULL JOIN plain b USING (x), plain c", "*", "- c.x"},
    {"SELECT * FROM (plain a CROSS JOIN plain b) j", "*", "- -"},
    {"SELECT * FROM (SELECT 1 AS a, 2 AS a) s", "*", "- -"},
    {"SELECT (pg_catalog.json_each('{\")\": 1}')).* FROM plain", "(pg_catalog.json_each('{\")\": 1}')).*",
     "(pg_catalog.json_each('{\")\": 1}')).key (pg_catalog.json_each('{\")\": 1}')).value"},
    {"DELETE FROM plain RETURNING *", "*", "x"},
    {"SELECT count(*) FROM plain WHERE EXISTS (SELECT * FROM plain)", "*", "x"},
};

START_TEST(test_star)
{
    const StarCase *expected = &star_cases[_i];
    diags = diags_make(arena);
    SqlText *sql =
        sqltext_of_file(arena, source_from_text(arena, "t.sql", expected->statement, strlen(expected->statement)));
    AnalyzeContext context = {catalog, arena, &diags, sql};
    ParamTypes params = {.variable = true};
    StarList stars = {0};
    Query *query = analyze_statement_stars(&context, ast_parse_one(arena, sql, &diags), &params, &stars);
    ck_assert_msg(query != NULL, "%s", diags.first ? diags.first->message : "");
    ck_assert_uint_eq(stars.len, 1);
    const StarExpansion *star = &stars.items[0];
    ck_assert_str_eq(arena_strndup(arena, sql->text + star->start, (size_t)(star->end - star->start)),
                     expected->text);
    const char *names = "";
    for (size_t i = 0; i < star->count; i++) {
        const char *qualifier = star->prefix ? star->prefix : star->qualifiers[i];
        names = arena_printf(arena, "%s%s%s%s%s", names, i ? " " : "", qualifier ? qualifier : "",
                             qualifier ? "." : "", star->names[i] ? star->names[i] : "-");
    }
    ck_assert_str_eq(names, expected->names);
    ck_assert_int_eq(star->in_exists, strstr(expected->statement, "EXISTS") != NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rewrite");
    TCase *tcase = tcase_create("rewrite");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, test_refusal, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(tcase, test_rule_rows);
    tcase_add_loop_test(tcase, test_star, 0, (int)(sizeof star_cases / sizeof *star_cases));
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
