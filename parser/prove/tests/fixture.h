/* What the tests of proofs share: a schema, a query, and the letters its verdicts are compared with. */
#ifndef QUERC_PROVE_TESTS_FIXTURE_H
#define QUERC_PROVE_TESTS_FIXTURE_H

#include "analyze/analyze.h"
#include "ddl/ddl.h"
#include "prove/prove.h"

/* A letter a column (n: not null, ?: may be NULL) and how many rows there can be (1: exactly one, 0: at most one,
 * *: any number). */
typedef struct Case {
    const char *sql;
    const char *expected;
} Case;

typedef struct Fixture {
    Arena *arena;
    Diags diags;
    DdlSession *session;
    ProveOptions options;
    IrCommand command;
    const ProveColumn *said; /* -- @column lines */
    size_t nsaid;
} Fixture;

/* The arena is the caller's to free. */
void set_up(Fixture *fixture, const char *schema);
/* false in *good when it is refused. */
IrQuery prove_text(Fixture *fixture, const char *text, bool *good);
/* One that is not. */
IrQuery prove(Fixture *fixture, const char *text);
const char *verdicts(const Fixture *fixture, const IrQuery *query);
void check_case(const char *schema, const Case *wanted);

#endif
