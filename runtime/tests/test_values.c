/*
 * Decoders against results made by hand: boundary values, and everything a malformed or hostile server might send.
 * The connection is a dead one, since only its error is needed.
 */
#include "support.h"

#include <math.h>
#include <stdio.h>

static querc_conn *db;

static void setup(void)
{
    /* Fails without looking for a server: the handle is all that is wanted. */
    ck_assert_int_eq(querc_open("host=/nonexistent connect_timeout=1", NULL, &db), QUERC_CONNECTION);
}

static void teardown(void)
{
    querc_close(db);
}

/* A row with one column, and what decoding it comes to. */
typedef struct Cell {
    union {
        bool b;
        int16_t i2;
        int32_t i4;
        int64_t i8;
        uint64_t u8;
        float f4;
        double f8;
        char c;
        const char *text;
        int label;
        querc_bytes bytes;
        querc_bits bits;
        querc_uuid uuid;
        querc_timetz timetz;
        char room[64];
        querc_interval interval;
        querc_numeric numeric;
        querc_inet inet;
        querc_tid tid;
        querc_int4_array int4s;
        querc_text_array texts;
    } value;
    bool has;
    querc_owner *owner;
} Cell;

static PGresult *make_result(const char *data, int len, bool text)
{
    char name[] = "v";
    PGresAttDesc attribute = {name, 0, 0, text ? 0 : 1, 0, -1, -1};
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    /* PQsetvalue takes char *, and only reads. */
    char *copy = malloc(len > 0 ? (size_t)len : 1);
    if (len > 0)
        memcpy(copy, data, (size_t)len);
    ck_assert(PQsetResultAttrs(result, 1, &attribute));
    ck_assert(PQsetvalue(result, 0, 0, data != NULL ? copy : NULL, len));
    free(copy);
    return result;
}

/* Decodes; the result and the arena live until release(). */
static PGresult *kept_result;
static Arena kept_arena;

static querc_status decode(const querc_type *type, const char *data, int len, bool text, uint32_t null_at,
                           Cell *cell)
{
    const querc_column column = {"v", type, offsetof(Cell, value), null_at};
    const querc_query query = {.name = "Q",
                               .columns = &column,
                               .column_count = 1,
                               .row_size = sizeof(Cell),
                               .owner_offset = offsetof(Cell, owner),
                               .text_format = text};
    kept_result = make_result(data, len, text);
    qrt_arena_init(&kept_arena, &db->allocator, NULL, 0);
    const RowRange range = {.result = kept_result, .last = 1};
    Statement statement = {.query = &query};
    ck_assert(qrt_plan_columns(&statement, &kept_arena));
    return qrt_decode_rows(db, &statement, &range, &kept_arena, cell);
}

static void release(void)
{
    PQclear(kept_result);
    qrt_arena_release(&kept_arena);
}

#define BINARY(TYPE, BYTES, CELL)                                                                                  \
    ck_assert_msg(decode(&querc_type_##TYPE, (BYTES), (int)sizeof(BYTES) - 1, false, offsetof(Cell, has),          \
                         (CELL)) == QUERC_OK,                                                                      \
                  "%s", querc_last_error(db)->message)
#define TEXT(TYPE, BYTES, CELL)                                                                                    \
    ck_assert_msg(decode(&querc_type_##TYPE, (BYTES), (int)sizeof(BYTES) - 1, true, offsetof(Cell, has),           \
                         (CELL)) == QUERC_OK,                                                                      \
                  "%s", querc_last_error(db)->message)
