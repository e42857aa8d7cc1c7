/*
 * querc.h - what the code that querc generates calls, and what its users call beside it.
 *
 * This file is the manual of libquerc. It comes in groups: status and errors, connections, transactions,
 * values, arrays, streams, conversions; the last group, "generated code", is the contract between libquerc and
 * the C that querc writes and is of no interest to anybody else. libpq is the only dependency.
 *
 * Rules that hold everywhere:
 *  - A querc_conn is used by one thread at a time. Different connections share nothing; there is no global state.
 *  - No function exits, prints, raises a signal or leaves one changed. Every allocation is checked.
 *  - A struct filled with zeros is a valid empty one, and freeing it does nothing.
 *  - What a row's pointers point to lives until that row (or the array it came in) is freed, whatever happens to
 *    the connection in the meantime. A row read from a stream lives until the next call on that stream.
 *  - Text is in the connection's client_encoding: UTF-8 on a connection made by querc_open.
 */
#ifndef QUERC_H
#define QUERC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QUERC_VERSION "0.1.0"

/** Changes when generated code and runtime stop fitting each other; generated code checks it. */
#define QUERC_ABI 1

#if defined(__GNUC__)
#define QUERC_API __attribute__((visibility("default")))
#define QUERC_MUST_CHECK __attribute__((warn_unused_result))
#else
#define QUERC_API
#define QUERC_MUST_CHECK
#endif

struct pg_conn;  /* libpq's PGconn */
struct timespec; /* <time.h> */

typedef struct querc_conn querc_conn;

/* ---------------------------------------------------------------------------------------------------------
 * Status and errors
 * --------------------------------------------------------------------------------------------------------- */

/** What a call came to. QUERC_OK is 0; everything from QUERC_ERROR on is an error (querc_is_error). */
typedef enum querc_status {
    QUERC_OK = 0,
    QUERC_ROW,           /**< a stream has put out a row */
    QUERC_DONE,          /**< a stream has no more rows */
    QUERC_NO_ROWS,       /**< a :one query found nothing; the row is zeroed */
    QUERC_TOO_MANY_ROWS, /**< a :one query found more than one row; the row is zeroed */

    QUERC_ERROR = 16,      /**< the server refused: see sqlstate and message */
    QUERC_CONSTRAINT,      /**< an integrity constraint was violated (SQLSTATE class 23): see constraint_id */
    QUERC_RETRY,           /**< serialization failure or deadlock (40001, 40P01): the transaction may be retried */
    QUERC_CANCELED,        /**< the statement was cancelled (57014) */
    QUERC_CONNECTION,      /**< no connection, or it was lost */
    QUERC_SCHEMA_DRIFT,    /**< the server's schema is not the one the query was compiled for */
    QUERC_UNEXPECTED_NULL, /**< NULL where the compiled query says there is none */
    QUERC_DECODE,          /**< a value from the server is not a value of its type */
    QUERC_ENCODE,          /**< an argument is not a value of its type */
    QUERC_NO_MEMORY,
    QUERC_MISUSE /**< a call that is not allowed now, such as a query while a stream is open */
} querc_status;

/** The status's name, such as "QUERC_NO_ROWS"; "unknown status" for any other number. Never NULL. */
QUERC_API const char *querc_status_name(querc_status status);

static inline bool querc_is_error(querc_status status)
{
    return (int)status >= (int)QUERC_ERROR;
}

/**
 * An error in full. No string is ever NULL: what is not known is "".
 * The strings belong to the connection and live until its next failing call, or querc_close.
 */
typedef struct querc_error {
    querc_status status;
    char sqlstate[6];    /**< the server's, or one of PostgreSQL's codes that fits; "" if none does */
    const char *message; /**< one sentence, without a line end */
    const char *detail;
    const char *hint;
    const char *query;  /**< the name of the query that failed */
    const char *schema; /**< for violations, as the server reports them: of the table or of the data type */
    const char *table;
    const char *column;
    const char *data_type; /**< a domain whose constraint was violated */
    const char *constraint;
    int constraint_id; /**< the value of the generated enum of constraints; 0: none, or not a known one */
    int position;      /**< where in the query's text, in characters from 1; 0: nowhere */
} querc_error;

/**
 * The last call on db that did not succeed (QUERC_NO_ROWS and QUERC_TOO_MANY_ROWS are recorded as well).
 * A successful call leaves it alone. Never NULL; if db is NULL, an error that says "out of memory".
 */
QUERC_API const querc_error *querc_last_error(const querc_conn *db);

/* ---------------------------------------------------------------------------------------------------------
 * Connections
 * --------------------------------------------------------------------------------------------------------- */

/** Where libquerc gets memory. (A PGresult's memory is libpq's own, from malloc.) */
typedef struct querc_allocator {
    /** size bytes aligned for any object, or NULL. size is never 0. */
    void *(*allocate)(void *context, size_t size);
    /** Gives back what allocate returned. Never called with NULL. */
    void (*release)(void *context, void *memory);
    void *context;
} querc_allocator;

