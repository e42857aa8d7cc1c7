/* What a careful reader can prove beyond declarations, joins and keys compared as a whole, case by case with what
 * looks alike and is not so. The letters are those of fixture.h. */
#include "fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] =
    "CREATE TYPE pair AS (x int, y int);"
    "CREATE DOMAIN word AS text CHECK (VALUE IS NOT NULL AND VALUE <> '');"
    "CREATE TABLE team (id int PRIMARY KEY, name text NOT NULL, motto text);"
    "CREATE TABLE league (country text, rank int, title text NOT NULL, PRIMARY KEY (country, rank));"
    "CREATE TABLE player (id int PRIMARY KEY, team_id int NOT NULL REFERENCES team, coach_id int REFERENCES team,"
    "    late_id int NOT NULL REFERENCES team DEFERRABLE, doubtful_id int NOT NULL,"
    "    country text NOT NULL, rank int NOT NULL, half int,"
    "    goals int, shots int NOT NULL, email text, active boolean NOT NULL DEFAULT true, data jsonb, nick word,"
    "    score int GENERATED ALWAYS AS (shots * 2) STORED, share int GENERATED ALWAYS AS (goals * 2) STORED,"
    "    since date DEFAULT now(), FOREIGN KEY (country, rank) REFERENCES league, FOREIGN KEY (country, half) "
    "REFERENCES "
    "league,"
    "    CHECK (email IS NOT NULL OR id < 0), CHECK (NOT (nick IS NULL)));"
    "ALTER TABLE player ADD FOREIGN KEY (doubtful_id) REFERENCES team NOT VALID;"
    "CREATE UNIQUE INDEX player_email ON player (lower(email));"
    "CREATE UNIQUE INDEX player_captain ON player (team_id) WHERE active;"
    "CREATE UNIQUE INDEX player_since ON player (since) WHERE goals IS NOT NULL AND shots > 3;"
    "CREATE TABLE slot (a int, b int, c int PRIMARY KEY DEFERRABLE, UNIQUE NULLS NOT DISTINCT (a, b));"
    "CREATE TABLE secret (id int PRIMARY KEY); ALTER TABLE secret ENABLE ROW LEVEL SECURITY;"
    "CREATE TABLE spy (id int PRIMARY KEY, secret_id int NOT NULL REFERENCES secret);"
    "CREATE TABLE base (id int PRIMARY KEY, team_id int NOT NULL REFERENCES team);"
    "CREATE TABLE derived (extra int) INHERITS (base);"
    "CREATE TABLE part (id int NOT NULL, at date NOT NULL, v text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
    "CREATE TABLE part_a PARTITION OF part FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
    "CREATE UNIQUE INDEX part_only ON ONLY part (at);"
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    "CREATE TABLE touched (id int PRIMARY KEY, v text);"
    "CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON touched FOR EACH ROW EXECUTE FUNCTION touch();"
    "CREATE TABLE ruled (id int PRIMARY KEY, v text);"
    "CREATE RULE away AS ON INSERT TO ruled DO INSTEAD INSERT INTO slot (c) VALUES (NEW.id) RETURNING c, 'x'::text;"
    "CREATE VIEW mottoed AS SELECT id, name, motto FROM team WHERE motto IS NOT NULL;"
    "CREATE VIEW watched AS SELECT id, name FROM team;"
    "CREATE TRIGGER watch INSTEAD OF UPDATE OR DELETE ON watched FOR EACH ROW EXECUTE FUNCTION touch();"
    "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"
    "CREATE TABLE amount (v numeric PRIMARY KEY, t text UNIQUE);";

