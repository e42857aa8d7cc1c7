/* What the input rules of all types share. */
#ifndef QUERC_TYPES_LITERAL_CHECK_H
#define QUERC_TYPES_LITERAL_CHECK_H

#include "base/sqlstate.h"
#include "base/vec.h"
#include "types/internal.h"
#include "types/literal.h"

/* A literal in the hands of its type's input rules. */
typedef struct Literal {
    const Catalog *catalog;
    Arena *arena;
    const Type *type;
    int32_t typmod;
    const char *text;
    LiteralError *error;
    LiteralValue value;
} Literal;

/* The rules of one input function: false after filling the error. */
typedef bool LiteralInput(Literal *in);

/* Fill the error and return false. */
bool literal_fail(Literal *in, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* invalid input syntax for type …: "…" */
bool literal_bad_syntax(Literal *in, const char *type_name);
/* value "…" is out of range for type … */
bool literal_out_of_range(Literal *in, const char *type_name);
/* Adds the DETAIL of an error already there; returns false. */
bool literal_detail(Literal *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reads a part of the literal as a value of some type, domains included. A NULL text is the SQL NULL. *value may be
 * NULL. */
bool literal_part(Literal *whole, Oid type, int32_t typmod, const char *text, LiteralValue *value);

/* The value of a text that its type has read, of types other than numbers and times. */
LiteralValue literal_text_value(Arena *arena, const Type *type, const char *text);

/* A run of the text as a string of its own. */
static inline char *literal_slice(const Literal *in, const char *start, const char *end)
{
    return arena_strndup(in->arena, start, (size_t)(end - start));
}

/* A part of a composite value or range: the text up to the first of the characters in ends that is neither quoted
 * nor escaped, quotes and backslashes taken off. The cursor then is on that character. NULL, and no error yet, when
 * the text ends before. */
const char *literal_unquote(const Literal *in, const char **cursor, const char *ends);

/* The classes of the C locale: an input function never sees another in UTF-8. */
static inline bool char_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool char_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool char_is_alnum(char c)
{
    return char_is_alpha(c) || char_is_digit(c);
}
static inline char char_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
/* The value of a hexadecimal digit, -1 of anything else. */
static inline int char_hex(char c)
{
    if (char_is_digit(c))
        return c - '0';
    c = char_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
static inline const char *skip_spaces(const char *text)
{
    while (char_is_space(*text))
        text++;
    return text;
}
/* Bytes of the UTF-8 character that begins here; 1 for a stray byte. */
size_t char_length(const char *text);
/* Whether the text begins with a word, whatever its case. */
bool text_starts(const char *text, const char *lower_word);
/* Case-insensitive equality. */
bool text_equals(const char *text, const char *lower_word);
/* strtol, judged as the server's strtoint: false when the value does not fit an int. */
bool scan_int(const char *text, const char **end, int *value);

/* number.c: a floating-point number at *cursor, which then stands behind it and the white space that follows. */
bool literal_scan_float(Literal *in, const char *type_name, const char **cursor, double *value);
/* The rules of numeric_in for a text that is part of another literal. */
bool literal_numeric_part(Literal *in, const char *text);

/* The input functions, by file. */
LiteralInput input_int2, input_int4, input_int8, input_float4, input_float8, input_numeric;      /* number.c */
LiteralInput input_oid, input_int2vector, input_oidvector, input_tid, input_lsn, input_snapshot; /* system.c */
LiteralInput input_bool, input_uuid, input_bytea, input_bit, input_varbit, input_bpchar,
    input_varchar;                                                                     /* plain.c */
LiteralInput input_date, input_timestamp, input_timestamptz, input_time, input_timetz; /* datetime.c */
LiteralInput input_interval;                                                           /* interval.c */
LiteralInput input_inet, input_cidr, input_macaddr, input_macaddr8;                    /* network.c */
LiteralInput input_point, input_box, input_lseg, input_line, input_path, input_polygon, input_circle;
LiteralInput input_json, input_jsonb;                                          /* json.c */
LiteralInput input_jsonpath;                                                   /* jsonpath.c */
LiteralInput input_tsvector, input_tsquery;                                    /* text_search.c */
LiteralInput input_array;                                                      /* array.c */
LiteralInput input_range, input_multirange;                                    /* range.c */
LiteralInput input_record, input_enum;                                         /* record.c, literal.c */
LiteralInput input_regclass, input_regtype, input_regproc, input_regprocedure; /* registry.c */
LiteralInput input_regoper, input_regoperator, input_regnamespace, input_regconfig, input_regdictionary;
LiteralInput input_regrole, input_regcollation;

#endif