typedef enum querc_mode {
    /** Each statement is prepared on its first use on a connection, checked against the schema, and reused. */
    QUERC_PREPARED = 0,
    /** Nothing is kept on the server: for poolers in transaction mode that don't know prepared statements. */
    QUERC_UNPREPARED
} querc_mode;

/** Zeros are the defaults. */
typedef struct querc_options {
    querc_mode mode;
    /** Don't compare the server's description of a statement with what was compiled. Results are still
     *  checked for the number and types of their columns. */
    bool skip_drift_check;
    /** NULL: malloc and free. Copied; its context must live as long as the connection and all results. */
    const querc_allocator *allocator;
} querc_options;

/**
 * Connects. conninfo is libpq's connection string or URI (several hosts, service files and the environment work
 * as they do there); client_encoding is UTF8 unless conninfo sets it. options may be NULL.
 * On failure *db is still a handle, on which querc_last_error works and which must be closed; it is NULL only
 * if memory ran out.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_open(const char *conninfo, const querc_options *options,
                                                   querc_conn **db);

/**
 * Adopts a connection that the program already has. It stays the program's: querc_close does not finish it, and
 * it may be used directly between calls, not while a stream is open. Prepared statements stay on the server.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_wrap(struct pg_conn *conn, const querc_options *options,
                                                   querc_conn **db);

/** Closes db; NULL is allowed. Results already returned stay valid; streams must be closed before. */
QUERC_API void querc_close(querc_conn *db);

/** The libpq connection, still db's; NULL if db is. */
QUERC_API struct pg_conn *querc_pgconn(const querc_conn *db);

/**
 * Forgets what was prepared and which types were resolved: after PQreset, DISCARD ALL, DEALLOCATE ALL or a
 * migration made behind libquerc's back. Never needed for correctness after the server has said no: a statement
 * that the server has lost is prepared again.
 */
QUERC_API void querc_forget(querc_conn *db);

/* ---------------------------------------------------------------------------------------------------------
 * Transactions
 * --------------------------------------------------------------------------------------------------------- */

typedef enum querc_isolation {
    QUERC_ISOLATION_DEFAULT = 0, /**< the session's default_transaction_isolation */
    QUERC_READ_COMMITTED,
    QUERC_REPEATABLE_READ,
    QUERC_SERIALIZABLE
} querc_isolation;

/** Zeros are the defaults: BEGIN without further words; ten attempts, waiting at most a second in between. */
typedef struct querc_tx_options {
    querc_isolation isolation;
    bool read_only;
    bool deferrable;
    int max_attempts;   /**< of querc_transaction; 0: 10; 1: no retry */
    int max_backoff_ms; /**< longest wait between two attempts; 0: 1000 */
} querc_tx_options;

/** BEGIN. options may be NULL. QUERC_MISUSE in a transaction. */
QUERC_API QUERC_MUST_CHECK querc_status querc_begin(querc_conn *db, const querc_tx_options *options);
/** COMMIT. A transaction that had failed and so was rolled back is an error (25P02), never QUERC_OK. */
QUERC_API QUERC_MUST_CHECK querc_status querc_commit(querc_conn *db);
/** ROLLBACK. QUERC_OK if there is no transaction. */
QUERC_API querc_status querc_rollback(querc_conn *db);

/** SAVEPOINT, ROLLBACK TO SAVEPOINT and RELEASE SAVEPOINT. name is quoted as an identifier. */
QUERC_API QUERC_MUST_CHECK querc_status querc_savepoint(querc_conn *db, const char *name);
QUERC_API QUERC_MUST_CHECK querc_status querc_rollback_to(querc_conn *db, const char *name);
QUERC_API QUERC_MUST_CHECK querc_status querc_release(querc_conn *db, const char *name);

/** The body of a transaction: QUERC_OK commits, anything else rolls back. It may run more than once. */
typedef querc_status (*querc_transaction_function)(querc_conn *db, void *context);

/**
 * BEGIN, function, COMMIT. If any of them ends in a serialization failure or a deadlock, all is rolled back and
 * begun again after a wait that doubles from about a millisecond (with jitter), up to options->max_attempts.
 * Returns the commit's status, or else what function returned; querc_last_error is then of the failure, not of
 * the rollback.
 */
QUERC_API QUERC_MUST_CHECK querc_status querc_transaction(querc_conn *db, const querc_tx_options *options,
                                                          querc_transaction_function function, void *context);

