/* Conditions of EXCEPTION WHEN and RAISE, and the SQLSTATEs that they stand for. */
#ifndef QUERC_PLPGSQL_CONDITION_H
#define QUERC_PLPGSQL_CONDITION_H

#include "plpgsql/plpgsql.h"

/* The code of a condition's name, the first if it has several; NULL when there is no such condition. */
const char *condition_code(const char *name);
/* exception_matches_conditions: whether a handler for the condition catches an error with the code. OTHERS catches
 * all but the cancelling of a query and a failed ASSERT. */
bool condition_matches(const PlCondition *condition, const char *code);

#endif
