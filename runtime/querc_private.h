/*
 * What the files of libquerc share. Not installed, and not for users: querc.h is.
 *
 * How to read the library: call.c has the functions that generated code calls. Each finds the statement (stmt.c,
 * with drift.c and oids.c for its first use), encodes the arguments (encode.c), executes, and decodes the rows
 * (rows.c). What is particular to a type is in types_*.c, behind the table of kinds in types.c.
 *
 * Names with external linkage begin with qrt_ because libquerc.a is linked into other people's programs.
 */
#ifndef QUERC_PRIVATE_H
#define QUERC_PRIVATE_H

#include <libpq-fe.h>
#include <string.h>

#include "querc.h"

#if defined(__GNUC__)
#define QRT_PRINTF(FORMAT, FIRST) __attribute__((format(printf, FORMAT, FIRST)))
#define QRT_LIKELY(CONDITION) __builtin_expect(!!(CONDITION), 1)
#else
#define QRT_PRINTF(FORMAT, FIRST)
#define QRT_LIKELY(CONDITION) (CONDITION)
#endif

/* --- arena.c: memory given back all at once ----------------------------------------------------------- */

typedef struct Chunk Chunk;

/*
 * next .. next + left is free in the newest chunk. The memory may begin with a buffer that is not the arena's (on
 * the stack, or part of a larger block): it is used up first and never released.
 */
typedef struct Arena {
    querc_allocator allocator;
    Chunk *chunks;
    char *next;
    size_t left;
} Arena;

void qrt_allocator_init(querc_allocator *allocator, const querc_allocator *chosen);
void *qrt_allocate(const querc_allocator *allocator, size_t size);
void qrt_release(const querc_allocator *allocator, void *memory);

void qrt_arena_init(Arena *arena, const querc_allocator *allocator, void *buffer, size_t size);
/* Aligned for every type of querc.h, not zeroed; NULL if there is no memory. */
void *qrt_arena_alloc(Arena *arena, size_t size);
/* Not aligned, for strings. */
void *qrt_arena_alloc_bytes(Arena *arena, size_t size);
void qrt_arena_release(Arena *arena);

/* --- conn.c ------------------------------------------------------------------------------------------- */

typedef struct Statement Statement;
typedef struct Pipeline Pipeline;

/* Open addressing, keyed by the address of a constant of the generated code. */
typedef struct PointerMap {
    const void **keys;
    void **values;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
} PointerMap;

struct querc_conn {
    PGconn *pg;
    bool owns_pg;
    querc_mode mode;
    bool skip_drift_check;
    /* Statements that this handle does not know of may exist: it was wrapped, or told to forget. */
    bool may_have_statements;
    /* An open stream has the connection. */
    bool streaming;
    /* Deadlines; moments are in qrt_now's microseconds, 0 is never. io.c */
    int timeout_ms;
    int grace_ms;
    int64_t deadline;      /* of all calls */
    int64_t call_deadline; /* of the call that runs */
    bool timed_out;        /* it has passed in the call that runs */
    querc_pool *pool;      /* that has lent it */
    struct {
        querc_conn *next; /* of the idle ones */
        int64_t expires;  /* 0: never */
        int64_t idle_since;
    } pooled;             /* what the pool keeps with each of its connections */
    querc_pool *replicas; /* for queries that only read */
    int replicas_timeout_ms;
    Pipeline *pipeline; /* NULL: none; pipeline.c */
    querc_allocator allocator;
    PointerMap statements; /* querc_query -> Statement */
    PointerMap types;      /* querc_type -> ResolvedType */
    Arena arena;           /* what the two maps point to; emptied by querc_forget */
    querc_error error;
    Arena error_arena;      /* the strings of error */
    char error_buffer[512]; /* its first memory, so that most errors allocate nothing */
};

void *qrt_map_get(const PointerMap *map, const void *key);
bool qrt_map_put(PointerMap *map, const querc_allocator *allocator, const void *key, void *value);
void qrt_map_clear(PointerMap *map, const querc_allocator *allocator);

