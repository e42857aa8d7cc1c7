/* Every row as JSON is what the server's to_jsonb makes of it, but for what docs/types.md says is otherwise, which
 * the query makes the same there. */
#include "json_test.h"
#include "json.sql.h"
#include "records.sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static bool same(const json_t *a, const json_t *b);

/* jsonb knows no difference between 1 and 1.0. */
static bool same_number(const json_t *a, const json_t *b)
{
    if (json_is_integer(a) && json_is_integer(b))
        return json_integer_value(a) == json_integer_value(b);
    return json_number_value(a) == json_number_value(b);
}

static bool same_members(const json_t *a, const json_t *b)
{
    const char *key;
    json_t *value;
    bool equal = json_object_size(a) == json_object_size(b);
    json_object_foreach((json_t *)(uintptr_t)a, key, value) equal = equal && same(value, json_object_get(b, key));
    return equal;
}

static bool same(const json_t *a, const json_t *b)
{
    if (json_is_number(a) && json_is_number(b))
        return same_number(a, b);
    if (json_is_object(a) && json_is_object(b))
        return same_members(a, b);
    if (!json_is_array(a) || !json_is_array(b))
        return json_equal(a, b);
    bool equal = json_array_size(a) == json_array_size(b);
    for (size_t i = 0; equal && i < json_array_size(a); i++)
        equal = same(json_array_get(a, i), json_array_get(b, i));
    return equal;
}

static void show(const char *what, const json_t *json)
{
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
    printf("    %s %s\n", what, text == NULL ? "nothing" : text);
    free(text);
}

/* Member by member, to say which one is wrong. */
static void compare(const json_t *found, const char *text, const char *otherwise)
{
    json_error_t error;
    const char *key;
    json_t *value;
    json_t *expected = json_loads(text, 0, &error);
    json_t *others = json_loads(otherwise, 0, &error);
    json_object_update(expected, others);
    json_decref(others);
    if (expected == NULL || found == NULL || json_object_size(found) != json_object_size(expected)) {
        printf("no JSON, or with other members: %s\n", expected == NULL ? error.text : text);
        failures++;
    }
    json_object_foreach(expected, key, value)
    {
        const json_t *member = json_object_get(found, key);
        if (same(member, value))
            continue;
        printf("%s of %d:\n", key, (int)json_integer_value(json_object_get(expected, "id")));
        show("expected", value);
        show("found", member);
        failures++;
    }
    json_decref(expected);
}

static size_t allocations_left;

static void *failing_malloc(size_t size)
{
    return allocations_left == 0 ? NULL : (allocations_left--, malloc(size));
}

/* With every allocation failing in turn there is no JSON, and nothing is lost. */
static void test_lack_of_memory(const t_thing *thing)
{
    size_t n = 0;
    json_t *json = NULL;
    while (json == NULL && n < 100000) {
        allocations_left = n++;
        json_set_alloc_funcs(failing_malloc, free);
        json = t_thing_to_json(thing);
        json_set_alloc_funcs(malloc, free);
    }
    printf("without memory at each of many allocations: %s\n", json != NULL && n > 200 ? "no JSON" : "what?");
    json_decref(json);
}

/* What has no JSON. */
static void test_refusals(void)
{
    t_thing thing = {.id = 1};
    json_t *json = t_thing_to_json(&thing);
    printf("a thing of NULLs: %d members\n", (int)json_object_size(json));
    json_decref(json);
    thing.t = "caf\xE9";
    printf("Latin-1: %s\n", t_thing_to_json(&thing) == NULL ? "no JSON" : "what?");
    thing.t = NULL;
    thing.has_mood = true;
    thing.mood = T_MOOD_UNKNOWN_LABEL;
    printf("unknown label: %s\n", t_thing_to_json(&thing) == NULL ? "no JSON" : "what?");
    thing.has_mood = false;
    thing.jb = "{\"a\": 1e400}";
    printf("number beyond double: %s\n", t_thing_to_json(&thing) == NULL ? "no JSON" : "what?");
    thing.jb = "{\"a\": [12345678901234567890, 9007199254740993, \"\\u0000\\\"12345678901234567890\"]}";
    json = t_thing_to_json(&thing);
    show("integers beyond int8", json_object_get(json, "jb"));
    json_decref(json);
    printf("no row: %s\n", t_thing_to_json(NULL) == NULL ? "no JSON" : "what?");
}

static void test_params(void)
{
    const double ratio = 0.5;
    const t_find_things_params params = {.label = "a\"b", .ratio = &ratio};
    json_t *json = t_find_things_params_to_json(&params);
    show("parameters", json);
    json_decref(json);
    const t_pair pair = {.has_x = true, .x = 7, .y = "z"};
    json = t_pair_to_json(&pair);
    show("composite", json);
    json_decref(json);
}

/* Records without a type of their own. */
static void test_records(querc_conn *db)
{
    t_records_rows rows;
    t_one_record_row one;
    if (t_records(db, &rows) != QUERC_OK || t_one_record(db, 2, &one) != QUERC_OK) {
        printf("records: %s\n", querc_last_error(db)->message);
        exit(1);
    }
    const t_records_row *row = &rows.items[0];
    printf("records: %d %s, %d to %d, %d pairs, the last of %d; %s is %s\n", row->one.f1, row->one.f2,
           row->extremes.lowest, row->extremes.highest, (int)row->pairs.len, row->pairs.items[2].f2,
           one.person.f2, one.person.has_f3 ? "born" : "not");
    json_t *json = t_records_row_to_json(row);
    json_object_del(json, "expected");
    compare(json, row->expected, "{}");
    show("records", json);
    json_decref(json);
    t_one_record_row_free(&one);
    t_records_rows_free(&rows);
}

void test_json(querc_conn *db)
{
    t_json_things_rows rows;
    t_join_things_rows joined;
    if (t_json_things(db, &rows) != QUERC_OK || t_join_things(db, &joined) != QUERC_OK) {
        printf("json: %s\n", querc_last_error(db)->message);
        exit(1);
    }
    for (size_t i = 0; i < rows.len; i++) {
        json_t *json = t_thing_to_json(&rows.items[i].things);
        compare(json, rows.items[i].expected, rows.items[i].otherwise);
        json_decref(json);
    }
    printf("JSON of %d rows: %d differ\n", (int)rows.len, failures);
    json_t *array = t_join_things_rows_to_json(&joined);
    show("joined", array);
    json_decref(array);
    test_lack_of_memory(&rows.items[0].things);
    test_refusals();
    test_params();
    test_records(db);
    t_json_things_rows_free(&rows);
    t_join_things_rows_free(&joined);
}