#define REFUSE(TYPE, BYTES, AS_TEXT)                                                                               \
    do {                                                                                                           \
        Cell cell_;                                                                                                \
        querc_status status_ =                                                                                     \
            decode(&querc_type_##TYPE, (BYTES), (int)sizeof(BYTES) - 1, (AS_TEXT), offsetof(Cell, has), &cell_);   \
        release();                                                                                                 \
        ck_assert_msg(status_ == QUERC_DECODE, "%s: %s", #BYTES, querc_status_name(status_));                      \
        ck_assert_str_eq(querc_last_error(db)->query, "Q");                                                        \
        assert_contains(querc_last_error(db)->message, "column \"v\"");                                            \
    } while (0)

START_TEST(numbers_in_binary)
{
    Cell cell;
    BINARY(bool, "\1", &cell);
    ck_assert(cell.value.b && cell.has);
    release();
    BINARY(int2, "\x80\0", &cell);
    ck_assert_int_eq(cell.value.i2, INT16_MIN);
    release();
    BINARY(int4, "\x7f\xff\xff\xff", &cell);
    ck_assert_int_eq(cell.value.i4, INT32_MAX);
    release();
    BINARY(int8, "\x80\0\0\0\0\0\0\1", &cell);
    ck_assert_int_eq(cell.value.i8, INT64_MIN + 1);
    release();
    BINARY(float8, "\xbf\xf0\0\0\0\0\0\0", &cell);
    ck_assert(cell.value.f8 == -1.0);
    release();
    BINARY(float4, "\x7f\xc0\0\0", &cell);
    ck_assert(isnan(cell.value.f4));
    release();
    REFUSE(bool, "", false);
    REFUSE(bool, "\1\1", false);
    REFUSE(int2, "\0", false);
    REFUSE(int4, "\0\0\0", false);
    REFUSE(int4, "\0\0\0\0\0", false);
    REFUSE(int8, "\0\0\0\0", false);
    REFUSE(float8, "\0\0\0\0", false);
    REFUSE(date, "\0", false);
    REFUSE(timestamptz, "\0\0\0\0", false);
    REFUSE(uuid, "123456789012345", false);
    REFUSE(money, "1", false);
}
END_TEST

START_TEST(numbers_in_text)
{
    Cell cell;
    TEXT(int8, "-9223372036854775808", &cell);
    ck_assert_int_eq(cell.value.i8, INT64_MIN);
    release();
    TEXT(xid8, "18446744073709551615", &cell);
    ck_assert_uint_eq(cell.value.u8, UINT64_MAX);
    release();
    TEXT(pg_lsn, "16/B374D848", &cell);
    ck_assert_uint_eq(cell.value.u8, UINT64_C(0x16B374D848));
    release();
    TEXT(float8, "1.7976931348623157e+308", &cell);
    ck_assert(cell.value.f8 == 1.7976931348623157e308);
    release();
    TEXT(float4, "1e-45", &cell);
    ck_assert(cell.value.f4 == 1.40129846e-45f);
    release();
    TEXT(float8, "-Infinity", &cell);
    ck_assert(cell.value.f8 < 0 && isinf(cell.value.f8));
    release();
    TEXT(money, "-$1,234.56", &cell);
    ck_assert_int_eq(cell.value.i8, -123456);
    release();
    TEXT(money, "($92,233,720,368,547,758.08)", &cell);
    ck_assert_int_eq(cell.value.i8, INT64_MIN);
    release();
    TEXT(tid, "(4294967295,65535)", &cell);
    ck_assert(cell.value.tid.block == UINT32_MAX && cell.value.tid.offset == UINT16_MAX);
    release();
    REFUSE(int2, "32768", true);
    REFUSE(int2, "-32769", true);
    REFUSE(int4, "", true);
    REFUSE(int4, "-", true);
    REFUSE(int4, "1 ", true);
    REFUSE(int8, "9223372036854775808", true);
    REFUSE(oid, "4294967296", true);
    REFUSE(regclass, "pg_class", true);
    REFUSE(xid8, "18446744073709551616", true);
    REFUSE(bool, "true", true);
    REFUSE(bool, "", true);
    REFUSE(float8, "1,5", true);
    REFUSE(float8, "", true);
    REFUSE(float8, "1e", true);
    REFUSE(float8, "1.2.3", true);
    REFUSE(money, "", true);
    REFUSE(money, "$92,233,720,368,547,758.08", true);
    REFUSE(pg_lsn, "16", true);
    REFUSE(pg_lsn, "123456789/0", true);
    REFUSE(tid, "(", true);
    REFUSE(tid, "(1)", true);
    REFUSE(tid, "(1,)", true);
    REFUSE(tid, "(1,65536)", true);
    REFUSE(date, "29/02/2024", true);
    REFUSE(interval, "P1D", true);
    REFUSE(uuid, "x", true);
    REFUSE(inet, "", true);
    REFUSE(macaddr, "", true);
    REFUSE(numeric, "1.2.3", true);
}
END_TEST

START_TEST(strings)
{
    Cell cell;
    BINARY(text, "caf\xc3\xa9", &cell);
    ck_assert_str_eq(cell.value.text, "caf\xc3\xa9");
    release();
    BINARY(text, "", &cell);
    ck_assert_str_eq(cell.value.text, "");
    release();
    BINARY(jsonb, "\1{}", &cell);
    ck_assert_str_eq(cell.value.text, "{}");
    release();
    TEXT(jsonb, "{}", &cell);
    ck_assert_str_eq(cell.value.text, "{}");
    release();
    REFUSE(jsonb, "", false);
    REFUSE(jsonb, "\2{}", false);
    BINARY(bytea, "", &cell);
    ck_assert(cell.value.bytes.data != NULL && cell.value.bytes.len == 0 && cell.has);
    release();
    TEXT(bytea, "\\x00ff", &cell);
    ck_assert(cell.value.bytes.len == 2 && memcmp(cell.value.bytes.data, "\0\xff", 2) == 0);
    release();
    TEXT(bytea, "a\\\\b\\000\\377", &cell);
    ck_assert(cell.value.bytes.len == 5 && memcmp(cell.value.bytes.data, "a\\b\0\xff", 5) == 0);
    release();
    REFUSE(bytea, "\\x0", true);
    REFUSE(bytea, "\\x0g", true);
    REFUSE(bytea, "\\", true);
    REFUSE(bytea, "\\1", true);
    REFUSE(bytea, "\\08x", true);
    BINARY(char, "\xff", &cell);
    ck_assert_int_eq((unsigned char)cell.value.c, 255);
    release();
    TEXT(char, "", &cell);
    ck_assert_int_eq(cell.value.c, 0);
    release();
    TEXT(char, "\\377", &cell);
    ck_assert_int_eq((unsigned char)cell.value.c, 255);
    release();
    REFUSE(char, "ab", true);
    REFUSE(char, "", false);
    BINARY(varbit, "\0\0\0\x09\xff\x80", &cell);
    ck_assert(cell.value.bits.bit_count == 9 && cell.value.bits.data[1] == 0x80);
    release();
    TEXT(varbit, "111111111", &cell);
    ck_assert(cell.value.bits.bit_count == 9 && cell.value.bits.data[0] == 0xff && cell.value.bits.data[1] == 0x80);
    release();
    REFUSE(varbit, "\0\0\0\x09\xff", false);
    REFUSE(varbit, "\0\0\0\x08\xff\xff", false);
    REFUSE(varbit, "\xff\xff\xff\xff", false);
    REFUSE(varbit, "\0", false);
    REFUSE(varbit, "012", true);
}
END_TEST

START_TEST(structs_in_binary)
{
    Cell cell;
    char text[64];
    BINARY(timetz, "\0\0\0\0\0\0\0\x05\xff\xff\xf1\xf0", &cell);
    ck_assert(cell.value.timetz.usec == 5 && cell.value.timetz.utc_offset == 3600);
    release();
    BINARY(interval, "\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\2\0\0\0\3", &cell);
    ck_assert(cell.value.interval.usec == -1 && cell.value.interval.days == 2 && cell.value.interval.months == 3);
    release();
    BINARY(numeric, "\0\2\0\0\x40\0\0\2\0\1\x09\xc4", &cell);
    querc_numeric_to_text(cell.value.numeric, text, sizeof text);
    ck_assert_str_eq(text, "-1.25");
    release();
    BINARY(inet, "\2\x18\0\4\x0a\1\2\3", &cell);
    querc_inet_to_text(cell.value.inet, text, sizeof text);
    ck_assert_str_eq(text, "10.1.2.3/24");
    release();
    REFUSE(timetz, "\0\0\0\0\0\0\0\x05", false);
    REFUSE(timetz, "\0\0\0\0\0\0\0\x05\x80\0\0\0", false);
    REFUSE(interval, "\0", false);
    REFUSE(numeric, "\0\2\0\0\0\0\0\0\0\1", false);
    REFUSE(numeric, "\0\0\0\0\x12\x34\0\0", false);
    REFUSE(numeric, "\0\1\0\0\0\0\0\0\x27\x10", false);
    REFUSE(numeric, "\xff\xff\0\0\0\0\0\0", false);
    REFUSE(numeric, "\0\0", false);
    REFUSE(inet, "\2\x21\0\4\1\2\3\4", false);
    REFUSE(inet, "\2\x20\0\x10\1\2\3\4", false);
    REFUSE(inet, "\3\x80\0\x10\1\2\3\4", false);
    REFUSE(inet, "\4\0\0\0", false);
    REFUSE(inet, "\2", false);
    REFUSE(macaddr, "\2", false);
    REFUSE(macaddr8, "\2", false);
    REFUSE(tid, "\2", false);
}
END_TEST

static const char *const moods[] = {"sad", "ok", "happy"};
static const uint16_t sorted_moods[] = {2, 1, 0};

START_TEST(enums)
{
    for (int sorted = 0; sorted < 2; sorted++) {
        const querc_enum labels = {moods, sorted ? sorted_moods : NULL, 3};
        const querc_type type = {QUERC_KIND_ENUM, 1, "public", "mood", NULL, &labels, NULL, 0, NULL};
        static const struct {
            const char *text;
            int value;
        } cases[] = {{"sad", 1}, {"ok", 2}, {"happy", 3}, {"", 0}, {"o", 0}, {"okk", 0}, {"zzz", 0}, {"a", 0}};
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            Cell cell;
            ck_assert_int_eq(
                decode(&type, cases[i].text, (int)strlen(cases[i].text), false, offsetof(Cell, has), &cell),
                QUERC_OK);
            ck_assert_int_eq(cell.value.label, cases[i].value);
            release();
        }
        Cell cell;
        ck_assert_int_eq(decode(&type, "ok\0x", 4, false, offsetof(Cell, has), &cell), QUERC_OK);
        ck_assert_int_eq(cell.value.label, 0);
        release();
    }
}
END_TEST

START_TEST(nulls)
{
    static const querc_type *const types[] = {&querc_type_bool,      &querc_type_int8,  &querc_type_text,
                                              &querc_type_uuid,      &querc_type_bytea, &querc_type_numeric,
                                              &querc_type_int4_array};
    static const Cell zero;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        for (int text = 0; text < 2; text++) {
            Cell cell;
            memset(&cell, 0xAA, sizeof cell);
            ck_assert_int_eq(decode(types[i], NULL, -1, text, offsetof(Cell, has), &cell), QUERC_OK);
            ck_assert(memcmp(&cell, &zero, sizeof cell) == 0);
            release();
            memset(&cell, 0xAA, sizeof cell);
            ck_assert_int_eq(decode(types[i], NULL, -1, text, QUERC_NULL_IS_ZERO, &cell), QUERC_OK);
            ck_assert(memcmp(&cell, &zero, sizeof cell) == 0);
            release();
            ck_assert_int_eq(decode(types[i], NULL, -1, text, QUERC_NOT_NULL, &cell), QUERC_UNEXPECTED_NULL);
            release();
            ck_assert_str_eq(querc_last_error(db)->message,
                             "query \"Q\": column \"v\" is NULL in row 1, but was compiled as not null");
            ck_assert_str_eq(querc_last_error(db)->column, "v");
        }
}
END_TEST

/* An int4[] in binary: dimensions, flags, OID 23, then the rest. */
#define INT4S(DIMENSIONS) DIMENSIONS "\0\0\0\0\0\0\0\x17"

START_TEST(arrays_in_binary)
{
    Cell cell;
    BINARY(int4_array, INT4S("\0\0\0\0"), &cell);
    ck_assert(cell.value.int4s.len == 0 && cell.value.int4s.dimensions == NULL && cell.has);
    release();
    BINARY(int4_array, INT4S("\0\0\0\1") "\0\0\0\2\0\0\0\1\0\0\0\4\0\0\0\7\xff\xff\xff\xff", &cell);
    ck_assert(cell.value.int4s.len == 2 && cell.value.int4s.items[0] == 7 && cell.value.int4s.items[1] == 0);
    ck_assert(!cell.value.int4s.nulls[0] && cell.value.int4s.nulls[1] && cell.value.int4s.dimensions == NULL);
    release();
    BINARY(int4_array, INT4S("\0\0\0\1") "\0\0\0\1\0\0\0\0\0\0\0\4\0\0\0\7", &cell);
    ck_assert(cell.value.int4s.dimensions->count == 1 && cell.value.int4s.dimensions->of[0].lower_bound == 0);
    ck_assert_ptr_null(cell.value.int4s.nulls);
    release();
    BINARY(text_array, "\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\2\0\0\0\1\0\0\0\1x\0\0\0\2yz", &cell);
    ck_assert_str_eq(cell.value.texts.items[0], "x");
    ck_assert_str_eq(cell.value.texts.items[1], "yz");
    release();
    REFUSE(int4_array, "", false);
    REFUSE(int4_array, "\0\0\0\0", false);
    REFUSE(int4_array, "\0\0\0\0\0\0\0\0\0\0\0\x19", false);
    REFUSE(int4_array, INT4S("\0\0\0\0") "x", false);
    REFUSE(int4_array, INT4S("\0\0\0\7"), false);
    REFUSE(int4_array, INT4S("\xff\xff\xff\xff"), false);
    REFUSE(int4_array, INT4S("\0\0\0\1"), false);
    REFUSE(int4_array, INT4S("\0\0\0\1") "\xff\xff\xff\xff\0\0\0\1", false);
    REFUSE(int4_array, INT4S("\0\0\0\1") "\x7f\xff\xff\xff\0\0\0\1", false);
    REFUSE(int4_array, INT4S("\0\0\0\2") "\x7f\xff\xff\xff\0\0\0\1\x7f\xff\xff\xff\0\0\0\1", false);
    REFUSE(int4_array, INT4S("\0\0\0\1") "\0\0\0\1\0\0\0\1\0\0\0\5\0\0\0\7", false);
    REFUSE(int4_array, INT4S("\0\0\0\1") "\0\0\0\1\0\0\0\1\xff\xff\xff\xfe\0\0\0\7", false);
    REFUSE(int4_array, INT4S("\0\0\0\1") "\0\0\0\1\0\0\0\1\0\0\0\3\0\0\0", false);
}
END_TEST

START_TEST(arrays_in_text)
{
    Cell cell;
    TEXT(int4_array, "{1,-2,NULL}", &cell);
    ck_assert(cell.value.int4s.len == 3 && cell.value.int4s.items[1] == -2 && cell.value.int4s.nulls[2]);
    release();
    TEXT(int4_array, "{}", &cell);
    ck_assert_uint_eq(cell.value.int4s.len, 0);
    release();
    TEXT(int4_array, "[0:1][5:6]={{1,2},{3,4}}", &cell);
    ck_assert(cell.value.int4s.len == 4 && cell.value.int4s.items[3] == 4);
    ck_assert(cell.value.int4s.dimensions->count == 2 && cell.value.int4s.dimensions->of[1].lower_bound == 5 &&
              cell.value.int4s.dimensions->of[0].len == 2);
    release();
    TEXT(text_array, "{a,\"b \\\"c\\\\\",\"NULL\",\"\",null,x\\,y}", &cell);
    ck_assert_str_eq(cell.value.texts.items[0], "a");
    ck_assert_str_eq(cell.value.texts.items[1], "b \"c\\");
    ck_assert_str_eq(cell.value.texts.items[2], "NULL");
    ck_assert_str_eq(cell.value.texts.items[3], "");
    ck_assert(cell.value.texts.items[4] == NULL && cell.value.texts.nulls[4]);
    ck_assert_str_eq(cell.value.texts.items[5], "x,y");
    release();
    static const char *const malformed[] = {"",
                                            "{",
                                            "{1",
                                            "1",
                                            "{1,}",
                                            "{,1}",
                                            "{1}}",
                                            "{1} ",
                                            "{{1},{2,3}}",
                                            "{{1},2}",
                                            "{1,{2}}",
                                            "{{1},{{2}}}",
                                            "[0:1]",
                                            "[0:={1}",
                                            "[a:1]={1}",
                                            "{\"1}",
                                            "{{}}",
                                            "{{1},{}}",
                                            "{1\\",
                                            "{x}",
                                            "{{{{{{{1}}}}}}}",
                                            "[1:1][1:1][1:1][1:1][1:1][1:1][1:1]={1}"};
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        querc_status status = decode(&querc_type_int4_array, malformed[i], (int)strlen(malformed[i]), true,
                                     offsetof(Cell, has), &cell);
        ck_assert_msg(status == QUERC_DECODE, "%s", malformed[i]);
        release();
    }
}
END_TEST

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

