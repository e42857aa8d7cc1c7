/*
 * libFuzzer: the decoders of all types, with whatever bytes a server might send, and what they accept back through
 * the encoders. The first byte chooses the type, the second the format. A value that was decoded has to have an
 * encoding, and that has to be accepted again.
 *
 *   fuzz_decode -max_total_time=600 CORPUS
 */
#include "../querc_private.h"

#include <stdlib.h>

static const char *const labels[] = {"sad", "o k", "happy"};
static const uint16_t sorted[] = {2, 1, 0};
static const querc_enum mood_labels = {labels, sorted, 3};
static const querc_type mood = {
    .kind = QUERC_KIND_ENUM, .oid = 70000, .schema = "public", .name = "mood", .labels = &mood_labels};
static const querc_type mood_array = {
    .kind = QUERC_KIND_ARRAY, .oid = 70001, .schema = "public", .name = "mood[]", .element = &mood};
static const querc_type hstore = {.kind = QUERC_KIND_HSTORE, .oid = 70002, .schema = "public", .name = "hstore"};
static const querc_type ids = {
    .kind = QUERC_KIND_DOMAIN, .oid = 70003, .schema = "public", .name = "ids", .element = &querc_type_int4_array};

typedef struct Shape {
    const char *name;
    bool has_range;
    querc_numrange range;
    querc_int4_array numbers;
} Shape;

static const querc_column attributes[] = {
    {"name", &querc_type_text, offsetof(Shape, name), QUERC_NULL_IS_ZERO},
    {"range", &querc_type_numrange, offsetof(Shape, range), offsetof(Shape, has_range)},
    {"numbers", &ids, offsetof(Shape, numbers), QUERC_NULL_IS_ZERO},
};
static const querc_composite shape_struct = {attributes, sizeof(Shape), 3, NULL};
static const querc_type shape = {
    .kind = QUERC_KIND_COMPOSITE, .oid = 70004, .schema = "public", .name = "shape", .composite = &shape_struct};
static const querc_type shape_array = {
    .kind = QUERC_KIND_ARRAY, .oid = 70005, .schema = "public", .name = "shape[]", .element = &shape};

#define ADDRESSES(NAME, SQL_NAME, OID, ARRAY_OID, KIND) &querc_type_##NAME, &querc_type_##NAME##_array,
#define RANGE_ADDRESSES(NAME, OID, ARRAY_OID, SUBTYPE, MULTI, MULTI_OID, MULTI_ARRAY_OID)                          \
    &querc_type_##NAME, &querc_type_##NAME##_array, &querc_type_##MULTI, &querc_type_##MULTI##_array,
static const querc_type *const types[] = {QUERC_SYSTEM_TYPES(ADDRESSES) QUERC_SYSTEM_RANGES(RANGE_ADDRESSES) & mood,
                                          &mood_array,
                                          &hstore,
                                          &ids,
                                          &shape,
                                          &shape_array,
                                          &querc_type_int2vector,
                                          &querc_type_oidvector};

typedef union Value {
    char bytes[512];
    long double alignment;
    void *pointer;
} Value;

static bool decode(Arena *arena, const querc_type *type, Decoder decoder, const char *data, size_t len,
                   Value *value)
{
    Reader reader = {.arena = arena, .stable = true};
    memset(value, 0, sizeof *value);
    if (decoder(&reader, type, data, len, value))
        return true;
    /* What is refused is told why. */
    if (reader.problem[0] == '\0')
        abort();
    return false;
}

/* As libpq keeps values: exactly so long, with a NUL behind. */
static char *copy_of(const char *data, size_t len)
{
    char *copy = malloc(len + 1);
    if (copy == NULL)
        abort();
    if (len > 0)
        memcpy(copy, data, len);
    copy[len] = '\0';
    return copy;
}

static void there_and_back(querc_conn *db, Arena *arena, const querc_type *type, const Value *value)
{
    const Kind *kind = qrt_kind(type->kind);
    Writer writer;
    if (qrt_is_sent_as_text(type))
        return;
    qrt_writer_init(&writer, db, NULL, 0);
    if (kind->to_binary(&writer, type, value)) {
        Value again;
        char *copy = copy_of(writer.data, writer.len);
        if (!decode(arena, type, kind->from_binary, copy, writer.len, &again))
            abort();
        free(copy);
    } else if (writer.problem == NULL) {
        abort();
    }
    qrt_writer_release(&writer);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size < 2)
        return 0;
    const querc_type *type = qrt_base_type(types[input[0] % (sizeof types / sizeof types[0])]);
    const querc_type *innermost = type->kind == QUERC_KIND_ARRAY ? qrt_base_type(type->element) : type;
    bool text = input[1] % 2 == 1 && qrt_kind(innermost->kind)->from_text != NULL;
    const Kind *kind = qrt_kind(type->kind);
    querc_conn db;
    Arena arena;
    Value value;
    memset(&db, 0, sizeof db);
    qrt_allocator_init(&db.allocator, NULL);
    qrt_arena_init(&arena, &db.allocator, NULL, 0);
    char *data = copy_of((const char *)input + 2, size - 2);
    if (decode(&arena, type, text ? kind->from_text : kind->from_binary, data, size - 2, &value))
        there_and_back(&db, &arena, type, &value);
    free(data);
    qrt_arena_release(&arena);
    return 0;
}