/* ---------------------------------------------------------------------------------------------------------
 * Values
 *
 *   SQL                                                 C                    SQL NULL in a row, has_ flag aside
 *   bool                                                bool
 *   int2, int4, int8                                    int16_t, int32_t, int64_t
 *   oid, reg..., xid, cid                               uint32_t
 *   xid8, pg_lsn                                        uint64_t
 *   float4, float8                                      float, double
 *   money                                               int64_t              in lc_monetary's smallest unit
 *   "char"                                              char
 *   text, varchar, bpchar, name, xml, json, jsonb,
 *   citext ..., and whatever is carried as text         const char *         NULL
 *   enums                                               the generated enum   0, which is no label
 *   everything else                                     a struct of this section
 *
 * Times count microseconds from 2000-01-01 00:00:00 (UTC for timestamptz), dates count days from 2000-01-01, as
 * PostgreSQL does: only so does every value fit. The conversions below speak of years and of Unix time.
 * --------------------------------------------------------------------------------------------------------- */

/** bytea. data is not NULL if the value is not, even when len is 0. */
typedef struct querc_bytes {
    const uint8_t *data;
    size_t len;
} querc_bytes;

typedef struct querc_uuid {
    uint8_t bytes[16];
} querc_uuid;

#define QUERC_DATE_INFINITY INT32_MAX
#define QUERC_DATE_MINUS_INFINITY INT32_MIN
#define QUERC_TIMESTAMP_INFINITY INT64_MAX
#define QUERC_TIMESTAMP_MINUS_INFINITY INT64_MIN

typedef struct querc_date {
    int32_t days; /**< since 2000-01-01, or QUERC_DATE_[MINUS_]INFINITY */
} querc_date;

typedef struct querc_time {
    int64_t usec; /**< since midnight; 24:00:00 is allowed */
} querc_time;

typedef struct querc_timetz {
    int64_t usec;
    int32_t utc_offset; /**< seconds east of UTC */
} querc_timetz;

typedef struct querc_timestamp {
    int64_t usec; /**< since 2000-01-01 00:00:00, or QUERC_TIMESTAMP_[MINUS_]INFINITY */
} querc_timestamp;

typedef struct querc_timestamptz {
    int64_t usec; /**< since 2000-01-01 00:00:00 UTC, or QUERC_TIMESTAMP_[MINUS_]INFINITY */
} querc_timestamptz;

typedef struct querc_interval {
    int64_t usec;
    int32_t days;
    int32_t months;
} querc_interval;

typedef enum querc_numeric_sign {
    QUERC_NUMERIC_POSITIVE = 0,
    QUERC_NUMERIC_NEGATIVE,
    QUERC_NUMERIC_NAN,
    QUERC_NUMERIC_INFINITY,
    QUERC_NUMERIC_MINUS_INFINITY
} querc_numeric_sign;

/** numeric, exactly: sign * sum of digits[i] * 10000^(weight - i). Zero has no digits. */
typedef struct querc_numeric {
    const uint16_t *digits; /**< base 10000, most significant first */
    uint16_t digit_count;
    int16_t weight; /**< the power of 10000 of digits[0] */
    uint16_t scale; /**< decimal digits shown after the point */
    uint16_t sign;  /**< a querc_numeric_sign */
} querc_numeric;

/** inet and cidr. */
typedef struct querc_inet {
    uint8_t family; /**< 4 or 6 */
    uint8_t prefix; /**< bits of the network part: 32 or 128 for one host */
    bool is_cidr;
    uint8_t address[16]; /**< network order; the first 4 bytes for family 4 */
} querc_inet;

typedef struct querc_macaddr {
    uint8_t bytes[6];
} querc_macaddr;

typedef struct querc_macaddr8 {
    uint8_t bytes[8];
} querc_macaddr8;

/** bit and varbit; the first bit is the highest of data[0]. Unused bits of the last byte are 0. */
typedef struct querc_bits {
    const uint8_t *data;
    size_t bit_count;
} querc_bits;

typedef struct querc_tid {
    uint32_t block;
    uint16_t offset;
} querc_tid;

/* ---------------------------------------------------------------------------------------------------------
 * Arrays
 * --------------------------------------------------------------------------------------------------------- */

#define QUERC_MAX_DIMENSIONS 6

typedef struct querc_dimension {
    int32_t len;
    int32_t lower_bound;
} querc_dimension;

typedef struct querc_dimensions {
    int count;
    querc_dimension of[QUERC_MAX_DIMENSIONS];
} querc_dimensions;

/**
 * An SQL array of ITEM, in row-major order, as a struct NAME:
 *  - nulls is NULL if no element is SQL NULL; otherwise nulls[i] says whether items[i] is (items[i] is then
 * zeroed);
 *  - dimensions is NULL for an array of one dimension that begins at 1 (and for an empty one).
 * For an argument only items and len need to be set: (querc_int4_array){.items = ids, .len = 3}.
 */
#define QUERC_ARRAY_TYPE(NAME, ITEM)                                                                               \
    typedef struct NAME {                                                                                          \
        ITEM const *items;                                                                                         \
        size_t len;                                                                                                \
        const bool *nulls;                                                                                         \
        const querc_dimensions *dimensions;                                                                        \
    } NAME

typedef const char *querc_text;