static const Case cases[] = {
    /* left joins that a foreign key makes total */
    {"SELECT t.name FROM player p LEFT JOIN team t ON t.id = p.team_id", "n*"},
    {"SELECT t.name FROM player p LEFT JOIN team t ON p.team_id = t.id AND p.goals > 1", "?*"},
    {"SELECT t.name FROM player p LEFT JOIN team t ON t.id = p.coach_id", "?*"},
    {"SELECT t.name FROM player p LEFT JOIN team t ON t.id = p.coach_id WHERE p.coach_id > 3", "n*"},
    {"SELECT t.name FROM player p LEFT JOIN team t ON t.id = p.late_id", "?*"},
    {"SELECT t.name FROM player p LEFT JOIN team t ON t.id = p.doubtful_id", "?*"},
    {"SELECT t.name FROM player p LEFT JOIN team t ON t.id = p.shots", "?*"},
    {"SELECT t.name FROM team t RIGHT JOIN player p ON t.id = p.team_id", "n*"},
    {"SELECT t.name, p.id FROM player p FULL JOIN team t ON t.id = p.team_id", "??*"},
    {"SELECT t.name FROM player p LEFT JOIN (SELECT * FROM team WHERE id > 3) t ON t.id = p.team_id", "?*"},
    {"SELECT l.title FROM player p LEFT JOIN league l ON l.country = p.country AND l.rank = p.rank", "n*"},
    {"SELECT l.title FROM player p LEFT JOIN league l USING (country, rank)", "n*"},
    {"SELECT l.title FROM player p LEFT JOIN league l ON l.country = p.country", "?*"},
    {"SELECT l.title FROM player p LEFT JOIN league l ON l.country = p.country AND l.rank = p.half", "?*"},
    {"SELECT t.name FROM (SELECT team_id AS t FROM player WHERE id > 3) p LEFT JOIN team t ON t.id = p.t", "n*"},
    {"WITH p AS (SELECT * FROM player) SELECT t.name FROM p LEFT JOIN team t ON t.id = p.team_id", "n*"},
    {"SELECT t.name FROM team x LEFT JOIN player p ON p.team_id = x.id LEFT JOIN team t ON t.id = p.team_id", "?*"},
    {"SELECT t.name, u.name FROM player p LEFT JOIN team t ON t.id = p.team_id LEFT JOIN team u ON u.id = t.id",
     "n?*"},
    {"SELECT t.name FROM player p LEFT JOIN team t ON t.id = p.team_id FOR UPDATE OF p", "?*"},
    {"SELECT s.id FROM spy p LEFT JOIN secret s ON s.id = p.secret_id", "?*"},
    {"SELECT t.name FROM base b LEFT JOIN team t ON t.id = b.team_id", "?*"},
    {"SELECT t.name FROM ONLY base b LEFT JOIN team t ON t.id = b.team_id", "n*"},
    {"SELECT t.name FROM player p LEFT JOIN team t TABLESAMPLE SYSTEM (10) ON t.id = p.team_id", "?*"},
    {"SELECT (SELECT t.name FROM team t WHERE t.id = p.team_id), (SELECT name FROM team WHERE id = p.coach_id) "
     "FROM "
     "player p",
     "n?*"},
    {"SELECT (SELECT t.name FROM team t WHERE t.id = p.team_id LIMIT 1) FROM player p", "n*"},
    {"SELECT (SELECT t.name FROM team t WHERE t.id = p.team_id AND t.name <> '') FROM player p", "?*"},
    {"UPDATE player p SET goals = 1 WHERE id = 3 RETURNING (SELECT t.name FROM team t WHERE t.id = p.team_id)",
     "?0"},
    {"SELECT l.name FROM player p LEFT JOIN LATERAL (SELECT name FROM team t WHERE t.id = p.team_id) l ON true",
     "n*"},
    {"SELECT c.n FROM team t LEFT JOIN LATERAL (SELECT count(*) AS n FROM player p WHERE p.team_id = t.id) c ON "
     "true",
     "n*"},
    {"SELECT c.n FROM team t LEFT JOIN LATERAL (SELECT count(*) AS n FROM player p WHERE p.team_id = t.id) c ON "
     "c.n "
     "> 1",
     "?*"},
    {"SELECT v.x FROM team t LEFT JOIN (VALUES (1), (2)) v(x) ON true", "n*"},
    /* conditions on expressions, EXISTS, lists, tests */
    {"SELECT data ->> 'a', data ->> 'b' FROM player WHERE data ->> 'a' IS NOT NULL", "n?*"},
    {"SELECT data -> 'a' -> 'b' FROM player WHERE (data -> 'a' ->> 'b') = 'x'", "?*"},
    {"SELECT data -> 'a' FROM player WHERE (data -> 'a' ->> 'b') = 'x'", "n*"},
    {"SELECT sum(goals) FROM player GROUP BY team_id HAVING sum(goals) > 3", "n*"},
    {"SELECT CASE WHEN data ->> 'a' IS NULL THEN '' ELSE data ->> 'a' END FROM player", "n*"},
    {"SELECT p.goals FROM player p WHERE EXISTS (SELECT 1 FROM team t WHERE t.id = p.goals)", "n*"},
    {"SELECT p.goals FROM player p WHERE NOT EXISTS (SELECT 1 FROM team t WHERE t.id = p.goals)", "?*"},
    {"SELECT p.goals FROM player p WHERE EXISTS (SELECT count(*) FROM team t WHERE t.id = p.goals)", "?*"},
    {"SELECT goals FROM player WHERE goals NOT IN (1, 2)", "n*"},
    {"SELECT goals FROM player WHERE goals NOT IN (SELECT id FROM team)", "?*"},
    {"SELECT goals FROM player WHERE goals IS NOT DISTINCT FROM 3", "n*"},
    {"SELECT goals FROM player WHERE (goals > 3) IS NOT TRUE", "?*"},
    {"SELECT goals FROM player WHERE (goals > 3) IS NOT NULL", "n*"},
    {"SELECT goals, half FROM player WHERE (goals, half) IS NOT NULL", "nn*"},
    {"SELECT goals IS NOT NULL AND goals > 3, goals IS NULL OR goals > 3, goals > 3 AND active FROM player",
     "nn?*"},
    {"SELECT CASE goals WHEN 3 THEN goals ELSE 0 END, CASE goals WHEN 3 THEN 0 ELSE goals END FROM player", "n?*"},
    {"SELECT CASE WHEN goals IS NULL OR half IS NULL THEN 0 ELSE goals + half END FROM player", "n*"},
    {"SELECT (ROW(id, goals)).f1, (ROW(id, goals)).f2 FROM player", "n?*"},
    /* declarations */
    {"SELECT nick, score, share, email FROM player", "nn??*"},
    {"SELECT to_jsonb(s), row_to_json(t) FROM (SELECT goals FROM player) s, team t", "nn*"},
    /* grouping sets, aggregates, windows */
    {"SELECT team_id, active, count(*) FROM player GROUP BY team_id, ROLLUP (active)", "n?n*"},
    {"SELECT team_id, sum(shots) FROM player GROUP BY GROUPING SETS ((team_id), (team_id, active))", "nn*"},
    {"SELECT team_id, sum(shots) FROM player GROUP BY GROUPING SETS ((team_id), (active))", "?n*"},
    {"SELECT 'x'::text AS a, sum(shots) FROM player GROUP BY ROLLUP ('x'::text)", "??*"},
    {"SELECT array_agg(goals), jsonb_agg(goals), string_agg(email, ','), max(goals) FROM player GROUP BY team_id",
     "nn??*"},
    {"SELECT array_agg(goals) FROM player", "?1"},
    {"SELECT max(x) FROM (VALUES (1), (2)) v(x)", "n1"},
    {"SELECT max(x) FROM (VALUES (1), (2)) v(x) WHERE x > 3", "?1"},
    {"SELECT last_value(shots) OVER w, nth_value(shots, 2) OVER w FROM player WINDOW w AS (ORDER BY id)", "n?*"},
    {"SELECT sum(shots) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), first_value(shots) OVER "
     "(ORDER "
     "BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM player",
     "n?*"},
    {"SELECT sum(shots) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) FROM player", "?*"},
    {"SELECT sum(shots) OVER (ORDER BY since RANGE BETWEEN '1 day' PRECEDING AND CURRENT ROW) FROM player", "?*"},
    {"SELECT sum(shots) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM player", "n*"},
    {"SELECT lag(shots, 1, 0) OVER w, lead(shots, 1, goals) OVER w, lag(shots) OVER w FROM player WINDOW w AS "
     "(ORDER "
     "BY id)",
     "n??*"},
    {"SELECT sum(shots) FILTER (WHERE active) OVER () FROM player", "?*"},
    /* functions in FROM */
    {"SELECT key, value FROM jsonb_each('{}')", "nn*"},
    {"SELECT * FROM unnest(ARRAY[ROW(1, NULL)::pair])", "??*"},
    {"SELECT (ROW(1, NULL)::pair).x, unnest(ARRAY['a', 'b'])", "?n*"},
    {"SELECT a.* FROM jsonb_to_recordset('[]') a(x int)", "?*"},
    {"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SEARCH DEPTH FIRST BY n SET o SELECT n, o "
     "FROM t",
     "nn*"},
    /* rows just written */
    {"INSERT INTO team (id, name, motto) VALUES (1, 'a', 'b') RETURNING motto", "n1"},
    {"INSERT INTO team (id, name, motto) VALUES (1, 'a', 'b'), (2, 'b', NULL) RETURNING motto", "?*"},
    {"INSERT INTO team (id, name) VALUES (1, 'a') RETURNING motto", "?1"},
    {"INSERT INTO player (id, team_id, late_id, doubtful_id, country, rank, shots, nick) VALUES (1, 2, 2, 2, 'x', "
     "1, 1, "
     "'y') RETURNING since, goals",
     "n?1"},
    {"INSERT INTO team (id, name, motto) VALUES (1, 'a', 'b') ON CONFLICT (id) DO UPDATE SET name = 'c' RETURNING "
     "motto",
     "?1"},
    {"INSERT INTO team (id, name, motto) VALUES (1, 'a', 'b') ON CONFLICT (id) DO UPDATE SET motto = excluded.name "
     "RETURNING motto",
     "n1"},
    {"INSERT INTO touched (id, v) VALUES (1, 'a') RETURNING v", "?0"},
    {"INSERT INTO part (id, at, v) VALUES (1, '2020-03-01', 'a') RETURNING v", "n1"},
    {"INSERT INTO ruled (id, v) VALUES (1, 'a') RETURNING id, v", "??*"},
    {"UPDATE team SET motto = upper(name) RETURNING motto", "n*"},
    {"UPDATE team SET name = 'x' WHERE motto IS NOT NULL RETURNING motto", "n*"},
    {"UPDATE team SET motto = motto || 'x' WHERE motto > 'a' RETURNING motto", "n*"},
    {"UPDATE touched SET v = 'x' RETURNING v", "?*"},
    {"INSERT INTO mottoed (id, name, motto) VALUES (1, 'a', NULL) RETURNING id, name, motto", "nn?0"},
    {"UPDATE mottoed SET motto = NULL RETURNING motto", "?*"},
    {"SELECT motto FROM mottoed", "n*"},
    {"UPDATE watched w SET name = 'x' FROM player p WHERE w.id = $1 AND p.team_id = w.id RETURNING w.id", "?*"},
    {"UPDATE mottoed w SET name = 'x' FROM player p WHERE w.id = $1 AND p.team_id = w.id RETURNING w.id", "n0"},
    {"DELETE FROM watched WHERE id = $1 RETURNING id", "n0"},
    /* keys */
    {"SELECT id FROM player WHERE lower(email) = $1", "n0"},
    {"SELECT id FROM player WHERE email = $1", "n*"},
    {"SELECT id FROM player WHERE team_id = $1 AND active", "n0"},
    {"SELECT id FROM player WHERE team_id = $1 AND NOT active", "n*"},
    {"SELECT id FROM player WHERE since = $1 AND goals > 1 AND shots > 3", "n0"},
    {"SELECT id FROM player WHERE since = $1 AND shots > 3", "n*"},
    {"SELECT a FROM slot WHERE a = $1 AND b IS NULL", "n0"},
    {"SELECT a FROM slot WHERE a IS NOT DISTINCT FROM $1 AND b IS NOT DISTINCT FROM $2", "?0"},
    {"SELECT c FROM slot WHERE c = $1", "n*"},
    {"SELECT v FROM part WHERE at = $1", "?*"},
    {"SELECT v FROM part WHERE at = $1 AND id = 2", "?0"},
    {"SELECT t FROM amount WHERE t = $1 COLLATE blind", "n*"},
    {"SELECT id FROM player WHERE id IS NOT DISTINCT FROM $1", "n0"},
    {"SELECT s.id FROM (SELECT id, name FROM team) s WHERE s.id = $1", "n0"},
    {"SELECT s.n FROM (SELECT team_id, count(*) AS n FROM player GROUP BY team_id) s WHERE s.team_id = $1", "n0"},
    {"SELECT t.id, s.n FROM team t LEFT JOIN (SELECT team_id, count(*) AS n FROM player GROUP BY team_id) s ON "
     "s.team_id = t.id WHERE t.id = $1",
     "n?0"},
    {"WITH s AS (SELECT * FROM team) SELECT id FROM s WHERE id = $1", "n0"},
    {"SELECT team_id, count(*) FROM player WHERE team_id = $1 GROUP BY team_id", "nn0"},
    {"SELECT DISTINCT team_id FROM player WHERE team_id = $1", "n0"},
    {"SELECT v::text, count(*) FROM amount, team WHERE v = $1 GROUP BY v::text", "nn0"},
    {"SELECT n::text, count(*) FROM (SELECT v AS n FROM amount UNION ALL SELECT 1) a WHERE n = 1 GROUP BY n::text",
     "nn*"},
    {"SELECT a.id FROM team a JOIN LATERAL (SELECT a.id AS k) s ON s.k = a.id", "n*"},
    {"SELECT t1.id FROM team t1 JOIN abs(t1.id) t2(k) ON t1.id = t2.k", "n*"},
    {"SELECT b.id FROM team b LEFT JOIN player c ON c.id = $1 AND b.id > 5 WHERE b.id = coalesce(c.shots, 0)",
     "n*"},
    {"SELECT t.id FROM team t LEFT JOIN player p ON p.id = $1 WHERE t.id = p.team_id", "n0"},
    {"SELECT id FROM team LIMIT bit_count('1'::bytea)", "n*"},
    {"SELECT id FROM team ORDER BY name FETCH FIRST 1 ROW WITH TIES", "n*"},
    {"SELECT * FROM (SELECT count(*) FROM team) s", "n1"},
    {"SELECT * FROM (SELECT count(*) FROM team) s, (VALUES (1)) v", "nn1"},
    {"SELECT * FROM (SELECT count(*) FROM team) s LIMIT $1", "n0"},
    {"DELETE FROM team t USING player p WHERE p.id = $1 AND t.id = p.team_id RETURNING t.id", "n0"},
};

