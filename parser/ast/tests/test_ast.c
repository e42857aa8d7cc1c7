/* Parsing, errors as the server gives them, places and depth. */
#include "ast/ast.h"
#include "base/stack.h"
#include "base/strbuf.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static Diags diags;

static void set_up(void)
{
    arena = arena_new();
    diags = diags_make(arena);
}

static void tear_down(void)
{
    arena_free(arena);
}

static SqlText *sql_of(const char *text)
{
    return sqltext_of_file(arena, source_from_text(arena, "test.sql", text, strlen(text)));
}

static AstStatements parse(const char *text)
{
    diags = diags_make(arena);
    return ast_parse(arena, sql_of(text), &diags);
}

/* The expression of SELECT <text>. */
static const AstNode *target_of(const char *text)
{
    AstStatements statements = parse(text);
    ck_assert_uint_eq(statements.len, 1);
    return statements.items[0].node->select_stmt->target_list[0]->res_target->val;
}

static void check_range(const AstStatement *statement, const char *text, const char *expected)
{
    ck_assert_str_eq(arena_strndup(arena, text + statement->start, statement->end - statement->start), expected);
}

START_TEST(test_statements)
{
    const char *sql =
        " -- first\n SELECT 1 /* ; */ ; ;; /* b */ INSERT INTO t VALUES (';') -- x\n;\nDELETE FROM t -- end";
    AstStatements statements = parse(sql);
    ck_assert_uint_eq(diags.nerrors, 0);
    ck_assert_uint_eq(statements.len, 3);
    check_range(&statements.items[0], sql, "SELECT 1");
    check_range(&statements.items[1], sql, "INSERT INTO t VALUES (';')");
    check_range(&statements.items[2], sql, "DELETE FROM t");
    ck_assert_int_eq(ast_kind(statements.items[2].node), AST_DELETE_STMT);
    ck_assert_str_eq(ast_command_tag(statements.items[1].node), "INSERT");
    ck_assert_str_eq(ast_kind_name(statements.items[0].node), "SelectStmt");
    ck_assert_uint_eq(parse("").len, 0);
    ck_assert_uint_eq(parse(" ; -- nothing\n;").len, 0);
    ck_assert_uint_eq(diags.nerrors, 0);
}
END_TEST

START_TEST(test_one_wrong_statement)
{
    const char *sql =
        "SELECT 'é';\nSELECT 2;\nSELCT 3;\nSELECT col FROM t;\nSELECT 'é' FRM x y;\nCREATE FUNCTION f() "
        "RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\nSELECT $1";
    AstStatements statements = parse(sql);
    ck_assert_uint_eq(statements.len, 5);
    check_range(&statements.items[2], sql, "SELECT col FROM t");
    const AstNode *col = statements.items[2].node->select_stmt->target_list[0]->res_target->val;
    ck_assert_int_eq(ast_location(col), (int)(strstr(sql, "col") - sql));
    ck_assert_uint_eq(diags.nerrors, 2);
    ck_assert_str_eq(diags.first->message, "syntax error at or near \"SELCT\"");
    ck_assert_uint_eq(diags.first->span.start, (size_t)(strstr(sql, "SELCT") - sql));
    ck_assert_str_eq(diags.last->message, "syntax error at or near \"x\"");
    ck_assert_uint_eq(diags.last->span.start, (size_t)(strstr(sql, "x y") - sql));
    parse("SELECT 1;\nSELECT 2 FROM;");
    ck_assert_str_eq(diags.first->message, "syntax error at or near \";\"");
    ck_assert_uint_eq(diags.first->span.start, 23);
    parse("SELECT 2 FROM");
    ck_assert_str_eq(diags.first->message, "syntax error at end of input");
}
END_TEST

