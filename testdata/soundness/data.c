/* Random rows. Which of them the constraints let in is the server's to say: each INSERT is tried on its own, with
 * NULL wherever the column itself does not refuse it, whatever else may. */
#include "soundness.h"

#include <stdio.h>
#include <string.h>

typedef VEC(const char *) Statements;

/* What a set of rows looks like: how many are tried a table, and how often a value is NULL. */
typedef struct Profile {
    uint32_t tries, nulls;
} Profile;

static const Profile profiles[] = {{6, 35}, {0, 0}, {1, 20}, {8, 10}, {5, 70}, {4, 0}, {3, 50}, {7, 30}};

static const char *insert_of(Arena *arena, Choices *choices, const SubjectTable *table, uint32_t nulls)
{
    StrBuf names, values;
    strbuf_init(&names);
    strbuf_init(&values);
    for (size_t i = 0; i < table->ncolumns; i++) {
        const SubjectColumn *column = &table->columns[i];
        if (!column->writable)
            continue;
        if (choose_if(choices, 5)) /* the default */
            continue;
        bool null = choose_if(choices, column->declared_not_null ? 2 : nulls);
        const char *value = null ? NULL : value_random(arena, choices, column->type);
        strbuf_printf(&names, "%s%s", names.len ? ", " : "", column->name);
        strbuf_add(&values, values.len ? ", " : "");
        if (!value) {
            strbuf_add(&values, "NULL");
            continue;
        }
        strbuf_add(&values, strchr(value, '\\') ? "E'" : "'");
        for (const char *c = value; *c; c++) {
            if (*c == '\'' || *c == '\\')
                strbuf_add_char(&values, *c);
            strbuf_add_char(&values, *c);
        }
        strbuf_add_char(&values, '\'');
    }
    const char *text = names.len ? arena_printf(arena, "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)",
                                                table->name, names.text, values.text)
                                 : arena_printf(arena, "INSERT INTO %s DEFAULT VALUES", table->name);
    strbuf_release(&names);
    strbuf_release(&values);
    return text;
}

static void make_inserts(const Subject *subject, Arena *arena, uint64_t seed, Statements *inserts)
{
    Choices choices = choices_make(arena, seed);
    enum { NPROFILES = sizeof profiles / sizeof *profiles };
    Profile common = profiles[seed % NPROFILES];
    for (size_t i = 0; i < subject->tables.len; i++) {
        const SubjectTable *table = &subject->tables.items[i];
        if (!table->takes_rows)
            continue;
        /* Now and then a table is unlike the others, so that joins find no partner. */
        Profile own = choose_if(&choices, 25) ? profiles[choose(&choices, NPROFILES)] : common;
        for (uint32_t k = 0; k < own.tries * subject->effort; k++)
            vec_push(arena, inserts, insert_of(arena, &choices, table, own.nulls));
    }
    for (size_t i = 0; i < subject->tables.len; i++)
        if (subject->tables.items[i].kind == RELKIND_MATVIEW)
            vec_push(arena, inserts,
                     arena_printf(arena, "REFRESH MATERIALIZED VIEW %s", subject->tables.items[i].name));
}

static const char *truncate_all(const Subject *subject, Arena *arena)
{
    StrBuf out;
    strbuf_init(&out);
    for (size_t i = 0; i < subject->tables.len; i++)
        if (subject->tables.items[i].takes_rows)
            strbuf_printf(&out, "%s%s", out.len ? ", " : "TRUNCATE ", subject->tables.items[i].name);
    if (out.len)
        strbuf_add(&out, " CASCADE");
    const char *text = arena_strdup(arena, out.text);
    strbuf_release(&out);
    return text;
}

static bool run(const Subject *subject, const char *sql)
{
    PGresult *result = PQexec(subject->conn, sql);
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK ||
                PQresultStatus(result) == PGRES_EMPTY_QUERY;
    if (!fine)
        fprintf(stderr, "soundness: %s: %s in: %s\n", subject->name, PQresultErrorMessage(result), sql);
    PQclear(result);
    return fine;
}

/* One call of soundness.try() with all of them, as an array. */
static bool try_all(const Subject *subject, const Statements *inserts, bool deferred)
{
    StrBuf array;
    strbuf_init(&array);
    strbuf_add_char(&array, '{');
    for (size_t i = 0; i < inserts->len; i++) {
        strbuf_add(&array, i ? ",\"" : "\"");
        for (const char *c = inserts->items[i]; *c; c++) {
            if (*c == '"' || *c == '\\')
                strbuf_add_char(&array, '\\');
            strbuf_add_char(&array, *c);
        }
        strbuf_add_char(&array, '"');
    }
    strbuf_add_char(&array, '}');
    const char *values[] = {array.text, deferred ? "true" : "false"};
    PGresult *result = PQexecParams(subject->conn, "SELECT soundness.try($1, $2)", 2, NULL, values, NULL, NULL, 0);
    bool fine = PQresultStatus(result) == PGRES_TUPLES_OK;
    if (!fine)
        fprintf(stderr, "soundness: %s: rows: %s\n", subject->name, PQresultErrorMessage(result));
    PQclear(result);
    strbuf_release(&array);
    return fine;
}

/* Every eighth set of rows stays in an open transaction where deferred constraints are not checked yet. The time
 * that queries are given, for joins of everything with everything, does not hold here. */
bool data_refill(Subject *subject, uint64_t seed)
{
    Arena *arena = arena_new();
    Statements inserts = {0};
    make_inserts(subject, arena, seed, &inserts);
    bool broken = seed % 8 == 7;
    bool fine = (!subject->deferred_broken || run(subject, "ROLLBACK")) &&
                run(subject, "SET statement_timeout = 0") && run(subject, truncate_all(subject, arena)) &&
                (!broken || run(subject, "BEGIN; SET CONSTRAINTS ALL DEFERRED")) &&
                try_all(subject, &inserts, broken) && run(subject, "SET statement_timeout = 500");
    subject->deferred_broken = broken;
    subject->data_seed = seed;
    arena_free(arena);
    return fine;
}

void data_print(Subject *subject, FILE *out)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < subject->tables.len; i++) {
        const SubjectTable *table = &subject->tables.items[i];
        if (!table->takes_rows)
            continue;
        PGresult *result = PQexec(subject->conn, arena_printf(arena, "SELECT r FROM ONLY %s r", table->name));
        for (int row = 0; row < PQntuples(result); row++)
            fprintf(out, "    %s %s\n", table->name, PQgetvalue(result, row, 0));
        PQclear(result);
    }
    arena_free(arena);
}