#define TYPE_ADDRESSES(NAME, SQL_NAME, OID, ARRAY_OID, KIND) &querc_type_##NAME, &querc_type_##NAME##_array,
#define RANGE_ADDRESSES(NAME, OID, ARRAY_OID, SUBTYPE, MULTI, MULTI_OID, MULTI_ARRAY_OID)                          \
    &querc_type_##NAME, &querc_type_##NAME##_array, &querc_type_##MULTI, &querc_type_##MULTI##_array,
static const querc_type hstore = {.kind = QUERC_KIND_HSTORE, .schema = "public", .name = "hstore"};
static const querc_type *const all_types[] = {
    QUERC_SYSTEM_TYPES(TYPE_ADDRESSES) QUERC_SYSTEM_RANGES(RANGE_ADDRESSES) & querc_type_int2vector,
    &querc_type_oidvector, &hstore};

/* The type, or what it is an array of, has a text form to be read. */
static bool has_text(const querc_type *type)
{
    return qrt_kind((type->kind == QUERC_KIND_ARRAY ? type->element : type)->kind)->from_text != NULL;
}

/* Valid values of types whose noise would seldom get far: each cut off at every byte, and with every byte changed.
 */
static const struct {
    const querc_type *type;
    int len;
    const char *data;
} valid_values[] = {
    {&querc_type_numeric, 12, "\0\2\0\0\0\0\0\2\0\1\23\210"},
    {&querc_type_interval, 16, "\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\3"},
    {&querc_type_inet, 8, "\2\30\0\4\1\2\3\4"},
    {&querc_type_varbit, 6, "\0\0\0\11\252\200"},
    {&querc_type_jsonb, 5, "\1null"},
    {&querc_type_path, 37, "\1\0\0\0\2                                "},
    {&querc_type_polygon, 20, "\0\0\0\1                "},
    {&querc_type_circle, 24, "                        "},
    {&querc_type_tsvector, 16, "\0\0\0\2a\0\0\2\0\1\300\2b\0\0\0"},
    {&querc_type_tsvector, 8, "\0\0\0\1'\0\0\0"},
    {&querc_type_tsquery, 16, "\0\0\0\3\2\2\1\0\0a\0\1\17\1b\0"},
    {&querc_type_int4range, 17, "\2\0\0\0\4\0\0\0\1\0\0\0\4\0\0\0\2"},
    {&querc_type_numrange, 15, "\20\0\0\0\12\0\1\0\0\0\0\0\0\0\1"},
    {&querc_type_int4multirange, 25, "\0\0\0\1\0\0\0\21\2\0\0\0\4\0\0\0\1\0\0\0\4\0\0\0\2"},
    {&hstore, 23, "\0\0\0\2\0\0\0\1a\0\0\0\1b\0\0\0\1c\377\377\377\377"},
    {&querc_type_int4_array, 28, "\0\0\0\1\0\0\0\0\0\0\0\27\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\7"},
    {&querc_type_point_array, 40, "\0\0\0\1\0\0\0\0\0\0\2\130\0\0\0\1\0\0\0\1\0\0\0\20                "},
};