/* A handle without a connection; NULL if there is no memory. */
querc_conn *qrt_conn_create(const querc_options *options);
/* A connection lent by pool has been closed; pool.c */
void qrt_pool_forget(querc_pool *pool, bool expired);

/* A connection of a replica for a query that only reads; NULL if it is to run on db. route.c */
querc_conn *qrt_route(querc_conn *db, const querc_query *query);
/* Gives it back after the call, with its error made db's; false if the query is to be run on db after all. */
bool qrt_route_end(querc_conn *db, querc_conn *replica, querc_status status);

/* Returns what CALL comes to on `replica`, if there is one for the query. */
#define QRT_TRY_REPLICA(DB, QUERY, CALL)                                                                           \
    do {                                                                                                           \
        if (QRT_LIKELY((DB) == NULL || (DB)->replicas == NULL))                                                    \
            break;                                                                                                 \
        querc_conn *replica = qrt_route(DB, QUERY);                                                                \
        if (replica == NULL)                                                                                       \
            break;                                                                                                 \
        querc_status routed = CALL;                                                                                \
        if (qrt_route_end(DB, replica, routed))                                                                    \
            return routed;                                                                                         \
    } while (0)

/* Forgets the pipeline and its answers. */
void qrt_pipeline_release(querc_conn *db);

/* QUERC_OK if db can take a command now, otherwise a recorded error. query may be NULL. */
querc_status qrt_conn_ready(querc_conn *db, const querc_query *query);

/* --- error.c ------------------------------------------------------------------------------------------ */

/* Each records an error and returns its status. query may be NULL. */
querc_status qrt_fail(querc_conn *db, const querc_query *query, querc_status status, const char *sqlstate,
                      const char *format, ...) QRT_PRINTF(5, 6);
/* From a result that says what is wrong, or else from the connection. result may be NULL and stays the caller's. */
querc_status qrt_fail_result(querc_conn *db, const querc_query *query, const PGresult *result);
querc_status qrt_fail_no_memory(querc_conn *db, const querc_query *query);
/* NO_ROWS and TOO_MANY_ROWS: no formatting, since a look-up that finds nothing is everyday. */
querc_status qrt_note(querc_conn *db, const querc_query *query, querc_status status, const char *message);

/* A copy that lives in arena; never NULL. And the connection's error made what such a copy says. */
const querc_error *qrt_error_copy(Arena *arena, const querc_error *error);
void qrt_error_restore(querc_conn *db, const querc_error *error);

/* Add to the error just recorded. */
void qrt_set_hint(querc_conn *db, const char *hint);
void qrt_set_column(querc_conn *db, const char *column);

/* The SQLSTATE of a result, "" if it has none. */
const char *qrt_sqlstate(const PGresult *result);
/* The result is an error that is libpq's own and not the server's. */
bool qrt_is_own_error(const PGresult *result);

/* --- types.c: the table of kinds ---------------------------------------------------------------------- */

/* Decoding one value. A decoder that returns false has called qrt_bad_value or met the lack of memory. */
typedef struct Reader {
    Arena *arena;
    /* What is wrong; "" and failed: out of memory. */
    char problem[160];
    /* The bytes are followed by a NUL and live as long as the arena: libpq's own values, and unquoted text
     * elements, but not elements of a binary array. */
    bool stable;
    unsigned depth; /* of arrays in arrays, as domains over arrays allow */
} Reader;

/* The bytes that parameters are encoded into; data moves as it grows. */
typedef struct Writer {
    querc_conn *db; /* for types' OIDs, and errors */
    char *data;
    size_t len;
    size_t capacity;
    bool on_heap;
    const char *problem; /* why an encoder returned false; NULL: out of memory */
} Writer;

typedef bool (*Decoder)(Reader *reader, const querc_type *type, const char *data, size_t len, void *value);
typedef bool (*Encoder)(Writer *writer, const querc_type *type, const void *value);

