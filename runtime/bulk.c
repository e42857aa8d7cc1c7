/*
 * Bulk commands: one run of a statement whose arrays are the members of an array of structs, so that
 *
 *   INSERT INTO t SELECT * FROM unnest($1::int8[], $2::text[]) ON CONFLICT ... RETURNING ...
 *
 * takes rows. The structs are turned into one array a member, as C has arrays (QUERC_ARRAY_TYPE); from there on it
 * is a call like any other.
 */
#include "querc_private.h"

typedef struct Bulk {
    querc_conn *db;
    const querc_query *query;
    const querc_item *item;
    const char *items;
    size_t len;
    Arena arena;
} Bulk;

/* What :many fills. */
typedef struct AnyRows {
    void *items;
    size_t len;
    querc_owner *owner;
} AnyRows;

static querc_status refuse_null(const Bulk *bulk, size_t param, size_t i)
{
    querc_status status = qrt_fail_param(bulk->db, bulk->query, param, "is NULL, but must not be");
    bulk->db->error.row = (int64_t)i + 1;
    return status;
}

/* Copies element i of parameter param; *is_null if it is NULL. */
static void copy_element(const Bulk *bulk, size_t param, bool is_string, size_t size, size_t i, char *to,
                         bool *is_null)
{
    const char *member = bulk->items + i * bulk->item->size + bulk->item->offsets[param];
    const void *pointer = member;
    if (is_string || bulk->query->params[param].nullable)
        memcpy(&pointer, member, sizeof pointer);
    *is_null = pointer == NULL;
    if (is_string)
        memcpy(to, &pointer, sizeof pointer);
    else if (pointer != NULL)
        memcpy(to, pointer, size);
    else
        memset(to, 0, size);
}

/* The array of one member. Strings' arrays have pointers, and NULL there says it all. */
static querc_status gather(Bulk *bulk, size_t param, AnyArray *array)
{
    const querc_type *element = qrt_base_type(qrt_base_type(bulk->query->params[param].type)->element);
    bool is_string = qrt_type_kind(element)->is_pointer;
    bool is_nullable = bulk->query->params[param].nullable;
    size_t size = qrt_type_size(element);
    char *values = NULL;
    bool *nulls = NULL;
    if (bulk->len > 0 && bulk->len <= SIZE_MAX / size)
        values = qrt_arena_alloc(&bulk->arena, bulk->len * size);
    if (values != NULL && is_nullable)
        nulls = qrt_arena_alloc_bytes(&bulk->arena, bulk->len);
    if (bulk->len > 0 && (values == NULL || (is_nullable && nulls == NULL)))
        return qrt_fail_no_memory(bulk->db, bulk->query);
    for (size_t i = 0; i < bulk->len; i++) {
        bool is_null;
        copy_element(bulk, param, is_string, size, i, values + i * size, &is_null);
        if (is_null && !is_nullable)
            return refuse_null(bulk, param, i);
        if (nulls != NULL)
            nulls[i] = is_null;
    }
    *array = (AnyArray){.items = values, .len = bulk->len, .nulls = nulls};
    return QUERC_OK;
}

/* All arguments: those given, and an array for each that is a member of the items. */
static querc_status make_args(Bulk *bulk, const void *const *given, const void ***args)
{
    const querc_query *query = bulk->query;
    size_t n = query->param_count;
    AnyArray *arrays = qrt_arena_alloc(&bulk->arena, n * sizeof *arrays);
    *args = qrt_arena_alloc(&bulk->arena, n * sizeof **args);
    if (arrays == NULL || *args == NULL)
        return qrt_fail_no_memory(bulk->db, query);
    for (size_t i = 0; i < n; i++) {
        if (bulk->item->offsets[i] == QUERC_NO_MEMBER) {
            (*args)[i] = given[i];
            continue;
        }
        querc_status status = gather(bulk, i, &arrays[i]);
        if (status != QUERC_OK)
            return status;
        (*args)[i] = &arrays[i];
    }
    return QUERC_OK;
}

static void bulk_init(Bulk *bulk, querc_conn *db, const querc_query *query, const querc_item *item,
                      const void *items, size_t len)
{
    *bulk = (Bulk){.db = db, .query = query, .item = item, .items = items, .len = len};
    qrt_arena_init(&bulk->arena, &db->allocator, NULL, 0);
}

querc_status querc_call_bulkexec(querc_conn *db, const querc_query *query, const querc_item *item,
                                 const void *items, size_t len, const void *const *given, int64_t *rows)
{
    Bulk bulk;
    const void **args;
    bulk_init(&bulk, db, query, item, items, len);
    *rows = 0;
    querc_status status = make_args(&bulk, given, &args);
    if (status == QUERC_OK)
        status = querc_call_execrows(db, query, args, rows);
    qrt_arena_release(&bulk.arena);
    return status;
}

querc_status querc_call_bulkmany(querc_conn *db, const querc_query *query, const querc_item *item,
                                 const void *items, size_t len, const void *const *given, void *rows)
{
    Bulk bulk;
    const void **args;
    bulk_init(&bulk, db, query, item, items, len);
    memset(rows, 0, sizeof(AnyRows));
    querc_status status = make_args(&bulk, given, &args);
    if (status == QUERC_OK)
        status = querc_call_many(db, query, args, rows);
    qrt_arena_release(&bulk.arena);
    return status;
}
