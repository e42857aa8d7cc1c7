/* One run of `querc verify`: the server, what was compared so far, and the report that grows with it. */
#ifndef QUERC_CMD_VERIFY_RUN_H
#define QUERC_CMD_VERIFY_RUN_H

#include "cmd/command.h"
#include "cmd/compile.h"
#include "verify/answer.h"
#include "verify/cluster.h"
#include "verify/server.h"

#include <jansson.h>

/* The codes of what PostgreSQL has no SQLSTATE for: an answer that differs, and a server that cannot be asked. */
#define VERIFY_DIFFERENCE "verify"
#define VERIFY_NO_SERVER "server"

typedef struct VerifyRun {
    Arena *arena;
    const Options *options;
    Diags diags;
    Timing timing;
    int postgres;    /* version that the offline answers are for */
    Cluster cluster; /* of --ephemeral */
    int cluster_for; /* the version it was started for */
    int checked_for; /* the version that `version` was compared with */
    unsigned ndatabases;
    Server *server;
    const char *version; /* of the last server, once there is one */
    /* What the summary tells. */
    size_t nqueries, nstatements; /* compared; statements of migrations or scripts */
    size_t ndifferent, nunchecked, nrejected;
    json_t *results; /* array of sets or scripts */
} VerifyRun;

/* ---- project.c, scripts.c: the two things there are to verify ---- */
void verify_project(VerifyRun *run);
void verify_scripts(VerifyRun *run);

/* ---- schema.c ---- */

/* Applies migrations to the server as querc reads them, statement by statement, and compares the verdicts; entries
 * go to `results`. */
void verify_schema(VerifyRun *run, const SourcePath *paths, size_t npaths, json_t *results);

/* ---- queries.c ---- */

/* Compares every query of a set. `ir` has the right ones, `diags` the errors of the others. */
void verify_queries(VerifyRun *run, const ConfigSet *set, const IrProject *ir, const Diags *diags, json_t *results);

/* ---- main.c ---- */

/* Connects to a new empty database of a throwaway cluster of version run->postgres if there is one, or to the
 * database of the options. False after reporting why not. */
bool verify_connect(VerifyRun *run);
void verify_disconnect(VerifyRun *run);
/* Reports a server that is gone. */
void verify_lost(VerifyRun *run, const char *error);

/* ---- report.c ---- */

/* How two answers compare, as an entry of the report says it. */
typedef enum Verdict { VERDICT_SAME, VERDICT_DIFFERENT, VERDICT_UNCHECKED } Verdict;

/* The answer as `querc describe --json` writes one; a new reference. */
json_t *report_answer(const Answer *answer);
/* Adds "verdict" and, unless it is the same, both answers to an entry, and counts it. */
void report_verdict(VerifyRun *run, json_t *entry, Verdict verdict, const Answer *offline, const Answer *server);
/* Raises a difference as an error at the place. */
Diag *report_difference(VerifyRun *run, Span span, const char *query, const AnswerDifference *difference,
                        const Answer *server);
/* The offline answer of something that a diagnostic says is wrong. */
Answer report_rejection(const Diag *diag);
/* Whether the code is a SQLSTATE and not one of our own names. */
bool report_is_sqlstate(const char *code);
/* The byte of the text at which PostgreSQL's position lies, which counts characters from 1. */
uint32_t report_byte_of_position(const char *text, long position);
/* Everything, to stdout and stderr. */
void report_print(VerifyRun *run);

#endif