typedef struct Kind {
    const char *name;
    size_t size;         /* of the C value */
    bool is_pointer;     /* the C value is const char *: an argument is the string itself, not its address */
    bool has_pointers;   /* the C value points to other memory; of composites qrt_has_pointers knows */
    Decoder from_binary; /* NULL: there is no such form */
    Decoder from_text;
    Encoder to_binary; /* appends the value without a length word; NULL: send as text */
} Kind;

/* NULL for a number that is no kind. DOMAIN has no entry of its own: ask for qrt_base_type's. */
const Kind *qrt_kind(querc_kind kind);
/* Follows domains. NULL for a malformed descriptor. */
const querc_type *qrt_base_type(const querc_type *type);
const Kind *qrt_type_kind(const querc_type *type);
/* A value in C points to other memory; the type's kind is known. */
bool qrt_has_pointers(const querc_type *type);
/* Of a value in C; the type is no domain and its kind is known. */
size_t qrt_type_size(const querc_type *type);
/* Values of the type, or of its elements, have no binary form. */
bool qrt_is_text_only(const querc_type *type);
/* They are sent as text: have no encoder. */
bool qrt_is_sent_as_text(const querc_type *type);
/* int2vector and oidvector, arrays that count from 0 and have a text form of their own. */
bool qrt_is_vector(const querc_type *type);

bool qrt_bad_value(Reader *reader, const char *format, ...) QRT_PRINTF(2, 3);
bool qrt_bad_length(Reader *reader, size_t expected, size_t found);

/* Decoders and encoders, by file. */
#define QRT_DECLARE_CODEC(NAME)                                                                                    \
    bool qrt_##NAME##_from_binary(Reader *, const querc_type *, const char *, size_t, void *);                     \
    bool qrt_##NAME##_from_text(Reader *, const querc_type *, const char *, size_t, void *);                       \
    bool qrt_##NAME##_to_binary(Writer *, const querc_type *, const void *)

QRT_DECLARE_CODEC(bool); /* types_number.c */
QRT_DECLARE_CODEC(int2);
QRT_DECLARE_CODEC(int4);
QRT_DECLARE_CODEC(int8);
QRT_DECLARE_CODEC(uint4);
QRT_DECLARE_CODEC(uint8);
QRT_DECLARE_CODEC(lsn);
QRT_DECLARE_CODEC(float4);
QRT_DECLARE_CODEC(float8);
QRT_DECLARE_CODEC(money);
QRT_DECLARE_CODEC(numeric); /* types_numeric.c */
QRT_DECLARE_CODEC(char);    /* types_string.c */
QRT_DECLARE_CODEC(text);
bool qrt_text_v1_from_binary(Reader *, const querc_type *, const char *, size_t, void *);
bool qrt_text_v1_to_binary(Writer *, const querc_type *, const void *);
QRT_DECLARE_CODEC(bytes);
QRT_DECLARE_CODEC(bits);
QRT_DECLARE_CODEC(enum);
QRT_DECLARE_CODEC(uuid); /* types_misc.c */
QRT_DECLARE_CODEC(inet);
QRT_DECLARE_CODEC(macaddr);
QRT_DECLARE_CODEC(macaddr8);
QRT_DECLARE_CODEC(tid);
QRT_DECLARE_CODEC(date); /* types_time.c */
QRT_DECLARE_CODEC(time);
QRT_DECLARE_CODEC(timetz);
QRT_DECLARE_CODEC(timestamp);
QRT_DECLARE_CODEC(timestamptz);
QRT_DECLARE_CODEC(interval);
QRT_DECLARE_CODEC(array);     /* types_array.c; from_text in types_array_text.c */
QRT_DECLARE_CODEC(composite); /* types_composite.c; from_text does not exist */

/* Those that are never read from text. */
#define QRT_DECLARE_BINARY(NAME)                                                                                   \
    bool qrt_##NAME##_from_binary(Reader *, const querc_type *, const char *, size_t, void *);                     \
    bool qrt_##NAME##_to_binary(Writer *, const querc_type *, const void *)

