/* The one table of C types: how each kind of value of querc.h looks in C, and which SQL types are of which kind.
 *
 * The kinds are those of querc_kind, and the types with a constant of their own those of QUERC_SYSTEM_TYPES, in
 * runtime/querc.h; a test compares them. */
#ifndef QUERC_CODEGEN_CTYPE_TABLE_H
#define QUERC_CODEGEN_CTYPE_TABLE_H

#include <stdbool.h>

typedef enum CTypeFlags {
    CTYPE_POINTER = 1 << 0,     /* the value is a pointer, NULL is SQL NULL: no has_ flag, passed as it is */
    CTYPE_POINTS = 1 << 1,      /* the value refers to the result's memory, which the row then has to own */
    CTYPE_BINARY_ONLY = 1 << 2, /* can't be read from a result in text format */
    CTYPE_TEXT_ONLY = 1 << 3,   /* can't be read from a result in binary format */
    CTYPE_NO_FIELD = 1 << 4,    /* no value at all */
    CTYPE_SENT_AS_TEXT = 1 << 5 /* as a parameter it is sent as text, and so can't be part of a binary value */
} CTypeFlags;

/* X(kind, C type, C type of an array of it or NULL, flags) */
#define CTYPE_KINDS(X)                                                                                             \
    X(VOID, "void", NULL, CTYPE_NO_FIELD)                                                                          \
    X(BOOL, "bool", "querc_bool_array", 0)                                                                         \
    X(INT2, "int16_t", "querc_int2_array", 0)                                                                      \
    X(INT4, "int32_t", "querc_int4_array", 0)                                                                      \
    X(INT8, "int64_t", "querc_int8_array", 0)                                                                      \
    X(UINT4, "uint32_t", "querc_uint4_array", 0)                                                                   \
    X(UINT8, "uint64_t", "querc_uint8_array", 0)                                                                   \
    X(LSN, "uint64_t", "querc_uint8_array", 0)                                                                     \
    X(FLOAT4, "float", "querc_float4_array", 0)                                                                    \
    X(FLOAT8, "double", "querc_float8_array", 0)                                                                   \
    X(MONEY, "int64_t", "querc_int8_array", 0)                                                                     \
    X(CHAR, "char", "querc_char_array", 0)                                                                         \
    X(TEXT, "const char *", "querc_text_array", CTYPE_POINTER | CTYPE_POINTS)                                      \
    X(TEXT_V1, "const char *", "querc_text_array", CTYPE_POINTER | CTYPE_POINTS)                                   \
    X(TEXT_FORM, "const char *", "querc_text_array", CTYPE_POINTER | CTYPE_POINTS | CTYPE_TEXT_ONLY)               \
    X(BYTES, "querc_bytes", "querc_bytes_array", CTYPE_POINTS)                                                     \
    X(UUID, "querc_uuid", "querc_uuid_array", 0)                                                                   \
    X(DATE, "querc_date", "querc_date_array", 0)                                                                   \
    X(TIME, "querc_time", "querc_time_array", 0)                                                                   \
    X(TIMETZ, "querc_timetz", "querc_timetz_array", 0)                                                             \
    X(TIMESTAMP, "querc_timestamp", "querc_timestamp_array", 0)                                                    \
    X(TIMESTAMPTZ, "querc_timestamptz", "querc_timestamptz_array", 0)                                              \
    X(INTERVAL, "querc_interval", "querc_interval_array", 0)                                                       \
    X(NUMERIC, "querc_numeric", "querc_numeric_array", CTYPE_POINTS)                                               \
    X(INET, "querc_inet", "querc_inet_array", 0)                                                                   \
    X(CIDR, "querc_inet", "querc_inet_array", 0)                                                                   \
    X(MACADDR, "querc_macaddr", "querc_macaddr_array", 0)                                                          \
    X(MACADDR8, "querc_macaddr8", "querc_macaddr8_array", 0)                                                       \
    X(BITS, "querc_bits", "querc_bits_array", CTYPE_POINTS)                                                        \
    X(TID, "querc_tid", "querc_tid_array", 0)                                                                      \
    /* the C types of these are generated, or follow from another's */                                             \
    X(ENUM, NULL, NULL, 0)                                                                                         \
    X(DOMAIN, NULL, NULL, 0)                                                                                       \
    X(ARRAY, NULL, NULL, CTYPE_POINTS)                                                                             \
    X(COMPOSITE, NULL, NULL, CTYPE_POINTS | CTYPE_BINARY_ONLY)                                                     \
    X(POINT, "querc_point", "querc_point_array", CTYPE_BINARY_ONLY)                                                \
    X(LINE, "querc_line", "querc_line_array", CTYPE_BINARY_ONLY)                                                   \
    X(LSEG, "querc_lseg", "querc_lseg_array", CTYPE_BINARY_ONLY)                                                   \
    X(BOX, "querc_box", "querc_box_array", CTYPE_BINARY_ONLY)                                                      \
    X(PATH, "querc_path", "querc_path_array", CTYPE_POINTS | CTYPE_BINARY_ONLY)                                    \
    X(POLYGON, "querc_polygon", "querc_polygon_array", CTYPE_POINTS | CTYPE_BINARY_ONLY)                           \
    X(CIRCLE, "querc_circle", "querc_circle_array", CTYPE_BINARY_ONLY)                                             \
    X(HSTORE, "querc_hstore", "querc_hstore_array", CTYPE_POINTS | CTYPE_BINARY_ONLY)                              \
    X(TSVECTOR, "const char *", "querc_text_array", CTYPE_POINTER | CTYPE_POINTS | CTYPE_SENT_AS_TEXT)             \
    X(TSQUERY, "const char *", "querc_text_array", CTYPE_POINTER | CTYPE_POINTS | CTYPE_SENT_AS_TEXT)              \
    X(RANGE, NULL, NULL, CTYPE_BINARY_ONLY)                                                                        \
    X(MULTIRANGE, NULL, NULL, CTYPE_POINTS | CTYPE_BINARY_ONLY)                                                    \
    X(CUSTOM, NULL, NULL, CTYPE_POINTS | CTYPE_BINARY_ONLY)

typedef enum CKind {
#define X(KIND, C_TYPE, ARRAY, FLAGS) CKIND_##KIND,
    CTYPE_KINDS(X)
#undef X
        CKIND_COUNT
} CKind;

typedef struct CKindInfo {
    const char *enumerator; /* "QUERC_KIND_INT8" */
    const char *c_type, *array_type;
    unsigned flags; /* of CTypeFlags */
} CKindInfo;

extern const CKindInfo ckind_info[CKIND_COUNT];

/* An SQL type that is always of one kind. */
typedef struct CTypeEntry {
    const char *schema;     /* "pg_catalog"; of an extension's type NULL: it can be in any */
    const char *extension;  /* or NULL */
    const char *name;       /* pg_type.typname */
    const char *descriptor; /* the constant of querc.h; NULL: one is generated */
    CKind kind;
    const char *c_type, *array_type; /* where they are not the kind's, or NULL */
    unsigned flags;                  /* beside the kind's */
} CTypeEntry;

/* NULL when the table has no such type. schema, extension and name as in IrType. */
const CTypeEntry *ctype_table_find(const char *schema, const char *extension, const char *name);

#endif
