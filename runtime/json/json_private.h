/*
 * What the files of libquerc_json share. Not installed.
 *
 * json.c makes jansson's values; what of them are strings comes from json_text.c, json_number.c and json_parts.c.
 */
#ifndef QUERC_JSON_PRIVATE_H
#define QUERC_JSON_PRIVATE_H

#include "querc_json.h"

/* Text that grows, in jansson's memory. */
typedef struct JsonText {
    char *data; /* in `first` as long as it fits */
    size_t len;
    size_t capacity;
    bool failed; /* no memory, or no such text */
    char first[256];
} JsonText;

void qrt_json_text_init(JsonText *text);
void qrt_json_text_release(JsonText *text);
void qrt_json_text_add(JsonText *text, const char *bytes, size_t len);
void qrt_json_text_string(JsonText *text, const char *string);
void qrt_json_text_char(JsonText *text, char c);
void qrt_json_text_uint(JsonText *text, uint64_t number);
void qrt_json_text_int(JsonText *text, int64_t number);
/* A value as PostgreSQL writes it. */
void qrt_json_text_value(JsonText *text, const querc_type *type, const void *value);
/* "0.1", "1e+300": as many digits as read back the same. is_float4: the same float. */
void qrt_json_text_double(JsonText *text, double number, bool is_float4);

/* json_parts.c; the type is no domain. */
void qrt_json_text_array(JsonText *text, const querc_type *type, const void *value);
void qrt_json_text_composite(JsonText *text, const querc_type *type, const void *value);
void qrt_json_text_range(JsonText *text, const querc_type *type, const void *value);
void qrt_json_text_multirange(JsonText *text, const querc_type *type, const void *value);
void qrt_json_text_hstore(JsonText *text, const querc_type *type, const void *value);

/* Follows domains. */
const querc_type *qrt_json_base_type(const querc_type *type);
/* Of a value in C; the type is no domain. 0 for a kind that is none. */
size_t qrt_json_type_size(const querc_type *type);

/* The fields that all arrays have, whatever they are of. */
typedef struct JsonArray {
    const void *items;
    size_t len;
    const bool *nulls;
    const querc_dimensions *dimensions;
} JsonArray;

/* Element i is SQL NULL; element is the base type of the elements. */
bool qrt_json_element_is_null(const JsonArray *array, const querc_type *element, size_t i);
/* Values of the type are const char *, NULL for SQL NULL. */
bool qrt_json_is_pointer(const querc_type *type);
/* An attribute's value, or NULL for SQL NULL. */
const void *qrt_json_attribute(const querc_column *attribute, const void *composite);

#endif
