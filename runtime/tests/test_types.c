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
static const querc_type mood = {QUERC_KIND_ENUM, 0, "public", "mood", NULL, &mood_labels, NULL, 0, NULL};
static const querc_type mood_array = {QUERC_KIND_ARRAY, 0, "public", "mood[]", &mood, NULL, NULL, 0, NULL};
static const querc_type positive = {
    QUERC_KIND_DOMAIN, 0, "public", "Positive", &querc_type_int4, NULL, NULL, 0, NULL};
static const querc_type positive_array = {
    QUERC_KIND_ARRAY, 0, "public", "Positive[]", &positive, NULL, NULL, 0, NULL};
static const querc_type ids = {QUERC_KIND_DOMAIN, 0, "public", "ids", &querc_type_int4_array, NULL, NULL, 0, NULL};
static const querc_type citext = {QUERC_KIND_TEXT, 0, "public", "citext", NULL, NULL, NULL, 0, NULL};
static const querc_type int4range = {
    .kind = QUERC_KIND_TEXT_FORM, .oid = 3904, .schema = "pg_catalog", .name = "int4range"};
static const querc_type int4range_array = {
    QUERC_KIND_ARRAY, 3905, "pg_catalog", "int4range[]", &int4range, NULL, NULL, 0, NULL};
static const querc_type tsvector = {
    QUERC_KIND_TEXT_FORM, 3614, "pg_catalog", "tsvector", NULL, NULL, NULL, 0, NULL};

static const querc_type hstore = {.kind = QUERC_KIND_HSTORE, .schema = "public", .name = "hstore"};
static const querc_type ltree = {.kind = QUERC_KIND_TEXT_V1, .schema = "public", .name = "ltree"};
static const querc_type lquery = {.kind = QUERC_KIND_TEXT_V1, .schema = "public", .name = "lquery"};
static const querc_type ltxtquery = {.kind = QUERC_KIND_TEXT_V1, .schema = "public", .name = "ltxtquery"};
QUERC_RANGE_TYPE(TextRange, const char *);
static const querc_type textrange = {.kind = QUERC_KIND_RANGE,
                                     .schema = "public",
                                     .name = "textrange",
                                     .element = &querc_type_text,
                                     .size = sizeof(TextRange)};
static const querc_type textmultirange = {
    .kind = QUERC_KIND_MULTIRANGE, .schema = "public", .name = "textmultirange", .element = &textrange};

/* A type with functions of the user's: float8[] as a C struct of up to three numbers. */
typedef struct Vector {
    uint32_t len;
    double at[3];
} Vector;

static bool vector_decode(querc_decoder *decoder, const void *data, size_t len, void *value)
{
    Vector *vector = value;
    const unsigned char *bytes = data;
    if (len < 20)
        return querc_decoder_fail(decoder, "no vector");
    vector->len = bytes[15];
    void *memory = querc_decoder_alloc(decoder, len);
    if (memory == NULL || vector->len > 3 || len != 20 + 12 * (size_t)vector->len)
        return memory != NULL && querc_decoder_fail(decoder, "too many dimensions");
    memcpy(memory, data, len);
    for (size_t i = 0; i < vector->len; i++) {
        uint64_t bits = qrt_get_8((const char *)memory + 24 + 12 * i);
        memcpy(&vector->at[i], &bits, sizeof bits);
    }
    return true;
}

static bool vector_encode(querc_encoder *encoder, const void *value)
{
    const Vector *vector = value;
    unsigned char head[20] = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x02, 0xBD, 0, 0, 0, 0, 0, 0, 0, 1};
    if (vector->len > 3)
        return querc_encoder_fail(encoder, "has too many dimensions");
    head[15] = (unsigned char)vector->len;
    if (!querc_encoder_write(encoder, head, sizeof head))
        return false;
    for (size_t i = 0; i < vector->len; i++) {
        unsigned char item[12] = {0, 0, 0, 8};
        uint64_t bits;
        memcpy(&bits, &vector->at[i], sizeof bits);
        for (int byte = 0; byte < 8; byte++)
            item[4 + byte] = (unsigned char)(bits >> (56 - 8 * byte) & 0xFF);
        if (!querc_encoder_write(encoder, item, sizeof item))
            return false;
    }
    return true;
}