QUERC_ARRAY_TYPE(querc_bool_array, bool);
QUERC_ARRAY_TYPE(querc_int2_array, int16_t);
QUERC_ARRAY_TYPE(querc_int4_array, int32_t);
QUERC_ARRAY_TYPE(querc_int8_array, int64_t); /* and money */
QUERC_ARRAY_TYPE(querc_uint4_array, uint32_t);
QUERC_ARRAY_TYPE(querc_uint8_array, uint64_t);
QUERC_ARRAY_TYPE(querc_float4_array, float);
QUERC_ARRAY_TYPE(querc_float8_array, double);
QUERC_ARRAY_TYPE(querc_char_array, char);       /* of "char" */
QUERC_ARRAY_TYPE(querc_text_array, querc_text); /* of everything that is const char *; a NULL element is NULL */
QUERC_ARRAY_TYPE(querc_bytes_array, querc_bytes);
QUERC_ARRAY_TYPE(querc_uuid_array, querc_uuid);
QUERC_ARRAY_TYPE(querc_date_array, querc_date);
QUERC_ARRAY_TYPE(querc_time_array, querc_time);
QUERC_ARRAY_TYPE(querc_timetz_array, querc_timetz);
QUERC_ARRAY_TYPE(querc_timestamp_array, querc_timestamp);
QUERC_ARRAY_TYPE(querc_timestamptz_array, querc_timestamptz);
QUERC_ARRAY_TYPE(querc_interval_array, querc_interval);
QUERC_ARRAY_TYPE(querc_numeric_array, querc_numeric);
QUERC_ARRAY_TYPE(querc_inet_array, querc_inet);
QUERC_ARRAY_TYPE(querc_macaddr_array, querc_macaddr);
QUERC_ARRAY_TYPE(querc_macaddr8_array, querc_macaddr8);
QUERC_ARRAY_TYPE(querc_bits_array, querc_bits);
QUERC_ARRAY_TYPE(querc_tid_array, querc_tid);

/* ---------------------------------------------------------------------------------------------------------
 * Command results and streams
 * --------------------------------------------------------------------------------------------------------- */

/** What :execresult gives. */
typedef struct querc_command {
    char tag[64]; /**< the server's command tag, such as "INSERT 0 1" */
    int64_t rows; /**< rows the command touched; 0 for commands that count none */
} querc_command;

/**
 * Rows one at a time, in constant memory. Opened and read by generated functions. While it is open its connection
 * takes no other query. The members are private.
 */
typedef struct querc_stream {
    querc_conn *db;
    const struct querc_query *query;
    void *state;
} querc_stream;

/**
 * Ends a stream wherever it is; the connection can then be used again. Remaining rows are thrown away; where that
 * is harmless (a query that only reads, outside a transaction) the server is told to stop. A zeroed or already
 * closed stream is allowed, and NULL.
 */
QUERC_API void querc_stream_close(querc_stream *stream);

/* ---------------------------------------------------------------------------------------------------------
 * Conversions
 *
 * ..._to_text writes at most size bytes, the ending NUL included, and returns the length of the whole text as
 * snprintf does. The text is PostgreSQL's own (ISO dates, "postgres" intervals). ..._from_text reads that form and
 * returns whether the whole text is one; *value is only changed if so. None of them knows about locales.
 * --------------------------------------------------------------------------------------------------------- */

/** A point in time in the proleptic Gregorian calendar. Year 0 is 1 BC. */
typedef struct querc_datetime {
    int32_t year;
    int32_t month; /**< 1 to 12 */
    int32_t day;   /**< 1 to 31 */
    int32_t hour;
    int32_t minute;
    int32_t second;
    int32_t usec;
} querc_datetime;

/** false, with nothing changed, for an infinity. */
QUERC_API bool querc_date_to_ymd(querc_date date, int *year, int *month, int *day);
/** false if there is no such day, or if it is outside PostgreSQL's range. */
QUERC_API bool querc_date_from_ymd(int year, int month, int day, querc_date *date);
QUERC_API bool querc_timestamp_to_datetime(querc_timestamp timestamp, querc_datetime *datetime);
QUERC_API bool querc_timestamp_from_datetime(const querc_datetime *datetime, querc_timestamp *timestamp);
/** In UTC. */
QUERC_API bool querc_timestamptz_to_datetime(querc_timestamptz timestamp, querc_datetime *datetime);
QUERC_API bool querc_timestamptz_from_datetime(const querc_datetime *datetime, querc_timestamptz *timestamp);
/** Unix time. false for an infinity or what time_t can't hold. */
QUERC_API bool querc_timestamptz_to_timespec(querc_timestamptz timestamp, struct timespec *time);
/** Rounded down to a microsecond. false if outside PostgreSQL's range or time->tv_nsec is not valid. */
QUERC_API bool querc_timestamptz_from_timespec(const struct timespec *time, querc_timestamptz *timestamp);
/** Seconds since 1970-01-01 00:00:00 UTC, with less than a microsecond's precision far from there. */
QUERC_API double querc_timestamptz_to_unix(querc_timestamptz timestamp);