QRT_DECLARE_BINARY(point); /* types_geometry.c */
QRT_DECLARE_BINARY(line);
QRT_DECLARE_BINARY(lseg);
QRT_DECLARE_BINARY(box);
QRT_DECLARE_BINARY(path);
QRT_DECLARE_BINARY(polygon);
QRT_DECLARE_BINARY(circle);
QRT_DECLARE_BINARY(hstore); /* types_hstore.c */
QRT_DECLARE_BINARY(range);  /* types_range.c */
QRT_DECLARE_BINARY(multirange);
QRT_DECLARE_BINARY(custom); /* types_custom.c */
/* types_textsearch.c; there are no encoders */
bool qrt_tsvector_from_binary(Reader *, const querc_type *, const char *, size_t, void *);
bool qrt_tsquery_from_binary(Reader *, const querc_type *, const char *, size_t, void *);

/* Appends an array as PostgreSQL's literal, for elements that have only a text form; types_array_text.c. */
bool qrt_array_to_text(Writer *writer, const querc_type *type, const void *value);

/* The layout that every QUERC_ARRAY_TYPE has. */
QUERC_ARRAY_TYPE(AnyArray, char);
/* Of an argument: the dimensions make the number of elements. types_array.c */
bool qrt_is_consistent(const AnyArray *array);

/* --- encode.c ----------------------------------------------------------------------------------------- */

/* data is memory that is not the writer's, used up first. */
void qrt_writer_init(Writer *writer, querc_conn *db, char *data, size_t capacity);
/* Makes room for so many bytes after the ones that are there. */
bool qrt_writer_grow(Writer *writer, size_t more);
static inline bool qrt_writer_reserve(Writer *writer, size_t more)
{
    return QRT_LIKELY(more <= writer->capacity - writer->len) || qrt_writer_grow(writer, more);
}
bool qrt_write(Writer *writer, const void *bytes, size_t len);
bool qrt_write_2(Writer *writer, uint16_t value);
bool qrt_write_4(Writer *writer, uint32_t value);
bool qrt_write_8(Writer *writer, uint64_t value);
/* A value, of a type that is no domain, with its length before it. */
bool qrt_write_sized(Writer *writer, const querc_type *type, const void *value);
void qrt_writer_release(Writer *writer);
/* What is wrong with parameter i. */
querc_status qrt_fail_param(querc_conn *db, const querc_query *query, size_t i, const char *problem);

enum { QRT_INLINE_PARAMS = 16, QRT_INLINE_BYTES = 256 };

/* Arguments as libpq takes them. The arrays point to the inline ones for as many parameters as fit. */
typedef struct Arguments {
    const char **values;
    int *lengths;
    int *formats;
    void *block; /* the three arrays when there are many */
    Writer writer;
    const char *inline_values[QRT_INLINE_PARAMS];
    int inline_lengths[QRT_INLINE_PARAMS];
    int inline_formats[QRT_INLINE_PARAMS];
    char inline_bytes[QRT_INLINE_BYTES];
} Arguments;

/* args of a parameter struct; batch.c */
void qrt_load_args(const querc_query *query, const querc_item *item, const char *at, const void **args);
/* How many rows a command says it touched; 0 for commands that count none. call.c */
int64_t qrt_count_of(PGresult *result);

/* Needs the parameters' types checked and resolved (qrt_statement_get). Release whatever it returns. */
querc_status qrt_encode(querc_conn *db, const querc_query *query, const void *const *args, Arguments *out);
void qrt_arguments_release(Arguments *arguments);

/* --- bytes in network order --------------------------------------------------------------------------- */

static inline uint16_t qrt_get_2(const void *at)
{
    const unsigned char *b = at;
    return (uint16_t)(b[0] << 8 | b[1]);
}

static inline uint32_t qrt_get_4(const void *at)
{
    const unsigned char *b = at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | (uint32_t)b[3];
}

static inline uint64_t qrt_get_8(const void *at)
{
    const unsigned char *b = at;
    return (uint64_t)qrt_get_4(b) << 32 | qrt_get_4(b + 4);
}

