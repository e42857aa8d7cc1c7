/*
 * querc_types.h - part of querc.h: the constants that describe types, for generated code.
 */
#ifndef QUERC_TYPES_H
#define QUERC_TYPES_H

#include "querc_codec.h"
#include "querc_values.h"

#ifdef __cplusplus
extern "C" {
#endif

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
    QUERC_KIND_COMPOSITE,   /**< the generated struct that `composite` describes [binary] */
    QUERC_KIND_POINT,       /**< querc_point [binary], and so are all that follow */
    QUERC_KIND_LINE,        /**< querc_line */
    QUERC_KIND_LSEG,        /**< querc_lseg */
    QUERC_KIND_BOX,         /**< querc_box */
    QUERC_KIND_PATH,        /**< querc_path */
    QUERC_KIND_POLYGON,     /**< querc_polygon */
    QUERC_KIND_CIRCLE,      /**< querc_circle */
    QUERC_KIND_HSTORE,      /**< querc_hstore */
    QUERC_KIND_TSVECTOR,    /**< const char *: its text, made from the binary form; as a parameter sent as text */
    QUERC_KIND_TSQUERY,     /**< the same */
    QUERC_KIND_RANGE,       /**< a QUERC_RANGE_TYPE of what `element` is; `size` is the struct's */
    QUERC_KIND_MULTIRANGE,  /**< a QUERC_MULTIRANGE_TYPE of the range type `element` */
    QUERC_KIND_CUSTOM       /**< a type of the user's, of `size` bytes, read and written by `codec` */
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
    size_t size;
    const struct querc_codec *codec;
} querc_type;

struct json_t; /* jansson's */

/** The user's functions; any may be NULL, as for a type that is only an argument or only a column. */
typedef struct querc_codec {
    bool (*decode)(querc_decoder *decoder, const void *data, size_t len, void *value);
    bool (*encode)(querc_encoder *encoder, const void *value);
    struct json_t *(*json)(const void *value); /**< for querc_json.h; else NULL */
} querc_codec;

/** querc_column.null_at: SQL NULL is an error. */
#define QUERC_NOT_NULL UINT32_MAX
/** querc_column.null_at: no flag; SQL NULL leaves the field zeroed (for pointers: NULL). */
#define QUERC_NULL_IS_ZERO (UINT32_MAX - 1)

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
    const char *const *keys; /**< of the attributes as JSON, for querc_json.h; NULL: their names */
} querc_composite;
/**
 * The system's types: X(name in C, name in SQL, OID, OID of the array type, kind). Each gives a querc_type_NAME and
 * a querc_type_NAME_array. Left out are those whose only known form is text (generated code has constants for
 * them, of QUERC_KIND_TEXT_FORM), and ranges, which follow.
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
    X(xid8, "xid8", 5069, 271, QUERC_KIND_UINT8)                                                                   \
    X(point, "point", 600, 1017, QUERC_KIND_POINT)                                                                 \
    X(lseg, "lseg", 601, 1018, QUERC_KIND_LSEG)                                                                    \
    X(path, "path", 602, 1019, QUERC_KIND_PATH)                                                                    \
    X(box, "box", 603, 1020, QUERC_KIND_BOX)                                                                       \
    X(polygon, "polygon", 604, 1027, QUERC_KIND_POLYGON)                                                           \
    X(line, "line", 628, 629, QUERC_KIND_LINE)                                                                     \
    X(circle, "circle", 718, 719, QUERC_KIND_CIRCLE)                                                               \
    X(tsvector, "tsvector", 3614, 3643, QUERC_KIND_TSVECTOR)                                                       \
    X(tsquery, "tsquery", 3615, 3645, QUERC_KIND_TSQUERY)

/** Its range types: X(range, OID, OID of the array type, subtype, multirange, OID, OID of the array type). */
#define QUERC_SYSTEM_RANGES(X)                                                                                     \
    X(int4range, 3904, 3905, int4, int4multirange, 4451, 6150)                                                     \
    X(numrange, 3906, 3907, numeric, nummultirange, 4532, 6151)                                                    \
    X(tsrange, 3908, 3909, timestamp, tsmultirange, 4533, 6152)                                                    \
    X(tstzrange, 3910, 3911, timestamptz, tstzmultirange, 4534, 6153)                                              \
    X(daterange, 3912, 3913, date, datemultirange, 4535, 6155)                                                     \
    X(int8range, 3926, 3927, int8, int8multirange, 4536, 6157)

#define QUERC_DECLARE_TYPE(NAME, SQL_NAME, OID, ARRAY_OID, KIND)                                                   \
    QUERC_API extern const querc_type querc_type_##NAME;                                                           \
    QUERC_API extern const querc_type querc_type_##NAME##_array;
QUERC_SYSTEM_TYPES(QUERC_DECLARE_TYPE)
#undef QUERC_DECLARE_TYPE
#define QUERC_DECLARE_RANGE(NAME, OID, ARRAY_OID, SUBTYPE, MULTI, MULTI_OID, MULTI_ARRAY_OID)                      \
    QUERC_API extern const querc_type querc_type_##NAME;                                                           \
    QUERC_API extern const querc_type querc_type_##NAME##_array;                                                   \
    QUERC_API extern const querc_type querc_type_##MULTI;                                                          \
    QUERC_API extern const querc_type querc_type_##MULTI##_array;
QUERC_SYSTEM_RANGES(QUERC_DECLARE_RANGE)
#undef QUERC_DECLARE_RANGE

/* System types that have no array type of their own kind here. */
QUERC_API extern const querc_type querc_type_void;       /* VOID */
QUERC_API extern const querc_type querc_type_unknown;    /* TEXT */
QUERC_API extern const querc_type querc_type_int2vector; /* ARRAY of int2 */
QUERC_API extern const querc_type querc_type_oidvector;  /* ARRAY of oid */

#ifdef __cplusplus
}
#endif

#endif