START_TEST(test_sharp)
{
    check_case(schema, &cases[_i]);
}
END_TEST

/* The reason of the first column, and where. */
static const Case reasons[] = {
    {"SELECT name FROM team", "declared NOT NULL test.sql:1:"},
    {"SELECT motto FROM team", "declared without NOT NULL test.sql:1:"},
    {"SELECT t.name FROM player p\n  LEFT JOIN team t ON t.id = p.coach_id", "left join test.sql:2:13"},
    {"SELECT motto FROM team WHERE\n motto > 'a'", "this condition only holds where it is not NULL test.sql:2:2"},
    {"SELECT max(shots) FROM player", "max() over no rows gives NULL test.sql:1:8"},
    {"SELECT nullif(id, 1) FROM team", "NULLIF test.sql:1:8"},
    {"SELECT coalesce(motto, 'x') FROM team", "one of the arguments is not NULL test.sql:1:8"},
    {"SELECT motto FROM mottoed", "this condition only holds where it is not NULL, in view mottoed test.sql:1:"},
};

START_TEST(test_reasons)
{
    Fixture fixture;
    set_up(&fixture, schema);
    fixture.options.explain = true;
    IrQuery query = prove(&fixture, reasons[_i].sql);
    const IrReason *reason = &query.columns[0].reason;
    const char *found = arena_printf(fixture.arena, "%s %s", reason->text, reason->place);
    ck_assert_msg(strncmp(found, reasons[_i].expected, strlen(reasons[_i].expected)) == 0,
                  "%s\n  expected %s\n  found %s", reasons[_i].sql, reasons[_i].expected, found);
    arena_free(fixture.arena);
}
END_TEST

