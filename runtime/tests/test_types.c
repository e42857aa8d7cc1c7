/*
 * Every type against the server, by one rule: a value decoded from the binary form, and one decoded from the text
 * form, must both come back to the server, as a parameter, as the value they were.
 */
#include "support.h"

#include <stdio.h>

static querc_conn *db;

static const char *const moods[] = {"sad", "o k", "h\"appy"};
static const uint16_t sorted_moods[] = {2, 1, 0};
static const querc_enum mood_labels = {moods, sorted_moods, 3};
static const querc_type mood = {QUERC_KIND_ENUM, 0, "public", "mood", NULL, &mood_labels, NULL};
static const querc_type mood_array = {QUERC_KIND_ARRAY, 0, "public", "mood[]", &mood, NULL, NULL};
static const querc_type positive = {QUERC_KIND_DOMAIN, 0, "public", "Positive", &querc_type_int4, NULL, NULL};
static const querc_type positive_array = {QUERC_KIND_ARRAY, 0, "public", "Positive[]", &positive, NULL, NULL};
static const querc_type ids = {QUERC_KIND_DOMAIN, 0, "public", "ids", &querc_type_int4_array, NULL, NULL};
static const querc_type citext = {QUERC_KIND_TEXT, 0, "public", "citext", NULL, NULL, NULL};
static const querc_type int4range = {QUERC_KIND_TEXT_FORM, 3904, "pg_catalog", "int4range", NULL, NULL, NULL};
static const querc_type int4range_array = {QUERC_KIND_ARRAY, 3905, "pg_catalog", "int4range[]",
                                           &int4range,       NULL, NULL};
static const querc_type tsvector = {QUERC_KIND_TEXT_FORM, 3614, "pg_catalog", "tsvector", NULL, NULL, NULL};

/* A connection is a map of addresses of constants, so these must not be reused while it is open. */
enum { MAX_QUERIES = 2000 };
typedef struct MadeQuery {
    querc_query query;
    querc_param param;
    querc_column column;
    char statement[16];
    char sql[2048];
} MadeQuery;
static MadeQuery *made;
static int made_count;

typedef struct Cell {
    union {
        int64_t i8;
        const char *text;
        querc_inet inet;
        querc_text_array array;
        querc_interval interval;
    } value;
    querc_owner *owner;
} Cell;

static MadeQuery *make_query(const char *sql, const querc_type *param, const querc_type *column, bool text_format)
{
    ck_assert_int_lt(made_count, MAX_QUERIES);
    MadeQuery *q = &made[made_count++];
    snprintf(q->statement, sizeof q->statement, "q%d", made_count);
    snprintf(q->sql, sizeof q->sql, "%s", sql);
    q->param = (querc_param){"p", param, true};
    q->column = (querc_column){"v", column, offsetof(Cell, value), QUERC_NULL_IS_ZERO};
    q->query = (querc_query){.name = "Q",
                             .sql = q->sql,
                             .statement = q->statement,
                             .params = &q->param,
                             .columns = &q->column,
                             .row_size = sizeof(Cell),
                             .owner_offset = offsetof(Cell, owner),
                             .param_count = param != NULL,
                             .column_count = 1,
                             .text_format = text_format};
    return q;
}

static void setup(void)
{
    db = open_db(NULL);
    made = calloc(MAX_QUERIES, sizeof *made);
    made_count = 0;
    execute(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE EXTENSION citext;"
                "CREATE TYPE mood AS ENUM ('sad', 'o k', 'h\"appy');"
                "CREATE DOMAIN \"Positive\" AS int4 CHECK (value > 0); CREATE DOMAIN ids AS int4[]");
}

static void teardown(void)
{
    querc_close(db);
    free(made);
}

/* The value of a query with one column, as the type given. */
static Cell fetch(const char *sql, const querc_type *param, const void *arg, const querc_type *column, bool text)
{
    Cell cell;
    const void *const args[] = {arg};
    MadeQuery *q = make_query(sql, param, column, text);
    querc_status status = querc_call_one(db, &q->query, args, &cell);
    ck_assert_msg(status == QUERC_OK, "%s: %s", sql, querc_last_error(db)->message);
    return cell;
}

