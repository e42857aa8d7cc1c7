/* One query on the rows that are there: what it returns is held against what was proved. */
#include "soundness.h"

#include <string.h>

typedef struct Values {
    const char **items;
    size_t len;
} Values;

/* Where a parameter is proved not null none is passed, and elsewhere NULL often. */
static Values random_values(Arena *arena, const IrQuery *query, uint64_t seed, bool with_nulls)
{
    Choices choices = choices_make(arena, seed);
    Values values = {arena_array_of(arena, query->nparams, const char *), query->nparams};
    for (size_t i = 0; i < query->nparams; i++) {
        const IrParam *param = &query->params[i];
        bool null = choose_if(&choices, 40) && param->nullable;
        const char *value = value_random(arena, &choices, param->type);
        values.items[i] = null && with_nulls ? NULL : value ? value : param->nullable ? NULL : "";
    }
    return values;
}

static const char *show_values(Arena *arena, const Values *values)
{
    const char *text = "";
    for (size_t i = 0; i < values->len; i++) {
        const char *value = values->items[i];
        text = value ? arena_printf(arena, "%s $%zu = '%s'", text, i + 1, value)
                     : arena_printf(arena, "%s $%zu = NULL", text, i + 1);
    }
    return text;
}

/* In a transaction, or within the one that holds the rows; what only reads needs none. */
static PGresult *execute(const Subject *subject, const IrQuery *query, const Values *values)
{
    bool nested = subject->deferred_broken, alone = query->read_only && !nested;
    if (!alone)
        PQclear(PQexec(subject->conn, nested ? "SAVEPOINT query" : "BEGIN"));
    PGresult *result =
        PQexecParams(subject->conn, query->sql, (int)values->len, NULL, values->items, NULL, NULL, 0);
    if (!alone)
        PQclear(PQexec(subject->conn, nested ? "ROLLBACK TO query" : "ROLLBACK"));
    return result;
}

/* ---- what came back ---- */

/* An embedded table's struct keeps the table's own declarations; with an outer join it may be missing as a whole.
 */
static const char *check_embed(Arena *arena, const IrEmbed *embed, const PGresult *result)
{
    for (int row = 0; row < PQntuples(result); row++) {
        bool all_null = true, refused = false;
        for (size_t i = 0; i < embed->ncolumns; i++) {
            bool null = PQgetisnull(result, row, (int)(embed->first_column + i));
            all_null = all_null && null;
            refused = refused || (null && !embed->table->columns[i].nullable);
        }
        if (refused && !(embed->optional && all_null))
            return arena_printf(arena, "embedded \"%s\" has a NULL in row %d that its table forbids", embed->name,
                                row + 1);
    }
    return NULL;
}

static const char *check_rows(Arena *arena, const IrQuery *query, const PGresult *result, Statistics *statistics)
{
    int rows = PQntuples(result);
    statistics->returned += (size_t)rows;
    if (query->cardinality == IR_ROWS_EXACTLY_ONE && rows != 1)
        return arena_printf(arena, "%d rows where exactly one was proved", rows);
    if (query->cardinality == IR_ROWS_AT_MOST_ONE && rows > 1)
        return arena_printf(arena, "%d rows where at most one was proved", rows);
    if ((size_t)PQnfields(result) != query->ncolumns)
        return arena_printf(arena, "%d columns, not %zu", PQnfields(result), query->ncolumns);
    for (int column = 0; column < PQnfields(result); column++)
        for (int row = 0; row < rows; row++) {
            if (!PQgetisnull(result, row, column))
                continue;
            statistics->nulls++;
            if (!query->columns[column].nullable)
                return arena_printf(arena, "column %d \"%s\" is NULL in row %d of %d, though proved not null",
                                    column + 1, query->columns[column].name, row + 1, rows);
        }
    const char *wrong = NULL;
    for (size_t i = 0; i < query->nembeds && !wrong; i++)
        wrong = check_embed(arena, &query->embeds[i], result);
    return wrong;
}

static void judge_error(const Subject *subject, Arena *arena, const PGresult *result, Verdict *verdict)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (!state) {
        verdict->outcome = OUTCOME_BROKEN;
        verdict->what = arena_strdup(arena, PQerrorMessage(subject->conn));
        return;
    }
    memcpy(verdict->state, state, sizeof verdict->state - 1);
    verdict->what = arena_printf(arena, "%s: %s", state, message ? message : "");
    verdict->outcome = strncmp(state, "42", 2) == 0 ? OUTCOME_REFUSED : OUTCOME_FAILED;
}

static void count_proofs(const IrQuery *query, Statistics *statistics)
{
    if (!query->ncolumns)
        return;
    statistics->columns += query->ncolumns;
    for (size_t i = 0; i < query->ncolumns; i++)
        statistics->columns_proved += !query->columns[i].nullable;
    statistics->rows[query->cardinality]++;
}

Verdict check_query(Subject *subject, Arena *arena, const IrQuery *query, uint64_t seed, Statistics *statistics)
{
    Statistics unread = {0};
    statistics = statistics ? statistics : &unread;
    Values values = random_values(arena, query, seed, true);
    Verdict verdict = {.outcome = OUTCOME_RIGHT, .what = "", .params = show_values(arena, &values)};
    PGresult *result = execute(subject, query, &values);
    if (PQresultStatus(result) == PGRES_TUPLES_OK) {
        const char *wrong = check_rows(arena, query, result, statistics);
        if (wrong) {
            verdict.outcome = OUTCOME_WRONG;
            verdict.what = wrong;
        }
        count_proofs(query, statistics);
    } else if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        judge_error(subject, arena, result, &verdict);
    }
    PQclear(result);
    statistics->pairs += verdict.outcome == OUTCOME_RIGHT || verdict.outcome == OUTCOME_WRONG;
    statistics->outcomes[verdict.outcome]++;
    return verdict;
}

Verdict check_text(Subject *subject, Arena *arena, const char *sql, uint64_t seed, Statistics *statistics)
{
    IrQuery query;
    Verdict verdict = {.outcome = OUTCOME_REJECTED, .params = ""};
    if (subject_compile(subject, arena, sql, &query, &verdict.what))
        return check_query(subject, arena, &query, seed, statistics);
    if (statistics)
        statistics->outcomes[OUTCOME_REJECTED]++;
    return verdict;
}

bool check_refused_null(const Subject *subject, Arena *arena, const char *sql, uint64_t seed,
                        const Verdict *verdict)
{
    IrQuery query;
    const char *why;
    if ((strcmp(verdict->state, "23502") != 0 && strcmp(verdict->state, "22004") != 0) ||
        !subject_compile(subject, arena, sql, &query, &why))
        return false;
    Values values = random_values(arena, &query, seed, false);
    PGresult *result = execute(subject, &query, &values);
    bool fine = PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return fine;
}
