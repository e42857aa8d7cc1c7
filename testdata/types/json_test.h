/* The rows as JSON, compared with what the server makes of them. */
#ifndef JSON_TEST_H
#define JSON_TEST_H

#include <querc.h>

void test_json(querc_conn *db);

#endif