static void expect_text(const char *sql, const querc_type *param, const void *arg, const char *expected)
{
    Cell cell = fetch(sql, param, arg, &querc_type_text, false);
    ck_assert_msg(expected == NULL ? cell.value.text == NULL
                                   : cell.value.text != NULL && strcmp(cell.value.text, expected) == 0,
                  "%s: expected %s, got %s", sql, expected, cell.value.text);
    querc_free(&cell, sizeof cell, cell.owner);
}

/* name is the type in SQL; literal a value of it, quoted for SQL, or NULL. */
static void round_trip(const querc_type *type, const char *name, const char *literal, bool binary)
{
    char sql[2048];
    snprintf(sql, sizeof sql, "SELECT %s::%s::text AS v", literal, name);
    Cell expected = fetch(sql, NULL, NULL, &querc_type_text, false);
    for (int text = binary ? 0 : 1; text < 2; text++) {
        snprintf(sql, sizeof sql, "SELECT %s::%s AS v", literal, name);
        Cell cell = fetch(sql, NULL, NULL, type, text);
        const querc_type *base = qrt_base_type(type);
        /* Strings are passed as they are, all else by address; NULL as NULL. */
        const void *arg = qrt_type_kind(base)->is_pointer ? (const void *)cell.value.text : &cell.value;
        if (expected.value.text == NULL)
            arg = NULL;
        snprintf(sql, sizeof sql, "SELECT $1::%s::text AS v", name);
        expect_text(sql, type, arg, expected.value.text);
        querc_free(&cell, sizeof cell, cell.owner);
    }
    querc_free(&expected, sizeof expected, expected.owner);
}

static const struct {
    const querc_type *type;
    const char *name;
    const char *literals[8];
} scalars[] = {
    {&querc_type_bool, "bool", {"'t'", "'f'"}},
    {&querc_type_int2, "int2", {"0", "'-32768'", "32767"}},
    {&querc_type_int4, "int4", {"0", "'-2147483648'", "2147483647"}},
    {&querc_type_int8, "int8", {"0", "'-9223372036854775808'", "9223372036854775807"}},
    {&querc_type_oid, "oid", {"0", "4294967295"}},
    {&querc_type_xid, "xid", {"'0'", "'4294967295'"}},
    {&querc_type_cid, "cid", {"'7'"}},
    {&querc_type_xid8, "xid8", {"'0'", "'18446744073709551615'"}},
    {&querc_type_tid, "tid", {"'(0,1)'", "'(4294967295,65535)'"}},
    {&querc_type_pg_lsn, "pg_lsn", {"'0/0'", "'FFFFFFFF/FFFFFFFF'", "'16/B374D848'"}},
    {&querc_type_float4, "float4", {"0", "'-0'", "'NaN'", "'Infinity'", "1.1", "3.4028235e38", "1e-45"}},
    {&querc_type_float8,
     "float8",
     {"0", "'-0'", "'NaN'", "'-Infinity'", "0.1", "1.7976931348623157e308", "5e-324"}},
    {&querc_type_money, "money", {"0", "'-1.05'", "'92233720368547758.07'", "'-92233720368547758.08'"}},
    {&querc_type_char, "\"char\"", {"'x'"}},
    {&querc_type_text, "text", {"''", "'caf\xc3\xa9'", "E'a\\nb'"}},
    {&querc_type_varchar, "varchar", {"'x'"}},
    {&querc_type_bpchar, "bpchar", {"'x'"}},
    {&querc_type_name, "name", {"'x'"}},
    {&querc_type_json, "json", {"'{\"a\": [1,null]}'"}},
    {&querc_type_jsonb, "jsonb", {"'{\"a\": [1,null]}'", "'null'"}},
    {&querc_type_jsonpath, "jsonpath", {"'$.a'"}},
    {&querc_type_xml, "xml", {"'<a>b</a>'"}},
    {&querc_type_refcursor, "refcursor", {"'c'"}},
    {&citext, "citext", {"'Ab'"}},
    {&querc_type_bytea, "bytea", {"''", "'\\x00ff27'"}},
    {&querc_type_uuid, "uuid", {"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"}},
    {&querc_type_date, "date", {"'2024-02-29'", "'4714-11-24 BC'", "'5874897-12-31'", "'infinity'", "'-infinity'"}},
    {&querc_type_time, "time", {"'00:00'", "'24:00'", "'23:59:59.999999'"}},
    {&querc_type_timetz, "timetz", {"'00:00+15:59:59'", "'12:00-05:30'", "'24:00:00-15:59'"}},
    {&querc_type_timestamp,
     "timestamp",
     {"'2024-02-29 12:34:56.789'", "'4714-11-24 00:00:00 BC'", "'294276-12-31 23:59:59.999999'", "'infinity'",
      "'-infinity'"}},
    {&querc_type_timestamptz,
     "timestamptz",
     {"'2024-02-29 12:34:56.789+05:30'", "'4714-11-24 00:00:00+00 BC'", "'294276-12-31 23:59:59.999999+00'",
      "'infinity'", "'-infinity'"}},
    {&querc_type_interval,
     "interval",
     {"'0'", "'1 year -2 mons 3 days -04:05:06.789'", "'-1 days'",
      "'178956970 years 7 mons 2147483647 days 2562047788:00:54.775807'"}},
    {&querc_type_numeric,
     "numeric",
     {"0", "'-0.00'", "'NaN'", "'Infinity'", "'-Infinity'", "12345.67890", "1e-30",
      "123456789012345678901234567890.1"}},
    {&querc_type_inet, "inet", {"'10.1.2.3'", "'10.1.2.3/8'", "'::ffff:1.2.3.4'", "'2001:4f8:3:ba::1/64'"}},
    {&querc_type_cidr, "cidr", {"'10.0.0.0/8'", "'10.1.2.3/32'", "'2001:4f8:3:ba::/64'"}},
    {&querc_type_macaddr, "macaddr", {"'08:00:2b:01:02:03'"}},
    {&querc_type_macaddr8, "macaddr8", {"'08:00:2b:01:02:03:04:05'"}},
    {&querc_type_bit, "bit(9)", {"B'101010101'"}},
    {&querc_type_varbit, "varbit", {"B''", "B'1'", "B'11111111'", "B'101010101'"}},
    {&mood, "mood", {"'sad'", "'o k'", "'h\"appy'"}},
    {&positive, "\"Positive\"", {"1", "2147483647"}},
};

