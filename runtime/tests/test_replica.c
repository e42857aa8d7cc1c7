/* Several hosts, and a streaming replica for the queries that only read. */
#include "books.h"

#include <stdio.h>
#include <time.h>

static char primary[512];
static char replica[512];
static char either[1024];

static void control(const char *verb, const char *directory)
{
    char command[1024];
    snprintf(command, sizeof command, "\"$PG_CLUSTER\" %s '%s' >/dev/null 2>&1", verb, directory);
    ck_assert_int_eq(system(command), 0);
}

static void sleep_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

typedef struct Where {
    bool in_recovery;
} Where;

static const querc_column where_columns[] = {
    {"in_recovery", &querc_type_bool, offsetof(Where, in_recovery), QUERC_NOT_NULL}};
static const querc_query where_query = {.name = "Where",
                                        .sql = "SELECT pg_is_in_recovery() AS in_recovery",
                                        .statement = "querc_where",
                                        .columns = where_columns,
                                        .row_size = sizeof(Where),
                                        .owner_offset = QUERC_NO_OWNER,
                                        .column_count = 1,
                                        .read_only = true};

static bool runs_on_replica(querc_conn *db)
{
    Where where;
    assert_status(db, QUERC_OK, querc_call_one(db, &where_query, NULL, &where));
    return where.in_recovery;
}

static querc_conn *open_at(const char *conninfo, const querc_options *options)
{
    querc_conn *db;
    querc_status status = querc_open(conninfo, options, &db);
    ck_assert_msg(status == QUERC_OK, "%s", querc_last_error(db)->message);
    return db;
}

/* What the primary has written is on the replica. */
static void catch_up(querc_conn *on_primary)
{
    querc_conn *on_replica = open_at(replica, NULL);
    PGresult *result = PQexec(querc_pgconn(on_primary), "SELECT pg_current_wal_insert_lsn()");
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT pg_last_wal_replay_lsn() >= '%s'", PQgetvalue(result, 0, 0));
    PQclear(result);
    for (bool is_there = false; !is_there; sleep_ms(20)) {
        result = PQexec(querc_pgconn(on_replica), sql);
        is_there = PQntuples(result) == 1 && PQgetvalue(result, 0, 0)[0] == 't';
        PQclear(result);
    }
    querc_close(on_replica);
}

START_TEST(several_hosts)
{
    char conninfo[1200];
    snprintf(conninfo, sizeof conninfo, "%s target_session_attrs=read-write", either);
    querc_conn *db = open_at(conninfo, NULL);
    ck_assert(!runs_on_replica(db));
    querc_close(db);
    snprintf(conninfo, sizeof conninfo, "%s target_session_attrs=prefer-standby", either);
    const querc_options options = {.connect_timeout_ms = 20000};
    db = open_at(conninfo, &options);
    ck_assert(runs_on_replica(db));
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    querc_close(db);
}
END_TEST

START_TEST(reading_goes_to_the_replica)
{
    querc_pool *replicas;
    querc_stream stream;
    Book book;
    Where where;
    ck_assert_int_eq(querc_pool_open(replica, NULL, &replicas), QUERC_OK);
    const querc_options options = {.replicas = replicas, .replicas_timeout_ms = 20000};
    querc_conn *db = open_at(primary, &options);
    create_books(db);
    catch_up(db);
    ck_assert(runs_on_replica(db));
    assert_status(db, QUERC_OK, call_get_book(db, 7, &book));
    ck_assert_str_eq(book.title, "title 7");
    book_free(&book);
    /* Answers that are no success are the replica's too, and so are errors. */
    assert_status(db, QUERC_NO_ROWS, call_get_book(db, -7, &book));
    ck_assert_str_eq(querc_last_error(db)->query, "GetBook");
    /* Writing, and all of a transaction, is the primary's. */
    assert_status(db, QUERC_OK, call_add_book(db, 2000, "new", NULL, NULL));
    assert_status(db, QUERC_OK, querc_begin(db, NULL));
    ck_assert(!runs_on_replica(db));
    assert_status(db, QUERC_OK, call_get_book(db, 2000, &book));
    book_free(&book);
    assert_status(db, QUERC_OK, querc_commit(db));
    catch_up(db);
    assert_status(db, QUERC_OK, call_get_book(db, 2000, &book));
    book_free(&book);
    /* A stream keeps a replica's connection; db is free. */
    assert_status(db, QUERC_OK, querc_call_open(db, &where_query, NULL, &stream));
    ck_assert_ptr_ne(stream.db, db);
    assert_status(db, QUERC_OK, call_add_book(db, 2001, "meanwhile", NULL, NULL));
    ck_assert_int_eq(querc_call_next(&stream, &where_query, &where), QUERC_ROW);
    ck_assert(where.in_recovery);
    ck_assert_int_eq(querc_call_next(&stream, &where_query, &where), QUERC_DONE);
    querc_stream_close(&stream);
    querc_pool_statistics statistics;
    querc_pool_get_statistics(replicas, &statistics);
    ck_assert_int_eq(statistics.lent, 0);
    ck_assert_int_eq((int)statistics.opened, 1);
    querc_set_replicas(db, NULL, 0);
    ck_assert(!runs_on_replica(db));
    querc_close(db);
    querc_pool_close(replicas);
}
END_TEST

