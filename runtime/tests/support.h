/* What the runtime's tests share. */
#ifndef QUERC_TESTS_SUPPORT_H
#define QUERC_TESTS_SUPPORT_H

#include <check.h>
#include <stdlib.h>

#include "querc_private.h"

/* An allocator that counts, and fails after a number of allocations. */
typedef struct Meter {
    long live; /* allocated and not released */
    long total;
    long fail_at; /* the number of the allocation that fails; 0: none */
} Meter;

querc_allocator metered(Meter *meter);

/* A connection to the server that scripts/pg-cluster has set up; fails the test if there is none. */
querc_conn *open_db(const querc_options *options);
void execute(querc_conn *db, const char *sql);

#define assert_status(DB, EXPECTED, CALL)                                                                          \
    do {                                                                                                           \
        querc_status status_ = (CALL);                                                                             \
        ck_assert_msg(status_ == (EXPECTED), "expected %s, got %s: %s", querc_status_name(EXPECTED),               \
                      querc_status_name(status_), querc_last_error(DB)->message);                                  \
    } while (0)

#define assert_contains(TEXT, PART)                                                                                \
    ck_assert_msg(strstr((TEXT), (PART)) != NULL, "\"%s\" does not contain \"%s\"", (TEXT), (PART))

int run_suite(Suite *suite);

#endif
