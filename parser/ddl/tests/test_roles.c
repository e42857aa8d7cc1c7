/* What is refused to whom when a script does not show everything about its roles. Where it does, testdata/oracle
 * has the server's answers; here no server could agree, for it has no roles that nobody created. */
#include "ddl/ddl.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* A statement, and the SQLSTATE of the error that it must give; NULL for none. */
typedef struct Step {
    const char *sql, *code;
} Step;

static void run(const Step *steps)
{
    Arena *arena = arena_new();
    DdlSession *session = ddl_session_new(catalog_new(arena));
    for (; steps->sql; steps++) {
        Diags diags = diags_make(arena);
        const SqlText *sql =
            sqltext_of_file(arena, source_from_text(arena, "roles.sql", steps->sql, strlen(steps->sql)));
        AstStatements parsed = ast_parse(arena, sql, &diags);
        for (size_t i = 0; i < parsed.len; i++)
            ddl_apply(session, &parsed.items[i], sql, &diags);
        const Diag *error = diags.first;
        while (error && error->severity != DIAG_ERROR)
            error = error->next;
        const char *code = error ? error->code : NULL;
        if (steps->code)
            ck_assert_msg(code && strcmp(code, steps->code) == 0, "%s: %s", steps->sql, code ? code : "accepted");
        else
            ck_assert_msg(!error, "%s: %s", steps->sql, error ? error->message : "");
    }
    arena_free(arena);
}

static const char denied[] = "42501", undefined[] = "42704", duplicate[] = "42710", dependent[] = "2BP01";

START_TEST(test_unknown_roles_are_there)
{
    run((const Step[]){
        {"CREATE TABLE t (a serial)", NULL},
        {"ALTER TABLE t OWNER TO app", NULL},
        {"ALTER SEQUENCE t_a_seq OWNER TO app", NULL},
        {"CREATE SEQUENCE s OWNED BY t.a", NULL}, /* app may be who began the session */
        {"GRANT SELECT ON t TO reader, PUBLIC", NULL},
        {"GRANT reader TO app", NULL},
        {"CREATE POLICY p ON t TO reader USING (true)", NULL},
        {"CREATE SCHEMA AUTHORIZATION app", NULL},
        {"REASSIGN OWNED BY app TO postgres", NULL},
        {"DROP OWNED BY reader", NULL},
        {"ALTER ROLE app SET search_path = x", NULL},
        {NULL, NULL},
    });
}
END_TEST

START_TEST(test_unknown_roles_may_do_anything)
{
    run((const Step[]){
        {"CREATE TABLE t (a int)", NULL},
        {"CREATE SCHEMA closed", NULL},
        {"SET ROLE app", NULL},
        {"ALTER TABLE t ADD b int", NULL},
        {"CREATE TABLE closed.u (a int)", NULL},
        {"CREATE ROLE other", NULL},
        {"RESET ROLE", NULL},
        {"CREATE ROLE member", NULL},
        {"GRANT app TO member", NULL}, /* of which it may be anything */
        {"SET ROLE member", NULL},
        {"ALTER TABLE t ADD c int", NULL},
        {NULL, NULL},
    });
}
END_TEST

START_TEST(test_created_roles_are_known)
{
    run((const Step[]){
        {"CREATE TABLE t (a int)", NULL},
        {"CREATE ROLE lone", NULL},
        {"CREATE ROLE lone", duplicate},
        {"SET ROLE lone", NULL},
        {"ALTER TABLE t ADD b int", denied},
        {"CREATE SCHEMA mine", denied},
        {"RESET ROLE", NULL},
        {"SET SESSION AUTHORIZATION lone", NULL},
        {"SET ROLE app", denied},
        {"ALTER TABLE t ADD b int", denied},
        {"RESET SESSION AUTHORIZATION", NULL},
        {"GRANT CREATE ON DATABASE whatever TO lone", NULL},
        {"SET ROLE lone", NULL},
        {"CREATE SCHEMA mine", NULL},
        {"CREATE TABLE mine.t (a int)", NULL},
        {"RESET ROLE", NULL},
        {"DROP ROLE lone", dependent},
        {"DROP OWNED BY lone", NULL},
        {"DROP ROLE lone", NULL},
        {"CREATE SCHEMA mine", NULL},
        {NULL, NULL},
    });
}
END_TEST

/* Schema public may have been opened to everybody before the script: until it is closed, nothing is refused. */
START_TEST(test_what_was_there_before)
{
    run((const Step[]){
        {"CREATE ROLE lone", NULL},
        {"SET ROLE lone", NULL},
        {"CREATE TABLE t (a int)", NULL},
        {"RESET ROLE", NULL},
        {"REVOKE CREATE ON SCHEMA public FROM PUBLIC", NULL},
        {"SET ROLE lone", NULL},
        {"CREATE TABLE u (a int)", denied},
        {NULL, NULL},
    });
}
END_TEST

