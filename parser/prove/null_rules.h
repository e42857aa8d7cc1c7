/* The rules by which verdicts on NULL are reached, each with the words that explain it to the user: what stands
 * before and after the rule's subject, where it has one. Private to prove/. */
#ifndef QUERC_PROVE_NULL_RULES_H
#define QUERC_PROVE_NULL_RULES_H

#define NULL_RULES(X)                                                                                              \
    /* never NULL */                                                                                               \
    X(DECLARED, "declared NOT NULL", "")                                                                           \
    X(DOMAIN_NOT_NULL, "domain ", " does not take NULL")                                                           \
    X(CHECK, "constraint ", " forbids NULL")                                                                       \
    X(GENERATED, "generated, never from NULL", "")                                                                 \
    X(SYSTEM_COLUMN, "a system column", "")                                                                        \
    X(CONDITION, "this condition only holds where it is not NULL", "")                                             \
    X(CONSTANT, "a constant", "")                                                                                  \
    X(PARAM_NOT_NULL, "a parameter that does not take NULL", "")                                                   \
    X(CALL, "", "() gives no NULL for arguments that are not")                                                     \
    X(CALL_ALWAYS, "", "() never gives NULL")                                                                      \
    X(AGGREGATE, "", "() over at least one row")                                                                   \
    X(WINDOW, "", "() over a frame that holds the current row")                                                    \
    X(BY_ITSELF, "this never gives NULL", "")                                                                      \
    X(OPERANDS, "made of what is not NULL", "")                                                                    \
    X(ROW_FOUND, "the sub-select always gives a row", "")                                                          \
    X(COALESCE, "one of the arguments is not NULL", "")                                                            \
    X(CASE, "no branch gives NULL", "")                                                                            \
    X(ORDINALITY, "a row number", "")                                                                              \
    X(ASSIGNED, "the statement stores a value that is not NULL", "")                                               \
    X(DEFAULT, "the column's default is stored, which is not NULL", "")                                            \
    X(ROW, "a row", "")                                                                                            \
    /* may be NULL */                                                                                              \
    X(COLUMN, "declared without NOT NULL", "")                                                                     \
    X(OUTER_JOIN, "", " join")                                                                                     \
    X(FOREIGN_TABLE, "what a foreign table declares is not enforced", "")                                          \
    X(MATVIEW, "the rows of a materialized view may be older than the constraints", "")                            \
    X(CHILD, "table ", " inherits the column and takes NULL")                                                      \
    X(NULL_LITERAL, "NULL", "")                                                                                    \
    X(PARAM, "a parameter that takes NULL", "")                                                                    \
    X(FUNCTION, "", "() may give NULL")                                                                            \
    X(NO_ROWS, "", "() over no rows gives NULL")                                                                   \
    X(FILTERED, "", "() with FILTER may see no rows")                                                              \
    X(FRAME, "", "() over a frame that may be empty")                                                              \
    X(NO_ROW, "the sub-select may give no row", "")                                                                \
    X(NULLIF, "NULLIF", "")                                                                                        \
    X(SUBSCRIPT, "a subscript may find nothing", "")                                                               \
    X(FIELD, "a field of a composite value", "")                                                                   \
    X(GROUPING_SET, "not in every grouping set", "")                                                               \
    X(PADDED, "rows of the shorter result are filled with NULL", "")                                               \
    X(LIST, "the list may hold NULL", "")                                                                          \
    X(CHANGED_VIEW, "an INSTEAD trigger or a rule gives the row", "")                                              \
    X(TABLE_FUNCTION, "a column of XMLTABLE without NOT NULL", "")                                                 \
    X(UNPROVED, "nothing says that it is not NULL", "")

typedef enum NullRule {
#define X(RULE, BEFORE, AFTER) NULL_##RULE,
    NULL_RULES(X)
#undef X
} NullRule;

#endif
