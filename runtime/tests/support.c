#include "support.h"

#include <stdio.h>

static void *meter_allocate(void *context, size_t size)
{
    Meter *meter = context;
    meter->total++;
    if (meter->total == meter->fail_at)
        return NULL;
    void *memory = malloc(size);
    if (memory != NULL)
        meter->live++;
    return memory;
}

static void meter_release(void *context, void *memory)
{
    Meter *meter = context;
    ck_assert_ptr_nonnull(memory);
    meter->live--;
    free(memory);
}

querc_allocator metered(Meter *meter)
{
    memset(meter, 0, sizeof *meter);
    querc_allocator allocator = {meter_allocate, meter_release, meter};
    return allocator;
}

querc_conn *open_db(const querc_options *options)
{
    querc_conn *db;
    querc_status status = querc_open("", options, &db);
    ck_assert_msg(status == QUERC_OK, "no server (run by scripts/pg-cluster with ...): %s",
                  querc_last_error(db)->message);
    execute(db, "SET client_min_messages = warning; SET timezone = 'UTC'");
    return db;
}

void execute(querc_conn *db, const char *sql)
{
    PGresult *result = PQexec(querc_pgconn(db), sql);
    ExecStatusType status = PQresultStatus(result);
    ck_assert_msg(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, "%s: %s", sql,
                  PQerrorMessage(querc_pgconn(db)));
    PQclear(result);
}

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