/* A pool for each; the primary's connections know the replicas'. */
START_TEST(a_lost_replica_is_replaced_by_the_primary)
{
    querc_pool *replicas;
    querc_pool *pool;
    querc_conn *db;
    ck_assert_int_eq(querc_pool_open(replica, NULL, &replicas), QUERC_OK);
    const querc_pool_options options = {.connection = {.replicas = replicas, .replicas_timeout_ms = 20000}};
    ck_assert_int_eq(querc_pool_open(primary, &options, &pool), QUERC_OK);
    ck_assert_int_eq(querc_pool_acquire(pool, 20000, &db), QUERC_OK);
    ck_assert(runs_on_replica(db));
    control("crash", getenv("REPLICA"));
    ck_assert(!runs_on_replica(db));
    ck_assert(!runs_on_replica(db));
    control("restart", getenv("REPLICA"));
    ck_assert(runs_on_replica(db));
    querc_pool_release(db);
    ck_assert_int_eq(querc_pool_acquire(pool, 20000, &db), QUERC_OK);
    ck_assert(runs_on_replica(db));
    querc_pool_release(db);
    querc_pool_close(pool);
    querc_pool_close(replicas);
}
END_TEST

/* The standby cancels a query that holds up recovery (40001): it is run again where nothing is in the way. */
START_TEST(a_conflict_with_recovery_is_no_error)
{
    typedef struct Count {
        int64_t count;
        bool in_recovery;
    } Count;
    static const querc_column columns[] = {
        {"count", &querc_type_int8, offsetof(Count, count), QUERC_NOT_NULL},
        {"in_recovery", &querc_type_bool, offsetof(Count, in_recovery), QUERC_NOT_NULL}};
    static const querc_query slow = {.name = "Slow",
                                     .sql = "SELECT count(*), pg_is_in_recovery() AS in_recovery FROM books, "
                                            "pg_sleep(CASE WHEN pg_is_in_recovery() THEN 60 ELSE 0 END)",
                                     .statement = "querc_slow",
                                     .columns = columns,
                                     .row_size = sizeof(Count),
                                     .owner_offset = QUERC_NO_OWNER,
                                     .column_count = 2,
                                     .read_only = true};
    querc_pool *replicas;
    Count count;
    ck_assert_int_eq(querc_pool_open(replica, NULL, &replicas), QUERC_OK);
    const querc_options options = {.replicas = replicas, .replicas_timeout_ms = 20000};
    querc_conn *db = open_at(primary, &options);
    querc_conn *admin = open_at(replica, NULL);
    execute(admin, "ALTER SYSTEM SET max_standby_streaming_delay = '100ms'");
    execute(admin, "SELECT pg_reload_conf()");
    create_books(db);
    catch_up(db);
    querc_close(admin);
    admin = open_at(primary, NULL);
    ck_assert_int_eq(
        PQsendQuery(querc_pgconn(admin), "SELECT pg_sleep(0.5); ALTER TABLE books ADD COLUMN more int"), 1);
    assert_status(db, QUERC_OK, querc_call_one(db, &slow, NULL, &count));
    ck_assert(!count.in_recovery);
    ck_assert_int_eq(count.count, 1000);
    querc_close(admin);
    querc_close(db);
    querc_pool_close(replicas);
}
END_TEST

START_TEST(a_lost_primary_leaves_reading)
{
    querc_pool *pool;
    querc_conn *db;
    ck_assert_int_eq(querc_pool_open(either, NULL, &pool), QUERC_OK);
    ck_assert_int_eq(querc_pool_acquire(pool, 20000, &db), QUERC_OK);
    ck_assert(!runs_on_replica(db));
    querc_pool_release(db);
    control("crash", getenv("PRIMARY"));
    ck_assert_int_eq(querc_pool_acquire(pool, 20000, &db), QUERC_OK);
    ck_assert(runs_on_replica(db));
    querc_pool_release(db);
    control("restart", getenv("PRIMARY"));
    querc_pool_close(pool);
}
END_TEST

int main(void)
{
    snprintf(primary, sizeof primary, "host=%s", getenv("PRIMARY"));
    snprintf(replica, sizeof replica, "host=%s", getenv("REPLICA"));
    snprintf(either, sizeof either, "host=%s,%s", getenv("PRIMARY"), getenv("REPLICA"));
    Suite *suite = suite_create("replicas");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, several_hosts);
    tcase_add_test(tests, reading_goes_to_the_replica);
    tcase_add_test(tests, a_lost_replica_is_replaced_by_the_primary);
    tcase_add_test(tests, a_conflict_with_recovery_is_no_error);
    tcase_add_test(tests, a_lost_primary_leaves_reading);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