/* Byte by byte, which compilers make one store of. */
static inline void qrt_put_2(void *at, uint16_t value)
{
    unsigned char *b = at;
    b[0] = (unsigned char)(value >> 8);
    b[1] = (unsigned char)(value & 0xFF);
}

static inline void qrt_put_4(void *at, uint32_t value)
{
    unsigned char *b = at;
    b[0] = (unsigned char)(value >> 24);
    b[1] = (unsigned char)(value >> 16 & 0xFF);
    b[2] = (unsigned char)(value >> 8 & 0xFF);
    b[3] = (unsigned char)(value & 0xFF);
}

static inline void qrt_put_8(void *at, uint64_t value)
{
    qrt_put_4(at, (uint32_t)(value >> 32));
    qrt_put_4((char *)at + 4, (uint32_t)(value & UINT32_MAX));
}

/* --- oids.c: types whose OIDs differ between databases ------------------------------------------------- */

/* Resolves what the query's types, or else all types of its schema, still need; one round trip at most. */
querc_status qrt_resolve_types(querc_conn *db, const querc_query *query);
/* The OID of a type: its own, or the resolved one; InvalidOid if it is neither. */
Oid qrt_type_oid(querc_conn *db, const querc_type *type);
/* "schema.name" of an OID, as found on the server, for a message. It lives in the error's arena, until the next
 * error is recorded. */
const char *qrt_type_name(querc_conn *db, Oid oid);

/* --- stmt.c ------------------------------------------------------------------------------------------- */

/* How a column is decoded; rows.c. */
typedef struct ColumnPlan ColumnPlan;

struct Statement {
    const querc_query *query;
    const char *name;    /* on the server */
    ColumnPlan *columns; /* those with a field */
    int column_count;
    /* InvalidOid where the server is to infer the type, or may send any. */
    Oid *param_types;
    Oid *column_types;
    bool prepared;
    bool stale;        /* the server has a plan under this name that must go first */
    bool has_pointers; /* some column's C value points to other memory */
};

/* The statement of query on db, its types resolved. */
querc_status qrt_statement_find(querc_conn *db, const querc_query *query, Statement **statement);
/* The statement of query on db, ready to execute. */
querc_status qrt_statement_get(querc_conn *db, const querc_query *query, Statement **statement);
/* Executes, preparing again where the server has lost the statement or its plan is of an older schema. On QUERC_OK
 * *result is the caller's to clear. */
querc_status qrt_statement_execute(querc_conn *db, Statement *statement, const Arguments *arguments,
                                   PGresult **result);
/* The server does not accept the query: as a rule its schema is not the compiled one. */
querc_status qrt_fail_prepare(querc_conn *db, const querc_query *query, const PGresult *result);
/* After a failed execution: whether to prepare the statement again and retry. */
bool qrt_statement_should_retry(querc_conn *db, Statement *statement, const PGresult *result,
                                PGTransactionStatusType before);
bool qrt_statement_send(querc_conn *db, const Statement *statement, const Arguments *arguments);

/* --- drift.c ------------------------------------------------------------------------------------------ */

/* The server's description of a prepared statement against the compiled query. */
querc_status qrt_check_description(querc_conn *db, const Statement *statement, const PGresult *description);
/* Only a result's columns: their number, and types where names_too also names. */
querc_status qrt_check_columns(querc_conn *db, const Statement *statement, const PGresult *result, bool names_too);

/* --- rows.c ------------------------------------------------------------------------------------------- */

struct querc_owner {
    Arena arena;
    PGresult *result;
    bool is_in_result; /* this struct is in memory of result */
};

/* Takes over result, unless NULL is returned. The owner is followed by extra bytes, aligned, at qrt_owner_extra. */
querc_owner *qrt_owner_create(const querc_allocator *allocator, PGresult *result, size_t extra);
void *qrt_owner_extra(querc_owner *owner);
/* With or without the result, which then is the caller's again. */
void qrt_owner_free(querc_owner *owner, bool and_result);