/* Message, SQLSTATE and place (bytes from 0) are those of PostgreSQL 15. */
static const struct {
    const char *sql, *code;
    uint32_t place;
    const char *message;
} errors[] = {
    {"SELECT 'é', 'abc", "42601", 13, "unterminated quoted string at or near \"'abc\""},
    {"SELECT \"abc", "42601", 7, "unterminated quoted identifier at or near \"\"abc\""},
    {"SELECT $$abc", "42601", 7, "unterminated dollar-quoted string at or near \"$$abc\""},
    {"SELECT /* abc", "42601", 7, "unterminated /* comment at or near \"/* abc\""},
    {"SELECT U&'\\zzzz'", "42601", 10, "invalid Unicode escape"},
    {"SELECT E'\\u12'", "22025", 9, "invalid Unicode escape"},
    {"SELECT E'\\U00110000'", "42601", 9, "invalid Unicode escape value at or near \"\\U00110000\""},
    {"SELECT E'\\xff'", "22021", 0, "invalid byte sequence for encoding \"UTF8\": 0xff"},
    {"SELECT \"\"", "42601", 7, "zero-length delimited identifier at or near \"\"\"\""},
    {"SELECT 1a", "42601", 7, "trailing junk after numeric literal at or near \"1a\""},
    {"SELECT 1 LIMIT 1,2", "42601", 9, "LIMIT #,# syntax is not supported"},
    {"SELECT * FROM (SELECT 1)", "42601", 14, "subquery in FROM must have an alias"},
    {"CREATE TABLE t (a int, UNIQUE (a) NOT VALID)", "0A000", 0, "UNIQUE constraints cannot be marked NOT VALID"},
    {"CREATE TABLE t (a int REFERENCES x MATCH PARTIAL)", "0A000", 35, "MATCH PARTIAL not yet implemented"},
    {"CREATE ASSERTION a CHECK (true)", "0A000", 0, "CREATE ASSERTION is not yet implemented"},
    {"SELECT sum(x) OVER (ROWS UNBOUNDED FOLLOWING) FROM t", "42P20", 25,
     "frame start cannot be UNBOUNDED FOLLOWING"},
    {"SELECT 1::float(0)", "22023", 16, "precision for type float must be at least 1 bit"},
    {"ALTER INDEX i ALTER COLUMN 100000 SET STATISTICS 1", "22023", 27,
     "column number must be in range from 1 to 32767"},
    {"CREATE TABLE t PARTITION OF p FOR VALUES WITH (MODULUS 1, MODULUS 2)", "42710", 58,
     "modulus for hash partition provided more than once"},
    {"CREATE USER x UNENCRYPTED PASSWORD 'y'", "0A000", 14, "UNENCRYPTED PASSWORD is no longer supported"},
    {"SELECT 1.4o6_a+1", "42601", 7, "trailing junk after numeric literal at or near \"1.4o6_a\""},
    {"SET TIME ZONE $1", "42601", 14, "syntax error at or near \"$1\""},
    {"SET a = 1, $2", "42601", 11, "syntax error at or near \"$2\""},
    {"ALTER ROLE x PASSWORD $1", "42601", 22, "syntax error at or near \"$1\""},
    {"CREATE FUNCTION f(int DEFAULT $1) RETURNS int SET a = $3 RETURN $2", "42601", 54,
     "syntax error at or near \"$3\""},
    {"SELECT a.*.b", "42601", 12, "improper use of \"*\" at end of input"},
    {"SELECT 1 FROM \"not yet implemented\" \"x\" \"not yet implemented\"", "42601", 40,
     "syntax error at or near \"\"not yet implemented\"\""},
};

START_TEST(test_errors)
{
    AstStatements statements = parse(errors[_i].sql);
    ck_assert_uint_eq(statements.len, 0);
    ck_assert_uint_eq(diags.nerrors, 1);
    ck_assert_str_eq(diags.first->message, errors[_i].message);
    ck_assert_str_eq(diags.first->code, errors[_i].code);
    ck_assert_uint_eq(diags.first->span.start, errors[_i].place);
}
END_TEST

START_TEST(test_hints)
{
    parse("SELECT * FROM (SELECT 1)");
    ck_assert_str_eq(diags.first->hint, "For example, FROM (SELECT ...) [AS] foo.");
    parse("SELECT E'\\u12'");
    ck_assert_str_eq(diags.first->hint, "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.");
}
END_TEST