START_TEST(malformed_values_are_refused)
{
    for (size_t v = 0; v < sizeof valid_values / sizeof valid_values[0]; v++) {
        const querc_type *type = valid_values[v].type;
        char data[64];
        Cell cell;
        int len = valid_values[v].len;
        bool text = type->kind == QUERC_KIND_TEXT_V1;
        memcpy(data, valid_values[v].data, (size_t)len);
        querc_status status = decode(type, data, len, false, offsetof(Cell, has), &cell);
        ck_assert_msg(status == QUERC_OK, "value %zu of %s", v, type->name);
        release();
        for (int cut = 0; cut < len; cut++) {
            /* Of a string any part is one. */
            status = decode(type, data, cut, false, offsetof(Cell, has), &cell);
            ck_assert_msg(status == QUERC_DECODE || (text && cut > 0), "%s cut at %d", type->name, cut);
            release();
        }
        data[len] = 'x';
        ck_assert_msg(text || decode(type, data, len + 1, false, offsetof(Cell, has), &cell) == QUERC_DECODE,
                      "%s with a byte too many", type->name);
        if (!text)
            release();
        for (int i = 0; i < len * 255; i++) {
            char changed[64];
            memcpy(changed, data, sizeof changed);
            changed[i / 255] = (char)(changed[i / 255] + i % 255 + 1);
            status = decode(type, changed, len, false, offsetof(Cell, has), &cell);
            ck_assert(status == QUERC_OK || status == QUERC_DECODE);
            release();
        }
    }
}
END_TEST

