/* A change as PostgreSQL's rewriter follows it: from the relation that a statement names through views and rules to
 * the tables. */
#ifndef QUERC_ANALYZE_REWRITE_PARTS_H
#define QUERC_ANALYZE_REWRITE_PARTS_H

#include "analyze/query_parts.h"

typedef enum ColumnChangeKind { CHANGE_NONE, CHANGE_DEFAULT, CHANGE_VALUE } ColumnChangeKind;

/* What happens to one column. */
typedef struct ColumnChange {
    ColumnChangeKind kind;
    bool partial; /* only a field or an element of it is assigned */
    int32_t location;
} ColumnChange;

typedef struct Change Change;
struct Change {
    const Change *outer; /* through a view or a rule; or NULL */
    Oid relation;        /* that it has reached */
    CommandKind command;
    OverridingKind overriding;
    ColumnChange *columns;          /* of INSERT and UPDATE, by attribute number from 1 */
    ColumnChange *conflict_columns; /* of ON CONFLICT DO UPDATE */
    bool returning, on_conflict;
    int32_t location;
};

/* What the target list assigns, by attribute number; NULL after an error. */
ColumnChange *rewrite_collect_changes(ParseState *ps, const Query *query, const TargetList *targets,
                                      const Relation *relation, const Change *outer);
/* rewriteTargetListIU; changes may be NULL. */
bool rewrite_check_columns(ParseState *ps, const Relation *relation, const ColumnChange *changes,
                           CommandKind command, OverridingKind overriding);
/* "multiple assignments to same column"; false. */
bool rewrite_report_double(ParseState *ps, const char *column, int32_t location);

bool rewrite_check_change(ParseState *ps, Change *change, const Relation *relation);
/* A statement that an outer change's rules bring about, or the statement itself (outer NULL). */
bool rewrite_check_nested(ParseState *ps, Query *query, const Change *outer);

#endif