START_TEST(test_not_text)
{
    static const char bytes[] = "SELECT 1;\0SELECT 2;";
    SourceFile *file = source_from_text(arena, "nul.sql", bytes, sizeof bytes - 1);
    AstStatements statements = ast_parse(arena, sqltext_of_file(arena, file), &diags);
    ck_assert_uint_eq(statements.len, 0);
    ck_assert_str_eq(diags.first->code, "22021");
    ck_assert_uint_eq(diags.first->span.start, 9);
    parse("SELECT '\xff'");
    ck_assert_str_eq(diags.first->code, "22021");
    ck_assert_uint_eq(diags.first->span.start, 8);
}
END_TEST

/* exprLocation: the leftmost token of an expression. */
static const struct {
    const char *sql;
    int location;
} locations[] = {
    {"SELECT  a + b", 8},
    {"SELECT  - b", 8},
    {"SELECT  (a) + b", 9}, /* parentheses leave nothing in the tree */
    {"SELECT  a AND b", 8},
    {"SELECT  NOT b", 8},
    {"SELECT  a IS NULL", 8},
    {"SELECT  a IS TRUE", 8},
    {"SELECT  a IN (1)", 8},
    {"SELECT  a IN (SELECT 1)", 8},
    {"SELECT  EXISTS (SELECT 1)", 8},
    {"SELECT  a::int", 8},
    {"SELECT  CAST(a AS int)", 8},
    {"SELECT  int '1'", 8},
    {"SELECT  a COLLATE \"C\"", 8},
    {"SELECT  a AT TIME ZONE 'x'", 10}, /* its zone is the first argument */
    {"SELECT  f(a)", 8},
    {"SELECT  CASE WHEN a THEN b END", 8},
    {"SELECT  ROW(a)", 8},
    {"SELECT  ARRAY[a]", 8},
    {"SELECT  COALESCE(a)", 8},
    {"SELECT  GREATEST(a)", 8},
    {"SELECT  current_date", 8},
    {"SELECT  xmlforest(a)", 8},
    {"SELECT  xmlserialize(content a AS text)", 8},
    {"SELECT  $1", 8},
    {"SELECT  'x'", 8},
    {"SELECT  grouping(a)", 8},
    {"SELECT  (a).b", -1}, /* A_Indirection has none in PostgreSQL either */
};

START_TEST(test_locations)
{
    const char *sql = locations[_i].sql;
    ck_assert_msg(ast_location(target_of(sql)) == locations[_i].location, "%s: %d", sql,
                  ast_location(target_of(sql)));
}
END_TEST

START_TEST(test_names)
{
    AstStatements statements = parse("CREATE TABLE c.s.t (a s.u); SELECT a.b.* FROM r; DROP TABLE a.b.c.d;"
                                     "CREATE AGGREGATE g (int) (sfunc = s.f, hypothetical, stype = int, "
                                     "initcond = '1', sspace = 12, finalfunc_extra = off)");
    ck_assert_uint_eq(statements.len, 4);
    const AstCreateStmt *create = statements.items[0].node->create_stmt;
    AstName name = ast_range_var_name(create->relation);
    ck_assert_str_eq(name.catalog, "c");
    ck_assert_str_eq(name.schema, "s");
    ck_assert_str_eq(name.name, "t");
    ck_assert(ast_name(AST_ITEMS(create->table_elts[0]->column_def->type_name, names), &name));
    ck_assert_ptr_null(name.catalog);
    ck_assert_str_eq(name.schema, "s");
    const AstSelectStmt *select = statements.items[1].node->select_stmt;
    const AstNode *star = select->target_list[0]->res_target->val;
    ck_assert(!ast_name(AST_ITEMS(star->column_ref, fields), &name));
    ck_assert_str_eq(ast_name_text(arena, AST_ITEMS(star->column_ref, fields)), "a.b.*");
    ck_assert_int_eq(ast_select_location(select), 35);
    AstItems dropped = ast_items(statements.items[2].node->drop_stmt->objects[0]);
    ck_assert_uint_eq(dropped.len, 4);
    ck_assert(!ast_name(dropped, &name));
    AstItems options = AST_ITEMS(statements.items[3].node->define_stmt, definition);
    bool on;
    ck_assert_str_eq(ast_option_text(arena, ast_option(options, "sfunc")), "s.f");
    ck_assert_str_eq(ast_option_text(arena, ast_option(options, "initcond")), "1");
    ck_assert_str_eq(ast_option_text(arena, ast_option(options, "sspace")), "12");
    ck_assert(ast_option_bool(ast_option(options, "hypothetical"), &on) && on);
    ck_assert(ast_option_bool(ast_option(options, "finalfunc_extra"), &on) && !on);
    ck_assert(!ast_option_bool(ast_option(options, "sspace"), &on));
    ck_assert_ptr_null(ast_option(options, "nothing"));
}
END_TEST