static const querc_codec vector_codec = {vector_decode, vector_encode, NULL};
static const querc_type vector = {.kind = QUERC_KIND_CUSTOM,
                                  .oid = 1022,
                                  .schema = "pg_catalog",
                                  .name = "_float8",
                                  .size = sizeof(Vector),
                                  .codec = &vector_codec};

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
        Vector vector;
        char room[64];
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
                "CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE TYPE textrange AS RANGE (subtype = text);"
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
    const querc_type *innermost = qrt_base_type(type);
    while (innermost->kind == QUERC_KIND_ARRAY)
        innermost = qrt_base_type(innermost->element);
    int forms = qrt_type_kind(innermost)->from_text != NULL ? 2 : 1;
    for (int text = binary ? 0 : 1; text < forms; text++) {
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
    {&querc_type_point, "point", {"'(1.5,-2e300)'", "'(NaN,Infinity)'"}},
    {&querc_type_line, "line", {"'{1,2,3}'"}},
    {&querc_type_lseg, "lseg", {"'[(1,2),(3,4)]'"}},
    {&querc_type_box, "box", {"'(1,2),(3,4)'"}},
    {&querc_type_path, "path", {"'[(1,2),(3,4)]'", "'((1,2),(3,4),(5,6))'", "'((0,0))'"}},
    {&querc_type_polygon, "polygon", {"'((1,2),(3,4),(5,6))'", "'((0,0))'"}},
    {&querc_type_circle, "circle", {"'<(1,2),3>'"}},
    {&querc_type_tsvector,
     "tsvector",
     {"''", "'a:1A,16383 b:2B,3C c'", "$$'it''s':4 'back\\\\slash'$$", "'x y z'"}},
    {&querc_type_tsquery,
     "tsquery",
     {"''", "'a & b | !c'", "'(a | b) & !(c <-> d)'", "'a <3> (b <-> c) & d:*AB'", "$$'it''s' <0> x$$",
      "'!!a | !(b & c)'", "'a <-> (b | c) <-> d'"}},
    {&querc_type_int4range, "int4range", {"'empty'", "'[1,5)'", "'(,7]'", "'[-2147483648,)'", "'(,)'"}},
    {&querc_type_int8range, "int8range", {"'[1,9223372036854775807)'"}},
    {&querc_type_numrange, "numrange", {"'[1.5,2.50]'", "'(,NaN)'", "'(-1e100,1e100)'"}},
    {&querc_type_tsrange, "tsrange", {"'[2024-01-01,infinity]'", "'(,2000-01-01 00:00:00.5)'"}},
    {&querc_type_tstzrange, "tstzrange", {"'[2024-01-01 00:00+01,)'"}},
    {&querc_type_daterange, "daterange", {"'[2024-01-01,2024-12-31]'", "'(,infinity)'"}},
    {&querc_type_int4multirange, "int4multirange", {"'{}'", "'{[1,3),[5,9)}'", "'{(,)}'"}},
    {&querc_type_int8multirange, "int8multirange", {"'{[1,3),[5,9)}'"}},
    {&querc_type_nummultirange, "nummultirange", {"'{[1.5,3),(5,9]}'"}},
    {&querc_type_tsmultirange, "tsmultirange", {"'{[2024-01-01,2024-01-02)}'"}},
    {&querc_type_tstzmultirange, "tstzmultirange", {"'{[2024-01-01 00:00+00,2024-01-02 00:00+00)}'"}},
    {&querc_type_datemultirange, "datemultirange", {"'{[2024-01-01,2024-01-02),[2025-01-01,)}'"}},
    {&textrange, "textrange", {"'[a,b)'", "'(,\"x,\\\"y\")'", "'empty'"}},
    {&textmultirange, "textmultirange", {"'{[a,b),[c,)}'"}},
    {&hstore, "hstore", {"''", "'a=>1, b=>NULL, \"q r\"=>\"\\\"\"'"}},
    {&ltree, "ltree", {"'Top.Science'", "''"}},
    {&lquery, "lquery", {"'Top.*{1,2}.Sci*'"}},
    {&ltxtquery, "ltxtquery", {"'Europe & !Russia'"}},
    {&vector, "float8[]", {"'{1,2.5,-3}'", "'{0}'"}},
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
        if (element == &vector) /* an array already */
            continue;
        arrays[i] = (querc_type){QUERC_KIND_ARRAY, 0, "public", "array", element, NULL, NULL, 0, NULL};
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

/* Random values, one for each i. */
static const struct {
    const querc_type *type;
    const char *name;
    const char *expression;
} randoms[] = {
    {&querc_type_bool, "bool", "random() < 0.5"},
    {&querc_type_int2, "int2", "random() * 65535 - 32768"},
    {&querc_type_int4, "int4", "random() * 4294967295 - 2147483648"},
    {&querc_type_int8, "int8", "(random() - 0.5) * 1.8e19"},
    {&querc_type_oid, "oid", "(random() * 4294967295)::int8"},
    {&querc_type_float4, "float4", "(random() - 0.5) * 10 ^ (random() * 70 - 35)"},
    {&querc_type_float8, "float8", "(random() - 0.5) * 10 ^ (random() * 600 - 300)"},
    {&querc_type_money, "money", "((random() - 0.5) * 1e15)::numeric"},
    {&querc_type_numeric, "numeric",
     "repeat((random() * 1e9)::int8::text, i % 9) || i || CASE i % 3 WHEN 0 THEN '' ELSE '.' || repeat('0', i % 7) "
     "|| (random() * 1e15)::int8 END || CASE i % 5 WHEN 0 THEN 'e' || (random() * 200 - 100)::int ELSE '' END"},
    {&querc_type_text, "text", "repeat(chr((random() * 900 + 32)::int), i % 40) || md5(i::text)"},
    {&querc_type_bpchar, "char(20)", "substr(md5(i::text), 1, i % 20)"},
    {&querc_type_name, "name", "md5(i::text)"},
    {&querc_type_char, "\"char\"", "chr(i % 126 + 1)"},
    {&querc_type_bytea, "bytea", "decode(repeat(md5(i::text), i % 9), 'hex')"},
    {&querc_type_uuid, "uuid", "md5(i::text)"},
    {&querc_type_json, "json", "json_build_object(md5(i::text), ARRAY[i, NULL])"},
    {&querc_type_jsonb, "jsonb", "jsonb_build_object(md5(i::text), ARRAY[i, NULL])"},
    {&querc_type_date, "date", "date '2000-01-01' + ((random() - 0.5) * 4000000)::int"},
    {&querc_type_time, "time", "time '00:00' + random() * interval '24 hours'"},
    {&querc_type_timetz, "timetz",
     "(time '00:00' + random() * interval '24 hours')::text || (ARRAY['+00', '-13:30', '+15:59:59'])[i % 3 + 1]"},
    {&querc_type_timestamp, "timestamp", "timestamp '2000-01-01' + (random() - 0.5) * interval '9000 years'"},
    {&querc_type_timestamptz, "timestamptz", "timestamptz '2000-01-01' + (random() - 0.5) * interval '9000 years'"},
    {&querc_type_interval, "interval",
     "make_interval((random() * 2000 - 1000)::int, (random() * 24 - 12)::int, 0, (random() * 9999 - 5000)::int, 0, "
     "0, random() * 1e7 - 5e6)"},
    {&querc_type_inet, "inet",
     "CASE i % 2 WHEN 0 THEN (i % 256) || '.' || (random() * 255)::int || '.0.' || i % 251 || '/' || i % 33 ELSE "
     "to_hex(i) || ':' || to_hex((random() * 65535)::int) || '::' || to_hex(i * 7 % 65536) || '/' || i % 129 END"},
    {&querc_type_cidr, "cidr", "network(set_masklen(inet '10.77.201.133', i % 33))"},
    {&querc_type_macaddr, "macaddr", "substr(md5(i::text), 1, 12)"},
    {&querc_type_macaddr8, "macaddr8", "substr(md5(i::text), 1, 16)"},
    {&querc_type_varbit, "varbit", "substr((random() * 2147483647)::int4::bit(31)::text, 1, i % 32)"},
    {&querc_type_pg_lsn, "pg_lsn", "to_hex((random() * 2147483647)::int) || '/' || to_hex(i)"},
    {&querc_type_tid, "tid", "'(' || (random() * 4294967295)::int8 || ',' || i || ')'"},
    {&querc_type_xid8, "xid8", "((random() * 9e18)::int8)::text"},
    {&querc_type_point, "point", "point(random() * 1e9, -random())"},
    {&querc_type_box, "box", "box(point(random(), random()), point(random(), random()))"},
    {&querc_type_polygon, "polygon", "polygon(i % 9 + 2, circle(point(random(), i), random() + 1))"},
    {&querc_type_path, "path",
     "CASE i % 2 WHEN 0 THEN popen(polygon(i % 9 + 2, circle '<(1,2),3>')::path) ELSE polygon(i % 9 + 2, circle "
     "'<(4,5),6>')::path END"},
    {&querc_type_circle, "circle", "circle(point(random(), random()), random())"},
    {&querc_type_int4range, "int4range",
     "int4range((random() * 100)::int, 100 + (random() * 100)::int, (ARRAY['[]', '[)', '(]', '()'])[i % 4 + 1])"},
    {&querc_type_numrange, "numrange",
     "numrange(CASE i % 5 WHEN 0 THEN NULL ELSE random()::numeric END, (1 + random())::numeric, (ARRAY['[]', '[)', "
     "'(]', '()'])[i % 4 + 1])"},
    {&querc_type_tstzrange, "tstzrange", "tstzrange(now() - random() * interval '9 years', now(), '[]')"},
    {&querc_type_int4multirange, "int4multirange",
     "int4multirange(int4range((random() * 90)::int, 91 + (random() * 9)::int), int4range(200, 201 + i))"},
    {&querc_type_tsvector, "tsvector",
     "to_tsvector('simple', md5(i::text) || ' it''s a \\ ' || repeat('word ', i % 50)) || setweight('w:1', 'B')"},
    {&querc_type_tsquery, "tsquery",
     "(ARRAY['a & b', 'a | b', '!a', 'a <-> b'])[i % 4 + 1]::tsquery || ((ARRAY['c & (d | e)', '!(f & g:*C)', "
     "'(h | i) <5> j'])[i % 3 + 1])::tsquery && ('!!' || 'k' || i)::tsquery"},
    {&hstore, "hstore", "hstore(md5(i::text), CASE i % 3 WHEN 0 THEN NULL ELSE i::text END) || hstore('a', '')"},
    {&ltree, "ltree", "'A.b' || i || '.c_' || md5(i::text)"},
    {&querc_type_int4_array, "int4[]", "ARRAY[i, NULL, (random() * 1e9)::int]"},
    {&querc_type_text_array, "text[]", "ARRAY[[md5(i::text), NULL], ['', 'NULL']]"},
    {&mood, "mood", "(ARRAY['sad', 'o k', 'h\"appy'])[i % 3 + 1]"},
};

typedef struct Pair {
    Cell cell;
    const char *text;
} Pair;

/* All rows of one type: each value decoded goes back as an argument, and the server's text of both is compared. */
static void random_round_trip(size_t at)
{
    enum { ROWS = 100 };
    const querc_type *type = randoms[at].type;
    const querc_column columns[] = {{"v", type, offsetof(Pair, cell.value), QUERC_NOT_NULL},
                                    {"t", &querc_type_text, offsetof(Pair, text), QUERC_NOT_NULL}};
    struct {
        Pair *items;
        size_t len;
        querc_owner *owner;
    } rows;
    char sql[2048];
    snprintf(sql, sizeof sql,
             "SELECT v, v::text AS t FROM (SELECT (%s)::%s AS v FROM generate_series(1, %d) AS i) s",
             randoms[at].expression, randoms[at].name, ROWS);
    MadeQuery *q = make_query(sql, NULL, type, false);
    q->query.columns = columns;
    q->query.column_count = 2;
    q->query.row_size = sizeof(Pair);
    q->query.owner_offset = QUERC_NO_OWNER;
    querc_status status = querc_call_many(db, &q->query, NULL, &rows);
    ck_assert_msg(status == QUERC_OK, "%s: %s", sql, querc_last_error(db)->message);
    ck_assert_uint_eq(rows.len, ROWS);
    snprintf(sql, sizeof sql, "SELECT $1::%s::text AS v", randoms[at].name);
    MadeQuery *back = make_query(sql, type, &querc_type_text, false);
    for (size_t i = 0; i < rows.len; i++) {
        Pair *row = &rows.items[i];
        const void *const args[] = {qrt_type_kind(type)->is_pointer ? (const void *)row->cell.value.text
                                                                    : &row->cell.value};
        Cell cell;
        status = querc_call_one(db, &back->query, args, &cell);
        ck_assert_msg(status == QUERC_OK, "%s: %s", row->text, querc_last_error(db)->message);
        ck_assert_str_eq(cell.value.text, row->text);
        querc_free(&cell, sizeof cell, cell.owner);
    }
    querc_free(&rows, sizeof rows, rows.owner);
}

START_TEST(random_values_round_trip)
{
    execute(db, "SELECT setseed(0.25)");
    for (size_t i = 0; i < sizeof randoms / sizeof randoms[0]; i++)
        random_round_trip(i);
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
static const querc_composite point_struct = {point_attributes, sizeof(Point), 2, NULL};
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
static const querc_composite shape_struct = {shape_attributes, sizeof(Shape), 5, NULL};
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
    tcase_add_test(tests, random_values_round_trip);
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