/* What stands between a query and a single row. */
static const Case missing[] = {
    {"SELECT id FROM team", "unique key \"team_pkey\" of \"team\" lacks an equality for \"id\""},
    {"SELECT * FROM league l WHERE country = $1",
     "unique key \"league_pkey\" of \"l\" lacks an equality for \"rank\""},
    {"SELECT id FROM player WHERE team_id = $1", "unique key \"player_captain\" of \"player\" lacks its condition"},
    {"SELECT t.id FROM team t, player p WHERE t.id = $1",
     "unique key \"player_pkey\" of \"p\" lacks an equality for \"id\""},
    {"SELECT c FROM slot WHERE c = $1",
     "unique key \"slot_a_b_key\" of \"slot\" lacks an equality for \"a\", \"b\""},
    {"SELECT id FROM base WHERE id = $1", "no unique key spans \"base\" and the tables that inherit from it"},
    {"SELECT generate_series(1, 2)", "a set-returning function in the select list"},
    {"SELECT 1 UNION SELECT 2", "both sides of UNION give rows"},
};

START_TEST(test_missing_key)
{
    Fixture fixture;
    set_up(&fixture, schema);
    fixture.command = IR_ONE;
    bool good;
    prove_text(&fixture, missing[_i].sql, &good);
    ck_assert(good && fixture.diags.nwarnings == 1);
    const char *wanted = arena_printf(fixture.arena, "query \"Q\" is :one but may return more than one row: %s",
                                      missing[_i].expected);
    ck_assert_str_eq(fixture.diags.last->message, wanted);
    fixture.options.strict_one = true;
    prove_text(&fixture, missing[_i].sql, &good);
    ck_assert(!good && fixture.diags.nerrors == 1);
    fixture.options.strict_one = false;
    fixture.command = IR_OPT;
    prove_text(&fixture, missing[_i].sql, &good);
    ck_assert(!good && fixture.diags.nerrors == 2);
    arena_free(fixture.arena);
}
END_TEST

