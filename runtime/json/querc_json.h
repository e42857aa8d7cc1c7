/*
 * querc_json.h - rows as JSON, for programs that use jansson. Not part of querc.h: of libquerc_json, or with
 * `emit_runtime` of the generated sources, and only code generated with `emit_json` includes it.
 *
 * A row becomes an object with a member a column, and each value what PostgreSQL's to_json makes of it. The
 * exceptions, which docs/types.md explains: numeric is a string with all its digits, money an integer in the
 * smallest unit, a timestamptz in UTC, and what to_json would look up on the server (the name behind a regclass) a
 * number.
 *
 * Manners are jansson's: functions return a new reference, which the caller gives back with json_decref, or NULL
 * when there is no memory. NULL is also returned for what JSON can't express: text that is not UTF-8, an enum's
 * label that the program was not compiled with, and numbers in a json value that no double can hold.
 */
#ifndef QUERC_JSON_H
#define QUERC_JSON_H

#include <jansson.h>

#include "querc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Generated code: constants of these describe its structs. Of no interest to anybody else.
 * --------------------------------------------------------------------------------------------------------- */

/** querc_json_field.null_at, beside those of querc_column: the member is a pointer to the value, NULL for SQL NULL.
 */
#define QUERC_JSON_POINTER (UINT32_MAX - 2)

typedef struct querc_json_field {
    const char *key;
    const querc_type *type;               /**< NULL: an embedded struct */
    const struct querc_json_shape *shape; /**< of that */
    uint32_t offset;
    uint32_t null_at; /**< as in querc_column */
} querc_json_field;

/** The members of a struct, in order. */
typedef struct querc_json_shape {
    const querc_json_field *fields;
    uint32_t size; /**< sizeof the struct */
    uint16_t len;
} querc_json_shape;

/** An object of a struct. NULL gives NULL. */
QUERC_API QUERC_MUST_CHECK json_t *querc_json_object(const querc_json_shape *shape, const void *row);
/** An array of objects, of len structs one after the other. */
QUERC_API QUERC_MUST_CHECK json_t *querc_json_array(const querc_json_shape *shape, const void *rows, size_t len);
/** A value of a type; one that is const char * in C is pointed to by value like all others. */
QUERC_API QUERC_MUST_CHECK json_t *querc_json_value(const querc_type *type, const void *value);

#ifdef __cplusplus
}
#endif

#endif
