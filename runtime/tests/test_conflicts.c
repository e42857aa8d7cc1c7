/*
 * Transactions that really collide: two connections, a thread each, lock two rows in opposite order (deadlock,
 * 40P01), or read and write each other's rows at an isolation level that does not allow it (40001).
 * querc_transaction runs the one that the server chose to fail again, until both are through.
 */
#include <pthread.h>

#include "books.h"

/* Where the first attempts wait for each other; the later ones find their way alone. */
static pthread_barrier_t meeting;

typedef struct Worker {
    querc_conn *db;
    int64_t ids[2];                                   /* in the order in which they are used */
    querc_status (*step)(querc_conn *db, int64_t id); /* for the first of them */
    querc_tx_options options;
    int attempts;
    char sqlstates[16][6]; /* of the attempts that failed */
    querc_status status;
} Worker;

static const querc_query rename_book = {.name = "RenameBook",
                                        .sql = "UPDATE books SET title = title || '+' WHERE id = $1",
                                        .statement = "querc_rename_book",
                                        .schema = &book_schema,
                                        .params = id_param,
                                        .owner_offset = QUERC_NO_OWNER,
                                        .param_count = 1};

static querc_status call_rename(querc_conn *db, int64_t id)
{
    const void *const args[] = {&id};
    int64_t rows;
    return querc_call_execrows(db, &rename_book, args, &rows);
}

static querc_status call_read(querc_conn *db, int64_t id)
{
    Book book;
    querc_status status = call_get_book(db, id, &book);
    book_free(&book);
    return status;
}

static querc_status attempt(querc_conn *db, void *context)
{
    Worker *worker = context;
    int number = worker->attempts++;
    querc_status status = worker->step(db, worker->ids[0]);
    if (number == 0)
        pthread_barrier_wait(&meeting);
    if (status == QUERC_OK)
        status = call_rename(db, worker->ids[1]);
    if (status != QUERC_OK && number < 16)
        memcpy(worker->sqlstates[number], querc_last_error(db)->sqlstate, 6);
    return status;
}

static void *work(void *argument)
{
    Worker *worker = argument;
    worker->status = querc_transaction(worker->db, &worker->options, attempt, worker);
    return NULL;
}

/* Both come through, in more than one attempt each, the failed ones for the reason that is expected (or while they
 * were committed, where nobody looks). */
static void collide(querc_status (*step)(querc_conn *, int64_t), querc_isolation isolation, const char *sqlstate)
{
    Worker workers[] = {{.ids = {1, 2}}, {.ids = {2, 1}}};
    pthread_t threads[2];
    int attempts = 0;
    ck_assert_int_eq(pthread_barrier_init(&meeting, NULL, 2), 0);
    for (int i = 0; i < 2; i++) {
        workers[i].db = open_db(NULL);
        if (i == 0)
            create_books(workers[0].db);
        execute(workers[i].db, "SET deadlock_timeout = '20ms'");
        workers[i].step = step;
        workers[i].options = (querc_tx_options){.isolation = isolation};
    }
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < 2; i++) {
        assert_status(workers[i].db, QUERC_OK, workers[i].status);
        attempts += workers[i].attempts;
        for (int j = 0; j < workers[i].attempts && j < 16; j++)
            if (workers[i].sqlstates[j][0] != '\0')
                ck_assert_str_eq(workers[i].sqlstates[j], sqlstate);
    }
    ck_assert_int_gt(attempts, 2);
    /* Each did its work once. */
    Book book;
    int changes = 0;
    for (int64_t id = 1; id <= 2; id++) {
        assert_status(workers[0].db, QUERC_OK, call_get_book(workers[0].db, id, &book));
        for (const char *c = book.title; *c != '\0'; c++)
            changes += *c == '+';
        book_free(&book);
    }
    ck_assert_int_eq(changes, step == call_rename ? 4 : 2);
    for (int i = 0; i < 2; i++)
        querc_close(workers[i].db);
    pthread_barrier_destroy(&meeting);
}

START_TEST(deadlock)
{
    collide(call_rename, QUERC_READ_COMMITTED, "40P01");
}
END_TEST

/* Each reads what the other writes: no order of the two explains it. */
START_TEST(write_skew)
{
    collide(call_read, QUERC_SERIALIZABLE, "40001");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("conflicts");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, deadlock);
    tcase_add_test(tests, write_skew);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