START_TEST(scalars_round_trip)
{
    for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++) {
        for (size_t j = 0; j < 8 && scalars[i].literals[j] != NULL; j++)
            round_trip(scalars[i].type, scalars[i].name, scalars[i].literals[j], true);
        round_trip(scalars[i].type, scalars[i].name, "NULL", true);
    }
}
END_TEST

/* An array of all of a type's literals, with a NULL among them, and the same in two dimensions. */
START_TEST(arrays_round_trip)
{
    for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++) {
        static querc_type arrays[sizeof scalars / sizeof scalars[0]];
        char name[64];
        char list[512] = "";
        char literal[1200];
        const querc_type *element = scalars[i].type;
        arrays[i] = (querc_type){QUERC_KIND_ARRAY, 0, "public", "array", element, NULL, NULL};
        if (element->oid != 0) {
            PGresult *result;
            char sql[128];
            snprintf(sql, sizeof sql, "SELECT typarray FROM pg_type WHERE oid = %u", element->oid);
            result = PQexec(querc_pgconn(db), sql);
            arrays[i].oid = (uint32_t)strtoul(PQgetvalue(result, 0, 0), NULL, 10);
            PQclear(result);
        }
        for (size_t j = 0; j < 8 && scalars[i].literals[j] != NULL; j++) {
            if (j > 0)
                strcat(list, ",");
            strcat(list, scalars[i].literals[j]);
        }
        snprintf(name, sizeof name, "%s[]", scalars[i].name);
        snprintf(literal, sizeof literal, "ARRAY[%s]", list);
        round_trip(&arrays[i], name, literal, true);
        snprintf(literal, sizeof literal, "ARRAY[NULL,%s,NULL]", list);
        round_trip(&arrays[i], name, literal, true);
        snprintf(literal, sizeof literal, "ARRAY[ARRAY[%s],ARRAY[%s]]", list, list);
        round_trip(&arrays[i], name, literal, true);
        round_trip(&arrays[i], name, "'{}'", true);
    }
}
END_TEST