START_TEST(test_parse_one)
{
    ck_assert_int_eq(ast_kind(ast_parse_one(arena, sql_of("SELECT 1"), &diags)), AST_SELECT_STMT);
    ck_assert_ptr_null(ast_parse_one(arena, sql_of("SELECT 1; SELECT 2"), &diags));
    ck_assert_str_eq(diags.last->message, "cannot insert multiple commands into a prepared statement");
    ck_assert_uint_eq(diags.last->span.start, 10);
    ck_assert_ptr_null(ast_parse_one(arena, sql_of("-- nothing"), &diags));
    ck_assert_uint_eq(diags.nerrors, 2);
}
END_TEST

START_TEST(test_parse_expression)
{
    const AstNode *node = ast_parse_expression(arena, sql_of("a + b"), &diags);
    ck_assert_int_eq(ast_kind(node), AST_A_EXPR);
    ck_assert_int_eq(ast_location(node), 0);
    ck_assert_int_eq(node->a_expr->location, 2);
    ck_assert_uint_eq(diags.nerrors, 0);
    static const char *const wrong[] = {
        "",           "a, b",         "a AS b", "a FROM t",     "a; b", "a UNION SELECT 1",
        "DISTINCT a", "a ORDER BY 1", "1 +",    "a WHERE true", "ALL"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        diags = diags_make(arena);
        ck_assert_msg(!ast_parse_expression(arena, sql_of(wrong[i]), &diags), "%s", wrong[i]);
        ck_assert_uint_eq(diags.nerrors, 1);
    }
    diags = diags_make(arena);
    ast_parse_expression(arena, sql_of("a + + FROM"), &diags);
    ck_assert_uint_eq(diags.first->span.start, 6);
}
END_TEST

static const char *repeated(const char *before, const char *first, int n, const char *middle, const char *last,
                            int m)
{
    StrBuf text;
    strbuf_init(&text);
    strbuf_add(&text, before);
    for (int i = 0; i < n; i++)
        strbuf_add(&text, first);
    strbuf_add(&text, middle);
    for (int i = 0; i < m; i++)
        strbuf_add(&text, last);
    strbuf_add(&text, ";\nSELECT 2;");
    const char *copy = arena_strdup(arena, text.text);
    strbuf_release(&text);
    return copy;
}

/* Depths on both sides of what a server with its default settings accepts; the statement after them is always
 * returned. */
static const struct {
    const char *before, *first;
    int n;
    const char *middle, *last;
    int m;
    const char *code; /* NULL: it parses */
} depths[] = {
    {"SELECT ", "(", 5000, "1", ")", 5000, NULL},
    {"SELECT ", "(", 10000, "1", ")", 10000, "42601"},
    {"SELECT ", "(", 100000, "1", ")", 100000, "42601"},
    {"SELECT 1", "+1", 5000, "", "", 0, NULL},
    {"SELECT 1", "+1", 10000, "", "", 0, "54001"},
    {"SELECT 1", "+1", 100000, "", "", 0, "54001"},
    {"SELECT 1", " UNION SELECT 1", 4000, "", "", 0, NULL},
    {"SELECT 1", " UNION SELECT 1", 50000, "", "", 0, "54001"},
    {"SELECT * FROM a", " JOIN b ON true", 50000, "", "", 0, "54001"},
    {"SELECT a", " IS NULL", 50000, "", "", 0, "54001"},
    {"SELECT a", "::int", 50000, "", "", 0, "54001"},
    {"SELECT ", "NOT ", 20000, "true", "", 0, "42601"},
    {"SELECT ", "(SELECT ", 2000, "1", ")", 2000, NULL},
    {"SELECT ", "CASE WHEN true THEN ", 20000, "1", " END", 20000, "42601"},
    {"SELECT 1 FROM t WHERE a = 1", " OR a = 1 AND b = 2", 20000, "", "", 0, NULL},
    {"INSERT INTO t VALUES (1)", ", (1 + 1, 'x')", 50000, "", "", 0, NULL},
    {"SELECT CASE a", " WHEN 1 THEN b + 1", 20000, " END", "", 0, NULL},
};

