/* CALL, EXPLAIN, cursors and transactions by generated functions. Prints what went wrong, and what the calls gave.
 */
#include "queries.sql.h"

#include <stdio.h>
#include <stdlib.h>

static void must(querc_conn *db, querc_status status, const char *what)
{
    if (status == QUERC_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, querc_last_error(db)->message);
    exit(1);
}
#define MUST(call) must(db, call, #call)

static void call_procedures(querc_conn *db)
{
    uint16_t digits[QUERC_NUMERIC_INT8_DIGITS];
    querc_numeric fee = querc_numeric_from_int8(5, digits);
    statements_totals_row totals = {0};
    statements_unnamed_row unnamed = {0};
    MUST(statements_hand_over(db, 1, 2));
    MUST(statements_totals(db, STATEMENTS_SPECIES_CAT, &fee, &totals));
    printf("totals: %lld, %s\n", (long long)totals.n, totals.has_fee ? "a fee" : "no fee");
    statements_totals_row_free(&totals);
    MUST(statements_unnamed(db, 1, "back again", &unnamed));
    printf("unnamed: %s\n", unnamed.column1);
    statements_unnamed_row_free(&unnamed);
}

static void explain(querc_conn *db)
{
    uint16_t digits[QUERC_NUMERIC_INT8_DIGITS];
    statements_plan_rows plan = {0};
    statements_plan_json_rows json = {0};
    querc_numeric fee = querc_numeric_from_int8(5, digits);
    MUST(statements_plan(db, STATEMENTS_SPECIES_DOG, fee, &plan));
    printf("plan: %s\n", plan.len > 1 && plan.items[0].query_plan ? "several lines" : "?");
    statements_plan_rows_free(&plan);
    MUST(statements_plan_json(db, &fee, &json));
    printf("plan as JSON: %zu\n", json.len);
    statements_plan_json_rows_free(&json);
}

static void use_transaction(querc_conn *db)
{
    MUST(statements_begin(db));
    MUST(statements_lock(db));
    MUST(statements_save(db));
    MUST(statements_open_cursor(db, 1));
    MUST(statements_close_cursor(db));
    MUST(statements_back(db));
    MUST(statements_release(db));
    MUST(statements_timeout(db));
    MUST(statements_prepare(db));
    MUST(statements_empty(db));
    MUST(statements_commit(db));
    printf("transaction: done\n");
}

int main(void)
{
    querc_conn *db = NULL;
    MUST(querc_open("", NULL, &db));
    call_procedures(db);
    explain(db);
    use_transaction(db);
    querc_close(db);
    return 0;
}
