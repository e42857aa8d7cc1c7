/*
 * querc_query.h - part of querc.h: the contract between libquerc and the code that querc writes. Of no interest to
 * anybody else.
 */
#ifndef QUERC_QUERY_H
#define QUERC_QUERY_H

#include "querc_batch.h"
#include "querc_conn.h"
#include "querc_types.h"

#ifdef __cplusplus
extern "C" {
#endif

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

typedef struct querc_param {
    const char *name; /**< for messages */
    const querc_type *type;
    bool nullable; /**< if not, NULL is refused with QUERC_ENCODE */
} querc_param;

/** querc_query.owner_offset: the row has no member owner. */
#define QUERC_NO_OWNER UINT32_MAX

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
    /** NOT NULL, in the same order: name is the column's, or "" of a domain. */
    const querc_constraint *not_nulls;
    size_t not_null_count;
    /** All types whose oid is 0, arrays excepted, so that one round trip a connection resolves them. May be NULL:
     *  they are then resolved as the queries that use them come. */
    const querc_type *const *types;
    size_t type_count;
} querc_schema;

typedef struct querc_query {
    const char *name;      /**< "GetBook" */
    const char *sql;       /**< with $1, $2 ... */
    const char *statement; /**< the prepared statement's name; NULL: of name and hash */
    uint64_t
        hash; /**< of the text and the parameters' types, so that the same name always means the same statement */
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

/** How the members of a parameter struct become args: where each parameter's is. A member is the value, or for
 *  strings and for nullable parameters the pointer that args takes. */
typedef struct querc_item {
    const uint32_t *offsets; /**< one a parameter */
    uint32_t size;           /**< sizeof the struct */
} querc_item;

/** :batchexec. items are len of what item describes. batch may be NULL. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_batchexec(querc_conn *db, const querc_query *query,
                                                             const querc_item *item, const void *items, size_t len,
                                                             querc_batch_mode mode, querc_batch *batch);
/** :batchone. batch is a struct `ROW *items; size_t len; const querc_outcome *outcomes; querc_owner *owner;`: a row
 *  an item, zeroed where there is none. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_batchone(querc_conn *db, const querc_query *query,
                                                            const querc_item *item, const void *items, size_t len,
                                                            querc_batch_mode mode, void *batch);
/** :batchmany. The same, but what batch has an item is a struct `ROW *items; size_t len;`. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_batchmany(querc_conn *db, const querc_query *query,
                                                             const querc_item *item, const void *items, size_t len,
                                                             querc_batch_mode mode, void *batch);
/** Frees what the two fill; NULL is allowed. */
QUERC_API void querc_free_batch(void *batch);

/** querc_item.offsets of a bulk command: the parameter is not a member of the items. */
#define QUERC_NO_MEMBER UINT32_MAX

/** :bulkexec. The statement runs once: a parameter that item has an offset for is an array of that member of all
 *  items, and nullable if the member is, as for batches; args has the others (by parameter number, NULL if there
 * are none). */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_bulkexec(querc_conn *db, const querc_query *query,
                                                            const querc_item *item, const void *items, size_t len,
                                                            const void *const *args, int64_t *rows);
/** :bulkmany. rows is what :many fills. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_bulkmany(querc_conn *db, const querc_query *query,
                                                            const querc_item *item, const void *items, size_t len,
                                                            const void *const *args, void *rows);

/** :copyfrom. */
typedef struct querc_copy {
    const querc_query *insert; /**< what it does row by row: the server describes it, it never runs */
    const char *sql;           /**< COPY table (columns) FROM STDIN (FORMAT binary) */
    querc_item item;
} querc_copy;

/** items are len parameter structs. *rows is how many were copied: all, or on error 0. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_copyfrom(querc_conn *db, const querc_copy *copy,
                                                            const void *items, size_t len, int64_t *rows);
/** Fills *item, which is zeroed, and returns QUERC_ROW; or returns QUERC_DONE, or anything else to give up. What
 * item points to has to live until the next call. */
typedef querc_status (*querc_next_item)(void *context, void *item);
/** The same from a function; item is room for one parameter struct. What next gives up with is returned. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_copyfrom_next(querc_conn *db, const querc_copy *copy,
                                                                 querc_next_item next, void *context, void *item,
                                                                 int64_t *rows);

/** _send. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_send(querc_conn *db, const querc_query *query,
                                                        const void *const *args);
/** _recv, by command. What they fill is zeroed unless they return QUERC_OK. */
QUERC_API QUERC_MUST_CHECK querc_status querc_call_recv_one(querc_conn *db, const querc_query *query, void *row);
QUERC_API QUERC_MUST_CHECK querc_status querc_call_recv_many(querc_conn *db, const querc_query *query, void *rows);
QUERC_API QUERC_MUST_CHECK querc_status querc_call_recv_exec(querc_conn *db, const querc_query *query);
QUERC_API QUERC_MUST_CHECK querc_status querc_call_recv_execrows(querc_conn *db, const querc_query *query,
                                                                 int64_t *rows);
QUERC_API QUERC_MUST_CHECK querc_status querc_call_recv_execresult(querc_conn *db, const querc_query *query,
                                                                   querc_command *command);

/** The label of an enumerator; NULL for 0 and numbers that are none. */
QUERC_API const char *querc_enum_label(const querc_enum *labels, int value);
/** The enumerator of a label; 0 if there is none. */
QUERC_API int querc_enum_value(const querc_enum *labels, const char *label);

/** Frees owner (NULL is allowed) and zeroes the size bytes of value, a row or a :many result. */
QUERC_API void querc_free(void *value, size_t size, querc_owner *owner);
/** The same for the struct that :many fills, whose layout is known; NULL is allowed. */
QUERC_API void querc_free_rows(void *rows);

#ifdef __cplusplus
}
#endif

#endif