QUERC_API size_t querc_date_to_text(querc_date value, char *text, size_t size);
QUERC_API bool querc_date_from_text(const char *text, querc_date *value);
QUERC_API size_t querc_time_to_text(querc_time value, char *text, size_t size);
QUERC_API bool querc_time_from_text(const char *text, querc_time *value);
QUERC_API size_t querc_timetz_to_text(querc_timetz value, char *text, size_t size);
QUERC_API bool querc_timetz_from_text(const char *text, querc_timetz *value);
QUERC_API size_t querc_timestamp_to_text(querc_timestamp value, char *text, size_t size);
QUERC_API bool querc_timestamp_from_text(const char *text, querc_timestamp *value);
/** Written in UTC ("+00"); read with any offset. */
QUERC_API size_t querc_timestamptz_to_text(querc_timestamptz value, char *text, size_t size);
QUERC_API bool querc_timestamptz_from_text(const char *text, querc_timestamptz *value);
QUERC_API size_t querc_interval_to_text(querc_interval value, char *text, size_t size);
QUERC_API bool querc_interval_from_text(const char *text, querc_interval *value);

QUERC_API size_t querc_uuid_to_text(querc_uuid value, char *text, size_t size);
QUERC_API bool querc_uuid_from_text(const char *text, querc_uuid *value);
QUERC_API size_t querc_inet_to_text(querc_inet value, char *text, size_t size);
/** is_cidr is taken from *value as it was: set it before. */
QUERC_API bool querc_inet_from_text(const char *text, querc_inet *value);
QUERC_API size_t querc_macaddr_to_text(querc_macaddr value, char *text, size_t size);
QUERC_API bool querc_macaddr_from_text(const char *text, querc_macaddr *value);
QUERC_API size_t querc_macaddr8_to_text(querc_macaddr8 value, char *text, size_t size);
QUERC_API bool querc_macaddr8_from_text(const char *text, querc_macaddr8 *value);

/** How many base-10000 digits a numeric written in text_length characters can have. */
#define QUERC_NUMERIC_DIGITS(text_length) ((text_length) / 4 + 2)

/** An integer has at most this many digits; so many have to be at hand for querc_numeric_from_int8. */
#define QUERC_NUMERIC_INT8_DIGITS 5
/** The same for querc_numeric_from_double. */
#define QUERC_NUMERIC_DOUBLE_DIGITS 8

QUERC_API size_t querc_numeric_to_text(querc_numeric value, char *text, size_t size);
/** digits, room for capacity of them, stay the caller's and have to live as long as *value. false also if there is
 *  not enough room: QUERC_NUMERIC_DIGITS(strlen(text)) always is. */
QUERC_API bool querc_numeric_from_text(const char *text, querc_numeric *value, uint16_t *digits, size_t capacity);
/** The nearest double; an infinity beyond its range. */
QUERC_API double querc_numeric_to_double(querc_numeric value);
/** The shortest decimal that reads back as number. */
QUERC_API querc_numeric querc_numeric_from_double(double number, uint16_t digits[QUERC_NUMERIC_DOUBLE_DIGITS]);
/** false if value is not a whole number or does not fit. */
QUERC_API bool querc_numeric_to_int8(querc_numeric value, int64_t *number);
QUERC_API querc_numeric querc_numeric_from_int8(int64_t number, uint16_t digits[QUERC_NUMERIC_INT8_DIGITS]);

/* ---------------------------------------------------------------------------------------------------------
 * Generated code
 *
 * A query is a constant querc_query, and the function a user calls is a wrapper of a few lines:
 *
 *   querc_status lib_get_book(querc_conn *db, int64_t id, lib_get_book_row *row)
 *   {
 *       const void *const args[] = {&id};
 *       return querc_call_one(db, &get_book_query, args, row);
 *   }
 *
 *   void lib_get_book_row_free(lib_get_book_row *row)
 *   {
 *       if (row != NULL)
 *           querc_free(row, sizeof *row, row->owner);
 *   }
 *
 * args has an entry a parameter (args may be NULL if there are none):
 *   - NULL is SQL NULL;
 *   - for a type that is const char * in C, the string itself;
 *   - for every other type, a pointer to the value.
 * So a nullable scalar argument, which is a pointer to const, is passed on as it is.
 *
 * The row structs:
 *   - A column's field has the C type of its kind (querc_kind). What null_at says decides about SQL NULL.
 *   - A struct that :one fills and that has a field which points anywhere (const char *, querc_bytes, querc_bits,
 *     querc_numeric, arrays, a composite with such a field) also has a member `querc_owner *owner`, given by
 * owner_offset. In the rows of :many and of a stream it is NULL. A struct without such fields needs none
 * (QUERC_NO_OWNER).
 *   - The struct :many fills is, in this order and with nothing else: `ROW *items; size_t len; querc_owner
 * *owner;`.
 * --------------------------------------------------------------------------------------------------------- */

/** The memory of a result. */
typedef struct querc_owner querc_owner;