START_TEST(test_depth)
{
    const char *text = repeated(depths[_i].before, depths[_i].first, depths[_i].n, depths[_i].middle,
                                depths[_i].last, depths[_i].m);
    AstStatements statements = parse(text);
    ck_assert_uint_eq(statements.len, depths[_i].code ? 1 : 2);
    ck_assert_uint_eq(diags.nerrors, depths[_i].code ? 1 : 0);
    if (depths[_i].code)
        ck_assert_str_eq(diags.first->code, depths[_i].code);
    if (depths[_i].code && strcmp(depths[_i].code, "54001") == 0)
        ck_assert_str_eq(diags.first->message, "stack depth limit exceeded");
}
END_TEST

START_TEST(test_many_statements)
{
    enum { STATEMENTS = 20000 };
    StrBuf text;
    strbuf_init(&text);
    for (int i = 0; i < STATEMENTS; i++)
        strbuf_printf(&text, "CREATE TABLE t%d (a int NOT NULL, b text DEFAULT 'x');\n", i);
    strbuf_add(&text, "SELCT 1;\n");
    AstStatements statements = parse(text.text);
    ck_assert_uint_eq(statements.len, STATEMENTS);
    ck_assert_uint_eq(diags.nerrors, 1);
    ck_assert_uint_eq(source_position(arena, diags.first->span.file, diags.first->span.start).line, STATEMENTS + 1);
    strbuf_release(&text);
}
END_TEST

static void parse_on_stack(void *context)
{
    *(AstStatements *)context = parse("SELECT 1; SELECT 2");
}

/* libpg_query keeps memory for each thread. */
START_TEST(test_other_stack)
{
    for (int i = 0; i < 10; i++) {
        AstStatements statements = {0};
        ck_assert(stack_run(STACK_FOR_TREES, parse_on_stack, &statements));
        ck_assert_uint_eq(statements.len, 2);
    }
    ck_assert(!stack_run((size_t)-1 / 2 & ~(size_t)4095, parse_on_stack, NULL));
}
END_TEST

/* Any bytes at all give statements or errors. */
START_TEST(test_mutilated)
{
    static const char text[] = "SELECT a.b, f(x, VARIADIC y) FILTER (WHERE z) OVER (PARTITION BY c), 'é' || E'\\n' "
                               "FROM (VALUES (1, $1)) v (q) LEFT JOIN LATERAL g() ON true /* c */ WHERE x = ANY "
                               "($$s$$::text[]) ; INSERT INTO t (a) SELECT 1 ON CONFLICT DO NOTHING; -- end";
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        char changed[sizeof text];
        memcpy(changed, text, sizeof text);
        changed[i] = "'\"$\\(;-*/@#\xff)\0"[i % 14];
        SourceFile *file = source_from_text(arena, "changed.sql", changed, sizeof text - 1);
        diags = diags_make(arena);
        AstStatements statements = ast_parse(arena, sqltext_of_file(arena, file), &diags);
        ck_assert(statements.len > 0 || diags.nerrors > 0);
        memcpy(changed, text, sizeof text);
        changed[i] = '\0';
        ast_parse(arena, sql_of(changed), &diags);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ast");
    TCase *tcase = tcase_create("ast");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, test_statements);
    tcase_add_test(tcase, test_one_wrong_statement);
    tcase_add_loop_test(tcase, test_errors, 0, (int)(sizeof errors / sizeof *errors));
    tcase_add_test(tcase, test_hints);
    tcase_add_test(tcase, test_not_text);
    tcase_add_loop_test(tcase, test_locations, 0, (int)(sizeof locations / sizeof *locations));
    tcase_add_test(tcase, test_names);
    tcase_add_test(tcase, test_parse_one);
    tcase_add_test(tcase, test_parse_expression);
    tcase_add_loop_test(tcase, test_depth, 0, (int)(sizeof depths / sizeof *depths));
    tcase_add_test(tcase, test_many_statements);
    tcase_add_test(tcase, test_other_stack);
    tcase_add_test(tcase, test_mutilated);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