START_TEST(unusual_arrays)
{
    round_trip(&querc_type_int4_array, "int4[]", "'[0:2]={1,2,3}'", true);
    round_trip(&querc_type_int4_array, "int4[]", "'[-3:-2][5:6]={{1,2},{3,4}}'", true);
    round_trip(&querc_type_text_array, "text[]", "ARRAY['','NULL',NULL,'a\"b','c\\d','{}',', ',' x ']", true);
    round_trip(&querc_type_int2vector, "int2vector", "'1 2 3'", true);
    round_trip(&positive_array, "\"Positive\"[]", "'{1,2,NULL}'", true);
    round_trip(&mood_array, "mood[]", "ARRAY['o k','h\"appy',NULL]", true);
    round_trip(&ids, "ids", "'{{1,2},{3,4}}'", true);
}
END_TEST

START_TEST(types_with_text_form_only)
{
    round_trip(&int4range, "int4range", "'[1,5)'", false);
    round_trip(&tsvector, "tsvector", "'a:1 b:2'", false);
    round_trip(&int4range_array, "int4range[]", "ARRAY['[1,5)','empty',NULL]::int4range[]", false);
}
END_TEST

START_TEST(values_mean_what_they_say)
{
    Cell cell = fetch("SELECT '10.1.2.3/8'::inet AS v", NULL, NULL, &querc_type_inet, false);
    ck_assert(cell.value.inet.family == 4 && cell.value.inet.prefix == 8 && !cell.value.inet.is_cidr);
    ck_assert(memcmp(cell.value.inet.address, "\x0a\1\2\3", 4) == 0);
    querc_free(&cell, sizeof cell, cell.owner);
    cell = fetch("SELECT '1 mon 2 days 3 seconds'::interval AS v", NULL, NULL, &querc_type_interval, false);
    ck_assert(cell.value.interval.months == 1 && cell.value.interval.days == 2 &&
              cell.value.interval.usec == 3000000);
    querc_free(&cell, sizeof cell, cell.owner);
    cell = fetch("SELECT 'pg_class'::regclass AS v", NULL, NULL, &querc_type_regclass, false);
    ck_assert_int_eq((uint32_t)cell.value.i8, 1259);
    querc_free(&cell, sizeof cell, cell.owner);
    cell = fetch("SELECT 'h\"appy'::mood AS v", NULL, NULL, &mood, false);
    int label;
    memcpy(&label, &cell.value, sizeof label);
    ck_assert_int_eq(label, 3);
    querc_free(&cell, sizeof cell, cell.owner);
}
END_TEST

typedef struct Point {
    int32_t x;
    bool has_y;
    querc_numeric y;
} Point;

typedef struct Shape {
    const char *name;
    Point centre;
    bool has_centre;
    struct {
        const Point *items;
        size_t len;
        const bool *nulls;
        const querc_dimensions *dimensions;
    } corners;
    int feeling;
    int32_t count;
} Shape;

typedef struct ShapeRow {
    Shape shape;
    bool has_shape;
    querc_owner *owner;
} ShapeRow;

static const querc_column point_attributes[] = {
    {"x", &positive, offsetof(Point, x), QUERC_NOT_NULL},
    {"y", &querc_type_numeric, offsetof(Point, y), offsetof(Point, has_y)},
};
static const querc_composite point_struct = {point_attributes, sizeof(Point), 2};
static const querc_type point = {
    .kind = QUERC_KIND_COMPOSITE, .schema = "public", .name = "pt", .composite = &point_struct};
static const querc_type point_array = {
    .kind = QUERC_KIND_ARRAY, .schema = "public", .name = "pt[]", .element = &point};