/** How a value looks in C and on the wire. Those marked [binary] can't be read from a result in text format. */
typedef enum querc_kind {
    QUERC_KIND_VOID = 0,    /**< no field: the column is skipped */
    QUERC_KIND_BOOL,        /**< bool */
    QUERC_KIND_INT2,        /**< int16_t */
    QUERC_KIND_INT4,        /**< int32_t */
    QUERC_KIND_INT8,        /**< int64_t */
    QUERC_KIND_UINT4,       /**< uint32_t: oid, xid, cid, reg... ([binary] for reg..., whose text is a name) */
    QUERC_KIND_UINT8,       /**< uint64_t: xid8 */
    QUERC_KIND_LSN,         /**< uint64_t: pg_lsn */
    QUERC_KIND_FLOAT4,      /**< float */
    QUERC_KIND_FLOAT8,      /**< double */
    QUERC_KIND_MONEY,       /**< int64_t */
    QUERC_KIND_CHAR,        /**< char */
    QUERC_KIND_TEXT,        /**< const char *: any type whose binary form is its text */
    QUERC_KIND_TEXT_V1,     /**< const char *: a byte 1, then the text (jsonb, jsonpath, ltree, lquery) */
    QUERC_KIND_TEXT_FORM,   /**< const char *: no binary form known. As a parameter it is sent as text; a query with
                                 such a result column, or an array of it, must have text_format */
    QUERC_KIND_BYTES,       /**< querc_bytes */
    QUERC_KIND_UUID,        /**< querc_uuid */
    QUERC_KIND_DATE,        /**< querc_date */
    QUERC_KIND_TIME,        /**< querc_time */
    QUERC_KIND_TIMETZ,      /**< querc_timetz */
    QUERC_KIND_TIMESTAMP,   /**< querc_timestamp */
    QUERC_KIND_TIMESTAMPTZ, /**< querc_timestamptz */
    QUERC_KIND_INTERVAL,    /**< querc_interval */
    QUERC_KIND_NUMERIC,     /**< querc_numeric */
    QUERC_KIND_INET,        /**< querc_inet: inet */
    QUERC_KIND_CIDR,        /**< querc_inet: cidr */
    QUERC_KIND_MACADDR,     /**< querc_macaddr */
    QUERC_KIND_MACADDR8,    /**< querc_macaddr8 */
    QUERC_KIND_BITS,        /**< querc_bits */
    QUERC_KIND_TID,         /**< querc_tid */
    QUERC_KIND_ENUM,        /**< a C enum of int's size: 0 is an unknown label, labels[i] is i + 1 */
    QUERC_KIND_DOMAIN,      /**< as its base type, which is `element` */
    QUERC_KIND_ARRAY,       /**< a QUERC_ARRAY_TYPE of what `element` is (for a domain, of what its base is) */
    QUERC_KIND_COMPOSITE    /**< the generated struct that `composite` describes [binary] */
} querc_kind;

/** The labels of an enum type, in the order of the C enumerators, which count from 1. */
typedef struct querc_enum {
    const char *const *labels;
    /** labels[sorted[0]] < labels[sorted[1]] < ... in strcmp's order; NULL: not given, lookups are linear. */
    const uint16_t *sorted;
    uint16_t count;
} querc_enum;

/**
 * An SQL type. Those of the system are here already (querc_type_int4 ...). For others, generated code has
 * constants like
 *   const querc_type lib_type_mood = {.kind = QUERC_KIND_ENUM, .schema = "public", .name = "mood", .labels = &...};
 *   const querc_type lib_type_mood_array = {.kind = QUERC_KIND_ARRAY, .schema = "public", .name = "mood[]",
 *                                           .element = &lib_type_mood};
 * A domain's element is its base type (possibly again a domain). The OID of an array without an oid of its own is
 * looked up through its element; its schema and name are only for messages.
 */
typedef struct querc_type {
    querc_kind kind;
    uint32_t oid; /**< 0: differs between databases, resolved by schema and name once a connection */
    const char *schema;
    const char *name;
    const struct querc_type *element;
    const querc_enum *labels;
    const struct querc_composite *composite;
} querc_type;

typedef struct querc_param {
    const char *name; /**< for messages */
    const querc_type *type;
    bool nullable; /**< if not, NULL is refused with QUERC_ENCODE */
} querc_param;

/** querc_column.null_at: SQL NULL is an error. */
#define QUERC_NOT_NULL UINT32_MAX
/** querc_column.null_at: no flag; SQL NULL leaves the field zeroed (for pointers: NULL). */
#define QUERC_NULL_IS_ZERO (UINT32_MAX - 1)
/** querc_query.owner_offset: the row has no member owner. */
#define QUERC_NO_OWNER UINT32_MAX

