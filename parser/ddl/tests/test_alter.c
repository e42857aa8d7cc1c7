/* ALTER TABLE and its like against PostgreSQL: alter.sql is applied statement by statement; the errors, and the
 * catalog at the end, must be those that renew_alter.sh wrote down from a server in alter.expected. */
#include "base/strbuf.h"
#include "base/vec.h"
#include "catalog/builtin_oids.h"
#include "ddl/ddl.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TESTS QUERC_SOURCE_DIR "/parser/ddl/tests/"

typedef struct Report {
    Arena *arena;
    const Catalog *catalog;
    VEC(const char *) lines;
} Report;

static void add_line(Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add_line(Report *report, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *line = arena_vprintf(report->arena, format, args);
    va_end(args);
    vec_push(report->arena, &report->lines, line);
}

/* ---- errors ---- */

static uint32_t last_line(Arena *arena, const SqlText *sql, const AstStatement *statement)
{
    return source_position(arena, sql->file, sqltext_span(sql, statement->end - 1).start).line;
}

static void report_error(Report *report, const SqlText *sql, const AstStatement *statement, const Diag *diag)
{
    add_line(report, "%u: %s: %s", last_line(report->arena, sql, statement), diag->code, diag->message);
    if (diag->detail)
        add_line(report, "    %s", diag->detail);
}

static void apply_all(Report *report, DdlSession *session, const SqlText *sql)
{
    Diags syntax = diags_make(report->arena);
    AstStatements statements = ast_parse(report->arena, sql, &syntax);
    ck_assert_uint_eq(syntax.nerrors, 0);
    for (size_t i = 0; i < statements.len; i++) {
        Diags diags = diags_make(report->arena);
        bool ok = ddl_apply(session, &statements.items[i], sql, &diags);
        ck_assert_int_eq(ok, diags.nerrors == 0);
        if (!ok)
            report_error(report, sql, &statements.items[i], diags.first);
    }
}

/* ---- the catalog, as alter_state.sql prints it ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const Relation *const *)a)->name, (*(const Relation *const *)b)->name);
}

static int constraints_by_name(const void *a, const void *b)
{
    return strcmp(((const Constraint *)a)->name, ((const Constraint *)b)->name);
}

typedef VEC(const Relation *) Relations;

static Relations relations_of(const Report *report)
{
    Relations found = {0};
    OidList all = catalog_user_objects(report->catalog, report->arena, CLASS_RELATION);
    for (size_t i = 0; i < all.len; i++) {
        const Relation *relation = catalog_relation(report->catalog, all.items[i]);
        if (relation->schema == SCHEMA_PUBLIC)
            vec_push(report->arena, &found, relation);
    }
    if (found.len)
        qsort(found.items, found.len, sizeof *found.items, by_name);
    return found;
}

static const char *inherited(const Report *report, bool is_local, int32_t count)
{
    if (is_local && count == 0)
        return "";
    return arena_printf(report->arena, " inherited %d%s", (int)count, is_local ? " local" : "");
}

static void report_columns(Report *report, const Relation *relation)
{
    if (!strchr("rpvc", relation->kind))
        return;
    for (size_t i = 0; i < relation->ncolumns; i++) {
        const Column *column = &relation->columns[i];
        if (column->dropped)
            continue;
        const Type *type = catalog_type(report->catalog, column->type);
        const char *collation = "";
        if (column->collation != type->collation)
            collation = arena_printf(report->arena, " collate %s",
                                     catalog_collation(report->catalog, column->collation)->name);
        const char *identity = column->identity == 'a' ? " identity always" : column->identity ? " identity" : "";
        const char *value = column->generated ? " generated" : column->has_default ? " default" : "";
        add_line(report, "%s.%s %s%s%s%s%s%s", relation->name, column->name,
                 catalog_format_type_typmod(report->catalog, report->arena, column->type, column->typmod),
                 collation, column->not_null ? " not null" : "", value, identity,
                 inherited(report, column->is_local, column->inherit_count));
    }
}

static const char *column_list(const Report *report, const Relation *relation, const int16_t *columns, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text =
            arena_printf(report->arena, "%s%s%s", text, i ? ", " : "", catalog_column(relation, columns[i])->name);
    return text;
}

static void report_constraints(Report *report, const Relation *relation)
{
    size_t n = relation->nconstraints;
    Constraint *sorted = arena_array_of(report->arena, n + 1, Constraint);
    if (n) {
        memcpy(sorted, relation->constraints, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, constraints_by_name);
    }
    for (size_t i = 0; i < n; i++) {
        const Constraint *constraint = &sorted[i];
        add_line(report, "%s: %s %c (%s)%s%s%s%s%s", relation->name, constraint->name, constraint->type,
                 column_list(report, relation, constraint->columns, constraint->ncolumns),
                 constraint->deferrable ? " deferrable" : "", constraint->deferred ? " deferred" : "",
                 constraint->validated ? "" : " not valid",
                 constraint->type == CONSTRAINT_CHECK && constraint->no_inherit ? " no inherit" : "",
                 inherited(report, constraint->is_local, constraint->inherit_count));
    }
}

static const char *index_collation(const Report *report, const Index *index, size_t column)
{
    const Collation *collation =
        column < index->nkeys ? catalog_collation(report->catalog, index->collations[column]) : NULL;
    if (!collation || strcmp(collation->name, "default") == 0)
        return "";
    return arena_printf(report->arena, " %s", collation->name);
}

static void report_index(Report *report, const Relation *relation)
{
    const Index *index = relation->index;
    if (!index)
        return;
    const Relation *table = catalog_relation(report->catalog, index->table);
    const char *text = "";
    for (size_t i = 0; i < index->ncolumns; i++) {
        const char *name = index->columns[i] ? catalog_column(table, index->columns[i])->name : "expression";
        const OpClass *opclass = i < index->nkeys ? catalog_opclass(report->catalog, index->opclasses[i]) : NULL;
        text = arena_printf(report->arena, "%s%s%s%s%s%s", text, i ? ", " : "", name, opclass ? " " : "",
                            opclass ? opclass->name : "", index_collation(report, index, i));
    }
    add_line(report, "%s on %s (%s)%s%s%s", relation->name, table->name, text,
             index->is_primary  ? " primary"
             : index->is_unique ? " unique"
                                : "",
             index->predicate ? " partial" : "", relation->is_partition ? " partition" : "");
}

static void report_catalog(Report *report)
{
    Relations relations = relations_of(report);
    for (size_t i = 0; i < relations.len; i++)
        report_columns(report, relations.items[i]);
    for (size_t i = 0; i < relations.len; i++)
        report_constraints(report, relations.items[i]);
    for (size_t i = 0; i < relations.len; i++)
        report_index(report, relations.items[i]);
    for (size_t i = 0; i < relations.len; i++) {
        const Relation *relation = relations.items[i];
        if (relation->kind == RELKIND_SEQUENCE)
            add_line(report, "%s %s", relation->name,
                     catalog_format_type(report->catalog, report->arena, relation->sequence->type));
    }
}

/* ---- comparison ---- */

static void print_difference(const char *mark, const char *const *lines, size_t n, const char *const *others,
                             size_t nothers)
{
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        for (size_t j = 0; j < nothers; j++)
            found |= strcmp(lines[i], others[j]) == 0;
        if (!found)
            fprintf(stderr, "%s %s\n", mark, lines[i]);
    }
}

START_TEST(matches_postgres)
{
    Arena *arena = arena_new();
    Catalog *catalog = catalog_new(arena);
    Report report = {.arena = arena, .catalog = catalog};
    SourceFile *file = source_read_file(arena, TESTS "alter.sql");
    SourceFile *expected = source_read_file(arena, TESTS "alter.expected");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(expected);
    apply_all(&report, ddl_session_new(catalog), sqltext_of_file(arena, file));
    report_catalog(&report);

    VEC(const char *) wanted = {0};
    for (const char *at = expected->text, *end; (end = strchr(at, '\n')); at = end + 1)
        vec_push(arena, &wanted, arena_strndup(arena, at, (size_t)(end - at)));
    print_difference("-", wanted.items, wanted.len, report.lines.items, report.lines.len);
    print_difference("+", report.lines.items, report.lines.len, wanted.items, wanted.len);
    ck_assert_uint_eq(report.lines.len, wanted.len);
    for (size_t i = 0; i < wanted.len; i++)
        ck_assert_str_eq(report.lines.items[i], wanted.items[i]);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("alter");
    TCase *tests = tcase_create("alter");
    tcase_add_test(tests, matches_postgres);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