static const querc_column shape_attributes[] = {
    {"name", &querc_type_text, offsetof(Shape, name), QUERC_NULL_IS_ZERO},
    {"centre", &point, offsetof(Shape, centre), offsetof(Shape, has_centre)},
    {"corners", &point_array, offsetof(Shape, corners), QUERC_NOT_NULL},
    {"feeling", &mood, offsetof(Shape, feeling), QUERC_NOT_NULL},
    {"count", &querc_type_int4, offsetof(Shape, count), QUERC_NULL_IS_ZERO},
};
static const querc_composite shape_struct = {shape_attributes, sizeof(Shape), 5};
static const querc_type shape = {
    .kind = QUERC_KIND_COMPOSITE, .schema = "public", .name = "shp", .composite = &shape_struct};

static const char shape_sql[] =
    "SELECT ROW('a', ROW(1, 2.5), ARRAY[ROW(3, NULL), NULL, ROW(4, 5)]::pt[], 'o k', 7)::shp AS v";

START_TEST(composites)
{
    execute(db, "CREATE TYPE pt AS (x \"Positive\", dropped int4, y numeric); ALTER TYPE pt DROP ATTRIBUTE dropped;"
                "CREATE TYPE shp AS (name text, centre pt, corners pt[], feeling mood, count int4)");
    MadeQuery *q = make_query(shape_sql, NULL, &shape, false);
    q->column.null_at = offsetof(ShapeRow, has_shape);
    q->query.row_size = sizeof(ShapeRow);
    q->query.owner_offset = offsetof(ShapeRow, owner);
    ShapeRow row;
    char number[32];
    assert_status(db, QUERC_OK, querc_call_one(db, &q->query, NULL, &row));
    ck_assert(row.has_shape && row.shape.has_centre && row.shape.centre.x == 1 && row.shape.centre.has_y);
    ck_assert_str_eq(row.shape.name, "a");
    querc_numeric_to_text(row.shape.centre.y, number, sizeof number);
    ck_assert_str_eq(number, "2.5");
    ck_assert_uint_eq(row.shape.corners.len, 3);
    ck_assert(row.shape.corners.items[0].x == 3 && !row.shape.corners.items[0].has_y);
    ck_assert(row.shape.corners.nulls[1] && !row.shape.corners.nulls[2] && row.shape.corners.items[2].has_y);
    ck_assert(row.shape.feeling == 2 && row.shape.count == 7);
    /* And back. */
    expect_text("SELECT $1::shp::text AS v", &shape, &row.shape,
                "(a,\"(1,2.5)\",\"{\"\"(3,)\"\",NULL,\"\"(4,5)\"\"}\",\"o k\",7)");
    const querc_bool_array points = {
        .items = (const bool *)row.shape.corners.items, .len = 3, .nulls = row.shape.corners.nulls};
    expect_text("SELECT $1::pt[]::text AS v", &point_array, &points, "{\"(3,)\",NULL,\"(4,5)\"}");
    row.shape.name = NULL;
    row.shape.has_centre = false;
    expect_text("SELECT $1::shp::text AS v", &shape, &row.shape,
                "(,,\"{\"\"(3,)\"\",NULL,\"\"(4,5)\"\"}\",\"o k\",7)");
    querc_free(&row, sizeof row, row.owner);
}
END_TEST

START_TEST(composites_that_do_not_fit)
{
    static const char *const wrong[] = {"SELECT ROW('a', NULL, NULL, 'sad', 1)::shp AS v",
                                        "SELECT ROW('a', ROW(NULL, 1), '{}', 'sad', 1)::shp AS v"};
    execute(db, "CREATE TYPE pt AS (x \"Positive\", y numeric);"
                "CREATE TYPE shp AS (name text, centre pt, corners pt[], feeling mood, count int4)");
    for (size_t i = 0; i < 2; i++) {
        MadeQuery *q = make_query(wrong[i], NULL, &shape, false);
        ShapeRow row;
        q->query.row_size = sizeof(ShapeRow);
        q->query.owner_offset = offsetof(ShapeRow, owner);
        assert_status(db, QUERC_DECODE, querc_call_one(db, &q->query, NULL, &row));
        assert_contains(querc_last_error(db)->message, "is NULL");
    }
    execute(db, "ALTER TYPE shp DROP ATTRIBUTE count");
    MadeQuery *q = make_query("SELECT ROW('a', NULL, '{}', 'sad')::shp AS v", NULL, &shape, false);
    ShapeRow row;
    q->query.row_size = sizeof(ShapeRow);
    q->query.owner_offset = offsetof(ShapeRow, owner);
    assert_status(db, QUERC_DECODE, querc_call_one(db, &q->query, NULL, &row));
    assert_contains(querc_last_error(db)->message, "expected 5 attributes, found 4");
    /* In text format there is no way to read one. */
    q = make_query("SELECT ROW('a', NULL, '{}', 'sad')::shp AS v", NULL, &shape, true);
    assert_status(db, QUERC_MISUSE, querc_call_one(db, &q->query, NULL, &row));
}
END_TEST