typedef struct querc_column {
    const char *name; /**< as the server describes it */
    const querc_type *type;
    uint32_t offset; /**< offsetof the field in the row struct */
    /** offsetof the bool has_ flag, or one of the two above. The flag is true for a value and false, with the field
     *  zeroed, for NULL. Columns of an embedded table that may be absent as a whole can share one flag: it is true
     * if any of them has a value. */
    uint32_t null_at;
} querc_column;

/** A composite type: its attributes, as if they were the columns of a row that is the struct. */
typedef struct querc_composite {
    const querc_column *attributes;
    uint32_t size; /**< sizeof the struct */
    uint16_t attribute_count;
} querc_composite;

/** A constraint of the schema, for querc_error.constraint_id. */
typedef struct querc_constraint {
    const char *schema;
    const char *relation; /**< the table's name, or the domain's */
    const char *name;
    int id; /**< the enumerator, not 0 */
} querc_constraint;

/** What the queries of a package share: one constant in models.c. */
typedef struct querc_schema {
    /** Sorted by strcmp of schema, then relation, then name. */
    const querc_constraint *constraints;
    size_t constraint_count;
    /** All types whose oid is 0, arrays excepted, so that one round trip a connection resolves them. May be NULL:
     *  they are then resolved as the queries that use them come. */
    const querc_type *const *types;
    size_t type_count;
} querc_schema;

typedef struct querc_query {
    const char *name;           /**< "GetBook" */
    const char *sql;            /**< with $1, $2 ... */
    const char *statement;      /**< the prepared statement's name: made from a hash of the text and the parameters'
                                   types,      so that the same name always means the same statement; under 64 bytes */
    const querc_schema *schema; /**< may be NULL */
    const querc_param *params;
    const querc_column *columns;
    uint32_t row_size;     /**< sizeof the row struct; 0 for commands without rows */
    uint32_t owner_offset; /**< offsetof its member owner, or QUERC_NO_OWNER */
    uint16_t param_count;
    uint16_t column_count; /**< of the result, also those of kind VOID */
    bool text_format;      /**< ask for the result in text format: some column has no known binary form */
    bool read_only;        /**< the query only reads */
} querc_query;

/** :one. *row is zeroed first. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_one(querc_conn *db, const querc_query *query,
                                                       const void *const *args, void *row);
/** :many. *rows (see above) is zeroed first. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_many(querc_conn *db, const querc_query *query,
                                                        const void *const *args, void *rows);
/** :exec. Rows that come all the same are ignored. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_exec(querc_conn *db, const querc_query *query,
                                                        const void *const *args);
/** :execrows. *rows is 0 for commands that count none. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_execrows(querc_conn *db, const querc_query *query,
                                                            const void *const *args, int64_t *rows);
/** :execresult. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_execresult(querc_conn *db, const querc_query *query,
                                                              const void *const *args, querc_command *command);
/** The stream of a :many. *stream is zeroed first and stays so on error. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_open(querc_conn *db, const querc_query *query,
                                                        const void *const *args, querc_stream *stream);
/** QUERC_ROW with *row filled, QUERC_DONE, or an error. query has to be the one the stream was opened with. After
 *  QUERC_DONE or an error the connection is free again; the stream still wants closing. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_next(querc_stream *stream, const querc_query *query, void *row);

/** The label of an enumerator; NULL for 0 and numbers that are none. */
QUERC_API const char *querc_enum_label(const querc_enum *labels, int value);
/** The enumerator of a label; 0 if there is none. */
QUERC_API int querc_enum_value(const querc_enum *labels, const char *label);

/** Frees owner (NULL is allowed) and zeroes the size bytes of value, a row or a :many result. */
QUERC_API void querc_free(void *value, size_t size, querc_owner *owner);
/** The same for the struct that :many fills, whose layout is known; NULL is allowed. */
QUERC_API void querc_free_rows(void *rows);

/**
 * The system's types: X(name in C, name in SQL, OID, OID of the array type, kind). Each gives a querc_type_NAME and
 * a querc_type_NAME_array. Left out are those whose only known form is text (generated code has constants for
 * them, of QUERC_KIND_TEXT_FORM) and those of later versions (ranges, geometry).
 */
