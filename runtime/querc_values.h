/*
 * querc_values.h - part of querc.h: what SQL values are in C.
 */
#ifndef QUERC_VALUES_H
#define QUERC_VALUES_H

#include "querc_base.h"

#ifdef __cplusplus
extern "C" {
#endif

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

/* Geometric types. */
typedef struct querc_point {
    double x, y;
} querc_point;

typedef struct querc_line {
    double a, b, c; /**< ax + by + c = 0 */
} querc_line;

typedef struct querc_lseg {
    querc_point ends[2];
} querc_lseg;

typedef struct querc_box {
    querc_point high, low; /**< the upper right corner and the lower left one */
} querc_box;

typedef struct querc_path {
    const querc_point *points;
    size_t len;
    bool is_closed;
} querc_path;

typedef struct querc_polygon {
    const querc_point *points;
    size_t len;
} querc_polygon;

typedef struct querc_circle {
    querc_point center;
    double radius;
} querc_circle;

/** The extension's hstore. Of a key that is there twice in an argument, either pair may be kept. */
typedef struct querc_hstore_pair {
    const char *key;
    const char *value; /**< NULL: SQL NULL */
} querc_hstore_pair;

typedef struct querc_hstore {
    const querc_hstore_pair *pairs;
    size_t len;
} querc_hstore;

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
QUERC_ARRAY_TYPE(querc_point_array, querc_point);
QUERC_ARRAY_TYPE(querc_line_array, querc_line);
QUERC_ARRAY_TYPE(querc_lseg_array, querc_lseg);
QUERC_ARRAY_TYPE(querc_box_array, querc_box);
QUERC_ARRAY_TYPE(querc_path_array, querc_path);
QUERC_ARRAY_TYPE(querc_polygon_array, querc_polygon);
QUERC_ARRAY_TYPE(querc_circle_array, querc_circle);
QUERC_ARRAY_TYPE(querc_hstore_array, querc_hstore);

/* ---------------------------------------------------------------------------------------------------------
 * Ranges and multiranges
 * --------------------------------------------------------------------------------------------------------- */

/**
 * A range of ITEM. A bound counts only if its has_ member says that it is there: {0} is the range of everything.
 * The server makes ranges of integers and dates half-open, so that [1,3] comes back as [1,4).
 */
#define QUERC_RANGE_TYPE(NAME, ITEM)                                                                               \
    typedef struct NAME {                                                                                          \
        ITEM lower;                                                                                                \
        ITEM upper;                                                                                                \
        bool is_empty;                                                                                             \
        bool has_lower;                                                                                            \
        bool has_upper;                                                                                            \
        bool lower_inclusive;                                                                                      \
        bool upper_inclusive;                                                                                      \
    } NAME

/** A multirange: ranges in order that don't touch. As an argument they may be in any order. */
#define QUERC_MULTIRANGE_TYPE(NAME, RANGE)                                                                         \
    typedef struct NAME {                                                                                          \
        RANGE const *items;                                                                                        \
        size_t len;                                                                                                \
    } NAME

QUERC_RANGE_TYPE(querc_int4range, int32_t);
QUERC_RANGE_TYPE(querc_int8range, int64_t);
QUERC_RANGE_TYPE(querc_numrange, querc_numeric);
QUERC_RANGE_TYPE(querc_tsrange, querc_timestamp);
QUERC_RANGE_TYPE(querc_tstzrange, querc_timestamptz);
QUERC_RANGE_TYPE(querc_daterange, querc_date);
QUERC_MULTIRANGE_TYPE(querc_int4multirange, querc_int4range);
QUERC_MULTIRANGE_TYPE(querc_int8multirange, querc_int8range);
QUERC_MULTIRANGE_TYPE(querc_nummultirange, querc_numrange);
QUERC_MULTIRANGE_TYPE(querc_tsmultirange, querc_tsrange);
QUERC_MULTIRANGE_TYPE(querc_tstzmultirange, querc_tstzrange);
QUERC_MULTIRANGE_TYPE(querc_datemultirange, querc_daterange);
QUERC_ARRAY_TYPE(querc_int4range_array, querc_int4range);
QUERC_ARRAY_TYPE(querc_int8range_array, querc_int8range);
QUERC_ARRAY_TYPE(querc_numrange_array, querc_numrange);
QUERC_ARRAY_TYPE(querc_tsrange_array, querc_tsrange);
QUERC_ARRAY_TYPE(querc_tstzrange_array, querc_tstzrange);
QUERC_ARRAY_TYPE(querc_daterange_array, querc_daterange);
QUERC_ARRAY_TYPE(querc_int4multirange_array, querc_int4multirange);
QUERC_ARRAY_TYPE(querc_int8multirange_array, querc_int8multirange);
QUERC_ARRAY_TYPE(querc_nummultirange_array, querc_nummultirange);
QUERC_ARRAY_TYPE(querc_tsmultirange_array, querc_tsmultirange);
QUERC_ARRAY_TYPE(querc_tstzmultirange_array, querc_tstzmultirange);
QUERC_ARRAY_TYPE(querc_datemultirange_array, querc_datemultirange);

#ifdef __cplusplus
}
#endif

#endif