/* A program writes an array with a compound literal. */
START_TEST(arrays_as_arguments)
{
    const int32_t numbers[] = {3, 1, 2};
    const querc_int4_array array = {.items = numbers, .len = 3};
    expect_text("SELECT $1::int4[]::text AS v", &querc_type_int4_array, &array, "{3,1,2}");
    const querc_int4_array empty = {.items = NULL, .len = 0};
    expect_text("SELECT $1::int4[]::text AS v", &querc_type_int4_array, &empty, "{}");
    const querc_text texts[] = {"a", NULL};
    const querc_text_array with_null = {.items = texts, .len = 2};
    expect_text("SELECT $1::text[]::text AS v", &querc_type_text_array, &with_null, "{a,NULL}");
    int32_t *many = calloc(100000, sizeof *many);
    const querc_int4_array large = {.items = many, .len = 100000};
    expect_text("SELECT cardinality($1::int4[])::text AS v", &querc_type_int4_array, &large, "100000");
    free(many);
}
END_TEST

START_TEST(bad_arguments)
{
    const int unknown = 0;
    const querc_dimensions wrong = {2, {{2, 1}, {2, 1}}};
    const int32_t numbers[] = {1, 2, 3};
    const querc_int4_array array = {.items = numbers, .len = 3, .dimensions = &wrong};
    const querc_inet inet = {.family = 5};
    const struct {
        const querc_type *type;
        const char *sql;
        const void *arg;
        const char *message;
    } cases[] = {
        {&mood, "SELECT $1::mood::text AS v", &unknown,
         "query \"Q\": parameter $1 \"p\" (public.mood): is not one of the enum's labels"},
        {&querc_type_int4_array, "SELECT $1::int4[]::text AS v", &array, "has dimensions that don't make"},
        {&querc_type_inet, "SELECT $1::inet::text AS v", &inet, "family"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Cell cell;
        const void *const args[] = {cases[i].arg};
        MadeQuery *q = make_query(cases[i].sql, cases[i].type, &querc_type_text, false);
        assert_status(db, QUERC_ENCODE, querc_call_one(db, &q->query, args, &cell));
        assert_contains(querc_last_error(db)->message, cases[i].message);
    }
    MadeQuery *q = make_query("SELECT $1::int4::text AS v", &querc_type_int4, &querc_type_text, false);
    q->param.nullable = false;
    Cell cell;
    assert_status(db, QUERC_ENCODE, querc_call_one(db, &q->query, NULL, &cell));
    assert_contains(querc_last_error(db)->message, "is NULL");
}
END_TEST

START_TEST(more_labels_than_compiled)
{
    execute(db, "ALTER TYPE mood ADD VALUE 'new'");
    Cell cell = fetch("SELECT 'new'::mood AS v", NULL, NULL, &mood, false);
    int label;
    memcpy(&label, &cell.value, sizeof label);
    ck_assert_int_eq(label, 0);
    querc_free(&cell, sizeof cell, cell.owner);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("types");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, scalars_round_trip);
    tcase_add_test(tests, arrays_round_trip);
    tcase_add_test(tests, unusual_arrays);
    tcase_add_test(tests, types_with_text_form_only);
    tcase_add_test(tests, values_mean_what_they_say);
    tcase_add_test(tests, composites);
    tcase_add_test(tests, composites_that_do_not_fit);
    tcase_add_test(tests, arrays_as_arguments);
    tcase_add_test(tests, bad_arguments);
    tcase_add_test(tests, more_labels_than_compiled);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