#define QUERC_SYSTEM_TYPES(X)                                                                                      \
    X(bool, "bool", 16, 1000, QUERC_KIND_BOOL)                                                                     \
    X(bytea, "bytea", 17, 1001, QUERC_KIND_BYTES)                                                                  \
    X(char, "char", 18, 1002, QUERC_KIND_CHAR)                                                                     \
    X(name, "name", 19, 1003, QUERC_KIND_TEXT)                                                                     \
    X(int8, "int8", 20, 1016, QUERC_KIND_INT8)                                                                     \
    X(int2, "int2", 21, 1005, QUERC_KIND_INT2)                                                                     \
    X(int4, "int4", 23, 1007, QUERC_KIND_INT4)                                                                     \
    X(regproc, "regproc", 24, 1008, QUERC_KIND_UINT4)                                                              \
    X(text, "text", 25, 1009, QUERC_KIND_TEXT)                                                                     \
    X(oid, "oid", 26, 1028, QUERC_KIND_UINT4)                                                                      \
    X(tid, "tid", 27, 1010, QUERC_KIND_TID)                                                                        \
    X(xid, "xid", 28, 1011, QUERC_KIND_UINT4)                                                                      \
    X(cid, "cid", 29, 1012, QUERC_KIND_UINT4)                                                                      \
    X(json, "json", 114, 199, QUERC_KIND_TEXT)                                                                     \
    X(xml, "xml", 142, 143, QUERC_KIND_TEXT)                                                                       \
    X(cidr, "cidr", 650, 651, QUERC_KIND_CIDR)                                                                     \
    X(float4, "float4", 700, 1021, QUERC_KIND_FLOAT4)                                                              \
    X(float8, "float8", 701, 1022, QUERC_KIND_FLOAT8)                                                              \
    X(macaddr8, "macaddr8", 774, 775, QUERC_KIND_MACADDR8)                                                         \
    X(money, "money", 790, 791, QUERC_KIND_MONEY)                                                                  \
    X(macaddr, "macaddr", 829, 1040, QUERC_KIND_MACADDR)                                                           \
    X(inet, "inet", 869, 1041, QUERC_KIND_INET)                                                                    \
    X(bpchar, "bpchar", 1042, 1014, QUERC_KIND_TEXT)                                                               \
    X(varchar, "varchar", 1043, 1015, QUERC_KIND_TEXT)                                                             \
    X(date, "date", 1082, 1182, QUERC_KIND_DATE)                                                                   \
    X(time, "time", 1083, 1183, QUERC_KIND_TIME)                                                                   \
    X(timestamp, "timestamp", 1114, 1115, QUERC_KIND_TIMESTAMP)                                                    \
    X(timestamptz, "timestamptz", 1184, 1185, QUERC_KIND_TIMESTAMPTZ)                                              \
    X(interval, "interval", 1186, 1187, QUERC_KIND_INTERVAL)                                                       \
    X(timetz, "timetz", 1266, 1270, QUERC_KIND_TIMETZ)                                                             \
    X(bit, "bit", 1560, 1561, QUERC_KIND_BITS)                                                                     \
    X(varbit, "varbit", 1562, 1563, QUERC_KIND_BITS)                                                               \
    X(numeric, "numeric", 1700, 1231, QUERC_KIND_NUMERIC)                                                          \
    X(refcursor, "refcursor", 1790, 2201, QUERC_KIND_TEXT)                                                         \
    X(regprocedure, "regprocedure", 2202, 2207, QUERC_KIND_UINT4)                                                  \
    X(regoper, "regoper", 2203, 2208, QUERC_KIND_UINT4)                                                            \
    X(regoperator, "regoperator", 2204, 2209, QUERC_KIND_UINT4)                                                    \
    X(regclass, "regclass", 2205, 2210, QUERC_KIND_UINT4)                                                          \
    X(regtype, "regtype", 2206, 2211, QUERC_KIND_UINT4)                                                            \
    X(cstring, "cstring", 2275, 1263, QUERC_KIND_TEXT)                                                             \
    X(uuid, "uuid", 2950, 2951, QUERC_KIND_UUID)                                                                   \
    X(pg_lsn, "pg_lsn", 3220, 3221, QUERC_KIND_LSN)                                                                \
    X(regconfig, "regconfig", 3734, 3735, QUERC_KIND_UINT4)                                                        \
    X(regdictionary, "regdictionary", 3769, 3770, QUERC_KIND_UINT4)                                                \
    X(jsonb, "jsonb", 3802, 3807, QUERC_KIND_TEXT_V1)                                                              \
    X(jsonpath, "jsonpath", 4072, 4073, QUERC_KIND_TEXT_V1)                                                        \
    X(regnamespace, "regnamespace", 4089, 4090, QUERC_KIND_UINT4)                                                  \
    X(regrole, "regrole", 4096, 4097, QUERC_KIND_UINT4)                                                            \
    X(regcollation, "regcollation", 4191, 4192, QUERC_KIND_UINT4)                                                  \
    X(xid8, "xid8", 5069, 271, QUERC_KIND_UINT8)

#define QUERC_DECLARE_TYPE(NAME, SQL_NAME, OID, ARRAY_OID, KIND)                                                   \
    QUERC_API extern const querc_type querc_type_##NAME;                                                           \
    QUERC_API extern const querc_type querc_type_##NAME##_array;
QUERC_SYSTEM_TYPES(QUERC_DECLARE_TYPE)
#undef QUERC_DECLARE_TYPE

/* System types that have no array type of their own kind here. */
QUERC_API extern const querc_type querc_type_void;       /* VOID */
QUERC_API extern const querc_type querc_type_unknown;    /* TEXT */
QUERC_API extern const querc_type querc_type_int2vector; /* ARRAY of int2 */
QUERC_API extern const querc_type querc_type_oidvector;  /* ARRAY of oid */

#ifdef __cplusplus
}
#endif

#endif