START_TEST(noise_is_harmless)
{
    static const char letters[] = "{}[]:,=\"\\0123456789-+.eNULxa/() \xff";
    uint64_t seed = 1;
    long accepted = 0;
    for (int round = 0; round < 400; round++)
        for (size_t t = 0; t < sizeof all_types / sizeof all_types[0]; t++) {
            char data[64];
            bool text = next_random(&seed) % 2 == 0 && has_text(all_types[t]);
            int len = (int)(next_random(&seed) % sizeof data);
            for (int i = 0; i < len; i++)
                data[i] =
                    text ? letters[next_random(&seed) % (sizeof letters - 1)]
                         : (char)(next_random(&seed) % 4 == 0 ? next_random(&seed) & 0xff : next_random(&seed) % 3);
            /* Half of the arrays are made to get past the header. */
            if (!text && all_types[t]->kind == QUERC_KIND_ARRAY && len >= 12 && next_random(&seed) % 2 == 0) {
                memset(data, 0, 12);
                data[3] = (char)(next_random(&seed) % 3);
                uint32_t oid = all_types[t]->element->oid;
                data[10] = (char)(oid >> 8 & 0xff);
                data[11] = (char)(oid & 0xff);
            }
            Cell cell;
            querc_status status = decode(all_types[t], data, len, text, offsetof(Cell, has), &cell);
            ck_assert(status == QUERC_OK || status == QUERC_DECODE);
            accepted += status == QUERC_OK;
            release();
        }
    ck_assert_int_gt(accepted, 1000);
}
END_TEST