/* Warnings about parameters and columns; NULL: none. */
static const Case warnings[] = {
    {"SELECT id FROM team WHERE ($1::text IS NULL OR name = $1)", NULL},
    {"UPDATE team SET motto = $1 WHERE motto = $1",
     "parameter \"motto\" takes NULL, for which \"=\" is never true"},
    {"UPDATE team SET motto = $1 WHERE motto IS NOT DISTINCT FROM $1", NULL},
    {"SELECT id FROM team WHERE CASE WHEN $1::text IS NULL THEN true ELSE name = $1 END", NULL},
    {"UPDATE team SET motto = $1 WHERE id = 3 OR motto = $1", NULL},
    {"SELECT id AS \"id?\" FROM team", "column \"id\" is never null"},
    {"SELECT motto AS \"motto!\" FROM team", NULL},
    {"SELECT NULL AS \"x!\"", "column \"x\" is always null"},
};

START_TEST(test_warnings)
{
    Fixture fixture;
    set_up(&fixture, schema);
    fixture.command = IR_EXEC;
    prove(&fixture, warnings[_i].sql);
    ck_assert_str_eq(fixture.diags.last ? fixture.diags.last->message : "",
                     warnings[_i].expected ? warnings[_i].expected : "");
    arena_free(fixture.arena);
}
END_TEST

START_TEST(test_aliases)
{
    Fixture fixture;
    set_up(&fixture, schema);
    IrQuery query =
        prove(&fixture, "SELECT motto AS \"slogan!\", max(id) AS \"top?\", 1 AS \"!\" FROM team GROUP BY 1");
    ck_assert_str_eq(query.columns[0].field, "slogan");
    ck_assert_str_eq(query.columns[0].name, "slogan!");
    ck_assert(!query.columns[0].nullable);
    ck_assert_str_eq(query.columns[1].field, "top");
    ck_assert(query.columns[1].nullable);
    ck_assert_str_eq(query.columns[2].field, "!");
    arena_free(fixture.arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("prove_sharp");
    TCase *tests = tcase_create("prove_sharp");
    tcase_add_loop_test(tests, test_sharp, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_loop_test(tests, test_reasons, 0, (int)(sizeof reasons / sizeof *reasons));
    tcase_add_loop_test(tests, test_missing_key, 0, (int)(sizeof missing / sizeof *missing));
    tcase_add_loop_test(tests, test_warnings, 0, (int)(sizeof warnings / sizeof *warnings));
    tcase_add_test(tests, test_aliases);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