START_TEST(test_dropped_roles_are_gone)
{
    run((const Step[]){
        {"CREATE TABLE t (a int)", NULL},
        {"DROP ROLE IF EXISTS app", NULL},
        {"ALTER TABLE t OWNER TO app", undefined},
        {"DROP ROLE app", undefined},
        {"SET ROLE app", "22023"},
        {"CREATE ROLE app", NULL},
        {"ALTER TABLE t OWNER TO app", NULL},
        {"ALTER ROLE app RENAME TO renamed", NULL},
        {"GRANT SELECT ON t TO app", undefined},
        {"BEGIN", NULL},
        {"CREATE ROLE app", NULL},
        {"SET LOCAL ROLE app", NULL},
        {"ROLLBACK", NULL},
        {"ALTER TABLE t ADD b int", NULL},
        {"GRANT SELECT ON t TO app", undefined},
        {NULL, NULL},
    });
}
END_TEST

/* A role that a body makes if it is not there may be there; what it gives to roles is not followed for certain. */
START_TEST(test_bodies_leave_doubts)
{
    run((const Step[]){
        {"CREATE TABLE t (a int)", NULL},
        {"CREATE ROLE lone", NULL},
        {"DO $$ BEGIN ALTER TABLE t ADD b int; END $$", NULL},
        {"SET ROLE lone", NULL},
        {"ALTER TABLE t ADD c int", denied},
        {"RESET ROLE", NULL},
        {"DO $$ BEGIN CREATE ROLE made; EXCEPTION WHEN duplicate_object THEN NULL; END $$", NULL},
        {"SET ROLE made", NULL},
        {"ALTER TABLE t ADD d int", NULL},
        {"RESET ROLE", NULL},
        {"SET ROLE lone", NULL},
        {"ALTER TABLE t ADD e int", NULL},
        {NULL, NULL},
    });
    run((const Step[]){
        {"CREATE TABLE t (a int)", NULL},
        {"CREATE ROLE lone", NULL},
        {"DO $$ BEGIN EXECUTE convert_from('\\x00', version()); END $$", NULL},
        {"SET ROLE lone", NULL},
        {"ALTER TABLE t ADD c int", NULL},
        {NULL, NULL},
    });
    run((const Step[]){
        {"CREATE TABLE t (a int)", NULL},
        {"CREATE ROLE lone", NULL},
        {"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN GRANT postgres TO lone; END $$", NULL},
        {"SET ROLE lone", NULL},
        {"ALTER TABLE t ADD c int", NULL},
        {NULL, NULL},
    });
}
END_TEST

START_TEST(test_default_privileges_leave_doubts)
{
    run((const Step[]){
        {"CREATE ROLE lone", NULL},
        {"CREATE SCHEMA closed", NULL},
        {"CREATE TABLE t (a int PRIMARY KEY)", NULL},
        {"SET ROLE lone", NULL},
        {"CREATE TABLE u (a int REFERENCES t)", denied},
        {"RESET ROLE", NULL},
        {"ALTER DEFAULT PRIVILEGES GRANT REFERENCES ON TABLES TO lone", NULL},
        {"SET ROLE lone", NULL},
        {"CREATE TABLE u (a int REFERENCES t)", NULL},
        {"CREATE TABLE closed.v (a int)", denied},
        {NULL, NULL},
    });
}
END_TEST

/* "$user" is the schema of the role's name. */
START_TEST(test_user_schema)
{
    run((const Step[]){
        {"CREATE ROLE lone", NULL},
        {"CREATE SCHEMA AUTHORIZATION lone", NULL},
        {"SET ROLE lone", NULL},
        {"CREATE TABLE t (a int)", NULL},
        {"ALTER TABLE lone.t ADD b int", NULL},
        {"RESET ROLE", NULL},
        {"ALTER TABLE t ADD c int", "42P01"},
        {"CREATE ROLE other", NULL},
        {"SET search_path = lone", NULL},
        {"SET ROLE other", NULL},
        {"ALTER TABLE t ADD c int", "42P01"},
        {"ALTER TABLE lone.t ADD c int", denied},
        {NULL, NULL},
    });
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("roles");
    TCase *tests = tcase_create("roles");
    tcase_add_test(tests, test_unknown_roles_are_there);
    tcase_add_test(tests, test_unknown_roles_may_do_anything);
    tcase_add_test(tests, test_created_roles_are_known);
    tcase_add_test(tests, test_what_was_there_before);
    tcase_add_test(tests, test_dropped_roles_are_gone);
    tcase_add_test(tests, test_bodies_leave_doubts);
    tcase_add_test(tests, test_default_privileges_leave_doubts);
    tcase_add_test(tests, test_user_schema);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