START_TEST(errors_name_the_row)
{
    const querc_column column = {"v", &querc_type_int4, offsetof(Cell, value), QUERC_NOT_NULL};
    const querc_query query = {.name = "Q",
                               .columns = &column,
                               .column_count = 1,
                               .row_size = sizeof(Cell),
                               .owner_offset = offsetof(Cell, owner)};
    char name[] = "v";
    char good[] = "\0\0\0\1";
    PGresAttDesc attribute = {name, 0, 0, 1, 23, 4, -1};
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    Arena arena;
    Cell *cells = calloc(300, sizeof *cells);
    ck_assert(PQsetResultAttrs(result, 1, &attribute));
    for (int i = 0; i < 300; i++)
        ck_assert(PQsetvalue(result, i, 0, good, i == 200 ? 3 : 4));
    qrt_arena_init(&arena, &db->allocator, NULL, 0);
    const RowRange range = {.result = result, .last = 300};
    Statement statement = {.query = &query};
    ck_assert(qrt_plan_columns(&statement, &arena));
    ck_assert_int_eq(qrt_decode_rows(db, &statement, &range, &arena, cells), QUERC_DECODE);
    ck_assert_str_eq(querc_last_error(db)->message, "query \"Q\": column \"v\" in row 201 is not a value of type "
                                                    "pg_catalog.int4: expected 4 bytes, found 3");
    ck_assert_str_eq(querc_last_error(db)->sqlstate, "22P03");
    const RowRange good_range = {.result = result, .last = 200};
    ck_assert_int_eq(qrt_decode_rows(db, &statement, &good_range, &arena, cells), QUERC_OK);
    for (int i = 0; i < 200; i++)
        ck_assert_int_eq(cells[i].value.i4, 1);
    free(cells);
    PQclear(result);
    qrt_arena_release(&arena);
}
END_TEST