/* The shape that every result has to have before its rows are decoded. */
querc_status qrt_check_result(querc_conn *db, const Statement *statement, const PGresult *result);
/* Rows first .. last - 1 of a result; before counts those of the query that were in earlier results. */
typedef struct RowRange {
    const PGresult *result;
    int first;
    int last;
    int64_t before;
    bool copy; /* what rows point to is copied into the arena, so that the result need not stay */
} RowRange;

/* Fills in the statement's columns, which are known kinds; false if there is no memory in arena. */
bool qrt_plan_columns(Statement *statement, Arena *arena);
/* Decodes a range into structs from rows on, which it zeroes. */
querc_status qrt_decode_rows(querc_conn *db, const Statement *statement, const RowRange *range, Arena *arena,
                             void *rows);

/* --- call.c: a successful result into what the caller asked for. Each takes over result. ------------------ */

/* Zeroes *row unless it returns QUERC_OK. */
querc_status qrt_finish_one(querc_conn *db, Statement *statement, PGresult *result, void *row);
querc_status qrt_finish_many(querc_conn *db, Statement *statement, PGresult *result, void *rows);
int64_t qrt_finish_rows(PGresult *result);
void qrt_finish_result(PGresult *result, querc_command *command);

/* --- numbers as text, whatever the locale: text.c ------------------------------------------------------ */

bool qrt_parse_integer(const char *text, size_t len, int64_t min, int64_t max, int64_t *value);
bool qrt_parse_unsigned(const char *text, size_t len, uint64_t max, uint64_t *value);
bool qrt_parse_double(const char *text, size_t len, double *value);
/* sign, decimal digits and exponent: digits * 10^exponent, correctly rounded. */
double qrt_decimal_to_double(bool negative, const char *digits, size_t len, long exponent);
bool qrt_text_equal(const char *text, size_t len, const char *word);
/* The value of a hexadecimal digit, or -1. */
int qrt_hex_digit(char c);

/* Text written to a caller's buffer as snprintf does. */
typedef struct TextBuffer {
    char *text;
    size_t size;
    size_t len;
} TextBuffer;

void qrt_text_init(TextBuffer *out, char *text, size_t size);
void qrt_text_add(TextBuffer *out, const char *bytes, size_t len);
void qrt_text_printf(TextBuffer *out, const char *format, ...) QRT_PRINTF(2, 3);
size_t qrt_text_finish(TextBuffer *out);

/* --- dates and times with a given length: datetime_parse.c, interval.c ---------------------------------- */

bool qrt_date_parse(const char *text, size_t len, querc_date *value);
bool qrt_time_parse(const char *text, size_t len, querc_time *value);
bool qrt_timetz_parse(const char *text, size_t len, querc_timetz *value);
bool qrt_timestamp_parse(const char *text, size_t len, querc_timestamp *value);
bool qrt_timestamptz_parse(const char *text, size_t len, querc_timestamptz *value);
bool qrt_interval_parse(const char *text, size_t len, querc_interval *value);

/* Calendar arithmetic: datetime.c */
int64_t qrt_days_from_ymd(int64_t year, int month, int day);
bool qrt_is_valid_ymd(int64_t year, int month, int day);
bool qrt_timestamp_in_range(int64_t usec);
bool qrt_date_in_range(int64_t days);

#define QRT_USEC_PER_SECOND INT64_C(1000000)
#define QRT_USEC_PER_DAY INT64_C(86400000000)

/* --- misc conversions with a length: types_misc.c -------------------------------------------------------- */

bool qrt_uuid_parse(const char *text, size_t len, querc_uuid *value);
bool qrt_inet_parse(const char *text, size_t len, querc_inet *value);
bool qrt_hex_bytes_parse(const char *text, size_t len, uint8_t *bytes, size_t count);
bool qrt_numeric_parse(const char *text, size_t len, querc_numeric *value, uint16_t *digits, size_t capacity);

#endif