START_TEST(dead_connection)
{
    static const querc_query query = {
        .name = "Q", .sql = "SELECT", .statement = "q", .owner_offset = QUERC_NO_OWNER};
    querc_conn *wrapped;
    ck_assert_int_eq(querc_last_error(db)->status, QUERC_CONNECTION);
    ck_assert_str_ne(querc_last_error(db)->message, "");
    ck_assert_int_eq(querc_call_exec(db, &query, NULL), QUERC_CONNECTION);
    ck_assert_int_eq(querc_begin(db, NULL), QUERC_CONNECTION);
    ck_assert_int_eq(querc_wrap(NULL, NULL, &wrapped), QUERC_MISUSE);
    ck_assert_int_eq(querc_call_exec(wrapped, &query, NULL), QUERC_CONNECTION);
    querc_close(wrapped);
    querc_stream stream = {NULL, NULL, NULL};
    int row;
    ck_assert_int_eq(querc_call_next(&stream, &query, &row), QUERC_MISUSE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("values");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, numbers_in_binary);
    tcase_add_test(tests, numbers_in_text);
    tcase_add_test(tests, strings);
    tcase_add_test(tests, structs_in_binary);
    tcase_add_test(tests, enums);
    tcase_add_test(tests, nulls);
    tcase_add_test(tests, arrays_in_binary);
    tcase_add_test(tests, arrays_in_text);
    tcase_add_test(tests, malformed_values_are_refused);
    tcase_add_test(tests, noise_is_harmless);
    tcase_add_test(tests, errors_name_the_row);
    tcase_add_test(tests, dead_connection);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
